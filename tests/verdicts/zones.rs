//! No date is later than the earliest reading of what was printed, wherever the buyer lives and whatever clocks do there.

use chrono::{Datelike, Days as ChronoDays, Months, NaiveDate, TimeZone};
use chrono_tz::Tz;
use proptest::prelude::*;
use recourse::domain::clock::{Role, clocks};
use recourse::domain::country::Country;
use recourse::domain::order::OrderState;
use recourse::domain::rules::{Anchor, Certainty, Choices, Unit};
use recourse::domain::sighting::{Fact, Page, Service};
use recourse::domain::time::{Day, LosAngeles, Moment, Zone, Zones};

use super::{day, reading, record};

/// A zone of the database, as a browser knows it.
struct Of(Tz);

fn date(day: Day) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year(), day.month(), day.day()).unwrap()
}

/// The first instant of the day: where the clock is put forward at midnight, the first one after that.
fn first_instant(zone: Tz, day: Day) -> Moment {
    let quarters = (0..96).map(|quarter| {
        let midnight = date(day).and_hms_opt(0, 0, 0).unwrap();
        midnight + chrono::TimeDelta::minutes(15 * quarter)
    });
    let instant = quarters
        .filter_map(|local| zone.from_local_datetime(&local).earliest())
        .next();
    Moment(instant.unwrap().timestamp_millis())
}

impl Zone for Of {
    fn start_of(&self, day: Day) -> Option<Moment> {
        Some(first_instant(self.0, day))
    }

    fn day_at(&self, moment: Moment) -> Option<Day> {
        let local = self.0.timestamp_millis_opt(moment.0).single()?;
        Day::new(local.year(), local.month(), local.day())
    }
}

/// Both sides of the date line, halves and quarters of an hour, changes at midnight, in the south, during Ramadan, and none.
const ZONES: [Tz; 24] = [
    chrono_tz::Europe::Brussels,
    chrono_tz::Europe::London,
    chrono_tz::Europe::Lisbon,
    chrono_tz::Europe::Moscow,
    chrono_tz::Europe::Kyiv,
    chrono_tz::America::Sao_Paulo,
    chrono_tz::America::Asuncion,
    chrono_tz::America::Santiago,
    chrono_tz::America::Havana,
    chrono_tz::America::St_Johns,
    chrono_tz::America::New_York,
    chrono_tz::America::Los_Angeles,
    chrono_tz::America::Anchorage,
    chrono_tz::Pacific::Honolulu,
    chrono_tz::Pacific::Pago_Pago,
    chrono_tz::Pacific::Kiritimati,
    chrono_tz::Pacific::Chatham,
    chrono_tz::Australia::Lord_Howe,
    chrono_tz::Asia::Kathmandu,
    chrono_tz::Asia::Seoul,
    chrono_tz::Asia::Jerusalem,
    chrono_tz::Asia::Beirut,
    chrono_tz::Africa::Cairo,
    chrono_tz::Africa::Casablanca,
];

/// Days near which something is special: leap days, turns of the year, changes of the clock somewhere.
const SPECIAL: [&str; 16] = [
    "2024-02-29",
    "2025-02-28",
    "2028-02-29",
    "2025-12-31",
    "2026-03-08",
    "2026-03-27",
    "2026-03-29",
    "2026-04-05",
    "2026-04-24",
    "2026-09-06",
    "2026-10-04",
    "2026-10-25",
    "2026-10-30",
    "2026-11-01",
    "2027-03-14",
    "2027-11-07",
];

fn a_day() -> impl Strategy<Value = Day> {
    let near = (proptest::sample::select(&SPECIAL[..]), -2_i64..3)
        .prop_map(|(special, off)| day(special).plus(off).unwrap());
    let any = (19_700_i64..21_500).prop_map(|number| Day::from_number(number).unwrap());
    prop_oneof![near, any]
}

/// What a day is with whose beginning a window of so many units has ended, by another calendar than the product's.
fn counted(from: Day, number: u32, unit: Unit) -> NaiveDate {
    let from = date(from);
    match unit {
        Unit::Days => from + ChronoDays::new(number.into()),
        Unit::Hours => from + ChronoDays::new(u64::from(number) / 24),
        Unit::Years => from + Months::new(12 * number),
        Unit::BusinessDays => {
            let following = from.iter_days().skip(1);
            following
                .filter(|day| day.weekday().number_from_monday() < 6)
                .nth(number as usize - 1)
                .unwrap()
        }
    }
}

proptest! {
    #[test]
    fn a_window_ends_with_the_earliest_reading_of_its_day(
        zone in proptest::sample::select(&ZONES[..]), state in proptest::sample::select(&OrderState::ALL[..]),
        placed in a_day(), days in proptest::collection::vec(0_i64..60, 8), is_leap in any::<bool>(),
    ) {
        let placed = if is_leap { day("2024-02-29") } else { placed };
        let on = |nth: usize| placed.plus(days[nth]).unwrap();
        let facts = [
            Fact::State(state),
            Fact::Placed(placed),
            Fact::Paid(placed),
            Fact::Shipped(on(0)),
            Fact::Delivered(on(1)),
            Fact::Completed(on(2)),
            Fact::RefundIfNotDeliveredBefore(on(3)),
            Fact::PromisedBy(on(4)),
            Fact::CouponIfDelayedBy(on(5)),
            Fact::ReturnWithinDaysOfReceipt(7),
            Fact::DisputeWithinDaysOfOrder(90),
            Fact::FreeReturnWithinDaysOfDelivery(15),
            Fact::Service(Service::Card),
            Fact::Service(Service::Paypal),
            Fact::ShipTo(Country::new("BE").unwrap()),
            Fact::Step(recourse::domain::dispute::DisputeStep::RefundDecided, on(6)),
        ];
        let page = reading(Page::OrderDetail, Moment(0), &facts);
        let buyer = Of(zone);
        let zones = Zones { buyer: &buyer, site: &LosAngeles };
        for clock in clocks(&record(&[page]), Moment(i64::MAX), zones, Choices::NONE) {
            let because = &clock.because;
            let end = counted(because.anchor, because.days.into(), because.rule.unit);
            prop_assert_eq!(date(because.end_day), end, "{}", because.rule.id);
            let (yours, sites) = (
                first_instant(zone, because.end_day),
                first_instant(chrono_tz::America::Los_Angeles, because.end_day),
            );
            let expected = if because.rule.buyers_zone {
                yours
            } else if clock.kind.role() == Role::Opening {
                yours.max(sites)
            } else {
                yours.min(sites)
            };
            prop_assert_eq!(clock.closes(), expected, "{}", because.rule.id);
            // The last day is over, for the buyer, when the window is; and it is the last of which that is so.
            let after = clock.last_day.plus(1).unwrap();
            prop_assert!(first_instant(zone, after) <= clock.closes());
            prop_assert!(first_instant(zone, after.plus(1).unwrap()) > clock.closes());
            if because.rule.anchor == Anchor::RefundIfNotDeliveredBefore {
                prop_assert_eq!(clock.certainty(), Certainty::Printed);
                prop_assert!(clock.last_day < on(3), "before that day");
            }
            if let Some(opens) = clock.opens() {
                prop_assert!(opens <= clock.closes());
            }
        }
    }
}

#[test]
fn two_years_from_a_leap_day_end_on_the_28th() {
    let facts = [
        Fact::State(OrderState::Completed),
        Fact::Placed(day("2024-02-20")),
        Fact::Delivered(day("2024-02-29")),
        Fact::ShipTo(Country::new("BE").unwrap()),
    ];
    let buyer = Of(chrono_tz::Europe::Brussels);
    let zones = Zones {
        buyer: &buyer,
        site: &LosAngeles,
    };
    let page = reading(Page::OrderDetail, Moment(0), &facts);
    let all = clocks(&record(&[page]), Moment(0), zones, Choices::NONE);
    let guarantee = all
        .iter()
        .find(|clock| clock.because.rule.unit == Unit::Years)
        .unwrap();
    assert_eq!(guarantee.because.end_day, day("2026-02-28"));
    assert_eq!(guarantee.closes().rfc3339(), "2026-02-27T23:00:00Z");
}
