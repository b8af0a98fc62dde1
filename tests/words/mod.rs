//! The words of the interface, as the tests of data that needs some look for them.

use recourse::domain::settings::languages;

/// The texts of a language, as the file has them.
fn texts(language: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/extension/_locales");
    let path = format!("{folder}/{language}/messages.json");
    // A language without a file has no words.
    std::fs::read_to_string(path).unwrap_or_default()
}

/// The text is there in every language: its key is of these parts, the second of which is an id.
pub fn has_words(beginning: &str, id: &str, end: &str) {
    let key = format!("\"{beginning}{}{end}\": {{", id.replace('-', "_"));
    for language in languages() {
        assert!(texts(language).contains(&key), "{language}: {key}");
    }
}
