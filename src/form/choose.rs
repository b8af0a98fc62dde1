//! Which of the offered choices says what the claim says.

use crate::domain::claim::{Happened, Solution};
use crate::reading::language::joins_words;

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

/// Whether the face of a list says that this one is chosen: it ends with the words of it, "Reason: No" and not "No reason selected", and
/// with those of no other choice that is longer.
#[must_use]
pub fn is_said<N>(face: &str, choices: &[Choice<N>], at: usize) -> bool {
    let text = |choice: &Choice<N>| one_line(&choice.text);
    let Some(wanted) = choices.get(at).map(text) else {
        return false;
    };
    let face = one_line(face);
    let mut others = choices.iter().map(text);
    ends_with_words(&face, &wanted)
        && !others.any(|other| other.len() > wanted.len() && ends_with_words(&face, &other))
}

/// With one space wherever there is room.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// Whether the text ends with the words, signs aside, and not with a part of one: "Casino" does not end with "no".
fn ends_with_words(text: &str, words: &str) -> bool {
    let is_sign = |letter: char| !letter.is_alphanumeric();
    let (text, words) = (text.trim_end_matches(is_sign), words.trim_matches(is_sign));
    let goes_on = |letter: char| letter.is_alphanumeric() && !joins_words(letter);
    text.strip_suffix(words).is_some_and(|before| {
        let is_part = before.ends_with(goes_on) && words.starts_with(goes_on);
        !words.is_empty() && !is_part
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(texts: &[&str]) -> Vec<Choice<()>> {
        let choice = |text: &&str| Choice {
            node: (),
            text: (*text).to_owned(),
            folded: text.to_lowercase(),
            disabled: false,
            commits: false,
        };
        texts.iter().map(choice).collect()
    }

    #[test]
    fn a_face_says_a_choice_by_whole_words_at_its_end() {
        for (face, all, said) in [
            ("Reason: Damaged", &["Damaged", "Damaged box"][..], Some(0)),
            (
                "Damaged\n  box ▾",
                &["Damaged", "Damaged box", "box"],
                Some(1),
            ),
            ("None selected", &["Yes", "No"], None),
            ("No reason selected", &["Yes", "No"], None),
            ("Casino", &["Yes", "no"], None),
            ("No", &["Yes", "No"], Some(1)),
            ("Other (explain)", &["Other (explain)", "Other"], Some(0)),
            ("Please choose", &["", "…", "Yes"], None),
            ("لا شيء محدد", &["نعم", "لا"], None),
            ("السبب: لا", &["نعم", "لا"], Some(1)),
            ("未收到", &["收到", "未收到"], Some(1)),
            ("原因:收到", &["收到", "未收到"], Some(0)),
            ("受け取りました", &["受け取り", "まだ"], None),
            ("15", &["5", "1"], None),
        ] {
            let all = choices(all);
            let found: Vec<usize> = (0..all.len())
                .filter(|at| is_said(face, &all, *at))
                .collect();
            assert_eq!(found, Vec::from_iter(said), "{face}");
        }
    }
}
