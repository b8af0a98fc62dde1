//! Numbers of days in text: "within 7 days", "15 jours", "7일".

use super::language::Language;
use super::token::{Kind, Token, tokens};

/// A number of days, with the bytes of the folded text that it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// `None` if it is no number of days that a window can have: none, or more than [`LONGEST`].
    pub days: Option<u16>,
    pub start: usize,
    pub end: usize,
}

/// Two years, the longest window that any rule knows, and a little.
pub const LONGEST: u64 = 740;

/// All numbers of days in folded text, in their order. A number of other things ("15 business days") is none.
#[must_use]
pub fn find(folded: &str) -> Vec<Found> {
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
        let is_part_of_more = at
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_some_and(|before| {
                before.end == token.start
                    && matches!(before.kind, Kind::Sign('.' | ',' | '-' | '–' | '/' | ':'))
            });
        if !is_part_of_more && next.word().is_some_and(names_days) && !is_date(&tokens, at) {
            let days = u16::try_from(value)
                .ok()
                .filter(|days| (1..=LONGEST).contains(&u64::from(*days)));
            found.push(Found {
                days,
                start: token.start,
                end: next.end,
            });
        }
    }
    found
}

fn names_days(word: &str) -> bool {
    Language::all()
        .iter()
        .any(|language| match language.year_month_day {
            // Where words are not divided by spaces the next one may be joined to it: 7일이내.
            Some(_) => language.days.split('|').any(|form| word.starts_with(form)),
            None => language.days.split('|').any(|form| form == word),
        })
}

/// Whether the number is the day of a date like `2026년 7월 15일`.
fn is_date(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(word) = at
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .and_then(Token::word)
    else {
        return false;
    };
    Language::all()
        .iter()
        .filter_map(|language| language.year_month_day)
        .any(|[_, month, _]| word == month)
}

#[cfg(test)]
mod tests {
    use super::*;
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
            ("2026년 7월 15일", vec![]),
            ("within 0 days", vec![None]),
            ("within 2147483648 days", vec![None]),
            ("15 business days", vec![]),
            ("3-5 days", vec![]),
            ("1.5 days", vec![]),
        ] {
            let found: Vec<Option<u16>> = find(&fold(text))
                .into_iter()
                .map(|found| found.days)
                .collect();
            assert_eq!(found, days, "{text}");
        }
    }
}
