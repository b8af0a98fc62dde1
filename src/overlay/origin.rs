//! The popover "Where this date comes from": the answer, the chain, what was not used, and a copy of it all as text.

use web_sys::Element;

use super::dom::{self, set};
use super::layer::{Anchor, Layer, OwnPage};
use super::notice::status;
use crate::icons;
use crate::wording::{Sign, Step};

impl Layer {
    /// `None` for an order of which no end is told.
    pub(super) fn origin_panel(&self, anchor: &Anchor) -> Option<Element> {
        let document = &self.0.canvas.document;
        let messages = &self.0.canvas.wording.messages;
        let clock = anchor.verdict.told()?;
        let origin = self
            .0
            .canvas
            .wording
            .origin(&anchor.record, clock, anchor.now);
        let panel = dom::element(document, "div", "float origin", &[]);
        set(&panel, &[("role", "dialog"), ("aria-label", &origin.title)]);

        let title = dom::text(document, "h2", "", &origin.title);
        let subject = dom::text(document, "p", "subject", &origin.subject);
        let names = dom::element(document, "div", "", &[&title, &subject]);
        let close = dom::button(document, "x", &[&dom::icon(document, "", icons::CLOSE)]);
        set(
            &close,
            &[
                ("aria-label", &messages.text("menu_close")),
                ("tabindex", "0"),
            ],
        );
        self.on(&close, Self::close);
        dom::add(
            &panel,
            &dom::element(document, "div", "top", &[&names, &close]),
        );

        let answer = dom::element(document, "div", "answer", &[]);
        for (when, whose) in &origin.answer {
            let when = dom::text(document, "b", "", when);
            let whose = dom::text(document, "span", "", whose);
            dom::add(&answer, &dom::element(document, "p", "", &[&when, &whose]));
        }
        dom::add(&panel, &answer);

        let chain = dom::element(document, "div", "chain", &[]);
        for step in &origin.steps {
            dom::add(&chain, &self.step(step));
        }
        dom::add(&panel, &chain);
        if !origin.not_used.is_empty() {
            let unused = dom::element(
                document,
                "div",
                "unused",
                &[&dom::text(document, "h3", "", &origin.not_used_title)],
            );
            for step in &origin.not_used {
                dom::add(&unused, &self.step(step));
            }
            dom::add(&panel, &unused);
        }

        let foot = dom::element(document, "div", "foot", &[]);
        let words = dom::text(document, "span", "", &messages.text("where_copy"));
        let copy = dom::button(
            document,
            "textual",
            &[&dom::icon(document, "", icons::COPY), &words],
        );
        let plain = origin.plain();
        self.on(&copy, move |layer| layer.copy(&plain));
        dom::add(&foot, &copy);
        if let OwnPage::At(url) = &anchor.own_page {
            let words = dom::text(document, "span", "", &messages.text("menu_open_page"));
            dom::add(&foot, &dom::link(document, "textual", url, &[&words]));
        }
        dom::add(&foot, &status(document));
        dom::add(&panel, &foot);
        Some(panel)
    }

    fn step(&self, step: &Step) -> Element {
        let document = &self.0.canvas.document;
        let class = if step.sign == Sign::Printed {
            "is-printed"
        } else {
            ""
        };
        let icon = dom::icon(document, class, step.sign.into());
        let body = dom::element(document, "div", "", &[]);
        if let Some(head) = &step.head {
            let line = dom::element(document, "p", "", &[&dom::text(document, "b", "", head)]);
            if let Some(remark) = &step.remark {
                dom::add(
                    &line,
                    &dom::text(document, "span", "meta", &format!(" · {remark}")),
                );
            }
            dom::add(&body, &line);
        }
        if let Some(quote) = &step.quote {
            let quote = dom::text(document, "blockquote", "", quote);
            // In whatever language and direction the shop printed it.
            set(&quote, &[("dir", "auto"), ("lang", "")]);
            dom::add(&body, &quote);
        }
        dom::add(&body, &dom::text(document, "p", "meta", &step.text));
        dom::element(document, "div", "step", &[&icon, &body])
    }
}
