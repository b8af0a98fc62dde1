//! The style sheets that all shadow roots of one program share, and whether they are light or dark.
//!
//! A constructed sheet is made once, is not subject to the page's content security policy, and reaches every root at
//! once when its text is replaced: that is how light turns into dark. Firefox before 153 may refuse to hand one to a
//! shadow root from a content script ("Accessing from Xray wrapper is not supported"); there each root gets a `<style>`.

use std::cell::{Cell, RefCell};

use wasm_bindgen::prelude::*;
use web_sys::{CssStyleSheet, Document, Element, ShadowRoot, Window};

use super::dom;
use crate::domain::number;
use crate::reading::text::parts;

#[wasm_bindgen]
extern "C" {
    type StyledRoot;
    #[wasm_bindgen(method, setter, catch, js_name = adoptedStyleSheets)]
    fn set_adopted_style_sheets(this: &StyledRoot, sheets: &JsValue) -> Result<(), JsValue>;
    type StyledWindow;
    #[wasm_bindgen(method, catch, js_name = getComputedStyle)]
    fn get_computed_style(this: &StyledWindow, element: &Element) -> Result<Computed, JsValue>;
    type Computed;
    #[wasm_bindgen(method, getter, js_name = backgroundColor)]
    fn background_color(this: &Computed) -> String;
    type SheetText;
    #[wasm_bindgen(method, catch, js_name = replaceSync)]
    fn replace_sync(this: &SheetText, text: &str) -> Result<(), JsValue>;
}

/// The style of what one program draws, as the build writes it: a line for the colours of a light page, one for those of a
/// dark page, and one for the rest.
#[derive(Clone, Debug)]
pub struct Style(pub String);

impl Style {
    fn line(&self, number: usize) -> &str {
        self.0.split('\n').nth(number).unwrap_or_default()
    }

    fn colours(&self, dark: bool) -> &str {
        self.line(usize::from(dark))
    }

    fn rest(&self) -> &str {
        self.line(2)
    }
}

pub struct Styles {
    document: Document,
    style: Style,
    tokens: Option<CssStyleSheet>,
    /// The array that every root is given.
    sheets: JsValue,
    /// The `<style>` elements with the tokens, where sheets cannot be shared.
    elements: RefCell<Vec<Element>>,
    dark: Cell<Option<bool>>,
}

impl Styles {
    pub fn new(document: &Document, style: Style) -> Self {
        let tokens = CssStyleSheet::new().ok();
        let own = CssStyleSheet::new().ok();
        let sheets = js_sys::Array::new();
        for (sheet, text) in [(&tokens, style.colours(false)), (&own, style.rest())] {
            if let Some(sheet) = sheet {
                write(sheet, text);
                sheets.push(sheet);
            }
        }
        Self {
            document: document.clone(),
            style,
            tokens,
            sheets: sheets.into(),
            elements: RefCell::default(),
            dark: Cell::new(None),
        }
    }

    /// Dresses a fresh root.
    pub fn adopt(&self, root: &ShadowRoot) -> dom::Drawn<()> {
        if root
            .unchecked_ref::<StyledRoot>()
            .set_adopted_style_sheets(&self.sheets)
            .is_ok()
        {
            return Ok(());
        }
        let tokens = dom::text(
            &self.document,
            "style",
            "",
            self.style.colours(self.dark.get() == Some(true)),
        );
        dom::add(root, &tokens);
        dom::add(
            root,
            &dom::text(&self.document, "style", "", self.style.rest()),
        );
        let mut elements = self.elements.borrow_mut();
        elements.retain(|element| element.is_connected());
        elements.push(tokens);
        Ok(())
    }

    /// Whether the background of the shop's card was read before.
    pub fn knows_background(&self) -> bool {
        self.dark.get().is_some()
    }

    /// Follows the real background behind the element: the shop's page may stay light on a dark system.
    pub fn follow(&self, window: Option<&Window>, element: &Element) {
        let dark = window.is_some_and(|window| is_dark(window.unchecked_ref(), element));
        if self.dark.replace(Some(dark)) == Some(dark) {
            return;
        }
        let css = self.style.colours(dark);
        if let Some(tokens) = &self.tokens {
            write(tokens, css);
        }
        for element in self.elements.borrow().iter() {
            element.set_text_content(Some(css));
        }
    }
}

fn write(sheet: &CssStyleSheet, css: &str) {
    // Fails only for a sheet that was not constructed; ours are.
    let _ = sheet.unchecked_ref::<SheetText>().replace_sync(css);
}

/// Whether light text is the readable one on the first background that is not see-through.
fn is_dark(window: &StyledWindow, element: &Element) -> bool {
    let mut current = Some(element.clone());
    while let Some(element) = current {
        let color = window
            .get_computed_style(&element)
            .map(|style| style.background_color())
            .unwrap_or_default();
        if let Some(dark) = dark_color(&color) {
            return dark;
        }
        current = element.parent_element();
    }
    false
}

/// Whether a computed colour is dark, as browsers write it: `rgb(r, g, b)` or `rgba(r, g, b, a)`. `None` for one that
/// lets more through than it hides.
fn dark_color(color: &str) -> Option<bool> {
    let inside = color.strip_prefix("rgb")?.trim_start_matches('a');
    let inside = inside.strip_prefix('(')?.strip_suffix(')')?;
    let mut numbers =
        parts(inside, |letter| matches!(letter, ',' | '/' | ' ')).filter(|part| !part.is_empty());
    let mut channel = || number::read(numbers.next()?.split('.').next()?, 10);
    // How bright each looks, in thousandths.
    let bright = 299 * channel()? + 587 * channel()? + 114 * channel()?;
    let solid = numbers.next().is_none_or(|alpha| {
        // Browsers write it in its shortest form: 1, 0 or 0.25.
        let tenths = alpha
            .strip_prefix("0.")
            .and_then(|rest| rest.chars().next());
        alpha == "1" || tenths.is_some_and(|tenths| tenths >= '5')
    });
    solid.then_some(bright < 128_000)
}
