//! Where a picture was taken, as cameras write it: a table of GPS values within the Exif data, which is a TIFF file in small, and
//! words of XMP.
//!
//! It is removed by overwriting: nothing in the file moves, so no form of container has to be understood to write it anew, and
//! the picture itself stays as it is, bit for bit. What is removed is written as zeros, the words as spaces.

use std::ops::Range;

use crate::domain::evidence::FileType;

use super::kind::find;

/// The tag under which the first table names the one of GPS values.
const GPS: u16 = 0x8825;
/// The most bytes of one entry: a path of places. Anything larger is none.
const LARGEST: usize = 65_536;
/// What the words of XMP about a place begin with.
const WORDS: [&[u8]; 2] = [b"exif:GPS", b"drone-dji:Gps"];

/// Whether pictures of this type are looked at.
#[must_use]
pub const fn is_understood(kind: FileType) -> bool {
    kind.is_picture()
}

/// A part of the file that says where it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    part: Range<usize>,
    /// What it is overwritten with.
    blank: u8,
}

/// The parts of the file that say where it was taken.
#[must_use]
pub fn places(bytes: &[u8]) -> Vec<Spot> {
    let mut found = Vec::new();
    let mut from = 0;
    // JPEG, HEIC and WebP put these bytes before the data; PNG has them in a chunk of its own.
    while let Some(at) = bytes.get(from..).and_then(next_tiff) {
        let start = from + at;
        if let Some(tiff) = bytes.get(start..) {
            in_tiff(tiff, start, &mut found);
        }
        from = start + 8;
    }
    let mut words = Vec::new();
    in_words(bytes, &mut words);
    found.extend(words.into_iter().map(|part| Spot { part, blank: b' ' }));
    found
}

/// A copy without them; `None` where there are none, or the type is not understood.
#[must_use]
pub fn removed(bytes: &[u8], kind: FileType) -> Option<Vec<u8>> {
    if !is_understood(kind) {
        return None;
    }
    let places = places(bytes);
    if places.is_empty() {
        return None;
    }
    let mut copy = bytes.to_vec();
    for spot in places {
        if let Some(part) = copy.get_mut(spot.part) {
            part.fill(spot.blank);
        }
    }
    if kind == FileType::Png {
        sum_png(&mut copy);
    }
    Some(copy)
}

/// Where a TIFF file in small begins.
fn next_tiff(bytes: &[u8]) -> Option<usize> {
    let first = |byte: &u8| matches!(byte, b'M' | b'I');
    let mut from = 0;
    loop {
        let at = from + bytes.get(from..)?.iter().position(first)?;
        let head = bytes.get(at..)?;
        if !head.starts_with(b"MM\0*") && !head.starts_with(b"II*\0") {
            from = at + 1;
            continue;
        }
        let before = |mark: &[u8]| at >= mark.len() && bytes.get(at - mark.len()..at) == Some(mark);
        // WebP's chunk has its length between name and data.
        let chunk = at >= 8 && matches!(bytes.get(at - 8..at - 4), Some(b"EXIF"));
        if before(b"Exif\0\0") || before(b"eXIf") || chunk {
            return Some(at);
        }
        from = at + 4;
    }
}

/// The numbers of a TIFF file, which says itself which way round they are.
struct Tiff<'a> {
    bytes: &'a [u8],
    large_end_first: bool,
}

impl Tiff<'_> {
    fn short(&self, at: usize) -> Option<u16> {
        let bytes = *self.bytes.get(at..)?.first_chunk::<2>()?;
        Some(if self.large_end_first {
            u16::from_be_bytes(bytes)
        } else {
            u16::from_le_bytes(bytes)
        })
    }

    fn long(&self, at: usize) -> Option<usize> {
        let bytes = *self.bytes.get(at..)?.first_chunk::<4>()?;
        let number = if self.large_end_first {
            u32::from_be_bytes(bytes)
        } else {
            u32::from_le_bytes(bytes)
        };
        usize::try_from(number).ok()
    }

    /// The entries of the table there: the place of each.
    fn entries(&self, table: usize) -> impl Iterator<Item = usize> + '_ {
        let count = self.short(table).unwrap_or(0);
        (0..usize::from(count)).map(move |number| table + 2 + number * 12)
    }

    /// The bytes of an entry's value, where they do not fit into the entry itself.
    fn value(&self, entry: usize) -> Option<Range<usize>> {
        let size = match self.short(entry + 2)? {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 => 4,
            5 | 10 | 12 => 8,
            _ => return None,
        };
        let length = self.long(entry + 4)?.checked_mul(size)?;
        if length <= 4 || length > LARGEST {
            return None;
        }
        let start = self.long(entry + 8)?;
        Some(start..start.checked_add(length)?)
    }
}

/// The table of GPS values with what its entries point at, and the entry that names it. Nothing where a table was emptied before.
fn in_tiff(bytes: &[u8], start: usize, found: &mut Vec<Spot>) {
    let tiff = Tiff {
        bytes,
        large_end_first: bytes.starts_with(b"M"),
    };
    let Some(first) = tiff.long(4) else { return };
    let mut add = |range: Range<usize>| {
        if range.end <= bytes.len() {
            found.push(Spot {
                part: range.start + start..range.end + start,
                blank: 0,
            });
        }
    };
    for entry in tiff.entries(first) {
        if tiff.short(entry) != Some(GPS) {
            continue;
        }
        let Some(table) = tiff.long(entry + 8) else {
            continue;
        };
        let entries: Vec<usize> = tiff.entries(table).collect();
        // Tag, type and value of each; a table that was emptied has none that says anything.
        let says = |entry: &usize| {
            let part = bytes.get(*entry..entry + 12).unwrap_or_default();
            part.iter().any(|byte| *byte != 0)
        };
        if !entries.iter().any(says) {
            continue;
        }
        for entry in &entries {
            if let Some(value) = tiff.value(*entry) {
                add(value);
            }
        }
        for entry in entries {
            add(entry..entry + 12);
        }
    }
}

/// `exif:GPSLatitude="38,0.5N"`, and `<exif:GPSLatitude>38,0.5N</exif:GPSLatitude>`. Also in a part that is cut off.
pub(super) fn in_words(bytes: &[u8], found: &mut Vec<Range<usize>>) {
    /// No such word is longer.
    const LONG: usize = 400;
    let mut add = |part| found.push(part);
    for words in WORDS {
        let mut from = 0;
        while let Some(at) = bytes.get(from..).and_then(|rest| find(rest, words)) {
            let start = from + at;
            let rest = bytes.get(start..).unwrap_or_default();
            let rest = rest.get(..LONG).unwrap_or(rest);
            let length = match rest
                .iter()
                .position(|byte| matches!(byte, b'"' | b'\'' | b'>'))
            {
                Some(quote) if rest.get(quote) != Some(&b'>') => {
                    let mark = rest.get(quote).copied();
                    let after = rest.get(quote + 1..).unwrap_or_default();
                    let end = after.iter().position(|byte| Some(*byte) == mark);
                    end.map_or(rest.len(), |end| quote + 1 + end + 1)
                }
                Some(tag) => {
                    let after = rest.get(tag + 1..).unwrap_or_default();
                    let end = after.iter().position(|byte| *byte == b'<');
                    // The tags stay: without them the words around would be no XML.
                    let value = tag + 1..tag + 1 + end.unwrap_or(after.len());
                    if rest
                        .get(value.clone())
                        .is_some_and(|value| !value.trim_ascii().is_empty())
                    {
                        add(start + value.start..start + value.end);
                    }
                    from = start + value.end.max(words.len());
                    continue;
                }
                None => words.len(),
            };
            add(start..start + length);
            from = start + length;
        }
    }
}

/// Writes the sums of a PNG's chunks anew: a reader refuses a chunk whose sum does not fit.
fn sum_png(bytes: &mut [u8]) {
    let mut at = 8;
    while let Some(length) = bytes.get(at..).and_then(<[u8]>::first_chunk::<4>) {
        let Ok(length) = usize::try_from(u32::from_be_bytes(*length)) else {
            return;
        };
        let Some(end) = at.checked_add(8).and_then(|body| body.checked_add(length)) else {
            return;
        };
        let Some(chunk) = bytes.get(at + 4..end) else {
            return;
        };
        let sum = crc32fast::hash(chunk).to_be_bytes();
        match bytes.get_mut(end..end + 4) {
            Some(place) => place.copy_from_slice(&sum),
            None => return,
        }
        at = end + 4;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Exif data with one camera name and a latitude: `big` says which way round its numbers are.
    fn tiff(big: bool) -> Vec<u8> {
        let short = |number: u16| {
            if big {
                number.to_be_bytes()
            } else {
                number.to_le_bytes()
            }
        };
        let long = |number: u32| {
            if big {
                number.to_be_bytes()
            } else {
                number.to_le_bytes()
            }
        };
        let entry = |tag: u16, kind: u16, count: u32, value: u32| {
            [&short(tag)[..], &short(kind), &long(count), &long(value)].concat()
        };
        [
            if big { &b"MM"[..] } else { b"II" },
            &short(42),
            &long(8),
            &short(2),
            &entry(0x0110, 2, 8, 38),
            &entry(GPS, 4, 1, 46),
            &long(0),
            b"Camera\0\0",
            &short(2),
            &entry(1, 2, 2, u32::from_be_bytes(*b"N\0\0\0")),
            &entry(2, 5, 3, 76),
            &long(0),
            &[
                38, 0, 0, 0, 1, 0, 0, 0, 42, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0,
            ],
        ]
        .concat()
    }

    fn jpeg(exif: &[u8]) -> Vec<u8> {
        [b"\xff\xd8\xff\xe1\0\x80Exif\0\0", exif, b"\xff\xda picture"].concat()
    }

    #[test]
    fn a_copy_says_nothing_of_the_place_and_is_otherwise_the_same() {
        for big in [true, false] {
            let photo = jpeg(&tiff(big));
            assert!(!places(&photo).is_empty());
            let copy = removed(&photo, FileType::Jpeg).unwrap();
            assert_eq!(copy.len(), photo.len());
            assert!(places(&copy).is_empty(), "nothing is left to remove");
            assert!(find(&copy, b"Camera").is_some() && copy.ends_with(b" picture"));
            assert!(find(&photo, &[38, 0, 0, 0, 1]).is_some());
            assert!(find(&copy, &[38, 0, 0, 0, 1]).is_none(), "the latitude");
        }
    }

    #[test]
    fn words_of_xmp_are_overwritten_too() {
        let packet = b"\xff\xd8\xff\xe1<rdf:Description exif:GPSLatitude=\"38,42.5N\" tiff:Make='C'/><exif:GPSLongitude>9,8W</exif:GPSLongitude>";
        let copy = removed(packet, FileType::Jpeg).unwrap();
        let text = String::from_utf8_lossy(&copy);
        assert!(!text.contains("38,42") && !text.contains("9,8W"), "{text}");
        assert!(text.contains("tiff:Make='C'") && text.contains("</exif:GPSLongitude>"));
        assert!(places(&copy).is_empty());
    }

    #[test]
    fn the_sums_of_a_png_fit_again() {
        let exif = tiff(true);
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        for (name, data) in [(b"eXIf", &exif[..]), (b"IEND", b"")] {
            png.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
            png.extend(name);
            png.extend(data);
            png.extend(crc32fast::hash(&[&name[..], data].concat()).to_be_bytes());
        }
        let copy = removed(&png, FileType::Png).unwrap();
        assert!(places(&copy).is_empty());
        let chunk = &copy[12..12 + 4 + exif.len()];
        let sum = &copy[16 + exif.len()..20 + exif.len()];
        assert_eq!(crc32fast::hash(chunk).to_be_bytes(), sum);
    }

    #[test]
    fn a_picture_without_a_place_has_none() {
        assert_eq!(removed(b"\xff\xd8\xff\xe0JFIF", FileType::Jpeg), None);
        // Tables that point at themselves, or far away.
        let mut odd = jpeg(&tiff(true));
        odd[16..20].copy_from_slice(&[0xff; 4]);
        assert_eq!(removed(&odd, FileType::Jpeg), None);
    }
}
