//! The languages that a page is read with.
//!
//! Each is a file of its own, so that a page loads its own language and English, which the shop falls back to in the middle
//! of any other, and no more. Where the page's language is not known, or nothing on the page is understood in the language
//! that it declares, it is read with all of them: then a word counts only where all languages that know it agree on it.

use crate::domain::dispute::DisputeStage;
use crate::domain::order::OrderState;
use crate::reading::language::{Language, Languages, base};

use super::words::Words;

/// The files of all languages, by their two-letter code, as the build has written them. For native programs and tests: the
/// program on the shop's pages fetches the few that it needs.
pub const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// Their two-letter codes alone.
const CODES: &[&str] = include!(concat!(env!("OUT_DIR"), "/language_codes.rs"));

/// What the shop falls back to.
const FALLBACK: &str = "en";

/// How some languages write dates and numbers of days, and the shop's words in them.
#[derive(Clone, Debug)]
pub struct Lexicon {
    pub languages: Languages,
    words: Vec<Words>,
    own_first: bool,
}

/// The two-letter code of the language of a BCP 47 tag, if it is known.
#[must_use]
pub fn known(tag: &str) -> Option<&'static str> {
    let code = base(tag.trim());
    CODES
        .iter()
        .find(|known| known.eq_ignore_ascii_case(code))
        .copied()
}

/// The codes of the files that a page in that language is read with, its own first: that one and what the shop falls back
/// to, or all.
#[must_use]
pub fn wanted(own: Option<&'static str>, all: bool) -> Vec<&'static str> {
    let mut codes = Vec::new();
    codes.extend(own);
    let others = if all { CODES } else { &[FALLBACK] };
    codes.extend(others.iter().filter(|code| Some(**code) != own));
    codes
}

impl Lexicon {
    /// From the contents of files; `own_first` says that the first is the page's own language.
    #[must_use]
    pub fn parse(files: &[&'static str], own_first: bool) -> Self {
        let languages = files.iter().map(|file| Language::parse(file)).collect();
        Self {
            languages: Languages::new(languages, own_first),
            words: files.iter().map(|file| Words::parse(file)).collect(),
            own_first,
        }
    }

    /// The same languages as the program on a page in that language loads; with `all`, as on a page that speaks another
    /// language than it declares.
    #[must_use]
    pub fn stored(own: Option<&str>, all: bool) -> Self {
        let own = own.and_then(known);
        let stored = |code: &&str| FILES.iter().find(|(other, _)| other == code);
        let codes = wanted(own, all);
        let files: Vec<_> = codes
            .iter()
            .filter_map(stored)
            .map(|(_, file)| *file)
            .collect();
        Self::parse(&files, own.is_some() && !all)
    }

    /// Whether the words of one of the languages pass.
    pub(super) fn any(&self, mut test: impl FnMut(&Words) -> bool) -> bool {
        self.words.iter().any(&mut test)
    }

    pub(super) fn words(&self) -> &[Words] {
        &self.words
    }

    /// The state that a status text means: in the page's own language, else in every language that knows the text, if they
    /// agree.
    pub(super) fn state_of(&self, folded: &str) -> Option<OrderState> {
        self.agreed(|words| words.state_of(folded))
    }

    /// The stage of a dispute that a status text means, likewise.
    pub(super) fn stage_of(&self, folded: &str) -> Option<DisputeStage> {
        self.agreed(|words| words.stage_of(folded))
    }

    fn agreed<T: PartialEq + Copy>(&self, meaning: impl Fn(&Words) -> Option<T>) -> Option<T> {
        let mut found = None;
        for (at, words) in self.words.iter().enumerate() {
            let Some(meant) = meaning(words) else {
                continue;
            };
            if at == 0 && self.own_first {
                return Some(meant);
            }
            if found.is_some_and(|other| other != meant) {
                return None;
            }
            found = Some(meant);
        }
        found
    }
}
