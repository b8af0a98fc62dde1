//! The verdict on one order: what ends next, how sure that is, how soon, and when the answer will change by itself.

use super::clock::{Clock, ClockKind, Role, Summed, clock_for_badge, clocks};
use super::ledger::Record;
use super::order::OrderState;
use super::rules::{Certainty, Choices};
use super::time::{Day, Moment, Span, Zones};

/// How sure the badge is: the contract's `data-kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Printed,
    Rule,
    Estimate,
    /// Nothing known yet.
    Unknown,
    /// Nothing to claim.
    Closed,
}

impl Kind {
    /// The value of `data-kind`, and the certainty's name in message keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Printed => "printed",
            Self::Rule => "rule",
            Self::Estimate => "estimate",
            Self::Unknown => "unknown",
            Self::Closed => "closed",
        }
    }
}

impl From<Certainty> for Kind {
    fn from(certainty: Certainty) -> Self {
        match certainty {
            Certainty::Printed => Self::Printed,
            Certainty::Rule => Self::Rule,
            Certainty::Estimate => Self::Estimate,
        }
    }
}

/// Why there is nothing to claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Closed {
    Unpaid,
    Cancelled,
    Refunded,
    /// Every window that is known is over; this was the last day of the last one.
    Ended(Day),
}

/// How soon, counted to the exact end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// More than seven days.
    Calm,
    /// Seven days or less.
    Soon,
    /// 72 hours or less.
    Urgent,
    Over,
}

impl Urgency {
    pub const SOON: Span = Span::days(7);
    pub const URGENT: Span = Span::hours(72);

    #[must_use]
    pub fn of(remaining: Span) -> Self {
        if remaining <= Span(0) {
            Self::Over
        } else if remaining <= Self::URGENT {
            Self::Urgent
        } else if remaining <= Self::SOON {
            Self::Soon
        } else {
            Self::Calm
        }
    }

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Soon => "soon",
            Self::Urgent => "urgent",
            Self::Over => "over",
        }
    }
}

/// The time that remains, rounded down, in the unit it is shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeLeft {
    Weeks(u32),
    Days(u32),
    Hours(u32),
    Minutes(u32),
    Over,
}

impl TimeLeft {
    /// Days; hours below 48 hours; minutes below one. An estimate has weeks from 14 days on, then days, and never hours.
    #[must_use]
    pub fn of(remaining: Span, certainty: Certainty) -> Self {
        let whole = |unit: Span| u32::try_from(remaining.0 / unit.0).unwrap_or(u32::MAX);
        if remaining <= Span(0) {
            Self::Over
        } else if certainty == Certainty::Estimate {
            if remaining >= Span::days(14) {
                Self::Weeks(whole(Span::days(7)))
            } else {
                Self::Days(whole(Span::days(1)))
            }
        } else if remaining >= Span::hours(48) {
            Self::Days(whole(Span::days(1)))
        } else if remaining >= Span::hours(1) {
            Self::Hours(whole(Span::hours(1)))
        } else {
            Self::Minutes(whole(Span::minutes(1)))
        }
    }
}

/// What is to be said of one order at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub kind: Kind,
    /// The clock that is shown: of the open ones that a badge names the one that ends next; for [`Kind::Estimate`] it may be over.
    pub clock: Option<Clock>,
    /// All clocks, open ones first, each group by its end.
    pub clocks: Vec<Clock>,
    pub closed: Option<Closed>,
    /// Whether the order's own page was ever read: if so, "open once" would send the user in a circle.
    pub opened: bool,
    pub state: Option<OrderState>,
}

/// Which of an order's clocks is shown, how sure that is, and why there is nothing to claim, if there is nothing.
fn choose(
    all: &[Summed],
    state: Option<OrderState>,
    now: Moment,
) -> (Option<usize>, (Kind, Option<Closed>)) {
    let closed = match state {
        Some(OrderState::Unpaid) => Some(Closed::Unpaid),
        Some(OrderState::Cancelled) => Some(Closed::Cancelled),
        Some(OrderState::Refunded) => Some(Closed::Refunded),
        _ => None,
    };
    if closed.is_some() {
        return (None, (Kind::Closed, closed));
    }
    let first = |role: Role, open: bool| {
        all.iter()
            .enumerate()
            .filter(|(_, clock)| clock.kind.role() == role && (clock.closes > now) == open)
            .min_by_key(|(_, clock)| (clock.closes, clock.kind))
    };
    // What the buyer can lose comes first; what others are to do is shown where nothing else is open. What only opens and
    // what lies outside the shop is no deadline of its protection.
    let open = first(Role::Act, true).or_else(|| first(Role::Wait, true));
    if let Some((place, clock)) = open {
        return (Some(place), (clock.certainty.into(), None));
    }
    let firm = all
        .iter()
        .filter(|clock| clock.kind.role() == Role::Act && clock.certainty != Certainty::Estimate);
    if let Some(last) = firm.max_by_key(|clock| (clock.closes, clock.kind)) {
        return (None, (Kind::Closed, Some(Closed::Ended(last.last_day))));
    }
    // Only estimates, and past: the window may have ended. That is no knowledge, so the order is not called closed.
    match first(Role::Act, false) {
        Some((place, _)) => (Some(place), (Kind::Estimate, None)),
        None => (None, (Kind::Unknown, None)),
    }
}

impl Verdict {
    #[must_use]
    pub fn new(record: &Record, now: Moment, zones: Zones<'_>) -> Self {
        Self::chosen(record, now, zones, Choices::NONE)
    }

    /// With the rules as the user has changed them. Beside [`Verdict::new`] it shows what the changes do.
    #[must_use]
    pub fn chosen(record: &Record, now: Moment, zones: Zones<'_>, choices: &Choices) -> Self {
        let mut all = clocks(record, now, zones, choices);
        all.sort_by_key(|clock| (clock.closes() <= now, clock.closes(), clock.kind));
        let summed: Vec<Summed> = all.iter().map(Clock::summed).collect();
        let (place, (kind, closed)) = choose(&summed, record.state(), now);
        let clock = place.and_then(|place| all.get(place)).cloned();
        Self::of(record, kind, closed, clock, all)
    }

    /// The same without the list of all clocks, and without what was not used for the one that is shown: all that a badge needs.
    #[must_use]
    pub fn for_badge(record: &Record, now: Moment, zones: Zones<'_>, choices: &Choices) -> Self {
        let (clock, (kind, closed)) = clock_for_badge(record, now, zones, choices, |all| {
            choose(all, record.state(), now)
        });
        Self::of(record, kind, closed, clock, Vec::new())
    }

    fn of(
        record: &Record,
        kind: Kind,
        closed: Option<Closed>,
        clock: Option<Clock>,
        clocks: Vec<Clock>,
    ) -> Self {
        Self {
            kind,
            clock,
            clocks,
            closed,
            opened: record.opened().is_some(),
            state: record.state(),
        }
    }

    /// What is to be said of one open clock by itself.
    #[must_use]
    pub fn of_clock(clock: Clock) -> Self {
        Self {
            kind: clock.certainty().into(),
            clock: Some(clock),
            clocks: Vec::new(),
            closed: None,
            opened: false,
            state: None,
        }
    }

    /// The clock of that kind, and of several, as the parts of an order have, the one with that end.
    #[must_use]
    pub fn of_kind(&self, kind: ClockKind, end: Day) -> Option<&Clock> {
        let of_kind = || self.clocks.iter().filter(|clock| clock.kind == kind);
        let with_end = of_kind().find(|clock| clock.because.end_day == end);
        with_end.or_else(|| of_kind().next())
    }

    /// All open clocks of the kind of the one that ends next: where an order was split, one for each part.
    pub fn parts(&self, now: Moment) -> impl Iterator<Item = &Clock> {
        let kind = self.clock.as_ref().map(|clock| clock.kind);
        let of_kind = self
            .clocks
            .iter()
            .filter(move |clock| Some(clock.kind) == kind);
        of_kind.filter(move |clock| clock.closes() > now)
    }

    /// The clock that ended last, of an order of which nothing is open any more.
    #[must_use]
    pub fn ended(&self) -> Option<&Clock> {
        let Some(Closed::Ended(last_day)) = self.closed else {
            return None;
        };
        let mut clocks = self.clocks.iter();
        clocks.find(|clock| clock.kind.role() == Role::Act && clock.last_day == last_day)
    }

    /// The clock whose end is told: the one that is shown, or, where nothing is open any more, the last that ended.
    #[must_use]
    pub fn told(&self) -> Option<&Clock> {
        self.clock.as_ref().or_else(|| self.ended())
    }

    /// The clock that ends next and stands on more than an estimate.
    #[must_use]
    pub fn firm(&self) -> Option<&Clock> {
        self.clock
            .as_ref()
            .filter(|clock| clock.certainty() != Certainty::Estimate)
    }

    #[must_use]
    pub fn urgency(&self, now: Moment) -> Option<Urgency> {
        self.clock
            .as_ref()
            .map(|clock| Urgency::of(clock.closes().since(now)))
    }

    /// Whether nothing can be claimed any more, and nothing will open: an unpaid order may still be paid.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.kind == Kind::Closed && self.closed.is_some_and(|why| why != Closed::Unpaid)
    }

    #[must_use]
    pub fn time_left(&self, now: Moment) -> Option<TimeLeft> {
        self.clock
            .as_ref()
            .map(|clock| TimeLeft::of(clock.closes().since(now), clock.certainty()))
    }

    /// When what is shown changes by the passing of time alone, or `None` if it does not.
    #[must_use]
    pub fn next_change(&self, now: Moment) -> Option<Moment> {
        let clock = self.clock.as_ref()?;
        let remaining = clock.closes().since(now);
        let unit = match TimeLeft::of(remaining, clock.certainty()) {
            TimeLeft::Over => return None,
            TimeLeft::Weeks(_) => Span::days(7),
            TimeLeft::Days(_) => Span::days(1),
            TimeLeft::Hours(_) => Span::hours(1),
            TimeLeft::Minutes(_) => Span::minutes(1),
        };
        // A count of whole units stays until less than that many remain; a threshold is crossed when it is reached.
        let next_count = clock
            .closes()
            .minus(Span(remaining.0 / unit.0 * unit.0))
            .plus(Span(1));
        let thresholds =
            [Urgency::SOON, Urgency::URGENT, Span(0)].map(|span| clock.closes().minus(span));
        thresholds
            .into_iter()
            .chain([next_count])
            .filter(|moment| *moment > now)
            .min()
    }

    /// The clock of that kind, if it is open.
    #[must_use]
    pub fn open(&self, kind: ClockKind, now: Moment) -> Option<&Clock> {
        self.clocks
            .iter()
            .find(|clock| clock.kind == kind && clock.closes() > now)
    }
}
