//! What holds for every history of an order.

use proptest::prelude::*;
use recourse::domain::clock::{ClockKind, Role};
use recourse::domain::country::Country;
use recourse::domain::dispute::{DisputeStage, DisputeStep};
use recourse::domain::order::OrderState;
use recourse::domain::rules::Certainty;
use recourse::domain::sighting::{Fact, Page, Reading, Service};
use recourse::domain::time::{Day, Moment, Span};
use recourse::domain::verdict::{Kind, Urgency, Verdict};
use recourse::store::record::{record_of_text, text_of_record};

use super::{reading, record, zones};

fn a_day() -> impl Strategy<Value = Day> {
    (20_400_i64..20_700).prop_map(|number| Day::from_number(number).unwrap())
}

fn a_fact() -> impl Strategy<Value = Fact> {
    prop_oneof![
        a_day().prop_map(Fact::Placed),
        a_day().prop_map(Fact::Shipped),
        a_day().prop_map(Fact::Delivered),
        a_day().prop_map(Fact::Completed),
        a_day().prop_map(Fact::RefundIfNotDeliveredBefore),
        proptest::sample::select(&OrderState::ALL[..]).prop_map(Fact::State),
        (1_u16..120).prop_map(Fact::ReturnWithinDaysOfReceipt),
        (1_u16..120).prop_map(Fact::DisputeWithinDaysOfOrder),
        (1_u16..60).prop_map(Fact::FreeReturnWithinDaysOfDelivery),
        a_day().prop_map(Fact::Paid),
        a_day().prop_map(Fact::PromisedBy),
        a_day().prop_map(Fact::CouponIfDelayedBy),
        a_day().prop_map(Fact::Tracked),
        (proptest::sample::select(&ClockKind::ALL[..]), a_day())
            .prop_map(|(kind, day)| Fact::Ends(kind, day)),
        (proptest::sample::select(&DisputeStep::ALL[..]), a_day())
            .prop_map(|(step, day)| Fact::Step(step, day)),
        proptest::sample::select(&DisputeStage::ALL[..]).prop_map(Fact::Stage),
        proptest::sample::select(&Service::ALL[..]).prop_map(Fact::Service),
        proptest::sample::select(vec!["BE", "BR", "US"])
            .prop_map(|code| Fact::ShipTo(Country::new(code).unwrap())),
    ]
}

fn a_reading() -> impl Strategy<Value = Reading> {
    let page = proptest::sample::select(&Page::ALL[..]);
    (
        page,
        20_400_i64..20_700,
        proptest::collection::vec(a_fact(), 0..5),
    )
        .prop_map(|(page, day, facts)| reading(page, Moment(day * 86_400_000 + 1), &facts))
}

fn history() -> impl Strategy<Value = Vec<Reading>> {
    proptest::collection::vec(a_reading(), 0..8)
}

fn at(day: i64) -> Moment {
    Moment(day * 86_400_000 + 5_000_000)
}

proptest! {
    #[test]
    fn the_order_in_which_readings_arrive_does_not_matter(readings in history(), seed in any::<u64>(), now in 20_400_i64..20_800) {
        let mut shuffled = readings.clone();
        let len = shuffled.len();
        let mut state = seed;
        for index in (1..len).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(index, usize::try_from(state >> 33).unwrap() % (index + 1));
        }
        prop_assert_eq!(record(&readings), record(&shuffled));
        let one = Verdict::new(&record(&readings), at(now), zones());
        prop_assert_eq!(one, Verdict::new(&record(&shuffled), at(now), zones()));
    }

    #[test]
    fn a_record_is_kept_without_loss(readings in history()) {
        let record = record(&readings);
        prop_assert_eq!(record_of_text(&text_of_record(&record), &record.id), Ok(record));
    }

    #[test]
    fn no_firm_date_is_later_than_a_reading_of_it_allows(readings in history(), now in 20_400_i64..20_800) {
        let verdict = Verdict::new(&record(&readings), at(now), zones());
        for clock in verdict.clocks.iter().filter(|clock| clock.certainty() == Certainty::Printed) {
            let start = zones().earliest_start(clock.because.anchor).unwrap();
            prop_assert!(clock.closes() <= start);
            prop_assert!(clock.last_day < clock.because.anchor);
        }
    }

    #[test]
    fn what_is_shown_is_open_unless_it_is_an_estimate(readings in history(), now in 20_400_i64..20_800) {
        let verdict = Verdict::new(&record(&readings), at(now), zones());
        match verdict.kind {
            Kind::Printed | Kind::Rule => {
                let clock = verdict.clock.as_ref().unwrap();
                prop_assert!(clock.closes() > at(now));
                let earlier = verdict.clocks.iter().any(|other| other.kind.role() == clock.kind.role()
                    && other.closes() > at(now) && other.closes() < clock.closes());
                prop_assert!(matches!(clock.kind.role(), Role::Act | Role::Wait));
                prop_assert!(!earlier, "of the open clocks the one that ends next");
            }
            Kind::Estimate => prop_assert!(verdict.clock.is_some()),
            Kind::Unknown | Kind::Closed => prop_assert!(verdict.clock.is_none()),
        }
        prop_assert_eq!(verdict.kind == Kind::Closed, verdict.closed.is_some());
    }

    #[test]
    fn an_order_whose_page_was_never_read_and_that_waits_is_never_shown_as_known(
        placed in a_day(), shipped in proptest::option::of(a_day()), now in 20_400_i64..20_800,
    ) {
        let mut facts = vec![Fact::Placed(placed), Fact::State(OrderState::AwaitingDelivery)];
        facts.extend(shipped.map(Fact::Shipped));
        let list = reading(Page::OrderList, Moment(0), &facts);
        let verdict = Verdict::new(&record(&[list]), at(now), zones());
        prop_assert!(matches!(verdict.kind, Kind::Estimate | Kind::Unknown));
    }

    #[test]
    fn time_only_moves_forward(readings in history(), now in 20_400_i64..20_800, later in 0_i64..400) {
        let record = record(&readings);
        let urgency = |now: Moment| {
            let verdict = Verdict::new(&record, now, zones());
            verdict.clocks.into_iter().map(|clock| (clock.kind, clock.certainty(), clock.closes())).map(|(kind, certainty, closes)| {
                ((kind, certainty, closes), Urgency::of(closes.since(now)))
            }).collect::<std::collections::BTreeMap<_, _>>()
        };
        let before = urgency(at(now));
        let after = urgency(at(now).plus(Span::days(later)));
        for (clock, urgency) in before {
            if let Some(then) = after.get(&clock) {
                prop_assert!(*then >= urgency);
            }
        }
    }

    #[test]
    fn a_further_printed_date_never_moves_the_end_later_unless_its_own_page_printed_an_earlier_one_before(
        readings in history(), extra in a_day(), read in 20_400_i64..20_700, now in 20_400_i64..20_800,
    ) {
        let closes = |readings: &[Reading]| {
            let verdict = Verdict::new(&record(readings), at(now), zones());
            verdict.clocks.into_iter().find(|clock| {
                clock.kind == ClockKind::DeliveryGuarantee && clock.certainty() == Certainty::Printed
            }).map(|clock| clock.closes())
        };
        let new = reading(Page::Tracking, Moment(read * 86_400_000 + 7), &[Fact::RefundIfNotDeliveredBefore(extra)]);
        let by_tracking = readings.iter().any(|reading| reading.page == Page::Tracking
            && reading.facts.iter().any(|(fact, _)| matches!(fact, Fact::RefundIfNotDeliveredBefore(_))));
        let before = closes(&readings);
        let all: Vec<Reading> = readings.into_iter().chain([new]).collect();
        if let (Some(before), Some(after), false) = (before, closes(&all), by_tracking) {
            prop_assert!(after <= before);
        }
    }
}
