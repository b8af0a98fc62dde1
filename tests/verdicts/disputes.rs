//! Disputes about several lines of one order: each has a stage and deadlines of its own.

use std::rc::Rc;

use recourse::domain::clock::{Clock, ClockKind, clocks};
use recourse::domain::contradiction::{Contradiction, contradictions};
use recourse::domain::dispute::{DisputeStage, DisputeStep};
use recourse::domain::rules::{Certainty, Choices};
use recourse::domain::sighting::{Fact, Page, Reading};

use super::{awaiting, day, noon, reading, record, zones};

const ONE: u64 = 8_214_969_923_776_196;
const TWO: u64 = 8_214_969_923_776_197;

fn of(line: u64, at: &str, facts: &[Fact]) -> Reading {
    let facts: Vec<Fact> = facts
        .iter()
        .map(|fact| Fact::OfLine(line, Rc::new(fact.clone())))
        .collect();
    reading(Page::Dispute, noon(at), &facts)
}

fn answer(line: u64, at: &str, on: &str) -> Reading {
    let stage = Fact::Stage(DisputeStage::BuyerToAnswer);
    of(
        line,
        at,
        &[stage, Fact::Ends(ClockKind::BuyerAnswer, day(on))],
    )
}

fn of_kind(kind: ClockKind, readings: &[Reading]) -> Vec<Clock> {
    let all = [&[awaiting("2026-10-01")], readings].concat();
    let all = clocks(&record(&all), noon("2026-11-20"), zones(), Choices::NONE);
    all.into_iter().filter(|clock| clock.kind == kind).collect()
}

fn ends(kind: ClockKind, readings: &[Reading]) -> Vec<String> {
    let clocks = of_kind(kind, readings);
    let ends = clocks.iter().map(|clock| clock.because.end_day.to_string());
    ends.collect()
}

#[test]
fn the_deadline_of_one_line_is_not_moved_by_that_of_another() {
    let readings = [
        answer(ONE, "2026-11-10", "2026-11-24"),
        answer(TWO, "2026-11-12", "2026-12-05"),
    ];
    let clocks = of_kind(ClockKind::BuyerAnswer, &readings);
    let told: Vec<_> = clocks
        .iter()
        .map(|clock| (clock.because.end_day.to_string(), clock.certainty()))
        .collect();
    assert_eq!(
        told,
        [
            ("2026-11-24".to_owned(), Certainty::Printed),
            ("2026-12-05".to_owned(), Certainty::Printed),
        ]
    );
    assert!(clocks.iter().all(|clock| clock.moved().is_none()));
}

#[test]
fn a_deadline_that_was_moved_is_that_of_its_own_line() {
    let readings = [
        answer(ONE, "2026-11-10", "2026-11-24"),
        answer(TWO, "2026-11-11", "2026-11-26"),
        answer(ONE, "2026-11-12", "2026-12-05"),
    ];
    let clocks = of_kind(ClockKind::BuyerAnswer, &readings);
    let moved: Vec<_> = clocks
        .iter()
        .map(|clock| {
            let from = clock.moved().map(|moved| moved.from.to_string());
            (clock.because.end_day.to_string(), from)
        })
        .collect();
    assert_eq!(
        moved,
        [
            ("2026-11-26".to_owned(), None),
            ("2026-12-05".to_owned(), Some("2026-11-24".to_owned())),
        ]
    );
}

#[test]
fn where_one_line_stands_says_nothing_of_another() {
    let waits = |line, at| of(line, at, &[Fact::Stage(DisputeStage::SellerToAnswer)]);
    let one = answer(ONE, "2026-11-10", "2026-11-24");
    let other = waits(TWO, "2026-11-12");
    assert_eq!(
        ends(ClockKind::BuyerAnswer, &[one.clone(), other]),
        ["2026-11-24"]
    );
    let own = waits(ONE, "2026-11-12");
    assert_eq!(ends(ClockKind::BuyerAnswer, &[one, own]), [] as [String; 0]);
}

#[test]
fn a_stage_of_the_order_is_that_of_its_only_dispute() {
    let one = answer(ONE, "2026-11-10", "2026-11-24");
    let banner = Fact::Stage(DisputeStage::SellerToAnswer);
    let card = reading(Page::OrderList, noon("2026-11-12"), &[banner]);
    assert_eq!(
        ends(ClockKind::BuyerAnswer, &[one.clone(), card.clone()]),
        [] as [String; 0],
        "read later of the same dispute"
    );
    let other = of(
        TWO,
        "2026-11-11",
        &[Fact::Stage(DisputeStage::SellerToAnswer)],
    );
    assert_eq!(
        ends(ClockKind::BuyerAnswer, &[one, other, card]),
        ["2026-11-24"],
        "which of the two it is about is not known"
    );
}

#[test]
fn each_line_counts_from_its_own_step() {
    let offered = |line, on| {
        let facts = [
            Fact::Stage(DisputeStage::BuyerToAnswer),
            Fact::Step(DisputeStep::SellerOffered, day(on)),
        ];
        of(line, "2026-11-19", &facts)
    };
    let readings = [offered(ONE, "2026-11-16"), offered(TWO, "2026-11-18")];
    assert_eq!(
        ends(ClockKind::BuyerAnswer, &readings),
        ["2026-11-21", "2026-11-23"]
    );
    let of_one_line = [offered(ONE, "2026-11-16"), offered(ONE, "2026-11-18")];
    assert_eq!(
        ends(ClockKind::BuyerAnswer, &of_one_line),
        ["2026-11-21"],
        "two offers about one line are one wait"
    );
    let opened = |line, on| {
        let facts = [
            Fact::Stage(DisputeStage::SellerToAnswer),
            Fact::Step(DisputeStep::Opened, day(on)),
        ];
        of(line, "2026-11-19", &facts)
    };
    let readings = [opened(ONE, "2026-11-16"), opened(TWO, "2026-11-18")];
    assert_eq!(
        ends(ClockKind::SellerAnswer, &readings),
        ["2026-11-21"],
        "what others are to do is told once"
    );
}

#[test]
fn days_of_lines_that_cannot_be_so_are_contradictions() {
    let early = answer(ONE, "2026-11-10", "2026-09-24");
    let record_of = |readings: &[Reading]| record(&[&[awaiting("2026-10-01")], readings].concat());
    let known = record_of(&[early]);
    assert!(matches!(
        contradictions(&known).as_slice(),
        [Contradiction::BeforeOrder { .. }]
    ));
    let listed = |line| Reading {
        page: Page::ReturnsList,
        ..answer(line, "2026-11-10", "2026-11-29")
    };
    let page = answer(ONE, "2026-11-10", "2026-11-24");
    let known = record_of(&[page.clone(), listed(ONE)]);
    assert!(matches!(
        contradictions(&known).as_slice(),
        [Contradiction::Differ { .. }]
    ));
    assert_eq!(contradictions(&record_of(&[page, listed(TWO)])), []);
}

/// "The refund is expected between two days."
fn refund(line: u64, at: &str, from: &str, to: &str) -> Reading {
    let kind = ClockKind::RefundExpected;
    of(
        line,
        at,
        &[
            Fact::Step(DisputeStep::RefundFrom, day(from)),
            Fact::Ends(kind, day(to)),
        ],
    )
}

#[test]
fn a_refund_that_is_expected_between_two_days_keeps_both() {
    let days = |readings: &[Reading]| -> Vec<(String, Option<String>)> {
        let clocks = of_kind(ClockKind::RefundExpected, readings);
        let day_at = |moment| zones().buyer.day_at(moment).unwrap().to_string();
        let days = clocks.iter().map(|clock| {
            let opens = clock.opens().map(day_at);
            (clock.because.end_day.to_string(), opens)
        });
        days.collect()
    };
    let both = |from: &str, to: &str| vec![(to.to_owned(), Some(from.to_owned()))];
    let first = refund(ONE, "2026-11-10", "2026-11-20", "2026-11-28");
    assert_eq!(
        days(std::slice::from_ref(&first)),
        both("2026-11-20", "2026-11-28")
    );
    // The page has moved one of them since, or both.
    for (from, to) in [
        ("2026-11-22", "2026-11-28"),
        ("2026-11-20", "2026-11-30"),
        ("2026-12-01", "2026-12-05"),
    ] {
        let moved = refund(ONE, "2026-11-12", from, to);
        assert_eq!(days(&[first.clone(), moved.clone()]), both(from, to));
        assert_eq!(days(&[moved, first.clone()]), both(from, to));
    }
    // Since then it prints the last one alone.
    let last = Fact::Ends(ClockKind::RefundExpected, day("2026-11-28"));
    let alone = of(ONE, "2026-11-12", &[last]);
    assert_eq!(
        days(&[first.clone(), alone]),
        [("2026-11-28".to_owned(), None)]
    );
    // The first day of one line is none of another's.
    let other = Fact::Ends(ClockKind::RefundExpected, day("2026-12-05"));
    let other = of(TWO, "2026-11-10", &[other]);
    assert_eq!(
        days(&[first, other]),
        both("2026-11-20", "2026-11-28"),
        "of what others are to do the earliest is shown"
    );
    let earlier = Fact::Ends(ClockKind::RefundExpected, day("2026-11-25"));
    let earlier = of(TWO, "2026-11-10", &[earlier]);
    let first = refund(ONE, "2026-11-10", "2026-11-20", "2026-11-28");
    assert_eq!(days(&[first, earlier]), [("2026-11-25".to_owned(), None)]);
}

/// "3 days left to respond", of that stage.
fn time_left(at: &str, stage: DisputeStage, kind: ClockKind, least: &str) -> Reading {
    let facts = [Fact::Stage(stage), Fact::TimeLeft(kind, day(least))];
    reading(Page::Dispute, noon(at), &facts)
}

#[test]
fn how_long_a_page_says_is_left_gives_an_estimate() {
    for (stage, kind) in [
        (DisputeStage::SellerToAnswer, ClockKind::SellerAnswer),
        (DisputeStage::BuyerToAnswer, ClockKind::BuyerAnswer),
        (DisputeStage::EvidenceWanted, ClockKind::EvidenceDue),
        (DisputeStage::ReturnWanted, ClockKind::ReturnDue),
        (DisputeStage::PlatformReviewing, ClockKind::PlatformDecision),
        (DisputeStage::Judged, ClockKind::Appeal),
    ] {
        let said = time_left("2026-11-18", stage, kind, "2026-11-23");
        let clocks = of_kind(kind, std::slice::from_ref(&said));
        assert_eq!(clocks.len(), 1, "{kind:?}");
        assert_eq!(clocks[0].because.end_day, day("2026-11-23"));
        assert_eq!(clocks[0].certainty(), Certainty::Estimate);
        // A day that is printed goes before it.
        let printed = reading(
            Page::Dispute,
            noon("2026-11-18"),
            &[Fact::Ends(kind, day("2026-11-25"))],
        );
        assert_eq!(ends(kind, &[said, printed]), ["2026-11-25"], "{kind:?}");
    }
}

#[test]
fn what_is_left_is_told_anew_by_the_same_page() {
    let (stage, kind) = (DisputeStage::BuyerToAnswer, ClockKind::BuyerAnswer);
    let first = time_left("2026-11-10", stage, kind, "2026-11-22");
    let second = time_left("2026-11-18", stage, kind, "2026-11-26");
    let listed = Reading {
        page: Page::ReturnsList,
        ..time_left("2026-11-12", stage, kind, "2026-11-24")
    };
    assert_eq!(ends(kind, &[first.clone(), second.clone()]), ["2026-11-26"]);
    assert_eq!(ends(kind, &[second.clone(), first.clone()]), ["2026-11-26"]);
    // The one was not moved to the other: both are estimates.
    let clocks = of_kind(kind, &[first.clone(), second.clone()]);
    assert_eq!(clocks[0].moved(), None);
    // Of two pages the earlier counts.
    assert_eq!(ends(kind, &[first, second, listed]), ["2026-11-24"]);
}

#[test]
fn a_rule_does_not_count_beyond_what_a_page_says_is_left() {
    let (stage, kind) = (DisputeStage::SellerToAnswer, ClockKind::SellerAnswer);
    let opened = Fact::Step(DisputeStep::Opened, day("2026-11-18"));
    let opened = reading(Page::Dispute, noon("2026-11-18"), &[opened]);
    let left = |least| time_left("2026-11-18", stage, kind, least);
    let rule = of_kind(kind, &[opened.clone(), left("2026-11-30")]);
    assert_eq!(rule[0].certainty(), Certainty::Rule);
    assert_eq!(rule[0].because.end_day, day("2026-11-23"));
    let both = of_kind(kind, &[opened.clone(), left("2026-11-23")]);
    assert_eq!(both[0].certainty(), Certainty::Rule, "both end with it");
    // Also where only one of the two pages names the line.
    let of_line = of(
        ONE,
        "2026-11-18",
        &[
            Fact::Stage(stage),
            Fact::Step(DisputeStep::Opened, day("2026-11-18")),
        ],
    );
    for opened in [opened, of_line] {
        let said = of_kind(kind, &[opened, left("2026-11-21")]);
        assert_eq!(said[0].certainty(), Certainty::Estimate);
        assert_eq!(said[0].because.end_day, day("2026-11-21"));
    }
    let of_another = of(
        TWO,
        "2026-11-18",
        &[Fact::Stage(stage), Fact::TimeLeft(kind, day("2026-11-21"))],
    );
    let step = Fact::Step(DisputeStep::Opened, day("2026-11-18"));
    let readings = [
        of(ONE, "2026-11-18", &[Fact::Stage(stage), step]),
        of_another,
    ];
    assert!(ends(kind, &readings).contains(&"2026-11-23".to_owned()));
}
