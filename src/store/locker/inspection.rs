//! Reading every file again, to see whether its bytes are as they came.
//!
//! That all pieces are there is seen from their keys, at every start ([`Locker::check_files`]). What is in them only reading tells. That is
//! done piece by piece, when nobody waits for anything: one round through all files, in the order of their hashes, and no other before a
//! day is over. A round that was broken off goes on where it was.

use std::collections::VecDeque;

use super::backend::{Backend, Kind, Read, Row, Table, Trouble, Write};
use super::check::{FINDINGS, Finding, noting};
use super::files::Reader;
use super::{File, Locker, get, held, one, text_row};
use crate::domain::sha256::Sha256;
use crate::domain::time::{Moment, Span};
use crate::store::area::Area;

/// How far the inspection has come, in [`Table::Meta`]: `after <hash>` within a round, `round <time>` when one is over.
const INSPECTED: &str = "inspected";
const AFTER: &str = "after ";
const ROUND: &str = "round ";
/// After so many pieces it is noted how far it has come: one that is broken off reads no more than these again, and their file.
const NOTED: u32 = 64;

/// A round through all files.
#[derive(Debug)]
pub struct Inspection {
    files: VecDeque<Sha256>,
    reader: Option<Reader>,
    /// Pieces that were read since it was noted how far it has come.
    pieces: u32,
}

/// What one step of an inspection has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inspected {
    /// There is more to read.
    Sound,
    /// The bytes of this file are not as they came. There may be more to read.
    Damaged(Sha256),
    /// All files were read.
    Done,
}

impl Inspection {
    /// Reads one piece more.
    ///
    /// # Errors
    /// What the browser says, but that a file is damaged.
    pub async fn next<B: Backend, A: Area>(
        &mut self,
        locker: &Locker<B, A>,
        now: Moment,
    ) -> Result<Inspected, Trouble> {
        let mut reader = match self.reader.take() {
            Some(reader) => reader,
            None => {
                let Some(file) = self.files.pop_front() else {
                    let over = [ROUND, &now.0.to_string()].concat();
                    locker.note_inspected(over).await;
                    return Ok(Inspected::Done);
                };
                match locker.reader(&file).await {
                    Ok(reader) => reader,
                    // It was deleted meanwhile, or its record is damaged, which is found where records are looked at.
                    Err(trouble) if matches!(trouble.kind, Kind::NoFile | Kind::Damaged) => {
                        return Ok(Inspected::Sound);
                    }
                    Err(trouble) => return Err(trouble),
                }
            }
        };
        self.pieces += 1;
        let read = reader.next(locker).await;
        if matches!(read, Ok(Some(_))) {
            self.reader = Some(reader);
            return Ok(Inspected::Sound);
        }
        let file = reader.file();
        let shown = match read {
            Err(trouble) if trouble.kind != Kind::Damaged => Err(trouble),
            Err(_) if locker.note_damaged(file).await => Ok(Inspected::Damaged(file.sha256)),
            _ => Ok(Inspected::Sound),
        };
        // What always fails must not keep the files behind it from being read: it is tried again in the next round.
        if self.pieces >= NOTED || shown.is_err() {
            self.pieces = 0;
            let after = [AFTER, &file.sha256.to_string()].concat();
            locker.note_inspected(after).await;
        }
        shown
    }
}

impl<B: Backend, A: Area> Locker<B, A> {
    /// Goes on with the round through all files; `None` where the last was over less than a day ago, and where nothing may be written.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn inspection(&self, now: Moment) -> Result<Option<Inspection>, Trouble> {
        if self.is_read_only() {
            return Ok(None);
        }
        let reads = [
            get(Table::Meta, INSPECTED),
            Read::Keys(Table::Records, File::key_prefix()),
        ];
        let mut answers = self.backend.read(&reads).await?.into_iter();
        let noted = one(&mut answers);
        let noted = noted.as_ref().map_or("", |row| row.value.text());
        let ended = noted.strip_prefix(ROUND).and_then(|at| at.parse().ok());
        // A clock that was set back makes the past the future.
        let recent = |at: Moment| at <= now && now < at.plus(Span::days(1));
        if ended.map(Moment).is_some_and(recent) {
            return Ok(None);
        }
        let after = noted.strip_prefix(AFTER).unwrap_or_default();
        let prefix = File::key_prefix();
        let files = answers.next().unwrap_or_default().into_iter();
        let files = files.filter_map(|row| {
            let hash = row.key.strip_prefix(&prefix)?;
            (hash > after).then(|| Sha256::from_hex(hash)).flatten()
        });
        Ok(Some(Inspection {
            files: files.collect(),
            reader: None,
            pieces: 0,
        }))
    }

    /// Where that cannot be noted, some files are read once more.
    async fn note_inspected(&self, how_far: String) {
        let row = text_row(INSPECTED, None, how_far);
        let plan = |_| Ok(vec![Write::Put(Table::Meta, row)]);
        let _ = self.backend.transact(&[], plan).await;
    }

    /// Notes that a file was found damaged, and says whether it is. One that was deleted or added again while it was read is not. What
    /// cannot be noted now is damaged all the same, and found again.
    pub(super) async fn note_damaged(&self, file: &File) -> bool {
        let mut same = true;
        let plan = |answers: Vec<Vec<Row>>| {
            let mut answers = answers.into_iter();
            let there = one(&mut answers).and_then(|row| held::<File>(&row));
            same = there.is_some_and(|there| there.record == *file);
            let noted = answers.next().unwrap_or_default();
            let found = [Finding::File(file.sha256)];
            Ok(noting(noted, if same { &found } else { &[] })
                .into_iter()
                .collect())
        };
        let reads = [
            get(Table::Records, &File::key(&file.sha256)),
            get(Table::Meta, FINDINGS),
        ];
        let _ = self.backend.transact(&reads, plan).await;
        same
    }
}
