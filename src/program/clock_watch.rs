//! Notices that the computer's clock was set back or its time zone changed while a page is open: then every date and countdown
//! on it has to be worked out anew.

use crate::browser::clock;
use crate::domain::clock_setting::ClockSetting;

/// What the clock was set to when the page was drawn.
pub struct ClockWatch {
    setting: ClockSetting,
}

impl ClockWatch {
    pub fn start() -> Self {
        Self {
            setting: clock::setting(),
        }
    }

    pub fn was_set(&self) -> bool {
        clock::setting().was_set_back(self.setting)
    }
}
