//! The page of the first run: what Recourse does, what it reads, and that nothing leaves.

use super::dom::{self, El, el};
use super::{Context, chip, frame};
use crate::browser::clock;
use crate::browser::intl::DayStyle;
use crate::domain::clock::ClockKind;
use crate::domain::time::Zone;
use crate::domain::verdict::{Kind, Urgency};
use crate::icons::{self, Icon};
use crate::site::address;

pub fn show(context: &Context) {
    dom::set_title(&context.text("welcome_page"));
    let point = |icon: Icon, key: &str| {
        el("li")
            .child(dom::icon(icon))
            .child(el("span").text(&context.text(key)))
    };
    let points = el("ul").children([
        point(icons::SEAL, "welcome_does"),
        point(icons::EYE, "welcome_reads"),
        point(icons::LOCK, "welcome_stays"),
    ]);
    let buttons = el("div")
        .class("buttons")
        .child(frame::shop_link(
            "button primary",
            address::ORDER_LIST,
            &context.text("welcome_orders"),
        ))
        .child(
            el("a")
                .class("button plain")
                .attr("href", "settings.html")
                .text(&context.text("settings_title")),
        );
    let card = el("div")
        .class("card")
        .child(el("h1").text(&context.text("welcome_title")))
        .child(sample(context))
        .child(points)
        .child(buttons);
    dom::body().replace_with([el("main")
        .class("welcome")
        .child(frame::brand())
        .child(card)]);
}

/// An order card with its badge, as on the shop's page: an order that ends in five days, whatever day it is.
fn sample(context: &Context) -> El {
    let now = clock::now();
    let lead = context
        .wording
        .messages
        .plural("badge_soon_days", 5, &["5"]);
    let sure = context.text("badge_sure_printed");
    let badge = chip::drawn(Kind::Printed, Some(Urgency::Soon), &lead, None);
    if let Some(last) = clock::BuyerZone.day_at(now).and_then(|today| today.plus(5)) {
        let last = context.with(
            "badge_last_day",
            &[&context.wording.day(last, DayStyle::Weekday, now)],
        );
        let window = el("span")
            .class("window")
            .text(&context.wording.window(ClockKind::DeliveryGuarantee))
            .text(" · ");
        badge.append(
            &el("span")
                .class("day")
                .child(window)
                .child(el("span").text(&last)),
        );
    }
    badge.append(
        &el("span")
            .class("sign")
            .child(dom::icon(icons::SEAL))
            .child(el("span").class("word").text(&sure)),
    );
    let thing = el("div")
        .class("line")
        .child(el("span").class("thing").child(dom::icon(icons::PARCEL)))
        .child(el("span").text(&context.text("welcome_sample_thing")));
    let order = el("div")
        .class("order")
        .child(
            el("p")
                .class("state")
                .text(&context.text("welcome_sample_state")),
        )
        .child(badge)
        .child(thing);
    el("figure")
        .class("sample")
        .child(order)
        .child(el("figcaption").text(&context.text("welcome_sample")))
}
