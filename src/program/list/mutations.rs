//! What of the page changed, and which cards that concerns.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MutationRecord};

use super::Inner;
use crate::browser::dom::DomNode;
use crate::domain::order::OrderId;
use crate::program::content;
use crate::site::strategy::Part;
use crate::site::{PageNode, list_page};

impl Inner {
    pub(super) fn mutated(self: &Rc<Self>, records: &[MutationRecord]) {
        let overlay = &self.host.overlay;
        let mut touched: Vec<DomNode> = Vec::new();
        let mut rescan = false;
        let mut strip_lost = false;
        // What was added and looked through as a whole. What was added inside of it was seen with it.
        let mut seen: Vec<DomNode> = Vec::new();
        for record in records {
            let (added, removed) = (record.added_nodes(), record.removed_nodes());
            let (come, gone) = (added.length(), removed.length());
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
            let only_ours = |list: &web_sys::NodeList| {
                (0..list.length())
                    .filter_map(|at| list.get(at))
                    .all(|node| overlay.owns(&node))
            };
            let ours_removed = (0..gone)
                .filter_map(|at| removed.get(at))
                .any(|node| overlay.owns(&node));
            strip_lost |= ours_removed;
            let ours_alone = record.type_() == "childList"
                && only_ours(&added)
                && (gone == 0 || ours_removed && only_ours(&removed));
            if ours_alone || overlay.owns(&target) {
                if let Some(card) = self.card_of(&element)
                    && !self.is_intact(&card)
                {
                    touch(&mut touched, card);
                }
                continue;
            }
            if gone > 0 {
                self.removed.set(true);
            }
            if let Some(card) = self.card_of(&element) {
                touch(&mut touched, card);
                continue;
            }
            rescan |= gone > 0;
            if come == 0 || seen.iter().any(|node| node.0.contains(Some(&target))) {
                continue;
            }
            for at in 0..come {
                let Some(node) = added
                    .get(at)
                    .and_then(|node| node.dyn_into::<Element>().ok())
                else {
                    continue;
                };
                let node = DomNode(node);
                if node.matches(list_page::CARD) {
                    touched.push(node);
                    continue;
                }
                let inside = node.all(list_page::CARD);
                rescan |= inside.is_empty();
                touched.extend(inside);
                seen.push(node);
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

    pub(super) fn is_intact(&self, card: &DomNode) -> bool {
        let Some(order) = self.known_order(card) else {
            return false;
        };
        let state = self.state.borrow();
        state
            .entries
            .get(&order)
            .is_some_and(|entry| !entry.drawn || self.host.overlay.is_intact(&order, &entry.slot))
    }

    /// The order that the card was last read as.
    pub(super) fn known_order(&self, card: &DomNode) -> Option<OrderId> {
        let place = self.known.get(&card.0).as_f64()?;
        // A number that we have set ourselves.
        self.seen.borrow().get(place as usize).cloned()
    }

    pub(super) fn know(&self, card: &DomNode, order: OrderId) {
        let mut seen = self.seen.borrow_mut();
        let place = JsValue::from_f64(seen.len() as f64);
        seen.push(order);
        self.known.set(&card.0, &place);
    }

    pub(super) fn look_at_all(self: &Rc<Self>) {
        let (cards, way) = list_page::cards(&self.host.node());
        self.host.tally.borrow_mut().count(Part::Cards, way);
        self.take(
            cards
                .into_iter()
                .filter(|card| !self.is_intact(card))
                .collect(),
        );
    }
}

/// Several changes within one card follow each other mostly; a card that is read twice costs no more than that.
fn touch(touched: &mut Vec<DomNode>, card: DomNode) {
    if !touched.last().is_some_and(|last| last.same(&card)) {
        touched.push(card);
    }
}
