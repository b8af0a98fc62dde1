//! What is refused in the file of complaints and of ways outside the shop, and that all of it has its words.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect should stop right there"
)]

mod data_file;
#[path = "../build/provenance.rs"]
mod provenance;
#[path = "../build/routes.rs"]
mod routes;
mod words;

use recourse::domain::routes::{CATEGORIES, ROUTES};
use words::has_words;

const FILE: &str = include_str!("../src/domain/routes.toml");

#[test]
fn each_mistake_is_named() {
    let mistakes = [
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
    ];
    data_file::each_is_named(FILE, routes::code, &mistakes);
}

#[test]
fn all_of_it_has_its_words_in_every_language() {
    for route in ROUTES {
        has_words("route_", route.id, "");
        has_words("route_", route.id, "_how");
        if route.limits {
            has_words("route_", route.id, "_not");
        }
    }
    for category in CATEGORIES {
        has_words("complaint_", category.id, "");
    }
}
