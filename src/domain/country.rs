//! Countries, as far as a law or a rule of the shop depends on them.

/// A country by the two capital letters of ISO 3166-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// `None` for anything but two letters from A to Z, in either case.
    #[must_use]
    pub const fn new(text: &str) -> Option<Self> {
        match *text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Some(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => None,
        }
    }

    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_two_letters() {
        assert_eq!(Country::new("be").unwrap().code(), "BE");
        for wrong in ["", "B", "BEL", "B1", "é"] {
            assert_eq!(Country::new(wrong), None, "{wrong:?}");
        }
    }
}
