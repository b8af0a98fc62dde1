//! The content program: decides what a page is and runs the part that reads it.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, Element};

use crate::browser::dom::DomNode;
use crate::browser::measure::Measure;
use crate::browser::messages;
use crate::browser::runtime::{self, Request};
use crate::browser::{clock, storage};
use crate::domain::computer_clock::Doubt;
use crate::domain::settings::Settings;
use crate::domain::sighting::Page;
use crate::overlay::{Action, NoticeKind, Overlay};
use crate::site::strategy::Tally;
use crate::site::{Lexicon, address, list_page, report};
use crate::store::{self, Engine, EngineSeen, LocalStore, Misunderstood, Opening};
use crate::wording::Wording;

use super::clock_watch::ClockWatch;
use super::languages::{Fit, Loading, language_of};
use super::list::ListProgram;
use super::single::SingleProgram;
use super::watch::Listener;

/// What every part of the program needs to know of the page it runs in.
#[derive(Clone)]
pub(super) struct Host {
    pub document: Document,
    pub root: Element,
    pub page: Page,
    /// The document's `lang` when the program began.
    pub declared_language: Option<String>,
    /// The languages that it is read with.
    pub lexicon: &'static Lexicon,
    pub fit: Rc<Fit>,
    pub overlay: Overlay,
    pub settings: Rc<Settings>,
    pub measure: Measure,
    pub tally: Rc<RefCell<Tally>>,
}

enum Part {
    List(ListProgram),
    Single(SingleProgram),
}

/// The running program, kept alive by the listeners that end it.
struct Running {
    part: Part,
    overlay: Overlay,
    clock: ClockWatch,
    /// A reason to doubt the clock, while it holds.
    doubt: Option<Doubt>,
    _changes: storage::Listener,
    _listeners: Vec<Listener>,
}

thread_local! {
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
}

/// Starts on the page that the program was loaded into.
pub fn start() {
    let Some(window) = web_sys::window() else {
        return;
    };
    let Some(document) = window.document() else {
        return;
    };
    let location = window.location();
    let page = location
        .pathname()
        .ok()
        .and_then(|path| address::page_of_path(&path));
    let (Some(page), Some(root)) = (page, document.document_element()) else {
        return;
    };
    // An earlier instance of the program may have left its nodes: the extension was updated under this page.
    Overlay::sweep(&document);
    let measure = Measure::new();
    measure.mark("recourse:start");
    let languages = Loading::begin(&root, page);
    spawn_local(async move {
        let store = LocalStore::open();
        let opening = match store.opening().await {
            Ok(opening) => opening,
            Err(error) => {
                // Without the ledger a badge could be wrong; the page can still be read once it works again.
                runtime::log(
                    "the storage refuses, so nothing is shown",
                    &error.to_string().into(),
                );
                return;
            }
        };
        let lexicon = match languages.finish().await {
            Ok(lexicon) => lexicon,
            Err(error) => {
                runtime::log(
                    "its languages could not be loaded, so nothing is read",
                    &error.into(),
                );
                return;
            }
        };
        run(document, root, page, opening, lexicon, measure).await;
    });
}

async fn run(
    document: Document,
    root: Element,
    page: Page,
    opening: Opening,
    lexicon: &'static Lexicon,
    measure: Measure,
) {
    let language = opening
        .settings
        .language
        .clone()
        .or_else(|| language_of(&root).filter(|tag| is_ours(tag)))
        .unwrap_or_else(runtime::ui_language);
    let wording = match Wording::load(&language).await {
        Ok(mut wording) => {
            wording.doubt.clone_from(&opening.doubt);
            Rc::new(wording)
        }
        Err(error) => {
            runtime::log(
                "its own texts could not be loaded, so nothing is shown",
                &error.into(),
            );
            return;
        }
    };
    measure.mark("recourse:ready");
    let doubt = wording
        .doubt
        .clone()
        .filter(|_| wording.doubts(clock::now()));
    let overlay = Overlay::new(&document, wording, act);
    let host = Host {
        document: document.clone(),
        declared_language: root.get_attribute("lang"),
        root,
        page,
        lexicon,
        fit: Rc::default(),
        overlay: overlay.clone(),
        settings: Rc::new(opening.settings.clone()),
        measure,
        tally: Rc::default(),
    };
    let part = match page {
        Page::OrderList => Part::List(ListProgram::start(host, opening)),
        Page::OrderDetail | Page::Tracking => match order_of_page() {
            Some(order) => Part::Single(SingleProgram::start(host, order)),
            None => return,
        },
    };
    let changes = storage::on_change(changed);
    let mut listeners = vec![Listener::on(&document, "visibilitychange", || {
        with(|running| running.look_up())
    })];
    if let Some(window) = web_sys::window() {
        listeners.push(Listener::on(&window, "pageshow", || {
            with(|running| running.look_up())
        }));
        listeners.push(Listener::on(&window, "pagehide", || {
            with(|running| running.part.flush())
        }));
    }
    RUNNING.set(Some(Running {
        part,
        overlay,
        clock: ClockWatch::start(),
        doubt,
        _changes: changes,
        _listeners: listeners,
    }));
    if let Some(made) = clock::made(&document)
        && Doubt::of_document(made, clock::now()).is_some()
    {
        let _ = runtime::send(&Request::DocumentDate(made)).await;
    }
    if let Some(engine) = engine() {
        let seen = EngineSeen {
            engine,
            at: clock::now(),
        };
        let _ = runtime::send(&Request::Engine(seen)).await;
    }
}

fn is_ours(tag: &str) -> bool {
    let base = tag.split(['-', '_']).next().unwrap_or_default();
    messages::LANGUAGES
        .iter()
        .any(|language| language.eq_ignore_ascii_case(base))
}

fn order_of_page() -> Option<crate::domain::order::OrderId> {
    address::order_in(&web_sys::window()?.location().href().ok()?)
}

/// The engine that the loader chose.
pub(super) fn engine() -> Option<Engine> {
    let name = Reflect::get(&js_sys::global(), &"recourseEngine".into())
        .ok()?
        .as_string()?;
    Engine::named(&name)
}

/// Runs on the program while it is there.
fn with(work: impl FnOnce(&Running)) {
    RUNNING.with_borrow(|running| {
        if let Some(running) = running {
            work(running);
        }
    });
}

/// Takes everything off the page and stops watching it; `say` leaves one line that asks for a reload.
pub(super) fn stop(say: bool) {
    // Dropping the listeners from within one of them would free the code that is running: a little later is soon enough.
    gloo_timers::callback::Timeout::new(0, move || {
        let Some(running) = RUNNING.take() else {
            return;
        };
        running.overlay.teardown();
        if say && let Some(document) = web_sys::window().and_then(|window| window.document()) {
            let place = notice_place(&document);
            if let Some(parent) = place.or_else(|| document.body().map(JsCast::unchecked_into)) {
                let first = parent.first_child();
                running
                    .overlay
                    .notice(NoticeKind::Updated, &parent, first.as_ref());
            }
        }
    })
    .forget();
}

/// Ends the program if the extension is gone from under the page. Says whether it is.
pub(super) fn stop_if_orphaned() -> bool {
    let orphaned = runtime::is_orphaned();
    if orphaned {
        stop(true);
    }
    orphaned
}

/// Begins again if the computer's clock or its zone was set, or a doubt in it holds no more. Says whether it does.
pub(super) fn restart_if_clock_was_set() -> bool {
    let mut set = false;
    with(|running| {
        let ended = |doubt: &Doubt| doubt.behind(clock::now()).is_none();
        set = running.clock.was_set() || running.doubt.as_ref().is_some_and(ended);
    });
    if set {
        restart();
    }
    set
}

/// Begins again, after a change of what is shown everywhere: language, settings, the clock.
pub(super) fn restart() {
    stop(false);
    gloo_timers::callback::Timeout::new(0, start).forget();
}

fn changed(keys: Vec<String>) {
    if keys.iter().any(|key| store::is_settings_key(key)) {
        restart();
        return;
    }
    let orders = keys
        .iter()
        .filter_map(|key| store::order_of_key(key))
        .collect();
    with(|running| running.part.changed(orders));
}

fn act(action: Action) {
    // The one thing that an orphaned page can still do.
    if matches!(action, Action::Reload) {
        let _ = web_sys::window().map(|window| window.location().reload());
        return;
    }
    if stop_if_orphaned() {
        return;
    }
    let request = match action {
        Action::AddEvidence(order) => Request::OpenDashboard(Some(order)),
        Action::OpenDashboard => Request::OpenDashboard(None),
        Action::CopyReport => {
            with(|running| running.overlay.copy(&running.part.report()));
            return;
        }
        Action::Reload => return,
    };
    spawn_local(async move {
        if let Err(error) = runtime::send(&request).await {
            runtime::log("the dashboard could not be opened", &error.into());
        }
    });
}

/// Where a notice stands on the shop's page, if the page has such a part.
fn notice_place(document: &Document) -> Option<Element> {
    document
        .query_selector(list_page::NOTICE_PLACE)
        .ok()
        .flatten()
}

impl Running {
    /// The page is seen again: time has passed, and the extension may have gone.
    fn look_up(&self) {
        if !stop_if_orphaned() && !restart_if_clock_was_set() {
            self.part.look_up();
        }
    }
}

impl Part {
    fn look_up(&self) {
        if let Self::List(list) = self {
            list.look_up();
        }
    }

    fn flush(&self) {
        match self {
            Self::List(list) => list.flush(),
            Self::Single(single) => single.flush(),
        }
    }

    fn changed(&self, orders: Vec<crate::domain::order::OrderId>) {
        if let Self::List(list) = self {
            list.changed(orders);
        }
    }

    fn report(&self) -> String {
        match self {
            Self::List(list) => list.host().report(),
            Self::Single(single) => single.host().report(),
        }
    }
}

impl Host {
    pub fn node(&self) -> DomNode {
        DomNode(self.root.clone())
    }

    /// The structure of the page, for a report.
    pub fn report(&self) -> String {
        let engine = engine().map_or("unknown", Engine::name);
        let language = self.root.get_attribute("lang").unwrap_or_default();
        report::report(
            &self.node(),
            self.page.name(),
            &language,
            engine,
            &runtime::version(),
            &self.tally.borrow(),
        )
    }

    /// Says on the page that the computer's clock is doubted, while it is.
    pub fn say_doubt(&self) {
        if self.overlay.doubts_clock(clock::now())
            && let Some(parent) = notice_place(&self.document)
        {
            let first = parent.first_child();
            self.overlay
                .notice(NoticeKind::WrongClock, &parent, first.as_ref());
        }
    }

    /// Says on the page that it is not understood, and keeps the report for the popup.
    pub fn say_not_understood(&self) {
        let Some(body) = self.document.body() else {
            return;
        };
        let parent: Element = notice_place(&self.document).unwrap_or_else(|| body.into());
        let first = parent.first_child();
        self.overlay
            .notice(NoticeKind::NotUnderstood, &parent, first.as_ref());
        let report = Misunderstood {
            report: self.report(),
            at: clock::now(),
        };
        spawn_local(async move {
            let _ = runtime::send(&Request::Misunderstood(Some(report))).await;
        });
    }
}
