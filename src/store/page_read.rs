//! How a page of the shop was read: of each kind the last one is remembered, for the list of problems and for the report.

use super::format::{Stored, named};
use super::record::{page, page_word};
use crate::domain::number;
use crate::domain::problem::{Field, Problem, Trouble};
use crate::domain::sighting::Page;
use crate::domain::time::Moment;
use crate::site::strategy::Tally;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRead {
    pub page: Page,
    pub at: Moment,
    /// How many of its orders do not say beyond doubt which they are, and what is wrong with the last of them.
    pub unnamed: Option<(u32, Problem)>,
    pub tally: Tally,
}

impl PageRead {
    /// Names and counts for a report: no texts and no order numbers.
    #[must_use]
    pub fn report(&self) -> Vec<String> {
        let mut lines = vec![format!("Found on the last page {}:", self.page.name())];
        lines.extend(self.tally.text().lines().map(|line| format!("  {line}")));
        if let Some((count, problem)) = &self.unnamed {
            lines.push(format!(
                "  {:?}: {:?} × {count}",
                problem.field, problem.trouble
            ));
        }
        lines
    }

    /// Whether it says the same, at whatever time.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.unnamed == other.unnamed && self.tally == other.tally
    }
}

/// `l 1795176000000 2 ambiguous ` and the text as printed, or no more than the first two of these; below it the lines of the tally.
impl Stored for PageRead {
    fn to_text(&self) -> String {
        let mut text = [page_word(self.page), " ", &number::text(self.at.0)].concat();
        if let Some((count, problem)) = &self.unnamed {
            let count = number::text((*count).into());
            let trouble = problem.trouble.name();
            text.push_str(&[" ", &count, " ", trouble, " ", &problem.text].concat());
        }
        let tally = self.tally.text();
        if !tally.is_empty() {
            text.push_str(&["\n", &tally].concat());
        }
        text
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let mut words = lines.next()?.splitn(5, ' ');
        let mut word = || words.next();
        let page = page(word()?)?;
        let at = Moment(number::read(word()?, 10)?);
        let unnamed = match word() {
            None => None,
            Some(count) => {
                let count = u32::try_from(number::read(count, 10)?).ok()?;
                let trouble = named(&Trouble::ALL, Trouble::name, word()?)?;
                Some((count, Problem::new(Field::OrderId, trouble, word()?)))
            }
        };
        let tally = Tally::of_lines(lines)?;
        Some(Self {
            page,
            at,
            unnamed,
            tally,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::strategy::{Part, Way};

    fn read(unnamed: Option<(u32, Problem)>) -> PageRead {
        let mut tally = Tally::default();
        tally.count(Part::Cards, Some(Way::Class));
        tally.count(Part::OrderId, None);
        tally.count(Part::OrderId, Some(Way::Link));
        PageRead {
            page: Page::OrderList,
            at: Moment(1_795_176_000_000),
            unnamed,
            tally,
        }
    }

    #[test]
    fn how_a_page_was_read_is_read_back() {
        let missing = Problem::new(Field::OrderId, Trouble::Missing, "");
        let two = "8299000000000001 / 8299000000000002";
        let ambiguous = Problem::new(Field::OrderId, Trouble::Ambiguous, two);
        for unnamed in [None, Some((1, missing)), Some((12, ambiguous))] {
            let mut read = read(unnamed);
            assert_eq!(PageRead::from_text(&read.to_text()), Some(read.clone()));
            read.tally = Tally::default();
            assert_eq!(PageRead::from_text(&read.to_text()), Some(read));
        }
    }

    #[test]
    fn its_report_has_counts_and_names_and_no_numbers_of_orders() {
        let two = "8299000000000001 / 8299000000000002";
        let ambiguous = Problem::new(Field::OrderId, Trouble::Ambiguous, two);
        assert_eq!(
            read(Some((2, ambiguous))).report(),
            [
                "Found on the last page order-list:",
                "  cards: class 1",
                "  order-id: none 1, link 1",
                "  OrderId: Ambiguous × 2",
            ]
        );
    }

    #[test]
    fn it_is_kept_in_words() {
        let missing = Problem::new(Field::OrderId, Trouble::Missing, "");
        assert_eq!(
            read(Some((2, missing))).to_text(),
            "l 1795176000000 2 missing \ncards: class 1\norder-id: none 1, link 1"
        );
    }

    #[test]
    fn what_a_page_makes_up_is_not_taken() {
        for text in [
            "",
            "l",
            "l soon",
            "x 1795176000000",
            "l 1795176000000 2",
            "l 1795176000000 -2 missing ",
            "l 1795176000000 2 stolen ",
            "l 1795176000000\nLIMA Store",
        ] {
            assert_eq!(PageRead::from_text(text), None, "{text:?}");
        }
    }
}
