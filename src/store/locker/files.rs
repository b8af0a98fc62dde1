//! Files: known by their SHA-256, each kept once, in pieces, so that none is ever whole in memory.
//!
//! The pieces of an import are written under a number of its own; only when the last is there does a record make a file of them. An
//! import that is given up, or of which nothing was heard for an hour, leaves pieces that nobody names: they are swept away.

use super::account::Account;
use super::backend::{Backend, Kind, Read, Row, Table, Trouble, Value, Write};
use super::check::{FINDINGS, Finding, lost, without};
use super::envelope::Envelope;
use super::{
    ACCOUNT, Kept, Locker, account_of, account_reads, account_row, damaged, get, key_of, one,
    text_row,
};
use crate::domain::sha256::{Hasher, Sha256};
use crate::domain::time::{Moment, Span};
use crate::store::area::Area;
use crate::store::format::Stored;

/// Bytes of a piece; the last can have fewer.
pub const PIECE: usize = 1 << 20;

/// A file that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub sha256: Sha256,
    pub size: u64,
    pub added: Moment,
    /// The import that its pieces are kept under.
    import: String,
}

impl File {
    pub(super) fn key(file: &Sha256) -> String {
        key_of::<Self>(&file.to_string())
    }

    pub(super) fn key_prefix() -> String {
        key_of::<Self>("")
    }

    fn pieces(&self) -> u64 {
        self.size.div_ceil(PIECE as u64)
    }
}

/// `ba78… 5242880 1795176000000 12`
impl Stored for File {
    fn to_text(&self) -> String {
        [
            &self.sha256.to_string(),
            &self.size.to_string(),
            &self.added.0.to_string(),
            &self.import,
        ]
        .map(String::as_str)
        .join(" ")
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        Some(Self {
            sha256: Sha256::from_hex(words.next()?)?,
            size: words.next()?.parse().ok()?,
            added: Moment(words.next()?.parse().ok()?),
            import: words.next()?.to_owned(),
        })
    }
}

impl Kept for File {
    const KIND: &'static str = "file";

    fn id(&self) -> String {
        self.sha256.to_string()
    }
}

/// The number of the last import, in [`Table::Meta`].
const LAST_IMPORT: &str = "imports";
/// An import under way: when it was last heard of.
const IMPORT: &str = "import:";

fn import_key(import: &str) -> String {
    [IMPORT, import].concat()
}

fn piece_prefix(import: &str) -> String {
    [import, "/"].concat()
}

/// Keys are put in order as texts.
fn piece_key(import: &str, number: u64) -> String {
    format!("{import}/{number:08}")
}

fn heard(import: &str, now: Moment) -> Write {
    Write::Put(
        Table::Meta,
        text_row(&import_key(import), None, now.0.to_string()),
    )
}

/// A file that is being added. Dropped before it is finished, it leaves pieces that are swept away later.
#[derive(Debug)]
pub struct Import {
    import: String,
    hasher: Hasher,
    rest: Vec<u8>,
    size: u64,
    pieces: u64,
    /// A piece was not written: whatever came after it would be no file.
    broken: bool,
}

impl Import {
    /// Bytes that were taken so far.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// [`Kind::Full`] and others: the import is over, and should be [given up](Self::cancel).
    pub async fn push<B: Backend, A: Area>(
        &mut self,
        locker: &Locker<B, A>,
        mut bytes: &[u8],
        now: Moment,
    ) -> Result<(), Trouble> {
        self.hasher.take(bytes);
        self.size += bytes.len() as u64;
        while !bytes.is_empty() {
            let room = PIECE.saturating_sub(self.rest.len());
            let (now_in, later) = bytes.split_at_checked(room).unwrap_or((bytes, &[]));
            self.rest.extend_from_slice(now_in);
            bytes = later;
            if self.rest.len() == PIECE {
                self.write(locker, now).await?;
            }
        }
        Ok(())
    }

    async fn write<B: Backend, A: Area>(
        &mut self,
        locker: &Locker<B, A>,
        now: Moment,
    ) -> Result<(), Trouble> {
        if self.broken {
            return Err(Trouble::new(Kind::Gone, self.import.as_str()));
        }
        self.broken = true;
        let row = Row {
            key: piece_key(&self.import, self.pieces),
            order: None,
            value: Value::Bytes(std::mem::take(&mut self.rest)),
        };
        let import = &self.import;
        let plan = |answers: Vec<Vec<Row>>| {
            under_way(import, one(&mut answers.into_iter()).as_ref())?;
            Ok(vec![Write::Put(Table::Pieces, row), heard(import, now)])
        };
        let reads = [get(Table::Meta, &import_key(import))];
        locker.backend.transact(&reads, plan).await?;
        self.pieces += 1;
        self.broken = false;
        Ok(())
    }

    /// Makes a file of what was taken. A file that is there already gets these pieces in place of its own, so that adding a file
    /// again also repairs it.
    ///
    /// # Errors
    /// The file is not kept.
    pub async fn finish<B: Backend, A: Area>(
        mut self,
        locker: &Locker<B, A>,
        now: Moment,
    ) -> Result<File, Trouble> {
        if self.broken || !self.rest.is_empty() {
            self.write(locker, now).await?;
        }
        let file = File {
            sha256: self.hasher.finish(),
            size: self.size,
            added: now,
            import: self.import,
        };
        let key = File::key(&file.sha256);
        let mut reads = account_reads().to_vec();
        reads.push(get(Table::Meta, &import_key(&file.import)));
        reads.push(get(Table::Records, &key));
        reads.push(get(Table::Meta, FINDINGS));
        let (mut account, mut text) = (Account::default(), String::new());
        let plan = |answers: Vec<Vec<Row>>| {
            let mut answers = answers.into_iter();
            account = account_of(&mut answers)?;
            account.sequence += 1;
            under_way(&file.import, one(&mut answers).as_ref())?;
            let mut writes = Vec::new();
            if let Some(row) = one(&mut answers) {
                let (envelope, seal) =
                    Envelope::from_text(&key, row.value.text()).ok_or_else(|| damaged(&key))?;
                account.take(&seal);
                if let Some(before) = File::from_text(&envelope.body) {
                    writes.push(Write::DeletePrefix(
                        Table::Pieces,
                        piece_prefix(&before.import),
                    ));
                }
            }
            let envelope = Envelope {
                sequence: account.sequence,
                order: None,
                files: Vec::new(),
                body: file.to_text(),
            };
            account.add(&envelope.seal(&key));
            text = envelope.to_text(&key);
            writes.push(Write::Put(
                Table::Records,
                text_row(&key, None, text.clone()),
            ));
            writes.push(Write::Delete(Table::Meta, import_key(&file.import)));
            writes.push(account_row(&account));
            // It is whole again.
            let noted = answers.next().unwrap_or_default();
            writes.extend(without(noted, &[Finding::File(file.sha256)]));
            Ok(writes)
        };
        locker.backend.transact(&reads, plan).await?;
        locker.mirror(&account, vec![(key, Some(text))]).await?;
        Ok(file)
    }

    /// Gives the import up: what it has written is gone.
    ///
    /// # Errors
    /// It is swept away later.
    pub async fn cancel<B: Backend, A: Area>(self, locker: &Locker<B, A>) -> Result<(), Trouble> {
        let writes = vec![
            Write::DeletePrefix(Table::Pieces, piece_prefix(&self.import)),
            Write::Delete(Table::Meta, import_key(&self.import)),
        ];
        locker.backend.transact(&[], |_| Ok(writes)).await
    }
}

fn under_way(import: &str, row: Option<&Row>) -> Result<(), Trouble> {
    match row {
        Some(_) => Ok(()),
        None => Err(Trouble::new(Kind::Gone, import)),
    }
}

/// Hands out the bytes of a file, piece by piece.
#[derive(Debug)]
pub struct Reader {
    file: File,
    next: u64,
    hasher: Hasher,
}

impl Reader {
    #[must_use]
    pub const fn file(&self) -> &File {
        &self.file
    }

    /// The next piece; `None` after the last, when all of them have turned out to be as they came.
    ///
    /// # Errors
    /// [`Kind::Damaged`] where a piece is missing, or the whole is not as it came: what was handed out before is not to be used.
    pub async fn next<B: Backend, A: Area>(
        &mut self,
        locker: &Locker<B, A>,
    ) -> Result<Option<Vec<u8>>, Trouble> {
        let bad = || damaged(&File::key(&self.file.sha256));
        if self.next >= self.file.pieces() {
            let whole = self.hasher.clone().finish() == self.file.sha256;
            return if whole { Ok(None) } else { Err(bad()) };
        }
        let bytes = self.piece(locker).await?.ok_or_else(bad)?;
        if bytes.len() != self.due() {
            return Err(bad());
        }
        self.hasher.take(&bytes);
        self.next += 1;
        Ok(Some(bytes))
    }

    /// The next piece of a file that is damaged, as far as it is there: zeros stand for what is missing, so that what comes behind it is
    /// where it was. And how many of its bytes were found. `None` after the last.
    ///
    /// # Errors
    /// What the browser says, but that it cannot be read.
    pub async fn salvage<B: Backend, A: Area>(
        &mut self,
        locker: &Locker<B, A>,
    ) -> Result<Option<(Vec<u8>, usize)>, Trouble> {
        if self.next >= self.file.pieces() {
            return Ok(None);
        }
        let mut bytes = self.piece(locker).await?.unwrap_or_default();
        bytes.truncate(self.due());
        let found = bytes.len();
        bytes.resize(self.due(), 0);
        self.next += 1;
        Ok(Some((bytes, found)))
    }

    /// Bytes that the next piece should have.
    fn due(&self) -> usize {
        let left = self.file.size.saturating_sub(self.next * PIECE as u64);
        usize::try_from(left).unwrap_or(PIECE).min(PIECE)
    }

    /// The next piece as it is found; `None` where it cannot be read.
    async fn piece<B: Backend, A: Area>(
        &self,
        locker: &Locker<B, A>,
    ) -> Result<Option<Vec<u8>>, Trouble> {
        let key = piece_key(&self.file.import, self.next);
        let row = match locker.backend.read(&[get(Table::Pieces, &key)]).await {
            Ok(answers) => one(&mut answers.into_iter()),
            // Where the database answers otherwise, it is this piece that cannot be read.
            Err(trouble) if trouble.kind == Kind::Refused => {
                locker
                    .backend
                    .read(&[Read::Keys(Table::Pieces, key)])
                    .await?;
                None
            }
            Err(trouble) => return Err(trouble),
        };
        Ok(match row.map(|row| row.value) {
            Some(Value::Bytes(bytes)) => Some(bytes),
            _ => None,
        })
    }
}

/// What was swept away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    pub files: usize,
    pub imports: usize,
}

impl<B: Backend, A: Area> Locker<B, A> {
    /// Begins to add a file.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn import(&self, now: Moment) -> Result<Import, Trouble> {
        self.writable()?;
        let mut import = String::new();
        let plan = |answers: Vec<Vec<Row>>| {
            let last = one(&mut answers.into_iter());
            let last = last.and_then(|row| row.value.text().parse::<u64>().ok());
            // The time keeps numbers apart of which the last was lost.
            import = format!("{}-{}", now.0, last.unwrap_or_default() + 1);
            let number = (last.unwrap_or_default() + 1).to_string();
            Ok(vec![
                Write::Put(Table::Meta, text_row(LAST_IMPORT, None, number)),
                heard(&import, now),
            ])
        };
        self.backend
            .transact(&[get(Table::Meta, LAST_IMPORT)], plan)
            .await?;
        Ok(Import {
            import,
            hasher: Hasher::default(),
            rest: Vec::new(),
            size: 0,
            pieces: 0,
            broken: false,
        })
    }

    /// Whether a file is kept, and what is known of it.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn file(&self, file: &Sha256) -> Result<Option<File>, Trouble> {
        Ok(self
            .get::<File>(&file.to_string())
            .await?
            .map(|held| held.record))
    }

    /// Reads a file from its beginning.
    ///
    /// # Errors
    /// [`Kind::NoFile`], and what the browser says.
    pub async fn reader(&self, file: &Sha256) -> Result<Reader, Trouble> {
        let known = self.file(file).await?;
        Ok(Reader {
            file: known.ok_or_else(|| Trouble::new(Kind::NoFile, file.to_string()))?,
            next: 0,
            hasher: Hasher::default(),
        })
    }

    /// Throws away the pieces of imports of which nothing was heard for an hour, and files that have been there for a day and that
    /// no record names. As long as the user has not read that records are lost, what they named stays: a backup brings them back.
    ///
    /// # Errors
    /// What the browser says, and [`Kind::Damaged`] where a record is damaged or gone, which may name any file; nothing was thrown away.
    pub async fn sweep(&self, now: Moment) -> Result<Swept, Trouble> {
        self.writable()?;
        // A clock that was set back makes the past the future.
        let old = |at: Moment, limit: Span| at.plus(limit) < now || now.plus(limit) < at;
        let mut reads = account_reads().to_vec();
        reads.push(Read::Prefix(Table::Records, String::new()));
        reads.push(Read::Prefix(Table::Meta, IMPORT.to_owned()));
        reads.push(Read::Keys(Table::Pieces, String::new()));
        reads.push(get(Table::Meta, FINDINGS));
        let (mut swept, mut account, mut gone) = (Swept::default(), Account::default(), Vec::new());
        let plan = |mut answers: Vec<Vec<Row>>| {
            let noted = answers.pop().unwrap_or_default();
            let is_lost = lost(&noted);
            let mut answers = answers.into_iter();
            account = account_of(&mut answers)?;
            let (mut files, mut named) = (Vec::new(), Vec::new());
            let mut there = Account::of(account.sequence, std::iter::empty());
            for row in answers.next().unwrap_or_default() {
                let (envelope, seal) = Envelope::from_text(&row.key, row.value.text())
                    .ok_or_else(|| damaged(&row.key))?;
                there.add(&seal);
                if row.key.starts_with(&key_of::<File>("")) {
                    let file = File::from_text(&envelope.body).ok_or_else(|| damaged(&row.key))?;
                    files.push((row.key, file, seal));
                }
                named.extend(envelope.files);
            }
            // A record that is gone comes back from the copy, and then its file has to be there.
            if there != account {
                return Err(damaged(ACCOUNT));
            }
            let mut writes = Vec::new();
            let mut kept = Vec::new();
            let mut over = Vec::new();
            for (key, file, seal) in files {
                let is_named = named.contains(&file.sha256);
                if is_named || is_lost || !old(file.added, Span::days(1)) {
                    kept.push(file.import);
                    continue;
                }
                account.take(&seal);
                writes.push(Write::Delete(Table::Records, key.clone()));
                gone.push((key, None));
                over.push(Finding::File(file.sha256));
                swept.files += 1;
            }
            for row in answers.next().unwrap_or_default() {
                let Some(import) = row.key.strip_prefix(IMPORT) else {
                    continue;
                };
                let at = row.value.text().parse().map(Moment);
                if at.is_ok_and(|at| !old(at, Span::hours(1))) {
                    kept.push(import.to_owned());
                    continue;
                }
                writes.push(Write::Delete(Table::Meta, row.key));
                swept.imports += 1;
            }
            let mut last = String::new();
            for row in answers.next().unwrap_or_default() {
                let import = row.key.split('/').next().unwrap_or_default();
                if import != last && !is_lost && !kept.iter().any(|kept| kept == import) {
                    writes.push(Write::DeletePrefix(Table::Pieces, piece_prefix(import)));
                    import.clone_into(&mut last);
                }
            }
            writes.extend(without(noted, &over));
            if swept.files > 0 {
                account.sequence += 1;
                writes.push(account_row(&account));
            }
            Ok(writes)
        };
        self.backend.transact(&reads, plan).await?;
        if swept.files > 0 {
            self.mirror(&account, gone).await?;
        }
        Ok(swept)
    }

    /// Takes over those pieces of a file that another database has and this one lacks. Says whether there were any.
    pub(super) async fn bring_pieces(&self, other: &B, file: &File) -> Result<bool, Trouble> {
        let key = File::key(&file.sha256);
        let Some(here) = self.file(&file.sha256).await? else {
            // It was deleted here.
            return Ok(false);
        };
        let prefix = piece_prefix(&here.import);
        let there = self
            .backend
            .read(&[Read::Keys(Table::Pieces, prefix)])
            .await?;
        let mut brought = false;
        for number in 0..file.pieces() {
            let to = piece_key(&here.import, number);
            if there.iter().flatten().any(|row| row.key == to) {
                continue;
            }
            let from = piece_key(&file.import, number);
            let piece = match other.read(&[get(Table::Pieces, &from)]).await {
                Ok(answers) => one(&mut answers.into_iter()),
                // What cannot be read there can be read nowhere.
                Err(trouble) if trouble.kind == Kind::Refused => None,
                Err(trouble) => return Err(trouble),
            };
            let Some(piece) = piece else { continue };
            let plan = |answers: Vec<Vec<Row>>| {
                let piece = Row { key: to, ..piece };
                let named = one(&mut answers.into_iter());
                Ok(named
                    .map(|_| Write::Put(Table::Pieces, piece))
                    .into_iter()
                    .collect())
            };
            let reads = [get(Table::Records, &key)];
            self.backend.transact(&reads, plan).await?;
            brought = true;
        }
        Ok(brought)
    }

    /// Whether all pieces of all files are there, which is quick to see: no bytes are read. Those that are not are named among what was found.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn check_files(&self) -> Result<Vec<Finding>, Trouble> {
        let reads = [
            Read::Prefix(Table::Records, key_of::<File>("")),
            Read::Keys(Table::Pieces, String::new()),
        ];
        let mut answers = self.backend.read(&reads).await?.into_iter();
        let files = answers.next().unwrap_or_default();
        let pieces = answers.next().unwrap_or_default();
        // Numbers below that of the last, none twice: where there are as many as there should be, none is missing.
        let whole = |file: &File| {
            let place = |number: u64| {
                let key = piece_key(&file.import, number);
                pieces.partition_point(|row| row.key < key) as u64
            };
            place(file.pieces()) - place(0) == file.pieces()
        };
        let mut found = Vec::new();
        for row in &files {
            let file = super::held::<File>(row).map(|held| held.record);
            if let Some(file) = file.filter(|file| !whole(file)) {
                found.push(Finding::File(file.sha256));
            }
        }
        if !found.is_empty() && !self.newer.get() {
            self.note(&found).await?;
        }
        Ok(found)
    }

    /// Reads a file to its end, to see whether it is as it came. One that is not is named among what was found.
    ///
    /// # Errors
    /// What the browser says, but that it is damaged.
    pub async fn verify(&self, file: &Sha256) -> Result<bool, Trouble> {
        let mut reader = self.reader(file).await?;
        loop {
            match reader.next(self).await {
                Ok(Some(_)) => {}
                Ok(None) => return Ok(true),
                Err(trouble) if trouble.kind == Kind::Damaged => {
                    if !self.newer.get() {
                        self.note_damaged(reader.file()).await;
                    }
                    return Ok(false);
                }
                Err(trouble) => return Err(trouble),
            }
        }
    }
}
