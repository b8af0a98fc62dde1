//! The country that an order is sent to: read from the address on its own page, of which nothing else is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use recourse::domain::country::Country;
use recourse::domain::ledger::Record;
use recourse::domain::sighting::{Fact, Page};
use recourse::site::ship_to::{self, CountryNames, codes};

use crate::detail::{page, read};
use crate::node::Parsed;

/// What CLDR calls countries: language, code, and one or two names. See `countries.mjs`.
pub fn named() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let lines = include_str!("countries.tsv").lines();
    lines.flat_map(|line| {
        let mut words = line.split('\t');
        let (language, code) = (words.next().unwrap(), words.next().unwrap());
        words.map(move |name| (language, code, name))
    })
}

fn address(lines: &[&str]) -> Parsed {
    let lines = lines
        .iter()
        .map(|line| format!("<div>{line}</div>"))
        .collect::<String>();
    Parsed::page(&format!(
        "<div class=\"order-detail-info-item order-detail-order-info\"><div class=\"info-row\">Order placed on: Jul 15, 2026</div></div>
         <div class=\"order-detail-info-item\"><div class=\"order-block-title\">Delivery address</div>{lines}</div>"
    ))
}

fn sent_to(lines: &[&str], language: &str) -> Option<(String, String)> {
    let found = ship_to::read(&address(lines), countries(language));
    found.map(|(country, name)| (country.code().to_owned(), name))
}

fn is(code: &str, name: &str) -> Option<(String, String)> {
    Some((code.to_owned(), name.to_owned()))
}

#[test]
fn every_country_is_read_in_every_language_wherever_it_stands_at_an_end_of_the_address() {
    let mut of_name: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for (language, code, name) in named() {
        of_name.entry((language, name)).or_default().push(code);
    }
    let mut read = 0;
    for ((language, name), codes) in of_name {
        // "Hong Kong, China" and "Côte d’Ivoire" are names as well; only a name with a comma in it is none of an address.
        if name.contains([',', '，', '、', '،']) {
            continue;
        }
        let [code] = codes.as_slice() else {
            panic!("{name} of {codes:?}");
        };
        for line in [
            format!("Rua Secreta 7, Jardim Modelo, Sao Paulo, {name}, 01000-999"),
            format!("{name}, 01000-999, Sao Paulo, Rua Secreta 7"),
            format!("Rua Secreta 7，Sao Paulo，{name}"),
            format!("Sao Paulo, 01000 {name}"),
            name.to_owned(),
        ] {
            let found = sent_to(&["Ana Souza", "+55 11 5555 0101", &line], language);
            assert_eq!(
                found.map(|(code, _)| code).as_deref(),
                Some(*code),
                "{language}: {line}"
            );
            read += 1;
        }
    }
    assert!(read > 20_000, "{read}");
}

#[test]
fn the_codes_are_all_countries_each_once() {
    let mut all: Vec<&str> = codes().collect();
    assert_eq!(all.len(), 250);
    all.dedup();
    assert_eq!(all.len(), 250);
    assert!(all.is_sorted() && all.iter().all(|code| Country::new(code).is_some()));
}

#[test]
fn the_shops_own_english_names_are_known_on_a_page_of_any_language() {
    for (name, code) in [
        ("Czech Republic", "CZ"),
        ("Turkey", "TR"),
        ("russian federation", "RU"),
        ("The Netherlands", "NL"),
        ("Belgium", "BE"),
    ] {
        for language in ["en", "ko", "he", "sw"] {
            let found = sent_to(&["Main street 1", name], language);
            assert_eq!(found, is(code, name), "{language}");
        }
    }
}

#[test]
fn a_country_that_the_address_does_not_say_without_doubt_is_not_known() {
    for lines in [
        // A name in the middle of a line is a street's, a town's or a province's.
        &["Rue de France 5, Brussels, 1000, Bruxelles-Capitale"][..],
        &["Chad", "Main street 5, Toronto, Canada"],
        &["Mexico, Missouri, Brazil"],
        &["Brussels, Belgium, 1000", "Paris, France"],
        &["Rua Secreta 7, Sao Paulo"],
        &["Belgiumstreet 4, Belgium-sur-Mer"],
        &["7, 1000, , "],
        &[],
    ] {
        assert_eq!(sent_to(lines, "en"), None, "{lines:?}");
    }
    // Nor is a shared name, whatever two languages mean by it.
    let names = CountryNames::new([
        ("GE", "Georgia".to_owned()),
        ("US", "Georgia".to_owned()),
        ("DE", "Germany".to_owned()),
        ("DE", "germany".to_owned()),
        ("x", "Nowhere".to_owned()),
        ("FR", " ".to_owned()),
    ]);
    assert_eq!(names.country("Georgia"), None);
    assert_eq!(names.country("Germany"), Country::new("DE"));
    assert_eq!(names.country("Nowhere"), None);
    assert_eq!(names.country(""), None);
}

#[test]
fn a_province_that_is_called_as_a_country_is_none() {
    for line in [
        "Rue de la Gare 4, Arlon, Luxembourg, Belgium, 6700",
        "4 Main Street, Atlanta, Georgia, Belgium",
    ] {
        assert_eq!(sent_to(&["Ana", line], "fr"), is("BE", "Belgium"));
    }
}

#[test]
fn the_facts_of_the_order_and_what_the_page_says_elsewhere_are_no_address() {
    let page = Parsed::page(
        "<div class=\"ship-to\">Belgium</div>
         <div class=\"order-detail-info-item order-detail-order-info\"><div class=\"info-row\">Ships from: China</div></div>",
    );
    assert_eq!(ship_to::read(&page, countries("en")), None);
}

#[test]
fn the_page_before_march_2022_names_it_in_a_line_of_its_own_or_at_the_end_of_one() {
    let read = |lines: &str| {
        let page = format!(
            "<ul id=\"user-shipping-list\"><li class=\"user-shipping\"><span i18entitle=\"Contact Name\">Chad</span></li>{lines}</ul>"
        );
        ship_to::read(&Parsed::page(&page), countries("en"))
    };
    let iceland = Some((Country::new("IS").unwrap(), "Iceland".to_owned()));
    for lines in [
        "<li class=\"long\"><label>Street address :</label><span>Main street 1</span></li>
         <li class=\"long\"><label>Country:</label><span i18entitle=\"Address\">Iceland</span></li>",
        "<li class=\"long\"><span>Main street 1</span></li><li class=\"long\"><span>Reykjavik, 101, Iceland</span></li>",
    ] {
        assert_eq!(read(lines), iceland);
    }
}

#[test]
fn the_record_keeps_the_country_and_nothing_else_of_the_address() {
    let html = page("Completed", "", "", "").replace(
        "<div class=\"order-detail-address\">Ana Souza, Rua Secreta 7, +55 11 5555 0101</div>",
        "<div class=\"order-detail-info-item\"><div>Ana Souza</div><div>+55 11 5555 0101</div>\
         <div>Rua Secreta 7, Sao Paulo, Brasil, 01000-999</div></div>",
    );
    let reading = read(&html, "pt").unwrap();
    let mut record = Record::new(reading.order.clone());
    record.absorb(&reading);
    let (country, sighting) = record.ship_to().unwrap();
    assert_eq!(country.code(), "BR");
    assert_eq!(
        (sighting.page, sighting.text.as_str()),
        (Page::OrderDetail, "Brasil")
    );
    assert_eq!(sighting.fact, Fact::ShipTo(country));
    let kept = recourse::store::record::text_of_record(&record);
    for private in ["Ana", "Secreta", "Paulo", "01000", "5555"] {
        assert!(
            !kept.contains(private),
            "{private} is none of what is read: {kept}"
        );
    }
}

/// What countries are called on a page in that language, as the browsers know it, and in English.
pub fn countries(language: &str) -> &'static CountryNames {
    static ALL: OnceLock<BTreeMap<&'static str, CountryNames>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let languages: BTreeSet<_> = named().map(|(language, ..)| language).collect();
        let of = |language| {
            let spoken = named().filter(move |(own, ..)| [language, "en"].contains(own));
            CountryNames::new(spoken.map(|(_, code, name)| (code, name.to_owned())))
        };
        let names = languages
            .into_iter()
            .map(|language| (language, of(language)));
        names.collect()
    });
    all.get(language).unwrap_or(&all["en"])
}

/// The names in all languages, as for a page that does not speak the one that it declares.
pub fn names_of_all() -> &'static CountryNames {
    static ALL: OnceLock<CountryNames> = OnceLock::new();
    ALL.get_or_init(|| CountryNames::new(named().map(|(_, code, name)| (code, name.to_owned()))))
}
