//! Draws on the shop's page. Nothing else draws there.
//!
//! Two programs draw, each in its own module of WebAssembly, so that the order list carries only what it needs:
//! - [`Overlay`] is what stands among the shop's cards: badges, the strip, a line that asks for a reload.
//! - [`Layer`] is what floats above a page when the user turns to one order: menu, sheet, tooltip, "where does this date
//!   come from", the pointer at the shop's own control. It also says that a page is not understood.
//!
//! Every node is a `<recourse-…>` element with a closed shadow root, so the page sees the element, its rectangle and the
//! attributes of the contract, and nothing of the user's. What both share is in [`Canvas`].

mod badge;
mod beside;
mod canvas;
mod cards;
mod dom;
mod drawer;
mod fill;
mod keeper;
mod layer;
mod menu;
mod notice;
mod origin;
mod pick;
mod point;
mod strip;
mod style;

use wasm_bindgen::JsCast;
use web_sys::{Document, Element};

use crate::domain::date_check::Wish;
use crate::domain::order::OrderId;
pub use beside::{Beside, WarningView, sweep_beside};
pub use canvas::Canvas;
pub use cards::{CardView, Overlay, Slot};
pub use fill::FillBar;
pub use layer::{Anchor, Layer, OwnPage, Panel};
pub use notice::{NoticeKind, Notices};
pub use pick::Pick;
pub use point::Pointed;
pub use style::Style;

/// What stands among the shop's own elements.
const AMONG_CARDS: [&str; 3] = [badge::HOST, strip::HOST, notice::HOST];

/// What the user asked for that the program has to do. What only leads to another page is a link.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The user turns to a badge: what floats will soon be asked for.
    Turn,
    /// Open, or close again, what floats beside this button of the badge.
    Open {
        panel: Panel,
        badge: Element,
        button: Element,
    },
    /// The order's badge has left the page, and with it what is open from it.
    Left(OrderId),
    /// Open the drawer for evidence about that order.
    AddEvidence(OrderId),
    /// Open the page on which a claim about that order is prepared.
    PrepareClaim(OrderId),
    /// Remind of that order, or be silent about it.
    Mute(OrderId, bool),
    /// Choose a day on which to be reminded of that order.
    RemindOn(OrderId),
    /// Put the report about a page that is not understood on the clipboard, with [`Layer::copy`].
    CopyReport,
    OpenDashboard,
    /// Point at the shop's control that opens a dispute, on this page.
    PointAtDispute,
    /// Open the pages of the orders that wait for an exact date.
    CheckDates,
    /// What the user wants of the check that goes on.
    DateCheck(Wish),
    /// Load this page anew. Asked for when the extension is gone from under the page, so it must not need the extension.
    Reload,
}

/// Removes what an earlier instance left behind, and what the page copied from one.
pub fn sweep(document: &Document) {
    for tag in AMONG_CARDS.into_iter().chain([layer::HOST]) {
        let found = document.get_elements_by_tag_name(tag);
        // The list is live: what is removed leaves it.
        while let Some(element) = found.item(0) {
            element.remove();
        }
    }
}

/// The badges that stand on the page, ours or copied by it.
pub fn badges(document: &Document) -> Vec<Element> {
    let found = document.get_elements_by_tag_name(badge::HOST);
    (0..found.length())
        .filter_map(|at| found.item(at))
        .collect()
}

/// The largest part of the page around a badge that has no other one: its card, and whatever is the order's beside it.
pub fn around_badge(badge: &Element) -> Element {
    let mut around = badge.clone();
    while let Some(parent) = around.parent_element() {
        let all = parent.get_elements_by_tag_name(badge::HOST).length();
        if all > 1 || dom::is(&parent, "body") {
            break;
        }
        around = parent;
    }
    around
}

/// A row narrower than this opens a sheet; the style sheet changes the badge at the same width.
const NARROW: i32 = 480;

fn is_narrow(badge: &Element) -> bool {
    badge.client_width() < NARROW
}

/// Puts an element before another, if it is not there already.
fn put(host: &Element, parent: &Element, before: Option<&web_sys::Node>) -> dom::Drawn<()> {
    // Asked to stand before itself, it is where it should be.
    if before.is_some_and(|before| before.is_same_node(Some(host))) {
        return Ok(());
    }
    let in_parent = host
        .parent_node()
        .is_some_and(|found| found.is_same_node(Some(parent)));
    let at_place = match (host.next_sibling(), before) {
        (Some(next), Some(before)) => next.is_same_node(Some(before)),
        (None, None) => true,
        _ => false,
    };
    if !(in_parent && at_place) {
        parent.insert_before(host, before)?;
    }
    Ok(())
}

/// The control in a row that was drawn anew that is what the other was in the one before.
fn like(row: &Element, control: &Element) -> Option<Element> {
    let class = [".", &control.class_name()].concat();
    row.query_selector(&class).ok().flatten()
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        canvas::told("the focus did not move", element.focus());
    }
}
