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
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<(Part, String)> = Vec::new();
        for (part, way, count) in &self.counts {
            let name = way.map_or("none", Way::name);
            let count = number::text((*count).into());
            match lines.last_mut().filter(|(last, _)| last == part) {
                Some((_, line)) => line.push_str(&[", ", name, " ", &count].concat()),
                None => lines.push((*part, [part.name(), ": ", name, " ", &count].concat())),
            }
        }
        lines.into_iter().map(|(_, line)| line).collect()
    }
}
