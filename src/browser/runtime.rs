//! The extension itself: its address, version, messages between its programs, and whether it is still there.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::domain::date_check::Wish;
use crate::domain::ledger::Record;
use crate::domain::number;
use crate::domain::order::OrderId;
use crate::domain::reminders::Asked;
use crate::domain::sighting::Reading;
use crate::domain::time::Moment;
use crate::store::record::{reading_of_text, record_of_text};
use crate::store::{EngineSeen, Misunderstood, PageRead, Stored};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getURL, catch)]
    fn get_url(path: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getManifest, catch)]
    fn get_manifest() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = sendMessage, catch)]
    fn send_message(message: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "i18n"], js_name = getUILanguage, catch)]
    fn get_ui_language() -> Result<String, JsValue>;
    #[wasm_bindgen(js_namespace = console, js_name = warn)]
    fn warn(text: &str, detail: &JsValue);
}

/// What a program asks of the background program.
#[derive(Clone, Debug)]
pub enum Request {
    /// Open the dashboard, at that order if one is given.
    OpenDashboard(Option<OrderId>),
    /// The content program runs on this engine.
    Engine(EngineSeen),
    /// The list begins with these orders.
    Front(Vec<OrderId>),
    /// The document was made then, which is still to come by the computer's clock.
    DocumentDate(Moment),
    /// A page was not understood, or (with `None`) one was understood.
    Misunderstood(Option<Misunderstood>),
    /// A page was read.
    PageRead(PageRead),
    /// Open the pages of these orders, each with its address as a page gave it; with none named, those of all orders that
    /// wait for an exact date.
    CheckDates(Vec<(OrderId, String)>),
    /// What the user wants of the check that goes on.
    DateCheck(Wish),
    /// This page holds a check for robots.
    Barred,
}

impl Request {
    /// The request as a message: its kind, and texts.
    fn message(&self) -> Array {
        let message = Array::new();
        let add = |text: &str| {
            message.push(&JsValue::from_str(text));
        };
        match self {
            Self::OpenDashboard(order) => {
                add("open-dashboard");
                if let Some(order) = order {
                    add(order.as_str());
                }
            }
            Self::Engine(seen) => {
                add("engine");
                add(&seen.to_text());
            }
            Self::Front(orders) => {
                add("front");
                for order in orders {
                    add(order.as_str());
                }
            }
            Self::DocumentDate(made) => {
                add("document-date");
                add(&number::text(made.0));
            }
            Self::Misunderstood(report) => {
                add("misunderstood");
                if let Some(report) = report {
                    add(&report.to_text());
                }
            }
            Self::PageRead(read) => {
                add("page-read");
                add(&read.to_text());
            }
            Self::CheckDates(orders) => {
                add("check-dates");
                for (order, link) in orders {
                    add(order.as_str());
                    add(link);
                }
            }
            Self::DateCheck(wish) => add(match wish {
                Wish::Cancel => "cancel-check",
                Wish::Continue => "continue-check",
                Wish::Show => "show-barrier",
                Wish::Dismiss => "dismiss-check",
            }),
            Self::Barred => add("barred"),
        }
        message
    }

    /// The request that a message makes, or `None` if it makes none.
    #[must_use]
    pub fn of_message(message: &JsValue) -> Option<Self> {
        let parts = parts_of(message)?;
        let (kind, texts) = parts.split_first()?;
        let ids = texts.iter().map(|id| OrderId::new(id));
        Some(match (kind.as_str(), texts) {
            ("open-dashboard", []) => Self::OpenDashboard(None),
            ("open-dashboard", [order]) => Self::OpenDashboard(Some(OrderId::new(order)?)),
            ("engine", [seen]) => Self::Engine(EngineSeen::from_text(seen)?),
            ("front", _) => Self::Front(ids.collect::<Option<_>>()?),
            ("document-date", [made]) => Self::DocumentDate(Moment(number::read(made, 10)?)),
            ("misunderstood", []) => Self::Misunderstood(None),
            ("misunderstood", [report]) => {
                Self::Misunderstood(Some(Misunderstood::from_text(report)?))
            }
            ("page-read", [read]) => Self::PageRead(PageRead::from_text(read)?),
            ("check-dates", _) => {
                let visit = |pair: &[String]| match pair {
                    [order, link] => Some((OrderId::new(order)?, link.clone())),
                    _ => None,
                };
                Self::CheckDates(texts.chunks(2).map(visit).collect::<Option<_>>()?)
            }
            ("barred", []) => Self::Barred,
            ("cancel-check", []) => Self::DateCheck(Wish::Cancel),
            ("continue-check", []) => Self::DateCheck(Wish::Continue),
            ("show-barrier", []) => Self::DateCheck(Wish::Show),
            ("dismiss-check", []) => Self::DateCheck(Wish::Dismiss),
            _ => return None,
        })
    }
}

/// The address of a file of the extension; empty if the extension is gone.
#[must_use]
pub fn url(path: &str) -> String {
    get_url(path).unwrap_or_default()
}

/// The extension's version as in its manifest.
#[must_use]
pub fn version() -> String {
    let version =
        get_manifest().and_then(|manifest| js_sys::Reflect::get(&manifest, &"version".into()));
    version
        .ok()
        .and_then(|version| version.as_string())
        .unwrap_or_default()
}

/// Whether the extension was updated or removed under this page, so that nothing can be read or kept from here any more.
#[must_use]
pub fn is_orphaned() -> bool {
    get_url("").is_err() || get_manifest().is_err()
}

/// The browser's own language, as a BCP 47 tag.
#[must_use]
pub fn ui_language() -> String {
    get_ui_language().unwrap_or_else(|_| "en".to_owned())
}

/// The longest message that is looked at, in bytes of text. A list page with 10,000 orders stays below it because readings are
/// sent in portions.
const LIMIT: usize = 4_000_000;

/// The texts of a message, if it is one and no longer than it may be.
fn parts_of(message: &JsValue) -> Option<Vec<String>> {
    let parts = message.dyn_ref::<Array>()?.iter();
    let parts: Vec<String> = parts.map(|part| part.as_string()).collect::<Option<_>>()?;
    let length: usize = parts.iter().map(String::len).sum();
    (length <= LIMIT).then_some(parts)
}

/// Sends to the background program, which answers with what went wrong, if anything did.
pub async fn send(request: &Request) -> Result<(), String> {
    send_parts(&request.message()).await
}

/// What a page told is a message for itself.
const READINGS: &str = "readings";

/// Has readings kept, given as their texts.
pub async fn absorb(readings: &Array) -> Result<(), String> {
    send_parts(&Array::of1(&READINGS.into()).concat(readings)).await
}

/// The readings that a message wants kept.
#[must_use]
pub fn readings_in(message: &JsValue) -> Option<Vec<Reading>> {
    // Of another message, which may be long, no more than its kind is looked at.
    let kind = message.dyn_ref::<Array>()?.get(0).as_string()?;
    let parts = (kind == READINGS).then(|| parts_of(message))??;
    let texts = parts.iter().skip(1);
    texts.map(|text| reading_of_text(text)).collect()
}

/// So is the message about reminders: the order list, which sends none, need not know how.
const REMINDERS: &str = "reminders";

/// Tells the background program what the user wants of reminders.
pub async fn ask(asked: &Asked) -> Result<(), String> {
    send_about(REMINDERS, &asked.to_text()).await
}

/// What a message wants of reminders, if it is about them.
#[must_use]
pub fn asked_in(message: &JsValue) -> Option<Asked> {
    Asked::from_text(&text_about(REMINDERS, message)?)
}

/// The message that opens the page of a claim is one for itself as well.
const CLAIM: &str = "open-claim";

/// Has the page opened on which a claim about that order is prepared.
pub async fn open_claim(order: &OrderId) -> Result<(), String> {
    send_about(CLAIM, order.as_str()).await
}

/// The order about which a message wants a claim prepared.
#[must_use]
pub fn claim_in(message: &JsValue) -> Option<OrderId> {
    OrderId::new(&text_about(CLAIM, message)?)
}

/// So is the one that tells a dispute's number.
const DISPUTE: &str = "dispute-number";

/// Tells the number by which the shop knows the dispute about that order, and the number of its line, 0 where the page does not name it.
pub async fn tell_dispute(order: &OrderId, line: u64, number: &str) -> Result<(), String> {
    let line = number::text(i64::try_from(line).unwrap_or_default());
    send_about(DISPUTE, &[order.as_str(), number, &line].join(" ")).await
}

/// The order, the number of its line, and that of the dispute about it, that a message tells.
#[must_use]
pub fn dispute_in(message: &JsValue) -> Option<(OrderId, u64, String)> {
    let text = text_about(DISPUTE, message)?;
    let mut words = text.splitn(3, ' ');
    let (order, number, line) = (words.next()?, words.next()?, words.next()?);
    let is_number = number.len() <= 24 && number.bytes().all(|letter| letter.is_ascii_digit());
    let line = u64::try_from(number::read(line, 10)?).ok()?;
    is_number.then_some((OrderId::new(order)?, line, number.to_owned()))
}

/// The message with orders of a backup: the number and the record of each.
const ORDERS: &str = "orders-back";

/// Has what a backup knows of orders taken in, in portions.
pub async fn bring_back(orders: &[(OrderId, String)]) -> Result<(), String> {
    for portion in orders.chunks(100) {
        let message = Array::of1(&ORDERS.into());
        for (id, record) in portion {
            message.push(&id.as_str().into());
            message.push(&record.into());
        }
        send_parts(&message).await?;
    }
    Ok(())
}

/// The orders that a message brings back.
#[must_use]
pub fn records_in(message: &JsValue) -> Option<Vec<Record>> {
    let message = message.dyn_ref::<Array>()?;
    if message.get(0).as_string()? != ORDERS {
        return None;
    }
    let texts: Vec<String> = message
        .iter()
        .skip(1)
        .map(|part| part.as_string())
        .collect::<Option<_>>()?;
    let record = |pair: &[String]| match pair {
        [id, text] => record_of_text(text, &OrderId::new(id)?).ok(),
        _ => None,
    };
    texts.chunks(2).map(record).collect()
}

/// Sends a text under the name of what it is about.
async fn send_about(about: &str, text: &str) -> Result<(), String> {
    send_parts(&Array::of2(&about.into(), &text.into())).await
}

/// The text of a message that is about this.
fn text_about(about: &str, message: &JsValue) -> Option<String> {
    let message = message.dyn_ref::<Array>()?;
    let about = message.length() == 2 && message.get(0).as_string()? == about;
    message.get(1).as_string().filter(|_| about)
}

async fn send_parts(message: &Array) -> Result<(), String> {
    let answer = super::outcome(send_message(message))
        .await
        .map_err(|error| super::words_of(&error))?;
    // The background program answers `null` or what went wrong. Of one that was stopped before it answered, Chromium says only that
    // there is nothing.
    if answer.is_undefined() {
        return Err("no answer".to_owned());
    }
    answer.as_string().map_or(Ok(()), Err)
}

/// Writes a warning to the console: for an engineer, never the only sign of something that concerns the user.
pub fn log(text: &str, detail: &JsValue) {
    warn(&["Recourse: ", text].concat(), detail);
}
