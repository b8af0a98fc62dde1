//! The order's own page.

use recourse::domain::dispute::DisputeStep;
use recourse::domain::ledger::Record;
use recourse::domain::order::{OrderId, OrderState};
use recourse::domain::problem::{Field, Trouble};
use recourse::domain::sighting::{Fact, Page, Part, PartFact, Reading, Service};
use recourse::site::detail_page;
use recourse::site::strategy::Tally;

use crate::fixture::context;
use crate::node::Parsed;
use crate::ship_to::countries;

const REMINDER: &str = "Order complete.If there are any problems, you can apply for a return/refund within 7 days of confirming receipt.If \
                        the item you received is defective or not as described, you can open a dispute within 90 days after order was placed.";

pub fn page(status: &str, reminder: &str, rows: &str, services: &str) -> String {
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

pub fn read(html: &str, language: &str) -> Option<Reading> {
    let order = OrderId::new("8212313961591322").unwrap();
    detail_page::read(
        &Parsed::page(html),
        &order,
        &context(Page::OrderDetail, language),
        countries(language),
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

#[test]
fn of_several_lines_each_has_its_own_control() {
    use recourse::site::PageNode;
    let line = |title: &str, control: &str| {
        format!(
            r#"<div class="order-detail-item-content"><div class="order-detail-item-content-info"><div class="item-title"><a>{title}</a></div></div>
            <div class="order-detail-item-btns"><button>Add to cart</button>{control}</div></div>"#
        )
    };
    let control = |id: &str| format!("<button id={id}>Returns/refunds</button>");
    let html = format!(
        r#"<div id=root><div class="order-detail-item"><div class="order-detail-item-content-wrap">{}{}{}</div></div></div>"#,
        line("Tea cup", &control("one")),
        line("Saucer", &control("two")),
        line("Spoon", ""),
    );
    let page = Parsed::page(&html);
    let lexicon = context(Page::OrderDetail, "en").lexicon;
    let controls = || detail_page::dispute_controls(&page, lexicon, &mut Tally::default());
    let of = |line| {
        let controls = detail_page::controls_of_line(&page, line, controls());
        let ids = controls.iter().filter_map(|control| control.attr("id"));
        ids.collect::<Vec<_>>()
    };
    assert_eq!(of(1), ["one"]);
    assert_eq!(of(2), ["two"]);
    // One that has none, that is not there, or that nobody named: then any of them may be meant.
    for line in [3, 4, 0] {
        assert_eq!(of(line), ["one", "two"], "{line}");
    }
}

#[test]
fn the_answers_that_lead_to_the_form_are_links_to_it() {
    use recourse::site::PageNode;
    let question = r#"<a href="/p/order/index.html">Orders</a><div role=dialog><p>Have you received your package?</p>
        <a href="https://www.aliexpress.com/p/reverse-pages/start.html">No</a><a href="https://www.aliexpress.com/p/reverse-pages/start.html">Yes</a>
        <a href="//trade.aliexpress.com/issue/createIssueStep1.htm?orderId=1">Old</a></div>"#;
    let answers = detail_page::received_answers(&Parsed::page(question));
    let texts: Vec<String> = answers.iter().map(PageNode::text).collect();
    assert_eq!(texts, ["No", "Yes", "Old"]);
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

/// The page with those rows and nothing else that has a day, and what was tried on it.
fn with_rows(texts: &[&str]) -> (Reading, Tally) {
    let html = format!(
        "<html><body><div class=\"order-detail-order-info\">{}</div></body></html>",
        rows(texts)
    );
    let mut tally = Tally::default();
    let order = OrderId::new("8212313961591322").unwrap();
    let reading = detail_page::read(
        &Parsed::page(&html),
        &order,
        &context(Page::OrderDetail, "en"),
        countries("en"),
        &mut tally,
    );
    (reading.unwrap(), tally)
}

#[test]
fn what_was_done_is_no_later_than_tomorrow_and_what_is_later_tells_of_the_clock() {
    // Read on November 20; one day is the difference of time zones.
    let (reading, _) = with_rows(&["Order placed on: Nov 20, 2026", "Shipped on: Nov 21, 2026"]);
    assert!(
        reading
            .facts
            .iter()
            .any(|(fact, _)| *fact == Fact::Shipped(day("2026-11-21")))
    );
    assert_eq!(reading.to_come, None);
    let rows = [
        "Order placed on: Nov 20, 2026",
        "Shipped on: Nov 24, 2026",
        "Order completed on: Nov 26, 2026",
        "Shipped on: Nov 25, 2026",
        "Something else on: Nov 29, 2026",
    ];
    let (reading, _) = with_rows(&rows);
    let done = |fact: &Fact| matches!(fact, Fact::Shipped(_) | Fact::Completed(_));
    assert!(!reading.facts.iter().any(|(fact, _)| done(fact)));
    assert_eq!(
        reading.to_come,
        Some((day("2026-11-26"), rows[2].to_owned())),
        "the latest of what is surely about something done"
    );
    let impossible: Vec<(Field, &str)> = reading
        .problems
        .iter()
        .filter(|problem| problem.trouble == Trouble::Impossible)
        .map(|problem| (problem.field, problem.text.as_str()))
        .collect();
    assert_eq!(
        impossible,
        [
            (Field::Shipped, rows[1]),
            (Field::Completed, rows[2]),
            (Field::Shipped, rows[3]),
            (Field::Placed, rows[4]),
        ]
    );
}

#[test]
fn a_row_with_two_days_tells_none_and_one_that_is_no_day_is_a_problem() {
    let (reading, _) = with_rows(&[
        "Order placed on: Jul 15, 2026",
        "Shipped between: Jul 16, 2026 and Jul 18, 2026",
        "Order completed on: 03/04/2026",
    ]);
    let facts: Vec<&Fact> = reading.facts.iter().map(|(fact, _)| fact).collect();
    assert_eq!(facts, [&Fact::Placed(day("2026-07-15"))]);
    let troubles: Vec<(Field, Trouble)> = reading
        .problems
        .iter()
        .map(|problem| (problem.field, problem.trouble))
        .collect();
    assert_eq!(
        troubles,
        [
            (Field::State, Trouble::Missing),
            (Field::Shipped, Trouble::Ambiguous),
            (Field::Completed, Trouble::Ambiguous)
        ]
    );
}

fn placed_of(reading: &Reading) -> Option<recourse::domain::time::Day> {
    reading.facts.iter().find_map(|(fact, _)| match fact {
        Fact::Placed(day) => Some(*day),
        _ => None,
    })
}

#[test]
fn the_order_is_not_placed_on_a_later_row_where_its_own_cannot_be_read() {
    let shipped = "Shipment completed on: 07/16/2026";
    for own in [
        "Order placed on: 07/05/2026",
        "Order placed on: Jul 5",
        "Order placed on: Jul 5, 2026 or Jul 6, 2026",
        "Order placed on: 7/5/26",
        "Kitu kingine: 07/05/2026",
    ] {
        for paid in ["Paid on: 07/05/2026", "Paid on: 07/15/2026"] {
            let (reading, _) = with_rows(&[own, paid, shipped]);
            assert_eq!(placed_of(&reading), None, "{own} {paid}");
            let of_row = |field| {
                let problems = reading.problems.iter();
                problems
                    .filter(|problem| problem.field == field && problem.text == own)
                    .count()
            };
            assert_eq!(of_row(Field::Placed), 1, "{own}: {:?}", reading.problems);
        }
    }
    // Rows of which none tells when it was placed.
    let (reading, _) = with_rows(&["Paid on: Jul 15, 2026", shipped]);
    assert_eq!(placed_of(&reading), None);
    assert!(
        reading.problems.iter().any(|problem| {
            (problem.field, problem.trouble) == (Field::Placed, Trouble::Missing)
        })
    );
    // What other rows are known to tell does not matter to it.
    let (reading, _) = with_rows(&[
        "Order placed on: 07/15/2026",
        "Paid on: 07/05/2026",
        shipped,
    ]);
    assert_eq!(placed_of(&reading), Some(day("2026-07-15")));
}

#[test]
fn the_row_of_placing_is_taken_for_no_other_in_any_language() {
    for (code, words) in crate::shop::words() {
        let label = words["placed_on"].as_str().unwrap();
        let (own, later) = (format!("{label}: 03/04/2026"), "2026-07-16");
        let html = page("x", "", &rows(&[&own, later]), "");
        let reading = read(&html, &code).unwrap();
        assert_eq!(placed_of(&reading), None, "{code}: {own}");
        let fields: Vec<Field> = reading
            .problems
            .iter()
            .filter(|problem| problem.text == own)
            .map(|problem| problem.field)
            .collect();
        assert_eq!(fields, [Field::Placed], "{code}: {own}");
    }
}

#[test]
fn a_range_is_no_day_of_a_refund() {
    for (language, step) in [
        ("en", "Refund Aug 28 – Sep 4, 2026"),
        ("fr", "Remboursement 28 sept. – 4 oct. 2026"),
        ("de", "Rückerstattung 28. Aug. – 4. Sept. 2026"),
        ("de", "Rückerstattung 4.–6. Sept. 2026"),
        ("en", "Refund 9/4/26"),
    ] {
        let html = page("x", "", &rows(&["2026-07-15"]), "").replace(
            "<span>Refund</span><span>Sep 4, 2026</span>",
            &format!("<span>{step}</span>"),
        );
        let reading = read(&html, language).unwrap();
        assert_eq!(refund_dates(&reading), [] as [&Fact; 0], "{step}");
        let told = reading
            .problems
            .iter()
            .filter(|problem| problem.text == step);
        assert_eq!(told.count(), 1, "{step}: {:?}", reading.problems);
    }
}

#[test]
fn a_day_later_than_any_window_is_a_problem() {
    for (text, trouble) in [
        (
            "Refund if no delivery before Sep 4, 2050 RUB",
            Some(Trouble::Impossible),
        ),
        // Two years and ten days after the order.
        (
            "Refund if no delivery before Jul 25, 2028",
            Some(Trouble::Impossible),
        ),
        ("Refund if no delivery before Jul 24, 2028", None),
    ] {
        let html = page("x", "", &rows(&["2026-07-15"]), text)
            .replace("service-progress-node-info", "x81");
        let reading = read(&html, "en").unwrap();
        let problem = reading.problems.iter().find(|problem| problem.text == text);
        assert_eq!(problem.map(|problem| problem.trouble), trouble, "{text}");
        assert_eq!(
            refund_dates(&reading).is_empty(),
            trouble.is_some(),
            "{text}"
        );
    }
}

#[test]
fn the_total_is_the_last_amount_and_none_before_it_is_larger() {
    let total = |amounts: &[&str]| {
        let rows: String = amounts
            .iter()
            .map(|amount| format!("<div class=\"order-price-item\"><span class=\"right-col\">{amount}</span></div>"))
            .collect();
        let html = page("Completed", "", "", "");
        let (before, _) = html.split_once("<div class=\"order-price-item\">").unwrap();
        let reading = read(&format!("{before}{rows}</body></html>"), "en").unwrap();
        reading
            .facts
            .into_iter()
            .find_map(|(fact, text)| matches!(fact, Fact::Total(_)).then_some(text))
    };
    assert_eq!(total(&["R$27,80", "R$31,93"]).as_deref(), Some("R$31,93"));
    assert_eq!(total(&["R$31,93", "R$31,93"]).as_deref(), Some("R$31,93"));
    // In thousandths: 9,5 is more than 9,49 and less than 10.
    assert_eq!(total(&["R$9,49", "R$10"]).as_deref(), Some("R$10"));
    assert_eq!(total(&["R$10", "R$9,49"]), None);
    assert_eq!(total(&["US $1.00", "R$31,93"]), None);
    assert_eq!(
        total(&["Free shipping", "R$31,93"]).as_deref(),
        Some("R$31,93")
    );
    assert_eq!(total(&["Free shipping"]), None);
}

#[test]
fn it_is_counted_how_each_part_of_the_page_was_found() {
    let counted = |html: &str| {
        let mut tally = Tally::default();
        let order = OrderId::new("8212313961591322").unwrap();
        let page = Parsed::page(html);
        let context = context(Page::OrderDetail, "en");
        let _ = detail_page::read(&page, &order, &context, countries("en"), &mut tally);
        let _ = detail_page::dispute_controls(&page, context.lexicon, &mut tally);
        tally.text().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let services = "Apply for R$5,00 coupon code if delayed by Aug 3, 2026";
    assert_eq!(
        counted(&page("Completed", REMINDER, &completed_rows(), services)),
        [
            "date: class 1",
            "state: class 1",
            "total: class 1",
            "store: class 1",
            "lines: class 1",
            "deadline: class 1",
            "windows: sentence 1",
            "dispute-control: class 1",
        ]
    );
    let bare = "<html><body><div class=\"info-row\"></div><div class=\"order-block-title\">x</div>
                <p>Refund if no delivery before Sep 4, 2026</p><button>Returns/refunds</button></body></html>";
    assert_eq!(
        counted(bare),
        [
            "date: none 1",
            "state: class 1",
            "total: none 1",
            "store: none 1",
            "lines: none 1",
            "deadline: sentence 1",
            "windows: none 1",
            "dispute-control: structure 1",
        ]
    );
    let nothing = counted("<html><body><div class=\"order-block-title\">x</div></body></html>");
    assert!(
        nothing.contains(&"deadline: none 1".to_owned()),
        "{nothing:?}"
    );
    assert!(
        nothing.contains(&"dispute-control: none 1".to_owned()),
        "{nothing:?}"
    );
}

/// As a build of the shop may leave it: every class is another.
fn with_other_classes(html: &str) -> String {
    let mut parts = html.split("class=\"");
    let mut out = parts.next().unwrap().to_owned();
    for (at, part) in parts.enumerate() {
        let rest = part.split_once('"').unwrap().1;
        out.push_str(&format!("class=\"c{at}x\"{rest}"));
    }
    out
}

#[test]
fn a_page_whose_every_class_has_changed_still_tells_its_dates() {
    let services = "Apply for R$5,00 coupon code if delayed by Aug 3, 2026 · Refund if no delivery before Sep 4, 2026";
    let html = page("Completed", REMINDER, &completed_rows(), services)
        .replace("<a>USB cable</a>", "<a href=\"/item/100500.html\">USB cable</a>")
        .replace(
            "</body>",
            "<div><a href=\"/item/200.html\">Something else that is bought often R$9,99</a></div></body>",
        );
    let known = read(&html, "en").unwrap();
    let html = with_other_classes(&html);
    assert!(!html.contains("info-row"), "{html}");
    let reading = read(&html, "en").unwrap();
    for fact in [
        Fact::Placed(day("2026-07-15")),
        Fact::Shipped(day("2026-07-16")),
        Fact::Completed(day("2026-07-28")),
        Fact::RefundIfNotDeliveredBefore(day("2026-09-04")),
    ] {
        assert!(
            reading.facts.iter().any(|(known, _)| *known == fact),
            "{fact:?}: {reading:?}"
        );
    }
    // Nothing is told that the classes do not tell.
    for (fact, text) in &reading.facts {
        assert!(
            known.facts.iter().any(|(known, _)| known == fact),
            "{fact:?} from {text:?}"
        );
    }
    let titles: Vec<&str> = reading
        .lines
        .iter()
        .map(|line| line.title.as_str())
        .collect();
    assert_eq!(titles, ["USB cable"]);
    assert_eq!(reading.lines[0].quantity, Some(2));
    // The state has its place alone: it is not guessed.
    assert!(
        reading
            .problems
            .iter()
            .any(|problem| problem.field == Field::State)
    );
}

#[test]
fn a_page_of_something_else_is_not_taken_for_the_order() {
    let html = "<html><body><div><div>8212313961591322</div><div>Welcome back</div></div><p>Sep 4, 2026</p></body></html>";
    assert_eq!(read(html, "en"), None);
    // Nor are an address and a telephone number beside it, of which nothing is kept.
    let html = "<html><body><div><div>8212313961591322</div><div>Ana Souza, +55 11-5555-0101</div><div>12 Rua Secreta</div>\
                <div>Total $12.90</div></div></body></html>";
    assert_eq!(read(html, "en"), None);
    // The order's number in a long text is no list of facts.
    let long = "A sentence that goes on and on. ".repeat(8);
    let html = format!(
        "<html><body><div><p>8212313961591322</p><p>{long} Sep 4, 2026</p></div></body></html>"
    );
    assert_eq!(read(&html, "en"), None);
}

#[test]
fn a_promise_that_a_page_makes_twice_is_one() {
    let twice = "Refund if no delivery before 03/04/2026 · Send it back within 15 days after delivery · Refund if no delivery before 03/04/2026";
    let html = page("Awaiting delivery", twice, "", twice);
    let reading = read(&html, "en").unwrap();
    let free = |fact: &Fact| matches!(fact, Fact::FreeReturnWithinDaysOfDelivery(15));
    assert_eq!(
        reading.facts.iter().filter(|(fact, _)| free(fact)).count(),
        1
    );
    let deadline = |field| field == Field::Deadline;
    assert_eq!(
        reading
            .problems
            .iter()
            .filter(|problem| deadline(problem.field))
            .count(),
        1
    );
}

#[test]
fn a_deadline_at_a_line_is_that_lines_and_the_orders() {
    let line = |title: &str, before: &str| {
        format!(
            "<div class=\"order-detail-item-content\"><div class=\"item-title\"><a>{title}</a></div>
             <p>Refund if no delivery before {before}</p></div>"
        )
    };
    let deadlines = |lines: &[String]| -> Vec<Fact> {
        let html = format!(
            "<html><body><div class=\"order-block-title\">x</div><main>{}</main></body></html>",
            lines.concat()
        );
        let facts = read(&html, "en").unwrap().facts.into_iter();
        facts.map(|(fact, _)| fact).collect()
    };
    let of_order = |on| Fact::RefundIfNotDeliveredBefore(day(on));
    let of_line = |at, on| {
        Fact::OfPart(
            Part::Line(at),
            PartFact::RefundIfNotDeliveredBefore(day(on)),
        )
    };
    assert_eq!(
        deadlines(&[line("Cable", "Sep 4, 2026"), line("Lamp", "Sep 14, 2026")]),
        [
            of_order("2026-09-04"),
            of_order("2026-09-14"),
            of_line(1, "2026-09-04"),
            of_line(2, "2026-09-14"),
        ]
    );
    assert_eq!(
        deadlines(&[line("Cable", "Sep 4, 2026")]),
        [of_order("2026-09-04")],
        "one line is the order"
    );
}

#[test]
fn the_day_on_which_it_was_asked_to_cancel_the_order_is_told() {
    for (language, row) in [
        ("en", "Cancellation requested on: Jul 17, 2026"),
        ("fr", "Annulation demandée le : 17 juil. 2026"),
        ("ru", "Запрошена отмена: 17 июля 2026 г."),
    ] {
        let placed = "2026-07-15";
        let html = page("x", "", &rows(&[placed, row]), "");
        let asked = Fact::Step(DisputeStep::CancelAsked, day("2026-07-17"));
        let reading = read(&html, language).unwrap();
        assert!(
            reading.facts.contains(&(asked, row.to_owned())),
            "{row}: {:?}",
            reading.facts
        );
        let early = rows(&["2026-07-18", row]);
        let reading = read(&page("x", "", &early, ""), language).unwrap();
        assert_eq!(reading.facts[0].0, Fact::Placed(day("2026-07-17")));
    }
    let said = "You asked to cancel this order on Jul 17, 2026.";
    let reading = read(&page("Processing", said, &rows(&["2026-07-15"]), ""), "en").unwrap();
    let asked = Fact::Step(DisputeStep::CancelAsked, day("2026-07-17"));
    assert!(reading.facts.iter().any(|(fact, _)| *fact == asked));
}
