//! Quiet hours, what the user asks for, and what is due at the edges of time.

use std::rc::Rc;

use super::*;
use crate::domain::dispute::DisputeStage;
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
    let mut reading = Reading::new(order(1), Page::OrderDetail, utc("2026-10-01", 0, 0));
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

/// An order whose refund was decided, and is expected until some day.
fn refunded(state: OrderState) -> Record {
    let mut record = record(&[]);
    let mut reading = Reading::new(order(1), Page::Dispute, utc("2026-10-01", 0, 1));
    reading.saw(Fact::State(state), "as printed");
    let expected = Fact::Ends(ClockKind::RefundExpected, day("2026-11-18"));
    reading.saw(expected, "as printed");
    record.absorb(&reading);
    record
}

#[test]
fn once_a_refund_was_to_have_come_the_user_is_asked_for_it_once() {
    let zones = Zones {
        buyer: &LosAngeles,
        site: &LosAngeles,
    };
    let reminding = Reminding {
        quiet: None,
        steps: Vec::new(),
        ..Reminding::default()
    };
    let ask = |kept: &Kept, record: &Record, now: Moment| {
        let mut plan = Plan::new(kept, &reminding, &LosAngeles, now);
        plan.add(&record.id, &Verdict::new(record, now, zones));
        (plan.due, plan.wake)
    };
    for state in [
        OrderState::Refunded,
        OrderState::InDispute,
        OrderState::Completed,
    ] {
        let record = refunded(state);
        let verdict = Verdict::new(&record, utc("2026-11-16", 12, 0), zones);
        let mut clocks = verdict.clocks.iter();
        let clock = clocks
            .find(|clock| clock.kind == ClockKind::RefundExpected)
            .unwrap();
        let (end, subject) = (clock.closes(), Subject::Refund(clock.because.end_day));
        let mut kept = Kept::default();
        let before = ask(&kept, &record, Moment(end.0 - 1));
        assert_eq!(before, (vec![], Some(end)), "{}", state.name());
        let question = Reminder {
            order: record.id.clone(),
            subject: subject.clone(),
            step: None,
        };
        let wanted = std::slice::from_ref(&question);
        assert_eq!(ask(&kept, &record, end).0, wanted);
        // Also after weeks in which the computer was off, and not after months.
        let late = end.plus(Span::days(29));
        assert_eq!(ask(&kept, &record, late).0, wanted);
        assert_eq!(ask(&kept, &record, end.plus(Span::days(30))).0, []);
        kept.record(&[question], end);
        assert_eq!(ask(&kept, &record, late).0, [], "it was asked");
        assert_eq!(kept.list().len(), 1);
        // Whoever says that it came has answered, and is asked no more.
        kept.take_in(&Asked::RefundCame(record.id.clone()));
        assert_eq!(kept.list().len(), 0);
        let mut told = Kept::default();
        told.take_in(&Asked::RefundCame(record.id.clone()));
        assert_eq!(ask(&told, &record, end).0, []);
        told.take_in(&Asked::RefundOpen(record.id.clone()));
        assert_eq!(
            ask(&told, &record, end).0.len(),
            1,
            "it did not come after all"
        );
        told.take_in(&Asked::Mute(record.id.clone()));
        assert_eq!(ask(&told, &record, end).0, []);
    }
}

#[test]
fn an_estimate_that_ends_earlier_hides_no_date_from_the_toolbar() {
    // Counted from the order alone the guarantee may end early; what the dispute's page prints is known.
    let mut record = record(&[Fact::Placed(day("2026-10-19"))]);
    let mut reading = Reading::new(order(1), Page::Dispute, utc("2026-10-01", 0, 1));
    let answer = Fact::Ends(ClockKind::BuyerAnswer, day("2026-11-22"));
    for fact in [Fact::Stage(DisputeStage::BuyerToAnswer), answer] {
        reading.saw(fact, "as printed");
    }
    record.absorb(&reading);
    let zones = Zones {
        buyer: &LosAngeles,
        site: &LosAngeles,
    };
    let now = utc("2026-11-20", 0, 0);
    let verdict = Verdict::new(&record, now, zones);
    assert_eq!(verdict.firm(), None, "an estimate is shown");
    let count = |now: Moment| {
        let kept = Kept::default();
        let reminding = Reminding::default();
        let mut plan = Plan::new(&kept, &reminding, &LosAngeles, now);
        plan.add(&record.id, &Verdict::new(&record, now, zones));
        plan.ending
    };
    assert_eq!(count(now), 1);
    assert_eq!(count(utc("2026-11-18", 0, 0)), 0);
    assert_eq!(count(utc("2026-11-24", 0, 0)), 0);
}

#[test]
fn two_windows_that_end_on_one_day_are_told_as_one() {
    let mut record = record(&[]);
    for line in [7, 8] {
        let mut reading = Reading::new(order(1), Page::Dispute, utc("2026-10-01", 0, line));
        for fact in [
            Fact::Stage(DisputeStage::BuyerToAnswer),
            Fact::Ends(ClockKind::BuyerAnswer, day("2026-11-22")),
        ] {
            let line = u64::try_from(line).unwrap();
            reading.saw(Fact::OfLine(line, Rc::new(fact)), "as printed");
        }
        record.absorb(&reading);
    }
    let reminding = Reminding {
        steps: vec![Step::Days3],
        quiet: None,
        ..Reminding::default()
    };
    assert_eq!(
        plan(&record, &reminding, utc("2026-11-20", 12, 0)).0,
        [Some(Step::Days3)]
    );
}

#[test]
fn what_ends_at_one_moment_is_told_of_each_kind() {
    let facts = [
        Fact::RefundIfNotDeliveredBefore(day("2026-11-22")),
        Fact::Stage(DisputeStage::BuyerToAnswer),
        Fact::Ends(ClockKind::BuyerAnswer, day("2026-11-22")),
    ];
    let reminding = Reminding {
        steps: vec![Step::Days3],
        quiet: None,
        ..Reminding::default()
    };
    let now = utc("2026-11-20", 12, 0);
    assert_eq!(
        plan(&record(&facts), &reminding, now).0,
        [Some(Step::Days3), Some(Step::Days3)]
    );
}

#[test]
fn what_ends_this_very_moment_hides_nothing_that_ends_after_it() {
    let record = record(&[
        Fact::RefundIfNotDeliveredBefore(day("2026-11-20")),
        Fact::RefundIfNotDeliveredBefore(day("2026-11-22")),
    ]);
    let zones = Zones {
        buyer: &LosAngeles,
        site: &LosAngeles,
    };
    let first_end = zones.earliest_start(day("2026-11-20")).unwrap();
    let (kept, reminding) = (Kept::default(), Reminding::default());
    let mut plan = Plan::new(&kept, &reminding, &LosAngeles, first_end);
    plan.add(&record.id, &Verdict::new(&record, first_end, zones));
    assert_eq!(plan.ending, 1);
}

/// So many reminders, all due.
fn many(count: u64) -> Vec<Reminder> {
    let subject = || Subject::Clock(ClockKind::DeliveryGuarantee, day("2026-11-22"));
    let reminder = |number| Reminder {
        order: order(number),
        subject: subject(),
        step: Some(Step::Days3),
    };
    (0..count).map(reminder).collect()
}

/// The shortest of several times that it took to put two plans together. What else the machine does makes times longer, never shorter.
fn work(count: u64) -> std::time::Duration {
    let mut closer = many(count);
    for reminder in &mut closer {
        reminder.step = Some(Step::Day1);
    }
    // The shortest of many: a machine that does much else interrupts most of them.
    let times = (0..20).map(|_| {
        let (one, other) = (many(count), closer.clone());
        let begun = std::time::Instant::now();
        let all = either(one, other);
        let took = begun.elapsed();
        assert_eq!(all, closer);
        took
    });
    times.min().unwrap()
}

#[test]
fn ten_thousand_reminders_on_one_day_are_ten_times_the_work_of_a_thousand() {
    // Each compared with each would be a hundred times.
    let (few, lots) = (work(1_000), work(10_000));
    assert!(lots < few * 60, "{few:?} and {lots:?}");
}

#[test]
fn a_refund_that_came_answers_the_question_about_it_alone() {
    let told = |number, subject| Told {
        reminder: Reminder {
            order: order(number),
            subject,
            step: None,
        },
        at: utc("2026-11-19", 9, 0),
        dismissed: false,
    };
    let on = day("2026-11-18");
    let mut kept = Kept::default();
    kept.note(told(1, Subject::Refund(on)));
    kept.note(told(1, Subject::Wish(on)));
    kept.note(told(2, Subject::Refund(on)));
    kept.refund_came(&order(1), true);
    let open = kept.told().iter().filter(|told| !told.dismissed);
    let open: Vec<_> = open
        .map(|told| (&told.reminder.order, &told.reminder.subject))
        .collect();
    let (one, two) = (order(1), order(2));
    assert_eq!(
        open,
        [(&one, &Subject::Wish(on)), (&two, &Subject::Refund(on))]
    );
}

#[test]
fn two_orders_of_which_the_same_is_to_be_told_are_both_told_of() {
    let zones = Zones {
        buyer: &LosAngeles,
        site: &LosAngeles,
    };
    let reminding = Reminding {
        quiet: None,
        ..Reminding::default()
    };
    let now = utc("2026-11-25", 12, 0);
    let verdict = Verdict::new(&refunded(OrderState::Refunded), now, zones);
    let kept = Kept::default();
    let mut plan = Plan::new(&kept, &reminding, &LosAngeles, now);
    for number in [1, 2] {
        plan.add(&order(number), &verdict);
    }
    let of: Vec<&OrderId> = plan.due.iter().map(|due| &due.order).collect();
    assert_eq!(of, [&order(1), &order(2)]);
}
