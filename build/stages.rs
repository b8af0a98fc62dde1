//! The file of what a dispute's stages mean: its schema, what is refused in it, and the constants that it becomes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Deserialize;

use super::provenance::{Confidence, is_id, provenance};

/// The stages that readers tell, as they are named in data and in code.
const STAGES: [(&str, &str); 10] = [
    ("seller-to-answer", "SellerToAnswer"),
    ("buyer-to-answer", "BuyerToAnswer"),
    ("platform-reviewing", "PlatformReviewing"),
    ("evidence-wanted", "EvidenceWanted"),
    ("judged", "Judged"),
    ("return-wanted", "ReturnWanted"),
    ("return-checked", "ReturnChecked"),
    ("refunded", "Refunded"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
];

/// The windows that a stage can show, likewise.
const CLOCKS: [(&str, &str); 7] = [
    ("seller-answer", "SellerAnswer"),
    ("platform-decision", "PlatformDecision"),
    ("buyer-answer", "BuyerAnswer"),
    ("evidence-due", "EvidenceDue"),
    ("return-due", "ReturnDue"),
    ("appeal", "Appeal"),
    ("refund-expected", "RefundExpected"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    stage: Vec<Stage>,
    advice: Vec<Advice>,
    answer: Vec<Answer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stage {
    stage: String,
    turn: Turn,
    clocks: Vec<String>,
    can: Vec<String>,
    avoid: Vec<String>,
    answers: Vec<String>,
    confidence: Confidence,
    source: String,
    seen: toml::value::Datetime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advice {
    id: String,
    confidence: Confidence,
    source: String,
    seen: toml::value::Datetime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    id: String,
    text: String,
}

#[derive(Deserialize, Debug, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Turn {
    Buyer,
    Seller,
    Platform,
    Nobody,
}

/// The constants of that file, or what is wrong with it.
pub fn code(text: &str) -> Result<String, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut advice = BTreeSet::new();
    for one in &file.advice {
        if !is_id(&one.id) || !advice.insert(one.id.as_str()) {
            return Err(format!("advice {:?} is there twice, or is no id", one.id));
        }
    }
    let mut answers = BTreeSet::new();
    for one in &file.answer {
        if !is_id(&one.id) || !answers.insert(one.id.as_str()) {
            return Err(format!("answer {:?} is there twice, or is no id", one.id));
        }
        if !one.text.contains("{order}") || one.text.contains('\n') {
            return Err(format!(
                "answer {}: it is one line, and names the {{order}}",
                one.id
            ));
        }
    }
    let mut given: BTreeSet<&str> = BTreeSet::new();
    let mut guides = String::from("pub static GUIDES: [Guide; 10] = [\n");
    let mut sources = String::from("static STAGE_SOURCES: [Provenance; 10] = [\n");
    for (name, variant) in STAGES {
        let found: Vec<&Stage> = file.stage.iter().filter(|one| one.stage == name).collect();
        let [stage] = found[..] else {
            return Err(format!("the stage {name} is there {} times", found.len()));
        };
        let mut clocks = Vec::new();
        for clock in &stage.clocks {
            let known = CLOCKS.iter().find(|(known, _)| known == clock);
            let (_, variant) = known.ok_or(format!("{name}: there is no clock {clock}"))?;
            clocks.push(format!("ClockKind::{variant}"));
        }
        let mut seen = BTreeSet::new();
        for id in stage.can.iter().chain(&stage.avoid) {
            if !advice.contains(id.as_str()) || !seen.insert(id) {
                return Err(format!(
                    "{name}: there is no advice {id}, or it is there twice"
                ));
            }
            given.insert(id);
        }
        if stage.can.is_empty() {
            return Err(format!("{name}: say what can be done"));
        }
        for id in &stage.answers {
            if !answers.contains(id.as_str()) || !seen.insert(id) {
                return Err(format!(
                    "{name}: there is no answer {id}, or it is there twice"
                ));
            }
            given.insert(id);
        }
        writeln!(
            guides,
            "    Guide {{ stage: DisputeStage::{variant}, turn: Turn::{:?}, clocks: &[{}], can: &{:?}, avoid: &{:?}, answers: &{:?} }},",
            stage.turn,
            clocks.join(", "),
            stage.can,
            stage.avoid,
            stage.answers
        )
        .map_err(|error| error.to_string())?;
        let from = provenance(name, stage.confidence, &stage.source, &stage.seen)?;
        writeln!(sources, "    {from},").map_err(|error| error.to_string())?;
    }
    if let Some(other) = file.stage.iter().find(|stage| {
        let mut known = STAGES.iter();
        known.all(|(name, _)| *name != stage.stage)
    }) {
        return Err(format!("there is no stage {}", other.stage));
    }
    if let Some(unused) = advice
        .iter()
        .chain(&answers)
        .find(|id| !given.contains(*id))
    {
        return Err(format!("no stage gives {unused}"));
    }
    guides.push_str("];\n");
    sources.push_str("];\n");
    let mut out = guides + &sources;
    out.push_str("static ADVICE_SOURCES: &[(&str, Provenance)] = &[\n");
    for one in &file.advice {
        let from = provenance(&one.id, one.confidence, &one.source, &one.seen)?;
        writeln!(out, "    ({:?}, {from}),", one.id).map_err(|error| error.to_string())?;
    }
    out.push_str("];\nstatic ANSWERS: &[(&str, &str)] = &[\n");
    for one in &file.answer {
        writeln!(out, "    ({:?}, {:?}),", one.id, one.text).map_err(|error| error.to_string())?;
    }
    out.push_str("];\n");
    Ok(out)
}
