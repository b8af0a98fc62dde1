//! The records that the cards wait for, and those that the next page will need first.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::Inner;
use crate::browser::clock;
use crate::browser::runtime::{self, Request};
use crate::domain::ledger::Record;
use crate::domain::order::OrderId;
use crate::program::content;
use crate::site::list_page;
use crate::store::LocalStore;

impl Inner {
    /// Reads the records that cards wait for, in one go, then draws them.
    pub(super) fn fetch(self: &Rc<Self>) {
        if self.state.borrow().wanted.is_empty() || self.fetching.replace(true) {
            return;
        }
        let weak = Rc::downgrade(self);
        spawn_local(async move {
            let store = LocalStore::open();
            // The program may have ended, or begun again, while the storage was asked.
            while let Some(inner) = weak.upgrade() {
                let wanted = std::mem::take(&mut inner.state.borrow_mut().wanted);
                if wanted.is_empty() {
                    inner.fetching.set(false);
                    break;
                }
                drop(inner);
                let records = store.records(&wanted).await;
                let Some(inner) = weak.upgrade() else { break };
                match records {
                    Ok(records) => inner.host.measure.task(|| inner.fetched(&wanted, records)),
                    Err(error) => {
                        runtime::log(
                            "the ledger could not be read: no badges",
                            &error.message().into(),
                        );
                        content::stop_if_orphaned();
                        inner.fetching.set(false);
                        break;
                    }
                }
            }
        });
    }

    fn fetched(self: &Rc<Self>, wanted: &[OrderId], stored: Vec<Record>) {
        let mut state = self.state.borrow_mut();
        let mut changed: Vec<OrderId> = Vec::new();
        for record in stored {
            match state.records.get_mut(&record.id) {
                // What this page has read itself may be on its way to the ledger still.
                Some(own) => {
                    let mut merged = record;
                    merged.complete_from(own);
                    // What this page has told comes back from the ledger as it was told.
                    if *own != merged {
                        changed.push(merged.id.clone());
                        *own = merged;
                    }
                }
                None => {
                    let order = record.id.clone();
                    state.records.insert(&order, record);
                }
            }
        }
        drop(state);
        let now = clock::now();
        let mut due = Vec::new();
        for order in wanted {
            if !self.is_drawn(order) || changed.contains(order) {
                due.push(order.clone());
            }
        }
        self.place_all(&due, now);
        // One with nothing to draw ends the work: the strip counts anew, once for all that has come together.
        self.slice();
    }

    fn is_drawn(&self, order: &OrderId) -> bool {
        let state = self.state.borrow();
        state.entries.get(order).is_some_and(|entry| entry.drawn)
    }

    /// Has it kept with which orders the list begins, so that their records are read ahead the next time.
    pub(super) fn remember_front(&self) {
        let root = self.host.node();
        let cards = root.first_of_class(list_page::CARD_CLASS, LocalStore::FRONT);
        let first = cards.iter().filter_map(|card| self.known_order(card));
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
}
