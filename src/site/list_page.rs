//! The order list ("My Orders"): the current generation, wide and narrow, and the table that it was before.
//!
//! ```text
//! div.order-item                                       one order; narrow: a.order-item.order-item-mobile[href]
//!   div.order-item-header
//!     [data-pl=order_item_header_status]               "Awaiting delivery"
//!     [data-pl=order_item_header_info]                 first child: date; second child: number
//!     a[data-pl=order_item_header_detail][href]        …/p/order/detail.html?orderId=…
//!   [data-pl=order_item_store_name]
//!   .order-item-content … [data-pl=order_item_content_price_total]
//!     .order-item-tag                                  "Free returns"
//!   .order-item-bottom-action .expose-info-item-title  where a refund or a dispute stands; an amount in a span of its own
//!
//! #buyer-ordertable                                    until March 2022
//!   tbody.order-item-wraper                            one order (the spelling is the shop's)
//!     tr.order-head                                    .order-info .second-row .info-body: date; .store-info; .amount-num
//!     tr.order-body                                    one line: .baobei-name[title]; the first also .order-status .f-left
//!       p.left-sendgoods-day[lefttime]                 the milliseconds that were left when the page was made
//! ```
//! Shape: ten independent scrapers and a saved page, 2022 to September 2026; the table: scrapers of 2015 to 2022.

use crate::domain::number;
use crate::domain::order::{OrderId, OrderLine, OrderState};
use crate::domain::problem::{Field, Problem, Trouble};
use crate::domain::sighting::{Fact, Page, Reading, Service};
use crate::domain::time::Day;
use crate::reading::date;
use crate::reading::text::{fold, is_digit, tidy};

use super::Context;
use super::address;
use super::fields;
use super::node::PageNode;
use super::strategy::{Part, Tally, Way};

/// The class of a card on today's list.
pub const CARD_CLASS: &str = "order-item";

/// A card, by its class.
pub const CARD: &str = ".order-item, .order-item-wraper";

/// The part of a page of the shop at whose beginning a notice stands.
pub const NOTICE_PLACE: &str = ".order-main, .order-content, #root";

/// Longer than any delivery is waited for.
const LONGEST_WAIT_MS: i64 = 400 * DAY_MS;
const DAY_MS: i64 = 86_400_000;

const DETAIL_LINK: &str =
    "a[href*=\"/order/detail\"][href*=\"orderId=\"], a[href*=\"order_detail\"][href*=\"orderId=\"]";

/// What few cards have.
const RARE: &str = "[lefttime], .order-item-tag, .expose-info-item-title";

/// A card as the shop makes them, with most of what is read of one, for a rehearsal.
pub const SAMPLE: &str = "<div class=order-item><div class=order-item-header>\
<span data-pl=order_item_header_status>Awaiting delivery</span>\
<div data-pl=order_item_header_info><div>Jan 2, 2026</div></div>\
<a data-pl=order_item_header_detail href='/p/order/detail.html?orderId=1000000000000000'></a></div>\
<div data-pl=order_item_content_price_total>US $1.00</div></div>";

/// The number of the sample's order, which is none of the shop's.
pub fn sample_order() -> Option<OrderId> {
    OrderId::new("1000000000000000")
}

/// Where the badge of a card goes.
#[derive(Clone, Debug)]
pub struct Slot<N> {
    pub parent: N,
    /// The child of `parent` after which it goes; `None`: before all others.
    pub after: Option<N>,
    /// Whether the card is the narrow one, which may itself be a link.
    pub compact: bool,
}

/// One card, read.
#[derive(Clone, Debug)]
pub struct Card<N> {
    pub order: OrderId,
    pub reading: Reading,
    pub slot: Slot<N>,
    /// The address of the order's own page, as the card links it.
    pub detail_link: Option<String>,
}

/// The cards inside the element, and how they were found. Nested and duplicate ones are not sorted out here.
pub fn cards<N: PageNode>(root: &N) -> (Vec<N>, Option<Way>) {
    let by_class = root.all(CARD);
    if !by_class.is_empty() {
        return (by_class, Some(Way::Class));
    }
    let by_part = around(root, "[data-pl=\"order_item_header_status\"]");
    if !by_part.is_empty() {
        return (by_part, Some(Way::DataPl));
    }
    let by_link = around(root, DETAIL_LINK);
    let way = (!by_link.is_empty()).then_some(Way::Link);
    (by_link, way)
}

/// Whether the page shows an order list at all: its frame is there, with or without cards in it.
pub fn is_there<N: PageNode>(root: &N) -> bool {
    root.first("[data-spm=\"order_list_main\"], .order-main, .order-wrap, .order-content, #buyer-ordertable, [data-pl=\"order_more\"]").is_some()
}

/// Whether the list says that it is empty rather than not understood: its frame without anything that could be a card.
pub fn is_empty<N: PageNode>(root: &N) -> bool {
    root.first(".order-empty, .comet-empty, [class*=\"order-empty\"], [class*=\"list-empty\"]")
        .is_some()
}

/// Where the list's own summary goes: the parent of the cards, and the first of them.
pub fn head<N: PageNode>(root: &N, first_card: &N) -> Option<(N, N)> {
    let mut child = first_card.clone();
    while let Some(parent) = child.parent() {
        if parent.matches(".order-main, .order-content, [data-spm=\"order_list_main\"]")
            || parent.same(root)
        {
            return Some((parent, child));
        }
        // The cards' own parent may be re-rendered as a whole: the summary stands before it, not in it.
        if parent.matches(".comet-checkbox-group, #buyer-ordertable") {
            return parent.parent().map(|outer| (outer, parent));
        }
        child = parent;
    }
    None
}

/// For each element that matches, the largest element around it that holds no other one's content.
fn around<N: PageNode>(root: &N, selector: &str) -> Vec<N> {
    let marks = root.all(selector);
    let mut found: Vec<N> = Vec::new();
    for mark in &marks {
        if found
            .last()
            .is_some_and(|card| card.all(selector).iter().any(|other| other.same(mark)))
        {
            continue;
        }
        let id = |node: &N| node.attr("href").and_then(|href| address::order_in(&href));
        let own = id(mark);
        let mut card = mark.clone();
        while let Some(parent) = card.parent() {
            let foreign = |other: &N| !other.same(mark) && (own.is_none() || id(other) != own);
            if parent.same(root) || parent.all(selector).iter().any(foreign) {
                break;
            }
            card = parent;
            // Alone on its page nothing else bounds it: what holds number and amount is the card.
            if marks.len() == 1
                && card
                    .first("[data-pl=\"order_item_content_price_total\"], a[href*=\"/item/\"]")
                    .is_some()
            {
                break;
            }
        }
        found.push(card);
    }
    found
}

/// Reads one card.
///
/// # Errors
/// A problem if it does not say beyond doubt which order it is: then it gets no badge.
pub fn read<N: PageNode>(
    card: &N,
    context: &Context,
    tally: &mut Tally,
) -> Result<Card<N>, Problem> {
    let info = card
        .part("order_item_header_info")
        .or_else(|| card.first(".order-item-header-right-info"));
    let info_rows = info.as_ref().map(PageNode::children).unwrap_or_default();
    let detail = card
        .part("order_item_header_detail")
        .or_else(|| card.first(DETAIL_LINK));
    let own_link = || (card.tag() == "a").then(|| card.attr("href")).flatten();
    let detail_link = detail
        .as_ref()
        .and_then(|node| node.attr("href"))
        .or_else(own_link);
    let order = order_id(card, detail_link.as_deref(), &info_rows, tally)?;

    let mut reading = Reading::new(order.clone(), Page::OrderList, context.at);
    placed(&mut reading, card, &info_rows, context, tally);

    let status = tally.first(
        Part::State,
        &[
            (Way::DataPl, &|| card.part("order_item_header_status")),
            (Way::Class, &|| {
                card.first(".order-item-header-status-text, .order-status .f-left")
            }),
        ],
    );
    fields::state(
        &mut reading,
        status.as_ref().map(PageNode::text).as_deref(),
        context.lexicon,
    );

    let total = tally.first(
        Part::Total,
        &[
            (Way::DataPl, &|| card.part("order_item_content_price_total")),
            (Way::Class, &|| {
                card.first(".order-item-content-opt-price-total, .order-item-content-opt-price, .amount-num")
            }),
        ],
    );
    fields::total(&mut reading, total.as_ref().map(PageNode::text).as_deref());

    let store = tally.first(
        Part::Store,
        &[
            (Way::DataPl, &|| card.part("order_item_store_name")),
            (Way::Class, &|| {
                card.first(".order-item-store-name, .store-info .info-body")
            }),
            (Way::Link, &|| card.first("a[href*=\"/store/\"]")),
        ],
    );
    reading.store = store.and_then(|node| fields::name(&node.text()));
    reading.lines = lines(card, tally);
    // Most cards have none of these, which is asked once.
    if card.first(RARE).is_some() {
        time_left(&mut reading, card, context);
        if let Some(text) = fields::free_return(card, ".order-item-tag", context.lexicon) {
            reading.saw(Fact::Service(Service::FreeReturn), &text);
        }
        banner(&mut reading, card, context);
    }

    let slot = slot(card, status.as_ref().or(info.as_ref()).or(detail.as_ref()));
    Ok(Card {
        order,
        reading,
        slot,
        detail_link,
    })
}

/// The card's order: by its link to the order's page, else by the number it prints. Two that differ are a problem.
fn order_id<N: PageNode>(
    card: &N,
    detail_link: Option<&str>,
    info_rows: &[N],
    tally: &mut Tally,
) -> Result<OrderId, Problem> {
    let printed = || {
        info_rows
            .get(1)
            .and_then(|row| fields::order_number(&row.text()))
    };
    let any_link = || fields::linked_order(card);
    let found = tally.first(
        Part::OrderId,
        &[
            (Way::Link, &|| detail_link.and_then(address::order_in)),
            (Way::DataPl, &printed),
            (Way::Structure, &any_link),
        ],
    );
    let Some(found) = found else {
        return Err(Problem::new(Field::OrderId, Trouble::Missing, ""));
    };
    match printed() {
        Some(printed) if printed != found => Err(Problem::new(
            Field::OrderId,
            Trouble::Ambiguous,
            &[found.as_str(), printed.as_str()].join(" / "),
        )),
        _ => Ok(found),
    }
}

fn placed<N: PageNode>(
    reading: &mut Reading,
    card: &N,
    info_rows: &[N],
    context: &Context,
    tally: &mut Tally,
) {
    let text_of = |node: &N| tidy(&node.text());
    let has_digit = |text: &String| text.chars().any(is_digit);
    let text = tally.first(
        Part::Date,
        &[
            (Way::DataPl, &|| {
                info_rows.first().map(text_of).filter(has_digit)
            }),
            (Way::Class, &|| {
                card.first(".order-item-header-date, .order-info .second-row .info-body")
                    .as_ref()
                    .map(text_of)
                    .filter(has_digit)
            }),
            // Somewhere in the card's head there is one date.
            (Way::Structure, &|| {
                let head = card.children().into_iter().next()?;
                let text = tidy(&head.spaced_text());
                (date::find_on_card(&fold(&text), &context.lexicon.languages).len() == 1)
                    .then_some(text)
            }),
        ],
    );
    let Some(text) = text else {
        reading
            .problems
            .push(Problem::new(Field::Placed, Trouble::Missing, ""));
        return;
    };
    match date::read_day_on_card(&text, &context.lexicon.languages) {
        // An order of tomorrow is a misread date or a wrong clock; one day is the difference of time zones.
        Ok(day)
            if context
                .today
                .and_then(|today| today.plus(1))
                .is_some_and(|limit| day > limit) =>
        {
            reading
                .problems
                .push(Problem::new(Field::Placed, Trouble::Impossible, &text));
            reading.to_come = Some((day, text));
        }
        Ok(day) => reading.saw(Fact::Placed(day), &text),
        Err(trouble) => reading
            .problems
            .push(Problem::new(Field::Placed, trouble, &text)),
    }
}

/// Where a dispute about it stands, which the card says below everything else.
fn banner<N: PageNode>(reading: &mut Reading, card: &N, context: &Context) {
    let Some(node) = card.first(".expose-info-item-title") else {
        return;
    };
    let text = tidy(&node.text());
    if text.is_empty() {
        return;
    }
    let amount = node
        .first("span")
        .map(|span| fold(&span.text()))
        .unwrap_or_default();
    let folded = fold(&text);
    let stage = context.lexicon.stage_of(&folded).or_else(|| {
        let stage = folded.strip_suffix(amount.as_str())?.trim_end();
        context.lexicon.stage_of(stage)
    });
    match stage {
        Some(stage) => reading.saw(Fact::Stage(stage), &text),
        None => reading
            .problems
            .push(Problem::new(Field::State, Trouble::Unreadable, &text)),
    }
}

/// What was left of the wait for a delivery when the page was made. It is not said what ends with it, so that it is no more than
/// an estimate.
fn time_left<N: PageNode>(reading: &mut Reading, card: &N, context: &Context) {
    let Some(node) = card.first("[lefttime]") else {
        return;
    };
    let awaited = Fact::State(OrderState::AwaitingDelivery);
    if !reading.facts.iter().any(|(fact, _)| *fact == awaited) {
        return;
    }
    let printed = node.attr("lefttime").unwrap_or_default();
    let mut text = tidy(&node.text());
    if text.is_empty() {
        text.clone_from(&printed);
    }
    let day = match number::read(printed.trim(), 10) {
        Some(left @ 1..=LONGEST_WAIT_MS) => context
            .made
            // The latest day that has begun everywhere on earth by then.
            .map(|made| (made.0.saturating_add(left) - DAY_MS / 2).div_euclid(DAY_MS))
            .and_then(Day::from_number)
            .ok_or(Trouble::Ambiguous),
        Some(_) => Err(Trouble::Impossible),
        None => Err(Trouble::Unreadable),
    };
    match day {
        Ok(day) => reading.saw(Fact::RefundStep(day), &text),
        Err(trouble) => reading
            .problems
            .push(Problem::new(Field::Deadline, trouble, &text)),
    }
}

/// The order lines that the card names; where it only shows pictures, one without a title for each picture.
fn lines<N: PageNode>(card: &N, tally: &mut Tally) -> Vec<OrderLine> {
    let named = |names: Vec<N>| -> Option<Vec<OrderLine>> {
        let alone = names.len() == 1;
        let lines = names.into_iter().map(|title| {
            let around = if alone {
                Some(card.clone())
            } else {
                title.parent()
            };
            let first = |selector: &str| around.as_ref().and_then(|around| around.first(selector));
            let variant =
                first("[data-pl=\"order_item_content_info_sku\"], .order-item-content-info-sku");
            let quantity =
                first(".order-item-content-info-number-quantity, .product-amount > :nth-child(2)");
            fields::line(Some(title), variant, quantity)
        });
        let lines: Vec<OrderLine> = lines.filter(|line| !line.title.is_empty()).collect();
        (!lines.is_empty()).then_some(lines)
    };
    let pictures = |selector: &str| {
        let count = card.all(selector).len();
        let line = OrderLine {
            title: String::new(),
            variant: String::new(),
            quantity: None,
        };
        (count > 0).then(|| vec![line; count.min(100)])
    };
    let found = tally.first(
        Part::Lines,
        &[
            (Way::DataPl, &|| {
                named(card.all("[data-pl=\"order_item_content_info_name\"]"))
            }),
            (Way::Class, &|| {
                named(card.all(".order-item-content-info-name, .baobei-name"))
            }),
            (Way::Structure, &|| {
                pictures(".order-item-content-img-list > *")
            }),
            (Way::Link, &|| named(card.all("a[href*=\"/item/\"]"))),
        ],
    );
    found.unwrap_or_default()
}

/// Below the card's head: after the child of the card that holds its status. In a table, which takes nothing between its
/// rows, in the cell of the status.
pub(super) fn slot<N: PageNode>(card: &N, in_head: Option<&N>) -> Slot<N> {
    let compact = card.matches("a, .order-item-mobile");
    let mut after = in_head.cloned();
    while let Some(node) = &after {
        let parent = node.parent();
        match parent {
            Some(parent) if parent.same(card) => break,
            Some(parent) if parent.matches("td") => {
                return Slot {
                    parent,
                    after,
                    compact,
                };
            }
            _ => after = parent,
        }
    }
    Slot {
        parent: card.clone(),
        after,
        compact,
    }
}
