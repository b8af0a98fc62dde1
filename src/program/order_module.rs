//! The module about one order as the order list's program sees it: loaded when the user first turns to a badge.
//!
//! Both modules run in the extension's own world of the page. They meet in calls of each other's functions, which the page
//! can neither see nor make; what passes is elements, texts, and one function each way.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Element;

use crate::browser::runtime;
use crate::domain::order::OrderId;
use crate::overlay::Panel;

use super::content;

#[wasm_bindgen]
extern "C" {
    /// Of `loaders/modules.js`.
    #[wasm_bindgen(js_namespace = window, js_name = recourseLoad, catch)]
    fn load(module: &str) -> Result<Promise, JsValue>;

    /// What `src/bin/order.rs` exports.
    #[derive(Clone)]
    type Module;
    #[wasm_bindgen(method, catch)]
    fn attend(this: &Module, language: &str, describe: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method)]
    fn open(this: &Module, panel: &str, badge: &Element, button: &Element);
    #[wasm_bindgen(method)]
    fn leave(this: &Module, order: &str);
    #[wasm_bindgen(method)]
    fn not_understood(this: &Module, tried: &str);
    #[wasm_bindgen(method)]
    fn warn(this: &Module);
    #[wasm_bindgen(method)]
    fn understood(this: &Module);
    #[wasm_bindgen(method)]
    fn end(this: &Module);
}

/// What the list wants of the module.
#[derive(Clone)]
pub(super) enum Ask {
    /// Nothing but to be there.
    Attend,
    /// Open or close a panel of the badge, beside its button.
    Open(Panel, Element, Element),
    /// Tell below the controls of a disputed order what they do.
    Warn,
    /// Say that the page is not understood; what was tried, one line each.
    NotUnderstood(String),
}

#[derive(Clone)]
pub(super) struct OrderModule(Rc<Inner>);

struct Inner {
    language: String,
    /// Tells the module of a badge.
    describe: Closure<dyn Fn(Element) -> JsValue>,
    state: RefCell<State>,
}

enum State {
    Absent,
    /// It is being loaded, and this is what it will be asked.
    Loading(Vec<Ask>),
    There(Module),
    /// The program has ended.
    Over,
}

impl OrderModule {
    pub fn new(language: String, describe: fn(&Element) -> Option<JsValue>) -> Self {
        Self(Rc::new(Inner {
            language,
            describe: Closure::new(move |badge: Element| {
                describe(&badge).unwrap_or(JsValue::UNDEFINED)
            }),
            state: RefCell::new(State::Absent),
        }))
    }

    pub fn ask(&self, ask: Ask) {
        let module = match &mut *self.0.state.borrow_mut() {
            State::There(module) => Some(module.clone()),
            State::Loading(asks) => {
                asks.push(ask);
                return;
            }
            State::Over => return,
            State::Absent => None,
        };
        match module {
            Some(module) => module.answer(ask),
            None => {
                self.0.state.replace(State::Loading(vec![ask]));
                let this = self.clone();
                spawn_local(async move {
                    let module = this.load().await;
                    this.loaded(module);
                });
            }
        }
    }

    async fn load(&self) -> Result<Module, JsValue> {
        let module: Module = JsFuture::from(load("order")?).await?.unchecked_into();
        let describe = self.0.describe.as_ref();
        JsFuture::from(module.attend(&self.0.language, describe)?).await?;
        Ok(module)
    }

    fn loaded(&self, module: Result<Module, JsValue>) {
        let before = self.0.state.replace(State::Absent);
        let State::Loading(asks) = before else {
            self.0.state.replace(State::Over);
            if let Ok(module) = module {
                module.end();
            }
            return;
        };
        match module {
            Ok(module) => {
                self.0.state.replace(State::There(module.clone()));
                asks.into_iter().for_each(|ask| module.answer(ask));
            }
            // The extension's files are gone with it. What was asked for is asked again by a reload, which the notice offers.
            Err(error) => {
                if !content::stop_if_orphaned() {
                    runtime::log("what opens from a badge could not be loaded", &error);
                }
            }
        }
    }

    fn there(&self) -> Option<Module> {
        match &*self.0.state.borrow() {
            State::There(module) => Some(module.clone()),
            _ => None,
        }
    }

    /// The order's badge has left the page.
    pub fn leave(&self, order: &OrderId) {
        if let Some(module) = self.there() {
            module.leave(order.as_str());
        }
    }

    /// The page is understood after all.
    pub fn understood(&self) {
        if let Some(module) = self.there() {
            module.understood();
        }
    }

    /// Takes everything of the module's off the page.
    pub fn end(&self) {
        if let State::There(module) = self.0.state.replace(State::Over) {
            module.end();
        }
    }
}

impl Module {
    fn answer(&self, ask: Ask) {
        match ask {
            Ask::Attend => {}
            Ask::Warn => self.warn(),
            Ask::Open(panel, badge, button) => self.open(panel.name(), &badge, &button),
            Ask::NotUnderstood(tried) => self.not_understood(&tried),
        }
    }
}
