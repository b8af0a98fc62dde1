//! What a record keeps of the readings that it takes in.

use recourse::domain::country::Country;
use recourse::domain::ledger::{News, Record, Seen, Unfamiliar};
use recourse::domain::money::{Currency, Money};
use recourse::domain::order::{OrderId, OrderLine, OrderState};
use recourse::domain::problem::{Field, Problem, Trouble};
use recourse::domain::sighting::{Fact, Page, Reading, Sighting};
use recourse::domain::time::{Day, Moment, Span};

use super::{day, noon, reading, record};

fn empty(page: Page, at: Moment) -> Reading {
    reading(page, at, &[])
}

fn with_line(page: Page, at: &str, title: &str) -> Reading {
    let mut reading = empty(page, noon(at));
    reading.lines.push(OrderLine {
        title: title.to_owned(),
        variant: String::new(),
        quantity: None,
    });
    reading
}

fn with_store(at: &str, store: &str) -> Reading {
    let mut reading = empty(Page::OrderList, noon(at));
    reading.store = Some(store.to_owned());
    reading
}

fn with_problem(at: &str, text: &str) -> Reading {
    let mut reading = empty(Page::OrderDetail, noon(at));
    let problem = Problem::new(Field::Placed, Trouble::Unreadable, text);
    reading.problems.push(problem);
    reading
}

fn said(at: Moment, text: &str) -> Reading {
    let mut reading = empty(Page::OrderDetail, at);
    reading.saw(Fact::Placed(day("2026-10-01")), text);
    reading
}

fn both_ways<T: PartialEq + std::fmt::Debug>(
    one: &Reading,
    two: &Reading,
    of: fn(&Record) -> T,
) -> T {
    let (first, second) = (
        record(&[one.clone(), two.clone()]),
        record(&[two.clone(), one.clone()]),
    );
    assert_eq!(of(&first), of(&second), "whichever arrives first");
    of(&first)
}

#[test]
fn the_store_read_last_counts() {
    let store = |record: &Record| record.store.clone().unwrap().value;
    let (old, new) = (
        with_store("2026-11-01", "Old"),
        with_store("2026-11-02", "New"),
    );
    assert_eq!(both_ways(&old, &new, store), "New");
    let silent = empty(Page::OrderDetail, noon("2026-11-03"));
    assert_eq!(both_ways(&new, &silent, store), "New");
}

#[test]
fn a_page_that_names_the_products_says_more_than_a_later_one_that_does_not() {
    let title = |record: &Record| record.lines.clone().unwrap().value[0].title.clone();
    let named = with_line(Page::OrderDetail, "2026-11-01", "Lamp");
    let picture = with_line(Page::OrderList, "2026-11-02", "");
    assert_eq!(both_ways(&named, &picture, title), "Lamp");
    let later = with_line(Page::OrderDetail, "2026-11-03", "Lamp, blue");
    assert_eq!(both_ways(&named, &later, title), "Lamp, blue");
    let without = empty(Page::OrderDetail, noon("2026-11-04"));
    assert_eq!(both_ways(&named, &without, title), "Lamp");
}

#[test]
fn the_problems_of_a_pages_latest_reading_count() {
    let texts = |record: &Record| {
        let problems = record.problems.values().flat_map(|seen| seen.value.clone());
        problems.map(|problem| problem.text).collect::<Vec<_>>()
    };
    let (old, new) = (
        with_problem("2026-11-01", "old"),
        with_problem("2026-11-02", "new"),
    );
    assert_eq!(both_ways(&old, &new, texts), ["new"]);
    assert_eq!(
        both_ways(&old, &with_problem("2026-11-01", "pld"), texts),
        ["pld"]
    );
    let clean = empty(Page::OrderDetail, noon("2026-11-03"));
    assert!(
        both_ways(&old, &clean, texts).is_empty(),
        "read without a problem"
    );
}

#[test]
fn the_text_of_the_latest_reading_is_kept_with_first_and_last_time_and_how_often() {
    let kept = |record: &Record| {
        let [sighting] = record.sightings.as_slice() else {
            panic!("one fact on one page")
        };
        (
            sighting.text.clone(),
            sighting.first,
            sighting.last,
            sighting.times,
        )
    };
    let (one, two) = (noon("2026-11-01"), noon("2026-11-02"));
    let expected = ("at last".to_owned(), one, two, 2);
    assert_eq!(
        both_ways(&said(one, "first"), &said(two, "at last"), kept),
        expected
    );
    assert_eq!(both_ways(&said(one, "a"), &said(one, "b"), kept).0, "b");
}

#[test]
fn the_total_read_last_counts() {
    let total = |at: &str, mantissa| {
        let money = Money {
            mantissa,
            scale: 2,
            currency: Currency::Code("EUR".to_owned()),
        };
        reading(Page::OrderList, noon(at), &[Fact::Total(money)])
    };
    let mantissa = |record: &Record| record.total().unwrap().mantissa;
    assert_eq!(
        both_ways(
            &total("2026-11-01", 900),
            &total("2026-11-02", 100),
            mantissa
        ),
        100
    );
}

#[test]
fn of_too_many_sightings_those_seen_first_are_kept() {
    let of_day = |number: i64| {
        let placed = Fact::Shipped(Day::from_number(20_000 + number).unwrap());
        reading(Page::OrderDetail, Moment(number), &[placed])
    };
    let limit = i64::try_from(Record::SIGHTINGS).unwrap();
    let readings: Vec<Reading> = (0..limit + 9).map(of_day).collect();
    let mut backwards = readings.clone();
    backwards.reverse();
    assert_eq!(
        record(&readings[..Record::SIGHTINGS]).sightings.len(),
        Record::SIGHTINGS
    );
    let kept = record(&readings);
    assert_eq!(kept.sightings.len(), Record::SIGHTINGS);
    assert!(
        kept.sightings
            .iter()
            .all(|sighting| sighting.first < Moment(limit))
    );
    assert_eq!(kept.sightings, record(&backwards).sightings);
}

#[test]
fn what_a_page_says_once_more_after_it_said_something_else_is_news() {
    let at = noon("2026-11-01");
    let printed = |hours, text: &str| {
        let mut reading = empty(Page::OrderDetail, at.plus(Span::hours(hours)));
        reading.saw(Fact::Placed(day("2026-10-01")), "Oct 1");
        reading.saw(Fact::RefundIfNotDeliveredBefore(day(text)), text);
        reading
    };
    let again = printed(4, "2026-12-04");
    let mut kept = record(&[printed(0, "2026-12-04"), printed(2, "2026-12-14")]);
    let mut elsewhere = kept.clone();
    assert_eq!(kept.absorb(&again), News::Worth);
    assert_eq!(kept.absorb(&again), News::None, "only once");
    assert_eq!(elsewhere.join(&kept), News::Worth);
    let printed = |record: &Record| {
        let sightings = record.sightings.iter();
        let printed = sightings
            .filter(|sighting| matches!(sighting.fact, Fact::RefundIfNotDeliveredBefore(_)));
        printed
            .map(|sighting| sighting.last)
            .collect::<Vec<Moment>>()
    };
    assert_eq!(printed(&elsewhere), printed(&kept));
}

#[test]
fn what_the_tracking_page_says_once_more_after_the_orders_own_page_is_news() {
    let at = noon("2026-11-01");
    let printed = |page, hours, text: &str| {
        let fact = Fact::RefundIfNotDeliveredBefore(day(text));
        reading(page, at.plus(Span::hours(hours)), &[fact])
    };
    let tracking = |hours| printed(Page::Tracking, hours, "2026-12-04");
    let detail = |hours| printed(Page::OrderDetail, hours, "2026-12-20");
    let mut kept = record(&[tracking(0), detail(1)]);
    assert_eq!(kept.absorb(&tracking(2)), News::Worth);
    assert_eq!(kept.absorb(&tracking(3)), News::None, "nothing in between");
    // The order's own page shows all there is, whatever the tracking page showed.
    assert_eq!(kept.absorb(&detail(4)), News::None);
}

/// What two browsers know of one order: the second more, and later.
fn here_and_elsewhere() -> (Record, Record) {
    let at = noon("2026-11-01");
    let read = |days: i64, text: &str| {
        let mut reading = empty(Page::OrderDetail, at.plus(Span::days(days)));
        reading.saw(Fact::Placed(day("2026-10-01")), text);
        reading
    };
    let here = record(&[read(0, "Oct 1")]);
    let mut elsewhere = record(&[read(2, "1 Oct"), read(3, "Oct. 1")]);
    elsewhere.absorb(&reading(
        Page::Tracking,
        at,
        &[Fact::Shipped(day("2026-10-03"))],
    ));
    (here, elsewhere)
}

#[test]
fn what_is_known_elsewhere_is_taken_in_once() {
    let (mut here, elsewhere) = here_and_elsewhere();
    let mut back = elsewhere.clone();
    assert_eq!(back.join(&here), News::Worth, "it was seen here before");
    assert_eq!(here.join(&elsewhere), News::Worth);
    assert_eq!(here, back, "whichever takes in the other");
    let at = noon("2026-11-01");
    let placed = here
        .sightings
        .iter()
        .find(|sighting| sighting.page == Page::OrderDetail);
    let placed = placed.unwrap();
    assert_eq!(placed.first, at);
    assert_eq!(placed.last, at.plus(Span::days(3)));
    assert_eq!(placed.text, "Oct. 1", "as it was printed last");
    assert_eq!(placed.times, 2);
    for other in [&elsewhere, &back] {
        let before = here.clone();
        assert_eq!(here.join(other), News::None, "a second time");
        assert_eq!(here, before);
    }
}

#[test]
fn of_one_moment_always_the_same_text_is_kept() {
    let of = |text: &str, from: i64| {
        let at = noon("2026-11-01");
        let mut record = record(&[]);
        for days in [from, 0] {
            let mut reading = empty(Page::OrderDetail, at.plus(Span::days(days)));
            reading.saw(Fact::Placed(day("2026-10-01")), text);
            record.absorb(&reading);
        }
        record
    };
    let (mut one, mut other) = (of("Oct 1", -1), of("1 Oct", -2));
    let before = one.clone();
    assert_eq!(one.join(&other), News::Worth);
    assert_eq!(
        other.join(&before),
        News::None,
        "nothing of it is earlier or much later"
    );
    assert_eq!(one.sightings[0].text, "Oct 1");
}

#[test]
fn each_part_that_is_known_elsewhere_is_news_by_itself() {
    let (known, _) = here_and_elsewhere();
    let with = |change: &dyn Fn(&mut Record)| {
        let mut elsewhere = known.clone();
        change(&mut elsewhere);
        let mut here = known.clone();
        assert_eq!(here.join(&elsewhere), News::Worth);
        assert_eq!(here, elsewhere);
        assert_eq!(here.join(&elsewhere), News::None);
        // What is known here besides is none the less news for that.
        let mut more = known.clone();
        more.absorb(&reading(
            Page::Tracking,
            noon("2026-10-20"),
            &[Fact::Shipped(day("2026-10-03"))],
        ));
        assert_eq!(more.join(&elsewhere), News::Worth);
    };
    let at = noon("2026-11-01");
    with(&|known| {
        let shipped = [Fact::Shipped(day("2026-10-03"))];
        let other = record(&[reading(Page::Tracking, at, &shipped)]);
        known.note(other.sightings[0].clone());
    });
    with(&|record| {
        let page = Page::OrderList;
        let value = "Cups".to_owned();
        record.store = Some(Seen { at, page, value });
    });
    with(&|record| {
        let lines = with_line(Page::OrderList, "2026-11-05", "Cup").lines;
        let page = Page::OrderList;
        record.lines = Some(Seen {
            at,
            page,
            value: lines,
        });
    });
    with(&|record| {
        let value = vec![Problem::new(Field::Placed, Trouble::Unreadable, "9/4/26")];
        let page = Page::OrderDetail;
        let at = noon("2026-11-05");
        record.problems.insert(page, Seen { at, page, value });
    });
    with(&|record| {
        record.unfamiliar.push(Unfamiliar {
            what: "later-kind 1 detail".into(),
            text: String::new(),
            first: at,
            last: at,
            times: 1,
        });
    });
}

#[test]
fn the_later_problems_of_a_page_stand() {
    let with = |at: &str, text: &str| {
        let mut record = record(&[]);
        let value = vec![Problem::new(Field::Placed, Trouble::Unreadable, text)];
        let (page, at) = (Page::OrderDetail, noon(at));
        record.problems.insert(page, Seen { at, page, value });
        record
    };
    let (mut here, elsewhere) = (with("2026-11-05", "9/4/26"), with("2026-11-01", "4/9/26"));
    let before = here.clone();
    assert_eq!(here.join(&elsewhere), News::None);
    assert_eq!(here, before);
    // The same again, read later, is kept and no news.
    assert_eq!(here.join(&with("2026-11-06", "9/4/26")), News::None);
    assert_eq!(here, with("2026-11-06", "9/4/26"));
}

#[test]
fn the_same_fact_is_news_again_after_twelve_hours() {
    let at = noon("2026-11-01");
    for (later, news) in [
        (Span(0), News::None),
        (Span(Record::FRESH.0 - 1), News::None),
        (Record::FRESH, News::Worth),
    ] {
        let mut record = record(&[said(at, "Oct 1")]);
        assert_eq!(
            record.absorb(&said(at.plus(later), "Oct 1")),
            news,
            "{later:?}"
        );
    }
    let mut other = Reading::new(
        OrderId::new("8212313961591399").unwrap(),
        Page::OrderList,
        at,
    );
    other.saw(Fact::Placed(day("2026-10-02")), "Oct 2");
    let mut record = record(&[said(at, "Oct 1")]);
    let before = record.clone();
    assert_eq!(
        (record.absorb(&other), record),
        (News::None, before),
        "of another order"
    );
}

#[test]
fn times_that_are_still_to_come_are_moved_to_now_and_others_stay() {
    let now = noon("2026-11-01");
    let limit = now.plus(Span::days(1));
    let mut right = record(&[said(limit, "Oct 1"), with_store("2026-11-01", "Store")]);
    let before = right.clone();
    assert_eq!((right.end_by(now), &right), (News::None, &before));
    let mut fast = record(&[
        said(limit.plus(Span(1)), "Oct 1"),
        with_store("2026-12-01", "Store"),
        with_line(Page::OrderList, "2026-12-01", "Lamp"),
        with_problem("2026-12-01", "x"),
    ]);
    assert_eq!(fast.end_by(now), News::Worth);
    let moved = now.minus(Span(1));
    assert_eq!(
        (fast.sightings[0].first, fast.sightings[0].last),
        (moved, moved)
    );
    assert_eq!(fast.store.clone().unwrap().at, moved);
    assert_eq!(fast.lines.clone().unwrap().at, moved);
    assert!(fast.problems.values().all(|seen| seen.at == moved));
    assert_eq!(fast.last_seen(), Some(moved));
}

#[test]
fn a_record_is_completed_by_what_another_copy_of_it_knows_and_counts_nothing_twice() {
    let mut record = record(&[said(noon("2026-11-01"), "Oct 1")]);
    let shipped = Sighting {
        fact: Fact::Shipped(day("2026-10-03")),
        page: Page::OrderDetail,
        text: "Oct 3".to_owned(),
        first: noon("2026-11-01"),
        last: noon("2026-11-02"),
        times: 4,
    };
    let mut other = record.clone();
    other.note(shipped.clone());
    record.complete_from(&other);
    assert_eq!(record.sightings, other.sightings);
    assert!(record.sightings.contains(&shipped));
    record.complete_from(&other);
    assert_eq!(record.sightings, other.sightings);
}

#[test]
fn when_an_order_was_last_seen_and_its_page_opened_is_known() {
    let list = reading(Page::OrderList, noon("2026-11-03"), &[]);
    let detail = reading(
        Page::OrderDetail,
        noon("2026-11-02"),
        &[Fact::Placed(day("2026-10-01"))],
    );
    let record = record(&[list, detail]);
    assert_eq!(record.opened(), Some(noon("2026-11-02")));
    assert_eq!(record.last_seen(), Some(noon("2026-11-03")));
}

#[test]
fn what_is_new_is_news_whatever_is_not() {
    let of = |at: &str, fact: Fact, store: &str, title: &str| {
        let mut reading = reading(Page::OrderDetail, noon(at), &[fact]);
        reading.store = Some(store.to_owned());
        reading.lines = vec![OrderLine {
            title: title.to_owned(),
            variant: String::new(),
            quantity: None,
        }];
        reading
    };
    let placed = || Fact::Placed(day("2026-10-01"));
    let known = record(&[of("2026-11-01", placed(), "LIMA", "Cable")]);
    let news = |reading: &Reading| known.clone().absorb(reading);
    let paid = Fact::Paid(day("2026-10-01"));
    assert_eq!(
        news(&of("2026-11-01", placed(), "LIMA", "Cable")),
        News::None
    );
    for new in [
        of("2026-11-01", paid, "LIMA", "Cable"),
        of("2026-11-01", placed(), "LIMA store", "Cable"),
        of("2026-11-01", placed(), "LIMA", "Cables"),
    ] {
        assert_eq!(news(&new), News::Worth, "{new:?}");
    }
}

#[test]
fn what_a_full_record_has_no_room_for_is_no_news() {
    let told = |number: i64, at: &str| {
        let on = day("2026-01-01").plus(number).unwrap();
        reading(Page::Tracking, noon(at), &[Fact::Tracked(on)])
    };
    let many = i64::try_from(Record::SIGHTINGS).unwrap();
    let all: Vec<Reading> = (0..many).map(|number| told(number, "2026-11-10")).collect();
    let full = record(&all);
    assert_eq!(full.sightings.len(), Record::SIGHTINGS);
    let mut later = full.clone();
    assert_eq!(later.absorb(&told(many, "2026-11-11")), News::None);
    assert_eq!(later.sightings, full.sightings);
    let mut earlier = full;
    assert_eq!(earlier.absorb(&told(many, "2026-11-09")), News::Worth);
    assert_eq!(earlier.sightings.len(), Record::SIGHTINGS);
}

#[test]
fn the_country_read_last_counts() {
    let to = |at: &str, code: &str| {
        let fact = Fact::ShipTo(Country::new(code).unwrap());
        reading(Page::OrderDetail, noon(at), &[fact])
    };
    let country = |readings: &[Reading]| {
        let record = record(readings);
        record
            .ship_to()
            .map(|(country, seen)| (country.code().to_owned(), seen.last))
    };
    let (first, later) = (to("2026-11-02", "FR"), to("2026-11-03", "BE"));
    assert_eq!(country(&[]), None);
    let last = Some(("BE".to_owned(), noon("2026-11-03")));
    assert_eq!(country(&[first.clone(), later.clone()]), last);
    assert_eq!(country(&[later, first]), last);
}

#[test]
fn a_reading_says_what_its_page_said() {
    let mut reading = with_store("2026-11-02", "LIMA Store");
    let line = |title: &str, variant: &str, quantity| OrderLine {
        title: title.to_owned(),
        variant: variant.to_owned(),
        quantity,
    };
    reading.lines = vec![line("USB cable", "White", Some(2)), line("Lamp", "", None)];
    reading.saw(Fact::Placed(day("2026-09-01")), "Date: Sep 1, 2026");
    assert_eq!(
        reading.texts(),
        [
            "LIMA Store",
            "USB cable · White · ×2",
            "Lamp",
            "Date: Sep 1, 2026"
        ]
    );
}

#[test]
fn several_facts_of_a_page_that_are_read_again_soon_are_no_news() {
    let facts = [
        Fact::Placed(day("2026-10-01")),
        Fact::State(OrderState::AwaitingDelivery),
    ];
    let at = noon("2026-11-01");
    let mut record = record(&[reading(Page::OrderList, at, &facts)]);
    let again = reading(Page::OrderList, at.plus(Span::hours(1)), &facts);
    assert_eq!(record.absorb(&again), News::None);
}

#[test]
fn an_order_is_on_one_page_only_while_no_other_page_was_read() {
    let facts = [Fact::Placed(day("2026-10-01"))];
    let listed = reading(Page::OrderListRu, noon("2026-11-01"), &facts);
    let opened = empty(Page::OrderDetail, noon("2026-11-02"));
    let is_only_there = |readings: &[Reading]| record(readings).is_only_on(Page::OrderListRu);
    assert!(is_only_there(std::slice::from_ref(&listed)));
    assert!(!is_only_there(std::slice::from_ref(&opened)));
    assert!(!is_only_there(&[listed, opened]), "though it told nothing");
    assert!(!is_only_there(&[]));
}
