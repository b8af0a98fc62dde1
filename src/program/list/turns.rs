//! When which card is read and drawn: the first at once, those in view before the page is painted, the rest in slices short
//! enough not to be felt.

use std::rc::Rc;

use super::Inner;
use crate::browser::clock;
use crate::browser::dom::DomNode;
use crate::browser::frame::AfterLayout;
use crate::browser::{measure, timer};
use crate::domain::sighting::Page;
use crate::domain::time::{Moment, Zone};
use crate::program::content;
use crate::site::Context;

/// A batch of so many cards is read and drawn at once, in view or not.
const AT_ONCE: usize = 16;
/// A slice of work outside the view stops after this. Shorter slices would be no kinder: the page lays itself out anew after
/// each, and that takes longer than the slice.
const SLICE_MS: f64 = 20.0;

/// Whether it can be told without cost which of an order's two cards is the one that is shown.
#[derive(Clone, Copy)]
pub(super) enum Layout {
    Unknown,
    Known,
}

impl Inner {
    /// Draws the first cards now, those in view before the page is painted, the others in slices.
    pub(super) fn take(self: &Rc<Self>, mut cards: Vec<DomNode>) {
        if cards.is_empty() {
            return;
        }
        if cards.len() > AT_ONCE {
            // Of a page that was scrolled nothing says that the first cards are those in view.
            let first = if self.scrolled.get() { 0 } else { AT_ONCE };
            let rest = cards.split_off(first);
            self.state.borrow_mut().queue.extend(rest);
        }
        self.draw(&cards, Layout::Unknown);
        let state = self.state.borrow();
        let asks = !(state.queue.is_empty() && state.twins.is_empty());
        drop(state);
        if asks {
            self.ask_for_layout();
        }
        // Also where nothing is left: a slice with nothing to do ends the work.
        self.slice();
    }

    /// Has [`Self::laid_out`] run once the page is laid out.
    fn ask_for_layout(self: &Rc<Self>) {
        let layout = self.layout.get_or_init(|| {
            let weak = Rc::downgrade(self);
            AfterLayout::new(move || {
                if let Some(inner) = weak.upgrade() {
                    inner.host.measure.task(|| inner.laid_out());
                }
            })
        });
        layout.ask(&self.host.root);
    }

    /// The page is laid out and not yet painted: which cards are in view, and which of two is shown, is known without
    /// costing anything.
    pub(super) fn laid_out(self: &Rc<Self>) {
        let height = web_sys::window()
            .and_then(|window| window.inner_height().ok())
            .and_then(|height| height.as_f64())
            .unwrap_or(1000.0);
        let mut state = self.state.borrow_mut();
        let place = |card: &DomNode| card.0.get_bounding_client_rect();
        let above = state
            .queue
            .partition_point(|card| place(card).bottom() <= 0.0);
        let in_view = state.queue.iter().skip(above);
        let count = in_view
            .take_while(|card| place(card).top() < height)
            .count();
        let cards = cut(&mut state.queue, above, above + count);
        let twins = std::mem::take(&mut state.twins);
        drop(state);
        self.draw(&cards, Layout::Known);
        self.draw(&twins, Layout::Known);
    }

    pub(super) fn slice(self: &Rc<Self>) {
        if self.slicing.replace(true) {
            return;
        }
        // Nothing is drawn any more once the program has ended, or begun again.
        let weak = Rc::downgrade(self);
        timer::after(0, move || {
            if let Some(inner) = weak.upgrade() {
                inner.slicing.set(false);
                inner.host.measure.task(|| inner.one_slice());
            }
        })
        .forget();
    }

    fn one_slice(self: &Rc<Self>) {
        let end = measure::time() + SLICE_MS;
        loop {
            let portion = cut(&mut self.state.borrow_mut().queue, 0, 4);
            if portion.is_empty() {
                if !self.state.borrow().twins.is_empty() {
                    self.ask_for_layout();
                }
                self.draw_strip();
                self.remember_front();
                self.tell_read();
                self.host.measure.mark_memory();
                self.set_timer();
                return;
            }
            self.draw(&portion, Layout::Unknown);
            if measure::time() >= end {
                break;
            }
        }
        self.slice();
    }

    pub(super) fn context(&self, now: Moment) -> Context {
        Context {
            page: Page::OrderList,
            at: now,
            made: clock::page_begun(),
            today: clock::BuyerZone.day_at(now),
            placed: None,
            lexicon: self.host.lexicon,
        }
    }

    /// Reads the cards, then draws their badges: in this order, because reading after drawing would cost a layout each.
    fn draw(self: &Rc<Self>, cards: &[DomNode], layout: Layout) {
        let now = clock::now();
        let context = self.context(now);
        let mut orders = Vec::with_capacity(cards.len());
        for card in cards {
            if card.0.is_connected()
                && let Some(order) = self.read(card, &context, layout)
            {
                orders.push(order);
            }
        }
        if self.host.fit.needs_all() {
            content::restart();
            return;
        }
        self.place_all(&orders, now);
        if !orders.is_empty() && !self.first_drawn.replace(true) {
            self.draw_strip();
            self.host.measure.mark("recourse:first-badges");
        }
        self.fetch();
    }
}

/// Takes out the cards between two places, or as many of them as there are.
fn cut(queue: &mut Vec<DomNode>, from: usize, to: usize) -> Vec<DomNode> {
    let to = to.min(queue.len());
    queue.drain(from.min(to)..to).collect()
}
