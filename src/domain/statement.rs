//! The description of a claim: short numbered sentences, in English, which is the language that a dispute is decided in, or in the buyer's
//! own. Each comes from a fact that the shop has printed, from what the buyer chose, or from the buyer's own words.

use super::claim::{Draft, Happened, Sentence, Solution};
use super::ledger::Record;
use super::money::{Currency, Money};
use super::sighting::Fact;
use super::time::Day;

/// How much of a product's name is told: it is there to tell the lines of an order apart.
const LONGEST_NAME: usize = 60;

/// The fixed phrases of one language, into which a statement puts its facts.
pub trait Phrases {
    fn item(&self, name: &str) -> String;
    fn happened(&self, happened: Happened) -> String;
    /// When it was ordered, and by when the shop promised it.
    fn ordered(&self, placed: Day, promised: Option<Day>) -> String;
    fn delivered(&self, day: Day) -> String;
    fn request(&self, solution: Solution, share: Share<'_>) -> String;
}

/// How much of what was paid is asked back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share<'a> {
    /// All of it, with the sum where that is known.
    All(Option<&'a Money>),
    Part(&'a Money),
    /// A sum of which nobody can say whether it is all: what was paid for the line is not known.
    Sum(&'a Money),
}

/// The sentences of the draft, in their order, each with what it tells. Those that the buyer left out are there as well.
#[must_use]
pub fn sentences(record: &Record, draft: &Draft, phrases: &dyn Phrases) -> Vec<(Sentence, String)> {
    let Some(happened) = draft.happened else {
        return Vec::new();
    };
    let mut out = Vec::new();
    if let Some(name) = item(record, draft.line) {
        out.push((Sentence::Item, phrases.item(&name)));
    }
    out.push((Sentence::Happened, phrases.happened(happened)));
    if let Some(days) = days(record, happened, phrases) {
        out.push((Sentence::Days, days));
    }
    let words = draft.words.split_whitespace().collect::<Vec<_>>().join(" ");
    if !words.is_empty() {
        out.push((Sentence::Words, words));
    }
    if let Some(solution) = draft.solution {
        out.push((Sentence::Request, request(record, draft, solution, phrases)));
    }
    out
}

/// The description as it goes into the form.
#[must_use]
pub fn description(record: &Record, draft: &Draft, phrases: &dyn Phrases) -> String {
    let mut out = String::new();
    let told = sentences(record, draft, phrases);
    let told = told
        .iter()
        .filter(|(sentence, _)| !draft.without.contains(sentence));
    for (number, (_, text)) in told.enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let number = i64::try_from(number + 1).unwrap_or_default();
        out.push_str(&super::number::text(number));
        out.push_str(". ");
        out.push_str(text);
    }
    out
}

/// What is asked back: what the draft says, else all that was paid for its line, if that is known.
#[must_use]
pub fn amount(record: &Record, draft: &Draft) -> Option<Money> {
    let paid = || paid(record, draft.line).cloned();
    draft.amount.clone().or_else(paid)
}

/// What is asked back where a claim was prepared, else all that was paid.
#[must_use]
pub fn asked(record: &Record, draft: Option<&Draft>) -> Option<Money> {
    match draft {
        Some(draft) => amount(record, draft),
        None => record.total().cloned(),
    }
}

/// What was paid for a line. Pages print the total of an order alone, so it is known only where the order has no other line.
#[must_use]
pub fn paid(record: &Record, line: u8) -> Option<&Money> {
    let lines = record.lines.as_ref().map_or(0, |lines| lines.value.len());
    record.total().filter(|_| lines < 2 && line == 1)
}

/// What disputes are decided in.
#[derive(Clone, Copy, Debug)]
pub struct English;

impl Phrases for English {
    fn item(&self, name: &str) -> String {
        ["Item: ", name, "."].concat()
    }

    fn happened(&self, happened: Happened) -> String {
        phrase(happened).to_owned()
    }

    fn ordered(&self, placed: Day, promised: Option<Day>) -> String {
        let placed = written(placed);
        match promised.map(written) {
            Some(promised) => [
                "I ordered on ",
                &placed,
                "; delivery was promised by ",
                &promised,
                ".",
            ]
            .concat(),
            None => ["I ordered on ", &placed, "."].concat(),
        }
    }

    fn delivered(&self, day: Day) -> String {
        ["Tracking shows the delivery on ", &written(day), "."].concat()
    }

    fn request(&self, solution: Solution, share: Share<'_>) -> String {
        let (refund, sum) = match share {
            Share::All(sum) => ("full refund", sum),
            Share::Part(sum) => ("partial refund", Some(sum)),
            Share::Sum(sum) => ("refund", Some(sum)),
        };
        let of_sum = sum.map(|sum| [" of ", &in_english(sum)].concat());
        let of_sum = of_sum.unwrap_or_default();
        let asked = match solution {
            Solution::RefundOnly => "I ask for a ",
            Solution::ReturnAndRefund => "I ask to return the item for a ",
        };
        [asked, refund, &of_sum, "."].concat()
    }
}

const fn phrase(happened: Happened) -> &'static str {
    match happened {
        Happened::NeverCame => "I have not received the parcel.",
        Happened::MarkedDelivered => {
            "Tracking says that the parcel was delivered, but I have not received it."
        }
        Happened::Damaged => "The item arrived damaged.",
        Happened::NotWorking => "The item does not work.",
        Happened::WrongColour => "The colour is not the one that I ordered.",
        Happened::WrongSize => "The size is not as described.",
        Happened::WrongMaterial => "The material is not as described.",
        Happened::WrongFunction => "The item does not do what the description says.",
        Happened::WrongItem => "I received a different item from the one that I ordered.",
        Happened::PartsMissing => "Part of the order is missing from the parcel.",
        Happened::EmptyParcel => "The parcel was empty.",
        Happened::Counterfeit => "The item is a counterfeit.",
        Happened::BadQuality => "The quality is not as described.",
        Happened::Other => "The item is not as described.",
    }
}

fn item(record: &Record, line: u8) -> Option<String> {
    let lines = &record.lines.as_ref()?.value;
    let line = lines.get(usize::from(line).checked_sub(1)?)?;
    let title: Vec<&str> = line.title.split_whitespace().collect();
    let title = title.join(" ");
    if title.is_empty() {
        return None;
    }
    let mut name: String = title.chars().take(LONGEST_NAME).collect();
    if name.len() < title.len() {
        name.push('…');
    }
    Some(name)
}

/// The days that matter for what happened, as the shop has printed them.
fn days(record: &Record, happened: Happened, phrases: &dyn Phrases) -> Option<String> {
    if happened == Happened::NeverCame {
        let promised = record.all(|fact| match fact {
            Fact::PromisedBy(day) => Some(*day),
            _ => None,
        });
        // Several promises: what is late by the last of them is late by each.
        let promised = promised.map(|(day, _)| day).max();
        return Some(phrases.ordered(record.placed()?, promised));
    }
    let delivered = record.all(|fact| match fact {
        Fact::Delivered(day) => Some(*day),
        _ => None,
    });
    delivered
        .map(|(day, _)| day)
        .min()
        .map(|day| phrases.delivered(day))
}

fn request(record: &Record, draft: &Draft, solution: Solution, phrases: &dyn Phrases) -> String {
    let paid = paid(record, draft.line);
    let share = match &draft.amount {
        None => Share::All(paid),
        Some(asked) => share(asked, paid),
    };
    phrases.request(solution, share)
}

fn share<'a>(asked: &'a Money, paid: Option<&Money>) -> Share<'a> {
    let is_less = paid.and_then(|paid| paid.is_more_than(asked));
    let is_more = paid.and_then(|paid| asked.is_more_than(paid));
    match (is_less, is_more) {
        (Some(true), _) => Share::Part(asked),
        (Some(false), Some(false)) => Share::All(Some(asked)),
        // What nobody can compare, and what is more than was paid.
        _ => Share::Sum(asked),
    }
}

pub(super) fn in_english(money: &Money) -> String {
    let (Currency::Code(currency) | Currency::Sign(currency)) = &money.currency;
    [&money.decimal(), " ", currency].concat()
}

/// `3 October 2026`
pub(super) fn written(day: Day) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(day.month().saturating_sub(1)).unwrap_or_default();
    [
        &super::number::text(day.day().into()),
        " ",
        MONTHS.get(month).copied().unwrap_or_default(),
        " ",
        &super::number::text(day.year().into()),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ledger::Seen;
    use crate::domain::order::{OrderId, OrderLine};
    use crate::domain::samples;
    use crate::domain::sighting::Page;
    use crate::domain::time::Moment;

    fn record(facts: &[Fact]) -> Record {
        let mut record = samples::record(Page::OrderDetail, facts);
        record.lines = Some(Seen {
            at: Moment(1),
            page: Page::OrderDetail,
            value: vec![OrderLine {
                title: "Tea cup,\n porcelain ".into(),
                variant: String::new(),
                quantity: None,
            }],
        });
        record
    }

    fn euro(mantissa: i64) -> Money {
        Money {
            mantissa,
            scale: 2,
            currency: Currency::Code("EUR".into()),
        }
    }

    fn draft(happened: Happened) -> Draft {
        Draft {
            happened: Some(happened),
            solution: Some(Solution::RefundOnly),
            ..Draft::new(OrderId::new("8212313961591322").unwrap(), 1, Moment(2))
        }
    }

    #[test]
    fn a_long_title_is_cut_with_a_mark_and_a_short_one_is_not() {
        let mut record = record(&[]);
        let mut named = |title: &str| {
            let lines = record.lines.as_mut().unwrap();
            lines.value[0].title = title.to_owned();
            item(&record, 1).unwrap()
        };
        let longest = "é".repeat(LONGEST_NAME);
        assert_eq!(named(&longest), longest);
        assert_eq!(named(&format!("{longest}!")), format!("{longest}…"));
        assert_eq!(named("Tea cup"), "Tea cup");
    }

    #[test]
    fn what_was_received_is_told_with_the_day_of_its_delivery() {
        let day = Day::new(2026, 10, 3).unwrap();
        let record = record(&[Fact::Delivered(day), Fact::Total(euro(1290))]);
        let draft = Draft {
            words: "  The handle\nis off. ".into(),
            amount: Some(euro(500)),
            ..draft(Happened::Damaged)
        };
        assert_eq!(
            description(&record, &draft, &English),
            "1. Item: Tea cup, porcelain.\n2. The item arrived damaged.\n3. Tracking shows the delivery on 3 October 2026.\n\
             4. The handle is off.\n5. I ask for a partial refund of 5.00 EUR."
        );
    }

    #[test]
    fn of_one_of_several_lines_no_sum_is_asked_that_nobody_named() {
        let mut record = record(&[Fact::Total(euro(1290))]);
        let lines = record.lines.as_mut().unwrap();
        let mut other = lines.value[0].clone();
        other.title = "Saucer".into();
        lines.value.push(other);
        for (line, name) in [(1, "Tea cup, porcelain"), (2, "Saucer")] {
            let draft = Draft {
                line,
                ..draft(Happened::Damaged)
            };
            assert_eq!(amount(&record, &draft), None);
            assert_eq!(asked(&record, Some(&draft)), None);
            assert_eq!(
                description(&record, &draft, &English),
                format!(
                    "1. Item: {name}.\n2. The item arrived damaged.\n3. I ask for a full refund."
                )
            );
            let named = Draft {
                amount: Some(euro(500)),
                ..draft
            };
            assert_eq!(amount(&record, &named), Some(euro(500)));
            // It may be all that the line has cost, or a part of it.
            assert_eq!(
                description(&record, &named, &English),
                format!(
                    "1. Item: {name}.\n2. The item arrived damaged.\n3. I ask for a refund of 5.00 EUR."
                )
            );
        }
        assert_eq!(asked(&record, None), Some(euro(1290)));
        // A line that the record does not know is one of several.
        record.lines = None;
        assert_eq!(paid(&record, 1), Some(&euro(1290)));
        assert_eq!(paid(&record, 2), None);
    }

    #[test]
    fn whole_or_part_is_told_against_what_was_paid_for_the_line() {
        let record = record(&[Fact::Total(euro(1290))]);
        let dollar = Money {
            currency: Currency::Code("USD".into()),
            ..euro(500)
        };
        let whole = Money {
            mantissa: 129,
            scale: 1,
            ..euro(0)
        };
        for (asked, [refund, of_return]) in [
            (
                euro(1290),
                [
                    "I ask for a full refund of 12.90 EUR.",
                    "I ask to return the item for a full refund of 12.90 EUR.",
                ],
            ),
            (
                whole,
                [
                    "I ask for a full refund of 12.9 EUR.",
                    "I ask to return the item for a full refund of 12.9 EUR.",
                ],
            ),
            (
                euro(1289),
                [
                    "I ask for a partial refund of 12.89 EUR.",
                    "I ask to return the item for a partial refund of 12.89 EUR.",
                ],
            ),
            (
                euro(1291),
                [
                    "I ask for a refund of 12.91 EUR.",
                    "I ask to return the item for a refund of 12.91 EUR.",
                ],
            ),
            (
                dollar,
                [
                    "I ask for a refund of 5.00 USD.",
                    "I ask to return the item for a refund of 5.00 USD.",
                ],
            ),
        ] {
            for (solution, told) in Solution::ALL.into_iter().zip([refund, of_return]) {
                let draft = Draft {
                    amount: Some(asked.clone()),
                    solution: Some(solution),
                    ..draft(Happened::Damaged)
                };
                let sentences = sentences(&record, &draft, &English);
                assert_eq!(sentences.last().unwrap().1, told);
            }
        }
    }

    #[test]
    fn what_never_came_is_told_with_what_was_promised() {
        let [placed, early, late] =
            [(8, 1), (9, 1), (9, 20)].map(|(month, day)| Day::new(2026, month, day).unwrap());
        let record = record(&[
            Fact::Placed(placed),
            Fact::PromisedBy(late),
            Fact::PromisedBy(early),
            Fact::Total(euro(1290)),
        ]);
        let draft = Draft {
            without: vec![Sentence::Item],
            ..draft(Happened::NeverCame)
        };
        assert_eq!(
            description(&record, &draft, &English),
            "1. I have not received the parcel.\n2. I ordered on 1 August 2026; delivery was promised by 20 September 2026.\n\
             3. I ask for a full refund of 12.90 EUR."
        );
    }

    #[test]
    fn nothing_is_told_that_is_not_known() {
        let record = Record::new(OrderId::new("8212313961591322").unwrap());
        for happened in Happened::ALL {
            let text = description(&record, &draft(happened), &English);
            assert_eq!(
                text,
                format!("1. {}\n2. I ask for a full refund.", phrase(happened))
            );
        }
        let nothing = Draft {
            happened: None,
            ..draft(Happened::Other)
        };
        assert_eq!(description(&record, &nothing, &English), "");
    }
}
