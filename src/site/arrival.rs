//! What the shop says of a package: that it has arrived, or by when it is to arrive.
//!
//! "Delivered：Dec. 24" · "Estimated delivery: Dec 27 - 28" · "Delivery: Apr. 24 - May. 14" · "Estimated delivery date: Aug 3, 2026"

use crate::domain::problem::Trouble;
use crate::domain::time::Day;
use crate::reading::date::{self, Found, Value};
use crate::reading::text::fold;

use super::Context;
use super::words::{Words, has, has_word};

/// A parcel takes less than this; so a month and a day have one year only.
const LONGEST_JOURNEY: i64 = 330;

/// What the text about one package says.
#[derive(Clone, Copy)]
pub enum Package {
    Delivered(Result<Day, Trouble>),
    /// On its way, with the last day on which it is to arrive, where one is named that can be read.
    UnderWay(Option<Day>),
}

impl Package {
    #[must_use]
    pub fn read(text: &str, context: &Context) -> Self {
        let folded = fold(text);
        let found = date::find(&folded, &context.lexicon.languages);
        let said = |test: &dyn Fn(&Words) -> bool| context.lexicon.any(test);
        if said(&|words| has_word(&folded, words.arrived_title)) {
            return Self::Delivered(match found.as_slice() {
                [] => Err(Trouble::Unreadable),
                [found] => past_day(found, context),
                _ => Err(Trouble::Ambiguous),
            });
        }
        let is_promise = said(&|words| has(&folded, words.arrive));
        Self::UnderWay(match found.as_slice() {
            [day] if is_promise => promised_day(day, context),
            // Apr. 24 - May. 14
            [first, last] if is_promise => promised_day(last, context)
                .filter(|last| promised_day(first, context).is_some_and(|first| first <= *last)),
            _ => None,
        })
    }
}

/// A day on which something was done. Where the year is not printed, it follows from the day of the order, or is not known.
pub fn past_day(found: &Found, context: &Context) -> Result<Day, Trouble> {
    let limit = context.today.and_then(|today| today.plus(1));
    let can_be = |day: &Day| {
        context.placed.is_none_or(|placed| *day >= placed)
            && limit.is_none_or(|limit| *day <= limit)
    };
    match found.value {
        Value::Day(day) if can_be(&day) => Ok(day),
        Value::Day(_) => Err(Trouble::Impossible),
        Value::Trouble(trouble) => Err(trouble),
        Value::TwoDays { .. } => Err(Trouble::Ambiguous),
        Value::WithoutYear { month, day } => context
            .today
            .and_then(|today| with_year(month, day, context, Some(today)))
            .ok_or(Trouble::Ambiguous),
    }
}

/// The last day that a promise names.
fn promised_day(found: &Found, context: &Context) -> Option<Day> {
    let day = match found.value {
        Value::Day(day) => day,
        Value::WithoutYear { month, day } => with_year(month, day, context, None)?,
        Value::TwoDays { month, last, .. } => with_year(month, last, context, None)?,
        Value::Trouble(_) => return None,
    };
    context
        .placed
        .is_none_or(|placed| day >= placed)
        .then_some(day)
}

fn with_year(month: u32, day: u32, context: &Context, latest: Option<Day>) -> Option<Day> {
    let placed = context.placed?;
    let end = placed.plus(LONGEST_JOURNEY)?;
    let latest = latest.map_or(end, |latest| latest.min(end));
    date::with_year_between(month, day, placed, latest)
}
