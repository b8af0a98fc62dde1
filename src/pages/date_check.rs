//! The check of exact dates in the popup: its button, how far it has come, and what can be asked of it.

use super::Context;
use super::dom::{self, El, el};
use crate::browser::runtime::{self, Request};
use crate::domain::date_check::Progress;
use crate::domain::summary::Summary;
use crate::domain::time::Moment;

/// `None` where nothing goes on and no order waits for an exact date.
pub fn check(
    context: &Context,
    progress: Option<&Progress>,
    summary: &Summary,
    now: Moment,
) -> Option<El> {
    let words = context.wording.summary(summary, now);
    if let Some(progress) = progress {
        let wishes = progress.wishes().iter().map(|wish| {
            let wish = *wish;
            let words = context.text(wish.key());
            dom::button("", &words, move || send(Request::DateCheck(wish))).id(wish.key())
        });
        let said = el("p")
            .attr("role", "status")
            .text(&context.wording.check(progress));
        let mut check = el("section").class("check card").child(said);
        if progress.stop.is_none() {
            check = check.child(
                el("progress")
                    .attr("max", &progress.of.to_string())
                    .attr("value", &progress.done.to_string())
                    .attr("aria-label", &context.wording.check(progress)),
            );
        }
        return Some(check.child(el("div").class("buttons").children(wishes)));
    }
    let start = words.check?;
    let button = dom::button("", &start, || send(Request::CheckDates(Vec::new()))).id("check");
    let help = el("p")
        .class("helper")
        .text(&context.text("popup_check_help"));
    let mut check = el("section").class("check card");
    if let Some(without) = words.without_date {
        check = check.child(el("p").text(&without));
    }
    Some(
        check
            .child(help)
            .child(el("div").class("buttons").child(button)),
    )
}

fn send(request: Request) {
    wasm_bindgen_futures::spawn_local(async move {
        if let Err(error) = runtime::send(&request).await {
            runtime::log("the check of exact dates was not asked for", &error.into());
        }
    });
}
