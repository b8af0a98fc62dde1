//! What is kept of the listing of a product, and of the tracking page, as they were.

use recourse::site::{listing_page, tracking_page};

use crate::node::Parsed;

fn page(body: &str) -> Parsed {
    Parsed::page(&format!("<html><body>{body}</body></html>"))
}

/// The shape that scrapers of 2024 to 2026 rely on.
const LISTING: &str = "
    <header><h1 class=\"logo\">Shop</h1><div>Deliver to Ana Exemplo, Rua das Acacias 987</div></header>
    <div class=\"title--wrap--UUHae_g\"><h1 data-pl=\"product-title\">Power bank  10000 mAh</h1></div>
    <div data-pl=\"product-price\"><div class=\"price--current--I3Zeidd\"><span>R</span><span>$</span><span>3</span><span>1</span><span>,</span><span>9</span><span>3</span></div>
      <span class=\"price--original--wEueRiZ\">R$45,00</span></div>
    <div class=\"sku-item--title--Z0HLO87\"><span>Color: </span><span>Graphite</span></div>
    <div class=\"sku-item--title--Z0HLO87\"><span>Plug: </span><span>EU</span></div>
    <div class=\"dynamic-shipping--wrap--1\"><div class=\"shipping--to--2\">Rua das Acacias 987</div></div>
    <a class=\"store-header--storeName--vINzvPw\">Lumen Home Store</a>
    <ul class=\"specification--list--fiWsSyv\"><li class=\"specification--line--1\"><div class=\"specification--prop--Jh28bKu\">
      <div class=\"specification--title--SfH3sA8\"><span>Material</span></div><div class=\"specification--desc--Dxx6W0W\"><span>Aluminium</span></div></div></li></ul>
    <ul class=\"seo-sellpoints--sellerPoint--bfm7Az1\"><li><pre>Light</pre></li><li><pre>Flat</pre></li></ul>
    <div id=\"product-description\"><style>p{color:red}</style><p>Charges a phone twice.</p><p>It is waterproof.</p></div>
    <div class=\"recommend\"><h3>Another product</h3></div>";

#[test]
fn the_listing_is_kept_part_by_part_and_without_where_it_would_go() {
    assert_eq!(
        listing_page::texts(&page(LISTING)),
        [
            "Power bank 10000 mAh",
            "R$31,93",
            "Color: Graphite",
            "Plug: EU",
            "Material: Aluminium",
            "Light",
            "Flat",
            "Lumen Home Store",
            "Charges a phone twice. It is waterproof.",
        ]
    );
}

#[test]
fn an_older_listing_is_found_by_its_older_names() {
    let old = "<h1 class=\"product-title-text\">Lamp</h1><span class=\"product-price-current\">US $ 1.87</span>
               <ul><li class=\"product-prop\">Power: 5 W</li></ul><a class=\"shop-name\">LIMA Store</a>";
    let texts = listing_page::texts(&page(old));
    assert_eq!(texts, ["Lamp", "US $ 1.87", "Power: 5 W", "LIMA Store"]);
    assert!(listing_page::texts(&page("<div id=\"root\"></div>")).is_empty());
}

#[test]
fn a_description_without_end_is_cut() {
    let long = "é ".repeat(200_000);
    let texts = listing_page::texts(&page(&format!(
        "<div id=\"product-description\">{long}</div>"
    )));
    assert!(texts.iter().map(|text| text.chars().count()).sum::<usize>() <= 20_000);
}

#[test]
fn all_that_happened_to_a_parcel_is_kept_and_not_where_it_goes() {
    let tracking = "
        <div class=\"arrival-time-v2--title--a\">Delivered：Jul. 28</div>
        <div class=\"address-v2--wrap--b\">Ana Exemplo, Rua das Acacias 987</div>
        <div class=\"fast-delivery-v2--content--c\">Refund if items damaged</div>
        <div class=\"logistic-info-v2--head--d\"><span class=\"logistic-info-v2--mailNoTitle--e\">Tracking number:</span>
          <span class=\"logistic-info-v2--mailNoValue--f\">DM313961591BR</span></div>
        <div class=\"logistic-info-v2--node--g\"><div class=\"logistic-info-v2--nodeTitle--h\">Delivered</div>
          <div class=\"logistic-info-v2--nodeDesc--i\">In the mailbox</div><div class=\"logistic-info-v2--nodeTime--j\">Tue | Jul. 28 18:39</div></div>
        <div class=\"logistic-info-v2--node--g\"><div class=\"logistic-info-v2--nodeTitle--h\">Left the country</div>
          <div class=\"logistic-info-v2--nodeTime--j\">Jul. 20 22:05</div></div>";
    assert_eq!(
        tracking_page::texts(&page(tracking)),
        [
            "Delivered：Jul. 28",
            "Refund if items damaged",
            "Tracking number: DM313961591BR",
            "Tue | Jul. 28 18:39 · Delivered · In the mailbox",
            "Jul. 20 22:05 · Left the country",
        ]
    );
}
