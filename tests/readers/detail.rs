//! The order's own page.

use recourse::domain::ledger::Record;
use recourse::domain::order::{OrderId, OrderState};
use recourse::domain::problem::{Field, Trouble};
use recourse::domain::sighting::{Fact, Page, Part, PartFact, Reading, Service};
use recourse::site::detail_page;
use recourse::site::strategy::Tally;

use crate::fixture::context;
use crate::node::Parsed;

const REMINDER: &str = "Order complete.If there are any problems, you can apply for a return/refund within 7 days of confirming receipt.If \
                        the item you received is defective or not as described, you can open a dispute within 90 days after order was placed.";

fn page(status: &str, reminder: &str, rows: &str, services: &str) -> String {
    format!(
        "<html><body><div class=\"order-status\"><div class=\"order-block-title\">{status}</div><div class=\"order-status-content\">{reminder}</div></div>
         <div class=\"service-progress\"><div class=\"service-progress-node-info\"><span>Paid</span><span>Jul 15, 2026</span></div>
           <div class=\"service-progress-node-info\"><span>R$5</span><span>Aug 5, 2026</span></div>
           <div class=\"service-progress-node-info\"><span>Refund</span><span>Sep 4, 2026</span></div></div>
         <div class=\"services\"><div>Fast delivery</div><div>{services}</div></div>
         <div class=\"order-detail-address\">Ana Souza, Rua Secreta 7, +55 11 5555 0101</div>
         <div class=\"order-detail-order-info\">{rows}</div>
         <div class=\"order-detail-item-store\"><span class=\"store-name\">LIMA Store</span></div>
         <div class=\"order-detail-item-content-wrap\"><div class=\"order-detail-item-content\"><div class=\"item-title\"><a>USB cable</a></div>
           <div class=\"item-sku-attr\">White</div><div class=\"item-price\">R$13,90 <span class=\"item-price-quantity\">x2</span></div>
           <button>Add to cart</button><button>Returns/refunds</button></div></div>
         <div class=\"order-price-item\"><span class=\"left-col\">Subtotal</span><span class=\"right-col\">R$27,80</span></div>
         <div class=\"order-price-item\"><span class=\"left-col\">Total</span><span class=\"right-col rightPriceClass\">R$31,93</span></div>
         </body></html>"
    )
}

fn rows(rows: &[&str]) -> String {
    rows.iter()
        .map(|row| format!("<div class=\"info-row\"><span>{row}</span></div>"))
        .collect()
}

fn completed_rows() -> String {
    rows(&[
        "Ref. Number: 8212313961591322",
        "Order placed on: Jul 15, 2026",
        "Paid on: Jul 15, 2026",
        "Shipment completed on: Jul 16, 2026",
        "Order completed on: Jul 28, 2026",
        "Payment method: Card",
    ])
}

fn read(html: &str, language: &str) -> Option<Reading> {
    let order = OrderId::new("8212313961591322").unwrap();
    detail_page::read(
        &Parsed::page(html),
        &order,
        &context(Page::OrderDetail, language),
        &mut Tally::default(),
    )
}

fn day(text: &str) -> recourse::domain::time::Day {
    text.parse().unwrap()
}

#[test]
fn the_page_of_a_completed_order_tells_dates_deadline_and_both_windows() {
    let services = "Apply for R$5,00 coupon code if delayed by Aug 3, 2026 · Refund if no delivery before Sep 4, 2026 · Refund if items damaged";
    let reading = read(
        &page("Completed", REMINDER, &completed_rows(), services),
        "en",
    )
    .unwrap();
    let facts: Vec<&Fact> = reading.facts.iter().map(|(fact, _)| fact).collect();
    for fact in [
        Fact::State(OrderState::Completed),
        Fact::Placed(day("2026-07-15")),
        Fact::Shipped(day("2026-07-16")),
        Fact::Completed(day("2026-07-28")),
        Fact::RefundIfNotDeliveredBefore(day("2026-09-04")),
        Fact::Paid(day("2026-07-15")),
        Fact::CouponIfDelayedBy(day("2026-08-03")),
        Fact::ReturnWithinDaysOfReceipt(7),
        Fact::DisputeWithinDaysOfOrder(90),
    ] {
        assert_eq!(
            facts.iter().filter(|known| ***known == fact).count(),
            1,
            "{fact:?}"
        );
    }
    assert_eq!(reading.problems, []);
    assert_eq!(reading.store.as_deref(), Some("LIMA Store"));
    assert_eq!(reading.lines[0].title, "USB cable");
    assert_eq!(reading.lines[0].quantity, Some(2));
    let kept = format!("{reading:?}");
    assert!(
        !kept.contains("Secreta") && !kept.contains("5555"),
        "address and telephone are never read"
    );
}

#[test]
fn the_deadline_is_found_without_its_class_and_the_sentence_may_be_in_pieces() {
    let html = page(
        "Awaiting delivery",
        "",
        &rows(&["Order placed on: Jul 15, 2026"]),
        "<span>Refund if no delivery before</span> <b>Sep 3, 2026</b>",
    )
    .replace("service-progress-node-info", "x81");
    let reading = read(&html, "en").unwrap();
    assert!(reading.facts.iter().any(|(fact, text)| {
        *fact == Fact::RefundIfNotDeliveredBefore(day("2026-09-03"))
            && text == "Refund if no delivery before Sep 3, 2026"
    }));
}

#[test]
fn an_empty_page_gives_no_reading() {
    assert_eq!(
        read("<html><body><div id=\"root\"></div></body></html>", "en"),
        None
    );
}

#[test]
fn an_ambiguous_deadline_is_a_problem() {
    let html = page(
        "Awaiting delivery",
        "",
        &rows(&["Order placed on: Jul 15, 2026"]),
        "Refund if no delivery before 03/04/2026",
    )
    .replace("service-progress-node-info", "x81");
    let reading = read(&html, "en").unwrap();
    assert_eq!(reading.problems.len(), 1);
    assert_eq!(
        (reading.problems[0].field, reading.problems[0].trouble),
        (Field::Deadline, Trouble::Ambiguous)
    );
}

#[test]
fn a_page_that_was_read_counts_as_opened_even_without_a_deadline() {
    let html = page(
        "Awaiting delivery",
        "",
        &rows(&["Order placed on: Jul 15, 2026"]),
        "",
    )
    .replace("service-progress-node-info", "x81");
    let reading = read(&html, "en").unwrap();
    let mut record = Record::new(reading.order.clone());
    record.absorb(&reading);
    assert_eq!(record.opened(), Some(reading.at));
}

#[test]
fn the_dispute_control_of_each_line_is_found() {
    let html = page("Completed", REMINDER, &completed_rows(), "");
    let mut tally = Tally::default();
    use recourse::site::PageNode;
    let controls = detail_page::dispute_controls(
        &Parsed::page(&html),
        context(Page::OrderDetail, "en").lexicon,
        &mut tally,
    );
    assert_eq!(
        controls.iter().map(PageNode::text).collect::<Vec<_>>(),
        ["Returns/refunds"]
    );
}

fn refund_dates(reading: &Reading) -> Vec<&Fact> {
    let facts = reading.facts.iter().map(|(fact, _)| fact);
    let is_refund = |fact: &&Fact| {
        matches!(
            fact,
            Fact::RefundIfNotDeliveredBefore(_) | Fact::RefundStep(_)
        )
    };
    facts.filter(is_refund).collect()
}

#[test]
fn a_refund_in_words_that_are_not_understood_keeps_its_date_with_less_certainty() {
    let html = page("Awaiting delivery", "", "", "").replace("Refund", "Reimbursement");
    let reading = read(&html, "en").unwrap();
    assert_eq!(
        refund_dates(&reading),
        [&Fact::RefundStep("2026-09-04".parse().unwrap())]
    );
    // A page in a language that nobody knows, of which the figures alone can be read.
    let unknown = html
        .replace("Reimbursement", "Urejesho")
        .replace("Sep 4, 2026", "2026-09-04");
    let reading = read(&unknown, "sw").unwrap();
    assert_eq!(
        refund_dates(&reading),
        [&Fact::RefundStep("2026-09-04".parse().unwrap())]
    );
}

#[test]
fn the_last_step_is_no_refund_where_it_tells_something_else() {
    let plain = page("Awaiting delivery", "", "", "");
    for (from, to) in [
        // Not the last, or not the latest.
        (
            "<span>Refund</span><span>Sep 4, 2026</span>",
            "<span>Coupon</span><span>Sep 4, 2026</span>",
        ),
        (
            "<span>Refund</span><span>Sep 4, 2026</span>",
            "<span>Delivered</span><span>Sep 4, 2026</span>",
        ),
        (
            "<span>Refund</span><span>Sep 4, 2026</span>",
            "<span>R$9</span><span>Sep 4, 2026</span>",
        ),
        (
            "<span>Refund</span><span>Sep 4, 2026</span>",
            "<span>Something</span><span>Aug 5, 2026</span>",
        ),
        (
            "<span>Refund</span><span>Sep 4, 2026</span>",
            "<span>Something</span><span>03/04/2026</span>",
        ),
        (
            "<span>Refund</span><span>Sep 4, 2026</span>",
            "<span>Something</span><span>Sep 4, 2026 Sep 5, 2026</span>",
        ),
    ] {
        let html = plain.replace(from, to);
        assert_ne!(html, plain);
        assert_eq!(
            refund_dates(&read(&html, "en").unwrap()),
            [] as [&Fact; 0],
            "{to}"
        );
    }
    let alone = plain
        .replace("<span>Paid</span><span>Jul 15, 2026</span>", "")
        .replace("<span>R$5</span><span>Aug 5, 2026</span>", "")
        .replace("Refund", "Something");
    assert_eq!(
        refund_dates(&read(&alone, "en").unwrap()),
        [] as [&Fact; 0],
        "the only step of its bar"
    );
}

#[test]
fn each_line_has_its_own_promise_and_the_order_the_last_of_them() {
    let line = |title: &str, promise: &str| {
        format!(
            "<div class=\"order-detail-item-content\"><div class=\"item-title\"><a>{title}</a></div>
             <div class=\"order-detail-item-track-info-desc\">{promise}</div></div>"
        )
    };
    let two = [
        line("Cable", "Estimated delivery date: Aug 3, 2026"),
        line("Lamp", "Estimated delivery: Aug 7 - 9"),
    ];
    let html = page(
        "Awaiting delivery",
        "",
        &rows(&["Order placed on: Jul 15, 2026"]),
        "",
    )
    .replace("</body>", &[&two.concat(), "</body>"].concat());
    let promised = |html: &str| -> Vec<Fact> {
        let facts = read(html, "en").unwrap().facts.into_iter();
        facts
            .map(|(fact, _)| fact)
            .filter(|fact| {
                matches!(
                    fact,
                    Fact::PromisedBy(_) | Fact::OfPart(_, PartFact::PromisedBy(_))
                )
            })
            .collect()
    };
    // The page has a line of its own before these two.
    assert_eq!(
        promised(&html),
        [
            Fact::OfPart(Part::Line(2), PartFact::PromisedBy(day("2026-08-03"))),
            Fact::OfPart(Part::Line(3), PartFact::PromisedBy(day("2026-08-09"))),
            Fact::PromisedBy(day("2026-08-09")),
        ]
    );
    // At the order and at no line, and where there is one line only.
    let whole = page("Awaiting delivery", "", &rows(&["Order placed on: Jul 15, 2026"]), "").replace(
        "</body>",
        "<div class=\"order-detail-item-track-info-desc\">Estimated delivery date: Aug 3, 2026</div></body>",
    );
    assert_eq!(promised(&whole), [Fact::PromisedBy(day("2026-08-03"))]);
    assert_eq!(
        promised(&whole.replace("<button>Add to cart</button>", &two[1])),
        [
            Fact::OfPart(Part::Line(2), PartFact::PromisedBy(day("2026-08-09"))),
            Fact::PromisedBy(day("2026-08-09")),
        ]
    );
}

#[test]
fn the_way_of_paying_is_kept_without_any_digit_of_a_card() {
    for (row, service, text) in [
        (
            "Payment method: Credit card",
            Service::Card,
            "Payment method: Credit card",
        ),
        ("Payment method: Visa **** 4711", Service::Card, ""),
        (
            "Payment method: PayPal (ana1@example.org)",
            Service::Paypal,
            "",
        ),
    ] {
        let html = page(
            "Completed",
            "",
            &rows(&["Order placed on: Jul 15, 2026", row]),
            "",
        );
        let reading = read(&html, "en").unwrap();
        assert!(
            reading
                .facts
                .contains(&(Fact::Service(service), text.to_owned())),
            "{row}: {:?}",
            reading.facts
        );
        assert!(!format!("{reading:?}").contains("4711"));
    }
}

#[test]
fn a_free_return_is_told_by_its_label_where_no_days_are_printed() {
    let plain = page("Awaiting delivery", "", "", "");
    let labelled = plain.replace(
        "<button>Add",
        "<font color=\"#009966\">Fast delivery</font><font color=\"#009966\">Free returns</font><button>Add",
    );
    let told = |html: &str| {
        let facts = read(html, "en").unwrap().facts;
        facts.contains(&(
            Fact::Service(Service::FreeReturn),
            "Free returns".to_owned(),
        ))
    };
    assert!(told(&labelled));
    assert!(!told(&plain));
}

#[test]
fn the_badge_goes_below_the_words_of_the_state() {
    use recourse::site::PageNode;
    let slot = |html: &str| detail_page::badge_slot(&Parsed::page(html));
    let html = page("Completed", REMINDER, "", "");
    let slot_here = slot(&html).unwrap();
    assert_eq!(slot_here.after.unwrap().text(), "Completed");
    assert!(slot_here.parent.matches(".order-status"));
    // A title of another block is no state.
    assert!(slot("<div class=\"order-block-title\">Order details</div>").is_none());
}
