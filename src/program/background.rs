//! The background program: the only writer of the ledger, and the one that opens the extension's own pages.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use js_sys::{Array, Function, Object};
use wasm_bindgen::{JsCast, JsValue};

use crate::browser::runtime::{self, Request};
use crate::browser::{self, clock, host_page, tabs};
use crate::domain::computer_clock::Doubt;
use crate::domain::ledger::Record;
use crate::domain::sighting::Reading;
use crate::store::{LocalStore, StorageError, StorageTrouble, Unkept};

use super::{date_check, reminders, ru_site, sync};

thread_local! {
    static PENDING: RefCell<Pending> = RefCell::new(Pending::default());
    /// Whether something that pages told may not have been kept. After its start this program does not know.
    static LACKS: Cell<bool> = const { Cell::new(true) };
}

#[derive(Default)]
struct Pending {
    /// What is to be absorbed, each with the function that answers its sender.
    readings: VecDeque<(Vec<Reading>, Function)>,
    /// What is known of orders elsewhere, each with the function that answers, if somebody waits.
    records: Vec<(Vec<Record>, Option<Function>)>,
    running: bool,
}

/// One event of the browser's, as the loader hands it on: its name, its arguments, and the function that answers.
pub async fn on_event(name: &str, arguments: Array, reply: Function) {
    match name {
        // What is due is worked out first thing.
        "runtime.onInstalled" | "runtime.onStartup" => reminders::plan().await,
        _ => reminders::awake(),
    }
    match name {
        "runtime.onMessage" => on_message(&arguments.get(0), &arguments.get(1), reply).await,
        "runtime.onInstalled" => {
            let reason = text_in(&arguments.get(0), "reason");
            if reason.as_deref() == Some("install") {
                tabs::open(&runtime::url("www/welcome.html"));
            }
            ru_site::follow().await;
            check().await;
            date_check::restarted().await;
            sync::soon();
        }
        "permissions.onAdded" | "permissions.onRemoved" => ru_site::follow().await,
        "runtime.onStartup" => {
            ru_site::follow().await;
            check().await;
            date_check::restarted().await;
            sync::soon();
        }
        "alarms.onAlarm" => match text_in(&arguments.get(0), "name").as_deref() {
            Some(date_check::ALARM) => date_check::wake().await,
            Some(name) if reminders::is_alarm(name) => reminders::plan().await,
            _ => {}
        },
        "notifications.onClicked" => {
            if let Some(notification) = arguments.get(0).as_string() {
                reminders::clicked(&notification);
            }
        }
        "storage.onChanged" => {
            let changes = arguments.get(0);
            let changes = changes.dyn_ref::<Object>().map(Object::keys);
            let keys = changes.as_ref().map(browser::texts).unwrap_or_default();
            match arguments.get(1).as_string().as_deref() {
                Some("sync") => sync::soon(),
                _ => {
                    reminders::changed(&keys);
                    sync::changed(&keys);
                }
            }
        }
        _ => {}
    }
}

fn text_in(object: &JsValue, name: &str) -> Option<String> {
    js_sys::Reflect::get(object, &name.into()).ok()?.as_string()
}

/// The tab that a message came from, with the address of its page.
fn tab_of(sender: &JsValue) -> Option<tabs::Tab> {
    let tab = js_sys::Reflect::get(sender, &"tab".into()).ok()?;
    let id = js_sys::Reflect::get(&tab, &"id".into()).ok()?.as_f64()?;
    #[allow(
        clippy::cast_possible_truncation,
        reason = "the browser numbers its tabs with whole 32-bit numbers"
    )]
    let id = id as i32;
    let url = text_in(&tab, "url").or_else(|| text_in(sender, "url"));
    Some(tabs::Tab {
        id,
        url: url.unwrap_or_default(),
    })
}

/// After an install, an update or a start of the browser: the index is made to fit what is there.
async fn check() {
    let _ = LocalStore::open().watch_clock(clock::now(), None).await;
    if let Err(error) = LocalStore::open().check_index().await {
        runtime::log("the ledger could not be checked", &error.to_string().into());
    }
}

/// A message from a content program is treated as one from the page it runs in: known kinds of bounded size only.
async fn on_message(message: &JsValue, sender: &JsValue, reply: Function) {
    if let Some(message) = host_page::relayed(message) {
        let answer = match tab_of(sender) {
            Some(tab) => host_page::relay(tab.id, &message).await,
            None => JsValue::NULL,
        };
        // A frame that has gone needs no answer.
        let _ = reply.call1(&JsValue::UNDEFINED, &answer);
        return;
    }
    if let Some(readings) = runtime::readings_in(message) {
        let read = tab_of(sender).map(|tab| (readings.clone(), tab));
        absorb(readings, reply).await;
        if let Some((readings, tab)) = read {
            date_check::read(readings, tab).await;
        }
        return;
    }
    if let Some(asked) = runtime::asked_in(message) {
        return answer(&reply, reminders::asked(asked).await);
    }
    if let Some(order) = runtime::claim_in(message) {
        tabs::open(&runtime::url(&format!("www/claim.html#order={order}")));
        return answer(&reply, Ok(()));
    }
    if let Some(records) = runtime::records_in(message) {
        return join(records, Some(reply)).await;
    }
    if let Some((order, line, number)) = runtime::dispute_in(message) {
        let kept = LocalStore::open().save_dispute(&order, line, &number).await;
        return answer(&reply, kept.map_err(|error| error.to_string()));
    }
    let request =
        Request::of_message(message).ok_or_else(|| "it is no request, or too long".to_owned());
    let store = LocalStore::open();
    let done = match request {
        Ok(Request::OpenDashboard(order)) => {
            let place = order.map_or_else(String::new, |order| format!("#order={order}"));
            tabs::open(&runtime::url(&format!("www/dashboard.html{place}")));
            Ok(())
        }
        Ok(Request::Engine(seen)) => store
            .save_engine(seen)
            .await
            .map_err(|error| error.to_string()),
        Ok(Request::Front(orders)) => store
            .save_front(&orders)
            .await
            .map_err(|error| error.to_string()),
        Ok(Request::DocumentDate(made)) => {
            let now = clock::now();
            store
                .watch_clock(now, Doubt::of_document(made, now))
                .await
                .map_err(|error| error.to_string())
        }
        Ok(Request::Misunderstood(report)) => store
            .save_misunderstood(report.as_ref())
            .await
            .map_err(|error| error.to_string()),
        Ok(Request::PageRead(read)) => store
            .save_page_read(&read)
            .await
            .map_err(|error| error.to_string()),
        Ok(Request::CheckDates(orders)) => {
            date_check::start(orders).await;
            Ok(())
        }
        Ok(Request::DateCheck(wish)) => {
            date_check::wish(wish).await;
            Ok(())
        }
        Ok(Request::Barred) => {
            if let Some(tab) = tab_of(sender) {
                date_check::barred(tab.id).await;
            }
            Ok(())
        }
        Err(error) => Err(error),
    };
    answer(&reply, done);
}

/// Takes in what pages told, one batch after the other: reading, merging and writing of two tabs must not interleave.
async fn absorb(readings: Vec<Reading>, reply: Function) {
    PENDING.with_borrow_mut(|pending| pending.readings.push_back((readings, reply)));
    take_in().await;
}

/// Takes in what is known of orders in another browser or in a backup, in its turn.
pub async fn join(records: Vec<Record>, reply: Option<Function>) {
    PENDING.with_borrow_mut(|pending| pending.records.push((records, reply)));
    take_in().await;
}

async fn take_in() {
    let first = PENDING.with_borrow_mut(|pending| !std::mem::replace(&mut pending.running, true));
    if !first {
        return;
    }
    let store = LocalStore::open();
    loop {
        let (batch, records) = PENDING.with_borrow_mut(|pending| {
            pending.running = !pending.readings.is_empty() || !pending.records.is_empty();
            let batch: Vec<(Vec<Reading>, Function)> = pending.readings.drain(..).collect();
            (batch, std::mem::take(&mut pending.records))
        });
        if batch.is_empty() && records.is_empty() {
            return;
        }
        for (records, reply) in records {
            let done = store.join(&records, clock::now()).await;
            let done = done.map(drop).map_err(|error| error.to_string());
            if let Some(reply) = reply {
                answer(&reply, done);
            }
        }
        if batch.is_empty() {
            continue;
        }
        let all: Vec<Reading> = batch
            .iter()
            .flat_map(|(readings, _)| readings.iter().cloned())
            .collect();
        let now = clock::now();
        let doubt = all.iter().filter_map(Doubt::of_reading);
        let doubt = doubt.max_by_key(|doubt| doubt.not_before);
        if let Err(error) = store.watch_clock(now, doubt).await {
            runtime::log("the clock is not watched", &error.to_string().into());
        }
        let done = match store.absorb(&all, now).await {
            Err(error) if error.trouble() == StorageTrouble::Full => {
                match store.make_room(now, clock::zones()).await {
                    Ok(1..) => store.absorb(&all, now).await,
                    _ => Err(error),
                }
            }
            done => done,
        };
        let done = done.map(|_| ());
        if let Err(error) = &done {
            runtime::log(
                "what a page told could not be kept",
                &error.to_string().into(),
            );
        }
        remember(&all, &done).await;
        for (_, reply) in &batch {
            answer(reply, done.clone().map_err(|error| error.to_string()));
        }
    }
}

/// Remembers whether what pages told was kept, for the extension's own pages to say.
async fn remember(told: &[Reading], kept: &Result<(), StorageError>) {
    if kept.is_ok() && !LACKS.get() {
        return;
    }
    let orders = told.iter().map(|reading| reading.order.clone());
    match Unkept::open().ended(orders, kept).await {
        Ok(lacks) => LACKS.set(lacks),
        Err(error) => runtime::log(
            "nothing remembers whether it was kept",
            &error.to_string().into(),
        ),
    }
}

fn answer(reply: &Function, done: Result<(), String>) {
    // The sender gets `null`, or the error's text. A sender that has gone needs no answer.
    let answer = done
        .err()
        .map_or(JsValue::NULL, |error| JsValue::from_str(&error));
    let _ = reply.call1(&JsValue::UNDEFINED, &answer);
}
