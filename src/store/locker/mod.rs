//! The locker: what the user wrote and added, kept so that it survives crashes, power cuts, full disks and damage.
//!
//! Below is a [`Backend`]: the browser's IndexedDB with strict durability in the product, memory in native tests. On it stand
//! * **records**: small texts of a [kind](Kept::KIND), sealed by their SHA-256 ([`envelope`]), found by id and by order;
//! * **files**, known by their SHA-256, kept once each in pieces of one mebibyte ([`files`]). A record that names a file is only
//!   accepted when the file is there;
//! * the **account** ([`account`]) of all records, in the database and, in an [`Area`], outside of it;
//! * the **mirror** ([`mirror`]): a copy of every record in that area.
//!
//! [`Locker::open`] compares them ([`check`]), says what is damaged, and restores what the mirror has. What is found damaged is put
//! aside and kept. The bytes of files are too many to be read then: they are [inspected](inspection) in portions, later. A database that does not open is left as it is, and another one is begun beside it, into which it is brought over
//! when it opens again ([`earlier`]).
//!
//! Whatever is called [`saved`](Locker::save) is on the disk. A [`Trouble`] is "not saved": what the user wrote has to stay where it
//! was written.

mod account;
mod backend;
mod check;
mod earlier;
mod envelope;
mod files;
mod inspection;
mod memory;
mod mirror;
mod schema;

pub use backend::{Backend, Kind, Opened, Read, Row, Table, Trouble, Value, Write};
pub use check::Finding;
pub use files::{File, Import, PIECE, Reader, Swept};
pub use inspection::{Inspected, Inspection};
pub use memory::Memory as MemoryBackend;
pub use mirror::is_locker_key;
pub use schema::{SCHEMA, Schema, Step, migrate, migration_reads};

use std::cell::Cell;
use std::collections::BTreeMap;

use super::area::Area;
use super::format::Stored;
use crate::domain::order::OrderId;
use crate::domain::sha256::Sha256;
use account::Account;
use envelope::Envelope;

/// A record that the locker keeps.
pub trait Kept: Stored {
    /// Letters and hyphens; the same for ever.
    const KIND: &'static str;

    /// Its name among its kind, which any text can be.
    fn id(&self) -> String;

    /// The order that it belongs to.
    fn order(&self) -> Option<&OrderId> {
        None
    }

    /// The files without which it is not whole. They have to be kept before it is.
    fn files(&self) -> Vec<Sha256> {
        Vec::new()
    }
}

fn key_of<K: Kept>(id: &str) -> String {
    [K::KIND, ":", id].concat()
}

/// A record, and by which transaction it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held<K> {
    pub record: K,
    pub sequence: u64,
}

/// Records, and the ids of those that cannot be read: sealed as they were written, in a form that is not known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing<K> {
    pub records: Vec<Held<K>>,
    pub unreadable: Vec<String>,
}

/// What must hold for a record to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Whatever is there is replaced.
    Anything,
    /// None of that id is there.
    New,
    /// The one that is there was written by this transaction: nobody has changed it since it was read.
    Since(u64),
}

/// Of no transaction yet.
fn unsealed<K: Kept>(record: &K) -> Envelope {
    Envelope {
        sequence: 0,
        order: record.order().cloned(),
        files: record.files(),
        body: record.to_text(),
    }
}

enum Wish {
    Put(Envelope),
    Delete,
}

/// Records to be written and deleted together.
#[derive(Default)]
pub struct Change {
    wishes: Vec<(String, Expect, Wish)>,
}

impl Change {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn put<K: Kept>(mut self, record: &K, expect: Expect) -> Self {
        let key = key_of::<K>(&record.id());
        self.wishes.push((key, expect, Wish::Put(unsealed(record))));
        self
    }

    /// One that is not there is as good as deleted.
    #[must_use]
    pub fn delete<K: Kept>(mut self, id: &str, expect: Expect) -> Self {
        self.wishes.push((key_of::<K>(id), expect, Wish::Delete));
        self
    }
}

/// What opening the locker has shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Damage that was noticed now or before, until [it is dismissed](Locker::dismiss).
    pub findings: Vec<Finding>,
    /// What is kept was written by a newer version of the extension: it can be read, not changed.
    pub newer: bool,
}

/// What the user keeps, on any backend and area.
#[derive(Debug)]
pub struct Locker<B, A> {
    backend: B,
    area: A,
    /// Which of the databases is worked on.
    generation: Cell<u32>,
    newer: Cell<bool>,
}

/// The account's row in [`Table::Meta`].
const ACCOUNT: &str = "account";
/// The row of [`Table::Meta`] which says that another database is worked on by now: the number of that one.
const MOVED: &str = "moved";

fn get(table: Table, key: &str) -> Read {
    Read::Get(table, key.to_owned())
}

fn text_row(key: &str, order: Option<&OrderId>, text: String) -> Row {
    Row {
        key: key.to_owned(),
        order: order.map(|order| order.as_str().to_owned()),
        value: Value::Text(text),
    }
}

fn account_row(account: &Account) -> Write {
    Write::Put(Table::Meta, text_row(ACCOUNT, None, account.to_text()))
}

fn damaged(what: &str) -> Trouble {
    Trouble::new(Kind::Damaged, what)
}

/// The only row of an answer, if there is one.
fn one(answers: &mut std::vec::IntoIter<Vec<Row>>) -> Option<Row> {
    answers.next()?.pop()
}

impl<B: Backend, A: Area> Locker<B, A> {
    /// Opens the locker, compares what is there with what should be, and repairs what can be.
    ///
    /// # Errors
    /// [`Kind::Blocked`], [`Kind::Unusable`] and others: nothing was changed, and later it may go.
    pub async fn open(backend: B, area: A) -> Result<(Self, Health), Trouble> {
        let locker = Self::closed(backend, area);
        let health = locker.begin(check::Look::AtAll).await?;
        Ok((locker, health))
    }

    /// Opens the locker for somebody who waits: where the accounts in the database and outside of it agree, the records are not looked at
    /// before [`check`](Self::check) is called, which has to be soon. What is damaged is not handed out meanwhile, and what is saved
    /// leaves the damage as it is.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub async fn open_soon(backend: B, area: A) -> Result<Self, Trouble> {
        let locker = Self::closed(backend, area);
        locker.begin(check::Look::AtAccounts).await?;
        Ok(locker)
    }

    const fn closed(backend: B, area: A) -> Self {
        Self {
            backend,
            area,
            generation: Cell::new(1),
            newer: Cell::new(false),
        }
    }

    /// Keeps and deletes records, all or none. When this returns, they are on the disk. Returns the number of the transaction, by
    /// which [`Expect::Since`] knows them.
    ///
    /// # Errors
    /// Nothing of it is kept, unless it [hung](Kind::Hung), or there was [no room](Kind::Full) for the copy: then it may be kept.
    pub async fn save(&self, change: &Change) -> Result<u64, Trouble> {
        match self.commit(change).await {
            // Damage that came since the locker was opened: it is put aside, and then there is room for the new record.
            Err(trouble) if trouble.kind == Kind::Damaged => {
                self.check_with(Vec::new()).await?;
                self.commit(change).await
            }
            done => done,
        }
    }

    async fn commit(&self, change: &Change) -> Result<u64, Trouble> {
        self.writable()?;
        let mut reads = account_reads().to_vec();
        let mut files = Vec::new();
        for (key, _, wish) in &change.wishes {
            reads.push(get(Table::Records, key));
            if let Wish::Put(envelope) = wish {
                files.extend(envelope.files.iter().copied());
            }
        }
        files.sort_unstable();
        files.dedup();
        reads.extend(
            files
                .iter()
                .map(|file| get(Table::Records, &File::key(file))),
        );
        let mut account = Account::default();
        let mut mirrored = BTreeMap::new();
        let plan = |answers: Vec<Vec<Row>>| {
            let mut answers = answers.into_iter();
            account = account_of(&mut answers)?;
            account.sequence += 1;
            let mut writes = Vec::new();
            // A change can write a record twice: of the account the last counts, and what was there before goes off it once.
            let mut seals: BTreeMap<&str, Option<Sha256>> = BTreeMap::new();
            for (key, expect, wish) in &change.wishes {
                let there = match one(&mut answers) {
                    None => None,
                    Some(row) => Some(
                        Envelope::from_text(key, row.value.text()).ok_or_else(|| damaged(key))?,
                    ),
                };
                let holds = match (expect, &there) {
                    (Expect::Anything, _) | (Expect::New, None) => true,
                    (Expect::Since(sequence), Some((found, _))) => found.sequence == *sequence,
                    _ => false,
                };
                if !holds {
                    return Err(Trouble::new(Kind::Changed, key));
                }
                let found = there.map(|(_, seal)| seal);
                let before = seals.get(key.as_str()).copied().unwrap_or(found);
                if let Some(seal) = before {
                    account.take(&seal);
                }
                match wish {
                    Wish::Put(envelope) => {
                        let envelope = Envelope {
                            sequence: account.sequence,
                            ..envelope.clone()
                        };
                        let seal = envelope.seal(key);
                        account.add(&seal);
                        seals.insert(key, Some(seal));
                        let text = envelope.to_text(key);
                        mirrored.insert(key.clone(), Some(text.clone()));
                        writes.push(Write::Put(
                            Table::Records,
                            text_row(key, envelope.order.as_ref(), text),
                        ));
                    }
                    Wish::Delete => {
                        seals.insert(key, None);
                        mirrored.insert(key.clone(), None);
                        writes.push(Write::Delete(Table::Records, key.clone()));
                    }
                }
            }
            if let Some(file) = files.iter().find(|_| one(&mut answers).is_none()) {
                return Err(Trouble::new(Kind::NoFile, file.to_string()));
            }
            writes.push(account_row(&account));
            Ok(writes)
        };
        self.backend.transact(&reads, plan).await?;
        self.mirror(&account, mirrored.into_iter().collect())
            .await?;
        Ok(account.sequence)
    }

    /// The record of that id.
    ///
    /// # Errors
    /// [`Kind::Damaged`] where it is not as it was written, or of a form that is not known here.
    pub async fn get<K: Kept>(&self, id: &str) -> Result<Option<Held<K>>, Trouble> {
        let key = key_of::<K>(id);
        let answers = self.backend.read(&[get(Table::Records, &key)]).await?;
        let Some(row) = one(&mut answers.into_iter()) else {
            return Ok(None);
        };
        held(&row).map(Some).ok_or_else(|| damaged(&key))
    }

    /// All records of a kind, in the order of their ids.
    ///
    /// # Errors
    /// What the browser says. Single records that cannot be read are in the listing.
    pub async fn all<K: Kept>(&self) -> Result<Listing<K>, Trouble> {
        self.listing(Read::Prefix(Table::Records, key_of::<K>("")))
            .await
    }

    /// All records of a kind that belong to the order.
    ///
    /// # Errors
    /// What the browser says. Single records that cannot be read are in the listing.
    pub async fn of_order<K: Kept>(&self, order: &OrderId) -> Result<Listing<K>, Trouble> {
        self.listing(Read::OfOrder(order.as_str().to_owned())).await
    }

    async fn listing<K: Kept>(&self, read: Read) -> Result<Listing<K>, Trouble> {
        let mut listing = Listing {
            records: Vec::new(),
            unreadable: Vec::new(),
        };
        let rows = self.backend.read(&[read]).await?;
        let prefix = key_of::<K>("");
        for row in rows.into_iter().flatten() {
            let Some(id) = row.key.strip_prefix(&prefix) else {
                continue;
            };
            match held(&row) {
                Some(record) => listing.records.push(record),
                None => listing.unreadable.push(id.to_owned()),
            }
        }
        Ok(listing)
    }

    /// What is kept under that id, as it is kept, whether or not it can be read.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn raw<K: Kept>(&self, id: &str) -> Result<Option<Row>, Trouble> {
        let read = get(Table::Records, &key_of::<K>(id));
        Ok(one(&mut self.backend.read(&[read]).await?.into_iter()))
    }

    /// What was found damaged and put aside, as it was found.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn put_aside(&self) -> Result<Vec<Row>, Trouble> {
        let read = Read::Prefix(Table::Damaged, String::new());
        let rows = self.backend.read(&[read]).await?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// Whether anything can be written at all.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.newer.get()
    }

    fn writable(&self) -> Result<(), Trouble> {
        if self.newer.get() {
            let message = "what is kept was written by a newer version";
            return Err(Trouble::new(Kind::Newer, message));
        }
        Ok(())
    }
}

/// What every transaction reads first that changes records.
fn account_reads() -> [Read; 2] {
    [ACCOUNT, MOVED].map(|key| get(Table::Meta, key))
}

/// The account in the database, from the answers to [`account_reads`]; one that is not there or cannot be read is damage. Nothing is
/// written any more into a database of which everything was brought over: nobody would look for it there.
fn account_of(answers: &mut std::vec::IntoIter<Vec<Row>>) -> Result<Account, Trouble> {
    let account = one(answers);
    if one(answers).is_some() {
        let message = "another database is worked on by now";
        return Err(Trouble::new(Kind::Orphaned, message));
    }
    account
        .and_then(|row| Account::from_text(row.value.text()))
        .ok_or_else(|| damaged(ACCOUNT))
}

fn held<K: Kept>(row: &Row) -> Option<Held<K>> {
    let (envelope, _) = Envelope::from_text(&row.key, row.value.text())?;
    Some(Held {
        record: K::from_text(&envelope.body)?,
        sequence: envelope.sequence,
    })
}

/// The locker of the extension, in the browser.
#[cfg(target_arch = "wasm32")]
pub type LocalLocker = Locker<crate::browser::idb::Idb, crate::browser::storage::Local>;

#[cfg(target_arch = "wasm32")]
impl LocalLocker {
    /// Opens the extension's locker.
    ///
    /// # Errors
    /// As [`Locker::open`].
    pub async fn local() -> Result<(Self, Health), Trouble> {
        Self::open(Self::backend(), crate::browser::storage::Local).await
    }

    /// Opens the extension's locker for somebody who waits.
    ///
    /// # Errors
    /// As [`Locker::open`].
    pub async fn local_soon() -> Result<Self, Trouble> {
        Self::open_soon(Self::backend(), crate::browser::storage::Local).await
    }

    fn backend() -> crate::browser::idb::Idb {
        // Whatever the browser answers, the locker is opened.
        wasm_bindgen_futures::spawn_local(async {
            crate::browser::idb::persist().await;
        });
        crate::browser::idb::Idb::new(SCHEMA)
    }
}
