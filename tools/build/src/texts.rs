//! The texts that each program needs, out of all in `extension/_locales`: one file for each module and language, with a line
//! for each text, in the order of the keys.

use crate::locales::{self, Texts};
use crate::project::Project;
use anyhow::{Context, Result, ensure};
use memchr::memmem;
use std::path::Path;

/// A module and what the keys of its texts begin with.
const SETS: [(&str, &[&str]); 5] = [
    (
        "content",
        &[
            "badge_",
            "check_",
            "clock_",
            "menu_close",
            "menu_next_steps",
            "notice_",
            "strip_",
            "tooltip_",
            "where_on",
            "where_rule_",
            "where_today",
        ],
    ),
    (
        "order",
        &[
            "badge_",
            "clock_",
            "dispute_stage_",
            "menu_",
            "notice_",
            "point_",
            "said_of",
            "stage_advice_",
            "stage_means_",
            "stage_more",
            "stage_name",
            "stage_turn_",
            "stage_unknown",
            "stage_unread",
            "tooltip_",
            "warning_",
            "where_",
        ],
    ),
    (
        "background",
        &[
            "badge_",
            "dashboard_and_more_",
            "dashboard_fact_of_",
            "dashboard_items_",
            "dashboard_order",
            "reminder_",
            "said_of",
            "where_by",
            "where_opened",
            "where_opens",
        ],
    ),
    ("dashboard", &[""]),
    (
        "evidence",
        &[
            "badge_",
            "checklist_",
            "dashboard_and_more_",
            "dashboard_items_",
            "dashboard_order",
            "dashboard_page",
            "dashboard_problems",
            "dashboard_stays",
            "evidence_",
            "happened_",
            "menu_close",
            "menu_open_page",
            "reminders_title",
            // So begins the name of a field in what is exported.
            "return_tracking",
            "settings_title",
            "sync_conflict",
            "sync_leaves",
            "sync_undecided",
            "where_on",
            "where_today",
        ],
    ),
];

/// The sentences of a claim, which the page of it can tell in another language than its own.
const STATEMENT: (&str, &[&str]) = ("statement", &["statement_"]);

/// Writes the files below `dist`, where the modules lie already.
pub fn write(project: &Project, dist: &Path) -> Result<()> {
    let languages = locales::read(project)?;
    for (module, beginnings) in SETS {
        let wasm = dist.join(module).join(format!("{module}_bg.wasm"));
        let code = std::fs::read(&wasm).with_context(|| format!("reading {}", wasm.display()))?;
        // The other languages have the same.
        let texts = languages.get(locales::REFERENCE);
        let missing = texts.map(|texts| missing(&code, texts, beginnings));
        let missing = missing.context("the texts that all others follow are missing")?;
        ensure!(
            missing.is_empty(),
            "the module {module} names texts that tools/build/src/texts.rs does not give it: {}",
            missing.join(", ")
        );
    }
    for (name, beginnings) in SETS.into_iter().chain([STATEMENT]) {
        let folder = dist.join("texts").join(name);
        std::fs::create_dir_all(&folder)?;
        for (language, texts) in &languages {
            let file = folder.join(format!("{language}.txt"));
            std::fs::write(&file, lines(texts, beginnings)?)
                .with_context(|| format!("writing {}", file.display()))?;
        }
    }
    Ok(())
}

fn wanted(key: &str, beginnings: &[&str]) -> bool {
    beginnings
        .iter()
        .any(|beginning| key.starts_with(beginning))
}

/// The texts that the code names and would not be given.
fn missing<'a>(code: &[u8], texts: &'a Texts, beginnings: &[&str]) -> Vec<&'a str> {
    let names = |key: &str| memmem::find(code, key.as_bytes()).is_some();
    texts
        .keys()
        .map(String::as_str)
        .filter(|key| !wanted(key, beginnings) && names(key))
        .collect()
}

fn lines(texts: &Texts, beginnings: &[&str]) -> Result<String> {
    let mut file = String::new();
    for (key, text) in texts.iter().filter(|(key, _)| wanted(key, beginnings)) {
        ensure!(
            !text.message.contains('\n') && !key.contains('='),
            "{key}: a text is one line, and a key has no equals sign"
        );
        file.push_str(key);
        file.push('=');
        file.push_str(&text.message);
        file.push('\n');
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn texts() -> Texts {
        serde_json::from_value(json!({
            "badge_over": { "message": "Over since $1" },
            "menu_close": { "message": "Close" },
            "where_on": { "message": "on $1" },
        }))
        .unwrap()
    }

    #[test]
    fn a_module_is_given_its_texts_in_the_order_of_their_keys() {
        assert_eq!(
            lines(&texts(), &["where_", "badge_"]).unwrap(),
            "badge_over=Over since $1\nwhere_on=on $1\n"
        );
    }

    #[test]
    fn a_text_that_a_module_names_and_is_not_given_is_found() {
        let code = b"\0asm badge_over where_on";
        assert_eq!(missing(code, &texts(), &["badge_"]), ["where_on"]);
        assert!(missing(code, &texts(), &["badge_", "where_on"]).is_empty());
    }

    #[test]
    fn a_text_of_two_lines_is_refused() {
        let texts: Texts = serde_json::from_value(json!({ "a": { "message": "b\nc" } })).unwrap();
        assert!(lines(&texts, &[""]).is_err());
    }
}
