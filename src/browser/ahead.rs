//! What the loader has begun to read before the program was there to ask for it.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

/// The promise that the loader keeps under that name. It is handed out once: who asks again wants it read again.
pub fn take(name: &JsValue) -> Option<JsValue> {
    let begun = Reflect::get(&web_sys::window()?.into(), &"recourseAhead".into()).ok()?;
    let begun = begun.dyn_into::<Object>().ok()?;
    let promise = Reflect::get(&begun, name).ok()?;
    Reflect::delete_property(&begun, name).ok()?;
    (!promise.is_undefined()).then_some(promise)
}
