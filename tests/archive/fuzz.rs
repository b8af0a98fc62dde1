//! Archives that nobody wrote: bytes as they come, and a backup with bytes of it changed, for as many seconds as
//! `RECOURSE_FUZZ_SECONDS` says. `cargo bolero` can steer it too.

use std::time::Duration;

use recourse::archive::backup::Backup;
use recourse::archive::manifest;

use super::{Bytes, backup, contents, items, run};

/// Nothing fails, and what is taken is a whole backup.
fn read(bytes: Vec<u8>) -> bool {
    let source = Bytes(bytes);
    let Ok(read) = run(Backup::open(&source)) else {
        return false;
    };
    if run(read.check(&source, |_| true)) != Ok(true) {
        return false;
    }
    for (hash, _) in read.named() {
        assert!(
            read.items
                .iter()
                .any(|item| item.file().is_some_and(|file| file.hash == hash))
        );
    }
    true
}

/// What is taken as a manifest says the same when it is written again.
fn read_again(bytes: &[u8]) {
    if let Ok(contents) = manifest::read(bytes) {
        let text = manifest::text("0.1.0", &contents);
        assert_eq!(manifest::read(text.as_bytes()), Ok(contents));
    }
}

/// Each two bytes of the input say where, the next what.
fn changed_by(whole: &[u8], input: &[u8]) -> Vec<u8> {
    let mut changed = whole.to_vec();
    for part in input.chunks_exact(3).take(8) {
        let at = usize::from(part[0]) << 8 | usize::from(part[1]);
        let at = at % changed.len();
        changed[at] = part[2];
    }
    changed
}

#[test]
fn no_bytes_make_the_reader_fail() {
    let whole = backup();
    let text = manifest::text("0.1.0", &contents());
    assert!(read(whole.clone()));
    let seconds = std::env::var("RECOURSE_FUZZ_SECONDS");
    let seconds = seconds
        .ok()
        .and_then(|seconds| seconds.parse().ok())
        .unwrap_or(2);
    bolero::check!()
        .with_test_time(Duration::from_secs(seconds))
        .for_each(|input: &[u8]| {
            read(input.to_vec());
            read_again(input);
            // The sums of an archive keep what is changed in a manifest from being looked at.
            read_again(&changed_by(text.as_bytes(), input));
            let changed = changed_by(&whole, input);
            let same = changed == whole;
            if read(changed.clone()) && !same {
                // Only what is for people may differ.
                let read = run(Backup::open(&Bytes(changed))).unwrap();
                assert_eq!(read.items.len(), items().len());
            }
        });
}
