//! Dispute forms that somebody made who had not read what recognises them. How much of such a form is filled is a measurement, kept in
//! `docs/architecture.md`; that nothing in it is filled wrongly, and nothing sent, is a promise.

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

async fn filled(
    session: &Session,
    switches: &Switches,
    order: &str,
    wanted: &Wanted,
) -> Result<()> {
    let make = switches.form.unwrap_or_default();
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    let untouched = form::held(session).await?;
    ensure!(
        untouched == (Held::empty(), Counts::default()),
        "touched before anything was pressed: {untouched:?}"
    );
    form::press_bar(session, "done").await?;
    let steps = u32::from(make == "steps");
    if steps > 0 {
        until("the first page holds the claim", LONG, async || {
            let (held, _) = form::held(session).await?;
            let holds = held.received.is_some() && held.solution.is_some();
            Ok(holds.then_some(()).ok_or_else(|| format!("{held:?}")))
        })
        .await?;
        // It is the buyer who goes on.
        ensure!(form::go_on(session).await?, "no next page");
    }
    until("the form holds the claim", LONG, async || {
        let (held, _) = form::held(session).await?;
        Ok(as_wanted(wanted, &held))
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
    as_wanted(wanted, &held).map_err(anyhow::Error::msg)
}

/// What is wrong with what the form holds: nothing that the claim says is left to the buyer.
fn as_wanted(wanted: &Wanted, held: &Held) -> Result<(), String> {
    let fields = wanted.of(held);
    let is_well = |(name, came): &(&str, Came)| match came {
        Came::Right => true,
        Came::Wrong => false,
        Came::Left => *name == "videos",
    };
    if fields.iter().all(is_well) {
        Ok(())
    } else {
        Err(format!("{fields:?} in {held:?}"))
    }
}
