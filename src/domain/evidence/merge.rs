//! One piece of evidence that is known from two places: this browser, and a backup or another browser.

use super::{Content, Item, Version};

/// What both know of it together: what was done last counts, and no text of a note is lost. In whichever order any number of
/// copies are brought together, the same comes out.
#[must_use]
pub fn merged(one: &Item, other: &Item) -> Item {
    let (mut last, before) = if age(one) >= age(other) {
        (one.clone(), other)
    } else {
        (other.clone(), one)
    };
    last.made = last.made.min(before.made);
    if let (Content::Note(note), Content::Note(old)) = (&mut last.content, &before.content) {
        note.earlier.extend(old.earlier.iter().cloned());
        note.earlier.push(Version {
            at: before.changed,
            text: old.text.clone(),
        });
        note.earlier.sort();
        note.earlier.dedup();
        // What stands in the note is no earlier version of it.
        let current = note.text.clone();
        note.earlier
            .retain(|version| version.text != current && !version.text.trim().is_empty());
    }
    last
}

/// Of two copies the larger one counts: the one changed later, and between two of one moment always the same one.
fn age(item: &Item) -> impl Ord + '_ {
    let text = match &item.content {
        Content::Note(note) => Some(&note.text),
        _ => None,
    };
    let content = text.is_none().then_some(&item.content);
    (item.changed, item.binned, text, content, &item.place)
}

#[cfg(test)]
mod tests {
    use super::super::{ItemId, Note, Place};
    use super::*;
    use crate::domain::order::OrderId;
    use crate::domain::time::Moment;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn item() -> impl Strategy<Value = Item> {
        let version = (0..4_i64, "[a-c]{0,2}").prop_map(|(at, text)| Version {
            at: Moment(at),
            text,
        });
        (
            0..4_i64,
            0..4_i64,
            proptest::option::of(0..4_i64),
            "[a-c]{0,2}",
            vec(version, 0..3),
        )
            .prop_map(|(made, changed, binned, text, earlier)| {
                let place = Place {
                    order: OrderId::new("8212313961591322").unwrap(),
                    line: None,
                };
                let content = Content::Note(Note { text, earlier });
                let mut item = Item::new(ItemId::drawn([1; 16]), place, Moment(made), content);
                item.changed = Moment(changed);
                item.binned = binned.map(Moment);
                item
            })
    }

    /// Every text that a note holds.
    fn texts(item: &Item) -> Vec<String> {
        let note = item.note().unwrap();
        let earlier = note.earlier.iter().map(|version| version.text.clone());
        let mut texts: Vec<String> = earlier.chain([note.text.clone()]).collect();
        texts.retain(|text| !text.trim().is_empty());
        texts.sort();
        texts.dedup();
        texts
    }

    #[test]
    fn what_a_note_was_before_does_not_decide_which_of_two_copies_counts() {
        let note = |earlier: &str, line: Option<u8>| {
            let place = Place {
                order: OrderId::new("8212313961591322").unwrap(),
                line,
            };
            let version = Version {
                at: Moment(0),
                text: earlier.to_owned(),
            };
            let content = Content::Note(Note {
                text: "as it is".to_owned(),
                earlier: vec![version],
            });
            Item::new(ItemId::drawn([1; 16]), place, Moment(1), content)
        };
        // Both know all that it was once they are brought together; so it would decide another time than the first.
        let (one, other) = (note("z", None), note("a", Some(7)));
        for both in [merged(&one, &other), merged(&other, &one)] {
            assert_eq!(both.place.line, Some(7));
            assert_eq!(texts(&both), ["a", "as it is", "z"]);
        }
    }

    proptest! {
        #[test]
        fn the_order_does_not_matter_and_nothing_is_lost(a in item(), b in item(), c in item()) {
            let ab = merged(&a, &b);
            prop_assert_eq!(&ab, &merged(&b, &a));
            prop_assert_eq!(texts(&merged(&ab, &c)), texts(&merged(&a, &merged(&b, &c))));
            let mut all = [texts(&a), texts(&b)].concat();
            all.sort();
            all.dedup();
            prop_assert_eq!(texts(&ab), all);
            prop_assert_eq!(merged(&ab, &b), merged(&ab, &ab.clone()), "what is known already changes nothing");
        }
    }
}
