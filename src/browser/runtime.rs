//! The extension itself: its address, version, messages between its programs, and whether it is still there.

use miniserde::{Deserialize, Serialize, json};
use wasm_bindgen::prelude::*;

use crate::domain::order::OrderId;
use crate::domain::sighting::Reading;
use crate::domain::time::Moment;
use crate::store::record::{reading_of_text, text_of_reading};
use crate::store::{Engine, EngineSeen, Misunderstood};

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
    /// Remember what a page told.
    Absorb(Vec<Reading>),
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
}

/// A request as a message. Which of the parts are there depends on the kind.
#[derive(Serialize, Deserialize)]
struct RequestForm {
    kind: String,
    readings: Option<Vec<String>>,
    order: Option<String>,
    orders: Option<Vec<String>>,
    engine: Option<String>,
    report: Option<String>,
    at: Option<i64>,
}

impl Request {
    /// The longest message that is looked at, in characters of JSON. A list page with 10,000 orders stays below it because
    /// readings are sent in portions.
    pub const LIMIT: usize = 4_000_000;

    fn to_json(&self) -> String {
        let mut form = RequestForm {
            kind: String::new(),
            readings: None,
            order: None,
            orders: None,
            engine: None,
            report: None,
            at: None,
        };
        form.kind = match self {
            Self::Absorb(readings) => {
                form.readings = Some(readings.iter().map(text_of_reading).collect());
                "absorb"
            }
            Self::OpenDashboard(order) => {
                form.order = order.as_ref().map(ToString::to_string);
                "open-dashboard"
            }
            Self::Engine(seen) => {
                form.engine = Some(seen.engine.name().to_owned());
                form.at = Some(seen.at.0);
                "engine"
            }
            Self::Front(orders) => {
                form.orders = Some(orders.iter().map(ToString::to_string).collect());
                "front"
            }
            Self::DocumentDate(made) => {
                form.at = Some(made.0);
                "document-date"
            }
            Self::Misunderstood(report) => {
                form.report = report.as_ref().map(|report| report.report.clone());
                form.at = report.as_ref().map(|report| report.at.0);
                "misunderstood"
            }
        }
        .to_owned();
        json::to_string(&form)
    }

    /// The request that a message makes, or `None` if it makes none.
    #[must_use]
    pub fn from_json(text: &str) -> Option<Self> {
        let form: RequestForm = json::from_str(text).ok()?;
        match form.kind.as_str() {
            "absorb" => form
                .readings?
                .iter()
                .map(|text| reading_of_text(text))
                .collect::<Option<_>>()
                .map(Self::Absorb),
            "open-dashboard" => match form.order {
                Some(order) => OrderId::new(&order).map(|order| Self::OpenDashboard(Some(order))),
                None => Some(Self::OpenDashboard(None)),
            },
            "engine" => {
                let engine = Engine::named(&form.engine?)?;
                Some(Self::Engine(EngineSeen {
                    engine,
                    at: Moment(form.at?),
                }))
            }
            "front" => form
                .orders?
                .iter()
                .map(|id| OrderId::new(id))
                .collect::<Option<_>>()
                .map(Self::Front),
            "document-date" => Some(Self::DocumentDate(Moment(form.at?))),
            "misunderstood" => match (form.report, form.at) {
                (Some(report), Some(at)) => Some(Self::Misunderstood(Some(Misunderstood {
                    report,
                    at: Moment(at),
                }))),
                _ => Some(Self::Misunderstood(None)),
            },
            _ => None,
        }
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

/// Sends to the background program, which answers with what went wrong, if anything did.
pub async fn send(request: &Request) -> Result<(), String> {
    let message =
        js_sys::JSON::parse(&request.to_json()).map_err(|error| super::words_of(&error))?;
    let answer = super::outcome(send_message(&message))
        .await
        .map_err(|error| super::words_of(&error))?;
    answer.as_string().map_or(Ok(()), Err)
}

/// Writes a warning to the console: for an engineer, never the only sign of something that concerns the user.
pub fn log(text: &str, detail: &JsValue) {
    warn(&format!("Recourse: {text}"), detail);
}
