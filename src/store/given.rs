//! How it is kept which events calendar files have held.

use super::format::{Stored, named, of_lines};
use super::{Area, StorageError, Store};
use crate::domain::clock::ClockKind;
use crate::domain::order::OrderId;
use crate::export::Given;

pub(super) const GIVEN: &str = "calendar";

/// Whether a change of that key says that a calendar was saved.
#[must_use]
pub fn is_given_key(key: &str) -> bool {
    key == GIVEN
}

impl<A: Area> Store<A> {
    /// What the calendar files have held that were saved here.
    pub async fn given(&self) -> Result<Given, StorageError> {
        self.value(GIVEN).await.map(Option::unwrap_or_default)
    }

    pub async fn save_given(&self, given: &Given) -> Result<(), StorageError> {
        self.keep(GIVEN, given).await
    }
}

/// A line for each event: `8212313961591322 delivery-guarantee 2026-11-23 -package-2`. A line that is not understood is left out.
impl Stored for Given {
    fn to_text(&self) -> String {
        let mut text = String::new();
        for ((order, clock, window), day) in self.events() {
            text.push_str(&[order.as_str(), clock.name(), &day.to_string(), window].join(" "));
            text.push('\n');
        }
        text
    }

    fn from_text(text: &str) -> Option<Self> {
        Some(of_lines(text, take_in))
    }
}

fn take_in(given: &mut Given, line: &str) -> Option<()> {
    let mut words = line.splitn(4, ' ');
    let order = OrderId::new(words.next()?)?;
    let clock = named(&ClockKind::ALL, ClockKind::name, words.next()?)?;
    let day = words.next()?.parse().ok()?;
    given.insert((order, clock, words.next()?.to_owned()), day);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Day;

    #[test]
    fn what_files_have_held_is_kept() {
        let order = |id: &str| OrderId::new(id).unwrap();
        let day = |text: &str| -> Day { text.parse().unwrap() };
        let mut given = Given::default();
        given.insert(
            (
                order("8212313961591322"),
                ClockKind::DeliveryGuarantee,
                String::new(),
            ),
            day("2026-11-23"),
        );
        given.insert(
            (
                order("8212313961591322"),
                ClockKind::BuyerAnswer,
                "-line-number-8".to_owned(),
            ),
            day("2026-11-26"),
        );
        let text = given.to_text();
        assert_eq!(Given::from_text(&text), Some(given.clone()));
        let damaged = format!("8212313961591322 no-such-clock 2026-11-23 \nnoise\n{text}");
        assert_eq!(Given::from_text(&damaged), Some(given));
    }
}
