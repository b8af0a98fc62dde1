//! Texts with what is to be read of them, in `corpus/`: a file for each language, and one for money.
//!
//! A line has the kind of text, what is expected, the text, and where its form comes from, divided by tabs:
//!
//! | kind | expected |
//! |---|---|
//! | `date` | a day, or why there is none |
//! | `short-date` | month and day (`09-04`), or why there is none |
//! | `money` | amount and currency, or why there is none |
//! | `state` | the state that the status text means, or `unreadable` |
//! | `promise` | `refund` and `coupon` with their day, `left` with the day until which time is left at least, `return`, `dispute` and `free-return` with their days, or why not; `nothing` |
//! | `arrival` | the day of delivery, `nothing` where it is yet to come, or why there is none |
//! | `promised` | the last day on which a package is to arrive, or `nothing` |
//! | `row` | what a row of the order's facts tells: `paid`, `shipped` and `completed` with their day, `card`, `paypal`; or `nothing` |
//! | `tag` | `free-return`, or `nothing` |
//! | `stage` | the stage of a dispute that the status text means, or why there is none |
//! | `step` | a step of a dispute with its day, or why there is none; or `nothing` |
//! | `until` | where the buyer is to answer, to supply evidence or to send back: what ends with its day, `from` with the first of two, `left` with what ends and the day until which time is left at least, or why there is none |
//! | `ship-to` | the code of the country that the address names, or `nothing` |
//!
//! Every text is read as on a page that declares its language, and as on one that declares none, with all languages: there it
//! may be refused, and never be read as anything else.

use recourse::domain::dispute::DisputeStep;
use recourse::domain::money::Currency;
use recourse::domain::order::OrderId;
use recourse::domain::problem::{Field, Trouble};
use recourse::domain::sighting::{Fact, Page, Reading};
use recourse::reading::date::{self, Value};
use recourse::reading::money::read_money;
use recourse::reading::text::fold;
use recourse::site::strategy::Tally;
use recourse::site::{
    Context, Lexicon, detail_page, dispute_page, lexicon, list_page, returns_page, ship_to,
    tracking_page,
};

use crate::fixture::{CardText, context, list};
use crate::node::Parsed;
use crate::ship_to::{countries, names_of_all};

pub struct Text {
    /// The file's name without its end: a language, or `money`.
    pub file: String,
    pub line: usize,
    pub kind: String,
    pub expected: String,
    pub text: String,
}

impl Text {
    /// The language that the page declares.
    fn language(&self) -> &str {
        if self.file == "money" {
            "en"
        } else {
            &self.file
        }
    }
}

/// The corpus, checked for its form.
pub fn texts() -> Vec<Text> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/readers/corpus");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut texts = Vec::new();
    for path in files {
        let file = path.file_stem().unwrap().to_string_lossy().into_owned();
        let content = std::fs::read_to_string(&path).unwrap();
        for (line, content) in (1..).zip(content.lines()) {
            let parts: Vec<&str> = content.split('\t').collect();
            let [kind, expected, text, source] = parts.as_slice() else {
                panic!(
                    "{}:{line}: kind, expected, text and source, divided by tabs",
                    path.display()
                );
            };
            assert!(
                !source.is_empty(),
                "{}:{line}: where is it from?",
                path.display()
            );
            texts.push(Text {
                file: file.clone(),
                line,
                kind: (*kind).to_owned(),
                expected: (*expected).to_owned(),
                text: unescape(text),
            });
        }
    }
    texts
}

/// Marks that nobody could see in the file are written as `\u{200f}`.
fn unescape(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part
            .split_once('}')
            .unwrap_or_else(|| panic!("{text}: no end of \\u{{"));
        let code = u32::from_str_radix(code, 16).unwrap();
        out.push(char::from_u32(code).unwrap());
        out.push_str(rest);
    }
    out
}

/// What is read of a text of that kind.
pub fn read(kind: &str, text: &str, lexicon: &'static Lexicon) -> String {
    match kind {
        "date" => match date::read_day(text, &lexicon.languages) {
            Ok(day) => day.to_string(),
            Err(trouble) => trouble.name().to_owned(),
        },
        "short-date" => {
            let found = date::find(&fold(text), &lexicon.languages);
            match found.as_slice() {
                [] => "unreadable".to_owned(),
                [found] => match found.value {
                    Value::WithoutYear { month, day } => format!("{month:02}-{day:02}"),
                    Value::Day(day) => day.to_string(),
                    Value::TwoDays { month, first, last } => {
                        format!("{month:02}-{first:02} to {last:02}")
                    }
                    Value::Trouble(trouble) => trouble.name().to_owned(),
                },
                _ => "ambiguous".to_owned(),
            }
        }
        "money" => match read_money(text) {
            Ok(money) => {
                let (Currency::Code(currency) | Currency::Sign(currency)) = &money.currency;
                format!("{} {currency}", money.decimal())
            }
            Err(trouble) => trouble.name().to_owned(),
        },
        "state" => {
            let card = CardText {
                status: escape(text),
                ..CardText::default()
            };
            let page = Parsed::page(&list(&[card.wide()]));
            let (cards, _) = list_page::cards(&page);
            let context = Context {
                lexicon,
                ..context(Page::OrderList, "en")
            };
            let card = list_page::read(&cards[0], &context, &mut Tally::default()).unwrap();
            let state = card.reading.facts.iter().find_map(|(fact, _)| match fact {
                Fact::State(state) => Some(state.name()),
                _ => None,
            });
            state.map_or_else(|| trouble(&card.reading, Field::State), str::to_owned)
        }
        "promise" => {
            let html = format!(
                "<html><body><div class=\"order-status\"><div class=\"order-block-title\">x</div>
                 <div class=\"order-status-content\">{}</div></div></body></html>",
                escape(text)
            );
            let context = Context {
                lexicon,
                ..context(Page::OrderDetail, "en")
            };
            let reading = detail_page::read(
                &Parsed::page(&html),
                &order(),
                &context,
                countries("en"),
                &mut Tally::default(),
            )
            .unwrap();
            let promises = reading.facts.iter().filter_map(|(fact, _)| promise(fact));
            let mut promises: Vec<String> = promises.collect();
            let troubles = reading
                .problems
                .iter()
                .filter(|problem| problem.field == Field::Deadline);
            promises.extend(troubles.map(|problem| problem.trouble.name().to_owned()));
            if promises.is_empty() {
                "nothing".to_owned()
            } else {
                promises.join(", ")
            }
        }
        "arrival" => {
            let html = format!(
                "<html><body><div class=\"arrival-time-v2--title--a81\">{}</div></body></html>",
                escape(text)
            );
            let context = Context {
                lexicon,
                placed: Some("2026-07-15".parse().unwrap()),
                ..context(Page::Tracking, "en")
            };
            let reading = tracking_page::read(
                &Parsed::page(&html),
                &order(),
                &context,
                &mut Tally::default(),
            )
            .unwrap();
            let day = reading.facts.iter().find_map(|(fact, _)| match fact {
                Fact::Delivered(day) => Some(day.to_string()),
                _ => None,
            });
            day.unwrap_or_else(|| trouble(&reading, Field::Delivered))
        }
        "promised" => {
            let reading = detail(
                &format!(
                    "<div class=\"order-detail-item-track-info-desc\">{}</div>",
                    escape(text)
                ),
                lexicon,
            );
            told(&reading, |fact| match fact {
                Fact::PromisedBy(day) => Some(day.to_string()),
                _ => None,
            })
        }
        "row" => {
            let reading = detail(
                &format!(
                    "<div class=\"order-detail-order-info\"><p class=\"info-row\">{}</p></div>",
                    escape(text)
                ),
                lexicon,
            );
            told(&reading, |fact| match fact {
                Fact::Paid(day) => Some(format!("paid {day}")),
                Fact::Shipped(day) => Some(format!("shipped {day}")),
                Fact::Completed(day) => Some(format!("completed {day}")),
                Fact::Service(service) => Some(service.name().to_owned()),
                _ => None,
            })
        }
        "tag" => {
            let reading = detail(
                &format!("<font color=\"#009966\">{}</font>", escape(text)),
                lexicon,
            );
            told(&reading, |fact| match fact {
                Fact::Service(service) => Some(service.name().to_owned()),
                _ => None,
            })
        }
        "stage" => {
            let html = format!(
                "<html><body><div class=\"orderItem--orderItem--3kP\"><a href=\"/p/order/detail.html?orderId=8212313961591322\">x</a>
                 <div class=\"orderItem--orderStatusDesc--9q\">{}</div></div></body></html>",
                escape(text)
            );
            let context = Context {
                lexicon,
                ..context(Page::ReturnsList, "en")
            };
            let returned =
                returns_page::read(&Parsed::page(&html), &context, &mut Tally::default()).unwrap();
            let reading = &returned[0].reading;
            let stage = reading.facts.iter().find_map(|(fact, _)| match fact {
                Fact::Stage(stage) => Some(stage.name().to_owned()),
                _ => None,
            });
            stage.unwrap_or_else(|| trouble(reading, Field::State))
        }
        "until" => {
            // The stages are ones that every lexicon has. Of each the sentence tells what it asks for, or nothing.
            let stages = [
                "Waiting for your response",
                "Waiting for evidence",
                "Waiting for you to return the item",
            ];
            let told = stages.map(|stage| disputed(stage, text, lexicon, Field::Deadline));
            let tells = told.iter().find(|told| !is_refusal(told));
            tells.unwrap_or(&told[0]).clone()
        }
        "ship-to" => {
            let html = format!(
                "<div class=\"order-detail-info-item\"><p>{}</p></div>",
                escape(text)
            );
            let found = ship_to::read(&Parsed::page(&html), names_of_all());
            found.map_or("nothing".to_owned(), |(country, name)| {
                assert!(fold(text).contains(&fold(&name)), "{text}: {name}");
                country.code().to_owned()
            })
        }
        "step" => disputed("Waiting for your response", text, lexicon, Field::Window),
        other => panic!("{other:?} is no kind of text"),
    }
}

/// What the page of a dispute that stands there tells with that text: its steps, or what ends.
fn disputed(stage: &str, text: &str, lexicon: &'static Lexicon, field: Field) -> String {
    let html = format!(
        "<html><body><h1>{stage}</h1><p>{}</p></body></html>",
        escape(text)
    );
    let context = Context {
        lexicon,
        ..context(Page::Dispute, "en")
    };
    let page = Parsed::page(&html);
    let mut tally = Tally::default();
    let reading = dispute_page::read(&page, Some(&order()), None, &context, &mut tally).unwrap();
    let told = told(&reading, |fact| match (fact, field) {
        (Fact::Step(DisputeStep::RefundFrom, day), Field::Deadline) => Some(format!("from {day}")),
        (Fact::Step(step, day), Field::Window) => Some(format!("{} {day}", step.name())),
        (Fact::Ends(clock, day), Field::Deadline) => Some(format!("{} {day}", clock.name())),
        (Fact::TimeLeft(clock, day), Field::Deadline) => {
            Some(format!("left {} {day}", clock.name()))
        }
        _ => None,
    });
    if told == "nothing" {
        trouble(&reading, field)
    } else {
        told
    }
}

/// What the order's own page tells, placed on July 1, with that inside.
fn detail(inside: &str, lexicon: &'static Lexicon) -> Reading {
    let html = format!(
        "<html><body><div class=\"order-status\"><div class=\"order-block-title\">x</div></div>
         <div class=\"order-detail-order-info\"><p class=\"info-row\">2026-07-01</p></div>{inside}</body></html>"
    );
    let context = Context {
        lexicon,
        ..context(Page::OrderDetail, "en")
    };
    detail_page::read(
        &Parsed::page(&html),
        &order(),
        &context,
        countries("en"),
        &mut Tally::default(),
    )
    .unwrap()
}

/// The facts that have a name here, or `nothing`.
fn told(reading: &Reading, name: impl Fn(&Fact) -> Option<String>) -> String {
    let told: Vec<String> = reading
        .facts
        .iter()
        .filter_map(|(fact, _)| name(fact))
        .collect();
    if told.is_empty() {
        "nothing".to_owned()
    } else {
        told.join(", ")
    }
}

pub fn order() -> OrderId {
    OrderId::new("8212313961591322").unwrap()
}

fn promise(fact: &Fact) -> Option<String> {
    match fact {
        Fact::RefundIfNotDeliveredBefore(day) => Some(format!("refund {day}")),
        Fact::ReturnWithinDaysOfReceipt(days) => Some(format!("return {days}")),
        Fact::DisputeWithinDaysOfOrder(days) => Some(format!("dispute {days}")),
        Fact::FreeReturnWithinDaysOfDelivery(days) => Some(format!("free-return {days}")),
        Fact::CouponIfDelayedBy(day) => Some(format!("coupon {day}")),
        Fact::RefundStep(day) => Some(format!("left {day}")),
        _ => None,
    }
}

fn trouble(reading: &Reading, field: Field) -> String {
    let problem = reading
        .problems
        .iter()
        .find(|problem| problem.field == field);
    problem
        .map_or("nothing", |problem| problem.trouble.name())
        .to_owned()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Whether nothing was read.
pub fn is_refusal(read: &str) -> bool {
    read == "nothing" || Trouble::ALL.iter().any(|trouble| trouble.name() == read)
}

/// The languages that a page loads which declares that one; `None` is a page that speaks another than it declares.
pub fn lexicon_of(language: Option<&str>) -> &'static Lexicon {
    Box::leak(Box::new(Lexicon::stored(language, language.is_none())))
}

#[test]
fn every_text_is_read_as_expected() {
    let texts = texts();
    let mut wrong = Vec::new();
    let all = lexicon_of(None);
    let mut own = ("", all);
    for text in &texts {
        if own.0 != text.language() {
            own = (text.language(), lexicon_of(Some(text.language())));
        }
        let place = format!("{}:{}: {} {:?}", text.file, text.line, text.kind, text.text);
        let read_alone = read(&text.kind, &text.text, own.1);
        if read_alone != text.expected {
            wrong.push(format!(
                "{place}\n    is {read_alone:?}, not {:?}",
                text.expected
            ));
        }
        let read_with_all = read(&text.kind, &text.text, all);
        let parts_fit = read_with_all.split(", ").all(|part| {
            is_refusal(part) || text.expected.split(", ").any(|expected| expected == part)
        });
        if !parts_fit {
            wrong.push(format!(
                "{place}\n    with all languages is {read_with_all:?}, not {:?}",
                text.expected
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        texts.len(),
        wrong.join("\n")
    );
}

#[test]
fn it_has_texts_of_every_kind_in_every_language() {
    let texts = texts();
    assert!(texts.len() >= 1000, "{}", texts.len());
    for (code, _) in lexicon::FILES {
        for (kind, least) in [
            ("date", 6),
            ("short-date", 1),
            ("state", 7),
            ("promise", 6),
            ("arrival", 2),
            ("promised", 2),
            ("row", 3),
            ("tag", 1),
            ("stage", 7),
            ("step", 6),
            ("until", 6),
        ] {
            let there = texts
                .iter()
                .filter(|text| text.file == *code && text.kind == kind)
                .count();
            assert!(there >= least, "{code}: {there} texts of the kind {kind}");
        }
    }
}
