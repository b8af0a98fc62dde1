//! Whether a field holds the amount that was written into it, in whatever way the page writes amounts.

/// Whether both are the same number: `12.9`, `12,90`, `€ 12.90`; `1234.50` and `1.234,50`. `written` is as a program writes it, with a
/// point before the decimals.
#[must_use]
pub fn is_same(held: &str, written: &str) -> bool {
    let Some(wanted) = value(written, '.') else {
        return false;
    };
    let mut marks = ['.', ','].into_iter();
    is_below_zero(held) == is_below_zero(written)
        && marks.any(|mark| value(held, mark).as_ref() == Some(&wanted))
}

/// Whether the page holds the digits that were written and another number: it has taken the decimal mark for one between thousands.
#[must_use]
pub fn is_misread(held: &str, written: &str) -> bool {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let written_digits = digits(written);
    !written_digits.is_empty()
        && digits(held) == written_digits
        && is_below_zero(held) == is_below_zero(written)
        && !is_same(held, written)
}

/// Whether a minus stands in it: not the hyphen of a word, `US-$`, and not the stroke for no decimals, `12,-`.
fn is_below_zero(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|letter| {
        let is_minus = matches!(letter, '-' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}')
            && !(before.is_alphabetic() || matches!(before, '.' | ','));
        before = letter;
        is_minus
    })
}

/// The whole and the decimals, without zeros that say nothing, where `mark` stands between them. `None` if that is no way to write a number.
fn value(text: &str, mark: char) -> Option<(String, String)> {
    let other = if mark == '.' { ',' } else { '.' };
    let kept = |letter: &char| letter.is_ascii_digit() || matches!(letter, '.' | ',');
    let text: String = text.chars().filter(kept).collect();
    let (whole, decimals) = text.split_once(mark).unwrap_or((&text, ""));
    if decimals.contains(['.', ',']) {
        return None;
    }
    let mut groups = whole.split(other);
    let first = groups.next()?;
    let grouped = groups.all(|group| group.len() == 3);
    if !grouped || first.is_empty() && decimals.is_empty() {
        return None;
    }
    let whole = whole.replace(other, "");
    Some((
        whole.trim_start_matches('0').to_owned(),
        decimals.trim_end_matches('0').to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_may_be_written_in_several_ways() {
        for (held, written) in [
            ("12.90", "12.90"),
            ("12,90", "12.90"),
            ("12.9", "12.90"),
            ("€ 12,90", "12.90"),
            ("1.234,50", "1234.50"),
            ("1,234.50 €", "1234.50"),
            ("1234,5", "1234.50"),
            ("1 234,50", "1234.50"),
            ("0,50", "0.50"),
            (".5", "0.50"),
            ("1,500", "1500"),
            ("1,234,567", "1234567.00"),
            ("US-$ 12.90", "12.90"),
            ("12,-", "12.00"),
            ("-12,90", "-12.90"),
        ] {
            assert!(is_same(held, written), "{held} is {written}");
            assert!(!is_misread(held, written), "{held} is {written}");
        }
    }

    #[test]
    fn another_amount_is_told_from_one_that_was_misread() {
        for (held, written, misread) in [
            ("1.290", "12.90", true),
            ("1290", "12.90", true),
            ("1,290 €", "12.90", true),
            ("123.450", "1234.50", true),
            ("129.00", "12.90", false),
            ("12", "12.90", false),
            ("", "12.90", false),
            ("12.00", "12.90", false),
            ("-12.90", "12.90", false),
            ("\u{2212} 12,90 €", "12.90", false),
            ("12-90", "12.90", false),
            ("12.90-", "12.90", false),
            ("abc", "12.90", false),
            ("", "", false),
        ] {
            assert!(!is_same(held, written), "{held} is not {written}");
            assert_eq!(is_misread(held, written), misread, "{held} for {written}");
        }
    }
}
