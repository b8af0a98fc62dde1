//! Databases that did not open once, and were left for another.
//!
//! Not opening can pass: after a disk was full, Chromium opens nothing until it is started again. So such a database is tried again
//! whenever the locker is looked through. When it opens, what it has and the present one lacks is brought over: files above all, of
//! which there is no copy outside of a database. It stays as it is itself. What became of it says a row of [`Table::Meta`].

use super::account::Account;
use super::backend::{Backend, Read, Row, Table, Trouble, Write};
use super::check::{FINDINGS, Finding, State, noting, without};
use super::envelope::Envelope;
use super::{ACCOUNT, File, Locker, account_row, damaged, get, held, one, text_row};
use crate::store::area::Area;

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

/// What `there` has and `here` lacks. What the copy had, and is not here any more, was deleted since.
fn missing(
    here: &State,
    there: &State,
    copy: Option<Account>,
) -> Result<(Vec<Write>, Vec<Finding>), Trouble> {
    let mut account = here.account.ok_or_else(|| damaged(ACCOUNT))?;
    let (mut writes, mut found) = (Vec::new(), Vec::new());
    let since = |one: &Envelope| copy.is_none_or(|copy| one.sequence > copy.sequence);
    for (row, opened) in there.records() {
        let Some((envelope, seal)) = opened.as_ref().filter(|(one, _)| since(one)) else {
            continue;
        };
        match here.record(&row.key) {
            None => {}
            // A page that was open went on writing there, and nobody has here.
            Some(Some((known, old))) if copy.is_some() && !since(known) => account.take(old),
            Some(_) => continue,
        }
        account.add(seal);
        account.sequence = account.sequence.max(envelope.sequence);
        writes.push(Write::Put(Table::Records, row.clone()));
        found.push(Finding::Restored(row.key.clone()));
    }
    if !writes.is_empty() {
        account.sequence += 1;
        writes.push(account_row(&account));
    }
    Ok((writes, found))
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
            let done = text_row(&row_key(name), None, BROUGHT.to_owned());
            Ok(vec![Write::Put(Table::Meta, done), without(noted, &whole)])
        };
        let reads = [get(Table::Meta, FINDINGS)];
        self.backend.transact(&reads, plan).await
    }
}
