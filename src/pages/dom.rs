//! A small helper to make elements. Text only ever becomes text: nothing here parses markup.

use wasm_bindgen::prelude::*;
use web_sys::{Element, Node};

use crate::icons::{self, Icon};

#[wasm_bindgen]
extern "C" {
    // Declared here rather than taken from web-sys because with literal names none of these can fail, and a `Result` for
    // each would bury the shape of the page.
    type Document;
    #[wasm_bindgen(thread_local_v2, js_name = document)]
    static DOCUMENT: Document;
    #[wasm_bindgen(method, js_name = createElement)]
    fn create_element(this: &Document, tag: &str) -> Element;
    #[wasm_bindgen(method, js_name = createElementNS)]
    fn create_element_ns(this: &Document, namespace: &str, tag: &str) -> Element;
    #[wasm_bindgen(method, getter, js_name = documentElement)]
    fn document_element(this: &Document) -> Element;
    #[wasm_bindgen(method, getter)]
    fn body(this: &Document) -> Element;
    #[wasm_bindgen(method, getter, js_name = activeElement)]
    fn active_element(this: &Document) -> Option<Element>;
    #[wasm_bindgen(method, js_name = getElementById)]
    fn get_element_by_id(this: &Document, id: &str) -> Option<Element>;
    #[wasm_bindgen(method, setter, js_name = title)]
    fn set_title(this: &Document, title: &str);

    /// What an element can do, of whichever namespace it is.
    #[derive(Clone)]
    #[wasm_bindgen(extends = Element)]
    type AnyElement;
    #[wasm_bindgen(method, js_name = setAttribute)]
    fn set(this: &AnyElement, name: &str, value: &str);
    #[wasm_bindgen(method, js_name = append)]
    fn append_text(this: &AnyElement, text: &str);
    #[wasm_bindgen(method, js_name = append)]
    fn append_node(this: &AnyElement, node: &Node);
    #[wasm_bindgen(method, js_name = replaceChildren)]
    fn clear(this: &AnyElement);
    #[wasm_bindgen(method, js_name = addEventListener)]
    fn listen(this: &AnyElement, event: &str, listener: &JsValue);
    #[wasm_bindgen(method)]
    fn focus(this: &AnyElement);
    #[wasm_bindgen(method, getter)]
    fn value(this: &AnyElement) -> String;
    #[wasm_bindgen(method, setter)]
    fn set_value(this: &AnyElement, value: &str);
    #[wasm_bindgen(method, getter)]
    fn checked(this: &AnyElement) -> bool;
    #[wasm_bindgen(method, setter)]
    fn set_checked(this: &AnyElement, checked: bool);

    #[wasm_bindgen(js_namespace = ["navigator", "clipboard"], js_name = writeText, catch)]
    async fn write_text(text: &str) -> Result<JsValue, JsValue>;

    type Location;
    #[wasm_bindgen(thread_local_v2, js_name = location)]
    static LOCATION: Location;
    #[wasm_bindgen(method, getter)]
    fn hash(this: &Location) -> String;
    #[wasm_bindgen(method, setter)]
    fn set_hash(this: &Location, hash: &str);
    #[wasm_bindgen(method)]
    fn reload(this: &Location);

    type Navigator;
    #[wasm_bindgen(thread_local_v2, js_name = navigator)]
    static NAVIGATOR: Navigator;
    #[wasm_bindgen(method, getter, js_name = userAgent)]
    fn user_agent(this: &Navigator) -> String;

    #[wasm_bindgen(js_name = addEventListener)]
    fn listen_to_window(event: &str, listener: &JsValue);
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, milliseconds: i32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timeout: &JsValue);
    #[wasm_bindgen(js_namespace = window, js_name = close)]
    pub fn close_window();
    /// Opens the browser's own dialogue for printing.
    #[wasm_bindgen(js_namespace = window, js_name = print)]
    pub fn print_window();
    #[wasm_bindgen(method, catch)]
    fn decode(this: &AnyElement) -> Result<js_sys::Promise, JsValue>;
}

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element under construction, or one that is already in the page.
#[derive(Clone)]
pub struct El(AnyElement);

/// A new HTML element.
#[must_use]
pub fn el(tag: &str) -> El {
    El(DOCUMENT
        .with(|document| document.create_element(tag))
        .unchecked_into())
}

/// A new element of a drawing.
#[must_use]
pub fn svg(tag: &str) -> El {
    El(DOCUMENT
        .with(|document| document.create_element_ns(SVG, tag))
        .unchecked_into())
}

/// A drawing.
#[must_use]
pub fn icon(icon: Icon) -> El {
    let path = |shape: &&str| svg("path").attr("d", shape);
    let filled = |shape| icons::FILLED.iter().fold(path(shape), with);
    icons::CANVAS
        .iter()
        .fold(svg("svg").class("icon"), with)
        .children(icon.strokes.iter().map(path))
        .children(icon.fills.iter().map(filled))
}

fn with(element: El, (name, value): &(&str, &str)) -> El {
    element.attr(name, value)
}

/// The page's root element, `<html>`.
#[must_use]
pub fn root() -> El {
    El(DOCUMENT.with(Document::document_element).unchecked_into())
}

#[must_use]
pub fn body() -> El {
    El(DOCUMENT.with(Document::body).unchecked_into())
}

#[must_use]
pub fn by_id(id: &str) -> Option<El> {
    DOCUMENT
        .with(|document| document.get_element_by_id(id))
        .map(|element| El(element.unchecked_into()))
}

pub fn set_title(title: &str) {
    DOCUMENT.with(|document| document.set_title(title));
}

impl El {
    #[must_use]
    pub fn class(self, names: &str) -> Self {
        self.attr("class", names)
    }

    #[must_use]
    pub fn id(self, id: &str) -> Self {
        self.attr("id", id)
    }

    #[must_use]
    pub fn attr(self, name: &str, value: &str) -> Self {
        self.0.set(name, value);
        self
    }

    #[must_use]
    pub fn text(self, text: &str) -> Self {
        self.0.append_text(text);
        self
    }

    #[must_use]
    pub fn child(self, child: Self) -> Self {
        self.append(&child);
        self
    }

    #[must_use]
    pub fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        for child in children {
            self.append(&child);
        }
        self
    }

    /// Calls back at every such event, as long as the element lives.
    #[must_use]
    pub fn on(self, event: &str, callback: impl Fn(web_sys::Event) + 'static) -> Self {
        self.0.listen(
            event,
            &Closure::<dyn Fn(web_sys::Event)>::new(callback).into_js_value(),
        );
        self
    }

    pub fn append(&self, child: &Self) {
        self.0.append_node(&child.0);
    }

    pub fn replace_with(&self, children: impl IntoIterator<Item = Self>) {
        self.0.clear();
        for child in children {
            self.append(&child);
        }
    }

    pub fn say(&self, text: &str) {
        self.0.set_text_content(Some(text));
    }

    pub fn set(&self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => self.0.set(name, value),
            None => drop(self.0.remove_attribute(name)),
        }
    }

    /// Waits until a picture can be shown. One that cannot is no picture.
    pub async fn shown(&self) {
        if let Ok(shown) = self.0.decode() {
            let _ = wasm_bindgen_futures::JsFuture::from(shown).await;
        }
    }

    pub fn focus(&self) {
        self.0.focus();
    }

    /// How high it is, in pixels.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.0.get_bounding_client_rect().height()
    }

    pub fn scroll_into_view(&self) {
        self.0.scroll_into_view_with_bool(false);
    }

    /// What is written or chosen in a field.
    #[must_use]
    pub fn value(&self) -> String {
        self.0.value()
    }

    /// Writes what is kept, or would be chosen, into a field whose value is kept only when the user says so, or not at all.
    pub fn keeps(&self, kept: &str) {
        self.set(KEPT, Some(kept));
        self.write(kept);
    }

    /// Writes into a field.
    pub fn write(&self, value: &str) {
        self.0.set_value(value);
    }

    /// Tells the listeners of a field that it holds something else.
    fn changed(&self) {
        if let Ok(event) = web_sys::Event::new("change") {
            let _ = self.0.dispatch_event(&event);
        }
    }

    #[must_use]
    pub fn checked(&self) -> bool {
        self.0.checked()
    }

    pub fn check(&self, checked: bool) {
        self.0.set_checked(checked);
    }

    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.0.get_attribute(name)
    }

    /// The elements inside that the selector names, in the order of the page.
    #[must_use]
    pub fn find_all(&self, selector: &str) -> Vec<Self> {
        let Ok(found) = self.0.query_selector_all(selector) else {
            return Vec::new();
        };
        (0..found.length())
            .filter_map(|index| found.get(index))
            .map(|node| Self(node.unchecked_into()))
            .collect()
    }
}

/// What a field holds that is kept only when the user says so: what is typed beyond it outlives a drawing of the field anew, unless
/// something else has been kept meanwhile.
const KEPT: &str = "data-kept";

/// What is typed into fields and not kept yet: the field's id, what is kept of it, and what stands in it.
fn typed() -> Vec<(String, String, String)> {
    let fields = body().find_all(&["[", KEPT, "]"].concat());
    let typed = fields.into_iter().filter_map(|field| {
        let (kept, value) = (field.attribute(KEPT)?, field.value());
        (value != kept).then(|| (field.0.id(), kept, value))
    });
    typed.collect()
}

/// What the user may open, and what is seen of it until then. As it has an id, it stays open when the page is drawn anew, and the focus on
/// its title.
#[must_use]
pub fn fold(id: &str, title: &str) -> El {
    let title = el("summary").id(&[id, "-title"].concat()).text(title);
    el("details").id(id).child(title)
}

/// Which of them are open, by their ids.
fn folds() -> Vec<(String, Option<String>)> {
    let folds = body().find_all("details[id]").into_iter();
    folds
        .map(|fold| (fold.0.id(), fold.attribute(OPEN)))
        .collect()
}

const OPEN: &str = "open";

/// Draws anew and leaves the focus on the element that has the same id afterwards, in the fields what was typed or chosen, and open what
/// was open.
pub fn keeping_focus(draw: impl FnOnce()) {
    let (typed, folds) = (typed(), folds());
    let focused = DOCUMENT
        .with(Document::active_element)
        .map(|element| element.id())
        .filter(|id| !id.is_empty());
    draw();
    for (id, kept, value) in typed {
        if let Some(field) = by_id(&id).filter(|field| field.attribute(KEPT) == Some(kept)) {
            field.write(&value);
            field.changed();
        }
    }
    for (id, open) in folds {
        if let Some(fold) = by_id(&id) {
            fold.set(OPEN, open.as_deref());
        }
    }
    let now = DOCUMENT
        .with(Document::active_element)
        .map(|element| element.id());
    if let Some(id) = focused.filter(|id| now.as_ref() != Some(id))
        && let Some(element) = by_id(&id)
    {
        element.focus();
    }
}

/// The key of a keyboard event that no other key accompanies.
#[must_use]
pub fn key_of(event: &web_sys::Event) -> Option<String> {
    let event = event.dyn_ref::<web_sys::KeyboardEvent>()?;
    let alone = !(event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key());
    alone.then(|| event.key())
}

/// The id of the focused element.
#[must_use]
pub fn focused_id() -> Option<String> {
    DOCUMENT
        .with(Document::active_element)
        .map(|element| element.id())
        .filter(|id| !id.is_empty())
}

/// Whether the focus is in a field that is written into.
#[must_use]
pub fn is_writing() -> bool {
    let active = DOCUMENT.with(Document::active_element);
    active.is_some_and(|element| {
        matches!(
            element.local_name().as_str(),
            "input" | "textarea" | "select"
        )
    })
}

/// A button that does something on this page.
#[must_use]
pub fn button(kind: &str, text: &str, pressed: impl Fn() + 'static) -> El {
    let class = if kind.is_empty() {
        "button".to_owned()
    } else {
        format!("button {kind}")
    };
    el("button")
        .attr("type", "button")
        .class(&class)
        .text(text)
        .on("click", move |_| pressed())
}

/// Copies text; says whether the browser did it.
pub async fn copy(text: &str) -> bool {
    write_text(text).await.is_ok()
}

/// The name that the browser gives itself.
#[must_use]
pub fn user_agent() -> String {
    NAVIGATOR.with(Navigator::user_agent)
}

/// The part of the page's address after `#`.
#[must_use]
pub fn place() -> String {
    LOCATION
        .with(Location::hash)
        .trim_start_matches('#')
        .to_owned()
}

/// Goes to another place of the same page.
pub fn go_to_place(place: &str) {
    LOCATION.with(|location| location.set_hash(place));
}

pub fn reload() {
    LOCATION.with(Location::reload);
}

/// Calls back at every such event of the window, as long as the page lives.
pub fn on_window(event: &str, callback: impl Fn() + 'static) {
    listen_to_window(event, &Closure::<dyn Fn()>::new(callback).into_js_value());
}

/// Calls back once, unless dropped before.
pub struct Timer {
    id: JsValue,
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    #[must_use]
    pub fn after(milliseconds: i32, callback: impl FnMut() + 'static) -> Self {
        let callback = Closure::<dyn FnMut()>::new(callback);
        Self {
            id: set_timeout(callback.as_ref(), milliseconds),
            _callback: callback,
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}
