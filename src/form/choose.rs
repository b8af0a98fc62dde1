//! Which of the offered choices says what the claim says.

use crate::domain::claim::{Happened, Solution};

use super::control::Choice;
use super::vocabulary::{Vocabulary, kind_of};

/// The one choice that says whether the parcel came as the claim does.
#[must_use]
pub fn received<N>(choices: &[Choice<N>], came: bool, words: &Vocabulary) -> Option<usize> {
    let sure = only(choices, |text| words.received(text, false) == Some(came));
    sure.or_else(|| only(choices, |text| words.received(text, true) == Some(came)))
}

/// The one choice that asks for what the claim asks for.
#[must_use]
pub fn solution<N>(choices: &[Choice<N>], wanted: Solution, words: &Vocabulary) -> Option<usize> {
    only(choices, |text| words.solution(text) == Some(wanted))
}

/// The one choice that says what happened. With `kinds`, where it is the first of two lists, the kind of it will do.
#[must_use]
pub fn reason<N>(
    choices: &[Choice<N>],
    happened: Happened,
    kinds: bool,
    words: &Vocabulary,
) -> Option<usize> {
    let exact = only(choices, |text| words.meaning(text) == Some(happened.name()));
    let kind = || {
        let at = only(choices, |text| words.kind(text) == Some(kind_of(happened)))?;
        let is_open = |choice: &Choice<N>| words.leaves_open(&choice.folded, happened);
        choices.get(at).is_some_and(is_open).then_some(at)
    };
    if kinds {
        // A list of kinds may name one of them in the words of a reason: "Quality problem".
        exact.or_else(kind)
    } else {
        exact
    }
}

/// The choice that passes, if it is the only one and can be chosen.
fn only<N>(choices: &[Choice<N>], test: impl Fn(&str) -> bool) -> Option<usize> {
    let mut passing = choices
        .iter()
        .enumerate()
        .filter(|(_, choice)| test(&choice.folded));
    let (at, choice) = passing.next()?;
    (passing.next().is_none() && !choice.disabled).then_some(at)
}
