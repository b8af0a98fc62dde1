//! What a page shows of the files that it was given, by which it is told whether it has them.

/// How many pictures a part of a page has, and how often each of some files' names is written in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pictures: usize,
    /// In the order of the files.
    names: Vec<usize>,
}

impl Shown {
    /// `text` is the part's, with something between what stands in different elements.
    #[must_use]
    pub fn of(pictures: usize, text: &str, names: &[String]) -> Self {
        // The longest first: what stands in `my cup.jpg` is not `cup.jpg` as well.
        let mut longest: Vec<&str> = names.iter().map(String::as_str).collect();
        longest.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let mut rest = text.to_owned();
        let mut counts = Vec::new();
        for name in longest {
            let (count, without) = taken_out(&rest, name);
            rest = without;
            counts.push((name, count));
        }
        let count = |name: &String| {
            let known = counts.iter().find(|(known, _)| known == name);
            known.map_or(0, |(_, count)| *count)
        };
        Self {
            pictures,
            names: names.iter().map(count).collect(),
        }
    }

    /// Whether there is a picture more for each of so many files.
    #[must_use]
    pub const fn pictures_since(&self, before: &Self, files: usize) -> bool {
        files > 0 && self.pictures >= before.pictures.saturating_add(files)
    }

    /// Whether each of the files' names is written there once more, and as often as there are files of that name.
    #[must_use]
    pub fn names_since(&self, before: &Self, names: &[String]) -> bool {
        let is_there = |(at, name): (usize, &String)| {
            let of_that_name = names.iter().filter(|other| *other == name).count();
            let count = |shown: &Self| shown.names.get(at).copied().unwrap_or_default();
            count(self) >= count(before).saturating_add(of_that_name)
        };
        !names.is_empty() && names.iter().enumerate().all(is_there)
    }
}

/// How often a name is in a text as a whole word, and the text without it.
fn taken_out(text: &str, name: &str) -> (usize, String) {
    let is_part = |letter: Option<char>| {
        letter.is_some_and(|letter| letter.is_alphanumeric() || "_-.".contains(letter))
    };
    let (mut count, mut without, mut rest) = (0, String::new(), text);
    if name.is_empty() {
        return (count, text.to_owned());
    }
    while let Some((before, after)) = rest.split_once(name) {
        let last = before.chars().next_back().or(without.chars().next_back());
        without.push_str(before);
        if is_part(last) || is_part(after.chars().next()) {
            without.push_str(name);
        } else {
            count += 1;
            // What stood around it stays apart.
            without.push('\n');
        }
        rest = after;
    }
    without.push_str(rest);
    (count, without)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_name_counts_as_a_whole_word_only() {
        for (text, counts) in [
            ("1.jpg ", [1, 0]),
            ("11.jpg", [0, 1]),
            ("photo-1.jpg 1.jpg.exe a1.jpg", [0, 0]),
            ("1.jpg, 11.jpg (1.jpg)", [2, 1]),
            ("1.jpg1.jpg", [0, 0]),
            ("", [0, 0]),
        ] {
            let shown = Shown::of(0, text, &names(&["1.jpg", "11.jpg"]));
            assert_eq!(shown.names, counts, "{text}");
        }
        let shown = Shown::of(0, "my cup.jpg", &names(&["cup.jpg", "my cup.jpg"]));
        assert_eq!(shown.names, [0, 1]);
    }

    #[test]
    fn every_file_is_to_be_seen_and_newly() {
        let files = names(&["a.jpg", "b.jpg", "a.jpg"]);
        let shown = |pictures, text| Shown::of(pictures, text, &files);
        let before = shown(2, "a.jpg");
        for (now, pictures, named) in [
            (shown(2, "a.jpg"), false, false),
            (shown(3, "a.jpg a.jpg b.jpg"), false, false),
            (shown(4, "a.jpg a.jpg a.jpg"), false, false),
            (shown(5, "a.jpg"), true, false),
            (shown(2, "a.jpg a.jpg b.jpg a.jpg"), false, true),
        ] {
            assert_eq!(now.pictures_since(&before, files.len()), pictures);
            assert_eq!(now.names_since(&before, &files), named, "{now:?}");
        }
        assert!(!shown(9, "").pictures_since(&before, 0));
        assert!(!shown(9, "").names_since(&before, &[]));
    }
}
