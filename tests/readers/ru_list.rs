//! The order list of the Russian site, in the class names that two programs relied on in 2026.

use recourse::domain::order::OrderState;
use recourse::domain::problem::{Field, Trouble};
use recourse::domain::sighting::{Fact, Page};
use recourse::site::list_page::Card;
use recourse::site::strategy::{Part, Tally, Way};
use recourse::site::{PageNode, address, ru_list_page};

use crate::fixture::context;
use crate::node::Parsed;

const ORDER: &str = "5550677229097566";

struct Text<'a> {
    number: &'a str,
    link: &'a str,
    status: &'a str,
    title: &'a str,
    description: &'a str,
    total: &'a str,
}

const PLAIN: Text<'static> = Text {
    number: "5550 6772 2909 7566",
    link: "/order-list/5550677229097566?filterName=active",
    status: "В пути",
    title: "12 марта",
    description: "",
    total: "1 234,50 ₽",
};

fn card(text: &Text<'_>) -> String {
    let link = if text.link.is_empty() {
        String::new()
    } else {
        format!(
            "<a class=\"RedOrderList_OrderItem__link__1tjf5\" href=\"{}\">›</a>",
            text.link
        )
    };
    format!(
        "<div class=\"RedOrderList_OrderList__item__a2315\"><div>
           <div class=\"RedOrderList_OrderItem__number__1tjf5\">{}</div>
           <div class=\"RedOrderList_OrderItem__tag__1tjf5 RedOrderList_OrderItem__tagBlue__1tjf5\">{}</div>
           <h4 class=\"RedOrderList_OrderItem__title__1tjf5\">{}</h4>
           <div class=\"RedOrderList_OrderItem__description__1tjf5 RedOrderList_OrderItem__descriptionDangerous__1tjf5\">{}</div>
           <div class=\"RedOrderList_OrderItem__totalPrice__1tjf5\">{}</div>{link}</div></div>",
        text.number, text.status, text.title, text.description, text.total,
    )
}

fn read(cards: &[String], language: &str) -> (Vec<Card<Parsed>>, Tally) {
    let html = format!(
        "<html><body><div id=\"__aer_root__\"><div class=\"RedOrderList_OrderList__list__a2315\">{}</div></div></body></html>",
        cards.concat()
    );
    let mut tally = Tally::default();
    let cards = ru_list_page::read(
        &Parsed::page(&html),
        &context(Page::OrderListRu, language),
        &mut tally,
    );
    (cards, tally)
}

fn one(text: &Text<'_>) -> Card<Parsed> {
    let (mut cards, _) = read(&[card(text)], "ru");
    assert_eq!(cards.len(), 1);
    cards.remove(0)
}

fn problems(card: &Card<Parsed>) -> Vec<(Field, Trouble, &str)> {
    let all = card.reading.problems.iter();
    all.map(|problem| (problem.field, problem.trouble, problem.text.as_str()))
        .collect()
}

#[test]
fn number_status_and_amount_are_read_and_a_day_that_nothing_explains_is_a_problem() {
    let card = one(&PLAIN);
    assert_eq!(card.order.as_str(), ORDER);
    let facts: Vec<&Fact> = card.reading.facts.iter().map(|(fact, _)| fact).collect();
    assert!(matches!(
        facts.as_slice(),
        [Fact::State(OrderState::AwaitingDelivery), Fact::Total(_)]
    ));
    assert_eq!(
        problems(&card),
        [(Field::Delivered, Trouble::Unreadable, "12 марта")]
    );
    assert_eq!(card.reading.page, Page::OrderListRu);
    // The badge stands below what the card says of the order's state.
    assert!(card.slot.parent.matches("[class*=\"OrderList__item__\"]"));
    assert!(card.slot.after.is_some());
}

#[test]
fn what_a_whole_sentence_promises_is_a_fact() {
    let card = one(&Text {
        title: "Ждём отправки",
        description: "Вернём деньги, если товар не доставят до 4 декабря 2026 г.",
        ..PLAIN
    });
    let day = "2026-12-04".parse().unwrap();
    let fact = Fact::RefundIfNotDeliveredBefore(day);
    assert!(card.reading.facts.iter().any(|(known, _)| *known == fact));
    assert_eq!(problems(&card), []);
}

#[test]
fn words_that_are_not_known_are_no_state() {
    let card = one(&Text {
        status: "Готов к выдаче",
        title: "",
        total: "много",
        ..PLAIN
    });
    assert!(card.reading.facts.is_empty());
    assert_eq!(
        problems(&card),
        [
            (Field::State, Trouble::Unreadable, "Готов к выдаче"),
            (Field::Total, Trouble::Unreadable, "много"),
        ]
    );
}

#[test]
fn a_card_is_known_by_its_link_or_its_number_and_not_where_they_differ() {
    for (number, link, order) in [
        (PLAIN.number, PLAIN.link, Some(ORDER)),
        (PLAIN.number, "", Some(ORDER)),
        ("5550\u{a0}6772\u{a0}2909\u{a0}7566", "", Some(ORDER)),
        ("", PLAIN.link, Some(ORDER)),
        (
            "№",
            "https://aliexpress.ru/order-list/5550677229097566",
            Some(ORDER),
        ),
        ("5550 6772 2909 7567", PLAIN.link, None),
        ("", "", None),
        ("1234", "/order-list/next", None),
    ] {
        let (cards, tally) = read(
            &[card(&Text {
                number,
                link,
                ..PLAIN
            })],
            "ru",
        );
        let found: Vec<&str> = cards.iter().map(|card| card.order.as_str()).collect();
        assert_eq!(
            found,
            order.into_iter().collect::<Vec<_>>(),
            "{number} {link}"
        );
        assert_eq!(tally.of(Part::Cards, Some(Way::Class)), 1);
    }
}

#[test]
fn an_order_that_the_page_has_twice_has_one_badge() {
    let (cards, _) = read(&[card(&PLAIN), card(&PLAIN)], "ru");
    assert_eq!(cards.len(), 1);
}

#[test]
fn its_pages_are_told_from_others() {
    for (path, page) in [
        ("/order-list", Some(Page::OrderListRu)),
        ("/order-list/", Some(Page::OrderListRu)),
        ("/order-list/5550677229097566", Some(Page::OrderListRu)),
        ("/order-listing", None),
        ("/item/1005006072515663.html", None),
    ] {
        assert_eq!(address::page_of_path(path), page, "{path}");
    }
    assert!(address::is_ru_list("/order-list/"));
    assert!(!address::is_ru_list("/order-list/5550677229097566"));
    let mut record = recourse::domain::ledger::Record::new(one(&PLAIN).order);
    record.absorb(&one(&PLAIN).reading);
    assert_eq!(
        address::own_page(&record),
        "https://aliexpress.ru/order-list/5550677229097566"
    );
    let mut seen = one(&PLAIN).reading;
    seen.page = Page::Tracking;
    record.absorb(&seen);
    assert_eq!(address::own_page(&record), address::detail(&record.id));
}
