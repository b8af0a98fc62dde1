//! The documents say what the program does, and every rule has its words.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that meets what it does not expect should stop right there"
)]

mod words;

use recourse::domain::clock::ClockKind;
use recourse::domain::rules::{Anchor, Certainty, Days, PROVENANCE, RULES, Rule, Shows, Unit};
use recourse::store::Opening;
use words::has_words;

/// `ClaimAfterReceipt` to `claim-after-receipt`.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

fn end(rule: &Rule) -> String {
    let anchor = match rule.anchor {
        Anchor::Step(step) => step.name().to_owned(),
        other => kebab(&format!("{other:?}")),
    };
    let unit = kebab(&format!("{:?}", rule.unit)).replace('-', " ");
    let number = match rule.days {
        Days::Fixed(0) => String::new(),
        Days::Fixed(days) => format!(" + {days} {unit}"),
        Days::Printed(name) => {
            format!(" + the printed number ({})", kebab(&format!("{name:?}")))
        }
    };
    let opens = rule.opens.map_or(String::new(), |opens| {
        format!(", opens after {opens} {unit}")
    });
    let shows = if rule.shows == Shows::WhenOver {
        ", shown only once it has passed"
    } else {
        ""
    };
    format!("{anchor}{number}{opens}{shows}")
}

fn when(rule: &Rule) -> String {
    let mut said: Vec<String> = rule
        .stages
        .iter()
        .map(|stage| stage.name().to_owned())
        .collect();
    let when = &rule.when;
    if !when.countries.is_empty() {
        said.push(when.countries.join(" "));
    }
    said.extend(when.service.map(|service| service.name().to_owned()));
    said.extend(
        when.received
            .map(|yes| if yes { "received" } else { "not received" }.to_owned()),
    );
    said.extend(
        when.tracked
            .map(|yes| if yes { "tracked" } else { "not tracked" }.to_owned()),
    );
    said.extend(
        when.promised_within
            .map(|days| format!("promised within {days} days of shipping")),
    );
    said.join(", ")
}

#[test]
fn the_table_of_clocks_is_the_one_that_is_compiled_in() {
    let expected: Vec<String> = RULES
        .iter()
        .zip(PROVENANCE)
        .map(|(rule, from)| {
            let certainty = kebab(&format!("{:?}", rule.certainty));
            let (id, clock) = (rule.id, rule.clock.name());
            let (end, when) = (end(rule), when(rule));
            format!(
                "| `{id}` | {clock} | {certainty} | {end} | {when} | {:?}, {} | {} |",
                from.confidence, from.seen, from.source
            )
        })
        .collect();
    let document = include_str!("../docs/clocks.md");
    let rows: Vec<&str> = document
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    assert!(
        rows == expected,
        "docs/clocks.md should hold these rows:\n{}",
        expected.join("\n")
    );
}

#[test]
fn every_clock_has_a_rule() {
    for kind in ClockKind::ALL {
        assert!(
            RULES.iter().any(|rule| rule.clock == kind),
            "{}",
            kind.name()
        );
    }
}

#[test]
fn every_clock_and_rule_has_its_words_in_every_language() {
    for kind in ClockKind::ALL {
        has_words("badge_window_", kind.name(), "");
    }
    for rule in RULES {
        // Which other forms of a number it has, the check of all languages knows.
        let form = if rule.certainty == Certainty::Printed {
            ""
        } else {
            "_other"
        };
        has_words("where_rule_", rule.words, form);
    }
}

#[test]
fn hours_business_days_and_years_are_never_said_to_be_days() {
    for rule in RULES {
        let named = match rule.unit {
            Unit::Days => "",
            Unit::Hours => "hours_",
            Unit::BusinessDays => "business_days_",
            Unit::Years => "years_",
        };
        assert!(rule.words.starts_with(named), "{}", rule.id);
    }
}

#[test]
fn the_loader_of_the_list_begins_to_read_what_its_program_asks_for() {
    let loader = include_str!("../extension/loaders/list.js");
    let keys = Opening::KEYS.map(|key| format!("'{key}'")).join(", ");
    assert!(loader.contains(&format!("[{keys}]")), "{keys}");
    let program = include_str!("../src/program/content.rs");
    assert!(loader.contains("'look/content.css'") && program.contains("\"look/content.css\""));
}
