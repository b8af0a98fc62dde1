//! What the files say of an order's disputes, of the claims that were prepared about it, and of the money that came back.

use crate::domain::case::{Case, cases};
use crate::domain::dispute::DisputeStage;
use crate::domain::money::{Currency, Money};
use crate::domain::statement;

use super::Exported;

/// An order's disputes, each with the amount that its page names.
pub(super) struct Disputes<'a> {
    pub cases: Vec<Case<'a>>,
}

impl<'a> Disputes<'a> {
    pub fn of(order: &Exported<'a>) -> Self {
        Self {
            cases: cases(order.record),
        }
    }

    /// What is offered in those that are open.
    pub fn offered(&self) -> impl Iterator<Item = &'a Money> + '_ {
        let open = self.cases.iter().filter(|case| !case.is_over());
        open.filter_map(|case| case.amount)
    }

    /// What was given back in those that ended so.
    pub fn refunded(&self) -> impl Iterator<Item = &'a Money> + '_ {
        let ended = self.cases.iter().filter(|case| {
            case.is_over()
                && case
                    .stage
                    .is_some_and(|(stage, _)| stage == DisputeStage::Refunded)
        });
        ended.filter_map(|case| case.amount)
    }

    /// Where each of them stands: the name of its stage, or the shop's own words for one that is not known.
    pub fn stages(&self) -> impl Iterator<Item = &str> {
        self.cases
            .iter()
            .map(|case| stage(case).unwrap_or_default())
    }
}

pub(super) fn stage<'a>(case: &Case<'a>) -> Option<&'a str> {
    let words = case.unknown.map(|unknown| unknown.words);
    words.or_else(|| case.stage.map(|(stage, _)| stage.name()))
}

/// What is asked for, by each of the claims that were prepared.
pub(super) fn asked(order: &Exported<'_>) -> Vec<Money> {
    let drafts = order.drafts.iter();
    drafts
        .filter_map(|draft| statement::amount(order.record, draft))
        .collect()
}

/// The code of a currency, or its sign as it was printed.
pub(super) fn currency(money: &Money) -> &str {
    let (Currency::Code(currency) | Currency::Sign(currency)) = &money.currency;
    currency
}
