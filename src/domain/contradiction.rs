//! What the pages of the shop say that cannot be so, or cannot all be so. Each is shown with the texts; the earliest date counts.

use super::clock::is_too_late;
use super::ledger::Record;
use super::problem::Field;
use super::rules::LONGEST_WINDOW;
use super::sighting::{Fact, Sighting};
use super::time::Day;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contradiction<'a> {
    /// A day before the order was placed.
    BeforeOrder {
        field: Field,
        said: &'a Sighting,
        placed: Day,
    },
    /// A number of days that no window has.
    NoWindow { said: &'a Sighting },
    /// A day later than any window can end.
    TooLate { field: Field, said: &'a Sighting },
    /// Two pages, each as it was read last, that tell of different days; the earlier one first.
    Differ {
        field: Field,
        earlier: &'a Sighting,
        later: &'a Sighting,
    },
}

/// Two pages can differ by a day about the same thing: the shop does not count in one zone.
const TOLERATED: i64 = 1;

/// What the record holds of contradictions.
#[must_use]
pub fn contradictions(record: &Record) -> Vec<Contradiction<'_>> {
    let mut found = Vec::new();
    let placed = record.placed();
    for said in &record.sightings {
        if let Some(days) = number(&said.fact)
            && !(1..=LONGEST_WINDOW).contains(&days)
        {
            found.push(Contradiction::NoWindow { said });
        }
        if let Some((field, day)) = day(&said.fact).or_else(|| promised(&said.fact))
            && is_too_late(placed, said, day)
        {
            found.push(Contradiction::TooLate { field, said });
        }
        if let (Some((field, day)), Some(placed)) = (day(&said.fact), placed)
            && day < placed
        {
            found.push(Contradiction::BeforeOrder {
                field,
                said,
                placed,
            });
        }
    }
    for earlier in &record.sightings {
        for later in &record.sightings {
            let (Some((field, one)), Some((_, two))) = (day(&earlier.fact), day(&later.fact))
            else {
                continue;
            };
            // Two packages of one page may well arrive on two days; what another page says has to be one of them.
            let nothing_near = |day: Day, page| {
                stands(record, &earlier.fact)
                    .filter(|other| other.page == page)
                    .filter_map(|other| self::day(&other.fact))
                    .all(|(_, other)| (other.number() - day.number()).abs() > TOLERATED)
            };
            let is_current =
                |said: &Sighting| stands(record, &said.fact).any(|other| std::ptr::eq(other, said));
            if same_thing(&earlier.fact, &later.fact)
                && one < two
                && earlier.page != later.page
                && is_current(earlier)
                && is_current(later)
                && nothing_near(one, later.page)
                && nothing_near(two, earlier.page)
            {
                found.push(Contradiction::Differ {
                    field,
                    earlier,
                    later,
                });
            }
        }
    }
    found
}

/// The sightings of the same thing that their pages still showed when they were last read.
fn stands<'a>(record: &'a Record, fact: &'a Fact) -> impl Iterator<Item = &'a Sighting> {
    let same = move |other: &&Sighting| same_thing(&other.fact, fact);
    record.sightings.iter().filter(same).filter(move |one| {
        let mut of_page = record.sightings.iter().filter(same);
        !of_page.any(|other| other.page == one.page && other.last > one.last)
    })
}

fn same_thing(one: &Fact, two: &Fact) -> bool {
    match (one, two) {
        (Fact::Ends(one, _), Fact::Ends(two, _))
        | (Fact::TimeLeft(one, _), Fact::TimeLeft(two, _)) => one == two,
        (Fact::OfLine(one, fact), Fact::OfLine(two, other)) => {
            one == two && same_thing(fact, other)
        }
        _ => std::mem::discriminant(one) == std::mem::discriminant(two),
    }
}

/// The number of days of a printed window.
const fn number(fact: &Fact) -> Option<u16> {
    match fact {
        Fact::ReturnWithinDaysOfReceipt(days)
        | Fact::DisputeWithinDaysOfOrder(days)
        | Fact::FreeReturnWithinDaysOfDelivery(days) => Some(*days),
        _ => None,
    }
}

/// The day that a fact tells of an order, from the order on.
fn day(fact: &Fact) -> Option<(Field, Day)> {
    Some(match fact.of_line().1 {
        Fact::Placed(day) => (Field::Placed, *day),
        Fact::Shipped(day) => (Field::Shipped, *day),
        Fact::Delivered(day) => (Field::Delivered, *day),
        Fact::Completed(day) => (Field::Completed, *day),
        Fact::RefundIfNotDeliveredBefore(day)
        | Fact::RefundStep(day)
        | Fact::Ends(_, day)
        | Fact::TimeLeft(_, day) => (Field::Deadline, *day),
        _ => return None,
    })
}

/// The day that a promise names which may be another on each page.
const fn promised(fact: &Fact) -> Option<(Field, Day)> {
    match fact {
        Fact::PromisedBy(day) => Some((Field::Delivered, *day)),
        Fact::CouponIfDelayedBy(day) => Some((Field::Deadline, *day)),
        _ => None,
    }
}
