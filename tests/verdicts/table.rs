//! Single cases, as sentences about the product.

use recourse::domain::clock::{ClockKind, Rejection, Role};
use recourse::domain::order::OrderState;
use recourse::domain::rules::Certainty;
use recourse::domain::sighting::{Fact, Page};
use recourse::domain::time::{Moment, Span};
use recourse::domain::verdict::{Closed, Kind, TimeLeft, Urgency, Verdict};

use super::{awaiting, day, noon, reading, verdict, zones};

fn detail(at: &str, refund_before: &str) -> recourse::domain::sighting::Reading {
    reading(
        Page::OrderDetail,
        noon(at),
        &[Fact::RefundIfNotDeliveredBefore(day(refund_before))],
    )
}

fn tracking(at: &str, refund_before: &str) -> recourse::domain::sighting::Reading {
    reading(
        Page::Tracking,
        noon(at),
        &[Fact::RefundIfNotDeliveredBefore(day(refund_before))],
    )
}

fn shown(verdict: &Verdict) -> (Kind, Option<ClockKind>, Option<String>) {
    let clock = verdict.clock.as_ref();
    (
        verdict.kind,
        clock.map(|clock| clock.kind),
        clock.map(|clock| clock.last_day.to_string()),
    )
}

#[test]
fn an_order_whose_page_was_never_read_has_an_estimate_and_nothing_firmer() {
    let verdict = verdict(&[awaiting("2026-10-20")], noon("2026-11-01"));
    assert_eq!(
        shown(&verdict),
        (
            Kind::Estimate,
            Some(ClockKind::DeliveryGuarantee),
            Some("2026-11-20".into())
        )
    );
    assert!(!verdict.opened);
    assert_eq!(verdict.firm(), None);
}

#[test]
fn without_a_day_of_the_order_there_is_no_date_at_all() {
    let only_state = reading(
        Page::OrderList,
        noon("2026-11-01"),
        &[Fact::State(OrderState::AwaitingDelivery)],
    );
    assert_eq!(
        shown(&verdict(&[only_state], noon("2026-11-01"))),
        (Kind::Unknown, None, None)
    );
    assert_eq!(
        shown(&verdict(&[], noon("2026-11-01"))),
        (Kind::Unknown, None, None)
    );
}

#[test]
fn a_printed_date_outranks_the_estimate_even_where_it_is_later() {
    let verdict = verdict(
        &[awaiting("2026-10-01"), detail("2026-11-01", "2026-11-23")],
        noon("2026-11-02"),
    );
    assert_eq!(
        shown(&verdict),
        (
            Kind::Printed,
            Some(ClockKind::DeliveryGuarantee),
            Some("2026-11-22".into())
        )
    );
    let clock = verdict.clock.unwrap();
    assert_eq!(
        clock.closes().rfc3339(),
        "2026-11-23T03:00:00Z",
        "the buyer's midnight comes before the shop's"
    );
    assert_eq!(
        clock
            .not_used
            .iter()
            .map(|(_, why)| *why)
            .collect::<Vec<_>>(),
        [Rejection::LessSure]
    );
    assert!(verdict.opened);
}

#[test]
fn of_two_pages_that_differ_the_earlier_date_counts() {
    let readings = [
        awaiting("2026-07-15"),
        detail("2026-08-02", "2026-09-04"),
        tracking("2026-08-01", "2026-09-03"),
    ];
    let verdict = verdict(&readings, noon("2026-08-03"));
    assert_eq!(shown(&verdict).2.as_deref(), Some("2026-09-02"));
    let clock = verdict.clock.unwrap();
    assert_eq!(clock.because.sighting.page, Page::Tracking);
    assert!(
        clock.not_used.iter().any(
            |(other, why)| *why == Rejection::Later && other.sighting.page == Page::OrderDetail
        )
    );
}

#[test]
fn a_page_that_prints_a_new_date_no_longer_stands_by_its_old_one() {
    let readings = [
        awaiting("2026-07-15"),
        detail("2026-08-01", "2026-09-04"),
        detail("2026-08-20", "2026-09-14"),
    ];
    let extended = verdict(&readings, noon("2026-08-21"));
    assert_eq!(shown(&extended).2.as_deref(), Some("2026-09-13"));
    let clock = extended.clock.unwrap();
    assert!(
        clock
            .not_used
            .iter()
            .any(|(old, why)| *why == Rejection::Superseded && old.anchor == day("2026-09-04"))
    );
    // The other page has not been read since: its earlier date still counts.
    let with_tracking = [readings.as_slice(), &[tracking("2026-08-01", "2026-09-03")]].concat();
    assert_eq!(
        shown(&verdict(&with_tracking, noon("2026-08-21")))
            .2
            .as_deref(),
        Some("2026-09-02")
    );
}

#[test]
fn a_deadline_before_the_order_is_not_believed() {
    let verdict = verdict(
        &[awaiting("2026-10-20"), detail("2026-11-01", "2026-09-04")],
        noon("2026-11-02"),
    );
    assert_eq!(verdict.kind, Kind::Estimate);
    let clock = verdict.clock.unwrap();
    assert!(
        clock
            .not_used
            .iter()
            .any(|(_, why)| *why == Rejection::BeforeOrder)
    );
}

#[test]
fn both_windows_of_a_completed_order_count_the_nearer_first() {
    let facts = [
        Fact::State(OrderState::Completed),
        Fact::Placed(day("2026-07-15")),
        Fact::Completed(day("2026-07-28")),
        Fact::ReturnWithinDaysOfReceipt(7),
        Fact::DisputeWithinDaysOfOrder(90),
        Fact::RefundIfNotDeliveredBefore(day("2026-09-04")),
    ];
    let page = reading(Page::OrderDetail, noon("2026-07-29"), &facts);
    let at = |now: &str| verdict(std::slice::from_ref(&page), noon(now));
    assert_eq!(
        shown(&at("2026-07-29")),
        (
            Kind::Rule,
            Some(ClockKind::ClaimAfterReceipt),
            Some("2026-08-03".into())
        )
    );
    assert_eq!(
        shown(&at("2026-08-10")),
        (
            Kind::Rule,
            Some(ClockKind::DefectClaim),
            Some("2026-10-12".into())
        )
    );
    let over = at("2026-10-20");
    assert_eq!(
        (over.kind, over.closed),
        (Kind::Closed, Some(Closed::Ended(day("2026-10-12"))))
    );
}

#[test]
fn a_free_return_needs_the_day_of_delivery() {
    let completed = [
        Fact::State(OrderState::Completed),
        Fact::Placed(day("2026-11-01")),
        Fact::Completed(day("2026-11-12")),
        Fact::FreeReturnWithinDaysOfDelivery(15),
    ];
    let page = reading(Page::OrderDetail, noon("2026-11-13"), &completed);
    assert_eq!(
        verdict(std::slice::from_ref(&page), noon("2026-11-13")).kind,
        Kind::Estimate,
        "completion may be later than delivery"
    );
    let delivered = reading(
        Page::Tracking,
        noon("2026-11-13"),
        &[Fact::Delivered(day("2026-11-10"))],
    );
    let both = verdict(&[page, delivered], noon("2026-11-13"));
    let clock = both
        .open(ClockKind::FreeReturn, noon("2026-11-13"))
        .unwrap();
    assert_eq!(
        (clock.certainty(), clock.last_day),
        (Certainty::Rule, day("2026-11-24"))
    );
}

#[test]
fn nothing_is_claimed_of_what_was_never_paid_or_was_cancelled() {
    for (state, closed) in [
        (OrderState::Unpaid, Closed::Unpaid),
        (OrderState::Cancelled, Closed::Cancelled),
        (OrderState::Refunded, Closed::Refunded),
    ] {
        let list = reading(
            Page::OrderList,
            noon("2026-11-01"),
            &[Fact::Placed(day("2026-10-30")), Fact::State(state)],
        );
        let verdict = verdict(&[list], noon("2026-11-01"));
        assert_eq!((verdict.kind, verdict.closed), (Kind::Closed, Some(closed)));
    }
}

#[test]
fn a_completed_order_that_was_never_opened_is_unknown_and_after_long_may_have_ended() {
    let list = reading(
        Page::OrderList,
        noon("2026-11-01"),
        &[
            Fact::Placed(day("2026-08-01")),
            Fact::State(OrderState::Completed),
        ],
    );
    assert_eq!(
        verdict(std::slice::from_ref(&list), noon("2026-11-01")).kind,
        Kind::Unknown
    );
    let late = verdict(&[list], noon("2026-11-20"));
    assert_eq!(late.kind, Kind::Estimate);
    assert_eq!(late.urgency(noon("2026-11-20")), Some(Urgency::Over));
    assert_eq!(late.closed, None, "what may have ended is not called ended");
}

#[test]
fn a_printed_date_stands_where_the_state_could_not_be_read() {
    let list = reading(
        Page::OrderList,
        noon("2026-11-01"),
        &[Fact::Placed(day("2026-10-20"))],
    );
    assert_eq!(
        verdict(std::slice::from_ref(&list), noon("2026-11-01")).kind,
        Kind::Unknown,
        "and an estimate does not"
    );
    assert_eq!(
        verdict(
            &[list, detail("2026-11-01", "2026-12-01")],
            noon("2026-11-02")
        )
        .kind,
        Kind::Printed
    );
}

#[test]
fn time_left_is_rounded_down_and_its_unit_follows_from_what_remains() {
    let firm = Certainty::Printed;
    for (remaining, certainty, left, urgency) in [
        (Span::days(31), firm, TimeLeft::Days(31), Urgency::Calm),
        (
            Span(Span::days(7).0 + 1),
            firm,
            TimeLeft::Days(7),
            Urgency::Calm,
        ),
        (Span::days(7), firm, TimeLeft::Days(7), Urgency::Soon),
        (
            Span(Span::hours(72).0 + 1),
            firm,
            TimeLeft::Days(3),
            Urgency::Soon,
        ),
        (Span::hours(72), firm, TimeLeft::Days(3), Urgency::Urgent),
        (Span::hours(48), firm, TimeLeft::Days(2), Urgency::Urgent),
        (
            Span(Span::hours(48).0 - 1),
            firm,
            TimeLeft::Hours(47),
            Urgency::Urgent,
        ),
        (Span::hours(1), firm, TimeLeft::Hours(1), Urgency::Urgent),
        (
            Span(Span::hours(1).0 - 1),
            firm,
            TimeLeft::Minutes(59),
            Urgency::Urgent,
        ),
        (Span(1), firm, TimeLeft::Minutes(0), Urgency::Urgent),
        (Span(0), firm, TimeLeft::Over, Urgency::Over),
        (
            Span::days(22),
            Certainty::Estimate,
            TimeLeft::Weeks(3),
            Urgency::Calm,
        ),
        (
            Span::days(14),
            Certainty::Estimate,
            TimeLeft::Weeks(2),
            Urgency::Calm,
        ),
        (
            Span(Span::days(14).0 - 1),
            Certainty::Estimate,
            TimeLeft::Days(13),
            Urgency::Calm,
        ),
        (
            Span::hours(5),
            Certainty::Estimate,
            TimeLeft::Days(0),
            Urgency::Urgent,
        ),
    ] {
        assert_eq!(TimeLeft::of(remaining, certainty), left, "{remaining:?}");
        assert_eq!(Urgency::of(remaining), urgency, "{remaining:?}");
    }
}

#[test]
fn between_two_announced_changes_nothing_changes() {
    let verdict = verdict(
        &[awaiting("2026-10-01"), detail("2026-11-01", "2026-11-23")],
        noon("2026-11-02"),
    );
    let shown = |now: Moment| (verdict.time_left(now), verdict.urgency(now));
    let mut now = noon("2026-11-02");
    let mut steps = 0;
    while let Some(next) = verdict.next_change(now) {
        assert!(next > now);
        assert_eq!(
            shown(Moment(next.0 - 1)),
            shown(now),
            "up to the announced moment"
        );
        assert_ne!(shown(next), shown(now), "and not after it");
        now = next;
        steps += 1;
    }
    assert_eq!(verdict.urgency(now), Some(Urgency::Over));
    assert!(
        (100..150).contains(&steps),
        "days, 48 hours, 60 minutes: {steps}"
    );
}

#[test]
fn at_the_moment_of_its_end_a_window_is_over() {
    let readings = [
        awaiting("2026-10-01"),
        detail("2026-11-01", "2026-11-23"),
        reading(
            Page::Tracking,
            noon("2026-11-01"),
            &[
                Fact::Delivered(day("2026-11-05")),
                Fact::FreeReturnWithinDaysOfDelivery(25),
            ],
        ),
    ];
    let end = zones().earliest_start(day("2026-11-23")).unwrap();
    let kinds = |now: Moment| {
        let verdict = verdict(&readings, now);
        let shown = verdict.clock.map(|clock| clock.kind);
        let act = verdict.clocks.iter().map(|clock| clock.kind);
        let act = act.filter(|kind| kind.role() == Role::Act);
        (shown, act.collect::<Vec<_>>())
    };
    let (guarantee, free_return) = (ClockKind::DeliveryGuarantee, ClockKind::FreeReturn);
    assert_eq!(
        kinds(Moment(end.0 - 1)),
        (Some(guarantee), vec![guarantee, free_return])
    );
    assert_eq!(
        kinds(end),
        (Some(free_return), vec![free_return, guarantee]),
        "what is open stands first"
    );
    assert_eq!(
        verdict(&readings, end).open(guarantee, end),
        None,
        "and is found no more"
    );
}

#[test]
fn an_order_is_over_when_nothing_will_open_again() {
    let of = |state| {
        let facts = [Fact::Placed(day("2026-10-30")), Fact::State(state)];
        let list = reading(Page::OrderList, noon("2026-11-01"), &facts);
        let verdict = verdict(&[list], noon("2026-11-01"));
        (verdict.is_over(), verdict.ended().is_some())
    };
    assert_eq!(of(OrderState::Unpaid), (false, false), "it may be paid");
    assert_eq!(of(OrderState::Cancelled), (true, false));
    assert_eq!(of(OrderState::Refunded), (true, false));
    assert_eq!(of(OrderState::AwaitingDelivery), (false, false));
    let facts = [
        Fact::State(OrderState::Completed),
        Fact::Placed(day("2026-07-15")),
        Fact::Completed(day("2026-07-28")),
        Fact::ReturnWithinDaysOfReceipt(7),
        Fact::DisputeWithinDaysOfOrder(90),
    ];
    let page = reading(Page::OrderDetail, noon("2026-07-29"), &facts);
    let open = verdict(std::slice::from_ref(&page), noon("2026-08-29"));
    assert_eq!((open.is_over(), open.ended()), (false, None));
    let over = verdict(&[page], noon("2026-11-29"));
    assert!(over.is_over());
    assert_eq!(over.ended().unwrap().kind, ClockKind::DefectClaim);
    // The day on the badge of an order that has ended has an origin as every other.
    assert_eq!((over.clock.as_ref(), over.told()), (None, over.ended()));
    assert_eq!(open.told(), open.clock.as_ref());
}
