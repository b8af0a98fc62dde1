//! What a page of the shop says of one dispute: where it stands, the days of its steps, and by when somebody has to act.
//!
//! The markup of a dispute's page is not documented anywhere, so nothing of this is found by class. Where it stands is the one
//! text that, as a whole, is known to say so: where there are several of them, as in a history, it tells no stage. A day by
//! which something is to be done counts only with the stage, which says by whom, and in a sentence that says what is to be done; of
//! an appeal and of the money it needs no stage. The day
//! of a step is the one that stands beside words which name it; of several steps that a text may name, the longest words decide.

use std::rc::Rc;

use crate::domain::clock::ClockKind;
use crate::domain::dispute::{DisputeStage, DisputeStep};
use crate::domain::problem::{Field, Problem, Trouble};
use crate::domain::sighting::{Fact, Reading};
use crate::domain::time::Day;
use crate::reading::date::{self, Value};
use crate::reading::language::forms;
use crate::reading::text::{contains, fold, tidy};

use super::Context;
use super::arrival::past_day;
use super::lexicon::Lexicon;
use super::node::PageNode;
use super::sentences;
use super::stage_code::stage_of_code;
use super::time_left;
use super::words::has;

/// A text longer than this is no status and no step.
const STATUS_LIMIT: usize = 120;

/// Every step but the cancelling of an order, which is none of a dispute.
pub(super) const STEPS: [DisputeStep; 6] = [
    DisputeStep::Opened,
    DisputeStep::SellerOffered,
    DisputeStep::EvidenceAsked,
    DisputeStep::ReturnAgreed,
    DisputeStep::Judged,
    DisputeStep::RefundDecided,
];

/// A day by which something is to be done, or why none can be read, with its text.
pub(super) type End = (ClockKind, Result<Day, Trouble>, String);

/// What a page says of one dispute.
pub(super) struct Said {
    /// The stages that its texts mean, each once.
    pub stages: Vec<(DisputeStage, String)>,
    /// The days by which it says that something is to be done.
    pub ends: Vec<End>,
    /// The days that begin last before it is too late, where it says how long that is.
    pub left: Vec<End>,
    /// The first of the two days between which the refund is expected, with the text.
    pub refund_from: Vec<(Day, String)>,
    /// Such days of which it cannot be told who is to act.
    pub unclear: Vec<String>,
}

impl Said {
    pub fn read<N: PageNode>(root: &N, context: &Context) -> Self {
        let mut stages = Vec::new();
        collect(root, context.lexicon, &mut stages);
        let by_stage = match stages.as_slice() {
            [(stage, _)] => waits_for(*stage).map(Ok),
            _ => Some(Err(())),
        };
        let mut said = Self {
            stages,
            ends: Vec::new(),
            left: Vec::new(),
            refund_from: Vec::new(),
            unclear: Vec::new(),
        };
        for (day, text) in sentences::ends(root, context) {
            let folded = fold(&text);
            let says = |name| context.lexicon.any(|words| has(&folded, words.rare(name)));
            if says("refund-due") {
                // Told of below, with both of its days.
            } else if says("appeal") {
                said.ends.push((ClockKind::Appeal, day, text));
            } else {
                match by_stage {
                    // Of other things there are days as well: by when to rate the seller, for one.
                    Some(Ok((clock, what))) if says(what) => said.ends.push((clock, day, text)),
                    Some(_) => said.unclear.push(text),
                    None => {}
                }
            }
        }
        said.refund_due(root, context.lexicon);
        said.time_left(root, by_stage.and_then(Result::ok), context);
        said
    }

    /// How long it is until something is to be done: in a sentence that says what ("3 days left to respond"), or right beside the words for
    /// where the dispute stands.
    fn time_left<N: PageNode>(
        &mut self,
        root: &N,
        waits: Option<(ClockKind, &'static str)>,
        context: &Context,
    ) {
        let lexicon = context.lexicon;
        let clock_of = |folded: &str| {
            let says = |name| lexicon.any(|words| has(folded, words.rare(name)));
            if says("appeal") {
                Some(ClockKind::Appeal)
            } else {
                waits.filter(|(_, what)| says(what)).map(|(clock, _)| clock)
            }
        };
        let sentences = time_left::naming(root, lexicon, &|folded| clock_of(folded).is_some());
        for text in sentences {
            let folded = fold(&text);
            let has_date = !date::find(&folded, &lexicon.languages).is_empty();
            let clock = clock_of(&folded);
            let began = clock.and_then(|clock| began(root, clock, context));
            match (clock, time_left::end_of_time(&folded, began, context)) {
                (Some(clock), Some(day)) if day != Err(Trouble::Unreadable) && !has_date => {
                    self.left.push((clock, day, text));
                }
                // It names the day as well.
                _ if self.ends.iter().any(|(_, _, known)| *known == text) => {}
                _ => self.unclear.push(text),
            }
        }
        let Some((clock, _)) = waits else { return };
        let mut texts = Vec::new();
        stages_with_time(root, lexicon, &mut texts);
        for text in texts {
            if let Some(day) = time_left::end_of_time(&fold(&text), None, context)
                && !self.left.iter().any(|(_, _, known)| *known == text)
            {
                self.left.push((clock, day, text));
            }
        }
    }

    /// Notes the stage, and the days that are beyond doubt.
    pub fn note(&self, reading: &mut Reading, line: Option<u64>, context: &Context) {
        match self.stages.as_slice() {
            [] => {}
            [(stage, text)] => saw(reading, line, Fact::Stage(*stage), text),
            several => {
                let texts: Vec<&str> = several.iter().map(|(_, text)| text.as_str()).collect();
                let texts = texts.join(" · ");
                problem(reading, Field::State, Trouble::Ambiguous, &texts);
            }
        }
        for (clock, day, text) in &self.left {
            match settled(&self.left, *clock, *day, context) {
                Ok(day) => saw(reading, line, Fact::TimeLeft(*clock, day), text),
                Err(trouble) => problem(reading, Field::Deadline, trouble, text),
            }
        }
        for (clock, day, text) in &self.ends {
            match settled(&self.ends, *clock, *day, context) {
                Ok(day) => {
                    saw(reading, line, Fact::Ends(*clock, day), text);
                    let from = self.refund_from.iter().filter(|(from, said)| {
                        said == text && context.placed.is_none_or(|placed| *from >= placed)
                    });
                    for (from, _) in from {
                        saw(
                            reading,
                            line,
                            Fact::Step(DisputeStep::RefundFrom, *from),
                            text,
                        );
                    }
                }
                Err(trouble) => problem(reading, Field::Deadline, trouble, text),
            }
        }
        // Whose day it is cannot be told without the stage: it is shown as what it is.
        if let Some(text) = self.unclear.first() {
            problem(reading, Field::Deadline, Trouble::Unreadable, text);
        }
    }

    /// By when the money is to be there: the day that a text about it names, or the last of two.
    fn refund_due<N: PageNode>(&mut self, root: &N, lexicon: &Lexicon) {
        let says = |text: &str| {
            let folded = fold(text);
            lexicon.any(|words| has(&folded, words.rare("refund-due")))
                && !date::find(&folded, &lexicon.languages).is_empty()
        };
        let mut texts = Vec::new();
        sentences::deepest(root, &says, &mut texts);
        for text in texts.iter().flat_map(|text| sentences::sentences(text)) {
            if !says(&text) {
                continue;
            }
            let found = date::find(&fold(&text), &lexicon.languages);
            let clock = ClockKind::RefundExpected;
            let day = match found.iter().map(|found| found.value).collect::<Vec<_>>()[..] {
                [Value::Day(day)] => Ok(day),
                [Value::Day(first), Value::Day(last)] if first <= last => {
                    self.refund_from.push((first, text.clone()));
                    Ok(last)
                }
                [Value::Trouble(trouble)] => Err(trouble),
                _ => Err(Trouble::Ambiguous),
            };
            self.ends.push((clock, day, text));
        }
    }
}

/// The texts of the smallest elements inside this one that say where a dispute stands and how long is left, and nothing else. Says
/// whether there are any.
fn stages_with_time<N: PageNode>(node: &N, lexicon: &Lexicon, texts: &mut Vec<String>) -> bool {
    let text = tidy(&node.spaced_text());
    let folded = fold(&text);
    if !time_left::is_named(&folded, lexicon) {
        return false;
    }
    let mut is_inside = false;
    for child in node.children() {
        is_inside |= stages_with_time(&child, lexicon, texts);
    }
    let is_stage = || {
        let beside = time_left::beside_left(&folded, lexicon);
        beside.is_some_and(|words| stage_of(words, lexicon).is_some())
    };
    if !is_inside && text.len() <= 2 * STATUS_LIMIT && is_stage() {
        texts.push(text);
        is_inside = true;
    }
    is_inside
}

/// The day of an end, if no other text gives another for the same.
fn settled(
    all: &[End],
    clock: ClockKind,
    day: Result<Day, Trouble>,
    context: &Context,
) -> Result<Day, Trouble> {
    if all
        .iter()
        .any(|(other, of, _)| *other == clock && *of != day)
    {
        return Err(Trouble::Ambiguous);
    }
    // Nothing of an order ends before it was placed.
    match day {
        Ok(day) if context.placed.is_some_and(|placed| day < placed) => Err(Trouble::Impossible),
        day => day.and_then(|day| context.not_too_late(day)),
    }
}

/// The stages that texts inside the element mean, each once.
fn collect<N: PageNode>(node: &N, lexicon: &Lexicon, stages: &mut Vec<(DisputeStage, String)>) {
    let text = tidy(&node.spaced_text());
    if text.is_empty() {
        return;
    }
    if text.len() <= STATUS_LIMIT
        && let Some(stage) = stage_of_code(&text).or_else(|| stage_of(&text, lexicon))
    {
        if !stages.iter().any(|(known, _)| *known == stage) {
            stages.push((stage, text));
        }
        return;
    }
    let children = node.children();
    if children.is_empty() {
        // "Waiting for your response: 3 days left"
        let folded = fold(&text);
        let beside =
            time_left::beside_left(&folded, lexicon).filter(|_| text.len() <= STATUS_LIMIT);
        if let Some(stage) = beside.and_then(|words| stage_of(words, lexicon))
            && !stages.iter().any(|(known, _)| *known == stage)
        {
            stages.push((stage, text.clone()));
        }
        // "Waiting for your response. Please respond before Nov 28, 2026"
        for sentence in sentences::sentences(&text) {
            let stage = stage_of(&sentence, lexicon);
            if let Some(stage) =
                stage.filter(|_| sentence.len() <= STATUS_LIMIT && sentence != text)
                && !stages.iter().any(|(known, _)| *known == stage)
            {
                stages.push((stage, sentence));
            }
        }
    }
    for child in children {
        collect(&child, lexicon, stages);
    }
}

/// The stage that a text means as a whole, a day at either end of it left out, with the "before" at the day.
pub(super) fn stage_of(text: &str, lexicon: &Lexicon) -> Option<DisputeStage> {
    let folded = fold(text);
    let edge = |letter: char| !letter.is_alphanumeric();
    let whole = |text: &str| {
        lexicon
            .stage_of(text)
            .or_else(|| lexicon.stage_of(text.trim_matches(edge)))
    };
    whole(&folded).or_else(|| {
        let found = date::find(&folded, &lexicon.languages);
        let [found] = found.as_slice() else {
            return None;
        };
        let sides = [folded.get(..found.start)?, folded.get(found.end..)?];
        let side = match sides.map(|side| side.trim_matches(edge)) {
            [side, ""] | ["", side] => side,
            _ => return None,
        };
        let without_before = || {
            let before = lexicon.words().iter().flat_map(|words| forms(words.before));
            let mut rests = before.filter_map(|before| {
                side.strip_suffix(before)
                    .or_else(|| side.strip_prefix(before))
            });
            rests.find_map(|rest| lexicon.stage_of(rest.trim_matches(edge)))
        };
        lexicon.stage_of(side).or_else(without_before)
    })
}

/// What ends on the day that the page prints while the dispute stands there, and the words for what is to be done by then.
fn waits_for(stage: DisputeStage) -> Option<(ClockKind, &'static str)> {
    match stage {
        DisputeStage::SellerToAnswer => Some((ClockKind::SellerAnswer, "answer")),
        DisputeStage::BuyerToAnswer => Some((ClockKind::BuyerAnswer, "answer")),
        DisputeStage::PlatformReviewing => Some((ClockKind::PlatformDecision, "decide")),
        DisputeStage::EvidenceWanted => Some((ClockKind::EvidenceDue, "evidence")),
        DisputeStage::ReturnWanted => Some((ClockKind::ReturnDue, "send")),
        _ => None,
    }
}

/// The days of those steps that texts inside the element tell, each if all of its texts name one such day, and it has been.
pub(super) fn steps<N: PageNode>(
    reading: &mut Reading,
    root: &N,
    line: Option<u64>,
    wanted: &[DisputeStep],
    context: &Context,
) {
    let told = told(root, context);
    for step in wanted {
        match day_of(&told, *step) {
            None => {}
            Some((Ok(day), text)) => saw(reading, line, Fact::Step(*step, day), text),
            Some((Err(trouble), text)) => problem(reading, Field::Window, trouble, text),
        }
    }
}

/// A step that a text tells, with its day.
type Told = (DisputeStep, Result<Day, Trouble>, String);

/// The steps that texts inside the element tell.
fn told<N: PageNode>(root: &N, context: &Context) -> Vec<Told> {
    let lexicon = context.lexicon;
    let dated = |text: &str| {
        let folded = fold(text);
        step_of(&folded, lexicon).is_some() && !date::find(&folded, &lexicon.languages).is_empty()
    };
    let mut texts = Vec::new();
    sentences::deepest(root, &dated, &mut texts);
    // What is to be done before a day was not done on it.
    texts.retain(|text| text.len() <= STATUS_LIMIT && !sentences::names_end(&fold(text), lexicon));
    let told = texts.into_iter().filter_map(|text| {
        let folded = fold(&text);
        let day = match date::find(&folded, &lexicon.languages).as_slice() {
            [found] => past_day(found, context),
            _ => Err(Trouble::Ambiguous),
        };
        step_of(&folded, lexicon).map(|step| (step, day, text))
    });
    told.collect()
}

/// The day of that step, if all of its texts name one, with the first of them.
fn day_of(told: &[Told], step: DisputeStep) -> Option<(Result<Day, Trouble>, &str)> {
    let mut of_step = told.iter().filter(|(other, ..)| *other == step);
    let (_, first, text) = of_step.next()?;
    let differs = of_step.any(|(_, day, _)| day != first);
    Some((
        if differs {
            Err(Trouble::Ambiguous)
        } else {
            *first
        },
        text,
    ))
}

/// The day from which a dispute waits for that, as texts inside the element tell: of the step before, else of its opening, which was
/// earlier.
fn began<N: PageNode>(root: &N, clock: ClockKind, context: &Context) -> Option<Day> {
    let before = match clock {
        ClockKind::BuyerAnswer => DisputeStep::SellerOffered,
        ClockKind::EvidenceDue => DisputeStep::EvidenceAsked,
        ClockKind::ReturnDue => DisputeStep::ReturnAgreed,
        ClockKind::Appeal => DisputeStep::Judged,
        _ => DisputeStep::Opened,
    };
    let told = told(root, context);
    let mut steps = [before, DisputeStep::Opened].into_iter();
    steps.find_map(|step| day_of(&told, step)?.0.ok())
}

/// The step that the folded text names: of several the one of the longest words.
pub(super) fn step_of(folded: &str, lexicon: &Lexicon) -> Option<DisputeStep> {
    let mut longest: Option<(usize, DisputeStep)> = None;
    for words in lexicon.words() {
        for step in DisputeStep::ALL {
            let named = forms(words.rare(&["step-", step.name()].concat()))
                .filter(|form| contains(folded, form))
                .map(str::len)
                .max();
            if named > longest.map(|(length, _)| length) {
                longest = named.map(|length| (length, step));
            }
        }
    }
    longest.map(|(_, step)| step)
}

/// Notes a fact, as one of the line if the line is known.
pub(super) fn saw(reading: &mut Reading, line: Option<u64>, fact: Fact, text: &str) {
    let fact = match line {
        Some(line) => Fact::OfLine(line, Rc::new(fact)),
        None => fact,
    };
    if !reading.facts.iter().any(|(known, _)| *known == fact) {
        reading.saw(fact, text);
    }
}

fn problem(reading: &mut Reading, field: Field, trouble: Trouble, text: &str) {
    let problem = Problem::new(field, trouble, text);
    if !reading.problems.contains(&problem) {
        reading.problems.push(problem);
    }
}
