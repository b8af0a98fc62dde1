//! The extension itself: its address, version, messages between its programs, and whether it is still there.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::domain::order::OrderId;
use crate::domain::sighting::Reading;
use crate::store::{EngineSeen, Misunderstood};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getURL, catch)]
    fn get_url(path: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getManifest, catch)]
    fn get_manifest() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = sendMessage, catch)]
    async fn send_message(message: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "i18n"], js_name = getUILanguage, catch)]
    fn get_ui_language() -> Result<String, JsValue>;
    #[wasm_bindgen(js_namespace = console, js_name = warn)]
    fn warn(text: &str, detail: &JsValue);
}

/// What a program asks of the background program.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "kebab-case")]
pub enum Request {
    /// Remember what a page told.
    Absorb(Vec<Reading>),
    /// Open the dashboard, at that order if one is given.
    OpenDashboard(Option<OrderId>),
    /// The content program runs on this engine.
    Engine(EngineSeen),
    /// A page was not understood, or (with `None`) one was understood.
    Misunderstood(Option<Misunderstood>),
}

impl Request {
    /// The longest message that is looked at, in characters of JSON. A list page with 10,000 orders stays below it because
    /// readings are sent in portions.
    pub const LIMIT: usize = 4_000_000;
}

/// The address of a file of the extension; empty if the extension is gone.
#[must_use]
pub fn url(path: &str) -> String {
    get_url(path).unwrap_or_default()
}

/// The extension's version as in its manifest.
#[must_use]
pub fn version() -> String {
    let version = get_manifest().and_then(|manifest| js_sys::Reflect::get(&manifest, &"version".into()));
    version.ok().and_then(|version| version.as_string()).unwrap_or_default()
}

/// Whether the extension was updated or removed under this page, so that nothing can be read or kept from here any more.
#[must_use]
pub fn is_orphaned() -> bool {
    get_url("").is_err() || get_manifest().is_err()
}

/// The browser's own language, as a BCP 47 tag.
#[must_use]
pub fn ui_language() -> String {
    get_ui_language().unwrap_or_else(|_| "en".to_owned())
}

/// Sends to the background program.
pub async fn send(request: &Request) -> Result<(), String> {
    let text = serde_json::to_string(request).map_err(|error| error.to_string())?;
    let message = js_sys::JSON::parse(&text).map_err(|error| format!("{error:?}"))?;
    send_message(&message).await.map(|_| ()).map_err(|error| format!("{error:?}"))
}

/// Writes a warning to the console: for an engineer, never the only sign of something that concerns the user.
pub fn log(text: &str, detail: &JsValue) {
    warn(&format!("Recourse: {text}"), detail);
}
