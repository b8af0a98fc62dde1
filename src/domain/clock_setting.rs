//! How the computer's clock is set. Nobody tells a program that the clock was set or that the computer is in another zone: two looks at the
//! clock do, one before and one after.

use super::time::{Moment, Span};

/// How the computer's clock is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockSetting {
    /// When the program began, by the clock as it is now: by a clock that nobody sets, that never changes.
    pub began: Moment,
    /// Minutes from local time to UTC, in winter and in summer.
    pub zone: [i32; 2],
}

impl ClockSetting {
    /// A clock is corrected by seconds all the time.
    const CORRECTED: Span = Span::minutes(1);

    /// Whether what was worked out by the earlier setting is to be shown anew. A clock that goes forward, as it seems to after the
    /// computer has slept, is what countdowns are made for.
    #[must_use]
    pub fn was_set_back(self, earlier: Self) -> bool {
        self.zone != earlier.zone || earlier.began.since(self.began) > Self::CORRECTED
    }

    /// Whether what was planned by the earlier setting is to be planned anew: alarms count what has passed, and one that was to come in an
    /// hour comes in an hour, also where the clock was put forward by a day.
    #[must_use]
    pub fn was_moved(self, earlier: Self) -> bool {
        self.was_set_back(earlier) || self.began.since(earlier.began) > Self::CORRECTED
    }
}

/// Whether an alarm that comes every so often will come in time. One that was set before the clock was put back waits for a time
/// that is farther away than it ever should be.
#[must_use]
pub fn comes_in_time(next: Moment, every: Span, now: Moment) -> bool {
    next <= now.plus(every)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Moment = Moment(1_795_176_000_000);
    const BRUSSELS: ClockSetting = ClockSetting {
        began: NOON,
        zone: [-60, -120],
    };

    const fn began(began: Moment) -> ClockSetting {
        ClockSetting { began, ..BRUSSELS }
    }

    #[test]
    fn a_clock_that_is_set_or_goes_to_another_zone_is_noticed() {
        let sao_paulo = ClockSetting {
            zone: [180, 180],
            ..BRUSSELS
        };
        let (back, forth) = (NOON.minus(Span::hours(1)), NOON.plus(Span::hours(1)));
        for (now, is_back, is_moved) in [
            (BRUSSELS, false, false),
            (sao_paulo, true, true),
            (began(back), true, true),
            (began(forth), false, true),
            // As time servers do.
            (began(NOON.plus(Span(20_000))), false, false),
            (began(NOON.minus(Span(20_000))), false, false),
            // By a minute it may be.
            (began(NOON.plus(ClockSetting::CORRECTED)), false, false),
            (began(NOON.minus(ClockSetting::CORRECTED)), false, false),
        ] {
            assert_eq!(now.was_set_back(BRUSSELS), is_back, "{now:?}");
            assert_eq!(now.was_moved(BRUSSELS), is_moved, "{now:?}");
        }
    }

    #[test]
    fn a_tick_that_a_clock_put_back_has_moved_away_does_not_come_in_time() {
        let six = Span::hours(6);
        assert!(comes_in_time(NOON.plus(six), six, NOON));
        assert!(comes_in_time(NOON.minus(six), six, NOON), "it is overdue");
        let back = NOON.minus(Span::days(1));
        assert!(!comes_in_time(NOON.plus(six), six, back));
    }
}
