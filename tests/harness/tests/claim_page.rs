//! The page on which a claim is prepared: where the buyer stands, what is said in which language, what is kept for the next claim, and
//! what came of it.

use anyhow::{Context as _, Result, ensure};
use chrono::{Days, Utc};
use harness::pages::extension::{accessible, says, text};
use harness::pages::form::{self, WORDS};
use harness::pages::order_detail;
use harness::{Browser, LONG, Options, Session, Steps, in_both_browsers, until};
use local_site::{Status, Switches};
use serde_json::json;

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
                "it is told in the buyer's own language beside English",
                async |session| languages(session, &order).await,
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

async fn languages(session: &Session, order: &str) -> Result<()> {
    open(session, "?lang=fr", order).await?;
    let both = [
        "The item arrived damaged.",
        "L’article est arrivé endommagé.",
        "Où vous en êtes",
    ];
    says(session, &both).await?;
    accessible(session).await?;
    press(session, "#language-own").await?;
    let told = "return [...document.querySelectorAll('.sentences [lang=fr]')].filter((one) => !one.classList.contains('helper')).map((one) => one.textContent).join()";
    until("it is told in French", LONG, async || {
        let told: String = session.script(told, Vec::new()).await?;
        let is_so = told.contains("L’article est arrivé endommagé.")
            && told.contains("Je demande un remboursement complet de");
        Ok(if is_so { Ok(()) } else { Err(told) })
    })
    .await?;
    press(session, "#language-english").await?;
    session
        .until_kept("the language", |stored| {
            let drafts = stored.iter().filter(|(key, _)| key.contains(":claim:"));
            let own = drafts.filter(|(_, text)| text.to_string().contains("language own"));
            match own.count() {
                0 => Ok(()),
                _ => Err("still the own one".to_owned()),
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
                "Dispute 1120001234567890: Seller is to answer",
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
