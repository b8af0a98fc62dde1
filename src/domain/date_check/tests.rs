//! The check in a browser with a shop in it, which may end the program at any step.

use std::collections::BTreeMap;

use super::*;

/// What the shop does with an order's page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Page {
    Dated,
    Undated,
    Blank,
    SignIn,
    /// The user closes its tab.
    Closed,
}

/// Where the program is ended, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Death {
    /// After the machine took in what happened and before it was kept.
    Unkept,
    /// Kept, and nothing done.
    Undone,
    /// Done, and the answer never heard.
    Unheard,
}

const DEATHS: [Death; 3] = [Death::Unkept, Death::Undone, Death::Unheard];

/// A browser with a shop in it. Time runs only here.
struct World {
    now: Moment,
    kept: DateCheck,
    tabs: BTreeMap<Tab, OrderId>,
    next_tab: Tab,
    /// Tabs in which nobody reads any more.
    deaf: Vec<Tab>,
    pages: Vec<(OrderId, Page)>,
    opened: Vec<(Moment, OrderId)>,
    step: usize,
    death: Option<(usize, Death)>,
}

fn id(n: usize) -> OrderId {
    OrderId::new(&format!("{}", 8_212_313_961_591_322 + n)).unwrap()
}

impl World {
    fn new(pages: &[Page], death: Option<(usize, Death)>) -> Self {
        let pages: Vec<(OrderId, Page)> = pages
            .iter()
            .copied()
            .enumerate()
            .map(|(n, page)| (id(n), page))
            .collect();
        let visits = pages
            .iter()
            .map(|(order, _)| Visit::new(order.clone(), format!("https://shop.example/{order}")));
        Self {
            now: Moment(1_000_000),
            kept: DateCheck::new(visits.collect(), Moment(1_000_000)).unwrap(),
            tabs: BTreeMap::new(),
            next_tab: 7,
            deaf: Vec::new(),
            pages,
            opened: Vec::new(),
            step: 0,
            death,
        }
    }

    fn page(&self, order: &OrderId) -> Page {
        self.pages
            .iter()
            .find(|(known, _)| known == order)
            .unwrap()
            .1
    }

    /// One event as the program handles it: taken in, kept, done, and the answer taken in.
    fn happens(&mut self, event: Event) {
        let mut event = Some(event);
        while let Some(now) = event.take() {
            self.step += 1;
            let dies = self
                .death
                .filter(|(step, _)| *step == self.step)
                .map(|(_, death)| death);
            let mut check = self.kept.clone();
            let command = check.on(now, self.now, 1_234);
            if dies == Some(Death::Unkept) {
                return;
            }
            self.kept = check;
            if dies == Some(Death::Undone) {
                return;
            }
            event = command.and_then(|command| self.does(command));
            if dies == Some(Death::Unheard) {
                return;
            }
        }
    }

    fn does(&mut self, command: Command) -> Option<Event> {
        match command {
            Command::Open { order, link } => {
                assert!(link.ends_with(order.as_str()));
                assert!(
                    self.tabs.is_empty(),
                    "a second page is opened beside {:?}",
                    self.tabs
                );
                if let Some((last, _)) = self.opened.last() {
                    assert!(
                        self.now.since(*last) >= DateCheck::PAUSE,
                        "the pace is not kept"
                    );
                }
                self.opened.push((self.now, order.clone()));
                self.next_tab += 1;
                self.tabs.insert(self.next_tab, order);
                Some(Event::Opened(self.next_tab))
            }
            Command::Look { order, tab } => {
                let found = self.tabs.iter().find(|(known, shows)| {
                    tab.is_none_or(|tab| tab == **known) && **shows == order
                });
                let sight = match found {
                    Some((tab, _)) if self.page(&order) == Page::SignIn => {
                        Sight::Barred(*tab, Barrier::SignIn)
                    }
                    Some((tab, _)) => Sight::There(*tab),
                    None => Sight::Gone,
                };
                Some(Event::Seen(sight))
            }
            Command::Close(tab) => {
                self.tabs.remove(&tab);
                Some(Event::Closed(tab))
            }
        }
    }

    /// Lets a second pass: what is due happens, and pages that are there are read.
    fn second(&mut self) {
        self.now = self.now.plus(Span(1_000));
        let due = self
            .kept
            .next_tick(self.now)
            .is_some_and(|due| due <= self.now)
            || matches!(self.kept.phase, Phase::Open { .. });
        if due {
            self.happens(Event::Tick);
        }
        for (tab, order) in self.tabs.clone() {
            if self.deaf.contains(&tab) {
                continue;
            }
            match self.page(&order) {
                Page::Dated => self.happens(Event::Read {
                    order,
                    tab,
                    dated: true,
                }),
                Page::Undated => self.happens(Event::Read {
                    order,
                    tab,
                    dated: false,
                }),
                Page::Closed => {
                    self.tabs.remove(&tab);
                }
                Page::Blank | Page::SignIn => {}
            }
        }
    }

    fn run(&mut self) {
        for _ in 0..2_000 {
            if matches!(self.kept.phase, Phase::Stopped { .. }) {
                return;
            }
            self.second();
        }
        panic!("it never ends: {:?}", self.kept);
    }

    fn outcomes(&self) -> Vec<Option<Outcome>> {
        self.kept.visits.iter().map(|visit| visit.outcome).collect()
    }
}

#[test]
fn every_page_is_opened_once_and_its_tab_closed() {
    let mut world = World::new(
        &[
            Page::Dated,
            Page::Undated,
            Page::Blank,
            Page::Closed,
            Page::Dated,
        ],
        None,
    );
    world.run();
    assert_eq!(
        world.outcomes(),
        [
            Outcome::Dated,
            Outcome::Undated,
            Outcome::Nothing,
            Outcome::Skipped,
            Outcome::Dated
        ]
        .map(Some)
    );
    assert_eq!(world.opened.len(), 5);
    assert!(world.tabs.is_empty());
    assert_eq!(
        world.kept.progress(),
        Progress {
            done: 5,
            of: 5,
            dated: 2,
            stop: Some(Stop::Finished)
        }
    );
}

#[test]
fn wherever_the_program_is_ended_it_goes_on_with_one_page_at_a_time() {
    let pages = [Page::Dated, Page::Undated, Page::Blank, Page::Dated];
    let mut whole = World::new(&pages, None);
    whole.run();
    assert!(whole.step > 20);
    for step in 1..=whole.step {
        for death in DEATHS {
            let mut world = World::new(&pages, Some((step, death)));
            world.run();
            assert_eq!(
                world.outcomes(),
                [
                    Outcome::Dated,
                    Outcome::Undated,
                    Outcome::Nothing,
                    Outcome::Dated
                ]
                .map(Some),
                "ended at {step}, {death:?}"
            );
            assert!(
                world.tabs.is_empty(),
                "a tab is left after an end at {step}, {death:?}"
            );
            assert_eq!(
                world.opened.len(),
                4,
                "a page was opened twice after an end at {step}, {death:?}"
            );
        }
    }
}

#[test]
fn after_a_restart_of_the_browser_it_goes_on() {
    let pages = [Page::Dated, Page::Undated, Page::Dated];
    let mut whole = World::new(&pages, None);
    whole.run();
    let seconds = whole.now.since(Moment(1_000_000)).0 / 1_000;
    for second in 0..seconds {
        let mut world = World::new(&pages, None);
        for _ in 0..second {
            world.second();
        }
        // The browser takes its tabs with it, and gives their numbers to others.
        world.tabs.clear();
        world.now = world.now.plus(Span(20_000));
        world.happens(Event::Restarted);
        world.run();
        assert_eq!(
            world.outcomes(),
            [Outcome::Dated, Outcome::Undated, Outcome::Dated].map(Some),
            "restarted after {second} s"
        );
    }
}

#[test]
fn after_a_restart_of_the_extension_the_page_that_was_open_is_opened_anew() {
    let pages = [Page::Dated, Page::Undated, Page::Dated];
    let mut whole = World::new(&pages, None);
    whole.run();
    let seconds = whole.now.since(Moment(1_000_000)).0 / 1_000;
    for second in 0..seconds {
        for death in [None, Some(Death::Undone), Some(Death::Unheard)] {
            let mut world = World::new(&pages, None);
            for _ in 0..second {
                world.second();
            }
            // The tabs stay, and what read in them is gone.
            world.deaf = world.tabs.keys().copied().collect();
            world.now = world.now.plus(Span(6_000));
            world.death = death.map(|death| (world.step + 1, death));
            world.happens(Event::Restarted);
            world.run();
            assert_eq!(
                world.outcomes(),
                [Outcome::Dated, Outcome::Undated, Outcome::Dated].map(Some),
                "restarted after {second} s, {death:?}"
            );
            assert!(world.tabs.is_empty(), "restarted after {second} s");
        }
    }
}

#[test]
fn after_a_long_absence_the_user_is_asked() {
    let mut world = World::new(&[Page::Dated, Page::Dated], None);
    for _ in 0..4 {
        world.second();
    }
    let opened = world.opened.len();
    world.now = world.now.plus(Span::hours(8));
    world.happens(Event::Restarted);
    world.run();
    assert_eq!(world.kept.progress().stop, Some(Stop::Interrupted));
    assert_eq!(world.opened.len(), opened);
    world.happens(Event::Continue);
    world.run();
    assert_eq!(world.kept.progress().stop, Some(Stop::Finished));
}

#[test]
fn an_absence_is_long_when_it_is_longer_than_is_said() {
    for (more, stop) in [(0, None), (1, Some(Stop::Interrupted))] {
        let mut world = World::new(&[Page::Dated, Page::Dated], None);
        world.second();
        world.now = world.kept.active.plus(DateCheck::AWAY).plus(Span(more));
        world.happens(Event::Restarted);
        assert_eq!(world.kept.progress().stop, stop);
    }
}

#[test]
fn it_asks_to_be_woken_when_something_is_due_and_not_once_it_has_ended() {
    let mut world = World::new(&[Page::Blank, Page::Dated], None);
    let begun = world.now;
    assert_eq!(world.kept.next_tick(begun), Some(begun));
    world.second();
    assert!(matches!(world.kept.phase, Phase::Open { .. }));
    assert_eq!(
        world.kept.next_tick(world.now),
        Some(world.now.plus(DateCheck::LOOK))
    );
    let mut resumed = world.kept.clone();
    resumed.on(Event::Restarted, world.now, 0);
    assert_eq!(
        resumed.next_tick(world.now.plus(Span(1))),
        Some(world.now.plus(DateCheck::GRACE))
    );
    world.run();
    assert_eq!(world.kept.next_tick(world.now), None);
}

#[test]
fn it_runs_while_a_page_is_closed_between_two_and_not_while_the_last_one_is() {
    let mut world = World::new(&[Page::Blank, Page::Dated], None);
    assert!(world.kept.is_running());
    world.second();
    let mut between = world.kept.clone();
    let (order, tab) = (id(0), world.next_tab);
    let read = Event::Read {
        order,
        tab,
        dated: true,
    };
    between.on(read, world.now, 0);
    assert!(matches!(between.phase, Phase::Closing { then: None, .. }));
    assert!(between.is_running());
    let mut cancelled = world.kept.clone();
    cancelled.on(Event::Cancel, world.now, 0);
    assert!(matches!(cancelled.phase, Phase::Closing { .. }));
    assert!(!cancelled.is_running());
    world.run();
    assert!(!world.kept.is_running());
}

#[test]
fn what_has_ended_cannot_be_cancelled() {
    let mut world = World::new(&[Page::Dated], None);
    world.run();
    let ended = world.kept.clone();
    world.happens(Event::Cancel);
    assert_eq!(world.kept.progress(), ended.progress());
    assert_eq!(world.kept.progress().stop, Some(Stop::Finished));
}

#[test]
fn it_stops_where_the_shop_asks_to_sign_in_and_goes_on_when_the_user_says_so() {
    let mut world = World::new(&[Page::Dated, Page::SignIn, Page::Dated], None);
    world.run();
    assert_eq!(
        world.kept.progress(),
        Progress {
            done: 1,
            of: 3,
            dated: 1,
            stop: Some(Stop::SignIn)
        }
    );
    assert_eq!(world.tabs.len(), 1, "the page that asks stays open");
    world.pages[1].1 = Page::Dated;
    world.happens(Event::Continue);
    world.run();
    assert_eq!(world.kept.progress().stop, Some(Stop::Finished));
    assert_eq!(world.kept.progress().dated, 3);
}

#[test]
fn it_stops_when_two_pages_in_a_row_bring_nothing() {
    let mut world = World::new(&[Page::Blank, Page::Closed, Page::Blank, Page::Dated], None);
    world.run();
    assert_eq!(world.kept.progress().stop, Some(Stop::Nothing));
    assert_eq!(world.kept.progress().done, 3);
    assert!(world.tabs.is_empty());
    for page in &mut world.pages {
        page.1 = Page::Dated;
    }
    world.happens(Event::Continue);
    world.run();
    assert_eq!(
        world.kept.progress().dated,
        3,
        "all but the one that the user closed"
    );
}

#[test]
fn cancelling_closes_the_open_page_and_ends_it_at_any_moment() {
    for seconds in 0..25 {
        for death in [None, Some(Death::Undone), Some(Death::Unheard)] {
            let mut world = World::new(&[Page::Undated, Page::Blank, Page::Dated], None);
            for _ in 0..seconds {
                world.second();
            }
            world.death = death.map(|death| (world.step + 1, death));
            world.happens(Event::Cancel);
            let opened = world.opened.len();
            world.run();
            assert!(world.tabs.is_empty(), "after {seconds} s");
            assert_eq!(world.opened.len(), opened, "after {seconds} s");
            assert_eq!(world.kept.progress().stop, Some(Stop::Cancelled));
            world.happens(Event::Continue);
            assert_eq!(world.kept.progress().stop, Some(Stop::Cancelled));
        }
    }
}

#[test]
fn a_tab_that_never_comes_is_given_up() {
    let mut check = DateCheck::new(vec![Visit::new(id(0), String::new())], Moment(0)).unwrap();
    let mut now = Moment(0);
    for _ in 0..10 {
        now = now.plus(Span(20_000));
        if check.on(Event::Tick, now, 0).is_some() {
            check.on(Event::NotOpened, now, 0);
        }
    }
    assert_eq!(check.visits[0].outcome, Some(Outcome::Nothing));
    assert_eq!(check.progress().stop, Some(Stop::Finished));
}

#[test]
fn a_tab_that_was_asked_for_is_given_time_to_come() {
    let mut check = DateCheck::new(vec![Visit::new(id(0), String::new())], Moment(0)).unwrap();
    let opened = check.on(Event::Tick, Moment(0), 0);
    assert!(matches!(opened, Some(Command::Open { .. })), "{opened:?}");
    let nearly = Moment(0).plus(DateCheck::GRACE).minus(Span(1));
    assert_eq!(check.on(Event::Tick, nearly, 0), None);
    let look = check.on(Event::Tick, Moment(0).plus(DateCheck::GRACE), 0);
    assert!(matches!(look, Some(Command::Look { .. })), "{look:?}");
}

#[test]
fn a_page_that_is_read_before_its_tab_is_told_of_is_closed() {
    let mut check = DateCheck::new(vec![Visit::new(id(0), String::new())], Moment(0)).unwrap();
    check.on(Event::Tick, Moment(0), 0);
    assert_eq!(check.tab(), None);
    let read = Event::Read {
        order: id(0),
        tab: 5,
        dated: true,
    };
    assert_eq!(check.on(read, Moment(1), 0), Some(Command::Close(5)));
    assert_eq!(check.tab(), Some(5), "until it is closed");
    assert_eq!(check.progress().stop, None);
}

#[test]
fn that_it_was_cancelled_is_said_while_its_page_is_closed() {
    let mut check = DateCheck::new(vec![Visit::new(id(0), String::new())], Moment(0)).unwrap();
    check.on(Event::Tick, Moment(0), 0);
    check.on(Event::Opened(5), Moment(1), 0);
    assert_eq!(
        check.on(Event::Cancel, Moment(2), 0),
        Some(Command::Close(5))
    );
    assert_eq!(check.tab(), Some(5));
    assert_eq!(check.progress().stop, Some(Stop::Cancelled));
}

#[test]
fn a_page_of_the_users_own_changes_nothing() {
    let mut world = World::new(&[Page::Blank, Page::Dated], None);
    world.second();
    let before = world.kept.clone();
    world.happens(Event::Read {
        order: id(0),
        tab: 99,
        dated: true,
    });
    world.happens(Event::Barred(99, Barrier::Robots));
    world.happens(Event::Closed(99));
    assert_eq!(world.kept.phase, before.phase);
    assert_eq!(world.kept.visits, before.visits);
}

#[test]
fn a_clock_that_is_put_back_does_not_hold_it_up() {
    let mut world = World::new(&[Page::Dated, Page::Dated], None);
    for _ in 0..3 {
        world.second();
    }
    assert!(matches!(world.kept.phase, Phase::Waiting { .. }));
    world.now = Moment(0);
    world.opened.clear();
    world.happens(Event::Tick);
    assert_eq!(world.opened.len(), 1);
}

#[test]
fn an_order_that_is_named_twice_is_visited_once() {
    let twice = vec![
        Visit::new(id(0), String::new()),
        Visit::new(id(0), String::new()),
    ];
    assert_eq!(DateCheck::new(twice, Moment(0)).unwrap().visits.len(), 1);
    assert_eq!(DateCheck::new(Vec::new(), Moment(0)), None);
}

#[test]
fn the_pause_is_kept_to_the_moment_unless_the_clock_was_put_back_by_more_than_another() {
    let (start, pause) = (Moment(1_000_000_000), DateCheck::PAUSE.0);
    let opens = |wait: i64| {
        let visits = vec![Visit::new(id(0), String::new())];
        let mut check = DateCheck::new(visits, start).unwrap();
        check.phase = Phase::Waiting {
            until: start.plus(Span(wait)),
        };
        check.on(Event::Tick, start, 0).is_some()
    };
    let open: Vec<i64> = [0, 1, pause, 2 * pause, 2 * pause + 1]
        .into_iter()
        .filter(|wait| opens(*wait))
        .collect();
    assert_eq!(open, [0, 2 * pause + 1]);
}

#[test]
fn chance_makes_a_pause_longer_by_less_than_half_of_it() {
    let start = Moment(1_000_000_000);
    let check = DateCheck::new(vec![Visit::new(id(0), String::new())], start).unwrap();
    let half = DateCheck::PAUSE.0 / 2;
    for (jitter, more) in [(0, 0), (half - 1, half - 1), (half, 0), (half + 7, 7)] {
        let Phase::Waiting { until } = check.pause(start, u32::try_from(jitter).unwrap()) else {
            panic!("no pause");
        };
        assert_eq!(until.since(start), Span(DateCheck::PAUSE.0 + more));
    }
}

#[test]
fn every_wish_has_words_on_its_button() {
    let words = include_str!("../../../extension/_locales/en/messages.json");
    for wish in [Wish::Cancel, Wish::Continue, Wish::Show, Wish::Dismiss] {
        assert!(
            words.contains(&format!("\"{}\": {{", wish.key())),
            "{}",
            wish.key()
        );
    }
}

#[test]
fn a_while_has_passed_at_its_end_and_where_the_clock_was_put_back() {
    let (then, second) = (Moment(1_795_176_000_000), Span(1000));
    let has_passed = |now| passed(then, second, now);
    assert!(!has_passed(then));
    assert!(!has_passed(then.plus(Span(999))));
    assert!(has_passed(then.plus(second)));
    assert!(has_passed(then.minus(Span(1))));
}
