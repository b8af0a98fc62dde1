//! The loaders, where they say in their own words what the program says elsewhere.

use recourse::domain::settings::languages;

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
