//! What the user chooses about reminders: whether, when, and in which hours not.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Page, titled};
use crate::browser::clock;
use crate::browser::intl::ZoneOf;
use crate::domain::reminders::{QuietHours, Reminding, Step};
use crate::domain::time::{Moment, Span, Zone};
use crate::pages::dom::{El, el};
use crate::pages::keeping;
use crate::pages::problems::{self, Doing};

/// The hours that are offered when they are switched on.
const NIGHT: (u8, u8) = (22, 8);

struct Fields {
    steps: Vec<(Step, El)>,
    on: El,
    quiet: El,
    from: El,
    to: El,
    /// Those that have no effect while reminders are off, and those that have none while no hour is quiet.
    while_on: El,
    while_quiet: El,
}

pub async fn section(page: &Rc<Page>) -> El {
    let reminding = page.context.store.reminding().await.unwrap_or_default();
    let (from, to) = reminding
        .quiet
        .map_or(NIGHT, |quiet| (quiet.from(), quiet.to()));
    let fields = Rc::new(Fields {
        steps: Step::ALL
            .iter()
            .map(|step| (*step, check(step.name(), reminding.steps.contains(step))))
            .collect(),
        on: check("reminders-on", reminding.on),
        quiet: check("quiet", reminding.quiet.is_some()),
        from: hours(page, "quiet-from", from),
        to: hours(page, "quiet-to", to),
        while_on: el("fieldset").class("plain"),
        while_quiet: el("fieldset").class("plain hours"),
    });
    let kept = Rc::new(RefCell::new(reminding));
    for field in fields.all() {
        let (page, fields, kept) = (Rc::clone(page), Rc::clone(&fields), Rc::clone(&kept));
        let _ = field.clone().on("change", move |_| {
            fields.show();
            if let Some(chosen) = fields.chosen()
                && *kept.borrow() != chosen
            {
                kept.replace(chosen.clone());
                save(&page, chosen);
            }
        });
    }
    fields.show();
    let text = |key: &str| page.text(key);
    let option = |field: &El, words: &str| {
        el("label")
            .class("option")
            .child(field.clone())
            .child(el("span").text(words))
    };
    let steps = fields.steps.iter().map(|(step, field)| {
        let key = ["settings_step_", &step.name().replace('-', "_")].concat();
        option(field, &text(&key))
    });
    let hour = |field: &El, key: &str| {
        el("label")
            .class("hour")
            .child(el("span").text(&text(key)))
            .child(field.clone())
    };
    let while_quiet = fields
        .while_quiet
        .clone()
        .child(hour(&fields.from, "settings_quiet_from"))
        .child(hour(&fields.to, "settings_quiet_to"));
    let while_on = fields
        .while_on
        .clone()
        .child(
            el("div")
                .class("options")
                .attr("role", "group")
                .attr("aria-labelledby", "steps-title")
                .child(el("h3").id("steps-title").text(&text("settings_steps")))
                .children(steps),
        )
        .child(
            el("div")
                .class("options")
                .child(option(&fields.quiet, &text("settings_quiet"))),
        )
        .child(while_quiet)
        .child(el("p").class("helper").text(&text("settings_quiet_help")));
    titled("reminders-title", &text("settings_reminders"))
        .child(
            el("div")
                .class("options")
                .child(option(&fields.on, &text("settings_reminders_on"))),
        )
        .child(
            el("p")
                .class("helper")
                .text(&text("settings_reminders_help")),
        )
        .child(while_on)
}

impl Fields {
    fn all(&self) -> impl Iterator<Item = &El> {
        let steps = self.steps.iter().map(|(_, field)| field);
        steps.chain([&self.on, &self.quiet, &self.from, &self.to])
    }

    /// `None` while hours are chosen that are no quiet hours.
    fn chosen(&self) -> Option<Reminding> {
        let hour = |field: &El| field.value().parse().ok();
        let quiet = if self.quiet.checked() {
            Some(QuietHours::new(hour(&self.from)?, hour(&self.to)?)?)
        } else {
            None
        };
        let steps = self.steps.iter().filter(|(_, field)| field.checked());
        Some(Reminding {
            on: self.on.checked(),
            steps: steps.map(|(step, _)| *step).collect(),
            quiet,
        })
    }

    fn show(&self) {
        let disabled = |off: bool| off.then_some("");
        self.while_on.set("disabled", disabled(!self.on.checked()));
        self.while_quiet
            .set("disabled", disabled(!self.quiet.checked()));
    }
}

fn check(id: &str, checked: bool) -> El {
    let field = el("input").attr("type", "checkbox").id(id);
    field.check(checked);
    field
}

/// A choice of one hour of the day, written as the user's language writes it.
fn hours(page: &Page, id: &str, chosen: u8) -> El {
    let intl = &page.context.wording.intl;
    // Any day without a change of the clock will do.
    let midnight = clock::BuyerZone
        .day_at(clock::now())
        .and_then(|today| clock::BuyerZone.start_of(today.plus(-7)?));
    let midnight = midnight.unwrap_or(Moment(0));
    let options = (0..24_u8).map(|hour| {
        let at = midnight.plus(Span::hours(hour.into()));
        let option = el("option")
            .attr("value", &hour.to_string())
            .text(&intl.time(at, ZoneOf::Buyer));
        if hour == chosen {
            option.set("selected", Some(""));
        }
        option
    });
    el("select").id(id).children(options)
}

fn save(page: &Rc<Page>, reminding: Reminding) {
    let page = Rc::clone(page);
    page.saved.say(&page.text("settings_saving"));
    wasm_bindgen_futures::spawn_local(async move {
        let keeping = page.context.store.save_reminding(&reminding);
        match keeping::kept(keeping, page.late()).await {
            Ok(()) => {
                page.failed.replace_with([]);
                page.say_saved(&page.saved).await;
            }
            Err(error) => {
                page.saved.say(&page.text("settings_not_saved"));
                page.failed
                    .replace_with([problems::storage(&page.context, &error, Doing::Saving)]);
            }
        }
    });
}
