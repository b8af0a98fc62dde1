//! Orders that the shop sent in several packages: each part has its own dates, and none is a moved one.

use std::rc::Rc;

use recourse::domain::clock::{Clock, ClockKind, Rejection, clocks};
use recourse::domain::country::Country;
use recourse::domain::order::OrderState;
use recourse::domain::problem::{Field, Problem, Trouble};
use recourse::domain::rules::Choices;
use recourse::domain::sighting::{Fact, Page, Part, PartFact, Reading};
use recourse::domain::time::Span;
use recourse::domain::verdict::{Kind, Verdict};

use super::{awaiting, day, noon, reading, record, zones};

fn guarantees(page: Page, at: &str, days: &[&str]) -> Reading {
    let facts: Vec<Fact> = days
        .iter()
        .map(|on| Fact::RefundIfNotDeliveredBefore(day(on)))
        .collect();
    reading(page, noon(at), &facts)
}

fn of_kind(kind: ClockKind, readings: &[Reading]) -> Vec<Clock> {
    let all = [&[awaiting("2026-10-01")], readings].concat();
    clocks(&record(&all), noon("2026-11-20"), zones(), Choices::NONE)
        .into_iter()
        .filter(|clock| clock.kind == kind)
        .collect()
}

fn ends(readings: &[Reading]) -> Vec<String> {
    of_kind(ClockKind::DeliveryGuarantee, readings)
        .iter()
        .map(|clock| clock.because.end_day.to_string())
        .collect()
}

#[test]
fn each_package_has_its_own_window_and_the_earliest_comes_first() {
    let both = guarantees(
        Page::OrderDetail,
        "2026-11-02",
        &["2026-12-04", "2026-12-14"],
    );
    let clocks = of_kind(ClockKind::DeliveryGuarantee, std::slice::from_ref(&both));
    assert_eq!(clocks.len(), 2);
    for (clock, other) in clocks.iter().zip(clocks.iter().rev()) {
        assert_eq!(clock.moved(), None);
        let reason = clock
            .not_used
            .iter()
            .find(|(candidate, _)| candidate.anchor == other.because.anchor)
            .map(|(_, why)| *why);
        assert_eq!(reason, Some(Rejection::OtherPart));
    }
    let record = record(&[awaiting("2026-10-01"), both]);
    let shown = |now: &str| {
        let verdict = Verdict::new(&record, noon(now), zones());
        (
            verdict.kind,
            verdict.clock.map(|clock| clock.because.anchor),
        )
    };
    assert_eq!(
        shown("2026-12-01"),
        (Kind::Printed, Some(day("2026-12-04")))
    );
    assert_eq!(
        shown("2026-12-05"),
        (Kind::Printed, Some(day("2026-12-14")))
    );
    assert_eq!(shown("2026-12-20"), (Kind::Closed, None));
    // The parts that can still be claimed for: those that are over are none, to the moment.
    let first_end = zones().earliest_start(day("2026-12-04")).unwrap();
    let parts = |now| -> Vec<String> {
        let verdict = Verdict::new(&record, now, zones());
        let parts = verdict.parts(now).map(|clock| {
            assert_eq!(clock.kind, ClockKind::DeliveryGuarantee);
            clock.because.end_day.to_string()
        });
        parts.collect()
    };
    assert_eq!(
        parts(first_end.minus(Span(1))),
        ["2026-12-04", "2026-12-14"]
    );
    assert_eq!(parts(first_end), ["2026-12-14"]);
}

#[test]
fn a_date_that_cannot_be_takes_the_place_of_none() {
    let printed = guarantees(Page::OrderDetail, "2026-11-02", &["2026-12-04"]);
    let before_the_order = guarantees(Page::OrderDetail, "2026-11-03", &["2026-09-01"]);
    assert_eq!(ends(&[printed, before_the_order]), ["2026-12-04"]);
}

#[test]
fn a_package_whose_date_is_no_longer_shown_keeps_it() {
    let detail = |at, days| guarantees(Page::OrderDetail, at, days);
    let both = detail("2026-11-02", &["2026-12-04", "2026-12-14"]);
    let one = detail("2026-11-10", &["2026-12-14"]);
    assert_eq!(ends(&[both.clone(), one]), ["2026-12-04", "2026-12-14"]);
    // One is extended, the other stands.
    let extended = detail("2026-11-10", &["2026-12-09", "2026-12-14"]);
    assert_eq!(
        ends(&[both, extended.clone()]),
        ["2026-12-09", "2026-12-14"]
    );
    let clocks = of_kind(
        ClockKind::DeliveryGuarantee,
        &[
            detail("2026-11-02", &["2026-12-04", "2026-12-14"]),
            extended,
        ],
    );
    let moved = clocks[0].moved().unwrap();
    assert_eq!(
        (moved.from, moved.to),
        (day("2026-12-04"), day("2026-12-09"))
    );
    assert_eq!(clocks[1].moved(), None);
    // A page that first shows one package and then both.
    let late = [
        detail("2026-11-02", &["2026-12-04"]),
        detail("2026-11-03", &["2026-12-04", "2026-12-14"]),
    ];
    assert_eq!(ends(&late), ["2026-12-04", "2026-12-14"]);
}

#[test]
fn days_of_two_lines_that_were_read_one_after_the_other_are_of_two_parts() {
    for page in [Page::OrderDetail, Page::Tracking] {
        let of_line = |line, at, on| {
            let fact = Fact::RefundIfNotDeliveredBefore(day(on));
            reading(page, noon(at), &[Fact::OfLine(line, Rc::new(fact))])
        };
        let both = [
            of_line(7, "2026-11-02", "2026-12-04"),
            of_line(8, "2026-11-03", "2026-12-14"),
        ];
        let clocks = of_kind(ClockKind::DeliveryGuarantee, &both);
        assert_eq!(clocks.len(), 2, "{page:?}");
        for (clock, other) in clocks.iter().zip(clocks.iter().rev()) {
            let reason = clock
                .not_used
                .iter()
                .find(|(candidate, _)| candidate.anchor == other.because.anchor)
                .map(|(_, why)| *why);
            assert_eq!(reason, Some(Rejection::OtherPart), "{page:?}");
        }
    }
}

#[test]
fn a_date_that_was_replaced_and_came_back_is_no_second_package() {
    let detail = |at, on| guarantees(Page::OrderDetail, at, &[on]);
    let flip = [
        detail("2026-11-02", "2026-12-04"),
        detail("2026-11-03", "2026-12-14"),
        detail("2026-11-04", "2026-12-04"),
    ];
    assert_eq!(ends(&flip), ["2026-12-04"]);
}

#[test]
fn a_package_shown_alone_and_then_another_alone_are_no_extension() {
    let tracking = |at, days| guarantees(Page::Tracking, at, days);
    let detail = |at, days| guarantees(Page::OrderDetail, at, days);
    let first = tracking("2026-11-02", &["2026-12-04"]);
    let second = tracking("2026-11-05", &["2026-12-20"]);
    let ends_with = |readings: &[Reading]| {
        let alone = [first.clone(), second.clone()];
        ends(&[&alone, readings].concat())
    };
    let both = ["2026-12-04", "2026-12-20"];
    // It may be another package or a new day for the same: both count, the earlier first, and neither is said to be the other's new day.
    assert_eq!(ends_with(&[]), both);
    let clocks = of_kind(
        ClockKind::DeliveryGuarantee,
        &[first.clone(), second.clone()],
    );
    for (clock, other) in clocks.iter().zip(clocks.iter().rev()) {
        assert_eq!(clock.moved(), None);
        let reason = clock
            .not_used
            .iter()
            .find(|(candidate, _)| candidate.anchor == other.because.anchor)
            .map(|(_, why)| *why);
        assert_eq!(reason, Some(Rejection::Unsettled));
    }
    // The order's own page, which shows all packages, tells whether the earlier day is gone, between the two or after them.
    for at in ["2026-11-03", "2026-11-06"] {
        for days in [&["2026-12-20"][..], &["2026-12-21"]] {
            assert_eq!(ends_with(&[detail(at, days)])[0], "2026-12-20", "{at}");
        }
        assert_eq!(ends_with(&[detail(at, &["2026-12-04"])]), both);
        assert_eq!(
            ends_with(&[detail(at, &["2026-12-05", "2026-12-21"])]),
            both
        );
    }
    assert_eq!(
        ends_with(&[detail("2026-11-01", &["2026-12-20"])]),
        both,
        "it was read before"
    );
    // A deadline that could not be read there may be that day.
    let mut damaged = detail("2026-11-06", &["2026-12-20"]);
    let unread = Problem::new(Field::Deadline, Trouble::Ambiguous, "12/04/2026");
    damaged.problems.push(unread);
    assert_eq!(ends_with(&[damaged]), both);
    // What the order's own page had since moved counts no longer.
    let moved = [
        detail("2026-11-03", &["2026-12-04"]),
        detail("2026-11-06", &["2026-12-20"]),
    ];
    assert_eq!(ends_with(&moved), ["2026-12-20"]);
    // Packages beside each other, and later another.
    let three = [
        tracking("2026-11-02", &["2026-12-04", "2026-12-14"]),
        second.clone(),
    ];
    assert_eq!(ends(&three), ["2026-12-04", "2026-12-14", "2026-12-20"]);
    // An earlier day counts at once, and takes the place of the later one.
    let shortened = [
        tracking("2026-11-02", &["2026-12-20"]),
        tracking("2026-11-05", &["2026-12-04"]),
    ];
    assert_eq!(ends(&shortened), ["2026-12-04"]);
    // After the first day is over, the order still is protected, and the badge says so.
    let record = record(&[awaiting("2026-10-01"), first, second]);
    let verdict = Verdict::new(&record, noon("2026-12-10"), zones());
    assert_eq!(
        (
            verdict.kind,
            verdict.clock.map(|clock| clock.because.anchor)
        ),
        (Kind::Printed, Some(day("2026-12-20")))
    );
}

#[test]
fn pages_that_differ_by_a_day_mean_the_same_package() {
    let detail = |days| guarantees(Page::OrderDetail, "2026-11-02", days);
    let tracking = |days| guarantees(Page::Tracking, "2026-11-03", days);
    let of_order = detail(&["2026-12-04", "2026-12-14"]);
    for (days, expected) in [
        (&["2026-12-03"][..], ["2026-12-03", "2026-12-14"]),
        (&["2026-12-13"], ["2026-12-04", "2026-12-13"]),
        (&["2026-12-03", "2026-12-13"], ["2026-12-03", "2026-12-13"]),
        (&["2026-12-05", "2026-12-15"], ["2026-12-04", "2026-12-14"]),
    ] {
        assert_eq!(ends(&[of_order.clone(), tracking(days)]), expected);
    }
    assert_eq!(
        ends(&[detail(&["2026-12-04"]), tracking(&["2026-12-14"])]),
        ["2026-12-04"],
        "two pages alone are no two packages"
    );
}

#[test]
fn each_package_can_be_sent_back_from_its_own_delivery_on() {
    let facts = [
        Fact::Delivered(day("2026-11-01")),
        Fact::Delivered(day("2026-11-10")),
        Fact::FreeReturnWithinDaysOfDelivery(15),
    ];
    let clocks = of_kind(
        ClockKind::FreeReturn,
        &[reading(Page::Tracking, noon("2026-11-11"), &facts)],
    );
    let ends: Vec<String> = clocks
        .iter()
        .map(|clock| clock.because.end_day.to_string())
        .collect();
    assert_eq!(ends, ["2026-11-16", "2026-11-25"]);
}

#[test]
fn a_guess_stays_one_guess() {
    let facts = [
        Fact::Shipped(day("2026-10-02")),
        Fact::Shipped(day("2026-10-12")),
    ];
    let two = reading(Page::OrderDetail, noon("2026-11-02"), &facts);
    assert_eq!(of_kind(ClockKind::DeliveryGuarantee, &[two]).len(), 1);
    let of_receipt = [
        Fact::State(OrderState::Completed),
        Fact::Completed(day("2026-11-01")),
        Fact::Completed(day("2026-11-10")),
        Fact::ReturnWithinDaysOfReceipt(7),
    ];
    let completed = reading(Page::OrderDetail, noon("2026-11-12"), &of_receipt);
    assert_eq!(
        of_kind(ClockKind::ClaimAfterReceipt, &[completed]).len(),
        1,
        "the earlier receipt counts"
    );
}

#[test]
fn a_sighting_tells_of_which_package_it_is() {
    let date = day("2026-12-04");
    let facts = [
        Fact::RefundIfNotDeliveredBefore(date),
        Fact::OfPart(Part::Package(2), PartFact::RefundIfNotDeliveredBefore(date)),
        Fact::RefundIfNotDeliveredBefore(day("2026-12-14")),
    ];
    let tracking = reading(Page::Tracking, noon("2026-11-02"), &facts);
    let detail = guarantees(Page::OrderDetail, "2026-11-02", &["2026-12-04"]);
    let record = record(&[tracking, detail]);
    let parts: Vec<Option<Part>> = record
        .sightings
        .iter()
        .filter(|sighting| matches!(sighting.fact, Fact::RefundIfNotDeliveredBefore(_)))
        .map(|sighting| record.part_of(sighting))
        .collect();
    assert_eq!(
        parts,
        [None, Some(Part::Package(2)), None],
        "by page, then by day"
    );
}

#[test]
fn what_came_in_the_first_package_can_be_sent_back_while_the_second_is_under_way() {
    let free = [
        Fact::FreeReturnWithinDaysOfDelivery(15),
        Fact::OfPart(Part::Package(1), PartFact::Delivered(day("2026-11-18"))),
        Fact::OfPart(Part::Package(2), PartFact::PromisedBy(day("2026-11-28"))),
    ];
    let returns = |facts: &[Fact]| -> Vec<String> {
        of_kind(
            ClockKind::FreeReturn,
            &[reading(Page::Tracking, noon("2026-11-19"), facts)],
        )
        .iter()
        .map(|clock| format!("{} {}", clock.because.end_day, clock.not_used.len()))
        .collect()
    };
    assert_eq!(returns(&free), ["2026-12-03 0"]);
    // Once the order is said to be delivered, the package's own day is no second reason.
    let whole = [&free[..], &[Fact::Delivered(day("2026-11-18"))]].concat();
    assert_eq!(returns(&whole), ["2026-12-03 0"]);
}

#[test]
fn dates_that_one_look_showed_are_of_two_packages_whatever_was_seen_before_and_after() {
    const ONE: &str = "2026-12-04";
    const TWO: &str = "2026-12-14";
    let seen = |looks: &[(&str, &[&str])]| {
        let readings: Vec<Reading> = looks
            .iter()
            .map(|(at, days)| guarantees(Page::OrderDetail, at, days))
            .collect();
        ends(&readings)
    };
    for (one, two) in [(ONE, TWO), (TWO, ONE)] {
        for looks in [
            // In the first look at both; in the last; in the last at one and the first at the other.
            [
                ("2026-11-02", &[one, two][..]),
                ("2026-11-03", &[one]),
                ("2026-11-04", &[two]),
            ],
            [
                ("2026-11-02", &[one]),
                ("2026-11-03", &[two]),
                ("2026-11-04", &[one, two]),
            ],
            [
                ("2026-11-02", &[one]),
                ("2026-11-03", &[one, two]),
                ("2026-11-04", &[two]),
            ],
        ] {
            assert_eq!(seen(&looks), [ONE, TWO], "{looks:?}");
        }
        let replaced = [("2026-11-02", &[one][..]), ("2026-11-03", &[two])];
        assert_eq!(seen(&replaced), [two]);
    }
}

#[test]
fn a_law_counts_from_the_delivery_of_the_whole_order() {
    let facts = [
        Fact::ShipTo(Country::new("BE").unwrap()),
        Fact::FreeReturnWithinDaysOfDelivery(15),
        Fact::OfPart(Part::Package(1), PartFact::Delivered(day("2026-11-01"))),
    ];
    let one = reading(Page::Tracking, noon("2026-11-02"), &facts);
    let kinds = [
        ClockKind::FreeReturn,
        ClockKind::Withdrawal,
        ClockKind::LegalGuarantee,
    ];
    let count = |readings: &[Reading]| kinds.map(|kind| of_kind(kind, readings).len());
    assert_eq!(
        count(std::slice::from_ref(&one)),
        [1, 0, 0],
        "one package of several"
    );
    let whole = reading(
        Page::Tracking,
        noon("2026-11-09"),
        &[Fact::Delivered(day("2026-11-08"))],
    );
    assert_eq!(count(&[one, whole])[1..], [1, 1]);
}

#[test]
fn of_the_windows_of_a_kind_the_one_with_that_end_is_told_and_else_the_first() {
    let both = guarantees(
        Page::OrderDetail,
        "2026-11-02",
        &["2026-12-04", "2026-12-14"],
    );
    let record = record(&[awaiting("2026-10-01"), both]);
    let verdict = Verdict::new(&record, noon("2026-11-20"), zones());
    let told = |kind, end| {
        let clock = verdict.of_kind(kind, day(end));
        clock.map(|clock| clock.because.end_day.to_string())
    };
    for (asked, end) in [
        ("2026-12-04", "2026-12-04"),
        ("2026-12-14", "2026-12-14"),
        ("2026-12-09", "2026-12-04"),
    ] {
        let guarantee = told(ClockKind::DeliveryGuarantee, asked);
        assert_eq!(guarantee.as_deref(), Some(end), "{asked}");
        assert_eq!(told(ClockKind::FreeReturn, asked), None);
    }
}
/// The ends of the windows after these looks: the page, when, and the days that it showed, in a December.
fn ends_of(looks: &[(Page, &str, &[&str])]) -> Vec<String> {
    let readings: Vec<Reading> = looks
        .iter()
        .map(|(page, at, days)| {
            let days: Vec<String> = days.iter().map(|day| format!("2026-12-{day}")).collect();
            let days: Vec<&str> = days.iter().map(String::as_str).collect();
            guarantees(*page, at, &days)
        })
        .collect();
    ends(&readings)
        .iter()
        .map(|end| end.replace("2026-12-", ""))
        .collect()
}

#[test]
fn every_sequence_of_a_tracking_page_and_the_orders_own_leaves_the_earliest_that_is_not_replaced() {
    const TRACKING: Page = Page::Tracking;
    const DETAIL: Page = Page::OrderDetail;
    let one = (TRACKING, "2026-11-03", &["04"][..]);
    let another = (TRACKING, "2026-11-05", &["20"][..]);
    assert_eq!(ends_of(&[one, another]), ["04", "20"]);
    let own = |at, days| ends_of(&[one, another, (DETAIL, at, days)]);
    // The order's own page tells that it was extended: a day later than the package's first date is the same date.
    for at in ["2026-11-04", "2026-11-06"] {
        assert_eq!(own(at, &["20"]), ["20"]);
        assert_eq!(own(at, &["19"]), ["19"]);
        assert_eq!(own(at, &["21"]), ["20"]);
        assert_eq!(own(at, &["06"]), ["06"]);
        assert_eq!(own(at, &["06", "20"]), ["06", "20"]);
        // It stands by the first date.
        for days in [&["04"][..], &["05"], &["03"], &["04", "20"], &["05", "21"]] {
            let shown = own(at, days);
            assert_eq!(shown.len(), 2, "{days:?} {shown:?}");
            assert_eq!(shown[0], days[0].min("04"), "{days:?}");
        }
    }
    // What it said before says nothing of what the tracking page said since.
    for days in [&["20"][..], &["04"], &["30"]] {
        for at in ["2026-11-02", "2026-11-03"] {
            assert_eq!(own(at, days), ["04", "20"]);
        }
    }
    // It had the first date, and has it no longer.
    let (before, since) = ((DETAIL, "2026-11-02", &["04"][..]), "2026-11-06");
    let replaced = [before, one, another, (DETAIL, since, &["20"])];
    assert_eq!(ends_of(&replaced), ["20"]);
    // It has shown both beside each other: of two packages it may now show one.
    let both = [before, (DETAIL, "2026-11-04", &["04", "20"])];
    let looks = [both[0], one, both[1], another, (DETAIL, since, &["20"])];
    assert_eq!(ends_of(&looks), ["04", "20"]);
    // An earlier date counts at once, and those that were later and have not come back do not.
    let third = (TRACKING, "2026-11-07", &["10"][..]);
    assert_eq!(ends_of(&[one, another, third]), ["04", "10"]);
    let again = (TRACKING, "2026-11-07", &["04"][..]);
    assert_eq!(ends_of(&[one, another, again]), ["04"]);
    // Two that were shown together, and a third.
    let two = (TRACKING, "2026-11-03", &["04", "14"][..]);
    assert_eq!(ends_of(&[two, another]), ["04", "14", "20"]);
    let beside = (TRACKING, "2026-11-05", &["14", "20"][..]);
    assert_eq!(ends_of(&[one, beside]), ["04", "14", "20"]);
    // A day more is the same package's.
    let rounded = (TRACKING, "2026-11-05", &["05"][..]);
    assert_eq!(ends_of(&[one, rounded]), ["04"]);
}
