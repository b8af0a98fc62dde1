//! The browser's page as a [`PageNode`].

use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, intern};
use web_sys::{Element, Node};

use crate::site::PageNode;

#[wasm_bindgen]
extern "C" {
    type Styled;
    #[wasm_bindgen(method, js_name = checkVisibility)]
    fn check_visibility(this: &Styled) -> bool;
}

fn check_visibility(element: &Element) -> bool {
    element.unchecked_ref::<Styled>().check_visibility()
}

/// `NodeFilter.SHOW_TEXT`.
const SHOW_TEXT: u32 = 4;

/// An element of the page that the program runs in.
#[derive(Clone, Debug)]
pub struct DomNode(pub Element);

fn elements(list: &web_sys::NodeList) -> Vec<DomNode> {
    (0..list.length())
        .filter_map(|at| list.get(at)?.dyn_into().ok())
        .map(DomNode)
        .collect()
}

impl PageNode for DomNode {
    fn tag(&self) -> String {
        self.0.local_name()
    }

    fn attr(&self, name: &str) -> Option<String> {
        self.0.get_attribute(intern(name))
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
        self.0
            .query_selector(intern(selector))
            .ok()
            .flatten()
            .map(Self)
    }

    fn all(&self, selector: &str) -> Vec<Self> {
        self.0
            .query_selector_all(intern(selector))
            .map(|list| elements(&list))
            .unwrap_or_default()
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
        self.0.matches(intern(selector)).unwrap_or(false)
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
