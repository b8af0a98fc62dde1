//! The program is killed at every operation on the storage in turn, before it takes effect and after: what was called saved is there when
//! it starts again, nothing is there by half, and no damage is found.

use std::cell::Cell;
use std::rc::Rc;

use recourse::domain::sha256::Sha256;
use recourse::domain::time::{Moment, Span};
use recourse::store::locker::{
    Backend, Change, Expect, Locker, MemoryBackend, Opened, PIECE, Read, Row, Trouble, Write,
};
use recourse::store::{Area, Memory, StorageError};

use super::{Disk, NOW, Note, note, notes, read};

/// How many operations the program lives for yet, and whether the last of them still takes effect.
#[derive(Clone, Debug)]
struct Life {
    left: Rc<Cell<u32>>,
    effect: bool,
}

impl Life {
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
    let mut left = locker.import(NOW).await.unwrap();
    left.push(&locker, &photo, NOW).await.unwrap();
    locker.sweep(later()).await.unwrap();
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
            let life = Life {
                left: Rc::new(Cell::new(operations)),
                effect,
            };
            let mut context = std::task::Context::from_waker(std::task::Waker::noop());
            let lived = {
                let work = std::pin::pin!(work(&disk, life, &mut told));
                work.poll(&mut context).is_ready()
            };
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
