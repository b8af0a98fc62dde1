//! Amounts of money in text. The language of a page says nothing of its currency, so every form is read everywhere.

use crate::domain::money::{Currency, Money};
use crate::domain::number;
use crate::domain::problem::Trouble;

use super::language::{List, begins_with, joins_words};
use super::text::{fold, is_letter, parts, tidy};

/// Signs and the currency they stand for, folded; those that end another one stand behind it ("R$" before "$"). A sign
/// that several currencies share stands for none and is kept as printed.
const SIGNS: &[(&str, Option<&str>)] = &[
    ("us $", Some("USD")),
    ("au $", Some("AUD")),
    ("cdn$", Some("CAD")),
    ("us$", Some("USD")),
    ("mx$", Some("MXN")),
    ("au$", Some("AUD")),
    ("nz$", Some("NZD")),
    ("hk$", Some("HKD")),
    ("nt$", Some("TWD")),
    ("ca$", Some("CAD")),
    ("uk£", Some("GBP")),
    ("jp¥", Some("JPY")),
    ("cn¥", Some("CNY")),
    ("$us", Some("USD")),
    ("$ca", Some("CAD")),
    ("$au", Some("AUD")),
    ("$mx", Some("MXN")),
    ("£gb", Some("GBP")),
    ("£e", Some("EGP")),
    ("руб", Some("RUB")),
    ("грн", Some("UAH")),
    ("ر.س", Some("SAR")),
    ("د.ك", Some("KWD")),
    ("د.ب", Some("BHD")),
    ("ر.ع", Some("OMR")),
    ("ر.ق", Some("QAR")),
    ("ج.م", Some("EGP")),
    // Folded, the signs of AED and JOD are one.
    (DIRHAM_OR_DINAR, None),
    ("lei", Some("RON")),
    ("r$", Some("BRL")),
    ("c$", Some("CAD")),
    ("a$", Some("AUD")),
    ("s$", Some("SGD")),
    ("zl", Some("PLN")),
    ("tl", Some("TRY")),
    ("kc", Some("CZK")),
    ("ft", Some("HUF")),
    ("rp", Some("IDR")),
    ("kr", None),
    ("d", Some("VND")),
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
    ("₱", Some("PHP")),
    ("¥", None),
    ("$", None),
];

const DIRHAM_OR_DINAR: &str = "د.ا";

/// Currencies that the shop prints by their code, one after the other.
const CODES: &str = "\
    AEDAUDBGNBHDBRLCADCHFCLPCNYCOPCZKDKKEGPEURGBPHKDHUFIDRILSINRJODJPYKRWKWD\
    KZTMADMXNMYRNGNNOKNZDOMRPENPHPPLNQARRONRUBSARSEKSGDTHBTNDTRYTWDUAHUSDUYU\
    VNDZAR";

/// Currencies with three digits after the decimal mark, where 1,234 can be two amounts.
const THREE_DIGITS: &[&str] = &["BHD", "JOD", "KWD", "OMR", "TND", DIRHAM_OR_DINAR];

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
    let (code, currency) = match (beside(before, Side::Before)?, beside(after, Side::After)?) {
        (Some(one), Some(other)) if one == other => one,
        // $ 12.30 CAD
        (Some(Found::Shared(_)), Some(found @ Found::Code(_)))
        | (Some(found @ Found::Code(_)), Some(Found::Shared(_)))
        | (None, Some(found)) => found,
        // What follows would make it another amount: "R$ 1,2 mil", "¥2万".
        (Some(_), None) if after.chars().any(is_letter) => {
            return Err(Trouble::Unreadable);
        }
        (Some(found), None) => found,
        (Some(_), Some(_)) => return Err(Trouble::Ambiguous),
        (None, None) => return Err(Trouble::Unreadable),
    }
    .with_currency(text);
    let (mantissa, scale) = decimal(digits, THREE_DIGITS.contains(&code))?;
    Ok(Money {
        mantissa,
        scale,
        currency,
    })
}

/// The amount that is given back. Nothing is nothing in every currency, also where none is named, or two are.
///
/// # Errors
/// As [`read_money`].
pub fn read_refund(text: &str) -> Result<Money, Trouble> {
    read_money(text).or_else(|trouble| {
        let folded = fold(text);
        let mut digits = folded.chars().filter(char::is_ascii_digit).peekable();
        let nothing = digits.peek().is_some() && digits.all(|digit| digit == '0');
        let zero = Money {
            mantissa: 0,
            scale: 0,
            currency: Currency::Sign(String::new()),
        };
        nothing.then_some(zero).ok_or(trouble)
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

/// Currencies that are written as a word, folded.
const NAMES: List =
    "euro|euros|dollar|dollars|us dollar|us dollars|dolar|dolares|евро|рубль|рубля|рублеи";

/// Whether a number with that before and behind it in folded text has a currency right beside it.
pub(super) fn is_beside(before: &str, after: &str) -> bool {
    let is_digit = |letter: char| letter.is_ascii_digit();
    // "Sep 4, 2026 R$5": the sign is that of another number.
    let is_before = currency(before.trim_end_matches([' ', '.']), Side::Before)
        .is_some_and(|(_, _, rest)| !rest.trim_end().ends_with(is_digit));
    let is_after = currency(after.trim_start(), Side::After)
        .is_some_and(|(_, _, rest)| !rest.trim_start().starts_with(is_digit));
    is_before || is_after || begins_with(after.trim_start(), NAMES).is_some()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Code(&'static str),
    Shared(&'static str),
}

impl Found {
    /// Its code or sign, and the currency.
    fn with_currency(self, text: &str) -> (&'static str, Currency) {
        match self {
            Self::Code(code) => (code, Currency::Code(code.to_owned())),
            Self::Shared(sign) => (sign, Currency::Sign(as_printed(text, sign))),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// The currency on that side of the number, right beside it. A minus there is refused: what is given back is no price.
fn beside(text: &str, side: Side) -> Result<Option<Found>, Trouble> {
    let text = match side {
        Side::Before => text.trim_end_matches([' ', '.']),
        Side::After => text.trim_start(),
    };
    let found = currency(text, side);
    let rest = found.map_or(text, |(_, _, rest)| rest);
    if side == Side::Before && rest.ends_with('-') {
        return Err(Trouble::Unreadable);
    }
    Ok(found.map(|(sign, code, _)| code.map_or(Found::Shared(sign), Found::Code)))
}

/// The sign at that end of the text, its currency, and the text without it.
fn currency(text: &str, side: Side) -> Option<(&'static str, Option<&'static str>, &str)> {
    let codes = (0..CODES.len() / 3).filter_map(|at| CODES.get(at * 3..at * 3 + 3));
    let codes = codes.map(|code| (code, Some(code)));
    codes
        .chain(SIGNS.iter().copied())
        .find_map(|(sign, code)| Some((sign, code, cut(text, sign, side)?)))
}

/// The text without the sign at that end of it, if it ends there in the sign and not in the middle of a word.
fn cut<'a>(text: &'a str, sign: &str, side: Side) -> Option<&'a str> {
    let (part, rest, neighbour) = match side {
        Side::Before => {
            let (rest, part) = text.split_at_checked(text.len().checked_sub(sign.len())?)?;
            (part, rest, rest.chars().next_back())
        }
        Side::After => {
            let (part, rest) = text.split_at_checked(sign.len())?;
            (part, rest, rest.chars().next())
        }
    };
    // A dollar sign behind letters is a dollar of some country that is not known here.
    let goes_on = neighbour.is_some_and(|letter| is_letter(letter) && !joins_words(letter));
    (part.eq_ignore_ascii_case(sign) && !goes_on).then_some(rest)
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
    let scale = match last.map(|at| digits.split_at(at)) {
        None => 0,
        Some((before, tail)) => {
            let mark = tail.chars().next();
            // A mark that comes twice divides groups, and so does one that stands before another.
            let groups = before.chars().any(|letter| Some(letter) == mark);
            let is_other = |letter: char| !letter.is_ascii_digit() && Some(letter) != mark;
            let others = before.chars().any(is_other);
            match tail.len() - 1 {
                tail @ (1 | 2) if !groups => tail,
                3 if groups => 0,
                3 if others && three_digits => 3,
                // 13,941: thousands, unless the currency has three decimals.
                3 if others || three_digits => return Err(Trouble::Ambiguous),
                3 => 0,
                _ => return Err(Trouble::Unreadable),
            }
        }
    };
    let whole: String = digits.chars().filter(char::is_ascii_digit).collect();
    // Every group behind a thousands mark has three digits.
    let body = last
        .filter(|_| scale > 0)
        .map_or(digits, |at| digits.get(..at).unwrap_or(digits));
    let mut groups = parts(body, |letter| matches!(letter, '.' | ',' | '\'' | ' ')).skip(1);
    if !groups.all(|group| group.len() == 3) {
        return Err(Trouble::Unreadable);
    }
    let mantissa = number::read(&whole, 10).ok_or(Trouble::Impossible)?;
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
            ("￦11,110", "11110", "KRW"),
            ("￡12.50", "12.50", "GBP"),
            ("US $12.50.", "12.50", "USD"),
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
