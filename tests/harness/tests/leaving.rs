//! Pages are left while the program in them is at work: nothing of it complains, and in a page that is come back to it goes on.

use std::time::Duration;

use anyhow::{Result, ensure};
use chrono::Utc;
use harness::pages::order_detail;
use harness::pages::order_list::OrderList;
use harness::{Browser, Options, Session, Steps, in_both_browsers};
use local_site::Switches;

in_both_browsers!(run);

async fn run(browser: Browser) {
    Steps::run("leaving", browser, Options::default(), async |steps| {
        let shop = Switches {
            delay_ms: 50,
            ..Switches::default()
        };
        let order = shop.orders_served(Utc::now()).remove(0).id;
        let (list, detail) = (shop.list_path(), shop.detail_path(&order));
        for (name, page) in [("the list", &list), ("an order's page", &detail)] {
            steps
                .step(
                    &format!("{name} left for another origin"),
                    async |session| {
                        let own = session.extension_url("www/welcome.html");
                        leave(session, page, &own).await
                    },
                )
                .await;
        }
        steps
            .step("the list left, and come back to", async |session| {
                for after in moments() {
                    session.open(&list).await?;
                    tokio::time::sleep(after).await;
                    session.open(&detail).await?;
                    session.back().await?;
                    OrderList::here(session).settled().await?;
                }
                Ok(())
            })
            .await;
        steps
            .step("the list is to be left, and stays", async |session| {
                for after in moments() {
                    session.begin_anew().await?;
                    session.open(&list).await?;
                    // What the shop itself was fetching would not come any more.
                    OrderList::here(session).drawn().await?;
                    tokio::time::sleep(after).await;
                    session
                        .page_script("location.href = '/demo/nothing'", &[])
                        .await?;
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    OrderList::here(session)
                        .settled()
                        .await?
                        .kept(session)
                        .await?;
                }
                Ok(())
            })
            .await;
        steps
            .step("an order's page left, and come back to", async |session| {
                for after in moments() {
                    session.open(&detail).await?;
                    tokio::time::sleep(after).await;
                    session.open(&list).await?;
                    session.back().await?;
                    order_detail::badge(session, &order).await?;
                }
                Ok(())
            })
            .await;
    })
    .await;
}

/// From the first breath of the program to when it has nothing more to do.
fn moments() -> impl Iterator<Item = Duration> {
    (0..400).step_by(40).map(Duration::from_millis)
}

async fn leave(session: &mut Session, page: &str, other: &str) -> Result<()> {
    for after in moments() {
        session.open(page).await?;
        tokio::time::sleep(after).await;
        session.goto(other).await?;
        let said = session.complaints().await?;
        ensure!(said.is_empty(), "left after {after:?}: {said:?}");
    }
    Ok(())
}
