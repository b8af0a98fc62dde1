//! Whether the order list of the Russian site is read. What the field shows is what the browser allows.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::{Page, titled};
use crate::pages::dom::{El, el};
use crate::program::ru_site;

pub async fn section(page: &Rc<Page>) -> El {
    let field = el("input").attr("type", "checkbox").id("ru-site");
    field.check(ru_site::is_read().await);
    let said = el("p").class("helper").attr("role", "status");
    let (page_then, field_then, said_then) = (Rc::clone(page), field.clone(), said.clone());
    let field = field.on("change", move |_| {
        let (page, field, said) = (Rc::clone(&page_then), field_then.clone(), said_then.clone());
        let wanted = field.checked();
        // Asked before anything is waited for: the browser asks the user only in answer to what the user does.
        let asked = wanted.then(ru_site::begin_to_ask);
        spawn_local(async move {
            let refused = match asked {
                Some(asked) => !matches!(asked.answer().await, Ok(true)),
                None => {
                    ru_site::leave().await;
                    false
                }
            };
            field.check(ru_site::is_read().await);
            let key = if refused {
                "settings_ru_site_refused"
            } else if wanted {
                "settings_ru_site_on"
            } else {
                "settings_ru_site_off"
            };
            said.say(&page.text(key));
        });
    });
    let label = el("label")
        .class("option")
        .child(field)
        .child(el("span").text(&page.text("settings_ru_site_read")));
    titled("ru-site-title", &page.text("settings_ru_site"))
        .child(el("div").class("options").child(label))
        .child(said)
        .child(
            el("p")
                .class("helper")
                .text(&page.text("settings_ru_site_help")),
        )
}
