//! The steps of a test in one browser session. Starting a browser is slow, so a test file has one session per browser and many steps in it;
//! a step that fails does not keep the next from running.

use std::time::Instant;

use anyhow::Result;
use local_site::Site;

use crate::driver::Browser;
use crate::session::{Options, Session};

/// Firefox itself complains so of a frame of the extension's that went with its page before it had loaded.
const FRAME_GONE: &str = "FrameData missing for ";

/// What the extension says where the disk is slower than it waits for. Whether what was asked is kept all the same, or said not to be, is for the
/// steps to see.
const SLOW_DISK: [&str; 3] = [
    "a transaction did not answer",
    "a transaction took too long",
    "a transaction did not end",
];

pub struct Steps<'a> {
    session: &'a mut Session,
    test: &'static str,
    failed: Vec<String>,
}

impl Steps<'_> {
    /// Starts the local site and a browser, runs the steps in it, and fails the test if one of them did.
    pub async fn run(
        test: &'static str,
        browser: Browser,
        options: Options,
        steps: impl AsyncFnOnce(&mut Steps<'_>),
    ) {
        let site = Site::start(0).await.expect("the local site starts");
        let mut session = Session::start(browser, &site, options)
            .await
            .unwrap_or_else(|problem| panic!("{problem:#}"));
        let mut all = Steps {
            session: &mut session,
            test,
            failed: Vec::new(),
        };
        steps(&mut all).await;
        let failed = all.failed;
        session.close();
        assert!(
            failed.is_empty(),
            "{} steps failed:\n  {}",
            failed.len(),
            failed.join("\n  ")
        );
    }

    /// Runs one step and says how it went. Complaints of the extension's in the console are a failure too.
    pub async fn step(&mut self, name: &str, work: impl AsyncFnOnce(&mut Session) -> Result<()>) {
        self.one(name, true, work).await;
    }

    /// A step that provokes errors on purpose, so that the console is not looked at.
    pub async fn rough_step(
        &mut self,
        name: &str,
        work: impl AsyncFnOnce(&mut Session) -> Result<()>,
    ) {
        self.one(name, false, work).await;
    }

    async fn one(
        &mut self,
        name: &str,
        quiet: bool,
        work: impl AsyncFnOnce(&mut Session) -> Result<()>,
    ) {
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
                println!(
                    "  ✗ {browser}: {name} ({seconds:.1} s)\n      {problem:#}\n      {picture}"
                );
                for line in said.iter().take(8) {
                    println!("      console: {line}");
                }
                self.failed.push(format!("{browser}: {name}: {problem:#}"));
            }
        }
    }

    async fn ours_complained(&self) -> Result<()> {
        let said = self.session.complaints().await?;
        let ours: Vec<&String> = said
            .iter()
            .filter(|line| line.contains("-extension:") || line.contains("Recourse"))
            .filter(|line| !line.contains(FRAME_GONE))
            .filter(|line| !SLOW_DISK.iter().any(|said| line.contains(said)))
            .collect();
        anyhow::ensure!(ours.is_empty(), "the console holds: {ours:?}");
        Ok(())
    }
}

fn file_name(name: &str) -> String {
    name.chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .take(60)
        .collect()
}

/// Makes of `async fn run(Browser)` one test per browser.
#[macro_export]
macro_rules! in_both_browsers {
    ($run:path) => {
        #[tokio::test(flavor = "multi_thread")]
        async fn in_chromium() {
            $run($crate::Browser::Chromium).await;
        }

        #[tokio::test(flavor = "multi_thread")]
        async fn in_firefox() {
            $run($crate::Browser::Firefox).await;
        }
    };
}
