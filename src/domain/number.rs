//! Whole numbers as text. The standard library's own writing and reading of them serve every width, sign and base, which is
//! five kilobytes in the module that every order list loads.

/// Writes the number in that base, 2 to 36, with zeros before it where it has fewer digits than that.
pub fn push(out: &mut String, number: i64, base: u32, digits: usize) {
    if number < 0 {
        out.push('-');
    }
    let base = u64::from(base);
    let mut rest = number.unsigned_abs();
    let mut unit = 1_u64;
    let mut length = 1;
    while length < digits || rest / base >= unit {
        unit *= base;
        length += 1;
    }
    while unit > 0 {
        let digit = u32::try_from(rest / unit).unwrap_or_default();
        out.push(char::from_digit(digit, 36).unwrap_or_default());
        rest %= unit;
        unit /= base;
    }
}

/// The number in decimal digits.
#[must_use]
pub fn text(number: i64) -> String {
    let mut out = String::new();
    push(&mut out, number, 10, 1);
    out
}

/// The number that the text is in that base; `None` if it is none, or too large.
#[must_use]
pub fn read(text: &str, base: u32) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (mut value, wide) = (0, i64::from(base));
    // Below zero there is one number more than above it.
    for letter in digits.chars() {
        let digit = i64::from(letter.to_digit(base)?);
        if value < (i64::MIN + digit) / wide {
            return None;
        }
        value = value * wide - digit;
    }
    let value = if digits.len() < text.len() {
        Some(value)
    } else {
        value.checked_neg()
    };
    value.filter(|_| !digits.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_number_is_written_and_read_as_the_standard_library_does(number in any::<i64>(), digits in 1..12_usize) {
            prop_assert_eq!(text(number), number.to_string());
            let mut padded = String::new();
            push(&mut padded, number / 1_000_000_000, 10, digits);
            let sign = usize::from(number / 1_000_000_000 < 0);
            prop_assert_eq!(padded, format!("{:0width$}", number / 1_000_000_000, width = digits + sign));
            let mut short = String::new();
            push(&mut short, number, 36, 1);
            prop_assert_eq!(i64::from_str_radix(&short, 36), Ok(number));
            prop_assert_eq!(read(&short, 36), Some(number));
        }

        #[test]
        fn what_is_no_number_is_refused(text in "[-0-9a-z ]{0,22}", base in prop_oneof![Just(10_u32), Just(36)]) {
            prop_assert_eq!(read(&text, base), i64::from_str_radix(&text, base).ok());
        }
    }

    #[test]
    fn the_ends_of_the_range_are_numbers() {
        for number in [0, 1, -1, i64::MAX, i64::MIN] {
            assert_eq!(text(number), number.to_string());
            assert_eq!(read(&number.to_string(), 10), Some(number));
        }
        for wrong in [
            "",
            "-",
            "+5",
            "9223372036854775808",
            "-9223372036854775809",
            "٣",
        ] {
            assert_eq!(read(wrong, 10), None, "{wrong}");
        }
    }
}
