//! What the tests of the checked data files share: a mistake put into the file, and the words that it must have.

const LANGUAGES: [(&str, &str); 3] = [
    (
        "en",
        include_str!("../../extension/_locales/en/messages.json"),
    ),
    (
        "fr",
        include_str!("../../extension/_locales/fr/messages.json"),
    ),
    (
        "ru",
        include_str!("../../extension/_locales/ru/messages.json"),
    ),
];

/// Each of these changes of the file must be refused in such words: what is right, what stands in its place, what is said.
pub fn each_is_named(
    file: &str,
    code: fn(&str) -> Result<String, String>,
    mistakes: &[(&str, &str, &str)],
) {
    for (right, wrong, said) in mistakes {
        assert!(file.contains(right), "{right}");
        let refused = code(&file.replacen(right, wrong, 1)).unwrap_err();
        assert!(refused.contains(said), "{wrong}: {refused}");
    }
}

/// The text is there in every language: its key is of these parts, the second of which is an id.
pub fn has_words(beginning: &str, id: &str, end: &str) {
    let key = format!("\"{beginning}{}{end}\": {{", id.replace('-', "_"));
    for (language, texts) in LANGUAGES {
        assert!(texts.contains(&key), "{language}: {key}");
    }
}
