//! The type of a file, from its first bytes. Its name and what a browser calls it are hearsay.

use crate::domain::evidence::FileType;

/// What the bytes begin. A page or a drawing with script in it, whatever it calls itself, is no picture: it is [`FileType::Other`],
/// which is kept and never shown.
#[must_use]
pub fn of(head: &[u8]) -> FileType {
    let starts = |magic: &[u8]| head.starts_with(magic);
    if starts(b"\xff\xd8\xff") {
        FileType::Jpeg
    } else if starts(b"\x89PNG\r\n\x1a\n") {
        FileType::Png
    } else if starts(b"GIF87a") || starts(b"GIF89a") {
        FileType::Gif
    } else if starts(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        FileType::Webp
    } else if starts(b"\x1a\x45\xdf\xa3") {
        // Matroska's own files begin the same; the name of the form stands within the first header.
        match find(head.get(..64).unwrap_or(head), b"webm") {
            Some(_) => FileType::Webm,
            None => FileType::Other,
        }
    } else if starts(b"%PDF-") {
        FileType::Pdf
    } else if head.get(4..8) == Some(b"ftyp") {
        boxed(head)
    } else if matches!(head.get(4..8), Some(b"moov" | b"mdat" | b"wide")) {
        // Old recordings of QuickTime have no name in front.
        FileType::Mov
    } else if is_text(head) {
        FileType::Text
    } else {
        FileType::Other
    }
}

/// Files of boxes: the first one names the brands that the file follows.
fn boxed(head: &[u8]) -> FileType {
    let length = head
        .first_chunk::<4>()
        .map_or(0, |length| u32::from_be_bytes(*length));
    let end = usize::try_from(length).unwrap_or(0).clamp(8, 256);
    let brands = head.get(8..end).or(head.get(8..)).unwrap_or_default();
    let (brands, _) = brands.as_chunks::<4>();
    // The second one is a version.
    let mut named = brands.iter().enumerate().filter(|(at, _)| *at != 1);
    let is = |brand: &[u8; 4]| match brand {
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => {
            Some(FileType::Heic)
        }
        b"qt  " => Some(FileType::Mov),
        b"isom" | b"iso2" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"avc1" | b"M4V "
        | b"3gp4" | b"3gp5" | b"3gp6" | b"dash" | b"MSNV" => Some(FileType::Mp4),
        _ => None,
    };
    // AVIF names mif1 as well; no form takes it and no browser extension needs it as anything else.
    if brands.iter().any(|brand| brand == b"avif") {
        return FileType::Other;
    }
    named
        .find_map(|(_, brand)| is(brand))
        .unwrap_or(FileType::Other)
}

/// Text without markup. What looks like a page or a drawing is none that is ever opened.
fn is_text(head: &[u8]) -> bool {
    if head.is_empty() || head.iter().any(|byte| matches!(byte, 0..=8 | 14..=26)) {
        return false;
    }
    // The end may stand in the middle of a letter.
    let whole = match std::str::from_utf8(head) {
        Ok(_) => head.len(),
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        Err(_) => return false,
    };
    let start = head.get(..whole.min(1024)).unwrap_or_default();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    start.trim_ascii_start().first() != Some(&b'<')
}

/// Where the bytes first stand. All of a photo is searched, so only what begins as they do is compared.
pub(super) fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = wanted.first()?;
    let mut from = 0;
    loop {
        let rest = bytes.get(from..)?;
        let at = from + rest.iter().position(|byte| byte == first)?;
        if bytes.get(at..)?.starts_with(wanted) {
            return Some(at);
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_it_begins_as() {
        let kinds: [(&[u8], FileType); 18] = [
            (b"\xff\xd8\xff\xe0\0\x10JFIF", FileType::Jpeg),
            (b"\x89PNG\r\n\x1a\n", FileType::Png),
            (b"GIF89a", FileType::Gif),
            (b"RIFF\x10\0\0\0WEBPVP8 ", FileType::Webp),
            (b"RIFF\x10\0\0\0WAVEfmt ", FileType::Other),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", FileType::Heic),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", FileType::Other),
            (b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2", FileType::Mp4),
            (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", FileType::Mov),
            (
                b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm",
                FileType::Webm,
            ),
            (
                b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska",
                FileType::Other,
            ),
            (b"%PDF-1.7\n", FileType::Pdf),
            ("Seller: wait, dear frie\u{e9}".as_bytes(), FileType::Text),
            (b"\xd0", FileType::Text),
            (b" <!doctype html><script>", FileType::Other),
            (b"\xef\xbb\xbf<svg onload=alert(1)>", FileType::Other),
            (b"MZ\x90\0\x03", FileType::Other),
            (b"", FileType::Other),
        ];
        for (bytes, kind) in kinds {
            assert_eq!(of(bytes), kind, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
