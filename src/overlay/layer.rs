//! What floats above the page: one menu, sheet or popover at a time, the tooltip, the rings. Built when opened.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{
    Document, DomRect, Element, Event, HtmlElement, KeyboardEvent, Node, PointerEvent, ShadowRoot,
};

use super::badge;
use super::canvas::{Canvas, Listener, told};
use super::dom::{self, Drawn, on_press};
use super::drawer::Drawer;
use super::keeper::FocusKeeper;
use super::notice::{NoticeKind, Notices};
use super::point::{Pointed, Points};
use super::style::Style;
use super::{Action, focus, is_narrow};
use crate::browser::timer;
use crate::domain::ledger::Record;
use crate::domain::order::OrderId;
use crate::domain::time::Moment;
use crate::domain::verdict::Verdict;
use crate::wording::Wording;

pub const HOST: &str = "recourse-layer";

/// What opens beside a badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// What can be done with the order now.
    Menu,
    /// Where its date comes from.
    Origin,
}

impl Panel {
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Menu => "menu",
            Self::Origin => "origin",
        }
    }

    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Menu, Self::Origin]
            .into_iter()
            .find(|panel| panel.name() == name)
    }
}

/// A badge on the list with what is known of its order.
#[derive(Clone, Debug)]
pub struct Anchor {
    pub order: OrderId,
    pub badge: Element,
    /// What stands inside the badge.
    pub row: Element,
    pub record: Record,
    pub verdict: Verdict,
    pub now: Moment,
    pub own_page: OwnPage,
    /// Whether the user wants no reminders of it.
    pub muted: bool,
}

/// Where the order's own page is.
#[derive(Clone, Debug)]
pub enum OwnPage {
    /// As the list links it.
    At(String),
    /// As a list links it, and nothing of it is known: what it shows is not read.
    Unread(String),
    /// The list has no link to it.
    Unknown,
    /// It is this page, and may have the shop's control that opens a dispute.
    Here { disputable: bool },
}

type Anchors = dyn Fn(&Element) -> Option<Anchor>;

/// What floats above one page. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Layer(pub(super) Rc<Inner>);

pub(super) struct Inner {
    pub canvas: Rc<Canvas>,
    /// The badge that an element is, if it is one.
    anchors: Box<Anchors>,
    actions: Rc<dyn Fn(Action)>,
    notices: Rc<Notices>,
    surface: RefCell<Option<Surface>>,
    /// Minds the badge that the keyboard is in.
    keeper: RefCell<Option<FocusKeeper>>,
    listeners: RefCell<Vec<Listener>>,
}

/// The element that holds what floats.
pub struct Surface {
    host: Element,
    pub root: ShadowRoot,
    open: Option<Open>,
    tip: Option<Tip>,
    pub points: Option<Points>,
    pub drawer: Option<Drawer>,
    /// Counts up with every change of what the pointer is over, so that a tooltip that waits knows it is outdated.
    hovers: u32,
}

struct Open {
    panel: Panel,
    order: OrderId,
    badge: Element,
    element: Element,
    veil: Option<Element>,
    /// Gets the focus back.
    opener: Element,
}

struct Tip {
    element: Element,
    order: OrderId,
}

#[wasm_bindgen]
extern "C" {
    type Popover;
    #[wasm_bindgen(method, catch, js_name = showPopover)]
    fn show_popover(this: &Popover) -> Result<(), JsValue>;
}

impl Layer {
    /// Draws nothing yet. `anchors` tells which badge an element is; `actions` is called for what the user asks for.
    #[must_use]
    pub fn new(
        document: &Document,
        wording: Rc<Wording>,
        style: Style,
        anchors: impl Fn(&Element) -> Option<Anchor> + 'static,
        actions: impl Fn(Action) + 'static,
    ) -> Self {
        let canvas = Canvas::new(document, wording, style);
        let actions: Rc<dyn Fn(Action)> = Rc::new(actions);
        let layer = Self(Rc::new(Inner {
            notices: Notices::new(&canvas, &actions),
            canvas,
            anchors: Box::new(anchors),
            actions,
            surface: RefCell::default(),
            keeper: RefCell::default(),
            listeners: RefCell::default(),
        }));
        told("the page's events cannot be followed", layer.listen());
        layer
    }

    fn listen(&self) -> Drawn<()> {
        let window = self.0.canvas.window()?;
        let mut listeners = self.0.listeners.borrow_mut();
        let mut on = |kind, handle: fn(&Self, &Event) -> Drawn<()>| -> Drawn<()> {
            let weak = Rc::downgrade(&self.0);
            listeners.push(Listener::new(window, kind, move |event| {
                if let Some(inner) = weak.upgrade() {
                    told("an event was not handled", handle(&Self(inner), &event));
                }
            })?);
            Ok(())
        };
        on("pointerover", Self::hovered)?;
        on("focusin", Self::focused)?;
        on("pointerdown", Self::pressed)?;
        on("keydown", Self::keyed)?;
        on("resize", Self::resized)
    }

    /// Looks at once which badge the pointer or the focus is on, as if it had just come there.
    pub fn catch_up(&self) {
        let document = &self.0.canvas.document;
        let touch = self
            .0
            .canvas
            .window()
            .and_then(|window| window.match_media("(hover: none)"));
        let touch = touch.ok().flatten().is_some_and(|query| query.matches());
        let hovered = document.query_selector(&format!("{}:hover", badge::HOST));
        if let Some(badge) = hovered.ok().flatten().filter(|_| !touch) {
            self.hover(badge);
        }
        if let Some(badge) = document.active_element().filter(is_badge) {
            self.keep_focus(&badge);
            told(
                "the tooltip was not drawn",
                self.show_tip(&badge, ":focus-visible"),
            );
        }
    }

    /// Shows a notice in the place of any other. One that the user closed does not come back on this page.
    pub fn notice(&self, kind: NoticeKind, parent: &Element, before: Option<&Node>) {
        self.0.notices.say(kind, parent, before);
    }

    pub fn remove_notice(&self) {
        self.0.notices.remove();
    }

    /// Rings the shop's own controls and says beside the first one what they do. Never covers or presses one. Gone on
    /// Escape, on a click on a control, or when closed.
    pub fn point_at(&self, controls: &[Element], what: Pointed) {
        if let Some(first) = controls.first() {
            self.0.canvas.mind_theme(first);
            let drawn = self.draw_points(controls, what);
            told("the control was not pointed at", drawn);
        }
    }

    /// Opens the drawer with that page of the extension's own, about that order.
    pub fn open_drawer(&self, order: &OrderId, address: &str) {
        told(
            "the drawer was not opened",
            self.draw_drawer(order, address),
        );
    }

    /// Whether the node is one that this program drew.
    #[must_use]
    pub fn owns(&self, node: &Node) -> bool {
        node.dyn_ref::<Element>().is_some_and(|element| {
            [HOST, super::notice::HOST].contains(&element.local_name().as_str())
        })
    }

    /// Removes everything that was drawn and every listener.
    pub fn teardown(&self) {
        self.close();
        self.0.keeper.take();
        self.remove_notice();
        if let Some(surface) = self.0.surface.borrow_mut().take() {
            surface.host.remove();
        }
        self.0.listeners.borrow_mut().clear();
        self.0.canvas.teardown();
    }

    pub(super) fn act(&self, action: Action) {
        (self.0.actions)(action);
    }

    /// Runs on a click inside one of our own panels.
    pub(super) fn on(&self, element: &Element, run: impl Fn(&Self) + 'static) {
        let weak = Rc::downgrade(&self.0);
        on_press(element, move || {
            if let Some(inner) = weak.upgrade() {
                run(&Self(inner));
            }
        });
    }

    /// Puts text on the clipboard and says in what is open, or in the notice, whether that worked. Only after a click.
    pub fn copy(&self, text: &str) {
        let written = self
            .0
            .canvas
            .window()
            .map(|window| window.navigator().clipboard().write_text(text));
        let layer = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let copied = match written {
                Ok(written) => wasm_bindgen_futures::JsFuture::from(written).await.is_ok(),
                Err(_) => false,
            };
            let key = if copied {
                "where_copied"
            } else {
                "where_not_copied"
            };
            let words = layer.0.canvas.wording.messages.text(key);
            let floating = layer
                .with(|surface| dom::first(&surface.root, "[role=status]"))
                .flatten();
            if let Some(status) = floating.or_else(|| layer.0.notices.status()) {
                status.set_text_content(Some(&words));
            }
        });
    }

    /// The layer's root, made when first needed and brought back if the page threw it out.
    pub(super) fn root(&self) -> Drawn<ShadowRoot> {
        let canvas = &self.0.canvas;
        let mut slot = self.0.surface.borrow_mut();
        let surface = match slot.take() {
            Some(surface) => surface,
            None => {
                let host = dom::element(&canvas.document, HOST, "", &[]);
                // In the top layer no stacking order of the page can cover it.
                dom::set(
                    &host,
                    &[
                        ("popover", "manual"),
                        ("lang", canvas.wording.messages.language()),
                        ("dir", canvas.direction()),
                    ],
                );
                let root = canvas.dress(&host)?;
                Surface {
                    host,
                    root,
                    open: None,
                    tip: None,
                    points: None,
                    drawer: None,
                    hovers: 0,
                }
            }
        };
        let root = surface.root.clone();
        if !surface.host.is_connected() {
            let body: Option<Element> = canvas.document.body().map(Into::into);
            let place = body.or_else(|| canvas.document.document_element());
            place
                .ok_or_else(|| JsValue::from_str("a page without elements"))?
                .append_child(&surface.host)?;
            // Where there is no top layer it stands above the page by its z-index.
            let _ = surface.host.unchecked_ref::<Popover>().show_popover();
        }
        *slot = Some(surface);
        Ok(root)
    }

    pub(super) fn with<T>(&self, use_it: impl FnOnce(&mut Surface) -> T) -> Option<T> {
        self.0.surface.borrow_mut().as_mut().map(use_it)
    }

    fn opened(&self) -> Option<(Panel, OrderId)> {
        self.with(|surface| {
            let open = surface.open.as_ref()?;
            Some((open.panel, open.order.clone()))
        })
        .flatten()
    }

    /// Opens a panel beside the badge's button, or closes what this button had opened.
    pub fn toggle(&self, panel: Panel, badge: &Element, opener: &Element) {
        let Some(anchor) = (self.0.anchors)(badge) else {
            return;
        };
        let was = self.opened();
        self.close();
        if was != Some((panel, anchor.order.clone())) {
            told("it was not opened", self.open(panel, &anchor, opener));
        }
    }

    fn open(&self, panel: Panel, anchor: &Anchor, opener: &Element) -> Drawn<()> {
        self.close();
        self.hide_tip();
        self.follow_theme(&anchor.badge);
        let narrow = is_narrow(&anchor.badge);
        let element = match panel {
            Panel::Menu => self.menu_panel(anchor, narrow),
            Panel::Origin => match self.origin_panel(anchor) {
                Some(element) => element,
                None => return Ok(()),
            },
        };
        let root = self.root()?;
        let veil = if narrow {
            element.class_list().add_1("sheet")?;
            let veil = dom::element(&self.0.canvas.document, "div", "veil", &[]);
            dom::add(&root, &veil);
            Some(veil)
        } else {
            None
        };
        dom::add(&root, &element);
        if !narrow {
            self.put_beside(&element, &opener.get_bounding_client_rect(), opener, 6.0)?;
        }
        dom::attribute(opener, "aria-expanded", "true");
        let first = dom::first(&element, "[tabindex=\"0\"]");
        self.with(|surface| {
            surface.open = Some(Open {
                panel,
                order: anchor.order.clone(),
                badge: anchor.badge.clone(),
                element,
                veil,
                opener: opener.clone(),
            });
        });
        if let Some(first) = first {
            focus(&first);
        }
        Ok(())
    }

    /// From the menu to where the date comes from.
    pub(super) fn show_origin(&self, badge: &Element) {
        let Some(anchor) = (self.0.anchors)(badge) else {
            return;
        };
        // A badge without a date of its own has no button that says how sure it is.
        let buttons: &[&str] = if is_narrow(badge) {
            &[".more"]
        } else {
            &[".sure", ".next"]
        };
        let mut openers = buttons.iter();
        if let Some(opener) = openers.find_map(|button| dom::first(&anchor.row, button)) {
            told(
                "the popover was not opened",
                self.open(Panel::Origin, &anchor, &opener),
            );
        }
    }

    /// Puts the focus on the badge's button that opens the menu.
    pub(super) fn focus_badge(&self, badge: &Element) {
        if let Some(anchor) = (self.0.anchors)(badge)
            && let Some(button) = dom::first(
                &anchor.row,
                if is_narrow(badge) { ".more" } else { ".next" },
            )
        {
            focus(&button);
        }
    }

    /// Closes menu, sheet or popover; the focus goes back to where it came from if it was inside.
    pub(super) fn close(&self) {
        let Some(Some(open)) = self.with(|surface| surface.open.take()) else {
            return;
        };
        let focused = self.has_focus();
        open.element.remove();
        if let Some(veil) = &open.veil {
            veil.remove();
        }
        let opener = self.opener_now(&open);
        dom::attribute(&opener, "aria-expanded", "false");
        if focused {
            focus(&opener);
        }
    }

    /// Whether the focus is in something of the layer's.
    pub(super) fn has_focus(&self) -> bool {
        self.with(|surface| surface.root.active_element().is_some()) == Some(true)
    }

    /// The button that something was opened with; its like if the badge was drawn anew since.
    fn opener_now(&self, open: &Open) -> Element {
        let replaced = || {
            let row = (self.0.anchors)(&open.badge)?.row;
            super::like(&row, &open.opener)
        };
        if open.opener.is_connected() {
            open.opener.clone()
        } else {
            replaced().unwrap_or_else(|| open.opener.clone())
        }
    }

    /// The order's badge has left the page.
    pub fn leave(&self, order: &OrderId) {
        if self.opened().is_some_and(|(_, of)| of == *order) {
            self.close();
        }
        let tip = self.with(|surface| surface.tip.as_ref().is_some_and(|tip| tip.order == *order));
        if tip == Some(true) {
            self.hide_tip();
        }
    }

    fn follow_theme(&self, badge: &Element) {
        if let Some(place) = badge.parent_element() {
            self.0.canvas.mind_theme(&place);
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
        let (width, height) = self.0.canvas.viewport();
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
        let window = self.0.canvas.window()?;
        let (x, y) = (
            window.scroll_x().unwrap_or_default(),
            window.scroll_y().unwrap_or_default(),
        );
        let style = panel.unchecked_ref::<HtmlElement>().style();
        style.set_property("left", &pixels(left + x))?;
        style.set_property("top", &pixels(top + y))?;
        style.set_property("right", "auto")
    }

    fn pressed(&self, event: &Event) -> Drawn<()> {
        self.points_pressed(event);
        let Some(target) = event
            .target()
            .and_then(|target| target.dyn_into::<Node>().ok())
        else {
            return Ok(());
        };
        let Some(Some((inside, own))) = self.with(|surface| {
            let open = surface.open.as_ref()?;
            let is = |element: &Element| element.is_same_node(Some(&target));
            Some((is(&surface.host), is(&open.badge)))
        }) else {
            return Ok(());
        };
        if inside {
            // Only the veil lies in the layer and is not the panel.
            let veiled = self.with(|surface| {
                let open = surface.open.as_ref()?;
                let event = event.dyn_ref::<PointerEvent>()?;
                open.veil.as_ref()?;
                let panel = open.element.get_bounding_client_rect();
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

    fn resized(&self, _: &Event) -> Drawn<()> {
        self.hide_tip();
        self.close();
        self.points_moved()
    }

    fn keyed(&self, event: &Event) -> Drawn<()> {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return Ok(());
        };
        let key = event.key();
        if key == "Escape" {
            let tip = self.with(|surface| surface.tip.is_some()).unwrap_or(false);
            if self.opened().is_some() || tip || self.has_points() || self.has_drawer() {
                event.stop_propagation();
                event.prevent_default();
            }
            self.hide_tip();
            if self.opened().is_some() {
                self.close();
            } else if self.has_points() {
                self.remove_points();
            } else {
                self.close_drawer();
            }
            return Ok(());
        }
        let Some((kind, _)) = self.opened() else {
            return Ok(());
        };
        let Some(Some((panel, active))) = self.with(|surface| {
            let open = surface.open.as_ref()?;
            Some((open.element.clone(), surface.root.active_element()?))
        }) else {
            return Ok(());
        };
        let stops = panel.query_selector_all(match kind {
            Panel::Menu => "[role=menuitem]",
            Panel::Origin => "a, button",
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
            (Panel::Menu, "ArrowDown") => {
                if at == last {
                    0
                } else {
                    at + 1
                }
            }
            (Panel::Menu, "ArrowUp") => {
                if at == 0 {
                    last
                } else {
                    at - 1
                }
            }
            (Panel::Menu, "Home") => 0,
            (Panel::Menu, "End") => last,
            (Panel::Menu, "Tab") => {
                // The browser then goes on from the button that the menu belongs to.
                self.close();
                return Ok(());
            }
            (Panel::Menu, " ") => {
                event.prevent_default();
                event.stop_propagation();
                active.unchecked_ref::<HtmlElement>().click();
                return Ok(());
            }
            (Panel::Origin, "Tab") if event.shift_key() => {
                if at == 0 {
                    last
                } else {
                    at - 1
                }
            }
            (Panel::Origin, "Tab") => {
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
            if kind == Panel::Menu {
                dom::attribute(&active, "tabindex", "-1");
                dom::attribute(stop, "tabindex", "0");
            }
            focus(stop);
        }
        Ok(())
    }

    fn hovered(&self, event: &Event) -> Drawn<()> {
        /// Long enough to move from the badge onto its tooltip.
        const HIDE_MS: u32 = 200;
        let Some(target) = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
        else {
            return Ok(());
        };
        let on_layer = self
            .with(|surface| surface.host.is_same_node(Some(&target)))
            .unwrap_or(false);
        if on_layer {
            self.next_hover();
            return Ok(());
        }
        let mouse = event
            .dyn_ref::<PointerEvent>()
            .is_some_and(|event| event.pointer_type() == "mouse");
        if mouse && is_badge(&target) {
            self.hover(target);
        } else if self.with(|surface| surface.tip.is_some()) == Some(true) {
            let hover = self.next_hover();
            self.after(HIDE_MS, hover, |layer| {
                layer.hide_tip();
                Ok(())
            });
        } else {
            self.with(|surface| surface.hovers = surface.hovers.wrapping_add(1));
        }
        Ok(())
    }

    /// Shows the tooltip of a badge that the pointer stays on.
    fn hover(&self, badge: Element) {
        /// Long enough that a pointer passing by shows nothing.
        const SHOW_MS: u32 = 400;
        let hover = self.next_hover();
        self.after(SHOW_MS, hover, move |layer| {
            layer.show_tip(&badge, ".badge:hover")
        });
    }

    fn focused(&self, event: &Event) -> Drawn<()> {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        match target.filter(is_badge) {
            Some(badge) => {
                self.keep_focus(&badge);
                self.show_tip(&badge, ":focus-visible")
            }
            None => {
                self.0.keeper.take();
                self.hide_tip();
                Ok(())
            }
        }
    }

    /// Has the focus stay in the badge when that is drawn anew.
    fn keep_focus(&self, badge: &Element) {
        let kept = |keeper: &FocusKeeper| keeper.badge.is_same_node(Some(badge));
        if self.0.keeper.borrow().as_ref().is_some_and(kept) {
            return;
        }
        let keeper = (self.0.anchors)(badge)
            .map(|anchor| FocusKeeper::new(self, badge, &anchor.row))
            .and_then(|keeper| told("the focus cannot be minded", keeper));
        self.0.keeper.replace(keeper);
    }

    fn next_hover(&self) -> u32 {
        if self.root().is_err() {
            return 0;
        }
        self.with(|surface| {
            surface.hovers = surface.hovers.wrapping_add(1);
            surface.hovers
        })
        .unwrap_or_default()
    }

    /// Runs after the time, unless the pointer has moved on.
    fn after(&self, ms: u32, hover: u32, run: impl FnOnce(&Self) -> Drawn<()> + 'static) {
        let weak = Rc::downgrade(&self.0);
        let later = timer::after(ms, move || {
            let Some(inner) = weak.upgrade() else { return };
            let layer = Self(inner);
            if layer.with(|surface| surface.hovers) == Some(hover) {
                told("the tooltip was not drawn", run(&layer));
            }
        });
        later.forget();
    }

    /// Shows what the badge has no room for, if something in it matches.
    fn show_tip(&self, badge: &Element, only_if: &'static str) -> Drawn<()> {
        self.hide_tip();
        if self.opened().is_some() {
            return Ok(());
        }
        let Some(anchor) = (self.0.anchors)(badge) else {
            return Ok(());
        };
        if dom::first(&anchor.row, only_if).is_none() {
            return Ok(());
        }
        let Some(beside) = dom::first(&anchor.row, ".badge") else {
            return Ok(());
        };
        let canvas = &self.0.canvas;
        let sentences = canvas.wording.tooltip(&anchor.verdict, anchor.now);
        if sentences.is_empty() {
            return Ok(());
        }
        self.follow_theme(badge);
        let root = self.root()?;
        let tip = dom::text(&canvas.document, "div", "float tip", &sentences.join(" "));
        // The same words are the badge's description.
        dom::set(&tip, &[("role", "tooltip"), ("aria-hidden", "true")]);
        dom::add(&root, &tip);
        self.put_beside(&tip, &beside.get_bounding_client_rect(), &beside, 4.0)?;
        self.with(|surface| {
            surface.tip = Some(Tip {
                element: tip,
                order: anchor.order,
            })
        });
        Ok(())
    }

    pub(super) fn hide_tip(&self) {
        if let Some(Some(tip)) = self.with(|surface| surface.tip.take()) {
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

fn is_badge(element: &Element) -> bool {
    element.local_name() == badge::HOST
}
