//! Numbers of days in text: "within 7 days", "15 jours", "7일".

use crate::domain::rules::LONGEST_WINDOW;

use super::language::{Language, Languages, List, begins_with, forms, joins_words};
use super::range;
use super::text::{contains, is_letter};
use super::token::{Kind, Token, tokens};

/// A number of days, with the bytes of the folded text that it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// `None` if it is no number of days that a window can have: none, or more than [`LONGEST_WINDOW`].
    pub days: Option<u16>,
    pub start: usize,
    pub end: usize,
}

/// Whether the number of days is one in the words of that language alone.
#[must_use]
pub fn is_of(folded: &str, found: &Found, language: &Language) -> bool {
    let text = folded.get(found.start..found.end).unwrap_or_default();
    let word = text.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '-');
    begins_with(word.trim_start(), language.days).is_some()
}

/// All numbers of days in folded text, in their order. A number of other things ("15 business days") is none.
#[must_use]
pub fn find(folded: &str, languages: &Languages) -> Vec<Found> {
    let tokens = tokens(folded);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Kind::Number(value, _) = token.kind else {
            continue;
        };
        let hyphen = tokens.get(at + 1).is_some_and(|next| next.is_sign('-'));
        let Some(next) = tokens.get(if hyphen { at + 2 } else { at + 1 }) else {
            continue;
        };
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        let rest = |at: usize| folded.get(at..).unwrap_or_default();
        let mut length = None;
        // Of 7 "days" or "calendar days" the longest.
        languages.any(|language| {
            length = length.max(begins_with(rest(next.start), language.days));
            false
        });
        let Some(length) = length.filter(|_| !is_part_of_more(&tokens, at)) else {
            continue;
        };
        let after = rest(next.start + length).trim_start();
        let is_something_else = languages.any(|language| {
            // The day of a date like 2026년 7월 15일.
            let is_date = before
                .and_then(Token::word)
                .is_some_and(|word| begins_with(word, language.month) == Some(word.len()));
            is_date || begins_with(after, language.working_days).is_some()
        });
        if !is_something_else {
            // Of "7 to 15 days" and "7, 15 or 30 days" the smallest.
            let first = range::before::<true>(folded, &tokens, at, 0, languages, false);
            let value = first.map_or(value, |first| first.min(value));
            let days = u16::try_from(value)
                .ok()
                .filter(|days| (1..=LONGEST_WINDOW).contains(days));
            found.push(Found {
                days,
                start: token.start,
                end: next.start + length,
            });
        }
    }
    found
}

/// Whether the folded text between two numbers of days makes them alternatives: "7 days or 15 days".
#[must_use]
pub fn are_alternatives(between: &str, languages: &Languages) -> bool {
    let word = between.trim_matches(|letter: char| !is_letter(letter));
    word.is_empty()
        || languages.any(|language| begins_with(word, language.range) == Some(word.len()))
}

/// Whether the number of days, between the folded texts that end and begin where other such numbers do, is an alternative to something
/// that is not read and may be less: "15 days or 7 business days", "seven or 15 days".
#[must_use]
pub fn has_unread_alternative(
    folded: &str,
    found: &Found,
    before: &str,
    after: &str,
    languages: &Languages,
) -> bool {
    let (before, after) = (tokens(before), tokens(after));
    let is_number = |token: &Token<'_>| matches!(token.kind, Kind::Number(..));
    let is_mark = |token: &Token<'_>| token.is_sign('(') || token.is_sign('/');
    // "15 days (7 business days)", "7 business days (15 days for members)".
    let is_beside = match after.as_slice() {
        [mark, number, ..] => is_number(number) && (is_mark(mark) || mark.is_sign(',')),
        _ => false,
    } || before.last().is_some_and(is_mark) && before.iter().any(is_number);
    // "15 days, or seven", "15 days of delivery or 7 business days of receipt".
    let word = after.iter().find_map(Token::word);
    let ends = |token: &Token<'_>| is_number(token) || token.is_sign('.') || token.is_sign('?');
    let end = after.iter().position(ends).unwrap_or_default();
    let is_numbered = after.get(end).is_some_and(is_number);
    let until_number = after.get(..end).filter(|_| is_numbered).unwrap_or_default();
    let words = word
        .into_iter()
        .chain(until_number.iter().filter_map(Token::word));
    is_beside
        || languages.any(|language| {
            let is_or = |word: &str| {
                forms(language.or).any(|or| word == or || joins(or) && contains(word, or))
            };
            // What is a word of one language alone: "dagen of", and not "days of".
            is_of(folded, found, language)
                && (words.clone().any(is_or) || begins_unread(&before, language.or))
        })
}

fn joins(form: &str) -> bool {
    form.chars().next().is_some_and(joins_words)
}

/// Whether the list of alternatives that ends there begins with something that is no number: "seven or", "seven, 7 or".
fn begins_unread(tokens: &[Token<'_>], or: List) -> bool {
    let (mut is_list, mut is_open) = (false, false);
    for token in tokens.iter().rev() {
        match token.kind {
            Kind::Number(..) => is_open = false,
            Kind::Word(word) if forms(or).any(|or| word == or) => (is_list, is_open) = (true, true),
            // What stands before it is joined to it: "七或".
            Kind::Word(word) => {
                return is_open || forms(or).any(|or| joins(or) && word.ends_with(or));
            }
            Kind::Sign(',' | '&' | '+' | '、') => is_open = is_list,
            Kind::Sign(_) => break,
        }
    }
    is_open
}

/// Whether the number is the end of more than a number: 1.5, 3-5, -5.
pub(super) fn is_part_of_more(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(token) = tokens.get(at) else {
        return false;
    };
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let two_before = at.checked_sub(2).and_then(|before| tokens.get(before));
    let after_number = two_before.is_some_and(|token| matches!(token.kind, Kind::Number(..)));
    before.is_some_and(|before| {
        let is_close = before.end == token.start || after_number;
        // "Left:5 days" is five, "1:05 days" is not.
        let is_clock = after_number && before.is_sign(':');
        is_clock
            || is_close
                && matches!(
                    before.kind,
                    Kind::Sign('.' | ',' | '-' | '–' | '~' | '/' | '…' | '・')
                )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::language::tests::all;
    use crate::reading::text::fold;

    #[test]
    fn days_are_counted_in_every_language() {
        for (text, days) in [
            ("within 7 days of confirming receipt", vec![Some(7)]),
            (
                "within 7 days … within 90 days after order was placed",
                vec![Some(7), Some(90)],
            ),
            ("dans les 15 jours suivant la livraison", vec![Some(15)]),
            ("в течение 7 дней после подтверждения", vec![Some(7)]),
            ("em até 7 dias", vec![Some(7)]),
            ("innerhalb von 15 Tagen", vec![Some(15)]),
            ("수령 확인 후 7일 이내", vec![Some(7)]),
            ("7-day return", vec![Some(7)]),
            ("Return within:7 days", vec![Some(7)]),
            ("1:07 days", vec![]),
            ("2026년 7월 15일", vec![]),
            ("within 7 to 15 days", vec![Some(7)]),
            ("innerhalb von 7 bis 15 Tagen", vec![Some(7)]),
            ("7至15天", vec![Some(7)]),
            ("within 7 days to 15 days", vec![Some(7), Some(7)]),
            ("within 7, 15 or 30 days", vec![Some(7)]),
            ("within 7 or 15 or 30 days", vec![Some(7)]),
            ("within 30, 15 & 7 days", vec![Some(7)]),
            ("7, 15 ou 30 jours", vec![Some(7)]),
            ("7、15或30天", vec![Some(7)]),
            ("7・15日", vec![]),
            ("7/15 days", vec![]),
            ("7, 15 days", vec![]),
            ("on Sep 4, 7 days after delivery", vec![]),
            ("within 0 days", vec![None]),
            ("within -5 days", vec![]),
            ("within −5 days", vec![]),
            ("within 2147483648 days", vec![None]),
            ("15 business days", vec![]),
            ("dans les 5 jours ouvrables", vec![]),
            ("3-5 days", vec![]),
            ("3 – 5 days", vec![]),
            ("7―15 days", vec![]),
            ("7…15 days", vec![]),
            ("1.5 days", vec![]),
        ] {
            let found: Vec<Option<u16>> = find(&fold(text), &all())
                .into_iter()
                .map(|found| found.days)
                .collect();
            assert_eq!(found, days, "{text}");
        }
    }
}
