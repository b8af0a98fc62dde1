//! The badge: built once for each look as a tree of elements, then cloned for every card that looks the same.

use web_sys::{Document, Element};

use super::dom::{self, set};
use super::icons::Icon;
use crate::domain::verdict::{Kind, Urgency};
use crate::wording::{BadgeWords, Wording};

/// Everything that a badge shows apart from the order's own name and address. Badges with the same look are clones.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Look {
    pub kind: Kind,
    pub urgency: Option<Urgency>,
    /// `data-clock`
    pub clock: Option<&'static str>,
    /// `data-until`
    pub until: Option<String>,
    pub words: BadgeWords,
    /// Whether there is an address for the link.
    pub linked: bool,
}

/// The two halves of a badge, without what is the order's own.
pub struct Template {
    /// `<recourse-badge>` with the attributes of the contract but `data-order`.
    pub host: Element,
    /// The row inside the shadow root, without name and description; its only `<a>`, if any, is without `href`.
    pub row: Element,
}

pub const HOST: &str = "recourse-badge";

pub fn template(document: &Document, wording: &Wording, look: &Look) -> Template {
    let host = dom::element(document, HOST, "", &[]);
    dom::attribute(&host, "data-kind", look.kind.name());
    if let (Some(clock), Some(until)) = (look.clock, &look.until) {
        set(&host, &[("data-clock", clock), ("data-until", until)]);
    }
    let row = dom::element(document, "div", "row", &[]);
    set(
        &row,
        &[("role", "group"), ("lang", wording.messages.language())],
    );
    let badge = if look.kind == Kind::Unknown {
        pill(document, wording, look)
    } else {
        dated(document, wording, look)
    };
    dom::add(&row, &badge);
    if look.kind == Kind::Estimate
        && look.linked
        && let Some(words) = &look.words.link
    {
        let once = blank_link(document, "once", &[&phrase(document, wording, "", words)]);
        // Where the words do not fit, they lose their end, which is where their language has it.
        dom::attribute(&once, "dir", text_direction(wording));
        dom::add(&row, &once);
    }
    dom::add(&row, &next_steps(document, wording, "next", true));
    Template { host, row }
}

/// "No date known yet · Open once for the exact date": the only badge that is itself a link.
fn pill(document: &Document, wording: &Wording, look: &Look) -> Element {
    let ring = Icon::BrokenRing.draw(document, "");
    let Some(words) = look.words.link.as_ref().filter(|_| look.linked) else {
        let lead = phrase(document, wording, "", &look.words.lead);
        return dom::element(document, "div", "badge pill unknown", &[&ring, &lead]);
    };
    // Beside a link the first words give way where there is little room.
    let lead = phrase(document, wording, "lead", &look.words.lead);
    let go = phrase(document, wording, "go", words);
    blank_link(
        document,
        "badge pill unknown",
        &[&ring, &lead, &go, &Icon::Arrow.draw(document, "arrow")],
    )
}

fn dated(document: &Document, wording: &Wording, look: &Look) -> Element {
    let urgency = look.urgency.unwrap_or(Urgency::Over);
    let has_clock = look.clock.is_some();
    let class = format!(
        "badge {} {}{}",
        look.kind.name(),
        urgency.name(),
        if has_clock { " dated" } else { "" }
    );
    let clock = Icon::Clock(urgency).draw(document, "");
    let block = dom::element(
        document,
        "span",
        "block",
        &[&clock, &phrase(document, wording, "lead", &look.words.lead)],
    );
    // What may wrap where there is little room; the buttons after it may not.
    let facts = dom::element(document, "div", "facts", &[&block]);
    if let Some(window) = &look.words.window {
        let window = phrase(document, wording, "", window);
        dom::add(
            &facts,
            &dom::element(document, "span", "window", &[&window]),
        );
    }
    if let Some((long, short)) = &look.words.last_day {
        let long = phrase(document, wording, "long", long);
        let short = phrase(document, wording, "short", short);
        dom::add(
            &facts,
            &dom::element(document, "span", "day", &[&long, &short]),
        );
    }
    let badge = dom::element(document, "div", &class, &[&facts]);
    if let Some(certainty) = &look.words.certainty {
        let word = phrase(document, wording, "word", certainty);
        let sure = dom::button(
            document,
            "sure",
            &[&Icon::of(look.kind).draw(document, ""), &word],
        );
        let name = wording.messages.with("badge_sure_button", &[certainty]);
        set(&sure, &[("aria-label", &name), ("aria-haspopup", "dialog")]);
        dom::add(&badge, &sure);
        dom::add(&badge, &next_steps(document, wording, "more", false));
    }
    badge
}

fn next_steps(document: &Document, wording: &Wording, class: &str, words: bool) -> Element {
    let name = wording.messages.text("menu_next_steps");
    let chevron = Icon::ChevronDown.draw(document, "");
    let button = if words {
        dom::button(
            document,
            class,
            &[&phrase(document, wording, "word", &name), &chevron],
        )
    } else {
        dom::button(document, class, &[&chevron])
    };
    set(
        &button,
        &[
            ("aria-label", &name),
            ("aria-haspopup", "menu"),
            ("aria-expanded", "false"),
        ],
    );
    button
}

/// A link whose address each clone gets of its own.
fn blank_link(document: &Document, class: &str, children: &[&Element]) -> Element {
    let link = dom::element(document, "a", class, children);
    set(&link, &[("target", "_blank"), ("rel", "noopener")]);
    link
}

/// Words of the interface's language inside a row that runs in the page's direction. Its own box runs in the language's
/// direction, so what stands off from its neighbours is the box around it.
pub fn phrase(document: &Document, wording: &Wording, class: &str, words: &str) -> Element {
    let class = if class.is_empty() {
        "t".to_owned()
    } else {
        format!("{class} t")
    };
    let phrase = dom::text(document, "span", &class, words);
    dom::attribute(&phrase, "dir", text_direction(wording));
    phrase
}

fn text_direction(wording: &Wording) -> &'static str {
    if wording.messages.right_to_left() {
        "rtl"
    } else {
        "ltr"
    }
}
