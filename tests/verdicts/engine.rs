//! The engine by rules made for the purpose: what the rules' file can say, and no rule in it says at present.

use recourse::domain::clock::{Candidate, ClockKind, Rejection, clocks_by};
use recourse::domain::order::OrderState;
use recourse::domain::rules::{
    Anchor, Certainty, Change, Choices, Days, Holiday, Rule, Shows, Unit, When, table_date,
    table_day,
};
use recourse::domain::sighting::{Fact, Page, Service};
use recourse::domain::time::Day;

use super::{day, noon, reading, record, zones};

const ALWAYS: When = When {
    countries: &[],
    service: None,
    received: None,
    tracked: None,
    promised_within: None,
    placed_from: 0,
    placed_to: u32::MAX,
};

const PLAIN: Rule = Rule {
    id: "plain",
    words: "plain",
    clock: ClockKind::ReturnDue,
    anchor: Anchor::Shipped,
    days: Days::Fixed(10),
    unit: Unit::Days,
    opens: None,
    states: &[OrderState::AwaitingDelivery],
    stages: &[],
    when: ALWAYS,
    certainty: Certainty::Rule,
    shows: Shows::Always,
    buyers_zone: false,
    holidays: &[],
};

fn facts(placed: Option<&str>, shipped: &str) -> Vec<Fact> {
    let mut facts = vec![
        Fact::State(OrderState::AwaitingDelivery),
        Fact::Shipped(day(shipped)),
        Fact::Service(Service::Card),
    ];
    facts.extend(placed.map(|on| Fact::Placed(day(on))));
    facts
}

/// What decides by these rules, and why the others do not.
fn decided(
    rules: &'static [Rule],
    facts: &[Fact],
    choices: &Choices,
) -> Option<(Candidate, Vec<(&'static str, Rejection)>)> {
    let page = reading(Page::OrderDetail, noon("2026-11-02"), facts);
    let clocks = clocks_by(
        rules,
        &record(&[page]),
        noon("2026-11-02"),
        zones(),
        choices,
    );
    let [clock] = <[_; 1]>::try_from(clocks).ok()?;
    let others = clock
        .not_used
        .iter()
        .map(|(other, why)| (other.rule.id, *why));
    Some((clock.because.clone(), others.collect()))
}

fn end(rules: &'static [Rule], facts: &[Fact]) -> Option<Day> {
    decided(rules, facts, Choices::NONE).map(|(because, _)| because.end_day)
}

#[test]
fn what_began_on_a_holiday_has_the_holidays_number() {
    const HOLIDAYS: &[Rule] = &[Rule {
        holidays: &[
            Holiday {
                from: 20270205,
                to: 20270212,
                days: 20,
            },
            Holiday {
                from: 20280125,
                to: 20280125,
                days: 3,
            },
        ],
        ..PLAIN
    }];
    for (shipped, expected) in [
        ("2027-02-04", "2027-02-14"),
        ("2027-02-05", "2027-02-25"),
        ("2027-02-12", "2027-03-04"),
        ("2027-02-13", "2027-02-23"),
        ("2028-01-24", "2028-02-03"),
        ("2028-01-25", "2028-01-28"),
        ("2028-01-26", "2028-02-05"),
    ] {
        let facts = facts(Some("2027-01-01"), shipped);
        assert_eq!(end(HOLIDAYS, &facts), Some(day(expected)), "{shipped}");
    }
    // The user's own number goes before both.
    let own = Choices {
        changes: vec![Change {
            rule: "plain".to_owned(),
            days: Some(4),
        }],
        ..Choices::default()
    };
    let (because, _) = decided(HOLIDAYS, &facts(None, "2027-02-05"), &own).unwrap();
    assert_eq!(
        (because.end_day, because.days, because.changed),
        (day("2027-02-09"), 4, true)
    );
}

#[test]
fn a_rule_for_orders_of_some_days_is_for_these_alone() {
    const DATED: &[Rule] = &[Rule {
        when: When {
            placed_from: 20260301,
            placed_to: 20260531,
            ..ALWAYS
        },
        ..PLAIN
    }];
    for (placed, applies) in [
        (Some("2026-02-28"), false),
        (Some("2026-03-01"), true),
        (Some("2026-05-31"), true),
        (Some("2026-06-01"), false),
        (None, false),
    ] {
        let end = end(DATED, &facts(placed, "2026-06-05"));
        assert_eq!(end, applies.then(|| day("2026-06-15")), "{placed:?}");
    }
    const FROM: &[Rule] = &[Rule {
        when: When {
            placed_from: 20260301,
            ..ALWAYS
        },
        ..PLAIN
    }];
    const TO: &[Rule] = &[Rule {
        when: When {
            placed_to: 20260301,
            ..ALWAYS
        },
        ..PLAIN
    }];
    for (rules, known) in [(FROM, "2026-04-01"), (TO, "2026-02-01")] {
        assert!(end(rules, &facts(Some(known), "2026-06-05")).is_some());
        assert!(
            end(rules, &facts(None, "2026-06-05")).is_none(),
            "the day of the order is not known"
        );
    }
}

#[test]
fn a_rule_for_the_very_case_goes_before_a_general_one_and_a_printed_number_before_both() {
    const SPECIAL: Rule = Rule {
        id: "special",
        days: Days::Fixed(30),
        ..PLAIN
    };
    for when in [
        When {
            service: Some(Service::Card),
            ..ALWAYS
        },
        When {
            countries: &["BE"],
            ..ALWAYS
        },
        When {
            received: Some(false),
            ..ALWAYS
        },
        When {
            tracked: Some(false),
            ..ALWAYS
        },
        When {
            promised_within: Some(5),
            ..ALWAYS
        },
        When {
            placed_from: 20260101,
            ..ALWAYS
        },
        When {
            placed_to: 20261231,
            ..ALWAYS
        },
    ] {
        assert!(!when.is_general(), "{when:?}");
        let rules: &'static [Rule] = Box::leak(Box::new([PLAIN, Rule { when, ..SPECIAL }]));
        let mut facts = facts(Some("2026-06-01"), "2026-06-05");
        facts.push(Fact::ShipTo(
            recourse::domain::country::Country::new("BE").unwrap(),
        ));
        facts.push(Fact::PromisedBy(day("2026-06-10")));
        let (because, others) = decided(rules, &facts, Choices::NONE).unwrap();
        assert_eq!(because.rule.id, "special");
        assert_eq!(others, [("plain", Rejection::LessSpecific)]);
    }
    assert!(ALWAYS.is_general());
    const PRINTED: &[Rule] = &[
        Rule {
            when: When {
                service: Some(Service::Card),
                ..ALWAYS
            },
            ..SPECIAL
        },
        Rule {
            id: "printed",
            days: Days::Printed(
                recourse::domain::rules::PrintedDays::FreeReturnWithinDaysOfDelivery,
            ),
            ..PLAIN
        },
    ];
    for days in [7, 60] {
        let mut facts = facts(Some("2026-06-01"), "2026-06-05");
        facts.push(Fact::FreeReturnWithinDaysOfDelivery(days));
        let (because, others) = decided(PRINTED, &facts, Choices::NONE).unwrap();
        assert_eq!((because.rule.id, because.days), ("printed", days));
        assert_eq!(others, [("special", Rejection::LessSpecific)]);
    }
}

#[test]
fn of_rules_that_give_the_same_day_the_first_of_the_table_is_named() {
    const A: Rule = Rule { id: "a", ..PLAIN };
    const B: Rule = Rule { id: "b", ..PLAIN };
    const TABLES: [&[Rule]; 2] = [&[A, B], &[B, A]];
    for table in TABLES {
        let (because, others) = decided(table, &facts(None, "2026-06-05"), Choices::NONE).unwrap();
        let [first, second] = [0, 1].map(|place| table[place].id);
        assert_eq!(because.rule.id, first);
        assert_eq!(others, [(second, Rejection::Later)]);
    }
}

#[test]
fn an_upper_bound_is_shown_from_its_end_on() {
    const BOUND: &[Rule] = &[Rule {
        shows: Shows::WhenOver,
        ..PLAIN
    }];
    let record = record(&[reading(
        Page::OrderDetail,
        noon("2026-11-02"),
        &facts(None, "2026-06-05"),
    )]);
    let closes = zones().earliest_start(day("2026-06-15")).unwrap();
    let shown = |now| clocks_by(BOUND, &record, now, zones(), Choices::NONE).len();
    assert_eq!(shown(closes.minus(recourse::domain::time::Span(1))), 0);
    assert_eq!(shown(closes), 1);
}

#[test]
fn days_of_tables_follow_each_other_as_days_do() {
    assert_eq!(table_day(day("2026-09-04")), 20260904);
    assert_eq!(table_day(day("2099-12-31")), 20991231);
    assert_eq!(table_date(20260904), Some(day("2026-09-04")));
    assert_eq!(table_date(20991231), Some(day("2099-12-31")));
    assert_eq!((table_date(0), table_date(u32::MAX)), (None, None));
    for number in day("2024-01-01").number()..day("2029-01-01").number() {
        let (one, two) = (
            Day::from_number(number).unwrap(),
            Day::from_number(number + 1).unwrap(),
        );
        assert!(table_day(one) < table_day(two));
    }
}
