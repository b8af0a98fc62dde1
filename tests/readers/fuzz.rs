//! Texts that nobody wrote: damaged and joined ones of the corpus, for as many seconds as `RECOURSE_FUZZ_SECONDS` says.
//!
//! No reader may fail on any of them, and none may read what is not printed: a day that was read has its number and its year
//! in the text, and a window its days. Nor may it be the later end of a range. What is done to a text is decided by bytes that bolero gives, so that its engines that
//! watch what the readers do with them (`cargo bolero`) can steer it too.

use std::time::Duration;

use recourse::domain::time::{Day, Span};
use recourse::reading::relative::{self, Way};
use recourse::reading::text::{fold, tidy};
use recourse::reading::{date, day_count, money::read_money};
use recourse::site::Lexicon;
use recourse::site::lexicon::FILES;

use crate::corpus::{Text, lexicon_of, read, texts};

/// Decisions, from bytes. When they are used up every decision is the first.
struct Decisions<'a>(&'a [u8]);

impl Decisions<'_> {
    fn below(&mut self, bound: usize) -> usize {
        let mut number = 0;
        for _ in 0..if bound <= 0x100 { 1 } else { 3 } {
            let (byte, rest) = self.0.split_first().unwrap_or((&0, &[]));
            self.0 = rest;
            number = number << 8 | usize::from(*byte);
        }
        number % bound.max(1)
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// Any letter, half of them of a kind that the readers look at.
    fn letter(&mut self) -> char {
        const LOOKED_AT: &str = "0123456789٠٩۴๒２/.-,:'’–~  \u{a0}\u{200f}年月日년월일ก.ค.thgסпмSep$€R¥円\u{301}\u{e31}ßİΣ·|。!?;";
        if self.below(2) == 0 {
            let letters: Vec<char> = LOOKED_AT.chars().collect();
            return *self.of(&letters);
        }
        let code = u32::try_from(self.below(0x11_0000)).unwrap();
        // A parser of pages leaves zeros out, so what is read after it would not be what is compared.
        let letter = char::from_u32(code).filter(|letter| *letter != '\0');
        letter.unwrap_or('\u{fffd}')
    }
}

/// Says what was read when a reader failed.
struct Saying<'a>(&'a str, &'a str);

impl Drop for Saying<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}: {:?}", self.0, self.1);
        }
    }
}

fn damage(decisions: &mut Decisions<'_>, text: &str, other: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..=decisions.below(4) {
        let at = decisions.below(letters.len());
        match decisions.below(6) {
            0 if !letters.is_empty() => drop(letters.remove(at)),
            1 => letters.insert(at, decisions.letter()),
            2 if !letters.is_empty() => letters[at] = decisions.letter(),
            3 => letters.truncate(at),
            4 => {
                let piece: Vec<char> = other.chars().collect();
                let from = decisions.below(piece.len());
                letters.splice(at..at, piece[from..].iter().copied());
            }
            _ => {
                let end = at + decisions.below(letters.len() - at);
                let again: Vec<char> = letters[at..end].to_vec();
                letters.splice(at..at, again);
            }
        }
    }
    letters.into_iter().collect()
}

/// The numbers of a text, as the readers see them.
fn numbers(text: &str) -> Vec<i64> {
    let folded = fold(text);
    let runs = folded.split(|letter: char| !letter.is_ascii_digit());
    runs.filter_map(|run| run.parse().ok()).collect()
}

/// Whether the day is one that the text may name.
fn is_printed(day: &str, numbers: &[i64], year: bool) -> bool {
    let mut parts = day.split('-').map(|part| part.parse::<i64>().unwrap());
    let (of_year, _, of_month) = (parts.next().unwrap(), parts.next(), parts.next().unwrap());
    let has_year = numbers.contains(&of_year) || numbers.contains(&(of_year + 543));
    numbers.contains(&of_month) && (has_year || !year)
}

/// Whether the day is printed, or the one after it: a time in another zone may be of the day before where the shop counts.
fn is_told(day: &str, numbers: &[i64], year: bool) -> bool {
    let next = day.parse::<Day>().unwrap().plus(1).unwrap().to_string();
    is_printed(day, numbers, year) || is_printed(&next, numbers, year)
}

/// Whether the day's number stands nowhere but at the end of a range: right behind a dash before which there is another number of
/// that length, which is no month between two dashes as in 2026-09-04.
fn ends_range(text: &str, day: Day) -> bool {
    let letters: Vec<char> = fold(text).chars().collect();
    let is_beside = |letter: &char| matches!(letter, ' ' | '.' | ',');
    // What is before that place, without what may stand beside a dash.
    let back = |mut at: usize| {
        while at > 0 && is_beside(&letters[at - 1]) {
            at -= 1;
        }
        at
    };
    let digits = |end: usize| {
        letters[..end]
            .iter()
            .rev()
            .take_while(|letter| letter.is_ascii_digit())
            .count()
    };
    let value =
        |from: usize, end: usize| letters[from..end].iter().collect::<String>().parse::<u32>();
    let (mut ends, mut others) = (0, 0);
    for end in 1..=letters.len() {
        let length = digits(end);
        let is_whole = letters.get(end).is_none_or(|next| !next.is_ascii_digit());
        let from = end - length;
        if !is_whole || !(1..=2).contains(&length) || value(from, end) != Ok(day.day()) {
            continue;
        }
        let dash = back(from);
        let is_dash = dash > 0 && matches!(letters[dash - 1], '-' | '–' | '—' | '~' | '〜');
        let number = back(dash.saturating_sub(1));
        let before = digits(number);
        let begins = number - before;
        let other = value(begins, number).unwrap_or(0);
        let sign = begins.checked_sub(1).map_or(' ', |at| letters[at]);
        if is_dash && (1..=2).contains(&before) && other > 0 && !matches!(sign, '-' | ':') {
            ends += 1;
        } else {
            others += 1;
        }
    }
    ends > 0 && others == 0
}

#[test]
fn the_end_of_a_range_is_told_from_a_day() {
    let day: Day = "2026-09-06".parse().unwrap();
    for text in [
        "4–6 Sep 2026",
        "4.–6.09.2026",
        "28.08-06.09.2026",
        "28/08 - 6/09/2026",
    ] {
        assert!(ends_range(text, day), "{text}");
    }
    for text in [
        "2026-09-06",
        "6–8 Sep 2026",
        "Sep 6, 2026",
        "10:30 - 6 Sep 2026",
    ] {
        assert!(!ends_range(text, day), "{text}");
    }
}

fn check(kind: &str, text: &str, lexicon: &'static Lexicon) {
    let _saying = Saying(kind, text);
    let folded = fold(text);
    assert_eq!(fold(&folded), folded, "folding twice changes nothing");
    assert_eq!(tidy(&tidy(text)), tidy(text));
    let numbers = numbers(text);
    for found in date::find(&folded, &lexicon.languages) {
        assert!(folded.get(found.start..found.end).is_some());
    }
    for found in day_count::find(&folded, &lexicon.languages) {
        assert!(folded.get(found.start..found.end).is_some());
        assert!(
            found
                .days
                .is_none_or(|days| numbers.contains(&i64::from(days)))
        );
    }
    for (_, file) in FILES {
        for found in relative::find(&folded, &relative::Forms::parse(file)) {
            assert!(folded.get(found.start..found.end).is_some());
            assert!(folded.get(found.whole.0..found.whole.1).is_some());
            // No more than all its numbers, were each of them days; one and two may be said in words.
            let least = found
                .at_least()
                .map_or(0, |least| least.0 / Span::days(1).0);
            let most: i64 = numbers
                .iter()
                .fold(4, |sum, number| sum.saturating_add(number.saturating_abs()));
            assert!(found.way == Way::Named || least <= most);
        }
    }
    if let Ok(day) = date::read_day(text, &lexicon.languages) {
        assert!(is_told(&day.to_string(), &numbers, true), "{day}");
        assert!(!ends_range(text, day), "{day}");
    }
    if let Ok(money) = read_money(text) {
        assert!(money.mantissa >= 0 && money.scale <= 3);
    }
    let read = read(kind, text, lexicon);
    for part in read.split(", ") {
        match (kind, part.split_once(' ')) {
            ("promise", Some(("refund" | "coupon", day))) => {
                assert!(is_told(day, &numbers, true), "{part}");
                assert!(!ends_range(text, day.parse().unwrap()), "{part}");
            }
            // What is left of a time is no more than the text says, counted from when the page of the corpus was made.
            ("promise" | "until", Some(("left", day))) => {
                let made: Day = "2026-11-20".parse().unwrap();
                let most = numbers.iter().copied().max().unwrap_or(0).max(3);
                let day: Day = day.split(' ').next_back().unwrap().parse().unwrap();
                assert!(day.number() - made.number() <= most, "{part}");
            }
            ("promise", Some((_, days))) => {
                assert!(numbers.contains(&days.parse().unwrap()), "{part}")
            }
            ("arrival" | "promised", _) if part.contains('-') => {
                assert!(is_told(part, &numbers, false), "{part}")
            }
            ("step" | "until" | "row", Some((_, day))) => {
                assert!(is_told(day, &numbers, true), "{part}")
            }
            _ => {}
        }
    }
}

#[test]
fn no_reader_fails_or_reads_what_is_not_printed() {
    let seconds =
        std::env::var("RECOURSE_FUZZ_SECONDS").map_or(1, |seconds| seconds.parse().unwrap());
    let texts: Vec<Text> = texts();
    let mut lexicons: Vec<&'static Lexicon> = vec![lexicon_of(None)];
    let mut codes: Vec<&str> = texts.iter().map(|text| text.file.as_str()).collect();
    codes.dedup();
    lexicons.extend(codes.into_iter().map(|code| lexicon_of(Some(code))));
    bolero::check!()
        .with_test_time(Duration::from_secs(seconds))
        .for_each(|bytes: &[u8]| {
            let mut decisions = Decisions(bytes);
            let one = decisions.of(&texts);
            let other = decisions.of(&texts);
            let lexicon = *decisions.of(&lexicons);
            let text = damage(&mut decisions, &one.text, &other.text);
            check(&one.kind, &text, lexicon);
        });
}
