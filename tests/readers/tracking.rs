//! The tracking page.

use recourse::domain::order::OrderId;
use recourse::domain::problem::{Field, Trouble};
use recourse::domain::sighting::{Fact, Page, Reading};
use recourse::domain::time::Day;
use recourse::site::Context;
use recourse::site::strategy::Tally;
use recourse::site::tracking_page;

use crate::fixture::context;
use crate::node::Parsed;

fn read(title: &str, placed: Option<&str>) -> Reading {
    let html = format!(
        "<html><body><div class=\"arrival-time-v2--title--a81\">{title}</div><ul><li>Apply for R$5.00 coupon code if delayed by Aug 3, 2026</li>
         <li>Refund if no delivery before Sep 3, 2026</li><li>Refund if items damaged</li></ul></body></html>"
    );
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
    assert_eq!(reading.facts.len(), 1);
    assert_eq!(
        reading.facts[0].0,
        Fact::RefundIfNotDeliveredBefore(day("2026-09-03"))
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

#[test]
fn an_order_in_several_packages_is_delivered_when_all_are() {
    let all = packages(&["Delivered：Jul. 28", "Delivered：Aug. 2"]);
    assert_eq!(deliveries(&all), [day("2026-07-28"), day("2026-08-02")]);
    let part = packages(&["Delivered：Jul. 28", "Estimated delivery: Aug 2 - 9"]);
    assert_eq!(deliveries(&part), []);
    assert_eq!(
        (part.problems[0].field, part.problems[0].trouble),
        (Field::Delivered, Trouble::Ambiguous)
    );
    assert!(part.problems[0].text.contains("Jul. 28"));
}
