//! The ids of all stored orders, so that a page knows without asking which of its orders are unknown.

use std::cmp::Ordering;

use super::format::Stored;
use crate::domain::order::OrderId;

/// Ids, newest first. The shop counts its order numbers up, so the longer and then the greater number is the newer order.
///
/// It is kept as one text with commas, and searched as such: ten thousand ids are one string to the browser and to us, not ten
/// thousand, and a page that asks for a few of them reads a few. Of a long one the beginning is kept apart, so that what a page
/// of the shop reads does not grow with what is kept: of an order that is older than all of it, the beginning does not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    text: String,
    /// Whether older ones are kept apart.
    goes_on: bool,
}

/// What became of an id that an index was to take in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inserted {
    Now,
    /// It was there.
    Before,
    /// It is older than all of a beginning, and so belongs to what is kept apart.
    Nowhere,
}

/// Whether the first is the newer one (`Less`: it stands before).
fn by_age(first: &str, second: &str) -> Ordering {
    (second.len(), second).cmp(&(first.len(), first))
}

impl Index {
    /// Bytes of a beginning that has become too long, and those that are left of it: about 470 and 230 orders. What is left is far
    /// more than a page shows at first, and a new order seldom makes it too long again.
    const LONG: usize = 8_000;
    const LEFT: usize = 4_000;

    /// The index of those orders.
    #[must_use]
    pub fn of(mut ids: Vec<OrderId>) -> Self {
        ids.sort_unstable_by(|first, second| by_age(first.as_str(), second.as_str()));
        ids.dedup();
        let ids: Vec<&str> = ids.iter().map(OrderId::as_str).collect();
        Self {
            text: ids.join(","),
            goes_on: false,
        }
    }

    /// The ids, newest first. A part that is no order number is left out: the index is made again from the records when it is
    /// checked.
    pub fn ids(&self) -> impl Iterator<Item = OrderId> + '_ {
        self.text.split(',').filter_map(OrderId::new)
    }

    /// Whether the order may be kept: it is named, or older than all that are named where older ones are kept apart.
    #[must_use]
    pub fn may_hold(&self, id: &OrderId) -> bool {
        match self.place(id.as_str()) {
            Ok(_) => true,
            Err(place) => self.is_beyond(place),
        }
    }

    pub fn insert(&mut self, id: &OrderId) -> Inserted {
        let id = id.as_str();
        let Err(place) = self.place(id) else {
            return Inserted::Before;
        };
        if self.is_beyond(place) {
            return Inserted::Nowhere;
        }
        if place < self.text.len() {
            self.text.insert(place, ',');
            self.text.insert_str(place, id);
        } else {
            if place > 0 {
                self.text.push(',');
            }
            self.text.push_str(id);
        }
        Inserted::Now
    }

    #[must_use]
    pub const fn is_long(&self) -> bool {
        self.text.len() > Self::LONG
    }

    /// Takes the older ones out of a beginning that has become too long.
    pub fn split(&mut self) -> Option<Self> {
        let end = self.text.get(..Self::LEFT)?.rfind(',')?;
        if !self.is_long() {
            return None;
        }
        let older = self.text.get(end + 1..)?.to_owned();
        self.text.truncate(end);
        self.goes_on = true;
        Some(Self {
            text: older,
            goes_on: false,
        })
    }

    /// The whole of a beginning and those that were kept apart from it.
    #[must_use]
    pub fn join(&self, older: &Self) -> Self {
        let between = if self.text.is_empty() || older.text.is_empty() {
            ""
        } else {
            ","
        };
        Self {
            text: [&self.text, between, &older.text].concat(),
            goes_on: false,
        }
    }

    /// Whether what would stand there is kept apart.
    fn is_beyond(&self, place: usize) -> bool {
        self.goes_on && place == self.text.len()
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
    /// A comma at its end says that it goes on.
    fn to_text(&self) -> String {
        let end = if self.goes_on { "," } else { "" };
        [&self.text, end].concat()
    }

    fn from_text(text: &str) -> Option<Self> {
        let known = |byte: u8| byte.is_ascii_digit() || byte == b',';
        let ids = text.strip_suffix(',');
        text.bytes().all(known).then(|| Self {
            text: ids.unwrap_or(text).to_owned(),
            goes_on: ids.is_some(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn orders(ids: &[String]) -> Vec<OrderId> {
        ids.iter().map(|id| OrderId::new(id).unwrap()).collect()
    }

    proptest! {
        #[test]
        fn an_index_holds_what_was_put_in_newest_first(ids in proptest::collection::vec("[1-9][0-9]{7,9}", 0..40), other in "[1-9][0-9]{7,9}") {
            let ids = orders(&ids);
            let other = OrderId::new(&other).unwrap();
            let mut index = Index::default();
            for (at, id) in ids.iter().enumerate() {
                let before = ids[..at].contains(id);
                prop_assert_eq!(index.insert(id), if before { Inserted::Before } else { Inserted::Now });
            }
            for id in &ids {
                prop_assert!(index.may_hold(id));
            }
            prop_assert_eq!(index.may_hold(&other), ids.contains(&other));
            prop_assert_eq!(&index, &Index::of(ids.clone()));
            prop_assert_eq!(Index::from_text(&index.to_text()), Some(index.clone()));
            let mut newest = ids;
            newest.sort_by_key(|id| std::cmp::Reverse(id.as_str().parse::<u64>().unwrap()));
            newest.dedup();
            prop_assert_eq!(index.ids().collect::<Vec<_>>(), newest);
        }

        #[test]
        fn the_beginning_of_a_long_index_tells_of_all_but_the_older(
            ids in proptest::collection::hash_set("[1-9][0-9]{15}", 480..600),
            other in "[1-9][0-9]{15}",
        ) {
            let ids = orders(&Vec::from_iter(ids));
            let other = OrderId::new(&other).unwrap();
            let whole = Index::of(ids.clone());
            let mut beginning = whole.clone();
            let older = beginning.split().unwrap();
            prop_assert!(beginning.to_text().len() <= Index::LEFT && !beginning.is_long());
            prop_assert_eq!(beginning.clone().split(), None);
            prop_assert_eq!(beginning.join(&older), whole.clone());
            prop_assert_eq!(Index::from_text(&beginning.to_text()), Some(beginning.clone()));
            for id in &ids {
                prop_assert!(beginning.may_hold(id));
                let expected = if older.may_hold(id) { Inserted::Nowhere } else { Inserted::Before };
                prop_assert_eq!(beginning.clone().insert(id), expected);
            }
            let oldest = beginning.ids().last().unwrap();
            let is_older = other.as_str() < oldest.as_str();
            prop_assert_eq!(beginning.may_hold(&other), is_older || ids.contains(&other));
            if !is_older && !ids.contains(&other) {
                prop_assert_eq!(beginning.insert(&other), Inserted::Now);
                let mut all = ids;
                all.push(other);
                prop_assert_eq!(beginning.join(&older), Index::of(all));
            }
        }
    }

    #[test]
    fn an_index_that_is_not_long_stays_whole() {
        let ids = |count: usize| {
            Index::of(orders(&Vec::from_iter(
                (0..count).map(|n| format!("82{n:014}")),
            )))
        };
        assert_eq!(ids(0).split(), None);
        assert_eq!(ids(300).split(), None);
        assert_eq!(ids(470).split(), None);
        assert!(ids(471).split().is_some());
    }
}
