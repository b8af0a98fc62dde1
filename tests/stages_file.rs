//! What is refused in the file of what a dispute's stages mean, and that all of it has its words.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect should stop right there"
)]

mod data_file;
#[path = "../build/provenance.rs"]
mod provenance;
#[path = "../build/stages.rs"]
mod stages;
mod words;

use recourse::domain::stages::{GUIDES, advice};
use words::has_words;

const FILE: &str = include_str!("../src/domain/stages.toml");

#[test]
fn each_mistake_is_named() {
    let mistakes = [
        (
            "turn = \"seller\"",
            "turn = \"nobody else\"",
            "unknown variant",
        ),
        (
            "turn = \"seller\"",
            "turn = \"seller\"\nsince = 1",
            "unknown field `since`",
        ),
        (
            "stage = \"judged\"",
            "stage = \"refused\"",
            "the stage judged is there 0 times",
        ),
        (
            "clocks = [\"return-due\"]",
            "clocks = [\"withdrawal\"]",
            "return-wanted: there is no clock withdrawal",
        ),
        (
            "can = [\"supply\", ",
            "can = [\"supply\", \"supply\", ",
            "evidence-wanted: there is no advice supply, or it is there twice",
        ),
        (
            "can = [\"supply\", ",
            "can = [\"suply\", ",
            "there is no advice suply",
        ),
        (
            "can = [\"watch-refund\", \"ask-bank\"]",
            "can = []",
            "refunded: say what can be done",
        ),
        ("\"silence\", ", "", "no stage gives silence"),
        (
            "answers = [\"evidence-there\"]",
            "answers = []",
            "no stage gives evidence-there",
        ),
        ("id = \"silence\"", "id = \"Silence\"", "is no id"),
        ("id = \"supply\"", "id = \"silence\"", "there twice"),
        (
            "source = \"Two guides",
            "source = \" \"\n# \"Two guides",
            "silence: say where it is from",
        ),
        (
            "This is about order {order}. I have added",
            "I have added",
            "names the {order}",
        ),
        (
            "seen = 2026-11-01",
            "seen = 2026-11-01T00:00:00",
            "seen is a day",
        ),
    ];
    data_file::each_is_named(FILE, stages::code, &mistakes);
}

#[test]
fn all_of_it_has_its_words_in_every_language() {
    let has = |beginning: &str, name: &str| has_words(beginning, name, "");
    for guide in &GUIDES {
        has("stage_means_", guide.stage.name());
        has("dispute_stage_", guide.stage.name());
        has("stage_turn_", guide.turn.name());
        guide.answers.iter().for_each(|id| has("stage_answer_", id));
        for id in guide.can.iter().chain(guide.avoid) {
            has("stage_advice_", id);
            assert!(advice(id).is_some(), "{id}");
        }
    }
}
