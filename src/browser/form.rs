//! The browser's page as a page that may hold a form, and its controls: what they hold, and how that is changed.
//!
//! A page's form elements are reached through the prototypes' own methods where a name of the page's could stand in the way:
//! `<input name=getAttribute>` makes a form's method an element.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Document, DomRect, Element, Event, EventTarget, Node, ShadowRoot};

use crate::form::node::{FormNode, Inside, Interior};
use crate::form::shown::Shown;
use crate::site::PageNode;

use super::dom::{DomNode, named};

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
    // Firefox has it on the element, Chromium among what it gives extensions.
    #[wasm_bindgen(method, getter, js_name = openOrClosedShadowRoot)]
    fn own_shadow_root(this: &Control) -> JsValue;
    type Dom;
    #[wasm_bindgen(thread_local_v2, js_namespace = chrome, js_name = dom)]
    static DOM: Option<Dom>;
    #[wasm_bindgen(method, js_name = openOrClosedShadowRoot, catch)]
    fn open_or_closed_shadow_root(
        this: &Dom,
        element: &Element,
    ) -> Result<Option<JsValue>, JsValue>;

    // The class's own: a form whose field is named so has that field in the place of its method.
    type Asking;
    #[wasm_bindgen(thread_local_v2, js_namespace = ["Element", "prototype"], js_name = getAttributeNames)]
    static GET_ATTRIBUTE_NAMES: Asking;
    #[wasm_bindgen(method, js_name = call)]
    fn of(this: &Asking, element: &Element) -> JsValue;
    #[wasm_bindgen(js_namespace = ["Array", "prototype", "join"], js_name = call)]
    fn joined(list: &JsValue, between: &JsValue) -> String;
    // Of a node that is no element there is none.
    #[wasm_bindgen(js_name = Node)]
    type Named;
    #[wasm_bindgen(method, getter, js_name = localName)]
    fn local_name(this: &Named) -> Option<String>;

    type DragEvent;
    #[wasm_bindgen(constructor, catch)]
    fn new(name: &str, options: &JsValue) -> Result<DragEvent, JsValue>;

    /// A document, or the root of a shadow.
    type Tree;
    #[wasm_bindgen(method, js_name = elementsFromPoint)]
    fn elements_from_point(this: &Tree, x: f64, y: f64) -> js_sys::Array;

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

thread_local! {
    /// What is asked of every control.
    static VISIBLE: JsValue = super::object(&[
        ("opacityProperty", JsValue::TRUE),
        ("visibilityProperty", JsValue::TRUE),
        ("contentVisibilityAuto", JsValue::TRUE),
    ])
    .into();
}

/// `Node.TEXT_NODE`.
const TEXT: u16 = 3;
/// `Node.DOCUMENT_FRAGMENT_NODE`: among the roots of elements, those of shadows.
const FRAGMENT: u16 = 11;

impl DomNode {
    fn control(&self) -> &Control {
        self.0.unchecked_ref()
    }

    fn framed(&self) -> Option<Document> {
        self.control().content_document().ok().flatten()
    }

    /// The text that is all the element holds; `None` where it holds other elements. Most texts stand so, and are asked for without the node
    /// that they are.
    fn lone_text(&self, tag: &str) -> Option<String> {
        // A form may have a field in the place of what is asked.
        let is_leaf = tag != "form" && self.0.first_element_child().is_none();
        is_leaf.then(|| self.0.text_content().unwrap_or_default())
    }

    /// The root that is shown in the element's place. To a content script both browsers show closed ones as well.
    fn root(&self, tag: &str, is_empty: bool) -> Option<ShadowRoot> {
        // Other elements of the browser's own have none, or one that is not the page's.
        let can_have = tag.contains('-')
            || matches!(
                tag,
                "div" | "span" | "section" | "article" | "main" | "aside" | "p"
            );
        if !can_have {
            return None;
        }
        let open = self.0.shadow_root();
        // Asking is dear, so only where there is nothing else to be seen.
        if open.is_some() || !tag.contains('-') && !is_empty {
            return open;
        }
        let own = self.control().own_shadow_root();
        let root = if own.is_undefined() {
            DOM.with(|dom| dom.as_ref()?.open_or_closed_shadow_root(&self.0).ok()?)
        } else {
            (!own.is_null()).then_some(own)
        };
        root.map(JsCast::unchecked_into)
    }
}

impl FormNode for DomNode {
    fn interior(&self, tag: &str) -> Interior<Self> {
        if matches!(tag, "input" | "img" | "br" | "hr") {
            return Interior::empty();
        }
        if matches!(tag, "iframe" | "frame") {
            let document = self.framed();
            let root = document.as_ref().and_then(Document::document_element);
            let inside = root.map(|root| Inside::Element {
                tag: root.local_name(),
                node: Self(root),
            });
            return Interior {
                parts: inside.into_iter().collect(),
                own_ids: document.is_some(),
                closed: document.is_none(),
            };
        }
        let mut parts = Vec::new();
        let mut push = |node: Node| {
            if let Some(tag) = node.unchecked_ref::<Named>().local_name() {
                let node = Self(node.unchecked_into());
                parts.push(Inside::Element { node, tag });
            } else if node.node_type() == TEXT {
                parts.push(Inside::Text(node.node_value().unwrap_or_default()));
            }
        };
        let assigned = (tag == "slot").then(|| self.control().assigned_nodes());
        let text = self.lone_text(tag);
        let root = self.root(tag, text.as_deref() == Some(""));
        let own_ids = root.is_some();
        if let (Some(text), None, None) = (text, &root, &assigned) {
            return Interior {
                parts: vec![Inside::Text(text)],
                ..Interior::empty()
            };
        }
        match assigned.filter(|assigned| assigned.length() > 0) {
            Some(assigned) => assigned.iter().for_each(|node| push(node.unchecked_into())),
            None => {
                let mut child = match root {
                    Some(root) => root.first_child(),
                    None => self.0.first_child(),
                };
                while let Some(node) = child {
                    child = node.next_sibling();
                    push(node);
                }
            }
        }
        Interior {
            parts,
            own_ids,
            closed: false,
        }
    }

    fn attributes(&self, names: &[&'static str]) -> Vec<(&'static str, String)> {
        let own = GET_ATTRIBUTE_NAMES.with(|asking| asking.of(&self.0));
        let own = joined(&own, named(" "));
        let own = own.split(' ');
        let known = own.filter_map(|own| names.iter().find(|name| **name == own));
        let valued = known.filter_map(|name| Some((*name, self.attr(name)?)));
        valued.collect()
    }

    fn has_room(&self) -> bool {
        let place: DomRect = self.0.get_bounding_client_rect();
        place.width() >= 280.0 && place.height() >= 160.0
    }

    fn can_be_reached(&self) -> bool {
        if !VISIBLE.with(|options| self.control().check_visibility(options)) {
            return false;
        }
        let place: DomRect = self.0.get_bounding_client_rect();
        if place.width() <= 1.0 || place.height() <= 1.0 {
            return false;
        }
        if place.right() > 0.0 && place.bottom() > 0.0 {
            return true;
        }
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
        !out
    }
}

/// Whether the element is on its page.
#[must_use]
pub fn is_there(node: &DomNode) -> bool {
    node.0.is_connected()
}

/// Moves the page so that the element is seen, and the focus to it.
pub fn show(node: &DomNode) {
    bring_into_view(node);
    let _ = node.control().focus();
}

/// Moves the page so that the element is seen.
pub fn bring_into_view(node: &DomNode) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Center);
    node.0
        .scroll_into_view_with_scroll_into_view_options(&options);
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
    /// The files of each input.
    Files(Vec<JsValue>),
    /// A place onto which files are dropped keeps them to itself.
    Hidden,
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

/// Drops files onto a place of the page's own, as a person would. Whether the page took them.
#[must_use]
pub fn drop_files(node: &DomNode, files: &[JsValue]) -> bool {
    let transfer = page_transfer(node, files).unwrap_or_else(|| {
        let transfer = DataTransfer::new();
        for file in files {
            transfer.items().add(file);
        }
        transfer.into()
    });
    let options = super::object(&[
        ("bubbles", JsValue::TRUE),
        ("cancelable", JsValue::TRUE),
        ("composed", JsValue::TRUE),
        ("dataTransfer", transfer),
    ]);
    let mut taken = false;
    for name in ["dragenter", "dragover", "drop"] {
        let Ok(event) = DragEvent::new(name, &options) else {
            return false;
        };
        let target: &EventTarget = node.0.as_ref();
        // A page that takes what is dropped keeps the browser from opening it.
        taken = target
            .dispatch_event(event.unchecked_ref())
            .is_ok_and(|goes_on| !goes_on);
    }
    taken
}

/// In Firefox a page sees only the files that it has put into a transfer itself: so it is the page's own that they are put into, by the
/// page's own methods, as Firefox lets an extension call them.
fn page_transfer(node: &DomNode, files: &[JsValue]) -> Option<JsValue> {
    use js_sys::{Array, Function, Reflect};
    let get = |object: &JsValue, name: &str| {
        let value = Reflect::get(object, &name.into()).ok()?;
        (!value.is_undefined()).then_some(value)
    };
    let window: JsValue = node.0.owner_document()?.default_view()?.into();
    // Of which class a value is is not asked: it is one of the page's own.
    let function = |value: JsValue| {
        value
            .is_function()
            .then(|| value.unchecked_into::<Function>())
    };
    let made = function(get(&get(&window, "wrappedJSObject")?, "DataTransfer")?)?;
    let transfer = Reflect::construct(&made, &Array::new()).ok()?;
    let items = get(&transfer, "items")?;
    let add = function(get(&items, "add")?)?;
    for file in files {
        add.call1(&items, file).ok()?;
    }
    Some(transfer)
}

/// The element and those around it, from the nearest.
#[must_use]
pub fn places_from(node: &DomNode, most: usize) -> Vec<DomNode> {
    std::iter::successors(Some(node.clone()), around)
        .take(most)
        .collect()
}

/// What the page shows there of files with those names.
#[must_use]
pub fn shown_in(place: &DomNode, names: &[String]) -> Shown {
    const PICTURES: &str = "img, video, canvas, [style*='background-image']";
    Shown::of(place.all(PICTURES).len(), &place.spaced_text(), names)
}

/// The element around it, also where that is the host of its shadow root, or its frame.
#[must_use]
pub fn around(node: &DomNode) -> Option<DomNode> {
    if let Some(parent) = node.0.parent_element() {
        return Some(DomNode(parent));
    }
    let root = node.0.get_root_node();
    if root.node_type() == FRAGMENT {
        return Some(DomNode(root.unchecked_ref::<ShadowRoot>().host()));
    }
    let view = node.0.owner_document()?.default_view()?;
    view.frame_element().ok().flatten().map(DomNode)
}

/// The element of the page's own that one sees at a place of the window, in whatever frame or shadow root it is.
#[must_use]
pub fn seen_at(document: &Document, x: f64, y: f64) -> Option<DomNode> {
    let mut tree: Tree = document.clone().unchecked_into();
    let (mut x, mut y) = (x, y);
    let mut found: Option<DomNode> = None;
    for _ in 0..DEEPEST {
        let under = tree.elements_from_point(x, y);
        let mut under = under.iter().map(|node| DomNode(node.unchecked_into()));
        let Some(node) = under.find(|node| !node.tag().starts_with("recourse-")) else {
            break;
        };
        if found.as_ref().is_some_and(|found| found.same(&node)) {
            break;
        }
        let tag = node.tag();
        if matches!(tag.as_str(), "iframe" | "frame")
            && let Some(inside) = node.framed()
        {
            let place = node.0.get_bounding_client_rect();
            x -= place.left() + f64::from(node.0.client_left());
            y -= place.top() + f64::from(node.0.client_top());
            tree = inside.unchecked_into();
        } else if let Some(root) = node.root(&tag, node.lone_text(&tag).as_deref() == Some("")) {
            tree = root.unchecked_into();
        } else {
            return Some(node);
        }
        found = Some(node);
    }
    found
}

/// How many frames and shadow roots may lie in one another.
const DEEPEST: u32 = 16;

/// Where in the window the element is seen, or the nearest one around it that has a size: left, top, width and height.
#[must_use]
pub fn place_of(node: &DomNode) -> Option<[f64; 4]> {
    let mut node = node.clone();
    let mut place = node.0.get_bounding_client_rect();
    while place.width() < 4.0 || place.height() < 4.0 {
        node = around(&node)?;
        place = node.0.get_bounding_client_rect();
    }
    let (mut left, mut top) = (place.left(), place.top());
    let mut document = node.0.owner_document();
    while let Some(frame) = document
        .and_then(|document| document.default_view())
        .and_then(|view| view.frame_element().ok().flatten())
    {
        let outer = frame.get_bounding_client_rect();
        left += outer.left() + f64::from(frame.client_left());
        top += outer.top() + f64::from(frame.client_top());
        document = frame.owner_document();
    }
    Some([left, top, place.width(), place.height()])
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
