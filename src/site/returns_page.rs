//! The list of returns and refunds.
//!
//! ```text
//! [class*="orderItem--orderItem--"]                    one order line that is returned
//!   [class*="orderItem--orderSKUId--"]                 a number: whether the order's or the line's is not known
//!   [class*="orderItem--orderStore--"]
//!   [class*="orderItem--orderStatusDesc--"]            where it stands; may hold a day
//!   a[href*="rderLineId="]                             the order line, whose number tells it from the others of its order
//! ```
//! Shape: a script of 2022 to 2026. The class names end in a hash that changes. The line's own title is left where it is: the
//! order's other pages show all of its lines.

use crate::domain::order::OrderId;
use crate::domain::problem::{Field, Problem, Trouble};
use crate::domain::sighting::{Page, Reading};
use crate::reading::text::tidy;

use super::dispute::{self, Said};
use super::node::PageNode;
use super::strategy::{Part, Tally, Way};
use super::{Context, fields};

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
        status(
            &mut reading,
            &item,
            fields::linked_line(&item),
            context,
            tally,
        );
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

/// Where it stands, by when somebody has to act, and what the item tells of its steps.
fn status<N: PageNode>(
    reading: &mut Reading,
    item: &N,
    line: Option<u64>,
    context: &Context,
    tally: &mut Tally,
) {
    let node = item.first(STATUS);
    tally.count(Part::State, node.as_ref().map(|_| Way::Class));
    let Some(node) = node else {
        return reading
            .problems
            .push(Problem::new(Field::State, Trouble::Missing, ""));
    };
    let said = Said::read(&node, context);
    said.note(reading, line, context);
    dispute::steps(reading, &node, line, &dispute::STEPS, context);
    if said.stages.is_empty() {
        let text = tidy(&node.spaced_text());
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

/// Two lines of one order. Those that are known by their numbers stand where each of them does; where others stand apart, the order
/// stands at neither.
fn join(known: &mut Reading, other: Reading) {
    let are_of_others = other.facts.iter().all(|(fact, _)| {
        let mut lines = known.facts.iter().map(|(known, _)| known.line());
        fact.line() != 0 && lines.all(|line| line != 0 && line != fact.line())
    });
    if are_of_others {
        known.facts.extend(other.facts);
    } else if known
        .facts
        .iter()
        .map(|(fact, _)| fact)
        .ne(other.facts.iter().map(|(fact, _)| fact))
    {
        let text = |reading: &Reading| reading.facts.first().map(|(_, text)| text.clone());
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
