//! The order's own page says what the list says, below the words of the order's state, and its menu points at the control on the
//! same page.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use chrono::Utc;
use harness::demo::looks;
use harness::keyboard::{self, ENTER};
use harness::pages::order_detail;
use harness::pages::order_list::OrderList;
use harness::{Browser, LONG, Options, Session, Steps, Width, in_both_browsers, until};
use local_site::{Csp, DemoOrder, Status, Switches, Theme};
use serde_json::json;

in_both_browsers!(run);

async fn run(browser: Browser) {
    Steps::run("own-page", browser, Options::default(), async |steps| {
        let plain = Switches {
            delay_ms: 50,
            now: Some(Utc::now()),
            ..Switches::default()
        };
        steps
            .step("the same as on the list", async |session| {
                agrees_with_the_list(session, &plain).await
            })
            .await;
        for (name, script) in [
            (
                "the page removes the badge",
                "document.querySelector('recourse-badge').remove()",
            ),
            (
                "the page rewrites the badge",
                "document.querySelector('recourse-badge').dataset.until = '2030-01-01T00:00:00Z'",
            ),
            (
                "the page draws its state anew",
                "const old = document.querySelector('.order-status'); old.replaceWith(old.cloneNode(true))",
            ),
        ] {
            steps
                .step(name, async |session| mended(session, &plain, script).await)
                .await;
        }
        steps
            .step("what another page tells is shown", async |session| {
                learns(session, &plain).await
            })
            .await;
        steps
            .step("the menu points at the control on this page", async |session| {
                points(session, &plain).await
            })
            .await;
        steps
            .step("strict pages", async |session| {
                let strict = Switches { csp: Csp::Strict, ..plain.clone() };
                badge_of(session, &strict, Status::AwaitingDelivery).await.map(drop)
            })
            .await;
        steps
            .step("light, dark, from right to left, narrow", async |session| {
                pictures(session, &plain).await
            })
            .await;
    })
    .await;
}

/// An order in that state whose page prints a date to come, if it prints one.
fn an_order(switches: &Switches, status: Status) -> DemoOrder {
    let now = Utc::now();
    let orders = switches.orders_served(now);
    orders
        .iter()
        .find(|order| {
            let dated = order.printed_on_detail > Some(now.date_naive());
            order.status == status && (dated || status != Status::AwaitingDelivery)
        })
        .expect("an order in that state")
        .clone()
}

/// Opens the page of an order in that state and waits for its badge.
async fn badge_of(
    session: &Session,
    switches: &Switches,
    status: Status,
) -> Result<(DemoOrder, harness::pages::order_list::Badge)> {
    let order = an_order(switches, status);
    order_detail::open(session, switches, &order.id).await?;
    let badge = order_detail::badge(session, &order.id).await?;
    Ok((order, badge))
}

async fn agrees_with_the_list(session: &Session, plain: &Switches) -> Result<()> {
    let mut seen = Vec::new();
    for (status, kinds) in [
        (Status::AwaitingDelivery, &["printed"][..]),
        (Status::Completed, &["rule", "printed"]),
        (Status::Cancelled, &["closed"]),
    ] {
        let (order, badge) = badge_of(session, plain, status).await?;
        ensure!(
            kinds.contains(&badge.kind.as_str()),
            "{status:?}: {badge:?}"
        );
        order_detail::kept(
            session,
            &order.id,
            recourse::domain::sighting::Page::OrderDetail,
        )
        .await?;
        seen.push(badge);
    }
    let (list, _) = OrderList::open(session, plain).await?;
    list.show_all().await?;
    for own in seen {
        list.badge_where(
            &own.order,
            &format!("what its own page says: {own:?}"),
            |badge| {
                (&badge.kind, &badge.clock, &badge.until_text)
                    == (&own.kind, &own.clock, &own.until_text)
            },
        )
        .await?;
    }
    Ok(())
}

async fn mended(session: &Session, plain: &Switches, script: &str) -> Result<()> {
    let (order, before) = badge_of(session, plain, Status::AwaitingDelivery).await?;
    session
        .script::<Option<()>>(&format!("{script}; return null"), Vec::new())
        .await?;
    until("the same badge", LONG, async || {
        let after = order_detail::badge(session, &order.id).await?;
        Ok(if after == before {
            Ok(())
        } else {
            Err(format!("{after:?} instead of {before:?}"))
        })
    })
    .await
}

/// The tracking page of an order prints an earlier day: a page that is open learns of it.
async fn learns(session: &Session, plain: &Switches) -> Result<()> {
    session.forget().await?;
    let today = Utc::now().date_naive();
    let orders = plain.orders_served(Utc::now());
    let order = orders
        .iter()
        .find(|order| {
            order.printed_on_tracking > Some(today)
                && order.printed_on_tracking < order.printed_on_detail
        })
        .context("the local site has lost its orders with two dates")?;
    order_detail::open(session, plain, &order.id).await?;
    let before = order_detail::badge(session, &order.id).await?;
    session
        .in_new_window(async || order_detail::read_tracking(session, plain, &order.id).await)
        .await?;
    until("an earlier end", LONG, async || {
        let badge = order_detail::badge(session, &order.id).await?;
        Ok(if badge.until()? < before.until()? {
            Ok(())
        } else {
            Err(format!("{badge:?}"))
        })
    })
    .await
}

async fn points(session: &Session, plain: &Switches) -> Result<()> {
    let (order, _) = badge_of(session, plain, Status::AwaitingDelivery).await?;
    keyboard::open_menu(session, &order.id).await?;
    session
        .screenshot(&format!("e2e/own-page-menu-{}.png", session.browser.name()))
        .await?;
    let windows = session.windows().await?.len();
    // The first item: this page needs no link to itself.
    session.press(&[ENTER]).await?;
    keyboard::floats(session).await?;
    let control = "const node = [...document.querySelectorAll('.order-detail-item-btns button')].at(-1).getBoundingClientRect(); \
                   return node.top >= 0 && node.bottom <= innerHeight && !document.querySelector('.comet-modal')";
    until(
        "the shop's control is in view, and not pressed",
        LONG,
        async || {
            Ok(if session.script(control, Vec::new()).await? {
                Ok(())
            } else {
                Err("it is not".to_owned())
            })
        },
    )
    .await?;
    ensure!(session.windows().await?.len() == windows, "a window opened");
    session
        .screenshot(&format!(
            "e2e/own-page-pointer-{}.png",
            session.browser.name()
        ))
        .await
        .map(drop)
}

async fn pictures(session: &Session, plain: &Switches) -> Result<()> {
    for (name, switches, width) in looks(plain) {
        session.set_width(width).await?;
        session.set_dark(switches.theme == Theme::Dark).await?;
        badge_of(session, &switches, Status::AwaitingDelivery).await?;
        // Wider than the window it would make the page scroll sideways.
        let fits = "const box = document.querySelector('recourse-badge').getBoundingClientRect(); \
                    return box.left >= 0 && box.right <= document.documentElement.clientWidth && box.height < arguments[0]";
        let fits: bool = session.script(fits, vec![json!(80)]).await?;
        tokio::time::sleep(Duration::from_millis(100)).await;
        session
            .screenshot(&format!(
                "e2e/own-page-{name}-{}.png",
                session.browser.name()
            ))
            .await?;
        ensure!(fits, "{name}: the badge has no room");
    }
    session.set_width(Width::Desktop).await?;
    session.set_dark(false).await
}
