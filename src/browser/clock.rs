//! The computer's clock and its time zone.

use std::cell::{OnceCell, RefCell};

use js_sys::Date;

use crate::domain::clock_setting::ClockSetting;
use crate::domain::time::{Day, LosAngeles, Moment, Span, Zone, Zones};

/// The computer's clock.
#[must_use]
#[allow(
    clippy::cast_possible_truncation,
    reason = "Date.now() is a whole number of milliseconds below 2^53"
)]
pub fn now() -> Moment {
    Moment(Date::now() as i64)
}

/// How the computer's clock is set now.
#[must_use]
#[allow(
    clippy::cast_possible_truncation,
    reason = "milliseconds and minutes are whole numbers far below 2^53"
)]
pub fn setting() -> ClockSetting {
    let offset = |month| Date::new_with_year_month_day(2026, month, 1).get_timezone_offset() as i32;
    ClockSetting {
        began: now().minus(Span(super::measure::time() as i64)),
        zone: [offset(0), offset(6)],
    }
}

/// When the document was made, as its server says; now, if it does not say.
#[must_use]
#[allow(
    clippy::cast_possible_truncation,
    reason = "a date in milliseconds is a whole number below 2^53"
)]
pub fn made(document: &web_sys::Document) -> Option<Moment> {
    // The browser gives it in local time and in this one form, which it also reads.
    let made = Date::parse(&document.last_modified());
    made.is_finite().then_some(Moment(made as i64))
}

/// The earliest moment at which the document can have been made: when the page began, or earlier if its server says so. A
/// document that stood for long, or came back from a cache, was not made when it is read. Some systems stop the page's own time
/// while the computer sleeps: then the page began when it noted itself that it did. It is asked once: what began does not begin
/// again when the clock is set.
#[must_use]
pub fn page_begun() -> Option<Moment> {
    thread_local! {
        static BEGUN: OnceCell<Option<Moment>> = const { OnceCell::new() };
    }
    BEGUN.with(|begun| *begun.get_or_init(ask_when_begun))
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "milliseconds since the page began are far below 2^53"
)]
fn ask_when_begun() -> Option<Moment> {
    let window = web_sys::window()?;
    let performance = window.performance()?;
    let began = now().minus(Span(performance.now() as i64));
    let noted = Moment(performance.time_origin() as i64);
    made(&window.document()?).map(|made| made.min(began).min(noted))
}

/// The buyer's zone: the one that the computer is set to.
#[derive(Clone, Copy, Debug)]
pub struct BuyerZone;

impl Zone for BuyerZone {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        reason = "a day's parts are small numbers"
    )]
    fn start_of(&self, day: Day) -> Option<Moment> {
        // Where midnight does not exist (a clock put forward at 00:00), the browser gives the first moment after it.
        let date = Date::new_with_year_month_day(
            day.year() as u32,
            day.month() as i32 - 1,
            day.day() as i32,
        );
        let time = date.get_time();
        time.is_finite().then_some(Moment(time as i64))
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "a moment near our time is exact in a double"
    )]
    fn day_at(&self, moment: Moment) -> Option<Day> {
        let date = Date::new(&wasm_bindgen::JsValue::from_f64(moment.0 as f64));
        Day::new(
            i32::try_from(date.get_full_year()).ok()?,
            date.get_month() + 1,
            date.get_date(),
        )
    }
}

/// The buyer's zone, asked once for each day and moment: a thousand orders ask for the same few. What it remembers holds until
/// the computer is set to another zone.
#[derive(Debug, Default)]
pub struct RememberedZone {
    starts: Remembered<Day, Moment>,
    days: Remembered<Moment, Day>,
}

/// Answers in the order of what was asked for.
type Remembered<K, V> = RefCell<Vec<(K, Option<V>)>>;

fn remembered<K: Ord + Copy, V: Copy>(
    known: &Remembered<K, V>,
    key: K,
    ask: impl FnOnce() -> Option<V>,
) -> Option<V> {
    /// Time passes; what was asked for is not asked for ever.
    const MANY: usize = 1_000;
    let mut known = known.borrow_mut();
    if known.len() >= MANY {
        known.clear();
    }
    match known.binary_search_by(|(other, _)| other.cmp(&key)) {
        Ok(place) => known.get(place).and_then(|(_, value)| *value),
        Err(place) => {
            let value = ask();
            known.insert(place, (key, value));
            value
        }
    }
}

impl Zone for RememberedZone {
    fn start_of(&self, day: Day) -> Option<Moment> {
        remembered(&self.starts, day, || BuyerZone.start_of(day))
    }

    fn day_at(&self, moment: Moment) -> Option<Day> {
        remembered(&self.days, moment, || BuyerZone.day_at(moment))
    }
}

impl RememberedZone {
    /// This zone and the shop's.
    pub fn zones(&self) -> Zones<'_> {
        Zones {
            buyer: self,
            site: &LosAngeles,
        }
    }
}

/// The buyer's zone and the shop's.
#[must_use]
pub fn zones() -> Zones<'static> {
    Zones {
        buyer: &BuyerZone,
        site: &LosAngeles,
    }
}
