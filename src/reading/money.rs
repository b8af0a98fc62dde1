//! Amounts of money in text. The language of a page says nothing of its currency, so every form is read everywhere.

use crate::domain::money::{Currency, Money};
use crate::domain::problem::Trouble;

use super::text::{fold, tidy};

/// Signs and the currency they stand for, the longer ones first, because "R$" ends in "$". A sign that several currencies
/// share stands for none and is kept as printed.
const SIGNS: &[(&str, Option<&str>)] = &[
    ("us $", Some("USD")),
    ("cdn$", Some("CAD")),
    ("us$", Some("USD")),
    ("mx$", Some("MXN")),
    ("au$", Some("AUD")),
    ("nz$", Some("NZD")),
    ("руб", Some("RUB")),
    ("грн", Some("UAH")),
    ("ر.س", Some("SAR")),
    ("lei", Some("RON")),
    ("r$", Some("BRL")),
    ("c$", Some("CAD")),
    ("a$", Some("AUD")),
    ("zl", Some("PLN")),
    ("tl", Some("TRY")),
    ("kc", Some("CZK")),
    ("ft", Some("HUF")),
    ("rp", Some("IDR")),
    ("kr", None),
    ("€", Some("EUR")),
    ("£", Some("GBP")),
    ("₽", Some("RUB")),
    ("₴", Some("UAH")),
    ("₩", Some("KRW")),
    ("원", Some("KRW")),
    ("円", Some("JPY")),
    ("₪", Some("ILS")),
    ("₺", Some("TRY")),
    ("₫", Some("VND")),
    ("฿", Some("THB")),
    ("₸", Some("KZT")),
    ("₹", Some("INR")),
    ("¥", None),
    ("$", None),
];

/// Currencies that the shop prints by their code.
const CODES: &[&str] = &[
    "AED", "AUD", "BGN", "BHD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EUR",
    "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "JOD", "JPY", "KRW", "KWD", "KZT", "MXN", "MYR",
    "NOK", "NZD", "OMR", "PEN", "PHP", "PLN", "QAR", "RON", "RUB", "SAR", "SEK", "SGD", "THB",
    "TND", "TRY", "UAH", "USD", "UYU", "VND", "ZAR",
];

/// Currencies with three digits after the decimal mark, where 1,234 can be two amounts.
const THREE_DIGITS: &[&str] = &["BHD", "JOD", "KWD", "OMR", "TND"];

/// The one amount in the text, with its currency.
///
/// # Errors
/// [`Trouble::Unreadable`] without a number or a currency, [`Trouble::Ambiguous`] with several amounts or one that can be
/// two, [`Trouble::Impossible`] if it is too large to be a price.
pub fn read_money(text: &str) -> Result<Money, Trouble> {
    let folded = fold(text);
    let mut numbers = numbers(&folded);
    let (start, end) = numbers.next().ok_or(Trouble::Unreadable)?;
    if numbers.next().is_some() {
        return Err(Trouble::Ambiguous);
    }
    let (Some(before), Some(digits), Some(after)) = (
        folded.get(..start),
        folded.get(start..end),
        folded.get(end..),
    ) else {
        return Err(Trouble::Unreadable);
    };
    let currency = sign(before, true)
        .or_else(|| sign(after, false))
        .ok_or(Trouble::Unreadable)?;
    let currency = match currency {
        Found::Code(code) => Currency::Code(code.to_owned()),
        Found::Shared(sign) => Currency::Sign(as_printed(text, sign)),
    };
    let three_digits =
        matches!(&currency, Currency::Code(code) if THREE_DIGITS.contains(&code.as_str()));
    let (mantissa, scale) = decimal(digits, three_digits)?;
    Ok(Money {
        mantissa,
        scale,
        currency,
    })
}

/// Runs of digits with marks between them; a space belongs to a run only before exactly three digits.
fn numbers(folded: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = folded.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !is_digit(at) {
            at += 1;
        }
        if at >= bytes.len() {
            return None;
        }
        let start = at;
        loop {
            while is_digit(at) {
                at += 1;
            }
            let joins = match bytes.get(at) {
                Some(b'.' | b',' | b'\'') => is_digit(at + 1),
                Some(b' ') => (1..=3).all(|ahead| is_digit(at + ahead)) && !is_digit(at + 4),
                _ => false,
            };
            if !joins {
                return Some((start, at));
            }
            at += 1;
        }
    })
}

enum Found {
    Code(&'static str),
    Shared(&'static str),
}

/// The currency beside the number: at the end of the text before it, or at the start of the text after it.
fn sign(text: &str, before: bool) -> Option<Found> {
    let text = text.trim_matches([' ', '.', '-']);
    let ends = |sign: &str| {
        if before {
            text.ends_with(sign)
        } else {
            text.starts_with(sign)
        }
    };
    let code = CODES.iter().find(|code| {
        // Letters on the other side would make it part of a word.
        let rest = if before {
            strip_end(text, code)
        } else {
            strip_start(text, code)
        };
        rest.is_some_and(|rest| {
            let neighbour = if before {
                rest.chars().next_back()
            } else {
                rest.chars().next()
            };
            !neighbour.is_some_and(char::is_alphabetic)
        })
    });
    if let Some(code) = code {
        return Some(Found::Code(code));
    }
    let (sign, code) = SIGNS.iter().find(|(sign, _)| ends(sign))?;
    Some(code.map_or(Found::Shared(sign), Found::Code))
}

fn strip_end<'a>(text: &'a str, code: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(code.len())?;
    text.get(at..)
        .filter(|end| end.eq_ignore_ascii_case(code))
        .and_then(|_| text.get(..at))
}

fn strip_start<'a>(text: &'a str, code: &str) -> Option<&'a str> {
    text.get(..code.len())
        .filter(|start| start.eq_ignore_ascii_case(code))
        .and_then(|_| text.get(code.len()..))
}

/// A shared sign in the letters in which the page printed it.
fn as_printed(text: &str, sign: &str) -> String {
    let tidy = tidy(text);
    let found = tidy.char_indices().find_map(|(at, _)| {
        let rest = tidy.get(at..at + sign.len())?;
        (fold(rest) == sign).then(|| rest.to_owned())
    });
    found.unwrap_or_else(|| sign.to_owned())
}

/// The number as mantissa and digits after the decimal mark.
fn decimal(digits: &str, three_digits: bool) -> Result<(i64, u8), Trouble> {
    let last = digits.rfind(['.', ',']);
    let marks = digits.matches(['.', ',', '\'', ' ']).count();
    let scale = match last {
        None => 0,
        Some(at) => {
            let tail = digits.len() - at - 1;
            let same = digits
                .get(at..=at)
                .map_or(0, |mark| digits.matches(mark).count());
            match tail {
                1 | 2 if same == 1 => tail,
                // 13,941: thousands, unless the currency has three decimals or the other mark came before it.
                3 if same == 1 && marks > 1 && digits.matches([',', '.']).count() > 1 => 3,
                3 if same == 1 && marks == 1 && three_digits => return Err(Trouble::Ambiguous),
                3 => 0,
                _ => return Err(Trouble::Unreadable),
            }
        }
    };
    if scale == 3 && !three_digits {
        return Err(Trouble::Ambiguous);
    }
    let whole: String = digits.chars().filter(char::is_ascii_digit).collect();
    // Every group behind a thousands mark has three digits.
    let body = last
        .filter(|_| scale > 0)
        .map_or(digits, |at| digits.get(..at).unwrap_or(digits));
    let mut groups = body.split(['.', ',', '\'', ' ']).skip(1);
    if !groups.all(|group| group.len() == 3) {
        return Err(Trouble::Unreadable);
    }
    let mantissa = whole.parse().map_err(|_| Trouble::Impossible)?;
    Ok((mantissa, u8::try_from(scale).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_that_the_shop_prints_is_read() {
        for (text, amount, currency) in [
            ("US $6.19", "6.19", "USD"),
            ("US $ 1.87", "1.87", "USD"),
            ("R$132,74", "132.74", "BRL"),
            ("R$61.25", "61.25", "BRL"),
            ("Total: R$31,93", "31.93", "BRL"),
            ("129,46zł", "129.46", "PLN"),
            ("грн. 222.80", "222.80", "UAH"),
            ("808,96 грн.", "808.96", "UAH"),
            ("CLP 13,941", "13941", "CLP"),
            ("₩11,110", "11110", "KRW"),
            ("C$1,192.72", "1192.72", "CAD"),
            ("CDN$10.77", "10.77", "CAD"),
            ("1.192,72\u{a0}€", "1192.72", "EUR"),
            ("€ 7,49", "7.49", "EUR"),
            ("150円", "150", "JPY"),
            ("1 234 567,89 руб.", "1234567.89", "RUB"),
            ("SAR 61.90", "61.90", "SAR"),
            ("CHF 1'192.70", "1192.70", "CHF"),
        ] {
            let money = read_money(text).unwrap_or_else(|trouble| panic!("{text}: {trouble:?}"));
            assert_eq!(
                (money.decimal().as_str(), &money.currency),
                (amount, &Currency::Code(currency.into())),
                "{text}"
            );
        }
    }

    #[test]
    fn a_shared_sign_is_kept_as_printed() {
        for (text, amount, sign) in [
            ("1 789,11kr", "1789.11", "kr"),
            ("$ 12.30", "12.30", "$"),
            ("Kr 5", "5", "Kr"),
        ] {
            let money = read_money(text).unwrap();
            assert_eq!(
                (money.decimal().as_str(), &money.currency),
                (amount, &Currency::Sign(sign.into())),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for (text, trouble) in [
            ("", Trouble::Unreadable),
            ("Total:", Trouble::Unreadable),
            ("31,93", Trouble::Unreadable),
            ("R$5 R$6", Trouble::Ambiguous),
            ("KWD 1,234", Trouble::Ambiguous),
            ("R$1,2,3", Trouble::Unreadable),
            ("R$12345.6789", Trouble::Unreadable),
            ("R$1,23,456.00", Trouble::Unreadable),
            ("R$99999999999999999999", Trouble::Impossible),
        ] {
            assert_eq!(
                read_money(text).map(|money| money.decimal()),
                Err(trouble),
                "{text}"
            );
        }
    }
}
