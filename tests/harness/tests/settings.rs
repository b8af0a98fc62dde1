//! The settings: a rule with the user's own number moves dates everywhere, and goes back.

use anyhow::{Context as _, Result, ensure};
use chrono::{TimeDelta, Utc};
use harness::pages::extension::{self, Page};
use harness::pages::order_list::{OrderList, Sight};
use harness::texts::text_of;
use harness::{Browser, LONG, Options, Session, Steps, Width, in_both_browsers, until};
use local_site::Switches;
use recourse::domain::rules::{PROVENANCE, RULES};
use serde_json::{Value, json};

in_both_browsers!(run);

/// The rule by which most orders of a list that was never opened have their dates.
const RULE: &str = "estimate-from-order";

async fn run(browser: Browser) {
    Steps::run("settings", browser, Options::default(), async |steps| {
        let plain = Switches {
            delay_ms: 50,
            now: Some(Utc::now()),
            ..Switches::default()
        };
        let mut before = None;
        steps
            .step("every rule has its place", async |session| {
                let (_, sight) = OrderList::open(session, &plain).await?;
                sight.kept(session).await?;
                before = Some(sight);
                every_rule(session).await
            })
            .await;
        steps
            .step(
                "another number moves the dates of the list",
                async |session| {
                    let before = before.as_ref().context("the list as it was")?;
                    shorter(session, &plain, before).await
                },
            )
            .await;
        steps
            .step(
                "a wrong number changes nothing and is said so",
                async |session| wrong(session).await,
            )
            .await;
        steps
            .step("switched off, there is no such date", async |session| {
                off(session).await
            })
            .await;
        steps
            .step("all goes back", async |session| {
                let before = before.as_ref().context("the list as it was")?;
                back(session, &plain, before).await
            })
            .await;
        steps
            .step("a country brings its windows", async |session| {
                country(session).await
            })
            .await;
        steps
            .step(
                "the chosen language, whatever the page's",
                async |session| language(session, &plain).await,
            )
            .await;
    })
    .await;
}

/// Opens the settings with every window open.
async fn open(session: &Session) -> Result<()> {
    Page::Settings.open(session).await?;
    extension::says(session, &["How the dates are counted"]).await?;
    session
        .script::<Value>(
            "document.querySelectorAll('details').forEach((details) => { details.open = true }); return null",
            Vec::new(),
        )
        .await?;
    Ok(())
}

/// Types into the field and presses Enter.
async fn enter(session: &Session, number: &str) -> Result<()> {
    let field = format!("number-{RULE}");
    let script = "const field = document.getElementById(arguments[0]); field.focus(); field.select(); return null";
    session.script::<Value>(script, vec![json!(field)]).await?;
    for key in number.chars() {
        session.press(&[key]).await?;
    }
    session.press(&['\u{E007}']).await?;
    let focused: String = session
        .script("return document.activeElement.id", Vec::new())
        .await?;
    ensure!(focused == field, "the focus is on {focused:?}");
    Ok(())
}

async fn press(session: &Session, id: &str) -> Result<()> {
    let script = "document.getElementById(arguments[0]).click(); return null";
    session.script::<Value>(script, vec![json!(id)]).await?;
    Ok(())
}

/// What is kept of the user's changes.
async fn kept(session: &Session) -> Result<Vec<String>> {
    let stored = session.stored().await?;
    let settings = stored.get("settings").and_then(Value::as_str);
    let lines = settings.unwrap_or_default().lines();
    Ok(lines
        .filter_map(|line| line.strip_prefix("rule "))
        .map(str::to_owned)
        .collect())
}

async fn keeps(session: &Session, wanted: &[&str]) -> Result<()> {
    until(&format!("the changes are {wanted:?}"), LONG, async || {
        let kept = kept(session).await?;
        Ok(if kept == wanted {
            Ok(())
        } else {
            Err(format!("{kept:?}"))
        })
    })
    .await
}

async fn every_rule(session: &Session) -> Result<()> {
    open(session).await?;
    let shown: Vec<String> = session
        .script(
            "return [...document.querySelectorAll('.rule')].map((rule) => rule.id)",
            Vec::new(),
        )
        .await?;
    for (rule, provenance) in RULES.iter().zip(PROVENANCE) {
        let id = format!("rule-{}", rule.id);
        ensure!(shown.contains(&id), "{id} is not shown");
        extension::says(session, &[provenance.source]).await?;
    }
    let back: u32 = session
        .script(
            "return [...document.querySelectorAll('[id^=back-], #rules-back')].filter((button) => button.checkVisibility()).length",
            Vec::new(),
        )
        .await?;
    ensure!(back == 0, "{back} ways back from no change");
    ensure!(shown.len() == RULES.len(), "{} are shown", shown.len());
    for width in [Width::Desktop, Width::Narrow] {
        session.set_width(width).await?;
        for dark in [false, true] {
            session.set_dark(dark).await?;
            extension::accessible(session).await?;
        }
    }
    session.set_dark(false).await?;
    session.set_width(Width::Desktop).await
}

/// Twelve days less than the standard: every date that stands on the rule comes twelve days sooner, and no other moves.
async fn shorter(session: &Session, plain: &Switches, before: &Sight) -> Result<()> {
    open(session).await?;
    enter(session, "20").await?;
    keeps(session, &[&format!("{RULE} 20")]).await?;
    let said = [
        "20 days, your number",
        "Standard: 32 days",
        "What your changes do",
        "Because of this",
        "instead of",
    ];
    extension::says(session, &said).await?;
    extension::accessible(session).await?;
    let (_, now) = OrderList::open(session, plain).await?;
    let mut moved = 0;
    for badge in before.badges() {
        let after = now.badge(&badge.order).context("a badge")?;
        let (Some(was), Some(is)) = (badge.until()?, after.until()?) else {
            ensure!(badge.until_text == after.until_text, "{after:?}");
            continue;
        };
        if badge.kind == "estimate" {
            // Summer time may end in between.
            let sooner = (was - is - TimeDelta::days(12)).abs();
            ensure!(sooner <= TimeDelta::hours(1), "{badge:?}, {after:?}");
            moved += 1;
        } else {
            ensure!(was == is, "{badge:?}, {after:?}");
        }
    }
    ensure!(moved > 0, "no date moved: {now:?}");
    Ok(())
}

async fn wrong(session: &Session) -> Result<()> {
    open(session).await?;
    enter(session, "-3").await?;
    extension::says(session, &["whole number from 1 to 1,000"]).await?;
    extension::accessible(session).await?;
    keeps(session, &[&format!("{RULE} 20")]).await
}

async fn off(session: &Session) -> Result<()> {
    open(session).await?;
    press(session, &format!("use-{RULE}")).await?;
    keeps(session, &[&format!("{RULE} off")]).await?;
    extension::says(session, &["Switched off", "no date any more"]).await?;
    extension::accessible(session).await
}

async fn back(session: &Session, plain: &Switches, before: &Sight) -> Result<()> {
    press(session, "rules-back").await?;
    keeps(session, &[]).await?;
    let (_, now) = OrderList::open(session, plain).await?;
    for badge in before.badges() {
        let after = now.badge(&badge.order);
        ensure!(after == Some(badge), "{badge:?}, {after:?}");
    }
    Ok(())
}

async fn country(session: &Session) -> Result<()> {
    open(session).await?;
    let script = "const list = document.getElementById('country'); list.value = 'BE'; \
        list.dispatchEvent(new Event('change')); return list.selectedOptions[0].text";
    let name: String = session.script(script, Vec::new()).await?;
    ensure!(name == "Belgium", "{name}");
    extension::says(session, &["What your changes do"]).await?;
    session
        .until_kept("the country", |stored| {
            let settings = stored.get("settings").and_then(Value::as_str);
            match settings {
                Some(text) if text.contains("country BE") => Ok(()),
                other => Err(format!("{other:?}")),
            }
        })
        .await?;
    open(session).await?;
    let kept: String = session
        .script(
            "return document.getElementById('country').value",
            Vec::new(),
        )
        .await?;
    ensure!(kept == "BE", "{kept}");
    extension::accessible(session).await
}

/// On the shop's English page too, and in the dashboard; and back to the page's own.
async fn language(session: &Session, plain: &Switches) -> Result<()> {
    let choose = "const choice = document.getElementById(`language-${arguments[0]}`); choice?.click(); return !!choice";
    for (choice, language) in [("fr", "fr"), ("auto", "en")] {
        Page::Settings.open(session).await?;
        // The page is drawn in the language that was chosen before.
        until("the choice of language", LONG, async || {
            let chosen: bool = session.script(choose, vec![json!(choice)]).await?;
            Ok(chosen.then_some(()).ok_or_else(|| "nothing yet".to_owned()))
        })
        .await?;
        extension::says(session, &[&text_of(language, "settings_language_auto")?]).await?;
        session
            .until_kept("the language", |stored| {
                let settings = stored.get("settings").and_then(Value::as_str);
                let chosen = settings.is_some_and(|text| text.contains("language fr"));
                if chosen == (choice == "fr") {
                    Ok(())
                } else {
                    Err(format!("{settings:?}"))
                }
            })
            .await?;
        let (list, _) = OrderList::open(session, plain).await?;
        list.speaks(language).await?;
        Page::Dashboard.open(session).await?;
        extension::says(session, &[&text_of(language, "dashboard_group_later")?]).await?;
    }
    Ok(())
}
