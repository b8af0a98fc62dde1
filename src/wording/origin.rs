//! "Where does this date come from?": the answer, the chain that leads to it, and what was not used.

use std::cmp::Ordering;

use crate::browser::clock::BuyerZone;
use crate::browser::intl::{DayStyle, ZoneOf};
use crate::domain::clock::{Candidate, Clock, ClockKind, Rejection, Role};
use crate::domain::ledger::Record;
use crate::domain::rules::Certainty;
use crate::domain::sighting::{Part, Sighting};
use crate::domain::time::{Day, LosAngeles, Moment, Zone};

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
    pub fn origin(&self, record: &Record, clock: &Clock, now: Moment) -> Origin {
        let text = |key| self.messages.text(key);
        let mut steps = vec![self.reading(record, &clock.because, now)];
        if let Some(days) = &clock.because.days_sighting {
            steps.push(Step {
                remark: None,
                ..self.seen(days, Sign::Rule, now)
            });
        }
        steps.extend(self.destination(record, clock, now));
        steps.push(self.counting(clock, now));
        steps.extend(self.opening(clock));
        if clock.certainty() == Certainty::Printed {
            steps.push(self.moving(clock, now));
        }
        Origin {
            title: text("where_title"),
            subject: self.messages.with(
                "where_subject",
                &[&self.window(clock.kind), record.id.as_str()],
            ),
            answer: self.answer(clock, now),
            steps,
            not_used_title: text("where_not_used"),
            not_used: clock
                .not_used
                .iter()
                .map(|(candidate, reason)| self.unused(record, candidate, *reason, now))
                .collect(),
        }
    }

    /// The rule that a candidate stands on, with its numbers: "7 days after you confirmed receipt on Nov 18".
    #[must_use]
    pub fn rule(&self, candidate: &Candidate, now: Moment) -> String {
        let key = ["where_rule_", candidate.rule.words].concat();
        if candidate.rule.certainty == Certainty::Printed {
            return self.messages.text(&key);
        }
        let days = u32::from(candidate.days);
        let anchor = self.day(candidate.anchor, DayStyle::Short, now);
        let sentence = self
            .messages
            .plural(&key, days, &[&self.number(days), &anchor]);
        if candidate.changed {
            self.messages.with("where_rule_own", &[&sentence])
        } else {
            sentence
        }
    }

    /// When it is, in one phrase: until its last day, from the day on which it opens, or by when somebody else is to act.
    #[must_use]
    pub fn until(&self, clock: &Clock, style: DayStyle, now: Moment) -> String {
        let over = clock.closes() <= now;
        let day = |day: Day| self.day(day, style, now);
        let estimate = clock.certainty() == Certainty::Estimate;
        match clock.kind.role() {
            Role::Opening => {
                let opens = day(self.opening_day(clock));
                self.messages.with(
                    match (estimate, over) {
                        (true, _) => "where_opens_around",
                        (false, true) => "where_opened",
                        (false, false) => "where_opens",
                    },
                    &[&opens],
                )
            }
            Role::Wait => {
                let key = if estimate {
                    "where_by_around"
                } else {
                    "where_by"
                };
                self.messages.with(key, &[&day(clock.last_day)])
            }
            Role::Act | Role::Outside if over && estimate => {
                self.messages.text("badge_estimate_over")
            }
            Role::Act | Role::Outside if over => {
                self.messages.with("badge_over", &[&day(clock.last_day)])
            }
            Role::Act | Role::Outside => self.last_day(clock, style, now),
        }
    }

    /// That the page which prints the deadline has moved it: from when to when.
    #[must_use]
    pub fn moved(&self, clock: &Clock, now: Moment) -> Option<String> {
        let moved = clock.moved()?;
        // The printed day is the first that is too late.
        let last = |day: Day| self.day(day.plus(-1).unwrap_or(day), DayStyle::Short, now);
        let key = if moved.from < moved.to {
            "where_extended"
        } else {
            "where_shortened"
        };
        Some(
            self.messages
                .with(key, &[&last(moved.from), &last(moved.to)]),
        )
    }

    /// The day, in the buyer's calendar, with which something becomes possible.
    fn opening_day(&self, clock: &Clock) -> Day {
        self.buyer_day(clock.closes())
            .unwrap_or(clock.because.end_day)
    }

    fn answer(&self, clock: &Clock, now: Moment) -> Vec<(String, String)> {
        if clock.certainty() == Certainty::Estimate {
            let around = self.until(clock, DayStyle::Short, now);
            return vec![(around, self.messages.text("badge_sure_estimate"))];
        }
        let opens = clock.kind.role() == Role::Opening;
        let moment = if opens {
            clock.closes()
        } else {
            last_minute(clock)
        };
        let line = |zone, key| {
            let (city, offset) = (self.intl.city(zone), self.intl.offset(moment, zone));
            let name = if city.is_empty() {
                offset
            } else {
                self.messages.with("where_zone", &[&city, &offset])
            };
            let time = self.intl.date_time(moment, zone);
            let time = match clock.kind.role() {
                Role::Opening => self.messages.with("where_opens", &[&time]),
                Role::Wait => self.messages.with("where_by", &[&time]),
                Role::Act | Role::Outside => time,
            };
            (time, self.messages.with(key, &[&name]))
        };
        let mut lines = vec![line(ZoneOf::Buyer, "where_your_time")];
        // What does not lie with the shop does not count in its zone either.
        if !clock.because.rule.buyers_zone {
            lines.push(line(ZoneOf::Site, "where_site_time"));
        }
        lines
    }

    fn reading(&self, record: &Record, candidate: &Candidate, now: Moment) -> Step {
        let mut step = self.seen(&candidate.sighting, candidate.rule.certainty.into(), now);
        if candidate.rule.certainty == Certainty::Printed {
            let head = format!("where_printed_on_{}", page_key(candidate.sighting.page));
            step.head = Some(self.messages.text(&head));
            step.remark = Some(self.messages.text("where_used"));
        }
        if let Some(part) = record.part_of(&candidate.sighting) {
            let (key, number) = match part {
                Part::Line(number) => ("where_of_line", number),
                Part::Package(number) => ("where_of_package", number),
            };
            let part = self.messages.with(key, &[&self.number(number.into())]);
            step.text = self.sentences(&step.text, &part);
        }
        let line = candidate.sighting.fact.line();
        if line != 0 {
            let line = self
                .messages
                .with("where_of_numbered_line", &[&line.to_string()]);
            step.text = self.sentences(&step.text, &line);
        }
        step
    }

    /// One sentence after the other.
    fn sentences(&self, first: &str, second: &str) -> String {
        self.messages.with("where_sentences", &[first, second])
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

    /// Where the order is sent to, and who says so, if it is a rule of certain countries.
    fn destination(&self, record: &Record, clock: &Clock, now: Moment) -> Option<Step> {
        if clock.because.rule.when.countries.is_empty() {
            return None;
        }
        let text = |key| self.messages.text(key);
        Some(match record.ship_to() {
            Some((country, sighting)) => {
                let seen = self.seen(sighting, Sign::Rule, now);
                let name = self.intl.country(country);
                let read = [seen.head.as_deref().unwrap_or_default(), &seen.text].join(" · ");
                Step {
                    head: Some(self.messages.with("where_sent_to", &[&name])),
                    text: read,
                    ..seen
                }
            }
            None => Step {
                sign: Sign::Rule,
                head: Some(text("where_country_chosen")),
                remark: None,
                quote: None,
                text: text("where_country_unread"),
            },
        })
    }

    fn counting(&self, clock: &Clock, now: Moment) -> Step {
        let because = &clock.because;
        let opens = clock.kind.role() == Role::Opening;
        let day = if opens {
            self.opening_day(clock)
        } else {
            clock.last_day
        };
        let day = self.day(day, DayStyle::Short, now);
        let first = self.day(because.end_day, DayStyle::Short, now);
        let text = match because.rule.certainty {
            Certainty::Printed => self.messages.with("where_counted_before", &[&first, &day]),
            Certainty::Rule => self.messages.with(
                if opens {
                    "where_counted_opens"
                } else {
                    "where_counted_rule"
                },
                &[&self.rule(because, now), &day],
            ),
            Certainty::Estimate => self
                .messages
                .with("where_counted_estimate", &[&self.rule(because, now), &day]),
        };
        let mut sentences = vec![text];
        if because.rule.certainty != Certainty::Estimate
            && let Some(key) = self.zone_key(clock)
        {
            sentences.push(self.messages.with(key, &[&first]));
        }
        sentences.extend(turn_key(clock.kind).map(|key| self.messages.text(key)));
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

    /// Why the day counts from the zone that it counts from, where the two differ.
    fn zone_key(&self, clock: &Clock) -> Option<&'static str> {
        if clock.because.rule.buyers_zone {
            return Some("where_counted_buyers");
        }
        let day = clock.because.end_day;
        let (buyer, site) = (BuyerZone.start_of(day)?, LosAngeles.start_of(day)?);
        let opens = clock.kind.role() == Role::Opening;
        match buyer.cmp(&site) {
            Ordering::Equal => None,
            Ordering::Less if opens => Some("where_counted_site_later"),
            Ordering::Less => Some("where_counted_yours"),
            Ordering::Greater if opens => Some("where_counted_yours_later"),
            Ordering::Greater => Some("where_counted_site"),
        }
    }

    /// A window that is not open from the day on from which it counts.
    fn opening(&self, clock: &Clock) -> Option<Step> {
        let opens = self.intl.date_time(clock.opens()?, ZoneOf::Buyer);
        Some(Step {
            sign: clock.certainty().into(),
            head: Some(self.messages.text("where_not_before")),
            remark: None,
            quote: None,
            text: self.messages.with("where_not_before_day", &[&opens]),
        })
    }

    /// Whether the page that printed the date has printed another one before.
    fn moving(&self, clock: &Clock, now: Moment) -> Step {
        let used = &clock.because.sighting;
        let text = match clock.moved() {
            Some(moved) => {
                let day = self.day(moved.from, DayStyle::Short, now);
                let until = self.intl.date_time(moved.until, ZoneOf::Buyer);
                self.messages.with("where_moved_was", &[&day, &until])
            }
            None if used.times > 1 => {
                let first = self.when(used.first, now);
                let args = [self.number(used.times), first];
                self.messages
                    .plural("where_read_times", used.times, &[&args[0], &args[1]])
            }
            None => self.messages.text("where_read_once"),
        };
        let head = self.moved(clock, now);
        Step {
            sign: Sign::Moved,
            head: Some(head.unwrap_or_else(|| self.messages.text("where_not_moved"))),
            remark: None,
            quote: None,
            text,
        }
    }

    fn unused(
        &self,
        record: &Record,
        candidate: &Candidate,
        reason: Rejection,
        now: Moment,
    ) -> Step {
        let reason = self.messages.text(match reason {
            Rejection::LessSure => "where_reason_less_sure",
            Rejection::LessSpecific => "where_reason_less_specific",
            Rejection::Later => "where_reason_later",
            Rejection::Superseded => "where_reason_superseded",
            Rejection::BeforeOrder => "where_reason_before_order",
            Rejection::OtherPart => "where_reason_other_part",
            Rejection::Unsettled => "where_reason_unsettled",
        });
        let certainty = candidate.rule.certainty;
        if certainty == Certainty::Printed {
            let step = self.reading(record, candidate, now);
            let text = self.sentences(&step.text, &reason);
            return Step {
                remark: None,
                text,
                ..step
            };
        }
        let opens = candidate.rule.clock.role() == Role::Opening;
        let day = if opens {
            candidate.end_day
        } else {
            candidate.end_day.plus(-1).unwrap_or(candidate.end_day)
        };
        let key = match (certainty, opens) {
            (Certainty::Rule, true) => "where_rule_from",
            (Certainty::Rule, false) => "where_rule_until",
            _ => "where_estimate_around",
        };
        let head = self
            .messages
            .with(key, &[&self.day(day, DayStyle::Short, now)]);
        let text = self.sentences(&self.rule(candidate, now), &reason);
        Step {
            sign: certainty.into(),
            head: Some(head),
            remark: None,
            quote: None,
            text,
        }
    }
}

/// Says whose turn it is, where it is not the buyer's.
const fn turn_key(kind: ClockKind) -> Option<&'static str> {
    match kind {
        ClockKind::CancelBeforeShipping => Some("where_turn_cancel"),
        ClockKind::SellerAnswer => Some("where_turn_seller"),
        ClockKind::PlatformDecision => Some("where_turn_platform"),
        ClockKind::RefundExpected => Some("where_turn_refund"),
        ClockKind::ClaimOpens => Some("where_turn_claim"),
        ClockKind::LateCoupon => Some("where_turn_coupon"),
        ClockKind::Withdrawal | ClockKind::LegalGuarantee => Some("where_turn_law"),
        ClockKind::CardDispute | ClockKind::PaypalDispute => Some("where_turn_payment"),
        ClockKind::DeliveryGuarantee
        | ClockKind::ClaimAfterReceipt
        | ClockKind::DefectClaim
        | ClockKind::FreeReturn
        | ClockKind::BuyerAnswer
        | ClockKind::EvidenceDue
        | ClockKind::ReturnDue
        | ClockKind::Appeal => None,
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
