//! Addresses of the shop's pages.

use crate::domain::order::OrderId;
use crate::domain::sighting::Page;

/// "My Orders" on the shop's main host.
pub const ORDER_LIST: &str = "https://www.aliexpress.com/p/order/index.html";

/// The fragment that asks our own program on an order's page to point at the control that opens a dispute.
pub const POINT_AT_DISPUTE: &str = "#recourse-dispute";

/// Which page of the shop the path is, if it is one that is read.
#[must_use]
pub fn page_of_path(path: &str) -> Option<Page> {
    match path {
        "/p/order/index.html" | "/p/order/" | "/p/order" | "/orderList.htm" | "/order_list.htm" => {
            Some(Page::OrderList)
        }
        "/p/order/detail.html" | "/order_detail.htm" => Some(Page::OrderDetail),
        "/p/tracking/index.html" | "/p/tracking/" => Some(Page::Tracking),
        "/p/refund-dispute/list.html" => Some(Page::ReturnsList),
        // The second is still linked for old cases.
        "/p/refund-amount/detail.html" | "/issue/fastissue/Detail.htm" => Some(Page::Dispute),
        _ => None,
    }
}

/// The order that an address names in its query: `orderId=` or `tradeOrderId=`. `None` also where it names two.
#[must_use]
pub fn order_in(address: &str) -> Option<OrderId> {
    let address = address.split('#').next()?;
    let (_, query) = address.split_once('?')?;
    let mut found = None;
    for pair in query.split('&') {
        let Some((name, value)) = pair.split_once('=') else {
            continue;
        };
        if !matches!(name, "orderId" | "tradeOrderId" | "tradeId") {
            continue;
        }
        let id = OrderId::new(value)?;
        if found.as_ref().is_some_and(|found| *found != id) {
            return None;
        }
        found = Some(id);
    }
    found
}

/// The order's own page, for where no link of the page's own is at hand (popup and dashboard).
#[must_use]
pub fn detail(id: &OrderId) -> String {
    format!("https://www.aliexpress.com/p/order/detail.html?orderId={id}")
}

/// The tracking page of an order.
#[must_use]
pub fn tracking(id: &OrderId) -> String {
    format!("https://www.aliexpress.com/p/tracking/index.html?tradeOrderId={id}")
}

/// The language that the host's name tells: `fr.aliexpress.com`.
#[must_use]
pub fn language_of_host(host: &str) -> Option<&str> {
    let (first, rest) = host.split_once('.')?;
    let shop = rest.starts_with("aliexpress.");
    (shop && (first.len() == 2 || first.len() == 3) && first != "www").then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_read_from_an_address_only_if_it_names_one() {
        let id = |address: &str| order_in(address).map(|id| id.to_string());
        assert_eq!(
            id("/p/order/detail.html?orderId=8212313961591322&x=1").as_deref(),
            Some("8212313961591322")
        );
        assert_eq!(id("//www.aliexpress.com/p/tracking/index.html?_addShare=no&tradeOrderId=8212313961591322#a").as_deref(), Some("8212313961591322"));
        assert_eq!(
            id("/p?orderId=8212313961591322&tradeOrderId=8212313961591323"),
            None
        );
        assert_eq!(id("/p?orderId=%38212313961591322"), None);
        assert_eq!(id("/p?lineId=8212313961591322"), None);
        assert_eq!(id("/p#?orderId=8212313961591322"), None);
    }

    #[test]
    fn pages_of_both_generations_and_of_returns_are_told_by_their_paths() {
        for (path, page) in [
            ("/p/order/index.html", Some(Page::OrderList)),
            ("/orderList.htm", Some(Page::OrderList)),
            ("/order_detail.htm", Some(Page::OrderDetail)),
            ("/p/refund-dispute/list.html", Some(Page::ReturnsList)),
            ("/p/refund-amount/detail.html", Some(Page::Dispute)),
            ("/issue/fastissue/Detail.htm", Some(Page::Dispute)),
            ("/p/reverse-pages/start.html", None),
            ("/p/refund-dispute/list.html/x", None),
        ] {
            assert_eq!(page_of_path(path), page, "{path}");
        }
    }

    #[test]
    fn a_host_tells_its_language() {
        assert_eq!(language_of_host("fr.aliexpress.com"), Some("fr"));
        assert_eq!(language_of_host("www.aliexpress.com"), None);
        assert_eq!(language_of_host("fr.example.com"), None);
    }
}
