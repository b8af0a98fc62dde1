//! One page that a check opens, and what came of it.

use crate::domain::order::OrderId;

/// What came of one order's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It gave the order an exact date.
    Dated,
    /// It was read, and gave none.
    Undated,
    /// Nothing of it could be read.
    Nothing,
    /// The user closed its tab.
    Skipped,
}

impl Outcome {
    pub const ALL: [Self; 4] = [Self::Dated, Self::Undated, Self::Nothing, Self::Skipped];

    /// The name under which it is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dated => "dated",
            Self::Undated => "undated",
            Self::Nothing => "nothing",
            Self::Skipped => "skipped",
        }
    }
}

/// One order whose page is to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    pub order: OrderId,
    /// The address of its page.
    pub link: String,
    pub outcome: Option<Outcome>,
    /// How often its tab was asked for and did not come.
    pub failed: u8,
}

impl Visit {
    #[must_use]
    pub const fn new(order: OrderId, link: String) -> Self {
        Self {
            order,
            link,
            outcome: None,
            failed: 0,
        }
    }
}
