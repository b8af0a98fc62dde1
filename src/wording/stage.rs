//! The words about a dispute: where it stands, whose turn it is, by when, and what is told beside the shop's controls.

use crate::browser::intl::DayStyle;
use crate::domain::case::Case;
use crate::domain::clock::Clock;
use crate::domain::dispute::DisputeStage;
use crate::domain::money::Money;
use crate::domain::stages::Turn;
use crate::domain::time::Moment;
use crate::domain::verdict::Verdict;
use crate::domain::warning::{Offer, Warning};

use super::Wording;

/// What is said of one dispute in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageWords {
    /// Whose turn it is, or that it is not known where it stands.
    pub head: String,
    /// Whether it is the buyer's.
    pub is_buyers: bool,
    /// What the stage means; where it is not known, the shop's own words for it.
    pub meaning: String,
    pub is_quote: bool,
    /// By when something is to be done.
    pub until: Vec<String>,
    /// What not to do, the most important of it.
    pub care: Option<String>,
}

impl Wording {
    #[must_use]
    pub fn stage(&self, case: &Case<'_>, verdict: &Verdict, now: Moment) -> StageWords {
        let text = |key: &str| self.messages.text(key);
        let Some(guide) = case.guide() else {
            let unknown = case.unknown.map(|unknown| unknown.words.to_owned());
            return StageWords {
                head: text(if unknown.is_some() {
                    "stage_unknown"
                } else {
                    "stage_unread"
                }),
                is_buyers: false,
                is_quote: unknown.is_some(),
                meaning: unknown.unwrap_or_else(|| text("stage_unread_help")),
                until: Vec::new(),
                care: None,
            };
        };
        let turn = text(&["stage_turn_", guide.turn.name()].concat());
        let name = text(stage_key(guide.stage));
        let clocks = case.clocks(verdict, now);
        StageWords {
            head: [turn.as_str(), " · ", &name].concat(),
            is_buyers: guide.turn == Turn::Buyer,
            meaning: text(&of("stage_means_", guide.stage.name())),
            is_quote: false,
            until: clocks
                .into_iter()
                .map(|clock| self.stage_until(clock, now))
                .collect(),
            care: guide.avoid.first().map(|id| self.advice(id)),
        }
    }

    /// "Your answer to the offer: last day Sun, Nov 22"
    #[must_use]
    pub fn stage_until(&self, clock: &Clock, now: Moment) -> String {
        let until = self.last_day(clock, DayStyle::Weekday, now);
        self.said_of(&self.window(clock.kind), &until)
    }

    /// A piece of advice.
    #[must_use]
    pub fn advice(&self, id: &str) -> String {
        self.messages.text(&of("stage_advice_", id))
    }

    /// What is told beside a control: what it does, and what follows from that.
    #[must_use]
    pub fn warning(&self, warning: &Warning<'_>, now: Moment) -> (String, String) {
        let text = |key: &str| self.messages.text(key);
        let with_clock = |key: &str, clock: &Clock| {
            let until = self.last_day(clock, DayStyle::Weekday, now);
            self.messages.with(key, &[&until])
        };
        match warning {
            Warning::Accept { offer, judged } => {
                let money = |key: &str, sums: [&Money; 2]| {
                    let [one, other] = sums.map(|sum| self.intl.money(sum));
                    self.messages.with(key, &[&one, &other])
                };
                let head = match offer {
                    Offer::Nothing => text("warning_accept_nothing"),
                    Offer::Less { offered, paid } => money("warning_accept_less", [offered, paid]),
                    Offer::LessThanAsked { offered, asked } => {
                        money("warning_accept_less_asked", [offered, asked])
                    }
                    Offer::Other => text("warning_accept_ends"),
                };
                let why = match (judged, offer) {
                    (true, _) => "warning_accept_judged_why",
                    (false, Offer::Nothing) => "warning_accept_nothing_why",
                    (false, _) => "warning_accept_why",
                };
                (head, text(why))
            }
            Warning::CancelSoon(clock) => (
                with_clock("warning_cancel_soon", clock),
                text("warning_cancel_why"),
            ),
            Warning::CancelLast => (text("warning_cancel_last"), text("warning_cancel_why")),
            Warning::ChangeReason => (text("warning_change"), text("warning_change_why")),
            Warning::ConfirmInDispute => {
                (text("warning_confirm_open"), text("warning_confirm_why"))
            }
            Warning::ConfirmNotHere(clock) => (
                text("warning_confirm_not_here"),
                with_clock("warning_confirm_not_here_why", clock),
            ),
        }
    }
}

/// The key of a text about something whose name has hyphens.
fn of(beginning: &str, name: &str) -> String {
    [beginning, &name.replace('-', "_")].concat()
}

/// The key of a stage's name.
#[must_use]
pub const fn stage_key(stage: DisputeStage) -> &'static str {
    match stage {
        DisputeStage::SellerToAnswer => "dispute_stage_seller_to_answer",
        DisputeStage::BuyerToAnswer => "dispute_stage_buyer_to_answer",
        DisputeStage::PlatformReviewing => "dispute_stage_platform_reviewing",
        DisputeStage::EvidenceWanted => "dispute_stage_evidence_wanted",
        DisputeStage::Judged => "dispute_stage_judged",
        DisputeStage::ReturnWanted => "dispute_stage_return_wanted",
        DisputeStage::ReturnChecked => "dispute_stage_return_checked",
        DisputeStage::Refunded => "dispute_stage_refunded",
        DisputeStage::Refused => "dispute_stage_refused",
        DisputeStage::Cancelled => "dispute_stage_cancelled",
    }
}
