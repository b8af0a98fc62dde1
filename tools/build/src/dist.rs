//! `dist/chrome` and `dist/firefox`: the extension, unpacked.

use crate::project::{Browser, Project};
use crate::run::step;
use crate::{locales, manifest, pages, styles, texts, wasm};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// What is copied as it lies: where from, where to, and a file that must be there.
const FOLDERS: [(&str, &str, &[&str]); 3] = [
    (
        "extension/icons",
        "icons",
        &["icon-16.png", "icon-32.png", "icon-48.png", "icon-128.png"],
    ),
    (
        "extension/loaders",
        "loaders",
        &[
            "modules.js",
            "list.js",
            "order.js",
            "form.js",
            "sign-in.js",
            "background.js",
            "page.js",
            "evidence.js",
        ],
    ),
    ("www", "www", &["recourse.css", pages::TEMPLATE]),
];

pub fn build(project: &Project) -> Result<()> {
    wasm::build(project)?;
    step("dist/chrome and dist/firefox", || {
        Browser::ALL
            .into_iter()
            .try_for_each(|browser| assemble(project, browser))
    })
}

fn assemble(project: &Project, browser: Browser) -> Result<()> {
    let dist = project.dist(browser);
    if dist.exists() {
        std::fs::remove_dir_all(&dist).with_context(|| format!("emptying {}", dist.display()))?;
    }
    for (from, to, needed) in FOLDERS {
        let folder = project.path(from);
        for file in needed {
            let path = folder.join(file);
            anyhow::ensure!(
                path.is_file(),
                "{} is missing; the extension needs it",
                path.display()
            );
        }
        for file in files(&folder)? {
            if file == Path::new(pages::TEMPLATE) {
                continue;
            }
            copy(&folder.join(&file), &dist.join(to).join(&file))?;
        }
    }
    for file in
        languages::files(&project.root).map_err(|wrong| anyhow::anyhow!(wrong.join("\n")))?
    {
        let path = dist.join("languages").join(format!("{}.txt", file.tag));
        write(&path, &file.text)?;
    }
    for file in
        languages::forms(&project.root).map_err(|wrong| anyhow::anyhow!(wrong.join("\n")))?
    {
        let path = dist.join("forms").join(format!("{}.txt", file.tag));
        write(&path, &file.text)?;
    }
    for module in wasm::MODULES {
        for file in module.files() {
            let from = module.folder(project).join(&file);
            copy(&from, &dist.join(module.name).join(&file))?;
        }
    }
    pages::write(project, &dist)?;
    texts::write(project, &dist)?;
    locales::write_for_manifest(project, &dist)?;
    styles::write(project, &dist)?;
    write(
        &dist.join("manifest.json"),
        &manifest::write(project, browser)?,
    )
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}

pub fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::copy(from, to)
        .with_context(|| format!("copying {} to {}", from.display(), to.display()))
        .map(drop)
}

/// Every file below a folder, as paths relative to it, in a fixed order. Hidden files are not ours.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(folder, Path::new(""), &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, below: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let here = folder.join(below);
    for entry in std::fs::read_dir(&here).with_context(|| format!("reading {}", here.display()))? {
        let entry = entry?;
        let path = below.join(entry.file_name());
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(folder, &path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}
