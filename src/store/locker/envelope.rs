//! How a record is sealed, so that a damaged one is never taken for a good one.
//!
//! `L1 17 8212313961591322 ba78…,e3b0… 5fee…` and below it the record's own text: form, the sequence number of the transaction that
//! wrote it, the order it belongs to, the files it names, and the SHA-256 of all that with the record's key and text.

use crate::domain::order::OrderId;
use crate::domain::sha256::{Hasher, Sha256};

const FORM: &str = "L1";
/// What stands for a part that is not there.
const NONE: &str = "-";

/// A record with what the locker knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The transaction that wrote it.
    pub sequence: u64,
    pub order: Option<OrderId>,
    pub files: Vec<Sha256>,
    pub body: String,
}

impl Envelope {
    fn head(&self) -> String {
        let order = self.order.as_ref().map_or(NONE, OrderId::as_str);
        let files: Vec<String> = self.files.iter().map(Sha256::to_string).collect();
        let files = if files.is_empty() {
            NONE.to_owned()
        } else {
            files.join(",")
        };
        [FORM, &self.sequence.to_string(), order, &files].join(" ")
    }

    /// Its SHA-256 under that key.
    #[must_use]
    pub fn seal(&self, key: &str) -> Sha256 {
        let mut hasher = Hasher::default();
        for part in [key, "\n", &self.head(), "\n", &self.body] {
            hasher.take(part.as_bytes());
        }
        hasher.finish()
    }

    #[must_use]
    pub fn to_text(&self, key: &str) -> String {
        [
            &self.head(),
            " ",
            &self.seal(key).to_string(),
            "\n",
            &self.body,
        ]
        .concat()
    }

    /// The record that was sealed under that key, and its seal; `None` if it is not as it was written.
    #[must_use]
    pub fn from_text(key: &str, text: &str) -> Option<(Self, Sha256)> {
        let (head, body) = text.split_once('\n')?;
        let mut words = head.split(' ');
        if words.next()? != FORM {
            return None;
        }
        let sequence = words.next()?.parse().ok()?;
        let order = match words.next()? {
            NONE => None,
            id => Some(OrderId::new(id)?),
        };
        let files = match words.next()? {
            NONE => Vec::new(),
            list => list
                .split(',')
                .map(Sha256::from_hex)
                .collect::<Option<_>>()?,
        };
        let seal = Sha256::from_hex(words.next()?)?;
        let envelope = Self {
            sequence,
            order,
            files,
            body: body.to_owned(),
        };
        (envelope.seal(key) == seal && words.next().is_none()).then_some((envelope, seal))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn envelope(sequence: u64, order: bool, files: &[String], body: &str) -> Envelope {
        Envelope {
            sequence,
            order: order.then(|| OrderId::new("8212313961591322").unwrap()),
            files: files
                .iter()
                .map(|text| Sha256::of(text.as_bytes()))
                .collect(),
            body: body.to_owned(),
        }
    }

    proptest! {
        #[test]
        fn a_record_comes_back_as_it_was_sealed(
            sequence in any::<u64>(), order in any::<bool>(), files in proptest::collection::vec(".*", 0..3), body in "(?s).*", key in "[a-z]+:.*",
        ) {
            let sealed = envelope(sequence, order, &files, &body);
            let text = sealed.to_text(&key);
            let opened = Envelope::from_text(&key, &text);
            prop_assert_eq!(opened, Some((sealed.clone(), sealed.seal(&key))));
            prop_assert_eq!(Envelope::from_text(&(key + "x"), &text), None);
        }

        #[test]
        fn a_record_with_one_letter_changed_is_no_record(body in "[ -~]{0,40}", at in any::<proptest::sample::Index>(), other in any::<char>()) {
            let text = envelope(7, true, &["a".to_owned()], &body).to_text("note:1");
            let mut letters: Vec<char> = text.chars().collect();
            let at = at.index(letters.len());
            prop_assume!(letters[at] != other);
            letters[at] = other;
            let changed: String = letters.into_iter().collect();
            prop_assert_eq!(Envelope::from_text("note:1", &changed), None);
            prop_assert_eq!(Envelope::from_text("note:1", &(text + "x")), None);
        }
    }
}
