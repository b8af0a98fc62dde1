//! What everything that one program draws on a page shares: the document, the words, the clothes, and whether they are light
//! or dark.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{
    Document, Element, Event, EventTarget, MutationObserver, MutationObserverInit, ShadowRoot,
    ShadowRootInit, ShadowRootMode, Window,
};

use super::dom::Drawn;
use super::style::{Style, Styles};
use crate::browser::frame::AfterLayout;
use crate::browser::{runtime, timer};
use crate::wording::Wording;

/// The page as something to draw on.
pub struct Canvas {
    pub document: Document,
    /// Absent in a document that no tab shows.
    window: Option<Window>,
    pub wording: Rc<Wording>,
    styles: Styles,
    /// Something of the shop's whose background ours is seen against.
    place: RefCell<Option<Element>>,
    theme_watch: RefCell<Option<ThemeWatch>>,
    theme_timer: Cell<bool>,
    layout: RefCell<Option<AfterLayout>>,
    /// How every shadow root is made.
    closed: ShadowRootInit,
}

/// What tells that the page's colours may have changed.
type ThemeWatch = (MutationObserver, Closure<dyn FnMut()>, Option<Listener>);

impl Canvas {
    /// `style` is that of what this program draws.
    pub fn new(document: &Document, wording: Rc<Wording>, style: Style) -> Rc<Self> {
        Rc::new(Self {
            document: document.clone(),
            window: document.default_view(),
            wording,
            styles: Styles::new(document, style),
            place: RefCell::default(),
            theme_watch: RefCell::default(),
            theme_timer: Cell::new(false),
            layout: RefCell::default(),
            closed: ShadowRootInit::new(ShadowRootMode::Closed),
        })
    }

    /// A closed shadow root in our clothes.
    pub fn dress(&self, host: &Element) -> Drawn<ShadowRoot> {
        let root = host.attach_shadow(&self.closed)?;
        self.styles.adopt(&root)?;
        Ok(root)
    }

    /// The direction in which the interface's language runs.
    pub fn direction(&self) -> &'static str {
        if self.wording.messages.right_to_left() {
            "rtl"
        } else {
            "ltr"
        }
    }

    pub fn window(&self) -> Drawn<&Window> {
        self.window
            .as_ref()
            .ok_or_else(|| JsValue::from_str("no window shows this document"))
    }

    /// Width and height of what is seen of the page.
    pub fn viewport(&self) -> (f64, f64) {
        let root = self.document.document_element();
        let width = root.map_or(0, |root| root.client_width());
        let height = self
            .window()
            .and_then(|window| window.inner_height())
            .ok()
            .and_then(|height| height.as_f64())
            .unwrap_or_default();
        (f64::from(width), height)
    }

    /// Reads the background when the first thing is drawn, before it is painted, and from then on watches what may change
    /// it.
    pub fn mind_theme(self: &Rc<Self>, place: &Element) {
        if self.styles.knows_background() || self.place.borrow().is_some() {
            return;
        }
        self.place.replace(Some(place.clone()));
        let Some(root) = self.document.document_element() else {
            return;
        };
        let weak = Rc::downgrade(self);
        let layout = AfterLayout::new(move || {
            if let Some(canvas) = weak.upgrade() {
                canvas.read_theme();
            }
        });
        layout.ask(&root);
        self.layout.replace(Some(layout));
        told("the page's theme cannot be followed", self.watch_theme());
    }

    fn read_theme(&self) {
        if let Some(place) = self.somewhere() {
            self.styles.follow(self.window.as_ref(), &place);
            self.place.replace(Some(place));
        }
    }

    fn watch_theme(self: &Rc<Self>) -> Drawn<()> {
        let weak = Rc::downgrade(self);
        let changed = Closure::<dyn FnMut()>::new(move || {
            if let Some(canvas) = weak.upgrade() {
                canvas.refresh_theme();
            }
        });
        let observer = MutationObserver::new(changed.as_ref().unchecked_ref())?;
        let options = MutationObserverInit::new();
        options.set_attributes(true);
        let names = ["class", "style", "data-theme"].map(JsValue::from_str);
        options.set_attribute_filter(&names.iter().collect::<js_sys::Array>());
        for root in [
            self.document.document_element(),
            self.document.body().map(Into::into),
        ]
        .into_iter()
        .flatten()
        {
            observer.observe_with_options(&root, &options)?;
        }
        let weak = Rc::downgrade(self);
        let preference = match self.window()?.match_media("(prefers-color-scheme: dark)")? {
            Some(preference) => Some(Listener::new(&preference, "change", move |_| {
                if let Some(canvas) = weak.upgrade() {
                    canvas.refresh_theme();
                }
            })?),
            None => None,
        };
        self.theme_watch
            .replace(Some((observer, changed, preference)));
        Ok(())
    }

    /// Reads the background again, once the page's own change of colours is through. A change of the page's theme or of
    /// the system's is noticed without this.
    pub fn refresh_theme(self: &Rc<Self>) {
        const SETTLED_MS: u32 = 250;
        if self.theme_timer.replace(true) {
            return;
        }
        let weak = Rc::downgrade(self);
        let read = move || {
            let Some(canvas) = weak.upgrade() else {
                return;
            };
            canvas.theme_timer.set(false);
            canvas.read_theme();
        };
        timer::after(SETTLED_MS, read).forget();
    }

    /// What one of our elements stands in, of those that stand among the shop's.
    fn somewhere(&self) -> Option<Element> {
        let known = self.place.borrow().clone();
        known.filter(|place| place.is_connected()).or_else(|| {
            let ours = self.document.query_selector(&super::AMONG_CARDS.join(","));
            ours.ok().flatten()?.parent_element()
        })
    }

    /// Stops following the page.
    pub fn teardown(&self) {
        if let Some((observer, _, _)) = self.theme_watch.borrow_mut().take() {
            observer.disconnect();
        }
        self.layout.take();
    }
}

/// A listener on something that outlives us, removed on drop.
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    handler: Closure<dyn FnMut(Event)>,
}

impl Listener {
    pub fn new(
        target: &EventTarget,
        kind: &'static str,
        handler: impl FnMut(Event) + 'static,
    ) -> Drawn<Self> {
        let handler = Closure::<dyn FnMut(Event)>::new(handler);
        // Capturing: what the page does with its own events does not concern us.
        target.add_event_listener_with_callback_and_bool(
            kind,
            handler.as_ref().unchecked_ref(),
            true,
        )?;
        Ok(Self {
            target: target.clone(),
            kind,
            handler,
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let handler = self.handler.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback_and_bool(self.kind, handler, true);
    }
}

/// Logs what failed. On a page that fights back a badge may fail to be drawn; the page must not suffer for it.
pub fn told<T>(what: &str, result: Drawn<T>) -> Option<T> {
    result.map_err(|error| runtime::log(what, &error)).ok()
}
