//! The browser's page as a [`PageNode`].

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Node};

use crate::site::PageNode;

#[wasm_bindgen]
extern "C" {
    type Styled;
    #[wasm_bindgen(method, js_name = checkVisibility)]
    fn check_visibility(this: &Styled) -> bool;

    // As web-sys has them, but for names and selectors that the browser has already.
    #[wasm_bindgen(js_name = Element)]
    type Asked;
    #[wasm_bindgen(method, catch, js_name = querySelector)]
    fn first(this: &Asked, selector: &JsValue) -> Result<Option<Element>, JsValue>;
    #[wasm_bindgen(method, catch, js_name = querySelectorAll)]
    fn all(this: &Asked, selector: &JsValue) -> Result<web_sys::NodeList, JsValue>;
    #[wasm_bindgen(method, catch, js_name = matches)]
    fn matches(this: &Asked, selector: &JsValue) -> Result<bool, JsValue>;

    // The class's own: a form whose field is named so has that field in the place of its method. Taken from the class once, as what
    // Firefox shows a content script of the page's classes takes long to look up.
    type Asking;
    #[wasm_bindgen(thread_local_v2, js_namespace = ["Element", "prototype"], js_name = getAttribute)]
    static GET_ATTRIBUTE: Asking;
    #[wasm_bindgen(method, js_name = call)]
    fn of(this: &Asking, element: &Element, name: &JsValue) -> Option<String>;

    type DOMParser;
    #[wasm_bindgen(constructor)]
    fn new() -> DOMParser;
    #[wasm_bindgen(method, catch, js_name = parseFromString)]
    fn parse(this: &DOMParser, markup: &str, kind: &str) -> Result<Document, JsValue>;
}

thread_local! {
    /// Names and selectors as the browser's own texts, in their order: readers ask every card for the same few, and making
    /// such a text takes longer than finding it here.
    static NAMES: RefCell<Vec<(Box<str>, &'static JsValue)>> = const { RefCell::new(Vec::new()) };
}

/// The name as the browser's own text. For names of ours only: what was named once stays named.
pub fn named(name: &str) -> &'static JsValue {
    NAMES.with_borrow_mut(|names| {
        let place = names.binary_search_by(|(known, _)| (**known).cmp(name));
        if let Some((_, text)) = place.ok().and_then(|place| names.get(place)) {
            return *text;
        }
        let text: &JsValue = Box::leak(Box::new(JsValue::from_str(name)));
        names.insert(place.unwrap_or_else(|place| place), (name.into(), text));
        text
    })
}

fn check_visibility(element: &Element) -> bool {
    element.unchecked_ref::<Styled>().check_visibility()
}

/// `NodeFilter.SHOW_TEXT`.
const SHOW_TEXT: u32 = 4;

/// An element of the page that the program runs in.
#[derive(Clone, Debug)]
pub struct DomNode(pub Element);

impl DomNode {
    /// The first element of markup of our own, in a document of its own that nothing is loaded for or shown of.
    pub fn parsed(markup: &'static str) -> Option<Self> {
        let document = DOMParser::new().parse(markup, "text/html").ok()?;
        document.body()?.first_element_child().map(Self)
    }

    /// The first elements inside that have the class, and no more than so many of them. The browser looks no further than that.
    pub fn first_of_class(&self, class: &str, most: usize) -> Vec<Self> {
        let found = self.0.get_elements_by_class_name(class);
        // Its length the browser knows only once it has looked at the whole page.
        let each = (0..).take(most);
        each.map_while(|at| found.item(at).map(Self)).collect()
    }

    fn asked(&self) -> &Asked {
        self.0.unchecked_ref()
    }
}

impl PageNode for DomNode {
    fn tag(&self) -> String {
        self.0.local_name()
    }

    fn attr(&self, name: &str) -> Option<String> {
        GET_ATTRIBUTE.with(|asking| asking.of(&self.0, named(name)))
    }

    fn text(&self) -> String {
        self.0.text_content().unwrap_or_default()
    }

    fn spaced_text(&self) -> String {
        let mut out = String::new();
        let walker = self.0.owner_document().and_then(|document| {
            document
                .create_tree_walker_with_what_to_show(&self.0, SHOW_TEXT)
                .ok()
        });
        while let Some(node) = walker
            .as_ref()
            .and_then(|walker| walker.next_node().ok().flatten())
        {
            // The text of a script or a style is none of the page's.
            let hidden = node
                .parent_element()
                .is_some_and(|parent| matches!(parent.local_name().as_str(), "script" | "style"));
            if !hidden {
                out.push_str(&node.node_value().unwrap_or_default());
                out.push(' ');
            }
        }
        out
    }

    fn first(&self, selector: &str) -> Option<Self> {
        self.asked().first(named(selector)).ok().flatten().map(Self)
    }

    fn all(&self, selector: &str) -> Vec<Self> {
        let Ok(found) = self.asked().all(named(selector)) else {
            return Vec::new();
        };
        (0..found.length())
            // What a selector finds are elements.
            .filter_map(|at| found.get(at).map(JsCast::unchecked_into))
            .map(Self)
            .collect()
    }

    fn children(&self) -> Vec<Self> {
        let list = self.0.children();
        (0..list.length())
            .filter_map(|at| list.item(at))
            .map(Self)
            .collect()
    }

    fn parent(&self) -> Option<Self> {
        self.0.parent_element().map(Self)
    }

    fn matches(&self, selector: &str) -> bool {
        self.asked().matches(named(selector)).unwrap_or(false)
    }

    fn same(&self, other: &Self) -> bool {
        let node: &Node = &self.0;
        node.is_same_node(Some(&other.0))
    }

    fn visible(&self) -> bool {
        // Asks for styles alone, where asking for a box would make the browser lay the page out.
        check_visibility(&self.0)
    }
}
