//! The sentences of a claim in the user's own language.

use crate::browser::intl::DayStyle;
use crate::domain::claim::{Happened, Solution};
use crate::domain::statement::{Phrases, Share};
use crate::domain::time::Day;

use super::Wording;

impl Wording {
    /// A day as it is written out where nobody knows when it will be read.
    fn whole_day(&self, day: Day) -> String {
        self.intl.day(day, DayStyle::Year, None)
    }
}

impl Phrases for Wording {
    fn item(&self, name: &str) -> String {
        self.messages.with("statement_item", &[name])
    }

    fn happened(&self, happened: Happened) -> String {
        let name = happened.name().replace('-', "_");
        self.messages.text(&["statement_", &name].concat())
    }

    fn ordered(&self, placed: Day, promised: Option<Day>) -> String {
        let placed = self.whole_day(placed);
        match promised {
            Some(promised) => {
                let parts = [placed.as_str(), &self.whole_day(promised)];
                self.messages.with("statement_ordered_promised", &parts)
            }
            None => self.messages.with("statement_ordered", &[&placed]),
        }
    }

    fn delivered(&self, day: Day) -> String {
        let day = self.whole_day(day);
        self.messages.with("statement_delivered", &[&day])
    }

    fn request(&self, solution: Solution, share: Share<'_>) -> String {
        let is_return = solution == Solution::ReturnAndRefund;
        let (refund, of_return, sum) = match share {
            Share::All(None) => ("statement_refund", "statement_return", None),
            Share::All(sum) => ("statement_refund_all", "statement_return_all", sum),
            Share::Part(sum) => ("statement_refund_part", "statement_return_part", Some(sum)),
            Share::Sum(sum) => ("statement_refund_sum", "statement_return_sum", Some(sum)),
        };
        let key = if is_return { of_return } else { refund };
        match sum {
            Some(sum) => self.messages.with(key, &[&self.intl.money(sum)]),
            None => self.messages.text(key),
        }
    }
}
