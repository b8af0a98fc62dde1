//! What could not be read, and what was read and is not believed. A problem is shown to the user; it is never replaced by
//! a guess.

use serde::{Deserialize, Serialize};

/// The part of an order that a problem is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    OrderId,
    Placed,
    Shipped,
    Completed,
    Delivered,
    State,
    Total,
    Store,
    Lines,
    Deadline,
    Window,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// No place on the page where it should be.
    Missing,
    /// There is text, and no value in it that is known.
    Unreadable,
    /// More than one value fits: 03/04, or two order numbers on one card.
    Ambiguous,
    /// A value that cannot be: a deadline before the order, a day in year 9999, a window of no days.
    Impossible,
}

/// One field that could not be read, with the text that was there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    pub field: Field,
    pub trouble: Trouble,
    /// As printed, at most [`Problem::TEXT_LIMIT`] characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl Problem {
    pub const TEXT_LIMIT: usize = 160;

    #[must_use]
    pub fn new(field: Field, trouble: Trouble, text: &str) -> Self {
        Self { field, trouble, text: text.chars().take(Self::TEXT_LIMIT).collect() }
    }
}
