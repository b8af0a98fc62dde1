//! Before a claim is sent: whether a dispute can be opened, until when, and what should be known first.

use recourse::domain::claim::{Claim, Happened, Solution};
use recourse::domain::claim_checks::{Check, checks};
use recourse::domain::claim_stand::{Stand, When};
use recourse::domain::clock::ClockKind;
use recourse::domain::order::{OrderId, OrderState};
use recourse::domain::sighting::{Fact, Page, Reading};
use recourse::domain::time::{Moment, Span};

use super::{awaiting, day, noon, reading, verdict};

const NOW: &str = "2026-11-20";

fn detail(facts: &[Fact]) -> Reading {
    reading(Page::OrderDetail, noon("2026-11-19"), facts)
}

fn received() -> Vec<Reading> {
    let facts = [
        Fact::Placed(day("2026-11-01")),
        Fact::State(OrderState::Completed),
        Fact::Completed(day("2026-11-18")),
        Fact::ReturnWithinDaysOfReceipt(7),
        Fact::DisputeWithinDaysOfOrder(90),
    ];
    vec![detail(&facts)]
}

#[test]
fn of_two_windows_the_one_that_ends_first_is_counted_on() {
    let verdict = verdict(&received(), noon(NOW));
    let stand = Stand::new(&verdict, Happened::Damaged, noon(NOW));
    assert_eq!(stand.when, When::Now);
    let kinds = [stand.until, stand.later].map(|clock| clock.map(|clock| clock.kind));
    assert_eq!(
        kinds,
        [
            Some(ClockKind::ClaimAfterReceipt),
            Some(ClockKind::DefectClaim)
        ]
    );
    // A defect is none of what was never received.
    let stand = Stand::new(&verdict, Happened::MarkedDelivered, noon(NOW));
    assert!(stand.later.is_none(), "{stand:?}");
}

#[test]
fn what_may_still_come_cannot_be_claimed_yet() {
    let readings = [
        awaiting("2026-11-10"),
        detail(&[
            Fact::Shipped(day("2026-11-15")),
            Fact::RefundIfNotDeliveredBefore(day("2027-01-10")),
        ]),
    ];
    let verdict = verdict(&readings, noon(NOW));
    let when = |happened| Stand::new(&verdict, happened, noon(NOW)).when;
    let When::Opens(opens) = when(Happened::NeverCame) else {
        panic!("{:?}", when(Happened::NeverCame));
    };
    assert!(opens > noon(NOW) && opens < noon("2026-12-20"), "{opens:?}");
    // What came broken can be claimed at once.
    assert_eq!(when(Happened::Damaged), When::Now);
}

#[test]
fn what_is_over_is_said_to_be_over_and_what_is_not_known_is_not_guessed() {
    let later = noon("2027-06-01");
    let over = verdict(&received(), later);
    let stand = Stand::new(&over, Happened::Damaged, later);
    assert!(matches!(stand.when, When::Ended(_)), "{stand:?}");
    assert!(stand.until.is_none());
    let nothing = verdict(&[reading(Page::OrderList, noon(NOW), &[])], noon(NOW));
    let stand = Stand::new(&nothing, Happened::Damaged, noon(NOW));
    assert_eq!(stand.when, When::Unknown);
}

#[test]
fn a_protection_that_ends_in_three_hours_is_no_time_to_gather_more() {
    let readings = [
        awaiting("2026-10-01"),
        detail(&[Fact::RefundIfNotDeliveredBefore(day("2026-11-21"))]),
    ];
    let claim = Claim {
        order: OrderId::new("8212313961591322").unwrap(),
        happened: Happened::NeverCame,
        solution: Solution::RefundOnly,
        amount: None,
        description: String::new(),
        files: Vec::new(),
    };
    let closes = verdict(&readings, noon(NOW)).firm().unwrap().closes();
    let told = |now: Moment| {
        let verdict = verdict(&readings, now);
        checks(&claim, None, verdict.firm(), now)
    };
    assert_eq!(
        told(closes.minus(Span::hours(3))),
        [Check::EndsSoon(closes)]
    );
    assert_eq!(
        told(closes.minus(Span::hours(24))),
        [Check::EndsSoon(closes)]
    );
    assert_eq!(told(closes.minus(Span::hours(25))), []);
    assert_eq!(told(closes), []);
    // Nor is it told of a window that has just ended.
    let before = verdict(&readings, closes.minus(Span::hours(3)));
    assert_eq!(checks(&claim, None, before.firm(), closes), []);
    let stand = |now| Stand::new(&before, Happened::Damaged, now);
    assert_eq!(stand(closes.minus(Span(1))).when, When::Now);
    assert!(matches!(stand(closes).when, When::Ended(_)));
    assert!(stand(closes).until.is_none());
}
