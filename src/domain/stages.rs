//! What a stage of a dispute means to the buyer: data, compiled in from `stages.toml`, which says what each key means.

use super::clock::ClockKind;
use super::dispute::DisputeStage;
use super::order::OrderId;
use super::rules::{Confidence, Provenance};

include!(concat!(env!("OUT_DIR"), "/stages.rs"));

/// Who is to do something next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    Buyer,
    Seller,
    Platform,
    /// It has ended.
    Nobody,
}

impl Turn {
    /// The end of message keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Buyer => "buyer",
            Self::Seller => "seller",
            Self::Platform => "platform",
            Self::Nobody => "nobody",
        }
    }
}

/// What is to be said about one stage. The ids are ends of message keys, with hyphens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guide {
    pub stage: DisputeStage,
    pub turn: Turn,
    /// The windows that are about it.
    pub clocks: &'static [ClockKind],
    /// What can be done, and what should not be, the most important first.
    pub can: &'static [&'static str],
    pub avoid: &'static [&'static str],
    /// Ready texts to be sent.
    pub answers: &'static [&'static str],
}

impl DisputeStage {
    /// What is to be said about it.
    #[must_use]
    pub fn guide(self) -> Option<&'static Guide> {
        GUIDES.iter().find(|guide| guide.stage == self)
    }

    /// Whether nothing more is to come of the dispute by itself, but the money.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Refunded | Self::Refused | Self::Cancelled)
    }

    /// Where its guide is from.
    #[must_use]
    pub fn provenance(self) -> Option<&'static Provenance> {
        let place = GUIDES.iter().position(|guide| guide.stage == self)?;
        STAGE_SOURCES.get(place)
    }
}

/// Where a piece of advice is from.
#[must_use]
pub fn advice(id: &str) -> Option<&'static Provenance> {
    let found = ADVICE_SOURCES.iter().find(|(known, _)| *known == id);
    found.map(|(_, provenance)| provenance)
}

/// A ready text in English, about that order.
#[must_use]
pub fn answer(id: &str, order: &OrderId) -> Option<String> {
    let (_, text) = ANSWERS.iter().find(|(known, _)| *known == id)?;
    Some(text.replace("{order}", order.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_says_whose_turn_it_is_and_what_can_be_done() {
        for stage in DisputeStage::ALL {
            let guide = stage.guide().unwrap();
            assert!(!guide.can.is_empty(), "{}", stage.name());
            assert_eq!(
                stage.is_over(),
                guide.turn == Turn::Nobody,
                "{}",
                stage.name()
            );
            // What the buyer has to do has a window in which to do it.
            let windows = guide.clocks.iter().filter(|clock| {
                matches!(
                    clock,
                    ClockKind::BuyerAnswer
                        | ClockKind::EvidenceDue
                        | ClockKind::ReturnDue
                        | ClockKind::Appeal
                )
            });
            assert!(
                guide.turn != Turn::Buyer || windows.count() > 0,
                "{}",
                stage.name()
            );
            for id in guide.can.iter().chain(guide.avoid) {
                assert!(advice(id).is_some(), "{id}");
            }
        }
    }

    #[test]
    fn a_stage_names_the_source_of_its_own_guide() {
        for (stage, source) in [
            (
                DisputeStage::SellerToAnswer,
                "the seller answers within 5 days",
            ),
            (
                DisputeStage::ReturnChecked,
                "the seller confirms within 30 days",
            ),
            (DisputeStage::Refunded, "3 to 20 business days"),
        ] {
            let from = stage.provenance().unwrap();
            assert!(from.source.contains(source), "{}", from.source);
        }
        let cancel = advice("cancel").unwrap();
        assert!(
            cancel.source.contains("cannot be opened again"),
            "{}",
            cancel.source
        );
        assert_eq!(advice("no-such"), None);
        let sources = DisputeStage::ALL.map(|stage| stage.provenance().unwrap().source);
        assert!(sources.iter().all(|source| !source.is_empty()));
    }

    #[test]
    fn an_open_dispute_is_never_to_be_cancelled_lightly() {
        for stage in DisputeStage::ALL
            .into_iter()
            .filter(|stage| !stage.is_over())
        {
            let guide = stage.guide().unwrap();
            let warned = guide.avoid.contains(&"cancel");
            // After a judgment it cannot be, and while it is sent back the parcel is what matters.
            let others = [DisputeStage::Judged, DisputeStage::ReturnWanted];
            assert!(warned || others.contains(&stage), "{}", stage.name());
        }
        let offered = DisputeStage::BuyerToAnswer.guide().unwrap();
        assert_eq!(offered.avoid.first(), Some(&"accept-less"));
    }

    #[test]
    fn an_answer_names_the_order() {
        let order = OrderId::new("8212313961591322").unwrap();
        let text = answer("no-waiting", &order).unwrap();
        assert!(text.contains("order 8212313961591322."), "{text}");
        assert_eq!(answer("no-such", &order), None);
    }
}
