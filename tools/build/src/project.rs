//! Where everything lies, and which versions the project asks for.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// The checkout, seen from its root, which is the current directory (`build.sh` goes there).
pub struct Project {
    pub root: PathBuf,
    /// `version` of the workspace: the extension's version.
    pub version: String,
    /// Where cargo puts what it builds.
    pub target: PathBuf,
    /// Where `build.sh` installs tools that are neither the system's nor npm's.
    pub tools: PathBuf,
}

/// The two browsers the extension is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    Chrome,
    Firefox,
}

impl Browser {
    pub const ALL: [Self; 2] = [Self::Chrome, Self::Firefox];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Chrome => "chrome",
            Self::Firefox => "firefox",
        }
    }
}

impl Project {
    pub fn here() -> Result<Self> {
        let root = std::env::current_dir().context("the current directory is gone")?;
        let manifest = root.join("Cargo.toml");
        let text = std::fs::read_to_string(&manifest).with_context(|| {
            format!(
                "reading {}; run this through ./build.sh",
                manifest.display()
            )
        })?;
        let table: toml::Table = text.parse().context("Cargo.toml is not TOML")?;
        let version = table
            .get("workspace")
            .and_then(|workspace| workspace.get("package")?.get("version")?.as_str())
            .context("Cargo.toml has no workspace.package.version")?
            .to_owned();
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |folder| root.join(folder));
        let tools = std::env::var_os("RECOURSE_TOOLS")
            .map(PathBuf::from)
            .context("RECOURSE_TOOLS is not set; run this through ./build.sh")?;
        Ok(Self {
            root,
            version,
            target,
            tools,
        })
    }

    /// The checkout that this crate lies in, for tests, which cargo starts elsewhere.
    #[cfg(test)]
    pub fn of_this_crate() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        Self {
            version: String::new(),
            target: root.join("target"),
            tools: root.clone(),
            root,
        }
    }

    pub fn path(&self, inside: impl AsRef<Path>) -> PathBuf {
        self.root.join(inside)
    }

    pub fn dist(&self, browser: Browser) -> PathBuf {
        self.path("dist").join(browser.name())
    }

    /// A program that npm installed.
    pub fn npm(&self, program: &str) -> Result<PathBuf> {
        installed(self.path("node_modules/.bin").join(program))
    }

    /// A program that cargo installed among the tools.
    pub fn tool(&self, program: &str) -> Result<PathBuf> {
        installed(self.tools.join("bin").join(program))
    }
}

fn installed(program: PathBuf) -> Result<PathBuf> {
    if program.exists() {
        Ok(program)
    } else {
        bail!("{} is missing; ./build.sh installs it", program.display())
    }
}
