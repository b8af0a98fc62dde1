//! The program is killed at every operation on the storage in turn, before it takes effect and after: what was called saved is there when
//! it starts again, nothing is there by half, and no damage is found.

use std::cell::Cell;
use std::rc::Rc;

use recourse::domain::sha256::Sha256;
use recourse::domain::time::{Moment, Span};
use recourse::store::locker::{
    Backend, Change, Expect, Finding, Locker, MemoryBackend, Opened, PIECE, Read, Row, Schema,
    Trouble, Value, Write,
};
use recourse::store::{Area, Memory, StorageError};

use super::{DATABASE, Disk, NOW, Note, note, notes, read};

/// How many operations the program lives for yet, and whether the last of them still takes effect.
#[derive(Clone, Debug)]
struct Life {
    left: Rc<Cell<u32>>,
    effect: bool,
}

impl Life {
    fn of_length(operations: u32, effect: bool) -> Self {
        let left = Rc::new(Cell::new(operations));
        Self { left, effect }
    }

    /// What comes of the operation, if anybody lives to hear of it.
    async fn of<T>(&self, operation: impl Future<Output = T>) -> T {
        match self.left.get() {
            0 => {
                if self.effect {
                    operation.await;
                }
                std::future::pending().await
            }
            more => {
                self.left.set(more - 1);
                operation.await
            }
        }
    }
}

#[derive(Clone, Debug)]
struct Mortal<T>(T, Life);

impl Backend for Mortal<MemoryBackend> {
    fn another(&self) -> Self {
        Self(self.0.another(), self.1.clone())
    }

    async fn is_there(&self, name: &str, apart: bool) -> bool {
        self.1.of(self.0.is_there(name, apart)).await
    }

    async fn open(&self, name: &str, apart: bool) -> Result<Opened, Trouble> {
        self.1.of(self.0.open(name, apart)).await
    }

    async fn transact(
        &self,
        reads: &[Read],
        plan: impl FnOnce(Vec<Vec<Row>>) -> Result<Vec<Write>, Trouble>,
    ) -> Result<(), Trouble> {
        self.1.of(self.0.transact(reads, plan)).await
    }

    async fn read(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, Trouble> {
        self.1.of(self.0.read(reads)).await
    }
}

impl Area for Mortal<Memory> {
    async fn get(&self, keys: &[&str]) -> Result<Vec<Option<String>>, StorageError> {
        self.1.of(self.0.get(keys)).await
    }

    async fn get_all(&self) -> Result<Vec<(String, String)>, StorageError> {
        self.1.of(self.0.get_all()).await
    }

    async fn set(&self, entries: &[(String, String)]) -> Result<(), StorageError> {
        self.1.of(self.0.set(entries)).await
    }

    async fn remove(&self, keys: &[&str]) -> Result<(), StorageError> {
        self.1.of(self.0.remove(keys)).await
    }
}

/// What the program had done when it was killed: the notes of which it knew that they are kept, and those that it was about to have.
#[derive(Default)]
struct Told {
    kept: Vec<Note>,
    next: Vec<Note>,
}

fn photo() -> Vec<u8> {
    (0..=PIECE).map(|n| (n % 251) as u8).collect()
}

/// Keeps, changes and deletes notes, adds a file of two pieces, gives another up, and sweeps.
async fn work(disk: &Disk, life: Life, told: &mut Told) {
    let databases = Mortal(disk.databases.clone(), life.clone());
    let (locker, _) = Locker::open(databases, Mortal(disk.area.clone(), life))
        .await
        .unwrap();
    let photo = photo();
    let named = Note {
        file: Some(Sha256::of(&photo)),
        ..note("c", "see the photo")
    };
    let (a, b) = (note("a", "one"), note("b", "two"));
    let changed = note("a", "another");
    told.next = vec![a.clone(), b.clone()];
    let both = Change::new().put(&a, Expect::New).put(&b, Expect::New);
    locker.save(&both).await.unwrap();
    told.kept = told.next.clone();
    told.next = vec![changed.clone(), b.clone()];
    let change = Change::new().put(&changed, Expect::Anything);
    locker.save(&change).await.unwrap();
    told.kept = told.next.clone();
    let mut import = locker.import(NOW).await.unwrap();
    import.push(&locker, &photo, NOW).await.unwrap();
    import.finish(&locker, NOW).await.unwrap();
    told.next = vec![changed.clone(), b, named.clone()];
    let change = Change::new().put(&named, Expect::New);
    locker.save(&change).await.unwrap();
    told.kept = told.next.clone();
    told.next = vec![changed, named];
    let change = Change::new().delete::<Note>("b", Expect::Anything);
    locker.save(&change).await.unwrap();
    told.kept = told.next.clone();
    let mut given_up = locker.import(NOW).await.unwrap();
    given_up.push(&locker, &photo, NOW).await.unwrap();
    given_up.cancel(&locker).await.unwrap();
    let mut left = locker.import(NOW).await.unwrap();
    left.push(&locker, &photo, NOW).await.unwrap();
    locker.sweep(later()).await.unwrap();
}

/// Whether the work comes to its end. It waits only for what nobody lives to hear.
fn lives_through(work: impl Future<Output = ()>) -> bool {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    std::pin::pin!(work).poll(&mut context).is_ready()
}

fn later() -> Moment {
    NOW.plus(Span::hours(25))
}

#[test]
fn nothing_that_was_called_saved_is_lost_by_a_kill_at_any_operation() {
    for effect in [false, true] {
        for operations in 0.. {
            let disk = Disk::default();
            let mut told = Told::default();
            let lived = lives_through(work(&disk, Life::of_length(operations, effect), &mut told));
            let (locker, found) = disk.open();
            assert_eq!(found, [], "killed at operation {operations}");
            let there = notes(&locker);
            assert!(
                there == told.kept || there == told.next,
                "killed at operation {operations} (with effect: {effect}), {there:?} is there"
            );
            for file in there.iter().filter_map(|note| note.file) {
                assert_eq!(read(&locker, &file), Ok(photo()));
            }
            super::run(locker.sweep(later())).unwrap();
            assert_eq!(super::run(locker.check_files()).unwrap(), []);
            let named = there.iter().any(|note| note.file.is_some());
            assert_eq!(disk.pieces(), if named { 2 } else { 0 });
            assert_eq!(notes(&disk.open().0), there, "it stays so");
            if lived {
                assert!(operations > 20, "the work is done by operations");
                break;
            }
        }
    }
}

/// A disk on which something has happened, and the form in which the program that comes next keeps records.
type Setting = (&'static str, fn() -> Disk, Schema);

/// With two notes, of which one names a photo, and with what the program has done then.
fn after(happens: impl FnOnce(&Disk)) -> Disk {
    let disk = Disk::default();
    let (locker, _) = disk.open();
    super::named_photo(&locker);
    super::keep(&locker, &note("b", "two"));
    happens(&disk);
    disk
}

fn louder(key: &str, body: &str) -> String {
    let note = key.starts_with("note:");
    [body, if note { "!" } else { "" }].concat()
}

const SAME: Schema = Schema { steps: &[] };
const SETTINGS: [Setting; 6] = [
    (
        "a record is damaged",
        || {
            after(|disk| {
                disk.change_record("note:b", |mut row| {
                    row.value = Value::Text(row.value.text().replace("two", "tw0"));
                    Some(row)
                });
            })
        },
        SAME,
    ),
    (
        "a record is gone",
        || after(|disk| disk.change_record("note:b", |_| None)),
        SAME,
    ),
    (
        "the database is gone",
        || after(|disk| disk.databases.forget(DATABASE)),
        SAME,
    ),
    (
        "the database does not open",
        || after(|disk| disk.databases.breaks(DATABASE, true)),
        SAME,
    ),
    (
        "the database opens again",
        || {
            after(|disk| {
                let (left, _) = disk.open();
                disk.databases.breaks(DATABASE, true);
                super::keep(&disk.open().0, &note("c", "three"));
                disk.databases.breaks(DATABASE, false);
                super::keep(&left, &note("d", "written there"));
            })
        },
        SAME,
    ),
    (
        "a version is new",
        || after(|_| ()),
        Schema {
            steps: &[louder, louder],
        },
    ),
];

/// What the next program finds, and what is there then: the notes, and the bytes of the photo where they can be read.
fn next(disk: &Disk, schema: Schema) -> (Vec<Finding>, Vec<Note>, Vec<Vec<u8>>) {
    let opening = Locker::open(disk.databases.with(schema), disk.area.clone());
    let (locker, health) = super::run(opening).unwrap();
    let there = notes(&locker);
    let files = there.iter().filter_map(|note| note.file);
    let photos = files.filter_map(|file| read(&locker, &file).ok()).collect();
    (health.findings, there, photos)
}

#[test]
fn a_repair_or_migration_that_is_killed_at_any_operation_is_done_by_the_next_program() {
    for (name, harmed, schema) in SETTINGS {
        let whole = next(&harmed(), schema);
        assert!(whole.1.len() > 1, "{name}: {whole:?}");
        for effect in [false, true] {
            for operations in 0.. {
                let disk = harmed();
                let lived = lives_through(async {
                    let life = Life::of_length(operations, effect);
                    let databases = Mortal(disk.databases.with(schema), life.clone());
                    let area = Mortal(disk.area.clone(), life);
                    Locker::open(databases, area).await.unwrap();
                });
                let killed = format!("{name}: killed at operation {operations}, {effect}");
                assert_eq!(next(&disk, schema), whole, "{killed}");
                assert_eq!(next(&disk, schema), whole, "{killed}, and once more");
                if lived {
                    assert!(operations > 2, "{name} is opened by operations");
                    break;
                }
            }
        }
    }
}
