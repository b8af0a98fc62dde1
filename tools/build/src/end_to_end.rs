//! The end-to-end tests. Most of what they take is waiting, so several files run at once, and in each both browsers side by side; what a
//! file says is shown whole once it has ended.

use crate::harness;
use crate::project::Project;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, mpsc};
use std::time::Instant;

/// So many files at once. Each has two browsers, which two cores can still follow.
const AT_ONCE: usize = 2;

/// What cargo says of something that it has built.
#[derive(Deserialize)]
struct Built {
    reason: String,
    executable: Option<PathBuf>,
    target: Option<Target>,
    profile: Option<Profile>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// Cargo builds the harness's own program beside its tests.
#[derive(Deserialize)]
struct Profile {
    test: bool,
}

/// The tests of one file, built.
struct File {
    name: String,
    executable: PathBuf,
}

/// Runs them all, and shows each line of theirs to `see`. Returns whether all passed.
pub fn run(project: &Project, mut see: impl FnMut(&str)) -> Result<bool> {
    let files = Mutex::new(build(project)?);
    let (tell, told) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            let (files, tell) = (&files, tell.clone());
            scope.spawn(move || {
                while let Some(file) = next(files) {
                    let start = Instant::now();
                    let output = command(project, &file).output();
                    let output = output.with_context(|| file.executable.display().to_string());
                    let seconds = start.elapsed().as_secs_f64();
                    if tell.send((file.name, seconds, output)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(tell);
        let mut passed = true;
        for (name, seconds, output) in told {
            let output: Output = output?;
            println!("\n{name} ({seconds:.1} s)");
            for part in [&output.stdout, &output.stderr] {
                let text = String::from_utf8_lossy(part);
                for line in text.lines() {
                    println!("{line}");
                    see(line);
                }
            }
            if !output.status.success() {
                println!("{name} ended with {}", output.status);
                passed = false;
            }
        }
        Ok(passed)
    })
}

fn next(files: &Mutex<VecDeque<File>>) -> Option<File> {
    files.lock().ok()?.pop_front()
}

fn build(project: &Project) -> Result<VecDeque<File>> {
    let mut cargo = harness::command(project);
    cargo.args(["test", "--no-run", "--package", "harness"]);
    cargo.arg("--message-format=json-render-diagnostics");
    // What it says while it builds goes to the terminal.
    let output = cargo.stderr(Stdio::inherit()).output();
    let output = output.context("cargo does not start")?;
    anyhow::ensure!(
        output.status.success(),
        "the end-to-end tests do not build; why is above"
    );
    Ok(files(&String::from_utf8_lossy(&output.stdout)))
}

/// What can be run, from cargo's own messages, a line each.
fn files(messages: &str) -> VecDeque<File> {
    let built = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Built>(line).ok());
    let built = built.filter(|built| built.reason == "compiler-artifact");
    let tests = built.filter(|built| built.profile.as_ref().is_some_and(|profile| profile.test));
    let files = tests.filter_map(|built| {
        Some(File {
            name: built.target?.name,
            executable: built.executable?,
        })
    });
    files.collect()
}

/// As cargo would run it.
fn command(project: &Project, file: &File) -> Command {
    let mut command = Command::new(&file.executable);
    harness::environment(project, &mut command);
    command
        .arg("--test-threads=2")
        .stdin(Stdio::null())
        .current_dir(project.path("tests/harness"))
        .env("CARGO_MANIFEST_DIR", project.path("tests/harness"));
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_run_is_taken_from_what_cargo_says() {
        let messages = [
            r#"{"reason":"compiler-artifact","target":{"name":"recourse"},"executable":null}"#,
            r#"{"reason":"compiler-artifact","target":{"name":"menu"},"profile":{"test":true},"executable":"/target/debug/deps/menu-1"}"#,
            r#"{"reason":"compiler-artifact","target":{"name":"harness"},"profile":{"test":false},"executable":"/target/debug/harness"}"#,
            r#"{"reason":"build-script-executed","package_id":"ring"}"#,
            r#"{"reason":"build-finished","success":true}"#,
        ];
        let files = files(&messages.join("\n"));
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["menu"]);
    }
}
