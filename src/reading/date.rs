//! Dates in text.
//!
//! A month that is written as a word settles the order of the numbers around it. A date of numbers alone is read where
//! only one reading exists: the year first, a day above twelve, or a language whose dotted dates begin with the day.
//! "03/04/2026" is no date.

use crate::domain::problem::Trouble;
use crate::domain::time::Day;

use super::language::Language;
use super::text::fold;
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
pub fn read_day(text: &str, language: Option<&Language>) -> Result<Day, Trouble> {
    let mut result = Err(Trouble::Unreadable);
    for found in find(&fold(text), language) {
        match (found.value, result) {
            (Value::Trouble(trouble), _) => return Err(trouble),
            (Value::Day(day), Ok(other)) if day != other => return Err(Trouble::Ambiguous),
            (Value::Day(day), _) => result = Ok(day),
            (Value::WithoutYear { .. }, _) => {}
        }
    }
    result
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

/// All dates in folded text, in their order. `language` decides only where a word or a dotted date would be read
/// differently in two languages.
#[must_use]
pub fn find(folded: &str, language: Option<&Language>) -> Vec<Found> {
    if !folded.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let tokens = tokens(folded);
    let mut found: Vec<Found> = Vec::new();
    let mut free_from = 0;
    for at in 0..tokens.len() {
        if at < free_from {
            continue;
        }
        let parsed = numbers(&tokens, at, language)
            .or_else(|| year_month_day(&tokens, at))
            .or_else(|| month_word(&tokens, at, free_from, language));
        if let Some(Parsed { value, first, last }) = parsed
            && let (Some(from), Some(to)) = (tokens.get(first), tokens.get(last))
        {
            found.push(Found {
                value,
                start: from.start,
                end: to.end,
            });
            free_from = last + 1;
        }
    }
    found
}

/// A date with its first and last token.
struct Parsed {
    value: Value,
    first: usize,
    last: usize,
}

fn day_value(year: u64, month: u64, day: u64) -> Value {
    let part = |number: u64| u32::try_from(number).ok();
    let day = i32::try_from(year)
        .ok()
        .zip(part(month))
        .zip(part(day))
        .and_then(|((year, month), day)| Day::new(year, month, day));
    day.map_or(Value::Trouble(Trouble::Impossible), Value::Day)
}

fn number(tokens: &[Token<'_>], at: usize) -> Option<(u64, usize)> {
    match tokens.get(at)?.kind {
        Kind::Number(value, digits) => Some((value, digits)),
        _ => None,
    }
}

/// `2026-09-04`, `2026.9.4`, `04/09/2026`: three numbers with the same sign between them, without spaces or (as Korean
/// writes them) with spaces after the signs.
fn numbers(tokens: &[Token<'_>], at: usize, language: Option<&Language>) -> Option<Parsed> {
    let (a, a_digits) = number(tokens, at)?;
    let Kind::Sign(sign @ ('-' | '/' | '.')) = tokens.get(at + 1)?.kind else {
        return None;
    };
    let (b, b_digits) = number(tokens, at + 2)?;
    if !tokens.get(at + 3)?.is_sign(sign) {
        return None;
    }
    let (c, c_digits) = number(tokens, at + 4)?;
    let small = |digits: usize| digits == 1 || digits == 2;
    // A fourth number with the same sign makes it a version or an address.
    let goes_on = tokens.get(at + 5).is_some_and(|token| token.is_sign(sign))
        && number(tokens, at + 6).is_some();
    let follows = at
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|token| token.is_sign(sign));
    if goes_on || follows {
        return None;
    }
    let value = if a_digits == 4 && small(b_digits) && small(c_digits) {
        day_value(a, b, c)
    } else if small(a_digits) && small(b_digits) && c_digits == 4 {
        let dotted = sign == '.' && language.is_some_and(|language| language.dots_are_day_first);
        if dotted || (a > 12 && b <= 12) || a == b {
            day_value(c, b, a)
        } else if b > 12 && a <= 12 {
            day_value(c, a, b)
        } else if a > 12 {
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
    })
}

/// `2026년 7월 15일`.
fn year_month_day(tokens: &[Token<'_>], at: usize) -> Option<Parsed> {
    let (year, 4) = number(tokens, at)? else {
        return None;
    };
    let words = Language::all()
        .iter()
        .filter_map(|language| language.year_month_day);
    let follows = |at: usize, word: &str| {
        tokens
            .get(at)
            .and_then(Token::word)
            .is_some_and(|text| text.starts_with(word))
    };
    for [year_word, month_word, day_word] in words {
        if !follows(at + 1, year_word) || !follows(at + 3, month_word) || !follows(at + 5, day_word)
        {
            continue;
        }
        let (month, _) = number(tokens, at + 2)?;
        let (day, _) = number(tokens, at + 4)?;
        return Some(Parsed {
            value: day_value(year, month, day),
            first: at,
            last: at + 5,
        });
    }
    None
}

/// `Sep 4, 2026`, `4 sept. 2026`, `4 de setembro de 2026`, `Sep 4`: around a word that names a month.
fn month_word(
    tokens: &[Token<'_>],
    at: usize,
    free_from: usize,
    language: Option<&Language>,
) -> Option<Parsed> {
    let word = tokens.get(at)?.word()?;
    let month = month_named(word, language)?;
    let before = number_before(tokens, at, free_from);
    let after = number_after(tokens, at + 1);
    let is_day = |digits: usize| digits <= 2;
    let (day, first, last, year) = match (before, after) {
        // 4 Sep 2026
        (Some((day, day_digits, first)), Some((year, 4, last))) if is_day(day_digits) => {
            (day, first, last, Some(year))
        }
        // Sep 4, 2026
        (before, Some((day, day_digits, last))) if is_day(day_digits) => {
            match year_after(tokens, last + 1) {
                Some((year, last)) => (day, at, last, Some(year)),
                // 5 Sep 4: either number can be the day.
                None if before.is_some_and(|(_, digits, _)| is_day(digits)) => {
                    return Some(Parsed {
                        value: Value::Trouble(Trouble::Ambiguous),
                        first: at,
                        last,
                    });
                }
                None => (day, at, last, None),
            }
        }
        // 4 Sep
        (Some((day, day_digits, first)), _) if is_day(day_digits) => (day, first, at, None),
        _ => return None,
    };
    let month = match month {
        Ok(month) => month,
        Err(trouble) => {
            return Some(Parsed {
                value: Value::Trouble(trouble),
                first,
                last,
            });
        }
    };
    let value = match year {
        Some(year) => day_value(year, u64::from(month), day),
        // 2024 is a leap year: every day that some year has.
        None => match day_value(2024, u64::from(month), day) {
            Value::Day(day) => Value::WithoutYear {
                month,
                day: day.day(),
            },
            other => other,
        },
    };
    Some(Parsed { value, first, last })
}

/// The month that the word names: in the page's language, else in every language that knows the word, if they agree.
fn month_named(word: &str, language: Option<&Language>) -> Option<Result<u32, Trouble>> {
    if let Some(month) = language.and_then(|language| language.month(word)) {
        return Some(Ok(month));
    }
    let mut months = Language::all()
        .iter()
        .filter_map(|language| language.month(word));
    let first = months.next()?;
    Some(if months.all(|month| month == first) {
        Ok(first)
    } else {
        Err(Trouble::Ambiguous)
    })
}

/// Whether the token may stand between the parts of a date: a comma, a dot, "de".
fn is_filler(token: &Token<'_>) -> bool {
    matches!(
        token.kind,
        Kind::Sign(',' | '.') | Kind::Word("de" | "del" | "of" | "le")
    )
}

/// The number before the month, with its digits and its token.
fn number_before(
    tokens: &[Token<'_>],
    month: usize,
    free_from: usize,
) -> Option<(u64, usize, usize)> {
    let mut at = month;
    for _ in 0..2 {
        at = at.checked_sub(1).filter(|at| *at >= free_from)?;
        if let Some((value, digits)) = number(tokens, at) {
            return Some((value, digits, at));
        }
        if !is_filler(tokens.get(at)?) {
            return None;
        }
    }
    None
}

/// The number from `at` on, behind at most two fillers ("Sept., 4").
fn number_after(tokens: &[Token<'_>], at: usize) -> Option<(u64, usize, usize)> {
    for at in at..at + 3 {
        if let Some((value, digits)) = number(tokens, at) {
            // 11:59 is a time of day, 4.5 a decimal.
            let time = tokens.get(at + 1).is_some_and(|token| token.is_sign(':'));
            return (!time).then_some((value, digits, at));
        }
        if !is_filler(tokens.get(at)?) {
            return None;
        }
    }
    None
}

fn year_after(tokens: &[Token<'_>], at: usize) -> Option<(u64, usize)> {
    number_after(tokens, at)
        .filter(|(_, digits, _)| *digits == 4)
        .map(|(year, _, at)| (year, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, Trouble> {
        read_day(text, None).map(|day| day.to_string())
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
            ("Feb 30, 2026", Trouble::Impossible),
            ("Feb 29, 2026", Trouble::Impossible),
            ("Sep 1, 9999", Trouble::Impossible),
            ("Sep 1, 0001", Trouble::Impossible),
            ("13/13/2026", Trouble::Impossible),
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
            read_day("03.04.2026", Language::of("de")),
            Ok("2026-04-03".parse().unwrap())
        );
        assert_eq!(
            read_day("03/04/2026", Language::of("de")),
            Err(Trouble::Ambiguous)
        );
        assert_eq!(
            read_day("03.04.2026", Language::of("en")),
            Err(Trouble::Ambiguous)
        );
    }

    #[test]
    fn a_year_that_is_not_printed_follows_only_from_bounds() {
        let found = find(&fold("Delivered：Jul. 28"), None);
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
            find(&fold("Dec 24, 11:59 EST"), None)[0].value,
            Value::WithoutYear { month: 12, day: 24 }
        );
    }

    #[test]
    fn every_date_of_a_text_is_found_with_its_place() {
        let text =
            fold("If delivered after Aug 3, 2026 · Refund if no delivery before Sep 4, 2026");
        let days: Vec<&str> = find(&text, None)
            .iter()
            .map(|found| text.get(found.start..found.end).unwrap())
            .collect();
        assert_eq!(days, ["aug 3, 2026", "sep 4, 2026"]);
    }
}
