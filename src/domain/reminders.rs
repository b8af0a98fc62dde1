//! When the user is reminded of what, worked out anew each time from what is known by then.
//!
//! Nothing is scheduled: at any moment it follows from the clocks, from what was told before and from what the user has chosen
//! what is to be told now and when to look again. A wake-up that is lost costs nothing but the time until the next one.
//!
//! A step is told once for each end of a clock. Ends are told apart by their day, which the computer's zone and clock do not
//! change: a deadline that was moved is another end, a clock that was set is not. Where several steps have been missed, the one
//! closest to the end is told and the others make no sense any more.

use std::collections::BTreeMap;

use super::clock::{Clock, ClockKind, Role};
use super::order::OrderId;
use super::rules::Certainty;
use super::time::{Day, Moment, Span, Zone};
use super::verdict::{Closed, Urgency, Verdict};

/// How long before the end the user is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// When something becomes possible.
    Opens,
    Days7,
    Days3,
    Day1,
    Hours6,
}

impl Step {
    /// From the farthest from the end to the closest.
    pub const ALL: [Self; 5] = [
        Self::Opens,
        Self::Days7,
        Self::Days3,
        Self::Day1,
        Self::Hours6,
    ];

    /// The name under which it is kept, and the end of message keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opens => "opens",
            Self::Days7 => "days-7",
            Self::Days3 => "days-3",
            Self::Day1 => "day-1",
            Self::Hours6 => "hours-6",
        }
    }

    /// How long before the end, for a step that is counted from it.
    #[must_use]
    pub const fn lead(self) -> Option<Span> {
        match self {
            Self::Opens => None,
            Self::Days7 => Some(Span::days(7)),
            Self::Days3 => Some(Span::days(3)),
            Self::Day1 => Some(Span::days(1)),
            Self::Hours6 => Some(Span::hours(6)),
        }
    }
}

/// The hours of the day in which nothing is told that can wait, by the buyer's own clock. From 22 to 8 they go over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    from: u8,
    to: u8,
}

impl QuietHours {
    /// `None` for what are no hours of a day, and where no hour would be quiet or every one.
    #[must_use]
    pub fn new(from: u8, to: u8) -> Option<Self> {
        (from < 24 && to < 24 && from != to).then_some(Self { from, to })
    }

    #[must_use]
    pub const fn from(self) -> u8 {
        self.from
    }

    #[must_use]
    pub const fn to(self) -> u8 {
        self.to
    }

    /// Beginning and end of the quiet hours that the moment lies in.
    fn around(self, moment: Moment, zone: &dyn Zone) -> Option<(Moment, Moment)> {
        let today = zone.day_at(moment)?;
        // They began yesterday or today.
        [today.plus(-1)?, today].into_iter().find_map(|day| {
            let ends = if self.from < self.to {
                day
            } else {
                day.plus(1)?
            };
            let hours = (
                at_hour(zone, day, self.from)?,
                last_at_hour(zone, ends, self.to)?,
            );
            (hours.0 <= moment && moment < hours.1).then_some(hours)
        })
    }
}

/// The moment when the zone's clocks show that hour. They are put forward and back in the first hours of a day, so later hours are
/// counted from its end.
fn at_hour(zone: &dyn Zone, day: Day, hour: u8) -> Option<Moment> {
    let hour = i64::from(hour);
    if hour < 4 {
        Some(zone.start_of(day)?.plus(Span::hours(hour)))
    } else {
        Some(zone.start_of(day.plus(1)?)?.minus(Span::hours(24 - hour)))
    }
}

/// The last moment when the zone's clocks come to that hour: where they are put back over it, they come to it twice, and on the way there
/// the night seems to be over before it is.
fn last_at_hour(zone: &dyn Zone, day: Day, hour: u8) -> Option<Moment> {
    let first = at_hour(zone, day, hour)?;
    let before_the_end = Span::hours(24 - i64::from(hour));
    let last = zone.start_of(day.plus(1)?)?.minus(before_the_end);
    Some(if hour == 0 { first } else { first.max(last) })
}

/// What the user has chosen about reminders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminding {
    pub on: bool,
    /// In the order of [`Step::ALL`].
    pub steps: Vec<Step>,
    pub quiet: Option<QuietHours>,
}

impl Default for Reminding {
    fn default() -> Self {
        Self {
            on: true,
            steps: Step::ALL.to_vec(),
            quiet: QuietHours::new(22, 8),
        }
    }
}

/// What a reminder is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A clock and the day with whose beginning it ends.
    Clock(ClockKind, Day),
    /// The user wanted to be reminded on that day.
    Wish(Day),
    /// The refund was to have come before that day begins: has it?
    Refund(Day),
}

impl Subject {
    const fn day(&self) -> Day {
        match self {
            Self::Clock(_, day) | Self::Wish(day) | Self::Refund(day) => *day,
        }
    }
}

/// Something to be told now.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reminder {
    pub order: OrderId,
    pub subject: Subject,
    /// `None` for a wish, and for the question about a refund.
    pub step: Option<Step>,
}

/// What the user wants of reminders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    Dismiss(OrderId, Subject),
    DismissAll,
    Mute(OrderId),
    Unmute(OrderId),
    /// To be reminded of the order on that day, or not after all.
    Wish(OrderId, Day),
    Unwish(OrderId, Day),
    /// Not to be asked for the order's refund, since it has come; or to be asked after all.
    RefundCame(OrderId),
    RefundOpen(OrderId),
}

/// Something that was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Of several steps, the one closest to the end.
    pub reminder: Reminder,
    pub at: Moment,
    /// Whether the user has put it away.
    pub dismissed: bool,
}

/// What is remembered of reminders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// At most one for each order and subject, in their order.
    told: Vec<Told>,
    /// Days on which the user wants to be reminded of an order.
    wishes: Vec<(OrderId, Day)>,
    /// Orders of which only wishes are told.
    muted: Vec<OrderId>,
    /// Orders whose refund has come, as the user said.
    refunded: Vec<OrderId>,
}

impl Kept {
    /// So long after its day a reminder that was put away is remembered: should the clock be set back meanwhile, it is not told
    /// again.
    const REMEMBERED: i64 = 60;

    /// What was told and not put away, the latest first.
    #[must_use]
    pub fn list(&self) -> Vec<&Told> {
        let mut list: Vec<&Told> = self.told.iter().filter(|told| !told.dismissed).collect();
        list.sort_by(|one, other| (other.at, &one.reminder).cmp(&(one.at, &other.reminder)));
        list
    }

    #[must_use]
    pub fn told(&self) -> &[Told] {
        &self.told
    }

    #[must_use]
    pub fn wishes(&self) -> &[(OrderId, Day)] {
        &self.wishes
    }

    #[must_use]
    pub fn muted(&self) -> &[OrderId] {
        &self.muted
    }

    /// The orders whose refund has come, as the user said.
    #[must_use]
    pub fn refunded(&self) -> &[OrderId] {
        &self.refunded
    }

    #[must_use]
    pub fn is_muted(&self, order: &OrderId) -> bool {
        self.muted.contains(order)
    }

    /// The days on which the user wants to be reminded of the order.
    pub fn wishes_of<'a>(&'a self, order: &'a OrderId) -> impl Iterator<Item = Day> + 'a {
        let of_order = self.wishes.iter().filter(move |(other, _)| other == order);
        of_order.map(|(_, day)| *day)
    }

    pub fn mute(&mut self, order: &OrderId, muted: bool) {
        self.muted.retain(|other| other != order);
        if muted {
            self.muted.push(order.clone());
        }
    }

    /// Remembers whether the order's refund has come. What was asked about one that has needs no answer any more.
    pub fn refund_came(&mut self, order: &OrderId, came: bool) {
        self.refunded.retain(|other| other != order);
        if !came {
            return;
        }
        self.refunded.push(order.clone());
        for told in &mut self.told {
            let reminder = &told.reminder;
            told.dismissed |=
                reminder.order == *order && matches!(reminder.subject, Subject::Refund(_));
        }
    }

    /// Remembers a wish. One for a day that was told already is a new one.
    pub fn wish(&mut self, order: &OrderId, day: Day) {
        let wish = (order.clone(), day);
        if let Ok(place) = self.place(order, &Subject::Wish(day)) {
            self.told.remove(place);
        }
        if !self.wishes.contains(&wish) {
            self.wishes.push(wish);
        }
    }

    pub fn unwish(&mut self, order: &OrderId, day: Day) {
        self.wishes
            .retain(|(other, wished)| (other, *wished) != (order, day));
    }

    fn place(&self, order: &OrderId, subject: &Subject) -> Result<usize, usize> {
        self.told.binary_search_by(|told| {
            (&told.reminder.order, &told.reminder.subject).cmp(&(order, subject))
        })
    }

    /// The step that was told last of this end, if any was.
    fn step(&self, order: &OrderId, subject: &Subject) -> Option<Step> {
        let place = self.place(order, subject).ok()?;
        self.told.get(place)?.reminder.step
    }

    /// Takes in something that was told, as it was kept.
    pub fn note(&mut self, told: Told) {
        match self.place(&told.reminder.order, &told.reminder.subject) {
            Ok(place) => {
                if let Some(old) = self.told.get_mut(place) {
                    *old = told;
                }
            }
            Err(place) => self.told.insert(place, told),
        }
    }

    /// Remembers that these are told, and forgets what nobody can be told again.
    pub fn record(&mut self, reminders: &[Reminder], now: Moment) {
        let mut new = Vec::new();
        for reminder in reminders {
            if let Subject::Wish(day) = reminder.subject {
                self.unwish(&reminder.order, day);
            }
            let told = Told {
                reminder: reminder.clone(),
                at: now,
                dismissed: false,
            };
            match self.place(&reminder.order, &reminder.subject) {
                Ok(place) => {
                    if let Some(old) = self.told.get_mut(place) {
                        *old = told;
                    }
                }
                Err(_) => new.push(told),
            }
        }
        // All at once, should there be ten thousand.
        self.told.append(&mut new);
        self.told
            .sort_by(|one, other| one.reminder.cmp(&other.reminder));
        let today = now.0.div_euclid(Span::days(1).0);
        self.told.retain(|told| {
            !told.dismissed || told.reminder.subject.day().number() + Self::REMEMBERED >= today
        });
    }

    /// Puts away what was told of the order and subject. Says whether it was in the list.
    pub fn dismiss(&mut self, order: &OrderId, subject: &Subject) -> bool {
        let place = self.place(order, subject).ok();
        let told = place.and_then(|place| self.told.get_mut(place));
        told.is_some_and(|told| !std::mem::replace(&mut told.dismissed, true))
    }

    pub fn dismiss_all(&mut self) {
        for told in &mut self.told {
            told.dismissed = true;
        }
    }

    pub fn take_in(&mut self, asked: &Asked) {
        match asked {
            Asked::Dismiss(order, subject) => drop(self.dismiss(order, subject)),
            Asked::DismissAll => self.dismiss_all(),
            Asked::Mute(order) => self.mute(order, true),
            Asked::Unmute(order) => self.mute(order, false),
            Asked::Wish(order, day) => self.wish(order, *day),
            Asked::Unwish(order, day) => self.unwish(order, *day),
            Asked::RefundCame(order) => self.refund_came(order, true),
            Asked::RefundOpen(order) => self.refund_came(order, false),
        }
    }
}

/// What is to be told now, and when to look again.
pub struct Plan<'a> {
    kept: &'a Kept,
    reminding: &'a Reminding,
    zone: &'a dyn Zone,
    now: Moment,
    /// What is to be told now, in the order of the orders as they were added.
    pub due: Vec<Reminder>,
    /// When something is to be told, or the number of orders that end soon changes, by the passing of time alone.
    pub wake: Option<Moment>,
    /// Orders whose protection ends within three days, by a date that is no estimate.
    pub ending: usize,
}

/// What is to be told by either of two times, where it is not sure which is right: each order and subject once, by the step closest to
/// its end.
#[must_use]
pub fn either(one: Vec<Reminder>, other: Vec<Reminder>) -> Vec<Reminder> {
    let place = |(place, reminder): (usize, &Reminder)| {
        ((reminder.order.clone(), reminder.subject.clone()), place)
    };
    let places: BTreeMap<_, _> = one.iter().enumerate().map(place).collect();
    let mut all = one;
    for reminder in other {
        let key = (reminder.order, reminder.subject);
        let known = places.get(&key).and_then(|place| all.get_mut(*place));
        match known {
            Some(known) => known.step = known.step.max(reminder.step),
            None => {
                let (order, subject) = key;
                all.push(Reminder {
                    order,
                    subject,
                    step: reminder.step,
                });
            }
        }
    }
    all
}

/// When a step begins to make sense, and when it does so no more.
#[derive(Clone, Copy)]
struct Time {
    from: Moment,
    to: Moment,
}

impl<'a> Plan<'a> {
    /// So long after something has become possible it is still told.
    const OPEN: Span = Span::days(7);
    /// So long after a refund was to have come the user is still asked for it.
    const REFUND: Span = Span::days(30);
    /// What cannot wait for the end of the quiet hours is told so long before they begin.
    const BEFORE_QUIET: Span = Span::hours(1);
    /// The hour of the day at which a wish is told.
    const MORNING: u8 = 9;

    #[must_use]
    pub const fn new(
        kept: &'a Kept,
        reminding: &'a Reminding,
        zone: &'a dyn Zone,
        now: Moment,
    ) -> Self {
        Self {
            kept,
            reminding,
            zone,
            now,
            due: Vec::new(),
            wake: None,
            ending: 0,
        }
    }

    /// Takes an order into account.
    pub fn add(&mut self, order: &OrderId, verdict: &Verdict) {
        // What was cancelled or given back, and what was never paid, has nothing left to lose.
        let nothing = matches!(
            verdict.closed,
            Some(Closed::Unpaid | Closed::Cancelled | Closed::Refunded)
        );
        if !nothing {
            self.count(verdict);
        }
        if !self.reminding.on || self.kept.is_muted(order) {
            return;
        }
        for clock in &verdict.clocks {
            if clock.kind == ClockKind::RefundExpected {
                self.add_refund(order, clock);
            } else if !nothing {
                self.add_clock(order, clock);
            }
        }
    }

    /// Once the refund was to have come, the user is asked whether it has: of what was decided and never paid out nobody else tells.
    fn add_refund(&mut self, order: &OrderId, clock: &Clock) {
        let subject = Subject::Refund(clock.because.end_day);
        if self.kept.refunded.contains(order) || self.kept.place(order, &subject).is_ok() {
            return;
        }
        let time = Time {
            from: clock.closes(),
            to: clock.closes().plus(Self::REFUND),
        };
        if self.is_due(time) {
            self.tell(order, subject, None);
        }
    }

    /// Of two disputes that end on one day one is told.
    fn tell(&mut self, order: &OrderId, subject: Subject, step: Option<Step>) {
        let mut of_order = self
            .due
            .iter_mut()
            .rev()
            .take_while(|due| due.order == *order);
        match of_order.find(|due| due.subject == subject) {
            Some(known) => known.step = known.step.max(step),
            None => self.due.push(Reminder {
                order: order.clone(),
                subject,
                step,
            }),
        }
    }

    /// Takes the wishes into account. They are told of orders of which nothing else is known, too.
    pub fn add_wishes(&mut self) {
        if !self.reminding.on {
            return;
        }
        for (order, day) in self.kept.wishes() {
            let Some(from) = at_hour(self.zone, *day, Self::MORNING) else {
                continue;
            };
            let time = Time {
                from,
                to: Moment(i64::MAX),
            };
            if self.is_due(time) {
                self.due.push(Reminder {
                    order: order.clone(),
                    subject: Subject::Wish(*day),
                    step: None,
                });
            }
        }
    }

    fn add_clock(&mut self, order: &OrderId, clock: &Clock) {
        let subject = Subject::Clock(clock.kind, clock.because.end_day);
        let told = self.kept.step(order, &subject);
        // Every step is asked, because each may have to wake us.
        let mut due = None;
        for step in &self.reminding.steps {
            if told.is_some_and(|told| told >= *step) {
                continue;
            }
            if let Some(time) = time_of(*step, clock)
                && self.is_due(time)
            {
                due = Some(*step);
            }
        }
        if due.is_some() {
            self.tell(order, subject, due);
        }
    }

    /// Whether it is to be told now. If it will be, that is a reason to wake.
    fn is_due(&mut self, time: Time) -> bool {
        let from = self.shifted(time);
        if self.now < from {
            self.wake_at(from);
            return false;
        }
        if self.now >= time.to {
            return false;
        }
        match self.quiet_at(self.now) {
            Some((_, end)) if end < time.to => {
                self.wake_at(end);
                false
            }
            _ => true,
        }
    }

    /// When it is told: where that is in the quiet hours, after them, or before them if it cannot wait.
    fn shifted(&self, time: Time) -> Moment {
        match self.quiet_at(time.from) {
            Some((_, end)) if end < time.to => end,
            Some((begin, _)) => begin.minus(Self::BEFORE_QUIET),
            None => time.from,
        }
    }

    fn quiet_at(&self, moment: Moment) -> Option<(Moment, Moment)> {
        self.reminding.quiet?.around(moment, self.zone)
    }

    fn wake_at(&mut self, moment: Moment) {
        self.wake = Some(self.wake.map_or(moment, |wake| wake.min(moment)));
    }

    fn count(&mut self, verdict: &Verdict) {
        // An estimate that ends earlier takes nothing away from a date that is known.
        let firm = verdict.clocks.iter().filter(|clock| {
            clock.kind.role() == Role::Act
                && clock.certainty() != Certainty::Estimate
                && clock.closes() > self.now
        });
        let Some(clock) = firm.min_by_key(|clock| clock.closes()) else {
            return;
        };
        let remaining = clock.closes().since(self.now);
        match Urgency::of(remaining) {
            Urgency::Over => {}
            Urgency::Urgent => {
                self.ending += 1;
                self.wake_at(clock.closes());
            }
            Urgency::Soon | Urgency::Calm => self.wake_at(clock.closes().minus(Urgency::URGENT)),
        }
    }
}

/// When a step of the clock makes sense, if the clock has such a step.
fn time_of(step: Step, clock: &Clock) -> Option<Time> {
    let (role, closes) = (clock.kind.role(), clock.closes());
    match (step.lead(), role) {
        // An estimate knows days, not hours.
        (Some(_), _) if step == Step::Hours6 && clock.certainty() == Certainty::Estimate => None,
        (Some(lead), Role::Act) => Some(Time {
            from: closes.minus(lead),
            to: closes,
        }),
        (None, Role::Opening) => Some(Time {
            from: closes,
            to: closes.plus(Plan::OPEN),
        }),
        // What others are to do, and what the law and banks allow for years, is no reason to disturb.
        _ => None,
    }
}

#[cfg(test)]
mod tests;
