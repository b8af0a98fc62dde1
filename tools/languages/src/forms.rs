//! The words by which a dispute form's fields are told: `src/form/words/<tag>.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Lines;
use crate::meanings::{KINDS, MEANINGS};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Source {
    /// The page is about a dispute, a refund or a return.
    dispute: Vec<String>,
    /// What stands beside the fields.
    received: Vec<String>,
    solution: Vec<String>,
    reason: Vec<String>,
    amount: Vec<String>,
    description: Vec<String>,
    photos: Vec<String>,
    videos: Vec<String>,
    /// What can be chosen.
    yes: Vec<String>,
    no: Vec<String>,
    got: Vec<String>,
    not_got: Vec<String>,
    refund_only: Vec<String>,
    return_refund: Vec<String>,
    /// Something that a claim does not ask for: another one of the same goods.
    exchange: Vec<String>,
    /// The goods do not do what is said beside it: they are not sent, or it is the money that is given back.
    taken_back: Vec<String>,
    /// The field belongs to another form.
    other_form: Vec<String>,
    /// Something is paid there.
    payment: Vec<String>,
    reasons: BTreeMap<String, Vec<String>>,
    kinds: BTreeMap<String, Vec<String>>,
}

pub fn write(source: &str, lines: &mut Lines) -> Result<(), String> {
    let source: Source = toml::from_str(source).map_err(|error| error.to_string())?;
    for (name, stems) in [
        ("dispute", &source.dispute),
        ("received", &source.received),
        ("solution", &source.solution),
        ("reason", &source.reason),
        ("amount", &source.amount),
        ("description", &source.description),
        ("photos", &source.photos),
        ("videos", &source.videos),
        ("yes", &source.yes),
        ("no", &source.no),
        ("got", &source.got),
        ("not-got", &source.not_got),
        ("refund-only", &source.refund_only),
        ("return-refund", &source.return_refund),
        ("exchange", &source.exchange),
        ("taken-back", &source.taken_back),
        ("other-form", &source.other_form),
        ("payment", &source.payment),
    ] {
        lines.list(name, stems, false);
    }
    for (sort, known, given) in [
        ("reason", &MEANINGS[..], &source.reasons),
        ("kind", &KINDS[..], &source.kinds),
    ] {
        for name in known {
            match given.get(*name) {
                Some(stems) => lines.list(&format!("{sort}-{name}"), stems, false),
                None => lines
                    .wrong
                    .push(format!("no words for the {sort} {name:?}")),
            }
        }
        for name in given.keys().filter(|name| !known.contains(&name.as_str())) {
            lines.wrong.push(format!("{name:?} is no {sort}"));
        }
    }
    // The same words cannot mean two things: neither would ever be chosen.
    let mut meant: Vec<(String, &String)> = Vec::new();
    for (name, stems) in &source.reasons {
        for stem in lines.folded(name, stems) {
            if let Some((_, other)) = meant.iter().find(|(known, _)| *known == stem) {
                lines
                    .wrong
                    .push(format!("{stem:?} is a reason of {other} and of {name}"));
            }
            meant.push((stem, name));
        }
    }
    Ok(())
}
