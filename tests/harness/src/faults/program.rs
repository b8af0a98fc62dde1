//! The background program is stopped at each of the places where it waits for the browser while pages tell it of orders.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use chrono::Utc;
use local_site::{DemoOrder, Site, Switches};
use serde_json::{Map, Value};

use super::model::Tally;
use crate::driver::Browser;
use crate::halt;
use crate::pages::order_list::OrderList;
use crate::session::{Options, Session};
use crate::wait::{LONG, until};

/// What goes on after an answer, such as the plan of reminders, has begun by then.
const AFTERMATH: Duration = Duration::from_millis(400);

/// The page that tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    OrderPage,
    TrackingPage,
    List,
}

impl Telling {
    const ALL: [Self; 3] = [Self::OrderPage, Self::TrackingPage, Self::List];
}

/// Stops the program so often, at one place after the other, and begins again with the next page when there is no further place.
pub async fn stopped(rounds: usize) -> Result<Tally> {
    let site = Site::start(0).await?;
    let session = Session::start(Browser::Chromium, &site, Options::default()).await?;
    let mut tally = Tally::default();
    let mut pages = Telling::ALL.into_iter().cycle();
    while tally.rounds < rounds
        && let Some(page) = pages.next()
    {
        wherever_it_waits(&session, page, rounds, &mut tally).await?;
    }
    session.close();
    Ok(tally)
}

/// Stops it at every place, one after the other, while the page tells; no more often than so many rounds in all.
pub async fn wherever_it_waits(
    session: &Session,
    page: Telling,
    rounds: usize,
    tally: &mut Tally,
) -> Result<()> {
    let shop = Switches {
        delay_ms: 0,
        orders: if page == Telling::List { 10 } else { 300 },
        ..Switches::default()
    };
    let orders = shop.orders_served(Utc::now());
    session.begin_anew().await?;
    for place in 1.. {
        if tally.rounds >= rounds {
            return Ok(());
        }
        // A list tells of all its orders, which then are known.
        if page == Telling::List {
            session.begin_anew().await?;
        }
        let told = match page {
            Telling::List => &orders[..],
            _ => std::slice::from_ref(&orders[(place - 1) % orders.len()]),
        };
        let last = u32::try_from(place)?;
        halt::at(session, last).await?;
        let path = match page {
            Telling::OrderPage => shop.detail_path(&told[0].id),
            Telling::TrackingPage => shop.tracking_path(&told[0].id),
            Telling::List => shop.list_path(),
        };
        session.open(&path).await?;
        if page == Telling::List {
            OrderList::here(session).settled().await?;
        }
        let reached = reached(session, told).await?;
        session.stop_background().await?;
        let kept = until("what was told is kept", LONG, async || {
            Ok(match missing(&session.stored().await?, told) {
                0 => Ok(()),
                missing => Err(format!("{missing} orders are missing")),
            })
        });
        tally.rounds += 1;
        tally.acknowledged += told.len();
        let example = |what: &str| {
            format!(
                "{page:?}, {}: {what}",
                reached.as_deref().unwrap_or("not stopped")
            )
        };
        if let Err(problem) = kept.await {
            tally.lost += 1;
            tally.examples.push(example(&problem.to_string()));
        }
        if let Some(fault) = disagreement(&session.stored().await?) {
            tally.half += 1;
            tally.examples.push(example(&fault));
        }
        let Some(reached) = reached else {
            // Whatever it does, it reads and writes.
            ensure!(place > 6, "it stopped {} times only", place - 1);
            return Ok(());
        };
        *tally.named.entry(reached).or_default() += 1;
    }
    Ok(())
}

/// Waits until the program has been halted, and says where; or until everything is kept, and what follows as well.
async fn reached(session: &Session, told: &[DemoOrder]) -> Result<Option<String>> {
    let mut since: Option<Instant> = None;
    until("halted, or all is kept", LONG, async || {
        if let Some(place) = halt::reached(session).await? {
            return Ok(Ok(Some(place)));
        }
        let missing = missing(&session.stored().await?, told);
        if missing > 0 {
            return Ok(Err(format!("{missing} orders are missing")));
        }
        let since = since.get_or_insert_with(Instant::now);
        Ok(if since.elapsed() > AFTERMATH {
            Ok(None)
        } else {
            Err("what follows".to_owned())
        })
    })
    .await
}

fn missing(stored: &Map<String, Value>, told: &[DemoOrder]) -> usize {
    let is_missing = |order: &&DemoOrder| !stored.contains_key(&format!("order:{}", order.id));
    told.iter().filter(is_missing).count()
}

/// Where the index names other orders than there are.
fn disagreement(stored: &Map<String, Value>) -> Option<String> {
    let mut there: Vec<&str> = stored
        .keys()
        .filter_map(|key| key.strip_prefix("order:"))
        .collect();
    let index =
        ["index", "older"].map(|key| stored.get(key).and_then(Value::as_str).unwrap_or_default());
    let mut named: Vec<&str> = index
        .iter()
        .flat_map(|ids| ids.split(','))
        .filter(|id| !id.is_empty())
        .collect();
    there.sort_unstable();
    named.sort_unstable();
    (there != named).then(|| {
        format!(
            "{} orders are kept, {} are named in the index",
            there.len(),
            named.len()
        )
    })
}
