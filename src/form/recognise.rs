//! Tells which control of a page asks for what, by what is written around it and what it offers.
//!
//! Every pair of control and concept gets points for what speaks for it; the highest pairs win. What stays below a threshold,
//! or hardly above another control, is not touched.

use crate::domain::claim::Solution;

use super::control::{Barrier, Control, Kind, Source};
use super::survey::Survey;
use super::vocabulary::{Concept, Text, Vocabulary};

/// The points from which a control is taken for what it seems to be.
const ENOUGH: i32 = 80;
/// By how much it must be better than the next one.
const MARGIN: i32 = 15;
/// The points from which a page is taken for a dispute form.
const ENOUGH_FOR_PAGE: i32 = 100;

/// What was recognised on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognition {
    /// What was found, in the order of [`Concept::ALL`].
    pub fields: Vec<Field>,
    /// Concepts for which two controls are about as likely, each with the likelier: the user is to say which.
    pub unsure: Vec<Field>,
    /// Whether enough speaks for its being a dispute form that it may be filled without the user's asking for this page.
    pub unasked: bool,
}

/// A control and what it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    pub concept: Concept,
    /// Its place in the survey.
    pub control: usize,
    pub points: i32,
    /// The user has pointed at it.
    pub taught: bool,
}

impl Recognition {
    #[must_use]
    pub fn of(&self, concept: Concept) -> Option<&Field> {
        self.fields.iter().find(|field| field.concept == concept)
    }

    /// Whether it asks what only a dispute does.
    fn is_of_dispute(&self) -> bool {
        self.of(Concept::Received).is_some() || self.of(Concept::Solution).is_some()
    }
}

/// What is known of a page before its controls are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    Nothing,
    /// Its address is one of the shop's dispute pages.
    Address,
    /// The user has begun to fill a form on it: this may be its next step.
    NextStep,
}

/// Recognises the dispute form among the controls of a page. `None` if this is no dispute form. What the user has pointed at is what the
/// user says it is, as far as it can hold that.
#[must_use]
pub fn recognise<N>(
    survey: &Survey<N>,
    words: &Vocabulary,
    expected: Expected,
    taught: &[(Concept, usize)],
) -> Option<Recognition> {
    let mut pairs: Vec<Field> = Vec::new();
    let controls: Vec<Read<'_, N>> = {
        let controls = survey.controls.iter();
        controls.map(|control| Read::new(control, words)).collect()
    };
    for (at, read) in controls.iter().enumerate() {
        if read.control.barrier == Some(Barrier::OutOfSight) || is_for_something_else(read) {
            continue;
        }
        // A second reason is told by there being a first.
        let concepts = Concept::ALL.into_iter();
        for concept in concepts.filter(|concept| *concept != Concept::SubReason) {
            let points = points(read, concept, words);
            if points > 0 {
                pairs.push(Field {
                    concept,
                    control: at,
                    points,
                    taught: false,
                });
            }
        }
    }
    let home = home(survey, &pairs);
    // What stands in a form for something else belongs to that: the picture that goes with a message to the seller.
    let others = other_forms(&controls, words, home);
    pairs
        .retain(|pair| region(survey, pair.control).is_none_or(|region| !others.contains(&region)));
    for pair in &mut pairs {
        if home.is_some() && region(survey, pair.control) == home {
            pair.points += 10;
        }
    }
    let taught = taught.iter().filter_map(|(concept, at)| {
        let control = survey.controls.get(*at)?;
        let fits = can_hold(control, *concept) && control.barrier != Some(Barrier::OutOfSight);
        fits.then_some(Field {
            concept: *concept,
            control: *at,
            points: ENOUGH_FOR_PAGE,
            taught: true,
        })
    });
    let taught: Vec<Field> = taught.collect();
    let mut recognition = assign(survey, taught, pairs);
    recognition.fields.sort_by_key(|field| field.concept);
    let near = Near::of(survey, home, &others);
    let has = |concept| recognition.of(concept).is_some();
    // A sum and files are asked for everywhere: alone they make a dispute form of the next step of one only.
    let is_one = |field: &Field| {
        field.taught
            || !matches!(
                field.concept,
                Concept::Amount | Concept::Photos | Concept::Videos
            )
    };
    let is_enough =
        |expected| points_of_page(&recognition, words, &near, expected) >= ENOUGH_FOR_PAGE;
    let first = match expected {
        // What would be a first page is no worse as a next one.
        Expected::NextStep => Expected::Address,
        other => other,
    };
    // What only a dispute asks outweighs what speaks for another form.
    let is_other = !recognition.is_of_dispute()
        && (near.says_other(words)
            || survey.asks_password
            || asks_for_payment(&controls, words, home));
    if is_enough(first) && recognition.fields.iter().any(is_one) {
        recognition.unasked = !is_other;
        return Some(recognition);
    }
    // After the first step less will do, but then nothing may speak for another form.
    let is_next = expected == Expected::NextStep && !recognition.fields.is_empty();
    if !is_next || is_other || !is_enough(expected) {
        return None;
    }
    let asks = recognition.fields.iter();
    let mut asks = asks.filter(|field| field.taught || is_question(field.concept));
    let has_files = has(Concept::Photos) || has(Concept::Videos);
    // A text with a picture is a message or a review as well, and a sum is asked for wherever something is paid.
    let several = match (has(Concept::Amount), has(Concept::Description), has_files) {
        (true, true, _) | (true, _, true) => true,
        (false, true, true) => near.is_headed(|text| words.is_about_dispute(text)),
        _ => false,
    };
    recognition.unasked = asks.next().is_some() || several;
    Some(recognition)
}

/// Whether it asks for one of several answers, by which a form is told.
const fn is_question(concept: Concept) -> bool {
    matches!(
        concept,
        Concept::Received | Concept::Solution | Concept::Reason | Concept::SubReason
    )
}

/// What stands above the fields and on the buttons beside them.
struct Near<'a> {
    headings: Vec<Text<'a>>,
    presses: Vec<Text<'a>>,
}

impl<'a> Near<'a> {
    fn of<N>(survey: &'a Survey<N>, home: Option<usize>, others: &[usize]) -> Self {
        // A heading in front of another form is that form's.
        let is_others = |text: &str| {
            survey.controls.iter().any(|control| {
                others.contains(&control.region)
                    && control
                        .clues
                        .iter()
                        .any(|clue| clue.source == Source::Heading && clue.text == text)
            })
        };
        let is_near = |region: usize| home.is_none_or(|home| region == home) || region == 0;
        let headings = survey.headings.iter();
        let headings = headings
            .filter(|heading| is_near(heading.region) && !is_others(&heading.text))
            .map(|heading| Text::new(&heading.text));
        let presses = survey.presses.iter();
        let presses = presses
            .filter(|press| is_near(press.region))
            .map(|press| Text::new(&press.text));
        Self {
            headings: headings.collect(),
            presses: presses.collect(),
        }
    }

    fn is_headed(&self, test: impl Fn(&Text<'_>) -> bool) -> bool {
        self.headings.iter().any(test)
    }

    fn says(&self, test: impl Fn(&Text<'_>) -> bool) -> bool {
        self.headings.iter().chain(&self.presses).any(test)
    }

    /// Whether the page is headed as another form, or has a button with which something is paid. Buttons for a chat or a search are
    /// everywhere.
    fn says_other(&self, words: &Vocabulary) -> bool {
        self.is_headed(|text| words.is_of_other_form(text))
            || self.says(|text| words.is_about_payment(text))
    }
}

/// A control, with the texts beside it made ready: they are asked for many words.
struct Read<'a, N> {
    control: &'a Control<N>,
    /// In the order of the control's clues.
    texts: Vec<Text<'a>>,
    /// Whether one of the nearest says that the control belongs to another form.
    is_of_other: bool,
}

impl<'a, N> Read<'a, N> {
    fn new(control: &'a Control<N>, words: &Vocabulary) -> Self {
        let clues = control.clues.iter();
        let mut read = Self {
            control,
            texts: clues.map(|clue| Text::new(&clue.text)).collect(),
            is_of_other: false,
        };
        read.is_of_other = read.is_near(|text| words.is_of_other_form(text));
        read
    }

    /// Whether one of the nearest texts of a field passes.
    fn is_near(&self, test: impl Fn(&Text<'_>) -> bool) -> bool {
        let is_near = |source| match source {
            Source::Label | Source::Hint | Source::Name | Source::Group => true,
            Source::Heading | Source::Before | Source::After => false,
        };
        self.says(is_near, test)
    }

    /// Whether the heading above a field passes.
    fn is_headed(&self, test: impl Fn(&Text<'_>) -> bool) -> bool {
        self.says(|source| source == Source::Heading, test)
    }

    fn says(&self, from: impl Fn(Source) -> bool, test: impl Fn(&Text<'_>) -> bool) -> bool {
        // What a choice is for, its choices say.
        let is_chosen = matches!(
            self.control.kind,
            Kind::Choice | Kind::Select | Kind::Combobox | Kind::Sheet
        );
        let mut clues = self.control.clues.iter().zip(&self.texts);
        !is_chosen && clues.any(|(clue, text)| from(clue.source) && test(text))
    }
}

/// Whether the form asks for a card.
fn asks_for_payment<N>(controls: &[Read<'_, N>], words: &Vocabulary, home: Option<usize>) -> bool {
    let is_of_payment = |read: &Read<'_, N>| {
        let mut purposes = read.control.purpose.split_whitespace();
        purposes.any(|purpose| purpose.starts_with("cc-") || purpose.starts_with("one-time"))
            || read.is_near(|text| words.is_about_payment(text))
    };
    let mut near = controls.iter().filter(|Read { control, .. }| {
        control.barrier != Some(Barrier::OutOfSight)
            && home.is_none_or(|home| control.region == home)
    });
    near.any(is_of_payment)
}

fn region<N>(survey: &Survey<N>, control: usize) -> Option<usize> {
    survey.controls.get(control).map(|control| control.region)
}

/// The region in which most speaks for a dispute form. A text and files are asked for everywhere, and say which it is only where nothing
/// else does: a picture that goes with a message to the seller would outweigh a first step that asks for little.
fn home<N>(survey: &Survey<N>, pairs: &[Field]) -> Option<usize> {
    let mut regions: Vec<(usize, i32, i32)> = Vec::new();
    for pair in pairs.iter().filter(|pair| pair.points >= ENOUGH / 2) {
        let Some(home) = region(survey, pair.control) else {
            continue;
        };
        let (own, common) = match pair.concept {
            Concept::Description | Concept::Photos | Concept::Videos => (0, pair.points),
            _ => (pair.points, 0),
        };
        match regions.iter_mut().find(|(region, ..)| *region == home) {
            Some((_, all_own, all_common)) => {
                *all_own += own;
                *all_common += common;
            }
            None => regions.push((home, own, common)),
        }
    }
    let most = regions
        .into_iter()
        .max_by_key(|(_, own, common)| (*own, *common));
    most.map(|(region, ..)| region)
}

/// The regions, apart from that one and the page itself, in which a field says that it belongs to another form, or the heading above it.
fn other_forms<N>(controls: &[Read<'_, N>], words: &Vocabulary, home: Option<usize>) -> Vec<usize> {
    let others = controls.iter().filter(|read| {
        let region = read.control.region;
        region != 0
            && Some(region) != home
            && (read.is_of_other || read.is_headed(|text| words.is_of_other_form(text)))
    });
    others.map(|read| read.control.region).collect()
}

/// Whether a control is one that can ask for the concept: of a kind that fits, and none of what stands at the edge of every page.
#[must_use]
pub fn can_hold<N>(control: &Control<N>, concept: Concept) -> bool {
    fit(control.kind, concept).is_some() && !is_at_edge(control)
}

/// Whether a control stands at the edge of the page, or searches it.
#[must_use]
pub fn is_at_edge<N>(control: &Control<N>) -> bool {
    let mut purposes = control.purpose.split_whitespace();
    purposes.any(|purpose| matches!(purpose, "aside" | "search"))
}

/// Gives every concept the control that fits it best, and every control one concept.
fn assign<N>(survey: &Survey<N>, taught: Vec<Field>, mut pairs: Vec<Field>) -> Recognition {
    pairs.sort_by_key(|pair| (-pair.points, pair.control, pair.concept));
    let mut recognition = Recognition {
        fields: taught,
        unsure: Vec::new(),
        unasked: false,
    };
    for pair in pairs.iter().filter(|pair| pair.points >= ENOUGH) {
        let Recognition { fields, unsure, .. } = &mut recognition;
        let taken = |control: usize, concept: Concept| {
            fields.iter().any(|field| {
                field.control == control && !both_kinds_of_file(survey, field, concept)
            })
        };
        if unsure.iter().any(|other| other.concept == pair.concept)
            || fields.iter().any(|field| field.concept == pair.concept)
            || taken(pair.control, pair.concept)
        {
            continue;
        }
        let rival = pairs.iter().find(|other| {
            other.concept == pair.concept
                && other.control != pair.control
                && !taken(other.control, other.concept)
        });
        // Two lists for the reason are the form's asking twice.
        if pair.concept == Concept::Reason {
            let second = rival.filter(|rival| {
                rival.points >= ENOUGH
                    && region(survey, rival.control) == region(survey, pair.control)
            });
            let (first, second) = match second {
                Some(second) if second.control < pair.control => (*second, Some(*pair)),
                other => (*pair, other.copied()),
            };
            fields.push(first);
            let asks = |field: &Field| field.concept == Concept::SubReason;
            if !fields.iter().any(asks) {
                fields.extend(second.map(|second| Field {
                    concept: Concept::SubReason,
                    ..second
                }));
            }
        } else if rival.is_some_and(|rival| pair.points - rival.points < MARGIN) {
            unsure.push(*pair);
        } else {
            fields.push(*pair);
        }
    }
    recognition
}

/// Whether the field takes photos and videos alike, and the concept is the other of the two.
fn both_kinds_of_file<N>(survey: &Survey<N>, field: &Field, concept: Concept) -> bool {
    let files = |concept| matches!(concept, Concept::Photos | Concept::Videos);
    let control = survey.controls.get(field.control);
    files(field.concept)
        && files(concept)
        && control.is_some_and(|control| control.accepts.pictures == control.accepts.videos)
}

/// What speaks for and against a control's asking for the concept.
fn points<N>(read: &Read<'_, N>, concept: Concept, words: &Vocabulary) -> i32 {
    let control = read.control;
    let Some(fit) = fit(control.kind, concept) else {
        return 0;
    };
    let said = said(read, concept, words);
    // A button opens many things that one chooses from: what is in its sheet counts only if the words beside it ask for it.
    if control.kind == Kind::Sheet && said == 0 {
        return 0;
    }
    fit + said + offered(control, concept, words)
}

/// Whether a control of that kind can ask for the concept, and how usual that is.
const fn fit(kind: Kind, concept: Concept) -> Option<i32> {
    match (concept, kind) {
        (
            Concept::Received | Concept::Solution,
            Kind::Choice | Kind::Select | Kind::Combobox | Kind::Sheet,
        )
        | (Concept::Reason | Concept::SubReason, Kind::Choice)
        | (Concept::Amount, Kind::Line)
        | (Concept::Photos | Concept::Videos, Kind::DropZone) => Some(0),
        (Concept::Reason | Concept::SubReason, Kind::Select | Kind::Combobox | Kind::Sheet)
        | (Concept::Amount, Kind::Number)
        | (Concept::Description, Kind::Area | Kind::Rich)
        | (Concept::Photos | Concept::Videos, Kind::File) => Some(15),
        (Concept::Description, Kind::Line) => Some(-20),
        _ => None,
    }
}

/// How much a text found there says of the control.
const fn weight(source: Source) -> i32 {
    match source {
        Source::Label => 90,
        Source::Group => 85,
        Source::Before => 75,
        Source::Hint => 70,
        Source::Heading => 60,
        Source::Name => 55,
        Source::After => 25,
    }
}

/// What the texts beside the control say for the concept.
fn said<N>(read: &Read<'_, N>, concept: Concept, words: &Vocabulary) -> i32 {
    let mut best = 0;
    let mut count = 0;
    for (clue, text) in read.control.clues.iter().zip(&read.texts) {
        if !words.asks(concept, text) {
            continue;
        }
        // A long text mentions much besides what it is about.
        let long = clue.text.len() > 120;
        let weight = weight(clue.source) / if long { 2 } else { 1 };
        best = best.max(weight);
        count += 1;
    }
    best + 8 * (count - 1).clamp(0, 3)
}

/// What the choices, the limit and the accepted files say for the concept.
fn offered<N>(control: &Control<N>, concept: Concept, words: &Vocabulary) -> i32 {
    let choices = || control.choices.iter().map(|choice| choice.folded.as_str());
    match concept {
        Concept::Received => {
            // One that says that it came, and one that it did not.
            let says_both = |bare| {
                let (mut came, mut not) = (0, 0);
                for said in choices().filter_map(|choice| words.received(choice, bare)) {
                    *(if said { &mut came } else { &mut not }) += 1;
                }
                (came, not) == (1, 1)
            };
            if says_both(false) {
                90
            } else if control.choices.len() <= 4 && says_both(true) {
                30
            } else {
                0
            }
        }
        Concept::Solution if control.choices.len() > 8 => 0,
        Concept::Solution => {
            let mut meant: Vec<Solution> = choices()
                .filter_map(|choice| words.solution(choice))
                .collect();
            meant.sort_unstable();
            meant.dedup();
            match meant.len() {
                0 => 0,
                1 => 40,
                _ => 90,
            }
        }
        Concept::Reason | Concept::SubReason => {
            let meaning = |text: &str| words.meaning(text).or_else(|| words.kind(text));
            let mut meanings: Vec<&str> = choices().filter_map(meaning).collect();
            meanings.sort_unstable();
            meanings.dedup();
            match meanings.len() {
                0 => 0,
                1 => 20,
                2 => 60,
                _ => 90,
            }
        }
        Concept::Photos if control.accepts.pictures => 60,
        Concept::Videos if control.accepts.videos => 60,
        Concept::Photos if control.accepts.videos => -200,
        Concept::Videos if control.accepts.pictures => -200,
        Concept::Description if control.limit.is_some_and(|limit| limit >= 100) => 10,
        _ => 0,
    }
}

/// Whether the nearest texts say that the control belongs to another form.
fn is_for_something_else<N>(read: &Read<'_, N>) -> bool {
    const PURPOSES: [&str; 15] = [
        "aside",
        "search",
        "tel",
        "email",
        "url",
        "cc-",
        "street",
        "postal",
        "country",
        "name",
        "password",
        "one-time",
        "address",
        "organization",
        "bday",
    ];
    let is_purpose = |purpose: &str| PURPOSES.iter().any(|other| purpose.starts_with(other));
    read.is_of_other || read.control.purpose.split_whitespace().any(is_purpose)
}

/// What speaks for the page's being a dispute form.
fn points_of_page(
    recognition: &Recognition,
    words: &Vocabulary,
    near: &Near<'_>,
    expected: Expected,
) -> i32 {
    let mut points = match expected {
        Expected::Nothing => 0,
        Expected::Address => 40,
        Expected::NextStep => 90,
    };
    for (concept, worth) in [
        (Concept::Reason, 50),
        (Concept::Received, 40),
        (Concept::Solution, 40),
        (Concept::Amount, 20),
        (Concept::Description, 10),
        (Concept::Photos, 5),
        (Concept::Videos, 5),
    ] {
        if let Some(field) = recognition.of(concept) {
            points += if field.taught { ENOUGH_FOR_PAGE } else { worth };
        }
    }
    if near.says(|text| words.is_about_dispute(text)) {
        points += 40;
    }
    // A review, a chat or a checkout says so in its heading or on its button.
    let other = near.says(|text| words.is_of_other_form(text));
    let is_told = recognition.of(Concept::Reason).is_some()
        || expected == Expected::NextStep && recognition.is_of_dispute();
    if other && !is_told {
        points -= 60;
    }
    points
}
