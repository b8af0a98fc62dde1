//! The background program is stopped at any moment, as browsers do: what pages tell is kept all the same.

use std::time::Duration;

use anyhow::{Result, ensure};
use chrono::Utc;
use harness::faults::{Fault, Tally, Telling, wherever_it_waits};
use harness::pages::order_detail;
use harness::pages::order_list::OrderList;
use harness::{Browser, Options, Session, Steps, in_both_browsers};
use local_site::Switches;
use recourse::domain::sighting::Page;

in_both_browsers!(run);

async fn run(browser: Browser) {
    Steps::run("background", browser, Options::default(), async |steps| {
        let shop = Switches {
            delay_ms: 0,
            ..Switches::default()
        };
        // What could not be kept at once is said in the console, and told again.
        steps
            .rough_step("stopped while a page tells of its order", async |session| {
                one_by_one(session, &shop).await
            })
            .await;
        steps
            .rough_step(
                "stopped again and again while a list is told",
                async |session| all_at_once(session, &shop).await,
            )
            .await;
        // Firefox lets nobody halt its program.
        if browser == Browser::Chromium {
            steps
                .rough_step("stopped wherever it waits", async |session| {
                    let mut tally = Tally::default();
                    wherever_it_waits(session, Telling::OrderPage, usize::MAX, &mut tally).await?;
                    ensure!(tally.passes(Fault::Stopped), "{:?}", tally.examples);
                    Ok(())
                })
                .await;
        }
    })
    .await;
}

/// Another order each time, and each time a little later: before it is told of, while it is kept, and after.
async fn one_by_one(session: &Session, shop: &Switches) -> Result<()> {
    let orders = shop.orders_served(Utc::now());
    for (order, after) in orders.iter().zip((0..400).step_by(30)) {
        session.open(&shop.detail_path(&order.id)).await?;
        tokio::time::sleep(Duration::from_millis(after)).await;
        session.stop_background().await?;
        order_detail::kept(session, &order.id, Page::OrderDetail).await?;
    }
    Ok(())
}

/// Whatever is under way when it is stopped, and whether or not the question about it is ever answered.
async fn all_at_once(session: &Session, shop: &Switches) -> Result<()> {
    session.begin_anew().await?;
    session.open(&shop.list_path()).await?;
    for _ in 0..10 {
        session.stop_background().await?;
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    let list = OrderList::here(session);
    list.settled().await?.kept(session).await
}
