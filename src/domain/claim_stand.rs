//! Where a claim stands before it is sent: whether a dispute can be opened, until when, and whether a return is free.

use super::claim::Happened;
use super::clock::{Clock, ClockKind};
use super::rules::Certainty;
use super::time::{Day, Moment};
use super::verdict::Verdict;

/// Whether a dispute can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Now,
    /// Not before then.
    Opens(Moment),
    /// No more; this was the last day.
    Ended(Day),
    /// Nothing that was read says so.
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stand<'a> {
    pub when: When,
    /// The window that ends first of those in which it can be opened: what to count on.
    pub until: Option<&'a Clock>,
    /// The one that ends last, if it is another.
    pub later: Option<&'a Clock>,
    /// Sending it back costs nothing while this is open.
    pub free_return: Option<&'a Clock>,
}

impl<'a> Stand<'a> {
    #[must_use]
    pub fn new(verdict: &'a Verdict, happened: Happened, now: Moment) -> Self {
        let fits = |clock: &&Clock| match clock.kind {
            ClockKind::DeliveryGuarantee | ClockKind::ClaimAfterReceipt => true,
            ClockKind::DefectClaim => happened.received(),
            _ => false,
        };
        let windows: Vec<&Clock> = verdict.clocks.iter().filter(fits).collect();
        let open = || windows.iter().filter(|clock| clock.closes() > now).copied();
        let until = open().min_by_key(|clock| clock.closes());
        let later = open().max_by_key(|clock| clock.closes());
        Self {
            when: when(verdict, &windows, happened, now),
            until,
            later: later.filter(|later| Some(later.closes()) != until.map(Clock::closes)),
            free_return: verdict.open(ClockKind::FreeReturn, now),
        }
    }
}

fn when(verdict: &Verdict, windows: &[&Clock], happened: Happened, now: Moment) -> When {
    // What has not come may still come: until then the shop takes no claim.
    let waits = verdict.open(ClockKind::ClaimOpens, now);
    if let Some(waits) = waits.filter(|_| happened == Happened::NeverCame) {
        return When::Opens(waits.closes());
    }
    if windows.iter().any(|clock| clock.closes() > now) {
        return When::Now;
    }
    let firm = windows
        .iter()
        .filter(|clock| clock.certainty() != Certainty::Estimate);
    let last = firm.max_by_key(|clock| clock.closes());
    last.map_or(When::Unknown, |last| When::Ended(last.last_day))
}
