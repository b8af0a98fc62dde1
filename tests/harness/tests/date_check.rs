//! "Check exact dates": the orders' own pages are opened one after the other, behind the page that the user sees.

use std::time::Duration;

use anyhow::{Result, bail, ensure};
use chrono::Utc;
use harness::pages::order_list::{OrderList, Sight};
use harness::{Browser, LONG, Options, Session, Steps, in_both_browsers, until};
use local_site::{Barrier, Switches};

in_both_browsers!(run);

async fn run(browser: Browser) {
    Steps::run("date-check", browser, Options::default(), async |steps| {
        let plain = Switches {
            delay_ms: 50,
            now: Some(Utc::now()),
            orders: 6,
            ..Switches::default()
        };
        steps
            .step(
                "every order that has one gets its printed date",
                async |session| finds(session, &plain).await,
            )
            .await;
        steps
            .step(
                "cancelled, it closes its page and opens no other",
                async |session| cancelled(session, &plain).await,
            )
            .await;
        // Firefox forgets what an add-on kept when it is taken away, and cannot start it anew in another way.
        if browser == Browser::Chromium {
            steps
                .rough_step(
                    "it goes on when the extension was started anew",
                    async |session| resumes(session, &plain).await,
                )
                .await;
        }
        for (barrier, stop) in [(Barrier::SignIn, "sign_in"), (Barrier::Robots, "robots")] {
            let barred = Switches {
                barrier,
                ..plain.clone()
            };
            steps
                .step(
                    &format!("it stops where the shop asks: {stop}"),
                    async |session| stops(session, &barred, stop).await,
                )
                .await;
        }
    })
    .await;
}

/// How far the check has come, as the strip is told: so many of so many, with so many dates, and its state.
async fn progress(session: &Session) -> Result<(u32, u32, u32, String)> {
    let stored = session.stored().await?;
    let text = stored.get("date-check-progress");
    let words: Vec<&str> = text
        .and_then(|text| text.as_str())
        .unwrap_or("0 0 0 none")
        .split(' ')
        .collect();
    let [done, of, dated, state] = words[..] else {
        bail!("progress is kept as {text:?}");
    };
    Ok((done.parse()?, of.parse()?, dated.parse()?, state.to_owned()))
}

/// Presses the last button of the strip.
async fn press(session: &Session) -> Result<()> {
    let script = "const strip = document.querySelector('recourse-strip'); strip.scrollIntoView({ block: 'center' });\
        const { right, bottom } = strip.getBoundingClientRect(); return [right - 34, bottom - 26]";
    let [x, y]: [f64; 2] = session.script(script, Vec::new()).await?;
    session.click_at(x, y).await
}

/// Waits for a state of the check. At no time are there more than one of its pages.
async fn until_state(session: &Session, state: &str, windows: usize) -> Result<(u32, u32, u32)> {
    for _ in 0..240 {
        let (done, of, dated, now) = progress(session).await?;
        ensure!(
            session.windows().await?.len() <= windows + 1,
            "two pages are open at once"
        );
        if now == state {
            return Ok((done, of, dated));
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    bail!("never {state}: {:?}", progress(session).await?)
}

/// Opens the list anew, with nothing known. The number of windows counts the one in which the extension is asked.
async fn begin(session: &Session, switches: &Switches) -> Result<(Sight, usize)> {
    session.forget().await?;
    let (_, sight) = OrderList::open(session, switches).await?;
    session.stored().await?;
    let windows = session.windows().await?.len();
    press(session).await?;
    Ok((sight, windows))
}

async fn finds(session: &Session, plain: &Switches) -> Result<()> {
    let (before, windows) = begin(session, plain).await?;
    let wait = |sight: &Sight| {
        let badges = sight.badges();
        let open = badges
            .iter()
            .filter(|badge| matches!(badge.kind.as_str(), "unknown" | "estimate"));
        open.count()
    };
    let (done, of, dated) = until_state(session, "finished", windows).await?;
    ensure!(of > 1 && done == of, "{done} of {of}");
    ensure!(dated > 1, "{dated} of {of} have a date");
    ensure!(
        session.windows().await?.len() == windows,
        "a page of the check is left open"
    );
    let after = OrderList::here(session).settled().await?;
    ensure!(
        wait(&before) >= wait(&after) + dated as usize,
        "the list does not show what was found: {after:?}"
    );
    // The result was read.
    press(session).await?;
    until_state(session, "none", windows).await?;
    Ok(())
}

async fn cancelled(session: &Session, plain: &Switches) -> Result<()> {
    let (_, windows) = begin(session, plain).await?;
    until_state(session, "running", windows).await?;
    press(session).await?;
    let (done, of, _) = until_state(session, "cancelled", windows).await?;
    ensure!(done < of, "all of it was done before it was cancelled");
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(500)).await;
        if session.windows().await?.len() == windows {
            continue;
        }
        ensure!(
            session.windows().await?.len() <= windows + 1,
            "a page is opened after it was cancelled"
        );
    }
    ensure!(session.windows().await?.len() == windows, "its page stays");
    let (_, _, _, state) = progress(session).await?;
    ensure!(state == "cancelled", "{state}");
    Ok(())
}

async fn resumes(session: &mut Session, plain: &Switches) -> Result<()> {
    let (_, windows) = begin(session, plain).await?;
    until_state(session, "running", windows).await?;
    // While a page is open, whose program goes with the extension.
    until("a page is open", LONG, async || {
        let all = session.windows().await?.len();
        Ok(if all == windows + 1 {
            Ok(())
        } else {
            Err(format!("{all} windows"))
        })
    })
    .await?;
    session.restart_extension().await?;
    let (done, of, dated) = until_state(session, "finished", windows).await?;
    ensure!(done == of && dated > 1, "{dated} of {done} of {of}");
    ensure!(
        session.windows().await?.len() <= windows,
        "a page of the check is left open"
    );
    Ok(())
}

/// The page that asks stays open for the user; no other is opened.
async fn stops(session: &Session, barred: &Switches, stop: &str) -> Result<()> {
    let before = session.windows().await?;
    let (_, windows) = begin(session, barred).await?;
    let (done, _, _) = until_state(session, stop, windows).await?;
    ensure!(done == 0, "{done} pages were read");
    tokio::time::sleep(Duration::from_secs(9)).await;
    let all = session.windows().await?;
    ensure!(all.len() == windows + 1, "{} windows", all.len());
    session
        .in_opened_window("the page that asks", &before, async || {
            let url = session.url().await?;
            ensure!(
                (stop == "sign_in") == url.contains("login."),
                "the page that stays open is {url}"
            );
            Ok(())
        })
        .await
}
