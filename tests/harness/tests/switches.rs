//! The order list in every variant that the local site can serve: one badge in every card, of a kind that the contract allows.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Days, Utc};
use harness::pages::order_list::{OrderList, Sight};
use harness::pages::{extension, order_detail};
use harness::{
    Browser, LONG, Options, Session, Steps, Width, expected, in_both_browsers, keyboard, until,
};
use local_site::{BUYER, Csp, DemoOrder, Language, Layout, Quirk, Status, Switches, Theme};

in_both_browsers!(run);

async fn run(browser: Browser) {
    Steps::run("switches", browser, Options::default(), all).await;
}

mod as_javascript {
    //! The same where the modules run as JavaScript, whatever the page allows.

    use super::*;

    in_both_browsers!(run);

    async fn run(browser: Browser) {
        let options = Options {
            as_javascript: true,
            ..Options::default()
        };
        Steps::run("switches-javascript", browser, options, all).await;
    }

    async fn all(steps: &mut Steps<'_>) {
        let now = Utc::now();
        let plain = Switches {
            delay_ms: 50,
            now: Some(now),
            ..Switches::default()
        };
        steps
            .step("list, own page, list", async |session| {
                speaks(session, &plain, now).await?;
                engine(session, "javascript").await?;
                extension::Page::Settings.open(session).await?;
                extension::says(session, &["JavaScript"]).await
            })
            .await;
        steps
            .step("in another language and strict", async |session| {
                let switches = Switches {
                    language: Language::Ru,
                    csp: Csp::Strict,
                    ..plain.clone()
                };
                speaks(session, &switches, now).await
            })
            .await;
        steps
            .step("virtualised", async |session| {
                virtualised(session, &plain).await
            })
            .await;
        steps
            .step("1,000 orders", async |session| {
                thousand(session, &plain, now).await
            })
            .await;
        steps
            .step("hostile orders", async |session| {
                hostile(session, &plain, now).await
            })
            .await;
        steps
            .step("the menu of a badge", async |session| {
                menu(session, &plain).await
            })
            .await;
    }
}

async fn all(steps: &mut Steps<'_>) {
    // One moment for the whole test, so that midnight does not change the orders under it.
    let now = Utc::now();
    let plain = Switches {
        delay_ms: 50,
        now: Some(now),
        ..Switches::default()
    };

    for (name, switches) in [
        ("desktop", plain.clone()),
        (
            "dark",
            Switches {
                theme: Theme::Dark,
                ..plain.clone()
            },
        ),
        (
            "old labels",
            Switches {
                relabelled: true,
                ..plain.clone()
            },
        ),
        (
            "old labels and classes renamed",
            Switches {
                relabelled: true,
                renamed_classes: true,
                ..plain.clone()
            },
        ),
        (
            "Trusted Types",
            Switches {
                csp: Csp::TrustedTypes,
                ..plain.clone()
            },
        ),
        (
            "strict CSP",
            Switches {
                csp: Csp::Strict,
                ..plain.clone()
            },
        ),
        (
            "all at once",
            Switches {
                all: true,
                ..plain.clone()
            },
        ),
    ] {
        steps
            .step(name, async |session| kinds(session, &switches, now).await)
            .await;
    }
    steps
        .step("classes renamed", async |session| {
            let switches = Switches {
                renamed_classes: true,
                ..plain.clone()
            };
            speaks(session, &switches, now).await
        })
        .await;
    steps
        .step("narrow", async |session| {
            session.set_width(Width::Narrow).await?;
            let result = kinds(
                session,
                &Switches {
                    layout: Layout::Narrow,
                    ..plain.clone()
                },
                now,
            )
            .await;
            session.set_width(Width::Desktop).await?;
            result
        })
        .await;
    for language in Language::ALL {
        let switches = Switches {
            language,
            ..plain.clone()
        };
        let name = format!("language {}", language.code());
        steps
            .step(&name, async |session| speaks(session, &switches, now).await)
            .await;
    }
    steps
        .step("another language than it declares", async |session| {
            let switches = Switches {
                language: Language::Ru,
                declared: Some(Language::Es),
                ..plain.clone()
            };
            speaks(session, &switches, now).await
        })
        .await;
    steps
        .step("engine", async |session| engines(session, &plain).await)
        .await;
    steps
        .step("virtualised", async |session| {
            virtualised(session, &plain).await
        })
        .await;
    steps
        .step("1,000 orders", async |session| {
            thousand(session, &plain, now).await
        })
        .await;
    steps
        .step("hostile orders", async |session| {
            hostile(session, &plain, now).await
        })
        .await;
    steps
        .step("nothing known", async |session| {
            misunderstood(
                session,
                &Switches {
                    broken: true,
                    ..plain.clone()
                },
                now,
            )
            .await
        })
        .await;
    steps
        .step("no ids", async |session| {
            misunderstood(
                session,
                &Switches {
                    no_id: true,
                    ..plain.clone()
                },
                now,
            )
            .await
        })
        .await;
}

/// Never opened orders, as the contract allows them to be.
async fn kinds(session: &Session, switches: &Switches, now: DateTime<Utc>) -> Result<()> {
    session.forget().await?;
    let (_, sight) = OrderList::open(session, switches).await?;
    ensure!(sight.cards.len() >= 10, "only {} cards", sight.cards.len());
    never_opened(&sight, switches, now)
}

fn never_opened(sight: &Sight, switches: &Switches, now: DateTime<Utc>) -> Result<()> {
    let orders = switches.orders_served(now);
    for badge in sight.badges() {
        let Some(order) = orders.iter().find(|order| order.id == badge.order) else {
            anyhow::bail!("no such order: {badge:?}")
        };
        let expected = expected::never_opened(order);
        ensure!(
            expected.kinds.contains(&badge.kind.as_str()),
            "{:?} order {}: {badge:?}, and not {:?}",
            order.status,
            order.id,
            expected.kinds
        );
        // What is on its way is estimated from the day of the order, which every variant of the list prints.
        let waits = matches!(order.status, Status::Processing | Status::AwaitingDelivery);
        let is_recent = order.placed + Days::new(25) > now.date_naive();
        if waits && is_recent && order.banner.is_none() && order.placed_text.is_none() {
            ensure!(
                badge.kind == "estimate" && badge.until()?.is_some(),
                "order {} of {} has no estimate: {badge:?}",
                order.id,
                order.placed
            );
        }
    }
    Ok(())
}

/// The list, an order's own page, and the list again, in one language.
async fn speaks(session: &Session, switches: &Switches, now: DateTime<Utc>) -> Result<()> {
    session.forget().await?;
    let (list, before) = OrderList::open(session, switches).await?;
    never_opened(&before, switches, now)?;
    // The interface speaks as the page declares to.
    let language = switches.declared.unwrap_or(switches.language);
    list.speaks(language.code()).await?;
    let zone = session.zone().await?;
    let orders = switches.orders_served(now);
    // The first prints its date as usual, the fourth in the language's other way; the fifth is completed.
    for order in [&orders[0], &orders[3], &orders[4]] {
        order_detail::read(session, switches, &order.id).await?;
    }
    let (_, after) = OrderList::open(session, switches).await?;
    for order in [&orders[0], &orders[3], &orders[4]] {
        let expected = expected::opened(order, false, now, zone);
        let badge = after.badge(&order.id).expect("every order has a badge");
        ensure!(
            expected.kinds.contains(&badge.kind.as_str()) && badge.until()? == expected.until,
            "{badge:?}, and not {expected:?}"
        );
    }
    Ok(())
}

/// Which engine runs is visible to the user, and not to the page.
async fn engines(session: &Session, plain: &Switches) -> Result<()> {
    for (csp, in_chromium) in [
        (Csp::None, "wasm"),
        (Csp::Strict, "javascript"),
        (Csp::TrustedTypes, "javascript"),
    ] {
        session.forget().await?;
        OrderList::open(
            session,
            &Switches {
                csp,
                ..plain.clone()
            },
        )
        .await?;
        let wanted = if session.browser == Browser::Chromium {
            in_chromium
        } else {
            "wasm"
        };
        engine(session, wanted)
            .await
            .with_context(|| format!("under {csp:?}"))?;
        let visible: bool = session
            .script(
                "return 'recourseEngine' in window || 'recourseStarted' in window",
                Vec::new(),
            )
            .await?;
        ensure!(!visible, "the page sees the extension's own names");
    }
    Ok(())
}

async fn engine(session: &Session, wanted: &str) -> Result<()> {
    until(&format!("engine {wanted}"), LONG, async || {
        let engine = session
            .stored()
            .await?
            .get("engine")
            .cloned()
            .unwrap_or_default();
        Ok(
            if engine.as_str().is_some_and(|seen| seen.starts_with(wanted)) {
                Ok(())
            } else {
                Err(engine.to_string())
            },
        )
    })
    .await
}

/// Its module is loaded at the click.
async fn menu(session: &Session, plain: &Switches) -> Result<()> {
    let (_, sight) = OrderList::open(session, plain).await?;
    let order = sight.badges()[0].order.clone();
    keyboard::open_menu(session, &order).await?;
    session.press(&[keyboard::ESCAPE]).await?;
    keyboard::back_in_badge(session, &order, &[]).await
}

async fn virtualised(session: &Session, plain: &Switches) -> Result<()> {
    let switches = Switches {
        virtualised: true,
        all: true,
        ..plain.clone()
    };
    let (list, first) = OrderList::open(session, &switches).await?;
    ensure!(
        first.cards.len() < 40,
        "{} cards are in the document, so this list is not virtualised",
        first.cards.len()
    );
    let orders_of = |sight: &Sight| -> Vec<String> {
        sight
            .badges()
            .into_iter()
            .map(|badge| badge.order.clone())
            .collect()
    };
    let mut seen: BTreeSet<String> = orders_of(&first).into_iter().collect();
    // The list answers a scroll with other cards, which may be higher than what stood for them: the end is where nothing more
    // comes after that.
    let down = "scrollBy(0, innerHeight * 0.8); return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => \
                done(scrollY + innerHeight >= document.documentElement.scrollHeight - 1))))";
    let mut at_end = 0;
    while at_end < 2 {
        let end: bool = session.script(down, vec![]).await?;
        seen.extend(orders_of(&list.settled().await?));
        at_end = if end { at_end + 1 } else { 0 };
    }
    ensure!(
        seen.len() == 64,
        "{} orders were seen on the way down",
        seen.len()
    );
    session
        .script::<Option<()>>("scrollTo(0, 0); return null", vec![])
        .await?;
    let top = first.badges()[0];
    list.badge_where(
        &top.order,
        "the first card is back with the same badge",
        |badge| badge == top,
    )
    .await?;
    Ok(())
}

async fn thousand(session: &Session, plain: &Switches, now: DateTime<Utc>) -> Result<()> {
    session.forget().await?;
    let switches = Switches {
        orders: 1000,
        all: true,
        ..plain.clone()
    };
    let (_, sight) = OrderList::open(session, &switches).await?;
    ensure!(
        sight.badges().len() == 1000,
        "{} badges",
        sight.badges().len()
    );
    never_opened(&sight, &switches, now)
}

async fn hostile(session: &Session, plain: &Switches, now: DateTime<Utc>) -> Result<()> {
    session.forget().await?;
    let switches = Switches {
        hostile: true,
        all: true,
        ..plain.clone()
    };
    let (_, sight) = OrderList::open(session, &switches).await?;
    let orders = switches.orders_served(now);
    let odd: Vec<_> = orders
        .iter()
        .filter(|order| {
            order.deadline_text.is_some()
                || order.placed_text.is_some()
                || order.status_text.is_some()
        })
        .collect();
    ensure!(odd.len() >= 4, "the local site has lost its hostile orders");
    for order in &odd {
        let badge = sight.badge(&order.id).expect("every order has a badge");
        ensure!(
            matches!(badge.kind.as_str(), "unknown" | "estimate"),
            "{:?} gives {badge:?}",
            order.placed_text
        );
        if order.placed_text.is_some() {
            ensure!(
                badge.kind == "unknown",
                "{:?} is no day to count from: {badge:?}",
                order.placed_text
            );
        }
    }
    // Nothing that their own pages print is a date that can be believed either.
    for order in odd.iter().filter(|order| order.deadline_text.is_some()) {
        order_detail::read(session, &switches, &order.id).await?;
    }
    let (_, after) = OrderList::open(session, &switches).await?;
    for order in odd.iter().filter(|order| order.deadline_text.is_some()) {
        let badge = after.badge(&order.id).expect("every order has a badge");
        ensure!(
            matches!(badge.kind.as_str(), "unknown" | "estimate"),
            "{:?} gives {badge:?}",
            order.deadline_text
        );
    }
    let title: String = session.script("return document.title", Vec::new()).await?;
    ensure!(title != "run", "a title became markup");
    after.kept(session).await?;
    listed(session, &orders).await?;
    // A list on which every order says which it is has no such problem any more.
    OrderList::open(session, plain).await?;
    extension::Problems::open(session, |listed| match &listed.unnamed[..] {
        [] if !listed.orders.is_empty() => Ok(()),
        _ => Err("an order without a number is still listed".to_owned()),
    })
    .await
}

/// The dashboard lists what these orders have that cannot be read, with the shop's own words, and nothing else.
async fn listed(session: &Session, orders: &[DemoOrder]) -> Result<()> {
    let nameless = orders.iter().filter(|order| order.quirk == Quirk::NoId);
    let nameless = format!(
        "{} order on the order list does not say for certain which number it has",
        nameless.count()
    );
    extension::Problems::open(session, |listed| {
        match &listed.unnamed[..] {
            [said] if said.starts_with(&nameless) => {}
            other => return Err(format!("{other:?}, and not {nameless:?}")),
        }
        for order in orders {
            let expected = fields(order);
            let problems = listed.orders.get(&order.id);
            let found: BTreeSet<&str> = problems
                .into_iter()
                .flatten()
                .map(|(field, _)| field.as_str())
                .collect();
            if found != expected.keys().copied().collect() {
                return Err(format!("{}: {problems:?}, and not {expected:?}", order.id));
            }
            for (field, quote) in problems.into_iter().flatten() {
                let printed = expected.get(field.as_str()).copied().flatten();
                if !quote.contains(printed.unwrap_or_default())
                    || printed.is_none() && !quote.is_empty()
                {
                    return Err(format!("{}: {field} is quoted as {quote:?}", order.id));
                }
            }
        }
        let strange = listed
            .orders
            .keys()
            .find(|listed| !orders.iter().any(|order| order.id == **listed));
        strange.map_or(Ok(()), |order| Err(format!("{order} is on no page")))
    })
    .await
}

/// The fields of an order that cannot be read, with what its pages print there.
fn fields(order: &DemoOrder) -> BTreeMap<&'static str, Option<&str>> {
    let mut fields = BTreeMap::new();
    for (field, text) in [
        ("Placed", &order.placed_text),
        ("Printed deadline", &order.deadline_text),
        ("State", &order.status_text),
    ] {
        // A promise without anything like a day in it promises none.
        let is_said = |text: &&String| {
            field != "Printed deadline" || text.contains(|letter: char| letter.is_ascii_digit())
        };
        if let Some(text) = text.as_ref().filter(is_said) {
            fields.insert(field, Some(text.as_str()));
        }
    }
    if order.quirk == Quirk::MissingNodes {
        fields.extend([("State", None), ("Total", None)]);
    }
    fields
}

/// One quiet notice, no badge, and a report without anything of the user's.
async fn misunderstood(session: &Session, switches: &Switches, now: DateTime<Utc>) -> Result<()> {
    session.forget().await?;
    session.open(&switches.list_path()).await?;
    let list = OrderList::here(session);
    list.drawn().await?;
    until("one notice and no badge", LONG, async || {
        let sight = list.look().await?;
        let badges = sight.badges().len() + sight.stray.len();
        Ok(if (sight.notices, badges) == (1, 0) {
            Ok(())
        } else {
            Err(format!("{} notices, {badges} badges", sight.notices))
        })
    })
    .await?;
    let report = until("the report is kept", LONG, async || {
        Ok(session
            .stored()
            .await?
            .get("misunderstood")
            .map(ToString::to_string)
            .ok_or_else(|| "nothing".to_owned()))
    })
    .await?;
    for order in switches.orders_served(now).iter().take(10) {
        let private = [order.id.as_str(), &order.store.name, &order.lines[0].title];
        let leak = private
            .into_iter()
            .chain(BUYER)
            .find(|text| report.contains(text));
        ensure!(leak.is_none(), "the report holds {leak:?}: {report}");
    }
    copied_in_popup(session).await
}

/// The popup says so in short, and its button copies the report, by the keyboard as any other.
async fn copied_in_popup(session: &Session) -> Result<()> {
    extension::Page::Popup.open(session).await?;
    let words = [
        "Recourse did not understand the last page of the shop",
        "Copy report",
    ];
    extension::says(session, &words).await?;
    let focus = "const button = [...document.querySelectorAll('.notice button')].find((button) => button.textContent.trim() === 'Copy report'); \
                 button?.focus(); return !!button && document.activeElement === button";
    let focused: bool = session.script(focus, Vec::new()).await?;
    ensure!(focused, "the report cannot be copied");
    session.press(&[keyboard::ENTER]).await?;
    until("it says that it is copied", LONG, async || {
        let said =
            "return document.querySelector('.notice .buttons [role=status]')?.textContent ?? ''";
        let said: Option<String> = session.script(said, Vec::new()).await?;
        Ok(match said.as_deref() {
            Some("Copied") => Ok(()),
            other => Err(format!("{other:?}")),
        })
    })
    .await
}
