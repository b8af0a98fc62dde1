//! A year of one buyer: three thousand orders, a computer that sleeps, restarts, loses its alarms and travels.

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

#[test]
fn in_a_year_everything_is_told_once_and_in_time() {
    let mut chance = Chance(2027);
    let first = Day::new(2027, 1, 1).unwrap();
    let mut orders: Vec<Record> = (0..3_000)
        .map(|n| on_its_way(n, first.plus(chance.below(380)).unwrap()))
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
    let begin = Moment(first.number() * 86_400_000);
    let year = begin.plus(Span::days(365));
    let mut computer = Computer::new(City(Tz::Europe__Brussels), Reminding::default());
    let mut now = begin;
    let mut next_tick = begin;
    let (mut starts, mut lost, mut off) = (0, 0, Vec::new());
    while now < year {
        let (_, wake) = computer.wake(orders.iter().filter(|record| near(record, now)), now);
        starts += 1;
        if now >= next_tick {
            next_tick = now.plus(Span::hours(6));
        }
        // One alarm in eight is lost; the safety tick is what is left then.
        let alarm = wake.filter(|_| chance.below(8) > 0);
        lost += i32::from(wake.is_some() && alarm.is_none());
        let mut next = alarm.map_or(next_tick, |alarm| alarm.min(next_tick));
        match chance.below(12) {
            // Off over night, or over a holiday.
            0 => {
                let asleep = next.plus(Span::hours(chance.below(14)));
                off.push((now, asleep));
                next = asleep;
            }
            1 if chance.below(20) == 0 => {
                let away = next.plus(Span::days(chance.below(9)));
                off.push((now, away));
                next = away;
            }
            2 if chance.below(10) == 0 => {
                let there = usize::try_from(chance.below(7)).unwrap();
                computer.city = City(CITIES[there]);
            }
            // A page is looked at, which prints another day than before.
            3 => {
                let one = usize::try_from(chance.below(3_000)).unwrap();
                let later = computer
                    .city
                    .day_at(now)
                    .and_then(|day| day.plus(chance.below(60)));
                print(&mut orders[one], later.unwrap(), now);
            }
            _ => {}
        }
        assert!(next > now);
        now = next;
    }
    let mut steps: BTreeMap<(OrderId, Subject), Vec<Step>> = BTreeMap::new();
    for (at, told) in &computer.told {
        let Subject::Clock(_, day) = told.subject else {
            panic!("nobody wished");
        };
        // Whatever the zone: the day has begun everywhere fourteen hours after it has in Greenwich.
        assert!(
            at.0 < day.number() * 86_400_000 + Span::hours(14).0,
            "told when it was over"
        );
        let before = steps
            .entry((told.order.clone(), told.subject.clone()))
            .or_default();
        assert!(told.step > before.last().copied(), "told twice: {told:?}");
        before.extend(told.step);
    }
    // Whatever ended in this year and was not moved was told, unless the computer was off for the whole week before.
    let mut quietly = 0;
    for record in &orders {
        let verdict = Verdict::new(record, begin, zones(&computer.city));
        let clock = verdict.clocks.first().expect("a printed deadline");
        let (end, kind) = (clock.closes(), clock.kind);
        let moved = clock.moved().is_some()
            || end > year.minus(Span::days(1))
            || end < begin.plus(Span::days(1));
        let subject = Subject::Clock(kind, clock.because.end_day);
        if !moved && !steps.contains_key(&(record.id.clone(), subject)) {
            let week = end.minus(Span::days(6));
            let away = off
                .iter()
                .any(|(from, to)| *from < week && *to > end.minus(Span::days(1)));
            assert!(away, "nobody was told of {:?}", record.id);
            quietly += 1;
        }
    }
    assert!(quietly < 300, "{quietly}");
    assert!(
        starts > 1_000 && lost > 50 && off.len() > 50,
        "{starts} {lost} {}",
        off.len()
    );
    assert!(computer.told.len() > 7_000, "{}", computer.told.len());
}
