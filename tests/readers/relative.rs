//! Times relative to now: how ICU writes them, and what a page's sentence about the guarantee makes of them.

use proptest::prelude::*;
use recourse::domain::problem::{Field, Trouble};
use recourse::domain::sighting::{Fact, Page, Reading};
use recourse::domain::time::{Day, LosAngeles, Moment, Span, Zone, Zones};
use recourse::reading::relative::{self, Forms, Way};
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
    unit: Span,
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
                "day" => Span::days(1),
                "hour" => Span::hours(1),
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
                    let least = Span(unit.0 * (i64::from(count) - 1).max(0));
                    let days = Span::days(found.days.into()).0 / unit.0;
                    let is_same = found.at_least() == Some(least)
                        && (days == i64::from(count) || unit != Span::days(1));
                    let is_refused = count == 0 && found.at_least().is_none();
                    assert!(
                        is_same || is_refused,
                        "{language} with {code}: {text}: {found:?}"
                    );
                    if *code == language && pattern.contains("{n}") {
                        assert_eq!(found.way, Way::In, "{language}: {text}");
                        read_of.insert((language, unit == Span::days(1), count));
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

/// The page of a dispute, with that in its body, read when it had just been made.
fn dispute(body: &str, made: Moment) -> Reading {
    let html = format!("<html><body>{body}</body></html>");
    let context = Context {
        made: Some(made),
        ..context(Page::Dispute, "en")
    };
    let mut tally = Tally::default();
    let page = Parsed::page(&html);
    dispute_page::read(&page, Some(&order()), None, &context, &mut tally).unwrap()
}

/// What is said of the time that is left in the dispute.
fn left(reading: &Reading) -> Vec<Result<String, Trouble>> {
    let left = reading.facts.iter().filter_map(|(fact, _)| match fact {
        Fact::TimeLeft(clock, day) => Some(Ok(format!("{} {day}", clock.name()))),
        Fact::Ends(clock, day) => Some(Ok(format!("printed {} {day}", clock.name()))),
        _ => None,
    });
    let problems = reading.problems.iter();
    let problems = problems.filter(|problem| problem.field == Field::Deadline);
    left.chain(problems.map(|problem| Err(problem.trouble)))
        .collect()
}

#[test]
fn of_a_dispute_it_counts_from_when_the_page_was_made() {
    let read = |text: &str| {
        left(&dispute(
            &format!("<h1>Waiting for your response</h1><p>{text}</p>"),
            NOON,
        ))
    };
    let least = |day: &str| [Ok(format!("buyer-answer {day}"))];
    assert_eq!(
        read("You have 3 days left to respond."),
        least("2026-11-22")
    );
    assert_eq!(
        read("You have 3 days 22 hours left to respond."),
        least("2026-11-24")
    );
    assert_eq!(read("You have 3 days left to rate the seller."), []);
    // Which of the two counts nobody can tell.
    assert_eq!(
        read("You have 3 days left to respond. Please answer: 5 days left."),
        [Err(Trouble::Ambiguous), Err(Trouble::Ambiguous)]
    );
    assert_eq!(
        read("You have 3 days left to respond (before Nov 28, 2026)."),
        [Ok("printed buyer-answer 2026-11-28".to_owned())]
    );
}

#[test]
fn of_a_dispute_in_so_many_days_may_count_from_the_step_before_and_the_earlier_counts() {
    let read = |stage: &str, text: &str, steps: &str| {
        let body = format!("<h1>{stage}</h1><p>{text}</p><ul><li>{steps}</li></ul>");
        left(&dispute(&body, NOON))
    };
    let answer = |steps: &str| {
        read(
            "Waiting for your response",
            "Please respond in 3 days.",
            steps,
        )
    };
    let least = |clock: &str, day: &str| [Ok(format!("{clock} {day}"))];
    // Offered the day before yesterday, or today: the last of the days may have just begun.
    assert_eq!(
        answer("Seller's offer: Nov 18, 2026"),
        least("buyer-answer", "2026-11-21")
    );
    assert_eq!(
        answer("Seller's offer: Nov 20, 2026"),
        least("buyer-answer", "2026-11-22")
    );
    // The offer came after the opening.
    let both = "Seller's offer: Nov 19, 2026</li><li>Dispute opened: Nov 10, 2026";
    assert_eq!(answer(both), least("buyer-answer", "2026-11-22"));
    assert_eq!(
        answer("Dispute opened: Nov 18, 2026"),
        least("buyer-answer", "2026-11-21")
    );
    // Of an offer on two days the opening is what is sure.
    let unclear = "Seller's offer: Nov 19, 2026</li><li>Seller's offer: Nov 18, 2026</li><li>Dispute opened: Nov 17, 2026";
    assert_eq!(
        read(
            "Waiting for your response",
            "Please respond in 4 days.",
            unclear
        ),
        least("buyer-answer", "2026-11-21")
    );
    // Counted from then it is over, or nobody knows from when it counts.
    for steps in [
        "Seller's offer: Nov 17, 2026",
        "Dispute opened: Nov 1, 2026",
        "Judgment: Nov 19, 2026",
        "",
    ] {
        assert_eq!(answer(steps), [Err(Trouble::Ambiguous)], "{steps}");
    }
    for (stage, text, steps, clock) in [
        (
            "Waiting for evidence",
            "Upload your evidence in 3 days",
            "Evidence requested: Nov 18, 2026",
            "evidence-due",
        ),
        (
            "Waiting for you to return the item",
            "Send the parcel back in 3 days",
            "Return agreed: Nov 18, 2026",
            "return-due",
        ),
        (
            "Waiting for seller's response",
            "The seller has to respond in 3 days",
            "Dispute opened: Nov 18, 2026",
            "seller-answer",
        ),
        (
            "Refund complete",
            "You can appeal in 3 days",
            "Judgment: Nov 18, 2026",
            "appeal",
        ),
    ] {
        assert_eq!(
            read(stage, text, steps),
            least(clock, "2026-11-21"),
            "{text}"
        );
    }
}

#[test]
fn a_countdown_counts_for_where_the_dispute_stands_only_right_beside_it() {
    let countdown = "Time remaining 4 days 12:33:10";
    let beside = "<h1>Waiting for your response</h1>";
    let least = [Ok("buyer-answer 2026-11-24".to_owned())];
    for body in [
        format!("<div>{beside}<p>{countdown}</p></div>"),
        format!("<div>{beside}<p><b>Time remaining</b> <i>4 days</i> <i>12:33:10</i></p></div>"),
        format!("<div><div>{countdown}</div>{beside}</div><div>Flash sale</div>"),
        "<h1>Waiting for your response: 4 days 12:33:10 left</h1>".to_owned(),
    ] {
        let reading = dispute(&body, NOON);
        assert_eq!(left(&reading), least, "{body}");
        let stages = reading.facts.iter();
        let stages = stages.filter(|(fact, _)| matches!(fact, Fact::Stage(_)));
        assert_eq!(stages.count(), 1, "{body}");
    }
    for body in [
        format!("{beside}<div><p>Flash sale</p><p>{countdown}</p></div>"),
        format!("{beside}<p>Flash sale: 4 days 12:33:10 left</p>"),
        // Of a stage in which nobody has to act it says nothing.
        format!("<div><h1>Refund complete</h1><p>{countdown}</p></div>"),
    ] {
        assert_eq!(left(&dispute(&body, NOON)), [], "{body}");
    }
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

    /// The same of a dispute, in several units, as a countdown, and whatever is left of the smallest.
    #[test]
    fn what_is_left_in_a_dispute_never_ends_later_than_it_does(
        hour in 0..24 * 400_i64, left_of in 1..9_000_000_i64, zone in -12..=14_i64, form in 0..7_usize, up in any::<bool>(),
    ) {
        let made = NOON.plus(Span::hours(hour));
        let end = made.plus(Span(left_of * 1000));
        // What the shop shows is of whole units of the smallest.
        let unit = [86_400, 3600, 3600, 60, 1, 1, 60][form];
        let shown = if up { (left_of + unit - 1) / unit * unit } else { left_of / unit * unit };
        prop_assume!(shown > 0);
        let (d, h, m, s) = (shown / 86_400, shown / 3600 % 24, shown / 60 % 60, shown % 60);
        let text = match form {
            0 => format!("{d} days left"),
            1 => format!("{d} days {h} hours left"),
            2 => format!("Time left: {d}d {h:02}h"),
            3 => format!("{d} days, {h} hours and {m} minutes remaining"),
            4 => format!("Time remaining {d} days {h:02}:{m:02}:{s:02}"),
            5 => format!("{}:{m:02}:{s:02} left", shown / 3600),
            _ => format!("{d}d {h}h {m}m left"),
        };
        let page = dispute(&format!("<div><h1>Waiting for your response</h1><p>{text}</p></div>"), made);
        let told = left(&page);
        let [Ok(told)] = told.as_slice() else {
            return Err(TestCaseError::fail(format!("{text}: {told:?}")));
        };
        let buyer = Offset(zone);
        let zones = Zones { buyer: &buyer, site: &LosAngeles };
        let day = told.strip_prefix("buyer-answer ").unwrap();
        let closes = zones.earliest_start(day.parse().unwrap()).unwrap();
        prop_assert!(closes <= end, "{text}: {day}");
        prop_assert!(end.since(closes) < Span(Span::days(2).0 + 2 * unit * 1000), "{text}: {day}");
    }
}
