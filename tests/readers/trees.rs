//! Pages that nobody made: random trees of the shop's own classes, names, links and words. No reader may fail on any of them,
//! and what is read belongs to an order that the page names.

use proptest::prelude::*;
use recourse::domain::order::OrderId;
use recourse::domain::sighting::Page;
use recourse::site::strategy::Tally;
use recourse::site::{
    detail_page, dispute_page, lexicon, list_page, listing_page, returns_page, ru_list_page,
    tracking_page,
};

use crate::fixture::context;
use crate::node::Parsed;
use crate::ship_to::countries;

const ORDERS: [&str; 2] = ["8212313961591322", "8214398062177351"];

const ATTRIBUTES: &[&str] = &[
    "class=\"order-item\"",
    "class=\"order-item order-item-mobile\"",
    "class=\"order-item-wraper\"",
    "class=\"order-item-header-right-info\"",
    "class=\"order-item-header-date\"",
    "class=\"order-item-content-info-name\"",
    "class=\"order-item-content-img-list\"",
    "class=\"order-info\"",
    "class=\"second-row\"",
    "class=\"info-body\"",
    "class=\"order-status\"",
    "class=\"f-left\"",
    "class=\"order-block-title\"",
    "class=\"service-progress-node-info\"",
    "class=\"order-detail-order-info\"",
    "class=\"info-row\"",
    "class=\"order-price-item\"",
    "class=\"item-title\"",
    "class=\"baobei-name\"",
    "class=\"order-reminder\"",
    "id=\"operate-pnl\"",
    "id=\"buyer-ordertable\"",
    "class=\"arrival-time-v2--title--x\"",
    "class=\"logistic-info-v2--node--x\"",
    "class=\"logistic-info-v2--nodeTime--x\"",
    "class=\"order-detail-item-track-info-desc\"",
    "class=\"order-item-tag\"",
    "color=\"#009966\"",
    "class=\"newReverseRefundInfo--amount--x\"",
    "class=\"orderItem--orderItem--x\"",
    "class=\"orderItem--orderSKUId--x\"",
    "class=\"orderItem--orderStatusDesc--x\"",
    "data-pl=\"order_item_header_status\"",
    "data-pl=\"order_item_header_info\"",
    "data-pl=\"order_item_content_price_total\"",
    "data-pl=\"order_item_store_name\"",
    "class=\"RedOrderList_OrderList__item__x\"",
    "class=\"RedOrderList_OrderItem__number__x\"",
    "class=\"RedOrderList_OrderItem__tag__x\"",
    "class=\"RedOrderList_OrderItem__totalPrice__x\"",
    "class=\"RedOrderList_OrderItem__title__x\"",
    "class=\"RedOrderList_OrderItem__description__x\"",
    "class=\"price--current--x\"",
    "class=\"sku-item--title--x\"",
    "class=\"specification--prop--x\"",
    "class=\"specification--title--x\"",
    "class=\"store-header--storeName--x\"",
    "data-pl=\"product-title\"",
    "id=\"product-description\"",
    "lefttime=\"86400000\"",
    "lefttime=\"-9223372036854775808\"",
    "href=\"/p/order/detail.html?orderId=8212313961591322\"",
    "href=\"/p/order/detail.html?orderId=8214398062177351\"",
    "href=\"/order-list/8212313961591322\"",
    "href=\"/store/1\"",
    "title=\"Refunded\"",
];

const TEXTS: &[&str] = &[
    "Awaiting delivery",
    "Completed",
    "С отделкой",
    "Refunded",
    "Waiting for seller's response",
    "Delivered：Jul. 28",
    "Estimated delivery: Dec 27 - 28",
    "Refund if no delivery before Sep 4, 2026",
    "Refund before Sep 4, 1026 or Feb 30, 2026",
    "before 03/04/2026",
    "within 2147483648 days of confirming receipt",
    "Order placed on: Jul 15, 2026",
    "Ref. Number: 8212313961591322",
    "8214398062177351",
    "R$31,93",
    "١٥ يوليو ٢٠٢٦",
    "2569年9月4日",
    "\u{202e}4 ,peS erofeb",
    "ß\u{301}İΣ",
    "",
];

fn tree() -> impl Strategy<Value = String> {
    let attributes = || prop::collection::vec(prop::sample::select(ATTRIBUTES), 0..3);
    let text = prop_oneof![
        3 => prop::sample::select(TEXTS).prop_map(str::to_owned),
        1 => any::<String>().prop_map(|text| text.replace(['<', '&'], " ")),
    ];
    let element = |attributes: Vec<&str>, inside: String| {
        let tag = if attributes.iter().any(|name| name.starts_with("href")) {
            "a"
        } else {
            "div"
        };
        format!("<{tag} {}>{inside}</{tag}>", attributes.join(" "))
    };
    let leaf = (attributes(), text).prop_map(move |(names, text)| element(names, text));
    leaf.prop_recursive(6, 60, 6, move |inner| {
        (attributes(), prop::collection::vec(inner, 0..6))
            .prop_map(move |(names, children)| element(names, children.concat()))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_reader_bears_every_tree(
        tree in tree(),
        language in prop::sample::select(lexicon::FILES).prop_map(|(code, _)| code),
    ) {
        let page = Parsed::page(&format!("<html><body>{tree}</body></html>"));
        let order = OrderId::new(ORDERS[0]).unwrap();
        let mut tally = Tally::default();
        let mut readings = Vec::new();
        for card in list_page::cards(&page).0 {
            if let Ok(card) = list_page::read(&card, &context(Page::OrderList, language), &mut tally) {
                readings.push(card.reading);
            }
        }
        readings.extend(detail_page::read(&page, &order, &context(Page::OrderDetail, language), countries(language), &mut tally));
        readings.extend(tracking_page::read(&page, &order, &context(Page::Tracking, language), &mut tally));
        readings.extend(dispute_page::read(&page, None, None, &context(Page::Dispute, language), &mut tally));
        let returned = returns_page::read(&page, &context(Page::ReturnsList, language), &mut tally);
        readings.extend(returned.unwrap_or_default().into_iter().map(|returned| returned.reading));
        let cards = ru_list_page::read(&page, &context(Page::OrderListRu, language), &mut tally);
        readings.extend(cards.into_iter().map(|card| card.reading));
        let kept = listing_page::texts(&page);
        prop_assert!(kept.iter().all(|text| !text.is_empty()));
        for reading in readings {
            prop_assert!(ORDERS.contains(&reading.order.as_str()));
        }
    }
}
