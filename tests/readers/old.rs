//! The pages as they were until March 2022, in the class names that scripts of 2015 to 2022 relied on.

use recourse::domain::order::{OrderId, OrderState};
use recourse::domain::problem::{Field, Trouble};
use recourse::domain::sighting::{Fact, Page, Reading};
use recourse::domain::time::Moment;
use recourse::site::strategy::{Part, Tally, Way};
use recourse::site::{Context, PageNode, detail_page, list_page};

use crate::fixture::context;
use crate::node::Parsed;
use crate::ship_to::countries;

const ORDER: &str = "8212313961591322";

fn body(status: &str, left: &str) -> String {
    format!(
        "<tbody class=\"order-item-wraper\"><tr class=\"order-head\"><td class=\"order-info\">
             <p class=\"first-row\"><span class=\"info-title\">Order ID:</span><span class=\"info-body\">{ORDER}</span></p>
             <p class=\"second-row\"><span class=\"info-title\">Order time:</span><span class=\"info-body\">09:12 Jul. 15 2026</span></p>
             <a class=\"view-detail-link\" href=\"//trade.aliexpress.com/order_detail.htm?orderId={ORDER}\">View Detail</a></td>
           <td class=\"store-info\"><p class=\"first-row\"><span class=\"info-body\">LIMA Store</span></p></td>
           <td class=\"order-amount\"><p class=\"amount-num\">US $ 1.87</p></td></tr>
         <tr class=\"order-body\"><td class=\"product-right\"><p class=\"product-title\"><a class=\"baobei-name\" title=\"USB cable\">USB…</a></p>
             <p class=\"product-amount\"><span>US $ 1.87</span><span>X2</span></p></td>
           <td class=\"order-status\"><span class=\"f-left\">{status}</span>
             <p class=\"left-sendgoods-day\" lefttime=\"{left}\">33 days left</p></td></tr></tbody>"
    )
}

fn read(status: &str, left: &str, made: Option<Moment>) -> (Reading, String, Tally) {
    let html = format!(
        "<html><body><table id=\"buyer-ordertable\">{}</table></body></html>",
        body(status, left)
    );
    let page = Parsed::page(&html);
    let (cards, way) = list_page::cards(&page);
    assert_eq!((cards.len(), way), (1, Some(Way::Class)));
    assert!(list_page::is_there(&page));
    let context = Context {
        made,
        ..context(Page::OrderList, "en")
    };
    let mut tally = Tally::default();
    let card = list_page::read(&cards[0], &context, &mut tally).unwrap();
    (card.reading, card.slot.parent.tag(), tally)
}

fn facts(reading: &Reading) -> Vec<Fact> {
    reading.facts.iter().map(|(fact, _)| fact.clone()).collect()
}

/// 2026-11-20 at noon UTC.
const NOON: Moment = Moment(1_795_176_000_000);
const DAY: i64 = 86_400_000;

#[test]
fn the_older_list_is_read_and_its_badge_stands_in_a_cell() {
    let (reading, parent, tally) = read("Awaiting delivery", "0", Some(NOON));
    assert_eq!(reading.order, OrderId::new(ORDER).unwrap());
    assert!(facts(&reading).contains(&Fact::State(OrderState::AwaitingDelivery)));
    assert!(
        facts(&reading).contains(&Fact::Placed("2026-07-15".parse().unwrap())),
        "{reading:?}"
    );
    assert!(
        facts(&reading)
            .iter()
            .any(|fact| matches!(fact, Fact::Total(_)))
    );
    assert_eq!(reading.store.as_deref(), Some("LIMA Store"));
    assert_eq!(reading.lines[0].quantity, Some(2));
    assert_eq!(parent, "td", "a table takes nothing between its rows");
    assert_eq!(tally.of(Part::State, Some(Way::Class)), 1);
}

#[test]
fn the_time_left_counts_from_when_the_page_was_made_and_never_ends_later() {
    let left = |days: i64, made| {
        let (reading, ..) = read("Awaiting delivery", &(days * DAY).to_string(), made);
        (facts(&reading), reading.problems)
    };
    // Ten days from noon: the 30th has begun everywhere by then, and no later day.
    let (known, problems) = left(10, Some(NOON));
    assert!(
        known.contains(&Fact::RefundStep("2026-11-30".parse().unwrap())),
        "{known:?}"
    );
    assert_eq!(problems, []);
    // A minute less, and in the west of the ocean it has not.
    let (known, _) = left(10, Some(Moment(NOON.0 - 60_000)));
    assert!(
        known.contains(&Fact::RefundStep("2026-11-29".parse().unwrap())),
        "{known:?}"
    );
    let (known, problems) = left(10, None);
    assert!(!known.iter().any(|fact| matches!(fact, Fact::RefundStep(_))));
    assert_eq!(problems[0].trouble, Trouble::Ambiguous);
}

#[test]
fn a_time_left_that_cannot_be_or_belongs_to_another_state_is_no_date() {
    for (left, trouble) in [
        ("0", Trouble::Impossible),
        ("-5", Trouble::Impossible),
        ("9223372036854775807", Trouble::Impossible),
        ("99999999999999999999999", Trouble::Unreadable),
        ("soon", Trouble::Unreadable),
    ] {
        let (reading, ..) = read("Awaiting delivery", left, Some(NOON));
        assert!(
            !facts(&reading)
                .iter()
                .any(|fact| matches!(fact, Fact::RefundStep(_))),
            "{left}"
        );
        assert_eq!(
            (reading.problems[0].field, reading.problems[0].trouble),
            (Field::Deadline, trouble)
        );
    }
    for status in ["Finished", "Fund processing", "Nobody knows"] {
        let (reading, ..) = read(status, &(10 * DAY).to_string(), Some(NOON));
        assert!(
            !facts(&reading)
                .iter()
                .any(|fact| matches!(fact, Fact::RefundStep(_))),
            "{status}"
        );
    }
}

fn detail(reminder: &str) -> Reading {
    let html = format!(
        "<html><body><dl><dd class=\"order-no\">{ORDER}</dd></dl><div class=\"order-reminder\">{reminder}</div>
         <ul id=\"operate-pnl\"><li>LIMA Store</li><li>Order time: 2026-07-15 09:12</li></ul>
         <ul id=\"user-shipping-list\"><li class=\"long\">Rua Secreta 7</li></ul>
         <table id=\"TP_ProductTable\"><tr class=\"order-bd\"><td class=\"baobei\"><a class=\"baobei-name\">USB cable</a><div class=\"spec\">White</div></td>
           <td class=\"quantity\">2</td></tr><tr class=\"order-bd\"><td class=\"baobei\"><a class=\"baobei-name\">Lamp</a></td><td class=\"quantity\">1</td></tr></table>
         <div class=\"final-price\">US $ 1.87</div></body></html>"
    );
    let order = OrderId::new(ORDER).unwrap();
    let context = context(Page::OrderDetail, "en");
    detail_page::read(
        &Parsed::page(&html),
        &order,
        &context,
        countries("en"),
        &mut Tally::default(),
    )
    .unwrap()
}

#[test]
fn the_older_page_of_an_order_tells_its_day_its_lines_and_the_day_of_its_reminder() {
    let reading = detail("If your order does not arrive on 2026-09-04, you can open a dispute.");
    let known = facts(&reading);
    assert!(
        known.contains(&Fact::Placed("2026-07-15".parse().unwrap())),
        "{known:?}"
    );
    assert!(known.contains(&Fact::RefundStep("2026-09-04".parse().unwrap())));
    assert!(known.iter().any(|fact| matches!(fact, Fact::Total(_))));
    let lines: Vec<_> = reading
        .lines
        .iter()
        .map(|line| (line.title.as_str(), line.quantity))
        .collect();
    assert_eq!(lines, [("USB cable", Some(2)), ("Lamp", Some(1))]);
    assert!(!format!("{reading:?}").contains("Secreta"));
}

#[test]
fn a_reminder_of_two_days_or_of_none_gives_no_day() {
    for reminder in [
        "",
        "Arrives 2026-09-04 or 2026-09-05",
        "If it does not arrive on 03/04/2026",
        "If it does not arrive on 09/04/26",
        "Soon",
        "03/04/2026",
    ] {
        let reading = detail(reminder);
        assert!(
            !facts(&reading)
                .iter()
                .any(|fact| matches!(fact, Fact::RefundStep(_))),
            "{reminder}"
        );
        let told = reading
            .problems
            .iter()
            .filter(|problem| problem.field == Field::Deadline && problem.text == reminder);
        let has_day = reminder.contains('0');
        assert_eq!(told.count(), usize::from(has_day), "{reminder}");
    }
}
