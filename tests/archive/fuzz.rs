//! Archives that nobody wrote: bytes as they come, and a backup with bytes of it changed, for as many seconds as
//! `RECOURSE_FUZZ_SECONDS` says. `cargo bolero` can steer it too.

use std::time::Duration;

use recourse::archive::backup::Backup;
use recourse::archive::manifest;

use super::{Bytes, backup, items, run};

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

#[test]
fn no_bytes_make_the_reader_fail() {
    let whole = backup();
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
            let _ = manifest::read(input);
            // Each two bytes say where, the next what.
            let mut changed = whole.clone();
            for part in input.chunks_exact(3).take(8) {
                let at = usize::from(part[0]) << 8 | usize::from(part[1]);
                let at = at % changed.len();
                changed[at] = part[2];
            }
            let same = changed == whole;
            if read(changed.clone()) && !same {
                // Only what is for people may differ.
                let read = run(Backup::open(&Bytes(changed))).unwrap();
                assert_eq!(read.items.len(), items().len());
            }
        });
}
