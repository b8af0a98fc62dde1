//! Notices that the computer's clock was set back or its time zone changed while a page is open: then every date and countdown
//! on it has to be worked out anew.

use crate::browser::clock::{self, Setting};
use crate::domain::time::Span;

/// What the clock was set to when the page was drawn.
pub struct ClockWatch {
    setting: Setting,
}

impl ClockWatch {
    /// A clock is corrected by seconds all the time. One that goes forward, as it seems to after the computer has slept, is
    /// what countdowns are made for.
    const SET_BACK: Span = Span::minutes(1);

    pub fn start() -> Self {
        Self {
            setting: clock::setting(),
        }
    }

    pub fn was_set(&self) -> bool {
        let now = clock::setting();
        now.zone != self.setting.zone || self.setting.began.since(now.began) > Self::SET_BACK
    }
}
