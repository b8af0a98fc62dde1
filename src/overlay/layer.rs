//! What floats above the page: one menu, sheet or popover at a time, the tooltip, the rings. Built when opened.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{
    DomRect, Element, Event, HtmlElement, KeyboardEvent, Node, PointerEvent, ShadowRoot,
};

use super::dom::{self, Drawn};
use super::{Overlay, menu, told};
use crate::domain::order::OrderId;

pub const HOST: &str = "recourse-layer";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Menu,
    Origin,
}

pub struct Layer {
    pub host: Element,
    pub root: ShadowRoot,
    pub open: Option<Open>,
    pub tip: Option<Tip>,
    pub points: Option<super::point::Points>,
    /// Counts up with every change of what the pointer is over, so that a tooltip that waits knows it is outdated.
    pub hovers: u32,
}

pub struct Open {
    pub kind: Kind,
    pub order: OrderId,
    panel: Element,
    veil: Option<Element>,
    /// Gets the focus back.
    opener: Element,
}

pub struct Tip {
    pub element: Element,
    pub order: OrderId,
}

#[wasm_bindgen]
extern "C" {
    type Popover;
    #[wasm_bindgen(method, catch, js_name = showPopover)]
    fn show_popover(this: &Popover) -> Result<(), JsValue>;
}

impl Overlay {
    /// The layer's root, made when first needed and brought back if the page threw it out.
    pub(super) fn layer_root(&self) -> Drawn<ShadowRoot> {
        let mut slot = self.0.layer.borrow_mut();
        let layer = match slot.take() {
            Some(layer) => layer,
            None => {
                let host = dom::element(&self.0.document, HOST, "", &[]);
                // In the top layer no stacking order of the page can cover it.
                dom::set(
                    &host,
                    &[
                        ("popover", "manual"),
                        ("lang", self.0.wording.messages.language()),
                    ],
                );
                dom::attribute(&host, "dir", self.direction());
                let root = self.dress(&host)?;
                Layer {
                    host,
                    root,
                    open: None,
                    tip: None,
                    points: None,
                    hovers: 0,
                }
            }
        };
        let root = layer.root.clone();
        if !layer.host.is_connected() {
            let body: Option<Element> = self.0.document.body().map(Into::into);
            let place = body.or_else(|| self.0.document.document_element());
            place
                .ok_or_else(|| JsValue::from_str("a page without elements"))?
                .append_child(&layer.host)?;
            // Where there is no top layer it stands above the page by its z-index.
            let _ = layer.host.unchecked_ref::<Popover>().show_popover();
        }
        *slot = Some(layer);
        Ok(root)
    }

    pub(super) fn direction(&self) -> &'static str {
        if self.0.wording.messages.right_to_left() {
            "rtl"
        } else {
            "ltr"
        }
    }

    pub(super) fn with_layer<T>(&self, use_it: impl FnOnce(&mut Layer) -> T) -> Option<T> {
        self.0.layer.borrow_mut().as_mut().map(use_it)
    }

    fn opened(&self) -> Option<(Kind, OrderId)> {
        self.with_layer(|layer| {
            layer
                .open
                .as_ref()
                .map(|open| (open.kind, open.order.clone()))
        })
        .flatten()
    }

    /// Opens, or closes what this button had opened.
    pub(super) fn toggle(&self, kind: Kind, order: &OrderId, opener: &Element) -> Drawn<()> {
        let was = self.opened();
        self.close();
        if was == Some((kind, order.clone())) {
            return Ok(());
        }
        self.open(kind, order, opener)
    }

    pub(super) fn open(&self, kind: Kind, order: &OrderId, opener: &Element) -> Drawn<()> {
        self.close();
        self.hide_tip();
        let Some(shown) = self.shown(order) else {
            return Ok(());
        };
        let host = self
            .0
            .badges
            .borrow()
            .get(order)
            .map(|badge| badge.host.clone());
        let narrow = host.as_ref().is_some_and(menu::is_narrow);
        let panel = match kind {
            Kind::Menu => self.menu_panel(order, &shown, narrow),
            Kind::Origin => match self.origin_panel(order, &shown) {
                Some(panel) => panel,
                None => return Ok(()),
            },
        };
        let root = self.layer_root()?;
        let veil = if narrow {
            panel.class_list().add_1("sheet")?;
            let veil = dom::element(&self.0.document, "div", "veil", &[]);
            dom::add(&root, &veil);
            Some(veil)
        } else {
            None
        };
        dom::add(&root, &panel);
        if !narrow {
            self.put_beside(&panel, &opener.get_bounding_client_rect(), opener, 6.0)?;
        }
        dom::attribute(opener, "aria-expanded", "true");
        self.with_layer(|layer| {
            layer.open = Some(Open {
                kind,
                order: order.clone(),
                panel: panel.clone(),
                veil,
                opener: opener.clone(),
            });
        });
        if let Some(first) = dom::first(&panel, "[tabindex=\"0\"]") {
            focus(&first);
        }
        Ok(())
    }

    /// Closes menu, sheet or popover; the focus goes back to where it came from if it was inside.
    pub(super) fn close(&self) {
        let Some(Some(open)) = self.with_layer(|layer| layer.open.take()) else {
            return;
        };
        let focused = self
            .with_layer(|layer| layer.root.active_element().is_some())
            .unwrap_or(false);
        open.panel.remove();
        if let Some(veil) = open.veil {
            veil.remove();
        }
        dom::attribute(&open.opener, "aria-expanded", "false");
        if focused {
            focus(&open.opener);
        }
    }

    pub(super) fn close_of(&self, order: &OrderId) {
        if self.opened().is_some_and(|(_, of)| of == *order) {
            self.close();
        }
        let tip =
            self.with_layer(|layer| layer.tip.as_ref().is_some_and(|tip| tip.order == *order));
        if tip == Some(true) {
            self.hide_tip();
        }
    }

    /// Puts a panel below the rectangle, inline start edges aligned; above it or shifted where there is no room.
    pub(super) fn put_beside(
        &self,
        panel: &Element,
        rect: &DomRect,
        direction_of: &Element,
        gap: f64,
    ) -> Drawn<()> {
        const EDGE: f64 = 8.0;
        let own = panel.get_bounding_client_rect();
        let (width, height) = self.viewport();
        let right_to_left = direction_of.matches(":dir(rtl)")?;
        let aligned = if right_to_left {
            rect.right() - own.width()
        } else {
            rect.left()
        };
        let left = aligned.min(width - own.width() - EDGE).max(EDGE);
        let below = rect.bottom() + gap;
        let above = rect.top() - gap - own.height();
        let top = if below + own.height() + EDGE <= height {
            below
        } else if above >= EDGE {
            above
        } else {
            (height - own.height() - EDGE).max(EDGE)
        };
        self.put_at(panel, left, top)
    }

    /// Places at a point of the window; from then on it scrolls with the page.
    pub(super) fn put_at(&self, panel: &Element, left: f64, top: f64) -> Drawn<()> {
        let window = self.window()?;
        let (x, y) = (
            window.scroll_x().unwrap_or_default(),
            window.scroll_y().unwrap_or_default(),
        );
        let style = panel.unchecked_ref::<HtmlElement>().style();
        style.set_property("left", &pixels(left + x))?;
        style.set_property("top", &pixels(top + y))?;
        style.set_property("right", "auto")
    }

    pub(super) fn viewport(&self) -> (f64, f64) {
        let root = self.0.document.document_element();
        let width = root.map_or(0, |root| root.client_width());
        let height = self
            .window()
            .and_then(|window| window.inner_height())
            .ok()
            .and_then(|height| height.as_f64())
            .unwrap_or_default();
        (f64::from(width), height)
    }

    pub(super) fn pressed(&self, event: &Event) -> Drawn<()> {
        self.points_pressed(event);
        let Some((_, order)) = self.opened() else {
            return Ok(());
        };
        let Some(target) = event
            .target()
            .and_then(|target| target.dyn_into::<Node>().ok())
        else {
            return Ok(());
        };
        let inside = self
            .with_layer(|layer| layer.host.is_same_node(Some(&target)))
            .unwrap_or(false);
        let own = self
            .0
            .badges
            .borrow()
            .get(&order)
            .is_some_and(|badge| badge.host.is_same_node(Some(&target)));
        if inside {
            // Only the veil lies in the layer and is not the panel.
            let veiled = self.with_layer(|layer| {
                let open = layer.open.as_ref()?;
                let event = event.dyn_ref::<PointerEvent>()?;
                open.veil.as_ref()?;
                let panel = open.panel.get_bounding_client_rect();
                Some(f64::from(event.client_y()) < panel.top())
            });
            if veiled.flatten() == Some(true) {
                self.close();
            }
        } else if !own {
            self.close();
        }
        Ok(())
    }

    pub(super) fn resized(&self, _: &Event) -> Drawn<()> {
        self.hide_tip();
        self.close();
        self.points_moved()
    }

    pub(super) fn keyed(&self, event: &Event) -> Drawn<()> {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return Ok(());
        };
        let key = event.key();
        if key == "Escape" {
            let tip = self
                .with_layer(|layer| layer.tip.is_some())
                .unwrap_or(false);
            if self.opened().is_some() || tip || self.has_points() {
                event.stop_propagation();
                event.prevent_default();
            }
            self.hide_tip();
            if self.opened().is_some() {
                self.close();
            } else {
                self.remove_points();
            }
            return Ok(());
        }
        let Some((kind, _)) = self.opened() else {
            return Ok(());
        };
        let Some(Some((panel, active))) = self.with_layer(|layer| {
            let open = layer.open.as_ref()?;
            Some((open.panel.clone(), layer.root.active_element()?))
        }) else {
            return Ok(());
        };
        let stops = panel.query_selector_all(match kind {
            Kind::Menu => "[role=menuitem]",
            Kind::Origin => "a, button",
        })?;
        let stops: Vec<Element> = (0..stops.length())
            .filter_map(|index| stops.get(index)?.dyn_into::<Element>().ok())
            .collect();
        let at = stops
            .iter()
            .position(|stop| stop.is_same_node(Some(&active)))
            .unwrap_or(0);
        let last = stops.len().saturating_sub(1);
        let to = match (kind, key.as_str()) {
            (Kind::Menu, "ArrowDown") => {
                if at == last {
                    0
                } else {
                    at + 1
                }
            }
            (Kind::Menu, "ArrowUp") => {
                if at == 0 {
                    last
                } else {
                    at - 1
                }
            }
            (Kind::Menu, "Home") => 0,
            (Kind::Menu, "End") => last,
            (Kind::Menu, "Tab") => {
                // The browser then goes on from the button that the menu belongs to.
                self.close();
                return Ok(());
            }
            (Kind::Menu, " ") => {
                event.prevent_default();
                event.stop_propagation();
                active.unchecked_ref::<HtmlElement>().click();
                return Ok(());
            }
            (Kind::Origin, "Tab") if event.shift_key() => {
                if at == 0 {
                    last
                } else {
                    at - 1
                }
            }
            (Kind::Origin, "Tab") => {
                if at == last {
                    0
                } else {
                    at + 1
                }
            }
            _ => return Ok(()),
        };
        event.prevent_default();
        event.stop_propagation();
        if let Some(stop) = stops.get(to) {
            if kind == Kind::Menu {
                dom::attribute(&active, "tabindex", "-1");
                dom::attribute(stop, "tabindex", "0");
            }
            focus(stop);
        }
        Ok(())
    }

    pub(super) fn hovered(&self, event: &Event) -> Drawn<()> {
        /// Long enough that a pointer passing by shows nothing.
        const SHOW_MS: i32 = 400;
        /// Long enough to move from the badge onto its tooltip.
        const HIDE_MS: i32 = 200;
        let Some(target) = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
        else {
            return Ok(());
        };
        let on_layer = self
            .with_layer(|layer| layer.host.is_same_node(Some(&target)))
            .unwrap_or(false);
        if on_layer {
            self.next_hover();
            return Ok(());
        }
        let order = if target.local_name() == super::badge::HOST {
            self.order_of(&target)
        } else {
            None
        };
        let pointer = event
            .dyn_ref::<PointerEvent>()
            .is_some_and(|event| event.pointer_type() == "mouse");
        match order {
            Some(order) if pointer => {
                let hover = self.next_hover();
                self.after(SHOW_MS, hover, move |overlay| {
                    overlay.show_tip(&order, ".badge:hover")
                });
            }
            _ if self.with_layer(|layer| layer.tip.is_some()) == Some(true) => {
                let hover = self.next_hover();
                self.after(HIDE_MS, hover, |overlay| {
                    overlay.hide_tip();
                    Ok(())
                });
            }
            _ => {
                self.with_layer(|layer| layer.hovers = layer.hovers.wrapping_add(1));
            }
        }
        Ok(())
    }

    pub(super) fn focused(&self, event: &Event) -> Drawn<()> {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let badge = target.filter(|target| target.local_name() == super::badge::HOST);
        match badge.and_then(|host| self.order_of(&host)) {
            Some(order) => self.show_tip(&order, ":focus-visible"),
            None => {
                self.hide_tip();
                Ok(())
            }
        }
    }

    fn next_hover(&self) -> u32 {
        if self.layer_root().is_err() {
            return 0;
        }
        self.with_layer(|layer| {
            layer.hovers = layer.hovers.wrapping_add(1);
            layer.hovers
        })
        .unwrap_or_default()
    }

    /// Runs after the time, unless the pointer has moved on.
    fn after(&self, ms: i32, hover: u32, run: impl FnOnce(&Self) -> Drawn<()> + 'static) {
        let weak = Rc::downgrade(&self.0);
        let later = self.later(ms, move || {
            let Some(inner) = weak.upgrade() else { return };
            let overlay = Self(inner);
            if overlay.with_layer(|layer| layer.hovers) == Some(hover) {
                told("the tooltip was not drawn", run(&overlay));
            }
        });
        told("the tooltip does not wait", later);
    }

    /// Shows what the badge has no room for, if something in it matches.
    fn show_tip(&self, order: &OrderId, only_if: &str) -> Drawn<()> {
        self.hide_tip();
        if self.opened().is_some() {
            return Ok(());
        }
        let Some(shown) = self.shown(order) else {
            return Ok(());
        };
        let Some(row) = self
            .0
            .badges
            .borrow()
            .get(order)
            .map(|badge| badge.row.clone())
        else {
            return Ok(());
        };
        if dom::first(&row, only_if).is_none() {
            return Ok(());
        }
        let Some(badge) = dom::first(&row, ".badge") else {
            return Ok(());
        };
        let sentences = self.0.wording.tooltip(&shown.verdict, shown.now);
        if sentences.is_empty() {
            return Ok(());
        }
        let root = self.layer_root()?;
        let tip = dom::text(&self.0.document, "div", "float tip", &sentences.join(" "));
        // The same words are the badge's description.
        dom::set(&tip, &[("role", "tooltip"), ("aria-hidden", "true")]);
        dom::add(&root, &tip);
        self.put_beside(&tip, &badge.get_bounding_client_rect(), &badge, 4.0)?;
        self.with_layer(|layer| {
            layer.tip = Some(Tip {
                element: tip,
                order: order.clone(),
            })
        });
        Ok(())
    }

    pub(super) fn hide_tip(&self) {
        if let Some(Some(tip)) = self.with_layer(|layer| layer.tip.take()) {
            tip.element.remove();
        }
    }
}

/// A length as the style sheet takes it, in whole pixels.
#[allow(
    clippy::cast_possible_truncation,
    reason = "no window is that large, and the cast saturates"
)]
pub fn pixels(length: f64) -> String {
    format!("{}px", length.round() as i32)
}

pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        told("the focus did not move", element.focus());
    }
}
