//! The loaders, where they say in their own words what the program says elsewhere.

use recourse::domain::settings::languages;
use recourse::store::Opening;

/// What is not read ahead is read late: nothing else would show that a language is missing there.
#[test]
fn texts_are_read_ahead_in_every_language_of_the_interface() {
    let languages = languages().collect::<Vec<_>>().join(" ");
    for loader in [
        include_str!("../extension/loaders/list.js"),
        include_str!("../extension/loaders/page.js"),
    ] {
        assert!(
            loader.contains(&format!("'{languages}'.split(' ')")),
            "{languages}"
        );
    }
}

/// What is read ahead under other keys is read twice, and later than need be.
#[test]
fn the_same_keys_and_as_many_orders_are_read_ahead_as_are_asked_for() {
    let loader = include_str!("../extension/loaders/list.js");
    let keys = Opening::KEYS.map(|key| format!("'{key}'")).join(", ");
    for part in [
        format!("const keys = [{keys}];"),
        format!("first.slice(0, {})", Opening::FRONT),
        format!("newest.slice(0, {})", Opening::NEWEST),
    ] {
        assert!(loader.contains(&part), "{part}");
    }
}
