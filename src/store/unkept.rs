//! That what pages told could not be kept, remembered until it can: in memory, because the storage on the disk is what refused.

use super::format::{Stored, named};
use super::{Area, StorageError, StorageTrouble};

const UNKEPT: &str = "unkept";

/// Why something could not be kept, on any [`Area`].
#[derive(Clone, Debug)]
pub struct Unkept<A> {
    area: A,
}

impl<A: Area> Unkept<A> {
    #[must_use]
    pub const fn new(area: A) -> Self {
        Self { area }
    }

    /// Why the last of what pages told could not be kept. `None` if it was, or if nobody remembers.
    pub async fn why(&self) -> Option<StorageError> {
        let text = self.area.get(&[UNKEPT]).await.ok()?.pop().flatten()?;
        StorageError::from_text(&text)
    }

    /// Remembers how keeping ended.
    pub async fn ended(&self, kept: &Result<(), StorageError>) -> Result<(), StorageError> {
        match kept {
            Ok(()) => self.area.remove(&[UNKEPT]).await,
            Err(why) => self.area.set(&[(UNKEPT.to_owned(), why.to_text())]).await,
        }
    }
}

/// What refused, in a line, and the browser's words.
impl Stored for StorageError {
    fn to_text(&self) -> String {
        [self.trouble().name(), "\n", self.message()].concat()
    }

    fn from_text(text: &str) -> Option<Self> {
        let (trouble, message) = text.split_once('\n')?;
        let trouble = named(&StorageTrouble::ALL, StorageTrouble::name, trouble)?;
        Some(Self::new(trouble, message))
    }
}
