//! What of a form is pressed: choices, and none whose press could send the form or lead away.

use recourse::domain::claim::Happened;

use super::page::filled;

/// A dispute form that asks whether the parcel came by what is given.
fn asks(around: (&str, &str), received: &str) -> String {
    let (before, after) = around;
    format!(
        r#"<h1>Return or refund</h1>{before}<div role=radiogroup aria-label="Did you receive your parcel?">{received}</div>
        <label for=rsn>Reason</label><select id=rsn><option>Damaged</option><option>Fake</option><option>Empty parcel</option></select>
        <label for=dsc>Description of the problem</label><textarea id=dsc></textarea>{after}"#
    )
}

fn two(tag: &str, attributes: &str) -> String {
    ["Yes, I received it", "No, not received"]
        .map(|text| format!("<{tag} {attributes}>{text}</{tag}>"))
        .concat()
}

const FORM: (&str, &str) = ("<form>", "</form>");
const NO_FORM: (&str, &str) = ("<div>", "</div>");

#[track_caller]
fn received(html: &str, expected: &str) {
    let came = filled(html, "en", Happened::Damaged);
    let wanted = [
        format!("received : {expected}"),
        "reason rsn: Damaged".to_owned(),
        "description dsc: text".to_owned(),
    ];
    assert_eq!(came, wanted, "{html}");
}

const LEFT: &str = "Commits(Some(0))";
const PRESSED: &str = "Yes, I received it";

#[test]
fn a_choice_that_could_send_the_form_is_left_to_the_user() {
    for sends in [
        "role=radio",
        "role=radio type=submit",
        "role=radio type=reset",
        "role=radio type=whatever",
        "aria-pressed=false",
    ] {
        received(&asks(FORM, &two("button", sends)), LEFT);
        // Where there is no form there is nothing to send.
        received(&asks(NO_FORM, &two("button", sends)), PRESSED);
    }
    let of_another = two("button", "role=radio form=elsewhere");
    received(&asks(NO_FORM, &of_another), LEFT);
    for harmless in ["role=radio type=button", "aria-pressed=false type=BUTTON"] {
        received(&asks(FORM, &two("button", harmless)), PRESSED);
    }
    received(&asks(FORM, &two("div", "role=radio")), PRESSED);
}

#[test]
fn a_choice_that_leads_away_is_left_to_the_user() {
    for away in [
        "/next",
        "?step=2",
        "",
        "https://shop.invalid/",
        "javascript:next()",
    ] {
        let links = two("a", &format!("role=radio href='{away}'"));
        received(&asks(NO_FORM, &links), LEFT);
    }
    for nowhere in [
        "#",
        "#reason",
        "javascript:",
        "javascript:;",
        "javascript:void(0)",
    ] {
        let links = two("a", &format!("role=radio href='{nowhere}'"));
        received(&asks(FORM, &links), PRESSED);
    }
    received(&asks(FORM, &two("a", "role=radio")), PRESSED);
}

#[test]
fn a_choice_in_what_sends_or_leads_away_is_left_to_the_user() {
    let in_each = |before: &str, after: &str| {
        ["Yes, I received it", "No, not received"]
            .map(|text| format!("{before}<span role=radio>{text}</span>{after}"))
            .concat()
    };
    received(&asks(FORM, &in_each("<button>", "</button>")), LEFT);
    received(&asks(FORM, &in_each("<a href=/next>", "</a>")), LEFT);
    received(
        &asks(FORM, &in_each("<label for=send>", "</label>"))
            .replace("</form>", "<input id=send type=submit></form>"),
        LEFT,
    );
    received(
        &asks(FORM, &in_each("<label>", "<button>Go on</button></label>")),
        LEFT,
    );
    received(
        &asks(FORM, &in_each("<button type=button>", "</button>")),
        PRESSED,
    );
    received(
        &asks(FORM, &in_each("<label>", "<input type=checkbox></label>")),
        PRESSED,
    );
}

#[test]
fn a_button_in_a_shadow_root_sends_no_form_outside() {
    let choices = two("button", "role=radio");
    let in_shadow = format!("<div data-own-ids>{choices}</div>");
    received(&asks(FORM, &in_shadow), PRESSED);
    // What is put into one from outside may belong to the form outside.
    let put_in = format!("<div data-own-ids><slot>{choices}</slot></div>");
    received(&asks(FORM, &put_in), LEFT);
    let whole = format!("<div data-own-ids><form>{choices}</form></div>");
    received(&asks(NO_FORM, &whole), LEFT);
}

#[test]
fn a_list_whose_opener_could_send_the_form_is_not_opened() {
    let html = |opener: &str, choices: &str| {
        format!(
            r#"<h1>Return or refund</h1><form><p>Reason</p>{opener}
            <label for=dsc>Description of the problem</label><textarea id=dsc></textarea></form>{choices}"#
        )
    };
    let list = "<ul role=listbox id=list><li role=option>Damaged</li><li role=option>Fake</li><li role=option>Empty parcel</li></ul>";
    let reason = |opener: &str, choices: &str| {
        let came = filled(&html(opener, choices), "en", Happened::Damaged);
        came.into_iter().next()
    };
    let opener = |kind: &str| {
        format!(
            "<button {kind} id=open aria-haspopup=listbox aria-controls=list>Choose a reason</button>"
        )
    };
    let is = |expected: &str| Some(format!("reason open: {expected}"));
    assert_eq!(reason(&opener(""), list), is("Commits(Some(0))"));
    assert_eq!(reason(&opener(""), ""), is("Commits(None)"));
    assert_eq!(
        reason(&opener("aria-readonly=true"), list),
        is("Commits(Some(0))")
    );
    assert_eq!(reason(&opener("type=button"), list), is("Damaged"));
    assert_eq!(reason(&opener("type=button"), ""), is("(open)"));
    // The list is harmless to open, and what it offers is not.
    let sends = "<form><div role=listbox id=list><button role=option>Damaged</button><button role=option>Fake</button></div></form>";
    assert_eq!(
        reason(&opener("type=button"), sends),
        is("Commits(Some(0))")
    );
}

#[test]
fn of_several_choices_only_the_one_that_is_wanted_matters() {
    let html = asks(
        FORM,
        "<button type=button role=radio>Yes, I received it</button><button role=radio>No, not received</button>",
    );
    received(&html, PRESSED);
    let came = filled(&html, "en", Happened::NeverCame);
    assert_eq!(
        came.first().map(String::as_str),
        Some("received : Commits(Some(1))")
    );
}
