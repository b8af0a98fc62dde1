//! The faults themselves.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::disk::{Disk, Harm, copy};
use super::model::{Model, Random, Tally};
use super::page::{Page, Store};
use super::program;

/// What happens to a browser or its disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// All processes of the browser are killed while two pages write and a file is added.
    Killed,
    /// The browser is killed while all records are brought to another version.
    Migrating,
    /// The page is left in the middle of what it writes.
    PageLeft,
    /// Thousands of files are added, and the browser is killed after the last.
    ManyFiles,
    /// The power is cut.
    PowerCut,
    /// There is no more room on the disk.
    DiskFull,
    Flipped,
    Truncated,
    Deleted,
    /// The background program is stopped wherever it waits, while pages tell it of orders.
    Stopped,
}

impl Fault {
    pub const ALL: [Self; 10] = [
        Self::Killed,
        Self::Migrating,
        Self::PageLeft,
        Self::ManyFiles,
        Self::PowerCut,
        Self::DiskFull,
        Self::Flipped,
        Self::Truncated,
        Self::Deleted,
        Self::Stopped,
    ];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Killed => "browser killed",
            Self::Migrating => "killed in migration",
            Self::PageLeft => "page left",
            Self::ManyFiles => "5,000 files",
            Self::PowerCut => "power cut",
            Self::DiskFull => "disk full",
            Self::Flipped => "bytes flipped",
            Self::Truncated => "file truncated",
            Self::Deleted => "file deleted",
            Self::Stopped => "program stopped",
        }
    }

    const fn harm(self) -> Option<Harm> {
        match self {
            Self::Flipped => Some(Harm::Flipped),
            Self::Truncated => Some(Harm::Truncated),
            Self::Deleted => Some(Harm::Deleted),
            _ => None,
        }
    }

    /// Whether files of the store are damaged.
    #[must_use]
    pub const fn damages(self) -> bool {
        self.harm().is_some()
    }

    /// What so many rounds have come to; or why it cannot be tried here.
    pub async fn run(self, store: Store, rounds: usize) -> Result<Result<Tally, String>> {
        let folder = tempfile::Builder::new()
            .prefix("recourse-faults-")
            .tempdir()?;
        let result = match (self, self.harm()) {
            (_, Some(harm)) => Ok(damaged(store, harm, rounds, folder.path()).await?),
            (Self::Killed, _) => Ok(killed(store, rounds, folder.path()).await?),
            (Self::Migrating, _) => Ok(migrating(store, rounds, folder.path()).await?),
            (Self::PageLeft, _) => Ok(page_left(store, rounds, folder.path()).await?),
            (Self::ManyFiles, _) => Ok(many_files(store, rounds, folder.path()).await?),
            (Self::Stopped, _) => match store {
                // It is no store of its own that is tried.
                Store::ChromiumLevelDb => Ok(program::stopped(rounds).await?),
                Store::ChromiumSqlite => Err("the program keeps nothing in that store".to_owned()),
                Store::Firefox => Err("Firefox lets nobody halt its background program".to_owned()),
            },
            (Self::PowerCut, _) => power_cut(store, rounds, folder.path()).await?,
            _ => disk_full(store, rounds, folder.path()).await?,
        };
        Ok(result)
    }
}

/// Opens the locker on both pages, on a profile with nothing on it or as the round before left it.
async fn begin(store: Store, home: &Path, model: &mut Model, tally: &mut Tally) -> Result<Page> {
    let page = Page::start(store, home).await?;
    model.compare(&page, tally).await?;
    page.open_second().await?;
    Ok(page)
}

/// Writes on both pages until the time is over. However slow the machine is, something is acknowledged before that.
async fn write_for(
    time: Duration,
    page: &Page,
    model: &mut Model,
    tally: &mut Tally,
) -> Result<()> {
    let mut random = Random::new();
    for _ in 0..3 {
        model.step(page, true, &mut random, tally).await?;
    }
    tokio::select! {
        ended = model.write(page, true, &mut random, tally) => ended.context("the browser went by itself"),
        () = tokio::time::sleep(time) => Ok(()),
    }
}

/// A disk of so many megabytes, with a folder on it for a profile; or why there can be none.
fn disk(folder: &Path, megabytes: u64) -> Result<(Disk, PathBuf), String> {
    let why = |problem| format!("it needs a disk in a file, and root for it: {problem:#}");
    let disk = Disk::make(folder, "disk", megabytes).map_err(why)?;
    let home = disk.root.join("home");
    std::fs::create_dir_all(&home).map_err(|problem| why(problem.into()))?;
    Ok((disk, home))
}

async fn killed(store: Store, rounds: usize, folder: &Path) -> Result<Tally> {
    /// Then a new profile is begun, so that young and old ones are tried.
    const PROFILE: usize = 25;
    let (mut tally, mut model, mut random) = (Tally::default(), Model::default(), Random::new());
    let mut home = PathBuf::new();
    for round in 0..rounds {
        if round % PROFILE == 0 {
            home = folder.join(round.to_string());
            std::fs::create_dir_all(&home)?;
            model = Model::default();
        }
        let page = begin(store, &home, &mut model, &mut tally).await?;
        let time = Duration::from_millis(100 + random.below(2_500));
        write_for(time, &page, &mut model, &mut tally).await?;
        page.kill()?;
        tally.rounds += 1;
        if round + 1 == rounds || (round + 1) % PROFILE == 0 {
            let page = Page::start(store, &home).await?;
            model.compare(&page, &mut tally).await?;
            page.end();
            std::fs::remove_dir_all(&home)?;
        }
    }
    Ok(tally)
}

async fn migrating(store: Store, rounds: usize, folder: &Path) -> Result<Tally> {
    let (mut tally, mut random) = (Tally::default(), Random::new());
    let (home, model) = whole(store, &folder.join("whole"), &mut random, &mut tally).await?;
    for _ in 0..rounds {
        let killed = folder.join("killed");
        copy(&home, &killed)?;
        let page = Page::start(store, &killed).await?;
        page.begin("migrate").await?;
        tokio::time::sleep(Duration::from_millis(random.below(400))).await;
        page.kill()?;
        let page = Page::start(store, &killed).await?;
        model.same().compare_migrated(&page, &mut tally).await?;
        page.end();
        std::fs::remove_dir_all(&killed)?;
        tally.rounds += 1;
    }
    Ok(tally)
}

/// A profile in the folder with notes and files in it, and what is in it.
async fn whole(
    store: Store,
    home: &Path,
    random: &mut Random,
    tally: &mut Tally,
) -> Result<(PathBuf, Model)> {
    std::fs::create_dir_all(home)?;
    let mut model = Model::default();
    let page = begin(store, home, &mut model, tally).await?;
    for _ in 0..150 {
        model.step(&page, true, random, tally).await?;
    }
    while model.is_importing() {
        model.look_for_files(&page, tally).await?;
    }
    page.end();
    Ok((home.to_owned(), model))
}

async fn page_left(store: Store, rounds: usize, folder: &Path) -> Result<Tally> {
    let (mut tally, mut model, mut random) = (Tally::default(), Model::default(), Random::new());
    let page = Page::start(store, folder).await?;
    model.compare(&page, &mut tally).await?;
    for _ in 0..rounds {
        let time = Duration::from_millis(random.below(300));
        model.burst(&page, time, &mut random, &mut tally).await?;
        page.reopen().await?;
        model.compare(&page, &mut tally).await?;
        tally.rounds += 1;
    }
    page.end();
    Ok(tally)
}

async fn many_files(store: Store, rounds: usize, folder: &Path) -> Result<Tally> {
    const FILES: u32 = 5_000;
    const SIZE: u32 = 3_000;
    /// Far longer than a slow machine takes for one.
    const PATIENCE: Duration = Duration::from_secs(60);
    let mut tally = Tally::default();
    // One round takes minutes.
    for round in 0..rounds.div_ceil(40) {
        let home = folder.join(round.to_string());
        std::fs::create_dir_all(&home)?;
        let mut model = Model::default();
        let page = begin(store, &home, &mut model, &mut tally).await?;
        page.begin_imports(FILES, SIZE).await?;
        let (mut known, mut last) = (0, Instant::now());
        while known < FILES as usize && last.elapsed() < PATIENCE {
            model.look_for_files(&page, &mut tally).await?;
            let now = tally.acknowledged + tally.refused - round * FILES as usize;
            if now > known {
                (known, last) = (now, Instant::now());
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        page.kill()?;
        if known < FILES as usize {
            tally.lost += FILES as usize - known;
            tally
                .examples
                .push(format!("{known} files were answered for"));
        }
        let page = Page::start(store, &home).await?;
        model.compare(&page, &mut tally).await?;
        page.end();
        std::fs::remove_dir_all(&home)?;
        tally.rounds += 1;
    }
    Ok(tally)
}

async fn power_cut(store: Store, rounds: usize, folder: &Path) -> Result<Result<Tally, String>> {
    let (mut tally, mut random) = (Tally::default(), Random::new());
    for _ in 0..rounds {
        let (disk, home) = match disk(folder, 600) {
            Ok(made) => made,
            Err(why) => return Ok(Err(why)),
        };
        let mut model = Model::default();
        let page = begin(store, &home, &mut model, &mut tally).await?;
        let time = Duration::from_millis(300 + random.below(5_000));
        write_for(time, &page, &mut model, &mut tally).await?;
        page.freeze()?;
        let after = disk.as_after_power_cut()?;
        page.kill()?;
        drop(disk);
        let home = after.root.join("home");
        forget_empty_preferences(&home)?;
        let page = Page::start(store, &home).await?;
        model.compare(&page, &mut tally).await?;
        page.end();
        tally.rounds += 1;
    }
    Ok(Ok(tally))
}

/// Chromium begins anew with its preferences where a power cut has left nothing of them; its driver refuses to start.
fn forget_empty_preferences(home: &Path) -> Result<()> {
    for name in ["Default/Preferences", "Local State"] {
        let path = home.join("chromium").join(name);
        if std::fs::metadata(&path).is_ok_and(|metadata| metadata.len() == 0) {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

async fn disk_full(store: Store, rounds: usize, folder: &Path) -> Result<Result<Tally, String>> {
    /// After this the locker says that something is not saved, where the browser says nothing at all: a transaction, and its database
    /// opened anew.
    const WATCH: f64 = 7.0;
    /// What the browser does itself takes at most so many times what the slowest write took while there was room, however busy the machine.
    const SLOWER: f64 = 20.0;
    let (mut tally, mut random) = (Tally::default(), Random::new());
    let wanted = rounds.div_ceil(4);
    while tally.rounds < wanted {
        let gone = tally.gone;
        ensure!(
            gone <= 2 + wanted / 4,
            "the browser ends by itself where the disk is full"
        );
        let (disk, home) = match disk(folder, 400) {
            Ok(made) => made,
            Err(why) => return Ok(Err(why)),
        };
        let mut model = Model::default();
        let page = begin(store, &home, &mut model, &mut tally).await?;
        let mut usual: f64 = 0.0;
        for _ in 0..30 {
            let one = Instant::now();
            model.step(&page, false, &mut random, &mut tally).await?;
            usual = usual.max(one.elapsed().as_secs_f64());
        }
        let filler = disk.fill()?;
        let before = tally.refused;
        let full = Instant::now();
        let mut slowest: f64 = 0.0;
        let mut is_here = true;
        while is_here && tally.refused < before + 5 && full.elapsed() < Duration::from_secs(40) {
            let one = Instant::now();
            is_here = step_if_here(&page, &mut model, &mut random, &mut tally).await?;
            slowest = slowest.max(one.elapsed().as_secs_f64());
        }
        tally.slowest = tally.slowest.max(slowest);
        if slowest > WATCH + SLOWER * usual {
            tally.examples.push(format!(
                "it took {slowest:.1} s to say whether it is saved, with room at most {usual:.2}"
            ));
            tally.half += 1;
        }
        std::fs::remove_file(filler)?;
        // What is kept from then on must not be lost with the next start, whether the browser was started anew in between or not: a log
        // whose end was cut off by the full disk is a trap for what is written behind it.
        let goes_on = is_here && random.below(2) == 0;
        let page = if goes_on {
            page
        } else {
            page.kill()?;
            let page = Page::start(store, &home).await?;
            model.compare(&page, &mut tally).await?;
            page
        };
        for _ in 0..10 {
            if !goes_on {
                model.step(&page, false, &mut random, &mut tally).await?;
            } else if !step_if_here(&page, &mut model, &mut random, &mut tally).await? {
                break;
            }
        }
        page.kill()?;
        let page = Page::start(store, &home).await?;
        model.compare(&page, &mut tally).await?;
        for _ in 0..5 {
            model.step(&page, false, &mut random, &mut tally).await?;
        }
        page.end();
        // What a browser says that is not there any more has not been seen.
        tally.rounds += usize::from(tally.gone == gone);
    }
    Ok(Ok(tally))
}

/// A step in a browser that has met a full disk, which it may not bear; what was acknowledged must be there all the same. Whether the browser
/// is still there.
async fn step_if_here(
    page: &Page,
    model: &mut Model,
    random: &mut Random,
    tally: &mut Tally,
) -> Result<bool> {
    let Err(problem) = model.step(page, false, random, tally).await else {
        return Ok(true);
    };
    if !page.is_gone().await {
        return Err(problem);
    }
    tally.gone += 1;
    Ok(false)
}

async fn damaged(store: Store, harm: Harm, rounds: usize, folder: &Path) -> Result<Tally> {
    let (mut tally, mut random) = (Tally::default(), Random::new());
    let (home, model) = whole(store, &folder.join("whole"), &mut random, &mut tally).await?;
    for _ in 0..rounds {
        let harmed = folder.join("harmed");
        copy(&home, &harmed)?;
        let done = harm.inflict(&store.folders(&harmed), &mut random)?;
        let page = Page::start(store, &harmed).await?;
        let before = tally.lost + tally.silent + tally.files_lost + tally.half + tally.unopened;
        model.same().compare(&page, &mut tally).await?;
        if tally.lost + tally.silent + tally.files_lost + tally.half + tally.unopened > before {
            tally.examples.push(done);
        }
        page.end();
        std::fs::remove_dir_all(&harmed)?;
        tally.rounds += 1;
    }
    Ok(tally)
}
