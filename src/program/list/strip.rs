//! The strip above the list.

use web_sys::Node;

use super::{Entry, Inner};
use crate::browser::clock;
use crate::browser::dom::DomNode;
use crate::domain::summary::Summary;
use crate::site::list_page;

impl Inner {
    pub(super) fn draw_strip(&self) {
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
}

/// Whether the first node stands before the second in the document.
fn precedes(first: &DomNode, second: &DomNode) -> bool {
    let first: &Node = &first.0;
    first.compare_document_position(&second.0) & Node::DOCUMENT_POSITION_FOLLOWING != 0
}
