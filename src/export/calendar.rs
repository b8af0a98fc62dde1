//! A calendar of the days on which something ends or becomes possible, by RFC 5545.

use super::given::Key;
use crate::domain::clock::{Clock, ClockKind};
use crate::domain::ledger::Record;
use crate::domain::order::OrderId;
use crate::domain::sighting::Part;
use crate::domain::time::{Day, Moment};

/// One window of one order: the last whole day on which one can act, or the first on which something is possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub order: OrderId,
    pub clock: ClockKind,
    /// Which window of that kind it is, as [`window_names`] says; empty for the only one.
    pub window: String,
    pub day: Day,
    pub summary: String,
    pub description: String,
    /// The order's own page of the shop.
    pub url: String,
    /// Whether the day is an estimate.
    pub tentative: bool,
    /// Whether the window has lost its meaning: it is over or holds no more, the order was cancelled, or its money was given back.
    pub cancelled: bool,
}

impl Event {
    /// What tells it from all others; its id in the file is made of it.
    #[must_use]
    pub fn key(&self) -> Key {
        (self.order.clone(), self.clock, self.window.clone())
    }
}

/// What each window of an order is called among those of its kind: by the part of the order that it is about. No two of a kind are called
/// the same, and no name has a day in it, since an event that has moved must keep its name. The first of a kind has none: it goes on
/// as the one event that there was before the order was known to have parts. Where there are several of one part, they are numbered, in
/// the order in which they end, or else in which they are listed: such a one keeps its name until it is moved past another.
#[must_use]
pub fn window_names(record: &Record, clocks: &[Clock]) -> Vec<String> {
    let sorted = |(at, clock): (usize, &Clock)| {
        let sighting = &clock.because.sighting;
        let end = clock.because.end_day;
        (record.part_of(sighting), sighting.fact.line(), end, at)
    };
    let clocks = || clocks.iter().enumerate();
    clocks()
        .map(|(at, clock)| {
            let own = sorted((at, clock));
            let before: Vec<_> = clocks()
                .filter(|(_, other)| other.kind == clock.kind)
                .map(sorted)
                .filter(|other| *other < own)
                .collect();
            if before.is_empty() {
                return String::new();
            }
            let same = before
                .iter()
                .filter(|other| (other.0, other.1) == (own.0, own.1))
                .count();
            let name = match (own.0, own.1) {
                (Some(Part::Line(number)), _) => format!("-line-{number}"),
                (Some(Part::Package(number)), _) => format!("-package-{number}"),
                (None, 0) => String::new(),
                (None, number) => format!("-line-number-{number}"),
            };
            match same {
                0 => name,
                _ => format!("{name}-{}", same + 1),
            }
        })
        .collect()
}

/// The longest line, in bytes, without its end.
const LINE: usize = 75;

/// The calendar file. A calendar that has taken in an earlier one replaces the same events by these: they have the same ids and a
/// greater sequence number, which is the minute in which the file was made.
#[must_use]
pub fn calendar(events: &[Event], now: Moment) -> String {
    let mut file = String::new();
    let mut line = |text: &str| fold(&mut file, text);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Recourse//Recourse//EN");
    line("CALSCALE:GREGORIAN");
    line("METHOD:PUBLISH");
    let stamp = compact(&now.rfc3339());
    let sequence = now.0.div_euclid(60_000).max(0).to_string();
    for event in events {
        let (order, clock) = (event.order.as_str(), event.clock.name());
        line("BEGIN:VEVENT");
        line(&["UID:", order, "-", clock, &event.window, "@recourse"].concat());
        line(&["SEQUENCE:", &sequence].concat());
        line(&["DTSTAMP:", &stamp].concat());
        line(&["DTSTART;VALUE=DATE:", &compact(&event.day.to_string())].concat());
        if let Some(next) = event.day.plus(1) {
            line(&["DTEND;VALUE=DATE:", &compact(&next.to_string())].concat());
        }
        line(&["SUMMARY:", &escaped(&event.summary)].concat());
        line(&["DESCRIPTION:", &escaped(&event.description)].concat());
        line(&["URL:", &event.url].concat());
        line("TRANSP:TRANSPARENT");
        line(match (event.cancelled, event.tentative) {
            (true, _) => "STATUS:CANCELLED",
            (false, true) => "STATUS:TENTATIVE",
            (false, false) => "STATUS:CONFIRMED",
        });
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    file
}

/// `20261123` of `2026-11-23`.
fn compact(time: &str) -> String {
    time.replace(['-', ':'], "")
}

/// A text as the value of a property.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Writes one line, in pieces of at most [`LINE`] bytes, none of which ends within a letter.
fn fold(file: &mut String, text: &str) {
    let mut length = 0;
    for letter in text.chars() {
        if length + letter.len_utf8() > LINE {
            file.push_str("\r\n ");
            length = 1;
        }
        file.push(letter);
        length += letter.len_utf8();
    }
    file.push_str("\r\n");
}
