//! What a reader knows of one language. A further language is a further file of data in `languages/`.

use super::languages;

/// One language, as data. All texts are folded (see [`fold`](super::text::fold)); a test holds them to it.
#[derive(Debug)]
pub struct Language {
    /// The two-letter code.
    pub code: &'static str,
    /// For each month every form in which it is written, divided by `|`: full, abbreviated, inflected, without dots.
    pub months: [&'static str; 12],
    /// The words that follow year, month and day in a date written from the year down, as in `2026년 7월 15일`.
    pub year_month_day: Option<[&'static str; 3]>,
    /// Whether a date like 03.04.2026 is always the third of April.
    pub dots_are_day_first: bool,
    /// The word "day" in every form that a number of days takes, divided by `|`.
    pub days: &'static str,
}

impl Language {
    /// The language of a BCP 47 tag or a two-letter code, by its first part.
    #[must_use]
    pub fn of(tag: &str) -> Option<&'static Self> {
        let code = tag.split(['-', '_']).next()?;
        languages::ALL
            .iter()
            .find(|language| language.code.eq_ignore_ascii_case(code))
            .copied()
    }

    #[must_use]
    pub fn all() -> &'static [&'static Self] {
        languages::ALL
    }

    /// The month (1 to 12) that the word names in this language.
    pub(super) fn month(&self, word: &str) -> Option<u32> {
        (1..)
            .zip(&self.months)
            .find(|(_, forms)| forms.split('|').any(|form| form == word))
            .map(|(month, _)| month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::text::fold;

    #[test]
    fn the_data_is_folded_and_no_form_names_two_months() {
        for language in Language::all() {
            let forms: Vec<&str> = language
                .months
                .iter()
                .flat_map(|forms| forms.split('|'))
                .collect();
            for form in forms
                .iter()
                .chain(&language.days.split('|').collect::<Vec<_>>())
            {
                assert_eq!(fold(form), **form, "{}", language.code);
                assert!(
                    form.chars().all(char::is_alphabetic),
                    "{}: {form}",
                    language.code
                );
            }
            let mut once = forms.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(
                once.len(),
                forms.len(),
                "{}: a form is there twice",
                language.code
            );
        }
    }

    #[test]
    fn a_language_is_found_by_its_tag() {
        assert_eq!(
            Language::of("pt-BR").map(|language| language.code),
            Some("pt")
        );
        assert_eq!(
            Language::of("en_US").map(|language| language.code),
            Some("en")
        );
        assert!(Language::of("tlh").is_none());
    }
}
