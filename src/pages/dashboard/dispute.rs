//! The disputes of an order in full: where each stands, whose turn it is, until when, what can be done and what not to do.

use std::rc::Rc;

use super::course;
use crate::browser::intl::DayStyle;
use crate::domain::case::{Case, Reached, Station};
use crate::domain::money::Money;
use crate::domain::rules::{Confidence, Provenance};
use crate::domain::stages::{self, Guide};
use crate::domain::time::Moment;
use crate::pages::dom::{self, El, el};
use crate::pages::orders::Order;
use crate::pages::problems::copy_row;
use crate::pages::{Context, frame};
use crate::site::address;

/// One section for each dispute. `asked` is what the buyer asks for, where that is known.
pub fn sections(
    context: &Rc<Context>,
    order: &Order,
    cases: &[Case<'_>],
    asked: Option<&Money>,
    now: Moment,
) -> Vec<El> {
    let several = cases.len() > 1;
    cases
        .iter()
        .map(|case| section(context, order, case, several, asked, now))
        .collect()
}

fn section(
    context: &Rc<Context>,
    order: &Order,
    case: &Case<'_>,
    several: bool,
    asked: Option<&Money>,
    now: Moment,
) -> El {
    let title = if several {
        context.with("stage_title_line", &[&case.line.to_string()])
    } else {
        context.text("stage_title")
    };
    let section = el("section")
        .class("dispute")
        .child(el("h3").text(&title))
        .child(turn(context, order, case, asked, now));
    let shop = frame::shop_link("button", address::RETURNS, &context.text("stage_shop"));
    let section = section.child(el("div").class("buttons").child(shop));
    let Some(guide) = case.guide() else {
        return section;
    };
    let advice = |key: &str, class: &str, ids: &[&str]| {
        if ids.is_empty() {
            return Vec::new();
        }
        let items = ids
            .iter()
            .map(|id| el("li").text(&context.wording.advice(id)));
        vec![
            el("h4").text(&context.text(key)),
            el("ul").class(class).children(items),
        ]
    };
    section
        .children(advice("stage_possible", "points can", guide.can))
        .children(advice("stage_avoid", "points avoid", guide.avoid))
        .children(course::picture(context, case, &order.verdict, now))
        .children(way(context, case, now))
        .children(answers(context, order, case, guide))
        .child(sources(context, case, guide))
}

/// Whose turn it is, what that means, until when, and what is offered.
fn turn(
    context: &Context,
    order: &Order,
    case: &Case<'_>,
    asked: Option<&Money>,
    now: Moment,
) -> El {
    let words = context.wording.stage(case, &order.verdict, now);
    let class = if words.is_buyers {
        "turn yours"
    } else {
        "turn"
    };
    let mut turn = el("div").class(class).child(el("strong").text(&words.head));
    turn = if words.is_quote {
        turn.child(
            el("blockquote")
                .class("quote")
                .attr("dir", "auto")
                .text(&words.meaning),
        )
    } else {
        turn.child(el("p").text(&words.meaning))
    };
    let money = |money: &Money| context.wording.intl.money(money);
    let offer = case.amount.map(|offered| match asked {
        Some(asked) => {
            let mut said = context.with("stage_offer", &[&money(offered), &money(asked)]);
            if asked.is_more_than(offered) == Some(true) {
                said = [&said, " ", context.text("stage_offer_less").as_str()].concat();
            }
            said
        }
        None => context.with("stage_offer_alone", &[&money(offered)]),
    });
    turn.children(offer.map(|offer| el("p").class("offer").text(&offer)))
        .children(
            words
                .until
                .iter()
                .map(|until| el("p").class("until").text(until)),
        )
}

/// Its way, station by station.
fn way(context: &Context, case: &Case<'_>, now: Moment) -> Vec<El> {
    let stations = case.way();
    if stations.is_empty() {
        return Vec::new();
    }
    let items = stations.into_iter().map(|(station, reached)| {
        let on = |day: Option<_>| day.map(|day| context.wording.day(day, DayStyle::Weekday, now));
        let (class, said) = match reached {
            Reached::Done(day) => (
                "done",
                on(day).or_else(|| Some(context.text("stage_way_done"))),
            ),
            Reached::Now(day) => {
                let now = context.text("stage_way_now");
                let said = on(day).map(|day| [day.as_str(), " · ", &now].concat());
                ("now", said.or(Some(now)))
            }
            Reached::Ahead => ("ahead", ahead_key(station).map(|key| context.text(key))),
        };
        let name = context.text(&["stage_way_", station.name()].concat());
        let item = el("li").class(class).child(el("span").text(&name));
        let item = item.children(said.map(|said| el("span").class("helper").text(&said)));
        if class == "now" {
            item.set("aria-current", Some("step"));
        }
        item
    });
    vec![
        el("h4").text(&context.text("stage_way")),
        el("ol").class("way").children(items),
    ]
}

const fn ahead_key(station: Station) -> Option<&'static str> {
    match station {
        Station::Offer => Some("stage_ahead_offer"),
        Station::Review => Some("stage_ahead_review"),
        Station::Decision => Some("stage_ahead_decision"),
        Station::Refund => Some("stage_ahead_refund"),
        Station::Submitted | Station::Return => None,
    }
}

/// Texts that are ready to be sent, each to be copied.
fn answers(context: &Rc<Context>, order: &Order, case: &Case<'_>, guide: &Guide) -> Vec<El> {
    if guide.answers.is_empty() {
        return Vec::new();
    }
    let answers = guide.answers.iter().filter_map(|id| {
        let text = stages::answer(id, &order.record.id)?;
        let key = ["stage_answer_", &id.replace('-', "_")].concat();
        Some(
            dom::fold(&fold_id(case, id), &context.text(&key))
                .class("ready")
                .child(ready(&text))
                .child(copy_row(context, "stage_copy", text)),
        )
    });
    let mut parts = vec![
        el("h4").text(&context.text("stage_answers")),
        el("p")
            .class("helper")
            .text(&context.text("stage_answers_help")),
    ];
    parts.extend(answers);
    parts
}

/// An order has a dispute for each line.
fn fold_id(case: &Case<'_>, what: &str) -> String {
    format!("dispute-{}-{what}", case.line)
}

/// A text in English that is ready to be sent, as it will be.
pub fn ready(text: &str) -> El {
    el("p")
        .class("ready-text")
        .attr("lang", "en")
        .attr("dir", "ltr")
        .text(text)
}

/// Where what is said of the stage is from.
fn sources(context: &Context, case: &Case<'_>, guide: &Guide) -> El {
    let own = guide.stage.provenance().map(|from| (None, from));
    let advised = guide.can.iter().chain(guide.avoid).filter_map(|id| {
        let from = stages::advice(id)?;
        Some((Some(*id), from))
    });
    let items = own.into_iter().chain(advised).map(|(id, from)| {
        let about = id.map(|id| el("span").text(&context.wording.advice(id)));
        el("li").children(about).child(source(context, from))
    });
    dom::fold(&fold_id(case, "sources"), &context.text("stage_sources"))
        .child(el("ul").class("sources").children(items))
}

/// How sure something is, when it was seen, and where it is from: the last in English, whatever the user's language.
pub fn source(context: &Context, from: &Provenance) -> El {
    let confidence = match from.confidence {
        Confidence::A => "A",
        Confidence::B => "B",
        Confidence::C => "C",
        Confidence::D => "D",
    };
    el("p")
        .class("helper")
        .text(&context.with("stage_source", &[confidence, from.seen]))
        .text(" ")
        .child(el("span").attr("lang", "en").text(from.source))
}
