//! The report on a page that was not understood tells its structure, and nothing that the page says to its user.

use proptest::prelude::*;
use recourse::site::report::report;

use crate::node::Parsed;

/// Part of every text that is the user's, and of no name of an element, a class or a part.
const PRIVATE: &str = "qzq";

/// What a page may say of its user, anywhere but in the names of its parts.
fn private() -> impl Strategy<Value = String> {
    "[ A-Za-zа-я0-9.,@-]{0,20}".prop_map(|text| format!("{text}{PRIVATE}{text}"))
}

/// A number of an order or of a customer.
fn number() -> impl Strategy<Value = String> {
    "[0-9]{4,19}"
}

/// An element with the user's texts around and within it, and with numbers in all of its names.
fn element() -> impl Strategy<Value = String> {
    let leaf = private();
    leaf.prop_recursive(6, 60, 6, |inside| {
        let tag = prop::sample::select(vec![
            "div", "a", "span", "button", "p", "img", "script", "style", "table",
        ]);
        let class = prop::sample::select(vec!["order-item", "card", "css_1x", "price"]);
        let inside = prop::collection::vec(inside, 0..6);
        (tag, class, number(), private(), inside).prop_map(|(tag, class, number, text, inside)| {
            let inside = inside.concat();
            let end = if tag == "img" {
                String::new()
            } else {
                format!("{text}{inside}</{tag}>")
            };
            format!(
                "<{tag} id=\"o{number}\" class=\"{class} {class}-{number}\" data-pl=\"part_{number}\" href=\"/detail?orderId={number}&amp;to={text}\" \
                 title=\"{text}\" alt=\"{text}\" aria-label=\"{text}\" value=\"{text}\" data-order=\"{text}\" style=\"--of: {text}\">{end}"
            )
        })
    })
}

fn of(page: &Parsed) -> String {
    report(
        page,
        "order-list",
        "en-US",
        "wasm",
        "1.2.3",
        "cards: none 1",
    )
}

/// The part of a report that the page has a say in.
fn structure(report: &str) -> &str {
    report.split_once("Structure:\n").unwrap().1
}

proptest! {
    #[test]
    fn no_text_no_id_and_no_name_gets_into_a_report(body in element()) {
        let report = of(&Parsed::page(&format!("<html><body>{body}</body></html>")));
        let structure = structure(&report);
        prop_assert!(!structure.contains(PRIVATE), "{structure}");
        prop_assert!(!structure.contains(|letter: char| letter.is_ascii_digit()), "{structure}");
        prop_assert!(report.is_ascii(), "{report}");
    }

    #[test]
    fn the_page_says_nothing_by_its_language_either(lang in ".{0,200}") {
        let page = Parsed::page("<html><body></body></html>");
        let report = report(&page, "order-list", &lang, "wasm", "1.2.3", "");
        let first = report.lines().next().unwrap();
        let told = first.split_once("language ").unwrap().1;
        prop_assert!(told.len() <= 60);
        prop_assert!(told.chars().all(|letter| letter.is_ascii_alphabetic() || "-_#".contains(letter)), "{told}");
        prop_assert_eq!(structure(&report), "  head\n  body\n");
    }
}

#[test]
fn a_report_says_what_was_tried_and_how_the_page_is_built() {
    let page = Parsed::page(
        "<html><body><script>let name = 'Ana';</script><recourse-notice></recourse-notice>\
         <div class='order-item css-1x9' id='o8214398062177351'><span data-pl='order_item_header_status'>Para Ana</span></div></body></html>",
    );
    assert_eq!(
        of(&page),
        "Recourse 1.2.3, engine wasm, page order-list, language en-US\n\
         Strategies:\n  cards: none 1\n\
         Structure:\n  head\n  body\n    div.order-item.css-#x#\n      span[data-pl=order_item_header_status]\n"
    );
}

#[test]
fn a_report_is_no_longer_than_can_be_read() {
    let part = |n: usize| format!("<div class='{}'></div>", "a".repeat(n % 50 + 1));
    let parts: String = (0..2_000).map(part).collect();
    let report = of(&Parsed::page(&format!("<html><body>{parts}</body></html>")));
    let lines = structure(&report).lines().count();
    assert!((200..=251).contains(&lines), "{lines} lines");
    assert!(report.ends_with("  (more)\n"));
    // Of what looks alike two are enough, and of what lies deep nothing is told.
    let cards = "<li class='card'><b></b></li>".repeat(40);
    let report = of(&Parsed::page(&format!("<html><body>{cards}</body></html>")));
    assert_eq!(report.matches("li.card").count(), 2);
    let deep = "<div>".repeat(500);
    let report = of(&Parsed::page(&format!("<html><body>{deep}</body></html>")));
    assert!(structure(&report).lines().count() < 20);
}
