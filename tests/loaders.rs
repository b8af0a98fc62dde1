//! The loaders, where they say in their own words what the program says elsewhere.

use recourse::domain::settings::languages;
use recourse::site::address;
use recourse::store::Opening;
use serde_json::Value;

/// What is not read ahead is read late: nothing else would show that a language is missing there.
#[test]
fn texts_are_read_ahead_in_every_language_of_the_interface() {
    let languages = languages().collect::<Vec<_>>().join(" ");
    for loader in [
        include_str!("../extension/loaders/list.js"),
        include_str!("../extension/loaders/page.js"),
    ] {
        assert!(
            loader.contains(&format!("'{languages}'.split(' ')")),
            "{languages}"
        );
    }
}

/// What is read ahead under other keys is read twice, and later than need be.
#[test]
fn the_same_keys_and_as_many_orders_are_read_ahead_as_are_asked_for() {
    let loader = include_str!("../extension/loaders/list.js");
    let keys = Opening::KEYS.map(|key| format!("'{key}'")).join(", ");
    for part in [
        format!("const keys = [{keys}];"),
        format!("first.slice(0, {})", Opening::FRONT),
        format!("newest.slice(0, {})", Opening::NEWEST),
    ] {
        assert!(loader.contains(&part), "{part}");
    }
}

/// A page that is read, and into which the browser loads nothing, is silent.
#[test]
fn a_program_is_loaded_into_every_page_that_is_read() {
    let manifest: Value = serde_json::from_str(include_str!("../extension/manifest.json")).unwrap();
    let scripts = manifest["common"]["content_scripts"].as_array().unwrap();
    let loads = |host: &str, path: &str| {
        let matches = |list: &Value| {
            let patterns = list.as_array().into_iter().flatten();
            let mut patterns = patterns.filter_map(|pattern| pattern.as_str()?.strip_prefix(host));
            patterns.any(|pattern| path.starts_with(pattern.trim_end_matches('*')))
        };
        let mut scripts = scripts.iter();
        scripts.any(|script| matches(&script["matches"]) && !matches(&script["exclude_matches"]))
    };
    for path in [
        "/p/order/index.html",
        "/orderList.htm",
        "/order_list.htm",
        "/p/order/detail.html",
        "/order_detail.htm",
        "/p/tracking/index.html",
        "/p/refund-dispute/list.html",
        "/p/refund-amount/detail.html",
        "/p/refund-cancel/index.html",
        "/issue/fastissue/Detail.htm",
    ] {
        assert!(address::page_of_path(path).is_some(), "{path}");
        for host in ["https://*.aliexpress.com", "https://*.aliexpress.us"] {
            assert!(loads(host, path), "{host}{path}");
        }
    }
}
