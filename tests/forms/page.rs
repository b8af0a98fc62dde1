//! A parsed page as a page with a form, and what is expected of it.

use recourse::domain::claim::{Claim, ClaimFile, FileKind, Happened, Solution};
use recourse::domain::money::{Currency, Money};
use recourse::domain::order::OrderId;
use recourse::domain::sha256::Sha256;
use recourse::form::node::{FormNode, Inside, Interior};
use recourse::form::plan::{Value, plan};
use recourse::form::recognise::{Expected, recognise};
use recourse::form::survey::survey;
use recourse::form::vocabulary::{Concept, FILES, Vocabulary};
use recourse::site::PageNode;
use scraper::node::Node;

use super::node::Parsed;

impl FormNode for Parsed {
    // A fixture writes an open shadow root, or a frame of the same origin, as an element that says so.
    fn interior(&self, tag: &str) -> Interior<Self> {
        let mut parts = Vec::new();
        for child in self.element().children() {
            match child.value() {
                Node::Text(text) => parts.push(Inside::Text(text.to_string())),
                Node::Element(_) => {
                    parts.extend(
                        scraper::ElementRef::wrap(child).map(|child| Inside::Element {
                            tag: child.value().name().to_owned(),
                            node: self.at(child),
                        }),
                    );
                }
                _ => {}
            }
        }
        Interior {
            parts,
            own_ids: self.attr("data-own-ids").is_some(),
            closed: tag == "iframe",
        }
    }

    fn has_room(&self) -> bool {
        true
    }

    fn can_be_reached(&self) -> bool {
        let mut at = Some(self.clone());
        while let Some(node) = at {
            let style = node.attr("style").unwrap_or_default().replace(' ', "");
            if node.attr("hidden").is_some()
                || [
                    "display:none",
                    "visibility:hidden",
                    "left:-",
                    "opacity:0",
                    "width:0",
                ]
                .iter()
                .any(|hides| style.contains(hides))
            {
                return false;
            }
            at = node.parent();
        }
        true
    }
}

/// The words that a page in that language is read with.
pub fn words(language: &str) -> Vocabulary {
    let mut files: Vec<&str> = Vec::new();
    for tag in [language, "en"] {
        let file = FILES.iter().find(|(known, _)| *known == tag);
        let file = file.unwrap_or_else(|| panic!("no words in {tag}")).1;
        if !files.contains(&file) {
            files.push(file);
        }
    }
    Vocabulary::new(files)
}

pub fn claim(happened: Happened) -> Claim {
    Claim {
        order: OrderId::new("8212313961591322").unwrap(),
        happened,
        solution: Solution::RefundOnly,
        amount: Some(Money {
            mantissa: 1290,
            scale: 2,
            currency: Currency::Code("EUR".into()),
        }),
        description: "1. The parcel came on 3 October. 2. The cup is broken.".into(),
        files: vec![
            ClaimFile {
                hash: Sha256::of(b"a"),
                name: "cup.jpg".into(),
                kind: FileKind::Picture,
                bytes: 2_000_000,
                copies: false,
            },
            ClaimFile {
                hash: Sha256::of(b"b"),
                name: "opening.mp4".into(),
                kind: FileKind::Video,
                bytes: 9_000_000,
                copies: false,
            },
        ],
    }
}

/// What a page is expected to be filled with: one line for each concept, `description: #id ← text`.
pub fn filled(html: &str, language: &str, happened: Happened) -> Vec<String> {
    let page = Parsed::page(html);
    let survey = survey(&page);
    let words = words(language);
    let Some(recognition) = recognise(&survey, &words, Expected::Nothing, &[]) else {
        return vec!["no dispute form".into()];
    };
    let claim = claim(happened);
    plan(&survey, &recognition, &claim, &words)
        .into_iter()
        .map(|step| {
            let control = step.control.and_then(|at| survey.controls.get(at));
            let name = control.map_or_else(
                || "?".to_owned(),
                |control| {
                    let named = ["data-test", "id", "name"];
                    named
                        .iter()
                        .find_map(|name| control.node.attr(name))
                        .unwrap_or_default()
                },
            );
            let value = match step.value {
                Ok(Value::Choice(at)) => control.unwrap().choices[at].text.clone(),
                Ok(Value::Open) => "(open)".into(),
                Ok(Value::Text(text)) if step.concept == Concept::Description => {
                    assert_eq!(text, claim.description);
                    "text".into()
                }
                Ok(Value::Text(text)) => text,
                Ok(Value::Files(files)) => {
                    let files = files.iter().map(|at| claim.files[*at].name.as_str());
                    files.collect::<Vec<_>>().join("+")
                }
                Err(left) => format!("{left:?}"),
            };
            format!("{} {name}: {value}", step.concept.name())
        })
        .collect()
}
