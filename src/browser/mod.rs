//! Thin bindings to the browser. Only this folder names `chrome.*`.

pub mod clock;
pub mod dom;
pub mod intl;
pub mod measure;
pub mod messages;
pub mod runtime;
pub mod storage;
pub mod tabs;

use wasm_bindgen::JsValue;

/// What a call of the browser's comes to. A page whose extension was updated or removed gets no promise, but nothing at all.
pub(crate) async fn outcome(call: Result<JsValue, JsValue>) -> Result<JsValue, JsValue> {
    wasm_bindgen_futures::JsFuture::from(js_sys::Promise::resolve(&call?)).await
}
