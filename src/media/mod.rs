//! What a file is by its content, how large its picture is, and whether it says where it was taken. Pure.
//!
//! | module | subject |
//! |---|---|
//! | [`kind`] | the type of a file, from its first bytes |
//! | [`location`] | where a picture was taken, as its Exif and XMP data say; a copy without that |
//!
//! Everything works on bytes that a stranger may have made: nothing is trusted, nothing is read beyond its end.

pub mod kind;
pub mod location;

use crate::domain::evidence::{FileType, Located, Pixels};

/// A file of which this much is in hand is known as well as the whole: cameras write what they know of a picture at its
/// beginning.
pub const HEAD: usize = 1 << 20;

/// What the beginning of a file tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub kind: FileType,
    pub pixels: Option<Pixels>,
    pub located: Located,
}

/// Looks at the beginning of a file, up to [`HEAD`] bytes of it, or all.
#[must_use]
pub fn look(head: &[u8]) -> Seen {
    let kind = kind::of(head);
    let located = if location::is_understood(kind) {
        if location::places(head).is_empty() {
            Located::No
        } else {
            Located::Yes
        }
    } else {
        Located::Unknown
    };
    Seen {
        kind,
        pixels: pixels(kind, head),
        located,
    }
}

/// The size of a picture. Of a video the browser knows it.
fn pixels(kind: FileType, head: &[u8]) -> Option<Pixels> {
    if !kind.is_picture() {
        return None;
    }
    let size = imagesize::blob_size(head).ok()?;
    let whole = |side: usize| u32::try_from(side).ok().filter(|side| *side > 0);
    Some(Pixels {
        width: whole(size.width)?,
        height: whole(size.height)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A PNG of 3 by 2 pixels up to its first data.
    const PNG: &[u8] =
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\x02\0\0\0\x12\x16\xf1M";

    const BEGINNINGS: &[&[u8]] = &[
        b"",
        PNG,
        b"\xff\xd8\xff\xe1\x00\x40Exif\0\0MM\0*\0\0\0\x08",
        b"\xff\xd8\xff\xe1\x00\x40exif:GPSLatitude",
        b"GIF89a",
        b"RIFF\x10\0\0\0WEBPVP8X",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        b"%PDF-1.7",
    ];

    #[test]
    fn a_picture_is_known_by_its_content() {
        let seen = look(PNG);
        assert_eq!(seen.kind, FileType::Png);
        let pixels = Pixels {
            width: 3,
            height: 2,
        };
        assert_eq!((seen.pixels, seen.located), (Some(pixels), Located::No));
    }

    proptest! {
        #[test]
        fn any_bytes_can_be_looked_at(begins in proptest::sample::select(BEGINNINGS), rest in proptest::collection::vec(any::<u8>(), 0..300)) {
            let bytes = [begins, &rest].concat();
            let seen = look(&bytes);
            prop_assert_eq!(location::removed(&bytes, seen.kind).is_some(), seen.located == Located::Yes);
        }
    }
}
