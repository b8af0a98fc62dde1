//! What holds for every history of an order.

use std::rc::Rc;

use proptest::prelude::*;
use recourse::domain::case::cases;
use recourse::domain::clock::{Clock, ClockKind, Rejection, Role};
use recourse::domain::contradiction::contradictions;
use recourse::domain::country::Country;
use recourse::domain::dispute::{DisputeStage, DisputeStep};
use recourse::domain::order::OrderState;
use recourse::domain::rules::{Certainty, Change, Choices, Days, RULES};
use recourse::domain::sighting::{Fact, Page, Part, PartFact, Reading, Service, Sighting};
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
        (proptest::sample::select(&ClockKind::ALL[..]), a_day())
            .prop_map(|(kind, day)| Fact::TimeLeft(kind, day)),
        (proptest::sample::select(&DisputeStep::ALL[..]), a_day())
            .prop_map(|(step, day)| Fact::Step(step, day)),
        proptest::sample::select(&DisputeStage::ALL[..]).prop_map(Fact::Stage),
        proptest::sample::select(&Service::ALL[..]).prop_map(Fact::Service),
        proptest::sample::select(vec!["BE", "BR", "US"])
            .prop_map(|code| Fact::ShipTo(Country::new(code).unwrap())),
        a_day().prop_map(Fact::RefundStep),
        (
            1_u64..3,
            proptest::sample::select(&ClockKind::ALL[..]),
            a_day()
        )
            .prop_map(|(line, kind, day)| Fact::OfLine(line, Rc::new(Fact::Ends(kind, day)))),
        (1_u64..3, proptest::sample::select(&DisputeStage::ALL[..]))
            .prop_map(|(line, stage)| Fact::OfLine(line, Rc::new(Fact::Stage(stage)))),
        (1_u8..4, a_day(), any::<bool>(), any::<bool>()).prop_map(
            |(number, day, is_line, is_delivery)| {
                let part = if is_line {
                    Part::Line(number)
                } else {
                    Part::Package(number)
                };
                let fact = if is_delivery {
                    PartFact::Delivered(day)
                } else {
                    PartFact::RefundIfNotDeliveredBefore(day)
                };
                Fact::OfPart(part, fact)
            }
        ),
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

/// An order in one state of which several pages tell much: most histories of [`history`] support few clocks.
fn eventful() -> impl Strategy<Value = Vec<Reading>> {
    let facts = proptest::collection::vec(a_fact(), 8..20);
    let page = proptest::sample::select(&Page::ALL[..]);
    let full = (page, 20_400_i64..20_700, facts)
        .prop_map(|(page, day, facts)| reading(page, Moment(day * 86_400_000 + 1), &facts));
    proptest::collection::vec(full, 1..4)
}

fn history() -> impl Strategy<Value = Vec<Reading>> {
    proptest::collection::vec(a_reading(), 0..8)
}

fn of_kind(clocks: &[Clock], kind: ClockKind) -> Vec<&Clock> {
    let mut found: Vec<&Clock> = clocks.iter().filter(|clock| clock.kind == kind).collect();
    found.sort_by_key(|clock| clock.closes());
    found
}

/// Of the user: a country, and up to three rules that are switched off or have another number.
fn choices() -> impl Strategy<Value = Choices> {
    let change = (
        proptest::sample::select(RULES),
        proptest::option::of(1_u16..90),
    )
        .prop_map(|(rule, days)| Change {
            rule: rule.id.to_owned(),
            days,
        });
    (
        proptest::option::of(proptest::sample::select(vec!["BE", "BR", "US"])),
        proptest::collection::vec(change, 0..4),
    )
        .prop_map(|(country, changes)| Choices {
            country: country.and_then(Country::new),
            changes,
        })
}

fn at(day: i64) -> Moment {
    Moment(day * 86_400_000 + 5_000_000)
}

proptest! {
    #[test]
    fn the_order_in_which_readings_arrive_does_not_matter(
        readings in prop_oneof![history(), eventful()], seed in any::<u64>(), choices in choices(), now in 20_400_i64..20_800,
    ) {
        let mut shuffled = readings.clone();
        let len = shuffled.len();
        let mut state = seed;
        for index in (1..len).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(index, usize::try_from(state >> 33).unwrap() % (index + 1));
        }
        let (one, other) = (record(&readings), record(&shuffled));
        prop_assert_eq!(&one, &other);
        // A verdict has every clock that the record supports, with what was not used for each.
        let told = |record| Verdict::chosen(record, at(now), zones(), &choices);
        prop_assert_eq!(told(&one), told(&other));
        prop_assert_eq!(contradictions(&one), contradictions(&other));
        prop_assert_eq!(cases(&one), cases(&other));
    }

    #[test]
    fn a_record_is_kept_without_loss(readings in history()) {
        let record = record(&readings);
        prop_assert_eq!(record_of_text(&text_of_record(&record), &record.id), Ok(record));
    }

    /// The list of orders decides by fewer rules and keeps less: the badge must not know.
    #[test]
    fn a_badge_shows_what_all_clocks_together_say(
        readings in history(), parts in proptest::collection::vec((1_u8..4, a_day(), 20_400_i64..20_700), 0..4),
        choices in choices(), now in 20_400_i64..20_800,
    ) {
        let mut record = record(&readings);
        for (part, day, at) in parts {
            let fact = Fact::OfPart(Part::Package(part), PartFact::Delivered(day));
            record.absorb(&reading(Page::Tracking, Moment(at * 86_400_000 + 3), &[fact]));
        }
        let mut all = Verdict::chosen(&record, at(now), zones(), &choices);
        all.clocks.clear();
        if let Some(clock) = &mut all.clock {
            clock.not_used.clear();
            // From when on a refund is expected, a badge does not say.
            clock.because.opens = clock.because.opens.filter(|_| clock.because.rule.opens.is_some());
        }
        prop_assert_eq!(Verdict::for_badge(&record, at(now), zones(), &choices), all);
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
    fn the_passing_of_time_alone_opens_nothing_again(readings in prop_oneof![history(), eventful()], now in 20_400_i64..20_800, later in 0_i64..400) {
        let record = record(&readings);
        let then = at(now).plus(Span::days(later));
        let (before, after) = (Verdict::new(&record, at(now), zones()), Verdict::new(&record, then, zones()));
        for kind in ClockKind::ALL {
            let (one, two) = (of_kind(&before.clocks, kind), of_kind(&after.clocks, kind));
            prop_assert!(two.len() >= one.len(), "no window is forgotten");
            for (one, two) in one.iter().zip(two) {
                prop_assert!(two.closes() <= one.closes());
                prop_assert!(Urgency::of(two.closes().since(then)) >= Urgency::of(one.closes().since(at(now))));
            }
        }
        if before.kind == Kind::Closed {
            prop_assert_eq!((after.kind, after.closed), (Kind::Closed, before.closed));
        }
        if let (Some(one), Some(two)) = (&before.clock, &after.clock) {
            prop_assert!(
                two.closes() <= then || two.closes() >= one.closes(),
                "what is shown as open never comes nearer: {:?} {:?}", one, two
            );
        }
    }

    #[test]
    fn a_further_sighting_moves_no_deadline_later_unless_the_page_prints_another_one(
        placed in a_day(), readings in prop_oneof![history(), eventful()], extra in a_reading(), now in 20_400_i64..20_800,
    ) {
        // The day of the order is what every page shows first.
        let list = reading(Page::OrderList, Moment(20_400 * 86_400_000), &[Fact::Placed(placed)]);
        let before: Vec<Reading> = std::iter::once(list).chain(readings).collect();
        let after: Vec<Reading> = before.iter().cloned().chain([extra.clone()]).collect();
        let clocks = |readings: &[Reading]| Verdict::new(&record(readings), at(now), zones()).clocks;
        let (before_clocks, after_clocks) = (clocks(&before), clocks(&after));
        for kind in ClockKind::ALL.into_iter().filter(|kind| kind.role() != Role::Opening) {
            let printed = |reading: &Reading| -> Vec<Day> {
                let days = reading.facts.iter().filter_map(|(fact, _)| match fact.of_line().1 {
                    Fact::RefundIfNotDeliveredBefore(day) if kind == ClockKind::DeliveryGuarantee => Some(*day),
                    Fact::Ends(of, day) if *of == kind => Some(*day),
                    _ => None,
                });
                days.collect()
            };
            let prints = |reading: &Reading| reading.page == extra.page && !printed(reading).is_empty();
            let counts_down = |reading: &Reading| reading.page == extra.page
                && reading.facts.iter().any(|(fact, _)| matches!(fact.of_line().1, Fact::TimeLeft(of, _) if *of == kind));
            if prints(&extra) && before.iter().any(prints) || counts_down(&extra) && before.iter().any(counts_down) {
                continue;
            }
            for (one, two) in of_kind(&before_clocks, kind).into_iter().zip(of_kind(&after_clocks, kind)) {
                let of_extra = |sighting: &Sighting| sighting.page == extra.page
                    && extra.facts.iter().any(|(fact, _)| *fact == sighting.fact);
                let because = &two.because;
                let is_read_now = of_extra(&because.sighting) || because.days_sighting.as_ref().is_some_and(of_extra);
                // What a page prints takes the place of a guess or of a rule, whatever it says.
                let is_printed = |clock: &Clock| clock.certainty() == Certainty::Printed
                    || matches!(clock.because.rule.days, Days::Printed(_));
                let settles = is_printed(two) && !is_printed(one) && is_read_now;
                // The tracking page has shown a day and then another: the order's own page tells that the first was moved.
                let of_tracking = |reading: &&Reading| reading.page == Page::Tracking && !printed(reading).is_empty();
                let is_moved = extra.page == Page::OrderDetail && one.because.sighting.page == Page::Tracking
                    && before.iter().filter(of_tracking).count() > 1
                    && printed(&extra).into_iter().min() > one.because.end_day.plus(1);
                // An earlier day of the same page counts, once what was read of the order's own day no longer speaks against it.
                let is_believed = one.not_used.iter().any(|(other, why)| *why == Rejection::BeforeOrder
                    && of_kind(&after_clocks, kind).iter().any(|two| two.because.anchor == other.anchor && two.closes() <= one.closes()));
                prop_assert!(settles || is_moved || is_believed || two.closes() <= one.closes(), "{:?}: {:?} {:?}", kind, one, two);
            }
        }
    }
}
