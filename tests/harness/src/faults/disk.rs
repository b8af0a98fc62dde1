//! A small disk in a file, and what can be done to a profile on the disk.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::model::Random;

fn run(program: &str, arguments: &[&Path]) -> Result<()> {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .with_context(|| program.to_owned())?;
    if !output.status.success() {
        bail!(
            "{program}: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(())
}

/// A file that is a disk, mounted. It is unmounted and removed when dropped.
pub struct Disk {
    image: PathBuf,
    pub root: PathBuf,
}

impl Disk {
    /// An empty disk of so many megabytes, in `folder`.
    pub fn make(folder: &Path, name: &str, megabytes: u64) -> Result<Self> {
        let image = folder.join(format!("{name}.img"));
        File::create(&image)?.set_len(megabytes << 20)?;
        run("mkfs.ext4", &[Path::new("-q"), Path::new("-F"), &image])?;
        Self::mount(image)
    }

    fn mount(image: PathBuf) -> Result<Self> {
        let root = image.with_extension("mounted");
        std::fs::create_dir_all(&root)?;
        run(
            "mount",
            &[Path::new("-o"), Path::new("loop"), &image, &root],
        )?;
        Ok(Self { image, root })
    }

    /// The disk as it would be if the power were cut now: what was not written to it yet is not there.
    pub fn as_after_power_cut(&self) -> Result<Self> {
        let copy = self.image.with_extension("cut.img");
        run("cp", &[Path::new("--sparse=always"), &self.image, &copy])?;
        Self::mount(copy)
    }

    /// Leaves no room on it. Returns what gives it back when removed.
    pub fn fill(&self) -> Result<PathBuf> {
        let path = self.root.join("filler");
        let mut filler = File::create(&path)?;
        let mut size = 1 << 20;
        while size > 0 {
            if filler.write_all(&vec![1; size]).is_err() {
                size /= 2;
            }
        }
        // What is not on the disk yet could still turn out to be too much.
        let _ = filler.sync_all();
        Ok(path)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        for _ in 0..50 {
            if run("umount", &[&self.root]).is_ok() {
                break;
            }
            // A browser that was killed a moment ago may still be on its way out.
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        let _ = std::fs::remove_dir(&self.root);
        let _ = std::fs::remove_file(&self.image);
    }
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    run("cp", &[Path::new("-a"), from, to])
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if entry.metadata().is_ok_and(|metadata| metadata.len() > 0) {
            found.push(path);
        }
    }
    found
}

/// What a disk does to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Harm {
    /// 64 bytes in a row are others.
    Flipped,
    Truncated,
    Deleted,
}

impl Harm {
    /// Does it to one of the files in the folders. Returns what was done.
    pub fn inflict(self, folders: &[PathBuf], random: &mut Random) -> Result<String> {
        let mut all: Vec<PathBuf> = folders.iter().flat_map(|folder| files(folder)).collect();
        // What is made anew at every start, or only locks or tells, is no part of what is kept.
        all.retain(|path| {
            !["LOCK", "LOG", "LOG.old"]
                .iter()
                .any(|name| path.ends_with(name))
                && path.extension().is_none_or(|kind| kind != "sqlite-shm")
        });
        all.sort();
        // The bytes of files are in many files of their own, the records in few: half of the harm is done to those.
        if random.below(2) == 0 {
            let own = |path: &PathBuf| {
                path.components().any(|part| {
                    part.as_os_str().to_string_lossy().ends_with(".blob")
                        || part.as_os_str().to_string_lossy().ends_with(".files")
                })
            };
            all.retain(|path| !own(path));
        }
        let path = all
            .get(random.below(all.len() as u64) as usize)
            .context("nothing is kept in the profile")?;
        let file = File::options().write(true).read(true).open(path)?;
        let size = file.metadata()?.len();
        match self {
            Self::Flipped => {
                let at = random.below(size);
                let mut bytes = vec![0; usize::try_from(64.min(size - at))?];
                file.read_exact_at(&mut bytes, at)?;
                bytes.iter_mut().for_each(|byte| *byte ^= 0x5a);
                file.write_all_at(&bytes, at)?;
            }
            Self::Truncated => file.set_len(random.below(size))?,
            Self::Deleted => std::fs::remove_file(path)?,
        }
        Ok(format!("{self:?} {}", path.display()))
    }
}
