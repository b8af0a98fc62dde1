//! English. Seen on real pages up to September 2026.

use super::{Order, Words};
use crate::domain::order::OrderState;

pub const WORDS: Words = Words {
    states: &[
        (
            OrderState::Unpaid,
            "to pay|awaiting payment|unpaid|waiting for payment",
        ),
        (
            OrderState::Processing,
            "processing|ready to ship|awaiting shipment|to ship|paid|fund processing|payment processing|\
             verifying payment",
        ),
        (
            OrderState::AwaitingDelivery,
            "awaiting delivery|shipped|processed|partially shipped|in transit|waiting for delivery",
        ),
        (
            OrderState::Completed,
            "completed|finished|collected|order completed|awaiting review|to review",
        ),
        (
            OrderState::Cancelled,
            "canceled|cancelled|expired|closed|order canceled|order cancelled|order closed",
        ),
        (
            OrderState::InDispute,
            "in dispute|dispute in progress|frozen|return/refund in progress|refund in progress|\
             refund processing",
        ),
        (
            OrderState::Refunded,
            "refunded|dispute finished|refund completed|refund successful",
        ),
    ],
    refund: &["refund", "money back"],
    arrive: &["deliver", "arriv", "receiv"],
    before: &["before", "by", "until"],
    coupon: &["coupon", "voucher"],
    send_back: &["send it back", "return"],
    receipt: &["receipt", "receiving", "confirmation", "confirming"],
    ordered: &[
        "order was placed",
        "after order",
        "placing",
        "of order",
        "of the order",
        "order date",
        "purchase",
    ],
    delivered: &["delivery", "delivered"],
    arrived_title: &["delivered"],
    order: Order::CountFirst,
    shipped_row: &["shipment", "shipped", "sent on"],
    completed_row: &["completed", "finished"],
    dispute_control: &[
        "returns/refunds",
        "return/refund",
        "returns / refunds",
        "open dispute",
        "refund",
    ],
};
