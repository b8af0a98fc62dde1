//! What an order is called.

use super::Wording;
use crate::domain::ledger::Record;

impl Wording {
    /// The first product's name, with how many more there are; else what else tells the order from others.
    #[must_use]
    pub fn order_title(&self, record: &Record) -> String {
        let lines = record.lines.as_ref().map_or(&[][..], |lines| &lines.value);
        let store = record
            .store
            .as_ref()
            .map(|store| shorten(&store.value))
            .filter(|store| !store.is_empty());
        let title = lines
            .iter()
            .map(|line| line.title.trim())
            .find(|title| !title.is_empty());
        let counted = |key: &str, n: usize, args: &[&str]| {
            let n = u32::try_from(n).unwrap_or(u32::MAX);
            let number = self.number(n);
            let args: Vec<&str> = std::iter::once(number.as_str())
                .chain(args.iter().copied())
                .collect();
            self.messages.plural(key, n, &args)
        };
        match (title, lines.len(), store) {
            (Some(title), 0..=1, _) => shorten(title),
            (Some(title), n, _) => counted("dashboard_and_more", n - 1, &[&shorten(title)]),
            (None, 0, Some(store)) => store,
            (None, 0, None) => self.messages.with("dashboard_order", &[record.id.as_str()]),
            (None, n, Some(store)) => counted("dashboard_items_from", n, &[&store]),
            (None, n, None) => counted("dashboard_items", n, &[]),
        }
    }
}

/// A name from the shop's page, short enough for one row. Control characters, also those that turn the direction of
/// writing, are left out.
#[must_use]
pub fn shorten(text: &str) -> String {
    const LIMIT: usize = 120;
    let clean = |letter: &char| {
        let turns = matches!(*letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}');
        !turns && !letter.is_control()
    };
    let mut letters = text.trim().chars().filter(clean);
    let mut short: String = letters.by_ref().take(LIMIT).collect();
    if letters.next().is_some() {
        short.push('…');
    }
    short
}
