//! The badge: built once for each look as a tree of elements, then cloned for every card that looks the same.

use web_sys::{Document, Element};

use super::dom::{self, set};
use crate::domain::clock::ClockKind;
use crate::domain::order::{OrderId, OrderState};
use crate::domain::rules::Certainty;
use crate::domain::sighting::Page;
use crate::domain::time::{Day, Moment};
use crate::domain::verdict::{Closed, Kind, TimeLeft, Urgency, Verdict};
use crate::icons;
use crate::wording::{BadgeWords, Wording};

/// Everything that decides what a badge shows and says, apart from the order's own name and address: badges with the same
/// look are clones. It holds what the words follow from rather than the words, so that a thousand badges do not each have to
/// find theirs to learn that they are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Look {
    pub kind: Kind,
    closed: Option<Closed>,
    state: Option<OrderState>,
    opened: bool,
    pub clock: Option<ClockLook>,
    /// Dates are written without the year that it is, and times of today without the day.
    today: Option<Day>,
    /// Whether the computer's clock is doubted.
    doubted: bool,
    /// Whether there is an address for the link.
    linked: bool,
}

/// Of a look, what the clock decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClockLook {
    pub kind: ClockKind,
    pub closes: Moment,
    last_day: Day,
    left: TimeLeft,
    urgency: Urgency,
    /// The rule, and the numbers and the reading that its sentence names.
    rule: &'static str,
    days: u16,
    anchor: Day,
    page: Page,
    read: Option<Moment>,
}

impl Look {
    pub fn of(verdict: &Verdict, now: Moment, wording: &Wording, linked: bool) -> Self {
        let clock = verdict.clock.as_ref().map(|clock| {
            let because = &clock.because;
            let remaining = clock.closes().since(now);
            ClockLook {
                kind: clock.kind,
                closes: clock.closes(),
                last_day: clock.last_day,
                left: TimeLeft::of(remaining, clock.certainty()),
                urgency: Urgency::of(remaining),
                rule: because.rule.id,
                days: because.days,
                anchor: because.anchor,
                page: because.sighting.page,
                read: (clock.certainty() == Certainty::Printed).then_some(because.sighting.last),
            }
        });
        Self {
            kind: verdict.kind,
            closed: verdict.closed,
            state: verdict.state,
            opened: verdict.opened,
            clock,
            today: wording.buyer_day(now),
            doubted: wording.doubts(now),
            linked,
        }
    }
}

/// The two halves of a badge, without what is the order's own, and the words that name it.
pub struct Template {
    pub look: Look,
    /// `data-until`
    pub until: Option<String>,
    /// `<recourse-badge>` with the attributes of the contract but `data-order`.
    pub host: Element,
    /// The row inside the shadow root, with its description and without its name; its only `<a>`, if any, is without `href`.
    pub row: Element,
    /// What a screen reader calls it, around the order's number.
    name: (String, String),
}

impl Template {
    pub fn name_of(&self, order: &OrderId) -> String {
        let (before, after) = &self.name;
        [before, order.as_str(), after].concat()
    }
}

pub const HOST: &str = "recourse-badge";

/// `verdict` is one of those that look like this.
pub fn template(
    document: &Document,
    wording: &Wording,
    look: Look,
    verdict: &Verdict,
    now: Moment,
) -> Template {
    let words = wording.badge(verdict, now);
    let until = look.clock.map(|clock| clock.closes.rfc3339());
    let host = dom::element(document, HOST, "", &[]);
    dom::attribute(&host, "data-kind", look.kind.name());
    if let (Some(clock), Some(until)) = (look.clock, &until) {
        set(
            &host,
            &[("data-clock", clock.kind.name()), ("data-until", until)],
        );
    }
    let row = dom::element(document, "div", "row", &[]);
    set(
        &row,
        &[("role", "group"), ("lang", wording.messages.language())],
    );
    // As its description a screen reader gets what the tooltip is for eyes.
    let description = wording.tooltip(verdict, now).join(" ");
    if !description.is_empty() {
        dom::attribute(&row, "aria-description", &description);
    }
    let badge = if look.kind == Kind::Unknown {
        pill(document, wording, look, &words)
    } else {
        dated(document, wording, look, &words)
    };
    dom::add(&row, &badge);
    if look.kind == Kind::Estimate
        && look.linked
        && let Some(words) = &words.link
    {
        let once = blank_link(document, "once", &[&phrase(document, wording, "", words)]);
        // Where the words do not fit, they lose their end, which is where their language has it.
        dom::attribute(&once, "dir", text_direction(wording));
        dom::add(&row, &once);
    }
    dom::add(&row, &next_steps(document, wording, "next", true));
    Template {
        look,
        until,
        host,
        row,
        name: wording.badge_name(verdict, now),
    }
}

/// "No date known yet · Open once for the exact date": the only badge that is itself a link.
fn pill(document: &Document, wording: &Wording, look: Look, words: &BadgeWords) -> Element {
    let ring = dom::icon(document, "", icons::BROKEN_RING);
    let Some(link) = words.link.as_ref().filter(|_| look.linked) else {
        let lead = phrase(document, wording, "", &words.lead);
        return dom::element(document, "div", "badge pill unknown", &[&ring, &lead]);
    };
    // Beside a link the first words give way where there is little room.
    let lead = phrase(document, wording, "lead", &words.lead);
    let go = phrase(document, wording, "go", link);
    blank_link(
        document,
        "badge pill unknown",
        &[
            &ring,
            &lead,
            &go,
            &dom::icon(document, "arrow", icons::ARROW),
        ],
    )
}

fn dated(document: &Document, wording: &Wording, look: Look, words: &BadgeWords) -> Element {
    let urgency = look.clock.map_or(Urgency::Over, |clock| clock.urgency);
    let has_clock = look.clock.is_some();
    let class = [
        "badge ",
        look.kind.name(),
        " ",
        urgency.name(),
        if has_clock { " dated" } else { "" },
    ]
    .concat();
    let clock = dom::icon(document, "", icons::clock_face(urgency));
    let block = dom::element(
        document,
        "span",
        "block",
        &[&clock, &phrase(document, wording, "lead", &words.lead)],
    );
    // What may wrap where there is little room; the buttons after it may not.
    let facts = dom::element(document, "div", "facts", &[&block]);
    if let Some(window) = &words.window {
        let window = phrase(document, wording, "", window);
        dom::add(
            &facts,
            &dom::element(document, "span", "window", &[&window]),
        );
    }
    if let Some((long, short)) = &words.last_day {
        let long = phrase(document, wording, "long", long);
        let short = phrase(document, wording, "short", short);
        dom::add(
            &facts,
            &dom::element(document, "span", "day", &[&long, &short]),
        );
    }
    let badge = dom::element(document, "div", &class, &[&facts]);
    if let Some(certainty) = &words.certainty {
        let word = phrase(document, wording, "word", certainty);
        let sure = dom::button(
            document,
            "sure",
            &[&dom::icon(document, "", icons::certainty(look.kind)), &word],
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
    let chevron = dom::icon(document, "", icons::CHEVRON);
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
    let class = [class, if class.is_empty() { "t" } else { " t" }].concat();
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
