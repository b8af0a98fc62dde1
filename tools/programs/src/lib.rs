//! Where the browsers and their drivers are on this machine.
//!
//! Each is what its variable names, or else the first of its usual names that is in the path or among the tools that `build.sh` has
//! installed.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    Chromium,
    Chromedriver,
    Firefox,
    Geckodriver,
}

impl Program {
    pub const ALL: [Self; 4] = [
        Self::Chromium,
        Self::Chromedriver,
        Self::Firefox,
        Self::Geckodriver,
    ];

    /// The variable that says where it is.
    #[must_use]
    pub const fn variable(self) -> &'static str {
        match self {
            Self::Chromium => "RECOURSE_CHROMIUM",
            Self::Chromedriver => "RECOURSE_CHROMEDRIVER",
            Self::Firefox => "RECOURSE_FIREFOX",
            Self::Geckodriver => "RECOURSE_GECKODRIVER",
        }
    }

    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-browser"],
            Self::Chromedriver => &["chromedriver", "chromium.chromedriver"],
            Self::Firefox => &["firefox-esr", "firefox"],
            Self::Geckodriver => &["geckodriver"],
        }
    }

    /// # Errors
    /// It is not there; the message says what to do.
    pub fn find(self) -> Result<PathBuf> {
        if let Some(chosen) = std::env::var_os(self.variable()).map(PathBuf::from) {
            if chosen.is_file() {
                return Ok(chosen);
            }
            bail!(
                "{} is {}, and there is no such file",
                self.variable(),
                chosen.display()
            );
        }
        if let Some(found) = first(self.names()) {
            return Ok(found);
        }
        if self == Self::Chromium && first(&["google-chrome", "google-chrome-stable"]).is_some() {
            bail!(
                "there is no Chromium here, only Google's own Chrome, which takes no extension from the command line.\n\
                 Use Firefox (--browser firefox), install chromium, or load it by hand: open chrome://extensions in Chrome, \
                 switch on \"Developer mode\", press \"Load unpacked\" and choose the folder dist/chrome"
            );
        }
        None.with_context(|| {
            format!(
                "no {} is in the path: install one, or say where it is in {}",
                self.names().join(" or "),
                self.variable()
            )
        })
    }
}

/// The first of the names in the path, or else among our own tools.
fn first(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(tools().map(|tools| tools.join("bin")));
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|candidate| candidate.is_file())
}

/// Where `build.sh` installs what is neither the system's nor npm's.
fn tools() -> Option<PathBuf> {
    if let Some(tools) = std::env::var_os("RECOURSE_TOOLS") {
        return Some(tools.into());
    }
    let home = || std::env::home_dir().map(|home| home.join(".cache"));
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    Some(cache.or_else(home)?.join("recourse/tools"))
}
