//! Ranges: "4–6", "du 4 au 6", "7 to 15". What stands last in one is no day and no number by itself.

use super::language::{Languages, begins_with};
use super::token::{Kind, Token};

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

/// The number with which a range begins that ends at that token, none before `from`: the 27 of "27 - 28 Dec" and of "du 27 au 28
/// déc.", the 8 of "28.8. – 4.9.2026".
pub(super) fn before(
    folded: &str,
    tokens: &[Token<'_>],
    at: usize,
    from: usize,
    languages: &Languages,
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
                return (joined && value < 10_000 && !is_time).then_some(value);
            }
            Kind::Sign(sign) if is_dash(sign) || is_dots(tokens, place, sign) => {
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
