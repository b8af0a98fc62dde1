//! Turns `src/domain/rules.toml` into constants, and refuses a rule that could mislead a buyer; checks the data of every
//! language.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::{env, fs, path::Path, process};

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    id: String,
    clock: String,
    anchor: String,
    days: Days,
    states: Vec<String>,
    certainty: Certainty,
    shows: Shows,
    time_zone: String,
    confidence: Confidence,
    source: String,
    seen: toml::value::Datetime,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Days {
    Fixed(u16),
    Printed(String),
}

#[derive(Deserialize, Debug, PartialEq, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Certainty {
    Printed,
    Rule,
    Estimate,
}

#[derive(Deserialize, Debug)]
#[serde(rename_all = "kebab-case")]
enum Shows {
    Always,
    WhenOver,
}

#[derive(Deserialize, Debug, Clone, Copy)]
enum Confidence {
    A,
    B,
    C,
    D,
}

fn main() {
    let source = "src/domain/rules.toml";
    println!("cargo::rerun-if-changed={source}");
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR").unwrap_or_default();
    language_files(Path::new(&out));
    match rules(source) {
        Ok(code) => {
            if let Err(error) = fs::write(Path::new(&out).join("rules.rs"), code) {
                refuse(source, &error.to_string());
            }
        }
        Err(error) => refuse(source, &error),
    }
}

/// The languages' files, as a table for the library: native tests read with all of them, and the programs learn which there
/// are.
fn language_files(out: &Path) {
    for folder in languages::FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
    }
    println!("cargo::rerun-if-changed=src/reading/text.rs");
    let files = match languages::files(Path::new(".")) {
        Ok(files) => files,
        Err(wrong) => {
            for error in wrong {
                println!("cargo::error={error}");
            }
            process::exit(1);
        }
    };
    let mut table = String::from("&[");
    let mut codes = table.clone();
    for file in files {
        table.push_str(&format!("({:?}, {:?}), ", file.tag, file.text));
        codes.push_str(&format!("{:?}, ", file.tag));
    }
    for (name, mut code) in [("languages.rs", table), ("language_codes.rs", codes)] {
        code.push(']');
        if let Err(error) = fs::write(out.join(name), code) {
            refuse(name, &error.to_string());
        }
    }
}

fn refuse(source: &str, error: &str) -> ! {
    println!("cargo::error={source}: {error}");
    process::exit(1);
}

fn rules(path: &str) -> Result<String, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let file: File = toml::from_str(&text).map_err(|error| error.to_string())?;
    let mut ids = BTreeSet::new();
    let mut code = String::from("pub const RULES: &[Rule] = &[\n");
    for rule in &file.rule {
        let id = &rule.id;
        if !ids.insert(id.clone()) {
            return Err(format!("rule {id}: the id is used twice"));
        }
        if rule.source.trim().is_empty() {
            return Err(format!("rule {id}: say where it is from (source)"));
        }
        if rule.seen.date.is_none() || rule.seen.time.is_some() {
            return Err(format!("rule {id}: seen is a day"));
        }
        if rule.time_zone != "America/Los_Angeles" {
            return Err(format!(
                "rule {id}: the shop counts in America/Los_Angeles; no other zone is known here"
            ));
        }
        if rule.states.is_empty() {
            return Err(format!("rule {id}: name at least one state"));
        }
        if matches!(rule.confidence, Confidence::C | Confidence::D)
            && rule.certainty != Certainty::Estimate
        {
            return Err(format!(
                "rule {id}: a rule of confidence {:?} gives an estimate, nothing firmer",
                rule.confidence
            ));
        }
        if (rule.anchor == "refund-if-not-delivered-before")
            != (rule.certainty == Certainty::Printed)
        {
            return Err(format!(
                "rule {id}: a printed date, and nothing else, has the certainty \"printed\""
            ));
        }
        let days = match &rule.days {
            Days::Fixed(days) => format!("Days::Fixed({days})"),
            Days::Printed(name) => format!("Days::Printed(PrintedDays::{})", camel(name)),
        };
        let states: Vec<String> = rule
            .states
            .iter()
            .map(|state| format!("OrderState::{}", camel(state)))
            .collect();
        writeln!(
            code,
            "    Rule {{ id: {id:?}, clock: ClockKind::{clock}, anchor: Anchor::{anchor}, days: {days}, states: &[{states}], \
             certainty: Certainty::{certainty:?}, shows: Shows::{shows:?}, time_zone: {zone:?}, \
             confidence: Confidence::{confidence:?}, source: {source:?}, seen: {seen:?} }},",
            clock = camel(&rule.clock),
            anchor = camel(&rule.anchor),
            states = states.join(", "),
            certainty = rule.certainty,
            shows = rule.shows,
            zone = rule.time_zone,
            confidence = rule.confidence,
            source = rule.source,
            seen = rule.seen.to_string(),
        )
        .map_err(|error| error.to_string())?;
    }
    code.push_str("];\n");
    Ok(code)
}

/// `claim-after-receipt` to `ClaimAfterReceipt`. A name that no variant has then fails to compile.
fn camel(name: &str) -> String {
    let mut out = String::new();
    for part in name.split('-') {
        let mut letters = part.chars();
        out.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        out.extend(letters);
    }
    out
}
