//! The ids of all stored orders, so that a page knows without asking which of its orders are unknown.

use std::cmp::Ordering;

use super::format::Stored;
use crate::domain::order::OrderId;

/// Ids, newest first. The shop counts its order numbers up, so the longer and then the greater number is the newer order.
///
/// It is kept as one text with commas, and searched as such: ten thousand ids are one string to the browser and to us, not ten
/// thousand, and a page that asks for a few of them reads a few.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    text: String,
}

/// Whether the first is the newer one (`Less`: it stands before).
fn by_age(first: &str, second: &str) -> Ordering {
    (second.len(), second).cmp(&(first.len(), first))
}

impl Index {
    /// The index of those orders.
    #[must_use]
    pub fn of(mut ids: Vec<OrderId>) -> Self {
        ids.sort_unstable_by(|first, second| by_age(first.as_str(), second.as_str()));
        ids.dedup();
        let ids: Vec<&str> = ids.iter().map(OrderId::as_str).collect();
        Self {
            text: ids.join(","),
        }
    }

    /// The ids, newest first. A part that is no order number is left out: the index is made again from the records when it is
    /// checked.
    pub fn ids(&self) -> impl Iterator<Item = OrderId> + '_ {
        self.text.split(',').filter_map(OrderId::new)
    }

    #[must_use]
    pub fn contains(&self, id: &OrderId) -> bool {
        self.place(id.as_str()).is_ok()
    }

    /// Whether the id was not there yet.
    pub fn insert(&mut self, id: &OrderId) -> bool {
        let id = id.as_str();
        let Err(place) = self.place(id) else {
            return false;
        };
        if place < self.text.len() {
            self.text.insert(place, ',');
            self.text.insert_str(place, id);
        } else {
            if place > 0 {
                self.text.push(',');
            }
            self.text.push_str(id);
        }
        true
    }

    /// Where in the text the id begins, or would.
    fn place(&self, id: &str) -> Result<usize, usize> {
        // Between ids, from the beginning of one to the beginning of another or the end.
        let (mut from, mut to) = (0, self.text.len());
        while from < to {
            let middle = from.midpoint(to);
            let before = self.text.get(from..middle).unwrap_or_default();
            let start = before.rfind(',').map_or(from, |comma| from + comma + 1);
            let rest = self.text.get(start..).unwrap_or_default();
            let here = rest.split(',').next().unwrap_or_default();
            match by_age(here, id) {
                Ordering::Equal => return Ok(start),
                Ordering::Greater => to = start,
                Ordering::Less => from = (start + here.len() + 1).min(self.text.len()),
            }
        }
        Err(from)
    }
}

impl Stored for Index {
    fn to_text(&self) -> String {
        self.text.clone()
    }

    fn from_text(text: &str) -> Option<Self> {
        let known = |byte: u8| byte.is_ascii_digit() || byte == b',';
        text.bytes().all(known).then(|| Self {
            text: text.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_index_holds_what_was_put_in_newest_first(ids in proptest::collection::vec("[1-9][0-9]{7,9}", 0..40), other in "[1-9][0-9]{7,9}") {
            let ids: Vec<OrderId> = ids.iter().map(|id| OrderId::new(id).unwrap()).collect();
            let other = OrderId::new(&other).unwrap();
            let mut index = Index::default();
            for (at, id) in ids.iter().enumerate() {
                prop_assert_eq!(index.insert(id), !ids[..at].contains(id));
            }
            for id in &ids {
                prop_assert!(index.contains(id));
            }
            prop_assert_eq!(index.contains(&other), ids.contains(&other));
            prop_assert_eq!(&index, &Index::of(ids.clone()));
            prop_assert_eq!(Index::from_text(&index.to_text()), Some(index.clone()));
            let mut newest = ids;
            newest.sort_by_key(|id| std::cmp::Reverse(id.as_str().parse::<u64>().unwrap()));
            newest.dedup();
            prop_assert_eq!(index.ids().collect::<Vec<_>>(), newest);
        }
    }
}
