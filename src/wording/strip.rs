//! The words of the strip above the list, which the popup's head shares.

use crate::domain::date_check::{Progress, Stop};
use crate::domain::order::OrderId;
use crate::domain::rules::Certainty;
use crate::domain::summary::Summary;
use crate::domain::time::Moment;
use crate::domain::verdict::TimeLeft;

use super::Wording;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StripWords {
    /// "3 orders end within a week", or that none does.
    pub sentence: String,
    /// "R$ 214,20 at risk"; absent where no amount is known.
    pub at_risk: Option<String>,
    /// "11 orders without an exact date"
    pub without_date: Option<String>,
    /// "Check exact dates (11)"
    pub check: Option<String>,
}

impl Wording {
    /// While the computer's clock is doubted, what ends within a week is not known.
    #[must_use]
    pub fn summary(&self, summary: &Summary, now: Moment) -> StripWords {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let doubted = self.doubts(now);
        let sentence = match count(summary.ending.len()) {
            _ if doubted => self.messages.text("badge_time_unsure"),
            0 => self.messages.text("strip_none"),
            n => self.counted("strip_ending", n),
        };
        let amounts: Vec<String> = summary
            .at_risk
            .iter()
            .map(|money| self.intl.money(money))
            .collect();
        StripWords {
            sentence,
            at_risk: (!doubted && !amounts.is_empty()).then(|| {
                self.messages
                    .with("strip_at_risk", &[&self.intl.list(&amounts)])
            }),
            without_date: match count(summary.without_date) {
                0 => None,
                n => Some(self.counted("strip_without_date", n)),
            },
            check: match count(summary.to_check) {
                0 => None,
                n => Some(self.messages.with("check_start", &[&self.number(n)])),
            },
        }
    }

    /// How far a check of exact dates has come.
    #[must_use]
    pub fn check(&self, progress: &Progress) -> String {
        // The order that is being looked at counts: "3 of 12" while the third page is open.
        let (key, done) = match progress.stop {
            None => ("check_running", progress.of.min(progress.done + 1)),
            Some(Stop::Finished) => ("check_finished", progress.dated),
            Some(Stop::Cancelled) => ("check_cancelled", progress.done),
            Some(Stop::SignIn) => ("check_sign_in", progress.done),
            Some(Stop::Robots) => ("check_robots", progress.done),
            Some(Stop::Nothing) => ("check_nothing", progress.done),
            Some(Stop::Interrupted) => ("check_interrupted", progress.done),
        };
        self.messages
            .with(key, &[&self.number(done), &self.number(progress.of)])
    }

    /// The few words of a chip: "2 days".
    #[must_use]
    pub fn chip(&self, closes: Moment, now: Moment) -> String {
        match TimeLeft::of(closes.since(now), Certainty::Printed) {
            TimeLeft::Weeks(n) | TimeLeft::Days(n) => self.counted("strip_chip_days", n),
            TimeLeft::Hours(n) => self.messages.with("strip_chip_hours", &[&self.number(n)]),
            TimeLeft::Minutes(n) => self.messages.with("strip_chip_minutes", &[&self.number(n)]),
            TimeLeft::Over => self.messages.with("strip_chip_minutes", &["0"]),
        }
    }

    /// A chip's accessible name.
    #[must_use]
    pub fn chip_name(&self, order: &OrderId, left: &str) -> String {
        self.messages
            .with("strip_chip_name", &[order.as_str(), left])
    }
}
