//! What the user has told of what came after a dispute: the number under which a parcel went back, and whether the refund has arrived.

use super::order::OrderId;
use super::time::Moment;

/// Kept once for each order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aftermath {
    pub order: OrderId,
    /// The tracking number of the parcel that went back; empty while there is none.
    pub tracking: String,
    /// Whether the refund has arrived, and when the user said so.
    pub refund: Option<(Arrived, Moment)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrived {
    Yes,
    NotYet,
}

/// One thing that the user tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Telling {
    /// The number of the parcel, as it was typed.
    Tracking(String),
    /// Whether the refund has arrived. Told again, it is taken back.
    Refund(Arrived, Moment),
}

impl Arrived {
    /// The name under which it is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::NotYet => "not-yet",
        }
    }

    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Yes, Self::NotYet]
            .into_iter()
            .find(|one| one.name() == name)
    }
}

impl Aftermath {
    /// The longest tracking number that is kept: more than any carrier's.
    pub const TRACKING: usize = 60;

    /// Whether the refund has come, as the user has said.
    #[must_use]
    pub const fn is_refunded(&self) -> bool {
        matches!(self.refund, Some((Arrived::Yes, _)))
    }

    #[must_use]
    pub const fn new(order: OrderId) -> Self {
        Self {
            order,
            tracking: String::new(),
            refund: None,
        }
    }

    /// Whether nothing was told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tracking.is_empty() && self.refund.is_none()
    }

    /// Takes in what the user tells, and leaves the rest as it is.
    pub fn take(&mut self, telling: &Telling) {
        match telling {
            Telling::Tracking(typed) => self.tracking = Self::tidy_tracking(typed),
            Telling::Refund(arrived, at) => {
                let again = matches!(self.refund, Some((known, _)) if known == *arrived);
                self.refund = (!again).then_some((*arrived, *at));
            }
        }
    }

    /// A tracking number as it is typed: without what stands around it, and not longer than one can be.
    #[must_use]
    pub fn tidy_tracking(typed: &str) -> String {
        let letters = typed
            .chars()
            .filter(|letter| !letter.is_whitespace() && !letter.is_control());
        letters.take(Self::TRACKING).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_told_leaves_the_other_as_it_was() {
        let mut told = Aftermath::new(OrderId::new("8212313961591322").unwrap());
        assert!(told.is_empty());
        told.take(&Telling::Tracking("LX 1".into()));
        assert!(!told.is_empty());
        told.take(&Telling::Refund(Arrived::NotYet, Moment(5)));
        assert_eq!(told.tracking, "LX1");
        assert_eq!(told.refund, Some((Arrived::NotYet, Moment(5))));
        assert!(!told.is_refunded());
        told.take(&Telling::Refund(Arrived::Yes, Moment(7)));
        assert_eq!(told.refund, Some((Arrived::Yes, Moment(7))));
        assert!(told.is_refunded());
        told.take(&Telling::Tracking(String::new()));
        assert!(!told.is_empty());
        told.take(&Telling::Refund(Arrived::Yes, Moment(9)));
        assert_eq!(told.refund, None);
        told.take(&Telling::Tracking(" ".into()));
        assert!(told.is_empty());
    }

    #[test]
    fn a_tracking_number_is_kept_without_spaces() {
        assert_eq!(
            Aftermath::tidy_tracking(" LX 123 456 789\tCN\n"),
            "LX123456789CN"
        );
        assert_eq!(
            Aftermath::tidy_tracking(&"9".repeat(500)).len(),
            Aftermath::TRACKING
        );
    }
}
