//! When the user is reminded of a backup.

use crate::domain::evidence::Item;
use crate::domain::time::{Moment, Span};

/// What was added is reminded of after so long without a backup.
const OLD: Span = Span::days(14);

/// Whether the user should be reminded: something was added or changed long ago and is in no backup. A backup of the future is none: it
/// was made while the computer's clock was fast.
#[must_use]
pub fn is_due<'a>(
    items: impl Iterator<Item = &'a Item>,
    made: Option<Moment>,
    now: Moment,
) -> bool {
    let made = made.filter(|made| *made <= now);
    let unsaved = items.filter(|item| made.is_none_or(|made| item.changed > made));
    let first = unsaved.map(|item| item.changed).min();
    first.is_some_and(|first| first.plus(OLD) < now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evidence::{Content, ItemId, Note, Place};
    use crate::domain::order::OrderId;

    fn added(day: i64) -> Item {
        let place = Place {
            order: OrderId::new("8212313961591322").unwrap(),
            line: None,
        };
        let content = Content::Note(Note::new("The box was torn."));
        Item::new(ItemId::drawn([7; 16]), place, at(day), content)
    }

    fn at(day: i64) -> Moment {
        Moment(1_795_176_000_000).plus(Span::days(day))
    }

    /// Whether it is due on that day, with things added on these.
    fn due(added_on: &[i64], made: Option<i64>, now: i64) -> bool {
        let items: Vec<Item> = added_on.iter().copied().map(added).collect();
        is_due(items.iter(), made.map(at), at(now))
    }

    #[test]
    fn what_is_in_no_backup_for_two_weeks_is_reminded_of() {
        assert!(!due(&[], None, 100), "there is nothing to lose");
        assert!(!due(&[0], None, 14));
        assert!(due(&[0], None, 15));
        assert!(due(&[0, 14], None, 15), "the oldest counts");
    }

    #[test]
    fn a_backup_ends_it_until_something_is_added_again() {
        assert!(!due(&[0], Some(1), 100));
        assert!(!due(&[0, 90], Some(1), 100));
        assert!(due(&[0, 80], Some(1), 100));
        let item = added(0);
        let changed = item.thrown(at(20));
        assert!(is_due([&changed].into_iter(), Some(at(10)), at(40)));
        assert!(!is_due([&changed].into_iter(), Some(at(30)), at(50)));
    }

    #[test]
    fn a_clock_that_was_fast_silences_nothing() {
        assert!(due(&[0], Some(500), 15));
        assert!(!due(&[500], None, 15), "nothing is known of its age");
    }
}
