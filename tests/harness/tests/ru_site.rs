//! The Russian site is not looked at before the user wants it and the browser allows it, then read, and not any more when one of them changes.

use anyhow::{Result, ensure};
use chrono::Utc;
use harness::pages::extension::{self, Page};
use harness::{Browser, LONG, Options, Session, Steps, in_both_browsers, until};
use local_site::{Language, Status, Switches};
use serde_json::{Value, json};

in_both_browsers!(run);

fn switches() -> Switches {
    Switches {
        delay_ms: 50,
        now: Some(Utc::now()),
        language: Language::Ru,
        ..Switches::default()
    }
}

async fn run(browser: Browser) {
    Steps::run("ru-site", browser, Options::default(), async |steps| {
        steps
            .step(
                "nothing is looked at that was not asked for",
                async |session| not_read(session).await,
            )
            .await;
        if browser == Browser::Chromium {
            // Whoever answers is not there: Chromium asks beside the page, where no program can press.
            steps
                .step(
                    "it is asked for in the press, and nothing else",
                    async |session| asked(session).await,
                )
                .await;
        }
    })
    .await;
    let allowed = Options {
        answers_yes: true,
        ..Options::default()
    };
    Steps::run("ru-site-allowed", browser, allowed, async |steps| {
        if browser == Browser::Firefox {
            steps
                .step("switched on in the settings", async |session| {
                    switch(session, true).await
                })
                .await;
        }
        steps
            .step("a badge on every order", async |session| {
                read(session).await
            })
            .await;
        steps
            .step(
                "what is known of such an order, and its page",
                async |session| known(session).await,
            )
            .await;
        if browser == Browser::Firefox {
            steps
                .step("switched off in the settings", async |session| {
                    switch(session, false).await?;
                    session.begin_anew().await?;
                    not_read(session).await
                })
                .await;
            steps
                .step("taken back in the browser", async |session| {
                    switch(session, true).await?;
                    taken_back(session).await
                })
                .await;
        }
    })
    .await;
}

const BADGES: &str = "return [...document.querySelectorAll('recourse-badge')].map(({ dataset }) => `${dataset.order} ${dataset.kind}`)";

async fn scripts(session: &Session) -> Result<Value> {
    let script = "const [done] = arguments; Promise.resolve(chrome.scripting?.getRegisteredContentScripts() ?? []).then((all) => done(all.map(({ id }) => id)), () => done([]))";
    session.in_extension(script, Vec::new()).await
}

/// Its list stays as it is.
async fn not_read(session: &Session) -> Result<()> {
    ensure!(scripts(session).await? == json!([]));
    session
        .goto(&session.ru_site_url(&switches().ru_list_path()))
        .await?;
    until("the list", LONG, async || {
        let cards: usize = session
            .script(
                "return document.querySelectorAll('[class*=OrderList__item__]').length",
                Vec::new(),
            )
            .await?;
        Ok(if cards == 10 {
            Ok(())
        } else {
            Err(format!("{cards} cards"))
        })
    })
    .await?;
    // As long as it takes where the list is read.
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    let badges: Vec<String> = session.script(BADGES, Vec::new()).await?;
    ensure!(badges.is_empty(), "{badges:?}");
    let stored = session.stored().await?;
    ensure!(
        !stored.keys().any(|key| key.starts_with("order:")),
        "{:?}",
        stored.keys()
    );
    Ok(())
}

/// The browser puts the question, which it does in a press alone, and puts it about no more than is needed.
async fn asked(session: &Session) -> Result<()> {
    Page::Settings.open(session).await?;
    extension::says(session, &["order list of aliexpress.ru"]).await?;
    let watch = "
        const { request } = chrome.permissions;
        window.asked = [];
        chrome.permissions.request = (wanted) => {
          const answer = request.call(chrome.permissions, wanted);
          const one = { wanted, failed: null };
          window.asked.push(one);
          answer.catch((error) => { one.failed = String(error); });
          return answer;
        };
        document.getElementById('ru-site').scrollIntoView({ block: 'center' });
        const { x, y, width, height } = document.getElementById('ru-site').getBoundingClientRect();
        return [x + width / 2, y + height / 2];";
    let (x, y): (f64, f64) = session.script(watch, Vec::new()).await?;
    session.click_at(x, y).await?;
    until("the question", LONG, async || {
        let asked: Value = session.script("return window.asked", Vec::new()).await?;
        let wanted = json!([{ "wanted": { "permissions": ["scripting"], "origins": ["https://aliexpress.ru/*"] }, "failed": null }]);
        Ok(if asked == wanted { Ok(()) } else { Err(asked.to_string()) })
    })
    .await?;
    // Not refused as one that comes without a press would be.
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let failed: Option<String> = session
        .script("return window.asked[0].failed", Vec::new())
        .await?;
    ensure!(failed.is_none(), "{failed:?}");
    let given = "const [done] = arguments; chrome.permissions.contains({ origins: ['https://aliexpress.ru/*'] }).then(done)";
    ensure!(session.in_extension(given, Vec::new()).await? == json!(false));
    ensure!(scripts(session).await? == json!([]));
    Ok(())
}

/// Sets or clears the field in the settings with a press.
async fn switch(session: &Session, on: bool) -> Result<()> {
    Page::Settings.open(session).await?;
    extension::says(session, &["order list of aliexpress.ru"]).await?;
    let place = "
        const field = document.getElementById('ru-site');
        field.scrollIntoView({ block: 'center' });
        const { x, y, width, height } = field.getBoundingClientRect();
        return [x + width / 2, y + height / 2, field.checked];";
    let (x, y, checked): (f64, f64, bool) = session.script(place, Vec::new()).await?;
    ensure!(checked != on, "it is so already");
    session.click_at(x, y).await?;
    let says = if on {
        "now shown on the order list of aliexpress.ru"
    } else {
        "no longer looks at aliexpress.ru"
    };
    extension::says(session, &[says]).await?;
    extension::accessible(session).await?;
    let wanted = if on {
        json!(["aliexpress-ru"])
    } else {
        json!([])
    };
    until("the script, or none", LONG, async || {
        let scripts = scripts(session).await?;
        Ok(if scripts == wanted {
            Ok(())
        } else {
            Err(scripts.to_string())
        })
    })
    .await
}

async fn read(session: &Session) -> Result<()> {
    until("the script", LONG, async || {
        let scripts = scripts(session).await?;
        Ok(if scripts == json!(["aliexpress-ru"]) {
            Ok(())
        } else {
            Err(scripts.to_string())
        })
    })
    .await?;
    let switches = switches();
    session
        .goto(&session.ru_site_url(&switches.ru_list_path()))
        .await?;
    let orders = switches.orders_served(Utc::now());
    let wanted = |orders: &[local_site::DemoOrder]| -> Vec<String> {
        let kind = |order: &local_site::DemoOrder| match order.status {
            Status::ToPay | Status::Cancelled => "closed",
            _ => "unknown",
        };
        orders
            .iter()
            .map(|order| format!("{} {}", order.id, kind(order)))
            .collect()
    };
    for count in [10, 20] {
        let wanted = wanted(&orders[..count]);
        until("a badge on every order", LONG, async || {
            let badges: Vec<String> = session.script(BADGES, Vec::new()).await?;
            Ok(if badges == wanted {
                Ok(())
            } else {
                Err(format!("{badges:?}, not {wanted:?}"))
            })
        })
        .await?;
        if count == 10 {
            // As where one scrolls to the end of the list.
            session
                .script::<Value>("window.demoMore(); return null", Vec::new())
                .await?;
        }
    }
    session
        .until_kept("the orders", |stored| {
            let missing = orders[..20]
                .iter()
                .find(|order| !stored.contains_key(&format!("order:{}", order.id)));
            missing.map_or(Ok(()), |order| Err(format!("{} is missing", order.id)))
        })
        .await
}

/// The dashboard leads to the order's page on its own site, and says why there is no date; no check of exact dates would open it.
async fn known(session: &Session) -> Result<()> {
    let orders = switches().orders_served(Utc::now());
    let waits = |order: &&local_site::DemoOrder| {
        order.status == Status::AwaitingDelivery && order.banner.is_none()
    };
    let order = &orders[..20]
        .iter()
        .find(waits)
        .expect("one is on its way")
        .id;
    session
        .goto(&session.extension_url(&format!("www/dashboard.html#order={order}")))
        .await?;
    extension::says(session, &["seen on aliexpress.ru"]).await?;
    let links: Vec<String> = session
        .script(
            "return [...document.querySelectorAll('a[href^=https]')].map(({ href }) => href)",
            Vec::new(),
        )
        .await?;
    let own = format!("https://aliexpress.ru/order-list/{order}");
    ensure!(links.contains(&own), "{links:?}");
    ensure!(
        !links
            .iter()
            .any(|link| link.contains("aliexpress.com/p/order/detail")),
        "{links:?}"
    );
    extension::accessible(session).await
}

/// As when the user takes the permission back on the browser's own page of add-ons.
async fn taken_back(session: &Session) -> Result<()> {
    let script = "
        const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
        const { extension } = WebExtensionPolicy.getByID(arguments[0]);
        return ExtensionPermissions.remove(arguments[0], { permissions: [], origins: ['https://aliexpress.ru/*'] }, extension).then(() => null)";
    session
        .firefox_script(script, vec![json!(harness::ADDON)])
        .await?;
    until("no script", LONG, async || {
        let scripts = scripts(session).await?;
        Ok(if scripts == json!([]) {
            Ok(())
        } else {
            Err(scripts.to_string())
        })
    })
    .await?;
    Page::Settings.open(session).await?;
    extension::says(session, &["order list of aliexpress.ru"]).await?;
    let checked: bool = session
        .script(
            "return document.getElementById('ru-site').checked",
            Vec::new(),
        )
        .await?;
    ensure!(!checked, "the settings say that it is still read");
    session.begin_anew().await?;
    not_read(session).await
}
