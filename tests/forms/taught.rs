//! What the user has pointed at is known on every form of the same shape, and on no other.

use recourse::domain::claim::Happened;
use recourse::domain::time::Moment;
use recourse::form::plan::{Value, plan};
use recourse::form::recognise::{Expected, recognise};
use recourse::form::survey::{Survey, survey};
use recourse::form::taught::{Lesson, known};
use recourse::form::vocabulary::Concept;

use super::node::Parsed;
use super::page::{claim, words};

/// A form of which nothing says which field the amount goes into. What is written in it and what it is called by number is of one order.
fn form(number: u32, value: &str, title: &str) -> String {
    format!(
        r#"<h1>{title}</h1><form><label>Reason<select name=reason{number}><option>Damaged</option><option>Fake</option><option>Empty parcel</option></select></label>
        <div>7 <input name="q{number}a" value="{value}"></div><div>8 <input name="q{number}b"></div>
        <label>Description of the problem<textarea></textarea></label></form>"#
    )
}

fn control(survey: &Survey<Parsed>, ending: &str) -> usize {
    use recourse::site::PageNode;
    let is_it = |name: String| name.ends_with(ending);
    let mut controls = survey.controls.iter();
    let at = controls.position(|control| control.node.attr("name").is_some_and(is_it));
    at.unwrap()
}

fn lesson() -> Lesson {
    let survey = survey(&Parsed::page(&form(1, "", "Open a dispute")));
    let at = control(&survey, "a");
    Lesson::of(&survey, at, Concept::Amount, Moment(1)).unwrap()
}

/// The name of the control that the amount would go into, and what would.
fn amount(html: &str, lessons: &[Lesson]) -> Option<(String, Value)> {
    use recourse::site::PageNode;
    let survey = survey(&Parsed::page(html));
    let words = words("en");
    let taught = known(&survey, lessons);
    let recognition = recognise(&survey, &words, Expected::Nothing, &taught)?;
    let plan = plan(&survey, &recognition, &claim(Happened::Damaged), &words);
    let step = plan
        .into_iter()
        .find(|step| step.concept == Concept::Amount)?;
    let name = survey.controls[step.control?].node.attr("name")?;
    Some((name, step.value.ok()?))
}

#[test]
fn it_is_filled_on_every_form_of_that_shape() {
    let sum = || Value::Text("12.90".into());
    assert_eq!(amount(&form(1, "", "Open a dispute"), &[]), None);
    for (number, value) in [(1, ""), (2, "3.50")] {
        let html = form(number, value, "Open a dispute");
        let expected = Some((format!("q{number}a"), sum()));
        assert_eq!(amount(&html, &[lesson()]), expected);
    }
}

#[test]
fn it_is_known_in_no_other_shape_and_in_none_of_two() {
    let html = form(1, "", "Open a dispute");
    let other = html.replace("<div>8 ", "<div><input name=new></div><div>8 ");
    assert_eq!(amount(&other, &[lesson()]), None);
    let twice = [html.as_str(), &html].concat();
    assert_eq!(amount(&twice, &[lesson()]), None);
}

#[test]
fn what_cannot_hold_it_is_not_taken_for_it() {
    let html = form(1, "", "Open a dispute");
    let survey = survey(&Parsed::page(&html));
    let reason = control(&survey, "reason1");
    let wrong = Lesson::of(&survey, reason, Concept::Amount, Moment(1)).unwrap();
    assert_eq!(amount(&html, &[wrong]), None);
    // A trap that nobody sees stays one, whatever was said of its place.
    let hidden = html.replace("value=\"\"", "value=\"\" style=\"display: none\"");
    assert_eq!(amount(&hidden, &[lesson()]), None);
}

#[test]
fn what_stands_at_the_edge_of_every_page_is_taken_for_nothing() {
    let head = r#"<header><form><input name=words placeholder="Search products"></form></header>"#;
    let html = [head, &form(1, "", "Open a dispute")].concat();
    let survey = survey(&Parsed::page(&html));
    let search = control(&survey, "words");
    let wrong = Lesson::of(&survey, search, Concept::Amount, Moment(1)).unwrap();
    assert_eq!(amount(&html, &[wrong]), None);
    assert_eq!(amount(head, &[wrong]), None);
}

#[test]
fn a_lesson_holds_nothing_of_what_is_in_the_form() {
    use recourse::store::Stored;
    let of = |value: &str, title: &str| {
        let survey = survey(&Parsed::page(&form(1, value, title)));
        let at = control(&survey, "a");
        Lesson::of(&survey, at, Concept::Amount, Moment(1))
            .unwrap()
            .to_text()
    };
    assert_eq!(
        of("", "Open a dispute"),
        of("Rua das Flores 7", "Abrir disputa")
    );
}
