//! The shop's own names for the stages of a dispute, as its interfaces have them. Where it has no words for one in the page's
//! language, a page can show the name itself.
//!
//! Sources: the interface for sellers, and what programs written against it know. A name that does not say how a dispute ended, or
//! whose turn it is, is none of these: it is shown as it is.

use crate::domain::dispute::DisputeStage;

const CODES: [(&str, DisputeStage); 19] = [
    ("WAIT_SELLER_CONFIRM_REFUND", DisputeStage::SellerToAnswer),
    ("wait_seller_accept", DisputeStage::SellerToAnswer),
    ("SELLER_REFUSE_REFUND", DisputeStage::BuyerToAnswer),
    ("wait_buyer_accept", DisputeStage::BuyerToAnswer),
    (
        "seller_accept_and_buyer_refused",
        DisputeStage::BuyerToAnswer,
    ),
    ("ARBITRATING", DisputeStage::PlatformReviewing),
    ("platform_give_solution", DisputeStage::PlatformReviewing),
    ("平台介入处理中", DisputeStage::PlatformReviewing),
    ("judgment_for_cc", DisputeStage::Judged),
    ("platform_arbitrate", DisputeStage::Judged),
    ("AliExpress' Judgment Details", DisputeStage::Judged),
    ("WAIT_BUYER_SEND_GOODS", DisputeStage::ReturnWanted),
    ("wait_for_buyer_returnid", DisputeStage::ReturnWanted),
    ("等待买家退货", DisputeStage::ReturnWanted),
    ("WAIT_SELLER_RECEIVE_GOODS", DisputeStage::ReturnChecked),
    (
        "wait_for_warehouse_quality_check",
        DisputeStage::ReturnChecked,
    ),
    ("refund_success", DisputeStage::Refunded),
    ("refund_reject", DisputeStage::Refused),
    ("canceled_issue", DisputeStage::Cancelled),
];

/// The stage that the text, as a whole, is the shop's name for.
#[must_use]
pub fn stage_of_code(text: &str) -> Option<DisputeStage> {
    let text = text.trim();
    let found = CODES.iter().find(|(code, _)| *code == text);
    found.map(|(_, stage)| *stage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_whole_text_and_nothing_like_it() {
        assert_eq!(
            stage_of_code(" ARBITRATING "),
            Some(DisputeStage::PlatformReviewing)
        );
        for other in [
            "",
            "arbitrating",
            "ARBITRATING now",
            "WAIT_SELLER_CONFIRM_REFUND_2",
            // How these ended, or whose turn it is, they do not say.
            "finish",
            "processing",
            "seller_reponse_timeout",
            "reached",
            "perform",
        ] {
            assert_eq!(stage_of_code(other), None, "{other}");
        }
    }

    #[test]
    fn every_code_is_there_once() {
        for (at, (code, _)) in CODES.iter().enumerate() {
            assert!(
                CODES.iter().skip(at + 1).all(|(other, _)| other != code),
                "{code}"
            );
        }
    }
}
