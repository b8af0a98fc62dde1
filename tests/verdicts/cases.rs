//! Where disputes stand, what follows, and what is told beside the shop's controls.

use std::rc::Rc;

use recourse::domain::case::{Case, Reached, Station, case_of_page, cases};
use recourse::domain::clock::ClockKind;
use recourse::domain::dispute::{DisputeStage, DisputeStep};
use recourse::domain::ledger::Record;
use recourse::domain::money::{Currency, Money};
use recourse::domain::order::{OrderId, OrderState};
use recourse::domain::problem::{Field, Problem, Trouble};
use recourse::domain::routes::may_go_on;
use recourse::domain::sighting::{Fact, Page, Reading};
use recourse::domain::time::Span;
use recourse::domain::verdict::Verdict;
use recourse::domain::warning::{Control, Offer, Sums, Warning, warning};

use super::{awaiting, day, noon, reading, record, zones};

fn euro(mantissa: i64) -> Money {
    Money {
        mantissa,
        scale: 2,
        currency: Currency::Code("EUR".into()),
    }
}

fn at(stage: DisputeStage, on: &str) -> Reading {
    reading(Page::Dispute, noon(on), &[Fact::Stage(stage)])
}

fn verdict(record: &Record, on: &str) -> Verdict {
    Verdict::new(record, noon(on), zones())
}

#[test]
fn an_order_without_a_dispute_has_none() {
    assert_eq!(cases(&record(&[awaiting("2026-10-01")])), []);
    let cancelling = Fact::Step(DisputeStep::CancelAsked, day("2026-10-03"));
    let record = record(&[
        awaiting("2026-10-01"),
        reading(Page::OrderDetail, noon("2026-10-03"), &[cancelling]),
    ]);
    assert_eq!(cases(&record), []);
    let mut disputed = record;
    disputed.absorb(&at(DisputeStage::SellerToAnswer, "2026-11-10"));
    assert_eq!(cases(&disputed)[0].steps, [], "nor is it a step of one");
}

#[test]
fn a_dispute_stands_where_it_was_read_last() {
    let record = record(&[
        at(DisputeStage::BuyerToAnswer, "2026-11-12"),
        at(DisputeStage::SellerToAnswer, "2026-11-10"),
    ]);
    let cases = cases(&record);
    let stages: Vec<_> = cases
        .iter()
        .map(|case| case.stage.map(|(stage, _)| stage))
        .collect();
    assert_eq!(stages, [Some(DisputeStage::BuyerToAnswer)]);
    assert!(!cases[0].is_over());
}

#[test]
fn of_two_pages_that_told_the_same_at_one_moment_the_list_is_named() {
    let told = [Fact::Stage(DisputeStage::SellerToAnswer)];
    let on = |page| reading(page, noon("2026-11-12"), &told);
    let pages = [on(Page::Dispute), on(Page::ReturnsList)];
    let named = |record: &Record| cases(record)[0].stage.unwrap().1.page;
    assert_eq!(named(&record(&pages)), Page::ReturnsList);
    let [one, other] = pages;
    assert_eq!(named(&record(&[other, one])), Page::ReturnsList);
}

#[test]
fn words_that_nobody_knows_are_shown_until_others_are_read() {
    let mut strange = Reading::new(
        OrderId::new("8212313961591322").unwrap(),
        Page::Dispute,
        noon("2026-11-12"),
    );
    let problem = Problem::new(
        Field::State,
        Trouble::Unreadable,
        "In the hands of a colleague",
    );
    strange.problems.push(problem);
    let before = at(DisputeStage::SellerToAnswer, "2026-11-10");
    let known = record(&[before.clone(), strange.clone()]);
    let case = &cases(&known)[0];
    assert_eq!(case.unknown.unwrap().words, "In the hands of a colleague");
    assert_eq!(case.guide(), None);
    assert_eq!(case.way(), []);
    assert!(!case.is_over());
    let at_once = reading(
        Page::ReturnsList,
        noon("2026-11-12"),
        &[Fact::Stage(DisputeStage::SellerToAnswer)],
    );
    let known = record(&[at_once, strange.clone()]);
    assert_eq!(cases(&known)[0].unknown, None, "they were not read since");
    let of_line = |line| {
        let stage = Fact::Stage(DisputeStage::SellerToAnswer);
        reading(
            Page::ReturnsList,
            noon("2026-11-10"),
            &[Fact::OfLine(line, Rc::new(stage))],
        )
    };
    let two = record(&[of_line(7), of_line(8), strange.clone()]);
    let words: Vec<_> = cases(&two).iter().map(|case| case.unknown).collect();
    assert_eq!(
        words,
        [None, None],
        "of which of the two they are nobody can tell"
    );
    let after = at(DisputeStage::Refunded, "2026-11-14");
    let known = record(&[before, strange, after]);
    let case = &cases(&known)[0];
    assert_eq!(case.unknown, None);
    assert!(case.is_over());
}

#[test]
fn of_two_disputes_the_words_that_nobody_knows_are_those_of_their_own_page() {
    fn told<'a>(case: &Case<'a>) -> (u64, Option<&'a str>) {
        (case.line, case.unknown.map(|unknown| unknown.words))
    }
    fn own<'a>(
        record: &'a Record,
        line: Option<u64>,
        page: Option<&'a Reading>,
    ) -> Vec<(u64, Option<&'a str>)> {
        let cases = case_of_page(record, line, page);
        cases.iter().map(told).collect()
    }
    let of_line = |line, on: &str, fact: Fact| {
        reading(
            Page::Dispute,
            noon(on),
            &[Fact::OfLine(line, Rc::new(fact))],
        )
    };
    let words = "In the hands of a colleague";
    let strange = |facts: &[Fact]| {
        let mut reading = reading(Page::Dispute, noon("2026-11-12"), facts);
        let problem = Problem::new(Field::State, Trouble::Unreadable, words);
        reading.problems.push(problem);
        reading
    };
    let offered = Fact::Stage(DisputeStage::BuyerToAnswer);
    let before = [
        of_line(7, "2026-11-10", offered.clone()),
        of_line(8, "2026-11-10", offered.clone()),
    ];
    // What else the page told says of which of the two.
    let opened = Fact::Step(DisputeStep::Opened, day("2026-11-08"));
    let page = strange(&[Fact::OfLine(8, Rc::new(opened.clone()))]);
    let both = record(&[&before[..], std::slice::from_ref(&page)].concat());
    let all: Vec<_> = cases(&both).iter().map(told).collect();
    assert_eq!(all, [(7, None), (8, Some(words))]);
    // So does all that it told, if it is of one line.
    let judged = Fact::Step(DisputeStep::Judged, day("2026-11-11"));
    let told_of = |line| {
        let page = strange(&[
            Fact::OfLine(8, Rc::new(opened.clone())),
            Fact::OfLine(line, Rc::new(judged.clone())),
        ]);
        record(&[&before[..], std::slice::from_ref(&page)].concat())
    };
    let (of_one, of_both) = (told_of(8), told_of(7));
    let all: Vec<_> = cases(&of_one).iter().map(told).collect();
    assert_eq!(all, [(7, None), (8, Some(words))]);
    let all: Vec<_> = cases(&of_both).iter().map(told).collect();
    assert_eq!(all, [(7, None), (8, None)]);
    // The page itself knows its line, whether it tells more or not.
    let bare = strange(&[]);
    let both = record(&[&before[..], std::slice::from_ref(&bare)].concat());
    assert_eq!(own(&both, Some(8), Some(&bare)), [(8, Some(words))]);
    assert_eq!(own(&both, Some(7), None), [(7, None)]);
    assert_eq!(own(&both, None, Some(&bare)), []);
    // A page of a line that nothing else tells of is about a dispute of its own.
    assert_eq!(own(&both, Some(9), Some(&bare)), [(9, Some(words))]);
    let one = record(&before[..1]);
    let elsewhere = of_line(8, "2026-11-12", opened);
    assert_eq!(own(&one, Some(8), Some(&elsewhere)), [(8, None)]);
    assert_eq!(own(&one, None, None), [(7, None)]);
    // A stage read elsewhere at the same time does not stand above what the page says now.
    let known = record(&[of_line(8, "2026-11-13", offered), bare.clone()]);
    assert_eq!(own(&known, Some(8), Some(&bare)), [(8, Some(words))]);
}

#[test]
fn a_dispute_of_which_only_the_order_tells_is_there_without_a_stage() {
    let state = Fact::State(OrderState::InDispute);
    let record = record(&[reading(Page::OrderList, noon("2026-11-10"), &[state])]);
    let case = &cases(&record)[0];
    assert_eq!((case.stage, case.unknown), (None, None));
    assert!(!case.is_over());
}

#[test]
fn one_goes_on_from_a_dispute_or_from_the_end_of_the_shops_windows() {
    let may = |readings: &[Reading]| {
        let record = record(readings);
        may_go_on(&cases(&record), &verdict(&record, "2026-11-20"))
    };
    let state = |state| reading(Page::OrderList, noon("2026-11-02"), &[Fact::State(state)]);
    assert!(!may(&[awaiting("2026-11-01")]));
    assert!(!may(&[
        awaiting("2026-11-01"),
        state(OrderState::Cancelled)
    ]));
    assert!(may(&[awaiting("2026-11-01"), state(OrderState::Refunded)]));
    assert!(may(&[
        awaiting("2026-11-01"),
        at(DisputeStage::SellerToAnswer, "2026-11-10")
    ]));
    // Receipt was confirmed by accident: the shop may take no dispute any more, and its administration takes a complaint.
    assert!(may(&[awaiting("2026-11-01"), state(OrderState::Completed)]));
    let window = Fact::DisputeWithinDaysOfOrder(90);
    assert!(may(&[
        awaiting("2026-11-01"),
        reading(
            Page::OrderDetail,
            noon("2026-11-03"),
            &[Fact::State(OrderState::Completed), window],
        ),
    ]));
    let over = Fact::RefundIfNotDeliveredBefore(day("2026-11-19"));
    let over = reading(Page::OrderDetail, noon("2026-11-02"), &[over]);
    assert!(may(&[awaiting("2026-10-01"), over]));
}

#[test]
fn each_line_has_a_dispute_of_its_own() {
    let of = |line, stage| {
        let fact = Fact::OfLine(line, Rc::new(Fact::Stage(stage)));
        reading(Page::Dispute, noon("2026-11-10"), &[fact])
    };
    let banner = reading(
        Page::OrderList,
        noon("2026-11-14"),
        &[Fact::Stage(DisputeStage::PlatformReviewing)],
    );
    let one = of(7, DisputeStage::BuyerToAnswer);
    let alone = record(&[one.clone(), banner.clone()]);
    let stages = |record: &Record| {
        let cases = cases(record);
        let told = cases.iter().map(|case| (case.line, case.stage.unwrap().0));
        told.collect::<Vec<_>>()
    };
    assert_eq!(stages(&alone), [(7, DisputeStage::PlatformReviewing)]);
    let two = record(&[one, of(8, DisputeStage::Refunded), banner]);
    assert_eq!(
        stages(&two),
        [
            (7, DisputeStage::BuyerToAnswer),
            (8, DisputeStage::Refunded)
        ]
    );
}

#[test]
fn the_way_names_what_was_what_is_and_what_may_come() {
    let facts = [
        Fact::Stage(DisputeStage::BuyerToAnswer),
        Fact::Step(DisputeStep::Opened, day("2026-11-08")),
        Fact::Step(DisputeStep::SellerOffered, day("2026-11-11")),
    ];
    let offered = record(&[reading(Page::Dispute, noon("2026-11-12"), &facts)]);
    assert_eq!(
        cases(&offered)[0].way(),
        [
            (Station::Submitted, Reached::Done(Some(day("2026-11-08")))),
            (Station::Offer, Reached::Now(Some(day("2026-11-11")))),
            (Station::Review, Reached::Ahead),
            (Station::Decision, Reached::Ahead),
            (Station::Refund, Reached::Ahead),
        ]
    );
    // No offer was made, and after a refusal no refund is promised.
    let refused = record(&[at(DisputeStage::Refused, "2026-11-20")]);
    assert_eq!(
        cases(&refused)[0].way(),
        [
            (Station::Submitted, Reached::Done(None)),
            (Station::Decision, Reached::Now(None)),
        ]
    );
    for stage in DisputeStage::ALL {
        let record = record(&[at(stage, "2026-11-20")]);
        let way = cases(&record)[0].way();
        let now = way
            .iter()
            .filter(|(_, reached)| matches!(reached, Reached::Now(_)));
        assert_eq!(now.count(), 1, "{}", stage.name());
    }
}

#[test]
fn the_windows_of_a_stage_are_those_that_are_open() {
    let facts = [
        Fact::Stage(DisputeStage::BuyerToAnswer),
        Fact::Ends(ClockKind::BuyerAnswer, day("2026-11-24")),
        Fact::Step(DisputeStep::Opened, day("2026-11-18")),
    ];
    let record = record(&[
        awaiting("2026-10-01"),
        reading(Page::Dispute, noon("2026-11-20"), &facts),
    ]);
    let all = cases(&record);
    let kinds = |on: &str| {
        let verdict = verdict(&record, on);
        let clocks = all[0].clocks(&verdict, noon(on));
        clocks.iter().map(|clock| clock.kind).collect::<Vec<_>>()
    };
    assert_eq!(
        kinds("2026-11-20"),
        [ClockKind::BuyerAnswer, ClockKind::PlatformDecision]
    );
    assert_eq!(kinds("2026-12-20"), []);
    let verdict = verdict(&record, "2026-11-20");
    let answer = verdict.open(ClockKind::BuyerAnswer, noon("2026-11-20"));
    let end = answer.unwrap().closes();
    let left = all[0].clocks(&verdict, end);
    let left: Vec<ClockKind> = left.iter().map(|clock| clock.kind).collect();
    assert!(
        !left.contains(&ClockKind::BuyerAnswer),
        "at its end it is over: {left:?}"
    );
}

#[test]
fn a_dispute_has_the_windows_of_its_own_line_and_those_of_the_order() {
    let of_line = |line: u64, ends: &str| {
        let facts = [
            Fact::Stage(DisputeStage::BuyerToAnswer),
            Fact::Ends(ClockKind::BuyerAnswer, day(ends)),
        ];
        let facts = facts.map(|fact| Fact::OfLine(line, Rc::new(fact)));
        reading(Page::Dispute, noon("2026-11-20"), &facts)
    };
    let both = record(&[
        awaiting("2026-10-01"),
        of_line(1, "2026-11-24"),
        of_line(2, "2026-11-26"),
    ]);
    let alone = record(&[awaiting("2026-10-01"), of_line(2, "2026-11-26")]);
    let facts = [
        Fact::Stage(DisputeStage::BuyerToAnswer),
        Fact::Ends(ClockKind::BuyerAnswer, day("2026-11-25")),
    ];
    let order = record(&[
        awaiting("2026-10-01"),
        reading(Page::Dispute, noon("2026-11-20"), &facts),
    ]);
    let ends = |cases_of: &Record, clocks_of: &Record| -> Vec<Vec<String>> {
        let verdict = verdict(clocks_of, "2026-11-20");
        let ends = |case: &Case<'_>| {
            let clocks = case.clocks(&verdict, noon("2026-11-20"));
            let ends = clocks.iter().map(|clock| clock.because.end_day.to_string());
            ends.collect::<Vec<_>>()
        };
        cases(cases_of).iter().map(ends).collect()
    };
    assert_eq!(ends(&both, &both), [["2026-11-24"], ["2026-11-26"]]);
    // Of a dispute whose line is not known, every window may be one; a window of the order may be one of any.
    assert_eq!(ends(&order, &both), [["2026-11-24", "2026-11-26"]]);
    assert_eq!(ends(&alone, &order), [["2026-11-25"]]);
}

#[test]
fn of_what_was_told_twice_the_later_reading_counts() {
    let step = |on: &str| Fact::Step(DisputeStep::SellerOffered, day(on));
    let told = |first: &[Fact], then: &[Fact]| {
        let record = record(&[
            at(DisputeStage::BuyerToAnswer, "2026-11-10"),
            reading(Page::Dispute, noon("2026-11-11"), first),
            reading(Page::Dispute, noon("2026-11-12"), then),
        ]);
        let cases = cases(&record);
        let day = cases[0].day_of(DisputeStep::SellerOffered);
        (day, cases[0].amount.cloned())
    };
    let (one, two) = ("2026-11-03", "2026-11-05");
    assert_eq!(told(&[step(one)], &[step(two)]).0, Some(day(two)));
    assert_eq!(told(&[step(two)], &[step(one)]).0, Some(day(one)));
    assert_eq!(told(&[step(one), step(two)], &[]).0, Some(day(two)));
    let amount = |mantissa| Fact::RefundAmount(euro(mantissa));
    assert_eq!(told(&[amount(3)], &[amount(5)]).1, Some(euro(5)));
    assert_eq!(told(&[amount(5)], &[amount(3)]).1, Some(euro(3)));
    assert_eq!(told(&[amount(3), amount(5)], &[]).1, Some(euro(3)));
}

fn offered(amount: Option<Money>, paid: Option<Money>) -> Record {
    let mut facts = vec![Fact::Stage(DisputeStage::BuyerToAnswer)];
    facts.extend(amount.map(Fact::RefundAmount));
    let mut record = record(&[
        awaiting("2026-10-01"),
        reading(Page::Dispute, noon("2026-11-12"), &facts),
    ]);
    let paid: Vec<Fact> = paid.map(Fact::Total).into_iter().collect();
    record.absorb(&reading(Page::OrderDetail, noon("2026-10-01"), &paid));
    record
}

#[test]
fn an_offer_is_compared_with_what_was_paid() {
    let told_of = |amount, paid, asked: Option<Money>| {
        let record = offered(amount, paid);
        let verdict = verdict(&record, "2026-11-12");
        let cases = cases(&record);
        let warning = warning(
            Control::Accept,
            &cases,
            Sums {
                asked: asked.as_ref(),
                paid: record.total(),
            },
            &verdict,
            noon("2026-11-12"),
        );
        match warning.unwrap() {
            Warning::Accept { offer, .. } => name(offer),
            other => panic!("{other:?}"),
        }
    };
    let told = |amount, paid| told_of(amount, paid, None);
    assert_eq!(told(Some(euro(0)), None), "nothing");
    assert_eq!(told(Some(euro(500)), Some(euro(1290))), "less");
    assert_eq!(told(Some(euro(1290)), Some(euro(1290))), "ends");
    assert_eq!(told(None, Some(euro(1290))), "ends");
    let dollars = Money {
        currency: Currency::Code("USD".into()),
        ..euro(5)
    };
    assert_eq!(
        told(Some(dollars), Some(euro(1290))),
        "ends",
        "not to be compared"
    );
    let asked = |offer, sum| told_of(Some(euro(offer)), Some(euro(1290)), Some(euro(sum)));
    assert_eq!(asked(500, 800), "less than asked");
    assert_eq!(asked(800, 800), "ends", "as much as was asked for");
    assert_eq!(asked(0, 800), "nothing");
    let dollars = Money {
        currency: Currency::Code("USD".into()),
        ..euro(800)
    };
    assert_eq!(
        told_of(Some(euro(500)), Some(euro(1290)), Some(dollars)),
        "less",
        "compared with what was paid"
    );
}

fn name(offer: Offer<'_>) -> &'static str {
    match offer {
        Offer::Nothing => "nothing",
        Offer::LessThanAsked { .. } => "less than asked",
        Offer::Less { .. } => "less",
        Offer::Other => "ends",
    }
}

/// What is told beside the control that accepts: of the offer, and whether the shop has judged.
fn told_of_accepting(record: &Record) -> Option<(&'static str, bool)> {
    let (all, verdict) = (cases(record), verdict(record, "2026-11-12"));
    let now = noon("2026-11-12");
    match warning(Control::Accept, &all, Sums::default(), &verdict, now)? {
        Warning::Accept { offer, judged } => Some((name(offer), judged)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn accepting_nothing_is_warned_of_wherever_an_open_dispute_stands() {
    let of = |fact| {
        record(&[reading(
            Page::Dispute,
            noon("2026-11-12"),
            &[fact, Fact::RefundAmount(euro(0))],
        )])
    };
    for stage in DisputeStage::ALL {
        let wanted = (!stage.is_over()).then_some(("nothing", stage == DisputeStage::Judged));
        assert_eq!(
            told_of_accepting(&of(Fact::Stage(stage))),
            wanted,
            "{}",
            stage.name()
        );
    }
    let opened = Fact::Step(DisputeStep::Opened, day("2026-11-08"));
    let mut strange = reading(
        Page::Dispute,
        noon("2026-11-12"),
        &[opened, Fact::RefundAmount(euro(0))],
    );
    assert_eq!(
        told_of_accepting(&record(std::slice::from_ref(&strange))),
        Some(("nothing", false))
    );
    let words = Problem::new(Field::State, Trouble::Unreadable, "Take it or leave it");
    strange.problems.push(words);
    let judged = at(DisputeStage::Judged, "2026-11-10");
    assert_eq!(
        told_of_accepting(&record(&[judged, strange])),
        Some(("nothing", false)),
        "where it stands is not known"
    );
}

#[test]
fn of_two_disputes_each_has_its_own_offer_and_the_worst_is_told() {
    let of = |line: u64, facts: [Fact; 2]| {
        let facts = facts.map(|fact| Fact::OfLine(line, Rc::new(fact)));
        reading(Page::Dispute, noon("2026-11-12"), &facts)
    };
    let offer = |sum| Fact::RefundAmount(euro(sum));
    let stage = Fact::Stage;
    let both = record(&[
        of(7, [stage(DisputeStage::Judged), offer(1290)]),
        of(8, [stage(DisputeStage::BuyerToAnswer), offer(0)]),
    ]);
    let amounts: Vec<_> = cases(&both)
        .iter()
        .map(|case| case.amount.map(|amount| amount.mantissa))
        .collect();
    assert_eq!(amounts, [Some(1290), Some(0)]);
    assert_eq!(told_of_accepting(&both), Some(("nothing", false)));
    // A page that tells no more of its dispute than the amount tells of a dispute.
    let amount = Fact::OfLine(8, Rc::new(offer(0)));
    let strange = record(&[
        of(7, [stage(DisputeStage::Judged), offer(1290)]),
        reading(Page::Dispute, noon("2026-11-12"), &[amount]),
    ]);
    assert_eq!(told_of_accepting(&strange), Some(("nothing", false)));
}

#[test]
fn cancelling_is_warned_of_near_the_end_of_protection_and_after_it() {
    let guarantee = Fact::RefundIfNotDeliveredBefore(day("2026-12-20"));
    let record = record(&[
        awaiting("2026-10-01"),
        reading(Page::OrderDetail, noon("2026-11-01"), &[guarantee]),
        at(DisputeStage::SellerToAnswer, "2026-11-12"),
    ]);
    let told = |on: &str| {
        let verdict = verdict(&record, on);
        let cases = cases(&record);
        match warning(Control::Cancel, &cases, Sums::default(), &verdict, noon(on)) {
            None => "nothing",
            Some(Warning::CancelSoon(_)) => "soon",
            Some(Warning::CancelLast) => "last",
            Some(other) => panic!("{other:?}"),
        }
    };
    assert_eq!(told("2026-11-12"), "nothing");
    assert_eq!(told("2026-12-15"), "soon");
    assert_eq!(told("2026-12-21"), "last");
    // With the moment at which it ends there is none.
    let end = zones().earliest_start(day("2026-12-20")).unwrap();
    let told_at = |now| {
        let verdict = Verdict::new(&record, now, zones());
        let cases = cases(&record);
        let told = warning(Control::Cancel, &cases, Sums::default(), &verdict, now);
        told == Some(Warning::CancelLast)
    };
    assert!(!told_at(end.minus(Span(1))));
    assert!(told_at(end));
}

#[test]
fn nothing_is_told_where_there_is_nothing_to_lose() {
    for stage in [
        DisputeStage::Refunded,
        DisputeStage::Refused,
        DisputeStage::Cancelled,
    ] {
        let completed = Fact::State(OrderState::Completed);
        let record = record(&[
            reading(Page::OrderDetail, noon("2026-11-01"), &[completed]),
            at(stage, "2026-11-12"),
        ]);
        let verdict = verdict(&record, "2026-11-12");
        let cases = cases(&record);
        for control in Control::ALL {
            let told = warning(
                control,
                &cases,
                Sums::default(),
                &verdict,
                noon("2026-11-12"),
            );
            assert_eq!(told, None, "{} {control:?}", stage.name());
        }
    }
}

#[test]
fn receipt_is_not_to_be_confirmed_while_a_dispute_is_open_or_nothing_has_come() {
    let guarantee = Fact::RefundIfNotDeliveredBefore(day("2026-12-20"));
    let waiting = [
        awaiting("2026-10-01"),
        reading(Page::OrderDetail, noon("2026-11-01"), &[guarantee]),
    ];
    let told = |record: &Record| {
        let verdict = verdict(record, "2026-11-12");
        let cases = cases(record);
        match warning(
            Control::Confirm,
            &cases,
            Sums::default(),
            &verdict,
            noon("2026-11-12"),
        ) {
            None => "nothing",
            Some(Warning::ConfirmInDispute) => "open",
            Some(Warning::ConfirmNotHere(_)) => "not here",
            Some(other) => panic!("{other:?}"),
        }
    };
    assert_eq!(told(&record(&waiting)), "not here");
    // That it was sent, from when on a claim can be opened one day, tells of no arrival.
    let sent = reading(
        Page::OrderDetail,
        noon("2026-11-02"),
        &[Fact::Shipped(day("2026-10-02"))],
    );
    let all = [&waiting[..], std::slice::from_ref(&sent)].concat();
    assert!(
        verdict(&record(&all), "2026-11-12")
            .clocks
            .iter()
            .any(|clock| clock.kind == ClockKind::ClaimOpens)
    );
    assert_eq!(told(&record(&all)), "not here");
    let arrived = reading(
        Page::Tracking,
        noon("2026-11-10"),
        &[Fact::Delivered(day("2026-11-09"))],
    );
    let all = [&waiting[..], std::slice::from_ref(&arrived)].concat();
    assert_eq!(told(&record(&all)), "nothing");
    let all = [&all[..], &[at(DisputeStage::SellerToAnswer, "2026-11-11")]].concat();
    assert_eq!(told(&record(&all)), "open");
}
