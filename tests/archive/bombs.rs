//! Archives of full size that are small: what they declare is never made, and what is read of them is bounded by what is in them.

use std::cell::Cell;
use std::io::Write as _;

use recourse::archive::backup::Backup;
use recourse::archive::manifest;
use recourse::archive::zip::Writer;
use recourse::archive::{Refused, Source};
use recourse::domain::evidence::Sha256;

use super::{archive, contents, memory, run};

const GIB: u64 = 1 << 30;

/// A file of which only some parts were ever written: all else reads as zeros.
#[derive(Default)]
struct Sparse {
    parts: Vec<(u64, Vec<u8>)>,
    size: u64,
    read: Cell<u64>,
}

impl Sparse {
    fn push(&mut self, bytes: Vec<u8>) {
        let at = self.size;
        self.size += bytes.len() as u64;
        self.parts.push((at, bytes));
    }

    /// An archive of these files; what has no bytes is zeros.
    fn archive(files: &[(&str, u64, &[u8])]) -> Self {
        let (mut writer, mut out) = (Writer::default(), Self::default());
        for (name, size, bytes) in files {
            out.push(writer.begin(name, *size, crc32fast::hash(bytes)));
            let end = out.size + size;
            out.push(bytes.to_vec());
            out.size = end;
        }
        out.push(writer.finish());
        out
    }

    /// So many bytes were really written.
    fn written(&self) -> u64 {
        self.parts.iter().map(|(_, bytes)| bytes.len() as u64).sum()
    }

    /// Opens it as before a restore. However much it declares, no more is read, and not much more is held, than is in it.
    fn opened(&self) -> Result<Backup, Refused> {
        let (result, most) = memory::of(|| run(Backup::open(self)));
        let (read, written) = (self.read.get(), self.written());
        assert!(
            read <= 2 * written + 1_000,
            "{read} of {written} bytes read"
        );
        let held = most as u64;
        assert!(
            held <= 16 * written + (1 << 20),
            "{held} bytes held for {written}"
        );
        result
    }
}

impl Source for Sparse {
    fn size(&self) -> u64 {
        self.size
    }

    async fn read(&self, from: u64, length: usize) -> Result<Vec<u8>, String> {
        self.read.set(self.read.get() + length as u64);
        let to = from + length as u64;
        if to > self.size {
            return Err("beyond the end".to_owned());
        }
        let mut out = vec![0; length];
        for (at, bytes) in &self.parts {
            let (first, last) = (from.max(*at), to.min(at + bytes.len() as u64));
            if first < last {
                let place = |from: u64, to: u64| usize::try_from(to - from).unwrap();
                out[place(from, first)..place(from, last)]
                    .copy_from_slice(&bytes[place(*at, first)..place(*at, last)]);
            }
        }
        Ok(out)
    }
}

#[test]
fn a_video_of_five_gigabytes_is_opened_without_being_read() {
    let mut all = contents();
    let video = ("files/8212313961591322/video.mp4", 5 * GIB);
    all.files
        .push((video.0.to_owned(), video.1, Sha256::of(b"unknown yet")));
    let text = manifest::text("0.1.0", &all);
    let of = |at: usize| (all.files[at].0.as_str(), all.files[at].1);
    let file = |at: usize, bytes: &'static [u8]| (of(at).0, of(at).1, bytes);
    let sparse = Sparse::archive(&[
        ("manifest.json", text.len() as u64, text.as_bytes()),
        file(0, super::NOTE),
        file(1, super::PHOTO),
        (video.0, video.1, b""),
    ]);
    assert!(sparse.size() > 5 * GIB);
    let backup = sparse.opened().unwrap();
    assert_eq!(
        backup.size(),
        all.files.iter().map(|file| file.1).sum::<u64>()
    );
    // It is not as it was written, which its first part does not say yet: whoever reads it can stop after each.
    let mut parts = 0;
    let went_on = run(backup.check(&sparse, |_| {
        parts += 1;
        parts < 5
    }));
    assert_eq!(went_on, Ok(false));
}

#[test]
fn what_declares_more_than_there_is_is_refused_before_it_is_read() {
    for size in [4 * GIB - 1, 4 * GIB, 1 << 40] {
        let manifest = Sparse::archive(&[("manifest.json", size, b"{}")]);
        assert_eq!(manifest.opened().unwrap_err(), Refused::TooLarge, "{size}");
    }
    // The same, of a file that ends long before.
    let mut writer = Writer::default();
    let mut short = Sparse::default();
    short.push(writer.begin("manifest.json", 4 * GIB, 0));
    short.push(writer.finish());
    assert_eq!(short.opened().unwrap_err(), Refused::Damaged);
}

/// So many entries of one directory.
fn many(count: u32, name: impl Fn(u32) -> String) -> Sparse {
    let (mut writer, mut out) = (Writer::default(), Vec::new());
    for number in 0..count {
        out.extend(writer.begin(&name(number), 1, crc32fast::hash(b"1")));
        out.extend(b"1");
    }
    out.extend(writer.finish());
    let mut sparse = Sparse::default();
    sparse.push(out);
    sparse
}

#[test]
fn as_many_entries_as_the_old_form_can_count_and_more() {
    let name = |number: u32| match number {
        0 => "manifest.json".to_owned(),
        number => format!("files/{number}.txt"),
    };
    // 65,535 in the small form means that the large one counts.
    for count in [65_534, 65_535, 65_536] {
        let all = many(count, name);
        assert_eq!(all.opened().unwrap_err(), Refused::Foreign, "{count}");
    }
    let beyond = many(200_001, name);
    assert_eq!(beyond.opened().unwrap_err(), Refused::TooLarge);
    let same = many(65_535, |_| "manifest.json".to_owned());
    assert_eq!(same.opened().unwrap_err(), Refused::Foreign);
}

#[test]
fn sixty_five_thousand_entries_over_the_same_bytes_are_none() {
    // Each entry of the directory leads to the first file: 65,534 times 32 KiB, two gigabytes out of one of them.
    let (mut writer, mut out) = (Writer::default(), Vec::new());
    let bytes = vec![0; 32 << 10];
    let sum = crc32fast::hash(&bytes);
    out.extend(writer.begin("manifest.json", bytes.len() as u64, sum));
    out.extend(&bytes);
    let directory = out.len();
    let mut ends = Writer::default();
    for number in 0..65_534_u32 {
        let name = if number == 0 {
            "manifest.json".to_owned()
        } else {
            format!("f/{number}.txt")
        };
        ends.begin(&name, bytes.len() as u64, sum);
    }
    let mut over = ends.finish();
    let mut at = 0;
    while over[at..].starts_with(b"PK\x01\x02") {
        let length = |from: usize| usize::from(u16::from_le_bytes([over[from], over[from + 1]]));
        let next = at + 46 + length(at + 28) + length(at + 30);
        over[at + 42..at + 46].fill(0);
        at = next;
    }
    // Where the directory is.
    let end = over.len() - 22;
    over[end + 16..end + 20].copy_from_slice(&u32::try_from(directory).unwrap().to_le_bytes());
    out.extend(over);
    let mut sparse = Sparse::default();
    sparse.push(out);
    assert_eq!(sparse.opened().unwrap_err(), Refused::Foreign);
}

#[test]
fn archives_within_archives_are_bytes() {
    let options = zip::write::SimpleFileOptions::default();
    let packed = |files: &[(String, &[u8])]| {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(name, options).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    };
    // Sixteen in each of five: in all sixteen tebibytes.
    let mut bomb = packed(&[("0.bin".to_owned(), &vec![0; 16 << 20])]);
    for _ in 0..5 {
        let sixteen: Vec<(String, &[u8])> =
            (0..16).map(|n| (format!("{n}.zip"), &bomb[..])).collect();
        bomb = packed(&sixteen);
    }
    let mut sparse = Sparse::default();
    sparse.push(bomb.clone());
    assert_eq!(sparse.opened().unwrap_err(), Refused::Foreign);
    let mut within = Sparse::default();
    within.push(archive(&[("manifest.json", &bomb)]));
    assert_eq!(within.opened().unwrap_err(), Refused::Foreign);
}
