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

    /// All that the extension may do, and what for. Whoever adds to this list is asked for it by the stores, and by the user.
    #[test]
    fn the_extension_may_do_this_and_nothing_more() {
        let project = Project::of_this_crate();
        // Which scripts of ours belong to the shop: its pages, and for the Russian one only if the user wants it.
        let shop = ["https://*.aliexpress.com/*", "https://*.aliexpress.us/*"];
        let russian = "https://aliexpress.ru/*";
        for browser in Browser::ALL {
            let text = write(&project, browser).unwrap();
            let manifest: Map<String, Value> = serde_json::from_str(&text).unwrap();
            let may = |key: &str| manifest.get(key).cloned().unwrap_or_default();
            assert_eq!(
                may("permissions"),
                json!([
                    // What was read is remembered.
                    "storage",
                    // What the user adds is not limited, nor cleared away by the browser.
                    "unlimitedStorage",
                    // The user is reminded in time, and told so.
                    "alarms",
                    "notifications",
                ])
            );
            assert_eq!(may("host_permissions"), json!(shop));
            // The list of the Russian site is read where the user switches that on.
            assert_eq!(may("optional_permissions"), json!(["scripting"]));
            assert_eq!(may("optional_host_permissions"), json!([russian]));
            // Nothing is kept from private windows.
            assert_eq!(may("incognito"), json!("not_allowed"));

            let texts = |value: &Value| -> Vec<String> {
                let all = value.as_array().unwrap().iter();
                all.map(|text| text.as_str().unwrap().to_owned()).collect()
            };
            // A pattern of a page, and the host permission that covers it.
            let host = |pattern: &str| pattern.split('/').nth(2).unwrap().to_owned();
            let is_of_the_shop = |pattern: &str| {
                let host = host(pattern);
                pattern.starts_with("https://")
                    && [".aliexpress.com", ".aliexpress.us"]
                        .iter()
                        .any(|end| host.ends_with(end))
            };
            let mut pages: Vec<String> = Vec::new();
            for script in may("content_scripts").as_array().unwrap() {
                let matches = texts(&script["matches"]);
                assert!(
                    matches.iter().all(|page| is_of_the_shop(page)),
                    "{matches:?}"
                );
                assert_eq!(script["all_frames"], json!(false));
                assert!(
                    script.get("world").is_none(),
                    "never in the page's own world"
                );
                let dot_com = matches.iter().filter(|page| host(page).ends_with(".com"));
                let paths = dot_com.map(|page| page.replacen("https://", "", 1));
                pages.extend(paths);
            }
            assert_eq!(
                pages,
                [
                    // The list of orders.
                    "*.aliexpress.com/p/order/*",
                    "*.aliexpress.com/orderList.htm*",
                    "*.aliexpress.com/order_list.htm*",
                    // One order: its page, its parcel, its returns and disputes.
                    "*.aliexpress.com/p/order/detail*",
                    "*.aliexpress.com/p/tracking/*",
                    "*.aliexpress.com/order_detail.htm*",
                    "*.aliexpress.com/p/refund-dispute/list*",
                    "*.aliexpress.com/p/refund-amount/detail*",
                    "*.aliexpress.com/p/refund-cancel/*",
                    "*.aliexpress.com/issue/fastissue/Detail*",
                    // What a listing says, kept as evidence.
                    "*.aliexpress.com/item/*",
                    // The form of a dispute.
                    "*.aliexpress.com/p/reverse-pages/*",
                    "*.aliexpress.com/issue/createIssue*",
                    // The shop asks to sign in amid a form: the claim is safe.
                    "login.aliexpress.com/*",
                    "passport.aliexpress.com/*",
                ]
            );
            let resources = may("web_accessible_resources");
            let seen_by = resources.as_array().unwrap().iter();
            let seen_by: Vec<_> = seen_by.map(|part| texts(&part["matches"])).collect();
            assert_eq!(seen_by, [shop.to_vec(), vec![russian]]);

            // Other keys can give a page or another extension a way in as well, or take over a part of the browser.
            let own = match browser {
                Browser::Chrome => ["message_serialization", "minimum_chrome_version"].as_slice(),
                Browser::Firefox => ["browser_specific_settings"].as_slice(),
            };
            let mut keys = vec![
                "action",
                "background",
                "content_scripts",
                "content_security_policy",
                "default_locale",
                "description",
                "host_permissions",
                "icons",
                "incognito",
                "manifest_version",
                "name",
                "optional_host_permissions",
                "optional_permissions",
                "options_ui",
                "permissions",
                "version",
                "web_accessible_resources",
            ];
            keys.extend(own);
            keys.sort_unstable();
            let mut found: Vec<&str> = manifest.keys().map(String::as_str).collect();
            found.sort_unstable();
            assert_eq!(found, keys, "for {}", browser.name());
            // What the extension's own pages may reach: nothing but themselves.
            let policy = may("content_security_policy")["extension_pages"].clone();
            let policy = policy.as_str().unwrap();
            assert!(
                policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';")
            );
            assert!(policy.contains("connect-src 'self';") && !policy.contains("http"));
        }
    }

    #[test]
    fn a_key_that_is_said_twice_is_an_error() {
        let source =
            source(json!({ "common": { "name": "a" }, "chrome": { "name": "b" }, "firefox": {} }));
        let error = combine(&source, Browser::Chrome, "1.0.0").unwrap_err();
        assert!(error.to_string().contains("\"name\" twice for chrome"));
    }
}
