//! The texts of the interface.
//!
//! All texts are in the `_locales` files, for which the browser has a reader, but in its own language only; the interface
//! follows the page or the user's choice. So the build writes what each program needs of them into files of its own, and the
//! plural forms come from `Intl.PluralRules`.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::files::File;
use crate::domain::settings::languages;
use crate::reading::language::base;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl, js_name = PluralRules)]
    type PluralRules;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "PluralRules", catch)]
    fn new(language: &str) -> Result<PluralRules, JsValue>;
    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, n: u32) -> String;
}

/// The first of the wanted languages (BCP 47 tags, best first) that there is; else English.
#[must_use]
pub fn choose(wanted: &[&str]) -> &'static str {
    let found = wanted.iter().find_map(|tag| ours(tag));
    found.unwrap_or("en")
}

/// The language of the interface that a BCP 47 tag names.
#[must_use]
pub fn ours(tag: &str) -> Option<&'static str> {
    let base = base(tag);
    languages().find(|language| language.eq_ignore_ascii_case(base))
}

/// The module whose texts they are: the build writes a file for each, in each language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    Background,
    Content,
    Order,
    Dashboard,
    Evidence,
    /// The sentences of a claim, which can be told in another language than the interface's.
    Statement,
}

impl Texts {
    /// The folder that the build writes them to.
    const fn folder(self) -> &'static str {
        match self {
            Self::Background => "texts/background",
            Self::Content => "texts/content",
            Self::Order => "texts/order",
            Self::Dashboard => "texts/dashboard",
            Self::Evidence => "texts/evidence",
            Self::Statement => "texts/statement",
        }
    }
}

/// The texts of one language.
pub struct Messages {
    language: &'static str,
    /// One text in each line after its key and an equals sign, in the order of the keys.
    file: String,
    /// Where in it a line begins, its text, and the next line.
    lines: Vec<[usize; 3]>,
    rules: Option<PluralRules>,
    /// Asking the browser for a number's form costs more than remembering it. In the order of the numbers.
    forms: RefCell<Vec<(u32, &'static str)>>,
}

impl Messages {
    /// Reads the texts of the best match for a BCP 47 tag.
    pub async fn load(texts: Texts, language: &str) -> Result<Self, String> {
        let language = choose(&[language]);
        let file = File::open(&[texts.folder(), "/", language, ".txt"].concat());
        Ok(Self::new(language, file.text().await?))
    }

    /// Takes a file of texts as the build writes it.
    #[must_use]
    pub fn new(language: &str, file: String) -> Self {
        let language = choose(&[language]);
        let mut lines = Vec::new();
        let mut start = 0;
        for line in file.split_inclusive('\n') {
            let end = start + line.len();
            if let Some(key) = line.find('=') {
                lines.push([start, start + key + 1, end]);
            }
            start = end;
        }
        Self {
            language,
            file,
            lines,
            rules: PluralRules::new(language).ok(),
            forms: RefCell::default(),
        }
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
        let of_form = |form: &str| self.find(&[key, "_", form].concat());
        let text = of_form(form).or_else(|| of_form("other"));
        fill(text.unwrap_or(key), args)
    }

    #[must_use]
    pub fn language(&self) -> &str {
        self.language
    }

    #[must_use]
    pub fn right_to_left(&self) -> bool {
        matches!(self.language, "ar" | "he")
    }

    fn raw<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    fn find(&self, key: &str) -> Option<&str> {
        let part = |from: usize, to: usize| self.file.get(from..to).unwrap_or_default();
        let by_key = |line: &[usize; 3]| {
            let [start, text, _] = *line;
            part(start, text - 1).cmp(key)
        };
        let place = self.lines.binary_search_by(by_key).ok()?;
        let [_, text, end] = *self.lines.get(place)?;
        Some(part(text, end).trim_end_matches('\n'))
    }

    fn form(&self, n: u32) -> &'static str {
        let mut forms = self.forms.borrow_mut();
        let place = match forms.binary_search_by_key(&n, |(known, _)| *known) {
            Ok(place) => return forms.get(place).map_or("other", |(_, form)| form),
            Err(place) => place,
        };
        let form = self
            .rules
            .as_ref()
            .map(|rules| rules.select(n))
            .unwrap_or_default();
        let known = ["zero", "one", "two", "few", "many"]
            .into_iter()
            .find(|known| *known == form);
        let form = known.unwrap_or("other");
        forms.insert(place, (n, form));
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
            let stop = |letter: &char| matches!(letter, '.' | '。') && arg.ends_with(*letter);
            if letters.peek().is_some_and(stop) {
                letters.next();
            }
        } else {
            out.push(letter);
        }
    }
    out
}
