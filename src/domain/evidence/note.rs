//! A note with its earlier versions.

use crate::domain::time::{Moment, Span};

/// A text of the buyer's, which is saved while it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    pub text: String,
    /// What it said before, in the order of time.
    pub earlier: Vec<Version>,
}

/// What a note said until it was edited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// When it was written.
    pub at: Moment,
    pub text: String,
}

impl Note {
    /// The longest text, in bytes: twenty times what a dispute form takes.
    pub const LIMIT: usize = 100_000;
    /// Edits with shorter pauses are one sitting, of which the last text counts.
    const SITTING: Span = Span(5 * 60_000);
    /// Whoever deletes this much of a text may have meant something else.
    const MUCH: usize = 40;

    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            earlier: Vec::new(),
        }
    }

    /// Keeps what it said before, unless it says so now or that is known already.
    pub fn keep(&mut self, version: Version) {
        let same = |other: &String| *other == version.text;
        let known = same(&self.text) || self.earlier.iter().any(|old| same(&old.text));
        if !known && !version.text.trim().is_empty() {
            self.earlier.push(version);
            self.earlier.sort();
        }
    }

    /// Replaces the text, which was written at `changed`. Says whether it is another one. What it said is kept as a version if
    /// another sitting wrote it, or if most of it is deleted.
    pub fn write(&mut self, text: &str, changed: Moment, now: Moment) -> bool {
        if text == self.text {
            return false;
        }
        let old = std::mem::replace(&mut self.text, text.to_owned());
        let later = now.since(changed).0 >= Self::SITTING.0;
        let deleted = old.len() >= Self::MUCH && text.len() < old.len() / 2;
        let known = self.earlier.last().is_some_and(|last| last.text == old);
        if (later || deleted) && !known && !old.trim().is_empty() {
            self.earlier.push(Version {
                at: changed,
                text: old,
            });
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    #[test]
    fn typing_makes_one_version_of_a_sitting() {
        let mut note = Note::new("The p");
        assert!(note.write("The pack", Moment(0), Moment(800)));
        assert!(note.write("The package", Moment(800), Moment(1_600)));
        assert!(note.earlier.is_empty());
        assert!(!note.write("The package", Moment(1_600), Moment(9 * MINUTE)));
        assert!(note.write("The package was open", Moment(1_600), Moment(9 * MINUTE)));
        let [earlier] = &note.earlier[..] else {
            panic!("one earlier version")
        };
        assert_eq!(
            (earlier.at, earlier.text.as_str()),
            (Moment(1_600), "The package")
        );
    }

    #[test]
    fn a_version_from_elsewhere_is_kept_once_in_its_place_unless_it_says_nothing_new() {
        let mut note = Note::new("The package was open");
        for (at, text) in [
            (5, "The package"),
            (2, "The pack"),
            (7, "The pack"),
            (8, "The package was open"),
            (9, " "),
        ] {
            note.keep(Version {
                at: Moment(at),
                text: text.to_owned(),
            });
        }
        let kept: Vec<_> = note
            .earlier
            .iter()
            .map(|old| (old.at, &*old.text))
            .collect();
        assert_eq!(kept, [(Moment(2), "The pack"), (Moment(5), "The package")]);
    }

    #[test]
    fn what_is_deleted_in_mid_sitting_is_kept() {
        let long = "The outer box was wet and torn at one side.";
        let mut note = Note::new(long);
        note.write("", Moment(0), Moment(500));
        assert_eq!(note.earlier[0].text, long);
        note.write("a", Moment(500), Moment(900));
        assert_eq!(note.earlier.len(), 1);
        // Half of it is not most of it.
        let mut note = Note::new("0123456789012345678901234567890123456789");
        note.write("01234567890123456789", Moment(0), Moment(500));
        assert!(note.earlier.is_empty());
        let mut note = Note::new("0123456789012345678901234567890123456789");
        note.write("0123456789012345678", Moment(0), Moment(500));
        assert_eq!(note.earlier.len(), 1);
    }

    #[test]
    fn a_sitting_lasts_five_minutes() {
        for (pause, versions) in [(5 * MINUTE - 1, 0), (5 * MINUTE, 1)] {
            let mut note = Note::new("first");
            note.write("second", Moment(0), Moment(pause));
            assert_eq!(note.earlier.len(), versions, "{pause}");
        }
    }

    #[test]
    fn a_version_that_is_there_is_not_kept_twice() {
        let mut note = Note::new("first");
        assert!(note.write("second", Moment(0), Moment(9 * MINUTE)));
        // Undone at once, and done again after a while.
        assert!(note.write("first", Moment(9 * MINUTE), Moment(9 * MINUTE)));
        assert!(note.write("third", Moment(9 * MINUTE), Moment(20 * MINUTE)));
        let texts: Vec<&str> = note
            .earlier
            .iter()
            .map(|version| version.text.as_str())
            .collect();
        assert_eq!(texts, ["first"]);
    }
}
