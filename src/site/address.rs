//! Addresses of the shop's pages.

use crate::domain::date_check::Barrier;
use crate::domain::ledger::Record;
use crate::domain::number;
use crate::domain::order::OrderId;
use crate::domain::sighting::Page;

/// "My Orders" on the shop's main host.
pub const ORDER_LIST: &str = "https://www.aliexpress.com/p/order/index.html";

/// The list of returns and refunds, from which each dispute is reached.
pub const RETURNS: &str = "https://m.aliexpress.com/p/refund-dispute/list.html";

/// The shop's own help about disputes and reports, from which a complaint is made.
pub const HELP: &str =
    "https://service.aliexpress.com/page/knowledge?pageId=82&knowledge=1060568542";

/// The Russian site, which is read only if the user wants it: what the browser is asked for, and the pages on which the program is then
/// loaded. Orders' own pages lie below the list, and the site goes from one to the other without loading anything.
pub const RU_ORIGIN: &str = "https://aliexpress.ru/*";
pub const RU_ORDERS: &str = "https://aliexpress.ru/order-list*";
const RU_LIST: &str = "/order-list";

/// The page on which a dispute is cancelled.
const CANCEL: &str = "/p/refund-cancel/index.html";

/// The fragment that asks our own program on an order's page to point at the control that opens a dispute; after an equals sign the line
/// that it is about may follow, counted from 1.
pub const POINT_AT_DISPUTE: &str = "#recourse-dispute";

/// The fragment by which a page that a check of exact dates opened is told from one that the user opened.
const CHECKED: &str = "#recourse-check";

/// The fragment with which an order's evidence opens a page of the shop, so that what that says can be kept with it.
const EVIDENCE: &str = "#recourse-evidence=";

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
        "/p/refund-amount/detail.html" | "/issue/fastissue/Detail.htm" | CANCEL => {
            Some(Page::Dispute)
        }
        _ if is_ru_list(path) || is_below_ru_list(path) => Some(Page::OrderListRu),
        _ => None,
    }
}

/// Whether the path is that of the page that asks whether a dispute is to be cancelled. Its words are about that question: nothing on it
/// tells where the dispute stands.
#[must_use]
pub fn asks_to_cancel(path: &str) -> bool {
    path == CANCEL
}

/// Whether the path is that of the order list of the Russian site, and not of one of its orders.
#[must_use]
pub fn is_ru_list(path: &str) -> bool {
    path.strip_suffix('/').unwrap_or(path) == RU_LIST
}

fn is_below_ru_list(path: &str) -> bool {
    path.strip_prefix(RU_LIST)
        .is_some_and(|rest| rest.starts_with('/'))
}

/// The order whose own page on the Russian site a link leads to: `/order-list/<number>`.
#[must_use]
pub fn ru_order_in(link: &str) -> Option<OrderId> {
    let (_, rest) = link.split_once("/order-list/")?;
    OrderId::new(rest.split(['?', '#', '/']).next()?)
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

/// The number of the order line that an address names in its query: `tradeOrderLineId=`. `None` also where it names two, or no number.
#[must_use]
pub fn line_in(address: &str) -> Option<u64> {
    let (_, query) = address.split('#').next()?.split_once('?')?;
    let mut values = query
        .split('&')
        .filter_map(|pair| pair.strip_prefix("tradeOrderLineId="));
    let value = values.next()?;
    let number = number::read(value, 10).and_then(|number| u64::try_from(number).ok());
    number.filter(|number| *number > 0 && values.all(|other| other == value))
}

/// The number of a dispute that an address names in its query, by whichever name the shop has for it. `None` also where it is no number.
#[must_use]
pub fn dispute_in(address: &str) -> Option<&str> {
    let (_, query) = address.split('#').next()?.split_once('?')?;
    let value = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(known, _)| *known == name)
    };
    let names = ["reverseOrderLineId", "reverseOrderId", "issueId"];
    let (_, number) = names.into_iter().find_map(value)?;
    let is_number = number.bytes().all(|letter| letter.is_ascii_digit());
    (is_number && (4..=24).contains(&number.len())).then_some(number)
}

/// The order's own page, for where no link of the page's own is at hand (popup and dashboard).
#[must_use]
pub fn detail(id: &OrderId) -> String {
    [
        "https://www.aliexpress.com/p/order/detail.html?orderId=",
        id.as_str(),
    ]
    .concat()
}

/// The address of an order's page that asks to point at the control of one of its lines, counted from 1.
#[must_use]
pub fn at_dispute(page: &str, line: u8) -> String {
    [page, POINT_AT_DISPUTE, "=", &number::text(line.into())].concat()
}

/// Whether a fragment asks to point at the control that opens a dispute, and at which line's; 0: at all of them.
#[must_use]
pub fn dispute_at(fragment: &str) -> Option<usize> {
    let rest = fragment.strip_prefix(POINT_AT_DISPUTE)?;
    if rest.is_empty() {
        return Some(0);
    }
    let line = number::read(rest.strip_prefix('=')?, 10);
    Some(
        line.and_then(|line| usize::try_from(line).ok())
            .unwrap_or(0),
    )
}

/// The own page of an order that is kept: on the Russian site, if the order was seen nowhere else.
#[must_use]
pub fn own_page(record: &Record) -> String {
    if record.is_only_on(Page::OrderListRu) {
        ["https://aliexpress.ru/order-list/", record.id.as_str()].concat()
    } else {
        detail(&record.id)
    }
}

/// The address under which a check opens the order's own page: as the shop's page linked it, if it did so and the link leads
/// where it should.
#[must_use]
pub fn to_check(id: &OrderId, link: &str) -> String {
    let link = link.split('#').next().unwrap_or_default();
    let link = match order_in(link) {
        Some(order) if order == *id && is_order_page(link) => link.to_owned(),
        _ => detail(id),
    };
    [link.as_str(), CHECKED].concat()
}

/// Whether a check opened the page of that address.
#[must_use]
pub fn is_checked(address: &str) -> bool {
    address.ends_with(CHECKED)
}

/// The address of a page, opened from the evidence of that order.
#[must_use]
pub fn for_evidence(page: &str, order: &OrderId) -> String {
    let page = page.split('#').next().unwrap_or_default();
    [page, EVIDENCE, order.as_str()].concat()
}

/// The order from whose evidence the page of that address was opened. `None` also where the page is that of another order.
#[must_use]
pub fn evidence_of(address: &str) -> Option<OrderId> {
    let (_, id) = address.split_once(EVIDENCE)?;
    let order = OrderId::new(id)?;
    let own = order_in(address);
    own.is_none_or(|own| own == order).then_some(order)
}

/// The address of the listing that a link on a page of the shop leads to. `origin` is that of the page: `https://www.aliexpress.com`.
#[must_use]
pub fn listing(link: &str, origin: &str) -> Option<String> {
    const NUMBERS: std::ops::RangeInclusive<usize> = 5..=20;
    let whole = if link.starts_with("//") {
        ["https:", link].concat()
    } else if link.starts_with('/') {
        [origin, link].concat()
    } else {
        link.to_owned()
    };
    let (_, path) = of_shop(&whole)?;
    let name = path.strip_prefix("/item/")?.strip_suffix(".html")?;
    // Older links have the title before the number.
    let number = name.rsplit('/').next()?;
    let is_number = number.bytes().all(|letter| letter.is_ascii_digit());
    if !is_number || !NUMBERS.contains(&number.len()) {
        return None;
    }
    let host = whole.split('/').nth(2)?;
    Some(["https://", host, "/item/", number, ".html"].concat())
}

/// The host and the path of an address of the shop.
fn of_shop(address: &str) -> Option<(&str, &str)> {
    let rest = address.strip_prefix("https://")?;
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let place = rest.get(..end)?;
    let (host, path) = match place.find('/') {
        Some(at) => place.split_at_checked(at)?,
        None => (place, "/"),
    };
    // The local shop of the tests stands under the same names, on another port.
    let name = host.split(':').next()?;
    let shop = [".aliexpress.com", ".aliexpress.us"]
        .iter()
        .any(|shop| name.ends_with(shop));
    shop.then_some((name, path))
}

/// Whether the address is that of an order's own page.
#[must_use]
pub fn is_order_page(address: &str) -> bool {
    of_shop(address).is_some_and(|(_, path)| page_of_path(path) == Some(Page::OrderDetail))
}

/// What a page of the shop asks for before it shows what was asked of it, as its address tells.
#[must_use]
pub fn barrier(address: &str) -> Option<Barrier> {
    let (host, path) = of_shop(address)?;
    let signs_in = ["login.", "passport."]
        .iter()
        .any(|name| host.starts_with(name));
    // A whole part of the path: to look for a text in a text is a kilobyte more of the program in the background.
    let is_guarded = path
        .split('/')
        .any(|part| part.starts_with("_____tmd_____"));
    if signs_in || path.starts_with("/p/login/") || path == "/login.html" {
        Some(Barrier::SignIn)
    } else if is_guarded || path.ends_with("/punish") {
        Some(Barrier::Robots)
    } else {
        None
    }
}

/// The tracking page of an order.
#[must_use]
pub fn tracking(id: &OrderId) -> String {
    [
        "https://www.aliexpress.com/p/tracking/index.html?tradeOrderId=",
        id.as_str(),
    ]
    .concat()
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
    fn an_order_line_is_read_from_an_address_only_if_it_names_one_number() {
        let page = "/p/refund-amount/detail.html?pha_manifest=refund-amount&tradeOrderLineId=";
        let line = |rest: &str| line_in(&[page, rest].concat());
        assert_eq!(line("8214969923776196"), Some(8_214_969_923_776_196));
        assert_eq!(line("8214969923776196#a"), Some(8_214_969_923_776_196));
        assert_eq!(line("1&tradeOrderLineId=1&x=2"), Some(1));
        for none in [
            "",
            "0",
            "-1",
            "x",
            "1&tradeOrderLineId=2",
            "99999999999999999999",
        ] {
            assert_eq!(line(none), None, "{none}");
        }
        assert_eq!(line_in("/p/refund-amount/detail.html?tradeOrderId=1"), None);
        assert_eq!(line_in("/p/refund-amount/detail.html"), None);
    }

    #[test]
    fn a_dispute_is_known_by_the_number_that_its_address_names() {
        for (query, number) in [
            (
                "tradeOrderLineId=1&reverseOrderLineId=1120001234567890&from=1",
                Some("1120001234567890"),
            ),
            ("issueId=6034567#a", Some("6034567")),
            ("reverseOrderId=%3Cscript%3E", None),
            ("issueId=12", None),
            ("issueId=1234567890123456789012345", None),
            ("tradeOrderId=8212313961591322", None),
        ] {
            let address = ["/p/refund-amount/detail.html?", query].concat();
            assert_eq!(dispute_in(&address), number, "{query}");
        }
    }

    #[test]
    fn a_fragment_says_at_which_lines_control_to_point() {
        let page = "https://www.aliexpress.com/p/order/detail.html?orderId=8212313961591322";
        let address = at_dispute(page, 2);
        assert_eq!(address.strip_prefix(page), Some("#recourse-dispute=2"));
        for (fragment, line) in [
            ("#recourse-dispute=2", Some(2)),
            ("#recourse-dispute", Some(0)),
            ("#recourse-dispute=x", Some(0)),
            ("#recourse-disputes", None),
            ("#recourse-check", None),
            ("", None),
        ] {
            assert_eq!(dispute_at(fragment), line, "{fragment}");
        }
    }

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
    fn a_check_follows_the_shops_own_link_if_it_leads_to_the_order() {
        let id = OrderId::new("8212313961591322").unwrap();
        let own = "https://fr.aliexpress.com/p/order/detail.html?orderId=8212313961591322&a=1";
        assert_eq!(to_check(&id, own), format!("{own}#recourse-check"));
        assert_eq!(
            to_check(&id, &format!("{own}#recourse-dispute")),
            format!("{own}#recourse-check")
        );
        for other in [
            "",
            "https://www.aliexpress.com/p/order/detail.html?orderId=8212313961591323",
            "https://www.aliexpress.com/p/message/index.html?orderId=8212313961591322",
            "https://aliexpress.com.example/p/order/detail.html?orderId=8212313961591322",
            "javascript:alert(1)?orderId=8212313961591322",
        ] {
            assert_eq!(
                to_check(&id, other),
                format!("{}#recourse-check", detail(&id)),
                "{other}"
            );
            assert!(is_checked(&to_check(&id, other)));
        }
        assert!(!is_checked(own));
    }

    #[test]
    fn a_page_that_was_opened_from_evidence_tells_of_which_order() {
        let id = OrderId::new("8212313961591322").unwrap();
        let listing = "https://www.aliexpress.com/item/1005006543210.html";
        for page in [listing, &tracking(&id), &detail(&id), "https://a#b"] {
            let opened = for_evidence(page, &id);
            assert_eq!(evidence_of(&opened), Some(id.clone()), "{opened}");
            assert_eq!(opened.matches('#').count(), 1);
        }
        let other = OrderId::new("8212313961591323").unwrap();
        assert_eq!(evidence_of(&for_evidence(&tracking(&id), &other)), None);
        for address in [
            listing,
            "https://a#recourse-evidence=",
            "https://a#recourse-evidence=x",
        ] {
            assert_eq!(evidence_of(address), None, "{address}");
        }
    }

    #[test]
    fn a_listing_is_reached_by_its_number() {
        let origin = "https://www.aliexpress.com:8443";
        for (link, address) in [
            (
                "/item/1005006543210.html?spm=a",
                Some("https://www.aliexpress.com:8443/item/1005006543210.html"),
            ),
            (
                "//fr.aliexpress.com/item/1005006543210.html",
                Some("https://fr.aliexpress.com/item/1005006543210.html"),
            ),
            (
                "https://www.aliexpress.us/item/Phone-case/3256806543210.html#x",
                Some("https://www.aliexpress.us/item/3256806543210.html"),
            ),
            (
                "https://aliexpress.com.example/item/1005006543210.html",
                None,
            ),
            ("/item/12.html", None),
            ("/item/x.html", None),
            ("/store/1102357078", None),
            ("javascript:alert(1)", None),
            ("", None),
        ] {
            assert_eq!(listing(link, origin).as_deref(), address, "{link}");
        }
    }

    #[test]
    fn an_address_tells_what_bars_the_way() {
        for (address, asks) in [
            (
                "https://login.aliexpress.com/?return_url=x#recourse-check",
                Some(Barrier::SignIn),
            ),
            (
                "https://passport.aliexpress.us/ac/a.html",
                Some(Barrier::SignIn),
            ),
            (
                "https://www.aliexpress.com/p/order/detail.html/_____tmd_____/punish?x5=1",
                Some(Barrier::Robots),
            ),
            (
                "https://www.aliexpress.com/p/order/detail.html?orderId=8212313961591322",
                None,
            ),
            ("https://login.example/", None),
            ("", None),
        ] {
            assert_eq!(barrier(address), asks, "{address}");
        }
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
            ("/p/refund-cancel/index.html", Some(Page::Dispute)),
            ("/p/reverse-pages/start.html", None),
            ("/p/refund-dispute/list.html/x", None),
        ] {
            assert_eq!(page_of_path(path), page, "{path}");
            assert_eq!(asks_to_cancel(path), path.contains("cancel"), "{path}");
        }
    }

    #[test]
    fn a_host_tells_its_language() {
        assert_eq!(language_of_host("fr.aliexpress.com"), Some("fr"));
        assert_eq!(language_of_host("www.aliexpress.com"), None);
        assert_eq!(language_of_host("fr.example.com"), None);
    }
}
