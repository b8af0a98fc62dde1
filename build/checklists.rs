//! The checklists' file: what is refused in it, and the constants that it becomes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    items: BTreeMap<String, Vec<Kind>>,
    checklist: Vec<Checklist>,
}

#[derive(Deserialize, Debug, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Listing,
    Photo,
    Video,
    Note,
    Page,
    Document,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Checklist {
    happened: String,
    must: Vec<String>,
    should: Vec<String>,
}

/// The constants of that file, or what is wrong with it.
pub fn code(text: &str) -> Result<String, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut used = BTreeSet::new();
    let mut happened = BTreeSet::new();
    let mut out = String::from("pub const CHECKLISTS: &[Checklist] = &[\n");
    for list in &file.checklist {
        let name = &list.happened;
        if !happened.insert(name) {
            return Err(format!("{name} has two checklists"));
        }
        if list.must.is_empty() {
            return Err(format!("{name}: nothing must be shown"));
        }
        write!(out, "    Checklist {{ happened: {name:?}, points: &[")
            .map_err(|error| error.to_string())?;
        let mut seen = BTreeSet::new();
        let must = list.must.iter().map(|item| (item, true));
        for (item, must) in must.chain(list.should.iter().map(|item| (item, false))) {
            let Some(kinds) = file.items.get(item) else {
                return Err(format!("{name}: there is no item {item}"));
            };
            if kinds.is_empty() || !seen.insert(item) {
                return Err(format!(
                    "{name}: {item} stands there twice, or nothing can show it"
                ));
            }
            used.insert(item);
            let kinds: Vec<String> = kinds.iter().map(|kind| format!("Kind::{kind:?}")).collect();
            write!(
                out,
                "Point {{ id: {item:?}, must: {must}, kinds: &[{}] }}, ",
                kinds.join(", ")
            )
            .map_err(|error| error.to_string())?;
        }
        out.push_str("] },\n");
    }
    out.push_str("];\n");
    match file.items.keys().find(|item| !used.contains(item)) {
        Some(unused) => Err(format!("no checklist has the item {unused}")),
        None => Ok(out),
    }
}
