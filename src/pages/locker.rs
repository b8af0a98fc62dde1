//! What the locker has found to be damaged, in plain words: what happened, what was done about it, what is left to do.

use std::rc::Rc;

use super::Context;
use super::dom::{self, El, el};
use crate::browser::{clock, runtime};
use crate::icons;
use crate::store::locker::{Finding, Kind, LocalLocker, Trouble};

/// How the locker was when it was opened.
pub enum Locker {
    Open(LocalLocker, Vec<Finding>),
    Closed(Trouble),
}

impl Locker {
    /// Opens it, throws away what is left of imports that were given up, and looks whether all pieces of files are there.
    pub async fn open() -> Self {
        let (locker, health) = match LocalLocker::local().await {
            Ok(opened) => opened,
            Err(trouble) => return Self::Closed(trouble),
        };
        if !locker.is_read_only()
            && let Err(trouble) = locker.sweep(clock::now()).await
        {
            runtime::log("the locker was not swept", &trouble.to_string().into());
        }
        let mut findings = health.findings;
        for found in locker.check_files().await.unwrap_or_default() {
            if !findings.contains(&found) {
                findings.push(found);
            }
        }
        Self::Open(locker, findings)
    }

    /// Whether there is something that the user should know.
    pub fn has_news(&self) -> bool {
        match self {
            Self::Open(_, findings) => !findings.is_empty(),
            Self::Closed(_) => true,
        }
    }
}

/// What the user should know of the locker. It goes when it is dismissed, which `after` hears of.
pub fn notice(
    context: &Rc<Context>,
    locker: &Rc<Locker>,
    after: impl Fn() + 'static,
) -> Option<El> {
    let (head, parts) = match &**locker {
        Locker::Closed(trouble) => ("locker_closed", closed(context, trouble)),
        Locker::Open(_, findings) if findings.is_empty() => return None,
        Locker::Open(_, findings) => (
            "locker_found",
            vec![found(context, findings), dismissing(context, locker, after)],
        ),
    };
    let words = el("div")
        .class("words")
        .child(el("strong").text(&context.text(head)))
        .children(parts);
    let notice = el("div").class("notice failed").attr("role", "alert");
    Some(notice.child(dom::icon(icons::BANG)).child(words))
}

fn closed(context: &Context, trouble: &Trouble) -> Vec<El> {
    let help = match trouble.kind {
        Kind::Full => "problem_storage_full",
        Kind::Orphaned => "problem_storage_orphaned",
        Kind::Blocked => "locker_blocked",
        _ => "locker_unusable",
    };
    vec![
        el("p").text(&context.text(help)),
        el("p")
            .class("helper")
            .text(&context.with("problem_technical", &[&trouble.to_string()])),
        el("div").class("buttons").child(dom::button(
            "",
            &context.text("notice_reload"),
            dom::reload,
        )),
    ]
}

fn found(context: &Context, findings: &[Finding]) -> El {
    let count = |of: fn(&Finding) -> bool| findings.iter().filter(|one| of(one)).count();
    let missing = findings.iter().map(|one| match one {
        Finding::Missing(count) => usize::try_from(*count).unwrap_or(usize::MAX),
        _ => 0,
    });
    let said = [
        (
            "locker_recreated",
            count(|one| matches!(one, Finding::Recreated)),
        ),
        (
            "locker_not_opened",
            count(|one| matches!(one, Finding::NotOpened(_))),
        ),
        (
            "locker_went_back",
            count(|one| matches!(one, Finding::WentBack)),
        ),
        (
            "locker_disagreed",
            count(|one| matches!(one, Finding::Disagreed)),
        ),
        (
            "locker_copy_gone",
            count(|one| matches!(one, Finding::CopyGone)),
        ),
    ];
    let counted = [
        (
            "locker_restored",
            count(|one| matches!(one, Finding::Restored(_))),
        ),
        ("locker_lost", count(|one| matches!(one, Finding::Lost(_)))),
        ("locker_missing", missing.sum()),
        ("locker_files", count(|one| matches!(one, Finding::File(_)))),
    ];
    let said = said
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, _)| context.text(key));
    let counted = counted
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| context.counted(key, count, &[]));
    let lines = said.chain(counted).map(|text| el("li").text(&text));
    el("ul").children(lines)
}

fn dismissing(context: &Rc<Context>, locker: &Rc<Locker>, after: impl Fn() + 'static) -> El {
    let failed = el("span").class("helper").attr("role", "status");
    let after = Rc::new(after);
    let button = dom::button("", &context.text("locker_dismiss"), {
        let (context, locker, failed) = (Rc::clone(context), Rc::clone(locker), failed.clone());
        move || {
            let (context, locker, failed, after) = (
                Rc::clone(&context),
                Rc::clone(&locker),
                failed.clone(),
                Rc::clone(&after),
            );
            wasm_bindgen_futures::spawn_local(async move {
                let Locker::Open(locker, _) = &*locker else {
                    return;
                };
                match locker.dismiss().await {
                    Ok(()) => after(),
                    Err(trouble) => {
                        failed.say(&context.with("problem_technical", &[&trouble.to_string()]))
                    }
                }
            });
        }
    });
    el("div").class("buttons").child(button).child(failed)
}
