//! Waiting for what is being kept.

use super::dom::Timer;

/// After so many milliseconds nobody should believe any more that it is as good as kept: it is said within two seconds.
const LATE_MS: i32 = 1_500;

/// What comes of keeping something. Where that takes long, `late` says meanwhile that it is not kept: it may be yet, and then its outcome is
/// said in place of that.
pub async fn kept<T>(keeping: impl Future<Output = T>, late: impl FnMut() + 'static) -> T {
    let timer = Timer::after(LATE_MS, late);
    let outcome = keeping.await;
    drop(timer);
    outcome
}
