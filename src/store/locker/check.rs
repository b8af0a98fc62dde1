//! What is looked at when the locker is opened, and what is done about damage.
//!
//! The records have to make up the account beside them, and that account must not be older than the one outside of the database.
//! Where it is otherwise, the database was damaged or thrown away, or has gone back to an earlier state. Then what the mirror has is
//! put back, what is damaged is put aside as it was found, and all of it is named: in the one transaction that repairs it, so that
//! nothing is repaired unseen.

use super::account::Account;
use super::backend::{Backend, Kind, Read, Row, Table, Trouble, Write};
use super::earlier;
use super::envelope::Envelope;
use super::mirror::Known;
use super::{ACCOUNT, Health, Locker, MOVED, account_row, get, one, text_row};
use crate::domain::sha256::Sha256;
use crate::store::area::Area;

/// Damage that was noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The database was there once and had to be made anew.
    Recreated,
    /// The database of that name did not open. It was left as it is, and another one was begun.
    NotOpened(String),
    /// The database was as it had been some time before.
    WentBack,
    /// What is there did not agree with the account of it.
    Disagreed,
    /// The copy outside of the database was gone, and was made again.
    CopyGone,
    /// This record was damaged or gone, and is back from the copy.
    Restored(String),
    /// This record was damaged, and there was no copy. It is put aside as it was found.
    Lost(String),
    /// So many records are gone, and nobody knows which.
    Missing(u64),
    /// The bytes of this file are not all there, or not as they came.
    File(Sha256),
}

impl std::fmt::Display for Finding {
    /// In the form in which it is kept.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_text())
    }
}

impl Finding {
    fn to_text(&self) -> String {
        let one_line = |text: &str| text.replace(['\n', '\r'], " ");
        match self {
            Self::Recreated => "recreated".to_owned(),
            Self::NotOpened(name) => ["not-opened ", name].concat(),
            Self::WentBack => "went-back".to_owned(),
            Self::Disagreed => "disagreed".to_owned(),
            Self::CopyGone => "copy-gone".to_owned(),
            Self::Restored(key) => ["restored ", &one_line(key)].concat(),
            Self::Lost(key) => ["lost ", &one_line(key)].concat(),
            Self::Missing(count) => ["missing ", &count.to_string()].concat(),
            Self::File(file) => ["file ", &file.to_string()].concat(),
        }
    }

    fn from_text(line: &str) -> Option<Self> {
        let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
        Some(match name {
            "recreated" => Self::Recreated,
            "not-opened" => Self::NotOpened(rest.to_owned()),
            "went-back" => Self::WentBack,
            "disagreed" => Self::Disagreed,
            "copy-gone" => Self::CopyGone,
            "restored" => Self::Restored(rest.to_owned()),
            "lost" => Self::Lost(rest.to_owned()),
            "missing" => Self::Missing(rest.parse().ok()?),
            "file" => Self::File(Sha256::from_hex(rest)?),
            _ => return None,
        })
    }
}

/// How much is looked at when the locker is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    AtAccounts,
    AtAll,
}

/// The row of [`Table::Meta`] that holds findings, one in each line.
pub(super) const FINDINGS: &str = "findings";
/// More than anybody reads. Which records were restored beyond that is not said.
const MOST: usize = 1_000;

/// All records, and what the account says of them.
pub(super) struct State {
    pub account: Option<Account>,
    pub rows: Vec<Row>,
    /// In the order of the rows; `None` for a damaged one.
    opened: Vec<Option<(Envelope, Sha256)>>,
}

impl State {
    /// From the answers to [`ACCOUNT`] and to all records.
    pub fn of(answers: Vec<Vec<Row>>) -> Self {
        let mut answers = answers.into_iter();
        let account = one(&mut answers).and_then(|row| Account::from_text(row.value.text()));
        let rows = answers.next().unwrap_or_default();
        let open = |row: &Row| Envelope::from_text(&row.key, row.value.text());
        let opened = rows.iter().map(open).collect();
        Self {
            account,
            rows,
            opened,
        }
    }

    /// Every record, and what it says; `None` for a damaged one.
    pub fn records(&self) -> impl Iterator<Item = (&Row, &Option<(Envelope, Sha256)>)> {
        self.rows.iter().zip(&self.opened)
    }

    /// What the record of that key says, if it is there; `None` within for a damaged one.
    pub fn record(&self, key: &str) -> Option<Option<&(Envelope, Sha256)>> {
        let at = self.rows.binary_search_by(|row| row.key.as_str().cmp(key));
        self.opened.get(at.ok()?).map(Option::as_ref)
    }

    /// Whether the records are those of the account.
    pub fn is_sound(&self) -> bool {
        let seals = self.opened.iter().flatten().map(|(_, seal)| seal);
        let whole = self.opened.iter().all(Option::is_some);
        let Some(account) = self.account else {
            return false;
        };
        whole && Account::of(account.sequence, seals) == account
    }

    /// What is to be written so that it is sound again, and what has been found.
    fn repair(
        self,
        known: Option<&Known>,
        mirror: &[(String, String)],
    ) -> (Vec<Write>, Vec<Finding>) {
        let sound = self.is_sound();
        let outside = known.map(|known| known.account).unwrap_or_default();
        let inside = self.account.unwrap_or_default();
        let mut found = Vec::new();
        let empty = self.account.is_none() && self.rows.is_empty();
        let used = outside.sequence > 0 || !mirror.is_empty();
        if empty && used {
            found.push(Finding::Recreated);
        } else if !sound && !empty {
            found.push(Finding::Disagreed);
        } else if outside.sequence > inside.sequence {
            found.push(Finding::WentBack);
        }
        let expected = if outside.sequence > inside.sequence {
            outside.count
        } else {
            inside.count
        };
        let last = self
            .opened
            .iter()
            .flatten()
            .map(|(envelope, _)| envelope.sequence)
            .max();
        let mut sequence = last
            .unwrap_or_default()
            .max(outside.sequence)
            .max(inside.sequence);
        let mut writes = Vec::new();
        let mut seals = Vec::new();
        let aside = |row: &Row| {
            let key = [row.key.as_str(), "@", &(sequence + 1).to_string()].concat();
            Write::Put(Table::Damaged, Row { key, ..row.clone() })
        };
        let copy = |key: &str| {
            let at = mirror
                .binary_search_by(|(other, _)| other.as_str().cmp(key))
                .ok()?;
            let (_, text) = mirror.get(at)?;
            let (envelope, seal) = Envelope::from_text(key, text)?;
            Some((envelope, seal, text))
        };
        let back = |key: &str, envelope: &Envelope, text: &str| {
            Write::Put(
                Table::Records,
                text_row(key, envelope.order.as_ref(), text.to_owned()),
            )
        };
        let mut newest = sequence;
        for (row, opened) in self.rows.iter().zip(&self.opened) {
            match (opened, copy(&row.key)) {
                (Some((_, seal)), None) => seals.push(*seal),
                (Some((here, seal)), Some((there, _, _))) if here.sequence >= there.sequence => {
                    seals.push(*seal)
                }
                (_, Some((envelope, seal, text))) => {
                    writes.push(aside(row));
                    writes.push(back(&row.key, &envelope, text));
                    newest = newest.max(envelope.sequence);
                    seals.push(seal);
                    found.push(Finding::Restored(row.key.clone()));
                }
                (None, None) => {
                    writes.push(aside(row));
                    writes.push(Write::Delete(Table::Records, row.key.clone()));
                    found.push(Finding::Lost(row.key.clone()));
                }
            }
        }
        for (key, _) in mirror {
            let here = self.rows.binary_search_by(|row| row.key.cmp(key)).is_ok();
            if let Some((envelope, seal, text)) = copy(key).filter(|_| !here) {
                writes.push(back(key, &envelope, text));
                newest = newest.max(envelope.sequence);
                seals.push(seal);
                found.push(Finding::Restored(key.clone()));
            }
        }
        sequence = newest;
        let account = Account::of(if used || !empty { sequence + 1 } else { 0 }, seals.iter());
        let lost = found
            .iter()
            .filter(|one| matches!(one, Finding::Lost(_)))
            .count() as u64;
        let missing = expected.saturating_sub(account.count + lost);
        if missing > 0 && !found.is_empty() {
            found.push(Finding::Missing(missing));
        }
        writes.push(account_row(&account));
        (writes, found)
    }
}

impl<B: Backend, A: Area> Locker<B, A> {
    pub(super) fn name(generation: u32) -> String {
        ["locker-", &generation.to_string()].concat()
    }

    /// What keeps one database from being opened can lie in all that is kept beside it.
    pub(super) const fn is_apart(generation: u32) -> bool {
        generation > 1
    }

    /// Opens a database and checks it: all records, or only whether the two accounts of them agree.
    pub(super) async fn begin(&self, look: Look) -> Result<Health, Trouble> {
        /// So many databases that do not open are passed by.
        const GENERATIONS: u32 = 4;
        let first = match self.known().await {
            Ok(Some(known)) => known.generation,
            _ => self.newest(GENERATIONS).await,
        };
        let mut found = Vec::new();
        let mut generation = first;
        let opened = loop {
            let name = Self::name(generation);
            let apart = Self::is_apart(generation);
            match self.backend.open(&name, apart).await {
                Ok(opened) => match self.moved().await? {
                    Some(next) if next > generation => generation = next,
                    _ => break opened,
                },
                Err(trouble)
                    if trouble.kind == Kind::Unusable && generation - first < GENERATIONS =>
                {
                    found.push(Finding::NotOpened(name));
                    generation += 1;
                }
                // Where none opens, it is not this one that is damaged.
                Err(trouble) => return Err(trouble),
            }
        };
        self.generation.set(generation);
        self.newer.set(opened.newer);
        if !opened.newer {
            if opened.data_loss {
                found.push(Finding::Recreated);
            }
            let agrees = look == Look::AtAccounts && found.is_empty() && self.agrees().await?;
            if !agrees {
                self.check_with(found).await?;
            }
            if look == Look::AtAll {
                // What cannot be brought now is the next time.
                let _ = self.bring_over().await;
            }
        }
        Ok(Health {
            findings: self.findings().await?,
            newer: opened.newer,
        })
    }

    /// The number of the newest database that is there. One that was left because it did not open may not know that, and when it opens
    /// again, what was kept since would be seen by nobody.
    async fn newest(&self, most: u32) -> u32 {
        for generation in (2..=1 + most).rev() {
            let name = Self::name(generation);
            if self
                .backend
                .is_there(&name, Self::is_apart(generation))
                .await
            {
                return generation;
            }
        }
        1
    }

    /// The number of the database that is worked on instead of the opened one. Outside of it, that may have been forgotten.
    async fn moved(&self) -> Result<Option<u32>, Trouble> {
        let answers = self.backend.read(&[get(Table::Meta, MOVED)]).await?;
        let row = one(&mut answers.into_iter());
        Ok(row.and_then(|row| row.value.text().parse().ok()))
    }

    /// Whether the account in the database is the one outside of it.
    async fn agrees(&self) -> Result<bool, Trouble> {
        let Ok(known) = self.known().await else {
            return Ok(false);
        };
        let mut answers = self
            .backend
            .read(&[get(Table::Meta, ACCOUNT)])
            .await?
            .into_iter();
        let inside = one(&mut answers).and_then(|row| Account::from_text(row.value.text()));
        Ok(known.is_some_and(|known| {
            inside == Some(known.account) && known.generation == self.generation.get()
        }))
    }

    /// Compares what is there with what should be, and repairs it.
    ///
    /// # Errors
    /// What the browser says. Without the copy, nothing was changed.
    pub async fn check(&self) -> Result<(), Trouble> {
        self.check_with(Vec::new()).await?;
        self.bring_over().await
    }

    pub(super) async fn check_with(&self, found: Vec<Finding>) -> Result<(), Trouble> {
        // The account outside is read first: what others write meanwhile can only make the database the newer one.
        let known = self.known().await;
        let reads = [
            get(Table::Meta, ACCOUNT),
            Read::Prefix(Table::Records, String::new()),
        ];
        let state = State::of(self.backend.read(&reads).await?);
        let known = match known {
            // The copy cannot be read. Whether a database is whole it says alone; what to do about one that is not, only with the copy.
            Err(_) if found.is_empty() && state.is_sound() => return Ok(()),
            known => known?,
        };
        let outside = known
            .as_ref()
            .map(|known| known.account)
            .unwrap_or_default();
        let account = state.account.filter(|_| state.is_sound());
        if let Some(account) = account.filter(|account| account.sequence >= outside.sequence) {
            let mut found = found;
            if known.is_none() && account.sequence > 0 {
                found.push(Finding::CopyGone);
            }
            if !found.is_empty() {
                let left = left(&found, known.as_ref());
                self.note_with(&found, left).await?;
            }
            let agrees = known.is_some_and(|known| {
                known.account == account && known.generation == self.generation.get()
            });
            if !agrees {
                // One that cannot be made now is made the next time.
                let _ = self.mirror_all().await;
            }
            return Ok(());
        }
        // What is damaged would be taken for lost, and then its copy for one too many.
        let mirror = self.mirrored().await?;
        let mut reads = reads.to_vec();
        reads.push(get(Table::Meta, FINDINGS));
        let plan = |mut answers: Vec<Vec<Row>>| {
            let noted = answers.pop().unwrap_or_default();
            let state = State::of(answers);
            let (mut writes, repaired) = state.repair(known.as_ref(), &mirror);
            let mut found = found;
            found.extend(repaired);
            writes.extend(left(&found, known.as_ref()));
            writes.extend(noting(noted, &found));
            Ok(writes)
        };
        self.backend.transact(&reads, plan).await?;
        let _ = self.mirror_all().await;
        Ok(())
    }

    /// The damage that was noticed and not dismissed yet.
    pub(super) async fn findings(&self) -> Result<Vec<Finding>, Trouble> {
        let rows = self.backend.read(&[get(Table::Meta, FINDINGS)]).await?;
        let lines = |row: &Row| {
            row.value
                .text()
                .lines()
                .filter_map(Finding::from_text)
                .collect::<Vec<_>>()
        };
        Ok(rows.iter().flatten().flat_map(lines).collect())
    }

    pub(super) async fn note(&self, found: &[Finding]) -> Result<(), Trouble> {
        self.note_with(found, Vec::new()).await
    }

    async fn note_with(&self, found: &[Finding], beside: Vec<Write>) -> Result<(), Trouble> {
        let plan = |answers: Vec<Vec<Row>>| {
            let noted = answers.into_iter().flatten().collect();
            Ok(beside.into_iter().chain(noting(noted, found)).collect())
        };
        self.backend
            .transact(&[get(Table::Meta, FINDINGS)], plan)
            .await
    }

    /// The user has read what was found.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn dismiss(&self) -> Result<(), Trouble> {
        self.writable()?;
        let plan = |_| Ok(vec![Write::Delete(Table::Meta, FINDINGS.to_owned())]);
        self.backend.transact(&[], plan).await
    }
}

/// Notes of each database that was just left. Where not all of the copy could be put back, what it lacks is still to be looked for.
fn left(found: &[Finding], known: Option<&Known>) -> Vec<Write> {
    let complete = !found.iter().any(|one| matches!(one, Finding::Missing(_)));
    let copy = known.map(|known| known.account).filter(|_| complete);
    let name = |one: &Finding| match one {
        Finding::NotOpened(name) => Some(earlier::left(name, copy)),
        _ => None,
    };
    found.iter().filter_map(name).collect()
}

/// Whether it was noted that records are lost: nobody knows any more which files they named.
pub(super) fn lost(noted: &[Row]) -> bool {
    let mut lines = noted.iter().flat_map(|row| row.value.text().lines());
    lines.any(|line| {
        let found = Finding::from_text(line);
        matches!(found, Some(Finding::Lost(_) | Finding::Missing(_)))
    })
}

/// What was noted before, but for what is no longer so, where that was noted.
pub(super) fn without(noted: Vec<Row>, over: &[Finding]) -> Option<Write> {
    let over: Vec<String> = over.iter().map(Finding::to_text).collect();
    let mut lines: Vec<&str> = noted
        .iter()
        .flat_map(|row| row.value.text().lines())
        .collect();
    let before = lines.len();
    lines.retain(|line| !over.iter().any(|over| over == line));
    let fewer = lines.len() < before;
    fewer.then(|| Write::Put(Table::Meta, text_row(FINDINGS, None, lines.join("\n"))))
}

/// What is found, added to what was noted before.
pub(super) fn noting(noted: Vec<Row>, found: &[Finding]) -> Option<Write> {
    let mut lines: Vec<String> = noted
        .iter()
        .flat_map(|row| row.value.text().lines())
        .map(str::to_owned)
        .collect();
    let before = lines.len();
    for line in found.iter().map(Finding::to_text) {
        if lines.len() < MOST && !lines.contains(&line) {
            lines.push(line);
        }
    }
    let grown = lines.len() > before;
    grown.then(|| Write::Put(Table::Meta, text_row(FINDINGS, None, lines.join("\n"))))
}
