//! The version of everything that is kept, and how it is brought from one to the next.

use super::account::Account;
use super::backend::{Read, Row, Table, Write};
use super::envelope::Envelope;
use super::{ACCOUNT, account_row, get, text_row};

/// Makes of a record's text, as the version before wrote it, the text of the next. Its key says the kind.
pub type Step = fn(key: &str, body: &str) -> String;

/// A version, and the steps that lead to it from the first.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    pub steps: &'static [Step],
}

impl Schema {
    /// The number of the version, from 1.
    #[must_use]
    pub fn version(&self) -> u32 {
        u32::try_from(self.steps.len()).map_or(u32::MAX, |steps| steps + 1)
    }
}

/// The version that this program writes.
pub const SCHEMA: Schema = Schema { steps: &[] };

/// What a migration has to know: the account, and all records.
#[must_use]
pub fn migration_reads() -> [Read; 2] {
    [
        get(Table::Meta, ACCOUNT),
        Read::Prefix(Table::Records, String::new()),
    ]
}

/// What is written to bring the records of version `from` to that of the schema: first all of them as they are, aside. A record
/// that is damaged stays as it is, for the check to find.
#[must_use]
pub fn migrate(schema: Schema, from: u32, records: Vec<Row>, account: Option<Row>) -> Vec<Write> {
    let done = usize::try_from(from)
        .unwrap_or(usize::MAX)
        .saturating_sub(1);
    let steps = schema.steps.get(done..).unwrap_or_default();
    let mut writes = vec![Write::DeletePrefix(Table::Snapshot, String::new())];
    let kept = account.as_ref().map(|row| row.value.text());
    let mut account = kept.and_then(Account::from_text);
    for row in records {
        writes.push(Write::Put(Table::Snapshot, row.clone()));
        let Some((mut envelope, seal)) = Envelope::from_text(&row.key, row.value.text()) else {
            continue;
        };
        for step in steps {
            envelope.body = step(&row.key, &envelope.body);
        }
        if let Some(account) = &mut account {
            account.take(&seal);
            account.add(&envelope.seal(&row.key));
        }
        let text = envelope.to_text(&row.key);
        let row = text_row(&row.key, envelope.order.as_ref(), text);
        writes.push(Write::Put(Table::Records, row));
    }
    if let Some(mut account) = account {
        // The mirror holds the texts of the version before until it is made again, which the number tells.
        account.sequence += 1;
        writes.push(account_row(&account));
        let row = text_row(ACCOUNT, None, kept.unwrap_or_default().to_owned());
        writes.push(Write::Put(Table::Snapshot, row));
    }
    writes
}
