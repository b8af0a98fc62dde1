//! SHA-256: by it files are known, and records are told from damaged ones.

use sha2::Digest;

/// A SHA-256, written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256(pub [u8; 32]);

impl Sha256 {
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut hasher = Hasher::default();
        hasher.take(bytes);
        hasher.finish()
    }

    /// 64 digits.
    #[must_use]
    pub fn hex(&self) -> String {
        hexadecimal(&self.0)
    }

    /// Reads the form that [`hex`](Self::hex) writes, and no other.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let digit = |letter: u8| match letter {
            b'0'..=b'9' => Some(letter - b'0'),
            b'a'..=b'f' => Some(letter - b'a' + 10),
            _ => None,
        };
        let mut bytes = [0; 32];
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
            return None;
        };
        if pairs.len() != bytes.len() {
            return None;
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Some(Self(bytes))
    }
}

impl std::fmt::Display for Sha256 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.hex())
    }
}

/// Two lower-case digits for each byte.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

/// Works out a SHA-256 of what comes in parts.
#[derive(Clone, Debug, Default)]
pub struct Hasher(sha2::Sha256);

impl Hasher {
    pub fn take(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    #[must_use]
    pub fn finish(self) -> Sha256 {
        Sha256(self.0.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_one_that_the_standard_describes() {
        // FIPS 180-4, example of one block.
        let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Sha256::of(b"abc").to_string(), hex);
        assert_eq!(Sha256::from_hex(hex), Some(Sha256::of(b"abc")));
        let mut parts = Hasher::default();
        parts.take(b"a");
        parts.take(b"bc");
        assert_eq!(parts.finish(), Sha256::of(b"abc"));
    }

    #[test]
    fn only_its_own_form_is_read() {
        let hex = Sha256::of(b"").to_string();
        for wrong in [
            "",
            "ab",
            &hex.replacen('e', "", 1),
            &hex.to_uppercase(),
            &format!("{hex}0"),
        ] {
            assert_eq!(Sha256::from_hex(wrong), None, "{wrong}");
        }
    }
}
