//! A backup brought back: looked at, checked, shown, and only then taken in, all of it or nothing.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::keeper::{self, Keeper};
use crate::archive::backup::Backup;
use crate::archive::paper;
use crate::archive::restore::{How, Plan};
use crate::archive::zip::{Entry, Reader};
use crate::archive::{Refused, Source};
use crate::browser::picked::{self, Picked};
use crate::browser::{clock, runtime};
use crate::domain::evidence::Item;
use crate::pages::Context;
use crate::pages::dom::{self, El, el};
use crate::store::locker::{Change, Expect, Held, Import, Kind, Trouble};

impl Source for Picked {
    fn size(&self) -> u64 {
        Self::size(self)
    }

    async fn read(&self, from: u64, length: usize) -> Result<Vec<u8>, String> {
        picked::bytes(self.blob(), from, from + length as u64).await
    }
}

struct Restoring {
    context: Rc<Context>,
    keeper: Rc<Keeper>,
    status: El,
    progress: El,
    bar: El,
    preview: El,
    restored: Box<dyn Fn()>,
    /// Counts up with all that is begun, and when the user stops it: what has not this number any more has to end, and says nothing.
    turn: Cell<u32>,
}

/// How far one of these has come.
struct Going<'a> {
    restoring: &'a Restoring,
    turn: u32,
    done: Cell<u64>,
    total: u64,
}

impl Going<'_> {
    /// So many bytes more are done. Says whether to go on.
    #[allow(
        clippy::cast_precision_loss,
        reason = "how far a bar has come need not be exact"
    )]
    fn passed(&self, bytes: u64) -> bool {
        let done = self.done.get() + bytes;
        self.done.set(done);
        let goes_on = self.goes_on();
        if goes_on {
            let part = done as f64 / self.total.max(1) as f64;
            self.restoring.bar.set("value", Some(&format!("{part:.4}")));
        }
        goes_on
    }

    fn goes_on(&self) -> bool {
        self.restoring.turn.get() == self.turn
    }
}

/// Why a backup was not brought back.
enum Failed {
    Refused(Refused),
    NotKept(Trouble),
    /// All the rest is back, but not the orders.
    WithoutOrders,
}

impl From<Refused> for Failed {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Trouble> for Failed {
    fn from(trouble: Trouble) -> Self {
        Self::NotKept(trouble)
    }
}

pub fn view(context: &Rc<Context>, keeper: &Rc<Keeper>, restored: impl Fn() + 'static) -> El {
    let restoring = Rc::new(Restoring {
        context: Rc::clone(context),
        keeper: Rc::clone(keeper),
        status: el("p").class("helper").attr("role", "status"),
        progress: el("div").class("progress").attr("hidden", ""),
        bar: el("progress").attr("max", "1"),
        preview: el("div").class("preview"),
        restored: Box::new(restored),
        turn: Cell::default(),
    });
    let (status, preview) = (restoring.status.clone(), restoring.preview.clone());
    let name = context.text("evidence_restore");
    let stopped = Rc::downgrade(&restoring);
    let stop = dom::button("", &context.text("evidence_stop"), move || {
        if let Some(restoring) = stopped.upgrade() {
            restoring.stop();
        }
    })
    .id("stop-restoring");
    restoring.bar.set("aria-label", Some(&name));
    restoring.progress.append(&restoring.bar);
    restoring.progress.append(&stop);
    let progress = restoring.progress.clone();
    let field = el("input")
        .id("restore-file")
        .attr("type", "file")
        .attr("accept", ".zip,application/zip")
        .class("only-heard")
        .attr("aria-label", &name)
        .on("change", move |event| {
            let Some(file) = picked::chosen(&event).into_iter().next() else {
                return;
            };
            let restoring = Rc::clone(&restoring);
            let turn = restoring.begin("evidence_restore_reading");
            spawn_local(async move { restoring.look(file, turn).await });
        });
    el("div")
        .class("restore zone")
        .child(
            el("label")
                .class("button")
                .attr("for", "restore-file")
                .text(&name),
        )
        .child(field)
        .child(
            el("p")
                .class("helper")
                .text(&context.text("evidence_restore_help")),
        )
        .child(progress)
        .child(status)
        .child(preview)
}

impl Restoring {
    /// Something begins in the place of whatever goes on. Returns its number.
    fn begin(&self, doing: &str) -> u32 {
        let turn = self.turn.get() + 1;
        self.turn.set(turn);
        self.preview.replace_with([]);
        self.status.say(&self.context.text(doing));
        self.bar.set("value", Some("0"));
        self.progress.set("hidden", None);
        turn
    }

    fn going(&self, turn: u32, total: u64) -> Going<'_> {
        Going {
            restoring: self,
            turn,
            done: Cell::default(),
            total,
        }
    }

    /// The user wants nothing of it.
    fn stop(&self) {
        self.turn.set(self.turn.get() + 1);
        self.progress.set("hidden", Some(""));
        self.status
            .say(&self.context.text("evidence_restore_stopped"));
    }

    /// Reads and checks the file, and shows what it would change.
    async fn look(self: &Rc<Self>, file: Picked, turn: u32) {
        let read = self.read(&file, turn).await;
        if self.turn.get() != turn {
            return;
        }
        self.progress.set("hidden", Some(""));
        match read {
            Ok(Some((backup, here))) => self.show(file, backup, &here),
            Ok(None) => {}
            Err(failed) => self.status.say(&self.words(&failed)),
        }
    }

    /// Nothing where the user stops, or has chosen another file meanwhile.
    async fn read(&self, file: &Picked, turn: u32) -> Result<Option<(Backup, Vec<Item>)>, Failed> {
        let backup = Backup::open(file).await?;
        let going = self.going(turn, backup.size());
        let whole = backup.check(file, |bytes| going.passed(bytes as u64));
        if !whole.await? {
            return Ok(None);
        }
        let here = self.keeper.all().await?.items;
        let here = here.into_iter().map(|held| held.record).collect();
        Ok(Some((backup, here)))
    }

    fn show(self: &Rc<Self>, file: Picked, backup: Backup, here: &[Item]) {
        let context = &self.context;
        let now = clock::now();
        let plan = Plan::new(here, &backup.items, How::Replace, now);
        let made = context.wording.when(backup.made, now);
        let size = context.wording.intl.bytes(backup.size());
        let lines = [
            Some(context.with("evidence_restore_made", &[&made, &size])),
            Some(context.counted("evidence_restore_new", plan.new, &[])),
            (plan.changed > 0)
                .then(|| context.counted("evidence_restore_changed", plan.changed, &[])),
            (plan.same > 0).then(|| context.counted("evidence_restore_same", plan.same, &[])),
            (!backup.orders.is_empty() || !backup.papers.is_empty()).then(|| {
                let number = |all: usize| {
                    let all = u32::try_from(all).unwrap_or(u32::MAX);
                    context.wording.intl.number(all)
                };
                let (orders, papers) = (backup.orders.len(), backup.papers.len());
                context.with("evidence_restore_rest", &[&number(orders), &number(papers)])
            }),
        ];
        let lines = lines.into_iter().flatten().map(|line| el("p").text(&line));
        let chosen = Rc::new((file, backup));
        let choice = |key: &str, how: How| {
            let (restoring, chosen) = (Rc::clone(self), Rc::clone(&chosen));
            dom::button("", &context.text(key), move || {
                let (restoring, chosen) = (Rc::clone(&restoring), Rc::clone(&chosen));
                let turn = restoring.begin("evidence_restore_doing");
                spawn_local(
                    async move { restoring.restore(&chosen.0, &chosen.1, how, turn).await },
                );
            })
        };
        let mut buttons = el("div")
            .class("buttons")
            .child(choice("evidence_restore_merge", How::Merge).id("restore-merge"));
        if plan.binned > 0 {
            let replace = choice("evidence_restore_replace", How::Replace);
            buttons = buttons.child(replace.id("restore-replace"));
        }
        let turn = Rc::clone(self);
        buttons = buttons.child(dom::button(
            "plain",
            &context.text("evidence_restore_not"),
            move || {
                turn.preview.replace_with([]);
                turn.status.say("");
            },
        ));
        self.status.say("");
        let replaced = (plan.binned > 0).then(|| {
            let words = context.counted("evidence_restore_binned", plan.binned, &[]);
            el("p").class("helper").text(&words)
        });
        self.preview
            .replace_with(lines.chain(replaced).chain([buttons]));
    }

    async fn restore(&self, file: &Picked, backup: &Backup, how: How, turn: u32) {
        let done = self.take_in(file, backup, how, turn).await;
        if matches!(done, Ok(Some(_)) | Err(Failed::WithoutOrders)) {
            (self.restored)();
        }
        if self.turn.get() != turn {
            return;
        }
        self.progress.set("hidden", Some(""));
        match done {
            Ok(Some(count)) => {
                let words = self.context.counted("evidence_restore_done", count, &[]);
                self.status.say(&words);
            }
            Ok(None) => {}
            Err(failed) => self.status.say(&self.words(&failed)),
        }
    }

    /// Files first, then all records at once, then orders. Files of a restore that fails are named by nobody and swept away later.
    /// Nothing was changed where the user has stopped it.
    async fn take_in(
        &self,
        file: &Picked,
        backup: &Backup,
        how: How,
        turn: u32,
    ) -> Result<Option<usize>, Failed> {
        let locker = &self.keeper.locker;
        let named = backup.named();
        let total = named.iter().map(|(_, entry)| entry.size).sum();
        let going = self.going(turn, total);
        for (hash, entry) in named {
            if locker.file(&hash).await?.is_some() && locker.verify(&hash).await? {
                if !going.passed(entry.size) {
                    return Ok(None);
                }
                continue;
            }
            let mut import = self.keeper.import().await?;
            let copied = self.copy(file, entry, &mut import, &going).await;
            if !matches!(copied, Ok(true)) {
                // What is left of it is swept away in any case.
                let _ = import.cancel(locker).await;
                return copied.map(|_| None);
            }
            if import.finish(locker, clock::now()).await?.sha256 != hash {
                return Err(Refused::Damaged.into());
            }
        }
        let here = self.keeper.all().await?.items;
        let records: Vec<Item> = here.iter().map(|held| held.record.clone()).collect();
        let plan = Plan::new(&records, &backup.items, how, clock::now());
        let known = |item: &Item| -> Expect {
            let known: Option<&Held<Item>> = here.iter().find(|held| held.record.id == item.id);
            known.map_or(Expect::New, |held| Expect::Since(held.sequence))
        };
        let papers = paper::missing(&self.keeper.papers().await?.papers, &backup.papers);
        if !going.goes_on() {
            return Ok(None);
        }
        // What comes now is too short to be stopped.
        self.progress.set("hidden", Some(""));
        let change = plan
            .keep
            .iter()
            .fold(Change::new(), |change, item| change.put(item, known(item)));
        let change = papers
            .iter()
            .fold(change, |change, paper| paper.kept(change));
        let count = plan.keep.len() + papers.len();
        if count > 0 {
            locker.save(&change).await?;
        }
        // Another program keeps these, so they cannot be part of the same transaction. What is known of an order only ever grows: it can
        // be done again.
        if !backup.orders.is_empty()
            && let Err(words) = runtime::bring_back(&backup.orders).await
        {
            runtime::log("the orders were not brought back", &words.into());
            return Err(Failed::WithoutOrders);
        }
        Ok(Some(count))
    }

    /// Copies a file out of the backup. Says whether it came to its end.
    async fn copy(
        &self,
        file: &Picked,
        entry: &Entry,
        import: &mut Import,
        going: &Going<'_>,
    ) -> Result<bool, Failed> {
        let mut reader = Reader::open(file, entry).await?;
        while let Some(part) = reader.next(file).await? {
            let locker = &self.keeper.locker;
            import.push(locker, &part, clock::now()).await?;
            if !going.passed(part.len() as u64) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn words(&self, failed: &Failed) -> String {
        match failed {
            Failed::Refused(refused) => {
                let key = ["evidence_archive_", refused.name()].concat();
                self.context.text(&key)
            }
            Failed::WithoutOrders => self.context.text("evidence_restore_without_orders"),
            Failed::NotKept(trouble) if trouble.kind == Kind::Changed => {
                self.context.text("evidence_trouble_changed")
            }
            Failed::NotKept(trouble) => keeper::words(&self.context, trouble),
        }
    }
}
