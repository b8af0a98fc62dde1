//! Whether the computer's clock can be right.
//!
//! Everything that a page tells as done was done before now, and so was everything that was kept here. Where the clock says
//! otherwise it is slow, or was fast before: that is a [`Doubt`]. A clock that is fast and has never been right cannot be told
//! from one that is right. Printed dates do not depend on it; how much time is left does.

use super::sighting::{Fact, Page, Reading};
use super::time::{Day, Moment, Span};

/// What tells that the clock is not right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The shop's page says that something was done on a day that has not begun anywhere on Earth.
    PageDate,
    /// The document was made at a time that is still to come.
    DocumentDate,
    /// By this same clock it was later before.
    SetBack,
}

impl Sign {
    pub const ALL: [Self; 3] = [Self::PageDate, Self::DocumentDate, Self::SetBack];

    /// The name under which it is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PageDate => "page-date",
            Self::DocumentDate => "document-date",
            Self::SetBack => "set-back",
        }
    }
}

/// A reason to think that it is later than the computer's clock says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub sign: Sign,
    /// As printed on the page; empty where the sign is no text.
    pub evidence: String,
    /// It is not earlier than this.
    pub not_before: Moment,
    /// When the doubt arose, by the clock that is doubted.
    pub noticed: Moment,
}

impl Doubt {
    /// Clocks of servers and computers differ by minutes, and a computer that also runs another system may be set by some hours when
    /// it starts: no deadline hangs on that.
    const HARMLESS: Span = Span::hours(1);
    const HARMLESS_SET_BACK: Span = Span::days(1);
    /// A clock that nobody corrects for so long is believed, until there is a new reason not to: it may have been set right.
    pub const BELIEVED: Span = Span::days(3);

    /// By how much the clock is slow at least, if the doubt still holds. A clock that was set right ends it at once.
    #[must_use]
    pub fn behind(&self, now: Moment) -> Option<Span> {
        let harmless = if self.sign == Sign::SetBack {
            Self::HARMLESS_SET_BACK
        } else {
            Self::HARMLESS
        };
        let behind = self.not_before.since(now);
        (behind > harmless && now.since(self.noticed) < Self::BELIEVED).then_some(behind)
    }

    fn holding(sign: Sign, evidence: &str, not_before: Moment, now: Moment) -> Option<Self> {
        let doubt = Self {
            sign,
            evidence: evidence.to_owned(),
            not_before,
            noticed: now,
        };
        doubt.behind(now).is_some().then_some(doubt)
    }

    /// What a page tells as done and cannot have been done yet.
    #[must_use]
    pub fn of_reading(reading: &Reading) -> Option<Self> {
        let done = reading.facts.iter().filter_map(|(fact, text)| match fact {
            // The order's own page names days that are no order's, and they are not told apart beyond doubt.
            Fact::Placed(day) if reading.page == Page::OrderList => Some((*day, text)),
            Fact::Shipped(day) | Fact::Completed(day) => Some((*day, text)),
            _ => None,
        });
        let to_come = reading.to_come.iter().map(|(day, text)| (*day, text));
        let (day, text) = done.chain(to_come).max_by_key(|(day, _)| *day)?;
        Self::holding(Sign::PageDate, text, begins_first(day), reading.at)
    }

    /// A document that was made at a time that is still to come.
    #[must_use]
    pub fn of_document(made: Moment, now: Moment) -> Option<Self> {
        Self::holding(Sign::DocumentDate, "", made, now)
    }

    /// The latest time at which something was kept is still to come.
    #[must_use]
    pub fn of_last_use(latest: Moment, now: Moment) -> Option<Self> {
        Self::holding(Sign::SetBack, "", latest, now)
    }
}

/// The moment when the day begins where it begins first: fourteen hours before it does in Greenwich.
fn begins_first(day: Day) -> Moment {
    Moment(day.number().saturating_mul(Span::days(1).0)).minus(Span::hours(14))
}

/// What is kept of the clock: the latest time that it has shown, and the doubt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    pub latest: Option<Moment>,
    pub doubt: Option<Doubt>,
}

impl Watched {
    /// The latest time is not kept more often than this.
    const OFTEN: Span = Span::hours(1);

    /// What is to be kept after a look at the clock, in which there was or was not a new reason for doubt.
    #[must_use]
    pub fn after(&self, now: Moment, found: Option<Doubt>) -> Self {
        let ended = |doubt: &&Doubt| doubt.behind(now).is_none();
        let believed = self
            .doubt
            .as_ref()
            .is_some_and(|doubt| doubt.sign == Sign::SetBack && ended(&doubt));
        let latest = match self.latest {
            Some(latest) if !believed && now.since(latest) < Self::OFTEN => latest,
            _ => now,
        };
        let mut doubt = self.doubt.clone().filter(|doubt| !ended(&doubt));
        for new in found.into_iter().chain(Doubt::of_last_use(latest, now)) {
            if doubt
                .as_ref()
                .is_none_or(|old| old.not_before < new.not_before)
            {
                doubt = Some(new);
            }
        }
        Self {
            latest: Some(latest),
            doubt,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::order::OrderId;

    fn at(day: &str, hour: i64) -> Moment {
        let day: Day = day.parse().unwrap();
        Moment(day.number() * Span::days(1).0).plus(Span::hours(hour))
    }

    fn reading(page: Page, now: Moment, fact: Fact) -> Reading {
        let id = OrderId::new("8212313961591322").unwrap();
        let mut reading = Reading::new(id, page, now);
        reading.saw(fact, "Date: Nov 23, 2026");
        reading
    }

    fn placed(now: Moment) -> Reading {
        let day = "2026-11-23".parse().unwrap();
        reading(Page::OrderList, now, Fact::Placed(day))
    }

    #[test]
    fn an_order_of_a_day_that_has_begun_somewhere_is_no_reason_for_doubt() {
        // 10:00 of the 22nd in Greenwich is midnight in Kiribati.
        assert_eq!(Doubt::of_reading(&placed(at("2026-11-22", 10))), None);
        assert_eq!(Doubt::of_reading(&placed(at("2026-11-22", 9))), None);
    }

    #[test]
    fn an_order_of_a_later_day_says_by_how_much_the_clock_is_slow_at_least() {
        let now = at("2026-11-20", 10);
        let doubt = Doubt::of_reading(&placed(now)).unwrap();
        assert_eq!(doubt.sign, Sign::PageDate);
        assert_eq!(doubt.evidence, "Date: Nov 23, 2026");
        assert_eq!(doubt.behind(now), Some(Span::days(2)));
        assert_eq!(doubt.behind(at("2026-11-22", 9)), None, "clock set right");
    }

    #[test]
    fn a_deadline_may_lie_ahead() {
        let day = "2026-11-23".parse().unwrap();
        let now = at("2026-11-01", 0);
        let deadline = Fact::RefundIfNotDeliveredBefore(day);
        for reading in [
            reading(Page::OrderDetail, now, deadline),
            // Any row with a date that is nothing else counts as the order's there.
            reading(Page::OrderDetail, now, Fact::Placed(day)),
        ] {
            assert_eq!(Doubt::of_reading(&reading), None);
        }
        let shipped = reading(Page::OrderDetail, now, Fact::Shipped(day));
        assert!(Doubt::of_reading(&shipped).is_some());
    }

    #[test]
    fn a_day_that_the_reader_refused_because_it_is_to_come_is_a_reason() {
        let now = at("2026-11-01", 0);
        let id = OrderId::new("8212313961591322").unwrap();
        let mut reading = Reading::new(id, Page::OrderList, now);
        reading.to_come = Some(("2026-11-23".parse().unwrap(), "Nov 23".to_owned()));
        assert_eq!(Doubt::of_reading(&reading).unwrap().evidence, "Nov 23");
    }

    #[test]
    fn a_document_of_the_next_minutes_is_none() {
        let now = at("2026-11-20", 10);
        assert_eq!(Doubt::of_document(now.plus(Span::minutes(30)), now), None);
        let doubt = Doubt::of_document(now.plus(Span::hours(30)), now).unwrap();
        assert_eq!(doubt.behind(now), Some(Span::hours(30)));
    }

    #[test]
    fn a_clock_that_was_set_back_is_doubted_until_it_is_corrected() {
        let right = Watched::default().after(at("2026-11-20", 10), None);
        assert_eq!(right.doubt, None);
        let back = right.after(at("2026-11-02", 10), None);
        assert_eq!(back.doubt.as_ref().unwrap().sign, Sign::SetBack);
        assert_eq!(back.latest, right.latest);
        let still = back.after(at("2026-11-02", 11), None);
        assert_eq!(still, back, "looked at again");
        let corrected = back.after(at("2026-11-20", 12), None);
        assert_eq!(corrected.doubt, None);
        assert_eq!(corrected.latest, Some(at("2026-11-20", 12)));
    }

    #[test]
    fn some_hours_back_are_no_reason() {
        let kept = Watched::default().after(at("2026-11-20", 10), None);
        assert_eq!(kept.after(at("2026-11-19", 11), None), kept);
    }

    #[test]
    fn a_clock_that_was_fast_and_was_set_right_is_believed_after_three_days() {
        let fast = Watched::default().after(at("2027-11-20", 10), None);
        let mut kept = fast;
        for day in ["2026-11-20", "2026-11-21", "2026-11-22"] {
            kept = kept.after(at(day, 10), None);
            assert!(kept.doubt.is_some(), "{day}");
        }
        kept = kept.after(at("2026-11-23", 11), None);
        assert_eq!(kept.doubt, None);
        assert_eq!(kept.latest, Some(at("2026-11-23", 11)));
        assert_eq!(kept.after(at("2026-11-23", 12), None).doubt, None);
    }

    #[test]
    fn the_latest_time_is_kept_once_an_hour() {
        let start = at("2026-11-20", 10);
        let page = Doubt::of_document(start.plus(Span::hours(2)), start);
        for found in [None, page] {
            let kept = Watched::default().after(start, found);
            let soon = kept.after(start.plus(Span(Span::hours(1).0 - 1)), None);
            assert_eq!(soon.latest, Some(start));
            let later = start.plus(Span::hours(1));
            assert_eq!(kept.after(later, None).latest, Some(later));
        }
    }

    #[test]
    fn a_doubt_ends_after_three_days_to_the_moment() {
        let now = at("2026-11-01", 0);
        let doubt = Doubt::of_document(now.plus(Span::days(9)), now).unwrap();
        let end = now.plus(Doubt::BELIEVED);
        assert!(doubt.behind(end.minus(Span(1))).is_some());
        assert_eq!(doubt.behind(end), None);
    }

    #[test]
    fn of_two_reasons_the_one_that_tells_more_is_kept_and_found_again_it_lasts() {
        let now = at("2026-11-01", 10);
        let small = Doubt::of_document(now.plus(Span::days(2)), now);
        let large = Doubt::of_reading(&placed(now));
        let kept = Watched::default().after(now, small.clone());
        assert_eq!(kept.doubt, small);
        let kept = kept.after(now, large.clone());
        assert_eq!(kept.doubt, large);
        assert_eq!(kept.after(now, small).doubt, large);
        // Three days on the page still says so.
        let later = now.plus(Span::days(4));
        assert_eq!(kept.after(later, None).doubt, None);
        let again = Doubt::of_reading(&placed(later));
        assert!(again.is_some());
        assert_eq!(kept.after(later, again.clone()).doubt, again);
    }
}
