//! The evidence of all orders.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::backup;
use super::keeper::{self, Keeper};
use crate::browser::clock;
use crate::domain::evidence::{Content, Item};
use crate::domain::order::OrderId;
use crate::icons;
use crate::pages::Context;
use crate::pages::dom::{self, El, Timer, el};
use crate::pages::frame::{self, Here};
use crate::store::locker::Held;

/// Orders that are drawn at once: nobody reads more.
const ROWS: usize = 200;

struct Overview {
    context: Rc<Context>,
    keeper: Rc<Keeper>,
    items: RefCell<Vec<Held<Item>>>,
    titles: RefCell<BTreeMap<OrderId, String>>,
    words: RefCell<String>,
    typing: RefCell<Option<Timer>>,
    list: El,
    failed: El,
    /// The reminder that a backup is due.
    due: El,
}

pub async fn show(context: Rc<Context>, keeper: Rc<Keeper>) {
    let page = Rc::new(Overview {
        items: RefCell::default(),
        titles: RefCell::default(),
        words: RefCell::default(),
        typing: RefCell::default(),
        list: el("div").class("card").id("orders"),
        failed: el("div"),
        due: el("div"),
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
    let items = page.items.borrow().clone();
    let _ = page.keeper.clear_bin(&items).await;
    // What nobody names any more is no loss, and what cannot be thrown away now is later.
    let _ = page.keeper.locker.sweep(clock::now()).await;
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
            backup::is_due(items.iter().map(|held| &held.record), made, clock::now())
        };
        let notice = due.then(|| {
            let link = el("a")
                .class("button")
                .attr("href", "#save-backup")
                .text(&self.context.text("evidence_backup_to"));
            let words = el("div")
                .class("words")
                .child(el("strong").text(&self.context.text("evidence_backup_due")))
                .child(el("div").class("buttons").child(link));
            el("div")
                .class("notice")
                .child(dom::icon(icons::BANG))
                .child(words)
        });
        self.due.replace_with(notice);
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
                page.typing.replace(Some(Timer::after(60, move || {
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
        let context = &self.context;
        let items = self.items.borrow();
        let words = self.words.borrow();
        let titles = self.titles.borrow();
        let mut orders: BTreeMap<&OrderId, Vec<&Item>> = BTreeMap::new();
        for held in &*items {
            let item = &held.record;
            let title = titles.get(&item.place.order);
            let found = words.is_empty()
                || item.contains(&words)
                || title.is_some_and(|title| title.to_lowercase().contains(words.as_str()));
            if found && item.binned.is_none() {
                orders.entry(&item.place.order).or_default().push(item);
            }
        }
        if orders.is_empty() {
            let key = if items.iter().any(|held| held.record.binned.is_none()) {
                "evidence_not_found"
            } else {
                "evidence_none"
            };
            return self
                .list
                .replace_with([el("p").class("empty").text(&context.text(key))]);
        }
        let last = |items: &[&Item]| items.iter().map(|item| item.changed).max();
        let mut orders: Vec<_> = orders.into_iter().collect();
        orders.sort_by_key(|(_, items)| std::cmp::Reverse(last(items)));
        let now = clock::now();
        let rows = orders.iter().take(ROWS).map(|(order, items)| {
            let count =
                |is: fn(&Content) -> bool| items.iter().filter(|item| is(&item.content)).count();
            let counts = [
                (
                    "evidence_notes_count",
                    count(|content| matches!(content, Content::Note(_))),
                ),
                (
                    "evidence_files_count",
                    count(|content| matches!(content, Content::File(_))),
                ),
                (
                    "evidence_said_count",
                    count(|content| matches!(content, Content::Excerpt(_))),
                ),
            ];
            let counts = counts.into_iter().filter(|(_, count)| *count > 0);
            let mut about: Vec<String> = counts
                .map(|(key, count)| context.counted(key, count, &[]))
                .collect();
            about.extend(last(items).map(|last| context.wording.when(last, now)));
            let title = titles
                .get(order)
                .cloned()
                .unwrap_or_else(|| context.with("dashboard_order", &[order.as_str()]));
            el("li")
                .child(
                    el("a")
                        .attr("href", &format!("#order={order}"))
                        .child(el("bdi").attr("dir", "auto").text(&title)),
                )
                .child(el("p").class("helper").text(&about.join(" · ")))
        });
        let rows: Vec<El> = rows.collect();
        self.list
            .replace_with([el("ul").class("orders").children(rows)]);
    }
}
