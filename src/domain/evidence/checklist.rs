//! What the evidence must and should show, by what happened; and how much of it can be there.

use super::{Content, FileType, Item, ShopPage};

include!(concat!(env!("OUT_DIR"), "/checklists.rs"));

/// What can show something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Photo,
    Video,
    Note,
    /// What a page of the shop said of the order.
    Page,
    /// What the listing of a product said.
    Listing,
    Document,
}

/// One thing to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Its words are the text `checklist_<id>`.
    pub id: &'static str,
    /// The shop asks for it; else it helps.
    pub must: bool,
    pub kinds: &'static [Kind],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checklist {
    pub happened: &'static str,
    pub points: &'static [Point],
}

/// The checklist for what happened.
#[must_use]
pub fn of(happened: &str) -> Option<&'static Checklist> {
    CHECKLISTS.iter().find(|list| list.happened == happened)
}

/// What a piece of evidence can show.
#[must_use]
pub fn kind(item: &Item) -> Option<Kind> {
    match &item.content {
        Content::Note(note) => (!note.text.trim().is_empty()).then_some(Kind::Note),
        Content::Excerpt(excerpt) => Some(match excerpt.page {
            ShopPage::Of(_) => Kind::Page,
            ShopPage::Listing => Kind::Listing,
        }),
        Content::File(file) if file.kind.is_picture() => Some(Kind::Photo),
        Content::File(file) if file.kind.is_video() => Some(Kind::Video),
        Content::File(file) => {
            matches!(file.kind, FileType::Pdf | FileType::Text).then_some(Kind::Document)
        }
    }
}

/// For each point whether there is a piece that can show it, each piece counted once. What it does show, only the buyer sees. Pieces go to what
/// must be shown first, and among those to the point that fewest kinds can show.
#[must_use]
pub fn covered(list: &Checklist, items: &[&Item]) -> Vec<bool> {
    let mut pieces: Vec<Kind> = items
        .iter()
        .filter(|item| item.binned.is_none())
        .filter_map(|item| kind(item))
        .collect();
    let mut order: Vec<usize> = (0..list.points.len()).collect();
    order.sort_by_key(|at| {
        let point = list.points.get(*at);
        point.map_or((true, 0), |point| (!point.must, point.kinds.len()))
    });
    let mut covered = vec![false; list.points.len()];
    for at in order {
        let Some(point) = list.points.get(at) else {
            continue;
        };
        // The kind that is named first suits best.
        let found = point
            .kinds
            .iter()
            .find_map(|kind| pieces.iter().position(|piece| piece == kind));
        if let (Some(found), Some(place)) = (found, covered.get_mut(at)) {
            pieces.swap_remove(found);
            *place = true;
        }
    }
    covered
}

#[cfg(test)]
mod tests {
    use super::super::{Attachment, Excerpt, ItemId, Located, Note, Place, Sha256, Source};
    use super::*;
    use crate::domain::order::OrderId;
    use crate::domain::sighting::Page;
    use crate::domain::time::Moment;

    fn item(content: Content) -> Item {
        let place = Place {
            order: OrderId::new("8212313961591322").unwrap(),
            line: None,
        };
        Item::new(ItemId::drawn([1; 16]), place, Moment(0), content)
    }

    fn file(kind: FileType) -> Item {
        item(Content::File(Attachment {
            name: "a".into(),
            hash: Sha256::of(b""),
            bytes: 0,
            kind,
            pixels: None,
            located: Located::No,
            source: Source::Chosen,
            thumbnail: None,
        }))
    }

    #[test]
    fn one_photo_does_not_show_three_things() {
        let list = of("damaged").unwrap();
        let photo = file(FileType::Jpeg);
        let covered = |items: &[&Item]| {
            let covered = covered(list, items);
            let named = list.points.iter().zip(covered);
            let there = named.filter(|(_, covered)| *covered);
            there.map(|(point, _)| point.id).collect::<Vec<_>>()
        };
        assert!(covered(&[]).is_empty());
        assert_eq!(covered(&[&photo]), ["damage"]);
        assert_eq!(
            covered(&[&photo, &photo, &photo]),
            ["damage", "packaging", "label"]
        );
        let video = file(FileType::Mp4);
        let note = item(Content::Note(Note::new("The seller wrote: wait")));
        assert_eq!(covered(&[&video, &note]), ["opening", "chat"]);
        let blank = item(Content::Note(Note::new(" ")));
        let binned = file(FileType::Mp4).thrown(Moment(1));
        assert!(covered(&[&blank, &binned, &file(FileType::Other)]).is_empty());
    }

    #[test]
    fn the_listing_is_shown_by_the_listing() {
        let list = of("wrong-item").unwrap();
        let at = list.points.iter().position(|point| point.id == "listing");
        let page = |page| item(Content::Excerpt(Excerpt::new(page, "", ["a".to_owned()])));
        let tracking = page(ShopPage::Of(Page::Tracking));
        assert!(!covered(list, &[&tracking])[at.unwrap()]);
        let listing = page(ShopPage::Listing);
        assert!(covered(list, &[&listing])[at.unwrap()]);
        assert_eq!(
            covered(of("never-came").unwrap(), &[&tracking, &listing])[..2],
            [true, false]
        );
    }

    #[test]
    fn every_reason_asks_for_something_and_shows_how() {
        let texts = include_str!("../../../extension/_locales/en/messages.json");
        let is_text = |key: &str| texts.contains(&["\"", key, "\": {"].concat());
        for list in CHECKLISTS {
            let must: Vec<&Point> = list.points.iter().filter(|point| point.must).collect();
            assert!(!must.is_empty(), "{}", list.happened);
            assert!(is_text(
                &["happened_", &list.happened.replace('-', "_")].concat()
            ));
            for point in list.points {
                let words = ["checklist_", point.id].concat();
                assert!(is_text(&words), "{words}");
                let example = [&words, "_example"].concat();
                assert!(is_text(&example), "{example}");
            }
        }
    }

    /// By the shop's page about evidence, and by guides of buyers where that says nothing.
    #[test]
    fn what_the_shop_asks_for_must_be_shown() {
        for (happened, asked) in [
            ("never-came", &["tracking", "other_tracking"][..]),
            ("marked-delivered", &["tracking", "other_tracking"]),
            (
                "damaged",
                &["damage", "packaging", "label", "carrier_report"],
            ),
            ("not-working", &["fails"]),
            (
                "not-as-described",
                &["differences", "difference", "listing"],
            ),
            ("wrong-size", &["ruler", "size_label"]),
            ("parts-missing", &["all_parts", "label", "weight"]),
            ("empty-parcel", &["all_parts", "label", "weight"]),
            ("counterfeit", &["brand"]),
        ] {
            let points = of(happened).unwrap().points.iter();
            let must: Vec<&str> = points
                .filter(|point| point.must)
                .map(|point| point.id)
                .collect();
            assert_eq!(must, asked, "{happened}");
        }
    }

    #[test]
    fn what_must_be_shown_comes_first() {
        for list in CHECKLISTS {
            let first = list.points.iter().position(|point| !point.must);
            let rest = list.points.iter().skip(first.unwrap_or(list.points.len()));
            assert!(
                rest.into_iter().all(|point| !point.must),
                "{}",
                list.happened
            );
        }
    }
}
