//! A rehearsal, while the page still fetches its orders: a card of our own, which no page ever holds, is read and judged, and a
//! badge drawn for it that nobody sees. The engine compiles what runs for the first time, and the browser loads what it knows
//! of a language with the first formatter; together that takes longer than a hundred badges, and would be waited for with the
//! first card.

use std::rc::Rc;

use super::Inner;
use crate::browser::clock;
use crate::browser::dom::DomNode;
use crate::browser::idle;
use crate::domain::ledger::Record;
use crate::domain::money::{Currency, Money};
use crate::domain::order::OrderState;
use crate::domain::sighting::{Fact, Page, Reading};
use crate::domain::summary::{Standing, Summary};
use crate::domain::time::{Day, Span, Zone};
use crate::domain::verdict::Verdict;
use crate::overlay::CardView;
use crate::site::list_page;
use crate::site::strategy::Tally;

impl Inner {
    /// Rehearses once the page has nothing to do, if it has shown no card by then.
    pub(super) fn rehearse_when_idle(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let part = move |run: fn(&Self)| {
            let weak = weak.clone();
            idle::then(move || {
                if let Some(inner) = weak.upgrade().filter(|inner| !inner.first_drawn.get()) {
                    inner.host.measure.ahead(|| run(&inner));
                }
            });
        };
        part(Self::rehearse_reading);
        part(|inner| inner.rehearse_drawing(Fact::Placed));
        part(|inner| inner.rehearse_drawing(Fact::RefundIfNotDeliveredBefore));
    }

    fn rehearse_reading(&self) {
        if let Some(card) = DomNode::parsed(list_page::SAMPLE) {
            let context = self.context(clock::now());
            let _ = list_page::read(&card, &context, &mut Tally::default());
        }
    }

    /// The badge of an order of which one day is known: an estimate, or a date that its page printed.
    fn rehearse_drawing(&self, fact: fn(Day) -> Fact) {
        let now = clock::now();
        let Some(order) = list_page::sample_order() else {
            return;
        };
        let Some(day) = clock::BuyerZone.day_at(now.plus(Span::days(5))) else {
            return;
        };
        let mut reading = Reading::new(order.clone(), Page::OrderDetail, now);
        reading.saw(Fact::State(OrderState::AwaitingDelivery), "");
        reading.saw(fact(day), "");
        let mut record = Record::new(order.clone());
        record.absorb(&reading);
        let verdict = Verdict::for_badge(&record, now, clock::zones(), &self.host.settings.choices);
        let total = Money {
            mantissa: 1,
            scale: 2,
            currency: Currency::Code("USD".to_owned()),
        };
        let mut summary = Summary::default();
        let standing = Standing::new(&record, &verdict, now);
        summary.add(&order, standing, Some(&total), now);
        let view = CardView {
            order: &order,
            verdict: &verdict,
            now,
            detail_url: Some("https://"),
        };
        self.host.overlay.rehearse(&view, &summary);
    }
}
