//! The list of what the user was reminded of and has not put away.

use std::rc::Rc;

use super::Context;
use super::dom::{self, El, el};
use super::keeping;
use super::orders::Orders;
use crate::browser::runtime;
use crate::domain::order::OrderId;
use crate::domain::reminders::{Asked, Kept, Told};
use crate::domain::time::Moment;

/// What the list looks like where it stands.
pub struct Look {
    /// The most rows.
    pub rows: usize,
    /// Makes the link to an order out of its address within the dashboard.
    pub link: fn(&str) -> El,
    pub heading: &'static str,
}

/// `None` where there is nothing to be reminded of.
pub fn list(
    context: &Rc<Context>,
    kept: &Kept,
    orders: &Orders,
    now: Moment,
    look: &Look,
) -> Option<El> {
    let told = kept.list();
    if told.is_empty() {
        return None;
    }
    let failed = el("p").class("helper failed").attr("role", "status");
    let rows = told
        .iter()
        .take(look.rows)
        .map(|told| row(context, told, orders, now, look, &failed));
    let mut foot = el("div").class("buttons");
    let more = told.len().saturating_sub(look.rows);
    if more > 0 {
        let words = context.counted("reminders_more", more, &[]);
        foot = foot.child((look.link)("reminders").id("reminders-more").text(&words));
    }
    if told.len() > 1 {
        foot = foot.child(button(
            context,
            "reminders-dismiss-all",
            "reminders_dismiss_all",
            Asked::DismissAll,
            &failed,
        ));
    }
    let mut section = el("section")
        .class("reminders card")
        .attr("aria-labelledby", "reminders-title")
        .child(
            el(look.heading)
                .id("reminders-title")
                .text(&context.text("reminders_title")),
        )
        .child(el("ul").children(rows));
    if more > 0 || told.len() > 1 {
        section = section.child(foot);
    }
    Some(section.child(failed))
}

fn row(
    context: &Rc<Context>,
    told: &Told,
    orders: &Orders,
    now: Moment,
    look: &Look,
    failed: &El,
) -> El {
    let wording = &context.wording;
    let id = &told.reminder.order;
    let order = orders.all.iter().find(|order| order.record.id == *id);
    let title = order.map_or_else(
        || context.with("dashboard_order", &[id.as_str()]),
        |order| order.title(context),
    );
    let known = order.map(|order| (&order.record, &order.verdict));
    let words = wording.reminder(&told.reminder, known, now);
    let link = (look.link)(&format!("order={id}"))
        .child(el("bdi").class("title").attr("dir", "auto").text(&title));
    let said = el("p")
        .class("said")
        .child(el("strong").text(&words.lead))
        .child(el("span").text(&words.what));
    let when = context.with("reminders_told", &[&wording.when(told.at, now)]);
    let dismiss = button(
        context,
        "",
        "reminders_dismiss",
        Asked::Dismiss(id.clone(), told.reminder.subject.clone()),
        failed,
    );
    dismiss.set(
        "aria-label",
        Some(&context.with("reminders_dismiss_one", &[&title])),
    );
    el("li")
        .attr("data-order", id.as_str())
        .child(
            el("div")
                .class("what")
                .child(link)
                .child(said)
                .child(el("p").class("helper").text(&when)),
        )
        .child(dismiss)
}

/// Asks the background program to keep something; where it does not, or not soon, `failed` says so.
async fn ask(context: &Rc<Context>, asked: &Asked, failed: &El) {
    let late = {
        let (context, failed) = (Rc::clone(context), failed.clone());
        move || failed.say(&context.text("reminders_failed"))
    };
    match keeping::kept(runtime::ask(asked), late).await {
        Ok(()) => failed.say(""),
        Err(error) => {
            runtime::log("the background program did not do it", &error.into());
            failed.say(&context.text("reminders_failed"));
        }
    }
}

/// A button that asks the background program for something; if that fails, `failed` says so.
fn button(context: &Rc<Context>, id: &str, key: &str, asked: Asked, failed: &El) -> El {
    let (context, failed) = (Rc::clone(context), failed.clone());
    let words = context.text(key);
    let button = dom::button("", &words, move || {
        let (context, failed, asked) = (Rc::clone(&context), failed.clone(), asked.clone());
        wasm_bindgen_futures::spawn_local(async move { ask(&context, &asked, &failed).await });
    });
    if id.is_empty() { button } else { button.id(id) }
}

/// What can be chosen about the reminders of one order: to mute it, and days on which to be reminded.
pub fn of_order(context: &Rc<Context>, id: &OrderId, kept: &Kept, now: Moment) -> El {
    let failed = el("p").class("helper failed").attr("role", "status");
    let muted = kept.is_muted(id);
    let (key, asked) = if muted {
        ("menu_unmute", Asked::Unmute(id.clone()))
    } else {
        ("menu_mute", Asked::Mute(id.clone()))
    };
    let mute = button(context, "mute", key, asked, &failed);
    let day = |day| {
        context
            .wording
            .day(day, crate::browser::intl::DayStyle::Weekday, now)
    };
    let wishes = kept.wishes_of(id).map(|wish| {
        let name = context.with("menu_remind_remove", &[&day(wish)]);
        let remove = button(
            context,
            &format!("unwish-{wish}"),
            "reminders_dismiss",
            Asked::Unwish(id.clone(), wish),
            &failed,
        );
        remove.set("aria-label", Some(&name));
        el("li")
            .child(el("span").text(&context.with("menu_remind_on", &[&day(wish)])))
            .child(remove)
    });
    let wishes: Vec<El> = wishes.collect();
    let today = context.wording.buyer_day(now);
    let field = el("input").attr("type", "date").id("wish");
    if let Some(today) = today {
        field.set("min", Some(&today.to_string()));
    }
    let (page, order, chosen, said) = (
        Rc::clone(context),
        id.clone(),
        field.clone(),
        failed.clone(),
    );
    let set = dom::button("", &context.text("menu_remind_set"), move || {
        let wished = chosen.value().parse().ok();
        let Some(wished) = wished.filter(|wished| Some(*wished) >= today) else {
            return said.say(&page.text("menu_remind_past"));
        };
        let (page, said, asked) = (
            Rc::clone(&page),
            said.clone(),
            Asked::Wish(order.clone(), wished),
        );
        wasm_bindgen_futures::spawn_local(async move { ask(&page, &asked, &said).await });
    })
    .id("wish-set");
    let mut section = el("section")
        .class("of-order")
        .child(el("h3").text(&context.text("reminders_title")));
    if muted {
        section = section.child(
            el("p")
                .class("quiet")
                .text(&context.text("menu_remind_muted")),
        );
    }
    if !wishes.is_empty() {
        section = section.child(el("ul").class("wishes").children(wishes));
    }
    section
        .child(
            el("div")
                .class("buttons")
                .child(
                    el("label")
                        .class("day")
                        .child(el("span").text(&context.text("menu_remind_day")))
                        .child(field),
                )
                .child(set)
                .child(mute),
        )
        .child(failed)
}

/// The page with all reminders.
pub fn page(
    context: &Rc<Context>,
    kept: &Kept,
    orders: &Orders,
    now: Moment,
    look: &Look,
) -> Vec<El> {
    let head = el("header")
        .class("head")
        .child(el("h1").text(&context.text("reminders_title")));
    let mut parts = vec![
        head,
        el("p").class("quiet").text(&context.text("reminders_help")),
    ];
    parts.push(list(context, kept, orders, now, look).unwrap_or_else(|| {
        el("p")
            .class("card empty")
            .text(&context.text("reminders_none"))
    }));
    parts
}
