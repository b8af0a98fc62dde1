//! The extension's button on the browser's toolbar.

use wasm_bindgen::prelude::*;

use super::{object, outcome, runtime};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = setBadgeText, catch)]
    fn set_badge_text(details: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = setBadgeBackgroundColor, catch)]
    fn set_badge_background_color(details: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = setBadgeTextColor, catch)]
    fn set_badge_text_color(details: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = setTitle, catch)]
    fn set_title(details: &JsValue) -> Result<JsValue, JsValue>;
}

/// The colours of what is urgent, as on the shop's page.
const PAPER: &str = "#9c3325";
const INK: &str = "#ffffff";

/// Writes on the button; nothing takes the writing away. `title` is what the button says when it is pointed at.
pub async fn say(badge: &str, title: &str) {
    let calls = [
        set_badge_background_color(&object(&[("color", PAPER.into())])),
        set_badge_text_color(&object(&[("color", INK.into())])),
        set_badge_text(&object(&[("text", badge.into())])),
        set_title(&object(&[("title", title.into())])),
    ];
    for call in calls {
        if let Err(error) = outcome(call).await {
            runtime::log("the toolbar button could not be written on", &error);
        }
    }
}
