//! A place that keeps texts under keys: the browser's storage in the product, memory in native tests.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Why a storage did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StorageTrouble {
    /// The disk or the quota is full.
    Full,
    /// The extension was updated or removed under this page.
    Orphaned,
    /// The browser refused or failed.
    Refused,
}

impl StorageTrouble {
    pub const ALL: [Self; 3] = [Self::Full, Self::Orphaned, Self::Refused];

    /// The name under which it is remembered.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Orphaned => "orphaned",
            Self::Refused => "refused",
        }
    }
}

/// A storage that did not do what it was asked. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorageError {
    trouble: StorageTrouble,
    message: String,
}

impl StorageError {
    #[must_use]
    pub fn new(trouble: StorageTrouble, message: impl Into<String>) -> Self {
        Self {
            trouble,
            message: message.into(),
        }
    }

    #[must_use]
    pub const fn trouble(&self) -> StorageTrouble {
        self.trouble
    }

    /// The browser's own words.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl std::fmt::Display for StorageError {
    /// The browser's own words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

/// Keeps texts under keys. A `set` of several entries is one write: all of them or none.
pub trait Area {
    /// The values of the keys, in their order; `None` where there is none.
    fn get(&self, keys: &[&str])
    -> impl Future<Output = Result<Vec<Option<String>>, StorageError>>;
    /// Everything, in no particular order.
    fn get_all(&self) -> impl Future<Output = Result<Vec<(String, String)>, StorageError>>;
    fn set(&self, entries: &[(String, String)]) -> impl Future<Output = Result<(), StorageError>>;
    fn remove(&self, keys: &[&str]) -> impl Future<Output = Result<(), StorageError>>;
}

/// Storage in memory, which can be told to refuse.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    values: Rc<RefCell<BTreeMap<String, String>>>,
    refuses: Rc<Cell<bool>>,
    /// After how many more reads every read fails.
    unreadable: Rc<Cell<Option<u32>>>,
}

impl Memory {
    /// Makes every later write fail as on a full disk, until told otherwise.
    pub fn refuse(&self, refuses: bool) {
        self.refuses.set(refuses);
    }

    /// Makes every read fail after some more, or no longer.
    pub fn refuse_reads(&self, after: Option<u32>) {
        self.unreadable.set(after);
    }

    fn check_read(&self) -> Result<(), StorageError> {
        match self.unreadable.get() {
            Some(0) => Err(StorageError::new(
                StorageTrouble::Refused,
                "the memory was told to refuse reads",
            )),
            more => {
                self.unreadable.set(more.map(|more| more - 1));
                Ok(())
            }
        }
    }

    fn check(&self) -> Result<(), StorageError> {
        if self.refuses.get() {
            Err(StorageError::new(
                StorageTrouble::Full,
                "the memory was told to refuse",
            ))
        } else {
            Ok(())
        }
    }
}

impl Area for Memory {
    async fn get(&self, keys: &[&str]) -> Result<Vec<Option<String>>, StorageError> {
        self.check_read()?;
        let values = self.values.borrow();
        Ok(keys.iter().map(|key| values.get(*key).cloned()).collect())
    }

    async fn get_all(&self) -> Result<Vec<(String, String)>, StorageError> {
        self.check_read()?;
        Ok(self
            .values
            .borrow()
            .iter()
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect())
    }

    async fn set(&self, entries: &[(String, String)]) -> Result<(), StorageError> {
        self.check()?;
        self.values.borrow_mut().extend(entries.iter().cloned());
        Ok(())
    }

    async fn remove(&self, keys: &[&str]) -> Result<(), StorageError> {
        self.check()?;
        let mut values = self.values.borrow_mut();
        for key in keys {
            values.remove(*key);
        }
        Ok(())
    }
}
