//! The languages that a page is read with: loaded while the storage opens, and kept for when the program begins again.

use std::cell::{Cell, RefCell};

use web_sys::Element;

use crate::browser::files::File;
use crate::domain::problem::{Field, Trouble};
use crate::domain::sighting::{Fact, Page, Reading};
use crate::site::address;
use crate::site::lexicon::{self, Lexicon};

/// Which languages: the page's own, if it is known, and what the shop falls back to; or all.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Choice {
    own: Option<&'static str>,
    all: bool,
}

thread_local! {
    static LOADED: RefCell<Vec<(Choice, &'static Lexicon)>> = const { RefCell::new(Vec::new()) };
    /// Whether the page turned out not to speak the language that it declares.
    static ALL: Cell<bool> = const { Cell::new(false) };
}

/// Languages whose files are being read.
pub(super) struct Loading {
    choice: Choice,
    files: Vec<File>,
}

impl Loading {
    /// Begins to load what that page is read with.
    pub fn begin(root: &Element, page: Page) -> Self {
        let own = language_of(root).as_deref().and_then(lexicon::known);
        // The list must be read in the frame in which it appears, and finds out by itself what it needs.
        let all = ALL.get() || (own.is_none() && page != Page::OrderList);
        let choice = Choice { own, all };
        let is_loaded =
            LOADED.with_borrow(|loaded| loaded.iter().any(|(other, _)| *other == choice));
        let files = if is_loaded {
            Vec::new()
        } else {
            let open = |code: &&str| File::open(&["languages/", code, ".txt"].concat());
            lexicon::wanted(own, all).iter().map(open).collect()
        };
        Self { choice, files }
    }

    /// The languages. They are never forgotten: a page knows few, however often the program begins again.
    pub async fn finish(self) -> Result<&'static Lexicon, String> {
        let choice = self.choice;
        let kept =
            LOADED.with_borrow(|loaded| loaded.iter().find(|(other, _)| *other == choice).copied());
        if let Some((_, lexicon)) = kept {
            return Ok(lexicon);
        }
        let mut texts: Vec<&'static str> = Vec::new();
        for file in self.files {
            texts.push(file.text().await?.leak());
        }
        let lexicon: &'static Lexicon = Box::leak(Box::new(Lexicon::parse(
            &texts,
            choice.own.is_some() && !choice.all,
        )));
        LOADED.with_borrow_mut(|loaded| loaded.push((choice, lexicon)));
        Ok(lexicon)
    }
}

/// The page's language: what the document says, else its host.
pub(super) fn language_of(root: &Element) -> Option<String> {
    let declared = root
        .get_attribute("lang")
        .filter(|tag| !tag.trim().is_empty());
    declared.or_else(|| {
        let host = web_sys::window()?.location().hostname().ok()?;
        address::language_of_host(&host).map(str::to_owned)
    })
}

/// The languages in which the page may name a country: its own, what the shop falls back to, and all where it does not speak the one
/// that it declares.
pub(super) fn spoken(root: &Element) -> Vec<String> {
    let wanted = lexicon::wanted(None, ALL.get());
    let wanted = wanted.into_iter().map(str::to_owned);
    language_of(root).into_iter().chain(wanted).collect()
}

/// Whether the page speaks the language that it declares, by what was understood of it.
#[derive(Default)]
pub(super) struct Fit {
    understood: Cell<bool>,
    failed: Cell<bool>,
}

impl Fit {
    pub fn note(&self, reading: &Reading) {
        if reading
            .facts
            .iter()
            .any(|(fact, _)| matches!(fact, Fact::State(_)))
        {
            self.understood.set(true);
        }
        let unreadable = |problem: &crate::domain::problem::Problem| {
            problem.field == Field::State && problem.trouble == Trouble::Unreadable
        };
        if reading.problems.iter().any(unreadable) {
            self.failed.set(true);
        }
    }

    /// Whether the program should begin again with all languages: not one state was understood, for the first time.
    pub fn needs_all(&self) -> bool {
        self.failed.get() && !self.understood.get() && !ALL.replace(true)
    }
}
