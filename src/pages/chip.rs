//! The chip: the badge of the shop's page in short, in the same words.

use super::dom::{self, El, el};
use super::orders::Order;
use crate::domain::time::Moment;
use crate::domain::verdict::{Kind, Urgency, Verdict};
use crate::icons;
use crate::wording::Wording;

/// How soon and how sure.
pub fn chip(order: &Order, wording: &Wording, now: Moment) -> El {
    let verdict = &order.verdict;
    let words = wording.badge(verdict, now);
    drawn(
        verdict.kind,
        verdict.urgency(now),
        &words.lead,
        words.certainty.as_deref(),
    )
}

/// A chip with given words. Without a certainty there is no sign: then the words say everything.
pub fn drawn(kind: Kind, urgency: Option<Urgency>, lead: &str, certainty: Option<&str>) -> El {
    let face = urgency.map_or_else(|| icons::certainty(kind), icons::clock_face);
    let chip = el("span").class("chip").attr("data-kind", kind.name());
    if let Some(urgency) = urgency {
        chip.set("data-urgency", Some(urgency.name()));
    }
    let chip = chip.child(
        el("span")
            .class("block")
            .child(dom::icon(face))
            .child(el("span").text(lead)),
    );
    match certainty {
        Some(certainty) => {
            let word = el("span").class("only-heard word").text(certainty);
            chip.child(
                el("span")
                    .class("sign")
                    .attr("title", certainty)
                    .child(dom::icon(icons::certainty(kind)))
                    .child(word),
            )
        }
        None => chip,
    }
}

/// Until when one can act: with the weekday, and without it where there is little room.
pub fn last_day(verdict: &Verdict, wording: &Wording, now: Moment) -> Option<(String, String)> {
    wording.badge(verdict, now).last_day
}
