//! The steps of a test in one browser session. Starting a browser is slow, so a test file has one session per browser and many steps in it;
//! a step that fails does not keep the next from running.

use std::time::Instant;

use anyhow::Result;

use crate::session::Session;

pub struct Steps<'a> {
    session: &'a Session,
    test: &'static str,
    failed: Vec<String>,
}

impl<'a> Steps<'a> {
    #[must_use]
    pub fn new(session: &'a Session, test: &'static str) -> Self {
        Self { session, test, failed: Vec::new() }
    }

    /// Runs one step and says how it went. Complaints of the extension's in the console are a failure too.
    pub async fn step(&mut self, name: &str, work: impl AsyncFnOnce(&'a Session) -> Result<()>) {
        self.run(name, true, work).await;
    }

    /// A step that provokes errors on purpose, so that the console is not looked at.
    pub async fn rough_step(&mut self, name: &str, work: impl AsyncFnOnce(&'a Session) -> Result<()>) {
        self.run(name, false, work).await;
    }

    async fn run(&mut self, name: &str, quiet: bool, work: impl AsyncFnOnce(&'a Session) -> Result<()>) {
        let start = Instant::now();
        // What was said before belongs to the step before, which has been judged.
        let _ = self.session.complaints().await;
        let mut result = work(self.session).await;
        if quiet && result.is_ok() {
            result = self.ours_complained().await;
        }
        let seconds = start.elapsed().as_secs_f64();
        let browser = self.session.browser.name();
        match result {
            Ok(()) => println!("  ✓ {browser}: {name} ({seconds:.1} s)"),
            Err(problem) => {
                let file = format!("e2e/{}-{browser}-{}.png", self.test, file_name(name));
                let picture = match self.session.screenshot(&file).await {
                    Ok(path) => path.display().to_string(),
                    Err(why) => format!("no picture: {why}"),
                };
                let said = self.session.complaints().await.unwrap_or_default();
                println!("  ✗ {browser}: {name} ({seconds:.1} s)\n      {problem:#}\n      {picture}");
                for line in said.iter().take(8) {
                    println!("      console: {line}");
                }
                self.failed.push(format!("{browser}: {name}: {problem:#}"));
            }
        }
    }

    async fn ours_complained(&self) -> Result<()> {
        let said = self.session.complaints().await?;
        let ours: Vec<&String> = said.iter().filter(|line| line.contains("-extension:") || line.contains("Recourse")).collect();
        anyhow::ensure!(ours.is_empty(), "the console holds: {ours:?}");
        Ok(())
    }

    /// Fails the test if a step did.
    pub fn finish(self) {
        assert!(self.failed.is_empty(), "{} steps failed:\n  {}", self.failed.len(), self.failed.join("\n  "));
    }
}

fn file_name(name: &str) -> String {
    name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' }).take(60).collect()
}
