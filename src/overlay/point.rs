//! Points at the shop's own controls: a ring around each, one label beside the first. Never covers or presses one.

use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlElement, Node, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::dom::{self, Drawn, set};
use super::layer::{Layer, pixels};
use crate::icons;

/// How far a ring stands off its control.
const AIR: f64 = 6.0;

/// What is pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointed {
    /// What opens a dispute, beside each order line that has it.
    Dispute,
    /// The answers to the shop's question whether the parcel came, which lead to the form.
    Answers,
}

pub struct Points {
    /// A control of the shop with its ring.
    rings: Vec<(Element, Element)>,
    label: Element,
}

impl Layer {
    pub(super) fn draw_points(&self, controls: &[Element], what: Pointed) -> Drawn<()> {
        self.remove_points();
        let Some(first) = controls.first() else {
            return Ok(());
        };
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        first.scroll_into_view_with_scroll_into_view_options(&options);

        let document = &self.0.canvas.document;
        let messages = &self.0.canvas.wording.messages;
        let root = self.root()?;
        let mut rings = Vec::new();
        for control in controls {
            let ring = dom::element(document, "div", "ring", &[]);
            dom::add(&root, &ring);
            rings.push((control.clone(), ring));
        }
        let key = match what {
            Pointed::Answers => "point_answers",
            Pointed::Dispute if controls.len() > 1 => "point_several",
            Pointed::Dispute => "point_here",
        };
        let words = dom::text(document, "span", "said", &messages.text(key));
        let close = dom::button(document, "x", &[&dom::icon(document, "", icons::CLOSE)]);
        dom::attribute(&close, "aria-label", &messages.text("menu_close"));
        self.on(&close, Self::remove_points);
        let label = dom::element(document, "div", "float note", &[&words, &close]);
        set(&label, &[("role", "status")]);
        dom::add(&root, &label);
        self.with(|surface| surface.points = Some(Points { rings, label }));
        self.points_moved()
    }

    /// Puts rings and label where the controls are now.
    pub(super) fn points_moved(&self) -> Drawn<()> {
        let Some(Some((rings, label))) = self.with(|surface| {
            surface
                .points
                .as_ref()
                .map(|points| (points.rings.clone(), points.label.clone()))
        }) else {
            return Ok(());
        };
        for (control, ring) in &rings {
            let rect = control.get_bounding_client_rect();
            self.put_at(ring, rect.left() - AIR, rect.top() - AIR)?;
            let style = ring.unchecked_ref::<HtmlElement>().style();
            style.set_property("width", &pixels(rect.width() + 2.0 * AIR))?;
            style.set_property("height", &pixels(rect.height() + 2.0 * AIR))?;
        }
        let Some((first, _)) = rings.first() else {
            return Ok(());
        };
        self.put_label(&label, first)
    }

    /// Beside the control where there is room, because the shop's buttons stand above one another; else below or above.
    fn put_label(&self, label: &Element, control: &Element) -> Drawn<()> {
        const EDGE: f64 = 8.0;
        let gap = AIR + 6.0;
        let (rect, own) = (
            control.get_bounding_client_rect(),
            label.get_bounding_client_rect(),
        );
        let (width, height) = self.0.canvas.viewport();
        let lefts = [rect.left() - gap - own.width(), rect.right() + gap];
        let fits = |left: &f64| *left >= EDGE && left + own.width() + EDGE <= width;
        let Some(left) = lefts.into_iter().find(fits) else {
            return self.put_beside(label, &rect, control, gap);
        };
        let middle = rect.top() + (rect.height() - own.height()) / 2.0;
        self.put_at(
            label,
            left,
            middle.min(height - own.height() - EDGE).max(EDGE),
        )
    }

    pub(super) fn has_points(&self) -> bool {
        self.with(|surface| surface.points.is_some())
            .unwrap_or(false)
    }

    pub(super) fn remove_points(&self) {
        let Some(Some(points)) = self.with(|surface| surface.points.take()) else {
            return;
        };
        for (_, ring) in points.rings {
            ring.remove();
        }
        points.label.remove();
    }

    /// The user pressed a control that was pointed at: nothing is left to be said.
    pub(super) fn points_pressed(&self, event: &Event) {
        let Some(target) = event
            .target()
            .and_then(|target| target.dyn_into::<Node>().ok())
        else {
            return;
        };
        let hit = self.with(|surface| {
            let points = surface.points.as_ref();
            points.is_some_and(|points| {
                points
                    .rings
                    .iter()
                    .any(|(control, _)| control.contains(Some(&target)))
            })
        });
        if hit == Some(true) {
            self.remove_points();
        }
    }
}
