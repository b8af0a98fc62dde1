//! Changing a rule: what can be chosen, what it does to the dates, and the way back.

use recourse::domain::choices::{Effect, End, Use, effects};
use recourse::domain::clock::ClockKind;
use recourse::domain::country::Country;
use recourse::domain::order::OrderState;
use recourse::domain::rules::{Certainty, Change, Choices, Days, RULES, Rule, rule};
use recourse::domain::sighting::{Fact, Page, Reading};
use recourse::domain::time::Span;

use super::{awaiting, day, noon, reading, record, zones};

fn of(id: &str) -> &'static Rule {
    rule(id).unwrap().0
}

fn choosing(id: &str, how: Use) -> Choices {
    let mut choices = Choices::default();
    choices.choose(of(id), how);
    choices
}

fn moved(readings: &[Reading], now: &str, choices: &Choices) -> Vec<Effect> {
    effects(
        &record(readings),
        noon(now),
        zones(),
        Choices::NONE,
        choices,
    )
}

#[test]
fn a_choice_is_used_until_it_is_taken_back() {
    for rule in RULES.iter().filter(|rule| rule.is_optional()) {
        let mut choices = Choices::default();
        assert_eq!(choices.used(rule), Use::Standard);
        choices.choose(rule, Use::Off);
        assert_eq!(choices.used(rule), Use::Off);
        if let Some(range) = rule.choosable() {
            choices.choose(rule, Use::Own(*range.end()));
            assert_eq!(choices.used(rule), Use::Own(*range.end()), "{}", rule.id);
        }
        choices.choose(rule, Use::Standard);
        assert_eq!(choices, Choices::default());
    }
}

#[test]
fn the_number_of_the_rule_itself_can_be_chosen_and_is_no_change() {
    for rule in RULES {
        let Days::Fixed(own) = rule.days else {
            continue;
        };
        if rule.is_optional() {
            assert!(rule.allows(own), "{}", rule.id);
        }
        let mut choices = choosing(rule.id, Use::Off);
        choices.choose(rule, Use::Own(own));
        assert_eq!(choices.used(rule), Use::Standard, "{}", rule.id);
    }
}

#[test]
fn what_cannot_be_chosen_changes_nothing() {
    for (id, how) in [
        ("printed-refund-date", Use::Off),
        ("printed-refund-date", Use::Own(3)),
        // The number is the page's.
        ("return-after-receipt", Use::Own(30)),
        ("estimate-from-order", Use::Own(0)),
        ("estimate-from-order", Use::Own(u16::MAX)),
        // Half a day has no date, and no window ends before it opens.
        ("coupon-after-promise", Use::Own(36)),
        ("refund-business-days", Use::Own(2)),
    ] {
        assert_eq!(choosing(id, how), Choices::default(), "{id}, {how:?}");
    }
}

/// As an older version may have kept it, of which the rule had a number of its own.
#[test]
fn a_number_that_is_kept_for_a_rule_whose_number_the_page_prints_is_not_used() {
    let rule = of("return-after-receipt");
    let choices = Choices {
        changes: vec![Change {
            rule: rule.id.to_owned(),
            days: Some(30),
        }],
        ..Choices::default()
    };
    assert_eq!(choices.used(rule), Use::Standard);
}

#[test]
fn another_number_moves_the_date_and_switched_off_there_is_none() {
    let list = [awaiting("2026-11-01")];
    let end = |last| End {
        last_day: day(last),
        certainty: Certainty::Estimate,
    };
    let effect = |before, after| Effect {
        window: ClockKind::DeliveryGuarantee,
        before,
        after,
    };
    let longer = choosing("estimate-from-order", Use::Own(40));
    assert_eq!(
        moved(&list, "2026-11-02", &longer),
        [effect(Some(end("2026-12-02")), Some(end("2026-12-10")))]
    );
    let off = choosing("estimate-from-order", Use::Off);
    assert_eq!(
        moved(&list, "2026-11-02", &off),
        [effect(Some(end("2026-12-02")), None)]
    );
    let other = choosing("paypal-days", Use::Off);
    assert_eq!(moved(&list, "2026-11-02", &other), []);
    assert_eq!(
        moved(&list, "2027-03-01", &longer),
        [],
        "it is over either way"
    );
    // In the very moment in which the longer one closes it is.
    let closes = zones().earliest_start(day("2026-12-11")).unwrap();
    let at = |now| effects(&record(&list), now, zones(), Choices::NONE, &longer);
    assert_eq!(at(closes.minus(Span(1))).len(), 1);
    assert_eq!(at(closes), []);
}

#[test]
fn a_country_brings_its_windows() {
    let facts = [
        Fact::State(OrderState::Completed),
        Fact::Delivered(day("2026-11-10")),
    ];
    let page = [reading(Page::OrderDetail, noon("2026-11-11"), &facts)];
    let choices = Choices {
        country: Country::new("BE"),
        ..Choices::default()
    };
    let windows: Vec<ClockKind> = moved(&page, "2026-11-11", &choices)
        .iter()
        .inspect(|effect| assert_eq!(effect.before, None))
        .map(|effect| effect.window)
        .collect();
    assert_eq!(windows, [ClockKind::Withdrawal, ClockKind::LegalGuarantee]);
}
