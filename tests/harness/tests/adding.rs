//! Evidence on its way in: pasted, dropped, filmed; stopped half-way, refused by the browser, written on two pages at once.

use std::io::Write as _;

use anyhow::{Result, ensure};
use harness::pages::{evidence, extension};
use harness::{Browser, LONG, Options, Session, Steps, Width, in_both_browsers, until};
use serde_json::{Value, json};

in_both_browsers!(run);

const ORDER: &str = "8230417750000001";

async fn run(browser: Browser) {
    Steps::run("adding", browser, Options::default(), async |steps| {
        steps
            .step("a picture is pasted", async |session| paste(session).await)
            .await;
        steps
            .step("several files are dropped", async |session| {
                dropped(session).await
            })
            .await;
        steps
            .step("a video has a size and a picture", async |session| {
                video(session).await
            })
            .await;
        steps
            .step(
                "a large picture is made fit for the form",
                async |session| fitted(session).await,
            )
            .await;
        steps
            .step(
                "a long import is stopped and leaves nothing",
                async |session| stopped(session).await,
            )
            .await;
        steps
            .step(
                "a film of four gigabytes is refused at once",
                async |session| too_large(session).await,
            )
            .await;
        steps
            .step(
                "a file that changes before it is read is not added",
                async |session| changed(session).await,
            )
            .await;
        steps
            .step(
                "a file that changes while it is read is not added",
                async |session| changed_meanwhile(session).await,
            )
            .await;
        steps
            .step("two pages write one note at once", async |session| {
                two_pages(session).await
            })
            .await;
        steps
            .rough_step(
                "the quota is reached while a note is written",
                async |session| quota(session).await,
            )
            .await;
        steps
            .step(
                "nothing of it is there in private windows",
                async |session| private(session).await,
            )
            .await;
        steps
            .step("from right to left", async |session| {
                right_to_left(session).await
            })
            .await;
        steps
            .step("on paper", async |session| on_paper(session).await)
            .await;
    })
    .await;
}

/// A transfer with these files, as the clipboard and the mouse carry them.
const TRANSFER: &str = "
    const transfer = new DataTransfer();
    for (const { name, type, text } of arguments[0]) transfer.items.add(new File([text], name, { type }));
";

async fn paste(session: &Session) -> Result<()> {
    evidence::open(session, ORDER).await?;
    let script = "
        const [done] = arguments;
        const canvas = new OffscreenCanvas(40, 30);
        canvas.getContext('2d').fillRect(3, 4, 20, 10);
        canvas.convertToBlob({ type: 'image/png' }).then((picture) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([picture], 'image.png', { type: 'image/png' }));
          // Firefox gives an event that was made by hand no clipboard, and runs this script in another world than the page's own.
          const page = window.wrappedJSObject ?? window;
          const paste = new page.Event('paste', { bubbles: true, cancelable: true });
          page.Object.defineProperty(paste, 'clipboardData', { value: transfer.wrappedJSObject ?? transfer });
          // As when the user is in the middle of a note.
          done(document.querySelector('#main textarea').dispatchEvent(paste));
        });
    ";
    let goes_on = session.async_script(script, Vec::new()).await?;
    ensure!(
        goes_on == false,
        "the picture's bytes would go into the note"
    );
    extension::says(session, &["image.png", "40 × 30", "1 file added"]).await?;
    let text = format!(
        "{TRANSFER}
        transfer.setData('text/plain', 'words');
        const paste = new ClipboardEvent('paste', {{ clipboardData: transfer, bubbles: true, cancelable: true }});
        return document.querySelector('#main textarea').dispatchEvent(paste);"
    );
    let goes_on: bool = session.script(&text, vec![json!([])]).await?;
    ensure!(goes_on, "words are no file: they go into the note");
    Ok(())
}

async fn dropped(session: &Session) -> Result<()> {
    evidence::open(session, ORDER).await?;
    let script = format!(
        "{TRANSFER}
        const drag = (kind) => document.getElementById('main').dispatchEvent(
          new DragEvent(kind, {{ dataTransfer: transfer, bubbles: true, cancelable: true }}));
        const over = drag('dragover');
        const marked = document.querySelector('.zone').hasAttribute('data-over');
        return [over, marked, drag('drop')];"
    );
    let files = json!([
        { "name": "seller.txt", "type": "text/plain", "text": "Dear friend, please wait" },
        { "name": "label.txt", "type": "text/plain", "text": "RX 123 456" },
        { "name": "../../a\u{202e}gpj.txt", "type": "text/plain", "text": "a name that leads elsewhere" },
    ]);
    let [over, marked, drop]: [bool; 3] = session.script(&script, vec![files]).await?;
    ensure!(!over && !drop, "the browser would open the files instead");
    ensure!(marked, "the page does not show that they can be dropped");
    extension::says(
        session,
        &["seller.txt", "label.txt", "agpj.txt", "3 files added"],
    )
    .await?;
    let names: Vec<String> = session
        .script(
            "return [...document.querySelectorAll('.tiles .name')].map((name) => name.textContent)",
            Vec::new(),
        )
        .await?;
    ensure!(
        names.iter().any(|name| name == "agpj.txt"),
        "the name can lead astray: {names:?}"
    );
    Ok(())
}

/// A second of a canvas, as the browser films it.
async fn video(session: &Session) -> Result<()> {
    evidence::open(session, ORDER).await?;
    let script = "
        const [done] = arguments;
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [160, 120];
        const pen = canvas.getContext('2d');
        let hue = 0;
        const paint = setInterval(() => { pen.fillStyle = `hsl(${hue += 20} 80% 50%)`; pen.fillRect(0, 0, 160, 120); }, 30);
        const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' });
        const parts = [];
        recorder.ondataavailable = ({ data }) => parts.push(data);
        recorder.onstop = () => {
          clearInterval(paint);
          const transfer = new DataTransfer();
          transfer.items.add(new File(parts, 'opening.webm', { type: 'video/webm' }));
          const field = document.getElementById('add-files');
          field.files = transfer.files;
          field.dispatchEvent(new Event('change', { bubbles: true }));
          done(null);
        };
        recorder.start();
        setTimeout(() => recorder.stop(), 1000);
    ";
    session.async_script(script, Vec::new()).await?;
    extension::says(session, &["opening.webm", "160 × 120", "1 file added"]).await?;
    until("a picture of the video", LONG, async || {
        let look = "const tile = [...document.querySelectorAll('.tiles li')].find((tile) => tile.textContent.includes('opening.webm')); \
                    const image = tile?.querySelector('img'); return !!image?.complete && image.naturalWidth > 0";
        let shown: bool = session.script(look, Vec::new()).await?;
        Ok(shown.then_some(()).ok_or_else(String::new))
    })
    .await
}

async fn fitted(session: &Session) -> Result<()> {
    evidence::open(session, ORDER).await?;
    // Noise cannot be made smaller: about 6 MB.
    let script = "
        const [done] = arguments;
        const canvas = new OffscreenCanvas(1600, 1200);
        const pen = canvas.getContext('2d');
        const image = pen.createImageData(1600, 1200);
        for (let at = 0; at < image.data.length; at += 65536) crypto.getRandomValues(image.data.subarray(at, at + 65536));
        pen.putImageData(image, 0, 0);
        canvas.convertToBlob({ type: 'image/png' }).then((picture) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([picture], 'scan.png', { type: 'image/png' }));
          const field = document.getElementById('add-files');
          field.files = transfer.files;
          field.dispatchEvent(new Event('change', { bubbles: true }));
          done(picture.size);
        });
    ";
    let size = session.async_script(script, Vec::new()).await?;
    ensure!(size.as_u64() > Some(2_000_000), "it is small: {size}");
    extension::says(session, &["scan.png", "Copy for the form"]).await?;
    let script = "
        const done = arguments[0];
        // The page's own world: Firefox runs this script in another one.
        const page = window.wrappedJSObject ?? window;
        const { createObjectURL } = page.URL;
        const { click } = page.HTMLElement.prototype;
        let copy;
        page.URL.createObjectURL = function (blob) { copy = [blob.size, blob.type]; return 'blob:taken'; };
        page.HTMLElement.prototype.click = function () { copy?.push(this.download); };
        const button = [...document.querySelectorAll('button')].find((button) => button.textContent === 'Copy for the form');
        button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        const look = setInterval(() => {
          if (copy?.length !== 3) return;
          clearInterval(look);
          page.HTMLElement.prototype.click = click;
          page.URL.createObjectURL = createObjectURL;
          done([...copy]);
        }, 20);
    ";
    let made = session.async_script(script, Vec::new()).await?;
    ensure!(
        made[0].as_u64().is_some_and(|size| size <= 2_000_000),
        "{made}"
    );
    ensure!(made[1] == "image/jpeg" && made[2] == "scan.jpg", "{made}");
    Ok(())
}

async fn stopped(session: &Session) -> Result<()> {
    evidence::open(session, ORDER).await?;
    let before = evidence::pieces(session).await?;
    let mut long = tempfile::Builder::new()
        .prefix("long-")
        .suffix(".bin")
        .tempfile()?;
    for part in 0..400_u32 {
        long.write_all(&vec![part as u8; 1 << 20])?;
    }
    session.choose_files("#add-files", &[long.path()]).await?;
    until("it is under way", LONG, async || {
        let at = "return document.querySelector('.progress:not([hidden]) progress')?.value ?? 0";
        let at: f64 = session.script(at, Vec::new()).await?;
        Ok(if at > 0.02 {
            Ok(())
        } else {
            Err(at.to_string())
        })
    })
    .await?;
    let press = "document.getElementById('stop-adding').click()";
    session.script::<Value>(press, Vec::new()).await?;
    extension::says(session, &["Stopped. What was added before is kept."]).await?;
    let after = evidence::pieces(session).await?;
    ensure!(after == before, "{} pieces are left", after - before);
    let listed: bool = session
        .script(
            "return document.querySelector('.tiles').textContent.includes('long-')",
            Vec::new(),
        )
        .await?;
    ensure!(!listed, "what was stopped is listed");
    Ok(())
}

/// The file takes no room on the disk: there is nothing in it.
async fn too_large(session: &Session) -> Result<()> {
    evidence::open(session, ORDER).await?;
    let before = evidence::pieces(session).await?;
    let film = tempfile::Builder::new()
        .prefix("film-")
        .suffix(".mp4")
        .tempfile()?;
    film.as_file().set_len(4 << 30)?;
    session.choose_files("#add-files", &[film.path()]).await?;
    extension::says(
        session,
        &["it is too large (4", "Cut the video, or save it smaller."],
    )
    .await?;
    ensure!(
        evidence::pieces(session).await? == before,
        "some of it is kept"
    );
    // The next file is added all the same.
    let mut short = tempfile::Builder::new()
        .prefix("short-")
        .suffix(".txt")
        .tempfile()?;
    short.write_all(b"Cut to what matters")?;
    session.choose_files("#add-files", &[short.path()]).await?;
    extension::says(session, &["short-", "1 file added"]).await
}

/// Between the choice and the first byte that is read, the file on the disk becomes another. Firefox tells only of one that has become
/// shorter: it reads the other's bytes, as far as the first was long.
async fn changed(session: &Session) -> Result<()> {
    let hold = "
        const hold = (event) => { if (event.target.id === 'add-files') event.stopImmediatePropagation(); };
        window.addEventListener('change', hold, { capture: true, once: true });
    ";
    let noted = "return document.getElementById('add-files').files[0].size;";
    let release = "
        document.getElementById('add-files').dispatchEvent(new Event('change', { bubbles: true }));
    ";
    let texts = [
        "Short",
        "The other text",
        "A text that is longer than the first",
    ];
    let told = match session.browser {
        Browser::Chromium => texts.len(),
        Browser::Firefox => 1,
    };
    for (number, text) in texts.into_iter().take(told).enumerate() {
        evidence::open(session, ORDER).await?;
        let before = evidence::pieces(session).await?;
        let mut file = tempfile::Builder::new()
            .prefix(&format!("changes-{number}-"))
            .suffix(".txt")
            .tempfile()?;
        file.write_all(b"The first text")?;
        // By the clock of the disk it has to be another time.
        let first = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
        file.as_file().set_modified(first)?;
        session.script::<Value>(hold, Vec::new()).await?;
        session.choose_files("#add-files", &[file.path()]).await?;
        // Chromium notes size and time a moment after the choice; before that nothing has changed for it.
        session.script::<Value>(noted, Vec::new()).await?;
        std::fs::write(file.path(), text)?;
        session.script::<Value>(release, Vec::new()).await?;
        extension::says(session, &["it was moved, deleted or changed meanwhile"]).await?;
        ensure!(
            evidence::pieces(session).await? == before,
            "some of it is kept"
        );
    }
    Ok(())
}

/// Its beginning or its end is another when all of it was read. That is made by hand: no test can write a file at that moment.
async fn changed_meanwhile(session: &Session) -> Result<()> {
    let change = "
        const changes = arguments[0];
        // The page's own world: Firefox runs this script in another one.
        const page = window.wrappedJSObject ?? window;
        const { slice } = page.Blob.prototype;
        const read = {};
        page.Blob.prototype.slice = function (from, to) {
          read[from] = (read[from] ?? 0) + 1;
          const seen = from === 0 ? 2 : 1;
          const other = (changes === 'beginning') === (from === 0) && read[from] > seen;
          return other ? new page.Blob(['x'.repeat(to - from)]) : slice.call(this, from, to);
        };
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(2_500_000)], `${changes}.bin`));
        const field = document.getElementById('add-files');
        field.files = transfer.files;
        field.dispatchEvent(new Event('change', { bubbles: true }));
    ";
    for changes in ["beginning", "end"] {
        evidence::open(session, ORDER).await?;
        let before = evidence::pieces(session).await?;
        session
            .script::<Value>(change, vec![changes.into()])
            .await?;
        extension::says(session, &["it was moved, deleted or changed meanwhile"]).await?;
        ensure!(
            evidence::pieces(session).await? == before,
            "some of it is kept"
        );
    }
    Ok(())
}

async fn two_pages(session: &Session) -> Result<()> {
    const OTHER: &str = "8230417750000002";
    evidence::open(session, OTHER).await?;
    session.goto("about:blank").await?;
    session
        .goto(&session.extension_url("www/evidence.html#order=8230417750000003"))
        .await?;
    extension::says(session, &["Stays on this computer"]).await?;
    // Two frames, so that both write in the same moment.
    let script = "
        const [address, done] = arguments;
        const frames = [0, 1].map(() => {
          const frame = document.createElement('iframe');
          frame.src = address;
          document.body.append(frame);
          return frame;
        });
        const field = (frame) => {
          const fields = [...frame.contentDocument?.querySelectorAll('#main textarea') ?? []];
          return fields.find(({ value }) => value) ?? fields[0];
        };
        const saved = (frame) => frame.contentDocument.querySelector('.status')?.dataset.state === 'saved';
        const write = (frame, text) => {
          field(frame).value = text;
          field(frame).dispatchEvent(new (frame.contentWindow.Event)('input', { bubbles: true }));
        };
        const when = (holds, next) => { const look = setInterval(() => { if (holds()) { clearInterval(look); next(); } }, 20); };
        when(() => frames.every(field), () => {
          write(frames[0], 'The box was open');
          when(() => saved(frames[0]) && field(frames[1]).value === 'The box was open', () => {
            write(frames[0], 'The box was open, says the first');
            write(frames[1], 'The box was open, says the second');
            when(() => frames.every(saved), () => done(null));
          });
        });
    ";
    let address = evidence::page_of(session, OTHER);
    session.async_script(script, vec![json!(address)]).await?;
    evidence::open(session, OTHER).await?;
    let notes = evidence::notes(session).await?;
    let texts: String = session
        .script(
            "return [...document.querySelectorAll('.versions .old')].map((old) => old.textContent).join('|')",
            Vec::new(),
        )
        .await?;
    let both = format!("{}|{texts}", notes.join("|"));
    ensure!(
        both.contains("says the first") && both.contains("says the second"),
        "one of two texts is gone: {both}"
    );
    Ok(())
}

async fn quota(session: &Session) -> Result<()> {
    evidence::open(session, ORDER).await?;
    let text = "The charger gets hot and smells";
    // What the browser does when the quota is reached, from now on.
    let script = "
        const [text, done] = arguments;
        // The page's own world: Firefox runs this script in another one.
        const page = window.wrappedJSObject ?? window;
        page.IDBObjectStore.prototype.put = function () { throw new page.DOMException('The quota has been exceeded.', 'QuotaExceededError'); };
        const field = document.querySelector('#main textarea');
        field.value = text;
        const start = performance.now();
        field.dispatchEvent(new Event('input', { bubbles: true }));
        const look = setInterval(() => {
          if (document.querySelector('.status').dataset.state !== 'not-saved') return;
          clearInterval(look);
          done([performance.now() - start, field.value, document.body.innerText]);
        }, 10);
    ";
    let said = session.async_script(script, vec![json!(text)]).await?;
    ensure!(said[0].as_f64() < Some(2_000.0), "it is said late: {said}");
    ensure!(said[1] == text, "the text is gone from the field: {said}");
    let words = said[2].as_str().unwrap_or_default();
    ensure!(words.contains("There is no room left"), "{words}");
    extension::accessible(session).await?;
    // There is room again: it is tried again by itself.
    let give = "
        const page = window.wrappedJSObject ?? window;
        const frame = document.createElement('iframe');
        document.body.append(frame);
        page.IDBObjectStore.prototype.put = (frame.contentWindow.wrappedJSObject ?? frame.contentWindow).IDBObjectStore.prototype.put;
    ";
    session.script::<Value>(give, Vec::new()).await?;
    until("it is saved after all", LONG, async || {
        let state = "return document.querySelector('.status').dataset.state ?? ''";
        let state: String = session.script(state, Vec::new()).await?;
        Ok(if state == "saved" { Ok(()) } else { Err(state) })
    })
    .await?;
    evidence::open(session, ORDER).await?;
    let notes = evidence::notes(session).await?;
    ensure!(notes.iter().any(|note| note == text), "{notes:?}");
    Ok(())
}

async fn private(session: &Session) -> Result<()> {
    let script = "
        const [done] = arguments;
        const { incognito } = chrome.runtime.getManifest();
        chrome.extension.isAllowedIncognitoAccess((allowed) => done([incognito, allowed]));
    ";
    let said = session.in_extension(script, Vec::new()).await?;
    ensure!(said == json!(["not_allowed", false]), "{said}");
    Ok(())
}

async fn right_to_left(session: &Session) -> Result<()> {
    evidence::open(session, ORDER).await?;
    session
        .script::<Value>(
            "document.getElementById('another-note').click()",
            Vec::new(),
        )
        .await?;
    evidence::write(
        session,
        "وصل الصندوق ممزقًا من الجانب، والشاحن USB-C لا يعمل.",
    )
    .await?;
    for width in [Width::Desktop, Width::Narrow] {
        session.set_width(width).await?;
        evidence::open(session, ORDER).await?;
        session
            .script::<Value>("document.documentElement.dir = 'rtl'", Vec::new())
            .await?;
        let wide: bool = session
            .script(
                "return document.documentElement.scrollWidth > innerWidth",
                Vec::new(),
            )
            .await?;
        ensure!(!wide, "at {width:?} it is wider than its window");
        extension::accessible(session).await?;
        let name = format!("e2e/evidence-rtl-{width:?}-{}.png", session.browser.name());
        session.screenshot(&name.to_lowercase()).await?;
    }
    session.set_width(Width::Desktop).await
}

/// What is handed to a bank or a court: the notes and the pictures, without what is only there to be pressed.
async fn on_paper(session: &Session) -> Result<()> {
    evidence::open(session, ORDER).await?;
    until("the pictures", LONG, async || {
        let count = "return [...document.querySelectorAll('.tiles img')].filter((image) => image.naturalWidth > 0).length";
        let count: u32 = session.script(count, Vec::new()).await?;
        Ok(if count == 3 { Ok(()) } else { Err(format!("there are {count}")) })
    })
    .await?;
    let name = format!("e2e/evidence-{}.pdf", session.browser.name());
    let pdf = session.print(&name).await?;
    ensure!(pdf.starts_with(b"%PDF"), "that is no PDF");
    let pictures = pdf.windows(6).filter(|part| *part == b"/Image").count();
    ensure!(pictures >= 3, "{pictures} pictures are printed");
    Ok(())
}
