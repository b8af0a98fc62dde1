//! What comes after a dispute: the parcel that goes back, and the money that comes back.

use std::rc::Rc;

use crate::browser::clock;
use crate::browser::intl::DayStyle;
use crate::domain::aftermath::{Aftermath, Arrived, Telling};
use crate::domain::case::Case;
use crate::domain::clock::{Clock, ClockKind};
use crate::domain::dispute::{DisputeStage, DisputeStep};
use crate::domain::order::{OrderId, OrderState};
use crate::domain::time::Moment;
use crate::pages::Context;
use crate::pages::dom::{self, El, el};
use crate::pages::orders::Order;
use crate::pages::problems::copy_row;

/// Keeps what the user has told; the element says it if that fails.
pub type Keep = Rc<dyn Fn(OrderId, Telling, El)>;

/// Whether a refund is to come, as the shop's pages say.
pub fn refund_decided(order: &Order, cases: &[Case<'_>]) -> bool {
    let decided = |case: &Case<'_>| {
        case.day_of(DisputeStep::RefundDecided).is_some()
            || case
                .stage
                .is_some_and(|(stage, _)| stage == DisputeStage::Refunded)
    };
    order.verdict.state == Some(OrderState::Refunded) || cases.iter().any(decided)
}

/// Whether the user has said that it has not come.
pub fn refund_missing(told: Option<&Aftermath>) -> bool {
    told.is_some_and(|told| matches!(told.refund, Some((Arrived::NotYet, _))))
}

/// The refund: between which days it is expected, whether it has arrived, and what to do if it has not.
pub fn refund(
    context: &Rc<Context>,
    order: &Order,
    cases: &[Case<'_>],
    told: Option<&Aftermath>,
    keep: &Keep,
    now: Moment,
) -> Option<El> {
    if !refund_decided(order, cases) {
        return None;
    }
    let mut section = el("section")
        .class("refund")
        .child(el("h3").text(&context.text("refund_title")));
    let arrived = told.and_then(|told| told.refund);
    if !matches!(arrived, Some((Arrived::Yes, _))) {
        section = section.child(el("p").text(&expected(context, order, cases, now)));
    }
    let failed = el("p").class("helper failed").attr("role", "status");
    let button = |answer: Arrived, key: &str| {
        let (keep, failed) = (Rc::clone(keep), failed.clone());
        let id = order.record.id.clone();
        let pressed = move || {
            let telling = Telling::Refund(answer, clock::now());
            keep(id.clone(), telling, failed.clone());
        };
        let pressed_now = matches!(arrived, Some((known, _)) if known == answer);
        dom::button("filter", &context.text(key), pressed)
            .id(&["refund-", answer.name()].concat())
            .attr("aria-pressed", if pressed_now { "true" } else { "false" })
    };
    section = section
        .child(
            el("p")
                .id("refund-asked")
                .text(&context.text("refund_asked")),
        )
        .child(
            el("div")
                .class("buttons")
                .attr("role", "group")
                .attr("aria-labelledby", "refund-asked")
                .child(button(Arrived::Yes, "refund_yes"))
                .child(button(Arrived::NotYet, "refund_not_yet")),
        )
        .child(failed);
    match arrived {
        Some((Arrived::Yes, at)) => {
            let when = context.wording.when(at, now);
            Some(
                section.child(
                    el("p")
                        .class("helper")
                        .text(&context.with("refund_came", &[&when])),
                ),
            )
        }
        Some((Arrived::NotYet, _)) => Some(section.children(missing(context, order, cases, now))),
        None => Some(section),
    }
}

fn window(order: &Order) -> Option<&Clock> {
    let mut clocks = order.verdict.clocks.iter();
    clocks.find(|clock| clock.kind == ClockKind::RefundExpected)
}

/// Between which two days, or until which.
fn expected(context: &Context, order: &Order, cases: &[Case<'_>], now: Moment) -> String {
    let wording = &context.wording;
    let Some(clock) = window(order) else {
        return context.text("refund_usually");
    };
    let last = wording.day(clock.last_day, DayStyle::Weekday, now);
    if clock.closes() <= now {
        return context.with("refund_was_expected", &[&last]);
    }
    let printed = cases
        .iter()
        .find_map(|case| case.day_of(DisputeStep::RefundFrom));
    let first = printed.or_else(|| clock.opens().and_then(|opens| wording.buyer_day(opens)));
    match first.filter(|first| *first < clock.last_day) {
        Some(first) => {
            let first = wording.day(first, DayStyle::Weekday, now);
            context.with("refund_between", &[&first, &last])
        }
        None => context.with("refund_until", &[&last]),
    }
}

/// What to do about a refund that has not come: wait, ask the bank, write to the shop.
fn missing(context: &Rc<Context>, order: &Order, cases: &[Case<'_>], now: Moment) -> Vec<El> {
    let mut steps = el("ol").class("steps");
    if let Some(clock) = window(order).filter(|clock| clock.closes() > now) {
        let last = context.wording.day(clock.last_day, DayStyle::Weekday, now);
        steps = steps.child(el("li").text(&context.with("refund_wait", &[&last])));
    }
    let text = to_bank(context, order, cases);
    steps = steps
        .child(
            el("li")
                .child(el("p").text(&context.text("refund_bank")))
                .child(el("p").class("ready-text").attr("dir", "auto").text(&text))
                .child(copy_row(context, "stage_copy", text)),
        )
        .child(el("li").text(&context.text("refund_shop")));
    vec![el("h4").text(&context.text("refund_what_now")), steps]
}

/// What to write to the bank, in the user's language: each thing that is known in a line of its own.
fn to_bank(context: &Context, order: &Order, cases: &[Case<'_>]) -> String {
    let mut lines = vec![context.with("refund_bank_text", &[order.record.id.as_str()])];
    let amount = cases.iter().find_map(|case| case.amount);
    lines.extend(
        amount.map(|amount| {
            context.with("refund_bank_amount", &[&context.wording.intl.money(amount)])
        }),
    );
    let decided = cases
        .iter()
        .find_map(|case| case.day_of(DisputeStep::RefundDecided));
    lines.extend(decided.map(|day| {
        let day = context.wording.intl.day(day, DayStyle::Year, None);
        context.with("refund_bank_decided", &[&day])
    }));
    lines.push(context.text("refund_bank_ask"));
    lines.join("\n")
}

/// The parcel that goes back: until when, what to write on it, its number, and the proof that it was posted.
pub fn parcel_back(
    context: &Rc<Context>,
    order: &Order,
    cases: &[Case<'_>],
    told: Option<&Aftermath>,
    keep: &Keep,
    now: Moment,
) -> Option<El> {
    let stage = |wanted: &[DisputeStage]| {
        let mut cases = cases.iter();
        cases.any(|case| case.stage.is_some_and(|(stage, _)| wanted.contains(&stage)))
    };
    let kept = told.is_some_and(|told| !told.tracking.is_empty());
    if !kept && !stage(&[DisputeStage::ReturnWanted, DisputeStage::ReturnChecked]) {
        return None;
    }
    let mut section = el("section")
        .class("parcel-back")
        .child(el("h3").text(&context.text("return_title")));
    if stage(&[DisputeStage::ReturnWanted]) {
        let due = order.verdict.open(ClockKind::ReturnDue, now);
        let due = due.map_or_else(
            || context.text("return_due_unknown"),
            |clock| context.wording.stage_until(clock, now),
        );
        let sheet = sheet(order);
        section = section
            .child(el("p").class("until").text(&due))
            .child(el("p").text(&context.text("return_sheet")))
            .child(super::dispute::ready(&sheet))
            .child(copy_row(context, "stage_copy", sheet));
    }
    let failed = el("p").class("helper failed").attr("role", "status");
    let field = el("input")
        .id("return-tracking")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("maxlength", &Aftermath::TRACKING.to_string())
        .attr("dir", "ltr");
    field.keeps(told.map_or("", |told| told.tracking.as_str()));
    let save = {
        let (keep, failed, field) = (Rc::clone(keep), failed.clone(), field.clone());
        let id = order.record.id.clone();
        move || {
            let telling = Telling::Tracking(field.value());
            keep(id.clone(), telling, failed.clone());
        }
    };
    let proof = el("a")
        .class("button")
        .attr(
            "href",
            &["evidence.html#order=", order.record.id.as_str()].concat(),
        )
        .text(&context.text("return_proof"));
    Some(
        section
            .child(
                el("label")
                    .attr("for", "return-tracking")
                    .text(&context.text("return_tracking")),
            )
            .child(
                el("div")
                    .class("field")
                    .child(field)
                    .child(dom::button("", &context.text("return_keep"), save).id("return-keep")),
            )
            .child(failed)
            .child(
                el("p")
                    .class("helper")
                    .text(&context.text("return_tracking_help")),
            )
            .child(el("div").class("buttons").child(proof)),
    )
}

/// What is written on a sheet in the parcel: in English, for whoever opens it.
fn sheet(order: &Order) -> String {
    let record = &order.record;
    let mut lines = vec![
        "RETURN".to_owned(),
        ["AliExpress order: ", record.id.as_str()].concat(),
    ];
    if let Some(store) = &record.store {
        lines.push(["Seller: ", store.value.trim()].concat());
    }
    lines.push("Return number in the dispute: ____________".to_owned());
    lines.push("Please confirm the arrival in the dispute.".to_owned());
    lines.join("\n")
}
