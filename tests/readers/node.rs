//! A parsed page as a [`PageNode`].

use std::rc::Rc;

use recourse::site::PageNode;
use scraper::node::Node;
use scraper::{ElementRef, Html, Selector};

/// An element of a parsed page.
#[derive(Clone, Debug)]
pub struct Parsed {
    page: Rc<Html>,
    id: ego_tree::NodeId,
}

impl Parsed {
    pub fn page(html: &str) -> Self {
        let page = Rc::new(Html::parse_document(html));
        let id = page.root_element().id();
        Self { page, id }
    }

    pub fn element(&self) -> ElementRef<'_> {
        ElementRef::wrap(self.page.tree.get(self.id).unwrap()).unwrap()
    }

    pub fn at(&self, element: ElementRef<'_>) -> Self {
        Self {
            page: self.page.clone(),
            id: element.id(),
        }
    }

    fn selector(selector: &str) -> Selector {
        Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
    }
}

impl PageNode for Parsed {
    fn tag(&self) -> String {
        self.element().value().name().to_owned()
    }

    fn attr(&self, name: &str) -> Option<String> {
        self.element().value().attr(name).map(str::to_owned)
    }

    fn text(&self) -> String {
        self.element().text().collect()
    }

    fn spaced_text(&self) -> String {
        let texts = self
            .element()
            .descendants()
            .filter_map(|node| match node.value() {
                Node::Text(text) => Some((node, text.to_string())),
                _ => None,
            });
        // The text of a script or a style is none of the page's.
        let texts = texts.filter_map(|(node, text)| {
            let parent = node.parent().and_then(ElementRef::wrap);
            let hidden =
                parent.is_some_and(|parent| matches!(parent.value().name(), "script" | "style"));
            (!hidden).then_some(text)
        });
        texts.collect::<Vec<_>>().join(" ")
    }

    fn first(&self, selector: &str) -> Option<Self> {
        self.element()
            .select(&Self::selector(selector))
            .next()
            .map(|element| self.at(element))
    }

    fn all(&self, selector: &str) -> Vec<Self> {
        self.element()
            .select(&Self::selector(selector))
            .map(|element| self.at(element))
            .collect()
    }

    fn children(&self) -> Vec<Self> {
        self.element()
            .child_elements()
            .map(|element| self.at(element))
            .collect()
    }

    fn parent(&self) -> Option<Self> {
        self.element()
            .parent()
            .and_then(ElementRef::wrap)
            .map(|element| self.at(element))
    }

    fn matches(&self, selector: &str) -> bool {
        Self::selector(selector).matches(&self.element())
    }

    fn same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.page, &other.page) && self.id == other.id
    }

    fn visible(&self) -> bool {
        true
    }
}
