//! Clocks: the windows of one order, each with its end, how sure it is, and because of what.

use super::ledger::Record;
use super::rules::{Anchor, Certainty, Days, PrintedDays, RULES, Rule, Shows};
use super::sighting::{Fact, Page, Sighting};
use super::time::{Day, Moment, Zones};

/// What a window allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockKind {
    /// A claim for a parcel that did not arrive becomes possible at its end.
    ClaimOpens,
    /// The money comes back if nothing was delivered before its end.
    DeliveryGuarantee,
    /// Return or refund for any reason, counted from the receipt.
    ClaimAfterReceipt,
    /// Dispute for a defective item or one not as described, counted from the order.
    DefectClaim,
    /// Sending it back at no cost.
    FreeReturn,
    /// A coupon for a late delivery can be claimed at its end.
    LateCoupon,
    /// The seller is to accept the cancelling of an order that was not sent.
    CancelBeforeShipping,
    /// The seller is to answer the dispute.
    SellerAnswer,
    /// The platform steps in.
    PlatformDecision,
    /// The buyer is to answer the seller's offer.
    BuyerAnswer,
    /// The buyer is to supply the evidence asked for.
    EvidenceDue,
    /// The buyer is to send the parcel back.
    ReturnDue,
    /// The buyer may appeal against the judgment.
    Appeal,
    /// The refund is to arrive.
    RefundExpected,
    /// Withdrawal from the purchase, by the law of the European Union.
    Withdrawal,
    /// Legal guarantee against defects, by the law of the European Union.
    LegalGuarantee,
    /// Dispute with the card's bank.
    CardDispute,
    /// Dispute with PayPal.
    PaypalDispute,
}

/// What the end of a window means to the buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The buyer loses something at its end if nothing is done: what a badge is for.
    Act,
    /// Somebody else is to do something by its end.
    Wait,
    /// Something becomes possible at its end.
    Opening,
    /// A way outside the shop: law, bank, PayPal.
    Outside,
}

impl ClockKind {
    pub const ALL: [Self; 18] = [
        Self::ClaimOpens,
        Self::DeliveryGuarantee,
        Self::ClaimAfterReceipt,
        Self::DefectClaim,
        Self::FreeReturn,
        Self::LateCoupon,
        Self::CancelBeforeShipping,
        Self::SellerAnswer,
        Self::PlatformDecision,
        Self::BuyerAnswer,
        Self::EvidenceDue,
        Self::ReturnDue,
        Self::Appeal,
        Self::RefundExpected,
        Self::Withdrawal,
        Self::LegalGuarantee,
        Self::CardDispute,
        Self::PaypalDispute,
    ];

    /// The name in `data-clock` and in message keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ClaimOpens => "claim-opens",
            Self::DeliveryGuarantee => "delivery-guarantee",
            Self::ClaimAfterReceipt => "claim-after-receipt",
            Self::DefectClaim => "defect-claim",
            Self::FreeReturn => "free-return",
            Self::LateCoupon => "late-coupon",
            Self::CancelBeforeShipping => "cancel-before-shipping",
            Self::SellerAnswer => "seller-answer",
            Self::PlatformDecision => "platform-decision",
            Self::BuyerAnswer => "buyer-answer",
            Self::EvidenceDue => "evidence-due",
            Self::ReturnDue => "return-due",
            Self::Appeal => "appeal",
            Self::RefundExpected => "refund-expected",
            Self::Withdrawal => "withdrawal",
            Self::LegalGuarantee => "legal-guarantee",
            Self::CardDispute => "card-dispute",
            Self::PaypalDispute => "paypal-dispute",
        }
    }

    #[must_use]
    pub const fn role(self) -> Role {
        match self {
            Self::ClaimOpens | Self::LateCoupon => Role::Opening,
            Self::DeliveryGuarantee
            | Self::ClaimAfterReceipt
            | Self::DefectClaim
            | Self::FreeReturn
            | Self::BuyerAnswer
            | Self::EvidenceDue
            | Self::ReturnDue
            | Self::Appeal => Role::Act,
            Self::CancelBeforeShipping
            | Self::SellerAnswer
            | Self::PlatformDecision
            | Self::RefundExpected => Role::Wait,
            Self::Withdrawal | Self::LegalGuarantee | Self::CardDispute | Self::PaypalDispute => {
                Role::Outside
            }
        }
    }
}

/// One way to a window's end: a rule, the day it counts from and the sightings that it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub rule: &'static Rule,
    /// The day that was read: the printed deadline, or the day that is counted from.
    pub anchor: Day,
    /// The days added to the anchor.
    pub days: u16,
    /// The window has ended when this day begins.
    pub end_day: Day,
    pub closes: Moment,
    /// What the anchor was read from.
    pub sighting: Sighting,
    /// What the number of days was read from, if a page printed it.
    pub days_sighting: Option<Sighting>,
}

/// Why a candidate does not decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rejection {
    /// A surer source gives another date.
    LessSure,
    /// An equally sure source gives an earlier date.
    Later,
    /// The same page has since printed another date.
    Superseded,
    /// It would end before the order was placed.
    BeforeOrder,
}

/// One window of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    pub kind: ClockKind,
    /// What decides.
    pub because: Candidate,
    /// The last whole day, in the buyer's calendar, on which one can act.
    pub last_day: Day,
    pub not_used: Vec<(Candidate, Rejection)>,
}

impl Clock {
    #[must_use]
    pub const fn closes(&self) -> Moment {
        self.because.closes
    }

    #[must_use]
    pub const fn certainty(&self) -> Certainty {
        self.because.rule.certainty
    }
}

/// All windows of the order that its record supports, open and over, by kind.
#[must_use]
pub fn clocks(record: &Record, now: Moment, zones: Zones<'_>) -> Vec<Clock> {
    let state = record.state();
    let placed = record.placed();
    let mut all: Vec<(Candidate, Option<Rejection>)> = Vec::new();
    for rule in RULES {
        // A printed date stands on its own where the state could not be read; a counted one does not.
        let applies = state.map_or(rule.certainty == Certainty::Printed, |state| {
            rule.states.contains(&state)
        });
        if !applies {
            continue;
        }
        for (days, days_sighting) in days_of(rule, record) {
            for (anchor, sighting) in anchors(rule.anchor, record) {
                let Some(end_day) = anchor.plus(i64::from(days)) else {
                    continue;
                };
                let Some(closes) = zones.earliest_start(end_day) else {
                    continue;
                };
                if rule.shows == Shows::WhenOver && closes > now {
                    continue;
                }
                let rejection = placed
                    .is_some_and(|placed| end_day <= placed)
                    .then_some(Rejection::BeforeOrder);
                let candidate = Candidate {
                    rule,
                    anchor,
                    days,
                    end_day,
                    closes,
                    sighting: sighting.clone(),
                    days_sighting: days_sighting.cloned(),
                };
                all.push((candidate, rejection));
            }
        }
    }
    supersede(&mut all);
    ClockKind::ALL
        .iter()
        .filter_map(|kind| decide(*kind, &all, zones))
        .collect()
}

/// A page that has printed another date since does not stand by its old one: the seller may have extended.
fn supersede(all: &mut [(Candidate, Option<Rejection>)]) {
    let printed: Vec<(Page, Moment)> = all
        .iter()
        .filter(|(candidate, rejection)| {
            candidate.rule.certainty == Certainty::Printed && rejection.is_none()
        })
        .map(|(candidate, _)| (candidate.sighting.page, candidate.sighting.last))
        .collect();
    for (candidate, rejection) in all.iter_mut() {
        let newer = |(page, last): &(Page, Moment)| {
            *page == candidate.sighting.page && *last > candidate.sighting.last
        };
        if candidate.rule.certainty == Certainty::Printed
            && rejection.is_none()
            && printed.iter().any(newer)
        {
            *rejection = Some(Rejection::Superseded);
        }
    }
}

fn decide(
    kind: ClockKind,
    all: &[(Candidate, Option<Rejection>)],
    zones: Zones<'_>,
) -> Option<Clock> {
    let of_kind = || {
        all.iter()
            .filter(|(candidate, _)| candidate.rule.clock == kind)
    };
    let winner = of_kind()
        .filter(|(_, rejection)| rejection.is_none())
        .map(|(candidate, _)| candidate)
        .min_by_key(|candidate| {
            (
                candidate.rule.certainty,
                candidate.closes,
                candidate.sighting.page,
                candidate.rule.id,
            )
        })?;
    let not_used = of_kind()
        .filter(|(candidate, _)| candidate != winner)
        .map(|(candidate, rejection)| {
            let reason = rejection.unwrap_or(if candidate.rule.certainty > winner.rule.certainty {
                Rejection::LessSure
            } else {
                Rejection::Later
            });
            (candidate.clone(), reason)
        })
        .collect();
    let last_day = zones.last_whole_day(winner.closes)?;
    Some(Clock {
        kind,
        because: winner.clone(),
        last_day,
        not_used,
    })
}

/// The numbers of days that a rule may count, each with the sighting that printed it.
fn days_of<'a>(rule: &Rule, record: &'a Record) -> Vec<(u16, Option<&'a Sighting>)> {
    match rule.days {
        Days::Fixed(days) => vec![(days, None)],
        Days::Printed(printed) => {
            let numbers = record.all(move |fact| match (printed, fact) {
                (PrintedDays::ReturnWithinDaysOfReceipt, Fact::ReturnWithinDaysOfReceipt(days))
                | (PrintedDays::DisputeWithinDaysOfOrder, Fact::DisputeWithinDaysOfOrder(days))
                | (
                    PrintedDays::FreeReturnWithinDaysOfDelivery,
                    Fact::FreeReturnWithinDaysOfDelivery(days),
                ) => Some(*days),
                _ => None,
            });
            numbers
                .map(|(days, sighting)| (days, Some(sighting)))
                .collect()
        }
    }
}

fn anchors(anchor: Anchor, record: &Record) -> Vec<(Day, &Sighting)> {
    let days = record.all(move |fact| match (anchor, fact) {
        (Anchor::RefundIfNotDeliveredBefore, Fact::RefundIfNotDeliveredBefore(day))
        | (Anchor::RefundStep, Fact::RefundStep(day))
        | (Anchor::Placed, Fact::Placed(day))
        | (Anchor::Shipped, Fact::Shipped(day))
        | (Anchor::Delivered, Fact::Delivered(day))
        | (Anchor::Completed, Fact::Completed(day)) => Some(*day),
        _ => None,
    });
    days.collect()
}
