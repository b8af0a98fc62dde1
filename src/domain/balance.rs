//! Sums over orders and their claims, each currency by itself: what was paid, what is asked for, what was given back. Nothing is ever
//! converted, and what no page has told is in no sum.

use super::case::Case;
use super::dispute::DisputeStage;
use super::money::Money;
use super::order::OrderState;

/// Amounts, one for each currency, and of how many orders they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    pub amounts: Vec<Money>,
    pub count: usize,
}

impl Sum {
    pub fn add(&mut self, money: &Money) {
        self.count += 1;
        match self
            .amounts
            .iter_mut()
            .find(|sum| sum.currency == money.currency)
        {
            // What does not fit any more is left out rather than wrong.
            Some(sum) => {
                if let Some(added) = sum.plus(money) {
                    *sum = added;
                }
            }
            None => self.amounts.push(money.clone()),
        }
    }
}

/// The sums of all orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    pub paid: Sum,
    /// Of the claims about disputes that are open.
    pub asked: Sum,
    pub refunded: Sum,
}

impl Balance {
    /// Adds one order: what was paid for it, what its disputes say, and what is asked for.
    pub fn add(
        &mut self,
        state: Option<OrderState>,
        paid: Option<&Money>,
        cases: &[Case<'_>],
        asked: Option<&Money>,
    ) {
        let nothing = matches!(state, Some(OrderState::Unpaid | OrderState::Cancelled));
        if let Some(paid) = paid.filter(|_| !nothing) {
            self.paid.add(paid);
        }
        if let Some(asked) = asked.filter(|_| cases.iter().any(|case| !case.is_over())) {
            self.asked.add(asked);
        }
        for case in cases {
            let refunded = case
                .stage
                .is_some_and(|(stage, _)| stage == DisputeStage::Refunded);
            if let Some(amount) = case.amount.filter(|_| refunded) {
                self.refunded.add(amount);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::cases;
    use crate::domain::ledger::Record;
    use crate::domain::money::Currency;
    use crate::domain::samples;
    use crate::domain::sighting::{Fact, Page};

    fn money(mantissa: i64, code: &str) -> Money {
        Money {
            mantissa,
            scale: 2,
            currency: Currency::Code(code.into()),
        }
    }

    fn record(facts: &[Fact]) -> Record {
        samples::record(Page::Dispute, facts)
    }

    #[test]
    fn currencies_stay_apart() {
        let mut balance = Balance::default();
        for paid in [money(100, "EUR"), money(250, "EUR"), money(7, "BRL")] {
            balance.add(None, Some(&paid), &[], None);
        }
        assert_eq!(balance.paid.amounts, [money(350, "EUR"), money(7, "BRL")]);
        assert_eq!(balance.paid.count, 3);
    }

    #[test]
    fn only_an_open_dispute_asks_and_only_an_ended_one_has_given_back() {
        let of = |stage| record(&[Fact::Stage(stage), Fact::RefundAmount(money(500, "EUR"))]);
        let asked = money(1290, "EUR");
        let sums = |record: &Record| {
            let mut balance = Balance::default();
            balance.add(None, None, &cases(record), Some(&asked));
            (balance.asked.amounts, balance.refunded.amounts)
        };
        assert_eq!(
            sums(&of(DisputeStage::BuyerToAnswer)),
            (vec![asked.clone()], vec![])
        );
        assert_eq!(
            sums(&of(DisputeStage::Refunded)),
            (vec![], vec![money(500, "EUR")])
        );
        assert_eq!(sums(&of(DisputeStage::Refused)), (vec![], vec![]));
        // A refund of an amount that no page has told is in no sum.
        let untold = record(&[Fact::Stage(DisputeStage::Refunded)]);
        assert_eq!(sums(&untold), (vec![], vec![]));
    }

    #[test]
    fn what_was_never_paid_was_not_paid() {
        let mut balance = Balance::default();
        let paid = money(100, "EUR");
        for state in [OrderState::Unpaid, OrderState::Cancelled] {
            balance.add(Some(state), Some(&paid), &[], None);
        }
        assert_eq!(balance, Balance::default());
    }

    #[test]
    fn a_sum_that_does_not_fit_stays_what_it_was() {
        let mut sum = Sum::default();
        sum.add(&money(i64::MAX, "EUR"));
        sum.add(&money(1, "EUR"));
        assert_eq!(sum.amounts, [money(i64::MAX, "EUR")]);
    }
}
