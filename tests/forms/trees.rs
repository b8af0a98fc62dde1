//! Pages that nobody made: random trees of what forms consist of. Nothing fails on any of them, nothing is planned that is not from the
//! claim, and nothing is to be pressed that could send a form or lead away.

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use recourse::domain::claim::{Claim, ClaimFile, FileKind, Happened, Solution};
use recourse::domain::money::{Currency, Money};
use recourse::domain::order::OrderId;
use recourse::domain::sha256::Sha256;
use recourse::form::control::{Control, Kind};
use recourse::form::plan::{Value, plan};
use recourse::form::recognise::{Expected, recognise};
use recourse::form::survey::survey;
use recourse::form::vocabulary::{Concept, Vocabulary};
use recourse::site::PageNode as _;

use super::node::Parsed;
use super::page::{claim, words};

const TAGS: &[&str] = &[
    "div", "form", "fieldset", "legend", "label", "input", "textarea", "select", "option",
    "button", "a", "h1", "p", "ul", "li", "iframe", "aside", "dialog", "slot",
];

const ATTRIBUTES: &[&str] = &[
    "",
    "type=radio name=a",
    "type=file accept=image/*",
    "type=file name=p1",
    "type=file name=p2",
    "type=file accept=video/mp4",
    "type=number",
    "type=submit",
    "type=reset",
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
    "role=radio href='#'",
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

/// What choices say of a claim, told here without the words that the program knows them by.
enum Says {
    Came(bool),
    Wants(Solution),
    /// What happened, and of a kind what falls under it.
    Is(&'static [Happened]),
    /// What no claim says.
    Nothing,
}

const CHOICES: &[(&str, Says)] = {
    use Happened as H;
    use Says::{Came, Is, Nothing, Wants};
    &[
        ("Yes", Came(true)),
        ("Yes, I have received it", Came(true)),
        ("No", Came(false)),
        ("No, I have not received it", Came(false)),
        ("Refund only", Wants(Solution::RefundOnly)),
        ("Keep the item, refund me", Wants(Solution::RefundOnly)),
        ("Return and refund", Wants(Solution::ReturnAndRefund)),
        ("Send the item back", Wants(Solution::ReturnAndRefund)),
        ("Exchange for a new one", Nothing),
        ("Item arrived damaged", Is(&[H::Damaged])),
        ("Does not work", Is(&[H::NotWorking])),
        ("Color not as described", Is(&[H::WrongColour])),
        ("Size not as described", Is(&[H::WrongSize])),
        ("Material not as described", Is(&[H::WrongMaterial])),
        ("Wrong item", Is(&[H::WrongItem])),
        ("Parts are missing", Is(&[H::PartsMissing])),
        ("Package is empty", Is(&[H::EmptyParcel])),
        ("It is a counterfeit", Is(&[H::Counterfeit])),
        ("Still in transit", Is(&[H::NeverCame])),
        ("Marked as delivered", Is(&[H::MarkedDelivered])),
        ("Other", Is(&[H::Other])),
        ("I do not need it any more", Nothing),
        ("Customs problem", Nothing),
        (
            "Product not as described",
            Is(&[
                H::WrongColour,
                H::WrongSize,
                H::WrongMaterial,
                H::WrongFunction,
                H::Counterfeit,
                H::Other,
            ]),
        ),
        (
            "Quality problem",
            Is(&[H::Damaged, H::NotWorking, H::BadQuality]),
        ),
        (
            "Quantity problem",
            Is(&[H::PartsMissing, H::EmptyParcel, H::WrongItem]),
        ),
        ("Please select", Nothing),
    ]
};

/// Whether the claim says what the choice does. What nobody has listed is not judged.
fn is_of_claim(text: &str, claim: &Claim) -> bool {
    let known = CHOICES.iter().find(|(known, _)| *known == text);
    known.is_none_or(|(_, says)| match says {
        Says::Came(came) => claim.happened.received() == *came,
        Says::Wants(solution) => claim.solution == *solution,
        Says::Is(happened) => happened.contains(&claim.happened),
        Says::Nothing => false,
    })
}

/// Several things to choose from, in every way in which pages offer them. `N` stands for a number that no other question has.
const OFFERS: &[[&str; 5]] = &[
    // Before all, before each, after each, after all, and elsewhere in the page.
    ["<select id=qN>", "<option>", "</option>", "</select>", ""],
    [
        "<div>",
        "<label><input type=radio name=qN>",
        "</label>",
        "</div>",
        "",
    ],
    [
        "<div role=radiogroup>",
        "<div role=radio aria-checked=false>",
        "</div>",
        "</div>",
        "",
    ],
    [
        "<div role=radiogroup>",
        "<button role=radio>",
        "</button>",
        "</div>",
        "",
    ],
    [
        "<div>",
        "<button type=button aria-pressed=false>",
        "</button>",
        "</div>",
        "",
    ],
    [
        "<div role=radiogroup>",
        "<a href=/on role=radio>",
        "</a>",
        "</div>",
        "",
    ],
    [
        "<div role=radiogroup>",
        "<a href='#' role=radio>",
        "</a>",
        "</div>",
        "",
    ],
    [
        "<div role=radiogroup>",
        "<label><button>Go on</button><span role=radio>",
        "</span></label>",
        "</div>",
        "",
    ],
    [
        "<div role=combobox aria-controls=lN tabindex=0>Choose</div>",
        "<div role=option>",
        "</div>",
        "",
        "<div role=listbox id=lN>",
    ],
    [
        "<button aria-haspopup=listbox aria-controls=lN>Choose</button>",
        "<div role=option>",
        "</div>",
        "",
        "<div role=listbox id=lN>",
    ],
    [
        "<button type=button aria-haspopup=dialog aria-controls=lN>Choose</button>",
        "<label><input type=radio name=qN>",
        "</label>",
        "",
        "<div role=dialog id=lN hidden>",
    ],
    ["<div role=combobox tabindex=0>Choose</div>", "", "", "", ""],
];

/// Fields in which something is written, or put.
const FIELDS: &[&str] = &[
    "<input>",
    "<input type=number>",
    "<input placeholder='0,00'>",
    "<input disabled>",
    "<textarea></textarea>",
    "<textarea maxlength=40></textarea>",
    "<textarea readonly></textarea>",
    "<div contenteditable=true role=textbox></div>",
    "<input type=file accept='image/*' multiple>",
    "<input type=file accept='image/jpeg'>",
    "<input type=file accept='video/*'>",
    "<input type=file accept='image/*,video/*' multiple>",
    "<input type=file name=photo[1]><input type=file name=photo[2]>",
    "<div class=upload-dropzone>Drop files here</div>",
];

const CAME: &[&str] = &["Have you received your package?"];
const WANTS: &[&str] = &["What would you like?", "Solution"];
const WHY: &[&str] = &["Reason", "What went wrong?", "Reason in detail"];
const QUESTIONS: &[&str] = &[
    "Reason",
    "Refund amount",
    "Refund amount (max € 12.90)",
    "Refund amount (max US $12.90)",
    "Describe the problem",
    "Upload photos, at most 2",
    "Photos, 1 MB each",
    "Upload a video",
    "Tell us more",
];

const AROUND: &[(&str, &str)] = &[
    ("<div>", "</div>"),
    ("<label>", "</label>"),
    ("<fieldset>", "</fieldset>"),
    ("<form>", "</form>"),
    ("<section data-own-ids>", "</section>"),
    ("<form><div data-own-ids>", "</div></form>"),
    ("<div data-own-ids><form>", "</form></div>"),
    ("<a href=/next>", "</a>"),
    ("<div hidden>", "</div>"),
];

/// A question with what answers it, and what of it stands elsewhere in the page.
fn question() -> impl Strategy<Value = (String, String)> {
    // What answers one question, in whatever order and as often as comes.
    let answers = |is: fn(&Says) -> bool| {
        let texts = CHOICES.iter().filter(|(_, says)| is(says));
        let texts: Vec<&str> = texts.map(|(text, _)| *text).collect();
        prop::collection::vec(prop::sample::select(texts), 2..7)
    };
    let asked = |questions: &'static [&str]| prop::sample::select(questions);
    let texts = prop_oneof![
        (asked(CAME), answers(|says| matches!(says, Says::Came(_)))),
        (
            asked(WANTS),
            answers(|says| matches!(says, Says::Wants(_) | Says::Nothing))
        ),
        (
            asked(WHY),
            answers(|says| matches!(says, Says::Is(_) | Says::Nothing))
        ),
        (
            asked(WHY),
            answers(|says| matches!(says, Says::Is(_) | Says::Nothing))
        ),
    ];
    let offered = (prop::sample::select(OFFERS), texts, 0..10_000_u32);
    let offered = offered.prop_map(
        |([open, before, after, close, elsewhere], (words, texts), number)| {
            let each = texts
                .iter()
                .map(|text| [before, text, after].concat())
                .collect::<String>();
            let parts = match (elsewhere, before) {
                (_, "") => ([open, close].concat(), String::new()),
                ("", _) => ([open, each.as_str(), close].concat(), String::new()),
                _ => (
                    [open, close].concat(),
                    [elsewhere, each.as_str(), "</div>"].concat(),
                ),
            };
            let numbered = |html: String| {
                html.replace("qN", &format!("q{number}"))
                    .replace("lN", &format!("l{number}"))
            };
            (words, numbered(parts.0), numbered(parts.1))
        },
    );
    let field = (asked(QUESTIONS), prop::sample::select(FIELDS));
    let field = field.prop_map(|(words, field)| (words, field.to_owned(), String::new()));
    let question = (
        prop_oneof![3 => offered, 2 => field],
        prop::sample::select(AROUND),
    );
    question.prop_map(|((words, answer, elsewhere), (before, after))| {
        (format!("{before}<p>{words}</p>{answer}{after}"), elsewhere)
    })
}

/// A page that says it is a dispute's form: several questions, within one another or not, beside anything.
fn form() -> impl Strategy<Value = String> {
    let parts = (
        prop::collection::vec(question(), 2..9),
        prop::option::weighted(0.3, tree()),
        prop::sample::select(AROUND),
        // As deep as a page of today, and deeper than is looked.
        prop_oneof![8 => 0..20_usize, 1 => 300..700_usize],
    );
    parts.prop_map(|(questions, beside, (before, after), depth)| {
        let (asked, elsewhere): (Vec<String>, Vec<String>) = questions.into_iter().unzip();
        [
            "<h1>Open a dispute</h1>",
            &"<div>".repeat(depth),
            before,
            &asked.concat(),
            "<button>Submit</button>",
            after,
            &"</div>".repeat(depth),
            &elsewhere.concat(),
            &beside.unwrap_or_default(),
        ]
        .concat()
    })
}

fn claims() -> impl Strategy<Value = Claim> {
    let amount = (
        1..500_000_i64,
        0..3_u8,
        prop::sample::select(&["EUR", "USD"][..]),
    );
    let amount = amount.prop_map(|(mantissa, scale, currency)| Money {
        mantissa,
        scale,
        currency: Currency::Code(currency.to_owned()),
    });
    let line = prop::sample::select(&["It came broken.", "«Да»", "", "3", "Refund only"][..]);
    let file = (any::<bool>(), 1..9_000_000_u64, any::<bool>(), 0..4_usize);
    let file = file.prop_map(|(video, bytes, copies, ending)| ClaimFile {
        hash: Sha256::of(&bytes.to_be_bytes()),
        name: if video {
            ["a.mp4", "b.mov", "c.MP4", "d.webm"][ending].to_owned()
        } else {
            ["a.jpg", "b.png", "c.JPEG", "d.heic"][ending].to_owned()
        },
        kind: if video {
            FileKind::Video
        } else {
            FileKind::Picture
        },
        bytes,
        copies,
    });
    let parts = (
        prop::sample::select(&Happened::ALL[..]),
        prop::sample::select(&Solution::ALL[..]),
        prop::option::weighted(0.9, amount),
        prop::collection::vec(line, 0..4),
        prop::collection::vec(file, 0..5),
    );
    parts.prop_map(|(happened, solution, amount, lines, files)| Claim {
        order: OrderId::new("8212313961591322").unwrap(),
        happened,
        solution,
        amount,
        description: lines.join("\n"),
        files,
    })
}

/// Whether a press on an element could send a form or lead away, told by the page alone: what stands around it, as far as the part of the
/// page that is a world of its own, and what a label around it holds.
fn could_commit(node: &Parsed) -> bool {
    let is_button = |node: &Parsed| match node.tag().as_str() {
        "button" => node.attr("type").is_none_or(|kind| kind != "button"),
        "input" => matches!(
            node.attr("type").as_deref(),
            Some("submit" | "reset" | "image")
        ),
        _ => false,
    };
    let leads_away = |node: &Parsed| {
        let href = node.attr("href").filter(|_| node.tag() == "a");
        href.is_some_and(|href| !href.starts_with('#'))
    };
    let of_form = |node: &Parsed| {
        let mut at = Some(node.clone());
        while let Some(one) = at {
            if one.attr("form").is_some() && one.same(node) || one.tag() == "form" {
                return true;
            }
            if one.attr("data-own-ids").is_some() && !one.same(node) {
                return false;
            }
            at = one.parent();
        }
        false
    };
    let mut at = Some(node.clone());
    while let Some(one) = at {
        let labels = |one: &Parsed| {
            let first = one.first("button, input, select, textarea");
            one.tag() == "label"
                && one.attr("for").is_none()
                && first.is_some_and(|first| is_button(&first) && of_form(&first))
        };
        if is_button(&one) && of_form(&one) || leads_away(&one) || labels(&one) {
            return true;
        }
        at = one.parent();
    }
    false
}

/// Which concepts were planned to get something of the claim.
fn check(
    html: &str,
    claim: &Claim,
    words: &Vocabulary,
) -> Result<Vec<(Concept, Kind)>, TestCaseError> {
    let survey = survey(&Parsed::page(html));
    let mut planned = Vec::new();
    for expected in [Expected::Nothing, Expected::Address, Expected::NextStep] {
        let Some(recognition) = recognise(&survey, words, expected, &[]) else {
            continue;
        };
        let steps = plan(&survey, &recognition, claim, words);
        let mut used: Vec<(usize, bool)> = Vec::new();
        for step in &steps {
            let Ok(value) = &step.value else { continue };
            let at = step.control.unwrap();
            let control = &survey.controls[at];
            // One input may take photos and videos.
            let is_video = step.concept == Concept::Videos;
            let is_shared = |(other, of_videos): &(usize, bool)| {
                *other == at
                    && !(matches!(control.kind, Kind::File | Kind::DropZone)
                        && is_video
                        && !of_videos)
            };
            prop_assert!(!used.iter().any(is_shared), "two values for one control");
            used.push((at, is_video));
            planned.push((step.concept, control.kind));
            of_the_claim(value, step.concept, control, claim)?;
        }
    }
    Ok(planned)
}

fn of_the_claim(
    value: &Value,
    concept: Concept,
    control: &Control<Parsed>,
    claim: &Claim,
) -> Result<(), TestCaseError> {
    let presses = matches!(value, Value::Choice(_) | Value::Open);
    prop_assert!(
        control.barrier.is_none() || presses,
        "{:?}",
        control.barrier
    );
    match (value, concept) {
        (Value::Text(text), Concept::Amount) => {
            let amount = claim.amount.as_ref().map(Money::decimal);
            prop_assert_eq!(Some(text.replace(',', ".")), amount);
        }
        (Value::Text(text), Concept::Description) => {
            prop_assert_eq!(text, &claim.description);
            let length = text.encode_utf16().count();
            prop_assert!(control.limit.is_none_or(|limit| length <= limit as usize));
        }
        (
            Value::Choice(at),
            Concept::Received | Concept::Solution | Concept::Reason | Concept::SubReason,
        ) => {
            let choice = control.choices.get(*at);
            prop_assert!(choice.is_some_and(|choice| !choice.disabled && !choice.commits));
            let choice = choice.unwrap();
            prop_assert!(
                is_of_claim(choice.text.trim(), claim),
                "{:?} for {:?}",
                choice.text,
                claim.happened
            );
            let pressed = control.kind != Kind::Select;
            prop_assert!(
                !pressed || !could_commit(&choice.node),
                "{} could be sent",
                choice.text
            );
            let opened = control.kind == Kind::Combobox;
            prop_assert!(
                !opened || !could_commit(&control.node),
                "opening could send"
            );
        }
        (Value::Open, _) => {
            prop_assert!(control.kind == Kind::Combobox && control.choices.is_empty());
            prop_assert!(!could_commit(&control.node), "opening could send");
        }
        (Value::Files(places), Concept::Photos | Concept::Videos) => {
            let kind = if concept == Concept::Videos {
                FileKind::Video
            } else {
                FileKind::Picture
            };
            let mut distinct = places.clone();
            distinct.dedup();
            prop_assert_eq!(&distinct, places);
            for at in places {
                let file = claim.files.get(*at);
                prop_assert!(
                    file.is_some_and(|file| file.kind == kind && control.takes.way(file).is_some())
                );
            }
            prop_assert!(control.takes.most.is_none_or(|most| places.len() <= most));
        }
        _ => prop_assert!(false, "{concept:?} gets {value:?}"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn a_plan_for_any_tree_holds_nothing_that_is_not_from_the_claim(html in tree(), happened in prop::sample::select(&Happened::ALL[..])) {
        check(&html, &claim(happened), &words("en"))?;
    }
}

#[test]
fn a_plan_for_any_form_holds_nothing_that_is_not_from_the_claim() {
    let words = words("en");
    let planned: RefCell<Vec<(Concept, Kind)>> = RefCell::default();
    // What is never planned is not tested. Some kinds are planned seldom: then there are more forms.
    for _ in 0..10 {
        let mut runner = TestRunner::new(Config {
            source_file: Some(file!()),
            ..Config::with_cases(800)
        });
        let came = runner.run(&(form(), claims()), |(html, claim)| {
            planned.borrow_mut().extend(check(&html, &claim, &words)?);
            Ok(())
        });
        came.unwrap_or_else(|error| panic!("{error}"));
        if seldom(&planned.borrow()).is_empty() {
            return;
        }
    }
    panic!("seldom planned: {:?}", seldom(&planned.borrow()));
}

/// Concepts that were planned at most 20 times, and kinds of controls at most 5 times.
fn seldom(planned: &[(Concept, Kind)]) -> Vec<String> {
    let concepts = Concept::ALL.into_iter().filter(|concept| {
        let times = planned.iter().filter(|(known, _)| known == concept);
        times.count() <= 20
    });
    let kinds = [
        Kind::Line,
        Kind::Number,
        Kind::Area,
        Kind::Rich,
        Kind::Select,
        Kind::Choice,
        Kind::Combobox,
        Kind::Sheet,
        Kind::File,
        Kind::DropZone,
    ];
    let kinds = kinds.into_iter().filter(|kind| {
        let times = planned.iter().filter(|(_, known)| known == kind);
        times.count() <= 5
    });
    let concepts = concepts.map(|concept| format!("{concept:?}"));
    concepts
        .chain(kinds.map(|kind| format!("{kind:?}")))
        .collect()
}
