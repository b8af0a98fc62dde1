//! Times relative to now: "in 5 days", "noch 5 Tage", "残り5日", "5 days 3 hours left", "5d 03h", "4 days 12:33:10", "tomorrow".
//!
//! A length of days and hours counts from now only where a word beside it says so; "within 7 days" does not. What a program calls
//! "5 days" may be four and a minute, rounded up, and "5 days 3 hours" five and two and a minute: that much is
//! [`Found::at_least`].

use crate::domain::rules::LONGEST_WINDOW;
use crate::domain::time::Span;

use super::day_count::is_part_of_more;
use super::language::{List, begins_with, ends_word, forms, joins_words, list};
use super::text::{contains, is_letter};
use super::token::{Kind, Token, tokens};

/// How one language says it.
#[derive(Clone, Copy, Debug)]
pub struct Forms {
    days: List,
    /// Of each unit, the longest first; of days those that are written beside hours alone.
    units: [List; 4],
    /// One and two of each unit, where that is said without a number: "ساعتان".
    one: [List; 4],
    two: [List; 4],
    weeks: List,
    eve: List,
    at_most: List,
    joined_by: List,
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
            units: ["short-days", "hours", "minutes", "seconds"].map(list),
            one: ["one-day", "one-hour", "one-minute", "one-second"].map(list),
            two: ["two-days", "two-hours", "two-minutes", "two-seconds"].map(list),
            weeks: list("weeks"),
            eve: list("eve"),
            at_most: list("at-most"),
            joined_by: list("joined-by"),
            working_days: list("working-days"),
            in_before: list("in-before"),
            in_after: list("in-after"),
            left_before: list("left-before"),
            left_after: list("left-after"),
            near: ["today", "tomorrow", "after-tomorrow"].map(list),
        }
    }

    /// Whether the text begins with the name of a unit, of those as well that are longer than a day.
    #[must_use]
    pub fn names_unit(&self, text: &str) -> bool {
        self.unit_at(text).is_some() || begins_with(text, self.weeks).is_some()
    }

    /// Whether the text beside a day names one before it: "the eve of", "の前日".
    #[must_use]
    pub fn names_eve(&self, text: &str) -> bool {
        forms(self.eve).any(|eve| contains(text, eve))
    }

    /// The unit with whose name the text begins, and the length of the name: a word of the language, else a symbol. No name of one unit
    /// is one of another in the same language; in Turkish "d" are minutes, which elsewhere are days.
    fn unit_at(&self, text: &str) -> Option<(Unit, usize)> {
        let one_of = |words: &[List; 4]| {
            let mut units = Unit::ALL.into_iter().zip(words);
            units.find_map(|(unit, list)| Some((unit, begins_with(text, list)?)))
        };
        let days = begins_with(text, self.days).map(|length| (Unit::Days, length));
        days.or_else(|| one_of(&self.units))
            .or_else(|| one_of(&SYMBOLS))
    }

    /// One or two of a unit in a word with which the text begins, and the length of the word, with the number behind it that says it
    /// once more: "שעתיים (2)".
    fn few_at(&self, text: &str) -> Option<(u64, Unit, usize)> {
        let counted = [(1, self.one, " (1)"), (2, self.two, " (2)")];
        counted.into_iter().find_map(|(value, words, again)| {
            let mut units = Unit::ALL.into_iter().zip(words);
            let (unit, length) =
                units.find_map(|(unit, list)| Some((unit, begins_with(text, list)?)))?;
            let is_said_again = text.get(length..)?.starts_with(again);
            let more = if is_said_again { again.len() } else { 0 };
            Some((value, unit, length + more))
        })
    }
}

/// The units as they are written in every language.
const SYMBOLS: [List; 4] = ["d", "h", "min|m", "s"];

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    Days,
    Hours,
    Minutes,
    Seconds,
}

impl Unit {
    const ALL: [Self; 4] = [Self::Days, Self::Hours, Self::Minutes, Self::Seconds];

    const fn length(self) -> i64 {
        match self {
            Self::Days => Span::days(1).0,
            Self::Hours => Span::hours(1).0,
            Self::Minutes => Span::minutes(1).0,
            Self::Seconds => 1000,
        }
    }

    /// The most of it that stand first, and behind a greater one.
    const fn most(self) -> (u64, u64) {
        let days = LONGEST_WINDOW as u64;
        match self {
            Self::Days => (days, 0),
            Self::Hours => (days * 24, 23),
            Self::Minutes => (days * 24 * 60, 59),
            Self::Seconds => (days * 24 * 60 * 60, 59),
        }
    }
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
    /// The time that there is at least. `None` if nothing can be so far away: none at all, or more than [`LONGEST_WINDOW`] days.
    at_least: Option<Span>,
    /// The days that it names, without what is less than one.
    pub days: u16,
    pub way: Way,
    pub start: usize,
    pub end: usize,
    /// The same with the words beside it that say from when it counts.
    pub whole: (usize, usize),
}

impl Found {
    /// The time that there is at least.
    #[must_use]
    pub const fn at_least(&self) -> Option<Span> {
        self.at_least
    }
}

/// All such times in folded text, first the counted ones, in their order.
#[must_use]
pub fn find(folded: &str, language: &Forms) -> Vec<Found> {
    let tokens = tokens(folded);
    let mut found = Vec::new();
    let mut passed = 0;
    for (at, token) in tokens.iter().enumerate() {
        if token.start < passed {
            continue;
        }
        let Some(length) = length_at(folded, &tokens, at, language) else {
            continue;
        };
        passed = length.end;
        let all_before = folded.get(..token.start).unwrap_or_default();
        let all_after = folded.get(length.end..).unwrap_or_default();
        let after = all_after.trim_start_matches([' ', '.', ',', ':']);
        let before = all_before.trim_end_matches([' ', ':']);
        let is_something_else = is_part_of_more(&tokens, at)
            || begins_with(after, language.working_days).is_some()
            || ends_with(before, language.joined_by).is_some()
            // "Less than 24 hours left" may be one.
            || ends_with(before, language.at_most).is_some()
            || begins_with(after, language.at_most).is_some();
        // The words before and after it, each with its length.
        let beside = |list_before, list_after| {
            let beside = (
                ends_with(before, list_before),
                begins_with(after, list_after),
            );
            (beside != (None, None)).then(|| (beside.0.unwrap_or(0), beside.1.unwrap_or(0)))
        };
        let left =
            beside(language.left_before, language.left_after).map(|beside| (Way::Left, beside));
        let way = left.or_else(|| {
            beside(language.in_before, language.in_after).map(|beside| (Way::In, beside))
        });
        found.extend(
            way.filter(|_| !is_something_else)
                .map(|(way, (first, last))| Found {
                    at_least: length.at_least,
                    days: length.days,
                    way,
                    start: token.start,
                    end: length.end,
                    whole: (
                        if first > 0 {
                            before.len() - first
                        } else {
                            token.start
                        },
                        if last > 0 {
                            folded.len() - after.len() + last
                        } else {
                            length.end
                        },
                    ),
                }),
        );
    }
    found.extend(named(folded, language));
    found
}

/// A length of time in one or several units.
struct Length {
    at_least: Option<Span>,
    days: u16,
    end: usize,
}

/// The length that begins with that token.
fn length_at(folded: &str, tokens: &[Token<'_>], at: usize, language: &Forms) -> Option<Length> {
    let mut last: Option<Unit> = None;
    let (mut total, mut end) = (0, 0);
    let mut is_possible = true;
    let mut rest = tokens.get(at..)?;
    while let [first, ..] = rest {
        let between = folded.get(end..first.start).unwrap_or_default();
        let between = between.trim_matches([' ', ',', '.', '،', '、']);
        if last.is_some()
            && !between.is_empty()
            && !forms(language.joined_by).any(|word| word == between)
        {
            break;
        }
        let is_behind_days = last.is_none_or(|last| last == Unit::Days);
        if let Some((length, clock_end)) = clock_at(rest).filter(|_| is_behind_days) {
            is_possible &= last.is_none() || length < Unit::Days.length();
            total += length;
            (last, end) = (Some(Unit::Seconds), clock_end);
            break;
        }
        let Some((value, unit, part_end)) = part_at(folded, rest, last.is_some(), language) else {
            break;
        };
        if last.is_some_and(|last| last >= unit) {
            break;
        }
        let (alone, behind) = unit.most();
        let most = if last.is_none() { alone } else { behind };
        is_possible &= value <= most;
        let value = i64::try_from(value.min(most)).unwrap_or_default();
        total += value * unit.length();
        (last, end) = (Some(unit), part_end);
        let is_next = |token: &Token<'_>| {
            token.start >= end
                && (matches!(token.kind, Kind::Number(..))
                    || part_at(folded, std::slice::from_ref(token), true, language).is_some())
        };
        let next = rest.iter().position(is_next);
        rest = rest.get(next.unwrap_or(rest.len())..).unwrap_or_default();
    }
    let last = last?;
    is_possible &= total > 0;
    let days = u16::try_from(total / Unit::Days.length()).unwrap_or_default();
    Some(Length {
        at_least: is_possible.then(|| Span((total - last.length()).max(0))),
        days,
        end,
    })
}

/// So many of a unit, and where that ends: a number with the unit behind it, or a word for one or two of them, which behind another
/// part may have the "and" joined to it.
fn part_at(
    folded: &str,
    tokens: &[Token<'_>],
    is_behind: bool,
    language: &Forms,
) -> Option<(u64, Unit, usize)> {
    let first = tokens.first()?;
    if let Kind::Number(value, _) = first.kind {
        let name = tokens.get(1)?.start;
        let (unit, length) = language.unit_at(folded.get(name..)?)?;
        return Some((value, unit, name + length));
    }
    let word = first.word()?;
    let few = |start: usize| {
        let (value, unit, length) = language.few_at(folded.get(start..)?)?;
        Some((value, unit, start + length))
    };
    let behind_and = || {
        let mut joints =
            forms(language.joined_by).filter(|and| is_behind && word.starts_with(*and));
        joints.find_map(|and| few(first.start + and.len()))
    };
    few(first.start).or_else(behind_and)
}

/// A length written as on a clock, and where it ends: hours, minutes and seconds, or, as it is the least that it can mean, minutes
/// and seconds.
fn clock_at(tokens: &[Token<'_>]) -> Option<(i64, usize)> {
    let (mut numbers, mut end) = ([0_i64; 3], 0);
    let mut count = 0;
    for pair in tokens.chunks(2) {
        let (number, sign) = (pair.first()?, pair.get(1));
        let Kind::Number(value, digits) = number.kind else {
            return None;
        };
        if count > 0 && (number.start != end + 1 || digits != 2 || value > 59) {
            return None;
        }
        *numbers.get_mut(count)? = i64::try_from(value).ok().filter(|value| *value < 10_000)?;
        (count, end) = (count + 1, number.end);
        if !sign.is_some_and(|sign| sign.is_sign(':') && sign.start == end) {
            break;
        }
    }
    let [first, second, third] = numbers;
    let seconds = match count {
        3 => first * 3600 + second * 60 + third,
        2 => first * 60 + second,
        _ => return None,
    };
    Some((seconds * 1000, end))
}

/// The day that the text names by how near it is: the longest of its names, since "tomorrow" is in "the day after tomorrow".
fn named(folded: &str, language: &Forms) -> Option<Found> {
    let mut longest: Option<Found> = None;
    for (days, names) in (0_u16..).zip(language.near) {
        for name in forms(names) {
            let places = folded.match_indices(name);
            let mut whole = places.filter(|(at, _)| is_word(folded, *at, name));
            if let Some((start, _)) = whole.next()
                && longest.is_none_or(|other| other.end - other.start < name.len())
            {
                let end = start + name.len();
                longest = Some(Found {
                    at_least: Some(Span::days(i64::from(days.saturating_sub(1)))),
                    days,
                    way: Way::Named,
                    start,
                    end,
                    whole: (start, end),
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

/// The length of the form of the list with which the text ends, as whole words; the longest, if it ends with several.
fn ends_with(text: &str, list: List) -> Option<usize> {
    let mut longest = None;
    for form in forms(list) {
        if let Some(before) = text.strip_suffix(form)
            && starts_word(before, form)
        {
            longest = longest.max(Some(form.len()));
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::language::tests::file;
    use crate::reading::text::fold;

    fn read(language: &str, text: &str) -> Vec<(Option<Span>, Way)> {
        let found = find(&fold(text), &Forms::parse(file(language)));
        found
            .iter()
            .map(|found| (found.at_least(), found.way))
            .collect()
    }

    /// What is left at least of so many of a unit, the last of which may have just begun.
    fn least(count: i64, unit: Unit) -> Option<Span> {
        Some(Span((count - 1) * unit.length()))
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
                [(least(count, unit), Way::Left)],
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
            ("en", "less than 24 hours left"),
            ("en", "up to 5 days left"),
            ("fr", "moins de 24 heures restantes"),
            ("de", "weniger als 24 Stunden übrig"),
            ("es", "menos de 24 horas restantes"),
            ("ja", "残り24時間未満"),
            ("ja", "残り5日以内"),
            ("ko", "24시간 미만 남음"),
            ("zh", "剩余24小时以内"),
            ("ar", "أقل من 24 ساعة متبقية"),
            ("he", "פחות מ-24 שעות נותרו"),
            ("id", "kurang dari 24 jam lagi"),
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
            "00:00:00 left",
            "0 days 0 hours left",
            "5 days 24 hours left",
            "3 hours 60 minutes left",
            "2 days 24:00:00 left",
            "in 17761 hours",
            "in 1065601 minutes",
            "in 63936001 seconds",
        ] {
            let found = find(&fold(text), &Forms::parse(file("en")));
            let counts: Vec<_> = found.iter().map(Found::at_least).collect();
            assert_eq!(counts, [None], "{text}");
        }
        assert_eq!(
            read("en", "in 740 days"),
            [(least(740, Unit::Days), Way::In)]
        );
        for (text, count, unit) in [
            ("in 17760 hours", 17_760, Unit::Hours),
            ("in 1065600 minutes", 1_065_600, Unit::Minutes),
            ("in 63936000 seconds", 63_936_000, Unit::Seconds),
        ] {
            assert_eq!(read("en", text), [(least(count, unit), Way::In)], "{text}");
        }
    }

    #[test]
    fn every_name_of_a_unit_is_that_of_no_other() {
        for tag in crate::domain::settings::languages() {
            let language = Forms::parse(file(tag));
            let of_unit = Unit::ALL.into_iter().zip(language.units);
            for (unit, list) in of_unit.chain([(Unit::Days, language.days)]) {
                for name in forms(list) {
                    let found = language.unit_at(name);
                    assert_eq!(found, Some((unit, name.len())), "{tag}: {name}");
                }
            }
        }
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
    fn what_is_left_in_several_units_is_one_length() {
        let span = |days: i64, hours: i64, minutes: i64, seconds: i64| {
            Some(Span(
                (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000,
            ))
        };
        for (language, text, expected) in [
            ("en", "5 days 3 hours left", span(5, 2, 0, 0)),
            (
                "en",
                "5 days, 3 hours and 20 minutes left",
                span(5, 3, 19, 0),
            ),
            ("en", "5d 03h left", span(5, 2, 0, 0)),
            ("en", "Time left: 05d 12h 33m 10s", span(5, 12, 33, 9)),
            ("en", "Time remaining 4 days 12:33:10", span(4, 12, 33, 9)),
            ("en", "Remaining: 12:33:10", span(0, 12, 33, 9)),
            ("en", "60:00:10 left", span(2, 12, 0, 9)),
            ("en", "12:59:59 left", span(0, 12, 59, 58)),
            ("en", "Remaining: 12:33, 10 parcels", span(0, 0, 12, 32)),
            ("en", "740 days 23 hours left", span(740, 22, 0, 0)),
            // Hours and minutes, or minutes and seconds: the less.
            ("en", "4 days 12:33 left", span(4, 0, 12, 32)),
            ("en", "0 days 3 hours left", span(0, 2, 0, 0)),
            ("en", "5 days 0 hours left", span(4, 23, 0, 0)),
            ("en", "45 minutes left", span(0, 0, 44, 0)),
            ("fr", "Temps restant : 5 j 3 h", span(5, 2, 0, 0)),
            ("fr", "Il reste 5 jours et 3 heures", span(5, 2, 0, 0)),
            ("ru", "Осталось 5 дн. 3 ч.", span(5, 2, 0, 0)),
            ("ru", "Оставшееся время: 5д 3ч 20мин", span(5, 3, 19, 0)),
            ("pt", "Tempo restante: 5 dias e 3 horas", span(5, 2, 0, 0)),
            (
                "es",
                "Quedan 5 días, 3 horas y 20 minutos",
                span(5, 3, 19, 0),
            ),
            ("de", "Noch 5 Tage und 3 Stunden", span(5, 2, 0, 0)),
            ("it", "Tempo rimanente: 5g 3h", span(5, 2, 0, 0)),
            ("nl", "Resterende tijd: 5 dagen 3 uur", span(5, 2, 0, 0)),
            ("pl", "Pozostało 5 dni i 3 godz.", span(5, 2, 0, 0)),
            ("tr", "Kalan süre: 5 gün 3 saat 12 d", span(5, 3, 11, 0)),
            ("ar", "الوقت المتبقي: ٥ أيام و٣ ساعات", span(5, 2, 0, 0)),
            ("ar", "متبقي ساعتان", span(0, 1, 0, 0)),
            ("ar", "متبقي يومان و3 ساعات", span(2, 2, 0, 0)),
            ("ar", "يومان و3 ساعات متبقية", span(2, 2, 0, 0)),
            ("ar", "الوقت المتبقي: يومان وساعتان", span(2, 1, 0, 0)),
            ("ar", "متبقي ٥ أيام وساعتان ودقيقتان", span(5, 2, 1, 0)),
            ("ar", "متبقي دقيقتان وثانيتان", span(0, 0, 2, 1)),
            ("ar", "متبقي يوم واحد و٣ ساعات", span(1, 2, 0, 0)),
            ("ar", "متبقي يومان 12:33:10", span(2, 12, 33, 9)),
            ("he", "נותרו 5 ימים ו-3 שעות", span(5, 2, 0, 0)),
            ("he", "נותרו שעתיים", span(0, 1, 0, 0)),
            ("he", "נותרו יומיים ושעתיים", span(2, 1, 0, 0)),
            ("he", "נותרו 5 ימים ושתי דקות", span(5, 0, 1, 0)),
            ("he", "נותר יום אחד ו-3 שעות", span(1, 2, 0, 0)),
            ("ja", "残り時間：5日3時間", span(5, 2, 0, 0)),
            ("ja", "残り5日12:33:10", span(5, 12, 33, 9)),
            ("ko", "5일 3시간 남음", span(5, 2, 0, 0)),
            ("th", "เวลาที่เหลือ: 5 วัน 3 ชั่วโมง", span(5, 2, 0, 0)),
            ("vi", "Thời gian còn lại: 5 ngày 3 giờ", span(5, 2, 0, 0)),
            ("id", "Sisa waktu 5 hari 3 jam", span(5, 2, 0, 0)),
            ("uk", "Залишилося 5 дн. і 3 год.", span(5, 2, 0, 0)),
            ("cs", "Zbývá 5 dní a 3 hodiny", span(5, 2, 0, 0)),
            ("zh", "还剩5天3小时", span(5, 2, 0, 0)),
        ] {
            assert_eq!(read(language, text), [(expected, Way::Left)], "{text}");
        }
    }

    #[test]
    fn a_length_that_is_only_a_part_is_none() {
        for (language, text) in [
            // A week and two hours, a day and two hours.
            ("ar", "متبقي أسبوع وساعتان"),
            ("he", "נותר יום ושעתיים"),
            ("en", "12:5 left"),
            ("en", "12:75:10 left"),
            ("en", "1:12:33:10 left"),
            ("en", "12: 33: 10 left"),
            ("en", "5 hours 3 days left"),
        ] {
            let found = read(language, text);
            assert!(
                found.iter().all(|(least, _)| *least <= Some(Span::days(2))),
                "{text}: {found:?}"
            );
        }
        assert_eq!(read("ar", "أسبوع وساعتان متبقية"), []);
        assert_eq!(read("ar", "أسبوع و3 ساعات متبقية"), []);
        assert_eq!(read("ar", "ساعتان"), []);
        for text in [
            "1:12:33:10 left",
            "12:5 left",
            "12:75:10 left",
            "12: 33: 10 left",
            "10000:00:10 left",
        ] {
            assert_eq!(read("en", text), [], "{text}");
        }
    }

    #[test]
    fn the_days_of_a_length_are_the_whole_ones() {
        for (text, days) in [
            ("5 days 3 hours left", 5),
            ("36 hours left", 1),
            ("23 hours left", 0),
            ("Remaining: 60:00:10", 2),
        ] {
            let found = find(&fold(text), &Forms::parse(file("en")));
            assert_eq!(found[0].days, days, "{text}");
        }
    }

    #[test]
    fn the_words_that_say_what_it_is_are_covered_too() {
        let text = fold("Please answer. Time remaining: 4 days 12:33:10!");
        let [found] = find(&text, &Forms::parse(file("en")))[..] else {
            panic!("{text}");
        };
        let covered = |(start, end): (usize, usize)| text.get(start..end).unwrap();
        assert_eq!(covered((found.start, found.end)), "4 days 12:33:10");
        assert_eq!(covered(found.whole), "time remaining: 4 days 12:33:10");
        let text = fold("(5 days, left)");
        let [found] = find(&text, &Forms::parse(file("en")))[..] else {
            panic!("{text}");
        };
        assert_eq!(text.get(found.whole.0..found.whole.1), Some("5 days, left"));
    }

    #[test]
    fn one_and_two_that_are_said_in_a_word_may_be_said_in_a_number_too() {
        for (text, covered) in [
            ("בעוד שעתיים (2)", "שעתיים (2)"),
            ("בעוד יום אחד (1)", "יום אחד (1)"),
            ("בעוד שעתיים (3)", "שעתיים"),
            ("בעוד שעתיים", "שעתיים"),
        ] {
            let text = fold(text);
            let [found] = find(&text, &Forms::parse(file("he")))[..] else {
                panic!("{text}");
            };
            assert_eq!(found.way, Way::In);
            assert_eq!(text.get(found.start..found.end), Some(covered));
        }
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
                [(Some(Span(0)), Way::Named)],
                "{text}"
            );
            let found = find(&fold(text), &Forms::parse(file(language)));
            assert_eq!(found[0].days, 0, "{text}");
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
