//! Notes and deadlines shared between the user's own browsers, through the sync that the browser has itself.
//!
//! | key in the sync | value |
//! |---|---|
//! | `note:<id>` | a note, and which changes of it are known ([`notes::Entry`]) |
//! | `order:<id>` | what is known of an order that still has a deadline, as in the extension's own storage |
//!
//! | key in the extension's storage | value |
//! |---|---|
//! | `sync` | there, if the user has switched it on |
//! | `sync-known` | [`notes::Known`] |
//! | `sync-told` | [`Told`] |
//!
//! Whoever wrote last wins in the sync, and nobody knows when what is written arrives. So it is only a messenger: every browser keeps
//! all of its notes, takes in what it finds there, and puts there what is missing. That a note has been changed in two browsers, neither
//! of which knew of the other's change, is told by counting each browser's changes of it ([`versions`]): then both texts are
//! kept, and the user decides. What leaves the sync is not deleted anywhere.

pub mod notes;
pub mod orders;
pub mod room;
pub mod versions;

use std::collections::BTreeMap;

use super::area::{Area, StorageError};
use super::format::Stored;
use super::locker::{Backend, Change, Expect, Held, Kind, Locker, Trouble};
use super::record::Unreadable;
use super::{DISPUTE, ORDER, Store};
use crate::domain::evidence::{Conflict, Item, ItemId};
use crate::domain::ledger::Record;
use crate::domain::number;
use crate::domain::order::OrderId;
use crate::domain::time::{Moment, Zones};
use notes::{Entry, Known};
use room::{Fitted, fit};
use versions::Browser;

const ON: &str = "sync";
const KNOWN: &str = "sync-known";
const TOLD: &str = "sync-told";
const NOTE: &str = "note:";

/// What is there only while it is switched on.
pub(super) const KEYS: [&str; 2] = [ON, TOLD];

/// Whether a change of that key in the extension's storage is one of sharing.
#[must_use]
pub fn is_sync_key(key: &str) -> bool {
    key == ON || key == KNOWN || key == TOLD
}

/// Whether a change of that key switches it on or off.
#[must_use]
pub fn is_sync_switch(key: &str) -> bool {
    key == ON
}

/// Whether a change of that key in the extension's storage is one of something that is shared.
#[must_use]
pub fn is_shared_key(key: &str) -> bool {
    !key.starts_with(DISPUTE) && (key.starts_with(ORDER) || key.starts_with("locker:evidence:"))
}

/// How it went the last time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub at: Moment,
    /// Bytes that are used of the browser's sync.
    pub used: usize,
    /// Notes that are too long.
    pub long: usize,
    /// Notes and orders for which there was no room.
    pub left: usize,
    pub orders_left: usize,
    /// Entries of a newer version of the extension.
    pub newer: usize,
    /// Notes that the user has to decide about.
    pub conflicts: usize,
    /// What went wrong, in the browser's words.
    pub failed: Option<String>,
}

/// A number in each line after its name, and at last what went wrong.
impl Stored for Told {
    fn to_text(&self) -> String {
        let count = |n: usize| number::text(i64::try_from(n).unwrap_or(i64::MAX));
        let counts = [
            self.used,
            self.long,
            self.left,
            self.orders_left,
            self.newer,
            self.conflicts,
        ];
        let mut words = vec![number::text(self.at.0)];
        words.extend(counts.map(count));
        let failed = self.failed.as_deref().unwrap_or_default();
        [&words.join(" "), "\n", failed].concat()
    }

    fn from_text(text: &str) -> Option<Self> {
        let (counts, failed) = text.split_once('\n')?;
        let mut words = counts.split(' ');
        let at = Moment(number::read(words.next()?, 10)?);
        let mut next = || usize::try_from(number::read(words.next()?, 10)?).ok();
        Some(Self {
            at,
            used: next()?,
            long: next()?,
            left: next()?,
            orders_left: next()?,
            newer: next()?,
            conflicts: next()?,
            failed: (!failed.is_empty()).then(|| failed.to_owned()),
        })
    }
}

impl<A: Area> Store<A> {
    /// Whether the user has switched it on.
    pub async fn is_sync_on(&self) -> Result<bool, StorageError> {
        Ok(self.area.get(&[ON]).await?.pop().flatten().is_some())
    }

    pub async fn switch_sync(&self, on: bool) -> Result<(), StorageError> {
        if on {
            self.area.set(&[(ON.to_owned(), "on".to_owned())]).await
        } else {
            self.area.remove(&KEYS).await
        }
    }

    pub async fn sync_told(&self) -> Result<Option<Told>, StorageError> {
        self.value(TOLD).await
    }

    pub async fn save_sync_told(&self, told: &Told) -> Result<(), StorageError> {
        self.keep(TOLD, told).await
    }
}

/// Whether there is anything in the browser's sync.
pub async fn has_any(sync: &impl Area) -> Result<bool, StorageError> {
    let all = sync.get_all().await?;
    Ok(all.iter().any(|(key, _)| is_ours(key)))
}

/// Removes everything from the browser's sync.
pub async fn clear(sync: &impl Area) -> Result<(), StorageError> {
    let all = sync.get_all().await?;
    let keys: Vec<&str> = all
        .iter()
        .map(|(key, _)| key.as_str())
        .filter(|key| is_ours(key))
        .collect();
    sync.remove(&keys).await
}

fn is_ours(key: &str) -> bool {
    key.starts_with(NOTE) || key.starts_with(ORDER)
}

fn refused(error: &StorageError) -> Trouble {
    Trouble::new(Kind::Refused, error.message())
}

/// Takes in what the browser's sync has, and puts there what it has not. Returns how it went, and what is to be taken in of
/// orders, which only one program writes. What was written by a newer version is left as it is.
///
/// # Errors
/// What is here could not be read or kept: then nothing was put there.
pub async fn run<B: Backend, A: Area>(
    locker: &Locker<B, A>,
    store: &Store<A>,
    sync: &impl Area,
    fresh: Browser,
    now: Moment,
    zones: Zones<'_>,
) -> Result<(Told, Vec<Record>), Trouble> {
    // Somebody who writes a note just now comes in between; nobody does so often.
    for _ in 0..4 {
        match attempt(locker, store, sync, fresh.clone(), now, zones).await {
            Err(trouble) if trouble.kind == Kind::Changed => {}
            done => return done,
        }
    }
    Err(Trouble::new(Kind::Changed, "a note is being written"))
}

async fn attempt<B: Backend, A: Area>(
    locker: &Locker<B, A>,
    store: &Store<A>,
    sync: &impl Area,
    fresh: Browser,
    now: Moment,
    zones: Zones<'_>,
) -> Result<(Told, Vec<Record>), Trouble> {
    let mut there = sync.get_all().await.map_err(|error| refused(&error))?;
    there.retain(|(key, _)| is_ours(key));
    let known = store.area.get(&[KNOWN]).await;
    let known = known.map_err(|error| refused(&error))?.pop().flatten();
    let known = known.as_deref().and_then(Known::from_text);
    let mut known = known.unwrap_or_else(|| Known::new(fresh.clone()));
    let before = known.to_text();
    let held = locker.all::<Item>().await?.records;
    let open = locker.all::<Conflict>().await?.records;
    let open: Vec<Conflict> = open.into_iter().map(|held| held.record).collect();
    let here: Vec<Item> = held.iter().map(|held| held.record.clone()).collect();
    let entries: BTreeMap<ItemId, Result<Entry, Unreadable>> = there
        .iter()
        .filter_map(|(key, text)| {
            let id = ItemId::new(key.strip_prefix(NOTE)?)?;
            let entry = Entry::from_text(text);
            // What names another note than its key is damaged.
            let entry = entry.and_then(|entry| {
                let own = entry.item.id == id;
                own.then_some(entry).ok_or(Unreadable::Damaged)
            });
            Some((id, entry))
        })
        .collect();
    let notes = notes::compare(&here, &open, &entries, &mut known, fresh, now);
    let change = change(&notes, &held);
    if let Some(change) = change {
        locker.save(&change).await?;
    }
    let records = store.all_records().await.map_err(|error| refused(&error))?;
    let orders: BTreeMap<OrderId, String> = there
        .iter()
        .filter_map(|(key, text)| Some((OrderId::new(key.strip_prefix(ORDER)?)?, text.clone())))
        .collect();
    let orders = orders::compare(&records.records, &orders, now, zones);
    // What this browser has put into the sync it must not forget: it would take it for another's.
    let after = known.to_text();
    if after != before {
        let entry = (KNOWN.to_owned(), after);
        let kept = store.area.set(&[entry]).await;
        kept.map_err(|error| refused(&error))?;
    }
    let mut told = Told {
        at: now,
        newer: notes.newer,
        conflicts: locker.all::<Conflict>().await?.records.len(),
        ..Told::default()
    };
    let gone = notes.gone.iter().map(|id| [NOTE, id.as_str()].concat());
    let over = orders.over.iter().map(|id| [ORDER, id.as_str()].concat());
    let mut remove: Vec<String> = gone.chain(over).collect();
    let of = |kind: &str| -> BTreeMap<&str, &str> {
        there
            .iter()
            .filter(|(key, _)| key.starts_with(kind) && !remove.contains(key))
            .map(|(key, text)| (key.as_str(), text.as_str()))
            .collect()
    };
    let wanted = notes.wanted.iter();
    let wanted: Vec<(String, String)> = wanted
        .filter(|entry| {
            entry
                .item
                .note()
                .is_some_and(|note| !note.text.trim().is_empty())
        })
        .map(|entry| ([NOTE, entry.item.id.as_str()].concat(), entry.to_text()))
        .collect();
    let fitted_notes = fit(room::NOTES, &wanted, &of(NOTE));
    let wanted = orders.wanted.iter();
    let wanted: Vec<(String, String)> = wanted
        .map(|(id, text)| ([ORDER, id.as_str()].concat(), text.clone()))
        .collect();
    let fitted_orders = fit(room::ORDERS, &wanted, &of(ORDER));
    (told.long, told.left) = (fitted_notes.long, fitted_notes.left);
    told.orders_left = fitted_orders.long + fitted_orders.left;
    let mut put = Vec::new();
    for Fitted {
        put: more,
        remove: less,
        ..
    } in [fitted_notes, fitted_orders]
    {
        put.extend(more);
        remove.extend(less);
    }
    let write = write(sync, &put, &remove).await;
    told.failed = write.err().map(|error| error.message().to_owned());
    let mut after: BTreeMap<&str, &str> = there
        .iter()
        .map(|(key, text)| (key.as_str(), text.as_str()))
        .collect();
    if told.failed.is_none() {
        for key in &remove {
            after.remove(key.as_str());
        }
        after.extend(put.iter().map(|(key, text)| (key.as_str(), text.as_str())));
    }
    told.used = after.iter().map(|(key, text)| room::cost(key, text)).sum();
    Ok((told, orders.take))
}

/// What is to be kept here, in one transaction: a note and what is to be decided about it.
fn change(notes: &notes::Compared, held: &[Held<Item>]) -> Option<Change> {
    if notes.take.is_empty() && notes.conflicts.is_empty() && notes.settled.is_empty() {
        return None;
    }
    let mut change = Change::new();
    for item in &notes.take {
        let known = held.iter().find(|held| held.record.id == item.id);
        let expect = known.map_or(Expect::New, |held| Expect::Since(held.sequence));
        change = change.put(item, expect);
    }
    for conflict in &notes.conflicts {
        change = change.put(conflict, Expect::Anything);
    }
    for id in &notes.settled {
        change = change.delete::<Conflict>(id.as_str(), Expect::Anything);
    }
    Some(change)
}

/// First there is made room.
async fn write(
    sync: &impl Area,
    put: &[(String, String)],
    remove: &[String],
) -> Result<(), StorageError> {
    if !remove.is_empty() {
        let remove: Vec<&str> = remove.iter().map(String::as_str).collect();
        sync.remove(&remove).await?;
    }
    if !put.is_empty() {
        sync.set(put).await?;
    }
    Ok(())
}
