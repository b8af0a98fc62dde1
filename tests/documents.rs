//! The documents say what the program does.

use recourse::domain::rules::{Days, RULES};

#[test]
fn the_table_of_clocks_is_the_one_that_is_compiled_in() {
    let table = include_str!("../docs/clocks.md");
    let rows: Vec<&str> = table
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    assert_eq!(rows.len(), RULES.len());
    for (row, rule) in rows.iter().zip(RULES) {
        assert!(
            row.starts_with(&format!("| `{}` | {} |", rule.id, rule.clock.name())),
            "{row}"
        );
        assert!(
            row.ends_with(&format!(
                "| {:?}, {} | {} |",
                rule.confidence, rule.seen, rule.source
            )),
            "{row}"
        );
        if let Days::Fixed(days) = rule.days {
            assert!(
                days == 0 || row.contains(&format!("+ {days} days")),
                "{row}"
            );
        }
    }
}
