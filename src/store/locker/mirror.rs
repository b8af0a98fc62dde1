//! The copy of every record outside of the database, and the second account of them.
//!
//! | key in the area | value |
//! |---|---|
//! | `locker` | which database is worked on, and the account that the mirror agrees with |
//! | `locker:<kind>:<id>` | the record, sealed |
//!
//! The database comes first: a mirror that is behind it is brought up to it the next time.

use super::account::Account;
use super::backend::{Backend, Kind, Row, Trouble};
use super::check::{Finding, State};
use super::{ACCOUNT, Locker, Read, Table, get};
use crate::store::area::{Area, StorageError, StorageTrouble};

const STATE: &str = "locker";
const RECORD: &str = "locker:";

/// Whether a change of that key in the extension's storage is one of the locker.
#[must_use]
pub fn is_locker_key(key: &str) -> bool {
    key == STATE || key.starts_with(RECORD)
}

/// What is known outside of the database.
pub(super) struct Known {
    pub generation: u32,
    pub account: Account,
}

impl Known {
    fn to_text(&self) -> String {
        [&self.generation.to_string(), " ", &self.account.to_text()].concat()
    }

    fn from_text(text: &str) -> Option<Self> {
        let (generation, account) = text.split_once(' ')?;
        Some(Self {
            generation: generation.parse().ok()?,
            account: Account::from_text(account)?,
        })
    }
}

impl From<StorageError> for Trouble {
    fn from(error: StorageError) -> Self {
        let kind = match error.trouble() {
            StorageTrouble::Full => Kind::Full,
            StorageTrouble::Orphaned => Kind::Orphaned,
            StorageTrouble::Refused => Kind::Refused,
        };
        Self::new(kind, error.message())
    }
}

impl<B: Backend, A: Area> Locker<B, A> {
    pub(super) async fn known(&self) -> Result<Option<Known>, StorageError> {
        let text = self.area.get(&[STATE]).await?.pop().flatten();
        Ok(text.as_deref().and_then(Known::from_text))
    }

    fn state(&self, account: &Account) -> (String, String) {
        let known = Known {
            generation: self.generation.get(),
            account: *account,
        };
        (STATE.to_owned(), known.to_text())
    }

    /// Every record in the mirror, by its key in the database.
    pub(super) async fn mirrored(&self) -> Result<Vec<(String, String)>, StorageError> {
        let all = self.area.get_all().await?.into_iter();
        let record =
            |(key, text): (String, String)| Some((key.strip_prefix(RECORD)?.to_owned(), text));
        let mut records: Vec<_> = all.filter_map(record).collect();
        records.sort_unstable();
        Ok(records)
    }

    /// Puts into the mirror what the transaction has written and deleted. One that cannot be put there now is at the next start:
    /// what is on the disk is saved all the same, unless there is no more room. A browser without room has been seen to lose what it had
    /// just kept.
    ///
    /// # Errors
    /// [`Kind::Full`].
    pub(super) async fn mirror(
        &self,
        account: &Account,
        changed: Vec<(String, Option<String>)>,
    ) -> Result<(), Trouble> {
        match self.try_mirror(account, changed).await {
            Err(error) if error.trouble() == StorageTrouble::Full => Err(error.into()),
            _ => Ok(()),
        }
    }

    async fn try_mirror(
        &self,
        account: &Account,
        changed: Vec<(String, Option<String>)>,
    ) -> Result<(), StorageError> {
        let known = self.known().await?;
        if known.is_none() && account.sequence > 1 {
            // It was there when the locker was opened. Made again, it would look as if nothing had happened.
            let _ = self.note(&[Finding::CopyGone]).await;
        }
        let complete = known.is_some_and(|known| {
            known.account.sequence + 1 == account.sequence
                && known.generation == self.generation.get()
        });
        if !complete {
            // Another page is writing as well, or the last write did not reach the mirror.
            return self.mirror_all().await;
        }
        let mut puts = vec![self.state(account)];
        let mut gone = Vec::new();
        for (key, text) in changed {
            let key = [RECORD, &key].concat();
            match text {
                Some(text) => puts.push((key, text)),
                None => gone.push(key),
            }
        }
        // What is deleted goes first: the account in the area is that of a mirror which holds no more than it should.
        let gone: Vec<&str> = gone.iter().map(String::as_str).collect();
        if !gone.is_empty() {
            self.area.remove(&gone).await?;
        }
        self.area.set(&puts).await
    }

    /// Makes the mirror agree with the database.
    pub(super) async fn mirror_all(&self) -> Result<(), StorageError> {
        let known = self.known().await?;
        if known.is_some_and(|known| known.generation > self.generation.get()) {
            // It is another's by now. What is written here still is brought over there; afterwards, nothing can be written here.
            return Ok(());
        }
        let mirrored = self.mirrored().await?;
        let reads = [
            get(Table::Meta, ACCOUNT),
            Read::Prefix(Table::Records, String::new()),
        ];
        let Ok(answers) = self.backend.read(&reads).await else {
            return Ok(());
        };
        // A mirror of what is damaged would be damaged too.
        let state = State::of(answers);
        let Some(account) = state.account.filter(|_| state.is_sound()) else {
            return Ok(());
        };
        let rows = state.rows;
        let place = |key: &str| rows.binary_search_by(|row| row.key.as_str().cmp(key)).ok();
        let gone: Vec<String> = mirrored
            .iter()
            .filter(|(key, _)| place(key).is_none())
            .map(|(key, _)| [RECORD, key].concat())
            .collect();
        let gone: Vec<&str> = gone.iter().map(String::as_str).collect();
        if !gone.is_empty() {
            self.area.remove(&gone).await?;
        }
        let there = |row: &Row| {
            let at = mirrored.binary_search_by(|(key, _)| key.cmp(&row.key));
            at.is_ok_and(|at| {
                mirrored
                    .get(at)
                    .is_some_and(|(_, text)| text == row.value.text())
            })
        };
        let mut puts: Vec<(String, String)> = rows
            .iter()
            .filter(|row| !there(row))
            .map(|row| ([RECORD, &row.key].concat(), row.value.text().to_owned()))
            .collect();
        puts.push(self.state(&account));
        self.area.set(&puts).await
    }
}
