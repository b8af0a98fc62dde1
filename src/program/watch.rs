//! Watching a page: its mutations and its events, until dropped.

use wasm_bindgen::prelude::*;
use web_sys::{EventTarget, MutationObserver, MutationObserverInit, MutationRecord, Node};

/// An observer of a page's mutations. Stops when dropped.
pub struct Mutations {
    observer: Option<MutationObserver>,
    callback: Closure<dyn Fn(js_sys::Array)>,
}

impl Mutations {
    /// Reports all changes below the node. The report comes before the page is painted again, so what is drawn in answer
    /// to it appears in the same frame.
    pub fn observe(node: &Node, changed: impl Fn(Vec<MutationRecord>) + 'static) -> Self {
        let callback = Closure::<dyn Fn(js_sys::Array)>::new(move |records: js_sys::Array| {
            changed(records.iter().map(JsCast::unchecked_into).collect());
        });
        let observer = MutationObserver::new(callback.as_ref().unchecked_ref()).ok();
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        options.set_character_data(true);
        // `href` tells that a card is reused for another order; the rest is what our own nodes must keep.
        let names = [
            "href",
            "lang",
            "data-order",
            "data-kind",
            "data-clock",
            "data-until",
        ];
        let names: js_sys::Array = names.into_iter().map(JsValue::from_str).collect();
        options.set_attribute_filter(&names);
        if let Some(observer) = &observer {
            let _ = observer.observe_with_options(node, &options);
        }
        Self { observer, callback }
    }
}

impl Mutations {
    /// Does work whose changes are not reported. What the page has done before, and was not told of yet, is reported after it.
    pub fn unreported(&self, work: impl FnOnce()) {
        let take = || self.observer.as_ref().map(MutationObserver::take_records);
        let before = take();
        work();
        take();
        if let Some(before) = before.filter(|before| before.length() > 0) {
            let callback: &js_sys::Function = self.callback.as_ref().unchecked_ref();
            let _ = callback.call1(&JsValue::UNDEFINED, &before);
        }
    }
}

impl Drop for Mutations {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// A listener for one kind of event. Stops when dropped.
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    callback: Closure<dyn FnMut()>,
}

impl Listener {
    pub fn on(target: &EventTarget, event: &'static str, happened: impl FnMut() + 'static) -> Self {
        let callback = Closure::<dyn FnMut()>::new(happened);
        let _ = target.add_event_listener_with_callback(event, callback.as_ref().unchecked_ref());
        Self {
            target: target.clone(),
            event,
            callback,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(
            self.event,
            self.callback.as_ref().unchecked_ref(),
        );
    }
}
