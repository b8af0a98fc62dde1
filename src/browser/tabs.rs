//! Opening pages.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = create, catch)]
    fn create(properties: &JsValue) -> Result<JsValue, JsValue>;
}

/// Opens the address in a new tab. A browser that refuses is logged; there is nothing else to be done about it.
pub fn open(url: &str) {
    let properties = js_sys::Object::new();
    let url = JsValue::from_str(url);
    wasm_bindgen_futures::spawn_local(async move {
        let set = js_sys::Reflect::set(&properties, &"url".into(), &url);
        if let (Ok(_), Err(error)) = (set, super::outcome(create(&properties)).await) {
            super::runtime::log("a tab could not be opened", &error);
        }
    });
}
