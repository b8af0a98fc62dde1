//! The shop's dispute form, in its makes, with the extension's bar on it.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use chrono::Utc;
use local_site::{Currency, DemoOrder, Status, Switches};
use recourse::domain::order::OrderId;
use recourse::domain::sha256::Sha256;
use recourse::store::record::record_of_text;
use serde::Deserialize;
use serde_json::json;

use crate::pages::{extension, order_detail};
use crate::session::{Session, base64};
use crate::wait::{LONG, until};

/// What the buyer says in every claim that is tried.
pub const WORDS: &str = "The lid is cracked on one side.";

/// The shop in which claims are tried: with the same sums in whatever language.
#[must_use]
pub fn shop() -> Switches {
    Switches {
        delay_ms: 50,
        currency: Some(Currency::Eur),
        now: Some(Utc::now()),
        ..Switches::default()
    }
}

/// The orders of that shop that have come and have one line.
pub fn completed(shop: &Switches) -> impl Iterator<Item = String> {
    let orders = shop.orders_served(Utc::now()).into_iter();
    let fit = |order: &DemoOrder| order.status == Status::Completed && order.lines.len() == 1;
    orders.filter(fit).map(|order| order.id)
}

/// What the page's own script says that the form holds.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
pub struct Held {
    pub received: Option<String>,
    pub solution: Option<String>,
    pub reason: Option<String>,
    pub kind: Option<String>,
    pub amount: Option<String>,
    pub description: Option<String>,
    pub photos: Vec<String>,
    pub videos: Vec<String>,
    /// What was written where nothing is to be written.
    pub trap: String,
}

impl Held {
    /// What a form holds that nobody has touched.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            amount: Some(String::new()),
            description: Some(String::new()),
            ..Self::default()
        }
    }
}

/// How often the form was sent, and how often it went on to a next step.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
pub struct Counts {
    pub submits: u32,
    pub steps: u32,
}

/// What the page can see of the bar.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default)]
pub struct Bar {
    pub state: String,
    pub received: Option<String>,
    pub solution: Option<String>,
    pub reason: Option<String>,
    pub amount: Option<String>,
    pub description: Option<String>,
    pub photos: Option<String>,
    pub videos: Option<String>,
}

/// Prepares a claim about the order's first line on the extension's page: damaged, money back, all of it.
pub async fn prepare(session: &Session, order: &str, happened: &str, words: &str) -> Result<()> {
    prepare_at(session, &format!("order={order}"), happened, words).await
}

/// The same at that place of the page, which can name another line.
pub async fn prepare_at(session: &Session, place: &str, happened: &str, words: &str) -> Result<()> {
    session
        .goto(&session.extension_url(&format!("www/claim.html#{place}")))
        .await?;
    let came = if matches!(happened, "never-came" | "marked-delivered") {
        "came-no"
    } else {
        "came-yes"
    };
    for id in [
        came,
        &format!("happened-{happened}"),
        "solution-refund-only",
    ] {
        press(session, id).await?;
    }
    session
        .script::<()>(
            "const field = document.getElementById('words'); field.value = arguments[0]; field.dispatchEvent(new Event('input'))",
            vec![json!(words)],
        )
        .await?;
    until("the claim is kept", LONG, async || {
        let said: String = session
            .script(
                "return document.querySelector('.saved').textContent",
                Vec::new(),
            )
            .await?;
        let whole: bool = session
            .script(
                "return !!document.querySelector('.sentences')?.innerText.includes(arguments[0])",
                vec![json!(words)],
            )
            .await?;
        Ok(if whole && !said.is_empty() {
            Ok(())
        } else {
            Err(said)
        })
    })
    .await
}

/// Presses something on one of the extension's own pages.
async fn press(session: &Session, id: &str) -> Result<()> {
    until(&format!("{id} on the page"), LONG, async || {
        // Nothing is returned by a page that is left while it is asked, as Firefox may still be when it says that the next has come.
        let found: Option<bool> = session
            .script(
                "const found = document.getElementById(arguments[0]); found?.click(); return !!found",
                vec![json!(id)],
            )
            .await?;
        Ok(if found == Some(true) {
            Ok(())
        } else {
            Err("not there".to_owned())
        })
    })
    .await
}

/// Goes from the order's page to the form, as a buyer does.
pub async fn go(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    order_detail::open(session, switches, order).await?;
    for (what, selector) in [
        (
            "Returns/refunds",
            ".order-detail-item-btns button:last-child",
        ),
        ("Yes", ".comet-modal-footer a:last-child"),
    ] {
        until(what, LONG, async || {
            let found: bool = session
                .script(
                    "const found = document.querySelector(arguments[0]); found?.click(); return !!found",
                    vec![json!(selector)],
                )
                .await?;
            Ok(if found { Ok(()) } else { Err("not there".to_owned()) })
        })
        .await?;
    }
    drawn(session).await
}

/// Waits for the form itself.
pub async fn drawn(session: &Session) -> Result<()> {
    until("the form", LONG, async || {
        // A page that is being left gives no answer.
        let drawn: Option<bool> = session
            .script(
                "return !!globalThis.demoForm && document.documentElement.dataset.demo === 'drawn'",
                Vec::new(),
            )
            .await?;
        Ok(if drawn == Some(true) {
            Ok(())
        } else {
            Err("nothing".to_owned())
        })
    })
    .await
}

pub async fn held(session: &Session) -> Result<(Held, Counts)> {
    #[derive(Deserialize)]
    struct Both {
        held: Held,
        counts: Counts,
    }
    let both: Both = session
        .script("return globalThis.demoForm", Vec::new())
        .await?;
    Ok((both.held, both.counts))
}

/// The bar, if there is one.
pub async fn bar(session: &Session) -> Result<Option<Bar>> {
    session
        .script(
            "const bars = document.querySelectorAll('recourse-fill'); return bars.length ? { ...bars[0].dataset } : null",
            Vec::new(),
        )
        .await
}

/// Waits until the bar is in that state.
pub async fn bar_is(session: &Session, state: &str) -> Result<Bar> {
    until(&format!("the bar is {state}"), LONG, async || {
        Ok(match bar(session).await? {
            Some(bar) if bar.state == state => Ok(bar),
            other => Err(format!("{other:?}")),
        })
    })
    .await
}

/// What the bar says in its own frame.
pub async fn bar_text(session: &Session) -> Result<String> {
    let text: Option<String> = session
        .in_own_frame(BAR, "return document.body?.innerText", Vec::new())
        .await?;
    Ok(text.unwrap_or_default())
}

/// Waits until the bar says all of `words`.
pub async fn bar_says(session: &Session, words: &[&str]) -> Result<()> {
    until(&format!("the bar says {words:?}"), LONG, async || {
        let text = bar_text(session).await.unwrap_or_default();
        Ok(if words.iter().all(|word| text.contains(word)) {
            Ok(())
        } else {
            Err(text)
        })
    })
    .await
}

/// Presses a button in the bar's own frame.
pub async fn press_in_bar(session: &Session, selector: &str) -> Result<()> {
    until(&format!("{selector} in the bar"), LONG, async || {
        let script =
            "const found = document.querySelector(arguments[0]); found?.click(); return !!found";
        let found: bool = session
            .in_own_frame(BAR, script, vec![json!(selector)])
            .await
            .unwrap_or_default();
        Ok(if found {
            Ok(())
        } else {
            Err("not there".to_owned())
        })
    })
    .await
}

/// Chooses the claim about that line in the bar, and waits until it can be filled in. Which it is, is told by the way to its page; the list is
/// drawn anew after each choice.
pub async fn choose_claim(session: &Session, line: u8) -> Result<()> {
    const CHOOSE: &str = r##"
        const list = document.getElementById('which');
        if (!list || list.dataset.asked) return false;
        if (document.querySelector(`a[href$="line=${arguments[0]}"]`)) return !!document.getElementById('fill');
        list.dataset.asked = 'yes';
        list.selectedIndex = list.selectedIndex % (list.options.length - 1) + 1;
        list.dispatchEvent(new Event('change'));
        return false;
    "##;
    until("the claim is chosen", LONG, async || {
        let chosen: bool = session
            .in_own_frame(BAR, CHOOSE, vec![json!(line)])
            .await
            .unwrap_or_default();
        Ok(if chosen {
            Ok(())
        } else {
            Err("not yet".to_owned())
        })
    })
    .await
}

/// Presses the button that fills, and tells whether from the next moment on no other claim can be chosen, and nothing pressed again.
pub async fn press_fill_and_cannot_choose(session: &Session) -> Result<bool> {
    let script = "document.getElementById('fill').click(); \
        return new Promise((seen) => setTimeout(() => seen(document.getElementById('which').disabled && !document.getElementById('fill'))))";
    session.in_own_frame(BAR, script, Vec::new()).await
}

/// Says in the bar that the field for this is missing, and asks to point at it.
pub async fn miss(session: &Session, field: &str) -> Result<()> {
    // It stays open from one time to the next.
    until("the question in the bar", LONG, async || {
        let script = "document.querySelector('#missing[aria-expanded=false]')?.click(); return !!document.getElementById('about')";
        let asked: bool = session
            .in_own_frame(BAR, script, Vec::new())
            .await
            .unwrap_or_default();
        Ok(if asked { Ok(()) } else { Err("not there".to_owned()) })
    })
    .await?;
    let script = "const list = document.getElementById('about'); const option = [...list?.options ?? []].find((option) => option.text === arguments[0]); \
        if (option) { list.value = option.value; list.dispatchEvent(new Event('change')); document.getElementById('point').click(); } return !!option";
    let found: bool = session
        .in_own_frame(BAR, script, vec![json!(field)])
        .await?;
    anyhow::ensure!(found, "the bar does not ask for {field}");
    bar_says(session, &["Now press the field in the page"]).await
}

const BAR: &str = "recourse-fill";

/// Where the bar's first button is and where the bar ends, once it has its height: while it grows, its buttons move under the pointer.
async fn place(session: &Session) -> Result<(f64, f64)> {
    const STILL: u32 = 8;
    // The bar reads the way the page does.
    const LOOK: &str = r"
        const bar = document.querySelector('recourse-fill')?.getBoundingClientRect();
        const toLeft = getComputedStyle(document.documentElement).direction === 'rtl';
        return bar ? [toLeft ? bar.right - arguments[0] : bar.left + arguments[0], bar.top, bar.bottom] : null;
    ";
    const FROM_START: f64 = 44.0;
    let mut last = None;
    let mut same = 0;
    until("the bar stands still", LONG, async || {
        let now: Option<(f64, f64, f64)> = session.script(LOOK, vec![json!(FROM_START)]).await?;
        same = if last.replace(now) == Some(now) {
            same + 1
        } else {
            0
        };
        Ok(match now {
            // One that nothing was drawn in yet is as high as it was made.
            Some((first, top, bottom)) if same >= STILL && bottom - top > 170.0 => {
                Ok((first, bottom))
            }
            _ => Err(format!("{now:?}")),
        })
    })
    .await
}

/// Where the bar's first button is, once the bar stands still.
pub async fn first_button(session: &Session) -> Result<(f64, f64)> {
    const FROM_FOOT: f64 = 66.0;
    let (first, bottom) = place(session).await?;
    Ok((first, bottom - FROM_FOOT))
}

/// Presses the first button of the bar, from which the bar gets into that state.
pub async fn press_bar(session: &Session, state: &str) -> Result<Bar> {
    press_bar_until(session, |bar| bar.state == state).await
}

/// The same with a real mouse, until the bar is as the test wants it. Nothing on the page can look into the bar's frame: its
/// first button stands at its start, above the one or two lines at its foot.
pub async fn press_bar_until(session: &Session, test: impl Fn(&Bar) -> bool) -> Result<Bar> {
    let (bar, _) = press_bar_timed(session, test).await?;
    Ok(bar)
}

/// The same, and the time from the press until the bar was so.
pub async fn press_bar_timed(
    session: &Session,
    test: impl Fn(&Bar) -> bool,
) -> Result<(Bar, Duration)> {
    let mut seen = None;
    for _ in 0..8 {
        let (x, y) = first_button(session).await?;
        let start = Instant::now();
        session.click_at(x, y).await?;
        // Where the bar was not drawn yet, the press has met nothing.
        let pressed = until("the bar", Duration::from_secs(3), async || {
            let now = bar(session).await?.unwrap_or_default();
            seen = Some(now.clone());
            Ok(if test(&now) {
                Ok(now)
            } else {
                Err(String::new())
            })
        });
        if let Ok(bar) = pressed.await {
            return Ok((bar, start.elapsed()));
        }
    }
    bail!("no button of the bar does it: {seen:?}")
}

/// Fills the form once, goes on where it has steps, and looks at what it holds once it has held the same for a second.
pub async fn fill_once(
    session: &Session,
    switches: &Switches,
    order: &str,
) -> Result<(Held, Counts)> {
    go(session, switches, order).await?;
    bar_is(session, "offered").await?;
    press_bar(session, "done").await?;
    loop {
        let settled = settled(session).await?;
        if !go_on(session).await? {
            return Ok(settled);
        }
    }
}

/// Goes on to the form's next step, if there is one, as a person does.
pub async fn go_on(session: &Session) -> Result<bool> {
    session
        .script(
            "const next = document.getElementById('next'); next?.click(); return !!next",
            Vec::new(),
        )
        .await
}

/// What the form holds once it has held the same for a second.
pub async fn settled(session: &Session) -> Result<(Held, Counts)> {
    const STILL: Duration = Duration::from_secs(1);
    let mut last = held(session).await?;
    let mut since = Instant::now();
    until("the form is settled", LONG, async || {
        let now = held(session).await?;
        if now != last {
            last = now;
            since = Instant::now();
        }
        Ok(if since.elapsed() > STILL {
            Ok(last.clone())
        } else {
            Err(String::new())
        })
    })
    .await
}

/// What a form holds that was filled from the claim that [`prepare`] makes.
pub struct Wanted {
    /// The words of the buyer's own.
    pub words: &'static str,
    /// What was paid.
    pub amount: f64,
    /// The names of the photos.
    pub photos: Vec<String>,
    pub videos: Vec<String>,
}

/// Whether a field holds what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    Right,
    Wrong,
    /// It holds nothing.
    Left,
}

impl Wanted {
    /// How each field came out, of those that a form asks.
    #[must_use]
    pub fn of(&self, held: &Held) -> [(&'static str, Came); 7] {
        let choice = |held: &Option<String>, wanted: &str| match held.as_deref() {
            None | Some("") => Came::Left,
            Some(held) if held == wanted => Came::Right,
            Some(_) => Came::Wrong,
        };
        let text = |held: &Option<String>, is_right: &dyn Fn(&str) -> bool| match held.as_deref() {
            None | Some("") => Came::Left,
            Some(held) if is_right(held) => Came::Right,
            Some(_) => Came::Wrong,
        };
        let files = |held: &[String], wanted: &[String]| match held {
            [] => Came::Left,
            held if held == wanted => Came::Right,
            _ => Came::Wrong,
        };
        let is_amount = |held: &str| {
            let held: f64 = held.replace(',', ".").parse().unwrap_or(-1.0);
            (held - self.amount).abs() < 0.001
        };
        let is_text =
            |held: &str| held.contains("The item arrived damaged.") && held.contains(self.words);
        [
            ("received", choice(&held.received, "yes")),
            ("solution", choice(&held.solution, "refund")),
            ("reason", choice(&held.reason, "damaged")),
            ("amount", text(&held.amount, &is_amount)),
            ("description", text(&held.description, &is_text)),
            ("photos", files(&held.photos, &self.photos)),
            ("videos", files(&held.videos, &self.videos)),
        ]
    }
}

/// What was paid, as the extension has read it.
pub async fn paid(session: &Session, order: &str) -> Result<f64> {
    let stored = session.stored().await?;
    let text = stored.get(&format!("order:{order}"));
    let text = text.and_then(|text| text.as_str()).context("a record")?;
    let id = OrderId::new(order).context("an order's number")?;
    let record = record_of_text(text, &id)
        .ok()
        .context("a readable record")?;
    Ok(record.total().context("a total")?.decimal().parse()?)
}

/// Adds photos to what is kept of the order: each a name, a number that makes its bytes its own, and how many bytes. Their SHA-256.
pub async fn add_photos(
    session: &Session,
    order: &str,
    photos: &[(String, u32, u32)],
) -> Result<Vec<String>> {
    session.goto("about:blank").await?;
    let page = format!("www/evidence.html#order={order}");
    session.goto(&session.extension_url(&page)).await?;
    until("the page of evidence", LONG, async || {
        let there: Option<bool> = session
            .script("return !!document.getElementById('add-files')", Vec::new())
            .await?;
        Ok(if there == Some(true) {
            Ok(())
        } else {
            Err("nothing to add files with".to_owned())
        })
    })
    .await?;
    // A picture of 3 by 2 pixels, and bytes behind its end.
    let script = r"
        const start = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAHUlEQVR4nGPYIid3wsbGZosNw/8TJ/5funTi/wkAWg8LHqHHyo0AAAAASUVORK5CYII='), (letter) => letter.charCodeAt(0));
        const transfer = new DataTransfer();
        const hashes = [];
        for (const [name, seed, size] of arguments[0]) {
          const bytes = new Uint8Array(size);
          let state = seed;
          for (let at = 0; at < size; at += 1) bytes[at] = (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
          bytes.set(start);
          transfer.items.add(new File([bytes], name, { type: 'image/png' }));
          hashes.push(crypto.subtle.digest('SHA-256', bytes).then((hash) => [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')));
        }
        const field = document.getElementById('add-files');
        field.files = transfer.files;
        field.dispatchEvent(new Event('change', { bubbles: true }));
        Promise.all(hashes).then(arguments[arguments.length - 1]);
    ";
    let hashes = session.async_script(script, vec![json!(photos)]).await?;
    let added = match photos.len() {
        1 => "1 file added".to_owned(),
        many => format!("{many} files added"),
    };
    extension::says(session, &[&added]).await?;
    Ok(serde_json::from_value(hashes)?)
}

/// A photo whose Exif data say where it was taken, in base64 and as it is.
pub fn located_photo() -> Result<(&'static str, Vec<u8>)> {
    let text = "/9j/4QBsRXhpZgAATU0AKgAAAAgAAgEQAAIAAAAIAAAAJoglAAQAAAABAAAALgAAAABDYW1lcmEAAAACAAEAAgAAAAJOAAAAAAIABQAAAAMAAABMAAAAAAAAACYAAAABAAAAKgAAAAEAAAAHAAAAAf/gABBKRklGAAEBAAABAAEAAP/bAEMAEAsMDgwKEA4NDhIREBMYKBoYFhYYMSMlHSg6Mz08OTM4N0BIXE5ARFdFNzhQbVFXX2JnaGc+TXF5cGR4XGVnY//bAEMBERISGBUYLxoaL2NCOEJjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY//AABEIAAYACAMBIgACEQEDEQH/xAAVAAEBAAAAAAAAAAAAAAAAAAAABv/EABcQAQADAAAAAAAAAAAAAAAAAAACFGH/xAAVAQEBAAAAAAAAAAAAAAAAAAAEBv/EABgRAAIDAAAAAAAAAAAAAAAAAAABBBRS/9oADAMBAAIRAxEAPwCWty0BUUI2EIuyNs//2Q==";
    Ok((text, base64(text).context("a photo")?))
}

/// A video that says where it was taken, in base64 and as it is: of what was recorded there are a few words.
pub fn located_video() -> Result<(&'static str, Vec<u8>)> {
    let text = "AAAAGGZ0eXBpc29tAAACAGlzb21tcDQyAAAAGW1kYXR3aGF0IHdhcyByZWNvcmRlZAAAAC5tb292AAAAJnVkdGEAAAAeqXh5egASFccrMzguNzIyMy0wMDkuMTM5My8=";
    Ok((text, base64(text).context("a video")?))
}

/// A WebP of one pixel, in base64.
pub const WEBP: &str = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA";

/// The SHA-256 of the files that the page's own script holds.
pub async fn hashes(session: &Session) -> Result<Vec<String>> {
    let files = files(session).await?;
    Ok(files
        .iter()
        .map(|bytes| Sha256::of(bytes).to_string())
        .collect())
}

/// The files that the page's own script holds.
pub async fn files(session: &Session) -> Result<Vec<Vec<u8>>> {
    // A page that is no secure one has no digests: it gives the bytes.
    let script = r"
        const done = arguments[arguments.length - 1];
        const read = (file) => new Promise((resolve) => {
          const reader = new FileReader();
          reader.onload = () => resolve([...new Uint8Array(reader.result)]);
          reader.onerror = () => resolve([]);
          reader.readAsArrayBuffer(file);
        });
        Promise.all(globalThis.demoForm.files.map(read)).then(done);
    ";
    Ok(serde_json::from_value(
        session.async_script(script, Vec::new()).await?,
    )?)
}

/// Everything that a person or a program can see of the page's controls and what stands around them, as one text.
pub async fn state(session: &Session) -> Result<String> {
    let script = r"
        const out = [];
        const look = (node) => {
          if (node.nodeType === Node.TEXT_NODE) return out.push(node.nodeValue);
          if (node.localName === 'recourse-fill') return;
          const attributes = node.getAttributeNames?.().map((name) => name + '=' + node.getAttribute(name)) ?? [];
          const held = [node.value, node.checked, node.selectedIndex, node.files && [...node.files].map((file) => file.name)];
          out.push('<' + node.localName + ' ' + attributes.join(' ') + '> ' + JSON.stringify(held));
          for (const child of node.shadowRoot?.childNodes ?? []) look(child);
          for (const child of (node.localName === 'iframe' ? node.contentDocument?.body : node).childNodes ?? []) look(child);
        };
        look(document.body);
        return out.join('\n');
    ";
    session.script(script, Vec::new()).await
}
