//! What the two programs on the shop's pages do alike.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, Element};

use crate::browser::clock;
use crate::browser::files::File;
use crate::browser::messages::{self, Texts};
use crate::browser::runtime::{self, Request};
use crate::domain::computer_clock::Doubt;
use crate::domain::order::OrderId;
use crate::domain::settings::Settings;
use crate::domain::sighting::Page;
use crate::overlay::Style;
use crate::site::{Lexicon, address, list_page};
use crate::store::{Engine, EngineSeen};
use crate::wording::Wording;

use super::languages::{Loading, language_of};

/// The page that a program was loaded into.
#[derive(Clone)]
pub(super) struct Place {
    pub document: Document,
    pub root: Element,
    pub page: Page,
}

impl Place {
    /// `None` on a page that is not read.
    pub fn here() -> Option<Self> {
        let window = web_sys::window()?;
        let document = window.document()?;
        Some(Self {
            root: document.document_element()?,
            page: address::page_of_path(&window.location().pathname().ok()?)?,
            document,
        })
    }

    /// The words of the interface, and their language.
    pub async fn wording(
        &self,
        texts: Texts,
        settings: &Settings,
        doubt: Option<Doubt>,
    ) -> Option<(Rc<Wording>, String)> {
        let language = language_here(&self.root, settings);
        Some((wording(texts, &language, doubt).await?, language))
    }
}

/// Whether the page's address is that of the page on which a dispute is cancelled.
pub(super) fn asks_to_cancel() -> bool {
    is_at(address::asks_to_cancel)
}

/// Whether the page's address is still that of a list, and not of one of its orders: the Russian site changes it without loading anything.
pub(super) fn is_at_list() -> bool {
    is_at(address::is_ru_list)
}

fn is_at(is_meant: fn(&str) -> bool) -> bool {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok());
    path.is_some_and(|path| is_meant(&path))
}

/// Where a notice stands on the page, and before what.
pub(super) fn notice_place(document: &Document) -> Option<(Element, Option<web_sys::Node>)> {
    let place = document.query_selector(list_page::NOTICE_PLACE);
    let body = || document.body().map(JsCast::unchecked_into);
    let parent: Element = place.ok().flatten().or_else(body)?;
    let first = parent.first_child();
    Some((parent, first))
}

thread_local! {
    /// How often the program has begun on this page.
    static BEGUN: Cell<u32> = const { Cell::new(0) };
}

/// One beginning of the program, which takes a while. What was changed meanwhile makes it begin again, and the later one counts.
#[derive(Clone, Copy)]
pub(super) struct Beginning(u32);

impl Beginning {
    pub fn new() -> Self {
        BEGUN.set(BEGUN.get().wrapping_add(1));
        Self(BEGUN.get())
    }

    /// Whether no other has begun since.
    pub fn counts(self) -> bool {
        BEGUN.get() == self.0
    }
}

/// The words of one language, which say that the clock is doubted if it is; or nothing where the extension's own files cannot be read.
pub(super) async fn wording(
    texts: Texts,
    language: &str,
    doubt: Option<Doubt>,
) -> Option<Rc<Wording>> {
    match Wording::load(texts, language).await {
        Ok(mut wording) => {
            wording.doubt = doubt;
            Some(Rc::new(wording))
        }
        Err(error) => {
            runtime::log(
                "its own texts could not be loaded, so nothing is shown",
                &error.into(),
            );
            None
        }
    }
}

/// The style of what is drawn, or nothing where the extension's own files cannot be read.
pub(super) async fn style(file: File) -> Option<Style> {
    match file.text().await {
        Ok(css) => Some(Style(css)),
        Err(error) => {
            runtime::log(
                "its style could not be loaded, so nothing is shown",
                &error.into(),
            );
            None
        }
    }
}

/// The languages that the page is read with, or nothing where the extension's own files cannot be read.
pub(super) async fn lexicon(languages: Loading) -> Option<&'static Lexicon> {
    match languages.finish().await {
        Ok(lexicon) => Some(lexicon),
        Err(error) => {
            runtime::log(
                "its languages could not be loaded, so nothing is read",
                &error.into(),
            );
            None
        }
    }
}

/// The language of the interface: the one that the user chose, else the page's, else the browser's.
pub(super) fn language_here(root: &Element, settings: &Settings) -> String {
    let chosen = settings.language.clone();
    chosen
        .or_else(|| language_of(root).filter(|tag| messages::ours(tag).is_some()))
        .unwrap_or_else(runtime::ui_language)
}

/// What tells a page of ours in a frame the language of the page around it, which it cannot see: `?lang=fr`, or nothing.
pub(super) fn language_for_frame(root: &Element) -> String {
    let language = language_of(root).as_deref().and_then(messages::ours);
    language.map_or_else(String::new, |language| ["?lang=", language].concat())
}

/// The engine that the loader chose.
pub(super) fn engine() -> Option<Engine> {
    let name = Reflect::get(&js_sys::global(), &"recourseEngine".into())
        .ok()?
        .as_string()?;
    Engine::named(&name)
}

/// Tells the background program when the shop made the page, if the computer's clock does not agree, and which engine runs
/// here, for the settings page.
pub(super) fn tell_of_itself(document: &Document) {
    if let Some(made) = clock::made(document)
        && Doubt::of_document(made, clock::now()).is_some()
    {
        tell(Request::DocumentDate(made));
    }
    if let Some(engine) = engine() {
        let at = clock::now();
        tell(Request::Engine(EngineSeen { engine, at }));
    }
}

/// Sends what the page is no worse off without.
pub(super) fn tell(request: Request) {
    spawn_local(async move {
        let _ = runtime::send(&request).await;
    });
}

pub(super) fn open_dashboard(order: Option<OrderId>) {
    spawn_local(async move {
        if let Err(error) = runtime::send(&Request::OpenDashboard(order)).await {
            runtime::log("the dashboard could not be opened", &error.into());
        }
    });
}

pub(super) fn prepare_claim(order: OrderId) {
    spawn_local(async move {
        if let Err(error) = runtime::open_claim(&order).await {
            runtime::log("the page of a claim could not be opened", &error.into());
        }
    });
}

pub(super) fn reload() {
    let _ = web_sys::window().map(|window| window.location().reload());
}
