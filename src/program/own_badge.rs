//! The badge on the order's own page: what the list says of the order, below what the page says of its state.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use web_sys::Element;

use crate::browser::clock;
use crate::browser::dom::DomNode;
use crate::domain::ledger::Record;
use crate::domain::order::OrderId;
use crate::domain::rules::Choices;
use crate::domain::sighting::Reading;
use crate::domain::time::{Moment, Span};
use crate::domain::verdict::Verdict;
use crate::overlay::{Anchor, CardView, Overlay, OwnPage, Slot};
use crate::site::detail_page;

use super::clock_watch::ClockWatch;
use super::{muted, order};

/// The countdown looks at the clock at least this often, and with it whether the extension is still there.
const HEARTBEAT: Span = Span(15_000);
/// A page that takes the badge away this often between two looks at the clock is left alone until the next one.
const RETRIES: u32 = 20;

#[derive(Clone)]
pub(super) struct OwnBadge(Rc<Inner>);

struct Inner {
    order: OrderId,
    root: DomNode,
    overlay: Overlay,
    choices: Choices,
    clock: ClockWatch,
    state: RefCell<State>,
    timer: RefCell<Option<Timeout>>,
}

#[derive(Default)]
struct State {
    /// What is kept of the order and what this page has told. Nothing is drawn before it is there: no badge changes its mind.
    record: Option<Record>,
    /// Told before the record was there.
    told: Vec<Reading>,
    /// Whether this page told anything of the order.
    understood: bool,
    drawn: bool,
    put_back: u32,
}

impl OwnBadge {
    pub fn new(root: &Element, order: OrderId, overlay: Overlay, choices: Choices) -> Self {
        Self(Rc::new(Inner {
            order,
            root: DomNode(root.clone()),
            overlay,
            choices,
            clock: ClockWatch::start(),
            state: RefCell::default(),
            timer: RefCell::default(),
        }))
    }

    /// What is kept of the order, with which this page's own readings are put together.
    pub fn know(&self, kept: Record) {
        let mut state = self.0.state.borrow_mut();
        let mut record = kept;
        if let Some(own) = &state.record {
            record.complete_from(own);
        }
        for reading in std::mem::take(&mut state.told) {
            record.absorb(&reading);
        }
        state.record = Some(record);
    }

    /// What the page tells.
    pub fn saw(&self, reading: &Reading) {
        let mut state = self.0.state.borrow_mut();
        state.understood = true;
        match &mut state.record {
            Some(record) => {
                record.absorb(reading);
            }
            None => state.told.push(reading.clone()),
        }
    }

    /// Draws the badge, or puts it right.
    pub fn place(&self) {
        let now = clock::now();
        // Nothing is held while the browser is called: what a page that is being left refuses must not stop the next reading.
        let Some(verdict) = self.verdict(now) else {
            return;
        };
        let Some(slot) = detail_page::badge_slot(&self.0.root) else {
            return;
        };
        let slot = Slot {
            parent: slot.parent.0,
            after: slot.after.map(|node| node.0.into()),
            compact: slot.compact,
        };
        let drawn = self.0.state.borrow().drawn;
        if drawn && !self.0.overlay.is_intact(&self.0.order, &slot) && !self.may_put_back() {
            return;
        }
        let next_change = verdict.next_change(now);
        self.0.state.borrow_mut().drawn = true;
        let view = CardView {
            order: &self.0.order,
            verdict: &verdict,
            now,
            detail_url: None,
        };
        self.0.overlay.place(&slot, &view);
        self.set_timer(now, next_change);
    }

    /// What is known of the order, once the page was understood and what is kept was read.
    fn verdict(&self, now: Moment) -> Option<Verdict> {
        let zones = clock::zones();
        let state = self.0.state.borrow();
        let record = state.record.as_ref().filter(|_| state.understood)?;
        Some(Verdict::chosen(record, now, zones, &self.0.choices))
    }

    /// Counts how often the page took the badge away. Says whether it is to be put back once more.
    fn may_put_back(&self) -> bool {
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

    fn set_timer(&self, now: Moment, next_change: Option<Moment>) {
        if web_sys::window().is_none_or(|window| window.document().is_none_or(|page| page.hidden()))
        {
            self.0.timer.take();
            return;
        }
        let heartbeat = now.plus(HEARTBEAT);
        let wait = next_change.map_or(heartbeat, |next| next.min(heartbeat));
        let wait = wait.since(now).0.clamp(50, HEARTBEAT.0);
        let weak = Rc::downgrade(&self.0);
        let timeout = Timeout::new(u32::try_from(wait).unwrap_or(15_000), move || {
            if let Some(inner) = weak.upgrade()
                && !order::stop_if_orphaned()
            {
                Self(inner).look_up();
            }
        });
        self.0.timer.replace(Some(timeout));
    }

    /// What opens from the badge, if the element is it.
    pub fn anchor(&self, badge: &Element, disputable: bool) -> Option<Anchor> {
        let (order, row, _) = self.0.overlay.badge_at(badge)?;
        let record = self.0.state.borrow().record.clone()?;
        let now = clock::now();
        Some(Anchor {
            verdict: Verdict::chosen(&record, now, clock::zones(), &self.0.choices),
            muted: muted::is_muted(&order),
            order,
            record,
            badge: badge.clone(),
            row,
            now,
            own_page: OwnPage::Here { disputable },
        })
    }

    /// Takes it off the page.
    pub fn end(&self) {
        self.0.timer.take();
        self.0.overlay.teardown();
    }
}
