//! What stands beside the shop's own words about a dispute: one calm notice of where it stands, and a warning below each group of
//! controls that cannot be taken back. It covers nothing and moves none of the shop's controls.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element};

use super::canvas::{Canvas, told};
use super::dom::{self, Drawn, on_press, set};
use super::layer::Layer;
use super::put;
use crate::icons;
use crate::wording::StageWords;

pub const STAGE_HOST: &str = "recourse-stage";
pub const WARNING_HOST: &str = "recourse-warning";

#[wasm_bindgen]
extern "C" {
    type Window;
    #[wasm_bindgen(method, catch, js_name = getComputedStyle)]
    fn computed_style(this: &Window, element: &Element) -> Result<Computed, JsValue>;
    type Computed;
    #[wasm_bindgen(method, getter)]
    fn display(this: &Computed) -> String;
}

/// A warning as it is to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WarningView {
    /// What the control does: the value of `data-about`.
    pub about: &'static str,
    pub head: String,
    pub detail: String,
}

struct Shown<T> {
    host: Element,
    view: T,
}

/// What stands beside the shop's words on one page.
pub struct Beside {
    canvas: Rc<Canvas>,
    stage: RefCell<Option<Shown<StageWords>>>,
    warnings: RefCell<Vec<Shown<WarningView>>>,
    /// Whether the user closed the notice.
    closed: Cell<bool>,
    more: Rc<dyn Fn()>,
    /// How often something was put into the page.
    puts: Cell<u32>,
}

/// A page that takes away what stands beside its words this often is left alone.
const MOST_PUTS: u32 = 40;

impl Beside {
    /// `more` is called when the user wants to know what can be done.
    #[must_use]
    pub fn new(layer: &Layer, more: impl Fn() + 'static) -> Rc<Self> {
        Rc::new(Self {
            canvas: Rc::clone(&layer.0.canvas),
            stage: RefCell::default(),
            warnings: RefCell::default(),
            closed: Cell::new(false),
            more: Rc::new(more),
            puts: Cell::new(0),
        })
    }

    /// Shows where the dispute stands, after that element of the shop's.
    pub fn stage(self: &Rc<Self>, words: StageWords, after: &Element) {
        if self.closed.get() {
            return;
        }
        self.canvas.mind_theme(after);
        told("a stage was not drawn", self.draw_stage(words, after));
    }

    fn draw_stage(self: &Rc<Self>, words: StageWords, after: &Element) -> Drawn<()> {
        // Nothing is held while the browser is called.
        let old = self.stage.take();
        let shown = match old {
            Some(known) if known.view == words => known,
            old => {
                if let Some(old) = old {
                    old.host.remove();
                }
                let host = dom::element(&self.canvas.document, STAGE_HOST, "", &[]);
                let root = self.canvas.dress(&host)?;
                dom::add(&root, &self.stage_row(&words));
                Shown { host, view: words }
            }
        };
        let host = shown.host.clone();
        self.stage.replace(Some(shown));
        self.stand_after(&host, after)
    }

    fn stage_row(self: &Rc<Self>, words: &StageWords) -> Element {
        let document = &self.canvas.document;
        let messages = &self.canvas.wording.messages;
        let body = dom::element(document, "div", "body", &[]);
        dom::attribute(&body, "dir", self.canvas.direction());
        dom::add(&body, &dom::text(document, "strong", "", &words.head));
        if words.is_quote {
            let quote = dom::text(document, "blockquote", "", &words.meaning);
            dom::attribute(&quote, "dir", "auto");
            dom::add(&body, &quote);
        } else {
            dom::add(&body, &dom::text(document, "p", "detail", &words.meaning));
        }
        for until in &words.until {
            dom::add(&body, &dom::text(document, "p", "until", until));
        }
        if let Some(care) = &words.care {
            dom::add(&body, &dom::text(document, "p", "detail", care));
        }
        let does = dom::element(document, "div", "does", &[]);
        let name = dom::text(document, "span", "", &messages.text("stage_more"));
        let more = dom::button(document, "control", &[&name]);
        let open = Rc::clone(&self.more);
        on_press(&more, move || open());
        dom::add(&does, &more);
        let close = dom::button(document, "x", &[&dom::icon(document, "", icons::CLOSE)]);
        dom::attribute(&close, "aria-label", &messages.text("menu_close"));
        let beside = Rc::clone(self);
        on_press(&close, move || {
            beside.closed.set(true);
            beside.remove_stage();
        });
        let seal = dom::icon(document, "seal", icons::SEAL);
        let class = if words.is_buyers {
            "notice yours"
        } else {
            "notice"
        };
        let row = dom::element(document, "div", class, &[&seal, &body, &does, &close]);
        self.name(&row);
        row
    }

    fn name(&self, row: &Element) {
        let messages = &self.canvas.wording.messages;
        let name = messages.text("stage_name");
        set(
            row,
            &[
                ("role", "region"),
                ("aria-label", &name),
                ("lang", messages.language()),
            ],
        );
    }

    pub fn remove_stage(&self) {
        if let Some(stage) = self.stage.take() {
            stage.host.remove();
        }
    }

    /// Shows these warnings and no others, each below that element of the shop's.
    pub fn warnings(&self, wanted: Vec<(WarningView, Element)>) {
        let mut left = self.warnings.take();
        let mut shown = Vec::new();
        for (view, after) in wanted {
            self.canvas.mind_theme(&after);
            let known = left.iter().position(|known| known.view == view);
            let warning = match known {
                // In their order: of several that say the same each stays where it is.
                Some(place) => Some(left.remove(place)),
                None => told("a warning was not drawn", self.warning(view)),
            };
            if let Some(warning) = warning {
                told(
                    "a warning was not placed",
                    self.stand_after(&warning.host, &after),
                );
                shown.push(warning);
            }
        }
        for old in left {
            old.host.remove();
        }
        self.warnings.replace(shown);
    }

    fn warning(&self, view: WarningView) -> Drawn<Shown<WarningView>> {
        let document = &self.canvas.document;
        let host = dom::element(document, WARNING_HOST, "", &[]);
        dom::attribute(&host, "data-about", view.about);
        let root = self.canvas.dress(&host)?;
        let body = dom::element(
            document,
            "div",
            "body",
            &[
                &dom::text(document, "strong", "", &view.head),
                &dom::text(document, "p", "detail", &view.detail),
            ],
        );
        dom::attribute(&body, "dir", self.canvas.direction());
        let sign = dom::icon(document, "sign", icons::BANG);
        let row = dom::element(document, "div", "warning", &[&sign, &body]);
        self.name(&row);
        dom::add(&root, &row);
        Ok(Shown { host, view })
    }

    /// Whether what is put into the element stands in a row of its own.
    #[must_use]
    pub fn is_block(&self, element: &Element) -> bool {
        let display = self.canvas.window().ok().and_then(|window| {
            let window: &Window = window.unchecked_ref();
            window.computed_style(element).ok()
        });
        display.is_some_and(|style| {
            matches!(
                style.display().as_str(),
                "block" | "flow-root" | "list-item" | "table-cell"
            )
        })
    }

    /// Puts it after the element, if it is not there.
    fn stand_after(&self, host: &Element, after: &Element) -> Drawn<()> {
        let Some(parent) = after.parent_element() else {
            return Ok(());
        };
        let is_ours =
            |node: &Element| [STAGE_HOST, WARNING_HOST].contains(&node.local_name().as_str());
        // Behind others of ours that stand there.
        let mut last = after.clone();
        while let Some(sibling) = last.next_element_sibling().filter(is_ours) {
            if sibling.is_same_node(Some(host)) {
                return Ok(());
            }
            last = sibling;
        }
        if self.puts.get() >= MOST_PUTS {
            return Ok(());
        }
        self.puts.set(self.puts.get() + 1);
        put(host, &parent, last.next_sibling().as_ref())
    }

    pub fn remove(&self) {
        self.remove_stage();
        self.warnings(Vec::new());
    }
}

/// Removes what an earlier instance left behind.
pub fn sweep_beside(document: &Document) {
    for tag in [STAGE_HOST, WARNING_HOST] {
        let found = document.get_elements_by_tag_name(tag);
        while let Some(element) = found.item(0) {
            element.remove();
        }
    }
}
