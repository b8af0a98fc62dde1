//! Building elements. Text goes in as text nodes only, so that no string can become markup.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Node};

pub type Drawn<T> = Result<T, JsValue>;

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element with a class (none if empty) and children.
pub fn element(
    document: &Document,
    tag: &str,
    class: &str,
    children: &[&Element],
) -> Drawn<Element> {
    let element = document.create_element(tag)?;
    if !class.is_empty() {
        element.set_attribute("class", class)?;
    }
    for child in children {
        element.append_child(child)?;
    }
    Ok(element)
}

/// An element that holds a text and nothing else.
pub fn text(document: &Document, tag: &str, class: &str, text: &str) -> Drawn<Element> {
    let element = element(document, tag, class, &[])?;
    element.set_text_content(Some(text));
    Ok(element)
}

/// A button that does not submit the form it may stand in.
pub fn button(document: &Document, class: &str, children: &[&Element]) -> Drawn<Element> {
    let button = element(document, "button", class, children)?;
    button.set_attribute("type", "button")?;
    Ok(button)
}

/// A link that opens beside the page, so that the list stays where it is.
pub fn link(
    document: &Document,
    class: &str,
    address: &str,
    children: &[&Element],
) -> Drawn<Element> {
    let link = element(document, "a", class, children)?;
    link.set_attribute("href", address)?;
    link.set_attribute("target", "_blank")?;
    link.set_attribute("rel", "noopener")?;
    Ok(link)
}

/// Puts a child at the end.
pub fn add(parent: &Node, child: &Element) -> Drawn<()> {
    parent.append_child(child).map(|_| ())
}

/// Sets several attributes.
pub fn set(element: &Element, attributes: &[(&str, &str)]) -> Drawn<()> {
    attributes
        .iter()
        .try_for_each(|(name, value)| element.set_attribute(name, value))
}

/// A drawing on the 16 px grid, hidden from screen readers: every sign has a word beside it.
pub fn svg(document: &Document, class: &str, parts: &[(&str, &[(&str, &str)])]) -> Drawn<Element> {
    let svg = document.create_element_ns(Some(SVG), "svg")?;
    set(
        &svg,
        &[
            ("viewBox", "0 0 16 16"),
            ("aria-hidden", "true"),
            ("fill", "none"),
            ("class", class),
        ],
    )?;
    for (tag, attributes) in parts {
        let part = document.create_element_ns(Some(SVG), tag)?;
        set(&part, attributes)?;
        svg.append_child(&part)?;
    }
    Ok(svg)
}
