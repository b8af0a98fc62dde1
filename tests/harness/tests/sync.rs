//! Notes and deadlines shared with the user's other browsers. Two profiles cannot share anything without an account at the browser's maker:
//! here the browser's sync area is written as the other browser would have written it. What two browsers do to each other in every order
//! is tried in `tests/sync`.

use anyhow::{Context as _, Result, ensure};
use chrono::Utc;
use harness::pages::extension::{self, Page};
use harness::pages::order_list::OrderList;
use harness::pages::{evidence, order_detail};
use harness::{Browser, LONG, Options, Session, Steps, in_both_browsers, until};
use local_site::Switches;
use serde_json::{Map, Value, json};

in_both_browsers!(run);

/// An order that only the other browser knows.
const OTHER: &str = "8230417750999999";

async fn run(browser: Browser) {
    Steps::run("sync", browser, Options::default(), async |steps| {
        let plain = Switches {
            delay_ms: 50,
            now: Some(Utc::now()),
            ..Switches::default()
        };
        let id = plain.orders_with_a_date(Utc::now()).remove(0).id;
        steps
            .step("nothing is shared before it is switched on", async |session| {
                OrderList::open(session, &plain).await?;
                order_detail::read(session, &plain, &id).await?;
                evidence::open(session, &id).await?;
                evidence::write(session, "The box came torn.").await?;
                Page::Settings.open(session).await?;
                extension::says(session, &["What is shared leaves this computer"]).await?;
                ensure!(checked(session).await? == Some(false), "it is on by itself");
                ensure!(area(session).await?.is_empty(), "something is shared");
                Ok(())
            })
            .await;
        steps
            .step("notes and deadlines are shared", async |session| {
                switch(session, true).await?;
                let note = entry(session, "The box came torn.").await?;
                ensure!(note.0.starts_with("note:"), "{note:?}");
                until_area(session, "the order", |area| area.contains_key(&format!("order:{id}"))).await?;
                Page::Settings.open(session).await?;
                extension::says(session, &["Last compared", "It shares notes and deadlines"]).await
            })
            .await;
        steps
            .step("what the other browser writes comes here", async |session| {
                let (key, text) = entry(session, "The box came torn.").await?;
                let next = written(&text, 1, "The box came torn, and wet.")?;
                let order = area(session).await?;
                let order = order.get(&format!("order:{id}")).cloned().context("the order")?;
                let entries = json!({ key: next, format!("order:{OTHER}"): order });
                put(session, entries).await?;
                evidence::open(session, &id).await?;
                says_note(session, "The box came torn, and wet.").await?;
                session
                    .until_kept("the other's order", |kept| {
                        let there = kept.contains_key(&format!("order:{OTHER}"));
                        there.then_some(()).ok_or_else(|| "it is not there".to_owned())
                    })
                    .await?;
                Page::Dashboard.open(session).await?;
                session.goto(&session.extension_url(&format!("www/dashboard.html#order={OTHER}"))).await?;
                extension::says(session, &[OTHER]).await
            })
            .await;
        steps
            .step("two changes at once: both are kept, and the user decides", async |session| {
                let (key, text) = entry(session, "The box came torn, and wet.").await?;
                switch(session, false).await?;
                evidence::open(session, &id).await?;
                evidence::write(session, "Here it says one thing.").await?;
                put(session, json!({ key: written(&text, 2, "There it says another.")? })).await?;
                switch(session, true).await?;
                let told = |kept: &Map<String, Value>| {
                    let conflict = kept.keys().any(|key| key.starts_with("locker:conflict:"));
                    conflict.then_some(()).ok_or_else(|| format!("{:?}", kept.get("sync-told")))
                };
                session.until_kept("that there is something to decide", told).await?;
                evidence::open_all(session).await?;
                extension::says(session, &["Changed in two browsers at once"]).await?;
                evidence::open(session, &id).await?;
                extension::says(
                    session,
                    &["This note was changed in two browsers at once", "Use this text", "Keep the text above"],
                )
                .await?;
                let [here, other] = ["Here it says one thing.", "There it says another."];
                let both = session
                    .script::<(Vec<String>, String)>(
                        "return [[...document.querySelectorAll('#main textarea')].map((field) => field.value), document.querySelector('.conflict .old').textContent]",
                        Vec::new(),
                    )
                    .await?;
                let (stands, asked) = (both.0.concat(), both.1);
                ensure!(
                    [stands.as_str(), asked.as_str()] == [here, other] || [stands.as_str(), asked.as_str()] == [other, here],
                    "{stands:?} stands, and {asked:?} is asked about"
                );
                extension::accessible(session).await?;
                session
                    .script::<Value>("document.querySelector('.conflict button').click()", Vec::new())
                    .await?;
                says_note(session, &asked).await?;
                until("nothing is left to decide", LONG, async || {
                    let gone: bool = session.script("return !document.querySelector('.conflict')", Vec::new()).await?;
                    Ok(gone.then_some(()).ok_or_else(|| "it still asks".to_owned()))
                })
                .await?;
                extension::says(session, &["earlier version"]).await?;
                entry(session, &asked).await.map(drop)
            })
            .await;
        steps
            .step("what is too long stays here, and is said", async |session| {
                evidence::open(session, &id).await?;
                session
                    .script::<Value>("document.getElementById('another-note').click()", Vec::new())
                    .await?;
                evidence::write(session, &"A long story. ".repeat(700)).await?;
                Page::Settings.open(session).await?;
                extension::says(session, &["Notes that are too long to be shared, and stay here: 1"]).await?;
                extension::accessible(session).await
            })
            .await;
        steps
            .step("switched off, what is there can be removed", async |session| {
                switch(session, false).await?;
                extension::says(session, &["What was shared is still with", "It sends nothing"]).await?;
                session
                    .script::<Value>("document.getElementById('sync-remove').click()", Vec::new())
                    .await?;
                extension::says(session, &["It is removed there."]).await?;
                ensure!(area(session).await?.is_empty(), "something is left");
                evidence::open(session, &id).await?;
                let notes = evidence::notes(session).await?;
                ensure!(notes.len() == 2, "the notes are still here: {notes:?}");
                Ok(())
            })
            .await;
    })
    .await;
}

/// What the browser's sync holds.
async fn area(session: &Session) -> Result<Map<String, Value>> {
    let script = "const [done] = arguments; chrome.storage.sync.get(null).then(done)";
    let area = session.in_extension(script, Vec::new()).await?;
    Ok(area.as_object().cloned().unwrap_or_default())
}

async fn until_area(
    session: &Session,
    what: &str,
    wanted: impl Fn(&Map<String, Value>) -> bool,
) -> Result<()> {
    until(&format!("shared: {what}"), LONG, async || {
        let area = area(session).await?;
        Ok(wanted(&area)
            .then_some(())
            .ok_or_else(|| format!("{area:?}")))
    })
    .await
}

async fn put(session: &Session, entries: Value) -> Result<()> {
    let script = "const [entries, done] = arguments; chrome.storage.sync.set(entries).then(() => done(null))";
    session.in_extension(script, vec![entries]).await.map(drop)
}

/// The entry of the note that says this, when it is there.
async fn entry(session: &Session, says: &str) -> Result<(String, String)> {
    let mut found = None;
    until_area(session, says, |area| {
        area.iter()
            .any(|(key, text)| key.starts_with("note:") && is_of(text, says))
    })
    .await?;
    for (key, text) in area(session).await? {
        if key.starts_with("note:") && is_of(&text, says) {
            found = text.as_str().map(|text| (key.clone(), text.to_owned()));
        }
    }
    found.context("it was there a moment ago")
}

fn is_of(text: &Value, says: &str) -> bool {
    let line = format!("note {says}");
    text.as_str()
        .is_some_and(|text| text.lines().any(|one| one == line))
}

/// The entry as another browser writes it that has read it: with one more change, of its own.
fn written(entry: &str, change: u32, says: &str) -> Result<String> {
    let now = Utc::now().timestamp_millis();
    let mut lines: Vec<String> = entry.lines().map(str::to_owned).collect();
    let versions = lines.first_mut().context("an entry")?;
    let others = versions
        .split(',')
        .filter(|one| !one.starts_with("ffffffff:"));
    *versions = format!("{},ffffffff:{change}", others.collect::<Vec<_>>().join(","));
    for line in &mut lines {
        if line.starts_with("changed ") {
            *line = format!("changed {now}");
        } else if line.starts_with("note ") {
            *line = format!("note {says}");
        }
    }
    lines.retain(|line| !line.starts_with("was "));
    Ok(lines.join("\n"))
}

async fn checked(session: &Session) -> Result<Option<bool>> {
    session
        .script(
            "return document.getElementById('sync')?.checked ?? null",
            Vec::new(),
        )
        .await
}

/// Switches it in the settings, and waits until that is kept.
async fn switch(session: &Session, on: bool) -> Result<()> {
    Page::Settings.open(session).await?;
    until("the switch", LONG, async || {
        let there = checked(session).await?;
        Ok(there.map(drop).ok_or_else(|| "there is none".to_owned()))
    })
    .await?;
    if checked(session).await? != Some(on) {
        session
            .script::<Value>("document.getElementById('sync').click()", Vec::new())
            .await?;
    }
    session
        .until_kept("the switch", |kept| {
            let is_on = kept.contains_key("sync");
            (is_on == on)
                .then_some(())
                .ok_or_else(|| format!("it is on: {is_on}"))
        })
        .await
}

async fn says_note(session: &Session, text: &str) -> Result<()> {
    until(&format!("a note says {text:?}"), LONG, async || {
        let notes = evidence::notes(session).await?;
        let there = notes.iter().any(|note| note == text);
        Ok(there.then_some(()).ok_or_else(|| format!("{notes:?}")))
    })
    .await
}
