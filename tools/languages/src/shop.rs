//! The shop's words in a language: `src/site/words/<tag>.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Lines;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Source {
    states: States,
    /// The money comes back.
    refund: Vec<String>,
    /// It arrives, it is delivered, it is received.
    arrive: Vec<String>,
    /// Before a day.
    before: Vec<String>,
    /// A voucher, whose date must not be taken for the refund's.
    coupon: Vec<String>,
    /// It is sent back.
    send_back: Vec<String>,
    /// Receipt is confirmed.
    receipt: Vec<String>,
    /// Stems: it is confirmed.
    confirm: Vec<String>,
    /// The order was placed.
    ordered: Vec<String>,
    /// It was delivered.
    delivered: Vec<String>,
    /// The title of the tracking page once it has arrived.
    arrived_title: Vec<String>,
    /// Labels in the order's facts: it was sent.
    shipped_row: Vec<String>,
    /// Labels in the order's facts: it was completed.
    completed_row: Vec<String>,
    /// Labels in the order's facts: it was paid, and how.
    paid_row: Vec<String>,
    /// A card of a bank, as a way to pay.
    card: Vec<String>,
    /// The label of what can be sent back at no cost.
    free_return: Vec<String>,
    /// It comes later than promised.
    late: Vec<String>,
    /// Somebody answers, supplies evidence, sends back, decides: what is to be done before a day.
    answer: Vec<String>,
    evidence: Vec<String>,
    send: Vec<String>,
    decide: Vec<String>,
    /// The buyer may appeal.
    appeal: Vec<String>,
    /// By when the money is to be there.
    refund_due: Vec<String>,
    /// The control of an order line that begins a return or a dispute.
    dispute_control: Vec<String>,
    /// The controls of a dispute, and of an order, of which a buyer is warned: the offer is accepted, the dispute is cancelled or
    /// changed, the receipt is confirmed.
    accept_control: Vec<String>,
    cancel_control: Vec<String>,
    change_control: Vec<String>,
    confirm_control: Vec<String>,
    /// Whether a date and a number of days follow the words that say what they are: `수령 확인 후 7일 이내`.
    #[serde(default)]
    counts_last: bool,
    /// For each stage of a dispute the whole status texts that mean it.
    stages: BTreeMap<String, Vec<String>>,
    /// For each step of a dispute the words that stand beside its day.
    steps: BTreeMap<String, Vec<String>>,
}

const STEPS: [&str; 7] = [
    "dispute-opened",
    "seller-offered",
    "evidence-asked",
    "return-agreed",
    "judged",
    "refund-decided",
    "cancel-asked",
];

const STAGES: [&str; 10] = [
    "seller-to-answer",
    "buyer-to-answer",
    "platform-reviewing",
    "evidence-wanted",
    "judged",
    "return-wanted",
    "return-checked",
    "refunded",
    "refused",
    "cancelled",
];

/// For each state the whole status texts that mean it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct States {
    unpaid: Vec<String>,
    processing: Vec<String>,
    awaiting_delivery: Vec<String>,
    completed: Vec<String>,
    cancelled: Vec<String>,
    in_dispute: Vec<String>,
    refunded: Vec<String>,
}

pub fn write(source: &str, lines: &mut Lines) -> Result<(), String> {
    let source: Source = toml::from_str(source).map_err(|error| error.to_string())?;
    let states = [
        ("unpaid", &source.states.unpaid),
        ("processing", &source.states.processing),
        ("awaiting-delivery", &source.states.awaiting_delivery),
        ("completed", &source.states.completed),
        ("cancelled", &source.states.cancelled),
        ("in-dispute", &source.states.in_dispute),
        ("refunded", &source.states.refunded),
    ];
    let mut known: Vec<(&str, String)> = Vec::new();
    for (state, texts) in states {
        lines.list(state, texts, false);
        for text in lines.folded(state, texts) {
            if let Some((other, _)) = known
                .iter()
                .find(|(other, known)| *known == text && *other != state)
            {
                lines
                    .wrong
                    .push(format!("{text:?} is the status of {other} and of {state}"));
            }
            known.push((state, text));
        }
    }
    for (name, stems) in [
        ("refund", &source.refund),
        ("arrive", &source.arrive),
        ("before", &source.before),
        ("coupon", &source.coupon),
        ("send-back", &source.send_back),
        ("receipt", &source.receipt),
        ("confirm", &source.confirm),
        ("ordered", &source.ordered),
        ("delivered", &source.delivered),
        ("arrived-title", &source.arrived_title),
        ("shipped-row", &source.shipped_row),
        ("completed-row", &source.completed_row),
        ("paid-row", &source.paid_row),
        ("card", &source.card),
        ("free-return", &source.free_return),
        ("late", &source.late),
        ("answer", &source.answer),
        ("evidence", &source.evidence),
        ("send", &source.send),
        ("decide", &source.decide),
        ("appeal", &source.appeal),
        ("refund-due", &source.refund_due),
        ("dispute-control", &source.dispute_control),
    ] {
        lines.list(name, stems, false);
    }
    let mut controls: Vec<String> = Vec::new();
    for (name, texts) in [
        ("accept-control", &source.accept_control),
        ("cancel-control", &source.cancel_control),
        ("change-control", &source.change_control),
        ("confirm-control", &source.confirm_control),
    ] {
        lines.list(name, texts, false);
        for text in lines.folded(name, texts) {
            if controls.contains(&text) {
                lines.wrong.push(format!("{text:?} is of two controls"));
            }
            controls.push(text);
        }
    }
    for (kind, names, lists) in [
        ("stage", &STAGES[..], &source.stages),
        ("step", &STEPS[..], &source.steps),
    ] {
        let mut known: Vec<String> = Vec::new();
        for name in names.iter().filter(|name| !lists.contains_key(**name)) {
            lines
                .wrong
                .push(format!("no words for the {kind} {name:?}"));
        }
        for (name, texts) in lists {
            if !names.contains(&name.as_str()) {
                lines.wrong.push(format!("{name:?} is no {kind}"));
                continue;
            }
            let list = format!("{kind}-{name}");
            lines.list(&list, texts, false);
            for text in lines.folded(&list, texts) {
                if known.contains(&text) {
                    lines.wrong.push(format!("{text:?} is of two {kind}s"));
                }
                known.push(text);
            }
        }
    }
    if source.counts_last {
        lines.line("counts-last", "yes");
    }
    Ok(())
}
