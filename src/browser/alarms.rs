//! Alarms: how the browser wakes the background program, which it ends whenever nothing happens.

use wasm_bindgen::prelude::*;

use crate::domain::time::{Moment, Span};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "alarms"], js_name = create, catch)]
    fn create(name: &str, info: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "alarms"], js_name = clear, catch)]
    fn clear_alarm(name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "alarms"], js_name = get, catch)]
    fn get(name: &str) -> Result<JsValue, JsValue>;
}

/// Has the browser send an alarm of that name then, in place of an earlier one of the same name.
#[allow(
    clippy::cast_precision_loss,
    reason = "a moment near our time is exact in a double"
)]
pub async fn set(name: &str, when: Moment) {
    make(name, "when", when.0 as f64).await;
}

/// Has the browser send an alarm of that name again and again. One that is there goes on as it is: it would never come if each start
/// of the program began it anew.
#[allow(
    clippy::cast_precision_loss,
    reason = "a time between two alarms is exact in a double"
)]
pub async fn repeat(name: &str, every: Span) {
    let known = super::outcome(get(name)).await;
    if known.is_ok_and(|alarm| alarm.is_object()) {
        return;
    }
    let minutes = every.0 as f64 / 60_000.0;
    make(name, "periodInMinutes", minutes).await;
}

async fn make(name: &str, property: &str, value: f64) {
    let info = super::object(&[(property, value.into())]);
    if let Err(error) = super::outcome(create(name, &info)).await {
        super::runtime::log("an alarm could not be set", &error);
    }
}

pub async fn clear(name: &str) {
    if let Err(error) = super::outcome(clear_alarm(name)).await {
        super::runtime::log("an alarm could not be cleared", &error);
    }
}
