//! How much the browser's sync takes, and what is left out where that is not enough.
//!
//! Chrome and Firefox take 102,400 bytes in 512 items of at most 8,192 bytes each, and a few writes in a minute.

use std::collections::BTreeMap;

/// The longest item: some room is left for how a browser may count.
pub const ITEM: usize = 8_000;

/// A part of what the sync takes: so many bytes in so many items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    pub bytes: usize,
    pub items: usize,
}

/// What the user wrote, which is nowhere else.
pub const NOTES: Room = Room {
    bytes: 60_000,
    items: 300,
};
/// What can be read again.
pub const ORDERS: Room = Room {
    bytes: 40_000,
    items: 200,
};

/// What an item takes: its key, and its text as JSON, in which Chrome writes some letters longer than others do.
#[must_use]
pub fn cost(key: &str, text: &str) -> usize {
    let letter = |letter: char| match letter {
        '"' | '\\' | '\n' | '\r' | '\t' => 2,
        '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{7f}' => 6,
        letter if letter < ' ' => 6,
        letter => letter.len_utf8(),
    };
    key.len() + 2 + text.chars().map(letter).sum::<usize>()
}

/// What is to be written and removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fitted {
    pub put: Vec<(String, String)>,
    pub remove: Vec<String>,
    /// Too long for an item. What is there of it already stays.
    pub long: usize,
    /// There was no room for so many.
    pub left: usize,
}

/// Of what is wanted, the most important first, what there is room for. `there` is what the browser's sync has of this kind. It is only
/// removed where there is no room otherwise, the least important first, so that two browsers that want different things come to rest.
#[must_use]
pub fn fit(room: Room, wanted: &[(String, String)], there: &BTreeMap<&str, &str>) -> Fitted {
    let mut fitted = Fitted::default();
    let mut after: BTreeMap<&str, usize> = there
        .iter()
        .map(|(key, text)| (*key, cost(key, text)))
        .collect();
    // Whatever nobody here wants takes its room all the same.
    let is_wanted = |key: &str| wanted.iter().any(|(wanted, _)| wanted == key);
    let others = after.iter().filter(|(key, _)| !is_wanted(key));
    let (mut bytes, mut items) = others.fold((0, 0), |(bytes, items), (_, cost)| {
        (bytes + cost, items + 1)
    });
    let mut full = false;
    let mut out = Vec::new();
    for (key, text) in wanted {
        let cost = cost(key, text);
        if cost > ITEM {
            fitted.long += 1;
            if let Some(old) = after.get(key.as_str()) {
                (bytes, items) = (bytes + old, items + 1);
            }
            continue;
        }
        full |= bytes + cost > room.bytes || items + 1 > room.items;
        if full {
            fitted.left += 1;
            out.push(key.as_str());
            continue;
        }
        (bytes, items) = (bytes + cost, items + 1);
        if there.get(key.as_str()) != Some(&text.as_str()) {
            fitted.put.push((key.clone(), text.clone()));
        }
    }
    for (key, text) in &fitted.put {
        after.insert(key, cost(key, text));
    }
    let mut total: usize = after.values().sum();
    let mut count = after.len();
    for key in out.into_iter().rev() {
        if total <= room.bytes && count <= room.items {
            break;
        }
        if let Some(cost) = after.get(key) {
            (total, count) = (total - cost, count - 1);
            fitted.remove.push(key.to_owned());
        }
    }
    fitted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn texts(all: &[(String, String)]) -> BTreeMap<&str, &str> {
        let each = all.iter();
        each.map(|(key, text)| (key.as_str(), text.as_str()))
            .collect()
    }

    #[test]
    fn an_item_takes_no_less_than_its_json() {
        let text = "a \"b\" \\ \n<&> é \u{1}";
        let json = serde_json::to_string(text).unwrap();
        assert!(cost("note:1", text) >= 6 + json.len());
        assert_eq!(cost("k", "ab"), 5);
    }

    #[test]
    fn the_least_important_goes_and_only_where_it_must() {
        let room = Room {
            bytes: 30,
            items: 3,
        };
        let item = |key: &str, text: &str| (key.to_owned(), text.to_owned());
        let there = [item("c", "ccccccc"), item("d", "ddddddd")];
        let wanted = [item("a", "aaaaaaa"), there[0].clone(), there[1].clone()];
        let fitted = fit(room, &wanted, &texts(&there));
        assert_eq!(fitted.put, wanted[..1]);
        assert_eq!((fitted.remove, fitted.left), (vec![], 0));
        let wanted = [
            item("a", "aaaaaaa"),
            item("b", "bbb"),
            there[0].clone(),
            there[1].clone(),
        ];
        let fitted = fit(room, &wanted, &texts(&there));
        assert_eq!(fitted.put, wanted[..2]);
        assert_eq!((fitted.remove, fitted.left), (vec!["d".to_owned()], 1));
        let long = [item("a", &"a".repeat(ITEM))];
        let fitted = fit(
            Room {
                bytes: 90_000,
                items: 9,
            },
            &long,
            &texts(&there),
        );
        assert_eq!(
            (fitted.long, fitted.put.len(), fitted.remove.len()),
            (1, 0, 0)
        );
    }

    proptest! {
        #[test]
        fn it_never_takes_more_than_there_is_room_for(
            wanted in vec(("[a-h]", "x{0,12}"), 0..8),
            there in vec(("[a-h]", "x{0,12}"), 0..3),
        ) {
            let room = Room { bytes: 40, items: 4 };
            let mut wanted = wanted;
            wanted.sort_by(|one, other| one.0.cmp(&other.0));
            wanted.dedup_by(|one, other| one.0 == other.0);
            let there = texts(&there);
            let all: usize = there.iter().map(|(key, text)| cost(key, text)).sum();
            prop_assume!(all <= room.bytes && there.len() <= room.items);
            let fitted = fit(room, &wanted, &there);
            let mut after = there.clone();
            for key in &fitted.remove {
                prop_assert!(after.remove(key.as_str()).is_some());
            }
            for (key, text) in &fitted.put {
                after.insert(key, text);
            }
            let all: usize = after.iter().map(|(key, text)| cost(key, text)).sum();
            prop_assert!(all <= room.bytes && after.len() <= room.items, "{all} bytes");
            let again = fit(room, &wanted, &after);
            prop_assert!(again.put.is_empty(), "the second time there is nothing to do");
        }
    }
}
