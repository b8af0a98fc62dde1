//! Amounts as the shop prints them. Nothing is ever converted.

use super::number;

/// The currency of an amount.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Currency {
    /// An ISO 4217 code.
    Code(String),
    /// A sign that several currencies share (`kr`, a bare `$`), kept as printed.
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
        assert_eq!(brl(i64::MIN, 3).decimal(), "-9223372036854775.808");
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
