//! What cannot be so is shown with its texts, and gives no later date.

use recourse::domain::clock::{Clock, ClockKind, Rejection};
use recourse::domain::contradiction::{Contradiction, contradictions};
use recourse::domain::order::OrderState;
use recourse::domain::problem::Field;
use recourse::domain::rules::Choices;
use recourse::domain::sighting::{Fact, Page, Reading};
use recourse::domain::verdict::{Kind, Verdict};

use super::{awaiting, day, noon, reading, record, verdict, zones};

fn said(readings: &[Reading]) -> Vec<(Field, String)> {
    let record = record(readings);
    let said = contradictions(&record)
        .into_iter()
        .map(|found| match found {
            Contradiction::BeforeOrder { field, said, .. } => (field, format!("{:?}", said.fact)),
            Contradiction::NoWindow { said } => (Field::Window, format!("{:?}", said.fact)),
            Contradiction::TooLate { field, said } => (field, format!("{:?}", said.fact)),
            Contradiction::Differ {
                field,
                earlier,
                later,
            } => (field, format!("{:?} {:?}", earlier.page, later.page)),
        });
    said.collect()
}

fn printed(page: Page, at: &str, on: &str) -> Reading {
    let deadline = Fact::RefundIfNotDeliveredBefore(day(on));
    reading(page, noon(at), &[deadline])
}

#[test]
fn a_day_before_the_order_is_a_problem() {
    for (fact, field) in [
        (
            Fact::RefundIfNotDeliveredBefore(day("2026-10-19")),
            Field::Deadline,
        ),
        (Fact::RefundStep(day("2026-10-19")), Field::Deadline),
        (
            Fact::Ends(ClockKind::SellerAnswer, day("2026-10-19")),
            Field::Deadline,
        ),
        (Fact::Shipped(day("2026-10-19")), Field::Shipped),
        (Fact::Delivered(day("2026-10-19")), Field::Delivered),
        (Fact::Completed(day("2026-10-19")), Field::Completed),
    ] {
        let page = reading(
            Page::OrderDetail,
            noon("2026-11-02"),
            std::slice::from_ref(&fact),
        );
        assert_eq!(
            said(&[awaiting("2026-10-20"), page]),
            [(field, format!("{fact:?}"))]
        );
    }
    let same_day = reading(
        Page::OrderDetail,
        noon("2026-11-02"),
        &[Fact::Shipped(day("2026-10-20"))],
    );
    assert_eq!(said(&[awaiting("2026-10-20"), same_day]), []);
}

#[test]
fn a_deadline_on_the_day_of_the_order_is_not_believed_and_one_on_the_next_day_is() {
    for (on, believed) in [("2026-10-20", false), ("2026-10-21", true)] {
        let readings = [
            awaiting("2026-10-20"),
            printed(Page::OrderDetail, "2026-10-20", on),
        ];
        let clock = verdict(&readings, noon("2026-10-20")).clock.unwrap();
        let rejected = clock
            .not_used
            .iter()
            .any(|(_, why)| *why == Rejection::BeforeOrder);
        assert_eq!(rejected, !believed, "{on}");
    }
}

#[test]
fn a_window_of_no_days_or_of_too_many_is_a_problem_and_gives_no_date() {
    for (days, is_window) in [
        (0, false),
        (1, true),
        (740, true),
        (741, false),
        (u16::MAX, false),
    ] {
        let facts = [
            Fact::State(OrderState::Completed),
            Fact::Placed(day("2026-10-01")),
            Fact::DisputeWithinDaysOfOrder(days),
        ];
        let page = reading(Page::OrderDetail, noon("2026-10-02"), &facts);
        let clocks = verdict(std::slice::from_ref(&page), noon("2026-10-02")).clocks;
        let window = clocks
            .iter()
            .any(|clock| clock.kind == ClockKind::DefectClaim);
        assert_eq!(window, is_window, "{days}");
        assert_eq!(said(&[page]).is_empty(), is_window, "{days}");
    }
}

#[test]
fn a_kept_day_later_than_any_window_is_a_problem_and_gives_no_date() {
    let placed = day("2026-10-20");
    let waits = || {
        let state = Fact::State(OrderState::AwaitingDelivery);
        reading(Page::OrderList, noon("2026-11-02"), &[state])
    };
    // From the order's day, or from the day of reading where that is not known.
    for (first, from) in [
        (awaiting("2026-10-20"), placed),
        (waits(), day("2026-11-02")),
    ] {
        for (days, is_window) in [(740, true), (741, false)] {
            let fact = Fact::RefundIfNotDeliveredBefore(from.plus(days).unwrap());
            let page = reading(
                Page::OrderDetail,
                noon("2026-11-02"),
                std::slice::from_ref(&fact),
            );
            let readings = [first.clone(), page];
            let verdict = verdict(&readings, noon("2026-11-03"));
            assert_eq!(verdict.kind == Kind::Printed, is_window, "{days}");
            let badge = Verdict::for_badge(
                &record(&readings),
                noon("2026-11-03"),
                zones(),
                Choices::NONE,
            );
            assert_eq!(badge.kind, verdict.kind);
            let expected = (Field::Deadline, format!("{fact:?}"));
            assert_eq!(said(&readings).contains(&expected), !is_window, "{days}");
        }
    }
    let late = day("2028-11-01");
    for (fact, field) in [
        (Fact::RefundStep(late), Field::Deadline),
        (Fact::Ends(ClockKind::SellerAnswer, late), Field::Deadline),
        (Fact::TimeLeft(ClockKind::Appeal, late), Field::Deadline),
        (Fact::CouponIfDelayedBy(late), Field::Deadline),
        (Fact::PromisedBy(late), Field::Delivered),
        (Fact::Completed(late), Field::Completed),
    ] {
        let page = reading(
            Page::OrderDetail,
            noon("2026-11-02"),
            std::slice::from_ref(&fact),
        );
        let readings = [awaiting("2026-10-20"), page];
        assert_eq!(said(&readings), [(field, format!("{fact:?}"))]);
        let clocks = verdict(&readings, noon("2026-11-03")).clocks;
        let stands_on = |clock: &Clock| clock.because.sighting.fact == fact;
        assert!(!clocks.iter().any(stands_on), "{fact:?}");
    }
}

#[test]
fn a_kept_day_later_than_any_window_takes_no_place_of_another() {
    let readings = [
        awaiting("2026-10-20"),
        printed(Page::OrderDetail, "2026-11-02", "2026-12-04"),
        printed(Page::OrderDetail, "2026-11-03", "2029-12-04"),
    ];
    let clock = verdict(&readings, noon("2026-11-04")).clock.unwrap();
    assert_eq!(clock.because.end_day, day("2026-12-04"));
    assert!(clock.moved().is_none());
}

#[test]
fn two_pages_that_differ_by_more_than_a_day_are_a_problem() {
    let detail = |on| printed(Page::OrderDetail, "2026-11-02", on);
    let tracking = |on| printed(Page::Tracking, "2026-11-03", on);
    let differ = |readings: &[Reading]| said(readings);
    assert_eq!(differ(&[detail("2026-12-04"), tracking("2026-12-03")]), []);
    assert_eq!(
        differ(&[detail("2026-12-05"), tracking("2026-12-03")]),
        [(Field::Deadline, "Tracking OrderDetail".to_owned())]
    );
    assert_eq!(
        differ(&[detail("2026-12-05"), tracking("2026-12-09")]).len(),
        1
    );
    // The page has been read again since, and agrees.
    let again = printed(Page::OrderDetail, "2026-11-04", "2026-12-03");
    assert_eq!(
        differ(&[detail("2026-12-05"), tracking("2026-12-03"), again]),
        []
    );
    let list = awaiting("2026-10-20");
    let placed = reading(
        Page::OrderDetail,
        noon("2026-11-02"),
        &[Fact::Placed(day("2026-10-23"))],
    );
    assert!(differ(&[list, placed]).contains(&(Field::Placed, "OrderList OrderDetail".to_owned())));
}

#[test]
fn packages_that_differ_are_no_problem_and_another_page_that_tells_of_neither_is() {
    let both = ["2026-11-01", "2026-11-10"].map(|on| Fact::Delivered(day(on)));
    let tracking = reading(Page::Tracking, noon("2026-11-11"), &both);
    let detail = |on| {
        reading(
            Page::OrderDetail,
            noon("2026-11-11"),
            &[Fact::Delivered(day(on))],
        )
    };
    assert_eq!(said(std::slice::from_ref(&tracking)), []);
    assert_eq!(
        said(&[tracking.clone(), detail("2026-11-10")]),
        [],
        "it tells of one of them"
    );
    assert_eq!(said(&[tracking, detail("2026-11-20")]).len(), 2);
    let two_clocks = [
        reading(
            Page::Dispute,
            noon("2026-11-11"),
            &[Fact::Ends(ClockKind::SellerAnswer, day("2026-11-15"))],
        ),
        reading(
            Page::ReturnsList,
            noon("2026-11-11"),
            &[Fact::Ends(ClockKind::BuyerAnswer, day("2026-11-20"))],
        ),
    ];
    assert_eq!(said(&two_clocks), [], "each is of its own window");
}
