//! The ways in which fields are found, and how often each of them was the one that worked.
//!
//! Every field has an ordered list of ways. The first that gives a value wins; which one it was is counted, so that a
//! changed page shows in the numbers before it breaks.

use crate::domain::number;

/// A way to find a field. In the order in which they are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// By the page's own `data-pl` name.
    DataPl,
    /// By its class.
    Class,
    /// By a link's address.
    Link,
    /// By where it stands among other parts.
    Structure,
    /// By the sentence itself, wherever it stands.
    Sentence,
}

impl Way {
    const ALL: [Self; 5] = [
        Self::DataPl,
        Self::Class,
        Self::Link,
        Self::Structure,
        Self::Sentence,
    ];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DataPl => "data-pl",
            Self::Class => "class",
            Self::Link => "link",
            Self::Structure => "structure",
            Self::Sentence => "sentence",
        }
    }
}

/// What is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Cards,
    OrderId,
    Date,
    State,
    Total,
    Store,
    Lines,
    Deadline,
    Windows,
    DisputeControl,
}

impl Part {
    const ALL: [Self; 10] = [
        Self::Cards,
        Self::OrderId,
        Self::Date,
        Self::State,
        Self::Total,
        Self::Store,
        Self::Lines,
        Self::Deadline,
        Self::Windows,
        Self::DisputeControl,
    ];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cards => "cards",
            Self::OrderId => "order-id",
            Self::Date => "date",
            Self::State => "state",
            Self::Total => "total",
            Self::Store => "store",
            Self::Lines => "lines",
            Self::Deadline => "deadline",
            Self::Windows => "windows",
            Self::DisputeControl => "dispute-control",
        }
    }
}

/// How often each way found each part, and how often none did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// In the order of parts and ways; there are few.
    counts: Vec<(Part, Option<Way>, u32)>,
}

impl Tally {
    pub fn count(&mut self, part: Part, way: Option<Way>) {
        let place = self
            .counts
            .partition_point(|counted| (counted.0, counted.1) < (part, way));
        match self.counts.get_mut(place) {
            Some((found, by, count)) if (*found, *by) == (part, way) => {
                *count = count.saturating_add(1);
            }
            _ => self.counts.insert(place, (part, way, 1)),
        }
    }

    /// Tries the ways in their order and counts the one that gave something.
    pub fn first<T>(&mut self, part: Part, ways: &[(Way, &dyn Fn() -> Option<T>)]) -> Option<T> {
        for (way, find) in ways {
            if let Some(found) = find() {
                self.count(part, Some(*way));
                return Some(found);
            }
        }
        self.count(part, None);
        None
    }

    pub fn of(&self, part: Part, way: Option<Way>) -> u32 {
        let is = |counted: &&(Part, Option<Way>, u32)| counted.0 == part && counted.1 == way;
        self.counts
            .iter()
            .find(is)
            .map_or(0, |(_, _, count)| *count)
    }

    /// One line for each part: `date: data-pl 40, none 1`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut before = None;
        for (part, way, count) in &self.counts {
            let begins = if before == Some(part) {
                ", ".to_owned()
            } else {
                let ends = if before.is_some() { "\n" } else { "" };
                [ends, part.name(), ": "].concat()
            };
            before = Some(part);
            let name = way.map_or("none", Way::name);
            let count = number::text((*count).into());
            text.push_str(&[&begins, name, " ", &count].concat());
        }
        text
    }

    /// The lines of what [`Self::text`] has written, and nothing else: in its order, each part and way once.
    #[must_use]
    pub fn of_lines<'a>(lines: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let mut counts: Vec<(Part, Option<Way>, u32)> = Vec::new();
        for line in lines {
            let (name, found) = line.split_once(':')?;
            let part = Part::ALL.into_iter().find(|part| part.name() == name)?;
            for counted in found.split(',') {
                let (name, count) = counted.strip_prefix(' ')?.split_once(' ')?;
                let way = match name {
                    "none" => None,
                    name => Some(Way::ALL.into_iter().find(|way| way.name() == name)?),
                };
                let count = u32::try_from(number::read(count, 10)?).ok()?;
                if counts
                    .last()
                    .is_some_and(|last| (last.0, last.1) >= (part, way))
                {
                    return None;
                }
                counts.push((part, way, count));
            }
        }
        Some(Self { counts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_tally_is_read_back_from_its_lines(found in prop::collection::vec((0..10_usize, prop::option::of(0..5_usize)), 0..60)) {
            let mut tally = Tally::default();
            for (part, way) in found {
                tally.count(Part::ALL[part], way.map(|way| Way::ALL[way]));
            }
            let text = tally.text();
            prop_assert_eq!(Tally::of_lines(text.lines()), Some(tally));
        }

        #[test]
        fn nothing_is_a_tally_but_what_a_tally_writes(line in "(cards|date|lamp): (class|none|lamp) [0-9a-z]{1,12}(, (link|class|none) [0-9]{1,12})?") {
            if let Some(tally) = Tally::of_lines([line.as_str()]) {
                prop_assert_eq!(tally.text().lines().count(), 1);
                prop_assert!(!tally.text().contains("lamp"));
            }
        }
    }

    #[test]
    fn a_page_makes_no_tally_longer_than_there_are_parts_and_ways() {
        assert_eq!(Tally::of_lines(["date: class 1, class 1"]), None);
        assert_eq!(Tally::of_lines(["date: class 1", "date: class 1"]), None);
        assert_eq!(Tally::of_lines(["date: class -1"]), None);
        assert_eq!(Tally::of_lines(["LIMA Store"]), None);
    }
}
