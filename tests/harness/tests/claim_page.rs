//! The page on which a claim is prepared: where the buyer stands, what is said in which language, what is kept for the next claim, and
//! what came of it.

use anyhow::{Context as _, Result, ensure};
use chrono::{Days, Utc};
use harness::pages::extension::{accessible, says, text};
use harness::pages::form::{self, WORDS};
use harness::pages::order_detail;
use harness::{Browser, LONG, Options, Session, Steps, in_both_browsers, until};
use local_site::{Status, Switches};
use recourse::domain::settings::languages;
use serde_json::{Value, json};

in_both_browsers!(run);

async fn run(browser: Browser) {
    Steps::run("claim_page", browser, Options::default(), async |steps| {
        let plain = form::shop();
        let mut completed = form::completed(&plain);
        let mut next = || completed.next().expect("a completed order");
        let (order, other) = (next(), next());
        steps
            .step("it says where the buyer stands", async |session| {
                order_detail::read(session, &plain, &order).await?;
                form::prepare(session, &order, "damaged", WORDS).await?;
                stand(session).await
            })
            .await;
        steps
            .step(
                "words are kept for the next claim of the kind",
                async |session| templates(session, &plain, &other).await,
            )
            .await;
        steps
            .step(
                "it is told in any of the shop's languages, and goes into the form so",
                async |session| told_in(session, &plain, &order).await,
            )
            .await;
        steps
            .step(
                "a protection that ends within a day is no time to wait",
                async |session| urgent(session, &plain).await,
            )
            .await;
        steps
            .step(
                "what the shop opened is in the record of what was filled in",
                async |session| confirmed(session, &plain, &order).await,
            )
            .await;
    })
    .await;
}

async fn open(session: &Session, query: &str, order: &str) -> Result<()> {
    session.goto("about:blank").await?;
    let page = format!("www/claim.html{query}#order={order}");
    session.goto(&session.extension_url(&page)).await
}

async fn press(session: &Session, selector: &str) -> Result<()> {
    until(&format!("{selector} on the page"), LONG, async || {
        let script =
            "const found = document.querySelector(arguments[0]); found?.click(); return !!found";
        let found: bool = session.script(script, vec![json!(selector)]).await?;
        Ok(if found {
            Ok(())
        } else {
            Err("not there".to_owned())
        })
    })
    .await
}

async fn stand(session: &Session) -> Result<()> {
    let words = [
        "Where you stand",
        "You can open a dispute now",
        "Nothing says that sending it back is free",
        "Up to €",
        "3 things are missing",
        "There are no photos. Without them such claims are often refused.",
        "The shop decides.",
    ];
    says(session, &words).await?;
    accessible(session).await
}

async fn templates(session: &Session, switches: &Switches, other: &str) -> Result<()> {
    press(session, "#keep-words").await?;
    says(session, &["Kept for such claims", WORDS]).await?;
    order_detail::read(session, switches, other).await?;
    open(session, "", other).await?;
    press(session, "#came-yes").await?;
    press(session, "#happened-not-working").await?;
    says(session, &["It does not work"]).await?;
    ensure!(!text(session).await?.contains(WORDS), "of another kind");
    press(session, "#happened-damaged").await?;
    press(session, ".templates li .button").await?;
    let taken = "return document.getElementById('words').value";
    let words: String = session.script(taken, Vec::new()).await?;
    ensure!(words == WORDS, "{words}");
    press(session, ".templates li .button.plain").await?;
    until("the template is gone", LONG, async || {
        let left = text(session).await?;
        Ok(if left.contains("Kept for such claims") {
            Err(left)
        } else {
            Ok(())
        })
    })
    .await?;
    // What was taken into the claim stays in it.
    let words: String = session.script(taken, Vec::new()).await?;
    ensure!(words == WORDS, "{words}");
    press(session, ".end .button.plain").await?;
    says(session, &["Deleted."]).await
}

/// What is told, without what stands beside it for the buyer to read.
const TOLD: &str = "return [...document.querySelectorAll('.sentences .option > [lang], .sentences .option > span > [lang]:not(.helper)')]\
     .map((one) => one.lang + ':' + one.textContent).join('\\n')";

async fn tell_in(session: &Session, language: &str) -> Result<()> {
    let script = "const list = document.getElementById('language'); list.value = arguments[0]; list.dispatchEvent(new Event('change'));";
    session.script::<()>(script, vec![json!(language)]).await
}

/// The text of that key in a language of the interface.
fn text_of(language: &str, key: &str) -> Result<String> {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../extension/_locales")
        .join(language)
        .join("messages.json");
    let texts: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let text = texts.pointer(&format!("/{key}/message"));
    Ok(text.and_then(Value::as_str).context("a text")?.to_owned())
}

async fn told_in(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    open(session, "?lang=fr", order).await?;
    let both = [
        "The item arrived damaged.",
        "L’article est arrivé endommagé.",
        "Où vous en êtes",
    ];
    says(session, &both).await?;
    accessible(session).await?;
    for language in languages() {
        tell_in(session, language).await?;
        let sentence = text_of(language, "statement_damaged")?;
        let wanted = format!("{language}:{sentence}");
        until(&format!("it is told in {language}"), LONG, async || {
            let told: String = session.script(TOLD, Vec::new()).await?;
            let is_so = told.lines().any(|line| line == wanted);
            Ok(if is_so { Ok(()) } else { Err(told) })
        })
        .await?;
    }
    // The buyer reads French, and the words of the buyer's own are English.
    tell_in(session, "de").await?;
    let other =
        "Vos propres mots semblent être dans une autre langue que le reste du texte (Deutsch).";
    says(session, &["Der Artikel kam beschädigt an.", other]).await?;
    kept_in(session, Some("de")).await?;
    // The page of the form is English, and the bar with it; what is sent is not.
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    form::bar_says(session, &["(Deutsch)"]).await?;
    form::press_bar_until(session, |bar| bar.description.as_deref() == Some("filled")).await?;
    let (held, _) = form::held(session).await?;
    let text = held.description.unwrap_or_default();
    ensure!(
        text.contains("Der Artikel kam beschädigt an.")
            && text.contains(WORDS)
            && !text.contains("The item"),
        "{text}"
    );
    form::press_bar(session, "undone").await?;
    open(session, "", order).await?;
    says(session, &["Der Artikel kam beschädigt an."]).await?;
    tell_in(session, "en").await?;
    kept_in(session, None).await
}

/// Waits until the draft is kept in that language, `None` being English.
async fn kept_in(session: &Session, language: Option<&str>) -> Result<()> {
    session
        .until_kept("the language", |stored| {
            let mut drafts = stored.iter().filter(|(key, _)| key.contains(":claim:"));
            let wanted = language.map(|language| format!("language {language}"));
            let is_so = drafts.any(|(_, text)| {
                let text = text.to_string();
                match &wanted {
                    Some(wanted) => text.contains(wanted),
                    None => text.contains("damaged") && !text.contains("language "),
                }
            });
            if is_so {
                Ok(())
            } else {
                Err("told in another one".to_owned())
            }
        })
        .await
}

/// An order whose page prints a day that begins within a day from now.
async fn urgent(session: &Session, plain: &Switches) -> Result<()> {
    let tomorrow = Utc::now().date_naive() + Days::new(1);
    let mut found = None;
    for back in 0..60 {
        let switches = Switches {
            now: Some(Utc::now() - Days::new(back)),
            ..plain.clone()
        };
        let mut orders = switches.orders_served(Utc::now()).into_iter();
        let ends = orders.find(|order| {
            order.status == Status::AwaitingDelivery
                && order.lines.len() == 1
                && order.printed_on_detail == Some(tomorrow)
        });
        if let Some(order) = ends {
            found = Some((switches, order.id));
            break;
        }
    }
    let (switches, order) = found.context("an order that ends tomorrow")?;
    order_detail::read(session, &switches, &order).await?;
    form::prepare(session, &order, "never-came", WORDS).await?;
    says(session, &["do not wait with sending"]).await?;
    // On the form it is said again.
    form::go(session, &switches, &order).await?;
    form::bar_is(session, "offered").await?;
    form::bar_says(session, &["do not wait with sending"]).await
}

async fn confirmed(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    form::press_bar_until(session, |bar| bar.description.as_deref() == Some("filled")).await?;
    session
        .until_kept("the filling", |stored| {
            let mut fillings = stored.keys().filter(|key| key.contains(":filling:"));
            fillings.next().map(drop).ok_or_else(|| "none".to_owned())
        })
        .await?;
    // The buyer sends it, and the shop shows the dispute.
    session
        .page_script(
            "demoForm.goesOn = true; document.querySelector('.form button').click()",
            &[],
        )
        .await?;
    session
        .until_kept("the dispute's number", |stored| {
            let number = stored.get(&format!("dispute:{order}"));
            match number.and_then(|number| number.as_str()) {
                Some("1120001234567890") => Ok(()),
                other => Err(format!("{other:?}")),
            }
        })
        .await?;
    until("the stage is in the record", LONG, async || {
        open(session, "", order).await?;
        let told = says(
            session,
            &[
                "What was filled in",
                "Dispute 1120001234567890: Waiting for the seller",
            ],
        );
        Ok(told.await.map_err(|problem| problem.to_string()))
    })
    .await?;
    session
        .until_kept("the record", |stored| {
            let mut fillings = stored.iter().filter(|(key, _)| key.contains(":filling:"));
            let whole = fillings.any(|(_, text)| {
                let text = text.to_string();
                text.contains("stage seller-to-answer") && text.contains("dispute 1120001234567890")
            });
            if whole {
                Ok(())
            } else {
                Err("not in it".to_owned())
            }
        })
        .await
}
