//! What goes into each field of a form, from which part of the claim. Nothing of a plan comes from anywhere else.

use crate::domain::claim::{Claim, ClaimFile, FileKind};
use crate::domain::money::{Currency, Money};
use crate::reading::money::read_money;

use super::choose;
use super::control::{Barrier, Choice, Control, Kind, Source};
use super::recognise::Recognition;
use super::survey::Survey;
use super::vocabulary::{Concept, Vocabulary};

/// What goes into a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// The place of the choice among the control's.
    Choice(usize),
    /// Opens a list of the page's own and chooses what says this there.
    Open,
    Text(String),
    /// The places of the files among the claim's.
    Files(Vec<usize>),
}

/// Why a field is left to the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Two controls are about as likely.
    TwoFields,
    /// None of the choices says what the claim says, or several do.
    NoChoice,
    /// Pressing what says it may do more than choose, such as send the form: the place of the choice, where it can be seen.
    Commits(Option<usize>),
    Disabled,
    ReadOnly,
    /// The text is longer than the field takes: by how many characters.
    TooLong(u32),
    /// The claim has nothing for it: no text, no files.
    Nothing,
    /// The form asks for an amount in another currency.
    OtherCurrency,
    /// The page takes no files that a program drops.
    DropOnly,
    /// The page has taken what was dropped, and shows nothing of it.
    Unseen,
    /// The files are no more where they were kept.
    Gone,
    /// The files are of another kind than the form takes, or larger.
    NotTaken,
}

impl Left {
    /// The name under which it is reported, and its words are found.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TwoFields => "two-fields",
            Self::NoChoice => "no-choice",
            Self::Commits(_) => "commits",
            Self::Disabled => "disabled",
            Self::ReadOnly => "read-only",
            Self::TooLong(_) => "too-long",
            Self::Nothing => "nothing",
            Self::OtherCurrency => "other-currency",
            Self::DropOnly => "drop-only",
            Self::Unseen => "unseen",
            Self::Gone => "gone",
            Self::NotTaken => "not-taken",
        }
    }
}

/// One field of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub concept: Concept,
    /// The control's place in the survey; `None` where two are as likely.
    pub control: Option<usize>,
    pub value: Result<Value, Left>,
}

/// The plan for a recognised form.
#[must_use]
pub fn plan<N>(
    survey: &Survey<N>,
    recognition: &Recognition,
    claim: &Claim,
    words: &Vocabulary,
) -> Vec<Step> {
    let asks_twice = recognition.of(Concept::SubReason).is_some();
    let mut steps: Vec<Step> = Vec::new();
    for field in &recognition.fields {
        let Some(control) = survey.controls.get(field.control) else {
            continue;
        };
        steps.push(Step {
            concept: field.concept,
            control: Some(field.control),
            value: value(control, field.concept, claim, asks_twice, words),
        });
    }
    steps.extend(recognition.unsure.iter().map(|field| Step {
        concept: field.concept,
        control: None,
        value: Err(Left::TwoFields),
    }));
    steps.sort_by_key(|step| step.concept);
    share_out(survey, &mut steps);
    steps
}

/// Photos and videos that go into one control share what it takes at most. Of the videos one goes before the last photos, because it shows
/// what no photo does.
fn share_out<N>(survey: &Survey<N>, steps: &mut [Step]) {
    let mut of_files = steps.iter_mut().filter_map(|step| match &mut step.value {
        Ok(Value::Files(_)) => Some(step),
        _ => None,
    });
    let (Some(photos), Some(videos)) = (of_files.next(), of_files.next()) else {
        return;
    };
    let control = photos.control.filter(|at| videos.control == Some(*at));
    let control = control.and_then(|at| survey.controls.get(at));
    let Some(most) = control.and_then(|control| control.takes.most) else {
        return;
    };
    let (Ok(Value::Files(first)), Ok(Value::Files(rest))) = (&mut photos.value, &mut videos.value)
    else {
        return;
    };
    first.truncate(most.saturating_sub(1).max(1));
    rest.truncate(most.saturating_sub(first.len()));
    if rest.is_empty() {
        videos.value = Err(Left::NotTaken);
    }
}

/// What goes into the control of a step at once, and what it is asked for: of one that takes photos and videos alike all the files, because it
/// holds what it was given last. `None` where a step before it gives the same.
#[must_use]
pub fn at_once(steps: &[Step], at: usize) -> Option<(Vec<Concept>, Value)> {
    let step = steps.get(at)?;
    let own = step.value.as_ref().ok()?;
    let Value::Files(_) = own else {
        return Some((vec![step.concept], own.clone()));
    };
    let mut concepts = Vec::new();
    let mut places = Vec::new();
    for (other, of) in steps.iter().enumerate() {
        let is_of_files = matches!(of.concept, Concept::Photos | Concept::Videos);
        if !is_of_files || of.control != step.control {
            continue;
        }
        concepts.push(of.concept);
        if let Ok(Value::Files(of)) = &of.value {
            if other < at {
                return None;
            }
            places.extend(of);
        }
    }
    Some((concepts, Value::Files(places)))
}

fn value<N>(
    control: &Control<N>,
    concept: Concept,
    claim: &Claim,
    asks_twice: bool,
    words: &Vocabulary,
) -> Result<Value, Left> {
    match control.barrier {
        Some(Barrier::Disabled) => return Err(Left::Disabled),
        Some(Barrier::ReadOnly) if control.kind != Kind::Combobox => return Err(Left::ReadOnly),
        _ => {}
    }
    match concept {
        Concept::Received | Concept::Solution | Concept::Reason | Concept::SubReason => {
            let choice = choice(control, concept, claim, asks_twice, words);
            let commits = |choice: &Choice<N>| choice.commits;
            match choice {
                _ if control.barrier == Some(Barrier::Commits) => Err(Left::Commits(choice)),
                Some(place) if control.choices.get(place).is_some_and(commits) => {
                    Err(Left::Commits(Some(place)))
                }
                Some(place) => Ok(Value::Choice(place)),
                None if control.kind == Kind::Combobox && control.choices.is_empty() => {
                    Ok(Value::Open)
                }
                None => Err(Left::NoChoice),
            }
        }
        Concept::Amount => {
            let amount = claim.amount.as_ref().ok_or(Left::Nothing)?;
            amount_text(control, amount).map(Value::Text)
        }
        Concept::Description => {
            if claim.description.trim().is_empty() {
                return Err(Left::Nothing);
            }
            let over = control
                .limit
                .and_then(|limit| length(&claim.description).checked_sub(limit));
            match over {
                Some(over) if over > 0 => Err(Left::TooLong(over)),
                _ => Ok(Value::Text(claim.description.clone())),
            }
        }
        Concept::Photos | Concept::Videos => files(control, concept, &claim.files),
    }
}

/// The choice of the control that says what the claim says of the concept.
#[must_use]
pub fn choice<N>(
    control: &Control<N>,
    concept: Concept,
    claim: &Claim,
    asks_twice: bool,
    words: &Vocabulary,
) -> Option<usize> {
    let choices = &control.choices;
    match concept {
        Concept::Received => choose::received(choices, claim.happened.received(), words),
        Concept::Solution => choose::solution(choices, claim.solution, words),
        // Where only one list is shown yet, it may still be the first of two.
        Concept::Reason => {
            let exact = choose::reason(choices, claim.happened, false, words);
            exact.or_else(|| choose::reason(choices, claim.happened, true, words))
        }
        Concept::SubReason => choose::reason(choices, claim.happened, !asks_twice, words),
        _ => None,
    }
}

/// How long a field counts a text to be: in UTF-16 units, as `maxlength` does.
#[must_use]
pub fn length(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// The amount as the field writes amounts. What stands beside it may name another currency: then it is the user's to say.
fn amount_text<N>(control: &Control<N>, amount: &Money) -> Result<String, Left> {
    let near = control
        .clues
        .iter()
        .filter(|clue| !matches!(clue.source, Source::Name));
    for clue in near {
        if let Ok(printed) = read_money(&clue.text)
            && let (Currency::Code(one), Currency::Code(other)) =
                (&printed.currency, &amount.currency)
            && one != other
        {
            return Err(Left::OtherCurrency);
        }
    }
    let text = amount.decimal();
    // A field of numbers takes a point whatever the page's language; one of text is filled as its example is written.
    let comma = control.kind == Kind::Line
        && control
            .clues
            .iter()
            .any(|clue| clue.source == Source::Hint && has_decimal_comma(&clue.text));
    Ok(if comma { text.replace('.', ",") } else { text })
}

/// Whether the example is written like `0,00`.
fn has_decimal_comma(text: &str) -> bool {
    text.match_indices(',').any(|(at, _)| {
        let digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        let after: Vec<char> = text
            .get(at + 1..)
            .unwrap_or_default()
            .chars()
            .take(3)
            .collect();
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        digit(before)
            && after.iter().take(2).all(char::is_ascii_digit)
            && after.len() >= 2
            && !digit(after.get(2).copied())
    })
}

fn files<N>(control: &Control<N>, concept: Concept, files: &[ClaimFile]) -> Result<Value, Left> {
    let mut wanted = files
        .iter()
        .enumerate()
        .filter(|(_, file)| file.kind == file_kind(concept));
    if wanted.clone().next().is_none() {
        return Err(Left::Nothing);
    }
    let taken = wanted
        .by_ref()
        .filter(|(_, file)| control.takes.way(file).is_some())
        .map(|(at, _)| at)
        .take(control.takes.most.unwrap_or(usize::MAX));
    let taken: Vec<usize> = taken.collect();
    if taken.is_empty() {
        return Err(Left::NotTaken);
    }
    Ok(Value::Files(taken))
}

/// Which kind of files a field of that meaning asks for.
#[must_use]
pub fn file_kind(concept: Concept) -> FileKind {
    if concept == Concept::Videos {
        FileKind::Video
    } else {
        FileKind::Picture
    }
}
