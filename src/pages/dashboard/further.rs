//! Where to go when the shop has decided, or decides nothing: a complaint to the site, and the ways outside of it.

use std::rc::Rc;

use super::added::Added;
use super::after;
use super::dispute::{ready, source};
use crate::browser::intl::DayStyle;
use crate::browser::messages::{Texts, choose};
use crate::browser::runtime;
use crate::domain::case::Case;
use crate::domain::claim::Draft;
use crate::domain::complaint::{Refund, complaint};
use crate::domain::dispute::{DisputeStage, DisputeStep};
use crate::domain::ledger::Record;
use crate::domain::routes::{self, CATEGORIES, CONTACTS, Category, Route};
use crate::domain::settings::languages;
use crate::domain::statement;
use crate::domain::time::{Day, Moment};
use crate::pages::dom::{self, El, el};
use crate::pages::orders::Order;
use crate::pages::problems::copy_row;
use crate::pages::settings::own_name;
use crate::pages::{Context, frame};
use crate::site::address;
use crate::wording::{Wording, stage_key};

/// Everything about one order that the texts are made of, kept for the language that is chosen later.
struct About {
    record: Record,
    /// When a dispute was opened, and where it stands.
    opened: Option<Day>,
    stage: Option<DisputeStage>,
    draft: Option<Draft>,
    refund: Refund,
    /// Of each kind, in English.
    english: Vec<(&'static Category, String)>,
}

impl About {
    fn new(record: &Record, case: Option<&Case<'_>>, draft: Option<&Draft>, missing: bool) -> Self {
        let refund = if missing {
            Refund::Missing
        } else {
            Refund::NotDecided
        };
        let english = CATEGORIES.iter().map(|category| {
            let text = complaint(record, case, draft, category, refund);
            (category, text)
        });
        Self {
            record: record.clone(),
            opened: case.and_then(|case| case.day_of(DisputeStep::Opened)),
            stage: case.and_then(|case| case.stage).map(|(stage, _)| stage),
            draft: draft.cloned(),
            refund,
            english: english.collect(),
        }
    }
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
    let draft = added.draft(&order.record);
    let about = About::new(&order.record, cases.first(), draft, missing);
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
        .child(complain(context, about))
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
fn complain(context: &Rc<Context>, about: About) -> El {
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
    let language = language(context, about.draft.as_ref());
    let (english, other) = (el("div").class("texts"), el("div").class("texts"));
    let show = {
        let (context, kind, language) = (Rc::clone(context), choice.clone(), language.clone());
        let (english, other) = (english.clone(), other.clone());
        let about = Rc::new(about);
        Rc::new(move || {
            let wanted = kind.value();
            let mut kinds = about.english.iter();
            let found = kinds.find(|(category, _)| category.id == wanted);
            let Some(&(category, ref text)) = found else {
                return;
            };
            english.replace_with([ready(text), copy_row(&context, "stage_copy", text.clone())]);
            let (context, about) = (Rc::clone(&context), Rc::clone(&about));
            let (kind, language, other) = (kind.clone(), language.clone(), other.clone());
            wasm_bindgen_futures::spawn_local(async move {
                tell(&context, &about, category, (&kind, &language), &other).await;
            });
        })
    };
    show();
    let again = Rc::clone(&show);
    let choice = choice.on("change", move |_| show());
    let language = language.on("change", move |_| again());
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
                .child(english)
                .child(
                    el("label")
                        .attr("for", "complaint-language")
                        .text(&context.text("complaint_other")),
                )
                .child(el("div").class("field").child(language))
                .child(other)
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

/// In which language the complaint is told beside English: that in which the claim is, the interface's, or any other. In which the shop shows
/// its pages to the buyer is not known here.
fn language(context: &Context, draft: Option<&Draft>) -> El {
    let own = choose(&[context.wording.messages.language()]);
    let told = draft.map_or(Draft::LANGUAGE, |draft| draft.language);
    let field = el("select").id("complaint-language");
    let none = context.text("evidence_checklist_choose");
    field.append(&el("option").attr("value", "").text(&none));
    for language in languages().filter(|language| *language != Draft::LANGUAGE) {
        let option = el("option").attr("value", language).attr("lang", language);
        field.append(&option.text(own_name(language)));
    }
    let mut likely = [told, own].into_iter();
    let likely = likely.find(|language| *language != Draft::LANGUAGE);
    field.keeps(likely.unwrap_or_default());
    field
}

/// Shows the complaint in the chosen language, unless something else was chosen while its words came.
async fn tell(
    context: &Rc<Context>,
    about: &About,
    category: &Category,
    (kind, language): (&El, &El),
    place: &El,
) {
    let chosen = language.value();
    let own = &context.wording;
    let text = if chosen.is_empty() {
        None
    } else if chosen == own.messages.language() {
        Some(in_language(own, about, category))
    } else {
        match Wording::load(Texts::Dashboard, &chosen).await {
            Ok(wording) => Some(in_language(&wording, about, category)),
            Err(error) => {
                runtime::log("there are no words for a complaint", &error.into());
                None
            }
        }
    };
    if (kind.value().as_str(), language.value()) != (category.id, chosen.clone()) {
        return;
    }
    place.replace_with(text.into_iter().flat_map(|text| {
        let words = el("p")
            .class("ready-text")
            .attr("lang", &chosen)
            .attr("dir", "auto")
            .text(&text);
        [words, copy_row(context, "stage_copy", text)]
    }));
}

fn in_language(wording: &Wording, about: &About, category: &Category) -> String {
    let record = &about.record;
    let texts = &wording.messages;
    let day = |day| wording.intl.day(day, DayStyle::Year, None);
    let name = texts.text(&key("complaint_", category.id, ""));
    let mut lines = vec![
        texts.with("complaint_text_kind", &[&name]),
        texts.with("dashboard_order", &[record.id.as_str()]),
    ];
    lines.extend(
        record
            .placed()
            .map(|placed| texts.with("dashboard_time_placed", &[&day(placed)])),
    );
    lines.extend(
        record.total().map(|total| {
            wording.said_of(&texts.text("dashboard_total"), &wording.intl.money(total))
        }),
    );
    lines.extend(
        record
            .store
            .as_ref()
            .map(|store| wording.said_of(&texts.text("dashboard_store"), &store.value)),
    );
    lines.push(String::new());
    if let Some(draft) = &about.draft {
        lines.extend(
            draft
                .happened
                .map(|happened| texts.text(&key("claim_", happened.name(), ""))),
        );
        let words = draft.words.trim();
        lines.extend((!words.is_empty()).then(|| words.to_owned()));
    }
    lines.extend(
        about.opened.map(|opened| {
            wording.said_of(&texts.text("dispute_step_dispute_opened"), &day(opened))
        }),
    );
    lines.extend(about.stage.map(|stage| texts.text(stage_key(stage))));
    if about.refund == Refund::Missing {
        lines.push(texts.text("complaint_text_missing"));
    }
    lines.push(String::new());
    lines.push(match statement::asked(record, about.draft.as_ref()) {
        Some(asked) => texts.with("complaint_text_ask", &[&wording.intl.money(&asked)]),
        None => texts.text("complaint_text_ask_plain"),
    });
    lines.join("\n")
}
