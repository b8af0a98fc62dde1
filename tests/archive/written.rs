//! What was written comes back.

use std::io::Read;

use recourse::archive::backup::Backup;
use recourse::archive::damaged::Damaged;
use recourse::archive::names::is_safe_path;
use recourse::archive::restore::{How, Plan};
use recourse::archive::zip::{self, Reader, Writer};
use recourse::archive::{Source, manifest};
use recourse::domain::sha256::Sha256;
use recourse::domain::time::Moment;

use super::{
    Bytes, NOTE, PHOTO, archive, backup, contents, items, order, papers, run, with_manifest,
};

#[test]
fn a_backup_comes_back_as_it_was() {
    let source = Bytes(backup());
    let read = run(Backup::open(&source)).unwrap();
    assert_eq!(read.items, items());
    assert_eq!((&read.orders, &read.papers), (&vec![order()], &papers()));
    assert_eq!(read.made, contents().made);
    let mut seen = 0;
    let whole = run(read.check(&source, |bytes| {
        seen += bytes;
        true
    }));
    assert_eq!(whole, Ok(true));
    assert_eq!(seen, NOTE.len() + PHOTO.len());
    assert_eq!(run(read.check(&source, |_| false)), Ok(false), "stopped");
    let [(hash, entry)] = read.named()[..] else {
        panic!("one file is named")
    };
    assert_eq!(hash, Sha256::of(PHOTO));
    let mut reader = run(Reader::open(&source, entry)).unwrap();
    assert_eq!(run(reader.next(&source)).unwrap().unwrap(), PHOTO);
    assert_eq!(run(reader.next(&source)), Ok(None));
}

/// The first form had evidence alone.
#[test]
fn a_backup_of_the_first_form_is_read() {
    let text = manifest::text("0.1.0", &contents());
    let (evidence, _) = text.split_once(",\n  \"orders\"").unwrap();
    let first = [&evidence.replace("\"format\": 2", "\"format\": 1"), "\n}"].concat();
    let read = run(Backup::open(&Bytes(with_manifest(first.as_bytes())))).unwrap();
    assert_eq!(read.items, items());
    assert!(read.orders.is_empty() && read.papers.is_empty());
}

/// It is counted, it lies in a folder of its own for whoever can read it, and nothing of it is brought back.
#[test]
fn what_is_damaged_is_in_the_backup_and_stays_there() {
    let mut damaged = Damaged::default();
    damaged.record("evidence:0707", "L1 17 half of a not");
    damaged.record("template:a/b.c", "L1 18");
    damaged.record("template:a_b.c", "L1 19");
    damaged.record("draft:gone", "");
    damaged.aside("evidence:0707@12", "L1 9");
    assert_eq!(damaged.count(), 4, "what was put aside was told before");
    let path = damaged.file("8212313961591322", "box.jpg", "jpg");
    assert_eq!(path, "damaged/8212313961591322/damaged-box.jpg");
    let again = damaged.file("8212313961591322", "BOX.jpg", "jpg");
    assert_eq!(damaged.count(), 6);
    let texts: Vec<&str> = damaged.texts().iter().map(|(_, text)| &**text).collect();
    assert_eq!(texts, ["L1 17 half of a not", "L1 18", "L1 19", "L1 9"]);
    let photo = b"\0\0 half of a photo";
    let mut files: Vec<(&str, &[u8])> = vec![("files/8212313961591322/box.jpg", PHOTO)];
    for (path, text) in damaged.texts() {
        files.push((path, text.as_bytes()));
    }
    files.extend([(path.as_str(), &photo[..]), (again.as_str(), &photo[..])]);
    assert!(
        files.iter().all(|(path, _)| is_safe_path(path)),
        "{files:?}"
    );
    let mut contents = contents();
    let listed = files
        .iter()
        .map(|(path, bytes)| ((*path).to_owned(), bytes.len() as u64, Sha256::of(bytes)));
    contents.files = listed.collect();
    let manifest = manifest::text("0.1.0", &contents);
    files.insert(0, (manifest::NAME, manifest.as_bytes()));
    let source = Bytes(archive(&files));
    let read = run(Backup::open(&source)).unwrap();
    assert_eq!(run(read.check(&source, |_| true)), Ok(true));
    let named: Vec<Sha256> = read.named().iter().map(|(hash, _)| *hash).collect();
    assert_eq!(named, [Sha256::of(PHOTO)]);
    let plan = Plan::new(&[], &read.items, How::Replace, Moment(9));
    assert_eq!(plan.keep, items());
}

/// Another program opens it too: the buyer can always get at what is in it.
#[test]
fn every_program_for_archives_opens_it() {
    let mut archive = ::zip::ZipArchive::new(std::io::Cursor::new(backup())).unwrap();
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    assert_eq!(names.len(), 3);
    let mut text = String::new();
    let mut note = archive.by_name("notes/8212313961591322.txt").unwrap();
    note.read_to_string(&mut text).unwrap();
    assert_eq!(text.as_bytes(), NOTE);
    let contents = contents();
    let again = manifest::read(manifest::text("9.9.9", &contents).as_bytes());
    assert_eq!(again, Ok(contents));
}

/// Files so large, or so many, that the numbers need the large form. The bytes are made up as they are asked for.
#[test]
fn large_archives_are_read_too() {
    struct Zeros {
        parts: Vec<(u64, Vec<u8>)>,
        size: u64,
    }
    impl Source for Zeros {
        fn size(&self) -> u64 {
            self.size
        }

        async fn read(&self, from: u64, length: usize) -> Result<Vec<u8>, String> {
            let mut bytes = vec![0; length];
            for (at, part) in &self.parts {
                for (place, byte) in (*at..).zip(part) {
                    if let Some(place) = place.checked_sub(from)
                        && let Some(slot) = bytes.get_mut(usize::try_from(place).unwrap())
                    {
                        *slot = *byte;
                    }
                }
            }
            Ok(bytes)
        }
    }
    let sizes = [5_u64 << 30, 7, 1 << 32];
    let mut writer = Writer::default();
    let (mut parts, mut at) = (Vec::new(), 0);
    for (name, size) in ["a", "b", "c"].into_iter().zip(sizes) {
        let header = writer.begin(name, size, 9);
        let next = at + header.len() as u64 + size;
        parts.push((at, header));
        at = next;
    }
    let directory = writer.finish();
    let size = at + directory.len() as u64;
    parts.push((at, directory));
    let source = Zeros { parts, size };
    let entries = run(zip::entries(&source)).unwrap();
    let read: Vec<u64> = entries.iter().map(|entry| entry.size).collect();
    assert_eq!(read, sizes);
    for entry in &entries {
        assert!(run(Reader::open(&source, entry)).is_ok(), "{}", entry.name);
    }

    let mut writer = Writer::default();
    let mut many = Vec::new();
    for number in 0..70_000 {
        many.extend(writer.begin(&format!("n{number}"), 0, 0));
    }
    many.extend(writer.finish());
    assert_eq!(run(zip::entries(&Bytes(many))).unwrap().len(), 70_000);
}
