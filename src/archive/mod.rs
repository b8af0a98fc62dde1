//! The backup: one file to take along, which any program for archives opens, and from which everything can be brought back. Pure.
//!
//! ```text
//! manifest.json                    what is in it, with the size and the SHA-256 of each file, and all evidence, orders and claims as they are kept
//! orders.json                      all orders, to read
//! notes/<order>.txt                notes and what pages said, to read
//! files/<order>/<name>             the files as they came
//! small/<hash>.jpg                 their small pictures
//! damaged/…                        what cannot be read, as it was found; nothing of it is brought back
//! ```
//!
//! | module | subject |
//! |---|---|
//! | [`zip`] | the archive: written front to back, read strictly |
//! | [`names`] | names that are safe everywhere |
//! | [`manifest`] | what is in it |
//! | [`paper`] | what belongs to claims, and is brought back as well |
//! | [`damaged`] | what cannot be read |
//! | [`backup`] | a backup that was read and holds together |
//! | [`restore`] | what bringing it back would change |
//! | [`due`] | when the user is reminded of one |
//!
//! Nothing is compressed: photos and videos cannot be made smaller, and an archive that never expands is no bomb. It is written
//! and read part by part, so that its size does not matter. Whatever is not exactly as it is written here is refused, with the reason.

pub mod backup;
pub mod damaged;
pub mod due;
pub mod manifest;
pub mod names;
pub mod paper;
pub mod restore;
pub mod zip;

/// An archive that can be read from any place.
pub trait Source {
    fn size(&self) -> u64;

    /// So many bytes from there; all of them, or the browser's own words.
    fn read(&self, from: u64, length: usize) -> impl Future<Output = Result<Vec<u8>, String>>;
}

/// Why an archive is not taken. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refused {
    /// It cannot be read: moved, deleted, changed meanwhile.
    Unreadable,
    /// It is no backup of Recourse, or was packed anew by another program.
    Foreign,
    /// Its end is missing, or something within it is not as it was written.
    Damaged,
    /// A later version of Recourse made it.
    Newer,
    /// It holds more than any backup.
    TooLarge,
}

impl Refused {
    pub const ALL: [Self; 5] = [
        Self::Unreadable,
        Self::Foreign,
        Self::Damaged,
        Self::Newer,
        Self::TooLarge,
    ];

    /// The name under which its words are found.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Foreign => "foreign",
            Self::Damaged => "damaged",
            Self::Newer => "newer",
            Self::TooLarge => "too_large",
        }
    }
}
