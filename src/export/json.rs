//! Everything that is kept of the orders, and what follows from it, as JSON.

use crate::domain::case::Case;
use crate::domain::claim::{Happened, Solution};
use crate::domain::clock::{Clock, Role};
use crate::domain::money::Money;
use crate::domain::reminders::{Kept, Step, Subject};
use crate::domain::statement;
use crate::domain::time::Moment;
use crate::domain::verdict::Kind;

use super::claims::{Disputes, currency};
use super::{Exported, facts};

/// The file. Times are RFC 3339 in UTC; a window's end is the first moment at which it is over.
#[must_use]
pub fn everything(orders: &[Exported<'_>], kept: &Kept, version: &str, now: Moment) -> String {
    let mut file = Writer::default();
    file.object(|file| {
        file.text("recourse", version);
        file.time("made", Some(now));
        file.list("orders", orders, |file, order| {
            file.object(|file| write_order(file, order))
        });
        file.list("reminders", kept.told(), |file, told| {
            file.object(|file| {
                file.text("order", told.reminder.order.as_str());
                match &told.reminder.subject {
                    Subject::Clock(kind, end) => {
                        file.text("clock", kind.name());
                        file.text("end_day", &end.to_string());
                    }
                    Subject::Wish(day) => file.text("wished_for", &day.to_string()),
                    Subject::Refund(day) => file.text("refund_before", &day.to_string()),
                }
                file.maybe("step", told.reminder.step.map(Step::name));
                file.time("told", Some(told.at));
                file.flag("dismissed", told.dismissed);
            });
        });
        file.list("remind_on", kept.wishes(), |file, (order, day)| {
            file.object(|file| {
                file.text("order", order.as_str());
                file.text("day", &day.to_string());
            });
        });
        file.list("muted", kept.muted(), |file, order| {
            file.string(order.as_str())
        });
    });
    file.0.push('\n');
    file.0
}

fn write_order(file: &mut Writer, order: &Exported<'_>) {
    let record = order.record;
    file.text("order", record.id.as_str());
    file.maybe(
        "store",
        record.store.as_ref().map(|store| store.value.as_str()),
    );
    let lines = record.lines.as_ref().map_or(&[][..], |lines| &lines.value);
    file.list("lines", lines, |file, line| {
        file.object(|file| {
            file.text("title", &line.title);
            file.text("variant", &line.variant);
            let quantity = line.quantity.map(i64::from);
            quantity
                .into_iter()
                .for_each(|n| file.number("quantity", n));
        });
    });
    file.maybe(
        "state",
        order
            .verdict
            .state
            .map(crate::domain::order::OrderState::name),
    );
    write_sum(file, "amount", record.total());
    file.text("certainty", order.verdict.kind.name());
    file.list("clocks", &order.verdict.clocks, |file, clock| {
        file.object(|file| write_clock(file, clock));
    });
    let disputes = Disputes::of(order);
    file.list("disputes", &disputes.cases, |file, case| {
        file.object(|file| write_dispute(file, case));
    });
    file.list("claims", &order.drafts, |file, draft| {
        file.object(|file| {
            file.number("line", draft.line.into());
            file.maybe("happened", draft.happened.map(Happened::name));
            file.maybe("solution", draft.solution.map(Solution::name));
            let asked = statement::amount(record, draft);
            write_sum(file, "asked", asked.as_ref());
            file.text("words", &draft.words);
        });
    });
    let told = order.aftermath;
    if disputes.refunded().next().is_some() || told.is_some_and(|told| !told.is_empty()) {
        file.name("refund");
        file.object(|file| {
            let sums: Vec<&Money> = disputes.refunded().collect();
            file.list("sums", &sums, |file, sum| {
                file.object(|file| write_sum(file, "amount", Some(sum)));
            });
            let arrived = told.and_then(|told| told.refund);
            file.maybe("arrived", arrived.map(|(arrived, _)| arrived.name()));
            file.time("told", arrived.map(|(_, at)| at));
            let tracking = told.map(|told| told.tracking.as_str());
            let tracking = tracking.filter(|number| !number.is_empty());
            file.maybe("return_tracking_number", tracking);
        });
    }
    file.list("sightings", &record.sightings, |file, sighting| {
        file.object(|file| {
            let (name, value) = facts::words(&sighting.fact);
            file.text("fact", &name);
            file.text("value", &value);
            file.text("page", sighting.page.name());
            file.text("as_printed", &sighting.text);
            file.time("first", Some(sighting.first));
            file.time("last", Some(sighting.last));
            file.number("times", sighting.times.into());
        });
    });
}

fn write_sum(file: &mut Writer, name: &str, sum: Option<&Money>) {
    if let Some(sum) = sum {
        file.text(name, &sum.decimal());
        file.text("currency", currency(sum));
    }
}

fn write_dispute(file: &mut Writer, case: &Case<'_>) {
    if case.line != 0 {
        // Such numbers are larger than those that JavaScript reads without loss.
        file.text("line_number", &case.line.to_string());
    }
    let known = case.stage.filter(|_| case.unknown.is_none());
    file.maybe("stage", known.map(|(stage, _)| stage.name()));
    let printed = case.unknown.map(|unknown| unknown.words);
    let printed = printed.or_else(|| known.map(|(_, sighting)| sighting.text.as_str()));
    file.maybe("as_printed", printed);
    write_sum(file, "amount", case.amount);
    file.list("steps", &case.steps, |file, (step, day)| {
        file.object(|file| {
            file.text("step", step.name());
            file.text("day", &day.to_string());
        });
    });
}

fn write_clock(file: &mut Writer, clock: &Clock) {
    file.text("clock", clock.kind.name());
    file.text("certainty", Kind::from(clock.certainty()).name());
    if clock.kind.role() == Role::Opening {
        file.time("opens", Some(clock.closes()));
    } else {
        file.time("opens", clock.opens());
        file.time("ends", Some(clock.closes()));
        file.text("last_day", &clock.last_day.to_string());
    }
    file.text("rule", clock.because.rule.id);
    file.flag("rule_changed", clock.because.changed);
    file.text("counted_from", &clock.because.anchor.to_string());
    file.text("as_printed", &clock.because.sighting.text);
}

/// Writes JSON. A member that is `None` is left out.
#[derive(Default)]
struct Writer(String);

impl Writer {
    /// A comma, unless what stands before begins an object or a list.
    fn next(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with(['{', '[', ':']) {
            self.0.push(',');
        }
    }

    fn name(&mut self, name: &str) {
        self.string(name);
        self.0.push(':');
    }

    fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.next();
        self.0.push('{');
        members(self);
        self.0.push('}');
    }

    fn list<T>(&mut self, name: &str, items: &[T], write: impl Fn(&mut Self, &T)) {
        self.name(name);
        self.0.push('[');
        for item in items {
            write(self, item);
        }
        self.0.push(']');
    }

    fn string(&mut self, text: &str) {
        self.next();
        self.0.push('"');
        for letter in text.chars() {
            match letter {
                '"' | '\\' => {
                    self.0.push('\\');
                    self.0.push(letter);
                }
                // Also the ends of lines of JavaScript, of which JSON knows nothing.
                '\0'..='\x1f' | '\x7f' | '\u{2028}' | '\u{2029}' => {
                    self.0.push_str(&format!("\\u{:04x}", u32::from(letter)));
                }
                letter => self.0.push(letter),
            }
        }
        self.0.push('"');
    }

    fn text(&mut self, name: &str, text: &str) {
        self.name(name);
        self.string(text);
    }

    fn maybe(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    fn time(&mut self, name: &str, time: Option<Moment>) {
        let time = time.map(Moment::rfc3339);
        self.maybe(name, time.as_deref().filter(|time| !time.is_empty()));
    }

    fn number(&mut self, name: &str, number: i64) {
        self.name(name);
        self.0.push_str(&number.to_string());
    }

    fn flag(&mut self, name: &str, flag: bool) {
        self.name(name);
        self.0.push_str(if flag { "true" } else { "false" });
    }
}
