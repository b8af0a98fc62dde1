//! Hostile archives through the reader that the page uses: on a platform on which a place in memory has 32 bits, and out of a file that
//! the browser hands over.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "tests may fail")]

use js_sys::Uint8Array;
use recourse::archive::backup::Backup;
use recourse::archive::manifest::{self, Contents};
use recourse::archive::zip::Writer;
use recourse::archive::{Refused, Source};
use recourse::browser::picked::{self, Picked};
use recourse::domain::sha256::Sha256;
use recourse::domain::time::Moment;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Event;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = "
    // As a user drops a file on the page.
    export function drop_file(bytes) {
        const file = new File([bytes], 'backup.zip');
        return Object.assign(new Event('drop'), { dataTransfer: { files: [file] } });
    }
")]
extern "C" {
    fn drop_file(bytes: &Uint8Array) -> Event;
}

const GIB: u64 = 1 << 30;

/// A file that begins and ends so, with zeros between: no computer that runs the tests needs that much room.
struct Sparse {
    first: Vec<u8>,
    last: Vec<u8>,
    size: u64,
}

impl Source for Sparse {
    fn size(&self) -> u64 {
        self.size
    }

    async fn read(&self, from: u64, length: usize) -> Result<Vec<u8>, String> {
        assert!(length < 64 << 20, "{length} bytes at once");
        let last = self.size - self.last.len() as u64;
        let byte = |at: u64| {
            let (part, at) = if at < last {
                (&self.first, at)
            } else {
                (&self.last, at - last)
            };
            let at = usize::try_from(at).ok();
            at.and_then(|at| part.get(at)).copied().unwrap_or_default()
        };
        Ok((from..from + length as u64).map(byte).collect())
    }
}

/// An archive of a manifest and a file of that size, which is zeros.
fn with_video(size: u64) -> Sparse {
    let path = "files/8212313961591322/video.mp4";
    let contents = Contents {
        made: Moment(1_795_176_000_000),
        files: vec![(path.to_owned(), size, Sha256::of(b"unknown"))],
        items: Vec::new(),
        orders: Vec::new(),
        papers: Vec::new(),
    };
    let text = manifest::text("0.1.0", &contents);
    let (mut writer, mut first) = (Writer::default(), Vec::new());
    let sum = crc32fast::hash(text.as_bytes());
    first.extend(writer.begin(manifest::NAME, text.len() as u64, sum));
    first.extend(text.as_bytes());
    first.extend(writer.begin(path, size, 0));
    let last = writer.finish();
    let size = first.len() as u64 + size + last.len() as u64;
    Sparse { first, last, size }
}

/// Two bytes that say of themselves that they are so many.
fn manifest_of(size: u64, is_there: bool) -> Sparse {
    let mut writer = Writer::default();
    let mut first = writer.begin(manifest::NAME, size, crc32fast::hash(b"{}"));
    first.extend(b"{}");
    let last = writer.finish();
    let between = if is_there { size } else { 2 };
    let size = first.len() as u64 - 2 + between + last.len() as u64;
    Sparse { first, last, size }
}

/// Sizes of which the last 32 bits are 2, and those about them.
const SIZES: [u64; 5] = [4 * GIB - 1, 4 * GIB, 4 * GIB + 2, 1 << 40, (1 << 40) + 2];

#[wasm_bindgen_test]
async fn a_size_of_more_than_32_bits_is_not_cut_off() {
    for size in SIZES {
        let whole = Backup::open(&manifest_of(size, true)).await;
        assert_eq!(whole.unwrap_err(), Refused::TooLarge, "{size}");
        let short = Backup::open(&manifest_of(size, false)).await;
        assert_eq!(short.unwrap_err(), Refused::Damaged, "{size}");
        let backup = Backup::open(&with_video(size)).await.unwrap();
        assert_eq!(backup.size(), size);
    }
}

#[wasm_bindgen_test]
async fn a_file_of_more_than_32_bits_is_read_in_parts_and_can_be_stopped() {
    let video = with_video(4 * GIB + 2);
    let backup = Backup::open(&video).await.unwrap();
    let mut parts = 0;
    let went_on = backup.check(&video, |bytes| {
        assert!(bytes <= 1 << 20);
        parts += 1;
        parts < 3
    });
    assert_eq!(went_on.await, Ok(false));
}

/// The bytes, dropped on the page as a file and opened as one.
async fn opened(bytes: &[u8]) -> Result<Backup, Refused> {
    let dropped = picked::dropped(&drop_file(&Uint8Array::from(bytes)));
    let file: Picked = dropped.into_iter().next().unwrap();
    assert_eq!(Source::size(&file), bytes.len() as u64);
    Backup::open(&file).await
}

fn archive(files: impl Iterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let (mut writer, mut out) = (Writer::default(), Vec::new());
    for (name, bytes) in files {
        let sum = crc32fast::hash(&bytes);
        out.extend(writer.begin(&name, bytes.len() as u64, sum));
        out.extend(bytes);
    }
    out.extend(writer.finish());
    out
}

fn alone(manifest: Vec<u8>) -> Vec<u8> {
    archive(std::iter::once((manifest::NAME.to_owned(), manifest)))
}

fn many(count: u32) -> Vec<u8> {
    archive((0..count).map(|number| {
        let name = match number {
            0 => manifest::NAME.to_owned(),
            number => format!("files/{number}.txt"),
        };
        (name, vec![b'1'])
    }))
}

#[wasm_bindgen_test]
async fn a_hostile_file_is_refused_as_bytes_in_memory_are() {
    assert_eq!(opened(&many(65_536)).await.unwrap_err(), Refused::Foreign);
    assert_eq!(opened(&many(200_001)).await.unwrap_err(), Refused::TooLarge);
    // Archives within archives are bytes, and no manifest.
    let nested = alone(alone(many(3)));
    assert_eq!(opened(&nested).await.unwrap_err(), Refused::Foreign);
    // Both entries of the directory lead to the first file.
    let mut over = many(2);
    let last = (0..over.len()).rfind(|at| over.get(*at..*at + 4) == Some(b"PK\x01\x02"));
    let at = last.unwrap() + 42;
    over.get_mut(at..at + 4).unwrap().fill(0);
    assert_eq!(opened(&over).await.unwrap_err(), Refused::Foreign);
    let declared = manifest_of(4 * GIB + 2, false);
    let bytes = [declared.first, declared.last].concat();
    assert_eq!(opened(&bytes).await.unwrap_err(), Refused::Damaged);
}
