//! Which orders the user wants no reminders of, for the menu of a badge.

use std::cell::RefCell;

use wasm_bindgen_futures::spawn_local;

use crate::browser::{runtime, storage};
use crate::domain::order::OrderId;
use crate::domain::reminders::Asked;
use crate::store::{LocalStore, is_reminders_key};

thread_local! {
    static MUTED: RefCell<Vec<OrderId>> = const { RefCell::new(Vec::new()) };
    static CHANGES: RefCell<Option<storage::Changes>> = const { RefCell::new(None) };
}

/// Reads which they are, now and whenever that changes.
pub(super) async fn follow() {
    CHANGES.set(Some(storage::on_change(|keys| {
        if keys.iter().any(|key| is_reminders_key(key)) {
            spawn_local(read());
        }
    })));
    read().await;
}

/// Follows no longer.
pub(super) fn leave() {
    CHANGES.set(None);
}

pub(super) fn is_muted(order: &OrderId) -> bool {
    MUTED.with_borrow(|muted| muted.contains(order))
}

pub(super) fn mute(order: OrderId, muted: bool) {
    let asked = if muted {
        Asked::Mute(order)
    } else {
        Asked::Unmute(order)
    };
    spawn_local(async move {
        if let Err(error) = runtime::ask(&asked).await {
            runtime::log("the order could not be muted", &error.into());
        }
    });
}

async fn read() {
    // A storage that refuses is said elsewhere; reminders then come as they did.
    if let Ok(kept) = LocalStore::open().reminders().await {
        MUTED.set(kept.muted().to_vec());
    }
}
