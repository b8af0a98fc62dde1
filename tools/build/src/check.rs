//! What must hold of the sources and of the package, without running the extension.

use crate::project::{Browser, Project};
use crate::run::{loud, quiet, step};
use crate::{dist, locales, package, sizes};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::process::Command;

/// Runs every check, also after one that failed, so that one run tells everything.
pub fn check(project: &Project) -> Result<()> {
    let mut failed = Vec::new();
    let mut note = |result: Result<()>| failed.extend(result.err());
    note(step("format", || {
        let mut cargo = Command::new("cargo");
        quiet(cargo.args(["fmt", "--all", "--check", "--", "--files-with-diff"]))
            .context("`cargo fmt --all` puts these files right")
            .map(drop)
    }));
    note(package::locked());
    note(step("every language has the same texts", || {
        locales::check(project)
    }));
    note(step("clippy, native", || {
        clippy(&["--workspace", "--all-targets"])
    }));
    note(step("clippy, wasm32", || {
        // With the browser tests, which exist on this target only.
        let target = "--target=wasm32-unknown-unknown";
        let tests = "--test=browser_*";
        clippy(&["--package=recourse", "--lib", "--bins", tests, target])
    }));
    note(step("texts that nobody wrote", || {
        let mut cargo = Command::new("cargo");
        cargo.args([
            "test",
            "--quiet",
            "--package",
            "recourse",
            "--test",
            "readers",
            "fuzz",
        ]);
        quiet(cargo.env("RECOURSE_FUZZ_SECONDS", "10")).map(drop)
    }));
    match dist::build(project) {
        Ok(()) => {
            note(step("web-ext lint", || lint(project)));
            note(step("size budget", || sizes::check(project)));
        }
        Err(error) => note(Err(error)),
    }
    if failed.is_empty() {
        println!(
            "CHECKED: format, Cargo.lock, languages, clippy on both targets, readers on damaged texts, web-ext lint, sizes"
        );
        return Ok(());
    }
    for error in &failed {
        eprintln!("\n✗ {error:#}");
    }
    bail!("{} of the checks; they are above", failed.len())
}

fn clippy(what: &[&str]) -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.args(["clippy", "--quiet"]).args(what);
    loud(cargo.args(["--", "-D", "warnings"]))
}

/// The linter of Firefox' store: it must have nothing to say, warnings included.
fn lint(project: &Project) -> Result<()> {
    let mut tool = Command::new(project.npm("web-ext")?);
    tool.arg("lint")
        .arg("--source-dir")
        .arg(project.dist(Browser::Firefox));
    tool.args(["--output", "json", "--no-config-discovery"]);
    // It ends with a failure where it found errors: then what it found is the better message.
    let said = match quiet(&mut tool) {
        Ok(said) => said,
        Err(error) => return Err(error).context("web-ext lint of dist/firefox failed"),
    };
    judge(&said)
}

fn judge(report: &str) -> Result<()> {
    let report: Value = serde_json::from_str(report).context("web-ext lint wrote no JSON")?;
    let mut found = Vec::new();
    for kind in ["errors", "warnings"] {
        let list = report.get(kind).and_then(Value::as_array);
        for entry in list.with_context(|| format!("web-ext lint reports no list of {kind}"))? {
            let text = |key: &str| entry.get(key).map(Value::to_string).unwrap_or_default();
            found.push(format!(
                "{} {} {}",
                text("code"),
                text("file"),
                text("message")
            ));
        }
    }
    if found.is_empty() {
        Ok(())
    } else {
        bail!(
            "web-ext lint says about dist/firefox:\n  {}",
            found.join("\n  ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_of_the_linter_fails_the_check() {
        assert!(judge(r#"{"errors": [], "warnings": [], "notices": [{}]}"#).is_ok());
        let error = judge(r#"{"errors": [], "warnings": [{"code": "UNSAFE_VAR_ASSIGNMENT"}]}"#)
            .unwrap_err();
        assert!(error.to_string().contains("UNSAFE_VAR_ASSIGNMENT"));
        assert!(judge("{}").is_err());
    }
}
