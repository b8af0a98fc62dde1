//! The measurements of the dispute form: which fields of which make come out right, how long recognising and filling take, and photos on
//! their way from what is kept into the form.
//!
//! Nothing here passes or fails on a time; beside each stands what is aimed at, and whether that is met. The baseline looks at the same controls with a few lines of script: what is written around each,
//! and whether it can be seen.

use anyhow::{Context as _, Result, bail};
use local_site::{FORMS, FRAMEWORK_FORMS, Language, Site, Switches, UNSEEN_FORMS};
use serde::Deserialize;

use crate::bench::Spread;
use crate::driver::Browser;
use crate::pages::form::{self, Came, WORDS, Wanted};
use crate::pages::order_detail;
use crate::session::{Options, Session};

const PHOTOS: u32 = 5;
const PHOTO_BYTES: u32 = 5_000_000;

/// What is aimed at, in milliseconds.
const RECOGNISED: f64 = 16.0;
const FILLED: f64 = 50.0;
const ATTACHED: f64 = 1_000.0;

pub async fn run(browsers: &[Browser], rounds: usize) -> Result<()> {
    let site = Site::start(0)
        .await
        .context("the local site does not start")?;
    for browser in browsers {
        in_browser(*browser, &site, rounds).await?;
    }
    Ok(())
}

async fn in_browser(browser: Browser, site: &Site, rounds: usize) -> Result<()> {
    println!("\n{}: the dispute form", browser.name());
    let session = Session::start(browser, site, Options::default()).await?;
    let plain = form::shop();
    let order = form::completed(&plain)
        .next()
        .context("a completed order")?;
    order_detail::read(&session, &plain, &order).await?;
    form::prepare(&session, &order, "damaged", WORDS).await?;
    times(&session, &plain, &order, rounds).await?;
    let names = ["lid.png".to_owned(), "box.png".to_owned()];
    let photos = [(names[0].clone(), 1, 40_000), (names[1].clone(), 2, 40_000)];
    form::add_photos(&session, &order, &photos).await?;
    let wanted = Wanted {
        words: WORDS,
        amount: form::paid(&session, &order).await?,
        photos: names.into(),
        videos: Vec::new(),
    };
    let makes = FORMS.into_iter().map(|make| (make, Language::En));
    let makes = makes.chain(FRAMEWORK_FORMS).chain(UNSEEN_FORMS);
    for (at, (make, language)) in makes.enumerate() {
        let switches = Switches {
            form: Some(make),
            language,
            ..plain.clone()
        };
        let (held, counts) = form::fill_once(&session, &switches, &order).await?;
        if counts.submits > 0 {
            bail!("{make} was sent");
        }
        let fields = wanted.of(&held);
        if at == 0 {
            print!("  {:<12}", "");
            fields.iter().for_each(|(name, _)| print!(" {name:<11}"));
            println!();
        }
        let is_unseen = UNSEEN_FORMS.iter().any(|(unseen, _)| *unseen == make);
        let mark = if is_unseen { "*" } else { "" };
        print!("  {:<12}", [make, mark].concat());
        for (_, came) in fields {
            let word = match came {
                Came::Right => "right",
                Came::Wrong => "WRONG",
                Came::Left => "left",
            };
            print!(" {word:<11}");
        }
        println!();
    }
    println!(
        "  * made by somebody who had not read the recogniser, and not used while it was written"
    );
    large_photos(&session, &plain, &order, rounds).await?;
    session.close();
    Ok(())
}

/// What is said of a time beside what is aimed at. What was not measured is not met.
fn met(milliseconds: f64, aim: f64) -> &'static str {
    if milliseconds < aim { "met" } else { "missed" }
}

/// Recognising and filling on a page of two hundred controls.
async fn times(session: &Session, plain: &Switches, order: &str, rounds: usize) -> Result<()> {
    #[derive(Deserialize)]
    struct Seen {
        tasks: Vec<f64>,
        fills: Vec<f64>,
        baseline: f64,
    }
    let large = Switches {
        form: Some("large"),
        ..plain.clone()
    };
    let path = format!("{}&orderId={order}", large.form_path());
    let (mut first, mut later, mut fills, mut baselines) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds {
        session.goto("about:blank").await?;
        session
            .open(&format!("{path}&round={round}#recourse-measure"))
            .await?;
        form::drawn(session).await?;
        form::bar_is(session, "offered").await?;
        form::press_bar(session, "done").await?;
        let seen: Seen = session
            .script(
                r"
                const lengths = (name) => performance.getEntriesByName(name).map((entry) => entry.duration);
                const start = performance.now();
                let seen = 0;
                for (const control of document.querySelectorAll('input, select, textarea')) {
                  const place = control.getBoundingClientRect();
                  const text = control.closest('label, fieldset')?.textContent ?? '';
                  if (control.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && place.width > 0 && text) seen += 1;
                }
                return { tasks: lengths('recourse:task'), fills: lengths('recourse:fill'), baseline: performance.now() - start, seen };
                ",
                Vec::new(),
            )
            .await?;
        let mut tasks = seen.tasks.into_iter();
        first.extend(tasks.next());
        later.extend(tasks);
        fills.push(seen.fills.iter().sum());
        baselines.push(seen.baseline);
    }
    let (first, later, fills) = (Spread::of(first), Spread::of(later), Spread::of(fills));
    println!(
        "  200 controls: recognised in {first} ms the first time, {later} ms after that; a plain script looks at them in {} ms",
        Spread::of(baselines)
    );
    println!(
        "    aim: recognised under {RECOGNISED} ms: the first time {}, after that {}",
        met(first.median, RECOGNISED),
        met(later.median, RECOGNISED)
    );
    println!(
        "  five fields filled: {fills} ms; aim: under {FILLED} ms: {}",
        met(fills.median, FILLED)
    );
    Ok(())
}

/// Five photos of five megabytes each, from the press until the page has them.
async fn large_photos(
    session: &Session,
    plain: &Switches,
    order: &str,
    rounds: usize,
) -> Result<()> {
    let photos: Vec<(String, u32, u32)> = (0..PHOTOS)
        .map(|at| (format!("large {at}.png"), 100 + at, PHOTO_BYTES))
        .collect();
    form::add_photos(session, order, &photos).await?;
    let mut times = Vec::new();
    for _ in 0..rounds {
        form::go(session, plain, order).await?;
        form::bar_is(session, "offered").await?;
        let (_, time) =
            form::press_bar_timed(session, |bar| bar.photos.as_deref() == Some("filled")).await?;
        times.push(time.as_secs_f64() * 1e3);
    }
    let times = Spread::of(times);
    let (held, _) = form::held(session).await?;
    let bytes: f64 = session
        .script(
            "return globalThis.demoForm.files.reduce((sum, file) => sum + file.size, 0)",
            Vec::new(),
        )
        .await?;
    println!(
        "  {} photos, {:.1} MB, are in the form and read back {times} ms after the press; aim: under {ATTACHED} ms: {}",
        held.photos.len(),
        bytes / 1e6,
        met(times.median, ATTACHED)
    );
    Ok(())
}
