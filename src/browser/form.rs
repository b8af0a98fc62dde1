//! The browser's page as a page that may hold a form, and its controls: what they hold, and how that is changed.
//!
//! A page's form elements are reached through the prototypes' own methods where a name of the page's could stand in the way:
//! `<input name=getAttribute>` makes a form's method an element.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Document, DomRect, Element, Event, EventTarget, Node, ShadowRoot};

use crate::form::node::{FormNode, Inside};
use crate::site::PageNode;

use super::dom::DomNode;

#[wasm_bindgen]
extern "C" {
    // Elements of a frame are instances of that frame's own classes, so nothing here asks of what class an element is.
    #[wasm_bindgen(extends = Element)]
    type Control;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Control) -> Option<String>;
    #[wasm_bindgen(method, setter)]
    fn set_value(this: &Control, value: &str);
    #[wasm_bindgen(method, getter)]
    fn checked(this: &Control) -> Option<bool>;
    #[wasm_bindgen(method, setter)]
    fn set_checked(this: &Control, checked: bool);
    #[wasm_bindgen(method, getter)]
    fn selected(this: &Control) -> Option<bool>;
    #[wasm_bindgen(method, setter)]
    fn set_selected(this: &Control, selected: bool);
    #[wasm_bindgen(method, getter, js_name = selectedIndex)]
    fn selected_index(this: &Control) -> Option<i32>;
    #[wasm_bindgen(method, setter, js_name = selectedIndex)]
    fn set_selected_index(this: &Control, index: i32);
    #[wasm_bindgen(method, getter)]
    fn files(this: &Control) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_files(this: &Control, files: &JsValue);
    #[wasm_bindgen(method, catch)]
    fn click(this: &Control) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn focus(this: &Control) -> Result<(), JsValue>;
    #[wasm_bindgen(method, getter, js_name = contentDocument, catch)]
    fn content_document(this: &Control) -> Result<Option<Document>, JsValue>;
    #[wasm_bindgen(method, js_name = assignedNodes)]
    fn assigned_nodes(this: &Control) -> js_sys::Array;
    #[wasm_bindgen(method, js_name = checkVisibility)]
    fn check_visibility(this: &Control, options: &JsValue) -> bool;

    type DataTransfer;
    #[wasm_bindgen(constructor)]
    fn new() -> DataTransfer;
    #[wasm_bindgen(method, getter)]
    fn items(this: &DataTransfer) -> Items;
    #[wasm_bindgen(method, getter)]
    fn files(this: &DataTransfer) -> JsValue;
    type Items;
    #[wasm_bindgen(method)]
    fn add(this: &Items, file: &JsValue) -> JsValue;
}

/// `Node.ELEMENT_NODE` and `Node.TEXT_NODE`.
const ELEMENT: u16 = 1;
const TEXT: u16 = 3;

impl DomNode {
    fn control(&self) -> &Control {
        self.0.unchecked_ref()
    }

    fn frame(&self) -> Option<Document> {
        let frame = matches!(self.tag().as_str(), "iframe" | "frame");
        frame.then(|| self.control().content_document().ok().flatten())?
    }

    fn root(&self) -> Option<ShadowRoot> {
        self.0.shadow_root()
    }
}

impl FormNode for DomNode {
    fn inside(&self) -> Vec<Inside<Self>> {
        if let Some(document) = self.frame() {
            let root = document.document_element();
            return root
                .map(|root| vec![Inside::Element(Self(root))])
                .unwrap_or_default();
        }
        let mut out = Vec::new();
        let mut push = |node: Node| match node.node_type() {
            TEXT => out.push(Inside::Text(node.node_value().unwrap_or_default())),
            ELEMENT => out.push(Inside::Element(Self(node.unchecked_into()))),
            _ => {}
        };
        if self.tag() == "slot" {
            let assigned = self.control().assigned_nodes();
            if assigned.length() > 0 {
                assigned.iter().for_each(|node| push(node.unchecked_into()));
                return out;
            }
        }
        let parent: Node = match self.root() {
            Some(root) => root.into(),
            None => self.0.clone().into(),
        };
        let mut child = parent.first_child();
        while let Some(node) = child {
            child = node.next_sibling();
            push(node);
        }
        out
    }

    fn has_own_ids(&self) -> bool {
        self.root().is_some() || self.frame().is_some()
    }

    fn is_closed(&self) -> bool {
        matches!(self.tag().as_str(), "iframe" | "frame") && self.frame().is_none()
    }

    fn can_be_reached(&self) -> bool {
        let options = js_sys::Object::new();
        for name in [
            "opacityProperty",
            "visibilityProperty",
            "contentVisibilityAuto",
        ] {
            // Cannot fail on an object of our own.
            let _ = js_sys::Reflect::set(&options, &name.into(), &JsValue::TRUE);
        }
        if !self.control().check_visibility(&options) {
            return false;
        }
        let place: DomRect = self.0.get_bounding_client_rect();
        let view = self
            .0
            .owner_document()
            .and_then(|document| document.default_view());
        let scrolled = |at: Option<Result<f64, JsValue>>| at.and_then(Result::ok).unwrap_or(0.0);
        let left = scrolled(view.as_ref().map(web_sys::Window::scroll_x));
        let top = scrolled(view.as_ref().map(web_sys::Window::scroll_y));
        // In a page that is written from right to left, what lies to the left can be scrolled to.
        let out =
            place.right() + left.max(0.0) <= 0.0 && left >= 0.0 || place.bottom() + top <= 0.0;
        place.width() > 1.0 && place.height() > 1.0 && !out
    }
}

/// Whether the element is on its page.
#[must_use]
pub fn is_there(node: &DomNode) -> bool {
    node.0.is_connected()
}

/// Moves the page so that the element is seen, and the focus to it.
pub fn show(node: &DomNode) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Center);
    node.0
        .scroll_into_view_with_scroll_into_view_options(&options);
    let _ = node.control().focus();
}

/// What a control holds, so that it can be compared and put back.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    Text(String),
    /// The nodes inside of something `contenteditable`, as they were.
    Nodes(Vec<Node>),
    /// The place of what is selected; -1 for nothing.
    Selected(i32),
    /// Which of the buttons is chosen.
    Chosen(Option<usize>),
    Files(JsValue),
}

/// The text of a field, or of something `contenteditable`.
#[must_use]
pub fn text_of(node: &DomNode) -> String {
    let own = node.control().value();
    own.unwrap_or_else(|| node.0.text_content().unwrap_or_default())
}

/// Writes a text into a field as if it had been typed at once. Frameworks that keep their own idea of a field's value hear of
/// it by the event.
pub fn write_text(node: &DomNode, text: &str) {
    let control = node.control();
    // A page may listen for the focus to make the field ready.
    let _ = control.focus();
    control.set_value(text);
    tell(node, "input");
    tell(node, "change");
    tell(node, "blur");
}

/// Writes plain text into something `contenteditable`.
pub fn write_rich(node: &DomNode, text: &str) {
    let _ = node.control().focus();
    node.0.set_text_content(Some(text));
    tell(node, "input");
    tell(node, "blur");
}

/// The nodes inside, which are put back as they are.
#[must_use]
pub fn nodes_of(node: &DomNode) -> Vec<Node> {
    let list = node.0.child_nodes();
    (0..list.length()).filter_map(|at| list.item(at)).collect()
}

/// Puts nodes back that [`nodes_of`] gave.
pub fn put_nodes(node: &DomNode, nodes: &[Node]) {
    node.0.set_text_content(None);
    for child in nodes {
        // The page may have taken it somewhere else, which is its own matter.
        let _ = node.0.append_child(child);
    }
    tell(node, "input");
}

/// The place of what is selected in a `select`.
#[must_use]
pub fn selected(node: &DomNode) -> i32 {
    node.control().selected_index().unwrap_or(-1)
}

/// Selects by place.
pub fn select(node: &DomNode, index: i32) {
    node.control().set_selected_index(index);
    tell(node, "input");
    tell(node, "change");
}

/// Whether a button of a group is chosen, native or drawn by the page.
#[must_use]
pub fn is_chosen(node: &DomNode) -> bool {
    match node.attr("type").as_deref() {
        Some("radio") => node.control().checked().unwrap_or(false),
        _ => ["aria-checked", "aria-selected", "aria-pressed"]
            .iter()
            .any(|name| node.attr(name).as_deref() == Some("true")),
    }
}

/// Whether a list of the page's own is open.
#[must_use]
pub fn is_open(node: &DomNode) -> bool {
    node.attr("aria-expanded").as_deref() == Some("true")
}

/// Takes the choice back from a native button.
pub fn unchoose(node: &DomNode) {
    node.control().set_checked(false);
    tell(node, "input");
    tell(node, "change");
}

/// Presses a choice, as a person would: some pages listen for the pointer and not for the click.
pub fn press(node: &DomNode) {
    for name in ["pointerdown", "mousedown", "pointerup", "mouseup"] {
        tell(node, name);
    }
    // A choice whose page went away while it was being pressed.
    let _ = node.control().click();
}

/// The files that a file input holds.
#[must_use]
pub fn files_of(node: &DomNode) -> JsValue {
    node.control().files()
}

/// The names of the files that a file input holds.
#[must_use]
pub fn file_names(node: &DomNode) -> Vec<String> {
    let files = js_sys::Array::from(&node.control().files());
    let name = |file: JsValue| {
        js_sys::Reflect::get(&file, &"name".into())
            .ok()?
            .as_string()
    };
    files.iter().filter_map(name).collect()
}

/// Gives files to a file input.
pub fn give_files(node: &DomNode, files: &[JsValue]) {
    let transfer = DataTransfer::new();
    for file in files {
        transfer.items().add(file);
    }
    put_files(node, &transfer.files());
}

/// Puts files back that [`files_of`] gave.
pub fn put_files(node: &DomNode, files: &JsValue) {
    node.control().set_files(files);
    tell(node, "input");
    tell(node, "change");
}

fn tell(node: &DomNode, name: &str) {
    let init = web_sys::EventInit::new();
    init.set_bubbles(name != "blur");
    init.set_composed(true);
    if let Ok(event) = Event::new_with_event_init_dict(name, &init) {
        let target: &EventTarget = node.0.as_ref();
        // Fails only for an event that is being told already.
        let _ = target.dispatch_event(&event);
    }
}
