//! What is refused in the file of complaints and of ways outside the shop, and that all of it has its words.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect should stop right there"
)]

#[path = "../build/provenance.rs"]
mod provenance;
#[path = "../build/routes.rs"]
mod routes;

use recourse::domain::routes::{CATEGORIES, ROUTES};

const FILE: &str = include_str!("../src/domain/routes.toml");

const LANGUAGES: [(&str, &str); 3] = [
    ("en", include_str!("../extension/_locales/en/messages.json")),
    ("fr", include_str!("../extension/_locales/fr/messages.json")),
    ("ru", include_str!("../extension/_locales/ru/messages.json")),
];

fn refusal(right: &str, wrong: &str) -> String {
    assert!(FILE.contains(right), "{right}");
    routes::code(&FILE.replacen(right, wrong, 1)).unwrap_err()
}

#[test]
fn each_mistake_is_named() {
    for (right, wrong, said) in [
        (
            "id = \"paypal\"",
            "id = \"card\"",
            "route \"card\" is there twice",
        ),
        (
            "countries = [\"BE\"]",
            "countries = [\"be\"]",
            "be is no country",
        ),
        (
            "countries = [\"BE\"]",
            "country = [\"BE\"]",
            "unknown field `country`",
        ),
        (
            "https://consumerconnect.be/",
            "http://consumerconnect.be/",
            "is not on https",
        ),
        (
            "https://consumerconnect.be/",
            "https://ec.europa.eu/consumers/odr/",
            "closed on 20 July 2025",
        ),
        (
            "clock = \"withdrawal\"",
            "clock = \"appeal\"",
            "withdrawal: there is no appeal",
        ),
        (
            "service = \"card\"",
            "service = \"cash\"",
            "card: there is no cash",
        ),
        (
            "\"empty-parcel\"]",
            "\"lost\"]",
            "not-received: there is no lost",
        ),
        (
            "\"empty-parcel\"]",
            "\"damaged\"]",
            "damaged fits another category",
        ),
        (", \"empty-parcel\"]", "]", "no category fits empty-parcel"),
        (
            "confidence = \"D\"",
            "confidence = \"B\"",
            "nobody has verified it",
        ),
        (
            "source = \"paypal.com",
            "source = \"\"\n# \"",
            "paypal: say where it is from",
        ),
    ] {
        let refused = refusal(right, wrong);
        assert!(refused.contains(said), "{wrong}: {refused}");
    }
}

#[test]
fn all_of_it_has_its_words_in_every_language() {
    for (language, texts) in LANGUAGES {
        let has = |beginning: &str, name: &str, end: &str| {
            let key = format!("\"{beginning}{}{end}\": {{", name.replace('-', "_"));
            assert!(texts.contains(&key), "{language}: {key}");
        };
        for route in ROUTES {
            has("route_", route.id, "");
            has("route_", route.id, "_how");
            if route.limits {
                has("route_", route.id, "_not");
            }
        }
        for category in CATEGORIES {
            has("complaint_", category.id, "");
        }
    }
}
