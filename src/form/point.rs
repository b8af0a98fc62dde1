//! Which control the user means who points at something on the page.

use crate::browser::dom::DomNode;
use crate::browser::form::around;

use super::control::{Barrier, Control};
use super::survey::Survey;

/// How far around the thing pointed at a control is looked for: words beside a field, the button of a hidden file input.
const REACH: usize = 8;

/// The control that is pointed at, by itself, by one of its choices, or by something that stands around it alone.
#[must_use]
pub fn control_at(survey: &Survey<DomNode>, node: &DomNode) -> Option<usize> {
    let within = |place: &DomNode, part: &DomNode| place.0.contains(Some(&part.0));
    let mut controls = survey.controls.iter();
    let own = controls.position(|control| parts(control).any(|part| within(part, node)));
    if own.is_some() {
        return own;
    }
    let mut place = Some(node.clone());
    for _ in 0..REACH {
        let here = place?;
        let inside = survey.controls.iter().enumerate().filter(|(_, control)| {
            control.barrier != Some(Barrier::OutOfSight)
                && parts(control).any(|part| within(&here, part))
        });
        let mut inside = inside.map(|(at, _)| at);
        match (inside.next(), inside.next()) {
            (Some(only), None) => return Some(only),
            (Some(_), Some(_)) => return None,
            (None, _) => place = around(&here),
        }
    }
    None
}

/// What of a control stands on the page.
fn parts(control: &Control<DomNode>) -> impl Iterator<Item = &DomNode> {
    let choices = control.choices.iter().map(|choice| &choice.node);
    std::iter::once(&control.node).chain(choices)
}
