//! The processes of a browser, as the system lists them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::Result;

/// The processes that this one has started, and those that they have.
pub fn descendants(of: u32) -> Result<Vec<u32>> {
    let mut parents = Vec::new();
    for entry in std::fs::read_dir("/proc")? {
        let Ok(id) = entry?.file_name().to_string_lossy().parse::<u32>() else {
            continue;
        };
        // One that has ended meanwhile is none.
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        // The name is in brackets and can hold anything.
        let rest = stat.rsplit(')').next().unwrap_or_default();
        if let Some(parent) = rest
            .split_whitespace()
            .nth(1)
            .and_then(|parent| parent.parse::<u32>().ok())
        {
            parents.push((id, parent));
        }
    }
    let mut found = vec![of];
    let mut at = 0;
    while let Some(&parent) = found.get(at) {
        found.extend(
            parents
                .iter()
                .filter(|(_, other)| *other == parent)
                .map(|(id, _)| *id),
        );
        at += 1;
    }
    Ok(found.split_off(1))
}

/// What all processes below this one hold in memory, in kilobytes: what is shared counts once, what is only a file's not at all.
pub fn memory(of: u32) -> Result<u64> {
    let held = |id: u32| {
        let sums = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
        let ours = |line: &&str| line.starts_with("Pss_Anon:") || line.starts_with("Pss_Shmem:");
        let lines = sums.lines().filter(ours);
        lines
            .filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok())
            .sum::<u64>()
    };
    Ok(descendants(of)?.into_iter().map(held).sum())
}

/// Looks again and again at what the processes below one hold, until it is asked.
pub struct Peak {
    most: Arc<AtomicU64>,
    ends: Arc<AtomicBool>,
    thread: JoinHandle<()>,
    before: u64,
}

impl Peak {
    pub fn watch(of: u32) -> Result<Self> {
        let before = memory(of)?;
        let most = Arc::new(AtomicU64::new(before));
        let ends = Arc::new(AtomicBool::new(false));
        let thread = std::thread::spawn({
            let (most, ends) = (Arc::clone(&most), Arc::clone(&ends));
            move || {
                while !ends.load(Ordering::Relaxed) {
                    most.fetch_max(memory(of).unwrap_or_default(), Ordering::Relaxed);
                    std::thread::sleep(Duration::from_millis(40));
                }
            }
        });
        Ok(Self {
            most,
            ends,
            thread,
            before,
        })
    }

    /// Megabytes above what there was in the beginning.
    #[allow(clippy::cast_precision_loss, reason = "megabytes, to look at")]
    pub fn megabytes(self) -> f64 {
        self.ends.store(true, Ordering::Relaxed);
        let _ = self.thread.join();
        (self.most.load(Ordering::Relaxed) - self.before) as f64 / 1_024.0
    }
}
