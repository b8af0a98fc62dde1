//! From an order to a filled dispute form, in every make of the form: the right fields, nothing wrong, nothing sent.

use anyhow::{Context as _, Result, ensure};
use chrono::Utc;
use harness::pages::extension::{self, accessible};
use harness::pages::form::{self, Bar, Came, Counts, Held, WORDS, Wanted};
use harness::pages::{evidence, order_detail};
use harness::{Browser, LONG, Options, Session, Steps, in_both_browsers, until};
use local_site::{Csp, FORMS, FRAMEWORK_FORMS, Language, NO_FORMS, Status, Switches};
use recourse::domain::evidence::FileType;
use recourse::domain::sha256::Sha256;
use recourse::media::location;
use serde_json::{Map, Value, json};

in_both_browsers!(run);

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
        let plain = form::shop();
        let order = delivered(&plain);
        steps
            .step("a claim is prepared", async |session| {
                order_detail::read(session, &plain, &order).await?;
                form::prepare(session, &order, "damaged", WORDS).await?;
                accessible(session).await
            })
            .await;
        let makes = FORMS.into_iter().zip(LANGUAGES.into_iter().cycle());
        for (make, language) in makes.chain(FRAMEWORK_FORMS) {
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
        steps
            .step("photos go from the locker into the form", async |session| {
                photos(session, &plain, &order).await
            })
            .await;
        steps
            .step(
                "photos go without the place, and as the form takes them",
                async |session| {
                    let other = form::completed(&plain).nth(1).context("another order")?;
                    located(session, &plain, &other).await
                },
            )
            .await;
        // The video is as small as one can be that has a place: a browser says that it shows nothing.
        steps
            .rough_step("a video goes without the place", async |session| {
                let other = form::completed(&plain).nth(2).context("a third order")?;
                located_video(session, &plain, &other).await
            })
            .await;
        for make in TAKING {
            let switches = Switches {
                form: Some(make),
                language: framework_language(make),
                ..plain.clone()
            };
            steps
                .step(
                    &format!("{make} has each photo once, however often it is filled"),
                    async |session| taken_over(session, &switches, &order).await,
                )
                .await;
        }
        steps
            .step(
                "a form that was wiped gets its photos back on a press alone",
                async |session| wiped(session, &plain, &order).await,
            )
            .await;
        steps
            .step(
                "of two lines the one that was sent is recorded",
                async |session| one_of_two(session, &plain).await,
            )
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

const PHOTOS: [&str; 3] = ["lid.png", "box.png", "label.png"];
/// Makes of the form that take what they are given out of the input.
const TAKING: [&str; 2] = ["ant", "hidden"];

/// A completed order of one line.
fn delivered(switches: &Switches) -> String {
    form::completed(switches).next().expect("a completed order")
}

/// What a make of the form does not ask, asks in its own way, or can't be put back.
struct Make {
    name: &'static str,
    asks_solution: bool,
    /// Choices of the page's own making, which can be exchanged and not taken back.
    drawn: bool,
    /// Whether all of the page is again what it was once the fields are put back: not where the page itself draws more or less of the form, or writes
    /// what it is given in its own way.
    exact: bool,
    steps: u32,
}

fn make(switches: &Switches) -> Make {
    let name = switches.form.unwrap_or("plain");
    Make {
        name,
        asks_solution: name != "legacy",
        drawn: matches!(
            name,
            "custom" | "cards" | "ant" | "element" | "tiles" | "react"
        ),
        exact: matches!(
            name,
            "plain"
                | "controlled"
                | "frame"
                | "shadow"
                | "closed-shadow"
                | "hidden"
                | "legacy"
                | "large"
        ),
        steps: if name == "wizard" { 2 } else { 0 },
    }
}

async fn filled(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    let make = make(switches);
    let before_it = recorded(session).await?;
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    let untouched = form::held(session).await?;
    ensure!(
        untouched == (Held::empty(), Counts::default()),
        "touched before anything was pressed: {untouched:?}"
    );
    let before = form::state(session).await?;
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
    let wanted = Wanted {
        words: WORDS,
        amount: form::paid(session, order).await?,
        photos: Vec::new(),
        videos: Vec::new(),
    };
    let held = until("the form holds the claim", LONG, async || {
        let (held, _) = form::held(session).await?;
        Ok(as_wanted(&wanted, make.asks_solution, &held).map(|()| held))
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
    let mut again = 0;
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
        if make.exact {
            let after = form::state(session).await?;
            let differ = before
                .lines()
                .zip(after.lines())
                .find(|(one, other)| one != other);
            ensure!(before == after, "not as it was: {differ:?}");
        }
        ensure!(
            make.drawn || back.solution.as_deref().unwrap_or_default().is_empty(),
            "not put back: {back:?}"
        );
        // Filled once more, it holds the same, and nothing twice.
        again = Utc::now().timestamp_millis();
        form::press_bar(session, "done").await?;
        until("the form holds the claim again", LONG, async || {
            let (again, counts) = form::held(session).await?;
            ensure!(counts.submits == 0, "{counts:?}");
            Ok(if again == held {
                Ok(())
            } else {
                Err(format!("{again:?}"))
            })
        })
        .await?;
    }
    // What was put back is no filling, what was filled after that is one.
    are_recorded_since(session, before_it + 1, again).await
}

/// What is wrong with what the form holds, where no files are asked for.
fn as_wanted(wanted: &Wanted, asks_solution: bool, held: &Held) -> Result<(), String> {
    let fields = wanted.of(held);
    let is_right = |(name, came): &(&str, Came)| match *name {
        "photos" | "videos" => *came == Came::Left,
        "solution" if !asks_solution => *came == Came::Left,
        _ => *came == Came::Right,
    };
    if fields.iter().all(is_right) {
        Ok(())
    } else {
        Err(format!("{held:?}"))
    }
}

/// How many fillings are kept. A page that is left at once takes along what is being kept, so every step waits for that at its end.
async fn recorded(session: &Session) -> Result<usize> {
    let stored = session.stored().await?;
    Ok(fillings(&stored).len())
}

/// Waits until so many fillings are kept, the last of them whole.
async fn are_recorded(session: &Session, wanted: usize) -> Result<()> {
    are_recorded_since(session, wanted, 0).await
}

/// The same, where the last was asked for at that time, in milliseconds, or later.
async fn are_recorded_since(session: &Session, wanted: usize, since: i64) -> Result<()> {
    let what = format!("{wanted} fillings, the last since {since}");
    session
        .until_kept(&what, |stored| {
            let kept = fillings(stored);
            let is_whole = |text: &String| {
                let at = text.split_once("\\nat ").map_or("", |(_, rest)| rest);
                let at = at.split('\\').next().unwrap_or_default();
                let is_since = since == 0 || at.parse::<i64>().is_ok_and(|at| at >= since);
                is_since && text.contains("field description")
            };
            if kept.len() == wanted && kept.last().is_none_or(is_whole) {
                Ok(())
            } else {
                Err(format!("{} are kept: {kept:?}", kept.len()))
            }
        })
        .await
}

/// What is kept of fillings, the oldest first.
fn fillings(stored: &Map<String, Value>) -> Vec<String> {
    let mut kept: Vec<(&String, String)> = stored
        .iter()
        .filter(|(key, _)| key.starts_with("locker:filling:"))
        .map(|(key, value)| (key, value.to_string()))
        .collect();
    kept.sort();
    kept.into_iter().map(|(_, text)| text).collect()
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

/// From what is kept of the order into the form's own input, byte for byte; recorded, and taken out again.
async fn photos(session: &Session, plain: &Switches, order: &str) -> Result<()> {
    let names = PHOTOS;
    let mut seed = 0;
    let files = names.map(|name| {
        seed += 1;
        (name.to_owned(), seed, 40_000)
    });
    let hashes = form::add_photos(session, order, &files).await?;
    for make in ["plain", "frame", "closed-shadow", "element"] {
        let switches = Switches {
            form: Some(make),
            language: framework_language(make),
            ..plain.clone()
        };
        let before = recorded(session).await?;
        form::go(session, &switches, order).await?;
        form::bar_is(session, "offered").await?;
        form::press_bar(session, "done").await?;
        let held = until("the form holds the photos", LONG, async || {
            let (held, _) = form::held(session).await?;
            Ok(if held.photos.len() == names.len() {
                Ok(held)
            } else {
                Err(format!("{make}: {held:?}"))
            })
        })
        .await?;
        ensure!(held.photos == names, "{make}: {held:?}");
        ensure!(
            held.videos.is_empty() && held.trap.is_empty(),
            "{make}: {held:?}"
        );
        let came = form::hashes(session).await?;
        ensure!(came == hashes, "{make}: {came:?} instead of {hashes:?}");
        let bar = bar_with(session, |bar| bar.photos.as_deref() == Some("filled")).await?;
        ensure!(
            bar.description.as_deref() == Some("filled"),
            "{make}: {bar:?}"
        );
        form::press_bar(session, "undone").await?;
        let (back, counts) = form::held(session).await?;
        ensure!(back.photos.is_empty(), "{make}: {back:?}");
        ensure!(counts == Counts::default(), "{make}: {counts:?}");
        are_recorded(session, before).await?;
    }
    // What stayed in a form is on the claim's page, with the beginning of each file's SHA-256.
    let before = recorded(session).await?;
    form::press_bar(session, "done").await?;
    bar_with(session, |bar| bar.photos.as_deref() == Some("filled")).await?;
    are_recorded(session, before + 1).await?;
    session.goto("about:blank").await?;
    let page = format!("www/claim.html#order={order}");
    session.goto(&session.extension_url(&page)).await?;
    let mut words = vec!["What was filled in"];
    words.extend(names);
    words.extend(hashes.iter().filter_map(|hash| hash.get(..16)));
    extension::says(session, &words).await?;
    accessible(session).await
}

/// A photo that says where it was taken, and one of a type that the shop does not take: what goes into the form, and that what is kept is
/// none of it.
async fn located(session: &Session, plain: &Switches, order: &str) -> Result<()> {
    let before = recorded(session).await?;
    order_detail::read(session, plain, order).await?;
    let (text, photo) = form::located_photo()?;
    let bare = location::removed(&photo, FileType::Jpeg).context("it says no place")?;
    evidence::open(session, order).await?;
    let files = json!([
        { "name": "garden.jpg", "type": "image/jpeg", "base64": text },
        { "name": "shot.webp", "type": "image/webp", "base64": form::WEBP },
    ]);
    evidence::add(session, files).await?;
    extension::says(session, &["2 files added", "Says where it was taken"]).await?;
    form::prepare(session, order, "damaged", WORDS).await?;
    extension::says(
        session,
        &["Send photos and videos without the place where they were taken"],
    )
    .await?;
    accessible(session).await?;

    form::go(session, plain, order).await?;
    form::bar_is(session, "offered").await?;
    let told =
        "The form does not take these as they are, so copies that it takes go in: shot.webp.";
    form::bar_says(session, &["garden.jpg", "shot.webp", told]).await?;
    form::press_bar_until(session, |bar| bar.photos.as_deref() == Some("filled")).await?;
    let (held, _) = form::held(session).await?;
    ensure!(held.photos == ["garden.jpg", "shot.jpg"], "{held:?}");
    let came = form::files(session).await?;
    ensure!(
        came.first() == Some(&bare),
        "not the photo without its place"
    );
    let is_jpeg = |file: &Vec<u8>| file.starts_with(b"\xff\xd8\xff");
    ensure!(came.get(1).is_some_and(is_jpeg), "the other is no JPEG");
    ensure!(
        came.iter().all(|file| location::places(file).is_empty()),
        "a place is told"
    );
    let sent = Sha256::of(&bare).to_string();
    session
        .until_kept("the hash of what was sent", |stored| {
            let kept = fillings(stored);
            if kept.iter().any(|text| text.contains(&sent)) {
                Ok(())
            } else {
                Err(format!("{kept:?}"))
            }
        })
        .await?;
    form::press_bar(session, "undone").await?;
    are_recorded(session, before).await?;

    // As the user wants it: then the photo goes byte for byte as it was kept.
    session.goto("about:blank").await?;
    let page = format!("www/claim.html#order={order}");
    session.goto(&session.extension_url(&page)).await?;
    extension::says(session, &["Send photos and videos without the place"]).await?;
    session
        .script::<()>(
            "document.getElementById('without-place').click()",
            Vec::new(),
        )
        .await?;
    session
        .until_kept("the choice", |stored| {
            let mut drafts = stored.iter().filter(|(key, _)| key.contains(":claim:"));
            if drafts.any(|(_, text)| text.to_string().contains("photos with-place")) {
                Ok(())
            } else {
                Err("it is not in any draft".to_owned())
            }
        })
        .await?;
    form::go(session, plain, order).await?;
    form::bar_is(session, "offered").await?;
    form::press_bar_until(session, |bar| bar.photos.as_deref() == Some("filled")).await?;
    let came = form::files(session).await?;
    ensure!(came.first() == Some(&photo), "the photo is another one");
    form::press_bar(session, "undone").await?;
    let (_, counts) = form::held(session).await?;
    ensure!(counts == Counts::default(), "{counts:?}");
    are_recorded(session, before).await
}

/// A video that says where it was taken: what was recorded goes, and the place does not.
async fn located_video(session: &Session, plain: &Switches, order: &str) -> Result<()> {
    const PLACE: &[u8] = b"+38.7223-009.1393/";
    let before_it = recorded(session).await?;
    order_detail::read(session, plain, order).await?;
    let (text, video) = form::located_video()?;
    evidence::open(session, order).await?;
    let files = json!([{ "name": "opening.mp4", "type": "video/mp4", "base64": text }]);
    evidence::add(session, files).await?;
    extension::says(session, &["1 file added", "Says where it was taken"]).await?;
    form::prepare(session, order, "damaged", WORDS).await?;
    extension::says(session, &["Send photos and videos without the place"]).await?;
    form::go(session, plain, order).await?;
    form::bar_is(session, "offered").await?;
    form::press_bar(session, "done").await?;
    let (held, counts) = form::settled(session).await?;
    ensure!(held.videos == ["opening.mp4"], "{held:?}");
    ensure!(counts == Counts::default(), "{counts:?}");
    let came = form::files(session).await?;
    let [came] = came.as_slice() else {
        anyhow::bail!("{} files", came.len());
    };
    let place = video.windows(PLACE.len()).position(|part| part == PLACE);
    let before = place.context("it says no place")?;
    ensure!(came.len() == video.len(), "of another length");
    ensure!(
        !came.windows(PLACE.len()).any(|part| part == PLACE),
        "the place is told"
    );
    // The box that told it is another one now, from its name on: eight bytes before its text.
    let unchanged = before.checked_sub(8).context("a box")?;
    ensure!(
        came.get(..unchanged) == video.get(..unchanged),
        "changed before it"
    );
    form::press_bar(session, "undone").await?;
    are_recorded(session, before_it).await
}

/// The form has each photo once, and the bar says so.
async fn has_photos(session: &Session) -> Result<()> {
    bar_with(session, |bar| bar.photos.as_deref() == Some("filled")).await?;
    // Longer than the time after which a page is looked at again.
    let (held, counts) = form::settled(session).await?;
    ensure!(held.photos == PHOTOS, "{held:?}");
    ensure!(counts == Counts::default(), "{counts:?}");
    Ok(())
}

/// The page takes the files out of their input: into a list of its own, with another input in its place or the same one empty.
async fn taken_over(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    let before = recorded(session).await?;
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    form::press_bar(session, "done").await?;
    has_photos(session).await?;
    // The buyer empties the text, and has the form filled again.
    let empty = "const text = document.querySelector('textarea[id=description], label textarea[name=dsc]'); \
        text.value = ''; text.dispatchEvent(new Event('input', { bubbles: true }))";
    session.script::<()>(empty, Vec::new()).await?;
    bar_with(session, |bar| bar.description.as_deref() == Some("differs")).await?;
    form::press_bar_until(session, |bar| bar.description.as_deref() == Some("filled")).await?;
    has_photos(session).await?;
    // Nothing takes them out again, which is said, and they are not given twice.
    let bar = form::press_bar(session, "undone").await?;
    ensure!(bar.photos.as_deref() == Some("needs-user"), "{bar:?}");
    are_recorded(session, before).await?;
    form::press_bar(session, "done").await?;
    has_photos(session).await?;
    are_recorded(session, before + 1).await
}

/// The page has drawn its form anew, and nothing of the files is to be seen.
async fn wiped(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    let before = recorded(session).await?;
    form::go(session, switches, order).await?;
    form::bar_is(session, "offered").await?;
    form::press_bar(session, "done").await?;
    has_photos(session).await?;
    session.page_script("demoForm.wipe()", &[]).await?;
    bar_with(session, |bar| {
        bar.photos.as_deref() == Some("differs") && bar.description.as_deref() == Some("filled")
    })
    .await?;
    let (held, _) = form::settled(session).await?;
    ensure!(held.photos.is_empty(), "given unasked: {held:?}");
    form::press_bar_until(session, |bar| bar.photos.as_deref() == Some("filled")).await?;
    has_photos(session).await?;
    are_recorded(session, before + 1).await
}

/// Two lines of one order have a claim: no other can be chosen from the press on, and the one that went in is recorded.
async fn one_of_two(session: &Session, switches: &Switches) -> Result<()> {
    let orders = switches.orders_served(Utc::now()).into_iter();
    let mut two =
        orders.filter(|order| order.status == Status::Completed && order.lines.len() == 2);
    let order = two.next().context("an order of two lines")?.id;
    order_detail::read(session, switches, &order).await?;
    for line in 1..=2 {
        session.goto("about:blank").await?;
        let place = format!("order={order}&line={line}");
        form::prepare_at(session, &place, "damaged", WORDS).await?;
    }
    let before = recorded(session).await?;
    form::go(session, switches, &order).await?;
    form::bar_is(session, "offered").await?;
    form::choose_claim(session, 2).await?;
    ensure!(
        form::press_fill_and_cannot_choose(session).await?,
        "another claim can be chosen while one is on its way"
    );
    bar_with(session, |bar| bar.state == "done").await?;
    are_recorded(session, before + 1).await?;
    let kept = session.stored().await?;
    let of_it: Vec<String> = fillings(&kept)
        .into_iter()
        .filter(|text| text.contains(&order))
        .collect();
    ensure!(
        of_it.len() == 1 && of_it.iter().all(|text| text.contains("line 2")),
        "{of_it:?}"
    );
    form::press_bar(session, "undone").await?;
    are_recorded(session, before).await
}

fn framework_language(make: &str) -> Language {
    let known = FRAMEWORK_FORMS.into_iter().find(|(name, _)| *name == make);
    known.map_or(Language::En, |(_, language)| language)
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
