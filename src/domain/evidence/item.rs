//! One piece of evidence, and what becomes of it.

use crate::domain::order::OrderId;
use crate::domain::time::{Moment, Span};

use super::{Attachment, Excerpt, Note};

/// So many days what was put into the bin can be taken back.
pub const BIN_DAYS: i64 = 30;

/// Names one piece for ever, in every copy of it: 32 lower-case hexadecimal digits, drawn at random.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(Box<str>);

impl ItemId {
    /// `None` for anything but 32 lower-case hexadecimal digits.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let digits = text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (digits && text.len() == 32).then(|| Self(text.into()))
    }

    /// The name that is drawn with these bytes.
    #[must_use]
    pub fn drawn(bytes: [u8; 16]) -> Self {
        Self(crate::domain::sha256::hexadecimal(&bytes).into())
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ItemId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a piece of evidence is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub order: OrderId,
    /// The line of the order, the first being 1, as its page lists them; `None` for the order as a whole.
    pub line: Option<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Content {
    Note(Note),
    File(Attachment),
    Excerpt(Excerpt),
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub id: ItemId,
    pub place: Place,
    /// When it was written or added.
    pub made: Moment,
    /// When it was last edited, moved, put into the bin or taken back.
    pub changed: Moment,
    /// Since when it is in the bin.
    pub binned: Option<Moment>,
    pub content: Content,
}

impl Item {
    #[must_use]
    pub const fn new(id: ItemId, place: Place, made: Moment, content: Content) -> Self {
        Self {
            id,
            place,
            made,
            changed: made,
            binned: None,
            content,
        }
    }

    /// The piece with the note's text replaced. One that is no note stays as it is.
    #[must_use]
    pub fn written(mut self, text: &str, now: Moment) -> Self {
        if let Content::Note(note) = &mut self.content
            && note.write(text, self.changed, now)
        {
            self.changed = now;
        }
        self
    }

    #[must_use]
    pub fn moved(mut self, place: Place, now: Moment) -> Self {
        if self.place != place {
            self.place = place;
            self.changed = now;
        }
        self
    }

    /// Puts it into the bin. One that is there already stays there since when it was.
    #[must_use]
    pub fn thrown(mut self, now: Moment) -> Self {
        if self.binned.is_none() {
            self.binned = Some(now);
            self.changed = now;
        }
        self
    }

    #[must_use]
    pub fn taken_back(mut self, now: Moment) -> Self {
        if self.binned.take().is_some() {
            self.changed = now;
        }
        self
    }

    /// When it leaves the bin for good.
    #[must_use]
    pub fn leaves(&self) -> Option<Moment> {
        const DAY: i64 = 86_400_000;
        Some(self.binned?.plus(Span(BIN_DAYS * DAY)))
    }

    /// Whether its time in the bin is over.
    #[must_use]
    pub fn is_gone(&self, now: Moment) -> bool {
        self.leaves().is_some_and(|leaves| leaves <= now)
    }

    #[must_use]
    pub fn note(&self) -> Option<&Note> {
        match &self.content {
            Content::Note(note) => Some(note),
            _ => None,
        }
    }

    #[must_use]
    pub fn file(&self) -> Option<&Attachment> {
        match &self.content {
            Content::File(file) => Some(file),
            _ => None,
        }
    }

    /// Everything by which it is found, in lower case: its order's number, and its text or name, line by line.
    #[must_use]
    pub fn searched(&self) -> String {
        let said = match &self.content {
            Content::Note(note) => note.text.to_lowercase(),
            Content::File(file) => file.name.to_lowercase(),
            Content::Excerpt(excerpt) => excerpt.lines.join("\n").to_lowercase(),
        };
        [self.place.order.as_str(), "\n", &said].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400_000;

    fn note() -> Item {
        let place = Place {
            order: OrderId::new("8212313961591322").unwrap(),
            line: Some(2),
        };
        let content = Content::Note(Note::new("The Box came torn"));
        Item::new(ItemId::drawn([7; 16]), place, Moment(0), content)
    }

    #[test]
    fn a_name_is_shown_as_it_is_kept() {
        let id = ItemId::drawn([7; 16]);
        assert_eq!(id.to_string(), "07".repeat(16));
        assert_eq!(ItemId::new(&id.to_string()), Some(id));
    }

    #[test]
    fn what_is_moved_to_where_it_is_stays_as_it_was() {
        let item = note();
        assert_eq!(item.clone().moved(item.place.clone(), Moment(5)), item);
        let elsewhere = Place {
            line: None,
            ..item.place.clone()
        };
        let moved = item.moved(elsewhere.clone(), Moment(5));
        assert_eq!((moved.place, moved.changed), (elsewhere, Moment(5)));
    }

    #[test]
    fn what_is_in_the_bin_can_be_taken_back_for_thirty_days() {
        let item = note().thrown(Moment(5)).thrown(Moment(DAY));
        assert_eq!(
            item.binned,
            Some(Moment(5)),
            "the second time changes nothing"
        );
        assert!(!item.is_gone(Moment(30 * DAY)));
        assert!(item.is_gone(Moment(30 * DAY + 5)));
        let back = item.taken_back(Moment(DAY));
        assert_eq!((back.binned, back.changed), (None, Moment(DAY)));
        assert!(!back.is_gone(Moment(1_000 * DAY)));
    }

    #[test]
    fn a_piece_is_found_by_its_words_in_any_case_and_by_its_order() {
        let searched = note().searched();
        assert!(searched.contains("the box"));
        assert!(searched.contains("1591322"));
        assert!(!searched.contains("boxes"));
    }

    #[test]
    fn a_name_is_thirty_two_digits() {
        assert_eq!(ItemId::drawn([0xa0; 16]).as_str(), "a0".repeat(16));
        for wrong in ["", "a0", &"A0".repeat(16), &"g0".repeat(16)] {
            assert_eq!(ItemId::new(wrong), None, "{wrong}");
        }
    }
}
