//! The settings: language, colours, what is shown on the shop's page; country and rules; what is kept, and how to delete it.

mod reminding;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

mod country;
mod effects;
mod report;
mod ru_site;
mod rules;
mod sharing;

use self::rules::View;
use super::Context;
use super::dom::{self, El, el};
use super::frame::{self, Here};
use super::keeping;
use super::problems::{self, Doing};
use super::records::Records;
use crate::browser::clock;
use crate::browser::intl::ZoneOf;
use crate::browser::messages::Texts;
use crate::domain::ledger::Record;
use crate::domain::settings::{Settings, Theme, languages};
use crate::store::{Engine, EngineSeen, StorageError, StorageTrouble, Unkept};

/// The languages by their own names, which are the same in every language.
pub fn own_name(language: &str) -> &str {
    match language {
        "ar" => "العربية",
        "cs" => "Čeština",
        "de" => "Deutsch",
        "en" => "English",
        "es" => "Español",
        "fr" => "Français",
        "he" => "עברית",
        "id" => "Bahasa Indonesia",
        "it" => "Italiano",
        "ja" => "日本語",
        "ko" => "한국어",
        "nl" => "Nederlands",
        "pl" => "Polski",
        "pt" => "Português (Brasil)",
        "ru" => "Русский",
        "th" => "ไทย",
        "tr" => "Türkçe",
        "uk" => "Українська",
        "vi" => "Tiếng Việt",
        "zh" => "简体中文",
        other => other,
    }
}

struct Page {
    context: Rc<Context>,
    /// As the user has them now; what is stored follows.
    settings: RefCell<Settings>,
    saved: El,
    failed: El,
    /// How many orders are kept.
    count: Cell<usize>,
    /// The orders that have been read.
    records: RefCell<Vec<Record>>,
    rules: RefCell<Vec<View>>,
    /// What the user's choices do to the dates.
    effects: El,
}

pub async fn show(context: Rc<Context>) {
    dom::set_title(&context.text("settings_page"));
    let read = Records::first(&context.store).await;
    let on = context.store.is_sync_on().await.unwrap_or_default();
    let engine = context.store.engine().await.unwrap_or_default();
    let amiss = context.store.amiss().await.unwrap_or_default();
    let pages = context.store.pages_read().await.unwrap_or_default();
    let page = Rc::new(Page {
        settings: RefCell::new(context.settings.clone()),
        saved: el("p").id("saved").class("saved").attr("role", "status"),
        failed: el("div"),
        count: Cell::new(0),
        records: RefCell::default(),
        rules: RefCell::default(),
        effects: el("div").class("effects").id("effects"),
        context,
    });
    let context = &page.context;
    if let Some(error) = read.as_ref().err().or(context.unread.as_ref()) {
        page.failed
            .replace_with([problems::storage(context, error, Doing::Reading)]);
    }
    let head = el("header")
        .class("head")
        .child(el("h1").text(&context.text("settings_title")))
        .child(page.saved.clone());
    let (side, about) = (el("div").class("side-column"), el("section").class("card"));
    let main = el("main")
        .class("settings")
        .child(head)
        .child(page.failed.clone())
        .child(page.language())
        .child(page.theme())
        .child(page.strip())
        .child(page.country())
        .child(ru_site::section(&page).await)
        .child(page.rules())
        .child(reminding::section(&page).await)
        .child(sharing::section(context, on).await)
        .child(page.engine(engine))
        .child(page.keeps(on))
        .child(page.delete())
        .child(about.clone());
    let reminders = context.store.reminders().await.unwrap_or_default();
    let reminders = reminders.list().len();
    let failed = read.is_err();
    let found = read.unwrap_or_default();
    let fill = |found: &Records| {
        page.count.set(found.count() + found.damaged.len());
        let unread: usize = found
            .found
            .iter()
            .flat_map(|record| record.problems.values())
            .map(|seen| seen.value.len())
            .sum();
        let problems = unread + found.damaged.len() + amiss.count();
        side.replace_with([frame::side(
            context,
            Here::Settings,
            (!failed).then(|| found.count()),
            reminders,
            problems,
        )]);
        about.replace_with(page.about(found, engine, &amiss, &pages));
        page.records.replace(found.found.clone());
        page.show_choices();
    };
    fill(&found);
    let shell = el("div").class("shell").child(side.clone()).child(main);
    dom::keeping_focus(|| dom::body().replace_with([shell]));
    if !found.is_complete()
        && let Ok(found) = found.complete(&context.store).await
    {
        fill(&found);
    }
}

fn section(title: &str) -> El {
    el("section").class("card").child(el("h2").text(title))
}

impl Page {
    fn text(&self, key: &str) -> String {
        self.context.text(key)
    }

    /// Changes the settings and keeps them. The page is drawn anew if its own look or language changed.
    fn change(self: &Rc<Self>, redraw: bool, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings.borrow_mut());
        let page = Rc::clone(self);
        page.saved.say(&page.text("settings_saving"));
        wasm_bindgen_futures::spawn_local(async move {
            let settings = page.settings.borrow().clone();
            let keeping = page.context.store.save_settings(&settings);
            match keeping::kept(keeping, page.late()).await {
                Ok(()) if redraw => {
                    if let Ok(context) = Context::load(Texts::Dashboard).await {
                        Box::pin(super::show(context)).await;
                    }
                    if let Some(saved) = dom::by_id("saved") {
                        page.say_saved(&saved).await;
                    }
                }
                Ok(()) => {
                    page.failed.replace_with([]);
                    page.say_saved(&page.saved).await;
                }
                Err(error) => {
                    page.saved.say(&page.text("settings_not_saved"));
                    page.failed.replace_with([problems::storage(
                        &page.context,
                        &error,
                        Doing::Saving,
                    )]);
                }
            }
        });
    }

    /// Says that nothing is kept yet.
    fn late(self: &Rc<Self>) -> impl FnMut() + 'static {
        let page = Rc::downgrade(self);
        move || {
            if let Some(page) = page.upgrade() {
                page.saved.say(&page.text("settings_not_saved"));
            }
        }
    }

    /// In the language that the page has by now.
    async fn say_saved(&self, saved: &El) {
        let Ok(context) = Context::load(Texts::Dashboard).await else {
            return;
        };
        let time = context.wording.intl.time(clock::now(), ZoneOf::Buyer);
        saved.say(&context.with("settings_saved", &[&time]));
    }

    /// A choice of one among several.
    fn choice(
        self: &Rc<Self>,
        name: &str,
        options: Vec<(String, String, bool)>,
        chosen: impl Fn(&Rc<Self>, &str) + 'static,
    ) -> El {
        let chosen = Rc::new(chosen);
        let option = |(value, words, checked): (String, String, bool)| {
            let (page, chosen, of) = (Rc::clone(self), Rc::clone(&chosen), value.clone());
            let field = el("input")
                .attr("type", "radio")
                .attr("name", name)
                .id(&format!("{name}-{value}"))
                .attr("value", &value)
                .on("change", move |_| chosen(&page, &of));
            field.check(checked);
            el("label")
                .class("option")
                .child(field)
                .child(el("span").text(&words))
        };
        el("div")
            .class("options")
            .attr("role", "radiogroup")
            .attr("aria-labelledby", &format!("{name}-title"))
            .children(options.into_iter().map(option))
    }

    fn language(self: &Rc<Self>) -> El {
        let current = self
            .settings
            .borrow()
            .language
            .clone()
            .filter(|chosen| languages().any(|language| language == chosen));
        let auto = (
            "auto".to_owned(),
            self.text("settings_language_auto"),
            current.is_none(),
        );
        let others = languages().map(|language| {
            (
                language.to_owned(),
                own_name(language).to_owned(),
                current.as_deref() == Some(language),
            )
        });
        let options = std::iter::once(auto).chain(others).collect();
        let choice = self.choice("language", options, |page, value| {
            let language = (value != "auto").then(|| value.to_owned());
            page.change(true, |settings| settings.language = language);
        });
        titled("language-title", &self.text("settings_language"))
            .child(
                el("p")
                    .class("helper")
                    .text(&self.text("settings_language_help")),
            )
            .child(choice)
    }

    fn theme(self: &Rc<Self>) -> El {
        let current = self.settings.borrow().theme;
        let option = |theme: Theme, name: &str| {
            (
                name.to_owned(),
                self.text(&format!("settings_theme_{name}")),
                theme == current,
            )
        };
        let options = vec![
            option(Theme::System, "system"),
            option(Theme::Light, "light"),
            option(Theme::Dark, "dark"),
        ];
        let choice = self.choice("theme", options, |page, value| {
            let theme = match value {
                "light" => Theme::Light,
                "dark" => Theme::Dark,
                _ => Theme::System,
            };
            page.change(true, |settings| settings.theme = theme);
        });
        titled("theme-title", &self.text("settings_theme"))
            .child(
                el("p")
                    .class("helper")
                    .text(&self.text("settings_theme_help")),
            )
            .child(choice)
    }

    fn strip(self: &Rc<Self>) -> El {
        let field = el("input").attr("type", "checkbox").id("strip");
        field.check(self.settings.borrow().strip);
        let (page, this) = (Rc::clone(self), field.clone());
        let field = field.on("change", move |_| {
            let strip = this.checked();
            page.change(false, |settings| settings.strip = strip);
        });
        let label = el("label")
            .class("option")
            .child(field)
            .child(el("span").text(&self.text("settings_strip")));
        section(&self.text("settings_on_page"))
            .child(el("div").class("options").child(label))
            .child(
                el("p")
                    .class("helper")
                    .text(&self.text("settings_strip_help")),
            )
    }

    fn engine(&self, seen: Option<EngineSeen>) -> El {
        let section = section(&self.text("settings_engine"));
        let Some(seen) = seen else {
            return section.child(el("p").text(&self.text("settings_engine_none")));
        };
        let key = match seen.engine {
            Engine::Wasm => "settings_engine_wasm",
            Engine::Javascript => "settings_engine_javascript",
        };
        let when = self.context.wording.when(seen.at, clock::now());
        section.child(el("p").text(&self.text(key))).child(
            el("p")
                .class("helper")
                .text(&self.context.with("settings_engine_seen", &[&when])),
        )
    }

    /// `on` says whether something is shared with other browsers.
    fn keeps(&self, on: bool) -> El {
        let point = |key: &str| el("li").text(&self.text(key));
        let leaves = if on {
            "sync_leaves_on"
        } else {
            "settings_keeps_leaves"
        };
        section(&self.text("settings_keeps")).child(el("ul").class("points").children([
            point("settings_keeps_reads"),
            point("settings_keeps_stores"),
            point(leaves).id("leaves"),
            point("settings_keeps_private"),
        ]))
    }

    /// In two steps on the page: what is deleted cannot be read again for orders that the shop no longer shows.
    fn delete(self: &Rc<Self>) -> El {
        let steps = el("div")
            .id("delete-steps")
            .attr("role", "group")
            .attr("aria-label", &self.text("settings_delete"));
        self.delete_first(&steps);
        section(&self.text("settings_delete"))
            .child(el("p").text(&self.text("settings_delete_help")))
            .child(steps)
    }

    fn delete_first(self: &Rc<Self>, steps: &El) {
        let (page, place) = (Rc::clone(self), steps.clone());
        let ask = dom::button("grave", &self.text("settings_delete_ask"), move || {
            page.delete_second(&place)
        })
        .id("delete");
        steps.replace_with([el("div").class("buttons").child(ask)]);
    }

    fn delete_second(self: &Rc<Self>, steps: &El) {
        let sentence = self
            .context
            .counted("settings_delete_sure", self.count.get(), &[]);
        let keep = {
            let (page, place) = (Rc::clone(self), steps.clone());
            dom::button("", &self.text("settings_delete_keep"), move || {
                page.delete_first(&place);
                if let Some(button) = dom::by_id("delete") {
                    button.focus();
                }
            })
            .id("delete-keep")
        };
        let (page, place) = (Rc::clone(self), steps.clone());
        let delete = dom::button(
            "grave primary",
            &self.text("settings_delete_now"),
            move || {
                let (page, place) = (Rc::clone(&page), place.clone());
                wasm_bindgen_futures::spawn_local(async move {
                    let late = {
                        let (page, place) = (Rc::clone(&page), place.clone());
                        move || {
                            let none =
                                StorageError::new(StorageTrouble::Refused, keeping::UNANSWERED);
                            let said = problems::storage(&page.context, &none, Doing::Deleting);
                            place.replace_with([said]);
                        }
                    };
                    let deleting = page.context.store.forget_orders();
                    let said = match keeping::kept(deleting, late).await {
                        Ok(()) => {
                            // What is not remembered as lacking is what matters less: the orders are deleted.
                            let _ = keeping::in_time(Unkept::open().forget()).await;
                            page.records.take();
                            page.show_choices();
                            el("p")
                                .attr("role", "status")
                                .attr("tabindex", "-1")
                                .id("deleted")
                                .text(&page.text("settings_deleted"))
                        }
                        Err(error) => problems::storage(&page.context, &error, Doing::Deleting),
                    };
                    place.replace_with([said]);
                    if let Some(said) = dom::by_id("deleted") {
                        said.focus();
                    }
                });
            },
        )
        .id("delete-now");
        steps.replace_with([
            el("p").class("sure").attr("role", "alert").text(&sentence),
            el("div").class("buttons").child(keep.clone()).child(delete),
        ]);
        keep.focus();
    }
}

fn titled(id: &str, title: &str) -> El {
    el("section")
        .class("card")
        .child(el("h2").id(id).text(title))
}
