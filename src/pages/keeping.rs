//! Waiting for what is being kept.

use std::pin::pin;
use std::task::Poll;

use gloo_timers::future::TimeoutFuture;

use super::dom::Timer;

/// After so many milliseconds nobody should believe any more that it is as good as kept: it is said within two seconds.
const LATE_MS: u16 = 1_500;

/// What is said in the place of the browser's own words, where it says nothing.
pub const UNANSWERED: &str = "the browser has not answered yet";

/// What comes of keeping something. Where that takes long, `late` says meanwhile that it is not kept: it may be yet, and then its outcome is
/// said in place of that.
pub async fn kept<T>(keeping: impl Future<Output = T>, late: impl FnMut() + 'static) -> T {
    let timer = Timer::after(LATE_MS.into(), late);
    let outcome = keeping.await;
    drop(timer);
    outcome
}

/// What comes of something without which the page goes on; `None` where that takes long.
pub async fn in_time<T>(asked: impl Future<Output = T>) -> Option<T> {
    let mut asked = pin!(asked);
    let mut limit = pin!(TimeoutFuture::new(LATE_MS.into()));
    std::future::poll_fn(|context| match asked.as_mut().poll(context) {
        Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
        Poll::Pending => limit.as_mut().poll(context).map(|()| None),
    })
    .await
}
