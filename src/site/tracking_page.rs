//! The tracking page. Its class names end in a hash that changes, so they are matched by their beginning.
//!
//! ```text
//! [class*="arrival-time-v2--title"]    one for each package: "Delivered：Dec. 24" (with a full-width colon) · "Estimated delivery: Dec 27 - 28"
//! the promises of the fast delivery    "Refund if no delivery before Sep 3, 2026": a day earlier than the order's page at times
//! ```
//! Shape: scrapers and a captured response, up to September 2026.

use crate::domain::order::OrderId;
use crate::domain::problem::{Field, Problem, Trouble};
use crate::domain::sighting::{Fact, Page, Reading};
use crate::reading::date::{self, Value};
use crate::reading::text::{fold, tidy};

use super::node::PageNode;
use super::strategy::{Part, Tally, Way};
use super::words::has_word;
use super::{Context, detail_page, sentences};

const ARRIVAL: &str = "[class*=\"arrival-time-v2--title\"]";
const LOGISTICS: &str = "[class*=\"logistic-info-v2--\"]";
/// A parcel takes less than this; so a month and a day have one year only.
const LONGEST_JOURNEY: i64 = 330;

/// Reads the tracking page of that order. `None` while nothing of it is there yet, or where nothing is understood.
pub fn read<N: PageNode>(
    root: &N,
    order: &OrderId,
    context: &Context,
    tally: &mut Tally,
) -> Option<Reading> {
    let mut reading = Reading::new(order.clone(), Page::Tracking, context.at);
    let promises = sentences::promises(root, context.lexicon);
    let titles = root.all(ARRIVAL);
    if promises.is_empty() && titles.is_empty() && root.first(LOGISTICS).is_none() {
        return None;
    }
    tally.count(
        Part::Deadline,
        (!promises.is_empty()).then_some(Way::Sentence),
    );
    detail_page::note_promises(&mut reading, promises.into_iter());
    let texts: Vec<String> = titles
        .iter()
        .map(|title| tidy(&title.spaced_text()))
        .collect();
    let (arrived, under_way): (Vec<_>, Vec<_>) = texts
        .iter()
        .partition(|text| has_arrived(&fold(text), context));
    // Where one of several packages is still under way, the order is not delivered, and its days are those of a part of it.
    if let (Some(arrived), Some(under_way)) = (arrived.first(), under_way.first()) {
        let both = format!("{arrived} · {under_way}");
        reading
            .problems
            .push(Problem::new(Field::Delivered, Trouble::Ambiguous, &both));
    } else {
        for text in arrived {
            delivered(&mut reading, text, context);
        }
    }
    Some(reading)
}

/// Whether the title of a package says that it has arrived.
fn has_arrived(folded: &str, context: &Context) -> bool {
    context
        .lexicon
        .any(|words| has_word(folded, words.arrived_title))
}

/// The day of "Delivered：Dec. 24". The year is not printed: it follows from the day of the order, or is not known.
fn delivered(reading: &mut Reading, text: &str, context: &Context) {
    let folded = fold(text);
    let found = date::find(&folded, &context.lexicon.languages);
    let [found] = found.as_slice() else {
        let trouble = if found.is_empty() {
            Trouble::Unreadable
        } else {
            Trouble::Ambiguous
        };
        reading
            .problems
            .push(Problem::new(Field::Delivered, trouble, text));
        return;
    };
    let day = match found.value {
        Value::Day(day) => Ok(day),
        Value::Trouble(trouble) => Err(trouble),
        Value::WithoutYear { month, day } => context
            .placed
            .zip(context.today)
            .and_then(|(placed, today)| Some((placed, today.min(placed.plus(LONGEST_JOURNEY)?))))
            .and_then(|(placed, latest)| date::with_year_between(month, day, placed, latest))
            .ok_or(Trouble::Ambiguous),
    };
    match day {
        Ok(day) => reading.saw(Fact::Delivered(day), text),
        Err(trouble) => reading
            .problems
            .push(Problem::new(Field::Delivered, trouble, text)),
    }
}
