//! The program on the order list: a badge on every card, in the frame in which the card appears.
//!
//! The page reports its mutations before it paints. The first cards are read and drawn within that report; once the page is
//! laid out, and still before it is painted, those of the others that are in view; the rest follow in slices short enough
//! not to be felt. Until the ledger is read nothing is drawn: a badge does not change
//! its mind.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use js_sys::WeakMap;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, MutationRecord, Node};

use crate::browser::clock;
use crate::browser::dom::DomNode;
use crate::browser::frame::AfterLayout;
use crate::browser::measure;
use crate::browser::runtime::{self, Request};
use crate::domain::ledger::{News, Record};
use crate::domain::money::Money;
use crate::domain::order::{ByOrder, OrderId};
use crate::domain::sighting::Page;
use crate::domain::summary::{Standing, Summary};
use crate::domain::time::{Moment, Span, Zone};
use crate::domain::verdict::Verdict;
use crate::overlay::{CardView, Slot};
use crate::site::strategy::Part;
use crate::site::{Context, PageNode, list_page};
use crate::store::record::text_of_record;
use crate::store::{Index, LocalStore, Opening};

use super::content::{self, Host};
use super::outbox::Outbox;
use super::watch::{Listener, Mutations};

/// A batch of so many cards is read and drawn at once, in view or not.
const AT_ONCE: usize = 16;
/// A slice of work outside the view stops after this. Shorter slices would be no kinder: the page lays itself out anew after
/// each, and that takes longer than the slice.
const SLICE_MS: f64 = 20.0;
/// The countdowns look at the clock at least this often, and with it whether the extension is still there.
const HEARTBEAT: Span = Span(15_000);
/// A page that has not changed for this long and shows nothing known is not understood; nor is one that never rests, after
/// a longer while.
const PATIENCE_MS: u32 = 4_000;
const LONG_PATIENCE: Span = Span(20_000);
/// A page that takes our node away more often than this within a second is left alone for a while.
const RETRIES: u32 = 20;

pub(super) struct ListProgram {
    inner: Rc<Inner>,
    _mutations: Mutations,
    _scroll: Listener,
}

struct Inner {
    host: Host,
    store: LocalStore,
    outbox: Outbox,
    /// Which order a card was last read as, by the card's element.
    known: WeakMap,
    state: RefCell<State>,
    /// What is asked of a page that is laid out: which cards are in view, which of two is shown.
    layout: AfterLayout,
    timer: RefCell<Option<Timeout>>,
    patience: RefCell<Option<Timeout>>,
    began: Moment,
    slicing: Cell<bool>,
    fetching: Cell<bool>,
    first_drawn: Cell<bool>,
    /// Whether the page was ever scrolled.
    scrolled: Cell<bool>,
}

struct State {
    index: Index,
    records: ByOrder<Record>,
    entries: ByOrder<Entry>,
    queue: VecDeque<DomNode>,
    /// Second cards of orders that have one already.
    twins: Vec<DomNode>,
    /// The orders with which the list began when it was last seen.
    front: Vec<OrderId>,
    /// Orders whose record is stored and not yet read; one may be named twice.
    wanted: Vec<OrderId>,
    /// Cards that say no order beyond doubt, counted since the page last changed as a whole.
    unreadable: usize,
    said: bool,
}

/// Whether it can be told without cost which of an order's two cards is the one that is shown.
#[derive(Clone, Copy)]
enum Layout {
    Unknown,
    Known,
}

/// One order on the page.
struct Entry {
    card: DomNode,
    slot: Slot,
    detail_link: Option<String>,
    standing: Standing,
    total: Option<Money>,
    next_change: Option<Moment>,
    drawn: bool,
    /// How often the badge was put back within the second that began then.
    put_back: (Moment, u32),
}

impl ListProgram {
    /// With the records that were read ahead.
    pub fn start(host: Host, opening: Opening, records: Vec<Record>) -> Self {
        let records = records
            .into_iter()
            .map(|record| (record.id.clone(), record))
            .collect();
        let inner = Rc::new_cyclic(|weak: &Weak<Inner>| {
            let weak = weak.clone();
            let layout = AfterLayout::new(move || {
                if let Some(inner) = weak.upgrade() {
                    inner.host.measure.task(|| inner.laid_out());
                }
            });
            Inner {
                layout,
                host,
                store: LocalStore::open(),
                outbox: Outbox::default(),
                known: WeakMap::new(),
                state: RefCell::new(State {
                    index: opening.index,
                    records,
                    entries: ByOrder::default(),
                    queue: VecDeque::new(),
                    twins: Vec::new(),
                    front: opening.front,
                    wanted: Vec::new(),
                    unreadable: 0,
                    said: false,
                }),
                timer: RefCell::default(),
                patience: RefCell::default(),
                began: clock::now(),
                slicing: Cell::new(false),
                fetching: Cell::new(false),
                first_drawn: Cell::new(false),
                scrolled: Cell::new(false),
            }
        });
        let weak = Rc::downgrade(&inner);
        let mutations = Mutations::observe(&inner.host.root, move |records| {
            if let Some(inner) = weak.upgrade() {
                inner.host.measure.task(|| inner.mutated(&records));
            }
        });
        let weak = Rc::downgrade(&inner);
        let scroll = Listener::on(&inner.host.document, "scroll", move || {
            if let Some(inner) = weak.upgrade() {
                inner.scrolled.set(true);
            }
        });
        inner.host.measure.task(|| inner.look_at_all());
        inner.wait();
        Self {
            inner,
            _mutations: mutations,
            _scroll: scroll,
        }
    }

    /// What is known of an order on this page, in the form in which it is stored. `None` also in the midst of a change.
    pub fn record(&self, order: &OrderId) -> Option<String> {
        let state = self.inner.state.try_borrow().ok()?;
        state.records.get(order).map(text_of_record)
    }

    /// The page is seen again after it was hidden.
    pub fn look_up(&self) {
        self.inner.host.overlay.refresh_theme();
        self.inner.look_at_all();
        self.inner.redraw_due();
    }

    pub fn flush(&self) {
        self.inner.outbox.send();
    }

    /// Another page told something of these orders.
    pub fn changed(&self, orders: Vec<OrderId>) {
        let mut state = self.inner.state.borrow_mut();
        for order in &orders {
            state.index.insert(order);
        }
        let shown = orders
            .into_iter()
            .filter(|order| state.entries.contains_key(order))
            .collect::<Vec<_>>();
        state.wanted.extend(shown);
        drop(state);
        self.inner.fetch();
    }
}

impl Inner {
    // ---- what changed ------------------------------------------------------------------------------------------------

    fn mutated(self: &Rc<Self>, records: &[MutationRecord]) {
        let overlay = &self.host.overlay;
        let mut touched: Vec<DomNode> = Vec::new();
        let mut rescan = false;
        let mut strip_lost = false;
        let seen = js_sys::Set::new(&JsValue::UNDEFINED);
        let mut touch = |card: DomNode| {
            if !seen.has(&card.0) {
                seen.add(&card.0);
                touched.push(card);
            }
        };
        for record in records {
            let Some(target) = record.target() else {
                continue;
            };
            let element = target
                .dyn_ref::<Element>()
                .cloned()
                .or_else(|| target.parent_element());
            let Some(element) = element else { continue };
            if record.type_() == "attributes" && element.is_same_node(Some(&self.host.root)) {
                if element.get_attribute("lang") != self.host.declared_language {
                    // The page has said its language later than its first words.
                    content::restart();
                    return;
                }
                continue;
            }
            if overlay.owns(&target) {
                if let Some(card) = self.card_of(&element)
                    && !self.is_intact(&card)
                {
                    touch(card);
                }
                continue;
            }
            let added = record.added_nodes();
            let removed = record.removed_nodes();
            let only_ours = |list: &web_sys::NodeList| {
                (0..list.length())
                    .filter_map(|at| list.get(at))
                    .all(|node| overlay.owns(&node))
            };
            let ours_removed = (0..removed.length())
                .filter_map(|at| removed.get(at))
                .any(|node| overlay.owns(&node));
            if record.type_() == "childList"
                && only_ours(&added)
                && (removed.length() == 0 || ours_removed && only_ours(&removed))
            {
                if ours_removed {
                    strip_lost = true;
                    if let Some(card) = self.card_of(&element) {
                        touch(card);
                    }
                }
                continue;
            }
            strip_lost |= ours_removed;
            if let Some(card) = self.card_of(&element) {
                touch(card);
            } else {
                for at in 0..added.length() {
                    let Some(node) = added
                        .get(at)
                        .and_then(|node| node.dyn_into::<Element>().ok())
                    else {
                        continue;
                    };
                    let node = DomNode(node);
                    if node.matches(list_page::CARD) {
                        touch(node);
                        continue;
                    }
                    let inside = node.all(list_page::CARD);
                    rescan |= inside.is_empty();
                    inside.into_iter().for_each(&mut touch);
                }
                rescan |= removed.length() > 0;
            }
        }
        if touched.is_empty() && rescan {
            // Found by something else than its class, a card cannot be told from the node that was added.
            self.look_at_all();
        } else {
            self.take(touched);
        }
        if strip_lost {
            self.draw_strip();
        }
        self.wait();
    }

    /// The card that the element is in: by its class, or one that was read before.
    fn card_of(&self, element: &Element) -> Option<DomNode> {
        if let Ok(Some(card)) = element.closest(list_page::CARD) {
            return Some(DomNode(card));
        }
        let mut node = Some(element.clone());
        while let Some(here) = node {
            if self.known.has(&here) {
                return Some(DomNode(here));
            }
            node = here.parent_element();
        }
        None
    }

    fn is_intact(&self, card: &DomNode) -> bool {
        let Some(order) = self.known_order(card) else {
            return false;
        };
        let state = self.state.borrow();
        state
            .entries
            .get(&order)
            .is_some_and(|entry| !entry.drawn || self.host.overlay.is_intact(&order, &entry.slot))
    }

    fn known_order(&self, card: &DomNode) -> Option<OrderId> {
        self.known
            .get(&card.0)
            .as_string()
            .and_then(|text| OrderId::new(&text))
    }

    fn look_at_all(self: &Rc<Self>) {
        let (cards, way) = list_page::cards(&self.host.node());
        self.host.tally.borrow_mut().count(Part::Cards, way);
        self.take(
            cards
                .into_iter()
                .filter(|card| !self.is_intact(card))
                .collect(),
        );
    }

    // ---- reading and drawing -----------------------------------------------------------------------------------------

    /// Draws the first cards now, those in view before the page is painted, the others in slices.
    fn take(self: &Rc<Self>, mut cards: Vec<DomNode>) {
        if cards.is_empty() {
            return;
        }
        if cards.len() > AT_ONCE {
            // Of a page that was scrolled nothing says that the first cards are those in view.
            let first = if self.scrolled.get() { 0 } else { AT_ONCE };
            self.state.borrow_mut().queue.extend(cards.drain(first..));
        }
        self.draw(&cards, Layout::Unknown);
        let state = self.state.borrow();
        let asks = !(state.queue.is_empty() && state.twins.is_empty());
        let at_rest = state.queue.is_empty() || self.first_drawn.get();
        drop(state);
        if at_rest {
            self.draw_strip();
        }
        if asks {
            self.layout.ask(&self.host.root);
        }
        // Also where nothing is left: a slice with nothing to do ends the work.
        self.slice();
        self.set_timer();
    }

    /// The page is laid out and not yet painted: which cards are in view, and which of two is shown, is known without
    /// costing anything.
    fn laid_out(self: &Rc<Self>) {
        let height = web_sys::window()
            .and_then(|window| window.inner_height().ok())
            .and_then(|height| height.as_f64())
            .unwrap_or(1000.0);
        let mut state = self.state.borrow_mut();
        let place = |card: &DomNode| card.0.get_bounding_client_rect();
        let above = state
            .queue
            .partition_point(|card| place(card).bottom() <= 0.0);
        let in_view = state.queue.range(above..);
        let count = in_view
            .take_while(|card| place(card).top() < height)
            .count();
        let cards: Vec<DomNode> = state.queue.drain(above..above + count).collect();
        let twins = std::mem::take(&mut state.twins);
        drop(state);
        self.draw(&cards, Layout::Known);
        self.draw(&twins, Layout::Known);
    }

    fn slice(self: &Rc<Self>) {
        if self.slicing.replace(true) {
            return;
        }
        let inner = self.clone();
        Timeout::new(0, move || {
            inner.slicing.set(false);
            inner.host.measure.task(|| inner.one_slice());
        })
        .forget();
    }

    fn one_slice(self: &Rc<Self>) {
        let end = measure::time() + SLICE_MS;
        loop {
            let portion: Vec<DomNode> = {
                let mut state = self.state.borrow_mut();
                let count = state.queue.len().min(4);
                state.queue.drain(..count).collect()
            };
            if portion.is_empty() {
                if !self.state.borrow().twins.is_empty() {
                    self.layout.ask(&self.host.root);
                }
                self.draw_strip();
                self.remember_front();
                self.set_timer();
                return;
            }
            self.draw(&portion, Layout::Unknown);
            if measure::time() >= end {
                break;
            }
        }
        self.slice();
    }

    /// Reads the cards, then draws their badges: in this order, because reading after drawing would cost a layout each.
    fn draw(self: &Rc<Self>, cards: &[DomNode], layout: Layout) {
        let now = clock::now();
        let context = Context {
            page: Page::OrderList,
            at: now,
            made: clock::page_begun(),
            today: clock::BuyerZone.day_at(now),
            placed: None,
            lexicon: self.host.lexicon,
        };
        let mut orders = Vec::with_capacity(cards.len());
        for card in cards {
            if card.0.is_connected()
                && let Some(order) = self.read(card, &context, layout)
            {
                orders.push(order);
            }
        }
        if self.host.fit.needs_all() {
            content::restart();
            return;
        }
        for order in &orders {
            self.place(order, now);
        }
        if !orders.is_empty() && !self.first_drawn.replace(true) {
            self.draw_strip();
            self.host.measure.mark("recourse:first-badges");
        }
        self.fetch();
    }

    /// Reads one card and notes where its badge goes. `None` if it gets none.
    fn read(&self, card: &DomNode, context: &Context, layout: Layout) -> Option<OrderId> {
        let read = list_page::read(card, context, &mut self.host.tally.borrow_mut());
        let before = self.known_order(card);
        let mut state = self.state.borrow_mut();
        let state = &mut *state;
        // The card's element may serve another order now.
        if let Some(before) = before
            && read.as_ref().map(|read| &read.order).ok() != Some(&before)
            && state
                .entries
                .get(&before)
                .is_some_and(|entry| entry.card.same(card))
        {
            state.entries.remove(&before);
            self.host.overlay.remove(&before);
        }
        let Ok(read) = read else {
            state.unreadable += 1;
            return None;
        };
        self.host.fit.note(&read.reading);
        self.known
            .set(&card.0, &JsValue::from_str(read.order.as_str()));
        if let Some(entry) = state.entries.get(&read.order)
            && !entry.card.same(card)
            && entry.card.0.is_connected()
        {
            match layout {
                Layout::Unknown => {
                    state.twins.push(card.clone());
                    return None;
                }
                // The page shows the order twice: the badge stays where it is.
                Layout::Known if entry.card.visible() || !card.visible() => return None,
                Layout::Known => {}
            }
        }
        let record = state
            .records
            .entry(read.order.clone())
            .or_insert_with(|| Record::new(read.order.clone()));
        if record.absorb(&read.reading) == News::Worth {
            self.outbox.put(read.reading);
        }
        let slot = Slot {
            parent: read.slot.parent.0,
            after: read.slot.after.map(|node| node.0.into()),
            compact: read.slot.compact,
        };
        let old = state.entries.remove(&read.order);
        let entry = Entry {
            card: card.clone(),
            slot,
            detail_link: read.detail_link.map(|link| absolute(&link)),
            standing: old.as_ref().map_or(
                Standing {
                    kind: crate::domain::verdict::Kind::Unknown,
                    closes: None,
                },
                |old| old.standing,
            ),
            total: None,
            next_change: None,
            drawn: old.as_ref().is_some_and(|old| old.drawn),
            put_back: old.map_or((Moment(0), 0), |old| old.put_back),
        };
        state.entries.insert(read.order.clone(), entry);
        // A record that is stored and was not read ahead has to be waited for: no badge that changes its mind.
        if record
            .sightings
            .iter()
            .all(|sighting| sighting.first == context.at)
            && state.index.contains(&read.order)
        {
            state.wanted.push(read.order);
            return None;
        }
        Some(read.order)
    }

    /// Draws the badge of an order, or puts it back, if it is there to be drawn.
    fn place(&self, order: &OrderId, now: Moment) {
        let mut state = self.state.borrow_mut();
        let state = &mut *state;
        let (Some(entry), Some(record)) = (state.entries.get_mut(order), state.records.get(order))
        else {
            return;
        };
        if entry.drawn && !self.host.overlay.is_intact(order, &entry.slot) {
            if now.since(entry.put_back.0) > Span(1000) {
                entry.put_back = (now, 0);
            }
            entry.put_back.1 += 1;
            if entry.put_back.1 > RETRIES {
                // The page insists. Answering every time would keep it busy for ever; the countdown tries again.
                entry.next_change = Some(now.plus(Span(1000)));
                return;
            }
        }
        let verdict = Verdict::chosen(record, now, clock::zones(), &self.host.settings.choices);
        entry.standing = Standing::from(&verdict);
        entry.total = record.total().cloned();
        entry.next_change = verdict.next_change(now);
        entry.drawn = true;
        let view = CardView {
            order,
            verdict: &verdict,
            now,
            detail_url: entry.detail_link.as_deref(),
        };
        self.host.overlay.place(&entry.slot, &view);
        if std::mem::take(&mut state.said) {
            self.host.say_understood();
        }
    }

    fn draw_strip(&self) {
        if !self.state.borrow().entries.is_empty() {
            self.host.say_doubt();
        }
        if !self.host.settings.strip {
            return;
        }
        let state = self.state.borrow();
        let mut summary = Summary::default();
        let now = clock::now();
        let mut first: Option<&Entry> = None;
        for (order, entry) in &state.entries {
            if !entry.card.0.is_connected() {
                continue;
            }
            summary.add(order, entry.standing, entry.total.as_ref(), now);
            let earlier = first.is_none_or(|first| precedes(&entry.card, &first.card));
            if earlier {
                first = Some(entry);
            }
        }
        let place = first.and_then(|entry| list_page::head(&self.host.node(), &entry.card));
        match place {
            Some((parent, before)) => {
                self.host
                    .overlay
                    .strip(&parent.0, Some(&before.0), &summary, now)
            }
            None => self.host.overlay.remove_strip(),
        }
    }

    // ---- the ledger --------------------------------------------------------------------------------------------------

    /// Reads the records that cards wait for, in one go, then draws them.
    fn fetch(self: &Rc<Self>) {
        if self.state.borrow().wanted.is_empty() || self.fetching.replace(true) {
            return;
        }
        let inner = self.clone();
        spawn_local(async move {
            loop {
                let wanted = std::mem::take(&mut inner.state.borrow_mut().wanted);
                if wanted.is_empty() {
                    break;
                }
                match inner.store.records(&wanted).await {
                    Ok(records) => inner.host.measure.task(|| inner.fetched(&wanted, records)),
                    Err(error) => {
                        runtime::log(
                            "the ledger could not be read, so these orders have no badge",
                            &error.to_string().into(),
                        );
                        content::stop_if_orphaned();
                        break;
                    }
                }
            }
            inner.fetching.set(false);
        });
    }

    fn fetched(self: &Rc<Self>, wanted: &[OrderId], stored: Vec<Record>) {
        let mut state = self.state.borrow_mut();
        for record in stored {
            match state.records.get_mut(&record.id) {
                // What this page has read itself may be on its way to the ledger still.
                Some(own) => {
                    let mut merged = record;
                    merged.complete_from(own);
                    *own = merged;
                }
                None => {
                    state.records.insert(record.id.clone(), record);
                }
            }
        }
        drop(state);
        let now = clock::now();
        for order in wanted {
            self.place(order, now);
        }
        self.draw_strip();
        self.set_timer();
    }

    /// Has it kept with which orders the list begins, so that their records are read ahead the next time.
    fn remember_front(&self) {
        let (cards, _) = list_page::cards(&self.host.node());
        let first = cards
            .iter()
            .take(LocalStore::FRONT)
            .filter_map(|card| self.known_order(card));
        let mut front: Vec<OrderId> = Vec::new();
        for order in first {
            if !front.contains(&order) {
                front.push(order);
            }
        }
        let mut state = self.state.borrow_mut();
        if front.is_empty() || front == state.front {
            return;
        }
        state.front.clone_from(&front);
        spawn_local(async move {
            // The page is no worse off; a badge may come a frame later the next time.
            let _ = runtime::send(&Request::Front(front)).await;
        });
    }

    // ---- time --------------------------------------------------------------------------------------------------------

    /// One timer for all countdowns; none while the page is hidden.
    fn set_timer(self: &Rc<Self>) {
        if self.host.document.hidden() {
            self.timer.take();
            return;
        }
        let now = clock::now();
        let next = self
            .state
            .borrow()
            .entries
            .values()
            .filter_map(|entry| entry.next_change)
            .min();
        let heartbeat = now.plus(HEARTBEAT);
        let wait = next
            .map_or(heartbeat, |next| next.min(heartbeat))
            .since(now)
            .0
            .clamp(50, HEARTBEAT.0);
        let weak: Weak<Self> = Rc::downgrade(self);
        let timeout = Timeout::new(u32::try_from(wait).unwrap_or(15_000), move || {
            if let Some(inner) = weak.upgrade()
                && !content::stop_if_orphaned()
                && !content::restart_if_clock_was_set()
            {
                inner.host.measure.task(|| inner.redraw_due());
            }
        });
        self.timer.replace(Some(timeout));
    }

    fn redraw_due(self: &Rc<Self>) {
        let now = clock::now();
        let due: Vec<OrderId> = {
            let mut state = self.state.borrow_mut();
            // An order whose card has left the page is forgotten here; its record stays for when it comes back.
            let gone: Vec<OrderId> = state
                .entries
                .iter()
                .filter(|(_, entry)| !entry.card.0.is_connected())
                .map(|(order, _)| order.clone())
                .collect();
            for order in gone {
                state.entries.remove(&order);
                self.host.overlay.remove(&order);
            }
            let due = state
                .entries
                .iter()
                .filter(|(_, entry)| entry.next_change.is_some_and(|next| next <= now));
            due.map(|(order, _)| order.clone()).collect()
        };
        for order in &due {
            self.place(order, now);
        }
        if !due.is_empty() {
            self.draw_strip();
        }
        self.set_timer();
    }

    // ---- not understood ----------------------------------------------------------------------------------------------

    /// When the page has come to rest, looks whether anything of it was understood.
    fn wait(self: &Rc<Self>) {
        let state = self.state.borrow();
        if state.said || !state.entries.is_empty() {
            self.patience.take();
            return;
        }
        drop(state);
        if self.patience.borrow().is_some() && clock::now().since(self.began) > LONG_PATIENCE {
            return;
        }
        let weak = Rc::downgrade(self);
        let timeout = Timeout::new(PATIENCE_MS, move || {
            if let Some(inner) = weak.upgrade()
                && !content::stop_if_orphaned()
            {
                inner.patience.take();
                inner.not_understood();
            }
        });
        self.patience.replace(Some(timeout));
    }

    fn not_understood(self: &Rc<Self>) {
        let root = self.host.node();
        let mut state = self.state.borrow_mut();
        let nothing = state.entries.is_empty() && !state.said;
        // A list without orders is understood; a page that is still loading is not judged.
        let empty = state.unreadable == 0 && list_page::is_empty(&root);
        if !nothing || empty {
            return;
        }
        if self.host.document.ready_state() != "complete" {
            drop(state);
            self.wait();
            return;
        }
        state.said = true;
        drop(state);
        self.host.say_not_understood();
    }
}

/// The address of a link as the browser would follow it.
fn absolute(link: &str) -> String {
    let base = web_sys::window()
        .and_then(|window| window.location().href().ok())
        .unwrap_or_default();
    web_sys::Url::new_with_base(link, &base).map_or_else(|_| link.to_owned(), |url| url.href())
}

/// Whether the first node stands before the second in the document.
fn precedes(first: &DomNode, second: &DomNode) -> bool {
    let first: &Node = &first.0;
    first.compare_document_position(&second.0) & Node::DOCUMENT_POSITION_FOLLOWING != 0
}
