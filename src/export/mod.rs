//! Files with what is known, for the user to take along: a calendar, a table, and everything as JSON.
//!
//! Pure: what they say in the user's language comes in as text, and so does the time.

mod calendar;
mod claims;
mod facts;
mod given;
mod json;
mod table;

pub use calendar::{Event, calendar, window_names};
pub use given::{Given, OVER};
pub use json::everything;
pub use table::{Row, table};

use crate::domain::aftermath::Aftermath;
use crate::domain::claim::Draft;
use crate::domain::ledger::Record;
use crate::domain::verdict::Verdict;

/// An order with what follows from what is known of it.
#[derive(Clone)]
pub struct Exported<'a> {
    pub record: &'a Record,
    pub verdict: &'a Verdict,
    /// The claims that were prepared about it.
    pub drafts: Vec<&'a Draft>,
    /// What the user has told of the time after a dispute.
    pub aftermath: Option<&'a Aftermath>,
}
