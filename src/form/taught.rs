//! Fields that the user has pointed at: remembered for every form of the same shape, whatever it holds and asks.

use super::control::{Control, Kind, words_of_name};
use super::survey::Survey;
use super::vocabulary::Concept;
use crate::domain::number;
use crate::domain::sha256::Sha256;
use crate::domain::time::Moment;
use crate::site::PageNode;
use crate::store::Stored;
use crate::store::locker::Kept;

/// Where a form of one shape asks for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Of what controls the form consists, in their order, as a hash: their kinds and the words of their names, and nothing that they hold.
    pub shape: Sha256,
    /// Which of them it is.
    pub place: u16,
    pub concept: Concept,
    /// When the user pointed at it.
    pub at: Moment,
}

impl Lesson {
    /// What is learnt when the user points at a control.
    #[must_use]
    pub fn of<N: PageNode>(
        survey: &Survey<N>,
        control: usize,
        concept: Concept,
        at: Moment,
    ) -> Option<Self> {
        let region = survey.controls.get(control)?.region;
        let place = places(survey, region).position(|(at, _)| at == control)?;
        Some(Self {
            shape: shape(survey, region),
            place: u16::try_from(place).ok()?,
            concept,
            at,
        })
    }
}

/// The controls of the page that were pointed at on a page of the same shape, with what each asks for.
#[must_use]
pub fn known<N: PageNode>(survey: &Survey<N>, lessons: &[Lesson]) -> Vec<(Concept, usize)> {
    let mut out = Vec::new();
    if lessons.is_empty() {
        return out;
    }
    let mut regions: Vec<usize> = Vec::new();
    for control in &survey.controls {
        if regions.contains(&control.region) {
            continue;
        }
        regions.push(control.region);
        let shape = shape(survey, control.region);
        for lesson in lessons.iter().filter(|lesson| lesson.shape == shape) {
            let mut places = places(survey, control.region);
            if let Some((at, _)) = places.nth(lesson.place.into()) {
                out.push((lesson.concept, at));
            }
        }
    }
    // Of two forms of one shape, neither is known to be the one.
    let twice = |concept: Concept| out.iter().filter(|(one, _)| *one == concept).count() > 1;
    let once = out.iter().copied().filter(|(concept, _)| !twice(*concept));
    once.collect()
}

fn places<N>(survey: &Survey<N>, region: usize) -> impl Iterator<Item = (usize, &Control<N>)> {
    let all = survey.controls.iter().enumerate();
    all.filter(move |(_, control)| control.region == region)
}

fn shape<N: PageNode>(survey: &Survey<N>, region: usize) -> Sha256 {
    let mut text = String::new();
    for (_, control) in places(survey, region) {
        text.push_str(kind_name(control.kind));
        text.push(' ');
        text.push_str(&control.node.tag());
        // Digits in a name count or number something, and may be of one order alone.
        for name in ["type", "name"] {
            text.push(' ');
            text.push_str(&words_of_name(&control.node.attr(name).unwrap_or_default()));
        }
        text.push('\n');
    }
    Sha256::of(text.as_bytes())
}

const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Line => "line",
        Kind::Number => "number",
        Kind::Area => "area",
        Kind::Rich => "rich",
        Kind::Select => "select",
        Kind::Choice => "choice",
        Kind::Combobox => "combobox",
        Kind::Sheet => "sheet",
        Kind::File => "file",
        Kind::DropZone => "drop-zone",
    }
}

/// `<shape> 3 amount 1761…`
impl Stored for Lesson {
    fn to_text(&self) -> String {
        [
            self.shape.to_string().as_str(),
            &number::text(self.place.into()),
            self.concept.name(),
            &number::text(self.at.0),
        ]
        .join(" ")
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let lesson = Self {
            shape: Sha256::from_hex(words.next()?)?,
            place: u16::try_from(number::read(words.next()?, 10)?).ok()?,
            concept: Concept::named(words.next()?)?,
            at: Moment(number::read(words.next()?, 10)?),
        };
        words.next().is_none().then_some(lesson)
    }
}

impl Kept for Lesson {
    const KIND: &'static str = "lesson";

    fn id(&self) -> String {
        [&self.shape.to_string(), "-", self.concept.name()].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lesson_is_read_back_as_it_was_written() {
        let lesson = Lesson {
            shape: Sha256::of(b"a form"),
            place: 3,
            concept: Concept::Amount,
            at: Moment(1_761_000_000_000),
        };
        let text = lesson.to_text();
        assert_eq!(Lesson::from_text(&text), Some(lesson));
        assert_eq!(Lesson::from_text(&[&text, " more"].concat()), None);
        assert_eq!(Lesson::from_text(&text.replace("amount", "price")), None);
        assert_eq!(Lesson::from_text(""), None);
    }
}
