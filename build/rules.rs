//! The rules' file: its schema, what is refused in it, and the constants that it becomes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Deserialize;

/// What the rules may name. A test keeps these lists equal to what the program knows.
pub const CLOCKS: &[&str] = &[
    "delivery-guarantee",
    "claim-after-receipt",
    "defect-claim",
    "free-return",
    "late-coupon",
    "claim-opens",
    "cancel-before-shipping",
    "seller-answer",
    "platform-decision",
    "buyer-answer",
    "evidence-due",
    "return-due",
    "appeal",
    "refund-expected",
    "withdrawal",
    "legal-guarantee",
    "card-dispute",
    "paypal-dispute",
];
const STEPS: &[&str] = &[
    "opened",
    "seller-offered",
    "evidence-asked",
    "return-agreed",
    "judged",
    "refund-decided",
    "cancel-asked",
];
const ANCHORS: &[&str] = &[
    "refund-if-not-delivered-before",
    "refund-step",
    "placed",
    "shipped",
    "delivered",
    "completed",
    "paid",
    "promised-by",
    "coupon-if-delayed-by",
    "ends",
    "time-left",
];
const PRINTED_DAYS: &[&str] = &[
    "return-within-days-of-receipt",
    "dispute-within-days-of-order",
    "free-return-within-days-of-delivery",
];
pub const STATES: &[&str] = &[
    "unpaid",
    "processing",
    "awaiting-delivery",
    "completed",
    "cancelled",
    "in-dispute",
    "refunded",
];
pub const STAGES: &[&str] = &[
    "seller-to-answer",
    "buyer-to-answer",
    "platform-reviewing",
    "evidence-wanted",
    "judged",
    "return-wanted",
    "return-checked",
    "refunded",
    "refused",
    "cancelled",
];
pub const SERVICES: &[&str] = &["free-return", "card", "paypal"];

/// The countries of ISO 3166-1. The United Kingdom is GB, Greece GR.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV \
    BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR \
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG \
    KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX \
    MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG \
    SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG \
    VI VN VU WF WS YE YT ZA ZM ZW";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Rule>,
    #[serde(default)]
    holiday: Vec<Holiday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    id: String,
    clock: String,
    anchor: String,
    days: Days,
    #[serde(default)]
    unit: Unit,
    opens: Option<u16>,
    states: Vec<String>,
    #[serde(default)]
    stages: Vec<String>,
    #[serde(default)]
    when: When,
    certainty: Certainty,
    #[serde(default)]
    shows: Shows,
    words: Option<String>,
    time_zone: String,
    confidence: Confidence,
    source: String,
    seen: toml::value::Datetime,
}

/// What must be so for the rule to apply. What is not named does not matter.
#[derive(Deserialize, Default, PartialEq)]
#[serde(deny_unknown_fields)]
struct When {
    #[serde(default)]
    countries: Vec<String>,
    service: Option<String>,
    received: Option<bool>,
    tracked: Option<bool>,
    promised_within: Option<u8>,
    placed_from: Option<toml::value::Datetime>,
    placed_to: Option<toml::value::Datetime>,
}

/// Days of the anchor on which a rule has another number.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    rule: String,
    from: toml::value::Datetime,
    to: toml::value::Datetime,
    value: u16,
    confidence: Confidence,
    source: String,
    seen: toml::value::Datetime,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Days {
    Fixed(u16),
    Printed(String),
}

#[derive(Deserialize, Debug, Default, Clone, Copy, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Unit {
    #[default]
    Days,
    BusinessDays,
    Hours,
    Years,
}

#[derive(Deserialize, Debug, PartialEq, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Certainty {
    Printed,
    Rule,
    Estimate,
}

#[derive(Deserialize, Debug, Default)]
#[serde(rename_all = "kebab-case")]
enum Shows {
    #[default]
    Always,
    WhenOver,
}

#[derive(Deserialize, Debug, Clone, Copy)]
enum Confidence {
    A,
    B,
    C,
    D,
}

/// A day as one number that grows with it: `20260904`.
fn number(day: &toml::value::Datetime) -> Result<u32, &'static str> {
    match (day.date, day.time, day.offset) {
        (Some(date), None, None) => {
            Ok(u32::from(date.year) * 10_000 + u32::from(date.month) * 100 + u32::from(date.day))
        }
        _ => Err("is a day"),
    }
}

impl When {
    /// The first and the last day of placing, open ends included.
    fn placed(&self) -> Result<(u32, u32), &'static str> {
        let end = |day: &Option<toml::value::Datetime>, open| day.as_ref().map_or(Ok(open), number);
        Ok((end(&self.placed_from, 0)?, end(&self.placed_to, u32::MAX)?))
    }

    fn same_but_for_days(&self, other: &Self) -> bool {
        self.countries == other.countries
            && self.service == other.service
            && self.received == other.received
            && self.tracked == other.tracked
            && self.promised_within == other.promised_within
    }
}

/// Whether everything that the rule names is there. What no order has would never match, and nobody would notice.
fn named(rule: &Rule) -> Result<(), String> {
    let one = |what: &str, name: &str, known: &[&[&str]]| {
        if known.iter().any(|known| known.contains(&name)) {
            return Ok(());
        }
        let known = known.concat().join(", ");
        Err(format!("there is no {what} {name:?}; there are {known}"))
    };
    one("clock", &rule.clock, &[CLOCKS])?;
    one("anchor", &rule.anchor, &[ANCHORS, STEPS])?;
    if let Days::Printed(name) = &rule.days {
        one("printed number of days", name, &[PRINTED_DAYS])?;
    }
    for state in &rule.states {
        one("state", state, &[STATES])?;
    }
    for stage in &rule.stages {
        one("stage", stage, &[STAGES])?;
    }
    if let Some(service) = &rule.when.service {
        one("service", service, &[SERVICES])?;
    }
    for country in &rule.when.countries {
        if !COUNTRIES.split_whitespace().any(|known| known == country) {
            return Err(format!(
                "there is no country {country:?} in ISO 3166-1, whose codes have two capital letters"
            ));
        }
    }
    Ok(())
}

fn check(rule: &Rule) -> Result<(), String> {
    named(rule)?;
    if rule.source.trim().is_empty() {
        return Err("say where it is from (source)".to_owned());
    }
    number(&rule.seen).map_err(|wrong| format!("seen {wrong}"))?;
    if rule.time_zone != "America/Los_Angeles" && rule.time_zone != "buyer" {
        return Err(
            "the shop counts in America/Los_Angeles, laws and banks in the buyer's zone (buyer); no other zone is known here"
                .to_owned(),
        );
    }
    if rule.states.is_empty() {
        return Err("name at least one state".to_owned());
    }
    firm_enough(rule.confidence, rule.certainty)?;
    let printed = matches!(
        rule.anchor.as_str(),
        "refund-if-not-delivered-before" | "ends"
    );
    if printed != (rule.certainty == Certainty::Printed) {
        return Err("a printed date, and nothing else, has the certainty \"printed\"".to_owned());
    }
    if let Days::Fixed(number) = rule.days {
        countable(number, rule)?;
    }
    let (from, to) = rule
        .when
        .placed()
        .map_err(|wrong| format!("placed_from or placed_to {wrong}"))?;
    if from > to {
        return Err("placed_from is after placed_to".to_owned());
    }
    Ok(())
}

/// Whether what is known so well may give a date that looks so sure.
fn firm_enough(confidence: Confidence, certainty: Certainty) -> Result<(), String> {
    if matches!(confidence, Confidence::C | Confidence::D) && certainty != Certainty::Estimate {
        return Err(format!(
            "what is of confidence {confidence:?} gives an estimate, nothing firmer"
        ));
    }
    Ok(())
}

/// Whether the rule can count to that number.
fn countable(number: u16, rule: &Rule) -> Result<(), String> {
    if rule.unit == Unit::Hours && !number.is_multiple_of(24) {
        return Err(
            "hours are counted from the beginning of a day: give whole days of 24".to_owned(),
        );
    }
    if rule.opens.is_some_and(|opens| opens > number) {
        return Err("it would open after it has ended".to_owned());
    }
    Ok(())
}

/// The constants of that file, or what is wrong with it.
pub fn code(text: &str) -> Result<String, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut ids = BTreeSet::new();
    for (place, rule) in file.rule.iter().enumerate() {
        let id = &rule.id;
        check(rule).map_err(|wrong| format!("rule {id}: {wrong}"))?;
        if !ids.insert(id.as_str()) {
            return Err(format!("rule {id}: the id is used twice"));
        }
        let dated = |rule: &Rule| rule.when.placed_from.is_some() || rule.when.placed_to.is_some();
        for other in file.rule.iter().take(place) {
            let (one, two) = (rule.when.placed()?, other.when.placed()?);
            if dated(rule)
                && dated(other)
                && rule.clock == other.clock
                && rule.anchor == other.anchor
                && rule.when.same_but_for_days(&other.when)
                && one.0 <= two.1
                && two.0 <= one.1
            {
                return Err(format!(
                    "rules {} and {id} are for orders placed on the same days",
                    other.id
                ));
            }
        }
    }
    for (place, holiday) in file.holiday.iter().enumerate() {
        let id = &holiday.rule;
        let wrong = |what: &str| Err(format!("holiday of rule {id}: {what}"));
        let Some(rule) = file.rule.iter().find(|rule| rule.id == *id) else {
            return wrong("there is no such rule");
        };
        if holiday.source.trim().is_empty() {
            return wrong("say where it is from (source)");
        }
        if matches!(rule.days, Days::Printed(_)) || rule.certainty == Certainty::Printed {
            return wrong("what the shop prints has no other number");
        }
        let day = |name, day| {
            number(day).map_err(|wrong| format!("holiday of rule {id}: {name} {wrong}"))
        };
        let (from, to) = (day("from", &holiday.from)?, day("to", &holiday.to)?);
        day("seen", &holiday.seen)?;
        firm_enough(holiday.confidence, rule.certainty)
            .and_then(|()| countable(holiday.value, rule))
            .map_err(|wrong| format!("holiday of rule {id}: {wrong}"))?;
        if from > to {
            return wrong("from is after to");
        }
        for other in file
            .holiday
            .iter()
            .take(place)
            .filter(|other| other.rule == *id)
        {
            if from <= number(&other.to)? && number(&other.from)? <= to {
                return wrong("two of its date ranges overlap");
            }
        }
    }
    let mut out = String::from("pub const RULES: &[Rule] = &[\n");
    for rule in &file.rule {
        write(&mut out, rule, &file.holiday).map_err(|error| error.to_string())?;
    }
    out.push_str("];\n\npub const PROVENANCE: &[Provenance] = &[\n");
    for rule in &file.rule {
        writeln!(
            out,
            "    Provenance {{ confidence: Confidence::{:?}, source: {:?}, seen: {:?} }},",
            rule.confidence,
            rule.source,
            rule.seen.to_string()
        )
        .map_err(|error| error.to_string())?;
    }
    out.push_str("];\n");
    Ok(out)
}

fn write(out: &mut String, rule: &Rule, holidays: &[Holiday]) -> Result<(), std::fmt::Error> {
    let list = |kind: &str, names: &[String]| {
        let names: Vec<String> = names
            .iter()
            .map(|name| format!("{kind}::{}", camel(name)))
            .collect();
        format!("&[{}]", names.join(", "))
    };
    let day = |day: &Option<toml::value::Datetime>, open: u32| {
        day.as_ref().map_or(open, |day| number(day).unwrap_or(open))
    };
    let days = match &rule.days {
        Days::Fixed(days) => format!("Days::Fixed({days})"),
        Days::Printed(name) => format!("Days::Printed(PrintedDays::{})", camel(name)),
    };
    let anchor = match rule.anchor.as_str() {
        step if STEPS.contains(&step) => format!("Step(DisputeStep::{})", camel(step)),
        other => camel(other),
    };
    let service = rule
        .when
        .service
        .as_ref()
        .map_or("None".to_owned(), |service| {
            format!("Some(Service::{})", camel(service))
        });
    let dates: Vec<String> = holidays
        .iter()
        .filter(|holiday| holiday.rule == rule.id)
        .map(|holiday| {
            let (from, to) = (
                number(&holiday.from).unwrap_or(0),
                number(&holiday.to).unwrap_or(0),
            );
            format!(
                "Holiday {{ from: {from}, to: {to}, days: {} }}",
                holiday.value
            )
        })
        .collect();
    writeln!(
        out,
        "    Rule {{ id: {id:?}, words: {words:?}, clock: ClockKind::{clock}, anchor: Anchor::{anchor}, days: {days}, \
         unit: Unit::{unit:?}, opens: {opens:?}, states: {states}, stages: {stages}, when: When {{ countries: &{countries:?}, \
         service: {service}, received: {received:?}, tracked: {tracked:?}, promised_within: {promised_within:?}, placed_from: {from}, placed_to: {to} }}, \
         certainty: Certainty::{certainty:?}, shows: Shows::{shows:?}, buyers_zone: {buyer}, holidays: &[{holidays}] }},",
        id = rule.id,
        words = rule.words.as_ref().unwrap_or(&rule.id).replace('-', "_"),
        clock = camel(&rule.clock),
        unit = rule.unit,
        opens = rule.opens,
        states = list("OrderState", &rule.states),
        stages = list("DisputeStage", &rule.stages),
        countries = rule.when.countries,
        received = rule.when.received,
        tracked = rule.when.tracked,
        promised_within = rule.when.promised_within,
        from = day(&rule.when.placed_from, 0),
        to = day(&rule.when.placed_to, u32::MAX),
        certainty = rule.certainty,
        shows = rule.shows,
        buyer = rule.time_zone == "buyer",
        holidays = dates.join(", "),
    )
}

/// `claim-after-receipt` to `ClaimAfterReceipt`.
fn camel(name: &str) -> String {
    let mut out = String::new();
    for part in name.split('-') {
        let mut letters = part.chars();
        out.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        out.extend(letters);
    }
    out
}
