//! The words by which a dispute form's fields are told, one file of data for each language (`words/<tag>.toml`).
//!
//! The form that the shop shows today is not publicly known, so nothing here stands on its markup. No word alone decides: a
//! field needs words, a kind that fits, and a page that is about a dispute.

use std::ops::Range;

use super::meanings::{KINDS, MEANINGS};
use crate::domain::claim::{Happened, Solution};
use crate::reading::language::{forms, joins_words};

/// The files of all languages, by their two-letter code, as the build has written them. For native programs and tests.
pub const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/form_words.rs"));

/// What a field of a dispute form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Concept {
    /// Whether the parcel came.
    Received,
    /// A refund alone, or a return.
    Solution,
    /// What is wrong, or the kind of it where the form asks twice.
    Reason,
    /// What exactly is wrong, in the second of two lists.
    SubReason,
    Amount,
    Description,
    Photos,
    Videos,
}

impl Concept {
    pub const ALL: [Self; 8] = [
        Self::Received,
        Self::Solution,
        Self::Reason,
        Self::SubReason,
        Self::Amount,
        Self::Description,
        Self::Photos,
        Self::Videos,
    ];

    /// The name under which it is shown and kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Solution => "solution",
            Self::Reason => "reason",
            Self::SubReason => "sub-reason",
            Self::Amount => "amount",
            Self::Description => "description",
            Self::Photos => "photos",
            Self::Videos => "videos",
        }
    }

    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// The list of words that stand beside its field.
    const fn list(self) -> &'static str {
        match self {
            Self::SubReason => "reason",
            other => other.name(),
        }
    }
}

/// The words of a page's language and of those that it falls back to.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// The stems of all languages by the names of their lists, in the order of the names. Taken apart once: a page with many controls asks
    /// for them thousands of times.
    lists: Vec<(&'static str, Vec<Stem>)>,
}

/// What a text is searched for, with what is asked of it for every text.
#[derive(Clone, Copy, Debug)]
struct Stem {
    text: &'static str,
    /// The bit of its first letter.
    first: u64,
    /// Whether it may stand anywhere: where a script writes words without spaces, or joins short words to the front of the next.
    is_joined: bool,
}

impl Stem {
    fn new(text: &'static str) -> Self {
        let first = text.chars().next();
        let joins = |letter| joins_words(letter) || ('\u{590}'..='\u{6ff}').contains(&letter);
        Self {
            text,
            first: first.map_or(u64::MAX, bit),
            is_joined: first.is_some_and(joins),
        }
    }
}

impl Vocabulary {
    /// From the contents of files that the build has written.
    #[must_use]
    pub fn new(files: Vec<&'static str>) -> Self {
        let mut lists: Vec<(&'static str, Vec<Stem>)> = Vec::new();
        for line in files.into_iter().flat_map(str::lines) {
            let Some((name, list)) = line.split_once('=') else {
                continue;
            };
            let place = lists.binary_search_by(|(known, _)| (*known).cmp(name));
            let place = place.unwrap_or_else(|place| {
                lists.insert(place, (name, Vec::new()));
                place
            });
            if let Some((_, stems)) = lists.get_mut(place) {
                stems.extend(forms(list).map(Stem::new));
            }
        }
        Self { lists }
    }

    /// With every language that is known.
    #[must_use]
    pub fn whole() -> Self {
        Self::new(FILES.iter().map(|(_, file)| *file).collect())
    }

    fn stems(&self, name: &str) -> &[Stem] {
        let place = self.lists.binary_search_by(|(known, _)| (*known).cmp(name));
        let list = place.ok().and_then(|place| self.lists.get(place));
        list.map_or(&[], |(_, stems)| stems)
    }

    /// The length of the longest of the list's stems that the text says.
    fn longest(&self, name: &str, text: &Text<'_>) -> Option<usize> {
        let said = self.stems(name).iter().filter(|stem| text.says(stem));
        said.map(|stem| stem.text.len()).max()
    }

    fn has(&self, name: &str, text: &Text<'_>) -> bool {
        self.stems(name).iter().any(|stem| text.says(stem))
    }

    /// Whether the text beside a field asks for the concept.
    #[must_use]
    pub fn asks(&self, concept: Concept, text: &Text<'_>) -> bool {
        self.has(concept.list(), text)
    }

    /// Whether a text says that the page is about a dispute, a refund or a return.
    #[must_use]
    pub fn is_about_dispute(&self, text: &Text<'_>) -> bool {
        self.has("dispute", text)
    }

    /// Whether the text beside a field says that it belongs to another form: a review, a chat, an address, a payment.
    #[must_use]
    pub fn is_of_other_form(&self, text: &Text<'_>) -> bool {
        self.has_whole("other-form", text) || self.is_about_payment(text)
    }

    /// Whether the text says that something is paid there, or asks for a card.
    #[must_use]
    pub fn is_about_payment(&self, text: &Text<'_>) -> bool {
        self.has_whole("payment", text)
    }

    /// Whether the text says one of the list's stems. A short one counts only as a whole word, as it begins too many: "via" is a street,
    /// "viaggio" is not.
    fn has_whole(&self, name: &str, text: &Text<'_>) -> bool {
        self.stems(name).iter().any(|stem| {
            text.says(stem) && (stem.text.chars().count() > 5 || says_whole(text.folded, stem.text))
        })
    }

    /// Whether the choice says that the parcel came (`Some(true)`), that it did not, or nothing of the kind. A bare yes or no
    /// counts only with `bare`: it means something beside its question alone.
    #[must_use]
    pub fn received(&self, folded: &str, bare: bool) -> Option<bool> {
        let text = Text::new(folded);
        // "not received" has "received" in it.
        if self.has("not-got", &text) {
            return Some(false);
        }
        if self.has("got", &text) {
            return Some(true);
        }
        let begins = |name: &str| {
            self.stems(name).iter().any(|word| {
                folded
                    .strip_prefix(word.text)
                    .is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphabetic))
            })
        };
        match (bare, begins("yes"), begins("no")) {
            (true, true, false) => Some(true),
            (true, false, true) => Some(false),
            _ => None,
        }
    }

    /// What the choice asks for, if it is a solution: what each part of its sentences says, if none says otherwise. One that asks for another
    /// piece in place of the goods is none.
    #[must_use]
    pub fn solution(&self, folded: &str) -> Option<Solution> {
        let mut meant = None;
        for part in folded.split(divides_sentences) {
            let text = Text::new(part);
            let taken_back = self.taken_back(&text);
            if taken_back.is_empty() && self.has("exchange", &text) {
                return None;
            }
            let Some(said) = self.solution_of_part(&text, &taken_back)? else {
                continue;
            };
            if meant.replace(said).is_some_and(|other| other != said) {
                return None;
            }
        }
        meant
    }

    /// What one part of a sentence asks for, if anything. `None` where it says two things alike.
    fn solution_of_part(
        &self,
        text: &Text<'_>,
        taken_back: &[Range<usize>],
    ) -> Option<Option<Solution>> {
        let [only, with_return] = Solution::ALL.map(|solution| {
            let stems = self.stems(solution.name()).iter();
            let lengths = stems.flat_map(|stem| {
                text.places(stem).into_iter().filter_map(move |at| {
                    // "Without return" says by itself what it takes back. "Not", wherever it stands, may be said of the sending.
                    let here = at..at + stem.text.len();
                    let is_inside =
                        |not: &Range<usize>| here.start <= not.start && not.end <= here.end;
                    let counts = |not: &Range<usize>| {
                        is_inside(not) || solution == Solution::RefundOnly && here.start < not.start
                    };
                    taken_back.iter().all(counts).then_some(stem.text.len())
                })
            });
            lengths.max()
        });
        match (only, with_return) {
            (None, None) => Some(None),
            // "Refund without return" says both; the longer words are what is meant.
            (one, other) if one > other => Some(Some(Solution::RefundOnly)),
            (one, other) if one < other => Some(Some(Solution::ReturnAndRefund)),
            _ => None,
        }
    }

    /// Where a text says that something is not done. A short word is one only as a whole: "no" begins too many.
    fn taken_back(&self, text: &Text<'_>) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        for stem in self.stems("taken-back") {
            let is_short = stem.text.chars().count() <= 3;
            for at in text.places(stem) {
                let end = at + stem.text.len();
                let is_whole = ends_word(text.folded, end, stem.text)
                    && (text.starts.contains(&at) || stem.text.starts_with(joins_words));
                if !is_short || is_whole {
                    ranges.push(at..end);
                }
            }
        }
        ranges
    }

    /// What the choice says is wrong: what it says in the longest words.
    #[must_use]
    pub fn meaning(&self, folded: &str) -> Option<&'static str> {
        self.best("reason-", &MEANINGS, folded)
    }

    /// The kind of problem that the choice names.
    #[must_use]
    pub fn kind(&self, folded: &str) -> Option<&'static str> {
        self.best("kind-", &KINDS, folded)
    }

    /// Whether a choice that names the kind of a problem may be meant for this one: it names no other problem in particular. "Colour not as
    /// described" is of the kind of a wrong size, and says something else.
    #[must_use]
    pub fn leaves_open(&self, folded: &str, happened: Happened) -> bool {
        let text = Text::new(folded);
        let is_said = |name: &&&str| self.has(&["reason-", name].concat(), &text);
        let mut said = MEANINGS.iter().filter(is_said).peekable();
        let common = common_reason(kind_of(happened));
        said.peek().is_none() || said.any(|name| *name == happened.name() || *name == common)
    }

    /// The one of the names whose words in the text are the longest; none if two are.
    fn best(&self, sort: &str, names: &[&'static str], folded: &str) -> Option<&'static str> {
        let text = Text::new(folded);
        let mut best: Option<(usize, &'static str)> = None;
        let mut tied = false;
        for name in names {
            let Some(length) = self.longest(&[sort, name].concat(), &text) else {
                continue;
            };
            match best {
                Some((longest, _)) if length < longest => {}
                Some((longest, _)) if length == longest => tied = true,
                _ => {
                    best = Some((length, name));
                    tied = false;
                }
            }
        }
        best.filter(|_| !tied).map(|(_, name)| name)
    }
}

/// The kind of problem under which the shop files what happened, where it asks twice.
#[must_use]
pub const fn kind_of(happened: Happened) -> &'static str {
    match happened {
        Happened::NeverCame | Happened::MarkedDelivered => "not-received",
        Happened::WrongColour
        | Happened::WrongSize
        | Happened::WrongMaterial
        | Happened::WrongFunction
        | Happened::Counterfeit
        | Happened::Other => "not-as-described",
        Happened::Damaged | Happened::NotWorking | Happened::BadQuality => "quality",
        Happened::WrongItem | Happened::PartsMissing | Happened::EmptyParcel => "quantity",
    }
}

/// The meaning that the name of a kind says as well: "quality problem" names no problem in particular. The words for a quantity are also those
/// for missing parts, which is one.
fn common_reason(kind: &str) -> &'static str {
    match kind {
        "not-received" => Happened::NeverCame.name(),
        "quality" => Happened::BadQuality.name(),
        _ => Happened::Other.name(),
    }
}

/// Whether the word stands in the text as a whole word, where its script has such.
fn says_whole(folded: &str, word: &str) -> bool {
    let mut places = folded.match_indices(word);
    places.any(|(at, _)| ends_word(folded, at + word.len(), word))
}

/// Whether the word that ends there in the text is not the beginning of a longer one, where its script tells.
fn ends_word(folded: &str, end: usize, word: &str) -> bool {
    let after = folded.get(end..).and_then(|text| text.chars().next());
    word.ends_with(joins_words) || !after.is_some_and(char::is_alphabetic)
}

/// What stands between the parts of sentences.
const fn divides_sentences(letter: char) -> bool {
    matches!(
        letter,
        ',' | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | '('
            | ')'
            | '['
            | ']'
            | '-'
            | '–'
            | '—'
            | '|'
            | '·'
            | '؛'
            | '؟'
            | '…'
    )
}

/// A folded text, with where its words begin: found once for all that it may say.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    folded: &'a str,
    /// Wherever no letter stands before.
    starts: Vec<usize>,
    /// The bits of the letters with which words begin, and of all.
    first: u64,
    letters: u64,
}

impl<'a> Text<'a> {
    #[must_use]
    pub fn new(folded: &'a str) -> Self {
        let (mut starts, mut first, mut letters) = (Vec::new(), 0, 0);
        let mut inside = false;
        for (at, letter) in folded.char_indices() {
            let bit = bit(letter);
            letters |= bit;
            if !inside {
                starts.push(at);
                first |= bit;
            }
            inside = letter.is_alphabetic();
        }
        Self {
            folded,
            starts,
            first,
            letters,
        }
    }

    /// Whether it has the letter that the stem begins with, where a stem may begin. Most stems are of other letters.
    const fn may_say(&self, stem: &Stem) -> bool {
        let letters = if stem.is_joined {
            self.letters
        } else {
            self.first
        };
        letters & stem.first != 0
    }

    /// Whether the stem stands in the text at the beginning of a word, or if it is joined to others, anywhere.
    fn says(&self, stem: &Stem) -> bool {
        self.may_say(stem)
            && if stem.is_joined {
                self.folded.contains(stem.text)
            } else {
                self.starts.iter().any(|at| self.has_at(*at, stem))
            }
    }

    /// Where it stands there.
    fn places(&self, stem: &Stem) -> Vec<usize> {
        if !self.may_say(stem) {
            Vec::new()
        } else if stem.is_joined {
            let places = self.folded.match_indices(stem.text);
            places.map(|(at, _)| at).collect()
        } else {
            let starts = self.starts.iter().copied();
            starts.filter(|at| self.has_at(*at, stem)).collect()
        }
    }

    // A search through the text would take longer to begin than to look at its few words.
    fn has_at(&self, at: usize, stem: &Stem) -> bool {
        let (rest, stem) = (self.folded.as_bytes().get(at..), stem.text.as_bytes());
        rest.is_some_and(|rest| rest.first() == stem.first() && rest.starts_with(stem))
    }
}

/// A letter's bit. Letters share bits: what is not there is known, what is there is not.
fn bit(letter: char) -> u64 {
    1 << (u32::from(letter) & 63)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::text::fold;

    fn english() -> Vocabulary {
        let file = FILES.iter().find(|(tag, _)| *tag == "en").unwrap().1;
        Vocabulary::new(vec![file])
    }

    #[test]
    fn a_choice_says_whether_the_parcel_came() {
        let words = english();
        for (text, came) in [
            ("I have received the package", Some(true)),
            ("Not received", Some(false)),
            ("I didn’t receive it", Some(false)),
            ("Yes", Some(true)),
            ("No, not yet", Some(false)),
            ("None of these", None),
            ("Notify me", None),
        ] {
            assert_eq!(words.received(&fold(text), true), came, "{text}");
        }
        assert_eq!(words.received("yes", false), None);
    }

    #[test]
    fn a_refund_without_return_is_no_return() {
        let words = english();
        for (text, solution) in [
            ("Refund only", Some(Solution::RefundOnly)),
            ("Refund without return", Some(Solution::RefundOnly)),
            ("Return and refund", Some(Solution::ReturnAndRefund)),
            ("Return goods", Some(Solution::ReturnAndRefund)),
            ("Refund", None),
            ("Exchange", None),
            (
                "My money back: I keep the goods",
                Some(Solution::RefundOnly),
            ),
            (
                "Refund only. You do not need to send the item back.",
                Some(Solution::RefundOnly),
            ),
            (
                "I send the item back and want my money",
                Some(Solution::ReturnAndRefund),
            ),
            ("Send it back and get a new one", None),
            ("I no longer want to keep it", None),
            ("I don't need it and want to return it", None),
            ("Return my money", None),
            ("Refund only, or return and refund", None),
        ] {
            assert_eq!(words.solution(&fold(text)), solution, "{text}");
        }
    }

    #[test]
    fn the_longest_words_decide_what_a_reason_means() {
        let words = english();
        for (text, meaning) in [
            ("Not received", Some("never-came")),
            (
                "Tracking shows delivered, but I have not received it",
                Some("marked-delivered"),
            ),
            ("Color not as described", Some("wrong-colour")),
            ("Package returned to sender", Some("sent-back")),
            ("Poor quality", Some("bad-quality")),
            ("Item does not work", Some("not-working")),
            ("I don't want it any more", Some("personal")),
            ("Lorem ipsum", None),
        ] {
            assert_eq!(words.meaning(&fold(text)), meaning, "{text}");
        }
    }

    #[test]
    fn a_stem_begins_a_word() {
        let says = |text: &str, stem| Text::new(text).says(&Stem::new(stem));
        assert!(says("the sum of all", "sum"));
        assert!(says("1sum", "sum"));
        assert!(says("(сумма)", "сумм"));
        assert!(!says("consumer", "sum"));
        assert!(says("退款金额", "金额"));
        assert!(says("والمبلغ", "مبلغ"));
        // Of one script and another.
        assert!(says("sum 金额", "金额") && says("sum 金额", "sum"));
        assert!(!says("sum 金额", "مبلغ") && !says("金额", "sum"));
    }
}
