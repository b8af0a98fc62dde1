//! What the tests of the checked data files share: a mistake put into the file.

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
