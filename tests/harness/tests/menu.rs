//! The helper menu, by keyboard alone: it leads to the shop's own control, or opens the drawer for evidence.

use anyhow::{Context, Result, ensure};
use chrono::Utc;
use harness::keyboard::{self, DOWN, ENTER, ESCAPE};
use harness::pages::order_detail;
use harness::pages::order_list::OrderList;
use harness::{Browser, LONG, Options, Session, Steps, Width, in_both_browsers, until};
use local_site::{DemoOrder, Layout, Switches};

in_both_browsers!(run);

/// The keys from the menu's first item, which opens the order's page, to two others.
const TO_DISPUTE: [char; 2] = [DOWN, ENTER];
const TO_EVIDENCE: [char; 3] = [DOWN, DOWN, ENTER];

async fn run(browser: Browser) {
    Steps::run("menu", browser, Options::default(), async |steps| {
        let plain = Switches {
            delay_ms: 50,
            now: Some(Utc::now()),
            ..Switches::default()
        };
        let narrow = Switches {
            layout: Layout::Narrow,
            ..plain.clone()
        };
        steps
            .step(
                "a printed date gives the menu its first item",
                async |session| order_detail::read(session, &plain, &an_order(&plain).id).await,
            )
            .await;
        steps
            .step("opens and closes", async |session| {
                opens(session, &plain).await
            })
            .await;
        steps
            .step(
                "the keyboard stays in a badge that is drawn anew",
                async |session| stays(session, &plain).await,
            )
            .await;
        steps
            .step("open a dispute", async |session| {
                dispute(session, &plain).await
            })
            .await;
        steps
            .step("add evidence", async |session| {
                evidence(session, &plain).await
            })
            .await;
        steps
            .step(
                "narrow: a sheet, and the card's own link is not followed",
                async |session| {
                    session.set_width(Width::Narrow).await?;
                    let result = opens(session, &narrow).await;
                    session.set_width(Width::Desktop).await?;
                    result
                },
            )
            .await;
    })
    .await;
}

fn an_order(switches: &Switches) -> DemoOrder {
    switches.orders_with_a_date(Utc::now()).remove(0)
}

async fn open_menu(session: &Session, switches: &Switches) -> Result<()> {
    OrderList::open(session, switches).await?;
    keyboard::open_menu(session, &an_order(switches).id).await
}

async fn opens(session: &Session, switches: &Switches) -> Result<()> {
    open_menu(session, switches).await?;
    session
        .screenshot(
            &format!(
                "e2e/menu-{}-{:?}.png",
                session.browser.name(),
                switches.layout
            )
            .to_lowercase(),
        )
        .await?;
    session.press(&[ESCAPE]).await?;
    keyboard::back_in_badge(session, &an_order(switches).id, &[]).await?;
    ensure!(
        session.url().await?.contains("/p/order/index.html"),
        "the page was left: {}",
        session.url().await?
    );
    Ok(())
}

/// Another page tells an order's exact date while the keyboard is in its badge on the list.
async fn stays(session: &Session, plain: &Switches) -> Result<()> {
    let order = plain
        .orders_with_a_date(Utc::now())
        .into_iter()
        .nth(1)
        .context("the local site has one order with a date to come")?;
    let (list, sight) = OrderList::open(session, plain).await?;
    let before = sight
        .badge(&order.id)
        .context("the order has no badge")?
        .clone();
    keyboard::focus_menu_button(session, &order.id).await?;
    session
        .in_new_window(async || order_detail::read(session, plain, &order.id).await)
        .await?;
    list.badge_where(&order.id, "the badge is drawn anew", |badge| {
        badge.kind != before.kind
    })
    .await?;
    keyboard::back_in_badge(session, &order.id, &[]).await?;
    // It is on the same button as before.
    session.press(&[ENTER]).await?;
    keyboard::in_layer(session).await?;
    session.press(&[ESCAPE]).await?;
    keyboard::back_in_badge(session, &order.id, &[]).await
}

/// The order's own page opens beside the list, and points at the shop's control.
async fn dispute(session: &Session, plain: &Switches) -> Result<()> {
    open_menu(session, plain).await?;
    let before = session.windows().await?;
    session.press(&TO_DISPUTE).await?;
    let order = an_order(plain).id;
    session
        .in_opened_window("the order's own page", &before, async || {
            pointed_at(session, &order).await
        })
        .await
}

async fn pointed_at(session: &Session, order: &str) -> Result<()> {
    until("the order's own page", LONG, async || {
        let url = session.url().await?;
        Ok(
            if url.contains("/p/order/detail.html") && url.contains(order) {
                Ok(())
            } else {
                Err(url)
            },
        )
    })
    .await?;
    order_detail::drawn(session).await?;
    keyboard::floats(session).await?;
    let control = "const node = [...document.querySelectorAll('.order-detail-item-btns button')].at(-1).getBoundingClientRect(); \
                   return node.top >= 0 && node.bottom <= innerHeight";
    until("the shop's control is in view", LONG, async || {
        let visible: bool = session.script(control, Vec::new()).await?;
        Ok(if visible {
            Ok(())
        } else {
            Err("it is not".to_owned())
        })
    })
    .await?;
    session
        .screenshot(&format!("e2e/pointer-{}.png", session.browser.name()))
        .await?;
    // Nothing was pressed for the user.
    let asked: bool = session
        .script(
            "return !!document.querySelector('.comet-modal')",
            Vec::new(),
        )
        .await?;
    ensure!(!asked, "the shop's control was pressed");
    points(session, "press here to open the dispute").await?;
    // The buyer presses it, and the shop asks whether the parcel came.
    session
        .script::<()>(
            "[...document.querySelectorAll('.order-detail-item-btns button')].at(-1).click()",
            Vec::new(),
        )
        .await?;
    points(session, "press the answer that is true").await?;
    let answers: usize = session
        .script(
            "return document.querySelectorAll('.comet-modal-footer a').length",
            Vec::new(),
        )
        .await?;
    ensure!(answers > 1, "one of the answers was pressed");
    Ok(())
}

/// Waits until what floats beside the shop's controls says it.
async fn points(session: &Session, words: &str) -> Result<()> {
    if session.browser == Browser::Firefox {
        return keyboard::floats(session).await;
    }
    until(&format!("{words:?}"), LONG, async || {
        let said = session.closed_text("recourse-layer").await;
        Ok(match said {
            Ok(said) if said.contains(words) => Ok(()),
            other => Err(format!("{other:?}")),
        })
    })
    .await
}

/// The drawer opens on the page itself, and a key closes it.
async fn evidence(session: &Session, plain: &Switches) -> Result<()> {
    open_menu(session, plain).await?;
    session.press(&TO_EVIDENCE).await?;
    keyboard::in_layer(session).await?;
    keyboard::back_in_badge(session, &an_order(plain).id, &[ESCAPE]).await
}
