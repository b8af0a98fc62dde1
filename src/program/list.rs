//! The program on the order list: a badge on every card, in the frame in which the card appears.
//!
//! The page reports its mutations before it paints. The first cards are read and drawn within that report; once the page is
//! laid out, and still before it is painted, those of the others that are in view; the rest follow in slices short enough
//! not to be felt. Until the ledger is read nothing is drawn: a badge does not change its mind.

mod cards;
mod countdown;
mod ledger;
mod mutations;
mod patience;
mod rehearsal;
mod strip;
mod told;
mod turns;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::WeakMap;

use crate::browser::clock::{self, RememberedZone};
use crate::browser::dom::DomNode;
use crate::browser::frame::AfterLayout;
use crate::domain::by_order::ByOrder;
use crate::domain::ledger::Record;
use crate::domain::money::Money;
use crate::domain::order::OrderId;
use crate::domain::problem::Problem;
use crate::domain::summary::Standing;
use crate::domain::time::Moment;
use crate::overlay::Slot;
use crate::store::record::text_of_record;
use crate::store::{Index, Opening};

use super::content::Host;
use super::outbox::Outbox;
use super::watch::{Listener, Mutations};

pub(super) struct ListProgram {
    inner: Rc<Inner>,
    _scroll: Listener,
}

struct Inner {
    host: Host,
    mutations: OnceCell<Mutations>,
    /// Of the page's address: what links of the shop are relative to.
    origin: String,
    outbox: Outbox,
    /// Which order a card was last read as: its place among those seen, by the card's element; null for one that did not say.
    known: WeakMap,
    seen: RefCell<Vec<OrderId>>,
    state: RefCell<State>,
    /// What is asked of a page that is laid out: which cards are in view, which of two is shown.
    /// Made once something was drawn, so that what reads the page's colours runs before it: after drawing, asking for a colour
    /// costs a layout.
    layout: OnceCell<AfterLayout>,
    timer: RefCell<Option<Timeout>>,
    patience: RefCell<Option<Timeout>>,
    began: Moment,
    slicing: Cell<bool>,
    fetching: Cell<bool>,
    first_drawn: Cell<bool>,
    /// Whether the page has removed anything since it was last looked which cards have left it.
    removed: Cell<bool>,
    /// Days and moments in the buyer's zone.
    zone: RememberedZone,
    /// Whether the page was ever scrolled.
    scrolled: Cell<bool>,
}

struct State {
    /// Of a long one the beginning: an order that is older than all of it may be stored.
    index: Index,
    records: ByOrder<Record>,
    entries: ByOrder<Entry>,
    queue: Vec<DomNode>,
    /// Second cards of orders that have one already.
    twins: Vec<DomNode>,
    /// The orders with which the list began when it was last seen.
    front: Vec<OrderId>,
    /// Orders whose record is stored and not yet read; one may be named twice.
    wanted: Vec<OrderId>,
    /// What is wrong with the last card that did not say beyond doubt which order it is.
    unnamed: Option<Problem>,
    /// How many such cards the background program was told of.
    told: Option<usize>,
    said: bool,
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
        let mut known = ByOrder::default();
        for record in records {
            let order = record.id.clone();
            known.insert(&order, record);
        }
        host.overlay.say_check(opening.check);
        let inner = Rc::new(Inner {
            layout: OnceCell::new(),
            mutations: OnceCell::new(),
            origin: web_sys::window()
                .and_then(|window| window.location().origin().ok())
                .unwrap_or_default(),
            outbox: Outbox::new(host.measure.clone()),
            host,
            known: WeakMap::new(),
            seen: RefCell::default(),
            state: RefCell::new(State {
                index: opening.index,
                records: known,
                entries: ByOrder::default(),
                queue: Vec::new(),
                twins: Vec::new(),
                front: opening.front,
                wanted: Vec::new(),
                unnamed: None,
                told: None,
                said: false,
            }),
            timer: RefCell::default(),
            patience: RefCell::default(),
            began: clock::now(),
            slicing: Cell::new(false),
            fetching: Cell::new(false),
            first_drawn: Cell::new(false),
            removed: Cell::new(false),
            zone: RememberedZone::default(),
            scrolled: Cell::new(false),
        });
        let weak = Rc::downgrade(&inner);
        inner.mutations.get_or_init(|| {
            Mutations::observe(&inner.host.root, move |records| {
                if let Some(inner) = weak.upgrade() {
                    inner.host.measure.task(|| inner.mutated(&records));
                }
            })
        });
        let weak = Rc::downgrade(&inner);
        let scroll = Listener::on(&inner.host.document, "scroll", move || {
            if let Some(inner) = weak.upgrade() {
                inner.scrolled.set(true);
            }
        });
        inner.host.measure.task(|| inner.look_at_all());
        inner.wait();
        inner.rehearse_when_idle();
        Self {
            inner,
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
            .filter(|order| state.entries.contains(order))
            .collect::<Vec<_>>();
        state.wanted.extend(shown);
        drop(state);
        self.inner.fetch();
    }
}
