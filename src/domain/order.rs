//! Orders, order lines and the states that an order can be in.

/// An order's number as the shop prints it: 8 to 24 ASCII digits.
///
/// Text, never a number: 16 digits are already more than a JavaScript number holds exactly.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderId(Box<str>);

impl OrderId {
    /// `None` for anything but 8 to 24 ASCII digits.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        (digits && (8..=24).contains(&text.len())).then(|| Self(text.into()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for OrderId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// One product of an order, as far as the page names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OrderLine {
    /// Empty where the page shows a picture only.
    pub title: String,
    /// Colour, size and the like, as printed.
    pub variant: String,
    pub quantity: Option<u32>,
}

/// Where an order stands, as far as clocks depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrderState {
    /// Placed and not paid.
    Unpaid,
    /// Paid and not yet with the carrier.
    Processing,
    /// With the carrier.
    AwaitingDelivery,
    /// Receipt confirmed, by the buyer or by the shop.
    Completed,
    /// Cancelled or expired before anything was sent.
    Cancelled,
    /// A dispute or a refund is under way.
    InDispute,
    /// A dispute has ended or the money was given back.
    Refunded,
}

impl OrderState {
    pub const ALL: [Self; 7] = [
        Self::Unpaid,
        Self::Processing,
        Self::AwaitingDelivery,
        Self::Completed,
        Self::Cancelled,
        Self::InDispute,
        Self::Refunded,
    ];

    /// The name under which it is kept and shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unpaid => "unpaid",
            Self::Processing => "processing",
            Self::AwaitingDelivery => "awaiting-delivery",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
            Self::InDispute => "in-dispute",
            Self::Refunded => "refunded",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_number_is_digits_only() {
        assert!(OrderId::new("8212313961591322").is_some());
        assert!(
            OrderId::new("9223372036854775808").is_some(),
            "more than 2^53 and 2^63"
        );
        for wrong in [
            "",
            "1234567",
            "82123139615913a2",
            " 8212313961591322",
            "٨٢١٢٣١٣٩٦١٥٩١٣٢٢",
            &"1".repeat(25),
        ] {
            assert_eq!(OrderId::new(wrong), None, "{wrong:?}");
        }
    }
}
