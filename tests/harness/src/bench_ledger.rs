//! The measurements of reading, clocks and the ledger: for each order, and with ten thousand orders kept.
//!
//! What is compared runs in the same minutes in this same build or browser; nothing here passes or fails on a time.

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use chrono::{Datelike, NaiveDate, Utc};
use local_site::{DemoOrder, Language, Site, Status, Switches};
use recourse::domain::ledger::Record;
use recourse::domain::money::{Currency, Money};
use recourse::domain::order::{OrderId, OrderLine, OrderState};
use recourse::domain::sighting::{Fact, Page, Reading};
use recourse::domain::time::{Day, LosAngeles, Moment, Span, Zone, Zones};
use recourse::domain::verdict::Verdict;
use recourse::site::ship_to::CountryNames;
use recourse::site::strategy::Tally;
use recourse::site::{PageNode, detail_page, list_page};
use recourse::store::record::{record_of_text, text_of_record};
use recourse::store::{Index, Stored};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::bench::Spread;
use crate::driver::Browser;
use crate::pages::order_detail;
use crate::session::{Options, Session};
use crate::wait::until;

#[allow(
    dead_code,
    reason = "shared with the readers' tests, which use all of it"
)]
#[path = "../../readers/fixture.rs"]
mod fixture;
#[allow(
    dead_code,
    reason = "shared with the readers' tests, which use all of it"
)]
#[path = "../../readers/node.rs"]
mod node;

const ORDERS: usize = 10_000;
/// As many as the local site's list shows.
const PAGE: usize = 64;
const PATIENCE: Duration = Duration::from_secs(60);
const PROBE: &str = include_str!("../baseline/probe.js");

pub async fn run(browsers: &[Browser], rounds: usize) -> Result<()> {
    let records = kept(ORDERS);
    natively(&records);
    let site = Site::start(0)
        .await
        .context("the local site does not start")?;
    for browser in browsers {
        in_browser(*browser, &site, &records, rounds).await?;
    }
    Ok(())
}

// ---- orders ----------------------------------------------------------------------------------------------------------

fn day(date: NaiveDate) -> Day {
    Day::new(date.year(), date.month(), date.day()).expect("a day of our time")
}

fn text(date: NaiveDate) -> String {
    Language::En.date(date)
}

/// The records of a buyer who has opened every order once, as the readers make them of the local site's pages.
fn kept(count: usize) -> Vec<Record> {
    let now = Utc::now();
    let orders = local_site::shop(now, count);
    let at = |minutes: i64| Moment(now.timestamp_millis()).minus(Span::minutes(minutes));
    let record = |(index, order): (usize, &DemoOrder)| {
        let seen = i64::try_from(index).expect("a few") * 7;
        let mut record = Record::new(OrderId::new(&order.id).expect("an order number"));
        record.absorb(&list_reading(order, at(seen + 90_000)));
        record.absorb(&detail_reading(order, at(seen + 60_000)));
        record.absorb(&list_reading(order, at(seen)));
        record
    };
    orders.iter().enumerate().map(record).collect()
}

fn state(order: &DemoOrder) -> (OrderState, &'static str) {
    match order.status {
        Status::ToPay => (OrderState::Unpaid, "To pay"),
        Status::Processing => (OrderState::Processing, "To ship"),
        Status::AwaitingDelivery => (OrderState::AwaitingDelivery, "Awaiting delivery"),
        Status::Completed => (OrderState::Completed, "Completed"),
        Status::Cancelled => (OrderState::Cancelled, "Canceled"),
    }
}

/// What both pages show.
fn reading(order: &DemoOrder, page: Page, at: Moment, date: &str, total: &str) -> Reading {
    let id = OrderId::new(&order.id).expect("an order number");
    let mut reading = Reading::new(id, page, at);
    let (state, status) = state(order);
    let amount = Money {
        mantissa: order.total_centavos,
        scale: 2,
        currency: Currency::Code("BRL".to_owned()),
    };
    reading.saw(
        Fact::Placed(day(order.placed)),
        &format!("{date} {}", text(order.placed)),
    );
    reading.saw(Fact::State(state), status);
    let printed = amount.decimal().replace('.', ",");
    reading.saw(Fact::Total(amount), &format!("{total}R${printed}"));
    reading.store = Some(order.store.name.clone());
    let lines = order.lines.iter().map(|line| OrderLine {
        title: line.title.clone(),
        variant: line.sku.clone(),
        quantity: Some(line.quantity),
    });
    reading.lines = lines.collect();
    reading
}

fn list_reading(order: &DemoOrder, at: Moment) -> Reading {
    reading(order, Page::OrderList, at, "Order date:", "Total:")
}

fn detail_reading(order: &DemoOrder, at: Moment) -> Reading {
    let mut reading = reading(order, Page::OrderDetail, at, "Order placed on:", "");
    if let Some(shipped) = order.shipped {
        let printed = format!("Shipment completed on: {}", text(shipped));
        reading.saw(Fact::Shipped(day(shipped)), &printed);
    }
    if let Some(completed) = order.completed {
        let printed = format!("Order completed on: {}", text(completed));
        reading.saw(Fact::Completed(day(completed)), &printed);
    }
    if let Some(printed) = order.printed_on_detail {
        let sentence = format!("Refund if no delivery before {}", text(printed));
        reading.saw(Fact::RefundIfNotDeliveredBefore(day(printed)), &sentence);
    }
    if let Some(reminder) = &order.reminder {
        let (confirm, placed) = (reminder.confirm_days, reminder.placed_days);
        let sentence = format!(
            "If there are any problems, you can apply for a return/refund within {confirm} days of confirming receipt."
        );
        reading.saw(Fact::ReturnWithinDaysOfReceipt(confirm), &sentence);
        let sentence = format!(
            "If the item you received is defective or not as described, you can open a dispute within {placed} days after order was placed."
        );
        reading.saw(Fact::DisputeWithinDaysOfOrder(placed), &sentence);
    }
    if let Some(days) = order.free_return_days {
        let sentence = format!("Send it back within {days} days after delivery");
        reading.saw(Fact::FreeReturnWithinDaysOfDelivery(days), &sentence);
    }
    reading
}

/// The same as plain JSON, to compare the time of reading it back with.
fn as_json(record: &Record) -> String {
    let sighting = |sighting: &recourse::domain::sighting::Sighting| {
        json!({
            "fact": format!("{:?}", sighting.fact), "page": sighting.page.name(), "text": sighting.text,
            "first": sighting.first.0, "last": sighting.last.0, "times": sighting.times,
        })
    };
    let lines = record.lines.as_ref().map_or(&[][..], |seen| &seen.value);
    let lines: Vec<Value> = lines
        .iter()
        .map(|line| json!({ "title": line.title, "variant": line.variant, "quantity": line.quantity }))
        .collect();
    json!({
        "id": record.id.as_str(),
        "sightings": record.sightings.iter().map(sighting).collect::<Vec<_>>(),
        "store": record.store.as_ref().map(|seen| &seen.value),
        "lines": lines,
    })
    .to_string()
}

// ---- natively --------------------------------------------------------------------------------------------------------

/// São Paulo.
struct Buyer;

impl Zone for Buyer {
    fn start_of(&self, day: Day) -> Option<Moment> {
        Some(Moment(day.number() * Span::days(1).0).plus(Span::hours(3)))
    }

    fn day_at(&self, moment: Moment) -> Option<Day> {
        Day::from_number(moment.minus(Span::hours(3)).0.div_euclid(Span::days(1).0))
    }
}

/// The middle of some rounds over all of them, in microseconds for each.
fn each<T>(all: &[T], mut work: impl FnMut(&T)) -> f64 {
    let round = || {
        let start = Instant::now();
        all.iter().for_each(&mut work);
        start.elapsed().as_secs_f64() * 1e6 / all.len() as f64
    };
    Spread::of(std::iter::repeat_with(round).take(5).collect()).median
}

fn natively(records: &[Record]) {
    let few = records.get(..1000).unwrap_or(records);
    let jsons: Vec<String> = few.iter().map(as_json).collect();
    let kept: Vec<(String, &OrderId)> = few
        .iter()
        .map(|record| (text_of_record(record), &record.id))
        .collect();
    let cards: Vec<node::Parsed> = few
        .iter()
        .map(|record| {
            let id = record.id.as_str().to_owned();
            let card = fixture::CardText {
                number: format!("Ref. Number: {id}"),
                linked_id: Some(id.clone()),
                id,
                ..fixture::CardText::default()
            };
            node::Parsed::page(&fixture::list(&[card.wide()]))
                .first(list_page::CARD)
                .expect("a card")
        })
        .collect();
    let context = fixture::context(Page::OrderList, "en");
    let zones = Zones {
        buyer: &Buyer,
        site: &LosAngeles,
    };
    let now = Moment(Utc::now().timestamp_millis());
    let baseline = each(&jsons, |json| {
        black_box(serde_json::from_str::<Value>(json).is_ok());
    });
    let bytes = |texts: &mut dyn Iterator<Item = usize>| texts.sum::<usize>() / few.len();
    println!(
        "\nfor each order, natively, in this build (optimised: {}); compared with reading the order's facts back from JSON",
        if cfg!(debug_assertions) { "no" } else { "yes" }
    );
    println!("{:<46} {:>9} {:>7}", "", "µs", "ratio");
    let row = |what: &str, time: f64| {
        println!("{what:<46} {time:>9.1} {:>7.2}", time / baseline);
    };
    row(
        &format!(
            "its facts from JSON of {} bytes",
            bytes(&mut jsons.iter().map(String::len))
        ),
        baseline,
    );
    row(
        "reading its card on the list",
        each(&cards, |card| {
            black_box(list_page::read(card, &context, &mut Tally::default()).is_ok());
        }),
    );
    let pages: Vec<node::Parsed> = few
        .iter()
        .map(|record| node::Parsed::page(&own_page(record)))
        .collect();
    let countries = CountryNames::new([("BR", "Brazil".to_owned())]);
    let own = fixture::context(Page::OrderDetail, "en");
    let order = few
        .first()
        .map(|record| record.id.clone())
        .expect("an order");
    row(
        "reading its own page",
        each(&pages, |page| {
            let mut tally = Tally::default();
            black_box(detail_page::read(page, &order, &own, &countries, &mut tally).is_some());
        }),
    );
    row(
        &format!(
            "its record from a text of {} bytes",
            bytes(&mut kept.iter().map(|(text, _)| text.len()))
        ),
        each(&kept, |(text, id)| {
            black_box(record_of_text(text, id).is_ok());
        }),
    );
    row(
        "its record as a text",
        each(few, |record| {
            black_box(text_of_record(record));
        }),
    );
    row(
        "its clocks and verdict",
        each(few, |record| {
            black_box(Verdict::new(record, now, zones));
        }),
    );
}

/// An order's own page with what the record knows: its rows and its promises.
fn own_page(record: &Record) -> String {
    let texts = record.sightings.iter();
    let texts = texts.filter(|sighting| sighting.page == Page::OrderDetail);
    let (rows, rest): (Vec<_>, Vec<_>) = texts.partition(|sighting| {
        matches!(
            sighting.fact,
            Fact::Placed(_) | Fact::Shipped(_) | Fact::Completed(_)
        )
    });
    let rows: String = rows
        .iter()
        .map(|sighting| {
            format!(
                "<div class=\"info-row\"><span>{}</span></div>",
                sighting.text
            )
        })
        .collect();
    let promises: Vec<&str> = rest
        .iter()
        .filter(|sighting| !matches!(sighting.fact, Fact::State(_) | Fact::Total(_)))
        .map(|sighting| sighting.text.as_str())
        .collect();
    format!(
        "<html><body><div class=\"order-status\"><div class=\"order-block-title\">Awaiting delivery</div></div>
         <div class=\"services\"><div>Fast delivery</div><div>{}</div></div>
         <div class=\"order-detail-order-info\">{rows}</div>
         <div class=\"order-detail-item-content\"><div class=\"item-title\"><a>USB cable</a></div></div></body></html>",
        promises.join(" · ")
    )
}

// ---- in a browser ----------------------------------------------------------------------------------------------------

async fn in_browser(
    browser: Browser,
    site: &Site,
    records: &[Record],
    rounds: usize,
) -> Result<()> {
    let full = Session::start(browser, site, Options::default()).await?;
    let page = Session::start(browser, site, Options::default()).await?;
    let empty = Session::start(browser, site, Options::default()).await?;
    fill(&full, records)
        .await
        .context("ten thousand orders do not fit")?;
    fill(&page, records.get(..PAGE).unwrap_or(records)).await?;
    let size = full.in_extension(SIZE, Vec::new()).await?;
    let number = |name: &str| size.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN);
    println!(
        "\n{}: {ORDERS} orders kept; in brackets the {PAGE} alone that the list shows, and an empty ledger; medians, with the smallest and the largest of each",
        browser.name()
    );
    let room = match size.get("quota").and_then(Value::as_f64) {
        Some(quota) => format!(" of {:.2}", quota / 1e6),
        None => String::new(),
    };
    println!(
        "storage: {:.0} bytes for each order with its key, {:.2}{room} million bytes in all; a page of the shop reads {:.0} of the index",
        number("orders") / ORDERS as f64,
        number("all") / 1e6,
        number("index")
    );
    let ledgers = [&full, &page, &empty];
    let mut lists: [Vec<List>; 3] = Default::default();
    for round in 0..rounds {
        // Whoever goes first finds the machine as the other left it: in turn.
        for turn in 0..ledgers.len() {
            let which = (round + turn) % ledgers.len();
            if which == 2 {
                empty.forget().await?;
            }
            lists[which].push(list(ledgers[which], round).await?);
        }
    }
    let row = |what: &str, value: &dyn Fn(&List) -> f64| {
        let [full, page, empty] = lists
            .each_ref()
            .map(|lists| Spread::of(lists.iter().map(value).collect()));
        println!("{what:<52} {full} ({page}; {empty}) ms");
    };
    row("content script from its first mark to ready", &|list| {
        list.ready
    });
    row(
        "list: from cards in the document to badges painted",
        &|list| list.view,
    );
    row("list: longest task of ours", &|list| list.longest);
    let mut own = Vec::new();
    for round in 0..rounds {
        own.extend(own_page_read(&full, &records[round % records.len()].id, round).await?);
    }
    println!(
        "{:<52} {} ms",
        "an order's own page: each reading of it",
        Spread::of(own)
    );
    let mut seen = Vec::new();
    let mut plain = Vec::new();
    for _ in 0..rounds {
        seen.push(dashboard(&full).await?);
        plain.push(
            full.in_extension(READ_ALL, Vec::new())
                .await?
                .as_f64()
                .unwrap_or(f64::NAN),
        );
    }
    let row = |what: &str, value: &dyn Fn(&Dashboard) -> f64| {
        println!(
            "{what:<52} {} ms",
            Spread::of(seen.iter().map(value).collect())
        );
    };
    row("dashboard: usable, from the start of its page", &|seen| {
        seen.usable
    });
    row("dashboard: painted for the first time", &|seen| {
        seen.painted
    });
    row("dashboard: every order read and counted", &|seen| {
        seen.complete
    });
    let each = |seen: &Dashboard| (seen.complete - seen.usable) * 1000.0 / ORDERS as f64;
    println!(
        "{:<52} {} µs",
        "  of which for each order",
        Spread::of(seen.iter().map(each).collect())
    );
    println!(
        "{:<52} {} ms",
        "baseline: a plain script reads the whole storage",
        Spread::of(plain)
    );
    for session in [full, page, empty] {
        session.close();
    }
    Ok(())
}

/// Puts the records and their index into the extension's storage.
async fn fill(session: &Session, records: &[Record]) -> Result<()> {
    for portion in records.chunks(500) {
        let items: Map<String, Value> = portion
            .iter()
            .map(|record| {
                (
                    format!("order:{}", record.id),
                    text_of_record(record).into(),
                )
            })
            .collect();
        session.store(items.into()).await?;
    }
    let mut index = Index::of(records.iter().map(|record| record.id.clone()).collect());
    let older = index.split().unwrap_or_default();
    let items = json!({ "index": index.to_text(), "older": older.to_text() });
    session.store(items).await
}

const SIZE: &str = r#"
    const [done] = arguments;
    const bytes = (text) => new TextEncoder().encode(text).length;
    chrome.storage.local.get(null).then((all) => {
      const sizes = Object.entries(all).map(([key, value]) => [key, bytes(key) + bytes(JSON.stringify(value))]);
      const sum = (entries) => entries.reduce((sum, [, size]) => sum + size, 0);
      done({
        all: sum(sizes), orders: sum(sizes.filter(([key]) => key.startsWith('order:'))), index: sum(sizes.filter(([key]) => key === 'index')),
        quota: chrome.storage.local.QUOTA_BYTES ?? null,
      });
    });
"#;

const READ_ALL: &str = r"
    const [done] = arguments;
    const start = performance.now();
    chrome.storage.local.get(null).then((all) => done(Object.values(all).length && performance.now() - start));
";

#[derive(Deserialize)]
struct List {
    ready: f64,
    view: f64,
    longest: f64,
}

async fn list(session: &Session, round: usize) -> Result<List> {
    // Time enough to put the probe in place before the page draws.
    let switches = Switches {
        delay_ms: 1500,
        ..Switches::default()
    };
    let path = switches.list_path();
    // Another address each time, or the fragment would make it the same page.
    let address = format!(
        "{path}{}round={round}",
        if path.contains('?') { '&' } else { '?' }
    );
    session.open(&format!("{address}#recourse-measure")).await?;
    // Firefox may answer before it is there when the address has a fragment.
    let mark = format!("round={round}");
    until("the page", PATIENCE, async || {
        let there =
            "return document.readyState === 'complete' && location.search.includes(arguments[0])";
        let there = session
            .script::<Option<bool>>(there, vec![json!(mark)])
            .await;
        Ok(if matches!(there, Ok(Some(true))) {
            Ok(())
        } else {
            Err(format!("{there:?}"))
        })
    })
    .await?;
    session.page_script(PROBE, &[]).await?;
    until("the badges", PATIENCE, async || {
        let seen: Option<Value> = session.script(LOOK, Vec::new()).await?;
        Ok(match seen.map(serde_json::from_value) {
            Some(Ok(list)) => Ok(list),
            other => Err(format!("{:?}", other.map(|list| list.map(|_: List| ())))),
        })
    })
    .await
}

/// How long the program works each time that it reads the order's own page.
async fn own_page_read(session: &Session, order: &OrderId, round: usize) -> Result<Vec<f64>> {
    let path = Switches::default().detail_path(order.as_str());
    session
        .open(&format!("{path}&round={round}#recourse-measure"))
        .await?;
    let tasks =
        "return performance.getEntriesByName('recourse:task').map((entry) => entry.duration)";
    until("a reading of the order's page", PATIENCE, async || {
        // A page that is being left answers nothing that can be read.
        let badge = order_detail::badge(session, order.as_str()).await;
        let read: Option<Vec<f64>> = session.script(tasks, Vec::new()).await?;
        Ok(match (badge, read) {
            (Ok(_), Some(tasks)) if !tasks.is_empty() => Ok(tasks),
            _ => Err("it was not read yet".to_owned()),
        })
    })
    .await
}

const LOOK: &str = r"
    const time = (name) => performance.getEntriesByName(name)[0]?.startTime;
    if (!window.bench?.done || !time('recourse:first-badges')) return null;
    const tasks = performance.getEntriesByName('recourse:task').map((entry) => entry.duration);
    return { ready: time('recourse:ready') - time('recourse:start'), view: window.bench.view, longest: Math.max(...tasks) };
";

#[derive(Deserialize)]
struct Dashboard {
    usable: f64,
    painted: f64,
    complete: f64,
}

async fn dashboard(session: &Session) -> Result<Dashboard> {
    session.goto("about:blank").await?;
    session
        .goto(&session.extension_url("www/dashboard.html"))
        .await?;
    until("the dashboard", PATIENCE, async || {
        let seen: Option<Value> = session.script(LOOK_AT_DASHBOARD, Vec::new()).await?;
        Ok(match seen.map(serde_json::from_value) {
            Some(Ok(seen)) => Ok(seen),
            _ => Err("it is not complete".to_owned()),
        })
    })
    .await
}

const LOOK_AT_DASHBOARD: &str = r"
    const time = (name) => performance.getEntriesByName(name)[0]?.startTime;
    if (!time('recourse:complete') || !time('first-contentful-paint')) return null;
    return { usable: time('recourse:usable'), painted: time('first-contentful-paint'), complete: time('recourse:complete') };
";
