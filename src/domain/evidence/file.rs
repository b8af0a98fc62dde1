//! A file as it came: its hash, its size, what it is by its content.

use super::Item;

/// A file's bytes are stored under their SHA-256: the same file added twice is one.
pub use crate::domain::sha256::Sha256;

/// What a file is by its content, whatever its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileType {
    Jpeg,
    Png,
    Gif,
    Webp,
    Heic,
    Mp4,
    Mov,
    Webm,
    Pdf,
    /// Plain text: a chat that was saved, an e-mail.
    Text,
    /// None of these. It is kept as it came and never shown.
    Other,
}

impl FileType {
    pub const ALL: [Self; 11] = [
        Self::Jpeg,
        Self::Png,
        Self::Gif,
        Self::Webp,
        Self::Heic,
        Self::Mp4,
        Self::Mov,
        Self::Webm,
        Self::Pdf,
        Self::Text,
        Self::Other,
    ];

    /// The name under which it is kept, which is the usual ending of a file's name as well.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Heic => "heic",
            Self::Mp4 => "mp4",
            Self::Mov => "mov",
            Self::Webm => "webm",
            Self::Pdf => "pdf",
            Self::Text => "txt",
            Self::Other => "bin",
        }
    }

    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The media type under which a browser takes it.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Heic => "image/heic",
            Self::Mp4 => "video/mp4",
            Self::Mov => "video/quicktime",
            Self::Webm => "video/webm",
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain",
            Self::Other => "application/octet-stream",
        }
    }

    #[must_use]
    pub const fn is_picture(self) -> bool {
        matches!(
            self,
            Self::Jpeg | Self::Png | Self::Gif | Self::Webp | Self::Heic
        )
    }

    #[must_use]
    pub const fn is_video(self) -> bool {
        matches!(self, Self::Mp4 | Self::Mov | Self::Webm)
    }
}

/// The evidence that is not whole without these files, in the order of its orders and names. What is in the bin nobody misses.
#[must_use]
pub fn needing<'a>(items: impl Iterator<Item = &'a Item>, files: &[Sha256]) -> Vec<&'a Item> {
    let needs = |item: &&Item| {
        let file = item.file().filter(|_| item.binned.is_none());
        file.is_some_and(|file| {
            files.contains(&file.hash) || file.thumbnail.is_some_and(|small| files.contains(&small))
        })
    };
    let mut found: Vec<&Item> = items.filter(needs).collect();
    found.sort_by_key(|item| (&item.place.order, item.file().map(|file| &file.name)));
    found
}

/// Width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
}

/// Whether a picture says where it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Located {
    Yes,
    No,
    /// It is of a kind in which nobody looked.
    Unknown,
}

impl Located {
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unknown];

    /// The name under which it is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "located",
            Self::No => "not-located",
            Self::Unknown => "unknown",
        }
    }
}

/// The way by which a file came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    Chosen,
    Pasted,
    Dropped,
}

impl Source {
    pub const ALL: [Self; 3] = [Self::Chosen, Self::Pasted, Self::Dropped];

    /// The name under which it is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::Pasted => "pasted",
            Self::Dropped => "dropped",
        }
    }
}

/// A file of the buyer's, kept byte for byte.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attachment {
    /// As it came, without what no name may have: see [`tidy_name`].
    pub name: String,
    pub hash: Sha256,
    pub bytes: u64,
    pub kind: FileType,
    pub pixels: Option<Pixels>,
    pub located: Located,
    pub source: Source,
    /// A small picture of it, kept as a file like any other.
    pub thumbnail: Option<Sha256>,
}

/// The name as one that can be shown and written: no folders, no control characters, no marks that turn the direction of
/// what is read (with which `photo_gpj.exe` looks like `photo_exe.jpg`), 120 characters at most, its ending kept.
#[must_use]
pub fn tidy_name(name: &str) -> String {
    const LONGEST: usize = 120;
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let invisible = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
    };
    let shown: Vec<char> = last.chars().filter(|letter| !invisible(*letter)).collect();
    let shown: String = if shown.len() > LONGEST {
        let end: Vec<char> = shown.iter().rev().take(LONGEST / 4).copied().collect();
        let start = shown.iter().take(LONGEST - end.len() - 1);
        start.chain(&['…']).chain(end.iter().rev()).collect()
    } else {
        shown.iter().collect()
    };
    let shown = shown.trim().to_owned();
    if shown.chars().all(|letter| letter == '.') {
        return "file".to_owned();
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_name_leads_anywhere(name in any::<String>()) {
            let name = tidy_name(&name);
            prop_assert!(!name.is_empty() && name != "." && name != "..");
            let leads = name.contains(['/', '\\', '\0', '\n', '\u{202e}']);
            prop_assert!(!leads, "it leads somewhere");
            prop_assert!(name.chars().count() <= 120);
        }
    }

    #[test]
    fn a_damaged_file_or_small_picture_is_that_of_the_evidence_outside_of_the_bin() {
        use super::super::{Content, ItemId, Place};
        use crate::domain::order::OrderId;
        use crate::domain::time::Moment;
        let [photo, small, other] = [b"photo", b"small", b"other"].map(|text| Sha256::of(text));
        let item = |order: &str, name: &str, hash: Sha256, thumbnail: Option<Sha256>| {
            let place = Place {
                order: OrderId::new(order).unwrap(),
                line: None,
            };
            let file = Attachment {
                name: name.to_owned(),
                hash,
                bytes: 5,
                kind: FileType::Jpeg,
                pixels: None,
                located: Located::Unknown,
                source: Source::Chosen,
                thumbnail,
            };
            let id = ItemId::drawn([name.as_bytes()[0]; 16]);
            Item::new(id, place, Moment(0), Content::File(file))
        };
        let items = [
            item("8212313961591323", "b.jpg", photo, Some(small)),
            item("8212313961591322", "c.jpg", photo, None),
            item("8212313961591322", "a.jpg", other, Some(small)),
            item("8212313961591322", "d.jpg", photo, None).thrown(Moment(1)),
            item("8212313961591322", "e.jpg", other, None),
        ];
        let names = |files: &[Sha256]| {
            let found = needing(items.iter(), files).into_iter();
            found
                .map(|item| item.file().unwrap().name.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&[photo]), ["c.jpg", "b.jpg"]);
        assert_eq!(names(&[small]), ["a.jpg", "b.jpg"]);
        assert_eq!(names(&[]), Vec::<&str>::new());
    }

    #[test]
    fn a_media_type_says_what_a_picture_and_a_video_is() {
        let mut types = Vec::new();
        for kind in FileType::ALL {
            let (family, name) = kind.media_type().split_once('/').unwrap();
            assert!(!name.is_empty());
            assert_eq!(family == "image", kind.is_picture(), "{kind:?}");
            assert_eq!(family == "video", kind.is_video(), "{kind:?}");
            types.push(kind.media_type());
        }
        types.sort_unstable();
        types.dedup();
        assert_eq!(types.len(), FileType::ALL.len());
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = tidy_name(&format!("{}.jpeg", "a".repeat(500)));
        assert_eq!(name, format!("{}…{}.jpeg", "a".repeat(89), "a".repeat(25)));
        assert_eq!(name.chars().count(), 120);
        let short = format!("{}.jpeg", "a".repeat(115));
        assert_eq!(tidy_name(&short), short);
        assert_eq!(tidy_name("C:\\photos\\box \u{202e}gpj.exe"), "box gpj.exe");
        assert_eq!(tidy_name("  .. "), "file");
    }
}
