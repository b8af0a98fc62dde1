//! Carries a plan out on the page, reads back what the page then holds, and undoes it.
//!
//! Nothing is pressed but choices: no button that goes on, submits or confirms, and so no choice that is such a button as well.

use std::cell::Cell;

use wasm_bindgen::JsValue;

use crate::browser::dom::DomNode;
use crate::browser::form::{self, Held};
use crate::domain::claim::ClaimFile;
use crate::domain::sha256::Sha256;
use crate::site::PageNode as _;

use super::amount;
use super::choose;
use super::control::{Control, Kind};
use super::plan::{Left, Value, file_kind};
use super::shown::Shown;
use super::vocabulary::Concept;

/// What became of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Filled,
    /// The page holds something else than what was put in: what it holds.
    Differs(String),
    NeedsUser(Left),
}

/// A file of a claim as it goes into a form.
#[derive(Clone, Debug)]
pub struct Going {
    pub file: ClaimFile,
    /// The browser's own `File`.
    pub content: JsValue,
}

/// A field that was filled, with what it held before.
#[derive(Clone, Debug)]
pub struct Done {
    /// What it was asked for: two where it takes photos and videos alike.
    concepts: Vec<Concept>,
    control: Control<DomNode>,
    value: Value,
    before: Held,
    /// The files that it was given. A place among a claim's files says nothing once another claim is chosen, or files were added to it.
    given: Vec<ClaimFile>,
    /// All files that the claim had for it then.
    offered: Vec<Sha256>,
    /// Whether the page took what was dropped.
    taken: bool,
    /// Where a page shows the files that it was given: the part of the page that is the control's own and what is around that, from the
    /// nearest, each with what it showed of them before.
    around: Vec<(DomNode, Shown)>,
    /// Whether the page has had what it was given: what is gone since, it has thrown away.
    had: Cell<bool>,
}

/// How many elements are looked at for the files that it was given: a page may draw the nearest anew.
const MOST_AROUND: usize = 4;

impl Done {
    /// Puts a value into a control. `files` are the claim's, by their places; one that is no more there is `None`.
    #[must_use]
    pub fn put(
        concepts: Vec<Concept>,
        control: &Control<DomNode>,
        value: &Value,
        files: &[Option<Going>],
    ) -> Self {
        let going: Vec<Going> = match value {
            Value::Files(places) => {
                let there = places.iter().filter_map(|at| files.get(*at)?.clone());
                there.collect()
            }
            _ => Vec::new(),
        };
        let (given, contents): (Vec<ClaimFile>, Vec<JsValue>) = going
            .into_iter()
            .map(|going| (going.file, going.content))
            .unzip();
        let around = if given.is_empty() {
            Vec::new()
        } else {
            let names = names(&given);
            let places = form::places_from(&control.own, MOST_AROUND).into_iter();
            places
                .map(|place| (place.clone(), form::shown_in(&place, &names)))
                .collect()
        };
        let (before, taken) = put(control, value, &contents);
        Self {
            concepts,
            before,
            given,
            offered: files
                .iter()
                .flatten()
                .map(|going| going.file.hash)
                .collect(),
            taken,
            around,
            had: Cell::new(false),
            control: control.clone(),
            value: value.clone(),
        }
    }

    /// What was asked for.
    #[must_use]
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// Whether it holds what is asked for by that, or nothing else can be put in for it now.
    #[must_use]
    pub fn is_for(&self, concept: Concept) -> bool {
        self.concepts.contains(&concept)
    }

    /// Whether something was put in for that.
    #[must_use]
    pub fn has_given(&self, concept: Concept) -> bool {
        self.is_for(concept) && (!self.is_of_files() || self.given_for(concept).next().is_some())
    }

    fn given_for(&self, concept: Concept) -> impl Iterator<Item = &ClaimFile> {
        self.given
            .iter()
            .filter(move |file| file.kind == file_kind(concept))
    }

    /// Whether it is files that the control was given.
    #[must_use]
    pub const fn is_of_files(&self) -> bool {
        matches!(self.value, Value::Files(_))
    }

    /// Whether the page has files where nothing takes them out again, because they were dropped or it has taken them out of their input:
    /// they would be there twice if they were given again.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.is_of_files() && self.names_held().is_empty() && self.may_have_files()
    }

    /// Whether the page has, as far as one can see, the files that it was given.
    fn may_have_files(&self) -> bool {
        matches!(
            self.outcome(),
            Outcome::Filled | Outcome::NeedsUser(Left::Unseen)
        )
    }

    /// Whether the page has other files than a claim's: one that the claim has not, or, where the claim's files have changed since, not all
    /// of those that are to go in now, by their places. In which order they went in does not matter.
    #[must_use]
    pub fn has_others(&self, files: &[ClaimFile], wanted: &[usize]) -> bool {
        let is_among =
            |files: &[ClaimFile], one: &ClaimFile| files.iter().any(|file| file.hash == one.hash);
        let mut wanted = wanted.iter().filter_map(|at| files.get(*at));
        let is_the_claims = files
            .iter()
            .map(|file| file.hash)
            .eq(self.offered.iter().copied())
            || self.given.iter().all(|given| is_among(files, given))
                && wanted.all(|file| is_among(&self.given, file));
        self.is_of_files() && !is_the_claims && self.may_have_files()
    }

    /// Whether the control is still on the page.
    #[must_use]
    pub fn is_there(&self) -> bool {
        form::is_there(&self.control.node)
    }

    /// Whether it is that control that was filled, and not one that the page has drawn in its place.
    #[must_use]
    pub fn is_of(&self, control: &Control<DomNode>) -> bool {
        self.control.node.0.is_same_node(Some(&control.node.0))
    }

    /// Whether it only opened a list, from which the choice is still to be made.
    #[must_use]
    pub fn has_opened(&self) -> bool {
        self.value == Value::Open
    }

    #[must_use]
    pub const fn limit(&self) -> Option<u32> {
        self.control.limit
    }

    /// What was put in for that, in words.
    #[must_use]
    pub fn words(&self, concept: Concept) -> String {
        match self.value {
            Value::Files(_) => {
                let names = self.given_for(concept).map(|file| file.name.as_str());
                names.collect::<Vec<_>>().join("\n")
            }
            _ => words(&self.control, &self.value, &[]),
        }
    }
}

fn names(files: &[ClaimFile]) -> Vec<String> {
    files.iter().map(|file| file.name.clone()).collect()
}

/// What is to be put in, in words: a text, a choice as printed, the names of files, each in a line. Empty where the choice is not to be seen yet.
#[must_use]
pub fn words(control: &Control<DomNode>, value: &Value, file_names: &[String]) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Choice(at) => {
            let choice = control.choices.get(*at);
            choice.map(|choice| choice.text.clone()).unwrap_or_default()
        }
        Value::Open => String::new(),
        Value::Files(places) => {
            let names = places.iter().filter_map(|at| file_names.get(*at));
            names.map(String::as_str).collect::<Vec<_>>().join("\n")
        }
    }
}

/// Moves the page so that the control is seen, and the focus to it.
pub fn show(control: &Control<DomNode>) {
    form::show(&control.node);
}

/// Puts a value into a control that does not hold it yet, and gives back what it held, and whether it took what was dropped.
fn put(control: &Control<DomNode>, value: &Value, files: &[JsValue]) -> (Held, bool) {
    let node = &control.node;
    let before = held(control);
    match value {
        Value::Text(text)
            if control.kind == Kind::Rich && node.0.has_attribute("contenteditable") =>
        {
            if form::text_of(node) != *text {
                form::write_rich(node, text);
            }
        }
        Value::Text(text) => {
            if form::text_of(node) != *text {
                form::write_text(node, text);
            }
        }
        Value::Choice(at) => {
            if before != Held::Selected(place(*at)) && before != Held::Chosen(Some(*at)) {
                match (control.kind, control.choices.get(*at)) {
                    (Kind::Select, _) => form::select(node, place(*at)),
                    (Kind::Combobox, Some(choice)) => {
                        // A second press would close it.
                        if !form::is_open(node) {
                            form::press(node);
                        }
                        form::press(&choice.node);
                    }
                    (_, Some(choice)) => form::press(&choice.node),
                    (_, None) => {}
                }
            }
        }
        Value::Open => form::press(node),
        Value::Files(_) => {
            if control.kind == Kind::DropZone {
                return (before, form::drop_files(node, files));
            }
            for (input, files) in inputs(control).zip(shared_out(control, files)) {
                form::give_files(input, files);
            }
        }
    }
    (before, false)
}

fn place(at: usize) -> i32 {
    i32::try_from(at).unwrap_or(i32::MAX)
}

/// The inputs of a control that takes files: one, or one for each file.
fn inputs(control: &Control<DomNode>) -> impl Iterator<Item = &DomNode> {
    let own = control.choices.is_empty().then_some(&control.node);
    own.into_iter()
        .chain(control.choices.iter().map(|choice| &choice.node))
}

/// Which of the files go into each input; an input for which none is left is not touched.
fn shared_out<'a>(
    control: &Control<DomNode>,
    files: &'a [JsValue],
) -> std::slice::Chunks<'a, JsValue> {
    let each = if control.choices.is_empty() {
        files.len().max(1)
    } else {
        1
    };
    files.chunks(each)
}

/// What a control holds now.
fn held(control: &Control<DomNode>) -> Held {
    let node = &control.node;
    match control.kind {
        Kind::Select => Held::Selected(form::selected(node)),
        Kind::Choice | Kind::Combobox | Kind::Sheet => {
            let mut choices = control.choices.iter();
            Held::Chosen(choices.position(|choice| form::is_chosen(&choice.node)))
        }
        Kind::File => Held::Files(inputs(control).map(form::files_of).collect()),
        Kind::DropZone => Held::Hidden,
        Kind::Rich => Held::Nodes(form::nodes_of(node)),
        Kind::Line | Kind::Number | Kind::Area => Held::Text(form::text_of(node)),
    }
}

impl Done {
    /// What the page holds of it now. To be asked once the page has drawn what it makes of the change.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let (control, value) = (&self.control, &self.value);
        let node = &control.node;
        match value {
            Value::Text(text) => {
                let now = form::text_of(node);
                let number = matches!(control.kind, Kind::Line | Kind::Number);
                let same = now.trim() == text.trim() || number && amount::is_same(&now, text);
                differs_unless(same, || now)
            }
            Value::Choice(at) => match control.kind {
                Kind::Select => differs_unless(form::selected(node) == place(*at), || {
                    let now = usize::try_from(form::selected(node)).ok();
                    let now = now.and_then(|now| control.choices.get(now));
                    now.map(|choice| choice.text.clone()).unwrap_or_default()
                }),
                _ => {
                    let choice = control.choices.get(*at);
                    let chosen = choice.is_some_and(|choice| form::is_chosen(&choice.node));
                    // A list of the page's own shows what was chosen on its face.
                    let face = form::text_of(node);
                    let says = |face: &str| choose::is_said(face, &control.choices, *at);
                    match control.kind {
                        // What is chosen in a sheet may wait there for a button that nobody pressed.
                        Kind::Sheet => {
                            let face = node.text();
                            differs_unless(chosen && says(&face), || face)
                        }
                        Kind::Combobox => differs_unless(chosen || says(&face), || face),
                        _ => differs_unless(chosen, || face),
                    }
                }
            },
            Value::Open => Outcome::NeedsUser(Left::NoChoice),
            Value::Files(_) => {
                let wanted = names(&self.given);
                let now = self.names_held();
                let outcome = match control.kind {
                    Kind::DropZone if !self.taken => Outcome::NeedsUser(Left::DropOnly),
                    Kind::DropZone if self.shows(&wanted) => Outcome::Filled,
                    Kind::DropZone => Outcome::NeedsUser(Left::Unseen),
                    _ if now == wanted => Outcome::Filled,
                    _ if !now.is_empty() => Outcome::Differs(now.join(", ")),
                    // Many pages take files out of their input as soon as they have them, and show them beside it.
                    _ if self.shows(&wanted) => Outcome::Filled,
                    _ if self.had.get() => Outcome::Differs(String::new()),
                    _ => Outcome::NeedsUser(Left::Unseen),
                };
                self.had.set(self.had.get() || outcome == Outcome::Filled);
                outcome
            }
        }
    }

    /// The names of the files that its inputs hold. One that the page has taken away holds what it held, and nobody sends that.
    fn names_held(&self) -> Vec<String> {
        let is_input = self.control.kind == Kind::File;
        let there = inputs(&self.control).filter(|input| is_input && form::is_there(input));
        there.flat_map(form::file_names).collect()
    }

    /// Whether the page shows each of the files: by its name wherever that stands around the control, or by a picture in the nearest part
    /// of the page that it has not drawn anew. What else is drawn there, such as items of a list, says nothing of files.
    fn shows(&self, names: &[String]) -> bool {
        let around = self.around.iter();
        let there = around.filter(|(place, _)| form::is_there(place));
        let mut now = there.map(|(place, before)| (form::shown_in(place, names), before));
        let Some((nearest, before)) = now.next() else {
            return false;
        };
        nearest.pictures_since(before, names.len())
            || nearest.names_since(before, names)
            || now.any(|(shown, before)| shown.names_since(before, names))
    }

    /// Whether the page has made another amount of what was written, as its decimals are parted in another way. To be asked once the
    /// page has drawn what it makes of it.
    #[must_use]
    pub fn is_misread(&self) -> bool {
        match &self.value {
            Value::Text(text) if self.is_for(Concept::Amount) && self.is_there() => {
                amount::is_misread(&form::text_of(&self.control.node), text)
            }
            _ => false,
        }
    }

    /// Writes the amount with a comma, or with a point where it was written with a comma.
    pub fn write_other_mark(&self) {
        if let Value::Text(text) = &self.value {
            let (mark, other) = if text.contains(',') {
                (",", ".")
            } else {
                (".", ",")
            };
            form::write_text(&self.control.node, &text.replace(mark, other));
        }
    }

    /// Puts back what the field held before. Whether that was possible: a choice of the page's own can only be exchanged for
    /// another.
    pub fn undo(&self) -> bool {
        let control = &self.control;
        let node = &control.node;
        match &self.before {
            Held::Text(text) => {
                if form::text_of(node) != *text {
                    form::write_text(node, text);
                }
            }
            Held::Nodes(nodes) => form::put_nodes(node, nodes),
            Held::Selected(at) => {
                if form::selected(node) != *at {
                    form::select(node, *at);
                }
            }
            Held::Files(files) => {
                for (input, files) in inputs(control).zip(files).take(self.given.len()) {
                    form::put_files(input, files);
                }
            }
            // Nothing was dropped, or nothing brings it back.
            Held::Hidden => return !self.taken,
            Held::Chosen(before) => {
                let mut choices = control.choices.iter();
                let now = choices.position(|choice| form::is_chosen(&choice.node));
                match (before, now) {
                    (one, other) if *one == other => {}
                    (Some(at), _) => match control.choices.get(*at) {
                        Some(choice) if !choice.commits => form::press(&choice.node),
                        _ => return false,
                    },
                    (None, Some(now)) => {
                        let Some(choice) = control.choices.get(now) else {
                            return false;
                        };
                        if control.kind != Kind::Choice || !is_native(&choice.node) {
                            return false;
                        }
                        form::unchoose(&choice.node);
                    }
                    (None, None) => {}
                }
            }
        }
        true
    }
}

impl Done {
    /// Whether a choice that was put back has stayed so: a page that keeps its own idea of it draws it again.
    #[must_use]
    pub fn is_back(&self) -> bool {
        let chooses = matches!(
            self.control.kind,
            Kind::Choice | Kind::Combobox | Kind::Sheet | Kind::Select
        );
        !chooses || self.has_opened() || held(&self.control) == self.before
    }
}

fn is_native(node: &DomNode) -> bool {
    node.attr("type").as_deref() == Some("radio")
}

fn differs_unless(same: bool, now: impl FnOnce() -> String) -> Outcome {
    if same {
        Outcome::Filled
    } else {
        Outcome::Differs(now())
    }
}
