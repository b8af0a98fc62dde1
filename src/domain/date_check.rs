//! "Check exact dates": the pages of orders without a printed date are opened one after the other, because only there the
//! shop prints it.
//!
//! A machine without a clock, a browser or a storage. [`DateCheck::on`] takes what happened and says what is to be done; the
//! caller keeps the machine first and does it then. So the program may end at any point: what is kept goes on from there. One
//! page is open at a time, and no page is opened before the pause after the last one is over.

mod progress;
#[cfg(test)]
mod tests;
mod visit;

pub use progress::{Progress, Stop, Wish};
pub use visit::{Outcome, Visit};

use super::order::OrderId;
use super::time::{Moment, Span};

/// The browser's number of a tab. It means nothing after a restart of the browser.
pub type Tab = i32;

/// What the shop puts in the way of its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Barrier {
    SignIn,
    /// A check for robots.
    Robots,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// No page is open; the next one is opened then.
    Waiting { until: Moment },
    /// The page was asked for. Whether its tab came is not known.
    Opening { since: Moment },
    /// The browser or the extension was started anew while a page was open. A tab that was kept may never be loaded, or have nobody
    /// in it who reads: it is closed, and the page is opened again.
    Resuming { since: Moment },
    Open {
        since: Moment,
        tab: Tab,
        /// When it was first read, if that gave no exact date: the page may say more in a moment.
        read: Option<Moment>,
    },
    /// The page has been dealt with and its tab is to go; what comes then.
    Closing {
        since: Moment,
        tab: Tab,
        then: Option<Stop>,
    },
    /// A page that asks the user for something stays open.
    Stopped { why: Stop, tab: Option<Tab> },
}

/// What is found where the page should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    There(Tab),
    Gone,
    Barred(Tab, Barrier),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Time has passed; also the first event of a program that was ended in between.
    Tick,
    /// The browser or the extension was started anew: the numbers of tabs mean nothing any more.
    Restarted,
    Opened(Tab),
    /// The browser refused to open the page.
    NotOpened,
    /// The answer to [`Command::Look`].
    Seen(Sight),
    /// The page in that tab was read.
    Read {
        order: OrderId,
        tab: Tab,
        dated: bool,
    },
    /// The page in that tab says that something bars it.
    Barred(Tab, Barrier),
    /// The tab is gone, or is none of ours any more.
    Closed(Tab),
    Cancel,
    Continue,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open the order's page in a tab behind the others.
    Open { order: OrderId, link: String },
    /// Look whether the order's page is there: in that tab, or in any.
    Look { order: OrderId, tab: Option<Tab> },
    /// Close the tab, if it still shows what this check brought there.
    Close(Tab),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateCheck {
    pub visits: Vec<Visit>,
    pub phase: Phase,
    /// Pages in a row that brought nothing.
    pub nothing: u8,
    /// When something last happened.
    pub active: Moment,
}

impl DateCheck {
    /// The pause between two pages is this long at least, and up to half as long again.
    pub const PAUSE: Span = Span(5_000);
    /// A page that brought nothing for so long brings nothing.
    pub const PATIENCE: Span = Span(40_000);
    /// A page that was read without an exact date is given this long to say more.
    pub const SETTLED: Span = Span(4_000);
    /// A tab that was asked for has come after this, or was never asked for.
    pub const GRACE: Span = Span(10_000);
    /// How often an open page is looked after.
    pub const LOOK: Span = Span(2_000);
    /// After a longer absence the user is asked before it goes on.
    pub const AWAY: Span = Span::minutes(30);
    /// A tab that does not come so often is none that will.
    const TRIES: u8 = 3;

    /// `None` where there is no order to check. An order that is named twice is visited once.
    #[must_use]
    pub fn new(visits: Vec<Visit>, now: Moment) -> Option<Self> {
        let mut once: Vec<Visit> = Vec::new();
        for visit in visits {
            if once.iter().all(|known| known.order != visit.order) {
                once.push(visit);
            }
        }
        (!once.is_empty()).then_some(Self {
            visits: once,
            phase: Phase::Waiting { until: now },
            nothing: 0,
            active: now,
        })
    }

    /// Takes in what happened. `jitter` is any number; it makes the pauses differ.
    pub fn on(&mut self, event: Event, now: Moment, jitter: u32) -> Option<Command> {
        let away = now.since(self.active) > Self::AWAY;
        // What a page says by itself is no sign that the program was there.
        if !matches!(event, Event::Read { .. } | Event::Barred(..)) {
            self.active = now;
        }
        match event {
            Event::Tick | Event::Restarted if away && self.is_running() => {
                self.stop(Stop::Interrupted, now)
            }
            Event::Tick => self.tick(now),
            Event::Restarted => {
                match self.phase {
                    Phase::Waiting { .. } => self.phase = self.pause(now, jitter),
                    Phase::Opening { .. } | Phase::Resuming { .. } | Phase::Open { .. } => {
                        self.phase = Phase::Resuming { since: now };
                        return self.look(None);
                    }
                    Phase::Closing { then, .. } => self.phase = self.after(then, now, jitter),
                    Phase::Stopped { why, .. } => {
                        self.phase = Phase::Stopped { why, tab: None };
                    }
                }
                None
            }
            Event::Opened(tab) => {
                if let Phase::Opening { .. } = self.phase {
                    self.phase = Phase::Open {
                        since: now,
                        tab,
                        read: None,
                    };
                }
                None
            }
            Event::NotOpened => {
                if let Phase::Opening { .. } = self.phase {
                    self.failed(now, jitter);
                }
                None
            }
            Event::Seen(sight) => self.seen(sight, now, jitter),
            Event::Read { order, tab, dated } => self.read(&order, tab, dated, now),
            Event::Barred(at, barrier) => {
                if self.tab() == Some(at) {
                    self.bar(at, barrier);
                }
                None
            }
            Event::Closed(gone) => {
                if let Phase::Closing { tab, then, .. } = self.phase
                    && tab == gone
                {
                    self.phase = self.after(then, now, jitter);
                }
                None
            }
            Event::Cancel if self.is_running() => self.stop(Stop::Cancelled, now),
            Event::Cancel => None,
            Event::Continue => self.go_on(now, jitter),
        }
    }

    /// When [`Event::Tick`] is due, or `None` if nothing is waited for.
    #[must_use]
    pub fn next_tick(&self, now: Moment) -> Option<Moment> {
        match self.phase {
            Phase::Waiting { until } => Some(until),
            Phase::Opening { since } | Phase::Resuming { since } => Some(since.plus(Self::GRACE)),
            Phase::Open { .. } => Some(now.plus(Self::LOOK)),
            Phase::Closing { since, .. } => Some(since.plus(Self::LOOK)),
            Phase::Stopped { .. } => None,
        }
    }

    #[must_use]
    pub const fn is_running(&self) -> bool {
        match self.phase {
            Phase::Closing { then, .. } => then.is_none(),
            Phase::Stopped { .. } => false,
            _ => true,
        }
    }

    #[must_use]
    pub fn progress(&self) -> Progress {
        let count = |counts: fn(Outcome) -> bool| {
            let outcomes = self.visits.iter().filter_map(|visit| visit.outcome);
            u32::try_from(outcomes.filter(|outcome| counts(*outcome)).count()).unwrap_or(u32::MAX)
        };
        Progress {
            done: count(|_| true),
            of: u32::try_from(self.visits.len()).unwrap_or(u32::MAX),
            dated: count(|outcome| outcome == Outcome::Dated),
            stop: match self.phase {
                Phase::Closing { then, .. } => then,
                Phase::Stopped { why, .. } => Some(why),
                _ => None,
            },
        }
    }

    /// The tab that shows a page of this check.
    #[must_use]
    pub const fn tab(&self) -> Option<Tab> {
        match self.phase {
            Phase::Open { tab, .. } | Phase::Closing { tab, .. } => Some(tab),
            Phase::Stopped { tab, .. } => tab,
            Phase::Waiting { .. } | Phase::Opening { .. } | Phase::Resuming { .. } => None,
        }
    }

    fn current(&self) -> Option<&Visit> {
        self.visits.iter().find(|visit| visit.outcome.is_none())
    }

    fn tick(&mut self, now: Moment) -> Option<Command> {
        match self.phase {
            Phase::Waiting { until } => {
                // A clock that was put back must not make the pause last for ever.
                if until > now && until.since(now) <= Span(2 * Self::PAUSE.0) {
                    return None;
                }
                let Some(visit) = self.current() else {
                    return self.stop(Stop::Finished, now);
                };
                let command = Command::Open {
                    order: visit.order.clone(),
                    link: visit.link.clone(),
                };
                self.phase = Phase::Opening { since: now };
                Some(command)
            }
            Phase::Opening { since } | Phase::Resuming { since }
                if passed(since, Self::GRACE, now) =>
            {
                self.look(None)
            }
            Phase::Opening { .. } | Phase::Resuming { .. } | Phase::Stopped { .. } => None,
            Phase::Open { since, tab, read } => {
                if read.is_some_and(|read| passed(read, Self::SETTLED, now)) {
                    self.finish(Outcome::Undated, tab, now)
                } else if passed(since, Self::PATIENCE, now) {
                    self.finish(Outcome::Nothing, tab, now)
                } else {
                    self.look(Some(tab))
                }
            }
            Phase::Closing { tab, .. } => Some(Command::Close(tab)),
        }
    }

    fn look(&self, tab: Option<Tab>) -> Option<Command> {
        let order = self.current()?.order.clone();
        Some(Command::Look { order, tab })
    }

    fn seen(&mut self, sight: Sight, now: Moment, jitter: u32) -> Option<Command> {
        match (self.phase, sight) {
            (Phase::Opening { .. }, Sight::There(tab)) => {
                self.phase = Phase::Open {
                    since: now,
                    tab,
                    read: None,
                };
            }
            (Phase::Opening { .. }, Sight::Gone) => self.failed(now, jitter),
            (Phase::Resuming { .. }, Sight::There(tab)) => {
                self.phase = Phase::Closing {
                    since: now,
                    tab,
                    then: None,
                };
                return Some(Command::Close(tab));
            }
            (Phase::Resuming { .. }, Sight::Gone) => self.phase = self.pause(now, jitter),
            (Phase::Open { .. }, Sight::Gone) => {
                self.note(Outcome::Skipped);
                self.phase = self.pause(now, jitter);
            }
            (
                Phase::Opening { .. } | Phase::Resuming { .. } | Phase::Open { .. },
                Sight::Barred(tab, barrier),
            ) => self.bar(tab, barrier),
            _ => {}
        }
        None
    }

    fn read(&mut self, order: &OrderId, from: Tab, dated: bool, now: Moment) -> Option<Command> {
        if self.current().is_none_or(|visit| visit.order != *order) {
            return None;
        }
        let (since, tab, read) = match self.phase {
            Phase::Open { since, tab, read } if tab == from => (since, tab, read),
            // The program was ended before it heard of the tab that it had asked for.
            Phase::Opening { since } | Phase::Resuming { since } => (since, from, None),
            _ => return None,
        };
        if dated {
            return self.finish(Outcome::Dated, tab, now);
        }
        self.phase = Phase::Open {
            since,
            tab,
            read: read.or(Some(now)),
        };
        None
    }

    /// The tab did not come.
    fn failed(&mut self, now: Moment, jitter: u32) {
        let visit = self.visits.iter_mut().find(|visit| visit.outcome.is_none());
        let Some(visit) = visit else { return };
        visit.failed = visit.failed.saturating_add(1);
        self.phase = self.pause(now, jitter);
        let given_up = self
            .current()
            .is_some_and(|visit| visit.failed >= Self::TRIES);
        if given_up && self.note(Outcome::Nothing) {
            self.phase = Phase::Stopped {
                why: Stop::Nothing,
                tab: None,
            };
        }
    }

    /// The page stays open for the user.
    const fn bar(&mut self, tab: Tab, barrier: Barrier) {
        let why = match barrier {
            Barrier::SignIn => Stop::SignIn,
            Barrier::Robots => Stop::Robots,
        };
        self.phase = Phase::Stopped {
            why,
            tab: Some(tab),
        };
    }

    /// Notes what came of the present visit. Says whether two in a row brought nothing.
    fn note(&mut self, outcome: Outcome) -> bool {
        let visit = self.visits.iter_mut().find(|visit| visit.outcome.is_none());
        if let Some(visit) = visit {
            visit.outcome = Some(outcome);
        }
        match outcome {
            Outcome::Dated | Outcome::Undated => self.nothing = 0,
            Outcome::Nothing => self.nothing = self.nothing.saturating_add(1),
            Outcome::Skipped => {}
        }
        self.nothing >= 2
    }

    fn finish(&mut self, outcome: Outcome, tab: Tab, now: Moment) -> Option<Command> {
        let then = self.note(outcome).then_some(Stop::Nothing);
        self.phase = Phase::Closing {
            since: now,
            tab,
            then,
        };
        Some(Command::Close(tab))
    }

    fn stop(&mut self, why: Stop, now: Moment) -> Option<Command> {
        match self.phase {
            Phase::Open { tab, .. } | Phase::Closing { tab, .. } => {
                self.phase = Phase::Closing {
                    since: now,
                    tab,
                    then: Some(why),
                };
                Some(Command::Close(tab))
            }
            _ => {
                self.phase = Phase::Stopped { why, tab: None };
                None
            }
        }
    }

    /// After a stop that the user has answered. What brought nothing is tried again.
    fn go_on(&mut self, now: Moment, jitter: u32) -> Option<Command> {
        let Phase::Stopped { why, tab } = self.phase else {
            return None;
        };
        if !why.may_continue() {
            return None;
        }
        self.nothing = 0;
        for visit in &mut self.visits {
            if visit.outcome == Some(Outcome::Nothing) {
                visit.outcome = None;
                visit.failed = 0;
            }
        }
        match tab {
            // The page that asked for something goes before its order's page comes.
            Some(tab) => {
                self.phase = Phase::Closing {
                    since: now,
                    tab,
                    then: None,
                };
                Some(Command::Close(tab))
            }
            None => {
                self.phase = self.pause(now, jitter);
                None
            }
        }
    }

    fn after(&self, then: Option<Stop>, now: Moment, jitter: u32) -> Phase {
        match then {
            Some(why) => Phase::Stopped { why, tab: None },
            None => self.pause(now, jitter),
        }
    }

    fn pause(&self, now: Moment, jitter: u32) -> Phase {
        if self.current().is_none() {
            return Phase::Stopped {
                why: Stop::Finished,
                tab: None,
            };
        }
        let more = i64::from(jitter) % (Self::PAUSE.0 / 2);
        Phase::Waiting {
            until: now.plus(Span(Self::PAUSE.0 + more)),
        }
    }
}

/// Whether so much has passed since then; a clock that was put back counts as if it had.
fn passed(since: Moment, span: Span, now: Moment) -> bool {
    now.since(since) >= span || since > now
}
