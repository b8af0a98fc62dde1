//! Each clock: what it counts from, where it applies, when it ends.

use recourse::domain::clock::{Clock, ClockKind, Rejection, Role, clocks};
use recourse::domain::country::Country;
use recourse::domain::dispute::{DisputeStage, DisputeStep};
use recourse::domain::order::OrderState;
use recourse::domain::rules::{Certainty, Change, Choices};
use recourse::domain::sighting::{Fact, Page, Reading, Service};
use recourse::domain::summary::Standing;
use recourse::domain::verdict::{Kind, Verdict};

use super::{awaiting, day, noon, reading, record, verdict, zones};

fn chosen(readings: &[Reading], choices: &Choices) -> Vec<Clock> {
    clocks(&record(readings), noon("2026-11-20"), zones(), choices)
}

/// That clock of an order in that state of which a page told these facts: its rule, its end day and certainty.
fn told(
    state: OrderState,
    facts: &[Fact],
    kind: ClockKind,
) -> Option<(&'static str, String, Certainty)> {
    let all = [&[Fact::State(state)], facts].concat();
    let page = reading(Page::OrderDetail, noon("2026-11-02"), &all);
    let clocks = chosen(&[page], Choices::NONE);
    let clock = clocks.into_iter().find(|clock| clock.kind == kind)?;
    let because = &clock.because;
    Some((
        because.rule.id,
        because.end_day.to_string(),
        clock.certainty(),
    ))
}

fn step(step: DisputeStep, on: &str) -> Fact {
    Fact::Step(step, day(on))
}

#[test]
fn every_clock_counts_from_its_own_day() {
    use Certainty::{Estimate, Printed, Rule};
    use ClockKind as K;
    use OrderState::{AwaitingDelivery, Completed, InDispute, Processing, Refunded};
    let belgium = || Fact::ShipTo(Country::new("BE").unwrap());
    let brazil = Fact::ShipTo(Country::new("BR").unwrap());
    let stage = Fact::Stage;
    for (state, facts, kind, rule, end, certainty) in [
        (
            AwaitingDelivery,
            vec![Fact::Shipped(day("2026-11-01"))],
            K::ClaimOpens,
            "claim-opens-shipped",
            "2026-11-12",
            Estimate,
        ),
        (
            AwaitingDelivery,
            vec![
                Fact::Shipped(day("2026-11-01")),
                Fact::Delivered(day("2026-11-04")),
            ],
            K::ClaimOpens,
            "claim-opens-received",
            "2026-11-04",
            Rule,
        ),
        (
            AwaitingDelivery,
            vec![
                Fact::Shipped(day("2026-11-01")),
                Fact::Tracked(day("2026-11-05")),
                Fact::PromisedBy(day("2026-11-25")),
            ],
            K::ClaimOpens,
            "claim-opens-in-transit",
            "2026-11-26",
            Estimate,
        ),
        (
            Completed,
            vec![Fact::Completed(day("2026-11-01"))],
            K::ClaimAfterReceipt,
            "estimate-after-completion-short",
            "2026-11-08",
            Estimate,
        ),
        (
            Completed,
            vec![Fact::Placed(day("2026-10-01")), brazil],
            K::DefectClaim,
            "defect-brazil",
            "2026-12-30",
            Rule,
        ),
        (
            Completed,
            vec![
                Fact::Delivered(day("2026-11-01")),
                Fact::Service(Service::FreeReturn),
            ],
            K::FreeReturn,
            "free-return-service",
            "2026-11-16",
            Rule,
        ),
        (
            AwaitingDelivery,
            vec![Fact::CouponIfDelayedBy(day("2026-11-10"))],
            K::LateCoupon,
            "coupon-after-promise",
            "2026-11-12",
            Rule,
        ),
        (
            Processing,
            vec![step(DisputeStep::CancelAsked, "2026-11-10")],
            K::CancelBeforeShipping,
            "cancel-unanswered",
            "2026-11-12",
            Estimate,
        ),
        (
            InDispute,
            vec![
                step(DisputeStep::Opened, "2026-11-10"),
                stage(DisputeStage::SellerToAnswer),
            ],
            K::SellerAnswer,
            "seller-five-days",
            "2026-11-15",
            Rule,
        ),
        (
            InDispute,
            vec![
                step(DisputeStep::Opened, "2026-11-10"),
                stage(DisputeStage::BuyerToAnswer),
            ],
            K::PlatformDecision,
            "platform-seven-days",
            "2026-11-17",
            Rule,
        ),
        (
            InDispute,
            vec![
                step(DisputeStep::SellerOffered, "2026-11-10"),
                stage(DisputeStage::BuyerToAnswer),
            ],
            K::BuyerAnswer,
            "buyer-five-days",
            "2026-11-15",
            Estimate,
        ),
        (
            InDispute,
            vec![
                step(DisputeStep::EvidenceAsked, "2026-11-10"),
                stage(DisputeStage::EvidenceWanted),
            ],
            K::EvidenceDue,
            "evidence-three-days",
            "2026-11-13",
            Estimate,
        ),
        (
            InDispute,
            vec![
                step(DisputeStep::ReturnAgreed, "2026-11-10"),
                stage(DisputeStage::ReturnWanted),
            ],
            K::ReturnDue,
            "return-ten-days",
            "2026-11-20",
            Estimate,
        ),
        (
            InDispute,
            vec![
                Fact::Ends(K::ReturnDue, day("2026-11-18")),
                step(DisputeStep::ReturnAgreed, "2026-11-10"),
                stage(DisputeStage::ReturnWanted),
            ],
            K::ReturnDue,
            "printed-return-due",
            "2026-11-18",
            Printed,
        ),
        (
            InDispute,
            vec![step(DisputeStep::Judged, "2026-11-10")],
            K::Appeal,
            "appeal-seven-days",
            "2026-11-17",
            Estimate,
        ),
        // Friday the 6th; 20 business days are four weeks.
        (
            Refunded,
            vec![step(DisputeStep::RefundDecided, "2026-11-06")],
            K::RefundExpected,
            "refund-business-days",
            "2026-12-04",
            Estimate,
        ),
        (
            AwaitingDelivery,
            vec![Fact::Delivered(day("2026-11-01")), belgium()],
            K::Withdrawal,
            "eu-withdrawal",
            "2026-11-15",
            Rule,
        ),
        (
            Completed,
            vec![Fact::Delivered(day("2024-02-29")), belgium()],
            K::LegalGuarantee,
            "eu-legal-guarantee",
            "2026-02-28",
            Rule,
        ),
        (
            Completed,
            vec![
                Fact::PromisedBy(day("2026-11-01")),
                Fact::Paid(day("2026-10-01")),
                Fact::Service(Service::Card),
            ],
            K::CardDispute,
            "card-after-promise",
            "2027-03-01",
            Rule,
        ),
        (
            Completed,
            vec![
                Fact::Paid(day("2026-10-01")),
                Fact::Service(Service::Paypal),
            ],
            K::PaypalDispute,
            "paypal-days",
            "2027-03-30",
            Rule,
        ),
    ] {
        assert_eq!(
            told(state, &facts, kind),
            Some((rule, end.to_owned(), certainty)),
            "{facts:?}"
        );
    }
}

#[test]
fn what_a_rule_asks_for_must_be_so() {
    use OrderState::{AwaitingDelivery, InDispute};
    let delivered = Fact::Delivered(day("2026-11-01"));
    assert_eq!(
        told(
            AwaitingDelivery,
            std::slice::from_ref(&delivered),
            ClockKind::Withdrawal
        ),
        None,
        "no country"
    );
    let brazil = Fact::ShipTo(Country::new("BR").unwrap());
    assert_eq!(
        told(
            AwaitingDelivery,
            &[delivered, brazil],
            ClockKind::Withdrawal
        ),
        None
    );
    let opened = step(DisputeStep::Opened, "2026-11-10");
    assert_eq!(
        told(
            InDispute,
            std::slice::from_ref(&opened),
            ClockKind::SellerAnswer
        ),
        None,
        "no stage"
    );
    let judged = Fact::Stage(DisputeStage::Judged);
    assert_eq!(
        told(InDispute, &[opened, judged], ClockKind::SellerAnswer),
        None
    );
    let paid = Fact::Paid(day("2026-11-10"));
    assert_eq!(
        told(AwaitingDelivery, &[paid], ClockKind::PaypalDispute),
        None
    );
}

#[test]
fn a_printed_date_of_one_clock_is_none_of_another() {
    let facts = [
        Fact::State(OrderState::InDispute),
        Fact::Stage(DisputeStage::SellerToAnswer),
        Fact::RefundIfNotDeliveredBefore(day("2026-12-20")),
    ];
    let order = reading(Page::Dispute, noon("2026-11-10"), &facts);
    let later = reading(
        Page::Dispute,
        noon("2026-11-12"),
        &[Fact::Ends(ClockKind::SellerAnswer, day("2026-11-15"))],
    );
    let clocks = chosen(&[order, later], Choices::NONE);
    let ends: Vec<_> = clocks
        .iter()
        .map(|clock| (clock.kind, clock.because.anchor.to_string()))
        .collect();
    assert_eq!(
        ends,
        [
            (ClockKind::DeliveryGuarantee, "2026-12-20".to_owned()),
            (ClockKind::SellerAnswer, "2026-11-15".to_owned()),
        ]
    );
}

#[test]
fn a_refund_is_expected_between_three_and_twenty_business_days() {
    let facts = [
        Fact::State(OrderState::Refunded),
        step(DisputeStep::RefundDecided, "2026-11-05"),
    ];
    let clocks = chosen(
        &[reading(Page::Dispute, noon("2026-11-06"), &facts)],
        Choices::NONE,
    );
    let [clock] = clocks.as_slice() else {
        panic!("{clocks:?}")
    };
    assert_eq!(
        clock.opens().unwrap().rfc3339(),
        "2026-11-10T03:00:00Z",
        "Thursday, and three days without a weekend"
    );
    assert_eq!(clock.closes().rfc3339(), "2026-12-03T03:00:00Z");
}

#[test]
fn what_opens_opens_with_the_later_zone_and_a_law_counts_in_the_buyers() {
    let facts = [
        Fact::State(OrderState::AwaitingDelivery),
        Fact::Shipped(day("2026-11-01")),
        Fact::Delivered(day("2026-11-05")),
        Fact::ShipTo(Country::new("BE").unwrap()),
    ];
    let page = [reading(Page::OrderDetail, noon("2026-11-06"), &facts)];
    let clocks = chosen(&page, Choices::NONE);
    let at = |kind| {
        clocks
            .iter()
            .find(|clock| clock.kind == kind)
            .unwrap()
            .closes()
            .rfc3339()
    };
    assert_eq!(
        at(ClockKind::ClaimOpens),
        "2026-11-05T08:00:00Z",
        "the shop's midnight"
    );
    assert_eq!(
        at(ClockKind::Withdrawal),
        "2026-11-19T03:00:00Z",
        "the buyer's midnight"
    );
}

#[test]
fn a_law_an_opening_or_a_bank_is_on_no_badge() {
    let facts = [
        Fact::State(OrderState::AwaitingDelivery),
        Fact::Shipped(day("2026-11-15")),
        Fact::Delivered(day("2026-11-18")),
        Fact::ShipTo(Country::new("BE").unwrap()),
        Fact::Service(Service::Paypal),
        Fact::Paid(day("2026-11-01")),
    ];
    let verdict = verdict(
        &[reading(Page::OrderDetail, noon("2026-11-19"), &facts)],
        noon("2026-11-19"),
    );
    assert!(
        verdict
            .clocks
            .iter()
            .any(|clock| clock.kind.role() == Role::Outside)
    );
    assert_eq!(verdict.clock.unwrap().kind, ClockKind::DeliveryGuarantee);
}

#[test]
fn what_the_seller_is_to_do_is_shown_where_the_buyer_can_lose_nothing_and_is_no_money_at_risk() {
    let mut facts = vec![
        Fact::State(OrderState::InDispute),
        Fact::Stage(DisputeStage::SellerToAnswer),
        step(DisputeStep::Opened, "2026-11-10"),
    ];
    let at = noon("2026-11-12");
    let readings = [reading(Page::Dispute, at, &facts)];
    let waiting = verdict(&readings, at);
    assert_eq!(
        (waiting.kind, waiting.clock.as_ref().unwrap().kind),
        (Kind::Rule, ClockKind::SellerAnswer)
    );
    assert_eq!(Standing::new(&record(&readings), &waiting, at).closes, None);
    facts.push(Fact::RefundIfNotDeliveredBefore(day("2026-12-20")));
    let readings = [reading(Page::Dispute, at, &facts)];
    let guarded = verdict(&readings, at);
    assert_eq!(
        guarded.clock.as_ref().unwrap().kind,
        ClockKind::DeliveryGuarantee
    );
    assert!(
        Standing::new(&record(&readings), &guarded, at)
            .closes
            .is_some()
    );
}

#[test]
fn a_moved_deadline_tells_from_where_to_where_and_until_when_the_old_one_stood() {
    let printed = |at: &str, on: &str| {
        reading(
            Page::OrderDetail,
            noon(at),
            &[Fact::RefundIfNotDeliveredBefore(day(on))],
        )
    };
    let moved = |readings: &[Reading]| verdict(readings, noon("2026-11-20")).clock.unwrap().moved();
    let still = [awaiting("2026-10-01"), printed("2026-11-02", "2026-12-01")];
    assert_eq!(moved(&still), None);
    let extended = [still.as_slice(), &[printed("2026-11-10", "2026-12-10")]].concat();
    let change = moved(&extended).unwrap();
    assert_eq!(
        (change.from, change.to, change.until),
        (day("2026-12-01"), day("2026-12-10"), noon("2026-11-02"))
    );
    let shortened = [extended.as_slice(), &[printed("2026-11-15", "2026-12-05")]].concat();
    let change = moved(&shortened).unwrap();
    assert_eq!(
        (change.from, change.to),
        (day("2026-12-10"), day("2026-12-05"))
    );
}

#[test]
fn two_packages_of_one_page_count_with_the_earlier() {
    let facts = ["2026-12-10", "2026-12-01"].map(|on| Fact::RefundIfNotDeliveredBefore(day(on)));
    let page = reading(Page::OrderDetail, noon("2026-11-02"), &facts);
    let clock = verdict(&[awaiting("2026-10-01"), page], noon("2026-11-02"))
        .clock
        .unwrap();
    assert_eq!(clock.because.anchor, day("2026-12-01"));
    assert_eq!(clock.moved(), None);
}

#[test]
fn a_rule_can_be_switched_off_or_given_another_number_but_a_printed_date_cannot() {
    let list = [awaiting("2026-11-01")];
    let change = |rule: &str, days| Choices {
        changes: vec![Change {
            rule: rule.to_owned(),
            days,
        }],
        ..Choices::default()
    };
    let with = |readings: &[Reading], choices: &Choices| {
        Verdict::chosen(&record(readings), noon("2026-11-02"), zones(), choices)
    };
    assert_eq!(
        with(&list, &change("estimate-from-order", None)).kind,
        Kind::Unknown
    );
    let longer = with(&list, &change("estimate-from-order", Some(40)))
        .clock
        .unwrap();
    assert_eq!(
        (longer.because.end_day, longer.because.changed),
        (day("2026-12-11"), true)
    );
    assert_eq!(
        longer.certainty(),
        Certainty::Estimate,
        "a number of the user's makes no estimate surer"
    );
    let unchanged = with(&list, &change("estimate-from-shipping", Some(40)));
    assert_eq!(
        unchanged,
        Verdict::new(&record(&list), noon("2026-11-02"), zones())
    );
    let printed = reading(
        Page::OrderDetail,
        noon("2026-11-02"),
        &[Fact::RefundIfNotDeliveredBefore(day("2026-12-20"))],
    );
    let both = [list.as_slice(), &[printed]].concat();
    for days in [None, Some(400)] {
        let verdict = with(&both, &change("printed-refund-date", days));
        assert_eq!(verdict.clock.unwrap().because.end_day, day("2026-12-20"));
    }
}

#[test]
fn the_page_tells_the_country_before_the_settings_do() {
    let facts = [
        Fact::State(OrderState::Completed),
        Fact::Delivered(day("2026-11-10")),
    ];
    let here = Choices {
        country: Country::new("BE"),
        ..Choices::default()
    };
    let page = |more: &[Fact]| {
        reading(
            Page::OrderDetail,
            noon("2026-11-11"),
            &[&facts, more].concat(),
        )
    };
    let law = |readings: &[Reading]| {
        chosen(readings, &here)
            .iter()
            .any(|clock| clock.kind == ClockKind::Withdrawal)
    };
    assert!(law(&[page(&[])]));
    assert!(!law(&[page(&[Fact::ShipTo(Country::new("BR").unwrap())])]));
}

#[test]
fn a_rule_for_the_very_case_goes_before_a_general_one_that_ends_sooner() {
    let facts = [
        Fact::State(OrderState::AwaitingDelivery),
        Fact::Shipped(day("2026-11-01")),
        Fact::Tracked(day("2026-11-05")),
        Fact::PromisedBy(day("2026-11-25")),
    ];
    let clocks = chosen(
        &[reading(Page::Tracking, noon("2026-11-06"), &facts)],
        Choices::NONE,
    );
    let clock = clocks
        .iter()
        .find(|clock| clock.kind == ClockKind::ClaimOpens)
        .unwrap();
    let why: Vec<_> = clock
        .not_used
        .iter()
        .map(|(other, why)| (other.rule.id, *why))
        .collect();
    assert_eq!(why, [("claim-opens-shipped", Rejection::LessSpecific)]);
}

#[test]
fn an_order_on_its_way_without_a_printed_date_is_to_be_checked_until_its_page_was_opened() {
    let at = noon("2026-11-12");
    let standing = |readings: &[Reading], now| {
        Standing::new(&record(readings), &verdict(readings, now), now).to_check
    };
    let placed = Fact::Placed(day("2026-11-01"));
    let on_its_way = [placed.clone(), Fact::State(OrderState::AwaitingDelivery)];
    let listed = reading(Page::OrderList, at, &on_its_way);
    assert!(standing(std::slice::from_ref(&listed), at));
    let opened = reading(Page::OrderDetail, at, &on_its_way);
    let both = [listed.clone(), opened];
    assert!(!standing(&both, at), "its page has just said nothing");
    assert!(standing(&both, noon("2026-11-14")), "by now it may");
    let printed = [Fact::RefundIfNotDeliveredBefore(day("2026-12-20"))];
    let dated = [listed, reading(Page::Tracking, at, &printed)];
    assert!(!standing(&dated, at));
    let done = [placed, Fact::State(OrderState::Completed)];
    assert!(!standing(&[reading(Page::OrderList, at, &done)], at));
}

#[test]
fn a_claim_opens_at_once_where_the_promise_is_fast() {
    let opens = |shipped: &[&str], promised: &[&str]| {
        let mut facts = vec![Fact::Tracked(day("2026-11-02"))];
        facts.extend(shipped.iter().map(|on| Fact::Shipped(day(on))));
        facts.extend(promised.iter().map(|on| Fact::PromisedBy(day(on))));
        let (rule, on, _) = told(OrderState::AwaitingDelivery, &facts, ClockKind::ClaimOpens)?;
        Some((rule, on))
    };
    let fast = Some(("claim-opens-fast", "2026-11-01".to_owned()));
    let slow = |on: &str| Some(("claim-opens-in-transit", on.to_owned()));
    assert_eq!(opens(&["2026-11-01"], &["2026-11-06"]), fast);
    assert_eq!(opens(&["2026-11-01"], &["2026-11-01"]), fast);
    assert_eq!(opens(&["2026-11-01"], &["2026-11-07"]), slow("2026-11-08"));
    assert_eq!(
        opens(&["2026-11-01"], &["2026-10-31"]),
        slow("2026-11-01"),
        "a promise before the shipping is none"
    );
    // Of several readings the longest time counts.
    assert_eq!(
        opens(&["2026-11-03", "2026-11-01"], &["2026-11-04", "2026-11-07"]),
        slow("2026-11-05"),
    );
    assert_eq!(opens(&[], &["2026-11-06"]), slow("2026-11-07"));
}

#[test]
fn what_is_sent_on_the_day_of_the_order_can_be_claimed_for_from_that_day_on() {
    let facts = [
        Fact::Placed(day("2026-11-01")),
        Fact::Shipped(day("2026-11-01")),
        Fact::PromisedBy(day("2026-11-03")),
    ];
    let told = told(OrderState::AwaitingDelivery, &facts, ClockKind::ClaimOpens);
    assert_eq!(told.unwrap().0, "claim-opens-fast");
}

#[test]
fn a_dispute_has_its_clocks_whatever_the_status_of_its_order_goes_on_to_say() {
    let dispute = [
        step(DisputeStep::Opened, "2026-11-01"),
        Fact::Stage(DisputeStage::SellerToAnswer),
    ];
    for state in [
        OrderState::AwaitingDelivery,
        OrderState::Completed,
        OrderState::InDispute,
    ] {
        let seller = told(state, &dispute, ClockKind::SellerAnswer);
        assert_eq!(
            seller,
            Some(("seller-five-days", "2026-11-06".to_owned(), Certainty::Rule)),
            "{state:?}"
        );
    }
    assert_eq!(
        told(
            OrderState::Completed,
            &dispute[..1],
            ClockKind::SellerAnswer
        ),
        None,
        "without the stage nobody knows whose turn it is"
    );
    assert_eq!(
        told(OrderState::Cancelled, &dispute, ClockKind::SellerAnswer),
        None
    );
}

#[test]
fn of_two_countries_the_one_that_was_read_last_counts() {
    let delivered = reading(
        Page::OrderDetail,
        noon("2026-11-01"),
        &[
            Fact::State(OrderState::AwaitingDelivery),
            Fact::Delivered(day("2026-11-15")),
        ],
    );
    let to = |code, at| {
        let country = Fact::ShipTo(Country::new(code).unwrap());
        reading(Page::OrderDetail, noon(at), &[country])
    };
    let withdraws = |first, second| {
        let all = [
            delivered.clone(),
            to(first, "2026-11-16"),
            to(second, "2026-11-17"),
        ];
        let clocks = chosen(&all, Choices::NONE);
        clocks
            .iter()
            .any(|clock| clock.kind == ClockKind::Withdrawal)
    };
    assert!(withdraws("US", "BE"));
    assert!(!withdraws("BE", "AR"));
    assert!(!withdraws("BE", "US"));
    assert!(withdraws("AR", "BE"));
}
