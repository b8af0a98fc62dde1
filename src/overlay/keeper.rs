//! The keyboard's place in a badge. A badge whose countdown moves on gets a new row, and the browser then lets go of the focus:
//! here it goes to what is in the new row what the control that had it was in the old one.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, MutationObserver, MutationObserverInit, ShadowRoot};

use crate::browser::timer;

use super::canvas::Listener;
use super::dom::Drawn;
use super::layer::Layer;
use super::{focus, like};

/// Minds one badge, as long as the focus is in it. Stops when dropped.
pub struct FocusKeeper {
    pub badge: Element,
    observer: MutationObserver,
    _redrawn: Closure<dyn Fn()>,
    _listeners: [Listener; 2],
}

impl FocusKeeper {
    /// `row` is what the badge holds now.
    pub fn new(layer: &Layer, badge: &Element, row: &Element) -> Drawn<Self> {
        let root: ShadowRoot = row.get_root_node().dyn_into()?;
        let control = Rc::new(RefCell::new(root.active_element()));

        let (held, entered) = (control.clone(), root.clone());
        let entered = move |_| {
            held.replace(entered.active_element());
        };
        let (held, left) = (control.clone(), root.clone());
        // Some browsers say that a control that is taken away has lost the focus: whether the user left shows afterwards.
        let left = move |_| {
            let (held, left) = (held.clone(), left.clone());
            let look = move || {
                if left.active_element().is_none() {
                    held.take();
                }
            };
            timer::after(0, look).forget();
        };
        let listeners = [
            Listener::new(&root, "focusin", entered)?,
            Listener::new(&root, "focusout", left)?,
        ];

        let (weak, host, shadow) = (Rc::downgrade(&layer.0), badge.clone(), root.clone());
        let redrawn = Closure::<dyn Fn()>::new(move || {
            let Some(inner) = weak.upgrade() else { return };
            if shadow.active_element().is_some() || elsewhere(&inner.canvas.document) {
                return;
            }
            let Some(lost) = control.take() else { return };
            let found = shadow.last_element_child();
            if let Some(found) = found.and_then(|row| like(&row, &lost)) {
                focus(&found);
            }
            // The new row has nothing of the kind, or it takes no focus.
            if shadow.active_element().is_none() {
                Layer(inner).focus_badge(&host);
            }
        });
        let observer = MutationObserver::new(redrawn.as_ref().unchecked_ref())?;
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        observer.observe_with_options(&root, &options)?;
        Ok(Self {
            badge: badge.clone(),
            observer,
            _redrawn: redrawn,
            _listeners: listeners,
        })
    }
}

/// Whether something of the page has the focus.
fn elsewhere(document: &Document) -> bool {
    document
        .active_element()
        .is_some_and(|element| element.local_name() != "body")
}

impl Drop for FocusKeeper {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
