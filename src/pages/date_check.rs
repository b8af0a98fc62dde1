//! The check of exact dates in the popup: its button, how far it has come, and what can be asked of it.

use std::rc::Rc;

use super::Context;
use super::dom::{self, El, el};
use super::keeping;
use crate::browser::runtime::{self, Request};
use crate::domain::date_check::Progress;
use crate::domain::summary::Summary;
use crate::domain::time::Moment;

/// `None` where nothing goes on and no order waits for an exact date.
pub fn check(
    context: &Rc<Context>,
    progress: Option<&Progress>,
    summary: &Summary,
    now: Moment,
) -> Option<El> {
    let words = context.wording.summary(summary, now);
    let failed = el("p").class("helper failed").attr("role", "status");
    if let Some(progress) = progress {
        let wishes = progress.wishes().iter().map(|wish| {
            let wish = *wish;
            let words = context.text(wish.key());
            button(context, &words, Request::DateCheck(wish), &failed).id(wish.key())
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
        let buttons = el("div").class("buttons").children(wishes);
        return Some(check.child(buttons).child(failed));
    }
    let start = words.check?;
    let button = button(context, &start, Request::CheckDates(Vec::new()), &failed).id("check");
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
            .child(el("div").class("buttons").child(button))
            .child(failed),
    )
}

/// A button that asks the background program for something; where nothing comes of it, or not soon, `failed` says so.
fn button(context: &Rc<Context>, words: &str, request: Request, failed: &El) -> El {
    let (context, failed) = (Rc::clone(context), failed.clone());
    dom::button("", words, move || {
        let late = {
            let (context, failed) = (Rc::clone(&context), failed.clone());
            move || failed.say(&context.text("popup_check_failed"))
        };
        let (context, failed, request) = (Rc::clone(&context), failed.clone(), request.clone());
        wasm_bindgen_futures::spawn_local(async move {
            match keeping::kept(runtime::send(&request), late).await {
                Ok(()) => failed.say(""),
                Err(error) => {
                    runtime::log("the check of exact dates was not asked for", &error.into());
                    failed.say(&context.text("popup_check_failed"));
                }
            }
        });
    })
}
