//! What a page of the shop said at a time.

use super::telephone::without_telephones;
use crate::domain::sighting::Page;

/// A page of the shop that can be kept: one that facts are read on, or the listing of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ShopPage {
    Of(Page),
    Listing,
}

impl ShopPage {
    /// The name under which it is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Of(page) => page.name(),
            Self::Listing => "listing",
        }
    }

    /// The page of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let pages = Page::ALL.into_iter().map(Self::Of);
        pages
            .chain([Self::Listing])
            .find(|page| page.name() == name)
    }
}

/// The texts of a page that concern the order, as they stood there. The buyer's address is no part of it, nor are telephone numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Excerpt {
    pub page: ShopPage,
    /// The page's own address.
    pub address: String,
    pub lines: Vec<String>,
}

impl Excerpt {
    /// The most that is kept of one page, in bytes of text.
    pub const LIMIT: usize = 100_000;

    /// Without telephone numbers, without what is said twice in a row, without empty lines, cut where it is longer than any page of
    /// the shop's.
    #[must_use]
    pub fn new(page: ShopPage, address: &str, lines: impl IntoIterator<Item = String>) -> Self {
        let mut kept: Vec<String> = Vec::new();
        let mut room = Self::LIMIT;
        for line in lines {
            let line = without_telephones(line.trim());
            if line.is_empty() || kept.last().is_some_and(|last| *last == line) {
                continue;
            }
            let Some(rest) = room.checked_sub(line.len()) else {
                break;
            };
            room = rest;
            kept.push(line);
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
        let page = ShopPage::Of(Page::OrderDetail);
        let lines = ["Awaiting delivery", "", " Awaiting delivery ", "Total: 5"];
        let excerpt = Excerpt::new(page, "", lines.map(str::to_owned));
        assert_eq!(excerpt.lines, ["Awaiting delivery", "Total: 5"]);
        let endless = (0_u32..).map(|number| number.to_string());
        let excerpt = Excerpt::new(page, "", endless);
        assert!(excerpt.lines.iter().map(String::len).sum::<usize>() <= Excerpt::LIMIT);
    }

    #[test]
    fn telephone_numbers_are_left_out_and_other_numbers_stay() {
        for (line, kept) in [
            ("Call +55 11 91234-5678 before", "Call […] before"),
            ("(+7) 912 345-67-89", "[…]"),
            ("Signed by ***-***-5678.", "Signed by […]."),
            ("138****1234", "[…]"),
            ("DM313961591BR", "DM313961591BR"),
            ("Jul. 28 18:39", "Jul. 28 18:39"),
            (
                "4.8 (1 234) · +20% · 5000+ sold",
                "4.8 (1 234) · +20% · 5000+ sold",
            ),
            ("8212313961591322", "8212313961591322"),
            ("12 * 30 cm", "12 * 30 cm"),
            ("★★★★ é + …", "★★★★ é + …"),
        ] {
            let excerpt = Excerpt::new(ShopPage::Listing, "", [line.to_owned()]);
            assert_eq!(excerpt.lines, [kept], "{line}");
        }
    }

    #[test]
    fn every_page_is_found_by_its_name() {
        for page in Page::ALL {
            assert_eq!(ShopPage::named(page.name()), Some(ShopPage::Of(page)));
        }
        assert_eq!(ShopPage::named("listing"), Some(ShopPage::Listing));
        assert_eq!(ShopPage::named("shop"), None);
    }
}
