//! One order in full: its windows and where each date comes from, what was read of it, its products, its problems.

use std::rc::Rc;

use super::added::Added;
use super::after::Keep;
use super::given::GivenEvents;
use super::{after, close_link, dispute, exports, further};
use crate::browser::intl::DayStyle;
use crate::domain::case::cases;
use crate::domain::clock::Clock;
use crate::domain::contradiction::contradictions;
use crate::domain::dispute::DisputeStep;
use crate::domain::order::{OrderId, OrderLine};
use crate::domain::reminders::Kept;
use crate::domain::rules::{self, Confidence};
use crate::domain::sighting::{Fact, Page, Part, Service, Sighting};
use crate::domain::statement;
use crate::domain::time::Moment;
use crate::domain::verdict::Kind;
use crate::icons;
use crate::pages::dom::{self, El, el};
use crate::pages::orders::{Order, state_key};
use crate::pages::{Context, chip, frame, problems as problem, reminders};
use crate::site::address;
use crate::wording::{Origin, Step, shorten, stage_key};

pub const HEADING: &str = "detail-heading";

/// The content of the panel for the order of that id, which may not be known.
pub fn detail(
    context: &Rc<Context>,
    id: &OrderId,
    order: Option<&Order>,
    (kept, added, keep): (&Kept, &Added, &Keep),
    given: &Rc<GivenEvents>,
    now: Moment,
) -> Vec<El> {
    let bar = el("div")
        .class("bar")
        .child(
            el("a")
                .class("button plain back")
                .attr("href", "#orders")
                .child(dom::icon(icons::BACK))
                .child(el("span").text(&context.text("dashboard_orders"))),
        )
        .child(
            el("span")
                .class("quiet kind")
                .text(&context.text("dashboard_detail")),
        )
        .child(close_link(context));
    let number = el("p")
        .class("quiet")
        .text(&context.with("dashboard_order", &[id.as_str()]));
    let address = order.map_or_else(
        || address::detail(id),
        |order| address::own_page(&order.record),
    );
    let shop = frame::shop_link("button", &address, &context.text("menu_open_page"));
    let heading = el("h2").id(HEADING).attr("tabindex", "-1");
    let Some(order) = order else {
        return vec![
            bar,
            heading.text(&context.with("dashboard_order", &[id.as_str()])),
            el("p").text(&context.text("dashboard_not_read")),
            el("div").class("buttons").child(shop),
        ];
    };
    let mut parts = vec![
        bar,
        el("div")
            .child(heading.child(el("bdi").attr("dir", "auto").text(&order.title(context))))
            .child(number),
        answer(context, order, now),
        el("div")
            .class("buttons")
            .child(shop)
            .children(claim_link(context, order))
            .child(dom::button("", &context.text("dashboard_print"), || {
                dom::print_window();
            }))
            .children(exports::of_order(context, order, given, now)),
    ];
    parts.extend(course(context, order, added, keep, now));
    parts.extend(windows(context, order, now));
    parts.push(reminders::of_order(context, id, kept, now));
    parts.extend(items(context, order));
    parts.extend(facts(context, order, now));
    if order.problems() > 0 {
        let heading = el("h3").text(&context.text("dashboard_problems"));
        parts.push(
            el("section")
                .child(heading)
                .child(problems(context, order, now)),
        );
    }
    parts
}

/// What became of a claim: where its disputes stand, the parcel that goes back, the refund, and where to go from there.
fn course(
    context: &Rc<Context>,
    order: &Order,
    added: &Added,
    keep: &Keep,
    now: Moment,
) -> Vec<El> {
    let cases = cases(&order.record);
    let draft = added.draft(&order.record);
    let asked = draft.and_then(|draft| statement::amount(&order.record, draft));
    let told = added.aftermath(&order.record.id);
    let mut parts = dispute::sections(context, order, &cases, asked.as_ref(), now);
    parts.extend(after::parcel_back(context, order, &cases, told, keep, now));
    parts.extend(after::refund(context, order, &cases, told, keep, now));
    parts.extend(further::section(context, order, &cases, added, now));
    parts
}

/// The order's evidence, which has a page of its own.
pub fn evidence(context: &Context, id: &OrderId) -> El {
    let title = context.text("evidence_title");
    let page = format!("evidence.html#order={id}");
    let whole = el("a")
        .class("button plain")
        .attr("href", &page)
        .text(&context.text("dashboard_evidence_page"));
    let head = el("div")
        .class("evidence-head")
        .child(el("h3").text(&title))
        .child(whole);
    let frame = el("iframe")
        .attr("src", &format!("{page}&part"))
        .attr("title", &title);
    el("section").class("evidence").child(head).child(frame)
}

/// The way to the page on which a claim is prepared, as long as one can be made.
fn claim_link(context: &Context, order: &Order) -> Option<El> {
    let link = el("a")
        .class("button")
        .attr("href", &format!("claim.html#order={}", order.record.id))
        .text(&context.text("menu_claim"));
    (order.verdict.closed.is_none() && order.verdict.kind != Kind::Closed).then_some(link)
}

/// What is to be said first: how soon, what ends, until when.
fn answer(context: &Context, order: &Order, now: Moment) -> El {
    let verdict = &order.verdict;
    let words = context.wording.badge(verdict, now);
    let mut answer = el("div")
        .class("answer")
        .child(chip::chip(order, &context.wording, now));
    if let Some(window) = &words.window {
        let mut line = el("p").child(el("span").text(window));
        if let Some((last, _)) = &words.last_day {
            line = line.text(" · ").child(el("strong").text(last));
        }
        answer = answer.child(line);
    }
    let sentence = match verdict.kind {
        Kind::Unknown if order.record.is_only_on(Page::OrderListRu) => Some("dashboard_ru_site"),
        Kind::Unknown if verdict.opened => Some("badge_opened_without"),
        Kind::Unknown => Some("dashboard_open_once"),
        Kind::Estimate => Some("dashboard_estimate"),
        Kind::Printed | Kind::Rule | Kind::Closed => None,
    };
    match sentence {
        Some(key) => answer.child(el("p").class("helper").text(&context.text(key))),
        None => answer,
    }
}

fn windows(context: &Rc<Context>, order: &Order, now: Moment) -> Option<El> {
    let clocks = &order.verdict.clocks;
    if clocks.is_empty() {
        return None;
    }
    let windows = clocks
        .iter()
        .enumerate()
        .map(|(index, clock)| window(context, order, (index, clock), now));
    Some(
        el("section")
            .child(el("h3").text(&context.text("dashboard_windows")))
            .child(el("ul").class("windows").children(windows)),
    )
}

fn window(
    context: &Rc<Context>,
    order: &Order,
    (index, clock): (usize, &Clock),
    now: Moment,
) -> El {
    let wording = &context.wording;
    let kind = Kind::from(clock.certainty());
    let until = wording.until(clock, DayStyle::Weekday, now);
    let sure = context.text(&format!("badge_sure_{}", kind.name()));
    let moved = wording.moved(clock, now);
    let words = el("div")
        .child(el("strong").text(&wording.window_of(&order.record, clock, &order.verdict.clocks)))
        .child(el("p").class("quiet").text(&format!("{until} · {sure}")))
        .children(moved.map(|moved| el("p").class("quiet moved").text(&moved)));
    let head = el("div")
        .class("window-head")
        .attr("data-kind", kind.name())
        .child(dom::icon(icons::certainty(kind)))
        .child(words);
    let origin = wording.origin(&order.record, clock, now);
    let details = dom::fold(
        &format!("origin-{}-{index}", clock.kind.name()),
        &origin.title,
    )
    .child(chain(context, &origin))
    .children(source(context, clock));
    if index == 0 {
        details.set("open", Some(""));
    }
    el("li").child(head).child(details)
}

/// Where the rule is from, as the rules' file says: in English, whatever the user's language.
fn source(context: &Context, clock: &Clock) -> Option<El> {
    let (rule, from) = rules::rule(clock.because.rule.id)?;
    let source = el("span").attr("lang", "en").text(from.source);
    let confidence = match from.confidence {
        Confidence::A => "A",
        Confidence::B => "B",
        Confidence::C => "C",
        Confidence::D => "D",
    };
    let mut line = el("p")
        .class("helper")
        .text(&context.with("dashboard_rule", &[rule.id, confidence, from.seen]))
        .text(" ")
        .child(source);
    if clock.because.changed {
        line = line.text(" ").text(&context.text("dashboard_rule_changed"));
    }
    Some(line)
}

/// The answer to "where does this date come from", link by link.
fn chain(context: &Rc<Context>, origin: &Origin) -> El {
    let answer = origin.answer.iter().map(|(when, zone)| {
        el("div")
            .child(el("strong").text(when))
            .child(el("span").class("helper").text(zone))
    });
    let mut chain = el("div")
        .class("origin")
        .child(el("div").class("ends").children(answer))
        .child(
            el("ol")
                .class("chain")
                .children(origin.steps.iter().map(step)),
        );
    if !origin.not_used.is_empty() {
        chain = chain.child(el("h4").text(&origin.not_used_title)).child(
            el("ol")
                .class("chain unused")
                .children(origin.not_used.iter().map(step)),
        );
    }
    chain.child(problem::copy_row(context, "where_copy", origin.plain()))
}

fn step(step: &Step) -> El {
    let mut words = el("div");
    if let Some(head) = &step.head {
        words = words.child(el("strong").text(head));
    }
    if let Some(remark) = &step.remark {
        words = words.child(el("span").class("quiet").text(&format!(" · {remark}")));
    }
    if let Some(quote) = &step.quote {
        words = words.child(
            el("blockquote")
                .class("quote")
                .attr("dir", "auto")
                .text(quote),
        );
    }
    el("li")
        .child(dom::icon(step.sign.into()))
        .child(words.child(el("p").class("helper").text(&step.text)))
}

fn items(context: &Context, order: &Order) -> Option<El> {
    let record = &order.record;
    let lines = record.lines.as_ref().map_or(&[][..], |lines| &lines.value);
    if lines.is_empty() && record.store.is_none() && record.total().is_none() {
        return None;
    }
    let line = |line: &OrderLine| {
        let title = if line.title.trim().is_empty() {
            context.text("dashboard_untitled")
        } else {
            shorten(&line.title)
        };
        let mut item = el("li").child(el("bdi").attr("dir", "auto").text(&title));
        let quantity = line
            .quantity
            .filter(|n| *n > 1)
            .map(|n| format!("× {}", context.wording.intl.number(n)));
        let more: Vec<String> = Some(shorten(&line.variant))
            .filter(|v| !v.is_empty())
            .into_iter()
            .chain(quantity)
            .collect();
        if !more.is_empty() {
            item = item.child(
                el("span")
                    .class("helper")
                    .attr("dir", "auto")
                    .text(&more.join(" · ")),
            );
        }
        item
    };
    let mut section = el("section").child(el("h3").text(&context.text("dashboard_items_title")));
    if !lines.is_empty() {
        section = section.child(el("ul").class("lines").children(lines.iter().map(line)));
    }
    let mut pairs = el("dl").class("pairs");
    if let Some(total) = record.total() {
        pairs = pair(
            pairs,
            &context.text("dashboard_total"),
            &context.wording.intl.money(total),
        );
    }
    if let Some(store) = &record.store {
        pairs = pair(
            pairs,
            &context.text("dashboard_store"),
            &shorten(&store.value),
        );
    }
    if let Some(state) = order.verdict.state {
        pairs = pair(
            pairs,
            &context.text("problem_field_state"),
            &context.text(state_key(state)),
        );
    }
    Some(section.child(pairs))
}

fn pair(list: El, name: &str, value: &str) -> El {
    list.child(el("dt").text(name))
        .child(el("dd").child(el("bdi").attr("dir", "auto").text(value)))
}

/// Every fact as the shop printed it, with page and time.
fn facts(context: &Context, order: &Order, now: Moment) -> Option<El> {
    if order.record.sightings.is_empty() {
        return None;
    }
    let facts = order
        .record
        .sightings
        .iter()
        .map(|sighting| fact(context, sighting, now));
    let body = el("ul").class("facts").children(facts);
    let details = dom::fold("facts", &context.text("dashboard_facts_show")).child(body);
    Some(
        el("section")
            .child(el("h3").text(&context.text("dashboard_facts")))
            .child(details),
    )
}

/// What a fact is called, and what it says.
pub fn name_and_value(context: &Context, fact: &Fact) -> (String, String) {
    let day = |key: &str, day: &crate::domain::time::Day| {
        (
            context.text(key),
            context.wording.intl.day(*day, DayStyle::Year, None),
        )
    };
    let days = |n: u16| context.counted("dashboard_days", usize::from(n), &[]);
    match fact {
        Fact::Placed(placed) => day("problem_field_placed", placed),
        Fact::Shipped(shipped) => day("problem_field_shipped", shipped),
        Fact::Delivered(delivered) => day("problem_field_delivered", delivered),
        Fact::Completed(completed) => day("problem_field_completed", completed),
        Fact::RefundIfNotDeliveredBefore(before) => day("dashboard_fact_refund_before", before),
        Fact::RefundStep(before) => day("dashboard_fact_refund_step", before),
        Fact::State(state) => (
            context.text("problem_field_state"),
            context.text(state_key(*state)),
        ),
        Fact::Total(total) => (
            context.text("dashboard_total"),
            context.wording.intl.money(total),
        ),
        Fact::ReturnWithinDaysOfReceipt(n) => {
            (context.text("dashboard_fact_return_days"), days(*n))
        }
        Fact::DisputeWithinDaysOfOrder(n) => {
            (context.text("dashboard_fact_dispute_days"), days(*n))
        }
        Fact::FreeReturnWithinDaysOfDelivery(n) => {
            (context.text("dashboard_fact_free_return_days"), days(*n))
        }
        Fact::Paid(paid) => day("dashboard_fact_paid", paid),
        Fact::PromisedBy(promised) => day("dashboard_fact_promised", promised),
        Fact::CouponIfDelayedBy(promised) => day("dashboard_fact_coupon", promised),
        Fact::Tracked(tracked) => day("dashboard_fact_tracked", tracked),
        Fact::Ends(kind, ends) | Fact::TimeLeft(kind, ends) => (
            context.wording.window(*kind),
            context.wording.intl.day(*ends, DayStyle::Year, None),
        ),
        Fact::Step(step, on) => day(step_key(*step), on),
        Fact::Stage(stage) => (
            context.text("dashboard_fact_stage"),
            context.text(stage_key(*stage)),
        ),
        Fact::Service(service) => (
            context.text("dashboard_fact_service"),
            context.text(service_key(*service)),
        ),
        Fact::ShipTo(country) => (
            context.text("dashboard_fact_ship_to"),
            context.wording.intl.country(*country),
        ),
        Fact::RefundAmount(amount) => (
            context.text("dashboard_fact_refund_amount"),
            context.wording.intl.money(amount),
        ),
        Fact::OfPart(part, of_part) => {
            let (key, number) = match part {
                Part::Line(number) => ("dashboard_fact_of_line", number),
                Part::Package(number) => ("dashboard_fact_of_package", number),
            };
            let (name, value) = name_and_value(context, &of_part.of_whole());
            let number = context.number(usize::from(*number));
            (context.with(key, &[&number, &name]), value)
        }
        Fact::OfLine(number, fact) => {
            let (name, value) = name_and_value(context, fact);
            let number = number.to_string();
            (
                context.with("dashboard_fact_of_line", &[&number, &name]),
                value,
            )
        }
    }
}

fn fact(context: &Context, sighting: &Sighting, now: Moment) -> El {
    let (name, value) = name_and_value(context, &sighting.fact);
    let page = match sighting.page {
        Page::OrderList | Page::OrderListRu => "where_read_on_order_list",
        Page::OrderDetail => "where_read_on_order_detail",
        Page::Tracking => "where_read_on_tracking",
        Page::ReturnsList => "where_read_on_returns_list",
        Page::Dispute => "where_read_on_dispute",
    };
    let read = format!(
        "{} · {}",
        context.text(page),
        context.wording.when(sighting.last, now)
    );
    let fact = el("li")
        .child(el("span").class("name").text(&name))
        .child(el("strong").child(el("bdi").text(&value)));
    let fact = if sighting.text.trim().is_empty() {
        fact
    } else {
        fact.child(
            el("blockquote")
                .class("quote")
                .attr("dir", "auto")
                .text(&sighting.text),
        )
    };
    fact.child(el("p").class("helper").text(&read))
}

/// The order's problems, in plain words.
pub fn problems(context: &Context, order: &Order, now: Moment) -> El {
    let found = order.record.problems.iter().flat_map(|(page, seen)| {
        seen.value
            .iter()
            .map(|found| problem::item(context, found, *page, seen.at, now))
    });
    let impossible = contradictions(&order.record);
    let impossible = impossible
        .iter()
        .map(|found| problem::contradiction(context, found, now));
    el("ul")
        .class("problems")
        .children(found)
        .children(impossible)
}

pub const fn step_key(step: DisputeStep) -> &'static str {
    match step {
        DisputeStep::Opened => "dispute_step_dispute_opened",
        DisputeStep::SellerOffered => "dispute_step_seller_offered",
        DisputeStep::EvidenceAsked => "dispute_step_evidence_asked",
        DisputeStep::ReturnAgreed => "dispute_step_return_agreed",
        DisputeStep::Judged => "dispute_step_judged",
        DisputeStep::RefundDecided => "dispute_step_refund_decided",
        DisputeStep::RefundFrom => "dispute_step_refund_from",
        DisputeStep::CancelAsked => "dispute_step_cancel_asked",
    }
}

const fn service_key(service: Service) -> &'static str {
    match service {
        Service::FreeReturn => "service_free_return",
        Service::Card => "service_card",
        Service::Paypal => "service_paypal",
    }
}
