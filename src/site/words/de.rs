//! German.

use super::{Order, Words};
use crate::domain::order::OrderState;

pub const WORDS: Words = Words {
    states: &[
        (
            OrderState::Unpaid,
            "zu bezahlen|zu zahlen|zahlung ausstehend|ausstehende zahlung|wartet auf zahlung|\
             warten auf zahlung|unbezahlt",
        ),
        (
            OrderState::Processing,
            "in bearbeitung|wird bearbeitet|versandbereit|bereit zum versand|wartet auf versand|\
             warten auf versand|zu versenden|bezahlt",
        ),
        (
            OrderState::AwaitingDelivery,
            "wartet auf lieferung|warten auf lieferung|lieferung ausstehend|versandt|versendet|verschickt|\
             verarbeitet|bearbeitet|unterwegs",
        ),
        (
            OrderState::Completed,
            "abgeschlossen|fertig|fertiggestellt|beendet|bestellung abgeschlossen",
        ),
        (
            OrderState::Cancelled,
            "storniert|abgebrochen|abgelaufen|geschlossen|bestellung storniert",
        ),
        (
            OrderState::InDispute,
            "im streitfall|streitfall lauft|in streit|ruckerstattung lauft|eingefroren",
        ),
        (
            OrderState::Refunded,
            "ruckerstattet|erstattet|streitfall beendet|ruckerstattung abgeschlossen",
        ),
    ],
    refund: &["erstatt"],
    arrive: &[
        "liefer",
        "zustell",
        "zugestellt",
        "ankunft",
        "angekommen",
        "ankommt",
        "erhalt",
    ],
    before: &["vor dem", "vor", "bis zum", "bis"],
    coupon: &["gutschein", "coupon"],
    send_back: &[
        "zurucksend",
        "zuruckschick",
        "senden sie",
        "schicken sie",
        "ruckgabe",
        "rucksendung",
    ],
    receipt: &["empfang", "erhalt", "eingang"],
    ordered: &["bestell", "auftrag", "kauf"],
    delivered: &["lieferung", "zustellung"],
    arrived_title: &["zugestellt", "geliefert"],
    order: Order::CountFirst,
    shipped_row: &["versand", "versendet", "verschickt"],
    completed_row: &["abgeschlossen", "beendet"],
    dispute_control: &[
        "ruckgabe/erstattung",
        "ruckgaben/erstattungen",
        "rucksendungen/erstattungen",
        "rucksendung/ruckerstattung",
        "ruckgabe/ruckerstattung",
        "streitfall eroffnen",
        "erstattung",
    ],
};
