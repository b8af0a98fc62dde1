//! What is acknowledged as kept survives what happens to browsers and disks. `./build.sh faults` does many rounds of the same.

use harness::Browser;
use harness::faults::{Fault, Store};

async fn survives(browser: Browser) {
    for store in Store::ALL {
        for fault in Fault::ALL {
            // Thousands of files take minutes; the program is stopped in a test of its own.
            let elsewhere = matches!(fault, Fault::ManyFiles | Fault::Stopped);
            if store.browser() != browser || elsewhere {
                continue;
            }
            let rounds = if matches!(fault, Fault::Killed | Fault::Migrating) {
                3
            } else {
                1
            };
            match fault
                .run(store, rounds)
                .await
                .unwrap_or_else(|problem| panic!("{problem:#}"))
            {
                Ok(tally) => {
                    println!("{}", tally.line(store, fault));
                    assert!(
                        tally.passes(fault),
                        "{}, {}: {:?}",
                        store.name(),
                        fault.name(),
                        tally.examples
                    );
                }
                Err(why) => println!("  – {}, {}: not tried: {why}", store.name(), fault.name()),
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_chromium() {
    survives(Browser::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_firefox() {
    survives(Browser::Firefox).await;
}
