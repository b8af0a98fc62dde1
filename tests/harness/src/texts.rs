//! The texts of the interface, from the files that the extension is built with.

use anyhow::{Context, Result};
use serde_json::Value;

/// The text of that key in a language of the interface.
pub fn text_of(language: &str, key: &str) -> Result<String> {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../extension/_locales")
        .join(language)
        .join("messages.json");
    let texts: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let text = texts.pointer(&format!("/{key}/message"));
    Ok(text.and_then(Value::as_str).context("a text")?.to_owned())
}

/// The longest part of that text in which nothing is put.
pub fn part_of(language: &str, key: &str) -> Result<String> {
    let text = text_of(language, key)?;
    let mut parts: Vec<&str> = text.split("$1").map(str::trim).collect();
    parts.sort_by_key(|part| part.len());
    Ok(parts.pop().unwrap_or_default().to_owned())
}
