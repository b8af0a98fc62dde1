//! What the extension's own frame is told of a form: it draws the bar, and the program on the page does the work.

use super::control::Takes;
use super::plan::Left;
use super::taught::Lesson;
use super::vocabulary::Concept;
use crate::domain::claim::{Claim, ClaimFile, FileKind};
use crate::domain::number;
use crate::domain::order::OrderId;
use crate::store::Stored;
use crate::store::claims::{one_line, several_lines};

/// How far the filling has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing has been touched.
    #[default]
    Offered,
    Filling,
    Done,
    /// What was filled was put back.
    Undone,
}

impl State {
    pub const ALL: [Self; 4] = [Self::Offered, Self::Filling, Self::Done, Self::Undone];

    /// The name under which the page can see it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Filling => "filling",
            Self::Done => "done",
            Self::Undone => "undone",
        }
    }
}

/// What is to be said of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It was recognised; no claim is chosen yet.
    Found,
    /// This will be put in: a text, a choice as printed, the names of files, each in a line.
    Planned(String),
    /// The page holds what was put in.
    Filled(String),
    /// The page holds something else: what it holds.
    Differs(String),
    /// It is left to the user.
    NeedsUser(Left),
    /// The user is to choose it, because pressing it may do more than choose: what the claim says, as printed there.
    ToPress(String),
    /// It could not be put back: a choice of the page's own making that cannot be taken back, or files that the page has, also where those
    /// are not the claim's.
    Stays,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldView {
    pub concept: Concept,
    pub status: Status,
    /// The most characters that it takes.
    pub limit: Option<u32>,
    /// The user has pointed at it.
    pub taught: bool,
}

/// What becomes of the user's pointing at a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointing {
    /// The page waits for the user to point at the field that asks for this.
    For(Concept),
    /// What the user pointed at can't hold that.
    Unfit(Concept),
    /// This is to be kept.
    Learnt(Lesson),
}

/// What is to be said of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    pub state: State,
    /// The order that the page's address, or the way to it, names.
    pub order: Option<OrderId>,
    /// The number of the order line that they name.
    pub line: Option<u64>,
    /// Which files its field for photos takes, where it has one.
    pub photos: Option<Takes>,
    /// Whether there is a frame that cannot be looked into, and that a form could be in.
    pub closed: bool,
    /// Whether the shop asks the user to sign in.
    pub signed_out: bool,
    /// Whether the page has more on it than is looked at.
    pub cut: bool,
    pub pointing: Option<Pointing>,
    pub fields: Vec<FieldView>,
}

impl View {
    #[must_use]
    pub fn of(&self, concept: Concept) -> Option<&FieldView> {
        self.fields.iter().find(|field| field.concept == concept)
    }

    /// The claim's files whose names are among those that were planned or filled; one for each name, as two files may have the same.
    #[must_use]
    pub fn with_files<'a>(&self, claim: &'a Claim) -> Vec<&'a ClaimFile> {
        let mut names = [Concept::Photos, Concept::Videos].map(|concept| {
            let status = self.of(concept).map(|field| &field.status);
            let names = match status {
                Some(Status::Planned(names) | Status::Filled(names)) => names.as_str(),
                _ => "",
            };
            names.lines().collect::<Vec<_>>()
        });
        let [photos, videos] = &mut names;
        let mut take = |file: &&ClaimFile| {
            let names = match file.kind {
                FileKind::Picture => &mut *photos,
                FileKind::Video => &mut *videos,
            };
            let at = names.iter().position(|name| *name == file.name);
            at.map(|at| names.remove(at)).is_some()
        };
        claim.files.iter().filter(|file| take(file)).collect()
    }

    /// Whether there may be a form, and nothing of it was found: the user can only carry the claim over by hand.
    #[must_use]
    pub const fn is_out_of_reach(&self) -> bool {
        self.fields.is_empty() && (self.closed || self.cut)
    }
}

/// `state done`, `order 8212…`, `line 8214…`, `photos 2000000 5 jpg,png` with 0 for what is not said, `closed`, and a line for each field: `field amount planned 0 12.90`; `shown` for one that the user has
/// pointed at.
impl Stored for View {
    fn to_text(&self) -> String {
        let mut text = ["state ", self.state.name(), "\n"].concat();
        if let Some(order) = &self.order {
            text.push_str(&["order ", order.as_str(), "\n"].concat());
        }
        if let Some(line) = self.line {
            text.push_str(&["line ", &number_text(Some(line)), "\n"].concat());
        }
        if let Some(takes) = &self.photos {
            let most = takes.most.and_then(|most| u64::try_from(most).ok());
            let [largest, most] = [takes.largest, most].map(number_text);
            let endings = one_line(&takes.endings.join(","));
            text.push_str(&["photos ", &largest, " ", &most, " ", &endings, "\n"].concat());
        }
        for (name, is_so) in [
            ("closed\n", self.closed),
            ("signed-out\n", self.signed_out),
            ("cut\n", self.cut),
        ] {
            if is_so {
                text.push_str(name);
            }
        }
        let (kind, about) = match &self.pointing {
            None => ("", String::new()),
            Some(Pointing::For(concept)) => ("pointing ", concept.name().to_owned()),
            Some(Pointing::Unfit(concept)) => ("unfit ", concept.name().to_owned()),
            Some(Pointing::Learnt(lesson)) => ("learnt ", lesson.to_text()),
        };
        if !kind.is_empty() {
            text.push_str(&[kind, &about, "\n"].concat());
        }
        for field in &self.fields {
            let (kind, value) = match &field.status {
                Status::Found => ("found", String::new()),
                Status::Planned(value) => ("planned", one_line(value)),
                Status::Filled(value) => ("filled", one_line(value)),
                Status::Differs(value) => ("differs", one_line(value)),
                Status::NeedsUser(left) => ("needs-user", left_text(*left)),
                Status::ToPress(value) => ("to-press", one_line(value)),
                Status::Stays => ("stays", String::new()),
            };
            let limit = number::text(field.limit.unwrap_or_default().into());
            let name = if field.taught { "shown" } else { "field" };
            text.push_str(&[name, field.concept.name(), kind, &limit, &value].join(" "));
            text.push('\n');
        }
        text
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut view = Self::default();
        // The answer to a frame that the program did not open is empty.
        if !text.starts_with("state ") {
            return None;
        }
        for line in text.lines() {
            let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
            match name {
                "state" => view.state = State::ALL.into_iter().find(|one| one.name() == rest)?,
                "order" => view.order = Some(OrderId::new(rest)?),
                "line" => view.line = said(rest),
                "photos" => view.photos = Some(takes_of(rest)?),
                "closed" => view.closed = true,
                "signed-out" => view.signed_out = true,
                "cut" => view.cut = true,
                "pointing" => view.pointing = Some(Pointing::For(Concept::named(rest)?)),
                "unfit" => view.pointing = Some(Pointing::Unfit(Concept::named(rest)?)),
                "learnt" => view.pointing = Some(Pointing::Learnt(Lesson::from_text(rest)?)),
                "field" | "shown" => view.fields.push(field_of(rest, name == "shown")?),
                _ => return None,
            }
        }
        Some(view)
    }
}

fn number_text(number: Option<u64>) -> String {
    let number = i64::try_from(number.unwrap_or_default());
    number::text(number.unwrap_or(i64::MAX))
}

/// A number that is said.
fn said(text: &str) -> Option<u64> {
    let number = u64::try_from(number::read(text, 10)?).ok()?;
    (number > 0).then_some(number)
}

fn takes_of(text: &str) -> Option<Takes> {
    let mut words = text.splitn(3, ' ');
    let largest = said(words.next()?);
    let most = said(words.next()?).and_then(|most| usize::try_from(most).ok());
    let endings = several_lines(words.next()?);
    let endings = endings.split(',').filter(|ending| !ending.is_empty());
    Some(Takes {
        endings: endings.map(str::to_owned).collect(),
        largest,
        most,
    })
}

fn field_of(text: &str, taught: bool) -> Option<FieldView> {
    let mut words = text.splitn(4, ' ');
    let concept = Concept::named(words.next()?)?;
    let kind = words.next()?;
    let limit = u32::try_from(number::read(words.next()?, 10)?).ok()?;
    let value = several_lines(words.next()?);
    Some(FieldView {
        concept,
        limit: (limit > 0).then_some(limit),
        taught,
        status: match kind {
            "found" => Status::Found,
            "planned" => Status::Planned(value),
            "filled" => Status::Filled(value),
            "differs" => Status::Differs(value),
            "needs-user" => Status::NeedsUser(left_of(&value)?),
            "to-press" => Status::ToPress(value),
            "stays" => Status::Stays,
            _ => return None,
        },
    })
}

const LEFT: [Left; 11] = [
    Left::TwoFields,
    Left::NoChoice,
    // The place of a choice says nothing without its control.
    Left::Commits(None),
    Left::Disabled,
    Left::ReadOnly,
    Left::Nothing,
    Left::OtherCurrency,
    Left::DropOnly,
    Left::Unseen,
    Left::Gone,
    Left::NotTaken,
];

fn left_text(left: Left) -> String {
    match left {
        Left::TooLong(over) => [left.name(), "/", &number::text(over.into())].concat(),
        other => other.name().to_owned(),
    }
}

fn left_of(text: &str) -> Option<Left> {
    if let Some((_, over)) = text.split_once('/') {
        return Some(Left::TooLong(u32::try_from(number::read(over, 10)?).ok()?));
    }
    LEFT.into_iter().find(|left| left.name() == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sha256::Sha256;
    use crate::domain::time::Moment;

    #[test]
    fn a_view_is_read_back_as_it_was_written() {
        let mut statuses = vec![
            Status::Found,
            Status::Planned("1. It is broken.\n2. In two.".into()),
            Status::Filled("12.90".into()),
            Status::Differs(String::new()),
            Status::NeedsUser(Left::TooLong(12)),
            Status::ToPress("Yes, I have received it".into()),
            Status::Stays,
        ];
        statuses.extend(LEFT.map(Status::NeedsUser));
        let lesson = Lesson {
            shape: Sha256::of(b"a form"),
            place: 2,
            concept: Concept::Reason,
            at: Moment(3),
        };
        let mut pointing = [
            None,
            Some(Pointing::For(Concept::Amount)),
            Some(Pointing::Unfit(Concept::SubReason)),
            Some(Pointing::Learnt(lesson)),
        ]
        .into_iter();
        let takes = Takes {
            endings: vec!["jpg".into(), "png".into()],
            largest: Some(2_000_000),
            most: Some(5),
        };
        let mut photos = [None, Some(Takes::default()), Some(takes), None].into_iter();
        for state in State::ALL {
            let fields = statuses.iter().zip(Concept::ALL.into_iter().cycle());
            let view = View {
                state,
                order: OrderId::new("8212313961591322"),
                line: (state == State::Done).then_some(8_214_969_923_776_196),
                photos: photos.next().flatten(),
                closed: state == State::Done,
                signed_out: state == State::Filling,
                cut: state == State::Undone,
                pointing: pointing.next().flatten(),
                fields: fields
                    .map(|(status, concept)| FieldView {
                        concept,
                        status: status.clone(),
                        limit: (state == State::Filling).then_some(500),
                        taught: *status == Status::Found,
                    })
                    .collect(),
            };
            assert_eq!(View::from_text(&view.to_text()), Some(view));
        }
        let view = |closed, cut, fields| View {
            closed,
            cut,
            fields,
            ..View::default()
        };
        let field = FieldView {
            concept: Concept::Amount,
            status: Status::Found,
            limit: None,
            taught: false,
        };
        assert!(view(true, false, vec![]).is_out_of_reach());
        assert!(view(false, true, vec![]).is_out_of_reach());
        assert!(!view(false, false, vec![]).is_out_of_reach());
        assert!(!view(true, true, vec![field]).is_out_of_reach());
        assert_eq!(View::from_text("field amount planned"), None);
        assert_eq!(View::from_text("<html>"), None);
        assert_eq!(View::from_text(""), None);
    }
}
