//! The archive. What is written is what every program for archives reads: entries that are not compressed, one behind the other,
//! and the directory at the end, in the large form where numbers do not fit into the small one. What is read is only that:
//! entries must follow each other without a gap and without overlap, so none can hide or be counted twice.

use super::names::is_safe_path;
use super::{Refused, Source};

/// More entries than any backup has.
const MOST: u64 = 200_000;
/// The longest directory: 200,000 entries of 200 bytes.
const LONGEST: u64 = 40 << 20;

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const LARGE_END: u32 = 0x0606_4b50;
const LARGE_END_AT: u32 = 0x0706_4b50;
/// The names are UTF-8.
const FLAGS: u16 = 1 << 11;
/// 1 January 1980, the first day there is: when a file was made is in the manifest.
const DATE: u16 = 0x21;
const SMALL: u64 = 0xffff_ffff;
/// The extra field with numbers that do not fit.
const LARGE: u16 = 1;

/// One file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub size: u64,
    pub sum: u32,
    /// Where its header begins.
    at: u64,
}

/// Writes an archive front to back.
#[derive(Debug, Default)]
pub struct Writer {
    at: u64,
    entries: Vec<Entry>,
}

impl Writer {
    /// What stands before the bytes of a file of that name, size and CRC-32.
    pub fn begin(&mut self, name: &str, size: u64, sum: u32) -> Vec<u8> {
        let mut out = Bytes::default();
        let large = size >= SMALL;
        out.u32(LOCAL);
        out.u16(if large { 45 } else { 20 });
        out.common(sum, size, large);
        out.u16(length(name));
        out.u16(if large { 20 } else { 0 });
        out.0.extend(name.as_bytes());
        if large {
            out.u16(LARGE);
            out.u16(16);
            out.u64(size);
            out.u64(size);
        }
        self.entries.push(Entry {
            name: name.to_owned(),
            size,
            sum,
            at: self.at,
        });
        self.at += out.0.len() as u64 + size;
        out.0
    }

    /// The directory, which ends the archive.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        let mut out = Bytes::default();
        for entry in &self.entries {
            let large = entry.size >= SMALL || entry.at >= SMALL;
            out.u32(CENTRAL);
            out.u16(45);
            out.u16(if large { 45 } else { 20 });
            out.common(entry.sum, entry.size, large);
            out.u16(length(&entry.name));
            out.u16(if large { 28 } else { 0 });
            // Comment, disk, attributes.
            out.u16(0);
            out.u16(0);
            out.u16(0);
            out.u32(0);
            out.u32(if large { u32::MAX } else { short(entry.at) });
            out.0.extend(entry.name.as_bytes());
            if large {
                out.u16(LARGE);
                out.u16(24);
                out.u64(entry.size);
                out.u64(entry.size);
                out.u64(entry.at);
            }
        }
        let size = out.0.len() as u64;
        let count = self.entries.len() as u64;
        let large = self.at >= SMALL || count >= 0xffff;
        if large {
            out.u32(LARGE_END);
            out.u64(44);
            out.u16(45);
            out.u16(45);
            out.u32(0);
            out.u32(0);
            out.u64(count);
            out.u64(count);
            out.u64(size);
            out.u64(self.at);
            out.u32(LARGE_END_AT);
            out.u32(0);
            out.u64(self.at + size);
            out.u32(1);
        }
        let count = if large { 0xffff } else { count };
        out.u32(END);
        out.u16(0);
        out.u16(0);
        out.u16(u16::try_from(count).unwrap_or(u16::MAX));
        out.u16(u16::try_from(count).unwrap_or(u16::MAX));
        out.u32(short(size));
        out.u32(if large { u32::MAX } else { short(self.at) });
        out.u16(0);
        out.0
    }
}

fn short(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn length(name: &str) -> u16 {
    u16::try_from(name.len()).unwrap_or(u16::MAX)
}

#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn u16(&mut self, number: u16) {
        self.0.extend(number.to_le_bytes());
    }

    fn u32(&mut self, number: u32) {
        self.0.extend(number.to_le_bytes());
    }

    fn u64(&mut self, number: u64) {
        self.0.extend(number.to_le_bytes());
    }

    /// What both headers of an entry have in common, from the flags to the sizes.
    fn common(&mut self, sum: u32, size: u64, large: bool) {
        self.u16(FLAGS);
        self.u16(0);
        self.u16(0);
        self.u16(DATE);
        self.u32(sum);
        let size = if large { u32::MAX } else { short(size) };
        self.u32(size);
        self.u32(size);
    }
}

/// Takes numbers off the front.
struct Taking<'a>(&'a [u8]);

impl<'a> Taking<'a> {
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(bytes)
    }

    fn u16(&mut self) -> Option<u16> {
        let (bytes, rest) = self.0.split_first_chunk::<2>()?;
        self.0 = rest;
        Some(u16::from_le_bytes(*bytes))
    }

    fn u32(&mut self) -> Option<u32> {
        let (bytes, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*bytes))
    }

    fn u64(&mut self) -> Option<u64> {
        let (bytes, rest) = self.0.split_first_chunk::<8>()?;
        self.0 = rest;
        Some(u64::from_le_bytes(*bytes))
    }
}

/// The end of the archive: how many entries, where the directory is, how long it is.
struct End {
    count: u64,
    at: u64,
    size: u64,
}

/// The entries of an archive, in the order in which they stand in it.
///
/// # Errors
/// It is none that [`Writer`] has written.
pub async fn entries<S: Source>(source: &S) -> Result<Vec<Entry>, Refused> {
    /// Both forms of the end.
    const ENDS: u64 = 22 + 20 + 56;
    let size = source.size();
    let from = size.saturating_sub(ENDS);
    let tail = read(source, from, size - from).await?;
    let end = end(&tail, size).ok_or_else(|| whose(source, &tail))?;
    if end.count > MOST || end.size > LONGEST {
        return Err(Refused::TooLarge);
    }
    let directory = read(source, end.at, end.size).await?;
    let mut taking = Taking(&directory);
    let mut entries = Vec::new();
    for _ in 0..end.count {
        entries.push(entry(&mut taking).ok_or(Refused::Foreign)?);
    }
    if !taking.0.is_empty() {
        return Err(Refused::Foreign);
    }
    // Without a gap, and without overlap: each begins where the one before ends.
    let mut at = 0;
    for entry in &entries {
        if entry.at != at {
            return Err(Refused::Foreign);
        }
        at = end_of(entry).ok_or(Refused::Foreign)?;
    }
    if at != end.at {
        return Err(Refused::Foreign);
    }
    let mut names: Vec<String> = entries
        .iter()
        .map(|entry| entry.name.to_lowercase())
        .collect();
    names.sort_unstable();
    names.dedup();
    if names.len() != entries.len() {
        return Err(Refused::Foreign);
    }
    Ok(entries)
}

/// What to say of an archive without its end: one of ours that was cut off begins as one.
fn whose<S: Source>(source: &S, tail: &[u8]) -> Refused {
    let whole = source.size() == tail.len() as u64;
    if whole && !tail.starts_with(&LOCAL.to_le_bytes()) {
        return Refused::Foreign;
    }
    Refused::Damaged
}

fn end(tail: &[u8], size: u64) -> Option<End> {
    let (before, last) = tail.split_at_checked(tail.len().checked_sub(22)?)?;
    let mut taking = Taking(last);
    let zeros = (taking.u32()? == END, taking.u16()?, taking.u16()?);
    let (count, same) = (taking.u16()?, taking.u16()?);
    let (length, at, comment) = (taking.u32()?, taking.u32()?, taking.u16()?);
    if zeros != (true, 0, 0) || count != same || comment != 0 {
        return None;
    }
    let small = End {
        count: count.into(),
        at: at.into(),
        size: length.into(),
    };
    if count != 0xffff && at != u32::MAX {
        return (small.at.checked_add(small.size)? == size - 22).then_some(small);
    }
    let large = before.split_at_checked(before.len().checked_sub(76)?)?.1;
    let mut taking = Taking(large);
    let known = (
        taking.u32()?,
        taking.u64()?,
        taking.u16()?,
        taking.u16()?,
        taking.u32()?,
        taking.u32()?,
    );
    if known != (LARGE_END, 44, 45, 45, 0, 0) {
        return None;
    }
    let (count, same) = (taking.u64()?, taking.u64()?);
    let (length, at) = (taking.u64()?, taking.u64()?);
    let locator = (taking.u32()?, taking.u32()?, taking.u64()?, taking.u32()?);
    let ends = at.checked_add(length)?;
    let fits = ends == size.checked_sub(98)?;
    (count == same && fits && locator == (LARGE_END_AT, 0, ends, 1)).then_some(End {
        count,
        at,
        size: length,
    })
}

/// One entry of the directory.
fn entry(taking: &mut Taking) -> Option<Entry> {
    if taking.u32()? != CENTRAL || taking.u16()? != 45 {
        return None;
    }
    let version = taking.u16()?;
    let (sum, size) = common(taking)?;
    let (name, extra) = (taking.u16()?, taking.u16()?);
    let rest = (taking.u16()?, taking.u16()?, taking.u16()?, taking.u32()?);
    let at = taking.u32()?;
    let name = std::str::from_utf8(taking.bytes(name.into())?).ok()?;
    let (size, at) = match (version, extra) {
        (20, 0) if size != u32::MAX && at != u32::MAX => (size.into(), at.into()),
        (45, 28) if size == u32::MAX && at == u32::MAX => {
            let field = (taking.u16()?, taking.u16()?);
            let (size, same, at) = (taking.u64()?, taking.u64()?, taking.u64()?);
            if field != (LARGE, 24) || size != same {
                return None;
            }
            (size, at)
        }
        _ => return None,
    };
    (rest == (0, 0, 0, 0) && is_safe_path(name)).then(|| Entry {
        name: name.to_owned(),
        size,
        sum,
        at,
    })
}

/// From the flags to the sizes: CRC-32 and size.
fn common(taking: &mut Taking) -> Option<(u32, u32)> {
    let known = (taking.u16()?, taking.u16()?, taking.u16()?, taking.u16()?);
    let (sum, size, same) = (taking.u32()?, taking.u32()?, taking.u32()?);
    (known == (FLAGS, 0, 0, DATE) && size == same).then_some((sum, size))
}

fn header_length(entry: &Entry) -> u64 {
    let extra = if entry.size >= SMALL { 20 } else { 0 };
    30 + entry.name.len() as u64 + extra
}

fn end_of(entry: &Entry) -> Option<u64> {
    entry
        .at
        .checked_add(header_length(entry))?
        .checked_add(entry.size)
}

/// Reads the bytes of one file, part by part.
#[derive(Debug)]
pub struct Reader<'a> {
    entry: &'a Entry,
    next: u64,
    left: u64,
    sum: crc32fast::Hasher,
}

impl<'a> Reader<'a> {
    /// # Errors
    /// Its header says something else than the directory.
    pub async fn open<S: Source>(source: &S, entry: &'a Entry) -> Result<Self, Refused> {
        let header = read(source, entry.at, header_length(entry)).await?;
        let mut writer = Writer::default();
        if writer.begin(&entry.name, entry.size, entry.sum) != header {
            return Err(Refused::Damaged);
        }
        Ok(Self {
            entry,
            next: entry.at + header_length(entry),
            left: entry.size,
            sum: crc32fast::Hasher::new(),
        })
    }

    /// The next part; `None` after the last, when the whole has turned out to be as it was written.
    ///
    /// # Errors
    /// It is not.
    pub async fn next<S: Source>(&mut self, source: &S) -> Result<Option<Vec<u8>>, Refused> {
        const PART: u64 = 1 << 20;
        if self.left == 0 {
            let whole = self.sum.clone().finalize() == self.entry.sum;
            return if whole {
                Ok(None)
            } else {
                Err(Refused::Damaged)
            };
        }
        let length = self.left.min(PART);
        let part = read(source, self.next, length).await?;
        self.sum.update(&part);
        self.next += length;
        self.left -= length;
        Ok(Some(part))
    }
}

async fn read<S: Source>(source: &S, from: u64, length: u64) -> Result<Vec<u8>, Refused> {
    let end = from.checked_add(length).ok_or(Refused::Damaged)?;
    if end > source.size() {
        return Err(Refused::Damaged);
    }
    let length = usize::try_from(length).map_err(|_| Refused::TooLarge)?;
    let bytes = source
        .read(from, length)
        .await
        .map_err(|_| Refused::Unreadable)?;
    if bytes.len() == length {
        Ok(bytes)
    } else {
        Err(Refused::Unreadable)
    }
}
