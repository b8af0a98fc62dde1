//! What the browser lets the extension do beyond what it was installed with: asked of the user, given back.

use wasm_bindgen::prelude::*;

use super::{object, outcome, words_of};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = request, catch)]
    fn request(wanted: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = contains, catch)]
    fn contains(wanted: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = remove, catch)]
    fn remove(given: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "scripting"], js_name = registerContentScripts, catch)]
    fn register(scripts: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "scripting"], js_name = unregisterContentScripts, catch)]
    fn unregister(filter: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "scripting"], js_name = getRegisteredContentScripts, catch)]
    fn registered(filter: &JsValue) -> Result<JsValue, JsValue>;
}

/// The permission with which content scripts can be added while the extension runs.
const SCRIPTING: &str = "scripting";

fn list(texts: &[&str]) -> JsValue {
    let texts = texts.iter().map(|text| JsValue::from_str(text));
    texts.collect::<js_sys::Array>().into()
}

fn to_read(origin: &str) -> js_sys::Object {
    object(&[
        ("permissions", list(&[SCRIPTING])),
        ("origins", list(&[origin])),
    ])
}

/// A question that the browser has put to the user.
pub struct Question(Result<JsValue, JsValue>);

impl Question {
    /// Has the browser ask whether the extension may read the pages of that origin. To be called from what the user pressed, before
    /// anything is waited for: later the browser refuses to ask.
    #[must_use]
    pub fn put(origin: &str) -> Self {
        Self(request(&to_read(origin)))
    }

    /// # Errors
    /// The browser's words if it does not ask.
    pub async fn answer(self) -> Result<bool, String> {
        let answer = outcome(self.0).await.map_err(|error| words_of(&error))?;
        Ok(answer.is_truthy())
    }
}

/// Whether the extension may read the pages of that origin, and add scripts to them.
pub async fn given(origin: &str) -> bool {
    has(&to_read(origin)).await
}

/// Whether the browser sets no limit to what the extension keeps, so that only the disk does.
pub async fn is_unlimited() -> bool {
    has(&object(&[("permissions", list(&["unlimitedStorage"]))])).await
}

async fn has(wanted: &js_sys::Object) -> bool {
    let answer = outcome(contains(wanted)).await;
    answer.is_ok_and(|given| given.is_truthy())
}

/// Gives that back to the browser.
pub async fn give_back(origin: &str) {
    if let Err(error) = outcome(remove(&to_read(origin))).await {
        super::runtime::log("a permission could not be given back", &error);
    }
}

/// A script that is added to pages while the extension runs. The browser keeps it until the extension is updated.
pub struct Script {
    pub id: &'static str,
    pub matches: &'static str,
    pub files: &'static [&'static str],
}

impl Script {
    /// Has the browser load it, if it does not already.
    pub async fn add(&self) {
        let filter = object(&[("ids", list(&[self.id]))]);
        let known = outcome(registered(&filter)).await;
        let known = known
            .ok()
            .and_then(|known| known.dyn_into::<js_sys::Array>().ok());
        if known.is_some_and(|known| known.length() > 0) {
            return;
        }
        let script = object(&[
            ("id", self.id.into()),
            ("matches", list(&[self.matches])),
            ("js", list(self.files)),
            ("runAt", "document_start".into()),
        ]);
        let scripts = js_sys::Array::of1(&script);
        if let Err(error) = outcome(register(&scripts)).await {
            super::runtime::log("a script could not be added to its pages", &error);
        }
    }

    /// Has the browser load it no more. Without the permission to add it, it is not there.
    pub async fn remove(&self) {
        let filter = object(&[("ids", list(&[self.id]))]);
        let _ = outcome(unregister(&filter)).await;
    }
}
