//! The form in which a piece of evidence is kept: lines, each beginning with what it is.
//!
//! ```text
//! evidence 1
//! id 0707…
//! order 8212313961591322 2
//! made 1795176000000
//! changed 1795176000000
//! bin 1795176000000
//! note The box was torn.\nPhotos follow.
//! was 1795175000000 The box was
//! end
//! ```
//!
//! The number after the order is that of its line, if the piece is about one. Instead of `note` and the earlier texts (`was`) a file has
//! `file` with hash, bytes, type, pixels (`640x480` or `-`), location, way and name, and may have `small`, the hash of a small
//! picture of it; an excerpt has `page` with the page's kind and
//! address, and a `line` for each of its lines. In a text a line break is `\n` and a backslash `\\`. The last line says that
//! nothing is missing.

use crate::domain::evidence::{
    Attachment, Conflict, Content, Excerpt, FileType, Item, ItemId, Located, Note, Pixels, Place,
    Sha256, ShopPage, Source, Version, merge,
};
use crate::domain::number;
use crate::domain::order::OrderId;
use crate::domain::time::Moment;

use super::format::{Stored, named};
use super::locker::Kept;
use super::record::Unreadable;

const VERSION: i64 = 1;
const FIRST: &str = "evidence ";

impl Stored for Item {
    fn to_text(&self) -> String {
        text_of_item(self)
    }

    fn from_text(text: &str) -> Option<Self> {
        item_of_text(text).ok()
    }
}

impl Kept for Item {
    const KIND: &'static str = "evidence";

    fn id(&self) -> String {
        self.id.as_str().to_owned()
    }

    fn order(&self) -> Option<&OrderId> {
        Some(&self.place.order)
    }

    fn files(&self) -> Vec<Sha256> {
        let file = self.file();
        let hashes = file.map(|file| [Some(file.hash), file.thumbnail]);
        hashes.into_iter().flatten().flatten().collect()
    }
}

/// What two databases know together of one piece, from what each has under that key. `None` for what is no evidence.
pub(super) fn merged(key: &str, one: &str, other: &str) -> Option<Item> {
    key.strip_prefix(Item::KIND)?.strip_prefix(':')?;
    Some(merge::merged(
        &Item::from_text(one)?,
        &Item::from_text(other)?,
    ))
}

/// `note 0707…`, `order 8212…`, `other 1795176000000 The box was wet.`
impl Stored for Conflict {
    fn to_text(&self) -> String {
        let at = number::text(self.other.at.0);
        [
            "note ",
            self.note.as_str(),
            "\norder ",
            self.order.as_str(),
            "\nother ",
            &at,
            " ",
            &escaped(&self.other.text),
        ]
        .concat()
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        let mut next = |name: &str| value(lines.next()?, name);
        let note = ItemId::new(next("note")?)?;
        let order = OrderId::new(next("order")?)?;
        let other = version(next("other")?)?;
        Some(Self { note, order, other })
    }
}

impl Kept for Conflict {
    const KIND: &'static str = "conflict";

    /// Of a note there is one: what was to be decided before is one of the note's earlier versions.
    fn id(&self) -> String {
        self.note.as_str().to_owned()
    }

    fn order(&self) -> Option<&OrderId> {
        Some(&self.order)
    }
}

#[must_use]
pub fn text_of_item(item: &Item) -> String {
    let mut text = String::new();
    let mut line = |words: &[&str]| {
        text.push_str(&words.join(" "));
        text.push('\n');
    };
    let time = |moment: Moment| number::text(moment.0);
    line(&["evidence", &number::text(VERSION)]);
    line(&["id", item.id.as_str()]);
    let order = item.place.order.as_str();
    match item.place.line {
        Some(number) => line(&["order", order, &number::text(number.into())]),
        None => line(&["order", order]),
    }
    line(&["made", &time(item.made)]);
    line(&["changed", &time(item.changed)]);
    if let Some(binned) = item.binned {
        line(&["bin", &time(binned)]);
    }
    match &item.content {
        Content::Note(note) => {
            line(&["note", &escaped(&note.text)]);
            for version in &note.earlier {
                line(&["was", &time(version.at), &escaped(&version.text)]);
            }
        }
        Content::File(file) => {
            let size = |size: u32| number::text(size.into());
            let pixels = file.pixels.map_or_else(
                || "-".to_owned(),
                |pixels| [size(pixels.width), size(pixels.height)].join("x"),
            );
            let bytes = number::text(i64::try_from(file.bytes).unwrap_or(i64::MAX));
            line(&[
                "file",
                &file.hash.to_string(),
                &bytes,
                file.kind.name(),
                &pixels,
                file.located.name(),
                file.source.name(),
                &escaped(&file.name),
            ]);
            if let Some(thumbnail) = &file.thumbnail {
                line(&["small", &thumbnail.to_string()]);
            }
        }
        Content::Excerpt(excerpt) => {
            line(&["page", excerpt.page.name(), &escaped(&excerpt.address)]);
            for said in &excerpt.lines {
                line(&["line", &escaped(said)]);
            }
        }
    }
    text.push_str("end");
    text
}

/// The piece that was kept.
///
/// # Errors
/// It was kept by a newer version, or it is none.
pub fn item_of_text(text: &str) -> Result<Item, Unreadable> {
    let version = text
        .lines()
        .next()
        .and_then(|first| number::read(first.strip_prefix(FIRST)?, 10));
    match version {
        Some(VERSION) => read(text).ok_or(Unreadable::Damaged),
        Some(version) if version > VERSION => Err(Unreadable::Newer),
        _ => Err(Unreadable::Damaged),
    }
}

fn read(text: &str) -> Option<Item> {
    let mut lines = text.split('\n').skip(1);
    // Each of these stands in its place, once.
    let mut next = |name: &str| value(lines.next()?, name);
    let id = ItemId::new(next("id")?)?;
    let order = next("order")?;
    let place = match order.split_once(' ') {
        Some((order, line)) => Place {
            order: OrderId::new(order)?,
            line: Some(u8::try_from(number::read(line, 10)?).ok()?),
        },
        None => Place {
            order: OrderId::new(order)?,
            line: None,
        },
    };
    let made = time(next("made")?)?;
    let changed = time(next("changed")?)?;
    let mut rest = lines.peekable();
    let binned = match rest.next_if(|line| line.starts_with("bin ")) {
        Some(line) => Some(time(value(line, "bin")?)?),
        None => None,
    };
    let (kind, first) = rest.next()?.split_once(' ')?;
    let mut content = match kind {
        "note" => Content::Note(Note::new(&plain(first)?)),
        "file" => Content::File(file(first)?),
        "page" => {
            let (page, address) = first.split_once(' ')?;
            Content::Excerpt(Excerpt {
                page: ShopPage::named(page)?,
                address: plain(address)?,
                lines: Vec::new(),
            })
        }
        _ => return None,
    };
    loop {
        let line = rest.next()?;
        if line == "end" {
            break;
        }
        match (&mut content, line.split_once(' ')?) {
            (Content::Note(note), ("was", was)) => note.earlier.push(version(was)?),
            (Content::File(file), ("small", hash)) if file.thumbnail.is_none() => {
                file.thumbnail = Some(Sha256::from_hex(hash)?);
            }
            (Content::Excerpt(excerpt), ("line", text)) => excerpt.lines.push(plain(text)?),
            _ => return None,
        }
    }
    let item = Item {
        id,
        place,
        made,
        changed,
        binned,
        content,
    };
    rest.next().is_none().then_some(item)
}

fn value<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    line.strip_prefix(name)?.strip_prefix(' ')
}

fn version(text: &str) -> Option<Version> {
    let (at, text) = text.split_once(' ')?;
    Some(Version {
        at: time(at)?,
        text: plain(text)?,
    })
}

fn time(text: &str) -> Option<Moment> {
    number::read(text, 10).map(Moment)
}

fn file(text: &str) -> Option<Attachment> {
    let mut words = text.splitn(7, ' ');
    let hash = Sha256::from_hex(words.next()?)?;
    let bytes = u64::try_from(number::read(words.next()?, 10)?).ok()?;
    let kind = FileType::named(words.next()?)?;
    let pixels = match words.next()? {
        "-" => None,
        pixels => {
            let (width, height) = pixels.split_once('x')?;
            let size = |text| u32::try_from(number::read(text, 10)?).ok();
            Some(Pixels {
                width: size(width)?,
                height: size(height)?,
            })
        }
    };
    Some(Attachment {
        hash,
        bytes,
        kind,
        pixels,
        located: named(&Located::ALL, Located::name, words.next()?)?,
        source: named(&Source::ALL, Source::name, words.next()?)?,
        name: plain(words.next()?)?,
        thumbnail: None,
    })
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            letter => out.push(letter),
        }
    }
    out
}

/// `None` for a text that nothing here has written.
fn plain(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        out.push(match letter {
            '\\' => match letters.next()? {
                'n' => '\n',
                '\\' => '\\',
                _ => return None,
            },
            letter => letter,
        });
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sighting::Page;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = String> {
        prop_oneof!["[\\\\n\n\r a]{0,8}", any::<String>()]
    }

    fn content() -> impl Strategy<Value = Content> {
        let version = (any::<i64>(), text()).prop_map(|(at, text)| Version {
            at: Moment(at),
            text,
        });
        let note = (text(), vec(version, 0..3))
            .prop_map(|(text, earlier)| Content::Note(Note { text, earlier }));
        let pixels = proptest::option::of(
            any::<(u32, u32)>().prop_map(|(width, height)| Pixels { width, height }),
        );
        let file = (
            text(),
            any::<[u8; 32]>(),
            0..=i64::MAX as u64,
            proptest::sample::select(&FileType::ALL[..]),
            pixels,
            proptest::sample::select(&Located::ALL[..]),
            proptest::sample::select(&Source::ALL[..]),
            any::<Option<[u8; 32]>>(),
        )
            .prop_map(
                |(name, hash, bytes, kind, pixels, located, source, small)| {
                    Content::File(Attachment {
                        name,
                        hash: Sha256::of(&hash),
                        bytes,
                        kind,
                        pixels,
                        located,
                        source,
                        thumbnail: small.map(|small| Sha256::of(&small)),
                    })
                },
            );
        let pages: Vec<ShopPage> = Page::ALL
            .into_iter()
            .map(ShopPage::Of)
            .chain([ShopPage::Listing])
            .collect();
        let excerpt = (proptest::sample::select(pages), text(), vec(text(), 0..4)).prop_map(
            |(page, address, lines)| {
                Content::Excerpt(Excerpt {
                    page,
                    address,
                    lines,
                })
            },
        );
        prop_oneof![note, file, excerpt]
    }

    fn item() -> impl Strategy<Value = Item> {
        (
            any::<[u8; 16]>(),
            any::<Option<u8>>(),
            any::<i64>(),
            any::<i64>(),
            proptest::option::of(any::<i64>()),
            content(),
        )
            .prop_map(|(id, line, made, changed, binned, content)| Item {
                id: ItemId::drawn(id),
                place: Place {
                    order: OrderId::new("8212313961591322").unwrap(),
                    line,
                },
                made: Moment(made),
                changed: Moment(changed),
                binned: binned.map(Moment),
                content,
            })
    }

    proptest! {
        #[test]
        fn a_piece_is_kept_without_loss(item in item()) {
            let text = text_of_item(&item);
            prop_assert_eq!(item_of_text(&text), Ok(item));
            let part = text.char_indices().filter_map(|(at, _)| text.get(..at));
            prop_assert!(part.filter(|part| item_of_text(part).is_ok()).count() == 0, "a part of a piece is a piece");
        }

        #[test]
        fn any_text_is_a_piece_or_refused(text in any::<String>()) {
            prop_assert!(item_of_text(&text).is_err());
        }
    }

    #[test]
    fn a_conflict_is_read_back_as_it_was_written() {
        let conflict = Conflict {
            note: ItemId::drawn([7; 16]),
            order: OrderId::new("8212313961591322").unwrap(),
            other: Version {
                at: Moment(5),
                text: "two\nlines, \\n".to_owned(),
            },
        };
        assert_eq!(Conflict::from_text(&conflict.to_text()), Some(conflict));
        assert_eq!(Conflict::from_text("note 07\norder 1\nother 5 a"), None);
    }

    #[test]
    fn what_a_newer_version_kept_is_known_as_such() {
        assert_eq!(item_of_text("evidence 2\nx"), Err(Unreadable::Newer));
        assert_eq!(item_of_text("evidence 1\nx"), Err(Unreadable::Damaged));
        assert_eq!(item_of_text("evidence 0"), Err(Unreadable::Damaged));
    }
}
