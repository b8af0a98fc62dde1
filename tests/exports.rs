//! The files that the user takes along, read back by other programs' libraries.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it does not expect should stop right there"
)]

use std::rc::Rc;

use icalendar::{Calendar, CalendarComponent, Component, DatePerhapsTime};
use proptest::prelude::*;
use recourse::domain::aftermath::{Aftermath, Arrived, Telling};
use recourse::domain::claim::{Draft, Happened};
use recourse::domain::clock::ClockKind;
use recourse::domain::dispute::{DisputeStage, DisputeStep};
use recourse::domain::ledger::Record;
use recourse::domain::money::{Currency, Money};
use recourse::domain::order::{OrderId, OrderLine, OrderState};
use recourse::domain::reminders::{Kept, Reminder, Step, Subject};
use recourse::domain::sighting::{Fact, Page, Part, PartFact, Reading};
use recourse::domain::time::{Day, LosAngeles, Moment, Span, Zones};
use recourse::domain::verdict::Verdict;
use recourse::export::{Event, Exported, Given, Row, calendar, everything, table, window_names};
use serde_json::Value;

const NOW: Moment = Moment(1_795_176_000_000);
const ZONES: Zones<'_> = Zones {
    buyer: &LosAngeles,
    site: &LosAngeles,
};

/// Whatever a shop can put into a name, and what files and spreadsheets make of it.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ \t]{0,2}[=+@-][A-Z(),;\"'|! 0-9]{0,20}",
        "[,;:\\\\\"\r\n a-zé名🎁]{0,120}",
        "[a-z]{0,3}[;\t\r\n][ \"]{0,2}[=+@＝-][A-Z(),;\"'|! 0-9]{0,20}",
        Just("BEGIN:VEVENT\r\nSUMMARY:no\r\nEND:VEVENT".to_owned()),
        Just("=HYPERLINK(\"https://a.example\",\"x\")".to_owned()),
    ]
}

fn day() -> impl Strategy<Value = Day> {
    (20_770_i64..20_900).prop_map(|number| Day::from_number(number).unwrap())
}

fn event() -> impl Strategy<Value = Event> {
    (
        "[1-9][0-9]{15}",
        proptest::sample::select(&ClockKind::ALL[..]),
        day(),
        (name(), name()),
        any::<(bool, bool)>(),
        prop_oneof![Just(""), Just("-line-2"), Just("-line-number-82149")],
    )
        .prop_map(
            |(order, clock, day, (summary, description), (tentative, cancelled), part)| Event {
                url: format!("https://www.aliexpress.com/p/order/detail.html?orderId={order}"),
                order: OrderId::new(&order).unwrap(),
                clock,
                window: part.to_owned(),
                day,
                summary,
                description,
                tentative,
                cancelled,
            },
        )
}

fn record(id: &str, names: &[String], days: [Day; 2], state: OrderState) -> Record {
    let mut record = Record::new(OrderId::new(id).unwrap());
    let mut reading = Reading::new(
        record.id.clone(),
        Page::OrderDetail,
        NOW.minus(Span::days(1)),
    );
    let [placed, before] = days;
    reading.saw(Fact::State(state), "as printed");
    reading.saw(Fact::Placed(placed), &names[0]);
    reading.saw(Fact::RefundIfNotDeliveredBefore(before), &names[1]);
    reading.saw(
        Fact::Total(Money {
            mantissa: 12_345,
            scale: 2,
            currency: Currency::Sign("kr".to_owned()),
        }),
        &names[0],
    );
    reading.store = Some(names[2].clone());
    reading.lines = vec![OrderLine {
        title: names[0].clone(),
        variant: names[1].clone(),
        quantity: Some(2),
    }];
    record.absorb(&reading);
    record
}

fn history() -> impl Strategy<Value = Record> {
    (
        "[1-9][0-9]{15}",
        proptest::collection::vec(name(), 3),
        [day(), day()],
        proptest::sample::select(&OrderState::ALL[..]),
    )
        .prop_map(|(id, names, days, state)| record(&id, &names, days, state))
}

/// What a calendar keeps of a text: no control characters but ends of lines.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|letter| *letter == '\n' || !letter.is_control())
        .collect()
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next().unwrap() {
                'n' => out.push('\n'),
                other => out.push(other),
            },
            (letter, false) => out.push(letter),
        }
    }
    out
}

/// An order of which the user has added nothing.
const fn exported<'a>(record: &'a Record, verdict: &'a Verdict) -> Exported<'a> {
    Exported {
        record,
        verdict,
        drafts: Vec::new(),
        aftermath: None,
    }
}

proptest! {
    #[test]
    fn a_calendar_is_read_back(events in proptest::collection::vec(event(), 0..6)) {
        let file = calendar(&events, NOW);
        for line in file.split("\r\n") {
            prop_assert!(line.len() <= 75, "{} bytes: {line}", line.len());
            prop_assert!(!line.contains(['\r', '\n']), "{line:?}");
        }
        prop_assert!(file.ends_with("END:VCALENDAR\r\n"));
        // Unfolded as the standard says.
        let unfolded = file.replace("\r\n ", "");
        let values = |name: &str| -> Vec<String> {
            let begin = format!("{name}:");
            unfolded.split("\r\n").filter_map(|line| line.strip_prefix(&begin)).map(unescaped).collect()
        };
        let summaries: Vec<String> = events.iter().map(|event| plain(&event.summary)).collect();
        prop_assert_eq!(values("SUMMARY"), summaries);
        let descriptions: Vec<String> = events.iter().map(|event| plain(&event.description)).collect();
        prop_assert_eq!(values("DESCRIPTION"), descriptions);
    }

    #[test]
    fn a_calendar_program_understands_it(events in proptest::collection::vec(event(), 1..6)) {
        // The library loses some letters of texts, which the test above looks at.
        let events: Vec<Event> = events.into_iter().map(|event| Event { summary: format!("Ends {}", event.day), description: "Printed, on the order’s page; sure".to_owned(), ..event }).collect();
        let read: Calendar = calendar(&events, NOW).parse().map_err(TestCaseError::fail)?;
        prop_assert_eq!(read.components.len(), events.len());
        for (component, event) in read.components.iter().zip(&events) {
            let CalendarComponent::Event(found) = component else { panic!("{component:?}") };
            let uid = format!("{}-{}{}@recourse", event.order, event.clock.name(), event.window);
            prop_assert_eq!(found.get_uid(), Some(uid.as_str()));
            prop_assert_eq!(found.get_summary(), Some(event.summary.as_str()));
            let sequence = (NOW.0 / 60_000).to_string();
            prop_assert_eq!(found.property_value("SEQUENCE"), Some(sequence.as_str()));
            prop_assert_eq!(found.get_url(), Some(event.url.as_str()));
            let status = if event.cancelled { "CANCELLED" } else if event.tentative { "TENTATIVE" } else { "CONFIRMED" };
            prop_assert_eq!(found.property_value("STATUS"), Some(status));
            let Some(DatePerhapsTime::Date(start)) = found.get_start() else { panic!("a whole day") };
            let Some(DatePerhapsTime::Date(end)) = found.get_end() else { panic!("a whole day") };
            prop_assert_eq!(start.to_string(), event.day.to_string());
            prop_assert_eq!(end.to_string(), event.day.plus(1).unwrap().to_string());
        }
    }

    #[test]
    fn a_table_is_read_back_and_holds_no_formula(records in proptest::collection::vec(history(), 0..5)) {
        let verdicts: Vec<Verdict> = records.iter().map(|record| Verdict::new(record, NOW, ZONES)).collect();
        let title = |record: &Record| record.lines.as_ref().map_or_else(String::new, |lines| lines.value[0].title.clone());
        let rows: Vec<Row<'_>> = records.iter().zip(&verdicts).map(|(record, verdict)| Row {
            of: exported(record, verdict),
            title: title(record),
            windows: verdict.clocks.iter().map(|clock| clock.kind.name().to_owned()).collect(),
        }).collect();
        let file = table(&rows);
        let mut reader = csv::ReaderBuilder::new().from_reader(file.trim_start_matches('\u{feff}').as_bytes());
        let names = reader.headers().unwrap().clone();
        let at = |name: &str| names.iter().position(|column| column == name).unwrap();
        let read: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().map_err(|error| TestCaseError::fail(error.to_string()))?;
        let wanted: Vec<(&Record, usize)> = records.iter().zip(&verdicts).flat_map(|(record, verdict)| {
            (0..verdict.clocks.len().max(1)).map(move |n| (record, n))
        }).collect();
        prop_assert_eq!(read.len(), wanted.len());
        for (row, (record, _)) in read.iter().zip(wanted) {
            prop_assert_eq!(&row[at("order")], record.id.as_str());
            prop_assert_eq!(&row[at("amount")], "123.45");
            let found = &row[at("title")];
            let wanted = title(record);
            let whole = !wanted.contains([';', '\t', '\r', '\n']);
            prop_assert!(!whole || *found == wanted || *found == format!("'{wanted}"), "{found:?} of {wanted:?}");
            // Nothing but marks was added, where a spreadsheet may begin a cell.
            prop_assert_eq!(found.replace('\'', ""), wanted.replace('\'', ""));
            for cell in row {
                // As it is cut where lists are written with a semicolon, and by those that cut at tabs.
                for piece in cell.split([';', '\t', '\r', '\n']) {
                    let first = piece.trim_start_matches(|letter: char| letter.is_whitespace() || letter.is_control() || letter == '"').chars().next();
                    prop_assert!(!first.is_some_and(|first| "=+-@＝＋－＠".contains(first)), "{cell:?}");
                }
                prop_assert!(!cell.starts_with(['\t', '\r', '\n']), "{cell:?}");
            }
        }
    }

    #[test]
    fn everything_is_json_and_nothing_is_lost(records in proptest::collection::vec(history(), 0..4), dismissed in any::<bool>()) {
        let verdicts: Vec<Verdict> = records.iter().map(|record| Verdict::new(record, NOW, ZONES)).collect();
        let orders: Vec<Exported<'_>> = records.iter().zip(&verdicts).map(|(record, verdict)| exported(record, verdict)).collect();
        let mut kept = Kept::default();
        for record in &records {
            let subject = Subject::Clock(ClockKind::DeliveryGuarantee, Day::new(2026, 11, 23).unwrap());
            kept.record(&[Reminder { order: record.id.clone(), subject, step: Some(Step::Days3) }], NOW);
            kept.wish(&record.id, Day::new(2026, 12, 1).unwrap());
            kept.mute(&record.id, true);
        }
        if dismissed {
            kept.dismiss_all();
        }
        let file = everything(&orders, &kept, "0.1.0", NOW);
        let read: Value = serde_json::from_str(&file).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(&read["made"], "2026-11-20T12:00:00Z");
        for (n, (record, verdict)) in records.iter().zip(&verdicts).enumerate() {
            let order = &read["orders"][n];
            prop_assert_eq!(&order["order"], record.id.as_str());
            prop_assert_eq!(&order["store"], &record.store.as_ref().unwrap().value);
            prop_assert_eq!(&order["lines"][0]["title"], &record.lines.as_ref().unwrap().value[0].title);
            prop_assert_eq!(&order["lines"][0]["quantity"], 2);
            prop_assert_eq!(order["sightings"].as_array().unwrap().len(), record.sightings.len());
            for (sighting, found) in record.sightings.iter().zip(order["sightings"].as_array().unwrap()) {
                prop_assert_eq!(&found["as_printed"], &sighting.text);
                prop_assert_eq!(&found["page"], "order-detail");
            }
            prop_assert_eq!(order["clocks"].as_array().unwrap().len(), verdict.clocks.len());
        }
        prop_assert_eq!(read["reminders"].as_array().unwrap().len(), kept.told().len());
        let put_away = read["reminders"].as_array().unwrap().iter().all(|told| told["dismissed"] == dismissed && told["step"] == "days-3");
        prop_assert!(put_away);
        prop_assert_eq!(read["remind_on"].as_array().unwrap().len(), kept.wishes().len());
        prop_assert_eq!(read["muted"].as_array().unwrap().len(), kept.muted().len());
    }
}

#[test]
fn a_later_file_replaces_the_events_of_an_earlier_one() {
    let mut event = Event {
        order: OrderId::new("8212313961591322").unwrap(),
        clock: ClockKind::DeliveryGuarantee,
        window: String::new(),
        day: Day::new(2026, 11, 22).unwrap(),
        summary: "Ends".to_owned(),
        description: String::new(),
        url: "https://www.aliexpress.com/".to_owned(),
        tentative: false,
        cancelled: false,
    };
    let parts = |file: &str| -> (String, u32) {
        let read: Calendar = file.parse().unwrap();
        let [CalendarComponent::Event(found)] = &read.components[..] else {
            panic!("{read:?}")
        };
        let sequence = found.property_value("SEQUENCE").unwrap().parse().unwrap();
        (found.get_uid().unwrap().to_owned(), sequence)
    };
    let first = parts(&calendar(&[event.clone()], NOW));
    event.day = Day::new(2026, 12, 5).unwrap();
    let second = parts(&calendar(&[event], NOW.plus(Span::minutes(1))));
    assert_eq!(first.0, second.0);
    assert!(first.1 < second.1);
}

fn window(order: &str, clock: ClockKind, window: &str, day: &str) -> Event {
    Event {
        order: OrderId::new(order).unwrap(),
        clock,
        window: window.to_owned(),
        day: day.parse().unwrap(),
        summary: "Ends".to_owned(),
        description: String::new(),
        url: "https://www.aliexpress.com/".to_owned(),
        tentative: false,
        cancelled: false,
    }
}

#[test]
fn an_event_of_an_earlier_file_that_holds_no_more_is_cancelled_in_the_next() {
    let order = "8212313961591322";
    let guarantee = window(order, ClockKind::DeliveryGuarantee, "", "2026-12-04");
    let opens = window(order, ClockKind::ClaimOpens, "-package-2", "2026-11-28");
    let answer = window(order, ClockKind::BuyerAnswer, "", "2026-11-26");
    let other = window("8212313961591323", ClockKind::BuyerAnswer, "", "2026-11-26");
    let today: Day = "2026-11-20".parse().unwrap();
    let first = [
        guarantee.clone(),
        opens.clone(),
        answer.clone(),
        other.clone(),
    ];
    let mut given = Given::default();
    given.note(&first, today);
    let gone = |given: &Given, planned: &[Event]| -> Vec<Event> {
        let of_order = given.gone(&guarantee.order, planned);
        of_order
            .map(|((id, clock, part), day)| Event {
                cancelled: true,
                ..window(id.as_str(), *clock, part, &day.to_string())
            })
            .collect()
    };
    assert!(gone(&given, &first).is_empty());
    // The dispute has ended, the package has come, and the guarantee was extended.
    let moved = window(order, ClockKind::DeliveryGuarantee, "", "2026-12-14");
    let cancelled = gone(&given, std::slice::from_ref(&moved));
    let keys = |events: &[Event]| events.iter().map(Event::key).collect::<Vec<_>>();
    assert_eq!(keys(&cancelled), [opens.key(), answer.key()]);
    let second = [std::slice::from_ref(&moved), &cancelled[..]].concat();
    let later = NOW.plus(Span::minutes(3));
    let parts = |file: &str| -> Vec<[String; 4]> {
        let read: Calendar = file.parse().unwrap();
        assert_eq!(read.property_value("METHOD"), Some("PUBLISH"));
        let events = read.components.iter().map(|component| {
            let CalendarComponent::Event(found) = component else {
                panic!("{component:?}")
            };
            ["UID", "SEQUENCE", "DTSTAMP", "STATUS"]
                .map(|name| found.property_value(name).unwrap().to_owned())
        });
        events.collect()
    };
    let (before, after) = (
        parts(&calendar(&first, NOW)),
        parts(&calendar(&second, later)),
    );
    for [uid, sequence, stamp, status] in &after {
        let [_, old, at, _] = before.iter().find(|event| event[0] == *uid).unwrap();
        let number = |text: &str| text.parse::<u32>().unwrap();
        assert!(number(sequence) > number(old) && stamp > at, "{uid}");
        let holds = uid.contains("delivery-guarantee");
        assert_eq!(
            status,
            if holds { "CONFIRMED" } else { "CANCELLED" },
            "{uid}"
        );
    }
    assert_eq!(after.len(), 3);
    // Whoever takes in only the third file is told as well; after two months nobody is.
    given.note(&second, today);
    assert_eq!(gone(&given, std::slice::from_ref(&moved)), cancelled);
    given.note(&[], "2027-01-28".parse().unwrap());
    assert_eq!(keys(&gone(&given, &[])), [moved.key()]);
    assert_eq!(given.events().len(), 1);
}

#[test]
fn what_is_remembered_of_calendars_has_a_limit() {
    let day = |number: i64| Day::from_number(20_800 + number).unwrap();
    let count = i64::try_from(Given::MOST).unwrap() + 500;
    let events: Vec<Event> = (0..count)
        .map(|n| {
            let order = format!("82{n:014}");
            window(
                &order,
                ClockKind::DeliveryGuarantee,
                "",
                &day(n / 100).to_string(),
            )
        })
        .collect();
    let mut given = Given::default();
    given.note(&events, day(0));
    assert_eq!(given.events().len(), Given::MOST);
    assert_eq!(given.events().values().min(), Some(&day(5)));
    // All on one day.
    let events: Vec<Event> = events
        .into_iter()
        .map(|event| Event {
            day: day(9_000),
            ..event
        })
        .collect();
    given.note(&events, day(0));
    assert_eq!(given.events().len(), Given::MOST);
}

/// What each window of an order is called in a calendar, with the day of its end.
fn names(readings: &[Reading]) -> Vec<(String, String)> {
    let mut record = Record::new(readings[0].order.clone());
    for reading in readings {
        record.absorb(reading);
    }
    let verdict = Verdict::new(&record, NOW, ZONES);
    let names = window_names(&record, &verdict.clocks);
    let named = names.into_iter().zip(&verdict.clocks);
    let mut named: Vec<(String, String)> = named
        .map(|(part, clock)| {
            let name = [clock.kind.name(), &part].concat();
            (name, clock.because.end_day.to_string())
        })
        .collect();
    named.sort();
    let mut alone: Vec<&String> = named.iter().map(|(name, _)| name).collect();
    alone.dedup();
    assert_eq!(alone.len(), named.len(), "{named:?}");
    named
}

fn guarantees(names: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut names = names;
    names.retain(|(name, _)| name.starts_with("delivery-guarantee"));
    names
}

#[test]
fn each_part_of_an_order_has_an_event_of_its_own_that_keeps_its_name() {
    let order = OrderId::new("8212313961591322").unwrap();
    let at = |hours: i64| NOW.minus(Span::days(2)).plus(Span::hours(hours));
    let reading = |ends: &[&str], split: bool, hours: i64| {
        let mut reading = Reading::new(order.clone(), Page::OrderDetail, at(hours));
        reading.saw(Fact::State(OrderState::AwaitingDelivery), "Shipped");
        for (number, end) in (1..).zip(ends) {
            let end = end.parse().unwrap();
            reading.saw(Fact::RefundIfNotDeliveredBefore(end), "as printed");
            if split {
                let of_part = PartFact::RefundIfNotDeliveredBefore(end);
                reading.saw(Fact::OfPart(Part::Package(number), of_part), "as printed");
            }
        }
        reading
    };
    let owned = |all: &[(&str, &str)]| -> Vec<(String, String)> {
        let all = all.iter();
        all.map(|(name, day)| ((*name).to_owned(), (*day).to_owned()))
            .collect()
    };
    let (one, two, moved) = ("2026-12-04", "2026-12-14", "2026-12-24");
    let whole = reading(&[one], false, 0);
    assert_eq!(
        guarantees(names(std::slice::from_ref(&whole))),
        owned(&[("delivery-guarantee", one)])
    );
    let split = owned(&[
        ("delivery-guarantee", one),
        ("delivery-guarantee-package-2", two),
    ]);
    let both = reading(&[one, two], true, 1);
    assert_eq!(guarantees(names(&[whole.clone(), both.clone()])), split);
    // The first package's day is now the later one.
    let later = reading(&[moved, two], true, 30);
    assert_eq!(
        guarantees(names(&[whole, both, later])),
        owned(&[
            ("delivery-guarantee", moved),
            ("delivery-guarantee-package-2", two)
        ])
    );
    // Days beside each other of which no page says of which part they are.
    let nameless = reading(&[one, two], false, 0);
    assert_eq!(
        guarantees(names(&[nameless])),
        owned(&[("delivery-guarantee", one), ("delivery-guarantee-2", two)])
    );
}

#[test]
fn windows_that_end_on_one_day_have_names_of_their_own() {
    let order = OrderId::new("8212313961591322").unwrap();
    let mut record = Record::new(order.clone());
    let mut reading = Reading::new(order, Page::OrderDetail, NOW.minus(Span::days(1)));
    reading.saw(Fact::State(OrderState::AwaitingDelivery), "Shipped");
    let end = "2026-12-04".parse().unwrap();
    reading.saw(Fact::RefundIfNotDeliveredBefore(end), "as printed");
    record.absorb(&reading);
    let verdict = Verdict::new(&record, NOW, ZONES);
    let mut clocks = verdict.clocks.iter();
    let clock = clocks.find(|clock| clock.kind == ClockKind::DeliveryGuarantee);
    let same = vec![clock.unwrap().clone(); 3];
    assert_eq!(window_names(&record, &same), ["", "-2", "-3"]);
}

#[test]
fn each_dispute_of_an_order_has_an_event_of_its_own() {
    let order = OrderId::new("8212313961591322").unwrap();
    let of_line = |line: u64, ends: &str| {
        let at = NOW
            .minus(Span::days(1))
            .plus(Span::hours(i64::try_from(line).unwrap()));
        let mut reading = Reading::new(order.clone(), Page::Dispute, at);
        let facts = [
            Fact::Stage(DisputeStage::BuyerToAnswer),
            Fact::Ends(ClockKind::BuyerAnswer, ends.parse().unwrap()),
        ];
        for fact in facts {
            reading.saw(Fact::OfLine(line, Rc::new(fact)), "as printed");
        }
        reading
    };
    let all = names(&[of_line(7, "2026-11-28"), of_line(8, "2026-11-26")]);
    let answers: Vec<_> = all
        .iter()
        .filter(|(name, _)| name.starts_with("buyer-answer"))
        .map(|(name, day)| (name.as_str(), day.as_str()))
        .collect();
    assert_eq!(
        answers,
        [
            ("buyer-answer", "2026-11-28"),
            ("buyer-answer-line-number-8", "2026-11-26")
        ]
    );
}

/// An order with two disputes, one of which ended with a refund, with a claim about it and what came after.
fn claimed(words: &str, tracking: &str) -> (Record, Draft, Aftermath) {
    let order = OrderId::new("8212313961591322").unwrap();
    let mut record = Record::new(order.clone());
    let mut reading = Reading::new(order.clone(), Page::Dispute, NOW.minus(Span::days(1)));
    let sum = |mantissa, currency: &str| {
        Fact::RefundAmount(Money {
            mantissa,
            scale: 2,
            currency: Currency::Code(currency.to_owned()),
        })
    };
    for (line, fact, text) in [
        (7, Fact::Stage(DisputeStage::Refunded), words),
        (7, sum(500, "EUR"), "€5.00"),
        (8, Fact::Stage(DisputeStage::BuyerToAnswer), "Your turn"),
        (8, sum(0, "USD"), "US $0.00"),
        (
            8,
            Fact::Step(DisputeStep::Opened, "2026-11-10".parse().unwrap()),
            "Opened on Nov 10, 2026",
        ),
    ] {
        reading.saw(Fact::OfLine(line, Rc::new(fact)), text);
    }
    record.absorb(&reading);
    let draft = Draft {
        happened: Some(Happened::Damaged),
        amount: Some(Money {
            mantissa: 1250,
            scale: 2,
            currency: Currency::Code("EUR".to_owned()),
        }),
        words: words.to_owned(),
        ..Draft::new(order.clone(), 1, NOW)
    };
    let mut aftermath = Aftermath::new(order);
    aftermath.take(&Telling::Tracking(tracking.to_owned()));
    aftermath.take(&Telling::Refund(Arrived::NotYet, NOW));
    (record, draft, aftermath)
}

#[test]
fn a_table_tells_where_a_claim_stands_and_what_came_back() {
    let (record, draft, aftermath) = claimed("Money is back", "=LX123");
    let verdict = Verdict::new(&record, NOW, ZONES);
    let row = |of| Row {
        of,
        title: "Cable".to_owned(),
        windows: verdict
            .clocks
            .iter()
            .map(|clock| clock.kind.name().to_owned())
            .collect(),
    };
    let told = Exported {
        drafts: vec![&draft],
        aftermath: Some(&aftermath),
        ..exported(&record, &verdict)
    };
    let plain = Record::new(OrderId::new("8214398062177351").unwrap());
    let none = Verdict::new(&plain, NOW, ZONES);
    let file = table(&[
        row(told),
        Row {
            of: exported(&plain, &none),
            title: "Lamp".to_owned(),
            windows: Vec::new(),
        },
    ]);
    let mut reader =
        csv::ReaderBuilder::new().from_reader(file.trim_start_matches('\u{feff}').as_bytes());
    let names = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |row: &csv::StringRecord, name: &str| {
        let at = names.iter().position(|column| column == name).unwrap();
        row[at].to_owned()
    };
    let columns = [
        "stage",
        "asked",
        "offered",
        "refunded",
        "claim currency",
        "refund arrived",
        "return tracking number",
    ];
    let wanted = [
        "refunded; buyer-to-answer",
        "12.50",
        "0.00 USD",
        "5.00",
        "EUR",
        "not-yet",
        "'=LX123",
    ];
    let (last, first) = rows.split_last().unwrap();
    assert!(!first.is_empty());
    for row in first {
        assert_eq!(columns.map(|name| cell(row, name)), wanted);
    }
    assert_eq!(columns.map(|name| cell(last, name)), [""; 7]);
    assert_eq!(cell(last, "window"), "");
}

#[test]
fn a_table_that_is_cut_at_semicolons_holds_no_formula() {
    let none = |title: &str| {
        let record = Record::new(OrderId::new("8214398062177351").unwrap());
        let verdict = Verdict::new(&record, NOW, ZONES);
        let file = table(&[Row {
            of: exported(&record, &verdict),
            title: title.to_owned(),
            windows: Vec::new(),
        }]);
        let mut reader = csv::ReaderBuilder::new().from_reader(file.as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        row[1].to_owned()
    };
    for (title, wanted) in [
        ("Lamp;=1+1", "Lamp;'=1+1"),
        ("Lamp; \"=1+1", "Lamp;' \"=1+1"),
        ("Lamp\t＝1+1", "Lamp\t'＝1+1"),
        ("Lamp\r\n@SUM(A1)", "Lamp\r\n'@SUM(A1)"),
        ("\u{1}=1", "'\u{1}=1"),
        ("\tLamp", "'\tLamp"),
        ("Lamp; 5 m, red-blue", "Lamp; 5 m, red-blue"),
    ] {
        assert_eq!(none(title), wanted);
    }
}

#[test]
fn everything_has_the_disputes_the_claims_and_the_refund() {
    let words = "=HYPERLINK(\"https://a.example\") \u{2028}";
    let (record, draft, aftermath) = claimed(words, "LX123");
    let verdict = Verdict::new(&record, NOW, ZONES);
    let order = Exported {
        drafts: vec![&draft],
        aftermath: Some(&aftermath),
        ..exported(&record, &verdict)
    };
    let plain = Record::new(OrderId::new("8214398062177351").unwrap());
    let none = Verdict::new(&plain, NOW, ZONES);
    let file = everything(
        &[order, exported(&plain, &none)],
        &Kept::default(),
        "0.1.0",
        NOW,
    );
    let read: Value = serde_json::from_str(&file).unwrap();
    let order = &read["orders"][0];
    assert_eq!(
        order["disputes"],
        serde_json::json!([
            { "line_number": "7", "stage": "refunded", "as_printed": words, "amount": "5.00", "currency": "EUR", "steps": [] },
            {
                "line_number": "8", "stage": "buyer-to-answer", "as_printed": "Your turn", "amount": "0.00", "currency": "USD",
                "steps": [{ "step": "dispute-opened", "day": "2026-11-10" }],
            },
        ])
    );
    assert_eq!(
        order["claims"],
        serde_json::json!([{ "line": 1, "happened": "damaged", "asked": "12.50", "currency": "EUR", "words": words }])
    );
    assert_eq!(
        order["refund"],
        serde_json::json!({
            "sums": [{ "amount": "5.00", "currency": "EUR" }], "arrived": "not-yet", "told": "2026-11-20T12:00:00Z",
            "return_tracking_number": "LX123",
        })
    );
    let other = &read["orders"][1];
    assert_eq!(other["claims"], serde_json::json!([]));
    assert_eq!(other["disputes"], serde_json::json!([]));
    assert_eq!(other.get("refund"), None);
}
