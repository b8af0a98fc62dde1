//! Every language has the same texts, with the same placeholders and its own plural forms, and the manifest's texts exist.

use crate::project::Project;
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The language that says which texts there are.
pub const REFERENCE: &str = "en";

/// All that a number's text can depend on, as CLDR names it.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What the browsers' stores take, in letters.
const LONGEST_DESCRIPTION: usize = 132;

/// The plural forms of each language for whole numbers and fractions, as CLDR has them.
fn forms(language: &str) -> Option<&'static [&'static str]> {
    Some(match language {
        "id" | "ja" | "ko" | "th" | "vi" | "zh" => &["other"],
        "de" | "en" | "nl" | "tr" => &["one", "other"],
        "he" => &["one", "two", "other"],
        "es" | "fr" | "it" | "pt" => &["one", "many", "other"],
        "cs" | "pl" | "ru" | "uk" => &["one", "few", "many", "other"],
        "ar" => &FORMS,
        _ => return None,
    })
}

/// What is counted stands first among what is filled in.
const COUNT: &str = "1";

/// Whether the form is for one number alone, which the word itself may say: two days are one word in Arabic and Hebrew.
fn is_of_one_number(language: &str, form: &str) -> bool {
    match language {
        "ar" => matches!(form, "zero" | "one" | "two"),
        "he" => matches!(form, "one" | "two"),
        _ => false,
    }
}

#[derive(Clone, Deserialize, Serialize)]
pub struct Text {
    pub message: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
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
    for key in named_by(manifest) {
        if !reference.contains_key(key) {
            problems.push(format!("{REFERENCE}: the manifest's text {key} is missing"));
        }
    }
    for (language, texts) in languages {
        let Some(forms) = forms(language) else {
            problems.push(format!("{language}: its plural forms are not known"));
            continue;
        };
        for key in reference.keys() {
            match counted(reference, key) {
                None if !texts.contains_key(key) => {
                    problems.push(format!("{language}: {key} is missing"));
                }
                Some((of, "other")) => {
                    let missing = forms.iter().map(|form| format!("{of}_{form}"));
                    let missing = missing.filter(|key| !texts.contains_key(key));
                    problems.extend(missing.map(|key| format!("{language}: {key} is missing")));
                }
                _ => {}
            }
        }
        let described = texts.get("extension_description");
        if described.is_some_and(|text| text.message.chars().count() > LONGEST_DESCRIPTION) {
            problems.push(format!(
                "{language}: the extension's description is longer than {LONGEST_DESCRIPTION} letters"
            ));
        }
        for (key, text) in texts {
            if text.message.trim().is_empty() {
                problems.push(format!("{language}: {key} is empty"));
            }
            let of = counted(reference, key);
            if of.is_some_and(|(_, form)| !forms.contains(&form)) {
                problems.push(format!("{language}: {key} is a form that it does not have"));
            }
            let expected = of.and_then(|(of, _)| reference.get(&format!("{of}_other")));
            let Some(expected) = expected.or_else(|| reference.get(key)) else {
                problems.push(format!("{language}: {key} is not in {REFERENCE}"));
                continue;
            };
            let (mut expected, found) = (placeholders(expected), placeholders(text));
            if of.is_some_and(|(_, form)| is_of_one_number(language, form))
                && !found.contains(COUNT)
            {
                expected.remove(COUNT);
            }
            if expected != found {
                problems.push(format!(
                    "{language}: {key} has the placeholders {found:?}, {REFERENCE} has {expected:?}"
                ));
            }
        }
    }
    problems
}

/// Of a text that is one of several for different counts, what is counted and the form.
fn counted<'a>(reference: &Texts, key: &'a str) -> Option<(&'a str, &'a str)> {
    let (of, form) = key.rsplit_once('_')?;
    let has = |form: &str| reference.contains_key(&format!("{of}_{form}"));
    (FORMS.contains(&form) && has("one") && has("other")).then_some((of, form))
}

/// The names in the manifest of texts that the browser puts in their places.
fn named_by(manifest: &str) -> impl Iterator<Item = &str> {
    let after = manifest.split("__MSG_").skip(1);
    after.filter_map(|rest| rest.split("__").next())
}

/// Writes what the browser itself reads: the manifest's texts. The programs have files of their own for theirs.
pub fn write_for_manifest(project: &Project, dist: &Path) -> Result<()> {
    let manifest = std::fs::read_to_string(project.path("extension/manifest.json"))?;
    for (language, texts) in read(project)? {
        let wanted: BTreeMap<&str, Text> = named_by(&manifest)
            .filter_map(|key| Some((key, texts.get(key)?.clone())))
            .collect();
        let folder = dist.join("_locales").join(language);
        std::fs::create_dir_all(&folder)?;
        let path = folder.join("messages.json");
        std::fs::write(&path, serde_json::to_string_pretty(&wanted)? + "\n")
            .with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
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
            "pl": {
                "days_one": { "message": "$N$ dzień" }, "days_few": { "message": "$N$ dni" },
                "days_many": { "message": "$N$ dni" }, "days_other": { "message": "$N$ dnia" },
            },
            "ja": { "days_other": { "message": "$N$日" } },
        }));
        assert_eq!(compare(&languages, ""), Vec::<String>::new());
    }

    #[test]
    fn a_word_says_the_number_where_a_form_has_only_one() {
        let of = |two: &str, other: &str| {
            languages(json!({
                "en": { "days_one": { "message": "$1 day, $2" }, "days_other": { "message": "$1 days, $2" } },
                "he": {
                    "days_one": { "message": "יום אחד, $2" }, "days_two": { "message": two }, "days_other": { "message": other },
                },
            }))
        };
        let problems = |two, other| compare(&of(two, other), "").len();
        assert_eq!(problems("יומיים, $2", "$1 ימים, $2"), 0);
        assert_eq!(problems("$1 ימים, $2", "$1 ימים, $2"), 0);
        assert_eq!(problems("יומיים", "$1 ימים, $2"), 1);
        assert_eq!(problems("יומיים, $2", "ימים, $2"), 1);
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
    fn a_plural_form_too_few_or_too_many_is_found() {
        let languages = languages(json!({
            "en": { "days_one": { "message": "$1 day" }, "days_other": { "message": "$1 days" }, "any_one": { "message": "any" } },
            "de": { "days_other": { "message": "$1 Tage" }, "any_one": { "message": "irgendeine" } },
            "ja": { "days_one": { "message": "$1日" }, "days_other": { "message": "日" }, "any_one": { "message": "どれでも" } },
            "xx": {},
        }));
        assert_eq!(
            compare(&languages, ""),
            [
                "de: days_one is missing",
                "ja: days_one is a form that it does not have",
                "ja: days_other has the placeholders {}, en has {\"1\"}",
                "xx: its plural forms are not known",
            ]
        );
    }

    #[test]
    fn a_description_longer_than_the_stores_take_is_found() {
        let described =
            |letters: usize| json!({ "extension_description": { "message": "ж".repeat(letters) } });
        for (letters, problems) in [(132, 0), (133, 1)] {
            let languages = languages(json!({ "en": described(letters) }));
            assert_eq!(compare(&languages, "").len(), problems, "{letters}");
        }
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
