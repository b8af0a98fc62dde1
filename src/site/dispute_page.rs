//! The page of one dispute.
//!
//! Its markup is not documented anywhere; so nothing is found by class. Where it stands is the one text on the page that, as a
//! whole, is known to say so; a page that shows several of them, as a history does, tells no stage. A day by which something
//! is to be done counts only with the stage, which says by whom. The day on which it was opened is the one that stands beside
//! words which say so. The amount alone has a class, in a script of 2022 to 2026.

use crate::domain::clock::ClockKind;
use crate::domain::dispute::{DisputeStage, DisputeStep};
use crate::domain::order::OrderId;
use crate::domain::problem::{Field, Problem, Trouble};
use crate::domain::sighting::{Fact, Page, Reading};
use crate::reading::date;
use crate::reading::money::read_money;
use crate::reading::text::{fold, tidy};

use super::arrival::past_day;
use super::node::PageNode;
use super::strategy::{Part, Tally, Way};
use super::words::has;
use super::{Context, fields, returns_page, sentences};

const AMOUNT: &str = "[class*=\"newReverseRefundInfo--amount--\"]";

/// A text longer than this is no status.
const STATUS_LIMIT: usize = 120;

/// Reads the page of the dispute about that order, else about the one order that the page links. `None` while nothing of it
/// is there yet, or where nothing is understood.
pub fn read<N: PageNode>(
    root: &N,
    order: Option<&OrderId>,
    context: &Context,
    tally: &mut Tally,
) -> Option<Reading> {
    let order = order.cloned().or_else(|| fields::linked_order(root))?;
    let mut reading = Reading::new(order, Page::Dispute, context.at);
    let mut stages: Vec<(DisputeStage, String)> = Vec::new();
    collect(root, context, &mut stages);
    let ends = sentences::ends(root, context.lexicon);
    tally.count(Part::State, (!stages.is_empty()).then_some(Way::Sentence));
    tally.count(Part::Deadline, (!ends.is_empty()).then_some(Way::Sentence));
    match stages.as_slice() {
        [] if ends.is_empty() => return None,
        [] => reading
            .problems
            .push(Problem::new(Field::State, Trouble::Missing, "")),
        [(stage, text)] => {
            reading.saw(Fact::Stage(*stage), text);
            if let Some(clock) = waits_for(*stage) {
                deadline(&mut reading, clock, &ends, context);
            }
        }
        several => {
            let texts: Vec<&str> = several.iter().map(|(_, text)| text.as_str()).collect();
            reading.problems.push(Problem::new(
                Field::State,
                Trouble::Ambiguous,
                &texts.join(" · "),
            ));
        }
    }
    opened(&mut reading, root, context);
    if let Some(text) = root.first(AMOUNT).map(|node| tidy(&node.text())) {
        match read_money(&text) {
            Ok(money) => reading.saw(Fact::RefundAmount(money), &text),
            Err(trouble) => reading
                .problems
                .push(Problem::new(Field::Total, trouble, &text)),
        }
    }
    // Whose day it is cannot be told without the stage: it is shown as what it is.
    if stages.len() != 1
        && let Some((_, text)) = ends.first()
    {
        reading
            .problems
            .push(Problem::new(Field::Deadline, Trouble::Unreadable, text));
    }
    Some(reading)
}

/// The stages that texts inside the element mean, each once.
fn collect<N: PageNode>(node: &N, context: &Context, stages: &mut Vec<(DisputeStage, String)>) {
    let text = tidy(&node.spaced_text());
    if text.is_empty() {
        return;
    }
    if text.len() <= STATUS_LIMIT
        && let Some(stage) = returns_page::stage_of(&text, context.lexicon)
    {
        if !stages.iter().any(|(known, _)| *known == stage) {
            stages.push((stage, text));
        }
        return;
    }
    for child in node.children() {
        collect(&child, context, stages);
    }
}

/// The day on which the dispute was opened, if the page names one such day, and it has been.
fn opened<N: PageNode>(reading: &mut Reading, root: &N, context: &Context) {
    let lexicon = context.lexicon;
    let says = |text: &str| {
        let folded = fold(text);
        lexicon.any(|words| has(&folded, words.rare("opened")))
            && !date::find(&folded, &lexicon.languages).is_empty()
            && !sentences::names_end(&folded, lexicon)
    };
    let mut texts = Vec::new();
    sentences::deepest(root, &says, &mut texts);
    texts.retain(|text| text.len() <= STATUS_LIMIT);
    let days = texts.into_iter().map(|text| {
        let found = date::find(&fold(&text), &lexicon.languages);
        let day = match found.as_slice() {
            [found] => past_day(found, context),
            _ => Err(Trouble::Ambiguous),
        };
        (day, text)
    });
    let days: Vec<_> = days.collect();
    let Some((first, text)) = days.first() else {
        return;
    };
    let day = if days.iter().any(|(day, _)| day != first) {
        Err(Trouble::Ambiguous)
    } else {
        *first
    };
    match day {
        Ok(day) => reading.saw(Fact::Step(DisputeStep::Opened, day), text),
        Err(trouble) => reading
            .problems
            .push(Problem::new(Field::Window, trouble, text)),
    }
}

/// What ends on the day that the page prints while the dispute stands there.
fn waits_for(stage: DisputeStage) -> Option<ClockKind> {
    match stage {
        DisputeStage::SellerToAnswer => Some(ClockKind::SellerAnswer),
        DisputeStage::BuyerToAnswer => Some(ClockKind::BuyerAnswer),
        DisputeStage::PlatformReviewing => Some(ClockKind::PlatformDecision),
        DisputeStage::EvidenceWanted => Some(ClockKind::EvidenceDue),
        DisputeStage::ReturnWanted => Some(ClockKind::ReturnDue),
        _ => None,
    }
}

fn deadline(
    reading: &mut Reading,
    clock: ClockKind,
    ends: &[(Result<crate::domain::time::Day, Trouble>, String)],
    context: &Context,
) {
    let Some((first, text)) = ends.first() else {
        return;
    };
    let mut day = *first;
    if ends.iter().any(|(other, _)| other != first) {
        day = Err(Trouble::Ambiguous);
    }
    // Nothing of an order ends before it was placed.
    if let (Ok(ends), Some(placed)) = (day, context.placed)
        && ends < placed
    {
        day = Err(Trouble::Impossible);
    }
    match day {
        Ok(day) => reading.saw(Fact::Ends(clock, day), text),
        Err(trouble) => reading
            .problems
            .push(Problem::new(Field::Deadline, trouble, text)),
    }
}
