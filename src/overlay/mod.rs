//! Draws on the shop's page: badges, the strip, notices, and what floats above them. Nothing else draws there.
//!
//! The content program reads the page and says what is to be said ([`CardView`]); this module owns every node that it
//! adds. Each of them is a `<recourse-…>` element with a closed shadow root, so the page sees the element, its rectangle
//! and the attributes of the contract, and nothing of the user's.
//!
//! How to use it:
//! - [`Overlay::sweep`] once, then [`Overlay::new`].
//! - [`Overlay::place`] for a card whenever its verdict or its surroundings may have changed: it writes only what differs.
//! - In the observer, skip mutations whose nodes [`Overlay::owns`]; ask [`Overlay::is_intact`] for the others' cards.
//! - [`Overlay::teardown`] at the end: nothing stays.

mod badge;
mod dom;
mod icons;
mod layer;
mod menu;
mod notice;
mod origin;
mod point;
mod strip;
mod style;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::{Rc, Weak};

use wasm_bindgen::prelude::*;
use web_sys::{
    Document, Element, Event, EventTarget, MutationObserver, MutationObserverInit, Node,
    ShadowRoot, ShadowRootInit, ShadowRootMode, Window,
};

use crate::browser::runtime;
use crate::domain::order::OrderId;
use crate::domain::summary::Summary;
use crate::domain::time::Moment;
use crate::domain::verdict::Verdict;
use crate::wording::Wording;
use badge::{Look, Template};
use dom::Drawn;
use layer::Layer;
use notice::Notice;
pub use notice::NoticeKind;
use strip::Strip;
use style::Styles;

/// What the user asked for that needs the extension. What only leads to another page is a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Open the dashboard at that order, ready for evidence.
    AddEvidence(OrderId),
    /// Put the report about a page that is not understood on the clipboard, with [`Overlay::copy`].
    CopyReport,
    OpenDashboard,
    /// Load this page anew. Asked for when the extension is gone from under the page, so it must not need the extension.
    Reload,
}

/// What is to be shown on one card.
#[derive(Clone, Debug)]
pub struct CardView<'a> {
    pub order: &'a OrderId,
    pub verdict: &'a Verdict,
    pub now: Moment,
    /// The order's own page as this page links it. Anything but `http:` and `https:` is left out.
    pub detail_url: Option<&'a str>,
}

/// Where a badge belongs.
#[derive(Clone, Debug)]
pub struct Slot {
    pub parent: Element,
    /// The child of `parent` that it follows; `None`: it is the first child.
    pub after: Option<Node>,
    /// The card itself is one link, so that a click on a badge must not follow it.
    pub compact: bool,
}

/// The fragment that the order's page is opened with to be shown where a dispute is opened.
pub const DISPUTE_FRAGMENT: &str = "recourse-dispute";

const TAGS: [&str; 4] = [badge::HOST, strip::HOST, notice::HOST, layer::HOST];

/// Everything drawn on one page. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Overlay(Rc<Inner>);

struct Inner {
    document: Document,
    /// Absent in a document that no tab shows.
    window: Option<Window>,
    wording: Rc<Wording>,
    actions: Box<dyn Fn(Action)>,
    styles: Styles,
    badges: RefCell<HashMap<OrderId, Badge>>,
    templates: RefCell<HashMap<Look, Rc<Template>>>,
    strip: RefCell<Option<Strip>>,
    notice: RefCell<Option<Notice>>,
    /// Notices that the user closed on this page.
    closed: RefCell<Vec<NoticeKind>>,
    layer: RefCell<Option<Layer>>,
    /// Handles the clicks inside every badge: the closure is one, the listeners many.
    clicks: Closure<dyn FnMut(Event)>,
    listeners: RefCell<Vec<Listener>>,
    theme_watch: RefCell<Option<ThemeWatch>>,
    theme_timer: Cell<bool>,
}

struct Badge {
    host: Element,
    root: ShadowRoot,
    row: Element,
    look: Look,
    shown: Shown,
}

/// The observer of what may change the page's colours, with its callback.
type ThemeWatch = (MutationObserver, Closure<dyn FnMut()>);

/// What the badge was last drawn from.
#[derive(Clone)]
struct Shown {
    verdict: Rc<Verdict>,
    now: Moment,
    /// Until then the passing of time changes nothing.
    stays_until: Option<Moment>,
    detail_url: Option<String>,
    compact: bool,
}

/// A listener on something that outlives us, removed on drop.
struct Listener {
    target: EventTarget,
    kind: &'static str,
    handler: Closure<dyn FnMut(Event)>,
}

impl Listener {
    fn new(
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
fn told<T>(what: &str, result: Drawn<T>) -> Option<T> {
    result.map_err(|error| runtime::log(what, &error)).ok()
}

impl Overlay {
    /// Draws nothing yet. `actions` is called for what the user asks for.
    #[must_use]
    pub fn new(
        document: &Document,
        wording: Rc<Wording>,
        actions: impl Fn(Action) + 'static,
    ) -> Self {
        let inner = Rc::new_cyclic(|weak: &Weak<Inner>| {
            let me = weak.clone();
            let clicks = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
                if let Some(inner) = me.upgrade() {
                    told("a click was not handled", Self(inner).clicked(&event));
                }
            });
            Inner {
                document: document.clone(),
                window: document.default_view(),
                wording,
                actions: Box::new(actions),
                styles: Styles::new(document),
                badges: RefCell::default(),
                templates: RefCell::default(),
                strip: RefCell::default(),
                notice: RefCell::default(),
                closed: RefCell::default(),
                layer: RefCell::default(),
                clicks,
                listeners: RefCell::default(),
                theme_watch: RefCell::default(),
                theme_timer: Cell::new(false),
            }
        });
        let overlay = Self(inner);
        told("the page's events cannot be followed", overlay.listen());
        overlay
    }

    /// Removes what an earlier instance left behind, and what the page copied from one.
    pub fn sweep(document: &Document) {
        if let Ok(found) = document.query_selector_all(&TAGS.join(",")) {
            for index in 0..found.length() {
                if let Some(element) = found
                    .get(index)
                    .and_then(|node| node.dyn_into::<Element>().ok())
                {
                    element.remove();
                }
            }
        }
    }

    /// Draws the order's badge at its place: anew, in place where it changed, back where the page moved or rewrote it.
    /// Writes nothing if nothing changed. Reads no layout, but for the page's first card, whose background decides
    /// between light and dark.
    pub fn place(&self, slot: &Slot, view: &CardView<'_>) {
        self.mind_theme(&slot.parent);
        told("a badge was not drawn", self.try_place(slot, view));
    }

    fn try_place(&self, slot: &Slot, view: &CardView<'_>) -> Drawn<()> {
        let mut badges = self.0.badges.borrow_mut();
        let detail_url = view
            .detail_url
            .filter(|url| url.starts_with("https://") || url.starts_with("http://"));
        if let Some(badge) = badges.get_mut(view.order) {
            let shown = &badge.shown;
            let same = *shown.verdict == *view.verdict
                && shown.now <= view.now
                && shown.stays_until.is_none_or(|until| view.now < until)
                && shown.detail_url.as_deref() == detail_url
                && shown.compact == slot.compact;
            if !same {
                let look = self.look(view, detail_url.is_some());
                let shown = Shown::new(view, detail_url, slot.compact);
                if badge.look != look || badge.shown.detail_url != shown.detail_url {
                    let template = self.template(&look);
                    let row = self.row(&template, view, detail_url)?;
                    badge.root.replace_child(&row, &badge.row)?;
                    badge.row = row;
                    badge.look = look;
                } else {
                    // The words for a screen reader may differ where those for the eye do not.
                    self.name(&badge.row, view);
                }
                badge.shown = shown;
            }
            badge.mend(view.order);
            if !badge.stands_at(slot) {
                insert(&badge.host, slot)?;
            }
            return Ok(());
        }
        let look = self.look(view, detail_url.is_some());
        let template = self.template(&look);
        let host: Element = template.host.clone_node()?.unchecked_into();
        dom::attribute(&host, "data-order", view.order.as_str());
        let root = self.dress(&host)?;
        let row = self.row(&template, view, detail_url)?;
        dom::add(&root, &row);
        dom::listen(&root, "click", self.0.clicks.as_ref());
        insert(&host, slot)?;
        let shown = Shown::new(view, detail_url, slot.compact);
        badges.insert(
            view.order.clone(),
            Badge {
                host,
                root,
                row,
                look,
                shown,
            },
        );
        Ok(())
    }

    /// Whether the order's badge is where it belongs and carries what we gave it.
    #[must_use]
    pub fn is_intact(&self, order: &OrderId, slot: &Slot) -> bool {
        let badges = self.0.badges.borrow();
        badges
            .get(order)
            .is_some_and(|badge| badge.stands_at(slot) && badge.carries(order))
    }

    /// Removes the order's badge, and what is open from it.
    pub fn remove(&self, order: &OrderId) {
        let badge = self.0.badges.borrow_mut().remove(order);
        if let Some(badge) = badge {
            self.close_of(order);
            badge.host.remove();
        }
    }

    /// Draws the strip as a child of `parent` before `before` (at its end if `None`).
    pub fn strip(&self, parent: &Element, before: Option<&Node>, summary: &Summary, now: Moment) {
        self.mind_theme(parent);
        told(
            "the strip was not drawn",
            self.draw_strip(parent, before, summary, now),
        );
    }

    pub fn remove_strip(&self) {
        if let Some(strip) = self.0.strip.borrow_mut().take() {
            strip.host.remove();
        }
    }

    /// Shows a notice in the place of any other. One that the user closed does not come back on this page.
    pub fn notice(&self, kind: NoticeKind, parent: &Element, before: Option<&Node>) {
        self.mind_theme(parent);
        told(
            "a notice was not drawn",
            self.draw_notice(kind, parent, before),
        );
    }

    /// Whether the clock that says `now` is doubted, so that a notice should say so.
    #[must_use]
    pub fn doubts_clock(&self, now: Moment) -> bool {
        self.0.wording.doubts(now)
    }

    pub fn remove_notice(&self) {
        if let Some(notice) = self.0.notice.borrow_mut().take() {
            notice.host.remove();
        }
    }

    /// Rings the shop's own controls and says beside the first one what they do. Never covers or presses one. Gone on
    /// Escape, on a click on a control, or when closed.
    pub fn point_at(&self, controls: &[Element]) {
        if let Some(first) = controls.first() {
            self.mind_theme(first);
            told("the control was not pointed at", self.draw_points(controls));
        }
    }

    /// Puts text on the clipboard and says in the open popover or notice whether that worked. Only after a click.
    pub fn copy(&self, text: &str) {
        self.copy_and_say(text.to_owned());
    }

    /// Whether the node is one that we drew. An element of our name that is not ours was copied by the page.
    #[must_use]
    pub fn owns(&self, node: &Node) -> bool {
        let Some(element) = node.dyn_ref::<Element>() else {
            return false;
        };
        if !TAGS.contains(&element.local_name().as_str()) {
            return false;
        }
        let is = |host: &Element| host.is_same_node(Some(node));
        self.0
            .strip
            .borrow()
            .as_ref()
            .is_some_and(|strip| is(&strip.host))
            || self
                .0
                .notice
                .borrow()
                .as_ref()
                .is_some_and(|notice| is(&notice.host))
            || self
                .0
                .layer
                .borrow()
                .as_ref()
                .is_some_and(|layer| is(&layer.host))
            || self.order_of(element).is_some()
    }

    /// Removes everything that was drawn and every listener.
    pub fn teardown(&self) {
        self.close();
        for (_, badge) in self.0.badges.borrow_mut().drain() {
            badge.host.remove();
        }
        self.remove_strip();
        self.remove_notice();
        if let Some(layer) = self.0.layer.borrow_mut().take() {
            layer.host.remove();
        }
        self.0.listeners.borrow_mut().clear();
        if let Some((observer, _)) = self.0.theme_watch.borrow_mut().take() {
            observer.disconnect();
        }
    }

    /// A closed shadow root in our clothes.
    fn dress(&self, host: &Element) -> Drawn<ShadowRoot> {
        let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Closed))?;
        self.0.styles.adopt(&root)?;
        Ok(root)
    }

    fn look(&self, view: &CardView<'_>, linked: bool) -> Look {
        let verdict = view.verdict;
        let wording = &self.0.wording;
        Look {
            kind: verdict.kind,
            urgency: verdict.urgency(view.now),
            clock: verdict.clock.as_ref().map(|clock| clock.kind.name()),
            until: verdict.clock.as_ref().map(|clock| clock.closes().rfc3339()),
            words: wording.badge(verdict, view.now),
            linked,
        }
    }

    fn template(&self, look: &Look) -> Rc<Template> {
        /// More looks than a page shows at once; a page that lives for weeks starts over now and then.
        const MANY: usize = 2_000;
        if let Some(template) = self.0.templates.borrow().get(look) {
            return Rc::clone(template);
        }
        let template = Rc::new(badge::template(&self.0.document, &self.0.wording, look));
        let mut templates = self.0.templates.borrow_mut();
        if templates.len() >= MANY {
            templates.clear();
        }
        templates.insert(look.clone(), Rc::clone(&template));
        template
    }

    /// The template's row as this order's.
    fn row(
        &self,
        template: &Template,
        view: &CardView<'_>,
        detail_url: Option<&str>,
    ) -> Drawn<Element> {
        let row: Element = template.row.clone_node_with_deep(true)?.unchecked_into();
        self.name(&row, view);
        if let Some(url) = detail_url
            && let Some(link) = dom::first(&row, "a")
        {
            dom::attribute(&link, "href", url);
        }
        Ok(row)
    }

    /// What a screen reader says: the badge's words, and as its description what the tooltip is for eyes.
    fn name(&self, row: &Element, view: &CardView<'_>) {
        let wording = &self.0.wording;
        dom::attribute(
            row,
            "aria-label",
            &wording.badge_name(view.order, view.verdict, view.now),
        );
        let sentences = wording.tooltip(view.verdict, view.now).join(" ");
        let description = Some(sentences.as_str()).filter(|text| !text.is_empty());
        dom::attribute_or_none(row, "aria-description", description);
    }

    /// The order whose badge this element is.
    fn order_of(&self, host: &Element) -> Option<OrderId> {
        let badges = self.0.badges.borrow();
        let is = |badge: &Badge| badge.host.is_same_node(Some(host));
        let named = host
            .get_attribute("data-order")
            .and_then(|id| OrderId::new(&id));
        if let Some(order) = named
            && badges.get(&order).is_some_and(is)
        {
            return Some(order);
        }
        // The page may have rewritten the attribute.
        badges
            .iter()
            .find(|(_, badge)| is(badge))
            .map(|(order, _)| order.clone())
    }

    fn shown(&self, order: &OrderId) -> Option<Shown> {
        self.0
            .badges
            .borrow()
            .get(order)
            .map(|badge| badge.shown.clone())
    }

    fn act(&self, action: Action) {
        (self.0.actions)(action);
    }

    /// A click inside a badge: never the shop's.
    fn clicked(&self, event: &Event) -> Drawn<()> {
        let Some(target) = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
        else {
            return Ok(());
        };
        let Some(root) = event
            .current_target()
            .and_then(|root| root.dyn_into::<ShadowRoot>().ok())
        else {
            return Ok(());
        };
        let host = root.host();
        let Some(order) = self.order_of(&host) else {
            return Ok(());
        };
        event.stop_propagation();
        if target.closest("a")?.is_some() {
            return Ok(());
        }
        event.prevent_default();
        let narrow = menu::is_narrow(&host);
        let button = target.closest("button")?;
        if let Some(button) = &button
            && !narrow
            && button.class_name() == "sure"
        {
            return self.toggle(layer::Kind::Origin, &order, button);
        }
        // Where there is little room the whole badge opens the sheet.
        let opener = match button {
            Some(button) if button.class_name() != "sure" => Some(button),
            _ if narrow => dom::first(&root, ".more"),
            _ => None,
        };
        opener.map_or(Ok(()), |button| {
            self.toggle(layer::Kind::Menu, &order, &button)
        })
    }

    fn window(&self) -> Drawn<&Window> {
        self.0
            .window
            .as_ref()
            .ok_or_else(|| JsValue::from_str("no window shows this document"))
    }

    fn listen(&self) -> Drawn<()> {
        let window = self.window()?;
        let mut listeners = self.0.listeners.borrow_mut();
        let weak = Rc::downgrade(&self.0);
        let mut on = |kind, handle: fn(&Self, &Event) -> Drawn<()>| -> Drawn<()> {
            let weak = weak.clone();
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
        on("resize", Self::resized)?;
        let weak = Rc::downgrade(&self.0);
        if let Some(preference) = window.match_media("(prefers-color-scheme: dark)")? {
            listeners.push(Listener::new(&preference, "change", move |_| {
                if let Some(inner) = weak.upgrade() {
                    Self(inner).refresh_theme();
                }
            })?);
        }
        Ok(())
    }

    /// Reads the background when the first thing is drawn, and from then on watches what may change it.
    fn mind_theme(&self, place: &Element) {
        if self.0.styles.knows_background() {
            return;
        }
        self.0.styles.follow(self.0.window.as_ref(), place);
        told("the page's theme cannot be followed", self.watch_theme());
    }

    fn watch_theme(&self) -> Drawn<()> {
        let weak = Rc::downgrade(&self.0);
        let changed = Closure::<dyn FnMut()>::new(move || {
            if let Some(inner) = weak.upgrade() {
                Self(inner).refresh_theme();
            }
        });
        let observer = MutationObserver::new(changed.as_ref().unchecked_ref())?;
        let options = MutationObserverInit::new();
        options.set_attributes(true);
        let names = ["class", "style", "data-theme"].map(JsValue::from_str);
        options.set_attribute_filter(&names.iter().collect::<js_sys::Array>());
        for root in [
            self.0.document.document_element(),
            self.0.document.body().map(Into::into),
        ]
        .into_iter()
        .flatten()
        {
            observer.observe_with_options(&root, &options)?;
        }
        *self.0.theme_watch.borrow_mut() = Some((observer, changed));
        Ok(())
    }

    /// Reads the background again, once the page's own change of colours is through. A change of the page's theme or of
    /// the system's is noticed without this.
    pub fn refresh_theme(&self) {
        const SETTLED_MS: i32 = 250;
        if self.0.theme_timer.replace(true) {
            return;
        }
        let weak = Rc::downgrade(&self.0);
        let read = move || {
            let Some(inner) = weak.upgrade() else { return };
            inner.theme_timer.set(false);
            if let Some(place) = Self(Rc::clone(&inner))
                .somewhere()
                .and_then(|host| host.parent_element())
            {
                inner.styles.follow(inner.window.as_ref(), &place);
            }
        };
        told(
            "the page's theme is not read again",
            self.later(SETTLED_MS, read),
        );
    }

    /// Any of our elements that stands among the shop's.
    fn somewhere(&self) -> Option<Element> {
        let (badges, strip, notice) = (
            self.0.badges.borrow(),
            self.0.strip.borrow(),
            self.0.notice.borrow(),
        );
        let others = [
            strip.as_ref().map(|strip| &strip.host),
            notice.as_ref().map(|notice| &notice.host),
        ];
        let hosts = badges
            .values()
            .map(|badge| &badge.host)
            .chain(others.into_iter().flatten());
        hosts.into_iter().find(|host| host.is_connected()).cloned()
    }

    fn later(&self, ms: i32, run: impl FnOnce() + 'static) -> Drawn<()> {
        let callback = Closure::once_into_js(run);
        let window = self.window()?;
        window
            .set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), ms)
            .map(|_| ())
    }
}

impl Shown {
    fn new(view: &CardView<'_>, detail_url: Option<&str>, compact: bool) -> Self {
        Self {
            verdict: Rc::new(view.verdict.clone()),
            now: view.now,
            stays_until: view.verdict.next_change(view.now),
            detail_url: detail_url.map(str::to_owned),
            compact,
        }
    }
}

impl Badge {
    fn stands_at(&self, slot: &Slot) -> bool {
        let node: &Node = &self.host;
        let parent: &Node = &slot.parent;
        node.parent_node()
            .is_some_and(|found| found.is_same_node(Some(parent)))
            && match (node.previous_sibling(), &slot.after) {
                (Some(found), Some(after)) => found.is_same_node(Some(after)),
                (None, None) => true,
                _ => false,
            }
    }

    fn attributes<'a>(&'a self, order: &'a OrderId) -> [(&'static str, Option<&'a str>); 4] {
        let look = &self.look;
        [
            ("data-order", Some(order.as_str())),
            ("data-kind", Some(look.kind.name())),
            ("data-clock", look.clock),
            ("data-until", look.until.as_deref()),
        ]
    }

    fn carries(&self, order: &OrderId) -> bool {
        self.attributes(order)
            .iter()
            .all(|(name, value)| self.host.get_attribute(name).as_deref() == *value)
    }

    /// Writes the attributes of the contract that are not as they must be.
    fn mend(&self, order: &OrderId) {
        for (name, value) in self.attributes(order) {
            if self.host.get_attribute(name).as_deref() != value {
                dom::attribute_or_none(&self.host, name, value);
            }
        }
    }
}

fn insert(host: &Element, slot: &Slot) -> Drawn<()> {
    let before = match &slot.after {
        Some(after) => after.next_sibling(),
        None => slot.parent.first_child(),
    };
    // A page that copies a card copies our element with it, as an empty shell.
    if let Some(shell) = before.as_ref().and_then(|node| node.dyn_ref::<Element>())
        && shell.local_name() == badge::HOST
        && !shell.is_same_node(Some(host))
        && shell.get_attribute("data-order") == host.get_attribute("data-order")
    {
        let next = shell.next_sibling();
        shell.remove();
        slot.parent.insert_before(host, next.as_ref())?;
        return Ok(());
    }
    slot.parent.insert_before(host, before.as_ref())?;
    Ok(())
}
