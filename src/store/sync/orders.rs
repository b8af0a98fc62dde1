//! What other browsers know of orders that still have a deadline.

use std::collections::BTreeMap;

use crate::domain::ledger::{News, Record};
use crate::domain::order::OrderId;
use crate::domain::time::{Moment, Span, Zones};
use crate::domain::verdict::Verdict;
use crate::store::record::{record_of_text, text_of_record};

/// An order whose windows are over leaves the sync this much later: two browsers in two zones do not put it there and take it away in turn.
const OVER: Span = Span::days(3);

/// What is to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// To be taken in here.
    pub take: Vec<Record>,
    /// Records as they are to be in the sync, the nearest end first.
    pub wanted: Vec<(OrderId, String)>,
    /// Of those in the sync: those of which every window is over.
    pub over: Vec<OrderId>,
}

/// Brings together the orders that are known here and those there. One there that cannot be read is left as it is.
#[must_use]
pub fn compare(
    here: &[Record],
    there: &BTreeMap<OrderId, String>,
    now: Moment,
    zones: Zones<'_>,
) -> Compared {
    let mut done = Compared::default();
    let mut all: BTreeMap<&OrderId, (Record, Option<&String>)> = BTreeMap::new();
    for record in here {
        all.insert(&record.id, (record.clone(), None));
    }
    for (id, text) in there {
        let Ok(mut theirs) = record_of_text(text, id) else {
            continue;
        };
        let (ours, old) = all
            .entry(id)
            .or_insert_with(|| (Record::new(id.clone()), None));
        let before = ours.clone();
        if ours.join(&theirs) == News::Worth {
            done.take.push(ours.clone());
        }
        // What is there already and says as much stays as it is written.
        *old = (theirs.join(&before) == News::None).then_some(text);
    }
    let mut ending = Vec::new();
    for (id, (record, there_already)) in all {
        let verdict = Verdict::new(&record, now, zones);
        match verdict.clock.as_ref().filter(|_| !verdict.is_over()) {
            Some(clock) if clock.closes() > now => {
                let text = there_already.map_or_else(|| text_of_record(&record), Clone::clone);
                ending.push((clock.closes(), id.clone(), text));
            }
            _ if there.contains_key(id)
                && Verdict::new(&record, now.minus(OVER), zones).is_over() =>
            {
                done.over.push(id.clone());
            }
            _ => {}
        }
    }
    ending.sort();
    done.wanted = ending.into_iter().map(|(_, id, text)| (id, text)).collect();
    done
}
