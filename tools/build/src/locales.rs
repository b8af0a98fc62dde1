//! Every language has the same texts, with the same placeholders, and the manifest's texts exist.

use crate::project::Project;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The language that says which texts there are.
const REFERENCE: &str = "en";

#[derive(Deserialize)]
pub struct Text {
    pub message: String,
    #[serde(default)]
    placeholders: BTreeMap<String, serde_json::Value>,
}

pub type Texts = BTreeMap<String, Text>;

/// Every language's texts.
pub fn read(project: &Project) -> Result<BTreeMap<String, Texts>> {
    let mut languages: BTreeMap<String, Texts> = BTreeMap::new();
    let folder = project.path("extension/_locales");
    for entry in
        std::fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))?
    {
        let entry = entry?;
        let path = entry.path().join("messages.json");
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("reading {}", path.display()))?;
        let texts = serde_json::from_str(&text)
            .with_context(|| format!("{} is not as it must be", path.display()))?;
        languages.insert(entry.file_name().to_string_lossy().into_owned(), texts);
    }
    Ok(languages)
}

pub fn check(project: &Project) -> Result<()> {
    let languages = read(project)?;
    let manifest = std::fs::read_to_string(project.path("extension/manifest.json"))?;
    let problems = compare(&languages, &manifest);
    if problems.is_empty() {
        Ok(())
    } else {
        bail!(
            "the languages in extension/_locales differ:\n  {}",
            problems.join("\n  ")
        )
    }
}

fn compare(languages: &BTreeMap<String, Texts>, manifest: &str) -> Vec<String> {
    let Some(reference) = languages.get(REFERENCE) else {
        return vec![format!("{REFERENCE} is missing")];
    };
    let mut problems = Vec::new();
    for key in manifest
        .split("__MSG_")
        .skip(1)
        .filter_map(|rest| rest.split("__").next())
    {
        if !reference.contains_key(key) {
            problems.push(format!("{REFERENCE}: the manifest's text {key} is missing"));
        }
    }
    for (language, texts) in languages {
        for key in reference
            .keys()
            .filter(|key| !texts.contains_key(*key) && !counted(key))
        {
            problems.push(format!("{language}: {key} is missing"));
        }
        for (key, text) in texts {
            if text.message.trim().is_empty() {
                problems.push(format!("{language}: {key} is empty"));
            }
            match reference.get(key) {
                Some(expected) if placeholders(expected) != placeholders(text) => {
                    problems.push(format!(
                        "{language}: {key} has the placeholders {:?}, {REFERENCE} has {:?}",
                        placeholders(text),
                        placeholders(expected)
                    ))
                }
                None if !counted(key) => {
                    problems.push(format!("{language}: {key} is not in {REFERENCE}"))
                }
                _ => {}
            }
        }
    }
    problems
}

/// Whether a text is one of several for different counts; which of them there are depends on the language.
fn counted(key: &str) -> bool {
    ["_zero", "_one", "_two", "_few", "_many"]
        .iter()
        .any(|form| key.ends_with(form))
}

/// What is filled in: `$1` by its place, `$NAME$` by its name, and the names that are declared. `$$` is a dollar sign.
fn placeholders(text: &Text) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = text
        .placeholders
        .keys()
        .map(|name| name.to_lowercase())
        .collect();
    let mut rest = text.message.as_str();
    while let Some((_, after)) = rest.split_once('$') {
        rest = after;
        if let Some(after) = rest.strip_prefix('$') {
            rest = after;
        } else if let Some(place) = rest.chars().next().filter(char::is_ascii_digit) {
            names.insert(place.to_string());
        } else if let Some((name, after)) = rest.split_once('$')
            && name
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        {
            names.insert(name.to_lowercase());
            rest = after;
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn languages(value: serde_json::Value) -> BTreeMap<String, Texts> {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn languages_with_the_same_texts_agree_whatever_their_plurals() {
        let languages = languages(json!({
            "en": { "days_one": { "message": "$N$ day" }, "days_other": { "message": "$N$ days" } },
            "ru": { "days_few": { "message": "$N$ дня" }, "days_other": { "message": "$N$ дней" } },
        }));
        assert_eq!(compare(&languages, ""), Vec::<String>::new());
    }

    #[test]
    fn placeholders_are_told_from_the_text_around_them() {
        let text = |message: &str| Text {
            message: message.to_owned(),
            placeholders: BTreeMap::new(),
        };
        let found = |message| {
            placeholders(&text(message))
                .into_iter()
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(found("$1 days left, $2"), "1 2");
        assert_eq!(found("$1 jours avant $DATE$"), "1 date");
        assert_eq!(found("US $$5 or $$1"), "");
    }

    #[test]
    fn missing_empty_unknown_and_differing_texts_are_found() {
        let languages = languages(json!({
            "en": { "a": { "message": "one $X$" }, "b": { "message": "two" } },
            "fr": { "a": { "message": "un" }, "c": { "message": " " } },
        }));
        let problems = compare(&languages, "__MSG_name__");
        assert_eq!(problems.len(), 5, "{problems:?}");
    }
}
