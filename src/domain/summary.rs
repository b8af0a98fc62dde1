//! What is to be said of many orders at once: how many end soon, and how much money that is.

use super::clock::Role;
use super::ledger::Record;
use super::money::Money;
use super::order::{OrderId, OrderState};
use super::time::{Moment, Span};
use super::verdict::{Kind, Urgency, Verdict};

/// The part of a verdict that a summary needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub kind: Kind,
    /// The end of the open window that ends next, if it is known, no estimate, and for the buyer to use.
    pub closes: Option<Moment>,
    /// Whether its own page, which was not opened lately, may print an exact date.
    pub to_check: bool,
}

impl Standing {
    /// A page that was opened within this time and printed no date prints none now.
    const LATELY: Span = Span::days(1);

    /// What a page shows of an order before its record is read.
    pub const UNKNOWN: Self = Self {
        kind: Kind::Unknown,
        closes: None,
        to_check: false,
    };

    #[must_use]
    pub fn new(record: &Record, verdict: &Verdict, now: Moment) -> Self {
        let waits = matches!(
            verdict.state,
            Some(OrderState::Processing | OrderState::AwaitingDelivery)
        );
        let lately = record
            .opened()
            .is_some_and(|opened| now.since(opened) < Self::LATELY);
        Self {
            kind: verdict.kind,
            closes: verdict
                .firm()
                .filter(|clock| clock.kind.role() == Role::Act)
                .map(super::clock::Clock::closes),
            to_check: waits && matches!(verdict.kind, Kind::Estimate | Kind::Unknown) && !lately,
        }
    }
}

/// The strip above the list, the head of the popup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Orders with a known end within seven days, the soonest first.
    pub ending: Vec<(OrderId, Moment)>,
    /// What was paid for them, one sum for each currency. Amounts that could not be read are not in it.
    pub at_risk: Vec<Money>,
    /// Orders that are or may be protected and have no exact date.
    pub without_date: usize,
    /// Those of them that a check of exact dates would open.
    pub to_check: usize,
}

impl Summary {
    pub fn add(&mut self, id: &OrderId, standing: Standing, total: Option<&Money>, now: Moment) {
        if matches!(standing.kind, Kind::Estimate | Kind::Unknown) {
            self.without_date += 1;
        }
        self.to_check += usize::from(standing.to_check);
        let Some(closes) = standing.closes else {
            return;
        };
        if !matches!(
            Urgency::of(closes.since(now)),
            Urgency::Soon | Urgency::Urgent
        ) {
            return;
        }
        let entry = (id.clone(), closes);
        let place = self
            .ending
            .partition_point(|(id, closes)| (*closes, id) < (entry.1, &entry.0));
        self.ending.insert(place, entry);
        if let Some(total) = total {
            let same = self
                .at_risk
                .iter_mut()
                .find(|sum| sum.currency == total.currency);
            match same {
                Some(sum) => {
                    if let Some(added) = sum.plus(total) {
                        *sum = added;
                    }
                }
                None => self.at_risk.push(total.clone()),
            }
        }
    }

    /// Orders that end within 72 hours: the number on the toolbar button.
    #[must_use]
    pub fn urgent(&self, now: Moment) -> usize {
        self.ending
            .iter()
            .filter(|(_, closes)| Urgency::of(closes.since(now)) == Urgency::Urgent)
            .count()
    }
}
