//! The ids of all stored orders, so that a page knows without asking which of its orders are unknown.

use miniserde::json;

use super::format::Stored;
use crate::domain::order::OrderId;

/// Ids, newest first. The shop counts its order numbers up, so the longer and then the greater number is the newer order.
///
/// Stored as one text with commas: ten thousand ids are then one string to the browser, not ten thousand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    ids: Vec<OrderId>,
}

fn age(id: &OrderId) -> (std::cmp::Reverse<usize>, std::cmp::Reverse<&str>) {
    (
        std::cmp::Reverse(id.as_str().len()),
        std::cmp::Reverse(id.as_str()),
    )
}

impl Index {
    #[must_use]
    pub fn ids(&self) -> &[OrderId] {
        &self.ids
    }

    #[must_use]
    pub fn contains(&self, id: &OrderId) -> bool {
        self.place(id).is_ok()
    }

    /// Whether the id was not there yet.
    pub fn insert(&mut self, id: &OrderId) -> bool {
        match self.place(id) {
            Ok(_) => false,
            Err(place) => {
                self.ids.insert(place, id.clone());
                true
            }
        }
    }

    fn place(&self, id: &OrderId) -> Result<usize, usize> {
        self.ids.binary_search_by(|other| age(other).cmp(&age(id)))
    }
}

impl Stored for Index {
    fn to_json(&self) -> String {
        let ids: Vec<&str> = self.ids.iter().map(OrderId::as_str).collect();
        json::to_string(&ids.join(","))
    }

    /// A part that is no order number is dropped: the index is made again from the records when it is checked.
    fn from_json(text: &str) -> Option<Self> {
        let text: String = json::from_str(text).ok()?;
        let mut ids: Vec<OrderId> = text.split(',').filter_map(OrderId::new).collect();
        ids.sort_unstable_by(|a, b| age(a).cmp(&age(b)));
        ids.dedup();
        Some(Self { ids })
    }
}
