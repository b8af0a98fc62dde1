//! Tabs: opening pages, and finding again those that were opened. The address of a tab is only known where the extension may
//! read its page.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::{object, outcome, words_of};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = create, catch)]
    fn create(properties: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = query, catch)]
    fn query(wanted: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = remove, catch)]
    fn remove(tab: i32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = update, catch)]
    fn update(tab: i32, properties: &JsValue) -> Result<JsValue, JsValue>;

    type TabObject;
    #[wasm_bindgen(method, getter)]
    fn id(this: &TabObject) -> Option<i32>;
    #[wasm_bindgen(method, getter)]
    fn url(this: &TabObject) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = pendingUrl)]
    fn pending_url(this: &TabObject) -> Option<String>;
}

/// A tab, as far as the extension may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    pub id: i32,
    /// The page that it shows, or is about to show. Empty for a page that is none of the extension's business.
    pub url: String,
}

/// Opens the address in a new tab. A browser that refuses is logged; there is nothing else to be done about it.
pub fn open(url: &str) {
    let properties = object(&[("url", JsValue::from_str(url))]);
    wasm_bindgen_futures::spawn_local(async move {
        if let Err(error) = outcome(create(&properties)).await {
            super::runtime::log("a tab could not be opened", &error);
        }
    });
}

/// Opens the address in a tab behind the others.
///
/// # Errors
/// The browser's words if it refuses.
pub async fn open_behind(url: &str) -> Result<i32, String> {
    let properties = object(&[("url", JsValue::from_str(url)), ("active", JsValue::FALSE)]);
    let tab = outcome(create(&properties))
        .await
        .map_err(|error| words_of(&error))?;
    let id = tab.unchecked_into::<TabObject>().id();
    id.ok_or_else(|| "the new tab has no number".to_owned())
}

/// All tabs. A browser that does not say has none.
pub async fn all() -> Vec<Tab> {
    let Ok(found) = outcome(query(&object(&[]))).await else {
        return Vec::new();
    };
    let tab = |tab: JsValue| {
        let tab = tab.unchecked_into::<TabObject>();
        let about_to = tab.pending_url().filter(|url| !url.is_empty());
        Some(Tab {
            id: tab.id()?,
            url: about_to.or_else(|| tab.url()).unwrap_or_default(),
        })
    };
    found
        .dyn_into::<Array>()
        .map(|found| found.iter().filter_map(tab).collect())
        .unwrap_or_default()
}

/// Closes a tab. One that is gone already is as good as closed.
pub async fn close(tab: i32) {
    let _ = outcome(remove(tab)).await;
}

/// Brings a tab to the front. One that is gone cannot be shown.
pub async fn show(tab: i32) {
    let _ = outcome(update(tab, &object(&[("active", JsValue::TRUE)]))).await;
}
