//! Evidence: notes, files, and what pages of the shop said. The page stands by itself, in the dashboard, and as a drawer on the
//! shop's pages.
//!
//! The part of the address after `#` says what is shown: `order=<id>` one order's evidence, anything else that of all
//! orders. `drawer=<key>` after it says that the page stands on one of the shop's, which answers to that key, `reads` that what that
//! page says can be read, and `part` that it stands in the dashboard.
//!
//! | module | subject |
//! |---|---|
//! | [`keeper`] | what is kept, and what is said when it is not |
//! | [`desk`] | the evidence of one order |
//! | [`editor`] | a note that is saved while it is written |
//! | [`adding`] | files on their way in |
//! | [`tiles`] | files that are there |
//! | [`checklist`] | what to show, by what happened |
//! | [`backup`], [`restoring`] | everything as one file, and back |
//! | [`overview`] | the evidence of all orders |

mod adding;
mod backup;
mod checklist;
mod desk;
mod editor;
mod keeper;
mod overview;
mod restoring;
mod tiles;

use std::rc::Rc;

use super::Context;
use super::dom::{self, el};
use crate::domain::order::OrderId;
use keeper::Keeper;

/// Where the page stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stand {
    Alone,
    /// Within the dashboard.
    Part,
    /// On a page of the shop, which answers to the key; whether what that says can be read.
    Drawer {
        key: String,
        reads: bool,
    },
}

/// What the address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    order: Option<OrderId>,
    stand: Stand,
}

impl Asked {
    fn now() -> Self {
        let place = dom::place();
        let mut asked = Self {
            order: None,
            stand: Stand::Alone,
        };
        for word in place.split('&') {
            match word.split_once('=').unwrap_or((word, "")) {
                ("order", id) => asked.order = OrderId::new(id),
                ("drawer", key) => {
                    asked.stand = Stand::Drawer {
                        key: key.to_owned(),
                        reads: place.ends_with("&reads"),
                    };
                }
                ("part", _) => asked.stand = Stand::Part,
                _ => {}
            }
        }
        asked
    }
}

pub async fn show(context: Rc<Context>) {
    let asked = Asked::now();
    let shown = asked.clone();
    dom::on_window("hashchange", move || {
        // A place on the page is no other page.
        if Asked::now() != shown {
            dom::reload();
        }
    });
    dom::set_title(&context.text("evidence_page"));
    if asked.stand != Stand::Alone {
        dom::body().set("class", Some("inside"));
    }
    let keeper = match Keeper::open().await {
        Ok(keeper) => Rc::new(keeper),
        Err(trouble) => {
            let notice = keeper::notice(&context, "evidence_not_opened", &trouble);
            return dom::body().replace_with([el("main")
                .child(el("h1").text(&context.text("evidence_title")))
                .child(notice)]);
        }
    };
    match asked.order {
        Some(order) => desk::show(context, keeper, order, asked.stand).await,
        None => overview::show(context, keeper).await,
    }
}
