//! The picture of one order in time, on an axis that all rows share: before today what has happened, after today the
//! windows. The outline rule of the badges holds here too: solid is printed, hollow is by rule, dashed is an estimate.

use super::Context;
use super::dom::{self, El, el, svg};
use super::orders::{Group, Order};
use crate::browser::clock::BuyerZone;
use crate::browser::intl::DayStyle;
use crate::domain::clock::Clock;
use crate::domain::ledger::Record;
use crate::domain::rules::Certainty;
use crate::domain::sighting::Fact;
use crate::domain::time::{Day, Moment, Zone};
use crate::domain::verdict::{Kind, Urgency};
use crate::icons;
use crate::wording::Wording;

/// The days that the pictures span, and where they lie.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    start: i64,
    end: i64,
    today: Day,
    right_to_left: bool,
}

impl Axis {
    /// Wide enough for the orders that are open, within bounds that keep a week visible.
    pub fn new(orders: &[Order], now: Moment, right_to_left: bool) -> Option<Self> {
        let today = BuyerZone.day_at(now)?;
        let (mut start, mut end) = (today.number() - 30, today.number() + 30);
        for order in orders.iter().filter(|order| order.group != Group::Nothing) {
            if let Some(placed) = order.record.placed() {
                start = start.min(placed.number() - 4);
            }
            for clock in order.verdict.parts(now) {
                end = end.max(clock.because.end_day.number() + 4);
            }
        }
        Some(Self {
            start: start.max(today.number() - 75),
            end: end.min(today.number() + 75),
            today,
            right_to_left,
        })
    }

    /// Wide enough for those two days and for today, with a little air.
    pub fn between(first: Day, last: Day, now: Moment, right_to_left: bool) -> Option<Self> {
        let today = BuyerZone.day_at(now)?;
        let (start, end) = (
            first.number().min(today.number()),
            last.number().max(today.number()),
        );
        let air = 1 + (end - start) / 20;
        Some(Self {
            start: (start - air).max(today.number() - 400),
            end: (end + air).min(today.number() + 400),
            today,
            right_to_left,
        })
    }

    /// Where a day begins, in percent of the width; `None` outside.
    pub fn at(&self, day: Day) -> Option<f64> {
        let number = day.number();
        (self.start..=self.end)
            .contains(&number)
            .then(|| self.percent(number, 0.0))
    }

    /// The same with the days outside moved to the edge.
    pub fn near(&self, day: Day) -> f64 {
        self.percent(day.number().clamp(self.start, self.end), 0.0)
    }

    pub fn today(&self) -> f64 {
        self.percent(self.today.number(), 0.5)
    }

    #[allow(clippy::cast_precision_loss, reason = "a few hundred days")]
    fn percent(&self, number: i64, part: f64) -> f64 {
        let percent =
            ((number - self.start) as f64 + part) * 100.0 / (self.end - self.start) as f64;
        if self.right_to_left {
            100.0 - percent
        } else {
            percent
        }
    }

    /// The axis over the list: the first of each month, and today.
    pub fn head(&self, wording: &Wording, now: Moment) -> El {
        let mut head = el("div").class("axis").attr("aria-hidden", "true");
        let mut day = Day::from_number(self.start);
        while let Some(this) = day.filter(|day| day.number() <= self.end) {
            if this.day() == 1
                && let Some(at) = self.at(this).filter(|at| (at - self.today()).abs() > 14.0)
            {
                // Near today's name or near an edge a name runs into what is there where the picture is narrow, and is then left
                // out by the style.
                let has_room = (at - self.today()).abs() > 28.0 && (at - 50.0).abs() < 26.0;
                let class = if has_room { "month" } else { "month near" };
                head = head.child(label(class, at, &wording.day(this, DayStyle::Short, now)));
            }
            day = this.plus(1);
        }
        head.child(label(
            "today",
            self.today(),
            &wording.day(self.today, DayStyle::Short, now),
        ))
    }
}

/// A word whose middle is at that percentage. In a drawing, because a style attribute is not allowed here.
fn label(class: &str, at: f64, words: &str) -> El {
    // At the edges a word stands inwards. Anchors turn with the direction of writing, as the positions do.
    let anchor = if at < 8.0 {
        "start"
    } else if at > 92.0 {
        "end"
    } else {
        "middle"
    };
    let text = svg("text")
        .attr("x", &percent(at))
        .attr("y", "50%")
        .attr("dy", "0.35em")
        .attr("text-anchor", anchor)
        .text(words);
    let group = svg("svg").class(class);
    if class != "today" {
        return group.child(text);
    }
    // About as wide as its words: an SVG cannot measure them before it is drawn.
    #[allow(clippy::cast_precision_loss, reason = "a few letters")]
    let width = words.chars().count() as f64 * 7.5 + 12.0;
    let block = svg("rect")
        .attr("x", &format!("{:.1}", -width / 2.0))
        .attr("y", "-11")
        .attr("width", &format!("{width:.1}"))
        .attr("height", "22")
        .attr("rx", "5");
    let text = svg("text")
        .attr("dy", "0.35em")
        .attr("text-anchor", "middle")
        .text(words);
    let held = svg("svg")
        .attr("x", &percent(at))
        .attr("y", "50%")
        .attr("overflow", "visible")
        .child(block)
        .child(text);
    group.child(held)
}

fn percent(value: f64) -> String {
    format!("{value:.2}%")
}

fn earliest(record: &Record, pick: impl Fn(&Fact) -> Option<Day>) -> Option<Day> {
    record
        .sightings
        .iter()
        .filter_map(|sighting| pick(&sighting.fact))
        .min()
}

/// The days of an order that the picture shows.
struct Course {
    placed: Option<Day>,
    shipped: Option<Day>,
    delivered: Option<Day>,
}

impl Course {
    fn of(record: &Record) -> Self {
        Self {
            placed: record.placed(),
            shipped: earliest(record, |fact| {
                if let Fact::Shipped(day) = fact {
                    Some(*day)
                } else {
                    None
                }
            }),
            delivered: earliest(record, |fact| {
                if let Fact::Delivered(day) = fact {
                    Some(*day)
                } else {
                    None
                }
            }),
        }
    }
}

/// The same as the picture in words: a list of dates.
pub fn words(order: &Order, context: &Context, now: Moment) -> Vec<String> {
    let course = Course::of(&order.record);
    let day = |key: &str, day: Option<Day>| {
        day.map(|day| context.with(key, &[&context.wording.day(day, DayStyle::Short, now)]))
    };
    let mut words: Vec<String> = Vec::new();
    words.extend(day("dashboard_time_placed", course.placed));
    words.extend(day("dashboard_time_shipped", course.shipped));
    words.extend(day("dashboard_time_delivered", course.delivered));
    let wording = &context.wording;
    for clock in order.verdict.parts(now) {
        let until = wording.until(clock, DayStyle::Short, now);
        let window = wording.window_of(&order.record, clock, &order.verdict.clocks);
        words.push(context.with("dashboard_time_window", &[&window, &until]));
        words.extend(wording.moved(clock, now));
    }
    words
}

/// The picture. Its words are its accessible name.
pub fn picture(order: &Order, axis: &Axis, context: &Context, now: Moment) -> El {
    let course = Course::of(&order.record);
    let today = axis.today();
    let name = words(order, context, now).join("; ");
    let mut drawing = svg("svg").class("timeline").attr("focusable", "false");
    if name.is_empty() {
        drawing = drawing.attr("aria-hidden", "true");
    } else {
        drawing = drawing.attr("role", "img").attr("aria-label", &name);
    }
    drawing = drawing.child(line("today", today, today, true));

    let clock = order.verdict.clock.as_ref().or(order.verdict.ended());
    let over = clock.is_some_and(|clock| clock.closes() <= now);
    let begins = course
        .placed
        .or(course.shipped)
        .or(course.delivered)
        .map(|day| axis.near(day));
    let until_now = match clock {
        Some(clock) if over => axis.near(clock.because.end_day),
        _ => today,
    };
    if let Some(begins) = begins {
        let known = order.verdict.kind != Kind::Unknown;
        drawing = drawing.child(line(
            if known { "past" } else { "past unknown" },
            begins,
            until_now,
            false,
        ));
    }
    if let Some(delivered) = course.delivered.map(|day| axis.near(day)).filter(|_| !over) {
        drawing = drawing.child(line("past waiting", delivered, today, false));
    }
    if let Some(clock) = clock.filter(|_| over) {
        let moved = clock.moved().and_then(|moved| axis.at(moved.from));
        let before = moved.map(|at| end_stroke("before", at));
        let end = axis.at(clock.because.end_day);
        drawing = drawing
            .children(before)
            .children(end.map(|at| end_stroke("over", at)));
    }
    let parts: Vec<&Clock> = order.verdict.parts(now).collect();
    for (clock, height) in parts.iter().zip(heights(parts.len())) {
        let drawn = svg("g").attr("transform", &format!("translate(0 {height:.1})"));
        drawing = drawing.child(drawn.children(window(clock, axis, now)));
    }
    if let Some(at) = course.placed.and_then(|day| axis.at(day)) {
        drawing = drawing.child(dot("placed", at));
    }
    if let Some(at) = course.shipped.and_then(|day| axis.at(day)) {
        drawing = drawing.child(dot("shipped", at));
    }
    if let Some(at) = course.delivered.and_then(|day| axis.at(day)) {
        drawing = drawing.child(parcel(at));
    }
    el("div").class("course").child(drawing)
}

/// How far from the middle the windows of an order's parts are drawn, the one that ends first above the others.
fn heights(parts: usize) -> impl Iterator<Item = f64> {
    #[allow(clippy::cast_precision_loss, reason = "a few parts")]
    let (last, place) = (parts.saturating_sub(1) as f64, |part: usize| part as f64);
    let distance = (18.0 / last.max(1.0)).min(10.0);
    (0..parts).map(move |part| (place(part) - last / 2.0) * distance)
}

/// What was left of the deadline before it moved, the window itself, and its end.
pub fn window(clock: &Clock, axis: &Axis, now: Moment) -> Vec<El> {
    let urgency = Urgency::of(clock.closes().since(now)).name();
    let (from, to) = (axis.today(), axis.near(clock.because.end_day));
    let class = |part: &str| format!("{part} {urgency}");
    let bar = match clock.certainty() {
        Certainty::Printed => line(&class("window"), from, to, false),
        Certainty::Estimate => line(&class("window estimate"), from, to, false),
        Certainty::Rule => svg("rect")
            .class(&class("window rule"))
            .attr("x", &percent(from.min(to)))
            .attr("y", "50%")
            .attr("width", &percent((to - from).abs()))
            .attr("height", "6")
            .attr("transform", "translate(0 -3)"),
    };
    let estimate = if clock.certainty() == Certainty::Estimate {
        "estimate "
    } else {
        ""
    };
    let end = axis
        .at(clock.because.end_day)
        .map(|at| end_stroke(&format!("{estimate}{urgency}"), at));
    let moved = clock.moved().and_then(|moved| axis.at(moved.from));
    let before = moved.map(|at| end_stroke("before", at));
    before.into_iter().chain([bar]).chain(end).collect()
}

/// A line from percent to percent; upright from edge to edge.
pub fn line(class: &str, from: f64, to: f64, upright: bool) -> El {
    let (top, bottom) = if upright {
        ("0", "100%")
    } else {
        ("50%", "50%")
    };
    let line = svg("line")
        .class(class)
        .attr("x1", &percent(from))
        .attr("x2", &percent(to));
    line.attr("y1", top).attr("y2", bottom)
}

fn end_stroke(class: &str, at: f64) -> El {
    let stroke = svg("line")
        .class(&format!("end {class}"))
        .attr("y1", "-9")
        .attr("y2", "9");
    svg("svg")
        .attr("x", &percent(at))
        .attr("y", "50%")
        .attr("overflow", "visible")
        .child(stroke)
}

/// A dot at that percentage.
pub fn dot(class: &str, at: f64) -> El {
    svg("circle")
        .class(class)
        .attr("cx", &percent(at))
        .attr("cy", "50%")
        .attr("r", "4")
}

fn parcel(at: f64) -> El {
    let ground = svg("rect")
        .class("ground")
        .attr("x", "-8")
        .attr("y", "-8")
        .attr("width", "16")
        .attr("height", "16")
        .attr("rx", "5");
    let icon = dom::icon(icons::PARCEL)
        .attr("x", "-8")
        .attr("y", "-8")
        .attr("width", "16")
        .attr("height", "16");
    svg("svg")
        .class("delivered")
        .attr("x", &percent(at))
        .attr("y", "50%")
        .attr("overflow", "visible")
        .child(ground)
        .child(icon)
}

/// What the signs of the pictures mean.
pub fn legend(context: &Context) -> El {
    let sample = |drawn: Vec<El>, key: &str| {
        let sample = svg("svg")
            .class("timeline")
            .attr("viewBox", "0 0 24 16")
            .attr("aria-hidden", "true")
            .children(drawn);
        el("li").child(sample).text(&context.text(key))
    };
    el("ul").class("legend").children([
        sample(vec![dot("placed", 50.0)], "dashboard_legend_placed"),
        sample(vec![dot("shipped", 50.0)], "dashboard_legend_shipped"),
        sample(vec![parcel(50.0)], "dashboard_legend_delivered"),
        sample(
            vec![line("window calm", 0.0, 100.0, false)],
            "dashboard_legend_printed",
        ),
        sample(
            vec![
                svg("rect")
                    .class("window rule calm")
                    .attr("x", "1")
                    .attr("y", "5")
                    .attr("width", "22")
                    .attr("height", "6"),
            ],
            "dashboard_legend_rule",
        ),
        sample(
            vec![line("window estimate calm", 0.0, 100.0, false)],
            "dashboard_legend_estimate",
        ),
        sample(
            vec![
                svg("line")
                    .class("end before")
                    .attr("x1", "12")
                    .attr("x2", "12")
                    .attr("y1", "2")
                    .attr("y2", "14"),
            ],
            "dashboard_legend_moved",
        ),
    ])
}
