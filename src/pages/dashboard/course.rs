//! The picture of one dispute in time: the days of its steps, today, and the windows that are open. Its words are its accessible name,
//! and stand below it as the list of its stages.

use crate::browser::intl::DayStyle;
use crate::domain::case::Case;
use crate::domain::dispute::DisputeStep;
use crate::domain::time::{Day, Moment};
use crate::domain::verdict::Verdict;
use crate::pages::Context;
use crate::pages::dom::{El, el, svg};
use crate::pages::timeline::{self, Axis};

use super::detail::step_key;

/// `None` where no day of it is known.
pub fn picture(context: &Context, case: &Case<'_>, verdict: &Verdict, now: Moment) -> Option<El> {
    let wording = &context.wording;
    let steps: Vec<(DisputeStep, Day)> = case
        .steps
        .iter()
        .copied()
        .filter(|(step, _)| *step != DisputeStep::RefundFrom)
        .collect();
    let clocks = case.clocks(verdict, now);
    let first = steps.first().map(|(_, day)| *day)?;
    let ends = clocks.iter().map(|clock| clock.because.end_day);
    let last = ends.chain(steps.iter().map(|(_, day)| *day)).max()?;
    let axis = Axis::between(first, last, now, context.wording.messages.right_to_left())?;
    let day = |day: Day| wording.day(day, DayStyle::Short, now);
    let mut words: Vec<String> = steps
        .iter()
        .map(|(step, on)| {
            context.with(
                "dashboard_time_window",
                &[&context.text(step_key(*step)), &day(*on)],
            )
        })
        .collect();
    words.extend(clocks.iter().map(|clock| wording.stage_until(clock, now)));

    let today = axis.today();
    let begins = axis.near(first);
    let mut drawing = svg("svg")
        .class("timeline")
        .attr("role", "img")
        .attr("focusable", "false")
        .attr("aria-label", &words.join("; "))
        .child(timeline::line("today", today, today, true))
        .child(timeline::line("past", begins, today, false));
    for (at, clock) in clocks.iter().enumerate() {
        // Several windows lie below each other.
        let height = if at == 0 {
            "translate(0 0)"
        } else {
            "translate(0 10)"
        };
        drawing = drawing.child(
            svg("g")
                .attr("transform", height)
                .children(timeline::window(clock, &axis, now)),
        );
    }
    let marks = steps
        .iter()
        .filter_map(|(_, on)| axis.at(*on))
        .map(|at| timeline::dot("shipped", at));
    drawing = drawing.children(marks);
    let ends = el("p")
        .class("helper ends-of-axis")
        .attr("aria-hidden", "true")
        .child(el("span").text(&day(first)))
        .child(el("span").text(&day(last)));
    Some(
        el("div")
            .class("case-picture")
            .child(el("div").class("course").child(drawing))
            .child(ends),
    )
}
