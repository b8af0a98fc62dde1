//! Waiting for an event, but not for ever.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

use super::timer;

/// The promise of whichever event comes first to what `set` makes of the function.
pub(super) fn first(set: impl FnOnce(&Function)) -> Promise {
    let mut set = Some(set);
    Promise::new(&mut |resolve, _| {
        if let Some(set) = set.take() {
            set(&resolve);
        }
    })
}

/// The event; `None` where none came within so many milliseconds.
pub(super) async fn within(promise: &Promise, limit: u32) -> Option<Event> {
    answer(promise, limit).await?.dyn_into().ok()
}

/// What the promise comes to; `None` where that is nothing, or took longer than so many milliseconds.
pub(super) async fn answer(promise: &Promise, limit: u32) -> Option<JsValue> {
    let mut late = None;
    let time = first(|resolve| {
        let resolve = resolve.clone();
        late = Some(timer::after(limit, move || {
            let _ = resolve.call0(&JsValue::NULL);
        }));
    });
    let answer = JsFuture::from(Promise::race(&Array::of2(promise, &time))).await;
    drop(late);
    answer.ok().filter(|answer| !answer.is_undefined())
}

/// So many milliseconds later.
pub(super) async fn pause(time: u32) {
    let _ = within(&first(|_| ()), time).await;
}
