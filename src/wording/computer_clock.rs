//! What is said where the computer's clock cannot be right.

use crate::browser::intl::ZoneOf;
use crate::domain::computer_clock::Sign;
use crate::domain::time::Moment;

use super::Wording;

impl Wording {
    /// Whether there is reason to doubt the clock that says `now`.
    #[must_use]
    pub fn doubts(&self, now: Moment) -> bool {
        self.doubt
            .as_ref()
            .is_some_and(|doubt| doubt.behind(now).is_some())
    }

    /// That the clock cannot be right, what tells so, and what that means here: one line and two sentences. `None` where there is
    /// no reason for doubt.
    #[must_use]
    pub fn clock_doubt(&self, now: Moment) -> Option<(String, String)> {
        let doubt = self.doubt.as_ref().filter(|_| self.doubts(now))?;
        let time = || self.intl.date_time(doubt.not_before, ZoneOf::Buyer);
        let (key, evidence) = match doubt.sign {
            Sign::PageDate => ("clock_page_date", doubt.evidence.clone()),
            Sign::DocumentDate => ("clock_document_date", time()),
            Sign::SetBack => ("clock_set_back", time()),
        };
        Some((
            self.messages.text("clock_wrong"),
            self.messages.with(key, &[&evidence]),
        ))
    }
}
