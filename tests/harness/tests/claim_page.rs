//! The page on which a claim is prepared: where the buyer stands, what is said in which language, what is kept for the next claim, and
//! what came of it.

use anyhow::{Context as _, Result, ensure};
use chrono::{Days, Utc};
use harness::pages::extension::{accessible, says, text};
use harness::pages::form::{self, WORDS};
use harness::pages::{evidence, order_detail};
use harness::texts::text_of;
use harness::{Browser, LONG, Options, Session, Steps, in_both_browsers, until};
use local_site::{Status, Switches};
use recourse::domain::settings::languages;
use recourse::domain::sha256::Sha256;
use serde_json::{Value, json};

in_both_browsers!(run);

async fn run(browser: Browser) {
    Steps::run("claim_page", browser, Options::default(), async |steps| {
        let plain = form::shop();
        let mut completed = form::completed(&plain);
        let mut next = || completed.next().expect("a completed order");
        let (order, other, third) = (next(), next(), next());
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
        steps
            .step("the evidence for it is printed", async |session| {
                printed(session, &order).await
            })
            .await;
        steps
            .step(
                "words that were written and taken back are not kept",
                async |session| erased(session, &plain, &third).await,
            )
            .await;
        steps
            .step(
                "of an order of two lines each has its own claim",
                async |session| two_lines(session, &plain).await,
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
        "4 things are missing",
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
                text.contains("stage seller-to-answer")
                    && text.contains("dispute 1120001234567890")
                    && text.contains("field description 1. ")
                    && text.contains(WORDS)
            });
            if whole {
                Ok(())
            } else {
                Err("not in it".to_owned())
            }
        })
        .await?;
    // What the form held, whatever becomes of the draft.
    let held = "return [...document.querySelectorAll('.fillings .held li')].map((item) => item.textContent).join('\\n')";
    let held: String = session.script(held, Vec::new()).await?;
    ensure!(
        held.contains(WORDS) && held.contains("The item arrived damaged."),
        "{held}"
    );
    let paid = format!("{:.2}", form::paid(session, order).await?);
    ensure!(held.contains(&paid), "{paid} is not in {held}");
    Ok(())
}

/// What is printed of a claim: with note, hash, sum and stage, in the order of time, and nothing else of the page.
async fn printed(session: &Session, order: &str) -> Result<()> {
    let (text, photo) = form::located_photo()?;
    let note = "The box was open when it came.";
    evidence::open(session, order).await?;
    evidence::write(session, note).await?;
    evidence::add(
        session,
        json!([{ "name": "box.jpg", "type": "image/jpeg", "base64": text }]),
    )
    .await?;
    says(session, &["1 file added"]).await?;
    open(session, "", order).await?;
    says(session, &["What was filled in"]).await?;
    // Whoever prints from the browser's own menu gets the photo as well.
    until("the photo on paper", LONG, async || {
        let look = "
            window.dispatchEvent(new Event('beforeprint'));
            return [...document.querySelectorAll('.paper img')].filter((image) => image.naturalWidth > 0).length";
        let count: u32 = session.script(look, Vec::new()).await?;
        Ok(if count == 1 { Ok(()) } else { Err(format!("there are {count}")) })
    })
    .await?;
    // A window for printing waits for somebody: the page is asked for it, and it is not opened.
    session
        .script::<()>(
            "(window.wrappedJSObject ?? window).print = function () { document.body.dataset.asked = 'yes'; }",
            Vec::new(),
        )
        .await?;
    press(session, "#print-claim").await?;
    let paper = until("it is ready to be printed", LONG, async || {
        let look = "return document.body.dataset.asked === 'yes' ? document.querySelector('.paper').textContent : null";
        let paper: Option<String> = session.script(look, Vec::new()).await?;
        Ok(paper.ok_or_else(|| "not asked for yet".to_owned()))
    })
    .await?;
    let paid = format!("{:.2}", form::paid(session, order).await?);
    let hash = Sha256::of(&photo).to_string();
    let words = [
        order,
        "The item arrived damaged.",
        WORDS,
        &paid,
        note,
        "box.jpg",
        &hash,
        "Dispute 1120001234567890: Waiting for the seller",
        "Stage of the dispute: Waiting for the seller",
    ];
    for word in words {
        ensure!(paper.contains(word), "{word:?} is not in {paper}");
    }
    ensure!(
        paper.find(note) < paper.find(&hash),
        "the file was added after the note: {paper}"
    );
    let pdf = session
        .print(&format!("e2e/claim-{}.pdf", session.browser.name()))
        .await?;
    ensure!(pdf.starts_with(b"%PDF"), "that is no PDF");
    let pictures = pdf.windows(6).filter(|part| *part == b"/Image").count();
    ensure!(pictures >= 1, "the photo is not printed");
    Ok(())
}

/// Whether a draft about the order is kept.
async fn is_kept(session: &Session, order: &str, wanted: bool) -> Result<()> {
    session
        .until_kept("the draft, or none", |stored| {
            let mut keys = stored.keys();
            let kept = keys.any(|key| key.contains(":claim:") && key.contains(order));
            if kept == wanted {
                Ok(())
            } else {
                Err(format!("kept: {kept}"))
            }
        })
        .await
}

async fn erased(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    order_detail::read(session, switches, order).await?;
    open(session, "", order).await?;
    says(session, &["In your own words"]).await?;
    let write = "const field = document.getElementById('words'); field.value = arguments[0]; field.dispatchEvent(new Event('input'))";
    session.script::<()>(write, vec![json!(WORDS)]).await?;
    is_kept(session, order, true).await?;
    session.script::<()>(write, vec![json!("")]).await?;
    is_kept(session, order, false).await?;
    open(session, "", order).await?;
    says(session, &["Did you receive the parcel?"]).await?;
    let words = "return document.getElementById('words').value";
    let words: String = session.script(words, Vec::new()).await?;
    ensure!(words.is_empty(), "{words}");
    Ok(())
}

/// No sum that was paid for both is asked for one; the shop's control of that one is pointed at; and a dispute that may be the other's is not
/// taken for its own.
async fn two_lines(session: &Session, switches: &Switches) -> Result<()> {
    let orders = switches.orders_served(Utc::now()).into_iter();
    let mut two = orders
        .filter(|order| order.status == Status::Completed && order.lines.len() == 2)
        .map(|order| order.id);
    let order = &two.next().context("an order of two lines")?;
    order_detail::read(session, switches, order).await?;
    let place = format!("order={order}&line=2");
    session.goto("about:blank").await?;
    form::prepare_at(session, &place, "damaged", WORDS).await?;
    says(session, &["I ask for a full refund."]).await?;
    let look = "return [document.getElementById('amount').value, [...document.querySelectorAll('a')].map((link) => link.href).find((href) => href.includes('#recourse-dispute')) ?? '']";
    let [amount, link]: [String; 2] = session.script(look, Vec::new()).await?;
    ensure!(amount.is_empty(), "{amount} is asked for one line");
    ensure!(link.ends_with("#recourse-dispute=2"), "{link}");
    // A sum that is named may be all of the line's price or a part of it: neither is said.
    let name = "const field = document.getElementById('amount'); field.value = arguments[0]; field.dispatchEvent(new Event('input'))";
    session.script::<()>(name, vec![json!("1")]).await?;
    says(session, &["I ask for a refund of 1"]).await?;
    session.script::<()>(name, vec![json!("")]).await?;
    says(session, &["I ask for a full refund."]).await?;
    session
        .until_kept("that no sum is named", |stored| {
            let mut drafts = stored
                .iter()
                .filter(|(key, _)| key.contains(":claim:") && key.contains(order.as_str()));
            let names = drafts.any(|(_, text)| text.to_string().contains("amount "));
            if names {
                Err("a sum is".to_owned())
            } else {
                Ok(())
            }
        })
        .await?;

    // Each line as high as the window, so that what is pointed at is the one in view.
    order_detail::open(session, switches, order).await?;
    let asked = "document.head.append(Object.assign(document.createElement('style'), { textContent: '.order-detail-item-content { min-height: 2000px }' })); \
                 location.hash = '#recourse-dispute=2'; document.getElementById('root').append(document.createElement('i'))";
    session.script::<()>(asked, Vec::new()).await?;
    let look = "return [...document.querySelectorAll('.order-detail-item-btns')].map((row) => { const box = row.lastElementChild.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; })";
    until("the second line's control is in view", LONG, async || {
        let seen: Vec<bool> = session.script(look, Vec::new()).await?;
        Ok(if seen == [false, true] {
            Ok(())
        } else {
            Err(format!("{seen:?}"))
        })
    })
    .await?;

    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    form::press_bar_until(session, |bar| bar.description.as_deref() == Some("filled")).await?;
    let (held, _) = form::held(session).await?;
    ensure!(held.amount.as_deref() == Some(""), "{held:?}");
    session
        .until_kept("the filling", |stored| {
            let mut fillings = stored.keys();
            let kept =
                fillings.any(|key| key.contains(":filling:") && key.contains(order.as_str()));
            kept.then_some(()).ok_or_else(|| "none".to_owned())
        })
        .await?;
    session
        .page_script(
            "demoForm.goesOn = true; document.querySelector('.form button').click()",
            &[],
        )
        .await?;
    // The form has not named its line, and the dispute is told of one of the two.
    let line = format!("dispute:{order}-{order}1");
    session
        .until_kept("the dispute's number, of its line", |stored| {
            let number = stored.get(&line).and_then(Value::as_str);
            let known = number == Some("1120001234567890");
            known.then_some(()).ok_or_else(|| format!("{number:?}"))
        })
        .await?;
    session
        .until_kept("the stage", |stored| {
            let record = stored
                .get(&format!("order:{order}"))
                .and_then(Value::as_str);
            let told = record.is_some_and(|record| record.contains("seller-to-answer"));
            told.then_some(()).ok_or_else(|| format!("{record:?}"))
        })
        .await?;
    session.goto("about:blank").await?;
    session
        .goto(&session.extension_url(&format!("www/claim.html#{place}")))
        .await?;
    says(session, &["What was filled in", WORDS]).await?;
    let told = text(session).await?;
    ensure!(!told.contains("Dispute 112"), "followed: {told}");
    Ok(())
}
