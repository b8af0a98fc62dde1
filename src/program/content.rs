//! The content program: reads the order list and draws the badges. What opens from a badge is another module's.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, Element};

use crate::browser::dom::DomNode;
use crate::browser::files::File;
use crate::browser::measure::Measure;
use crate::browser::messages::Texts;
use crate::browser::runtime::{self, Request};
use crate::browser::storage::Changes;
use crate::browser::{clock, timer};
use crate::domain::computer_clock::Doubt;
use crate::domain::settings::Settings;
use crate::domain::sighting::Page;
use crate::overlay::{self, Action, NoticeKind, Overlay};
use crate::site::Lexicon;
use crate::site::strategy::Tally;
use crate::store::{self, LocalStore, Opening, StorageError};

use super::both::both;
use super::clock_watch::ClockWatch;
use super::languages::{Fit, Loading};
use super::list::ListProgram;
use super::order_module::{Ask, OrderModule};
use super::page::{self, Beginning, Place};
use super::watch::Listener;

/// What every part of the program needs to know of the page it runs in.
#[derive(Clone)]
pub(super) struct Host {
    place: Place,
    pub document: Document,
    pub root: Element,
    /// The document's `lang` when the program began.
    pub declared_language: Option<String>,
    /// The languages that it is read with.
    pub lexicon: &'static Lexicon,
    pub fit: Rc<Fit>,
    pub overlay: Overlay,
    pub settings: Rc<Settings>,
    pub measure: Measure,
    pub tally: Rc<RefCell<Tally>>,
    order_module: OrderModule,
}

/// The running program, kept alive by the listeners that end it.
struct Running {
    list: ListProgram,
    place: Place,
    overlay: Overlay,
    order_module: OrderModule,
    clock: ClockWatch,
    /// A reason to doubt the clock, while it holds.
    doubt: Option<Doubt>,
    changes: Changes,
    _listeners: Vec<Listener>,
}

thread_local! {
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
}

/// Starts on the page that the program was loaded into.
pub fn start() {
    let Some(place) = Place::here().filter(|place| place.page == Page::OrderList) else {
        return;
    };
    // An earlier instance of the program may have left its nodes: the extension was updated under this page.
    overlay::sweep(&place.document);
    let measure = Measure::new();
    measure.mark_start();
    let changes = Changes::hear();
    let beginning = Beginning::new();
    let files = (
        Loading::begin(&place.root, place.page),
        File::open("look/content.css"),
    );
    spawn_local(async move {
        let started = async {
            let store = LocalStore::open();
            let opening = store.opening().await?;
            run(place, opening, &store, files, (changes, measure), beginning).await
        };
        // Without the ledger a badge could be wrong; the page can still be read once it works again.
        if let Err(error) = started.await {
            runtime::log(
                "the storage refuses: nothing is shown",
                &error.message().into(),
            );
        }
    });
}

async fn run(
    place: Place,
    opening: Opening,
    store: &LocalStore,
    (languages, style): (Loading, File),
    (changes, measure): (Changes, Measure),
    beginning: Beginning,
) -> Result<(), StorageError> {
    let words = async {
        let lexicon = page::lexicon(languages).await?;
        let (wording, language) = place
            .wording(Texts::Content, &opening.settings, opening.doubt.clone())
            .await?;
        let style = page::style(style).await?;
        Some((lexicon, wording, language, style))
    };
    let ahead = opening.ahead();
    let (records, words) = both(store.records(&ahead), words).await;
    let records = records?;
    let (Some((lexicon, wording, language, style)), true) = (words, beginning.counts()) else {
        return Ok(());
    };
    let doubt = wording.doubt.clone();
    let doubt = doubt.filter(|_| wording.doubts(clock::now()));
    let overlay = Overlay::new(&place.document, wording, style, act);
    let order_module = OrderModule::new(language, describe);
    let host = Host {
        place: place.clone(),
        document: place.document.clone(),
        declared_language: place.root.get_attribute("lang"),
        root: place.root.clone(),
        lexicon,
        fit: Rc::default(),
        overlay: overlay.clone(),
        settings: Rc::new(opening.settings.clone()),
        measure,
        tally: Rc::default(),
        order_module: order_module.clone(),
    };
    host.measure.mark("recourse:ready");
    let list = ListProgram::start(host, opening, records);
    let mut listeners = vec![Listener::on(&place.document, "visibilitychange", look_up)];
    if let Some(window) = web_sys::window() {
        listeners.push(Listener::on(&window, "pageshow", look_up));
        listeners.push(Listener::on(&window, "pagehide", || {
            with(|running| running.list.flush());
        }));
    }
    RUNNING.set(Some(Running {
        list,
        place: place.clone(),
        overlay,
        order_module,
        clock: ClockWatch::start(),
        doubt,
        changes,
        _listeners: listeners,
    }));
    with(|running| running.changes.follow(changed));
    page::tell_of_itself(&place.document);
    Ok(())
}

/// Runs on the program while it is there.
fn with<T>(work: impl FnOnce(&Running) -> T) -> Option<T> {
    RUNNING.with_borrow(|running| running.as_ref().map(work))
}

/// Takes everything off the page and stops watching it; `say` leaves one line that asks for a reload.
pub(super) fn stop(say: bool) {
    // Dropping the listeners from within one of them would free the code that is running: a little later is soon enough.
    timer::after(0, move || {
        let Some(running) = RUNNING.take() else {
            return;
        };
        running.order_module.end();
        running.overlay.teardown();
        if let Some((parent, before)) = page::notice_place(&running.place.document).filter(|_| say)
        {
            let kind = NoticeKind::Updated;
            running.overlay.notice(kind, &parent, before.as_ref());
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
    let ended = |doubt: &Doubt| doubt.behind(clock::now()).is_none();
    let set = with(|running| running.clock.was_set() || running.doubt.as_ref().is_some_and(ended));
    if set == Some(true) {
        restart();
    }
    set == Some(true)
}

/// Begins again, after a change of what is shown everywhere: language, settings, the clock.
pub(super) fn restart() {
    stop(false);
    timer::after(0, start).forget();
}

/// The page is seen again: time has passed, and the extension may have gone.
fn look_up() {
    with(|running| {
        if !stop_if_orphaned() && !restart_if_clock_was_set() {
            running.list.look_up();
        }
    });
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
    with(|running| running.list.changed(orders));
    if keys.iter().any(|key| store::is_progress_key(key)) {
        with(|running| running.list.check_changed());
    }
}

fn act(action: Action) {
    // The one thing that an orphaned page can still do.
    if matches!(action, Action::Reload) {
        return page::reload();
    }
    let ask = |ask| {
        with(|running| running.order_module.ask(ask));
    };
    match action {
        Action::Left(order) => {
            with(|running| running.order_module.leave(&order));
        }
        _ if stop_if_orphaned() => {}
        Action::Turn => ask(Ask::Attend),
        Action::Open {
            panel,
            badge,
            button,
        } => ask(Ask::Open(panel, badge, button)),
        Action::OpenDashboard => page::open_dashboard(None),
        Action::CheckDates => {
            if let Some(orders) = with(|running| running.list.to_check()) {
                page::tell(Request::CheckDates(orders));
            }
        }
        Action::DateCheck(wish) => page::tell(Request::DateCheck(wish)),
        Action::AddEvidence(_)
        | Action::PrepareClaim(_)
        | Action::Mute(..)
        | Action::RemindOn(_)
        | Action::CopyReport
        | Action::PointAtDispute
        | Action::Reload => {}
    }
}

/// What the module about one order is told of a badge.
fn describe(badge: &Element) -> Option<JsValue> {
    with(|running| {
        let (order, row, detail_url) = running.overlay.badge_at(badge)?;
        let record = running.list.record(&order)?;
        let parts = js_sys::Array::of4(
            &order.as_str().into(),
            &record.into(),
            &row,
            &detail_url.into(),
        );
        Some(parts.into())
    })
    .flatten()
}

impl Host {
    pub fn node(&self) -> DomNode {
        DomNode(self.root.clone())
    }

    /// Says on the page that the computer's clock is doubted, while it is.
    pub fn say_doubt(&self) {
        if self.overlay.doubts_clock(clock::now())
            && let Some((parent, before)) = page::notice_place(&self.place.document)
        {
            let kind = NoticeKind::WrongClock;
            self.overlay.notice(kind, &parent, before.as_ref());
        }
    }

    /// Says on the page that it is not understood, and keeps the report for the popup.
    pub fn say_not_understood(&self) {
        let tried = self.tally.borrow().text();
        self.order_module.ask(Ask::NotUnderstood(tried));
    }

    /// There is a dispute: below the shop's controls it is told what they do.
    pub fn warn(&self) {
        self.order_module.ask(Ask::Warn);
    }

    /// Takes that back.
    pub fn say_understood(&self) {
        self.order_module.understood();
        page::tell(Request::Misunderstood(None));
    }
}
