//! The drawer at the side of the page: a frame with a page of the extension's own, which the shop cannot look into.

use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::badge;
use super::dom::{self, Drawn, set};
use super::layer::Layer;
use crate::browser::timer;
use crate::domain::order::OrderId;
use crate::icons;

/// Milliseconds that the page in a drawer has to save what was written, after the drawer was closed.
const LAST_MS: u32 = 2_000;

#[wasm_bindgen]
extern "C" {
    type Frame;
    type Within;
    #[wasm_bindgen(method, getter, js_name = contentWindow)]
    fn within(this: &Frame) -> Option<Within>;
    #[wasm_bindgen(method, catch, js_name = postMessage)]
    fn post_message(this: &Within, message: &JsValue, origin: &str) -> Result<(), JsValue>;
}

pub struct Drawer {
    order: OrderId,
    element: Element,
    frame: Element,
}

impl Layer {
    /// Opens the drawer with that page of the extension's, about that order, in the place of any other. It stays open while the
    /// user works on the shop's page: texts are copied from it, files dragged.
    pub(super) fn draw_drawer(&self, order: &OrderId, address: &str) -> Drawn<()> {
        self.close_drawer();
        let document = &self.0.canvas.document;
        let messages = &self.0.canvas.wording.messages;
        let root = self.root()?;
        let name = messages.text("menu_evidence");
        let close = dom::button(document, "x", &[&dom::icon(document, "", icons::CLOSE)]);
        dom::attribute(&close, "aria-label", &messages.text("menu_close"));
        self.on(&close, Self::close_drawer);
        let bar = dom::element(
            document,
            "div",
            "top",
            &[&dom::text(document, "h2", "", &name), &close],
        );
        let frame = dom::element(document, "iframe", "", &[]);
        set(&frame, &[("src", address), ("title", &name)]);
        let element = dom::element(document, "div", "drawer", &[&bar, &frame]);
        set(&element, &[("role", "dialog"), ("aria-label", &name)]);
        dom::add(&root, &element);
        super::focus(&frame);
        // Firefox does not tell the page that the focus went into a frame.
        self.hide_tip();
        let order = order.clone();
        let drawer = Drawer {
            order,
            element,
            frame,
        };
        self.with(|surface| surface.drawer = Some(drawer));
        Ok(())
    }

    /// Closes the drawer; the focus goes back to the badge of its order if it was inside. What was typed in it is saved by the
    /// page that stands in it: a frame that is taken away saves nothing more, so this one is only hidden at first.
    pub fn close_drawer(&self) {
        let Some(Some(drawer)) = self.with(|surface| surface.drawer.take()) else {
            return;
        };
        let focused = self.has_focus();
        dom::attribute(&drawer.element, "hidden", "");
        if let Some(within) = drawer.frame.unchecked_ref::<Frame>().within() {
            // It says nothing but that, so whoever is in the frame may hear it. One that cannot hear it has nothing to save.
            let _ = within.post_message(&"save".into(), "*");
        }
        let element = drawer.element;
        timer::after(LAST_MS, move || element.remove()).forget();
        let badge = [badge::HOST, "[data-order=\"", drawer.order.as_str(), "\"]"].concat();
        if focused && let Ok(Some(badge)) = self.0.canvas.document.query_selector(&badge) {
            self.focus_badge(&badge);
        }
    }

    pub(super) fn has_drawer(&self) -> bool {
        self.with(|surface| surface.drawer.is_some()) == Some(true)
    }
}
