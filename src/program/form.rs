//! The program on the shop's dispute pages: it recognises the form, opens the extension's own frame beside it, and fills the
//! form when the user asks for it there. It never presses a button that goes on, submits or confirms.

mod rehearsal;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::{Interval, Timeout};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, Element};

use crate::browser::dom::DomNode;
use crate::browser::files::File;
use crate::browser::frames::{self, Questions};
use crate::browser::measure::Measure;
use crate::browser::{clock, form as page_form, random, runtime};
use crate::domain::claim::{Claim, ClaimFile};
use crate::domain::date_check::Barrier;
use crate::domain::order::OrderId;
use crate::domain::sha256::hexadecimal;
use crate::form::control;
use crate::form::fill::{self, Done, Going, Outcome};
use crate::form::plan::{Left, Step, Value, at_once, plan};
use crate::form::point::control_at;
use crate::form::recognise::{Expected, Recognition, can_hold, is_at_edge, recognise};
use crate::form::survey::{Survey, survey};
use crate::form::taught::{self, Lesson};
use crate::form::view::{FieldView, Pointing, State, Status, View};
use crate::form::vocabulary::{Concept, Vocabulary};
use crate::overlay::{FillBar, Pick};
use crate::site::{PageNode as _, address, lexicon};
use crate::store::Stored;

use super::languages::language_of;
use super::page;
use super::watch::{Listener, Mutations};

/// A page that has not changed for this long is looked at.
const SETTLED_MS: u32 = 120;
/// What happens in frames and shadow roots is not reported, so the page is looked at this often as well.
const AGAIN_MS: u32 = 1_000;
/// A frame that waits for news is answered after this time at the latest, and asks again.
const LONGEST_WAIT_MS: u32 = 15_000;
/// How long a page is given to draw what follows from a choice.
const DRAWN_MS: u32 = 60;
/// How often a field is filled without being asked anew: a page that takes its fields away again and again means no good.
const MOST_TRIES: usize = 4;

struct Form {
    document: Document,
    root: Element,
    words: Vocabulary,
    secret: String,
    order: Option<OrderId>,
    /// The number of its line, where one of them names that.
    line: Option<u64>,
    /// Whether this is the shop's page for signing in, on which nothing is looked at.
    at_sign_in: bool,
    measure: Measure,
    bar: RefCell<Option<FillBar>>,
    state: RefCell<Progress>,
    /// Whether fields are being filled just now.
    busy: Cell<bool>,
    taught: RefCell<Taught>,
    settling: RefCell<Option<Timeout>>,
}

#[derive(Default)]
struct Progress {
    state: State,
    /// What the frame has chosen to fill in.
    claim: Option<Claim>,
    /// Its files, in their places.
    files: Vec<Option<Going>>,
    done: Vec<Done>,
    /// The concepts of what could not be put back.
    stays: Vec<Concept>,
    /// How often each was filled since the user asked.
    tries: Vec<Concept>,
    view: View,
    /// Those who wait for news.
    waiting: Vec<Function>,
}

/// What the user has pointed at.
#[derive(Default)]
struct Taught {
    lessons: Vec<Lesson>,
    /// What was told by a lesson on this page stays so, though the form grows into another shape.
    here: Vec<(Concept, DomNode)>,
    /// What the user is told of it.
    pointing: Option<Pointing>,
    /// The fields that can be pointed at now, and the one that the ring is around.
    survey: Option<Survey<DomNode>>,
    at: Option<usize>,
}

struct Running {
    form: Rc<Form>,
    _questions: Questions,
    _mutations: Option<Mutations>,
    _again: Interval,
    _changes: Vec<Listener>,
}

thread_local! {
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
}

/// Starts on a dispute page.
pub async fn begin() {
    start(false).await;
}

/// Starts on the shop's page for signing in, to which a dispute page has led: says there that the claim is safe, and looks at nothing.
pub async fn attend_sign_in() {
    start(true).await;
}

async fn start(at_sign_in: bool) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let Some(root) = document.document_element() else {
        return;
    };
    // An earlier instance may have left its bar: the extension was updated under this page.
    FillBar::sweep(&document);
    let words = if at_sign_in {
        Vocabulary::default()
    } else {
        match words_for(&root).await {
            Ok(words) => words,
            Err(error) => return runtime::log("a form's words could not be loaded", &error.into()),
        }
    };
    let form = Rc::new(Form {
        order: here(&document, address::order_in),
        line: here(&document, address::line_in),
        root: root.clone(),
        words,
        at_sign_in,
        secret: hexadecimal(&random::bytes()),
        measure: Measure::new(),
        bar: RefCell::default(),
        state: RefCell::default(),
        busy: Cell::new(false),
        taught: RefCell::default(),
        settling: RefCell::default(),
        document,
    });
    let weak = Rc::downgrade(&form);
    let questions = Questions::hear(move |parts, reply| {
        if let Some(form) = weak.upgrade() {
            form.asked(&parts, reply);
        }
    });
    let look = |form: &Rc<Form>| {
        let weak = Rc::downgrade(form);
        move || {
            if let Some(form) = weak.upgrade() {
                form.settle();
            }
        }
    };
    let settle = look(&form);
    let mutations = (!at_sign_in).then(|| Mutations::observe(&root, move |_| settle()));
    let events: &[&str] = if at_sign_in {
        &[]
    } else {
        &["input", "change", "click"]
    };
    let changes = events
        .iter()
        .map(|event| Listener::on(&form.document, event, look(&form)));
    let changes = changes.collect();
    let again = Interval::new(AGAIN_MS, look(&form));
    form.settle();
    if !at_sign_in {
        form.rehearse_when_idle();
    }
    RUNNING.set(Some(Running {
        form,
        _questions: questions,
        _mutations: mutations,
        _again: again,
        _changes: changes,
    }));
}

/// The words of the page's language, and of English.
async fn words_for(root: &Element) -> Result<Vocabulary, String> {
    let own = language_of(root).as_deref().and_then(lexicon::known);
    let open = |code: &&str| File::open(&["forms/", code, ".txt"].concat());
    let files: Vec<File> = lexicon::wanted(own, own.is_none())
        .iter()
        .map(open)
        .collect();
    let mut texts: Vec<&'static str> = Vec::new();
    for file in files {
        texts.push(file.text().await?.leak());
    }
    Ok(Vocabulary::new(texts))
}

/// What the address names, or the address of the page that led here.
fn here<T>(document: &Document, named: fn(&str) -> Option<T>) -> Option<T> {
    let here = web_sys::window().and_then(|window| window.location().href().ok());
    let here = here.and_then(|address| named(&address));
    here.or_else(|| named(&document.referrer()))
}

/// Ends the program: the extension is gone from under the page.
fn end() {
    // Dropping a listener from within would free the code that is running.
    Timeout::new(0, || {
        if let Some(running) = RUNNING.take()
            && let Some(bar) = running.form.bar.take()
        {
            bar.remove();
        }
    })
    .forget();
}

impl Form {
    fn settle(self: &Rc<Self>) {
        let weak: Weak<Self> = Rc::downgrade(self);
        // One that waits already is left to run.
        self.settling.borrow_mut().get_or_insert_with(|| {
            Timeout::new(SETTLED_MS, move || {
                if let Some(form) = weak.upgrade() {
                    form.look();
                }
            })
        });
    }

    fn survey(&self) -> (Survey<DomNode>, Option<Recognition>) {
        self.measure.task(|| self.recognised())
    }

    fn recognised(&self) -> (Survey<DomNode>, Option<Recognition>) {
        let survey = survey(&DomNode(self.root.clone()));
        let expected = if self.state.borrow().state == State::Offered {
            Expected::Address
        } else {
            Expected::NextStep
        };
        let taught = self.taught.borrow_mut().find(&survey);
        let recognition = recognise(&survey, &self.words, expected, &taught);
        (survey, recognition)
    }

    /// Looks at the page: opens the bar, tells what has changed, and fills the fields of a next step.
    fn look(self: &Rc<Self>) {
        self.settling.take();
        if runtime::is_orphaned() {
            return end();
        }
        if self.busy.get() {
            return;
        }
        if self.at_sign_in {
            return self.publish(View {
                signed_out: true,
                ..View::default()
            });
        }
        let (survey, recognition) = self.survey();
        let steps = self.steps(&survey, recognition.as_ref());
        let unasked = recognition.as_ref().is_some_and(|known| known.unasked);
        if self.state.borrow().state == State::Done
            && unasked
            && steps.iter().any(|step| self.is_due(&survey, step))
        {
            let form = self.clone();
            spawn_local(async move { form.fill().await });
            return;
        }
        self.tell(&survey, recognition.as_ref(), &steps);
    }

    fn steps(&self, survey: &Survey<DomNode>, recognition: Option<&Recognition>) -> Vec<Step> {
        let state = self.state.borrow();
        let (Some(recognition), Some(claim)) = (recognition, &state.claim) else {
            return Vec::new();
        };
        let mut steps = plan(survey, recognition, claim, &self.words);
        // The files come with the wish to fill; those that did not come are no more where they were kept.
        if matches!(state.state, State::Filling | State::Done) {
            let is_there = |at: &usize| state.files.get(*at).is_some_and(Option::is_some);
            for step in &mut steps {
                if let Ok(Value::Files(places)) = &mut step.value {
                    places.retain(is_there);
                    if places.is_empty() {
                        step.value = Err(Left::Gone);
                    }
                }
            }
        }
        steps
    }

    /// Whether the step's field is one that was not filled yet.
    fn is_due(&self, survey: &Survey<DomNode>, step: &Step) -> bool {
        let state = self.state.borrow();
        let Some(control) = step.control.and_then(|at| survey.controls.get(at)) else {
            return false;
        };
        let tries = state.tries.iter().filter(|one| **one == step.concept);
        if tries.count() >= MOST_TRIES {
            return false;
        }
        let known = state.done.iter().find(|done| done.is_for(step.concept));
        match (&step.value, known) {
            (Err(_), _) => false,
            (Ok(_), None) => true,
            // Files are given once. A page that takes them into a list of its own draws their input anew, or empties it, and has them.
            (Ok(_), Some(done)) if done.is_of_files() => false,
            // The list that was opened has come.
            (Ok(Value::Choice(_)), Some(done)) if done.has_opened() => true,
            // What the page has drawn in its place holds nothing of ours.
            (Ok(_), Some(done)) => !done.is_there() && !done.is_of(control),
        }
    }

    /// Fills what is due, unless it is put back meanwhile.
    async fn fill(self: Rc<Self>) {
        if self.busy.replace(true) {
            return;
        }
        self.state.borrow_mut().state = State::Filling;
        self.fill_all().await;
        if self.goes_on() {
            self.state.borrow_mut().state = State::Done;
        }
        self.busy.set(false);
        self.look();
    }

    /// Whether nobody has put back what is being filled.
    fn goes_on(&self) -> bool {
        self.state.borrow().state == State::Filling
    }

    /// Fills field after field. A choice may change what the form asks, so the page is looked at anew after each.
    async fn fill_all(&self) {
        loop {
            let (survey, recognition) = self.survey();
            let steps = self.steps(&survey, recognition.as_ref());
            self.tell(&survey, recognition.as_ref(), &steps);
            let mut waits = false;
            for (at, step) in steps.iter().enumerate() {
                if waits || !self.is_due(&survey, step) {
                    continue;
                }
                let control = step.control.and_then(|at| survey.controls.get(at));
                if let (Some(control), Some((concepts, value))) = (control, at_once(&steps, at)) {
                    let files = self.state.borrow().files.clone();
                    let put = || Done::put(concepts, control, &value, &files);
                    let done = self.measure.fill(put);
                    let mut state = self.state.borrow_mut();
                    // What it held at first is what is put back.
                    let opened = state.done.iter().position(|other| {
                        other.is_for(step.concept) && (other.has_opened() || !other.is_there())
                    });
                    if let Some(opened) = opened {
                        state.done.remove(opened);
                    }
                    state.done.push(done);
                    state.tries.push(step.concept);
                    waits = matches!(value, Value::Choice(_) | Value::Open);
                }
            }
            if !waits {
                break;
            }
            TimeoutFuture::new(DRAWN_MS).await;
            if !self.goes_on() {
                return;
            }
        }
        TimeoutFuture::new(DRAWN_MS).await;
        self.mend_amount().await;
    }

    /// An amount that the page has read as another is written the other way; if it is read wrongly again, the field is put back: better
    /// nothing than a hundred times as much.
    async fn mend_amount(&self) {
        let misread = || {
            let state = self.state.borrow();
            state.done.iter().find(|done| done.is_misread()).cloned()
        };
        let Some(done) = misread() else { return };
        done.write_other_mark();
        TimeoutFuture::new(DRAWN_MS).await;
        if let Some(done) = misread() {
            done.undo();
            TimeoutFuture::new(DRAWN_MS).await;
        }
    }

    fn undo(self: &Rc<Self>) {
        let mut state = self.state.borrow_mut();
        let done = std::mem::take(&mut state.done);
        drop(state);
        let (kept, mut done): (Vec<Done>, Vec<Done>) = done.into_iter().partition(Done::is_kept);
        let mut stays: Vec<Concept> = kept.iter().flat_map(Done::concepts).copied().collect();
        done.retain(Done::is_there);
        for done in done.iter().rev() {
            if !done.undo() {
                stays.extend(done.concepts());
            }
        }
        let mut state = self.state.borrow_mut();
        state.done = kept;
        state.stays = stays;
        state.tries.clear();
        state.state = State::Undone;
        drop(state);
        // A page that keeps its own idea of its choices draws them again.
        let form = self.clone();
        spawn_local(async move {
            TimeoutFuture::new(DRAWN_MS).await;
            let back = done
                .iter()
                .filter(|done| done.is_there() && !done.is_back());
            form.state
                .borrow_mut()
                .stays
                .extend(back.flat_map(Done::concepts));
            form.settle();
        });
    }

    /// Tells the frame and the page what has changed.
    fn tell(&self, survey: &Survey<DomNode>, recognition: Option<&Recognition>, steps: &[Step]) {
        let signed_out = is_signed_out(survey);
        let untouched = self.state.borrow().state == State::Offered;
        let is_all_seen = survey.closed.is_empty() && !survey.cut;
        if recognition.is_none() && untouched && !signed_out && is_all_seen {
            // What looked like a form is none any more.
            if let Some(bar) = self.bar.take() {
                bar.remove();
            }
            return;
        }
        let view = View {
            signed_out,
            ..self.view(survey, recognition, steps)
        };
        self.publish(view);
    }

    /// Shows the bar, and tells it and the page what is to be said now.
    fn publish(&self, view: View) {
        let mut bar = self.bar.borrow_mut();
        let bar = bar.get_or_insert_with(|| {
            let language = page::language_for_frame(&self.root);
            FillBar::new(&self.document, &language, &self.secret)
        });
        bar.stay();
        let shown: Vec<(&str, &str)> = view.fields.iter().filter_map(shown).collect();
        bar.show(view.state.name(), &shown);
        let known = std::mem::replace(&mut self.state.borrow_mut().view, view.clone());
        if known != view {
            self.answer_all();
        }
    }

    /// Answers all who wait for news with what the form is now.
    fn answer_all(&self) {
        let mut state = self.state.borrow_mut();
        let text = state.view.to_text();
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        for reply in waiting {
            answer(&reply, &text);
        }
    }

    fn view(
        &self,
        survey: &Survey<DomNode>,
        recognition: Option<&Recognition>,
        steps: &[Step],
    ) -> View {
        let state = self.state.borrow();
        let claimed = state.claim.as_ref().map_or(&[][..], |claim| &claim.files);
        let names = names(claimed);
        let mut fields: Vec<FieldView> = Vec::new();
        for concept in Concept::ALL {
            let found = recognition.and_then(|recognition| recognition.of(concept));
            let control = found.and_then(|field| survey.controls.get(field.control));
            let step = steps.iter().find(|step| step.concept == concept);
            let mut all = state.done.iter();
            let is_asked = step.is_some_and(|step| step.value.is_ok());
            let done = all.find(|done| done.has_given(concept) || is_asked && done.is_for(concept));
            // What could not be put back, or files of another claim that the page has: this one's are not given beside them.
            let stays = match state.state {
                State::Undone => state.stays.contains(&concept),
                _ => done.is_some_and(|done| done.has_others(claimed, wanted(step))),
            };
            let status = match (done, step) {
                (Some(_), _) | (_, Some(_)) if stays => Status::Stays,
                // An input for files that was drawn anew is asked for as before, and what it was given is where the page has it.
                (Some(done), step)
                    if done.is_there()
                        || done.is_of_files() && (step.is_some() || done.is_kept()) =>
                {
                    match done.outcome() {
                        Outcome::Filled => Status::Filled(done.words(concept)),
                        Outcome::Differs(now) => Status::Differs(now),
                        Outcome::NeedsUser(left) => Status::NeedsUser(left),
                    }
                }
                // A step of a wizard that is over.
                (Some(done), None) => Status::Filled(done.words(concept)),
                (_, Some(step)) => match (&step.value, control) {
                    (Ok(value), Some(control)) => {
                        Status::Planned(fill::words(control, value, &names))
                    }
                    (Err(Left::Commits(Some(at))), Some(control)) => {
                        Status::ToPress(fill::words(control, &Value::Choice(*at), &names))
                    }
                    (Err(left), _) => Status::NeedsUser(*left),
                    (Ok(_), None) => continue,
                },
                (None, None) => match control {
                    Some(_) => Status::Found,
                    None => continue,
                },
            };
            let limit = control
                .and_then(|control| control.limit)
                .or_else(|| done.and_then(Done::limit));
            fields.push(FieldView {
                concept,
                status,
                limit,
                taught: found.is_some_and(|field| field.taught),
            });
        }
        View {
            state: state.state,
            order: self.order.clone(),
            line: self.line,
            photos: recognition
                .and_then(|recognition| recognition.of(Concept::Photos))
                .and_then(|field| survey.controls.get(field.control))
                .map(|control| control.takes.clone()),
            closed: !survey.closed.is_empty(),
            signed_out: false,
            cut: survey.cut,
            pointing: self.taught.borrow().pointing,
            fields,
        }
    }

    /// The frame asks: who it is, what it wants, and what that needs.
    fn asked(self: &Rc<Self>, parts: &Array, reply: Function) {
        let text = |at: u32| parts.get(at).as_string().unwrap_or_default();
        if text(0) != self.secret {
            return answer(&reply, "");
        }
        let wish = text(1);
        match wish.as_str() {
            // The view that the frame has; it is answered when there is another.
            "wait" => {
                let mut state = self.state.borrow_mut();
                let now = state.view.to_text();
                if now == text(2) {
                    state.waiting.push(reply);
                    drop(state);
                    return self.answer_in_time();
                }
                drop(state);
                return answer(&reply, &now);
            }
            "claim" => {
                let mut state = self.state.borrow_mut();
                if matches!(state.state, State::Offered | State::Undone) {
                    state.claim = Claim::from_text(&text(2));
                }
                drop(state);
                // Answered with its plan: a bar that is drawn without one first would move its buttons under the pointer.
                self.look();
            }
            "fill" => {
                if let Some(claim) = Claim::from_text(&text(2)) {
                    self.begin_to_fill(claim, &parts.get(3));
                }
            }
            "undo" => self.undo(),
            "lessons" => {
                let lessons = (2..parts.length()).filter_map(|at| Lesson::from_text(&text(at)));
                self.taught.borrow_mut().learn(lessons.collect());
                self.look();
            }
            "point" => {
                if let Some(concept) = Concept::named(&text(2)) {
                    self.begin_to_point(concept, &text(3));
                }
            }
            "stop" => self.stop_pointing(None),
            "show" => self.show(&text(2)),
            "height" => {
                if let (Some(bar), Ok(height)) = (&*self.bar.borrow(), text(2).parse()) {
                    bar.set_height(height);
                }
            }
            _ => {}
        }
        answer(&reply, &self.state.borrow().view.to_text());
        self.settle();
    }

    /// Answers all who wait before the background program, through which they ask, may be ended for waiting too long.
    fn answer_in_time(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        Timeout::new(LONGEST_WAIT_MS, move || {
            if let Some(form) = weak.upgrade() {
                form.answer_all();
            }
        })
        .forget();
    }

    fn begin_to_fill(self: &Rc<Self>, claim: Claim, files: &JsValue) {
        if self.busy.get() {
            return;
        }
        // Those that are no more where they were kept are not there.
        let blobs = files.dyn_ref::<Array>();
        let file = |(at, file): (usize, &ClaimFile)| {
            let blob = blobs.map(|blobs| blobs.get(u32::try_from(at).unwrap_or(u32::MAX)));
            blob.filter(JsValue::is_object)
                .and_then(|blob| frames::file_of(&blob, &file.name))
                .map(|content| Going {
                    file: file.clone(),
                    content,
                })
        };
        let files: Vec<Option<Going>> = claim.files.iter().enumerate().map(file).collect();
        let mut state = self.state.borrow_mut();
        // What holds already what is to go in keeps what it held before, for the way back.
        // What the page has of files is not given a second time; what it has thrown away is, as the user wants it.
        state.done.retain(|done| {
            done.is_kept()
                || done.is_there() && !done.has_opened() && done.outcome() == Outcome::Filled
        });
        state.claim = Some(claim);
        state.files = files;
        state.tries.clear();
        state.stays.clear();
        drop(state);
        let form = self.clone();
        spawn_local(async move { form.fill().await });
    }

    /// Lets the user point at the field that asks for the concept.
    fn begin_to_point(self: &Rc<Self>, concept: Concept, words: &str) {
        let survey = self.survey().0;
        let mut taught = self.taught.borrow_mut();
        taught.pointing = Some(Pointing::For(concept));
        taught.survey = Some(survey);
        taught.at = None;
        drop(taught);
        let weak = Rc::downgrade(self);
        if let Some(bar) = &*self.bar.borrow() {
            bar.pick(words, move |pick| {
                if let Some(form) = weak.upgrade() {
                    form.picked(pick);
                }
            });
        }
        self.look();
    }

    fn picked(self: &Rc<Self>, pick: Pick) {
        let mut taught = self.taught.borrow_mut();
        let Some(survey) = &taught.survey else { return };
        let at = match pick {
            Pick::Over(x, y) | Pick::Press(x, y) => {
                page_form::seen_at(&self.document, x, y).and_then(|node| control_at(survey, &node))
            }
            Pick::Step { back } => next(survey, taught.at, back),
            Pick::Take | Pick::Cancel => taught.at,
        };
        let control = at.and_then(|at| survey.controls.get(at));
        let place = control.and_then(|control| {
            if matches!(pick, Pick::Step { .. }) {
                page_form::bring_into_view(&control.node);
            }
            page_form::place_of(&control.node)
        });
        taught.at = at;
        drop(taught);
        if let Some(bar) = &*self.bar.borrow() {
            bar.ring(place);
        }
        match (pick, at) {
            (Pick::Cancel, _) => self.stop_pointing(None),
            (Pick::Press(..) | Pick::Take, Some(at)) => self.learn(at),
            _ => {}
        }
    }

    /// What was pointed at asks for what the user said.
    fn learn(self: &Rc<Self>, at: usize) {
        let mut taught = self.taught.borrow_mut();
        let (Some(survey), Some(Pointing::For(concept))) = (&taught.survey, taught.pointing) else {
            return;
        };
        let Some(control) = survey.controls.get(at) else {
            return;
        };
        let lesson = Lesson::of(survey, at, concept, clock::now());
        let told = match lesson.filter(|_| can_hold(control, concept)) {
            Some(lesson) => {
                let node = control.node.clone();
                taught
                    .here
                    .retain(|(other, of)| *other != concept && !of.same(&node));
                taught.here.push((concept, node));
                let same = |other: &Lesson| {
                    other.shape == lesson.shape
                        && (other.concept == concept || other.place == lesson.place)
                };
                taught.lessons.retain(|other| !same(other));
                taught.lessons.push(lesson);
                Pointing::Learnt(lesson)
            }
            None => Pointing::Unfit(concept),
        };
        drop(taught);
        self.stop_pointing(Some(told));
    }

    fn stop_pointing(self: &Rc<Self>, told: Option<Pointing>) {
        let mut taught = self.taught.borrow_mut();
        taught.pointing = told;
        taught.survey = None;
        drop(taught);
        if let Some(bar) = &*self.bar.borrow() {
            bar.stop_picking();
        }
        // A listener of the cover may be running.
        self.settle();
    }

    /// Moves the page to the field of that concept.
    fn show(&self, concept: &str) {
        let (survey, recognition) = self.survey();
        // Of two that are about as likely the likelier one.
        let known = recognition.iter();
        let mut fields = known.flat_map(|known| known.fields.iter().chain(&known.unsure));
        let field = fields.find(|field| field.concept.name() == concept);
        if let Some(control) = field.and_then(|field| survey.controls.get(field.control)) {
            fill::show(control);
        }
    }
}

impl Taught {
    /// Takes over what is kept.
    fn learn(&mut self, lessons: Vec<Lesson>) {
        let is_kept = |concept: Concept| lessons.iter().any(|lesson| lesson.concept == concept);
        self.here.retain(|(concept, _)| is_kept(*concept));
        self.lessons = lessons;
        if matches!(self.pointing, Some(Pointing::Learnt(_))) {
            self.pointing = None;
        }
    }

    /// The controls of the survey that the user has pointed at, here or on a page of the same shape.
    fn find(&mut self, survey: &Survey<DomNode>) -> Vec<(Concept, usize)> {
        for (concept, at) in taught::known(survey, &self.lessons) {
            let is_known =
                |(other, node): &(Concept, DomNode)| *other == concept && page_form::is_there(node);
            if let Some(control) = survey.controls.get(at)
                && !self.here.iter().any(is_known)
            {
                self.here.retain(|(other, _)| *other != concept);
                self.here.push((concept, control.node.clone()));
            }
        }
        let place = |node: &DomNode| {
            let mut controls = survey.controls.iter();
            controls.position(|control| control.node.same(node))
        };
        let here = self.here.iter();
        here.filter_map(|(concept, node)| Some((*concept, place(node)?)))
            .collect()
    }
}

/// The next control after that place, or the one before, that a person can see, and that is no part of the page's head or foot.
fn next(survey: &Survey<DomNode>, at: Option<usize>, back: bool) -> Option<usize> {
    let seen = |at: &usize| {
        let control = survey.controls.get(*at);
        control.is_some_and(|control| {
            control.barrier != Some(control::Barrier::OutOfSight) && !is_at_edge(control)
        })
    };
    let count = survey.controls.len();
    let from = at.map_or(if back { count } else { 0 }, |at| at + usize::from(!back));
    if back {
        (0..from)
            .rev()
            .find(seen)
            .or_else(|| (from..count).rev().find(seen))
    } else {
        (from..count).find(seen).or_else(|| (0..from).find(seen))
    }
}

/// Whether the shop asks the user to sign in: by a field for a password, or by its own page for that in a frame.
fn is_signed_out(survey: &Survey<DomNode>) -> bool {
    let is_sign_in = |frame: &DomNode| {
        let source = frame.attr("src").unwrap_or_default();
        address::barrier(&source) == Some(Barrier::SignIn)
    };
    survey.asks_password || survey.closed.iter().any(is_sign_in)
}

fn names(files: &[ClaimFile]) -> Vec<String> {
    files.iter().map(|file| file.name.clone()).collect()
}

/// The places of the files that a step gives.
fn wanted(step: Option<&Step>) -> &[usize] {
    match step.map(|step| &step.value) {
        Some(Ok(Value::Files(places))) => places,
        _ => &[],
    }
}

/// What the page may know of a field: that it was filled, and not with what.
fn shown(field: &FieldView) -> Option<(&'static str, &'static str)> {
    // The second of two lists is part of the first's question.
    if field.concept == Concept::SubReason {
        return None;
    }
    let state = match &field.status {
        Status::Filled(_) => "filled",
        Status::Differs(_) => "differs",
        Status::NeedsUser(Left::Nothing) | Status::Found | Status::Planned(_) => return None,
        Status::NeedsUser(_) | Status::ToPress(_) | Status::Stays => "needs-user",
    };
    Some((field.concept.name(), state))
}

fn answer(reply: &Function, text: &str) {
    // A frame that has gone needs no answer.
    let _ = reply.call1(&JsValue::UNDEFINED, &text.into());
}
