//! One browser with the extension, on the local site.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use local_site::Site;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::{Capabilities, RequestData, SessionId, WebDriver, WindowHandle};

use crate::driver::{self, ADDON, ADDON_UUID, Browser, Driver, HEIGHT};
use crate::environment::{Environment, Programs};
use crate::processes::Peak;
use crate::wait::{LONG, until};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    #[default]
    Desktop,
    /// As on a telephone, or as near to it as the browser's window goes.
    Narrow,
}

impl Width {
    pub(crate) fn pixels(self) -> u32 {
        match self {
            Self::Desktop => 1280,
            Self::Narrow => 390,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Options {
    pub width: Width,
    pub dark: bool,
    /// The browser's language; `None`: its own.
    pub language: Option<String>,
    /// The browser's time zone; `None`: this machine's.
    pub zone: Option<String>,
    pub headless: bool,
    /// `false`: the same browser without the extension, to compare with.
    pub extension: bool,
    /// Chromium writes down every request it makes, for [`Session::requests`].
    pub net_log: bool,
    /// Where the browser's profile is made; `None`: where the machine keeps what is temporary.
    pub folder: Option<PathBuf>,
    /// The browser gives no more mebibytes than that. The extension then goes without the permission that exempts it; Chromium is told
    /// while it runs, by [`Session::limit`].
    pub quota: Option<u32>,
    /// Whoever is asked whether the extension may have what it may ask for says yes: in Firefox when it asks; in Chromium, where no program can
    /// press the browser's own button, it has it from the beginning.
    pub answers_yes: bool,
    /// On the shop's pages the extension runs as JavaScript whatever they allow.
    pub as_javascript: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            width: Width::Desktop,
            dark: false,
            language: None,
            zone: None,
            headless: true,
            extension: true,
            net_log: false,
            folder: None,
            quota: None,
            answers_yes: false,
            as_javascript: false,
        }
    }
}

pub struct Session {
    pub browser: Browser,
    pub environment: Environment,
    driver: WebDriver,
    process: Driver,
    root: String,
    ru_root: String,
    extension_id: String,
    extension_folder: Option<PathBuf>,
    /// The window for [`Session::in_extension`].
    helper: RefCell<Option<WindowHandle>>,
    /// Profile, caches and logs; removed last.
    home: tempfile::TempDir,
}

impl Session {
    pub async fn start(browser: Browser, site: &Site, options: Options) -> Result<Self> {
        let environment = Environment::find()?;
        let programs = Programs::find(browser)?;
        let folder = options.folder.clone().unwrap_or_else(std::env::temp_dir);
        let home = tempfile::Builder::new()
            .prefix("recourse-browser-")
            .tempdir_in(folder)
            .context("a temporary folder")?;
        let extension_folder = match options.extension {
            true => Some(extension(&environment, browser, &options, home.path())?),
            false => None,
        };
        let mut process = Driver::start(browser, &programs, &options, home.path()).await?;
        let wanted = driver::capabilities(
            browser,
            &programs,
            &options,
            home.path(),
            extension_folder.as_deref(),
            site.port(),
        );
        let capabilities = Capabilities::from(wanted);
        let driver = WebDriver::builder(process.url(), capabilities)
            .request_timeout(Duration::from_secs(120))
            .connect()
            .await
            .with_context(|| {
                let log =
                    std::fs::read_to_string(home.path().join("driver.log")).unwrap_or_default();
                let end: Vec<&str> = log.lines().rev().take(20).collect();
                format!(
                    "{} does not start; its driver said:\n{}",
                    browser.name(),
                    end.into_iter().rev().collect::<Vec<_>>().join("\n")
                )
            })?;
        process.owns(driver.session_id().to_string());
        let extension_id = match (browser, &extension_folder) {
            (Browser::Chromium, Some(folder)) => id_of_unpacked(folder),
            _ => ADDON_UUID.to_owned(),
        };
        let root = driver::site_root(browser, site.port());
        let mut session = Self {
            browser,
            environment,
            driver,
            process,
            root,
            ru_root: driver::ru_site_root(browser, site.port()),
            extension_id,
            extension_folder,
            helper: RefCell::default(),
            home,
        };
        session
            .driver
            .set_script_timeout(Duration::from_secs(60))
            .await?;
        if options.extension {
            session.install().await?;
            session.close_welcome().await?;
        }
        session.set_width(options.width).await?;
        if options.dark {
            session.set_dark(true).await?;
        }
        Ok(session)
    }

    /// Ends the browser, waits for it, and removes its profile, as dropping the session does.
    pub fn close(self) {}

    // ── the extension ───────────────────────────────────────────────────────────────────────────────────────────────

    /// Installs the add-on in Firefox; Chromium takes it from its command line.
    pub async fn install(&mut self) -> Result<()> {
        if let (Browser::Firefox, Some(folder)) = (self.browser, &self.extension_folder) {
            let body = json!({ "path": folder, "temporary": true });
            self.post("/moz/addon/install", body)
                .await
                .context("installing the add-on")?;
        }
        Ok(())
    }

    /// Removes the add-on from Firefox, pages that it runs in notwithstanding.
    pub async fn uninstall(&self) -> Result<()> {
        assert_eq!(self.browser, Browser::Firefox, "only Firefox can do this");
        self.post("/moz/addon/uninstall", json!({ "id": ADDON }))
            .await
            .context("removing the add-on")?;
        Ok(())
    }

    #[must_use]
    pub fn has_extension(&self) -> bool {
        self.extension_folder.is_some()
    }

    /// The first-run page opens by itself; it is put away, because a page behind another one is not drawn.
    pub async fn close_welcome(&self) -> Result<()> {
        let own = self.driver.window().await?;
        let opened = until("the first-run page", LONG, async || {
            let all = self.driver.windows().await?;
            let helper = self.helper.borrow().clone();
            let mut others = all
                .into_iter()
                .filter(|handle| *handle != own && Some(handle) != helper.as_ref());
            let Some(other) = others.next() else {
                return Ok(Err("no other tab".to_owned()));
            };
            // A tab that was just opened can be gone again or still be blank.
            if self.driver.switch_to_window(other.clone()).await.is_err() {
                return Ok(Err("the other tab went away".to_owned()));
            }
            let url = self.driver.current_url().await?.to_string();
            Ok(if url.contains("/www/") {
                Ok(())
            } else {
                Err(url)
            })
        })
        .await;
        if opened.is_ok() {
            self.driver.close_window().await?;
        }
        self.driver.switch_to_window(own).await?;
        opened
    }

    /// The address of one of the extension's own pages, such as `www/popup.html`.
    #[must_use]
    pub fn extension_url(&self, path: &str) -> String {
        match self.browser {
            Browser::Chromium => format!("chrome-extension://{}/{path}", self.extension_id),
            Browser::Firefox => format!("moz-extension://{}/{path}", self.extension_id),
        }
    }

    /// The extension's storage as it is, asked from one of its own pages in a tab of its own.
    pub async fn stored(&self) -> Result<Map<String, Value>> {
        let stored = self
            .in_extension(
                "const [done] = arguments; chrome.storage.local.get(null).then(done)",
                Vec::new(),
            )
            .await?;
        Ok(stored.as_object().cloned().unwrap_or_default())
    }

    /// Waits until what the extension keeps is as `wanted` says, which else says what is kept instead. What a page shows is still on
    /// its way to the storage, and a page that is left at once takes it along.
    pub async fn until_kept(
        &self,
        what: &str,
        wanted: impl Fn(&Map<String, Value>) -> std::result::Result<(), String>,
    ) -> Result<()> {
        until(&format!("kept: {what}"), LONG, async || {
            Ok(wanted(&self.stored().await?))
        })
        .await
    }

    /// Puts `items` into the extension's storage.
    pub async fn store(&self, items: Value) -> Result<()> {
        self.in_extension("const [items, done] = arguments; chrome.storage.local.set(items).then(() => done(null))", vec![items]).await?;
        Ok(())
    }

    /// Everything the extension has kept is gone.
    pub async fn forget(&self) -> Result<()> {
        self.in_extension(
            "const [done] = arguments; chrome.storage.local.clear().then(() => done(null))",
            Vec::new(),
        )
        .await?;
        Ok(())
    }

    /// As [`forget`](Self::forget), with no page left open that would tell its orders again. What the page told as it was left may be kept
    /// a moment later: that is forgotten too.
    pub async fn begin_anew(&self) -> Result<()> {
        self.goto("about:blank").await?;
        for _ in 0..20 {
            self.forget().await?;
            tokio::time::sleep(Duration::from_millis(100)).await;
            let stored = self.stored().await?;
            if !stored.keys().any(|key| key.starts_with("order:")) {
                return Ok(());
            }
        }
        bail!("orders are kept again after everything was forgotten, though no page is open")
    }

    /// Runs a script in the extension's own origin, in a window that stays open for the next time. The script calls its last argument when
    /// it is done.
    pub async fn in_extension(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.in_helper(async || self.async_script(script, arguments).await)
            .await
    }

    /// Does something in a window of the extension's own that stays open for the next time, and comes back.
    async fn in_helper<T>(&self, work: impl AsyncFnOnce() -> Result<T>) -> Result<T> {
        let own = self.driver.window().await?;
        let known = self.helper.borrow().clone();
        let still = match known {
            Some(window) => self.driver.switch_to_window(window).await.is_ok(),
            None => false,
        };
        if !still {
            let window = self.driver.new_window().await?;
            self.driver.switch_to_window(window.clone()).await?;
            *self.helper.borrow_mut() = Some(window);
        }
        let result = async {
            if !self.url().await?.starts_with(&self.extension_url("")) {
                // The page with the least going on in it.
                self.driver
                    .goto(self.extension_url("www/welcome.html"))
                    .await?;
            }
            work().await
        }
        .await;
        self.driver.switch_to_window(own).await?;
        result
    }

    /// Stops the extension's background program where it is, as the browser does when it has waited for a while. The next event starts it
    /// again.
    pub async fn stop_background(&self) -> Result<()> {
        match self.browser {
            Browser::Chromium => {
                self.in_helper(async || {
                    self.cdp("ServiceWorker.enable", json!({})).await?;
                    self.cdp("ServiceWorker.stopAllWorkers", json!({})).await
                })
                .await
            }
            Browser::Firefox => {
                let script = "return WebExtensionPolicy.getByID(arguments[0]).extension.terminateBackground({ ignoreDevToolsAttached: true })";
                self.firefox_script(script, vec![json!(ADDON)])
                    .await
            }
        }
        .map(drop)
    }

    /// Chromium gives the extension so many mebibytes from now on; or as many as there are. Firefox was told when it was started.
    pub async fn limit(&self, mebibytes: Option<u32>) -> Result<()> {
        if self.browser != Browser::Chromium {
            return Ok(());
        }
        let origin = self.extension_url("");
        let mut parameters = json!({ "origin": origin.trim_end_matches('/') });
        if let Some(mebibytes) = mebibytes {
            parameters["quotaSize"] = json!(u64::from(mebibytes) << 20);
        }
        self.cdp("Storage.overrideQuotaForOrigin", parameters)
            .await
            .map(drop)
    }

    /// Starts the extension anew under the pages that it runs in, as an update does.
    pub async fn restart_extension(&mut self) -> Result<()> {
        match self.browser {
            Browser::Chromium => {
                // The extension's own pages close with it, so the answer may not come.
                let _ = self.in_extension("const [done] = arguments; setTimeout(() => chrome.runtime.reload(), 0); done(null)", Vec::new()).await;
                Ok(())
            }
            Browser::Firefox => {
                self.uninstall().await?;
                self.install().await?;
                self.close_welcome().await
            }
        }
    }

    // ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────

    /// A path of the local site as this browser reaches it.
    #[must_use]
    pub fn site_url(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }

    /// A path of the Russian site, likewise.
    #[must_use]
    pub fn ru_site_url(&self, path: &str) -> String {
        format!("{}{path}", self.ru_root)
    }

    /// Opens a path of the local site.
    pub async fn open(&self, path: &str) -> Result<()> {
        self.goto(&self.site_url(path)).await
    }

    pub async fn goto(&self, url: &str) -> Result<()> {
        self.driver
            .goto(url)
            .await
            .with_context(|| format!("opening {url}"))
    }

    pub async fn url(&self) -> Result<String> {
        Ok(self.driver.current_url().await?.to_string())
    }

    pub async fn back(&self) -> Result<()> {
        Ok(self.driver.back().await?)
    }

    pub async fn forward(&self) -> Result<()> {
        Ok(self.driver.forward().await?)
    }

    pub async fn reload(&self) -> Result<()> {
        Ok(self.driver.refresh().await?)
    }

    /// The value that a script returns, run in the page.
    pub async fn script<T: DeserializeOwned>(
        &self,
        script: &str,
        arguments: Vec<Value>,
    ) -> Result<T> {
        let value = self
            .driver
            .execute(script, arguments)
            .await
            .with_context(|| excerpt(script))?;
        value.convert().with_context(|| excerpt(script))
    }

    /// Runs a script as the page's own, which other than WebDriver's lives as long as the page; a policy of the page can forbid it. `arguments`
    /// are there as in a function.
    pub async fn page_script(&self, script: &str, arguments: &[Value]) -> Result<()> {
        let arguments = serde_json::to_string(arguments)?;
        let source = format!(
            "(function () {{ {script}\n}})(...{arguments});\ndocument.currentScript.dataset.done = '1';"
        );
        let add = "const script = document.createElement('script'); script.textContent = arguments[0]; document.head.append(script); \
                   const { done } = script.dataset; script.remove(); return done === '1'";
        if !self.script::<bool>(add, vec![json!(source)]).await? {
            bail!("the page did not run it; {}", excerpt(script));
        }
        Ok(())
    }

    /// The value that a script hands to its last argument, run in the page.
    pub async fn async_script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let value = self
            .driver
            .execute_async(script, arguments)
            .await
            .with_context(|| excerpt(script))?;
        Ok(value.json().clone())
    }

    /// Does something in a second window and comes back. Both windows are visible, other than two tabs.
    pub async fn in_new_window<T>(&self, work: impl AsyncFnOnce() -> Result<T>) -> Result<T> {
        let own = self.driver.window().await?;
        let other = self.driver.new_window().await?;
        self.driver.switch_to_window(other.clone()).await?;
        let result = work().await;
        // The work may have closed its window, or the extension may have when it was reloaded.
        if self.driver.switch_to_window(other).await.is_ok() {
            let _ = self.driver.close_window().await;
        }
        self.driver.switch_to_window(own).await?;
        result
    }

    /// Waits for a window that the extension opens, and does something in it. It is closed afterwards.
    pub async fn in_opened_window<T>(
        &self,
        what: &str,
        before: &[WindowHandle],
        work: impl AsyncFnOnce() -> Result<T>,
    ) -> Result<T> {
        let own = self.driver.window().await?;
        let opened = until(what, LONG, async || {
            let all = self.driver.windows().await?;
            Ok(all
                .into_iter()
                .find(|window| !before.contains(window))
                .ok_or_else(|| "no new window".to_owned()))
        })
        .await?;
        self.driver.switch_to_window(opened).await?;
        let result = work().await;
        let _ = self.driver.close_window().await;
        self.driver.switch_to_window(own).await?;
        result
    }

    pub async fn windows(&self) -> Result<Vec<WindowHandle>> {
        Ok(self.driver.windows().await?)
    }

    /// Presses keys one after the other, wherever the focus is, closed shadow roots included.
    pub async fn press(&self, keys: &[char]) -> Result<()> {
        let actions: Vec<Value> = keys
            .iter()
            .flat_map(|key| {
                [
                    json!({ "type": "keyDown", "value": key }),
                    json!({ "type": "keyUp", "value": key }),
                ]
            })
            .collect();
        self.act(json!({ "type": "key", "id": "keyboard", "actions": actions }))
            .await
    }

    /// Presses a key while another is held.
    pub async fn press_with(&self, held: char, key: char) -> Result<()> {
        let down = |value: char| json!({ "type": "keyDown", "value": value });
        let up = |value: char| json!({ "type": "keyUp", "value": value });
        self.act(json!({ "type": "key", "id": "keyboard", "actions": [down(held), down(key), up(key), up(held)] })).await
    }

    /// Clicks at a point of the viewport with a real mouse.
    pub async fn click_at(&self, x: f64, y: f64) -> Result<()> {
        let (x, y) = (x.round(), y.round());
        let actions = json!([
            { "type": "pointerMove", "duration": 0, "x": x as i64, "y": y as i64, "origin": "viewport" },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerUp", "button": 0 },
        ]);
        self.act(json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions })).await
    }

    async fn act(&self, source: Value) -> Result<()> {
        self.post("/actions", json!({ "actions": [source] }))
            .await?;
        Ok(())
    }

    // ── how the browser is set ──────────────────────────────────────────────────────────────────────────────────────

    pub async fn set_width(&self, width: Width) -> Result<()> {
        match (self.browser, width) {
            // Chromium's window goes no narrower than 500 pixels; its viewport does.
            (Browser::Chromium, Width::Narrow) => {
                let metrics = json!({ "width": width.pixels(), "height": 844, "deviceScaleFactor": 2, "mobile": true });
                self.cdp("Emulation.setDeviceMetricsOverride", metrics)
                    .await?;
            }
            (Browser::Chromium, Width::Desktop) => {
                self.cdp("Emulation.clearDeviceMetricsOverride", json!({}))
                    .await?;
                self.driver
                    .set_window_rect(0, 0, width.pixels(), HEIGHT)
                    .await?;
            }
            (Browser::Firefox, _) => {
                // A window goes no narrower than 500 pixels; page zoom makes those as few as asked.
                let zoom = if width == Width::Narrow {
                    500.0 / f64::from(width.pixels())
                } else {
                    1.0
                };
                let script = "const [zoom] = arguments;\
                    const preferences = Cc['@mozilla.org/content-pref/service;1'].getService(Ci.nsIContentPrefService2);\
                    return new Promise((done) => preferences.setGlobal('browser.content.full-zoom', zoom, null, { handleCompletion: () => done(null) }))";
                self.firefox_script(script, vec![json!(zoom)]).await?;
                self.driver
                    .set_window_rect(0, 0, width.pixels().max(500), HEIGHT)
                    .await?;
            }
        }
        until("a viewport as wide as asked", LONG, async || {
            let now: f64 = self.script("return innerWidth", Vec::new()).await?;
            Ok(if (now - f64::from(width.pixels())).abs() < 3.0 {
                Ok(())
            } else {
                Err(format!("it is {now}"))
            })
        })
        .await
    }

    /// Hands files of this computer to a field, as a picker does.
    pub async fn choose_files(&self, field: &str, files: &[&Path]) -> Result<()> {
        let paths: Vec<String> = files
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        let element = self.driver.find(thirtyfour::By::Css(field)).await?;
        element
            .send_keys(paths.join("\n"))
            .await
            .with_context(|| field.to_owned())
    }

    /// Begins to look at how much memory the browser's processes take, all of them together.
    pub fn watch_memory(&self) -> Result<Peak> {
        Peak::watch(self.process.id())
    }

    /// What `prefers-color-scheme` answers.
    pub async fn set_dark(&self, dark: bool) -> Result<()> {
        match self.browser {
            Browser::Chromium => {
                let scheme = json!([{ "name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" } }]);
                self.cdp("Emulation.setEmulatedMedia", json!({ "features": scheme }))
                    .await?;
            }
            Browser::Firefox => {
                let script = "Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', arguments[0]); return null";
                self.firefox_script(script, vec![json!(i32::from(!dark))])
                    .await?;
            }
        }
        until("the colour scheme asked for", LONG, async || {
            let now: bool = self
                .script(
                    "return matchMedia('(prefers-color-scheme: dark)').matches",
                    Vec::new(),
                )
                .await?;
            Ok(if now == dark {
                Ok(())
            } else {
                Err(format!("dark is {now}"))
            })
        })
        .await
    }

    /// The browser's time zone, by its name.
    pub async fn zone(&self) -> Result<chrono_tz::Tz> {
        let name: String = self
            .script(
                "return Intl.DateTimeFormat().resolvedOptions().timeZone",
                Vec::new(),
            )
            .await?;
        name.parse()
            .map_err(|_| anyhow::anyhow!("{name} is no time zone that we know"))
    }

    /// A command of Chromium's own protocol.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Result<Value> {
        assert_eq!(self.browser, Browser::Chromium, "only Chromium knows this");
        let body = json!({ "cmd": command, "params": parameters });
        self.post("/goog/cdp/execute", body)
            .await
            .context(command.to_owned())
    }

    /// Runs a script in the frame of the extension's own that the host element keeps from the page in a closed shadow root.
    pub async fn in_own_frame<T: DeserializeOwned>(
        &self,
        host: &str,
        script: &str,
        arguments: Vec<Value>,
    ) -> Result<T> {
        let frame = match self.browser {
            Browser::Chromium => self.closed_frame(host).await?,
            // Counted among all frames of the page, whatever tree they are in.
            Browser::Firefox => {
                let script = r#"
                    const frames = gBrowser.selectedBrowser.browsingContext.children;
                    return frames.findIndex((frame) => frame.currentURI?.scheme === 'moz-extension');
                "#;
                let at = self.firefox_script(script, Vec::new()).await?;
                anyhow::ensure!(at.as_i64() >= Some(0), "no frame of the extension's own");
                at
            }
        };
        self.post("/frame", json!({ "id": frame })).await?;
        let result = self.script(script, arguments).await;
        self.post("/frame", json!({ "id": null })).await?;
        result
    }

    /// What is written in the closed shadow root of an element. Only Chromium lets a test look there.
    pub async fn closed_text(&self, host: &str) -> Result<String> {
        fn collect(node: &Value, text: &mut String) {
            const TEXT: u64 = 3;
            if node["nodeType"] == TEXT {
                text.push_str(node["nodeValue"].as_str().unwrap_or_default());
                text.push('\n');
            }
            for name in ["children", "shadowRoots"] {
                let inside = node[name].as_array().into_iter().flatten();
                inside.for_each(|node| collect(node, text));
            }
        }
        let document = self.whole_document().await?;
        let host = find(&document, &|node| node["localName"] == host)
            .with_context(|| format!("no {host} on the page"))?;
        let mut text = String::new();
        collect(host, &mut text);
        Ok(text)
    }

    /// The page as Chromium describes it, with what is in closed shadow roots.
    async fn whole_document(&self) -> Result<Value> {
        let whole = json!({ "depth": -1, "pierce": true });
        let mut document = self.cdp("DOM.getDocument", whole).await?;
        Ok(document["root"].take())
    }

    /// The first frame in the closed shadow root of an element, as WebDriver names elements of Chromium.
    async fn closed_frame(&self, host: &str) -> Result<Value> {
        let tree = self.cdp("Page.getFrameTree", json!({})).await?;
        let top = &tree["frameTree"]["frame"];
        let document = self.whole_document().await?;
        let host = find(&document, &|node| node["localName"] == host)
            .with_context(|| format!("no {host} on the page"))?;
        let frame = find(host, &|node| node["localName"] == "iframe").context("no frame in it")?;
        let (Some(top), Some(loader), Some(node)) = (
            top["id"].as_str(),
            top["loaderId"].as_str(),
            frame["backendNodeId"].as_i64(),
        ) else {
            anyhow::bail!("{tree}");
        };
        Ok(json!({ "element-6066-11e4-a52e-4f735466cecf": format!("f.{top}.d.{loader}.e.{node}") }))
    }

    /// Runs a script in Firefox' own window, where it may do anything.
    pub async fn firefox_script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        assert_eq!(self.browser, Browser::Firefox, "only Firefox knows this");
        let context = |name: &str| json!({ "context": name });
        self.post("/moz/context", context("chrome")).await?;
        let result = self
            .driver
            .execute(script, arguments)
            .await
            .with_context(|| excerpt(script));
        self.post("/moz/context", context("content")).await?;
        Ok(result?.json().clone())
    }

    // ── what was seen ───────────────────────────────────────────────────────────────────────────────────────────────

    /// Errors and warnings since the last time this was asked: of the pages, the content scripts and the extension's own pages.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        match self.browser {
            Browser::Chromium => {
                let log = self.post("/se/log", json!({ "type": "browser" })).await?;
                let entries = log.as_array().cloned().unwrap_or_default();
                Ok(entries
                    .iter()
                    .filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")))
                    .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
                    .collect())
            }
            Browser::Firefox => {
                let script = r#"
                    const said = [];
                    for (const message of Services.console.getMessageArray()) {
                      if (!(message instanceof Ci.nsIScriptError)) continue;
                      if (!/^(moz-extension|https):/.test(message.sourceName) && !message.errorMessage.includes('moz-extension')) continue;
                      if (message.flags & Ci.nsIScriptError.infoFlag) continue;
                      // Firefox' own remarks about an answer that came to a page that had been left, about a transaction that such a
                      // page will hear nothing of, about a page that the test looked at while it was still loading, and about a script
                      // that it stopped, or no longer loaded, because its page was being closed. A page whose script really is not there
                      // shows nothing, which every test of it notices.
                      if (/after context unloaded|while context is inactive|^Script terminated by timeout|^Loading failed for the module|^An IndexedDB transaction that was not yet complete|^Layout was forced before the page was fully loaded/.test(message.errorMessage)) continue;
                      said.push(`${message.sourceName}:${message.lineNumber} ${message.errorMessage}`);
                    }
                    Services.console.reset();
                    const storage = Cc['@mozilla.org/consoleAPI-storage;1'].getService(Ci.nsIConsoleAPIStorage);
                    for (const event of storage.getEvents()) {
                      // Firefox' own parts write there too, of what they cannot reach without a network.
                      if (!['error', 'warn', 'assert'].includes(event.level) || /^(resource|chrome):/.test(event.filename)) continue;
                      said.push(`${event.filename}:${event.lineNumber} ${[...event.arguments].map(String).join(' ')}`);
                    }
                    storage.clearEvents();
                    return said;
                "#;
                Ok(serde_json::from_value(
                    self.firefox_script(script, Vec::new()).await?,
                )?)
            }
        }
    }

    /// Begins to write down every request. Chromium does so from its start, if it was started with `net_log`.
    pub async fn watch_requests(&self) -> Result<()> {
        if self.browser == Browser::Firefox {
            let script = r#"
                const seen = [];
                const observer = (subject) => {
                  const channel = subject.QueryInterface(Ci.nsIHttpChannel);
                  const asker = channel.loadInfo.triggeringPrincipal;
                  seen.push({ url: channel.URI.spec, initiator: asker.isSystemPrincipal ? '' : asker.origin });
                };
                Services.obs.addObserver(observer, 'http-on-modify-request');
                window.recourseRequests = seen;
                return null;
            "#;
            self.firefox_script(script, Vec::new()).await?;
        }
        Ok(())
    }

    /// Ends the browser, and returns every request it made: for what, and who asked.
    pub async fn requests(mut self) -> Result<Vec<Request>> {
        if self.browser == Browser::Firefox {
            let seen = self
                .firefox_script("return window.recourseRequests", Vec::new())
                .await?;
            return Ok(serde_json::from_value(seen)?);
        }
        self.process.stop();
        Request::read(&self.home.path().join("net-log.json"))
    }

    /// What the page holds in memory after a garbage collection: Chromium's JavaScript heap, Firefox' whole process of that site.
    pub async fn megabytes(&self) -> Result<f64> {
        let bytes = match self.browser {
            Browser::Chromium => {
                self.cdp("HeapProfiler.collectGarbage", json!({})).await?;
                self.cdp("Performance.enable", json!({})).await?;
                let metrics = self.cdp("Performance.getMetrics", json!({})).await?;
                let all = metrics["metrics"].as_array().cloned().unwrap_or_default();
                all.iter()
                    .find(|metric| metric["name"] == "JSHeapUsedSize")
                    .and_then(|metric| metric["value"].as_f64())
            }
            Browser::Firefox => {
                let script = r#"
                    const { osPid } = gBrowser.selectedBrowser.browsingContext.currentWindowGlobal;
                    Services.obs.notifyObservers(null, 'child-gc-request');
                    return ChromeUtils.requestProcInfo().then(({ children }) => children.find(({ pid }) => pid === osPid)?.memory ?? null);
                "#;
                self.firefox_script(script, Vec::new()).await?.as_f64()
            }
        };
        Ok(bytes.context("the browser does not say how much memory it uses")? / 1_048_576.0)
    }

    /// Saves what the window shows to a file below the output folder.
    pub async fn screenshot(&self, name: &str) -> Result<PathBuf> {
        let path = self.environment.output.join(name);
        std::fs::create_dir_all(path.parent().context("a folder for the screenshot")?)?;
        std::fs::write(&path, self.driver.screenshot_as_png().await?)
            .with_context(|| path.display().to_string())?;
        Ok(path)
    }

    /// The page as the browser prints it, below the output folder.
    pub async fn print(&self, name: &str) -> Result<Vec<u8>> {
        let printed = self.post("/print", json!({})).await?;
        let pdf = printed
            .as_str()
            .and_then(base64)
            .context("the browser prints nothing")?;
        let path = self.environment.output.join(name);
        std::fs::create_dir_all(path.parent().context("a folder for what is printed")?)?;
        std::fs::write(&path, &pdf).with_context(|| path.display().to_string())?;
        Ok(pdf)
    }

    /// Whether the browser still answers; not so when its user has closed it.
    pub async fn is_alive(&self) -> bool {
        self.driver
            .windows()
            .await
            .is_ok_and(|windows| !windows.is_empty())
    }

    /// A command of the driver's own, or one that the client library has no name for.
    async fn post(&self, path: &str, body: Value) -> Result<Value> {
        #[derive(Debug)]
        struct Post(String, Value);
        impl FormatRequestData for Post {
            fn format_request(&self, session: &SessionId) -> RequestData {
                RequestData::new(http::Method::POST, format!("/session/{session}{}", self.0))
                    .add_body(self.1.clone())
            }
        }
        Ok(self
            .driver
            .cmd(Post(path.to_owned(), body))
            .await?
            .value_json()?)
    }
}

/// The first node in Chromium's description of a page that passes.
fn find<'a>(node: &'a Value, is_it: &dyn Fn(&Value) -> bool) -> Option<&'a Value> {
    if is_it(node) {
        return Some(node);
    }
    let inside = ["children", "shadowRoots"].into_iter();
    let mut inside = inside.flat_map(|name| node[name].as_array().into_iter().flatten());
    inside.find_map(|node| find(node, is_it))
}

impl Drop for Session {
    fn drop(&mut self) {
        // The process ends the session; the client must not try the same on its own.
        let _ = self.driver.clone().leak();
        self.process.stop();
        // A browser that is on its way out may still write into its profile.
        for _ in 0..100 {
            if std::fs::remove_dir_all(self.home.path()).is_ok() || !self.home.path().exists() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// The bytes that such a text stands for.
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    for letter in text.bytes().take_while(|letter| *letter != b'=') {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    Some(out)
}

/// A request that the browser made.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Request {
    pub url: String,
    /// The origin that asked for it; empty for the browser itself.
    pub initiator: String,
}

impl Request {
    fn read(path: &Path) -> Result<Vec<Self>> {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let log: Value = serde_json::from_str(&text).context("the log of requests")?;
        let Some(events) = log["events"].as_array() else {
            bail!("the log of requests has no events")
        };
        let requests = events.iter().filter_map(|event| {
            let parameters = &event["params"];
            let url = parameters["url"].as_str()?;
            let initiator = parameters["initiator"].as_str()?;
            Some(Self {
                url: url.to_owned(),
                initiator: initiator.trim_start_matches("not an origin").to_owned(),
            })
        });
        Ok(requests.collect())
    }
}

/// Chromium names an unpacked extension after the folder it is in.
pub(crate) fn id_of_unpacked(folder: &Path) -> String {
    let hash = Sha256::digest(folder.as_os_str().as_encoded_bytes());
    let nibbles = hash.iter().take(16).flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles.map(|nibble| char::from(b'a' + nibble)).collect()
}

/// The extension as it is shipped, or a copy that is changed in what the options ask for.
fn extension(
    environment: &Environment,
    browser: Browser,
    options: &Options,
    home: &Path,
) -> Result<PathBuf> {
    let shipped = environment.extension(browser)?;
    let given = options.answers_yes && browser == Browser::Chromium;
    if !given && options.quota.is_none() && !options.as_javascript {
        return Ok(shipped);
    }
    let copy = home.join("changed");
    crate::faults::copy(&shipped, &copy)?;
    let path = copy.join("manifest.json");
    let mut manifest: Value = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
    if given {
        give_what_is_optional(&mut manifest)?;
    }
    if options.quota.is_some() {
        take_unlimited_storage(&mut manifest)?;
    }
    std::fs::write(&path, manifest.to_string())?;
    if options.as_javascript {
        let loader = copy.join("loaders/modules.js");
        let text = std::fs::read_to_string(&loader)?;
        std::fs::write(
            &loader,
            format!("window.recourseEngine = 'javascript';\n{text}"),
        )?;
    }
    Ok(copy)
}

/// It has no more room than a page has.
fn take_unlimited_storage(manifest: &mut Value) -> Result<()> {
    let permissions = manifest["permissions"]
        .as_array_mut()
        .context("permissions")?;
    permissions.retain(|permission| permission != "unlimitedStorage");
    Ok(())
}

/// What it may ask for, it has.
fn give_what_is_optional(manifest: &mut Value) -> Result<()> {
    for name in ["permissions", "host_permissions"] {
        let optional = manifest
            .as_object_mut()
            .and_then(|manifest| manifest.remove(&format!("optional_{name}")));
        let mut optional = optional.context("something optional")?;
        let given = manifest[name].as_array_mut().context("permissions")?;
        given.append(optional.as_array_mut().context("a list")?);
    }
    Ok(())
}

fn excerpt(script: &str) -> String {
    format!(
        "script: {}",
        script.trim().chars().take(120).collect::<String>()
    )
}
