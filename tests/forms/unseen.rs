//! Forms after the makes that somebody drew up who did not know the recogniser: what was left to the user there.

use recourse::domain::claim::Happened;
use recourse::form::control::Kind;
use recourse::form::plan::{Value, plan};
use recourse::form::recognise::{Expected, recognise};
use recourse::form::survey::survey;
use recourse::form::vocabulary::Concept;

use super::node::Parsed;
use super::page::{claim, filled, words};

#[track_caller]
fn check(html: &str, language: &str, expected: &[&str]) {
    assert_eq!(filled(html, language, Happened::Damaged), expected);
}

fn choices(name: &str, texts: &[&str]) -> String {
    let one = |(at, text): (usize, &&str)| {
        format!(
            r#"<li><input type=radio style="opacity:0" name={name} id={name}_{at}><label for={name}_{at}>{text}</label></li>"#
        )
    };
    let all: Vec<String> = texts.iter().enumerate().map(one).collect();
    format!("<ul>{}</ul>", all.concat())
}

const MESSAGE: &str = r#"<section><h2>ショップに質問する</h2><form><textarea name=toiawase placeholder="ショップへのメッセージ" aria-label="メッセージ"></textarea>
    <input type=file name=tenpu accept="image/*" aria-label="画像を添付"><button>送信</button></form></section>
    <section><form><label>クーポンコード<input name=coupon></label><button>適用</button></form></section>"#;

fn first_step(title: &str, wish: &str) -> String {
    let came = choices("todoki", &["はい、届きました", "いいえ、まだです"]);
    format!(
        r#"<h1>{title}</h1><div><form><ol><li>お届け状況</li><li>お申し込み内容</li></ol><h2>お届け状況の確認</h2>
        <dl><div><dt>ご注文の品はもう届きましたか<span>必須</span></dt><dd>{came}</dd></div></dl><dl>{wish}</dl><button>次へ進む</button></form>{MESSAGE}</div>"#
    )
}

#[test]
fn a_first_step_that_asks_for_little_is_one_beside_a_message_with_a_picture() {
    let wishes = choices(
        "taiou",
        &[
            "商品を送り返して、返金を受ける",
            "商品は送り返さず、返金だけ受ける",
            "同じ商品をもう一度送ってもらう",
        ],
    );
    let wish = format!(
        "<div><dt>どのような対応をご希望ですか<span>必須</span></dt><dd>{wishes}</dd></div>"
    );
    let title = "返品・返金のお申し込み";
    check(
        &first_step(title, &wish),
        "ja",
        &[
            "received todoki_0: はい、届きました",
            "solution taiou_0: 商品は送り返さず、返金だけ受ける",
        ],
    );
    // Before the wish is asked for, the shop's address has to say it too.
    let expected = |title: &str, expected| {
        let survey = survey(&Parsed::page(&first_step(title, "")));
        recognise(&survey, &words("ja"), expected, &[]).map(|known| known.fields.len())
    };
    assert_eq!(expected(title, Expected::Nothing), None);
    assert_eq!(expected(title, Expected::Address), Some(1));
    assert_eq!(expected("アンケート", Expected::Address), None);
}

#[test]
fn a_message_with_a_picture_alone_is_no_first_step() {
    let survey = survey(&Parsed::page(&format!("<h1>返品・返金</h1>{MESSAGE}")));
    for expected in [Expected::Nothing, Expected::Address] {
        assert_eq!(recognise(&survey, &words("ja"), expected, &[]), None);
    }
}

fn with_row(row: &str) -> String {
    format!(
        r#"<h1>Return or refund</h1><form>
        <fieldset><legend>Have you received your package?</legend>
          <label><input type=radio name=rcv> Yes</label><label><input type=radio name=rcv> No</label></fieldset>
        <dl>{row}</dl><label for=amt>Refund amount</label><input id=amt type=number><label for=dsc>Describe the problem</label><textarea id=dsc></textarea></form>"#
    )
}

const REASONS: &str = r#"<label><input type=radio name=r><span>Arrived damaged</span></label>
    <label><input type=radio name=r><span>Does not work</span></label><label><input type=radio name=r><span>Wrong size</span></label>"#;

fn sheet(attributes: &str, inside: &str) -> String {
    with_row(&format!(
        r#"<div><dt>Reason for your request</dt><dd><button type=button id=open aria-haspopup=dialog>Please choose <i>&gt;</i></button>
        <dialog {attributes}><h3>Choose</h3><button type=button aria-label=Close>x</button>{inside}</dialog></dd></div>"#
    ))
}

#[test]
fn the_choices_of_a_closed_sheet_are_those_of_the_button_that_opens_it() {
    let expected = [
        "received rcv: Yes",
        "reason open: Arrived damaged",
        "amount amt: 12.90",
        "description dsc: text",
    ];
    check(&sheet("style='display: none'", REASONS), "en", &expected);
    check(&sheet("open", REASONS), "en", &expected);
    // Wherever in the page it is, if the button names it.
    let named = with_row(
        "<div><dt>Reason for your request</dt><dd><button type=button id=open aria-haspopup=dialog aria-controls=list>Choose</button></dd></div>",
    );
    let elsewhere = format!("{named}<div id=list role=dialog hidden>{REASONS}</div>");
    check(&elsewhere, "en", &expected);
}

#[test]
fn a_sheet_that_may_ask_for_more_or_belong_to_another_button_is_left_to_the_user() {
    let left = [
        "received rcv: Yes",
        "amount amt: 12.90",
        "description dsc: text",
    ];
    let hidden = "style='display: none'";
    for inside in [
        format!("{REASONS}<textarea></textarea>"),
        format!("{REASONS}<input type=radio name=other>"),
        format!("{REASONS}<button type=button aria-haspopup=menu>More</button>"),
        format!("{REASONS}<label><input type=checkbox>I agree</label>"),
        "<p>Are you sure?</p><button>Yes</button>".to_owned(),
    ] {
        check(&sheet(hidden, &inside), "en", &left);
    }
    let named =
        sheet(hidden, REASONS).replace("haspopup=dialog", "haspopup=dialog aria-controls=s");
    let twice = named.replace(
        "<dialog",
        "<button type=button aria-haspopup=dialog aria-controls=s>Cancel</button><dialog id=s",
    );
    check(&twice, "en", &left);
    let two = sheet(hidden, REASONS).replace(
        "<dialog",
        "<button type=button aria-haspopup=dialog>Cancel the order</button><dialog",
    );
    check(&two, "en", &left);
    // Nothing beside the button asks for a reason.
    let other = sheet(hidden, REASONS).replace("Reason for your request", "Cancel the order");
    check(&other, "en", &left);
    // Nobody sees the button.
    let trap = sheet(hidden, REASONS).replace("id=open", "id=open style='opacity: 0'");
    check(&trap, "en", &left);
}

/// What goes into each input for a photo: its name, of one control with so many inputs.
fn photo_inputs(inputs: &str) -> (Option<usize>, String) {
    let row = format!("<div><dt>Photos of the damage</dt><dd><ul>{inputs}</ul></dd></div>");
    let survey = survey(&Parsed::page(&with_row(&row)));
    let words = words("en");
    let recognition = recognise(&survey, &words, Expected::Nothing, &[]).unwrap();
    let mut claim = claim(Happened::Damaged);
    let photo = claim.files[0].clone();
    for name in ["lid.jpg", "box.jpg", "cup.jpg"] {
        let mut more = photo.clone();
        more.name = name.into();
        claim.files.push(more);
    }
    let steps = plan(&survey, &recognition, &claim, &words);
    let step = steps.iter().find(|step| step.concept == Concept::Photos);
    let step = step.unwrap();
    let control = step.control.map(|at| &survey.controls[at]);
    assert!(control.is_none_or(|control| control.kind == Kind::File));
    let came = match &step.value {
        Ok(Value::Files(places)) => format!("{places:?}"),
        other => format!("{other:?}"),
    };
    (control.map(|control| control.choices.len()), came)
}

fn photo_input(number: usize, label: &str) -> String {
    format!(
        r#"<li><label for=p{number}>{label}</label><input type=file id=p{number} name="photo[{number}]" accept="image/*" style="opacity: 0"></li>"#
    )
}

#[test]
fn an_input_for_each_photo_takes_one_each() {
    let three = |labels: [&str; 3]| {
        let inputs = labels.iter().enumerate();
        let inputs: Vec<String> = inputs.map(|(at, label)| photo_input(at, label)).collect();
        photo_inputs(&inputs.concat())
    };
    let shared = (Some(3), "[0, 2, 3]".to_owned());
    assert_eq!(three(["No. 1", "No. 2", "No. 3"]), shared);
    assert_eq!(three(["+", "+", "+"]), shared);
    // Once the first has its photo, the page writes its name there.
    assert_eq!(three(["lid.jpg", "No. 2", "No. 3"]), shared);
    // What each is for is another thing.
    let left = (None, "Err(TwoFields)".to_owned());
    assert_eq!(three(["The box", "The item", "The receipt"]), left);
}

#[test]
fn inputs_that_differ_in_more_than_a_number_are_not_one() {
    let two = |change: fn(String) -> String| {
        photo_inputs(&[photo_input(1, "1"), change(photo_input(2, "2"))].concat()).0
    };
    assert_eq!(two(|input| input), Some(2));
    for change in [
        (|input: String| input.replace("photo[2]", "receipt[2]")) as fn(String) -> String,
        |input| input.replace("image/*", "image/png"),
        |input| input.replace("<input", "<input disabled"),
        |input| input.replace("<li>", "<li><p>The receipt</p>"),
        |input| input.replace("<li>", "<li><select><option>2</option></select>"),
    ] {
        assert!(two(change).is_none_or(|inputs| inputs == 0));
    }
}
