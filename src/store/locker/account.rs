//! The account of what is kept, by which it is noticed that something is missing.

use crate::domain::sha256::Sha256;

/// How many transactions there were, how many records there are, and the sum of their seals, which does not depend on their
/// order: a record that goes is taken off again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    pub sequence: u64,
    pub count: u64,
    sum: [u64; 4],
}

impl Account {
    /// The account of records with these seals.
    pub fn of<'a>(sequence: u64, seals: impl Iterator<Item = &'a Sha256>) -> Self {
        let mut account = Self {
            sequence,
            ..Self::default()
        };
        seals.for_each(|seal| account.add(seal));
        account
    }

    pub fn add(&mut self, seal: &Sha256) {
        self.count = self.count.wrapping_add(1);
        self.each(seal, u64::wrapping_add);
    }

    pub fn take(&mut self, seal: &Sha256) {
        self.count = self.count.wrapping_sub(1);
        self.each(seal, u64::wrapping_sub);
    }

    fn each(&mut self, seal: &Sha256, change: fn(u64, u64) -> u64) {
        let (parts, _) = seal.0.as_chunks::<8>();
        for (sum, part) in self.sum.iter_mut().zip(parts) {
            *sum = change(*sum, u64::from_le_bytes(*part));
        }
    }

    /// `17 5 0123456789abcdef…`
    #[must_use]
    pub fn to_text(self) -> String {
        let [a, b, c, d] = self.sum;
        let sum = format!("{a:016x}{b:016x}{c:016x}{d:016x}");
        [&self.sequence.to_string(), &self.count.to_string(), &sum]
            .map(String::as_str)
            .join(" ")
    }

    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let (sequence, count) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        let digits = words.next()?;
        let mut sum = [0; 4];
        if digits.len() != 64 || words.next().is_some() {
            return None;
        }
        for (n, part) in sum.iter_mut().enumerate() {
            *part = u64::from_str_radix(digits.get(n * 16..n * 16 + 16)?, 16).ok()?;
        }
        Some(Self {
            sequence,
            count,
            sum,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_and_taken_leaves_no_trace() {
        let seals = [b"a", b"b", b"c"].map(|text| Sha256::of(text));
        let all = Account::of(9, seals.iter());
        let mut other = Account::of(9, seals.iter().rev());
        assert_eq!(all, other);
        assert_eq!(Account::from_text(&all.to_text()), Some(all));
        other.take(&seals[1]);
        assert_ne!(other, all);
        assert_eq!(other, Account::of(9, [seals[0], seals[2]].iter()));
    }

    #[test]
    fn what_is_no_account_is_refused() {
        let text = Account::default().to_text();
        for wrong in [
            "",
            "1 2",
            &text.replacen('0', "", 1),
            &format!("{text} "),
            &text.replace('0', "g"),
        ] {
            assert_eq!(Account::from_text(wrong), None, "{wrong}");
        }
    }
}
