//! What has to be done before something is written behind a write that a full disk has cut off.
//!
//! Chromium keeps databases in LevelDB, and LevelDB writes at the end of a log. A disk that is full cuts a record off in the middle.
//! What comes behind it is kept, and everything reads well as long as the browser runs; but when the log is read at the next start, its
//! records do not add up any more, and Chromium throws the whole database away (measured: `./build.sh faults --fault 'disk full'`).
//! A log that has grown over four megabytes is left for another, and what it holds is put into a table. So ballast is written and
//! deleted before anything else is: first elsewhere, to know that there is room for it. (Not in a file of the origin: on a full disk
//! Chromium itself has been seen to crash on one.)
//!
//! Whether a write was cut off in an earlier life of the browser, nobody can know: a full disk keeps no mark. So it is done once before
//! the first write of each life, and again after the browser has closed a database by itself, which it does when it could not write.

use js_sys::Uint8Array;

use super::storage::Session;
use super::{permissions, random};
use crate::store::Area;

/// Rows of ballast, and the bytes of each: more of them would be kept beside the log.
pub const ROWS: u32 = 80;
const ROW: u32 = 60_000;
/// Rows that take the room of ballast and of the table that is made of it, and then some.
pub const ROOM: u32 = 200;

fn mark(database: &str) -> String {
    ["settled ", database].concat()
}

/// Whether nobody has settled the database in this life of the browser, since a write was last cut off.
pub async fn is_wanted(database: &str) -> bool {
    // Where the browser sets a limit, and that is reached, something has to be deleted; there is no telling that from a full disk.
    if !permissions::is_unlimited().await {
        return false;
    }
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

/// What cannot be pressed into less.
#[must_use]
pub fn row() -> Uint8Array {
    let row = Uint8Array::new_with_length(ROW);
    random::fill(&row);
    row
}
