//! "Where does this date come from?": the answer, the chain that leads to it, and what was not used.

use crate::browser::clock::BuyerZone;
use crate::browser::intl::{DayStyle, ZoneOf};
use crate::domain::clock::{Candidate, Clock, Rejection};
use crate::domain::order::OrderId;
use crate::domain::rules::Certainty;
use crate::domain::sighting::Sighting;
use crate::domain::time::{LosAngeles, Moment, Zone};

use super::badge::last_minute;
use super::{Wording, page_key};

/// The sign beside a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Printed,
    Rule,
    Estimate,
    Moved,
}

impl From<Certainty> for Sign {
    fn from(certainty: Certainty) -> Self {
        match certainty {
            Certainty::Printed => Self::Printed,
            Certainty::Rule => Self::Rule,
            Certainty::Estimate => Self::Estimate,
        }
    }
}

/// One link of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub sign: Sign,
    pub head: Option<String>,
    /// A word after the head: "used".
    pub remark: Option<String>,
    /// The shop's own words, in the language they were printed in.
    pub quote: Option<String>,
    pub text: String,
}

/// Where one date comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub title: String,
    pub subject: String,
    /// The end, on the buyer's clock and on the site's: date and time, whose time. For an estimate one line without a time.
    pub answer: Vec<(String, String)>,
    pub steps: Vec<Step>,
    pub not_used_title: String,
    pub not_used: Vec<Step>,
}

impl Wording {
    #[must_use]
    pub fn origin(&self, order: &OrderId, clock: &Clock, now: Moment) -> Origin {
        let text = |key| self.messages.text(key);
        let mut steps = vec![self.reading(&clock.because, now)];
        if let Some(days) = &clock.because.days_sighting {
            steps.push(Step {
                remark: None,
                ..self.seen(days, Sign::Rule, now)
            });
        }
        steps.push(self.counting(clock, now));
        if clock.certainty() == Certainty::Printed {
            steps.push(self.moving(clock, now));
        }
        Origin {
            title: text("where_title"),
            subject: self
                .messages
                .with("where_subject", &[&self.window(clock.kind), order.as_str()]),
            answer: self.answer(clock, now),
            steps,
            not_used_title: text("where_not_used"),
            not_used: clock
                .not_used
                .iter()
                .map(|(candidate, reason)| self.unused(candidate, *reason, now))
                .collect(),
        }
    }

    /// The rule that a candidate stands on, with its numbers: "7 days after you confirmed receipt on Nov 18".
    #[must_use]
    pub fn rule(&self, candidate: &Candidate, now: Moment) -> String {
        let key = format!("where_rule_{}", candidate.rule.words);
        if candidate.rule.certainty == Certainty::Printed {
            return self.messages.text(&key);
        }
        let days = u32::from(candidate.days);
        let anchor = self.day(candidate.anchor, DayStyle::Short, now);
        self.messages
            .plural(&key, days, &[&self.number(days), &anchor])
    }

    fn answer(&self, clock: &Clock, now: Moment) -> Vec<(String, String)> {
        if clock.certainty() == Certainty::Estimate {
            let around = self.last_day(clock, DayStyle::Short, now);
            return vec![(around, self.messages.text("badge_sure_estimate"))];
        }
        let end = last_minute(clock);
        let line = |zone, key| {
            let (city, offset) = (self.intl.city(zone), self.intl.offset(end, zone));
            let name = if city.is_empty() {
                offset
            } else {
                self.messages.with("where_zone", &[&city, &offset])
            };
            (
                self.intl.date_time(end, zone),
                self.messages.with(key, &[&name]),
            )
        };
        vec![
            line(ZoneOf::Buyer, "where_your_time"),
            line(ZoneOf::Site, "where_site_time"),
        ]
    }

    fn reading(&self, candidate: &Candidate, now: Moment) -> Step {
        let step = self.seen(&candidate.sighting, candidate.rule.certainty.into(), now);
        if candidate.rule.certainty == Certainty::Printed {
            let head = format!("where_printed_on_{}", page_key(candidate.sighting.page));
            Step {
                head: Some(self.messages.text(&head)),
                remark: Some(self.messages.text("where_used")),
                ..step
            }
        } else {
            step
        }
    }

    fn seen(&self, sighting: &Sighting, sign: Sign, now: Moment) -> Step {
        let head = format!("where_read_on_{}", page_key(sighting.page));
        Step {
            sign,
            head: Some(self.messages.text(&head)),
            remark: None,
            quote: Some(sighting.text.clone()).filter(|text| !text.trim().is_empty()),
            text: self
                .messages
                .with("where_read", &[&self.when(sighting.last, now)]),
        }
    }

    fn counting(&self, clock: &Clock, now: Moment) -> Step {
        let because = &clock.because;
        let last = self.day(clock.last_day, DayStyle::Short, now);
        let first = self.day(because.end_day, DayStyle::Short, now);
        let text = match because.rule.certainty {
            Certainty::Printed => self.messages.with("where_counted_before", &[&first, &last]),
            Certainty::Rule => self
                .messages
                .with("where_counted_rule", &[&self.rule(because, now), &last]),
            Certainty::Estimate => self
                .messages
                .with("where_counted_estimate", &[&self.rule(because, now), &last]),
        };
        let mut sentences = vec![text];
        if because.rule.certainty != Certainty::Estimate {
            let (buyer, site) = (
                BuyerZone.start_of(because.end_day),
                LosAngeles.start_of(because.end_day),
            );
            match (buyer, site) {
                (Some(buyer), Some(site)) if buyer < site => {
                    sentences.push(self.messages.with("where_counted_yours", &[&first]));
                }
                (Some(buyer), Some(site)) if site < buyer => {
                    sentences.push(self.messages.with("where_counted_site", &[&first]));
                }
                _ => {}
            }
        }
        let sign = if because.rule.certainty == Certainty::Estimate {
            Sign::Estimate
        } else {
            Sign::Rule
        };
        Step {
            sign,
            head: Some(self.messages.text("where_counted")),
            remark: None,
            quote: None,
            text: sentences.join(" "),
        }
    }

    /// Whether the page that printed the date has printed another one before.
    fn moving(&self, clock: &Clock, now: Moment) -> Step {
        let used = &clock.because.sighting;
        let earlier = clock
            .not_used
            .iter()
            .filter(|(other, reason)| {
                *reason == Rejection::Superseded && other.sighting.page == used.page
            })
            .map(|(other, _)| other)
            .max_by_key(|other| other.sighting.last);
        let (head, text) = match earlier {
            Some(other) => {
                let day = self.day(other.anchor, DayStyle::Short, now);
                let until = self.intl.date_time(other.sighting.last, ZoneOf::Buyer);
                (
                    "where_moved",
                    self.messages.with("where_moved_was", &[&day, &until]),
                )
            }
            None if used.times > 1 => {
                let first = self.when(used.first, now);
                let args = [self.number(used.times), first];
                let text =
                    self.messages
                        .plural("where_read_times", used.times, &[&args[0], &args[1]]);
                ("where_not_moved", text)
            }
            None => ("where_not_moved", self.messages.text("where_read_once")),
        };
        Step {
            sign: Sign::Moved,
            head: Some(self.messages.text(head)),
            remark: None,
            quote: None,
            text,
        }
    }

    fn unused(&self, candidate: &Candidate, reason: Rejection, now: Moment) -> Step {
        let reason = self.messages.text(match reason {
            Rejection::LessSure => "where_reason_less_sure",
            Rejection::LessSpecific => "where_reason_less_specific",
            Rejection::Later => "where_reason_later",
            Rejection::Superseded => "where_reason_superseded",
            Rejection::BeforeOrder => "where_reason_before_order",
        });
        let certainty = candidate.rule.certainty;
        if certainty == Certainty::Printed {
            let step = self.reading(candidate, now);
            let text = format!("{} {reason}", sentence(&step.text));
            return Step {
                remark: None,
                text,
                ..step
            };
        }
        let last = candidate.end_day.plus(-1).unwrap_or(candidate.end_day);
        let key = if certainty == Certainty::Rule {
            "where_rule_until"
        } else {
            "where_estimate_around"
        };
        let head = self
            .messages
            .with(key, &[&self.day(last, DayStyle::Short, now)]);
        let text = format!("{} {reason}", sentence(&self.rule(candidate, now)));
        Step {
            sign: certainty.into(),
            head: Some(head),
            remark: None,
            quote: None,
            text,
        }
    }
}

/// With a full stop, unless an abbreviated month has brought one.
fn sentence(text: &str) -> String {
    if text.ends_with('.') {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

impl Origin {
    /// The same as plain text, to be pasted anywhere.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut lines = vec![self.title.clone(), self.subject.clone()];
        lines.extend(
            self.answer
                .iter()
                .map(|(when, zone)| format!("{when}, {zone}")),
        );
        let mut add = |steps: &[Step]| {
            for step in steps {
                lines.push(String::new());
                lines.extend(step.head.clone());
                lines.extend(step.quote.as_ref().map(|quote| format!("> {quote}")));
                lines.push(step.text.clone());
            }
        };
        add(&self.steps);
        if !self.not_used.is_empty() {
            let head = Step {
                sign: Sign::Moved,
                head: None,
                remark: None,
                quote: None,
                text: self.not_used_title.clone(),
            };
            add(&[head]);
            add(&self.not_used);
        }
        lines.join("\n")
    }
}
