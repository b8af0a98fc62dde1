//! Badges on a list of orders that this program reads as a whole, once it has settled: the list of the Russian site.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use web_sys::Element;

use crate::browser::clock;
use crate::browser::dom::DomNode;
use crate::domain::ledger::Record;
use crate::domain::order::OrderId;
use crate::domain::rules::Choices;
use crate::domain::verdict::Verdict;
use crate::overlay::{Anchor, CardView, Overlay, OwnPage, Slot};
use crate::site::list_page::Card;

use super::clock_watch::ClockWatch;
use super::{muted, order};

/// The countdowns look at the clock this often, and with it whether the extension is still there.
const HEARTBEAT_MS: u32 = 15_000;
/// A page that takes badges away this often between two looks at the clock is left alone until the next one.
const RETRIES: u32 = 200;

#[derive(Clone)]
pub(super) struct CardBadges(Rc<Inner>);

struct Inner {
    overlay: Overlay,
    choices: Choices,
    clock: ClockWatch,
    /// Of the page's address: what its links are relative to.
    origin: String,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    /// What is kept of the orders and what this page has told. None is drawn before it is there: no badge changes its mind.
    records: BTreeMap<OrderId, Record>,
    shown: Vec<Shown>,
    put_back: u32,
    timer: Option<Timeout>,
}

#[derive(Clone)]
struct Shown {
    order: OrderId,
    slot: Slot,
    page: Option<String>,
}

impl CardBadges {
    pub fn new(overlay: Overlay, choices: Choices) -> Self {
        let origin = web_sys::window().and_then(|window| window.location().origin().ok());
        Self(Rc::new(Inner {
            overlay,
            choices,
            clock: ClockWatch::start(),
            origin: origin.unwrap_or_default(),
            state: RefCell::default(),
        }))
    }

    /// What the page shows now. Says of which orders what is kept is to be asked for.
    pub fn saw(&self, cards: &[Card<DomNode>]) -> Vec<OrderId> {
        let mut state = self.0.state.borrow_mut();
        state.shown = cards.iter().map(|card| self.0.shown(card)).collect();
        let mut unknown = Vec::new();
        for card in cards {
            match state.records.get_mut(&card.order) {
                Some(record) => {
                    record.absorb(&card.reading);
                }
                None => unknown.push(card.order.clone()),
            }
        }
        unknown
    }

    /// Of these orders those whose badges stand here.
    pub fn known_among(&self, orders: impl Iterator<Item = OrderId>) -> Vec<OrderId> {
        let state = self.0.state.borrow();
        orders
            .filter(|order| state.records.contains_key(order))
            .collect()
    }

    /// What is kept of an order, with which this page's own readings are put together.
    pub fn know(&self, mut record: Record) {
        let mut state = self.0.state.borrow_mut();
        if let Some(own) = state.records.get(&record.id) {
            record.complete_from(own);
        }
        state.records.insert(record.id.clone(), record);
    }

    /// Draws the badges, or puts them right.
    pub fn place(&self) {
        let now = clock::now();
        // Nothing is held while the browser is called: what a page that is being left refuses must not stop the next reading.
        let (shown, gone) = {
            let state = self.0.state.borrow();
            let is_shown =
                |order: &&OrderId| state.shown.iter().any(|shown| shown.order == **order);
            let gone: Vec<OrderId> = state
                .records
                .keys()
                .filter(|order| !is_shown(order))
                .cloned()
                .collect();
            (state.shown.clone(), gone)
        };
        for order in gone {
            self.0.overlay.remove(&order);
        }
        for shown in &shown {
            let record = self.0.state.borrow().records.get(&shown.order).cloned();
            let Some(record) = record.filter(|_| self.may_draw(shown)) else {
                continue;
            };
            let view = CardView {
                order: &shown.order,
                verdict: &Verdict::chosen(&record, now, clock::zones(), &self.0.choices),
                now,
                // What this site's own page of an order says is not known: the badge does not send anyone there for a date.
                detail_url: None,
            };
            self.0.overlay.place(&shown.slot, &view);
        }
        self.set_timer();
    }

    /// Whether the badge is not there yet, is as it must be, or may be put back once more.
    fn may_draw(&self, shown: &Shown) -> bool {
        if self.0.overlay.is_intact(&shown.order, &shown.slot) {
            return true;
        }
        let mut state = self.0.state.borrow_mut();
        state.put_back += 1;
        state.put_back <= RETRIES
    }

    /// The page is seen again: time has passed.
    pub fn look_up(&self) {
        if self.0.clock.was_set() {
            return order::restart();
        }
        self.0.state.borrow_mut().put_back = 0;
        self.place();
    }

    fn set_timer(&self) {
        let hidden = web_sys::window()
            .and_then(|window| window.document())
            .is_none_or(|page| page.hidden());
        let weak = Rc::downgrade(&self.0);
        let timer = (!hidden).then(|| {
            Timeout::new(HEARTBEAT_MS, move || {
                if let Some(inner) = weak.upgrade()
                    && !order::stop_if_orphaned()
                {
                    Self(inner).look_up();
                }
            })
        });
        self.0.state.borrow_mut().timer = timer;
    }

    /// What opens from a badge, if the element is one.
    pub fn anchor(&self, badge: &Element) -> Option<Anchor> {
        let (order, row, _) = self.0.overlay.badge_at(badge)?;
        let state = self.0.state.borrow();
        let record = state.records.get(&order)?.clone();
        let shown = state.shown.iter().find(|shown| shown.order == order);
        let page = shown.and_then(|shown| shown.page.clone());
        drop(state);
        let now = clock::now();
        Some(Anchor {
            verdict: Verdict::chosen(&record, now, clock::zones(), &self.0.choices),
            muted: muted::is_muted(&order),
            order,
            record,
            badge: badge.clone(),
            row,
            now,
            own_page: page.map_or(OwnPage::Unknown, OwnPage::Unread),
        })
    }

    /// Takes them off the page.
    pub fn end(&self) {
        self.0.state.borrow_mut().timer = None;
        self.0.overlay.teardown();
    }
}

impl Inner {
    fn shown(&self, card: &Card<DomNode>) -> Shown {
        let link = card.detail_link.as_deref();
        let page = link.map(|link| match link.strip_prefix("//") {
            Some(rest) => ["https://", rest].concat(),
            None if link.starts_with('/') => [&self.origin, link].concat(),
            None => link.to_owned(),
        });
        Shown {
            order: card.order.clone(),
            slot: Slot {
                parent: card.slot.parent.0.clone(),
                after: card.slot.after.as_ref().map(|node| node.0.clone().into()),
                compact: card.slot.compact,
            },
            page: page.filter(|page| page.starts_with("https://")),
        }
    }
}
