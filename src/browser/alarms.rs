//! Alarms: how the browser wakes the background program, which it ends whenever nothing happens.

use wasm_bindgen::prelude::*;

use crate::domain::clock_setting::comes_in_time;
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
/// of the program began it anew. But it is begun anew where the clock was put back, and it would come too late.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a time between two alarms is exact in a double, and so is a time near ours"
)]
pub async fn repeat(name: &str, every: Span) {
    let known = super::outcome(get(name)).await.ok();
    let next = known.and_then(|alarm| js_sys::Reflect::get(&alarm, &"scheduledTime".into()).ok());
    let next = next.and_then(|next| next.as_f64());
    if next.is_some_and(|next| comes_in_time(Moment(next as i64), every, super::clock::now())) {
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
