//! A locker in memory, which can be made to fail in the ways in which browsers do.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::backend::{Backend, Kind, Opened, Read, Row, Table, Trouble, Write};
use super::schema::{Schema, migrate};
use super::{ACCOUNT, SCHEMA};

type Tables = BTreeMap<(Table, String), Row>;

#[derive(Clone, Debug, Default)]
struct Database {
    version: u32,
    tables: Tables,
    /// It does not open.
    broken: bool,
}

/// Databases in memory. Clones are pages of one browser.
#[derive(Clone, Debug)]
pub struct Memory {
    schema: Schema,
    databases: Rc<RefCell<BTreeMap<String, Database>>>,
    opened: RefCell<String>,
    /// What every write fails with, and after how many more of them.
    refuses: Rc<Cell<Option<(Kind, u32)>>>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            schema: SCHEMA,
            databases: Rc::default(),
            opened: RefCell::default(),
            refuses: Rc::default(),
        }
    }
}

impl Memory {
    /// The same databases, seen by a program that writes another version.
    #[must_use]
    pub fn with(&self, schema: Schema) -> Self {
        Self {
            schema,
            ..self.clone()
        }
    }

    /// Makes every write fail so after some more, or no longer.
    pub fn refuse(&self, refuses: Option<(Kind, u32)>) {
        self.refuses.set(refuses);
    }

    /// Changes what is on the disk behind everybody's back.
    pub fn damage(&self, name: &str, change: impl FnOnce(&mut BTreeMap<(Table, String), Row>)) {
        change(
            &mut self
                .databases
                .borrow_mut()
                .entry(name.to_owned())
                .or_default()
                .tables,
        );
    }

    /// The database is gone, as if it had never been.
    pub fn forget(&self, name: &str) {
        self.databases.borrow_mut().remove(name);
    }

    /// Whether the database of that name can be opened.
    pub fn breaks(&self, name: &str, broken: bool) {
        self.databases
            .borrow_mut()
            .entry(name.to_owned())
            .or_default()
            .broken = broken;
    }

    fn answer(tables: &Tables, read: &Read) -> Vec<Row> {
        let prefixed = |table: Table, prefix: &str| {
            let from = (table, prefix.to_owned());
            let rows = tables.range(from..);
            let rows = rows
                .take_while(move |((other, key), _)| *other == table && key.starts_with(prefix));
            rows.map(|(_, row)| row.clone()).collect::<Vec<_>>()
        };
        match read {
            Read::Get(table, key) => tables
                .get(&(*table, key.clone()))
                .cloned()
                .into_iter()
                .collect(),
            Read::Prefix(table, prefix) => prefixed(*table, prefix),
            Read::OfOrder(order) => prefixed(Table::Records, "")
                .into_iter()
                .filter(|row| row.order.as_ref() == Some(order))
                .collect(),
            Read::Keys(table, prefix) => {
                let bare = |row: Row| super::text_row(&row.key, None, String::new());
                prefixed(*table, prefix).into_iter().map(bare).collect()
            }
        }
    }

    fn write(tables: &mut Tables, writes: Vec<Write>) {
        for write in writes {
            match write {
                Write::Put(table, row) => {
                    tables.insert((table, row.key.clone()), row);
                }
                Write::Delete(table, key) => {
                    tables.remove(&(table, key));
                }
                Write::DeletePrefix(table, prefix) => {
                    tables.retain(|(other, key), _| *other != table || !key.starts_with(&prefix));
                }
            }
        }
    }

    fn with_tables<T>(
        &self,
        work: impl FnOnce(&mut Tables) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let mut databases = self.databases.borrow_mut();
        let name = self.opened.borrow();
        let database = databases
            .get_mut(name.as_str())
            .filter(|database| !database.broken);
        let database = database.ok_or_else(|| Trouble::new(Kind::Unusable, name.as_str()))?;
        work(&mut database.tables)
    }
}

impl Backend for Memory {
    fn another(&self) -> Self {
        Self {
            opened: RefCell::default(),
            ..self.clone()
        }
    }

    async fn is_there(&self, name: &str, _apart: bool) -> bool {
        self.databases.borrow().contains_key(name)
    }

    async fn open(&self, name: &str, _apart: bool) -> Result<Opened, Trouble> {
        let mut databases = self.databases.borrow_mut();
        let database = databases.entry(name.to_owned()).or_default();
        if database.broken {
            return Err(Trouble::new(Kind::Unusable, name));
        }
        let (from, version) = (database.version, self.schema.version());
        if (1..version).contains(&from) {
            let records = Self::answer(
                &database.tables,
                &Read::Prefix(Table::Records, String::new()),
            );
            let account = Self::answer(&database.tables, &super::get(Table::Meta, ACCOUNT)).pop();
            Self::write(
                &mut database.tables,
                migrate(self.schema, from, records, account),
            );
        }
        database.version = version.max(from);
        name.clone_into(&mut self.opened.borrow_mut());
        Ok(Opened {
            fresh: from == 0,
            newer: from > version,
            data_loss: false,
        })
    }

    async fn transact(
        &self,
        reads: &[Read],
        plan: impl FnOnce(Vec<Vec<Row>>) -> Result<Vec<Write>, Trouble>,
    ) -> Result<(), Trouble> {
        self.with_tables(|tables| {
            let answers = reads
                .iter()
                .map(|read| Self::answer(tables, read))
                .collect();
            let writes = plan(answers)?;
            match self.refuses.get() {
                Some((kind, 0)) => return Err(Trouble::new(kind, "the memory was told to refuse")),
                Some((kind, more)) => self.refuses.set(Some((kind, more - 1))),
                None => {}
            }
            Self::write(tables, writes);
            Ok(())
        })
    }

    async fn read(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, Trouble> {
        self.with_tables(|tables| {
            Ok(reads
                .iter()
                .map(|read| Self::answer(tables, read))
                .collect())
        })
    }
}
