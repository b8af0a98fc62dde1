//! The extension's locker, called by the fault rig from a page in the extension's own origin.
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;
use std::rc::Rc;

use recourse::browser::clock;
use recourse::browser::idb::Idb;
use recourse::browser::storage::Local;
use recourse::domain::evidence::{Content, Item, ItemId, Note, Place};
use recourse::domain::order::OrderId;
use recourse::domain::sha256::Sha256;
use recourse::store::locker::{
    Change, Expect, File, Finding, LocalLocker, Locker, SCHEMA, Schema, Step, Trouble,
};
use wasm_bindgen::prelude::*;

thread_local! {
    static LOCKER: RefCell<Option<Rc<LocalLocker>>> = const { RefCell::new(None) };
}

fn opened() -> Result<Rc<LocalLocker>, String> {
    let locker = LOCKER.with_borrow(Clone::clone);
    locker.ok_or_else(|| "it is not open".to_owned())
}

fn told(trouble: Trouble) -> String {
    trouble.to_string()
}

/// Opens the locker. Returns what was found to be damaged, one in each line.
#[wasm_bindgen]
pub async fn open() -> Result<String, String> {
    console_error_panic_hook::set_once();
    LOCKER.set(None);
    let (locker, health) = LocalLocker::local().await.map_err(told)?;
    LOCKER.set(Some(Rc::new(locker)));
    Ok(lines(&health.findings))
}

/// The version after the one that the extension writes: every text begins with a sign.
const NEXT: Schema = Schema { steps: &STEPS };
const STEPS: [Step; SCHEMA.steps.len() + 1] = [mark; SCHEMA.steps.len() + 1];

fn mark(_: &str, body: &str) -> String {
    body.replacen("\nnote ", "\nnote +", 1)
}

/// Opens the locker as the version after this one would, which migrates what is there.
#[wasm_bindgen]
pub async fn migrate() -> Result<String, String> {
    LOCKER.set(None);
    let opened = Locker::open(Idb::new(NEXT), Local).await;
    let (locker, health) = opened.map_err(told)?;
    LOCKER.set(Some(Rc::new(locker)));
    Ok(lines(&health.findings))
}

fn lines(findings: &[Finding]) -> String {
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// The user has seen what was found.
#[wasm_bindgen]
pub async fn dismiss() -> Result<(), String> {
    opened()?.dismiss().await.map_err(told)
}

/// Keeps a note; the one of that number is replaced.
#[wasm_bindgen]
pub async fn keep(number: u32, text: String) -> Result<(), String> {
    let id = ItemId::new(&format!("{number:032x}")).ok_or("no id")?;
    let order = OrderId::new(&format!("8230417750{:06}", number % 50)).ok_or("no order")?;
    let place = Place { order, line: None };
    let item = Item::new(id, place, clock::now(), Content::Note(Note::new(&text)));
    let change = Change::new().put(&item, Expect::Anything);
    opened()?.save(&change).await.map(drop).map_err(told)
}

#[wasm_bindgen]
pub async fn remove(number: u32) -> Result<(), String> {
    let change = Change::new().delete::<Item>(&format!("{number:032x}"), Expect::Anything);
    opened()?.save(&change).await.map(drop).map_err(told)
}

/// Adds a file of so many bytes that no other number has. Returns its SHA-256.
#[wasm_bindgen]
pub async fn add(number: u32, size: u32) -> Result<String, String> {
    let locker = opened()?;
    let mut import = locker.import(clock::now()).await.map_err(told)?;
    let mut state = number.wrapping_mul(2_654_435_761) | 1;
    let mut left = size;
    while left > 0 {
        let length = left.min(1 << 16);
        let bytes: Vec<u8> = (0..length)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                state.to_le_bytes()[0]
            })
            .collect();
        import
            .push(&locker, &bytes, clock::now())
            .await
            .map_err(told)?;
        left -= length;
    }
    let file = import.finish(&locker, clock::now()).await.map_err(told)?;
    Ok(file.sha256.hex())
}

/// All notes, a number, a blank and the text each; and, with a `!` before their ids, those that cannot be read.
#[wasm_bindgen]
pub async fn notes() -> Result<Vec<String>, String> {
    let listing = opened()?.all::<Item>().await.map_err(told)?;
    let note = |item: &Item| {
        let text = item.note().map_or("", |note| &note.text);
        [item.id.as_str(), " ", text].concat()
    };
    let records = listing.records.iter().map(|held| note(&held.record));
    let unreadable = listing.unreadable.iter().map(|id| ["!", id].concat());
    Ok(records.chain(unreadable).collect())
}

/// The SHA-256 of every file, with a `!` before it where its bytes are not as they came.
#[wasm_bindgen]
pub async fn files() -> Result<Vec<String>, String> {
    let locker = opened()?;
    locker.check_files().await.map_err(told)?;
    let mut found = Vec::new();
    for held in locker.all::<File>().await.map_err(told)?.records {
        let file: Sha256 = held.record.sha256;
        let whole = locker.verify(&file).await.map_err(told)?;
        found.push([if whole { "" } else { "!" }, &file.hex()].concat());
    }
    Ok(found)
}
