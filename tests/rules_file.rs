//! What is refused in the file of rules, and in what words.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect should stop right there"
)]

use recourse::domain::clock::ClockKind;
use recourse::domain::dispute::DisputeStage;
use recourse::domain::order::OrderState;
use recourse::domain::sighting::Service;

#[path = "../build/rules.rs"]
mod rules;

const RULE: &str = r#"
[[rule]]
id = "a"
clock = "seller-answer"
anchor = "opened"
days = 5
states = ["in-dispute"]
certainty = "rule"
time_zone = "America/Los_Angeles"
confidence = "B"
source = "Seller rules"
seen = 2026-11-01
"#;
const HOLIDAY: &str = r#"
[[holiday]]
rule = "a"
from = 2027-02-05
to = 2027-02-12
value = 10
confidence = "B"
source = "Notice to sellers"
seen = 2026-11-01
"#;

fn refusal(text: &str) -> String {
    rules::code(text).unwrap_err()
}

#[test]
fn a_rule_that_is_as_it_should_be_is_taken_with_its_holidays() {
    let code = rules::code(&[RULE, HOLIDAY].concat()).unwrap();
    assert!(code.contains("Anchor::Step(DisputeStep::Opened)"), "{code}");
    assert!(
        code.contains("Holiday { from: 20270205, to: 20270212, days: 10 }"),
        "{code}"
    );
}

#[test]
fn each_mistake_is_named_with_its_rule() {
    for (right, wrong, said) in [
        ("days = 5", "days = 5\nyears = 2", "unknown field `years`"),
        (
            "days = 5",
            "days = 5\nwhen = { city = \"X\" }",
            "unknown field `city`",
        ),
        ("days = 5", "days = -5", "untagged"),
        ("days = 5", "days = 2147483648", "untagged"),
        (
            "source = \"Seller rules\"",
            "source = \" \"",
            "rule a: say where it is from",
        ),
        ("source = \"Seller rules\"\n", "", "missing field `source`"),
        (
            "confidence = \"B\"",
            "confidence = \"C\"",
            "rule a: what is of confidence C gives an estimate",
        ),
        (
            "confidence = \"B\"",
            "confidence = \"D\"",
            "rule a: what is of confidence D gives an estimate",
        ),
        (
            "certainty = \"rule\"",
            "certainty = \"printed\"",
            "rule a: a printed date",
        ),
        (
            "anchor = \"opened\"",
            "anchor = \"ends\"",
            "rule a: a printed date",
        ),
        (
            "America/Los_Angeles",
            "Asia/Shanghai",
            "rule a: the shop counts in",
        ),
        ("[\"in-dispute\"]", "[]", "rule a: name at least one state"),
        (
            "days = 5",
            "days = 5\nunit = \"hours\"",
            "rule a: hours are counted",
        ),
        (
            "days = 5",
            "days = 5\nopens = 6",
            "rule a: it would open after it has ended",
        ),
        (
            "days = 5",
            "days = 5\nwhen = { placed_from = 2026-02-01, placed_to = 2026-01-01 }",
            "rule a: placed_from is after",
        ),
        ("2026-11-01", "2026-11-01T10:00:00", "rule a: seen is a day"),
        (
            "\"seller-answer\"",
            "\"seller-anwser\"",
            "rule a: there is no clock \"seller-anwser\"; there are delivery-guarantee,",
        ),
        (
            "\"opened\"",
            "\"openend\"",
            "rule a: there is no anchor \"openend\"",
        ),
        (
            "days = 5",
            "days = \"within-days\"",
            "rule a: there is no printed number of days \"within-days\"",
        ),
        (
            "[\"in-dispute\"]",
            "[\"in-disput\"]",
            "rule a: there is no state \"in-disput\"",
        ),
        (
            "days = 5",
            "days = 5\nstages = [\"seller-answers\"]",
            "rule a: there is no stage \"seller-answers\"",
        ),
        (
            "days = 5",
            "days = 5\nwhen = { service = \"free\" }",
            "rule a: there is no service \"free\"",
        ),
        (
            "days = 5",
            "days = 5\nwhen = { countries = [\"FR\", \"UK\"] }",
            "rule a: there is no country \"UK\"",
        ),
        (
            "days = 5",
            "days = 5\nwhen = { countries = [\"be\"] }",
            "rule a: there is no country \"be\"",
        ),
    ] {
        assert!(RULE.contains(right), "{right}");
        let error = refusal(&RULE.replace(right, wrong));
        assert!(error.contains(said), "{wrong}: {error}");
    }
    assert!(refusal(&[RULE, RULE].concat()).contains("rule a: the id is used twice"));
}

#[test]
fn what_the_rules_may_name_is_what_the_program_knows() {
    fn sorted<T: Copy>(known: &[T], name: fn(T) -> &'static str) -> Vec<&'static str> {
        let mut names: Vec<&str> = known.iter().map(|one| name(*one)).collect();
        names.sort_unstable();
        names
    }
    let listed = |list: &[&'static str]| sorted(list, |name| name);
    assert_eq!(
        listed(rules::CLOCKS),
        sorted(&ClockKind::ALL, ClockKind::name)
    );
    assert_eq!(
        listed(rules::STATES),
        sorted(&OrderState::ALL, OrderState::name)
    );
    assert_eq!(
        listed(rules::STAGES),
        sorted(&DisputeStage::ALL, DisputeStage::name)
    );
    assert_eq!(
        listed(rules::SERVICES),
        sorted(&Service::ALL, Service::name)
    );
}

#[test]
fn two_rules_for_orders_of_the_same_days_are_refused() {
    let dated = |id: &str, from: &str, to: &str| {
        let when = format!("days = 5\nwhen = {{ placed_from = {from}, placed_to = {to} }}");
        RULE.replace("\"a\"", &format!("{id:?}"))
            .replace("days = 5", &when)
    };
    let first = dated("a", "2026-01-01", "2026-06-30");
    let apart = [first.clone(), dated("b", "2026-07-01", "2026-12-31")].concat();
    assert!(rules::code(&apart).is_ok());
    let same = [first, dated("b", "2026-06-30", "2026-12-31")].concat();
    assert!(refusal(&same).contains("rules a and b are for orders placed on the same days"));
}

#[test]
fn an_estimate_may_have_a_holiday_that_is_not_sure() {
    let rule = RULE.replace("certainty = \"rule\"", "certainty = \"estimate\"");
    let holiday = HOLIDAY.replace("confidence = \"B\"", "confidence = \"C\"");
    assert!(rules::code(&[rule, holiday].concat()).is_ok());
}

#[test]
fn a_holiday_that_cannot_be_is_refused() {
    for (right, wrong, said) in [
        (
            "rule = \"a\"",
            "rule = \"b\"",
            "holiday of rule b: there is no such rule",
        ),
        (
            "to = 2027-02-12",
            "to = 2027-02-04",
            "holiday of rule a: from is after to",
        ),
        (
            "source = \"Notice to sellers\"",
            "source = \"\"",
            "holiday of rule a: say where it is from",
        ),
        (
            "confidence = \"B\"",
            "confidence = \"C\"",
            "holiday of rule a: what is of confidence C gives an estimate",
        ),
        ("confidence = \"B\"\n", "", "missing field `confidence`"),
        (
            "seen = 2026-11-01",
            "seen = 2026-11-01T10:00:00",
            "holiday of rule a: seen is a day",
        ),
        (
            "to = 2027-02-12",
            "to = 2027-02-12T10:00:00",
            "holiday of rule a: to is a day",
        ),
    ] {
        let error = refusal(&[RULE, &HOLIDAY.replace(right, wrong)].concat());
        assert!(error.contains(said), "{wrong}: {error}");
    }
    let of = |rule: &str, value: &str| {
        let rule = RULE.replace("days = 5", rule);
        refusal(&[rule, HOLIDAY.replace("value = 10", value)].concat())
    };
    assert!(
        of("days = 48\nunit = \"hours\"", "value = 50")
            .contains("holiday of rule a: hours are counted")
    );
    assert!(
        of("days = 5\nopens = 4", "value = 3").contains("holiday of rule a: it would open after")
    );
    let twice = [
        RULE,
        HOLIDAY,
        &HOLIDAY
            .replace("2027-02-05", "2027-02-12")
            .replace("to = 2027-02-12", "to = 2027-02-20"),
    ]
    .concat();
    assert!(refusal(&twice).contains("two of its date ranges overlap"));
}
