//! Checks the data of every language and writes it as the files that the extension loads.
//!
//! A language has two sources: `src/reading/languages/<tag>.toml`, how it writes dates and numbers of days, and
//! `src/site/words/<tag>.toml`, the shop's words in it. Both are written as people spell them. What is made of them is one
//! small file, `languages/<tag>.txt`, of lines `name=form|form`, folded as the readers fold what they compare it with.
//!
//! What could mislead a reader is refused: a form that names two months, a status that means two states, a list that is
//! missing or empty, a word that folds away.

#[path = "../../../src/reading/text.rs"]
#[allow(dead_code, reason = "the readers use more of it")]
mod text;

#[path = "../../../src/form/meanings.rs"]
mod meanings;

mod forms;
mod shop;
mod writing;

use std::fs;
use std::path::{Path, PathBuf};

/// Where the sources lie, below the root of the checkout.
pub const FOLDERS: [&str; 2] = ["src/reading/languages", "src/site/words"];

/// One language's file.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    /// The two-letter code.
    pub tag: String,
    pub text: String,
}

/// The files of all languages, in the order of their tags.
///
/// # Errors
/// Everything that is wrong with the sources, a line for each.
pub fn files(root: &Path) -> Result<Vec<File>, Vec<String>> {
    let [writing, shop] = FOLDERS.map(|folder| root.join(folder));
    let tags = tags(&writing).and_then(|tags| match self::tags(&shop) {
        Ok(others) if others == tags => Ok(tags),
        Ok(others) => {
            let lone = |a: &[String], b: &[String]| -> Vec<String> {
                a.iter().filter(|tag| !b.contains(tag)).cloned().collect()
            };
            let mut lone_ones = lone(&tags, &others);
            lone_ones.extend(lone(&others, &tags));
            Err(format!(
                "{} and {} have different languages: {}",
                writing.display(),
                shop.display(),
                lone_ones.join(", ")
            ))
        }
        Err(error) => Err(error),
    });
    let tags = tags.map_err(|error| vec![error])?;
    written(tags, &[(&writing, writing::write), (&shop, shop::write)])
}

/// Where the words of dispute forms lie, below the root of the checkout.
pub const FORMS: &str = "src/form/words";

/// The words of dispute forms in every language, in the order of their tags.
///
/// # Errors
/// Everything that is wrong with the sources, a line for each.
pub fn forms(root: &Path) -> Result<Vec<File>, Vec<String>> {
    let folder = root.join(FORMS);
    let tags = tags(&folder).map_err(|error| vec![error])?;
    written(tags, &[(&folder, forms::write)])
}

/// One file for each language, of what its sources in these folders come to.
fn written(tags: Vec<String>, sources: &[(&Path, Write)]) -> Result<Vec<File>, Vec<String>> {
    let mut wrong = Vec::new();
    let mut files = Vec::new();
    for tag in tags {
        let mut lines = Lines::default();
        for (folder, write) in sources {
            let path = folder.join(format!("{tag}.toml"));
            let read = fs::read_to_string(&path).map_err(|error| error.to_string());
            let before = lines.wrong.len();
            if let Err(error) = read.and_then(|source| write(&source, &mut lines)) {
                lines.wrong.push(error);
            }
            for error in lines.wrong.iter_mut().skip(before) {
                *error = format!("{}: {error}", path.display());
            }
        }
        wrong.append(&mut lines.wrong);
        files.push(File {
            tag,
            text: lines.text,
        });
    }
    if wrong.is_empty() {
        Ok(files)
    } else {
        Err(wrong)
    }
}

type Write = fn(&str, &mut Lines) -> Result<(), String>;

fn tags(folder: &Path) -> Result<Vec<String>, String> {
    let say = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut tags = Vec::new();
    for entry in fs::read_dir(folder).map_err(say)? {
        let path: PathBuf = entry.map_err(say)?.path();
        if path.extension().is_some_and(|end| end == "toml")
            && let Some(tag) = path.file_stem().and_then(|stem| stem.to_str())
        {
            if tag.len() != 2 || !tag.bytes().all(|letter| letter.is_ascii_lowercase()) {
                return Err(format!(
                    "{}: a language is named by two letters",
                    path.display()
                ));
            }
            tags.push(tag.to_owned());
        }
    }
    tags.sort();
    Ok(tags)
}

/// The file that is being written, and what is wrong with its sources.
#[derive(Default)]
struct Lines {
    text: String,
    wrong: Vec<String>,
}

impl Lines {
    /// Writes a list, folded and each form once. One that may not be empty is refused if it is.
    fn list(&mut self, name: &str, forms: &[String], may_be_empty: bool) {
        if forms.is_empty() && !may_be_empty {
            self.wrong.push(format!("{name} is empty"));
        }
        let forms = self.folded(name, forms);
        if !forms.is_empty() {
            self.line(name, &forms.join("|"));
        }
    }

    fn line(&mut self, name: &str, value: &str) {
        self.text.push_str(name);
        self.text.push('=');
        self.text.push_str(value);
        self.text.push('\n');
    }

    /// The forms as the readers compare them, each once: two spellings may fold to the same.
    fn folded(&mut self, name: &str, forms: &[String]) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for form in forms {
            let folded = text::fold(form);
            if folded.is_empty() || folded.contains(['|', ';', '=']) {
                self.wrong
                    .push(format!("{name}: {form:?} cannot be compared with anything"));
            } else if !out.contains(&folded) {
                out.push(folded);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests;
