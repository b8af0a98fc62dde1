//! A computer clock that cannot be right is said so, and a clock or zone that is set while the list is open is followed.

use anyhow::{Context as _, Result, ensure};
use chrono::{TimeDelta, Utc};
use harness::pages::extension::{self, Page};
use harness::pages::order_list::OrderList;
use harness::{Browser, LONG, Options, Session, Steps, in_both_browsers, until};
use local_site::Switches;
use serde_json::json;

in_both_browsers!(run);

async fn run(browser: Browser) {
    let options = Options {
        zone: Some("America/Los_Angeles".to_owned()),
        ..Options::default()
    };
    Steps::run("computer-clock", browser, options, async |steps| {
        let right = Switches {
            delay_ms: 50,
            now: Some(Utc::now()),
            ..Switches::default()
        };
        steps
            .step("a right clock is not doubted", async |session| {
                OrderList::open(session, &right).await?;
                doubted(session, false).await
            })
            .await;
        steps
            .step("orders of a day to come are a reason", async |session| {
                page_of_the_future(session, &right).await
            })
            .await;
        steps
            .step("popup and dashboard say so too", async |session| {
                for page in [Page::Popup, Page::Dashboard] {
                    page.open(session).await?;
                    extension::says(session, &["clock seems to be wrong", "Time left unsure"])
                        .await?;
                    let text = extension::text(session).await?;
                    ensure!(!text.contains("ends within a week"), "{text}");
                    extension::accessible(session).await?;
                }
                Ok(())
            })
            .await;
        steps
            .step("a clock set right ends the doubt", async |session| {
                corrected(session, &right).await
            })
            .await;
        steps
            .step("a clock that was set back is a reason", async |session| {
                set_back(session, &right).await
            })
            .await;
        if browser == Browser::Chromium {
            steps
                .step(
                    "a doubt that comes while the list begins",
                    async |session| while_it_begins(session, &right).await,
                )
                .await;
            steps
                .step("another zone while the list is open", async |session| {
                    other_zone(session, &right).await
                })
                .await;
        }
    })
    .await;
}

/// Waits until a doubt is kept for this reason.
async fn kept(session: &Session, reason: &str) -> Result<()> {
    session
        .until_kept("the doubt", |kept| {
            match kept.get("doubt").and_then(|doubt| doubt.as_str()) {
                Some(doubt) if doubt.starts_with(reason) => Ok(()),
                other => Err(format!("{other:?}")),
            }
        })
        .await
}

/// Waits until the list says so, or does not, with every badge in its place.
async fn doubted(session: &Session, wanted: bool) -> Result<()> {
    until(&format!("doubted: {wanted}"), LONG, async || {
        let sight = OrderList::here(session).look().await?;
        Ok(match sight.fault() {
            Some(fault) => Err(fault),
            None if sight.doubted == wanted => Ok(()),
            None => Err(format!("doubted: {}", sight.doubted)),
        })
    })
    .await
}

async fn page_of_the_future(session: &Session, right: &Switches) -> Result<()> {
    let future = Switches {
        now: right.now.map(|now| now + TimeDelta::days(20)),
        ..right.clone()
    };
    OrderList::open(session, &future).await?;
    doubted(session, true).await?;
    kept(session, "page-date ").await?;
    // The reason is kept: another page says it as well.
    OrderList::open(session, right).await?;
    doubted(session, true).await
}

/// A clock cannot be set from here; what it is compared with can.
async fn corrected(session: &Session, right: &Switches) -> Result<()> {
    let now = Utc::now().timestamp_millis();
    let soon = now + 3_600_000 + 6_000;
    session
        .store(json!({ "doubt": format!("document-date {soon} {now} ") }))
        .await?;
    OrderList::open(session, right).await?;
    doubted(session, true).await?;
    doubted(session, false).await
}

async fn set_back(session: &Session, right: &Switches) -> Result<()> {
    // A list that is open would tell what it shows anew.
    session.begin_anew().await?;
    let later = (Utc::now() + TimeDelta::days(40)).timestamp_millis();
    session
        .store(json!({ "latest": later.to_string() }))
        .await?;
    OrderList::open(session, right).await?;
    kept(session, "set-back ").await?;
    OrderList::open(session, right).await?;
    doubted(session, true).await?;
    session.begin_anew().await
}

/// Whether it comes before, while or after the list reads what is kept is chance, so it comes at several moments.
async fn while_it_begins(session: &Session, right: &Switches) -> Result<()> {
    let later = "const [after, doubt, done] = arguments; \
                 setTimeout(() => chrome.storage.local.set({ doubt }), after); done(null)";
    for after in (40..=280).step_by(30) {
        session.begin_anew().await?;
        let now = Utc::now().timestamp_millis();
        let doubt = format!("document-date {} {now} ", now + 7_200_000);
        session
            .in_extension(later, vec![json!(after), json!(doubt)])
            .await?;
        OrderList::open(session, right).await?;
        doubted(session, true)
            .await
            .with_context(|| format!("{after} ms after the list was asked for"))?;
    }
    session.begin_anew().await
}

/// Every date on the list ends with the day of the zone that comes first.
async fn other_zone(session: &Session, right: &Switches) -> Result<()> {
    let (list, before) = OrderList::open(session, right).await?;
    let zone = json!({ "timezoneId": "Asia/Vladivostok" });
    session.cdp("Emulation.setTimezoneOverride", zone).await?;
    until("every end is an earlier one", LONG, async || {
        let now = list.look().await?;
        let same = before.badges().into_iter().find(|badge| {
            let other = now.badge(&badge.order);
            badge.until_text.is_some()
                && other.is_none_or(|other| other.until_text >= badge.until_text)
        });
        Ok(same.map_or(Ok(()), |badge| Err(format!("{badge:?}"))))
    })
    .await?;
    let none = json!({ "timezoneId": "" });
    session.cdp("Emulation.setTimezoneOverride", none).await?;
    Ok(())
}
