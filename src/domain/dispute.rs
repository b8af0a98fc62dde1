//! Where a dispute stands, and the days on which its steps were taken.

/// Where a dispute stands, whatever code or words the shop has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DisputeStage {
    /// Submitted; the seller is to answer.
    SellerToAnswer,
    /// The seller offers something else; the buyer is to answer.
    BuyerToAnswer,
    /// The shop's platform examines it.
    PlatformReviewing,
    /// The platform asks for more evidence.
    EvidenceWanted,
    /// The platform has judged.
    Judged,
    /// The buyer is to send the parcel back.
    ReturnWanted,
    /// The parcel is on its way back, or being checked.
    ReturnChecked,
    /// Ended with a refund.
    Refunded,
    /// Ended without one.
    Refused,
    /// The buyer cancelled it.
    Cancelled,
}

impl DisputeStage {
    pub const ALL: [Self; 10] = [
        Self::SellerToAnswer,
        Self::BuyerToAnswer,
        Self::PlatformReviewing,
        Self::EvidenceWanted,
        Self::Judged,
        Self::ReturnWanted,
        Self::ReturnChecked,
        Self::Refunded,
        Self::Refused,
        Self::Cancelled,
    ];

    /// The name under which it is kept and shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SellerToAnswer => "seller-to-answer",
            Self::BuyerToAnswer => "buyer-to-answer",
            Self::PlatformReviewing => "platform-reviewing",
            Self::EvidenceWanted => "evidence-wanted",
            Self::Judged => "judged",
            Self::ReturnWanted => "return-wanted",
            Self::ReturnChecked => "return-checked",
            Self::Refunded => "refunded",
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A step of a dispute, or of an order's cancelling, that has a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DisputeStep {
    /// The buyer opened the dispute.
    Opened,
    /// The seller made an offer of its own.
    SellerOffered,
    /// The platform asked for evidence.
    EvidenceAsked,
    /// A return was agreed: from now on the buyer may send the parcel back.
    ReturnAgreed,
    /// The platform judged.
    Judged,
    /// A refund was decided, by agreement or by judgment.
    RefundDecided,
    /// The first day on which the refund is expected to arrive, where the page prints the last one as well.
    RefundFrom,
    /// The buyer asked to cancel the order before it was sent.
    CancelAsked,
}

impl DisputeStep {
    pub const ALL: [Self; 8] = [
        Self::Opened,
        Self::SellerOffered,
        Self::EvidenceAsked,
        Self::ReturnAgreed,
        Self::Judged,
        Self::RefundDecided,
        Self::RefundFrom,
        Self::CancelAsked,
    ];

    /// The name under which it is kept and shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opened => "dispute-opened",
            Self::SellerOffered => "seller-offered",
            Self::EvidenceAsked => "evidence-asked",
            Self::ReturnAgreed => "return-agreed",
            Self::Judged => "judged",
            Self::RefundDecided => "refund-decided",
            Self::RefundFrom => "refund-from",
            Self::CancelAsked => "cancel-asked",
        }
    }
}
