//! The user points at a field of the page: a cover takes every press, so that nothing of the page's is pressed meanwhile.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent, ShadowRoot};

use super::dom::{self, Drawn};
use super::layer::pixels;
use wasm_bindgen::prelude::*;

/// What the user does while pointing. Places are of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pick {
    /// The pointer is there.
    Over(f64, f64),
    Press(f64, f64),
    /// To the next field by keyboard, or to the one before.
    Step {
        back: bool,
    },
    /// The field that the ring is around.
    Take,
    Cancel,
}

pub(super) struct Picking {
    cover: Element,
    ring: Element,
}

const RING: [(&str, &str); 6] = [
    ("position", "fixed"),
    ("display", "none"),
    ("border", "3px solid #0B5F66"),
    ("border-radius", "8px"),
    ("box-shadow", "0 0 0 2px #FFFFFF"),
    ("pointer-events", "none"),
];
const COVER: [(&str, &str); 5] = [
    ("position", "fixed"),
    ("inset", "0"),
    ("cursor", "crosshair"),
    ("outline", "none"),
    ("background", "rgb(11 95 102 / 6%)"),
];

impl Picking {
    pub fn begin(
        root: &ShadowRoot,
        before: &Element,
        words: &str,
        heard: impl Fn(Pick) + Clone + 'static,
    ) -> Drawn<Self> {
        let document = before.owner_document().ok_or("no document")?;
        let ring = dom::element(&document, "div", "", &[]);
        let cover = dom::element(&document, "div", "", &[&ring]);
        dom::set(
            &cover,
            &[
                ("tabindex", "0"),
                ("role", "application"),
                ("aria-label", words),
            ],
        );
        style(&cover, &COVER)?;
        style(&ring, &RING)?;
        let mouse = |pick: fn(f64, f64) -> Pick| {
            let heard = heard.clone();
            move |event: Event| {
                take(&event);
                if let Some(event) = event.dyn_ref::<MouseEvent>() {
                    heard(pick(event.client_x().into(), event.client_y().into()));
                }
            }
        };
        listen(&cover, "mousemove", mouse(Pick::Over));
        listen(&cover, "click", mouse(Pick::Press));
        for name in ["mousedown", "mouseup", "contextmenu"] {
            listen(&cover, name, |event| take(&event));
        }
        listen(&cover, "keydown", move |event| {
            let Some(pick) = event.dyn_ref::<KeyboardEvent>().and_then(by_key) else {
                return;
            };
            take(&event);
            heard(pick);
        });
        root.insert_before(&cover, Some(before))?;
        let _ = cover.unchecked_ref::<HtmlElement>().focus();
        Ok(Self { cover, ring })
    }

    /// Puts the ring around a place: left, top, width and height.
    pub fn ring(&self, place: Option<[f64; 4]>) -> Drawn<()> {
        const AIR: f64 = 4.0;
        let Some([left, top, width, height]) = place else {
            return style(&self.ring, &[("display", "none")]);
        };
        let lengths = [
            ("left", left - AIR),
            ("top", top - AIR),
            ("width", width + AIR),
            ("height", height + AIR),
        ];
        for (name, length) in lengths {
            style(&self.ring, &[(name, &pixels(length))])?;
        }
        style(&self.ring, &[("display", "block")])
    }

    pub fn end(&self) {
        self.cover.remove();
    }
}

/// Nothing of the page's hears of it.
fn take(event: &Event) {
    event.prevent_default();
    event.stop_propagation();
}

fn listen(element: &Element, name: &'static str, run: impl Fn(Event) + 'static) {
    let run = Closure::<dyn FnMut(Event)>::new(run).into_js_value();
    dom::listen(element, name, &run);
}

fn by_key(event: &KeyboardEvent) -> Option<Pick> {
    Some(match event.key().as_str() {
        "Escape" => Pick::Cancel,
        "Enter" | " " => Pick::Take,
        "Tab" => Pick::Step {
            back: event.shift_key(),
        },
        "ArrowDown" | "ArrowRight" => Pick::Step { back: false },
        "ArrowUp" | "ArrowLeft" => Pick::Step { back: true },
        _ => return None,
    })
}

/// Set by the program and with importance: no style sheet of the page's changes it.
pub(super) fn style(element: &Element, properties: &[(&str, &str)]) -> Drawn<()> {
    let style = element.unchecked_ref::<HtmlElement>().style();
    for (name, value) in properties {
        style.set_property_with_priority(name, value, "important")?;
    }
    Ok(())
}
