//! What the pages show of orders: each record with its verdict, in groups by urgency.

use super::Context;
use crate::browser::clock::zones;
use crate::domain::case::cases;
use crate::domain::contradiction::contradictions;
use crate::domain::ledger::Record;
use crate::domain::money::Money;
use crate::domain::order::OrderState;
use crate::domain::rules::Choices;
use crate::domain::sighting::{Fact, Page, Sighting};
use crate::domain::stages::Turn;
use crate::domain::summary::{Standing, Summary};
use crate::domain::time::Moment;
use crate::domain::verdict::{Kind, Urgency, Verdict};

/// The groups of the dashboard's list, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    ThreeDays,
    Week,
    Later,
    NoDate,
    Nothing,
}

impl Group {
    pub const ALL: [Self; 5] = [
        Self::ThreeDays,
        Self::Week,
        Self::Later,
        Self::NoDate,
        Self::Nothing,
    ];

    /// The group's name in element ids and message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ThreeDays => "three_days",
            Self::Week => "week",
            Self::Later => "later",
            Self::NoDate => "no_date",
            Self::Nothing => "nothing",
        }
    }
}

/// One order with what is to be said of it now.
pub struct Order {
    pub record: Record,
    pub verdict: Verdict,
    pub group: Group,
}

impl Order {
    pub fn new(record: Record, now: Moment, choices: &Choices) -> Self {
        let verdict = Verdict::chosen(&record, now, zones(), choices);
        let group = match (verdict.kind, verdict.urgency(now)) {
            (Kind::Closed, _) => Group::Nothing,
            (_, Some(Urgency::Urgent)) => Group::ThreeDays,
            (_, Some(Urgency::Soon)) => Group::Week,
            (_, Some(Urgency::Calm)) => Group::Later,
            // An estimate that is over is no knowledge of any date.
            (_, Some(Urgency::Over) | None) => Group::NoDate,
        };
        Self {
            record,
            verdict,
            group,
        }
    }

    pub fn title(&self, context: &Context) -> String {
        context.wording.order_title(&self.record)
    }

    /// What was paid and where the order stands.
    pub fn meta(&self, context: &Context) -> String {
        let total = self
            .record
            .total()
            .map(|total| context.wording.intl.money(total));
        let state = self
            .verdict
            .state
            .map(|state| context.text(state_key(state)));
        let turn = self
            .dispute()
            .filter(|turn| *turn == Turn::Buyer)
            .map(|_| context.text("stage_turn_buyer"));
        let parts: Vec<String> = total.into_iter().chain(state).chain(turn).collect();
        if parts.is_empty() {
            context.with("dashboard_order", &[self.record.id.as_str()])
        } else {
            parts.join(" · ")
        }
    }

    /// Whether id, store, product or variant contain the words, which are in lower case.
    pub fn contains(&self, words: &str) -> bool {
        let has = |text: &str| text.to_lowercase().contains(words);
        self.record.id.as_str().contains(words)
            || self
                .record
                .store
                .as_ref()
                .is_some_and(|store| has(&store.value))
            || self.record.lines.as_ref().is_some_and(|lines| {
                lines
                    .value
                    .iter()
                    .any(|line| has(&line.title) || has(&line.variant))
            })
    }

    /// Whether any page told of a dispute. Most orders have none, and there may be ten thousand.
    pub fn has_stage(&self) -> bool {
        let told = |sighting: &Sighting| {
            let fact = sighting.fact.of_line().1;
            matches!(
                fact,
                Fact::Stage(_) | Fact::Step(..) | Fact::RefundAmount(_)
            )
        };
        self.verdict.state == Some(OrderState::InDispute) || self.record.sightings.iter().any(told)
    }

    /// Whose turn it is in a dispute about it that is open, the buyer's before others.
    pub fn dispute(&self) -> Option<Turn> {
        if !self.has_stage() {
            return None;
        }
        let cases = cases(&self.record);
        let turns = cases
            .iter()
            .filter(|case| !case.is_over())
            .map(|case| case.guide().map_or(Turn::Nobody, |guide| guide.turn));
        turns.min()
    }

    /// How much of it could not be read, or cannot be so.
    pub fn problems(&self) -> usize {
        let unread = self.record.problems.values().map(|seen| seen.value.len());
        unread.sum::<usize>() + contradictions(&self.record).len()
    }

    /// Protected until a known date.
    pub fn protected(&self) -> bool {
        self.verdict.firm().is_some()
    }
}

pub const fn state_key(state: OrderState) -> &'static str {
    match state {
        OrderState::Unpaid => "dashboard_state_unpaid",
        OrderState::Processing => "dashboard_state_processing",
        OrderState::AwaitingDelivery => "dashboard_state_awaiting_delivery",
        OrderState::Completed => "dashboard_state_completed",
        OrderState::Cancelled => "dashboard_state_cancelled",
        OrderState::InDispute => "dashboard_state_in_dispute",
        OrderState::Refunded => "dashboard_state_refunded",
    }
}

/// All orders, the soonest first, with their sums.
#[derive(Default)]
pub struct Orders {
    pub all: Vec<Order>,
    pub summary: Summary,
    /// What was paid for the orders that are protected until a known date, by currency, and how many those are.
    pub protected: (Vec<Money>, usize),
}

impl Orders {
    pub fn new(records: Vec<Record>, now: Moment, choices: &Choices) -> Self {
        let mut orders = Self {
            all: records
                .into_iter()
                .map(|record| Order::new(record, now, choices))
                .collect(),
            ..Self::default()
        };
        // Among orders without a date the newest comes first: their numbers count up.
        orders.all.sort_by_cached_key(|order| {
            let id = order.record.id.as_str();
            let newest = std::cmp::Reverse((id.len(), id.to_owned()));
            (
                order.group,
                order
                    .verdict
                    .clock
                    .as_ref()
                    .map(crate::domain::clock::Clock::closes),
                newest,
            )
        });
        for order in &orders.all {
            let total = order.record.total();
            let mut standing = Standing::new(&order.record, &order.verdict, now);
            // Of the Russian site no order's own page is read.
            standing.to_check &= !order.record.is_only_on(Page::OrderListRu);
            orders.summary.add(&order.record.id, standing, total, now);
            if order.protected() {
                orders.protected.1 += 1;
                if let Some(total) = total {
                    add(&mut orders.protected.0, total);
                }
            }
        }
        orders
    }

    /// When the passing of time alone changes what is shown.
    pub fn next_change(&self, now: Moment) -> Option<Moment> {
        self.all
            .iter()
            .filter_map(|order| order.verdict.next_change(now))
            .min()
    }
}

fn add(sums: &mut Vec<Money>, money: &Money) {
    match sums.iter_mut().find(|sum| sum.currency == money.currency) {
        Some(sum) => {
            if let Some(added) = sum.plus(money) {
                *sum = added;
            }
        }
        None => sums.push(money.clone()),
    }
}
