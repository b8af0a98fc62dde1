//! What was acknowledged, and what has become of it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde_json::json;

use super::page::{Page, Store};
use super::rounds::Fault;

/// Numbers that nobody can foresee, and that come again with the same seed.
pub struct Random(u64);

impl Random {
    pub fn new() -> Self {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Self(now.map_or(1, |now| now.as_nanos() as u64) | 1)
    }

    /// Below that.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit.max(1)
    }
}

/// What the locker holds, as far as it was told. Numbers of notes have their text, or nothing where they were deleted.
#[derive(Default)]
pub struct Model {
    notes: BTreeMap<u32, Option<String>>,
    /// What was asked for and not answered yet, or not for certain: it may be there or not.
    asked: Vec<(u32, Option<String>)>,
    files: BTreeSet<String>,
    edition: u32,
    importing: u32,
}

/// Notes are written again and again, so that there are old and new texts of each.
const NOTES: u64 = 60;

impl Model {
    /// Writes, deletes and adds, on both pages, until the browser is gone.
    pub async fn write(
        &mut self,
        page: &Page,
        second: bool,
        random: &mut Random,
        tally: &mut Tally,
    ) -> Result<()> {
        loop {
            self.step(page, second, random, tally).await?;
        }
    }

    pub async fn step(
        &mut self,
        page: &Page,
        second: bool,
        random: &mut Random,
        tally: &mut Tally,
    ) -> Result<()> {
        let number = random.below(NOTES) as u32;
        let on_second = second && random.below(2) == 0;
        match random.below(100) {
            0..8 => {
                self.asked.push((number, None));
                self.answered(
                    page.call(on_second, "remove", &[json!(number)]).await?,
                    tally,
                );
            }
            8..14 if self.importing == 0 => {
                self.edition += 1;
                self.importing = 1;
                let size = 1_000 + random.below(3_000_000) as u32;
                page.begin_import(self.edition, size).await?;
            }
            _ => {
                self.edition += 1;
                let length = random.below(1_500) as usize;
                let text = format!("{number} {} {}", self.edition, "é".repeat(length));
                self.asked.push((number, Some(text.clone())));
                self.answered(
                    page.call(on_second, "keep", &[json!(number), json!(text)])
                        .await?,
                    tally,
                );
            }
        }
        self.look_for_files(page, tally).await
    }

    /// Asks for several notes at once, and takes what is acknowledged within that time.
    pub async fn burst(
        &mut self,
        page: &Page,
        time: std::time::Duration,
        random: &mut Random,
        tally: &mut Tally,
    ) -> Result<()> {
        let first = random.below(NOTES) as u32;
        self.asked = (0..12)
            .map(|n| {
                self.edition += 1;
                let number = (first + n) % NOTES as u32;
                (number, Some(format!("{number} {}", self.edition)))
            })
            .collect();
        page.begin_notes(&self.asked).await?;
        self.edition += 1;
        page.begin_import(self.edition, 2_000_000).await?;
        tokio::time::sleep(time).await;
        for at in page.kept().await?.into_iter().rev() {
            tally.acknowledged += 1;
            self.notes.extend(self.asked.get(at).cloned());
        }
        self.look_for_files(page, tally).await
    }

    pub async fn look_for_files(&mut self, page: &Page, tally: &mut Tally) -> Result<()> {
        for added in page.added().await? {
            self.importing = 0;
            match added.strip_prefix('!') {
                Some(_) => tally.refused += 1,
                None => {
                    tally.acknowledged += 1;
                    self.files.insert(added);
                }
            }
        }
        Ok(())
    }

    pub fn is_importing(&self) -> bool {
        self.importing > 0
    }

    fn answered(&mut self, answer: Result<serde_json::Value, String>, tally: &mut Tally) {
        let Some(last) = self.asked.pop() else { return };
        match answer {
            Ok(_) => {
                tally.acknowledged += 1;
                self.asked.retain(|(number, _)| *number != last.0);
                self.notes.extend([last]);
            }
            // What took too long, or of which only the copy had no room, may have come to be all the same; everything else has not.
            Err(problem) => {
                tally.refused += 1;
                if problem.starts_with("hung") || problem.starts_with("full") {
                    self.asked.push(last);
                }
            }
        }
    }

    /// Opens the locker and compares. What is there is what counts from then on.
    pub async fn compare(&mut self, page: &Page, tally: &mut Tally) -> Result<()> {
        let findings = match page.call(false, "open", &[]).await? {
            Ok(findings) => findings.as_str().unwrap_or_default().to_owned(),
            Err(problem) => {
                tally.unopened += 1;
                tally.examples.push(format!("does not open: {problem}"));
                return Ok(());
            }
        };
        let lines = match page.texts("notes").await? {
            Ok(lines) => lines,
            Err(problem) => {
                tally.lost += self.notes.len();
                tally.examples.push(format!("cannot be listed: {problem}"));
                return Ok(());
            }
        };
        let mut here = BTreeMap::new();
        for line in lines {
            match line
                .split_once(' ')
                .and_then(|(id, text)| Some((u32::from_str_radix(id, 16).ok()?, text)))
            {
                Some((number, text)) => {
                    here.insert(number, text.to_owned());
                }
                None => tally.half += 1,
            }
        }
        let mut silent = 0;
        for (number, text) in &self.notes {
            let found = here.get(number);
            let is_asked = self
                .asked
                .iter()
                .any(|(asked, text)| asked == number && text.as_ref() == found);
            if found != text.as_ref() && !is_asked {
                silent += 1;
                match (found, text) {
                    // One that was deleted and is back is not lost.
                    (Some(_), None) => tally.returned += 1,
                    _ => {
                        tally.lost += 1;
                        tally.examples.push(format!(
                            "note {number}: {} instead of {}",
                            short(found),
                            short(text.as_ref())
                        ));
                    }
                }
            }
        }
        for (number, text) in &here {
            let own = text
                .split(' ')
                .next()
                .and_then(|own| own.parse::<u32>().ok());
            if own != Some(*number) {
                tally.half += 1;
            }
        }
        match page.texts("files").await? {
            Ok(files) => {
                let files: BTreeSet<String> = files.into_iter().collect();
                for file in &self.files {
                    if !files.contains(file) {
                        if files.contains(&format!("!{file}")) {
                            tally.files_named += 1;
                        } else {
                            tally.files_lost += 1;
                            silent += 1;
                            tally.examples.push(format!("file {file} is gone"));
                        }
                    }
                }
                // Files that were not acknowledged are whole or not there.
                tally.half += files
                    .iter()
                    .filter(|file| {
                        file.strip_prefix('!')
                            .is_some_and(|file| !self.files.contains(file))
                    })
                    .count();
                self.files = files
                    .into_iter()
                    .filter(|file| !file.starts_with('!'))
                    .collect();
            }
            Err(problem) => {
                tally.files_lost += self.files.len();
                tally
                    .examples
                    .push(format!("files cannot be listed: {problem}"));
            }
        }
        if !findings.is_empty() {
            tally.noticed += 1;
            for line in findings.lines() {
                let kind = line.split(' ').next().unwrap_or_default();
                *tally.named.entry(kind.to_owned()).or_default() += 1;
            }
            tally.restored += findings
                .lines()
                .filter(|line| line.starts_with("restored"))
                .count();
            // The answer is not needed: what was found is found again.
            let _ = page.call(false, "dismiss", &[]).await?;
        } else if silent > 0 {
            tally.silent += 1;
        }
        self.asked.clear();
        self.importing = 0;
        for number in 0..NOTES as u32 {
            let found = here.get(&number).cloned();
            if found.is_some() || self.notes.contains_key(&number) {
                self.notes.insert(number, found);
            }
        }
        Ok(())
    }

    /// Opens the locker as the version after this one does, and compares: every note has its sign, once.
    pub async fn compare_migrated(self, page: &Page, tally: &mut Tally) -> Result<()> {
        match page.call(false, "migrate", &[]).await? {
            Ok(findings) if findings.as_str() == Some("") => {}
            Ok(findings) => {
                tally.noticed += 1;
                tally.examples.push(format!("found: {findings}"));
            }
            Err(problem) => {
                tally.unopened += 1;
                tally.examples.push(format!("does not open: {problem}"));
                return Ok(());
            }
        }
        let lines = page.texts("notes").await?.unwrap_or_default();
        let mut here: BTreeMap<u32, &str> = BTreeMap::new();
        for line in &lines {
            let parts = line.split_once(' ');
            let number = parts.and_then(|(id, _)| u32::from_str_radix(id, 16).ok());
            match (number, parts) {
                (Some(number), Some((_, text))) => drop(here.insert(number, text)),
                _ => tally.half += 1,
            }
        }
        for (number, text) in &self.notes {
            let expected = text.as_ref().map(|text| format!("+{text}"));
            if here.get(number).copied() != expected.as_deref() {
                tally.lost += 1;
                let found = here.get(number).map(|text| (*text).to_owned());
                tally.examples.push(format!(
                    "note {number}: {} instead of {}",
                    short(found.as_ref()),
                    short(expected.as_ref())
                ));
            }
        }
        let files = page.texts("files").await?.unwrap_or_default();
        let lost = self.files.iter().filter(|file| !files.contains(file));
        tally.files_lost += lost.count();
        Ok(())
    }

    pub fn same(&self) -> Self {
        Self {
            notes: self.notes.clone(),
            files: self.files.clone(),
            edition: self.edition,
            ..Self::default()
        }
    }
}

fn short(text: Option<&String>) -> String {
    text.map_or_else(
        || "nothing".to_owned(),
        |text| text.chars().take(12).collect(),
    )
}

/// What the rounds of one fault have come to.
#[derive(Default)]
pub struct Tally {
    pub rounds: usize,
    pub acknowledged: usize,
    pub refused: usize,
    /// Acknowledged notes that are not there, or not as they were.
    pub lost: usize,
    /// Acknowledged files of which nothing is known any more.
    pub files_lost: usize,
    /// Files that are damaged and named.
    pub files_named: usize,
    /// Records and files that are there in part.
    pub half: usize,
    /// Deleted notes that are back.
    pub returned: usize,
    /// Rounds in which something was found.
    pub noticed: usize,
    /// Rounds in which something was lost, and nothing was found.
    pub silent: usize,
    pub restored: usize,
    pub unopened: usize,
    pub slowest: f64,
    /// How often the browser ended by itself.
    pub gone: usize,
    /// How often each kind of damage was named.
    pub named: BTreeMap<String, usize>,
    pub examples: Vec<String>,
}

impl Tally {
    pub const HEAD: &str = "store               fault                 rounds  acknowledged  refused  lost  half  files lost  files named  noticed  restored  silent  unopened";

    #[must_use]
    pub fn line(&self, store: Store, fault: Fault) -> String {
        let mut line = format!(
            "{:<19} {:<21} {:>6}  {:>12}  {:>7}  {:>4}  {:>4}  {:>10}  {:>11}  {:>7}  {:>8}  {:>6}  {:>8}",
            store.name(),
            fault.name(),
            self.rounds,
            self.acknowledged,
            self.refused,
            self.lost,
            self.half,
            self.files_lost,
            self.files_named,
            self.noticed,
            self.restored,
            self.silent,
            self.unopened
        );
        if !self.named.is_empty() {
            let named: Vec<String> = self
                .named
                .iter()
                .map(|(kind, count)| format!("{kind} {count}"))
                .collect();
            line.push_str(&format!("\n    found: {}", named.join(", ")));
        }
        if self.slowest > 0.0 {
            line.push_str(&format!(
                "\n    longest until it was said whether it is saved: {:.1} s",
                self.slowest
            ));
        }
        if self.gone > 0 {
            line.push_str(&format!("\n    the browser ended by itself: {}", self.gone));
        }
        for example in self.examples.iter().take(3) {
            line.push_str("\n    ");
            line.push_str(example);
        }
        line
    }

    /// Nothing acknowledged is lost, nothing is there in part, and no damage goes unseen.
    #[must_use]
    pub fn passes(&self, fault: Fault) -> bool {
        let whole = self.lost == 0
            && self.half == 0
            && self.silent == 0
            && self.files_lost == 0
            && self.unopened == 0;
        // Only where files of the store are damaged, the bytes of files can be too.
        whole && self.acknowledged > 0 && (fault.damages() || self.files_named == 0)
    }
}
