//! What the pages of returns tell is kept, and the pages of the generation before 2022 are read.

use anyhow::{Context as _, Result, ensure};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use harness::keyboard::{DOWN, ENTER, TAB};
use harness::pages::extension;
use harness::pages::form;
use harness::pages::order_detail;
use harness::pages::order_list::OrderList;
use harness::{Browser, LONG, Options, Session, Steps, Width, expected, in_both_browsers, until};
use local_site::{Deadline, DemoOrder, Language, Layout, Stage, Status, Switches, Theme};
use recourse::domain::clock::ClockKind;
use recourse::domain::dispute::{DisputeStage, DisputeStep};
use recourse::domain::ledger::Record;
use recourse::domain::order::OrderId;
use recourse::domain::sighting::{Fact, Page, Part, PartFact, Reading, Sighting};
use recourse::domain::time::Moment;
use recourse::store::record::{record_of_text, text_of_record};
use serde::Deserialize;
use serde_json::{Map, Value, json};

in_both_browsers!(run);

async fn run(browser: Browser) {
    Steps::run("returns", browser, Options::default(), all).await;
}

async fn all(steps: &mut Steps<'_>) {
    let now = Utc::now();
    let plain = Switches {
        delay_ms: 50,
        now: Some(now),
        ..Switches::default()
    };
    let old = Switches {
        layout: Layout::Old,
        ..plain.clone()
    };
    steps
        .step(
            "a returns list and the page of a dispute",
            async |session| disputed(session, &plain, now).await,
        )
        .await;
    steps
        .step("every step of a dispute", async |session| {
            followed(session, &plain, now).await
        })
        .await;
    steps
        .step("a countdown on the page of a dispute", async |session| {
            counted_down(session, &plain, now).await
        })
        .await;
    steps
        .step("what is said of a dispute", async |session| {
            said(session, &plain, now).await
        })
        .await;
    steps
        .step("a dispute by keyboard and on paper", async |session| {
            by_keyboard(session, &plain, now).await
        })
        .await;
    steps
        .step("an offer below what was asked for", async |session| {
            offered_less(session, &plain, now).await
        })
        .await;
    steps
        .step(
            "confirming receipt on the list while a dispute is open",
            async |session| on_the_list(session, &plain, now).await,
        )
        .await;
    steps
        .step("what comes after a dispute", async |session| {
            after(session, &plain, now).await
        })
        .await;
    steps
        .step("an order in two packages", async |session| {
            split(session, &plain, now).await
        })
        .await;
    steps
        .step("the pages of before 2022", async |session| {
            before(session, &old, now).await
        })
        .await;
}

async fn record(session: &Session, order: &str) -> Result<Record> {
    let stored = session.stored().await?;
    let text = stored
        .get(&format!("order:{order}"))
        .and_then(|record| record.as_str())
        .unwrap_or_default();
    let record = OrderId::new(order).and_then(|id| record_of_text(text, &id).ok());
    record.ok_or_else(|| anyhow::anyhow!("nothing is kept of {order}"))
}

fn has(record: &Record, page: Page, fact: &Fact) -> bool {
    let mut sightings = record.sightings.iter();
    sightings.any(|sighting| sighting.page == page && sighting.fact == *fact)
}

fn day(day: NaiveDate) -> recourse::domain::time::Day {
    day.to_string().parse().expect("a day")
}

fn find(orders: &[DemoOrder], test: impl Fn(&&DemoOrder) -> bool) -> &DemoOrder {
    orders
        .iter()
        .find(test)
        .expect("the local site has such an order")
}

async fn disputed(session: &Session, plain: &Switches, now: DateTime<Utc>) -> Result<()> {
    let orders = plain.orders_served(now);
    let order = find(&orders, |order| order.answer_until.is_some());
    OrderList::open(session, plain).await?;
    session.open(&plain.returns_path()).await?;
    order_detail::kept(session, &order.id, Page::ReturnsList).await?;
    let stage = Fact::Stage(DisputeStage::SellerToAnswer);
    let of_line = |sighting: &Sighting| {
        let (line, fact) = sighting.fact.of_line();
        sighting.page == Page::ReturnsList && line != 0 && *fact == stage
    };
    let listed = record(session, &order.id).await?;
    ensure!(
        listed.sightings.iter().any(of_line),
        "the link names the line: {:?}",
        listed.sightings
    );
    for other in orders.iter().filter(|other| other.banner.is_some()) {
        order_detail::kept(session, &other.id, Page::ReturnsList).await?;
    }
    session.open(&plain.dispute_path(&order.id)).await?;
    order_detail::kept(session, &order.id, Page::Dispute).await?;
    let known = record(session, &order.id).await?;
    let until = day(order.answer_until.expect("chosen for it"));
    ensure!(has(&known, Page::Dispute, &stage));
    ensure!(has(
        &known,
        Page::Dispute,
        &Fact::Ends(ClockKind::SellerAnswer, until)
    ));
    // The list goes on to show one badge for each order.
    let (list, _) = OrderList::open(session, plain).await?;
    list.show_all().await?;
    ensure!(list.settled().await?.badge(&order.id).is_some());
    Ok(())
}

/// Where the page of a dispute prints no day, and how long is left right beside where it stands, that is an estimate that ends no later.
async fn counted_down(session: &Session, plain: &Switches, now: DateTime<Utc>) -> Result<()> {
    session.begin_anew().await?;
    let switches = Switches {
        deadline: Deadline::Left,
        stage: Stage::Buyer,
        ..plain.clone()
    };
    let orders = switches.orders_served(now);
    let order = find(&orders, |order| order.answer_until.is_some());
    let answer_until = order.answer_until.expect("chosen for it");
    let until = Stage::Buyer.course(answer_until).until;
    let until = until.expect("the buyer has to answer by a day");
    OrderList::open(session, &switches).await?;
    session.open(&switches.dispute_path(&order.id)).await?;
    order_detail::kept(session, &order.id, Page::Dispute).await?;
    let known = record(session, &order.id).await?;
    let stage = Fact::Stage(DisputeStage::BuyerToAnswer);
    ensure!(has(&known, Page::Dispute, &stage), "{:?}", known.sightings);
    // A day begins in UTC before it does in Los Angeles.
    let least = day(until.pred_opt().expect("a day of our time"));
    let left = Fact::TimeLeft(ClockKind::BuyerAnswer, least);
    ensure!(has(&known, Page::Dispute, &left), "{:?}", known.sightings);
    let (list, _) = OrderList::open(session, &switches).await?;
    list.show_all().await?;
    let sight = list.settled().await?;
    let badge = sight.badge(&order.id);
    let badge = badge.ok_or_else(|| anyhow::anyhow!("the order has no badge"))?;
    ensure!(
        badge.kind == "estimate" && badge.clock.as_deref() == Some("buyer-answer"),
        "{badge:?}"
    );
    let end = until.and_time(NaiveTime::MIN).and_utc();
    ensure!(
        badge.until()?.is_some_and(|until| until <= end),
        "{badge:?}"
    );
    Ok(())
}

/// The page of the dispute tells the step with its day and what ends when, and a stage that nobody has seen in its own words.
async fn followed(session: &Session, plain: &Switches, now: DateTime<Utc>) -> Result<()> {
    let orders = plain.orders_served(now);
    let order = find(&orders, |order| order.answer_until.is_some());
    let answer_until = order.answer_until.expect("chosen for it");
    for (stage, is, step, ends) in [
        (
            Stage::Buyer,
            DisputeStage::BuyerToAnswer,
            DisputeStep::SellerOffered,
            ClockKind::BuyerAnswer,
        ),
        (
            Stage::Evidence,
            DisputeStage::EvidenceWanted,
            DisputeStep::EvidenceAsked,
            ClockKind::EvidenceDue,
        ),
        (
            Stage::Back,
            DisputeStage::ReturnWanted,
            DisputeStep::ReturnAgreed,
            ClockKind::ReturnDue,
        ),
        (
            Stage::Judged,
            DisputeStage::Judged,
            DisputeStep::Judged,
            ClockKind::Appeal,
        ),
        (
            Stage::Refunded,
            DisputeStage::Refunded,
            DisputeStep::RefundDecided,
            ClockKind::RefundExpected,
        ),
    ] {
        session.begin_anew().await?;
        let there = Switches {
            stage,
            ..plain.clone()
        };
        OrderList::open(session, &there).await?;
        session.open(&there.dispute_path(&order.id)).await?;
        let course = stage.course(answer_until);
        let facts = [
            Fact::Stage(is),
            Fact::Step(DisputeStep::Opened, day(course.opened)),
            Fact::Step(step, day(course.step.expect("it has one"))),
            Fact::Ends(ends, day(course.until.expect("it has one"))),
        ];
        // What a slow page had drawn at first may have been read before.
        let known = until(
            &format!("what the page says in {stage:?} is kept"),
            LONG,
            async || {
                order_detail::kept(session, &order.id, Page::Dispute).await?;
                let known = record(session, &order.id).await?;
                let missing = facts.iter().find(|fact| !has(&known, Page::Dispute, fact));
                Ok(match missing {
                    None => Ok(known),
                    Some(fact) => Err(format!("{fact:?}")),
                })
            },
        )
        .await?;
        let from = Fact::Step(DisputeStep::RefundFrom, day(answer_until));
        ensure!(
            has(&known, Page::Dispute, &from) == (stage == Stage::Refunded),
            "{stage:?}: both days of a refund are kept, and no others"
        );
    }
    session.begin_anew().await?;
    let unknown = Switches {
        stage: Stage::Unknown,
        ..plain.clone()
    };
    OrderList::open(session, &unknown).await?;
    session.open(&unknown.dispute_path(&order.id)).await?;
    let words = &unknown.language.words().dispute.stage["unknown"];
    until("the page's own words are kept", LONG, async || {
        order_detail::kept(session, &order.id, Page::Dispute).await?;
        let known = record(session, &order.id).await?;
        let problems = known.problems.get(&Page::Dispute);
        let is_there =
            problems.is_some_and(|seen| seen.value.iter().any(|problem| problem.text == *words));
        Ok(if is_there {
            Ok(())
        } else {
            Err(format!("{problems:?}"))
        })
    })
    .await
}

/// What stands of ours on the page of a dispute: beside which element of the shop's, and whether it covers one of its buttons.
#[derive(Debug, Deserialize)]
struct Beside {
    tag: String,
    about: Option<String>,
    after: String,
    covers: bool,
    shown: bool,
}

async fn beside(session: &Session) -> Result<Vec<Beside>> {
    let look = r"
        const ours = [...document.querySelectorAll('recourse-stage, recourse-warning')];
        const buttons = [...document.querySelectorAll('button, a')].map((node) => node.getBoundingClientRect()).filter((box) => box.width > 0);
        const theirs = (node) => { do node = node.previousElementSibling; while (node?.localName.startsWith('recourse-')); return node; };
        return ours.map((host) => {
          const box = host.getBoundingClientRect();
          const covers = buttons.some((other) => other.left < box.right && other.right > box.left && other.top < box.bottom && other.bottom > box.top);
          const before = theirs(host);
          return { tag: host.localName, about: host.dataset.about ?? null, after: before?.className || before?.localName || '', covers, shown: box.width > 100 && box.height > 20 };
        });
    ";
    session.script(look, Vec::new()).await
}

/// What stands there is what was expected, in the order of the page.
async fn stands(session: &Session, expected: &[(&str, Option<&str>, &str)]) -> Result<()> {
    until(&format!("{expected:?}"), LONG, async || {
        let found = beside(session).await?;
        let as_expected = found.len() == expected.len()
            && found
                .iter()
                .zip(expected)
                .all(|(one, (tag, about, after))| {
                    one.tag == *tag
                        && one.about.as_deref() == *about
                        && one.after.contains(after)
                        && one.shown
                        && !one.covers
                });
        Ok(if as_expected {
            Ok(())
        } else {
            Err(format!("{found:?}"))
        })
    })
    .await
}

/// What was filled into the form is what an offer is compared with.
async fn offered_less(session: &Session, plain: &Switches, now: DateTime<Utc>) -> Result<()> {
    session.begin_anew().await?;
    let orders = plain.orders_served(now);
    let order = find(&orders, |order| order.answer_until.is_some());
    let offered = Switches {
        stage: Stage::Buyer,
        form: Some("plain"),
        ..plain.clone()
    };
    order_detail::read(session, &offered, &order.id).await?;
    form::prepare(session, &order.id, "damaged", form::WORDS).await?;
    // Of an order with several lines no sum is known for one of them: the buyer names it.
    let known = record(session, &order.id).await?;
    let total = known.total().context("the order has a total")?.decimal();
    let name = "const field = document.getElementById('amount'); field.value = arguments[0]; \
        field.dispatchEvent(new Event('input', { bubbles: true })); field.dispatchEvent(new Event('change', { bubbles: true }))";
    session.script::<()>(name, vec![json!(total)]).await?;
    session
        .until_kept("the sum", |stored| {
            let mut drafts = stored.iter().filter(|(key, _)| key.contains(":claim:"));
            if drafts.any(|(_, text)| text.to_string().contains("amount ")) {
                Ok(())
            } else {
                Err("it is in no draft".to_owned())
            }
        })
        .await?;
    let (held, _) = form::fill_once(session, &offered, &order.id).await?;
    until("the sum that was asked for is kept", LONG, async || {
        let kept = session.stored().await?;
        let kept = kept.get(&format!("asked:{}", order.id)).map(drop);
        Ok(kept.ok_or_else(|| format!("{held:?}")))
    })
    .await?;
    session.open(&offered.dispute_path(&order.id)).await?;
    order_detail::kept(session, &order.id, Page::Dispute).await?;
    until("the warning beside the offer", LONG, async || {
        let found = beside(session).await?;
        let warned = found
            .iter()
            .any(|one| one.about.as_deref() == Some("accept"));
        Ok(warned.then_some(()).ok_or_else(|| format!("{found:?}")))
    })
    .await?;
    if session.browser == Browser::Chromium {
        let words = session.closed_text("recourse-warning").await?;
        ensure!(
            words.contains("You asked for") && !words.contains("You paid"),
            "{words}"
        );
    }
    Ok(())
}

/// Presses a key until the focus is where it is wanted. `at` is an expression of the element that has it, `at`.
async fn press_to(session: &Session, key: char, wanted: &str) -> Result<()> {
    let look = format!("const at = document.activeElement; return Boolean({wanted})");
    for _ in 0..150 {
        if session.script::<bool>(&look, Vec::new()).await? {
            return Ok(());
        }
        session.press(&[key]).await?;
    }
    anyhow::bail!("the keyboard does not get to {wanted}")
}

/// Waits until the page looks so.
async fn looks(session: &Session, what: &str, expression: &str) -> Result<()> {
    until(what, LONG, async || {
        let look = format!("return Boolean({expression})");
        let is_so: Option<bool> = session.script(&look, Vec::new()).await?;
        Ok(if is_so == Some(true) {
            Ok(())
        } else {
            Err("not yet".to_owned())
        })
    })
    .await
}

/// Shows the page as it is on paper, or as it is on the screen again. Only Chromium can be asked to.
async fn on_paper(session: &Session, on: bool) -> Result<()> {
    if session.browser == Browser::Chromium {
        let media = json!({ "media": if on { "print" } else { "" } });
        session.cdp("Emulation.setEmulatedMedia", media).await?;
    }
    Ok(())
}

/// From the list to an order, and from there to its claim, without a mouse; and both on paper, each with what has happened in the order of
/// time.
async fn by_keyboard(session: &Session, plain: &Switches, now: DateTime<Utc>) -> Result<()> {
    session.begin_anew().await?;
    let orders = plain.orders_served(now);
    let order = find(&orders, |order| order.answer_until.is_some());
    let offered = Switches {
        stage: Stage::Buyer,
        ..plain.clone()
    };
    let (list, _) = OrderList::open(session, &offered).await?;
    list.settled().await?;
    order_detail::read(session, &offered, &order.id).await?;
    session.open(&offered.dispute_path(&order.id)).await?;
    order_detail::kept(session, &order.id, Page::Dispute).await?;
    extension::Page::Dashboard.open(session).await?;
    let row = format!("document.getElementById('open-{}')", order.id);
    looks(session, "the order in the list", &row).await?;
    press_to(session, TAB, "at?.id.startsWith('open-')").await?;
    press_to(session, DOWN, &format!("at?.id === 'open-{}'", order.id)).await?;
    session.press(&[ENTER]).await?;
    looks(
        session,
        "the order in full, with the focus on its name",
        "document.activeElement?.id === 'detail-heading' && document.querySelector('#detail .case-picture svg[role=img]')",
    )
    .await?;
    on_paper(session, true).await?;
    if session.browser == Browser::Chromium {
        looks(
            session,
            "on paper the order alone, with its picture",
            "document.querySelector('#detail .case-picture svg').getBoundingClientRect().width > 50 && \
             !document.querySelector('main').getClientRects().length && \
             document.querySelectorAll('#detail .way li').length > 0",
        )
        .await?;
    }
    on_paper(session, false).await?;
    let name = session.browser.name();
    let whole = session.print(&format!("e2e/dispute-{name}.pdf")).await?;
    let hide =
        "document.querySelector('#detail .case-picture svg').style.visibility = arguments[0]";
    session.script::<()>(hide, vec![json!("hidden")]).await?;
    let without = session
        .print(&format!("e2e/dispute-without-{name}.pdf"))
        .await?;
    session.script::<()>(hide, vec![json!("")]).await?;
    ensure!(
        whole.starts_with(b"%PDF") && without.len() < whole.len(),
        "the picture is not printed: {} bytes with it, {} without",
        whole.len(),
        without.len()
    );
    press_to(
        session,
        TAB,
        "at?.matches('#detail a[href^=\"claim.html#order=\"]')",
    )
    .await?;
    session.press(&[ENTER]).await?;
    looks(
        session,
        "the claim",
        "location.pathname.endsWith('/claim.html') && document.querySelector('main')",
    )
    .await?;
    ensure!(
        session
            .url()
            .await?
            .ends_with(&format!("#order={}", order.id))
    );
    looks(
        session,
        "what is printed of the claim",
        "window.dispatchEvent(new Event('beforeprint')) && document.querySelector('.paper .in-time > li')",
    )
    .await?;
    let paper = "return document.querySelector('.paper .in-time').textContent";
    let paper: String = session.script(paper, Vec::new()).await?;
    ensure!(paper.contains("Stage of the dispute"), "{paper}");
    on_paper(session, true).await?;
    if session.browser == Browser::Chromium {
        looks(
            session,
            "on paper what has happened, in the order of time",
            "[...document.querySelectorAll('.paper .in-time > li')].every((one) => one.getBoundingClientRect().height > 5)",
        )
        .await?;
    }
    on_paper(session, false).await?;
    let pdf = session
        .print(&format!("e2e/dispute-claim-{name}.pdf"))
        .await?;
    ensure!(pdf.starts_with(b"%PDF"), "that is no PDF");
    session.goto("about:blank").await
}

/// The page of a dispute says whose turn it is and warns below its buttons, in any colours and directions; the dashboard says the rest.
async fn said(session: &Session, plain: &Switches, now: DateTime<Utc>) -> Result<()> {
    session.begin_anew().await?;
    let orders = plain.orders_served(now);
    let order = find(&orders, |order| order.answer_until.is_some());
    let offered = Switches {
        stage: Stage::Buyer,
        ..plain.clone()
    };
    let (list, _) = OrderList::open(session, &offered).await?;
    list.show_all().await?;
    list.settled().await?;
    order_detail::kept(session, &order.id, Page::OrderList).await?;
    let warnings = [
        ("recourse-stage", None, "h1"),
        ("recourse-warning", Some("accept"), "case-does"),
        ("recourse-warning", Some("change"), "case-does"),
        ("recourse-warning", Some("cancel"), "case-does"),
    ];
    let name = session.browser.name();
    for (look, switches, dark, width) in [
        ("light", offered.clone(), false, Width::Desktop),
        (
            "dark",
            Switches {
                theme: Theme::Dark,
                ..offered.clone()
            },
            true,
            Width::Desktop,
        ),
        (
            "rtl",
            Switches {
                language: Language::Ar,
                ..offered.clone()
            },
            false,
            Width::Desktop,
        ),
        ("narrow", offered.clone(), false, Width::Narrow),
    ] {
        session.set_width(width).await?;
        session.set_dark(dark).await?;
        session.open(&switches.dispute_path(&order.id)).await?;
        order_detail::kept(session, &order.id, Page::Dispute).await?;
        stands(session, &warnings).await?;
        session
            .screenshot(&format!("e2e/dispute-{look}-{name}.png"))
            .await?;
    }
    session.set_width(Width::Desktop).await?;
    session.set_dark(false).await?;
    session.goto("about:blank").await?;
    // The page that asks whether to cancel: the same warning, and what it says is not taken for where the dispute stands.
    let before = record(session, &order.id).await?;
    session.open(&offered.cancel_path(&order.id)).await?;
    stands(
        session,
        &[("recourse-warning", Some("cancel"), "case-does")],
    )
    .await?;
    session.goto("about:blank").await?;
    let after = record(session, &order.id).await?;
    ensure!(
        after.sightings == before.sightings && after.problems == before.problems,
        "{after:?}"
    );
    // Confirming the receipt of what has not come.
    let waiting = find(&orders, |order| {
        order.status == Status::AwaitingDelivery
            && order.delivered.is_none()
            && order.printed_on_detail > Some(now.date_naive())
    });
    session.open(&offered.detail_path(&waiting.id)).await?;
    order_detail::kept(session, &waiting.id, Page::OrderDetail).await?;
    stands(
        session,
        &[("recourse-warning", Some("confirm"), "order-status-btns")],
    )
    .await?;
    session
        .screenshot(&format!("e2e/dispute-confirm-{name}.png"))
        .await?;
    session.goto("about:blank").await?;
    // A stage that nobody has seen, in the shop's own words.
    let unknown = Switches {
        stage: Stage::Unknown,
        ..plain.clone()
    };
    dashboard(session, &order.id).await?;
    extension::says(
        session,
        &[
            "Your turn · Your answer is needed",
            "The seller proposes something else",
            "No answer may count as a yes",
            "Counter-offer",
            "Ready answers",
            "The page of the dispute names",
            "Disputes ",
            "Paid",
        ],
    )
    .await?;
    let picture: bool = session
        .script(
            "return [...document.querySelectorAll('#detail .case-picture [role=img]')].some((node) => node.getAttribute('aria-label').includes('Dispute opened'))",
            Vec::new(),
        )
        .await?;
    ensure!(picture, "there is no picture of the dispute");
    extension::accessible(session).await?;
    session
        .screenshot(&format!("e2e/dispute-dashboard-{name}.png"))
        .await?;
    session.goto("about:blank").await?;
    session.open(&unknown.dispute_path(&order.id)).await?;
    stands(session, &[("recourse-stage", None, "h1")]).await?;
    dashboard(session, &order.id).await?;
    let words = &unknown.language.words().dispute.stage["unknown"];
    extension::says(session, &["Recourse does not know this stage", words]).await?;
    session.goto("about:blank").await
}

/// Below the button of that card, and of no other, as soon as a dispute is known of.
async fn on_the_list(session: &Session, plain: &Switches, now: DateTime<Utc>) -> Result<()> {
    session.begin_anew().await?;
    let orders = plain.orders_served(now);
    let order = find(&orders[..10], |order| {
        order.status == Status::AwaitingDelivery && order.banner.is_none()
    });
    let (list, _) = OrderList::open(session, plain).await?;
    order_detail::kept(session, &order.id, Page::OrderList).await?;
    let warned = "return [...document.querySelectorAll('recourse-warning')].map((node) => \
        `${node.dataset.about} ${node.closest('.order-item')?.querySelector('recourse-badge')?.dataset.order} ${node.getClientRects().length}`)";
    let none: Vec<String> = session.script(warned, Vec::new()).await?;
    ensure!(none.is_empty(), "{none:?}");
    let mut disputed = record(session, &order.id).await?;
    let mut reading = Reading::new(
        disputed.id.clone(),
        Page::Dispute,
        Moment(now.timestamp_millis()),
    );
    reading.saw(
        Fact::Stage(DisputeStage::SellerToAnswer),
        "Waiting for the seller",
    );
    disputed.absorb(&reading);
    let key = format!("order:{}", order.id);
    session
        .store(json!({ key: text_of_record(&disputed) }))
        .await?;
    let wanted = [format!("confirm {} 1", order.id)];
    until("one warning, in the card of the order", LONG, async || {
        let found: Vec<String> = session.script(warned, Vec::new()).await?;
        Ok(if found == wanted {
            Ok(())
        } else {
            Err(format!("{found:?}, not {wanted:?}"))
        })
    })
    .await?;
    // More cards come, and none of it moves.
    list.show_all().await?;
    list.settled().await?;
    let found: Vec<String> = session.script(warned, Vec::new()).await?;
    ensure!(found.contains(&wanted[0]), "{found:?}");
    session
        .screenshot(&format!("e2e/dispute-list-{}.png", session.browser.name()))
        .await?;
    session.goto("about:blank").await
}

/// The dashboard at an order, read anew, with the frame of its evidence.
async fn dashboard(session: &Session, order: &str) -> Result<()> {
    session.goto("about:blank").await?;
    session
        .goto(&session.extension_url(&format!("www/dashboard.html#order={order}")))
        .await?;
    until("the frame of the evidence", LONG, async || {
        let there: Option<bool> = session
            .script(
                "const inside = document.querySelector('#detail iframe')?.contentDocument; \
                 return inside?.readyState === 'complete' && !!inside.querySelector('main')",
                Vec::new(),
            )
            .await?;
        Ok(if there == Some(true) {
            Ok(())
        } else {
            Err("it is not there yet".to_owned())
        })
    })
    .await
}

/// Presses something in the page of our own.
async fn press(session: &Session, selector: &str) -> Result<()> {
    until(&format!("{selector} to press"), LONG, async || {
        let there: Option<bool> = session
            .script(
                "const node = document.querySelector(arguments[0]); node?.click(); return !!node",
                vec![selector.into()],
            )
            .await?;
        Ok(if there == Some(true) {
            Ok(())
        } else {
            Err("it is not there".to_owned())
        })
    })
    .await
}

/// What is kept of what the user told of the time after.
fn aftermath(stored: &Map<String, Value>) -> String {
    let mut kept = stored
        .iter()
        .filter(|(key, _)| key.starts_with("locker:aftermath:"));
    let kept = kept.next().and_then(|(_, text)| text.as_str());
    kept.unwrap_or_default().to_owned()
}

/// The parcel that goes back, the refund that does not come, and where to go then.
async fn after(session: &Session, plain: &Switches, now: DateTime<Utc>) -> Result<()> {
    session.begin_anew().await?;
    let orders = plain.orders_served(now);
    let order = find(&orders, |order| order.answer_until.is_some());
    let name = session.browser.name();
    let back = Switches {
        stage: Stage::Back,
        ..plain.clone()
    };
    session.open(&back.dispute_path(&order.id)).await?;
    order_detail::kept(session, &order.id, Page::Dispute).await?;
    dashboard(session, &order.id).await?;
    extension::says(
        session,
        &[
            "Sending it back",
            "Send the parcel back: last day",
            "RETURN",
        ],
    )
    .await?;
    let half = "LX 123 456";
    session
        .script::<Value>(
            "const field = document.querySelector('#return-tracking'); field.value = arguments[0]; field.former = true; \
             return chrome.storage.local.get(null).then((all) => { \
               const key = Object.keys(all).find((key) => key.startsWith('order:')); \
               return chrome.storage.local.set({ 'order:8212313961599999': all[key] }); \
             })",
            vec![json!(half)],
        )
        .await?;
    until("the tracking number outlives a new drawing", LONG, async || {
        let (former, value): (bool, String) = session
            .script(
                "const field = document.querySelector('#return-tracking'); return [field.former === true, field.value]",
                Vec::new(),
            )
            .await?;
        Ok(if !former && value == half {
            Ok(())
        } else {
            Err(format!("the field before: {former}, {value:?}"))
        })
    })
    .await?;
    session
        .script::<Value>(
            "document.querySelector('#return-tracking').value = ' LX 123 456 789 CN '; \
             document.querySelector('#return-keep').click(); \
             return chrome.storage.local.remove('order:8212313961599999')",
            Vec::new(),
        )
        .await?;
    session
        .until_kept("the tracking number", |stored| {
            let kept = aftermath(stored);
            if kept.contains("LX123456789CN") {
                Ok(())
            } else {
                Err(kept)
            }
        })
        .await?;
    session
        .screenshot(&format!("e2e/after-return-{name}.png"))
        .await?;
    session.goto("about:blank").await?;
    let refunded = Switches {
        stage: Stage::Refunded,
        ..plain.clone()
    };
    session.open(&refunded.detail_path(&order.id)).await?;
    order_detail::kept(session, &order.id, Page::OrderDetail).await?;
    session.open(&refunded.dispute_path(&order.id)).await?;
    session
        .until_kept("the refund", |stored| {
            let key = format!("order:{}", order.id);
            let kept = stored.get(&key).and_then(Value::as_str).unwrap_or_default();
            if kept.contains("refunded") {
                Ok(())
            } else {
                Err(kept.to_owned())
            }
        })
        .await?;
    dashboard(session, &order.id).await?;
    extension::says(session, &["Has it arrived?", "Expected between"]).await?;
    press(session, "#refund-not-yet").await?;
    extension::says(
        session,
        &[
            "Ask your bank or payment service",
            "I am expecting a refund",
        ],
    )
    .await?;
    session
        .until_kept("that it has not come", |stored| {
            let kept = aftermath(stored);
            if kept.contains("refund not-yet") && kept.contains("LX123456789CN") {
                Ok(())
            } else {
                Err(kept)
            }
        })
        .await?;
    // The complaint says so by itself, and the ways that the country and the payment have are there with their limits.
    let order_line = format!("Order: {}", order.id);
    let said = [
        "Complaint: Payment not received",
        &order_line,
        "The refund that was decided has not arrived.",
        "Dispute with the bank of your card",
        "Use it last",
    ];
    let open = "for (const fold of document.querySelectorAll('#detail details[data-route]')) { fold.open = true; fold.former = true }";
    until("the complaint and the ways outside", LONG, async || {
        session.script::<Value>(open, Vec::new()).await?;
        let text = extension::text(session).await?;
        let missing: Vec<_> = said.iter().filter(|said| !text.contains(**said)).collect();
        Ok(if missing.is_empty() {
            Ok(())
        } else {
            Err(format!("{missing:?} is missing in {text}"))
        })
    })
    .await?;
    // Whoever goes to the shop with a text and comes back finds open what was open, and chosen what was chosen.
    let choose = "const kind = document.querySelector('#complaint-kind'); kind.value = 'pictures'; kind.dispatchEvent(new Event('change'))";
    session.script::<Value>(choose, Vec::new()).await?;
    session.script::<Value>(open, Vec::new()).await?;
    session
        .script::<Value>("window.dispatchEvent(new Event('focus'))", Vec::new())
        .await?;
    until("open in a new drawing", LONG, async || {
        let look = "const folds = [...document.querySelectorAll('#detail details[data-route]')]; \
                    return [folds.some((fold) => fold.former), folds.filter((fold) => !fold.open).map((fold) => fold.id), \
                            document.querySelector('#complaint-kind')?.value, document.querySelector('#complaint .ready-text')?.textContent]";
        let seen: (bool, Vec<String>, Option<String>, Option<String>) =
            session.script(look, Vec::new()).await?;
        Ok(match &seen {
            (false, closed, Some(kind), Some(text))
                if closed.is_empty() && kind == "pictures" && text.contains("Complaint: Picture stealing") =>
            {
                Ok(())
            }
            _ => Err(format!("{seen:?}")),
        })
    })
    .await?;
    // Whoever reads English and is shown Spanish pages has the complaint in Spanish beside the English one, for every kind.
    for (field, value, said) in [
        ("language", "es", "Queja: Robo de imágenes"),
        ("kind", "payment", "Queja: Pago no recibido"),
        ("language", "", ""),
    ] {
        let choose = format!(
            "const field = document.querySelector('#complaint-{field}'); field.value = '{value}'; field.dispatchEvent(new Event('change'))"
        );
        session.script::<Value>(&choose, Vec::new()).await?;
        until("the complaint in another language", LONG, async || {
            let look = "return [...document.querySelectorAll('#complaint .ready-text')].map(({ lang, textContent }) => [lang, textContent])";
            let seen: Vec<(String, String)> = session.script(look, Vec::new()).await?;
            let english = seen.first().is_some_and(|(lang, text)| lang == "en" && text.starts_with("Complaint: "));
            let other = match seen.get(1) {
                Some((lang, text)) => {
                    lang == "es" && !said.is_empty() && text.contains(said) && text.contains(&order.id)
                }
                None => said.is_empty(),
            };
            Ok(if english && other {
                Ok(())
            } else {
                Err(format!("{seen:?}"))
            })
        })
        .await?;
    }
    extension::accessible(session).await?;
    session
        .screenshot(&format!("e2e/after-refund-{name}.png"))
        .await?;
    for (dark, width, look) in [
        (true, Width::Desktop, "dark"),
        (false, Width::Narrow, "narrow"),
    ] {
        session.set_width(width).await?;
        session.set_dark(dark).await?;
        dashboard(session, &order.id).await?;
        extension::says(session, &["Has it arrived?", "Ask your bank"]).await?;
        session
            .script::<Value>(
                "document.querySelector('#detail .refund').scrollIntoView()",
                Vec::new(),
            )
            .await?;
        session
            .screenshot(&format!("e2e/after-refund-{look}-{name}.png"))
            .await?;
    }
    session.set_width(Width::Desktop).await?;
    session.set_dark(false).await?;
    // Said twice, it is taken back.
    dashboard(session, &order.id).await?;
    extension::says(session, &["Ask your bank"]).await?;
    press(session, "#refund-not-yet").await?;
    session
        .until_kept("nothing of the refund", |stored| {
            let kept = aftermath(stored);
            if kept.contains("refund") {
                Err(kept)
            } else {
                Ok(())
            }
        })
        .await?;
    session.goto("about:blank").await
}

/// A part of it has come: that is no delivery of the order, and the guarantee of what is under way stays.
async fn split(session: &Session, plain: &Switches, now: DateTime<Utc>) -> Result<()> {
    let orders = plain.orders_served(now);
    let order = find(&orders, |order| order.first_package.is_some());
    session.forget().await?;
    OrderList::open(session, plain).await?;
    order_detail::read_tracking(session, plain, &order.id).await?;
    let known = record(session, &order.id).await?;
    let delivered = known
        .sightings
        .iter()
        .any(|sighting| matches!(sighting.fact, Fact::Delivered(_)));
    ensure!(!delivered, "{:?}", known.sightings);
    let arrived = order.first_package.expect("chosen for it");
    ensure!(known.sightings.iter().any(|sighting| {
        matches!(sighting.fact, Fact::OfPart(Part::Package(_), PartFact::Delivered(on)) if on == day(arrived))
    }));
    let (list, _) = OrderList::open(session, plain).await?;
    let badge = list
        .badge_where(&order.id, "the printed date", |badge| {
            badge.kind == "printed"
        })
        .await?;
    let zone = session.zone().await?;
    ensure!(badge.until()? == expected::opened(order, true, now, zone).until);
    Ok(())
}

async fn before(session: &Session, old: &Switches, now: DateTime<Utc>) -> Result<()> {
    session.forget().await?;
    let orders = old.orders_served(now);
    let zone = session.zone().await?;
    let (_, sight) = OrderList::open(session, old).await?;
    ensure!(
        sight.badges().len() == orders.len(),
        "every order has a badge"
    );
    let mut estimates = 0;
    for order in &orders {
        let badge = sight.badge(&order.id).expect("every order has a badge");
        ensure!(
            expected::never_opened(order)
                .kinds
                .contains(&badge.kind.as_str()),
            "{badge:?}"
        );
        if order.status == Status::AwaitingDelivery
            && badge.kind == "estimate"
            && let Some(printed) = order.printed_on_detail
        {
            // The page counts down to the start of that day; no later moment is named.
            ensure!(
                badge.until()? <= Some(expected::start_of(printed, zone)),
                "{badge:?}"
            );
            estimates += 1;
        }
    }
    ensure!(estimates > 0, "no time left is shown");
    let order = find(&orders, |order| {
        order.status == Status::AwaitingDelivery && order.printed_on_detail > Some(now.date_naive())
    });
    order_detail::read(session, old, &order.id).await?;
    let known = record(session, &order.id).await?;
    ensure!(has(
        &known,
        Page::OrderDetail,
        &Fact::Placed(day(order.placed))
    ));
    let printed = order.printed_on_detail.expect("chosen for it");
    ensure!(has(
        &known,
        Page::OrderDetail,
        &Fact::RefundStep(day(printed))
    ));
    Ok(())
}
