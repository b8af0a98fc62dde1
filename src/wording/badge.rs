//! The words on a badge, in its tooltip and for a screen reader.

use crate::browser::intl::{DayStyle, ZoneOf};
use crate::domain::clock::Clock;
use crate::domain::order::OrderState;
use crate::domain::rules::Certainty;
use crate::domain::time::{Moment, Span};
use crate::domain::verdict::{Closed, Kind, TimeLeft, Urgency, Verdict};

use super::{Wording, page_key};

/// What a badge says. Equal words look the same, whatever the order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BadgeWords {
    /// The leading block, or all that is said of an order without a clock.
    pub lead: String,
    /// What ends.
    pub window: Option<String>,
    /// The last whole day with its weekday, and without it where there is little room.
    pub last_day: Option<(String, String)>,
    pub certainty: Option<String>,
    /// The words of the link to the order's page, where that page can tell more.
    pub link: Option<String>,
}

impl Wording {
    #[must_use]
    pub fn badge(&self, verdict: &Verdict, now: Moment) -> BadgeWords {
        let link = || {
            let key = if verdict.opened {
                "badge_opened_without"
            } else {
                "badge_open_once"
            };
            Some(self.messages.text(key))
        };
        let Some(clock) = &verdict.clock else {
            let open = verdict.kind == Kind::Unknown;
            return BadgeWords {
                lead: self.lead(verdict, now),
                // Of an order that is still on its way the known window is over, and others may follow.
                window: (matches!(verdict.closed, Some(Closed::Ended(_)))
                    && verdict.state == Some(OrderState::Completed))
                .then(|| self.messages.text("badge_nothing_left")),
                last_day: None,
                certainty: None,
                link: if open { link() } else { None },
            };
        };
        let certainty = match clock.certainty() {
            Certainty::Printed => "badge_sure_printed",
            Certainty::Rule => "badge_sure_rule",
            Certainty::Estimate => "badge_sure_estimate",
        };
        BadgeWords {
            lead: self.lead(verdict, now),
            window: Some(self.window(clock.kind)),
            last_day: Some((
                self.last_day(clock, DayStyle::Weekday, now),
                self.last_day(clock, DayStyle::Short, now),
            )),
            certainty: Some(self.messages.text(certainty)),
            link: if clock.certainty() == Certainty::Estimate {
                link()
            } else {
                None
            },
        }
    }

    /// The leading block: how soon, or why there is no clock.
    #[must_use]
    pub fn lead(&self, verdict: &Verdict, now: Moment) -> String {
        let text = |key| self.messages.text(key);
        match verdict.closed {
            Some(Closed::Unpaid) => return text("badge_unpaid"),
            Some(Closed::Cancelled) => return text("badge_cancelled"),
            Some(Closed::Refunded) => return text("badge_refunded"),
            Some(Closed::Ended(day)) => {
                return self
                    .messages
                    .with("badge_over", &[&self.day(day, DayStyle::Short, now)]);
            }
            None => {}
        }
        let (Some(clock), Some(left), Some(urgency)) =
            (&verdict.clock, verdict.time_left(now), verdict.urgency(now))
        else {
            return text(if verdict.kind == Kind::Closed {
                "badge_nothing_left"
            } else {
                "badge_unknown"
            });
        };
        let estimate = clock.certainty() == Certainty::Estimate;
        if left != TimeLeft::Over && self.doubts(now) {
            return text("badge_time_unsure");
        }
        match left {
            TimeLeft::Over if estimate => text("badge_estimate_over"),
            TimeLeft::Over => self.messages.with(
                "badge_over",
                &[&self.day(clock.last_day, DayStyle::Short, now)],
            ),
            TimeLeft::Weeks(n) => self.counted("badge_estimate_weeks", n),
            TimeLeft::Days(n) if estimate => match urgency {
                Urgency::Calm => self.counted("badge_estimate_days", n),
                Urgency::Soon => self.counted("badge_estimate_soon", n),
                // An estimate knows no hours: its last day is still a day.
                Urgency::Urgent | Urgency::Over => self.counted("badge_estimate_urgent", n.max(1)),
            },
            TimeLeft::Days(n) => match urgency {
                Urgency::Calm => self.counted("badge_days_left", n),
                Urgency::Soon => self.counted("badge_soon_days", n),
                Urgency::Urgent | Urgency::Over => self.counted("badge_ends_in_days", n),
            },
            TimeLeft::Hours(n) => self
                .messages
                .with("badge_ends_in_hours", &[&self.number(n)]),
            TimeLeft::Minutes(0) => text("badge_ends_now"),
            TimeLeft::Minutes(n) => self
                .messages
                .with("badge_ends_in_minutes", &[&self.number(n)]),
        }
    }

    /// "last day Sun, Nov 22", or until what time today where no whole day is left.
    #[must_use]
    pub fn last_day(&self, clock: &Clock, style: DayStyle, now: Moment) -> String {
        if clock.certainty() == Certainty::Estimate {
            let style = if style == DayStyle::Weekday {
                DayStyle::Short
            } else {
                style
            };
            return self
                .messages
                .with("badge_around", &[&self.day(clock.last_day, style, now)]);
        }
        let today = self.buyer_day(now);
        if clock.closes() > now
            && today.is_some_and(|today| clock.last_day < today)
            && !self.doubts(now)
        {
            let time = self.intl.time(last_minute(clock), ZoneOf::Buyer);
            return self.messages.with("badge_until_time", &[&time]);
        }
        let key = if style == DayStyle::Short {
            "badge_last_day_short"
        } else {
            "badge_last_day"
        };
        self.messages
            .with(key, &[&self.day(clock.last_day, style, now)])
    }

    /// The name of the badge for a screen reader: what stands before the order's number, and after it.
    #[must_use]
    pub fn badge_name(&self, verdict: &Verdict, now: Moment) -> (String, String) {
        /// Stands for the number; no message has it, nor does any date. A character: to look for a text in a text is a kilobyte more.
        const NUMBER: char = '\u{fffc}';
        let number = String::from(NUMBER);
        let lead = self.lead(verdict, now);
        let name = match &verdict.clock {
            None => self.messages.with("badge_name_plain", &[&number, &lead]),
            Some(clock) => {
                let key = match clock.certainty() {
                    Certainty::Printed => "badge_name_printed",
                    Certainty::Rule => "badge_name_rule",
                    Certainty::Estimate => "badge_name_estimate",
                };
                let day = self.day(clock.last_day, DayStyle::Spoken, now);
                self.messages
                    .with(key, &[&number, &lead, &self.window(clock.kind), &day])
            }
        };
        match name.split_once(NUMBER) {
            Some((before, after)) => (before.to_owned(), after.to_owned()),
            None => (name, String::new()),
        }
    }

    /// What ends, when exactly, how sure that is and from where: the sentences of tooltip and accessible description.
    /// Empty where the badge says all there is.
    #[must_use]
    pub fn tooltip(&self, verdict: &Verdict, now: Moment) -> Vec<String> {
        let Some(clock) = &verdict.clock else {
            let unknown = verdict.kind == Kind::Unknown;
            return if unknown {
                vec![self.messages.text("tooltip_unknown")]
            } else {
                Vec::new()
            };
        };
        let window = self.window(clock.kind);
        let because = &clock.because;
        match clock.certainty() {
            Certainty::Estimate => {
                let key = if clock.closes() > now {
                    "tooltip_ends_around"
                } else {
                    "tooltip_ended_around"
                };
                let day = self.day(clock.last_day, DayStyle::Weekday, now);
                vec![
                    self.messages.with(key, &[&window, &day]),
                    self.messages
                        .with("tooltip_estimate", &[&self.rule(because, now)]),
                ]
            }
            firm => {
                let end = last_minute(clock);
                let time = self.intl.date_time(end, ZoneOf::Buyer);
                let offset = self.intl.offset(end, ZoneOf::Buyer);
                let origin = if firm == Certainty::Printed {
                    let key = ["tooltip_printed_", page_key(because.sighting.page)].concat();
                    self.messages
                        .with(&key, &[&self.when(because.sighting.last, now)])
                } else {
                    self.messages
                        .with("tooltip_rule", &[&self.rule(because, now)])
                };
                vec![
                    self.messages
                        .with("tooltip_ends", &[&window, &time, &offset]),
                    origin,
                ]
            }
        }
    }
}

/// The last minute in which the window is open. An end at midnight belongs to the day before for everyone but a computer.
pub(super) const fn last_minute(clock: &Clock) -> Moment {
    clock.closes().minus(Span::minutes(1))
}
