//! A backup that was read and holds together.

use super::manifest::{self, Contents};
use super::paper::Paper;
use super::zip::{self, Entry, Reader};
use super::{Refused, Source};
use crate::domain::evidence::Item;
use crate::domain::order::OrderId;
use crate::domain::sha256::{Hasher, Sha256};
use crate::domain::time::Moment;
use crate::store::locker::Kept;

/// What a backup holds. Its files are checked with [`Backup::check`].
#[derive(Clone, Debug)]
pub struct Backup {
    pub made: Moment,
    pub items: Vec<Item>,
    pub orders: Vec<(OrderId, String)>,
    pub papers: Vec<Paper>,
    /// Each file with its hash and its place in the archive.
    files: Vec<(Sha256, Entry)>,
}

impl Backup {
    /// Reads what is in the archive: the directory and the manifest, which have to agree.
    ///
    /// # Errors
    /// It is no backup, or not a whole one.
    pub async fn open<S: Source>(source: &S) -> Result<Self, Refused> {
        let entries = zip::entries(source).await?;
        let Some((first, rest)) = entries.split_first() else {
            return Err(Refused::Foreign);
        };
        if first.name != manifest::NAME {
            return Err(Refused::Foreign);
        }
        if first.size > manifest::LONGEST {
            return Err(Refused::TooLarge);
        }
        let mut bytes = Vec::new();
        let mut reader = Reader::open(source, first).await?;
        while let Some(part) = reader.next(source).await? {
            bytes.extend(part);
        }
        let Contents {
            made,
            files,
            items,
            orders,
            papers,
        } = manifest::read(&bytes)?;
        // The manifest lists the entries, in their order.
        if files.len() != rest.len() {
            return Err(Refused::Damaged);
        }
        let mut known = Vec::new();
        for ((path, size, hash), entry) in files.into_iter().zip(rest) {
            if path != entry.name || size != entry.size {
                return Err(Refused::Damaged);
            }
            known.push((hash, entry.clone()));
        }
        let backup = Self {
            made,
            items,
            orders,
            papers,
            files: known,
        };
        let mut hashes: Vec<Sha256> = backup.files.iter().map(|(hash, _)| *hash).collect();
        hashes.sort_unstable();
        let named = backup.items.iter().flat_map(Kept::files);
        for hash in named {
            if hashes.binary_search(&hash).is_err() {
                return Err(Refused::Damaged);
            }
        }
        Ok(backup)
    }

    /// The files that pieces of evidence name, each once.
    #[must_use]
    pub fn named(&self) -> Vec<(Sha256, &Entry)> {
        let mut named: Vec<Sha256> = self.items.iter().flat_map(Kept::files).collect();
        named.sort_unstable();
        named.dedup();
        let mut files: Vec<&(Sha256, Entry)> = self.files.iter().collect();
        files.sort_by_key(|(hash, _)| *hash);
        let entry = |hash: Sha256| {
            let at = files
                .binary_search_by_key(&hash, |(known, _)| *known)
                .ok()?;
            files.get(at).map(|(_, entry)| (hash, entry))
        };
        named.into_iter().filter_map(entry).collect()
    }

    /// The bytes of all files.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.files.iter().map(|(_, entry)| entry.size).sum()
    }

    /// Reads every file to its end and compares. `passed` is told of the bytes that were read, and says whether to go on.
    ///
    /// # Errors
    /// One is not as it was written.
    pub async fn check<S: Source>(
        &self,
        source: &S,
        mut passed: impl FnMut(usize) -> bool,
    ) -> Result<bool, Refused> {
        for (hash, entry) in &self.files {
            let mut reader = Reader::open(source, entry).await?;
            let mut hasher = Hasher::default();
            while let Some(part) = reader.next(source).await? {
                hasher.take(&part);
                if !passed(part.len()) {
                    return Ok(false);
                }
            }
            if hasher.finish() != *hash {
                return Err(Refused::Damaged);
            }
        }
        Ok(true)
    }
}
