//! Reminders over a long time: a computer that is switched on and off, alarms that are lost, clocks and zones that are changed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it does not expect should stop right there"
)]

mod properties;
mod year;

use chrono::{Datelike, NaiveDate, TimeZone, Timelike};
use chrono_tz::Tz;
use recourse::domain::clock::ClockKind;
use recourse::domain::clock_setting::{ClockSetting, comes_in_time};
use recourse::domain::ledger::Record;
use recourse::domain::order::{OrderId, OrderState};
use recourse::domain::reminders::{Kept, Plan, Reminder, Reminding, Step, Subject};
use recourse::domain::sighting::{Fact, Page, Part, PartFact, Reading};
use recourse::domain::time::{Day, LosAngeles, Moment, Span, Zone, Zones};
use recourse::domain::verdict::Verdict;
use recourse::store::Stored;

/// A zone of the zone database.
#[derive(Clone, Copy, Debug)]
struct City(Tz);

impl Zone for City {
    fn start_of(&self, day: Day) -> Option<Moment> {
        let date = NaiveDate::from_ymd_opt(day.year(), day.month(), day.day())?;
        // Where midnight does not exist, the first moment after it.
        (0..5).find_map(|hour| {
            let time = date.and_hms_opt(hour, 0, 0)?;
            let found = self.0.from_local_datetime(&time).earliest()?;
            Some(Moment(found.timestamp_millis()))
        })
    }

    fn day_at(&self, moment: Moment) -> Option<Day> {
        let local = self.0.timestamp_millis_opt(moment.0).single()?;
        Day::new(local.year(), local.month(), local.day())
    }
}

impl City {
    fn hour(self, moment: Moment) -> u32 {
        self.0.timestamp_millis_opt(moment.0).unwrap().hour()
    }
}

const CITIES: [Tz; 7] = [
    Tz::Europe__Brussels,
    Tz::America__Los_Angeles,
    Tz::America__Sao_Paulo,
    Tz::Asia__Vladivostok,
    Tz::Pacific__Honolulu,
    Tz::Australia__Lord_Howe,
    Tz::Pacific__Kiritimati,
];

fn zones(buyer: &City) -> Zones<'_> {
    Zones {
        buyer,
        site: &LosAngeles,
    }
}

fn order(n: usize) -> OrderId {
    OrderId::new(&format!("82{n:014}")).unwrap()
}

/// An order on its way, with the day that its page prints. It was read long before.
fn on_its_way(n: usize, before: Day) -> Record {
    let mut record = Record::new(order(n));
    let long_before = Moment((before.number() - 700) * Span::days(1).0);
    print(&mut record, before, long_before);
    record
}

/// The order's page prints that day then.
fn print(record: &mut Record, before: Day, at: Moment) {
    let mut reading = Reading::new(record.id.clone(), Page::OrderDetail, at);
    reading.saw(Fact::State(OrderState::AwaitingDelivery), "Shipped");
    reading.saw(Fact::RefundIfNotDeliveredBefore(before), "as printed");
    record.absorb(&reading);
}

/// The user's computer: what it keeps, and everything that it has told.
struct Computer {
    kept: Kept,
    reminding: Reminding,
    city: City,
    told: Vec<(Moment, Reminder)>,
}

impl Computer {
    fn new(city: City, reminding: Reminding) -> Self {
        Self {
            kept: Kept::default(),
            reminding,
            city,
            told: Vec::new(),
        }
    }

    /// The program is started, as it is for every alarm: nothing is left of an earlier one but what was kept.
    fn wake<'a>(
        &mut self,
        orders: impl IntoIterator<Item = &'a Record>,
        now: Moment,
    ) -> (usize, Option<Moment>) {
        let kept = Kept::from_text(&self.kept.to_text()).unwrap();
        let (due, ending, wake) = {
            let mut plan = Plan::new(&kept, &self.reminding, &self.city, now);
            for record in orders {
                plan.add(&record.id, &Verdict::new(record, now, zones(&self.city)));
            }
            plan.add_wishes();
            (plan.due, plan.ending, plan.wake)
        };
        self.kept = kept;
        self.kept.record(&due, now);
        self.told
            .extend(due.into_iter().map(|reminder| (now, reminder)));
        (ending, wake)
    }

    /// Runs through a time in which every alarm comes.
    fn run(&mut self, orders: &[Record], from: Moment, to: Moment) {
        let mut now = from;
        while now < to {
            let (_, wake) = self.wake(orders, now);
            let Some(wake) = wake else { return };
            assert!(wake > now, "an alarm for a time that has passed");
            now = wake;
        }
    }

    fn told_of(&self, order: &OrderId) -> Vec<(Moment, Step)> {
        let of_order = self.told.iter().filter(|(_, told)| told.order == *order);
        of_order
            .filter_map(|(at, told)| Some((*at, told.step?)))
            .collect()
    }
}

fn end_of(day: Day, city: &City) -> Moment {
    zones(city).earliest_start(day).unwrap()
}

fn loud() -> Reminding {
    Reminding {
        quiet: None,
        ..Reminding::default()
    }
}

#[test]
fn each_part_of_an_order_is_reminded_of_by_its_own_end() {
    let city = City(Tz::America__Sao_Paulo);
    let day = |text: &str| -> Day { text.parse().unwrap() };
    let (first, second) = (day("2026-12-04"), day("2026-12-14"));
    let mut record = Record::new(order(1));
    let read = Moment((first.number() - 30) * Span::days(1).0);
    let mut reading = Reading::new(order(1), Page::OrderDetail, read);
    reading.saw(Fact::State(OrderState::AwaitingDelivery), "Shipped");
    for (number, end) in [(1, first), (2, second)] {
        let of_part = PartFact::RefundIfNotDeliveredBefore(end);
        reading.saw(Fact::OfPart(Part::Line(number), of_part), "as printed");
        reading.saw(Fact::RefundIfNotDeliveredBefore(end), "as printed");
    }
    record.absorb(&reading);
    let reminding = Reminding {
        steps: vec![Step::Day1],
        ..loud()
    };
    let mut computer = Computer::new(city, reminding);
    let (from, to) = (end_of(first, &city), end_of(second, &city));
    computer.run(
        std::slice::from_ref(&record),
        from.minus(Span::days(30)),
        to,
    );
    let told = computer.told.iter().map(|(_, told)| told.subject.clone());
    let guarantee = |end| Subject::Clock(ClockKind::DeliveryGuarantee, end);
    assert_eq!(
        told.collect::<Vec<_>>(),
        [guarantee(first), guarantee(second)]
    );
    // What is said of a reminder is said of the part that it is about, also where another one is over.
    let verdict = Verdict::new(&record, from.plus(Span::days(1)), zones(&city));
    let end = |end| {
        let clock = verdict.of_kind(ClockKind::DeliveryGuarantee, end);
        clock.map(|clock| clock.because.end_day)
    };
    assert_eq!(end(second), Some(second));
    assert_eq!(end(first), Some(first));
    assert!(end(day("2026-12-24")).is_some(), "it has changed since");
    assert_eq!(verdict.of_kind(ClockKind::Appeal, second), None);
    let open = |at: Moment| {
        let verdict = Verdict::new(&record, at, zones(&city));
        verdict
            .parts(at)
            .map(|clock| clock.because.end_day)
            .collect::<Vec<_>>()
    };
    assert_eq!(open(from.minus(Span::days(1))), [first, second]);
    assert_eq!(open(from), [second]);
    assert_eq!(open(to), [] as [Day; 0]);
}

#[test]
fn ten_thousand_orders_that_end_on_one_day_are_told_at_once_and_kept() {
    let city = City(Tz::Europe__Brussels);
    let end: Day = "2026-11-22".parse().unwrap();
    let orders: Vec<Record> = (0..10_000).map(|n| on_its_way(n, end)).collect();
    let mut computer = Computer::new(city, loud());
    let now = end_of(end, &city).minus(Span::hours(12));
    let (ending, _) = computer.wake(&orders, now);
    assert_eq!((ending, computer.told.len()), (10_000, 10_000));
    // As it is read back they were all told, so nothing is told again.
    computer.wake(&orders, now.plus(Span::minutes(1)));
    assert_eq!(computer.told.len(), 10_000);
    let read = Kept::from_text(&computer.kept.to_text()).unwrap();
    assert_eq!(read, computer.kept);
    assert_eq!(read.list().len(), 10_000);
}
