//! From sightings to verdicts: which window ends next, when, and how sure that is.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that meets what it does not expect should stop right there"
)]

mod cases;
mod choices;
mod claims;
mod clocks;
mod contradictions;
mod disputes;
mod engine;
mod ledger;
mod names;
mod parts;
mod properties;
mod summary;
mod table;
mod zones;

use recourse::domain::ledger::Record;
use recourse::domain::order::{OrderId, OrderState};
use recourse::domain::sighting::{Fact, Page, Reading};
use recourse::domain::time::{Day, LosAngeles, Moment, Zone, Zones};
use recourse::domain::verdict::Verdict;

/// A buyer's zone at a fixed distance from UTC.
pub struct Offset(pub i64);

impl Zone for Offset {
    fn start_of(&self, day: Day) -> Option<Moment> {
        Some(Moment(day.number() * 86_400_000 - self.0 * 3_600_000))
    }

    fn day_at(&self, moment: Moment) -> Option<Day> {
        Day::from_number((moment.0 + self.0 * 3_600_000).div_euclid(86_400_000))
    }
}

/// São Paulo.
pub static BUYER: Offset = Offset(-3);

pub fn zones() -> Zones<'static> {
    Zones {
        buyer: &BUYER,
        site: &LosAngeles,
    }
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Noon of the day, in UTC.
pub fn noon(text: &str) -> Moment {
    Moment(day(text).number() * 86_400_000 + 43_200_000)
}

pub fn reading(page: Page, at: Moment, facts: &[Fact]) -> Reading {
    let mut reading = Reading::new(OrderId::new("8212313961591322").unwrap(), page, at);
    facts
        .iter()
        .for_each(|fact| reading.saw(fact.clone(), "as printed"));
    reading
}

pub fn record(readings: &[Reading]) -> Record {
    let mut record = Record::new(OrderId::new("8212313961591322").unwrap());
    readings.iter().for_each(|reading| {
        record.absorb(reading);
    });
    record
}

pub fn verdict(readings: &[Reading], now: Moment) -> Verdict {
    Verdict::new(&record(readings), now, zones())
}

pub fn awaiting(placed: &str) -> Reading {
    let facts = [
        Fact::Placed(day(placed)),
        Fact::State(OrderState::AwaitingDelivery),
    ];
    reading(Page::OrderList, noon("2026-11-01"), &facts)
}
