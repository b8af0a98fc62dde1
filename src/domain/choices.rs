//! Changing a rule: what can be chosen of it, and what a choice does to the dates of an order.

use std::ops::RangeInclusive;

use super::clock::{Clock, ClockKind, clocks};
use super::ledger::Record;
use super::rules::{Certainty, Change, Choices, Days, Rule, Unit};
use super::time::{Day, Moment, Zones};

/// How a rule is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// As the rules' file has it.
    Standard,
    /// With the user's own number.
    Own(u16),
    Off,
}

impl Rule {
    /// Whether the user can switch it off: what the shop prints counts always.
    #[must_use]
    pub fn is_optional(&self) -> bool {
        self.certainty != Certainty::Printed
    }

    /// The numbers that the user can choose, in the rule's unit, in steps of [`Rule::step`]. `None` where there is no number of the
    /// rule's own.
    #[must_use]
    pub fn choosable(&self) -> Option<RangeInclusive<u16>> {
        let Days::Fixed(own) = self.days else {
            return None;
        };
        let most = match self.unit {
            Unit::Days => 1_000,
            Unit::BusinessDays => 250,
            Unit::Hours => 2_400,
            Unit::Years => 10,
        };
        // A window does not end before it opens.
        let least = own.min(self.step()).max(self.opens.unwrap_or(0));
        self.is_optional().then_some(least..=most)
    }

    /// Hours are counted from the beginning of a day, so only whole days of them can be chosen.
    #[must_use]
    pub const fn step(&self) -> u16 {
        match self.unit {
            Unit::Hours => 24,
            Unit::Days | Unit::BusinessDays | Unit::Years => 1,
        }
    }

    /// Whether that number can be chosen.
    #[must_use]
    pub fn allows(&self, number: u16) -> bool {
        self.choosable()
            .is_some_and(|range| range.contains(&number) && number.is_multiple_of(self.step()))
    }
}

impl Choices {
    #[must_use]
    pub fn used(&self, rule: &Rule) -> Use {
        match self.change(rule) {
            None => Use::Standard,
            Some(Change { days: None, .. }) => Use::Off,
            Some(Change { days: Some(_), .. }) if rule.choosable().is_none() => Use::Standard,
            Some(Change {
                days: Some(number), ..
            }) => Use::Own(*number),
        }
    }

    /// Uses the rule so from now on. The rule's own number is no change, and what cannot be chosen changes nothing.
    pub fn choose(&mut self, rule: &Rule, how: Use) {
        let own = matches!(how, Use::Own(number) if rule.days == Days::Fixed(number));
        let days = match how {
            Use::Own(number) if !own && !rule.allows(number) => return,
            Use::Off if !rule.is_optional() => return,
            Use::Own(number) => Some(number),
            Use::Standard | Use::Off => None,
        };
        self.changes.retain(|change| change.rule != rule.id);
        if how != Use::Standard && !own {
            let rule = rule.id.to_owned();
            self.changes.push(Change { rule, days });
        }
    }
}

/// The end of a window: its last day, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    pub last_day: Day,
    pub certainty: Certainty,
}

/// A date of an order that is another because of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    pub window: ClockKind,
    /// `None` where there is no date.
    pub before: Option<End>,
    pub after: Option<End>,
}

/// What becomes of the order's dates with other choices. Windows that are over either way are left out.
#[must_use]
pub fn effects(
    record: &Record,
    now: Moment,
    zones: Zones<'_>,
    before: &Choices,
    after: &Choices,
) -> Vec<Effect> {
    let before = clocks(record, now, zones, before);
    let after = clocks(record, now, zones, after);
    let of = |clocks: &[Clock], kind| {
        let clock = clocks.iter().find(|clock| clock.kind == kind)?;
        let end = End {
            last_day: clock.last_day,
            certainty: clock.certainty(),
        };
        Some((end, clock.closes() > now))
    };
    let effect = |window: &ClockKind| {
        let (before, after) = (of(&before, *window), of(&after, *window));
        let open = [before, after]
            .iter()
            .any(|end| end.is_some_and(|(_, open)| open));
        let (before, after) = (before.map(|(end, _)| end), after.map(|(end, _)| end));
        (open && before != after).then_some(Effect {
            window: *window,
            before,
            after,
        })
    };
    ClockKind::ALL.iter().filter_map(effect).collect()
}
