//! The bar on a dispute form of the shop, in a frame of the extension's own: what would go into which field, the button that
//! starts it, and what became of it. The page around it sees nothing of this.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::claims::{self, Claims, warning};
use super::dom::{self, El, el};
use super::problems::copy_row;
use super::sending::Sending;
use super::{Context, keeping};
use crate::browser::intl::ZoneOf;
use crate::browser::{clock, frames, runtime};
use crate::domain::claim::{Claim, Draft, FileKind, Sentence};
use crate::domain::evidence::Item;
use crate::domain::ledger::Record;
use crate::domain::money::Money;
use crate::domain::statement::{self, Phrases};
use crate::domain::time::{Moment, Span};
use crate::form::control::{Takes, Way};
use crate::form::filling::{Filling, Sent};
use crate::form::plan::{Left, length};
use crate::form::recorded::{Due, Recorded};
use crate::form::taught::Lesson;
use crate::form::view::{FieldView, Pointing, State, Status, View};
use crate::form::vocabulary::Concept;
use crate::icons;
use crate::site::uploads;
use crate::store::Stored;
use crate::store::locker::Kept as _;
use crate::wording::shorten;

/// How often the program on the page is asked again that did not answer, and after what time.
const PATIENCE: u32 = 4;
const AGAIN_MS: u32 = 500;
/// A form that was filled in so recently, and is empty again, was loaded anew by accident: the shop asked to sign in, or the browser ended.
const RECENT: Span = Span::hours(2);

/// A draft with what is known of its order.
struct Known {
    draft: Draft,
    record: Record,
    evidence: Vec<Item>,
    /// Of the language in which it is told.
    phrases: Rc<dyn Phrases>,
    /// When it was last filled in, if that is recent.
    filled: Option<Moment>,
}

impl Known {
    fn claim(&self) -> Option<Claim> {
        let phrases = self.phrases.as_ref();
        claims::claim(phrases, &self.record, &self.draft, &self.evidence)
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
    /// Why something that was to be kept is not, as far as is known.
    unkept: RefCell<Option<String>>,
    /// Whether a claim is on its way into the form: its files are read, which takes as long as they are large.
    sending: Cell<bool>,
    /// What went into the form at last, and what of that is kept.
    sent: RefCell<Option<Sent>>,
    recorded: RefCell<Recorded>,
    /// The names of the files that were no more there when they were to go into the form.
    gone: RefCell<Vec<String>>,
    /// Those that could not go without the place where they were taken.
    located: RefCell<Vec<String>>,
    /// What the user has pointed at, on this form or another.
    lessons: RefCell<Vec<Lesson>>,
    /// Whether the question is open which field is missing, and which was answered.
    teaching: Cell<bool>,
    about: Cell<usize>,
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
        unkept: RefCell::default(),
        sending: Cell::new(false),
        sent: RefCell::default(),
        recorded: RefCell::default(),
        gone: RefCell::default(),
        located: RefCell::default(),
        lessons: RefCell::default(),
        teaching: Cell::new(false),
        about: Cell::new(0),
    });
    // Only the program that opened this frame knows the secret; a page that has put it somewhere gets an empty bar.
    match bar.ask(&[&bar.secret, "wait", ""]).await {
        Ok(view) => bar.seen(view),
        Err(error) => {
            runtime::log("the form's page does not answer", &error.into());
            return dom::body().replace_with([]);
        }
    }
    bar.teach().await;
    bar.read().await;
    bar.draw();
    let again = Rc::clone(&bar);
    // The claim is written in another tab: what was written there meanwhile counts.
    dom::on_window("focus", move || {
        let bar = Rc::clone(&again);
        spawn_local(async move {
            if matches!(bar.state(), State::Offered | State::Undone) {
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
        // What has become of the form is shown whether or not it can be kept.
        bar.draw();
        bar.learn().await;
        bar.record().await;
        bar.draw();
        // A press was answered meanwhile: what the form is since then is to be kept as well.
        if bar.view.borrow().to_text() != now {
            continue;
        }
        match bar.ask(&[&bar.secret, "wait", &now]).await {
            Ok(view) => {
                unheard = 0;
                bar.seen(view);
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
        self.recorded.borrow_mut().seen(&view);
        self.view.replace(view);
    }

    /// How far the filling has come: the program on the page hears of it only once the claim's files are read.
    fn state(&self) -> State {
        if self.sending.get() {
            State::Filling
        } else {
            self.view.borrow().state
        }
    }

    /// Waits for what is to be kept, and says whether it is. Until it is, the bar says that it is not; the form stays as it is.
    async fn kept(self: &Rc<Self>, asked: impl Future<Output = Result<(), String>>) -> bool {
        let bar = Rc::downgrade(self);
        let late = move || {
            if let Some(bar) = bar.upgrade() {
                bar.unkept.replace(Some(keeping::UNANSWERED.to_owned()));
                bar.draw();
            }
        };
        let unkept = keeping::kept(asked, late).await.err();
        let is_kept = unkept.is_none();
        self.unkept.replace(unkept);
        self.draw();
        is_kept
    }

    /// Keeps the sum that was filled in, for the warning beside the shop's controls, which is no worse off without.
    async fn keep_sum(&self, filling: &Filling, sum: Option<&Money>) {
        let line = u32::from(filling.line);
        let kept = self.context.store.save_asked(&filling.order, line, sum);
        let failed = match keeping::in_time(kept).await {
            Some(Ok(())) => return,
            Some(Err(error)) => error.to_string(),
            None => keeping::UNANSWERED.to_owned(),
        };
        runtime::log("what was asked for is not kept", &failed.into());
    }

    /// Keeps what the form holds of the claim, as long as that is filled in; what was put back is not kept. One after the other, since the form
    /// may become another meanwhile.
    async fn record(self: &Rc<Self>) {
        let Ok(claims) = &self.claims else { return };
        let mut sum = None;
        loop {
            let due = {
                let (sent, view) = (self.sent.borrow(), self.view.borrow());
                let Some(sent) = &*sent else { return };
                let due = self.recorded.borrow_mut().due(&view, sent);
                due.map(|due| (due, sent.claim.amount.clone()))
            };
            let Some((due, amount)) = due else { break };
            let is_kept = match &due {
                Due::Keep(filling) => {
                    let amount = amount.filter(|_| filling.held(Concept::Amount).is_some());
                    sum = Some((filling.clone(), amount));
                    self.kept(claims.record(filling)).await
                }
                Due::Forget(filling) => {
                    if self.recorded.borrow().is_empty() {
                        sum = Some((filling.clone(), None));
                    }
                    self.kept(claims.forget(filling)).await
                }
            };
            if !is_kept {
                break;
            }
            self.recorded.borrow_mut().done(&due);
        }
        // Behind what is told of, which it must not make late.
        if let Some((filling, sum)) = sum {
            self.keep_sum(&filling, sum.as_ref()).await;
        }
    }

    /// Tells the program on the page which fields the user has pointed at.
    async fn teach(&self) {
        let Ok(claims) = &self.claims else { return };
        match claims.lessons().await {
            Ok(lessons) => {
                let texts = lessons.iter().map(Stored::to_text);
                let parts: Vec<String> =
                    std::iter::once("lessons".to_owned()).chain(texts).collect();
                let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
                self.lessons.replace(lessons);
                self.send(&parts, None).await;
            }
            Err(error) => runtime::log("what was pointed at could not be read", &error.into()),
        }
    }

    /// Keeps what the user has just pointed at.
    async fn learn(self: &Rc<Self>) {
        let pointing = self.view.borrow().pointing;
        let (Some(Pointing::Learnt(lesson)), Ok(claims)) = (pointing, &self.claims) else {
            return;
        };
        if self.kept(claims.learn(&lesson)).await {
            self.teaching.set(false);
            self.teach().await;
        }
    }

    /// What the user has pointed at for this is no more taken for it.
    async fn forget(self: &Rc<Self>, concept: Concept) {
        let Ok(claims) = &self.claims else { return };
        let lessons = self.lessons.borrow().clone();
        let of_it = lessons.into_iter().filter(|one| one.concept == concept);
        let of_it: Vec<Lesson> = of_it.collect();
        if self.kept(claims.unlearn(&of_it)).await {
            self.teach().await;
        }
    }

    /// Has the page let the user point at a field.
    fn point(self: &Rc<Self>, concept: Concept) {
        let bar = Rc::clone(self);
        spawn_local(async move {
            let words = bar.pointing_words("fill_pointing", concept);
            bar.send(&["point", concept.name(), &words], None).await;
            bar.draw();
        });
    }

    fn pointing_words(&self, key: &str, concept: Concept) -> String {
        self.context.with(key, &[&self.text(&field_key(concept))])
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
            let fillings = match &self.claims {
                Ok(claims) => claims.fillings(&draft).await.unwrap_or_default(),
                Err(_) => Vec::new(),
            };
            let now = clock::now();
            let recent = |at: &Moment| now.since(*at) < RECENT;
            let last = fillings.first();
            let filled = last.filter(|filling| filling.dispute.is_none());
            let filled = filled.map(|filling| filling.at).filter(recent);
            let phrases = match claims::phrases(&self.context, draft.language).await {
                Ok(phrases) => phrases,
                Err(error) => {
                    self.failed.replace(Some(error));
                    return;
                }
            };
            known.push(Known {
                draft,
                record,
                evidence,
                phrases,
                filled,
            });
        }
        if !known.is_empty() && !self.view.borrow().signed_out {
            // Without it nothing is said on the shop's own page for signing in, and nothing else changes.
            let _ = keeping::in_time(self.context.store.save_claim_shown(clock::now())).await;
        }
        // Where the page does not say which order it is about, the user does; so too where several of its lines have a claim.
        let only = order.is_some() && known.len() == 1;
        // A press on the bar that was not in front makes it read anew, and fills: what goes into the form stays as it was.
        let is_read = !self.drafts.borrow().is_empty();
        if is_read && !matches!(self.state(), State::Offered | State::Undone) {
            return;
        }
        let before = self.drafts.take();
        let before = self.chosen.get().and_then(|at| before.get(at));
        let again = before.and_then(|before| {
            let mut known = known.iter();
            known.position(|one| {
                (&one.draft.order, one.draft.line) == (&before.draft.order, before.draft.line)
            })
        });
        self.chosen.set(again.or(only.then_some(0)));
        self.drafts.replace(known);
        self.plan().await;
    }

    fn claim(&self) -> Option<Claim> {
        let drafts = self.drafts.borrow();
        drafts.get(self.chosen.get()?)?.claim()
    }

    /// Whether the chosen claim's photos go with the place where they were taken.
    fn with_place(&self) -> bool {
        let drafts = self.drafts.borrow();
        let known = self.chosen.get().and_then(|at| drafts.get(at));
        known.is_some_and(|known| known.draft.with_place)
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
        if self.sending.replace(true) {
            return;
        }
        let bar = Rc::clone(self);
        spawn_local(async move {
            bar.draw();
            bar.send_claim().await;
            bar.sending.set(false);
            bar.draw();
        });
    }

    /// Hands the chosen claim to the form. What is chosen stays so meanwhile.
    async fn send_claim(&self) {
        let (Some(claim), Ok(claims)) = (self.claim(), &self.claims) else {
            return;
        };
        let line = self.line();
        // What is filled again after the page has changed it is still the same filling.
        let is_done = self.view.borrow().state == State::Done;
        let before = self.sent.borrow().as_ref().map(|sent| sent.at);
        let at = before.filter(|_| is_done).unwrap_or_else(clock::now);
        // Read now and not before: what is large is in memory only while it goes into the form.
        let photos = self.takes();
        let sending = Sending::of(claims, &claim, self.with_place(), &photos).await;
        self.gone.replace(sending.gone);
        self.located.replace(sending.located);
        let claim = sending.claim;
        let text = claim.to_text();
        self.sent.replace(Some(Sent { claim, line, at }));
        self.send(&["fill", &text], Some(&sending.blobs)).await;
    }

    /// Which photos the form takes: as it says, or as the shop's do while it is not there yet.
    fn takes(&self) -> Takes {
        let said = self.view.borrow().photos.clone();
        said.unwrap_or_else(|| Takes {
            endings: uploads::ENDINGS.map(str::to_owned).to_vec(),
            largest: Some(uploads::LARGEST_PHOTO),
            most: None,
        })
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
        let view = View {
            state: self.state(),
            ..self.view.borrow().clone()
        };
        let failed = self.failed.borrow().clone();
        let claims = self.drafts.borrow();
        let claims = claims.iter().map(|known| {
            let claim = known.claim().map(|claim| claim.to_text());
            [known.draft.id(), claim.unwrap_or_default()].concat()
        });
        let mut now: Vec<String> = claims.collect();
        now.push(view.to_text());
        let chosen = self.chosen.get().map_or(0, |chosen| chosen + 1);
        now.push(format!(
            "{} {chosen} {} {} {} {} {}",
            self.open.get(),
            failed.is_some(),
            self.unkept.borrow().is_some(),
            self.teaching.get(),
            self.about.get(),
            self.gone.borrow().len() + self.located.borrow().len()
        ));
        let now = now.join("\n");
        if self.drawn.replace(now.clone()) == now {
            return;
        }
        let heading = match (&failed, view.state) {
            (Some(_), _) => "fill_gone",
            _ if view.signed_out => "fill_signed_out",
            _ if view.is_out_of_reach() => "fill_closed_title",
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
            main = main.children(self.not_kept());
        }
        dom::keeping_focus(|| dom::body().replace_with([main]));
        self.fit();
    }

    /// Says that something is not kept.
    fn not_kept(&self) -> Option<El> {
        let unkept = self.unkept.borrow();
        let notice = el("div").attr("role", "alert").id("not-kept");
        let words = el("p").child(el("strong").text(&self.text("settings_not_saved")));
        let detail = self.context.with("problem_technical", &[unkept.as_ref()?]);
        let detail = el("p").class("helper").text(&detail);
        Some(notice.child(words).child(detail))
    }

    fn body(self: &Rc<Self>, view: &View) -> Vec<El> {
        if let Some(Pointing::For(concept)) = view.pointing {
            let words = self.pointing_words("fill_pointing", concept);
            let stop = dom::button("", &self.text("fill_stop"), self.does(&["stop"]));
            return vec![
                el("p").child(el("strong").text(&words)),
                el("p")
                    .class("helper")
                    .text(&self.text("fill_pointing_help")),
                el("div").class("buttons").child(stop.id("stop")),
            ];
        }
        let drafts = self.drafts.borrow();
        if view.signed_out && !drafts.is_empty() {
            return vec![el("p").text(&self.text("fill_signed_out_help"))];
        }
        let touched = matches!(view.state, State::Filling | State::Done);
        let mut parts = Vec::new();
        if view.is_out_of_reach() {
            let key = if view.closed {
                "fill_closed"
            } else {
                "fill_cut"
            };
            parts.push(el("p").text(&self.text(key)));
        }
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
        if view.is_out_of_reach() {
            // What can be carried over by hand.
            parts.push(copy_row(
                &self.context,
                "where_copy",
                claim.description.clone(),
            ));
            return parts;
        }
        if let (State::Offered, Some(at)) = (view.state, known.filled) {
            let at = self.context.wording.intl.date_time(at, ZoneOf::Buyer);
            let text = self.context.with("fill_interrupted", &[&at]);
            parts.push(el("ul").class("checks").child(warning(&text)));
        }
        let rows = view
            .fields
            .iter()
            .map(|field| self.row(field, known, &claim));
        parts.push(el("ul").class("fields").children(rows));
        if view.state != State::Filling {
            parts.push(self.missing(view));
        }
        parts.extend(self.checks(known, &claim));
        let key = if touched {
            "fill_you_send"
        } else {
            "fill_untouched"
        };
        // Always to be seen, however long the plan is.
        let foot = el("footer")
            .child(self.buttons(view, known))
            .child(el("p").class("helper").text(&self.text(key)));
        parts.push(foot);
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

    /// Where the user says that a field was not found, or a wrong one, and points at the right one.
    fn missing(self: &Rc<Self>, view: &View) -> El {
        let open = self.teaching.get();
        let bar = Rc::clone(self);
        let toggle = dom::button("plain", &self.text("fill_teach"), move || {
            bar.teaching.set(!bar.teaching.get());
            bar.draw();
        });
        let toggle = toggle
            .id("missing")
            .attr("aria-expanded", if open { "true" } else { "false" });
        let mut part = el("div").class("teach").child(toggle);
        if let Some(Pointing::Unfit(concept)) = view.pointing {
            let words = self.pointing_words("fill_unfit", concept);
            part = part.child(el("p").attr("role", "alert").text(&words));
        }
        if !open {
            return part;
        }
        let select = el("select").id("about");
        for (at, concept) in Concept::ALL.into_iter().enumerate() {
            let words = self.text(&field_key(concept));
            let option = el("option").attr("value", &at.to_string()).text(&words);
            select.append(&option);
        }
        select.write(&self.about.get().to_string());
        let (bar, field) = (Rc::clone(self), select.clone());
        let select = select.on("change", move |_| {
            bar.about.set(field.value().parse().unwrap_or_default());
        });
        let bar = Rc::clone(self);
        let point = dom::button("", &self.text("fill_teach_point"), move || {
            if let Some(concept) = Concept::ALL.get(bar.about.get()) {
                bar.point(*concept);
            }
        });
        let label = el("label")
            .attr("for", "about")
            .text(&self.text("fill_teach_what"));
        part.child(label)
            .child(select)
            .child(el("p").class("helper").text(&self.text("fill_teach_help")))
            .child(el("div").class("buttons").child(point.id("point")))
    }

    /// One field: what it asks, what goes into it and where that is from, and what became of it.
    fn row(self: &Rc<Self>, field: &FieldView, known: &Known, claim: &Claim) -> El {
        let name = field.concept.name();
        let key = field_key(field.concept);
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
            Status::ToPress(answer) => {
                let said = self.left(Left::Commits(None));
                ("needs-user", answer.clone(), Some(said))
            }
            Status::Stays => {
                let files = matches!(field.concept, Concept::Photos | Concept::Videos);
                let key = if files {
                    "fill_stays_files"
                } else {
                    "fill_stays"
                };
                ("needs-user", String::new(), Some(self.text(key)))
            }
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
        // As the form's own counter says it, so that one can see how much room is left.
        if let (Concept::Description, Some(limit)) = (field.concept, field.limit) {
            let number = |n: u32| self.context.wording.intl.number(n);
            let text = match &field.status {
                Status::Filled(held) | Status::Differs(held) | Status::Planned(held) => held,
                _ => &claim.description,
            };
            let count = format!("{} / {}", number(length(text)), number(limit));
            row = row.child(el("span").class("helper count").text(&count));
        }
        if matches!(field.status, Status::Planned(_)) {
            let from = self.text(origin_key(field.concept, &known.draft));
            row = row.child(el("span").class("helper from").text(&from));
        }
        if field.taught {
            let (bar, concept) = (Rc::clone(self), field.concept);
            let forget = dom::button("plain", &self.text("fill_forget"), move || {
                let bar = Rc::clone(&bar);
                spawn_local(async move {
                    bar.forget(concept).await;
                    bar.draw();
                });
            });
            let shown = el("span")
                .class("helper")
                .text(&self.text("fill_taught"))
                .child(forget);
            row = row.child(shown);
        }
        if let Status::NeedsUser(Left::TooLong(over)) = field.status {
            row = row.children(self.shorten(known, over));
        }
        let by_hand = match &field.status {
            Status::Differs(_) | Status::ToPress(_) => true,
            Status::NeedsUser(left) => *left != Left::Nothing,
            _ => false,
        };
        if by_hand {
            row = row.child(self.by_hand(field, claim));
        }
        row
    }

    /// The sentences that can be left out of a text that is too long, each with what that saves. Nothing is cut by itself.
    fn shorten(self: &Rc<Self>, known: &Known, over: u32) -> Option<El> {
        let told = statement::sentences(&known.record, &known.draft, known.phrases.as_ref());
        let told = told
            .into_iter()
            .filter(|(sentence, _)| !known.draft.without.contains(sentence));
        let items: Vec<El> = told
            .map(|(sentence, text)| {
                let saved = length(&text);
                let key = if saved >= over {
                    "fill_shorten_enough"
                } else {
                    "claim_letters"
                };
                let letters = usize::try_from(saved).unwrap_or(usize::MAX);
                let words = self.context.counted(key, letters, &[]);
                let bar = Rc::clone(self);
                let button = dom::button("", &self.text("fill_leave_out"), move || {
                    let bar = Rc::clone(&bar);
                    spawn_local(async move { bar.leave_out(sentence).await });
                });
                el("li")
                    .child(
                        el("span")
                            .attr("lang", known.draft.language)
                            .attr("dir", "auto")
                            .text(&shorten(&text)),
                    )
                    .child(el("span").class("helper").text(&words))
                    .child(button.id(&["without-", sentence.name()].concat()))
            })
            .collect();
        (!items.is_empty()).then(|| el("ul").class("shorten").children(items))
    }

    /// Leaves a sentence out of the claim, and has the rest planned.
    async fn leave_out(self: &Rc<Self>, sentence: Sentence) {
        if self.sending.get() {
            return;
        }
        let draft = {
            let drafts = self.drafts.borrow();
            let known = self.chosen.get().and_then(|at| drafts.get(at));
            known.map(|known| known.draft.clone())
        };
        let (Some(mut draft), Ok(claims)) = (draft, &self.claims) else {
            return;
        };
        draft.without.push(sentence);
        draft.edited = clock::now();
        if !self.kept(claims.save(&draft)).await {
            return;
        }
        {
            let mut drafts = self.drafts.borrow_mut();
            if let Some(known) = self.chosen.get().and_then(|at| drafts.get_mut(at)) {
                known.draft = draft;
            }
        }
        // Where the user has asked for the form to be filled, what fits now goes in.
        if self.view.borrow().state == State::Done {
            self.fill();
        } else {
            self.plan().await;
        }
        self.draw();
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
        let intl = &self.context.wording.intl;
        let asks_files = {
            let view = self.view.borrow();
            view.of(Concept::Photos).is_some() || view.of(Concept::Videos).is_some()
        };
        let told = claims::warnings(
            &self.context,
            &known.record,
            &known.draft,
            claim,
            asks_files,
        );
        let mut told: Vec<El> = told.iter().map(|text| warning(text)).collect();
        let view = self.view.borrow();
        for (is_so, key) in [(view.closed, "fill_closed_beside"), (view.cut, "fill_cut")] {
            if is_so {
                told.push(warning(&self.text(key)));
            }
        }
        drop(view);
        let (gone, located) = (self.gone.borrow(), self.located.borrow());
        for (names, key) in [(&gone, "fill_check_gone"), (&located, "fill_check_located")] {
            if !names.is_empty() {
                told.push(warning(&self.context.with(key, &[&intl.list(names)])));
            }
        }
        let (mut out, copied) = self.left_out_and_copied(claim);
        out.retain(|name| !gone.contains(name) && !located.contains(name));
        if !copied.is_empty() {
            let text = self
                .context
                .with("fill_check_copies", &[&intl.list(&copied)]);
            told.push(warning(&text));
        }
        if !out.is_empty() {
            let text = self
                .context
                .with("fill_check_left_out", &[&intl.list(&out)]);
            told.push(warning(&text));
        }
        (!told.is_empty()).then(|| el("ul").class("checks").children(told))
    }

    /// The names of the files that the form does not take: too many, too large, or of another kind; and of those of which a copy goes, because
    /// the form does not take the file itself.
    fn left_out_and_copied(&self, claim: &Claim) -> (Vec<String>, Vec<String>) {
        let view = self.view.borrow();
        let takes = self.takes();
        let is_filled = matches!(view.state, State::Filling | State::Done);
        let sent = self.sent.borrow();
        let as_sent = sent.as_ref().map(|sent| &sent.claim);
        let as_sent = as_sent.filter(|_| is_filled).unwrap_or(claim);
        let inside = view.with_files(as_sent);
        let (mut out, mut copied) = (Vec::new(), Vec::new());
        for (file, as_sent) in claim.files.iter().zip(&as_sent.files) {
            let concept = match file.kind {
                FileKind::Picture => Concept::Photos,
                FileKind::Video => Concept::Videos,
            };
            let asked = matches!(
                view.of(concept).map(|field| &field.status),
                Some(Status::Planned(_) | Status::Filled(_) | Status::NeedsUser(Left::NotTaken))
            );
            let goes = inside.iter().any(|inside| std::ptr::eq(*inside, as_sent));
            if asked && !goes {
                out.push(file.name.clone());
            }
            let is_copy = if is_filled {
                as_sent.bytes != file.bytes
            } else {
                takes.way(file) == Some(Way::Copied)
            };
            if goes && is_copy {
                copied.push(file.name.clone());
            }
        }
        (out, copied)
    }

    fn buttons(self: &Rc<Self>, view: &View, known: &Known) -> El {
        let mut buttons = el("div").class("buttons");
        let bar = Rc::clone(self);
        let fill = move |kind: &str, key: &str| {
            let text = bar.text(key);
            let bar = Rc::clone(&bar);
            dom::button(kind, &text, move || bar.fill()).id("fill")
        };
        let planned = |field: &FieldView| matches!(field.status, Status::Planned(_));
        let fillable = view.fields.iter().any(planned);
        match view.state {
            State::Offered | State::Undone => {
                if fillable {
                    buttons = buttons.child(fill("primary", "fill_fill"));
                }
                buttons = buttons.child(self.edit("fill_edit", Some(&known.draft)));
            }
            State::Filling => {}
            State::Done => {
                let differs = |field: &FieldView| matches!(field.status, Status::Differs(_));
                // A next step of which too little says that it is one waits to be asked for.
                if fillable {
                    buttons = buttons.child(fill("primary", "fill_fill"));
                } else if view.fields.iter().any(differs) {
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

fn field_key(concept: Concept) -> String {
    format!("fill_field_{}", concept.name().replace('-', "_"))
}

/// What of the claim a field's value comes from.
const fn origin_key(concept: Concept, draft: &Draft) -> &'static str {
    match concept {
        Concept::Received | Concept::Reason | Concept::SubReason => "fill_from_answer",
        Concept::Solution => "fill_from_choice",
        Concept::Amount if draft.amount.is_some() => "fill_from_sum",
        Concept::Amount => "fill_from_order",
        Concept::Description => "fill_from_text",
        Concept::Photos | Concept::Videos => "fill_from_evidence",
    }
}
