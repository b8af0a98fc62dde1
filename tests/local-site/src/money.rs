//! Amounts, in the currency that the buyer chose, which is independent of the page's language.

use crate::Language;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Currency {
    Brl,
    Eur,
    Rub,
    Krw,
    Sar,
    Usd,
    Pln,
    Uah,
    Jpy,
}

impl Currency {
    pub const ALL: [Self; 9] = [
        Self::Brl,
        Self::Eur,
        Self::Rub,
        Self::Krw,
        Self::Sar,
        Self::Usd,
        Self::Pln,
        Self::Uah,
        Self::Jpy,
    ];

    /// ISO 4217, as in `demo-currency`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Brl => "BRL",
            Self::Eur => "EUR",
            Self::Rub => "RUB",
            Self::Krw => "KRW",
            Self::Sar => "SAR",
            Self::Usd => "USD",
            Self::Pln => "PLN",
            Self::Uah => "UAH",
            Self::Jpy => "JPY",
        }
    }

    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|currency| currency.code().eq_ignore_ascii_case(code))
    }

    #[must_use]
    pub fn usual_for(language: Language) -> Self {
        match language {
            Language::En | Language::Pt => Self::Brl,
            Language::Fr | Language::Es | Language::De | Language::It | Language::Nl => Self::Eur,
            Language::Ru => Self::Rub,
            Language::Ko => Self::Krw,
            Language::Ar => Self::Sar,
            Language::Pl => Self::Pln,
            Language::Uk => Self::Uah,
            Language::Ja => Self::Jpy,
            Language::Tr
            | Language::He
            | Language::Th
            | Language::Vi
            | Language::Id
            | Language::Cs
            | Language::Zh => Self::Usd,
        }
    }

    /// Digits after the decimal mark.
    #[must_use]
    pub fn decimals(self) -> u32 {
        match self {
            Self::Krw | Self::Jpy => 0,
            _ => 2,
        }
    }

    /// What the shop gives for a late delivery, in the smallest unit.
    #[must_use]
    pub fn coupon(self) -> i64 {
        match self {
            Self::Brl => 500,
            Self::Eur | Self::Usd => 100,
            Self::Rub => 9_000,
            Self::Krw => 1_500,
            Self::Sar | Self::Pln => 400,
            Self::Uah => 4_000,
            Self::Jpy => 150,
        }
    }

    /// What an amount in Brazilian centavos is in this currency's smallest unit, at the demo's fixed rates.
    #[must_use]
    pub fn from_centavos(self, centavos: i64) -> i64 {
        // Hundredths of the currency's unit per 1000 centavos.
        let per_thousand = match self {
            Self::Brl => 1000,
            Self::Eur => 161,
            Self::Rub => 15_200,
            Self::Krw => 262_000,
            Self::Sar => 690,
            Self::Usd => 185,
            Self::Pln => 670,
            Self::Uah => 7_700,
            Self::Jpy => 28_000,
        };
        let hundredths = (centavos * per_thousand + 500).div_euclid(1000);
        if self.decimals() == 0 {
            (hundredths + 50).div_euclid(100)
        } else {
            hundredths
        }
    }

    /// An amount in the smallest unit as the pages print it: "R$132,74", "1.192,72 €", "₩11,110".
    #[must_use]
    pub fn format(self, amount: i64, language: Language) -> String {
        let number = |group: &str, mark: &str| {
            let scale = 10_i64.pow(self.decimals());
            let whole = grouped(amount / scale, group);
            if scale == 1 {
                whole
            } else {
                format!("{whole}{mark}{:02}", amount % scale)
            }
        };
        match self {
            Self::Brl => format!("R${}", number(".", ",")),
            Self::Eur if language == Language::En => format!("€ {}", number(".", ",")),
            Self::Eur if language == Language::Fr => format!("{} €", number("\u{202f}", ",")),
            Self::Eur => format!("{} €", number(".", ",")),
            Self::Rub => format!("{} ₽", number("\u{a0}", ",")),
            Self::Krw => format!("₩{}", number(",", ".")),
            Self::Sar => format!("SAR {}", number(",", ".")),
            Self::Usd => format!("US ${}", number(",", ".")),
            Self::Pln => format!("{}zł", number("\u{a0}", ",")),
            Self::Uah => format!("грн. {}", number(",", ".")),
            Self::Jpy => format!("{}円", number(",", ".")),
        }
    }
}

fn grouped(whole: i64, group: &str) -> String {
    let digits = whole.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push_str(group);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_look_as_on_the_pages() {
        assert_eq!(Currency::Brl.format(13_274, Language::En), "R$132,74");
        assert_eq!(Currency::Eur.format(119_272, Language::De), "1.192,72 €");
        assert_eq!(Currency::Krw.format(11_110, Language::Ko), "₩11,110");
        assert_eq!(Currency::Uah.format(22_280, Language::Ru), "грн. 222.80");
        assert_eq!(Currency::Pln.format(12_946, Language::En), "129,46zł");
        assert_eq!(Currency::Usd.format(619, Language::En), "US $6.19");
    }

    #[test]
    fn conversion_rounds_and_drops_decimals_where_there_are_none() {
        assert_eq!(Currency::Brl.from_centavos(8_990), 8_990);
        assert_eq!(Currency::Krw.from_centavos(8_990), 23_554);
    }
}
