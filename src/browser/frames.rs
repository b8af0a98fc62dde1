//! Talk between the program on a dispute form and the extension's own frame on that page. The frame asks, through the background
//! program, so the page hears nothing of it; the program answers, at once or when there is news.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use super::{host_page, object, words_of};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "runtime", "onMessage"], js_name = addListener, catch)]
    fn add_listener(listener: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime", "onMessage"], js_name = removeListener, catch)]
    fn remove_listener(listener: &JsValue) -> Result<(), JsValue>;
    type File;
    #[wasm_bindgen(constructor, catch)]
    fn new(parts: &Array, name: &str, options: &JsValue) -> Result<File, JsValue>;
}

/// Asks the program on the page around this frame.
///
/// # Errors
/// The browser's words, if there is no program any more.
pub async fn ask(message: &Array) -> Result<String, String> {
    let answer = host_page::pass_on(message).await;
    let answer = answer.map_err(|error| words_of(&error))?;
    answer
        .as_string()
        .ok_or_else(|| "no program answers on this page".to_owned())
}

/// Hears what the extension's own frame asks, until dropped.
pub struct Questions {
    listener: Closure<dyn Fn(JsValue, JsValue, Function) -> bool>,
}

impl Questions {
    /// `heard` gets the parts of a message and the function that answers it, which may be called later.
    pub fn hear(heard: impl Fn(Array, Function) + 'static) -> Self {
        let listener = Closure::<dyn Fn(JsValue, JsValue, Function) -> bool>::new(
            move |message: JsValue, _sender: JsValue, reply: Function| {
                let parts = message.dyn_into::<Array>();
                let is_question = parts.is_ok();
                if let Ok(parts) = parts {
                    heard(parts, reply);
                }
                // True keeps the way back to the frame open until the answer is there.
                is_question
            },
        );
        // Of an orphaned page nothing is heard.
        let _ = add_listener(listener.as_ref());
        Self { listener }
    }
}

impl Drop for Questions {
    fn drop(&mut self) {
        let _ = remove_listener(self.listener.as_ref());
    }
}

/// The bytes as a file of that name.
#[must_use]
pub fn file_of(blob: &JsValue, name: &str) -> Option<JsValue> {
    let kind = js_sys::Reflect::get(blob, &"type".into()).ok()?;
    let file = File::new(&Array::of1(blob), name, &object(&[("type", kind)]));
    file.ok().map(Into::into)
}
