//! The names and values of facts as a file shows them: words, days and amounts that anyone can read.

use crate::domain::money::{Currency, Money};
use crate::domain::sighting::{Fact, Part};

/// What was seen, and its value.
pub fn words(fact: &Fact) -> (String, String) {
    let (name, value) = match fact {
        Fact::Placed(day) => ("placed", day.to_string()),
        Fact::Shipped(day) => ("shipped", day.to_string()),
        Fact::Delivered(day) => ("delivered", day.to_string()),
        Fact::Completed(day) => ("completed", day.to_string()),
        Fact::State(state) => ("state", state.name().to_owned()),
        Fact::Total(money) => ("total", amount(money)),
        Fact::RefundIfNotDeliveredBefore(day) => {
            ("refund-if-not-delivered-before", day.to_string())
        }
        Fact::RefundStep(day) => ("refund-step", day.to_string()),
        Fact::ReturnWithinDaysOfReceipt(days) => {
            ("return-within-days-of-receipt", days.to_string())
        }
        Fact::DisputeWithinDaysOfOrder(days) => ("dispute-within-days-of-order", days.to_string()),
        Fact::FreeReturnWithinDaysOfDelivery(days) => {
            ("free-return-within-days-of-delivery", days.to_string())
        }
        Fact::Paid(day) => ("paid", day.to_string()),
        Fact::PromisedBy(day) => ("promised-by", day.to_string()),
        Fact::CouponIfDelayedBy(day) => ("coupon-if-delayed-by", day.to_string()),
        Fact::Tracked(day) => ("tracked", day.to_string()),
        Fact::Ends(kind, day) => return (["ends-", kind.name()].concat(), day.to_string()),
        Fact::TimeLeft(kind, day) => {
            return (["time-left-", kind.name()].concat(), day.to_string());
        }
        Fact::Step(step, day) => {
            return (["dispute-step-", step.name()].concat(), day.to_string());
        }
        Fact::Stage(stage) => ("dispute-stage", stage.name().to_owned()),
        Fact::Service(service) => ("service", service.name().to_owned()),
        Fact::ShipTo(country) => ("ship-to", country.code().to_owned()),
        Fact::RefundAmount(money) => ("refund-amount", amount(money)),
        Fact::OfPart(part, of_part) => {
            let (name, value) = words(&of_part.of_whole());
            let (part, number) = match part {
                Part::Line(number) => ("line-", number),
                Part::Package(number) => ("package-", number),
            };
            return ([part, &number.to_string(), "-", &name].concat(), value);
        }
        Fact::OfLine(number, fact) => {
            let (name, value) = words(fact);
            return (
                ["line-number-", &number.to_string(), "-", &name].concat(),
                value,
            );
        }
    };
    (name.to_owned(), value)
}

/// `31.93 BRL`.
fn amount(money: &Money) -> String {
    let (Currency::Code(currency) | Currency::Sign(currency)) = &money.currency;
    [&money.decimal(), " ", currency].concat()
}
