//! Where to go when the shop has decided, or decides nothing: a complaint to the site, and the ways outside of it.

use std::rc::Rc;

use super::added::Added;
use super::after;
use super::dispute::{ready, source};
use crate::browser::intl::DayStyle;
use crate::domain::case::Case;
use crate::domain::claim::Draft;
use crate::domain::complaint::{Refund, complaint};
use crate::domain::dispute::DisputeStep;
use crate::domain::routes::{self, CATEGORIES, CONTACTS, Category, Route};
use crate::domain::statement;
use crate::domain::time::Moment;
use crate::pages::dom::{self, El, el};
use crate::pages::orders::Order;
use crate::pages::problems::copy_row;
use crate::pages::{Context, frame};
use crate::site::address;
use crate::wording::stage_key;

/// Everything about one order that the texts are made of.
struct About<'a> {
    order: &'a Order,
    case: Option<&'a Case<'a>>,
    draft: Option<Draft>,
    refund: Refund,
}

/// The section, where there is anything to go on with.
pub fn section(
    context: &Rc<Context>,
    order: &Order,
    cases: &[Case<'_>],
    added: &Added,
    now: Moment,
) -> Option<El> {
    if !routes::may_go_on(cases, &order.verdict) {
        return None;
    }
    let missing = after::refund_missing(added.aftermath(&order.record.id));
    let about = About {
        order,
        case: cases.first(),
        draft: added.draft(&order.record).cloned(),
        refund: if missing {
            Refund::Missing
        } else {
            Refund::NotDecided
        },
    };
    let country = order.record.ship_to().map(|(country, _)| country);
    let country = country.or(context.settings.choices.country);
    let routes = routes::routes(&order.record, country);
    let evidence = el("a")
        .class("button")
        .attr(
            "href",
            &["evidence.html#order=", order.record.id.as_str()].concat(),
        )
        .text(&context.text("route_evidence"));
    let place = match country {
        Some(country) => context.with("route_country", &[&context.wording.intl.country(country)]),
        None => context.text("route_no_country"),
    };
    let mut section = el("section")
        .class("further")
        .child(el("h3").text(&context.text("route_title")))
        .child(
            el("p")
                .class("helper")
                .text(&context.text("route_no_promise")),
        )
        .child(complain(context, &about))
        .child(el("h4").text(&context.text("route_outside")))
        .child(el("p").class("helper").text(&place));
    if country.is_none() {
        let link = el("a")
            .attr("href", "settings.html")
            .text(&context.text("settings_title"));
        section = section.child(el("p").child(link));
    }
    Some(
        section
            .children(
                routes
                    .into_iter()
                    .map(|route| way(context, order, route, now)),
            )
            .child(el("p").text(&context.text("route_evidence_help")))
            .child(el("div").class("buttons").child(evidence)),
    )
}

/// The key of a text about something whose name has hyphens.
fn key(beginning: &str, id: &str, end: &str) -> String {
    [beginning, &id.replace('-', "_"), end].concat()
}

/// One way outside the shop.
fn way(context: &Context, order: &Order, route: &Route, now: Moment) -> El {
    let mut body = el("div")
        .class("way-out")
        .child(el("p").text(&context.text(&key("route_", route.id, "_how"))));
    if route.limits {
        body = body.child(
            el("p")
                .class("limits")
                .text(&context.text(&key("route_", route.id, "_not"))),
        );
    }
    if let Some(kind) = route.clock {
        let wording = &context.wording;
        let clock = order.verdict.clocks.iter().find(|clock| clock.kind == kind);
        let until = match clock {
            Some(clock) if clock.closes() <= now => {
                let last = wording.day(clock.last_day, DayStyle::Weekday, now);
                context.with("badge_over", &[&last])
            }
            Some(clock) => {
                let opens = clock.opens().filter(|opens| *opens > now);
                let opens = opens.and_then(|opens| wording.buyer_day(opens));
                let until = wording.stage_until(clock, now);
                match opens {
                    Some(day) => {
                        let day = wording.day(day, DayStyle::Weekday, now);
                        [until.as_str(), " · ", &context.with("route_opens", &[&day])].concat()
                    }
                    None => until,
                }
            }
            None => context.text("route_no_window"),
        };
        body = body.child(el("p").class("until").text(&until));
    }
    if let Some(page) = route.page {
        let name = context.with("route_go", &[host(page)]);
        body = body.child(
            el("div")
                .class("buttons")
                .child(frame::shop_link("button", page, &name)),
        );
    }
    let title = context.text(&key("route_", route.id, ""));
    dom::fold(&["route-", route.id].concat(), &title)
        .class("ready")
        .attr("data-route", route.id)
        .child(body.child(source(context, &route.from)))
}

/// The name of the host of an address of ours.
fn host(page: &str) -> &str {
    let rest = page.strip_prefix("https://").unwrap_or(page);
    let host = rest.split('/').next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

/// A complaint to the site: of which kind, in which words, and where to.
fn complain(context: &Rc<Context>, about: &About<'_>) -> El {
    let fits = routes::category(
        about.draft.as_ref().and_then(|draft| draft.happened),
        about.refund == Refund::Missing,
    );
    let choice = el("select").id("complaint-kind");
    for category in CATEGORIES {
        let name = context.text(&key("complaint_", category.id, ""));
        let name = match fits {
            Some(fits) if fits.id == category.id => context.with("complaint_fits", &[&name]),
            _ => name,
        };
        choice.append(&el("option").attr("value", category.id).text(&name));
    }
    let chosen = fits.or(CATEGORIES.first());
    choice.keeps(chosen.map_or("", |category| category.id));
    let texts = el("div").class("texts");
    // All texts are made at once: there are six, and what they are made of is not kept here.
    let made: Vec<(&'static str, El)> = CATEGORIES
        .iter()
        .map(|category| (category.id, written(context, about, category)))
        .collect();
    let show = {
        let (texts, choice) = (texts.clone(), choice.clone());
        move || {
            let wanted = choice.value();
            let found = made.iter().find(|(id, _)| *id == wanted);
            texts.replace_with(found.map(|(_, text)| text.clone()));
        }
    };
    show();
    let choice = choice.on("change", move |_| show());
    let contacts = CONTACTS.iter().map(|contact| {
        el("li")
            .child(el("span").attr("dir", "ltr").text(contact.address))
            .child(source(context, &contact.from))
    });
    dom::fold("complaint", &context.text("complaint_title"))
        .class("ready")
        .attr("data-route", "complaint")
        .child(
            el("div")
                .class("way-out")
                .child(el("p").text(&context.text("complaint_help")))
                .child(
                    el("label")
                        .attr("for", "complaint-kind")
                        .text(&context.text("complaint_kind")),
                )
                .child(el("div").class("field").child(choice))
                .child(texts)
                .child(el("p").text(&context.text("complaint_where")))
                .child(el("div").class("buttons").child(frame::shop_link(
                    "button",
                    address::HELP,
                    &context.text("complaint_go"),
                )))
                .child(
                    dom::fold("complaint-old", &context.text("complaint_old"))
                        .child(
                            el("p")
                                .class("helper")
                                .text(&context.text("complaint_old_help")),
                        )
                        .child(el("ul").class("sources").children(contacts)),
                ),
        )
}

/// The complaint in English, and what it says in the user's language.
fn written(context: &Rc<Context>, about: &About<'_>, category: &Category) -> El {
    let english = complaint(
        &about.order.record,
        about.case,
        about.draft.as_ref(),
        category,
        about.refund,
    );
    let copied = copy_row(context, "stage_copy", english.clone());
    let both = el("div").child(ready(&english)).child(copied);
    if context.wording.messages.language() == "en" {
        return both;
    }
    let own = in_own_language(context, about, category);
    both.child(el("p").class("helper").text(&context.text("complaint_own")))
        .child(el("p").class("ready-text").attr("dir", "auto").text(&own))
        .child(copy_row(context, "stage_copy", own))
}

fn in_own_language(context: &Context, about: &About<'_>, category: &Category) -> String {
    let record = &about.order.record;
    let wording = &context.wording;
    let day = |day| wording.intl.day(day, DayStyle::Year, None);
    let name = context.text(&key("complaint_", category.id, ""));
    let mut lines = vec![
        context.with("complaint_text_kind", &[&name]),
        context.with("dashboard_order", &[record.id.as_str()]),
    ];
    lines.extend(
        record
            .placed()
            .map(|placed| context.with("dashboard_time_placed", &[&day(placed)])),
    );
    lines.extend(record.total().map(|total| {
        wording.said_of(&context.text("dashboard_total"), &wording.intl.money(total))
    }));
    lines.extend(
        record
            .store
            .as_ref()
            .map(|store| wording.said_of(&context.text("dashboard_store"), &store.value)),
    );
    lines.push(String::new());
    if let Some(draft) = &about.draft {
        lines.extend(
            draft
                .happened
                .map(|happened| context.text(&key("claim_", happened.name(), ""))),
        );
        let words = draft.words.trim();
        lines.extend((!words.is_empty()).then(|| words.to_owned()));
    }
    if let Some(case) = about.case {
        let opened = case.day_of(DisputeStep::Opened);
        lines.extend(opened.map(|opened| {
            wording.said_of(&context.text("dispute_step_dispute_opened"), &day(opened))
        }));
        lines.extend(case.stage.map(|(stage, _)| context.text(stage_key(stage))));
    }
    if about.refund == Refund::Missing {
        lines.push(context.text("complaint_text_missing"));
    }
    lines.push(String::new());
    lines.push(match statement::asked(record, about.draft.as_ref()) {
        Some(asked) => context.with("complaint_text_ask", &[&wording.intl.money(&asked)]),
        None => context.text("complaint_text_ask_plain"),
    });
    lines.join("\n")
}
