//! Times relative to now: how ICU writes them, and what a page's sentence about the guarantee makes of them.

use proptest::prelude::*;
use recourse::domain::problem::{Field, Trouble};
use recourse::domain::sighting::{Fact, Page, Reading};
use recourse::domain::time::{Day, LosAngeles, Moment, Span, Zone, Zones};
use recourse::reading::relative::{self, Forms, Unit, Way};
use recourse::reading::text::fold;
use recourse::site::strategy::Tally;
use recourse::site::{Context, detail_page, dispute_page, lexicon, tracking_page};

use crate::corpus::order;
use crate::fixture::context;
use crate::node::Parsed;
use crate::ship_to::countries;

/// A way in which ICU writes it; `relative.mjs` says how a line is written.
struct Written {
    language: &'static str,
    unit: Unit,
    pattern: &'static str,
    counts: Vec<u16>,
}

fn written() -> Vec<Written> {
    let line = |line: &'static str| {
        let parts: Vec<&str> = line.split('\t').collect();
        let [language, unit, pattern, counts] = parts.as_slice() else {
            panic!("{line}");
        };
        Written {
            language,
            unit: match *unit {
                "day" => Unit::Days,
                "hour" => Unit::Hours,
                other => panic!("{other}"),
            },
            pattern,
            counts: counts
                .split(',')
                .map(|count| count.parse().unwrap())
                .collect(),
        }
    };
    include_str!("relative.tsv").lines().map(line).collect()
}

#[test]
fn a_time_from_now_is_read_as_it_was_written_or_refused() {
    let files: Vec<(&str, Forms)> = lexicon::FILES
        .iter()
        .map(|(code, file)| (*code, Forms::parse(file)))
        .collect();
    let mut read_of = std::collections::BTreeSet::new();
    for Written {
        language,
        unit,
        pattern,
        counts,
    } in written()
    {
        for count in counts {
            let text = pattern.replace("{n}", &count.to_string());
            // On a page in that language, and with the words of every other.
            for (code, forms) in &files {
                for found in relative::find(&fold(&text), forms) {
                    let is_same = found.count == Some(count) && found.unit == unit;
                    let is_refused = count == 0 && found.count.is_none();
                    assert!(
                        is_same || is_refused,
                        "{language} with {code}: {text}: {found:?}"
                    );
                    if *code == language && pattern.contains("{n}") {
                        assert_eq!(found.way, Way::In, "{language}: {text}");
                        read_of.insert((language, unit == Unit::Days, count));
                    }
                    if *code == language && found.way == Way::Named {
                        read_of.insert((language, true, count));
                    }
                }
            }
        }
    }
    // None of the languages refuses what it reads of another: of each the counts from 3 on are read, and the days that have names.
    for (code, _) in &files {
        for count in 3..=60 {
            assert!(
                read_of.contains(&(code, true, count)),
                "{code}: {count} days"
            );
            assert!(
                read_of.contains(&(code, false, count)),
                "{code}: {count} hours"
            );
        }
        for count in 0..=2 {
            let has_name = count < 2 || *code != "en";
            assert!(
                read_of.contains(&(code, true, count)) || !has_name,
                "{code}: {count} days"
            );
        }
    }
}

/// The order's own page, placed on that day, with that sentence, read when it had just been made.
fn page(sentence: &str, placed: &str, made: Option<Moment>) -> Reading {
    let html = format!(
        "<html><body><div class=\"order-status\"><div class=\"order-block-title\">Awaiting delivery</div>
         <div class=\"order-status-content\">{sentence}</div></div>
         <div class=\"order-detail-order-info\"><p class=\"info-row\">Order placed on: {placed}</p></div></body></html>"
    );
    let context = Context {
        made,
        ..context(Page::OrderDetail, "en")
    };
    let mut tally = Tally::default();
    let page = Parsed::page(&html);
    detail_page::read(&page, &order(), &context, countries("en"), &mut tally).unwrap()
}

fn ends(reading: &Reading) -> Vec<Result<String, Trouble>> {
    let ends = reading.facts.iter().filter_map(|(fact, _)| match fact {
        Fact::RefundStep(day) => Some(Ok(day.to_string())),
        Fact::RefundIfNotDeliveredBefore(day) => Some(Ok(format!("printed {day}"))),
        _ => None,
    });
    let problems = reading.problems.iter();
    let problems = problems.filter(|problem| problem.field == Field::Deadline);
    ends.chain(problems.map(|problem| Err(problem.trouble)))
        .collect()
}

/// 2026-11-20 at noon UTC.
const NOON: Moment = Moment(1_795_176_000_000);

#[test]
fn what_is_left_counts_from_when_the_page_was_made() {
    let left = "5 days left: refund if not delivered";
    assert_eq!(
        ends(&page(left, "Sep 1, 2026", Some(NOON))),
        [Ok("2026-11-24".into())]
    );
    let later = NOON.plus(Span::hours(20));
    assert_eq!(
        ends(&page(left, "Sep 1, 2026", Some(later))),
        [Ok("2026-11-25".into())]
    );
    assert_eq!(
        ends(&page(left, "Sep 1, 2026", None)),
        [Err(Trouble::Ambiguous)]
    );
}

#[test]
fn in_so_many_days_may_count_from_the_order_and_the_earlier_counts() {
    let promise = "Refund if no delivery in 35 days";
    assert_eq!(
        ends(&page(promise, "Nov 2, 2026", Some(NOON))),
        [Ok("2026-12-07".into())]
    );
    // Ordered today: the last of the days may have just begun.
    assert_eq!(
        ends(&page(promise, "Nov 20, 2026", Some(NOON))),
        [Ok("2026-12-24".into())]
    );
    // Counted from the order it is over: then nobody knows from when.
    assert_eq!(
        ends(&page(promise, "Oct 1, 2026", Some(NOON))),
        [Err(Trouble::Ambiguous)]
    );
    // The day of the refund, and not that of the guarantee.
    assert_eq!(
        ends(&page(
            "Refund in 5 days if no delivery",
            "Nov 18, 2026",
            Some(NOON)
        )),
        []
    );
}

#[test]
fn a_printed_date_stands_beside_it() {
    let both =
        "Refund if no delivery before Dec 4, 2026 · 5 days left to get a refund if not delivered";
    let told = ends(&page(both, "Nov 2, 2026", Some(NOON)));
    assert_eq!(
        told,
        [Ok("printed 2026-12-04".into()), Ok("2026-11-24".into())]
    );
}

#[test]
fn the_tracking_page_tells_it_as_well() {
    let html = "<html><body><div class=\"logistic-info-v2--x\">5 days left: refund if not delivered</div></body></html>";
    let mut tally = Tally::default();
    let context = context(Page::Tracking, "en");
    let reading = tracking_page::read(&Parsed::page(html), &order(), &context, &mut tally).unwrap();
    assert_eq!(ends(&reading), [Ok("2026-11-24".into())]);
}

#[test]
fn of_a_dispute_it_is_a_problem_with_its_text() {
    let read = |text: &str| {
        let html =
            format!("<html><body><h1>Waiting for your response</h1><p>{text}</p></body></html>");
        let mut tally = Tally::default();
        let context = context(Page::Dispute, "en");
        let reading = dispute_page::read(
            &Parsed::page(&html),
            Some(&order()),
            None,
            &context,
            &mut tally,
        );
        reading.unwrap().problems
    };
    let problems = read("You have 3 days left to respond.");
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].field, Field::Deadline);
    assert_eq!(problems[0].text, "You have 3 days left to respond.");
    assert_eq!(read("You have 3 days left to rate the seller."), []);
}

/// A buyer's zone at a fixed distance from UTC, in hours.
struct Offset(i64);

impl Zone for Offset {
    fn start_of(&self, day: Day) -> Option<Moment> {
        Some(Moment(day.number() * 86_400_000 - self.0 * 3_600_000))
    }

    fn day_at(&self, moment: Moment) -> Option<Day> {
        Day::from_number((moment.0 + self.0 * 3_600_000).div_euclid(86_400_000))
    }
}

proptest! {
    /// However the shop rounds what is left, and wherever the buyer is, the window that is shown is over by then.
    #[test]
    fn what_is_left_never_ends_later_than_it_does(
        hour in 0..24 * 400_i64, left in 1..90_000_i64, zone in -12..=14_i64, hours in any::<bool>(), up in any::<bool>(),
    ) {
        let made = NOON.plus(Span::hours(hour));
        let end = made.plus(Span::minutes(left));
        let unit = if hours { 60 } else { 24 * 60 };
        let shown = if up { (left + unit - 1) / unit } else { left / unit };
        prop_assume!(shown >= 1);
        let text = format!("{shown} {} left: refund if not delivered", if hours { "hours" } else { "days" });
        let told = ends(&page(&text, "Sep 1, 2026", Some(made)));
        let [Ok(day)] = told.as_slice() else {
            return Err(TestCaseError::fail(format!("{text}: {told:?}")));
        };
        let buyer = Offset(zone);
        let zones = Zones { buyer: &buyer, site: &LosAngeles };
        let closes = zones.earliest_start(day.parse().unwrap()).unwrap();
        prop_assert!(closes <= end, "{text}: {day}");
        // Nor by more than four days too early, or nobody could use it.
        prop_assert!(end.since(closes) < Span::days(4), "{text}: {day}");
    }
}
