//! Reads the records in portions, so that a page with ten thousand orders can be used before the last one is read.

use crate::domain::ledger::Record;
use crate::domain::order::OrderId;
use crate::store::{Damage, LocalStore, StorageError};

/// Read before anything is shown: more orders than nearly anyone has open, so what comes later is nearly always over.
const FIRST: usize = 100;
/// Read at once after that. One portion keeps the page busy for less than 50 ms.
const PORTION: usize = 500;

#[derive(Clone, Default)]
pub struct Records {
    pub found: Vec<Record>,
    pub damaged: Vec<Damage>,
    /// Older orders that are not read yet.
    rest: Vec<OrderId>,
}

impl Records {
    /// The newest records; all of them where they are few.
    pub async fn first(store: &LocalStore) -> Result<Self, StorageError> {
        let mut ids: Vec<OrderId> = store.index().await?.ids().collect();
        if ids.len() <= FIRST {
            return Self::all(store).await;
        }
        let rest = ids.split_off(FIRST);
        Ok(Self {
            found: store.records(&ids).await?,
            damaged: Vec::new(),
            rest,
        })
    }

    async fn all(store: &LocalStore) -> Result<Self, StorageError> {
        let all = store.all_records().await?;
        Ok(Self {
            found: all.records,
            damaged: all.damaged,
            rest: Vec::new(),
        })
    }

    pub const fn is_complete(&self) -> bool {
        self.rest.is_empty()
    }

    /// How many orders there are, read or not.
    pub const fn count(&self) -> usize {
        self.found.len() + self.rest.len()
    }

    /// Reads what is left, with room for the page between the portions.
    pub async fn complete(mut self, store: &LocalStore) -> Result<Self, StorageError> {
        let rest = std::mem::take(&mut self.rest);
        let expected = self.found.len() + rest.len();
        let first_missing = self.found.len() < FIRST;
        for portion in rest.chunks(PORTION) {
            self.found.extend(store.records(portion).await?);
        }
        // Only reading everything says what is the matter with a record that was not given.
        if first_missing || self.found.len() < expected {
            Self::all(store).await
        } else {
            Ok(self)
        }
    }
}
