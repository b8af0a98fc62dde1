//! The form in which an order is kept, and a reading sent: one line of text, a quarter of the size that JSON would have.
//!
//! ```text
//! 2 mi8x3k2p mi8x9a01|p fxs l 0 1 3 Date: Sep 1, 2026|r g07 d 1 1 1 Refund if no delivery before Nov 23|S 0 l LIMA Store|…|.
//! ```
//!
//! Items are divided by bars, words by spaces. Numbers are in base 36. The first item is the version and every time that is
//! named, once; the others name a time by its place there. Each of the others begins with what it is:
//!
//! | item | |
//! |---|---|
//! | kind, value, page, first, last, times, text | a sighting; its kind is in lower case |
//! | `S` time, page, name | the store |
//! | `L` time, page | the order lines were read, and follow |
//! | `I` quantity or `-`, title | one order line |
//! | `V` text | its variant |
//! | `P` time, page | that page was read; its problems follow |
//! | `Q` field, trouble, text | one problem |
//!
//! In a text a bar is written `~-` and a tilde `~~`; in a word a space is `~_`. A sighting whose text another one before it has
//! names that one: `~` and its number. The last item is a dot, so that a part of a record is not taken for one. A sighting of a kind or on a page that is not known here was noted by a newer version:
//! it decides nothing, and is kept as it is. So a new kind needs no new version of the form; anything else does.

use std::rc::Rc;

use crate::domain::clock::ClockKind;
use crate::domain::country::Country;
use crate::domain::dispute::{DisputeStage, DisputeStep};
use crate::domain::ledger::{Record, Seen, Unfamiliar};
use crate::domain::money::{Currency, Money};
use crate::domain::number;
use crate::domain::order::{OrderId, OrderLine, OrderState};
use crate::domain::problem::{Field, Problem, Trouble};
use crate::domain::sighting::{Fact, Page, Part, PartFact, Reading, Service, Sighting};
use crate::domain::time::{Day, Moment};

use super::format::named;

/// The version of the form. Version 1 was JSON.
const VERSION: &str = "2";
const END: &str = "|.";
/// Of the numbers.
const BASE: u32 = 36;

/// Why a kept record cannot be read. It is left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// An older version kept it, in a form that is no longer read.
    Older,
    /// A newer version kept it, in a form that is not known here.
    Newer,
    /// It is no record.
    Damaged,
}

// ---- words -----------------------------------------------------------------------------------------------------------

pub(super) const fn page_word(page: Page) -> &'static str {
    match page {
        Page::OrderList => "l",
        Page::OrderDetail => "d",
        Page::Tracking => "t",
        Page::ReturnsList => "r",
        Page::Dispute => "c",
        Page::OrderListRu => "u",
    }
}

pub(super) fn page(word: &str) -> Option<Page> {
    named(&Page::ALL, page_word, word)
}

/// The kind of a fact.
const fn kind_word(fact: &Fact) -> &'static str {
    match fact {
        Fact::Placed(_) => "p",
        Fact::Shipped(_) => "s",
        Fact::Delivered(_) => "d",
        Fact::Completed(_) => "c",
        Fact::State(_) => "st",
        Fact::Total(_) => "m",
        Fact::RefundIfNotDeliveredBefore(_) => "r",
        Fact::RefundStep(_) => "rs",
        Fact::ReturnWithinDaysOfReceipt(_) => "wr",
        Fact::DisputeWithinDaysOfOrder(_) => "wd",
        Fact::FreeReturnWithinDaysOfDelivery(_) => "wf",
        Fact::Paid(_) => "pd",
        Fact::PromisedBy(_) => "pb",
        Fact::CouponIfDelayedBy(_) => "cd",
        Fact::Tracked(_) => "tr",
        Fact::Ends(..) => "e",
        Fact::TimeLeft(..) => "tl",
        Fact::Step(..) => "ds",
        Fact::Stage(_) => "dt",
        Fact::Service(_) => "sv",
        Fact::ShipTo(_) => "to",
        Fact::RefundAmount(_) => "ra",
        Fact::OfPart(..) | Fact::OfLine(..) => "of",
    }
}

/// The value of a fact, as one word.
fn value_word(fact: &Fact) -> String {
    match fact {
        Fact::Placed(day)
        | Fact::Shipped(day)
        | Fact::Delivered(day)
        | Fact::Completed(day)
        | Fact::RefundIfNotDeliveredBefore(day)
        | Fact::RefundStep(day)
        | Fact::Paid(day)
        | Fact::PromisedBy(day)
        | Fact::CouponIfDelayedBy(day)
        | Fact::Tracked(day) => number_word(day.number()),
        Fact::ReturnWithinDaysOfReceipt(days)
        | Fact::DisputeWithinDaysOfOrder(days)
        | Fact::FreeReturnWithinDaysOfDelivery(days) => number_word((*days).into()),
        Fact::Total(money) | Fact::RefundAmount(money) => money_word(money),
        Fact::State(state) => state.name().to_owned(),
        Fact::Stage(stage) => stage.name().to_owned(),
        Fact::Service(service) => service.name().to_owned(),
        Fact::ShipTo(country) => country.code().to_owned(),
        Fact::Ends(kind, day) | Fact::TimeLeft(kind, day) => pair_word(kind.name(), *day),
        Fact::Step(step, day) => pair_word(step.name(), *day),
        Fact::OfPart(part, of_part) => {
            let (letter, number) = match part {
                Part::Line(number) => ('l', number),
                Part::Package(number) => ('p', number),
            };
            part_word(letter, u64::from(*number), &of_part.of_whole())
        }
        Fact::OfLine(number, fact) => part_word('n', *number, fact),
    }
}

/// `l1:pb:g07` of the first order line, `p2:d:g07` of the second package, `n28zkmx2yw2g:dt:judged` of the line of that number.
fn part_word(letter: char, number: u64, fact: &Fact) -> String {
    let mut word = String::from(letter);
    push_number(&mut word, number.cast_signed());
    for piece in [kind_word(fact), &value_word(fact)] {
        word.push(':');
        word.push_str(piece);
    }
    word
}

fn of_part(word: &str) -> Option<Fact> {
    let (part, of_part) = word.split_once(':')?;
    // No part has parts.
    let (kind, value) = of_part.split_once(':').filter(|(kind, _)| *kind != "of")?;
    let (letter, count) = part.split_at_checked(1)?;
    let number = number(count)?;
    let fact = fact(kind, value)??;
    if letter == "n" {
        return Some(Fact::OfLine(number.cast_unsigned(), Rc::new(fact)));
    }
    let count = u8::try_from(number).ok().filter(|count| *count > 0)?;
    let part = match letter {
        "l" => Part::Line(count),
        "p" => Part::Package(count),
        _ => return None,
    };
    Some(Fact::OfPart(part, PartFact::of_fact(&fact)?))
}

/// `seller-answer:g07`.
fn pair_word(name: &str, day: Day) -> String {
    let mut word = String::from(name);
    word.push(':');
    push_number(&mut word, day.number());
    word
}

fn pair<T: Copy>(all: &[T], name_of: fn(T) -> &'static str, word: &str) -> Option<(T, Day)> {
    let (name, day) = word.split_once(':')?;
    Some((named(all, name_of, name)?, Day::from_number(number(day)?)?))
}

/// The fact of that kind: `None` for a kind that is not known, and within it `None` for what is no value of it.
fn fact(kind: &str, value: &str) -> Option<Option<Fact>> {
    let day = |fact: fn(Day) -> Fact| number(value).and_then(Day::from_number).map(fact);
    let days = |fact: fn(u16) -> Fact| {
        number(value)
            .and_then(|days| u16::try_from(days).ok())
            .map(fact)
    };
    Some(match kind {
        "p" => day(Fact::Placed),
        "s" => day(Fact::Shipped),
        "d" => day(Fact::Delivered),
        "c" => day(Fact::Completed),
        "st" => named(&OrderState::ALL, OrderState::name, value).map(Fact::State),
        "m" => money(value).map(Fact::Total),
        "r" => day(Fact::RefundIfNotDeliveredBefore),
        "rs" => day(Fact::RefundStep),
        "wr" => days(Fact::ReturnWithinDaysOfReceipt),
        "wd" => days(Fact::DisputeWithinDaysOfOrder),
        "wf" => days(Fact::FreeReturnWithinDaysOfDelivery),
        "pd" => day(Fact::Paid),
        "pb" => day(Fact::PromisedBy),
        "cd" => day(Fact::CouponIfDelayedBy),
        "tr" => day(Fact::Tracked),
        "e" => {
            pair(&ClockKind::ALL, ClockKind::name, value).map(|(kind, day)| Fact::Ends(kind, day))
        }
        "tl" => pair(&ClockKind::ALL, ClockKind::name, value)
            .map(|(kind, day)| Fact::TimeLeft(kind, day)),
        "ds" => pair(&DisputeStep::ALL, DisputeStep::name, value)
            .map(|(step, day)| Fact::Step(step, day)),
        "dt" => named(&DisputeStage::ALL, DisputeStage::name, value).map(Fact::Stage),
        "sv" => named(&Service::ALL, Service::name, value).map(Fact::Service),
        "to" => Country::new(value).map(Fact::ShipTo),
        "ra" => money(value).map(Fact::RefundAmount),
        "of" => of_part(value),
        _ => return None,
    })
}

/// `31.93:BRL`; a sign that several currencies share stands after a semicolon: `31.93;kr`.
pub(super) fn money_word(money: &Money) -> String {
    let (mark, currency) = match &money.currency {
        Currency::Code(code) => (':', code),
        Currency::Sign(sign) => (';', sign),
    };
    let mut word = money.decimal();
    word.push(mark);
    escape(&mut word, currency, true);
    word
}

pub(super) fn money(word: &str) -> Option<Money> {
    let mark = word.bytes().position(|byte| matches!(byte, b':' | b';'))?;
    let (amount, currency) = (word.get(..mark)?, word.get(mark + 1..)?);
    let currency = unescape(currency)?;
    let (mut digits, mut scale) = (String::new(), None);
    for letter in amount.chars() {
        if letter == '.' {
            scale = Some(0_u8);
        } else {
            digits.push(letter);
            scale = scale.map(|scale| scale.saturating_add(1));
        }
    }
    let code = word.as_bytes().get(mark) == Some(&b':');
    if code && currency.len() != 3 {
        return None;
    }
    Some(Money {
        mantissa: number::read(&digits, 10)?,
        scale: scale.unwrap_or(0),
        currency: if code {
            Currency::Code(currency)
        } else {
            Currency::Sign(currency)
        },
    })
    .filter(|money| money.scale <= 3)
}

// ---- writing ---------------------------------------------------------------------------------------------------------

fn number_word(number: i64) -> String {
    let mut word = String::new();
    push_number(&mut word, number);
    word
}

fn push_number(out: &mut String, number: i64) {
    number::push(out, number, BASE, 1);
}

/// Writes a text, or a text that is to be one word.
fn escape(out: &mut String, text: &str, word: bool) {
    for letter in text.chars() {
        match letter {
            '|' => out.push_str("~-"),
            '~' => out.push_str("~~"),
            ' ' if word => out.push_str("~_"),
            other => out.push(other),
        }
    }
}

#[derive(Default)]
struct Writer<'a> {
    body: String,
    times: Vec<Moment>,
    /// The texts of the sightings so far.
    texts: Vec<&'a str>,
}

impl<'a> Writer<'a> {
    fn item(&mut self, head: &str) {
        self.body.push('|');
        self.body.push_str(head);
    }

    fn word(&mut self, word: &str) {
        self.body.push(' ');
        self.body.push_str(word);
    }

    fn number(&mut self, number: usize) {
        self.body.push(' ');
        push_number(&mut self.body, i64::try_from(number).unwrap_or(i64::MAX));
    }

    fn time(&mut self, time: Moment) {
        let place = self.times.iter().position(|known| *known == time);
        self.number(place.unwrap_or(self.times.len()));
        if place.is_none() {
            self.times.push(time);
        }
    }

    fn text(&mut self, text: &str) {
        self.body.push(' ');
        escape(&mut self.body, text, false);
    }

    /// What every sighting ends with.
    fn seen(&mut self, first: Moment, last: Moment, times: u32, text: &'a str) {
        self.time(first);
        self.time(last);
        self.number(times as usize);
        match self.texts.iter().position(|known| *known == text) {
            Some(place) if text.len() > 2 => {
                self.body.push_str(" ~");
                push_number(&mut self.body, i64::try_from(place).unwrap_or_default());
            }
            _ => self.text(text),
        }
        self.texts.push(text);
    }
}

/// The record as it is kept. Which order it is of, its key says.
#[must_use]
pub fn text_of_record(record: &Record) -> String {
    let mut out = Writer::default();
    for sighting in &record.sightings {
        out.item(kind_word(&sighting.fact));
        out.word(&value_word(&sighting.fact));
        out.word(page_word(sighting.page));
        out.seen(
            sighting.first,
            sighting.last,
            sighting.times,
            &sighting.text,
        );
    }
    for unfamiliar in &record.unfamiliar {
        out.item(&unfamiliar.what);
        out.seen(
            unfamiliar.first,
            unfamiliar.last,
            unfamiliar.times,
            &unfamiliar.text,
        );
    }
    if let Some(seen) = &record.store {
        out.item("S");
        out.time(seen.at);
        out.word(page_word(seen.page));
        out.text(&seen.value);
    }
    if let Some(seen) = &record.lines {
        out.item("L");
        out.time(seen.at);
        out.word(page_word(seen.page));
        for line in &seen.value {
            out.item("I");
            match line.quantity {
                Some(quantity) => out.number(quantity as usize),
                None => out.word("-"),
            }
            out.text(&line.title);
            if !line.variant.is_empty() {
                out.item("V");
                out.text(&line.variant);
            }
        }
    }
    for (page, seen) in record.problems.iter() {
        out.item("P");
        out.time(seen.at);
        out.word(page_word(*page));
        for problem in &seen.value {
            out.item("Q");
            out.word(problem.field.name());
            out.word(problem.trouble.name());
            out.text(&problem.text);
        }
    }
    let mut text = String::from(VERSION);
    for time in &out.times {
        text.push(' ');
        push_number(&mut text, time.0);
    }
    text.push_str(&out.body);
    text.push_str(END);
    text
}

/// The reading as it is sent: its order, the day that is still to come and its text, and the record that it would make alone.
#[must_use]
pub fn text_of_reading(reading: &Reading) -> String {
    let mut record = Record::new(reading.order.clone());
    record.absorb(reading);
    let mut text = reading.order.as_str().to_owned();
    if let Some((day, printed)) = &reading.to_come {
        text.push(' ');
        push_number(&mut text, day.number());
        text.push(' ');
        escape(&mut text, printed, true);
    }
    text.push('|');
    text.push_str(&text_of_record(&record));
    text
}

// ---- reading ---------------------------------------------------------------------------------------------------------

fn number(word: &str) -> Option<i64> {
    number::read(word, BASE)
}

fn unescape(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        out.push(match letter {
            '~' => match letters.next()? {
                '-' => '|',
                '~' => '~',
                '_' => ' ',
                _ => return None,
            },
            other => other,
        });
    }
    Some(out)
}

/// What is left of an item.
struct Item<'a> {
    rest: &'a str,
    times: &'a [Moment],
}

impl<'a> Item<'a> {
    fn word(&mut self) -> Option<&'a str> {
        let end = self.rest.find(' ').unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest.get(1..).unwrap_or_default();
        (!word.is_empty()).then_some(word)
    }

    fn count(&mut self) -> Option<u32> {
        u32::try_from(number(self.word()?)?).ok()
    }

    fn time(&mut self) -> Option<Moment> {
        self.times.get(self.count()? as usize).copied()
    }

    fn page(&mut self) -> Option<Page> {
        page(self.word()?)
    }

    fn text(&self) -> Option<String> {
        unescape(self.rest)
    }
}

/// The kept record of that order.
pub fn record_of_text(text: &str, order: &OrderId) -> Result<Record, Unreadable> {
    let (body, whole) = match text.strip_suffix(END) {
        Some(body) => (body, true),
        None => (text, false),
    };
    let mut items = body.split('|');
    let mut head = items.next().unwrap_or_default().split(' ');
    match head.next().unwrap_or_default() {
        VERSION if whole => {}
        json if json.starts_with('{') => return Err(Unreadable::Older),
        version if number::read(version, 10).is_some_and(|version| version > 2) => {
            return Err(Unreadable::Newer);
        }
        _ => return Err(Unreadable::Damaged),
    }
    let mut times = Vec::new();
    for word in head {
        times.push(Moment(number(word).ok_or(Unreadable::Damaged)?));
    }
    let mut record = Record::new(order.clone());
    let mut texts: Vec<String> = Vec::new();
    for rest in items {
        let item = Item {
            rest,
            times: &times,
        };
        take_in(&mut record, &mut texts, item).ok_or(Unreadable::Damaged)?;
    }
    Ok(record)
}

/// Takes one item into the record. `None` for what is none: a record without it could show a later date, so there is none.
fn take_in(record: &mut Record, texts: &mut Vec<String>, mut item: Item<'_>) -> Option<()> {
    let whole = item.rest;
    let kind = item.word()?;
    match kind {
        "S" => {
            record.store = Some(Seen {
                at: item.time()?,
                page: item.page()?,
                value: item.text()?,
            });
        }
        "L" => {
            record.lines = Some(Seen {
                at: item.time()?,
                page: item.page()?,
                value: Vec::new(),
            });
        }
        "I" => {
            let quantity = match item.word()? {
                "-" => None,
                word => Some(u32::try_from(number(word)?).ok()?),
            };
            record.lines.as_mut()?.value.push(OrderLine {
                title: item.text()?,
                variant: String::new(),
                quantity,
            });
        }
        "V" => record.lines.as_mut()?.value.last_mut()?.variant = item.text()?,
        "P" => {
            let seen = Seen {
                at: item.time()?,
                page: item.page()?,
                value: Vec::new(),
            };
            record.problems.insert(seen.page, seen);
        }
        "Q" => {
            let field = named(&Field::ALL, Field::name, item.word()?)?;
            let trouble = named(&Trouble::ALL, Trouble::name, item.word()?)?;
            let problem = Problem::new(field, trouble, &item.text()?);
            // The latest page's problems: they follow it.
            record
                .problems
                .values_mut()
                .max_by_key(|seen| seen.page)?
                .value
                .push(problem);
        }
        kind if kind.starts_with(|letter: char| letter.is_ascii_lowercase()) => {
            let (value, page_word) = (item.word()?, item.word()?);
            let what = whole.get(..whole.len() - item.rest.len())?.trim_end();
            let (first, last, times) = (item.time()?, item.time()?, item.count()?);
            let text = match item.rest.strip_prefix('~') {
                Some(place) if place.starts_with(|letter: char| letter.is_ascii_alphanumeric()) => {
                    let place = usize::try_from(number(place)?).ok()?;
                    texts.get(place)?.clone()
                }
                _ => item.text()?,
            };
            texts.push(text.clone());
            match (fact(kind, value), page(page_word)) {
                (Some(fact), Some(page)) => record.note(Sighting {
                    fact: fact?,
                    page,
                    text,
                    first,
                    last,
                    times,
                }),
                _ => record.unfamiliar.push(Unfamiliar {
                    what: what.to_owned(),
                    text,
                    first,
                    last,
                    times,
                }),
            }
        }
        _ => return None,
    }
    Some(())
}

/// The reading that was sent, or `None` if any part of it is not what a reader gives.
#[must_use]
pub fn reading_of_text(text: &str) -> Option<Reading> {
    let (head, text) = text.split_once('|')?;
    let mut head = Item {
        rest: head,
        times: &[],
    };
    let record = record_of_text(text, &OrderId::new(head.word()?)?).ok()?;
    let mut pages = record.problems.into_values();
    let (Some(seen), None) = (pages.next(), pages.next()) else {
        return None;
    };
    let mut reading = Reading::new(record.id, seen.page, seen.at);
    if let Some(day) = head.word() {
        let day = number(day).and_then(Day::from_number)?;
        reading.to_come = Some((day, head.text()?));
    }
    for sighting in record.sightings {
        if (sighting.page, sighting.first, sighting.last) != (seen.page, seen.at, seen.at) {
            return None;
        }
        reading.saw(sighting.fact, &sighting.text);
    }
    if !record.unfamiliar.is_empty() {
        return None;
    }
    reading.store = record.store.map(|store| store.value);
    reading.lines = record.lines.map(|lines| lines.value).unwrap_or_default();
    reading.problems = seen.value;
    Some(reading)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ledger::News;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn order() -> OrderId {
        OrderId::new("8212313961591322").unwrap()
    }

    /// With the marks of the form itself as often as other letters.
    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            "[|~ ,:;0-9a-z-]{0,12}",
            any::<String>(),
            Just("Sep 1, 2026".to_owned())
        ]
    }

    fn fact_of_any_kind() -> impl Strategy<Value = Fact> {
        let day = || (12_784_i64..47_000).prop_map(|number| Day::from_number(number).unwrap());
        let currency = prop_oneof![
            "[A-Z]{3}".prop_map(Currency::Code),
            text().prop_map(Currency::Sign)
        ];
        prop_oneof![
            day().prop_map(Fact::Placed),
            day().prop_map(Fact::Shipped),
            day().prop_map(Fact::Delivered),
            day().prop_map(Fact::Completed),
            day().prop_map(Fact::RefundIfNotDeliveredBefore),
            day().prop_map(Fact::RefundStep),
            day().prop_map(Fact::Paid),
            day().prop_map(Fact::PromisedBy),
            day().prop_map(Fact::CouponIfDelayedBy),
            day().prop_map(Fact::Tracked),
            (proptest::sample::select(&ClockKind::ALL[..]), day())
                .prop_map(|(kind, day)| Fact::Ends(kind, day)),
            (prop::sample::select(&ClockKind::ALL[..]), day())
                .prop_map(|(kind, day)| Fact::TimeLeft(kind, day)),
            (proptest::sample::select(&DisputeStep::ALL[..]), day())
                .prop_map(|(step, day)| Fact::Step(step, day)),
            proptest::sample::select(&DisputeStage::ALL[..]).prop_map(Fact::Stage),
            proptest::sample::select(&Service::ALL[..]).prop_map(Fact::Service),
            "[A-Z]{2}".prop_map(|code| Fact::ShipTo(Country::new(&code).unwrap())),
            (
                prop_oneof![
                    (1..=u8::MAX).prop_map(Part::Line),
                    (1..=u8::MAX).prop_map(Part::Package),
                ],
                0..4_usize,
                day()
            )
                .prop_map(|(part, kind, day)| {
                    let facts = [
                        PartFact::Delivered(day),
                        PartFact::PromisedBy(day),
                        PartFact::Tracked(day),
                        PartFact::RefundIfNotDeliveredBefore(day),
                    ];
                    Fact::OfPart(part, facts[kind])
                }),
            (any::<u64>(), 0..3_usize, day()).prop_map(|(line, kind, day)| {
                let facts = [
                    Fact::Ends(ClockKind::BuyerAnswer, day),
                    Fact::Step(DisputeStep::Judged, day),
                    Fact::Stage(DisputeStage::Judged),
                ];
                Fact::OfLine(line, Rc::new(facts[kind].clone()))
            }),
            proptest::sample::select(&OrderState::ALL[..]).prop_map(Fact::State),
            any::<u16>().prop_map(Fact::ReturnWithinDaysOfReceipt),
            any::<u16>().prop_map(Fact::DisputeWithinDaysOfOrder),
            any::<u16>().prop_map(Fact::FreeReturnWithinDaysOfDelivery),
            (any::<i64>(), 0_u8..4, currency, any::<bool>()).prop_map(
                |(mantissa, scale, currency, whole)| {
                    let money = Money {
                        mantissa,
                        scale,
                        currency,
                    };
                    if whole {
                        Fact::Total(money)
                    } else {
                        Fact::RefundAmount(money)
                    }
                }
            ),
        ]
    }

    fn reading() -> impl Strategy<Value = Reading> {
        let line = (text(), text(), any::<Option<u32>>()).prop_map(|(title, variant, quantity)| {
            OrderLine {
                title,
                variant,
                quantity,
            }
        });
        let problem = (
            proptest::sample::select(&Field::ALL[..]),
            proptest::sample::select(&Trouble::ALL[..]),
            text(),
        )
            .prop_map(|(field, trouble, text)| Problem::new(field, trouble, &text));
        (
            proptest::sample::select(&Page::ALL[..]),
            prop_oneof![any::<i64>(), 1_795_000_000_000..1_795_000_000_003_i64],
            vec((fact_of_any_kind(), text()), 0..6),
            proptest::option::of(text()),
            vec(line, 0..3),
            vec(problem, 0..3),
            proptest::option::of((20_000_i64..21_000, text())),
        )
            .prop_map(|(page, at, facts, store, lines, problems, to_come)| {
                let mut reading = Reading::new(order(), page, Moment(at));
                for (fact, text) in facts {
                    reading.saw(fact, &text);
                }
                reading.store = store;
                reading.lines = lines;
                reading.problems = problems;
                reading.to_come =
                    to_come.map(|(number, text)| (Day::from_number(number).unwrap(), text));
                reading
            })
    }

    proptest! {
        #[test]
        fn a_record_is_kept_without_loss(readings in vec(reading(), 0..5)) {
            let mut record = Record::new(order());
            for reading in &readings {
                record.absorb(reading);
            }
            let text = text_of_record(&record);
            prop_assert_eq!(record_of_text(&text, &order()), Ok(record));
            let part = text.char_indices().filter_map(|(at, _)| text.get(..at));
            prop_assert!(part.filter(|part| record_of_text(part, &order()).is_ok()).count() == 0, "a part of a record is a record");
        }

        #[test]
        fn a_reading_arrives_as_it_was_sent(reading in reading()) {
            let arrived = reading_of_text(&text_of_reading(&reading)).unwrap();
            let record = |reading: &Reading| {
                let mut record = Record::new(order());
                record.absorb(reading);
                record
            };
            // A fact that a page told twice is one.
            let once = |mut record: Record| {
                record.sightings.iter_mut().for_each(|sighting| sighting.times = 1);
                record
            };
            prop_assert_eq!(&arrived.to_come, &reading.to_come);
            prop_assert_eq!(once(record(&arrived)), once(record(&reading)));
        }

        #[test]
        fn any_text_is_a_record_or_refused(text in any::<String>(), items in "2( [0-9a-z]{1,3}){0,3}([|][a-zA-Z]{1,2}( [0-9a-z~:;.-]{0,3}){0,7}){0,5}[|][.]") {
            let _ = record_of_text(&text, &order());
            if let Ok(record) = record_of_text(&items, &order()) {
                prop_assert_eq!(record_of_text(&text_of_record(&record), &order()), Ok(record));
            }
        }
    }

    #[test]
    fn what_a_newer_version_noted_is_kept_as_it_is_and_decides_nothing() {
        let newer =
            "2 0 a|p fxs l 0 1 3 Sep 1|q2 x-y d 1 1 1 Return it by ~- Dec 1|p fxs zz 0 0 1 ~1|.";
        let mut record = record_of_text(newer, &order()).unwrap();
        assert_eq!(record.sightings.len(), 1);
        assert_eq!(record.unfamiliar.len(), 2);
        assert_eq!(record.unfamiliar[1].text, "Return it by | Dec 1");
        assert_eq!(text_of_record(&record), newer);
        let mut reading = Reading::new(order(), Page::OrderDetail, Moment(0));
        reading.saw(Fact::State(OrderState::Completed), "Completed");
        assert_eq!(record.absorb(&reading), News::Worth);
        let again = record_of_text(&text_of_record(&record), &order()).unwrap();
        assert_eq!(again.unfamiliar, record.unfamiliar);
    }

    #[test]
    fn what_is_no_record_says_why() {
        let why = |text: &str| record_of_text(text, &order()).unwrap_err();
        assert_eq!(why("{\"id\":\"8212313961591322\"}"), Unreadable::Older);
        assert_eq!(why("3 0|p fxs|."), Unreadable::Newer);
        assert_eq!(why("31 of another shape"), Unreadable::Newer);
        for damaged in [
            "",
            "2",
            "two|.",
            "2 0|p fxs l 0 0 1 Sep 1",
            "2 0|p fxs l 0 1 1 a time that is not named|.",
            "2 0|p none l 0 0 1 no day|.",
            "2 0|st lost l 0 0 1 no state|.",
            "2 0|m 1.2345:BRL l 0 0 1 no amount|.",
            "2 0|p fxs l 0 0 1 ~5|.",
            "2 0|p fxs l 0 0 1 ~x y|.",
            "2 0|I 1 a line of no list|.",
            "2 0||.",
            "2 0|of p0:d:g07 t 0 0 1 there is no package 0|.",
            "2 0|of x1:d:g07 t 0 0 1 nothing is divided so|.",
            "2 0|of p1:st:completed t 0 0 1 only an order has a state|.",
            "2 0|of p1:of:p2:d:g07 t 0 0 1 no part has parts|.",
            "2 0|X 0 an item of another version|.",
        ] {
            assert_eq!(why(damaged), Unreadable::Damaged, "{damaged}");
        }
    }

    /// Ten thousand must fit into the ten million bytes that Chromium gives an extension, with room for everything else.
    #[test]
    fn a_record_of_a_list_and_an_order_page_is_small() {
        let mut record = Record::new(order());
        let mut list = Reading::new(order(), Page::OrderList, Moment(1_795_176_000_123));
        let placed: Day = "2026-09-01".parse().unwrap();
        let money = Money {
            mantissa: 3193,
            scale: 2,
            currency: Currency::Code("BRL".into()),
        };
        list.saw(Fact::Placed(placed), "Order date: Sep 1, 2026");
        list.saw(
            Fact::State(OrderState::AwaitingDelivery),
            "Awaiting delivery",
        );
        list.saw(Fact::Total(money.clone()), "Total:R$31,93");
        list.store = Some("LIMA Official Store".into());
        list.lines = vec![OrderLine {
            title: "Essager USB C Cable 100W PD Fast Charging Type C to Type C Data Cord for Samsung Xiaomi MacBook Pro Laptop".into(),
            variant: "White, 2m, China Mainland".into(),
            quantity: Some(2),
        }];
        record.absorb(&list);
        let mut detail = Reading::new(order(), Page::OrderDetail, Moment(1_795_176_123_456));
        detail.saw(Fact::Placed(placed), "Order placed on: Sep 1, 2026");
        detail.saw(
            Fact::Shipped("2026-09-03".parse().unwrap()),
            "Shipment completed on: Sep 3, 2026",
        );
        detail.saw(
            Fact::State(OrderState::AwaitingDelivery),
            "Awaiting delivery",
        );
        detail.saw(Fact::Total(money), "R$31,93");
        detail.saw(
            Fact::RefundIfNotDeliveredBefore("2026-11-23".parse().unwrap()),
            "Refund if no delivery before Nov 23",
        );
        detail.saw(
            Fact::FreeReturnWithinDaysOfDelivery(15),
            "Free returns within 15 days of delivery",
        );
        detail.store.clone_from(&list.store);
        detail.lines.clone_from(&list.lines);
        record.absorb(&detail);
        let size = text_of_record(&record).len() + "order:8212313961591322".len();
        assert!(size < 650, "{size} bytes: {}", text_of_record(&record));
    }
}
