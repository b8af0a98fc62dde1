//! The sentences of a claim in the user's own language.

use crate::browser::intl::DayStyle;
use crate::domain::claim::{Happened, Solution};
use crate::domain::money::Money;
use crate::domain::statement::Phrases;
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

    fn request(&self, solution: Solution, all: bool, sum: Option<&Money>) -> String {
        let sum = sum.map(|sum| self.intl.money(sum));
        match (solution, sum) {
            (Solution::RefundOnly, None) => self.messages.text("statement_refund"),
            (Solution::ReturnAndRefund, None) => self.messages.text("statement_return"),
            (Solution::RefundOnly, Some(sum)) => {
                let key = if all {
                    "statement_refund_all"
                } else {
                    "statement_refund_part"
                };
                self.messages.with(key, &[&sum])
            }
            (Solution::ReturnAndRefund, Some(sum)) => {
                let key = if all {
                    "statement_return_all"
                } else {
                    "statement_return_part"
                };
                self.messages.with(key, &[&sum])
            }
        }
    }
}
