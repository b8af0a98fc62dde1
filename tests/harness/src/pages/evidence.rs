//! The page of evidence: of one order, and of all.

use std::io::{Seek as _, SeekFrom, Write as _};

use anyhow::{Context as _, Result, bail, ensure};
use recourse::archive::manifest::{self, Contents};
use recourse::archive::zip::Writer;
use recourse::domain::evidence::{Content, Item, ItemId, Note, Place};
use recourse::domain::order::OrderId;
use recourse::domain::time::Moment;
use serde_json::Value;

use super::extension;
use crate::session::Session;
use crate::wait::{LONG, until};

#[must_use]
pub fn page_of(session: &Session, order: &str) -> String {
    session.extension_url(&format!("www/evidence.html#order={order}"))
}

/// Opens the page anew, so that it reads what is kept.
pub async fn open(session: &Session, order: &str) -> Result<()> {
    session.goto("about:blank").await?;
    session.goto(&page_of(session, order)).await?;
    ready(session).await
}

// A page that is just being left has no answer.
pub async fn ready(session: &Session) -> Result<()> {
    until("the page of evidence", LONG, async || {
        let there: Option<bool> = session
            .script(
                "return !!document.querySelector('#main textarea')",
                Vec::new(),
            )
            .await?;
        Ok(if there == Some(true) {
            Ok(())
        } else {
            Err("there is no note to write in".to_owned())
        })
    })
    .await
}

/// What the notes say.
pub async fn notes(session: &Session) -> Result<Vec<String>> {
    session
        .script(
            "return [...document.querySelectorAll('#main textarea')].map((field) => field.value)",
            Vec::new(),
        )
        .await
}

/// Writes into the last note, in place of what it says, and waits until that is kept.
pub async fn write(session: &Session, text: &str) -> Result<()> {
    let script = "const field = [...document.querySelectorAll('#main textarea')].at(-1); field.value = arguments[0]; \
                  field.dispatchEvent(new Event('input', { bubbles: true }))";
    session.script::<Value>(script, vec![text.into()]).await?;
    until("it is kept", LONG, async || {
        let state = "return document.querySelector('.status').dataset.state ?? ''";
        let state: String = session.script(state, Vec::new()).await?;
        Ok(if state == "saved" { Ok(()) } else { Err(state) })
    })
    .await
}

/// Hands files to the field, as a picker does.
pub async fn add(session: &Session, files: Value) -> Result<()> {
    let script = "
        const files = arguments[0];
        const transfer = new DataTransfer();
        for (const { name, type, base64 } of files) {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
          transfer.items.add(new File([bytes], name, { type }));
        }
        const field = document.getElementById('add-files');
        field.files = transfer.files;
        field.dispatchEvent(new Event('change', { bubbles: true }));
    ";
    session.script::<Value>(script, vec![files]).await.map(drop)
}

/// Opens the page of all evidence anew.
pub async fn open_all(session: &Session) -> Result<()> {
    session.goto("about:blank").await?;
    session
        .goto(&session.extension_url("www/evidence.html"))
        .await?;
    extension::says(session, &["Save a backup"]).await
}

/// Makes a backup and takes it instead of the browser: the file, as base64.
pub async fn saved_backup(session: &Session) -> Result<String> {
    open_all(session).await?;
    let script = "
        const done = arguments[0];
        // The page's own world: Firefox runs this script in another one.
        const page = window.wrappedJSObject ?? window;
        const { createObjectURL } = page.URL;
        const { click } = page.HTMLElement.prototype;
        let file;
        page.URL.createObjectURL = function (blob) { if (blob.type === 'application/zip') file = blob; return 'blob:taken'; };
        page.HTMLElement.prototype.click = function () {};
        document.getElementById('save-backup').dispatchEvent(new MouseEvent('click', { bubbles: true }));
        const look = setInterval(() => {
          if (!file) return;
          clearInterval(look);
          page.HTMLElement.prototype.click = click;
          page.URL.createObjectURL = createObjectURL;
          const reader = new FileReader();
          reader.onload = () => done(reader.result.split(',')[1]);
          reader.readAsDataURL(file);
        }, 20);
    ";
    let found = session.async_script(script, Vec::new()).await?;
    let Value::String(archive) = found else {
        bail!("no backup is saved: {found}");
    };
    extension::says(session, &["The backup is made."]).await?;
    Ok(archive)
}

/// Hands the file to the field for backups.
pub async fn choose(session: &Session, base64: &str) -> Result<()> {
    let script = "
        const bytes = Uint8Array.from(atob(arguments[0]), (letter) => letter.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], 'backup.zip', { type: 'application/zip' }));
        const field = document.getElementById('restore-file');
        field.files = transfer.files;
        field.dispatchEvent(new Event('change', { bubbles: true }));
    ";
    session
        .script::<Value>(script, vec![base64.into()])
        .await
        .map(drop)
}

/// Everything that is kept of evidence, as the backup's manifest lists it.
pub async fn evidence_in(session: &Session, archive: &str) -> Result<Value> {
    let mut everything = everything_in(session, archive).await?;
    if let Some(parts) = everything.as_object_mut() {
        parts.retain(|name, _| ["evidence", "files"].contains(&name.as_str()));
    }
    Ok(everything)
}

/// Everything that a backup brings back, as its manifest lists it: evidence, orders, what belongs to claims, and files.
pub async fn everything_in(session: &Session, archive: &str) -> Result<Value> {
    let script = [
        MANIFEST,
        "
        const { evidence, orders, claims, files } = manifest;
        return { evidence, orders, claims, files: files.filter(({ path }) => path.startsWith('files/') || path.startsWith('small/')) };
        ",
    ];
    session.script(&script.concat(), vec![archive.into()]).await
}

/// How many bytes a backup has, but for the orders as they are to be read: these tell of reminders, which each browser has of its own.
pub async fn size_of(session: &Session, archive: &str) -> Result<u64> {
    let script = [
        MANIFEST,
        "
        const { bytes: orders } = manifest.files.find(({ path }) => path === 'orders.json');
        return bytes.length - orders - String(orders).length;
        ",
    ];
    session.script(&script.concat(), vec![archive.into()]).await
}

/// The manifest of a backup, which is its first entry.
const MANIFEST: &str = "
        const bytes = Uint8Array.from(atob(arguments[0]), (letter) => letter.charCodeAt(0));
        const view = new DataView(bytes.buffer);
        const [size, name] = [view.getUint32(22, true), view.getUint16(26, true)];
        const manifest = JSON.parse(new TextDecoder().decode(bytes.subarray(30 + name, 30 + name + size)));
";

/// A backup with one note, which was written at that time, in milliseconds.
pub fn backup_of_a_note(order: &str, written: i64) -> Result<tempfile::NamedTempFile> {
    let order = OrderId::new(order).context("an order")?;
    let place = Place { order, line: None };
    let note = Content::Note(Note::new("Written long ago"));
    let written = Moment(written);
    let contents = Contents {
        made: written,
        files: Vec::new(),
        items: vec![Item::new(ItemId::drawn([9; 16]), place, written, note)],
        orders: Vec::new(),
        papers: Vec::new(),
    };
    let manifest = manifest::text("0.1.0", &contents);
    let file = archive(&[(manifest::NAME, manifest.as_bytes())])?;
    Ok(file)
}

/// Files that are no backup which may be brought back, each with what is said of it.
pub fn refused_backups() -> Result<Vec<(tempfile::NamedTempFile, &'static str)>> {
    let contents = Contents {
        made: Moment(0),
        files: Vec::new(),
        items: Vec::new(),
        orders: Vec::new(),
        papers: Vec::new(),
    };
    let text = manifest::text("0.1.0", &contents);
    let later = text.replacen("\"format\": 2", "\"format\": 3", 1);
    ensure!(later != text, "the manifest's form is another: {text}");
    let newer = archive(&[(manifest::NAME, later.as_bytes())])?;
    let mut damaged = archive(&[(manifest::NAME, text.as_bytes())])?;
    damaged.seek(SeekFrom::Start(60))?;
    damaged.write_all(b"?")?;
    let outside = archive(&[
        (manifest::NAME, text.as_bytes()),
        ("../../outside.txt", b"outside"),
    ])?;
    // So much is declared, and nothing of it takes up room on the disk.
    let mut huge = tempfile::Builder::new().suffix(".zip").tempfile()?;
    let mut writer = Writer::default();
    huge.write_all(&writer.begin(manifest::NAME, 4 << 30, 0))?;
    huge.seek(SeekFrom::Current(4 << 30))?;
    huge.write_all(&writer.finish())?;
    Ok(vec![
        (newer, "A newer version of Recourse made this backup."),
        (
            damaged,
            "The backup is damaged or not whole. Nothing was changed.",
        ),
        (outside, "This is no backup as Recourse saves it."),
        (
            huge,
            "It holds more than any backup of Recourse. Nothing was changed.",
        ),
    ])
}

/// An archive of these entries, as Recourse writes it.
fn archive(entries: &[(&str, &[u8])]) -> std::io::Result<tempfile::NamedTempFile> {
    let mut writer = Writer::default();
    let mut file = tempfile::Builder::new().suffix(".zip").tempfile()?;
    for (name, bytes) in entries {
        file.write_all(&writer.begin(name, bytes.len() as u64, crc32fast::hash(bytes)))?;
        file.write_all(bytes)?;
    }
    file.write_all(&writer.finish())?;
    Ok(file)
}

/// Types in the drawer until it is kept: the page cannot see into the drawer, and so neither can a test.
pub async fn type_in_drawer(session: &Session, text: &str) -> Result<()> {
    until("what is typed in the drawer is kept", LONG, async || {
        session.press(&text.chars().collect::<Vec<_>>()).await?;
        tokio::time::sleep(std::time::Duration::from_millis(900)).await;
        let kept = serde_json::to_string(&session.stored().await?)?;
        Ok(if kept.contains(text) {
            Ok(())
        } else {
            Err(kept.len().to_string())
        })
    })
    .await
}

/// How many pieces of files are kept.
pub async fn pieces(session: &Session) -> Result<u64> {
    let script = "
        const [done] = arguments;
        const opening = indexedDB.open('locker-1');
        opening.onsuccess = () => {
          const database = opening.result;
          const counting = database.transaction('pieces').objectStore('pieces').count();
          counting.onsuccess = () => { database.close(); done(counting.result); };
        };
    ";
    let count: Value = session.in_extension(script, Vec::new()).await?;
    count.as_u64().context("the pieces cannot be counted")
}
