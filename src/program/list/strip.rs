//! The strip above the list, and the check of exact dates that is begun in it.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::Node;

use super::{Entry, Inner, ListProgram, State};
use crate::browser::clock;
use crate::browser::dom::DomNode;
use crate::domain::order::OrderId;
use crate::domain::summary::Summary;
use crate::site::{PageNode, list_page};
use crate::store::LocalStore;

impl ListProgram {
    /// The orders on the page that a check of exact dates would open, with the addresses that their cards link.
    pub fn to_check(&self) -> Vec<(OrderId, String)> {
        let state = self.inner.state.borrow();
        let mut orders = Vec::new();
        for (order, entry) in state.entries.iter() {
            if entry.standing.to_check && entry.card.0.is_connected() {
                orders.push((order.clone(), entry.detail_link.clone().unwrap_or_default()));
            }
        }
        orders
    }

    /// A check of exact dates has come further.
    pub fn check_changed(&self) {
        let weak = Rc::downgrade(&self.inner);
        spawn_local(async move {
            let progress = LocalStore::open().date_check_progress().await;
            if let (Some(inner), Ok(progress)) = (weak.upgrade(), progress) {
                inner.host.overlay.say_check(progress);
                inner.draw_strip();
            }
        });
    }
}

impl Inner {
    /// The first card on the page that was read.
    fn first_card(&self, state: &State) -> Option<DomNode> {
        let is_read = |card: &DomNode| {
            let entry = self
                .known_order(card)
                .and_then(|order| state.entries.get(&order));
            entry.is_some_and(|entry| entry.card.same(card))
        };
        // Nearly always the first of its class, which the browser finds at once.
        let by_class = self.host.node().first(list_page::CARD).filter(is_read);
        by_class.or_else(|| {
            let mut first: Option<&Entry> = None;
            for entry in state.entries.values() {
                if first.is_none_or(|first| precedes(&entry.card, &first.card)) {
                    first = Some(entry);
                }
            }
            first.map(|entry| entry.card.clone())
        })
    }

    pub(super) fn draw_strip(&self) {
        if !self.state.borrow().entries.is_empty() {
            self.host.say_doubt();
        }
        if !self.host.settings.strip {
            return;
        }
        self.forget_gone();
        let state = self.state.borrow();
        let mut summary = Summary::default();
        let now = clock::now();
        for (order, entry) in state.entries.iter() {
            summary.add(order, entry.standing, entry.total.as_ref(), now);
        }
        let first = self.first_card(&state);
        let place = first.and_then(|card| list_page::head(&self.host.node(), &card));
        match place {
            Some((parent, before)) => {
                self.host
                    .overlay
                    .strip(&parent.0, Some(&before.0), &summary, now)
            }
            None => self.host.overlay.remove_strip(),
        }
    }
}

/// Whether the first node stands before the second in the document.
fn precedes(first: &DomNode, second: &DomNode) -> bool {
    let first: &Node = &first.0;
    first.compare_document_position(&second.0) & Node::DOCUMENT_POSITION_FOLLOWING != 0
}
