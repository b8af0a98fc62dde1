//! Names of files that are safe on every system, in every folder.

/// A file's name as one within the backup: letters, digits, and `-_.` only; no name that Windows keeps for itself; its ending is
/// that of what the file is.
#[must_use]
pub fn safe(name: &str, ending: &str) -> String {
    const LONGEST: usize = 60;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let letters = stem
        .chars()
        .map(|letter| if is_safe(letter) { letter } else { '_' });
    let stem: String = letters.take(LONGEST).collect();
    let stem = stem.trim_matches(['.', '_']);
    let stem = if stem.is_empty() { "file" } else { stem };
    let reserved = is_reserved(stem);
    [if reserved { "_" } else { "" }, stem, ".", ending].concat()
}

/// Whether a path within an archive is one that this program writes: it leads nowhere else, and every system can hold it.
#[must_use]
pub fn is_safe_path(path: &str) -> bool {
    const LONGEST: usize = 400;
    let segments = path.split('/');
    path.len() <= LONGEST
        && segments.clone().count() <= 3
        && segments.into_iter().all(|segment| {
            !segment.is_empty()
                && segment.chars().all(is_safe)
                && !segment.starts_with('.')
                && !segment.ends_with('.')
                && !is_reserved(segment)
        })
}

fn is_safe(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.')
}

/// `CON`, `nul.txt`, `COM1`: devices, whatever follows the point.
fn is_reserved(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let numbered = |prefix| {
        let number = stem.strip_prefix(prefix);
        number.is_some_and(|number: &str| matches!(number.as_bytes(), [b'0'..=b'9']))
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_name_becomes_a_safe_one(name in any::<String>()) {
            let path = ["files/8212313961591322/", &safe(&name, "jpg")].concat();
            prop_assert!(is_safe_path(&path), "{path}");
        }
    }

    #[test]
    fn a_name_stays_readable() {
        assert_eq!(safe("IMG_2041.JPG", "jpg"), "IMG_2041.jpg");
        assert_eq!(safe("коробка 1.png", "png"), "коробка_1.png");
        assert_eq!(safe("con", "txt"), "_con.txt");
        assert_eq!(safe("../../etc/passwd", "bin"), "file.bin");
    }

    #[test]
    fn what_leads_elsewhere_is_not_safe() {
        for path in [
            "",
            "/a",
            "a//b",
            "../a",
            "a/..",
            "a/../b",
            "a\\b",
            "c:a",
            "a/b/c/d",
            "nul",
            "a/com1.txt",
            ".a",
            "a.",
            "a\0b",
            "a b",
        ] {
            assert!(!is_safe_path(path), "{path:?}");
        }
    }
}
