//! Browsers that share notes and orders through a sync that loses and delays: whatever happens in whichever order, no note is lost.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail"
)]

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use recourse::domain::evidence::{Conflict, Content, Item, ItemId, Note, Place};
use recourse::domain::order::OrderId;
use recourse::domain::sighting::{Fact, Page, Reading};
use recourse::domain::time::{LosAngeles, Moment, Zones};
use recourse::store::locker::{Change, Expect, Locker, MemoryBackend};
use recourse::store::sync::versions::Browser;
use recourse::store::sync::{self, Told};
use recourse::store::{Area, Memory, Store};

/// Runs a future that never waits, as all futures on memory are.
fn run<T>(future: impl Future<Output = T>) -> T {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).as_mut().poll(&mut context) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => panic!("memory never waits"),
    }
}

const NOW: Moment = Moment(1_795_176_000_000);
/// Longer than a sitting, so that every text is a version of its own.
const STEP: i64 = 10 * 60_000;

fn zones() -> Zones<'static> {
    Zones {
        buyer: &LosAngeles,
        site: &LosAngeles,
    }
}

fn all(area: &Memory) -> BTreeMap<String, String> {
    run(area.get_all()).unwrap().into_iter().collect()
}

/// One of the user's browsers.
struct Own {
    number: u8,
    locker: Locker<MemoryBackend, Memory>,
    local: Memory,
    store: Store<Memory>,
    sync: Memory,
    /// The sync as it was when it last met the others'.
    met: BTreeMap<String, String>,
    /// Every text that the user has written here, with its note.
    written: Vec<(ItemId, String)>,
    runs: u8,
}

impl Own {
    fn new(number: u8) -> Self {
        let local = Memory::default();
        let (locker, _) = run(Locker::open(MemoryBackend::default(), local.clone())).unwrap();
        Self {
            number,
            locker,
            store: Store::new(local.clone()),
            local,
            sync: Memory::default(),
            met: BTreeMap::new(),
            written: Vec::new(),
            runs: 0,
        }
    }

    fn note(&self, id: &ItemId) -> Option<Item> {
        let held = run(self.locker.get::<Item>(id.as_str())).unwrap();
        held.map(|held| held.record)
    }

    fn notes(&self) -> Vec<Item> {
        let all = run(self.locker.all::<Item>()).unwrap().records;
        all.into_iter().map(|held| held.record).collect()
    }

    fn conflicts(&self) -> Vec<Conflict> {
        let all = run(self.locker.all::<Conflict>()).unwrap().records;
        all.into_iter().map(|held| held.record).collect()
    }

    fn keep(&self, item: &Item) {
        run(self.locker.save(&Change::new().put(item, Expect::Anything))).unwrap();
    }

    fn write(&mut self, id: &ItemId, text: &str, now: Moment) {
        let item = match self.note(id) {
            Some(item) => item.written(text, now),
            None => {
                let place = Place {
                    order: OrderId::new("8212313961591322").unwrap(),
                    line: None,
                };
                Item::new(id.clone(), place, now, Content::Note(Note::new(text)))
            }
        };
        self.keep(&item);
        self.written.push((id.clone(), text.to_owned()));
    }

    fn run(&mut self, now: Moment) -> Told {
        self.runs += 1;
        let fresh = Browser::drawn([self.number, self.runs, 0, 0]);
        let done = sync::run(&self.locker, &self.store, &self.sync, fresh, now, zones());
        let (told, records) = run(done).unwrap();
        run(self.store.join(&records, now)).unwrap();
        told
    }

    /// What the browser's own sync does: sends what was changed here, and fetches the rest. Where both have changed, one wins.
    fn meet(&mut self, cloud: &mut BTreeMap<String, String>, ours_win: bool) {
        let here = all(&self.sync);
        let mut keys: Vec<String> = here.keys().chain(self.met.keys()).cloned().collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            let changed_here = here.get(&key) != self.met.get(&key);
            let changed_there = cloud.get(&key) != self.met.get(&key);
            if changed_here && (ours_win || !changed_there) {
                match here.get(&key) {
                    Some(text) => cloud.insert(key, text.clone()),
                    None => cloud.remove(&key),
                };
            }
        }
        let keys: Vec<&str> = here.keys().map(String::as_str).collect();
        run(self.sync.remove(&keys)).unwrap();
        let entries: Vec<(String, String)> = cloud.clone().into_iter().collect();
        run(self.sync.set(&entries)).unwrap();
        self.met = cloud.clone();
    }

    fn forget(&self) {
        run(self.local.remove(&["sync-known"])).unwrap();
    }

    /// Whether the note says it, or has said it.
    fn has(&self, id: &ItemId, text: &str) -> bool {
        let item = self.note(id).unwrap();
        let note = item.note().unwrap();
        note.text == text || note.earlier.iter().any(|version| version.text == text)
    }
}

fn id(number: u8) -> ItemId {
    ItemId::drawn([number; 16])
}

/// Until nothing changes any more.
fn settle(browsers: &mut [Own], cloud: &mut BTreeMap<String, String>, mut now: Moment) {
    for _ in 0..12 {
        for browser in browsers.iter_mut() {
            now = Moment(now.0 + 1);
            browser.run(now);
            browser.meet(cloud, true);
        }
    }
}

#[derive(Clone, Debug)]
enum Step {
    Write(usize, u8),
    Bin(usize, u8),
    Run(usize),
    Meet(usize, bool),
    /// The extension's own storage is lost, as after a power cut.
    Forget(usize),
    /// The user takes the other text, or keeps the one that stands.
    Choose(usize, u8, bool),
}

fn step() -> impl Strategy<Value = Step> {
    let browser = 0..3_usize;
    prop_oneof![
        6 => (browser.clone(), 0..3_u8).prop_map(|(at, note)| Step::Write(at, note)),
        1 => (browser.clone(), 0..3_u8).prop_map(|(at, note)| Step::Bin(at, note)),
        6 => browser.clone().prop_map(Step::Run),
        6 => (browser.clone(), any::<bool>()).prop_map(|(at, wins)| Step::Meet(at, wins)),
        1 => browser.clone().prop_map(Step::Forget),
        1 => (browser, 0..3_u8, any::<bool>()).prop_map(|(at, note, other)| Step::Choose(at, note, other)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn in_whichever_order_no_note_is_lost(steps in vec(step(), 0..40)) {
        let mut browsers = [Own::new(1), Own::new(2), Own::new(3)];
        let mut cloud = BTreeMap::new();
        let mut now = NOW;
        for (number, step) in steps.into_iter().enumerate() {
            now = Moment(now.0 + STEP);
            match step {
                Step::Write(at, note) => browsers[at].write(&id(note), &format!("text {number}"), now),
                Step::Bin(at, note) => {
                    if let Some(item) = browsers[at].note(&id(note)) {
                        browsers[at].keep(&item.thrown(now));
                    }
                }
                Step::Run(at) => {
                    browsers[at].run(now);
                }
                Step::Meet(at, wins) => browsers[at].meet(&mut cloud, wins),
                Step::Forget(at) => browsers[at].forget(),
                Step::Choose(at, note, other) => {
                    let browser = &mut browsers[at];
                    let open = browser.conflicts();
                    if let Some(conflict) = open.iter().find(|conflict| conflict.note == id(note)) {
                        let item = browser.note(&id(note)).unwrap();
                        let item = conflict.settled(item, other, now);
                        let change = Change::new().put(&item, Expect::Anything);
                        let change = change.delete::<Conflict>(id(note).as_str(), Expect::Anything);
                        run(browser.locker.save(&change)).unwrap();
                    }
                }
            }
        }
        settle(&mut browsers, &mut cloud, now);
        let [first, rest @ ..] = &browsers;
        for browser in &browsers {
            for (note, text) in &browser.written {
                prop_assert!(browser.has(note, text), "browser {} has lost {text}", browser.number);
            }
            for conflict in browser.conflicts() {
                prop_assert!(browser.has(&conflict.note, &conflict.other.text), "the other text is no version");
                let note = browser.note(&conflict.note).unwrap();
                prop_assert_ne!(&note.note().unwrap().text, &conflict.other.text, "there is nothing to decide");
            }
        }
        let plain = |own: &Own| -> Vec<_> {
            own.notes().into_iter().map(|item| (item.note().unwrap().text.clone(), item.binned, item.place, item.id)).collect()
        };
        for browser in rest {
            prop_assert_eq!(plain(first), plain(browser), "they do not agree");
        }
        let before: Vec<_> = browsers.iter().map(|browser| all(&browser.sync)).collect();
        for browser in &mut browsers {
            browser.run(Moment(now.0 + 1_000));
        }
        let after: Vec<_> = browsers.iter().map(|browser| all(&browser.sync)).collect();
        prop_assert_eq!(before, after, "they do not come to rest");
    }
}

#[test]
fn two_texts_at_once_are_both_kept_and_the_user_decides() {
    let mut browsers = [Own::new(1), Own::new(2)];
    let mut cloud = BTreeMap::new();
    let note = id(1);
    browsers[0].write(&note, "the box", NOW);
    settle(&mut browsers, &mut cloud, NOW);
    assert_eq!(
        browsers[1].note(&note).unwrap().note().unwrap().text,
        "the box"
    );
    // Within one sitting, as somebody with two computers before them writes.
    browsers[0].write(&note, "the box was wet", Moment(NOW.0 + 1_000));
    browsers[1].write(&note, "the box was torn", Moment(NOW.0 + 2_000));
    settle(&mut browsers, &mut cloud, Moment(NOW.0 + 3_000));
    for browser in &browsers {
        let conflicts = browser.conflicts();
        assert_eq!(conflicts.len(), 1, "browser {}", browser.number);
        assert_eq!(conflicts[0].other.text, "the box was wet");
        assert!(browser.has(&note, "the box was torn") && browser.has(&note, "the box was wet"));
    }
    // Chosen in one browser, it is decided in the other.
    let now = Moment(NOW.0 + STEP);
    let item = browsers[0].note(&note).unwrap();
    let item = browsers[0].conflicts()[0].settled(item, true, now);
    let change = Change::new().put(&item, Expect::Anything);
    let change = change.delete::<Conflict>(note.as_str(), Expect::Anything);
    run(browsers[0].locker.save(&change)).unwrap();
    settle(&mut browsers, &mut cloud, Moment(now.0 + 1));
    for browser in &browsers {
        assert!(browser.conflicts().is_empty(), "browser {}", browser.number);
        assert_eq!(
            browser.note(&note).unwrap().note().unwrap().text,
            "the box was wet"
        );
        assert!(browser.has(&note, "the box was torn"));
    }
}

#[test]
fn what_follows_is_no_conflict() {
    let mut browsers = [Own::new(1), Own::new(2)];
    let mut cloud = BTreeMap::new();
    for (number, text) in ["a", "a b", "a b c"].into_iter().enumerate() {
        let now = Moment(NOW.0 + STEP * i64::try_from(number).unwrap());
        browsers[number % 2].write(&id(1), text, now);
        settle(&mut browsers, &mut cloud, now);
    }
    for browser in &browsers {
        assert_eq!(browser.note(&id(1)).unwrap().note().unwrap().text, "a b c");
        assert!(browser.conflicts().is_empty());
    }
}

#[test]
fn a_note_that_is_edited_here_does_not_go_into_the_bin_that_it_was_put_into_there() {
    let mut browsers = [Own::new(1), Own::new(2)];
    let mut cloud = BTreeMap::new();
    browsers[0].write(&id(1), "a", NOW);
    settle(&mut browsers, &mut cloud, NOW);
    browsers[0].write(&id(1), "a b", Moment(NOW.0 + STEP));
    let thrown = browsers[1]
        .note(&id(1))
        .unwrap()
        .thrown(Moment(NOW.0 + 2 * STEP));
    browsers[1].keep(&thrown);
    settle(&mut browsers, &mut cloud, Moment(NOW.0 + 3 * STEP));
    for browser in &browsers {
        assert_eq!(browser.note(&id(1)).unwrap().binned, None);
        assert!(browser.has(&id(1), "a b"));
    }
}

#[test]
fn what_does_not_fit_stays_here_and_is_counted() {
    let mut browser = Own::new(1);
    for number in 0..100 {
        let text = format!("{number} {}", "x".repeat(1_000));
        browser.write(&id(number), &text, Moment(NOW.0 + i64::from(number)));
    }
    browser.write(&id(200), &"long ".repeat(2_000), NOW);
    let told = browser.run(Moment(NOW.0 + STEP));
    assert_eq!(told.long, 1);
    assert!((40..60).contains(&told.left), "{}", told.left);
    assert!(told.used <= 60_000);
    let there = all(&browser.sync);
    assert_eq!(there.len() + told.left, 100);
    assert!(
        there.contains_key(&format!("note:{}", id(99))),
        "the last is shared"
    );
    for (key, text) in &there {
        assert!(sync::room::cost(key, text) <= sync::room::ITEM);
    }
    assert_eq!(browser.notes().len(), 101);
    // What is not there any more is deleted nowhere.
    run(sync::clear(&browser.sync)).unwrap();
    assert!(!run(sync::has_any(&browser.sync)).unwrap());
    browser.run(Moment(NOW.0 + 2 * STEP));
    assert_eq!(all(&browser.sync), there);
    assert_eq!(browser.notes().len(), 101);
}

#[test]
fn what_a_newer_version_or_nobody_has_written_is_left_alone() {
    let mut browser = Own::new(1);
    browser.write(&id(1), "mine", NOW);
    let newer = format!("2 {}", "whatever");
    let entries = [
        (format!("note:{}", id(1)), format!("{newer}\nelse")),
        (format!("note:{}", id(2)), "nonsense".to_owned()),
        (
            format!("note:{}", id(3)),
            "1 0a0a0a0a:1\nevidence 1\nid".to_owned(),
        ),
        ("order:8212313961591322".to_owned(), "3 0|x".to_owned()),
        ("other".to_owned(), "not ours".to_owned()),
    ];
    run(browser.sync.set(&entries)).unwrap();
    let told = browser.run(Moment(NOW.0 + 1));
    assert_eq!(told.newer, 1);
    assert_eq!(all(&browser.sync), entries.into_iter().collect());
    assert_eq!(browser.notes().len(), 1);
    run(sync::clear(&browser.sync)).unwrap();
    assert_eq!(all(&browser.sync).len(), 1, "what is not ours stays");
}

#[test]
fn what_cannot_be_put_there_is_said_and_tried_again() {
    let mut browser = Own::new(1);
    browser.write(&id(1), "mine", NOW);
    browser.sync.refuse(true);
    let told = browser.run(NOW);
    assert!(told.failed.is_some());
    assert_eq!(told.used, 0);
    use recourse::store::Stored;
    assert_eq!(Told::from_text(&told.to_text()), Some(told));
    browser.sync.refuse(false);
    let told = browser.run(NOW);
    assert_eq!((told.failed, all(&browser.sync).len()), (None, 1));
}

#[test]
fn a_deadline_is_known_in_the_other_browser_until_it_is_over() {
    let order = OrderId::new("8212313961591322").unwrap();
    let mut reading = Reading::new(order.clone(), Page::OrderDetail, NOW);
    reading.saw(Fact::Placed("2026-11-01".parse().unwrap()), "Nov 1, 2026");
    let end = Fact::RefundIfNotDeliveredBefore("2026-12-30".parse().unwrap());
    reading.saw(end, "Refund if no delivery before Dec 30, 2026");
    let mut browsers = [Own::new(1), Own::new(2)];
    let mut cloud = BTreeMap::new();
    run(browsers[0].store.absorb(&[reading], NOW)).unwrap();
    settle(&mut browsers, &mut cloud, NOW);
    let [one, two] =
        [0, 1].map(|at: usize| run(browsers[at].store.record(&order)).unwrap().unwrap());
    assert_eq!(one, two);
    assert_eq!(cloud.len(), 1);
    // A year later nothing of it is open any more.
    let later = Moment(NOW.0 + 400 * 86_400_000);
    settle(&mut browsers, &mut cloud, later);
    assert!(cloud.is_empty(), "{cloud:?}");
    assert!(run(browsers[1].store.record(&order)).unwrap().is_some());
}
