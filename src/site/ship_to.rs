//! The country that an order is sent to, from the address on its own page. Nothing else of the address is read.
//!
//! ```text
//! .order-detail-info-item           the address; the order's own facts, of the same class, are .order-detail-order-info
//! #user-shipping-list li.long       until March 2022: "Country: Iceland", or a line of the address
//! ```
//! Shape: scrapers that read the whole of it, of 2015, 2022 and 2024. How its lines are composed is not documented, so the country is
//! what stands at either end of a line, postal codes left out, and is a country's name as a whole. Where the lines name several
//! countries, as a person called Chad makes them, none is known.

use crate::domain::country::Country;
use crate::reading::text::{fold, is_digit, parts, tidy};

use super::node::PageNode;

const ADDRESS: &str = ".order-detail-info-item:not(.order-detail-order-info)";
const OLD_ADDRESS: &str = "#user-shipping-list li.long";

/// The countries and territories of ISO 3166-1, and Kosovo.
const CODES: &str = "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCR\
     CUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJP\
     KEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPK\
     PLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVU\
     WFWSXKYEYTZAZMZW";

/// Names that are in use beside those of CLDR.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("CZ", "Czech Republic"),
    ("CZ", "République tchèque"),
    ("CZ", "República Checa"),
    ("CZ", "República Tcheca"),
    ("CZ", "Tschechische Republik"),
    ("CZ", "Repubblica Ceca"),
    ("CZ", "Republika Czeska"),
    ("CZ", "Tsjechische Republiek"),
    ("CZ", "Çek Cumhuriyeti"),
    ("CZ", "Česká republika"),
    ("CZ", "Чешская Республика"),
    ("GB", "Great Britain"),
    ("KR", "Republic of Korea"),
    ("NL", "The Netherlands"),
    ("NL", "Holland"),
    ("RU", "Russian Federation"),
    ("RU", "Российская Федерация"),
    ("SK", "Slovak Republic"),
    ("TR", "Turkey"),
    ("US", "United States of America"),
];

/// What countries are called, in the languages of one page.
#[derive(Clone, Debug, Default)]
pub struct CountryNames {
    /// Folded, in their order; none for a name that two countries have.
    names: Vec<(String, Option<Country>)>,
}

impl CountryNames {
    /// From pairs of a code and a name. A name that two countries have is none's.
    #[must_use]
    pub fn new<'a>(named: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        let others = OTHER_NAMES.iter();
        let others = others.map(|(code, name)| (*code, (*name).to_owned()));
        let mut names = Self::default();
        for (code, name) in named.into_iter().chain(others) {
            names.add(fold(&name), Country::new(code));
        }
        names
    }

    fn add(&mut self, name: String, country: Option<Country>) {
        match self.place(&name) {
            Ok(place) => {
                if let Some((_, known)) = self.names.get_mut(place)
                    && *known != country
                {
                    *known = None;
                }
            }
            Err(place) if !name.is_empty() => self.names.insert(place, (name, country)),
            Err(_) => {}
        }
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        self.names
            .binary_search_by(|(known, _)| known.as_str().cmp(name))
    }

    /// The country of that name.
    #[must_use]
    pub fn country(&self, name: &str) -> Option<Country> {
        let place = self.place(&fold(name)).ok()?;
        self.names.get(place)?.1
    }
}

/// The codes of all countries, one by one.
pub fn codes() -> impl Iterator<Item = &'static str> + Clone {
    (0..CODES.len())
        .step_by(2)
        .filter_map(|at| CODES.get(at..at + 2))
}

/// The country that the page's order is sent to, with its name as printed. `None` where no address is shown, or no country, or more
/// than one.
pub fn read<N: PageNode>(root: &N, names: &CountryNames) -> Option<(Country, String)> {
    let mut lines = root.all(OLD_ADDRESS);
    lines.extend(root.first(ADDRESS));
    let mut found: Option<(Country, String)> = None;
    while let Some(line) = lines.pop() {
        let text = tidy(&line.spaced_text());
        for name in ends(&text) {
            match (&found, names.country(&name)) {
                (Some((other, _)), Some(country)) if *other != country => return None,
                (None, Some(country)) => found = Some((country, name)),
                _ => {}
            }
        }
        lines.extend(line.children());
    }
    found
}

/// What stands at the two ends of a line of an address, without numbers: a postal code may stand on either side of a country.
fn ends(line: &str) -> [String; 2] {
    let divides = |letter: char| matches!(letter, ',' | '，' | '、' | '،' | ';' | ':' | '：');
    let (mut first, mut last) = (String::new(), String::new());
    for piece in parts(line, divides) {
        let piece = without_numbers(piece);
        if !piece.is_empty() {
            if first.is_empty() {
                first.clone_from(&piece);
            }
            last = piece;
        }
    }
    [first, last]
}

/// Without the words at its ends that have a digit.
fn without_numbers(piece: &str) -> String {
    let (mut text, mut length) = (String::new(), 0);
    for word in parts(piece, |letter| letter == ' ') {
        let has_digit = word.chars().any(is_digit);
        if word.is_empty() || has_digit && text.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
        if !has_digit {
            length = text.len();
        }
    }
    text.truncate(length);
    text
}
