//! The browser gives no more room than so many bytes: what does not fit is refused with a clear word, and nothing of what is kept is lost.

use std::io::Write as _;

use anyhow::{Result, ensure};
use harness::pages::{evidence, extension};
use harness::{Browser, LONG, Options, Steps, in_both_browsers, until};

in_both_browsers!(run);

const ORDER: &str = "8230417750000001";
/// What the browser gives in all, in mebibytes.
const QUOTA: u32 = 60;

async fn run(browser: Browser) {
    let options = Options {
        quota: Some(QUOTA),
        ..Options::default()
    };
    Steps::run("quota", browser, options, async |steps| {
        steps
            .step("what fits is kept", async |session| {
                session.limit(Some(QUOTA)).await?;
                evidence::open(session, ORDER).await?;
                evidence::write(session, "The charger gets hot").await?;
                let fits = file("fits", 8)?;
                session.choose_files("#add-files", &[fits.path()]).await?;
                extension::says(session, &["fits", "1 file added"]).await
            })
            .await;
        steps
            .rough_step("what does not fit is refused", async |session| {
                let before = evidence::pieces(session).await?;
                let large = file("large", 100)?;
                session.choose_files("#add-files", &[large.path()]).await?;
                extension::says(session, &["There is no room left"]).await?;
                until("nothing of it is left", LONG, async || {
                    let now = evidence::pieces(session).await?;
                    Ok(if now == before {
                        Ok(())
                    } else {
                        Err(format!("{now} pieces, before {before}"))
                    })
                })
                .await
            })
            .await;
        steps
            .rough_step(
                "a note is still kept, and all that was kept before",
                async |session| {
                    evidence::write(session, "The charger gets hot and smells").await?;
                    evidence::open(session, ORDER).await?;
                    extension::says(session, &["fits"]).await?;
                    let notes = evidence::notes(session).await?;
                    ensure!(notes == ["The charger gets hot and smells"], "{notes:?}");
                    let archive = evidence::saved_backup(session).await?;
                    let kept = evidence::evidence_in(session, &archive).await?;
                    ensure!(
                        kept["evidence"].as_array().map(Vec::len) == Some(2),
                        "{kept}"
                    );
                    Ok(())
                },
            )
            .await;
        if browser == Browser::Chromium {
            steps
                .step("with room it goes on", async |session| {
                    session.limit(None).await?;
                    evidence::open(session, ORDER).await?;
                    let large = file("large", 100)?;
                    session.choose_files("#add-files", &[large.path()]).await?;
                    extension::says(session, &["large", "1 file added"]).await
                })
                .await;
        }
    })
    .await;
}

/// A file of so many mebibytes that no browser can make smaller.
fn file(name: &str, mebibytes: usize) -> Result<tempfile::NamedTempFile> {
    let mut file = tempfile::Builder::new()
        .prefix(&format!("{name}-"))
        .suffix(".bin")
        .tempfile()?;
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut bytes = vec![0; mebibytes << 20];
    for part in bytes.chunks_exact_mut(8) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        part.copy_from_slice(&state.to_le_bytes());
    }
    file.write_all(&bytes)?;
    Ok(file)
}
