//! Sentences about the delivery guarantee that name no day, but how long it is until its end: "Refund if no delivery in 5 days",
//! "5 days left to get a refund if not delivered"; and those about a dispute: "You have 3 days 4 hours left to respond".
//!
//! The end is counted from the moment at which the page was made, and short: to the last day that has begun when the least time that
//! the words can mean is over. So it is an estimate, and no later than what the shop means. "In 5 days" may also be a text that
//! is always the same, and counts from the order, or from the step that the dispute waits after: the earlier of the two, and where
//! that is over or not known, nobody can tell.

use crate::domain::problem::Trouble;
use crate::domain::sighting::Fact;
use crate::domain::time::{Day, LosAngeles, Zone};
use crate::reading::date;
use crate::reading::language::{List, forms};
use crate::reading::relative::{self, Found, Way};
use crate::reading::text::{contains, fold};

use super::Context;
use super::lexicon::Lexicon;
use super::node::PageNode;
use super::sentences::{self, Promise};
use super::words::{Words, has};

/// The letters of the longest sentence that is taken for one about the guarantee.
const LONGEST: usize = 160;

/// What sentences inside the element say of the time until the guarantee ends.
pub fn promises<N: PageNode>(root: &N, context: &Context) -> Vec<Promise> {
    let lexicon = context.lexicon;
    let says = |text: &str| {
        let folded = fold(text);
        speaks(&folded, lexicon) && lexicon.any(|words| is_relative(&folded, words))
    };
    let mut parts = Vec::new();
    sentences::deepest(root, &says, &mut parts);
    let mut promises: Vec<Promise> = Vec::new();
    let sentences = parts.iter().flat_map(|part| sentences::sentences(part));
    // In what is longer, the words that are found may have nothing to do with each other.
    for text in sentences.filter(|text| text.chars().count() <= LONGEST) {
        let fact = in_sentence(&fold(&text), context).map(|day| day.map(Fact::RefundStep));
        let promise = fact.map(|fact| Promise { fact, text });
        promises.extend(promise.filter(|promise| !promises.contains(promise)));
    }
    promises
}

/// The sentences inside the element that name a time until something is to be done, in words that pass.
pub(super) fn naming<N: PageNode>(
    root: &N,
    lexicon: &Lexicon,
    passes: &dyn Fn(&str) -> bool,
) -> Vec<String> {
    let says = |text: &str| is_named(&fold(text), lexicon);
    let mut parts = Vec::new();
    sentences::deepest(root, &says, &mut parts);
    let texts = parts.iter().flat_map(|part| sentences::sentences(part));
    texts
        .filter(|text| says(text) && passes(&fold(text)))
        .collect()
}

/// Whether folded text names a time relative to now.
pub(super) fn is_named(folded: &str, lexicon: &Lexicon) -> bool {
    lexicon.any(|words| is_relative(folded, words))
}

/// The day that has begun last when the time until then which folded text tells is over; `began` is the day from which it may count
/// where it is always the same. `None` where it tells of none.
pub(super) fn end_of_time(
    folded: &str,
    began: Option<Day>,
    context: &Context,
) -> Option<Result<Day, Trouble>> {
    let mut result: Option<Result<Day, Trouble>> = None;
    for words in context.lexicon.words() {
        for found in relative::find(folded, &words.relative()) {
            let day = if found.way == Way::Named {
                // Whether a day that is only near is the last one or the end, the words beside it would have to say.
                Err(Trouble::Unreadable)
            } else if has_other_digits(folded, &found) {
                Err(Trouble::Ambiguous)
            } else {
                end(&found, began, context)
            };
            result = Some(match result {
                Some(known) if known != day => Err(Trouble::Ambiguous),
                _ => day,
            });
        }
    }
    result
}

/// What the folded text says beside how long is left, if that stands at one end of it.
pub(super) fn beside_left<'a>(folded: &'a str, lexicon: &Lexicon) -> Option<&'a str> {
    let edge = |letter: char| !letter.is_alphanumeric();
    let mut words = lexicon.words().iter();
    words.find_map(|words| {
        let found = relative::find(folded, &words.relative());
        let [
            Found {
                way: Way::Left,
                whole: (start, end),
                ..
            },
        ] = found[..]
        else {
            return None;
        };
        let sides = [folded.get(..start)?, folded.get(end..)?];
        match sides.map(|side| side.trim_matches(edge)) {
            [side, ""] | ["", side] => Some(side),
            _ => None,
        }
    })
}

fn is_relative(folded: &str, words: &Words) -> bool {
    !relative::find(folded, &words.relative()).is_empty()
}

/// Whether it speaks of the refund and of the delivery, in whatever languages.
fn speaks(folded: &str, lexicon: &Lexicon) -> bool {
    lexicon.any(|words| has(folded, words.refund)) && lexicon.any(|words| has(folded, words.arrive))
}

/// The day with whose beginning the guarantee may be over.
fn in_sentence(folded: &str, context: &Context) -> Option<Result<Day, Trouble>> {
    let lexicon = context.lexicon;
    let is_another = !speaks(folded, lexicon)
        || lexicon.any(|words| has(folded, words.coupon) || is_of_return(folded, words))
        || !date::find(folded, &lexicon.languages).is_empty()
        || sentences::gives_window(folded, lexicon);
    if is_another {
        return None;
    }
    let mut result: Option<Result<Found, Trouble>> = None;
    let mut is_mixed = false;
    for words in lexicon.words() {
        let found = relative::find(folded, &words.relative());
        if !(has(folded, words.refund) && has(folded, words.arrive)) {
            // Half in one language and half in another: nobody can be sure of it.
            is_mixed |= found.iter().any(|found| found.way != Way::Named);
            continue;
        }
        for found in found {
            if !is_of_guarantee(folded, &found, words) {
                continue;
            }
            let is_other = |known: &Found| {
                (known.at_least(), known.days, known.way)
                    != (found.at_least(), found.days, found.way)
            };
            result = Some(match result {
                Some(Ok(known)) if is_other(&known) => Err(Trouble::Ambiguous),
                Some(known) => known,
                None if has_other_digits(folded, &found) => Err(Trouble::Ambiguous),
                None => Ok(found),
            });
        }
    }
    match result {
        Some(found) => Some(found.and_then(|found| end(&found, context.placed, context))),
        None => is_mixed.then_some(Err(Trouble::Unreadable)),
    }
}

/// Whether it speaks of sending back. In some languages the words for that are those for the refund: such a one says nothing.
fn is_of_return(folded: &str, words: &Words) -> bool {
    let is_refund = |stem: &str| {
        let mut refunds = forms(words.refund).filter(|refund| contains(folded, refund));
        refunds.any(|refund| contains(refund, stem) || contains(stem, refund))
    };
    let mut stems = forms(words.send_back).filter(|stem| contains(folded, stem));
    stems.any(|stem| !is_refund(stem))
}

/// "If no delivery in 5 days, a refund" and not "a refund in 5 days, if no delivery"; "before tomorrow" and not "tomorrow".
fn is_of_guarantee(folded: &str, found: &Found, words: &Words) -> bool {
    let distance = |stems: List| -> Option<usize> {
        let ends = |stem: &'static str| {
            let places = folded.match_indices(stem);
            places.map(move |(at, _)| (at, at + stem.len()))
        };
        let away = |(start, end): (usize, usize)| {
            start.saturating_sub(found.end) + found.start.saturating_sub(end)
        };
        forms(stems).flat_map(ends).map(away).min()
    };
    match found.way {
        Way::Left => true,
        Way::In => distance(words.arrive) < distance(words.refund),
        Way::Named => sentences::is_before(folded, found.start, found.end, words),
    }
}

/// "3 of 5 days left", "order 8212…": a number beside it may change what it means.
fn has_other_digits(folded: &str, found: &Found) -> bool {
    let beside = [folded.get(..found.start), folded.get(found.end..)];
    let mut beside = beside.into_iter().flatten();
    beside.any(|text| text.bytes().any(|byte| byte.is_ascii_digit()))
}

fn end(found: &Found, began: Option<Day>, context: &Context) -> Result<Day, Trouble> {
    let least = found.at_least().ok_or(Trouble::Impossible)?;
    let made = context.made.ok_or(Trouble::Ambiguous)?;
    let day_at = |moment| LosAngeles.day_at(moment).ok_or(Trouble::Impossible);
    let (today, from_now) = (day_at(made)?, day_at(made.plus(least))?);
    if found.way != Way::In {
        return Ok(from_now);
    }
    let began = began.ok_or(Trouble::Ambiguous)?;
    let from_then = began.plus(found.days.into());
    from_then
        .filter(|day| *day > today)
        .map(|day| day.min(from_now))
        .ok_or(Trouble::Ambiguous)
}
