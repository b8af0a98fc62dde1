//! What the fault rig needs besides the extension: copies of it with a page that writes to the locker (`tests/locker-page`).

use crate::dist;
use crate::project::{Browser, Project};
use crate::run::{loud, quiet, step};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

/// Where the copies lie: `chrome` and `firefox`, with the page as `locker/page.html`.
pub fn folder(project: &Project) -> PathBuf {
    project.target.join("faults")
}

/// Makes the copies. The extension itself has to be built.
pub fn build(project: &Project) -> Result<()> {
    step("the page of the fault rig", || {
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--quiet", "--package", "locker-page"]);
        loud(cargo.args(["--target", "wasm32-unknown-unknown"]))?;
        let module = "wasm32-unknown-unknown/debug/locker_page.wasm";
        for browser in Browser::ALL {
            let to = folder(project).join(browser.name());
            if to.exists() {
                std::fs::remove_dir_all(&to)
                    .with_context(|| format!("emptying {}", to.display()))?;
            }
            let from = project.dist(browser);
            for file in dist::files(&from)? {
                dist::copy(&from.join(&file), &to.join(&file))?;
            }
            let page = to.join("locker");
            let mut tool = Command::new(project.tool("wasm-bindgen")?);
            tool.arg(project.target.join(module));
            tool.args(["--target", "web", "--no-typescript", "--out-dir"]);
            quiet(tool.arg(&page))?;
            for file in ["page.html", "page.js"] {
                dist::copy(
                    &project.path("tests/locker-page").join(file),
                    &page.join(file),
                )?;
            }
        }
        Ok(())
    })
}
