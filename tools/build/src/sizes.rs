//! The size of every file in the package, before and after gzip, and the budget they must keep.

use crate::dist;
use crate::project::{Browser, Project};
use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Write;

/// Bytes of one file, or the most it may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Size {
    raw: u64,
    gzip: u64,
}

/// `tools/build/budget.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    /// The whole package.
    total: Size,
    /// Each file that is not named.
    other: Size,
    /// By path in the package. A `*` stands for the name of a language.
    files: BTreeMap<String, Size>,
}

struct Row {
    name: String,
    size: Size,
    allowed: Size,
}

impl Row {
    const fn passes(&self) -> bool {
        self.size.raw <= self.allowed.raw && self.size.gzip <= self.allowed.gzip
    }
}

/// Prints the table.
pub fn print(project: &Project) -> Result<()> {
    table(project).map(drop)
}

/// Prints the table, and fails when something is over its budget.
pub fn check(project: &Project) -> Result<()> {
    let over: Vec<String> = table(project)?
        .into_iter()
        .filter(|row| !row.passes())
        .map(|row| row.name)
        .collect();
    if over.is_empty() {
        Ok(())
    } else {
        bail!(
            "over the budget: {}; make it smaller, or raise tools/build/budget.toml and say why",
            over.join(", ")
        )
    }
}

fn table(project: &Project) -> Result<Vec<Row>> {
    let path = project.path("tools/build/budget.toml");
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let budget: Budget = toml::from_str(&text).context("tools/build/budget.toml")?;
    // The two packages differ in the manifest alone.
    let rows = rows(measured(project, Browser::Chrome)?, &budget)?;
    println!(
        "\n{:<36} {:>9} {:>9}   {:>9} {:>9}",
        "file", "bytes", "gzip", "may have", "gzip"
    );
    for row in &rows {
        let Row {
            name,
            size,
            allowed,
        } = row;
        let sign = if row.passes() { "" } else { "  OVER" };
        println!(
            "{name:<36} {:>9} {:>9}   {:>9} {:>9}{sign}",
            size.raw, size.gzip, allowed.raw, allowed.gzip
        );
    }
    println!();
    Ok(rows)
}

fn measured(project: &Project, browser: Browser) -> Result<Vec<(String, Size)>> {
    let folder = project.dist(browser);
    let measure = |path: &std::path::PathBuf| {
        let bytes = std::fs::read(folder.join(path))?;
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&bytes)?;
        let size = Size {
            raw: u64::try_from(bytes.len())?,
            gzip: u64::try_from(encoder.finish()?.len())?,
        };
        Ok((path.to_string_lossy().into_owned(), size))
    };
    dist::files(&folder)?.iter().map(measure).collect()
}

/// Whether the budget means that file.
fn is_meant(pattern: &str, file: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == file,
        Some((before, after)) => {
            let rest = file.strip_prefix(before);
            rest.and_then(|rest| rest.strip_suffix(after))
                .is_some_and(|language| !language.is_empty() && !language.contains('/'))
        }
    }
}

fn rows(files: Vec<(String, Size)>, budget: &Budget) -> Result<Vec<Row>> {
    for name in budget.files.keys() {
        if !files.iter().any(|(file, _)| is_meant(name, file)) {
            bail!("tools/build/budget.toml names {name}, which is not in the package");
        }
    }
    let mut total = Size::default();
    let mut rows: Vec<Row> = Vec::new();
    for (name, size) in files {
        total.raw += size.raw;
        total.gzip += size.gzip;
        let named = budget.files.get(&name).or_else(|| {
            let mut patterns = budget.files.iter();
            patterns
                .find(|(pattern, _)| is_meant(pattern, &name))
                .map(|(_, size)| size)
        });
        let allowed = named.copied().unwrap_or(budget.other);
        rows.push(Row {
            name,
            size,
            allowed,
        });
    }
    rows.push(Row {
        name: "total".to_owned(),
        size: total,
        allowed: budget.total,
    });
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget() -> Budget {
        toml::from_str(
            "total = { raw = 100, gzip = 50 }
             other = { raw = 10, gzip = 10 }
             [files]
             \"a.wasm\" = { raw = 80, gzip = 40 }",
        )
        .unwrap()
    }

    fn file(name: &str, raw: u64, gzip: u64) -> (String, Size) {
        (name.to_owned(), Size { raw, gzip })
    }

    #[test]
    fn every_file_and_the_whole_have_a_budget() {
        let rows = rows(
            vec![file("a.wasm", 80, 41), file("b", 10, 9), file("c", 11, 0)],
            &budget(),
        )
        .unwrap();
        let passes: Vec<bool> = rows.iter().map(Row::passes).collect();
        assert_eq!(passes, [false, true, false, false]);
    }

    #[test]
    fn a_budget_for_a_file_that_is_gone_is_an_error() {
        assert!(rows(vec![file("b", 1, 1)], &budget()).is_err());
    }
}
