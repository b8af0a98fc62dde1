//! A control of a form: what it is, what is written around it, and what it offers.

use crate::domain::claim::{ClaimFile, FileKind};
use crate::site::uploads;

/// What can be done with a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    Line,
    /// One line that takes numbers only.
    Number,
    /// Several lines of plain text.
    Area,
    /// Text that the page formats: `contenteditable`.
    Rich,
    /// A `select` of the browser's own.
    Select,
    /// Several buttons of which one can be chosen, native or drawn by the page.
    Choice,
    /// A list of the page's own that opens on a press.
    Combobox,
    /// A button that opens a part of the page in which there is nothing but choices, which the page keeps there from the beginning: they
    /// are pressed where they are, and the button is not.
    Sheet,
    /// Takes files. Where there is an input for each file, they are one control, and its choices are the inputs.
    File,
    /// A place onto which files are dropped, with no file input to be seen.
    DropZone,
}

/// Where a text beside a control was found, from the surest to the least sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// `label`, `aria-label`, `aria-labelledby`.
    Label,
    /// `legend`, or the name of the group.
    Group,
    /// `placeholder`, `title`.
    Hint,
    /// Before it, in the part of the page that holds no other control.
    Before,
    /// The last heading before that part.
    Heading,
    /// After it, in that part; descriptions and counters.
    After,
    /// Its `name`, `id`, `class` and `data-` attributes, as words.
    Name,
}

/// A text beside a control, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clue {
    pub source: Source,
    pub text: String,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<N> {
    /// What is pressed or selected.
    pub node: N,
    /// As printed.
    pub text: String,
    pub folded: String,
    pub disabled: bool,
    /// Pressing it may do more than choose: it could send the form, or lead away from the page.
    pub commits: bool,
}

/// Which files a control takes, as far as it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepts {
    pub pictures: bool,
    pub videos: bool,
}

/// Which files a control takes beyond their kind, as far as it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Takes {
    /// The endings that it names; none: any.
    pub endings: Vec<String>,
    /// The most bytes that a file may have.
    pub largest: Option<u64>,
    /// The most files.
    pub most: Option<usize>,
}

impl Takes {
    /// Whether it takes a file of that name and size.
    #[must_use]
    pub fn takes(&self, name: &str, bytes: u64) -> bool {
        let ending = ending(name);
        (self.endings.is_empty() || self.endings.contains(&ending))
            && self.largest.is_none_or(|largest| bytes <= largest)
    }

    /// How it takes a file. `None` where it does not.
    #[must_use]
    pub fn way(&self, file: &ClaimFile) -> Option<Way> {
        let as_it_is = self.takes(&file.name, file.bytes);
        // One that says nothing of types is the shop's, which takes few.
        let is_known = !self.endings.is_empty()
            || file.kind != FileKind::Picture
            || uploads::ENDINGS.contains(&ending(&file.name).as_str());
        let copied = file.copies && self.takes("copy.jpg", 0);
        match (as_it_is, copied) {
            (true, copied) if is_known || !copied => Some(Way::AsItIs),
            (_, true) => Some(Way::Copied),
            _ => None,
        }
    }
}

/// How a control takes a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    AsItIs,
    /// A copy of it, which is a JPEG and small enough.
    Copied,
}

fn ending(name: &str) -> String {
    let ending = name.rsplit('.').next().unwrap_or_default();
    let ending = ending.to_ascii_lowercase();
    if ending == "jpeg" {
        "jpg".to_owned()
    } else {
        ending
    }
}

/// Why a control is left alone whatever it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    Disabled,
    ReadOnly,
    /// Nobody can see it: it is there for programs.
    OutOfSight,
    /// What opens the list may do more than that when it is pressed: it could send the form, or lead away from the page.
    Commits,
}

#[derive(Clone, Debug)]
pub struct Control<N> {
    pub node: N,
    /// The largest part of the page that holds no other control.
    pub own: N,
    pub kind: Kind,
    pub clues: Vec<Clue>,
    pub choices: Vec<Choice<N>>,
    /// The most characters that it takes: `maxlength`, or a counter beside it.
    pub limit: Option<u32>,
    pub accepts: Accepts,
    pub takes: Takes,
    pub barrier: Option<Barrier>,
    /// What `autocomplete`, `type` and `role` say it is for: `search`, `cc-number`, `street-address`.
    pub purpose: String,
    /// The nearest form, dialog or section around it, counted in the order of the page.
    pub region: usize,
}

/// `refundAmount`, `refund-amount` and `refund_amount2` as `refund amount`.
#[must_use]
pub fn words_of_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut small = false;
    for letter in name.chars() {
        if letter.is_alphabetic() {
            if letter.is_uppercase() && small {
                out.push(' ');
            }
            small = letter.is_lowercase();
            out.extend(letter.to_lowercase());
        } else {
            small = false;
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_control_does_not_take_goes_as_a_copy_if_one_can_be_made() {
        let takes = |endings: &[&str], largest| Takes {
            endings: endings.iter().map(|ending| (*ending).to_owned()).collect(),
            largest,
            most: None,
        };
        let photo = |name: &str, bytes, copies| ClaimFile {
            hash: crate::domain::sha256::Sha256::of(b""),
            name: name.into(),
            kind: FileKind::Picture,
            bytes,
            copies,
        };
        let (says_nothing, small) = (takes(&[], None), takes(&["jpg"], Some(1_000)));
        for (takes, name, bytes, with, without) in [
            (
                &small,
                "cup.JPEG",
                1_000,
                Some(Way::AsItIs),
                Some(Way::AsItIs),
            ),
            (&small, "cup.jpg", 1_001, Some(Way::Copied), None),
            (&small, "cup.webp", 1, Some(Way::Copied), None),
            // How large a photo may be is not said, so it stays as it is.
            (
                &says_nothing,
                "cup.jpg",
                9_000_000,
                Some(Way::AsItIs),
                Some(Way::AsItIs),
            ),
            (
                &says_nothing,
                "cup.heic",
                1,
                Some(Way::Copied),
                Some(Way::AsItIs),
            ),
            (&takes(&["mp4"], None), "cup.jpg", 1, None, None),
        ] {
            for (copies, way) in [(true, with), (false, without)] {
                assert_eq!(
                    takes.way(&photo(name, bytes, copies)),
                    way,
                    "{name} {copies}"
                );
            }
        }
    }

    #[test]
    fn a_name_is_read_as_words() {
        for (name, words) in [
            ("refundAmount", "refund amount"),
            ("refund-amount_2", "refund amount"),
            ("RMA__reason", "rma reason"),
            ("request-detail-txt", "request detail txt"),
            ("42", ""),
        ] {
            assert_eq!(words_of_name(name), words, "{name}");
        }
    }
}
