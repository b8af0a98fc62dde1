//! One card: what is read of it, and the badge that it gets.

use wasm_bindgen::JsValue;

use super::turns::Layout;
use super::{Entry, Inner};
use crate::browser::dom::DomNode;
use crate::domain::ledger::{News, Record};
use crate::domain::order::OrderId;
use crate::domain::sighting::{Fact, Sighting};
use crate::domain::summary::Standing;
use crate::domain::time::{Moment, Span};
use crate::domain::verdict::Verdict;
use crate::overlay::{CardView, Slot};
use crate::site::{Context, PageNode, list_page};

/// A page that takes our node away more often than this within a second is left alone for a while.
const RETRIES: u32 = 20;

impl Inner {
    /// Draws the badges of these orders. What that changes is not reported as a change of the page.
    pub(super) fn place_all(&self, orders: &[OrderId], now: Moment) {
        let place = || {
            for order in orders {
                self.place(order, now);
            }
        };
        if let Some(mutations) = self.mutations.get() {
            mutations.unreported(place);
        }
    }

    /// Reads one card and notes where its badge goes. `None` if it gets none.
    pub(super) fn read(
        &self,
        card: &DomNode,
        context: &Context,
        layout: Layout,
    ) -> Option<OrderId> {
        let read = list_page::read(card, context, &mut self.host.tally.borrow_mut());
        let before = self.known_order(card);
        let mut state = self.state.borrow_mut();
        let state = &mut *state;
        // The card's element may serve another order now.
        if let Some(before) = &before
            && read.as_ref().map(|read| &read.order).ok() != Some(before)
            && state
                .entries
                .get(before)
                .is_some_and(|entry| entry.card.same(card))
        {
            state.entries.remove(before);
            self.host.overlay.remove(before);
        }
        let read = match read {
            Ok(read) => read,
            Err(problem) => {
                state.unnamed = Some(problem);
                self.known.set(&card.0, &JsValue::NULL);
                return None;
            }
        };
        self.host.fit.note(&read.reading);
        if before.as_ref() != Some(&read.order) {
            self.know(card, read.order.clone());
        }
        if let Some(entry) = state.entries.get(&read.order)
            && !entry.card.same(card)
            && entry.card.0.is_connected()
        {
            match layout {
                Layout::Unknown => {
                    state.twins.push(card.clone());
                    return None;
                }
                // The page shows the order twice: the badge stays where it is.
                Layout::Known if entry.card.visible() || !card.visible() => return None,
                Layout::Known => {}
            }
        }
        if !state.records.contains(&read.order) {
            let record = Record::new(read.order.clone());
            state.records.insert(&read.order, record);
        }
        let record = state.records.get_mut(&read.order)?;
        if record.absorb(&read.reading) == News::Worth {
            self.outbox.put(read.reading);
        }
        let slot = Slot {
            parent: read.slot.parent.0,
            after: read.slot.after.map(|node| node.0.into()),
            compact: read.slot.compact,
        };
        let old = state.entries.remove(&read.order);
        let entry = Entry {
            card: card.clone(),
            slot,
            detail_link: read.detail_link.map(|link| absolute(&link, &self.origin)),
            standing: old.as_ref().map_or(Standing::UNKNOWN, |old| old.standing),
            total: None,
            next_change: None,
            drawn: old.as_ref().is_some_and(|old| old.drawn),
            put_back: old.map_or((Moment(0), 0), |old| old.put_back),
        };
        state.entries.insert(&read.order, entry);
        // A record that is stored and was not read ahead has to be waited for: no badge that changes its mind.
        if record
            .sightings
            .iter()
            .all(|sighting| sighting.first == context.at)
            && state.index.may_hold(&read.order)
        {
            state.wanted.push(read.order);
            return None;
        }
        Some(read.order)
    }

    /// Draws the badge of an order, or puts it back, if it is there to be drawn.
    fn place(&self, order: &OrderId, now: Moment) {
        let mut state = self.state.borrow_mut();
        let state = &mut *state;
        let (Some(entry), Some(record)) = (state.entries.get_mut(order), state.records.get(order))
        else {
            return;
        };
        if entry.drawn && !self.host.overlay.is_intact(order, &entry.slot) {
            if now.since(entry.put_back.0) > Span(1000) {
                entry.put_back = (now, 0);
            }
            entry.put_back.1 += 1;
            if entry.put_back.1 > RETRIES {
                // The page insists. Answering every time would keep it busy for ever; the countdown tries again.
                entry.next_change = Some(now.plus(Span(1000)));
                return;
            }
        }
        let choices = &self.host.settings.choices;
        let verdict = Verdict::for_badge(record, now, self.zone.zones(), choices);
        entry.standing = Standing::new(record, &verdict, now);
        entry.total = record.total().cloned();
        entry.next_change = verdict.next_change(now);
        entry.drawn = true;
        let view = CardView {
            order,
            verdict: &verdict,
            now,
            detail_url: entry.detail_link.as_deref(),
        };
        self.host.overlay.place(&entry.slot, &view);
        let told = |sighting: &Sighting| matches!(sighting.fact.of_line().1, Fact::Stage(_));
        if record.sightings.iter().any(told) {
            self.host.warn();
        }
        if std::mem::take(&mut state.said) {
            self.host.say_understood();
        }
    }
}

/// The address of a link as the browser would follow it, where it is written as links of the shop are.
fn absolute(link: &str, origin: &str) -> String {
    let before = if link.starts_with("//") {
        "https:"
    } else if link.starts_with('/') {
        origin
    } else {
        ""
    };
    [before, link].concat()
}
