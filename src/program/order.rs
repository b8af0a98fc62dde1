//! The program about one order. On the order's own pages it reads them and points at the control that opens a dispute. On
//! the order list it is loaded when the user turns to a badge, and draws what opens from one.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element};

use crate::browser::dom::DomNode;
use crate::browser::files::File;
use crate::browser::host_page::{Answering, Asked};
use crate::browser::measure::Measure;
use crate::browser::messages::Texts;
use crate::browser::runtime::{self, Request};
use crate::browser::storage::Changes;
use crate::browser::{clock, random};
use crate::domain::evidence::ShopPage;
use crate::domain::order::OrderId;
use crate::domain::rules::Choices;
use crate::domain::sha256::hexadecimal;
use crate::domain::sighting::Page;
use crate::domain::verdict::Verdict;
use crate::overlay::{self, Action, Anchor, Layer, NoticeKind, Overlay, OwnPage, Panel};
use crate::site::strategy::Tally;
use crate::site::{Lexicon, address, detail_page, listing_page, report};
use crate::store::record::record_of_text;
use crate::store::{self, Engine, LocalStore, Misunderstood};
use crate::wording::Wording;

use super::aside::Aside;
use super::card_badges::CardBadges;
use super::languages::{Fit, Loading};
use super::list_warnings::{Anchors, ListWarnings};
use super::muted;
use super::own_badge::OwnBadge;
use super::page::{self, Beginning, Place};
use super::single::SingleProgram;
use super::watch::Listener;

/// What every part of the program needs to know of the page it runs in.
#[derive(Clone)]
pub(super) struct Host {
    pub place: Place,
    /// The languages that it is read with.
    pub lexicon: &'static Lexicon,
    pub fit: Rc<Fit>,
    pub layer: Layer,
    pub measure: Measure,
    pub tally: Rc<RefCell<Tally>>,
}

/// The running program, kept alive by the listeners that end it.
struct Running {
    document: Document,
    root: Element,
    layer: Layer,
    part: Part,
    /// Answers the drawer, which knows this key; from the first time on that one is opened.
    answering: Option<(String, Answering)>,
}

enum Part {
    /// On an order's own page.
    Own {
        page: Page,
        single: SingleProgram,
        changes: Changes,
        _listeners: Vec<Listener>,
    },
    /// On the order list. What its program tried, if that led to nothing.
    List {
        tried: String,
        place: Place,
        wording: Rc<Wording>,
        anchors: Anchors,
        warnings: Option<ListWarnings>,
    },
    /// Beside the listing of a product.
    Listing,
}

const STYLE: &str = "look/order.css";

thread_local! {
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
}

/// Starts on an order's own page.
pub async fn read_page() {
    let address = web_sys::window().and_then(|window| window.location().href().ok());
    let address = address.unwrap_or_default();
    let (order, line) = (address::order_in(&address), address::line_in(&address));
    let Some(place) = Place::here() else {
        return;
    };
    // Lists are of many orders, and the pages of returns need not name one in their address.
    let of_one = matches!(place.page, Page::OrderDetail | Page::Tracking);
    if order.is_none() && of_one {
        return;
    }
    // An earlier instance of the program may have left its nodes: the extension was updated under this page.
    overlay::sweep(&place.document);
    overlay::sweep_beside(&place.document);
    let measure = Measure::new();
    measure.mark_start();
    let changes = Changes::hear();
    let beginning = Beginning::new();
    let languages = Loading::begin(&place.root, place.page);
    let style = File::open(STYLE);
    let settings = match LocalStore::open().settings().await {
        Ok(settings) => settings,
        Err(error) => {
            return runtime::log(
                "the storage refuses, so nothing is read",
                &error.to_string().into(),
            );
        }
    };
    let Some(lexicon) = page::lexicon(languages).await else {
        return;
    };
    // A storage that refuses has been left already.
    let doubt = LocalStore::open().doubt().await.ok().flatten();
    let Some((wording, _)) = place.wording(Texts::Order, &settings, doubt).await else {
        return;
    };
    let (Some(style), true) = (page::style(style).await, beginning.counts()) else {
        return;
    };
    measure.mark("recourse:ready");
    let overlay = || Overlay::new(&place.document, Rc::clone(&wording), style.clone(), act);
    let badge = order
        .clone()
        .filter(|_| place.page == Page::OrderDetail)
        .map(|order| OwnBadge::new(&place.root, order, overlay(), settings.choices.clone()));
    let cards = (place.page == Page::OrderListRu)
        .then(|| CardBadges::new(overlay(), settings.choices.clone()));
    let own = |badge: &Element| with(|running| running.own_anchor(badge)).flatten();
    let layer = Layer::new(&place.document, Rc::clone(&wording), style, own, act);
    let aside = Aside::new(
        (place.page, line),
        &place.root,
        lexicon,
        (&layer, &wording),
        settings.choices,
    );
    let host = Host {
        lexicon,
        fit: Rc::default(),
        place: place.clone(),
        layer: layer.clone(),
        measure,
        tally: Rc::default(),
    };
    let single = SingleProgram::start(host, (order, line), (badge, cards), aside);
    let seen = || {
        if !stop_if_orphaned() {
            with(|running| {
                if let Part::Own { single, .. } = &running.part {
                    single.look_up();
                }
            });
        }
    };
    let mut listeners = vec![Listener::on(&place.document, "visibilitychange", seen)];
    if let Some(window) = web_sys::window() {
        listeners.push(Listener::on(&window, "pageshow", seen));
        listeners.push(Listener::on(&window, "pagehide", || {
            with(|running| {
                if let Part::Own { single, .. } = &running.part {
                    single.flush();
                }
            });
        }));
    }
    let part = Part::Own {
        page: place.page,
        single,
        changes,
        _listeners: listeners,
    };
    let document = place.document.clone();
    RUNNING.set(Some(Running {
        document: place.document,
        root: place.root,
        layer,
        part,
        answering: None,
    }));
    with(|running| {
        if let Part::Own { changes, .. } = &running.part {
            changes.follow(changed);
        }
    });
    page::tell_of_itself(&document);
    if let Some(order) = address::evidence_of(&address) {
        open_drawer(&order);
    }
    muted::follow().await;
}

/// Opens the drawer beside the listing of a product, for the order from whose evidence the user came here.
pub async fn attend_listing() {
    let Some((document, address)) = web_sys::window()
        .and_then(|window| Some((window.document()?, window.location().href().ok()?)))
    else {
        return;
    };
    let (Some(order), Some(root)) = (address::evidence_of(&address), document.document_element())
    else {
        return;
    };
    overlay::sweep(&document);
    let style = File::open(STYLE);
    let store = LocalStore::open();
    let settings = store.settings().await.unwrap_or_default();
    let language = page::language_here(&root, &settings);
    let wording = page::wording(Texts::Order, &language, None).await;
    let (Some(wording), Some(style)) = (wording, page::style(style).await) else {
        return;
    };
    RUNNING.set(Some(Running {
        layer: Layer::new(&document, wording, style, |_| None, act),
        document,
        root,
        part: Part::Listing,
        answering: None,
    }));
    open_drawer(&order);
}

fn changed(keys: Vec<String>) {
    if keys.iter().any(|key| store::is_settings_key(key)) {
        restart();
        return;
    }
    with(|running| {
        if let Part::Own { single, .. } = &running.part {
            single.kept_anew(&keys);
        }
    });
}

/// Starts on the order list, whose program tells of badges through `describe`.
pub async fn attend(language: &str, describe: Function) -> Result<(), JsValue> {
    let place = Place::here().ok_or("this page is not read")?;
    let style = File::open(STYLE);
    // A storage that refuses has kept the list itself from being shown.
    let doubt = LocalStore::open().doubt().await.ok().flatten();
    let choices = LocalStore::open()
        .settings()
        .await
        .unwrap_or_default()
        .choices;
    muted::follow().await;
    let wording = page::wording(Texts::Order, language, doubt).await;
    let wording = wording.ok_or("no words to say it")?;
    let style = page::style(style).await.ok_or("no style to draw it in")?;
    let anchors: Anchors = Rc::new(move |badge| anchor(badge, &describe, &choices));
    let own = Rc::clone(&anchors);
    let own = move |badge: &Element| own(badge);
    let layer = Layer::new(&place.document, Rc::clone(&wording), style, own, act);
    layer.catch_up();
    let part = Part::List {
        tried: String::new(),
        place: place.clone(),
        wording,
        anchors,
        warnings: None,
    };
    RUNNING.set(Some(Running {
        document: place.document,
        root: place.root,
        layer,
        part,
        answering: None,
    }));
    Ok(())
}

/// What the order list's program tells of a badge: the order, its record as it is stored, the badge's row, and the link to the order's
/// own page if there is one. A record that this page has read may not be stored yet.
fn anchor(badge: &Element, describe: &Function, choices: &Choices) -> Option<Anchor> {
    let parts: Array = describe
        .call1(&JsValue::UNDEFINED, badge)
        .ok()?
        .dyn_into()
        .ok()?;
    let order = OrderId::new(&parts.get(0).as_string()?)?;
    let record = record_of_text(&parts.get(1).as_string()?, &order).ok()?;
    let now = clock::now();
    Some(Anchor {
        verdict: Verdict::chosen(&record, now, clock::zones(), choices),
        muted: muted::is_muted(&order),
        order,
        record,
        badge: badge.clone(),
        row: parts.get(2).dyn_into().ok()?,
        now,
        own_page: parts
            .get(3)
            .as_string()
            .map_or(OwnPage::Unknown, OwnPage::At),
    })
}

/// Opens or closes a panel of a badge.
pub fn open(panel: &str, badge: &Element, button: &Element) {
    let layer = with(|running| running.layer.clone());
    if let (Some(panel), Some(layer)) = (Panel::named(panel), layer) {
        layer.toggle(panel, badge, button);
    }
}

/// The order's badge has left the page.
pub fn leave(order: &str) {
    let layer = with(|running| running.layer.clone());
    if let (Some(order), Some(layer)) = (OrderId::new(order), layer) {
        layer.leave(&order);
    }
}

/// The order list is not understood; what its program tried.
pub fn not_understood(tried: String) {
    RUNNING.with_borrow_mut(|running| {
        let part = running.as_mut().map(|running| &mut running.part);
        if let Some(Part::List { tried: known, .. }) = part {
            *known = tried;
        }
    });
    with(Running::say_not_understood);
}

/// There is a dispute about an order on the list: from now on what is told of it there is told.
pub async fn warn() {
    let here = with(|running| match &running.part {
        Part::List {
            place,
            warnings: None,
            ..
        } => Some(place.clone()),
        _ => None,
    });
    let Some(place) = here.flatten() else { return };
    overlay::sweep_beside(&place.document);
    let Some(lexicon) = page::lexicon(Loading::begin(&place.root, place.page)).await else {
        return;
    };
    RUNNING.with_borrow_mut(|running| {
        let Some(running) = running else { return };
        let layer = running.layer.clone();
        if let Part::List {
            wording,
            anchors,
            warnings,
            ..
        } = &mut running.part
        {
            let words = (&layer, &*wording);
            let anchors = Rc::clone(anchors);
            warnings.get_or_insert_with(|| {
                ListWarnings::start(&place.document, lexicon, words, anchors)
            });
        }
    });
}

pub fn understood() {
    with(|running| running.layer.remove_notice());
}

/// Takes everything off the page.
pub fn end() {
    if let Some(running) = RUNNING.take() {
        running.teardown();
    }
}

/// Runs on the program while it is there.
fn with<T>(work: impl FnOnce(&Running) -> T) -> Option<T> {
    RUNNING.with_borrow(|running| running.as_ref().map(work))
}

/// Ends the program on an order's own page; `say` leaves one line that asks for a reload.
fn end_soon(say: bool) {
    // Dropping the listeners from within one of them would free the code that is running: a little later is soon enough.
    gloo_timers::callback::Timeout::new(0, move || {
        let Some(running) = RUNNING.take() else {
            return;
        };
        running.teardown();
        if say {
            running.say(NoticeKind::Updated);
        }
    })
    .forget();
}

/// Begins again on an order's own page, after a change of what is shown or read everywhere.
pub(super) fn restart() {
    end_soon(false);
    gloo_timers::callback::Timeout::new(0, || {
        wasm_bindgen_futures::spawn_local(read_page());
    })
    .forget();
}

/// Ends the program if the extension is gone from under the page. Says whether it is.
pub(super) fn stop_if_orphaned() -> bool {
    let orphaned = runtime::is_orphaned();
    if orphaned {
        end_soon(true);
    }
    orphaned
}

/// Opens the drawer for evidence about that order.
fn open_drawer(order: &OrderId) {
    let layer = RUNNING.with_borrow_mut(|running| {
        let running = running.as_mut()?;
        let (key, _) = running.answering.get_or_insert_with(|| {
            let key = hexadecimal(&random::bytes());
            let answer = |asked| match asked {
                Asked::Close => {
                    if let Some(layer) = with(|running| running.layer.clone()) {
                        layer.close_drawer();
                    }
                    Vec::new()
                }
                Asked::Read => with(Running::says).unwrap_or_default(),
                Asked::Listings => with(Running::listings).unwrap_or_default(),
            };
            (key.clone(), Answering::with(key, answer))
        });
        // What a list says is of many orders.
        let reads = match &running.part {
            Part::Own { page, .. } => *page != Page::OrderListRu,
            Part::List { .. } => false,
            Part::Listing => true,
        };
        Some((running.layer.clone(), key.clone(), reads))
    });
    let Some((layer, key, reads)) = layer else {
        return;
    };
    let view = if reads { "&reads" } else { "" };
    let document = web_sys::window().and_then(|window| window.document());
    let root = document.and_then(|document| document.document_element());
    let language = root.as_ref().map(page::language_for_frame);
    let address = [
        "www/evidence.html",
        &language.unwrap_or_default(),
        "#order=",
        order.as_str(),
        "&drawer=",
        &key,
        view,
    ]
    .concat();
    layer.open_drawer(order, &runtime::url(&address));
}

fn act(action: Action) {
    match action {
        // The one thing that an orphaned page can still do.
        Action::Reload => page::reload(),
        _ if stop_if_orphaned() => {}
        Action::AddEvidence(order) => open_drawer(&order),
        Action::PrepareClaim(order) => page::prepare_claim(order),
        Action::RemindOn(order) => page::open_dashboard(Some(order)),
        Action::Mute(order, muted) => muted::mute(order, muted),
        Action::OpenDashboard => page::open_dashboard(None),
        Action::CopyReport => {
            with(|running| running.layer.copy(&running.report()));
        }
        Action::Open {
            panel,
            badge,
            button,
        } => {
            // Asked of the program while it is there, and not while it is: what opens asks it for the badge.
            if let Some(layer) = with(|running| running.layer.clone()) {
                layer.toggle(panel, &badge, &button);
            }
        }
        Action::PointAtDispute => {
            with(|running| {
                if let Part::Own { single, .. } = &running.part {
                    single.point_at_dispute();
                }
            });
        }
        Action::Turn | Action::Left(_) | Action::CheckDates | Action::DateCheck(_) => {}
    }
}

impl Running {
    /// The badge on the order's own page.
    fn own_anchor(&self, badge: &Element) -> Option<Anchor> {
        match &self.part {
            Part::Own { single, .. } => single.anchor(badge),
            Part::List { .. } | Part::Listing => None,
        }
    }

    fn page(&self) -> ShopPage {
        match self.part {
            Part::Own { page, .. } => ShopPage::Of(page),
            Part::List { .. } => ShopPage::Of(Page::OrderList),
            Part::Listing => ShopPage::Listing,
        }
    }

    /// What the page says of its order: which page it is, its address, and its texts.
    fn says(&self) -> Vec<String> {
        let texts = match &self.part {
            Part::Own { page, single, .. } if *page != Page::OrderListRu => single.says(),
            Part::Own { .. } | Part::List { .. } => return Vec::new(),
            Part::Listing => listing_page::texts(&self.node()),
        };
        let address = web_sys::window().and_then(|window| window.location().href().ok());
        let address = address.unwrap_or_default();
        let address = address.split('#').next().unwrap_or_default();
        let about = [self.page().name().to_owned(), address.to_owned()];
        about.into_iter().chain(texts).collect()
    }

    /// The listings that the order's own page links to: the address and the title of each.
    fn listings(&self) -> Vec<String> {
        let origin = web_sys::window().and_then(|window| window.location().origin().ok());
        let origin = origin.unwrap_or_default();
        let links = match self.page() {
            ShopPage::Of(Page::OrderDetail) => detail_page::listings(&self.node()),
            _ => Vec::new(),
        };
        let links = links
            .into_iter()
            .filter_map(|(link, title)| Some([address::listing(&link, &origin)?, title]));
        links.flatten().collect()
    }

    fn node(&self) -> DomNode {
        DomNode(self.root.clone())
    }

    fn teardown(&self) {
        muted::leave();
        self.layer.teardown();
        match &self.part {
            Part::Own { single, .. } => single.end(),
            Part::List {
                warnings: Some(warnings),
                ..
            } => warnings.end(),
            Part::List { .. } | Part::Listing => {}
        }
    }

    fn say(&self, kind: NoticeKind) {
        if let Some((parent, before)) = page::notice_place(&self.document) {
            self.layer.notice(kind, &parent, before.as_ref());
        }
    }

    /// Says on the page that it is not understood, and keeps the report for the popup.
    fn say_not_understood(&self) {
        self.say(NoticeKind::NotUnderstood);
        page::tell(Request::Misunderstood(Some(Misunderstood {
            report: self.report(),
            at: clock::now(),
        })));
    }

    /// The structure of the page, for a report.
    fn report(&self) -> String {
        let tried = match &self.part {
            Part::Own { single, .. } => single.tried(),
            Part::List { tried, .. } => tried.clone(),
            Part::Listing => String::new(),
        };
        report::report(
            &self.node(),
            self.page().name(),
            &self.root.get_attribute("lang").unwrap_or_default(),
            page::engine().map_or("unknown", Engine::name),
            &runtime::version(),
            &tried,
        )
    }
}

impl Host {
    pub fn node(&self) -> DomNode {
        DomNode(self.place.root.clone())
    }

    pub fn say_not_understood(&self) {
        with(Running::say_not_understood);
    }

    pub fn page(&self) -> Page {
        self.place.page
    }
}
