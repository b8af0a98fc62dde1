//! What the extension should say, worked out from the truth of the local site and not from the extension's own code.

use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};
use chrono_tz::{America::Los_Angeles, Tz};
use local_site::{DemoOrder, Status};

/// What the contract allows a badge to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    pub kinds: &'static [&'static str],
    /// Exactly this moment, where it is known.
    pub until: Option<DateTime<Utc>>,
}

/// A printed day counts from its start in the buyer's zone or the shop's, whichever comes first.
#[must_use]
pub fn start_of(day: NaiveDate, buyer: Tz) -> DateTime<Utc> {
    [buyer, Los_Angeles]
        .into_iter()
        .map(|zone| start_in(day, zone))
        .min()
        .expect("two zones")
}

/// The first moment of a day. Where clocks go forward at midnight, the day begins an hour later.
fn start_in(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_hms_opt(0, 0, 0).expect("midnight");
    (0..24)
        .find_map(|hours| {
            zone.from_local_datetime(&(midnight + chrono::TimeDelta::hours(hours)))
                .earliest()
        })
        .expect("a day begins")
        .to_utc()
}

/// An order of which only the list was ever read.
#[must_use]
pub fn never_opened(order: &DemoOrder) -> Expected {
    let kinds: &[&str] = match order.status {
        _ if order.banner.is_some() => &["unknown", "estimate", "closed"],
        Status::ToPay | Status::Cancelled => &["closed"],
        Status::Processing | Status::AwaitingDelivery => &["estimate", "unknown"],
        // The list prints neither when it was completed nor how long one may claim.
        Status::Completed => &["unknown", "estimate"],
    };
    Expected { kinds, until: None }
}

/// An order whose own page was read, and its tracking page if `tracked`.
#[must_use]
pub fn opened(order: &DemoOrder, tracked: bool, now: DateTime<Utc>, buyer: Tz) -> Expected {
    let closed = Expected {
        kinds: &["closed"],
        until: None,
    };
    match order.status {
        Status::ToPay | Status::Cancelled => closed,
        Status::Processing | Status::AwaitingDelivery => {
            let printed = if tracked {
                order.earliest_printed()
            } else {
                order.printed_on_detail
            };
            match printed.map(|day| start_of(day, buyer)) {
                None => never_opened(order),
                Some(end) if end <= now => closed,
                Some(end) => Expected {
                    kinds: &["printed"],
                    until: Some(end),
                },
            }
        }
        Status::Completed => {
            let (Some(completed), Some(reminder)) = (order.completed, order.reminder) else {
                return never_opened(order);
            };
            let receipt = completed + Days::new(reminder.confirm_days.into());
            let placed = order.placed + Days::new(reminder.placed_days.into());
            let ends = [receipt, placed].map(|day| start_of(day, buyer));
            match ends.into_iter().filter(|end| *end > now).min() {
                Some(end) => Expected {
                    kinds: &["rule"],
                    until: Some(end),
                },
                None => closed,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    #[test]
    fn the_earlier_of_two_zones_decides() {
        assert_eq!(
            start_of(day(), chrono_tz::America::Sao_Paulo).to_rfc3339(),
            "2026-11-23T03:00:00+00:00"
        );
        assert_eq!(
            start_of(day(), chrono_tz::Pacific::Honolulu).to_rfc3339(),
            "2026-11-23T08:00:00+00:00"
        );
        assert_eq!(
            start_of(day(), chrono_tz::Asia::Vladivostok).to_rfc3339(),
            "2026-11-22T14:00:00+00:00"
        );
    }

    #[test]
    fn a_day_without_midnight_begins_later() {
        let day = NaiveDate::from_ymd_opt(2018, 11, 4).unwrap();
        assert_eq!(
            start_in(day, chrono_tz::America::Sao_Paulo).to_rfc3339(),
            "2018-11-04T03:00:00+00:00"
        );
    }
}
