//! Dates in text.
//!
//! A month that is written as a word settles the order of the numbers around it. A date of numbers alone is read where
//! only one reading exists: the year first, a day above twelve, or a language whose dotted dates begin with the day.
//! "03/04/2026" is no date; nor is "Dec 27 - 28", which is two days, or "Sep 4, 26", whose year has too few digits. The end of a
//! range is none either: of "4–6 Sept. 2026" the sixth alone would be later than what is printed.

use crate::domain::problem::Trouble;
use crate::domain::time::Day;

use super::language::{Languages, List, begins_with, forms};
use super::money;
use super::range;
use super::text::{contains, fold};
use super::token::{Kind, Token, tokens};

/// What a text said of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    Day(Day),
    /// A month and a day of the month, with no year.
    WithoutYear {
        month: u32,
        day: u32,
    },
    /// Two days of one month, with no year: "Dec 27 - 28".
    TwoDays {
        month: u32,
        first: u32,
        last: u32,
    },
    /// It has the shape of a date and is none: two readings, or a day that does not exist.
    Trouble(Trouble),
}

/// A date in a text, with the bytes of the folded text that it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub value: Value,
    pub start: usize,
    pub end: usize,
}

/// The one day that the text names.
///
/// # Errors
/// [`Trouble::Unreadable`] if there is none, [`Trouble::Ambiguous`] if there are several or one that can be two,
/// [`Trouble::Impossible`] if the calendar has no such day.
pub fn read_day(text: &str, languages: &Languages) -> Result<Day, Trouble> {
    one_day(&find(&fold(text), languages))
}

/// As [`read_day`], as [`find_on_card`] finds it.
///
/// # Errors
/// As [`read_day`] has them.
pub fn read_day_on_card(text: &str, languages: &Languages) -> Result<Day, Trouble> {
    one_day(&find_on_card(&fold(text), languages))
}

/// The one day that all of these name, if one of them names it with its year.
///
/// # Errors
/// As [`read_day`] has them.
pub fn one_day(all: &[Found]) -> Result<Day, Trouble> {
    let (mut result, mut before): (Option<Day>, Option<(u32, u32)>) = (None, None);
    for found in all {
        match found.value {
            Value::Trouble(trouble) => return Err(trouble),
            Value::Day(day) => {
                // Of "Aug 28 – Sep 4, 2026" the last day alone has a year.
                if result.is_some_and(|other| other != day)
                    || before.is_some_and(|other| other != (day.month(), day.day()))
                {
                    return Err(Trouble::Ambiguous);
                }
                result = Some(day);
            }
            Value::WithoutYear { month, day } => {
                // Of 2026년 8월 28일 ~ 9월 4일 it is the first. What seems to be most of a year later is rather before the turn of
                // the year: "Jan 5, 2027 (Dec 30 for members)".
                let is_last = result.is_some_and(|first| {
                    (month, day) >= (first.month(), first.day()) && month <= first.month() + 2
                });
                if !is_last
                    && (result.is_some() || before.is_some_and(|other| other != (month, day)))
                {
                    return Err(Trouble::Ambiguous);
                }
                if !is_last {
                    before = Some((month, day));
                }
            }
            Value::TwoDays { .. } => return Err(Trouble::Ambiguous),
        }
    }
    result.ok_or(Trouble::Unreadable)
}

/// The day of a month and day without a year that lies between `earliest` and `latest`, if exactly one does.
#[must_use]
pub fn with_year_between(month: u32, day: u32, earliest: Day, latest: Day) -> Option<Day> {
    let mut days = (earliest.year()..=latest.year()).filter_map(|year| Day::new(year, month, day));
    let mut fitting = days
        .by_ref()
        .filter(|day| (earliest..=latest).contains(day));
    match (fitting.next(), fitting.next()) {
        (Some(day), None) => Some(day),
        _ => None,
    }
}

/// Whether the folded word is the code of a zone.
#[must_use]
pub fn is_zone(word: &str) -> bool {
    let mut codes = [SHOPS_ZONE, WESTERN, EASTERN, OTHER].into_iter();
    codes.any(|codes| begins_with(word, codes) == Some(word.len()))
}

/// Whether folded text has a date, or something in the shape of one that is not read: `9/4/26`, `4-Sep-2026`.
#[must_use]
pub fn is_dated(folded: &str, languages: &Languages) -> bool {
    looks_like_one(folded) || !find(folded, languages).is_empty()
}

/// Whether folded text has something in the shape of a date, read or not. A telephone number has more digits: `010-1234-5678`.
#[must_use]
pub fn looks_like_one(folded: &str) -> bool {
    let is_short = |token: &Token<'_>| matches!(token.kind, Kind::Number(_, 1..=2));
    let is_year = |token: &Token<'_>| matches!(token.kind, Kind::Number(_, 4));
    tokens(folded).windows(5).any(|five| {
        let [first, sign, middle, same, last] = five else {
            return false;
        };
        matches!(sign.kind, Kind::Sign('/' | '-' | '.'))
            && sign.kind == same.kind
            && (is_short(first) && (is_short(last) || is_year(last))
                || is_year(first) && is_short(last))
            && (is_short(middle) || middle.word().is_some())
    })
}

/// All dates in folded text, in their order.
#[must_use]
pub fn find(folded: &str, languages: &Languages) -> Vec<Found> {
    find_as::<true>(folded, languages)
}

/// As [`find`], in the label of a card that tells a day and nothing else: without what can only be beside a date in a sentence, which
/// are lists of days, amounts, and most ways to write a time of day. A list of orders need not carry it.
#[must_use]
pub fn find_on_card(folded: &str, languages: &Languages) -> Vec<Found> {
    find_as::<false>(folded, languages)
}

fn find_as<const ALL: bool>(folded: &str, languages: &Languages) -> Vec<Found> {
    if !folded.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let text = Text::<ALL> {
        folded,
        tokens: tokens(folded),
        languages,
    };
    let mut found: Vec<Found> = Vec::new();
    let mut free_from = 0;
    for at in 0..text.tokens.len() {
        if at < free_from {
            continue;
        }
        let parsed = text
            .numbers(at)
            .or_else(|| text.year_month_day(at))
            .or_else(|| text.month_word(at, free_from));
        let Some(mut parsed) = parsed else { continue };
        // "mar 4/8" is no range: it may be a Tuesday, the fourth of August.
        let is_slash = |at: Option<usize>| at.is_some_and(|at| text.is_sign(at, '/'));
        let first = range::before::<ALL>(
            folded,
            &text.tokens,
            parsed.first,
            free_from,
            languages,
            true,
        );
        // A range of days begins with a day or with a year: "90 days until Sep 4" is none.
        let first = first.filter(|first| matches!(first, 1..=31 | 1900..=2642));
        if let Some(first) = first {
            let is_range = text.month_follows(parsed.first);
            parsed.value = match parsed.value {
                // 3-4 Sep
                Value::WithoutYear { month, day }
                    if is_range && !is_slash(parsed.first.checked_sub(1)) =>
                {
                    two_days(month, first, day.into())
                }
                Value::Trouble(trouble) => Value::Trouble(trouble),
                _ => Value::Trouble(Trouble::Ambiguous),
            };
        }
        if let Value::WithoutYear { month, day } = parsed.value
            && let Some(last) = text.range_after(parsed.last)
        {
            parsed.value = if is_slash(Some(parsed.last + 1)) {
                Value::Trouble(Trouble::Ambiguous)
            } else {
                two_days(month, day.into(), last.value)
            };
            parsed.last = last.at;
            parsed.end = None;
        }
        if !matches!(parsed.value, Value::Trouble(_))
            && text.begins_earlier(parsed.first, parsed.last)
        {
            parsed.value = day_before(parsed.value);
        }
        let has_no_year = matches!(
            parsed.value,
            Value::WithoutYear { .. } | Value::TwoDays { .. }
        );
        if has_no_year && text.year_beside(parsed.first, parsed.last) {
            parsed.value = Value::Trouble(Trouble::Ambiguous);
        }
        if let (Some(from), Some(to)) =
            (text.tokens.get(parsed.first), text.tokens.get(parsed.last))
        {
            found.push(Found {
                value: parsed.value,
                start: from.start,
                // The word that ends it may be joined to the next one: 4日までに.
                end: parsed.end.unwrap_or(to.end),
            });
            free_from = parsed.last + 1;
        }
    }
    found
}

/// The day before, without a year the earliest that it can be. Of two days it is not asked: which of them the time belongs to is not said.
fn day_before(value: Value) -> Value {
    let before = match value {
        Value::Day(day) => day.plus(-1).map(Value::Day),
        Value::WithoutYear { month, day } => {
            // 2023 is no leap year: before the first of March is the 28th.
            let first = Day::new(2023, month, 1);
            let before = first.and_then(|first| first.plus(i64::from(day) - 2));
            before.map(|before| Value::WithoutYear {
                month: before.month(),
                day: before.day(),
            })
        }
        _ => Some(Value::Trouble(Trouble::Ambiguous)),
    };
    before.unwrap_or(Value::Trouble(Trouble::Impossible))
}

/// Two days of a month, if the first is before the last and the month has them.
fn two_days(month: u32, first: u64, last: u64) -> Value {
    let [first, last] = [first, last].map(|day| u32::try_from(day).unwrap_or(0));
    let is_day = |day| Day::new(2024, month, day).is_some();
    if first < last && is_day(first) && is_day(last) {
        Value::TwoDays { month, first, last }
    } else {
        Value::Trouble(Trouble::Ambiguous)
    }
}

/// A date with its first and last token, and where it ends, if it ends within the last.
struct Parsed {
    value: Value,
    first: usize,
    last: usize,
    end: Option<usize>,
}

/// A number in a text: its value, how many digits it has, and its token.
#[derive(Clone, Copy)]
struct Number {
    value: u64,
    digits: usize,
    at: usize,
}

impl Number {
    /// Whether it can be a year, of the shop's time or of a Buddhist's.
    fn is_year(self) -> bool {
        self.digits == 4 && (1900..=2642).contains(&self.value)
    }

    /// Whether it can be a month or a day of a month.
    const fn is_short(self) -> bool {
        self.digits <= 2
    }
}

/// From eight hours of UTC on the shop's day has begun; of a zone that may lie as far in the east as any, from 22 hours on.
const WEST: u64 = 8;
const EAST: u64 = 22;

/// What a time of day may have behind it before its zone.
const HALF_OF_DAY: List = "am|pm|a|p|m|uhr|h|hs|hrs";

/// What makes a number before it a time of day, and what may as well make it a length of time.
const OF_DAY: List = "am|pm|a.m|p.m|a. m|p. m|uhr";
const HOURS: List = "h|hs|hrs";

/// How the zone that the shop counts in is written, those to its east up to Greenwich, and others, of which some are several.
const SHOPS_ZONE: List = "pst|pdt|pt|pacific|america/los_angeles|los angeles";
const WESTERN: List = "est|edt|et|cdt|ct|mst|mdt|mt|brt|art|wet|utc|gmt";
const EASTERN: List = "cst|msk|мск|cet|cest|mez|mesz|sec|selc|bst|west|eet|eest|trt|tsi|ist|idt|gst|pkt|ict|wib|wita|wit|hkt|sgt|myt|pht|\
                       awst|jst|kst|aest|aedt|nzst|nzdt|sast|eat|cat|wat";

/// Further codes, which are rare: all are taken for the farthest.
const OTHER: List = "ast|adt|nst|ndt|clt|clst|uyt|brst|pyt|fkt|azt|bdt|npt|uzt|samt|yekt|omst|novt|krat|irkt|yakt|vlat|magt|sakt|pett|irst";

/// Codes of zones that are words as well, in some language.
const WORDS_TOO: List = "est|et|art|wet|mt|ct|ist|sec|west|eat|cat|wit|gst|ast";

struct Text<'a, const ALL: bool> {
    folded: &'a str,
    tokens: Vec<Token<'a>>,
    languages: &'a Languages,
}

impl<const ALL: bool> Text<'_, ALL> {
    /// `2026-09-04`, `2026.9.4`, `04/09/2026`: three numbers with the same sign between them, without spaces or (as Korean
    /// and Czech write them) with spaces after the signs.
    fn numbers(&self, at: usize) -> Option<Parsed> {
        let a = self.number(at)?;
        let Kind::Sign(sign @ ('-' | '/' | '.')) = self.tokens.get(at + 1)?.kind else {
            return None;
        };
        let b = self.number(at + 2)?;
        let c = self.number(at + 4)?;
        // A fourth number with the same sign makes it a version or an address.
        let goes_on = self.is_sign(at + 5, sign) && self.number(at + 6).is_some();
        let follows = at
            .checked_sub(1)
            .is_some_and(|before| self.is_sign(before, sign));
        if !self.is_sign(at + 3, sign) || goes_on || follows || !b.is_short() {
            return None;
        }
        let value = if a.digits == 4 && c.is_short() {
            self.day(a.value, b.value, c.value)
        } else if a.is_short() && c.digits == 4 {
            let dotted = sign == '.'
                && self
                    .languages
                    .own()
                    .is_some_and(|own| own.dots_are_day_first);
            if dotted || (a.value > 12 && b.value <= 12) || a.value == b.value {
                self.day(c.value, b.value, a.value)
            } else if b.value > 12 && a.value <= 12 {
                self.day(c.value, a.value, b.value)
            } else if a.value > 12 {
                Value::Trouble(Trouble::Impossible)
            } else {
                Value::Trouble(Trouble::Ambiguous)
            }
        } else {
            return None;
        };
        Some(Parsed {
            value,
            first: at,
            last: at + 4,
            end: None,
        })
    }

    /// `2026년 7월 15일`, `9月4日`.
    fn year_month_day(&self, at: usize) -> Option<Parsed> {
        let first = self.number(at)?;
        let mut parsed = None;
        self.languages.any(|language| {
            let year = begins_with(self.from(at + 1), language.year).map(|_| first);
            let from = if year.is_some() { at + 2 } else { at };
            parsed = (|| {
                let month = self.number(from)?;
                begins_with(self.from(from + 1), language.month)?;
                let day = self.number(from + 2)?;
                let length = begins_with(self.from(from + 3), language.day)?;
                let value = match year {
                    Some(year) if year.digits == 4 => self.day(year.value, month.value, day.value),
                    // A year of an emperor.
                    Some(_) => Value::Trouble(Trouble::Ambiguous),
                    None => self.without_year(month.value, day.value),
                };
                Some(Parsed {
                    value,
                    first: at,
                    last: from + 3,
                    end: self.tokens.get(from + 3).map(|token| token.start + length),
                })
            })();
            parsed.is_some()
        });
        parsed
    }

    /// `Sep 4, 2026`, `4 sept. 2026`, `4 de setembro de 2026`, `4 tháng 9, 2026`, `Sep 4`: around a word that names a month.
    fn month_word(&self, at: usize, free_from: usize) -> Option<Parsed> {
        let (month, end) = self.month(at)?;
        let ambiguous = |last| {
            Some(Parsed {
                value: Value::Trouble(Trouble::Ambiguous),
                first: at,
                last,
                end: None,
            })
        };
        let before = self.number_before(at, free_from);
        let after = self.number_after(end);
        let (day, first, last, year) = match (before, after) {
            // 4 Sep 2026
            (Some(day), Some(year)) if day.is_short() && year.digits == 4 => {
                (day, day.at, year.at, Some(year))
            }
            // Sep 4, 2026
            (before, Some(day)) if day.is_short() => {
                match (before, self.number_after(day.at + 1)) {
                    (before, Some(year))
                        if year.digits == 4 && !before.is_some_and(Number::is_year) =>
                    {
                        (day, at, year.at, Some(year))
                    }
                    // 2026 Sep 4
                    (Some(year), None) if year.digits == 4 => (day, year.at, day.at, Some(year)),
                    // 5 Sep 4: either number can be the day. Sep 4, 26: that may be a year.
                    (Some(_), _) | (_, Some(_)) => return ambiguous(day.at),
                    (None, None) => match self.month(self.behind_fillers(day.at + 1)) {
                        None => (day, at, day.at, None),
                        // mar, 10 de agosto de 2026: the day of the week looks like a month.
                        Some((_, end))
                            if self.number_after(end).is_some_and(|year| year.digits == 4) =>
                        {
                            return None;
                        }
                        Some((_, end)) => return ambiguous(end - 1),
                    },
                }
            }
            // 4 Sep
            (Some(day), _) if day.is_short() => (day, day.at, end - 1, None),
            _ => return None,
        };
        let value = match (month, year) {
            (Err(trouble), _) => Value::Trouble(trouble),
            (Ok(_), Some(year)) if ALL && self.is_amount(year.at) => {
                Value::Trouble(Trouble::Impossible)
            }
            (Ok(month), Some(year)) => self.day(year.value, month, day.value),
            (Ok(month), None) => self.without_year(month, day.value),
        };
        Some(Parsed {
            value,
            first,
            last,
            end: None,
        })
    }

    /// The month that is named from that token on, and the first token behind its name.
    fn month(&self, at: usize) -> Option<(Result<u64, Trouble>, usize)> {
        self.tokens.get(at)?.word()?;
        let text = self.from(at);
        if self
            .languages
            .any(|language| begins_with(text, language.month_prefix).is_some())
            && let Some(month) = self.number(at + 1)
        {
            return Some((Ok(month.value), at + 2));
        }
        let (month, length) = self.languages.month_at(text)?;
        let end = self.tokens.get(at)?.start + length;
        let mut next = at;
        while self.tokens.get(next).is_some_and(|token| token.start < end) {
            next += 1;
        }
        Some((month.map(u64::from), next))
    }

    /// The number before the month.
    fn number_before(&self, month: usize, free_from: usize) -> Option<Number> {
        let mut at = month;
        for _ in 0..4 {
            at = at.checked_sub(1).filter(|at| *at >= free_from)?;
            let number = self.number(at);
            if number.is_some() {
                return number;
            }
            if !self.is_filler(at) {
                return None;
            }
        }
        None
    }

    /// The number from that token on, behind a few fillers ("Sept., 4"). 11:59 is a time of day.
    fn number_after(&self, from: usize) -> Option<Number> {
        let at = self.behind_fillers(from);
        self.number(at).filter(|_| !self.is_sign(at + 1, ':'))
    }

    fn behind_fillers(&self, from: usize) -> usize {
        let mut at = from;
        while at < from + 6 && self.is_filler(at) {
            at += 1;
        }
        at
    }

    /// Whether the token may stand between the parts of a date: a comma, a dot, "de".
    fn is_filler(&self, at: usize) -> bool {
        match self.tokens.get(at).map(|token| token.kind) {
            Some(Kind::Sign(sign)) => matches!(sign, ',' | '.' | '\'' | '׳'),
            Some(Kind::Word(_)) => {
                let text = self.from(at);
                self.languages
                    .any(|language| begins_with(text, language.fillers).is_some())
            }
            _ => false,
        }
    }

    /// The end of a range that begins before it: the 28 of "Dec 27 - 28".
    fn range_after(&self, last: usize) -> Option<Number> {
        let until = self.number(last + 2)?;
        let is_time = self.is_sign(last + 3, ':');
        (self.is_dash(last + 1) && until.is_short() && !is_time).then_some(until)
    }

    /// Whether the number there, which could be a year, is an amount of money: "before Sep 4, 2027 RUB", "2027,50 €".
    fn is_amount(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else {
            return false;
        };
        let before = self.folded.get(..token.start).unwrap_or_default();
        let after = self.folded.get(token.end..).unwrap_or_default();
        let is_joined = |at: usize| {
            let ends = (self.tokens.get(at), self.tokens.get(at + 1));
            matches!(ends, (Some(one), Some(next)) if one.end == next.start)
        };
        // "Mär 14,2026,07:55" is a time.
        let has_decimals = (self.is_sign(at + 1, ',') || self.is_sign(at + 1, '.'))
            && is_joined(at)
            && is_joined(at + 1)
            && self.number(at + 2).is_some_and(Number::is_short)
            && !self.is_sign(at + 3, ':');
        has_decimals || money::is_beside(before, after)
    }

    /// Whether words alone lie between those tokens and a year: of "mar, 13 de octubre de 2026" somebody who knows no Spanish
    /// would take the first half for a day in March.
    fn year_beside(&self, first: usize, last: usize) -> bool {
        let is_year = |at: usize| self.number(at).is_some_and(Number::is_year);
        let is_between = |at: &usize| {
            matches!(
                self.tokens.get(*at).map(|token| token.kind),
                Some(Kind::Word(_) | Kind::Sign(',' | '.'))
            )
        };
        let after = (last + 1..last + 6).find(|at| !is_between(at));
        let before = (first.saturating_sub(5)..first)
            .rev()
            .find(|at| !is_between(at));
        after.is_some_and(is_year) || before.is_some_and(is_year)
    }

    /// Whether a month is named behind that number.
    fn month_follows(&self, day: usize) -> bool {
        self.month(self.behind_fillers(day + 1)).is_some()
    }

    /// Whether the day may begin before it does where the shop counts, because a zone is named: `T02:00:00Z`, `00:00 (GMT+8)`,
    /// "00:00 Moscow time". Where the time behind that token, the date's last, is late enough, it has begun there as well.
    fn begins_earlier(&self, first: usize, last: usize) -> bool {
        let mut begun_at = if self.names_zone() { EAST } else { 0 };
        let mut hour = None;
        // 00:00Z and 00:00+08:00, not "00:00 z kraju" and "00:00 - paid".
        let touch = |one: usize, next: usize| {
            let ends = (self.tokens.get(one), self.tokens.get(next));
            matches!(ends, (Some(one), Some(next)) if one.end == next.start)
        };
        for (at, token) in self.tokens.iter().enumerate() {
            let mut is_time = at > 0 && self.is_sign(at - 1, ':');
            if ALL && self.number(at).is_some() && !(first..=last).contains(&at) {
                is_time |= begins_with(self.from(at + 1), OF_DAY).is_some();
                let of_hour = self
                    .hour_before_dot(at)
                    .filter(|hour| hour.at > last || at < first);
                let is_hour = begins_with(self.from(at + 1), HOURS).is_some();
                // What is no time beyond doubt has a code behind it, and nothing less.
                let code = if of_hour.is_some() || is_hour {
                    self.code_behind(at + 1)
                } else {
                    0
                };
                begun_at = begun_at.max(code);
                hour = hour.or(of_hour
                    .filter(|hour| (is_time || code > 0) && hour.at < last + 5 && hour.at > last)
                    .map(|hour| hour.value));
            }
            let zone =
                match token.kind {
                    Kind::Word("utc" | "gmt") => WEST,
                    Kind::Word("z") if hour.is_some() && touch(at - 1, at) => WEST,
                    Kind::Number(value, _)
                        if (last..last + 5).contains(&at)
                            && hour.is_none()
                            && self.is_sign(at + 1, ':') =>
                    {
                        hour = Some(value);
                        0
                    }
                    Kind::Sign(sign @ ('+' | '-'))
                        if self.number(at + 1).is_some()
                            && (begun_at > 0 || hour.is_some() && touch(at, at + 1)) =>
                    {
                        if sign == '-' { WEST } else { EAST }
                    }
                    // "(+08:00)", with no time before it.
                    Kind::Sign(sign @ ('+' | '-'))
                        if ALL
                            && at > last
                            && self.is_sign(at - 1, '(')
                            && self.is_sign(at + 2, ':') =>
                    {
                        if sign == '-' {
                            WEST
                        } else {
                            EAST
                        }
                    }
                    Kind::Number(..) if is_time => {
                        let code = if ALL { self.code_behind(at + 1) } else { 0 };
                        code.max(self.zone_behind(at + 1, true))
                    }
                    _ => 0,
                };
            begun_at = begun_at.max(zone);
        }
        begun_at = begun_at.max(self.zone_behind(last + 1, false));
        if ALL {
            begun_at = begun_at.max(self.zone_beside(first, last));
        }
        // Twelve may be midnight.
        let is_late = |hour: u64| (begun_at..24).contains(&hour) && hour != 12;
        begun_at > 0 && !hour.is_some_and(is_late)
    }

    /// The hour of what may be a time of day, whose minutes stand there behind a dot: the first 00 of "00.00 Uhr".
    fn hour_before_dot(&self, at: usize) -> Option<Number> {
        let hour_at = at.checked_sub(2)?;
        let (hour, minutes) = (self.number(hour_at)?, self.number(at)?);
        let [one, dot, other] = self.tokens.get(hour_at..=at)? else {
            return None;
        };
        let touch = one.end == dot.start && dot.end == other.start;
        let is_time = minutes.digits == 2 && minutes.value < 60 && hour.value <= 24;
        (is_time && touch && dot.is_sign('.')).then_some(hour)
    }

    /// As [`Self::zone_behind`], of a code alone that stands from that token on.
    fn code_behind(&self, from: usize) -> u64 {
        let is_passed = |at: &usize| {
            [',', '.', '('].iter().any(|sign| self.is_sign(*at, *sign))
                || begins_with(self.from(*at), HALF_OF_DAY).is_some()
        };
        self.code_at((from..).find(|at| !is_passed(at)).unwrap_or(from))
    }

    fn code_at(&self, at: usize) -> u64 {
        let text = self.from(at);
        let is_of = |codes: List| begins_with(text, codes).is_some();
        if is_of(SHOPS_ZONE) {
            0
        } else if is_of(EASTERN) || is_of(OTHER) {
            EAST
        } else if is_of(WESTERN) {
            WEST
        } else {
            0
        }
    }

    /// As [`Self::zone_behind`], of a code alone right before or behind a date: "Sep 4, 2026 JST". Letters that are a word as well
    /// are a code only where nothing is said behind them.
    fn zone_beside(&self, first: usize, last: usize) -> u64 {
        let is_word = |at: usize| begins_with(self.from(at), WORDS_TOO).is_some();
        let is_closed = |at: &usize| self.is_sign(*at, ':') || self.is_sign(*at, ')');
        let behind = self.behind_fillers(last + 1);
        let next = behind + 1 + usize::from(self.is_sign(behind + 1, '.'));
        let goes_on = self.tokens.get(next).and_then(Token::word).is_some();
        let before = (0..first).rev().find(|at| !is_closed(at));
        let before = before.filter(|at| !is_word(*at));
        let behind = Some(behind).filter(|at| !(goes_on && is_word(*at)));
        let of = |at: Option<usize>| at.map_or(0, |at| self.code_at(at));
        of(before).max(of(behind))
    }

    /// Whether another zone than the shop's is named somewhere in the text: "Beijing time: …".
    fn names_zone(&self) -> bool {
        self.languages
            .any(|language| forms(language.zones).any(|zone| contains(self.folded, zone)))
    }

    /// The hour from which the shop's day has begun in the zone that is named from that token on, behind a time of day or behind a
    /// date, 0 where none is or where it is the shop's own. A zone that is not known may be any.
    fn zone_behind(&self, from: usize, is_time: bool) -> u64 {
        let is_passed = |at: &usize| {
            self.is_sign(*at, ',')
                || self.is_sign(*at, '.')
                || is_time && begins_with(self.from(*at), HALF_OF_DAY).is_some()
        };
        let at = (from..).find(|at| !is_passed(at)).unwrap_or(from);
        let is_open = self.is_sign(at, '(');
        let at = at + usize::from(is_open);
        let text = self.from(at);
        if begins_with(text, SHOPS_ZONE).is_some() {
            return 0;
        }
        let is_beside = is_time || is_open;
        if is_beside && begins_with(text, WESTERN).is_some() {
            return WEST;
        }
        let is_word = |at: &usize| {
            let token = self.tokens.get(*at).map(|token| token.kind);
            matches!(token, Some(Kind::Word(_) | Kind::Sign('\'' | '/')))
        };
        // "Order time: …" and, behind a date, "delivery time 5 days" say something else.
        let is_label =
            |at: usize| self.is_sign(at + 1, ':') || !is_time && self.number(at + 1).is_some();
        let says_whose = |at: usize| {
            let word = self
                .tokens
                .get(at)
                .and_then(Token::word)
                .unwrap_or_default();
            let is_said = |form: &str| {
                if is_time {
                    contains(word, form)
                } else {
                    word == form
                }
            };
            self.languages
                .any(|language| forms(language.whose_time).any(is_said))
                && !is_label(at)
        };
        let is_zone = is_beside && begins_with(text, EASTERN).is_some()
            || is_time && is_open && is_word(&at)
            || (at..at + 5).take_while(is_word).any(says_whose);
        if is_zone { EAST } else { 0 }
    }

    fn is_dash(&self, at: usize) -> bool {
        let token = self.tokens.get(at).map(|token| token.kind);
        matches!(token, Some(Kind::Sign(sign)) if range::is_dash(sign))
    }

    fn is_sign(&self, at: usize, sign: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_sign(sign))
    }

    fn number(&self, at: usize) -> Option<Number> {
        match self.tokens.get(at)?.kind {
            Kind::Number(value, digits) => Some(Number { value, digits, at }),
            _ => None,
        }
    }

    /// The text from that token on.
    fn from(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .and_then(|token| self.folded.get(token.start..))
            .unwrap_or_default()
    }

    fn day(&self, year: u64, month: u64, day: u64) -> Value {
        let own = self.languages.own();
        let is_buddhist =
            (2548..=2642).contains(&year) && own.is_some_and(|own| own.buddhist_years);
        let year = if is_buddhist { year - 543 } else { year };
        let small = |number: u64| u32::try_from(number).unwrap_or(0);
        let day = i32::try_from(year)
            .ok()
            .and_then(|year| Day::new(year, small(month), small(day)));
        day.map_or(Value::Trouble(Trouble::Impossible), Value::Day)
    }

    fn without_year(&self, month: u64, day: u64) -> Value {
        // 2024 is a leap year: every day that some year has.
        match self.day(2024, month, day) {
            Value::Day(day) => Value::WithoutYear {
                month: day.month(),
                day: day.day(),
            },
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::language::tests::{all, own};

    fn read(text: &str) -> Result<String, Trouble> {
        read_day(text, &all()).map(|day| day.to_string())
    }

    #[test]
    fn dates_are_read_as_the_shop_writes_them() {
        for (text, day) in [
            ("Date: Sep 1, 2026", "2026-09-01"),
            ("Order date: Jul 15, 2026", "2026-07-15"),
            ("24 nov, 2023", "2023-11-24"),
            ("12 févr. 2024", "2024-02-12"),
            ("2026년 7월 15일", "2026-07-15"),
            ("주문일자:: 2026년 5월 21일", "2026-05-21"),
            ("Mär 14,2026, 07:55", "2026-03-14"),
            ("14. Mär 2026", "2026-03-14"),
            ("15 июля 2026 г.", "2026-07-15"),
            ("15 de julho de 2026", "2026-07-15"),
            ("2022-03-23 21:19:58", "2022-03-23"),
            ("2026-09-04T02:00:00Z", "2026-09-03"),
            ("2026-09-04T15:00:00+08:00", "2026-09-03"),
            ("2026-09-04T15:00:00-03:00", "2026-09-04"),
            ("Sep 4, 2026 15:00 (GMT+8)", "2026-09-03"),
            ("Sep 4, 2026 15:00 (GMT + 8)", "2026-09-03"),
            (
                "Remboursement si non livré avant le 4 sept. 2026",
                "2026-09-04",
            ),
            ("\u{200f}Sep\u{a0}4, 2026\u{200e}", "2026-09-04"),
            ("R$5 Aug 5, 2026", "2026-08-05"),
            ("25/12/2026", "2026-12-25"),
            ("12/25/2026", "2026-12-25"),
            ("2026. 7. 15.", "2026-07-15"),
            ("Feb 29, 2024", "2024-02-29"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(day), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for (text, trouble) in [
            ("03/04/2026", Trouble::Ambiguous),
            ("03.04.2026", Trouble::Ambiguous),
            ("5 Sep 6", Trouble::Ambiguous),
            ("Sep 1, 2026 – Sep 3, 2026", Trouble::Ambiguous),
            ("Sep 4, 2026 (Aug 28)", Trouble::Ambiguous),
            ("Sep 3 (Sep 4) (Sep 4, 2026)", Trouble::Ambiguous),
            ("Jun 5, 2026 (Dec 30)", Trouble::Ambiguous),
            ("3-31 Sep 2026", Trouble::Impossible),
            ("Feb 30, 2026", Trouble::Impossible),
            ("Feb 29, 2026", Trouble::Impossible),
            ("Sep 1, 9999", Trouble::Impossible),
            ("Sep 1, 0001", Trouble::Impossible),
            ("13/13/2026", Trouble::Impossible),
            ("13/14/2026", Trouble::Impossible),
            ("12/11/2026", Trouble::Ambiguous),
            ("11/12/2026", Trouble::Ambiguous),
            ("2026-01-02-3", Trouble::Unreadable),
            ("3-2026-01-02", Trouble::Unreadable),
            ("", Trouble::Unreadable),
            ("Awaiting delivery", Trouble::Unreadable),
            ("Ref. Number: 8212313961591322", Trouble::Unreadable),
            ("Sep 4", Trouble::Unreadable),
            ("1/9/26", Trouble::Unreadable),
            ("10.0.0.2026", Trouble::Unreadable),
            ("99999999999999999999-01-01", Trouble::Unreadable),
        ] {
            assert_eq!(read(text), Err(trouble), "{text}");
        }
    }

    #[test]
    fn a_dotted_date_begins_with_the_day_only_where_the_language_says_so() {
        assert_eq!(
            read_day("03.04.2026", &own("de")),
            Ok("2026-04-03".parse().unwrap())
        );
        assert_eq!(read_day("03/04/2026", &own("de")), Err(Trouble::Ambiguous));
        assert_eq!(read_day("03.04.2026", &own("en")), Err(Trouble::Ambiguous));
    }

    #[test]
    fn a_year_that_is_not_printed_follows_only_from_bounds() {
        let found = find(&fold("Delivered：Jul. 28"), &all());
        assert_eq!(found[0].value, Value::WithoutYear { month: 7, day: 28 });
        let day = |text: &str| -> Day { text.parse().unwrap() };
        assert_eq!(
            with_year_between(7, 28, day("2026-07-15"), day("2026-11-20")),
            Some(day("2026-07-28"))
        );
        assert_eq!(
            with_year_between(1, 2, day("2025-12-15"), day("2026-03-01")),
            Some(day("2026-01-02"))
        );
        assert_eq!(
            with_year_between(8, 1, day("2025-07-15"), day("2026-11-20")),
            None,
            "two years fit"
        );
        assert_eq!(
            with_year_between(12, 1, day("2026-07-15"), day("2026-11-20")),
            None,
            "no year fits"
        );
        assert_eq!(
            find(&fold("Dec 24, 11:59 EST"), &all())[0].value,
            Value::WithoutYear { month: 12, day: 24 }
        );
    }

    #[test]
    fn what_is_no_range_of_days_is_none() {
        let value = |text: &str| find(&fold(text), &all())[0].value;
        let two = Value::TwoDays {
            month: 9,
            first: 3,
            last: 4,
        };
        assert_eq!(value("3 - 4 Sep"), two);
        for text in ["3/4 Sep", "3 - Sep 4", "Sep 3/4"] {
            assert_eq!(value(text), Value::Trouble(Trouble::Ambiguous), "{text}");
        }
        // A number that many words divide from the day is no year of it.
        assert_eq!(
            value("Delivery Sep 4 and of all of the 2026 parcels"),
            Value::WithoutYear { month: 9, day: 4 }
        );
    }

    #[test]
    fn the_parts_of_a_date_may_be_six_signs_apart_and_no_more() {
        let read = |signs: usize| find(&format!("sep{} 4 2026", ",".repeat(signs)), &all());
        let day = "2026-09-04".parse().unwrap();
        assert_eq!(read(6)[0].value, Value::Day(day));
        assert_eq!(read(7), []);
    }

    #[test]
    fn an_hour_belongs_to_the_date_that_it_stands_close_behind() {
        // Late in the evening the shop's day has begun everywhere; of an hour that may be of something else nobody knows.
        for (text, day) in [
            ("Sep 4, 2026 x y z 22:30 MSK", "2026-09-04"),
            ("Sep 4, 2026 w x y z 22:30 MSK", "2026-09-03"),
            ("Sep 4, 2026 x y z 22.30 Uhr MEZ", "2026-09-04"),
            ("Sep 4, 2026 w x y z 22.30 Uhr MEZ", "2026-09-03"),
            // Whose time it is, is said among the five words behind it.
            ("Sep 4, 2026 00:00 v w x y time", "2026-09-03"),
            ("Sep 4, 2026 00:00 v w x y z time", "2026-09-04"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(day), "{text}");
        }
    }

    #[test]
    fn every_date_of_a_text_is_found_with_its_place() {
        let text =
            fold("If delivered after Aug 3, 2026 · Refund if no delivery before Sep 4, 2026");
        let days: Vec<&str> = find(&text, &all())
            .iter()
            .map(|found| text.get(found.start..found.end).unwrap())
            .collect();
        assert_eq!(days, ["aug 3, 2026", "sep 4, 2026"]);
        // What is written on without a space is no part of it.
        let text = fold("2026年9月4日までに");
        let found = find(&text, &all())[0];
        assert_eq!(text.get(found.start..found.end), Some("2026年9月4日"));
        // What is unclear covers no more than itself.
        let text = "sep 4 oct 5 2027-01-02";
        let covered: Vec<_> = find(text, &all())
            .iter()
            .map(|found| text.get(found.start..found.end))
            .collect();
        assert_eq!(covered, [Some("sep 4 oct"), Some("2027-01-02")]);
    }

    #[test]
    fn what_has_the_shape_of_a_date_is_told_whether_it_is_read_or_not() {
        for (text, looks, is) in [
            ("sep 4, 2026", false, true),
            ("9/4/26", true, true),
            ("4-sep-26", true, true),
            ("4.9.26", true, true),
            ("2026/9/4", true, true),
            ("9/4/2026", true, true),
            ("2026/9/2026", false, false),
            ("9/4-26", false, false),
            ("9/4", false, false),
            ("9,4,26", false, false),
            ("9/123/26", false, false),
            ("9/./26", false, false),
            ("010-1234-5678", false, false),
            ("awaiting delivery", false, false),
        ] {
            assert_eq!(looks_like_one(text), looks, "{text}");
            assert_eq!(is_dated(text, &all()), is, "{text}");
        }
    }
}
