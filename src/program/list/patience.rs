//! A page of which nothing is understood: how long that is waited for, and that it is said.

use std::rc::Rc;

use super::Inner;
use crate::browser::{clock, timer};
use crate::domain::time::Span;
use crate::program::content;
use crate::site::list_page;

/// A page that has not changed for this long and shows nothing known is not understood; nor is one that never rests, after
/// a longer while.
const PATIENCE_MS: u32 = 4_000;
const LONG_PATIENCE: Span = Span(20_000);

impl Inner {
    /// When the page has come to rest, looks whether anything of it was understood.
    pub(super) fn wait(self: &Rc<Self>) {
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
        let timeout = timer::after(PATIENCE_MS, move || {
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
        let empty = state.unnamed.is_none() && list_page::is_empty(&root);
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
