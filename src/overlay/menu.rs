//! The helper menu: what can be done with one order now.

use std::rc::Rc;

use web_sys::Element;

use super::Action;
use super::badge::phrase;
use super::dom::{self, on_click, set};
use super::layer::{Anchor, Layer, OwnPage};
use crate::browser::intl::DayStyle;
use crate::domain::order::OrderState;
use crate::domain::rules::Certainty;
use crate::domain::verdict::{Closed, Kind};
use crate::icons::{self, Icon};
use crate::site::address;

/// What an item does.
enum Does {
    Open(String),
    Act(Action),
    ShowOrigin,
    /// Nothing, for this reason.
    Nothing(String),
}

struct Item {
    icon: Icon,
    label: String,
    hint: Option<String>,
    does: Does,
}

impl Layer {
    /// A menu, or, as the body of a sheet, what the badge says with the menu below it.
    pub(super) fn menu_panel(&self, anchor: &Anchor, sheet: bool) -> Element {
        let document = &self.0.canvas.document;
        let messages = &self.0.canvas.wording.messages;
        let menu = dom::element(document, "div", "", &[]);
        set(
            &menu,
            &[
                ("role", "menu"),
                ("aria-label", &messages.text("menu_next_steps")),
            ],
        );
        let items = self.items(anchor);
        let last = items.len().saturating_sub(1);
        for (index, item) in items.into_iter().enumerate() {
            // What explains stands apart from what is done.
            if index == last && !sheet {
                let separator = dom::element(document, "div", "separator", &[]);
                dom::attribute(&separator, "role", "separator");
                dom::add(&menu, &separator);
            }
            let drawn = self.item(anchor, item);
            dom::attribute(&drawn, "tabindex", if index == 0 { "0" } else { "-1" });
            dom::add(&menu, &drawn);
        }
        if !sheet {
            menu.set_class_name("float menu");
            return menu;
        }
        let panel = dom::element(
            document,
            "div",
            "float",
            &[&dom::element(document, "div", "handle", &[])],
        );
        self.sheet_head(&panel, anchor);
        let separator = dom::element(document, "div", "separator", &[]);
        dom::add(&panel, &separator);
        dom::add(&panel, &menu);
        panel
    }

    fn sheet_head(&self, panel: &Element, anchor: &Anchor) {
        let document = &self.0.canvas.document;
        let wording = &self.0.canvas.wording;
        let now = anchor.now;
        dom::add(
            panel,
            &dom::text(document, "h2", "", &wording.lead(&anchor.verdict, now)),
        );
        let Some(clock) = &anchor.verdict.clock else {
            return;
        };
        let about = [
            wording.window(clock.kind),
            wording.until(clock, DayStyle::Weekday, now),
        ]
        .join(", ");
        dom::add(panel, &dom::text(document, "p", "about", &about));
        if let Some(how) = wording.tooltip(&anchor.verdict, now).into_iter().nth(1) {
            let icon = dom::icon(
                document,
                if clock.certainty() == Certainty::Printed {
                    "is-printed"
                } else {
                    ""
                },
                icons::certainty(anchor.verdict.kind),
            );
            let how = dom::element(
                document,
                "p",
                "how",
                &[&icon, &phrase(document, wording, "", &how)],
            );
            dom::add(panel, &how);
        }
    }

    fn items(&self, anchor: &Anchor) -> Vec<Item> {
        let text = |key| self.0.canvas.wording.messages.text(key);
        let mut items = Vec::new();
        let open = match &anchor.own_page {
            OwnPage::At(url) | OwnPage::Unread(url) => Some(Does::Open(url.clone())),
            OwnPage::Unknown => Some(Does::Nothing(text("menu_no_link"))),
            OwnPage::Here { .. } => None,
        };
        if let Some(does) = open {
            items.push(Item {
                icon: icons::PAGE,
                label: text("menu_open_page"),
                hint: None,
                does,
            });
        }
        let does = self.dispute(anchor);
        let hint = match does {
            Does::Open(_) => Some(text("menu_dispute_hint")),
            Does::Act(_) => Some(text("menu_dispute_here")),
            _ => None,
        };
        items.push(Item {
            icon: icons::FLAG,
            label: text("menu_dispute"),
            hint,
            does,
        });
        items.push(Item {
            icon: icons::CLIP,
            label: text("menu_evidence"),
            hint: None,
            does: Does::Act(Action::AddEvidence(anchor.order.clone())),
        });
        // What cannot be claimed any more need not be prepared.
        if anchor.verdict.closed.is_none() && anchor.verdict.kind != Kind::Closed {
            items.push(Item {
                icon: icons::LIST,
                label: text("menu_claim"),
                hint: Some(text("menu_claim_hint")),
                does: Does::Act(Action::PrepareClaim(anchor.order.clone())),
            });
        }
        let order = || anchor.order.clone();
        items.push(Item {
            icon: icons::BELL,
            label: text("menu_remind"),
            hint: None,
            does: Does::Act(Action::RemindOn(order())),
        });
        items.push(Item {
            icon: icons::BELL_OFF,
            label: text(if anchor.muted {
                "menu_unmute"
            } else {
                "menu_mute"
            }),
            hint: None,
            does: Does::Act(Action::Mute(order(), !anchor.muted)),
        });
        items.push(Item {
            icon: icons::QUESTION,
            label: text("menu_where"),
            hint: None,
            does: self.origin(anchor),
        });
        items
    }

    /// Where there is no date to explain, it is said why.
    fn origin(&self, anchor: &Anchor) -> Does {
        let (wording, verdict) = (&self.0.canvas.wording, &anchor.verdict);
        if verdict.told().is_some() {
            return Does::ShowOrigin;
        }
        let why = wording.tooltip(verdict, anchor.now).into_iter().next();
        Does::Nothing(why.unwrap_or_else(|| wording.lead(verdict, anchor.now)))
    }

    fn dispute(&self, anchor: &Anchor) -> Does {
        let messages = &self.0.canvas.wording.messages;
        let verdict = &anchor.verdict;
        let reason = match (verdict.closed, verdict.state) {
            (Some(Closed::Unpaid), _) => Some(messages.text("menu_dispute_unpaid")),
            (Some(Closed::Cancelled), _) => Some(messages.text("menu_dispute_cancelled")),
            (Some(Closed::Refunded), _) => Some(messages.text("menu_dispute_refunded")),
            (Some(Closed::Ended(day)), _) => {
                let day = self.0.canvas.wording.day(day, DayStyle::Short, anchor.now);
                Some(messages.with("menu_dispute_ended", &[&day]))
            }
            (None, _) if verdict.kind == Kind::Closed => Some(messages.text("badge_nothing_left")),
            (None, Some(OrderState::InDispute)) => Some(messages.text("menu_dispute_under_way")),
            (None, _) => None,
        };
        if let Some(reason) = reason {
            return Does::Nothing(reason);
        }
        match &anchor.own_page {
            OwnPage::At(url) => {
                let page = url.split('#').next().unwrap_or(url);
                Does::Open(format!("{page}{}", address::POINT_AT_DISPUTE))
            }
            OwnPage::Unread(url) => Does::Open(url.clone()),
            OwnPage::Unknown => Does::Nothing(messages.text("menu_no_link")),
            OwnPage::Here { disputable: true } => Does::Act(Action::PointAtDispute),
            OwnPage::Here { disputable: false } => Does::Nothing(messages.text("menu_no_control")),
        }
    }

    fn item(&self, anchor: &Anchor, item: Item) -> Element {
        let document = &self.0.canvas.document;
        let icon = dom::icon(document, "", item.icon);
        let label = dom::text(document, "span", "label", &item.label);
        let hint = match (&item.does, item.hint) {
            (Does::Nothing(reason), _) => Some(reason.clone()),
            (_, hint) => hint,
        };
        let element = match &item.does {
            Does::Open(url) => dom::link(document, "item", url, &[&icon, &label]),
            _ => dom::button(document, "item", &[&icon, &label]),
        };
        if let Some(hint) = hint {
            dom::add(&element, &dom::text(document, "span", "hint", &hint));
        }
        dom::attribute(&element, "role", "menuitem");
        if matches!(item.does, Does::Nothing(_)) {
            dom::attribute(&element, "aria-disabled", "true");
        }
        let weak = Rc::downgrade(&self.0);
        let badge = anchor.badge.clone();
        on_click(&element, move |event| {
            event.stop_propagation();
            let Some(inner) = weak.upgrade() else { return };
            let layer = Self(inner);
            match &item.does {
                // The link itself leads on.
                Does::Open(_) => layer.close(),
                Does::Act(action) => {
                    layer.close();
                    layer.act(action.clone());
                }
                Does::ShowOrigin => layer.show_origin(&badge),
                Does::Nothing(_) => {}
            }
        });
        element
    }
}
