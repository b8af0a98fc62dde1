//! Days, moments and the two time zones that decide when a printed day begins.

use super::number;

const MS_PER_DAY: i64 = 86_400_000;
const MS_PER_HOUR: i64 = 3_600_000;

/// A calendar day without a time or a zone, from 2005-01-01 to 2099-12-31.
///
/// The bounds are wide for an order of this shop and narrow enough that a misread year (0001, 9999, a Buddhist 2569)
/// cannot become a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// `None` where the calendar has no such day or the year is out of bounds.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let length = match month {
            4 | 6 | 9 | 11 => 30,
            // No century is among the years.
            2 if year % 4 == 0 => 29,
            2 => 28,
            _ => 31,
        };
        let exists = (2005..=2099).contains(&year)
            && (1..=12).contains(&month)
            && (1..=length).contains(&day);
        let small = |number: u32| u8::try_from(number).ok();
        Some(Self {
            year: u16::try_from(year).ok().filter(|_| exists)?,
            month: small(month)?,
            day: small(day)?,
        })
    }

    /// The day that is `days` later (earlier, if negative), or `None` out of bounds.
    #[must_use]
    pub fn plus(self, days: i64) -> Option<Self> {
        Self::from_number(self.number().checked_add(days)?)
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn number(self) -> i64 {
        // Years are taken to begin in March, so that the leap day is their last. Since 1968, every fourth has one.
        let months = (i64::from(self.year) - 1968) * 12 + i64::from(self.month) - 3;
        let (years, month) = (months.div_euclid(12), months.rem_euclid(12));
        years * 365 + years.div_euclid(4) + (month * 153 + 2) / 5 + i64::from(self.day) - 672
    }

    /// The day with that number of days since 1970-01-01, or `None` out of bounds.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        // As above: since 1968-03-01, in rounds of four years.
        let days = number.checked_add(671)?;
        let (round, days) = (days.div_euclid(1461), days.rem_euclid(1461));
        let year = (days / 365).min(3);
        let days = days - year * 365;
        let month = (days * 5 + 2) / 153;
        let day = days - (month * 153 + 2) / 5 + 1;
        let months = month + 2;
        Self::new(
            i32::try_from(round.checked_mul(4)? + year + 1968 + months / 12).ok()?,
            u32::try_from(months % 12 + 1).ok()?,
            u32::try_from(day).ok()?,
        )
    }

    #[must_use]
    pub fn year(self) -> i32 {
        self.year.into()
    }

    #[must_use]
    pub fn month(self) -> u32 {
        self.month.into()
    }

    #[must_use]
    pub fn day(self) -> u32 {
        self.day.into()
    }
}

impl Day {
    /// `2026-09-04`.
    fn text(self) -> String {
        let mut text = String::new();
        number::push(&mut text, self.year.into(), 10, 4);
        for part in [self.month, self.day] {
            text.push('-');
            number::push(&mut text, part.into(), 10, 2);
        }
        text
    }
}

impl std::fmt::Display for Day {
    /// `2026-09-04`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}

impl std::str::FromStr for Day {
    type Err = &'static str;

    /// Reads the form that [`Display`](std::fmt::Display) writes, and no other.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "a day is written as YYYY-MM-DD";
        let mut parts = text.splitn(3, '-');
        let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(WRONG);
        };
        if year.len() != 4 || month.len() != 2 || day.len() != 2 {
            return Err(WRONG);
        }
        let number = |text: &str| {
            text.bytes()
                .all(|b| b.is_ascii_digit())
                .then(|| text.parse::<u32>().ok())
                .flatten()
        };
        let (Some(year), Some(month), Some(day)) = (number(year), number(month), number(day))
        else {
            return Err(WRONG);
        };
        i32::try_from(year)
            .ok()
            .and_then(|year| Self::new(year, month, day))
            .ok_or("there is no such day")
    }
}

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    #[must_use]
    pub const fn plus(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    #[must_use]
    pub const fn minus(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }

    /// The time from `earlier` to this moment; negative if this one is first.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }

    /// RFC 3339 in UTC, to the second: `2026-09-04T07:00:00Z`. Empty for a moment that no calendar holds.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let days = self.0.div_euclid(MS_PER_DAY);
        let second = self.0.rem_euclid(MS_PER_DAY) / 1000;
        let Some(day) = Day::from_number(days) else {
            return String::new();
        };
        let mut text = day.text();
        for (mark, part) in [
            ('T', second / 3600),
            (':', second / 60 % 60),
            (':', second % 60),
        ] {
            text.push(mark);
            number::push(&mut text, part, 10, 2);
        }
        text.push('Z');
        text
    }
}

/// A length of time in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(pub i64);

impl Span {
    #[must_use]
    pub const fn days(n: i64) -> Self {
        Self(n.saturating_mul(MS_PER_DAY))
    }

    #[must_use]
    pub const fn hours(n: i64) -> Self {
        Self(n.saturating_mul(MS_PER_HOUR))
    }

    #[must_use]
    pub const fn minutes(n: i64) -> Self {
        Self(n.saturating_mul(60_000))
    }
}

/// Where days begin: a time zone with its rules.
pub trait Zone {
    /// The first moment of the day in this zone.
    fn start_of(&self, day: Day) -> Option<Moment>;
    /// The day that this zone's calendars show at the moment.
    fn day_at(&self, moment: Moment) -> Option<Day>;
}

/// The zone that the shop's own texts count in: `America/Los_Angeles`, by the rule of the United States since 2007
/// (daylight saving from the second Sunday of March to the first Sunday of November, changing at 02:00).
///
/// Written out rather than taken from a table of all zones, which would be larger than the rest of the program. A test
/// compares it with the zone database, day by day. Before 2007 the rule was another one; such an order has no open window.
#[derive(Clone, Copy, Debug)]
pub struct LosAngeles;

impl LosAngeles {
    /// Hours to add to local time to have UTC at the start of that day. The change is at 02:00, so at 00:00 of the day
    /// of the change the old offset still holds.
    fn hours_to_utc_at_start(day: Day) -> i64 {
        let begins = nth_sunday(day.year(), 3, 2);
        let ends = nth_sunday(day.year(), 11, 1);
        let daylight =
            begins.is_some_and(|begins| day > begins) && ends.is_some_and(|ends| day <= ends);
        if daylight { 7 } else { 8 }
    }
}

fn nth_sunday(year: i32, month: u32, n: i64) -> Option<Day> {
    let first = Day::new(year, month, 1)?;
    // 1970-01-04 was a Sunday.
    let until_sunday = (3 - first.number()).rem_euclid(7);
    first.plus(until_sunday + (n - 1) * 7)
}

impl Zone for LosAngeles {
    fn start_of(&self, day: Day) -> Option<Moment> {
        Some(Moment(
            day.number() * MS_PER_DAY + Self::hours_to_utc_at_start(day) * MS_PER_HOUR,
        ))
    }

    fn day_at(&self, moment: Moment) -> Option<Day> {
        // No day of this zone starts more than 8 hours after the same day of UTC, or before it.
        let same = Day::from_number(moment.0.div_euclid(MS_PER_DAY))?;
        if self.start_of(same)? <= moment {
            Some(same)
        } else {
            same.plus(-1)
        }
    }
}

/// The buyer's zone and the shop's, which together decide when a printed day begins.
#[derive(Clone, Copy)]
pub struct Zones<'a> {
    pub buyer: &'a dyn Zone,
    pub site: &'a dyn Zone,
}

impl Zones<'_> {
    /// The first moment at which the day has begun in either zone: the earliest reading of a printed day.
    #[must_use]
    pub fn earliest_start(&self, day: Day) -> Option<Moment> {
        match (self.buyer.start_of(day), self.site.start_of(day)) {
            (Some(buyer), Some(site)) => Some(buyer.min(site)),
            (one, other) => one.or(other),
        }
    }

    /// The last whole day, in the buyer's calendar, that is over by `end`.
    #[must_use]
    pub fn last_whole_day(&self, end: Moment) -> Option<Day> {
        self.buyer.day_at(end)?.plus(-1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, NaiveDate, TimeZone};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_shops_zone_agrees_with_the_zone_database_on_every_day() {
        for number in day("2007-01-01").number()..=day("2037-12-31").number() {
            let day = Day::from_number(number).unwrap();
            let date = NaiveDate::from_ymd_opt(day.year(), day.month(), day.day()).unwrap();
            let midnight = date.and_hms_opt(0, 0, 0).unwrap();
            let expected = chrono_tz::America::Los_Angeles
                .from_local_datetime(&midnight)
                .unwrap()
                .timestamp_millis();
            assert_eq!(LosAngeles.start_of(day), Some(Moment(expected)), "{day}");
            assert_eq!(LosAngeles.day_at(Moment(expected)), Some(day));
            assert_eq!(
                LosAngeles.day_at(Moment(expected - 1)),
                day.plus(-1).or(LosAngeles.day_at(Moment(expected - 1)))
            );
        }
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let since = |date: NaiveDate| i64::from(date.num_days_from_ce()) - 719_163;
        let first = NaiveDate::from_ymd_opt(2004, 1, 1).unwrap();
        for date in first.iter_days().take_while(|date| date.year() < 2101) {
            let day = Day::from_number(since(date));
            assert_eq!(
                day,
                Day::new(date.year(), date.month(), date.day()),
                "{date}"
            );
            assert_eq!(day.is_some(), (2005..2100).contains(&date.year()), "{date}");
            let written = day.map(|day| (day.number(), day.to_string()));
            assert_eq!(written, day.map(|_| (since(date), date.to_string())));
        }
        for (month, days) in (1..=12).zip([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
            assert_eq!(Day::new(2026, month, days + 1), None);
        }
        assert_eq!(
            (
                Day::new(2026, 0, 1),
                Day::new(2026, 13, 1),
                Day::new(2026, 1, 0)
            ),
            (None, None, None)
        );
        assert_eq!(
            (Day::from_number(i64::MAX), Day::from_number(i64::MIN)),
            (None, None)
        );
    }

    #[test]
    fn a_day_out_of_bounds_does_not_exist() {
        assert_eq!(Day::new(1, 1, 1), None);
        assert_eq!(Day::new(9999, 12, 31), None);
        assert_eq!(Day::new(2026, 2, 29), None);
        assert!("2026-9-04".parse::<Day>().is_err());
        assert!("2026-+9-04".parse::<Day>().is_err());
        assert_eq!(day("2099-12-31").plus(1), None);
    }

    #[test]
    fn a_moment_is_written_in_utc() {
        assert_eq!(
            LosAngeles.start_of(day("2026-09-04")).unwrap().rfc3339(),
            "2026-09-04T07:00:00Z"
        );
        let later = Span::minutes(5).0 + 9_999;
        let start = LosAngeles.start_of(day("2026-09-04")).unwrap();
        assert_eq!(start.plus(Span(later)).rfc3339(), "2026-09-04T07:05:09Z");
        assert_eq!(Moment(i64::MAX).rfc3339(), "");
    }

    #[test]
    fn the_last_whole_day_ends_before_the_end_in_the_buyers_calendar() {
        struct Fixed(i64);
        impl Zone for Fixed {
            fn start_of(&self, day: Day) -> Option<Moment> {
                Some(Moment(day.number() * MS_PER_DAY - self.0 * MS_PER_HOUR))
            }
            fn day_at(&self, moment: Moment) -> Option<Day> {
                Day::from_number((moment.0 + self.0 * MS_PER_HOUR).div_euclid(MS_PER_DAY))
            }
        }
        let end_for = |offset: i64| {
            let buyer = Fixed(offset);
            let zones = Zones {
                buyer: &buyer,
                site: &LosAngeles,
            };
            let end = zones.earliest_start(day("2026-11-23")).unwrap();
            (
                end.rfc3339(),
                zones.last_whole_day(end).unwrap().to_string(),
            )
        };
        // São Paulo: the buyer's midnight comes first.
        assert_eq!(
            end_for(-3),
            ("2026-11-23T03:00:00Z".into(), "2026-11-22".into())
        );
        // Honolulu: the shop's midnight is 22:00 of the 22nd, which is then no whole day any more.
        assert_eq!(
            end_for(-10),
            ("2026-11-23T08:00:00Z".into(), "2026-11-21".into())
        );
        assert_eq!(
            end_for(14),
            ("2026-11-22T10:00:00Z".into(), "2026-11-22".into())
        );
    }
}
