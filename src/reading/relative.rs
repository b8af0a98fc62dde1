//! Times relative to now: "in 5 days", "noch 5 Tage", "残り5日", "tomorrow".
//!
//! A number of days or hours counts from now only where a word beside it says so; "within 7 days" does not. What a program calls
//! "5 days" may be four and a minute, rounded up: that much is [`Found::at_least`].

use crate::domain::rules::LONGEST_WINDOW;
use crate::domain::time::Span;

use super::day_count::is_part_of_more;
use super::language::{List, begins_with, ends_word, forms, joins_words, list};
use super::text::is_letter;
use super::token::{Kind, tokens};

/// How one language says it.
#[derive(Clone, Copy, Debug)]
pub struct Forms {
    days: List,
    hours: List,
    working_days: List,
    in_before: List,
    in_after: List,
    left_before: List,
    left_after: List,
    /// Today, tomorrow, and the day after.
    near: [List; 3],
}

impl Forms {
    /// Those of a file that the build has written.
    #[must_use]
    pub fn parse(file: &'static str) -> Self {
        let list = |name| list(file, name);
        Self {
            days: list("days"),
            hours: list("hours"),
            working_days: list("working-days"),
            in_before: list("in-before"),
            in_after: list("in-after"),
            left_before: list("left-before"),
            left_after: list("left-after"),
            near: ["today", "tomorrow", "after-tomorrow"].map(list),
        }
    }
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Days,
    Hours,
}

/// In which words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// "In 5 days": a text that is always the same says it too, and then counts from something else.
    In,
    /// "5 days left": that counts from now alone.
    Left,
    /// "Tomorrow".
    Named,
}

/// A time relative to now, with the bytes of the folded text that it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// `None` if nothing can be so far away: none at all, or more than [`LONGEST_WINDOW`] days.
    pub count: Option<u16>,
    pub unit: Unit,
    pub way: Way,
    pub start: usize,
    pub end: usize,
}

impl Found {
    /// The time that there is at least.
    #[must_use]
    pub fn at_least(&self) -> Option<Span> {
        let whole = i64::from(self.count?).saturating_sub(1).max(0);
        Some(match self.unit {
            Unit::Days => Span::days(whole),
            Unit::Hours => Span::hours(whole),
        })
    }
}

/// All such times in folded text, first the counted ones, in their order.
#[must_use]
pub fn find(folded: &str, language: &Forms) -> Vec<Found> {
    let tokens = tokens(folded);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let (Kind::Number(value, _), Some(next)) = (token.kind, tokens.get(at + 1)) else {
            continue;
        };
        let rest = folded.get(next.start..).unwrap_or_default();
        let days = begins_with(rest, language.days);
        let hours = begins_with(rest, language.hours);
        let unit = if days > hours {
            Unit::Days
        } else {
            Unit::Hours
        };
        let Some(length) = days.max(hours).filter(|_| days != hours) else {
            continue;
        };
        let (before, after) = (
            folded.get(..token.start).unwrap_or_default(),
            rest.get(length..).unwrap_or_default(),
        );
        let after = after.trim_start_matches([' ', '.', ',', ':']);
        let before = before.trim_end_matches([' ', ':']);
        let is_something_else =
            is_part_of_more(&tokens, at) || begins_with(after, language.working_days).is_some();
        let says = |list_before, list_after| {
            ends_with(before, list_before) || begins_with(after, list_after).is_some()
        };
        let way = if is_something_else {
            None
        } else if says(language.left_before, language.left_after) {
            Some(Way::Left)
        } else {
            says(language.in_before, language.in_after).then_some(Way::In)
        };
        found.extend(way.map(|way| {
            Found {
                count: u16::try_from(value)
                    .ok()
                    .filter(|count| (1..=longest(unit)).contains(count)),
                unit,
                way,
                start: token.start,
                end: next.start + length,
            }
        }));
    }
    found.extend(named(folded, language));
    found
}

const fn longest(unit: Unit) -> u16 {
    match unit {
        Unit::Days => LONGEST_WINDOW,
        Unit::Hours => LONGEST_WINDOW * 24,
    }
}

/// The day that the text names by how near it is: the longest of its names, since "tomorrow" is in "the day after tomorrow".
fn named(folded: &str, language: &Forms) -> Option<Found> {
    let mut longest: Option<Found> = None;
    for (count, names) in (0..).zip(language.near) {
        for name in forms(names) {
            let places = folded.match_indices(name);
            let mut whole = places.filter(|(at, _)| is_word(folded, *at, name));
            if let Some((start, _)) = whole.next()
                && longest.is_none_or(|other| other.end - other.start < name.len())
            {
                longest = Some(Found {
                    count: Some(count),
                    unit: Unit::Days,
                    way: Way::Named,
                    start,
                    end: start + name.len(),
                });
            }
        }
    }
    longest
}

/// Whether the word that stands there is no part of another.
fn is_word(text: &str, at: usize, word: &str) -> bool {
    let (before, after) = (text.get(..at), text.get(at + word.len()..));
    starts_word(before.unwrap_or_default(), word) && ends_word(word, after.unwrap_or_default())
}

/// Whether a word begins where the form does: the letter before it belongs to another, or the script joins its words.
fn starts_word(before: &str, form: &str) -> bool {
    let joined = form.chars().next().is_some_and(joins_words);
    joined || !before.chars().next_back().is_some_and(is_letter)
}

/// Whether the text ends with a form of the list, as whole words.
fn ends_with(text: &str, list: List) -> bool {
    forms(list).any(|form| {
        text.strip_suffix(form)
            .is_some_and(|before| starts_word(before, form))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::language::tests::file;
    use crate::reading::text::fold;

    fn read(language: &str, text: &str) -> Vec<(Option<u16>, Unit, Way)> {
        let found = find(&fold(text), &Forms::parse(file(language)));
        found
            .iter()
            .map(|found| (found.count, found.unit, found.way))
            .collect()
    }

    #[test]
    fn what_is_left_is_read_in_every_language() {
        for (language, text, count, unit) in [
            ("en", "5 days left", 5, Unit::Days),
            ("en", "Time left: 36 hours", 36, Unit::Hours),
            ("fr", "Il reste 5 jours", 5, Unit::Days),
            ("fr", "5 jours restants", 5, Unit::Days),
            ("ru", "Осталось 5 дней", 5, Unit::Days),
            ("ru", "ещё 3 ч.", 3, Unit::Hours),
            ("pt", "Faltam 5 dias", 5, Unit::Days),
            ("es", "Quedan 5 días", 5, Unit::Days),
            ("de", "noch 5 Tage", 5, Unit::Days),
            ("it", "Mancano 5 giorni", 5, Unit::Days),
            ("nl", "nog 5 dagen", 5, Unit::Days),
            ("pl", "Pozostało 5 dni", 5, Unit::Days),
            ("tr", "5 gün kaldı", 5, Unit::Days),
            ("ar", "متبقي ٥ أيام", 5, Unit::Days),
            ("he", "נותרו 5 ימים", 5, Unit::Days),
            ("ja", "残り５日", 5, Unit::Days),
            ("ja", "残りあと3時間", 3, Unit::Hours),
            ("ko", "5일 남음", 5, Unit::Days),
            ("ko", "3시간 남았습니다", 3, Unit::Hours),
            ("th", "เหลืออีก 5 วัน", 5, Unit::Days),
            ("vi", "còn lại 5 ngày", 5, Unit::Days),
            ("id", "5 hari lagi", 5, Unit::Days),
            ("uk", "Залишилося 5 днів", 5, Unit::Days),
            ("cs", "Zbývá 5 dní", 5, Unit::Days),
            ("zh", "还剩5天", 5, Unit::Days),
        ] {
            assert_eq!(
                read(language, text),
                [(Some(count), unit, Way::Left)],
                "{text}"
            );
        }
    }

    #[test]
    fn a_number_that_no_word_relates_to_now_is_none() {
        for (language, text) in [
            ("en", "within 5 days"),
            ("en", "5 days"),
            ("en", "5 days leftover"),
            ("en", "again 5 days"),
            ("en", "in 5 business days"),
            ("en", "in 3-5 days"),
            ("en", "in 1.5 days"),
            ("en", "in -5 days"),
            ("en", "in 5 weeks"),
            ("fr", "dans les 5 jours"),
            ("fr", "dans 5 jours ouvrables"),
            ("en", "todays"),
        ] {
            assert_eq!(read(language, text), [], "{text}");
        }
    }

    #[test]
    fn a_count_that_cannot_be_is_none() {
        for text in [
            "0 days left",
            "2147483648 days left",
            "in 741 days",
            "in 17761 hours",
        ] {
            let found = find(&fold(text), &Forms::parse(file("en")));
            let counts: Vec<_> = found
                .iter()
                .map(|found| (found.count, found.at_least()))
                .collect();
            assert_eq!(counts, [(None, None)], "{text}");
        }
        assert_eq!(
            read("en", "in 740 days"),
            [(Some(740), Unit::Days, Way::In)]
        );
        assert_eq!(
            read("en", "in 17760 hours"),
            [(Some(17_760), Unit::Hours, Way::In)]
        );
    }

    #[test]
    fn the_last_unit_may_have_just_begun() {
        let at_least = |text: &str| find(&fold(text), &Forms::parse(file("en")))[0].at_least();
        assert_eq!(at_least("5 days left"), Some(Span::days(4)));
        assert_eq!(at_least("36 hours left"), Some(Span::hours(35)));
        assert_eq!(at_least("1 day left"), Some(Span(0)));
        assert_eq!(at_least("today"), Some(Span(0)));
        assert_eq!(at_least("the day after tomorrow"), Some(Span::days(1)));
    }

    #[test]
    fn of_two_days_that_are_named_the_nearer_counts() {
        for (language, text) in [
            ("ja", "今日か明日"),
            ("ja", "明日か今日"),
            ("zh", "明天或今天"),
        ] {
            assert_eq!(
                read(language, text),
                [(Some(0), Unit::Days, Way::Named)],
                "{text}"
            );
        }
    }

    #[test]
    fn every_time_of_a_text_is_found_with_its_place() {
        let text = fold("In 5 days, tomorrow or 3 hours left");
        let found = find(&text, &Forms::parse(file("en")));
        let covered: Vec<_> = found
            .iter()
            .map(|found| text.get(found.start..found.end).unwrap())
            .collect();
        assert_eq!(covered, ["5 days", "3 hours", "tomorrow"]);
    }
}
