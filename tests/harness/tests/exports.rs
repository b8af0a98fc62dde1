//! The files that the dashboard saves: a calendar, a table, and everything.

use anyhow::{Context, Result, ensure};
use chrono::Utc;
use harness::pages::evidence;
use harness::pages::extension;
use harness::pages::order_detail;
use harness::pages::order_list::OrderList;
use harness::{Browser, LONG, Options, Session, Steps, in_both_browsers, until};
use local_site::Switches;
use serde::Deserialize;

in_both_browsers!(run);

async fn run(browser: Browser) {
    Steps::run("exports", browser, Options::default(), async |steps| {
        let plain = Switches {
            delay_ms: 50,
            now: Some(Utc::now()),
            ..Switches::default()
        };
        steps
            .step("orders are read", async |session| {
                let (_, sight) = OrderList::open(session, &plain).await?;
                for badge in sight.badges().iter().take(3) {
                    order_detail::read(session, &plain, &badge.order).await?;
                }
                Ok(())
            })
            .await;
        steps
            .step("all orders", async |session| all(session, &plain).await)
            .await;
        steps
            .step("the search finds what a note says", async |session| {
                found_by_note(session, &plain).await
            })
            .await;
        steps
            .step("the calendar of one order", async |session| {
                one(session, &plain).await
            })
            .await;
        steps
            .step("what calendars hold no longer holds", async |session| {
                cancelled(session, &plain).await
            })
            .await;
    })
    .await;
}

/// Of all orders the one that it is about.
async fn found_by_note(session: &Session, plain: &Switches) -> Result<()> {
    let order = &plain.orders_served(Utc::now())[4].id;
    evidence::open(session, order).await?;
    evidence::write(session, "The Zipper is torn").await?;
    session.goto("about:blank").await?;
    session
        .goto(&session.extension_url("www/dashboard.html"))
        .await?;
    let search = "
        const field = document.getElementById('search');
        if (!field) return null;
        field.value = 'zipper';
        field.dispatchEvent(new Event('input', { bubbles: true }));
        return [...document.querySelectorAll('li.row')].filter((row) => row.getClientRects().length).map(({ id }) => id)";
    until("the one order", LONG, async || {
        let rows: Option<Vec<String>> = session.script(search, Vec::new()).await?;
        let one = rows
            .as_deref()
            .is_some_and(|rows| rows.len() == 1 && rows[0].contains(order));
        Ok(if one {
            Ok(())
        } else {
            Err(format!("{rows:?}"))
        })
    })
    .await
}

#[derive(Debug, Deserialize)]
struct Saved {
    name: String,
    kind: String,
    text: String,
}

/// Presses a button and takes the file instead of the browser.
async fn saved(session: &Session, button: &str) -> Result<Saved> {
    let script = "
        const [id, done] = arguments;
        // The page's own world: Firefox runs this script in another one.
        const page = window.wrappedJSObject ?? window;
        const { createObjectURL } = page.URL;
        const { click } = page.HTMLElement.prototype;
        let file, name;
        page.URL.createObjectURL = function (blob) { file = blob; return 'blob:taken'; };
        page.HTMLElement.prototype.click = function () { name = this.download; };
        document.getElementById(id)?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        page.HTMLElement.prototype.click = click;
        page.URL.createObjectURL = createObjectURL;
        if (!file) done(null);
        else file.text().then((text) => done({ name, kind: file.type, text }));
    ";
    let found = session.async_script(script, vec![button.into()]).await?;
    serde_json::from_value(found).with_context(|| format!("{button} saves nothing"))
}

async fn all(session: &Session, plain: &Switches) -> Result<()> {
    session
        .goto(&session.extension_url("www/dashboard.html"))
        .await?;
    extension::says(session, &["Take with you", "Calendar (.ics)"]).await?;
    let orders = plain.orders_served(Utc::now());
    let calendar = saved(session, "export_calendar").await?;
    ensure!(
        calendar.name.starts_with("recourse-2") && calendar.name.ends_with(".ics"),
        "{}",
        calendar.name
    );
    ensure!(
        calendar.kind.starts_with("text/calendar"),
        "{}",
        calendar.kind
    );
    ensure!(
        calendar.text.starts_with("BEGIN:VCALENDAR\r\n")
            && calendar.text.contains("BEGIN:VEVENT\r\n")
            && calendar.text.ends_with("END:VCALENDAR\r\n"),
        "{}",
        calendar.text
    );
    let table = saved(session, "export_table").await?;
    let everything = saved(session, "export_all").await?;
    let read: serde_json::Value = serde_json::from_str(&everything.text)?;
    ensure!(
        read["orders"].as_array().is_some_and(|all| !all.is_empty()),
        "{}",
        everything.text
    );
    // What the list shows is in both.
    let kept = session.stored().await?;
    let known = orders
        .iter()
        .filter(|order| kept.contains_key(&format!("order:{}", order.id)));
    let mut seen = 0;
    for order in known {
        seen += 1;
        ensure!(
            table.text.contains(&format!("\r\n{},", order.id)),
            "{} is not in the table",
            order.id
        );
        ensure!(
            everything
                .text
                .contains(&format!("\"order\":\"{}\"", order.id)),
            "{} is not in the file",
            order.id
        );
    }
    ensure!(seen > 5, "{seen} orders are known");
    Ok(())
}

async fn one(session: &Session, plain: &Switches) -> Result<()> {
    let kept = session.stored().await?;
    let orders = plain.orders_served(Utc::now());
    let order = orders
        .iter()
        .find(|order| {
            order.printed_on_detail.is_some() && kept.contains_key(&format!("order:{}", order.id))
        })
        .context("an order with a printed date")?;
    session
        .goto(&session.extension_url(&format!("www/dashboard.html#order={}", order.id)))
        .await?;
    extension::says(session, &["Add to calendar (.ics)"]).await?;
    let file = saved(session, "export_calendar_order").await?;
    ensure!(
        file.name == format!("recourse-{}.ics", order.id),
        "{}",
        file.name
    );
    let events: Vec<&str> = file
        .text
        .split("\r\n")
        .filter(|line| line.starts_with("UID:"))
        .collect();
    let own = format!("UID:{}-", order.id);
    ensure!(
        !events.is_empty() && events.iter().all(|uid| uid.starts_with(&own)),
        "{events:?}"
    );
    Ok(())
}

/// An event that an earlier file held and that is not planned any more is cancelled, in the file of its order and in that of all; and an
/// order that is not known takes nothing out.
async fn cancelled(session: &Session, plain: &Switches) -> Result<()> {
    let kept = session.stored().await?;
    let given = kept.get("calendar").and_then(|text| text.as_str());
    let given = given.context("nothing is remembered of the files before")?;
    let orders = plain.orders_served(Utc::now());
    let order = orders
        .iter()
        .find(|order| given.contains(&order.id))
        .context("no order was in a file")?;
    let day = Utc::now().date_naive() + chrono::TimeDelta::days(9);
    let line = |id: &str| format!("{id} appeal {day} -line-3\n");
    let text = [given, &line(&order.id), &line("1234567890123456")].concat();
    session
        .store(serde_json::json!({ "calendar": text }))
        .await?;
    let uid = format!("UID:{}-appeal-line-3@recourse", order.id);
    for (place, button) in [
        (format!("#order={}", order.id), "export_calendar_order"),
        (String::new(), "export_calendar"),
    ] {
        session.goto("about:blank").await?;
        session
            .goto(&session.extension_url(&format!("www/dashboard.html{place}")))
            .await?;
        extension::says(session, &["Calendar (.ics)"]).await?;
        let file = saved(session, button).await?;
        let events: Vec<&str> = file.text.split("BEGIN:VEVENT").collect();
        let event = events.iter().find(|event| event.contains(&uid));
        ensure!(
            event.is_some_and(|event| event.contains("STATUS:CANCELLED\r\n")),
            "{button}: {}",
            file.text
        );
        ensure!(!file.text.contains("1234567890123456"), "{}", file.text);
        ensure!(
            !file.text.replacen(&uid, "", 1).contains(&uid),
            "twice: {}",
            file.text
        );
    }
    Ok(())
}
