//! Notes from two browsers brought together.

use std::collections::BTreeMap;

use super::versions::{Browser, Versions};
use crate::domain::evidence::{Conflict, Content, Item, ItemId, Note, Version, merge};
use crate::domain::sha256::Sha256;
use crate::domain::time::Moment;
use crate::store::evidence::{item_of_text, text_of_item};
use crate::store::record::Unreadable;

/// The form of an entry.
const FORM: &str = "1 ";

/// A note as it stands in the browser's sync: without its earlier versions, but with the other text while the user has not decided
/// between two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub versions: Versions,
    pub item: Item,
}

impl Entry {
    #[must_use]
    pub fn to_text(&self) -> String {
        let versions = self.versions.to_text();
        [FORM, &versions, "\n", &text_of_item(&self.item)].concat()
    }

    /// # Errors
    /// It is none, or a newer version has written it.
    pub fn from_text(text: &str) -> Result<Self, Unreadable> {
        let (head, item) = text.split_once('\n').ok_or(Unreadable::Damaged)?;
        let Some(versions) = head.strip_prefix(FORM) else {
            let number = head.split(' ').next().unwrap_or_default();
            return Err(match number.parse::<u32>() {
                Ok(2..) => Unreadable::Newer,
                _ => Unreadable::Damaged,
            });
        };
        let versions = Versions::from_text(versions).ok_or(Unreadable::Damaged)?;
        let item = item_of_text(item)?;
        match item.content {
            Content::Note(_) => Ok(Self { versions, item }),
            _ => Err(Unreadable::Damaged),
        }
    }

    /// The text that the user has not decided against yet.
    fn other(&self) -> Option<&Version> {
        self.item.note()?.earlier.last()
    }
}

/// What this browser knows of a note in the sync.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub versions: Versions,
    /// Of the note as it was then.
    pub digest: Sha256,
}

/// What this browser remembers from one time to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub browser: Browser,
    pub notes: BTreeMap<ItemId, Seen>,
}

impl Known {
    #[must_use]
    pub const fn new(browser: Browser) -> Self {
        Self {
            browser,
            notes: BTreeMap::new(),
        }
    }

    /// The browser in the first line, and a line for each note.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = self.browser.as_str().to_owned();
        for (id, seen) in &self.notes {
            let line = [
                "\n",
                id.as_str(),
                " ",
                &seen.versions.to_text(),
                " ",
                &seen.digest.hex(),
            ];
            text.push_str(&line.concat());
        }
        text
    }

    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        let mut known = Self::new(Browser::new(lines.next()?)?);
        for line in lines {
            let mut words = line.split(' ');
            let id = ItemId::new(words.next()?)?;
            let versions = Versions::from_text(words.next()?)?;
            let digest = Sha256::from_hex(words.next()?)?;
            known.notes.insert(id, Seen { versions, digest });
        }
        Some(known)
    }
}

/// The note without its earlier versions.
fn bare(item: &Item) -> Item {
    let mut item = item.clone();
    if let Content::Note(note) = &mut item.content {
        note.earlier.clear();
    }
    item
}

fn digest(item: &Item) -> Sha256 {
    Sha256::of(text_of_item(&bare(item)).as_bytes())
}

fn text(item: &Item) -> &str {
    item.note().map_or("", |note| note.text.trim())
}

/// What is to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// To be kept here.
    pub take: Vec<Item>,
    /// To be decided by the user, from now on.
    pub conflicts: Vec<Conflict>,
    /// Decided in another browser.
    pub settled: Vec<ItemId>,
    /// All notes, as they are to be in the sync: the most important first.
    pub wanted: Vec<Entry>,
    /// Of those in the sync: what has been in the bin for its time.
    pub gone: Vec<ItemId>,
    /// Written there by a newer version.
    pub newer: usize,
}

/// Brings together what is here and what is there. `open` is what the user has not decided yet. Where this browser has forgotten what it
/// has put there itself, it goes on as `fresh`: then whatever differs is to be decided, and nothing is taken for old that is not.
#[must_use]
pub fn compare(
    here: &[Item],
    open: &[Conflict],
    there: &BTreeMap<ItemId, Result<Entry, Unreadable>>,
    known: &mut Known,
    fresh: Browser,
    now: Moment,
) -> Compared {
    let mut done = Compared::default();
    let forgotten = there.iter().any(|(id, entry)| {
        let remembered = known.notes.get(id);
        let remembered = remembered.map_or(0, |seen| seen.versions.of(&known.browser));
        let written = entry
            .as_ref()
            .map(|entry| entry.versions.of(&known.browser));
        written.is_ok_and(|written| written > remembered)
    });
    if forgotten {
        known.browser = fresh;
    }
    let mut open: BTreeMap<&ItemId, Conflict> = open
        .iter()
        .map(|conflict| (&conflict.note, conflict.clone()))
        .collect();
    let mut wanted: Vec<Entry> = Vec::new();
    for item in here {
        if item.note().is_none() || item.is_gone(now) {
            continue;
        }
        let mut versions = known.notes.get(&item.id).map(|seen| seen.versions.clone());
        let is_new = known
            .notes
            .get(&item.id)
            .is_none_or(|seen| seen.digest != digest(item));
        if is_new {
            versions.get_or_insert_default().raise(&known.browser);
        }
        let versions = versions.unwrap_or_default();
        let ours = Entry {
            versions,
            item: item.clone(),
        };
        wanted.push(match there.get(&item.id) {
            Some(Ok(theirs)) => together(ours, theirs, &known.browser, &mut open, &mut done),
            Some(Err(Unreadable::Newer)) => continue,
            _ => ours,
        });
    }
    for (id, entry) in there {
        match entry {
            Ok(entry) if entry.item.is_gone(now) => done.gone.push(id.clone()),
            Ok(entry) if here.iter().all(|item| item.id != *id) => {
                done.take.push(entry.item.clone());
                if let Some(other) = entry.other() {
                    done.take_conflict(&mut open, id, entry, other);
                }
                wanted.push(entry.clone());
            }
            Err(Unreadable::Newer) => done.newer += 1,
            _ => {}
        }
    }
    for entry in &mut wanted {
        let seen = Seen {
            versions: entry.versions.clone(),
            digest: digest(&entry.item),
        };
        known.notes.insert(entry.item.id.clone(), seen);
        let other = open.get(&entry.item.id).map(|conflict| &conflict.other);
        if let Content::Note(note) = &mut entry.item.content {
            note.earlier = other.into_iter().cloned().collect();
        }
    }
    known
        .notes
        .retain(|id, _| there.contains_key(id) || wanted.iter().any(|entry| entry.item.id == *id));
    wanted.sort_by(|one, other| rank(&one.item).cmp(&rank(&other.item)));
    done.wanted = wanted;
    done
}

/// The same in every browser: what is in the bin is last, and what was changed last is first.
fn rank(item: &Item) -> impl Ord + '_ {
    let changed = std::cmp::Reverse(item.changed);
    (item.binned.is_some(), changed, &item.id)
}

/// One note that is here and there.
fn together<'a>(
    mut ours: Entry,
    theirs: &'a Entry,
    browser: &Browser,
    open: &mut BTreeMap<&'a ItemId, Conflict>,
    done: &mut Compared,
) -> Entry {
    let same = digest(&ours.item) == digest(&theirs.item);
    let known = ours.versions.covers(&theirs.versions);
    if known && ours.versions != theirs.versions {
        return ours;
    }
    let follows = !known && theirs.versions.covers(&ours.versions);
    let id = &theirs.item.id;
    ours.versions.join(&theirs.versions);
    match theirs.other() {
        // Of several that are to be decided, every browser asks about the same.
        Some(other) if same && open.get(id).is_some_and(|ours| ours.other >= *other) => {}
        Some(other) if follows || same => done.take_conflict(open, id, theirs, other),
        // Whoever wrote it knew of both texts.
        None if follows && open.remove(id).is_some() => done.settled.push(id.clone()),
        _ => {}
    }
    let mut item = if same {
        ours.item.clone()
    } else if follows {
        followed(&ours.item, &theirs.item)
    } else {
        // Neither knew of the other.
        let mut both = merge::merged(&ours.item, &bare(&theirs.item));
        if ours.item.binned.is_none() || theirs.item.binned.is_none() {
            both.binned = None;
        }
        let texts = [&ours.item, &theirs.item];
        let other = texts.into_iter().find(|item| text(item) != text(&both));
        if let Some(other) = other.filter(|other| !text(other).is_empty()) {
            let version = Version {
                at: other.changed,
                text: other
                    .note()
                    .map_or_else(String::new, |note| note.text.clone()),
            };
            done.take_conflict(open, id, theirs, &version);
        }
        ours.versions.raise(browser);
        both
    };
    if let (Content::Note(note), Some(other)) = (&mut item.content, theirs.other()) {
        note.keep(other.clone());
    }
    if item != ours.item {
        done.take.push(item.clone());
        ours.item = item;
    }
    ours
}

impl Compared {
    fn take_conflict<'a>(
        &mut self,
        open: &mut BTreeMap<&'a ItemId, Conflict>,
        id: &'a ItemId,
        entry: &Entry,
        other: &Version,
    ) {
        let conflict = Conflict {
            note: id.clone(),
            order: entry.item.place.order.clone(),
            other: other.clone(),
        };
        if open.insert(id, conflict.clone()).as_ref() != Some(&conflict) {
            self.conflicts.push(conflict);
        }
    }
}

/// Our note as it went on elsewhere, with what it said here before.
fn followed(ours: &Item, theirs: &Item) -> Item {
    let mut item = theirs.clone();
    item.made = item.made.min(ours.made);
    if let (Content::Note(note), Some(before)) = (&mut item.content, ours.note()) {
        let earlier = std::mem::take(&mut note.earlier);
        let mut both: Note = before.clone();
        both.write(&note.text, ours.changed, theirs.changed.max(ours.changed));
        earlier.into_iter().for_each(|version| both.keep(version));
        *note = both;
    }
    item
}
