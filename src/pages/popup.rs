//! The popup under the toolbar button: what ends soon, and the way to the dashboard.

use std::rc::Rc;

use super::chip::{chip, last_day};
use super::dom::{self, El, el};
use super::orders::{Group, Order, Orders};
use super::problems::{self, Doing};
use super::records::Records;
use super::{Context, date_check, frame, reminders};
use crate::browser::{clock, runtime, storage, tabs};
use crate::domain::date_check::Progress;
use crate::domain::reminders::Kept;
use crate::domain::time::Moment;
use crate::icons;
use crate::site::address;
use crate::store::{
    Misunderstood, StorageError, Unkept, is_progress_key, is_reminders_key, is_settings_key,
    is_unkept_key, order_of_key,
};

/// The longest list.
const ROWS: usize = 6;

/// What ends soon stays in sight below the reminders.
const REMINDERS: reminders::Look = reminders::Look {
    rows: 3,
    link: |place| {
        let address = runtime::url(&["www/dashboard.html#", place].concat());
        link_to_tab("", &address, "")
    },
    heading: "h2",
};

pub async fn show(context: Rc<Context>) {
    dom::set_title(&context.text("popup_title"));
    draw(&context).await;
    // The popup lives until it is closed, and so does what listens for it.
    let redraw = move |keys: Vec<String>| {
        if keys.iter().any(|key| is_settings_key(key)) {
            dom::reload();
        } else if keys.iter().any(|key| {
            order_of_key(key).is_some()
                || is_progress_key(key)
                || is_reminders_key(key)
                || is_unkept_key(key)
                || key == "misunderstood"
        }) {
            let context = Rc::clone(&context);
            wasm_bindgen_futures::spawn_local(async move { draw(&context).await });
        }
    };
    storage::on_session_change(redraw.clone());
    std::mem::forget(storage::on_change(redraw));
}

/// Draws the newest orders, and then all where there are more.
async fn draw(context: &Rc<Context>) {
    let read = Records::first(&context.store).await;
    let misunderstood = context.store.misunderstood().await.unwrap_or_default();
    let check = context
        .store
        .date_check_progress()
        .await
        .unwrap_or_default();
    let kept = context.store.reminders().await.unwrap_or_default();
    let unkept = Unkept::open().why().await;
    let rest = match &read {
        Ok(records) if !records.is_complete() => Some(records.clone()),
        _ => None,
    };
    draw_page(
        context,
        read,
        (misunderstood.as_ref(), unkept.as_ref()),
        check.as_ref(),
        &kept,
    );
    if let Some(rest) = rest {
        draw_page(
            context,
            rest.complete(&context.store).await,
            (misunderstood.as_ref(), unkept.as_ref()),
            check.as_ref(),
            &kept,
        );
    }
}

fn draw_page(
    context: &Rc<Context>,
    read: Result<Records, StorageError>,
    (misunderstood, unkept): (Option<&Misunderstood>, Option<&StorageError>),
    check: Option<&Progress>,
    kept: &Kept,
) {
    let now = clock::now();
    let mut main = el("main");
    match read {
        Ok(records) => {
            let orders = Orders::new(records.found, now, &context.settings.choices);
            main = main.child(heading(context, &orders, now));
            main = main.children(problems::clock_doubt(context, now));
            main = main.children(unkept.map(|why| problems::storage(context, why, Doing::Saving)));
            if let Some(page) = misunderstood {
                main = main.child(problems::misunderstood(context, page, now, true));
            }
            // What goes on or waits for the user is seen first; what could be begun comes last.
            let begun = check.is_some();
            let check = date_check::check(context, check, &orders.summary, now);
            let (first, last) = if begun { (check, None) } else { (None, check) };
            main = main.children(first);
            if let Some(list) = reminders::list(context, kept, &orders, now, &REMINDERS) {
                main = main.child(list);
            }
            let rows: Vec<El> = soonest(&orders)
                .map(|order| row(context, order, now))
                .collect();
            if orders.all.is_empty() {
                main = main.child(empty(context));
            } else if !rows.is_empty() {
                main = main.child(el("ul").class("soonest card").children(rows));
            }
            main = main.children(last);
            if !orders.all.is_empty() {
                let link = link_to_tab("", address::ORDER_LIST, &context.text("popup_open_orders"));
                main = main.child(el("p").class("helper").child(link));
            }
        }
        Err(error) => {
            main = main
                .child(el("h1").text("Recourse"))
                .child(problems::storage(context, &error, Doing::Reading));
        }
    }
    let settings_name = context.text("settings_title");
    let settings = link_to_tab("button plain", &runtime::url("www/settings.html"), "")
        .id("settings")
        .attr("aria-label", &settings_name)
        .attr("title", &settings_name)
        .child(dom::icon(icons::GEAR));
    let dashboard = link_to_tab(
        "button primary",
        &runtime::url("www/dashboard.html"),
        &context.text("popup_dashboard"),
    )
    .id("dashboard");
    let stays = el("p")
        .class("stays")
        .child(dom::icon(icons::LOCK))
        .child(el("span").text(&context.promise("popup_stays", "sync_title")));
    let page = el("div")
        .class("popup")
        .child(el("header").child(frame::brand()).child(settings))
        .child(main)
        .child(el("footer").child(stays).child(dashboard));
    dom::keeping_focus(|| dom::body().replace_with([page]));
}

fn heading(context: &Context, orders: &Orders, now: Moment) -> El {
    let words = context.wording.summary(&orders.summary, now);
    let title = if orders.all.is_empty() {
        context.text("popup_empty")
    } else {
        words.sentence
    };
    let heading = el("div").child(el("h1").text(&title));
    match words.at_risk {
        Some(at_risk) => heading.child(el("p").class("quiet").text(&at_risk)),
        None => heading,
    }
}

/// The orders whose window ends next, surely or by estimate.
fn soonest(orders: &Orders) -> impl Iterator<Item = &Order> {
    let open = |order: &&Order| !matches!(order.group, Group::NoDate | Group::Nothing);
    orders.all.iter().filter(open).take(ROWS)
}

fn row(context: &Context, order: &Order, now: Moment) -> El {
    let id = &order.record.id;
    let title = el("bdi")
        .class("title")
        .attr("dir", "auto")
        .text(&order.title(context));
    let when = last_day(&order.verdict, &context.wording, now)
        .map(|(_, short)| short)
        .unwrap_or_default();
    let what = el("span")
        .class("what")
        .child(title)
        .child(el("span").class("when").text(&when));
    let address = runtime::url(&format!("www/dashboard.html#order={id}"));
    let link = link_to_tab("", &address, "")
        .id(&format!("open-{id}"))
        .child(what)
        .child(chip(order, &context.wording, now));
    el("li").child(link)
}

fn empty(context: &Context) -> El {
    el("div")
        .class("empty card")
        .child(el("p").text(&context.text("popup_empty_help")))
        .child(
            link_to_tab(
                "button",
                address::ORDER_LIST,
                &context.text("popup_open_orders"),
            )
            .id("orders"),
        )
}

/// A link that opens a tab and closes the popup, which Firefox would leave open.
fn link_to_tab(class: &str, address: &str, words: &str) -> El {
    let target = address.to_owned();
    let link = el("a")
        .attr("href", address)
        .text(words)
        .on("click", move |event| {
            event.prevent_default();
            tabs::open(&target);
            dom::close_window();
        });
    if class.is_empty() {
        link
    } else {
        link.class(class)
    }
}
