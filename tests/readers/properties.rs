//! What must hold of every date, every amount and every text.

use proptest::prelude::*;
use recourse::domain::money::Currency;
use recourse::domain::problem::Trouble;
use recourse::domain::time::Day;
use recourse::reading::date::Value;
use recourse::reading::money::read_money;
use recourse::reading::{date, day_count, relative, text};
use recourse::site::Lexicon;
use recourse::site::lexicon::FILES;

use crate::corpus::{is_refusal, lexicon_of, read, texts};
use crate::shop;

/// A way in which ICU or the shop writes dates; `formats.mjs` says how a line is written.
#[derive(Clone, Debug)]
struct Format {
    language: &'static str,
    months: Vec<&'static str>,
    weekdays: Vec<&'static str>,
    digits: Vec<char>,
    pattern: &'static str,
}

/// What stands for none in the fixtures.
fn or_none(text: &str) -> &str {
    if text == "-" { "" } else { text }
}

fn formats() -> Vec<Format> {
    let line = |line: &'static str| {
        let parts: Vec<&str> = line.split('\t').collect();
        let [language, months, weekdays, digits, pattern] = parts.as_slice() else {
            panic!("{line}");
        };
        Format {
            language,
            months: or_none(months).split('|').collect(),
            weekdays: or_none(weekdays).split('|').collect(),
            digits: or_none(digits).chars().collect(),
            pattern,
        }
    };
    include_str!("formats.tsv").lines().map(line).collect()
}

/// The number in the digits of a script; none are ASCII's.
fn in_digits(text: &str, digits: &[char]) -> String {
    let digit = |letter: char| {
        let value = letter
            .to_digit(10)
            .map(|value| usize::try_from(value).unwrap());
        value
            .and_then(|value| digits.get(value).copied())
            .unwrap_or(letter)
    };
    text.chars().map(digit).collect()
}

impl Format {
    fn write(&self, day: Day) -> String {
        let (year, month, of_month) = (day.year(), day.month(), day.day());
        let weekday = usize::try_from((day.number() + 3).rem_euclid(7)).unwrap();
        let name = |names: &[&'static str], at: usize| names.get(at).copied().unwrap_or_default();
        let text = self
            .pattern
            .replace("{d}", &of_month.to_string())
            .replace("{dd}", &format!("{of_month:02}"))
            .replace("{M}", &month.to_string())
            .replace("{MM}", &format!("{month:02}"))
            .replace("{y}", &year.to_string())
            .replace("{yy}", &format!("{:02}", year % 100))
            .replace("{b}", &(year + 543).to_string())
            .replace("{bb}", &format!("{:02}", (year + 543) % 100))
            .replace(
                "{month}",
                name(&self.months, usize::try_from(month).unwrap() - 1),
            )
            .replace("{weekday}", name(&self.weekdays, weekday));
        assert!(!text.contains('{'), "{text}");
        in_digits(&text, &self.digits)
    }

    /// Whether there is one reading alone: its year is whole, and its month is a name, or stands between year and day.
    fn is_clear(&self) -> bool {
        let year = ["{y}", "{b}"]
            .iter()
            .find_map(|year| self.pattern.find(year));
        let month = ["{month}", "{M}月", "{M}월"]
            .iter()
            .any(|month| self.pattern.contains(month));
        year.is_some_and(|at| month || at == 0)
    }
}

fn days() -> impl Strategy<Value = Day> {
    let first: Day = "2005-01-01".parse().unwrap();
    let last: Day = "2099-12-31".parse().unwrap();
    (first.number()..=last.number()).prop_map(|number| Day::from_number(number).unwrap())
}

/// The languages of a page that declares that one, and of a page of which nothing is known.
fn lexicons() -> Vec<(&'static str, &'static Lexicon)> {
    let known = FILES.iter();
    known
        .map(|(code, _)| (*code, lexicon_of(Some(code))))
        .collect()
}

#[test]
fn weekdays_of_the_fixture_are_right() {
    let format = formats()
        .into_iter()
        .find(|format| format.language == "en" && format.pattern.starts_with("{weekday}"));
    assert_eq!(
        format.unwrap().write("2026-09-04".parse().unwrap()),
        "Friday, September 4, 2026"
    );
}

#[test]
fn a_date_is_read_as_the_day_that_was_written_or_refused() {
    let (formats, lexicons, all) = (formats(), lexicons(), lexicon_of(None));
    let own = |language: &str| {
        lexicons
            .iter()
            .find(|(code, _)| *code == language)
            .unwrap()
            .1
    };
    let config = ProptestConfig {
        cases: 4_000,
        ..ProptestConfig::default()
    };
    let others: Vec<&str> = lexicons.iter().map(|(code, _)| *code).collect();
    proptest!(config, |(format in prop::sample::select(formats), other in prop::sample::select(others), day in days())| {
        let text = format.write(day);
        let read = date::read_day(&text, &own(format.language).languages);
        prop_assert!(read == Ok(day) || (read.is_err() && !format.is_clear()), "{}: {text}: {read:?}", format.language);
        // On a page of another language, and on one of which nothing is known.
        for lexicon in [own(other), all] {
            let read = date::read_day(&text, &lexicon.languages);
            prop_assert!(read == Ok(day) || read.is_err(), "{} with {other}: {text}: {read:?}", format.language);
        }
    });
}

#[test]
fn a_date_is_read_the_same_within_other_text() {
    let (formats, lexicons) = (formats(), lexicons());
    let own = |language: &str| {
        lexicons
            .iter()
            .find(|(code, _)| *code == language)
            .unwrap()
            .1
    };
    let around = [
        "",
        " ",
        ": ",
        "(",
        ") ",
        "\u{200f}",
        "\u{a0}",
        " · ",
        ", ",
        "\n",
        "— ",
        "Date: ",
        "日付：",
        "R$5 ",
    ];
    let around = prop::sample::select(around.to_vec());
    proptest!(|(format in prop::sample::select(formats), day in days(), before in around.clone(), after in around)| {
        let text = format!("{before}{}{after}", format.write(day));
        let read = date::read_day(&text, &own(format.language).languages);
        prop_assert!(read.is_err_and(|trouble| trouble != Trouble::Impossible) || read == Ok(day), "{text:?}: {read:?}");
    });
}

/// What the local site prints around a day, in each language: the kind of text, what is read of it, and the text with its place
/// for the day.
fn sentences() -> Vec<(&'static str, String, &'static str, String)> {
    let mut sentences = Vec::new();
    for (code, words) in shop::words() {
        let word = |name: &str| words[name].as_str().unwrap().to_owned();
        let row = |name: &str| format!("{}: {{date}}", word(name));
        for (kind, what, text) in [
            ("promise", "refund ", word("no_delivery")),
            ("promise", "coupon ", word("coupon_if")),
            ("row", "paid ", row("paid_on")),
            ("row", "shipped ", row("shipped_on")),
            ("row", "completed ", row("completed_on")),
            ("promised", "", word("estimated")),
            ("arrival", "", word("delivered_on")),
        ] {
            sentences.push((kind, code.clone(), what, text));
        }
    }
    sentences
}

#[test]
fn a_day_in_a_sentence_is_the_day_that_was_written_or_refused() {
    let (formats, lexicons) = (formats(), lexicons());
    let config = ProptestConfig {
        cases: 1_500,
        ..ProptestConfig::default()
    };
    // What is read of rows and arrivals has been: from the order of those pages to their today.
    let first: Day = "2026-07-15".parse().unwrap();
    let days = (0..120_i64).prop_map(move |after| first.plus(after).unwrap());
    proptest!(config, |((kind, code, what, text) in prop::sample::select(sentences()), format in prop::sample::select(formats), day in days)| {
        let lexicon = lexicons.iter().find(|(other, _)| *other == code).unwrap().1;
        let text = text.replace("{date}", &format.write(day));
        let read = read(kind, &text, lexicon);
        let written = format!("{what}{day}");
        prop_assert!(read == written || is_refusal(&read), "{code}: {text}: {read}");
        // In a page's own way of writing a day, with its month by name, nothing is refused.
        let own = format.language == code && format.is_clear() && !format.pattern.contains("{weekday}");
        prop_assert!(read == written || !own, "{code}: {text} is refused: {read}");
    });
}

#[test]
fn how_many_days_are_left_is_read_in_every_language_of_the_local_site() {
    let made: Day = "2026-11-20".parse().unwrap();
    for (code, words) in shop::words() {
        for left in 2..=75_i64 {
            let text = words["time_left"]
                .as_str()
                .unwrap()
                .replace("{days}", &left.to_string());
            let expected = format!("left {}", made.plus(left - 1).unwrap());
            assert_eq!(
                read("promise", &text, lexicon_of(Some(&code))),
                expected,
                "{code}: {text}"
            );
        }
    }
}

#[test]
fn a_promise_of_two_days_is_the_last_of_them_or_refused() {
    let named: Vec<Format> = formats()
        .into_iter()
        .filter(|format| format.months.len() == 12 && format.digits.is_empty())
        .collect();
    let lexicons = lexicons();
    proptest!(|(format in prop::sample::select(named), month in 7..=12_u32, first in 1..=28_u32, length in 1..=2_u32, month_first in any::<bool>(), dash in prop::sample::select(vec![" - ", "-", " – ", "～", " — "]))| {
        let lexicon = lexicons.iter().find(|(code, _)| *code == format.language).unwrap().1;
        let name = format.months[usize::try_from(month).unwrap() - 1];
        let last = first + length;
        let days = format!("{first}{dash}{last}");
        let text = if month_first { format!("{name} {days}") } else { format!("{days} {name}") };
        for found in date::find(&text::fold(&text), &lexicon.languages) {
            let fits = match found.value {
                Value::TwoDays { month: read, first: from, last: to } => (read, from, to) == (month, first, last),
                Value::Trouble(_) => true,
                Value::Day(_) | Value::WithoutYear { .. } => false,
            };
            prop_assert!(fits, "{}: {text}: {found:?}", format.language);
        }
    });
}

#[test]
fn a_range_is_read_as_its_first_day_or_refused() {
    let lexicons = lexicons();
    let words = shop::words();
    for line in include_str!("intervals.tsv").lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        let [language, first, text] = parts.as_slice() else {
            panic!("{line}");
        };
        let first: Day = first.parse().unwrap();
        for (other, lexicon) in &lexicons {
            let day = date::read_day(text, &lexicon.languages);
            assert!(
                day.is_err() || day == Ok(first),
                "{line}, on {other}: {day:?}"
            );
            if other == language {
                let sentence = words[*language]["no_delivery"].as_str().unwrap();
                let read = read("promise", &sentence.replace("{date}", text), lexicon);
                let fits = is_refusal(&read) || read == format!("refund {first}");
                assert!(fits, "{line}: {read}");
            }
        }
    }
}

/// A way in which ICU writes an amount; `amounts.mjs` says how a line is written.
#[derive(Clone, Debug)]
struct Amounts {
    currency: &'static str,
    decimals: u32,
    groups_from: usize,
    group: &'static str,
    decimal: &'static str,
    digits: Vec<char>,
    before: &'static str,
    after: &'static str,
}

fn amounts() -> Vec<Amounts> {
    let line = |line: &'static str| {
        let parts: Vec<&str> = line.split('\t').collect();
        let [
            currency,
            decimals,
            groups_from,
            group,
            decimal,
            digits,
            before,
            after,
        ] = parts.as_slice()
        else {
            panic!("{line}");
        };
        Amounts {
            currency,
            decimals: decimals.parse().unwrap(),
            groups_from: groups_from.parse().unwrap(),
            group,
            decimal: or_none(decimal),
            digits: digits.chars().collect(),
            before: or_none(before),
            after: or_none(after),
        }
    };
    include_str!("amounts.tsv").lines().map(line).collect()
}

impl Amounts {
    fn write(&self, mantissa: u64) -> String {
        let scale = 10_u64.pow(self.decimals);
        let whole = (mantissa / scale).to_string();
        let mut grouped = String::new();
        for (at, digit) in whole.chars().enumerate() {
            let left = whole.len() - at;
            if at > 0 && left.is_multiple_of(3) && whole.len() >= 3 + self.groups_from {
                grouped.push_str(self.group);
            }
            grouped.push(digit);
        }
        if self.decimals > 0 {
            let decimals = usize::try_from(self.decimals).unwrap();
            grouped.push_str(self.decimal);
            grouped.push_str(&format!("{:0decimals$}", mantissa % scale));
        }
        format!(
            "{}{}{}",
            self.before,
            in_digits(&grouped, &self.digits),
            self.after
        )
    }
}

#[test]
fn an_amount_is_read_as_it_was_written_or_refused() {
    let config = ProptestConfig {
        cases: 4_000,
        ..ProptestConfig::default()
    };
    let sizes = prop_oneof![0..1_000_u64, 0..1_000_000_u64, 0..1_000_000_000_000_u64];
    proptest!(config, |(format in prop::sample::select(amounts()), mantissa in sizes, label in prop::sample::select(vec!["", "Total: ", "合計:"]))| {
        let text = format!("{label}{}", format.write(mantissa));
        if let Ok(money) = read_money(&text) {
            let scale = |decimals: u32| 10_u128.pow(3 - decimals);
            let read = u128::try_from(money.mantissa).unwrap() * scale(u32::from(money.scale));
            prop_assert_eq!(read, u128::from(mantissa) * scale(format.decimals), "{}", &text);
            if let Currency::Code(code) = &money.currency {
                prop_assert_eq!(code, format.currency, "{}", &text);
            }
        }
    });
}

#[test]
fn the_usual_forms_of_the_shops_currencies_are_not_refused() {
    let usual = [
        "BRL", "CAD", "CZK", "EUR", "GBP", "ILS", "JPY", "KRW", "MXN", "PLN", "RUB", "SAR", "THB",
        "TRY", "UAH", "USD", "VND",
    ];
    let refused: Vec<String> = amounts()
        .iter()
        .filter(|format| usual.contains(&format.currency))
        .map(|format| format.write(123_450))
        .filter(|text| read_money(text).is_err())
        .collect();
    assert_eq!(refused, Vec::<String>::new());
}

/// A text of the corpus that was damaged: letters dropped, doubled, swapped or replaced.
fn damaged() -> impl Strategy<Value = (String, String)> {
    let texts: Vec<(String, String)> = texts()
        .into_iter()
        .map(|text| (text.kind, text.text))
        .collect();
    let edit = (any::<prop::sample::Index>(), 0..4_u8, any::<char>());
    (
        prop::sample::select(texts),
        prop::collection::vec(edit, 1..6),
    )
        .prop_map(|((kind, text), edits)| {
            let mut letters: Vec<char> = text.chars().collect();
            for (at, what, letter) in edits {
                if letters.is_empty() {
                    break;
                }
                let at = at.index(letters.len());
                match what {
                    0 => drop(letters.remove(at)),
                    1 => letters.insert(at, letters[at]),
                    2 => letters[at] = letter,
                    _ => letters.swap(at, 0),
                }
            }
            (kind, letters.into_iter().collect())
        })
}

#[test]
fn no_text_is_too_much() {
    let all = lexicon_of(None);
    let check = |text: &str| {
        let folded = text::fold(text);
        assert_eq!(text::fold(&folded), folded, "folding twice changes nothing");
        for found in date::find(&folded, &all.languages) {
            assert!(folded.get(found.start..found.end).is_some(), "{text:?}");
        }
        for found in day_count::find(&folded, &all.languages) {
            assert!(folded.get(found.start..found.end).is_some(), "{text:?}");
        }
        for (_, file) in FILES {
            for found in relative::find(&folded, &relative::Forms::parse(file)) {
                assert!(folded.get(found.start..found.end).is_some(), "{text:?}");
            }
        }
        let _ = text::tidy(text);
        let _ = read_money(text);
    };
    proptest!(|(text in any::<String>())| check(&text));
    proptest!(|(text in "[0-9 .,/:'年月日년월일-]{0,40}(Sep|thg|ก\\.ย\\.|сент|R\\$|€)?[0-9 .,-]{0,20}")| check(&text));
    proptest!(|((kind, text) in damaged())| {
        check(&text);
        let read = read(&kind, &text, all);
        prop_assert!(is_refusal(&read) || !read.is_empty());
    });
}

#[test]
fn no_reader_fails_on_any_text_at_any_place() {
    let mut kinds: Vec<String> = texts().into_iter().map(|text| text.kind).collect();
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds.len(), 13, "{kinds:?}");
    let lexicons: Vec<_> = lexicons().into_iter().map(|(_, lexicon)| lexicon).collect();
    // Any letters at all, and texts of the corpus with any letters around and between them.
    let words = prop::sample::select(
        texts()
            .into_iter()
            .map(|text| text.text)
            .collect::<Vec<_>>(),
    );
    let text = prop_oneof![
        any::<String>(),
        (any::<String>(), words.clone(), any::<String>(), words)
            .prop_map(|(a, one, b, other)| [a, one, b, other].concat()),
    ];
    proptest!(|(kind in prop::sample::select(kinds), text in text, at in any::<prop::sample::Index>())| {
        let read = read(&kind, &text, lexicons[at.index(lexicons.len())]);
        prop_assert!(!read.is_empty());
    });
}
