//! Everything as one file to take along.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::keeper::{self, Keeper};
use super::restoring;
use crate::archive::damaged::Damaged;
use crate::archive::manifest::{self, Contents};
use crate::archive::names;
use crate::archive::paper::Paper;
use crate::archive::zip::Writer;
use crate::browser::parts::Parts;
use crate::browser::scratch::{self, Scratch};
use crate::browser::{clock, download, picked, runtime};
use crate::domain::evidence::{Content, FileType, Item};
use crate::domain::ledger::Record;
use crate::domain::order::OrderId;
use crate::domain::sha256::{Hasher, Sha256};
use crate::domain::time::{Moment, Span};
use crate::domain::verdict::Verdict;
use crate::export::{Exported, everything};
use crate::pages::Context;
use crate::pages::dom::{self, El, el};
use crate::store::locker::{Kind, Trouble};
use crate::store::record::text_of_record;

/// The file in which the backup's bytes wait until the browser has saved it.
const ON_DISK: &str = "backup";

/// The section about the backup. `changed` is called when one was made, and when something was brought back.
pub fn section(context: &Rc<Context>, keeper: &Rc<Keeper>, changed: impl Fn() + 'static) -> El {
    let changed = Rc::new(changed);
    let status = el("p").class("helper").attr("role", "status");
    let last = el("p").class("helper").id("last-backup");
    tell_last(context, &last);
    let stopped = Rc::new(Cell::new(false));
    let stop = dom::button("", &context.text("evidence_stop"), {
        let stopped = Rc::clone(&stopped);
        move || stopped.set(true)
    })
    .attr("hidden", "");
    let save = {
        let (context, keeper) = (Rc::clone(context), Rc::clone(keeper));
        let (status, stop, last) = (status.clone(), stop.clone(), last.clone());
        let changed = Rc::clone(&changed);
        dom::button("", &context.text("evidence_backup_save"), move || {
            let (context, keeper) = (Rc::clone(&context), Rc::clone(&keeper));
            let (status, stop, last) = (status.clone(), stop.clone(), last.clone());
            let (stopped, changed) = (Rc::clone(&stopped), Rc::clone(&changed));
            spawn_local(async move {
                stopped.set(false);
                stop.set("hidden", None);
                let done = make(&context, &keeper, &status, &stopped).await;
                stop.set("hidden", Some(""));
                status.say(&match done {
                    Ok(Made::Stopped) => context.text("evidence_backup_stopped"),
                    Ok(Made::Whole) => context.text("evidence_backup_saved"),
                    Ok(Made::Without(count)) => {
                        context.with("evidence_backup_without", &[&context.number(count)])
                    }
                    Err(trouble) => keeper::words(&context, &trouble),
                });
                tell_last(&context, &last);
                changed();
            });
        })
        .id("save-backup")
    };
    el("section")
        .class("card backup")
        .attr("aria-labelledby", "backup-title")
        .child(
            el("h2")
                .id("backup-title")
                .text(&context.text("evidence_backup")),
        )
        .child(el("p").text(&context.text("evidence_backup_why")))
        .child(last)
        .child(el("div").class("buttons").child(save).child(stop))
        .child(status)
        .child(restoring::view(context, keeper, move || changed()))
}

/// When the last backup was made.
fn tell_last(context: &Rc<Context>, place: &El) {
    let (context, place) = (Rc::clone(context), place.clone());
    spawn_local(async move {
        let made = context.store.backup_made().await.ok().flatten();
        place.say(&match made {
            Some(made) => {
                let when = context.wording.when(made, clock::now());
                context.with("evidence_backup_last", &[&when])
            }
            None => context.text("evidence_backup_none"),
        });
    });
}

/// Throws away what a backup has left on the disk, when the browser has surely saved it.
pub async fn clear(now: Moment) {
    #[allow(clippy::cast_precision_loss, reason = "a time in milliseconds")]
    scratch::clear(now.minus(Span::hours(1)).0 as f64).await;
}

enum Made {
    Whole,
    /// So much of what is kept is damaged: it cannot be brought back, and what there is of it lies beside the rest.
    Without(usize),
    Stopped,
}

/// Where the bytes of one file are.
enum Body {
    Own(Parts),
    /// From one place to another of the file on the disk.
    OnDisk(u64, u64),
}

/// One file of the backup, ready to be put into it.
struct Ready {
    path: String,
    size: u64,
    hash: Sha256,
    sum: u32,
    body: Body,
}

fn refused(error: wasm_bindgen::JsValue) -> Trouble {
    Trouble::new(Kind::Refused, crate::browser::words_of(&error))
}

/// There is no room on the disk for a copy of everything.
fn no_room(error: &wasm_bindgen::JsValue) -> Trouble {
    Trouble::new(Kind::Full, crate::browser::words_of(error))
}

impl Ready {
    fn text(path: String, text: &str) -> Result<Self, Trouble> {
        let bytes = text.as_bytes();
        let mut parts = Parts::default();
        parts.push(bytes).map_err(refused)?;
        Ok(Self {
            path,
            size: bytes.len() as u64,
            hash: Sha256::of(bytes),
            sum: crc32fast::hash(bytes),
            body: Body::Own(parts),
        })
    }

    /// A kept file; `None` where it is damaged, or the user stops. Its bytes go to the disk, where there is such a place.
    async fn file(
        keeper: &Keeper,
        path: String,
        hash: Sha256,
        disk: &mut Option<Scratch>,
        passed: impl Fn(u64) -> bool,
    ) -> Result<Option<Self>, Trouble> {
        let Some(mut reader) = unless_bad(keeper.locker.reader(&hash).await)? else {
            return Ok(None);
        };
        let mut copy = Copying::begin(disk);
        loop {
            match unless_bad(reader.next(&keeper.locker).await)? {
                Some(Some(piece)) => {
                    copy.push(&piece).await?;
                    if !passed(piece.len() as u64) {
                        return Ok(None);
                    }
                }
                Some(None) => return Ok(Some(copy.ready(path, hash))),
                None => return Ok(None),
            }
        }
    }

    /// What is there of a damaged file; `None` where that is nothing, or the user stops.
    async fn rest_of_file(
        keeper: &Keeper,
        path: String,
        hash: Sha256,
        disk: &mut Option<Scratch>,
        passed: impl Fn(u64) -> bool,
    ) -> Result<Option<Self>, Trouble> {
        let Some(mut reader) = unless_bad(keeper.locker.reader(&hash).await)? else {
            return Ok(None);
        };
        let mut copy = Copying::begin(disk);
        let mut hasher = Hasher::default();
        let mut found = 0;
        while let Some((piece, there)) = reader.salvage(&keeper.locker).await? {
            found += there;
            hasher.take(&piece);
            copy.push(&piece).await?;
            if !passed(0) {
                return Ok(None);
            }
        }
        Ok((found > 0).then(|| copy.ready(path, hasher.finish())))
    }
}

/// What was read; `None` where it is this file that cannot be read.
fn unless_bad<T>(read: Result<T, Trouble>) -> Result<Option<T>, Trouble> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(trouble) if matches!(trouble.kind, Kind::Damaged | Kind::NoFile) => Ok(None),
        Err(trouble) => Err(trouble),
    }
}

/// A file on its way into the backup.
struct Copying<'a> {
    disk: &'a mut Option<Scratch>,
    /// From where on it lies on the disk.
    from: Option<u64>,
    parts: Parts,
    sum: crc32fast::Hasher,
    size: u64,
}

impl<'a> Copying<'a> {
    fn begin(disk: &'a mut Option<Scratch>) -> Self {
        Self {
            from: disk.as_ref().map(Scratch::size),
            disk,
            parts: Parts::default(),
            sum: crc32fast::Hasher::new(),
            size: 0,
        }
    }

    async fn push(&mut self, piece: &[u8]) -> Result<(), Trouble> {
        self.sum.update(piece);
        self.size += piece.len() as u64;
        let Some(there) = self.disk else {
            return self.parts.push(piece).map_err(refused);
        };
        if let Err(error) = there.push(piece).await {
            if let Some(disk) = self.disk.take() {
                disk.cancel().await;
            }
            return Err(no_room(&error));
        }
        Ok(())
    }

    fn ready(self, path: String, hash: Sha256) -> Ready {
        let (size, parts) = (self.size, self.parts);
        Ready {
            path,
            size,
            hash,
            sum: self.sum.finalize(),
            body: self
                .from
                .map_or(Body::Own(parts), |from| Body::OnDisk(from, from + size)),
        }
    }
}

/// Whoever has no room left needs a backup most: where there is none for its bytes on the disk, the browser holds the files itself.
async fn make(
    context: &Rc<Context>,
    keeper: &Rc<Keeper>,
    status: &El,
    stopped: &Rc<Cell<bool>>,
) -> Result<Made, Trouble> {
    if let Ok(disk) = Scratch::begin(ON_DISK).await {
        match make_on(context, keeper, status, stopped, Some(disk)).await {
            Err(trouble) if trouble.kind == Kind::Full => {}
            done => return done,
        }
    }
    make_on(context, keeper, status, stopped, None).await
}

async fn make_on(
    context: &Rc<Context>,
    keeper: &Rc<Keeper>,
    status: &El,
    stopped: &Rc<Cell<bool>>,
    mut disk: Option<Scratch>,
) -> Result<Made, Trouble> {
    let now = clock::now();
    let (kept, unreadable) = keeper.all_and_rest().await?;
    let mut items: Vec<Item> = kept.into_iter().map(|held| held.record).collect();
    items.retain(|item| !item.is_gone(now));
    items.sort_by(|one, other| (one.made, &one.id).cmp(&(other.made, &other.id)));
    let records = context.store.all_records().await;
    let records = records.map_err(Trouble::from)?;
    let papers = keeper.papers().await?;
    let mut rest = Damaged::default();
    for row in unreadable.iter().chain(&papers.unreadable) {
        rest.record(&row.key, row.value.text());
    }
    for damage in &records.damaged {
        let text = context.store.raw(damage).await.map_err(Trouble::from)?;
        rest.record(&damage.key, &text.unwrap_or_default());
    }
    for row in keeper.locker.put_aside().await? {
        rest.aside(&row.key, row.value.text());
    }
    let mut files = vec![Ready::text(
        "orders.json".to_owned(),
        &orders(context, &records.records, &papers.papers, now).await,
    )?];
    let mut by_order: BTreeMap<&OrderId, Vec<&Item>> = BTreeMap::new();
    for item in &items {
        by_order.entry(&item.place.order).or_default().push(item);
    }
    for (order, items) in by_order {
        let text = notes(context, order, &items, now);
        files.push(Ready::text(format!("notes/{order}.txt"), &text)?);
    }
    for (path, text) in rest.texts() {
        files.push(Ready::text(path.clone(), text)?);
    }
    let total: u64 = items
        .iter()
        .filter_map(Item::file)
        .map(|file| file.bytes)
        .sum();
    let done = Cell::new(0_u64);
    let said = Cell::new(0_u64);
    let passed = |bytes: u64| {
        done.set(done.get() + bytes);
        let percent = (done.get() * 100)
            .checked_div(total)
            .unwrap_or(100)
            .min(100);
        // A screen reader would read every step.
        if percent >= said.get() + 5 {
            said.set(percent);
            status.say(&context.with("evidence_backup_progress", &[&percent.to_string()]));
        }
        !stopped.get()
    };
    let mut paths: Vec<String> = Vec::new();
    let mut hashes: Vec<Sha256> = Vec::new();
    let mut damaged: Vec<Sha256> = Vec::new();
    for item in &items {
        let Some(file) = item.file() else { continue };
        let path = unused(&paths, item, &file.name, file.kind);
        let small = file
            .thumbnail
            .map(|hash| (format!("small/{hash}.jpg"), hash));
        for (path, hash) in [(path, file.hash)].into_iter().chain(small) {
            if hashes.contains(&hash) || damaged.contains(&hash) {
                continue;
            }
            let ready = Ready::file(keeper, path.clone(), hash, &mut disk, passed).await?;
            match ready {
                Some(ready) => {
                    paths.push(path.to_lowercase());
                    hashes.push(hash);
                    files.push(ready);
                }
                None if stopped.get() => {}
                None => {
                    damaged.push(hash);
                    // A small picture can be done without.
                    if hash == file.hash {
                        let order = item.place.order.as_str();
                        let path = rest.file(order, &file.name, file.kind.name());
                        let there = Ready::rest_of_file(keeper, path, hash, &mut disk, passed);
                        files.extend(there.await?);
                    }
                }
            }
            if stopped.get() {
                if let Some(disk) = disk {
                    disk.cancel().await;
                }
                return Ok(Made::Stopped);
            }
        }
    }
    items.retain(|item| {
        let file = item.file();
        !file.is_some_and(|file| damaged.contains(&file.hash))
    });
    for item in &mut items {
        if let Content::File(file) = &mut item.content {
            file.thumbnail = file.thumbnail.filter(|hash| !damaged.contains(hash));
        }
    }
    let listed = files
        .iter()
        .map(|file| (file.path.clone(), file.size, file.hash));
    let contents = Contents {
        made: now,
        files: listed.collect(),
        items,
        orders: records
            .records
            .iter()
            .map(|record| (record.id.clone(), text_of_record(record)))
            .collect(),
        papers: papers.papers,
    };
    let manifest = manifest::text(&runtime::version(), &contents);
    let manifest = Ready::text(manifest::NAME.to_owned(), &manifest)?;
    let disk = match disk {
        Some(disk) => Some(disk.file().await.map_err(|error| no_room(&error))?),
        None => None,
    };
    let mut writer = Writer::default();
    let mut archive = Parts::default();
    for file in std::iter::once(&manifest).chain(&files) {
        let header = writer.begin(&file.path, file.size, file.sum);
        archive.push(&header).map_err(refused)?;
        match (&file.body, &disk) {
            (Body::OnDisk(from, to), Some(disk)) => archive.append(&picked::part(disk, *from, *to)),
            (Body::Own(parts), _) => archive.append(&parts.blob("").map_err(refused)?),
            (Body::OnDisk(..), None) => return Err(Trouble::new(Kind::NoFile, file.path.as_str())),
        }
    }
    archive.push(&writer.finish()).map_err(refused)?;
    let archive = archive.blob("application/zip").map_err(refused)?;
    let day = context.wording.buyer_day(now);
    let day = day.map_or_else(String::new, |day| format!("-{day}"));
    download::save_blob(&format!("recourse-backup{day}.zip"), &archive)
        .map_err(|words| Trouble::new(Kind::Refused, words))?;
    // Without it the reminder comes too early, which is the lesser evil.
    let _ = context.store.save_backup_made(now).await;
    Ok(match rest.count() {
        0 => Made::Whole,
        count => Made::Without(count),
    })
}

/// A path for the file that none before it has.
fn unused(paths: &[String], item: &Item, name: &str, kind: FileType) -> String {
    let order = &item.place.order;
    let name = names::safe(name, kind.name());
    let path = format!("files/{order}/{name}");
    if !paths.contains(&path.to_lowercase()) {
        return path;
    }
    let id: String = item.id.as_str().chars().take(8).collect();
    format!("files/{order}/{id}-{name}")
}

/// All orders, as the dashboard saves them.
async fn orders(context: &Context, records: &[Record], papers: &[Paper], now: Moment) -> String {
    let choices = &context.settings.choices;
    let verdicts: Vec<Verdict> = records
        .iter()
        .map(|record| Verdict::chosen(record, now, clock::zones(), choices))
        .collect();
    let orders: Vec<Exported<'_>> = records
        .iter()
        .zip(&verdicts)
        .map(|(record, verdict)| {
            let drafts = papers.iter().filter_map(|paper| match paper {
                Paper::Draft(draft) if draft.order == record.id => Some(draft),
                _ => None,
            });
            let aftermath = papers.iter().find_map(|paper| match paper {
                Paper::Aftermath(told) if told.order == record.id => Some(told),
                _ => None,
            });
            Exported {
                record,
                verdict,
                drafts: drafts.collect(),
                aftermath,
            }
        })
        .collect();
    let kept = context.store.reminders().await.unwrap_or_default();
    everything(&orders, &kept, &runtime::version(), now)
}

/// What is known of one order's evidence, to read.
fn notes(context: &Context, order: &OrderId, items: &[&Item], now: Moment) -> String {
    let when = |moment| context.wording.when(moment, now);
    let mut text = context.with("dashboard_order", &[order.as_str()]);
    text.push('\n');
    for item in items {
        text.push('\n');
        text.push_str(&when(item.made));
        text.push('\n');
        match &item.content {
            Content::Note(note) => {
                text.push_str(&note.text);
                text.push('\n');
                for version in &note.earlier {
                    text.push_str(&format!("\n({})\n{}\n", when(version.at), version.text));
                }
            }
            Content::File(file) => {
                text.push_str(&format!("{}\nSHA-256 {}\n", file.name, file.hash));
            }
            Content::Excerpt(excerpt) => {
                text.push_str(&excerpt.address);
                text.push('\n');
                for line in &excerpt.lines {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    text
}
