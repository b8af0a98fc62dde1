//! What the local site prints, in each of its languages, is what the readers read: its words are a shop's, and a language
//! that the readers cannot follow there would fail its buyers on the real one.

use std::collections::BTreeMap;
use std::fs;

use recourse::domain::dispute::DisputeStage;
use recourse::domain::order::OrderState;
use recourse::domain::sighting::Service;
use recourse::site::lexicon;
use serde_json::Value;

use crate::corpus::{lexicon_of, read};

/// The words of every language, by its code. What one does not say is said in English.
pub fn words() -> BTreeMap<String, Value> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/local-site/words");
    let files = fs::read_dir(folder).unwrap();
    let read = files.map(|entry| {
        let path = entry.unwrap().path();
        let code = path.file_stem().unwrap().to_string_lossy().into_owned();
        let words = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        (code, words)
    });
    let mut all: BTreeMap<String, Value> = read.collect();
    let english = all["en"].as_object().unwrap().clone();
    for words in all.values_mut() {
        let words = words.as_object_mut().unwrap();
        for (name, word) in &english {
            words.entry(name.clone()).or_insert_with(|| word.clone());
        }
    }
    all
}

#[test]
fn the_local_site_speaks_every_language() {
    let known: Vec<&str> = lexicon::FILES.iter().map(|(code, _)| *code).collect();
    assert_eq!(words().keys().collect::<Vec<_>>(), known);
}

#[test]
fn every_label_that_a_date_depends_on_is_read_in_every_language() {
    let mut wrong = Vec::new();
    for (code, words) in words() {
        let lexicon = lexicon_of(Some(code.as_str()));
        let word = |path: &str| -> String {
            let found = path.split('/').fold(&words, |words, name| &words[name]);
            found
                .as_str()
                .unwrap_or_else(|| panic!("{code}: {path}"))
                .to_owned()
        };
        let dated = |name: &str, on: &str| word(name).replace("{date}", on);
        let row = |name: &str| format!("{}: 2026-07-16", word(name));
        let days = |name: &str| {
            ["confirm_days", "placed_days", "days"]
                .iter()
                .zip(["7", "90", "15"])
                .fold(word(name), |text, (place, days)| {
                    text.replace(&format!("{{{place}}}"), days)
                })
        };
        let state = OrderState::name;
        // The one text of a dispute that was seen in Korean waits for the platform.
        let waiting = if code == "ko" {
            DisputeStage::PlatformReviewing
        } else {
            DisputeStage::SellerToAnswer
        };
        let method = format!("{}: {}", word("payment_method"), word("card"));
        let on = |name: &str| format!("{}: 2026-07-16", word(&format!("dispute/on/{name}")));
        let until = |name: &str| {
            dated(&format!("dispute/until/{name}"), "2026-09-04").replace("{from}", "2026-08-28")
        };
        let stage = |name: &str| word(&format!("dispute/stage/{name}"));
        for (kind, text, expected) in [
            ("state", word("status/to_pay"), state(OrderState::Unpaid)),
            (
                "state",
                word("status/processing"),
                state(OrderState::Processing),
            ),
            (
                "state",
                word("status/awaiting"),
                state(OrderState::AwaitingDelivery),
            ),
            (
                "state",
                word("status/completed"),
                state(OrderState::Completed),
            ),
            (
                "state",
                word("status/cancelled"),
                state(OrderState::Cancelled),
            ),
            ("row", row("paid_on"), "paid 2026-07-16"),
            ("row", row("shipped_on"), "shipped 2026-07-16"),
            ("row", row("completed_on"), "completed 2026-07-16"),
            ("row", method, Service::Card.name()),
            ("tag", word("free_returns"), Service::FreeReturn.name()),
            ("promised", dated("estimated", "2026-08-03"), "2026-08-03"),
            ("arrival", dated("delivered_on", "2026-07-28"), "2026-07-28"),
            ("arrival", dated("arrives", "2026-07-28"), "nothing"),
            (
                "promise",
                dated("no_delivery", "2026-09-04"),
                "refund 2026-09-04",
            ),
            (
                "promise",
                dated("coupon_if", "2026-08-03"),
                "coupon 2026-08-03",
            ),
            ("promise", word("damaged"), "nothing"),
            ("promise", days("reminder"), "return 7, dispute 90"),
            ("promise", days("free_returns_text"), "free-return 15"),
            ("stage", word("refund_waiting"), waiting.name()),
            ("stage", word("refund_done"), DisputeStage::Refunded.name()),
            ("stage", stage("buyer"), DisputeStage::BuyerToAnswer.name()),
            (
                "stage",
                stage("evidence"),
                DisputeStage::EvidenceWanted.name(),
            ),
            ("stage", stage("back"), DisputeStage::ReturnWanted.name()),
            ("stage", stage("judged"), DisputeStage::Judged.name()),
            ("stage", stage("refunded"), DisputeStage::Refunded.name()),
            ("stage", stage("unknown"), "unreadable"),
            ("step", on("opened"), "dispute-opened 2026-07-16"),
            ("step", on("offered"), "seller-offered 2026-07-16"),
            ("step", on("asked"), "evidence-asked 2026-07-16"),
            ("step", on("agreed"), "return-agreed 2026-07-16"),
            ("step", on("decided"), "judged 2026-07-16"),
            ("step", on("refund_on"), "refund-decided 2026-07-16"),
            ("until", until("answer"), "buyer-answer 2026-09-04"),
            ("until", until("show"), "evidence-due 2026-09-04"),
            ("until", until("send"), "return-due 2026-09-04"),
            ("until", until("appeal"), "appeal 2026-09-04"),
            (
                "until",
                until("due"),
                "refund-expected 2026-09-04, from 2026-08-28",
            ),
        ] {
            let read = read(kind, &text, lexicon);
            if read != expected {
                wrong.push(format!(
                    "{code}: {kind} {text:?} is {read:?}, not {expected:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
