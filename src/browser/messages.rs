//! The texts of the interface, from the same `_locales` files as the browser's own.
//!
//! The browser offers its own reader of these files, but in its own language only; the interface follows the page or the
//! user's choice. So the files are read here, and the plural forms come from `Intl.PluralRules`.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use miniserde::{Deserialize, json as format};
use wasm_bindgen::prelude::*;

use super::files::File;

/// The languages in `_locales`, the first one being the language of a user whose own is not there.
pub const LANGUAGES: &[&str] = &["en", "fr", "ru"];

const RIGHT_TO_LEFT: &[&str] = &["ar", "fa", "he", "ur"];

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl, js_name = PluralRules)]
    type PluralRules;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "PluralRules", catch)]
    fn new(language: &str) -> Result<PluralRules, JsValue>;
    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, n: u32) -> String;
}

/// The first of the wanted languages (BCP 47 tags, best first) that there is.
#[must_use]
pub fn choose(wanted: &[&str]) -> &'static str {
    let base = |tag: &str| {
        tag.split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let found = wanted
        .iter()
        .find_map(|tag| LANGUAGES.iter().find(|language| base(tag) == **language));
    found.or(LANGUAGES.first()).copied().unwrap_or("en")
}

/// The texts of one language.
pub struct Messages {
    language: &'static str,
    texts: HashMap<String, String>,
    rules: Option<PluralRules>,
    /// Asking the browser for a number's form costs more than remembering it.
    forms: RefCell<HashMap<u32, &'static str>>,
}

impl Messages {
    /// Reads the texts of the best match for a BCP 47 tag.
    pub async fn load(language: &str) -> Result<Self, String> {
        let language = choose(&[language]);
        let file = File::open(&format!("_locales/{language}/messages.json"));
        Self::parse(language, &file.text().await?)
    }

    /// Takes the content of a `messages.json`.
    pub fn parse(language: &str, json: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Text {
            message: String,
        }
        let language = choose(&[language]);
        let texts: BTreeMap<String, Text> = format::from_str(json)
            .map_err(|_| format!("the texts for {language} are no messages.json"))?;
        Ok(Self {
            language,
            texts: texts
                .into_iter()
                .map(|(key, text)| (key, text.message))
                .collect(),
            rules: PluralRules::new(language).ok(),
            forms: RefCell::default(),
        })
    }

    /// The text of that key. A missing one gives its key: ugly, but it says what is missing.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.raw(key).to_owned()
    }

    /// The text with its placeholders `$1` to `$9` filled. What is filled in is never searched for placeholders.
    #[must_use]
    pub fn with(&self, key: &str, args: &[&str]) -> String {
        fill(self.raw(key), args)
    }

    /// The text for a number, of the keys that end with its plural form: `key_one`, `key_few`, `key_many`, `key_other`.
    #[must_use]
    pub fn plural(&self, key: &str, n: u32, args: &[&str]) -> String {
        let form = self.form(n);
        let text = self
            .texts
            .get(&format!("{key}_{form}"))
            .or_else(|| self.texts.get(&format!("{key}_other")));
        fill(text.map_or(key, String::as_str), args)
    }

    #[must_use]
    pub fn language(&self) -> &str {
        self.language
    }

    #[must_use]
    pub fn right_to_left(&self) -> bool {
        RIGHT_TO_LEFT.contains(&self.language)
    }

    fn raw<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    fn form(&self, n: u32) -> &'static str {
        if let Some(form) = self.forms.borrow().get(&n) {
            return form;
        }
        let form = self
            .rules
            .as_ref()
            .map(|rules| rules.select(n))
            .unwrap_or_default();
        let known = ["zero", "one", "two", "few", "many"]
            .into_iter()
            .find(|known| *known == form);
        let form = known.unwrap_or("other");
        self.forms.borrow_mut().insert(n, form);
        form
    }
}

fn fill(text: &str, args: &[&str]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let number = (letter == '$')
            .then(|| letters.peek().and_then(|next| next.to_digit(10)))
            .flatten();
        let arg = number.and_then(|number| args.get((number as usize).checked_sub(1)?));
        if let Some(arg) = arg {
            out.push_str(arg);
            letters.next();
            // An abbreviated month at the end of a sentence brings its own full stop.
            if arg.ends_with('.') && letters.peek() == Some(&'.') {
                letters.next();
            }
        } else {
            out.push(letter);
        }
    }
    out
}
