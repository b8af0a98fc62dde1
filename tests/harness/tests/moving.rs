//! A backup moves between browsers: from one into an empty profile of the other, and back, and nothing is another afterwards.

use anyhow::{Context as _, Result, ensure};
use harness::pages::{evidence, extension, form, order_detail};
use harness::{Browser, Options, Session};
use local_site::Site;
use serde_json::{Value, json};

const ORDER: &str = "8230417750000001";

#[tokio::test(flavor = "multi_thread")]
async fn from_chromium_to_firefox_and_back() {
    there_and_back(Browser::Chromium, Browser::Firefox)
        .await
        .unwrap_or_else(|problem| panic!("{problem:#}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn from_firefox_to_chromium_and_back() {
    there_and_back(Browser::Firefox, Browser::Chromium)
        .await
        .unwrap_or_else(|problem| panic!("{problem:#}"));
}

async fn there_and_back(one: Browser, other: Browser) -> Result<()> {
    let site = Site::start(0).await?;
    let first = start(one, &site).await?;
    write(&first).await?;
    let archive = evidence::saved_backup(&first).await?;
    let before = evidence::everything_in(&first, &archive).await?;
    let count = |name: &str| before[name].as_array().map(Vec::len);
    ensure!(
        count("orders") == Some(1) && count("claims") == Some(1),
        "an order, and the claim about it: {before}"
    );
    ensure!(
        before["files"].to_string().contains("\"small/"),
        "the photo has no small picture: {before}"
    );
    let size = evidence::size_of(&first, &archive).await?;
    first.close();
    let second = start(other, &site).await?;
    bring_back(&second, &archive).await?;
    let moved = evidence::saved_backup(&second).await?;
    ensure!(
        evidence::everything_in(&second, &moved).await? == before,
        "it is another in {}",
        other.name()
    );
    second.close();
    let third = start(one, &site).await?;
    bring_back(&third, &moved).await?;
    // The second time changes nothing.
    evidence::choose(&third, &archive).await?;
    extension::says(
        &third,
        &["0 pieces in it are not here.", "5 pieces are here already."],
    )
    .await?;
    let press = "document.getElementById('restore-merge').click()";
    third.script::<Value>(press, Vec::new()).await?;
    extension::says(&third, &["Done: 0 pieces brought back or changed."]).await?;
    let again = evidence::saved_backup(&third).await?;
    ensure!(
        evidence::everything_in(&third, &again).await? == before,
        "it is another after it came back to {}",
        one.name()
    );
    // The bytes of the files too: the whole file of the backup differs only in when it was made.
    ensure!(
        evidence::size_of(&third, &again).await? == size,
        "the backups differ in length"
    );
    third.close();
    Ok(())
}

async fn start(browser: Browser, site: &Site) -> Result<Session> {
    Session::start(browser, site, Options::default()).await
}

/// An order with a claim about it, notes with earlier texts, files of several pieces, and a photo.
async fn write(session: &Session) -> Result<()> {
    let shop = form::shop();
    let order = form::completed(&shop).next().context("an order")?;
    order_detail::read(session, &shop, &order).await?;
    form::prepare(session, &order, "damaged", form::WORDS).await?;
    evidence::open(session, ORDER).await?;
    for text in [
        "The box came torn at one side. The charger inside is broken into two parts.",
        "Short",
    ] {
        evidence::write(session, text).await?;
    }
    session
        .script::<Value>(
            "document.getElementById('another-note').click()",
            Vec::new(),
        )
        .await?;
    evidence::write(session, "\u{202e}Коробка \u{1f4e6} \\n \"so\" وصل").await?;
    let script = "
        const transfer = new DataTransfer();
        for (const { name, size } of arguments[0]) {
          const bytes = new Uint8Array(size).map((_, at) => (at * 7919 + size) >>> 3);
          transfer.items.add(new File([bytes], name));
        }
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [600, 400];
        canvas.getContext('2d').fillRect(100, 100, 300, 200);
        const photo = Uint8Array.from(atob(canvas.toDataURL('image/png').split(',')[1]), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([photo], 'torn box.png', { type: 'image/png' }));
        const field = document.getElementById('add-files');
        field.files = transfer.files;
        field.dispatchEvent(new Event('change', { bubbles: true }));
    ";
    let files = json!([{ "name": "CON.bin", "size": 3_000_000 }, { "name": "ящик.bin", "size": 1_048_576 }]);
    session.script::<Value>(script, vec![files]).await?;
    extension::says(session, &["3 files added", "1 earlier version"]).await
}

async fn bring_back(session: &Session, archive: &str) -> Result<()> {
    evidence::open_all(session).await?;
    evidence::choose(session, archive).await?;
    extension::says(session, &["5 pieces in it are not here."]).await?;
    let press = "document.getElementById('restore-merge').click()";
    session.script::<Value>(press, Vec::new()).await?;
    extension::says(session, &["Done: 6 pieces brought back or changed."]).await
}
