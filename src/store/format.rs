//! The form in which things are kept and sent, and the only place that knows it.
//!
//! Plain structures of texts and numbers stand between the domain's types and JSON: nothing gets in that the domain's own
//! constructors do not accept, and the domain does not change because a stored name does. They are written by miniserde,
//! which costs the content program a fifth of what serde would.

use std::collections::BTreeMap;

use miniserde::{Deserialize, Serialize, json};

use crate::domain::ledger::{Record, Seen};
use crate::domain::money::{Currency, Money};
use crate::domain::order::{OrderId, OrderLine, OrderState};
use crate::domain::problem::{Field, Problem, Trouble};
use crate::domain::settings::{Settings, Theme};
use crate::domain::sighting::{Fact, Page, Reading, Sighting};
use crate::domain::time::Moment;

/// Something that has a form in JSON.
pub trait Stored: Sized {
    fn to_json(&self) -> String;
    /// `None` for what is no such thing.
    fn from_json(text: &str) -> Option<Self>;
}

/// The value of a named kind.
fn named<T: Copy>(all: &[T], name_of: fn(T) -> &'static str, name: &str) -> Option<T> {
    all.iter().copied().find(|value| name_of(*value) == name)
}

fn page(name: &str) -> Option<Page> {
    named(&Page::ALL, Page::name, name)
}

// ---- facts -----------------------------------------------------------------------------------------------------------

/// The name of a fact and its value as text.
fn fact_parts(fact: &Fact) -> (&'static str, String) {
    match fact {
        Fact::Placed(day) => ("placed", day.to_string()),
        Fact::Shipped(day) => ("shipped", day.to_string()),
        Fact::Delivered(day) => ("delivered", day.to_string()),
        Fact::Completed(day) => ("completed", day.to_string()),
        Fact::State(state) => ("state", state.name().to_owned()),
        Fact::Total(money) => ("total", money_text(money)),
        Fact::RefundIfNotDeliveredBefore(day) => {
            ("refund-if-not-delivered-before", day.to_string())
        }
        Fact::ReturnWithinDaysOfReceipt(days) => {
            ("return-within-days-of-receipt", days.to_string())
        }
        Fact::DisputeWithinDaysOfOrder(days) => ("dispute-within-days-of-order", days.to_string()),
        Fact::FreeReturnWithinDaysOfDelivery(days) => {
            ("free-return-within-days-of-delivery", days.to_string())
        }
    }
}

fn fact(name: &str, value: &str) -> Option<Fact> {
    let day = || value.parse().ok();
    let days = || value.parse().ok();
    match name {
        "placed" => day().map(Fact::Placed),
        "shipped" => day().map(Fact::Shipped),
        "delivered" => day().map(Fact::Delivered),
        "completed" => day().map(Fact::Completed),
        "state" => named(&OrderState::ALL, OrderState::name, value).map(Fact::State),
        "total" => money(value).map(Fact::Total),
        "refund-if-not-delivered-before" => day().map(Fact::RefundIfNotDeliveredBefore),
        "return-within-days-of-receipt" => days().map(Fact::ReturnWithinDaysOfReceipt),
        "dispute-within-days-of-order" => days().map(Fact::DisputeWithinDaysOfOrder),
        "free-return-within-days-of-delivery" => days().map(Fact::FreeReturnWithinDaysOfDelivery),
        _ => None,
    }
}

/// `31.93 BRL`; a sign that several currencies share stands in quotation marks: `31.93 "kr"`.
fn money_text(money: &Money) -> String {
    match &money.currency {
        Currency::Code(code) => format!("{} {code}", money.decimal()),
        Currency::Sign(sign) => format!("{} \"{sign}\"", money.decimal()),
    }
}

fn money(text: &str) -> Option<Money> {
    let (amount, currency) = text.split_once(' ')?;
    let scale = amount
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    let digits: String = amount.chars().filter(|letter| *letter != '.').collect();
    let currency = match currency
        .strip_prefix('"')
        .and_then(|sign| sign.strip_suffix('"'))
    {
        Some(sign) => Currency::Sign(sign.to_owned()),
        None if currency.len() == 3 => Currency::Code(currency.to_owned()),
        None => return None,
    };
    let scale = u8::try_from(scale).ok().filter(|scale| *scale <= 3)?;
    Some(Money {
        mantissa: digits.parse().ok()?,
        scale,
        currency,
    })
}

// ---- records ---------------------------------------------------------------------------------------------------------

#[derive(Serialize, Deserialize)]
struct LineForm {
    title: String,
    variant: String,
    quantity: Option<u32>,
}

#[derive(Serialize, Deserialize)]
struct ProblemForm {
    field: String,
    trouble: String,
    text: String,
}

#[derive(Serialize, Deserialize)]
struct SightingForm {
    fact: String,
    value: String,
    page: String,
    text: String,
    first: i64,
    last: i64,
    times: u32,
}

#[derive(Serialize, Deserialize)]
struct StoreForm {
    at: i64,
    page: String,
    name: String,
}

#[derive(Serialize, Deserialize)]
struct LinesForm {
    at: i64,
    page: String,
    lines: Vec<LineForm>,
}

#[derive(Serialize, Deserialize)]
struct ProblemsForm {
    at: i64,
    page: String,
    problems: Vec<ProblemForm>,
}

#[derive(Serialize, Deserialize)]
struct RecordForm {
    id: String,
    sightings: Vec<SightingForm>,
    store: Option<StoreForm>,
    lines: Option<LinesForm>,
    problems: Vec<ProblemsForm>,
}

fn line_forms(lines: &[OrderLine]) -> Vec<LineForm> {
    let form = |line: &OrderLine| LineForm {
        title: line.title.clone(),
        variant: line.variant.clone(),
        quantity: line.quantity,
    };
    lines.iter().map(form).collect()
}

fn lines(forms: Vec<LineForm>) -> Vec<OrderLine> {
    forms
        .into_iter()
        .map(|form| OrderLine {
            title: form.title,
            variant: form.variant,
            quantity: form.quantity,
        })
        .collect()
}

fn problem_forms(problems: &[Problem]) -> Vec<ProblemForm> {
    let form = |problem: &Problem| ProblemForm {
        field: problem.field.name().to_owned(),
        trouble: problem.trouble.name().to_owned(),
        text: problem.text.clone(),
    };
    problems.iter().map(form).collect()
}

fn problems(forms: Vec<ProblemForm>) -> Option<Vec<Problem>> {
    let problem = |form: ProblemForm| {
        let field = named(&Field::ALL, Field::name, &form.field)?;
        let trouble = named(&Trouble::ALL, Trouble::name, &form.trouble)?;
        Some(Problem::new(field, trouble, &form.text))
    };
    forms.into_iter().map(problem).collect()
}

impl Stored for Record {
    fn to_json(&self) -> String {
        let sighting = |sighting: &Sighting| {
            let (fact, value) = fact_parts(&sighting.fact);
            SightingForm {
                fact: fact.to_owned(),
                value,
                page: sighting.page.name().to_owned(),
                text: sighting.text.clone(),
                first: sighting.first.0,
                last: sighting.last.0,
                times: sighting.times,
            }
        };
        json::to_string(&RecordForm {
            id: self.id.as_str().to_owned(),
            sightings: self.sightings.iter().map(sighting).collect(),
            store: self.store.as_ref().map(|seen| StoreForm {
                at: seen.at.0,
                page: seen.page.name().to_owned(),
                name: seen.value.clone(),
            }),
            lines: self.lines.as_ref().map(|seen| LinesForm {
                at: seen.at.0,
                page: seen.page.name().to_owned(),
                lines: line_forms(&seen.value),
            }),
            problems: self
                .problems
                .iter()
                .map(|(page, seen)| ProblemsForm {
                    at: seen.at.0,
                    page: page.name().to_owned(),
                    problems: problem_forms(&seen.value),
                })
                .collect(),
        })
    }

    /// One sighting that is not understood makes the whole record none: a record without it could show a later date.
    fn from_json(text: &str) -> Option<Self> {
        let form: RecordForm = json::from_str(text).ok()?;
        let mut record = Self::new(OrderId::new(&form.id)?);
        for form in form.sightings {
            record.note(Sighting {
                fact: fact(&form.fact, &form.value)?,
                page: page(&form.page)?,
                text: form.text,
                first: Moment(form.first),
                last: Moment(form.last),
                times: form.times,
            });
        }
        if let Some(form) = form.store {
            record.store = Some(Seen {
                at: Moment(form.at),
                page: page(&form.page)?,
                value: form.name,
            });
        }
        if let Some(form) = form.lines {
            record.lines = Some(Seen {
                at: Moment(form.at),
                page: page(&form.page)?,
                value: lines(form.lines),
            });
        }
        let mut by_page = BTreeMap::new();
        for form in form.problems {
            let page = page(&form.page)?;
            by_page.insert(
                page,
                Seen {
                    at: Moment(form.at),
                    page,
                    value: problems(form.problems)?,
                },
            );
        }
        record.problems = by_page;
        Some(record)
    }
}

// ---- readings --------------------------------------------------------------------------------------------------------

#[derive(Serialize, Deserialize)]
struct FactForm {
    fact: String,
    value: String,
    text: String,
}

/// A reading on its way from a page to the background program.
#[derive(Serialize, Deserialize)]
pub struct ReadingForm {
    order: String,
    page: String,
    at: i64,
    facts: Vec<FactForm>,
    store: Option<String>,
    lines: Vec<LineForm>,
    problems: Vec<ProblemForm>,
}

impl From<&Reading> for ReadingForm {
    fn from(reading: &Reading) -> Self {
        let fact = |(fact, text): &(Fact, String)| {
            let (fact, value) = fact_parts(fact);
            FactForm {
                fact: fact.to_owned(),
                value,
                text: text.clone(),
            }
        };
        Self {
            order: reading.order.as_str().to_owned(),
            page: reading.page.name().to_owned(),
            at: reading.at.0,
            facts: reading.facts.iter().map(fact).collect(),
            store: reading.store.clone(),
            lines: line_forms(&reading.lines),
            problems: problem_forms(&reading.problems),
        }
    }
}

impl ReadingForm {
    /// `None` if any part of it is not what a reader gives.
    #[must_use]
    pub fn reading(self) -> Option<Reading> {
        let mut reading = Reading::new(
            OrderId::new(&self.order)?,
            page(&self.page)?,
            Moment(self.at),
        );
        for form in self.facts {
            reading.saw(fact(&form.fact, &form.value)?, &form.text);
        }
        reading.store = self.store;
        reading.lines = lines(self.lines);
        reading.problems = problems(self.problems)?;
        Some(reading)
    }
}

// ---- settings and the like -------------------------------------------------------------------------------------------

#[derive(Serialize, Deserialize)]
struct SettingsForm {
    language: Option<String>,
    theme: Option<String>,
    strip: Option<bool>,
}

impl Stored for Settings {
    fn to_json(&self) -> String {
        let theme = Some(self.theme.name().to_owned());
        json::to_string(&SettingsForm {
            language: self.language.clone(),
            theme,
            strip: Some(self.strip),
        })
    }

    /// A setting that is not there, or not understood, has its default.
    fn from_json(text: &str) -> Option<Self> {
        let form: SettingsForm = json::from_str(text).ok()?;
        let default = Self::default();
        let theme = form
            .theme
            .and_then(|name| named(&Theme::ALL, Theme::name, &name));
        Some(Self {
            language: form.language,
            theme: theme.unwrap_or(default.theme),
            strip: form.strip.unwrap_or(default.strip),
        })
    }
}
