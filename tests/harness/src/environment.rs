//! Where the programs, the built extension and our own output are.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use programs::Program;

use crate::Browser;

/// Each is taken from a variable that the build tool sets, or else looked for in the usual places.
pub struct Environment {
    /// The folder with `chrome/` and `firefox/`, unpacked.
    pub dist: PathBuf,
    /// `target/`, for screenshots.
    pub output: PathBuf,
    /// The same with a page for the fault rig.
    faults: PathBuf,
    /// `axe.min.js`.
    pub axe: PathBuf,
}

impl Environment {
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .canonicalize()
            .context("the project's folder")?;
        let variable = |name: &str, otherwise: &str| {
            std::env::var_os(name).map_or_else(|| root.join(otherwise), PathBuf::from)
        };
        Ok(Self {
            dist: variable("RECOURSE_DIST", "dist"),
            faults: variable("RECOURSE_FAULTS", "target/faults"),
            output: variable("CARGO_TARGET_DIR", "target"),
            axe: variable("RECOURSE_AXE", "node_modules/axe-core/axe.min.js"),
        })
    }

    /// The unpacked extension for one browser.
    pub fn extension(&self, browser: Browser) -> Result<PathBuf> {
        unpacked(&self.dist, browser, "./build.sh build")
    }

    /// The same with a page for the fault rig.
    pub fn faults(&self, browser: Browser) -> Result<PathBuf> {
        unpacked(&self.faults, browser, "./build.sh faults")
    }
}

fn unpacked(below: &Path, browser: Browser, made_by: &str) -> Result<PathBuf> {
    let folder = below.join(match browser {
        Browser::Chromium => "chrome",
        Browser::Firefox => "firefox",
    });
    if !folder.join("manifest.json").is_file() {
        bail!(
            "there is no built extension in {}: run {made_by}",
            folder.display()
        );
    }
    folder.canonicalize().context("the extension's folder")
}

/// The browser and its driver.
pub struct Programs {
    pub browser: PathBuf,
    pub driver: PathBuf,
}

impl Programs {
    pub fn find(browser: Browser) -> Result<Self> {
        let (browser, driver) = match browser {
            Browser::Chromium => (Program::Chromium, Program::Chromedriver),
            Browser::Firefox => (Program::Firefox, Program::Geckodriver),
        };
        Ok(Self {
            browser: browser.find()?,
            driver: driver.find()?,
        })
    }
}
