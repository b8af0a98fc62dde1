//! What the locker has found to be damaged, in plain words: what happened, what was done about it, what is left to do.

use std::cell::RefCell;
use std::rc::Rc;

use super::dom::{self, El, el};
use super::{Context, keeping};
use crate::browser::{clock, idle, runtime};
use crate::domain::evidence::{Item, file};
use crate::icons;
use crate::store::locker::{Finding, Inspected, Kind, LocalLocker, Trouble};

/// How the locker was when it was opened.
pub enum Locker {
    Open(Opened),
    Closed(Trouble),
}

pub struct Opened {
    locker: LocalLocker,
    found: RefCell<Found>,
}

/// What was found, and the evidence whose files are damaged.
#[derive(Default)]
struct Found {
    findings: Vec<Finding>,
    damaged: Vec<Item>,
}

impl Opened {
    /// Adds what is not known yet, and looks which evidence it is about.
    async fn add(&self, findings: Vec<Finding>) {
        let files = {
            let known = &mut self.found.borrow_mut().findings;
            for found in findings {
                if !known.contains(&found) {
                    known.push(found);
                }
            }
            let file = |one: &Finding| match one {
                Finding::File(file) => Some(*file),
                _ => None,
            };
            known.iter().filter_map(file).collect::<Vec<_>>()
        };
        if files.is_empty() {
            return;
        }
        match self.locker.all::<Item>().await {
            Ok(listing) => {
                let items: Vec<Item> = listing.records.into_iter().map(|one| one.record).collect();
                let damaged = file::needing(items.iter(), &files).into_iter().cloned();
                self.found.borrow_mut().damaged = damaged.collect();
            }
            Err(trouble) => runtime::log("damage was not named", &trouble.to_string().into()),
        }
    }
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
        findings.extend(locker.check_files().await.unwrap_or_default());
        let opened = Opened {
            locker,
            found: RefCell::default(),
        };
        opened.add(findings).await;
        Self::Open(opened)
    }

    /// Reads the bytes of all files again, piece by piece whenever the page has nothing else to do. `found` hears of what is damaged.
    pub async fn inspect(&self, found: impl Fn()) {
        let Self::Open(opened) = self else {
            return;
        };
        let done = async {
            let Some(mut inspection) = opened.locker.inspection(clock::now()).await? else {
                return Ok(());
            };
            loop {
                idle::moment().await;
                match inspection.next(&opened.locker, clock::now()).await? {
                    Inspected::Sound => {}
                    Inspected::Damaged(file) => {
                        opened.add(vec![Finding::File(file)]).await;
                        found();
                    }
                    Inspected::Done => return Ok::<_, Trouble>(()),
                }
            }
        };
        if let Err(trouble) = done.await {
            runtime::log("the files were not inspected", &trouble.to_string().into());
        }
    }

    /// Whether there is something that the user should know.
    pub fn has_news(&self) -> bool {
        match self {
            Self::Open(opened) => {
                !opened.found.borrow().findings.is_empty() || opened.locker.is_read_only()
            }
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
        // Nothing else would say so before something is to be saved.
        Locker::Open(opened) if opened.locker.is_read_only() => ("evidence_trouble_newer", vec![]),
        Locker::Open(opened) => {
            let known = opened.found.borrow();
            if known.findings.is_empty() {
                return None;
            }
            let mut parts = vec![found(context, &known.findings)];
            parts.extend(damaged(context, &known.damaged));
            parts.push(dismissing(context, locker, after));
            ("locker_found", parts)
        }
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

/// Names the files that are damaged, each with its order, and says what else can be done about them.
fn damaged(context: &Context, items: &[Item]) -> Vec<El> {
    /// More than anybody goes through at once; the next ones come when these are done.
    const MOST: usize = 50;
    if items.is_empty() {
        return Vec::new();
    }
    let row = |item: &Item| {
        let order = &item.place.order;
        let name = item.file().map_or("", |file| file.name.as_str());
        let link = el("a")
            .attr("href", &["evidence.html#order=", order.as_str()].concat())
            .text(&context.with("dashboard_order", &[order.as_str()]));
        el("li")
            .child(el("bdi").attr("dir", "auto").text(name))
            .text(" · ")
            .child(link)
    };
    let rows = items.iter().take(MOST).map(row);
    vec![
        el("ul").id("damaged-files").children(rows),
        el("p").text(&context.text("locker_files_help")),
    ]
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
                let Locker::Open(opened) = &*locker else {
                    return;
                };
                let late = {
                    let (context, failed) = (Rc::clone(&context), failed.clone());
                    move || {
                        failed.say(&context.with("problem_technical", &[keeping::UNANSWERED]));
                    }
                };
                match keeping::kept(opened.locker.dismiss(), late).await {
                    Ok(()) => {
                        opened.found.take();
                        after();
                    }
                    Err(trouble) => {
                        failed.say(&context.with("problem_technical", &[&trouble.to_string()]))
                    }
                }
            });
        }
    });
    el("div").class("buttons").child(button).child(failed)
}
