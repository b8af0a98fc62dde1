//! A year of one buyer: three thousand orders, a computer that sleeps, restarts, loses its alarms, travels, and has its clock set.

use std::collections::BTreeMap;

use super::*;

/// The same year every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: i64) -> i64 {
        let state = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = state.wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % n
    }
}

/// The safety alarm comes so often: nobody waits longer for what a lost alarm was to tell.
const SAFETY: Span = Span::hours(6);

/// A time in which the computer was on, from one start of the program to the next, by its own clock.
#[derive(Clone, Copy, Debug)]
struct Awake {
    from: Moment,
    to: Moment,
    city: City,
    /// The alarm for this time never came, or was set for another zone.
    lost: bool,
}

/// A day that an order's page printed, with the time in which it was the last that it had printed.
struct Printed {
    order: usize,
    day: Day,
    from: Moment,
    to: Moment,
}

/// The beginning and end of the night that the moment lies in, by the clocks of the city: from 22 to 8.
fn night(city: City, moment: Moment) -> Option<(Moment, Moment)> {
    let local = city.0.timestamp_millis_opt(moment.0).unwrap();
    let evening = match local.hour() {
        22.. => local.date_naive(),
        ..8 => local.date_naive().pred_opt()?,
        _ => return None,
    };
    let at = |date: NaiveDate, hour: u32| {
        let time = date.and_hms_opt(hour, 0, 0)?;
        let time = city.0.from_local_datetime(&time).latest()?;
        Some(Moment(time.timestamp_millis()))
    };
    Some((at(evening, 22)?, at(evening.succ_opt()?, 8)?))
}

/// The first moment in that time at which a step of a deadline can be told: at or after it is due, in the night only if it cannot wait
/// for the morning, and then an hour before the night begins.
fn first_chance(awake: &Awake, printed: &Printed, lead: Span) -> Option<Moment> {
    let end = end_of(printed.day, &awake.city);
    let due = end.minus(lead);
    let waits = |moment| night(awake.city, moment).filter(|(_, morning)| *morning < end);
    let due = match (night(awake.city, due), waits(due)) {
        (_, Some((_, morning))) => morning,
        (Some((evening, _)), None) => evening.minus(Span::hours(1)),
        (None, None) => due,
    };
    let chance = due.max(awake.from).max(printed.from);
    let chance = waits(chance).map_or(chance, |(_, morning)| morning);
    (chance < awake.to.min(end).min(printed.to)).then_some(chance)
}

/// What happened in the year.
struct Year {
    computer: Computer,
    awake: Vec<Awake>,
    printed: Vec<Printed>,
    starts: usize,
    lost: usize,
    off: usize,
    jumps: usize,
    journeys: usize,
    /// How often the clock was set or the zone changed while the program ran.
    noticed: usize,
}

/// How the clock is set in a program that has run for that long.
fn setting(now: Moment, ran: Span, city: City) -> ClockSetting {
    let offset = |month| {
        let noon = NaiveDate::from_ymd_opt(2026, month, 1)
            .and_then(|day| day.and_hms_opt(12, 0, 0))
            .unwrap();
        let local = city.0.from_utc_datetime(&noon).naive_local();
        i32::try_from((noon - local).num_minutes()).unwrap()
    };
    ClockSetting {
        began: now.minus(ran),
        zone: [offset(1), offset(7)],
    }
}

fn live() -> Year {
    let mut chance = Chance(2027);
    let first = Day::new(2027, 1, 1).unwrap();
    let begin = Moment(first.number() * 86_400_000);
    let end = begin.plus(Span::days(365));
    let days: Vec<Day> = (0..3_000)
        .map(|_| first.plus(chance.below(380)).unwrap())
        .collect();
    let mut orders: Vec<Record> = days
        .iter()
        .enumerate()
        .map(|(n, day)| on_its_way(n, *day))
        .collect();
    // Those whose printed days are not near have nothing to tell.
    let near = |record: &&Record, now: Moment| {
        let today = now.0 / 86_400_000;
        record.sightings.iter().any(|sighting| match sighting.fact {
            Fact::RefundIfNotDeliveredBefore(day) => {
                (today - 2..today + 12).contains(&day.number())
            }
            _ => false,
        })
    };
    let forever = Moment(i64::MAX);
    let printed = days.iter().enumerate().map(|(order, day)| Printed {
        order,
        day: *day,
        from: begin,
        to: forever,
    });
    let mut year = Year {
        computer: Computer::new(City(Tz::Europe__Brussels), Reminding::default()),
        awake: Vec::new(),
        printed: printed.collect(),
        starts: 0,
        lost: 0,
        off: 0,
        jumps: 0,
        journeys: 0,
        noticed: 0,
    };
    let (mut now, mut next_tick) = (begin, begin);
    // Whether the program plans now, and the alarm that it has set.
    let (mut plans, mut set) = (true, None);
    while now < end {
        if plans {
            let soon = orders.iter().filter(|record| near(record, now));
            (_, set) = year.computer.wake(soon, now);
            assert!(set.is_none_or(|wake| wake > now), "an alarm for the past");
            year.starts += 1;
        }
        plans = true;
        let wake = set.filter(|wake| *wake > now);
        if now >= next_tick || !comes_in_time(next_tick, SAFETY, now) {
            next_tick = now.plus(SAFETY);
        }
        // One alarm in eight is lost; the safety tick is what is left then.
        let alarm = wake.filter(|_| chance.below(8) > 0);
        let mut awake = Awake {
            from: now,
            to: alarm.map_or(next_tick, |alarm| alarm.min(next_tick)),
            city: year.computer.city,
            lost: wake.is_some() && alarm.is_none(),
        };
        year.lost += usize::from(awake.lost);
        let mut next = awake.to;
        match chance.below(12) {
            // Off over night, or over a holiday.
            0 => {
                next = next.plus(Span::hours(chance.below(14)));
                awake.to = now.plus(Span(1));
                year.off += 1;
            }
            1 if chance.below(20) == 0 => {
                next = next.plus(Span::days(chance.below(9)));
                awake.to = now.plus(Span(1));
                year.off += 1;
            }
            // Nobody tells the program of a journey: its alarm is for the zone that it left.
            2 if chance.below(10) == 0 => {
                let there = usize::try_from(chance.below(7)).unwrap();
                year.computer.city = City(CITIES[there]);
                awake.city = year.computer.city;
                awake.lost = true;
                year.journeys += 1;
            }
            // A page is looked at, which prints another day than before; what was kept starts the program.
            3 => {
                let one = usize::try_from(chance.below(3_000)).unwrap();
                let today = year.computer.city.day_at(now).unwrap();
                let later = today.plus(chance.below(60)).unwrap();
                print(&mut orders[one], later, now);
                awake.to = now.plus(Span(1));
                next = now.plus(Span(1_000));
                let of_order = year.printed.iter_mut().filter(|other| other.order == one);
                of_order.for_each(|other| other.to = other.to.min(now));
                year.printed.push(Printed {
                    order: one,
                    day: later,
                    from: next,
                    to: forever,
                });
            }
            // The clock is set: forth, which is as if the computer had been off, or back.
            4 if chance.below(10) == 0 => {
                next = next.plus(Span::hours(1 + chance.below(30)));
                awake.to = now.plus(Span(1));
                year.jumps += 1;
            }
            5 if chance.below(10) == 0 => {
                next = next.minus(Span::hours(1 + chance.below(3)));
                year.jumps += 1;
            }
            // The same while the program runs, as it does while pages tell of orders: nothing starts it, and what happens next is an event
            // like any other.
            7 if chance.below(5) == 0 => {
                let before = setting(now, Span(0), year.computer.city);
                let ran = Span(20_000);
                let jump = match chance.below(3) {
                    0 => {
                        let here = CITIES.iter().position(|city| *city == year.computer.city.0);
                        let other = 1 + usize::try_from(chance.below(6)).unwrap();
                        year.computer.city = City(CITIES[(here.unwrap() + other) % CITIES.len()]);
                        year.journeys += 1;
                        Span(0)
                    }
                    forth => {
                        year.jumps += 1;
                        match forth {
                            1 => Span::hours(1 + chance.below(30)),
                            _ => Span::hours(-1 - chance.below(3)),
                        }
                    }
                };
                awake.to = now.plus(Span(1));
                next = now.plus(ran).plus(jump);
                plans = setting(next, ran, year.computer.city).was_moved(before);
                year.noticed += 1;
            }
            // Started anew for anything else that happens.
            6 => {
                next = Moment(now.0 + 1 + chance.below(next.0 - now.0));
                awake.to = next;
            }
            _ => {}
        }
        year.awake.push(awake);
        now = next;
    }
    year
}

#[test]
fn in_a_year_everything_is_told_once_and_never_later_than_the_computer_was_off() {
    let year = live();
    let mut told: BTreeMap<(OrderId, Subject), Vec<(Moment, Step)>> = BTreeMap::new();
    for (at, reminder) in &year.computer.told {
        let Subject::Clock(_, day) = reminder.subject else {
            panic!("nobody wished");
        };
        // Whatever the zone: the day has begun everywhere fourteen hours after it has in Greenwich.
        assert!(
            at.0 < day.number() * 86_400_000 + Span::hours(14).0,
            "told when it was over"
        );
        let key = (reminder.order.clone(), reminder.subject.clone());
        let before = told.entry(key).or_default();
        let last = before.last().map(|(_, step)| *step);
        assert!(reminder.step > last, "told twice: {reminder:?}");
        before.extend(reminder.step.map(|step| (*at, step)));
    }
    // Times by the computer's clock come one after the other, but for the hours by which it was set back.
    let mut latest = Moment(i64::MIN);
    let ends: Vec<Moment> = year
        .awake
        .iter()
        .map(|awake| {
            latest = latest.max(awake.to);
            latest
        })
        .collect();
    let (mut in_time, mut after_a_loss) = (0, 0);
    for printed in &year.printed {
        // A day that is printed again is the same deadline again.
        let same = |other: &&Printed| (other.order, other.day) == (printed.order, printed.day);
        if year.printed.iter().filter(same).count() > 1 {
            continue;
        }
        let start = Moment(printed.day.number() * 86_400_000);
        let from = ends.partition_point(|end| *end < start.minus(Span::days(10)));
        let near = year.awake.iter().skip(from);
        let near = near.take_while(|awake| awake.from < start.plus(Span::days(2)));
        let near: Vec<&Awake> = near.collect();
        let subject = Subject::Clock(ClockKind::DeliveryGuarantee, printed.day);
        let told = told.get(&(order(printed.order), subject));
        for step in Step::ALL {
            let Some(lead) = step.lead() else { continue };
            let chances = near.iter().filter_map(|awake| {
                let chance = first_chance(awake, printed, lead)?;
                Some((chance, *awake))
            });
            // What a lost alarm was to tell waits for the next start of the program, which the safety alarm brings soon enough.
            let (mut is_lost, mut kept) = (false, None);
            for (chance, awake) in chances {
                if !awake.lost {
                    kept = Some((chance, awake));
                    break;
                }
                is_lost = true;
                let waited = awake.to.since(awake.from);
                assert!(waited <= SAFETY, "{waited:?} in {awake:?}");
            }
            let Some((chance, awake)) = kept else {
                continue;
            };
            // By then it was told, or a step that is closer to the end.
            let is_told = told.is_some_and(|told| {
                let mut told = told.iter();
                told.any(|(at, other)| *other >= step && *at <= chance)
            });
            let (name, day) = (step.name(), printed.day);
            assert!(
                is_told,
                "{name} of {day} was due at {chance:?} in {awake:?}: {told:?}"
            );
            if is_lost {
                after_a_loss += 1;
            } else {
                in_time += 1;
            }
        }
    }
    assert!(
        in_time > 8_000 && after_a_loss > 200,
        "{in_time} {after_a_loss}"
    );
    let counts = [year.lost, year.off, year.jumps, year.journeys, year.noticed];
    assert!(
        year.starts > 1_000 && counts.iter().all(|count| *count > 20),
        "{} {counts:?}",
        year.starts
    );
    let told = year.computer.told.len();
    assert!(told > 7_000, "{told}");
}
