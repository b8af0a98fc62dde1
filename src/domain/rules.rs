//! The rules from which windows follow: data, compiled in from `rules.toml`, which says what each key means.

use super::clock::ClockKind;
use super::order::OrderState;

/// How sure a date is. In the order of precedence: the surest is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// A page of the shop printed the date itself.
    Printed,
    /// Counted by a rule from a day and a number of days that are both known.
    Rule,
    /// A guess from experience, and shown as one.
    Estimate,
}

/// The fact that a rule counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    RefundIfNotDeliveredBefore,
    RefundStep,
    Placed,
    Shipped,
    Delivered,
    Completed,
}

/// A number of days that a page printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PrintedDays {
    ReturnWithinDaysOfReceipt,
    DisputeWithinDaysOfOrder,
    FreeReturnWithinDaysOfDelivery,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Days {
    Fixed(u16),
    Printed(PrintedDays),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shows {
    Always,
    /// An upper bound: it can say that a window may have ended, never that it is still open.
    WhenOver,
}

/// How well the source supports a rule, from A (seen on a page, or law) to D (inference).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    A,
    B,
    C,
    D,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub id: &'static str,
    pub clock: ClockKind,
    pub anchor: Anchor,
    pub days: Days,
    pub states: &'static [OrderState],
    pub certainty: Certainty,
    pub shows: Shows,
    pub time_zone: &'static str,
    pub confidence: Confidence,
    pub source: &'static str,
    /// `YYYY-MM-DD`.
    pub seen: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The rule of that id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}
