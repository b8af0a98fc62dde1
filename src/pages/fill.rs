//! The bar on a dispute form of the shop, in a frame of the extension's own: what would go into which field, the button that
//! starts it, and what became of it. The page around it sees nothing of this.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::Context;
use super::claims::{self, Claims};
use super::dom::{self, El, el};
use super::orders::Order;
use super::problems::copy_row;
use crate::browser::{clock, frames, runtime};
use crate::domain::claim::{Claim, Draft, FileKind};
use crate::domain::claim_checks::{Check, checks};
use crate::domain::evidence::Item;
use crate::domain::ledger::Record;
use crate::domain::time::Moment;
use crate::form::filling::Filling;
use crate::form::plan::Left;
use crate::form::view::{FieldView, State, Status, View};
use crate::form::vocabulary::Concept;
use crate::icons;
use crate::store::Stored;
use crate::store::locker::Kept as _;
use crate::wording::shorten;

/// How often the program on the page is asked again that did not answer, and after what time.
const PATIENCE: u32 = 4;
const AGAIN_MS: u32 = 500;

/// A draft with what is known of its order.
struct Known {
    draft: Draft,
    record: Record,
    evidence: Vec<Item>,
}

impl Known {
    fn claim(&self) -> Option<Claim> {
        claims::claim(&self.record, &self.draft, &self.evidence)
    }
}

struct Bar {
    context: Rc<Context>,
    /// What is kept, or why it cannot be read.
    claims: Result<Claims, String>,
    /// By which the program on the page knows this frame.
    secret: String,
    drafts: RefCell<Vec<Known>>,
    chosen: Cell<Option<usize>>,
    view: RefCell<View>,
    open: Cell<bool>,
    /// What is drawn, so that the same is not drawn again under a pointer that is pressing it.
    drawn: RefCell<String>,
    height: Cell<i32>,
    /// What the browser said when something went wrong.
    failed: RefCell<Option<String>>,
    /// When the user asked to fill, and what of that is kept.
    asked: Cell<Option<Moment>>,
    kept: RefCell<Option<Filling>>,
}

pub async fn show(context: Rc<Context>) {
    let bar = Rc::new(Bar {
        claims: Claims::open().await,
        context,
        secret: dom::place(),
        drafts: RefCell::default(),
        chosen: Cell::new(None),
        view: RefCell::default(),
        open: Cell::new(true),
        drawn: RefCell::default(),
        height: Cell::new(0),
        failed: RefCell::default(),
        asked: Cell::new(None),
        kept: RefCell::default(),
    });
    // Only the program that opened this frame knows the secret; a page that has put it somewhere gets an empty bar.
    match bar.ask(&[&bar.secret, "wait", ""]).await {
        Ok(view) => bar.seen(view),
        Err(error) => {
            runtime::log("the form's page does not answer", &error.into());
            return dom::body().replace_with([]);
        }
    }
    bar.read().await;
    bar.draw();
    let again = Rc::clone(&bar);
    // The claim is written in another tab: what was written there meanwhile counts.
    dom::on_window("focus", move || {
        let bar = Rc::clone(&again);
        spawn_local(async move {
            if matches!(bar.view.borrow().state, State::Offered | State::Undone) {
                bar.read().await;
                bar.draw();
            }
        });
    });
    let resized = Rc::clone(&bar);
    dom::on_window("resize", move || resized.fit());
    let mut unheard = 0;
    loop {
        let now = bar.view.borrow().to_text();
        match bar.ask(&[&bar.secret, "wait", &now]).await {
            Ok(view) => {
                unheard = 0;
                bar.seen(view);
                bar.record().await;
            }
            // The background program, which passes it on, may have been ended while it waited.
            Err(_) if unheard < PATIENCE => {
                unheard += 1;
                TimeoutFuture::new(AGAIN_MS).await;
                continue;
            }
            Err(error) => {
                bar.failed.replace(Some(error));
                return bar.draw();
            }
        }
        bar.draw();
    }
}

impl Bar {
    fn text(&self, key: &str) -> String {
        self.context.text(key)
    }

    async fn ask(&self, parts: &[&str]) -> Result<View, String> {
        self.ask_with(parts, None).await
    }

    async fn ask_with(&self, parts: &[&str], files: Option<&Array>) -> Result<View, String> {
        let message: Array = parts.iter().map(|part| JsValue::from_str(part)).collect();
        if let Some(files) = files {
            message.push(files);
        }
        let answer = frames::ask(&message).await?;
        View::from_text(&answer)
            .ok_or_else(|| "the program on the page speaks another language".to_owned())
    }

    fn seen(&self, view: View) {
        self.view.replace(view);
    }

    /// Keeps what the form holds of the claim, as long as that is filled in; what was put back is not kept.
    async fn record(&self) {
        let (Some(at), Some(claim), Ok(claims)) = (self.asked.get(), self.claim(), &self.claims)
        else {
            return;
        };
        let state = self.view.borrow().state;
        let kept = self.kept.borrow().clone();
        let done = match (state, kept) {
            (State::Done, kept) => {
                let line = self.line();
                let filling = Filling::of(&self.view.borrow(), &claim, line, at);
                if filling.fields.is_empty() || kept.as_ref() == Some(&filling) {
                    return;
                }
                self.kept.replace(Some(filling.clone()));
                claims.record(&filling).await
            }
            (State::Undone, Some(filling)) => {
                self.kept.replace(None);
                claims.forget(&filling).await
            }
            _ => return,
        };
        if let Err(error) = done {
            runtime::log("what was filled in could not be recorded", &error.into());
        }
    }

    /// The line of the order that the chosen claim is about.
    fn line(&self) -> u8 {
        let drafts = self.drafts.borrow();
        let known = self.chosen.get().and_then(|at| drafts.get(at));
        known.map_or(1, |known| known.draft.line)
    }

    /// Reads the claims that are kept, chooses the one of this page's order, and has it planned.
    async fn read(self: &Rc<Self>) {
        let order = self.view.borrow().order.clone();
        let drafts = match (&self.claims, &order) {
            (Err(error), _) => Err(error.clone()),
            (Ok(claims), Some(order)) => claims.of_order(order).await,
            (Ok(claims), None) => claims.all().await,
        };
        let drafts = match drafts {
            Ok(drafts) => drafts,
            Err(error) => {
                self.failed.replace(Some(error));
                return;
            }
        };
        let mut known = Vec::new();
        for draft in drafts {
            let record = self.context.store.record(&draft.order).await;
            let record = record.ok().flatten();
            let record = record.unwrap_or_else(|| Record::new(draft.order.clone()));
            let evidence = match &self.claims {
                Ok(claims) => claims.evidence(&draft).await.unwrap_or_default(),
                Err(_) => Vec::new(),
            };
            known.push(Known {
                draft,
                record,
                evidence,
            });
        }
        // Where the page does not say which order it is about, the user does; so too where several of its lines have a claim.
        let only = order.is_some() && known.len() == 1;
        self.chosen.set(only.then_some(0));
        self.drafts.replace(known);
        self.plan().await;
    }

    fn claim(&self) -> Option<Claim> {
        let drafts = self.drafts.borrow();
        drafts.get(self.chosen.get()?)?.claim()
    }

    /// Has what is chosen planned, and nothing touched.
    async fn plan(self: &Rc<Self>) {
        if let Some(claim) = self.claim() {
            self.send(&["claim", &claim.to_text()], None).await;
        }
    }

    async fn send(&self, parts: &[&str], files: Option<&Array>) {
        let parts: Vec<&str> = std::iter::once(self.secret.as_str())
            .chain(parts.iter().copied())
            .collect();
        match self.ask_with(&parts, files).await {
            Ok(view) => self.seen(view),
            Err(error) => {
                self.failed.replace(Some(error));
            }
        }
    }

    fn does(self: &Rc<Self>, parts: &'static [&'static str]) -> impl Fn() + 'static {
        let bar = Rc::clone(self);
        move || {
            let bar = Rc::clone(&bar);
            spawn_local(async move {
                bar.send(parts, None).await;
                bar.draw();
            });
        }
    }

    fn fill(self: &Rc<Self>) {
        let bar = Rc::clone(self);
        spawn_local(async move {
            let Some(claim) = bar.claim() else { return };
            // What is filled again after the page has changed it is still the same filling.
            if bar.asked.get().is_none() || bar.view.borrow().state != State::Done {
                bar.asked.set(Some(clock::now()));
            }
            // Read now and not before: what is large is in memory only while it goes into the form.
            let files = Array::new();
            if let Ok(claims) = &bar.claims {
                for file in &claim.files {
                    files.push(&claims.blob(file).await.unwrap_or(JsValue::NULL));
                }
            }
            bar.send(&["fill", &claim.to_text()], Some(&files)).await;
            bar.draw();
        });
    }

    /// Has the frame made as high as what it shows.
    fn fit(self: &Rc<Self>) {
        let Some(shown) = dom::by_id("bar") else {
            return;
        };
        #[allow(
            clippy::cast_possible_truncation,
            reason = "no page is that high, and casting stops at the limits"
        )]
        let height = shown.height().ceil() as i32;
        if self.height.replace(height) == height {
            return;
        }
        let height = height.to_string();
        let bar = Rc::clone(self);
        spawn_local(async move {
            let _ = bar.ask(&[&bar.secret, "height", &height]).await;
        });
    }

    /// Draws what has changed.
    fn draw(self: &Rc<Self>) {
        let view = self.view.borrow().clone();
        let failed = self.failed.borrow().clone();
        let claims = self.drafts.borrow();
        let claims = claims.iter().map(|known| {
            let claim = known.claim().map(|claim| claim.to_text());
            [known.draft.id(), claim.unwrap_or_default()].concat()
        });
        let mut now: Vec<String> = claims.collect();
        now.push(view.to_text());
        let chosen = self.chosen.get().map_or(0, |chosen| chosen + 1);
        now.push(format!("{} {chosen} {}", self.open.get(), failed.is_some()));
        let now = now.join("\n");
        if self.drawn.replace(now.clone()) == now {
            return;
        }
        let heading = match (&failed, view.state) {
            (Some(_), _) => "fill_gone",
            (None, State::Offered) => "fill_offered",
            (None, State::Filling) => "fill_filling",
            (None, State::Done) => "fill_done",
            (None, State::Undone) => "fill_undone",
        };
        let bar = Rc::clone(self);
        let open = self.open.get();
        let toggle = dom::button("plain", "", move || {
            bar.open.set(!bar.open.get());
            bar.draw();
        });
        let toggle = toggle
            .id("toggle")
            .attr("aria-expanded", if open { "true" } else { "false" })
            .attr(
                "aria-label",
                &self.text(if open { "fill_less" } else { "fill_more" }),
            )
            .child(dom::icon(icons::CHEVRON));
        let head = el("header")
            .child(dom::icon(icons::SEAL))
            .child(el("h1").attr("role", "status").text(&self.text(heading)))
            .child(toggle);
        let mut main = el("main").id("bar").class("fill").child(head);
        if open {
            main = main.children(match failed {
                Some(_) => vec![el("p").text(&self.text("fill_gone_help"))],
                None => self.body(&view),
            });
        }
        dom::keeping_focus(|| dom::body().replace_with([main]));
        self.fit();
    }

    fn body(self: &Rc<Self>, view: &View) -> Vec<El> {
        if view.closed {
            return vec![el("p").text(&self.text("fill_closed"))];
        }
        let drafts = self.drafts.borrow();
        let touched = matches!(view.state, State::Filling | State::Done);
        let mut parts = Vec::new();
        if drafts.is_empty() {
            return vec![
                el("p").text(&self.text("fill_no_claim")),
                el("div")
                    .class("buttons")
                    .children([self.edit("fill_prepare", None)]),
            ];
        }
        if drafts.len() > 1 || self.chosen.get().is_none() {
            parts.push(self.choice(&drafts, touched));
        }
        let Some(known) = self.chosen.get().and_then(|at| drafts.get(at)) else {
            return parts;
        };
        let Some(claim) = known.claim() else {
            parts.push(el("p").text(&self.text("fill_unfinished")));
            let edit = self.edit("fill_edit", Some(&known.draft));
            parts.push(el("div").class("buttons").child(edit));
            return parts;
        };
        let rows = view.fields.iter().map(|field| self.row(field, &claim));
        parts.push(el("ul").class("fields").children(rows));
        parts.extend(self.checks(known, &claim));
        parts.push(self.buttons(view, known));
        let key = if touched {
            "fill_you_send"
        } else {
            "fill_untouched"
        };
        parts.push(el("p").class("helper").text(&self.text(key)));
        parts
    }

    /// Which of several claims.
    fn choice(self: &Rc<Self>, drafts: &[Known], touched: bool) -> El {
        let select = el("select").id("which");
        select.append(
            &el("option")
                .attr("value", "")
                .text(&self.text("fill_choose")),
        );
        for (at, known) in drafts.iter().enumerate() {
            let lines = known
                .record
                .lines
                .as_ref()
                .map_or(&[][..], |lines| &lines.value);
            let line = lines.get(usize::from(known.draft.line).saturating_sub(1));
            let title = line.map(|line| shorten(&line.title));
            let title = title.filter(|title| !title.is_empty());
            let title = title.unwrap_or_else(|| self.context.wording.order_title(&known.record));
            let words = format!("{title} · {}", known.draft.order);
            select.append(&el("option").attr("value", &at.to_string()).text(&words));
        }
        select.write(
            &self
                .chosen
                .get()
                .map(|at| at.to_string())
                .unwrap_or_default(),
        );
        if touched {
            select.set("disabled", Some(""));
        }
        let (bar, field) = (Rc::clone(self), select.clone());
        let select = select.on("change", move |_| {
            bar.chosen.set(field.value().parse().ok());
            let bar = Rc::clone(&bar);
            spawn_local(async move {
                bar.plan().await;
                bar.draw();
            });
        });
        el("p")
            .child(
                el("label")
                    .attr("for", "which")
                    .text(&self.text("fill_which")),
            )
            .child(select)
    }

    /// One field: what it asks, what goes into it, and what became of it.
    fn row(self: &Rc<Self>, field: &FieldView, claim: &Claim) -> El {
        let name = field.concept.name();
        let key = format!("fill_field_{}", name.replace('-', "_"));
        let (state, value, said) = match &field.status {
            Status::Found => ("found", String::new(), None),
            Status::Planned(value) if value.is_empty() => {
                ("planned", String::new(), Some(self.text("fill_from_list")))
            }
            Status::Planned(value) => ("planned", value.clone(), None),
            Status::Filled(value) => ("filled", value.clone(), Some(self.text("fill_filled"))),
            Status::Differs(now) => {
                let now = if now.trim().is_empty() {
                    self.text("fill_differs_empty")
                } else {
                    self.context.with("fill_differs", &[now])
                };
                ("differs", String::new(), Some(now))
            }
            Status::NeedsUser(left) => ("needs-user", String::new(), Some(self.left(*left))),
            Status::Stays => ("needs-user", String::new(), Some(self.text("fill_stays"))),
        };
        let mut row = el("li")
            .attr("data-field", name)
            .attr("data-status", state)
            .child(el("strong").text(&self.text(&key)));
        if !value.is_empty() {
            row = row.child(el("span").class("value").attr("dir", "auto").text(&value));
        }
        if let Some(said) = said {
            row = row.child(el("span").class("helper").text(&said));
        }
        let by_hand = match &field.status {
            Status::Differs(_) => true,
            Status::NeedsUser(left) => *left != Left::Nothing,
            _ => false,
        };
        if by_hand {
            row = row.child(self.by_hand(field, claim));
        }
        row
    }

    /// What the user needs to do it: the way to the field, and the text.
    fn by_hand(self: &Rc<Self>, field: &FieldView, claim: &Claim) -> El {
        let (bar, name) = (Rc::clone(self), field.concept.name());
        let show = dom::button("", &self.text("fill_show"), move || {
            let bar = Rc::clone(&bar);
            spawn_local(async move {
                let _ = bar.ask(&[&bar.secret, "show", name]).await;
            });
        });
        let text = match field.concept {
            Concept::Description => Some(claim.description.clone()),
            Concept::Amount => claim.amount.as_ref().map(|amount| amount.decimal()),
            _ => None,
        };
        let copy = text.map(|text| copy_row(&self.context, "where_copy", text));
        el("div").class("buttons").child(show).children(copy)
    }

    fn left(&self, left: Left) -> String {
        match left {
            Left::TooLong(over) => {
                let over = usize::try_from(over).unwrap_or(usize::MAX);
                self.context.counted("fill_left_too_long", over, &[])
            }
            other => self.text(&format!("fill_left_{}", other.name().replace('-', "_"))),
        }
    }

    /// What should be looked at before the claim is sent.
    fn checks(&self, known: &Known, claim: &Claim) -> Option<El> {
        let now = clock::now();
        let wording = &self.context.wording;
        let order = Order::new(known.record.clone(), now, &self.context.settings.choices);
        let next = order.verdict.firm();
        let asks_files = {
            let view = self.view.borrow();
            view.of(Concept::Photos).is_some() || view.of(Concept::Videos).is_some()
        };
        let told = checks(claim, known.record.total(), next, now);
        let told = told.into_iter().filter_map(|check| match check {
            Check::EndsSoon(_) => Some(
                self.context
                    .with("fill_check_soon", &[&wording.lead(&order.verdict, now)]),
            ),
            Check::MoreThanPaid(paid) => Some(
                self.context
                    .with("fill_check_more", &[&wording.intl.money(&paid)]),
            ),
            Check::PhotosOfWhatNeverCame => Some(self.text("fill_check_photos_never_came")),
            // Where the form takes none, none are missing.
            Check::NoPhotos => asks_files.then(|| self.text("fill_check_no_photos")),
            Check::NoVideo => asks_files.then(|| self.text("fill_check_no_video")),
        });
        let mut told: Vec<El> = told.map(|text| warning(&text)).collect();
        let out = self.left_out(claim);
        if !out.is_empty() {
            let text = self
                .context
                .with("fill_check_left_out", &[&wording.intl.list(&out)]);
            told.push(warning(&text));
        }
        (!told.is_empty()).then(|| el("ul").class("checks").children(told))
    }

    /// The names of the files that the form does not take: too many, too large, or of another kind.
    fn left_out(&self, claim: &Claim) -> Vec<String> {
        let view = self.view.borrow();
        let files = claim.files.iter().filter(|file| {
            let concept = match file.kind {
                FileKind::Picture => Concept::Photos,
                FileKind::Video => Concept::Videos,
            };
            match view.of(concept).map(|field| &field.status) {
                Some(Status::Planned(names) | Status::Filled(names)) => !names.contains(&file.name),
                Some(Status::NeedsUser(Left::NotTaken)) => true,
                _ => false,
            }
        });
        files.map(|file| file.name.clone()).collect()
    }

    fn buttons(self: &Rc<Self>, view: &View, known: &Known) -> El {
        let mut buttons = el("div").class("buttons");
        let bar = Rc::clone(self);
        let fill = move |kind: &str, key: &str| {
            let text = bar.text(key);
            let bar = Rc::clone(&bar);
            dom::button(kind, &text, move || bar.fill()).id("fill")
        };
        match view.state {
            State::Offered | State::Undone => {
                let fillable = view
                    .fields
                    .iter()
                    .any(|field| matches!(field.status, Status::Planned(_)));
                if fillable {
                    buttons = buttons.child(fill("primary", "fill_fill"));
                }
                buttons = buttons.child(self.edit("fill_edit", Some(&known.draft)));
            }
            State::Filling => {}
            State::Done => {
                let differs = |field: &FieldView| matches!(field.status, Status::Differs(_));
                if view.fields.iter().any(differs) {
                    buttons = buttons.child(fill("", "fill_again"));
                }
                let undo = dom::button("", &self.text("fill_undo"), self.does(&["undo"]));
                buttons = buttons.child(undo.id("undo"));
            }
        }
        buttons
    }

    /// The way to the page on which the claim is written.
    fn edit(&self, key: &str, draft: Option<&Draft>) -> El {
        let place = match (draft, &self.view.borrow().order) {
            (Some(draft), _) => format!("claim.html#order={}&line={}", draft.order, draft.line),
            (None, Some(order)) => format!("claim.html#order={order}"),
            (None, None) => "dashboard.html#orders".to_owned(),
        };
        el("a")
            .class("button plain")
            .attr("href", &place)
            .attr("target", "_blank")
            .text(&self.text(key))
    }
}

fn warning(text: &str) -> El {
    el("li")
        .child(dom::icon(icons::BANG))
        .child(el("span").text(text))
}
