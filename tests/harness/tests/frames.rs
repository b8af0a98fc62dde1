//! A badge is there when its card is first painted: no card flashes by without one.

use anyhow::{Result, ensure};
use harness::pages::order_detail;
use harness::pages::order_list::OrderList;
use harness::{Browser, LONG, Options, Session, Steps, Width, in_both_browsers, until};
use local_site::{Csp, Layout, Switches};

in_both_browsers!(run);

async fn run(browser: Browser) {
    Steps::run("frames", browser, Options::default(), all).await;
}

async fn all(steps: &mut Steps<'_>) {
    // Time enough to begin watching before the first card, and for the program to start on a machine that does much else.
    let plain = Switches {
        delay_ms: 2000,
        ..Switches::default()
    };
    for (name, switches) in [
        ("as WebAssembly", plain.clone()),
        (
            "strict CSP",
            Switches {
                csp: Csp::Strict,
                ..plain.clone()
            },
        ),
        (
            "classes renamed",
            Switches {
                renamed_classes: true,
                ..plain.clone()
            },
        ),
    ] {
        steps
            .step(&format!("first cards, {name}"), async |session| {
                first(session, &switches).await
            })
            .await;
    }
    steps
        .step("first cards, narrow", async |session| {
            session.set_width(Width::Narrow).await?;
            let result = first(
                session,
                &Switches {
                    layout: Layout::Narrow,
                    ..plain.clone()
                },
            )
            .await;
            session.set_width(Width::Desktop).await?;
            result
        })
        .await;
    steps
        .step("tabs, more orders, drawn anew", async |session| {
            changes(session, &plain).await
        })
        .await;
    steps
        .step("a virtualised list, scrolled", async |session| {
            scrolled(session, &plain).await
        })
        .await;
    let thousand = Switches {
        orders: 1000,
        all: true,
        ..plain.clone()
    };
    steps
        .step("first cards, 1,000 orders", async |session| {
            first(session, &thousand).await
        })
        .await;
    steps
        .step("first cards, 1,000 orders kept", async |session| {
            much_kept(session, &plain, &thousand).await
        })
        .await;
}

/// Opens a list that is watched from before its first card.
async fn watched<'a>(session: &'a Session, switches: &Switches) -> Result<OrderList<'a>> {
    session.open(&switches.list_path()).await?;
    let list = OrderList::here(session);
    ensure!(
        !list.look().await?.drawn,
        "the cards were there before they could be watched"
    );
    list.watch_first_frames().await?;
    list.settled().await?;
    Ok(list)
}

async fn first(session: &Session, switches: &Switches) -> Result<()> {
    session.begin_anew().await?;
    let list = watched(session, switches).await?;
    let cards = list.first_frames().await?;
    ensure!(cards > 1, "only {cards} cards were seen");
    Ok(())
}

/// A buyer of many years: every order that is shown is kept, among a thousand others.
async fn much_kept(session: &Session, plain: &Switches, thousand: &Switches) -> Result<()> {
    OrderList::open(session, thousand).await?;
    until("a thousand orders are kept", LONG, async || {
        let kept = session
            .stored()
            .await?
            .keys()
            .filter(|key| key.starts_with("order:"))
            .count();
        Ok(if kept == 1000 {
            Ok(())
        } else {
            Err(format!("{kept} are"))
        })
    })
    .await?;
    // What its own page told is what the badge says from the beginning.
    let order = &plain.orders_with_a_date(chrono::Utc::now())[0].id;
    order_detail::read(session, plain, order).await?;
    let list = watched(session, plain).await?;
    list.badge_where(order, "the printed date", |badge| badge.kind == "printed")
        .await?;
    list.first_frames().await?;
    Ok(())
}

async fn changes(session: &Session, plain: &Switches) -> Result<()> {
    session.begin_anew().await?;
    let list = watched(session, plain).await?;
    let mut before = list.first_frames().await?;
    for (what, script) in [
        ("another tab", "demo.tab('completed')"),
        ("all again", "demo.tab('all')"),
        ("drawn anew", "demo.rerender()"),
        (
            "more",
            "scrollTo(0, document.documentElement.scrollHeight), demo.more()",
        ),
        ("reused cards", "demo.reuseCard(0, 2)"),
    ] {
        session.async_script(&format!("const [done] = arguments; Promise.resolve({script}).then(() => requestAnimationFrame(() => setTimeout(done, 0)))"), vec![]).await?;
        list.settled().await?;
        let now = list.first_frames().await?;
        ensure!(
            what == "reused cards" || now > before,
            "{what}: no new card was seen"
        );
        before = now;
    }
    Ok(())
}

async fn scrolled(session: &Session, plain: &Switches) -> Result<()> {
    session.begin_anew().await?;
    let list = watched(
        session,
        &Switches {
            virtualised: true,
            all: true,
            ..plain.clone()
        },
    )
    .await?;
    // A page at a time, a frame apart: faster than anyone scrolls.
    let script = r#"
        const [done] = arguments;
        const next = () => {
          if (scrollY + innerHeight >= document.documentElement.scrollHeight - 1) return setTimeout(done, 0);
          scrollBy(0, innerHeight);
          requestAnimationFrame(() => requestAnimationFrame(next));
        };
        next();
    "#;
    session.async_script(script, vec![]).await?;
    list.settled().await?;
    list.first_frames().await?;
    Ok(())
}
