//! What was filled into a form of the shop: kept, because what was said to the shop may matter when it answers.

use crate::domain::claim::{Claim, FileKind};
use crate::domain::dispute::DisputeStage;
use crate::domain::ledger::Record;
use crate::domain::number;
use crate::domain::order::OrderId;
use crate::domain::sha256::Sha256;
use crate::domain::sighting::Fact;
use crate::domain::time::Moment;
use crate::store::Stored;
use crate::store::claims::{one_line, several_lines};
use crate::store::locker::Kept;

use super::view::{Status, View};
use super::vocabulary::Concept;

/// One filling: from the user's press to what the form held at last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filling {
    pub order: OrderId,
    /// The order's line, counted from 1.
    pub line: u8,
    /// When the user asked for it.
    pub at: Moment,
    /// The fields that held what they were given.
    pub fields: Vec<Concept>,
    /// The files among that, by their content, with the names that the form was given.
    pub files: Vec<(Sha256, String)>,
    /// What came of it, once a page of the shop has said so.
    pub dispute: Option<Dispute>,
}

/// The dispute that was opened with what was filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// By which the shop knows it, if an address has named it.
    pub number: Option<String>,
    pub stage: DisputeStage,
    /// When a page of the shop said so.
    pub seen: Moment,
}

impl Filling {
    /// What of a claim the form holds.
    #[must_use]
    pub fn of(view: &View, claim: &Claim, line: u8, at: Moment) -> Self {
        let filled = |field: &&super::view::FieldView| matches!(field.status, Status::Filled(_));
        let named = |kind: FileKind, name: &str| {
            let concept = match kind {
                FileKind::Picture => Concept::Photos,
                FileKind::Video => Concept::Videos,
            };
            let status = view.of(concept).map(|field| &field.status);
            matches!(status, Some(Status::Filled(names)) if names.contains(name))
        };
        let files = claim.files.iter();
        let files = files.filter(|file| named(file.kind, &file.name));
        Self {
            order: claim.order.clone(),
            line,
            at,
            fields: view
                .fields
                .iter()
                .filter(filled)
                .map(|field| field.concept)
                .collect(),
            files: files.map(|file| (file.hash, file.name.clone())).collect(),
            dispute: None,
        }
    }

    /// Takes over what pages of the shop have said of a dispute since it was filled in, with the number that they have named. Whether that is
    /// news.
    pub fn follow(&mut self, record: &Record, number: Option<&str>) -> bool {
        let stages = record.all(|fact| match fact.of_line() {
            (_, Fact::Stage(stage)) => Some(*stage),
            _ => None,
        });
        // What was said before is of another dispute.
        let since = stages.filter(|(_, sighting)| sighting.first >= self.at);
        let Some((stage, sighting)) = since.max_by_key(|(_, sighting)| sighting.last) else {
            return false;
        };
        let now = Some(Dispute {
            number: number.map(str::to_owned),
            stage,
            seen: sighting.last,
        });
        let is_news = self.dispute != now;
        self.dispute = now;
        is_news
    }
}

/// `order 8212…`, `line 1`, `at 1761…`, `field amount`, `file <hash> cup.jpg`, `stage judged 1762…`, `dispute 1120…`. A field that only a newer version knows is left out.
impl Stored for Filling {
    fn to_text(&self) -> String {
        let mut text = String::new();
        let mut line = |name: &str, value: &str| text.push_str(&[name, " ", value, "\n"].concat());
        line("order", self.order.as_str());
        line("line", &number::text(self.line.into()));
        line("at", &number::text(self.at.0));
        for field in &self.fields {
            line("field", field.name());
        }
        for (hash, name) in &self.files {
            line("file", &[&hash.to_string(), " ", &one_line(name)].concat());
        }
        if let Some(dispute) = &self.dispute {
            let seen = number::text(dispute.seen.0);
            line("stage", &[dispute.stage.name(), " ", &seen].concat());
            if let Some(number) = &dispute.number {
                line("dispute", &one_line(number));
            }
        }
        text
    }

    fn from_text(text: &str) -> Option<Self> {
        let (mut order, mut line, mut at) = (None, None, None);
        let (mut fields, mut files) = (Vec::new(), Vec::new());
        let (mut stage, mut dispute) = (None, None);
        for entry in text.lines() {
            match entry.split_once(' ')? {
                ("order", id) => order = OrderId::new(id),
                ("line", n) => line = u8::try_from(number::read(n, 10)?).ok(),
                ("at", moment) => at = number::read(moment, 10),
                ("field", name) => {
                    fields.extend(Concept::named(name));
                }
                ("file", file) => {
                    let (hash, name) = file.split_once(' ')?;
                    files.push((Sha256::from_hex(hash)?, several_lines(name)));
                }
                ("stage", text) => {
                    let (name, seen) = text.split_once(' ')?;
                    let all = DisputeStage::ALL.into_iter();
                    stage = all
                        .filter(|stage| stage.name() == name)
                        .zip(number::read(seen, 10).map(Moment))
                        .next();
                }
                ("dispute", number) => dispute = Some(several_lines(number)),
                _ => {}
            }
        }
        Some(Self {
            dispute: stage.map(|(stage, seen)| Dispute {
                number: dispute,
                stage,
                seen,
            }),
            order: order?,
            line: line.filter(|line| *line > 0)?,
            at: Moment(at?),
            fields,
            files,
        })
    }
}

impl Kept for Filling {
    const KIND: &'static str = "filling";

    fn id(&self) -> String {
        let line = number::text(self.line.into());
        [self.order.as_str(), &line, &number::text(self.at.0)].join("-")
    }

    fn order(&self) -> Option<&OrderId> {
        Some(&self.order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::claim::{ClaimFile, Happened, Solution};
    use crate::domain::sighting::{Page, Reading};
    use crate::form::plan::Left;
    use crate::form::view::{FieldView, State};

    fn claim() -> Claim {
        let file = |name: &str, kind| ClaimFile {
            hash: Sha256::of(name.as_bytes()),
            name: name.into(),
            kind,
            bytes: 1,
        };
        Claim {
            order: OrderId::new("8212313961591322").unwrap(),
            happened: Happened::Damaged,
            solution: Solution::RefundOnly,
            amount: None,
            description: String::new(),
            files: vec![
                file("cup.jpg", FileKind::Picture),
                file("box.jpg", FileKind::Picture),
                file("opening.mp4", FileKind::Video),
            ],
        }
    }

    #[test]
    fn a_dispute_that_a_page_tells_of_later_belongs_to_what_was_filled_in() {
        let mut filling = Filling {
            order: OrderId::new("8212313961591322").unwrap(),
            line: 1,
            at: Moment(1_000),
            fields: vec![Concept::Reason],
            files: Vec::new(),
            dispute: None,
        };
        let mut record = Record::new(filling.order.clone());
        let mut page = |at, stage| {
            let mut reading = Reading::new(filling.order.clone(), Page::Dispute, Moment(at));
            reading.saw(Fact::Stage(stage), "");
            record.absorb(&reading);
            record.clone()
        };
        let earlier = page(900, DisputeStage::Cancelled);
        let opened = page(1_100, DisputeStage::SellerToAnswer);
        let judged = page(1_200, DisputeStage::Judged);
        assert!(!filling.follow(&earlier, Some("1120001234567890")));
        assert!(filling.follow(&opened, Some("1120001234567890")));
        let known = filling.dispute.clone().unwrap();
        assert_eq!(known.stage, DisputeStage::SellerToAnswer);
        assert_eq!(known.number.as_deref(), Some("1120001234567890"));
        assert_eq!(known.seen, Moment(1_100));
        assert!(!filling.follow(&opened, Some("1120001234567890")));
        assert!(filling.follow(&judged, Some("1120001234567890")));
        assert_eq!(
            Filling::from_text(&filling.to_text()),
            Some(filling.clone())
        );
        filling.dispute.as_mut().unwrap().number = None;
        assert_eq!(Filling::from_text(&filling.to_text()), Some(filling));
    }

    #[test]
    fn only_what_the_form_holds_is_recorded_and_read_back() {
        let field = |concept, status| FieldView {
            concept,
            status,
            limit: None,
            taught: false,
        };
        let view = View {
            state: State::Done,
            fields: vec![
                field(Concept::Received, Status::Filled("Yes".into())),
                field(Concept::Amount, Status::Differs("0".into())),
                // The form takes one.
                field(Concept::Photos, Status::Filled("cup.jpg".into())),
                field(Concept::Videos, Status::NeedsUser(Left::DropOnly)),
            ],
            ..View::default()
        };
        let filling = Filling::of(&view, &claim(), 2, Moment(1_761_000_000_000));
        assert_eq!(filling.fields, [Concept::Received, Concept::Photos]);
        let names: Vec<&str> = filling
            .files
            .iter()
            .map(|(_, name)| name.as_str())
            .collect();
        assert_eq!(names, ["cup.jpg"]);
        assert_eq!(Filling::from_text(&filling.to_text()), Some(filling));
        assert_eq!(Filling::from_text("order 8212313961591322\n"), None);
        assert_eq!(Filling::from_text(""), None);
    }
}
