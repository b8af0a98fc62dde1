//! What stands among the shop's cards: a badge for each order, the strip above them, a notice.
//!
//! The program reads the page and says what is to be said ([`CardView`]); this module owns every node that it adds.
//! - [`Overlay::place`] for a card whenever its verdict or its surroundings may have changed: it writes only what differs.
//! - In the observer, skip mutations whose nodes [`Overlay::owns`]; ask [`Overlay::is_intact`] for the others' cards.
//! - [`Overlay::teardown`] at the end: nothing stays.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::WeakSet;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, Node, ShadowRoot};

use super::badge::{self, Look, Template};
use super::canvas::{Canvas, Listener, told};
use super::dom::{self, Drawn, on_press};
use super::layer::{self, Panel};
use super::notice::{self, NoticeKind, Notices};
use super::strip::{self, Strip};
use super::style::Style;
use super::{Action, is_narrow};
use crate::browser::timer;
use crate::domain::by_order::ByOrder;
use crate::domain::date_check::Progress;
use crate::domain::order::OrderId;
use crate::domain::summary::Summary;
use crate::domain::time::Moment;
use crate::domain::verdict::Verdict;
use crate::wording::Wording;

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

/// Everything drawn among the cards of one page. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Overlay(pub(super) Rc<Inner>);

pub(super) struct Inner {
    pub canvas: Rc<Canvas>,
    actions: Rc<dyn Fn(Action)>,
    pub badges: RefCell<ByOrder<Badge>>,
    /// In the order of their looks.
    templates: RefCell<Vec<(Look, Rc<Template>)>>,
    pub strip: RefCell<Option<Strip>>,
    pub check: Cell<Option<Progress>>,
    notices: Rc<Notices>,
    /// The badges' own elements: a page is asked often which of its nodes are ours.
    hosts: WeakSet,
    /// Handles the clicks inside every badge: the closure is one, the listeners many.
    clicks: Closure<dyn FnMut(Event)>,
    /// Until the user first turns to a badge.
    turns: RefCell<Vec<Listener>>,
}

pub(super) struct Badge {
    pub host: Element,
    root: ShadowRoot,
    pub row: Element,
    /// What it was last drawn from.
    template: Rc<Template>,
    detail_url: Option<String>,
}

impl Overlay {
    /// Draws nothing yet. `actions` is called for what the user asks for.
    #[must_use]
    pub fn new(
        document: &Document,
        wording: Rc<Wording>,
        style: Style,
        actions: impl Fn(Action) + 'static,
    ) -> Self {
        let canvas = Canvas::new(document, wording, style);
        let actions: Rc<dyn Fn(Action)> = Rc::new(actions);
        let inner = Rc::new_cyclic(|weak: &Weak<Inner>| {
            let me = weak.clone();
            let clicks = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
                if let Some(inner) = me.upgrade() {
                    told("a click was not handled", Self(inner).clicked(&event));
                }
            });
            Inner {
                notices: Notices::new(&canvas, &actions),
                canvas,
                actions,
                badges: RefCell::default(),
                hosts: WeakSet::new(),
                templates: RefCell::default(),
                strip: RefCell::default(),
                check: Cell::new(None),
                clicks,
                turns: RefCell::default(),
            }
        });
        let overlay = Self(inner);
        told("the page's events cannot be followed", overlay.listen());
        overlay
    }

    /// Draws the order's badge at its place: anew, in place where it changed, back where the page moved or rewrote it.
    /// Writes nothing if nothing changed. Reads no layout.
    pub fn place(&self, slot: &Slot, view: &CardView<'_>) {
        self.0.canvas.mind_theme(&slot.parent);
        told("a badge was not drawn", self.try_place(slot, view));
    }

    fn try_place(&self, slot: &Slot, view: &CardView<'_>) -> Drawn<()> {
        let mut badges = self.0.badges.borrow_mut();
        let detail_url = view
            .detail_url
            .filter(|url| url.starts_with("https://") || url.starts_with("http://"));
        let look = self.look(view, detail_url.is_some());
        if let Some(badge) = badges.get_mut(view.order) {
            if badge.template.look != look || badge.detail_url.as_deref() != detail_url {
                let template = self.template(look, view);
                let row = row(&template, view.order, detail_url)?;
                badge.root.replace_child(&row, &badge.row)?;
                badge.row = row;
                badge.template = template;
                badge.detail_url = detail_url.map(str::to_owned);
            }
            badge.mend(view.order);
            if !badge.stands_at(slot) {
                insert(&badge.host, slot)?;
            }
            return Ok(());
        }
        let template = self.template(look, view);
        let badge = self.build(template, view.order, detail_url)?;
        insert(&badge.host, slot)?;
        badges.insert(view.order, badge);
        Ok(())
    }

    fn build(
        &self,
        template: Rc<Template>,
        order: &OrderId,
        detail_url: Option<&str>,
    ) -> Drawn<Badge> {
        let host: Element = template.host.clone_node()?.unchecked_into();
        dom::attribute(&host, "data-order", order.as_str());
        let root = self.0.canvas.dress(&host)?;
        let row = row(&template, order, detail_url)?;
        dom::add(&root, &row);
        dom::listen(&root, "click", self.0.clicks.as_ref());
        self.0.hosts.add(&host);
        Ok(Badge {
            host,
            root,
            row,
            template,
            detail_url: detail_url.map(str::to_owned),
        })
    }

    /// Draws a badge that is put nowhere and writes the strip's words, so that the next ones need not wait for what only the
    /// first ones do.
    pub fn rehearse(&self, view: &CardView<'_>, summary: &Summary) {
        let _ = self.0.canvas.wording.summary(summary, view.now);
        let look = self.look(view, view.detail_url.is_some());
        let badge = self.build(self.template(look, view), view.order, view.detail_url);
        told("a badge was not drawn", badge);
    }

    fn look(&self, view: &CardView<'_>, linked: bool) -> Look {
        Look::of(view.verdict, view.now, &self.0.canvas.wording, linked)
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
            badge.host.remove();
            self.0.hosts.delete(&badge.host);
            self.act(Action::Left(order.clone()));
        }
    }

    /// Draws the strip as a child of `parent` before `before` (at its end if `None`).
    pub fn strip(&self, parent: &Element, before: Option<&Node>, summary: &Summary, now: Moment) {
        self.0.canvas.mind_theme(parent);
        told(
            "the strip was not drawn",
            self.draw_strip(parent, before, summary, now),
        );
    }

    /// How far a check of exact dates has come; the strip says it when it is next drawn.
    pub fn say_check(&self, progress: Option<Progress>) {
        self.0.check.set(progress);
    }

    pub fn remove_strip(&self) {
        if let Some(strip) = self.0.strip.borrow_mut().take() {
            strip.host.remove();
        }
    }

    /// Shows a notice in the place of any other. One that the user closed does not come back on this page.
    pub fn notice(&self, kind: NoticeKind, parent: &Element, before: Option<&Node>) {
        self.0.notices.say(kind, parent, before);
    }

    /// Whether the clock that says `now` is doubted, so that a notice should say so.
    #[must_use]
    pub fn doubts_clock(&self, now: Moment) -> bool {
        self.0.canvas.wording.doubts(now)
    }

    /// Reads the background again. A change of the page's theme or of the system's is noticed without this.
    pub fn refresh_theme(&self) {
        self.0.canvas.refresh_theme();
    }

    /// Whether the node is one that we drew. A badge or strip that is not ours was copied by the page; notices and the layer
    /// are also drawn by the program about one order.
    #[must_use]
    pub fn owns(&self, node: &Node) -> bool {
        if self.0.hosts.has(node) {
            return true;
        }
        let Some(element) = node.dyn_ref::<Element>() else {
            return false;
        };
        match element.local_name().as_str() {
            strip::HOST => {
                let strip = self.0.strip.borrow();
                strip
                    .as_ref()
                    .is_some_and(|strip| strip.host.is_same_node(Some(node)))
            }
            notice::HOST | layer::HOST => true,
            _ => false,
        }
    }

    /// What the badge that this element is says of its order: its number, its row, and the address of the order's page.
    #[must_use]
    pub fn badge_at(&self, host: &Element) -> Option<(OrderId, Element, Option<String>)> {
        let order = self.order_of(host)?;
        let badges = self.0.badges.try_borrow().ok()?;
        let badge = badges.get(&order)?;
        Some((order, badge.row.clone(), badge.detail_url.clone()))
    }

    /// Removes everything that was drawn and every listener.
    pub fn teardown(&self) {
        for badge in self.0.badges.borrow_mut().take_all() {
            badge.host.remove();
        }
        self.remove_strip();
        self.0.notices.remove();
        self.0.turns.borrow_mut().clear();
        self.0.canvas.teardown();
    }

    fn template(&self, look: Look, view: &CardView<'_>) -> Rc<Template> {
        /// More looks than a page shows at once; a page that lives for weeks starts over now and then.
        const MANY: usize = 2_000;
        let mut templates = self.0.templates.borrow_mut();
        if templates.len() >= MANY {
            templates.clear();
        }
        let place = templates.binary_search_by(|(known, _)| known.cmp(&look));
        if let Some((_, template)) = place.ok().and_then(|place| templates.get(place)) {
            return Rc::clone(template);
        }
        let canvas = &self.0.canvas;
        let template = Rc::new(badge::template(
            &canvas.document,
            &canvas.wording,
            look,
            view.verdict,
            view.now,
        ));
        let place = place.unwrap_or_else(|place| place);
        templates.insert(place, (look, Rc::clone(&template)));
        template
    }

    /// The order whose badge this element is.
    fn order_of(&self, host: &Element) -> Option<OrderId> {
        // A change of the page that we make may be reported while we are at it.
        let badges = self.0.badges.try_borrow().ok()?;
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

    pub(super) fn act(&self, action: Action) {
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
        event.stop_propagation();
        if target.closest("a")?.is_some() {
            return Ok(());
        }
        event.prevent_default();
        let narrow = is_narrow(&host);
        let button = target.closest("button")?;
        let (panel, button) = match button {
            Some(button) if button.class_name() != "sure" => (Panel::Menu, Some(button)),
            Some(button) if !narrow => (Panel::Origin, Some(button)),
            // Where there is little room the whole badge opens the sheet.
            _ if narrow => (Panel::Menu, dom::first(&root, ".more")),
            _ => return Ok(()),
        };
        if let Some(button) = button {
            self.act(Action::Open {
                panel,
                badge: host,
                button,
            });
        }
        Ok(())
    }

    /// Says once that the user turns to a badge, by pointer or by keyboard.
    fn listen(&self) -> Drawn<()> {
        let window = self.0.canvas.window()?;
        let mut turns = self.0.turns.borrow_mut();
        for kind in ["pointerover", "focusin"] {
            let weak = Rc::downgrade(&self.0);
            turns.push(Listener::new(window, kind, move |event| {
                let target = event
                    .target()
                    .and_then(|target| target.dyn_into::<Element>().ok());
                if target.is_some_and(|target| target.local_name() == badge::HOST)
                    && let Some(inner) = weak.upgrade()
                {
                    let overlay = Self(inner);
                    let listeners = overlay.0.turns.take();
                    if listeners.is_empty() {
                        return;
                    }
                    overlay.act(Action::Turn);
                    // The listener that is running cannot be freed while it runs.
                    timer::after(0, move || drop(listeners)).forget();
                }
            })?);
        }
        Ok(())
    }

    /// Runs on a click on an element of ours, which is none on the page's.
    pub(super) fn on(&self, element: &Element, run: impl Fn(&Self) + 'static) {
        let weak = Rc::downgrade(&self.0);
        on_press(element, move || {
            if let Some(inner) = weak.upgrade() {
                run(&Self(inner));
            }
        });
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
        let template = &self.template;
        let look = &template.look;
        [
            ("data-order", Some(order.as_str())),
            ("data-kind", Some(look.kind.name())),
            ("data-clock", look.clock.map(|clock| clock.kind.name())),
            ("data-until", template.until.as_deref()),
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

/// The template's row as this order's.
fn row(template: &Template, order: &OrderId, detail_url: Option<&str>) -> Drawn<Element> {
    let row: Element = template.row.clone_node_with_deep(true)?.unchecked_into();
    dom::attribute(&row, "aria-label", &template.name_of(order));
    if let Some(url) = detail_url
        && let Some(link) = dom::first(&row, "a")
    {
        dom::attribute(&link, "href", url);
    }
    Ok(row)
}

fn insert(host: &Element, slot: &Slot) -> Drawn<()> {
    match &slot.after {
        Some(after) => after.unchecked_ref::<Element>().after_with_node_1(host)?,
        None => drop(
            slot.parent
                .insert_before(host, slot.parent.first_child().as_ref())?,
        ),
    }
    // A page that copies a card copies our element with it, as an empty shell.
    if let Some(shell) = host.next_element_sibling()
        && dom::is(&shell, badge::HOST)
        && shell.get_attribute("data-order") == host.get_attribute("data-order")
    {
        shell.remove();
    }
    Ok(())
}
