//! What is kept, and what is said when it is not.

use gloo_timers::future::TimeoutFuture;

use crate::archive::paper::Paper;
use crate::browser::parts::Parts;
use crate::browser::{clock, idle, runtime, storage};
use crate::domain::evidence::{Conflict, FileType, Item, Sha256, merge};
use crate::domain::order::OrderId;
use crate::icons;
use crate::pages::Context;
use crate::pages::dom::{self, El, el};
use crate::store::locker::{self, Change, Expect, Held, Import, Kind, LocalLocker, Row, Trouble};

/// For so long a page stands before everything is looked at.
const QUIET_MS: u32 = 1_500;

/// The locker as the pages use it.
pub struct Keeper {
    pub locker: LocalLocker,
}

/// What belongs to claims, and what of it cannot be read, as it is kept.
#[derive(Default)]
pub struct Papers {
    pub papers: Vec<Paper>,
    pub unreadable: Vec<Row>,
}

/// Evidence, and how many pieces could not be read.
pub struct Kept {
    pub items: Vec<Held<Item>>,
    pub unreadable: usize,
}

impl Keeper {
    pub async fn open() -> Result<Self, Trouble> {
        let locker = LocalLocker::local_soon().await?;
        Ok(Self { locker })
    }

    /// Looks at everything that is kept, once the page has stood for a while and has nothing to do: who goes from one order to the next
    /// does not wait for it. What is found damaged is noted in the locker, and named in the dashboard.
    pub async fn check(&self) {
        TimeoutFuture::new(QUIET_MS).await;
        idle::moment().await;
        if !self.locker.is_read_only()
            && let Err(trouble) = self.locker.check().await
        {
            runtime::log("the locker was not checked", &trouble.to_string().into());
        }
    }

    pub async fn of_order(&self, order: &OrderId) -> Result<Kept, Trouble> {
        let listing = self.locker.of_order::<Item>(order).await?;
        Ok(Kept {
            items: listing.records,
            unreadable: listing.unreadable.len(),
        })
    }

    /// What the user has to decide of the order's notes.
    pub async fn conflicts(&self, order: &OrderId) -> Vec<Conflict> {
        let listing = self.locker.of_order::<Conflict>(order).await;
        let records = listing.map_or_else(|_| Vec::new(), |listing| listing.records);
        records.into_iter().map(|held| held.record).collect()
    }

    /// Which orders' notes the user has to decide about.
    pub async fn undecided(&self) -> Vec<OrderId> {
        let listing = self.locker.all::<Conflict>().await;
        let records = listing.map_or_else(|_| Vec::new(), |listing| listing.records);
        let mut orders: Vec<OrderId> = records.into_iter().map(|held| held.record.order).collect();
        orders.sort();
        orders.dedup();
        orders
    }

    /// Keeps the note as the user has decided.
    pub async fn decide(&self, conflict: &Conflict, other: bool) -> Result<(), Trouble> {
        let id = conflict.note.as_str();
        // What is written into it just now comes first.
        for _ in 0..4 {
            let change = Change::new().delete::<Conflict>(id, Expect::Anything);
            let change = match self.locker.get::<Item>(id).await? {
                Some(held) => {
                    let note = conflict.settled(held.record, other, clock::now());
                    change.put(&note, Expect::Since(held.sequence))
                }
                None => change,
            };
            match self.locker.save(&change).await {
                Err(trouble) if trouble.kind == Kind::Changed => {}
                done => return done.map(drop),
            }
        }
        Err(Trouble::new(Kind::Changed, id))
    }

    pub async fn all(&self) -> Result<Kept, Trouble> {
        let listing = self.locker.all::<Item>().await?;
        Ok(Kept {
            items: listing.records,
            unreadable: listing.unreadable.len(),
        })
    }

    /// What belongs to claims.
    pub async fn papers(&self) -> Result<Papers, Trouble> {
        let mut papers = Papers::default();
        self.add_papers(&mut papers, Paper::Draft).await?;
        self.add_papers(&mut papers, Paper::Template).await?;
        self.add_papers(&mut papers, Paper::Filling).await?;
        self.add_papers(&mut papers, Paper::Aftermath).await?;
        self.add_papers(&mut papers, Paper::Lesson).await?;
        Ok(papers)
    }

    async fn add_papers<K: locker::Kept>(
        &self,
        papers: &mut Papers,
        paper: fn(K) -> Paper,
    ) -> Result<(), Trouble> {
        let listing = self.locker.all::<K>().await?;
        let records = listing.records.into_iter();
        papers.papers.extend(records.map(|held| paper(held.record)));
        let unreadable = self.raw::<K>(&listing.unreadable).await?;
        papers.unreadable.extend(unreadable);
        Ok(())
    }

    /// What is kept under these ids, as it is kept.
    async fn raw<K: locker::Kept>(&self, ids: &[String]) -> Result<Vec<Row>, Trouble> {
        let mut rows = Vec::new();
        for id in ids {
            rows.extend(self.locker.raw::<K>(id).await?);
        }
        Ok(rows)
    }

    /// All evidence, and what of it cannot be read, as it is kept.
    pub async fn all_and_rest(&self) -> Result<(Vec<Held<Item>>, Vec<Row>), Trouble> {
        let listing = self.locker.all::<Item>().await?;
        let unreadable = self.raw::<Item>(&listing.unreadable).await?;
        Ok((listing.records, unreadable))
    }

    /// Keeps a new piece.
    pub async fn add(&self, item: Item) -> Result<Held<Item>, Trouble> {
        self.save(item, None).await
    }

    /// Keeps the piece in place of the one that was read with that number. Where somebody else has changed that in the meantime, both
    /// are brought together.
    pub async fn save(&self, item: Item, read: Option<u64>) -> Result<Held<Item>, Trouble> {
        let mut record = item;
        let mut expect = read.map_or(Expect::New, Expect::Since);
        // Whoever comes in between so often is no person.
        for _ in 0..4 {
            match self.locker.save(&Change::new().put(&record, expect)).await {
                Ok(sequence) => return Ok(Held { record, sequence }),
                Err(trouble) if trouble.kind == Kind::Changed => {
                    let theirs = self.locker.get::<Item>(record.id.as_str()).await?;
                    expect = match theirs {
                        Some(theirs) => {
                            record = merge::merged(&record, &theirs.record);
                            Expect::Since(theirs.sequence)
                        }
                        None => Expect::New,
                    };
                }
                Err(trouble) => return Err(trouble),
            }
        }
        Err(Trouble::new(Kind::Changed, record.id.as_str()))
    }

    /// Deletes what has been in the bin for its time, and afterwards files that nobody names any more.
    pub async fn clear_bin(&self, items: &[Held<Item>]) -> Result<(), Trouble> {
        let now = clock::now();
        let gone = items.iter().filter(|held| held.record.is_gone(now));
        let change = gone.fold(None, |change: Option<Change>, held| {
            let id = held.record.id.as_str();
            let expect = Expect::Since(held.sequence);
            Some(change.unwrap_or_default().delete::<Item>(id, expect))
        });
        match change {
            Some(change) => self.locker.save(&change).await.map(drop),
            None => Ok(()),
        }
    }

    pub async fn import(&self) -> Result<Import, Trouble> {
        self.locker.import(clock::now()).await
    }

    /// Keeps a small file.
    pub async fn keep(&self, bytes: &[u8]) -> Result<Sha256, Trouble> {
        let now = clock::now();
        let mut import = self.import().await?;
        import.push(&self.locker, bytes, now).await?;
        Ok(import.finish(&self.locker, now).await?.sha256)
    }

    /// A kept file as the browser takes it.
    pub async fn blob(&self, file: &Sha256, kind: FileType) -> Result<web_sys::Blob, Trouble> {
        let mut reader = self.locker.reader(file).await?;
        let mut parts = Parts::default();
        while let Some(piece) = reader.next(&self.locker).await? {
            parts.push(&piece).map_err(refused)?;
        }
        parts.blob(kind.media_type()).map_err(refused)
    }

    /// Hears when anybody keeps or deletes something.
    pub fn follow(&self, changed: impl Fn() + 'static) {
        let changes = storage::Changes::hear();
        changes.follow(move |keys| {
            if keys.iter().any(|key| locker::is_locker_key(key)) {
                changed();
            }
        });
        // The page follows as long as it lives.
        std::mem::forget(changes);
    }
}

fn refused(error: wasm_bindgen::JsValue) -> Trouble {
    Trouble::new(Kind::Refused, crate::browser::words_of(&error))
}

/// What happened and what to do, in plain words.
pub fn words(context: &Context, trouble: &Trouble) -> String {
    let key = ["evidence_trouble_", &trouble.kind.name().replace('-', "_")].concat();
    context.text(&key)
}

/// What could not be done, and why.
pub fn notice(context: &Context, what: &str, trouble: &Trouble) -> El {
    el("div")
        .class("notice failed")
        .attr("role", "alert")
        .child(dom::icon(icons::BANG))
        .child(
            el("div")
                .class("words")
                .child(el("strong").text(&context.text(what)))
                .child(el("p").text(&words(context, trouble)))
                .child(
                    el("p")
                        .class("helper")
                        .attr("dir", "auto")
                        .text(&trouble.message),
                ),
        )
}
