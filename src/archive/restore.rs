//! What bringing a backup back would change.

use crate::domain::evidence::{Item, merge};
use crate::domain::time::Moment;

/// What becomes of what is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It stays beside what is in the backup.
    Merge,
    /// What the backup does not have goes into the bin.
    Replace,
}

/// The pieces to be kept, and the count of each kind of change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub keep: Vec<Item>,
    pub new: usize,
    pub changed: usize,
    pub same: usize,
    pub binned: usize,
}

impl Plan {
    /// Brings together what is here and what is in the backup. No text of a note is lost: what the other copy says becomes an
    /// earlier version.
    #[must_use]
    pub fn new(here: &[Item], backup: &[Item], how: How, now: Moment) -> Self {
        let mut plan = Self::default();
        let mut known: Vec<&Item> = here.iter().collect();
        known.sort_unstable_by(|one, other| one.id.cmp(&other.id));
        for item in backup {
            match known.binary_search_by(|known| known.id.cmp(&item.id)) {
                Err(_) => {
                    plan.new += 1;
                    plan.keep.push(item.clone());
                }
                Ok(at) => {
                    let Some(here) = known.get(at) else { continue };
                    let both = merge::merged(here, item);
                    if both == **here {
                        plan.same += 1;
                    } else {
                        plan.changed += 1;
                        plan.keep.push(both);
                    }
                }
            }
        }
        if how == How::Replace {
            let mut ids: Vec<_> = backup.iter().map(|item| &item.id).collect();
            ids.sort_unstable();
            for item in here {
                if item.binned.is_none() && ids.binary_search(&&item.id).is_err() {
                    plan.binned += 1;
                    plan.keep.push(item.clone().thrown(now));
                }
            }
        }
        plan
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evidence::{Content, ItemId, Note, Place};
    use crate::domain::order::OrderId;

    fn note(id: u8, text: &str, changed: i64) -> Item {
        let place = Place {
            order: OrderId::new("8212313961591322").unwrap(),
            line: None,
        };
        let content = Content::Note(Note::new(text));
        let mut item = Item::new(ItemId::drawn([id; 16]), place, Moment(0), content);
        item.changed = Moment(changed);
        item
    }

    #[test]
    fn into_an_empty_locker_comes_exactly_the_backup() {
        let backup = [note(1, "a", 1), note(2, "b", 2)];
        for how in [How::Merge, How::Replace] {
            let plan = Plan::new(&[], &backup, how, Moment(9));
            assert_eq!(
                (plan.new, plan.changed, plan.same, plan.binned),
                (2, 0, 0, 0)
            );
            assert_eq!(plan.keep, backup);
            let again = Plan::new(&plan.keep, &backup, how, Moment(9));
            assert_eq!(
                (again.same, again.keep.len()),
                (2, 0),
                "the second time changes nothing"
            );
        }
    }

    #[test]
    fn what_differs_keeps_both_texts_and_what_is_not_in_the_backup_can_be_taken_back() {
        let here = [note(1, "later", 5), note(3, "only here", 1)];
        let backup = [note(1, "before", 1), note(2, "b", 2)];
        let plan = Plan::new(&here, &backup, How::Replace, Moment(9));
        assert_eq!(
            (plan.new, plan.changed, plan.same, plan.binned),
            (1, 1, 0, 1)
        );
        let one = plan.keep.iter().find(|item| item.id == here[0].id).unwrap();
        let kept = one.note().unwrap();
        assert_eq!(
            (kept.text.as_str(), kept.earlier[0].text.as_str()),
            ("later", "before")
        );
        let binned = plan.keep.iter().find(|item| item.id == here[1].id).unwrap();
        assert_eq!(binned.binned, Some(Moment(9)));
        let merged = Plan::new(&here, &backup, How::Merge, Moment(9));
        assert_eq!((merged.new, merged.changed, merged.binned), (1, 1, 0));
    }
}
