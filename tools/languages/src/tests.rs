#![allow(
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect should stop right there"
)]

use super::*;

const WRITING: &str = r#"
    months = [["Enero", "ene"], ["febrero"], ["marzo"], ["abril"], ["mayo"], ["junio"], ["julio"], ["agosto"], ["septiembre"],
              ["octubre"], ["noviembre"], ["diciembre"]]
    fillers = ["de", "del"]
    range = ["al"]
    or = ["o"]
    days = ["Día", "días"]
    zones = ["hora de China"]
    whose-time = ["hora"]

    [relative]
    hours = ["hora", "horas"]
    minutes = ["minuto", "minutos"]
    seconds = ["segundo", "segundos"]
    weeks = ["semana", "mes"]
    at-most = ["menos de"]
    joined-by = ["y"]
    in-before = ["dentro de"]
    left-before = ["quedan"]
    left-after = ["restantes"]
    near = [["hoy"], ["mañana"], ["pasado mañana"]]
"#;

fn written(write: Write, source: &str) -> (String, Vec<String>) {
    let mut lines = Lines::default();
    if let Err(error) = write(source, &mut lines) {
        lines.wrong.push(error);
    }
    (lines.text, lines.wrong)
}

#[test]
fn a_language_is_written_folded_with_a_line_for_each_list() {
    let (text, wrong) = written(writing::write, WRITING);
    assert_eq!(wrong, [""; 0]);
    assert_eq!(
        text.lines().next().unwrap().split(';').next(),
        Some("months=enero|ene")
    );
    let rest = "fillers=de|del\nrange=al\nor=o\ndays=dia|dias\nzones=hora de china\nwhose-time=hora\nhours=hora|horas\nminutes=minuto|minutos\nseconds=segundo|segundos\n\
                weeks=semana|mes\nat-most=menos de\njoined-by=y\nin-before=dentro de\nleft-before=quedan\nleft-after=restantes\ntoday=hoy\ntomorrow=manana\nafter-tomorrow=pasado manana\n";
    assert!(text.ends_with(rest), "{text}");
}

#[test]
fn what_could_mislead_is_refused_with_its_reason() {
    for (from, to, reason) in [
        ("\"ene\"", "\"mayo\"", "\"mayo\" names the months 1 and 5"),
        (
            "[\"enero\", \"ene\"], ",
            "",
            "a year has twelve months, not 11",
        ),
        ("[\"mayo\"]", "[]", "month 5 has no form"),
        ("\"ene\"", "\"ene.\"", "the readers pass over a dot"),
        ("\"ene\"", "\"1\"", "has a digit"),
        (
            "\"ene\"",
            "\"\u{200f}\"",
            "cannot be compared with anything",
        ),
        ("\"ene\"", "\"a|b\"", "cannot be compared with anything"),
        ("fillers", "filers", "unknown field `filers`"),
        ("days = [\"Día\", \"días\"]", "days = []", "days is empty"),
        ("days = [\"Día\", \"días\"]", "", "missing field `days`"),
        ("[\"hora\", \"horas\"]", "[]", "hours is empty"),
        (
            "in-before = [\"dentro de\"]",
            "",
            "neither in-before nor in-after has a word",
        ),
        ("[\"hoy\"]", "[]", "today is empty"),
    ] {
        let source = WRITING
            .to_owned()
            .replace("Enero", "enero")
            .replacen(from, to, 1);
        assert_ne!(
            source,
            WRITING.replace("Enero", "enero"),
            "{from} is not there"
        );
        let (_, wrong) = written(writing::write, &source);
        assert!(
            wrong.iter().any(|wrong| wrong.contains(reason)),
            "{reason}: {wrong:?}"
        );
    }
}

#[test]
fn a_status_means_one_state() {
    let source = include_str!("../../../src/site/words/en.toml");
    assert_eq!(written(shop::write, source).1, [""; 0]);
    let doubled = source.replacen(
        "\"Awaiting delivery\"",
        "\"Awaiting delivery\", \"To pay\"",
        1,
    );
    assert_ne!(source, doubled);
    let (_, wrong) = written(shop::write, &doubled);
    assert_eq!(
        wrong,
        ["\"to pay\" is the status of unpaid and of awaiting-delivery"]
    );
}

#[test]
fn every_language_has_both_its_sources_and_they_are_right() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = files(&root).unwrap_or_else(|wrong| panic!("{}", wrong.join("\n")));
    assert!(files.iter().any(|file| file.tag == "en"));
}
