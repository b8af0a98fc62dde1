//! Nothing leaves: with the extension the browser asks for exactly what it asks for without it.

use std::collections::BTreeSet;

use anyhow::Result;
use chrono::Utc;
use harness::pages::extension::Page;
use harness::pages::order_list::OrderList;
use harness::{Browser, LONG, Options, Session, until};
use local_site::{Site, Switches};

#[tokio::test(flavor = "multi_thread")]
async fn in_chromium() {
    the_same_requests(Browser::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_firefox() {
    the_same_requests(Browser::Firefox).await;
}

async fn the_same_requests(browser: Browser) {
    let site = Site::start(0).await.unwrap();
    let without = walked(browser, &site, false).await.unwrap();
    let with = walked(browser, &site, true).await.unwrap();
    assert!(without.len() > 10, "the walk was not recorded: {without:?}");
    let more: Vec<&String> = with.difference(&without).collect();
    let less: Vec<&String> = without.difference(&with).collect();
    assert!(
        more.is_empty() && less.is_empty(),
        "{}: with the extension also {more:?}, without it also {less:?}",
        browser.name()
    );
}

/// List, order, tracking, list, and the extension's own pages. Returns every address that a page or an extension asked the network for.
async fn walked(browser: Browser, site: &Site, extension: bool) -> Result<BTreeSet<String>> {
    let session = Session::start(
        browser,
        site,
        Options {
            extension,
            net_log: true,
            ..Options::default()
        },
    )
    .await?;
    session.watch_requests().await?;
    let plain = Switches {
        delay_ms: 50,
        now: "2026-11-20T17:20:00Z".parse().ok(),
        ..Switches::default()
    };
    let order = plain.orders_served(Utc::now())[0].id.clone();
    for path in [
        plain.list_path(),
        plain.detail_path(&order),
        plain.tracking_path(&order),
        plain.list_path(),
    ] {
        session.open(&path).await?;
        until("the page", LONG, async || {
            let drawn: bool = session
                .script("return !!document.querySelector('#root > div > *')", vec![])
                .await?;
            Ok(if drawn {
                Ok(())
            } else {
                Err("empty".to_owned())
            })
        })
        .await?;
        if extension && path == plain.list_path() {
            OrderList::here(&session).settled().await?;
        }
    }
    if extension {
        for page in Page::ALL {
            page.open(&session).await?;
        }
    }
    let requests = session.requests().await?;
    Ok(requests
        .into_iter()
        .filter(|request| !request.initiator.is_empty())
        .map(|request| request.url)
        .collect())
}
