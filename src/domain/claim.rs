//! A claim: what happened to an order line, and what the buyer asks for.

use super::money::Money;
use super::order::OrderId;

/// What went wrong, as the buyer tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Happened {
    NeverCame,
    /// The tracking says that it was delivered, and it was not.
    MarkedDelivered,
    Damaged,
    NotWorking,
    WrongColour,
    WrongSize,
    WrongMaterial,
    WrongFunction,
    WrongItem,
    PartsMissing,
    EmptyParcel,
    Counterfeit,
    BadQuality,
    Other,
}

impl Happened {
    pub const ALL: [Self; 14] = [
        Self::NeverCame,
        Self::MarkedDelivered,
        Self::Damaged,
        Self::NotWorking,
        Self::WrongColour,
        Self::WrongSize,
        Self::WrongMaterial,
        Self::WrongFunction,
        Self::WrongItem,
        Self::PartsMissing,
        Self::EmptyParcel,
        Self::Counterfeit,
        Self::BadQuality,
        Self::Other,
    ];

    /// The name under which it is kept and shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NeverCame => "never-came",
            Self::MarkedDelivered => "marked-delivered",
            Self::Damaged => "damaged",
            Self::NotWorking => "not-working",
            Self::WrongColour => "wrong-colour",
            Self::WrongSize => "wrong-size",
            Self::WrongMaterial => "wrong-material",
            Self::WrongFunction => "wrong-function",
            Self::WrongItem => "wrong-item",
            Self::PartsMissing => "parts-missing",
            Self::EmptyParcel => "empty-parcel",
            Self::Counterfeit => "counterfeit",
            Self::BadQuality => "bad-quality",
            Self::Other => "other",
        }
    }

    /// Whether the buyer holds the parcel in hands: what the shop asks first.
    #[must_use]
    pub const fn received(self) -> bool {
        !matches!(self, Self::NeverCame | Self::MarkedDelivered)
    }
}

/// What the buyer asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Solution {
    /// The money, whole or in part; what came is kept.
    RefundOnly,
    /// The goods go back and the money comes back.
    ReturnAndRefund,
}

impl Solution {
    pub const ALL: [Self; 2] = [Self::RefundOnly, Self::ReturnAndRefund];

    /// The name under which it is kept and shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RefundOnly => "refund-only",
            Self::ReturnAndRefund => "return-refund",
        }
    }
}

/// A file of the evidence, as the form's plan needs to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimFile {
    /// SHA-256 in hexadecimal: what it is called in the locker.
    pub hash: String,
    pub name: String,
    pub kind: FileKind,
    pub bytes: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    Picture,
    Video,
}

/// What is asked for one order line, ready for the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub order: OrderId,
    pub happened: Happened,
    pub solution: Solution,
    /// `None`: as much as the form proposes.
    pub amount: Option<Money>,
    /// The text, in the language that it is sent in.
    pub description: String,
    pub files: Vec<ClaimFile>,
}
