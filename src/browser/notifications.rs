//! Notifications of the computer's. They may be switched off there without a sign, so nothing is told by them alone.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{object, outcome, runtime};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "notifications"], js_name = create, catch)]
    fn create(id: &str, options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "notifications"], js_name = clear, catch)]
    fn clear_one(id: &str) -> Result<JsValue, JsValue>;
}

/// Shows a notification, in place of an earlier one of the same id. Nobody waits for the browser to say that it did: some never do,
/// and what else there is to do must not hang on it.
pub fn show(id: &str, title: &str, message: &str) {
    // No buttons: Firefox refuses a notification that has some.
    let options = object(&[
        ("type", "basic".into()),
        ("iconUrl", runtime::url("icons/icon-128.png").into()),
        ("title", title.into()),
        ("message", message.into()),
    ]);
    let shown = create(id, &options);
    spawn_local(async move {
        if let Err(error) = outcome(shown).await {
            runtime::log("a notification could not be shown", &error);
        }
    });
}

/// Takes a notification away. One that is gone already is as good.
pub fn clear(id: &str) {
    let cleared = clear_one(id);
    spawn_local(async move {
        let _ = outcome(cleared).await;
    });
}
