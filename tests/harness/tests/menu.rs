//! The helper menu, by keyboard alone: it leads to the shop's own control, or opens the drawer for evidence.

use anyhow::{Result, bail, ensure};
use chrono::Utc;
use harness::pages::order_detail;
use harness::pages::order_list::OrderList;
use harness::{Browser, LONG, Options, Session, Steps, Width, in_both_browsers, until};
use local_site::{DemoOrder, Layout, Status, Switches};

in_both_browsers!(run);

const ENTER: char = '\u{e007}';
const TAB: char = '\u{e004}';
const ESCAPE: char = '\u{e00c}';
const DOWN: char = '\u{e015}';

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
    let now = Utc::now();
    let orders = switches.orders_served(now);
    let waiting = |order: &&DemoOrder| {
        order.status == Status::AwaitingDelivery && order.printed_on_detail > Some(now.date_naive())
    };
    orders
        .iter()
        .find(waiting)
        .expect("an order with a date to come")
        .clone()
}

/// Whether something floats above the page. What it is, only the picture says: the shadow root is closed.
async fn floats(session: &Session) -> Result<bool> {
    session
        .script(
            "return !!document.querySelector('recourse-layer')",
            Vec::new(),
        )
        .await
}

/// Presses Tab until the focus is in an order's badge, and then until it is on the last control in it, which opens the menu.
async fn focus_menu_button(session: &Session, order: &str) -> Result<()> {
    let focused = "const host = document.activeElement; return host?.localName === 'recourse-badge' ? host.dataset.order : null";
    let mut inside = 0;
    for _ in 0..120 {
        session.press(&[TAB]).await?;
        let at: Option<String> = session.script(focused, Vec::new()).await?;
        if at.as_deref() == Some(order) {
            inside += 1;
        } else if inside > 0 {
            // One too far: back onto the last one.
            session.press_with('\u{e008}', TAB).await?;
            return Ok(());
        }
    }
    bail!("the keyboard does not get through the badge of {order}: {inside} stops")
}

async fn open_menu(session: &Session, switches: &Switches) -> Result<()> {
    OrderList::open(session, switches).await?;
    focus_menu_button(session, &an_order(switches).id).await?;
    session.press(&[ENTER]).await?;
    until("the menu", LONG, async || {
        Ok(if floats(session).await? {
            Ok(())
        } else {
            Err("nothing floats".to_owned())
        })
    })
    .await
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
    let order = an_order(switches).id;
    until(
        "Escape closes the menu and the focus is back in the badge",
        LONG,
        async || {
            let at: Option<String> = session
                .script(
                    "return document.activeElement?.dataset.order ?? null",
                    Vec::new(),
                )
                .await?;
            Ok(if at.as_ref() == Some(&order) {
                Ok(())
            } else {
                Err(format!("{at:?}"))
            })
        },
    )
    .await?;
    ensure!(
        session.url().await?.contains("/p/order/index.html"),
        "the page was left: {}",
        session.url().await?
    );
    Ok(())
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
    until("a pointer", LONG, async || {
        Ok(if floats(session).await? {
            Ok(())
        } else {
            Err("nothing floats".to_owned())
        })
    })
    .await?;
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
    Ok(())
}

/// The drawer opens on the page itself, and a key closes it.
async fn evidence(session: &Session, plain: &Switches) -> Result<()> {
    open_menu(session, plain).await?;
    session.press(&TO_EVIDENCE).await?;
    let focused = async |wanted: &str| {
        until(&format!("the focus in {wanted}"), LONG, async || {
            let at: Option<String> = session
                .script(
                    "return document.activeElement?.localName ?? null",
                    Vec::new(),
                )
                .await?;
            Ok(if at.as_deref() == Some(wanted) {
                Ok(())
            } else {
                Err(format!("{at:?}"))
            })
        })
        .await
    };
    focused("recourse-layer").await?;
    until("the drawer closes", LONG, async || {
        session.press(&[ESCAPE]).await?;
        let at: Option<String> = session
            .script(
                "return document.activeElement?.localName ?? null",
                Vec::new(),
            )
            .await?;
        Ok(if at.as_deref() == Some("recourse-badge") {
            Ok(())
        } else {
            Err(format!("{at:?}"))
        })
    })
    .await
}
