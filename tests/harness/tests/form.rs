//! From an order to a filled dispute form, in every make of the form: the right fields, nothing wrong, nothing sent.

use anyhow::{Context, Result, ensure};
use chrono::Utc;
use harness::pages::extension::accessible;
use harness::pages::form::{self, Bar, Counts, Held};
use harness::pages::order_detail;
use harness::{Browser, LONG, Options, Session, Steps, in_both_browsers, until};
use local_site::{Csp, Currency, FORMS, Language, NO_FORMS, Status, Switches};
use recourse::domain::order::OrderId;
use recourse::store::record::record_of_text;

in_both_browsers!(run);

const WORDS: &str = "The lid is cracked on one side.";

/// In turn, so that every make is tried in one of them.
const LANGUAGES: [Language; 8] = [
    Language::En,
    Language::Fr,
    Language::De,
    Language::Ar,
    Language::Ru,
    Language::Es,
    Language::Pt,
    Language::Zh,
];

async fn run(browser: Browser) {
    Steps::run("form", browser, Options::default(), async |steps| {
        let plain = Switches {
            delay_ms: 50,
            // The same sum whatever the language.
            currency: Some(Currency::Eur),
            now: Some(Utc::now()),
            ..Switches::default()
        };
        let order = delivered(&plain);
        steps
            .step("a claim is prepared", async |session| {
                order_detail::read(session, &plain, &order).await?;
                form::prepare(session, &order, "damaged", WORDS).await?;
                accessible(session).await
            })
            .await;
        for (make, language) in FORMS.into_iter().zip(LANGUAGES.into_iter().cycle()) {
            let switches = Switches {
                form: Some(make),
                language,
                ..plain.clone()
            };
            steps
                .step(&format!("{make} in {language:?}"), async |session| {
                    filled(session, &switches, &order).await
                })
                .await;
        }
        let strict = Switches {
            csp: Csp::Strict,
            form: Some("plain"),
            ..plain.clone()
        };
        steps
            .step("on a strict page", async |session| {
                filled(session, &strict, &order).await
            })
            .await;
        for make in NO_FORMS {
            let switches = Switches {
                form: Some(make),
                ..plain.clone()
            };
            steps
                .step(&format!("{make} is left alone"), async |session| {
                    left_alone(session, &switches).await
                })
                .await;
        }
    })
    .await;
}

/// A completed order of one line.
fn delivered(switches: &Switches) -> String {
    let orders = switches.orders_served(Utc::now());
    let mut orders = orders.into_iter();
    let order = orders.find(|order| order.status == Status::Completed && order.lines.len() == 1);
    order.expect("a completed order").id
}

/// What was paid, as the extension has read it.
async fn paid(session: &Session, order: &str) -> Result<f64> {
    let stored = session.stored().await?;
    let text = stored.get(&format!("order:{order}"));
    let text = text.and_then(|text| text.as_str()).context("a record")?;
    let id = OrderId::new(order).context("an order's number")?;
    let record = record_of_text(text, &id)
        .ok()
        .context("a readable record")?;
    Ok(record.total().context("a total")?.decimal().parse()?)
}

/// What a make of the form does not ask, asks in its own way, or can't be put back.
struct Make {
    name: &'static str,
    asks_solution: bool,
    /// Choices of the page's own making, which can be exchanged and not taken back.
    drawn: bool,
    steps: u32,
}

fn make(switches: &Switches) -> Make {
    let name = switches.form.unwrap_or("plain");
    Make {
        name,
        asks_solution: name != "legacy",
        drawn: matches!(name, "custom" | "cards"),
        steps: if name == "wizard" { 2 } else { 0 },
    }
}

async fn filled(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    let make = make(switches);
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    let untouched = form::held(session).await?;
    ensure!(
        untouched == (Held::empty(), Counts::default()),
        "touched before anything was pressed: {untouched:?}"
    );
    form::press_bar(session, "done").await?;
    if make.name == "wiping" {
        let bar = bar_with(session, |bar| bar.description.as_deref() == Some("differs")).await?;
        ensure!(bar.amount.as_deref() == Some("filled"), "{bar:?}");
        // The first button fills again now.
        form::press_bar_until(session, |bar| bar.description.as_deref() == Some("filled")).await?;
    }
    for step in 0..make.steps {
        // A person goes on when a step is filled; what the next asks is filled then.
        until("the step is filled", LONG, async || {
            let (held, counts) = form::held(session).await?;
            ensure!(counts.steps == step, "somebody else went on");
            let last = if step == 0 {
                &held.received
            } else {
                &held.reason
            };
            Ok(last.as_ref().map(drop).ok_or_else(|| format!("{held:?}")))
        })
        .await?;
        session
            .script::<()>("document.getElementById('next').click()", Vec::new())
            .await?;
    }
    let expected = Expected {
        solution: make.asks_solution,
        amount: paid(session, order).await?,
    };
    let held = until("the form holds the claim", LONG, async || {
        let (held, _) = form::held(session).await?;
        Ok(expected.of(&held).map(|()| held))
    })
    .await?;
    ensure!(held.trap.is_empty(), "a trap was filled: {held:?}");
    let whole = |bar: &Bar| {
        let wanted = [&bar.received, &bar.reason, &bar.amount, &bar.description];
        wanted
            .iter()
            .all(|field| field.as_deref() == Some("filled"))
            && (bar.solution.as_deref() == Some("filled")) == make.asks_solution
    };
    let bar = bar_with(session, whole).await?;
    let (_, counts) = form::held(session).await?;
    let passed = Counts {
        submits: 0,
        steps: make.steps,
    };
    ensure!(counts == passed, "{counts:?}");
    ensure!(bar.videos.is_none(), "there are no files: {bar:?}");
    // A wizard's earlier steps are off the page.
    if make.steps == 0 {
        form::press_bar(session, "undone").await?;
        let (back, counts) = form::held(session).await?;
        ensure!(counts.submits == 0, "{counts:?}");
        let texts = [&back.amount, &back.description];
        ensure!(
            texts
                .iter()
                .all(|text| matches!(text.as_deref(), None | Some("" | "0.00"))),
            "not put back: {back:?}"
        );
        ensure!(
            make.drawn || back.solution.as_deref().unwrap_or_default().is_empty(),
            "not put back: {back:?}"
        );
    }
    Ok(())
}

struct Expected {
    solution: bool,
    amount: f64,
}

impl Expected {
    /// What is wrong with what the form holds.
    fn of(&self, held: &Held) -> Result<(), String> {
        let is = |value: &Option<String>, text: &str| value.as_deref() == Some(text);
        let solution = if self.solution { Some("refund") } else { None };
        let amount = held.amount.as_deref().unwrap_or_default();
        let amount: f64 = amount.replace(',', ".").parse().unwrap_or(-1.0);
        let description = held.description.as_deref().unwrap_or_default();
        let right = is(&held.received, "yes")
            && held.solution.as_deref() == solution
            && is(&held.reason, "damaged")
            && (amount - self.amount).abs() < 0.001
            && description.contains("The item arrived damaged.")
            && description.contains(WORDS);
        if right {
            Ok(())
        } else {
            Err(format!("{held:?}"))
        }
    }
}

async fn bar_with(session: &Session, test: impl Fn(&Bar) -> bool) -> Result<Bar> {
    until("the bar says it", LONG, async || {
        Ok(match form::bar(session).await? {
            Some(bar) if test(&bar) => Ok(bar),
            other => Err(format!("{other:?}")),
        })
    })
    .await
}

async fn left_alone(session: &Session, switches: &Switches) -> Result<()> {
    session.open(&switches.form_path()).await?;
    form::drawn(session).await?;
    // Twice as long as the time after which a page is looked at again.
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
    let bar = form::bar(session).await?;
    ensure!(bar.is_none(), "{bar:?}");
    let (held, counts) = form::held(session).await?;
    ensure!(
        held.trap.is_empty() && counts == Counts::default(),
        "{held:?}"
    );
    Ok(())
}
