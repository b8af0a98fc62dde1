//! The order list of aliexpress.ru, a site of its own with a list of its own making.
//!
//! ```text
//! [class*="RedOrderList_OrderList__item__"]             one order; the ends of class names are hashes
//!   [class*="RedOrderList_OrderItem__number__"]         "1234 5678 9012 3456"
//!   [class*="RedOrderList_OrderItem__tag__"]            its status
//!   h4[class*="RedOrderList_OrderItem__title__"]        of the delivery: "12 March"
//!   [class*="RedOrderList_OrderItem__description__"]    or descriptionDangerous
//!   [class*="RedOrderList_OrderItem__totalPrice__"]
//!   a[class*="RedOrderList_OrderItem__link__"][href]    /order-list/<number>?filterName=…
//! ```
//! Shape: two programs that relied on it in 2026. Neither tells which day the one in the title is, nor is there one on which the order was
//! placed: no day is taken from this page but that of a sentence which says in full what it is.

use crate::domain::order::OrderId;
use crate::domain::problem::{Field, Problem, Trouble};
use crate::domain::sighting::{Page, Reading};
use crate::reading::text::{fold, is_digit, tidy};

use super::Context;
use super::address;
use super::fields;
use super::list_page::{self, Card};
use super::node::PageNode;
use super::sentences;
use super::strategy::{Part, Tally, Way};

const CARD: &str = "[class*=\"RedOrderList_OrderList__item__\"]";
const FRAME: &str = "[class*=\"RedOrderList_\"]";
const NUMBER: &str = "[class*=\"RedOrderList_OrderItem__number__\"]";
const STATUS: &str = "[class*=\"RedOrderList_OrderItem__tag__\"]";
const TOTAL: &str = "[class*=\"RedOrderList_OrderItem__totalPrice__\"]";
const DELIVERY: &str = "[class*=\"RedOrderList_OrderItem__title__\"], [class*=\"RedOrderList_OrderItem__description\"]";
const LINK: &str = "a[href*=\"/order-list/\"]";

/// Whether the list is there at all, with or without orders in it.
pub fn is_there<N: PageNode>(root: &N) -> bool {
    root.first(FRAME).is_some()
}

/// Every order on the page, with the place of its badge. Of one that the page has twice, the first. A card that does not say beyond doubt
/// which order it is tells nothing.
pub fn read<N: PageNode>(root: &N, context: &Context, tally: &mut Tally) -> Vec<Card<N>> {
    let found = root.all(CARD);
    tally.count(Part::Cards, (!found.is_empty()).then_some(Way::Class));
    let mut cards: Vec<Card<N>> = Vec::new();
    for card in found {
        if let Some(card) = read_card(&card, context, tally)
            && cards.iter().all(|known| known.order != card.order)
        {
            cards.push(card);
        }
    }
    cards
}

fn read_card<N: PageNode>(card: &N, context: &Context, tally: &mut Tally) -> Option<Card<N>> {
    let link = card.first(LINK).and_then(|link| link.attr("href"));
    let linked = link.as_deref().and_then(address::ru_order_in);
    let number = card.first(NUMBER);
    let printed = number.as_ref().and_then(|node| in_groups(&node.text()));
    let order = match (linked, printed) {
        (Some(linked), Some(printed)) if linked != printed => None,
        (linked, printed) => linked.or(printed),
    };
    tally.count(Part::OrderId, order.as_ref().map(|_| Way::Class));
    let order = order?;

    let mut reading = Reading::new(order.clone(), Page::OrderListRu, context.at);
    let status = card.first(STATUS);
    tally.count(Part::State, status.as_ref().map(|_| Way::Class));
    let text = status.as_ref().map(PageNode::text);
    fields::state(&mut reading, text.as_deref(), context.lexicon);
    let total = card.first(TOTAL);
    tally.count(Part::Total, total.as_ref().map(|_| Way::Class));
    fields::total(&mut reading, total.as_ref().map(PageNode::text).as_deref());
    for part in card.all(DELIVERY) {
        delivery(&mut reading, &part, context);
    }
    Some(Card {
        slot: list_page::slot(card, status.as_ref().or(number.as_ref())),
        detail_link: link,
        order,
        reading,
    })
}

/// What is said of the delivery. A day that no sentence explains is a problem, as it is printed.
fn delivery<N: PageNode>(reading: &mut Reading, part: &N, context: &Context) {
    let text = tidy(&part.text());
    let mut explained = false;
    for promise in sentences::promises(part, context.lexicon) {
        explained = true;
        let promise = promise.within(context);
        match promise.fact {
            Ok(fact) => reading.saw(fact, &promise.text),
            Err(trouble) => {
                reading
                    .problems
                    .push(Problem::new(Field::Deadline, trouble, &promise.text))
            }
        }
    }
    if !explained && text.chars().any(is_digit) {
        let problem = Problem::new(Field::Delivered, Trouble::Unreadable, &text);
        reading.problems.push(problem);
    }
}

/// An order's number, as it is printed in groups of digits, and nothing else.
fn in_groups(text: &str) -> Option<OrderId> {
    let digits: String = fold(text)
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    OrderId::new(&digits)
}
