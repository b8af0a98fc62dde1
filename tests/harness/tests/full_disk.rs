//! The browser's storage refuses, because its disk is full: the shop's pages show what is on them and nothing wrong, the dashboard says
//! what is the matter, and with room on the disk it goes on.

use anyhow::{Context, Result, ensure};
use chrono::Utc;
use harness::faults::Disk;
use harness::pages::order_list::OrderList;
use harness::pages::{extension, order_detail};
use harness::{Browser, Options, Session, Steps, in_both_browsers};
use local_site::{DemoOrder, Switches};

in_both_browsers!(run);

/// Room for a profile and what a browser keeps beside it.
const MEGABYTES: u64 = 400;
/// More orders than a store has room for without asking the disk.
const MANY: usize = 600;

async fn run(browser: Browser) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let disk = match Disk::make(folder.path(), "disk", MEGABYTES) {
        Ok(disk) => disk,
        Err(why) => {
            println!(
                "  – {}: not tried: it needs a disk in a file, and root for it: {why:#}",
                browser.name()
            );
            return;
        }
    };
    let options = Options {
        folder: Some(disk.root.clone()),
        ..Options::default()
    };
    Steps::run("full_disk", browser, options, async |steps| {
        let plain = Switches {
            delay_ms: 50,
            now: Some(Utc::now()),
            ..Switches::default()
        };
        // A few lines may find room in what a store has set aside; so much does not.
        let many = Switches {
            orders: MANY,
            all: true,
            ..plain.clone()
        };
        let [before, during] = two_orders(&plain);
        steps
            .step("one order's date is read before", async |session| {
                order_detail::read(session, &plain, &before.id).await
            })
            .await;
        let mut filler = None;
        steps
            .rough_step("the list on a full disk", async |session| {
                session.goto("about:blank").await?;
                filler = Some(disk.fill()?);
                on_the_list(session, &many, &before, &during).await
            })
            .await;
        steps
            .rough_step("the dashboard says so, beside the list", async |session| {
                session.in_new_window(async || says_so(session).await).await
            })
            .await;
        steps
            .rough_step("an order's own page on a full disk", async |session| {
                order_detail::open(session, &plain, &during.id).await?;
                let badge = order_detail::badge(session, &during.id).await?;
                ensure!(badge.until()?.is_some(), "{badge:?}");
                Ok(())
            })
            .await;
        steps
            .rough_step(
                "the dashboard says so still, whatever found room",
                async |session| says_so(session).await,
            )
            .await;
        steps
            .rough_step("with room it goes on", async |session| {
                session.goto("about:blank").await?;
                std::fs::remove_file(filler.take().context("the disk was not filled")?)?;
                order_detail::read(session, &plain, &during.id).await?;
                let (list, _) = OrderList::open(session, &plain).await?;
                for order in [&before, &during] {
                    list.badge_where(&order.id, "the printed date", |badge| {
                        badge.kind == "printed"
                    })
                    .await?;
                }
                Ok(())
            })
            .await;
    })
    .await;
}

fn two_orders(switches: &Switches) -> [DemoOrder; 2] {
    let mut orders = switches.orders_with_a_date(Utc::now()).into_iter();
    let mut next = || orders.next().expect("two orders with a date to come");
    [next(), next()]
}

/// The dashboard says that something is not saved, and what to do.
async fn says_so(session: &Session) -> Result<()> {
    // Firefox does not always say why it refuses; then this is what there is to look at.
    const HELP: [&str; 2] = ["There is no room left", "See that the disk is not full"];
    session
        .goto(&session.extension_url("www/dashboard.html"))
        .await?;
    extension::says(session, &["Not saved"]).await?;
    let text = extension::text(session).await?;
    ensure!(HELP.iter().any(|help| text.contains(help)), "{text}");
    let picture = format!("e2e/full-disk-{}.png", session.browser.name());
    session.screenshot(&picture).await.map(drop)
}

/// Every card has its badge; what was kept before is there, and what was never read is not made up.
async fn on_the_list(
    session: &Session,
    plain: &Switches,
    before: &DemoOrder,
    during: &DemoOrder,
) -> Result<()> {
    let (_, sight) = OrderList::open(session, plain).await?;
    let kind = |order: &DemoOrder| sight.badge(&order.id).map(|badge| badge.kind.as_str());
    let kinds = (kind(before), kind(during));
    ensure!(kinds == (Some("printed"), Some("estimate")), "{kinds:?}");
    Ok(())
}
