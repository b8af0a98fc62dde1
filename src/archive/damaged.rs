//! What cannot be read, in a backup: as it was found, in a folder of its own, for whoever can make something of it. Nothing of it is
//! brought back.

use super::names;

/// The folder in which it lies.
pub const FOLDER: &str = "damaged";

/// What of everything that is kept is not whole in a backup.
#[derive(Debug, Default)]
pub struct Damaged {
    count: usize,
    paths: Vec<String>,
    texts: Vec<(String, String)>,
}

impl Damaged {
    /// A record that cannot be read, under its key, and what is there of it.
    pub fn record(&mut self, key: &str, text: &str) {
        self.count += 1;
        self.aside(key, text);
    }

    /// What was found damaged before and put aside. What is missing for that was told then.
    pub fn aside(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            let path = self.unused(FOLDER, key, "txt");
            self.texts.push((path, text.to_owned()));
        }
    }

    /// A file of which bytes are missing, or not as they came. Returns the path for what is there of it.
    pub fn file(&mut self, order: &str, name: &str, ending: &str) -> String {
        self.count += 1;
        let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let folder = [FOLDER, "/", order].concat();
        self.unused(&folder, &["damaged-", name].concat(), ending)
    }

    /// A path that none before it has, whatever the letters' size.
    fn unused(&mut self, folder: &str, name: &str, ending: &str) -> String {
        let mut path = String::new();
        for number in 1.. {
            let number = match number {
                1 => String::new(),
                number => format!("{number}-"),
            };
            // All of the name stands before its ending.
            let name = [&number, name, "."].concat();
            path = [folder, "/", &names::safe(&name, ending)].concat();
            if !self.paths.contains(&path.to_lowercase()) {
                break;
            }
        }
        self.paths.push(path.to_lowercase());
        path
    }

    /// How much is not whole.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// What is there of records, with the path of each.
    #[must_use]
    pub fn texts(&self) -> &[(String, String)] {
        &self.texts
    }
}
