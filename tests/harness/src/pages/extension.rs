//! The extension's own pages.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::Value;

use crate::session::Session;
use crate::wait::{LONG, until};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Popup,
    Dashboard,
    Settings,
    Welcome,
}

impl Page {
    pub const ALL: [Self; 4] = [Self::Popup, Self::Dashboard, Self::Settings, Self::Welcome];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Popup => "popup",
            Self::Dashboard => "dashboard",
            Self::Settings => "settings",
            Self::Welcome => "welcome",
        }
    }

    /// Opens the page and waits until it has something to read.
    pub async fn open(self, session: &Session) -> Result<()> {
        session
            .goto(&session.extension_url(&format!("www/{}.html", self.name())))
            .await?;
        until(&format!("the {} page", self.name()), LONG, async || {
            let text = text(session).await?;
            Ok(if text.trim().chars().count() > 20 {
                Ok(())
            } else {
                Err(format!("it says {text:?}"))
            })
        })
        .await
    }
}

/// Everything that the page says. Firefox answers null for a page that is just being replaced.
pub async fn text(session: &Session) -> Result<String> {
    let text: Option<String> = session
        .script("return document.body?.innerText", Vec::new())
        .await?;
    Ok(text.unwrap_or_default())
}

/// Waits until the page says all of `words`.
pub async fn says(session: &Session, words: &[&str]) -> Result<()> {
    until(&format!("the page says {words:?}"), LONG, async || {
        let text = text(session).await?;
        Ok(if words.iter().all(|word| text.contains(word)) {
            Ok(())
        } else {
            Err(text)
        })
    })
    .await
}

/// What the dashboard lists as not understood.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Problems {
    /// Of orders: which, and of each problem the field with the shop's own words.
    pub orders: BTreeMap<String, Vec<(String, String)>>,
    /// Of orders that do not say which they are: what is said of them.
    pub unnamed: Vec<String>,
}

impl Problems {
    /// Opens the dashboard's list of problems and reads it, once it is as `wanted` says, which else says what is amiss.
    pub async fn open(
        session: &Session,
        wanted: impl Fn(&Self) -> std::result::Result<(), String>,
    ) -> Result<()> {
        let script = r"
            const told = (problem) => [problem.querySelector('strong').textContent, problem.querySelector('.quote')?.textContent ?? ''];
            const listed = [...document.querySelectorAll('.troubled')];
            return {
              orders: Object.fromEntries(listed.map((order) =>
                [order.querySelector('h3 a').getAttribute('href').replace('#order=', ''), [...order.querySelectorAll('.problem')].map(told)])),
              unnamed: [...document.querySelectorAll('ul.problems.card .problem p:not(.helper)')].map((line) => line.textContent),
            };
        ";
        // From another page, or the address would lead to another place within the same one.
        Page::Settings.open(session).await?;
        session
            .goto(&session.extension_url("www/dashboard.html#problems"))
            .await?;
        until("the list of problems", LONG, async || {
            let found: Option<Self> = session.script(script, Vec::new()).await?;
            Ok(match found {
                Some(found) => wanted(&found).map_err(|amiss| format!("{amiss}: {found:?}")),
                None => Err("no page".to_owned()),
            })
        })
        .await
    }
}

/// axe-core finds nothing on the page that is open.
pub async fn accessible(session: &Session) -> Result<()> {
    #[derive(Debug, Deserialize)]
    struct Violation {
        id: String,
        help: String,
        nodes: Vec<Value>,
    }
    let axe = std::fs::read_to_string(&session.environment.axe).map_err(|problem| {
        anyhow::anyhow!(
            "{}: {problem}: it comes with npm ci",
            session.environment.axe.display()
        )
    })?;
    let run = format!(
        "const done = arguments[arguments.length - 1];\n{axe}\n;\
         const {{ axe: ours }} = typeof axe === 'undefined' ? window : {{ axe }};\
         ours.run(document, {{ resultTypes: ['violations'] }}).then(\
           ({{ violations }}) => done(violations.map(({{ id, help, nodes }}) => ({{ id, help, nodes: nodes.map((node) => node.html + ' ' + node.failureSummary) }}))),\
           (problem) => done(String(problem)))"
    );
    let found = session.async_script(&run, Vec::new()).await?;
    let violations: Vec<Violation> = serde_json::from_value(found.clone())
        .map_err(|_| anyhow::anyhow!("axe-core failed: {found}"))?;
    let told: Vec<String> = violations
        .iter()
        .map(|Violation { id, help, nodes }| {
            format!(
                "{id}: {help} ({} times, as in {})",
                nodes.len(),
                nodes.first().unwrap_or(&Value::Null)
            )
        })
        .collect();
    ensure!(
        told.is_empty(),
        "axe-core on {}:\n  {}",
        session.url().await?,
        told.join("\n  ")
    );
    Ok(())
}
