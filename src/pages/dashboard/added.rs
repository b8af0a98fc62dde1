//! What the user has added that the dashboard shows or finds: the claims that were prepared, what came after them, and notes. And whether
//! it is in a backup.

use crate::domain::aftermath::Aftermath;
use crate::domain::claim::Draft;
use crate::domain::evidence::{Content, Item};
use crate::domain::ledger::Record;
use crate::domain::order::OrderId;

#[derive(Default, PartialEq)]
pub struct Added {
    pub drafts: Vec<Draft>,
    pub aftermaths: Vec<Aftermath>,
    /// The notes among the evidence, in lower case, each with its order.
    pub notes: Vec<(OrderId, String)>,
    /// Some of it is in no backup, and has been for long.
    pub backup_due: bool,
}

impl Added {
    /// The notes that are not in the bin, as they are searched.
    pub fn notes_of(items: Vec<Item>) -> Vec<(OrderId, String)> {
        let note = |item: Item| match item.content {
            Content::Note(note) if item.binned.is_none() => {
                Some((item.place.order, note.text.to_lowercase()))
            }
            _ => None,
        };
        items.into_iter().filter_map(note).collect()
    }

    /// The claim about the order, where there is one that says what happened. Of several it is not known which dispute is about which.
    pub fn draft(&self, record: &Record) -> Option<&Draft> {
        let mut of_order = self.drafts.iter().filter(|draft| draft.order == record.id);
        let draft = of_order.next()?;
        (of_order.next().is_none() && draft.happened.is_some()).then_some(draft)
    }

    /// The orders whose refund has come, as the user has said.
    pub fn refunded(&self) -> Vec<OrderId> {
        let told = self.aftermaths.iter().filter(|told| told.is_refunded());
        told.map(|told| told.order.clone()).collect()
    }

    pub fn aftermath(&self, order: &OrderId) -> Option<&Aftermath> {
        self.aftermaths.iter().find(|told| told.order == *order)
    }

    /// Whether what was added about the order contains the words, which are in lower case: the claim's own, a tracking number,
    /// or a note.
    pub fn contains(&self, order: &OrderId, words: &str) -> bool {
        let has = |text: &str| text.to_lowercase().contains(words);
        let mut drafts = self.drafts.iter().filter(|draft| draft.order == *order);
        let mut told = self.aftermaths.iter().filter(|told| told.order == *order);
        let mut notes = self.notes.iter().filter(|(about, _)| about == order);
        drafts.any(|draft| has(&draft.words))
            || told.any(|told| has(&told.tracking))
            || notes.any(|(_, note)| note.contains(words))
    }

    /// Takes the place of what was told of the order before.
    pub fn put(&mut self, told: Aftermath) {
        self.aftermaths.retain(|known| known.order != told.order);
        self.aftermaths.push(told);
    }
}
