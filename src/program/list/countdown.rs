//! Time that passes: one timer for every countdown on the page.

use std::rc::{Rc, Weak};

use super::Inner;
use crate::browser::{clock, timer};
use crate::domain::order::OrderId;
use crate::domain::time::Span;
use crate::program::content;

/// The countdowns look at the clock at least this often, and with it whether the extension is still there.
const HEARTBEAT: Span = Span(15_000);

impl Inner {
    /// One timer for all countdowns; none while the page is hidden.
    pub(super) fn set_timer(self: &Rc<Self>) {
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
        let timeout = timer::after(u32::try_from(wait).unwrap_or(15_000), move || {
            if let Some(inner) = weak.upgrade()
                && !content::stop_if_orphaned()
                && !content::restart_if_clock_was_set()
            {
                inner.host.measure.task(|| inner.redraw_due());
            }
        });
        self.timer.replace(Some(timeout));
    }

    pub(super) fn redraw_due(self: &Rc<Self>) {
        let now = clock::now();
        self.forget_gone();
        let state = self.state.borrow();
        let due = state
            .entries
            .iter()
            .filter(|(_, entry)| entry.next_change.is_some_and(|next| next <= now));
        let due: Vec<OrderId> = due.map(|(order, _)| order.clone()).collect();
        drop(state);
        self.place_all(&due, now);
        if !due.is_empty() {
            self.draw_strip();
        }
        self.set_timer();
    }
    /// An order whose card has left the page is forgotten; its record stays for when it comes back.
    pub(super) fn forget_gone(&self) {
        if !self.removed.take() {
            return;
        }
        let mut state = self.state.borrow_mut();
        let left = state.entries.iter();
        let left = left.filter(|(_, entry)| !entry.card.0.is_connected());
        let gone: Vec<OrderId> = left.map(|(order, _)| order.clone()).collect();
        for order in &gone {
            state.entries.remove(order);
        }
        drop(state);
        for order in &gone {
            self.host.overlay.remove(order);
        }
    }
}
