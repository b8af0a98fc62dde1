//! Sharing notes and deadlines between the user's own browsers: whether, what that means, how it went, and how to remove what is there.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::titled;
use crate::browser::storage::{self, Synced};
use crate::browser::{clock, runtime};
use crate::pages::Context;
use crate::pages::dom::{self, El, el};
use crate::store::StorageError;
use crate::store::sync::{self, Told, is_sync_key};

struct Sharing {
    context: Rc<Context>,
    field: El,
    /// How it went, and what is left there.
    state: El,
    failed: El,
}

pub async fn section(context: &Rc<Context>, on: bool) -> El {
    let text = |key: &str| context.text(key);
    let field = el("input").attr("type", "checkbox").id("sync");
    field.check(on);
    let sharing = Rc::new(Sharing {
        context: Rc::clone(context),
        field: field.clone(),
        state: el("div").id("sync-state").attr("role", "status"),
        failed: el("p").class("helper").attr("role", "alert"),
    });
    let switched = Rc::clone(&sharing);
    let field = field.on("change", move |_| {
        let sharing = Rc::clone(&switched);
        spawn_local(async move { sharing.switch().await });
    });
    sharing.show().await;
    let follows = Rc::clone(&sharing);
    let changes = storage::on_change(move |keys| {
        if keys.iter().any(|key| is_sync_key(key)) {
            let sharing = Rc::clone(&follows);
            spawn_local(async move { sharing.show().await });
        }
    });
    // The page listens as long as it lives.
    std::mem::forget(changes);
    let label = el("label")
        .class("option")
        .child(field)
        .child(el("span").text(&text("sync_check")));
    titled("sync-title", &text("sync_title"))
        .child(el("p").text(&text("sync_leaves")))
        .child(el("p").class("helper").text(&text("sync_what")))
        .child(el("div").class("options").child(label))
        .child(sharing.state.clone())
        .child(sharing.failed.clone())
}

impl Sharing {
    async fn switch(&self) {
        let on = self.field.checked();
        let done = self.context.store.switch_sync(on).await;
        self.say(done);
        if let Some(leaves) = dom::by_id("leaves") {
            leaves.say(&self.context.text(if on {
                "sync_leaves_on"
            } else {
                "settings_keeps_leaves"
            }));
        }
        self.show().await;
    }

    fn say(&self, done: Result<(), StorageError>) {
        let words = done.err().map(|error| {
            let words = error.to_string();
            self.context.with("sync_failed", &[&words])
        });
        self.failed.say(&words.unwrap_or_default());
    }

    async fn show(&self) {
        let store = &self.context.store;
        let on = store.is_sync_on().await.unwrap_or_default();
        self.field.check(on);
        if on {
            let told = store.sync_told().await.ok().flatten();
            let lines = match &told {
                Some(told) => self.lines(told),
                None => vec![self.context.text("sync_never")],
            };
            let lines = lines.iter().map(|line| el("p").class("helper").text(line));
            self.state.replace_with(lines);
        } else if sync::has_any(&Synced).await.unwrap_or_default() {
            self.state.replace_with(self.removing());
        } else {
            self.state.replace_with([]);
        }
    }

    /// How it went the last time.
    fn lines(&self, told: &Told) -> Vec<String> {
        let context = &self.context;
        let when = context.wording.when(told.at, clock::now());
        let used = context.wording.intl.bytes(told.used as u64);
        let mut lines = vec![context.with("sync_done", &[&when, &used])];
        let counts = [
            ("sync_long", told.long),
            ("sync_room", told.left),
            ("sync_room_orders", told.orders_left),
            ("sync_newer", told.newer),
            ("sync_conflicts", told.conflicts),
        ];
        for (key, count) in counts {
            if count > 0 {
                let count = u32::try_from(count).unwrap_or(u32::MAX);
                lines.push(context.with(key, &[&context.wording.intl.number(count)]));
            }
        }
        if let Some(failed) = &told.failed {
            lines.push(context.with("sync_failed", &[failed]));
        }
        lines
    }

    /// What was shared stays with the browser's maker until it is removed there.
    fn removing(&self) -> Vec<El> {
        let context = Rc::clone(&self.context);
        let (state, failed) = (self.state.clone(), self.failed.clone());
        let remove = dom::button("", &context.text("sync_remove"), move || {
            let (context, state, failed) = (Rc::clone(&context), state.clone(), failed.clone());
            spawn_local(async move {
                match sync::clear(&Synced).await {
                    Ok(()) => {
                        let words = context.text("sync_removed");
                        state.replace_with([el("p").class("helper").text(&words)]);
                    }
                    Err(error) => {
                        let words = error.to_string();
                        runtime::log("what was shared was not removed", &words.as_str().into());
                        failed.say(&context.with("sync_failed", &[&words]));
                    }
                }
            });
        });
        vec![
            el("p").text(&self.context.text("sync_left")),
            el("div").class("buttons").child(remove.id("sync-remove")),
        ]
    }
}
