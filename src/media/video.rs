//! Where a video was taken, as telephones write it into MP4, QuickTime and 3GP files: these are boxes within boxes, and a few small ones
//! beside the picture say it.
//!
//! It is removed by overwriting, as in photos: such a box becomes a free one of the same length, so that nothing in the file moves. What
//! was recorded (`mdat`) is neither read nor touched, so a file may be of any size; one that keeps places there, as a track of their own, is
//! not understood.

use std::ops::Range;

use crate::domain::evidence::FileType;

use super::location;

/// The most boxes that are looked at, side by side and in one another.
const MOST_BOXES: u32 = 20_000;
/// How deep one may lie in others.
const DEEPEST: u32 = 12;
/// The most bytes of a box that is looked into. That of an hour's recording has a few million.
const LARGEST: u64 = 64 << 20;
/// What a box begins with: its length and its kind, and its length again where that needs more room.
const HEAD: u64 = 16;
/// What a file's end may have without being a box.
const STRAY: u64 = 8;
/// Kinds of tracks in which places are recorded along with the picture.
const TRACKS_OF_PLACES: [&[u8; 4]; 3] = [b"gpmd", b"camm", b"rtmd"];

/// Whether videos of this type are looked at.
#[must_use]
pub const fn is_understood(kind: FileType) -> bool {
    matches!(kind, FileType::Mp4 | FileType::Mov)
}

/// A part of the file that is to be overwritten, so that it does not say where it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub part: Range<u64>,
    cover: Cover,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cover {
    /// The kind of a box, which becomes that of one that says nothing.
    Free,
    Zeros,
    /// Within words.
    Spaces,
}

impl Spot {
    /// What is written there: as many bytes as stand there.
    #[must_use]
    pub fn cover(&self) -> Vec<u8> {
        let length = self.part.end.saturating_sub(self.part.start);
        let length = usize::try_from(length).unwrap_or_default();
        match self.cover {
            Cover::Free => b"free".iter().copied().take(length).collect(),
            Cover::Zeros => vec![0; length],
            Cover::Spaces => vec![b' '; length],
        }
    }
}

/// The parts of a file of that size that say where it was taken, in their order and apart from one another. `read` gives its bytes from one
/// place to another. `None` where that cannot be told: the file is not made of boxes, ends in the middle of one that matters, or keeps
/// places where they cannot be removed.
pub async fn spots(
    size: u64,
    read: impl AsyncFn(u64, u64) -> Option<Vec<u8>>,
) -> Option<Vec<Spot>> {
    let mut found = Found::default();
    let mut at = 0;
    for _ in 0..MOST_BOXES {
        let left = size.saturating_sub(at);
        if left < STRAY {
            return Some(found.in_order());
        }
        let head = read(at, at + left.min(HEAD)).await?;
        let head = Head::of(&head, left)?;
        if head.length > left && &head.kind != b"mdat" {
            return None;
        }
        if is_looked_into(head.kind) {
            if head.length > LARGEST {
                return None;
            }
            let bytes = read(at, at + head.length).await?;
            if bytes.len() as u64 != head.length {
                return None;
            }
            let mut words = Vec::new();
            location::in_words(&bytes, &mut words);
            for words in words {
                found.add(at, words, Cover::Spaces);
            }
            let all = 0..bytes.len();
            found.look(&bytes, all, at, 0)?;
        }
        at = at.checked_add(head.length)?;
    }
    None
}

/// The boxes beside the picture, in which places may be told.
const fn is_looked_into(kind: [u8; 4]) -> bool {
    matches!(
        &kind,
        b"moov" | b"moof" | b"meta" | b"udta" | b"uuid" | b"loci" | b"\xa9xyz" | b"gps "
    )
}

/// How a box begins.
struct Head {
    kind: [u8; 4],
    /// How long that beginning is.
    own: usize,
    /// How long the whole box is; that of recorded data may end later than the file.
    length: u64,
}

impl Head {
    /// `left` is how much there is to the end of what the box stands in.
    fn of(bytes: &[u8], left: u64) -> Option<Self> {
        let short = u32::from_be_bytes(*bytes.first_chunk::<4>()?);
        let kind = *bytes.get(4..)?.first_chunk::<4>()?;
        let (own, length) = match short {
            0 => (8, left),
            1 => (16, u64::from_be_bytes(*bytes.get(8..)?.first_chunk::<8>()?)),
            short => (8, u64::from(short)),
        };
        (length >= own as u64).then_some(Self { kind, own, length })
    }
}

/// A box within bytes that are in hand.
struct Child {
    kind: [u8; 4],
    /// Where its kind is written.
    name: Range<usize>,
    inside: Range<usize>,
}

#[derive(Default)]
struct Found {
    spots: Vec<Spot>,
    boxes: u32,
}

impl Found {
    /// Adds a part of bytes that begin there in the file.
    fn add(&mut self, from: u64, part: Range<usize>, cover: Cover) {
        let place = |at: usize| from.saturating_add(at as u64);
        if !part.is_empty() {
            self.spots.push(Spot {
                part: place(part.start)..place(part.end),
                cover,
            });
        }
    }

    fn free(&mut self, from: u64, child: Child) {
        self.add(from, child.name, Cover::Free);
        self.add(from, child.inside, Cover::Zeros);
    }

    /// The boxes that stand in a part of the bytes. `None` where one of them does not fit there.
    fn children(&mut self, bytes: &[u8], part: Range<usize>) -> Option<Vec<Child>> {
        let mut children = Vec::new();
        let mut at = part.start;
        while part.end.saturating_sub(at) >= 8 {
            self.boxes += 1;
            if self.boxes > MOST_BOXES {
                return None;
            }
            let rest = bytes.get(at..part.end)?;
            let head = Head::of(rest, rest.len() as u64)?;
            let length = usize::try_from(head.length).ok()?;
            let end = at.checked_add(length).filter(|end| *end <= part.end)?;
            children.push(Child {
                kind: head.kind,
                name: at + 4..at + 8,
                inside: at + head.own..end,
            });
            at = end;
        }
        Some(children)
    }

    /// Looks at the boxes in a part of bytes that begin at `from` in the file. `None` where it cannot be told whether they say a place.
    fn look(&mut self, bytes: &[u8], part: Range<usize>, from: u64, depth: u32) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        for child in self.children(bytes, part)? {
            let inside = child.inside.clone();
            match &child.kind {
                b"\xa9xyz" | b"loci" => self.free(from, child),
                b"moov" | b"moof" | b"trak" | b"traf" | b"mdia" | b"minf" | b"stbl" | b"udta" => {
                    self.look(bytes, inside, from, depth + 1)?;
                }
                b"meta" => self.look_at_names(bytes, inside, from, depth)?,
                b"stsd" => {
                    // Its version and a count stand before what it lists.
                    let listed = inside.start.checked_add(8)?..inside.end;
                    for entry in self.children(bytes, listed)? {
                        let is_place = TRACKS_OF_PLACES.contains(&&entry.kind);
                        let names = bytes.get(entry.inside)?;
                        if is_place || &entry.kind == b"mebx" && is_of_place(names) {
                            return None;
                        }
                    }
                }
                // Where a camera for cars says in which of its other parts the places are.
                b"gps " => return None,
                _ => {}
            }
        }
        Some(())
    }

    /// Looks at values that have names: those of QuickTime are listed apart, and the values are numbered after them.
    fn look_at_names(
        &mut self,
        bytes: &[u8],
        inside: Range<usize>,
        from: u64,
        depth: u32,
    ) -> Option<()> {
        // That of MP4 has a version before its boxes, that of QuickTime has none.
        let first = inside.start.checked_add(4)?;
        let is_plain = bytes.get(first..)?.starts_with(b"hdlr");
        let start = if is_plain { inside.start } else { first };
        let part = start.min(inside.end)..inside.end;
        let mut named: Vec<u32> = Vec::new();
        for child in self.children(bytes, part.clone())? {
            if &child.kind == b"keys" {
                let listed = child.inside.start.checked_add(8)?..child.inside.end;
                for (number, key) in (1..).zip(self.children(bytes, listed)?) {
                    if is_of_place(bytes.get(key.inside)?) {
                        named.push(number);
                    }
                }
            }
        }
        for child in self.children(bytes, part.clone())? {
            if &child.kind != b"ilst" {
                continue;
            }
            for value in self.children(bytes, child.inside)? {
                let by_number = named.contains(&u32::from_be_bytes(value.kind));
                let by_itself =
                    &value.kind == b"----" && is_of_place(bytes.get(value.inside.clone())?);
                if by_number || by_itself || &value.kind == b"\xa9xyz" {
                    self.free(from, value);
                }
            }
        }
        self.look(bytes, part, from, depth + 1)
    }

    fn in_order(mut self) -> Vec<Spot> {
        self.spots.sort_by_key(|spot| spot.part.start);
        let mut end = 0;
        for spot in &mut self.spots {
            spot.part.start = spot.part.start.max(end);
            end = end.max(spot.part.end);
        }
        self.spots.retain(|spot| spot.part.start < spot.part.end);
        self.spots
    }
}

/// Whether a name, or what stands beside it, is that of a place: `com.apple.quicktime.location.ISO6709`.
fn is_of_place(name: &[u8]) -> bool {
    let says = |word: &[u8]| {
        let mut parts = name.windows(word.len());
        parts.any(|part| part.eq_ignore_ascii_case(word))
    };
    says(b"location") || says(b"gps")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    const PLACE: &[u8] = b"+38.7223-009.1393/";

    fn boxed(kind: &[u8; 4], inside: &[u8]) -> Vec<u8> {
        let length = u32::try_from(inside.len() + 8).unwrap();
        [&length.to_be_bytes(), &kind[..], inside].concat()
    }

    fn long_boxed(kind: &[u8; 4], inside: &[u8]) -> Vec<u8> {
        let length = inside.len() as u64 + 16;
        [
            &1_u32.to_be_bytes(),
            &kind[..],
            &length.to_be_bytes(),
            inside,
        ]
        .concat()
    }

    /// What a telephone records: something that looks like a place is also in what was recorded.
    fn video(beside: &[u8]) -> Vec<u8> {
        let track = boxed(b"trak", &boxed(b"tkhd", &[7; 84]));
        let recorded = [
            &[0xff; 50],
            &boxed(b"\xa9xyz", PLACE)[..],
            b"exif:GPSLatitude=\"1\"",
        ]
        .concat();
        [
            boxed(b"ftyp", b"isom\0\0\x02\0isommp42"),
            long_boxed(b"mdat", &recorded),
            boxed(
                b"moov",
                &[&boxed(b"mvhd", &[1; 100]), &track[..], beside].concat(),
            ),
        ]
        .concat()
    }

    fn keys(name: &[u8]) -> Vec<u8> {
        let key = |name: &[u8]| boxed(b"mdta", name);
        let listed = [key(b"com.apple.quicktime.make"), key(name)].concat();
        let keys = boxed(b"keys", &[&[0, 0, 0, 0, 0, 0, 0, 2], &listed[..]].concat());
        let value = |number: u32, text: &[u8]| {
            let data = boxed(b"data", &[&[0, 0, 0, 1, 0, 0, 0, 0], text].concat());
            boxed(&number.to_be_bytes(), &data)
        };
        let list = boxed(b"ilst", &[value(1, b"Camera"), value(2, PLACE)].concat());
        [boxed(b"hdlr", &[0; 24]), keys, list].concat()
    }

    fn found(bytes: &[u8]) -> Option<Vec<Spot>> {
        let read = async |from: u64, to: u64| {
            let [from, to] = [from, to].map(|at| usize::try_from(at).unwrap());
            Some(bytes.get(from..to)?.to_vec())
        };
        let mut found = pin!(spots(bytes.len() as u64, read));
        match found.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(found) => found,
            Poll::Pending => panic!("nothing is waited for"),
        }
    }

    fn removed(bytes: &[u8], spots: &[Spot]) -> Vec<u8> {
        let mut copy = bytes.to_vec();
        for spot in spots {
            let part =
                usize::try_from(spot.part.start).unwrap()..usize::try_from(spot.part.end).unwrap();
            copy[part].copy_from_slice(&spot.cover());
        }
        copy
    }

    fn holds(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|window| window == part)
    }

    #[test]
    fn a_copy_says_nothing_of_the_place_and_what_was_recorded_stays() {
        let name = b"com.apple.quicktime.location.ISO6709";
        let whole = [&[0; 4][..], &keys(name)].concat();
        let words = b"<x exif:GPSLatitude=\"38,42.5N\"/>";
        let beside = [
            boxed(b"udta", &[&boxed(b"\xa9xyz", PLACE)[..], &[0; 4]].concat()),
            boxed(b"udta", &long_boxed(b"\xa9xyz", PLACE)),
            boxed(b"udta", &boxed(b"loci", PLACE)),
            boxed(b"trak", &boxed(b"udta", &boxed(b"loci", PLACE))),
            boxed(b"meta", &keys(name)),
            boxed(b"meta", &whole),
            boxed(b"udta", &boxed(b"meta", &whole)),
            boxed(
                b"meta",
                &[&[0; 4], &boxed(b"ilst", &boxed(b"\xa9xyz", PLACE))[..]].concat(),
            ),
            boxed(b"udta", &boxed(b"XMP_", words)),
        ];
        for beside in beside {
            let video = video(&beside);
            let spots = found(&video).unwrap();
            assert!(!spots.is_empty());
            let copy = removed(&video, &spots);
            let (at, end) = (24, video.len() - beside.len());
            assert_eq!(copy[..end], video[..end], "what was recorded is the same");
            assert!(
                holds(&copy[at..end], PLACE),
                "that is none of the file's words"
            );
            assert!(!holds(&copy[end..], PLACE) && !holds(&copy, b"38,42"));
            assert_eq!(found(&copy), Some(Vec::new()), "nothing is left to remove");
            if holds(&beside, b"Camera") {
                assert!(holds(&copy, b"Camera"), "what else it says stays");
            }
        }
    }

    #[test]
    fn a_video_that_says_no_place_has_none() {
        for beside in [
            boxed(b"udta", &boxed(b"\xa9too", b"Lavf60")),
            boxed(b"meta", &keys(b"com.apple.quicktime.model")),
            Vec::new(),
        ] {
            assert_eq!(found(&video(&beside)), Some(Vec::new()));
        }
        // Cut off in the middle of what was recorded, as by a full disk.
        let video = video(b"");
        assert_eq!(found(&video[..60]), Some(Vec::new()));
    }

    #[test]
    fn what_cannot_be_told_is_not_denied() {
        let track = |kind: &[u8; 4], inside: &[u8]| {
            let listed = [&[0; 8], &boxed(kind, inside)[..]].concat();
            let table = boxed(b"stbl", &boxed(b"stsd", &listed));
            video(&boxed(b"trak", &boxed(b"mdia", &boxed(b"minf", &table))))
        };
        assert_eq!(found(&track(b"avc1", b"no location")), Some(Vec::new()));
        assert_eq!(found(&track(b"mebx", b"face")), Some(Vec::new()));
        let mut deep = boxed(b"\xa9xyz", PLACE);
        for _ in 0..40 {
            deep = boxed(b"udta", &deep);
        }
        let whole = video(b"");
        for unknown in [
            track(b"mebx", b"mdtacom.apple.quicktime.location.ISO6709"),
            track(b"gpmd", b""),
            track(b"camm", b""),
            video(&boxed(b"gps ", &[0; 8])),
            // Deeper than anybody writes, and more boxes than are looked at.
            video(&deep),
            video(&boxed(b"udta", &b"\0\0\0\x08free".repeat(30_000))),
            // A box that is longer than what it stands in, and one that is shorter than its own beginning.
            video(b"\0\0\0\x40udta\0\0\0\0"),
            video(b"\0\0\0\x07udta\0\0\0\0"),
            whole[..whole.len() - 1].to_vec(),
            b"\0\0\0\x18ftypisom\0\0\x02\0isommp42 and then something else".to_vec(),
        ] {
            assert_eq!(found(&unknown), None, "{}", unknown.escape_ascii());
        }
    }

    #[test]
    fn what_was_recorded_is_not_read() {
        let size = 1_u64 << 40;
        let head = boxed(b"ftyp", b"isom\0\0\x02\0");
        let start = head.len() as u64;
        let read = async |from: u64, to: u64| {
            assert!(to - from <= HEAD, "{from} to {to}");
            let first = from == 0;
            let recorded = [
                &1_u32.to_be_bytes(),
                &b"mdat"[..],
                &(size - start).to_be_bytes(),
            ];
            Some(if first {
                head.clone()
            } else {
                recorded.concat()
            })
        };
        let mut found = pin!(spots(size, read));
        let came = found.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(came, Poll::Ready(Some(Vec::new())));
    }

    const PIECES: &[&[u8]] = &[
        b"\0\0\0\x18ftypisom\0\0\x02\0isommp42",
        b"\0\0\0\x10moov\0\0\0\x08udta",
        b"\0\0\0\x20udta",
        b"\0\0\0\x0c\xa9xyz+38.",
        b"\0\0\0\0meta",
        b"\0\0\0\x01moov\0\0\0\0\0\0\0\x20",
        b"\0\0\0\x01mdat\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\0\0\0\x10keys\0\0\0\0\0\0\0\x01",
        b"\0\0\0\x10mdtalocation",
        b"\0\0\0\x10ilst\0\0\0\x08\0\0\0\x01",
        b"\0\0\0\x10stsd\0\0\0\0",
        b"exif:GPSLatitude=\"",
    ];

    proptest! {
        #[test]
        fn any_bytes_can_be_looked_at(
            pieces in proptest::collection::vec(
                prop_oneof![
                    3 => proptest::sample::select(PIECES).prop_map(<[u8]>::to_vec),
                    1 => proptest::collection::vec(any::<u8>(), 0..20),
                ],
                0..12,
            ),
            outer in proptest::sample::select(&[b"moov", b"udta", b"meta", b"mdat", b"uuid"][..]),
            whole in any::<bool>(),
        ) {
            let inside = pieces.concat();
            let bytes = if whole { boxed(outer, &inside) } else { inside };
            if let Some(spots) = found(&bytes) {
                let copy = removed(&bytes, &spots);
                prop_assert_eq!(copy.len(), bytes.len());
                prop_assert!(spots.is_sorted_by(|one, next| one.part.end <= next.part.start));
                prop_assert!(!(whole && outer == b"mdat") || spots.is_empty());
            }
        }
    }
}
