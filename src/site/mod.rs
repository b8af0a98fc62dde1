//! Everything that is AliExpress: its addresses, its selectors, its words, and the readers of its pages.
//!
//! Readers are written against [`PageNode`], so the same reader runs on the browser's page and, in native tests, on a
//! parsed fixture. A reader returns what it saw and what it could not read; it never guesses.
//!
//! The shape of the pages is that of scrapers, exporters and captured responses up to September 2026. Labels drift, so no
//! field is found by its label: by `data-pl`, by class, by structure or by its link.

pub mod address;
mod arrival;
pub mod detail_page;
mod dispute;
pub mod dispute_control;
pub mod dispute_page;
mod fields;
pub mod lexicon;
pub mod list_page;
pub mod listing_page;
pub mod node;
pub mod report;
pub mod returns_page;
pub mod ru_list_page;
mod sentences;
pub mod ship_to;
pub mod stage_code;
pub mod strategy;
mod time_left;
pub mod tracking_page;
pub mod uploads;
mod words;

pub use lexicon::Lexicon;
pub use node::PageNode;

use crate::domain::problem::Trouble;
use crate::domain::rules::LONGEST_WINDOW;
use crate::domain::sighting::Page;
use crate::domain::time::Day;

/// What a reader is told about the page it reads.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    pub page: Page,
    /// When it is read, by the computer's clock.
    pub at: crate::domain::time::Moment,
    /// The earliest moment at which the shop can have made the page, for what it counts from then on.
    pub made: Option<crate::domain::time::Moment>,
    /// The buyer's today: nothing has happened later than this.
    pub today: Option<Day>,
    /// The day on which the order was placed, if it is known already: nothing has happened before it.
    pub placed: Option<Day>,
    /// The languages that it is read with.
    pub lexicon: &'static Lexicon,
}

impl Context {
    /// The day, if no window that is known can end after it: what is printed behind it as a year may be an amount.
    fn not_too_late(&self, day: Day) -> Result<Day, Trouble> {
        let from = self.placed.or(self.today);
        let latest = from.and_then(|from| from.plus(LONGEST_WINDOW.into()));
        if latest.is_some_and(|latest| day > latest) {
            return Err(Trouble::Impossible);
        }
        Ok(day)
    }
}
