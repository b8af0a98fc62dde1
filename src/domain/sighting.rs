//! One fact that a page of the shop showed, with the text it came from and when it was read.

use std::rc::Rc;

use super::clock::ClockKind;
use super::country::Country;
use super::dispute::{DisputeStage, DisputeStep};
use super::money::Money;
use super::number;
use super::order::{OrderId, OrderLine, OrderState};
use super::problem::Problem;
use super::time::{Day, Moment};

/// The page of the shop that something was read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    OrderList,
    OrderDetail,
    Tracking,
    /// The list of returns and refunds.
    ReturnsList,
    /// The page of one dispute.
    Dispute,
    /// The order list of the shop's Russian site, which is a site of its own.
    OrderListRu,
}

impl Page {
    pub const ALL: [Self; 6] = [
        Self::OrderList,
        Self::OrderDetail,
        Self::Tracking,
        Self::ReturnsList,
        Self::Dispute,
        Self::OrderListRu,
    ];

    /// The name under which it is kept and reported.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OrderList => "order-list",
            Self::OrderDetail => "order-detail",
            Self::Tracking => "tracking",
            Self::ReturnsList => "returns-list",
            Self::Dispute => "dispute",
            Self::OrderListRu => "order-list-ru",
        }
    }
}

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    Placed(Day),
    Shipped(Day),
    Delivered(Day),
    Completed(Day),
    State(OrderState),
    Total(Money),
    /// "Refund if no delivery before": the day from whose start the guarantee has ended.
    RefundIfNotDeliveredBefore(Day),
    /// The date of the step of an order's page at which the refund stands, in words that are not understood.
    RefundStep(Day),
    /// "Return or refund within N days of confirming receipt".
    ReturnWithinDaysOfReceipt(u16),
    /// "Open a dispute within N days after the order was placed".
    DisputeWithinDaysOfOrder(u16),
    /// "Send it back within N days after delivery".
    FreeReturnWithinDaysOfDelivery(u16),
    /// The day on which the order was paid.
    Paid(Day),
    /// The latest day by which the shop promises the delivery.
    PromisedBy(Day),
    /// "Coupon if delayed by": the promised day after which a coupon can be claimed.
    CouponIfDelayedBy(Day),
    /// The day of the latest event that the carrier reports.
    Tracked(Day),
    /// A printed end of a window other than the delivery guarantee: "the seller has to answer before". The day from whose
    /// start the window is over.
    Ends(ClockKind, Day),
    /// How long it is until such an end, printed: the last day that has begun when that time, counted short, is over.
    TimeLeft(ClockKind, Day),
    Step(DisputeStep, Day),
    Stage(DisputeStage),
    Service(Service),
    /// The country that the order is sent to.
    ShipTo(Country),
    /// What the page of a dispute says is given back.
    RefundAmount(Money),
    /// What is known of one part of an order that was split, and not of the order.
    OfPart(Part, PartFact),
    /// What is said of a dispute about the order line of that number, as the shop's addresses name it: an order can have a dispute
    /// for each of its lines, and what is said of one is not said of another.
    OfLine(u64, Rc<Fact>),
}

/// A part of an order that was split, counted from 1 in the order in which its page shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Line(u8),
    Package(u8),
}

/// A fact that can be of a part alone: each day means what the [`Fact`] of its name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartFact {
    Delivered(Day),
    PromisedBy(Day),
    Tracked(Day),
    RefundIfNotDeliveredBefore(Day),
}

impl PartFact {
    /// The same fact, as it would be of a whole order.
    #[must_use]
    pub const fn of_whole(self) -> Fact {
        match self {
            Self::Delivered(day) => Fact::Delivered(day),
            Self::PromisedBy(day) => Fact::PromisedBy(day),
            Self::Tracked(day) => Fact::Tracked(day),
            Self::RefundIfNotDeliveredBefore(day) => Fact::RefundIfNotDeliveredBefore(day),
        }
    }

    /// `None` for a fact that only an order has.
    #[must_use]
    pub const fn of_fact(fact: &Fact) -> Option<Self> {
        Some(match fact {
            Fact::Delivered(day) => Self::Delivered(*day),
            Fact::PromisedBy(day) => Self::PromisedBy(*day),
            Fact::Tracked(day) => Self::Tracked(*day),
            Fact::RefundIfNotDeliveredBefore(day) => Self::RefundIfNotDeliveredBefore(*day),
            _ => return None,
        })
    }
}

impl Fact {
    /// The number of the order line that it is about, 0 where none is named, and what is said of it.
    #[must_use]
    pub fn of_line(&self) -> (u64, &Self) {
        match self {
            Self::OfLine(line, fact) => (*line, fact),
            fact => (0, fact),
        }
    }

    /// The number of the order line that it is about, 0 where none is named.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.of_line().0
    }
}

/// A service that the shop names on an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    FreeReturn,
    /// Paid with a card.
    Card,
    Paypal,
}

impl Service {
    pub const ALL: [Self; 3] = [Self::FreeReturn, Self::Card, Self::Paypal];

    /// The name under which it is kept and shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::FreeReturn => "free-return",
            Self::Card => "card",
            Self::Paypal => "paypal",
        }
    }
}

/// A fact with its provenance. Readings that say the same are one sighting: first and last time, and how often.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    pub fact: Fact,
    pub page: Page,
    /// As printed, at most [`Sighting::TEXT_LIMIT`] characters; of several readings, the latest one's.
    pub text: String,
    pub first: Moment,
    pub last: Moment,
    /// How many readings gave this fact.
    pub times: u32,
}

impl Sighting {
    pub const TEXT_LIMIT: usize = 240;
}

/// Everything that one look at one page told of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub order: OrderId,
    pub page: Page,
    pub at: Moment,
    /// Facts with their text as printed.
    pub facts: Vec<(Fact, String)>,
    /// The latest day on which something was done that is still to come by the computer's clock, with its text. It is no fact;
    /// it may tell that the clock is wrong.
    pub to_come: Option<(Day, String)>,
    pub store: Option<String>,
    pub lines: Vec<OrderLine>,
    pub problems: Vec<Problem>,
}

impl Reading {
    #[must_use]
    pub fn new(order: OrderId, page: Page, at: Moment) -> Self {
        Self {
            order,
            page,
            at,
            facts: Vec::new(),
            to_come: None,
            store: None,
            lines: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// What the page said, as far as it was understood: the store, what was ordered, and the text of each fact.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let of_line = |line: &OrderLine| {
            let quantity = line
                .quantity
                .map(|n| ["×", &number::text(n.into())].concat());
            let parts = [
                line.title.as_str(),
                &line.variant,
                quantity.as_deref().unwrap_or(""),
            ];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            parts.join(" · ")
        };
        let facts = self.facts.iter().map(|(_, text)| text.clone());
        let store = self.store.iter().cloned();
        store
            .chain(self.lines.iter().map(of_line))
            .chain(facts)
            .collect()
    }

    /// Notes a fact with the text that it was read from.
    pub fn saw(&mut self, fact: Fact, text: &str) {
        self.facts
            .push((fact, text.chars().take(Sighting::TEXT_LIMIT).collect()));
    }
}
