//! The events that the user's calendar may have by now, from the files that were saved. One of them that no longer holds is in no later
//! file by itself, and would stay in that calendar for ever: it has to be cancelled there.

use std::collections::BTreeMap;

use super::Event;
use crate::domain::clock::ClockKind;
use crate::domain::order::OrderId;
use crate::domain::time::{Day, Span};

/// So long after its day an event is still in the files, as one that is over, for calendars that have taken it in before.
pub const OVER: Span = Span::days(60);

/// What tells an event from all others: its order, the kind of its window, and which of that kind.
pub type Key = (OrderId, ClockKind, String);

/// Every event that a file has held, with the day that it had in the latest one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given(BTreeMap<Key, Day>);

impl Given {
    /// More are not remembered: about a megabyte. Those of the earliest days are forgotten first.
    pub const MOST: usize = 20_000;

    #[must_use]
    pub const fn events(&self) -> &BTreeMap<Key, Day> {
        &self.0
    }

    /// The events of the order that a file has held and that are not among those planned now.
    pub fn gone<'a>(
        &'a self,
        order: &'a OrderId,
        planned: &'a [Event],
    ) -> impl Iterator<Item = (&'a Key, Day)> {
        // The first of its kinds, and of no part.
        let first = (order.clone(), ClockKind::ClaimOpens, String::new());
        let of_order = self
            .0
            .range(first..)
            .take_while(move |(key, _)| key.0 == *order);
        of_order
            .filter(move |(key, _)| !planned.iter().any(|event| event.key() == **key))
            .map(|(key, day)| (key, *day))
    }

    /// Remembers one event, as it was kept.
    pub fn insert(&mut self, key: Key, day: Day) {
        self.0.insert(key, day);
    }

    /// Remembers what a file holds, and forgets what is so long over that no file holds it any more.
    pub fn note(&mut self, events: &[Event], today: Day) {
        self.0
            .extend(events.iter().map(|event| (event.key(), event.day)));
        let over = OVER.0 / Span::days(1).0;
        self.0
            .retain(|_, day| day.number() + over >= today.number());
        let Some(more @ 1..) = self.0.len().checked_sub(Self::MOST) else {
            return;
        };
        let mut days: Vec<Day> = self.0.values().copied().collect();
        days.sort_unstable();
        if let Some(last) = days.get(more) {
            self.0.retain(|_, day| *day >= *last);
        }
        // Of those that have the same day too many may be left.
        while self.0.len() > Self::MOST {
            self.0.pop_first();
        }
    }
}
