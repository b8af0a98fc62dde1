//! Reminders are given once, survive the end of the background program, stay in the lists until dismissed, and are counted on the toolbar.

use anyhow::{Context, Result, ensure};
use chrono::{TimeDelta, Utc};
use harness::pages::extension::{self, Page};
use harness::pages::order_detail;
use harness::pages::order_list::OrderList;
use harness::{Browser, LONG, Options, Session, Steps, in_both_browsers, until};
use local_site::Switches;
use serde::Deserialize;
use serde_json::json;

in_both_browsers!(run);

async fn run(browser: Browser) {
    Steps::run("reminders", browser, Options::default(), async |steps| {
        let plain = Switches {
            delay_ms: 50,
            now: Some(Utc::now()),
            ..Switches::default()
        };
        steps
            .step("what ends soon is told and counted", async |session| {
                told(session, &plain).await
            })
            .await;
        steps
            .step("nothing is told again after a restart", async |session| {
                told_once(session).await
            })
            .await;
        steps
            .step("the lists keep it until it is dismissed", async |session| {
                dismissed(session).await
            })
            .await;
        steps
            .step("a day of one’s own and a muted order", async |session| {
                wished(session, &plain).await
            })
            .await;
        if browser == Browser::Chromium {
            // Scripts of tests run in a world of their own in Firefox, which imports no module.
            steps
                .step(
                    "by another clock: given once, and what a click opens",
                    async |session| clicked(session, &plain).await,
                )
                .await;
        }
        steps
            .step("choices are kept", async |session| chosen(session).await)
            .await;
    })
    .await;
}

/// What is kept of reminders, one line for each.
async fn kept(session: &Session) -> Result<Vec<String>> {
    let stored = session.stored().await?;
    let text = stored.get("reminders").and_then(|text| text.as_str());
    Ok(text
        .unwrap_or_default()
        .lines()
        .map(str::to_owned)
        .collect())
}

async fn told_lines(session: &Session) -> Result<Vec<String>> {
    let mut lines = kept(session).await?;
    lines.retain(|line| line.starts_with("told "));
    Ok(lines)
}

/// What the extension says to one of the browser's questions.
async fn asked(session: &Session, question: &str) -> Result<serde_json::Value> {
    let script = format!(
        "const [done] = arguments; Promise.resolve({question}).then(done, (error) => done(String(error)))"
    );
    session.in_extension(&script, Vec::new()).await
}

async fn told(session: &Session, plain: &Switches) -> Result<()> {
    // Tests are run at night, too.
    session
        .store(json!({ "reminding": "on yes\nsteps opens days-7 days-3 day-1 hours-6\nquiet -\n" }))
        .await?;
    let (list, sight) = OrderList::open(session, plain).await?;
    for badge in sight.badges().iter().take(8) {
        order_detail::read(session, plain, &badge.order).await?;
    }
    OrderList::open(session, plain).await?;
    // The list itself says how many end within three days: printed or by a rule.
    let now = Utc::now();
    let sight = list.look().await?;
    let soon = |days: i64| {
        let sight = &sight;
        sight.badges().into_iter().filter(move |badge| {
            let until = badge.until().ok().flatten();
            ["printed", "rule"].contains(&badge.kind.as_str())
                && until.is_some_and(|until| until > now && until <= now + TimeDelta::days(days))
        })
    };
    let (week, urgent) = (soon(7).count(), soon(3).count());
    ensure!(week > 0, "no order of the local site ends within a week");
    until(
        "every order that ends within a week is told of",
        LONG,
        async || {
            let lines = told_lines(session).await?;
            let missing =
                soon(7).find(|badge| !lines.iter().any(|line| line.contains(&badge.order)));
            Ok(missing.map_or(Ok(()), |badge| {
                Err(format!("{} is not in {lines:?}", badge.order))
            }))
        },
    )
    .await?;
    until("the number on the toolbar", LONG, async || {
        let badge = asked(session, "chrome.action.getBadgeText({})").await?;
        let wanted = if urgent == 0 {
            String::new()
        } else {
            urgent.to_string()
        };
        Ok(if badge == wanted {
            Ok(())
        } else {
            Err(format!("{badge}, not {wanted:?}"))
        })
    })
    .await?;
    let alarms = asked(
        session,
        "chrome.alarms.getAll().then((all) => all.map(({ name }) => name).sort())",
    )
    .await?;
    ensure!(
        alarms.as_array().is_some_and(
            |all| all.contains(&json!("reminders")) && all.contains(&json!("reminders-safety"))
        ),
        "{alarms}"
    );
    // A browser without a screen may keep no notifications; those that it keeps are ours.
    let shown = asked(session, "chrome.notifications.getAll().then(Object.keys)").await?;
    let shown = shown.as_array().with_context(|| shown.to_string())?;
    ensure!(
        shown
            .iter()
            .all(|id| id.as_str().is_some_and(|id| id.starts_with("reminder"))),
        "{shown:?}"
    );
    Ok(())
}

async fn told_once(session: &mut Session) -> Result<()> {
    let before = told_lines(session).await?;
    if session.browser == Browser::Firefox {
        // A temporary add-on takes what it keeps along when it is removed.
        let script = "const [done] = arguments; chrome.storage.local.set({ reminding: 'on yes\\nsteps days-7 days-3 day-1 hours-6\\nquiet -\\n' }).then(() => done(null))";
        session.in_extension(script, Vec::new()).await?;
    } else {
        session.restart_extension().await?;
    }
    // The plan is made anew: the alarm is there again.
    until("an alarm after the restart", LONG, async || {
        let alarm = asked(
            session,
            "chrome.alarms.get('reminders').then((alarm) => alarm?.name ?? 'none')",
        )
        .await?;
        Ok(if alarm == "reminders" {
            Ok(())
        } else {
            Err(alarm.to_string())
        })
    })
    .await?;
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    let after = told_lines(session).await?;
    ensure!(before == after, "{before:?} became {after:?}");
    Ok(())
}

async fn dismissed(session: &Session) -> Result<()> {
    let count = told_lines(session).await?.len();
    Page::Popup.open(session).await?;
    extension::says(session, &["Reminders", "Dismiss"]).await?;
    extension::accessible(session).await?;
    session
        .goto(&session.extension_url("www/dashboard.html#reminders"))
        .await?;
    extension::says(session, &["Reminders", "Reminded"]).await?;
    extension::accessible(session).await?;
    let rows = "return document.querySelectorAll('.reminders li').length";
    let listed: usize = session.script(rows, Vec::new()).await?;
    ensure!(listed == count, "{listed} rows of {count} reminders");
    let press: bool = session
        .script("const one = document.querySelector('.reminders li button'); one?.click(); return one !== null", Vec::new())
        .await?;
    ensure!(press, "no button to dismiss one");
    until("one is gone", LONG, async || {
        let left: usize = session.script(rows, Vec::new()).await?;
        Ok(if left + 1 == count {
            Ok(())
        } else {
            Err(format!("{left} of {count}"))
        })
    })
    .await?;
    if count > 2 {
        session
            .script::<serde_json::Value>(
                "document.getElementById('reminders-dismiss-all').click(); return null",
                Vec::new(),
            )
            .await?;
        extension::says(session, &["Nothing to be reminded of"]).await?;
        let lines = told_lines(session).await?;
        ensure!(
            lines.iter().all(|line| line.contains(" dismissed ")),
            "{lines:?}"
        );
    }
    Ok(())
}

async fn wished(session: &Session, plain: &Switches) -> Result<()> {
    let order = &plain.orders_served(Utc::now())[0].id;
    session
        .goto(&session.extension_url(&format!("www/dashboard.html#order={order}")))
        .await?;
    extension::says(session, &["Mute reminders"]).await?;
    let day = (Utc::now() + TimeDelta::days(3)).date_naive();
    let choose = format!(
        "document.getElementById('wish').value = '{day}'; document.getElementById('wish-set').click(); return null"
    );
    session
        .script::<serde_json::Value>(&choose, Vec::new())
        .await?;
    extension::says(session, &["You will be reminded on"]).await?;
    session
        .script::<serde_json::Value>(
            "document.getElementById('mute').click(); return null",
            Vec::new(),
        )
        .await?;
    extension::says(session, &["Unmute reminders", "This order is muted"]).await?;
    extension::accessible(session).await?;
    let lines = kept(session).await?;
    for wanted in [format!("wish {order} {day}"), format!("mute {order}")] {
        ensure!(lines.contains(&wanted), "{wanted} is not in {lines:?}");
    }
    Ok(())
}

async fn chosen(session: &Session) -> Result<()> {
    Page::Settings.open(session).await?;
    extension::says(session, &["Quiet hours"]).await?;
    for id in ["quiet", "hours-6"] {
        let press = format!("document.getElementById('{id}').click(); return null");
        session
            .script::<serde_json::Value>(&press, Vec::new())
            .await?;
    }
    session
        .until_kept("the choices", |stored| {
            let text = stored.get("reminding").and_then(|text| text.as_str());
            let text = text.unwrap_or_default();
            let right =
                text.contains("quiet 22 8") && !text.contains("hours-6") && text.contains("days-3");
            if right { Ok(()) } else { Err(text.to_owned()) }
        })
        .await
}

/// What the background module shows and opens by a clock that is days ahead.
#[derive(Debug, Deserialize)]
struct Done {
    shown: Vec<Shown>,
    opened: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Shown {
    id: String,
    message: String,
}

/// Runs the background module in a page of the extension's own, where the test hands it the events: an alarm, then clicks on notifications.
/// It is the module that the browser wakes, by another clock.
async fn by_clock(session: &Session, days: i64, clicks: &[String]) -> Result<Done> {
    let script = "
        const [ahead, clicks, done] = arguments;
        (async () => {
          const Real = Date, { notifications, tabs } = chrome;
          const { create } = notifications, open = tabs.create;
          const shown = [], opened = [];
          globalThis.Date = class extends Real {
            constructor(...given) { given.length ? super(...given) : super(Real.now() + ahead); }
            static now() { return Real.now() + ahead; }
          };
          notifications.create = async (id, { message }) => { shown.push({ id, message }); return id; };
          tabs.create = async ({ url }) => { opened.push(url); return {}; };
          try {
            const background = await import(chrome.runtime.getURL('background/background.js'));
            await background.default();
            await background.on_event('alarms.onAlarm', [{ name: 'reminders' }], () => {});
            for (const id of clicks) await background.on_event('notifications.onClicked', [id], () => {});
          } finally {
            Object.assign(notifications, { create });
            tabs.create = open;
            globalThis.Date = Real;
          }
          return { shown, opened };
        })().then(done, (error) => done(String(error)));
    ";
    let ahead = days * 86_400_000;
    let told = session
        .in_extension(script, vec![json!(ahead), json!(clicks)])
        .await?;
    serde_json::from_value(told.clone()).with_context(|| told.to_string())
}

/// Three weeks on, what is due by then is told once; a notification about many leads to the list, and one about an order to that order.
async fn clicked(session: &Session, plain: &Switches) -> Result<()> {
    let orders = plain.orders_served(Utc::now());
    let order = &orders.first().context("the local site has orders")?.id;
    let clicks = [
        format!("reminder-{order}"),
        "reminders".to_owned(),
        "somebody-else".to_owned(),
        "reminder-nonsense".to_owned(),
    ];
    let told = by_clock(session, 21, &clicks).await?;
    ensure!(
        (1..=3).contains(&told.shown.len()),
        "a few notifications, or one for many: {:?}",
        told.shown
    );
    for shown in &told.shown {
        let many = shown.id == "reminders";
        ensure!(
            shown.id.starts_with("reminder-") || many && told.shown.len() == 1,
            "{shown:?}"
        );
        ensure!(!shown.message.is_empty(), "{shown:?}");
    }
    let dashboard = |place: String| session.extension_url(&format!("www/dashboard.html#{place}"));
    ensure!(
        told.opened
            == [
                dashboard(format!("order={order}")),
                dashboard("reminders".to_owned())
            ],
        "{:?}",
        told.opened
    );
    let again = by_clock(session, 21, &[]).await?;
    ensure!(again.shown.is_empty(), "told twice: {:?}", again.shown);
    Ok(())
}
