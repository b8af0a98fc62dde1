//! What a file is by its content, how large its picture is, and whether it says where it was taken. Pure.
//!
//! | module | subject |
//! |---|---|
//! | [`kind`] | the type of a file, from its first bytes |
//! | [`location`] | where a picture was taken, as its Exif and XMP data say; a copy without that |
//! | [`video`] | where a video was taken, and what of it is to be overwritten |
//!
//! Everything works on bytes that a stranger may have made: nothing is trusted, nothing is read beyond its end.

pub mod kind;
pub mod location;
pub mod video;

use crate::domain::evidence::{FileType, Located, Pixels};

/// A file's kind and its size are at its beginning: with this much in hand they are known.
pub const HEAD: usize = 1 << 20;

/// A picture up to this size fits into memory, so that all of it can be looked at: WebP, among others, has what a camera knew behind the
/// image.
pub const WHOLE: u64 = 200 << 20;

/// What the beginning of a file tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub kind: FileType,
    pub pixels: Option<Pixels>,
    pub located: Located,
}

/// Looks at a file of so many bytes, of which the first are in hand: [`HEAD`] of them, or all. A place that was not found in a part may be
/// in the rest.
#[must_use]
pub fn look(bytes: &[u8], size: u64) -> Seen {
    let kind = kind::of(bytes);
    let located = if !location::is_understood(kind) {
        Located::Unknown
    } else if !location::places(bytes).is_empty() {
        Located::Yes
    } else if (bytes.len() as u64) < size {
        Located::Unknown
    } else {
        Located::No
    };
    Seen {
        kind,
        pixels: pixels(kind, bytes),
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
        let seen = look(PNG, PNG.len() as u64);
        assert_eq!(seen.kind, FileType::Png);
        let pixels = Pixels {
            width: 3,
            height: 2,
        };
        assert_eq!((seen.pixels, seen.located), (Some(pixels), Located::No));
    }

    #[test]
    fn a_place_behind_the_image_is_found_in_the_whole_and_is_not_denied_before() {
        let exif = b"MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0\0\x01\0\x02\0\x05\0\0\0\x01\0\0\0\x26\0\0\0\0\0\0";
        let mut webp = b"RIFF\xff\0\0\0WEBPVP8 ".to_vec();
        webp.resize(HEAD + 10, 7);
        webp.extend(b"EXIF\x2a\0\0\0");
        webp.extend(exif);
        let size = webp.len() as u64;
        let head = look(&webp[..HEAD], size);
        assert_eq!(
            (head.kind, head.located),
            (FileType::Webp, Located::Unknown)
        );
        assert_eq!(look(&webp, size).located, Located::Yes);
        webp.truncate(HEAD + 10);
        assert_eq!(look(&webp, webp.len() as u64).located, Located::No);
    }

    proptest! {
        #[test]
        fn any_bytes_can_be_looked_at(begins in proptest::sample::select(BEGINNINGS), rest in proptest::collection::vec(any::<u8>(), 0..300)) {
            let bytes = [begins, &rest].concat();
            let seen = look(&bytes, bytes.len() as u64);
            prop_assert_eq!(location::removed(&bytes, seen.kind).is_some(), seen.located == Located::Yes);
        }
    }
}
