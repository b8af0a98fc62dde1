//! What is told on the order list below the control that confirms receipt, while a dispute about the order is open.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use web_sys::{Document, Element};

use crate::browser::clock;
use crate::browser::dom::DomNode;
use crate::domain::case::cases;
use crate::domain::warning::{Control, Sums, warning};
use crate::overlay::{self, Anchor, Beside, Layer, WarningView};
use crate::site::{Lexicon, dispute_control};
use crate::wording::Wording;

use super::watch::Mutations;
use super::{order, page};

/// A list that has not changed for this long is looked at.
const SETTLED_MS: u32 = 200;

/// What is known of the order whose badge an element is.
pub(super) type Anchors = Rc<dyn Fn(&Element) -> Option<Anchor>>;

pub(super) struct ListWarnings {
    inner: Rc<Inner>,
    _mutations: Mutations,
}

struct Inner {
    document: Document,
    lexicon: &'static Lexicon,
    wording: Rc<Wording>,
    beside: Rc<Beside>,
    anchors: Anchors,
    settling: RefCell<Option<Timeout>>,
}

impl ListWarnings {
    pub fn start(
        document: &Document,
        lexicon: &'static Lexicon,
        (layer, wording): (&Layer, &Rc<Wording>),
        anchors: Anchors,
    ) -> Self {
        let inner = Rc::new(Inner {
            document: document.clone(),
            lexicon,
            wording: Rc::clone(wording),
            beside: Beside::new(layer, || page::open_dashboard(None)),
            anchors,
            settling: RefCell::default(),
        });
        let (weak, layer) = (Rc::downgrade(&inner), layer.clone());
        let mutations = Mutations::observe(document, move |records| {
            if let Some(inner) = weak.upgrade()
                && records
                    .iter()
                    .any(|record| record.target().is_some_and(|node| !layer.owns(&node)))
            {
                inner.settle();
            }
        });
        inner.settle();
        Self {
            inner,
            _mutations: mutations,
        }
    }

    /// Takes them off the page.
    pub fn end(&self) {
        self.inner.settling.take();
        self.inner.beside.remove();
    }
}

impl Inner {
    fn settle(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let timer = Timeout::new(SETTLED_MS, move || {
            if let Some(inner) = weak.upgrade()
                && !order::stop_if_orphaned()
            {
                inner.place();
            }
        });
        self.settling.replace(Some(timer));
    }

    fn place(&self) {
        let now = clock::now();
        let mut wanted = Vec::new();
        for badge in overlay::badges(&self.document) {
            let Some(anchor) = (self.anchors)(&badge) else {
                continue;
            };
            let all = cases(&anchor.record);
            if all.iter().all(crate::domain::case::Case::is_over) {
                continue;
            }
            let card = DomNode(overlay::around_badge(&badge));
            for (control, node) in dispute_control::controls(&card, self.lexicon) {
                let told = (control == Control::Confirm)
                    .then(|| warning(control, &all, Sums::default(), &anchor.verdict, now));
                let block = |node: &DomNode| self.beside.is_block(&node.0);
                let (Some(told), Some(group)) =
                    (told.flatten(), dispute_control::group(&node, &block))
                else {
                    continue;
                };
                let (head, detail) = self.wording.warning(&told, now);
                let about = control.name();
                wanted.push((
                    WarningView {
                        about,
                        head,
                        detail,
                    },
                    group.0,
                ));
            }
        }
        self.beside.warnings(wanted);
    }
}
