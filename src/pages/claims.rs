//! What both pages of claims need: the drafts that are kept, the evidence for them, and what becomes of both.

use std::rc::Rc;

use js_sys::{Array, Uint8Array};

use super::Context;
use super::dom::{self, El, el};
use super::orders::Order;
use super::settings::own_name;
use crate::browser::clock;
use crate::browser::messages::Texts;
use crate::domain::aftermath::{Aftermath, Telling};
use crate::domain::claim::{Claim, ClaimFile, Draft, FileKind, Sentence, Template};
use crate::domain::claim_checks::{Check, checks};
use crate::domain::evidence::{Content, FileType, Item};
use crate::domain::ledger::Record;
use crate::domain::order::OrderId;
use crate::domain::statement::{self, English, Phrases};
use crate::domain::written_language::is_in_another;
use crate::form::filling::{Dispute, Filling};
use crate::form::taught::Lesson;
use crate::icons;
use crate::store::LocalStore;
use crate::store::locker::{Change, Expect, Kept as _, LocalLocker, Trouble};
use crate::wording::Wording;

/// The claims that are kept.
pub struct Claims {
    locker: LocalLocker,
}

impl Claims {
    pub async fn open() -> Result<Self, String> {
        let (locker, _) = LocalLocker::local().await.map_err(words)?;
        Ok(Self { locker })
    }

    /// All drafts, the one edited last first.
    pub async fn all(&self) -> Result<Vec<Draft>, String> {
        let listing = self.locker.all::<Draft>().await.map_err(words)?;
        let drafts = listing.records.into_iter().map(|held| held.record);
        let mut drafts: Vec<Draft> = drafts.collect();
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.edited));
        Ok(drafts)
    }

    pub async fn of_order(&self, order: &OrderId) -> Result<Vec<Draft>, String> {
        let listing = self.locker.of_order::<Draft>(order).await.map_err(words)?;
        Ok(listing
            .records
            .into_iter()
            .map(|held| held.record)
            .collect())
    }

    /// What was told of what came after disputes.
    pub async fn aftermaths(&self) -> Result<Vec<Aftermath>, String> {
        let listing = self.locker.all::<Aftermath>().await.map_err(words)?;
        let records = listing.records.into_iter();
        Ok(records.map(|held| held.record).collect())
    }

    /// All evidence, that in the bin as well.
    pub async fn all_evidence(&self) -> Result<Vec<Item>, String> {
        let listing = self.locker.all::<Item>().await.map_err(words)?;
        let records = listing.records.into_iter();
        Ok(records.map(|held| held.record).collect())
    }

    /// Takes in what is told of one order, as it is kept now, and says what is kept then. Where that is nothing any more, nothing is.
    pub async fn tell(&self, order: &OrderId, telling: &Telling) -> Result<Aftermath, String> {
        let listing = self.locker.of_order::<Aftermath>(order).await;
        let known = listing.map_err(words)?.records.into_iter().next();
        let mut told = known.map_or_else(|| Aftermath::new(order.clone()), |held| held.record);
        told.take(telling);
        let change = Change::new();
        let change = if told.is_empty() {
            change.delete::<Aftermath>(&told.id(), Expect::Anything)
        } else {
            change.put(&told, Expect::Anything)
        };
        self.change(change).await?;
        Ok(told)
    }

    pub async fn save(&self, draft: &Draft) -> Result<(), String> {
        self.change(Change::new().put(draft, Expect::Anything))
            .await
    }

    pub async fn remove(&self, draft: &Draft) -> Result<(), String> {
        self.change(Change::new().delete::<Draft>(&draft.id(), Expect::Anything))
            .await
    }

    /// What was filled into forms about the draft's line, the last first.
    pub async fn fillings(&self, draft: &Draft) -> Result<Vec<Filling>, String> {
        let listing = self.locker.of_order::<Filling>(&draft.order).await;
        let fillings = listing.map_err(words)?.records.into_iter();
        let mut fillings: Vec<Filling> = fillings
            .map(|held| held.record)
            .filter(|filling| filling.line == draft.line)
            .collect();
        fillings.sort_by_key(|filling| std::cmp::Reverse(filling.at));
        Ok(fillings)
    }

    /// The fillings, the last of them with what pages of the shop have said of a dispute since.
    pub async fn followed(
        &self,
        draft: &Draft,
        record: &Record,
        store: &LocalStore,
    ) -> Result<Vec<Filling>, String> {
        let mut fillings = self.fillings(draft).await?;
        if let Some(last) = fillings.first_mut()
            && let Some((line, told)) = last.told(record)
        {
            let number = store.dispute(&draft.order, line).await.ok().flatten();
            if last.follow(Dispute { number, ..told }) {
                self.record(last).await?;
            }
        }
        Ok(fillings)
    }

    pub async fn record(&self, filling: &Filling) -> Result<(), String> {
        self.change(Change::new().put(filling, Expect::Anything))
            .await
    }

    /// What was put back was not said to the shop.
    pub async fn forget(&self, filling: &Filling) -> Result<(), String> {
        self.change(Change::new().delete::<Filling>(&filling.id(), Expect::Anything))
            .await
    }

    /// The fields that the user has pointed at, the last first.
    pub async fn lessons(&self) -> Result<Vec<Lesson>, String> {
        let listing = self.locker.all::<Lesson>().await.map_err(words)?;
        let lessons = listing.records.into_iter().map(|held| held.record);
        let mut lessons: Vec<Lesson> = lessons.collect();
        lessons.sort_by_key(|lesson| std::cmp::Reverse(lesson.at));
        Ok(lessons)
    }

    /// Keeps what the user has pointed at, in the place of what was said of the same field before.
    pub async fn learn(&self, lesson: &Lesson) -> Result<(), String> {
        let known = self.lessons().await?;
        let other = known.iter().filter(|other| {
            other.shape == lesson.shape
                && other.place == lesson.place
                && other.concept != lesson.concept
        });
        let change = other.fold(Change::new(), |change, other| {
            change.delete::<Lesson>(&other.id(), Expect::Anything)
        });
        self.change(change.put(lesson, Expect::Anything)).await
    }

    pub async fn unlearn(&self, lessons: &[Lesson]) -> Result<(), String> {
        let change = lessons.iter().fold(Change::new(), |change, lesson| {
            change.delete::<Lesson>(&lesson.id(), Expect::Anything)
        });
        self.change(change).await
    }

    /// The words that the user has kept for the next claim, the last first.
    pub async fn templates(&self) -> Result<Vec<Template>, String> {
        let listing = self.locker.all::<Template>().await.map_err(words)?;
        let templates = listing.records.into_iter().map(|held| held.record);
        let mut templates: Vec<Template> = templates.collect();
        templates.sort_by_key(|template| std::cmp::Reverse(template.made));
        Ok(templates)
    }

    pub async fn keep_template(&self, template: &Template) -> Result<(), String> {
        self.change(Change::new().put(template, Expect::Anything))
            .await
    }

    pub async fn remove_template(&self, template: &Template) -> Result<(), String> {
        self.change(Change::new().delete::<Template>(&template.id(), Expect::Anything))
            .await
    }

    async fn change(&self, change: Change) -> Result<(), String> {
        self.locker.save(&change).await.map(drop).map_err(words)
    }

    /// The evidence for the draft: what is about its line, and what is about the whole order, oldest first.
    pub async fn evidence(&self, draft: &Draft) -> Result<Vec<Item>, String> {
        let listing = self.locker.of_order::<Item>(&draft.order).await;
        let items = listing.map_err(words)?.records.into_iter();
        let mut items: Vec<Item> = items
            .map(|held| held.record)
            .filter(|item| item.binned.is_none())
            .filter(|item| item.place.line.is_none_or(|line| line == draft.line))
            .collect();
        items.sort_by_key(|item| item.made);
        Ok(items)
    }

    /// A file's bytes, as a `Blob`; `None` where they are no more there, or no more what they were.
    pub async fn blob(&self, file: &ClaimFile) -> Option<web_sys::Blob> {
        let mut reader = self.locker.reader(&file.hash).await.ok()?;
        let parts = Array::new();
        while let Some(piece) = reader.next(&self.locker).await.ok()? {
            parts.push(&Uint8Array::from(piece.as_slice()));
        }
        let options = web_sys::BlobPropertyBag::new();
        options.set_type(media_type(&file.name));
        let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options);
        blob.ok()
    }
}

fn words(trouble: Trouble) -> String {
    trouble.to_string()
}

/// By the ending, which is what the shop goes by.
fn media_type(name: &str) -> &'static str {
    let ending = name
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let ending = if ending == "jpeg" { "jpg" } else { &ending };
    FileType::named(ending).map_or("application/octet-stream", FileType::media_type)
}

/// The phrases in which a claim is told in that language.
pub async fn phrases(context: &Context, language: &str) -> Result<Rc<dyn Phrases>, String> {
    if language == Draft::LANGUAGE {
        return Ok(Rc::new(English));
    }
    // The user's own region may write sums and days in its own way.
    let own = &context.wording;
    let tag = if own.messages.language() == language {
        own.intl.language()
    } else {
        language
    };
    Ok(Rc::new(Wording::load(Texts::Statement, tag).await?))
}

/// The claim that a draft makes; `None` while it is not said what happened and what is asked for.
pub fn claim(
    phrases: &dyn Phrases,
    record: &Record,
    draft: &Draft,
    evidence: &[Item],
) -> Option<Claim> {
    Some(Claim {
        order: draft.order.clone(),
        happened: draft.happened?,
        solution: draft.solution?,
        amount: statement::amount(record, draft),
        description: statement::description(record, draft, phrases),
        files: evidence.iter().filter_map(file).collect(),
    })
}

/// What should be looked at before the claim is sent, in words. `asks_files`: where a form takes none, none are missing.
pub fn warnings(
    context: &Context,
    record: &Record,
    draft: &Draft,
    claim: &Claim,
    asks_files: bool,
) -> Vec<String> {
    let now = clock::now();
    let wording = &context.wording;
    let order = Order::new(record.clone(), now, &context.settings.choices);
    let told = checks(claim, record.total(), order.verdict.firm(), now);
    let told = told.into_iter().filter_map(|check| match check {
        Check::EndsSoon(_) => {
            let lead = wording.lead(&order.verdict, now);
            Some(context.with("fill_check_soon", &[&lead]))
        }
        Check::MoreThanPaid(paid) => {
            Some(context.with("fill_check_more", &[&wording.intl.money(&paid)]))
        }
        Check::PhotosOfWhatNeverCame => Some(context.text("fill_check_photos_never_came")),
        Check::NoPhotos => asks_files.then(|| context.text("fill_check_no_photos")),
        Check::NoVideo => asks_files.then(|| context.text("fill_check_no_video")),
    });
    let mut told: Vec<String> = told.collect();
    // Half a text in another language is a text that nobody reads.
    if !draft.without.contains(&Sentence::Words) && is_in_another(&draft.words, draft.language) {
        let rest = own_name(draft.language);
        told.push(context.with("fill_check_language", &[rest]));
    }
    told
}

/// Something that should be known before sending.
pub fn warning(text: &str) -> El {
    el("li")
        .child(dom::icon(icons::BANG))
        .child(el("span").text(text))
}

/// Photos and videos: the shop takes nothing else.
pub fn file(item: &Item) -> Option<ClaimFile> {
    let Content::File(file) = &item.content else {
        return None;
    };
    let kind = match file.kind {
        kind if kind.is_picture() => FileKind::Picture,
        kind if kind.is_video() => FileKind::Video,
        _ => return None,
    };
    Some(ClaimFile {
        hash: file.hash,
        name: file.name.clone(),
        kind,
        bytes: file.bytes,
        // What the browser has made a small picture of it can make a larger one of.
        copies: kind == FileKind::Picture && file.thumbnail.is_some(),
    })
}
