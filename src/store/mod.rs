//! What Recourse keeps in the extension's own storage, and the only code that reads or writes it.
//!
//! | key | value |
//! |---|---|
//! | `order:<id>` | a [`Record`], one for each order, in the form that [`record`] describes |
//! | `dispute:<id>` | the number by which the shop knows the last dispute about the order |
//! | `index` | the ids of the newest records, newest first, so that a page knows at once which of its orders are unknown |
//! | `older` | the ids of the others, if there are so many that the index is only a beginning |
//! | `front` | the ids with which the order list began when it was last seen, in its order |
//! | `settings` | [`Settings`] |
//! | `engine` | which engine the content program last ran on |
//! | `latest`, `doubt` | the latest time that the computer's clock has shown, and the [`Doubt`] in it |
//! | `date-check` | the check of exact dates that was begun last |
//! | `date-check-progress` | how far it has come, for pages to show |
//! | `reminders` | what the user was reminded of and wishes to be |
//! | `reminding` | what the user has chosen about reminders |
//! | `calendar` | which events the calendar files have held that were saved |
//! | `backup` | when a backup was made last |
//! | `claim-shown` | when a claim was last shown beside a form of the shop |
//! | `sync`, `sync-known`, `sync-told` | what is shared with the user's other browsers: [`sync`] |
//! | `misunderstood` | the report of the last page that was not understood |
//! | `read:<page>` | a [`PageRead`]: how the last page of that kind was read |
//!
//! What could not be kept is remembered until the browser is closed, in another storage: [`Unkept`].
//!
//! Everything here can be read again from the shop's pages. The background program is the only writer of orders, so two
//! tabs cannot overwrite each other; pages read.

mod aftermath;
mod area;
mod asked;
pub mod claims;
mod date_check;
pub mod evidence;
mod format;
mod given;
mod index;
pub mod locker;
mod page_read;
pub mod record;
mod reminders;
pub mod sync;
mod unkept;

pub use area::{Area, Memory, StorageError, StorageTrouble};
pub use given::is_given_key;
pub use index::{Index, Inserted};
pub use page_read::PageRead;
pub use record::Unreadable;
pub use reminders::{is_reminders_key, is_reminding_key};
pub use unkept::{Unkept, is_unkept_key};

pub use format::Stored;
use record::{record_of_text, text_of_record};

use crate::domain::computer_clock::{Doubt, Watched};
use crate::domain::date_check::{DateCheck, Progress};
use crate::domain::ledger::{News, Record};
use crate::domain::number;
use crate::domain::order::OrderId;
use crate::domain::settings::Settings;
use crate::domain::sighting::{Page, Reading};
use crate::domain::time::{Moment, Zones};
use crate::domain::verdict::Verdict;

/// How the content program runs on the shop's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Wasm,
    /// The same program as JavaScript, where the page's content security policy forbids WebAssembly.
    Javascript,
}

impl Engine {
    pub const ALL: [Self; 2] = [Self::Wasm, Self::Javascript];

    /// The name under which it is kept and reported.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wasm => "wasm",
            Self::Javascript => "javascript",
        }
    }

    /// The engine of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }
}

/// Which engine ran last, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EngineSeen {
    pub engine: Engine,
    pub at: Moment,
}

/// A page of the shop that was not understood: its structure, without texts, ids or names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misunderstood {
    pub report: String,
    pub at: Moment,
}

/// What is amiss with pages of the shop as a whole, and not with an order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amiss {
    /// The last page that was not understood, if none was since.
    pub misunderstood: Option<Misunderstood>,
    /// The order list as it was read last, if some of its orders do not say which they are.
    pub unnamed: Option<PageRead>,
}

impl Amiss {
    /// How many problems that is.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.misunderstood.is_some() as usize + self.unnamed.is_some() as usize
    }
}

/// A stored value that could not be read back. It is left where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    pub key: String,
    pub why: Unreadable,
}

#[derive(Clone, Debug, Default)]
pub struct AllRecords {
    pub records: Vec<Record>,
    pub damaged: Vec<Damage>,
}

/// What a page needs before it can draw, apart from the records: read in one go.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    pub settings: Settings,
    /// What tells that the computer's clock is wrong. It may hold no more: ask [`Doubt::behind`].
    pub doubt: Option<Doubt>,
    /// Of a long index the beginning.
    pub index: Index,
    /// The orders with which the list began when it was last seen.
    pub front: Vec<OrderId>,
    /// How far a check of exact dates has come, if there is one.
    pub check: Option<Progress>,
}

impl Opening {
    /// What is read. The loader of the order list begins with the same keys, in this order.
    pub const KEYS: [&str; 5] = [SETTINGS, INDEX, FRONT, DOUBT, PROGRESS];
    /// More than fit on a screen; each costs Firefox a quarter of a millisecond. The loader chooses the orders in the same way.
    pub const FRONT: usize = 40;
    pub const NEWEST: usize = 20;

    /// The orders whose records are read before the page shows which it has: those with which it began the last time, and the
    /// newest, for a list that begins otherwise.
    #[must_use]
    pub fn ahead(&self) -> Vec<OrderId> {
        let newest = self.index.ids().filter(|id| !self.front.contains(id));
        let front = self.front.iter().take(Self::FRONT).cloned();
        front.chain(newest.take(Self::NEWEST)).collect()
    }
}

/// The extension's storage, on any [`Area`].
#[derive(Clone, Debug)]
pub struct Store<A> {
    area: A,
}

const SETTINGS: &str = "settings";
const INDEX: &str = "index";
const OLDER: &str = "older";
const FRONT: &str = "front";
const ENGINE: &str = "engine";
const MISUNDERSTOOD: &str = "misunderstood";
const LATEST: &str = "latest";
const DOUBT: &str = "doubt";
const DATE_CHECK: &str = "date-check";
const PROGRESS: &str = "date-check-progress";
const PROBE: &str = "probe";
const BACKUP: &str = "backup";
/// Read by `loaders/sign-in.js`.
const CLAIM_SHOWN: &str = "claim-shown";
const ORDER: &str = "order:";
const DISPUTE: &str = "dispute:";
const READ: &str = "read:";

/// The order whose record the key holds, if it holds one.
#[must_use]
pub fn order_of_key(key: &str) -> Option<OrderId> {
    OrderId::new(key.strip_prefix(ORDER)?)
}

/// Whether a change of that key changes how everything is shown: the settings, or the doubt in the computer's clock.
#[must_use]
pub fn is_settings_key(key: &str) -> bool {
    key == SETTINGS || key == DOUBT
}

/// Whether a change of that key says how far a check of exact dates has come.
#[must_use]
pub fn is_progress_key(key: &str) -> bool {
    key == PROGRESS
}

fn key_of(id: &OrderId) -> String {
    [ORDER, id.as_str()].concat()
}

impl<A: Area> Store<A> {
    /// So many orders of the list's beginning are remembered.
    pub const FRONT: usize = Opening::FRONT;

    pub const fn new(area: A) -> Self {
        Self { area }
    }

    /// Settings and the beginning of the index. A damaged value counts as absent here; the dashboard names it.
    pub async fn opening(&self) -> Result<Opening, StorageError> {
        let mut values = self.area.get(&Opening::KEYS).await?.into_iter();
        let settings = parse_or_default(values.next().flatten());
        let index: Index = parse_or_default(values.next().flatten());
        let front = front_ids(values.next().flatten());
        let doubt = values.next().flatten();
        let check = values.next().flatten();
        Ok(Opening {
            settings,
            doubt: doubt.and_then(|text| Doubt::from_text(&text)),
            index,
            front,
            check: check.and_then(|text| Progress::from_text(&text)),
        })
    }

    /// The ids of all records.
    pub async fn index(&self) -> Result<Index, StorageError> {
        let mut values = self.area.get(&[INDEX, OLDER]).await?.into_iter();
        let index: Index = parse_or_default(values.next().flatten());
        Ok(index.join(&parse_or_default(values.next().flatten())))
    }

    /// The records of those orders; an order without one, or with a damaged one, is left out.
    pub async fn records(&self, ids: &[OrderId]) -> Result<Vec<Record>, StorageError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let keys: Vec<String> = ids.iter().map(key_of).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let values = self.area.get(&keys).await?;
        let records = values
            .into_iter()
            .zip(ids)
            .filter_map(|(text, id)| record_of_text(&text?, id).ok());
        Ok(records.collect())
    }

    pub async fn record(&self, id: &OrderId) -> Result<Option<Record>, StorageError> {
        Ok(self.records(std::slice::from_ref(id)).await?.pop())
    }

    /// Every record, and every stored order that could not be read back.
    pub async fn all_records(&self) -> Result<AllRecords, StorageError> {
        let mut all = AllRecords::default();
        for (key, text) in self.area.get_all().await? {
            let Some(id) = key.strip_prefix(ORDER) else {
                continue;
            };
            let record = OrderId::new(id)
                .ok_or(Unreadable::Damaged)
                .and_then(|id| record_of_text(&text, &id));
            match record {
                Ok(record) => all.records.push(record),
                Err(why) => all.damaged.push(Damage { key, why }),
            }
        }
        Ok(all)
    }

    /// What is kept under the key of such [`Damage`], as it is.
    pub async fn raw(&self, damage: &Damage) -> Result<Option<String>, StorageError> {
        Ok(self.area.get(&[&damage.key]).await?.pop().flatten())
    }

    /// Takes in what pages told by now. Says which orders changed. A record that cannot be read back is not overwritten: its
    /// readings are left out and named in the error list of the dashboard.
    pub async fn absorb(
        &self,
        readings: &[Reading],
        now: Moment,
    ) -> Result<Vec<OrderId>, StorageError> {
        let ids = readings.iter().map(|reading| reading.order.clone());
        let take_in = |record: &mut Record| {
            let mut news = News::None;
            // One of another order is not taken.
            for reading in readings {
                if record.absorb(reading) == News::Worth {
                    news = News::Worth;
                }
            }
            news
        };
        self.change_orders(ids.collect(), take_in, now).await
    }

    /// Takes in what is known of orders elsewhere: in another browser, or in a backup. Says which changed.
    pub async fn join(
        &self,
        records: &[Record],
        now: Moment,
    ) -> Result<Vec<OrderId>, StorageError> {
        let ids = records.iter().map(|record| record.id.clone());
        let mut sorted: Vec<&Record> = records.iter().collect();
        sorted.sort_by(|one, other| one.id.cmp(&other.id));
        let take_in = |record: &mut Record| {
            let place = sorted.binary_search_by(|other| other.id.cmp(&record.id));
            let theirs = place.ok().and_then(|place| sorted.get(place));
            let news = theirs.map_or(News::None, |theirs| record.join(theirs));
            if record.end_by(now) == News::Worth {
                return News::Worth;
            }
            news
        };
        self.change_orders(ids.collect(), take_in, now).await
    }

    async fn change_orders(
        &self,
        mut ids: Vec<OrderId>,
        take_in: impl Fn(&mut Record) -> News,
        now: Moment,
    ) -> Result<Vec<OrderId>, StorageError> {
        ids.sort();
        ids.dedup();
        let keys: Vec<String> = ids.iter().map(key_of).chain([INDEX.to_owned()]).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let mut values = self.area.get(&keys).await?;
        let mut index: Index = parse_or_default(values.pop().flatten());
        let mut entries = Vec::new();
        let mut changed = Vec::new();
        let mut index_changed = false;
        // New ones that are older than the beginning of the index.
        let mut older = Vec::new();
        for (id, text) in ids.into_iter().zip(values) {
            let is_new = text.is_none();
            let record = match text {
                None => Ok(Record::new(id.clone())),
                Some(text) => record_of_text(&text, &id),
            };
            let Ok(mut record) = record else { continue };
            let mut news = record.end_by(now);
            if take_in(&mut record) == News::Worth {
                news = News::Worth;
            }
            match index.insert(&id) {
                Inserted::Now => index_changed = true,
                Inserted::Nowhere if is_new => older.push(id.clone()),
                Inserted::Nowhere | Inserted::Before => {}
            }
            if news == News::Worth {
                entries.push((key_of(&id), text_of_record(&record)));
                changed.push(id);
            }
        }
        let split = index.split();
        if split.is_some() || !older.is_empty() {
            let mut apart: Index = self.value(OLDER).await?.unwrap_or_default();
            for id in &older {
                apart.insert(id);
            }
            if let Some(split) = split {
                apart = split.join(&apart);
            }
            entries.push((OLDER.to_owned(), apart.to_text()));
        }
        if index_changed {
            entries.push((INDEX.to_owned(), index.to_text()));
        }
        if !entries.is_empty() {
            self.area.set(&entries).await?;
        }
        Ok(changed)
    }

    /// Makes room in a storage that is full: the oldest orders of which nothing can be claimed any more, by the rules as the user has
    /// chosen them, are shortened, a few hundred at once. Says how many were; none, where that would make no room. No fact of
    /// any order is lost.
    pub async fn make_room(&self, now: Moment, zones: Zones<'_>) -> Result<usize, StorageError> {
        /// At once: each is about 300 bytes of room, and a page of the order list needs a few thousand.
        const MANY: usize = 500;
        let mut settings = Settings::default();
        let mut stored: Vec<(OrderId, String)> = Vec::new();
        for (key, text) in self.area.get_all().await? {
            if key == SETTINGS {
                settings = parse_or_default(Some(text));
            } else if let Some(id) = order_of_key(&key) {
                stored.push((id, text));
            }
        }
        stored.sort_unstable_by(|(first, _), (second, _)| {
            (first.as_str().len(), first).cmp(&(second.as_str().len(), second))
        });
        let mut entries = Vec::new();
        for (id, text) in &stored {
            let Ok(mut record) = record_of_text(text, id) else {
                continue;
            };
            if entries.len() == MANY {
                break;
            }
            if Verdict::chosen(&record, now, zones, &settings.choices).is_over() {
                record.shorten();
                let short = text_of_record(&record);
                if short.len() < text.len() {
                    entries.push((key_of(id), short));
                }
            }
        }
        if !entries.is_empty() {
            self.area.set(&entries).await?;
        }
        Ok(entries.len())
    }

    /// Makes the index name exactly the records that are there, after an update or a repair of the browser's.
    pub async fn check_index(&self) -> Result<(), StorageError> {
        let mut found = Vec::new();
        let mut stored = Index::default();
        let mut older = Index::default();
        for (key, text) in self.area.get_all().await? {
            if let Some(id) = order_of_key(&key) {
                found.push(id);
            } else if key == INDEX {
                stored = parse_or_default(Some(text));
            } else if key == OLDER {
                older = parse_or_default(Some(text));
            }
        }
        let mut found = Index::of(found);
        if !stored.is_long() && found == stored.join(&older) {
            return Ok(());
        }
        let older = found.split().unwrap_or_default();
        let entry = |key: &str, index: Index| (key.to_owned(), index.to_text());
        self.area
            .set(&[entry(INDEX, found), entry(OLDER, older)])
            .await
    }

    pub async fn settings(&self) -> Result<Settings, StorageError> {
        self.value(SETTINGS).await.map(Option::unwrap_or_default)
    }

    pub async fn save_settings(&self, settings: &Settings) -> Result<(), StorageError> {
        self.keep(SETTINGS, settings).await
    }

    /// When a backup was made last.
    pub async fn backup_made(&self) -> Result<Option<Moment>, StorageError> {
        let text = self.area.get(&[BACKUP]).await?.pop().flatten();
        Ok(text.and_then(|text| number::read(&text, 10)).map(Moment))
    }

    /// Notes that a claim is beside a form of the shop: where the shop asks to sign in soon after, it is said that it is safe.
    pub async fn save_claim_shown(&self, at: Moment) -> Result<(), StorageError> {
        let entry = (CLAIM_SHOWN.to_owned(), number::text(at.0));
        self.area.set(&[entry]).await
    }

    pub async fn save_backup_made(&self, made: Moment) -> Result<(), StorageError> {
        let entry = (BACKUP.to_owned(), number::text(made.0));
        self.area.set(&[entry]).await
    }

    /// Remembers with which orders the list begins.
    pub async fn save_front(&self, orders: &[OrderId]) -> Result<(), StorageError> {
        let ids: Vec<&str> = orders
            .iter()
            .take(Self::FRONT)
            .map(OrderId::as_str)
            .collect();
        self.area.set(&[(FRONT.to_owned(), ids.join(","))]).await
    }

    /// What tells that the computer's clock is wrong. It may hold no more: ask [`Doubt::behind`].
    pub async fn doubt(&self) -> Result<Option<Doubt>, StorageError> {
        self.value(DOUBT).await
    }

    /// Keeps what the computer's clock shows now, and the reason to doubt it if one was found or there is one in that.
    pub async fn watch_clock(&self, now: Moment, found: Option<Doubt>) -> Result<(), StorageError> {
        let mut values = self.area.get(&[LATEST, DOUBT]).await?.into_iter();
        let mut value = || values.next().flatten();
        let before = Watched {
            latest: value().and_then(|text| number::read(&text, 10)).map(Moment),
            doubt: value().and_then(|text| Doubt::from_text(&text)),
        };
        let after = before.after(now, found);
        if after.doubt.is_none() && before.doubt.is_some() {
            self.area.remove(&[DOUBT]).await?;
        }
        let mut entries = Vec::new();
        if let Some(doubt) = after
            .doubt
            .filter(|doubt| before.doubt.as_ref() != Some(doubt))
        {
            entries.push((DOUBT.to_owned(), doubt.to_text()));
        }
        if let Some(latest) = after.latest.filter(|latest| before.latest != Some(*latest)) {
            entries.push((LATEST.to_owned(), number::text(latest.0)));
        }
        if entries.is_empty() {
            return Ok(());
        }
        self.area.set(&entries).await
    }

    pub async fn engine(&self) -> Result<Option<EngineSeen>, StorageError> {
        self.value(ENGINE).await
    }

    pub async fn save_engine(&self, seen: EngineSeen) -> Result<(), StorageError> {
        if self
            .engine()
            .await?
            .is_some_and(|old| old.engine == seen.engine && seen.at.since(old.at) < Record::FRESH)
        {
            return Ok(());
        }
        self.keep(ENGINE, &seen).await
    }

    /// The number of the last dispute about that line of the order, by the line's number; 0: about whichever line.
    pub async fn dispute(
        &self,
        order: &OrderId,
        line: u64,
    ) -> Result<Option<String>, StorageError> {
        let key = dispute_key(order, line);
        Ok(self.area.get(&[&key]).await?.pop().flatten())
    }

    pub async fn save_dispute(
        &self,
        order: &OrderId,
        line: u64,
        number: &str,
    ) -> Result<(), StorageError> {
        let mut lines = vec![0, line];
        lines.dedup();
        let entry = |line| (dispute_key(order, line), number.to_owned());
        let entries: Vec<_> = lines.into_iter().map(entry).collect();
        self.area.set(&entries).await
    }

    pub async fn misunderstood(&self) -> Result<Option<Misunderstood>, StorageError> {
        self.value(MISUNDERSTOOD).await
    }

    /// Keeps the report of a page that was not understood; `None` when a page was understood again.
    pub async fn save_misunderstood(
        &self,
        report: Option<&Misunderstood>,
    ) -> Result<(), StorageError> {
        match report {
            Some(report) => self.keep(MISUNDERSTOOD, report).await,
            None => self.area.remove(&[MISUNDERSTOOD]).await,
        }
    }

    /// What is amiss with pages of the shop as a whole, and not with an order.
    pub async fn amiss(&self) -> Result<Amiss, StorageError> {
        let list = read_key(Page::OrderList);
        let mut values = self.area.get(&[MISUNDERSTOOD, &list]).await?.into_iter();
        let mut value = || values.next().flatten();
        let misunderstood = value().and_then(|text| Misunderstood::from_text(&text));
        let list = value().and_then(|text| PageRead::from_text(&text));
        Ok(Amiss {
            misunderstood,
            unnamed: list.filter(|list| list.unnamed.is_some()),
        })
    }

    /// How the last page was read, of each kind that was.
    pub async fn pages_read(&self) -> Result<Vec<PageRead>, StorageError> {
        let keys = Page::ALL.map(read_key);
        let values = self.area.get(&keys.each_ref().map(String::as_str)).await?;
        let read = values.into_iter().flatten();
        Ok(read.filter_map(|text| PageRead::from_text(&text)).collect())
    }

    pub async fn save_page_read(&self, read: &PageRead) -> Result<(), StorageError> {
        let key = read_key(read.page);
        let old: Option<PageRead> = self.value(&key).await?;
        if old.is_some_and(|old| old.is_like(read) && read.at.since(old.at) < Record::FRESH) {
            return Ok(());
        }
        self.keep(&key, read).await
    }

    /// The check of exact dates that was begun last, until its result was read.
    pub async fn date_check(&self) -> Result<Option<DateCheck>, StorageError> {
        self.value(DATE_CHECK).await
    }

    /// How far it has come.
    pub async fn date_check_progress(&self) -> Result<Option<Progress>, StorageError> {
        self.value(PROGRESS).await
    }

    /// Keeps the check and how far it has come, in one write; or forgets both.
    pub async fn save_date_check(&self, check: Option<&DateCheck>) -> Result<(), StorageError> {
        match check {
            Some(check) => {
                self.area
                    .set(&[
                        (DATE_CHECK.to_owned(), check.to_text()),
                        (PROGRESS.to_owned(), check.progress().to_text()),
                    ])
                    .await
            }
            None => self.area.remove(&[DATE_CHECK, PROGRESS]).await,
        }
    }

    /// Whether something can be kept at all, found out by keeping something and removing it again.
    pub async fn probe(&self) -> Result<(), StorageError> {
        self.area.set(&[(PROBE.to_owned(), "1".to_owned())]).await?;
        self.area.remove(&[PROBE]).await
    }

    /// Forgets every order and report, and shares nothing from then on: other browsers would bring the orders back. Settings stay.
    pub async fn forget_orders(&self) -> Result<(), StorageError> {
        let all = self.area.get_all().await?;
        let mut keys: Vec<&str> = all
            .iter()
            .map(|(key, _)| key.as_str())
            .filter(|key| {
                [ORDER, DISPUTE, READ, asked::ASKED]
                    .iter()
                    .any(|of| key.starts_with(of))
            })
            .collect();
        keys.extend([
            DATE_CHECK,
            PROGRESS,
            INDEX,
            OLDER,
            FRONT,
            MISUNDERSTOOD,
            ENGINE,
            given::GIVEN,
        ]);
        keys.extend(sync::KEYS);
        keys.extend(reminders::KEYS);
        self.area.remove(&keys).await
    }

    async fn value<T: Stored>(&self, key: &str) -> Result<Option<T>, StorageError> {
        let text = self.area.get(&[key]).await?.pop().flatten();
        Ok(text.and_then(|text| T::from_text(&text)))
    }

    /// Keeps under the key what [`Self::value`] reads again.
    async fn keep<T: Stored>(&self, key: &str, value: &T) -> Result<(), StorageError> {
        self.area.set(&[(key.to_owned(), value.to_text())]).await
    }
}

fn parse_or_default<T: Stored + Default>(text: Option<String>) -> T {
    text.and_then(|text| T::from_text(&text))
        .unwrap_or_default()
}

fn front_ids(text: Option<String>) -> Vec<OrderId> {
    text.unwrap_or_default()
        .split(',')
        .filter_map(OrderId::new)
        .collect()
}

/// `wasm 1795176000000`
impl Stored for EngineSeen {
    fn to_text(&self) -> String {
        [self.engine.name(), " ", &number::text(self.at.0)].concat()
    }

    fn from_text(text: &str) -> Option<Self> {
        let (engine, at) = text.split_once(' ')?;
        Some(Self {
            engine: Engine::named(engine)?,
            at: Moment(number::read(at, 10)?),
        })
    }
}

/// When, and below it the report.
impl Stored for Misunderstood {
    fn to_text(&self) -> String {
        [&number::text(self.at.0), "\n", &self.report].concat()
    }

    fn from_text(text: &str) -> Option<Self> {
        let (at, report) = text.split_once('\n')?;
        Some(Self {
            report: report.to_owned(),
            at: Moment(number::read(at, 10)?),
        })
    }
}

#[cfg(target_arch = "wasm32")]
pub type LocalStore = Store<crate::browser::storage::Local>;

#[cfg(target_arch = "wasm32")]
impl LocalStore {
    #[must_use]
    pub const fn open() -> Self {
        Self::new(crate::browser::storage::Local)
    }
}

#[cfg(target_arch = "wasm32")]
impl Unkept<crate::browser::storage::Session> {
    #[must_use]
    pub const fn open() -> Self {
        Self::new(crate::browser::storage::Session)
    }
}

fn read_key(page: Page) -> String {
    [READ, page.name()].concat()
}

/// The key of the number of a dispute about a line: a line that is not known has none in it.
fn dispute_key(order: &OrderId, line: u64) -> String {
    let mut key = [DISPUTE, order.as_str()].concat();
    if let Some(line) = i64::try_from(line).ok().filter(|line| *line > 0) {
        key.push_str(&["-", &number::text(line)].concat());
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::order::OrderState;
    use crate::domain::problem::{Field, Problem, Trouble};
    use crate::domain::rules::{Change, Choices};
    use crate::domain::sighting::Fact;
    use crate::domain::time::{LosAngeles, Span};
    use crate::site::strategy::Tally;

    /// Runs a future that never waits, as all futures on [`Memory`] are.
    fn run<T>(future: impl Future<Output = T>) -> T {
        let mut future = std::pin::pin!(future);
        match future
            .as_mut()
            .poll(&mut std::task::Context::from_waker(std::task::Waker::noop()))
        {
            std::task::Poll::Ready(value) => value,
            std::task::Poll::Pending => panic!("memory never waits"),
        }
    }

    const NOW: Moment = Moment(1_795_176_000_000);

    fn zones() -> Zones<'static> {
        Zones {
            buyer: &LosAngeles,
            site: &LosAngeles,
        }
    }

    fn reading(id: &str, at: i64) -> Reading {
        let mut reading = Reading::new(OrderId::new(id).unwrap(), Page::OrderList, Moment(at));
        reading.saw(
            Fact::Placed("2026-09-01".parse().unwrap()),
            "Date: Sep 1, 2026",
        );
        reading
    }

    #[test]
    fn each_line_of_an_order_has_the_number_of_its_own_dispute() {
        let store = Store::new(Memory::default());
        let order = OrderId::new("8212313961591322").unwrap();
        let number = |line| run(store.dispute(&order, line)).unwrap();
        run(store.save_dispute(&order, 7, "1120001")).unwrap();
        run(store.save_dispute(&order, 8, "1120002")).unwrap();
        assert_eq!(number(7).as_deref(), Some("1120001"));
        assert_eq!(number(8).as_deref(), Some("1120002"));
        assert_eq!(
            number(0).as_deref(),
            Some("1120002"),
            "the last of the order"
        );
        assert_eq!(number(9), None);
        // A page that names no line says nothing of any.
        run(store.save_dispute(&order, 0, "1120003")).unwrap();
        assert_eq!(number(0).as_deref(), Some("1120003"));
        assert_eq!(number(7).as_deref(), Some("1120001"));
        run(store.forget_orders()).unwrap();
        assert_eq!(number(7).or(number(0)), None);
    }

    #[test]
    fn the_smallest_sum_that_was_asked_for_counts_until_it_was_put_back() {
        use crate::domain::money::{Currency, Money};
        let store = Store::new(Memory::default());
        let order = OrderId::new("8212313961591322").unwrap();
        let sum = |mantissa, code: &str| Money {
            mantissa,
            scale: 2,
            currency: Currency::Code(code.into()),
        };
        let asked = || run(store.asked(&order)).unwrap();
        let save = |line, sum: Option<&Money>| run(store.save_asked(&order, line, sum)).unwrap();
        assert_eq!(asked(), None);
        save(1, Some(&sum(1290, "EUR")));
        save(2, Some(&sum(500, "EUR")));
        assert_eq!(asked(), Some(sum(500, "EUR")));
        save(2, Some(&sum(2000, "EUR")));
        assert_eq!(asked(), Some(sum(1290, "EUR")), "of a line the last counts");
        save(2, Some(&sum(500, "USD")));
        assert_eq!(asked(), None, "they cannot be compared");
        save(2, None);
        assert_eq!(asked(), Some(sum(1290, "EUR")));
        run(store.forget_orders()).unwrap();
        assert_eq!(asked(), None, "it goes with the orders");
    }

    #[test]
    fn what_could_not_be_kept_is_remembered_until_it_is() {
        let unkept = Unkept::new(Memory::default());
        let [one, other] =
            ["8212313961591322", "8212313961591323"].map(|id| OrderId::new(id).unwrap());
        assert_eq!(run(unkept.why()), None);
        for trouble in StorageTrouble::ALL {
            let error = StorageError::new(trouble, "no\nroom");
            let orders = [one.clone(), other.clone()];
            assert!(run(unkept.ended(orders, &Err(error.clone()))).unwrap());
            assert_eq!(run(unkept.why()), Some(error.clone()));
            // One page's order found room: the other's is still not kept.
            assert!(run(unkept.ended([one.clone()], &Ok(()))).unwrap());
            assert_eq!(run(unkept.why()), Some(error));
            assert!(!run(unkept.ended([other.clone()], &Ok(()))).unwrap());
            assert_eq!(run(unkept.why()), None);
        }
        let error = StorageError::new(StorageTrouble::Full, "");
        run(unkept.ended([one], &Err(error))).unwrap();
        run(unkept.forget()).unwrap();
        assert_eq!(run(unkept.why()), None);
    }

    #[test]
    fn an_order_without_a_number_is_a_problem_until_the_list_is_read_without_one() {
        let store = Store::new(Memory::default());
        let list = |unnamed, at| PageRead {
            page: Page::OrderList,
            at,
            unnamed,
            tally: Tally::default(),
        };
        let unnamed = || {
            let mut read = run(store.pages_read()).unwrap();
            read.pop().map(|read| (read.unnamed, read.at))
        };
        let missing = (3, Problem::new(Field::OrderId, Trouble::Missing, ""));
        let with = list(Some(missing.clone()), NOW);
        assert_eq!(unnamed(), None);
        run(store.save_page_read(&with)).unwrap();
        assert_eq!(unnamed(), Some((Some(missing.clone()), NOW)));
        // The same again is not written until it is old.
        let soon = NOW.plus(Span::hours(1));
        run(store.save_page_read(&list(Some(missing.clone()), soon))).unwrap();
        assert_eq!(unnamed(), Some((Some(missing.clone()), NOW)));
        let later = NOW.plus(Span::hours(13));
        run(store.save_page_read(&list(Some(missing.clone()), later))).unwrap();
        assert_eq!(unnamed(), Some((Some(missing), later)));
        // Another kind of page says nothing of the list.
        let detail = PageRead {
            page: Page::OrderDetail,
            ..list(None, later)
        };
        run(store.save_page_read(&detail)).unwrap();
        let all = run(store.pages_read()).unwrap();
        assert_eq!(all.len(), 2);
        assert!(all[0].unnamed.is_some() && all[1] == detail);
        let amiss = run(store.amiss()).unwrap();
        assert_eq!(amiss.unnamed.as_ref(), all.first());
        assert_eq!(amiss.count(), 1);
        run(store.save_page_read(&list(None, later))).unwrap();
        assert_eq!(run(store.pages_read()).unwrap()[0].unnamed, None);
        assert_eq!(run(store.amiss()).unwrap(), Amiss::default());
        run(store.forget_orders()).unwrap();
        assert!(run(store.pages_read()).unwrap().is_empty());
    }

    #[test]
    fn what_was_absorbed_is_read_back() {
        let store = Store::new(Memory::default());
        let first = reading("8212313961591322", 1);
        let second = reading("8212313961591323", 1);
        let changed = run(store.absorb(&[first.clone(), second], NOW)).unwrap();
        assert_eq!(changed.len(), 2);
        let opening = run(store.opening()).unwrap();
        assert_eq!(run(store.records(&opening.ahead())).unwrap().len(), 2);
        let newest = opening.index.ids().next();
        assert_eq!(newest.unwrap().as_str(), "8212313961591323");
        assert!(opening.index.may_hold(&first.order));
        let record = run(store.record(&first.order)).unwrap().unwrap();
        assert_eq!(record.placed(), Some("2026-09-01".parse().unwrap()));
    }

    #[test]
    fn reading_the_same_again_writes_nothing_until_it_is_old() {
        let store = Store::new(Memory::default());
        let id = "8212313961591322";
        run(store.absorb(&[reading(id, 0)], NOW)).unwrap();
        assert!(
            run(store.absorb(&[reading(id, Span::hours(1).0)], NOW))
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            run(store.absorb(&[reading(id, Span::hours(13).0)], NOW))
                .unwrap()
                .len(),
            1
        );
    }

    #[test]
    fn a_damaged_record_is_named_and_never_overwritten() {
        let memory = Memory::default();
        let id = OrderId::new("8212313961591322").unwrap();
        run(memory.set(&[(key_of(&id), "2 0|p fxs".to_owned())])).unwrap();
        let store = Store::new(memory.clone());
        assert!(
            run(store.absorb(&[reading(id.as_str(), 5)], NOW))
                .unwrap()
                .is_empty()
        );
        let all = run(store.all_records()).unwrap();
        assert!(all.records.is_empty());
        assert_eq!(all.damaged[0].key, "order:8212313961591322");
        assert_eq!(
            run(memory.get(&["order:8212313961591322"])).unwrap()[0].as_deref(),
            Some("2 0|p fxs")
        );
    }

    #[test]
    fn a_lost_index_is_made_again_from_the_records() {
        let memory = Memory::default();
        let store = Store::new(memory.clone());
        run(store.absorb(&[reading("8212313961591322", 1)], NOW)).unwrap();
        run(memory.remove(&["index"])).unwrap();
        assert!(run(store.opening()).unwrap().ahead().is_empty());
        run(store.check_index()).unwrap();
        assert_eq!(run(store.opening()).unwrap().ahead().len(), 1);
    }

    #[test]
    fn of_many_orders_a_page_reads_the_newest_and_no_order_is_taken_for_unknown() {
        let memory = Memory::default();
        let store = Store::new(memory.clone());
        let readings: Vec<Reading> = (0..2_000)
            .map(|n| reading(&format!("82{n:014}"), 1))
            .collect();
        // In portions, from the middle to both ends: new orders come, and old ones are looked up.
        let (first, last) = readings.split_at(1_000);
        for (older, newer) in first.rchunks(70).zip(last.chunks(70)) {
            run(store.absorb(newer, NOW)).unwrap();
            run(store.absorb(older, NOW)).unwrap();
        }
        let ids: Vec<OrderId> = readings.iter().map(|r| r.order.clone()).collect();
        let opening = || run(store.opening()).unwrap();
        let is_right = || {
            let index = opening().index;
            assert!(index.to_text().len() < 10_000);
            assert!(ids.iter().all(|id| index.may_hold(id)));
            assert_eq!(run(store.index()), Ok(Index::of(ids.clone())));
        };
        is_right();
        let new = OrderId::new("8299999999999999").unwrap();
        assert!(!opening().index.may_hold(&new));
        let kept = |memory: &Memory| run(memory.get(&["index", "older"])).unwrap();
        let before = kept(&memory);
        run(store.check_index()).unwrap();
        assert_eq!(kept(&memory), before);
        // As it was kept before there were two, and when one was lost.
        let whole = run(store.index()).unwrap().to_text();
        run(memory.remove(&["older"])).unwrap();
        run(store.check_index()).unwrap();
        is_right();
        run(memory.remove(&["older"])).unwrap();
        run(memory.set(&[("index".to_owned(), whole)])).unwrap();
        assert_eq!(run(store.index()), Ok(Index::of(ids.clone())));
        run(store.check_index()).unwrap();
        is_right();
        run(store.forget_orders()).unwrap();
        assert_eq!(kept(&memory), [None, None]);
    }

    #[test]
    fn a_refusing_storage_is_an_error_and_loses_nothing() {
        let memory = Memory::default();
        let store = Store::new(memory.clone());
        run(store.absorb(&[reading("8212313961591322", 1)], NOW)).unwrap();
        memory.refuse(true);
        let error = run(store.absorb(&[reading("8212313961591323", 1)], NOW)).unwrap_err();
        assert_eq!(error.trouble(), StorageTrouble::Full);
        memory.refuse(false);
        assert_eq!(run(store.all_records()).unwrap().records.len(), 1);
    }

    #[test]
    fn the_orders_that_the_list_showed_first_are_read_ahead_of_the_newest() {
        let store = Store::new(Memory::default());
        let readings: Vec<Reading> = (0..200)
            .map(|n| reading(&format!("82{n:014}"), 1))
            .collect();
        run(store.absorb(&readings, NOW)).unwrap();
        let old: Vec<OrderId> = readings[..3]
            .iter()
            .map(|reading| reading.order.clone())
            .collect();
        run(store.save_front(&old)).unwrap();
        let opening = run(store.opening()).unwrap();
        assert_eq!(opening.front, old);
        let ahead = opening.ahead();
        assert_eq!(ahead.len(), 3 + Opening::NEWEST);
        assert_eq!(ahead[..3], old);
    }

    #[test]
    fn a_clock_set_back_is_kept_as_a_doubt_and_gone_when_it_is_corrected() {
        let store = Store::new(Memory::default());
        run(store.watch_clock(NOW, None)).unwrap();
        assert_eq!(run(store.doubt()), Ok(None));
        let back = NOW.minus(Span::days(20));
        run(store.watch_clock(back, None)).unwrap();
        let doubt = run(store.doubt()).unwrap().unwrap();
        assert_eq!(doubt.behind(back), Some(Span::days(20)));
        assert_eq!(run(store.opening()).unwrap().doubt, Some(doubt));
        run(store.watch_clock(NOW.plus(Span::hours(2)), None)).unwrap();
        assert_eq!(run(store.doubt()), Ok(None));
    }

    #[test]
    fn a_date_that_was_read_while_the_clock_was_fast_does_not_outlast_a_newer_one() {
        let store = Store::new(Memory::default());
        let id = OrderId::new("8212313961591322").unwrap();
        let deadline = |day: &str, at: Moment| {
            let mut reading = Reading::new(id.clone(), Page::OrderDetail, at);
            reading.saw(Fact::RefundIfNotDeliveredBefore(day.parse().unwrap()), day);
            reading
        };
        let fast = NOW.plus(Span::days(365));
        run(store.absorb(&[deadline("2026-11-23", fast)], fast)).unwrap();
        run(store.absorb(&[deadline("2026-12-01", NOW)], NOW)).unwrap();
        let record = run(store.record(&id)).unwrap().unwrap();
        let latest = record.sightings.iter().max_by_key(|sighting| sighting.last);
        assert_eq!(latest.unwrap().text, "2026-12-01");
        assert_eq!(record.last_seen(), Some(NOW));
    }

    #[test]
    fn a_full_disk_is_noticed_by_trying() {
        let memory = Memory::default();
        let store = Store::new(memory.clone());
        assert_eq!(run(store.probe()), Ok(()));
        assert!(run(memory.get_all()).unwrap().is_empty());
        memory.refuse(true);
        assert_eq!(
            run(store.probe()).unwrap_err().trouble(),
            StorageTrouble::Full
        );
    }

    #[test]
    fn room_is_made_of_the_oldest_orders_that_are_over_and_every_fact_of_them_stays() {
        let memory = Memory::default();
        let store = Store::new(memory.clone());
        let mut readings: Vec<Reading> = (0..700)
            .map(|n| reading(&format!("82{n:014}"), 1))
            .collect();
        for (n, reading) in readings.iter_mut().enumerate() {
            // Every second one is over.
            let state = [OrderState::Cancelled, OrderState::AwaitingDelivery];
            reading.saw(Fact::State(state[n % 2]), "as printed");
        }
        run(store.absorb(&readings, NOW)).unwrap();
        let facts = |record: &Record| -> Vec<_> {
            let sightings = record.sightings.iter();
            sightings
                .map(|sighting| (sighting.fact.clone(), sighting.page, sighting.first))
                .collect()
        };
        let before =
            run(store.records(&readings.iter().map(|r| r.order.clone()).collect::<Vec<_>>()))
                .unwrap();
        let over = |record: &Record| record.state() == Some(OrderState::Cancelled);
        assert_eq!(run(store.make_room(NOW, zones())), Ok(350));
        assert_eq!(
            run(store.make_room(NOW, zones())),
            Ok(0),
            "nothing is left to shorten"
        );
        for record in &before {
            let now = run(store.record(&record.id)).unwrap().unwrap();
            assert_eq!(facts(&now), facts(record));
            assert_eq!(now == *record, !over(record));
        }
    }

    #[test]
    fn an_order_that_is_over_only_by_a_rule_which_the_user_has_switched_off_makes_no_room() {
        let store = Store::new(Memory::default());
        let mut order = reading("8212313961591322", 1);
        for fact in [
            Fact::State(OrderState::Completed),
            Fact::Completed("2026-09-20".parse().unwrap()),
            Fact::ReturnWithinDaysOfReceipt(7),
        ] {
            order.saw(fact, "as printed");
        }
        run(store.absorb(&[order], NOW)).unwrap();
        let off = Change {
            rule: "return-after-receipt".to_owned(),
            days: None,
        };
        let settings = Settings {
            choices: Choices {
                changes: vec![off],
                ..Choices::default()
            },
            ..Settings::default()
        };
        run(store.save_settings(&settings)).unwrap();
        assert_eq!(run(store.make_room(NOW, zones())), Ok(0));
        run(store.save_settings(&Settings::default())).unwrap();
        assert_eq!(run(store.make_room(NOW, zones())), Ok(1));
    }

    #[test]
    fn forgetting_orders_keeps_the_settings() {
        let store = Store::new(Memory::default());
        let settings = Settings {
            strip: false,
            ..Settings::default()
        };
        run(store.save_settings(&settings)).unwrap();
        run(store.absorb(&[reading("8212313961591322", 1)], NOW)).unwrap();
        run(store.forget_orders()).unwrap();
        assert!(run(store.all_records()).unwrap().records.is_empty());
        assert_eq!(run(store.settings()).unwrap(), settings);
    }
}
