//! What the user's choices do: the orders whose dates are others because of them.

use std::rc::Rc;

use super::Page;
use crate::browser::clock;
use crate::domain::choices::{Effect, effects};
use crate::domain::ledger::Record;
use crate::domain::rules::Choices;
use crate::domain::time::Moment;
use crate::pages::dom::{self, El, el};
use crate::pages::orders::Order;

/// Orders that are listed; the others are counted.
const LISTED: usize = 12;

/// The id of the list of all orders with other dates.
const ORDERS: &str = "effects-orders";

impl Page {
    /// Shows what is chosen and what it does.
    pub(super) fn show_choices(self: &Rc<Self>) {
        let choices = self.settings.borrow().choices.clone();
        for view in self.rules.borrow().iter() {
            view.show(self, &choices);
        }
        if choices == Choices::default() {
            return self.effects.replace_with([]);
        }
        let now = clock::now();
        let found = self.moved(now, Choices::NONE, &choices);
        let mut parts = vec![
            el("h3")
                .id("effects-title")
                .attr("tabindex", "-1")
                .text(&self.text("rules_effects_title")),
        ];
        match self.listed(&found, now) {
            None => parts.push(el("p").text(&self.text("rules_effects_none"))),
            Some(list) => {
                let count = self.context.counted("rules_effects", found.len(), &[]);
                parts.push(dom::fold(ORDERS, &count).child(list));
            }
        }
        if !choices.changes.is_empty() {
            let page = Rc::clone(self);
            let back = dom::button("", &self.text("rules_back_all"), move || {
                page.change(false, |settings| settings.choices.changes.clear());
                page.show_choices();
                let next = dom::by_id("effects-title").or_else(|| dom::by_id("rules-title"));
                if let Some(next) = next {
                    next.focus();
                }
            });
            parts.push(el("div").class("buttons").child(back.id("rules-back")));
        }
        dom::keeping_focus(|| self.effects.replace_with(parts));
    }

    /// The orders that other choices give other dates.
    pub(super) fn moved(
        &self,
        now: Moment,
        before: &Choices,
        after: &Choices,
    ) -> Vec<(Record, Vec<Effect>)> {
        let effects_on = |record: &Record| {
            let effects = effects(record, now, clock::zones(), before, after);
            (!effects.is_empty()).then(|| (record.clone(), effects))
        };
        self.records
            .borrow()
            .iter()
            .filter_map(effects_on)
            .collect()
    }

    /// The first of the orders, each with its dates before and after, and how many more there are.
    pub(super) fn listed(&self, found: &[(Record, Vec<Effect>)], now: Moment) -> Option<El> {
        if found.is_empty() {
            return None;
        }
        let item = |(record, effects): &(Record, Vec<Effect>)| {
            let order = Order::new(record.clone(), now, Choices::NONE);
            let link = el("a")
                .attr("href", &format!("dashboard.html#order={}", record.id))
                .child(
                    el("bdi")
                        .attr("dir", "auto")
                        .text(&order.title(&self.context)),
                );
            let dates = effects
                .iter()
                .map(|effect| el("span").text(&self.context.wording.effect(effect, now)));
            el("li").child(link).children(dates)
        };
        let list = el("ul").class("moved");
        let list = list.children(found.iter().take(LISTED).map(item));
        Some(match found.len().saturating_sub(LISTED) {
            0 => list,
            more => list.child(el("li").class("quiet").text(&self.context.counted(
                "rules_effects_more",
                more,
                &[],
            ))),
        })
    }
}
