//! How a language writes dates and numbers of days: `src/reading/languages/<tag>.toml`.

use serde::Deserialize;

use crate::Lines;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Source {
    /// For each month every form in which it is written: full, abbreviated, inflected. Without the dot at its end.
    months: Vec<Vec<String>>,
    /// What comes before a month that is written as a number: `tháng 9`.
    #[serde(default)]
    month_prefix: Vec<String>,
    /// The words after year, month and day where a date is written from the year down: `2026년 7월 15일`.
    #[serde(default)]
    year_month_day: Option<[Vec<String>; 3]>,
    /// Words that may stand between the parts of a date: `4 de setembro de 2026`.
    #[serde(default)]
    fillers: Vec<String>,
    /// Words between the first and the last day of a range, or between two of several: `du 4 au 6 septembre`.
    range: Vec<String>,
    /// Those of them that stand between alternatives alone: `ou`.
    or: Vec<String>,
    /// Whether a date like 03.04.2026 is always the third of April.
    #[serde(default)]
    dots_are_day_first: bool,
    /// Whether years are counted from 543 years earlier as well: 2569 is 2026.
    #[serde(default)]
    buddhist_years: bool,
    /// The word "day" in every form that a number of days takes.
    days: Vec<String>,
    /// What makes them other days than those of the calendar, where it follows the word: `jours ouvrables`.
    #[serde(default)]
    working_days: Vec<String>,
    /// Names of zones other than the shop's, wherever they stand: `Beijing time`.
    #[serde(default)]
    zones: Vec<String>,
    /// Words that say behind a date or a time of day whose it is: `heure de Paris`.
    whose_time: Vec<String>,
    /// How it says how long it is until something.
    relative: Relative,
}

/// The words beside a number of days or hours that count from now: `in 5 days`, `5 days left`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Relative {
    /// The word "hour" in every form that a number of hours takes.
    hours: Vec<String>,
    /// Days as they are written beside hours alone: `5 д 3 ч`.
    #[serde(default)]
    short_days: Vec<String>,
    minutes: Vec<String>,
    seconds: Vec<String>,
    /// The words "week" and "month" in every form that a number of them takes.
    weeks: Vec<String>,
    /// What names a day that lies before the one beside it, without a number: `eve of`, `前日`.
    #[serde(default)]
    eve: Vec<String>,
    /// What makes a length of time the most that it can be, before or behind it: `less than`.
    at_most: Vec<String>,
    /// One and two of days, hours, minutes and seconds, where that is said without a number: `ساعتان`.
    #[serde(default)]
    one: [Vec<String>; 4],
    #[serde(default)]
    two: [Vec<String>; 4],
    /// What may stand between the parts of one length: `5 days and 3 hours`.
    #[serde(default)]
    joined_by: Vec<String>,
    /// Before and after what is to come: `in`, `後`.
    #[serde(default)]
    in_before: Vec<String>,
    #[serde(default)]
    in_after: Vec<String>,
    /// Before and after what is left: `il reste`, `left`.
    #[serde(default)]
    left_before: Vec<String>,
    #[serde(default)]
    left_after: Vec<String>,
    /// Today, tomorrow, and the day after.
    near: [Vec<String>; 3],
}

pub fn write(source: &str, lines: &mut Lines) -> Result<(), String> {
    let source: Source = toml::from_str(source).map_err(|error| error.to_string())?;
    if source.months.len() != 12 {
        return Err(format!(
            "a year has twelve months, not {}",
            source.months.len()
        ));
    }
    let mut months: Vec<Vec<String>> = Vec::new();
    for (number, forms) in (1..).zip(&source.months) {
        let mut forms = lines.folded("months", forms);
        for form in &forms {
            if let Some(other) = months.iter().position(|other| other.contains(form)) {
                lines.wrong.push(format!(
                    "months: {form:?} names the months {} and {number}",
                    other + 1
                ));
            }
            if form.ends_with('.') {
                lines.wrong.push(format!(
                    "months: {form:?}: the readers pass over a dot at the end by themselves"
                ));
            }
            if form.chars().any(|letter| letter.is_ascii_digit()) {
                lines.wrong.push(format!(
                    "months: {form:?} has a digit; see month-prefix and year-month-day"
                ));
            }
        }
        if forms.is_empty() && source.year_month_day.is_none() && source.month_prefix.is_empty() {
            lines
                .wrong
                .push(format!("months: month {number} has no form"));
        }
        // The longest first: of two that fit, the readers take the first.
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        months.push(forms);
    }
    let months: Vec<String> = months.iter().map(|forms| forms.join("|")).collect();
    lines.line("months", &months.join(";"));
    lines.list("month-prefix", &source.month_prefix, true);
    if let Some(words) = &source.year_month_day {
        for (name, forms) in ["year", "month", "day"].iter().zip(words) {
            lines.list(name, forms, false);
        }
    }
    lines.list("fillers", &source.fillers, true);
    lines.list("range", &source.range, false);
    lines.list("or", &source.or, false);
    lines.list("days", &source.days, false);
    lines.list("working-days", &source.working_days, true);
    lines.list("zones", &source.zones, true);
    lines.list("whose-time", &source.whose_time, false);
    write_relative(&source.relative, lines);
    for (name, is_so) in [
        ("dots-are-day-first", source.dots_are_day_first),
        ("buddhist-years", source.buddhist_years),
    ] {
        if is_so {
            lines.line(name, "yes");
        }
    }
    Ok(())
}

fn write_relative(source: &Relative, lines: &mut Lines) {
    lines.list("hours", &source.hours, false);
    lines.list("short-days", &source.short_days, true);
    lines.list("minutes", &source.minutes, false);
    lines.list("seconds", &source.seconds, false);
    lines.list("weeks", &source.weeks, false);
    lines.list("eve", &source.eve, true);
    lines.list("at-most", &source.at_most, false);
    for (count, words) in [("one", &source.one), ("two", &source.two)] {
        for (unit, forms) in ["day", "hour", "minute", "second"].iter().zip(words) {
            let plural = if count == "one" { "" } else { "s" };
            lines.list(&format!("{count}-{unit}{plural}"), forms, true);
        }
    }
    lines.list("joined-by", &source.joined_by, true);
    let (to_come, left) = (
        [
            ("in-before", &source.in_before),
            ("in-after", &source.in_after),
        ],
        [
            ("left-before", &source.left_before),
            ("left-after", &source.left_after),
        ],
    );
    for pair in [to_come, left] {
        if pair.iter().all(|(_, words)| words.is_empty()) {
            let [(before, _), (after, _)] = pair;
            lines
                .wrong
                .push(format!("neither {before} nor {after} has a word"));
        }
        for (name, words) in pair {
            lines.list(name, words, true);
        }
    }
    for (name, words) in ["today", "tomorrow", "after-tomorrow"]
        .iter()
        .zip(&source.near)
    {
        lines.list(name, words, false);
    }
}
