//! What version runs here, and a report for whoever repairs Recourse.

use super::Page;
use crate::browser::runtime;
use crate::pages::Context;
use crate::pages::dom::{self, El, el};
use crate::pages::problems;
use crate::pages::records::Records;
use crate::store::{Amiss, Engine, EngineSeen, PageRead};

impl Page {
    pub(super) fn about(
        &self,
        found: &Records,
        engine: Option<EngineSeen>,
        amiss: &Amiss,
        pages: &[PageRead],
    ) -> Vec<El> {
        let version = runtime::version();
        let report = report(&version, &self.context, found, engine, amiss, pages);
        vec![
            el("h2").text(&self.text("settings_about")),
            el("p").text(&self.context.with("settings_version", &[&version])),
            el("p")
                .class("helper")
                .text(&self.text("settings_report_help")),
            el("pre")
                .class("report")
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", &self.text("settings_report"))
                .text(&report),
            problems::copy_row(&self.context, "notice_copy_report", report),
        ]
    }
}

/// Counts and versions for whoever repairs Recourse, in English: no texts, no order numbers, no names.
fn report(
    version: &str,
    context: &Context,
    found: &Records,
    engine: Option<EngineSeen>,
    amiss: &Amiss,
    pages: &[PageRead],
) -> String {
    let mut troubles: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for (page, seen) in found.found.iter().flat_map(|record| record.problems.iter()) {
        for problem in &seen.value {
            *troubles
                .entry(format!(
                    "{page:?}, {:?}: {:?}",
                    problem.field, problem.trouble
                ))
                .or_default() += 1;
        }
    }
    let engine = match engine.map(|seen| seen.engine) {
        Some(Engine::Wasm) => "wasm",
        Some(Engine::Javascript) => "javascript",
        None => "not run yet",
    };
    let settings = &context.settings;
    let mut lines = vec![
        format!("Recourse {version}"),
        format!("Browser: {}", dom::user_agent()),
        format!("Engine on the shop's pages: {engine}"),
        format!(
            "Language: {} (chosen: {})",
            context.wording.messages.language(),
            settings.language.as_deref().unwrap_or("automatic")
        ),
        format!(
            "Orders: {}, opened once: {}, damaged: {}",
            found.found.len(),
            found
                .found
                .iter()
                .filter(|record| record.opened().is_some())
                .count(),
            found.damaged.len()
        ),
        format!(
            "Last page not understood: {}",
            match amiss.misunderstood {
                Some(_) => "yes",
                None => "no",
            }
        ),
    ];
    if !troubles.is_empty() {
        lines.push("Could not be read:".to_owned());
        lines.extend(
            troubles
                .iter()
                .map(|(trouble, count)| format!("  {trouble} × {count}")),
        );
    }
    lines.extend(pages.iter().flat_map(PageRead::report));
    lines.join("\n")
}
