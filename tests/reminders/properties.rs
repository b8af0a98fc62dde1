//! What holds whatever happens to the computer.

use std::collections::BTreeSet;

use proptest::prelude::*;
use recourse::domain::reminders::QuietHours;

use super::*;

const FIRST: i64 = 20_700;

fn day(number: i64) -> Day {
    Day::from_number(FIRST + number).unwrap()
}

fn at_hour(hour: i64) -> Moment {
    Moment(FIRST * 86_400_000).plus(Span::hours(hour))
}

fn city() -> impl Strategy<Value = City> {
    proptest::sample::select(&CITIES[..]).prop_map(City)
}

fn reminding() -> impl Strategy<Value = Reminding> {
    let steps = proptest::sample::subsequence(&Step::ALL[..], 1..=5);
    (steps, 0_u8..24, 0_u8..24).prop_map(|(steps, from, to)| Reminding {
        on: true,
        steps,
        quiet: QuietHours::new(from, to),
    })
}

fn orders(days: &[i64]) -> Vec<Record> {
    let orders = days.iter().enumerate();
    orders
        .map(|(n, number)| on_its_way(n, day(*number)))
        .collect()
}

fn quiet_end(reminding: &Reminding, city: City, now: Moment) -> Option<Moment> {
    let quiet = reminding.quiet?;
    let is_quiet = |moment: Moment| {
        let hour = city.hour(moment);
        let (from, to) = (u32::from(quiet.from()), u32::from(quiet.to()));
        if from < to {
            (from..to).contains(&hour)
        } else {
            hour >= from || hour < to
        }
    };
    // By the minute, so that zones of half an hour are right.
    let minutes = (0..=24 * 60).map(|minute| now.plus(Span::minutes(minute)));
    is_quiet(now).then(|| minutes.into_iter().find(|m| !is_quiet(*m)).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_step_is_told_once_and_never_after_it_makes_no_sense(
        city in city(), reminding in reminding(),
        days in proptest::collection::vec(0_i64..30, 1..6),
        hours in proptest::collection::vec(-300_i64..900, 1..60),
    ) {
        let orders = orders(&days);
        let mut computer = Computer::new(city, reminding.clone());
        // In any order: the clock is set back and forth as well.
        for hour in hours {
            computer.wake(&orders, at_hour(hour));
        }
        let mut seen = BTreeSet::new();
        for (at, told) in &computer.told {
            prop_assert!(seen.insert(told.clone()), "told twice: {:?}", told);
            let Subject::Clock(_, end_day) = told.subject else { panic!("nobody wished") };
            let end = end_of(end_day, &city);
            prop_assert!(*at < end, "told when it was over");
            let lead = told.step.unwrap().lead().unwrap();
            let early = end.minus(lead).since(*at);
            // What cannot wait is told before the quiet hours, which last a day at most.
            prop_assert!(early <= Span::hours(25), "{:?} too early", early);
            if early > Span(0) {
                prop_assert!(reminding.quiet.is_some());
            }
            if let Some(ends) = quiet_end(&reminding, city, *at) {
                prop_assert!(ends >= end, "it could have waited");
            }
        }
        for order in &orders {
            let steps: Vec<Step> = computer.told_of(&order.id).into_iter().map(|(_, step)| step).collect();
            prop_assert!(steps.is_sorted(), "closer and closer to the end: {:?}", steps);
        }
    }

    #[test]
    fn a_computer_that_is_always_on_tells_every_step_to_the_millisecond(
        city in city(), days in proptest::collection::vec(0_i64..300, 1..5),
        steps in proptest::sample::subsequence(&Step::ALL[1..], 1..=4),
    ) {
        let orders = orders(&days);
        let mut computer = Computer::new(city, Reminding { steps: steps.clone(), ..loud() });
        computer.run(&orders, at_hour(-24 * 20), at_hour(24 * 320));
        for (order, number) in orders.iter().zip(&days) {
            let end = end_of(day(*number), &city);
            let wanted: Vec<_> = steps.iter().map(|step| (end.minus(step.lead().unwrap()), *step)).collect();
            prop_assert_eq!(computer.told_of(&order.id), wanted);
        }
    }

    #[test]
    fn quiet_hours_hold_back_and_lose_nothing(city in city(), reminding in reminding(), number in 0_i64..300) {
        let orders = orders(&[number]);
        let steps = reminding.steps.iter().filter(|step| step.lead().is_some()).count();
        let mut computer = Computer::new(city, reminding.clone());
        computer.run(&orders, at_hour(-24 * 20), at_hour(24 * 320));
        let told = computer.told_of(&orders[0].id);
        // Several steps may wait for the same end of the quiet hours; then the closest is told.
        prop_assert!(told.len() <= steps && (told.is_empty() == (steps == 0)), "{:?}", told);
        prop_assert_eq!(told.last().map(|(_, step)| *step), reminding.steps.iter().copied().rfind(|step| step.lead().is_some()));
        for (at, _) in told {
            prop_assert_eq!(quiet_end(&reminding, city, at), None, "told in the quiet hours");
        }
    }

    #[test]
    fn nothing_is_later_than_the_computer_was_off(
        city in city(), days in proptest::collection::vec(10_i64..40, 1..5),
        // Hours on and off, by turns.
        turns in proptest::collection::vec((1_i64..60, 1_i64..60), 5..40),
    ) {
        let orders = orders(&days);
        let mut computer = Computer::new(city, loud());
        let (mut now, mut on) = (at_hour(0), Vec::new());
        for (hours_on, hours_off) in turns {
            let until = now.plus(Span::hours(hours_on));
            computer.run(&orders, now, until);
            on.push((now, until));
            now = until.plus(Span::hours(hours_off));
        }
        for (order, number) in orders.iter().zip(&days) {
            let end = end_of(day(*number), &city);
            let mut last = None;
            for (from, until) in &on {
                // Of every time with the computer on, the steps that fall into it, and at its beginning the closest of those missed.
                let ripe = |at: Moment| Step::ALL.into_iter().rfind(|step| step.lead().is_some_and(|lead| end.minus(lead) <= at && at < end));
                let moments = std::iter::once(*from).chain(Step::ALL.iter().filter_map(|step| Some(end.minus(step.lead()?))));
                for moment in moments.filter(|moment| from <= moment && moment < until) {
                    let step = ripe(moment);
                    if step > last {
                        last = step;
                        prop_assert!(computer.told_of(&order.id).contains(&(moment, step.unwrap())), "{:?} at {:?} in {:?}", step, moment, computer.told_of(&order.id));
                    }
                }
            }
            prop_assert_eq!(computer.told_of(&order.id).last().map(|(_, step)| *step), last);
        }
    }

    #[test]
    fn a_deadline_that_is_moved_is_planned_anew(city in city(), first in 10_i64..20, moved in 10_i64..40, hour in 0_i64..600) {
        prop_assume!(first != moved);
        let mut orders = orders(&[first]);
        let mut computer = Computer::new(city, loud());
        let change = at_hour(hour);
        computer.run(&orders, at_hour(-24 * 20), change);
        let before = computer.told.len();
        print(&mut orders[0], day(moved), change);
        computer.run(&orders, change, at_hour(24 * 60));
        let end = end_of(day(moved), &city);
        let after: Vec<_> = computer.told_of(&orders[0].id).split_off(before);
        let left = |step: &&Step| step.lead().is_some_and(|lead| end.minus(lead) > change);
        let mut wanted: Vec<_> = Step::ALL.iter().filter(left).map(|step| (end.minus(step.lead().unwrap()), *step)).collect();
        if let Some(missed) = Step::ALL.into_iter().rfind(|step| step.lead().is_some_and(|lead| end.minus(lead) <= change && change < end)) {
            wanted.insert(0, (change, missed));
        }
        prop_assert_eq!(after, wanted);
    }

    #[test]
    fn a_journey_does_not_repeat_what_was_told(cities in proptest::collection::vec(city(), 2..20), number in 10_i64..20) {
        let orders = orders(&[number]);
        let mut computer = Computer::new(cities[0], Reminding::default());
        for (n, city) in cities.iter().enumerate() {
            computer.city = *city;
            let from = at_hour(24 * i64::try_from(n).unwrap());
            computer.run(&orders, from, from.plus(Span::days(1)));
        }
        let steps: Vec<Step> = computer.told_of(&orders[0].id).into_iter().map(|(_, step)| step).collect();
        prop_assert!(steps.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", steps);
    }
}

#[test]
fn what_can_be_claimed_from_today_is_told_today() {
    let city = City(Tz::Europe__Brussels);
    let mut record = Record::new(order(1));
    let mut reading = Reading::new(record.id.clone(), Page::OrderList, at_hour(-1000));
    reading.saw(Fact::State(OrderState::AwaitingDelivery), "Shipped");
    reading.saw(Fact::Shipped(day(0)), "Shipped on");
    record.absorb(&reading);
    let verdict = Verdict::new(&record, at_hour(0), zones(&city));
    let opens = verdict
        .clocks
        .iter()
        .find(|clock| clock.kind.name() == "claim-opens");
    let opens = opens
        .expect("a claim opens some days after shipping")
        .closes();
    let mut computer = Computer::new(city, loud());
    computer.run(&[record.clone()], at_hour(0), opens.plus(Span::hours(1)));
    assert!(
        computer.told_of(&record.id).contains(&(opens, Step::Opens)),
        "{:?}",
        computer.told
    );
    // Eight days later it is no news.
    let mut late = Computer::new(city, loud());
    late.wake(&[record.clone()], opens.plus(Span::days(8)));
    let steps = late.told_of(&record.id);
    assert!(steps.iter().all(|(_, step)| *step != Step::Opens));
}

#[test]
fn a_muted_order_is_told_of_when_the_user_wished_for_it() {
    let city = City(Tz::America__Sao_Paulo);
    let orders = orders(&[20]);
    let id = &orders[0].id;
    let mut computer = Computer::new(city, Reminding::default());
    computer.kept.mute(id, true);
    computer.kept.wish(id, day(5));
    computer.run(&orders, at_hour(0), at_hour(24 * 30));
    let [(at, told)] = &computer.told[..] else {
        panic!("{:?}", computer.told)
    };
    assert_eq!(told.subject, Subject::Wish(day(5)));
    assert_eq!((city.hour(*at), city.day_at(*at)), (9, Some(day(5))));
    // The same day can be wished for again, and is told again.
    computer.kept.wish(id, day(5));
    computer.wake(&orders, at_hour(24 * 8));
    assert_eq!(computer.told.len(), 2);
    computer.kept.mute(id, false);
    computer.wake(&orders, end_of(day(20), &city).minus(Span::hours(12)));
    assert_eq!(computer.told_of(id).len(), 1);
}

#[test]
fn nothing_is_told_of_what_has_nothing_left_to_lose_or_where_reminders_are_off() {
    let city = City(Tz::Europe__Brussels);
    let mut cancelled = on_its_way(1, day(10));
    let mut reading = Reading::new(cancelled.id.clone(), Page::OrderList, at_hour(0));
    reading.saw(Fact::State(OrderState::Cancelled), "Cancelled");
    cancelled.absorb(&reading);
    let mut computer = Computer::new(city, Reminding::default());
    computer.run(&[cancelled], at_hour(0), at_hour(24 * 30));
    assert!(computer.told.is_empty());
    let off = Reminding {
        on: false,
        ..Reminding::default()
    };
    let mut computer = Computer::new(city, off);
    computer.kept.wish(&order(2), day(5));
    computer.run(&orders(&[10, 20]), at_hour(0), at_hour(24 * 30));
    assert!(computer.told.is_empty());
    let (ending, _) = computer.wake(&orders(&[10, 20]), at_hour(24 * 8));
    assert_eq!(
        ending, 1,
        "the number on the toolbar does not depend on reminders"
    );
}

#[test]
fn the_number_of_orders_that_end_soon_changes_when_it_is_said_to() {
    let city = City(Tz::Europe__Brussels);
    let orders = orders(&[4, 5, 9]);
    let mut computer = Computer::new(city, loud());
    let (mut now, mut before) = (at_hour(-24), None);
    let mut changes = Vec::new();
    loop {
        let (ending, wake) = computer.wake(&orders, now);
        if before != Some(ending) {
            changes.push(ending);
            before = Some(ending);
        }
        let Some(wake) = wake else { break };
        // Until then it stays as it is.
        let (just_before, _) = Computer::new(city, loud()).wake(&orders, Moment(wake.0 - 1));
        assert_eq!(Some(just_before), before);
        now = wake;
    }
    assert_eq!(changes, [0, 1, 2, 1, 0, 1, 0]);
}

#[test]
fn what_was_put_away_stays_away_and_is_forgotten_in_the_end() {
    let city = City(Tz::Europe__Brussels);
    let orders = orders(&[10]);
    let mut computer = Computer::new(city, loud());
    let end = end_of(day(10), &city);
    computer.wake(&orders, end.minus(Span::days(2)));
    assert_eq!(computer.kept.list().len(), 1);
    let told = computer.told[0].1.clone();
    assert!(computer.kept.dismiss(&told.order, &told.subject));
    assert!(!computer.kept.dismiss(&told.order, &told.subject));
    computer.wake(&orders, end.minus(Span::hours(40)));
    assert!(computer.kept.list().is_empty());
    // The next step is news, in the place of the last one.
    computer.wake(&orders, end.minus(Span::hours(3)));
    assert_eq!(computer.kept.list().len(), 1);
    computer.wake(&orders, end.plus(Span::days(300)));
    assert_eq!(computer.kept.told().len(), 1, "nobody has put it away");
    computer.kept.dismiss_all();
    computer.wake(&orders, end.plus(Span::days(30)));
    assert_eq!(computer.kept.told().len(), 1);
    computer.wake(&orders, end.plus(Span::days(300)));
    assert_eq!(computer.kept.told().len(), 0);
}

/// Where the clocks are put back over the hour at which the quiet hours end, they come to it twice.
#[test]
fn clocks_that_are_put_back_do_not_end_the_quiet_hours_early() {
    let mut nights = 0;
    for city in CITIES.map(City) {
        let is_long = |number: &i64| {
            let length = city
                .start_of(day(number + 1))
                .unwrap()
                .since(city.start_of(day(*number)).unwrap());
            length > Span::hours(24)
        };
        for night in (0..300).filter(is_long) {
            nights += 1;
            for to in 1..=4 {
                let reminding = Reminding {
                    steps: vec![Step::Days7],
                    quiet: QuietHours::new(to + 2, to),
                    ..loud()
                };
                // Due in that night, a week before the end.
                let orders = orders(&[night + 7]);
                let mut computer = Computer::new(city, reminding.clone());
                computer.run(
                    &orders,
                    at_hour(24 * (night - 3)),
                    at_hour(24 * (night + 10)),
                );
                let told = computer.told_of(&orders[0].id);
                assert_eq!(told.len(), 1, "{city:?} {night} {to}");
                assert_eq!(
                    quiet_end(&reminding, city, told[0].0),
                    None,
                    "{city:?} {night} {to}"
                );
            }
        }
    }
    assert!(nights >= 3, "{nights}");
}
