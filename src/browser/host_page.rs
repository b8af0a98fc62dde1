//! Between a page of the extension that stands in a frame on a page of the shop, and the content program of that page. Only
//! the extension's own pages can ask; a page of the shop can neither ask nor listen.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use super::{outcome, texts};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = sendMessage, catch)]
    fn send_to_tab(tab: i32, message: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = sendMessage, catch)]
    fn send(message: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime", "onMessage"], js_name = addListener, catch)]
    fn add_listener(callback: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime", "onMessage"], js_name = removeListener, catch)]
    fn remove_listener(callback: &JsValue) -> Result<(), JsValue>;
}

/// What a frame asks of the page around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Close the drawer that the frame stands in.
    Close,
    /// What the page says of its order: answered with texts.
    Read,
    /// The listings that the page links to: answered with the address and the title of each.
    Listings,
}

impl Asked {
    const ALL: [Self; 3] = [Self::Close, Self::Read, Self::Listings];

    const fn name(self) -> &'static str {
        match self {
            Self::Close => "close-drawer",
            Self::Read => "read-page",
            Self::Listings => "listings",
        }
    }
}

/// What a message for the page around a frame begins with.
const RELAYED: &str = "host-page";

/// Asks the page around this frame, which knows the key that it gave the frame. No texts where there is none, or where it has
/// nothing to say.
///
/// A frame on a page of the web has no tabs to speak to in Firefox, so the background program, which knows where a message came
/// from, passes it on.
pub async fn ask(asked: Asked, key: &str) -> Vec<String> {
    let message = JsValue::from_str(&[asked.name(), " ", key].concat());
    let Ok(answer) = pass_on(&message).await else {
        return Vec::new();
    };
    if !Array::is_array(&answer) {
        return Vec::new();
    }
    texts(&Array::from(&answer))
}

/// Has a message passed on to the page around this frame, and gives its answer.
pub(super) async fn pass_on(message: &JsValue) -> Result<JsValue, JsValue> {
    outcome(send(&Array::of2(&RELAYED.into(), message))).await
}

/// What a message wants passed on to the page around its frame, if it is one of those.
#[must_use]
pub fn relayed(message: &JsValue) -> Option<JsValue> {
    let message = message.dyn_ref::<Array>()?;
    let ours = message.length() == 2 && message.get(0).as_string()? == RELAYED;
    ours.then(|| message.get(1))
}

/// Passes a message on to that tab. The answer of a page that does not listen is nothing.
pub async fn relay(tab: i32, message: &JsValue) -> JsValue {
    outcome(send_to_tab(tab, message)).await.unwrap_or_default()
}

/// Answers the frames on this page, until dropped.
pub struct Answering {
    callback: Closure<dyn Fn(JsValue, JsValue, Function)>,
}

impl Answering {
    /// `key` is what the frames were given.
    pub fn with(key: String, answer: impl Fn(Asked) -> Vec<String> + 'static) -> Self {
        let callback = Closure::<dyn Fn(JsValue, JsValue, Function)>::new(
            move |message: JsValue, _: JsValue, reply: Function| {
                let Some(message) = message.as_string() else {
                    return;
                };
                let asked = message
                    .split_once(' ')
                    .filter(|(_, theirs)| *theirs == key)
                    .and_then(|(name, _)| {
                        Asked::ALL.into_iter().find(|asked| asked.name() == name)
                    });
                let Some(asked) = asked else { return };
                let texts = answer(asked);
                let texts: Array = texts.iter().map(|text| JsValue::from_str(text)).collect();
                // A frame that has gone needs no answer.
                let _ = reply.call1(&JsValue::UNDEFINED, &texts);
            },
        );
        if let Err(error) = add_listener(callback.as_ref()) {
            super::runtime::log("frames on this page are not answered", &error);
        }
        Self { callback }
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        // Of an orphaned page the listener is gone already.
        let _ = remove_listener(self.callback.as_ref());
    }
}
