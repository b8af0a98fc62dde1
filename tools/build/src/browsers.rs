//! The browsers and their drivers on this machine, and the harness that uses them.

use crate::project::Project;
use crate::run::loud;
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

/// What the harness finds in its environment: a variable for each program.
pub struct Browsers {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
    pub firefox: PathBuf,
    pub geckodriver: PathBuf,
}

impl Browsers {
    pub fn find(project: &Project) -> Result<Self> {
        Ok(Self {
            chromium: program("RECOURSE_CHROMIUM", &["chromium", "chromium-browser"])?,
            chromedriver: program("RECOURSE_CHROMEDRIVER", &["chromedriver"])?,
            firefox: program("RECOURSE_FIREFOX", &["firefox-esr", "firefox"])?,
            geckodriver: match program("RECOURSE_GECKODRIVER", &["geckodriver"]) {
                Ok(found) => found,
                Err(_) => project.tool("geckodriver")?,
            },
        })
    }
}

/// A program by its variable, or else by the first of its names that is in the path.
fn program(variable: &str, names: &[&str]) -> Result<PathBuf> {
    if let Some(chosen) = std::env::var_os(variable) {
        return Ok(chosen.into());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|candidate| candidate.is_file())
        .with_context(|| {
            format!(
                "none of {names:?} is in the path; install one, or set {variable} to where it is"
            )
        })
}

/// `cargo …` for the harness, with everything it needs to know in its environment.
pub fn harness_command(project: &Project, browsers: &Browsers) -> Command {
    let mut cargo = Command::new("cargo");
    cargo
        .env("RECOURSE_DIST", project.path("dist"))
        .env("RECOURSE_CHROMIUM", &browsers.chromium)
        .env("RECOURSE_CHROMEDRIVER", &browsers.chromedriver)
        .env("RECOURSE_FIREFOX", &browsers.firefox)
        .env("RECOURSE_GECKODRIVER", &browsers.geckodriver)
        .env(
            "RECOURSE_AXE",
            project.path("node_modules/axe-core/axe.min.js"),
        );
    cargo
}

/// Runs one of the harness' own verbs.
pub fn harness(project: &Project, verb: &str, arguments: &[String]) -> Result<()> {
    let browsers = Browsers::find(project)?;
    let mut cargo = harness_command(project, &browsers);
    cargo.args(["run", "--quiet", "--package", "harness", "--", verb]);
    loud(cargo.args(arguments))
}
