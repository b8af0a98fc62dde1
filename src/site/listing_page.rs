//! The listing of a product, for what is kept of it as it was. Nothing is counted from it, so nothing is read into facts: its texts are
//! taken as they stand, part by part.
//!
//! ```text
//! [data-pl="product-title"]                 the title
//! [class*="price--current"]                 the price, with a span for each letter
//! [class*="sku-item--title"]                "Color: Black": what is chosen
//! [class*="specification--prop"]            one property: --title and --desc
//! [class*="seo-sellpoints--sellerPoint"]    what the seller says in few words
//! [data-pl="product-reviewer"]              stars, reviews, how many were sold
//! [class*="store-header--storeName"]        the store
//! #product-description                      what the seller says in many
//! ```
//! Shape: scrapers up to September 2026; the first of several ways that finds something counts. Where the parcel would go stands in a part
//! of its own (`[class*="shipping"]`), which is not taken: it can name the buyer's address.

use super::node::PageNode;
use crate::reading::text::tidy;

/// Each part with the ways to find it, from new to old.
const PARTS: [&[&str]; 7] = [
    &["[data-pl=\"product-title\"]", "h1.product-title-text", "h1"],
    &[
        "[class*=\"price--current\"]",
        "[class*=\"price-default--current\"]",
        ".product-price-current",
        "[data-pl=\"product-price\"]",
    ],
    &["[class*=\"sku-item--title\"]", ".sku-title"],
    &["[class*=\"specification--prop\"]", ".product-prop"],
    &["[class*=\"seo-sellpoints--sellerPoint\"] > li"],
    &["[data-pl=\"product-reviewer\"]", ".product-reviewer"],
    &[
        "[class*=\"store-header--storeName\"]",
        "[class*=\"store-detail--storeName\"]",
        ".shop-name",
    ],
];

const PRICE: &str = "[class*=\"price\"], [data-pl=\"product-price\"]";
const PROPERTY: [&str; 2] = [
    "[class*=\"specification--title\"]",
    "[class*=\"specification--desc\"]",
];
const DESCRIPTION: &str = "#product-description, #nav-description";

/// Longest description that is kept, in letters.
const LONGEST: usize = 20_000;

/// What the page says, in the order of its parts. Nothing while it is not there yet.
#[must_use]
pub fn texts<N: PageNode>(root: &N) -> Vec<String> {
    let mut texts = Vec::new();
    for ways in PARTS {
        let found = ways.iter().map(|way| root.all(way));
        let found = found
            .into_iter()
            .find(|found| found.iter().any(|node| !node.text().trim().is_empty()));
        for node in found.unwrap_or_default() {
            texts.push(text_of(&node));
        }
    }
    if let Some(description) = root.first(DESCRIPTION) {
        let said = tidy(&description.spaced_text());
        texts.push(said.chars().take(LONGEST).collect());
    }
    texts.retain(|text| !text.is_empty());
    texts
}

fn text_of<N: PageNode>(node: &N) -> String {
    // A letter of a price is an element of its own.
    if node.matches(PRICE) {
        return tidy(&node.text());
    }
    let property = PROPERTY.map(|part| node.first(part).map(|part| tidy(&part.spaced_text())));
    match property {
        [Some(name), Some(value)] => [&name, ": ", &value].concat(),
        _ => tidy(&node.spaced_text()),
    }
}
