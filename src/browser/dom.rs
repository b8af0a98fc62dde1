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
    type Asked;
    #[wasm_bindgen(method, js_name = getAttribute)]
    fn attribute(this: &Asked, name: &JsValue) -> Option<String>;
    #[wasm_bindgen(method, catch, js_name = querySelector)]
    fn first(this: &Asked, selector: &JsValue) -> Result<Option<Element>, JsValue>;
    #[wasm_bindgen(method, catch, js_name = querySelectorAll)]
    fn all(this: &Asked, selector: &JsValue) -> Result<web_sys::NodeList, JsValue>;
    #[wasm_bindgen(method, catch, js_name = matches)]
    fn matches(this: &Asked, selector: &JsValue) -> Result<bool, JsValue>;

    type DOMParser;
    #[wasm_bindgen(constructor)]
    fn new() -> DOMParser;
    #[wasm_bindgen(method, catch, js_name = parseFromString)]
    fn parse(this: &DOMParser, markup: &str, kind: &str) -> Result<Document, JsValue>;
}

thread_local! {
    /// Names and selectors as the browser's own texts, in their order: readers ask every card for the same few, and making
    /// such a text takes longer than finding it here.
    static NAMES: RefCell<Vec<(Box<str>, JsValue)>> = const { RefCell::new(Vec::new()) };
}

/// Runs with the name as the browser's own text.
fn named<T>(name: &str, run: impl FnOnce(&JsValue) -> T) -> T {
    NAMES.with_borrow_mut(|names| {
        let place = names.binary_search_by(|(known, _)| (**known).cmp(name));
        let place = place.unwrap_or_else(|place| {
            names.insert(place, (name.into(), JsValue::from_str(name)));
            place
        });
        // Nothing that is asked of a page comes back to here.
        run(names
            .get(place)
            .map_or(&JsValue::UNDEFINED, |(_, text)| text))
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

    /// The first elements inside that match, and no more than so many of them.
    pub fn some(&self, selector: &str, most: usize) -> Vec<Self> {
        let found = named(selector, |selector| self.asked().all(selector));
        found.map_or_else(|_| Vec::new(), |list| elements(&list, most))
    }

    fn asked(&self) -> &Asked {
        self.0.unchecked_ref()
    }
}

fn elements(list: &web_sys::NodeList, most: usize) -> Vec<DomNode> {
    (0..list.length())
        .take(most)
        // What a selector finds are elements.
        .filter_map(|at| list.get(at).map(JsCast::unchecked_into))
        .map(DomNode)
        .collect()
}

impl PageNode for DomNode {
    fn tag(&self) -> String {
        self.0.local_name()
    }

    fn attr(&self, name: &str) -> Option<String> {
        named(name, |name| self.asked().attribute(name))
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
        let found = named(selector, |selector| self.asked().first(selector));
        found.ok().flatten().map(Self)
    }

    fn all(&self, selector: &str) -> Vec<Self> {
        self.some(selector, usize::MAX)
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
        named(selector, |selector| self.asked().matches(selector)).unwrap_or(false)
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
