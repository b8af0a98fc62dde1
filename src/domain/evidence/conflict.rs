//! A note that was changed in two browsers, neither of which knew of the other's change.

use super::{Content, Item, ItemId, Version};
use crate::domain::order::OrderId;
use crate::domain::time::Moment;

/// What the user is to decide: whether the text that stands in the note counts, or the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub note: ItemId,
    pub order: OrderId,
    /// The text that does not stand in the note. It is one of its earlier versions as well.
    pub other: Version,
}

impl Conflict {
    /// The note as the user has decided: with the other text, or with the one that stands in it. Either way it counts as changed, so that
    /// other browsers hear of it; and neither text is lost.
    #[must_use]
    pub fn settled(&self, mut note: Item, other: bool, now: Moment) -> Item {
        let at = note.changed;
        if let Content::Note(note) = &mut note.content
            && other
        {
            let text = std::mem::replace(&mut note.text, self.other.text.clone());
            note.keep(Version { at, text });
        }
        note.changed = now;
        note
    }
}
