//! Amounts as the shop prints them. Nothing is ever converted.

use super::number;

/// The currency of an amount.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Currency {
    /// An ISO 4217 code.
    Code(String),
    /// A sign that several currencies share (`kr`, a bare `$`), kept as printed; empty where nothing is given back, in whatever
    /// currency.
    Sign(String),
}

/// An exact decimal amount with its currency: `mantissa / 10^scale`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    pub mantissa: i64,
    /// Digits after the decimal mark, 0 to 3.
    pub scale: u8,
    pub currency: Currency,
}

impl Money {
    /// The amount as decimal text with a point, as `Intl.NumberFormat` takes it without loss: `1192.72`.
    #[must_use]
    pub fn decimal(&self) -> String {
        let scale = usize::from(self.scale.min(18));
        let mut text = String::new();
        number::push(&mut text, self.mantissa, 10, scale + 1);
        if scale > 0 {
            text.insert(text.len() - scale, '.');
        }
        text
    }

    /// An amount as a person types it, in the currency of another: digits with at most one mark, a point or a comma, and no
    /// more of them behind it than the other has. `None` for anything else.
    #[must_use]
    pub fn typed(text: &str, like: &Self) -> Option<Self> {
        let text = text.trim();
        let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let digits = [whole, part].concat();
        let scale = u8::try_from(part.len()).ok()?;
        let is_number = !whole.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || digits.len() > 15 || scale > like.scale {
            return None;
        }
        let zeros = 10_i64.checked_pow(u32::from(like.scale - scale))?;
        Some(Self {
            mantissa: number::read(&digits, 10)?.checked_mul(zeros)?,
            scale: like.scale,
            currency: like.currency.clone(),
        })
    }

    /// Whether it is more than the other, if both are of one currency.
    #[must_use]
    pub fn is_more_than(&self, other: &Self) -> Option<bool> {
        let at = |money: &Self, scale: u8| {
            let zeros = 10_i128.checked_pow(u32::from(scale - money.scale))?;
            i128::from(money.mantissa).checked_mul(zeros)
        };
        let scale = self.scale.max(other.scale);
        (self.currency == other.currency).then(|| Some(at(self, scale)? > at(other, scale)?))?
    }

    /// The sum, if both are of one currency and it fits.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Option<Self> {
        if self.currency != other.currency {
            return None;
        }
        let scale = self.scale.max(other.scale);
        let at = |money: &Self| {
            money
                .mantissa
                .checked_mul(10_i64.checked_pow(u32::from(scale - money.scale))?)
        };
        Some(Self {
            mantissa: at(self)?.checked_add(at(other)?)?,
            scale,
            currency: self.currency.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brl(mantissa: i64, scale: u8) -> Money {
        Money {
            mantissa,
            scale,
            currency: Currency::Code("BRL".into()),
        }
    }

    #[test]
    fn an_amount_is_written_without_loss() {
        assert_eq!(brl(119_272, 2).decimal(), "1192.72");
        assert_eq!(brl(5, 2).decimal(), "0.05");
        assert_eq!(brl(0, 2).decimal(), "0.00");
        assert_eq!(brl(-5, 0).decimal(), "-5");
        assert_eq!(brl(1290, 0).decimal(), "1290");
        assert_eq!(brl(i64::MIN, 3).decimal(), "-9223372036854775.808");
    }

    #[test]
    fn a_typed_amount_is_one_of_that_currency() {
        let paid = brl(61_25, 2);
        for (text, mantissa) in [("12", 12_00), (" 12,5", 12_50), ("12.50", 12_50), ("0", 0)] {
            assert_eq!(Money::typed(text, &paid), Some(brl(mantissa, 2)), "{text}");
        }
        for wrong in [
            "",
            ".",
            ".5",
            "12.505",
            "1,234.50",
            "-3",
            "12 €",
            "1234567890123456",
        ] {
            assert_eq!(Money::typed(wrong, &paid), None, "{wrong}");
        }
        assert_eq!(Money::typed("12.5", &brl(5, 0)), None);
        let longest = Money::typed("1234567890123.45", &paid);
        assert_eq!(longest, Some(brl(123_456_789_012_345, 2)));
    }

    #[test]
    fn amounts_of_two_currencies_are_not_compared() {
        assert_eq!(brl(61_26, 2).is_more_than(&brl(61_25, 2)), Some(true));
        assert_eq!(brl(61_250, 3).is_more_than(&brl(61_25, 2)), Some(false));
        assert_eq!(brl(i64::MAX, 0).is_more_than(&brl(1, 3)), Some(true));
        let euro = Money {
            currency: Currency::Code("EUR".into()),
            ..brl(1, 0)
        };
        assert_eq!(brl(1, 0).is_more_than(&euro), None);
    }

    #[test]
    fn only_amounts_of_one_currency_are_added() {
        assert_eq!(brl(5, 0).plus(&brl(61_25, 2)), Some(brl(66_25, 2)));
        assert_eq!(brl(i64::MAX, 0).plus(&brl(1, 0)), None);
        let euro = Money {
            currency: Currency::Code("EUR".into()),
            ..brl(1, 0)
        };
        assert_eq!(brl(1, 0).plus(&euro), None);
    }
}
