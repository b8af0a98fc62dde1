//! Checks of exact dates, as the background program carries them out: what happened goes into the machine, the machine is
//! kept, and then what it says is done.
//!
//! The program may be ended at any time. While it lives a timer keeps the pace; an alarm wakes it where it was ended.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use crate::browser::runtime;
use crate::browser::{alarms, clock, tabs};
use crate::domain::date_check::{Barrier, Command, DateCheck, Event, Phase, Sight, Visit, Wish};
use crate::domain::ledger::Record;
use crate::domain::order::OrderId;
use crate::domain::sighting::{Page, Reading};
use crate::domain::summary::Standing;
use crate::domain::time::Span;
use crate::domain::verdict::Verdict;
use crate::site::address;
use crate::store::{LocalStore, StorageError};

/// The alarm that wakes the program.
pub const ALARM: &str = "date-check";

/// The browser's alarms come no sooner than this.
const SOONEST_ALARM: Span = Span(31_000);

/// What is to be taken in. One after the other: two events must not both be taken in by the machine as it was before.
enum News {
    Start(Vec<(OrderId, String)>),
    Event(Event),
    Wish(Wish),
    /// These readings came from the page in that tab, whose address may tell that a check opened it.
    Read(Vec<Reading>, tabs::Tab),
}

thread_local! {
    static NEWS: RefCell<VecDeque<News>> = const { RefCell::new(VecDeque::new()) };
    static WORKING: Cell<bool> = const { Cell::new(false) };
    static TIMER: RefCell<Option<Timeout>> = const { RefCell::new(None) };
}

/// The alarm has gone off.
pub async fn wake() {
    take_in(News::Event(Event::Tick)).await;
}

/// The browser or the extension was started anew.
pub async fn restarted() {
    take_in(News::Event(Event::Restarted)).await;
}

/// Begins a check of those orders, or of all that wait for an exact date, unless one goes on.
pub async fn start(orders: Vec<(OrderId, String)>) {
    take_in(News::Start(orders)).await;
}

pub async fn wish(wish: Wish) {
    take_in(News::Wish(wish)).await;
}

/// A page was read, and what it told is kept.
pub async fn read(readings: Vec<Reading>, tab: tabs::Tab) {
    take_in(News::Read(readings, tab)).await;
}

/// The page in that tab shows a check for robots.
pub async fn barred(tab: i32) {
    take_in(News::Event(Event::Barred(tab, Barrier::Robots))).await;
}

async fn take_in(news: News) {
    NEWS.with_borrow_mut(|all| all.push_back(news));
    if WORKING.replace(true) {
        return;
    }
    while let Some(news) = NEWS.with_borrow_mut(VecDeque::pop_front) {
        if let Err(error) = handle(news).await {
            runtime::log(
                "the check of exact dates cannot go on",
                &error.to_string().into(),
            );
        }
    }
    WORKING.set(false);
}

async fn handle(news: News) -> Result<(), StorageError> {
    let store = LocalStore::open();
    let kept = store.date_check().await?;
    let now = clock::now();
    match news {
        News::Start(orders) => {
            if kept.as_ref().is_some_and(DateCheck::is_running) {
                return Ok(());
            }
            // A page that asked for something is no longer needed.
            if let Some(check) = &kept
                && let Some(tab) = check.tab()
            {
                close(check, tab).await;
            }
            let orders = if orders.is_empty() {
                waiting(&store).await?
            } else {
                orders
            };
            let visits = orders.into_iter().map(|(order, link)| {
                let link = address::to_check(&order, &link);
                Visit::new(order, link)
            });
            match DateCheck::new(visits.collect(), now) {
                Some(check) => go_on(&store, check, Event::Tick).await,
                None => Ok(()),
            }
        }
        News::Wish(Wish::Dismiss) => {
            if kept.is_some_and(|check| !check.is_running()) {
                store.save_date_check(None).await?;
            }
            Ok(())
        }
        News::Wish(Wish::Show) => {
            if let Some(tab) = kept.and_then(|check| check.tab()) {
                tabs::show(tab).await;
            }
            Ok(())
        }
        News::Wish(wish) => match kept {
            Some(check) => {
                let event = if wish == Wish::Continue {
                    Event::Continue
                } else {
                    Event::Cancel
                };
                go_on(&store, check, event).await
            }
            None => Ok(()),
        },
        News::Event(event) => match kept {
            Some(check) => go_on(&store, check, event).await,
            None => {
                alarms::clear(ALARM).await;
                Ok(())
            }
        },
        News::Read(readings, tab) => {
            let Some(check) = kept.filter(DateCheck::is_running) else {
                return Ok(());
            };
            // A page that the user opened in a tab of their own is theirs.
            if check.tab() != Some(tab.id) && !address::is_checked(&tab.url) {
                return Ok(());
            }
            let read = readings
                .into_iter()
                .find(|reading| reading.page == Page::OrderDetail);
            let Some(reading) = read else { return Ok(()) };
            let record = store.record(&reading.order).await?;
            let mut record = record.unwrap_or_else(|| Record::new(reading.order.clone()));
            // It may still be on its way into the store.
            record.absorb(&reading);
            let choices = store.settings().await?.choices;
            let dated = Verdict::chosen(&record, now, clock::zones(), &choices)
                .firm()
                .is_some();
            let event = Event::Read {
                order: reading.order,
                tab: tab.id,
                dated,
            };
            go_on(&store, check, event).await
        }
    }
}

/// Takes in the event, and what doing leads to, until there is nothing left to do but wait.
async fn go_on(store: &LocalStore, mut check: DateCheck, event: Event) -> Result<(), StorageError> {
    let mut next = Some(event);
    while let Some(event) = next.take() {
        let before = check.clone();
        let command = check.on(event, clock::now(), jitter());
        // That something was looked after is worth no write as long as nothing came of it.
        if check.phase != before.phase
            || check.visits != before.visits
            || check.active.since(before.active) > DateCheck::PATIENCE
        {
            store.save_date_check(Some(&check)).await?;
        } else {
            check.active = before.active;
        }
        next = match command {
            Some(command) => Some(carry_out(&check, command).await),
            None => None,
        };
    }
    wait(&check).await;
    Ok(())
}

async fn carry_out(check: &DateCheck, command: Command) -> Event {
    match command {
        Command::Open { link, .. } => match tabs::open_behind(&link).await {
            Ok(tab) => Event::Opened(tab),
            Err(error) => {
                runtime::log("a page to check could not be opened", &error.into());
                Event::NotOpened
            }
        },
        Command::Look { order, tab } => Event::Seen(look(&order, tab).await),
        Command::Close(tab) => {
            close(check, tab).await;
            Event::Closed(tab)
        }
    }
}

/// What the tab shows; without its number, the tab that a check opened for the order.
async fn look(order: &OrderId, tab: Option<i32>) -> Sight {
    let names = |url: &str| address::order_in(url).as_ref() == Some(order);
    for found in tabs::all().await {
        let ours = match tab {
            Some(tab) => found.id == tab,
            None => {
                address::is_checked(&found.url)
                    && (names(&found.url) || address::barrier(&found.url).is_some())
            }
        };
        if !ours {
            continue;
        }
        return match address::barrier(&found.url) {
            Some(barrier) => Sight::Barred(found.id, barrier),
            // A page that is being loaded may have no address yet.
            None if names(&found.url) || found.url.is_empty() || found.url == "about:blank" => {
                Sight::There(found.id)
            }
            // The user has gone on from it to something else: the tab is theirs now.
            None => Sight::Gone,
        };
    }
    Sight::Gone
}

/// Closes the tab unless the user has gone on from it to something else, or the number is another tab's by now.
async fn close(check: &DateCheck, tab: i32) {
    let shows = |url: &str| {
        address::barrier(url).is_some()
            || address::is_order_page(url)
                && address::order_in(url)
                    .is_some_and(|order| check.visits.iter().any(|visit| visit.order == order))
    };
    let found = tabs::all().await;
    if found
        .iter()
        .any(|found| found.id == tab && shows(&found.url))
    {
        tabs::close(tab).await;
    }
}

/// All orders that wait for delivery without an exact date, the newest first.
async fn waiting(store: &LocalStore) -> Result<Vec<(OrderId, String)>, StorageError> {
    let now = clock::now();
    let choices = store.settings().await?.choices;
    let mut orders: Vec<OrderId> = store
        .all_records()
        .await?
        .records
        .iter()
        .filter(|record| {
            let verdict = Verdict::chosen(record, now, clock::zones(), &choices);
            Standing::new(record, &verdict, now).to_check && !record.is_only_on(Page::OrderListRu)
        })
        .map(|record| record.id.clone())
        .collect();
    orders.sort_by(|a, b| (b.as_str().len(), b).cmp(&(a.as_str().len(), a)));
    Ok(orders
        .into_iter()
        .map(|order| (order, String::new()))
        .collect())
}

/// Waits for the next thing that is due.
async fn wait(check: &DateCheck) {
    TIMER.take();
    let now = clock::now();
    let Some(due) = check.next_tick(now) else {
        if matches!(check.phase, Phase::Stopped { .. }) {
            alarms::clear(ALARM).await;
        }
        return;
    };
    let milliseconds = due.since(now).0.clamp(0, DateCheck::PATIENCE.0);
    let timer = Timeout::new(u32::try_from(milliseconds).unwrap_or(0), || {
        spawn_local(wake());
    });
    TIMER.set(Some(timer));
    alarms::set(ALARM, due.max(now.plus(SOONEST_ALARM))).await;
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a random number below a million"
)]
fn jitter() -> u32 {
    (js_sys::Math::random() * 1_000_000.0) as u32
}
