//! What the buyer is told beside a control of the shop's that cannot be taken back. Nothing is told where there is nothing to lose.

use super::case::Case;
use super::clock::{Clock, ClockKind};
use super::dispute::DisputeStage;
use super::money::Money;
use super::order::OrderState;
use super::time::Moment;
use super::verdict::{Urgency, Verdict};

/// What a control of the shop's does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Control {
    /// Accepts what the seller or the platform proposes.
    Accept,
    /// Cancels the dispute.
    Cancel,
    /// Changes what was asked for, or why.
    Change,
    /// Confirms that the parcel was received, which releases the money.
    Confirm,
}

impl Control {
    pub const ALL: [Self; 4] = [Self::Accept, Self::Cancel, Self::Change, Self::Confirm];

    /// The value of `data-about`, and the name of its words in the shop's languages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Cancel => "cancel",
            Self::Change => "change",
            Self::Confirm => "confirm",
        }
    }
}

/// What is told beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning<'a> {
    /// The offer is nothing.
    AcceptNothing,
    /// The offer is less than was asked for.
    AcceptLessThanAsked {
        offered: &'a Money,
        asked: &'a Money,
    },
    /// The offer is less than was paid.
    AcceptLess { offered: &'a Money, paid: &'a Money },
    /// Accepting ends the dispute, whatever the offer.
    AcceptEnds,
    /// Protection ends soon: after that the dispute cannot be opened again.
    CancelSoon(&'a Clock),
    /// Protection has ended, or nothing is known of it.
    CancelLast,
    /// A personal reason makes the return the buyer's own.
    ChangeReason,
    /// A dispute is open.
    ConfirmInDispute,
    /// Nothing tells that the parcel has arrived.
    ConfirmNotHere(&'a Clock),
}

/// The sums with which an offer is compared.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sums<'a> {
    pub asked: Option<&'a Money>,
    pub paid: Option<&'a Money>,
}

/// What is told beside a control, of an order with those disputes.
#[must_use]
pub fn warning<'a>(
    control: Control,
    cases: &'a [Case<'a>],
    sums: Sums<'a>,
    verdict: &'a Verdict,
    now: Moment,
) -> Option<Warning<'a>> {
    let open = || cases.iter().filter(|case| !case.is_over());
    let stage_is = |wanted: &[DisputeStage]| {
        open().find(|case| case.stage.is_some_and(|(stage, _)| wanted.contains(&stage)))
    };
    match control {
        Control::Accept => {
            let case = stage_is(&[DisputeStage::BuyerToAnswer, DisputeStage::Judged])?;
            let Some(offered) = case.amount else {
                return Some(Warning::AcceptEnds);
            };
            if offered.mantissa <= 0 {
                return Some(Warning::AcceptNothing);
            }
            let more = |sum: &&Money| sum.is_more_than(offered) == Some(true);
            Some(match (sums.asked, sums.paid.filter(more)) {
                (Some(asked), _) if more(&asked) => Warning::AcceptLessThanAsked { offered, asked },
                // What was asked for is what counts, where that is known.
                (None, Some(paid)) => Warning::AcceptLess { offered, paid },
                (Some(asked), Some(paid)) if asked.is_more_than(offered).is_none() => {
                    Warning::AcceptLess { offered, paid }
                }
                _ => Warning::AcceptEnds,
            })
        }
        Control::Cancel => {
            open().next()?;
            match protection(verdict, now) {
                Some(clock) => (Urgency::of(clock.closes().since(now)) != Urgency::Calm)
                    .then_some(Warning::CancelSoon(clock)),
                None => Some(Warning::CancelLast),
            }
        }
        Control::Change => {
            open().next()?;
            Some(Warning::ChangeReason)
        }
        Control::Confirm if open().next().is_some() => Some(Warning::ConfirmInDispute),
        Control::Confirm => {
            let waits = verdict.state == Some(OrderState::AwaitingDelivery);
            let arrived = verdict.clocks.iter().any(|clock| {
                clock.kind == ClockKind::ClaimOpens
                    && clock.because.rule.when.received == Some(true)
            });
            verdict
                .open(ClockKind::DeliveryGuarantee, now)
                .filter(|_| waits && !arrived)
                .map(Warning::ConfirmNotHere)
        }
    }
}

/// The window in which a dispute could be opened again, of several the one that ends first: which of them counts, the shop decides.
fn protection(verdict: &Verdict, now: Moment) -> Option<&Clock> {
    let kinds = [
        ClockKind::DeliveryGuarantee,
        ClockKind::ClaimAfterReceipt,
        ClockKind::DefectClaim,
    ];
    verdict
        .clocks
        .iter()
        .filter(|clock| kinds.contains(&clock.kind) && clock.closes() > now)
        .min_by_key(|clock| clock.closes())
}
