//! What could not be read, kept or understood, in plain words: what happened, what it means, what to do.

use std::rc::Rc;

use super::Context;
use super::dom::{self, El, el};
use crate::browser::intl::DayStyle;
use crate::domain::contradiction::Contradiction;
use crate::domain::problem::{Field, Problem, Trouble};
use crate::domain::sighting::Page;
use crate::domain::time::Moment;
use crate::icons;
use crate::store::{
    Damage, Misunderstood, PageRead, StorageError, StorageTrouble, Unreadable, order_of_key,
};

/// Whether storage failed while it was read or while it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    Reading,
    Saving,
    Deleting,
}

const fn field_key(field: Field) -> &'static str {
    match field {
        Field::OrderId => "problem_field_order_id",
        Field::Placed => "problem_field_placed",
        Field::Shipped => "problem_field_shipped",
        Field::Completed => "problem_field_completed",
        Field::Delivered => "problem_field_delivered",
        Field::State => "problem_field_state",
        Field::Total => "problem_field_total",
        Field::Store => "problem_field_store",
        Field::Lines => "problem_field_lines",
        Field::Deadline => "problem_field_deadline",
        Field::Window => "problem_field_window",
    }
}

/// "on the order list", as it stands in a sentence.
const fn place_key(page: Page) -> &'static str {
    match page {
        Page::OrderList | Page::OrderListRu => "problem_on_order_list",
        Page::OrderDetail => "problem_on_order_detail",
        Page::Tracking => "problem_on_tracking",
        Page::ReturnsList => "problem_on_returns_list",
        Page::Dispute => "problem_on_dispute",
    }
}

const fn trouble_key(problem: &Problem) -> &'static str {
    let day = matches!(
        problem.field,
        Field::Placed | Field::Shipped | Field::Completed | Field::Delivered | Field::Deadline
    );
    match problem.trouble {
        Trouble::Missing => "problem_missing",
        Trouble::Unreadable => "problem_unreadable",
        Trouble::Ambiguous if day => "problem_ambiguous_day",
        Trouble::Ambiguous => "problem_ambiguous",
        Trouble::Impossible => "problem_impossible",
    }
}

/// One field that could not be read: which, what is wrong, the shop's own words, when.
pub fn item(context: &Context, problem: &Problem, page: Page, at: Moment, now: Moment) -> El {
    let place = context.text(place_key(page));
    let what = context.with(trouble_key(problem), &[&place]);
    told(context, problem, &what, at, now)
}

/// Orders of the list that do not say which they are, with the words of the last one. `None` where all do.
pub fn unnamed(context: &Context, list: &PageRead, now: Moment) -> Option<El> {
    let (count, problem) = list.unnamed.as_ref()?;
    let count = usize::try_from(*count).unwrap_or(usize::MAX);
    let what = context.counted("problem_unnamed", count, &[]);
    Some(told(context, problem, &what, list.at, now))
}

fn told(context: &Context, problem: &Problem, what: &str, at: Moment, now: Moment) -> El {
    let item = el("li")
        .class("problem")
        .child(el("strong").text(&context.text(field_key(problem.field))))
        .child(el("p").text(what));
    let item = if problem.text.trim().is_empty() {
        item
    } else {
        item.child(
            el("blockquote")
                .class("quote")
                .attr("dir", "auto")
                .text(&problem.text),
        )
    };
    item.child(
        el("p")
            .class("helper")
            .text(&context.with("where_read", &[&context.wording.when(at, now)])),
    )
}

/// What the shop's pages say and cannot be so: which field, why, the shop's own words with page and time.
pub fn contradiction(context: &Context, found: &Contradiction<'_>, now: Moment) -> El {
    let (field, why, said) = match found {
        Contradiction::BeforeOrder {
            field,
            said,
            placed,
        } => {
            let placed = context.wording.day(*placed, DayStyle::Short, now);
            let why = context.with("problem_before_order", &[&placed]);
            (*field, why, vec![*said])
        }
        Contradiction::NoWindow { said } => {
            let why = context.text("problem_no_window");
            (Field::Window, why, vec![*said])
        }
        Contradiction::TooLate { field, said } => {
            let why = context.with("problem_impossible", &[&context.text(place_key(said.page))]);
            (*field, why, vec![*said])
        }
        Contradiction::Differ {
            field,
            earlier,
            later,
        } => {
            let why = context.text("problem_pages_differ");
            (*field, why, vec![*earlier, *later])
        }
    };
    let item = el("li")
        .class("problem")
        .child(el("strong").text(&context.text(field_key(field))))
        .child(el("p").text(&why));
    item.children(said.into_iter().flat_map(|said| {
        let read = context.wording.when(said.last, now);
        let read = format!(
            "{} · {}",
            context.text(place_key(said.page)),
            context.with("where_read", &[&read])
        );
        let quote = el("blockquote").class("quote").attr("dir", "auto");
        [quote.text(&said.text), el("p").class("helper").text(&read)]
    }))
}

/// A stored order that could not be read back.
pub fn damaged(context: &Context, damage: &Damage) -> El {
    let name = order_of_key(&damage.key).map_or_else(|| damage.key.clone(), |id| id.to_string());
    let (head, help) = match damage.why {
        Unreadable::Older => ("problem_older", "problem_older_help"),
        Unreadable::Newer => ("problem_newer", "problem_newer_help"),
        Unreadable::Damaged => ("problem_damaged", "problem_damaged_help"),
    };
    el("li")
        .class("problem")
        .child(el("strong").text(&context.with(head, &[&name])))
        .child(el("p").text(&context.text(help)))
}

/// Storage did not do what it was asked.
pub fn storage(context: &Context, error: &StorageError, doing: Doing) -> El {
    let head = match doing {
        Doing::Reading => "problem_storage_reading",
        Doing::Saving => "problem_storage_saving",
        Doing::Deleting => "problem_storage_deleting",
    };
    let help = match error.trouble() {
        StorageTrouble::Full => "problem_storage_full",
        StorageTrouble::Orphaned => "problem_storage_orphaned",
        StorageTrouble::Refused => "problem_storage_refused",
    };
    let words = el("div")
        .class("words")
        .child(el("strong").text(&context.text(head)))
        .child(el("p").text(&context.text(help)))
        .child(
            el("p")
                .class("helper")
                .text(&context.with("problem_technical", &[&error.to_string()])),
        )
        .child(el("div").class("buttons").child(dom::button(
            "",
            &context.text("notice_reload"),
            dom::reload,
        )));
    el("div")
        .class("notice failed")
        .attr("role", "alert")
        .child(dom::icon(icons::BANG))
        .child(words)
}

/// The last page of the shop that was not understood, with its report to copy. In short where there is little room.
pub fn misunderstood(context: &Rc<Context>, page: &Misunderstood, now: Moment, short: bool) -> El {
    let mut words = el("div")
        .class("words")
        .child(el("strong").text(&context.text("problem_misunderstood")));
    if !short {
        let when = context.wording.when(page.at, now);
        words = words.child(el("p").text(&context.with("problem_misunderstood_detail", &[&when])));
    }
    let words = words.child(copy_row(context, "notice_copy_report", page.report.clone()));
    el("div")
        .class("notice")
        .child(dom::icon(icons::SEAL))
        .child(words)
}

/// That the computer's clock cannot be right, where something tells so.
pub fn clock_doubt(context: &Context, now: Moment) -> Option<El> {
    let (head, detail) = context.wording.clock_doubt(now)?;
    let words = el("div")
        .class("words")
        .child(el("strong").text(&head))
        .child(el("p").text(&detail));
    let notice = el("div").class("notice").attr("role", "status");
    Some(notice.child(dom::icon(icons::BANG)).child(words))
}

/// A button that copies a text and says beside itself whether it did.
pub fn copy_row(context: &Rc<Context>, key: &str, text: String) -> El {
    let said = el("span").class("helper").attr("role", "status");
    let button = dom::button("", &context.text(key), {
        let (context, said) = (Rc::clone(context), said.clone());
        move || {
            let (context, said, text) = (Rc::clone(&context), said.clone(), text.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let key = if dom::copy(&text).await {
                    "where_copied"
                } else {
                    "where_not_copied"
                };
                said.say(&context.text(key));
            });
        }
    });
    el("div").class("buttons").child(button).child(said)
}

/// The reminder that what was added is in no backup, with the way to where one is made.
pub fn backup_due(context: &Context, address: &str) -> El {
    let link = el("a")
        .class("button")
        .attr("href", address)
        .text(&context.text("evidence_backup_to"));
    let words = el("div")
        .class("words")
        .child(el("strong").text(&context.text("evidence_backup_due")))
        .child(el("div").class("buttons").child(link));
    el("div")
        .class("notice")
        .id("backup-due")
        .child(dom::icon(icons::BANG))
        .child(words)
}
