//! What the locker stands on: tables of rows, and transactions that happen wholly or not at all.

/// A table of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Every record, under `kind:id`, sealed as [`envelope`](super::envelope) describes.
    Records,
    /// The bytes of files, under `<import>/<number>`.
    Pieces,
    /// The account, the imports under way.
    Meta,
    /// What was found damaged, as it was found.
    Damaged,
    /// The records as they were before the last migration.
    Snapshot,
}

impl Table {
    pub const ALL: [Self; 5] = [
        Self::Records,
        Self::Pieces,
        Self::Meta,
        Self::Damaged,
        Self::Snapshot,
    ];

    /// The name under which it is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::Pieces => "pieces",
            Self::Meta => "meta",
            Self::Damaged => "damaged",
            Self::Snapshot => "snapshot",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Bytes(Vec<u8>),
}

impl Value {
    /// The text, or nothing where it is none.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Bytes(_) => "",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub key: String,
    /// By this, records are found with [`Read::OfOrder`].
    pub order: Option<String>,
    pub value: Value,
}

/// What a transaction reads before it writes.
#[derive(Clone, Debug)]
pub enum Read {
    /// The row of that key, if there is one.
    Get(Table, String),
    /// All rows whose keys begin so.
    Prefix(Table, String),
    /// All rows of [`Table::Records`] with that order.
    OfOrder(String),
    /// The keys that begin so, of rows without values.
    Keys(Table, String),
}

#[derive(Clone, Debug)]
pub enum Write {
    Put(Table, Row),
    Delete(Table, String),
    /// All rows whose keys begin so.
    DeletePrefix(Table, String),
}

/// Why something was not kept or not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The disk or the quota is full. It may be kept all the same, where only the copy had no room.
    Full,
    /// The browser did not answer in time. It may be kept all the same, so it has to be kept again.
    Hung,
    /// The database does not open.
    Unusable,
    /// Another page of the extension, of an older version, keeps the database from being opened.
    Blocked,
    /// What is kept was written by a newer version: it can be read, not changed.
    Newer,
    /// The record was changed by somebody else in the meantime, or is there already.
    Changed,
    /// A file that the record names is not kept.
    NoFile,
    /// An import that was given up or swept away.
    Gone,
    /// What is kept is not as it was written.
    Damaged,
    /// The extension was updated or removed under this page.
    Orphaned,
    /// The browser refused or failed.
    Refused,
}

impl Kind {
    pub const ALL: [Self; 11] = [
        Self::Full,
        Self::Hung,
        Self::Unusable,
        Self::Blocked,
        Self::Newer,
        Self::Changed,
        Self::NoFile,
        Self::Gone,
        Self::Damaged,
        Self::Orphaned,
        Self::Refused,
    ];

    /// The name under which it is reported, and its words are found.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Hung => "hung",
            Self::Unusable => "unusable",
            Self::Blocked => "blocked",
            Self::Newer => "newer",
            Self::Changed => "changed",
            Self::NoFile => "no-file",
            Self::Gone => "gone",
            Self::Damaged => "damaged",
            Self::Orphaned => "orphaned",
            Self::Refused => "refused",
        }
    }
}

/// Something that was not kept or not read. Unless it [hung](Kind::Hung) or there was [no room](Kind::Full), nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub kind: Kind,
    /// The browser's own words, or which record it is about.
    pub message: String,
}

impl Trouble {
    #[must_use]
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
        }
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind.name())?;
        f.write_str(": ")?;
        f.write_str(&self.message)
    }
}

/// What opening a database has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The database was not there and was made.
    pub fresh: bool,
    /// It is of a newer version than this program: nothing may be written.
    pub newer: bool,
    /// The browser says that it threw something away.
    pub data_loss: bool,
}

/// One at a time of the databases with these tables.
pub trait Backend: Sized {
    /// One that has nothing opened yet, to look at another database beside this one.
    #[must_use]
    fn another(&self) -> Self;

    /// Whether there is a database of that name, as far as the browser says. None is made.
    fn is_there(&self, name: &str, apart: bool) -> impl Future<Output = bool>;

    /// Opens the database of that name, makes it if it is not there, and migrates it in one transaction if it is older. It is
    /// the one that is worked on from then on. One that is `apart` is kept, where the browser can, in a place that shares
    /// nothing with the usual one.
    fn open(&self, name: &str, apart: bool) -> impl Future<Output = Result<Opened, Trouble>>;

    /// Reads, and writes what `plan` makes of the answers: one transaction, in which nobody else writes. All is on the disk when
    /// it returns, or nothing is. The answers are in the order of `reads`, the rows of each in the order of their keys.
    fn transact(
        &self,
        reads: &[Read],
        plan: impl FnOnce(Vec<Vec<Row>>) -> Result<Vec<Write>, Trouble>,
    ) -> impl Future<Output = Result<(), Trouble>>;

    /// Reads only, beside others.
    fn read(&self, reads: &[Read]) -> impl Future<Output = Result<Vec<Vec<Row>>, Trouble>>;
}
