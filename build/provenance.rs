//! What the files of data have in common: ids, and where something is from.

use serde::Deserialize;

#[derive(Deserialize, Debug, Clone, Copy, PartialEq)]
pub enum Confidence {
    A,
    B,
    C,
    D,
}

/// The constant that says where something is from; refused without a source or a day.
pub fn provenance(
    name: &str,
    confidence: Confidence,
    source: &str,
    seen: &toml::value::Datetime,
) -> Result<String, String> {
    if source.trim().is_empty() {
        return Err(format!("{name}: say where it is from (source)"));
    }
    if seen.date.is_none() || seen.time.is_some() || seen.offset.is_some() {
        return Err(format!("{name}: seen is a day"));
    }
    Ok(format!(
        "Provenance {{ confidence: Confidence::{confidence:?}, source: {source:?}, seen: \"{seen}\" }}"
    ))
}

/// Whether it can be the end of a message key, with hyphens.
pub fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}
