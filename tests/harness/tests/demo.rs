//! The demo, walked through as it is without a display: it ends well only if the list shows what two orders' own pages print.

use harness::{Browser, demo, in_both_browsers};

in_both_browsers!(run);

async fn run(browser: Browser) {
    let walked = demo::run(browser, true).await;
    walked.expect("the demo ends well");
}
