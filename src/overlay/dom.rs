//! Building elements. Text goes in as text nodes only, so that no string can become markup.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, Node};

use crate::browser::dom::named;
use crate::icons::{self, Icon};

/// What touches the page's own elements, or needs what a browser may refuse.
pub type Drawn<T> = Result<T, JsValue>;

#[wasm_bindgen]
extern "C" {
    // Declared here rather than taken from web-sys because with our own names, on elements of our own, none of these can
    // fail: a `Result` for each would bury the shape of what is built, and double the code for it.
    type Maker;
    #[wasm_bindgen(method, js_name = createElement)]
    fn create(this: &Maker, tag: &str) -> Element;
    #[wasm_bindgen(method, js_name = createElementNS)]
    fn create_ns(this: &Maker, namespace: &str, tag: &str) -> Element;

    type Own;
    #[wasm_bindgen(method, js_name = setAttribute)]
    fn set_attribute(this: &Own, name: &JsValue, value: &str);
    #[wasm_bindgen(method, js_name = removeAttribute)]
    fn remove_attribute(this: &Own, name: &str);
    #[wasm_bindgen(method)]
    fn append(this: &Own, child: &Element);
    #[wasm_bindgen(method, js_name = querySelector)]
    fn query_selector(this: &Own, selector: &JsValue) -> Option<Element>;
    #[wasm_bindgen(method)]
    fn matches(this: &Own, selector: &JsValue) -> bool;
    #[wasm_bindgen(method, js_name = addEventListener)]
    fn listen(this: &Own, event: &JsValue, listener: &JsValue);
}

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element with a class (none if empty) and children.
pub fn element(document: &Document, tag: &str, class: &str, children: &[&Element]) -> Element {
    let element = document.unchecked_ref::<Maker>().create(tag);
    if !class.is_empty() {
        attribute(&element, "class", class);
    }
    for child in children {
        add(&element, child);
    }
    element
}

/// An element that holds a text and nothing else.
pub fn text(document: &Document, tag: &str, class: &str, text: &str) -> Element {
    let element = element(document, tag, class, &[]);
    element.set_text_content(Some(text));
    element
}

/// A button that does not submit the form it may stand in.
pub fn button(document: &Document, class: &str, children: &[&Element]) -> Element {
    let button = element(document, "button", class, children);
    attribute(&button, "type", "button");
    button
}

/// A link that opens beside the page, so that the list stays where it is.
pub fn link(document: &Document, class: &str, address: &str, children: &[&Element]) -> Element {
    let link = element(document, "a", class, children);
    set(
        &link,
        &[("href", address), ("target", "_blank"), ("rel", "noopener")],
    );
    link
}

/// Puts a child at the end.
pub fn add(parent: &Node, child: &Element) {
    parent.unchecked_ref::<Own>().append(child);
}

/// Sets an attribute whose name is ours.
pub fn attribute(element: &Element, name: &'static str, value: &str) {
    let element = element.unchecked_ref::<Own>();
    element.set_attribute(named(name), value);
}

/// Sets an attribute whose name is ours, or takes it away.
pub fn attribute_or_none(element: &Element, name: &'static str, value: Option<&str>) {
    match value {
        Some(value) => attribute(element, name, value),
        None => element.unchecked_ref::<Own>().remove_attribute(name),
    }
}

/// Sets several attributes.
pub fn set(element: &Element, attributes: &[(&'static str, &str)]) {
    for (name, value) in attributes {
        attribute(element, name, value);
    }
}

/// The first element inside that a selector of ours matches.
pub fn first(parent: &Node, selector: &'static str) -> Option<Element> {
    let parent = parent.unchecked_ref::<Own>();
    parent.query_selector(named(selector))
}

/// Whether a selector of ours matches the element.
pub fn is(element: &Element, selector: &'static str) -> bool {
    element.unchecked_ref::<Own>().matches(named(selector))
}

/// Listens on an element of ours.
pub fn listen(target: &Node, event: &'static str, listener: &JsValue) {
    let target = target.unchecked_ref::<Own>();
    target.listen(named(event), listener);
}

/// Listens for clicks on an element of ours. The browser frees the handler with the element.
pub fn on_click(element: &Element, handle: impl Fn(Event) + 'static) {
    let handler = Closure::<dyn FnMut(Event)>::new(handle).into_js_value();
    listen(element, "click", &handler);
}

/// Runs on a click on an element of ours, which then is no click on anything of the page's.
pub fn on_press(element: &Element, run: impl Fn() + 'static) {
    on_click(element, move |event| {
        event.stop_propagation();
        event.prevent_default();
        run();
    });
}

/// A drawing.
pub fn icon(document: &Document, class: &str, icon: Icon) -> Element {
    let document = document.unchecked_ref::<Maker>();
    let svg = document.create_ns(SVG, "svg");
    set(&svg, &icons::CANVAS);
    attribute(&svg, "class", class);
    for (shapes, filled) in [(icon.strokes, false), (icon.fills, true)] {
        for shape in shapes {
            let path = document.create_ns(SVG, "path");
            attribute(&path, "d", shape);
            if filled {
                set(&path, &icons::FILLED);
            }
            add(&svg, &path);
        }
    }
    svg
}
