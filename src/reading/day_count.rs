//! Numbers of days in text: "within 7 days", "15 jours", "7일".

use crate::domain::rules::LONGEST_WINDOW;

use super::language::{Language, Languages, begins_with};
use super::range;
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
