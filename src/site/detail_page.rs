//! The order's own page, of the current generation and of the one before.
//!
//! ```text
//! .order-status .order-block-title                     "Completed"
//! .order-status .order-status-content                  the reminder: "… within 7 days of confirming receipt. …"
//! .service-progress-node-info                          "Paid Jul 15, 2026" · "R$5 Aug 5, 2026" · "Refund Sep 4, 2026"
//! .order-detail-order-info .info-row                   "Order placed on: Jul 15, 2026" … "Payment method: Credit/Debit card"
//! .order-detail-item-track-info-desc                   "Estimated delivery date: Aug 3, 2026", at a line or at the order
//! font[color="#009966"]                                "Free returns"
//! .order-detail-item-store .store-name
//! .order-detail-item-content                           one order line: .item-title a, .item-sku-attr, .item-price-quantity
//! .order-price-item                                    amounts, the total last
//!
//! .order-status · .final-price                         until March 2022
//! #operate-pnl li                                      the day of the order
//! .order-reminder                                      "If your order does not arrive on 2022-03-01 …"
//! #TP_ProductTable tr                                  one order line: .baobei-name, .spec, .quantity
//! ```
//! Shape: scrapers and a captured response, up to September 2026; the older page: a script of 2022. The page also holds the buyer's address and telephone,
//! in none of these parts: of them only the country is read, by [`ship_to`].

use crate::domain::dispute::DisputeStep;
use crate::domain::order::{OrderId, OrderLine};
use crate::domain::problem::{Field, Problem, Trouble};
use crate::domain::sighting::{Fact, Page, Part as OrderPart, PartFact, Reading, Service};
use crate::domain::time::Day;
use crate::reading::date::{self, Found, Value};
use crate::reading::money::read_money;
use crate::reading::text::{fold, tidy};

use super::arrival::Package;
use super::lexicon::Lexicon;
use super::list_page::Slot;
use super::node::PageNode;
use super::sentences::{self, Promise};
use super::ship_to::{self, CountryNames};
use super::strategy::{Part, Tally, Way};
use super::words::{Words, has, is_one_of};
use super::{Context, dispute, fields, time_left};

const INFO_ROW: &str =
    ".order-detail-order-info .info-row, .order-detail-info-item .info-row, #operate-pnl li";

/// The sentence of the older page about an order that does not arrive.
const OLD_REMINDER: &str = ".order-reminder";

const TITLE: &str = ".item-title, .baobei-name";

/// A link to a listing of the shop.
const LISTING: &str = "a[href*=\"/item/\"]";

const TRACK_INFO: &str = ".order-detail-item-track-info-desc";

/// What a line is labelled with. The colour is in the shop's own data, and the class is that of the list's cards.
const TAG: &str = ".order-item-tag, font[color=\"#009966\"]";

const PROGRESS_STEP: &str = ".service-progress-node-info";

/// How far around the order's number its row is looked for, and the most letters of a row.
const NEAR: usize = 4;
const LONGEST_ROW: usize = 120;

/// The listings that the order's lines link to, each once: link and title.
#[must_use]
pub fn listings<N: PageNode>(root: &N) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for title in root.all(TITLE) {
        let link = title
            .attr("href")
            .or_else(|| title.first("a")?.attr("href"));
        let link = link.unwrap_or_default();
        if !link.is_empty() && found.iter().all(|(known, _)| *known != link) {
            found.push((link, tidy(&title.text())));
        }
    }
    found
}

/// Reads the page of that order. `None` while nothing of it is there yet, or where nothing is understood.
pub fn read<N: PageNode>(
    root: &N,
    order: &OrderId,
    context: &Context,
    countries: &CountryNames,
    tally: &mut Tally,
) -> Option<Reading> {
    let mut reading = Reading::new(order.clone(), Page::OrderDetail, context.at);
    let status =
        root.first(".order-status .order-block-title, .order-block-title, dd.order-status");
    let (rows, way) = info_rows(root, order, context.lexicon);
    // A page whose every class has changed may still print the deadline in a sentence.
    if status.is_none() && rows.is_empty() && sentences::promises(root, context.lexicon).is_empty()
    {
        return None;
    }
    tally.count(Part::State, status.as_ref().map(|_| Way::Class));
    fields::state(
        &mut reading,
        status.as_ref().map(PageNode::text).as_deref(),
        context.lexicon,
    );
    dates(&mut reading, &rows, context);
    let is_placed = |(fact, _): &(Fact, String)| matches!(fact, Fact::Placed(_));
    tally.count(
        Part::Date,
        reading.facts.iter().any(is_placed).then_some(way),
    );
    payment(&mut reading, &rows, context.lexicon);
    cancelling(&mut reading, root, context);
    promises(&mut reading, root, context, tally);
    arrivals(&mut reading, root, context);
    deadlines_of_lines(&mut reading, root, context);
    if let Some((country, name)) = ship_to::read(root, countries) {
        reading.saw(Fact::ShipTo(country), &name);
    }

    let by_class =
        || root.first(".order-detail-item-store .store-name, .store-name, .user-name-text a");
    let by_link = || {
        let mut links = root.all("a[href*=\"/store/\"]").into_iter();
        links.find(|link| !link.text().trim().is_empty())
    };
    let store = tally.first(
        Part::Store,
        &[(Way::Class, &by_class), (Way::Link, &by_link)],
    );
    reading.store = store.and_then(|node| fields::name(&node.text()));
    reading.lines = lines(root, tally);
    total(&mut reading, root, tally);
    Some(reading)
}

/// Whether the page shows a check for robots: the shop's own dialogue, or the slider in it.
#[must_use]
pub fn is_barred<N: PageNode>(root: &N) -> bool {
    root.first("#baxia-dialog-content, .baxia-dialog, #nocaptcha, #nc_1_wrapper, .nc-container")
        .is_some()
}

/// Where the order's badge goes: below the words of its state. `None` on a page that has no such place.
pub fn badge_slot<N: PageNode>(root: &N) -> Option<Slot<N>> {
    let title = root.first(".order-status .order-block-title")?;
    Some(Slot {
        parent: title.parent()?,
        after: Some(title),
        compact: false,
    })
}

/// The controls by which the buyer begins a return or a dispute, one for each order line that has one.
pub fn dispute_controls<N: PageNode>(root: &N, lexicon: &Lexicon, tally: &mut Tally) -> Vec<N> {
    let speaks = |node: &N| {
        let text = fold(&node.text());
        !text.is_empty()
            && text.len() < 80
            && lexicon.any(|words| is_one_of(&text, words.dispute_control))
    };
    let lines =
        root.all(".order-detail-item-content-wrap, .order-detail-item-content, .order-detail-item");
    let in_lines = lines
        .iter()
        .flat_map(|line| line.all("button, a, [role=\"button\"]"));
    let mut controls: Vec<N> = Vec::new();
    for control in in_lines.filter(speaks) {
        // A line's wrapper and the line itself both match: each control counts once.
        if !controls.iter().any(|known| known.same(&control)) {
            controls.push(control);
        }
    }
    let mut way = Way::Class;
    if controls.is_empty() {
        way = Way::Structure;
        controls = root
            .all("button, a, [role=\"button\"]")
            .into_iter()
            .filter(speaks)
            .collect();
    }
    tally.count(Part::DisputeControl, (!controls.is_empty()).then_some(way));
    controls
}

/// Those of the controls that are that line's, counted from 1 as the lines are read: those around which no other line's title stands. All of
/// them, where there is no such line or none is its own.
pub fn controls_of_line<N: PageNode>(root: &N, line: usize, controls: Vec<N>) -> Vec<N> {
    let mut titles = root.all(TITLE);
    titles.retain(|title| !tidy(&title.text()).is_empty());
    let Some(title) = line.checked_sub(1).and_then(|at| titles.get(at)) else {
        return controls;
    };
    let mut own = title.clone();
    while let Some(wider) = own.parent().filter(|wider| wider.all(TITLE).len() == 1) {
        own = wider;
    }
    let inside = own.all("button, a, [role=\"button\"]");
    let is_own = |control: &&N| inside.iter().any(|other| other.same(control));
    let of_line: Vec<N> = controls.iter().filter(is_own).cloned().collect();
    if of_line.is_empty() {
        controls
    } else {
        of_line
    }
}

/// The answers by which the shop's question "Have you received your package?" leads to the form: links to it, or to that of before.
pub fn received_answers<N: PageNode>(root: &N) -> Vec<N> {
    let mut answers = root.all("a[href*=\"/p/reverse-pages/\"], a[href*=\"/issue/createIssue\"]");
    answers.retain(PageNode::visible);
    answers
}

/// The texts of the rows of the order's facts, without the rows that hold nothing, and how they were found.
fn info_rows<N: PageNode>(root: &N, order: &OrderId, lexicon: &Lexicon) -> (Vec<String>, Way) {
    let rows = root.all(INFO_ROW);
    let rows = texts_of(&rows);
    if rows.is_empty() {
        (rows_beside_number(root, order, lexicon), Way::Structure)
    } else {
        (rows, Way::Class)
    }
}

fn texts_of<N: PageNode>(nodes: &[N]) -> Vec<String> {
    let texts = nodes.iter().map(|node| tidy(&node.spaced_text()));
    texts.filter(|text| !text.is_empty()).collect()
}

/// The rows with dates among which the order's number stands, whatever they are called: a list of short texts of which one holds the
/// number, and at least two others a date, as when it was placed and when it was paid. What has no date is none of the order's facts.
fn rows_beside_number<N: PageNode>(root: &N, order: &OrderId, lexicon: &Lexicon) -> Vec<String> {
    let names_it = |node: &N| node.spaced_text().contains(order.as_str());
    let mut row = root.clone();
    while let Some(inside) = row.children().into_iter().find(names_it) {
        row = inside;
    }
    for _ in 0..NEAR {
        let Some(parent) = row.parent() else { break };
        let mut rows = texts_of(&parent.children());
        let is_list = rows.iter().all(|text| text.chars().count() <= LONGEST_ROW);
        rows.retain(|text| date::is_dated(&fold(text), &lexicon.languages));
        if is_list && rows.len() >= 2 {
            return rows;
        }
        row = parent;
    }
    Vec::new()
}

/// Placed is the earliest date of the order's facts: its label may be in words that are not understood. So it is none of them
/// where a row that may be the one of placing could not be read, or where there is no such row: what was done later would open
/// every window later. Shipped and completed need their word as well.
fn dates(reading: &mut Reading, rows: &[String], context: &Context) {
    let lexicon = context.lexicon;
    let limit = context.today.and_then(|today| today.plus(1));
    let mut dated: Vec<(Day, &String)> = Vec::new();
    let (mut is_there, mut is_unclear) = (false, false);
    for text in rows {
        let folded = fold(text);
        let found = date::find(&folded, &lexicon.languages);
        let day = match date::one_day(&found) {
            Err(Trouble::Unreadable) if !found.is_empty() => Err(Trouble::Ambiguous),
            Err(Trouble::Unreadable) if !date::looks_like_one(&folded) => continue,
            day => day,
        };
        let field = row_field(&folded, lexicon);
        let is_placing = field == Field::Placed
            && !is_paid_row(&folded, lexicon)
            && dispute::step_of(&folded, lexicon) != Some(DisputeStep::CancelAsked);
        let is_to_come = |day: &Day| limit.is_some_and(|limit| *day > limit);
        // Any row that is about nothing else counts as the order's; only these two are surely about what was done.
        if let Some(day) = day.ok().filter(is_to_come)
            && matches!(field, Field::Shipped | Field::Completed)
            && reading
                .to_come
                .as_ref()
                .is_none_or(|(other, _)| *other < day)
        {
            reading.to_come = Some((day, text.clone()));
        }
        match day.and_then(|day| {
            if is_to_come(&day) {
                Err(Trouble::Impossible)
            } else {
                Ok(day)
            }
        }) {
            Ok(day) => {
                is_there |= is_placing;
                dated.push((day, text));
            }
            Err(trouble) => {
                is_unclear |= is_placing;
                reading.problems.push(Problem::new(field, trouble, text));
            }
        }
    }
    let placed = dated.iter().min_by_key(|(day, _)| *day).copied();
    let placed = placed.filter(|_| is_there && !is_unclear);
    match placed {
        Some((day, text)) => reading.saw(Fact::Placed(day), text),
        // Its own row is a problem already.
        None if is_unclear => {}
        None => reading
            .problems
            .push(Problem::new(Field::Placed, Trouble::Missing, "")),
    }
    for (day, text) in &dated {
        let folded = fold(text);
        if is_paid_row(&folded, context.lexicon) {
            reading.saw(Fact::Paid(*day), text);
            continue;
        }
        match row_field(&folded, context.lexicon) {
            Field::Shipped => reading.saw(Fact::Shipped(*day), text),
            Field::Completed => reading.saw(Fact::Completed(*day), text),
            _ => {}
        }
    }
}

/// What a row of the order's facts is about. "Shipment completed on" is shipped: that word is looked for first.
fn row_field(folded: &str, lexicon: &Lexicon) -> Field {
    if lexicon.any(|words| has(folded, words.shipped_row)) {
        Field::Shipped
    } else if lexicon.any(|words| has(folded, words.completed_row)) && !is_paid_row(folded, lexicon)
    {
        Field::Completed
    } else {
        Field::Placed
    }
}

/// "Paid on", and "Payment completed on". Of what was sent the payment may be named as well.
fn is_paid_row(folded: &str, lexicon: &Lexicon) -> bool {
    lexicon.any(|words| has(folded, words.rare("paid-row")))
        && !lexicon.any(|words| has(folded, words.shipped_row))
}

/// How the order was paid, as far as a way outside the shop depends on it. Digits beside it may be a card's: such a text is not
/// kept.
fn payment(reading: &mut Reading, rows: &[String], lexicon: &Lexicon) {
    for text in rows {
        let folded = fold(text);
        if !is_paid_row(&folded, lexicon) {
            continue;
        }
        let service = if folded.contains("paypal") {
            Service::Paypal
        } else if lexicon.any(|words| has(&folded, words.rare("card"))) {
            Service::Card
        } else {
            continue;
        };
        let has_digit = folded.bytes().any(|byte| byte.is_ascii_digit());
        let text = if has_digit { "" } else { text.as_str() };
        reading.saw(Fact::Service(service), text);
    }
}

/// The day on which the buyer asked to cancel the order, in its facts or in the words about its state.
fn cancelling<N: PageNode>(reading: &mut Reading, root: &N, context: &Context) {
    let context = Context {
        placed: placed(reading).or(context.placed),
        ..*context
    };
    for node in root.all([INFO_ROW, ", .order-status-content"].concat().as_str()) {
        dispute::steps(reading, &node, None, &[DisputeStep::CancelAsked], &context);
    }
}

/// The day of the order, if the page told it.
fn placed(reading: &Reading) -> Option<Day> {
    reading.facts.iter().find_map(|(fact, _)| match fact {
        Fact::Placed(day) => Some(*day),
        _ => None,
    })
}

/// By when the order, or each of its lines, is to arrive.
fn arrivals<N: PageNode>(reading: &mut Reading, root: &N, context: &Context) {
    let nodes = root.all(TRACK_INFO);
    if nodes.is_empty() {
        return;
    }
    let context = Context {
        placed: placed(reading).or(context.placed),
        ..*context
    };
    let titles = root.all(TITLE);
    let mut last: Option<(Day, String)> = None;
    for node in nodes {
        let text = tidy(&node.spaced_text());
        let Package::UnderWay(Some(day)) = Package::read(&text, &context) else {
            continue;
        };
        if titles.len() > 1
            && let Some(line) = line_around(&node, &titles)
        {
            reading.saw(Fact::OfPart(line, PartFact::PromisedBy(day)), &text);
        }
        last = last.max(Some((day, text)));
    }
    if let Some((day, text)) = last {
        reading.saw(Fact::PromisedBy(day), &text);
    }
}

/// The deadlines that stand at a line, where there are several.
fn deadlines_of_lines<N: PageNode>(reading: &mut Reading, root: &N, context: &Context) {
    let titles = root.all(TITLE);
    if titles.len() < 2 {
        return;
    }
    for (at, title) in (1..=u8::MAX).zip(&titles) {
        if let Some(own) = fields::around(title, TITLE) {
            deadlines_of_part(reading, OrderPart::Line(at), &own, context);
        }
    }
}

/// The deadlines inside an element are those of that part. They are the order's as well, and noted as such.
pub(super) fn deadlines_of_part<N: PageNode>(
    reading: &mut Reading,
    part: OrderPart,
    own: &N,
    context: &Context,
) {
    for promise in sentences::promises(own, context.lexicon) {
        let promise = promise.within(context);
        if let Ok(Fact::RefundIfNotDeliveredBefore(day)) = promise.fact {
            let fact = PartFact::RefundIfNotDeliveredBefore(day);
            reading.saw(Fact::OfPart(part, fact), &promise.text);
        }
    }
}

/// The order line that a part of the page stands in.
fn line_around<N: PageNode>(node: &N, titles: &[N]) -> Option<OrderPart> {
    let mut around = node.parent();
    while let Some(element) = around {
        match element.all(TITLE).as_slice() {
            [] => around = element.parent(),
            [title] => {
                let at = titles.iter().position(|other| other.same(title))?;
                return u8::try_from(at + 1).ok().map(OrderPart::Line);
            }
            _ => return None,
        }
    }
    None
}

/// The printed deadline and the windows.
fn promises<N: PageNode>(reading: &mut Reading, root: &N, context: &Context, tally: &mut Tally) {
    let by_class = progress_refund(root, context);
    let step = refund_step(root, context).or_else(|| old_reminder(reading, root, context));
    if by_class.is_empty()
        && let Some((day, text)) = step
    {
        reading.saw(Fact::RefundStep(day), &text);
    }
    let by_sentence = sentences::promises(root, context.lexicon);
    let is_deadline =
        |promise: &Promise| matches!(promise.fact, Ok(Fact::RefundIfNotDeliveredBefore(_)));
    let is_coupon = |promise: &Promise| matches!(promise.fact, Ok(Fact::CouponIfDelayedBy(_)));
    let is_window =
        |promise: &Promise| promise.fact.is_ok() && !is_deadline(promise) && !is_coupon(promise);
    let deadline = if !by_class.is_empty() {
        Some(Way::Class)
    } else {
        by_sentence.iter().any(is_deadline).then_some(Way::Sentence)
    };
    tally.count(Part::Deadline, deadline);
    tally.count(
        Part::Windows,
        by_sentence.iter().any(is_window).then_some(Way::Sentence),
    );
    let context = Context {
        placed: placed(reading).or(context.placed),
        ..*context
    };
    let by_time_left = time_left::promises(root, &context);
    note_promises(
        reading,
        by_class.into_iter().chain(by_sentence).chain(by_time_left),
        &context,
    );
    let days = reading
        .facts
        .iter()
        .find(|(fact, _)| matches!(fact, Fact::FreeReturnWithinDaysOfDelivery(_)));
    if let Some(text) = days
        .map(|(_, text)| text.clone())
        .or_else(|| fields::free_return(root, TAG, context.lexicon))
    {
        reading.saw(Fact::Service(Service::FreeReturn), &text);
    }
}

/// Notes promises as facts, and unreadable ones as problems.
pub(super) fn note_promises(
    reading: &mut Reading,
    promises: impl Iterator<Item = Promise>,
    context: &Context,
) {
    for promise in promises {
        let promise = promise.within(context);
        match promise.fact {
            Ok(fact) if !reading.facts.iter().any(|(known, _)| *known == fact) => {
                reading.saw(fact, &promise.text)
            }
            Ok(_) => {}
            Err(trouble) => {
                let problem = Problem::new(Field::Deadline, trouble, &promise.text);
                if !reading.problems.contains(&problem) {
                    reading.problems.push(problem);
                }
            }
        }
    }
}

/// The step "Refund" of the progress bar, with its date.
fn progress_refund<N: PageNode>(root: &N, context: &Context) -> Vec<Promise> {
    let mut promises = Vec::new();
    for node in root.all(PROGRESS_STEP) {
        let text = tidy(&node.spaced_text());
        let folded = fold(&text);
        let lexicon = context.lexicon;
        let refund = lexicon.any(|words| has(&folded, words.refund))
            && !lexicon.any(|words| has(&folded, words.coupon));
        if refund && date::is_dated(&folded, &lexicon.languages) {
            let fact = date::read_day(&text, &context.lexicon.languages)
                .map(Fact::RefundIfNotDeliveredBefore);
            promises.push(Promise { fact, text });
        }
    }
    promises
}

/// The last dated step of the progress bar, where none says in words that are understood that it is the refund: the refund is
/// what ends the bar, and it is later than all before it. A step that tells anything else is not it.
fn refund_step<N: PageNode>(root: &N, context: &Context) -> Option<(Day, String)> {
    let tells_else = |folded: &str, words: &Words| {
        has(folded, words.coupon) || has(folded, words.arrive) || has(folded, words.shipped_row)
    };
    let (last, before) = last_dated(&root.all(PROGRESS_STEP), context, &tells_else)?;
    (before > 0).then_some(last)
}

/// The last of the elements that have a date, with how many have one before it: where each has one whole date, the last is later than
/// all others, has no other number beside it, and is not told to be anything else.
pub(super) fn last_dated<N: PageNode>(
    nodes: &[N],
    context: &Context,
    tells_else: &dyn Fn(&str, &Words) -> bool,
) -> Option<((Day, String), usize)> {
    let lexicon = context.lexicon;
    let mut steps: Vec<(Day, String)> = Vec::new();
    let mut is_plain = false;
    for step in nodes {
        let text = tidy(&step.spaced_text());
        let folded = fold(&text);
        let found = date::find(&folded, &lexicon.languages);
        let [
            Found {
                value: Value::Day(day),
                start,
                end,
            },
        ] = found.as_slice()
        else {
            // A step without a date is one that is yet to come; one that is no date makes the bar unclear.
            if found.is_empty() {
                continue;
            }
            return None;
        };
        let beside = [folded.get(..*start), folded.get(*end..)];
        let has_digit = |text: &&str| text.bytes().any(|byte| byte.is_ascii_digit());
        is_plain = !beside.iter().flatten().any(has_digit)
            && !lexicon.any(|words| tells_else(&folded, words));
        steps.push((*day, text));
    }
    let last = steps.pop().filter(|_| is_plain)?;
    context.not_too_late(last.0).ok()?;
    let is_last = steps.iter().all(|(day, _)| *day < last.0);
    is_last.then_some((last, steps.len()))
}

/// The one day that the older page's reminder names.
fn old_reminder<N: PageNode>(
    reading: &mut Reading,
    root: &N,
    context: &Context,
) -> Option<(Day, String)> {
    let text = tidy(&root.first(OLD_REMINDER)?.spaced_text());
    let day = date::read_day(&text, &context.lexicon.languages);
    match day.and_then(|day| context.not_too_late(day)) {
        Ok(day) => Some((day, text)),
        Err(trouble) => {
            let folded = fold(&text);
            if date::is_dated(&folded, &context.lexicon.languages) {
                let problem = Problem::new(Field::Deadline, trouble, &text);
                reading.problems.push(problem);
            }
            None
        }
    }
}

fn lines<N: PageNode>(root: &N, tally: &mut Tally) -> Vec<OrderLine> {
    let by_class = || Some(lines_by_class(root)).filter(|lines| !lines.is_empty());
    let by_link = || Some(lines_by_link(root)).filter(|lines| !lines.is_empty());
    let lines = tally.first(
        Part::Lines,
        &[(Way::Class, &by_class), (Way::Link, &by_link)],
    );
    lines.unwrap_or_default()
}

/// What links to a listing and has a number of pieces beside it. What the shop recommends has none.
fn lines_by_link<N: PageNode>(root: &N) -> Vec<OrderLine> {
    let mut lines: Vec<OrderLine> = Vec::new();
    for title in root.all(LISTING) {
        if title.text().trim().is_empty() {
            continue;
        }
        let own = |around: &N| {
            let links = around.all(LISTING);
            let href = title.attr("href");
            links.iter().all(|link| link.attr("href") == href)
        };
        let mut around = title.parent();
        let quantity = (0..NEAR).find_map(|_| {
            let near = around.take().filter(own)?;
            around = near.parent();
            let mut inside = near.all("*").into_iter();
            inside.find(|node| is_quantity(&node.text()))
        });
        if quantity.is_some() {
            lines.push(fields::line(Some(title), None, quantity));
        }
    }
    lines
}

/// "x2", and nothing else.
fn is_quantity(text: &str) -> bool {
    let folded = fold(text);
    let digits = folded
        .strip_prefix('x')
        .or_else(|| folded.strip_prefix('×'));
    digits.is_some_and(|digits| {
        let digits = digits.trim();
        (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn lines_by_class<N: PageNode>(root: &N) -> Vec<OrderLine> {
    let titles = root.all(TITLE);
    let lines = titles.into_iter().map(|title| {
        let around = title.parent().and_then(|parent| {
            if parent.all(TITLE).len() == 1 {
                Some(parent)
            } else {
                None
            }
        });
        let wider = around
            .as_ref()
            .and_then(PageNode::parent)
            .filter(|wider| wider.all(TITLE).len() == 1);
        let around = wider.or(around);
        let first = |selector: &str| around.as_ref().and_then(|around| around.first(selector));
        fields::line(
            Some(title),
            first(".item-sku-attr, .spec"),
            first(".item-price-quantity, .quantity"),
        )
    });
    lines.filter(|line| !line.title.is_empty()).collect()
}

/// The last of the amounts, if none before it is larger: the total of what was paid. The rows may be folded away, so that
/// none is no problem; the list shows the total as well.
fn total<N: PageNode>(reading: &mut Reading, root: &N, tally: &mut Tally) {
    let amounts = root
        .all(".order-price-item, .final-price")
        .into_iter()
        .filter_map(|row| {
            let amount = row.first(".rightPriceClass, .right-col").unwrap_or(row);
            let text = tidy(&amount.text());
            read_money(&text).ok().map(|money| (money, text))
        });
    let amounts: Vec<_> = amounts.collect();
    let last = amounts.last().filter(|(total, _)| {
        amounts.iter().all(|(other, _)| {
            let cents = |money: &crate::domain::money::Money| {
                i128::from(money.mantissa)
                    * 10_i128.pow(3_u32.saturating_sub(u32::from(money.scale)))
            };
            other.currency == total.currency && cents(other) <= cents(total)
        })
    });
    tally.count(Part::Total, last.map(|_| Way::Class));
    if let Some((money, text)) = last {
        reading.saw(Fact::Total(money.clone()), text);
    }
}
