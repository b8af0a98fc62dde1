//! A note that is saved while it is written.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::desk::Desk;
use crate::browser::{clock, random};
use crate::domain::evidence::{Conflict, Content, Item, ItemId, Note};
use crate::icons;
use crate::pages::dom::{self, El, Timer, el};
use crate::pages::keeping;
use crate::store::locker::{Held, Kind, Trouble};

/// What is written is saved so soon, whether or not the writing goes on: with the write itself, what is lost with a power cut is less
/// than a second's.
const SOON_MS: i32 = 400;
/// After a failure it is tried again.
const AGAIN_MS: i32 = 3_000;

pub struct Editor {
    id: ItemId,
    desk: std::rc::Weak<Desk>,
    pub root: El,
    field: El,
    about: El,
    earlier: El,
    /// Another text that the user has to decide about.
    other: El,
    /// The text as it stands on paper, where a field shows only a part.
    printed: El,
    held: RefCell<Option<Held<Item>>>,
    timer: RefCell<Option<Timer>>,
    /// The timer will save what was written.
    pending: Cell<bool>,
    saving: Cell<bool>,
    /// Something was written while the rest was being saved.
    more: Cell<bool>,
}

impl Editor {
    /// An editor for a new note, or for one that is kept.
    pub fn new(desk: &Rc<Desk>, held: Option<Held<Item>>) -> Rc<Self> {
        let context = &desk.context;
        let id = match &held {
            Some(held) => held.record.id.clone(),
            None => ItemId::drawn(random::bytes()),
        };
        let field_id = format!("note-{id}");
        let field = el("textarea")
            .id(&field_id)
            .attr("rows", "3")
            .attr("dir", "auto")
            .attr("aria-label", &context.text("evidence_note"))
            .attr("placeholder", &context.text("evidence_note_hint"));
        if let Some(note) = held.as_ref().and_then(|held| held.record.note()) {
            field.write(&note.text);
        }
        let editor = Rc::new(Self {
            id,
            desk: Rc::downgrade(desk),
            root: el("li").class("note"),
            about: el("p").class("helper"),
            earlier: el("div"),
            other: el("div"),
            printed: el("p").class("printed old").attr("dir", "auto"),
            field: field.clone(),
            held: RefCell::new(held),
            timer: RefCell::default(),
            pending: Cell::new(false),
            saving: Cell::new(false),
            more: Cell::new(false),
        });
        let on = |editor: &Rc<Self>, work: fn(&Rc<Self>)| {
            let editor = Rc::downgrade(editor);
            move |_| {
                if let Some(editor) = editor.upgrade() {
                    work(&editor);
                }
            }
        };
        let field = field
            .on("input", on(&editor, Self::typed))
            .on("change", on(&editor, Self::save));
        let name = context.text("evidence_to_bin");
        let bin = el("button")
            .attr("type", "button")
            .class("button plain")
            .attr(
                "aria-label",
                &format!("{name}: {}", context.text("evidence_note")),
            )
            .attr("title", &name)
            .child(dom::icon(icons::BIN))
            .on("click", on(&editor, Self::throw));
        editor.root.append(&field);
        editor.root.append(&editor.printed);
        editor.root.append(&editor.other);
        editor.root.append(
            &el("div")
                .class("under")
                .child(editor.about.clone())
                .child(bin),
        );
        editor.root.append(&editor.earlier);
        editor.tell();
        editor
    }

    pub fn id(&self) -> &ItemId {
        &self.id
    }

    pub fn focus(&self) {
        self.field.focus();
    }

    /// Whether there is anything in it that is not saved.
    pub fn is_unsaved(&self) -> bool {
        let text = self.field.value();
        match self.held.borrow().as_ref().map(|held| &held.record.content) {
            Some(Content::Note(note)) => note.text != text,
            _ => !text.trim().is_empty(),
        }
    }

    fn typed(self: &Rc<Self>) {
        if let Some(desk) = self.desk.upgrade() {
            desk.say_saving();
        }
        // One that began anew with each key would never fire for whoever does not pause.
        if !self.pending.replace(true) {
            self.save_in(SOON_MS);
        }
    }

    fn save_in(self: &Rc<Self>, wait: i32) {
        let editor = Rc::downgrade(self);
        self.timer.replace(Some(Timer::after(wait, move || {
            if let Some(editor) = editor.upgrade() {
                editor.pending.set(false);
                editor.save();
            }
        })));
    }

    /// Whether anything is on its way to the disk.
    pub fn is_saving(&self) -> bool {
        self.saving.get()
    }

    /// Saves what is written, at once.
    pub fn save(self: &Rc<Self>) {
        if self.saving.replace(true) {
            return self.more.set(true);
        }
        let editor = Rc::clone(self);
        spawn_local(async move {
            let done = loop {
                editor.more.set(false);
                let late = Desk::late(editor.desk.clone());
                let done = keeping::kept(editor.save_once(), late).await;
                if done.is_err() || !editor.more.get() {
                    break done;
                }
            };
            editor.saving.set(false);
            let Some(desk) = editor.desk.upgrade() else {
                return;
            };
            match done {
                Ok(kept) => {
                    editor.tell();
                    if editor.pending.get() {
                        // More was written meanwhile, and that is not saved.
                        desk.say_saving();
                    } else if kept {
                        desk.say_saved();
                    } else {
                        desk.say_unchanged();
                    }
                }
                Err(trouble) => {
                    desk.say_not_saved(&trouble);
                    // A longer wait does not make a text shorter, nor a newer version older.
                    let hopeless = matches!(trouble.kind, Kind::Newer | Kind::Orphaned);
                    if !hopeless && !editor.pending.get() {
                        editor.save_in(AGAIN_MS);
                    }
                }
            }
        });
    }

    /// Says whether there was something to save.
    async fn save_once(&self) -> Result<bool, Trouble> {
        let Some(desk) = self.desk.upgrade() else {
            return Ok(false);
        };
        let text = self.field.value();
        if text.len() > Note::LIMIT {
            return Err(Trouble::new(
                Kind::Refused,
                desk.context.text("evidence_note_long"),
            ));
        }
        if !self.is_unsaved() {
            return Ok(false);
        }
        let now = clock::now();
        let before = self.held.borrow().clone();
        let kept = match before {
            None => {
                let note = Content::Note(Note::new(&text));
                let item = Item::new(self.id.clone(), desk.place(), now, note);
                desk.keeper.add(item).await?
            }
            Some(held) => {
                let item = held.record.written(&text, now);
                desk.keeper.save(item, Some(held.sequence)).await?
            }
        };
        self.held.replace(Some(kept.clone()));
        desk.put(kept);
        Ok(true)
    }

    /// Takes in what another page has kept of it, unless the user is writing here.
    pub fn renew(&self, held: &Held<Item>) {
        let known = self.held.borrow().as_ref().map(|held| held.sequence);
        if known.is_some_and(|known| known >= held.sequence) || self.saving.get() {
            return;
        }
        let unsaved = self.is_unsaved();
        if let Some(note) = held.record.note().filter(|_| !unsaved) {
            self.field.write(&note.text);
            self.held.replace(Some(held.clone()));
            self.tell();
        }
    }

    /// Asks which of two texts counts, where the note was changed in two browsers at once.
    pub fn ask(&self, conflict: Option<&Conflict>) {
        let (Some(conflict), Some(desk)) = (conflict, self.desk.upgrade()) else {
            return self.other.replace_with([]);
        };
        let context = &desk.context;
        let choice = |key: &str, other: bool| {
            let (desk, conflict) = (self.desk.clone(), conflict.clone());
            dom::button("", &context.text(key), move || {
                if let Some(desk) = desk.upgrade() {
                    desk.decide(conflict.clone(), other);
                }
            })
        };
        let other = &conflict.other;
        self.other.replace_with([el("div")
            .class("notice conflict")
            .attr("role", "group")
            .attr("aria-label", &context.text("sync_conflict"))
            .child(dom::icon(icons::BANG))
            .child(
                el("div")
                    .class("words")
                    .child(el("strong").text(&context.text("sync_conflict")))
                    .child(el("p").class("helper").text(&desk.when(other.at)))
                    .child(el("p").class("old").attr("dir", "auto").text(&other.text))
                    .child(
                        el("div")
                            .class("buttons")
                            .child(choice("sync_conflict_take", true))
                            .child(choice("sync_conflict_keep", false)),
                    ),
            )]);
    }

    /// When it was written, and what it said before.
    fn tell(&self) {
        let Some(desk) = self.desk.upgrade() else {
            return;
        };
        let context = &desk.context;
        self.printed.say(&self.field.value());
        let held = self.held.borrow();
        let Some(item) = held.as_ref().map(|held| &held.record) else {
            return self.about.say(&context.text("evidence_note_empty"));
        };
        let when = |moment| desk.when(moment);
        let mut about = context.with("evidence_written", &[&when(item.made)]);
        if item.changed.since(item.made).0 >= 60_000 {
            about = format!(
                "{about} · {}",
                context.with("evidence_edited", &[&when(item.changed)])
            );
        }
        if let Some(line) = desk.line_name(&item.place) {
            about = format!("{line} · {about}");
        }
        self.about.say(&about);
        let versions = item.note().map_or(&[][..], |note| &note.earlier);
        if versions.is_empty() {
            return self.earlier.replace_with([]);
        }
        let summary = context.counted("evidence_versions", versions.len(), &[]);
        let rows = versions.iter().rev().map(|version| {
            let (field, text) = (self.field.clone(), version.text.clone());
            let editor = self.desk.clone();
            let id = self.id.clone();
            let back = dom::button("plain", &context.text("evidence_bring_back"), move || {
                field.write(&text);
                if let Some(desk) = editor.upgrade() {
                    desk.save_note(&id);
                }
            });
            el("li")
                .child(el("p").class("helper").text(&when(version.at)))
                .child(el("p").class("old").attr("dir", "auto").text(&version.text))
                .child(back)
        });
        self.earlier.replace_with([el("details")
            .child(el("summary").text(&summary))
            .child(el("ul").class("versions").children(rows))]);
    }

    /// Into the bin. A note that was never saved is only taken away.
    fn throw(self: &Rc<Self>) {
        self.timer.take();
        self.pending.set(false);
        let Some(desk) = self.desk.upgrade() else {
            return;
        };
        let held = self.held.borrow().clone();
        match held {
            None => {
                self.field.write("");
                desk.drop_editor(&self.id);
            }
            Some(held) => {
                // What was written last is kept with it.
                let text = self.field.value();
                let item = held.record.written(&text, clock::now());
                desk.throw(Held {
                    record: item,
                    sequence: held.sequence,
                });
            }
        }
    }
}
