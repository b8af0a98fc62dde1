//! Every test there is: native, in the browsers, end to end. A suite that fails does not keep the next from running.

use crate::dist;
use crate::end_to_end;
use crate::faults;
use crate::project::Project;
use crate::run::watched;
use anyhow::{Result, bail};
use programs::Program;
use std::process::Command;
use std::time::Instant;

/// How one suite went.
struct Suite {
    name: &'static str,
    passed: bool,
    tests: Count,
    failures: Failures,
    seconds: f64,
}

/// What failed says of itself. It is said again at the end, where it is found without reading through all that passed.
#[derive(Default)]
struct Failures {
    lines: Vec<String>,
    is_inside: bool,
}

impl Failures {
    /// From `failures:` to `test result: …`, as cargo and wasm-bindgen's runner both write it.
    fn see(&mut self, line: &str) {
        if line.trim() == "failures:" {
            self.is_inside = true;
        } else if line.contains("test result: ") {
            self.is_inside = false;
        } else if self.is_inside && !line.trim().is_empty() {
            self.lines.push(line.to_owned());
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Count {
    passed: u32,
    failed: u32,
    ignored: u32,
}

pub fn test(project: &Project) -> Result<()> {
    // What is missing is better said before minutes of building.
    for program in Program::ALL {
        program.find()?;
    }
    dist::build(project)?;
    faults::build(project)?;
    let mut suites = vec![run("native", native())?];
    if has_browser_tests(project)? {
        let mut chromium = in_browser(project)?;
        chromium.env("CHROMEDRIVER", Program::Chromedriver.find()?);
        suites.push(run("in Chromium", chromium)?);
        let mut firefox = in_browser(project)?;
        firefox.env("GECKODRIVER", Program::Geckodriver.find()?);
        suites.push(run("in Firefox", firefox)?);
    }
    suites.push(counting("end to end", |see| end_to_end::run(project, see))?);
    summarise(&suites)
}

fn native() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args([
        "test",
        "--no-fail-fast",
        "--workspace",
        "--exclude",
        "harness",
    ]);
    cargo
}

/// The library's tests that need a browser: `tests/browser_*.rs`.
fn in_browser(project: &Project) -> Result<Command> {
    let mut cargo = Command::new("cargo");
    cargo.args([
        "test",
        "--no-fail-fast",
        "--package",
        "recourse",
        "--test",
        "browser_*",
    ]);
    cargo.args(["--target", "wasm32-unknown-unknown"]);
    let runner = project.tool("wasm-bindgen-test-runner")?;
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    Ok(cargo)
}

fn has_browser_tests(project: &Project) -> Result<bool> {
    for entry in std::fs::read_dir(project.path("tests"))? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("browser_") && name.ends_with(".rs") {
            return Ok(true);
        }
    }
    Ok(false)
}

fn run(name: &'static str, mut command: Command) -> Result<Suite> {
    counting(name, |see| watched(&mut command, see))
}

/// Runs a suite, which shows its lines, and adds up what they say.
fn counting(
    name: &'static str,
    suite: impl FnOnce(&mut dyn FnMut(&str)) -> Result<bool>,
) -> Result<Suite> {
    println!("\n── tests, {name} ──");
    let start = Instant::now();
    let (mut tests, mut failures) = (Count::default(), Failures::default());
    let passed = suite(&mut |line| {
        failures.see(line);
        if let Some(count) = counted(line) {
            tests.passed += count.passed;
            tests.failed += count.failed;
            tests.ignored += count.ignored;
        }
    })?;
    Ok(Suite {
        name,
        passed,
        tests,
        failures,
        seconds: start.elapsed().as_secs_f64(),
    })
}

/// Reads `test result: ok. 12 passed; 0 failed; 1 ignored; …`, as cargo and wasm-bindgen's runner both write it.
fn counted(line: &str) -> Option<Count> {
    let (_, result) = line.split_once("test result: ")?;
    let number = |what: &str| {
        result
            .split([';', '.'])
            .find_map(|part| part.trim().strip_suffix(what)?.trim().parse().ok())
    };
    Some(Count {
        passed: number("passed")?,
        failed: number("failed")?,
        ignored: number("ignored").unwrap_or(0),
    })
}

fn summarise(suites: &[Suite]) -> Result<()> {
    for suite in suites.iter().filter(|suite| !suite.passed) {
        println!("\n── what failed, {} ──", suite.name);
        for line in &suite.failures.lines {
            println!("{line}");
        }
    }
    println!(
        "\n{:<14} {:>8} {:>8} {:>8} {:>10}",
        "tests", "passed", "failed", "ignored", "seconds"
    );
    for suite in suites {
        let Suite {
            name,
            tests,
            seconds,
            ..
        } = suite;
        let sign = if suite.passed { "" } else { "  FAILED" };
        println!(
            "{name:<14} {:>8} {:>8} {:>8} {seconds:>10.1}{sign}",
            tests.passed, tests.failed, tests.ignored
        );
    }
    let failed: Vec<&str> = suites
        .iter()
        .filter(|suite| !suite.passed)
        .map(|suite| suite.name)
        .collect();
    if failed.is_empty() {
        let passed: u32 = suites.iter().map(|suite| suite.tests.passed).sum();
        println!("PASSED: {passed} tests");
        Ok(())
    } else {
        bail!("tests: {}; what failed is above", failed.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_counted_whoever_writes_them() {
        let expected = Some(Count {
            passed: 12,
            failed: 1,
            ignored: 2,
        });
        let cargo = "test result: FAILED. 12 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(counted(cargo), expected);
        assert_eq!(
            counted("test result: ok. 12 passed; 1 failed; 2 ignored; 0 filtered out"),
            expected
        );
        assert_eq!(counted("running 3 tests"), None);
    }

    #[test]
    fn what_failed_is_kept_in_its_own_words() {
        let said = "test one ... ok\ntest two ... FAILED\n\nfailures:\n\n---- two stdout ----\nit is three\n\n\nfailures:\n    two\n\n\
                    test result: FAILED. 1 passed; 1 failed; 0 ignored\n\ntest three ... ok\ntest result: ok. 1 passed; 0 failed";
        let mut failures = Failures::default();
        for line in said.lines() {
            failures.see(line);
        }
        assert_eq!(
            failures.lines,
            ["---- two stdout ----", "it is three", "    two"]
        );
    }
}
