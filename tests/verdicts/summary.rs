//! What is said of many orders at once.

use recourse::domain::money::{Currency, Money};
use recourse::domain::order::OrderId;
use recourse::domain::summary::{Standing, Summary};
use recourse::domain::time::{Moment, Span};
use recourse::domain::verdict::Kind;

fn money(mantissa: i64, code: &str) -> Money {
    Money {
        mantissa,
        scale: 2,
        currency: Currency::Code(code.to_owned()),
    }
}

#[test]
fn what_ends_within_seven_days_is_listed_by_its_end_and_its_money_added_up() {
    let now = Moment(0);
    let mut summary = Summary::default();
    let mut add = |number: u32, kind, left: Option<Span>, total: Option<&Money>| {
        let id = OrderId::new(&format!("8212313961591{number:03}")).unwrap();
        let standing = Standing {
            kind,
            closes: left.map(|left| now.plus(left)),
            to_check: number == 7,
        };
        summary.add(&id, standing, total, now);
    };
    add(1, Kind::Rule, Some(Span::days(6)), Some(&money(150, "EUR")));
    add(
        2,
        Kind::Printed,
        Some(Span::hours(72)),
        Some(&money(250, "EUR")),
    );
    add(
        3,
        Kind::Printed,
        Some(Span::hours(73)),
        Some(&money(500, "BRL")),
    );
    add(
        4,
        Kind::Printed,
        Some(Span::days(8)),
        Some(&money(900, "EUR")),
    );
    add(5, Kind::Printed, Some(Span(0)), Some(&money(900, "EUR")));
    add(6, Kind::Printed, Some(Span::hours(1)), None);
    add(7, Kind::Estimate, None, Some(&money(900, "EUR")));
    add(8, Kind::Unknown, None, None);
    add(9, Kind::Closed, None, Some(&money(900, "EUR")));
    add(0, Kind::Printed, Some(Span::hours(1)), None);
    let listed: Vec<&str> = summary
        .ending
        .iter()
        .filter_map(|(id, _)| id.as_str().get(13..))
        .collect();
    assert_eq!(listed, ["000", "006", "002", "003", "001"]);
    assert_eq!(summary.at_risk, [money(400, "EUR"), money(500, "BRL")]);
    assert_eq!((summary.without_date, summary.to_check), (2, 1));
    assert_eq!(summary.urgent(now), 3, "72 hours or less");
    assert_eq!(
        summary.urgent(now.plus(Span::hours(1))),
        2,
        "one more hour makes another one urgent, and two are over"
    );
}
