//! What is understood of single phrases, in every language.

use recourse::form::vocabulary::{Concept, FILES, Text};
use recourse::reading::text::fold;

use super::page::words;

#[test]
fn phrases_of_every_language_are_understood() {
    let mut wrong = Vec::new();
    let mut languages = Vec::new();
    for line in include_str!("phrases.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let [language, question, text, answer] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("four columns: {line}");
        };
        languages.push(language);
        let words = words(language);
        let folded = fold(text);
        let got = match question {
            "received-choice" => match words.received(&folded, true) {
                Some(true) => "yes",
                Some(false) => "no",
                None => "-",
            },
            "solution" => words
                .solution(&folded)
                .map_or("-", |solution| solution.name()),
            "reason" => words.meaning(&folded).unwrap_or("-"),
            "asks" => {
                let concept = Concept::ALL
                    .into_iter()
                    .find(|concept| concept.name() == answer);
                let asks = concept.is_some_and(|concept| words.asks(concept, &Text::new(&folded)));
                if asks { answer } else { "-" }
            }
            "about" => {
                let text = Text::new(&folded);
                match (words.is_about_payment(&text), words.is_of_other_form(&text)) {
                    (true, _) => "payment",
                    (false, true) => "other-form",
                    (false, false) => "-",
                }
            }
            other => panic!("{other:?} is no question"),
        };
        if got != answer {
            wrong.push(format!("{language} {question} {text}: {got}, not {answer}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (tag, _) in FILES {
        assert!(languages.contains(tag), "no phrase in {tag}");
    }
}
