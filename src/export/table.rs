//! A table of orders and their windows, by RFC 4180: a row for each window, and one for an order without any.

use crate::domain::clock::{Clock, Role};
use crate::domain::money::Money;
use crate::domain::verdict::Kind;

use super::Exported;
use super::claims::{self, Disputes, currency};

/// An order, with its name and those of its windows in the user's language.
pub struct Row<'a> {
    pub of: Exported<'a>,
    pub title: String,
    /// As many as the verdict has clocks.
    pub windows: Vec<String>,
}

const COLUMNS: [&str; 22] = [
    "order",
    "title",
    "store",
    "placed",
    "state",
    "amount",
    "currency",
    "stage",
    "asked",
    "offered",
    "refunded",
    "claim currency",
    "refund arrived",
    "return tracking number",
    "window",
    "clock",
    "certainty",
    "opens",
    "last day",
    "ends",
    "rule",
    "as printed",
];

/// The table. Names of columns are the same in every language, for the programs that read them.
#[must_use]
pub fn table(rows: &[Row<'_>]) -> String {
    // Spreadsheets take a file without this mark for one of their own computer's alphabet.
    let mut file = String::from("\u{feff}");
    line(&mut file, COLUMNS.iter().map(|name| (*name).to_owned()));
    for row in rows {
        let record = row.of.record;
        let total = record.total();
        let order = [
            record.id.as_str().to_owned(),
            harmless(&row.title),
            record
                .store
                .as_ref()
                .map_or_else(String::new, |store| harmless(&store.value)),
            record
                .placed()
                .map_or_else(String::new, |day| day.to_string()),
            row.of
                .verdict
                .state
                .map_or_else(String::new, |state| state.name().to_owned()),
            total.map_or_else(String::new, Money::decimal),
            total.map_or_else(String::new, |total| harmless(currency(total))),
        ];
        let order: Vec<String> = order.into_iter().chain(claim(&row.of)).collect();
        if row.of.verdict.clocks.is_empty() {
            let rest = COLUMNS.iter().skip(order.len()).map(|_| String::new());
            line(&mut file, order.into_iter().chain(rest));
            continue;
        }
        for (clock, window) in row.of.verdict.clocks.iter().zip(&row.windows) {
            line(&mut file, order.iter().cloned().chain(cells(clock, window)));
        }
    }
    file
}

/// Where its disputes stand, the sums of its claims, and what came after. Of several disputes, one after the other.
fn claim(order: &Exported<'_>) -> [String; 7] {
    let disputes = Disputes::of(order);
    let asked = claims::asked(order);
    let all = asked
        .iter()
        .chain(disputes.offered())
        .chain(disputes.refunded());
    let first = all.map(currency).next().unwrap_or_default();
    // A sum in another currency than the first has its own beside it.
    let sum = |money: &Money| match currency(money) {
        own if own == first => money.decimal(),
        own => [&money.decimal(), " ", own].concat(),
    };
    let sums = |sums: Vec<&Money>| sums.into_iter().map(sum).collect::<Vec<_>>().join("; ");
    let told = order.aftermath;
    let arrived = told.and_then(|told| told.refund);
    [
        harmless(&disputes.stages().collect::<Vec<_>>().join("; ")),
        sums(asked.iter().collect()),
        sums(disputes.offered().collect()),
        sums(disputes.refunded().collect()),
        harmless(first),
        arrived.map_or_else(String::new, |(arrived, _)| arrived.name().to_owned()),
        told.map_or_else(String::new, |told| harmless(&told.tracking)),
    ]
}

fn cells(clock: &Clock, window: &str) -> [String; 8] {
    // What only opens is possible from then on, and has no last day.
    let opening = clock.kind.role() == Role::Opening;
    let opens = if opening {
        Some(clock.closes())
    } else {
        clock.opens()
    };
    let because = &clock.because;
    let unless = |opening: bool, text: String| if opening { String::new() } else { text };
    [
        harmless(window),
        clock.kind.name().to_owned(),
        Kind::from(clock.certainty()).name().to_owned(),
        opens.map_or_else(String::new, crate::domain::time::Moment::rfc3339),
        unless(opening, clock.last_day.to_string()),
        unless(opening, clock.closes().rfc3339()),
        because.rule.id.to_owned(),
        harmless(&because.sighting.text),
    ]
}

/// A text that no spreadsheet takes for a formula. Where the computer's lists are written with a semicolon, a spreadsheet begins a new
/// cell behind one in the middle of a text, quoted or not, and others do so behind a tab or the end of a line: so it is made harmless
/// piece by piece.
fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    for piece in text.split_inclusive([';', '\t', '\r', '\n']) {
        if begins_formula(piece) {
            out.push('\'');
        }
        out.push_str(piece);
    }
    if out.chars().next().is_some_and(char::is_control) {
        out.insert(0, '\'');
    }
    out
}

/// Some spreadsheets look past spaces, control characters and a quote for the sign of a formula.
fn begins_formula(piece: &str) -> bool {
    let first = piece
        .chars()
        .find(|letter| !letter.is_whitespace() && !letter.is_control() && *letter != '"');
    first.is_some_and(|first| matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'))
}

fn line(file: &mut String, cells: impl Iterator<Item = String>) {
    for (n, cell) in cells.enumerate() {
        if n > 0 {
            file.push(',');
        }
        if cell.contains([',', '"', '\r', '\n']) || cell.starts_with(' ') || cell.ends_with(' ') {
            file.push('"');
            file.push_str(&cell.replace('"', "\"\""));
            file.push('"');
        } else {
            file.push_str(&cell);
        }
    }
    file.push_str("\r\n");
}
