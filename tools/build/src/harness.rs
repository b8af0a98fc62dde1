//! The harness, which runs what needs a browser. It finds the browsers by itself.

use crate::faults;
use crate::project::Project;
use crate::run::loud;
use anyhow::Result;
use std::process::Command;

/// `cargo …` for the harness, with everything it needs to know of the project in its environment.
pub fn command(project: &Project) -> Command {
    let mut cargo = Command::new("cargo");
    environment(project, &mut cargo);
    cargo
}

/// Tells a command what the harness needs to know of the project.
pub fn environment(project: &Project, command: &mut Command) {
    command
        .env("RECOURSE_FAULTS", faults::folder(project))
        .env("RECOURSE_DIST", project.path("dist"))
        .env(
            "RECOURSE_AXE",
            project.path("node_modules/axe-core/axe.min.js"),
        );
}

/// Runs one of the harness' own verbs.
pub fn run(project: &Project, verb: &str, arguments: &[String]) -> Result<()> {
    let mut cargo = command(project);
    cargo.args(["run", "--quiet", "--package", "harness", "--", verb]);
    loud(cargo.args(arguments))
}
