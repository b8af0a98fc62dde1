//! One manifest source, two manifests.
//!
//! `extension/manifest.json` has three parts: what both browsers get, and what only one of them gets. The version comes
//! from Cargo.toml.

use crate::project::{Browser, Project};
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

/// The manifest of one browser, as text.
pub fn write(project: &Project, browser: Browser) -> Result<String> {
    let path = project.path("extension/manifest.json");
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let source: Map<String, Value> =
        serde_json::from_str(&text).context("extension/manifest.json is not a JSON object")?;
    let manifest = combine(&source, browser, &project.version)?;
    Ok(serde_json::to_string_pretty(&manifest)? + "\n")
}

fn combine(
    source: &Map<String, Value>,
    browser: Browser,
    version: &str,
) -> Result<Map<String, Value>> {
    let part = |name: &str| {
        source
            .get(name)
            .and_then(Value::as_object)
            .with_context(|| format!("extension/manifest.json has no part {name:?}"))
    };
    let mut manifest = part("common")?.clone();
    manifest.insert("version".to_owned(), version.into());
    for (key, value) in part(browser.name())? {
        if manifest.insert(key.clone(), value.clone()).is_some() {
            bail!(
                "extension/manifest.json says {key:?} twice for {}",
                browser.name()
            );
        }
    }
    Ok(manifest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn source(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn each_browser_gets_the_common_part_and_its_own() {
        let source = source(json!({
            "common": { "name": "Recourse" },
            "chrome": { "background": { "service_worker": "a.js" } },
            "firefox": { "background": { "scripts": ["a.js"] } },
        }));
        let chrome = combine(&source, Browser::Chrome, "1.2.3").unwrap();
        let firefox = combine(&source, Browser::Firefox, "1.2.3").unwrap();
        let expected = json!({ "name": "Recourse", "version": "1.2.3", "background": { "service_worker": "a.js" } });
        assert_eq!(Value::Object(chrome), expected);
        assert_eq!(firefox["background"], json!({ "scripts": ["a.js"] }));
    }

    #[test]
    fn a_key_that_is_said_twice_is_an_error() {
        let source =
            source(json!({ "common": { "name": "a" }, "chrome": { "name": "b" }, "firefox": {} }));
        let error = combine(&source, Browser::Chrome, "1.0.0").unwrap_err();
        assert!(error.to_string().contains("\"name\" twice for chrome"));
    }
}
