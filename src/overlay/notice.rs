//! One quiet line that says something about Recourse itself.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{Document, Element, Node, ShadowRoot};

use super::canvas::{Canvas, told};
use super::dom::{self, Drawn, on_press, set};
use super::{Action, put};
use crate::browser::clock;
use crate::icons;

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

/// The notices of one page, of which one shows at a time.
pub struct Notices {
    canvas: Rc<Canvas>,
    actions: Rc<dyn Fn(Action)>,
    notice: RefCell<Option<Notice>>,
    /// Notices that the user closed on this page.
    closed: RefCell<Vec<NoticeKind>>,
}

struct Notice {
    host: Element,
    root: ShadowRoot,
    kind: NoticeKind,
}

impl Notices {
    pub fn new(canvas: &Rc<Canvas>, actions: &Rc<dyn Fn(Action)>) -> Rc<Self> {
        Rc::new(Self {
            canvas: Rc::clone(canvas),
            actions: Rc::clone(actions),
            notice: RefCell::default(),
            closed: RefCell::default(),
        })
    }

    /// Shows a notice in the place of any other. One that the user closed does not come back on this page.
    pub fn say(self: &Rc<Self>, kind: NoticeKind, parent: &Element, before: Option<&Node>) {
        self.canvas.mind_theme(parent);
        told("a notice was not drawn", self.draw(kind, parent, before));
    }

    pub fn remove(&self) {
        if let Some(notice) = self.notice.borrow_mut().take() {
            notice.host.remove();
        }
    }

    /// Where the notice says how a copy went.
    pub fn status(&self) -> Option<Element> {
        let notice = self.notice.borrow();
        dom::first(&notice.as_ref()?.root, "[role=status]")
    }

    fn draw(
        self: &Rc<Self>,
        kind: NoticeKind,
        parent: &Element,
        before: Option<&Node>,
    ) -> Drawn<()> {
        if self.closed.borrow().contains(&kind) {
            return Ok(());
        }
        let mut shown = self.notice.borrow_mut();
        if let Some(notice) = shown.as_ref().filter(|notice| notice.kind == kind) {
            return put(&notice.host, parent, before);
        }
        if let Some(other) = shown.take() {
            other.host.remove();
        }
        let host = dom::element(&self.canvas.document, HOST, "", &[]);
        let root = self.canvas.dress(&host)?;
        if kind == NoticeKind::WrongClock {
            dom::attribute(&host, "data-about", "clock");
        }
        dom::add(&root, &self.row(kind));
        put(&host, parent, before)?;
        *shown = Some(Notice { host, root, kind });
        Ok(())
    }

    fn row(self: &Rc<Self>, kind: NoticeKind) -> Element {
        let document = &self.canvas.document;
        let messages = &self.canvas.wording.messages;
        let texts = |head, detail| (messages.text(head), messages.text(detail));
        let (head, detail) = match kind {
            NoticeKind::NotUnderstood => {
                texts("notice_not_understood", "notice_not_understood_detail")
            }
            NoticeKind::WrongClock => self
                .canvas
                .wording
                .clock_doubt(clock::now())
                .unwrap_or_default(),
            NoticeKind::Updated => texts("notice_updated", "notice_updated_detail"),
        };
        let head = dom::text(document, "strong", "", &head);
        let detail = dom::text(document, "span", "detail", &detail);
        let body = dom::element(document, "div", "body", &[&head, &detail]);
        dom::attribute(&body, "dir", self.canvas.direction());
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
            let actions = Rc::clone(&self.actions);
            on_press(&button, move || actions(action.clone()));
            dom::add(&does, &button);
        }
        dom::add(&does, &status(document));
        let close = dom::button(document, "x", &[&dom::icon(document, "", icons::CLOSE)]);
        dom::attribute(&close, "aria-label", &messages.text("menu_close"));
        let notices = Rc::clone(self);
        on_press(&close, move || {
            notices.closed.borrow_mut().push(kind);
            notices.remove();
        });
        let seal = dom::icon(document, "seal", icons::SEAL);
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

/// Where a copy's success or failure is said.
pub fn status(document: &Document) -> Element {
    let status = dom::element(document, "span", "status", &[]);
    dom::attribute(&status, "role", "status");
    status
}
