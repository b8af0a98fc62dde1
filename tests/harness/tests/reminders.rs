//! Reminders are given once, survive the end of the background program, stay in the lists until dismissed, and are counted on the toolbar.

use anyhow::{Context, Result, ensure};
use chrono::{TimeDelta, Utc};
use harness::pages::extension::{self, Page};
use harness::pages::order_detail;
use harness::pages::order_list::OrderList;
use harness::{Browser, LONG, Options, Session, Steps, in_both_browsers, until};
use local_site::Switches;
use recourse::domain::ledger::Record;
use recourse::domain::order::{OrderId, OrderState};
use recourse::domain::sighting::{self, Fact, Reading};
use recourse::domain::time::Moment;
use recourse::store::record::text_of_record;
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
        steps
            .step("many at one time are one notification", async |session| {
                bundled(session).await
            })
            .await;
        steps
            .step(
                "what a click on a notification opens",
                async |session| match browser {
                    Browser::Chromium => clicked(session).await,
                    Browser::Firefox => clicked_at_the_computer(session).await,
                },
            )
            .await;
        for (what, computer) in [
            ("is refused with an exception", Computer::Throws),
            ("is refused", Computer::Rejects),
            ("is never answered", Computer::Hangs),
        ] {
            steps
                .rough_step(&format!("a notification that {what}"), async |session| {
                    unshown(session, computer).await
                })
                .await;
        }
        steps
            .rough_step("no permission for notifications", async |session| {
                unpermitted(session).await
            })
            .await;
        steps
            .rough_step("a reminder that cannot be kept", async |session| {
                unkept(session).await
            })
            .await;
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

/// What the background program shows and opens.
#[derive(Debug, Deserialize)]
struct Done {
    shown: Vec<Shown>,
    opened: Vec<String>,
    /// What the program answers to whoever dismisses everything while it is at work and has no room; only where a test can ask in Chromium.
    answered: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Shown {
    id: String,
    title: String,
    message: String,
    /// What was kept of reminders when the browser was asked to show it.
    kept: String,
}

/// What the computer does with a notification, and the browser with what is to be kept of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Computer {
    Shows,
    Throws,
    Rejects,
    Hangs,
    /// The browser has no notifications for the extension at all.
    Withholds,
    /// It shows it, but has no room to keep what is due.
    Full,
}

impl Computer {
    const fn name(self) -> &'static str {
        match self {
            Self::Shows => "shows",
            Self::Throws => "throws",
            Self::Rejects => "rejects",
            Self::Hangs => "hangs",
            Self::Withholds => "withholds",
            Self::Full => "full",
        }
    }
}

/// Runs the background program in a page of the extension's own, by a clock that is days ahead: the script that the browser wakes, which
/// registers its listeners there as well and gets the browser's own event of a real alarm. Clicks on notifications are dispatched by the
/// browser's event object, which Chromium has and Firefox has not.
///
/// Where the computer does not do what it is asked to, or has no room, a second alarm rings when nothing is kept of the first.
async fn by_clock(
    session: &Session,
    days: i64,
    clicks: &[String],
    computer: Computer,
) -> Result<Done> {
    let script = "
        const [ahead, clicks, computer, done] = arguments;
        const page = window.wrappedJSObject ?? window;
        const { chrome } = page, { now } = Date;
        const shown = [], opened = [];
        (async () => {
          page.Date.now = () => now.call(Date) + ahead;
          const local = chrome.storage.local, kept = local.set.bind(local);
          chrome.notifications.create = (id, { title, message }) => {
            shown.push(local.get('reminders').then(({ reminders = '' }) => ({ id, title, message, kept: reminders })));
            if (computer === 'throws') throw new Error('no notifications here');
            if (computer === 'rejects') return Promise.reject(new Error('no notifications here'));
            return computer === 'hangs' ? new Promise(() => {}) : Promise.resolve(id);
          };
          if (computer === 'withholds') Object.defineProperty(chrome, 'notifications', { value: undefined, configurable: true });
          await chrome.storage.session.remove('reminders-unkept');
          if (computer === 'full') local.set = (items) => 'reminders' in items ? Promise.reject(new Error('no room')) : kept(items);
          chrome.tabs.create = ({ url }) => { opened.push(url); return Promise.resolve({}); };
          // The number on the toolbar is said each time that what is due was worked out.
          const worked = new Promise((said) => { chrome.action.setBadgeText = () => { said(); return Promise.resolve(); }; });
          const script = document.createElement('script');
          script.type = 'module';
          script.src = chrome.runtime.getURL('loaders/background.js');
          const loaded = new Promise((done, failed) => { script.onload = done; script.onerror = () => failed('the script is not there'); });
          document.head.append(script);
          await loaded;
          // The program that the browser runs plans as well, and puts an alarm of its own in the place of this one.
          const ring = () => chrome.alarms.create('reminders', { when: now.call(Date) });
          const again = setInterval(ring, 500);
          await Promise.all([ring(), worked]);
          clearInterval(again);
          const wait = (enough) => new Promise((done) => {
            const since = now.call(Date);
            const look = () => (enough() || now.call(Date) > since + 3_000 ? done() : setTimeout(look, 50));
            look();
          });
          await wait(() => shown.length > 0);
          for (const id of clicks) chrome.notifications.onClicked.dispatch(id);
          if (clicks.length) await wait(() => opened.length > 1);
          if (computer !== 'shows') {
            await local.remove('reminders');
            await ring();
            await wait(() => shown.length > 1);
          }
          const { onMessage } = chrome.runtime, { onAlarm } = chrome.alarms;
          const answered = computer === 'full' && onMessage.dispatch && await new Promise((answer) => {
            onAlarm.dispatch({ name: 'reminders' });
            onMessage.dispatch(['reminders', 'dismiss-all'], {}, answer);
          });
          return { shown: await Promise.all(shown), opened, answered: answered || null };
        })().then((result) => done(JSON.stringify(result)), (error) => done(JSON.stringify(String(error))));
    ";
    let ahead = days * 86_400_000;
    let mut told = serde_json::Value::Null;
    session
        .in_new_window(async || {
            session
                .goto(&session.extension_url("www/welcome.html"))
                .await?;
            told = session
                .async_script(
                    script,
                    vec![json!(ahead), json!(clicks), json!(computer.name())],
                )
                .await?;
            Ok(())
        })
        .await?;
    let text = told.as_str().unwrap_or_default();
    serde_json::from_str(text).with_context(|| told.to_string())
}

/// So many orders on their way, whose pages printed the same day, as they are kept.
fn ending(count: usize, before: chrono::NaiveDate) -> Vec<(String, String)> {
    let order = |n: usize| {
        let id = format!("82{n:014}");
        let mut record = Record::new(OrderId::new(&id).expect("a number of an order"));
        let at = Moment((Utc::now() - TimeDelta::days(2)).timestamp_millis());
        let mut reading = Reading::new(record.id.clone(), sighting::Page::OrderDetail, at);
        reading.saw(
            Fact::State(OrderState::AwaitingDelivery),
            "Awaiting delivery",
        );
        let day = before.to_string().parse().expect("a day");
        reading.saw(
            Fact::RefundIfNotDeliveredBefore(day),
            "Refund if no delivery before",
        );
        record.absorb(&reading);
        (id, text_of_record(&record))
    };
    (1..=count).map(order).collect()
}

async fn keep(session: &Session, orders: &[(String, String)]) -> Result<()> {
    session.begin_anew().await?;
    let mut items = serde_json::Map::new();
    items.insert(
        "reminding".to_owned(),
        json!("on yes\nsteps opens days-7 days-3 day-1 hours-6\nquiet -\n"),
    );
    for (id, record) in orders {
        items.insert(format!("order:{id}"), json!(record));
    }
    session.store(items.into()).await
}

/// What is due for many orders at one time is one notification, which names the first of them; and it is given once.
async fn bundled(session: &Session) -> Result<()> {
    let orders = ending(5, (Utc::now() + TimeDelta::days(40)).date_naive());
    keep(session, &orders).await?;
    let told = by_clock(session, 34, &[], Computer::Shows).await?;
    let [one] = told.shown.as_slice() else {
        anyhow::bail!("one notification for many: {:?}", told.shown);
    };
    ensure!(one.id == "reminders" && one.title.contains('5'), "{one:?}");
    let lines: Vec<&str> = one.message.lines().collect();
    ensure!(lines.len() == 3, "{one:?}");
    ensure!(
        lines
            .iter()
            .zip(&orders)
            .all(|(line, (id, _))| line.contains(id)),
        "{one:?}"
    );
    // It was kept before it was shown.
    ensure!(
        orders.iter().all(|(id, _)| one.kept.contains(id)),
        "{one:?}"
    );
    let told = told_lines(session).await?;
    ensure!(
        orders
            .iter()
            .all(|(id, _)| told.iter().any(|line| line.contains(id))),
        "{told:?}"
    );
    let again = by_clock(session, 34, &[], Computer::Shows).await?;
    ensure!(again.shown.is_empty(), "told twice: {:?}", again.shown);
    Ok(())
}

/// A notification about an order leads to that order, and one about many to the list.
async fn clicked(session: &Session) -> Result<()> {
    let orders = ending(2, (Utc::now() + TimeDelta::days(40)).date_naive());
    keep(session, &orders).await?;
    let order = &orders[0].0;
    let clicks = [
        "somebody-else".to_owned(),
        "reminder-nonsense".to_owned(),
        format!("reminder-{order}"),
        "reminders".to_owned(),
    ];
    let told = by_clock(session, 34, &clicks, Computer::Shows).await?;
    let shown: Vec<&str> = told.shown.iter().map(|shown| shown.id.as_str()).collect();
    let wanted: Vec<String> = orders
        .iter()
        .map(|(id, _)| format!("reminder-{id}"))
        .collect();
    ensure!(shown == wanted, "{shown:?}");
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
    session.goto(&told.opened[0]).await?;
    extension::says(session, &[order, "Awaiting delivery"]).await
}

/// In Firefox what the browser hands to the computer is caught on its way, and clicked there: the rest of the way is the browser's own, and
/// so is the background program, which it may have put to sleep.
async fn clicked_at_the_computer(session: &Session) -> Result<()> {
    let catch = "
        const caught = (window.recourseAlerts = []);
        const service = {
          QueryInterface: ChromeUtils.generateQI(['nsIAlertsService']),
          showAlert(alert, listener) { caught.push({ alert, listener }); },
          closeAlert() {},
        };
        const factory = { createInstance: (iid) => service.QueryInterface(iid), QueryInterface: ChromeUtils.generateQI(['nsIFactory']) };
        const registrar = Components.manager.QueryInterface(Ci.nsIComponentRegistrar);
        registrar.registerFactory(Services.uuid.generateUUID(), '', '@mozilla.org/alerts-service;1', factory);
        return null";
    session.firefox_script(catch, Vec::new()).await?;
    let orders = ending(1, (Utc::now() + TimeDelta::days(2)).date_naive());
    keep(session, &orders).await?;
    let order = &orders[0].0;
    let titles =
        "return window.recourseAlerts.map(({ alert }) => `${alert.title} | ${alert.text}`)";
    until("the browser shows it", LONG, async || {
        let shown = session.firefox_script(titles, Vec::new()).await?;
        let is_there = shown.to_string().contains(order);
        Ok(if is_there {
            Ok(())
        } else {
            Err(shown.to_string())
        })
    })
    .await?;
    let before = session.windows().await?;
    let click = "
        const { alert, listener } = window.recourseAlerts.at(-1);
        listener.observe(null, 'alertclickcallback', alert.cookie);
        return null";
    session.firefox_script(click, Vec::new()).await?;
    session
        .in_opened_window("the order's place in the dashboard", &before, async || {
            extension::says(session, &[order, "Awaiting delivery"]).await?;
            let url = session.url().await?;
            ensure!(url.ends_with(&format!("#order={order}")), "{url}");
            // Firefox complains of a frame that is closed while it loads.
            until("the evidence beside it", LONG, async || {
                let there = "return (document.querySelector('iframe')?.contentDocument?.body?.innerText ?? '').length > 20";
                let there: bool = session.script(there, Vec::new()).await?;
                Ok(if there { Ok(()) } else { Err("not yet".to_owned()) })
            })
            .await
        })
        .await
}

/// Whatever becomes of a notification, what is due was kept before, stands in the lists, and stops nothing that comes after.
async fn unshown(session: &Session, computer: Computer) -> Result<()> {
    let orders = ending(1, (Utc::now() + TimeDelta::days(40)).date_naive());
    keep(session, &orders).await?;
    let order = &orders[0].0;
    let told = by_clock(session, 34, &[], computer).await?;
    ensure!(
        told.shown.len() == 2 && told.shown.iter().all(|shown| shown.kept.contains(order)),
        "{:?}",
        told.shown
    );
    listed(session, order).await
}

/// Where the browser withholds notifications the program still wakes, works out what is due, and keeps it for the lists.
async fn unpermitted(session: &Session) -> Result<()> {
    let orders = ending(1, (Utc::now() + TimeDelta::days(40)).date_naive());
    keep(session, &orders).await?;
    let order = &orders[0].0;
    let told = by_clock(session, 34, &[], Computer::Withholds).await?;
    ensure!(told.shown.is_empty(), "{:?}", told.shown);
    listed(session, order).await
}

/// What is due stands in the dashboard and in the popup, until it is dismissed there.
async fn listed(session: &Session, order: &str) -> Result<()> {
    until("it is kept", LONG, async || {
        let lines = told_lines(session).await?;
        Ok(if lines.iter().any(|line| line.contains(order)) {
            Ok(())
        } else {
            Err(format!("{lines:?}"))
        })
    })
    .await?;
    session.goto("about:blank").await?;
    session
        .goto(&session.extension_url("www/dashboard.html#reminders"))
        .await?;
    extension::says(session, &["Reminders", "Dismiss", order]).await?;
    Page::Popup.open(session).await?;
    extension::says(session, &["Reminders", "Dismiss"]).await?;
    let press = "const one = document.querySelector('.reminders li button'); one?.click(); return one !== null";
    let press: bool = session.script(press, Vec::new()).await?;
    ensure!(press, "no button to dismiss it");
    until("it is dismissed", LONG, async || {
        let lines = told_lines(session).await?;
        Ok(if lines.iter().all(|line| line.contains(" dismissed ")) {
            Ok(())
        } else {
            Err(format!("{lines:?}"))
        })
    })
    .await
}

/// What is due and cannot be kept is shown all the same, and says so; and it is said once.
async fn unkept(session: &Session) -> Result<()> {
    let orders = ending(1, (Utc::now() + TimeDelta::days(40)).date_naive());
    keep(session, &orders).await?;
    let told = by_clock(session, 34, &[], Computer::Full).await?;
    let [one] = told.shown.as_slice() else {
        anyhow::bail!("{:?}", told.shown);
    };
    ensure!(
        one.id == "reminders"
            && one.title.contains("Reminders cannot be kept")
            && one.message.contains(&orders[0].0)
            && one.kept.is_empty(),
        "{one:?}"
    );
    let lines = told_lines(session).await?;
    ensure!(lines.is_empty(), "{lines:?}");
    // Whoever asks for something meanwhile hears that it was not kept.
    ensure!(
        session.browser == Browser::Firefox || told.answered.is_some(),
        "{told:?}"
    );
    Ok(())
}
