//! The file of complaints and of ways outside the shop: its schema, what is refused in it, and the constants that it becomes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Deserialize;

use super::provenance::{Confidence, is_id, provenance};

/// The windows that a way can have, as they are named in data and in code.
const CLOCKS: [(&str, &str); 4] = [
    ("withdrawal", "Withdrawal"),
    ("legal-guarantee", "LegalGuarantee"),
    ("card-dispute", "CardDispute"),
    ("paypal-dispute", "PaypalDispute"),
];

const SERVICES: [(&str, &str); 2] = [("card", "Card"), ("paypal", "Paypal")];

const HAPPENED: [(&str, &str); 14] = [
    ("never-came", "NeverCame"),
    ("marked-delivered", "MarkedDelivered"),
    ("damaged", "Damaged"),
    ("not-working", "NotWorking"),
    ("wrong-colour", "WrongColour"),
    ("wrong-size", "WrongSize"),
    ("wrong-material", "WrongMaterial"),
    ("wrong-function", "WrongFunction"),
    ("wrong-item", "WrongItem"),
    ("parts-missing", "PartsMissing"),
    ("empty-parcel", "EmptyParcel"),
    ("counterfeit", "Counterfeit"),
    ("bad-quality", "BadQuality"),
    ("other", "Other"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    route: Vec<Route>,
    category: Vec<Category>,
    contact: Vec<Contact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Route {
    id: String,
    #[serde(default)]
    countries: Vec<String>,
    service: Option<String>,
    clock: Option<String>,
    page: Option<String>,
    limits: bool,
    confidence: Confidence,
    source: String,
    seen: toml::value::Datetime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Category {
    id: String,
    label: String,
    happened: Vec<String>,
    confidence: Confidence,
    source: String,
    seen: toml::value::Datetime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contact {
    address: String,
    confidence: Confidence,
    source: String,
    seen: toml::value::Datetime,
}

/// The name in code of one of those.
fn variant<'a>(known: &[(&str, &'a str)], name: &str, of: &str) -> Result<&'a str, String> {
    let found = known.iter().find(|(known, _)| *known == name);
    found
        .map(|(_, variant)| *variant)
        .ok_or(format!("{of}: there is no {name}"))
}

fn option(found: Option<String>) -> String {
    found.map_or("None".to_owned(), |found| format!("Some({found})"))
}

/// The constants of that file, or what is wrong with it.
pub fn code(text: &str) -> Result<String, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let wrong = |error: std::fmt::Error| error.to_string();
    let mut ids = BTreeSet::new();
    let mut out = String::from("pub static ROUTES: &[Route] = &[\n");
    for route in &file.route {
        let id = &route.id;
        if !is_id(id) || !ids.insert(id) {
            return Err(format!("route {id:?} is there twice, or is no id"));
        }
        let is_country = |country: &&String| {
            country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase())
        };
        if let Some(country) = route.countries.iter().find(|country| !is_country(country)) {
            return Err(format!("{id}: {country} is no country"));
        }
        if let Some(page) = &route.page {
            let host = page
                .strip_prefix("https://")
                .ok_or(format!("{id}: {page} is not on https"))?;
            if host.contains("consumers/odr") || host.contains("webgate.ec.europa.eu") {
                return Err(format!("{id}: that platform was closed on 20 July 2025"));
            }
        }
        let service = match &route.service {
            Some(service) => Some(format!("Service::{}", variant(&SERVICES, service, id)?)),
            None => None,
        };
        let clock = match &route.clock {
            Some(clock) => Some(format!("ClockKind::{}", variant(&CLOCKS, clock, id)?)),
            None => None,
        };
        let page = route.page.as_ref().map(|page| format!("{page:?}"));
        let from = provenance(id, route.confidence, &route.source, &route.seen)?;
        writeln!(
            out,
            "    Route {{ id: {id:?}, countries: &{:?}, service: {}, clock: {}, page: {}, limits: {}, from: {from} }},",
            route.countries,
            option(service),
            option(clock),
            option(page),
            route.limits
        )
        .map_err(wrong)?;
    }
    out.push_str("];\npub static CATEGORIES: &[Category] = &[\n");
    let mut fits = BTreeSet::new();
    for category in &file.category {
        let id = &category.id;
        if !is_id(id) || !ids.insert(id) {
            return Err(format!("category {id:?} is there twice, or is no id"));
        }
        let mut happened = Vec::new();
        for name in &category.happened {
            let variant = variant(&HAPPENED, name, id)?;
            if !fits.insert(name) {
                return Err(format!("{id}: {name} fits another category"));
            }
            happened.push(format!("Happened::{variant}"));
        }
        let from = provenance(id, category.confidence, &category.source, &category.seen)?;
        writeln!(
            out,
            "    Category {{ id: {id:?}, label: {:?}, happened: &[{}], from: {from} }},",
            category.label,
            happened.join(", ")
        )
        .map_err(wrong)?;
    }
    if let Some((name, _)) = HAPPENED
        .iter()
        .find(|(name, _)| !fits.iter().any(|fit| fit == name))
    {
        return Err(format!("no category fits {name}"));
    }
    out.push_str("];\npub static CONTACTS: &[Contact] = &[\n");
    for contact in &file.contact {
        let address = &contact.address;
        if !matches!(contact.confidence, Confidence::D) {
            return Err(format!("{address}: nobody has verified it"));
        }
        let from = provenance(address, contact.confidence, &contact.source, &contact.seen)?;
        writeln!(out, "    Contact {{ address: {address:?}, from: {from} }},").map_err(wrong)?;
    }
    out.push_str("];\n");
    Ok(out)
}
