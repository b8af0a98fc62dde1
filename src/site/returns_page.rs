//! The list of returns and refunds.
//!
//! ```text
//! [class*="orderItem--orderItem--"]                    one order line that is returned
//!   [class*="orderItem--orderSKUId--"]                 a number: whether the order's or the line's is not known
//!   [class*="orderItem--orderStore--"]
//!   [class*="orderItem--orderStatusDesc--"]            where it stands; may hold a day
//! ```
//! Shape: a script of 2022 to 2026. The class names end in a hash that changes. The line's own title is left where it is: the
//! order's other pages show all of its lines.

use crate::domain::order::OrderId;
use crate::domain::problem::{Field, Problem, Trouble};
use crate::domain::sighting::{Fact, Page, Reading};
use crate::reading::date;
use crate::reading::text::{fold, tidy};

use super::Context;
use super::fields;
use super::lexicon::Lexicon;
use super::node::PageNode;
use super::strategy::{Part, Tally, Way};

use crate::domain::dispute::DisputeStage;

const ITEM: &str = "[class*=\"orderItem--orderItem--\"]";
const NUMBER: &str = "[class*=\"orderItem--orderSKUId--\"]";
const STORE: &str = "[class*=\"orderItem--orderStore--\"]";
const STATUS: &str = "[class*=\"orderItem--orderStatusDesc--\"]";

/// What the list tells of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    pub reading: Reading,
    /// Whether a link names the order. A number alone may be that of an order line: it counts only if there is such an order.
    pub linked: bool,
}

/// Reads the list. `None` while nothing of it is there yet, or where nothing is understood.
pub fn read<N: PageNode>(root: &N, context: &Context, tally: &mut Tally) -> Option<Vec<Returned>> {
    let items = root.all(ITEM);
    tally.count(Part::Cards, (!items.is_empty()).then_some(Way::Class));
    let mut all: Vec<Returned> = Vec::new();
    for item in items {
        let Some((order, linked)) = order_of(&item, tally) else {
            continue;
        };
        let mut reading = Reading::new(order, Page::ReturnsList, context.at);
        stage(&mut reading, &item, context.lexicon, tally);
        reading.store = item
            .first(STORE)
            .and_then(|node| fields::name(&node.text()));
        match all
            .iter_mut()
            .find(|known| known.reading.order == reading.order)
        {
            Some(known) => {
                known.linked |= linked;
                join(&mut known.reading, reading);
            }
            None => all.push(Returned { reading, linked }),
        }
    }
    (!all.is_empty()).then_some(all)
}

fn order_of<N: PageNode>(item: &N, tally: &mut Tally) -> Option<(OrderId, bool)> {
    let number = || fields::order_number(&item.first(NUMBER)?.text()).map(|order| (order, false));
    tally.first(
        Part::OrderId,
        &[
            (Way::Link, &|| {
                fields::linked_order(item).map(|order| (order, true))
            }),
            (Way::Class, &number),
        ],
    )
}

fn stage<N: PageNode>(reading: &mut Reading, item: &N, lexicon: &Lexicon, tally: &mut Tally) {
    let text = item.first(STATUS).map(|node| tidy(&node.spaced_text()));
    tally.count(Part::State, text.as_ref().map(|_| Way::Class));
    let text = text.unwrap_or_default();
    match stage_of(&text, lexicon) {
        Some(stage) => reading.saw(Fact::Stage(stage), &text),
        None => {
            let trouble = if text.is_empty() {
                Trouble::Missing
            } else {
                Trouble::Unreadable
            };
            reading
                .problems
                .push(Problem::new(Field::State, trouble, &text));
        }
    }
}

/// The stage that a text means as a whole, a day at either end of it left out.
pub(super) fn stage_of(text: &str, lexicon: &Lexicon) -> Option<DisputeStage> {
    let folded = fold(text);
    let edge = |letter: char| !letter.is_alphanumeric();
    lexicon.stage_of(&folded).or_else(|| {
        let found = date::find(&folded, &lexicon.languages);
        let [found] = found.as_slice() else {
            return None;
        };
        let sides = [folded.get(..found.start)?, folded.get(found.end..)?];
        match sides.map(|side| side.trim_matches(edge)) {
            [side, ""] | ["", side] => lexicon.stage_of(side),
            _ => None,
        }
    })
}

/// Two lines of one order: where they stand apart, the order stands at neither.
fn join(known: &mut Reading, other: Reading) {
    let text = |reading: &Reading| reading.facts.first().map(|(_, text)| text.clone());
    let stage = |reading: &Reading| reading.facts.first().map(|(fact, _)| fact.clone());
    if stage(known) != stage(&other) {
        let texts = [text(known), text(&other)].map(Option::unwrap_or_default);
        known.problems.push(Problem::new(
            Field::State,
            Trouble::Ambiguous,
            &texts.join(" · "),
        ));
        known.facts.clear();
    }
    for problem in other.problems {
        if !known.problems.contains(&problem) {
            known.problems.push(problem);
        }
    }
}
