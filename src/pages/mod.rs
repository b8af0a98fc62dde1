//! The extension's own pages: popup, dashboard, settings, first run. One program for all; the document says which it is.

mod chip;
mod claim;
mod claims;
mod copies;
mod dashboard;
mod date_check;
mod dom;
mod evidence;
mod fill;
mod frame;
mod keeping;
mod locker;
mod orders;
mod popup;
mod problems;
mod records;
mod reminders;
mod sending;
mod settings;
mod shop_page;
mod timeline;
mod welcome;

use std::rc::Rc;

use crate::browser::messages::{self, Texts};
use crate::browser::runtime;
use crate::domain::settings::{Settings, Theme};
use crate::reading::language::base;
use crate::store::{LocalStore, StorageError};
use crate::wording::Wording;

/// What every page needs.
pub struct Context {
    pub store: LocalStore,
    pub settings: Settings,
    pub wording: Wording,
    /// Why the settings could not be read; the page then runs on those of a new user.
    pub unread: Option<StorageError>,
    /// Whether notes and deadlines are shared with the user's other browsers.
    shares: bool,
}

impl Context {
    async fn load(texts: Texts) -> Result<Rc<Self>, String> {
        let store = LocalStore::open();
        let (settings, unread) = match store.settings().await {
            Ok(settings) => (settings, None),
            Err(error) => (Settings::default(), Some(error)),
        };
        let unchosen = told_language().unwrap_or_else(runtime::ui_language);
        let mut wording = Wording::load(texts, &language(&settings, &unchosen)).await?;
        // Storage that refuses is named where orders are read.
        wording.doubt = store.doubt().await.ok().flatten();
        let shares = store.is_sync_on().await.unwrap_or_default();
        Ok(Rc::new(Self {
            shares,
            store,
            settings,
            wording,
            unread,
        }))
    }

    pub fn text(&self, key: &str) -> String {
        self.wording.messages.text(key)
    }

    /// The promise that nothing leaves this computer; or, where the user shares notes, what is said instead.
    pub fn promise(&self, key: &str, shared: &str) -> String {
        self.text(if self.shares { shared } else { key })
    }

    pub fn with(&self, key: &str, args: &[&str]) -> String {
        self.wording.messages.with(key, args)
    }

    /// The text for a number, which is its first placeholder.
    pub fn counted(&self, key: &str, n: usize, args: &[&str]) -> String {
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        let number = self.wording.intl.number(n);
        let args: Vec<&str> = std::iter::once(number.as_str())
            .chain(args.iter().copied())
            .collect();
        self.wording.messages.plural(key, n, &args)
    }

    pub fn number(&self, n: usize) -> String {
        self.wording
            .intl
            .number(u32::try_from(n).unwrap_or(u32::MAX))
    }
}

/// The language of the shop's page around this one, where the program that opened it there told one.
fn told_language() -> Option<String> {
    let query = web_sys::window()?.location().search().ok()?;
    let told = query.strip_prefix("?lang=")?;
    messages::ours(told).map(str::to_owned)
}

/// The user's choice, else the browser's language. Where both are one language the browser's tag is taken, because it may
/// name a region, and so the form of dates and numbers.
fn language(settings: &Settings, browser: &str) -> String {
    let chosen = settings.language.as_deref().and_then(messages::ours);
    match chosen {
        Some(chosen) if !base(browser).eq_ignore_ascii_case(chosen) => chosen.to_owned(),
        _ => browser.to_owned(),
    }
}

/// Draws the page that the document names, in its own time. Started from here and not from the binary, which would compile most
/// of what is waited for a second time.
pub fn run() {
    wasm_bindgen_futures::spawn_local(start());
}

/// Draws the page that the document names.
pub async fn start() {
    let context = match Context::load(Texts::Dashboard).await {
        Ok(context) => context,
        // The page's own words for this case appear by themselves.
        Err(error) => return runtime::log("the page could not start", &error.into()),
    };
    show(context).await;
}

async fn show(context: Rc<Context>) {
    dress(&context);
    match dom::body().attribute("data-page").as_deref() {
        Some("popup") => popup::show(context).await,
        Some("dashboard") => dashboard::show(context).await,
        Some("settings") => settings::show(context).await,
        Some("claim") => claim::show(context).await,
        Some("fill") => fill::show(context).await,
        Some("welcome") => welcome::show(&context),
        other => runtime::log("no page of this name", &format!("{other:?}").into()),
    }
}

/// Draws the page of evidence, in its own time.
pub fn run_evidence() {
    wasm_bindgen_futures::spawn_local(start_evidence());
}

/// Draws the page of evidence, which has a module for itself: the shop's page waits for it.
async fn start_evidence() {
    match Context::load(Texts::Evidence).await {
        Ok(context) => {
            dress(&context);
            evidence::show(context).await;
        }
        Err(error) => runtime::log("the page could not start", &error.into()),
    }
}

/// Language, direction and colours of the page.
fn dress(context: &Context) {
    let root = dom::root();
    root.set("lang", Some(context.wording.messages.language()));
    root.set(
        "dir",
        Some(if context.wording.messages.right_to_left() {
            "rtl"
        } else {
            "ltr"
        }),
    );
    root.set(
        "data-theme",
        match context.settings.theme {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        },
    );
}
