//! The claim as it is handed to somebody else on paper: what is asked for and why, what was filled into the shop's form and what came of it,
//! and all evidence in one order of time, with the SHA-256 of each file. It stands on the page and is seen in print alone.

use std::cell::RefCell;

use crate::browser::picture::Address;
use crate::domain::claim::{Claim, Draft};
use crate::domain::evidence::{Content, Item, Sha256, ShopPage};
use crate::domain::ledger::Record;
use crate::domain::sighting::{Fact, Part};
use crate::domain::time::Moment;
use crate::form::filling::Filling;
use crate::pages::Context;
use crate::pages::claims::{Claims, file};
use crate::pages::dashboard::detail::name_and_value;
use crate::pages::dom::{El, el};
use crate::pages::shop_page::page_key;

/// What is printed of a claim.
pub struct Paper<'a> {
    pub context: &'a Context,
    pub record: &'a Record,
    pub draft: &'a Draft,
    /// `None` while it is not said what happened and what is asked for.
    pub claim: Option<&'a Claim>,
    pub evidence: &'a [Item],
    pub fillings: &'a [Filling],
    /// What was filled in, drawn.
    pub filled: Option<El>,
    /// Those of the evidence that can be shown, as far as they are read.
    pub pictures: &'a [Picture],
}

impl Paper<'_> {
    pub fn parts(self) -> Vec<El> {
        let text = |key: &str| self.context.text(key);
        let order = self
            .context
            .with("dashboard_order", &[self.record.id.as_str()]);
        let mut parts = vec![el("h1").text(&text("evidence_title")), el("p").text(&order)];
        let lines = self.record.lines.as_ref();
        let line = usize::from(self.draft.line).checked_sub(1);
        let line = line.and_then(|at| lines?.value.get(at));
        if let Some(line) = line.filter(|line| !line.title.is_empty()) {
            let title = el("bdi").attr("dir", "auto").text(&line.title);
            parts.push(el("p").child(el("strong").child(title)));
        }
        parts.extend(self.asked());
        let timeline = self.timeline();
        parts.extend(self.filled);
        parts.push(
            el("section")
                .child(el("h2").text(&self.context.text("claim_paper_timeline")))
                .child(el("ol").class("in-time").children(timeline)),
        );
        parts
    }

    /// What happened, what is asked for, and the text.
    fn asked(&self) -> Vec<El> {
        let text = |key: &str| self.context.text(key);
        let happened = self.draft.happened.map(|happened| {
            let key = format!("claim_{}", happened.name().replace('-', "_"));
            ("fill_field_reason", text(&key))
        });
        let solution = self
            .draft
            .solution
            .map(|solution| ("fill_field_solution", text(super::solution_key(solution))));
        let amount = self.claim.and_then(|claim| claim.amount.as_ref());
        let amount = amount.map(|sum| ("fill_field_amount", self.context.wording.intl.money(sum)));
        let pairs = [happened, solution, amount].into_iter().flatten();
        let pairs = pairs.map(|(name, value)| {
            el("p")
                .child(el("strong").text(&text(name)))
                .child(el("span").text(&format!(": {value}")))
        });
        let mut parts: Vec<El> = pairs.collect();
        if let Some(claim) = self.claim {
            parts.push(
                el("blockquote")
                    .class("whole")
                    .attr("lang", self.draft.language)
                    .attr("dir", "auto")
                    .text(&claim.description),
            );
        }
        parts
    }

    /// What pages of the shop said, what was noted and what was added, each by the time when that was.
    fn timeline(&self) -> Vec<El> {
        let number = self.fillings.iter().find_map(|filling| filling.number);
        let is_own = |fact: &Fact| match fact {
            Fact::OfPart(Part::Line(line), _) => *line == self.draft.line,
            Fact::OfLine(line, _) => number.is_none_or(|number| *line == number),
            _ => true,
        };
        let facts = self.record.sightings.iter();
        let facts = facts.filter(|sighting| is_own(&sighting.fact));
        let facts = facts.map(|sighting| {
            let (name, value) = name_and_value(self.context, &sighting.fact);
            let page = ShopPage::Of(sighting.page);
            let head = format!("{name}: {value}");
            let head = el("p").child(el("strong").child(el("bdi").text(&head)));
            let quote = Some(sighting.text.trim()).filter(|text| !text.is_empty());
            let quote = quote.map(|text| el("blockquote").attr("dir", "auto").text(text));
            let page = el("p")
                .class("helper")
                .text(&self.context.text(page_key(page)));
            let parts = [head].into_iter().chain(quote).chain([page]);
            (sighting.first, parts.collect())
        });
        let kept = self
            .evidence
            .iter()
            .map(|item| (item.made, self.item(item)));
        let mut entries: Vec<(Moment, Vec<El>)> = facts.chain(kept).collect();
        entries.sort_by_key(|(at, _)| *at);
        let entries = entries.into_iter().map(|(at, parts)| {
            let when = el("p").class("when").text(&self.context.wording.on(at));
            el("li").child(when).children(parts)
        });
        entries.collect()
    }

    fn item(&self, item: &Item) -> Vec<El> {
        match &item.content {
            Content::Note(note) => {
                vec![el("p").class("whole").attr("dir", "auto").text(&note.text)]
            }
            Content::File(file) => {
                let hash = file.hash.to_string();
                let hash = self.context.with("evidence_print_hash", &[&hash]);
                let name = el("bdi").attr("dir", "auto").text(&file.name);
                let shown = self.pictures.iter().find(|one| one.of == file.hash);
                let mut parts = vec![
                    el("p").child(el("strong").child(name)),
                    el("p").class("helper").text(&hash),
                ];
                parts.extend(shown.map(|picture| picture.image.clone()));
                parts
            }
            Content::Excerpt(excerpt) => {
                let page = self.context.text(page_key(excerpt.page));
                vec![
                    el("p").child(el("strong").text(&page)),
                    el("p")
                        .class("helper")
                        .attr("dir", "ltr")
                        .text(&excerpt.address),
                    el("blockquote")
                        .class("whole")
                        .attr("dir", "auto")
                        .text(&excerpt.lines.join("\n")),
                ]
            }
        }
    }
}

/// A picture among the evidence.
pub struct Picture {
    of: Sha256,
    image: El,
    /// The browser has it for as long as this.
    _address: Address,
}

/// Reads those pictures of the evidence that are not there yet and that the browser can show. Printing from the browser's own menu
/// waits for nothing, so they are read before anybody prints.
pub async fn read_pictures(claims: &Claims, evidence: &[Item], read: &RefCell<Vec<Picture>>) {
    for item in evidence {
        let Some(picture) = item.file().filter(|file| file.kind.is_picture()) else {
            continue;
        };
        let of = picture.hash;
        let is_there = || read.borrow().iter().any(|one| one.of == of);
        let Some(file) = file(item).filter(|_| !is_there()) else {
            continue;
        };
        let blob = claims.blob(&file).await;
        let Some(address) = blob.as_ref().and_then(Address::of) else {
            continue;
        };
        let image = el("img").attr("src", address.text()).attr("alt", "");
        image.shown().await;
        // Somebody else may have read it meanwhile.
        if !is_there() {
            read.borrow_mut().push(Picture {
                of,
                image,
                _address: address,
            });
        }
    }
}
