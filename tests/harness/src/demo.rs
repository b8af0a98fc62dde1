//! The demo: the extension on the local shop, for someone to look at, or walked through by itself where there is no display.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use chrono::Utc;
use chrono_tz::Tz;
use local_site::{Language, Layout, Site, Status, Switches, Theme};

use crate::driver::Browser;
use crate::pages::extension::Page;
use crate::pages::order_detail;
use crate::pages::order_list::{Badge, OrderList};
use crate::session::{Options, Session, Width};

pub async fn run(browser: Browser, headless: bool) -> Result<()> {
    let site = Site::start(0)
        .await
        .context("the local site does not start")?;
    let display = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    if headless || !display {
        println!("… {} without a window", browser.name());
        let session = Session::start(browser, &site, Options::default()).await?;
        let walked = walk(&session).await;
        session.close();
        walked
    } else {
        let session = Session::start(
            browser,
            &site,
            Options {
                headless: false,
                ..Options::default()
            },
        )
        .await?;
        show(&session).await
    }
}

/// Leaves the browser to whoever sits before it, until they close it or interrupt us.
async fn show(session: &Session) -> Result<()> {
    session.open(&Switches::default().list_path()).await?;
    println!(
        "The shop's order list is open in {}. Open an order once, come back, and its badge has the exact date.",
        session.browser.name()
    );
    println!(
        "The dashboard: {}",
        session.extension_url("www/dashboard.html")
    );
    println!("Close the browser to end the demo.");
    loop {
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(500)) => {
                if !session.is_alive().await {
                    return Ok(());
                }
            }
            _ = tokio::signal::ctrl_c() => return Ok(()),
        }
    }
}

/// List, two orders, list again; then pictures of everything there is to see.
async fn walk(session: &Session) -> Result<()> {
    let plain = Switches::default();
    let now = Utc::now();
    println!("… the order list, for the first time");
    session.open(&plain.list_path()).await?;
    let list = OrderList::here(session);
    list.drawn().await?;
    let before = match list.settled().await {
        Ok(sight) => sight,
        Err(problem) => {
            let picture = session.screenshot(&picture(session, "no-badges")).await?;
            let said = session.complaints().await?.join("\n  ");
            bail!(
                "no badge appeared on the order list: {problem:#}\nThe picture is {}; the console says:\n  {said}",
                picture.display()
            );
        }
    };

    // Two whose own page prints a date that is still to come, and one more of each sort for the pictures.
    let orders = plain.orders_served(now);
    let visible: Vec<_> = orders
        .iter()
        .filter(|order| before.badge(&order.id).is_some())
        .collect();
    let dated = visible.iter().filter(|order| {
        order.status == Status::AwaitingDelivery
            && order
                .printed_on_detail
                .is_some_and(|day| day > now.date_naive())
    });
    let two: Vec<&str> = dated.take(2).map(|order| order.id.as_str()).collect();
    for order in &two {
        println!("… the page of order {order}");
        order_detail::read(session, &plain, order).await?;
    }
    println!("… the order list again");
    let (_, after) = OrderList::open(session, &plain).await?;
    let zone = session.zone().await?;
    print_table(&before.badges(), &after.badges(), zone)?;
    for order in &two {
        let kind = after.badge(order).map(|badge| badge.kind.as_str());
        if kind != Some("printed") {
            bail!(
                "the page of order {order} prints its date, and the list does not show it: {kind:?}"
            );
        }
    }
    println!(
        "{} cards, {} of them with a date that the shop printed",
        after.cards.len(),
        two.len()
    );

    println!("… pictures");
    if let Some(order) = visible
        .iter()
        .find(|order| order.status == Status::Completed)
    {
        order_detail::read(session, &plain, &order.id).await?;
    }
    for path in pictures(session, &plain).await? {
        println!("  {}", path.display());
    }
    Ok(())
}

fn print_table(before: &[&Badge], after: &[&Badge], zone: Tz) -> Result<()> {
    println!(
        "\n{:<20} {:<20} {:<26} {:<10} before",
        "order", "what ends", "when", "how certain"
    );
    for badge in after {
        let when = match badge.until()? {
            Some(moment) => moment
                .with_timezone(&zone)
                .format("%a, %b %e %Y, %H:%M %Z")
                .to_string(),
            None => "–".to_owned(),
        };
        let was = before
            .iter()
            .find(|other| other.order == badge.order)
            .map_or("–", |other| other.kind.as_str());
        let what = badge.clock.as_deref().unwrap_or("–");
        println!(
            "{:<20} {what:<20} {when:<26} {:<10} {was}",
            badge.order, badge.kind
        );
    }
    println!();
    Ok(())
}

/// What a page of the shop is looked at in: light and dark, from right to left, narrow.
#[must_use]
pub fn looks(plain: &Switches) -> [(&'static str, Switches, Width); 4] {
    let dark = Switches {
        theme: Theme::Dark,
        ..plain.clone()
    };
    let arabic = Switches {
        language: Language::Ar,
        ..plain.clone()
    };
    let narrow = Switches {
        layout: Layout::Narrow,
        ..plain.clone()
    };
    [
        ("light", plain.clone(), Width::Desktop),
        ("dark", dark, Width::Desktop),
        ("arabic", arabic, Width::Desktop),
        ("narrow", narrow, Width::Narrow),
    ]
}

async fn pictures(session: &Session, plain: &Switches) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for (name, switches, width) in looks(plain) {
        session.set_width(width).await?;
        session.set_dark(switches.theme == Theme::Dark).await?;
        OrderList::open(session, &switches).await?;
        let picture = picture(session, &format!("list-{name}"));
        paths.push(session.screenshot(&picture).await?);
    }
    for (page, width) in [
        (Page::Popup, Width::Narrow),
        (Page::Dashboard, Width::Desktop),
        (Page::Settings, Width::Desktop),
        (Page::Welcome, Width::Desktop),
    ] {
        session.set_width(width).await?;
        for (name, dark) in [("light", false), ("dark", true)] {
            session.set_dark(dark).await?;
            page.open(session).await?;
            paths.push(
                session
                    .screenshot(&picture(session, &format!("{}-{name}", page.name())))
                    .await?,
            );
        }
    }
    session.set_dark(false).await?;
    Ok(paths)
}

fn picture(session: &Session, name: &str) -> String {
    format!("demo/{}-{name}.png", session.browser.name())
}
