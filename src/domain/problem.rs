//! What could not be read, and what was read and is not believed. A problem is shown to the user; it is never replaced by
//! a guess.

/// The part of an order that a problem is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    OrderId,
    Placed,
    Shipped,
    Completed,
    Delivered,
    State,
    Total,
    Store,
    Lines,
    Deadline,
    Window,
}

impl Field {
    pub const ALL: [Self; 11] = [
        Self::OrderId,
        Self::Placed,
        Self::Shipped,
        Self::Completed,
        Self::Delivered,
        Self::State,
        Self::Total,
        Self::Store,
        Self::Lines,
        Self::Deadline,
        Self::Window,
    ];

    /// The name under which it is kept and shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OrderId => "order-id",
            Self::Placed => "placed",
            Self::Shipped => "shipped",
            Self::Completed => "completed",
            Self::Delivered => "delivered",
            Self::State => "state",
            Self::Total => "total",
            Self::Store => "store",
            Self::Lines => "lines",
            Self::Deadline => "deadline",
            Self::Window => "window",
        }
    }
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trouble {
    /// No place on the page where it should be.
    Missing,
    /// There is text, and no value in it that is known.
    Unreadable,
    /// More than one value fits: 03/04, or two order numbers on one card.
    Ambiguous,
    /// A value that cannot be: a deadline before the order, a day in year 9999, a window of no days.
    Impossible,
}

impl Trouble {
    pub const ALL: [Self; 4] = [
        Self::Missing,
        Self::Unreadable,
        Self::Ambiguous,
        Self::Impossible,
    ];

    /// The name under which it is kept and shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
            Self::Ambiguous => "ambiguous",
            Self::Impossible => "impossible",
        }
    }
}

/// One field that could not be read, with the text that was there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    pub field: Field,
    pub trouble: Trouble,
    /// As printed, at most [`Problem::TEXT_LIMIT`] characters.
    pub text: String,
}

impl Problem {
    pub const TEXT_LIMIT: usize = 160;

    #[must_use]
    pub fn new(field: Field, trouble: Trouble, text: &str) -> Self {
        Self {
            field,
            trouble,
            text: text.chars().take(Self::TEXT_LIMIT).collect(),
        }
    }
}
