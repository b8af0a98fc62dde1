//! What is remembered of one order: every fact that was seen, where and when.
//!
//! Absorbing readings is commutative: the order in which they arrive does not change the record, so two tabs and a late
//! message cannot disagree about a deadline.

use super::country::Country;
use super::order::{OrderId, OrderLine, OrderState};
use super::problem::Problem;
use super::sighting::{Fact, Page, Part, Reading, Sighting};
use super::time::{Day, Moment, Span};

/// A value with the page and the time of the reading that it is from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen<T> {
    pub at: Moment,
    pub page: Page,
    pub value: T,
}

/// A value for each of some pages, in the order of the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PerPage<T>(Vec<(Page, T)>);

impl<T> PerPage<T> {
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    #[must_use]
    pub fn get(&self, page: &Page) -> Option<&T> {
        let found = self.0.iter().find(|(other, _)| other == page);
        found.map(|(_, value)| value)
    }

    /// Takes the place of what was there for the page.
    pub fn insert(&mut self, page: Page, value: T) {
        let place = self.0.iter().position(|(other, _)| *other >= page);
        let place = place.unwrap_or(self.0.len());
        match self.0.get_mut(place).filter(|(other, _)| *other == page) {
            Some(old) => old.1 = value,
            None => self.0.insert(place, (page, value)),
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Page, &T)> {
        self.0.iter().map(|(page, value)| (page, value))
    }

    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    pub fn into_values(self) -> impl Iterator<Item = T> {
        self.0.into_iter().map(|(_, value)| value)
    }
}

impl<T> Default for PerPage<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// A sighting that a newer version noted, of a kind or on a page that this one does not know. It decides nothing and is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfamiliar {
    /// Kind, value and page, as they are kept.
    pub what: String,
    pub text: String,
    pub first: Moment,
    pub last: Moment,
    pub times: u32,
}

/// Everything remembered of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub id: OrderId,
    /// In the order of their facts, one for each fact and page.
    pub sightings: Vec<Sighting>,
    pub unfamiliar: Vec<Unfamiliar>,
    pub store: Option<Seen<String>>,
    pub lines: Option<Seen<Vec<OrderLine>>>,
    /// The problems of the latest reading of each page; an empty list says that the page was read without one.
    pub problems: PerPage<Seen<Vec<Problem>>>,
}

/// What a reading did to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Nothing worth a write: the same facts, read again within [`Record::FRESH`].
    None,
    /// The record is to be kept anew.
    Worth,
}

impl Record {
    /// A fact read again within this time is not news, so that looking at the list all day costs no writes.
    pub const FRESH: Span = Span::hours(12);
    /// Sightings kept for one order. A real order has about fifteen; more means that a page is playing games, and then the
    /// earliest are kept, because a date that was once seen must not be pushed out.
    pub const SIGHTINGS: usize = 96;
    /// Letters of a title that are left of it when the record is shortened.
    const SHORT_TITLE: usize = 50;

    #[must_use]
    pub const fn new(id: OrderId) -> Self {
        Self {
            id,
            sightings: Vec::new(),
            unfamiliar: Vec::new(),
            store: None,
            lines: None,
            problems: PerPage::new(),
        }
    }

    /// Takes in what a page told. A reading of another order is not taken.
    pub fn absorb(&mut self, reading: &Reading) -> News {
        if reading.order != self.id {
            return News::None;
        }
        let mut news = false;
        for (fact, text) in &reading.facts {
            news |= self.absorb_sighting(Sighting {
                fact: fact.clone(),
                page: reading.page,
                text: text.clone(),
                first: reading.at,
                last: reading.at,
                times: 1,
            });
        }
        if let Some(store) = &reading.store {
            let new = Seen {
                at: reading.at,
                page: reading.page,
                value: store.clone(),
            };
            news |= keep_later(&mut self.store, new, |_| 0);
        }
        if !reading.lines.is_empty() {
            let new = Seen {
                at: reading.at,
                page: reading.page,
                value: reading.lines.clone(),
            };
            news |= keep_later(&mut self.lines, new, named);
        }
        let old = self.problems.get(&reading.page);
        let stands = old.is_some_and(|old| (old.at, &old.value) >= (reading.at, &reading.problems));
        if !stands {
            news |= old.is_none_or(|old| old.value != reading.problems);
            let new = Seen {
                at: reading.at,
                page: reading.page,
                value: reading.problems.clone(),
            };
            self.problems.insert(reading.page, new);
        }
        if news { News::Worth } else { News::None }
    }

    /// Says that everything here was read by now. A later time is of a clock that was fast then, and would make what is read from
    /// now on look older than it is.
    pub fn end_by(&mut self, now: Moment) -> News {
        let limit = now.plus(Span::days(1));
        let mut news = News::None;
        let mut end = |time: &mut Moment| {
            if *time > limit {
                *time = now.minus(Span(1));
                news = News::Worth;
            }
        };
        for sighting in &mut self.sightings {
            end(&mut sighting.first);
            end(&mut sighting.last);
        }
        self.store.iter_mut().for_each(|seen| end(&mut seen.at));
        self.lines.iter_mut().for_each(|seen| end(&mut seen.at));
        self.problems
            .values_mut()
            .for_each(|seen| end(&mut seen.at));
        news
    }

    /// Leaves out what no date depends on: the texts as printed, variants, the ends of long titles. For an order of which nothing can
    /// be claimed any more, where there is no room for all of it. Every fact stays, with its page and times.
    pub fn shorten(&mut self) {
        for sighting in &mut self.sightings {
            sighting.text.clear();
        }
        for line in self.lines.iter_mut().flat_map(|lines| &mut lines.value) {
            line.variant.clear();
            line.title = line.title.chars().take(Self::SHORT_TITLE).collect();
        }
        let problems = self.problems.values_mut().flat_map(|seen| &mut seen.value);
        problems.for_each(|problem| problem.text.clear());
    }

    /// Takes over the sightings of `other` that are not here at all. Those that are, are not counted again.
    pub fn complete_from(&mut self, other: &Self) {
        for sighting in &other.sightings {
            if self.place_of(sighting).is_err() {
                self.absorb_sighting(sighting.clone());
            }
        }
    }

    /// Takes in what is known of the same order elsewhere. The same twice is the same as once, and which takes in which does not matter.
    /// Says whether anything of it was news.
    pub fn join(&mut self, other: &Self) -> News {
        let mut news = false;
        for theirs in &other.sightings {
            let known = self.place_of(theirs).ok();
            let is_news = known.is_some_and(|place| self.is_news(theirs, place));
            let Some(old) = known.and_then(|place| self.sightings.get_mut(place)) else {
                news |= self.absorb_sighting(theirs.clone());
                continue;
            };
            if is_news {
                news = true;
                if (theirs.last, &theirs.text) > (old.last, &old.text) {
                    old.text.clone_from(&theirs.text);
                }
                old.first = old.first.min(theirs.first);
                old.last = old.last.max(theirs.last);
                old.times = old.times.max(theirs.times);
            }
        }
        for theirs in &other.unfamiliar {
            if self.unfamiliar.iter().all(|ours| ours.what != theirs.what) {
                self.unfamiliar.push(theirs.clone());
                news = true;
            }
        }
        if let Some(store) = &other.store {
            news |= keep_later(&mut self.store, store.clone(), |_| 0);
        }
        if let Some(lines) = &other.lines {
            news |= keep_later(&mut self.lines, lines.clone(), named);
        }
        for (page, theirs) in other.problems.iter() {
            let old = self.problems.get(page);
            if old.is_none_or(|old| (old.at, &old.value) < (theirs.at, &theirs.value)) {
                news |= old.is_none_or(|old| old.value != theirs.value);
                self.problems.insert(*page, theirs.clone());
            }
        }
        if news { News::Worth } else { News::None }
    }

    /// Takes in one sighting as it was kept.
    pub fn note(&mut self, sighting: Sighting) {
        self.absorb_sighting(sighting);
    }

    fn place_of(&self, sighting: &Sighting) -> Result<usize, usize> {
        self.sightings
            .binary_search_by(|old| (&old.fact, old.page).cmp(&(&sighting.fact, sighting.page)))
    }

    /// Whether that is more than the same fact as at that place, read again just now. It is as well where the page has said something
    /// else in between: what it says now holds again. Of the tracking page's, also where the order's own page has, which tells whether they
    /// are gone.
    fn is_news(&self, new: &Sighting, place: usize) -> bool {
        self.sightings.get(place).is_some_and(|old| {
            let tells =
                |page| page == old.page || page == Page::OrderDetail && old.page == Page::Tracking;
            let mut others = self.sightings.iter().filter(|other| tells(other.page));
            new.first < old.first
                || new.last.since(old.last) >= Self::FRESH
                || others.any(|other| old.last < other.last && other.last < new.last)
        })
    }

    /// Says whether that is news.
    fn absorb_sighting(&mut self, new: Sighting) -> bool {
        match self.place_of(&new) {
            Ok(index) => {
                let news = self.is_news(&new, index);
                let Some(old) = self.sightings.get_mut(index) else {
                    return false;
                };
                if (new.last, &new.text) > (old.last, &old.text) {
                    old.text = new.text;
                }
                old.first = old.first.min(new.first);
                old.last = old.last.max(new.last);
                old.times = old.times.saturating_add(new.times);
                news
            }
            Err(index) => {
                self.sightings.insert(index, new);
                if self.sightings.len() <= Self::SIGHTINGS {
                    return true;
                }
                let latest = self
                    .sightings
                    .iter()
                    .enumerate()
                    .max_by_key(|(_, sighting)| sighting.first)
                    .map_or(index, |(latest, _)| latest);
                self.sightings.remove(latest);
                latest != index
            }
        }
    }

    /// When the order's own page was last read, or `None` if it never was.
    #[must_use]
    pub fn opened(&self) -> Option<Moment> {
        self.problems.get(&Page::OrderDetail).map(|seen| seen.at)
    }

    /// Whether no page but this one ever told of the order.
    #[must_use]
    pub fn is_only_on(&self, page: Page) -> bool {
        let sightings = self.sightings.iter().map(|sighting| sighting.page);
        let mut pages = sightings.chain(self.problems.iter().map(|(page, _)| *page));
        pages.next().is_some_and(|first| first == page) && pages.all(|other| other == page)
    }

    /// When any page last told of this order.
    #[must_use]
    pub fn last_seen(&self) -> Option<Moment> {
        let pages = self.problems.values().map(|seen| seen.at);
        pages
            .chain(self.sightings.iter().map(|sighting| sighting.last))
            .max()
    }

    /// The state that was read last.
    #[must_use]
    pub fn state(&self) -> Option<OrderState> {
        let states = self
            .sightings
            .iter()
            .filter_map(|sighting| match sighting.fact {
                Fact::State(state) => Some((sighting.last, state)),
                _ => None,
            });
        states.max().map(|(_, state)| state)
    }

    /// The sightings of the facts that `pick` accepts, each with the value it gives.
    pub fn all<'a, T>(
        &'a self,
        pick: impl Fn(&'a Fact) -> Option<T> + 'a,
    ) -> impl Iterator<Item = (T, &'a Sighting)> + 'a {
        self.sightings
            .iter()
            .filter_map(move |sighting| pick(&sighting.fact).map(|value| (value, sighting)))
    }

    /// The day on which the order was placed: of several readings the earliest, from which every window ends soonest.
    #[must_use]
    pub fn placed(&self) -> Option<Day> {
        self.all(|fact| {
            if let Fact::Placed(day) = fact {
                Some(*day)
            } else {
                None
            }
        })
        .map(|(day, _)| day)
        .min()
    }

    /// The country that the order is sent to, as read last, with where it was read.
    #[must_use]
    pub fn ship_to(&self) -> Option<(Country, &Sighting)> {
        let countries = self.all(|fact| {
            if let Fact::ShipTo(country) = fact {
                Some(*country)
            } else {
                None
            }
        });
        countries.max_by_key(|(_, sighting)| sighting.last)
    }

    /// The part of an order that was split that it is about: its own, or that of which the same page tells the same.
    #[must_use]
    pub fn part_of(&self, sighting: &Sighting) -> Option<Part> {
        if let Fact::OfPart(part, _) = sighting.fact {
            return Some(part);
        }
        self.sightings.iter().find_map(|other| match other.fact {
            Fact::OfPart(part, of_part)
                if other.page == sighting.page && of_part.of_whole() == sighting.fact =>
            {
                Some(part)
            }
            _ => None,
        })
    }

    /// Whether that page told that fact.
    #[must_use]
    pub fn tells(&self, page: Page, fact: &Fact) -> bool {
        let mut sightings = self.sightings.iter();
        sightings.any(|sighting| sighting.page == page && sighting.fact == *fact)
    }

    /// What was paid, as read last.
    #[must_use]
    pub fn total(&self) -> Option<&super::money::Money> {
        let totals = self.all(|fact| {
            if let Fact::Total(money) = fact {
                Some(money)
            } else {
                None
            }
        });
        totals
            .max_by_key(|(_, sighting)| sighting.last)
            .map(|(money, _)| money)
    }
}

/// A page that names the products says more than one that shows pictures of them.
#[allow(clippy::ptr_arg, reason = "what is kept is asked")]
fn named(lines: &Vec<OrderLine>) -> usize {
    lines.iter().filter(|line| !line.title.is_empty()).count()
}

/// Of two seen values keeps the one that says more, then the later one, then (so that order never matters) the greater. Says
/// whether it is another value than before.
fn keep_later<T: Ord>(old: &mut Option<Seen<T>>, new: Seen<T>, says: impl Fn(&T) -> usize) -> bool {
    let Some(seen) = old else {
        *old = Some(new);
        return true;
    };
    let stands = (says(&seen.value), seen.at, seen.page, &seen.value)
        >= (says(&new.value), new.at, new.page, &new.value);
    if stands {
        return false;
    }
    let news = seen.value != new.value;
    *seen = new;
    news
}
