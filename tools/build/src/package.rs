//! The archives for the stores, and the source that goes with them: the same byte for byte from any folder.

use crate::project::{Browser, Project};
use crate::run::{quiet, step};
use crate::{dist, sizes};
use anyhow::{Context, Result};
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Command;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// One file of an archive.
struct Entry {
    name: String,
    bytes: Vec<u8>,
    executable: bool,
}

pub fn package(project: &Project) -> Result<()> {
    locked()?;
    dist::build(project)?;
    for browser in Browser::ALL {
        let ending = match browser {
            Browser::Chrome => "chrome.zip",
            Browser::Firefox => "firefox.xpi",
        };
        archive(project, ending, || extension(project, browser))?;
    }
    archive(project, "source.zip", || source(project))?;
    sizes::print(project)
}

/// The dependencies are those of Cargo.lock, or it is not the package that anybody else would build.
pub fn locked() -> Result<()> {
    step("Cargo.lock is up to date", || {
        let mut cargo = Command::new("cargo");
        quiet(cargo.args(["metadata", "--locked", "--format-version", "1"])).map(drop)
    })
}

fn archive(
    project: &Project,
    ending: &str,
    entries: impl FnOnce() -> Result<Vec<Entry>>,
) -> Result<()> {
    let name = format!("recourse-{}-{ending}", project.version);
    step(&format!("dist/{name}"), || {
        let bytes = zipped(entries()?)?;
        std::fs::write(project.path("dist").join(&name), bytes).context("writing the archive")
    })
}

fn extension(project: &Project, browser: Browser) -> Result<Vec<Entry>> {
    let folder = project.dist(browser);
    let read = |path: &Path| {
        Ok(Entry {
            name: slashed(path),
            bytes: std::fs::read(folder.join(path))?,
            executable: false,
        })
    };
    dist::files(&folder)?
        .iter()
        .map(|path| read(path))
        .collect()
}

/// What git has under version control, as it lies in the checkout.
fn source(project: &Project) -> Result<Vec<Entry>> {
    let listed = quiet(Command::new("git").args(["ls-files", "--stage", "-z"])).context(
        "the source archive holds what git has under version control, so it needs the git checkout",
    )?;
    let mut entries = Vec::new();
    for line in listed.split_terminator('\0') {
        // mode, object, stage, a tab, the path
        let (about, name) = line
            .split_once('\t')
            .context("git ls-files writes an unknown form")?;
        let bytes = std::fs::read(project.path(name)).with_context(|| format!("reading {name}"))?;
        entries.push(Entry {
            name: name.to_owned(),
            bytes,
            executable: about.starts_with("100755"),
        });
    }
    Ok(entries)
}

/// Sorted entries, one time for all, two modes.
fn zipped(mut entries: Vec<Entry>) -> Result<Vec<u8>> {
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in entries {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(9))
            .last_modified_time(DateTime::default())
            .unix_permissions(if entry.executable { 0o755 } else { 0o644 });
        archive.start_file(entry.name, options)?;
        archive.write_all(&entry.bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str) -> Entry {
        Entry {
            name: name.to_owned(),
            bytes: name.as_bytes().to_vec(),
            executable: name == "a",
        }
    }

    #[test]
    fn an_archive_does_not_depend_on_the_order_of_its_files() {
        let one = zipped(vec![entry("a"), entry("b/c"), entry("b.c")]).unwrap();
        let other = zipped(vec![entry("b.c"), entry("a"), entry("b/c")]).unwrap();
        assert_eq!(one, other);
    }
}
