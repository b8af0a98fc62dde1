//! The measurements of what the user adds: files on their way in, the drawer, the search among 10,000 notes, backup and restore.
//!
//! The same bytes are also written and read by a few lines of script through the same interfaces of the browser, in the same minutes;
//! nothing here passes or fails on a time.

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use local_site::Site;
use recourse::archive::manifest::{self, Contents};
use recourse::archive::zip::Writer;
use recourse::domain::evidence::{
    Attachment, Content, FileType, Item, ItemId, Located, Note, Place, Source,
};
use recourse::domain::order::OrderId;
use recourse::domain::sha256::Sha256;
use recourse::domain::time::Moment;
use serde_json::{Value, json};

use crate::bench::Spread;
use crate::driver::Browser;
use crate::pages::evidence;
use crate::session::{Options, Session, base64};
use crate::wait::until;

const PATIENCE: Duration = Duration::from_secs(600);
const NOTES: u32 = 10_000;
const FILES: u32 = 2_000;
const MEGABYTE: usize = 1 << 20;
const VIDEO: usize = 200 * MEGABYTE;

pub async fn run(browsers: &[Browser], rounds: usize) -> Result<()> {
    let site = Site::start(0)
        .await
        .context("the local site does not start")?;
    let folder = tempfile::Builder::new()
        .prefix("recourse-bench-")
        .tempdir()?;
    for browser in browsers {
        in_browser(*browser, &site, folder.path(), rounds).await?;
    }
    Ok(())
}

async fn in_browser(browser: Browser, site: &Site, folder: &Path, rounds: usize) -> Result<()> {
    println!("\n{}: what the user adds", browser.name());
    let session = Session::start(browser, site, Options::default()).await?;
    adding(&session, folder, rounds).await?;
    println!("  the drawer's page: {}", drawer(&session, rounds).await?);
    backup(&session).await?;
    session.close();
    let session = Session::start(browser, site, Options::default()).await?;
    let archive = folder.join("video.zip");
    write_backup(&archive, &[video(7)], &[])?;
    let (looked, taken) = restore(&session, &archive).await?;
    let plain = plain_writes(&session, VIDEO).await?;
    println!(
        "  restoring 200 MB: looked at and checked in {looked:.1} s, taken in in {taken:.1} s; written by a plain script in {plain:.1} s ({:.2} of it)",
        (looked + taken) / plain
    );
    session.close();
    let session = Session::start(browser, site, Options::default()).await?;
    many(&session, folder, rounds).await?;
    session.close();
    Ok(())
}

fn order(number: u32) -> String {
    format!("8230417750{number:06}")
}

async fn has(session: &Session, what: &str) -> Result<()> {
    until(what, PATIENCE, async || {
        let there = "return !!document.querySelector(arguments[0])";
        let there: Option<bool> = session.script(there, vec![what.into()]).await?;
        Ok(there
            .filter(|there| *there)
            .map(drop)
            .ok_or_else(String::new))
    })
    .await
}

/// Waits until the page says one of the words.
async fn says(session: &Session, words: &[&str]) -> Result<()> {
    until(&words.join(", "), PATIENCE, async || {
        let look = "const text = document.body.innerText; return arguments[0].some((words) => text.includes(words)) ? null : text.slice(0, 2000)";
        let text: Option<String> = session.script(look, vec![json!(words)]).await?;
        Ok(text.map_or(Ok(()), Err))
    })
    .await
}

// ---- adding ----------------------------------------------------------------------------------------------------------

/// Bytes that nobody has twice, and that cannot be made smaller.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

/// 200 MB that begin as a video does.
fn video(seed: u64) -> Vec<u8> {
    let mut bytes = noise(seed, VIDEO);
    bytes[..24].copy_from_slice(b"\0\0\0\x18ftypisom\0\0\x02\0isommp42");
    bytes
}

/// A photo of twelve million pixels and about 5 MB, as the browser writes it.
async fn photo(session: &Session) -> Result<Vec<u8>> {
    let script = "
        const [done] = arguments;
        const canvas = new OffscreenCanvas(4000, 3000);
        const pen = canvas.getContext('2d');
        const image = pen.createImageData(4000, 3000);
        for (let at = 0; at < image.data.length; at += 4) {
          const noise = (Math.random() * 40) | 0;
          image.data[at] = ((at / 16000) & 255) + noise; image.data[at + 1] = (at / 40 & 127) + noise; image.data[at + 2] = noise; image.data[at + 3] = 255;
        }
        pen.putImageData(image, 0, 0);
        const encoded = async (quality) => canvas.convertToBlob({ type: 'image/jpeg', quality });
        (async () => {
          let photo;
          for (let quality = 0.95; quality > 0.2; quality -= 0.05) {
            photo = await encoded(quality);
            if (photo.size < 5.5e6) break;
          }
          const reader = new FileReader();
          reader.onload = () => done(reader.result.split(',')[1]);
          reader.readAsDataURL(photo);
        })();
    ";
    let photo = session.in_extension(script, Vec::new()).await?;
    let photo = photo.as_str().context("the browser made no photo")?;
    base64(photo).context("base64")
}

async fn adding(session: &Session, folder: &Path, rounds: usize) -> Result<()> {
    let picture = photo(session).await?;
    let (mut times, mut peaks) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        // What stands behind the picture's end makes it another file.
        let bytes = [&picture[..], &noise(round as u64 + 1, 64)].concat();
        let (time, peak) = add(session, folder, "photo.jpg", &bytes).await?;
        times.push(time);
        peaks.push(peak);
    }
    println!(
        "  a photo of {:.1} MB is added in {} s; memory above idle: {} MB",
        picture.len() as f64 / 1e6,
        seconds(times),
        Spread::of(peaks)
    );
    let (mut times, mut peaks) = (Vec::new(), Vec::new());
    for round in 0..rounds.min(3) {
        let (time, peak) = add(session, folder, "video.mp4", &video(round as u64 + 1)).await?;
        times.push(time);
        peaks.push(peak);
    }
    let plain = plain_writes(session, VIDEO).await?;
    println!(
        "  a video of 200 MB is added in {} s; memory above idle: {} MB; written by a plain script in {plain:.1} s",
        seconds(times),
        Spread::of(peaks)
    );
    Ok(())
}

fn seconds(times: Vec<f64>) -> String {
    let spread = Spread::of(times);
    format!("{:.2}", spread.median)
}

/// Adds a file as a picker does. Returns the seconds that it took and the megabytes.
async fn add(session: &Session, folder: &Path, name: &str, bytes: &[u8]) -> Result<(f64, f64)> {
    let path = folder.join(name);
    std::fs::write(&path, bytes)?;
    evidence::open(session, &order(1)).await?;
    // What the page before has left is gone.
    session.megabytes().await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let peak = session.watch_memory()?;
    let start = Instant::now();
    session.choose_files("#add-files", &[&path]).await?;
    says(session, &["1 file added", "0 files added"]).await?;
    let time = start.elapsed().as_secs_f64();
    let peak = peak.megabytes();
    let refused: String = session
        .script(
            "return document.querySelector('ul.failed').textContent",
            Vec::new(),
        )
        .await?;
    if !refused.is_empty() {
        bail!("it was not added: {refused}");
    }
    Ok((time, peak))
}

/// The seconds in which a plain script writes so many bytes, a mebibyte in each transaction that is waited for.
async fn plain_writes(session: &Session, size: usize) -> Result<f64> {
    let script = "
        const [size, done] = arguments;
        const opening = indexedDB.open('plain', 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore('pieces');
        opening.onsuccess = async () => {
          const database = opening.result;
          const part = new Uint8Array(1 << 20).map((_, at) => (at * 2654435761) >>> 13);
          const whole = new Blob(Array(size >> 20).fill(part));
          const start = performance.now();
          for (let at = 0; at < size; at += 1 << 20) {
            const bytes = new Uint8Array(await whole.slice(at, at + (1 << 20)).arrayBuffer());
            await new Promise((resolve, reject) => {
              const transaction = database.transaction('pieces', 'readwrite', { durability: 'strict' });
              transaction.objectStore('pieces').put(bytes, at);
              transaction.oncomplete = resolve;
              transaction.onabort = reject;
            });
          }
          const time = performance.now() - start;
          database.close();
          const deleting = indexedDB.deleteDatabase('plain');
          deleting.onsuccess = deleting.onerror = () => done(time / 1000);
        };
    ";
    let time = session.in_extension(script, vec![json!(size)]).await?;
    time.as_f64().context("a plain script cannot write")
}

// ---- the drawer ------------------------------------------------------------------------------------------------------

/// From the moment in which the frame is put on a page until its note can be written and was painted, after a first time.
async fn drawer(session: &Session, rounds: usize) -> Result<String> {
    session.goto("about:blank").await?;
    session
        .goto(&session.extension_url("www/welcome.html"))
        .await?;
    has(session, "body > :not(.not-started)").await?;
    let script = "
        const [address, done] = arguments;
        const frame = document.createElement('iframe');
        const start = performance.now();
        frame.src = address;
        document.body.append(frame);
        const look = () => frame.contentDocument?.querySelector('#main textarea')
          ? requestAnimationFrame(() => setTimeout(() => { done(performance.now() - start); frame.remove(); }, 0))
          : setTimeout(look, 1);
        look();
    ";
    let address = format!("{}&drawer=key", evidence::page_of(session, &order(2)));
    let mut times = Vec::new();
    for round in 0..=rounds {
        let time = session.async_script(script, vec![json!(address)]).await?;
        let time = time.as_f64().context("the frame shows no note")?;
        if round > 0 {
            times.push(time);
        }
    }
    Ok(format!(
        "{} ms until its note can be written",
        Spread::of(times)
    ))
}

// ---- backup and restore ----------------------------------------------------------------------------------------------

/// Backs up what [`adding`] has added.
async fn backup(session: &Session) -> Result<()> {
    session.goto("about:blank").await?;
    session
        .goto(&session.extension_url("www/evidence.html"))
        .await?;
    has(session, "#save-backup").await?;
    let script = "
        const done = arguments[0];
        // The page's own world: Firefox runs this script in another one.
        const page = window.wrappedJSObject ?? window;
        const { createObjectURL } = page.URL;
        const { click } = page.HTMLElement.prototype;
        let size = 0;
        page.URL.createObjectURL = function (blob) { size = blob.size; return 'blob:taken'; };
        page.HTMLElement.prototype.click = function () {};
        const start = performance.now();
        document.getElementById('save-backup').dispatchEvent(new MouseEvent('click', { bubbles: true }));
        const look = setInterval(() => {
          if (!size) return;
          clearInterval(look);
          page.HTMLElement.prototype.click = click;
          page.URL.createObjectURL = createObjectURL;
          done([(performance.now() - start) / 1000, size]);
        }, 5);
    ";
    let peak = session.watch_memory()?;
    let made = session.async_script(script, Vec::new()).await?;
    let peak = peak.megabytes();
    let (Some(time), Some(size)) = (made[0].as_f64(), made[1].as_f64()) else {
        bail!("no backup is made: {made}");
    };
    let script = "
        const [done] = arguments;
        const opening = indexedDB.open('locker-1');
        opening.onsuccess = async () => {
          const database = opening.result;
          const answer = (asked) => new Promise((resolve, reject) => { asked.onsuccess = () => resolve(asked.result); asked.onerror = reject; });
          const pieces = () => database.transaction('pieces').objectStore('pieces');
          const start = performance.now();
          const parts = [];
          for (const key of await answer(pieces().getAllKeys())) parts.push(new Blob([await answer(pieces().get(key))]));
          const whole = new Blob(parts);
          done([(performance.now() - start) / 1000, whole.size]);
          database.close();
        };
    ";
    let plain = session.in_extension(script, Vec::new()).await?;
    let (Some(plain), Some(copied)) = (plain[0].as_f64(), plain[1].as_f64()) else {
        bail!("a plain script cannot read: {plain}");
    };
    println!(
        "  a backup of {:.0} MB is made in {time:.1} s; read by a plain script ({:.0} MB) in {plain:.1} s ({:.2} of it); memory above idle: {peak:.0} MB",
        size / 1e6,
        copied / 1e6,
        (time / size) / (plain / copied)
    );
    Ok(())
}

/// Writes a backup of these files and notes, as the extension would.
fn write_backup(path: &Path, contents: &[Vec<u8>], notes: &[Item]) -> Result<()> {
    let mut items = notes.to_vec();
    let mut files = Vec::new();
    for (number, bytes) in (0_u32..).zip(contents) {
        let (order, hash) = (order(number % 1_000), Sha256::of(bytes));
        let path = format!("files/{order}/{number}.mp4");
        files.push((path, bytes.len() as u64, hash));
        let file = Attachment {
            name: format!("{number}.mp4"),
            hash,
            bytes: bytes.len() as u64,
            kind: FileType::Mp4,
            pixels: None,
            located: Located::Unknown,
            source: Source::Chosen,
            thumbnail: None,
        };
        items.push(item(number, &order, Content::File(file)));
    }
    let contents_of = Contents {
        made: Moment(1_795_176_000_000),
        files: files.clone(),
        items,
        orders: Vec::new(),
        papers: Vec::new(),
    };
    let manifest = manifest::text("0.1.0", &contents_of);
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    let mut writer = Writer::default();
    let mut entry = |name: &str, bytes: &[u8]| -> Result<()> {
        out.write_all(&writer.begin(name, bytes.len() as u64, crc32fast::hash(bytes)))?;
        out.write_all(bytes)?;
        Ok(())
    };
    entry(manifest::NAME, manifest.as_bytes())?;
    for ((name, _, _), bytes) in files.iter().zip(contents) {
        entry(name, bytes)?;
    }
    out.write_all(&writer.finish())?;
    Ok(out.flush()?)
}

fn item(number: u32, order: &str, content: Content) -> Item {
    let mut drawn = [u8::from(content_is_note(&content)); 16];
    drawn[..4].copy_from_slice(&number.to_le_bytes());
    let place = Place {
        order: OrderId::new(order).expect("an order number"),
        line: None,
    };
    let made = Moment(1_795_000_000_000 + i64::from(number) * 1_000);
    Item::new(ItemId::drawn(drawn), place, made, content)
}

const fn content_is_note(content: &Content) -> bool {
    matches!(content, Content::Note(_))
}

/// The seconds until the backup was looked at, and those until it was taken in.
async fn restore(session: &Session, archive: &Path) -> Result<(f64, f64)> {
    session.goto("about:blank").await?;
    session
        .goto(&session.extension_url("www/evidence.html"))
        .await?;
    has(session, "#restore-file").await?;
    let start = Instant::now();
    session.choose_files("#restore-file", &[archive]).await?;
    has(session, "#restore-merge").await?;
    let looked = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let press = "document.getElementById('restore-merge').click()";
    session.script::<Value>(press, Vec::new()).await?;
    says(session, &["Done: "]).await?;
    Ok((looked, start.elapsed().as_secs_f64()))
}

// ---- many ------------------------------------------------------------------------------------------------------------

async fn many(session: &Session, folder: &Path, rounds: usize) -> Result<()> {
    let archive = folder.join("many.zip");
    let files: Vec<Vec<u8>> = (0..FILES)
        .map(|number| {
            let mut bytes = noise(u64::from(number) + 100, 20_000);
            bytes[..24].copy_from_slice(b"\0\0\0\x18ftypisom\0\0\x02\0isommp42");
            bytes
        })
        .collect();
    let notes: Vec<Item> = (0..NOTES)
        .map(|number| {
            let text = format!("Note {number}: the seller wrote that I should wait, and the box was torn at one side. {}", "The label was wet. ".repeat(number as usize % 12));
            item(number, &order(number % 1_000), Content::Note(Note::new(&text)))
        })
        .collect();
    write_backup(&archive, &files, &notes)?;
    let (looked, taken) = restore(session, &archive).await?;
    println!(
        "  with {NOTES} notes and {FILES} files, brought back in {:.1} s:",
        looked + taken
    );
    let mut opened = Vec::new();
    for _ in 0..rounds {
        session.goto("about:blank").await?;
        let start = Instant::now();
        session
            .goto(&session.extension_url("www/evidence.html"))
            .await?;
        has(session, "#orders li").await?;
        opened.push(start.elapsed().as_secs_f64());
    }
    println!(
        "    the page of all evidence opens in {} s",
        seconds(opened)
    );
    let search = "
        const [words, done] = arguments;
        const field = document.getElementById('search');
        const start = performance.now();
        const seen = new MutationObserver(() => {
          seen.disconnect();
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - start), 0));
        });
        seen.observe(document.getElementById('orders'), { childList: true });
        field.value = words;
        field.dispatchEvent(new Event('input'));
    ";
    let mut times = Vec::new();
    for round in 0..rounds.max(3) {
        for words in ["torn at", "note 77", "nothing says this", "wet"] {
            let words = format!("{words}{}", " ".repeat(round));
            let time = session.async_script(search, vec![json!(words)]).await?;
            times.push(time.as_f64().context("nothing was found and nothing not")?);
        }
    }
    println!(
        "    its search shows what it found in {} ms",
        Spread::of(times)
    );
    println!("    the drawer's page: {}", drawer(session, rounds).await?);
    let mut times = Vec::new();
    let write = "
        const [words, done] = arguments;
        const field = document.querySelector('#main textarea');
        const start = performance.now();
        const look = () => document.querySelector('.status')?.dataset.state === 'saved' ? done(performance.now() - start) : setTimeout(look, 1);
        field.value = words;
        field.dispatchEvent(new Event('input'));
        setTimeout(look, 50);
    ";
    evidence::open(session, &order(3)).await?;
    for round in 0..rounds {
        let words = format!("The parcel weighs {round} grams");
        let time = session.async_script(write, vec![json!(words)]).await?;
        times.push(time.as_f64().context("a note is not saved")?);
    }
    println!(
        "    a note is saved {} ms after its last letter",
        Spread::of(times)
    );
    Ok(())
}
