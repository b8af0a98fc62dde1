//! A backup brought back: looked at, checked, shown, and only then taken in, all of it or nothing.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::keeper::{self, Keeper};
use crate::archive::backup::Backup;
use crate::archive::paper;
use crate::archive::restore::{How, Plan};
use crate::archive::zip::Reader;
use crate::archive::{Refused, Source};
use crate::browser::picked::{self, Picked};
use crate::browser::{clock, runtime};
use crate::domain::evidence::Item;
use crate::pages::Context;
use crate::pages::dom::{self, El, el};
use crate::store::locker::{Change, Expect, Held, Kind, Trouble};

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
    preview: El,
    restored: Box<dyn Fn()>,
    /// Counts up with each file that is chosen: what is still read of an earlier one is not shown.
    turn: Cell<u32>,
}

/// Why a backup was not brought back.
enum Failed {
    Refused(Refused),
    NotKept(Trouble),
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
        preview: el("div").class("preview"),
        restored: Box::new(restored),
        turn: Cell::default(),
    });
    let (status, preview) = (restoring.status.clone(), restoring.preview.clone());
    let name = context.text("evidence_restore");
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
            spawn_local(async move { restoring.look(file).await });
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
        .child(status)
        .child(preview)
}

impl Restoring {
    /// Reads and checks the file, and shows what it would change.
    async fn look(self: &Rc<Self>, file: Picked) {
        let turn = self.turn.get() + 1;
        self.turn.set(turn);
        self.preview.replace_with([]);
        self.status
            .say(&self.context.text("evidence_restore_reading"));
        match self.read(&file, turn).await {
            Ok(Some((backup, here))) => self.show(file, backup, &here),
            // Another file was chosen meanwhile.
            Ok(None) => {}
            Err(failed) => self.status.say(&self.words(&failed)),
        }
    }

    async fn read(&self, file: &Picked, turn: u32) -> Result<Option<(Backup, Vec<Item>)>, Failed> {
        let backup = Backup::open(file).await?;
        let whole = backup.check(file, |_| self.turn.get() == turn).await?;
        if !whole {
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
                restoring.preview.replace_with([]);
                let (restoring, chosen) = (Rc::clone(&restoring), Rc::clone(&chosen));
                spawn_local(async move { restoring.restore(&chosen.0, &chosen.1, how).await });
            })
        };
        let mut buttons = el("div")
            .class("buttons")
            .child(choice("evidence_restore_merge", How::Merge).id("restore-merge"));
        if plan.binned > 0 {
            buttons = buttons.child(choice("evidence_restore_replace", How::Replace));
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

    async fn restore(&self, file: &Picked, backup: &Backup, how: How) {
        self.status
            .say(&self.context.text("evidence_restore_doing"));
        match self.take_in(file, backup, how).await {
            Ok(count) => {
                let words = self.context.counted("evidence_restore_done", count, &[]);
                self.status.say(&words);
                (self.restored)();
            }
            Err(failed) => self.status.say(&self.words(&failed)),
        }
    }

    /// Files first, then orders, then all records at once. Files of a restore that fails are named by nobody and swept away later.
    async fn take_in(&self, file: &Picked, backup: &Backup, how: How) -> Result<usize, Failed> {
        let locker = &self.keeper.locker;
        for (hash, entry) in backup.named() {
            if locker.file(&hash).await?.is_some() && locker.verify(&hash).await? {
                continue;
            }
            let mut import = self.keeper.import().await?;
            let mut reader = Reader::open(file, entry).await?;
            while let Some(part) = reader.next(file).await? {
                import.push(locker, &part, clock::now()).await?;
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
        let papers = paper::missing(&self.keeper.papers().await?, &backup.papers);
        // What is known of an order only ever grows, so it does no harm where the rest is not kept.
        if !backup.orders.is_empty() {
            let done = runtime::bring_back(&backup.orders).await;
            done.map_err(|words| Trouble::new(Kind::Refused, words))?;
        }
        if plan.keep.is_empty() && papers.is_empty() {
            return Ok(0);
        }
        let change = plan
            .keep
            .iter()
            .fold(Change::new(), |change, item| change.put(item, known(item)));
        let change = papers
            .iter()
            .fold(change, |change, paper| paper.kept(change));
        locker.save(&change).await?;
        Ok(plan.keep.len() + papers.len())
    }

    fn words(&self, failed: &Failed) -> String {
        match failed {
            Failed::Refused(refused) => {
                let key = ["evidence_archive_", refused.name()].concat();
                self.context.text(&key)
            }
            Failed::NotKept(trouble) if trouble.kind == Kind::Changed => {
                self.context.text("evidence_trouble_changed")
            }
            Failed::NotKept(trouble) => keeper::words(&self.context, trouble),
        }
    }
}
