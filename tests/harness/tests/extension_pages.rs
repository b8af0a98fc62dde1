//! The extension's own pages: they open, say what they should, and axe-core finds nothing.

use anyhow::{Result, ensure};
use chrono::Utc;
use harness::pages::extension::{self, Page, Problems};
use harness::pages::order_detail;
use harness::pages::order_list::OrderList;
use harness::{Browser, Options, Session, Steps, Width, in_both_browsers};
use local_site::{BUYER, Switches};
use serde_json::json;

in_both_browsers!(run);

async fn run(browser: Browser) {
    Steps::run("pages", browser, Options::default(), all).await;
}

async fn all(steps: &mut Steps<'_>) {
    let plain = Switches {
        delay_ms: 50,
        now: Some(Utc::now()),
        ..Switches::default()
    };
    for page in Page::ALL {
        steps
            .step(
                &format!("{} with nothing kept", page.name()),
                async |session| looks(session, page).await,
            )
            .await;
    }
    steps
        .step("orders are read", async |session| {
            read(session, &plain).await
        })
        .await;
    for page in Page::ALL {
        steps
            .step(page.name(), async |session| looks(session, page).await)
            .await;
    }
    steps
        .step("one order", async |session| {
            one_order(session, &plain).await
        })
        .await;
    steps
        .step("the engine, in the settings", async |session| {
            engine(session).await
        })
        .await;
    steps
        .step("the list of problems", async |session| {
            problems(session, &plain).await
        })
        .await;
    steps
        .rough_step("a damaged record", async |session| {
            damaged(session, &plain).await
        })
        .await;
    steps
        .step("more than the usual ten megabytes", async |session| {
            more_than_usual(session, &plain).await
        })
        .await;
}

/// In light and dark, wide and narrow.
async fn looks(session: &Session, page: Page) -> Result<()> {
    for width in [Width::Desktop, Width::Narrow] {
        session.set_width(width).await?;
        for dark in [false, true] {
            session.set_dark(dark).await?;
            page.open(session).await?;
            let result = extension::accessible(session).await;
            if result.is_err() {
                session.set_dark(false).await?;
                session.set_width(Width::Desktop).await?;
                return result.map_err(|problem| {
                    problem.context(format!(
                        "{width:?}, {}",
                        if dark { "dark" } else { "light" }
                    ))
                });
            }
        }
    }
    session.set_dark(false).await?;
    session.set_width(Width::Desktop).await
}

async fn read(session: &Session, plain: &Switches) -> Result<()> {
    let (_, sight) = OrderList::open(session, plain).await?;
    for badge in sight.badges().iter().take(5) {
        order_detail::read(session, plain, &badge.order).await?;
    }
    let kept = serde_json::to_string(&session.stored().await?)?;
    for text in BUYER {
        ensure!(!kept.contains(text), "the buyer's address is kept: {text}");
    }
    ensure!(
        kept.contains("|to BR d "),
        "of the address the country is kept"
    );
    Ok(())
}

/// The dashboard at one order: what is known, and the shop's own words for it.
async fn one_order(session: &Session, plain: &Switches) -> Result<()> {
    let order = &plain.orders_served(Utc::now())[0];
    session
        .goto(&session.extension_url(&format!("www/dashboard.html#order={}", order.id)))
        .await?;
    extension::says(session, &[&order.id, "Printed on the order’s page"]).await?;
    extension::accessible(session).await
}

async fn engine(session: &Session) -> Result<()> {
    // The report says by which ways the parts of the last list were found, and holds nothing of the orders themselves.
    Page::Settings.open(session).await?;
    let words = [
        "WebAssembly",
        "Found on the last page order-list:",
        "order-id: link ",
    ];
    extension::says(session, &words).await?;
    let report: String = session
        .script(
            "return document.querySelector('.report').textContent",
            Vec::new(),
        )
        .await?;
    let has_number = report
        .split(|letter: char| !letter.is_ascii_digit())
        .any(|digits| digits.len() >= 14);
    ensure!(!has_number, "the report holds an order's number: {report}");
    Ok(())
}

/// What could not be read is listed, not guessed.
async fn problems(session: &Session, plain: &Switches) -> Result<()> {
    let hostile = Switches {
        hostile: true,
        ..plain.clone()
    };
    let (_, sight) = OrderList::open(session, &hostile).await?;
    sight.kept(session).await?;
    let odd = hostile
        .orders_served(Utc::now())
        .into_iter()
        .find(|order| order.placed_text.is_some())
        .expect("a hostile order");
    let printed = odd.placed_text.as_deref().unwrap_or_default();
    Problems::open(session, |listed| {
        match listed.orders.get(&odd.id).map(Vec::as_slice) {
            Some([(field, quote)]) if field == "Placed" && quote.contains(printed) => Ok(()),
            _ => Err(format!("{} is not listed with {printed:?}", odd.id)),
        }
    })
    .await?;
    extension::accessible(session).await
}

/// A record that cannot be read back is named with the reason, and left as it is.
async fn damaged(session: &Session, plain: &Switches) -> Result<()> {
    let orders = plain.orders_served(Utc::now());
    let unreadable = [
        (json!({ "id": 5 }), "older version"),
        (json!("3 in a form of its own"), "newer version"),
        (json!("2 mi8x3k2p|p fxs l 0 0"), "damaged"),
    ];
    let kept: Vec<String> = orders
        .iter()
        .map(|order| format!("order:{}", order.id))
        .collect();
    let items: serde_json::Map<String, serde_json::Value> = kept
        .iter()
        .cloned()
        .zip(unreadable.iter().map(|(value, _)| value.clone()))
        .collect();
    session.store(items.into()).await?;
    OrderList::open(session, plain).await?;
    for page in Page::ALL {
        page.open(session).await?;
    }
    session
        .goto(&session.extension_url("www/dashboard.html#problems"))
        .await?;
    let reasons: Vec<&str> = unreadable.iter().map(|(_, reason)| *reason).collect();
    extension::says(session, &reasons).await?;
    let now = session.stored().await?;
    for (key, (value, _)) in kept.iter().zip(&unreadable) {
        ensure!(now.get(key) == Some(value), "{key} was overwritten");
    }
    Ok(())
}

/// Chromium gives an extension ten megabytes, unless it asks for more as this one does: with so many kept, orders still are.
async fn more_than_usual(session: &Session, plain: &Switches) -> Result<()> {
    session.forget().await?;
    let fill = "const [done] = arguments; chrome.storage.local.set({ junk: 'x'.repeat(12_000_000) }).then(() => done(null))";
    session.in_extension(fill, Vec::new()).await?;
    let (_, sight) = OrderList::open(session, plain).await?;
    ensure!(
        sight
            .badges()
            .iter()
            .all(|badge| matches!(badge.kind.as_str(), "estimate" | "unknown" | "closed")),
        "a date from nowhere: {sight:?}"
    );
    sight.kept(session).await?;
    for page in Page::ALL {
        page.open(session).await?;
    }
    session.forget().await
}
