//! The rules from which windows follow: data, compiled in from `rules.toml`, which says what each key means.

use super::clock::{ClockKind, Role};
use super::dispute::{DisputeStage, DisputeStep};
use super::order::OrderState;
use super::sighting::Service;
use super::time::Day;

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
    Paid,
    PromisedBy,
    CouponIfDelayedBy,
    /// The printed end of the rule's own clock.
    Ends,
    /// How long it is until then, as a page said.
    TimeLeft,
    Step(DisputeStep),
}

/// A number of days that a page printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PrintedDays {
    ReturnWithinDaysOfReceipt,
    DisputeWithinDaysOfOrder,
    FreeReturnWithinDaysOfDelivery,
}

/// The most days of a window that a page prints: two years, the longest that is known, and a little. What is longer, or none, is
/// no window.
pub const LONGEST_WINDOW: u16 = 740;

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

/// What a rule counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    Days,
    /// Monday to Friday. Public holidays are not known, so the day that is counted can only be too early.
    BusinessDays,
    /// From the beginning of the anchor's day.
    Hours,
    /// To the same day of the month.
    Years,
}

/// What must be so for a rule to apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The countries to which it is sent; none is every country.
    pub countries: &'static [&'static str],
    pub service: Option<Service>,
    /// Whether a page told of the delivery or of the receipt.
    pub received: Option<bool>,
    /// Whether the carrier reports the parcel's way.
    pub tracked: Option<bool>,
    /// The most days between shipping and the promised delivery.
    pub promised_within: Option<u8>,
    /// First and last day of the order, as numbers like 20260904.
    pub placed_from: u32,
    pub placed_to: u32,
}

impl When {
    /// Whether it is a rule for every order: the last to be asked.
    #[must_use]
    pub const fn is_general(&self) -> bool {
        self.countries.is_empty()
            && self.service.is_none()
            && self.received.is_none()
            && self.tracked.is_none()
            && self.promised_within.is_none()
            && self.placed_from == 0
            && self.placed_to == u32::MAX
    }
}

/// Days of the anchor, as numbers like 20260904, on which a rule has another number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holiday {
    pub from: u32,
    pub to: u32,
    pub days: u16,
}

/// A day as the tables of rules write it: 20260904.
#[must_use]
pub fn table_day(day: Day) -> u32 {
    day.year().unsigned_abs() * 10_000 + day.month() * 100 + day.day()
}

/// The day of such a number; `None` for an end that is open.
#[must_use]
pub fn table_date(number: u32) -> Option<Day> {
    let year = i32::try_from(number / 10_000).ok()?;
    Day::new(year, number / 100 % 100, number % 100)
}

/// How well the source supports a rule, from A (seen on a page, or law) to D (inference).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    A,
    B,
    C,
    D,
}

#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub id: &'static str,
    /// The end of the key of its words: `where_rule_…`. Rules that count alike share them.
    pub words: &'static str,
    pub clock: ClockKind,
    pub anchor: Anchor,
    pub days: Days,
    pub unit: Unit,
    /// After how many units the window opens, where it is not open from the anchor on.
    pub opens: Option<u16>,
    pub states: &'static [OrderState],
    /// The stages of a dispute in which it applies; none is every stage.
    pub stages: &'static [DisputeStage],
    pub when: When,
    pub certainty: Certainty,
    pub shows: Shows,
    /// A law or a bank counts in the buyer's zone alone; the shop in whichever zone's day comes first.
    pub buyers_zone: bool,
    pub holidays: &'static [Holiday],
}

/// Rules are told apart by their ids.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

/// Where a rule is from. Apart from the rules, so that only who shows it loads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Provenance {
    pub confidence: Confidence,
    pub source: &'static str,
    /// `YYYY-MM-DD`.
    pub seen: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The rules of the clocks that a badge can show: those of what the buyer can lose, and of what others are to do. Apart, so that
/// the list of orders loads no others.
pub static BADGE_RULES: [Rule; BADGES] = BADGE_RULES_NOW;

/// Whether one of those is for orders of certain days, or has holidays: as long as none is, a list need not carry how that is asked.
pub const BADGES_BY_DAY: bool = any_by_day(&BADGE_RULES_NOW);

const fn any_by_day(mut rest: &[Rule]) -> bool {
    let mut any = false;
    while let [rule, others @ ..] = rest {
        let when = &rule.when;
        any |= when.placed_from != 0 || when.placed_to != u32::MAX || !rule.holidays.is_empty();
        rest = others;
    }
    any
}

const BADGE_RULES_NOW: [Rule; BADGES] = badge_rules();

const BADGES: usize = {
    let (mut count, mut rest) = (0, RULES);
    while let [rule, others @ ..] = rest {
        count += rule.is_for_badge() as usize;
        rest = others;
    }
    count
};

#[allow(
    clippy::indexing_slicing,
    reason = "the compiler runs it, and a wrong index ends that"
)]
const fn badge_rules() -> [Rule; BADGES] {
    let mut found = [RULES[0]; BADGES];
    let (mut count, mut rest) = (0, RULES);
    while let [rule, others @ ..] = rest {
        if rule.is_for_badge() {
            assert!(
                rule.is_simple(),
                "what badges count with asks for no course of the parcel, and counts neither years nor in the buyer's zone alone"
            );
            found[count] = *rule;
            count += 1;
        }
        rest = others;
    }
    found
}

impl Rule {
    const fn is_for_badge(&self) -> bool {
        matches!(self.clock.role(), Role::Act | Role::Wait)
    }

    const fn is_simple(&self) -> bool {
        let when = &self.when;
        let any_course =
            when.received.is_none() && when.tracked.is_none() && when.promised_within.is_none();
        let others = matches!(
            self.anchor,
            Anchor::Paid | Anchor::PromisedBy | Anchor::CouponIfDelayedBy
        );
        any_course && !others && !matches!(self.unit, Unit::Years) && !self.buyers_zone
    }
}

/// The rule of that id, with where it is from.
#[must_use]
pub fn rule(id: &str) -> Option<(&'static Rule, &'static Provenance)> {
    RULES.iter().zip(PROVENANCE).find(|(rule, _)| rule.id == id)
}

/// What the user has changed about a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The rule's id.
    pub rule: String,
    /// Another number in the rule's unit; `None` switches the rule off.
    pub days: Option<u16>,
}

/// What the user has chosen that dates depend on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Where orders are sent to, for those whose pages do not tell.
    pub country: Option<super::country::Country>,
    /// At most one for each rule. A printed date cannot be changed.
    pub changes: Vec<Change>,
}

impl Choices {
    pub const NONE: &'static Self = &Self {
        country: None,
        changes: Vec::new(),
    };

    /// What was changed about the rule.
    #[must_use]
    pub fn change(&self, rule: &Rule) -> Option<&Change> {
        let found = self.changes.iter().find(|change| change.rule == rule.id);
        found.filter(|_| rule.certainty != Certainty::Printed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Rule = Rule {
        when: When {
            placed_from: 0,
            placed_to: u32::MAX,
            ..RULES[0].when
        },
        holidays: &[],
        ..RULES[0]
    };

    #[test]
    fn one_rule_for_certain_days_makes_the_list_ask_for_them() {
        assert!(!any_by_day(&[]) && !any_by_day(&[PLAIN, PLAIN]));
        let when = |placed_from, placed_to| Rule {
            when: When {
                placed_from,
                placed_to,
                ..PLAIN.when
            },
            ..PLAIN
        };
        let holidays = &[Holiday {
            from: 20_270_205,
            to: 20_270_212,
            days: 10,
        }];
        let with_holidays = Rule { holidays, ..PLAIN };
        for rule in [
            when(20_260_101, u32::MAX),
            when(0, 20_260_101),
            with_holidays,
        ] {
            assert!(any_by_day(&[rule, PLAIN]) && any_by_day(&[PLAIN, rule]));
        }
    }

    #[test]
    fn what_the_list_cannot_ask_for_makes_a_rule_that_is_none_of_a_badge() {
        assert!(PLAIN.is_simple());
        let when = |received, tracked, promised_within| Rule {
            when: When {
                received,
                tracked,
                promised_within,
                ..PLAIN.when
            },
            ..PLAIN
        };
        let anchor = |anchor| Rule { anchor, ..PLAIN };
        for rule in [
            when(Some(false), None, None),
            when(None, Some(false), None),
            when(None, None, Some(5)),
            anchor(Anchor::Paid),
            anchor(Anchor::PromisedBy),
            anchor(Anchor::CouponIfDelayedBy),
            Rule {
                unit: Unit::Years,
                ..PLAIN
            },
            Rule {
                buyers_zone: true,
                ..PLAIN
            },
        ] {
            assert!(!rule.is_simple());
        }
    }

    #[test]
    fn rules_are_told_apart_by_their_ids() {
        let longer = Rule {
            days: Days::Fixed(99),
            ..PLAIN
        };
        assert!(PLAIN == longer && RULES[0] != RULES[1]);
    }
}
