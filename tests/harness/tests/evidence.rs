//! Evidence: a note and files are added in the drawer on the shop's page, and are there again in the dashboard.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use chrono::Utc;
use harness::keyboard::{self, DOWN, ENTER, ESCAPE, SHIFT, TAB};
use harness::pages::order_detail;
use harness::pages::order_list::OrderList;
use harness::pages::{evidence, extension};
use harness::{Browser, LONG, Options, Session, Steps, Width, in_both_browsers, until};
use local_site::{BUYER, Switches};
use serde_json::{Value, json};

in_both_browsers!(run);

/// The keys from the menu's first item on the order's own page, where it is the dispute, to "Add evidence".
const TO_EVIDENCE: [char; 2] = [DOWN, ENTER];

async fn run(browser: Browser) {
    Steps::run("evidence", browser, Options::default(), async |steps| {
        let plain = Switches {
            delay_ms: 50,
            now: Some(Utc::now()),
            ..Switches::default()
        };
        let order = plain.orders_with_a_date(Utc::now()).remove(0);
        let id = order.id.clone();
        steps
            .step("orders are read", async |session| {
                OrderList::open(session, &plain).await?;
                order_detail::read(session, &plain, &id).await
            })
            .await;
        steps
            .step("a note is written in the drawer", async |session| {
                drawer(session, &plain, &id).await
            })
            .await;
        steps
            .step(
                "it is on the order's page of evidence, and in the dashboard",
                async |session| found(session, &id).await,
            )
            .await;
        steps
            .step("a drawer that is closed in mid-word", async |session| {
                closed_drawer(session, &plain, &id).await
            })
            .await;
        steps
            .step(
                "a frame speaks the language that it was told",
                async |session| spoken(session, &id).await,
            )
            .await;
        steps
            .step("a page that is closed in mid-word", async |session| {
                closed(session, &id).await
            })
            .await;
        steps
            .step(
                "a page that is left in the middle of writing",
                async |session| left(session, &id).await,
            )
            .await;
        steps
            .step("files are added", async |session| files(session, &id).await)
            .await;
        steps
            .step("the bin gives back what was put into it", async |session| {
                bin(session, &id).await
            })
            .await;
        steps
            .step("all evidence, and its search", async |session| {
                overview(session, &id).await
            })
            .await;
        steps
            .step("a file whose bytes were damaged", async |session| {
                damaged(session, &id).await
            })
            .await;
        steps
            .step("a backup into an emptied browser", async |session| {
                backup(session).await
            })
            .await;
        steps
            .step("what is no backup", async |session| {
                no_backup(session).await
            })
            .await;
        steps
            .step("a backup in the place of what is here", async |session| {
                replaced(session, &id).await
            })
            .await;
        steps
            .step("what has been in no backup for long", async |session| {
                backup_due(session).await
            })
            .await;
        steps
            .step(
                "for everybody, in light and dark, wide and narrow",
                async |session| for_everybody(session, &id).await,
            )
            .await;
    })
    .await;
}

/// The keyboard alone: from the badge on the order's own page into the drawer, and what is typed there is kept.
async fn drawer(session: &Session, plain: &Switches, order: &str) -> Result<()> {
    order_detail::open(session, plain, order).await?;
    order_detail::badge(session, order).await?;
    keyboard::open_menu(session, order).await?;
    session.press(&TO_EVIDENCE).await?;
    let text = "The box came torn at one side";
    evidence::type_in_drawer(session, text).await?;
    session
        .screenshot(&format!(
            "e2e/evidence-drawer-{}.png",
            session.browser.name()
        ))
        .await?;
    let seen: bool = session
        .script(
            "return document.documentElement.innerHTML.includes(arguments[0]) || window.length > 0",
            vec![text.into()],
        )
        .await?;
    ensure!(!seen, "the page can see into the drawer");
    // From the note: its bin, another note, the files, what the page says.
    session.press(&[TAB, TAB, TAB, TAB, ENTER]).await?;
    session
        .until_kept("what the page says", |kept| {
            let kept = Value::from(kept.clone()).to_string();
            let there = kept.contains("page order-detail https://")
                && kept.contains("line Lumen Home Store");
            if there {
                Ok(())
            } else {
                Err("it is not".to_owned())
            }
        })
        .await?;
    keyboard::back_in_badge(session, order, &[ESCAPE]).await
}

/// Of the languages of the interface; any other word leaves it to the browser.
async fn spoken(session: &Session, order: &str) -> Result<()> {
    for (told, wanted) in [
        ("?lang=ru", "ru"),
        ("?lang=ja", "ja"),
        ("?lang=sv", "en"),
        ("", "en"),
    ] {
        session.goto("about:blank").await?;
        session
            .goto(&session.extension_url(&format!("www/evidence.html{told}#order={order}")))
            .await?;
        until(&format!("{told} is {wanted}"), LONG, async || {
            let language = "return document.querySelector('#main textarea') && document.documentElement.lang.slice(0, 2)";
            let language: Option<String> = session.script(language, Vec::new()).await?;
            Ok(match language {
                Some(language) if language == wanted => Ok(()),
                other => Err(format!("{other:?}")),
            })
        })
        .await?;
    }
    Ok(())
}

async fn found(session: &Session, order: &str) -> Result<()> {
    evidence::open(session, order).await?;
    let notes = evidence::notes(session).await?;
    ensure!(
        notes.iter().any(|note| note.contains("The box came torn")),
        "{notes:?}"
    );
    session
        .goto(&session.extension_url(&format!("www/dashboard.html#order={order}")))
        .await?;
    let inside = "const frame = document.querySelector('#detail iframe')?.contentDocument; \
                  return [...(frame?.querySelectorAll('textarea') ?? [])].map((field) => field.value)";
    until("the dashboard shows it", LONG, async || {
        // In Firefox a page that is just being replaced answers nothing.
        let notes: Option<Vec<String>> = session.script(inside, Vec::new()).await?;
        let notes = notes.unwrap_or_default();
        let there = notes.iter().any(|note| note.contains("The box came torn"));
        Ok(if there {
            Ok(())
        } else {
            Err(format!("{notes:?}"))
        })
    })
    .await?;
    extension::accessible(session).await?;
    session
        .screenshot(&format!(
            "e2e/evidence-dashboard-{}.png",
            session.browser.name()
        ))
        .await
        .map(drop)
}

/// Less than the last second is lost.
async fn closed(session: &Session, order: &str) -> Result<()> {
    evidence::open(session, order).await?;
    let focus = "document.querySelector('#another-note').click(); return document.activeElement.id";
    let field: String = session.script(focus, Vec::new()).await?;
    ensure!(
        field.starts_with("note-"),
        "the new note has not the focus: {field}"
    );
    session
        .press(
            &"The seller wrote that I should wai"
                .chars()
                .collect::<Vec<_>>(),
        )
        .await?;
    tokio::time::sleep(Duration::from_millis(1_000)).await;
    evidence::open(session, order).await?;
    let notes = evidence::notes(session).await?;
    ensure!(
        notes.iter().any(|note| note.ends_with("that I should wai")),
        "{notes:?}"
    );
    Ok(())
}

/// Whoever never pauses loses less than the last second too.
async fn left(session: &Session, order: &str) -> Result<()> {
    evidence::open(session, order).await?;
    let before = evidence::notes(session).await?;
    let last = "const field = [...document.querySelectorAll('#main textarea')].at(-1); field.focus(); \
                field.setSelectionRange(field.value.length, field.value.length)";
    session.script::<Value>(last, Vec::new()).await?;
    let mut written = before.last().cloned().unwrap_or_default();
    let mut due = Vec::new();
    for letter in "t three days, and then another week".chars() {
        session.press(&[letter]).await?;
        written.push(letter);
        due.push((Instant::now(), written.chars().count()));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let left = Instant::now();
    evidence::open(session, order).await?;
    let old = due
        .iter()
        .filter(|(at, _)| left - *at > Duration::from_secs(1));
    let wanted = old.map(|(_, length)| *length).max().unwrap_or_default();
    let notes = evidence::notes(session).await?;
    let kept = notes.last().cloned().unwrap_or_default();
    ensure!(
        written.starts_with(&kept) && kept.chars().count() >= wanted,
        "{wanted} letters are older than a second: {kept:?} of {written:?}"
    );
    ensure!(notes.len() == before.len(), "{notes:?}");
    Ok(())
}

/// What was written just before the button that closes the drawer was pressed.
async fn closed_drawer(session: &Session, plain: &Switches, order: &str) -> Result<()> {
    order_detail::open(session, plain, order).await?;
    order_detail::badge(session, order).await?;
    keyboard::open_menu(session, order).await?;
    session.press(&TO_EVIDENCE).await?;
    evidence::type_in_drawer(session, ", and wet").await?;
    session
        .press(&", and empt".chars().collect::<Vec<_>>())
        .await?;
    until("the drawer is closed", LONG, async || {
        session.press_with(SHIFT, TAB).await?;
        session.press(&[ENTER]).await?;
        let at = keyboard::focused_badge(session).await?;
        Ok(if at.as_deref() == Some(order) {
            Ok(())
        } else {
            Err(format!("{at:?}"))
        })
    })
    .await?;
    session
        .until_kept("what was written last", |kept| {
            let kept = Value::from(kept.clone()).to_string();
            if kept.contains(", and empt") {
                Ok(())
            } else {
                Err("it is not".to_owned())
            }
        })
        .await
}

async fn files(session: &Session, order: &str) -> Result<()> {
    evidence::open(session, order).await?;
    // A picture of 3 by 2 pixels; a page that calls itself one; a chat.
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAHUlEQVR4nGPYIid3wsbGZosNw/8TJ/5funTi/wkAWg8LHqHHyo0AAAAASUVORK5CYII=";
    evidence::add(
        session,
        json!([
            { "name": "torn box.png", "type": "image/png", "base64": png },
            { "name": "photo.jpg", "type": "image/jpeg", "base64": "PCFkb2N0eXBlIGh0bWw+PHNjcmlwdD4=" },
            { "name": "chat.txt", "type": "text/plain", "base64": "V2FpdCwgZGVhciBmcmllbmQ=" },
            { "name": "the same again.png", "type": "image/png", "base64": png },
        ]),
    )
    .await?;
    extension::says(
        session,
        &[
            "torn box.png",
            "3 × 2",
            "chat.txt",
            "photo.jpg: not what it says it is",
            "the same again.png: this order has it already",
            "2 files added",
        ],
    )
    .await?;
    until("the small picture", LONG, async || {
        let shown: bool = session
            .script(
                "const image = document.querySelector('.tiles img'); return !!image?.complete && image.naturalWidth > 0",
                Vec::new(),
            )
            .await?;
        Ok(if shown { Ok(()) } else { Err("it is not shown".to_owned()) })
    })
    .await?;
    session
        .screenshot(&format!("e2e/evidence-{}.png", session.browser.name()))
        .await?;
    evidence::open(session, order).await?;
    extension::says(session, &["torn box.png", "chat.txt"]).await
}

async fn bin(session: &Session, order: &str) -> Result<()> {
    evidence::open(session, order).await?;
    let press = "const button = [...document.querySelectorAll('button')].find((button) => \
                 (button.getAttribute('aria-label') ?? button.textContent).includes(arguments[0])); button?.click(); return !!button";
    let pressed = async |name: &str| -> Result<()> {
        let found: bool = session.script(press, vec![name.into()]).await?;
        ensure!(found, "there is no button {name}");
        Ok(())
    };
    pressed("Move to the bin: chat.txt").await?;
    extension::says(session, &["In the bin: 1 piece"]).await?;
    evidence::open(session, order).await?;
    session
        .script::<Value>("document.querySelector('.bin').open = true", Vec::new())
        .await?;
    extension::says(session, &["chat.txt", "Deleted for good"]).await?;
    pressed("Take back").await?;
    until("the bin is empty", LONG, async || {
        let text = extension::text(session).await?;
        Ok(if text.contains("In the bin") {
            Err(text)
        } else {
            Ok(())
        })
    })
    .await
}

async fn overview(session: &Session, order: &str) -> Result<()> {
    session.goto("about:blank").await?;
    session
        .goto(&session.extension_url("www/evidence.html"))
        .await?;
    extension::says(session, &["2 notes", "2 files"]).await?;
    let search = "const field = document.getElementById('search'); field.value = arguments[0]; field.dispatchEvent(new Event('input'))";
    session
        .script::<Value>(search, vec!["no such words".into()])
        .await?;
    extension::says(session, &["Nothing contains these words."]).await?;
    session
        .script::<Value>(search, vec!["TORN box".into()])
        .await?;
    extension::says(session, &["1 file"]).await?;
    session
        .script::<Value>("document.querySelector('#orders a').click()", Vec::new())
        .await?;
    until("the order's evidence", LONG, async || {
        let url = session.url().await?;
        Ok(if url.ends_with(&format!("#order={order}")) {
            Ok(())
        } else {
            Err(url)
        })
    })
    .await?;
    evidence::ready(session).await
}

async fn for_everybody(session: &Session, order: &str) -> Result<()> {
    let pages = [
        session.extension_url("www/evidence.html"),
        evidence::page_of(session, order),
        format!("{}&drawer=key&reads", evidence::page_of(session, order)),
    ];
    for width in [Width::Desktop, Width::Narrow] {
        session.set_width(width).await?;
        for dark in [false, true] {
            session.set_dark(dark).await?;
            for page in &pages {
                session.goto("about:blank").await?;
                session.goto(page).await?;
                let words = if page.contains("#order") {
                    "torn box.png"
                } else {
                    "2 files"
                };
                extension::says(session, &[words]).await?;
                extension::accessible(session).await?;
            }
        }
    }
    session
        .screenshot(&format!(
            "e2e/evidence-narrow-dark-{}.png",
            session.browser.name()
        ))
        .await?;
    session.set_dark(false).await?;
    session.set_width(Width::Desktop).await?;
    let kept = serde_json::to_string(&session.stored().await?)?;
    for text in BUYER {
        ensure!(!kept.contains(text), "the buyer's address is kept: {text}");
    }
    Ok(())
}

/// The dashboard names it, though nobody has opened it.
async fn damaged(session: &Session, order: &str) -> Result<()> {
    // The last byte of every file, and as if nothing had been looked at yet; the second time it is as it was.
    let flipped = "
        const [done] = arguments;
        const opening = indexedDB.open('locker-1');
        opening.onsuccess = () => {
          const database = opening.result;
          const writing = database.transaction(['pieces', 'meta'], 'readwrite');
          writing.objectStore('meta').delete('inspected');
          const pieces = writing.objectStore('pieces').openCursor();
          pieces.onsuccess = () => {
            const cursor = pieces.result;
            if (!cursor) return;
            const bytes = cursor.value;
            bytes[bytes.length - 1] ^= 1;
            cursor.update(bytes);
            cursor.continue();
          };
          writing.oncomplete = writing.onabort = ({ type }) => { database.close(); done(type); };
        };
    ";
    let done = session.in_extension(flipped, Vec::new()).await?;
    ensure!(done == "complete", "nothing was flipped: {done}");
    session.goto("about:blank").await?;
    let problems = session.extension_url("www/dashboard.html#problems");
    session.goto(&problems).await?;
    extension::says(session, &["torn box.png", "chat.txt", order]).await?;
    let how_far = "
        const [done] = arguments;
        const opening = indexedDB.open('locker-1');
        opening.onsuccess = () => {
          const database = opening.result;
          const reading = database.transaction('meta').objectStore('meta').get('inspected');
          reading.onsuccess = () => { database.close(); done(reading.result?.text ?? ''); };
        };
    ";
    until("all files are read", LONG, async || {
        let noted = session.in_extension(how_far, Vec::new()).await?;
        let over = noted
            .as_str()
            .is_some_and(|noted| noted.starts_with("round "));
        Ok(if over { Ok(()) } else { Err(noted.to_string()) })
    })
    .await?;
    extension::accessible(session).await?;
    let done = session.in_extension(flipped, Vec::new()).await?;
    ensure!(done == "complete", "nothing was flipped back: {done}");
    let read = "[...document.querySelectorAll('.notice button')].at(-1).click()";
    session.script::<Value>(read, Vec::new()).await?;
    session.goto("about:blank").await?;
    session.goto(&problems).await?;
    extension::says(session, &["Problems"]).await?;
    let text = extension::text(session).await?;
    ensure!(!text.contains("torn box.png"), "it is named still: {text}");
    Ok(())
}

async fn backup(session: &Session) -> Result<()> {
    let archive = evidence::saved_backup(session).await?;
    let before = evidence::evidence_in(session, &archive).await?;
    ensure!(
        before["evidence"].as_array().map(Vec::len) == Some(5),
        "two notes, two files and a page: {before}"
    );
    session.begin_anew().await?;
    let emptied = "
        const done = arguments[0];
        indexedDB.databases().then(async (all) => {
          for (const { name } of all) await new Promise((resolve) => {
            const deleting = indexedDB.deleteDatabase(name);
            deleting.onsuccess = deleting.onerror = resolve;
          });
          done(all.length);
        });
    ";
    let deleted = session.in_extension(emptied, Vec::new()).await?;
    ensure!(deleted.as_u64() > Some(0), "nothing was deleted: {deleted}");
    evidence::open_all(session).await?;
    extension::says(session, &["Nothing here yet"]).await?;
    evidence::choose(session, &archive).await?;
    extension::says(session, &["5 pieces in it are not here."]).await?;
    extension::accessible(session).await?;
    session
        .screenshot(&format!(
            "e2e/evidence-restore-{}.png",
            session.browser.name()
        ))
        .await?;
    let stopped =
        "for (const id of ['restore-merge', 'stop-restoring']) document.getElementById(id).click()";
    session.script::<Value>(stopped, Vec::new()).await?;
    extension::says(session, &["Stopped. Nothing was changed."]).await?;
    evidence::open_all(session).await?;
    extension::says(session, &["Nothing here yet"]).await?;
    evidence::choose(session, &archive).await?;
    extension::says(session, &["5 pieces in it are not here."]).await?;
    session
        .script::<Value>(
            "document.getElementById('restore-merge').click()",
            Vec::new(),
        )
        .await?;
    extension::says(
        session,
        &[
            "Done: 5 pieces brought back or changed.",
            "2 notes",
            "2 files",
        ],
    )
    .await?;
    let again = evidence::saved_backup(session).await?;
    ensure!(
        evidence::evidence_in(session, &again).await? == before,
        "what came back differs"
    );
    // The second time nothing changes.
    evidence::choose(session, &archive).await?;
    extension::says(
        session,
        &["0 pieces in it are not here.", "5 pieces are here already."],
    )
    .await
}

async fn replaced(session: &Session, order: &str) -> Result<()> {
    let archive = evidence::saved_backup(session).await?;
    evidence::open(session, order).await?;
    let another = "document.getElementById('another-note').click()";
    session.script::<Value>(another, Vec::new()).await?;
    evidence::write(session, "Only here").await?;
    evidence::open_all(session).await?;
    evidence::choose(session, &archive).await?;
    let says = [
        "0 pieces in it are not here.",
        "Replacing moves 1 piece that is not in the backup to the bin.",
    ];
    extension::says(session, &says).await?;
    let replace = "document.getElementById('restore-replace').click()";
    session.script::<Value>(replace, Vec::new()).await?;
    extension::says(session, &["Done: 1 piece brought back or changed."]).await?;
    evidence::open(session, order).await?;
    extension::says(session, &["In the bin: 1 piece", "torn box.png"]).await?;
    let notes = evidence::notes(session).await?;
    ensure!(
        !notes.iter().any(|note| note.contains("Only here")),
        "{notes:?}"
    );
    Ok(())
}

/// On the page of all evidence and in the dashboard, until a backup is made.
async fn backup_due(session: &Session) -> Result<()> {
    const OTHER: &str = "8230417750000009";
    const DUE: &str = "What you added has been in no backup for two weeks.";
    const DAY: i64 = 86_400_000;
    let now = Utc::now().timestamp_millis();
    session
        .store(json!({ "backup": (now - 30 * DAY).to_string() }))
        .await?;
    let old = evidence::backup_of_a_note(OTHER, now - 15 * DAY)?;
    evidence::open_all(session).await?;
    session.choose_files("#restore-file", &[old.path()]).await?;
    extension::says(session, &["1 piece in it is not here."]).await?;
    ensure!(
        !extension::text(session).await?.contains(DUE),
        "what was added today is reminded of"
    );
    let merge = "document.getElementById('restore-merge').click()";
    session.script::<Value>(merge, Vec::new()).await?;
    extension::says(session, &["Done: 1 piece brought back or changed.", DUE]).await?;
    session
        .goto(&session.extension_url("www/dashboard.html"))
        .await?;
    extension::says(session, &[DUE]).await?;
    extension::accessible(session).await?;
    evidence::saved_backup(session).await?;
    until("nothing is due", LONG, async || {
        let text = extension::text(session).await?;
        Ok(if text.contains(DUE) {
            Err(text)
        } else {
            Ok(())
        })
    })
    .await
}

async fn no_backup(session: &Session) -> Result<()> {
    let archive = evidence::saved_backup(session).await?;
    let before = evidence::evidence_in(session, &archive).await?;
    let half = &archive[..archive.len() / 8 * 4];
    evidence::choose(session, half).await?;
    extension::says(
        session,
        &["The backup is damaged or not whole. Nothing was changed."],
    )
    .await?;
    evidence::choose(session, "V2FpdCwgZGVhciBmcmllbmQ=").await?;
    extension::says(session, &["This is no backup as Recourse saves it."]).await?;
    for (file, said) in evidence::refused_backups()? {
        session
            .choose_files("#restore-file", &[file.path()])
            .await?;
        extension::says(session, &[said]).await?;
    }
    let again = evidence::saved_backup(session).await?;
    ensure!(
        evidence::evidence_in(session, &again).await? == before,
        "something was changed"
    );
    Ok(())
}
