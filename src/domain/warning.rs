//! What the buyer is told beside a control of the shop's that cannot be taken back. Nothing is told where there is nothing to lose.

use super::case::Case;
use super::clock::{Clock, ClockKind};
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

/// What is offered, from the worst to what need not be bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Offer<'a> {
    Nothing,
    /// Less than was asked for.
    LessThanAsked {
        offered: &'a Money,
        asked: &'a Money,
    },
    /// Less than was paid.
    Less {
        offered: &'a Money,
        paid: &'a Money,
    },
    /// Whatever it is: accepting it ends the dispute.
    Other,
}

/// What is told beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning<'a> {
    /// What is accepted is final. Who declines what the seller offers is judged by the shop; what the shop has judged can at most be
    /// appealed.
    Accept { offer: Offer<'a>, judged: bool },
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
    match control {
        // The control itself says that there is something to accept, wherever the dispute was read to stand last. Of several disputes
        // it may be about any.
        Control::Accept => open()
            .map(|case| (offer(case, sums), case.is_judged()))
            .min()
            .map(|(offer, judged)| Warning::Accept { offer, judged }),
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

/// What is offered in a dispute, by the sums that are known.
fn offer<'a>(case: &Case<'a>, sums: Sums<'a>) -> Offer<'a> {
    let Some(offered) = case.amount else {
        return Offer::Other;
    };
    if offered.mantissa <= 0 {
        return Offer::Nothing;
    }
    let more = |sum: &&Money| sum.is_more_than(offered) == Some(true);
    match (sums.asked, sums.paid.filter(more)) {
        (Some(asked), _) if more(&asked) => Offer::LessThanAsked { offered, asked },
        // What was asked for is what counts, where that is known.
        (None, Some(paid)) => Offer::Less { offered, paid },
        (Some(asked), Some(paid)) if asked.is_more_than(offered).is_none() => {
            Offer::Less { offered, paid }
        }
        _ => Offer::Other,
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
