//! Ranges: "4–6", "du 4 au 6", "7 to 15". What stands last in one is no day and no number by itself.

use super::language::{Languages, begins_with};
use super::token::{Kind, Token};

/// The most pieces of text that a list of numbers is followed back over.
const LONGEST_LIST: usize = 64;

/// Whether the sign stands between the first and the last of a range.
pub(super) const fn is_dash(sign: char) -> bool {
    matches!(sign, '-' | '–' | '—' | '~' | '〜' | '/')
}

/// Whether the sign is of the dots between the first and the last of a range: "3…4", "3...4". Behind a word they leave something out.
fn is_dots(tokens: &[Token<'_>], at: usize, sign: char) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    before.is_some_and(|before| match sign {
        '…' => matches!(before.kind, Kind::Number(..)),
        '.' => before.is_sign('.'),
        _ => false,
    })
}

/// Whether a comma stands there behind a number, as in "3, 4 Sep", "3rd, 4th" and "3., 4.".
fn is_listing(tokens: &[Token<'_>], at: usize) -> bool {
    let behind = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
    let short = |token: Option<&Token<'_>>| {
        token
            .filter(|token| matches!(token.kind, Kind::Number(_, 1..=2)))
            .map(|token| token.end)
    };
    let ordinal = behind(1).filter(|token| token.word().is_some() || token.is_sign('.'));
    short(behind(1)).is_some() || ordinal.is_some_and(|mark| short(behind(2)) == Some(mark.start))
}

/// Whether the number before the comma there is of a day of the week, as Vietnamese counts them: "Thứ 2, 10 tháng 1".
fn is_weekday(folded: &str, tokens: &[Token<'_>], comma: usize, languages: &Languages) -> bool {
    let word = comma.checked_sub(2).and_then(|at| tokens.get(at)?.word());
    let prefix = tokens
        .get(comma + 2)
        .and_then(|month| folded.get(month.start..));
    matches!(word, Some("thu" | "t"))
        && prefix.is_some_and(|text| {
            languages.any(|language| begins_with(text, language.month_prefix).is_some())
        })
}

/// The number with which a range begins that ends at that token, none before `from`: the 27 of "27 - 28 Dec" and of "du 27 au 28
/// déc.", the 8 of "28.8. – 4.9.2026". With `LISTS`, which a list of orders need not read, what is listed counts as a range does, and of
/// all its numbers the least: the 7 of "7, 15 or 30". A comma alone joins only where `commas` says so: it may belong to the sentence.
pub(super) fn before<const LISTS: bool>(
    folded: &str,
    tokens: &[Token<'_>],
    at: usize,
    from: usize,
    languages: &Languages,
    commas: bool,
) -> Option<u64> {
    let mut joined = false;
    // The words on this side of what joins, which may be a day of the week and a month that is not known: "28 ago – vie. 4 sept".
    let mut words = 0;
    let mut place = at;
    while place > from.max(at.saturating_sub(8)) {
        place -= 1;
        let token = tokens.get(place)?;
        match token.kind {
            Kind::Number(value, _) => {
                let time = place.checked_sub(1).and_then(|before| tokens.get(before));
                let is_time = time.is_some_and(|token| token.is_sign(':'));
                // A longer one is no day and no year, but the number of something.
                if !joined || value >= 10_000 || is_time {
                    return None;
                }
                let first = if LISTS {
                    let from = from.max(at.saturating_sub(LONGEST_LIST));
                    before::<LISTS>(folded, tokens, place, from, languages, true)
                } else {
                    None
                };
                return Some(first.map_or(value, |first| first.min(value)));
            }
            Kind::Sign(sign) if is_dash(sign) || is_dots(tokens, place, sign) => {
                (joined, words) = (true, 0);
            }
            Kind::Sign('&' | '+') if LISTS => (joined, words) = (true, 0),
            Kind::Sign(',')
                if LISTS
                    && commas
                    && is_listing(tokens, place)
                    && !is_weekday(folded, tokens, place, languages) =>
            {
                (joined, words) = (true, 0);
            }
            // What stands before is an amount: "5,15 € until Sep 4".
            Kind::Sign('€' | '$' | '£' | '¥' | '₽' | '₩' | '₺' | '%') => return None,
            Kind::Sign(_) => {}
            Kind::Word(_) => {
                let text = folded.get(token.start..)?;
                if languages.any(|language| begins_with(text, language.range).is_some()) {
                    (joined, words) = (true, 0);
                } else {
                    words += 1;
                }
                if words > 1 {
                    return None;
                }
            }
        }
    }
    None
}
