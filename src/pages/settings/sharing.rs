//! Sharing notes and deadlines between the user's own browsers: whether, what that means, how it went, and how to remove what is there.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::titled;
use crate::browser::storage::{self, Synced};
use crate::browser::{clock, runtime};
use crate::pages::dom::{self, El, el};
use crate::pages::{Context, keeping};
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
    // How it went is shown once that is known: a messenger that does not answer holds up no page.
    let first = Rc::clone(&sharing);
    spawn_local(async move { first.show().await });
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
    async fn switch(self: &Rc<Self>) {
        let on = self.field.checked();
        self.failed.say("");
        let done = keeping::kept(self.context.store.switch_sync(on), self.late()).await;
        self.say(done.err().map(|error| error.to_string()).as_deref());
        self.show().await;
    }

    /// Says that it is not done yet.
    fn late(self: &Rc<Self>) -> impl FnMut() + 'static {
        let sharing = Rc::downgrade(self);
        move || {
            if let Some(sharing) = sharing.upgrade() {
                sharing.say(Some(keeping::UNANSWERED));
            }
        }
    }

    /// What the browser says, where it has not gone.
    fn say(&self, failed: Option<&str>) {
        let words = failed.map(|words| self.context.with("sync_failed", &[words]));
        self.failed.say(&words.unwrap_or_default());
    }

    async fn show(self: &Rc<Self>) {
        let store = &self.context.store;
        // Whoever does not know whether it is on does not say that it is off.
        let on = match store.is_sync_on().await {
            Ok(on) => on,
            Err(error) => return self.say(Some(&error.to_string())),
        };
        if let Some(leaves) = dom::by_id("leaves") {
            leaves.say(&self.context.text(if on {
                "sync_leaves_on"
            } else {
                "settings_keeps_leaves"
            }));
        }
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
    fn removing(self: &Rc<Self>) -> Vec<El> {
        let sharing = Rc::clone(self);
        let remove = dom::button("", &self.context.text("sync_remove"), move || {
            let sharing = Rc::clone(&sharing);
            spawn_local(async move {
                sharing.failed.say("");
                match keeping::kept(sync::clear(&Synced), sharing.late()).await {
                    Ok(()) => {
                        let words = sharing.context.text("sync_removed");
                        sharing.say(None);
                        let removed = el("p").class("helper").text(&words);
                        sharing.state.replace_with([removed]);
                    }
                    Err(error) => {
                        let words = error.to_string();
                        runtime::log("what was shared was not removed", &words.as_str().into());
                        sharing.say(Some(&words));
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
