//! Dispute forms that somebody made who had not read what recognises them. How much of such a form is filled is a measurement, kept in
//! `docs/architecture.md`; that nothing in it is filled wrongly, and nothing sent, is a promise.

use std::time::Duration;

use anyhow::{Result, ensure};
use harness::pages::form::{self, Came, Counts, Held, WORDS, Wanted};
use harness::pages::order_detail;
use harness::{Browser, LONG, Options, Session, Steps, in_both_browsers, until};
use local_site::{Switches, UNSEEN_FORMS};

in_both_browsers!(run);

async fn run(browser: Browser) {
    Steps::run("form_unseen", browser, Options::default(), async |steps| {
        let plain = form::shop();
        let order = form::completed(&plain).next().expect("a completed order");
        let names = ["lid.png".to_owned(), "box.png".to_owned()];
        steps
            .step("a claim is prepared, with photos", async |session| {
                order_detail::read(session, &plain, &order).await?;
                form::prepare(session, &order, "damaged", WORDS).await?;
                let photos = [(names[0].clone(), 1, 40_000), (names[1].clone(), 2, 40_000)];
                form::add_photos(session, &order, &photos).await.map(drop)
            })
            .await;
        for (make, language) in UNSEEN_FORMS {
            let switches = Switches {
                form: Some(make),
                language,
                ..plain.clone()
            };
            steps
                .step(&format!("{make} in {language:?}"), async |session| {
                    let wanted = Wanted {
                        words: WORDS,
                        amount: form::paid(session, &order).await?,
                        photos: names.to_vec(),
                        videos: Vec::new(),
                    };
                    filled(session, &switches, &order, &wanted).await
                })
                .await;
        }
    })
    .await;
}

/// What may be left to the buyer in a form, apart from what the claim does not say. Everything else is filled, and rightly.
fn left_to_the_buyer(make: &str) -> &'static [&'static str] {
    match make {
        // Its choices say in words of their own who keeps the goods.
        "material" | "components" => &["solution"],
        // Its first page has no bar; on the second are reasons in a closed sheet, and an input for each photo.
        "steps" => &["reason", "amount", "description", "photos"],
        _ => &[],
    }
}

async fn filled(
    session: &Session,
    switches: &Switches,
    order: &str,
    wanted: &Wanted,
) -> Result<()> {
    let make = switches.form.unwrap_or_default();
    let left = left_to_the_buyer(make);
    form::go(session, switches, order).await?;
    let steps = u32::from(make == "steps");
    if steps > 0 {
        // What the first page asks the buyer answers.
        for answer in ["todoki_1", "taiou_2", "next"] {
            press(session, answer).await?;
        }
        press_if_offered(session).await?;
    } else {
        form::bar_is(session, "offered").await?;
        let untouched = form::held(session).await?;
        ensure!(
            untouched == (Held::empty(), Counts::default()),
            "touched before anything was pressed: {untouched:?}"
        );
        form::press_bar(session, "done").await?;
    }
    until("the form holds the claim", LONG, async || {
        let (held, _) = form::held(session).await?;
        Ok(as_wanted(wanted, left, &held))
    })
    .await?;
    // What is filled stays as it is.
    let (held, counts) = form::settled(session).await?;
    println!("    {make}: {:?}", wanted.of(&held));
    ensure!(
        counts == Counts { submits: 0, steps },
        "somebody else pressed a button: {counts:?}"
    );
    ensure!(held.trap.is_empty(), "another field was filled: {held:?}");
    as_wanted(wanted, left, &held).map_err(anyhow::Error::msg)
}

/// Presses something in the page itself, once it is there.
async fn press(session: &Session, id: &str) -> Result<()> {
    until(id, LONG, async || {
        let script =
            "const found = document.getElementById(arguments[0]); found?.click(); return !!found";
        let found: bool = session.script(script, vec![id.into()]).await?;
        Ok(found.then_some(()).ok_or_else(|| "not there".to_owned()))
    })
    .await
}

/// Fills the form if there is a bar on it, twice as long as it takes to look at a page again.
async fn press_if_offered(session: &Session) -> Result<()> {
    let bar = until("a bar", Duration::from_millis(2_500), async || {
        Ok(form::bar(session).await?.ok_or_else(String::new))
    });
    if bar.await.is_ok() {
        form::press_bar(session, "done").await?;
    }
    Ok(())
}

/// What is wrong with what the form holds.
fn as_wanted(wanted: &Wanted, left: &[&str], held: &Held) -> Result<(), String> {
    let fields = wanted.of(held);
    let is_well = |(name, came): &(&str, Came)| match came {
        Came::Right => true,
        Came::Wrong => false,
        Came::Left => *name == "videos" || left.contains(name),
    };
    if fields.iter().all(is_well) {
        Ok(())
    } else {
        Err(format!("{fields:?} in {held:?}"))
    }
}
