//! The words of a reminder: in a notification, in the popup and on the dashboard.

use super::Wording;
use crate::browser::intl::DayStyle;
use crate::domain::clock::{Clock, ClockKind, Role};
use crate::domain::ledger::Record;
use crate::domain::reminders::{Reminder, Subject};
use crate::domain::time::Moment;
use crate::domain::verdict::Verdict;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReminderWords {
    /// How soon: "Ends in 2 days".
    pub lead: String,
    /// "Delivery protection · last day Sun, Nov 22"; empty where nothing is known of the order.
    pub what: String,
}

impl Wording {
    /// What is to be said now of something to be reminded of. A reminder may be read long after it was given, so it is told what
    /// the order's verdict says by then.
    #[must_use]
    pub fn reminder(
        &self,
        reminder: &Reminder,
        order: Option<(&Record, &Verdict)>,
        now: Moment,
    ) -> ReminderWords {
        let verdict = order.map(|(_, verdict)| verdict);
        let of_clock = |clock: &Clock| {
            let window = order.map_or_else(
                || self.window(clock.kind),
                |(record, verdict)| self.window_of(record, clock, &verdict.clocks),
            );
            let until = self.until(clock, DayStyle::Weekday, now);
            [window, until].join(" · ")
        };
        let shown = || verdict.and_then(|verdict| verdict.clock.as_ref());
        let (kind, end) = match &reminder.subject {
            Subject::Clock(kind, end) => (kind, end),
            Subject::Wish(_) => {
                return ReminderWords {
                    lead: self.messages.text("reminder_wished"),
                    what: shown().map(of_clock).unwrap_or_default(),
                };
            }
            Subject::Refund(end) => {
                let clock =
                    verdict.and_then(|verdict| verdict.of_kind(ClockKind::RefundExpected, *end));
                return ReminderWords {
                    lead: self.messages.text("reminder_refund"),
                    what: clock.map(of_clock).unwrap_or_default(),
                };
            }
        };
        let open = verdict.filter(|verdict| verdict.closed.is_none());
        let clock = verdict.and_then(|verdict| verdict.of_kind(*kind, *end));
        let holds = clock.filter(|clock| {
            clock.because.end_day == *end && (open.is_some() || clock.closes() <= now)
        });
        let lead = match holds {
            Some(clock) if clock.kind.role() == Role::Opening => {
                self.messages.text("reminder_possible")
            }
            Some(clock) => self.lead(&Verdict::of_clock(clock.clone()), now),
            None => self.messages.text("reminder_changed"),
        };
        let what = match (clock, open) {
            (Some(clock), Some(_)) => of_clock(clock),
            // Of an order that is closed, why it is says more than a date.
            _ => verdict
                .map(|verdict| self.lead(verdict, now))
                .unwrap_or_default(),
        };
        ReminderWords { lead, what }
    }
}
