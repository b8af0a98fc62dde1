//! Forms that cannot be filled as a whole, and what goes wrong on the way: each is told to the buyer, and nothing is lost.

use anyhow::{Context as _, Result, ensure};
use chrono::Utc;
use harness::keyboard::{ENTER, ESCAPE, TAB};
use harness::pages::extension;
use harness::pages::form::{self, Counts, Held, WORDS};
use harness::pages::order_detail;
use harness::{Browser, LONG, Options, Session, Steps, in_both_browsers, until};
use local_site::{NO_FORMS, Status, Switches};
use serde_json::json;

in_both_browsers!(run);

const PHOTOS: [&str; 2] = ["lid.png", "box.png"];

async fn run(browser: Browser) {
    Steps::run("form_hard", browser, Options::default(), async |steps| {
        let plain = form::shop();
        let order = form::completed(&plain).next().expect("a completed order");
        let of = |make| Switches {
            form: Some(make),
            ..plain.clone()
        };
        steps
            .step("a claim is prepared", async |session| {
                order_detail::read(session, &plain, &order).await?;
                form::prepare(session, &order, "damaged", WORDS).await
            })
            .await;
        steps
            .step(
                "a field that nothing names is shown once, and known from then on",
                async |session| taught(session, &of("wordless"), &order).await,
            )
            .await;
        steps
            .step(
                "a field is shown by keyboard, and what cannot hold it is refused",
                async |session| taught_by_keyboard(session, &of("wordless"), &order).await,
            )
            .await;
        steps
            .step("two fields that could be meant", async |session| {
                twofold(session, &of("twofold"), &order).await
            })
            .await;
        steps
            .step("a page that believes only a person", async |session| {
                distrustful(session, &of("distrustful"), &order).await
            })
            .await;
        steps
            .step("a frame of another origin", async |session| {
                form::go(session, &of("foreign"), &order).await?;
                form::bar_is(session, "offered").await?;
                let cannot = "The form is in a frame that extensions cannot look into";
                form::bar_says(session, &["This form cannot be reached", cannot, "Copy"]).await
            })
            .await;
        steps
            .step("a form beside a frame of another origin", async |session| {
                beside(session, &of("beside"), &order).await
            })
            .await;
        steps
            .step("nothing found among too many controls", async |session| {
                form::go(session, &of("crowd"), &order).await?;
                form::bar_is(session, "offered").await?;
                let more = "This page has more fields than Recourse looks at";
                form::bar_says(session, &["This form cannot be reached", more, "Copy"]).await
            })
            .await;
        steps
            .step("ten thousand controls", async |session| {
                huge(session, &of("huge"), &order).await
            })
            .await;
        steps
            .step(
                "files are dropped where there is no input for them",
                async |session| dropped(session, &of("cards"), &order).await,
            )
            .await;
        steps
            .step("a file that is no longer kept", async |session| {
                gone(session, &plain, &order).await
            })
            .await;
        steps
            .step(
                "the next step of a form that nobody asked to fill",
                async |session| unasked(session, &of("wizard"), &order).await,
            )
            .await;
        steps
            .step(
                "another form in the place of one that was filled",
                async |session| turned(session, &plain, &order).await,
            )
            .await;
        steps
            .step(
                "the session ends in the middle of the form",
                async |session| signed_out(session, &plain, &order).await,
            )
            .await;
        steps
            .step(
                "another claim, after what was filled in was put back",
                async |session| another_claim(session, &plain).await,
            )
            .await;
        steps
            .step("a text that is too long for the field", async |session| {
                too_long(session, &plain, &order).await
            })
            .await;
    })
    .await;
}

/// Two claims about an order, with nothing in common: once the first is put back, the second goes in, and nothing of the first is left.
async fn another_claim(session: &Session, plain: &Switches) -> Result<()> {
    const OTHER: &str = "The tracking has not moved for weeks.";
    let orders = plain.orders_served(Utc::now()).into_iter();
    let mut two =
        orders.filter(|order| order.status == Status::Completed && order.lines.len() == 2);
    let order = two.next().context("an order of two lines")?.id;
    order_detail::read(session, plain, &order).await?;
    for (line, happened, words, sum) in [(1, "damaged", WORDS, "1"), (2, "never-came", OTHER, "2")]
    {
        session.goto("about:blank").await?;
        let place = format!("order={order}&line={line}");
        form::prepare_at(session, &place, happened, words).await?;
        let name = "const field = document.getElementById('amount'); field.value = arguments[0]; field.dispatchEvent(new Event('input'))";
        session.script::<()>(name, vec![json!(sum)]).await?;
        session
            .until_kept("the sum", |stored| {
                let mut drafts = stored
                    .iter()
                    .filter(|(key, _)| key.contains(":claim:") && key.contains(&order));
                let wanted = format!("amount {sum}00 2");
                let is_kept = drafts.any(|(_, text)| text.to_string().contains(&wanted));
                is_kept.then_some(()).ok_or_else(|| "not yet".to_owned())
            })
            .await?;
    }
    form::go(session, plain, &order).await?;
    form::bar_is(session, "offered").await?;
    let mut before = String::new();
    for (line, came, reason, sum, own, others) in [
        (1, "yes", "damaged", 1.0, WORDS, OTHER),
        (2, "no", "transit", 2.0, OTHER, WORDS),
    ] {
        form::choose_claim(session, line).await?;
        if line == 1 {
            before = form::state(session).await?;
        }
        form::press_bar(session, "done").await?;
        let (held, counts) = form::settled(session).await?;
        ensure!(counts == Counts::default(), "{counts:?}");
        ensure!(held.trap.is_empty(), "the wrong field was filled: {held:?}");
        ensure!(held.received.as_deref() == Some(came), "{held:?}");
        ensure!(held.reason.as_deref() == Some(reason), "{held:?}");
        let amount = held.amount.as_deref().unwrap_or_default();
        ensure!(amount.parse() == Ok(sum), "{held:?}");
        let text = held.description.as_deref().unwrap_or_default();
        ensure!(text.contains(own) && !text.contains(others), "{held:?}");
        let seen = form::state(session).await?;
        ensure!(
            !seen.contains(others),
            "something of the other is left: {seen}"
        );
        form::press_bar(session, "undone").await?;
        let back = form::state(session).await?;
        ensure!(back == before, "not as it was: {back}");
    }
    Ok(())
}

/// Where on the page an element is, in the middle.
async fn middle(session: &Session, selector: &str) -> Result<(f64, f64)> {
    let script = "const node = document.querySelector(arguments[0]); node.scrollIntoView({ block: 'start' }); \
        const place = node.getBoundingClientRect(); return [place.left + place.width / 2, place.top + place.height / 2]";
    session.script(script, vec![json!(selector)]).await
}

async fn amount(session: &Session) -> Result<String> {
    let (held, counts) = form::held(session).await?;
    ensure!(counts == Counts::default(), "{counts:?}");
    ensure!(held.trap.is_empty(), "the wrong field was filled: {held:?}");
    Ok(held.amount.unwrap_or_default())
}

async fn amount_is_filled(session: &Session) -> Result<()> {
    until("the amount is filled", LONG, async || {
        let held = amount(session).await?;
        Ok(if held.is_empty() {
            Err("nothing".to_owned())
        } else {
            Ok(())
        })
    })
    .await
}

async fn taught(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    let bar = form::press_bar(session, "done").await?;
    ensure!(bar.amount.is_none(), "{bar:?}");
    ensure!(amount(session).await?.is_empty(), "nobody said which it is");
    form::press_bar(session, "undone").await?;
    // A press while pointing reaches nothing of the page's: not even its button.
    form::miss(session, "Amount").await?;
    let (x, y) = middle(session, "form button.comet-btn").await?;
    session.click_at(x, y).await?;
    let (x, y) = middle(session, "input[name=q7]").await?;
    session.click_at(x, y).await?;
    form::bar_says(session, &["You showed Recourse this field."]).await?;
    ensure!(
        amount(session).await?.is_empty(),
        "filled without being asked"
    );
    form::press_bar_until(session, |bar| bar.amount.as_deref() == Some("filled")).await?;
    amount_is_filled(session).await?;
    // Another day, the same form.
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    form::press_bar_until(session, |bar| bar.amount.as_deref() == Some("filled")).await?;
    amount_is_filled(session).await?;
    form::press_bar(session, "undone").await?;
    ensure!(amount(session).await?.is_empty(), "not put back");
    // The list of what was shown, from which it is taken out.
    session.goto("about:blank").await?;
    let page = format!("www/claim.html#order={order}");
    session.goto(&session.extension_url(&page)).await?;
    extension::says(session, &["Fields that you have shown", "Amount, shown on"]).await?;
    extension::accessible(session).await?;
    session
        .script::<()>(
            "document.querySelector('.taught button').click()",
            Vec::new(),
        )
        .await?;
    extension::says(session, &["Deleted."]).await?;
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    let bar = form::press_bar(session, "done").await?;
    ensure!(bar.amount.is_none(), "still known: {bar:?}");
    ensure!(amount(session).await?.is_empty(), "filled all the same");
    Ok(())
}

async fn taught_by_keyboard(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    form::miss(session, "Amount").await?;
    session.press(&[ESCAPE]).await?;
    form::bar_says(session, &["A field is missing or wrong?"]).await?;
    // The first field asks whether the parcel came: no amount goes in there.
    form::miss(session, "Amount").await?;
    session.press(&[TAB, ENTER]).await?;
    form::bar_says(session, &["What you pressed cannot hold this: Amount"]).await?;
    form::miss(session, "Amount").await?;
    session.press(&[TAB, TAB, TAB, TAB, ENTER]).await?;
    form::bar_says(session, &["You showed Recourse this field."]).await?;
    form::press_bar_until(session, |bar| bar.amount.as_deref() == Some("filled")).await?;
    amount_is_filled(session).await?;
    // In the bar itself it is forgotten as well.
    form::press_bar(session, "undone").await?;
    form::press_in_bar(session, "[data-field=amount] .button.plain").await?;
    until("the amount is known no more", LONG, async || {
        let text = form::bar_text(session).await?;
        Ok(if text.contains("You showed") {
            Err(text)
        } else {
            Ok(())
        })
    })
    .await
}

/// Neither is filled, and the way to the likelier one is shown.
async fn twofold(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    let bar = form::press_bar(session, "done").await?;
    ensure!(bar.description.as_deref() == Some("needs-user"), "{bar:?}");
    form::bar_says(session, &["Two fields could be meant"]).await?;
    let (held, counts) = form::held(session).await?;
    ensure!(counts == Counts::default(), "{counts:?}");
    ensure!(
        held.trap.is_empty() && held.description.as_deref() == Some(""),
        "{held:?}"
    );
    form::press_in_bar(session, "[data-field=description] .buttons button").await?;
    until("the field has the focus", LONG, async || {
        let name: Option<String> = session
            .script("return document.activeElement?.name ?? null", Vec::new())
            .await?;
        Ok(if name.as_deref() == Some("dsc") {
            Ok(())
        } else {
            Err(format!("{name:?}"))
        })
    })
    .await
}

async fn distrustful(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    form::press_bar_until(session, |bar| {
        bar.state == "done"
            && bar.description.as_deref() == Some("differs")
            && bar.amount.as_deref() == Some("differs")
            && bar.reason.as_deref() == Some("filled")
    })
    .await?;
    form::bar_says(
        session,
        &["The page has emptied it again", "Copy", "Show the field"],
    )
    .await?;
    let (held, counts) = form::held(session).await?;
    ensure!(counts == Counts::default(), "{counts:?}");
    ensure!(held.description.as_deref() == Some(""), "{held:?}");
    Ok(())
}

async fn beside(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    let part = "Part of this page is in a frame that extensions cannot look into";
    form::bar_says(session, &["Fill in this form", part]).await?;
    form::press_bar(session, "done").await?;
    amount_is_filled(session).await
}

async fn huge(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    form::bar_says(
        session,
        &["This page has more fields than Recourse looks at"],
    )
    .await?;
    form::press_bar(session, "done").await?;
    amount_is_filled(session).await?;
    form::press_bar(session, "undone").await?;
    ensure!(amount(session).await?.is_empty(), "not put back");
    Ok(())
}

async fn dropped(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    let files = [
        (PHOTOS[0].to_owned(), 1, 40_000),
        (PHOTOS[1].to_owned(), 2, 40_000),
    ];
    let hashes = form::add_photos(session, order, &files).await?;
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    form::press_bar_until(session, |bar| bar.photos.as_deref() == Some("filled")).await?;
    let (held, counts) = form::held(session).await?;
    ensure!(held.photos == PHOTOS, "{held:?}");
    ensure!(counts == Counts::default(), "{counts:?}");
    let came = form::hashes(session).await?;
    ensure!(came == hashes, "{came:?} instead of {hashes:?}");
    // What was dropped the page keeps: it is said so, and not dropped a second time.
    let bar = form::press_bar(session, "undone").await?;
    ensure!(bar.photos.as_deref() == Some("needs-user"), "{bar:?}");
    form::press_bar(session, "done").await?;
    form::press_bar_until(session, |bar| bar.photos.as_deref() == Some("filled")).await?;
    let (again, _) = form::held(session).await?;
    ensure!(again.photos == PHOTOS, "{again:?}");
    Ok(())
}

async fn gone(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    form::bar_says(session, &PHOTOS).await?;
    // Its bytes are lost, while the record of it is still there.
    session
        .in_extension(
            r"
            const done = arguments[arguments.length - 1];
            (async () => {
              for (const { name } of await indexedDB.databases()) {
                const base = await new Promise((resolve) => { const asked = indexedDB.open(name); asked.onsuccess = () => resolve(asked.result); });
                if (!base.objectStoreNames.contains('pieces')) continue;
                const store = base.transaction('pieces', 'readwrite').objectStore('pieces');
                const keys = await new Promise((resolve) => { const asked = store.getAllKeys(); asked.onsuccess = () => resolve(asked.result); });
                await new Promise((resolve) => { const asked = store.delete(keys[0]); asked.onsuccess = () => resolve(); });
                base.close();
                return done(keys.length);
              }
              done(0);
            })();
            ",
            Vec::new(),
        )
        .await?;
    form::press_bar(session, "done").await?;
    form::bar_says(session, &["No longer kept, and so not in the form"]).await?;
    let (held, counts) = form::held(session).await?;
    ensure!(held.photos.len() == 1, "{held:?}");
    ensure!(counts == Counts::default(), "{counts:?}");
    Ok(())
}

/// Nothing of it is filled, however long one waits.
async fn unasked(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    session
        .script::<()>("document.getElementById('next').click()", Vec::new())
        .await?;
    // Twice as long as the time after which a page is looked at again.
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
    let (held, counts) = form::held(session).await?;
    ensure!(counts.steps == 1 && counts.submits == 0, "{counts:?}");
    ensure!(held == Held::empty(), "{held:?}");
    form::bar_is(session, "offered").await.map(drop)
}

/// That a dispute form was filled does not make the next one that.
async fn turned(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    form::press_bar_until(session, |bar| bar.description.as_deref() == Some("filled")).await?;
    for other in NO_FORMS {
        session
            .page_script("demoForm.turnInto(arguments[0])", &[json!(other)])
            .await?;
        tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
        let (held, counts) = form::held(session).await?;
        ensure!(held.trap.is_empty(), "{other}: {held:?}");
        ensure!(counts == Counts::default(), "{other}: {counts:?}");
    }
    Ok(())
}

async fn signed_out(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    form::press_bar_until(session, |bar| bar.description.as_deref() == Some("filled")).await?;
    session.page_script("demoForm.signOut()", &[]).await?;
    form::bar_says(
        session,
        &["The shop asks you to sign in", "Your claim is safe"],
    )
    .await?;
    // Or it leads to the page for that, which is another one, and of which nothing is looked at.
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    form::press_bar_until(session, |bar| bar.description.as_deref() == Some("filled")).await?;
    let sign_in = "location.assign(location.origin.replace('www.', 'login.') + '/?return_url=x')";
    session.page_script(sign_in, &[]).await?;
    until("the page for signing in", LONG, async || {
        let url = session.url().await?;
        Ok(if url.contains("//login.") {
            Ok(())
        } else {
            Err(url)
        })
    })
    .await?;
    form::bar_says(
        session,
        &["The shop asks you to sign in", "Your claim is safe"],
    )
    .await?;
    let typed =
        "return [...document.querySelectorAll('input')].map((field) => field.value).join('')";
    let typed: String = session.script(typed, Vec::new()).await?;
    ensure!(typed.is_empty(), "{typed}");
    // Signed in again, and back on the form, which is empty.
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    form::bar_says(
        session,
        &["has been loaded anew since", "Your claim is safe"],
    )
    .await?;
    form::press_bar_until(session, |bar| bar.description.as_deref() == Some("filled")).await?;
    let (held, _) = form::held(session).await?;
    ensure!(
        held.description.is_some_and(|text| text.contains(WORDS)),
        "the claim was lost"
    );
    Ok(())
}

/// It is neither put in nor cut: what can be left out is offered, sentence by sentence, and what fits then goes in.
async fn too_long(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    const LIMIT: usize = 1_000;
    let words = "The lid is bent at both corners and does not close. ".repeat(18);
    form::prepare(session, order, "damaged", words.trim()).await?;
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    form::press_bar(session, "done").await?;
    form::bar_says(session, &["Too long by", "Leave out"]).await?;
    let (held, _) = form::held(session).await?;
    ensure!(held.description.as_deref() == Some(""), "{held:?}");
    let first = "const first = document.querySelector('.shorten li'); const text = first?.querySelector('[lang]').textContent; \
        first?.querySelector('button').click(); return text ?? null";
    let mut left_out: Vec<String> = Vec::new();
    let filled = until("the rest is filled in", LONG, async || {
        let (held, counts) = form::held(session).await?;
        ensure!(counts == Counts::default(), "{counts:?}");
        if let Some(text) = held.description.filter(|text| !text.is_empty()) {
            return Ok(Ok(text));
        }
        let sentence: Option<String> = session
            .in_own_frame("recourse-fill", first, Vec::new())
            .await
            .unwrap_or_default();
        left_out.extend(sentence);
        Ok(Err(format!("left out: {left_out:?}")))
    })
    .await?;
    ensure!(filled.chars().count() <= LIMIT, "{filled}");
    ensure!(!left_out.is_empty(), "it was not too long");
    // The form's own limit, and how much of it is taken: of one sentence less, where another was left out meanwhile.
    until("the bar says how much is taken", LONG, async || {
        let (held, _) = form::held(session).await?;
        let taken = held.description.unwrap_or_default().encode_utf16().count();
        let count = format!("{taken} / 1,000");
        let text = form::bar_text(session).await.unwrap_or_default();
        Ok(if text.contains(&count) {
            Ok(())
        } else {
            Err(format!("no {count:?} in {text}"))
        })
    })
    .await
}
