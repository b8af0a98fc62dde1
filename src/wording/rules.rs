//! The words for rules: what they count from, their numbers, what must be so for them to apply, and what a change of them does.

use crate::browser::intl::DayStyle;
use crate::domain::choices::{Effect, End};
use crate::domain::dispute::DisputeStep;
use crate::domain::rules::{
    Anchor, Certainty, Confidence, Days, Provenance, Rule, Shows, Unit, table_date,
};
use crate::domain::sighting::Service;
use crate::domain::time::{Day, Moment};

use super::Wording;

impl Wording {
    /// What a rule is called: what it counts from.
    #[must_use]
    pub fn rule_name(&self, rule: &Rule) -> String {
        self.messages.text(match rule.anchor {
            Anchor::RefundIfNotDeliveredBefore => "rules_from_printed_refund",
            Anchor::Ends => "rules_from_printed_end",
            Anchor::TimeLeft => "rules_from_time_left",
            Anchor::RefundStep => "rules_from_refund_step",
            Anchor::Placed => "rules_from_placed",
            Anchor::Shipped => "rules_from_shipped",
            Anchor::Delivered => "rules_from_delivered",
            Anchor::Completed => "rules_from_completed",
            Anchor::Paid => "rules_from_paid",
            Anchor::PromisedBy | Anchor::CouponIfDelayedBy => "rules_from_promised",
            Anchor::Step(DisputeStep::Opened) => "rules_from_opened",
            Anchor::Step(DisputeStep::SellerOffered) => "rules_from_seller_offered",
            Anchor::Step(DisputeStep::EvidenceAsked) => "rules_from_evidence_asked",
            Anchor::Step(DisputeStep::ReturnAgreed) => "rules_from_return_agreed",
            Anchor::Step(DisputeStep::Judged) => "rules_from_judged",
            Anchor::Step(DisputeStep::RefundDecided | DisputeStep::RefundFrom) => {
                "rules_from_refund_decided"
            }
            Anchor::Step(DisputeStep::CancelAsked) => "rules_from_cancel_asked",
        })
    }

    /// The number of the rules' file, with its unit. `None` for a printed date, of which there is none.
    #[must_use]
    pub fn rule_standard(&self, rule: &Rule) -> Option<String> {
        match rule.days {
            _ if rule.certainty == Certainty::Printed => None,
            Days::Fixed(0) => Some(self.messages.text("rules_same_day")),
            Days::Fixed(number) => Some(self.rule_number(rule.unit, number)),
            Days::Printed(_) => Some(self.messages.text("rules_printed_number")),
        }
    }

    /// "32 days"
    #[must_use]
    pub fn rule_number(&self, unit: Unit, number: u16) -> String {
        let key = match unit {
            Unit::Days => "rules_days",
            Unit::BusinessDays => "rules_business_days",
            Unit::Hours => "rules_hours",
            Unit::Years => "rules_years",
        };
        self.counted(key, u32::from(number))
    }

    /// What must be so for the rule to apply, and what else is to be known of it: a sentence each.
    #[must_use]
    pub fn rule_conditions(&self, rule: &Rule, now: Moment) -> Vec<String> {
        let when = &rule.when;
        let mut sentences = Vec::new();
        if !when.countries.is_empty() {
            let names: Vec<String> = self
                .intl
                .countries(when.countries)
                .into_iter()
                .map(|(_, name)| name)
                .collect();
            let names = self.intl.list(&names);
            sentences.push(self.messages.with("rules_only_countries", &[&names]));
        }
        if !rule.stages.is_empty() {
            let stages = rule.stages.iter().map(|stage| {
                let key = ["dispute_stage_", &stage.name().replace('-', "_")].concat();
                self.messages.text(&key)
            });
            let stages = self.intl.list(&stages.collect::<Vec<_>>());
            sentences.push(self.messages.with("rules_only_stages", &[&stages]));
        }
        if let Some(most) = when.promised_within {
            let most = self.rule_number(Unit::Days, most.into());
            sentences.push(self.messages.with("rules_only_promised_within", &[&most]));
        }
        let day = |number: u32| table_date(number).map(|day| self.day(day, DayStyle::Year, now));
        let placed = match (day(when.placed_from), day(when.placed_to)) {
            (Some(from), Some(to)) => Some(("rules_only_placed_between", vec![from, to])),
            (Some(from), None) => Some(("rules_only_placed_from", vec![from])),
            (None, Some(to)) => Some(("rules_only_placed_to", vec![to])),
            (None, None) => None,
        };
        sentences.extend(placed.map(|(key, days)| {
            let days: Vec<&str> = days.iter().map(String::as_str).collect();
            self.messages.with(key, &days)
        }));
        let keys = [
            when.service.map(|service| match service {
                Service::FreeReturn => "rules_only_free_return",
                Service::Card => "rules_only_card",
                Service::Paypal => "rules_only_paypal",
            }),
            when.received.map(|received| {
                if received {
                    "rules_only_received"
                } else {
                    "rules_only_not_received"
                }
            }),
            when.tracked.map(|tracked| {
                if tracked {
                    "rules_only_tracked"
                } else {
                    "rules_only_not_tracked"
                }
            }),
            (rule.shows == Shows::WhenOver).then_some("rules_when_over"),
        ];
        sentences.extend(
            keys.into_iter()
                .flatten()
                .map(|key| self.messages.text(key)),
        );
        if let Some(opens) = rule.opens {
            let after = self.rule_number(rule.unit, opens);
            sentences.push(self.messages.with("rules_opens", &[&after]));
        }
        for holiday in rule.holidays {
            let (Some(from), Some(to)) = (day(holiday.from), day(holiday.to)) else {
                continue;
            };
            let number = self.rule_number(rule.unit, holiday.days);
            sentences.push(self.messages.with("rules_holiday", &[&from, &to, &number]));
        }
        sentences
    }

    /// How well the rule is supported, and when that was seen.
    #[must_use]
    pub fn rule_confidence(&self, provenance: &Provenance, now: Moment) -> String {
        let support = self.messages.text(match provenance.confidence {
            Confidence::A => "rules_confidence_a",
            Confidence::B => "rules_confidence_b",
            Confidence::C => "rules_confidence_c",
            Confidence::D => "rules_confidence_d",
        });
        let seen = provenance.seen.parse::<Day>().map_or_else(
            |_| provenance.seen.to_owned(),
            |seen| self.day(seen, DayStyle::Year, now),
        );
        self.messages.with("rules_seen", &[&support, &seen])
    }

    /// A date that a choice has moved, brought or taken away.
    #[must_use]
    pub fn effect(&self, effect: &Effect, now: Moment) -> String {
        let window = self.window(effect.window);
        let end = |end: End| {
            let day = self.day(end.last_day, DayStyle::Short, now);
            if end.certainty == Certainty::Estimate {
                self.messages.with("badge_around", &[&day])
            } else {
                day
            }
        };
        let (before, after) = (effect.before.map(end), effect.after.map(end));
        match (before, after) {
            (Some(before), Some(after)) => self
                .messages
                .with("rules_moved", &[&window, &before, &after]),
            (None, Some(after)) => self.messages.with("rules_appeared", &[&window, &after]),
            (Some(before), None) => self.messages.with("rules_vanished", &[&window, &before]),
            (None, None) => window,
        }
    }
}
