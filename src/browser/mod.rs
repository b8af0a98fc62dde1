//! Thin bindings to the browser. Only this folder names `chrome.*`.

pub mod action;
mod ahead;
pub mod alarms;
mod ballast;
pub mod clock;
pub mod dom;
pub mod download;
mod event;
pub mod files;
pub mod form;
pub mod frame;
pub mod frames;
pub mod host_page;
pub mod idb;
pub mod idle;
pub mod intl;
pub mod measure;
pub mod messages;
pub mod notifications;
pub mod parts;
pub mod permissions;
pub mod picked;
pub mod picture;
pub mod random;
pub mod runtime;
pub mod scratch;
pub mod storage;
pub mod tabs;
pub mod timer;

use wasm_bindgen::prelude::*;

use crate::reading::text::contains;

/// What a call of the browser's comes to. A page whose extension was updated or removed gets no promise, but nothing at all.
pub(crate) async fn outcome(call: Result<JsValue, JsValue>) -> Result<JsValue, JsValue> {
    wasm_bindgen_futures::JsFuture::from(js_sys::Promise::resolve(&call?)).await
}

/// An object with these properties, as the browser takes options.
pub(crate) fn object(properties: &[(&str, JsValue)]) -> js_sys::Object {
    let object = js_sys::Object::new();
    for (name, value) in properties {
        // Setting a property of a fresh object cannot fail.
        let _ = js_sys::Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

/// The texts among the values.
pub(crate) fn texts(values: &js_sys::Array) -> Vec<String> {
    values
        .iter()
        .filter_map(|value| value.as_string())
        .collect()
}

/// Whether the words of a refusal speak of a lack of room. Browsers have no other sign for all cases of it.
fn speaks_of_room(words: &str) -> bool {
    let lower = words.to_ascii_lowercase();
    ["quota", "disk", "space", "full"]
        .iter()
        .any(|word| contains(&lower, word))
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = String, catch)]
    fn text_of(value: &JsValue) -> Result<String, JsValue>;
}

/// What the browser says has gone wrong. The release build keeps no text of `{:?}`.
pub(crate) fn words_of(error: &JsValue) -> String {
    let message = error
        .dyn_ref::<js_sys::Error>()
        .map(|error| error.message().into());
    message.or_else(|| text_of(error).ok()).unwrap_or_default()
}
