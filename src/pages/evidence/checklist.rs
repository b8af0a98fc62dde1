//! What to show, by what happened: what is there, what is missing, each with an example.

use std::rc::Rc;

use super::desk::Desk;
use crate::domain::evidence::Item;
use crate::domain::evidence::checklist::{self, CHECKLISTS, Checklist, Point};
use crate::pages::dom::{self, El, el};

/// The choice, and the points below it.
pub fn choice(desk: &Rc<Desk>) -> El {
    let context = &desk.context;
    let options = CHECKLISTS.iter().map(|list| {
        let key = ["happened_", &list.happened.replace('-', "_")].concat();
        el("option")
            .attr("value", list.happened)
            .text(&context.text(&key))
    });
    let first = el("option")
        .attr("value", "")
        .text(&context.text("evidence_checklist_choose"));
    let weak = Rc::downgrade(desk);
    let field = el("select")
        .id("happened")
        .child(first)
        .children(options)
        .on("change", move |_| {
            if let (Some(desk), Some(field)) = (weak.upgrade(), dom::by_id("happened")) {
                desk.choose_happened(&field.value());
            }
        });
    let label = el("label")
        .attr("for", "happened")
        .text(&context.text("evidence_checklist_what"));
    el("p").class("choice").child(label).child(field)
}

/// The points for what happened; before anything is chosen, what to think of early.
pub fn points(desk: &Desk, happened: &str, items: &[&Item]) -> Vec<El> {
    let context = &desk.context;
    let Some(list) = checklist::of(happened) else {
        let early = context.text("evidence_checklist_early");
        return vec![el("p").class("helper").text(&early)];
    };
    let covered = checklist::covered(list, items);
    let group = |list: &Checklist, must: bool, key: &str| {
        let points = list.points.iter().zip(&covered);
        let rows = points
            .filter(|(point, _)| point.must == must)
            .map(|(point, covered)| row(desk, point, *covered));
        vec![
            el("h3").text(&context.text(key)),
            el("ul").class("points").children(rows),
        ]
    };
    let mut parts = group(list, true, "evidence_checklist_must");
    parts.extend(group(list, false, "evidence_checklist_should"));
    let help = context.text("evidence_checklist_help");
    parts.push(el("p").class("helper").text(&help));
    parts
}

fn row(desk: &Desk, point: &Point, covered: bool) -> El {
    let context = &desk.context;
    let (state, key) = if covered {
        ("there", "evidence_checklist_there")
    } else {
        ("missing", "evidence_checklist_missing")
    };
    let words = ["checklist_", point.id].concat();
    let example = [&words, "_example"].concat();
    el("li")
        .attr("data-state", state)
        .child(el("span").class("sign").text(&context.text(key)))
        .child(
            el("div")
                .class("words")
                .child(el("span").text(&context.text(&words)))
                .child(el("p").class("helper").text(&context.text(&example))),
        )
}
