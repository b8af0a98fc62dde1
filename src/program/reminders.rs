//! Reminders, as the background program gives them: whenever it is started and whenever something changed, what is due is worked
//! out, kept, and then shown; an alarm is set for the next time.
//!
//! The program may be ended at any time. What was kept and not shown stands in the list of popup and dashboard.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};

use gloo_timers::callback::Timeout;
use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::browser::messages::Texts;
use crate::browser::storage::Session;
use crate::browser::{action, alarms, clock, notifications, runtime, tabs};
use crate::domain::clock_setting::ClockSetting;
use crate::domain::ledger::Record;
use crate::domain::order::OrderId;
use crate::domain::reminders::{Asked, Plan, Reminder, either};
use crate::domain::time::{Moment, Span};
use crate::domain::verdict::Verdict;
use crate::store::{
    Area, LocalStore, StorageError, Stored, is_reminding_key, is_settings_key, order_of_key,
};
use crate::wording::Wording;

/// The alarm for the next time at which something is due.
const NEXT: &str = "reminders";
/// The alarm that comes whatever else is lost.
const SAFETY: &str = "reminders-safety";
const SAFETY_EVERY: Span = Span::hours(6);

/// More orders than this at one time share a notification.
const SINGLE: usize = 3;
/// So many orders are named in a notification about many.
const NAMED: usize = 3;

/// The notification about many orders; that about one has the order's number after [`ABOUT`].
const MANY: &str = "reminders";
const ABOUT: &str = "reminder-";

/// Pages tell of their orders one portion after the other: what follows from them is worked out once, when they are through.
const SETTLED: i32 = 1_000;

enum News {
    /// What is due is to be worked out.
    Plan,
    Asked(Asked),
}

/// News with the two ways to answer whoever brought it: it was kept, or why not.
struct Work {
    news: News,
    kept: Function,
    failed: Function,
}

/// For which reminders it was said that they cannot be kept: in memory, because the storage on the disk is what refused.
const UNKEPT: &str = "reminders-unkept";

thread_local! {
    static NEWS: RefCell<VecDeque<Work>> = const { RefCell::new(VecDeque::new()) };
    static WORKING: Cell<bool> = const { Cell::new(false) };
    static TIMER: RefCell<Option<Timeout>> = const { RefCell::new(None) };
    /// How the clock was set when this program planned last, if it has planned since it was started.
    static PLANNED: Cell<Option<ClockSetting>> = const { Cell::new(None) };
}

/// Whether the alarm is one of ours.
pub fn is_alarm(name: &str) -> bool {
    name == NEXT || name == SAFETY
}

/// Works out what is due now.
pub async fn plan() {
    PLANNED.set(Some(clock::setting()));
    let _ = take_in(News::Plan).await;
}

/// As [`plan`], when what happens now has come to rest. Called for every event: nobody tells the program that it was switched on, or
/// that the clock was set or the zone changed since it has planned.
pub fn awake() {
    let is_planned = PLANNED
        .get()
        .is_some_and(|planned| !clock::setting().was_moved(planned));
    if !is_planned {
        plan_soon();
    }
}

/// Something was kept under those keys.
pub fn changed(keys: &[String]) {
    let matters =
        |key: &String| order_of_key(key).is_some() || is_settings_key(key) || is_reminding_key(key);
    if keys.iter().any(matters) {
        plan_soon();
    }
}

/// Does what the user wants. It is answered when it is kept, however much else there was to do before.
pub async fn asked(asked: Asked) -> Result<(), String> {
    take_in(News::Asked(asked)).await
}

/// Opens what the notification is about. Says nothing of one that is not ours.
pub fn clicked(notification: &str) {
    let place = match notification.strip_prefix(ABOUT).and_then(OrderId::new) {
        Some(order) => format!("order={order}"),
        None if notification == MANY => "reminders".to_owned(),
        None => return,
    };
    tabs::open(&runtime::url(&format!("www/dashboard.html#{place}")));
    notifications::clear(notification);
}

fn plan_soon() {
    PLANNED.set(Some(clock::setting()));
    let timer = Timeout::new(SETTLED.unsigned_abs(), || spawn_local(plan()));
    TIMER.set(Some(timer));
}

/// One thing after the other: what one remembers the next must find.
async fn take_in(news: News) -> Result<(), String> {
    let mut news = Some(news);
    let done = Promise::new(&mut |kept, failed| {
        if let Some(news) = news.take() {
            let work = Work { news, kept, failed };
            NEWS.with_borrow_mut(|all| all.push_back(work));
        }
    });
    if !WORKING.replace(true) {
        spawn_local(work());
    }
    let done = JsFuture::from(done).await.map(drop);
    done.map_err(|error| error.as_string().unwrap_or_default())
}

async fn work() {
    while let Some(work) = NEWS.with_borrow_mut(VecDeque::pop_front) {
        let result = match work.news {
            News::Plan => remind().await,
            News::Asked(asked) => remember(&asked).await,
        };
        // Answering settles a promise, which cannot fail.
        let _ = match result {
            Ok(()) => work.kept.call0(&JsValue::UNDEFINED),
            Err(error) => {
                let error = JsValue::from(error.to_string());
                runtime::log("reminders cannot be given", &error);
                work.failed.call1(&JsValue::UNDEFINED, &error)
            }
        };
    }
    WORKING.set(false);
}

async fn remember(asked: &Asked) -> Result<(), StorageError> {
    let store = LocalStore::open();
    let mut kept = store.reminders().await?;
    kept.take_in(asked);
    store.save_reminders(&kept).await?;
    if let Asked::Dismiss(order, _) = asked {
        notifications::clear(&format!("{ABOUT}{order}"));
    }
    // A wish may be for an earlier time than the alarm is set for.
    plan_soon();
    Ok(())
}

async fn remind() -> Result<(), StorageError> {
    let store = LocalStore::open();
    let now = clock::now();
    alarms::repeat(SAFETY, SAFETY_EVERY).await;
    let settings = store.settings().await?;
    let reminding = store.reminding().await?;
    let doubt = store.doubt().await?;
    let mut kept = store.reminders().await?;
    let records = store.all_records().await?.records;
    let zones = clock::zones();
    let verdicts = |at: Moment| {
        let choices = &settings.choices;
        records
            .iter()
            .map(move |record| (record, Verdict::chosen(record, at, zones, choices)))
    };
    let (due, wake, ending) = {
        let mut plan = Plan::new(&kept, &reminding, zones.buyer, now);
        for (record, verdict) in verdicts(now) {
            plan.add(&record.id, &verdict);
        }
        plan.add_wishes();
        let mut due = std::mem::take(&mut plan.due);
        // A clock that may be slow: what is due by the time that it may be is told, too. Early is better than never.
        if let Some(behind) = doubt.as_ref().and_then(|doubt| doubt.behind(now)) {
            let later = now.plus(behind);
            let mut plan = Plan::new(&kept, &reminding, zones.buyer, later);
            for (record, verdict) in verdicts(later) {
                plan.add(&record.id, &verdict);
            }
            due = either(due, std::mem::take(&mut plan.due));
        }
        (due, plan.wake, plan.ending)
    };
    match wake {
        Some(wake) => alarms::set(NEXT, wake).await,
        None => alarms::clear(NEXT).await,
    }
    let language = settings.language.unwrap_or_else(runtime::ui_language);
    let mut wording = match Wording::load(Texts::Background, &language).await {
        Ok(wording) => wording,
        Err(error) => {
            runtime::log("there are no words for reminders", &error.into());
            return Ok(());
        }
    };
    wording.doubt = doubt;
    count(&wording, ending).await;
    if due.is_empty() {
        return Ok(());
    }
    kept.record(&due, now);
    let saved = store.save_reminders(&kept).await;
    let by_order: BTreeMap<&OrderId, &Record> =
        records.iter().map(|record| (&record.id, record)).collect();
    let is_news = match &saved {
        Ok(()) => {
            let _ = Session.remove(&[UNKEPT]).await;
            true
        }
        Err(_) => is_news_unkept(&due).await,
    };
    if !is_news {
        return saved;
    }
    let told = by_orders(due);
    let single = saved.is_ok() && told.len() <= SINGLE;
    let shown = if single { told.len() } else { NAMED };
    let mut lines = Vec::new();
    for (order, reminders) in told.iter().take(shown) {
        let record = by_order.get(order).copied();
        let verdict = record.map(|record| Verdict::chosen(record, now, zones, &settings.choices));
        let title = record.map_or_else(
            || wording.messages.with("dashboard_order", &[order.as_str()]),
            |record| wording.order_title(record),
        );
        let said = reminders.iter().map(|reminder| {
            let words = wording.reminder(reminder, record.zip(verdict.as_ref()), now);
            let parts = [words.lead, words.what];
            let parts = parts.into_iter().filter(|part| !part.is_empty());
            parts.collect::<Vec<_>>().join(" · ")
        });
        let said: Vec<String> = said.collect();
        if single {
            notifications::show(&format!("{ABOUT}{order}"), &title, &said.join("\n"));
        } else {
            lines.extend(said.first().map(|said| wording.said_of(&title, said)));
        }
    }
    if !single {
        let title = match saved {
            Ok(()) => wording.counted("reminder_many", number(told.len())),
            Err(_) => wording.messages.text("reminder_unkept"),
        };
        notifications::show(MANY, &title, &lines.join("\n"));
    }
    saved
}

/// What cannot be kept stands in no list and is due again at each start of the program: so it is shown, and said once while the browser
/// runs. Where not even the memory remembers it, it is said again rather than never.
async fn is_news_unkept(due: &[Reminder]) -> bool {
    let line = |due: &Reminder| format!("{} {}", due.order, due.subject.to_text());
    let all = due.iter().map(line).collect::<Vec<_>>().join("\n");
    let said = Session.get(&[UNKEPT]).await.ok();
    if said.and_then(|mut said| said.pop()).flatten().as_ref() == Some(&all) {
        return false;
    }
    let _ = Session.set(&[(UNKEPT.to_owned(), all)]).await;
    true
}

/// The number of orders that end within three days, on the toolbar button.
async fn count(wording: &Wording, ending: usize) {
    let (badge, title) = if ending == 0 {
        (String::new(), "Recourse".to_owned())
    } else {
        let title = wording.counted("reminder_toolbar", number(ending));
        (
            wording.intl.number(number(ending)),
            wording.said_of("Recourse", &title),
        )
    };
    action::say(&badge, &title).await;
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The reminders of each order, in the order in which they are due.
fn by_orders(due: Vec<Reminder>) -> Vec<(OrderId, Vec<Reminder>)> {
    let mut places: BTreeMap<OrderId, usize> = BTreeMap::new();
    let mut all: Vec<(OrderId, Vec<Reminder>)> = Vec::new();
    for reminder in due {
        let place = *places.entry(reminder.order.clone()).or_insert(all.len());
        match all.get_mut(place) {
            Some((_, reminders)) => reminders.push(reminder),
            None => all.push((reminder.order.clone(), vec![reminder])),
        }
    }
    all
}
