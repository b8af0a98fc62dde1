//! IndexedDB as a [`locker::Backend`](crate::store::locker::Backend).
//!
//! A transaction counts as done when its `complete` event came, with strict durability: then it is on the disk. None of its steps is waited
//! for without a limit, because there are states of a full disk in which no event comes at all. What runs over the limit is aborted.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    DomException, Event, IdbDatabase, IdbFactory, IdbIndex, IdbKeyRange, IdbObjectStore,
    IdbOpenDbRequest, IdbRequest, IdbTransaction,
};

use super::{ballast, event, object, random, runtime, speaks_of_room, words_of};
use crate::domain::sha256::hexadecimal;
use crate::store::locker::{
    Backend, Kind, Opened, PIECE, Read, Row, Schema, Table, Trouble, Value, Write, migrate,
    migration_reads,
};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = indexedDB)]
    static INDEXED_DB: Option<IdbFactory>;
    /// Places for storage that share nothing with each other. Firefox has none, and needs none: there, each database is a file.
    #[derive(Clone)]
    type Buckets;
    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = storageBuckets)]
    static BUCKETS: Option<Buckets>;
    #[wasm_bindgen(method, js_name = open, catch)]
    async fn open_bucket(this: &Buckets, name: &str, options: &JsValue)
    -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, js_name = keys, catch)]
    fn bucket_names(this: &Buckets) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, js_name = delete, catch)]
    async fn delete_bucket(this: &Buckets, name: &str) -> Result<JsValue, JsValue>;
    /// A database as web-sys has it not yet: with options for a transaction.
    type Database;
    /// As web-sys has it not yet: it lists what there is.
    type Factory;
    #[wasm_bindgen(method, catch)]
    fn databases(this: &Factory) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Database,
        stores: &Array,
        mode: &str,
        options: &JsValue,
    ) -> Result<IdbTransaction, JsValue>;
}

/// Milliseconds in which a transaction has to be done, besides what its size takes.
const LIMIT: u32 = 2_000;
/// For each row that is written.
const ROW: u32 = 5;
/// For each row of ballast.
const HEAVY: u32 = 20;
/// A file's piece is much to write, and several may be written to a slow disk at a time.
const BYTES: u32 = 10_000;
/// For an answer to what had run over its limit.
const GRACE: u32 = 1_000;
/// In which a database has to be open, and a migration done.
const OPEN: u32 = 10_000;
/// In which it has to be open again where the connection was lost while somebody waits for what is written: on a full disk some
/// browsers say nothing at all.
const REOPEN: u32 = 4_000;
const MIGRATION: u32 = 60_000;
/// Between two attempts to open a database.
const PAUSE: u32 = 200;

/// Before the names of the places where it is found out whether there is room on the disk, and for how many milliseconds one stays.
const ROOM: &str = "room-";
const ROOM_STAYS: f64 = 600_000.0;
/// Before the keys of ballast.
const BALLAST: &str = "ballast:";
const ORDER: &str = "order";
const TEXT: &str = "text";

struct Connection {
    database: IdbDatabase,
    closed: Rc<Cell<bool>>,
    newer: bool,
    _closes: [Closure<dyn Fn()>; 2],
}

/// The extension's IndexedDB.
pub struct Idb {
    schema: Schema,
    name: RefCell<String>,
    apart: Cell<bool>,
    connection: RefCell<Option<Connection>>,
    /// Whether what is written is safe from what a full disk has cut off before: [`ballast`].
    settled: Cell<bool>,
}

impl std::fmt::Debug for Idb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name.borrow())
    }
}

impl Drop for Idb {
    fn drop(&mut self) {
        self.disconnect();
    }
}

fn trouble_of(error: &JsValue) -> Trouble {
    let words = words_of(error);
    let name = error.dyn_ref::<DomException>().map(DomException::name);
    let name = name.unwrap_or_default();
    let kind = if runtime::is_orphaned() {
        Kind::Orphaned
    } else if name == "QuotaExceededError" || speaks_of_room(&words) {
        Kind::Full
    } else if name == "VersionError" {
        Kind::Newer
    } else {
        Kind::Refused
    };
    Trouble::new(kind, [name.as_str(), ": ", &words].concat())
}

fn hung(what: &str) -> Trouble {
    Trouble::new(Kind::Hung, what)
}

fn range(prefix: &str) -> Result<Option<IdbKeyRange>, JsValue> {
    if prefix.is_empty() {
        return Ok(None);
    }
    let last = [prefix, "\u{ffff}"].concat();
    IdbKeyRange::bound(&prefix.into(), &last.into()).map(Some)
}

fn store(transaction: &IdbTransaction, table: Table) -> Result<IdbObjectStore, JsValue> {
    transaction.object_store(table.name())
}

/// A read that was asked for: its key or keys, and its value or values.
enum Asked {
    One(String, IdbRequest),
    Many(IdbRequest, Option<IdbRequest>),
}

impl Asked {
    fn of(transaction: &IdbTransaction, read: &Read) -> Result<Self, JsValue> {
        let all = |store: IdbObjectStore, prefix: &str, values: bool| {
            let range = range(prefix)?;
            let range = range.as_ref().map_or(JsValue::UNDEFINED, Into::into);
            let keys = store.get_all_keys_with_key(&range)?;
            let values = values.then(|| store.get_all_with_key(&range)).transpose()?;
            Ok(Self::Many(keys, values))
        };
        match read {
            Read::Get(table, key) => {
                let request = store(transaction, *table)?.get(&key.into())?;
                Ok(Self::One(key.clone(), request))
            }
            Read::Prefix(table, prefix) => all(store(transaction, *table)?, prefix, true),
            Read::Keys(table, prefix) => all(store(transaction, *table)?, prefix, false),
            Read::OfOrder(order) => {
                let index: IdbIndex = store(transaction, Table::Records)?.index(ORDER)?;
                let order = order.into();
                let (keys, values) = (
                    index.get_all_keys_with_key(&order)?,
                    index.get_all_with_key(&order)?,
                );
                Ok(Self::Many(keys, Some(values)))
            }
        }
    }

    fn last(&self) -> &IdbRequest {
        match self {
            Self::One(_, request) | Self::Many(request, None) | Self::Many(_, Some(request)) => {
                request
            }
        }
    }

    fn rows(&self) -> Result<Vec<Row>, JsValue> {
        match self {
            Self::One(key, request) => {
                let value = request.result()?;
                Ok((!value.is_undefined())
                    .then(|| row(key.clone(), &value))
                    .into_iter()
                    .collect())
            }
            Self::Many(keys, values) => {
                let keys: Array = keys.result()?.unchecked_into();
                let values: Option<Array> = values
                    .as_ref()
                    .map(IdbRequest::result)
                    .transpose()?
                    .map(JsCast::unchecked_into);
                let mut rows: Vec<Row> = keys
                    .iter()
                    .enumerate()
                    .map(|(at, key)| {
                        let at = u32::try_from(at).unwrap_or(u32::MAX);
                        let value = values
                            .as_ref()
                            .map_or(JsValue::UNDEFINED, |values| values.get(at));
                        row(key.as_string().unwrap_or_default(), &value)
                    })
                    .collect();
                // The database puts texts in the order of their UTF-16.
                rows.sort_unstable_by(|one, other| one.key.cmp(&other.key));
                Ok(rows)
            }
        }
    }
}

/// A row as it is kept: bytes, or an object with text and order. Of anything else, the text is empty, which no record is.
fn row(key: String, value: &JsValue) -> Row {
    let text_at = |name: &str| Reflect::get(value, &name.into()).ok()?.as_string();
    match value.dyn_ref::<Uint8Array>() {
        Some(bytes) => Row {
            key,
            order: None,
            value: Value::Bytes(bytes.to_vec()),
        },
        None if value.is_object() => Row {
            key,
            order: text_at(ORDER),
            value: Value::Text(text_at(TEXT).unwrap_or_default()),
        },
        None => Row {
            key,
            order: None,
            value: Value::Text(String::new()),
        },
    }
}

thread_local! {
    /// Takes each whole piece on its way: a new one every time would stay in memory until the browser cleans up.
    static WAY: Uint8Array = Uint8Array::new_with_length(PIECE as u32);
}

/// The bytes, for the browser to copy at once.
fn filled(bytes: &[u8]) -> Uint8Array {
    if bytes.len() != PIECE {
        return Uint8Array::from(bytes);
    }
    WAY.with(|way| {
        way.copy_from(bytes);
        way.clone()
    })
}

fn write(transaction: &IdbTransaction, write: &Write) -> Result<(), JsValue> {
    match write {
        Write::Put(table, row) => {
            let value: JsValue = match &row.value {
                Value::Bytes(bytes) => filled(bytes).into(),
                Value::Text(text) => {
                    let mut properties = vec![(TEXT, text.into())];
                    if let Some(order) = &row.order {
                        properties.push((ORDER, order.into()));
                    }
                    object(&properties).into()
                }
            };
            store(transaction, *table)?.put_with_key(&value, &(&row.key).into())?;
        }
        Write::Delete(table, key) => {
            store(transaction, *table)?.delete(&key.into())?;
        }
        Write::DeletePrefix(table, prefix) => match range(prefix)? {
            Some(range) => {
                store(transaction, *table)?.delete(&range)?;
            }
            None => {
                store(transaction, *table)?.clear()?;
            }
        },
    }
    Ok(())
}

/// Whichever of these two ends a request.
fn end_of(request: &IdbRequest) -> Promise {
    event::first(|resolve| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(resolve));
    })
}

/// Asks, and waits for the answers. The transaction still goes on then: what is written at once is part of it.
async fn answers(
    transaction: &IdbTransaction,
    reads: &[Read],
    limit: u32,
) -> Result<Vec<Vec<Row>>, Trouble> {
    let asked = reads
        .iter()
        .map(|read| Asked::of(transaction, read))
        .collect::<Result<Vec<_>, _>>();
    let asked = asked.map_err(|error| trouble_of(&error))?;
    if let Some(last) = asked.last() {
        // They are answered in the order in which they were asked.
        let end = event::within(&end_of(last.last()), limit).await;
        let end = end.ok_or_else(|| hung("a transaction did not answer"))?;
        if end.type_() == "error" {
            let error = last.last().error().ok().flatten();
            return Err(trouble_of(&error.map_or(JsValue::NULL, Into::into)));
        }
    }
    let rows = asked.iter().map(Asked::rows).collect::<Result<_, _>>();
    rows.map_err(|error| trouble_of(&error))
}

/// How a transaction came out.
async fn outcome(transaction: &IdbTransaction, end: &Promise, limit: u32) -> Result<(), Trouble> {
    let mut late = false;
    let mut event = event::within(end, limit).await;
    if event.is_none() {
        late = true;
        // One that is being committed cannot be aborted; it may still come out well.
        let _ = transaction.abort();
        event = event::within(end, GRACE).await;
    }
    match event {
        Some(event) if event.type_() == "complete" => Ok(()),
        Some(_) if late => Err(hung("a transaction took too long and was aborted")),
        Some(_) => Err(trouble_of(
            &transaction.error().map_or(JsValue::NULL, Into::into),
        )),
        None => Err(hung("a transaction did not end")),
    }
}

impl Idb {
    #[must_use]
    pub fn new(schema: Schema) -> Self {
        Self {
            schema,
            name: RefCell::default(),
            apart: Cell::default(),
            connection: RefCell::default(),
            settled: Cell::default(),
        }
    }

    fn disconnect(&self) {
        if let Some(connection) = self.connection.take() {
            connection.database.set_onclose(None);
            connection.database.set_onversionchange(None);
            connection.database.close();
        }
    }

    async fn connect(&self, limit: u32) -> Result<Opened, Trouble> {
        self.disconnect();
        let mut attempts = 3;
        loop {
            attempts -= 1;
            match self.attempt(Some(self.schema.version()), limit).await {
                Err(trouble) if trouble.kind == Kind::Newer => {
                    let opened = self.attempt(None, limit).await?;
                    return Ok(Opened {
                        newer: true,
                        ..opened
                    });
                }
                Err(trouble) if trouble.kind == Kind::Refused && attempts > 0 => {
                    event::pause(PAUSE).await;
                }
                Err(trouble) if trouble.kind == Kind::Refused => {
                    return Err(Trouble::new(Kind::Unusable, trouble.message));
                }
                done => return done,
            }
        }
    }

    /// Where the database of that name is.
    async fn factory(&self, name: &str) -> Result<IdbFactory, Trouble> {
        let buckets = BUCKETS.with(Clone::clone);
        if let Some(buckets) = buckets.filter(|_| self.apart.get()) {
            let stays = if name.starts_with(ROOM) {
                ("expires", (js_sys::Date::now() + ROOM_STAYS).into())
            } else {
                ("persisted", true.into())
            };
            let options = object(&[("durability", "strict".into()), stays]);
            let bucket = buckets.open_bucket(name, &options).await;
            let factory = bucket.and_then(|bucket| Reflect::get(&bucket, &"indexedDB".into()));
            return factory
                .map(JsCast::unchecked_into)
                .map_err(|error| trouble_of(&error));
        }
        let usual = INDEXED_DB.with(Clone::clone);
        usual.ok_or_else(|| Trouble::new(Kind::Refused, "there is no IndexedDB"))
    }

    async fn attempt(&self, version: Option<u32>, limit: u32) -> Result<Opened, Trouble> {
        let name = self.name.borrow().clone();
        let factory = self.factory(&name).await?;
        let request = match version {
            Some(version) => factory.open_with_u32(&name, version),
            None => factory.open(&name),
        };
        let request = request.map_err(|error| trouble_of(&error))?;
        let upgrade = Rc::new(Cell::new(None));
        let needed = on_upgrade(&request, self.schema, Rc::clone(&upgrade));
        request.set_onupgradeneeded(Some(needed.as_ref().unchecked_ref()));
        let blocked = Rc::new(Cell::new(false));
        let waits = Closure::<dyn Fn()>::new({
            let blocked = Rc::clone(&blocked);
            move || blocked.set(true)
        });
        request.set_onblocked(Some(waits.as_ref().unchecked_ref()));
        let end = end_of(&request);
        let mut event = event::within(&end, limit).await;
        if event.is_none() && upgrade.get().is_some() {
            event = event::within(&end, MIGRATION).await;
        }
        request.set_onupgradeneeded(None);
        request.set_onblocked(None);
        let Some(event) = event else {
            close_when_open(&request);
            let kind = if blocked.get() {
                Kind::Blocked
            } else {
                Kind::Hung
            };
            return Err(Trouble::new(kind, [&name, " did not open"].concat()));
        };
        if event.type_() == "error" {
            // Otherwise Firefox writes it to the console as well.
            event.prevent_default();
            let error = request.error().ok().flatten();
            return Err(trouble_of(&error.map_or(JsValue::NULL, Into::into)));
        }
        let database: IdbDatabase = request
            .result()
            .map_err(|error| trouble_of(&error))?
            .unchecked_into();
        let closed = Rc::new(Cell::new(false));
        let close = {
            let (database, closed) = (database.clone(), Rc::clone(&closed));
            move || {
                closed.set(true);
                database.close();
            }
        };
        // A browser that could not write closes the connections of all pages; whoever opens the next one has to know.
        let cut_off = {
            let close = close.clone();
            Closure::<dyn Fn()>::new(move || {
                close();
                let name = name.clone();
                spawn_local(async move { ballast::failed(&name).await });
            })
        };
        // A newer version wants to begin: it does not have to wait for this page.
        let make_way = Closure::<dyn Fn()>::new(close);
        database.set_onclose(Some(cut_off.as_ref().unchecked_ref()));
        database.set_onversionchange(Some(make_way.as_ref().unchecked_ref()));
        let closes = [cut_off, make_way];
        self.connection.replace(Some(Connection {
            database,
            closed,
            newer: version.is_none(),
            _closes: closes,
        }));
        let upgrade = upgrade.get().unwrap_or_default();
        Ok(Opened {
            fresh: upgrade.fresh,
            newer: false,
            data_loss: upgrade.data_loss,
        })
    }

    /// The database, opened again where it was closed, and whether it is of a newer version.
    async fn database(&self) -> Result<(IdbDatabase, bool), Trouble> {
        let open = |idb: &Self| {
            let connection = idb.connection.borrow();
            let connection = connection
                .as_ref()
                .filter(|connection| !connection.closed.get())?;
            Some((connection.database.clone(), connection.newer))
        };
        if let Some(open) = open(self) {
            return Ok(open);
        }
        if self.connection.borrow().is_some() {
            self.lose().await;
        }
        self.connect(REOPEN).await?;
        open(self).ok_or_else(|| Trouble::new(Kind::Refused, "the database was closed at once"))
    }

    /// Begins a transaction on all tables, behind which nothing is cut off.
    async fn begin_settled(&self) -> Result<(IdbTransaction, Promise), Trouble> {
        let mut attempts = 3;
        loop {
            self.settle().await?;
            let (transaction, end) = self.begin(&Table::ALL, true).await?;
            if self.settled.get() {
                return Ok((transaction, end));
            }
            // The connection was lost meanwhile, and this one is another.
            let _ = transaction.abort();
            attempts -= 1;
            if attempts == 0 {
                return Err(hung("the database is closed again and again"));
            }
        }
    }

    /// Begins a transaction on all tables that are named.
    async fn begin(
        &self,
        tables: &[Table],
        writes: bool,
    ) -> Result<(IdbTransaction, Promise), Trouble> {
        let names: Array = tables
            .iter()
            .map(|table| JsValue::from_str(table.name()))
            .collect();
        let options = object(&[("durability", "strict".into())]);
        let mode = if writes { "readwrite" } else { "readonly" };
        let mut attempts = 2;
        loop {
            attempts -= 1;
            let (database, newer) = self.database().await?;
            if newer && writes {
                return Err(Trouble::new(Kind::Newer, "a newer version has taken over"));
            }
            match database
                .unchecked_ref::<Database>()
                .transaction(&names, mode, &options)
            {
                Ok(transaction) => {
                    let end = event::first(|resolve| {
                        transaction.set_oncomplete(Some(resolve));
                        transaction.set_onabort(Some(resolve));
                    });
                    return Ok((transaction, end));
                }
                // The connection was lost, and no event has said so.
                Err(error) if attempts == 0 => return Err(trouble_of(&error)),
                Err(_) => self.lose().await,
            }
        }
    }

    /// Puts behind it what a full disk may have cut off, where nobody has yet.
    async fn settle(&self) -> Result<(), Trouble> {
        if self.settled.get() {
            return Ok(());
        }
        let name = self.name.borrow().clone();
        // A browser without buckets is Firefox, which writes a journal of its own.
        let is_wanted = BUCKETS.with(Option::is_some) && ballast::is_wanted(&name).await;
        if is_wanted {
            self.find_room().await?;
            self.lift_ballast().await?;
            ballast::settled(&name).await;
        }
        self.settled.set(true);
        Ok(())
    }

    /// Whether there is room on the disk, found out where nothing can be harmed.
    async fn find_room(&self) -> Result<(), Trouble> {
        // Two pages may look at one time: what both had one name for, the first would take from under the second.
        let name = [ROOM, &hexadecimal(&random::bytes())].concat();
        let elsewhere = Self::new(self.schema);
        name.clone_into(&mut elsewhere.name.borrow_mut());
        elsewhere.apart.set(true);
        let found = elsewhere.put_ballast(ballast::ROOM).await;
        elsewhere.disconnect();
        if let Some(buckets) = BUCKETS.with(Clone::clone) {
            // Where the page is left before, the browser throws it away: it was opened for a while.
            let _ = buckets.delete_bucket(&name).await;
        }
        found.map_err(|trouble| match trouble.kind {
            Kind::Hung => trouble,
            _ => Trouble::new(Kind::Full, trouble.message),
        })
    }

    async fn lift_ballast(&self) -> Result<(), Trouble> {
        self.put_ballast(ballast::ROWS).await?;
        let all = Write::DeletePrefix(Table::Meta, BALLAST.to_owned());
        self.write_meta(|transaction| write(transaction, &all), LIMIT)
            .await
    }

    async fn put_ballast(&self, rows: u32) -> Result<(), Trouble> {
        let put = |transaction: &IdbTransaction| {
            let (meta, row) = (store(transaction, Table::Meta)?, ballast::row());
            for number in 0..rows {
                meta.put_with_key(&row, &[BALLAST, &number.to_string()].concat().into())?;
            }
            Ok(())
        };
        self.write_meta(put, LIMIT + rows * HEAVY).await
    }

    /// A transaction on [`Table::Meta`] alone.
    async fn write_meta(
        &self,
        write: impl FnOnce(&IdbTransaction) -> Result<(), JsValue>,
        limit: u32,
    ) -> Result<(), Trouble> {
        let (transaction, end) = self.begin(&[Table::Meta], true).await?;
        let done = match write(&transaction) {
            Ok(()) => outcome(&transaction, &end, limit).await,
            Err(error) => Err(trouble_of(&error)),
        };
        self.judge(done).await
    }

    /// Gives up a connection behind which something may have been cut off: on the next one it has to be settled anew.
    async fn lose(&self) {
        self.disconnect();
        self.settled.set(false);
        let name = self.name.borrow().clone();
        ballast::failed(&name).await;
    }

    /// What hung may hang for ever on this connection, and may have been cut off.
    async fn judge<T>(&self, result: Result<T, Trouble>) -> Result<T, Trouble> {
        if let Err(trouble) = &result
            && trouble.kind == Kind::Hung
        {
            runtime::log(&trouble.message, &JsValue::NULL);
            self.lose().await;
        }
        result
    }
}

#[derive(Clone, Copy, Default)]
struct Upgrade {
    fresh: bool,
    data_loss: bool,
}

/// Makes the tables that are not there, and migrates what is.
fn on_upgrade(
    request: &IdbOpenDbRequest,
    schema: Schema,
    upgrade: Rc<Cell<Option<Upgrade>>>,
) -> Closure<dyn Fn(Event)> {
    let request = request.clone();
    Closure::new(move |event: Event| {
        let of_event = |name: &str| Reflect::get(&event, &name.into()).unwrap_or_default();
        let from = of_event("oldVersion").as_f64().unwrap_or_default();
        upgrade.set(Some(Upgrade {
            fresh: from < 1.0,
            data_loss: of_event("dataLoss")
                .as_string()
                .is_some_and(|loss| loss != "none"),
        }));
        let Some(transaction) = request.transaction() else {
            return;
        };
        if let Err(error) = make_tables(&request) {
            runtime::log("the tables cannot be made", &error);
            let _ = transaction.abort();
            return;
        }
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a version that this program has written"
        )]
        let from = from as u32;
        if from > 0 {
            spawn_local(async move {
                if let Err(trouble) = migrated(&transaction, schema, from).await {
                    runtime::log(&trouble.message, &JsValue::NULL);
                    let _ = transaction.abort();
                }
            });
        }
    })
}

fn make_tables(request: &IdbOpenDbRequest) -> Result<(), JsValue> {
    let database: IdbDatabase = request.result()?.unchecked_into();
    for table in Table::ALL {
        if database.object_store_names().contains(table.name()) {
            continue;
        }
        let store = database.create_object_store(table.name())?;
        if table == Table::Records {
            store.create_index_with_str(ORDER, ORDER)?;
        }
    }
    Ok(())
}

async fn migrated(transaction: &IdbTransaction, schema: Schema, from: u32) -> Result<(), Trouble> {
    let mut found = answers(transaction, &migration_reads(), MIGRATION)
        .await?
        .into_iter();
    let account = found.next().and_then(|mut rows| rows.pop());
    let records = found.next().unwrap_or_default();
    for one in migrate(schema, from, records, account) {
        write(transaction, &one).map_err(|error| trouble_of(&error))?;
    }
    Ok(())
}

/// A database that opens after nobody waits for it any more is closed again, so that it is in nobody's way.
fn close_when_open(request: &IdbOpenDbRequest) {
    let request_again = request.clone();
    let close = Closure::once_into_js(move || {
        if let Ok(database) = request_again.result() {
            database.unchecked_into::<IdbDatabase>().close();
        }
    });
    request.set_onsuccess(Some(close.unchecked_ref()));
    request.set_onerror(None);
}

impl Backend for Idb {
    fn another(&self) -> Self {
        Self::new(self.schema)
    }

    async fn is_there(&self, name: &str, apart: bool) -> bool {
        let buckets = BUCKETS.with(Clone::clone).filter(|_| apart);
        let usual = INDEXED_DB.with(Clone::clone);
        let (names, property) = match (buckets, usual) {
            (Some(buckets), _) => (buckets.bucket_names(), None),
            (None, Some(usual)) => (
                usual.unchecked_into::<Factory>().databases(),
                Some(JsValue::from_str("name")),
            ),
            (None, None) => return false,
        };
        let Ok(names) = names else { return false };
        let names = event::answer(&names, LIMIT).await;
        let names = names.and_then(|names| names.dyn_into::<Array>().ok());
        names.unwrap_or_default().iter().any(|one| {
            let found = match &property {
                Some(property) => Reflect::get(&one, property).unwrap_or_default(),
                None => one,
            };
            found.as_string().as_deref() == Some(name)
        })
    }

    async fn open(&self, name: &str, apart: bool) -> Result<Opened, Trouble> {
        name.clone_into(&mut self.name.borrow_mut());
        self.apart.set(apart);
        self.connect(OPEN).await
    }

    async fn transact(
        &self,
        reads: &[Read],
        plan: impl FnOnce(Vec<Vec<Row>>) -> Result<Vec<Write>, Trouble>,
    ) -> Result<(), Trouble> {
        let (transaction, end) = self.begin_settled().await?;
        let planned = match answers(&transaction, reads, LIMIT).await {
            Ok(answers) => plan(answers),
            Err(trouble) => Err(trouble),
        };
        let done = planned.and_then(|writes| {
            let mut limit = LIMIT;
            for one in &writes {
                limit += if matches!(one, Write::Put(Table::Pieces, _)) {
                    BYTES
                } else {
                    ROW
                };
                write(&transaction, one).map_err(|error| trouble_of(&error))?;
            }
            Ok(limit)
        });
        let result = match done {
            Ok(limit) => outcome(&transaction, &end, limit).await,
            Err(trouble) => {
                // Nothing of it may stay. Where it was aborted already, this says so.
                let _ = transaction.abort();
                let _ = event::within(&end, GRACE).await;
                Err(trouble)
            }
        };
        self.judge(result).await
    }

    async fn read(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, Trouble> {
        let (transaction, _) = self.begin(&Table::ALL, false).await?;
        let result = answers(&transaction, reads, LIMIT + BYTES).await;
        self.judge(result).await
    }
}

/// Asks the browser to keep what the extension keeps until the user deletes it, however full the disk is. Whether it does.
pub async fn persist() -> bool {
    // The service worker of Chromium cannot ask; there, the permission for unlimited storage says the same.
    let Some(window) = web_sys::window() else {
        return false;
    };
    let Ok(asked) = window.navigator().storage().persist() else {
        return false;
    };
    JsFuture::from(asked)
        .await
        .is_ok_and(|granted| granted.is_truthy())
}
