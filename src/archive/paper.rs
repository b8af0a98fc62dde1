//! What belongs to claims, and is kept beside the evidence: drafts, templates, what was filled in, what came after, and which fields of a form
//! the user has pointed at.

use crate::domain::aftermath::Aftermath;
use crate::domain::claim::{Draft, Template};
use crate::form::filling::Filling;
use crate::form::taught::Lesson;
use crate::store::Stored;
use crate::store::locker::{Change, Expect, Kept};

/// One of these, as it is in a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paper {
    Draft(Draft),
    Template(Template),
    Filling(Filling),
    Aftermath(Aftermath),
    Lesson(Lesson),
}

impl Paper {
    /// The one of that kind; `None` for what is none, or of a kind that is not known here.
    #[must_use]
    pub fn read(kind: &str, text: &str) -> Option<Self> {
        Some(match kind {
            Draft::KIND => Self::Draft(Draft::from_text(text)?),
            Template::KIND => Self::Template(Template::from_text(text)?),
            Filling::KIND => Self::Filling(Filling::from_text(text)?),
            Aftermath::KIND => Self::Aftermath(Aftermath::from_text(text)?),
            Lesson::KIND => Self::Lesson(Lesson::from_text(text)?),
            _ => return None,
        })
    }

    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Draft(_) => Draft::KIND,
            Self::Template(_) => Template::KIND,
            Self::Filling(_) => Filling::KIND,
            Self::Aftermath(_) => Aftermath::KIND,
            Self::Lesson(_) => Lesson::KIND,
        }
    }

    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Draft(one) => one.to_text(),
            Self::Template(one) => one.to_text(),
            Self::Filling(one) => one.to_text(),
            Self::Aftermath(one) => one.to_text(),
            Self::Lesson(one) => one.to_text(),
        }
    }

    /// Its name among its kind.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Draft(one) => one.id(),
            Self::Template(one) => one.id(),
            Self::Filling(one) => one.id(),
            Self::Aftermath(one) => one.id(),
            Self::Lesson(one) => one.id(),
        }
    }

    /// The change that keeps it as well.
    #[must_use]
    pub fn kept(&self, change: Change) -> Change {
        match self {
            Self::Draft(one) => change.put(one, Expect::Anything),
            Self::Template(one) => change.put(one, Expect::Anything),
            Self::Filling(one) => change.put(one, Expect::Anything),
            Self::Aftermath(one) => change.put(one, Expect::Anything),
            Self::Lesson(one) => change.put(one, Expect::Anything),
        }
    }

    /// Whether it takes the place of the one that is here: a draft that was edited later does. Of everything else, what is here stays.
    #[must_use]
    fn replaces(&self, here: &Self) -> bool {
        match (self, here) {
            (Self::Draft(there), Self::Draft(here)) => there.edited > here.edited,
            _ => false,
        }
    }
}

/// Those of the backup that are to be kept: what is not here, and what was edited later than what is. Nothing that is here goes.
#[must_use]
pub fn missing(here: &[Paper], backup: &[Paper]) -> Vec<Paper> {
    let wanted = backup.iter().filter(|there| {
        let known = here
            .iter()
            .find(|here| here.kind() == there.kind() && here.id() == there.id());
        known.is_none_or(|here| there.replaces(here))
    });
    wanted.cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::order::OrderId;
    use crate::domain::time::Moment;

    #[test]
    fn the_draft_that_was_edited_last_counts_and_nothing_goes() {
        let order = || OrderId::new("8212313961591322").unwrap();
        let draft = |line: u8, edited: i64| Paper::Draft(Draft::new(order(), line, Moment(edited)));
        let told = Paper::Aftermath(Aftermath::new(order()));
        let here = [draft(1, 5), draft(2, 5)];
        let backup = [draft(1, 4), draft(2, 6), draft(3, 1), told.clone()];
        assert_eq!(
            missing(&here, &backup),
            [draft(2, 6), draft(3, 1), told.clone()]
        );
        assert_eq!(missing(&backup, &backup), []);
        for paper in backup {
            assert_eq!(Paper::read(paper.kind(), &paper.text()), Some(paper));
        }
        assert_eq!(Paper::read("evidence", ""), None);
    }
}
