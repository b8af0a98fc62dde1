//! How far a check has come, and what the user can ask of it: all that the pages know of a check.

/// Why no further page is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stop {
    Finished,
    Cancelled,
    SignIn,
    Robots,
    /// Two pages in a row brought nothing.
    Nothing,
    /// The browser was away for so long that going on by itself would surprise.
    Interrupted,
}

impl Stop {
    pub const ALL: [Self; 6] = [
        Self::Finished,
        Self::Cancelled,
        Self::SignIn,
        Self::Robots,
        Self::Nothing,
        Self::Interrupted,
    ];

    /// The name under which it is kept, and the end of its message's key.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
            Self::SignIn => "sign_in",
            Self::Robots => "robots",
            Self::Nothing => "nothing",
            Self::Interrupted => "interrupted",
        }
    }

    /// Whether the user can let it go on.
    #[must_use]
    pub(super) const fn may_continue(self) -> bool {
        !matches!(self, Self::Finished | Self::Cancelled)
    }
}

/// What can be asked of a check of exact dates that was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Cancel,
    Continue,
    /// Show the page that asks the user for something.
    Show,
    /// The result was read.
    Dismiss,
}

impl Wish {
    /// The key of the words on its button.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Cancel => "check_cancel",
            Self::Continue => "check_continue",
            Self::Show => "check_show",
            Self::Dismiss => "check_dismiss",
        }
    }
}

/// How far a check has come, for whoever shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Orders dealt with, of so many.
    pub done: u32,
    pub of: u32,
    /// Orders that have an exact date now.
    pub dated: u32,
    /// `None` while it goes on.
    pub stop: Option<Stop>,
}

impl Progress {
    /// What the user can ask for now.
    #[must_use]
    pub const fn wishes(&self) -> &'static [Wish] {
        match self.stop {
            None => &[Wish::Cancel],
            Some(Stop::SignIn | Stop::Robots) => &[Wish::Show, Wish::Continue, Wish::Dismiss],
            Some(Stop::Nothing | Stop::Interrupted) => &[Wish::Continue, Wish::Dismiss],
            Some(Stop::Finished | Stop::Cancelled) => &[Wish::Dismiss],
        }
    }
}
