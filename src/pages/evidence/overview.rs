//! The evidence of all orders.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::backup;
use super::keeper::{self, Keeper};
use crate::archive::due;
use crate::browser::clock;
use crate::domain::evidence::{Content, Item};
use crate::domain::order::OrderId;
use crate::domain::time::Moment;
use crate::icons;
use crate::pages::Context;
use crate::pages::dom::{self, El, Timer, el};
use crate::pages::frame::{self, Here};
use crate::pages::problems;
use crate::store::locker::Held;

/// Orders that are shown: nobody reads more.
const ROWS: usize = 200;
/// Those that are drawn at once; the others follow when these can be seen.
const AT_ONCE: usize = 20;
/// Milliseconds from the last letter until it is searched for.
const PAUSE: i32 = 30;

/// What is found of one order.
struct Found {
    order: OrderId,
    /// Notes, files, and what pages said.
    counts: [usize; 3],
    last: Moment,
}

struct Overview {
    context: Rc<Context>,
    keeper: Rc<Keeper>,
    items: RefCell<Vec<Held<Item>>>,
    /// What each of them is found by.
    searched: RefCell<Vec<String>>,
    titles: RefCell<BTreeMap<OrderId, String>>,
    words: RefCell<String>,
    typing: RefCell<Option<Timer>>,
    /// The rows that are still to be drawn.
    rest: RefCell<Option<Timer>>,
    list: El,
    failed: El,
    /// The reminder that a backup is due.
    due: El,
    /// The notes that were changed in two browsers at once.
    undecided: El,
}

pub async fn show(context: Rc<Context>, keeper: Rc<Keeper>) {
    let page = Rc::new(Overview {
        items: RefCell::default(),
        searched: RefCell::default(),
        titles: RefCell::default(),
        words: RefCell::default(),
        typing: RefCell::default(),
        rest: RefCell::default(),
        list: el("div").class("card").id("orders"),
        failed: el("div"),
        due: el("div"),
        undecided: el("div"),
        context,
        keeper,
    });
    page.read().await;
    let side = frame::side(&page.context, Here::Evidence, None, 0, 0);
    let shell = el("div")
        .class("shell")
        .child(el("div").class("side-column").child(side))
        .child(page.view());
    dom::body().replace_with([shell]);
    let followed = Rc::clone(&page);
    page.keeper.follow(move || {
        let page = Rc::clone(&followed);
        wasm_bindgen_futures::spawn_local(async move { page.read().await });
    });
    page.keeper.check().await;
    let items = page.items.borrow().clone();
    let _ = page.keeper.clear_bin(&items).await;
    // What nobody names any more is no loss, and what cannot be thrown away now is later.
    let _ = page.keeper.locker.sweep(clock::now()).await;
    backup::clear(clock::now()).await;
}

impl Overview {
    async fn read(self: &Rc<Self>) {
        match self.keeper.all().await {
            Ok(kept) => {
                let mut orders: Vec<OrderId> = kept
                    .items
                    .iter()
                    .map(|held| held.record.place.order.clone())
                    .collect();
                orders.sort();
                orders.dedup();
                let records = self
                    .context
                    .store
                    .records(&orders)
                    .await
                    .unwrap_or_default();
                let titles = records
                    .iter()
                    .map(|record| (record.id.clone(), self.context.wording.order_title(record)));
                self.titles.replace(titles.collect());
                let searched = kept.items.iter().map(|held| held.record.searched());
                self.searched.replace(searched.collect());
                self.items.replace(kept.items);
                self.failed.replace_with([]);
                if kept.unreadable > 0 {
                    let words = self
                        .context
                        .counted("evidence_unreadable", kept.unreadable, &[]);
                    self.failed.replace_with([el("div")
                        .class("notice failed")
                        .child(dom::icon(icons::BANG))
                        .child(el("p").class("words").text(&words))]);
                }
            }
            Err(trouble) => {
                let notice = keeper::notice(&self.context, "evidence_not_read", &trouble);
                self.failed.replace_with([notice]);
            }
        }
        self.draw();
        let made = self.context.store.backup_made().await.ok().flatten();
        let due = {
            let items = self.items.borrow();
            due::is_due(items.iter().map(|held| &held.record), made, clock::now())
        };
        self.due
            .replace_with(due.then(|| problems::backup_due(&self.context, "#save-backup")));
        self.undecided
            .replace_with(self.ask(self.keeper.undecided().await));
    }

    /// Leads to the orders with notes that the user has to decide about.
    fn ask(&self, orders: Vec<OrderId>) -> Option<El> {
        if orders.is_empty() {
            return None;
        }
        let titles = self.titles.borrow();
        let links = orders.iter().map(|order| {
            let title = titles.get(order).cloned();
            let number = || self.context.with("dashboard_order", &[order.as_str()]);
            let link = el("a").attr("href", &format!("#order={order}"));
            let title = title.unwrap_or_else(number);
            el("li").child(link.child(el("bdi").attr("dir", "auto").text(&title)))
        });
        let words = el("div")
            .class("words")
            .child(el("strong").text(&self.context.text("sync_undecided")))
            .child(el("ul").children(links));
        Some(
            el("div")
                .class("notice")
                .id("undecided")
                .child(dom::icon(icons::BANG))
                .child(words),
        )
    }

    fn view(self: &Rc<Self>) -> El {
        let context = &self.context;
        let page = Rc::downgrade(self);
        let name = context.text("evidence_search");
        let field = el("input")
            .attr("type", "search")
            .id("search")
            .attr("aria-label", &name)
            .attr("placeholder", &name)
            .on("input", move |_| {
                let Some(page) = page.upgrade() else { return };
                let Some(field) = dom::by_id("search") else {
                    return;
                };
                page.words.replace(field.value().trim().to_lowercase());
                let drawn = Rc::downgrade(&page);
                page.typing.replace(Some(Timer::after(PAUSE, move || {
                    if let Some(page) = drawn.upgrade() {
                        page.draw();
                    }
                })));
            });
        let restored = Rc::downgrade(self);
        let head = el("header")
            .class("head")
            .child(el("h1").text(&context.text("evidence_title")))
            .child(
                el("div")
                    .class("search")
                    .child(dom::icon(icons::SEARCH))
                    .child(field),
            );
        el("main")
            .id("main")
            .child(head)
            .child(self.failed.clone())
            .child(self.due.clone())
            .child(self.undecided.clone())
            .child(self.list.clone())
            .child(backup::section(context, &self.keeper, move || {
                let page = restored.upgrade();
                wasm_bindgen_futures::spawn_local(async move {
                    if let Some(page) = page {
                        page.read().await;
                    }
                });
            }))
    }

    fn draw(self: &Rc<Self>) {
        let mut found = self.found();
        if found.is_empty() {
            let items = self.items.borrow();
            let key = if items.iter().any(|held| held.record.binned.is_none()) {
                "evidence_not_found"
            } else {
                "evidence_none"
            };
            self.rest.take();
            return self
                .list
                .replace_with([el("p").class("empty").text(&self.context.text(key))]);
        }
        found.sort_by_key(|one| std::cmp::Reverse(one.last));
        found.truncate(ROWS);
        let rest = found.split_off(found.len().min(AT_ONCE));
        let rows = el("ul")
            .class("orders")
            .children(found.iter().map(|one| self.row(one)));
        self.list.replace_with([rows.clone()]);
        let page = Rc::downgrade(self);
        let later = Timer::after(0, move || {
            if let Some(page) = page.upgrade() {
                for one in &rest {
                    rows.append(&page.row(one));
                }
            }
        });
        self.rest.replace(Some(later));
    }

    /// The orders of which something contains the words.
    fn found(&self) -> Vec<Found> {
        let (items, searched) = (self.items.borrow(), self.searched.borrow());
        let (words, titles) = (self.words.borrow(), self.titles.borrow());
        let titled = titles
            .iter()
            .filter(|(_, title)| title.to_lowercase().contains(words.as_str()));
        let titled: BTreeSet<&OrderId> = titled.map(|(order, _)| order).collect();
        let mut orders: BTreeMap<&OrderId, Found> = BTreeMap::new();
        for (held, searched) in items.iter().zip(&*searched) {
            let item = &held.record;
            let order = &item.place.order;
            let found = searched.contains(words.as_str()) || titled.contains(order);
            if !found || item.binned.is_some() {
                continue;
            }
            let found = orders.entry(order).or_insert_with(|| Found {
                order: order.clone(),
                counts: [0; 3],
                last: item.changed,
            });
            let [notes, files, said] = &mut found.counts;
            *match item.content {
                Content::Note(_) => notes,
                Content::File(_) => files,
                Content::Excerpt(_) => said,
            } += 1;
            found.last = found.last.max(item.changed);
        }
        orders.into_values().collect()
    }

    fn row(&self, found: &Found) -> El {
        let context = &self.context;
        let keys = [
            "evidence_notes_count",
            "evidence_files_count",
            "evidence_said_count",
        ];
        let counts = keys.into_iter().zip(found.counts);
        let counts = counts.filter(|(_, count)| *count > 0);
        let mut about: Vec<String> = counts
            .map(|(key, count)| context.counted(key, count, &[]))
            .collect();
        about.push(context.wording.when(found.last, clock::now()));
        let order = &found.order;
        let title = self.titles.borrow().get(order).cloned();
        let title = title.unwrap_or_else(|| context.with("dashboard_order", &[order.as_str()]));
        el("li")
            .child(
                el("a")
                    .attr("href", &format!("#order={order}"))
                    .child(el("bdi").attr("dir", "auto").text(&title)),
            )
            .child(el("p").class("helper").text(&about.join(" · ")))
    }
}
