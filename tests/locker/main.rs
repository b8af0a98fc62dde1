//! The locker in memory: what is saved is there again, and whatever happens to it below is noticed, named and repaired.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail"
)]

mod killed;

use proptest::prelude::*;
use recourse::domain::evidence::{self, Content, Item, ItemId, Place};
use recourse::domain::order::OrderId;
use recourse::domain::sha256::Sha256;
use recourse::domain::time::{Moment, Span};
use recourse::store::locker::{
    Change, Expect, File, Finding, Held, Inspected, Inspection, Kept, Kind, Locker, MemoryBackend,
    PIECE, Row, SCHEMA, Schema, Swept, Table, Value,
};
use recourse::store::{Area as _, Memory, Stored};

/// Runs a future that never waits, as all futures on memory are.
fn run<T>(future: impl Future<Output = T>) -> T {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).as_mut().poll(&mut context) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => panic!("memory never waits"),
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Note {
    id: String,
    order: OrderId,
    file: Option<Sha256>,
    text: String,
}

impl Stored for Note {
    fn to_text(&self) -> String {
        let file = self.file.map_or_else(String::new, |file| file.to_string());
        [&self.id, self.order.as_str(), &file, &self.text].join("\n")
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.splitn(4, '\n');
        Some(Self {
            id: parts.next()?.to_owned(),
            order: OrderId::new(parts.next()?)?,
            file: parts.next().map(Sha256::from_hex)?,
            text: parts.next()?.to_owned(),
        })
    }
}

impl Kept for Note {
    const KIND: &'static str = "note";

    fn id(&self) -> String {
        self.id.clone()
    }

    fn order(&self) -> Option<&OrderId> {
        Some(&self.order)
    }

    fn files(&self) -> Vec<Sha256> {
        self.file.into_iter().collect()
    }
}

const NOW: Moment = Moment(1_795_176_000_000);
const DATABASE: &str = "locker-1";

fn order(n: u32) -> OrderId {
    OrderId::new(&format!("8230417750{n:06}")).unwrap()
}

fn note(id: &str, text: &str) -> Note {
    Note {
        id: id.to_owned(),
        order: order(1),
        file: None,
        text: text.to_owned(),
    }
}

/// What outlives a page: the databases, and the extension's storage.
#[derive(Default)]
struct Disk {
    databases: MemoryBackend,
    area: Memory,
}

type Memories = Locker<MemoryBackend, Memory>;

impl Disk {
    fn open(&self) -> (Memories, Vec<Finding>) {
        let (locker, health) =
            run(Locker::open(self.databases.clone(), self.area.clone())).unwrap();
        (locker, health.findings)
    }

    /// Opens it twice: after the first time, there is nothing more to repair, and what was found stays until it is dismissed.
    fn found(&self) -> Vec<Finding> {
        let (_, found) = self.open();
        let (locker, again) = self.open();
        assert_eq!(found, again, "what is repaired is not found a second time");
        run(locker.dismiss()).unwrap();
        assert_eq!(self.open().1, []);
        found
    }

    /// How many pieces of files are kept, named by a record or not.
    fn pieces(&self) -> usize {
        let mut pieces = 0;
        self.databases.damage(DATABASE, |tables| {
            let all = tables.keys().map(|(table, _)| *table);
            pieces = all.filter(|table| *table == Table::Pieces).count();
        });
        pieces
    }

    fn change_record(&self, key: &str, change: impl FnOnce(Row) -> Option<Row>) {
        self.databases.damage(DATABASE, |tables| {
            let place = (Table::Records, key.to_owned());
            let row = tables.remove(&place).unwrap();
            if let Some(row) = change(row) {
                tables.insert(place, row);
            }
        });
    }
}

fn keep(locker: &Memories, note: &Note) -> u64 {
    run(locker.save(&Change::new().put(note, Expect::Anything))).unwrap()
}

fn notes(locker: &Memories) -> Vec<Note> {
    let listing = run(locker.all::<Note>()).unwrap();
    assert!(listing.unreadable.is_empty());
    listing
        .records
        .into_iter()
        .map(|held| held.record)
        .collect()
}

fn add(locker: &Memories, bytes: &[u8]) -> File {
    let mut import = run(locker.import(NOW)).unwrap();
    for part in bytes.chunks(300_000) {
        run(import.push(locker, part, NOW)).unwrap();
    }
    run(import.finish(locker, NOW)).unwrap()
}

/// A photo, and the note that names it: both kept.
fn named_photo(locker: &Memories) -> (File, Note) {
    let file = add(locker, b"a photo");
    let named = Note {
        file: Some(file.sha256),
        ..note("a", "see the photo")
    };
    keep(locker, &named);
    (file, named)
}

fn read(locker: &Memories, file: &Sha256) -> Result<Vec<u8>, Kind> {
    let mut reader = run(locker.reader(file)).map_err(|trouble| trouble.kind)?;
    let mut bytes = Vec::new();
    while let Some(piece) = run(reader.next(locker)).map_err(|trouble| trouble.kind)? {
        bytes.extend(piece);
    }
    Ok(bytes)
}

/// What is there of a damaged file, and how many of its bytes.
fn salvaged(locker: &Memories, file: &Sha256) -> (Vec<u8>, usize) {
    let mut reader = run(locker.reader(file)).unwrap();
    let (mut bytes, mut found) = (Vec::new(), 0);
    while let Some((piece, there)) = run(reader.salvage(locker)).unwrap() {
        bytes.extend(piece);
        found += there;
    }
    (bytes, found)
}

#[test]
fn what_is_saved_is_there_again() {
    let disk = Disk::default();
    let (locker, found) = disk.open();
    assert_eq!(found, []);
    let first = keep(&locker, &note("a", "the box was open"));
    let other = Note {
        order: order(2),
        ..note("b:\u{ffff}𐀀", "…")
    };
    keep(&locker, &other);
    let (locker, found) = disk.open();
    assert_eq!(found, []);
    assert_eq!(
        notes(&locker),
        [note("a", "the box was open"), other.clone()]
    );
    let held = run(locker.get::<Note>("a")).unwrap().unwrap();
    assert_eq!(held.sequence, first);
    let raw = run(locker.raw::<Note>("a")).unwrap().unwrap();
    assert!(raw.value.text().ends_with("the box was open"), "{raw:?}");
    assert_eq!(run(locker.raw::<Note>("x")).unwrap(), None);
    let of_other = run(locker.of_order::<Note>(&order(2))).unwrap();
    assert_eq!(of_other.records.len(), 1);
    run(locker.save(&Change::new().delete::<Note>("a", Expect::Since(first)))).unwrap();
    let (locker, found) = disk.open();
    assert_eq!((notes(&locker), found), (vec![other], vec![]));
}

#[test]
fn two_pages_do_not_overwrite_each_other() {
    let disk = Disk::default();
    let ((one, _), (two, _)) = (disk.open(), disk.open());
    let first = keep(&one, &note("a", "mine"));
    let change = |text, expect| Change::new().put(&note("a", text), expect);
    assert_eq!(
        run(two.save(&change("yours", Expect::New)))
            .unwrap_err()
            .kind,
        Kind::Changed
    );
    let second = run(two.save(&change("yours", Expect::Since(first)))).unwrap();
    let late = change("mine again", Expect::Since(first)).put(&note("b", "with it"), Expect::New);
    assert_eq!(run(one.save(&late)).unwrap_err().kind, Kind::Changed);
    assert_eq!(notes(&one), [note("a", "yours")], "all of a change or none");
    assert_eq!(
        run(one.get::<Note>("a"))
            .unwrap()
            .map(|held: Held<Note>| held.sequence),
        Some(second)
    );
}

#[test]
fn what_is_refused_is_not_kept_and_goes_the_next_time() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    keep(&locker, &note("a", "before"));
    for kind in [Kind::Full, Kind::Hung, Kind::Refused] {
        disk.databases.refuse(Some((kind, 0)));
        let change = Change::new().put(&note("a", "after"), Expect::Anything);
        assert_eq!(run(locker.save(&change)).unwrap_err().kind, kind);
        disk.databases.refuse(None);
        assert_eq!(notes(&locker), [note("a", "before")]);
    }
    // There is no room for the copy: that is not called saved, and goes the next time.
    disk.area.refuse(true);
    let change = Change::new().put(&note("a", "after"), Expect::Anything);
    assert_eq!(run(locker.save(&change)).unwrap_err().kind, Kind::Full);
    disk.area.refuse(false);
    assert_eq!(disk.found(), []);
    keep(&locker, &note("a", "after"));
    disk.databases.forget(DATABASE);
    let (locker, _) = disk.open();
    assert_eq!(notes(&locker), [note("a", "after")]);
}

#[test]
fn a_record_needs_its_files() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    let with = Note {
        file: Some(Sha256::of(b"photo")),
        ..note("a", "see the photo")
    };
    let change = Change::new().put(&with, Expect::New);
    assert_eq!(run(locker.save(&change)).unwrap_err().kind, Kind::NoFile);
    assert_eq!(add(&locker, b"photo").sha256, Sha256::of(b"photo"));
    run(locker.save(&change)).unwrap();
}

#[test]
fn a_file_comes_back_byte_for_byte_and_is_stored_once() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    for size in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5] {
        let bytes: Vec<u8> = (0..size).map(|n| (n * 7 % 251) as u8).collect();
        let file = add(&locker, &bytes);
        assert_eq!((file.size, file.sha256), (size as u64, Sha256::of(&bytes)));
        add(&locker, &bytes);
        assert_eq!(read(&locker, &file.sha256), Ok(bytes));
        assert!(run(locker.verify(&file.sha256)).unwrap());
    }
    assert_eq!(disk.pieces(), 1 + 1 + 1 + 2 + 4);
    assert_eq!(run(locker.check_files()).unwrap(), []);
    assert_eq!(disk.found(), []);
}

#[test]
fn an_import_of_which_a_piece_was_not_kept_makes_no_file() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    let bytes = vec![7; PIECE];
    for pushes in 0..3 {
        let mut import = run(locker.import(NOW)).unwrap();
        run(import.push(&locker, &bytes, NOW)).unwrap();
        disk.databases.refuse(Some((Kind::Full, 0)));
        let refused = run(import.push(&locker, &bytes, NOW)).unwrap_err();
        assert_eq!(refused.kind, Kind::Full);
        disk.databases.refuse(None);
        for _ in 0..pushes {
            assert_eq!(
                run(import.push(&locker, &bytes, NOW)).unwrap_err().kind,
                Kind::Gone
            );
        }
        assert_eq!(
            run(import.finish(&locker, NOW)).unwrap_err().kind,
            Kind::Gone
        );
    }
    assert_eq!(run(locker.all::<File>()).unwrap().records, []);
}

#[test]
fn what_is_left_of_imports_is_swept_and_what_is_named_stays() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    let bytes = vec![7; PIECE + 1];
    let photo = add(&locker, &bytes);
    let with = Note {
        file: Some(photo.sha256),
        ..note("a", "see the photo")
    };
    keep(&locker, &with);
    add(&locker, b"nobody names it");
    let mut left = run(locker.import(NOW)).unwrap();
    run(left.push(&locker, &bytes, NOW)).unwrap();
    let mut given_up = run(locker.import(NOW)).unwrap();
    run(given_up.push(&locker, &bytes, NOW)).unwrap();
    run(given_up.cancel(&locker)).unwrap();
    let soon = NOW.plus(Span::minutes(50));
    assert_eq!(run(locker.sweep(soon)).unwrap(), Swept::default());
    run(left.push(&locker, &bytes, soon)).unwrap();
    assert_eq!(
        run(locker.sweep(NOW.plus(Span::minutes(70)))).unwrap(),
        Swept::default()
    );
    let swept = run(locker.sweep(NOW.plus(Span::hours(25)))).unwrap();
    assert_eq!(
        swept,
        Swept {
            files: 1,
            imports: 1
        }
    );
    assert_eq!(
        run(left.finish(&locker, soon)).unwrap_err().kind,
        Kind::Gone
    );
    assert_eq!(read(&locker, &photo.sha256), Ok(bytes));
    assert_eq!(
        read(&locker, &Sha256::of(b"nobody names it")),
        Err(Kind::NoFile)
    );
    assert_eq!(disk.pieces(), 2);
    assert_eq!(disk.found(), []);
}

#[test]
fn a_file_whose_record_is_gone_is_not_swept_before_the_record_is_back() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    let (file, named) = named_photo(&locker);
    disk.change_record("note:a", |_| None);
    let soon = run(Locker::open_soon(disk.databases.clone(), disk.area.clone())).unwrap();
    let swept = run(soon.sweep(NOW.plus(Span::days(9)))).unwrap_err();
    assert_eq!(swept.kind, Kind::Damaged);
    assert_eq!(
        disk.found(),
        [Finding::Disagreed, Finding::Restored("note:a".to_owned())]
    );
    let (locker, _) = disk.open();
    assert_eq!(notes(&locker), [named]);
    assert_eq!(read(&locker, &file.sha256).unwrap(), b"a photo");
}

#[test]
fn what_a_lost_record_named_stays_until_the_user_has_read_of_it() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    let (file, named) = named_photo(&locker);
    run(disk.area.remove(&["locker:note:a"])).unwrap();
    disk.change_record("note:a", |row| {
        Some(Row {
            value: Value::Text("?".to_owned()),
            ..row
        })
    });
    let later = NOW.plus(Span::days(9));
    let (locker, found) = disk.open();
    assert!(found.contains(&Finding::Lost("note:a".to_owned())));
    assert_eq!(run(locker.sweep(later)).unwrap(), Swept::default());
    assert_eq!(read(&locker, &file.sha256).unwrap(), b"a photo");
    // As from a backup: only the record is missing.
    keep(&locker, &named);
    run(locker.dismiss()).unwrap();
    assert_eq!(run(locker.sweep(later)).unwrap(), Swept::default());
    run(locker.save(&Change::new().delete::<Note>("a", Expect::Anything))).unwrap();
    assert_eq!(run(locker.sweep(later)).unwrap().files, 1);
}

#[test]
fn one_change_that_writes_a_record_twice_leaves_the_account_right() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    keep(&locker, &note("b", "before"));
    let change = Change::new()
        .put(&note("a", "first"), Expect::New)
        .put(&note("a", "second"), Expect::New)
        .delete::<Note>("b", Expect::Anything)
        .put(&note("b", "again"), Expect::Anything);
    run(locker.save(&change)).unwrap();
    let (locker, found) = disk.open();
    assert_eq!(found, []);
    assert_eq!(notes(&locker), [note("a", "second"), note("b", "again")]);
}

#[test]
fn a_damaged_file_is_named_and_adding_it_again_repairs_it() {
    let bytes = vec![7; 2 * PIECE + 3];
    let flip = |row: &mut Row| {
        if let Value::Bytes(bytes) = &mut row.value {
            bytes[1000] ^= 4;
        }
    };
    let cut = |row: &mut Row| {
        if let Value::Bytes(bytes) = &mut row.value {
            bytes.truncate(5);
        }
    };
    let gone = |row: &mut Row| row.value = Value::Text(String::new());
    let ways: [&dyn Fn(&mut Row); 3] = [&flip, &cut, &gone];
    for way in ways {
        let disk = Disk::default();
        let (locker, _) = disk.open();
        let file = add(&locker, &bytes).sha256;
        disk.databases.damage(DATABASE, |tables| {
            let piece = tables
                .iter_mut()
                .find(|((table, key), _)| *table == Table::Pieces && key.ends_with("/00000001"));
            way(piece.unwrap().1);
        });
        assert_eq!(read(&locker, &file), Err(Kind::Damaged));
        assert!(!run(locker.verify(&file)).unwrap());
        let (there, found) = salvaged(&locker, &file);
        assert_eq!(
            there.len(),
            bytes.len(),
            "what is behind it is where it was"
        );
        assert_eq!(there[..1000], bytes[..1000]);
        assert_eq!(there[2 * PIECE..], bytes[2 * PIECE..]);
        assert!(found >= PIECE + 3, "{found}");
        assert_eq!(disk.found(), [Finding::File(file)]);
        assert!(!run(locker.verify(&file)).unwrap());
        add(&locker, &bytes);
        assert_eq!(read(&locker, &file), Ok(bytes.clone()));
        assert_eq!(disk.open().1, [], "what is whole again is not told of");
    }
    let disk = Disk::default();
    let (locker, _) = disk.open();
    let file = add(&locker, &bytes).sha256;
    disk.databases.damage(DATABASE, |tables| {
        tables.retain(|(table, key), _| *table != Table::Pieces || !key.ends_with("/00000002"));
    });
    assert_eq!(run(locker.check_files()).unwrap(), [Finding::File(file)]);
}

/// Flips a bit in a piece of that file.
fn harm_piece(disk: &Disk, file: &File, number: u32) {
    let import = file.to_text().split(' ').next_back().unwrap().to_owned();
    disk.databases.damage(DATABASE, |tables| {
        let place = (Table::Pieces, format!("{import}/{number:08}"));
        let Value::Bytes(bytes) = &mut tables.get_mut(&place).unwrap().value else {
            panic!("a piece is bytes")
        };
        *bytes.last_mut().unwrap() ^= 1;
    });
}

/// What an inspection finds in so many steps, and whether it has come to its end.
fn inspected(
    locker: &Memories,
    inspection: &mut Inspection,
    steps: u32,
    now: Moment,
) -> (Vec<Sha256>, bool) {
    let mut found = Vec::new();
    for _ in 0..steps {
        match run(inspection.next(locker, now)).unwrap() {
            Inspected::Sound => {}
            Inspected::Damaged(file) => found.push(file),
            Inspected::Done => return (found, true),
        }
    }
    (found, false)
}

#[test]
fn bytes_that_were_damaged_are_found_without_anybody_opening_the_file() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    let sound = add(&locker, &vec![1; PIECE + 5]);
    let flipped = add(&locker, &vec![2; 2 * PIECE + 5]);
    harm_piece(&disk, &flipped, 1);
    assert_eq!(
        run(locker.check_files()).unwrap(),
        [],
        "their keys say nothing"
    );
    let mut inspection = run(locker.inspection(NOW)).unwrap().unwrap();
    let (found, done) = inspected(&locker, &mut inspection, 20, NOW);
    assert_eq!((found, done), (vec![flipped.sha256], true));
    assert_eq!(disk.open().1, [Finding::File(flipped.sha256)]);
    assert_eq!(read(&locker, &sound.sha256).unwrap().len(), PIECE + 5);
    // Nothing of it was changed: what is there can still be saved.
    assert_eq!(salvaged(&locker, &flipped.sha256).1, 2 * PIECE + 5);
    let later = NOW.plus(Span::hours(23));
    assert!(
        run(locker.inspection(later)).unwrap().is_none(),
        "once a day"
    );
    let next = NOW.plus(Span::hours(25));
    assert!(run(locker.inspection(next)).unwrap().is_some());
    assert!(
        run(locker.inspection(NOW.plus(Span::days(-9))))
            .unwrap()
            .is_some(),
        "a clock that was set back does not put it off"
    );
}

#[test]
fn an_inspection_that_is_broken_off_goes_on_where_it_was() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    let mut files: Vec<File> = (0..200_u8).map(|n| add(&locker, &[n; 9])).collect();
    files.sort_by_key(|file| file.sha256.to_string());
    harm_piece(&disk, &files[10], 0);
    harm_piece(&disk, &files[150], 0);
    let mut inspection = run(locker.inspection(NOW)).unwrap().unwrap();
    // Two for each file: its piece, and its end.
    let (found, done) = inspected(&locker, &mut inspection, 2 * 80, NOW);
    assert_eq!((found, done), (vec![files[10].sha256], false));
    let (locker, _) = disk.open();
    let mut rest = run(locker.inspection(NOW)).unwrap().unwrap();
    let (found, done) = inspected(&locker, &mut rest, 2 * 150, NOW);
    assert_eq!((found, done), (vec![files[150].sha256], true));
}

#[test]
fn a_file_that_is_repaired_or_deleted_during_an_inspection_is_no_damage() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    let bytes = vec![3; 2 * PIECE];
    let file = add(&locker, &bytes);
    let mut inspection = run(locker.inspection(NOW)).unwrap().unwrap();
    assert_eq!(inspected(&locker, &mut inspection, 1, NOW), (vec![], false));
    add(&locker, &bytes);
    assert_eq!(
        inspected(&locker, &mut inspection, 20, NOW),
        (vec![], true),
        "its pieces are others by now"
    );
    let later = NOW.plus(Span::days(3));
    let mut inspection = run(locker.inspection(later)).unwrap().unwrap();
    assert_eq!(
        inspected(&locker, &mut inspection, 1, later),
        (vec![], false)
    );
    harm_piece(&disk, &run(locker.file(&file.sha256)).unwrap().unwrap(), 1);
    assert!(!run(locker.verify(&file.sha256)).unwrap());
    assert_eq!(disk.open().1, [Finding::File(file.sha256)]);
    run(locker.sweep(later)).unwrap();
    assert_eq!(
        inspected(&locker, &mut inspection, 20, later),
        (vec![], true)
    );
    assert_eq!(disk.open().1, [], "of what was deleted nobody is told");
}

#[test]
fn damage_is_told_of_though_nothing_can_be_written() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    let file = add(&locker, &vec![4; 70 * 9]);
    harm_piece(&disk, &file, 0);
    disk.databases.refuse(Some((Kind::Full, 0)));
    let mut inspection = run(locker.inspection(NOW)).unwrap().unwrap();
    let (found, done) = inspected(&locker, &mut inspection, 20, NOW);
    assert_eq!((found, done), (vec![file.sha256], true));
    disk.databases.refuse(None);
    let mut again = run(locker.inspection(NOW)).unwrap().unwrap();
    assert_eq!(inspected(&locker, &mut again, 20, NOW).0, [file.sha256]);
    assert_eq!(disk.open().1, [Finding::File(file.sha256)]);
}

#[test]
fn what_nobody_may_write_into_is_not_inspected() {
    fn same(_: &str, body: &str) -> String {
        body.to_owned()
    }
    let newer = Schema { steps: &[same] };
    let disk = Disk::default();
    let (locker, _) = run(Locker::open(disk.databases.with(newer), disk.area.clone())).unwrap();
    add(&locker, b"a photo");
    assert!(run(disk.open().0.inspection(NOW)).unwrap().is_none());
}

#[test]
fn whoever_waits_gets_what_is_sound_and_the_damage_is_found_afterwards() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    keep(&locker, &note("a", "one"));
    keep(&locker, &note("b", "two"));
    disk.change_record("note:a", |_| None);
    let soon = || run(Locker::open_soon(disk.databases.clone(), disk.area.clone())).unwrap();
    let locker = soon();
    assert_eq!(notes(&locker), [note("b", "two")], "nobody has looked yet");
    keep(&locker, &note("c", "three"));
    run(locker.check()).unwrap();
    let all = [note("a", "one"), note("b", "two"), note("c", "three")];
    assert_eq!(notes(&locker), all);
    let found = disk.found();
    assert!(
        found.contains(&Finding::Restored("note:a".to_owned())),
        "{found:?}"
    );
    // Where the accounts differ, everything is looked at before anything is handed out.
    disk.databases.forget(DATABASE);
    assert_eq!(notes(&soon()), all);
}

#[test]
fn a_database_that_is_gone_comes_back_from_the_copy() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    keep(&locker, &note("a", "one"));
    keep(&locker, &note("b", "two"));
    disk.databases.forget(DATABASE);
    let restored = ["note:a", "note:b"].map(|key| Finding::Restored(key.to_owned()));
    let [a, b] = restored;
    assert_eq!(disk.found(), [Finding::Recreated, a, b]);
    assert_eq!(notes(&disk.open().0), [note("a", "one"), note("b", "two")]);
}

#[test]
fn a_database_that_does_not_open_is_left_and_another_begun() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    keep(&locker, &note("a", "one"));
    disk.databases.breaks(DATABASE, true);
    let found = disk.found();
    assert_eq!(found[0], Finding::NotOpened(DATABASE.to_owned()));
    let (locker, _) = disk.open();
    keep(&locker, &note("b", "two"));
    assert_eq!(notes(&disk.open().0), [note("a", "one"), note("b", "two")]);
    disk.databases.breaks(DATABASE, false);
    disk.databases.damage(DATABASE, |tables| {
        assert!(tables.contains_key(&(Table::Records, "note:a".to_owned())))
    });
}

#[test]
fn a_database_that_opens_again_gives_back_what_only_it_has() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    let photo = vec![7; PIECE + 1];
    let file = add(&locker, &photo).sha256;
    let with = Note {
        file: Some(file),
        ..note("a", "see the photo")
    };
    keep(&locker, &with);
    keep(&locker, &note("b", "two"));
    keep(&locker, &note("c", "three"));
    disk.databases.breaks(DATABASE, true);
    let (other, _) = disk.open();
    assert_eq!(read(&other, &file), Err(Kind::Damaged), "there is no copy");
    assert_eq!(run(other.check_files()).unwrap(), [Finding::File(file)]);
    run(other.save(&Change::new().delete::<Note>("b", Expect::Anything))).unwrap();
    keep(&other, &note("c", "three, here"));
    keep(&other, &note("d", "four"));
    // It was only for a while, and a page that was open all the time went on there.
    disk.databases.breaks(DATABASE, false);
    keep(&locker, &note("a", "written there"));
    keep(&locker, &note("c", "three, there"));
    keep(&locker, &note("e", "five"));
    let (locker, found) = disk.open();
    let all = [
        note("a", "written there"),
        note("c", "three, here"),
        note("d", "four"),
        note("e", "five"),
    ];
    assert_eq!(notes(&locker), all, "what was deleted stays so");
    assert_eq!(read(&locker, &file), Ok(photo.clone()));
    assert!(!found.contains(&Finding::File(file)), "{found:?}");
    let told = |key: &str| found.contains(&Finding::Restored(key.to_owned()));
    assert!(told("note:a") && told("note:e"), "{found:?}");
    assert_eq!(disk.found(), found);
    // That was all: it is not looked at again, and the copy is of the present one.
    run(locker.save(&Change::new().delete::<Note>("e", Expect::Anything))).unwrap();
    assert_eq!(notes(&disk.open().0), all[..3]);
    disk.databases.forget("locker-2");
    disk.databases.breaks(DATABASE, true);
    assert_eq!(notes(&disk.open().0), all[..3]);
}

#[test]
fn a_page_that_still_has_a_database_open_keeps_nothing_there_that_nobody_would_see() {
    let disk = Disk::default();
    let (left, _) = disk.open();
    keep(&left, &note("a", "one"));
    let file = add(&left, b"photo").sha256;
    disk.databases.breaks(DATABASE, true);
    let (other, _) = disk.open();
    disk.databases.breaks(DATABASE, false);
    keep(&left, &note("b", "two"));
    let import = run(left.import(NOW)).unwrap();
    run(other.check()).unwrap();
    assert_eq!(notes(&other), [note("a", "one"), note("b", "two")]);
    // From now on it is said that nothing is kept.
    let change = Change::new().put(&note("b", "two and a half"), Expect::Anything);
    assert_eq!(run(left.save(&change)).unwrap_err().kind, Kind::Orphaned);
    let refused = run(import.finish(&left, NOW)).unwrap_err();
    assert_eq!(refused.kind, Kind::Orphaned);
    let swept = run(left.sweep(NOW.plus(Span::days(9)))).unwrap_err();
    assert_eq!(swept.kind, Kind::Orphaned);
    assert_eq!(notes(&left), [note("a", "one"), note("b", "two")]);
    assert_eq!(read(&other, &file), Ok(b"photo".to_vec()));
    keep(&other, &note("c", "three"));
    let all = [note("a", "one"), note("b", "two"), note("c", "three")];
    assert_eq!(notes(&disk.open().0), all);
    // Which database is worked on is known without the copy as well.
    run(disk.area.remove(&["locker"])).unwrap();
    let (again, found) = disk.open();
    assert_eq!(notes(&again), all);
    assert!(found.contains(&Finding::CopyGone), "{found:?}");
    keep(&again, &note("d", "four"));
    assert_eq!(notes(&disk.open().0).len(), 4);
}

#[test]
fn a_database_that_could_not_be_brought_over_is_looked_at_again() {
    let disk = Disk::default();
    let (left, _) = disk.open();
    keep(&left, &note("a", "one"));
    disk.databases.breaks(DATABASE, true);
    let (other, _) = disk.open();
    disk.databases.breaks(DATABASE, false);
    keep(&left, &note("b", "two"));
    disk.databases.refuse(Some((Kind::Refused, 0)));
    run(other.check()).unwrap_err();
    disk.databases.refuse(None);
    keep(&left, &note("c", "three"));
    run(other.check()).unwrap();
    let all = [note("a", "one"), note("b", "two"), note("c", "three")];
    assert_eq!(notes(&other), all);
}

#[test]
fn what_was_changed_in_two_databases_is_kept_from_both() {
    let disk = Disk::default();
    let (left, _) = disk.open();
    let written = |text: &str, at: i64| {
        let place = Place {
            order: order(1),
            line: None,
        };
        let content = Content::Note(evidence::Note {
            text: text.to_owned(),
            earlier: Vec::new(),
        });
        let mut item = Item::new(ItemId::drawn([7; 16]), place, NOW, content);
        item.changed = NOW.plus(Span::minutes(at));
        Change::new().put(&item, Expect::Anything)
    };
    run(left.save(&written("the box", 0))).unwrap();
    keep(&left, &note("a", "one"));
    disk.databases.breaks(DATABASE, true);
    let (other, _) = disk.open();
    let before = run(other.save(&written("the box, here", 2))).unwrap();
    keep(&other, &note("a", "one, here"));
    disk.databases.breaks(DATABASE, false);
    run(left.save(&written("the box, there", 1))).unwrap();
    keep(&left, &note("a", "one, there"));
    let (locker, found) = disk.open();
    let held = &run(locker.all::<Item>()).unwrap().records[0];
    let kept = held.record.note().unwrap();
    assert_eq!(kept.text, "the box, here");
    let earlier: Vec<&str> = kept.earlier.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(earlier, ["the box, there"]);
    assert!(held.sequence > before, "who has read it before is told");
    assert!(
        found
            .iter()
            .any(|one| matches!(one, Finding::Restored(key) if key.starts_with("evidence:")))
    );
    // Nobody knows how to bring others together.
    assert_eq!(notes(&locker), [note("a", "one, here")]);
    let aside = run(locker.put_aside()).unwrap();
    assert_eq!(aside.len(), 1);
    assert!(aside[0].value.text().ends_with("one, there"), "{aside:?}");
    assert_eq!(disk.found(), found);
    assert_eq!(
        run(disk.open().0.all::<Item>()).unwrap().records,
        std::slice::from_ref(held)
    );
}

#[test]
fn where_no_database_opens_nothing_is_changed() {
    let disk = Disk::default();
    keep(&disk.open().0, &note("a", "one"));
    let names = (1..9).map(|n| format!("locker-{n}"));
    names
        .clone()
        .for_each(|name| disk.databases.breaks(&name, true));
    let refused = run(Locker::open(disk.databases.clone(), disk.area.clone())).unwrap_err();
    assert_eq!(refused.kind, Kind::Unusable);
    names.for_each(|name| disk.databases.breaks(&name, false));
    assert_eq!(disk.found(), []);
    assert_eq!(notes(&disk.open().0), [note("a", "one")]);
}

#[test]
fn without_the_copy_nothing_is_repaired() {
    let mut opened = 0;
    for after in 0..8 {
        let disk = Disk::default();
        let (locker, _) = disk.open();
        keep(&locker, &note("a", "one"));
        keep(&locker, &note("b", "two"));
        disk.change_record("note:a", |mut row| {
            row.value = Value::Text(row.value.text().replace("one", "0ne"));
            Some(row)
        });
        // Whichever read of it is the first to fail.
        disk.area.refuse_reads(Some(after));
        let done = run(Locker::open(disk.databases.clone(), disk.area.clone()));
        opened += usize::from(done.is_ok());
        let _ = run(locker.check());
        disk.area.refuse_reads(None);
        let (locker, found) = disk.open();
        assert_eq!(notes(&locker), [note("a", "one"), note("b", "two")]);
        let restored = Finding::Restored("note:a".to_owned());
        assert_eq!(found, [Finding::Disagreed, restored]);
    }
    assert!((1..8).contains(&opened), "{opened}");
}

#[test]
fn a_whole_database_is_worked_on_while_the_copy_cannot_be_read() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    keep(&locker, &note("a", "one"));
    disk.area.refuse_reads(Some(0));
    let (locker, found) = disk.open();
    assert_eq!((notes(&locker), found), (vec![note("a", "one")], vec![]));
    keep(&locker, &note("b", "two"));
    disk.area.refuse_reads(None);
    let both = [note("a", "one"), note("b", "two")];
    let (locker, found) = disk.open();
    assert_eq!((notes(&locker), found), (both.to_vec(), vec![]));

    // The one that is worked on is known without the copy.
    disk.databases.breaks(DATABASE, true);
    let (other, _) = disk.open();
    keep(&other, &note("c", "three"));
    disk.databases.breaks(DATABASE, false);
    disk.area.refuse_reads(Some(0));
    let (again, _) = disk.open();
    assert_eq!(notes(&again).len(), 3);
}

#[test]
fn a_database_that_went_back_is_brought_forward() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    keep(&locker, &note("a", "old"));
    let mut before = std::collections::BTreeMap::new();
    disk.databases
        .damage(DATABASE, |tables| before = tables.clone());
    keep(&locker, &note("a", "new"));
    keep(&locker, &note("b", "two"));
    disk.databases.damage(DATABASE, |tables| *tables = before);
    let found = disk.found();
    assert_eq!(found[0], Finding::WentBack);
    assert_eq!(notes(&disk.open().0), [note("a", "new"), note("b", "two")]);
}

#[test]
fn a_copy_that_is_gone_is_made_again() {
    let disk = Disk::default();
    keep(&disk.open().0, &note("a", "one"));
    let disk = Disk {
        area: Memory::default(),
        ..disk
    };
    assert_eq!(disk.found(), [Finding::CopyGone]);
    disk.databases.forget(DATABASE);
    assert_eq!(notes(&disk.open().0), [note("a", "one")]);
}

#[test]
fn a_copy_that_is_emptied_while_the_locker_is_open_is_told_of() {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    keep(&locker, &note("a", "one"));
    keep(&locker, &note("b", "two"));
    let keys = run(disk.area.get_all()).unwrap();
    let keys: Vec<&str> = keys.iter().map(|(key, _)| key.as_str()).collect();
    run(disk.area.remove(&keys)).unwrap();
    keep(&locker, &note("c", "three"));
    assert_eq!(disk.found(), [Finding::CopyGone]);
    disk.databases.forget(DATABASE);
    let all = [note("a", "one"), note("b", "two"), note("c", "three")];
    assert_eq!(notes(&disk.open().0), all, "the copy is whole again");
}

#[test]
fn without_the_extensions_storage_the_newest_database_is_found() {
    let disk = Disk::default();
    keep(&disk.open().0, &note("a", "one"));
    disk.databases.breaks(DATABASE, true);
    let (locker, _) = disk.open();
    keep(&locker, &note("b", "two"));
    let photo = add(&locker, b"a photo").sha256;
    run(locker.dismiss()).unwrap();
    drop(locker);
    // The first one opens again, and does not know that it was left.
    disk.databases.breaks(DATABASE, false);
    let disk = Disk {
        area: Memory::default(),
        ..disk
    };
    let (locker, found) = disk.open();
    assert!(found.contains(&Finding::CopyGone), "{found:?}");
    assert_eq!(notes(&locker), [note("a", "one"), note("b", "two")]);
    assert_eq!(read(&locker, &photo), Ok(b"a photo".to_vec()));
}

#[test]
fn without_the_extensions_storage_a_newer_version_is_known_all_the_same() {
    fn same(_: &str, body: &str) -> String {
        body.to_owned()
    }
    let newer = Schema { steps: &[same] };
    let disk = Disk::default();
    keep(&disk.open().0, &note("a", "one"));
    disk.databases.breaks(DATABASE, true);
    let (locker, _) = run(Locker::open(disk.databases.with(newer), disk.area.clone())).unwrap();
    keep(&locker, &note("b", "two"));
    disk.databases.breaks(DATABASE, false);
    let (locker, health) = run(Locker::open(disk.databases.clone(), Memory::default())).unwrap();
    assert!(health.newer && locker.is_read_only());
    assert_eq!(notes(&locker), [note("a", "one"), note("b", "two")]);
    let change = Change::new().put(&note("b", "three"), Expect::Anything);
    assert_eq!(run(locker.save(&change)).unwrap_err().kind, Kind::Newer);
}

#[test]
fn what_a_newer_version_keeps_is_read_and_not_changed() {
    fn same(_: &str, body: &str) -> String {
        body.to_owned()
    }
    let newer = Schema { steps: &[same] };
    let disk = Disk::default();
    let (locker, _) = run(Locker::open(disk.databases.with(newer), disk.area.clone())).unwrap();
    keep(&locker, &note("a", "one"));
    let (locker, health) =
        run(Locker::open(disk.databases.with(SCHEMA), disk.area.clone())).unwrap();
    assert!(health.newer && locker.is_read_only());
    assert_eq!(notes(&locker), [note("a", "one")]);
    let change = Change::new().put(&note("a", "two"), Expect::Anything);
    assert_eq!(run(locker.save(&change)).unwrap_err().kind, Kind::Newer);
    assert_eq!(run(locker.import(NOW)).unwrap_err().kind, Kind::Newer);
}

/// A database as version 1 keeps it, row by row: table, key, order, and text (or the bytes of a piece as numbers).
const VERSION_1: &str = include_str!("version-1.tsv");

#[test]
fn a_database_of_version_1_is_read() {
    let disk = Disk::default();
    let (locker, _) = run(Locker::open(disk.databases.clone(), Memory::default())).unwrap();
    drop(locker);
    disk.databases.damage(DATABASE, |tables| {
        tables.clear();
        for line in VERSION_1.lines() {
            let parts: Vec<&str> = line.split('\t').collect();
            let table = Table::ALL
                .into_iter()
                .find(|table| table.name() == parts[0])
                .unwrap();
            let value = if table == Table::Pieces {
                Value::Bytes(
                    parts[3]
                        .split(' ')
                        .map(|byte| byte.parse().unwrap())
                        .collect(),
                )
            } else {
                // A line break is `\n` there, and a backslash `\\`.
                let parts: Vec<String> = parts[3]
                    .split("\\\\")
                    .map(|part| part.replace("\\n", "\n"))
                    .collect();
                Value::Text(parts.join("\\"))
            };
            let order = Some(parts[2].to_owned()).filter(|order| !order.is_empty());
            let row = Row {
                key: parts[1].to_owned(),
                order,
                value,
            };
            tables.insert((table, row.key.clone()), row);
        }
    });
    let (locker, health) = run(Locker::open(disk.databases.clone(), Memory::default())).unwrap();
    assert_eq!(
        health.findings,
        [Finding::CopyGone],
        "only the copy is not part of the sample"
    );
    let items = run(locker.all::<Item>()).unwrap();
    assert_eq!(items.unreadable, Vec::<String>::new());
    let notes: Vec<&str> = items
        .records
        .iter()
        .filter_map(|held| Some(held.record.note()?.text.as_str()))
        .collect();
    assert_eq!(
        notes,
        [
            "The box was torn.\nPhotos follow. \\ 📦",
            "Коробка была порвана"
        ]
    );
    let photo = Sha256::of(b"a photo");
    assert_eq!(read(&locker, &photo), Ok(b"a photo".to_vec()));
    let of_order = run(locker.of_order::<Item>(&order(1))).unwrap();
    assert_eq!(of_order.records.len(), 2);
    assert_eq!(of_order.records[1].record.files(), [photo]);
}

/// Every record as the version of that number keeps it, brought to the newest.
#[test]
fn the_records_of_every_version_are_read_by_the_newest() {
    fn louder(key: &str, body: &str) -> String {
        if key.starts_with("note:") {
            format!("{body}!")
        } else {
            body.to_owned()
        }
    }
    let newest = Schema {
        steps: &[louder, louder],
    };
    let versions = [
        (Schema { steps: &[] }, "!!"),
        (Schema { steps: &[louder] }, "!"),
        (newest, ""),
    ];
    for (schema, marks) in versions {
        let disk = Disk::default();
        let (locker, _) =
            run(Locker::open(disk.databases.with(schema), disk.area.clone())).unwrap();
        keep(&locker, &note("a", "one"));
        let file = add(&locker, b"photo").sha256;
        drop(locker);
        let (locker, health) =
            run(Locker::open(disk.databases.with(newest), disk.area.clone())).unwrap();
        assert_eq!(health.findings, []);
        assert_eq!(notes(&locker), [note("a", &["one", marks].concat())]);
        assert_eq!(read(&locker, &file), Ok(b"photo".to_vec()));
        let mut before = None;
        disk.databases.damage(DATABASE, |tables| {
            before = tables.get(&(Table::Snapshot, "note:a".to_owned())).cloned();
        });
        assert_eq!(
            before.is_some(),
            schema.steps.len() < 2,
            "as it was before, aside"
        );
        disk.databases.forget(DATABASE);
        let (locker, _) =
            run(Locker::open(disk.databases.with(newest), disk.area.clone())).unwrap();
        assert_eq!(
            notes(&locker),
            [note("a", &["one", marks].concat())],
            "the copy is of the newest version too"
        );
    }
}

#[derive(Clone, Debug)]
enum Harm {
    Removed,
    Changed(char),
    Emptied,
    NoText,
    Account,
}

fn harms() -> impl Strategy<Value = Harm> {
    prop_oneof![
        Just(Harm::Removed),
        any::<char>().prop_map(Harm::Changed),
        Just(Harm::Emptied),
        Just(Harm::NoText),
        Just(Harm::Account)
    ]
}

proptest! {
    /// Whatever is done to records on the disk is noticed, and nothing that was saved is lost.
    #[test]
    fn damage_is_noticed_and_repaired(
        texts in proptest::collection::vec(("[a-d]", ".{0,30}"), 1..12),
        harms in proptest::collection::vec((any::<proptest::sample::Index>(), harms()), 1..5),
        open in any::<bool>(),
    ) {
        let disk = Disk::default();
        let (locker, _) = disk.open();
        for (id, text) in &texts {
            keep(&locker, &note(id, text));
        }
        let saved = notes(&locker);
        let mut harmed = false;
        for (at, harm) in harms {
            disk.databases.damage(DATABASE, |tables| {
                let keys: Vec<_> = tables.keys().filter(|(table, _)| *table == Table::Records).cloned().collect();
                if matches!(harm, Harm::Account) {
                    harmed |= tables.remove(&(Table::Meta, "account".to_owned())).is_some();
                    return;
                }
                if keys.is_empty() {
                    return;
                }
                let key = &keys[at.index(keys.len())];
                let row = tables.get_mut(key).unwrap();
                let before = row.clone();
                match harm {
                    Harm::Changed(letter) => {
                        let mut letters: Vec<char> = row.value.text().chars().collect();
                        if !letters.is_empty() {
                            let place = at.index(letters.len());
                            letters[place] = letter;
                        }
                        row.value = Value::Text(letters.into_iter().collect());
                    }
                    Harm::Emptied => row.value = Value::Text(String::new()),
                    Harm::NoText => row.value = Value::Bytes(vec![1]),
                    _ => {}
                }
                harmed |= matches!(harm, Harm::Removed) || *row != before;
                if matches!(harm, Harm::Removed) {
                    tables.remove(key);
                }
            });
        }
        // A page that was open all the time goes on: it keeps a new record, beside what it does not know to be damaged.
        let mut expected = saved;
        if open {
            let new = note("e", "after the damage");
            keep(&locker, &new);
            expected.push(new);
        }
        let (locker, found) = disk.open();
        prop_assert_eq!(notes(&locker), expected);
        if harmed {
            prop_assert!(!found.is_empty());
        }
    }
}

#[test]
fn what_is_damaged_and_has_no_copy_is_put_aside_as_it_was_found() {
    let uncopied = || {
        let disk = Disk::default();
        disk.area.refuse(true);
        let change = Change::new().put(&note("a", "one"), Expect::New);
        let refused = run(disk.open().0.save(&change)).unwrap_err();
        assert_eq!(refused.kind, Kind::Full);
        disk.area.refuse(false);
        disk
    };
    let disk = uncopied();
    let mut raw = None;
    disk.change_record("note:a", |mut row| {
        row.value = Value::Text(row.value.text().replace("one", "0ne"));
        raw = Some(row.value.clone());
        Some(row)
    });
    assert_eq!(
        disk.found(),
        [Finding::Disagreed, Finding::Lost("note:a".to_owned())]
    );
    disk.databases.damage(DATABASE, |tables| {
        let aside: Vec<_> = tables
            .iter()
            .filter(|((table, _), _)| *table == Table::Damaged)
            .collect();
        assert_eq!(aside.len(), 1);
        assert_eq!(Some(&aside[0].1.value), raw.as_ref());
    });
    let aside = run(disk.open().0.put_aside()).unwrap();
    assert_eq!(aside.into_iter().next().map(|row| row.value), raw);
    let disk = uncopied();
    disk.change_record("note:a", |_| None);
    assert_eq!(disk.found(), [Finding::Disagreed, Finding::Missing(1)]);
}
