//! The list of returns and the page of one dispute.

use std::rc::Rc;

use recourse::domain::clock::ClockKind;
use recourse::domain::dispute::{DisputeStage, DisputeStep};
use recourse::domain::order::OrderId;
use recourse::domain::problem::{Field, Trouble};
use recourse::domain::sighting::{Fact, Page, Reading};
use recourse::site::returns_page::{self, Returned};
use recourse::site::strategy::{self, Tally, Way};
use recourse::site::{Context, dispute_page};

use crate::fixture::context;
use crate::node::Parsed;

const ORDER: &str = "8212313961591322";
const OTHER: &str = "8214398062177351";

/// The number of an order line, as links name it.
const LINE: u64 = 8_214_969_923_776_196;

/// One line of the list, in the class names that a script of 2022 to 2026 relies on.
fn item(number: &str, link: Option<&str>, status: &str) -> String {
    item_of(number, link, LINE, status)
}

fn item_of(number: &str, link: Option<&str>, line: u64, status: &str) -> String {
    let link = link.map_or_else(String::new, |order| {
        format!("<a href=\"/p/refund-amount/detail.html?tradeOrderId={order}&amp;tradeOrderLineId={line}\">View</a>")
    });
    format!(
        "<div class=\"orderItem--orderItem--3kP\"><div class=\"orderItem--orderSKUId--1x\">Order ID: {number}</div>
           <div class=\"orderItem--orderStore--2y\">LIMA Store</div><div class=\"orderItem--orderSKUTitle--4z\">Cable, refunded 100%</div>
           <div class=\"orderItem--orderStatusDesc--9q\">{status}</div>
           <div class=\"orderItem--orderStatusAction--7\"><div><button>Details</button>{link}</div></div></div>"
    )
}

fn list(items: &[String], language: &str) -> Option<Vec<Returned>> {
    let html = format!(
        "<html><body><div id=\"root\">{}</div></body></html>",
        items.concat()
    );
    returns_page::read(
        &Parsed::page(&html),
        &context(Page::ReturnsList, language),
        &mut Tally::default(),
    )
}

fn stages(reading: &Reading) -> Vec<DisputeStage> {
    let stage = |(fact, _): &(Fact, String)| match fact.of_line() {
        (0 | LINE, Fact::Stage(stage)) => Some(*stage),
        _ => None,
    };
    reading.facts.iter().filter_map(stage).collect()
}

#[test]
fn a_returns_list_tells_the_stage_of_several_orders() {
    let all = list(
        &[
            item(ORDER, Some(ORDER), "Refunded 2022-03-23"),
            item(OTHER, Some(OTHER), "Waiting for seller's response"),
        ],
        "en",
    )
    .unwrap();
    let told: Vec<_> = all
        .iter()
        .map(|returned| {
            (
                returned.reading.order.as_str(),
                returned.linked,
                stages(&returned.reading),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (ORDER, true, vec![DisputeStage::Refunded]),
            (OTHER, true, vec![DisputeStage::SellerToAnswer]),
        ]
    );
    assert_eq!(all[0].reading.store.as_deref(), Some("LIMA Store"));
}

#[test]
fn words_seen_in_korean_are_understood() {
    let all = list(
        &[item(
            ORDER,
            Some(ORDER),
            "AliExpress의 피드백을 기다리는 중입니다.",
        )],
        "ko",
    );
    assert_eq!(
        stages(&all.unwrap()[0].reading),
        [DisputeStage::PlatformReviewing]
    );
}

#[test]
fn an_unknown_stage_is_kept_in_the_sites_own_words() {
    for status in [
        "С отделкой",
        "Refunded or maybe not",
        "Refunded 2022-03-23 2022-04-01",
        "Refunded 03/04/2022 x",
    ] {
        let all = list(&[item(ORDER, Some(ORDER), status)], "en").unwrap();
        let reading = &all[0].reading;
        assert_eq!(reading.facts, [], "{status}");
        assert_eq!(
            (
                reading.problems[0].field,
                reading.problems[0].trouble,
                reading.problems[0].text.as_str()
            ),
            (Field::State, Trouble::Unreadable, status)
        );
    }
    let none = list(&[item(ORDER, Some(ORDER), " ")], "en").unwrap();
    assert_eq!(none[0].reading.problems[0].trouble, Trouble::Missing);
}

#[test]
fn a_number_that_no_link_confirms_is_said_to_be_one() {
    let all = list(&[item(ORDER, None, "Refunded")], "en").unwrap();
    assert!(!all[0].linked);
    assert_eq!(list(&[item("?", None, "Refunded")], "en"), None);
    assert_eq!(list(&[], "en"), None);
}

#[test]
fn two_lines_of_one_order_that_stand_apart_give_no_stage() {
    let apart = list(
        &[
            item(ORDER, Some(ORDER), "Refunded"),
            item(ORDER, Some(ORDER), "Request declined"),
        ],
        "en",
    )
    .unwrap();
    assert_eq!(apart.len(), 1);
    assert_eq!(stages(&apart[0].reading), []);
    assert_eq!(apart[0].reading.problems[0].trouble, Trouble::Ambiguous);
    let alike = list(
        &[
            item(ORDER, Some(ORDER), "Refunded"),
            item(ORDER, Some(ORDER), "Refunded"),
        ],
        "en",
    )
    .unwrap();
    assert_eq!(stages(&alike[0].reading), [DisputeStage::Refunded]);
}

fn dispute(body: &str, placed: &str) -> Option<Reading> {
    let context = Context {
        placed: Some(placed.parse().unwrap()),
        ..context(Page::Dispute, "en")
    };
    dispute_page::read(
        &Parsed::page(&format!("<html><body><main>{body}</main></body></html>")),
        Some(&OrderId::new(ORDER).unwrap()),
        None,
        &context,
        &mut Tally::default(),
    )
}

#[test]
fn a_disputes_stage_says_whose_day_is_printed() {
    for (status, what, clock) in [
        (
            "Waiting for seller's response",
            "The seller is to respond",
            ClockKind::SellerAnswer,
        ),
        (
            "Waiting for your response",
            "Please respond",
            ClockKind::BuyerAnswer,
        ),
        (
            "Waiting for you to return the item",
            "Send the parcel back",
            ClockKind::ReturnDue,
        ),
        (
            "AliExpress is reviewing",
            "AliExpress will decide",
            ClockKind::PlatformDecision,
        ),
        (
            "More evidence needed",
            "Upload evidence",
            ClockKind::EvidenceDue,
        ),
    ] {
        // What else ends on a day is no deadline of the dispute: it is shown as what it is.
        let other = "Rate your last visit before Dec 30, 2026";
        let reading = dispute(&format!("<h1>{status}</h1><p>{other}</p>"), "2026-10-01").unwrap();
        assert_eq!((reading.facts.len(), reading.problems.len()), (1, 1));
        assert_eq!(
            (
                reading.problems[0].trouble,
                reading.problems[0].text.as_str()
            ),
            (Trouble::Unreadable, other)
        );
        let body = format!(
            "<h1>{status}</h1><p>{what} before <b>Nov 28, 2026</b>. Refund if no delivery before Dec 4, 2026</p>"
        );
        let reading = dispute(&body, "2026-10-01").unwrap();
        let facts: Vec<_> = reading.facts.iter().map(|(fact, _)| fact.clone()).collect();
        assert!(
            facts.contains(&Fact::Ends(clock, "2026-11-28".parse().unwrap())),
            "{status}: {facts:?}"
        );
        assert_eq!(facts.len(), 2);
        assert_eq!(reading.problems, []);
    }
}

#[test]
fn what_contradicts_itself_on_a_disputes_page_is_a_problem_and_no_date() {
    let seller = "<h1>Waiting for seller's response</h1>";
    for (body, field, trouble) in [
        (
            format!("{seller}<p>Respond before Nov 28, 2026</p><p>Respond before Nov 29, 2026</p>"),
            Field::Deadline,
            Trouble::Ambiguous,
        ),
        (
            format!("{seller}<p>Respond before 03/04/2026</p>"),
            Field::Deadline,
            Trouble::Ambiguous,
        ),
        (
            format!("{seller}<p>Respond before Sep 1, 2026</p>"),
            Field::Deadline,
            Trouble::Impossible,
        ),
        (
            format!("{seller}<p>Refunded</p>"),
            Field::State,
            Trouble::Ambiguous,
        ),
        (
            "<p>Something new</p><p>Respond before Nov 28, 2026</p>".into(),
            Field::Deadline,
            Trouble::Unreadable,
        ),
    ] {
        let reading = dispute(&body, "2026-10-01").unwrap();
        assert!(
            !reading
                .facts
                .iter()
                .any(|(fact, _)| matches!(fact, Fact::Ends(..))),
            "{body}"
        );
        assert!(
            reading
                .problems
                .iter()
                .any(|problem| (problem.field, problem.trouble) == (field, trouble)),
            "{body}: {:?}",
            reading.problems
        );
    }
    assert_eq!(dispute("<p>Please sign in</p>", "2026-10-01"), None);
}

#[test]
fn a_dispute_without_an_order_in_its_address_is_that_of_its_one_link() {
    let page = |links: &str| {
        let html = format!("<html><body><h1>Refunded</h1>{links}</body></html>");
        dispute_page::read(
            &Parsed::page(&html),
            None,
            None,
            &context(Page::Dispute, "en"),
            &mut Tally::default(),
        )
    };
    let link = |order: &str| format!("<a href=\"/p/order/detail.html?orderId={order}\">Order</a>");
    assert_eq!(page(&link(ORDER)).unwrap().order.as_str(), ORDER);
    assert_eq!(page(""), None);
    assert_eq!(page(&[link(ORDER), link(OTHER)].concat()), None);
}

#[test]
fn a_disputes_page_tells_its_amount_and_the_day_on_which_it_was_opened() {
    let body = |amount: &str| {
        format!(
            "<h1>Waiting for seller's response</h1><dl><div><dt>Dispute opened on</dt><dd>2026-11-15 21:19:58</dd></div></dl>
             <div class=\"newReverseRefundInfo--amount--1x\">{amount}</div>"
        )
    };
    let reading = dispute(&body("R$61.25"), "2026-10-01").unwrap();
    let money = recourse::reading::money::read_money("R$61.25").unwrap();
    for fact in [
        Fact::Step(DisputeStep::Opened, "2026-11-15".parse().unwrap()),
        Fact::RefundAmount(money),
    ] {
        assert!(
            reading.facts.iter().any(|(known, _)| *known == fact),
            "{fact:?}"
        );
    }
    let unreadable = dispute(&body("all of it"), "2026-10-01").unwrap();
    assert_eq!(
        (unreadable.problems[0].field, unreadable.problems[0].trouble),
        (Field::Total, Trouble::Unreadable)
    );
}

#[test]
fn a_day_that_two_texts_give_differently_is_not_the_day_of_opening() {
    let opened = |second: &str| {
        let body = format!(
            "<h1>Refunded</h1><p>Dispute opened on Nov 15, 2026</p><p>Request submitted: {second}</p>"
        );
        let reading = dispute(&body, "2026-10-01").unwrap();
        let is_opened =
            |(fact, _): &(Fact, String)| matches!(fact, Fact::Step(DisputeStep::Opened, _));
        (reading.facts.iter().any(is_opened), reading.problems.len())
    };
    assert_eq!(opened("Nov 15, 2026"), (true, 0));
    assert_eq!(opened("Nov 16, 2026"), (false, 1));
    assert_eq!(opened("Sep 16, 2026"), (false, 1));
}

#[test]
fn a_stage_said_twice_is_one_and_what_is_due_on_the_day_of_the_order_can_be() {
    let mut tally = Tally::default();
    let context = Context {
        placed: Some("2026-11-28".parse().unwrap()),
        ..context(Page::Dispute, "en")
    };
    let read = |body: &str, tally: &mut Tally| {
        let page = Parsed::page(&format!("<html><body>{body}</body></html>"));
        dispute_page::read(
            &page,
            Some(&OrderId::new(ORDER).unwrap()),
            None,
            &context,
            tally,
        )
    };
    let seller = "Waiting for seller's response";
    let body = format!("<h1>{seller}</h1><p>{seller}</p><p>Respond before Nov 28, 2026</p>");
    let reading = read(&body, &mut tally).unwrap();
    assert_eq!(stages(&reading), [DisputeStage::SellerToAnswer]);
    assert_eq!(reading.problems, []);
    assert_eq!(reading.facts.len(), 2);
    read("<p>Please sign in</p>", &mut tally);
    for part in [strategy::Part::State, strategy::Part::Deadline] {
        assert_eq!(tally.of(part, Some(Way::Sentence)), 1);
        assert_eq!(tally.of(part, None), 1);
    }
}

#[test]
fn a_stage_that_ends_nothing_makes_no_date_of_a_day_beside_it() {
    let body = "<h1>Refunded</h1><p>Rate the seller before Nov 28, 2026</p>";
    let reading = dispute(body, "2026-10-01").unwrap();
    assert_eq!(stages(&reading), [DisputeStage::Refunded]);
    assert_eq!((reading.facts.len(), reading.problems.len()), (1, 0));
}

#[test]
fn lines_of_one_order_that_are_known_by_number_stand_each_where_it_does() {
    let of = |status: &str, line| item_of(ORDER, Some(ORDER), line, status);
    let all = list(
        &[
            of("Waiting for your response before 2026-11-28", LINE),
            of("Waiting for seller's response", LINE + 1),
        ],
        "en",
    )
    .unwrap();
    assert_eq!(all.len(), 1);
    let part = |line, fact| Fact::OfLine(line, Rc::new(fact));
    let facts: Vec<_> = all[0].reading.facts.iter().map(|(fact, _)| fact).collect();
    assert_eq!(
        facts,
        [
            &part(LINE, Fact::Stage(DisputeStage::BuyerToAnswer)),
            &part(
                LINE,
                Fact::Ends(ClockKind::BuyerAnswer, "2026-11-28".parse().unwrap())
            ),
            &part(LINE + 1, Fact::Stage(DisputeStage::SellerToAnswer)),
        ]
    );
    assert_eq!(all[0].reading.problems, []);
    // One of them without a number may be either.
    let unnumbered = item(ORDER, None, "Refunded");
    let mixed = list(&[of("Waiting for your response", LINE), unnumbered], "en").unwrap();
    assert_eq!(mixed[0].reading.facts, []);
    assert_eq!(mixed[0].reading.problems[0].trouble, Trouble::Ambiguous);
}

#[test]
fn an_items_status_tells_the_day_that_stands_in_a_sentence_of_its_own() {
    let status = "Waiting for you to return the item. Send it before 2026-11-28. Return approved on 2026-11-18";
    let all = list(&[item(ORDER, Some(ORDER), status)], "en").unwrap();
    let facts: Vec<_> = all[0].reading.facts.iter().map(|(fact, _)| fact).collect();
    let part = |fact| Fact::OfLine(LINE, Rc::new(fact));
    assert_eq!(
        facts,
        [
            &part(Fact::Stage(DisputeStage::ReturnWanted)),
            &part(Fact::Ends(
                ClockKind::ReturnDue,
                "2026-11-28".parse().unwrap()
            )),
        ],
        "the day of the agreement has another beside it"
    );
}

#[test]
fn each_step_of_a_dispute_has_the_day_beside_its_own_words() {
    let row = |label: &str, day: &str| format!("<div><dt>{label}</dt><dd>{day}</dd></div>");
    let body = [
        "<h1>Waiting for you to return the item</h1><dl>",
        &row("Refund requested on", "Nov 10, 2026"),
        &row("Seller's offer", "Nov 11, 2026"),
        &row("Evidence requested on", "Nov 12, 2026"),
        &row("Evidence submitted on", "Nov 13, 2026"),
        &row("Judgment", "Nov 14, 2026"),
        &row("Return approved on", "Nov 15, 2026"),
        &row("Refund approved on", "Nov 16, 2026"),
        "</dl>",
    ]
    .concat();
    let reading = dispute(&body, "2026-10-01").unwrap();
    let steps: Vec<_> = reading
        .facts
        .iter()
        .filter_map(|(fact, _)| match fact {
            Fact::Step(step, day) => Some((*step, day.to_string())),
            _ => None,
        })
        .collect();
    assert_eq!(
        steps,
        [
            (DisputeStep::Opened, "2026-11-10".to_owned()),
            (DisputeStep::SellerOffered, "2026-11-11".to_owned()),
            (DisputeStep::EvidenceAsked, "2026-11-12".to_owned()),
            (DisputeStep::ReturnAgreed, "2026-11-15".to_owned()),
            (DisputeStep::Judged, "2026-11-14".to_owned()),
            (DisputeStep::RefundDecided, "2026-11-16".to_owned()),
        ]
    );
    assert_eq!(reading.problems, []);
}

#[test]
fn a_sentence_that_says_what_ends_needs_no_stage() {
    for (status, sentence, clock) in [
        (
            "AliExpress has made a decision",
            "You can appeal before Nov 28, 2026",
            ClockKind::Appeal,
        ),
        (
            "Refund completed",
            "You can appeal before Nov 28, 2026",
            ClockKind::Appeal,
        ),
        (
            "Refund completed",
            "The refund is expected between Nov 20, 2026 and Nov 28, 2026",
            ClockKind::RefundExpected,
        ),
        (
            "Refund completed",
            "The refund is expected by Nov 28, 2026",
            ClockKind::RefundExpected,
        ),
        (
            "Something that nobody has seen",
            "You can appeal before Nov 28, 2026",
            ClockKind::Appeal,
        ),
    ] {
        let reading =
            dispute(&format!("<h1>{status}</h1><p>{sentence}</p>"), "2026-10-01").unwrap();
        let ends = Fact::Ends(clock, "2026-11-28".parse().unwrap());
        let told = |(fact, _): &&(Fact, String)| matches!(fact, Fact::Ends(..));
        let told: Vec<_> = reading.facts.iter().filter(told).collect();
        assert_eq!(told, [&(ends, sentence.to_owned())], "{status}");
        let begins = Fact::Step(DisputeStep::RefundFrom, "2026-11-20".parse().unwrap());
        assert_eq!(
            reading.facts.contains(&(begins, sentence.to_owned())),
            sentence.contains("between"),
            "the first day of two is kept as well: {sentence}"
        );
    }
    // Where the first day cannot be, the last stands alone.
    let sentence = "The refund is expected between Sep 20, 2026 and Nov 28, 2026";
    let early = dispute(&format!("<p>{sentence}</p>"), "2026-10-01").unwrap();
    let ends = Fact::Ends(ClockKind::RefundExpected, "2026-11-28".parse().unwrap());
    assert_eq!(early.facts, [(ends, sentence.to_owned())]);
    for (sentence, trouble) in [
        (
            "The refund is expected between Nov 28, 2026 and Nov 20, 2026",
            Trouble::Ambiguous,
        ),
        (
            "The refund is expected on Nov 20, 2026, Nov 21, 2026 or Nov 22, 2026",
            Trouble::Ambiguous,
        ),
        ("The refund is expected by 03/04/2026", Trouble::Ambiguous),
        (
            "The refund is expected by Nov 31, 2026",
            Trouble::Impossible,
        ),
    ] {
        let reading = dispute(
            &format!("<h1>Refund completed</h1><p>{sentence}</p>"),
            "2026-10-01",
        )
        .unwrap();
        assert_eq!(reading.facts.len(), 1, "{sentence}");
        let problems: Vec<_> = reading
            .problems
            .iter()
            .map(|problem| (problem.trouble, problem.text.as_str()))
            .collect();
        assert_eq!(problems, [(trouble, sentence)]);
    }
}

#[test]
fn a_stage_that_nobody_has_seen_is_shown_in_the_sites_own_words() {
    let body = "<div class=\"reverseDetailStatusText\">In the hands of a colleague</div><p>Dispute opened on Nov 15, 2026</p>";
    let reading = dispute(body, "2026-10-01").unwrap();
    assert_eq!(stages(&reading), []);
    assert_eq!(reading.facts.len(), 1, "{:?}", reading.facts);
    let problem = &reading.problems[0];
    assert_eq!(
        (problem.field, problem.trouble, problem.text.as_str()),
        (
            Field::State,
            Trouble::Unreadable,
            "In the hands of a colleague"
        )
    );
    let bare = dispute("<p>Dispute opened on Nov 15, 2026</p>", "2026-10-01").unwrap();
    assert_eq!(bare.problems[0].trouble, Trouble::Missing);
}

#[test]
fn what_is_said_of_a_dispute_is_said_of_the_line_in_its_address() {
    let page = "<html><body><h1>Waiting for your response</h1><p>Answer before Nov 28, 2026</p>\
                <p>Seller's offer: Nov 15, 2026</p></body></html>";
    let reading = dispute_page::read(
        &Parsed::page(page),
        Some(&OrderId::new(ORDER).unwrap()),
        Some(LINE),
        &Context {
            placed: Some("2026-10-01".parse().unwrap()),
            ..context(Page::Dispute, "en")
        },
        &mut Tally::default(),
    )
    .unwrap();
    let facts: Vec<_> = reading.facts.iter().map(|(fact, _)| fact.line()).collect();
    assert_eq!(facts, [LINE; 3]);
}

#[test]
fn of_two_lines_with_disputes_each_page_tells_its_own_amount() {
    let page = |amount: &str| {
        let html = format!(
            "<html><body><h1>Waiting for your response</h1><div class=\"newReverseRefundInfo--amount--1x\">{amount}</div></body></html>"
        );
        dispute_page::read(
            &Parsed::page(&html),
            Some(&OrderId::new(ORDER).unwrap()),
            Some(LINE),
            &context(Page::Dispute, "en"),
            &mut Tally::default(),
        )
        .unwrap()
    };
    let amount = |text: &str| {
        let reading = page(text);
        let found = reading
            .facts
            .iter()
            .find_map(|(fact, said)| match fact.of_line() {
                (LINE, Fact::RefundAmount(money)) => Some((money.decimal(), said.clone())),
                _ => None,
            });
        assert_eq!(found.is_none(), !reading.problems.is_empty(), "{text}");
        found
    };
    let told = |decimal: &str, text: &str| Some((decimal.to_owned(), text.to_owned()));
    assert_eq!(amount("R$61.25"), told("61.25", "R$61.25"));
    assert_eq!(amount("US $0.00"), told("0.00", "US $0.00"));
    // Nothing is nothing, also where no currency is named, or two are.
    for nothing in ["0.00", "0", "0,00", "-0.00", "US $0.00 (€0.00)", "٠٫٠٠"] {
        assert_eq!(amount(nothing), told("0", nothing));
    }
    for other in ["10.00", "nothing", "0.00 / 5.00", "0.01"] {
        assert_eq!(amount(other), None, "{other}");
    }
}
