//! The page of one dispute.
//!
//! ```text
//! [class*="newReverseRefundInfo--amount--"]            what is given back
//! [class*="tatus"], h1, h2                             where its words for the stage are looked for, if they are none that is known
//! ```
//! Shape: the amount's class is that of a script of 2022 to 2026; the rest of the markup is not documented anywhere.

use crate::domain::order::OrderId;
use crate::domain::problem::{Field, Problem, Trouble};
use crate::domain::sighting::{Fact, Page, Reading};
use crate::reading::money::read_refund;
use crate::reading::text::tidy;

use super::dispute::{self, Said};
use super::node::PageNode;
use super::strategy::{Part, Tally, Way};
use super::{Context, fields};

const AMOUNT: &str = "[class*=\"newReverseRefundInfo--amount--\"]";

/// Where a page is likely to say where the dispute stands: asked only where no text on it is known to say so.
const STATUS: &str = "[class*=\"tatus\"], h1, h2";

/// Reads the page of the dispute about that order, else about the one order that the page links; `line` is the number of the order
/// line that the address names. `None` while nothing of it is there yet, or where nothing is understood.
pub fn read<N: PageNode>(
    root: &N,
    order: Option<&OrderId>,
    line: Option<u64>,
    context: &Context,
    tally: &mut Tally,
) -> Option<Reading> {
    let order = order.cloned().or_else(|| order_of(root))?;
    let mut reading = Reading::new(order, Page::Dispute, context.at);
    let said = Said::read(root, context);
    let dated = !(said.ends.is_empty() && said.left.is_empty() && said.unclear.is_empty());
    tally.count(
        Part::State,
        (!said.stages.is_empty()).then_some(Way::Sentence),
    );
    tally.count(Part::Deadline, dated.then_some(Way::Sentence));
    said.note(&mut reading, line, context);
    dispute::steps(&mut reading, root, line, &dispute::STEPS, context);
    if said.stages.is_empty() {
        let words = root.all(STATUS).into_iter().map(|node| tidy(&node.text()));
        match words.into_iter().find(|text| !text.is_empty()) {
            Some(text) => {
                reading
                    .problems
                    .push(Problem::new(Field::State, Trouble::Unreadable, &text))
            }
            None if reading.facts.is_empty() && reading.problems.is_empty() => return None,
            None => reading
                .problems
                .push(Problem::new(Field::State, Trouble::Missing, "")),
        }
    }
    if let Some(text) = root.first(AMOUNT).map(|node| tidy(&node.text())) {
        match read_refund(&text) {
            Ok(money) => dispute::saw(&mut reading, line, Fact::RefundAmount(money), &text),
            Err(trouble) => reading
                .problems
                .push(Problem::new(Field::Total, trouble, &text)),
        }
    }
    Some(reading)
}

/// The one order that the page links.
pub fn order_of<N: PageNode>(root: &N) -> Option<OrderId> {
    fields::linked_order(root)
}

/// The element whose words tell the stage that the page was read to tell: the smallest that says nothing else, or else the smallest
/// that says it at all. `root` is what the page shows.
pub fn stage_node<N: PageNode>(root: &N, text: &str) -> Option<N> {
    let says = |node: &N| tidy(&node.spaced_text());
    let (mut alone, mut deepest) = (None, None);
    let mut inside = root.children();
    while let Some(next) = inside.into_iter().find(|node| says(node).contains(text)) {
        if says(&next) == text {
            alone = Some(next.clone());
        }
        inside = next.children();
        deepest = Some(next);
    }
    alone.or(deepest)
}

/// The row that an element stands in: what follows it stands in a row of its own. `is_block` says of an element whether what is put into it
/// does. `None` where there is no such row.
pub fn row<N: PageNode>(node: &N, is_block: &dyn Fn(&N) -> bool) -> Option<N> {
    let mut row = node.clone();
    for _ in 0..12 {
        let parent = row.parent()?;
        if is_block(&parent) {
            return Some(row);
        }
        if parent.matches("body, html") {
            return None;
        }
        row = parent;
    }
    None
}
