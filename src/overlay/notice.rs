//! One quiet line that says something about Recourse itself.

use web_sys::{Element, Node, ShadowRoot};

use super::dom::{self, Drawn, on_click, set};
use super::icons::Icon;
use super::strip::put;
use super::{Action, Overlay};
use crate::browser::clock;

pub const HOST: &str = "recourse-notice";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    /// Nothing on the page was recognised, so there are no badges.
    NotUnderstood,
    /// The computer's clock cannot be right, so no badge says how much time is left.
    WrongClock,
    /// The extension was updated or removed under the page: reload it.
    Updated,
}

pub struct Notice {
    pub host: Element,
    pub root: ShadowRoot,
    kind: NoticeKind,
}

impl Overlay {
    pub(super) fn draw_notice(
        &self,
        kind: NoticeKind,
        parent: &Element,
        before: Option<&Node>,
    ) -> Drawn<()> {
        if self.0.closed.borrow().contains(&kind) {
            return Ok(());
        }
        let same = self
            .0
            .notice
            .borrow()
            .as_ref()
            .is_some_and(|notice| notice.kind == kind);
        if !same {
            self.remove_notice();
            let host = dom::element(&self.0.document, HOST, "", &[]);
            let root = self.dress(&host)?;
            if kind == NoticeKind::WrongClock {
                dom::attribute(&host, "data-about", "clock");
            }
            dom::add(&root, &self.notice_row(kind));
            *self.0.notice.borrow_mut() = Some(Notice { host, root, kind });
        }
        self.0
            .notice
            .borrow()
            .as_ref()
            .map_or(Ok(()), |notice| put(&notice.host, parent, before))
    }

    fn notice_row(&self, kind: NoticeKind) -> Element {
        let document = &self.0.document;
        let messages = &self.0.wording.messages;
        let texts = |head, detail| (messages.text(head), messages.text(detail));
        let (head, detail) = match kind {
            NoticeKind::NotUnderstood => {
                texts("notice_not_understood", "notice_not_understood_detail")
            }
            NoticeKind::WrongClock => self.0.wording.clock_doubt(clock::now()).unwrap_or_default(),
            NoticeKind::Updated => texts("notice_updated", "notice_updated_detail"),
        };
        let head = dom::text(document, "strong", "", &head);
        let detail = dom::text(document, "span", "detail", &detail);
        let body = dom::element(document, "div", "body", &[&head, &detail]);
        dom::attribute(&body, "dir", self.direction());
        let does = dom::element(document, "div", "does", &[]);
        let actions: &[(&str, &str, Action)] = match kind {
            NoticeKind::NotUnderstood => &[
                ("control", "notice_open_dashboard", Action::OpenDashboard),
                ("textual", "notice_copy_report", Action::CopyReport),
            ],
            NoticeKind::WrongClock => &[],
            NoticeKind::Updated => &[("control", "notice_reload", Action::Reload)],
        };
        for (class, key, action) in actions {
            let words = dom::text(document, "span", "", &messages.text(key));
            let button = dom::button(document, class, &[&words]);
            let action = action.clone();
            // The program that drew it may be gone when the user comes to press it: the button keeps what it needs.
            let overlay = self.clone();
            on_click(&button, move |event| {
                event.stop_propagation();
                overlay.act(action.clone());
            });
            dom::add(&does, &button);
        }
        dom::add(&does, &self.status());
        let close = dom::button(document, "x", &[&Icon::Close.draw(document, "")]);
        dom::attribute(&close, "aria-label", &messages.text("menu_close"));
        let overlay = self.clone();
        on_click(&close, move |event| {
            event.stop_propagation();
            overlay.0.closed.borrow_mut().push(kind);
            overlay.remove_notice();
        });
        let seal = Icon::Seal.draw(document, "seal");
        let row = dom::element(document, "div", "notice", &[&seal, &body, &does, &close]);
        let name = messages.text("notice_name");
        set(
            &row,
            &[
                ("role", "region"),
                ("aria-label", &name),
                ("lang", messages.language()),
            ],
        );
        row
    }
}
