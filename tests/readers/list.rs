//! The order list.

use recourse::domain::dispute::DisputeStage;
use recourse::domain::money::{Currency, Money};
use recourse::domain::order::OrderState;
use recourse::domain::problem::{Field, Problem, Trouble};
use recourse::domain::sighting::{Fact, Page, Service};
use recourse::site::list_page::{self, Card};
use recourse::site::strategy::{Part, Tally, Way};

use crate::fixture::{CardText, context, list};
use crate::node::Parsed;

/// A card, or why it has no badge.
type Read = Result<Card<Parsed>, Problem>;

fn read_all(html: &str, language: &str) -> (Vec<Read>, Option<Way>, Tally) {
    let page = Parsed::page(html);
    let (cards, way) = list_page::cards(&page);
    let mut tally = Tally::default();
    let context = context(Page::OrderList, language);
    let read = cards
        .iter()
        .map(|card| list_page::read(card, &context, &mut tally))
        .collect();
    (read, way, tally)
}

fn one(card: &CardText) -> Card<Parsed> {
    read_all(&list(&[card.wide()]), "en").0.remove(0).unwrap()
}

fn facts(card: &Card<Parsed>) -> Vec<&Fact> {
    card.reading.facts.iter().map(|(fact, _)| fact).collect()
}

fn total(mantissa: i64) -> Fact {
    Fact::Total(Money {
        mantissa,
        scale: 2,
        currency: Currency::Code("BRL".into()),
    })
}

#[test]
fn of_the_card_for_rehearsals_everything_that_it_holds_is_read() {
    let card = read_all(list_page::SAMPLE, "en").0.remove(0).unwrap();
    assert_eq!(Some(&card.order), list_page::sample_order().as_ref());
    assert!(card.detail_link.is_some());
    assert_eq!(
        facts(&card),
        [
            &Fact::Placed("2026-01-02".parse().unwrap()),
            &Fact::State(OrderState::AwaitingDelivery),
            &Fact::Total(Money {
                mantissa: 100,
                scale: 2,
                currency: Currency::Code("USD".into()),
            }),
        ]
    );
    assert!(card.reading.problems.is_empty());
}

#[test]
fn a_wide_card_tells_everything_that_the_list_knows() {
    let card = one(&CardText::default());
    assert_eq!(card.order.as_str(), "8214398062177351");
    assert_eq!(
        facts(&card),
        [
            &Fact::Placed("2026-09-01".parse().unwrap()),
            &Fact::State(OrderState::AwaitingDelivery),
            &total(3193),
        ]
    );
    assert_eq!(
        card.reading.facts[0].1, "Date: Sep 1, 2026",
        "the text as printed is kept"
    );
    assert_eq!(card.reading.store.as_deref(), Some("LIMA Store"));
    assert_eq!(card.reading.lines.len(), 1);
    assert_eq!(card.reading.lines[0].title, "2.4A USB to L cable");
    assert_eq!(card.reading.lines[0].variant, "White");
    assert_eq!(card.reading.lines[0].quantity, Some(2));
    assert_eq!(card.reading.problems, []);
    assert!(
        card.detail_link
            .unwrap()
            .contains("/order/detail.html?orderId=8214398062177351")
    );
}

#[test]
fn a_narrow_card_is_its_own_link() {
    let narrow = CardText {
        date: "Sep 1, 2026".into(),
        ..CardText::default()
    };
    let (cards, way, _) = read_all(&list(&[narrow.narrow()]), "en");
    assert_eq!(way, Some(Way::Class));
    let card = cards[0].as_ref().unwrap();
    assert_eq!(card.order.as_str(), narrow.id);
    assert_eq!(
        facts(card),
        [
            &Fact::Placed("2026-09-01".parse().unwrap()),
            &Fact::State(OrderState::AwaitingDelivery),
            &total(3193)
        ]
    );
    assert!(card.slot.compact);
}

#[test]
fn labels_may_change_without_harm() {
    for (date, number, language) in [
        (
            "Order date: Sep 1, 2026",
            "Order ID: 8214398062177351",
            "en",
        ),
        (
            "주문일자:: 2026년 9월 1일",
            "주문번호:: 8214398062177351",
            "ko",
        ),
        ("주문일: 2026년 9월 1일", "주문 ID: 8214398062177351", "ko"),
        (
            "Fecha de compra: 1 sept. 2026",
            "Número de pedido: 8214398062177351",
            "es",
        ),
        ("ℵℵℵ 1 сентября 2026 г.", "ℵℵ 8214398062177351", "ru"),
        ("1 sept. 2026", "8214398062177351", "fr"),
    ] {
        let card = CardText {
            date: date.into(),
            number: number.into(),
            ..CardText::default()
        };
        let (cards, _, _) = read_all(&list(&[card.wide()]), language);
        let card = cards[0].as_ref().unwrap();
        assert_eq!(
            facts(card)[0],
            &Fact::Placed("2026-09-01".parse().unwrap()),
            "{date}"
        );
    }
}

#[test]
fn classes_may_be_renamed_while_the_parts_keep_their_names() {
    let html = list(&[
        CardText::default().wide(),
        CardText {
            id: "8214398062177352".into(),
            linked_id: Some("8214398062177352".into()),
            number: "Ref. Number: 8214398062177352".into(),
            ..CardText::default()
        }
        .wide(),
    ]);
    let html = html
        .replace("class=\"order-item", "class=\"x9f-item")
        .replace("class=\"order-main\"", "class=\"q\"");
    let (cards, way, _) = read_all(&html, "en");
    assert_eq!(way, Some(Way::DataPl));
    let ids: Vec<&str> = cards
        .iter()
        .map(|card| card.as_ref().unwrap().order.as_str())
        .collect();
    assert_eq!(ids, ["8214398062177351", "8214398062177352"]);
    let card = cards[0].as_ref().unwrap();
    assert_eq!(facts(card).len(), 3);
    assert!(card.slot.after.is_some(), "below the head");
}

#[test]
fn without_names_and_classes_the_links_are_left() {
    let second = CardText {
        id: "8214398062177352".into(),
        linked_id: Some("8214398062177352".into()),
        number: "8214398062177352".into(),
        ..CardText::default()
    };
    let html = list(&[CardText::default().wide(), second.wide()])
        .replace("class=\"", "class=\"z")
        .replace("data-pl=", "data-x=");
    let (cards, way, _) = read_all(&html, "en");
    assert_eq!(way, Some(Way::Link));
    assert_eq!(cards.len(), 2);
    assert_eq!(
        cards[1].as_ref().unwrap().order.as_str(),
        "8214398062177352"
    );
    assert!(
        facts(cards[0].as_ref().unwrap()).contains(&&Fact::Placed("2026-09-01".parse().unwrap()))
    );
}

#[test]
fn a_card_that_does_not_say_which_order_it_is_gets_no_reading() {
    let none = CardText {
        linked_id: None,
        number: "Ref. Number:".into(),
        ..CardText::default()
    };
    let two = CardText {
        number: "Ref. Number: 8214398062177999".into(),
        ..CardText::default()
    };
    let (cards, _, tally) = read_all(&list(&[none.wide(), two.wide()]), "en");
    assert_eq!(cards[0].as_ref().unwrap_err().field, Field::OrderId);
    assert_eq!(cards[1].as_ref().unwrap_err().trouble, Trouble::Ambiguous);
    assert_eq!(tally.of(Part::OrderId, None), 1);
}

#[test]
fn the_printed_number_serves_where_there_is_no_link() {
    let card = CardText {
        linked_id: None,
        id: "9214398062177351234".into(),
        number: "Ref. Number: 9214398062177351234".into(),
        ..CardText::default()
    };
    assert_eq!(
        one(&card).order.as_str(),
        "9214398062177351234",
        "more digits than a number can hold"
    );
}

#[test]
fn what_cannot_be_read_is_a_problem_and_never_today() {
    for (date, trouble) in [
        ("Date: 03/04/2026", Trouble::Ambiguous),
        ("Date: Sep 1, 9999", Trouble::Impossible),
        ("Date: Sep 1, 0001", Trouble::Impossible),
        ("Date: Dec 24, 2026", Trouble::Impossible),
        ("Date: 1. 霜月 2026", Trouble::Unreadable),
    ] {
        let card = one(&CardText {
            date: date.into(),
            ..CardText::default()
        });
        assert!(
            !facts(&card)
                .iter()
                .any(|fact| matches!(fact, Fact::Placed(_))),
            "{date}"
        );
        assert_eq!(
            card.reading.problems,
            [Problem::new(Field::Placed, trouble, date)]
        );
    }
    let card = one(&CardText {
        date: "Date:".into(),
        status: "Теплица".into(),
        total: "–".into(),
        ..CardText::default()
    });
    let fields: Vec<(Field, Trouble)> = card
        .reading
        .problems
        .iter()
        .map(|problem| (problem.field, problem.trouble))
        .collect();
    assert_eq!(
        fields,
        [
            (Field::Placed, Trouble::Missing),
            (Field::State, Trouble::Unreadable),
            (Field::Total, Trouble::Unreadable)
        ]
    );
}

#[test]
fn a_hostile_title_is_only_a_title() {
    let title = format!(
        "&lt;img src=x onerror=alert(1)&gt;\u{202e}{}",
        "a".repeat(10_000)
    );
    let card = one(&CardText {
        title,
        ..CardText::default()
    });
    let title = &card.reading.lines[0].title;
    assert!(title.starts_with("<img src=x"));
    assert_eq!(title.chars().count(), 300);
    assert!(!title.contains('\u{202e}'));
}

#[test]
fn pictures_without_titles_count_as_lines() {
    let html = list(&[CardText::default().wide()])
        .replace("data-pl=\"order_item_content_info_name\"", "")
        .replace("order-item-content-info-name", "x")
        .replace("<div class=\"order-item-content-body\">", "<div class=\"order-item-content-img-list\"><div></div><div></div><div></div></div><div>");
    let (cards, _, _) = read_all(&html, "en");
    assert_eq!(cards[0].as_ref().unwrap().reading.lines.len(), 3);
}

#[test]
fn the_summary_goes_before_the_cards_own_parent() {
    let page = Parsed::page(&list(&[CardText::default().wide()]));
    let (cards, _) = list_page::cards(&page);
    let (parent, before) = list_page::head(&page, &cards[0]).unwrap();
    use recourse::site::PageNode;
    assert!(parent.matches(".order-main"));
    assert!(before.matches(".comet-checkbox-group"));
}

#[test]
fn a_card_says_that_a_return_is_free() {
    let told = |tag: &str| {
        let card = CardText::default().wide().replace(
            "x2</span></div>",
            &format!(
                "x2</span></div><div class=\"order-item-content-info-tag\"><span class=\"order-item-tag\"><font color=\"#009966\">{tag}</font></span></div>"
            ),
        );
        let page = Parsed::page(&list(&[card]));
        let (cards, _) = list_page::cards(&page);
        let card = list_page::read(
            &cards[0],
            &context(Page::OrderList, "en"),
            &mut Tally::default(),
        )
        .unwrap();
        card.reading
            .facts
            .contains(&(Fact::Service(Service::FreeReturn), tag.to_owned()))
    };
    assert!(told("Free returns"));
    assert!(!told("Fast delivery"));
}

#[test]
fn a_cards_banner_tells_where_its_dispute_stands() {
    let read = |banner: &str, language: &str| {
        let card = CardText {
            status: "Completed".into(),
            ..CardText::default()
        };
        let html = card.wide();
        let (inside, _) = html.rsplit_once("</div>").unwrap();
        let html = format!(
            "{inside}<div class=\"order-item-bottom-action\"><div class=\"expose-info\"><div class=\"expose-info-item-title\">{banner}</div></div></div></div>"
        );
        let page = Parsed::page(&list(&[html]));
        let (cards, _) = list_page::cards(&page);
        let reading = list_page::read(
            &cards[0],
            &context(Page::OrderList, language),
            &mut Tally::default(),
        )
        .unwrap()
        .reading;
        let stage = reading.facts.iter().find_map(|(fact, _)| match fact {
            Fact::Stage(stage) => Some(*stage),
            _ => None,
        });
        (stage, reading.problems)
    };
    for (banner, language, stage) in [
        (
            "Waiting for seller's response",
            "en",
            DisputeStage::SellerToAnswer,
        ),
        (
            "AliExpress의 피드백을 기다리는 중입니다.",
            "ko",
            DisputeStage::PlatformReviewing,
        ),
        (
            "환불 완료<span>₩11,110</span>",
            "ko",
            DisputeStage::Refunded,
        ),
        (
            "Refund completed <span>R$61.25</span>",
            "en",
            DisputeStage::Refunded,
        ),
    ] {
        assert_eq!(read(banner, language), (Some(stage), vec![]), "{banner}");
    }
    let unknown = "Your parcel was refunded, or it was not";
    assert_eq!(
        read(unknown, "en"),
        (
            None,
            vec![Problem::new(Field::State, Trouble::Unreadable, unknown)]
        )
    );
    assert_eq!(read(" ", "en"), (None, vec![]));
}

#[test]
fn an_order_of_tomorrow_is_another_zones_and_a_later_one_is_none() {
    // Read on November 20.
    let placed = |date: &str| {
        let card = CardText {
            date: format!("Date: {date}"),
            ..CardText::default()
        };
        let page = Parsed::page(&list(&[card.wide()]));
        let (cards, _) = list_page::cards(&page);
        let reading = list_page::read(
            &cards[0],
            &context(Page::OrderList, "en"),
            &mut Tally::default(),
        )
        .unwrap()
        .reading;
        let placed = reading.facts.iter().find_map(|(fact, _)| match fact {
            Fact::Placed(day) => Some(day.to_string()),
            _ => None,
        });
        (placed, reading.to_come.map(|(day, _)| day.to_string()))
    };
    assert_eq!(placed("Nov 21, 2026"), (Some("2026-11-21".into()), None));
    assert_eq!(placed("Nov 22, 2026"), (None, Some("2026-11-22".into())));
}
