//! The build of the extension: what `build.sh` runs once the tools are there.
//!
//! | module | subject |
//! |---|---|
//! | [`project`] | where everything lies, and which versions the manifests ask for |
//! | [`run`] | running commands, and one line per step with how long it took |
//! | [`wasm`] | from Rust binaries to WebAssembly and its glue |
//! | [`names`] | short names for what a module and its glue call of each other |
//! | [`lowering`] | only instructions that can be translated to JavaScript, with the same results |
//! | [`javascript`] | the modules of the shop's pages as JavaScript, for those that forbid WebAssembly |
//! | [`manifest`] | one manifest source, two manifests |
//! | [`locales`] | every language has the same texts |
//! | [`pages`] | the extension's own pages, from one template |
//! | [`dist`] | `dist/chrome` and `dist/firefox` |
//! | [`package`] | archives that are the same byte for byte from any folder |
//! | [`sizes`] | the size of every file, and the budget |
//! | [`faults`] | the extension with a page for the fault rig |
//! | [`check`], [`test`], [`harness`] | what must hold, and what it takes to see it |

mod check;
mod dist;
mod end_to_end;
mod faults;
mod harness;
mod javascript;
mod locales;
mod lowering;
mod manifest;
mod names;
mod package;
mod pages;
mod project;
mod run;
mod sizes;
mod styles;
mod test;
mod texts;
mod wasm;

use anyhow::{Result, bail};
use project::Project;
use std::process::ExitCode;

fn main() -> ExitCode {
    match verb() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nFAILED: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn verb() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let verb = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let takes_arguments = matches!(verb.as_str(), "demo" | "bench" | "faults");
    if !takes_arguments && let Some(unknown) = rest.first() {
        bail!("`{verb}` takes no arguments, and got {unknown:?}");
    }
    let project = Project::here()?;
    match verb.as_str() {
        "build" => {
            dist::build(&project)?;
            sizes::print(&project)
        }
        "package" => package::package(&project),
        "check" => check::check(&project),
        "test" => test::test(&project),
        "faults" => {
            dist::build(&project)?;
            faults::build(&project)?;
            harness::run(&project, &verb, &rest)
        }
        "demo" | "bench" => {
            dist::build(&project)?;
            harness::run(&project, &verb, &rest)
        }
        _ => bail!("unknown verb {verb:?}; ./build.sh without one lists them"),
    }
}
