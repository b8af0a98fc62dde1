//! Alarms: how the browser wakes the background program, which it ends whenever nothing happens.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::domain::time::Moment;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "alarms"], js_name = create, catch)]
    fn create(name: &str, info: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "alarms"], js_name = clear, catch)]
    fn clear_alarm(name: &str) -> Result<JsValue, JsValue>;
}

/// Has the browser send an alarm of that name then, in place of an earlier one of the same name.
#[allow(
    clippy::cast_precision_loss,
    reason = "a moment near our time is exact in a double"
)]
pub async fn set(name: &str, when: Moment) {
    let info = Object::new();
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&info, &"when".into(), &JsValue::from_f64(when.0 as f64));
    if let Err(error) = super::outcome(create(name, &info)).await {
        super::runtime::log("an alarm could not be set", &error);
    }
}

pub async fn clear(name: &str) {
    if let Err(error) = super::outcome(clear_alarm(name)).await {
        super::runtime::log("an alarm could not be cleared", &error);
    }
}
