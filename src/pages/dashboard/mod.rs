//! The dashboard: all orders by urgency, one order in full, and what could not be read.
//!
//! The part of the address after `#` says what is shown: `orders`, `order=<id>` or `problems`. So every view can be linked
//! to, and the browser's own back button works.

mod added;
mod after;
mod course;
pub mod detail;
mod dispute;
mod exports;
mod further;
mod given;
mod list;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;

use super::claims::Claims;
use super::dom::{self, El, Timer, el};
use super::frame::{self, Here};
use super::locker::{self, Locker};
use super::orders::Orders;
use super::problems::{self, Doing};
use super::records::Records;
use super::{Context, keeping, reminders};
use crate::archive::due;
use crate::browser::{clock, measure, runtime, storage};
use crate::domain::aftermath::Telling;
use crate::domain::ledger::Record;
use crate::domain::order::OrderId;
use crate::domain::reminders::{Asked, Kept};
use crate::domain::rules::Choices;
use crate::domain::time::Moment;
use crate::icons;
use crate::store::locker::is_locker_key;
use crate::store::sync::is_sync_key;
use crate::store::{
    Amiss, Damage, StorageError, Unkept, is_given_key, is_reminders_key, is_settings_key,
    is_unkept_key, order_of_key,
};
use added::Added;
use after::Keep;
use given::GivenEvents;
use list::Look;

/// Each row is drawn; nobody reads more at once.
const REMINDERS: reminders::Look = reminders::Look {
    rows: 100,
    link: |place| el("a").attr("href", &["#", place].concat()),
    heading: "h2",
};

/// What was read from storage, with the moment that everything on the page is counted for.
struct Data {
    orders: Orders,
    damaged: Vec<Damage>,
    amiss: Amiss,
    kept: Kept,
    failed: Option<StorageError>,
    /// Why nothing can be kept at present, if so.
    refuses: Option<StorageError>,
    /// How many orders there are, also those not read yet.
    count: usize,
    complete: bool,
    now: Moment,
    choices: Choices,
}

impl Data {
    fn new(
        read: Result<Records, StorageError>,
        amiss: Amiss,
        kept: Kept,
        choices: &Choices,
    ) -> Self {
        let now = clock::now();
        let (records, failed) = match read {
            Ok(records) => (records, None),
            Err(error) => (Records::default(), Some(error)),
        };
        Self {
            count: records.count(),
            complete: records.is_complete(),
            orders: Orders::new(records.found, now, choices),
            damaged: records.damaged,
            amiss,
            kept,
            failed,
            refuses: None,
            now,
            choices: choices.clone(),
        }
    }

    /// The same records, some of them replaced, counted for this moment.
    fn renewed(&mut self, changed: Vec<Record>) {
        self.now = clock::now();
        let mut records: Vec<Record> = std::mem::take(&mut self.orders)
            .all
            .into_iter()
            .map(|order| order.record)
            .collect();
        for new in changed {
            match records.iter_mut().find(|old| old.id == new.id) {
                Some(old) => *old = new,
                None => {
                    self.count += 1;
                    records.push(new);
                }
            }
        }
        self.orders = Orders::new(records, self.now, &self.choices);
    }

    fn problems(&self) -> usize {
        let unread: usize = self
            .orders
            .all
            .iter()
            .map(super::orders::Order::problems)
            .sum();
        unread + self.damaged.len() + self.amiss.count() + usize::from(self.refuses.is_some())
    }
}

/// What the address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Orders,
    Order(OrderId),
    Reminders,
    Problems,
}

impl Place {
    fn now() -> Self {
        let place = dom::place();
        match place.strip_prefix("order=").and_then(OrderId::new) {
            Some(id) => Self::Order(id),
            None if place == "problems" => Self::Problems,
            None if place == "reminders" => Self::Reminders,
            None => Self::Orders,
        }
    }

    /// Whether the list of orders is shown, with one of them in full or not.
    const fn is_list(&self) -> bool {
        matches!(self, Self::Orders | Self::Order(_))
    }
}

struct Dashboard {
    context: Rc<Context>,
    data: RefCell<Data>,
    /// Opened last: nothing waits for it.
    locker: RefCell<Option<Rc<Locker>>>,
    /// What the user has added, read when the locker is.
    added: RefCell<Added>,
    /// What calendars may hold, from files that were saved.
    given: Rc<GivenEvents>,
    look: RefCell<Look>,
    place: RefCell<Place>,
    /// Whether no more rows are drawn than fit on a screen: at first, for which nothing else is waited.
    brief: Cell<bool>,
    /// Draws again when a shown time changes by itself.
    timer: RefCell<Option<Timer>>,
    shell: El,
    side: El,
    main: El,
    detail: El,
    /// What is drawn anew of the order in full. Its evidence beside it stays: the user may be writing there.
    words: El,
    framed: RefCell<Option<OrderId>>,
}

pub async fn show(context: Rc<Context>) {
    let page = Rc::new(Dashboard {
        data: RefCell::new(Data::new(
            Ok(Records::default()),
            Amiss::default(),
            Kept::default(),
            &context.settings.choices,
        )),
        locker: RefCell::default(),
        added: RefCell::default(),
        given: GivenEvents::new(&context),
        look: RefCell::default(),
        place: RefCell::new(Place::now()),
        brief: Cell::default(),
        timer: RefCell::default(),
        side: el("div").class("side-column"),
        main: el("main").id("main"),
        detail: el("aside")
            .id("detail")
            .attr("aria-label", &context.text("dashboard_detail")),
        words: el("div").class("words"),
        framed: RefCell::default(),
        shell: el("div").class("shell"),
        context,
    });
    page.shell.append(&page.side);
    page.shell.append(&page.main);
    page.shell.append(&page.detail);
    // What is kept from here on is heard of: it is read again, after what is read now.
    page.data.borrow_mut().complete = false;
    page.listen();
    let read = Records::first(&page.context.store).await;
    let at_once = page.place.borrow().is_list();
    if at_once {
        page.know(read.clone(), Amiss::default(), Kept::default());
        page.begin();
        // The browser paints what is there, and then the rest comes.
        TimeoutFuture::new(0).await;
    }
    let amiss = page.context.store.amiss().await.unwrap_or_default();
    page.take(read, amiss, !at_once).await;
    measure::mark_own("recourse:complete");
    page.look_at_storage().await;
    let locker = Rc::new(Locker::open().await);
    if locker.has_news() {
        page.tell_of(&locker);
    }
    page.read_added().await;
    wasm_bindgen_futures::spawn_local(async move {
        locker.inspect(|| page.tell_of(&locker)).await;
    });
}

impl Dashboard {
    /// Shows what is to be known of the locker.
    fn tell_of(self: &Rc<Self>, locker: &Rc<Locker>) {
        self.locker.replace(Some(Rc::clone(locker)));
        dom::keeping_focus(|| self.draw());
    }

    fn listen(self: &Rc<Self>) {
        let page = Rc::clone(self);
        dom::on_window("hashchange", move || page.go());
        let page = Rc::clone(self);
        // A timer sleeps with the computer: what is shown is checked when the user comes back to it.
        dom::on_window("focus", move || {
            page.renew(Vec::new());
            let page = Rc::clone(&page);
            wasm_bindgen_futures::spawn_local(async move {
                page.look_at_storage().await;
                page.read_added().await;
            });
        });
        let page = Rc::clone(self);
        // The page listens as long as it lives.
        std::mem::forget(storage::on_change(move |keys| page.changed(&keys)));
        let page = Rc::clone(self);
        // On a slow disk the answer of the storage may come when the dashboard is open already.
        storage::on_session_change(move |keys| {
            if keys.iter().any(|key| is_unkept_key(key)) {
                let page = Rc::clone(&page);
                wasm_bindgen_futures::spawn_local(async move { page.look_at_storage().await });
            }
        });
        let page = Rc::clone(self);
        let _ = self
            .shell
            .clone()
            .on("keydown", move |event| page.key(&event));
    }

    /// Says whether anything can be kept at present, and whether what pages told last was.
    async fn look_at_storage(self: &Rc<Self>) {
        let refuses = match Unkept::open().why().await {
            None => self.context.store.probe().await.err(),
            why => why,
        };
        if self.data.borrow().refuses != refuses {
            self.data.borrow_mut().refuses = refuses;
            dom::keeping_focus(|| self.draw());
        }
    }

    /// Reads what the user has added, and shows what is known by it.
    async fn read_added(self: &Rc<Self>) {
        let read = async {
            let claims = Claims::open().await?;
            let items = claims.all_evidence().await?;
            let made = self.context.store.backup_made().await.ok().flatten();
            Ok::<_, String>(Added {
                drafts: claims.all().await?,
                aftermaths: claims.aftermaths().await?,
                backup_due: due::is_due(items.iter(), made, clock::now()),
                notes: Added::notes_of(items),
            })
        };
        match read.await {
            Ok(added) if *self.added.borrow() != added => {
                let came = added.refunded();
                self.added.replace(added);
                dom::keeping_focus(|| self.draw());
                self.say_refunds(came).await;
            }
            Ok(_) => {}
            Err(error) => runtime::log("what was added could not be read", &error.into()),
        }
    }

    /// Tells the reminders of refunds that came and of which they do not know: those of a backup that was brought back.
    async fn say_refunds(&self, came: Vec<OrderId>) {
        let kept = self.context.store.reminders().await.unwrap_or_default();
        for order in came {
            if !kept.refunded().contains(&order) {
                asks_no_more(order, true).await;
            }
        }
    }

    /// Keeps what the user tells of what came after a dispute, and shows it once it is on the disk.
    fn keep(self: &Rc<Self>) -> Keep {
        let page = Rc::clone(self);
        Rc::new(move |order: OrderId, telling: Telling, failed: El| {
            let page = Rc::clone(&page);
            let is_refund = matches!(telling, Telling::Refund(..));
            wasm_bindgen_futures::spawn_local(async move {
                let keeping = async { Claims::open().await?.tell(&order, &telling).await };
                let late = {
                    let (page, failed) = (Rc::clone(&page), failed.clone());
                    move || failed.say(&page.context.text("reminders_failed"))
                };
                match keeping::kept(keeping, late).await {
                    Ok(told) => {
                        let came = told.is_refunded();
                        page.added.borrow_mut().put(told);
                        dom::keeping_focus(|| page.draw());
                        if is_refund {
                            asks_no_more(order, came).await;
                        }
                    }
                    Err(error) => {
                        runtime::log("it was not kept", &error.into());
                        failed.say(&page.context.text("reminders_failed"));
                    }
                }
            });
        })
    }

    /// Draws the first screenful of what is known, and puts it into the page.
    fn begin(self: &Rc<Self>) {
        self.brief.set(self.selected().is_none());
        self.draw();
        self.brief.set(false);
        dom::body().replace_with([self.shell.clone()]);
        self.reveal();
        measure::mark_own("recourse:usable");
    }

    /// Shows what was read, and then the rest where that was not all. `begins` says that nothing is in the page yet.
    async fn take(
        self: &Rc<Self>,
        read: Result<Records, StorageError>,
        amiss: Amiss,
        begins: bool,
    ) {
        let rest = match &read {
            Ok(records) if !records.is_complete() => Some(records.clone()),
            _ => None,
        };
        let kept = self.context.store.reminders().await.unwrap_or_default();
        self.given.read().await;
        self.know(read, amiss.clone(), kept);
        if begins {
            self.begin();
        } else {
            dom::keeping_focus(|| self.draw());
        }
        if let Some(rest) = rest {
            let read = rest.complete(&self.context.store).await;
            // Some may have been dismissed meanwhile.
            let kept = std::mem::take(&mut self.data.borrow_mut().kept);
            self.know(read, amiss, kept);
            dom::keeping_focus(|| self.draw());
        }
    }

    fn know(&self, read: Result<Records, StorageError>, amiss: Amiss, kept: Kept) {
        let mut data = Data::new(read, amiss, kept, &self.context.settings.choices);
        data.refuses = self.data.borrow_mut().refuses.take();
        self.data.replace(data);
    }

    /// Follows what other programs of the extension have kept.
    fn changed(self: &Rc<Self>, keys: &[String]) {
        if keys.iter().any(|key| is_settings_key(key)) {
            return dom::reload();
        }
        if keys.iter().any(|key| is_given_key(key)) {
            let page = Rc::clone(self);
            wasm_bindgen_futures::spawn_local(async move {
                page.given.read().await;
                dom::keeping_focus(|| page.draw_detail());
            });
        }
        // A note is saved while it is typed, and shared; no order is another one for that.
        if keys
            .iter()
            .all(|key| is_locker_key(key) || is_sync_key(key) || is_given_key(key))
        {
            return;
        }
        let ids: Vec<OrderId> = keys.iter().filter_map(|key| order_of_key(key)).collect();
        let reminders = keys.iter().any(|key| is_reminders_key(key));
        let page = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            if reminders && let Ok(kept) = page.context.store.reminders().await {
                page.data.borrow_mut().kept = kept;
            }
            match page.context.store.records(&ids).await {
                Ok(records) if records.len() == ids.len() && page.data.borrow().complete => {
                    let amiss = page.context.store.amiss().await.unwrap_or_default();
                    page.data.borrow_mut().amiss = amiss;
                    page.renew(records);
                }
                // Something is gone or damaged, or storage has trouble: then everything is read again.
                _ => {
                    let read = Records::first(&page.context.store).await;
                    let amiss = page.context.store.amiss().await.unwrap_or_default();
                    page.take(read, amiss, false).await;
                }
            }
        });
    }

    /// Counts and draws for this moment, with these records in the place of their older ones.
    fn renew(self: &Rc<Self>, records: Vec<Record>) {
        self.data.borrow_mut().renewed(records);
        dom::keeping_focus(|| self.draw());
    }

    /// Follows the address.
    fn go(self: &Rc<Self>) {
        let before = self.place.replace(Place::now());
        let now = self.place.borrow().clone();
        if before.is_list() && now.is_list() {
            list::mark_selected(&self.main, self.selected().as_ref());
            self.draw_detail();
        } else {
            self.draw();
        }
        match (&before, &now) {
            // Back to where the user came from.
            (Place::Order(id), Place::Orders) => {
                if let Some(row) = dom::by_id(&list::row_link_id(id)) {
                    row.focus();
                }
            }
            (_, Place::Order(_)) => self.reveal(),
            _ => {}
        }
    }

    /// Brings the selected order into view, and the focus to it.
    fn reveal(self: &Rc<Self>) {
        let Some(id) = self.selected() else { return };
        if dom::by_id(&list::row_link_id(&id)).is_none()
            && self
                .look
                .borrow_mut()
                .make_room_for(&id, &self.data.borrow().orders)
        {
            self.draw();
        }
        if let Some(row) = dom::by_id(&list::row_id(&id)) {
            row.scroll_into_view();
        }
        if let Some(heading) = dom::by_id(detail::HEADING) {
            heading.focus();
        }
    }

    fn selected(&self) -> Option<OrderId> {
        match &*self.place.borrow() {
            Place::Order(id) => Some(id.clone()),
            Place::Orders | Place::Reminders | Place::Problems => None,
        }
    }

    fn draw(self: &Rc<Self>) {
        let data = self.data.borrow();
        let (here, title) = match &*self.place.borrow() {
            Place::Orders | Place::Order(_) => (Here::Orders, "dashboard_page"),
            Place::Reminders => (Here::Reminders, "reminders_page"),
            Place::Problems => (Here::Problems, "dashboard_page_problems"),
        };
        self.side.replace_with([frame::side(
            &self.context,
            here,
            data.failed.is_none().then_some(data.count),
            data.kept.list().len(),
            data.problems() + usize::from(self.locker.borrow().is_some()),
        )]);
        dom::set_title(&self.context.text(title));
        match here {
            Here::Reminders => self.main.replace_with(reminders::page(
                &self.context,
                &data.kept,
                &data.orders,
                data.now,
                &REMINDERS,
            )),
            Here::Problems => self.main.replace_with(self.problems(&data)),
            Here::Orders | Here::Evidence | Here::Settings => {
                self.main.replace_with(list::list(self, &data))
            }
        }
        self.draw_detail();
        let next = data
            .orders
            .next_change(data.now)
            .map(|next| next.since(data.now).0.clamp(1000, 6 * 3_600_000));
        let page = Rc::clone(self);
        self.timer.replace(
            next.and_then(|wait| i32::try_from(wait).ok())
                .map(|wait| Timer::after(wait, move || page.renew(Vec::new()))),
        );
    }

    fn draw_detail(self: &Rc<Self>) {
        let data = self.data.borrow();
        let Some(id) = self.selected() else {
            self.shell.set("data-detail", None);
            self.framed.take();
            return self.detail.replace_with([]);
        };
        self.shell.set("data-detail", Some("open"));
        let order = data.orders.all.iter().find(|order| order.record.id == id);
        self.words.replace_with(detail::detail(
            &self.context,
            &id,
            order,
            (&data.kept, &self.added.borrow(), &self.keep()),
            &self.given,
            data.now,
        ));
        if self.framed.borrow().as_ref() != Some(&id) {
            let evidence = detail::evidence(&self.context, &id);
            self.detail.replace_with([self.words.clone(), evidence]);
            self.framed.replace(Some(id));
        }
    }

    fn problems(self: &Rc<Self>, data: &Data) -> Vec<El> {
        let context = &self.context;
        let locker = self.locker.borrow().clone();
        let mut parts = vec![
            el("header")
                .class("head")
                .child(el("h1").text(&context.text("dashboard_problems"))),
            el("p")
                .class("quiet")
                .text(&context.text("dashboard_problems_help")),
        ];
        if let Some(error) = &data.failed {
            parts.push(problems::storage(context, error, Doing::Reading));
        }
        if let Some(error) = &data.refuses {
            parts.push(problems::storage(context, error, Doing::Saving));
        }
        if let Some(locker) = &locker {
            let page = Rc::clone(self);
            parts.extend(locker::notice(context, locker, move || {
                page.locker.replace(None);
                page.draw();
            }));
        }
        if let Some(page) = &data.amiss.misunderstood {
            parts.push(problems::misunderstood(context, page, data.now, false));
        }
        if let Some(unnamed) = data
            .amiss
            .unnamed
            .as_ref()
            .and_then(|list| problems::unnamed(context, list, data.now))
        {
            parts.push(el("ul").class("problems card").child(unnamed));
        }
        if !data.damaged.is_empty() {
            let damaged = data
                .damaged
                .iter()
                .map(|damage| problems::damaged(context, damage));
            parts.push(el("h2").text(&context.text("dashboard_damaged")));
            parts.push(el("ul").class("problems card").children(damaged));
        }
        let troubled: Vec<El> = data
            .orders
            .all
            .iter()
            .filter(|order| order.problems() > 0)
            .take(200)
            .map(|order| {
                let id = &order.record.id;
                let link = el("a")
                    .attr("href", &format!("#order={id}"))
                    .child(el("bdi").text(&order.title(context)));
                let heading = el("h3").child(link);
                el("section")
                    .class("card troubled")
                    .child(heading)
                    .child(detail::problems(context, order, data.now))
            })
            .collect();
        if !troubled.is_empty() {
            parts.push(el("h2").text(&context.text("dashboard_unread")));
            parts.extend(troubled);
        }
        if data.problems() == 0 && data.failed.is_none() && locker.is_none() {
            parts.push(
                el("p")
                    .class("card empty")
                    .text(&context.text("dashboard_no_problems")),
            );
        }
        parts
    }

    /// Arrows go from order to order, Escape closes the detail.
    fn key(&self, event: &web_sys::Event) {
        let Some(key) = dom::key_of(event) else {
            return;
        };
        let focused = dom::focused_id();
        if key == "Escape" && self.selected().is_some() {
            return dom::go_to_place("orders");
        }
        // As in many lists: a stroke goes to the search, if nothing is being written.
        if key == "/" && !dom::is_writing() {
            if let Some(search) = dom::by_id("search") {
                event.prevent_default();
                search.focus();
            }
            return;
        }
        let step: isize = match key.as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        let Some(focused) = focused.filter(|id| id.starts_with(list::ROW_LINK)) else {
            return;
        };
        let links = self.main.find_all(".row .title a");
        let here = links
            .iter()
            .position(|link| link.attribute("id").as_deref() == Some(&focused));
        let next = here.and_then(|here| links.get(here.checked_add_signed(step)?));
        if let Some(next) = next {
            event.prevent_default();
            next.focus();
        }
    }

    fn failed(&self, data: &Data) -> Option<El> {
        if let Some(error) = &data.refuses {
            return Some(problems::storage(&self.context, error, Doing::Saving));
        }
        let error = data.failed.as_ref().or(self.context.unread.as_ref())?;
        Some(problems::storage(&self.context, error, Doing::Reading))
    }
}

/// The button that closes the detail, and what it is called.
fn close_link(context: &Context) -> El {
    let name = context.text("menu_close");
    el("a")
        .class("button plain close")
        .attr("href", "#orders")
        .attr("aria-label", &name)
        .attr("title", &name)
        .child(dom::icon(icons::CLOSE))
}

/// The reminders ask for a refund that has not come, and for no other. Should that not be kept, they ask once too often.
async fn asks_no_more(order: OrderId, came: bool) {
    let asked = if came {
        Asked::RefundCame(order)
    } else {
        Asked::RefundOpen(order)
    };
    if let Err(error) = runtime::ask(&asked).await {
        runtime::log("the background program did not do it", &error.into());
    }
}
