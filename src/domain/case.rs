//! A dispute as it is known of one order line: where it stands, the days of its steps, and what its pages say that nobody has
//! seen before.

use super::dispute::{DisputeStage, DisputeStep};
use super::ledger::Record;
use super::money::Money;
use super::order::OrderState;
use super::problem::{Field, Problem};
use super::sighting::{Fact, Page, Reading, Sighting};
use super::time::{Day, Moment};
use super::verdict::Verdict;
use super::{clock::Clock, stages::Guide};

/// One dispute of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case<'a> {
    /// The number of its order line, 0 where it is not known.
    pub line: u64,
    /// Where it stands, as read last.
    pub stage: Option<(DisputeStage, &'a Sighting)>,
    /// The shop's own words for where it stands, where they were read since and are not known.
    pub unknown: Option<Unknown<'a>>,
    /// The steps that have a day, the latest reading of each, by their days.
    pub steps: Vec<(DisputeStep, Day)>,
    /// The amount that its page names.
    pub amount: Option<&'a Money>,
}

/// Words for a stage that are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown<'a> {
    pub words: &'a str,
    pub page: Page,
    pub at: Moment,
}

/// Where a dispute can be on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Station {
    Submitted,
    Offer,
    Review,
    Decision,
    Return,
    Refund,
}

impl Station {
    pub const ALL: [Self; 6] = [
        Self::Submitted,
        Self::Offer,
        Self::Review,
        Self::Decision,
        Self::Return,
        Self::Refund,
    ];

    /// The end of message keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Offer => "offer",
            Self::Review => "review",
            Self::Decision => "decision",
            Self::Return => "return",
            Self::Refund => "refund",
        }
    }

    const fn of(stage: DisputeStage) -> Self {
        match stage {
            DisputeStage::SellerToAnswer => Self::Submitted,
            DisputeStage::BuyerToAnswer => Self::Offer,
            DisputeStage::PlatformReviewing | DisputeStage::EvidenceWanted => Self::Review,
            DisputeStage::Judged | DisputeStage::Refused | DisputeStage::Cancelled => {
                Self::Decision
            }
            DisputeStage::ReturnWanted | DisputeStage::ReturnChecked => Self::Return,
            DisputeStage::Refunded => Self::Refund,
        }
    }

    const fn of_step(step: DisputeStep) -> Option<Self> {
        Some(match step {
            DisputeStep::Opened => Self::Submitted,
            DisputeStep::SellerOffered => Self::Offer,
            DisputeStep::EvidenceAsked => Self::Review,
            DisputeStep::Judged => Self::Decision,
            DisputeStep::ReturnAgreed => Self::Return,
            DisputeStep::RefundDecided => Self::Refund,
            DisputeStep::RefundFrom | DisputeStep::CancelAsked => return None,
        })
    }
}

/// How far a dispute is with a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// It was there, on that day if it is known.
    Done(Option<Day>),
    Now(Option<Day>),
    Ahead,
}

impl Case<'_> {
    /// Whether it is known to have ended.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.unknown.is_none() && self.stage.is_some_and(|(stage, _)| stage.is_over())
    }

    /// Whether the shop has judged it.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        let stage = self.stage.filter(|_| self.unknown.is_none());
        stage.is_some_and(|(stage, _)| stage == DisputeStage::Judged)
    }

    /// What is to be said about where it stands. `None` where that is not known.
    #[must_use]
    pub fn guide(&self) -> Option<&'static Guide> {
        let (stage, _) = self.stage.filter(|_| self.unknown.is_none())?;
        stage.guide()
    }

    /// The day of a step.
    #[must_use]
    pub fn day_of(&self, step: DisputeStep) -> Option<Day> {
        let found = self.steps.iter().find(|(known, _)| *known == step);
        found.map(|(_, day)| *day)
    }

    /// Its way, station by station. What it need not pass is left out unless it did: an offer, a return; so is what can no longer
    /// follow. Empty where it is not known where it stands.
    #[must_use]
    pub fn way(&self) -> Vec<(Station, Reached)> {
        let Some((stage, _)) = self.stage.filter(|_| self.unknown.is_none()) else {
            return Vec::new();
        };
        let now = Station::of(stage);
        let day = |station| {
            let mut steps = self.steps.iter();
            let found = steps.find(|(step, _)| Station::of_step(*step) == Some(station));
            found.map(|(_, day)| *day)
        };
        let ended = matches!(stage, DisputeStage::Refused | DisputeStage::Cancelled);
        Station::ALL
            .into_iter()
            .filter_map(|station| {
                let day = day(station);
                let reached = match station.cmp(&now) {
                    std::cmp::Ordering::Less if day.is_some() || station == Station::Submitted => {
                        Reached::Done(day)
                    }
                    std::cmp::Ordering::Less => return None,
                    std::cmp::Ordering::Equal => Reached::Now(day),
                    std::cmp::Ordering::Greater if ended || station == Station::Return => {
                        return None;
                    }
                    std::cmp::Ordering::Greater => Reached::Ahead,
                };
                Some((station, reached))
            })
            .collect()
    }

    /// The open windows that are about where it stands, the one that ends first before the others.
    #[must_use]
    pub fn clocks<'v>(&self, verdict: &'v Verdict, now: Moment) -> Vec<&'v Clock> {
        let Some(guide) = self.guide() else {
            return Vec::new();
        };
        let of_line = |clock: &Clock| {
            let line = clock.because.sighting.fact.line();
            line == 0 || self.line == 0 || line == self.line
        };
        let mut clocks: Vec<&Clock> = verdict
            .clocks
            .iter()
            .filter(|clock| guide.clocks.contains(&clock.kind))
            .filter(|clock| clock.closes() > now && of_line(clock))
            .collect();
        clocks.sort_by_key(|clock| clock.closes());
        clocks
    }
}

/// The disputes of an order, by the numbers of its lines.
///
/// What a page tells of the order alone is about the one line that is known to have a dispute, if no other has.
#[must_use]
pub fn cases(record: &Record) -> Vec<Case<'_>> {
    let mut lines: Vec<u64> = Vec::new();
    let mut of_order = false;
    for sighting in &record.sightings {
        let (line, fact) = sighting.fact.of_line();
        let of_dispute = matches!(
            fact,
            Fact::Stage(_) | Fact::Step(..) | Fact::RefundAmount(_)
        );
        if of_dispute && !is_cancelling(fact) {
            if line == 0 {
                of_order = true;
            } else if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    let unknown = unknown(record);
    let about = unknown.and_then(|unknown| line_of(record, unknown));
    if let Some(line) = about.filter(|line| !lines.contains(line)) {
        lines.push(line);
    }
    let alone = lines.len() < 2;
    if lines.is_empty() {
        let disputed = record.state() == Some(OrderState::InDispute);
        if !of_order && !disputed && unknown.is_none() {
            return Vec::new();
        }
        lines.push(0);
    }
    lines.sort_unstable();
    lines
        .into_iter()
        .map(|line| {
            // Of several disputes it cannot be told which the words are about, unless their page told more of one.
            let its = unknown.filter(|_| alone || about == Some(line));
            case(record, line, alone, its)
        })
        .collect()
}

/// The dispute that a page is about, as a list of at most one: of the line that its address names, else of the only one that is known.
/// What the page itself says now stands above all that was read before, also where nobody knows its words.
#[must_use]
pub fn case_of_page<'a>(
    record: &'a Record,
    line: Option<u64>,
    page: Option<&'a Reading>,
) -> Vec<Case<'a>> {
    let mut all = cases(record);
    match line {
        Some(line) => all.retain(|case| case.line == 0 || case.line == line),
        None if all.len() > 1 => all.clear(),
        None => {}
    }
    let (Some(reading), Some(line)) = (page, line) else {
        return all;
    };
    if all.is_empty() {
        all.push(case(record, line, false, None));
    }
    let words = strange_words(&reading.problems).map(|words| Unknown {
        words,
        page: reading.page,
        at: reading.at,
    });
    if let (Some(case), Some(words)) = (all.first_mut(), words) {
        case.unknown = Some(words);
    }
    all
}

/// The cancelling of an order before it was sent is no dispute.
const fn is_cancelling(fact: &Fact) -> bool {
    matches!(fact, Fact::Step(DisputeStep::CancelAsked, _))
}

fn case<'a>(record: &'a Record, line: u64, alone: bool, unknown: Option<Unknown<'a>>) -> Case<'a> {
    let mut stage: Option<(DisputeStage, &Sighting)> = None;
    let mut steps: Vec<(DisputeStep, Day, Moment)> = Vec::new();
    let mut amount: Option<(&Money, Moment)> = None;
    for sighting in &record.sightings {
        let (of, fact) = sighting.fact.of_line();
        if of != line && !(alone && of == 0) {
            continue;
        }
        match fact {
            Fact::Stage(told) => {
                let later =
                    stage.is_none_or(|(known, seen)| (seen.last, known) < (sighting.last, *told));
                if later {
                    stage = Some((*told, sighting));
                }
            }
            Fact::Step(step, day) if !is_cancelling(fact) => {
                match steps.iter_mut().find(|(known, ..)| known == step) {
                    Some(known) if known.2 <= sighting.last => {
                        *known = (*step, *day, sighting.last);
                    }
                    Some(_) => {}
                    None => steps.push((*step, *day, sighting.last)),
                }
            }
            Fact::RefundAmount(money) if amount.is_none_or(|(_, seen)| seen < sighting.last) => {
                amount = Some((money, sighting.last));
            }
            _ => {}
        }
    }
    let mut steps: Vec<(DisputeStep, Day)> = steps
        .into_iter()
        .map(|(step, day, _)| (step, day))
        .collect();
    steps.sort_by_key(|(step, day)| (*day, *step));
    Case {
        line,
        stage,
        unknown: unknown
            .filter(|unknown| stage.is_none_or(|(_, sighting)| sighting.last < unknown.at)),
        steps,
        amount: amount.map(|(money, _)| money),
    }
}

/// The words of the last reading of a page of returns that told no stage that is known.
fn unknown(record: &Record) -> Option<Unknown<'_>> {
    let pages = [Page::Dispute, Page::ReturnsList];
    let told = pages.into_iter().filter_map(|page| {
        let seen = record.problems.get(&page)?;
        let words = strange_words(&seen.value)?;
        Some(Unknown {
            words,
            page,
            at: seen.at,
        })
    });
    told.max_by_key(|unknown| unknown.at)
}

/// The words for a stage that could not be read.
fn strange_words(problems: &[Problem]) -> Option<&str> {
    problems
        .iter()
        .filter(|problem| problem.field == Field::State)
        .map(|problem| problem.text.as_str())
        .find(|words| !words.trim().is_empty())
}

/// The line that the page with those words told of at the same look. All that the page of one dispute tells is about one line.
fn line_of(record: &Record, unknown: Unknown<'_>) -> Option<u64> {
    let told = |sighting: &&Sighting| {
        unknown.page == Page::Dispute
            && sighting.page == Page::Dispute
            && sighting.last == unknown.at
    };
    let told = record.sightings.iter().filter(told);
    let mut lines = told.map(|sighting| sighting.fact.line());
    let first = lines.next().filter(|line| *line != 0)?;
    lines.all(|line| line == first).then_some(first)
}
