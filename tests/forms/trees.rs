//! Pages that nobody made: random trees of what forms consist of. Nothing fails on any of them, and nothing is planned that is
//! not from the claim.

use proptest::prelude::*;
use recourse::domain::claim::Happened;
use recourse::form::plan::{Value, plan};
use recourse::form::recognise::{Expected, recognise};
use recourse::form::survey::survey;

use super::node::Parsed;
use super::page::{claim, words};

const TAGS: &[&str] = &[
    "div", "form", "fieldset", "legend", "label", "input", "textarea", "select", "option",
    "button", "a", "h1", "p", "ul", "li", "iframe", "aside", "dialog",
];

const ATTRIBUTES: &[&str] = &[
    "",
    "type=radio name=a",
    "type=file accept=image/*",
    "type=file name=p1",
    "type=file name=p2",
    "type=number",
    "aria-haspopup=dialog",
    "aria-haspopup=dialog aria-controls=x",
    "role=dialog id=x",
    "role=radio",
    "type=radio",
    "aria-pressed=false",
    "aria-selected=false",
    "role=radiogroup",
    "role=combobox aria-controls=x",
    "role=listbox id=x",
    "role=option",
    "role=textbox contenteditable",
    "id=x",
    "for=x",
    "aria-labelledby='x y x'",
    "aria-describedby=x",
    "class=upload-dropzone",
    "maxlength=99999999999999999999",
    "maxlength=5",
    "data-own-ids",
    "disabled",
    "hidden",
    "type=button role=radio",
    "role=radio href=/next",
    "form=x",
    "aria-haspopup=listbox",
    "placeholder='0,00'",
    "name='getAttribute'",
];

const TEXTS: &[&str] = &[
    "",
    "Reason",
    "Refund amount EUR",
    "Description",
    "Damaged",
    "Item does not work",
    "Refund only",
    "Have you received your package?",
    "Yes",
    "No",
    "0/99999999999",
    "Open a dispute",
    "Write a review",
    "\u{202e}\u{0}𝕽efund ﷽",
];

fn tree() -> impl Strategy<Value = String> {
    let piece = || {
        (
            prop::sample::select(TAGS),
            prop::sample::select(ATTRIBUTES),
            prop::sample::select(TEXTS),
        )
    };
    let leaf =
        piece().prop_map(|(tag, attributes, text)| format!("<{tag} {attributes}>{text}</{tag}>"));
    leaf.prop_recursive(6, 60, 6, move |inner| {
        (piece(), prop::collection::vec(inner, 0..6)).prop_map(
            |((tag, attributes, text), inside)| {
                format!("<{tag} {attributes}>{text}{}</{tag}>", inside.concat())
            },
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn a_plan_holds_nothing_that_is_not_from_the_claim(html in tree(), happened in prop::sample::select(&Happened::ALL[..])) {
        let survey = survey(&Parsed::page(&html));
        let words = words("en");
        let claim = claim(happened);
        for expected in [Expected::Nothing, Expected::Address, Expected::NextStep] {
            let Some(recognition) = recognise(&survey, &words, expected, &[]) else { continue };
            for step in plan(&survey, &recognition, &claim, &words) {
                let control = step.control.and_then(|at| survey.controls.get(at));
                match &step.value {
                    Ok(Value::Text(text)) => {
                        let amount = claim.amount.as_ref().unwrap().decimal();
                        prop_assert!(*text == claim.description || text.replace(',', ".") == amount, "{text}");
                        let limit = control.unwrap().limit;
                        prop_assert!(*text != claim.description || limit.is_none_or(|limit| text.encode_utf16().count() <= limit as usize));
                    }
                    Ok(Value::Choice(at)) => prop_assert!(control.unwrap().choices.get(*at).is_some_and(|choice| !choice.disabled && !choice.commits)),
                    Ok(Value::Files(places)) => prop_assert!(places.iter().all(|at| *at < claim.files.len())),
                    Ok(Value::Open) | Err(_) => {}
                }
                prop_assert!(control.is_none_or(|control| control.barrier.is_none()) || step.value.is_err() || matches!(step.value, Ok(Value::Choice(_) | Value::Open)));
            }
        }
    }
}
