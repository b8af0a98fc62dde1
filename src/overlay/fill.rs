//! The bar on a dispute form: a frame of the extension's own origin in the corner of the page. What is filled in, and the
//! button that starts it, are in that frame, into which the page cannot see or reach.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

use super::dom::{self, Drawn};
use super::pick::{Pick, Picking, style};
use crate::browser::runtime;

const HOST: &str = "recourse-fill";
/// The attributes by which the page sees how each field is, in the order of the form.
const FIELDS: [&str; 7] = [
    "data-received",
    "data-solution",
    "data-reason",
    "data-amount",
    "data-description",
    "data-photos",
    "data-videos",
];

pub struct FillBar {
    document: Document,
    host: Element,
    frame: Element,
    root: RefCell<Option<ShadowRoot>>,
    picking: RefCell<Option<Picking>>,
}

impl FillBar {
    /// Removes what an earlier instance left behind, and what the page copied from one.
    pub fn sweep(document: &Document) {
        let found = document.get_elements_by_tag_name(HOST);
        // The list is live: what is removed leaves it.
        while let Some(element) = found.item(0) {
            element.remove();
        }
    }

    /// `language` is what tells the frame the page's, and `secret` what it knows and the page does not.
    pub fn new(document: &Document, language: &str, secret: &str) -> Self {
        let place = ["www/fill.html", language, "#", secret].concat();
        let host = dom::element(document, HOST, "", &[]);
        let frame = dom::element(document, "iframe", "", &[]);
        dom::set(
            &frame,
            &[("src", &runtime::url(&place)), ("title", "Recourse")],
        );
        // Chromium lets a frame write to the clipboard only if it is told so; Firefox complains of the word.
        if runtime::url("").starts_with("chrome") {
            dom::attribute(&frame, "allow", "clipboard-write");
        }
        let bar = Self {
            document: document.clone(),
            host,
            frame,
            root: RefCell::default(),
            picking: RefCell::default(),
        };
        super::canvas::told("the bar of a form cannot be drawn", bar.draw());
        bar
    }

    fn draw(&self) -> Drawn<()> {
        style(
            &self.host,
            &[
                ("all", "initial"),
                ("display", "block"),
                ("position", "fixed"),
                ("inset-block-end", "16px"),
                ("inset-inline-end", "16px"),
                ("inline-size", "min(400px, calc(100vw - 32px))"),
                ("z-index", "2147483647"),
            ],
        )?;
        style(
            &self.frame,
            &[
                ("display", "block"),
                // Above what covers the page while the user points at a field.
                ("position", "relative"),
                ("z-index", "1"),
                ("inline-size", "100%"),
                ("block-size", "160px"),
                ("max-block-size", "calc(100vh - 32px)"),
                ("border", "0"),
                ("border-radius", "12px"),
                (
                    "box-shadow",
                    "0 0 0 1px rgb(127 127 127 / 35%), 0 2px 6px rgb(29 36 39 / 12%), 0 12px 32px rgb(29 36 39 / 22%)",
                ),
            ],
        )?;
        let closed = ShadowRootInit::new(ShadowRootMode::Closed);
        let root = self.host.attach_shadow(&closed)?;
        dom::add(&root, &self.frame);
        self.root.replace(Some(root));
        Ok(())
    }

    /// Lets the user point at a field; `words` say what is to be done to those who do not see the page.
    pub fn pick(&self, words: &str, heard: impl Fn(Pick) + Clone + 'static) {
        self.stop_picking();
        if let Some(root) = &*self.root.borrow() {
            let begun = Picking::begin(root, &self.frame, words, heard);
            let picking = super::canvas::told("nothing can be pointed at", begun);
            self.picking.replace(picking);
        }
    }

    /// Shows which field is meant.
    pub fn ring(&self, place: Option<[f64; 4]>) {
        if let Some(picking) = &*self.picking.borrow() {
            super::canvas::told("the ring cannot be drawn", picking.ring(place));
        }
    }

    pub fn stop_picking(&self) {
        if let Some(picking) = self.picking.take() {
            picking.end();
            // Back to where the wish came from.
            let _ = self.frame.unchecked_ref::<HtmlElement>().focus();
        }
    }

    /// Puts it onto the page, if it is not there: a page may draw itself anew.
    pub fn stay(&self) {
        if !self.host.is_connected()
            && let Some(body) = self.document.body()
        {
            dom::add(&body, &self.host);
        }
    }

    /// What the page may see: how far it is, and of each field whether it was filled.
    pub fn show(&self, state: &str, fields: &[(&str, &str)]) {
        dom::attribute(&self.host, "data-state", state);
        for name in FIELDS {
            let field = name.trim_start_matches("data-");
            let value = fields.iter().find(|(known, _)| *known == field);
            dom::attribute_or_none(&self.host, name, value.map(|(_, value)| *value));
        }
    }

    /// As high as what it shows, in pixels.
    pub fn set_height(&self, pixels: u32) {
        let height = i64::from(pixels.clamp(40, 2_000));
        let height = [&crate::domain::number::text(height), "px"].concat();
        let style = self.frame.unchecked_ref::<HtmlElement>().style();
        let set = style.set_property_with_priority("block-size", &height, "important");
        super::canvas::told("the bar of a form keeps its height", set);
    }

    pub fn remove(&self) {
        self.host.remove();
    }
}
