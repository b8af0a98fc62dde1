//! What dashboard and settings have around their content: the name, the way to the other pages, the promise.

use super::Context;
use super::dom::{self, El, el};
use crate::icons::{self, Icon};

/// The pages that the navigation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Here {
    Orders,
    Evidence,
    Reminders,
    Problems,
    Settings,
}

/// The seal and the name.
pub fn brand() -> El {
    el("p")
        .class("brand")
        .child(dom::icon(icons::SEAL))
        .child(el("span").text("Recourse"))
}

/// A link to a page of the shop, which opens beside this one.
pub fn shop_link(class: &str, address: &str, words: &str) -> El {
    el("a")
        .class(class)
        .attr("href", address)
        .attr("target", "_blank")
        .attr("rel", "noreferrer")
        .text(words)
}

/// The navigation. Problems are only named where there are some.
pub fn side(
    context: &Context,
    here: Here,
    orders: Option<usize>,
    reminders: usize,
    problems: usize,
) -> El {
    let entry = |place: Here, icon: Icon, key: &str, address: &str, count: Option<usize>| {
        let link = el("a")
            .attr("href", address)
            .child(dom::icon(icon))
            .child(el("span").class("name").text(&context.text(key)));
        if place == here {
            link.set("aria-current", Some("page"));
        }
        let link = match count {
            Some(count) => link.child(el("span").class("count").text(&context.number(count))),
            None => link,
        };
        el("li").child(link)
    };
    let mut places = el("ul")
        .child(entry(
            Here::Orders,
            icons::LIST,
            "dashboard_orders",
            "dashboard.html#orders",
            orders,
        ))
        .child(entry(
            Here::Evidence,
            icons::CLIP,
            "evidence_title",
            "evidence.html#",
            None,
        ))
        .child(entry(
            Here::Reminders,
            icons::BELL,
            "reminders_title",
            "dashboard.html#reminders",
            (reminders > 0).then_some(reminders),
        ));
    if problems > 0 || here == Here::Problems {
        places = places.child(entry(
            Here::Problems,
            icons::BANG,
            "dashboard_problems",
            "dashboard.html#problems",
            Some(problems),
        ));
    }
    places = places.child(entry(
        Here::Settings,
        icons::GEAR,
        "settings_title",
        "settings.html",
        None,
    ));
    let promise = el("p")
        .class("promise")
        .child(dom::icon(icons::LOCK))
        .child(el("span").text(&context.promise("dashboard_stays", "sync_leaves_on")));
    el("header")
        .class("side")
        .child(brand())
        .child(
            el("nav")
                .attr("aria-label", &context.text("dashboard_pages"))
                .child(places),
        )
        .child(promise)
}
