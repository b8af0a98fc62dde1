//! The locker on the browser's own IndexedDB: what is kept, what is refused, what other pages do, and what is found after damage.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests may fail"
)]

use recourse::browser::idb::Idb;
use recourse::domain::order::OrderId;
use recourse::domain::sha256::Sha256;
use recourse::domain::time::{Moment, Span};
use recourse::store::locker::{
    Backend as _, Change, Expect, Finding, Health, Inspected, Kept, Kind, Locker, PIECE, SCHEMA,
    Schema,
};
use recourse::store::{Memory, Stored};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = "
    const name = 'locker-1';
    const done = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    export const forget = () => done(indexedDB.deleteDatabase(name));
    // Does something to the database as if it happened on the disk.
    export async function harm(script) {
        const database = await done(indexedDB.open(name));
        const transaction = database.transaction([...database.objectStoreNames], 'readwrite');
        const ended = new Promise((resolve) => { transaction.oncomplete = transaction.onabort = resolve; });
        const store = (table) => transaction.objectStore(table);
        await (new Function('store', 'done', `return (async () => { ${script} })()`))(store, done);
        await ended;
        database.close();
    }
    // A page of another version.
    export async function open_version(version) {
        const request = indexedDB.open(name, version);
        const database = await done(request);
        database.onversionchange = () => database.close();
        return database;
    }
    export async function open_and_stay(version) { return done(indexedDB.open(name, version)); }
    export function close(database) { database.close(); }
    // A transaction on every table that does not end before it is told to.
    export async function hold() {
        const database = await done(indexedDB.open(name));
        const transaction = database.transaction([...database.objectStoreNames], 'readwrite');
        let held = true;
        const again = () => { if (held) transaction.objectStore('meta').get('nothing').onsuccess = again; };
        again();
        return () => { held = false; database.close(); };
    }
    export function release(end) { end(); }
    // The browser's own functions, replaced by ones that fail as a full disk does.
    const { put } = IDBObjectStore.prototype;
    export function fail_puts(name) {
        IDBObjectStore.prototype.put = function () {
            if (name === 'abort') { const request = put.apply(this, arguments); this.transaction.abort(); return request; }
            throw new DOMException('it was told to', name);
        };
    }
    export function mend_puts() { IDBObjectStore.prototype.put = put; }
    // `chrome` is asked whether the extension is still there.
    globalThis.chrome = Object.assign(globalThis.chrome ?? {}, { runtime: { getURL: (path) => path, getManifest: () => ({ version: '1' }) } });
")]
extern "C" {
    fn forget() -> js_sys::Promise;
    fn harm(script: &str) -> js_sys::Promise;
    fn open_version(version: u32) -> js_sys::Promise;
    fn open_and_stay(version: u32) -> js_sys::Promise;
    fn close(database: &JsValue);
    fn hold() -> js_sys::Promise;
    fn release(end: &JsValue);
    fn fail_puts(name: &str);
    fn mend_puts();
}

type Tested = Locker<Idb, Memory>;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Note(String, String);

impl Stored for Note {
    fn to_text(&self) -> String {
        [&self.0, "\n", &self.1].concat()
    }

    fn from_text(text: &str) -> Option<Self> {
        let (id, text) = text.split_once('\n')?;
        Some(Self(id.to_owned(), text.to_owned()))
    }
}

fn order() -> OrderId {
    OrderId::new("8230417750000001").unwrap()
}

impl Kept for Note {
    const KIND: &'static str = "note";

    fn id(&self) -> String {
        self.0.clone()
    }

    fn order(&self) -> Option<&OrderId> {
        // Notes of these tests are about an order where their id begins so.
        static ORDER: std::sync::OnceLock<OrderId> = std::sync::OnceLock::new();
        self.0
            .starts_with("of-order")
            .then(|| ORDER.get_or_init(order))
    }
}

const NOW: Moment = Moment(1_795_176_000_000);

async fn js(promise: js_sys::Promise) -> JsValue {
    JsFuture::from(promise).await.unwrap()
}

/// A browser in which nothing is kept yet.
async fn fresh() -> Memory {
    js(forget()).await;
    Memory::default()
}

async fn open(area: &Memory) -> (Tested, Health) {
    Locker::open(Idb::new(SCHEMA), area.clone()).await.unwrap()
}

async fn keep(locker: &Tested, id: &str, text: &str) -> Result<u64, Kind> {
    let note = Note(id.to_owned(), text.to_owned());
    let change = Change::new().put(&note, Expect::Anything);
    locker.save(&change).await.map_err(|trouble| trouble.kind)
}

async fn texts(locker: &Tested) -> Vec<String> {
    let all = locker.all::<Note>().await.unwrap();
    assert!(all.unreadable.is_empty());
    all.records.into_iter().map(|held| held.record.1).collect()
}

#[wasm_bindgen_test]
async fn what_is_saved_is_there_again() {
    let area = fresh().await;
    let (locker, health) = open(&area).await;
    assert_eq!(health, Health::default());
    for (id, text) in [
        ("b", "two"),
        ("a", "one"),
        ("of-order-\u{ffee}𐀀", "three \u{0}\u{fffd}"),
        ("𐀀", "four"),
    ] {
        keep(&locker, id, text).await.unwrap();
    }
    drop(locker);
    let (locker, health) = open(&area).await;
    assert_eq!(health, Health::default());
    assert_eq!(
        texts(&locker).await,
        ["one", "two", "three \u{0}\u{fffd}", "four"]
    );
    let of_order = locker.of_order::<Note>(&order()).await.unwrap();
    assert_eq!(of_order.records.len(), 1);
    locker
        .save(&Change::new().delete::<Note>("b", Expect::Anything))
        .await
        .unwrap();
    assert_eq!(locker.get::<Note>("b").await.unwrap(), None);
    assert_eq!(open(&area).await.1, Health::default());
}

/// What reading all files shows, a day after the last time.
async fn inspected(locker: &Tested) -> Vec<Sha256> {
    static ROUNDS: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(0);
    let round = ROUNDS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let now = NOW.plus(Span::days(round));
    let mut inspection = locker.inspection(now).await.unwrap().unwrap();
    let mut found = Vec::new();
    loop {
        match inspection.next(locker, now).await.unwrap() {
            Inspected::Sound => {}
            Inspected::Damaged(file) => found.push(file),
            Inspected::Done => return found,
        }
    }
}

#[wasm_bindgen_test]
async fn bytes_that_were_damaged_are_found_without_anybody_opening_the_file() {
    let area = fresh().await;
    let (locker, _) = open(&area).await;
    for n in 0..3 {
        let mut import = locker.import(NOW).await.unwrap();
        import
            .push(&locker, &vec![n; PIECE + 9], NOW)
            .await
            .unwrap();
        import.finish(&locker, NOW).await.unwrap();
    }
    js(harm("const key = (await done(store('pieces').getAllKeys())).at(-1); const piece = await done(store('pieces').get(key)); piece[5] ^= 1; store('pieces').put(piece, key)")).await;
    assert!(locker.check_files().await.unwrap().is_empty());
    let damaged = Sha256::of(&vec![2; PIECE + 9]);
    assert_eq!(inspected(&locker).await, [damaged]);
    assert_eq!(open(&area).await.1.findings, [Finding::File(damaged)]);
}

#[wasm_bindgen_test]
async fn a_database_is_known_to_be_there_before_it_is_opened() {
    let area = fresh().await;
    let idb = || Idb::new(SCHEMA);
    assert!(!idb().is_there("locker-1", false).await);
    assert!(!idb().is_there("locker-9", true).await);
    let (locker, _) = open(&area).await;
    keep(&locker, "a", "one").await.unwrap();
    assert!(idb().is_there("locker-1", false).await);
    let apart = idb();
    apart.open("locker-9", true).await.unwrap();
    assert!(apart.is_there("locker-9", true).await);
    assert!(!idb().is_there("locker-8", true).await);
}

#[wasm_bindgen_test]
async fn a_file_comes_back_byte_for_byte() {
    let area = fresh().await;
    let (locker, _) = open(&area).await;
    let bytes: Vec<u8> = (0..2 * PIECE + 77)
        .map(|n| u8::try_from(n * 7 % 251).unwrap())
        .collect();
    let mut import = locker.import(NOW).await.unwrap();
    for part in bytes.chunks(700_000) {
        import.push(&locker, part, NOW).await.unwrap();
    }
    let file = import.finish(&locker, NOW).await.unwrap();
    assert_eq!(file.sha256, Sha256::of(&bytes));
    let mut reader = locker.reader(&file.sha256).await.unwrap();
    let mut again = Vec::new();
    while let Some(piece) = reader.next(&locker).await.unwrap() {
        again.extend(piece);
    }
    assert!(again == bytes);
    assert!(locker.check_files().await.unwrap().is_empty());
    assert_eq!(inspected(&locker).await, []);
    js(harm("const [key] = await done(store('pieces').getAllKeys()); const piece = await done(store('pieces').get(key)); piece[5] ^= 1; store('pieces').put(piece, key)")).await;
    assert!(!locker.verify(&file.sha256).await.unwrap());
    assert_eq!(open(&area).await.1.findings, [Finding::File(file.sha256)]);
}

#[wasm_bindgen_test]
async fn what_the_browser_refuses_is_not_saved_and_is_named() {
    let area = fresh().await;
    let (locker, _) = open(&area).await;
    keep(&locker, "a", "before").await.unwrap();
    for (name, kind) in [
        ("QuotaExceededError", Kind::Full),
        ("UnknownError", Kind::Refused),
        ("DataError", Kind::Refused),
        ("InvalidStateError", Kind::Refused),
        ("abort", Kind::Refused),
    ] {
        fail_puts(name);
        let refused = keep(&locker, "a", "after").await;
        mend_puts();
        assert_eq!(refused, Err(kind), "{name}");
        assert_eq!(texts(&locker).await, ["before"], "{name}");
    }
    keep(&locker, "a", "after").await.unwrap();
    assert_eq!(open(&area).await.1, Health::default());
}

#[wasm_bindgen_test]
async fn a_transaction_that_does_not_come_to_its_turn_is_given_up_in_time() {
    let area = fresh().await;
    let (locker, _) = open(&area).await;
    keep(&locker, "a", "before").await.unwrap();
    let held = js(hold()).await;
    let began = js_sys::Date::now();
    assert_eq!(keep(&locker, "a", "after").await, Err(Kind::Hung));
    let took = js_sys::Date::now() - began;
    release(&held);
    assert!((1_500.0..8_000.0).contains(&took), "it took {took} ms");
    // What was given up does not come after all.
    assert_eq!(texts(&locker).await, ["before"]);
    keep(&locker, "a", "after").await.unwrap();
    assert_eq!(texts(&locker).await, ["after"]);
}

#[wasm_bindgen_test]
async fn a_database_that_was_thrown_away_comes_back_from_the_copy() {
    let area = fresh().await;
    let (locker, _) = open(&area).await;
    keep(&locker, "a", "one").await.unwrap();
    // The browser closes the connection for this, and the page goes on.
    js(forget()).await;
    keep(&locker, "b", "two").await.unwrap();
    assert_eq!(texts(&locker).await, ["one", "two"]);
    let found = open(&area).await.1.findings;
    assert!(
        found.contains(&Finding::Restored("note:a".to_owned())),
        "it is named"
    );
}

#[wasm_bindgen_test]
async fn damaged_records_are_named_and_restored() {
    for script in [
        "store('records').delete('note:a')",
        "store('records').clear()",
        "store('records').put({ text: 'L1 1 - - 00\\none' }, 'note:a')",
        "store('records').put(5, 'note:a')",
        "store('records').put(new Uint8Array(3), 'note:a')",
        "store('meta').clear()",
        "store('meta').put({ text: '7 7 7' }, 'account')",
    ] {
        let area = fresh().await;
        let (locker, _) = open(&area).await;
        keep(&locker, "a", "one").await.unwrap();
        keep(&locker, "b", "two").await.unwrap();
        js(harm(script)).await;
        let (locker, health) = open(&area).await;
        assert!(!health.findings.is_empty(), "{script}");
        assert_eq!(texts(&locker).await, ["one", "two"], "{script}");
        locker.dismiss().await.unwrap();
        assert_eq!(open(&area).await.1, Health::default(), "{script}");
    }
}

#[wasm_bindgen_test]
async fn two_pages_write_at_the_same_time_and_nothing_is_lost() {
    let area = fresh().await;
    let ((one, _), (two, _)) = (open(&area).await, open(&area).await);
    let (one, two) = (std::rc::Rc::new(one), std::rc::Rc::new(two));
    let writes: js_sys::Array = (0..20)
        .map(|n| {
            let locker = std::rc::Rc::clone(if n % 2 == 0 { &one } else { &two });
            wasm_bindgen_futures::future_to_promise(async move {
                keep(&locker, &format!("{n:02}"), &n.to_string())
                    .await
                    .unwrap();
                Ok(JsValue::UNDEFINED)
            })
        })
        .collect();
    js(js_sys::Promise::all(&writes)).await;
    let expected: Vec<String> = (0..20).map(|n| n.to_string()).collect();
    assert_eq!(texts(&one).await, expected);
    let (again, health) = open(&area).await;
    assert_eq!(health, Health::default());
    assert_eq!(texts(&again).await, expected);
    // The copy has all of it as well.
    drop((one, two, again));
    js(forget()).await;
    assert_eq!(texts(&open(&area).await.0).await, expected);
}

#[wasm_bindgen_test]
async fn an_update_takes_over_while_a_page_is_open() {
    fn marked(_: &str, body: &str) -> String {
        [body, "!"].concat()
    }
    let area = fresh().await;
    let (old, _) = open(&area).await;
    keep(&old, "a", "one").await.unwrap();
    let newer = Idb::new(Schema { steps: &[marked] });
    let (new, health) = Locker::open(newer, area.clone()).await.unwrap();
    assert_eq!(health, Health::default());
    assert_eq!(texts(&new).await, ["one!"]);
    // The page of the old version reads on, and does not write.
    assert_eq!(texts(&old).await, ["one!"]);
    assert_eq!(keep(&old, "a", "two").await, Err(Kind::Newer));
    keep(&new, "b", "three").await.unwrap();
    let (old, health) = open(&area).await;
    assert!(health.newer);
    assert_eq!(texts(&old).await, ["one!", "three"]);
    assert_eq!(keep(&old, "a", "two").await, Err(Kind::Newer));
}

#[wasm_bindgen_test]
async fn a_page_that_does_not_let_go_blocks_the_next_and_is_named() {
    fn same(_: &str, body: &str) -> String {
        body.to_owned()
    }
    let area = fresh().await;
    let (locker, _) = open(&area).await;
    keep(&locker, "a", "one").await.unwrap();
    let other = js(open_and_stay(1)).await;
    let newer = || Idb::new(Schema { steps: &[same] });
    let blocked = Locker::open(newer(), area.clone()).await.map(drop);
    assert_eq!(blocked.unwrap_err().kind, Kind::Blocked);
    close(&other);
    let (new, _) = Locker::open(newer(), area.clone()).await.unwrap();
    assert_eq!(texts(&new).await, ["one"]);
}

#[wasm_bindgen_test]
async fn a_version_change_elsewhere_is_not_held_up() {
    let area = fresh().await;
    let (locker, _) = open(&area).await;
    keep(&locker, "a", "one").await.unwrap();
    let other = js(open_version(2)).await;
    assert_eq!(keep(&locker, "a", "two").await, Err(Kind::Newer));
    close(&other);
}
