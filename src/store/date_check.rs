//! How a check of exact dates is kept: the whole of it for the background program, and how far it has come for the pages.

use super::format::{Stored, named};
use crate::domain::date_check::{DateCheck, Outcome, Phase, Progress, Stop, Tab, Visit};
use crate::domain::number;
use crate::domain::order::OrderId;
use crate::domain::time::Moment;

/// What stands for a part that is not there.
const NONE: &str = "-";

fn word(value: Option<impl ToString>) -> String {
    value.map_or_else(|| NONE.to_owned(), |value| value.to_string())
}

/// The part that a word stands for; the outer `None` for a word that is none of its kind.
fn part<T>(word: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if word == NONE {
        Some(None)
    } else {
        read(word).map(Some)
    }
}

fn moment(word: &str) -> Option<Moment> {
    word.parse().ok().map(Moment)
}

fn stop(name: &str) -> Option<Stop> {
    named(&Stop::ALL, Stop::name, name)
}

/// `open 1795176000000 7 - - 1 1795176000000`: phase, since or until when, tab, when first read, what comes then, pages in a row
/// that brought nothing, when something last happened. Then a line for each order: `8212313961591322 dated 0 https://…`.
impl Stored for DateCheck {
    fn to_text(&self) -> String {
        let (phase, at, tab, read, stop) = match self.phase {
            Phase::Waiting { until } => ("waiting", Some(until), None, None, None),
            Phase::Opening { since } => ("opening", Some(since), None, None, None),
            Phase::Resuming { since } => ("resuming", Some(since), None, None, None),
            Phase::Open { since, tab, read } => ("open", Some(since), Some(tab), read, None),
            Phase::Closing { since, tab, then } => ("closing", Some(since), Some(tab), None, then),
            Phase::Stopped { why, tab } => ("stopped", None, tab, None, Some(why)),
        };
        let mut text = [
            phase.to_owned(),
            word(at.map(|at| at.0)),
            word(tab),
            word(read.map(|read| read.0)),
            word(stop.map(Stop::name)),
            self.nothing.to_string(),
            self.active.0.to_string(),
        ]
        .join(" ");
        for visit in &self.visits {
            let outcome = word(visit.outcome.map(Outcome::name));
            let failed = visit.failed.to_string();
            let parts = [visit.order.as_str(), &outcome, &failed, &visit.link];
            text.push('\n');
            text.push_str(&parts.join(" "));
        }
        text
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        let mut words = lines.next()?.split(' ');
        let phase = words.next()?;
        let at = part(words.next()?, moment)?;
        let tab: Option<Tab> = part(words.next()?, |word| word.parse().ok())?;
        let read = part(words.next()?, moment)?;
        let why = part(words.next()?, stop)?;
        let phase = match phase {
            "waiting" => Phase::Waiting { until: at? },
            "opening" => Phase::Opening { since: at? },
            "resuming" => Phase::Resuming { since: at? },
            "open" => Phase::Open {
                since: at?,
                tab: tab?,
                read,
            },
            "closing" => Phase::Closing {
                since: at?,
                tab: tab?,
                then: why,
            },
            "stopped" => Phase::Stopped { why: why?, tab },
            _ => return None,
        };
        let visit = |line: &str| {
            let mut words = line.splitn(4, ' ');
            let mut visit = Visit::new(OrderId::new(words.next()?)?, String::new());
            visit.outcome = part(words.next()?, |name| {
                named(&Outcome::ALL, Outcome::name, name)
            })?;
            visit.failed = words.next()?.parse().ok()?;
            visit.link = words.next()?.to_owned();
            Some(visit)
        };
        Some(Self {
            phase,
            nothing: words.next()?.parse().ok()?,
            active: moment(words.next()?)?,
            visits: lines.map(visit).collect::<Option<_>>()?,
        })
    }
}

/// `3 12 2 running`: so many dealt with, of so many, so many with an exact date, and whether it goes on.
impl Stored for Progress {
    fn to_text(&self) -> String {
        let state = self.stop.map_or("running", Stop::name);
        let numbers = [self.done, self.of, self.dated].map(|number| number.to_string());
        [numbers.join(" ").as_str(), state].join(" ")
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let mut number = || u32::try_from(number::read(words.next()?, 10)?).ok();
        Some(Self {
            done: number()?,
            of: number()?,
            dated: number()?,
            stop: match words.next()? {
                "running" => None,
                name => Some(stop(name)?),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_is_kept_in_every_phase() {
        let order = OrderId::new("8212313961591322").unwrap();
        let mut visits = vec![Visit::new(
            order,
            "https://shop.example/?a=\"1\"".to_owned(),
        )];
        for (n, outcome) in Outcome::ALL.into_iter().enumerate() {
            let order = OrderId::new(&format!("821231396159140{n}")).unwrap();
            let mut visit = Visit::new(order, String::new());
            visit.outcome = Some(outcome);
            visit.failed = 2;
            visits.push(visit);
        }
        let (since, tab) = (Moment(1_795_176_000_000), 7);
        let mut phases = vec![
            Phase::Waiting { until: since },
            Phase::Opening { since },
            Phase::Resuming { since },
            Phase::Open {
                since,
                tab,
                read: None,
            },
            Phase::Open {
                since,
                tab,
                read: Some(since),
            },
            Phase::Closing {
                since,
                tab,
                then: None,
            },
        ];
        for why in Stop::ALL {
            phases.push(Phase::Stopped { why, tab: None });
            phases.push(Phase::Stopped {
                why,
                tab: Some(tab),
            });
            phases.push(Phase::Closing {
                since,
                tab,
                then: Some(why),
            });
        }
        for phase in phases {
            let check = DateCheck {
                visits: visits.clone(),
                phase,
                nothing: 1,
                active: since,
            };
            assert_eq!(DateCheck::from_text(&check.to_text()), Some(check.clone()));
            let progress = check.progress();
            assert_eq!(Progress::from_text(&progress.to_text()), Some(progress));
        }
        for wrong in ["", "{}", "3 12", "3 12 2 resting"] {
            assert_eq!(DateCheck::from_text(wrong), None);
            assert_eq!(Progress::from_text(wrong), None);
        }
    }
}
