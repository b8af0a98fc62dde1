//! The program on the pages about single orders, on the list of returns and on the order list of the Russian site: it reads the page when it has settled, and points at the control that opens a
//! dispute if it was asked to.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

use crate::browser::clock;
use crate::browser::dom::DomNode;
use crate::browser::intl;
use crate::browser::runtime::{self, Request};
use crate::domain::ledger::Record;
use crate::domain::order::OrderId;
use crate::domain::sighting::{Page, Reading};
use crate::domain::time::{Day, Zone};
use crate::overlay::{Anchor, Pointed};
use crate::site::ship_to::{self, CountryNames};
use crate::site::strategy::Tally;
use crate::site::{
    Context, address, detail_page, dispute_page, returns_page, ru_list_page, tracking_page,
};
use crate::store::{self, LocalStore, PageRead};

use super::aside::Aside;
use super::card_badges::CardBadges;
use super::languages;
use super::order::{self, Host};
use super::outbox::Outbox;
use super::own_badge::OwnBadge;
use super::page;
use super::watch::Mutations;

/// A page that has not changed for this long is read.
const SETTLED_MS: u32 = 120;
/// A page of which nothing was understood for this long is said to be not understood.
const PATIENCE_MS: u32 = 8_000;

pub(super) struct SingleProgram {
    inner: Rc<Inner>,
    _mutations: Mutations,
}

struct Inner {
    host: Host,
    /// The order that the address names.
    order: Option<OrderId>,
    /// The order line that the address names, by its number.
    line: Option<u64>,
    /// Whether the page only asks whether a dispute is to be cancelled: then nothing is read of it but which order it is about.
    asks: bool,
    /// On the page that is the order's own.
    badge: Option<OwnBadge>,
    /// On a list of orders that is not the main one.
    cards: Option<CardBadges>,
    /// On a page whose own words there is something to be said about.
    aside: Option<Aside>,
    outbox: Outbox,
    /// What countries are called, once it was asked for: the browser takes its time to make all their names.
    countries: OnceCell<CountryNames>,
    state: RefCell<State>,
    /// Whether the program has ended, or begun again: what was asked for before draws nothing any more.
    ended: Cell<bool>,
}

impl Drop for SingleProgram {
    fn drop(&mut self) {
        self.inner.ended.set(true);
    }
}

#[derive(Default)]
struct State {
    placed: Option<Day>,
    /// What was sent last, so that the same page is not sent twice.
    sent: Vec<Reading>,
    pointed: bool,
    /// Whether the user is on the way to the form, and which of the answers on it were pointed at.
    on_the_way: bool,
    answers: usize,
    /// Whether the number of the page's dispute was told.
    numbered: bool,
    /// Whether the page was found to show a check for robots.
    barred: bool,
    settling: Option<Timeout>,
    patience: Option<Timeout>,
}

impl SingleProgram {
    pub fn start(
        host: Host,
        (order, line): (Option<OrderId>, Option<u64>),
        (badge, cards): (Option<OwnBadge>, Option<CardBadges>),
        aside: Option<Aside>,
    ) -> Self {
        let inner = Rc::new(Inner {
            outbox: Outbox::new(host.measure.clone()),
            host,
            order,
            line,
            asks: page::asks_to_cancel(),
            badge,
            cards,
            aside,
            countries: OnceCell::new(),
            state: RefCell::default(),
            ended: Cell::default(),
        });
        let weak = Rc::downgrade(&inner);
        let mutations = Mutations::observe(&inner.host.place.root, move |records| {
            if let Some(inner) = weak.upgrade() {
                let theirs = records.iter().any(|record| {
                    record
                        .target()
                        .is_some_and(|node| !inner.host.layer.owns(&node))
                });
                if theirs {
                    inner.settle();
                }
            }
        });
        let waiting = Rc::downgrade(&inner);
        inner.state.borrow_mut().patience =
            Some(Timeout::new(PATIENCE_MS, move || judge(&waiting)));
        let known = inner.clone();
        spawn_local(async move {
            known.read_record().await;
            known.settle();
        });
        Self {
            inner,
            _mutations: mutations,
        }
    }

    /// What was tried on the page, one line each.
    pub fn tried(&self) -> String {
        self.inner.host.tally.borrow().text()
    }

    /// These keys of the storage have changed: another page may have told more of the order.
    pub fn kept_anew(&self, keys: &[String]) {
        if let Some(cards) = &self.inner.cards {
            let orders = keys.iter().filter_map(|key| store::order_of_key(key));
            self.inner.know_cards(cards.known_among(orders));
        }
        let order = self.inner.order.as_ref();
        if order.is_some()
            && keys
                .iter()
                .any(|key| store::order_of_key(key).as_ref() == order)
        {
            let inner = self.inner.clone();
            spawn_local(async move {
                inner.read_record().await;
                inner.place();
            });
        }
    }

    /// The page is seen again.
    pub fn look_up(&self) {
        if let Some(badge) = &self.inner.badge {
            badge.look_up();
        }
        if let Some(cards) = &self.inner.cards {
            cards.look_up();
        }
        if let Some(aside) = &self.inner.aside {
            aside.place();
        }
    }

    pub fn anchor(&self, badge: &Element) -> Option<Anchor> {
        if let Some(cards) = &self.inner.cards {
            return cards.anchor(badge);
        }
        let own = self.inner.badge.as_ref()?;
        own.anchor(badge, !self.inner.dispute_controls().is_empty())
    }

    pub fn point_at_dispute(&self) {
        self.inner.point_at_dispute(self.inner.dispute_controls());
    }

    /// Takes what it has drawn off the page.
    pub fn end(&self) {
        if let Some(badge) = &self.inner.badge {
            badge.end();
        }
        if let Some(cards) = &self.inner.cards {
            cards.end();
        }
        if let Some(aside) = &self.inner.aside {
            aside.end();
        }
    }

    /// What the page says of its order, as it was last read.
    pub fn says(&self) -> Vec<String> {
        self.inner.read();
        let state = self.inner.state.borrow();
        let mut says: Vec<String> = state.sent.iter().flat_map(Reading::texts).collect();
        drop(state);
        if self.inner.host.page() == Page::Tracking {
            for text in tracking_page::texts(&self.inner.host.node()) {
                if !says.contains(&text) {
                    says.push(text);
                }
            }
        }
        says
    }

    pub fn flush(&self) {
        self.inner.read();
        self.inner.outbox.send();
    }
}

/// The page has had its time: it is told how it was read, or said that it is not understood.
fn judge(inner: &Weak<Inner>) {
    let Some(inner) = inner.upgrade() else { return };
    // The Russian site goes from list to order and back within one document: of a list that is empty, or not the page now, nothing is said.
    let is_list = |root: &DomNode| ru_list_page::is_there(root) || !page::is_at_list();
    let silent =
        inner.asks || inner.host.page() == Page::OrderListRu && is_list(&inner.host.node());
    if order::stop_if_orphaned() {
        return;
    }
    if !inner.state.borrow().sent.is_empty() {
        inner.tell_read();
    } else if !silent {
        inner.host.say_not_understood();
    }
}

impl Inner {
    fn settle(self: &Rc<Self>) {
        let inner = self.clone();
        self.state.borrow_mut().settling = Some(Timeout::new(SETTLED_MS, move || {
            if inner.ended.get() || order::stop_if_orphaned() {
                return;
            }
            inner.read();
            inner.place();
            inner.point();
            inner.point_at_answers();
        }));
    }

    fn read(self: &Rc<Self>) {
        let now = clock::now();
        let context = Context {
            page: self.host.page(),
            at: now,
            made: clock::page_begun(),
            today: clock::BuyerZone.day_at(now),
            placed: self.state.borrow().placed,
            lexicon: self.host.lexicon,
        };
        let root = self.host.node();
        let order = self.order.as_ref();
        if self.asks {
            let linked = dispute_page::order_of(&root).filter(|_| order.is_none());
            let aside = self.aside.as_ref().zip(linked);
            return self.know_beside(aside.and_then(|(aside, order)| aside.is_about(&order)));
        }
        let read =
            |tally: &mut Tally| match self.host.page() {
                Page::OrderDetail => {
                    let countries = self.countries.get_or_init(|| self.country_names());
                    sure(order.and_then(|order| {
                        detail_page::read(&root, order, &context, countries, tally)
                    }))
                }
                Page::Tracking => {
                    sure(order.and_then(|order| tracking_page::read(&root, order, &context, tally)))
                }
                Page::Dispute => sure(dispute_page::read(&root, order, self.line, &context, tally)),
                Page::ReturnsList => {
                    let all = returns_page::read(&root, &context, tally).unwrap_or_default();
                    let (linked, numbered): (Vec<_>, Vec<_>) =
                        all.into_iter().partition(|returned| returned.linked);
                    let readings = |list: Vec<returns_page::Returned>| {
                        list.into_iter().map(|returned| returned.reading).collect()
                    };
                    (readings(linked), readings(numbered))
                }
                Page::OrderListRu => {
                    let cards = ru_list_page::read(&root, &context, tally);
                    if let Some(badges) = &self.cards {
                        self.know_cards(badges.saw(&cards));
                    }
                    let readings = cards.into_iter().map(|card| card.reading);
                    (readings.collect(), Vec::new())
                }
                Page::OrderList => (Vec::new(), Vec::new()),
            };
        let (readings, unsure) = self.host.measure.task(|| self.counting(read));
        if readings.is_empty() && unsure.is_empty() {
            return self.look_for_barrier(&root);
        }
        for reading in readings.iter().chain(&unsure) {
            self.host.fit.note(reading);
        }
        if self.host.fit.needs_all() {
            order::restart();
            return;
        }
        if let ([reading], Page::Dispute) = (readings.as_slice(), self.host.page()) {
            self.tell_number(&reading.order);
        }
        for reading in readings {
            if let Some(badge) = &self.badge {
                badge.saw(&reading);
            }
            let asked = self.aside.as_ref().and_then(|aside| aside.saw(&reading));
            self.know_beside(asked.filter(|order| self.order.as_ref() != Some(order)));
            if self.is_new(&reading) {
                self.outbox.put(reading);
            }
        }
        for reading in unsure {
            if self.is_new(&reading) {
                let outbox = self.outbox.clone();
                spawn_local(async move {
                    let known = LocalStore::open().record(&reading.order).await;
                    if known.is_ok_and(|record| record.is_some()) {
                        outbox.put(reading);
                    }
                });
            }
        }
    }

    /// Tells how the parts of the page were found.
    fn tell_read(&self) {
        page::tell(Request::PageRead(PageRead {
            page: self.host.page(),
            at: clock::now(),
            unnamed: None,
            tally: self.host.tally.borrow().clone(),
        }));
    }

    /// Reads with the tally of what matched, which is taken out rather than held: what a page that is being left refuses must not
    /// stop the next reading.
    fn counting<T>(&self, read: impl FnOnce(&mut Tally) -> T) -> T {
        let mut tally = self.host.tally.take();
        let result = read(&mut tally);
        self.host.tally.replace(tally);
        result
    }

    /// Tells, once, by which number the shop knows the dispute of this page.
    fn tell_number(&self, order: &OrderId) {
        if std::mem::replace(&mut self.state.borrow_mut().numbered, true) {
            return;
        }
        let here = web_sys::window().and_then(|window| window.location().href().ok());
        let number = here.as_deref().and_then(address::dispute_in);
        if let Some(number) = number.map(str::to_owned) {
            let (order, line) = (order.clone(), self.line.unwrap_or_default());
            spawn_local(async move {
                let _ = runtime::tell_dispute(&order, line, &number).await;
            });
        }
    }

    fn country_names(&self) -> CountryNames {
        let mut named = Vec::new();
        for language in languages::spoken(&self.host.place.root) {
            named.extend(intl::country_names(&language, ship_to::codes()));
        }
        CountryNames::new(named)
    }

    /// Whether the page did not tell the same before. Remembers it.
    fn is_new(&self, reading: &Reading) -> bool {
        let mut state = self.state.borrow_mut();
        let of_order = |sent: &&mut Reading| sent.order == reading.order;
        match state.sent.iter_mut().find(of_order) {
            Some(sent) => {
                let same = Reading {
                    at: reading.at,
                    ..sent.clone()
                } == *reading;
                *sent = reading.clone();
                !same
            }
            None => {
                state.sent.push(reading.clone());
                true
            }
        }
    }

    /// Says, once, that the shop asks whether a person is there. It matters where a check of exact dates opened the page.
    fn look_for_barrier(&self, root: &DomNode) {
        let state = self.state.borrow();
        let asks = state.sent.is_empty() && !state.barred;
        drop(state);
        if asks && detail_page::is_barred(root) {
            self.state.borrow_mut().barred = true;
            page::tell(Request::Barred);
        }
    }

    /// Points at the site's own control, once, if the way here was "Open a dispute".
    fn point(&self) {
        let asked = web_sys::window().and_then(|window| window.location().hash().ok());
        let Some(line) = asked.as_deref().and_then(address::dispute_at) else {
            return;
        };
        if self.state.borrow().pointed {
            return;
        }
        let controls = self.dispute_controls();
        let controls = detail_page::controls_of_line(&self.host.node(), line, controls);
        if !controls.is_empty() {
            self.state.borrow_mut().pointed = true;
            self.point_at_dispute(controls);
        }
    }

    fn point_at_dispute(&self, controls: Vec<DomNode>) {
        // Such links that stand on the page before are no answers.
        let links = detail_page::received_answers(&self.host.node()).len();
        let mut state = self.state.borrow_mut();
        state.on_the_way = true;
        state.answers = links;
        drop(state);
        let controls: Vec<Element> = controls.into_iter().map(|node| node.0).collect();
        self.host.layer.point_at(&controls, Pointed::Dispute);
    }

    /// Points at the answers to the shop's question that comes next, whenever it is asked.
    fn point_at_answers(&self) {
        if !self.state.borrow().on_the_way {
            return;
        }
        let answers = detail_page::received_answers(&self.host.node());
        let answers: Vec<Element> = answers.into_iter().map(|node| node.0).collect();
        let known = std::mem::replace(&mut self.state.borrow_mut().answers, answers.len());
        if known == 0 {
            self.host.layer.point_at(&answers, Pointed::Answers);
        }
    }

    /// The shop's own controls that open a dispute.
    fn dispute_controls(&self) -> Vec<DomNode> {
        self.counting(|tally| {
            detail_page::dispute_controls(&self.host.node(), self.host.lexicon, tally)
        })
    }

    /// Reads what is kept of the order. The day of the order tells the year of a date that is printed without one.
    async fn read_record(&self) {
        let Some(order) = &self.order else { return };
        // Without the ledger a badge could be wrong; the page can still be read.
        let Ok(record) = LocalStore::open().record(order).await else {
            return;
        };
        if let Some(record) = &record {
            self.state.borrow_mut().placed = record.placed();
        }
        let record = record.unwrap_or_else(|| Record::new(order.clone()));
        if let Some(aside) = &self.aside {
            let asked = LocalStore::open().asked(order).await;
            aside.know(record.clone(), asked.ok().flatten());
        }
        if let Some(badge) = &self.badge {
            badge.know(record);
        }
    }

    /// Asks what is kept of that order, and draws what stands beside the page's words.
    fn know_beside(self: &Rc<Self>, order: Option<OrderId>) {
        if let Some(order) = order {
            let inner = Rc::clone(self);
            spawn_local(async move {
                inner.know_aside(&order).await;
                inner.place();
            });
        }
    }

    /// The same as of its own order, of one that the page names and its address does not.
    async fn know_aside(&self, order: &OrderId) {
        if let (Some(aside), Ok(record)) = (&self.aside, LocalStore::open().record(order).await) {
            let asked = LocalStore::open().asked(order).await;
            let record = record.unwrap_or_else(|| Record::new(order.clone()));
            aside.know(record, asked.ok().flatten());
        }
    }

    /// Asks what is kept of orders on a list, and draws their badges.
    fn know_cards(self: &Rc<Self>, orders: Vec<OrderId>) {
        if orders.is_empty() {
            return;
        }
        let inner = Rc::clone(self);
        spawn_local(async move {
            for order in orders {
                let Ok(kept) = LocalStore::open().record(&order).await else {
                    return;
                };
                let mut record = kept.unwrap_or_else(|| Record::new(order));
                let sent = inner.state.borrow().sent.clone();
                for reading in &sent {
                    record.absorb(reading);
                }
                if let Some(cards) = &inner.cards {
                    cards.know(record);
                }
            }
            inner.place();
        });
    }

    fn place(&self) {
        if self.ended.get() {
            return;
        }
        if let Some(cards) = &self.cards {
            self.host.measure.task(|| cards.place());
        }
        if let Some(badge) = &self.badge {
            self.host.measure.task(|| badge.place());
        }
        if let Some(aside) = &self.aside {
            self.host.measure.task(|| aside.place());
        }
    }
}

/// The readings of a page whose order is beyond doubt, and none of another kind.
fn sure(reading: Option<Reading>) -> (Vec<Reading>, Vec<Reading>) {
    (reading.into_iter().collect(), Vec::new())
}
