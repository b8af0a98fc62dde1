//! The tracking page. Its class names end in a hash that changes, so they are matched by their beginning.
//!
//! ```text
//! [class*="arrival-time-v2--title"]    one for each package: "Delivered：Dec. 24" (with a full-width colon) · "Estimated delivery: Dec 27 - 28"
//! [class*="logistic-info-v2--nodeTime"]    one for each event: "Dec 24, 11:59 EST" · "Tue | Jul. 28 18:39"
//! [class*="fast-delivery-v2--content"]    one for each promise: "Refund if no delivery before Sep 3, 2026": a day earlier than the order's page at times
//! ```
//! Shape: scrapers and a captured response, up to September 2026. Whether a package has an element of its own around title,
//! events and promises is not known: where it has, they are its own; where it has not, they are the order's.

use crate::domain::order::OrderId;
use crate::domain::problem::{Field, Problem};
use crate::domain::sighting::{Fact, Page, Part as OrderPart, PartFact, Reading};
use crate::domain::time::Day;
use crate::reading::date;
use crate::reading::text::{fold, tidy};

use super::arrival::{Package, past_day};
use super::node::PageNode;
use super::sentences::Promise;
use super::strategy::{Part, Tally, Way};
use super::words::{Words, has};
use super::{Context, detail_page, fields, sentences, time_left};

const ARRIVAL: &str = "[class*=\"arrival-time-v2--title\"]";
const PROMISE: &str = "[class*=\"fast-delivery-v2--content\"]";
const EVENT: &str = "[class*=\"logistic-info-v2--nodeTime\"]";
/// What is kept of the page: where each package is, what is promised, the parcel's number, and what has happened to it. Where it goes
/// stands in a part of its own.
const SAID: &str = "[class*=\"arrival-time-v2--title\"], [class*=\"fast-delivery-v2--title\"], [class*=\"fast-delivery-v2--content\"], \
                    [class*=\"logistic-info-v2--head\"], [class*=\"logistic-info-v2--node--\"]";

/// One part of what has happened to a parcel: when, what, and the carrier's words.
const HAPPENED: [&str; 3] = [
    EVENT,
    "[class*=\"logistic-info-v2--nodeTitle\"]",
    "[class*=\"logistic-info-v2--nodeDesc\"]",
];

const LOGISTICS: &str = "[class*=\"logistic-info-v2--\"]";

/// Reads the tracking page of that order. `None` while nothing of it is there yet, or where nothing is understood.
pub fn read<N: PageNode>(
    root: &N,
    order: &OrderId,
    context: &Context,
    tally: &mut Tally,
) -> Option<Reading> {
    let mut reading = Reading::new(order.clone(), Page::Tracking, context.at);
    let mut promises = sentences::promises(root, context.lexicon);
    promises.extend(time_left::promises(root, context));
    let titles = root.all(ARRIVAL);
    let unread = unread_refund(root, &titles, context);
    let is_there = !promises.is_empty() || !titles.is_empty() || unread.is_some();
    if !is_there && root.first(LOGISTICS).is_none() {
        return None;
    }
    tally.count(
        Part::Deadline,
        (!promises.is_empty()).then_some(Way::Sentence),
    );
    let is_told = |promise: &Promise| {
        matches!(
            promise.fact,
            Ok(Fact::RefundIfNotDeliveredBefore(_) | Fact::RefundStep(_))
        )
    };
    if let Some((day, text)) = unread.filter(|_| !promises.iter().any(is_told)) {
        reading.saw(Fact::RefundStep(day), &text);
    }
    detail_page::note_promises(&mut reading, promises.into_iter(), context);
    if let Some((day, text)) = latest_event(root, context) {
        reading.saw(Fact::Tracked(day), &text);
    }
    let packages: Vec<(Package, String)> = titles
        .iter()
        .map(|title| tidy(&title.spaced_text()))
        .filter(|text| !text.is_empty())
        .map(|text| (Package::read(&text, context), text))
        .collect();
    whole_order(&mut reading, &packages);
    if packages.len() > 1 {
        for (at, title) in titles.iter().enumerate() {
            let number = u8::try_from(at + 1).unwrap_or(u8::MAX);
            of_package(&mut reading, OrderPart::Package(number), title, context);
        }
    }
    Some(reading)
}

/// The last dated promise of the fast delivery, which is the refund, in whatever words: before it there is the coupon's at most. Where
/// there are several packages, the last may be another one's, and later.
fn unread_refund<N: PageNode>(root: &N, titles: &[N], context: &Context) -> Option<(Day, String)> {
    let tells_else = |folded: &str, words: &Words| {
        has(folded, words.coupon) || has(folded, words.arrive) && !has(folded, words.refund)
    };
    let (last, before) = detail_page::last_dated(&root.all(PROMISE), context, &tells_else)?;
    (before <= 1 && titles.len() <= 1).then_some(last)
}

/// What the page says, from its head to the first event.
#[must_use]
pub fn texts<N: PageNode>(root: &N) -> Vec<String> {
    let said = root.all(SAID).into_iter().map(|node| {
        let parts = HAPPENED.map(|part| node.first(part).map(|part| tidy(&part.spaced_text())));
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            tidy(&node.spaced_text())
        } else {
            parts.join(" · ")
        }
    });
    said.filter(|text| !text.is_empty()).collect()
}

/// What the packages say of the order: it is delivered when all are, and promised for the day of the last one under way.
fn whole_order(reading: &mut Reading, packages: &[(Package, String)]) {
    let is_under_way = packages
        .iter()
        .any(|(package, _)| matches!(package, Package::UnderWay(_)));
    let mut promised: Option<(Day, &str)> = None;
    let mut all_promised = true;
    for (package, text) in packages {
        match package {
            Package::UnderWay(Some(day)) => {
                promised = promised.max(Some((*day, text.as_str())));
            }
            Package::UnderWay(None) => all_promised = false,
            Package::Delivered(Ok(day)) if !is_under_way => {
                reading.saw(Fact::Delivered(*day), text)
            }
            Package::Delivered(Ok(_)) => {}
            Package::Delivered(Err(trouble)) => {
                reading
                    .problems
                    .push(Problem::new(Field::Delivered, *trouble, text))
            }
        }
    }
    if let Some((day, text)) = promised.filter(|_| all_promised) {
        reading.saw(Fact::PromisedBy(day), text);
    }
}

/// What is said of one package among several.
fn of_package<N: PageNode>(reading: &mut Reading, part: OrderPart, title: &N, context: &Context) {
    let text = tidy(&title.spaced_text());
    let mut saw = |fact, text: &str| reading.saw(Fact::OfPart(part, fact), text);
    match Package::read(&text, context) {
        Package::Delivered(Ok(day)) => saw(PartFact::Delivered(day), &text),
        Package::UnderWay(Some(day)) => saw(PartFact::PromisedBy(day), &text),
        _ => {}
    }
    let Some(own) = fields::around(title, ARRIVAL) else {
        return;
    };
    if let Some((day, text)) = latest_event(&own, context) {
        saw(PartFact::Tracked(day), &text);
    }
    detail_page::deadlines_of_part(reading, part, &own, context);
}

/// The latest of the events inside the element, with its text.
fn latest_event<N: PageNode>(root: &N, context: &Context) -> Option<(Day, String)> {
    let events = root.all(EVENT).into_iter().filter_map(|event| {
        let text = tidy(&event.spaced_text());
        let found = date::find(&fold(&text), &context.lexicon.languages);
        match found.as_slice() {
            [found] => past_day(found, context).ok().map(|day| (day, text)),
            _ => None,
        }
    });
    events.max_by_key(|(day, _)| *day)
}
