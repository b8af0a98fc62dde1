//! What stands beside the shop's own words about a dispute: where it stands, and what is told below the controls that cannot be taken
//! back.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::Element;

use crate::browser::clock;
use crate::browser::dom::DomNode;
use crate::domain::case::{Case, case_of_page, cases};
use crate::domain::ledger::Record;
use crate::domain::money::Money;
use crate::domain::order::OrderId;
use crate::domain::problem::Field;
use crate::domain::rules::Choices;
use crate::domain::sighting::{Fact, Page, Reading};
use crate::domain::verdict::Verdict;
use crate::domain::warning::{Sums, warning};
use crate::overlay::{Beside, Layer, WarningView};
use crate::site::{Lexicon, PageNode, dispute_control, dispute_page};
use crate::wording::Wording;

use super::page;

/// Beside the words of one page.
pub(super) struct Aside {
    page: Page,
    /// The order line that the address names.
    line: Option<u64>,
    root: DomNode,
    lexicon: &'static Lexicon,
    wording: Rc<Wording>,
    choices: Choices,
    beside: Rc<Beside>,
    state: Rc<RefCell<State>>,
}

#[derive(Default)]
struct State {
    order: Option<OrderId>,
    /// What is kept of the order and what this page has told. Nothing is said before it is there.
    record: Option<Record>,
    told: Vec<Reading>,
    /// What the buyer asked for, if a form was filled in with it.
    asked: Option<Money>,
    /// The page's words for the stage, as it was read last.
    words: Option<String>,
}

impl Aside {
    /// `None` on a page that has nothing to be told of.
    pub fn new(
        (page, line): (Page, Option<u64>),
        root: &Element,
        lexicon: &'static Lexicon,
        (layer, wording): (&Layer, &Rc<Wording>),
        choices: Choices,
    ) -> Option<Self> {
        if !matches!(page, Page::Dispute | Page::OrderDetail) {
            return None;
        }
        let state: Rc<RefCell<State>> = Rc::default();
        let known = Rc::clone(&state);
        let beside = Beside::new(layer, move || {
            let order = known.borrow().order.clone();
            page::open_dashboard(order);
        });
        Some(Self {
            page,
            line,
            root: DomNode(root.clone()),
            lexicon,
            wording: Rc::clone(wording),
            choices,
            beside,
            state,
        })
    }

    /// What is kept of the order, with which this page's own readings are put together.
    pub fn know(&self, kept: Record, asked: Option<Money>) {
        let mut state = self.state.borrow_mut();
        state.asked = asked;
        let mut record = kept;
        for reading in &state.told {
            record.absorb(reading);
        }
        state.order = Some(record.id.clone());
        state.record = Some(record);
    }

    /// What the page tells. Says of which order what is kept is to be asked for, if that was not yet.
    pub fn saw(&self, reading: &Reading) -> Option<OrderId> {
        let mut state = self.state.borrow_mut();
        let stage = reading.facts.iter().find_map(|(fact, text)| {
            matches!(fact.of_line().1, Fact::Stage(_)).then(|| text.clone())
        });
        let unknown = || {
            let mut problems = reading.problems.iter();
            let found = problems.find(|problem| problem.field == Field::State);
            found.map(|problem| problem.text.clone())
        };
        state.words = stage.or_else(unknown).filter(|text| !text.is_empty());
        if let Some(record) = &mut state.record {
            record.absorb(reading);
        }
        state.told.retain(|known| known.page != reading.page);
        state.told.push(reading.clone());
        drop(state);
        self.is_about(&reading.order)
    }

    /// The order that the page is about. Says of which order what is kept is to be asked for, if that was not yet.
    pub fn is_about(&self, order: &OrderId) -> Option<OrderId> {
        let mut state = self.state.borrow_mut();
        if state.order.is_some() {
            return None;
        }
        state.order = Some(order.clone());
        state.order.clone()
    }

    /// Draws what is to be said, or puts it right.
    pub fn place(&self) {
        let now = clock::now();
        // Nothing is held while the browser is called: what a page that is being left refuses must not stop the next reading.
        let (record, words, asked, own) = {
            let state = self.state.borrow();
            let own = state.told.iter().find(|reading| reading.page == self.page);
            (
                state.record.clone(),
                state.words.clone(),
                state.asked.clone(),
                own.cloned(),
            )
        };
        let (Some(record), Some(body)) = (&record, self.root.first("body")) else {
            return;
        };
        let verdict = Verdict::chosen(record, now, clock::zones(), &self.choices);
        let all = match self.page {
            Page::Dispute => case_of_page(record, self.line, own.as_ref()),
            _ => cases(record),
        };
        if self.page == Page::Dispute {
            self.place_stage(&body, words.as_deref(), &all, &verdict);
        }
        let block = |node: &DomNode| self.beside.is_block(&node.0);
        let mut wanted: Vec<(WarningView, Element)> = Vec::new();
        for (control, node) in dispute_control::controls(&body, self.lexicon) {
            let sums = Sums {
                asked: asked.as_ref(),
                paid: record.total(),
            };
            let Some(told) = warning(control, &all, sums, &verdict, now) else {
                continue;
            };
            let Some(group) = dispute_control::group(&node, &block) else {
                continue;
            };
            let (head, detail) = self.wording.warning(&told, now);
            let view = WarningView {
                about: control.name(),
                head,
                detail,
            };
            // Said once, however often the page has the control.
            if wanted.iter().all(|(known, _)| *known != view) {
                wanted.push((view, group.0));
            }
        }
        self.beside.warnings(wanted);
    }

    fn place_stage(
        &self,
        body: &DomNode,
        words: Option<&str>,
        cases: &[Case<'_>],
        verdict: &Verdict,
    ) {
        let now = clock::now();
        let block = |node: &DomNode| self.beside.is_block(&node.0);
        let place = words
            .and_then(|words| dispute_page::stage_node(body, words))
            .and_then(|node| dispute_page::row(&node, &block));
        match (cases.first(), place) {
            (Some(case), Some(place)) => {
                let words = self.wording.stage(case, verdict, now);
                self.beside.stage(words, &place.0);
            }
            _ => self.beside.remove_stage(),
        }
    }

    /// Takes it off the page.
    pub fn end(&self) {
        self.beside.remove();
    }
}
