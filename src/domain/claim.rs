//! A claim: what happened to an order line, and what the buyer asks for.

use super::money::Money;
use super::order::OrderId;
use super::sha256::Sha256;
use super::time::Moment;

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

    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
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

    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// A file of the evidence, as the form's plan needs to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimFile {
    /// Under which the locker knows it.
    pub hash: Sha256,
    pub name: String,
    pub kind: FileKind,
    pub bytes: u64,
    /// Whether a copy can be made of it that is a JPEG, as small as is wanted.
    pub copies: bool,
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

/// A claim as far as the buyer has told of it: one for each order line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub order: OrderId,
    /// The order's line, counted from 1 in the order in which its page shows them.
    pub line: u8,
    pub happened: Option<Happened>,
    pub solution: Option<Solution>,
    /// `None`: all that was paid.
    pub amount: Option<Money>,
    /// What the buyer says in own words.
    pub words: String,
    /// The sentences that the buyer has left out.
    pub without: Vec<Sentence>,
    /// The language in which it is told: one of the interface's.
    pub language: &'static str,
    /// Whether photos and videos go to the shop with the place where they were taken.
    pub with_place: bool,
    pub edited: Moment,
}

impl Draft {
    /// The longest own words that are kept, in characters: more than any form takes.
    pub const WORDS: usize = 4000;
    /// What disputes are decided in.
    pub const LANGUAGE: &'static str = "en";

    #[must_use]
    pub const fn new(order: OrderId, line: u8, at: Moment) -> Self {
        Self {
            order,
            line,
            happened: None,
            solution: None,
            amount: None,
            words: String::new(),
            without: Vec::new(),
            language: Self::LANGUAGE,
            with_place: false,
            edited: at,
        }
    }

    /// Whether there is nothing in it that would be missed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.happened.is_none() && self.words.trim().is_empty()
    }
}

/// Words of the buyer's own that are kept for the next claim about the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub happened: Happened,
    pub words: String,
    pub made: Moment,
}

/// A sentence of a claim's description, by what it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sentence {
    /// Which item it is.
    Item,
    /// What happened.
    Happened,
    /// The days that the shop itself has printed.
    Days,
    /// The buyer's own words.
    Words,
    /// What the buyer asks for.
    Request,
}

impl Sentence {
    pub const ALL: [Self; 5] = [
        Self::Item,
        Self::Happened,
        Self::Days,
        Self::Words,
        Self::Request,
    ];

    /// The name under which it is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Happened => "happened",
            Self::Days => "days",
            Self::Words => "words",
            Self::Request => "request",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_in_which_something_was_chosen_or_written_would_be_missed() {
        let empty = Draft::new(OrderId::new("8212313961591322").unwrap(), 1, Moment(0));
        assert!(empty.is_empty());
        for (happened, words, is_empty) in [
            (None, " \n", true),
            (None, "It is torn.", false),
            (Some(Happened::Damaged), "", false),
            (Some(Happened::Damaged), "It is torn.", false),
        ] {
            let draft = Draft {
                happened,
                words: words.to_owned(),
                ..empty.clone()
            };
            assert_eq!(draft.is_empty(), is_empty, "{words:?}");
        }
    }
}
