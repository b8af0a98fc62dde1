//! What pages of the shop say is kept with an order: its tracking, and the listing as it was, opened from the order's evidence. And what is
//! still missing is told by what happened.

use anyhow::{Context, Result, ensure};
use chrono::Utc;
use harness::keyboard::{self, DOWN, ENTER, TAB};
use harness::pages::{evidence, extension, order_detail};
use harness::{Browser, LONG, Options, Session, Steps, in_both_browsers, until};
use local_site::{BUYER, DemoOrder, Status, Switches};
use serde_json::{Value, json};

in_both_browsers!(run);

/// From a note to the button that saves what the page says: its bin, another note, the files.
const TO_SAVE: [char; 5] = [TAB, TAB, TAB, TAB, ENTER];
/// And from that to the first listing: the order's page, its tracking.
const TO_LISTING: [char; 7] = [TAB, TAB, TAB, TAB, TAB, TAB, TAB];

async fn run(browser: Browser) {
    Steps::run(
        "evidence_pages",
        browser,
        Options::default(),
        async |steps| {
            let plain = Switches {
                delay_ms: 50,
                now: Some(Utc::now()),
                ..Switches::default()
            };
            let orders = delivered(&plain);
            steps
                .step(
                    "the tracking page, opened from the evidence",
                    async |session| tracking(session, &plain, &orders[0].id).await,
                )
                .await;
            steps
                .step("the listing, from the order's own page", async |session| {
                    listing(session, &plain, &orders[1]).await
                })
                .await;
            steps
                .step("a listing that nobody asked for", async |session| {
                    unasked(session, &orders[1]).await
                })
                .await;
            steps
                .step(
                    "what is kept says so, and is at hand again",
                    async |session| found(session, &orders).await,
                )
                .await;
            steps
                .step("what is missing, by what happened", async |session| {
                    checklists(session, &orders[0].id).await
                })
                .await;
        },
    )
    .await;
}

/// Two orders that have arrived: all has happened that can happen to a parcel.
fn delivered(switches: &Switches) -> [DemoOrder; 2] {
    let orders = switches.orders_served(Utc::now()).into_iter();
    let mut orders =
        orders.filter(|order| order.status == Status::Completed && order.delivered.is_some());
    let mut next = || orders.next().expect("two orders that have arrived");
    [next(), next()]
}

/// A page of that name is kept with the order, and says all of that.
async fn kept(session: &Session, order: &str, page: &str, says: &[&str]) -> Result<()> {
    session
        .until_kept(&format!("the {page} page"), |kept| {
            let about = format!("order {order}");
            let found = kept.values().filter_map(Value::as_str).find(|text| {
                text.contains(&about) && text.contains(&format!("page {page} https://"))
            });
            let Some(found) = found else {
                return Err("it is not".to_owned());
            };
            match says.iter().find(|said| !found.contains(**said)) {
                Some(missing) => Err(format!("{missing:?} is not in {found}")),
                None => Ok(()),
            }
        })
        .await?;
    let kept = serde_json::to_string(&session.stored().await?)?;
    for text in BUYER {
        ensure!(!kept.contains(text), "the buyer's own is kept: {text}");
    }
    Ok(())
}

async fn tracking(session: &Session, plain: &Switches, order: &str) -> Result<()> {
    // As the link of the page of evidence has it.
    evidence::open(session, order).await?;
    let links = links(session).await?;
    ensure!(
        links.len() == 2,
        "the order's page and its tracking: {links:?}"
    );
    let fragment = format!("#recourse-evidence={order}");
    ensure!(
        links.iter().all(|link| link.ends_with(&fragment)) && links[1].contains("/p/tracking/"),
        "{links:?}"
    );
    session
        .open(&format!("{}{fragment}", plain.tracking_path(order)))
        .await?;
    order_detail::drawn(session).await?;
    evidence::type_in_drawer(session, "It never reached me").await?;
    session.press(&TO_SAVE).await?;
    let says = [
        "Tracking number: DM",
        " · Delivered · Standard Shipping, […]",
    ];
    kept(session, order, "tracking", &says).await
}

async fn links(session: &Session) -> Result<Vec<String>> {
    let links =
        "return [...document.querySelectorAll('#pages-to-keep a')].map((link) => link.href)";
    session.script(links, Vec::new()).await
}

async fn listing(session: &Session, plain: &Switches, order: &DemoOrder) -> Result<()> {
    order_detail::open(session, plain, &order.id).await?;
    order_detail::badge(session, &order.id).await?;
    keyboard::open_menu(session, &order.id).await?;
    session.press(&[DOWN, ENTER]).await?;
    evidence::type_in_drawer(session, "The listing says aluminium").await?;
    let before = session.windows().await?;
    session.press(&TO_LISTING).await?;
    session.press(&[ENTER]).await?;
    session
        .in_opened_window("the listing", &before, async || {
            until("the listing is drawn", LONG, async || {
                let url = session.url().await?;
                let drawn: bool = session
                    .script(
                        "return !!document.querySelector('#product-description')",
                        Vec::new(),
                    )
                    .await?;
                Ok(if drawn && url.contains("/item/") {
                    Ok(())
                } else {
                    Err(url)
                })
            })
            .await?;
            evidence::type_in_drawer(session, "It is plastic").await?;
            session
                .screenshot(&format!(
                    "e2e/evidence-listing-{}.png",
                    session.browser.name()
                ))
                .await?;
            session.press(&TO_SAVE).await?;
            let says = [
                "line Power bank 10000 mAh, aluminium",
                "line R$31,93",
                "line Color: Graphite",
                "line Capacity: 10000 mAh",
                "line Charges a phone twice. Questions: […].",
            ];
            kept(session, &order.id, "listing", &says).await
        })
        .await
}

/// Beside a listing that was not opened from evidence nothing is loaded, and nothing stands on it.
async fn unasked(session: &Session, order: &DemoOrder) -> Result<()> {
    let item = order.lines.first().context("an order without lines")?.item;
    session.open(&format!("/item/{item}.html")).await?;
    until("the listing is drawn", LONG, async || {
        let drawn = "return !!document.querySelector('#product-description')";
        let drawn: bool = session.script(drawn, Vec::new()).await?;
        Ok(if drawn {
            Ok(())
        } else {
            Err("it is not".to_owned())
        })
    })
    .await?;
    let look = "return [document.querySelectorAll('recourse-layer, recourse-badge, recourse-notice').length, \
                performance.getEntriesByType('resource').filter(({ name }) => name.includes('-extension://')).length]";
    let seen: Value = session.script(look, Vec::new()).await?;
    ensure!(seen == json!([0, 0]), "{seen}");
    Ok(())
}

async fn found(session: &Session, orders: &[DemoOrder; 2]) -> Result<()> {
    for (order, page) in orders.iter().zip(["Tracking", "The listing"]) {
        evidence::open(session, &order.id).await?;
        extension::says(session, &[&format!("{page}, ")]).await?;
        extension::accessible(session).await?;
    }
    let name = format!("e2e/evidence-pages-{}.png", session.browser.name());
    session.screenshot(&name).await.map(drop)
}

/// The points of the checklist for what happened, each with whether it is there.
async fn points(session: &Session) -> Result<Vec<(String, String)>> {
    let points = "return [...document.querySelectorAll('.points li')].map((point) => \
                  [point.dataset.state, point.querySelector('.words span').textContent])";
    session.script(points, Vec::new()).await
}

async fn choose(session: &Session, happened: &str) -> Result<Vec<(String, String)>> {
    let script = "const field = document.getElementById('happened'); field.value = arguments[0]; field.dispatchEvent(new Event('change', { bubbles: true }))";
    session
        .script::<Value>(script, vec![happened.into()])
        .await?;
    points(session).await
}

async fn checklists(session: &Session, order: &str) -> Result<()> {
    evidence::open(session, order).await?;
    extension::says(session, &["Film the opening"]).await?;
    // Kept of this order are a note and the tracking.
    let states = |points: &[(String, String)]| {
        points
            .iter()
            .map(|(state, _)| state.clone())
            .collect::<Vec<_>>()
    };
    let came = choose(session, "never-came").await?;
    ensure!(
        states(&came) == ["there", "missing", "there", "missing"],
        "{came:?}"
    );
    let damaged = choose(session, "damaged").await?;
    ensure!(
        states(&damaged)
            == [
                "missing", "missing", "missing", "missing", "missing", "there"
            ],
        "{damaged:?}"
    );
    extension::says(session, &["Asked for", "Helps"]).await?;
    extension::accessible(session).await?;
    // One photo shows one thing, and what was missing is there without being asked again.
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAHUlEQVR4nGPYIid3wsbGZosNw/8TJ/5funTi/wkAWg8LHqHHyo0AAAAASUVORK5CYII=";
    let files = json!([{ "name": "crack.png", "type": "image/png", "base64": png }]);
    evidence::add(session, files).await?;
    until("the damage is there", LONG, async || {
        let points = points(session).await?;
        let wanted = ["there", "missing", "missing", "missing", "missing", "there"];
        Ok(if states(&points) == wanted {
            Ok(())
        } else {
            Err(format!("{points:?}"))
        })
    })
    .await?;
    // Into the bin, and it is missing again.
    let press = "[...document.querySelectorAll('button')].find((button) => button.getAttribute('aria-label')?.startsWith('Move to the bin: crack')).click()";
    session.script::<Value>(press, Vec::new()).await?;
    until("the damage is missing", LONG, async || {
        let points = points(session).await?;
        Ok(if points[0].0 == "missing" {
            Ok(())
        } else {
            Err(format!("{points:?}"))
        })
    })
    .await
}
