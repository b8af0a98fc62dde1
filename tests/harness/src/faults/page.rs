//! A browser with a profile that stays, and in it a page in the extension's own origin that writes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver};

use crate::driver::{self, ADDON, ADDON_UUID, Browser, Driver};
use crate::environment::{Environment, Programs};
use crate::processes::descendants;
use crate::session::{Options, id_of_unpacked};
use crate::wait::{LONG, until};

/// What keeps the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    ChromiumLevelDb,
    /// Chromium is on its way from the one to the other.
    ChromiumSqlite,
    Firefox,
}

impl Store {
    pub const ALL: [Self; 3] = [Self::ChromiumLevelDb, Self::ChromiumSqlite, Self::Firefox];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ChromiumLevelDb => "chromium, LevelDB",
            Self::ChromiumSqlite => "chromium, SQLite",
            Self::Firefox => "firefox",
        }
    }

    #[must_use]
    pub const fn browser(self) -> Browser {
        match self {
            Self::ChromiumLevelDb | Self::ChromiumSqlite => Browser::Chromium,
            Self::Firefox => Browser::Firefox,
        }
    }

    /// The folders of a profile in which the extension's database and its other storage are.
    pub fn folders(self, home: &Path) -> [PathBuf; 2] {
        match self.browser() {
            Browser::Chromium => {
                let profile = home.join("chromium/Default");
                [
                    profile.join("IndexedDB"),
                    profile.join("Local Extension Settings"),
                ]
            }
            Browser::Firefox => {
                let origin = home
                    .join("firefox/storage/default")
                    .join(format!("moz-extension+++{ADDON_UUID}"));
                let own = PathBuf::from(format!("{}^userContextId=4294967295", origin.display()));
                [origin, own]
            }
        }
    }
}

pub struct Page {
    driver: WebDriver,
    process: Driver,
    address: String,
}

impl Page {
    /// Starts the browser on the profile in `home`, which is made if it is not there, and opens the page.
    pub async fn start(store: Store, home: &Path) -> Result<Self> {
        let environment = Environment::find()?;
        let browser = store.browser();
        let programs = Programs::find(browser)?;
        let options = Options::default();
        let extension = environment.faults(browser)?;
        let mut process = Driver::start(browser, &programs, &options, home).await?;
        let mut wanted =
            driver::capabilities(browser, &programs, &options, home, Some(&extension), 0);
        match browser {
            Browser::Chromium => {
                let args = wanted["goog:chromeOptions"]["args"]
                    .as_array_mut()
                    .context("arguments")?;
                // What Chromium would do by itself if the computer had just been switched on takes time from the test.
                args.push(json!("--disable-extensions-http-throttling"));
                if store == Store::ChromiumSqlite {
                    args.push(json!("--enable-features=IdbSqliteBackingStore,IdbSqliteOnDiskRollout:UseSqliteForNewStores/true"));
                }
            }
            Browser::Firefox => {
                let profile = home.join("firefox");
                install(&extension, &profile)?;
                let own = &mut wanted["moz:firefoxOptions"];
                own["args"] = json!(["-headless", "-profile", profile]);
                own["prefs"]["xpinstall.signatures.required"] = json!(false);
                own["prefs"]["extensions.autoDisableScopes"] = json!(0);
                own["prefs"]["browser.sessionstore.resume_from_crash"] = json!(false);
                own["prefs"]["toolkit.startup.max_resumed_crashes"] = json!(-1);
            }
        }
        let connected = WebDriver::builder(process.url(), Capabilities::from(wanted))
            .request_timeout(Duration::from_secs(120))
            .connect()
            .await;
        let driver = connected.with_context(|| format!("{} does not start", store.name()))?;
        process.owns(driver.session_id().to_string());
        driver.set_script_timeout(Duration::from_secs(60)).await?;
        let address = match browser {
            Browser::Chromium => format!(
                "chrome-extension://{}/locker/page.html",
                id_of_unpacked(&extension)
            ),
            Browser::Firefox => format!("moz-extension://{ADDON_UUID}/locker/page.html"),
        };
        let page = Self {
            driver,
            process,
            address,
        };
        page.open().await?;
        Ok(page)
    }

    async fn open(&self) -> Result<()> {
        until("the page that writes", LONG, async || {
            // An add-on is not there from the first moment.
            if let Err(problem) = self.driver.goto(&self.address).await {
                return Ok(Err(problem.to_string()));
            }
            let ready = until("its program", Duration::from_secs(10), async || {
                let ready = "return Boolean(window.locker)";
                let ready = self.driver.execute(ready, Vec::new()).await?;
                let ready = ready.json().as_bool().filter(|ready| *ready);
                Ok(ready.ok_or_else(String::new))
            });
            Ok(ready.await.map(drop).map_err(|problem| problem.to_string()))
        })
        .await
    }

    /// Leaves the page at once, whatever it does, and opens it anew.
    pub async fn reopen(&self) -> Result<()> {
        self.driver.goto("about:blank").await?;
        self.open().await
    }

    /// Calls a function of the page, and does not wait for it.
    pub async fn begin(&self, function: &str) -> Result<()> {
        let script = "window.locker[arguments[0]]().catch(() => {})";
        self.driver.execute(script, vec![json!(function)]).await?;
        Ok(())
    }

    /// Begins to keep notes, and does not wait for them.
    pub async fn begin_notes(&self, notes: &[(u32, Option<String>)]) -> Result<()> {
        let script = "const [notes] = arguments; window.kept = [];
            notes.forEach(([number, text], at) => window.locker.keep(number, text).then(() => window.kept.push(at), () => {}))";
        self.driver.execute(script, vec![json!(notes)]).await?;
        Ok(())
    }

    /// Which of them were acknowledged.
    pub async fn kept(&self) -> Result<Vec<usize>> {
        let kept = self
            .driver
            .execute("return window.kept", Vec::new())
            .await?;
        Ok(serde_json::from_value(kept.json().clone())?)
    }

    /// Opens a second page in the first, which is called by `call` with `second`.
    pub async fn open_second(&self) -> Result<()> {
        let script = "const done = arguments[0]; const frame = document.createElement('iframe'); frame.src = 'page.html'; document.body.append(frame);
            const wait = () => frame.contentWindow.locker ? frame.contentWindow.locker.open().then(() => done(null), (problem) => done(String(problem))) : setTimeout(wait, 20);
            wait();";
        let answer = self.driver.execute_async(script, Vec::new()).await?;
        match answer.json().as_str() {
            Some(problem) => bail!("the second page: {problem}"),
            None => Ok(()),
        }
    }

    /// What a function of the page comes to: its result, or the trouble that it names.
    pub async fn call(
        &self,
        second: bool,
        function: &str,
        arguments: &[Value],
    ) -> Result<Result<Value, String>> {
        let script = "const [second, name, given, done] = arguments; const page = second ? frames[0] : window;
            page.locker[name](...given).then((value) => done({ value: value ?? null }), (problem) => done({ problem: String(problem) }))";
        let given = vec![json!(second), json!(function), json!(arguments)];
        let answer = self
            .driver
            .execute_async(script, given)
            .await?
            .json()
            .clone();
        Ok(match answer["problem"].as_str() {
            Some(problem) => Err(problem.to_owned()),
            None => Ok(answer["value"].clone()),
        })
    }

    /// The texts that a function of the page returns.
    pub async fn texts(&self, function: &str) -> Result<Result<Vec<String>, String>> {
        let answer = self.call(false, function, &[]).await?;
        Ok(answer.map(|value| {
            let texts = value.as_array().cloned().unwrap_or_default();
            texts
                .iter()
                .filter_map(|text| text.as_str().map(str::to_owned))
                .collect()
        }))
    }

    /// Begins to add a file, and does not wait for it.
    pub async fn begin_import(&self, number: u32, size: u32) -> Result<()> {
        let script = "const [number, size] = arguments; window.added ??= [];
            window.locker.add(number, size).then((hash) => window.added.push(hash), (problem) => window.added.push('!' + problem))";
        self.driver
            .execute(script, vec![json!(number), json!(size)])
            .await?;
        Ok(())
    }

    /// Begins to add so many files one after the other, and does not wait for them.
    pub async fn begin_imports(&self, count: u32, size: u32) -> Result<()> {
        let script = "const [count, size] = arguments; window.added ??= [];
            (async () => {
              for (let number = 1; number <= count; number += 1) {
                await window.locker.add(number, size).then((hash) => window.added.push(hash), (problem) => window.added.push('!' + problem));
              }
            })()";
        self.driver
            .execute(script, vec![json!(count), json!(size)])
            .await?;
        Ok(())
    }

    /// The files that were added since the last time this was asked, and with a `!` the reasons of those that were not.
    pub async fn added(&self) -> Result<Vec<String>> {
        let added = self
            .driver
            .execute("return (window.added ?? []).splice(0)", Vec::new())
            .await?;
        Ok(serde_json::from_value(added.json().clone())?)
    }

    /// Whether the browser has ended by itself.
    pub async fn is_gone(&self) -> bool {
        self.driver.windows().await.is_err()
    }

    /// Ends the browser as the system does when memory is short, all its processes at once.
    pub fn kill(mut self) -> Result<()> {
        signal("-KILL", &descendants(self.process.id())?)?;
        self.process.forget_session();
        self.leave();
        Ok(())
    }

    /// No process of the browser does anything any more.
    pub fn freeze(&self) -> Result<()> {
        signal("-STOP", &descendants(self.process.id())?)
    }

    /// Ends the browser in an orderly way.
    pub fn end(mut self) {
        self.leave();
    }

    fn leave(&mut self) {
        // The process ends the session; the client must not try the same on its own.
        let _ = self.driver.clone().leak();
        self.process.stop();
    }
}

/// Puts the add-on into a profile of Firefox', as one that stays.
fn install(extension: &Path, profile: &Path) -> Result<()> {
    let folder = profile.join("extensions");
    let packed = folder.join(format!("{ADDON}.xpi"));
    if packed.exists() {
        return Ok(());
    }
    std::fs::create_dir_all(&folder)?;
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&packed)?);
    let mut folders = vec![extension.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(extension)?.to_string_lossy();
            let stored = zip::write::SimpleFileOptions::default()
                .compression_method(zip::CompressionMethod::Stored);
            archive.start_file(name, stored)?;
            std::io::copy(&mut std::fs::File::open(&path)?, &mut archive)?;
        }
    }
    // The power may be cut soon.
    archive.finish()?.sync_all()?;
    Ok(())
}

fn signal(signal: &str, processes: &[u32]) -> Result<()> {
    let mut kill = Command::new("kill");
    kill.arg(signal).args(processes.iter().map(u32::to_string));
    // One that has ended meanwhile makes it fail.
    kill.output().map(drop).context("kill")
}
