//! Quiet hours, what the user asks for, and what is due at the edges of time.

use super::*;
use crate::domain::ledger::Record;
use crate::domain::order::OrderState;
use crate::domain::sighting::{Fact, Page, Reading};
use crate::domain::time::{LosAngeles, Zones};

fn order(number: u64) -> OrderId {
    OrderId::new(&(8_230_417_750_200_000 + number).to_string()).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// That hour and minute of that day in UTC.
fn utc(text: &str, hour: i64, minute: i64) -> Moment {
    let start = Moment(day(text).number() * Span::days(1).0);
    start.plus(Span::minutes(hour * 60 + minute))
}

#[test]
fn an_hour_of_a_day_is_the_one_that_clocks_show() {
    let zone = &LosAngeles;
    for (on, hour, expected) in [
        ("2026-11-20", 0, utc("2026-11-20", 8, 0)),
        ("2026-11-20", 4, utc("2026-11-20", 12, 0)),
        ("2026-11-20", 22, utc("2026-11-21", 6, 0)),
        // The clocks are put forward at two, and back at two.
        ("2026-03-08", 1, utc("2026-03-08", 9, 0)),
        ("2026-03-08", 4, utc("2026-03-08", 11, 0)),
        ("2026-03-08", 22, utc("2026-03-09", 5, 0)),
        ("2026-11-01", 1, utc("2026-11-01", 8, 0)),
        ("2026-11-01", 4, utc("2026-11-01", 12, 0)),
    ] {
        assert_eq!(at_hour(zone, day(on), hour), Some(expected), "{on} {hour}");
    }
}

#[test]
fn quiet_hours_are_those_of_one_day_or_of_one_night() {
    let around = |from, to, moment| {
        let quiet = QuietHours::new(from, to).unwrap();
        quiet.around(moment, &LosAngeles)
    };
    // From 13 to 15 in Los Angeles.
    let noon = Some((utc("2026-11-20", 21, 0), utc("2026-11-20", 23, 0)));
    assert_eq!(around(13, 15, utc("2026-11-20", 20, 59)), None);
    assert_eq!(around(13, 15, utc("2026-11-20", 21, 0)), noon);
    assert_eq!(around(13, 15, utc("2026-11-20", 22, 59)), noon);
    assert_eq!(around(13, 15, utc("2026-11-20", 23, 0)), None);
    let night = Some((utc("2026-11-20", 6, 0), utc("2026-11-20", 16, 0)));
    assert_eq!(around(22, 8, utc("2026-11-20", 5, 59)), None);
    assert_eq!(around(22, 8, utc("2026-11-20", 6, 0)), night);
    assert_eq!(around(22, 8, utc("2026-11-20", 15, 59)), night);
    assert_eq!(around(22, 8, utc("2026-11-20", 16, 0)), None);
}

#[test]
fn what_the_user_asks_for_is_kept() {
    let mut kept = Kept::default();
    let (one, two) = (order(1), order(2));
    let (first, second) = (day("2026-11-20"), day("2026-11-22"));
    kept.take_in(&Asked::Wish(one.clone(), first));
    kept.take_in(&Asked::Wish(two.clone(), first));
    kept.take_in(&Asked::Wish(one.clone(), second));
    let wishes = |kept: &Kept, order| kept.wishes_of(order).collect::<Vec<_>>();
    assert_eq!(wishes(&kept, &one), [first, second]);
    assert_eq!(wishes(&kept, &two), [first]);
    kept.take_in(&Asked::Unwish(one.clone(), first));
    assert_eq!(wishes(&kept, &one), [second]);
    kept.take_in(&Asked::Mute(one.clone()));
    assert!(kept.is_muted(&one) && !kept.is_muted(&two));
    kept.take_in(&Asked::Unmute(one.clone()));
    assert!(!kept.is_muted(&one));
    let told = |order: &OrderId| Reminder {
        order: order.clone(),
        subject: Subject::Wish(first),
        step: None,
    };
    kept.record(&[told(&one), told(&two)], utc("2026-11-20", 17, 0));
    kept.take_in(&Asked::Dismiss(two.clone(), Subject::Wish(first)));
    assert!(!kept.dismiss(&two, &Subject::Wish(first)));
    kept.take_in(&Asked::DismissAll);
    assert!(!kept.dismiss(&one, &Subject::Wish(first)));
}

#[test]
fn of_two_plans_each_order_and_subject_is_told_once_by_the_later_step() {
    let guarantee = |on: &str| Subject::Clock(ClockKind::DeliveryGuarantee, day(on));
    let reminder = |number, subject, step| Reminder {
        order: order(number),
        subject,
        step: Some(step),
    };
    let one = reminder(1, guarantee("2026-11-22"), Step::Days3);
    let closer = reminder(1, guarantee("2026-11-22"), Step::Day1);
    let of_another_order = reminder(2, guarantee("2026-11-22"), Step::Days3);
    let of_another_end = reminder(1, guarantee("2026-11-29"), Step::Days7);
    assert_eq!(
        either(
            vec![one.clone()],
            vec![
                closer.clone(),
                of_another_order.clone(),
                of_another_end.clone()
            ]
        ),
        [
            closer.clone(),
            of_another_order.clone(),
            of_another_end.clone()
        ]
    );
    let all = vec![of_another_order, of_another_end, closer];
    assert_eq!(either(all.clone(), vec![one]), all);
}

/// An order whose page prints its end, or one of which only its day is known.
fn record(facts: &[Fact]) -> Record {
    let mut reading = Reading::new(order(1), Page::OrderDetail, Moment(0));
    reading.saw(Fact::State(OrderState::AwaitingDelivery), "Shipped");
    for fact in facts {
        reading.saw(fact.clone(), "as printed");
    }
    let mut record = Record::new(order(1));
    record.absorb(&reading);
    record
}

/// The steps that are due of the order, and when to look again.
fn plan(
    record: &Record,
    reminding: &Reminding,
    now: Moment,
) -> (Vec<Option<Step>>, Option<Moment>) {
    let zones = Zones {
        buyer: &LosAngeles,
        site: &LosAngeles,
    };
    let kept = Kept::default();
    let mut plan = Plan::new(&kept, reminding, &LosAngeles, now);
    plan.add(&record.id, &Verdict::new(record, now, zones));
    let steps = plan.due.iter().map(|reminder| reminder.step).collect();
    (steps, plan.wake)
}

#[test]
fn what_cannot_wait_for_the_end_of_the_quiet_hours_is_told_in_them() {
    // It ends with the beginning of that day in Los Angeles, at eight in UTC.
    let record = record(&[Fact::RefundIfNotDeliveredBefore(day("2026-11-20"))]);
    let late = utc("2026-11-20", 7, 0);
    for to in [8, 0] {
        let reminding = Reminding {
            steps: vec![Step::Hours6],
            quiet: QuietHours::new(22, to),
            ..Reminding::default()
        };
        let (due, _) = plan(&record, &reminding, late);
        assert_eq!(due, [Some(Step::Hours6)], "until {to}");
    }
    // Over at 23, so it can wait.
    let reminding = Reminding {
        steps: vec![Step::Hours6],
        quiet: QuietHours::new(22, 23),
        ..Reminding::default()
    };
    let (due, wake) = plan(&record, &reminding, utc("2026-11-20", 6, 30));
    assert_eq!((due, wake), (vec![], Some(utc("2026-11-20", 7, 0))));
}

#[test]
fn what_can_wait_is_told_after_the_quiet_hours_and_not_before_them() {
    let record = record(&[Fact::RefundIfNotDeliveredBefore(day("2026-11-20"))]);
    let reminding = Reminding {
        steps: vec![Step::Day1],
        ..Reminding::default()
    };
    // A day before the end it is midnight; the night is over at eight, at sixteen in UTC.
    let after = utc("2026-11-19", 16, 0);
    for now in [utc("2026-11-19", 5, 30), utc("2026-11-19", 9, 0)] {
        assert_eq!(plan(&record, &reminding, now), (vec![], Some(after)));
    }
    assert_eq!(plan(&record, &reminding, after).0, [Some(Step::Day1)]);
}

#[test]
fn an_estimate_is_not_told_of_by_the_hour() {
    let record = record(&[Fact::Placed(day("2026-10-19"))]);
    let reminding = Reminding {
        steps: vec![Step::Hours6],
        quiet: None,
        ..Reminding::default()
    };
    // 32 days after the order.
    assert_eq!(
        plan(&record, &reminding, utc("2026-11-20", 5, 0)).0,
        [] as [Option<Step>; 0]
    );
    let by_day = Reminding {
        steps: vec![Step::Day1],
        ..reminding
    };
    assert_eq!(
        plan(&record, &by_day, utc("2026-11-20", 5, 0)).0,
        [Some(Step::Day1)]
    );
}
