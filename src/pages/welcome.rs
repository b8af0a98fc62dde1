//! The page of the first run: what Recourse does, what it reads, and that nothing leaves.

use super::dom::{self, El, el};
use super::icon::Icon;
use super::{Context, chip, frame, icon};
use crate::domain::verdict::{Kind, Urgency};
use crate::site::address;

pub fn show(context: &Context) {
    dom::set_title(&context.text("welcome_page"));
    let point = |icon: &Icon, key: &str| el("li").child(icon.draw()).child(el("span").text(&context.text(key)));
    let points = el("ul").children([
        point(&icon::SEAL, "welcome_does"),
        point(&icon::EYE, "welcome_reads"),
        point(&icon::LOCK, "welcome_stays"),
    ]);
    let buttons = el("div")
        .class("buttons")
        .child(frame::shop_link("button primary", address::ORDER_LIST, &context.text("welcome_orders")))
        .child(el("a").class("button plain").attr("href", "settings.html").text(&context.text("settings_title")));
    let card = el("div")
        .class("card")
        .child(el("h1").text(&context.text("welcome_title")))
        .child(sample(context))
        .child(points)
        .child(buttons);
    dom::body().replace_with([el("main").class("welcome").child(frame::brand()).child(card)]);
}

/// An order card with its badge, as on the shop's page.
fn sample(context: &Context) -> El {
    let messages = &context.wording.messages;
    let sure = messages.text("badge_sure_printed");
    let lead = messages.plural("badge_soon_days", 5, &["5"]);
    let badge = chip::drawn(Kind::Printed, Some(Urgency::Soon), &lead, Some(&sure));
    let line = |class: &str| el("span").class(class);
    let order = el("div")
        .class("order")
        .child(el("div").class("state").child(el("span").text(&context.text("welcome_sample_state"))))
        .child(badge)
        .child(
            el("div").class("line").child(line("thing").child(icon::PARCEL.draw())).child(el("span").text(&context.text("welcome_sample_thing"))),
        );
    el("figure").class("sample").child(order).child(el("figcaption").text(&context.text("welcome_sample")))
}
