//! The strip above the list: how many orders end soon, how much money that is, and where they are.

use wasm_bindgen::prelude::*;
use web_sys::{
    Element, Node, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition, ShadowRoot,
};

use super::badge::phrase;
use super::dom::{self, Drawn, set};
use super::{Action, Overlay, focus, put};
use crate::browser::object;
use crate::domain::date_check::Progress;
use crate::domain::number;
use crate::domain::order::OrderId;
use crate::domain::summary::Summary;
use crate::domain::time::Moment;
use crate::domain::verdict::Urgency;
use crate::icons;
use crate::wording::StripWords;

pub const HOST: &str = "recourse-strip";

/// More chips than this become one "+3".
const CHIPS: usize = 4;

/// The buttons of the check of exact dates.
const CHECK: &str = ".do";

pub struct Strip {
    pub host: Element,
    root: ShadowRoot,
    shown: Shown,
}

/// All that the strip shows.
#[derive(PartialEq)]
struct Shown {
    words: StripWords,
    chips: Vec<(OrderId, Urgency, String)>,
    more: usize,
    check: Option<Progress>,
}

impl Overlay {
    pub(super) fn draw_strip(
        &self,
        parent: &Element,
        before: Option<&Node>,
        summary: &Summary,
        now: Moment,
    ) -> Drawn<()> {
        let wording = &self.0.canvas.wording;
        let chip = |(order, closes): &(OrderId, Moment)| {
            (
                order.clone(),
                Urgency::of(closes.since(now)),
                wording.chip(*closes, now),
            )
        };
        let ending: &[_] = if wording.doubts(now) {
            &[]
        } else {
            &summary.ending
        };
        let shown = Shown {
            words: wording.summary(summary, now),
            chips: ending.iter().take(CHIPS).map(chip).collect(),
            more: ending.len().saturating_sub(CHIPS),
            check: self.0.check.get(),
        };
        let mut slot = self.0.strip.borrow_mut();
        match slot.as_mut() {
            Some(strip) if strip.shown == shown => {}
            Some(strip) => {
                let old = dom::first(&strip.root, ".strip");
                let checking = strip
                    .root
                    .active_element()
                    .is_some_and(|focused| focused.matches(CHECK) == Ok(true));
                let new = self.strip_row(&shown);
                match old {
                    Some(old) => strip.root.replace_child(&new, &old)?,
                    None => strip.root.append_child(&new)?,
                };
                // Whoever is at the check's button by keyboard stays there while it counts.
                if checking && let Some(button) = dom::first(&new, CHECK) {
                    focus(&button);
                }
                strip.shown = shown;
            }
            None => {
                let host = dom::element(&self.0.canvas.document, HOST, "", &[]);
                let root = self.0.canvas.dress(&host)?;
                dom::add(&root, &self.strip_row(&shown));
                *slot = Some(Strip { host, root, shown });
            }
        }
        slot.as_ref()
            .map_or(Ok(()), |strip| put(&strip.host, parent, before))
    }

    fn strip_row(&self, shown: &Shown) -> Element {
        let document = &self.0.canvas.document;
        let wording = &self.0.canvas.wording;
        let seal = dom::icon(document, "seal", icons::SEAL);
        let sentence = dom::text(document, "strong", "", &shown.words.sentence);
        let said = dom::element(document, "span", "said t", &[&sentence]);
        dom::attribute(&said, "dir", self.0.canvas.direction());
        if let Some(risk) = &shown.words.at_risk {
            dom::add(&said, &dom::text(document, "span", "sep", " · "));
            dom::add(&said, &dom::text(document, "span", "risk", risk));
        }
        let row = dom::element(document, "div", "strip", &[&seal, &said]);
        let name = wording.messages.text("strip_name");
        set(
            &row,
            &[
                ("role", "region"),
                ("aria-label", &name),
                ("lang", wording.messages.language()),
            ],
        );
        if !shown.chips.is_empty() {
            let chips = dom::element(document, "div", "chips", &[]);
            for (order, urgency, left) in &shown.chips {
                let words = phrase(document, wording, "", left);
                let clock = dom::icon(document, "", icons::clock_face(*urgency));
                let chip = dom::button(
                    document,
                    &["chip ", urgency.name()].concat(),
                    &[&clock, &words],
                );
                dom::attribute(&chip, "aria-label", &wording.chip_name(order, left));
                let order = order.clone();
                self.on(&chip, move |overlay| overlay.go_to(&order));
                dom::add(&chips, &chip);
            }
            if shown.more > 0 {
                let number = number::text(shown.more as i64);
                let more = wording.messages.with("strip_more", &[&number]);
                let chip = dom::button(
                    document,
                    "chip rest",
                    &[&phrase(document, wording, "", &more)],
                );
                dom::attribute(
                    &chip,
                    "aria-label",
                    &wording.messages.with("strip_more_name", &[&number]),
                );
                self.on(&chip, |overlay| overlay.act(Action::OpenDashboard));
                dom::add(&chips, &chip);
            }
            dom::add(&row, &chips);
        }
        if let Some(progress) = &shown.check {
            let said = phrase(document, wording, "", &wording.check(progress));
            dom::attribute(&said, "role", "status");
            let check = dom::element(document, "span", "check", &[&said]);
            for wish in progress.wishes() {
                let wish = *wish;
                let button = self.check_button(&wording.messages.text(wish.key()));
                self.on(&button, move |overlay| overlay.act(Action::DateCheck(wish)));
                dom::add(&check, &button);
            }
            dom::add(&row, &check);
        } else if let Some(start) = &shown.words.check {
            let button = self.check_button(start);
            self.on(&button, |overlay| overlay.act(Action::CheckDates));
            dom::add(&row, &dom::element(document, "span", "check", &[&button]));
        } else if let Some(without) = &shown.words.without_date {
            let without = phrase(document, wording, "", without);
            dom::add(&row, &dom::element(document, "span", "quiet", &[&without]));
        }
        row
    }

    fn check_button(&self, words: &str) -> Element {
        let canvas = &self.0.canvas;
        let words = phrase(&canvas.document, &canvas.wording, "", words);
        dom::button(&canvas.document, "chip rest do", &[&words])
    }

    /// Scrolls to the order's card and focuses its badge. A card that the page has taken away is in the dashboard.
    fn go_to(&self, order: &OrderId) {
        let found = {
            let badges = self.0.badges.borrow();
            let badge = badges.get(order).filter(|badge| badge.host.is_connected());
            badge.map(|badge| (badge.host.clone(), badge.row.clone()))
        };
        let Some((host, row)) = found else {
            return self.act(Action::OpenDashboard);
        };
        let reduced = self
            .0
            .canvas
            .window()
            .and_then(|window| window.match_media("(prefers-reduced-motion: reduce)"));
        let reduced = reduced.ok().flatten().is_some_and(|query| query.matches());
        let options = ScrollIntoViewOptions::new();
        options.set_behavior(if reduced {
            ScrollBehavior::Instant
        } else {
            ScrollBehavior::Smooth
        });
        options.set_block(ScrollLogicalPosition::Center);
        host.scroll_into_view_with_scroll_into_view_options(&options);
        // Which of its buttons shows depends on the width; the first one that does takes the focus.
        if let Ok(buttons) = row.query_selector_all("button, a") {
            let shown = (0..buttons.length())
                .filter_map(|index| buttons.get(index)?.dyn_into::<Element>().ok())
                .find(|button| button.client_width() > 0);
            if let Some(button) = shown {
                self.focus_quietly(&button);
            }
        }
    }

    /// Focuses without a second scroll, with a ring that shows where the focus went.
    fn focus_quietly(&self, element: &Element) {
        #[wasm_bindgen]
        extern "C" {
            type Focusable;
            #[wasm_bindgen(method, catch, js_name = focus)]
            fn focus_with(this: &Focusable, options: &JsValue) -> Result<(), JsValue>;
        }
        let options = object(&["preventScroll", "focusVisible"].map(|name| (name, JsValue::TRUE)));
        if element
            .unchecked_ref::<Focusable>()
            .focus_with(&options)
            .is_err()
        {
            focus(element);
        }
    }
}
