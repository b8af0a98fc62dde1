//! "Check exact dates": the pages of orders without a printed date are opened one after the other, because only there the
//! shop prints it.
//!
//! A machine without a clock, a browser or a storage. [`DateCheck::on`] takes what happened and says what is to be done; the
//! caller keeps the machine first and does it then. So the program may end at any point: what is kept goes on from there. One
//! page is open at a time, and no page is opened before the pause after the last one is over.

use super::order::OrderId;
use super::time::{Moment, Span};

/// The browser's number of a tab. It means nothing after a restart of the browser.
pub type Tab = i32;

/// What came of one order's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It gave the order an exact date.
    Dated,
    /// It was read, and gave none.
    Undated,
    /// Nothing of it could be read.
    Nothing,
    /// The user closed its tab.
    Skipped,
}

impl Outcome {
    pub const ALL: [Self; 4] = [Self::Dated, Self::Undated, Self::Nothing, Self::Skipped];

    /// The name under which it is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dated => "dated",
            Self::Undated => "undated",
            Self::Nothing => "nothing",
            Self::Skipped => "skipped",
        }
    }
}

/// One order whose page is to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    pub order: OrderId,
    /// The address of its page.
    pub link: String,
    pub outcome: Option<Outcome>,
    /// How often its tab was asked for and did not come.
    pub failed: u8,
}

impl Visit {
    #[must_use]
    pub const fn new(order: OrderId, link: String) -> Self {
        Self {
            order,
            link,
            outcome: None,
            failed: 0,
        }
    }
}

/// What the shop puts in the way of its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Barrier {
    SignIn,
    /// A check for robots.
    Robots,
}

/// Why no further page is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stop {
    Finished,
    Cancelled,
    SignIn,
    Robots,
    /// Two pages in a row brought nothing.
    Nothing,
    /// The browser was away for so long that going on by itself would surprise.
    Interrupted,
}

impl Stop {
    pub const ALL: [Self; 6] = [
        Self::Finished,
        Self::Cancelled,
        Self::SignIn,
        Self::Robots,
        Self::Nothing,
        Self::Interrupted,
    ];

    /// The name under which it is kept, and the end of its message's key.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
            Self::SignIn => "sign_in",
            Self::Robots => "robots",
            Self::Nothing => "nothing",
            Self::Interrupted => "interrupted",
        }
    }

    /// Whether the user can let it go on.
    #[must_use]
    const fn may_continue(self) -> bool {
        !matches!(self, Self::Finished | Self::Cancelled)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// No page is open; the next one is opened then.
    Waiting { until: Moment },
    /// The page was asked for. Whether its tab came is not known.
    Opening { since: Moment },
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

/// What can be asked of a check of exact dates that was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Cancel,
    Continue,
    /// Show the page that asks the user for something.
    Show,
    /// The result was read.
    Dismiss,
}

impl Wish {
    pub const ALL: [Self; 4] = [Self::Cancel, Self::Continue, Self::Show, Self::Dismiss];

    /// The name of the message that asks for it, and the key of its words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cancel => "check_cancel",
            Self::Continue => "check_continue",
            Self::Show => "check_show",
            Self::Dismiss => "check_dismiss",
        }
    }
}

/// How far a check has come, for whoever shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Orders dealt with, of so many.
    pub done: u32,
    pub of: u32,
    /// Orders that have an exact date now.
    pub dated: u32,
    /// `None` while it goes on.
    pub stop: Option<Stop>,
}

impl Progress {
    /// What the user can ask for now.
    #[must_use]
    pub const fn wishes(&self) -> &'static [Wish] {
        match self.stop {
            None => &[Wish::Cancel],
            Some(Stop::SignIn | Stop::Robots) => &[Wish::Show, Wish::Continue, Wish::Dismiss],
            Some(Stop::Nothing | Stop::Interrupted) => &[Wish::Continue, Wish::Dismiss],
            Some(Stop::Finished | Stop::Cancelled) => &[Wish::Dismiss],
        }
    }
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
                    Phase::Opening { .. } | Phase::Open { .. } => {
                        self.phase = Phase::Opening { since: now };
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
            Phase::Opening { since } => Some(since.plus(Self::GRACE)),
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
            Phase::Waiting { .. } | Phase::Opening { .. } => None,
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
            Phase::Opening { since } if passed(since, Self::GRACE, now) => self.look(None),
            Phase::Opening { .. } | Phase::Stopped { .. } => None,
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
            (Phase::Open { .. }, Sight::Gone) => {
                self.note(Outcome::Skipped);
                self.phase = self.pause(now, jitter);
            }
            (Phase::Opening { .. } | Phase::Open { .. }, Sight::Barred(tab, barrier)) => {
                self.bar(tab, barrier);
            }
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
            Phase::Opening { since } => (since, from, None),
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// What the shop does with an order's page.
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Page {
        Dated,
        Undated,
        Blank,
        SignIn,
        /// The user closes its tab.
        Closed,
    }

    /// Where the program is ended, once.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Death {
        /// After the machine took in what happened and before it was kept.
        Unkept,
        /// Kept, and nothing done.
        Undone,
        /// Done, and the answer never heard.
        Unheard,
    }

    const DEATHS: [Death; 3] = [Death::Unkept, Death::Undone, Death::Unheard];

    /// A browser with a shop in it. Time runs only here.
    struct World {
        now: Moment,
        kept: DateCheck,
        tabs: BTreeMap<Tab, OrderId>,
        next_tab: Tab,
        pages: Vec<(OrderId, Page)>,
        opened: Vec<(Moment, OrderId)>,
        step: usize,
        death: Option<(usize, Death)>,
    }

    fn id(n: usize) -> OrderId {
        OrderId::new(&format!("{}", 8_212_313_961_591_322 + n)).unwrap()
    }

    impl World {
        fn new(pages: &[Page], death: Option<(usize, Death)>) -> Self {
            let pages: Vec<(OrderId, Page)> = pages
                .iter()
                .copied()
                .enumerate()
                .map(|(n, page)| (id(n), page))
                .collect();
            let visits = pages.iter().map(|(order, _)| {
                Visit::new(order.clone(), format!("https://shop.example/{order}"))
            });
            Self {
                now: Moment(1_000_000),
                kept: DateCheck::new(visits.collect(), Moment(1_000_000)).unwrap(),
                tabs: BTreeMap::new(),
                next_tab: 7,
                pages,
                opened: Vec::new(),
                step: 0,
                death,
            }
        }

        fn page(&self, order: &OrderId) -> Page {
            self.pages
                .iter()
                .find(|(known, _)| known == order)
                .unwrap()
                .1
        }

        /// One event as the program handles it: taken in, kept, done, and the answer taken in.
        fn happens(&mut self, event: Event) {
            let mut event = Some(event);
            while let Some(now) = event.take() {
                self.step += 1;
                let dies = self
                    .death
                    .filter(|(step, _)| *step == self.step)
                    .map(|(_, death)| death);
                let mut check = self.kept.clone();
                let command = check.on(now, self.now, 1_234);
                if dies == Some(Death::Unkept) {
                    return;
                }
                self.kept = check;
                if dies == Some(Death::Undone) {
                    return;
                }
                event = command.and_then(|command| self.does(command));
                if dies == Some(Death::Unheard) {
                    return;
                }
            }
        }

        fn does(&mut self, command: Command) -> Option<Event> {
            match command {
                Command::Open { order, link } => {
                    assert!(link.ends_with(order.as_str()));
                    assert!(
                        self.tabs.is_empty(),
                        "a second page is opened beside {:?}",
                        self.tabs
                    );
                    if let Some((last, _)) = self.opened.last() {
                        assert!(
                            self.now.since(*last) >= DateCheck::PAUSE,
                            "the pace is not kept"
                        );
                    }
                    self.opened.push((self.now, order.clone()));
                    self.next_tab += 1;
                    self.tabs.insert(self.next_tab, order);
                    Some(Event::Opened(self.next_tab))
                }
                Command::Look { order, tab } => {
                    let found = self.tabs.iter().find(|(known, shows)| {
                        tab.is_none_or(|tab| tab == **known) && **shows == order
                    });
                    let sight = match found {
                        Some((tab, _)) if self.page(&order) == Page::SignIn => {
                            Sight::Barred(*tab, Barrier::SignIn)
                        }
                        Some((tab, _)) => Sight::There(*tab),
                        None => Sight::Gone,
                    };
                    Some(Event::Seen(sight))
                }
                Command::Close(tab) => {
                    self.tabs.remove(&tab);
                    Some(Event::Closed(tab))
                }
            }
        }

        /// Lets a second pass: what is due happens, and pages that are there are read.
        fn second(&mut self) {
            self.now = self.now.plus(Span(1_000));
            let due = self
                .kept
                .next_tick(self.now)
                .is_some_and(|due| due <= self.now)
                || matches!(self.kept.phase, Phase::Open { .. });
            if due {
                self.happens(Event::Tick);
            }
            for (tab, order) in self.tabs.clone() {
                match self.page(&order) {
                    Page::Dated => self.happens(Event::Read {
                        order,
                        tab,
                        dated: true,
                    }),
                    Page::Undated => self.happens(Event::Read {
                        order,
                        tab,
                        dated: false,
                    }),
                    Page::Closed => {
                        self.tabs.remove(&tab);
                    }
                    Page::Blank | Page::SignIn => {}
                }
            }
        }

        fn run(&mut self) {
            for _ in 0..2_000 {
                if matches!(self.kept.phase, Phase::Stopped { .. }) {
                    return;
                }
                self.second();
            }
            panic!("it never ends: {:?}", self.kept);
        }

        fn outcomes(&self) -> Vec<Option<Outcome>> {
            self.kept.visits.iter().map(|visit| visit.outcome).collect()
        }
    }

    #[test]
    fn every_page_is_opened_once_and_its_tab_closed() {
        let mut world = World::new(
            &[
                Page::Dated,
                Page::Undated,
                Page::Blank,
                Page::Closed,
                Page::Dated,
            ],
            None,
        );
        world.run();
        assert_eq!(
            world.outcomes(),
            [
                Outcome::Dated,
                Outcome::Undated,
                Outcome::Nothing,
                Outcome::Skipped,
                Outcome::Dated
            ]
            .map(Some)
        );
        assert_eq!(world.opened.len(), 5);
        assert!(world.tabs.is_empty());
        assert_eq!(
            world.kept.progress(),
            Progress {
                done: 5,
                of: 5,
                dated: 2,
                stop: Some(Stop::Finished)
            }
        );
    }

    #[test]
    fn wherever_the_program_is_ended_it_goes_on_with_one_page_at_a_time() {
        let pages = [Page::Dated, Page::Undated, Page::Blank, Page::Dated];
        let mut whole = World::new(&pages, None);
        whole.run();
        assert!(whole.step > 20);
        for step in 1..=whole.step {
            for death in DEATHS {
                let mut world = World::new(&pages, Some((step, death)));
                world.run();
                assert_eq!(
                    world.outcomes(),
                    [
                        Outcome::Dated,
                        Outcome::Undated,
                        Outcome::Nothing,
                        Outcome::Dated
                    ]
                    .map(Some),
                    "ended at {step}, {death:?}"
                );
                assert!(
                    world.tabs.is_empty(),
                    "a tab is left after an end at {step}, {death:?}"
                );
                assert_eq!(
                    world.opened.len(),
                    4,
                    "a page was opened twice after an end at {step}, {death:?}"
                );
            }
        }
    }

    #[test]
    fn after_a_restart_of_the_browser_it_goes_on() {
        let pages = [Page::Dated, Page::Undated, Page::Dated];
        let mut whole = World::new(&pages, None);
        whole.run();
        let seconds = whole.now.since(Moment(1_000_000)).0 / 1_000;
        for second in 0..seconds {
            let mut world = World::new(&pages, None);
            for _ in 0..second {
                world.second();
            }
            // The browser takes its tabs with it, and gives their numbers to others.
            world.tabs.clear();
            world.now = world.now.plus(Span(20_000));
            world.happens(Event::Restarted);
            world.run();
            assert_eq!(
                world.outcomes(),
                [Outcome::Dated, Outcome::Undated, Outcome::Dated].map(Some),
                "restarted after {second} s"
            );
        }
    }

    #[test]
    fn after_a_long_absence_the_user_is_asked() {
        let mut world = World::new(&[Page::Dated, Page::Dated], None);
        for _ in 0..4 {
            world.second();
        }
        let opened = world.opened.len();
        world.now = world.now.plus(Span::hours(8));
        world.happens(Event::Restarted);
        world.run();
        assert_eq!(world.kept.progress().stop, Some(Stop::Interrupted));
        assert_eq!(world.opened.len(), opened);
        world.happens(Event::Continue);
        world.run();
        assert_eq!(world.kept.progress().stop, Some(Stop::Finished));
    }

    #[test]
    fn it_stops_where_the_shop_asks_to_sign_in_and_goes_on_when_the_user_says_so() {
        let mut world = World::new(&[Page::Dated, Page::SignIn, Page::Dated], None);
        world.run();
        assert_eq!(
            world.kept.progress(),
            Progress {
                done: 1,
                of: 3,
                dated: 1,
                stop: Some(Stop::SignIn)
            }
        );
        assert_eq!(world.tabs.len(), 1, "the page that asks stays open");
        world.pages[1].1 = Page::Dated;
        world.happens(Event::Continue);
        world.run();
        assert_eq!(world.kept.progress().stop, Some(Stop::Finished));
        assert_eq!(world.kept.progress().dated, 3);
    }

    #[test]
    fn it_stops_when_two_pages_in_a_row_bring_nothing() {
        let mut world = World::new(&[Page::Blank, Page::Closed, Page::Blank, Page::Dated], None);
        world.run();
        assert_eq!(world.kept.progress().stop, Some(Stop::Nothing));
        assert_eq!(world.kept.progress().done, 3);
        assert!(world.tabs.is_empty());
        for page in &mut world.pages {
            page.1 = Page::Dated;
        }
        world.happens(Event::Continue);
        world.run();
        assert_eq!(
            world.kept.progress().dated,
            3,
            "all but the one that the user closed"
        );
    }

    #[test]
    fn cancelling_closes_the_open_page_and_ends_it_at_any_moment() {
        for seconds in 0..25 {
            for death in [None, Some(Death::Undone), Some(Death::Unheard)] {
                let mut world = World::new(&[Page::Undated, Page::Blank, Page::Dated], None);
                for _ in 0..seconds {
                    world.second();
                }
                world.death = death.map(|death| (world.step + 1, death));
                world.happens(Event::Cancel);
                let opened = world.opened.len();
                world.run();
                assert!(world.tabs.is_empty(), "after {seconds} s");
                assert_eq!(world.opened.len(), opened, "after {seconds} s");
                assert_eq!(world.kept.progress().stop, Some(Stop::Cancelled));
                world.happens(Event::Continue);
                assert_eq!(world.kept.progress().stop, Some(Stop::Cancelled));
            }
        }
    }

    #[test]
    fn a_tab_that_never_comes_is_given_up() {
        let mut check = DateCheck::new(vec![Visit::new(id(0), String::new())], Moment(0)).unwrap();
        let mut now = Moment(0);
        for _ in 0..10 {
            now = now.plus(Span(20_000));
            if check.on(Event::Tick, now, 0).is_some() {
                check.on(Event::NotOpened, now, 0);
            }
        }
        assert_eq!(check.visits[0].outcome, Some(Outcome::Nothing));
        assert_eq!(check.progress().stop, Some(Stop::Finished));
    }

    #[test]
    fn a_page_of_the_users_own_changes_nothing() {
        let mut world = World::new(&[Page::Blank, Page::Dated], None);
        world.second();
        let before = world.kept.clone();
        world.happens(Event::Read {
            order: id(0),
            tab: 99,
            dated: true,
        });
        world.happens(Event::Barred(99, Barrier::Robots));
        world.happens(Event::Closed(99));
        assert_eq!(world.kept.phase, before.phase);
        assert_eq!(world.kept.visits, before.visits);
    }

    #[test]
    fn a_clock_that_is_put_back_does_not_hold_it_up() {
        let mut world = World::new(&[Page::Dated, Page::Dated], None);
        for _ in 0..3 {
            world.second();
        }
        assert!(matches!(world.kept.phase, Phase::Waiting { .. }));
        world.now = Moment(0);
        world.opened.clear();
        world.happens(Event::Tick);
        assert_eq!(world.opened.len(), 1);
    }

    #[test]
    fn an_order_that_is_named_twice_is_visited_once() {
        let twice = vec![
            Visit::new(id(0), String::new()),
            Visit::new(id(0), String::new()),
        ];
        assert_eq!(DateCheck::new(twice, Moment(0)).unwrap().visits.len(), 1);
        assert_eq!(DateCheck::new(Vec::new(), Moment(0)), None);
    }
}
