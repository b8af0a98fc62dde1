//! The buttons that save what is known as files.

use std::rc::Rc;

use super::added::Added;
use super::given::GivenEvents;
use super::{Dashboard, Data};
use crate::browser::intl::DayStyle;
use crate::browser::{clock, download, runtime};
use crate::domain::clock::{Clock, Role};
use crate::domain::rules::Certainty;
use crate::domain::time::{Moment, Zone};
use crate::domain::verdict::Closed;
use crate::export::{Event, Exported, Given, OVER, Row, calendar, everything, table, window_names};
use crate::pages::Context;
use crate::pages::dom::{self, El, el};
use crate::pages::orders::Order;
use crate::site::address;

const CALENDAR: &str = "text/calendar;charset=utf-8";
const TABLE: &str = "text/csv;charset=utf-8";
const JSON: &str = "application/json";

/// What a button saves: the file's name and kind, and what makes its text.
struct File {
    name: String,
    kind: &'static str,
    text: Box<dyn Fn() -> String>,
}

/// The section below the list of all orders. What it saves is read when a button is pressed.
pub fn all(page: &Rc<Dashboard>) -> El {
    let context = &page.context;
    let day = context
        .wording
        .buyer_day(clock::now())
        .map(|day| format!("-{day}"))
        .unwrap_or_default();
    let file = |end: &str, kind, make: fn(&Context, &Data, &Added) -> String| {
        let page = Rc::clone(page);
        File {
            name: format!("recourse{day}.{end}"),
            kind,
            text: Box::new(move || make(&page.context, &page.data.borrow(), &page.added.borrow())),
        }
    };
    let failed = el("p").class("helper failed").attr("role", "status");
    let calendar = File {
        name: format!("recourse{day}.ics"),
        kind: CALENDAR,
        text: Box::new({
            let page = Rc::clone(page);
            move || calendar_of_all(&page.context, &page.data.borrow(), &page.given)
        }),
    };
    let buttons = [
        ("export_calendar", calendar),
        ("export_table", file("csv", TABLE, table_of_all)),
        ("export_all", file("json", JSON, json_of_all)),
    ];
    let buttons = buttons.map(|(key, file)| button(context, key, file, &failed));
    el("section")
        .class("exports card")
        .attr("aria-labelledby", "export-title")
        .child(
            el("h2")
                .id("export-title")
                .text(&context.text("export_title")),
        )
        .child(el("div").class("buttons").children(buttons))
        .child(failed)
        .child(el("p").class("helper").text(&context.text("export_help")))
}

/// The button that saves the days of one order as a calendar: where there is something to come, or to be taken out of one that holds it.
pub fn of_order(
    context: &Rc<Context>,
    order: &Order,
    given: &Rc<GivenEvents>,
    now: Moment,
) -> Vec<El> {
    let Some(known) = given.now() else {
        return Vec::new();
    };
    let events = events_of(context, order, &known, now);
    let mut clocks = order.verdict.clocks.iter();
    let comes = clocks.any(|clock| is_shown(clock) && clock.closes() > now);
    if !comes && known.gone(&order.record.id, &[]).next().is_none() {
        return Vec::new();
    }
    let failed = el("span").class("helper failed").attr("role", "status");
    let file = File {
        name: format!("recourse-{}.ics", order.record.id),
        kind: CALENDAR,
        text: Box::new({
            let given = Rc::clone(given);
            move || {
                given.note(events.clone());
                calendar(&events, clock::now())
            }
        }),
    };
    let button = button(context, "export_calendar_order", file, &failed);
    vec![button, failed]
}

fn button(context: &Rc<Context>, key: &'static str, file: File, failed: &El) -> El {
    let (context, said) = (Rc::clone(context), failed.clone());
    let words = context.text(key);
    dom::button("", &words, move || {
        said.say("");
        if let Err(error) = download::save(&file.name, file.kind, &(file.text)()) {
            runtime::log("a file could not be saved", &error.into());
            said.say(&context.text("reminders_failed"));
        }
    })
    .id(key)
}

fn calendar_of_all(context: &Context, data: &Data, given: &Rc<GivenEvents>) -> String {
    let now = clock::now();
    let events: Vec<Event> = {
        let known = given.now();
        let known = known.as_deref();
        let all = data.orders.all.iter();
        all.flat_map(|order| known.map(|known| events_of(context, order, known, now)))
            .flatten()
            .collect()
    };
    given.note(events.clone());
    calendar(&events, now)
}

fn table_of_all(context: &Context, data: &Data, added: &Added) -> String {
    let rows = data.orders.all.iter().map(|order| Row {
        of: exported(order, added),
        title: order.title(context),
        windows: order
            .verdict
            .clocks
            .iter()
            .map(|clock| context.wording.window(clock.kind))
            .collect(),
    });
    table(&rows.collect::<Vec<_>>())
}

fn json_of_all(_: &Context, data: &Data, added: &Added) -> String {
    let all = data.orders.all.iter();
    let orders: Vec<Exported<'_>> = all.map(|order| exported(order, added)).collect();
    everything(&orders, &data.kept, &runtime::version(), clock::now())
}

fn exported<'a>(order: &'a Order, added: &'a Added) -> Exported<'a> {
    let id = &order.record.id;
    let drafts = added.drafts.iter().filter(|draft| draft.order == *id);
    Exported {
        record: &order.record,
        verdict: &order.verdict,
        drafts: drafts.collect(),
        aftermath: added.aftermath(id),
    }
}

fn is_shown(clock: &Clock) -> bool {
    matches!(clock.kind.role(), Role::Act | Role::Opening)
}

/// What is still to come of the shop's own windows, what has ended of them not long ago, and what an earlier file held of the order and
/// holds no more. Nothing is said of an order that is not known: a record that cannot be read has not ended anything.
fn events_of(context: &Context, order: &Order, given: &Given, now: Moment) -> Vec<Event> {
    let mut events: Vec<Event> = planned(context, order, now).collect();
    let id = &order.record.id;
    let gone = given
        .gone(id, &events)
        .map(|((_, clock, window), day)| Event {
            order: id.clone(),
            clock: *clock,
            window: window.clone(),
            day,
            summary: context.with(
                "export_event",
                &[&context.wording.window(*clock), &order.title(context)],
            ),
            description: context.with("dashboard_order", &[id.as_str()]),
            url: address::own_page(&order.record),
            tentative: false,
            cancelled: true,
        });
    let gone: Vec<Event> = gone.collect();
    events.extend(gone);
    events
}

fn planned<'a>(
    context: &'a Context,
    order: &'a Order,
    now: Moment,
) -> impl Iterator<Item = Event> + 'a {
    let cancelled = matches!(
        order.verdict.closed,
        Some(Closed::Unpaid | Closed::Cancelled | Closed::Refunded)
    );
    let title = order.title(context);
    let all = &order.verdict.clocks;
    let clocks = all.iter().zip(window_names(&order.record, all));
    let clocks =
        clocks.filter(move |(clock, _)| is_shown(clock) && clock.closes().plus(OVER) > now);
    clocks.map(move |(clock, window)| {
        let wording = &context.wording;
        let day = match clock.kind.role() {
            Role::Opening => clock::BuyerZone
                .day_at(clock.closes())
                .unwrap_or(clock.because.end_day),
            _ => clock.last_day,
        };
        let tentative = clock.certainty() == Certainty::Estimate;
        let sure = match clock.certainty() {
            Certainty::Printed => "badge_sure_printed",
            Certainty::Rule => "badge_sure_rule",
            Certainty::Estimate => "badge_sure_estimate",
        };
        let lines = [
            wording.until(clock, DayStyle::Year, now),
            context.text(sure),
            context.with("dashboard_order", &[order.record.id.as_str()]),
        ];
        Event {
            order: order.record.id.clone(),
            clock: clock.kind,
            window,
            day,
            summary: context.with(
                "export_event",
                &[&wording.window_of(&order.record, clock, all), &title],
            ),
            description: lines.join("\n"),
            url: address::own_page(&order.record),
            tentative,
            cancelled: cancelled || clock.closes() <= now,
        }
    })
}
