//! Where the programs, the built extension and our own output are.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::Browser;

/// Each is taken from a variable that the build tool sets, or else looked for in the usual places.
pub struct Environment {
    /// The folder with `chrome/` and `firefox/`, unpacked.
    pub dist: PathBuf,
    /// `target/`, for screenshots.
    pub output: PathBuf,
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
            output: variable("CARGO_TARGET_DIR", "target"),
            axe: variable("RECOURSE_AXE", "node_modules/axe-core/axe.min.js"),
        })
    }

    /// The unpacked extension for one browser.
    pub fn extension(&self, browser: Browser) -> Result<PathBuf> {
        let folder = self.dist.join(match browser {
            Browser::Chromium => "chrome",
            Browser::Firefox => "firefox",
        });
        if !folder.join("manifest.json").is_file() {
            bail!(
                "there is no built extension in {}: run ./build.sh build",
                folder.display()
            );
        }
        folder.canonicalize().context("the extension's folder")
    }
}

/// The browser and its driver.
pub struct Programs {
    pub browser: PathBuf,
    pub driver: PathBuf,
}

impl Programs {
    pub fn find(browser: Browser) -> Result<Self> {
        match browser {
            Browser::Chromium => Ok(Self {
                browser: program("RECOURSE_CHROMIUM", &["chromium", "chromium-browser"]).or_else(|problem| {
                    if program("", &["google-chrome", "google-chrome-stable"]).is_ok() {
                        bail!(
                            "there is no Chromium here, only Google's own Chrome, which takes no extension from the command line.\n\
                             Use Firefox (--browser firefox), install chromium, or load it by hand: open chrome://extensions in Chrome, \
                             switch on \"Developer mode\", press \"Load unpacked\" and choose the folder dist/chrome"
                        );
                    }
                    Err(problem)
                })?,
                driver: program("RECOURSE_CHROMEDRIVER", &["chromedriver", "chromium.chromedriver"])?,
            }),
            Browser::Firefox => Ok(Self {
                browser: program("RECOURSE_FIREFOX", &["firefox-esr", "firefox"])?,
                driver: program("RECOURSE_GECKODRIVER", &["geckodriver"])?,
            }),
        }
    }
}

/// By its variable, or else the first of its names in the PATH or among the project's own tools.
fn program(variable: &str, names: &[&str]) -> Result<PathBuf> {
    if let Some(chosen) = std::env::var_os(variable).filter(|_| !variable.is_empty()) {
        return Ok(chosen.into());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache")));
    folders.extend(cache.map(|cache| cache.join("recourse/tools/bin")));
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|candidate| candidate.is_file())
        .with_context(|| {
            format!(
                "none of {names:?} is in the PATH: install one, or say where it is in {variable}"
            )
        })
}
