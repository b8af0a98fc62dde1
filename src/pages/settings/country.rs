//! The user's country, for the windows that depend on it.

use std::rc::Rc;

use super::{Page, titled};
use crate::domain::country::Country;
use crate::domain::rules::RULES;
use crate::pages::dom::{El, el};

/// The value of the entry for no country.
const NONE: &str = "";

impl Page {
    pub(super) fn country(self: &Rc<Self>) -> El {
        let chosen = self.settings.borrow().choices.country;
        let mut codes: Vec<&str> = RULES
            .iter()
            .flat_map(|rule| rule.when.countries.iter().copied())
            .collect();
        codes.extend(chosen.iter().map(Country::code));
        codes.sort_unstable();
        codes.dedup();
        let option = |code: &str, name: &str| {
            let option = el("option").attr("value", code).text(name);
            if code == chosen.as_ref().map_or(NONE, Country::code) {
                option.set("selected", Some(""));
            }
            option
        };
        let countries = self.context.wording.intl.countries(&codes);
        let list = el("select")
            .id("country")
            .child(option(NONE, &self.text("settings_country_none")))
            .children(countries.iter().map(|(code, name)| option(code, name)));
        let (page, this) = (Rc::clone(self), list.clone());
        let list = list.on("change", move |_| {
            let country = Country::new(&this.value());
            page.change(false, |settings| settings.choices.country = country);
            page.show_choices();
        });
        let label = el("label")
            .class("field")
            .child(el("span").text(&self.text("settings_country_label")))
            .child(list);
        titled("country-title", &self.text("settings_country"))
            .child(
                el("p")
                    .class("helper")
                    .text(&self.text("settings_country_help")),
            )
            .child(label)
    }
}
