//! The evidence of one order.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use super::adding::Adding;
use super::editor::Editor;
use super::keeper::{self, Keeper};
use super::{Stand, checklist, tiles};
use crate::browser::{clock, host_page, random};
use crate::domain::evidence::{Conflict, Content, Excerpt, Item, ItemId, Place, ShopPage};
use crate::domain::ledger::Record;
use crate::domain::order::{OrderId, OrderLine};
use crate::domain::sighting::Page;
use crate::domain::time::Moment;
use crate::icons;
use crate::pages::Context;
use crate::pages::dom::{self, El, Timer, el};
use crate::pages::frame::{self, Here};
use crate::pages::keeping;
use crate::pages::shop_page::page_key;
use crate::site::address;
use crate::store::locker::{Held, Kind, Trouble};
use crate::wording::shorten;

pub struct Desk {
    pub context: Rc<Context>,
    pub keeper: Rc<Keeper>,
    pub order: OrderId,
    record: Option<Record>,
    /// What is kept, in the order of time, also in the bin.
    items: RefCell<Vec<Held<Item>>>,
    editors: RefCell<Vec<Rc<Editor>>>,
    /// What the user has to decide.
    conflicts: RefCell<Vec<Conflict>>,
    /// The order line that is chosen for what is added.
    line: Cell<Option<u8>>,
    /// Whether something is waiting to be saved, or could not be.
    status: El,
    notes: El,
    files: El,
    excerpts: El,
    /// Links to pages whose words can be kept.
    pages: El,
    bin: El,
    points: El,
    /// What the user says has happened.
    happened: RefCell<String>,
    failed: El,
    /// That nothing leaves this computer; or what does.
    stays: El,
    pub adding: Rc<Adding>,
    /// Whether the page can end up on paper, where nobody knows which day was today.
    in_full: bool,
    /// What is kept is read again soon.
    again: RefCell<Option<Timer>>,
}

/// Milliseconds without another change until what is kept is read again.
const AGAIN_MS: i32 = 150;
/// In which what is being saved has to be saved for the drawer to close by itself.
const LIMIT_MS: u32 = 1_500;
/// Between two looks at whether it is.
const LOOK_MS: u32 = 20;

pub async fn show(context: Rc<Context>, keeper: Rc<Keeper>, order: OrderId, stand: Stand) {
    let record = context.store.record(&order).await.ok().flatten();
    let read = keeper.of_order(&order).await;
    let desk = Rc::new_cyclic(|desk: &Weak<Desk>| Desk {
        adding: Adding::new(&context, desk.clone()),
        context,
        keeper,
        order,
        record,
        items: RefCell::default(),
        editors: RefCell::default(),
        conflicts: RefCell::default(),
        line: Cell::default(),
        status: el("p").class("status").attr("role", "status"),
        notes: el("ul").class("notes"),
        files: el("ul").class("tiles"),
        excerpts: el("ul").class("excerpts"),
        pages: el("ul").class("pages").id("pages-to-keep"),
        bin: el("div"),
        points: el("div").class("checklist"),
        happened: RefCell::default(),
        failed: el("div"),
        stays: el("p").class("helper stays"),
        in_full: stand == Stand::Alone,
        again: RefCell::default(),
    });
    match read {
        Ok(kept) => {
            if kept.unreadable > 0 {
                desk.say_unreadable(kept.unreadable);
            }
            desk.items.replace(in_order(kept.items));
        }
        Err(trouble) => desk.say_failed("evidence_not_read", &trouble),
    }
    desk.conflicts
        .replace(desk.keeper.conflicts(&desk.order).await);
    let shared = desk.context.store.is_sync_on().await.unwrap_or_default();
    desk.stays.say(&desk.context.text(if shared {
        "sync_leaves_on"
    } else {
        "evidence_stays"
    }));
    desk.draw_all();
    let view = desk.view(&stand);
    match stand {
        Stand::Alone => {
            let side = frame::side(&desk.context, Here::Evidence, None, 0, 0);
            let side = el("div").class("side-column").child(side);
            let shell = el("div").class("shell").child(side).child(view);
            dom::body().replace_with([shell]);
        }
        Stand::Part | Stand::Drawer { .. } => dom::body().replace_with([view]),
    }
    desk.listen(&stand);
    if let Stand::Drawer { key, reads: true } = &stand {
        let (asking, key) = (Rc::clone(&desk), key.clone());
        spawn_local(async move { asking.link_listings(&key).await });
    }
    if matches!(stand, Stand::Drawer { .. })
        && let Some(editor) = desk.editors.borrow().first()
    {
        editor.focus();
    }
    desk.keeper.check().await;
    let items = desk.items.borrow().clone();
    // What cannot be thrown away now is later.
    let _ = desk.keeper.clear_bin(&items).await;
}

impl Desk {
    fn view(self: &Rc<Self>, stand: &Stand) -> El {
        let context = &self.context;
        let text = |key| context.text(key);
        let title = match &self.record {
            Some(record) => context.wording.order_title(record),
            None => context.with("dashboard_order", &[self.order.as_str()]),
        };
        let heading = el("h1").child(el("bdi").attr("dir", "auto").text(&title));
        let mut head = el("header").class("head").child(heading);
        if *stand == Stand::Alone {
            head = el("div")
                .child(
                    el("a")
                        .class("button plain back")
                        .attr("href", "#")
                        .child(dom::icon(icons::BACK))
                        .child(el("span").text(&text("evidence_title"))),
                )
                .child(head);
        }
        if *stand == Stand::Alone {
            let desk = Rc::downgrade(self);
            let print = dom::button("", &text("evidence_print"), move || {
                if let Some(desk) = desk.upgrade() {
                    spawn_local(async move {
                        let files = desk.items.borrow().clone();
                        let there = |held: &Held<Item>| held.record.binned.is_none();
                        tiles::enlarge(&desk, files.into_iter().filter(there).collect()).await;
                        dom::print_window();
                    });
                }
            });
            head = head
                .child(el("div").class("buttons").child(print))
                .child(self.history());
        }
        let mut main = el("main")
            .id("main")
            .child(head)
            .children(self.line_choice())
            .child(self.status.clone())
            .child(self.failed.clone());
        let desk = Rc::downgrade(self);
        let another = dom::button("", &text("evidence_note_add"), move || {
            if let Some(desk) = desk.upgrade() {
                desk.begin_note();
            }
        })
        .id("another-note");
        main = main.child(
            section("notes-title", &text("evidence_notes"))
                .child(self.notes.clone())
                .child(el("div").class("buttons").child(another)),
        );
        main = main.child(
            section("files-title", &text("evidence_files"))
                .child(self.adding.view(context))
                .child(self.files.clone()),
        );
        let mut said = section("said-title", &text("evidence_said"));
        if let Stand::Drawer { key, reads: true } = stand {
            let (desk, key) = (Rc::downgrade(self), key.clone());
            let button = dom::button("", &text("evidence_save_page"), move || {
                if let Some(desk) = desk.upgrade() {
                    let key = key.clone();
                    spawn_local(async move { desk.save_page(&key).await });
                }
            })
            .id("save-page");
            said = said.child(el("div").class("buttons").child(button));
        } else {
            said = said.child(el("p").class("helper").text(&text("evidence_said_where")));
        }
        let elsewhere = |record: &Record| record.is_only_on(Page::OrderListRu);
        if !self.record.as_ref().is_some_and(elsewhere) {
            self.link_page(
                ShopPage::Of(Page::OrderDetail),
                &address::detail(&self.order),
                "",
            );
            self.link_page(
                ShopPage::Of(Page::Tracking),
                &address::tracking(&self.order),
                "",
            );
        }
        said = said
            .child(el("p").class("helper").text(&text("evidence_said_open")))
            .child(self.pages.clone());
        main = main.child(said.child(self.excerpts.clone()));
        main = main.child(
            section("checklist-title", &text("evidence_checklist"))
                .child(checklist::choice(self))
                .child(self.points.clone()),
        );
        main.child(self.bin.clone()).child(self.stays.clone())
    }

    /// A link to a page of the shop, beside which the drawer opens, so that what it says can be kept.
    fn link_page(&self, page: ShopPage, address: &str, title: &str) {
        let link = el("a")
            .attr("href", &address::for_evidence(address, &self.order))
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer")
            .text(&self.context.text(page_key(page)));
        let title = (!title.is_empty()).then(|| {
            el("bdi")
                .attr("dir", "auto")
                .text(&[" · ", &shorten(title)].concat())
        });
        self.pages.append(&el("li").child(link.children(title)));
    }

    /// Links to the listings that the page around this one knows.
    async fn link_listings(&self, key: &str) {
        let texts = host_page::ask(host_page::Asked::Listings, key).await;
        for pair in texts.chunks_exact(2) {
            if let [address, title] = pair
                && address::listing(address, "").as_ref() == Some(address)
            {
                self.link_page(ShopPage::Listing, address, title);
            }
        }
    }

    /// What is known of the order, with where and when it was read: for paper.
    fn history(&self) -> El {
        let context = &self.context;
        let sightings = self.record.iter().flat_map(|record| &record.sightings);
        let rows = sightings.map(|sighting| {
            let page = context.text(page_key(ShopPage::Of(sighting.page)));
            let when = self.when(sighting.first);
            el("li")
                .child(el("bdi").attr("dir", "auto").text(&sighting.text))
                .child(el("p").class("helper").text(&format!("{page}, {when}")))
        });
        el("div")
            .class("printed")
            .child(el("p").text(&context.with("dashboard_order", &[self.order.as_str()])))
            .child(el("ul").children(rows))
    }

    /// The choice between the order as a whole and its lines, where it has several.
    fn line_choice(self: &Rc<Self>) -> Option<El> {
        let lines = self.lines();
        if lines.len() < 2 {
            return None;
        }
        let context = &self.context;
        let option =
            |value: String, name: &str| el("option").attr("value", &value).text(&shorten(name));
        let whole = option("0".to_owned(), &context.text("evidence_whole_order"));
        let lines = lines.iter().zip(1_u8..);
        let lines = lines.map(|(line, number)| option(number.to_string(), &line.title));
        let desk = Rc::downgrade(self);
        let choice = el("select")
            .id("line")
            .child(whole)
            .children(lines)
            .on("change", move |_| {
                if let Some(desk) = desk.upgrade() {
                    let chosen = dom::by_id("line").and_then(|field| field.value().parse().ok());
                    desk.line.set(chosen.filter(|number| *number > 0));
                }
            });
        Some(
            el("p")
                .class("choice")
                .child(
                    el("label")
                        .attr("for", "line")
                        .text(&context.text("evidence_about")),
                )
                .child(choice),
        )
    }

    fn lines(&self) -> &[OrderLine] {
        let lines = self
            .record
            .as_ref()
            .and_then(|record| record.lines.as_ref());
        lines.map_or(&[], |lines| &lines.value)
    }

    /// What new evidence is about.
    pub fn place(&self) -> Place {
        Place {
            order: self.order.clone(),
            line: self.line.get(),
        }
    }

    /// When something was written, added or read.
    pub fn when(&self, moment: Moment) -> String {
        if self.in_full {
            self.context.wording.on(moment)
        } else {
            self.context.wording.when(moment, clock::now())
        }
    }

    /// The order line that a piece is about, where it is about one.
    pub fn line_name(&self, place: &Place) -> Option<String> {
        let at = usize::from(place.line?).checked_sub(1)?;
        let line = self.lines().get(at)?;
        Some(shorten(&line.title))
    }

    fn listen(self: &Rc<Self>, stand: &Stand) {
        let desk = Rc::clone(self);
        dom::on_window("pagehide", move || desk.save_all());
        let desk = Rc::clone(self);
        dom::on_window("blur", move || desk.save_all());
        let desk = Rc::clone(self);
        self.keeper.follow(move || {
            let again = Rc::clone(&desk);
            // When one thing after the other is kept, it is read when they are.
            desk.again.replace(Some(Timer::after(AGAIN_MS, move || {
                let desk = Rc::clone(&again);
                spawn_local(async move { desk.read_again().await });
            })));
        });
        let body = dom::body();
        if let Stand::Drawer { key, .. } = stand {
            let (desk, key) = (Rc::clone(self), key.clone());
            let _ = body.clone().on("keydown", move |event| {
                if dom::key_of(&event).as_deref() == Some("Escape") {
                    let (desk, key) = (Rc::clone(&desk), key.clone());
                    spawn_local(async move {
                        // What cannot be saved stays where it was written, and why it could not be stands above it.
                        if desk.saved().await {
                            host_page::ask(host_page::Asked::Close, &key).await;
                        }
                    });
                }
            });
            // The page around this one is about to take it away. That is all it ever says, and whoever else says something does no harm.
            let desk = Rc::clone(self);
            dom::on_window("message", move || desk.save_all());
        }
        self.adding.listen(&body);
    }

    fn save_all(&self) {
        for editor in &*self.editors.borrow() {
            if editor.is_unsaved() {
                editor.save();
            }
        }
    }

    /// Saves everything that was written, and says whether all of it is kept.
    async fn saved(&self) -> bool {
        self.save_all();
        let mut waited = 0;
        loop {
            let editors = self.editors.borrow().clone();
            if !editors.iter().any(|editor| editor.is_saving()) {
                return !editors.iter().any(|editor| editor.is_unsaved());
            }
            if waited >= LIMIT_MS {
                return false;
            }
            TimeoutFuture::new(LOOK_MS).await;
            waited += LOOK_MS;
        }
    }

    pub fn save_note(&self, id: &ItemId) {
        let editor = self
            .editors
            .borrow()
            .iter()
            .find(|editor| editor.id() == id)
            .cloned();
        if let Some(editor) = editor {
            editor.save();
        }
    }

    async fn read_again(self: &Rc<Self>) {
        let Ok(kept) = self.keeper.of_order(&self.order).await else {
            return;
        };
        let items = in_order(kept.items);
        let conflicts = self.keeper.conflicts(&self.order).await;
        if *self.items.borrow() != items || *self.conflicts.borrow() != conflicts {
            self.items.replace(items);
            self.conflicts.replace(conflicts);
            dom::keeping_focus(|| self.draw_all());
        }
    }

    /// Keeps a note as the user has decided between two texts.
    pub fn decide(self: &Rc<Self>, conflict: Conflict, other: bool) {
        // What is being written comes first.
        self.save_all();
        let desk = Rc::clone(self);
        spawn_local(async move {
            let keeping = desk.keeper.decide(&conflict, other);
            match keeping::kept(keeping, Self::late(Rc::downgrade(&desk))).await {
                Ok(()) => {
                    desk.read_again().await;
                    desk.say_saved();
                }
                Err(trouble) => desk.say_not_saved(&trouble),
            }
        });
    }

    /// Takes in a piece as it is kept now.
    pub fn put(self: &Rc<Self>, held: Held<Item>) {
        let mut items = self.items.borrow_mut();
        let known = items
            .iter_mut()
            .find(|known| known.record.id == held.record.id);
        let is_new = known.is_none();
        match known {
            Some(known) => *known = held.clone(),
            None => items.push(held.clone()),
        }
        drop(items);
        // Of thousands that are added, each is drawn once.
        if is_new && held.record.binned.is_none() && held.record.file().is_some() {
            tiles::append(self, &self.files, &held);
            return self.draw_points(&self.items.borrow());
        }
        dom::keeping_focus(|| self.draw_all());
    }

    /// The piece by which the order has this file already, outside of the bin.
    pub fn having(&self, hash: &crate::domain::evidence::Sha256) -> Option<Held<Item>> {
        let items = self.items.borrow();
        let mut files = items.iter().filter(|held| held.record.binned.is_none());
        files
            .find(|held| held.record.file().is_some_and(|file| file.hash == *hash))
            .cloned()
    }

    /// Puts a piece into the bin.
    pub fn throw(self: &Rc<Self>, held: Held<Item>) {
        let item = held.record.thrown(clock::now());
        self.change(item, held.sequence);
    }

    /// Keeps a changed piece.
    fn change(self: &Rc<Self>, item: Item, sequence: u64) {
        let desk = Rc::clone(self);
        spawn_local(async move {
            let keeping = desk.keeper.save(item, Some(sequence));
            match keeping::kept(keeping, Self::late(Rc::downgrade(&desk))).await {
                Ok(held) => {
                    desk.put(held);
                    desk.say_saved();
                }
                Err(trouble) => desk.say_not_saved(&trouble),
            }
        });
    }

    /// What the page around this one says now.
    async fn save_page(self: &Rc<Self>, key: &str) {
        let texts = host_page::ask(host_page::Asked::Read, key).await;
        let mut texts = texts.into_iter();
        let page = texts.next().and_then(|name| ShopPage::named(&name));
        let address = texts.next().unwrap_or_default();
        let excerpt = page.map(|page| Excerpt::new(page, &address, texts));
        let Some(excerpt) = excerpt.filter(|excerpt| !excerpt.lines.is_empty()) else {
            return self.say("evidence_page_silent");
        };
        let id = ItemId::drawn(random::bytes());
        let item = Item::new(id, self.place(), clock::now(), Content::Excerpt(excerpt));
        let keeping = self.keeper.add(item);
        match keeping::kept(keeping, Self::late(Rc::downgrade(self))).await {
            Ok(held) => {
                self.put(held);
                self.say_saved();
            }
            Err(trouble) => self.say_not_saved(&trouble),
        }
    }

    // ---- what is said ------------------------------------------------------------------------------------------------

    pub fn say_saving(&self) {
        self.status.set("data-state", Some("saving"));
        self.status.say(&self.context.text("evidence_saving"));
    }

    pub fn say_saved(&self) {
        let now = clock::now();
        let when = self.context.wording.when(now, now);
        self.failed.replace_with([]);
        self.status.set("data-state", Some("saved"));
        self.status
            .say(&self.context.with("evidence_saved", &[&when]));
    }

    /// What was written is what is kept.
    pub fn say_unchanged(&self) {
        if self.status.attribute("data-state").as_deref() == Some("saving") {
            self.say_saved();
        }
    }

    fn say(&self, key: &str) {
        self.status.set("data-state", None);
        self.status.say(&self.context.text(key));
    }

    /// The browser cannot make a copy of a picture.
    pub fn say_no_copy(&self) {
        self.say("evidence_no_copy");
    }

    /// Says that nothing is saved yet.
    pub fn late(desk: Weak<Self>) -> impl FnMut() + 'static {
        move || {
            if let Some(desk) = desk.upgrade() {
                desk.say_not_saved(&Trouble::new(Kind::Hung, ""));
            }
        }
    }

    pub fn say_not_saved(&self, trouble: &Trouble) {
        self.status.set("data-state", Some("not-saved"));
        self.status.say(&self.context.text("evidence_not_saved"));
        self.say_failed("evidence_not_saved", trouble);
    }

    fn say_failed(&self, what: &str, trouble: &Trouble) {
        self.failed
            .replace_with([keeper::notice(&self.context, what, trouble)]);
    }

    fn say_unreadable(&self, count: usize) {
        let words = self.context.counted("evidence_unreadable", count, &[]);
        let words = el("div").class("words").child(el("p").text(&words));
        self.failed.replace_with([el("div")
            .class("notice failed")
            .child(dom::icon(icons::BANG))
            .child(words)]);
    }

    // ---- what is drawn -----------------------------------------------------------------------------------------------

    fn draw_all(self: &Rc<Self>) {
        self.draw_notes();
        let items = self.items.borrow();
        let there = items.iter().filter(|held| held.record.binned.is_none());
        let files = there.clone().filter(|held| held.record.file().is_some());
        tiles::draw(self, &self.files, files);
        let excerpts = there.filter_map(|held| match &held.record.content {
            Content::Excerpt(excerpt) => Some(self.excerpt(held, excerpt)),
            _ => None,
        });
        self.excerpts.replace_with(excerpts);
        self.draw_bin(&items);
        self.draw_points(&items);
    }

    fn draw_points(&self, items: &[Held<Item>]) {
        let items: Vec<&Item> = items.iter().map(|held| &held.record).collect();
        let points = checklist::points(self, &self.happened.borrow(), &items);
        self.points.replace_with(points);
    }

    /// What has happened decides what is to be shown.
    pub fn choose_happened(&self, happened: &str) {
        self.happened.replace(happened.to_owned());
        self.draw_points(&self.items.borrow());
    }

    /// Editors stay where they are: the user may be writing in one.
    fn draw_notes(self: &Rc<Self>) {
        let items = self.items.borrow().clone();
        let notes: Vec<_> = items
            .into_iter()
            .filter(|held| held.record.binned.is_none() && held.record.note().is_some())
            .collect();
        let mut editors = self.editors.borrow_mut();
        let binned = |editor: &Rc<Editor>| {
            let known = self.items.borrow();
            let known = known.iter().find(|held| held.record.id == *editor.id());
            known.is_some_and(|held| held.record.binned.is_some())
        };
        let before: Vec<ItemId> = editors.iter().map(|editor| editor.id().clone()).collect();
        editors.retain(|editor| !binned(editor));
        for held in notes {
            match editors.iter().find(|editor| *editor.id() == held.record.id) {
                Some(editor) => editor.renew(&held),
                None => editors.push(Editor::new(self, Some(held))),
            }
        }
        if editors.is_empty() {
            editors.push(Editor::new(self, None));
        }
        let after: Vec<ItemId> = editors.iter().map(|editor| editor.id().clone()).collect();
        if before != after {
            let rows: Vec<El> = editors.iter().map(|editor| editor.root.clone()).collect();
            self.notes.replace_with(rows);
        }
        let conflicts = self.conflicts.borrow();
        for editor in &*editors {
            editor.ask(
                conflicts
                    .iter()
                    .find(|conflict| conflict.note == *editor.id()),
            );
        }
    }

    /// An empty note to write in, and the focus in it.
    fn begin_note(self: &Rc<Self>) {
        let editor = Editor::new(self, None);
        self.notes.append(&editor.root);
        editor.focus();
        self.editors.borrow_mut().push(editor);
    }

    pub fn drop_editor(self: &Rc<Self>, id: &ItemId) {
        let mut editors = self.editors.borrow_mut();
        if editors.len() > 1 {
            editors.retain(|editor| editor.id() != id);
            let rows: Vec<El> = editors.iter().map(|editor| editor.root.clone()).collect();
            self.notes.replace_with(rows);
        }
        if let Some(editor) = editors.last() {
            editor.focus();
        }
    }

    fn excerpt(self: &Rc<Self>, held: &Held<Item>, excerpt: &Excerpt) -> El {
        let context = &self.context;
        let page = context.text(page_key(excerpt.page));
        let when = self.when(held.record.made);
        let lines = excerpt
            .lines
            .iter()
            .map(|line| el("p").attr("dir", "auto").text(line));
        let name = format!("{page}, {when}");
        el("li")
            .child(
                el("details")
                    .child(el("summary").text(&name))
                    .child(el("div").class("quote").children(lines)),
            )
            .child(self.bin_button(held, &name))
    }

    /// The button that puts a piece into the bin.
    pub fn bin_button(self: &Rc<Self>, held: &Held<Item>, name: &str) -> El {
        let (desk, held) = (Rc::downgrade(self), held.clone());
        let words = self.context.text("evidence_to_bin");
        el("button")
            .attr("type", "button")
            .class("button plain")
            .attr("aria-label", &format!("{words}: {name}"))
            .attr("title", &words)
            .child(dom::icon(icons::BIN))
            .on("click", move |_| {
                if let Some(desk) = desk.upgrade() {
                    desk.throw(held.clone());
                }
            })
    }

    fn draw_bin(self: &Rc<Self>, items: &[Held<Item>]) {
        let now = clock::now();
        let context = &self.context;
        let binned: Vec<&Held<Item>> = items
            .iter()
            .filter(|held| held.record.binned.is_some() && !held.record.is_gone(now))
            .collect();
        if binned.is_empty() {
            return self.bin.replace_with([]);
        }
        let rows = binned.iter().map(|held| {
            let item = &held.record;
            let name = match &item.content {
                Content::Note(note) => shorten(&note.text),
                Content::File(file) => file.name.clone(),
                Content::Excerpt(excerpt) => excerpt.lines.first().cloned().unwrap_or_default(),
            };
            let leaves = item
                .leaves()
                .map(|leaves| context.wording.when(leaves, now));
            let (desk, item, sequence) = (Rc::downgrade(self), item.clone(), held.sequence);
            let back = dom::button("plain", &context.text("evidence_take_back"), move || {
                if let Some(desk) = desk.upgrade() {
                    desk.change(item.clone().taken_back(clock::now()), sequence);
                }
            });
            el("li")
                .child(
                    el("div")
                        .class("words")
                        .child(el("bdi").attr("dir", "auto").text(&name))
                        .children(leaves.map(|leaves| {
                            el("p")
                                .class("helper")
                                .text(&context.with("evidence_leaves", &[&leaves]))
                        })),
                )
                .child(back)
        });
        let summary = context.counted("evidence_bin", binned.len(), &[]);
        let open = !self.bin.find_all("details[open]").is_empty();
        let details = el("details")
            .class("bin")
            .child(el("summary").text(&summary))
            .child(el("ul").children(rows));
        if open {
            details.set("open", Some(""));
        }
        self.bin.replace_with([details]);
    }
}

/// In the order of time.
fn in_order(mut items: Vec<Held<Item>>) -> Vec<Held<Item>> {
    items.sort_by(|one, other| {
        (one.record.made, &one.record.id).cmp(&(other.record.made, &other.record.id))
    });
    items
}

fn section(id: &str, title: &str) -> El {
    el("section")
        .attr("aria-labelledby", id)
        .child(el("h2").id(id).text(title))
}
