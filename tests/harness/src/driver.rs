//! The WebDriver of a browser: its process, and the capabilities that start a browser fit for the tests.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::environment::Programs;
use crate::session::Options;
use crate::wait::until;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    Chromium,
    Firefox,
}

impl Browser {
    pub const BOTH: [Self; 2] = [Self::Chromium, Self::Firefox];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::BOTH
            .into_iter()
            .find(|browser| browser.name() == name)
    }
}

/// The add-on's id in Firefox, as in the manifest.
pub const ADDON: &str = "{06fa0812-e59c-4231-9f36-422e61d0254d}";
/// What Firefox puts in front of the add-on's own pages: chosen here, so that a test can name them.
pub(crate) const ADDON_UUID: &str = "5ab8dcd2-1c2f-4a8e-9f43-7d1b3c5e6a01";

/// The driver's process. It ends, and the browser with it, when dropped.
pub(crate) struct Driver {
    child: Child,
    port: u16,
    session: Option<String>,
}

impl Driver {
    pub(crate) async fn start(
        browser: Browser,
        programs: &Programs,
        options: &Options,
        home: &Path,
    ) -> Result<Self> {
        let mut command = Command::new(&programs.driver);
        // Each takes a port that is free and says which: one that was found free here may be another program's by then.
        match browser {
            Browser::Chromium => {
                command.arg("--port=0");
            }
            Browser::Firefox => {
                command.args(["--port", "0", "--websocket-port", "0"]);
                // Navigation to the add-on's own pages, and scripts in the browser's own context, need the system access.
                command
                    .args(["--allow-system-access", "--profile-root"])
                    .arg(home);
            }
        }
        let said = home.join("driver.log");
        let log = std::fs::File::create(&said).context("the driver's log")?;
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        // Without these, Chromium looks into the home folder of whoever runs the tests, and Firefox into its caches.
        command
            .env("HOME", home)
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_CACHE_HOME");
        if let Some(zone) = &options.zone {
            command.env("TZ", zone);
        }
        if let Some(language) = &options.language {
            command.env("LANGUAGE", language);
        }
        let child = command
            .spawn()
            .with_context(|| format!("{} does not start", programs.driver.display()))?;
        let mut driver = Self {
            child,
            port: 0,
            session: None,
        };
        let port = until(
            &format!("the driver of {}", browser.name()),
            Duration::from_secs(30),
            async || {
                let said = std::fs::read_to_string(&said).context("the driver's log")?;
                let port = port_in(&said);
                // Chromium's takes a port of IPv6 that is free, and gives up where that of IPv4 with the same number is not.
                if port.is_none() && driver.child.try_wait()?.is_some() {
                    driver.child = command.spawn()?;
                }
                Ok(port.ok_or(said))
            },
        )
        .await?;
        driver.port = port;
        Ok(driver)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The driver's process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The browser is gone: there is no session to end.
    pub(crate) fn forget_session(&mut self) {
        self.session = None;
    }

    /// The session to end with the driver.
    pub(crate) fn owns(&mut self, session: String) {
        self.session = Some(session);
    }

    /// Ends the browser in an orderly way. By hand, because this also happens in a drop, where nothing can be awaited.
    fn end_session(&mut self) -> std::io::Result<()> {
        let Some(session) = self.session.take() else {
            return Ok(());
        };
        let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        connection.set_read_timeout(Some(Duration::from_secs(20)))?;
        write!(
            connection,
            "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
            self.port
        )?;
        // The answer comes when the browser has ended; what it says does not matter, and the connection stays open after it.
        connection.read(&mut [0; 512]).map(drop)
    }

    pub(crate) fn stop(&mut self) {
        // A browser that was closed by hand has no session left, which is just as well.
        let _ = self.end_session();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The port at which a driver says that it listens, once it does.
fn port_in(said: &str) -> Option<u16> {
    const GECKO: &str = "Listening on 127.0.0.1:";
    const CHROME: &str = "ChromeDriver was started successfully on port ";
    said.split_inclusive('\n').find_map(|line| {
        let (_, port) = line.split_once(GECKO).or_else(|| line.split_once(CHROME))?;
        port.strip_suffix('\n')?.trim_end_matches('.').parse().ok()
    })
}

/// The hosts of the shop that lead to the local site.
const HOST: &str = "www.aliexpress.com";
/// The host of the Russian site, which leads there as well.
const RU_HOST: &str = "aliexpress.ru";

/// The local site's root as the browser knows it. Firefox needs the port in the address, which match patterns ignore.
pub(crate) fn site_root(browser: Browser, port: u16) -> String {
    match browser {
        Browser::Chromium => format!("https://{HOST}"),
        Browser::Firefox => format!("https://{HOST}:{port}"),
    }
}

/// The root of the Russian site, likewise.
pub(crate) fn ru_site_root(browser: Browser, port: u16) -> String {
    site_root(browser, port).replace(HOST, RU_HOST)
}

pub(crate) fn capabilities(
    browser: Browser,
    programs: &Programs,
    options: &Options,
    home: &Path,
    extension: Option<&Path>,
    site: u16,
) -> Map<String, Value> {
    let own = match browser {
        Browser::Chromium => chromium(programs, options, home, extension, site),
        Browser::Firefox => firefox(programs, options),
    };
    let mut all = json!({ "acceptInsecureCerts": true, "pageLoadStrategy": "normal" });
    all.as_object_mut()
        .unwrap()
        .extend(own.as_object().unwrap().clone());
    all.as_object().unwrap().clone()
}

fn chromium(
    programs: &Programs,
    options: &Options,
    home: &Path,
    extension: Option<&Path>,
    site: u16,
) -> Value {
    let mut args = vec![
        format!("--user-data-dir={}", home.join("chromium").display()),
        // Everything but the shop's hosts leads nowhere, so that a test cannot depend on the network.
        format!(
            "--host-resolver-rules=MAP *.aliexpress.com:443 127.0.0.1:{site}, MAP {RU_HOST}:443 127.0.0.1:{site}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        ),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--no-first-run".to_owned(),
        "--no-default-browser-check".to_owned(),
        "--disable-quic".to_owned(),
        "--disable-search-engine-choice-screen".to_owned(),
        "--password-store=basic".to_owned(),
        // Windows that lie behind others must go on drawing, as a second window of a test does.
        "--disable-backgrounding-occluded-windows".to_owned(),
        "--disable-renderer-backgrounding".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        format!("--window-size={},{}", options.width.pixels(), HEIGHT),
    ];
    if is_root() {
        args.push("--no-sandbox".to_owned());
    }
    if options.headless {
        args.push("--headless=new".to_owned());
        args.push("--hide-scrollbars".to_owned());
    }
    if let Some(extension) = extension {
        args.push(format!("--load-extension={}", extension.display()));
        args.push("--disable-features=DisableLoadExtensionCommandLineSwitch".to_owned());
    }
    if let Some(language) = &options.language {
        args.push(format!("--lang={language}"));
    }
    if options.net_log {
        args.push(format!(
            "--log-net-log={}",
            home.join("net-log.json").display()
        ));
    }
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": programs.browser,
            "args": args,
            "excludeSwitches": ["disable-extensions", "enable-automation"],
            // Without developer mode Chromium switches an unpacked extension off when it starts anew.
            "prefs": { "extensions": { "ui": { "developer_mode": true } } },
            // The extension's own pages are windows too.
            "enableExtensionTargets": true,
        },
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}

fn firefox(programs: &Programs, options: &Options) -> Value {
    let args: &[&str] = if options.headless {
        &["-headless"]
    } else {
        &[]
    };
    let mut prefs = json!({
        "network.dns.localDomains": format!("{HOST},login.aliexpress.com,{RU_HOST}"),
        "extensions.webextensions.uuids": json!({ ADDON: ADDON_UUID }).to_string(),
        // Nothing of the browser's own goes out.
        "app.update.enabled": false,
        "browser.safebrowsing.malware.enabled": false,
        "browser.safebrowsing.phishing.enabled": false,
        "browser.safebrowsing.downloads.enabled": false,
        "datareporting.policy.dataSubmissionEnabled": false,
        "extensions.getAddons.cache.enabled": false,
        "extensions.systemAddon.update.enabled": false,
        "extensions.update.enabled": false,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
        "toolkit.telemetry.enabled": false,
        "browser.shell.checkDefaultBrowser": false,
        // Marks of performance.mark in fractions of a millisecond.
        "privacy.reduceTimerPrecision": false,
    });
    if let Some(language) = &options.language {
        prefs["intl.accept_languages"] = json!(language);
    }
    if options.answers_yes {
        prefs["extensions.webextOptionalPermissionPrompts"] = json!(false);
    }
    if let Some(mebibytes) = options.quota {
        prefs["dom.quotaManager.temporaryStorage.fixedLimit"] = json!(mebibytes << 10);
    }
    json!({
        "browserName": "firefox",
        "moz:firefoxOptions": { "binary": programs.browser, "args": args, "prefs": prefs },
    })
}

pub(crate) const HEIGHT: u32 = 900;

/// Chromium's sandbox does not work for root, as in a container.
fn is_root() -> bool {
    std::fs::metadata("/proc/self")
        .is_ok_and(|process| std::os::unix::fs::MetadataExt::uid(&process) == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_driver_says_at_which_port_it_listens() {
        let gecko = "1795468268839\tgeckodriver\tINFO\tListening on 127.0.0.1:45651\n";
        let chrome = "Starting ChromeDriver 156.0.8078.79 on port 0\nOnly local connections are allowed.\n\
            ChromeDriver was started successfully on port 42281.\n";
        assert_eq!(port_in(gecko), Some(45_651));
        assert_eq!(port_in(chrome), Some(42_281));
        // In the middle of writing it.
        assert_eq!(port_in(gecko.trim_end()), None);
        assert_eq!(
            port_in("Starting ChromeDriver 156.0.8078.79 on port 0\n"),
            None
        );
    }
}
