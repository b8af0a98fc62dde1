//! What a page of the shop said at a time.

use crate::domain::sighting::Page;

/// The texts of a page that concern the order, as they stood there. The buyer's address and telephone number are no part of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Excerpt {
    pub page: Page,
    /// The page's own address.
    pub address: String,
    pub lines: Vec<String>,
}

impl Excerpt {
    /// The most that is kept of one page, in bytes of text.
    pub const LIMIT: usize = 100_000;

    /// Without what is said twice in a row, without empty lines, cut where it is longer than any page of the shop's.
    #[must_use]
    pub fn new(page: Page, address: &str, lines: impl IntoIterator<Item = String>) -> Self {
        let mut kept: Vec<String> = Vec::new();
        let mut room = Self::LIMIT;
        for line in lines {
            let line = line.trim();
            if line.is_empty() || kept.last().is_some_and(|last| last == line) {
                continue;
            }
            let Some(rest) = room.checked_sub(line.len()) else {
                break;
            };
            room = rest;
            kept.push(line.to_owned());
        }
        Self {
            page,
            address: address.to_owned(),
            lines: kept,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_kept_line_by_line() {
        let lines = ["Awaiting delivery", "", " Awaiting delivery ", "Total: 5"];
        let excerpt = Excerpt::new(Page::OrderDetail, "", lines.map(str::to_owned));
        assert_eq!(excerpt.lines, ["Awaiting delivery", "Total: 5"]);
        let endless = (0_u32..).map(|number| number.to_string());
        let excerpt = Excerpt::new(Page::OrderDetail, "", endless);
        assert!(excerpt.lines.iter().map(String::len).sum::<usize>() <= Excerpt::LIMIT);
    }
}
