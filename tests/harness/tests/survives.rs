//! Whatever the page does, there is one badge in every card; and when the extension goes, nothing of it stays.

use std::time::Duration;

use anyhow::{Result, ensure};
use harness::pages::order_detail;
use harness::pages::order_list::OrderList;
use harness::{Browser, Options, Session, Steps, in_both_browsers, until};
use local_site::Switches;

in_both_browsers!(run);

async fn run(browser: Browser) {
    Steps::run("survives", browser, Options::default(), all).await;
}

async fn all(steps: &mut Steps<'_>) {
    let plain = Switches {
        delay_ms: 50,
        ..Switches::default()
    };
    for (name, script) in [
        ("every card is drawn anew", "demo.rerender()"),
        (
            "another tab and back",
            "demo.tab('completed').then(() => demo.tab('all'))",
        ),
        ("a tab without orders that wait", "demo.tab('unpaid')"),
        ("View orders", "demo.more(), demo.more()"),
        (
            "cards change their orders and keep their elements",
            "demo.reuseCard(0, 3)",
        ),
        (
            "the page removes our nodes",
            "demo.rewriteOurNodes('remove')",
        ),
        ("the page moves our nodes", "demo.rewriteOurNodes('move')"),
        (
            "the page rewrites our nodes",
            "demo.rewriteOurNodes('rewrite')",
        ),
        (
            "all of it in turn",
            "demo.rewriteOurNodes(), demo.rerender(), demo.reuseCard(1, 2), demo.rewriteOurNodes(), demo.more()",
        ),
    ] {
        steps
            .step(name, async |session| after(session, &plain, script).await)
            .await;
    }
    steps
        .step("back and forward", async |session| {
            history(session, &plain).await
        })
        .await;
    steps
        .step("the list loaded three times in a row", async |session| {
            hurried(session, &plain).await
        })
        .await;
    steps
        .rough_step(
            "the extension is restarted under the page",
            async |session| restarted(session, &plain).await,
        )
        .await;
    steps
        .rough_step(
            "a badge is clicked after the extension was restarted",
            async |session| clicked(session, &plain).await,
        )
        .await;
    steps
        .rough_step("the extension is removed under the page", async |session| {
            removed(session, &plain).await
        })
        .await;
}

async fn after(session: &Session, plain: &Switches, script: &str) -> Result<()> {
    let (list, before) = OrderList::open(session, plain).await?;
    session
        .async_script(
            &format!("const [done] = arguments; Promise.resolve({script}).then(() => done())"),
            vec![],
        )
        .await?;
    let after = list.settled().await?;
    for badge in after.badges() {
        ensure!(
            before.badge(&badge.order).is_none_or(|old| old == badge),
            "it says something else now: {badge:?}"
        );
    }
    Ok(())
}

async fn history(session: &Session, plain: &Switches) -> Result<()> {
    let (list, before) = OrderList::open(session, plain).await?;
    let order = before.badges()[0].order.clone();
    order_detail::read(session, plain, &order).await?;
    session.back().await?;
    list.drawn().await?;
    let badge = list
        .badge_where(&order, "the printed date after going back", |badge| {
            badge.kind == "printed"
        })
        .await?;
    session.forward().await?;
    order_detail::drawn(session).await?;
    session.back().await?;
    list.drawn().await?;
    let again = list.settled().await?;
    ensure!(
        again.badge(&order) == Some(&badge),
        "another badge than before: {:?}",
        again.badge(&order)
    );
    Ok(())
}

async fn hurried(session: &Session, plain: &Switches) -> Result<()> {
    for _ in 0..3 {
        session.open(&plain.list_path()).await?;
    }
    OrderList::here(session).settled().await?;
    Ok(())
}

/// The old program tears down and says once "reload the page", without being asked for anything; where the browser has started the new
/// program in the page, its badges stand in place of the old ones. Never both, never two badges.
async fn restarted(session: &mut Session, plain: &Switches) -> Result<()> {
    OrderList::open(session, plain).await?;
    let mark = "for (const badge of document.getElementsByTagName('recourse-badge')) badge.dataset.old = ''; return null";
    session.script::<Option<()>>(mark, vec![]).await?;
    session.restart_extension().await?;
    let list = OrderList::here(session);
    until(
        "one notice and no badge, or the new program's badges",
        Duration::from_secs(60),
        async || {
            let old = "return document.querySelectorAll('recourse-badge[data-old]').length";
            let old: usize = session.script(old, vec![]).await?;
            let sight = list.look().await?;
            let orphaned =
                sight.notices == 1 && sight.badges().is_empty() && sight.stray.is_empty();
            let anew = session.browser == Browser::Firefox && sight.fault().is_none();
            Ok(if old == 0 && (orphaned || anew) {
                Ok(())
            } else {
                Err(format!("{old} old badges; {sight:?}"))
            })
        },
    )
    .await?;
    // It stays so, and a page that changes does not bring the old badges back.
    session
        .script::<Option<()>>("demo.rerender(); return null", vec![])
        .await?;
    let sight = list.look().await?;
    ensure!(sight.notices <= 1, "{} notices", sight.notices);
    ensure!(
        sight.cards.iter().all(|card| card.badges.len() <= 1),
        "two badges in a card"
    );
    session.reload().await?;
    list.settled().await?;
    Ok(())
}

/// What opens from a badge was never loaded, and its files are gone with the extension that drew the badge: the page asks once to be
/// loaded anew, at the click and not some time later. Where the browser has started the new program in the page, that one answers.
async fn clicked(session: &mut Session, plain: &Switches) -> Result<()> {
    let (_, before) = OrderList::open(session, plain).await?;
    let order = before.badges()[0].order.clone();
    session.restart_extension().await?;
    let list = OrderList::here(session);
    let place: Vec<f64> = session
        .script(
            "const box = document.querySelector(`recourse-badge[data-order=\"${arguments[0]}\"]`).getBoundingClientRect(); \
             return [box.left + 40, box.top + box.height / 2]",
            vec![serde_json::json!(order)],
        )
        .await?;
    session.click_at(place[0], place[1]).await?;
    let answered = async || {
        let sight = list.look().await?;
        let asked = sight.notices == 1 && sight.badges().is_empty() && sight.stray.is_empty();
        let anew = session.browser == Browser::Firefox && sight.fault().is_none();
        Ok(if asked || anew {
            Ok(())
        } else {
            Err(format!("{sight:?}"))
        })
    };
    until("the answer to the click", Duration::from_secs(5), answered).await?;
    // A second click says nothing more.
    session.click_at(place[0], place[1]).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    until("the same as before", Duration::from_secs(1), answered).await
}

/// Only Firefox can remove an add-on without a person. It ends the program at once, with no chance to tidy up: what is left may not grow, and
/// is gone with the page.
async fn removed(session: &Session, plain: &Switches) -> Result<()> {
    if session.browser != Browser::Firefox {
        return Ok(());
    }
    OrderList::open(session, plain).await?;
    session.uninstall().await?;
    session
        .script::<Option<()>>("demo.rerender(), demo.more(); return null", vec![])
        .await?;
    let list = OrderList::here(session);
    let sight = list.look().await?;
    ensure!(
        sight.badges().is_empty() && sight.stray.is_empty() && sight.notices == 0,
        "new cards have badges: {sight:?}"
    );
    session.reload().await?;
    let sight = list.drawn().await?;
    ensure!(
        sight.badges().is_empty() && sight.notices == 0,
        "it is still there: {sight:?}"
    );
    Ok(())
}
