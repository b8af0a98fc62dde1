//! Waiting for something to become true, by looking again and again.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// Longer than anything on these pages should ever take, on a busy machine too.
pub const LONG: Duration = Duration::from_secs(40);
const PAUSE: Duration = Duration::from_millis(25);

/// Asks until the answer is `Ok(Ok(value))`. `Ok(Err(what))` means "not yet, I see this instead", and the last such answer is in the
/// error when the time is up; `Err` ends the waiting at once.
pub async fn until<T, F>(what: &str, limit: Duration, mut ask: F) -> Result<T>
where
    F: AsyncFnMut() -> Result<Result<T, String>>,
{
    let start = Instant::now();
    loop {
        match ask().await? {
            Ok(value) => return Ok(value),
            Err(instead) if start.elapsed() > limit => {
                // A whole page of text helps nobody.
                let instead: String = instead.chars().take(400).collect();
                bail!(
                    "{what}: not within {:.0} s; at last: {instead}",
                    limit.as_secs_f64()
                );
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}
