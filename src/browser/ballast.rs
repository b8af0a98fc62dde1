//! What has to be done before something is written behind a write that a full disk has cut off.
//!
//! Chromium keeps databases in LevelDB, and LevelDB writes at the end of a log. A disk that is full cuts a record off in the middle.
//! What comes behind it is kept, and everything reads well as long as the browser runs; but when the log is read at the next start, its
//! records do not add up any more, and Chromium throws the whole database away (measured: `./build.sh faults --fault 'disk full'`).
//! A log that has grown over four megabytes is left for another, and what it holds is put into a table. So ballast is written and
//! deleted before anything else is: first elsewhere, to know that there is room for it.
//!
//! Whether a write was cut off in an earlier life of the browser, nobody can know: a full disk keeps no mark. So it is done once before
//! the first write of each life, and again after each failure.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use super::scratch::Scratch;
use super::storage::Session;
use super::{outcome, random};
use crate::store::Area;

#[wasm_bindgen]
extern "C" {
    type Manager;
    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = storage)]
    static MANAGER: Manager;
    #[wasm_bindgen(method, catch)]
    fn estimate(this: &Manager) -> Result<JsValue, JsValue>;
}

/// Rows of ballast, and the bytes of each: more of them would be kept beside the log.
pub const ROWS: u32 = 80;
const ROW: u32 = 60_000;
/// Bytes that ballast and the table that is made of it take, and then some.
const ROOM: usize = 12 << 20;
const PART: usize = 1 << 20;

fn mark(database: &str) -> String {
    ["settled ", database].concat()
}

/// Whether nobody has settled the database in this life of the browser, since a write last failed.
pub async fn is_wanted(database: &str) -> bool {
    let mark = mark(database);
    let settled = Session.get(&[&mark]).await;
    // Where nobody can remember it is done once more.
    !settled.is_ok_and(|mut found| found.pop().flatten().is_some())
}

pub async fn settled(database: &str) {
    // Where it cannot be remembered it is done once more.
    let _ = Session.set(&[(mark(database), String::new())]).await;
}

pub async fn failed(database: &str) {
    let _ = Session.remove(&[&mark(database)]).await;
}

/// Whether the browser allows so much. Where it does not, the disk is not what is full, and something has to be deleted first.
pub async fn is_allowed() -> bool {
    let estimate = outcome(MANAGER.with(Manager::estimate)).await;
    let estimate = estimate.unwrap_or_default();
    let number = |name: &str| Reflect::get(&estimate, &name.into()).ok()?.as_f64();
    match (number("quota"), number("usage")) {
        (Some(quota), Some(usage)) => quota - usage > (2 * ROOM) as f64,
        _ => true,
    }
}

/// Whether there is room on the disk, found out where nothing can be harmed.
///
/// # Errors
/// The browser's own, where there is none.
pub async fn room() -> Result<(), JsValue> {
    const NAME: &str = "room";
    let mut scratch = Scratch::begin(NAME).await?;
    let part = vec![0; PART];
    for _ in 0..ROOM / PART {
        if let Err(error) = scratch.push(&part).await {
            scratch.cancel().await;
            return Err(error);
        }
    }
    scratch.cancel().await;
    Ok(())
}

/// What cannot be pressed into less.
#[must_use]
pub fn row() -> Uint8Array {
    let row = Uint8Array::new_with_length(ROW);
    random::fill(&row);
    row
}
