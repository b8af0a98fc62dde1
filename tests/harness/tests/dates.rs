//! The date on the list is the one that the order's own page printed, in whatever zone the buyer lives.

use anyhow::{Context as _, Result, ensure};
use chrono::{DateTime, Days, NaiveDate, Utc};
use harness::pages::order_list::{Badge, OrderList};
use harness::pages::{extension, order_detail};
use harness::{Browser, LONG, Options, Session, Steps, expected, in_both_browsers, until};
use local_site::{Deadline, DemoOrder, Language, Status, Switches};

in_both_browsers!(run);

/// West of the shop's zone, east of it, and far to the other side of the world.
const ZONES: [&str; 4] = [
    "America/Los_Angeles",
    "Pacific/Honolulu",
    "America/Sao_Paulo",
    "Asia/Vladivostok",
];

async fn run(browser: Browser) {
    for zone in ZONES {
        println!("in {zone}");
        let options = Options {
            zone: Some(zone.to_owned()),
            ..Options::default()
        };
        Steps::run("dates", browser, options, async |steps| {
            let now = Utc::now();
            let plain = Switches {
                delay_ms: 50,
                now: Some(now),
                ..Switches::default()
            };
            steps
                .step(
                    &format!("{zone}: printed, by rule and closed"),
                    async |session| opened(session, &plain, now, zone).await,
                )
                .await;
            steps
                .step(
                    &format!("{zone}: the tracking page is a day earlier"),
                    async |session| tracked(session, &plain, now).await,
                )
                .await;
            if zone == ZONES[0] {
                for language in Language::ALL {
                    let switches = Switches {
                        language,
                        ..plain.clone()
                    };
                    let name = format!("printed in {}", language.code());
                    steps
                        .step(&name, async |session| spoken(session, &switches, now).await)
                        .await;
                }
            }
            if zone == ZONES[2] {
                steps
                    .step(
                        "an open list learns what another window reads",
                        async |session| live(session, &plain, now).await,
                    )
                    .await;
                steps
                    .step(
                        "how many days are left is an estimate that ends in time",
                        async |session| left(session, &plain, now).await,
                    )
                    .await;
                steps
                    .step(
                        "a deadline that the seller has extended is shown as moved",
                        async |session| extended(session, &plain, now).await,
                    )
                    .await;
                steps
                    .step("reading the list again changes nothing", async |session| {
                        again(session, &plain).await
                    })
                    .await;
            }
        })
        .await;
    }
}

fn agrees(badge: &Badge, order: &DemoOrder, expected: &expected::Expected) -> Result<()> {
    let kind = expected.kinds.contains(&badge.kind.as_str());
    let until = expected.until.is_none() || badge.until()? == expected.until;
    ensure!(
        kind && until,
        "{:?} order {}: {badge:?}, and not {expected:?}",
        order.status,
        order.id
    );
    Ok(())
}

/// The first screen: every order of it is opened once.
async fn opened(session: &Session, plain: &Switches, now: DateTime<Utc>, zone: &str) -> Result<()> {
    ensure!(
        session.zone().await?.name() == zone,
        "the browser is in {}",
        session.zone().await?
    );
    let (list, _) = OrderList::open(session, plain).await?;
    let orders = plain.orders_served(now);
    // Every status is among the first fourteen. One whose refund is under way is left out: its windows are another matter.
    let first: Vec<&DemoOrder> = orders
        .iter()
        .take(14)
        .filter(|order| order.banner.is_none())
        .collect();
    list.show_all().await?;
    let before = list.settled().await?;
    for order in &first {
        let badge = before.badge(&order.id).expect("every order has a badge");
        agrees(badge, order, &expected::never_opened(order))?;
        order_detail::read(session, plain, &order.id).await?;
    }
    let (list, _) = OrderList::open(session, plain).await?;
    list.show_all().await?;
    let after = list.settled().await?;
    let zone = session.zone().await?;
    for order in &first {
        let badge = after.badge(&order.id).expect("every order has a badge");
        agrees(badge, order, &expected::opened(order, false, now, zone))?;
    }
    // All kinds of answer were among them.
    for kind in ["printed", "rule", "closed"] {
        ensure!(
            first.iter().any(|order| after
                .badge(&order.id)
                .is_some_and(|badge| badge.kind == kind)),
            "no badge is {kind}"
        );
    }
    Ok(())
}

/// What an order's own page and its tracking page print in that language is the date on the list.
async fn spoken(session: &Session, switches: &Switches, now: DateTime<Utc>) -> Result<()> {
    session.forget().await?;
    let orders = switches.orders_served(now);
    let order = orders
        .iter()
        .find(|order| {
            order.status == Status::AwaitingDelivery
                && order.printed_on_tracking < order.printed_on_detail
                && order.printed_on_tracking > Some(now.date_naive())
        })
        .expect("an order with two dates to come");
    let zone = session.zone().await?;
    for tracked in [false, true] {
        if tracked {
            order_detail::read_tracking(session, switches, &order.id).await?;
        } else {
            order_detail::read(session, switches, &order.id).await?;
        }
        let (_, sight) = OrderList::open(session, switches).await?;
        let badge = sight.badge(&order.id).expect("every order has a badge");
        agrees(badge, order, &expected::opened(order, tracked, now, zone))?;
    }
    Ok(())
}

/// The earlier of the two pages' dates counts, whichever was read first.
async fn tracked(session: &Session, plain: &Switches, now: DateTime<Utc>) -> Result<()> {
    let zone = session.zone().await?;
    let orders = plain.orders_served(now);
    let earlier: Vec<&DemoOrder> = orders
        .iter()
        .filter(|order| order.printed_on_tracking < order.printed_on_detail)
        .take(2)
        .collect();
    ensure!(
        earlier.len() == 2,
        "the local site has lost its orders with two dates"
    );
    for (index, order) in earlier.iter().enumerate() {
        session.forget().await?;
        if index == 0 {
            order_detail::read(session, plain, &order.id).await?;
            order_detail::read_tracking(session, plain, &order.id).await?;
        } else {
            order_detail::read_tracking(session, plain, &order.id).await?;
            order_detail::read(session, plain, &order.id).await?;
        }
        let (_, sight) = OrderList::open(session, plain).await?;
        let badge = sight.badge(&order.id).expect("every order has a badge");
        agrees(badge, order, &expected::opened(order, true, now, zone))?;
    }
    Ok(())
}

/// Two windows: what one reads, the other shows, without being loaded again.
async fn live(session: &Session, plain: &Switches, now: DateTime<Utc>) -> Result<()> {
    session.forget().await?;
    let (list, before) = OrderList::open(session, plain).await?;
    session
        .script::<Option<()>>("window.sameDocument = true; return null", vec![])
        .await?;
    let orders = plain.orders_served(now);
    let order = orders
        .iter()
        .find(|order| {
            order.status == Status::AwaitingDelivery
                && order.printed_on_detail > Some(now.date_naive())
        })
        .expect("an order with a date to come");
    let badge = before.badge(&order.id).expect("every order has a badge");
    agrees(badge, order, &expected::never_opened(order))?;
    session
        .in_new_window(async || order_detail::read(session, plain, &order.id).await)
        .await?;
    let badge = list
        .badge_where(&order.id, "the printed date", |badge| {
            badge.kind == "printed"
        })
        .await?;
    agrees(
        &badge,
        order,
        &expected::opened(order, false, now, session.zone().await?),
    )?;
    let same: bool = session
        .script("return window.sameDocument === true", vec![])
        .await?;
    ensure!(same, "the list was loaded again");
    Ok(())
}

async fn again(session: &Session, plain: &Switches) -> Result<()> {
    let (_, first) = OrderList::open(session, plain).await?;
    first.kept(session).await?;
    let kept = session.stored().await?;
    let (_, second) = OrderList::open(session, plain).await?;
    ensure!(first == second, "the list changed its mind");
    let now = session.stored().await?;
    let records = |stored: &serde_json::Map<String, serde_json::Value>| -> Vec<String> {
        stored
            .iter()
            .filter(|(key, _)| key.starts_with("order:") || *key == "index")
            .map(|(_, value)| value.to_string())
            .collect()
    };
    ensure!(
        records(&kept) == records(&now),
        "the same list was written again"
    );
    Ok(())
}

/// An order under way that ends in a week or later.
fn under_way(switches: &Switches, now: DateTime<Utc>) -> Result<DemoOrder> {
    let ends_later = |order: &DemoOrder| {
        let days = |day: NaiveDate| (day - now.date_naive()).num_days();
        order.printed_on_detail.is_some_and(|day| days(day) > 7)
    };
    let orders = switches.orders_served(now).into_iter();
    let mut fitting = orders.filter(|order| {
        order.status == Status::AwaitingDelivery && order.banner.is_none() && ends_later(order)
    });
    fitting.next().context("no order ends in a week or later")
}

/// The badge of that order on the list.
async fn badge(session: &Session, switches: &Switches, order: &DemoOrder) -> Result<Badge> {
    let (list, _) = OrderList::open(session, switches).await?;
    list.show_all().await?;
    let sight = list.settled().await?;
    sight.badge(&order.id).cloned().context("a badge")
}

/// The page says how many days are left, and no day: the list has an estimate, which ends before the shop's day begins.
async fn left(session: &Session, plain: &Switches, now: DateTime<Utc>) -> Result<()> {
    session.forget().await?;
    let switches = Switches {
        deadline: Deadline::Left,
        ..plain.clone()
    };
    let order = under_way(&switches, now)?;
    badge(session, &switches, &order).await?;
    order_detail::read(session, &switches, &order.id).await?;
    let badge = badge(session, &switches, &order).await?;
    let zone = session.zone().await?;
    let end = order
        .printed_on_detail
        .map(|day| expected::start_of(day, zone));
    let until = badge.until()?;
    ensure!(badge.kind == "estimate", "{badge:?}");
    ensure!(
        until > Some(now) && until <= end,
        "{badge:?}, and the shop means {end:?}"
    );
    let days = order
        .printed_on_detail
        .map(|day| (day - now.date_naive()).num_days());
    let said = format!(
        "{} days left: refund if not delivered",
        days.unwrap_or_default()
    );
    let kept = session.stored().await?;
    let record = kept.get(&format!("order:{}", order.id));
    ensure!(
        record.is_some_and(|record| record.to_string().contains(&said)),
        "{said:?} is not among {record:?}"
    );
    Ok(())
}

/// The page prints another day than before: the list has the new one, and the dashboard says both.
async fn extended(session: &Session, plain: &Switches, now: DateTime<Utc>) -> Result<()> {
    session.forget().await?;
    let order = under_way(plain, now)?;
    order_detail::read(session, plain, &order.id).await?;
    let before = badge(session, plain, &order).await?;
    let switches = Switches {
        deadline: Deadline::Extended,
        ..plain.clone()
    };
    session.open(&switches.detail_path(&order.id)).await?;
    let later = order.printed_on_detail.map(|day| day + Days::new(10));
    let zone = session.zone().await?;
    let later = later.map(|day| expected::start_of(day, zone));
    until("the new day on the order's own page", LONG, async || {
        let badge = order_detail::badge(session, &order.id).await?;
        Ok(if badge.until()? == later {
            Ok(())
        } else {
            Err(format!("{badge:?}"))
        })
    })
    .await?;
    let after = badge(session, &switches, &order).await?;
    ensure!(
        after.kind == "printed" && after.until()? == later,
        "{before:?}, {after:?}"
    );
    session
        .goto(&session.extension_url(&format!("www/dashboard.html#order={}", order.id)))
        .await?;
    extension::says(session, &["Extended: was"]).await
}
