//! A calendar of the days on which something ends or becomes possible, by RFC 5545.

use crate::domain::clock::ClockKind;
use crate::domain::order::OrderId;
use crate::domain::time::{Day, Moment};

/// One window of one order: the last whole day on which one can act, or the first on which something is possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub order: OrderId,
    pub clock: ClockKind,
    pub day: Day,
    pub summary: String,
    pub description: String,
    /// The order's own page of the shop.
    pub url: String,
    /// Whether the day is an estimate.
    pub tentative: bool,
    /// Whether the window has lost its meaning: the order was cancelled, or its money given back.
    pub cancelled: bool,
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
        line(&["UID:", order, "-", clock, "@recourse"].concat());
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
