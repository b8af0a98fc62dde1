//! The backup: what was written comes back, and whatever else a file may hold is refused before anything is changed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that meets what it does not expect should stop right there"
)]

mod bombs;
mod fuzz;
mod hostile;
mod json;
mod memory;
mod written;

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use recourse::archive::Source;
use recourse::archive::manifest::{self, Contents};
use recourse::archive::paper::Paper;
use recourse::archive::zip::Writer;
use recourse::domain::aftermath::Aftermath;
use recourse::domain::claim::Draft;
use recourse::domain::evidence::{
    Attachment, Content, FileType, Item, ItemId, Located, Note, Place, Sha256, Source as Way,
};
use recourse::domain::ledger::Record;
use recourse::domain::order::OrderId;
use recourse::domain::sighting::{Fact, Page, Reading};
use recourse::domain::time::Moment;
use recourse::store::record::text_of_record;

/// A file in memory.
struct Bytes(Vec<u8>);

impl Source for Bytes {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    async fn read(&self, from: u64, length: usize) -> Result<Vec<u8>, String> {
        let from = usize::try_from(from).unwrap();
        let part = self.0.get(from..from + length);
        part.map(<[u8]>::to_vec)
            .ok_or_else(|| "beyond the end".to_owned())
    }
}

/// Nothing here waits.
fn run<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("something waits"),
    }
}

/// An archive of these files, whatever they are.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = Writer::default();
    let mut out = Vec::new();
    for (name, bytes) in files {
        out.extend(writer.begin(name, bytes.len() as u64, crc32fast::hash(bytes)));
        out.extend(*bytes);
    }
    out.extend(writer.finish());
    out
}

const PHOTO: &[u8] = b"\xff\xd8\xff\xe0 a photo";
const NOTE: &[u8] = "Order 8212313961591322\nThe box came torn.\n".as_bytes();

fn items() -> Vec<Item> {
    let place = Place {
        order: OrderId::new("8212313961591322").unwrap(),
        line: Some(1),
    };
    let photo = Attachment {
        name: "box.jpg".into(),
        hash: Sha256::of(PHOTO),
        bytes: PHOTO.len() as u64,
        kind: FileType::Jpeg,
        pixels: None,
        located: Located::No,
        source: Way::Chosen,
        thumbnail: None,
    };
    let item = |id: u8, content| {
        Item::new(
            ItemId::drawn([id; 16]),
            place.clone(),
            Moment(id.into()),
            content,
        )
    };
    vec![
        item(
            1,
            Content::Note(Note::new(
                "The box came torn.\n\"Quite\" \\ so: \u{1f4e6}\u{202e}",
            )),
        ),
        item(2, Content::File(photo)),
    ]
}

fn contents() -> Contents {
    let file = |path: &str, bytes: &[u8]| (path.to_owned(), bytes.len() as u64, Sha256::of(bytes));
    Contents {
        made: Moment(1_795_176_000_000),
        files: vec![
            file("notes/8212313961591322.txt", NOTE),
            file("files/8212313961591322/box.jpg", PHOTO),
        ],
        items: items(),
        orders: vec![order()],
        papers: papers(),
    }
}

/// What is known of an order, and what is prepared for a claim about it.
fn order() -> (OrderId, String) {
    let mut record = Record::new(OrderId::new("8212313961591322").unwrap());
    let mut reading = Reading::new(record.id.clone(), Page::OrderDetail, Moment(5));
    reading.saw(Fact::Placed("2026-09-01".parse().unwrap()), "Sep 1 | ~ \n");
    reading.store = Some("Shop \"1\"".into());
    record.absorb(&reading);
    (record.id.clone(), text_of_record(&record))
}

fn papers() -> Vec<Paper> {
    let order = || OrderId::new("8212313961591322").unwrap();
    let mut draft = Draft::new(order(), 1, Moment(7));
    draft.words = "It is broken.\nIn \"two\".".into();
    let mut told = Aftermath::new(order());
    told.tracking = "LX123456789CN".into();
    vec![Paper::Draft(draft), Paper::Aftermath(told)]
}

/// A whole backup.
fn backup() -> Vec<u8> {
    with_manifest(manifest::text("0.1.0", &contents()).as_bytes())
}

fn with_manifest(manifest: &[u8]) -> Vec<u8> {
    archive(&[
        ("manifest.json", manifest),
        ("notes/8212313961591322.txt", NOTE),
        ("files/8212313961591322/box.jpg", PHOTO),
    ])
}
