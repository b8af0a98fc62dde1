//! Files on their way in: chosen, dropped, pasted. One after the other, with how far it has come and a way to stop it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use wasm_bindgen_futures::spawn_local;

use super::desk::Desk;
use super::keeper;
use crate::browser::picked::{self, Picked};
use crate::browser::{clock, picture, random};
use crate::domain::evidence::file::tidy_name;
use crate::domain::evidence::{
    Attachment, Content, FileType, Item, ItemId, Located, Pixels, Sha256, Source,
};
use crate::media::{self, video};
use crate::pages::dom::{self, El, el};
use crate::pages::{Context, copies};
use crate::store::locker::Trouble;

/// The largest file that is taken.
const LIMIT: u64 = 2 << 30;
/// So much of a file is read at once.
const PART: u64 = 1 << 20;
/// Pixels of a side of the small picture.
const SMALL: u32 = 256;

pub struct Adding {
    desk: Weak<Desk>,
    queue: RefCell<VecDeque<(Picked, Source)>>,
    /// How many there were since the queue was last empty, and how many of those are done.
    total: Cell<usize>,
    done: Cell<usize>,
    running: Cell<bool>,
    stopped: Cell<bool>,
    field: El,
    zone: El,
    progress: El,
    bar: El,
    words: El,
    failed: El,
}

/// Why a file was not added.
enum Refused {
    Empty,
    TooLarge,
    /// It says that it is a picture, a video or a PDF, and is something else.
    Poses,
    /// The order has it already.
    There,
    /// It cannot be read any more: moved, deleted, changed.
    Unreadable,
    NotKept(Trouble),
    Stopped,
}

impl Adding {
    pub fn new(context: &Context, desk: Weak<Desk>) -> Rc<Self> {
        Rc::new(Self {
            desk,
            queue: RefCell::default(),
            total: Cell::default(),
            done: Cell::default(),
            running: Cell::default(),
            stopped: Cell::default(),
            field: el("input")
                .id("add-files")
                .attr("type", "file")
                .attr("multiple", "")
                .class("only-heard")
                .attr("aria-label", &context.text("evidence_add_files")),
            zone: el("div").class("zone"),
            progress: el("div").class("progress").attr("hidden", ""),
            bar: el("progress").attr("max", "1"),
            words: el("p").class("helper").attr("role", "status"),
            failed: el("ul").class("failed"),
        })
    }

    pub fn view(self: &Rc<Self>, context: &Context) -> El {
        let adding = Rc::downgrade(self);
        let field = self.field.clone().on("change", move |event| {
            if let Some(adding) = adding.upgrade() {
                let files = picked::chosen(&event);
                adding.take(files, Source::Chosen);
                // So that the same file can be chosen again.
                adding.field.write("");
            }
        });
        let adding = Rc::downgrade(self);
        let stop = dom::button("", &context.text("evidence_stop"), move || {
            if let Some(adding) = adding.upgrade() {
                adding.stopped.set(true);
            }
        })
        .id("stop-adding");
        self.bar
            .set("aria-label", Some(&context.text("evidence_adding_name")));
        self.progress.append(&self.bar);
        self.progress.append(&stop);
        self.zone.append(
            &el("label")
                .class("button")
                .attr("for", "add-files")
                .text(&context.text("evidence_add_files")),
        );
        self.zone.append(&field);
        self.zone
            .append(&el("p").class("helper").text(&context.text("evidence_drop")));
        el("div")
            .child(self.zone.clone())
            .child(self.progress.clone())
            .child(self.words.clone())
            .child(self.failed.clone())
    }

    /// Takes what is dropped or pasted anywhere on the page.
    pub fn listen(self: &Rc<Self>, body: &El) {
        let on = |work: fn(&Rc<Self>, &web_sys::Event)| {
            let adding = Rc::downgrade(self);
            move |event: web_sys::Event| {
                if let Some(adding) = adding.upgrade() {
                    work(&adding, &event);
                }
            }
        };
        let over = on(|adding, event| {
            if picked::drags_files(event) {
                event.prevent_default();
                adding.zone.set("data-over", Some(""));
            }
        });
        let left = on(|adding, _| adding.zone.set("data-over", None));
        let dropped = on(|adding, event| {
            adding.zone.set("data-over", None);
            if picked::drags_files(event) {
                event.prevent_default();
                adding.take(picked::dropped(event), Source::Dropped);
            }
        });
        let pasted = on(|adding, event| {
            let files = picked::pasted(event);
            if !files.is_empty() {
                event.prevent_default();
                adding.take(files, Source::Pasted);
            }
        });
        let _ = body
            .clone()
            .on("dragover", over)
            .on("dragleave", left)
            .on("drop", dropped)
            .on("paste", pasted);
    }

    fn take(self: &Rc<Self>, files: Vec<Picked>, source: Source) {
        if files.is_empty() {
            return;
        }
        if !self.running.get() {
            self.total.set(0);
            self.done.set(0);
            self.failed.replace_with([]);
        }
        self.total.set(self.total.get() + files.len());
        let files = files.into_iter().map(|file| (file, source));
        self.queue.borrow_mut().extend(files);
        if !self.running.replace(true) {
            let adding = Rc::clone(self);
            spawn_local(async move { adding.run().await });
        }
    }

    async fn run(self: &Rc<Self>) {
        self.stopped.set(false);
        self.progress.set("hidden", None);
        let mut kept = 0;
        loop {
            let next = self.queue.borrow_mut().pop_front();
            let Some((file, source)) = next else { break };
            match self.add(&file, source).await {
                Ok(()) => kept += 1,
                Err(Refused::Stopped) => {
                    self.queue.borrow_mut().clear();
                    break;
                }
                Err(refused) => {
                    self.say_refused(&file, &refused);
                    // Where nothing can be kept, the next file cannot either.
                    if matches!(refused, Refused::NotKept(_)) {
                        self.queue.borrow_mut().clear();
                        break;
                    }
                }
            }
            self.done.set(self.done.get() + 1);
        }
        self.running.set(false);
        self.progress.set("hidden", Some(""));
        let Some(desk) = self.desk.upgrade() else {
            return;
        };
        let words = if self.stopped.get() {
            desk.context.text("evidence_stopped")
        } else {
            desk.context.counted("evidence_added", kept, &[])
        };
        self.words.say(&words);
        if kept > 0 {
            desk.say_saved();
        }
    }

    async fn add(&self, file: &Picked, source: Source) -> Result<(), Refused> {
        let desk = self.desk.upgrade().ok_or(Refused::Stopped)?;
        let size = file.size();
        self.say_progress(&desk, file, 0, size);
        match size {
            0 => return Err(Refused::Empty),
            size if size > LIMIT => return Err(Refused::TooLarge),
            _ => {}
        }
        let head = picked::bytes(file.blob(), 0, media::HEAD as u64).await;
        let head = head.map_err(|_| Refused::Unreadable)?;
        let mut seen = media::look(&head, size);
        if seen.kind.is_picture() && seen.located == Located::Unknown && size <= media::WHOLE {
            let whole = picked::bytes(file.blob(), 0, size).await;
            seen = media::look(&whole.map_err(|_| Refused::Unreadable)?, size);
        }
        if video::is_understood(seen.kind) {
            seen.located = copies::video_located(file.blob()).await;
        }
        if seen.kind == FileType::Other && poses(file) {
            return Err(Refused::Poses);
        }
        let (keeper, locker) = (&desk.keeper, &desk.keeper.locker);
        let mut import = keeper.import().await.map_err(Refused::NotKept)?;
        let mut at = 0;
        let mut ends = Ends::default();
        let failed = loop {
            if self.stopped.get() {
                break Some(Refused::Stopped);
            }
            if at >= size {
                break (!ends.are_in(file).await).then_some(Refused::Unreadable);
            }
            let part = match picked::bytes(file.blob(), at, at + PART).await {
                Ok(part) if !part.is_empty() => part,
                _ => break Some(Refused::Unreadable),
            };
            if let Err(trouble) = import.push(locker, &part, clock::now()).await {
                break Some(Refused::NotKept(trouble));
            }
            let from = at;
            at += part.len() as u64;
            ends.take(from, part);
            self.say_progress(&desk, file, at, size);
        };
        if let Some(failed) = failed {
            // What is left of it is swept away in any case.
            let _ = import.cancel(locker).await;
            return Err(failed);
        }
        let now = clock::now();
        let kept = import.finish(locker, now).await.map_err(Refused::NotKept)?;
        let mut pixels = seen.pixels;
        let small = if seen.kind.is_picture() {
            picture::small(file.blob(), seen.kind.media_type(), SMALL).await
        } else if seen.kind.is_video() {
            let still = picture::still(file.blob(), SMALL).await;
            pixels = still.as_ref().map(|still| Pixels {
                width: still.width,
                height: still.height,
            });
            still.and_then(|still| still.small)
        } else {
            None
        };
        // Without a small picture the file is as good.
        let thumbnail = match small {
            Some(small) => keeper.keep(&small).await.ok(),
            None => None,
        };
        if let Some(mut there) = desk.having(&kept.sha256) {
            // It may have been added to repair it: then the small picture is another one, or in the place of a damaged one.
            if let Content::File(file) = &mut there.record.content
                && thumbnail.is_some()
                && file.thumbnail != thumbnail
            {
                file.thumbnail = thumbnail;
                let saved = keeper.save(there.record, Some(there.sequence)).await;
                desk.put(saved.map_err(Refused::NotKept)?);
            }
            return Err(Refused::There);
        }
        let attachment = Attachment {
            name: tidy_name(&file.name()),
            hash: kept.sha256,
            bytes: kept.size,
            kind: seen.kind,
            pixels,
            located: seen.located,
            source,
            thumbnail,
        };
        let id = ItemId::drawn(random::bytes());
        let item = Item::new(id, desk.place(), now, Content::File(attachment));
        let held = keeper.add(item).await.map_err(Refused::NotKept)?;
        desk.put(held);
        Ok(())
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "how far a bar has come need not be exact"
    )]
    fn say_progress(&self, desk: &Desk, file: &Picked, at: u64, size: u64) {
        let part = at as f64 / size.max(1) as f64;
        let (done, total) = (self.done.get(), self.total.get());
        let value = (done as f64 + part) / total.max(1) as f64;
        self.bar.set("value", Some(&format!("{value:.4}")));
        // Said once for each file: a screen reader would read every step.
        if at == 0 {
            let context = &desk.context;
            let (now, all) = (context.number(done + 1), context.number(total));
            let name = tidy_name(&file.name());
            self.words
                .say(&context.with("evidence_adding", &[&now, &all, &name]));
        }
    }

    fn say_refused(&self, file: &Picked, refused: &Refused) {
        let Some(desk) = self.desk.upgrade() else {
            return;
        };
        let context = &desk.context;
        let name = tidy_name(&file.name());
        let why = match refused {
            Refused::Empty => context.text("evidence_file_empty"),
            Refused::TooLarge => {
                let size = context.wording.intl.bytes(file.size());
                context.with(
                    "evidence_file_large",
                    &[&size, &context.wording.intl.bytes(LIMIT)],
                )
            }
            Refused::Poses => context.text("evidence_file_poses"),
            Refused::There => context.text("evidence_file_there"),
            Refused::Unreadable => context.text("evidence_file_unreadable"),
            Refused::NotKept(trouble) => keeper::words(context, trouble),
            Refused::Stopped => return,
        };
        self.failed.append(
            &el("li")
                .child(el("bdi").attr("dir", "auto").text(&name))
                .text(": ")
                .child(el("span").text(&why)),
        );
    }
}

/// The first and the last part of a file as they were kept. Firefox goes on reading a file that is written meanwhile, and what comes of
/// that was never a file.
#[derive(Default)]
struct Ends {
    first: Option<(u64, Sha256)>,
    from: u64,
    last: Vec<u8>,
}

impl Ends {
    fn take(&mut self, from: u64, part: Vec<u8>) {
        self.first
            .get_or_insert_with(|| (part.len() as u64, Sha256::of(&part)));
        (self.from, self.last) = (from, part);
    }

    /// Whether the file still begins and ends so.
    async fn are_in(&self, file: &Picked) -> bool {
        let Some((length, first)) = &self.first else {
            return true;
        };
        let to = self.from + self.last.len() as u64;
        let last = picked::bytes(file.blob(), self.from, to).await;
        if last.as_ref() != Ok(&self.last) {
            return false;
        }
        let again = picked::bytes(file.blob(), 0, *length).await;
        again.is_ok_and(|again| Sha256::of(&again) == *first)
    }
}

/// Whether name or declared type say that it is a picture, a video or a PDF.
fn poses(file: &Picked) -> bool {
    let declared = file.declared();
    let name = file.name().to_lowercase();
    let ending = name.rsplit('.').next().unwrap_or_default();
    let kinds = [
        "jpg", "jpeg", "png", "gif", "webp", "heic", "heif", "svg", "mp4", "mov", "webm", "pdf",
    ];
    declared.starts_with("image/") || declared.starts_with("video/") || kinds.contains(&ending)
}
