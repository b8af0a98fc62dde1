//! Databases that did not open once, and were left for another.
//!
//! Not opening can pass: after a disk was full, Chromium opens nothing until it is started again. So such a database is tried again
//! whenever the locker is looked through. When it opens, what it has and the present one lacks is brought over: files above all, of
//! which there is no copy outside of a database. What became of it says a row of [`Table::Meta`] here. There, a row says first that it is
//! not worked on any more, so that a page which still has it open keeps nothing that nobody would look for; all else stays as it is.

use super::account::Account;
use super::backend::{Backend, Read, Row, Table, Trouble, Write};
use super::check::{FINDINGS, Finding, State, noting, without};
use super::envelope::Envelope;
use super::{
    ACCOUNT, File, Locker, MOVED, account_row, damaged, get, held, one, text_row, unsealed,
};
use crate::store::area::Area;
use crate::store::evidence;

/// What the row says when everything was brought over. Before, it is the account of the copy that the present database was made from.
const BROUGHT: &str = "brought";

fn row_key(name: &str) -> String {
    ["earlier:", name].concat()
}

/// Notes that the database of that name was left. `copy` is the account of the copy that was put back instead, where that was complete.
pub(super) fn left(name: &str, copy: Option<Account>) -> Write {
    let text = copy.map(Account::to_text).unwrap_or_default();
    Write::Put(Table::Meta, text_row(&row_key(name), None, text))
}

/// What `there` has and `here` lacks. What the copy had, and is not here any more, was deleted since. Of what was changed in both, neither
/// is dropped: evidence is brought together, and of anything else what is there is put aside.
fn missing(
    here: &State,
    there: &State,
    copy: Option<Account>,
) -> Result<(Vec<Write>, Vec<Finding>), Trouble> {
    let mut account = here.account.ok_or_else(|| damaged(ACCOUNT))?;
    let (mut writes, mut found) = (Vec::new(), Vec::new());
    let mut both = Vec::new();
    let since = |one: &Envelope| copy.is_none_or(|copy| one.sequence > copy.sequence);
    for (row, opened) in there.records() {
        let Some((envelope, seal)) = opened.as_ref().filter(|(one, _)| since(one)) else {
            continue;
        };
        match here.record(&row.key) {
            None => {}
            // A page that was open went on writing there, and nobody has here.
            Some(Some((known, old))) if copy.is_some() && !since(known) => account.take(old),
            Some(Some((known, old))) => {
                if known.body == envelope.body || row.key.starts_with(&File::key_prefix()) {
                    continue;
                }
                match evidence::merged(&row.key, &known.body, &envelope.body) {
                    Some(item) => {
                        let merged = unsealed(&item);
                        if merged.body != known.body {
                            account.take(old);
                            both.push((&row.key, merged));
                        }
                    }
                    None => writes.push(aside(row, envelope)),
                }
                continue;
            }
            Some(None) => continue,
        }
        account.add(seal);
        account.sequence = account.sequence.max(envelope.sequence);
        writes.push(Write::Put(Table::Records, row.clone()));
        found.push(Finding::Restored(row.key.clone()));
    }
    if !found.is_empty() || !both.is_empty() {
        account.sequence += 1;
        for (key, envelope) in both {
            let envelope = Envelope {
                sequence: account.sequence,
                ..envelope
            };
            account.add(&envelope.seal(key));
            let row = text_row(key, envelope.order.as_ref(), envelope.to_text(key));
            writes.push(Write::Put(Table::Records, row));
            found.push(Finding::Restored(key.clone()));
        }
        writes.push(account_row(&account));
    }
    Ok((writes, found))
}

/// Puts aside what was written there, under the same name however often it is tried.
fn aside(row: &Row, envelope: &Envelope) -> Write {
    let key = [&row.key, "@", &envelope.sequence.to_string()].concat();
    Write::Put(Table::Damaged, Row { key, ..row.clone() })
}

impl<B: Backend, A: Area> Locker<B, A> {
    /// Tries the databases again that were left, and brings over what they have.
    pub(super) async fn bring_over(&self) -> Result<(), Trouble> {
        if self.newer.get() {
            return Ok(());
        }
        for generation in 1..self.generation.get() {
            let name = Self::name(generation);
            let read = [get(Table::Meta, &row_key(&name))];
            let noted = one(&mut self.backend.read(&read).await?.into_iter());
            let noted = noted.as_ref().map_or("", |row| row.value.text());
            if noted == BROUGHT {
                continue;
            }
            let earlier = self.backend.another();
            let opened = earlier.open(&name, Self::is_apart(generation)).await;
            if opened.is_ok_and(|opened| !opened.newer) {
                self.bring_from(&earlier, &name, Account::from_text(noted))
                    .await?;
            }
        }
        Ok(())
    }

    async fn bring_from(
        &self,
        earlier: &B,
        name: &str,
        copy: Option<Account>,
    ) -> Result<(), Trouble> {
        let moved = text_row(MOVED, None, self.generation.get().to_string());
        let moved = |_| Ok(vec![Write::Put(Table::Meta, moved)]);
        // Where not even that can be written, what it has is brought over, and it is looked at again.
        let ended = earlier.transact(&[], moved).await.is_ok();
        let mut reads = vec![
            get(Table::Meta, ACCOUNT),
            Read::Prefix(Table::Records, String::new()),
        ];
        let there = State::of(earlier.read(&reads).await?);
        reads.push(get(Table::Meta, FINDINGS));
        let plan = |mut answers: Vec<Vec<Row>>| {
            let noted = answers.pop().unwrap_or_default();
            let (mut writes, found) = missing(&State::of(answers), &there, copy)?;
            writes.extend(noting(noted, &found));
            Ok(writes)
        };
        self.backend.transact(&reads, plan).await?;
        // One that cannot be made now is made the next time.
        let _ = self.mirror_all().await;
        let mut whole = Vec::new();
        for (row, _) in there.records() {
            let Some(file) = held::<File>(row).filter(|_| row.key.starts_with(&File::key_prefix()))
            else {
                continue;
            };
            let file = file.record;
            if self.bring_pieces(earlier, &file).await? && self.verify(&file.sha256).await? {
                whole.push(Finding::File(file.sha256));
            }
        }
        let plan = |answers: Vec<Vec<Row>>| {
            let noted = answers.into_iter().flatten().collect();
            let mut writes: Vec<Write> = without(noted, &whole).into_iter().collect();
            if ended {
                let done = text_row(&row_key(name), None, BROUGHT.to_owned());
                writes.push(Write::Put(Table::Meta, done));
            }
            Ok(writes)
        };
        let reads = [get(Table::Meta, FINDINGS)];
        self.backend.transact(&reads, plan).await
    }
}
