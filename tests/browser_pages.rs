//! What the extension's own pages make of what is kept, whatever it is. Runs in a browser, with a storage that the tests hold in their hands.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests may fail"
)]

use recourse::browser::clock;
use recourse::browser::runtime::{self, Request};
use recourse::domain::order::{OrderId, OrderLine, OrderState};
use recourse::domain::problem::{Field, Problem, Trouble};
use recourse::domain::sighting::{Fact, Page, Part, PartFact, Reading};
use recourse::domain::time::{Day, Zone};
use recourse::pages;
use recourse::store::LocalStore;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

const EN: &str = include_str!("../extension/_locales/en/messages.json");

#[wasm_bindgen(inline_js = "
    // The extension's side of the browser: a storage, its own files, and a background program that does whatever it is told.
    const state = { kept: {}, refuses: null, written: [], listeners: [], says: null };
    const answer = (work) => state.refuses ? Promise.reject(new Error(state.refuses)) : Promise.resolve(state.held).then(work);
    const local = {
        get: (keys) => answer(() => keys === null ? { ...state.kept }
            : Object.fromEntries([keys].flat().filter((key) => key in state.kept).map((key) => [key, state.kept[key]]))),
        set: (items) => answer(() => { state.written.push(...Object.keys(items)); Object.assign(state.kept, items); }),
        remove: (keys) => answer(() => [keys].flat().forEach((key) => { state.written.push(key); delete state.kept[key]; })),
        onChanged: { addListener() {}, removeListener() {} },
    };
    // What is shared is empty, and says nothing while it is held.
    const nothing = () => Promise.resolve(state.held).then(() => ({}));
    const synced = { get: nothing, set: nothing, remove: nothing };
    // As on a system that stops the page's time while the computer sleeps.
    const time = performance.now.bind(performance);
    export function stop_time() { performance.now = () => 0; }
    export function go_on() { performance.now = time; }
    // The page is drawn into an element of its own, because the body holds the words of whoever runs the tests. What an earlier
    // page listens to is cut off with it.
    const listen = globalThis.addEventListener.bind(globalThis);
    let stage;
    export function begin(page, hash, texts) {
        const file = Object.entries(JSON.parse(texts)).map(([key, text]) => `${key}=${text.message}\\n`).sort().join('');
        Object.assign(state, { kept: {}, refuses: null, written: [], says: null });
        globalThis.chrome = Object.assign(globalThis.chrome ?? {}, {
            storage: { local, sync: synced },
            i18n: { getUILanguage: () => 'en' },
            runtime: {
                getURL: (path) => path.startsWith('texts/') ? 'data:text/plain;charset=utf-8,' + encodeURIComponent(file) : 'about:blank#' + path,
                getManifest: () => ({ version: '1' }),
                sendMessage: () => Promise.resolve(state.says),
            },
        });
        globalThis.addEventListener = () => {};
        history.replaceState(null, '', '#' + hash);
        stage?.remove();
        stage = document.createElement('div');
        stage.dataset.page = page;
        document.documentElement.append(stage);
        Object.defineProperty(document, 'body', { configurable: true, get: () => stage });
        return stage;
    }
    export function end() {
        stage.remove();
        delete document.body;
        globalThis.addEventListener = listen;
        history.replaceState(null, '', ' ');
    }
    export function keep(key, value) { state.kept[key] = value; }
    export function forget_what_was_written() { state.written = []; }
    export function written() { return state.written.filter((key) => key.startsWith('order:')).length; }
    export function refuse(why) { state.refuses = why; }
    export function background_says(what) { state.says = what; }
    // The storage answers nothing until it is let go.
    export function hold() { state.held = new Promise((go) => { state.go = go; }); }
    export function let_go() { state.go(); delete state.held; }
    // The locker as a later version keeps it, and none at all.
    export const be_newer = () => new Promise((done, failed) => {
        const opening = indexedDB.open('locker-1', 99);
        opening.onupgradeneeded = () => {
            for (const name of ['records', 'pieces', 'meta', 'damaged', 'snapshot']) {
                if (opening.result.objectStoreNames.contains(name)) continue;
                const store = opening.result.createObjectStore(name);
                if (name === 'records') store.createIndex('order', 'order');
            }
        };
        opening.onsuccess = () => { opening.result.close(); done(); };
        opening.onerror = () => failed(opening.error);
    });
    export const be_gone = () => new Promise((done) => {
        const deleting = indexedDB.deleteDatabase('locker-1');
        deleting.onsuccess = deleting.onerror = () => done();
    });
    export const pause = () => new Promise((go) => setTimeout(go, 20));
    export function hacked() { return 'hacked' in globalThis; }
")]
extern "C" {
    fn stop_time();
    fn go_on();
    fn begin(page: &str, hash: &str, texts: &str) -> Element;
    fn end();
    fn keep(key: &str, value: &JsValue);
    fn forget_what_was_written();
    fn written() -> u32;
    fn refuse(why: &str);
    fn background_says(what: &JsValue);
    fn hold();
    fn let_go();
    async fn be_newer();
    async fn be_gone();
    fn hacked() -> bool;
    async fn pause();
}

/// A page of the extension, drawn with what was kept by then; gone at the end of the test.
struct Shown(Element);

impl Shown {
    async fn page(name: &str, hash: &str, kept: impl AsyncFnOnce()) -> Self {
        let stage = begin(name, hash, EN);
        kept().await;
        forget_what_was_written();
        pages::start().await;
        Self(stage)
    }

    fn text(&self) -> String {
        self.0.text_content().unwrap_or_default()
    }

    fn says(&self, what: &str) {
        assert!(
            self.text().contains(what),
            "{what:?} is not in {:?}",
            self.text()
        );
    }

    fn count(&self, selector: &str) -> u32 {
        self.0.query_selector_all(selector).unwrap().length()
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        end();
    }
}

fn id(n: u32) -> OrderId {
    OrderId::new(&format!("8230417750{n:06}")).unwrap()
}

fn today() -> Day {
    clock::BuyerZone.day_at(clock::now()).unwrap()
}

/// An order that waits for delivery, of which its own page printed the end of the guarantee.
fn reading(n: u32, title: &str) -> Reading {
    let mut reading = Reading::new(id(n), Page::OrderDetail, clock::now());
    let end = today().plus(i64::from(n % 40) + 2).unwrap();
    reading.saw(
        Fact::State(OrderState::AwaitingDelivery),
        "Awaiting delivery",
    );
    reading.saw(
        Fact::RefundIfNotDeliveredBefore(end),
        "Refund if no delivery before …",
    );
    reading.lines = vec![OrderLine {
        title: title.to_owned(),
        variant: String::new(),
        quantity: Some(1),
    }];
    reading
}

async fn absorb(readings: &[Reading]) {
    let store = LocalStore::open();
    store.absorb(readings, clock::now()).await.unwrap();
}

fn hostile() -> String {
    [
        "</bdi><img src=x onerror=\"hacked=1\"><script>hacked=1</script>\u{202e}gnp.exe\u{2066}$1",
        &"x".repeat(10_000),
    ]
    .concat()
}

#[wasm_bindgen_test]
async fn hostile_titles_stay_texts() {
    for (page, hash) in [
        ("popup", "".to_owned()),
        ("dashboard", "orders".to_owned()),
        ("dashboard", format!("order={}", id(1))),
        ("dashboard", "problems".to_owned()),
    ] {
        let shown = Shown::page(page, &hash, async || {
            let mut hostile_one = reading(1, &hostile());
            hostile_one.store = Some(hostile());
            hostile_one
                .problems
                .push(Problem::new(Field::Placed, Trouble::Unreadable, &hostile()));
            absorb(&[hostile_one]).await;
        })
        .await;
        shown.says("<img src=x onerror=\"hacked=1\">");
        assert_eq!(shown.count("img, script"), 0, "{page} {hash}");
        // What turns the direction of writing is shut in: nothing after it is turned.
        let held = "bdi, [dir=auto], blockquote";
        let all = shown.0.query_selector_all("*").unwrap();
        for at in 0..all.length() {
            let element: Element = all.get(at).unwrap().unchecked_into();
            let own = element.child_element_count() == 0;
            let turns = element
                .text_content()
                .unwrap_or_default()
                .contains('\u{202e}');
            assert!(
                !(own && turns) || element.closest(held).unwrap().is_some(),
                "{page} {hash}: {}",
                element.local_name()
            );
        }
        assert!(!hacked());
    }
}

#[wasm_bindgen_test]
async fn each_part_of_an_order_has_a_window_of_its_own_in_the_picture() {
    let order = async || {
        let mut two = reading(1, "Two lamps");
        for (number, days) in [(1, 3), (2, 12)] {
            let end = today().plus(days).unwrap();
            let of_part = PartFact::RefundIfNotDeliveredBefore(end);
            two.saw(Fact::OfPart(Part::Package(number), of_part), "as printed");
            two.saw(Fact::RefundIfNotDeliveredBefore(end), "as printed");
        }
        absorb(&[two]).await;
    };
    let page = Shown::page("dashboard", "orders", order).await;
    assert_eq!(page.count(".course .timeline .window"), 2);
    assert_eq!(page.count(".course .timeline .end"), 2);
    let picture = page.0.query_selector(".course .timeline").unwrap().unwrap();
    let words = picture.get_attribute("aria-label").unwrap();
    assert!(
        words.contains("Package 1 ·") && words.contains("Package 2 ·"),
        "{words}"
    );
}

#[wasm_bindgen_test]
async fn a_thousand_orders_are_counted_and_can_be_found() {
    let shown = Shown::page("dashboard", "orders", async || {
        let all: Vec<Reading> = (0..1_000)
            .map(|n| reading(n, &format!("Thing number {n}")))
            .collect();
        absorb(&all).await;
    })
    .await;
    shown.says("1,000");
    let drawn = shown.count(".list .row");
    assert!(
        (30..300).contains(&drawn),
        "{drawn} rows are drawn at first"
    );
    let field: HtmlElement = shown
        .0
        .query_selector("#search")
        .unwrap()
        .unwrap()
        .unchecked_into();
    js_sys::Reflect::set(&field, &"value".into(), &"number 997".into()).unwrap();
    let event = web_sys::Event::new("input").unwrap();
    field.dispatch_event(&event).unwrap();
    // The head of the columns is a row too.
    assert_eq!(shown.count(".list ul .row"), 1);
    shown.says("Thing number 997");
}

#[wasm_bindgen_test]
async fn with_nothing_kept_the_pages_say_how_to_begin() {
    for page in ["popup", "dashboard"] {
        let shown = Shown::page(page, "orders", async || {}).await;
        shown.says("No orders read yet");
        assert!(shown.count("a[href^=\"https://www.aliexpress.com/\"]") > 0);
    }
    let shown = Shown::page("dashboard", "problems", async || {}).await;
    shown.says("No problems.");
}

#[wasm_bindgen_test]
async fn a_storage_that_refuses_is_named_and_no_date_is_shown() {
    for page in ["popup", "dashboard", "settings"] {
        let shown = Shown::page(page, "orders", async || {
            absorb(&[reading(1, "A lamp")]).await;
            refuse("corrupted");
        })
        .await;
        shown.says("storage refused");
        assert_eq!(shown.count(".chip[data-kind=printed]"), 0);
        assert!(
            !shown.text().contains("No orders read yet"),
            "{page} says that there are none"
        );
    }
    let shown = Shown::page("dashboard", "orders", async || {
        refuse("QUOTA_BYTES quota exceeded");
    })
    .await;
    shown.says("There is no room left");
}

#[wasm_bindgen_test]
async fn a_damaged_record_is_named_and_left_as_it_is() {
    let unreadable: [(JsValue, &str); 4] = [
        (js_sys::JSON::parse("{\"id\": 5}").unwrap(), "older version"),
        ("9 in a form of its own".into(), "newer version"),
        ("2 mi8x3k2p|p fxs l 0 0".into(), "is damaged"),
        (JsValue::NULL, "is damaged"),
    ];
    for (value, why) in &unreadable {
        for (page, hash) in [
            ("dashboard", "problems"),
            ("dashboard", "orders"),
            ("popup", ""),
        ] {
            let shown = Shown::page(page, hash, async || {
                absorb(&[reading(1, "A lamp")]).await;
                keep(&format!("order:{}", id(2)), value);
            })
            .await;
            if hash == "problems" {
                shown.says(why);
                shown.says(id(2).as_str());
            } else {
                shown.says("A lamp");
            }
            assert_eq!(written(), 0, "{page} {hash}: {why}");
        }
    }
}

#[wasm_bindgen_test]
async fn damage_to_what_was_added_is_named_until_it_is_dismissed() {
    let account = format!("1 5 2 {}", "0".repeat(64));
    let shown = Shown::page("dashboard", "problems", async || {
        keep("locker", &account.as_str().into());
    })
    .await;
    shown.says("Damage to what you added was noticed");
    shown.says("2 entries are gone");
    let button = shown.0.query_selector(".notice button").unwrap().unwrap();
    button.unchecked_into::<HtmlElement>().click();
    for _ in 0..200 {
        if shown.text().contains("No problems.") {
            break;
        }
        pause().await;
    }
    shown.says("No problems.");
}

#[wasm_bindgen_test]
async fn where_a_newer_version_has_been_the_dashboard_says_so() {
    be_newer().await;
    let shown = Shown::page("dashboard", "problems", async || {}).await;
    shown.says("A newer version of Recourse has been here.");
    drop(shown);
    be_gone().await;
}

#[wasm_bindgen_test]
async fn what_takes_too_long_to_be_kept_is_said_to_be_not_kept_until_it_is() {
    let shown = Shown::page("settings", "", async || {}).await;
    let saved = || {
        let saved = shown.0.query_selector("#saved").unwrap().unwrap();
        saved.text_content().unwrap_or_default()
    };
    hold();
    let strip = shown.0.query_selector("#strip").unwrap().unwrap();
    strip.unchecked_into::<HtmlElement>().click();
    for _ in 0..200 {
        if saved() == "Not saved" {
            break;
        }
        pause().await;
    }
    assert_eq!(saved(), "Not saved", "the storage still says nothing");
    let_go();
    for _ in 0..200 {
        if saved().starts_with("Saved") {
            break;
        }
        pause().await;
    }
    assert!(saved().starts_with("Saved"), "{}", saved());
}

#[wasm_bindgen_test]
async fn a_switch_of_the_sharing_that_is_not_answered_is_said_to_be_not_done() {
    let shown = Shown::page("settings", "", async || {}).await;
    let field = shown.0.query_selector("#sync").unwrap().unwrap();
    let field: HtmlElement = field.unchecked_into();
    let says = "It could not be shared.";
    hold();
    field.click();
    for _ in 0..100 {
        if shown.text().contains(says) {
            break;
        }
        pause().await;
    }
    shown.says(says);
    let_go();
    for _ in 0..200 {
        if !shown.text().contains(says) {
            break;
        }
        pause().await;
    }
    assert!(!shown.text().contains(says), "it is on by now");
}

#[wasm_bindgen_test]
fn a_page_began_when_it_noted_so_though_its_time_stood_still() {
    stop_time();
    let (begun, later) = (clock::page_begun(), clock::page_begun());
    go_on();
    let performance = web_sys::window().unwrap().performance().unwrap();
    let begun = begun.unwrap();
    #[allow(
        clippy::cast_precision_loss,
        reason = "a moment near our time is exact in a double"
    )]
    let began = begun.0 as f64;
    assert!(began <= performance.time_origin());
    assert_eq!(later, Some(begun));
}

#[wasm_bindgen_test]
async fn what_the_background_program_has_not_answered_is_not_taken_for_done() {
    let _shown = Shown::page("popup", "", async || {}).await;
    let sent = async |says: &JsValue| {
        background_says(says);
        runtime::send(&Request::OpenDashboard(None)).await
    };
    assert_eq!(sent(&JsValue::NULL).await, Ok(()));
    assert_eq!(
        sent(&"the disk is full".into()).await,
        Err("the disk is full".to_owned())
    );
    // As Chromium answers for a service worker that was stopped before it did.
    assert!(sent(&JsValue::UNDEFINED).await.is_err());
}
