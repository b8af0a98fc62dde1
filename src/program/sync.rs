//! What is shared with the user's other browsers, where the user has switched that on: a moment after something has changed here or come
//! from there.

use std::cell::{Cell, RefCell};

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::background;
use crate::browser::storage::Synced;
use crate::browser::{clock, random, runtime, timer};
use crate::domain::time::{Moment, Span};
use crate::store::LocalStore;
use crate::store::locker::{Kind, LocalLocker, Trouble};
use crate::store::sync::versions::Browser;
use crate::store::sync::{self, Told};

/// From a change until it is shared: somebody who writes goes on writing.
const SETTLED: Span = Span(2_000);
/// From one time to the next. A browser takes 120 writes in a minute and 1,800 in an hour, and ends this program after 30 seconds
/// in which nothing happens.
const APART: Span = Span(10_000);

thread_local! {
    static TIMER: RefCell<Option<Timeout>> = const { RefCell::new(None) };
    static LAST: Cell<Option<Moment>> = const { Cell::new(None) };
    static RUNNING: Cell<bool> = const { Cell::new(false) };
}

/// Something was kept under those keys.
pub fn changed(keys: &[String]) {
    if keys.iter().any(|key| sync::is_sync_switch(key)) {
        // The user waits.
        return after(Span(0));
    }
    if keys.iter().any(|key| sync::is_shared_key(key)) {
        soon();
    }
}

/// Shares when what happens now has come to rest.
pub fn soon() {
    if TIMER.with_borrow(Option::is_some) {
        return;
    }
    let now = clock::now();
    let rest = LAST
        .get()
        .map_or(Span(0), |last| last.plus(APART).since(now));
    after(Span(rest.0.clamp(SETTLED.0, APART.0)));
}

fn after(wait: Span) {
    let wait = u32::try_from(wait.0).unwrap_or_default();
    let timer = timer::after(wait, || {
        TIMER.take();
        spawn_local(share());
    });
    TIMER.set(Some(timer));
}

async fn share() {
    let store = LocalStore::open();
    if !store.is_sync_on().await.unwrap_or_default() {
        return;
    }
    if RUNNING.replace(true) {
        return soon();
    }
    let now = clock::now();
    LAST.set(Some(now));
    let told = match try_to_share(&store, now).await {
        Ok(told) => told,
        Err(trouble) => Told {
            at: now,
            failed: Some(trouble.to_string()),
            ..store.sync_told().await.ok().flatten().unwrap_or_default()
        },
    };
    // Switched off meanwhile, there is nothing to tell of.
    if store.is_sync_on().await.unwrap_or_default()
        && let Err(error) = store.save_sync_told(&told).await
    {
        let words = error.to_string().into();
        runtime::log("nothing remembers what was shared", &words);
    }
    RUNNING.set(false);
}

async fn try_to_share(store: &LocalStore, now: Moment) -> Result<Told, Trouble> {
    let locker = LocalLocker::local_soon().await?;
    if locker.is_read_only() {
        let words = "what is kept was written by a newer version";
        return Err(Trouble::new(Kind::Newer, words));
    }
    let [a, b, c, d, ..] = random::bytes();
    let fresh = Browser::drawn([a, b, c, d]);
    let done = sync::run(&locker, store, &Synced, fresh, now, clock::zones()).await;
    let (told, records) = done?;
    if !records.is_empty() {
        // Where they cannot be kept now, they are news again the next time.
        background::join(records, None).await;
    }
    Ok(told)
}
