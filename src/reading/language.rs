//! What a reader knows of a language, and which languages it reads with. A further language is a further file of data in
//! `languages/`.

use crate::domain::problem::Trouble;

use super::text::is_letter;

/// The language that a BCP 47 tag names, without its region.
#[must_use]
pub fn base(tag: &str) -> &str {
    let end = tag.bytes().position(|byte| matches!(byte, b'-' | b'_'));
    match end.and_then(|end| tag.get(..end)).unwrap_or(tag) {
        // The codes by which old systems, and the shop's hosts, call some languages.
        "iw" => "he",
        "in" => "id",
        base => base,
    }
}

/// A list of forms, divided by `|`, as a language's file holds it. All of them are folded (see [`fold`](super::text::fold)).
pub type List = &'static str;

/// The list of that name in a language's file; one that is not there is empty.
#[must_use]
pub fn list(file: &'static str, name: &str) -> List {
    file.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
        .unwrap_or_default()
}

/// The forms of a list.
pub fn forms(list: List) -> impl Iterator<Item = &'static str> {
    list.split('|').filter(|form| !form.is_empty())
}

/// The length of the form of the list with which the text begins, as whole words; the longest, if it begins with several.
#[must_use]
pub fn begins_with(text: &str, list: List) -> Option<usize> {
    let mut longest = None;
    for form in forms(list) {
        if text.starts_with(form) && ends_word(form, text.get(form.len()..)?) {
            longest = longest.max(Some(form.len()));
        }
    }
    longest
}

/// Whether a word ends where the form does: the next letter belongs to it no more, or the script joins its words.
#[must_use]
pub fn ends_word(form: &str, rest: &str) -> bool {
    let joined = form.chars().next_back().is_some_and(joins_words);
    joined || !rest.chars().next().is_some_and(is_letter)
}

/// Whether the letter is of a script that writes words without spaces between them, or (Korean) joins particles to them.
#[must_use]
pub const fn joins_words(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// One language, as data.
#[derive(Clone, Copy, Debug)]
pub struct Language {
    /// For each month every form in which it is written, divided by `;`.
    months: &'static str,
    /// What stands before a month that is written as a number: `tháng 9`.
    pub(super) month_prefix: List,
    /// The words after year, month and day in a date written from the year down: `2026년 7월 15일`.
    pub(super) year: List,
    pub(super) month: List,
    pub(super) day: List,
    /// Words that may stand between the parts of a date: `4 de setembro de 2026`.
    pub(super) fillers: List,
    /// Words between the first and the last day of a range: `du 4 au 6 septembre`.
    pub(super) range: List,
    /// Words between alternatives: `ou`.
    pub(super) or: List,
    /// The word "day" in every form that a number of days takes.
    pub(super) days: List,
    /// What makes them other days than those of the calendar: `jours ouvrables`.
    pub(super) working_days: List,
    /// Names of zones other than the shop's: `Beijing time`.
    pub(super) zones: List,
    /// Words that say behind a date or a time of day whose it is: `heure de Paris`.
    pub(super) whose_time: List,
    /// Whether a date like 03.04.2026 is always the third of April.
    pub(super) dots_are_day_first: bool,
    /// Whether 2569 is the year 2026.
    pub(super) buddhist_years: bool,
}

impl Language {
    /// The language of a file that the build has written.
    #[must_use]
    pub fn parse(file: &'static str) -> Self {
        let list = |name| list(file, name);
        Self {
            months: list("months"),
            month_prefix: list("month-prefix"),
            year: list("year"),
            month: list("month"),
            day: list("day"),
            fillers: list("fillers"),
            range: list("range"),
            or: list("or"),
            days: list("days"),
            working_days: list("working-days"),
            zones: list("zones"),
            whose_time: list("whose-time"),
            dots_are_day_first: !list("dots-are-day-first").is_empty(),
            buddhist_years: !list("buddhist-years").is_empty(),
        }
    }

    /// The month (1 to 12) with whose name the text begins, and the length of the name.
    fn month_at(&self, text: &str) -> Option<(u32, usize)> {
        (1..)
            .zip(self.months.split(';'))
            .filter_map(|(month, forms)| Some((month, begins_with(text, forms)?)))
            .max_by_key(|(_, length)| *length)
    }
}

/// The languages that a page is read with.
#[derive(Clone, Debug, Default)]
pub struct Languages {
    /// The first is the page's own, if [`Self::own_first`] says so.
    list: Vec<Language>,
    own_first: bool,
}

impl Languages {
    #[must_use]
    pub fn new(list: Vec<Language>, own_first: bool) -> Self {
        Self { list, own_first }
    }

    /// Each of them with its place.
    pub fn each(&self) -> &[Language] {
        &self.list
    }

    /// The page's own language, where it says one that is known here.
    pub(super) fn own(&self) -> Option<&Language> {
        self.list.first().filter(|_| self.own_first)
    }

    /// Whether one of the languages passes.
    pub(super) fn any(&self, mut test: impl FnMut(&Language) -> bool) -> bool {
        for language in &self.list {
            if test(language) {
                return true;
            }
        }
        false
    }

    /// The month with whose name the text begins, and the length of the name: in the page's own language, else in every
    /// language that knows the name, if they agree.
    pub(super) fn month_at(&self, text: &str) -> Option<(Result<u32, Trouble>, usize)> {
        if let Some((month, length)) = self.own().and_then(|own| own.month_at(text)) {
            return Some((Ok(month), length));
        }
        let mut found: Option<(Result<u32, Trouble>, usize)> = None;
        for language in &self.list {
            let Some((month, length)) = language.month_at(text) else {
                continue;
            };
            found = Some(match found {
                Some((Ok(other), longest)) if other == month => (Ok(month), longest.max(length)),
                Some((_, longest)) => (Err(Trouble::Ambiguous), longest.max(length)),
                None => (Ok(month), length),
            });
        }
        found
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

    /// The file of that language.
    pub fn file(tag: &str) -> &'static str {
        FILES.iter().find(|(other, _)| *other == tag).unwrap().1
    }

    /// Every language, none of them the page's own.
    pub fn all() -> Languages {
        let list = FILES.iter().map(|(_, file)| Language::parse(file));
        Languages::new(list.collect(), false)
    }

    /// Every language, that one being the page's own.
    pub fn own(tag: &str) -> Languages {
        let mut files = FILES.to_vec();
        files.sort_by_key(|(other, _)| *other != tag);
        assert_eq!(files[0].0, tag);
        let list = files.iter().map(|(_, file)| Language::parse(file));
        Languages::new(list.collect(), true)
    }

    #[test]
    fn a_list_that_is_not_there_is_empty() {
        assert_eq!(list("days=day|days\nfillers=of\n", "fillers"), "of");
        assert_eq!(list("working-days=x\n", "days"), "");
        assert_eq!(begins_with("day", ""), None);
    }

    #[test]
    fn a_name_that_means_two_months_in_two_languages_is_of_neither_unless_the_page_speaks_one() {
        let [one, other] = ["months=lip;zar;mar\n", "months=lut;lip;mar\n"].map(Language::parse);
        let unknown = Languages::new(vec![one, other], false);
        assert_eq!(
            unknown.month_at("lip 4"),
            Some((Err(Trouble::Ambiguous), 3))
        );
        assert_eq!(unknown.month_at("mar 4"), Some((Ok(3), 3)));
        let own = Languages::new(vec![one, other], true);
        assert_eq!(own.month_at("lip 4"), Some((Ok(1), 3)));
    }

    #[test]
    fn a_form_begins_a_text_only_as_whole_words() {
        assert_eq!(begins_with("september 4", "sep|september"), Some(9));
        assert_eq!(begins_with("sept 4", "sep"), None);
        assert_eq!(
            begins_with("7일이내".trim_start_matches('7'), "일"),
            Some("일".len())
        );
    }
}
