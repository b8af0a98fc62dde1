//! What the list tells of itself once its cards are read: how their parts were found, and how many say no order beyond doubt.

use super::Inner;
use crate::browser::clock;
use crate::browser::dom::DomNode;
use crate::browser::runtime::Request;
use crate::domain::sighting::Page;
use crate::program::page;
use crate::site::list_page;
use crate::store::PageRead;

impl Inner {
    /// Tells it the first time, and again when there are more such cards, or fewer.
    pub(super) fn tell_read(&self) {
        let problem = self.state.borrow().unnamed.clone();
        let count = problem.as_ref().map_or(0, |_| self.count_unnamed());
        if self.state.borrow_mut().told.replace(count) == Some(count) {
            return;
        }
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        page::tell(Request::PageRead(PageRead {
            page: Page::OrderList,
            at: clock::now(),
            unnamed: problem
                .filter(|_| count > 0)
                .map(|problem| (count, problem)),
            tally: self.host.tally.borrow().clone(),
        }));
    }

    /// The cards on the page that were read, and as no order.
    fn count_unnamed(&self) -> usize {
        let (cards, _) = list_page::cards(&self.host.node());
        let unnamed = |card: &&DomNode| self.known.get(&card.0).is_null();
        cards.iter().filter(unnamed).count()
    }
}
