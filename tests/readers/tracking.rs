//! The tracking page.

use recourse::domain::order::OrderId;
use recourse::domain::problem::{Field, Trouble};
use recourse::domain::sighting::{Fact, Page, Part, PartFact, Reading};
use recourse::domain::time::Day;
use recourse::site::Context;
use recourse::site::strategy::{Part as Place, Tally, Way};
use recourse::site::tracking_page;

use crate::fixture::context;
use crate::node::Parsed;

fn read(title: &str, placed: Option<&str>) -> Reading {
    let html = format!(
        "<div class=\"arrival-time-v2--title--a81\">{title}</div><ul><li>Apply for R$5.00 coupon code if delayed by Aug 3, 2026</li>
         <li>Refund if no delivery before Sep 3, 2026</li><li>Refund if items damaged</li></ul>"
    );
    read_html(&html, placed)
}

fn read_html(html: &str, placed: Option<&str>) -> Reading {
    let html = format!("<html><body>{html}</body></html>");
    let placed: Option<Day> = placed.map(|day| day.parse().unwrap());
    let context = Context {
        placed,
        ..context(Page::Tracking, "en")
    };
    let order = OrderId::new("8212313961591322").unwrap();
    tracking_page::read(
        &Parsed::page(&html),
        &order,
        &context,
        &mut Tally::default(),
    )
    .unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn its_deadline_is_read_and_may_differ_from_the_orders_page() {
    let reading = read("Estimated delivery: Dec 27 - 28", None);
    let facts: Vec<&Fact> = reading.facts.iter().map(|(fact, _)| fact).collect();
    assert_eq!(
        facts,
        [
            &Fact::CouponIfDelayedBy(day("2026-08-03")),
            &Fact::RefundIfNotDeliveredBefore(day("2026-09-03")),
        ]
    );
    assert_eq!(reading.problems, []);
}

#[test]
fn the_day_of_delivery_has_the_year_that_fits_the_order() {
    let reading = read("Delivered：Jul. 28", Some("2026-07-15"));
    assert!(
        reading
            .facts
            .iter()
            .any(|(fact, _)| *fact == Fact::Delivered(day("2026-07-28")))
    );
    let old = read("Delivered：Jul. 28", Some("2024-07-15"));
    assert!(
        old.facts
            .iter()
            .any(|(fact, _)| *fact == Fact::Delivered(day("2024-07-28")))
    );
}

#[test]
fn without_the_day_of_the_order_the_year_is_not_guessed() {
    let reading = read("Delivered：Jul. 28", None);
    assert!(
        !reading
            .facts
            .iter()
            .any(|(fact, _)| matches!(fact, Fact::Delivered(_)))
    );
    assert_eq!(
        (reading.problems[0].field, reading.problems[0].trouble),
        (Field::Delivered, Trouble::Ambiguous)
    );
}

fn packages(titles: &[&str]) -> Reading {
    let titles = titles.join("</div><div class=\"arrival-time-v2--title--b92\">");
    read(&titles, Some("2026-07-15"))
}

fn deliveries(reading: &Reading) -> Vec<Day> {
    let delivered = |(fact, _): &(Fact, String)| match fact {
        Fact::Delivered(day) => Some(*day),
        _ => None,
    };
    reading.facts.iter().filter_map(delivered).collect()
}

fn of_parts(reading: &Reading) -> Vec<(Part, PartFact)> {
    let of_part = |(fact, _): &(Fact, String)| match fact {
        Fact::OfPart(part, fact) => Some((*part, *fact)),
        _ => None,
    };
    reading.facts.iter().filter_map(of_part).collect()
}

fn promised(reading: &Reading) -> Vec<Day> {
    let promised = |(fact, _): &(Fact, String)| match fact {
        Fact::PromisedBy(day) => Some(*day),
        _ => None,
    };
    reading.facts.iter().filter_map(promised).collect()
}

#[test]
fn an_order_in_several_packages_is_delivered_when_all_are() {
    let all = packages(&["Delivered：Jul. 28", "Delivered：Aug. 2"]);
    assert_eq!(deliveries(&all), [day("2026-07-28"), day("2026-08-02")]);
    assert_eq!(
        of_parts(&all),
        [
            (Part::Package(1), PartFact::Delivered(day("2026-07-28"))),
            (Part::Package(2), PartFact::Delivered(day("2026-08-02"))),
        ]
    );
    let part = packages(&["Delivered：Jul. 28", "Estimated delivery: Aug 2 - 9"]);
    assert_eq!(deliveries(&part), []);
    assert_eq!(promised(&part), [day("2026-08-09")]);
    assert_eq!(
        of_parts(&part),
        [
            (Part::Package(1), PartFact::Delivered(day("2026-07-28"))),
            (Part::Package(2), PartFact::PromisedBy(day("2026-08-09"))),
        ]
    );
    assert_eq!(part.problems, []);
}

#[test]
fn a_package_has_its_own_events_and_deadline_where_they_stand_in_its_own_element() {
    let package = |title: &str, event: &str, before: &str| {
        format!(
            "<section><div class=\"arrival-time-v2--title--a81\">{title}</div><p>Refund if no delivery before {before}</p>
             <div class=\"logistic-info-v2--nodeTime--9\">{event}</div><div class=\"logistic-info-v2--nodeTime--9\">Jul 16, 09:00</div></section>"
        )
    };
    let html = [
        package("Delivered：Jul. 28", "Tue | Jul. 28 18:39", "Sep 3, 2026"),
        package(
            "Estimated delivery: Aug 2 - 9",
            "Jul 30, 11:59 EST",
            "Sep 9, 2026",
        ),
    ]
    .concat();
    let reading = read_html(&html, Some("2026-07-15"));
    for fact in [
        Fact::Tracked(day("2026-07-30")),
        Fact::OfPart(Part::Package(1), PartFact::Tracked(day("2026-07-28"))),
        Fact::OfPart(Part::Package(2), PartFact::Tracked(day("2026-07-30"))),
        Fact::OfPart(
            Part::Package(1),
            PartFact::RefundIfNotDeliveredBefore(day("2026-09-03")),
        ),
        Fact::OfPart(
            Part::Package(2),
            PartFact::RefundIfNotDeliveredBefore(day("2026-09-09")),
        ),
        // Of the order the earliest counts: both are there.
        Fact::RefundIfNotDeliveredBefore(day("2026-09-03")),
        Fact::RefundIfNotDeliveredBefore(day("2026-09-09")),
    ] {
        assert!(
            reading.facts.iter().any(|(known, _)| *known == fact),
            "{fact:?}"
        );
    }
}

#[test]
fn a_promise_is_its_last_day() {
    for (title, last) in [
        ("Estimated delivery: Jul 27 - 28", Some("2026-07-28")),
        ("Delivery: Jul. 24 - Aug. 14", Some("2026-08-14")),
        ("Estimated delivery: Dec 27 - Jan 3", Some("2027-01-03")),
        ("Estimated delivery: Aug 3, 2026", Some("2026-08-03")),
        ("Delivery: Aug. 3, 2026 - Aug. 3, 2026", Some("2026-08-03")),
        ("Delivery: Aug. 14 - Jul. 24, 2026", None),
        ("Something: Jul. 24 - Aug. 14", None),
        ("Estimated delivery: Jul 3, 2026", None),
        ("Something: Aug 3, 2026", None),
        ("Estimated delivery: 03/04/2026", None),
    ] {
        let reading = read(title, Some("2026-07-15"));
        let expected: Vec<Day> = last.map(day).into_iter().collect();
        assert_eq!(promised(&reading), expected, "{title}");
        assert_eq!(reading.problems, [], "{title}");
    }
    assert_eq!(promised(&read("Estimated delivery: Jul 27 - 28", None)), []);
}

#[test]
fn no_parcel_arrives_before_its_order_or_after_today() {
    for title in ["Delivered: Jul 1, 2026", "Delivered: Dec 24, 2026"] {
        let reading = read(title, Some("2026-07-15"));
        assert_eq!(deliveries(&reading), [], "{title}");
        assert_eq!(reading.problems[0].trouble, Trouble::Impossible, "{title}");
    }
}

#[test]
fn one_package_is_the_order_and_a_title_without_text_is_none() {
    assert_eq!(of_parts(&packages(&["Delivered：Jul. 28"])), []);
    let beside_nothing = packages(&["", "Delivered：Jul. 28"]);
    assert_eq!(deliveries(&beside_nothing), [day("2026-07-28")]);
    assert_eq!(of_parts(&beside_nothing), []);
}

#[test]
fn any_part_of_the_page_is_enough_and_none_of_them_is_no_page() {
    let read = |html: &str| {
        let order = OrderId::new("8212313961591322").unwrap();
        let page = Parsed::page(&format!("<html><body>{html}</body></html>"));
        let mut tally = Tally::default();
        let reading =
            tracking_page::read(&page, &order, &context(Page::Tracking, "en"), &mut tally);
        (
            reading.is_some(),
            tally.of(Place::Deadline, Some(Way::Sentence)),
            tally.of(Place::Deadline, None),
        )
    };
    assert_eq!(read("<p>Please sign in</p>"), (false, 0, 0));
    assert_eq!(
        read("<p>Refund if no delivery before Sep 3, 2026</p>"),
        (true, 1, 0)
    );
    assert_eq!(
        read("<p class=\"arrival-time-v2--title--x\">On its way</p>"),
        (true, 0, 1)
    );
    assert_eq!(
        read("<p class=\"logistic-info-v2--node--x\">Left the country</p>"),
        (true, 0, 1)
    );
}

/// The steps that are taken for the refund where the page shows those promises, and that many packages.
fn refund_steps(promises: &[&str], packages: usize) -> Vec<Day> {
    let promise = |text: &&str| format!("<li class=\"fast-delivery-v2--content--6f\">{text}</li>");
    let promises: String = promises.iter().map(promise).collect();
    let title = "<div class=\"arrival-time-v2--title--a81\">x</div>";
    let html = format!("{}<ul>{promises}</ul>", title.repeat(packages));
    let reading = read_html(&html, Some("2026-07-15"));
    let step = |(fact, _): &(Fact, String)| match fact {
        Fact::RefundStep(day) => Some(*day),
        _ => None,
    };
    reading.facts.iter().filter_map(step).collect()
}

#[test]
fn a_promise_in_a_language_that_is_not_known_still_yields_its_date_with_lower_certainty() {
    const COUPON: &str = "Cupon pentru întârziere: 2026-08-03";
    const REFUND: &str = "Rambursare: 2026-09-03";
    let expected = [day("2026-09-03")];
    assert_eq!(refund_steps(&[COUPON, REFUND, "Rambursare"], 1), expected);
    assert_eq!(refund_steps(&[REFUND], 0), expected);
    for (promises, packages, why) in [
        (
            &[COUPON, REFUND][..],
            2,
            "the last may be another package's",
        ),
        (
            &[COUPON, REFUND, "Rambursare: 2026-09-13"],
            1,
            "so it may be here",
        ),
        (&[REFUND, COUPON], 1, "the refund is the last"),
        (
            &["R$5 2026-08-03"],
            1,
            "a number beside it says something else",
        ),
        (&["Rambursare: 03/04/2026"], 1, "it can be two days"),
        (&["Coupon if delayed by Aug 3, 2026"], 1, "the coupon's"),
        (
            &["Estimated delivery date: Aug 3, 2026"],
            1,
            "the delivery's",
        ),
        (&["Rambursare: 2036-09-03"], 1, "later than any window"),
        (
            &["Refund if no delivery before Sep 3, 2026"],
            1,
            "it is read by its words",
        ),
    ] {
        assert_eq!(refund_steps(promises, packages), [], "{why}");
    }
}
