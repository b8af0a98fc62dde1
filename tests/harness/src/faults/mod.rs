//! Does to the locker what happens to browsers and disks, and compares what was acknowledged with what is there afterwards.
//!
//! | module | subject |
//! |---|---|
//! | [`page`] | a browser with a profile that stays, and in it a page in the extension's own origin that writes |
//! | [`model`] | what was acknowledged, and what has become of it |
//! | [`program`] | the background program, stopped wherever it waits |
//! | [`disk`] | a small disk in a file, and what can be done to a profile on the disk |
//! | [`rounds`] | the faults themselves |

mod disk;
mod model;
mod page;
mod program;
mod rounds;

use anyhow::{Result, ensure};

use crate::Browser;
pub use disk::{Disk, copy};
pub use model::Tally;
pub use page::Store;
pub use program::{Telling, wherever_it_waits};
pub use rounds::Fault;

/// Runs so many rounds of each fault, or of one, and prints the table.
pub async fn run(browsers: &[Browser], rounds: usize, only: Option<Fault>) -> Result<()> {
    let mut all = Vec::new();
    for store in Store::ALL {
        if !browsers.contains(&store.browser()) {
            continue;
        }
        for fault in Fault::ALL {
            if only.is_some_and(|only| only != fault) {
                continue;
            }
            match fault.run(store, rounds).await? {
                Ok(tally) => {
                    println!("{}", tally.line(store, fault));
                    all.push((store, fault, tally));
                }
                Err(why) => println!("  – {}, {}: not tried: {why}", store.name(), fault.name()),
            }
        }
    }
    println!("\n{}", Tally::HEAD);
    for (store, fault, tally) in &all {
        println!("{}", tally.line(*store, *fault));
    }
    let bad: Vec<String> = all
        .iter()
        .filter(|(_, fault, tally)| !tally.passes(*fault))
        .map(|(store, fault, _)| format!("{}, {}", store.name(), fault.name()))
        .collect();
    ensure!(bad.is_empty(), "not as it should be: {}", bad.join("; "));
    Ok(())
}
