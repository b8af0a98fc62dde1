//! What was filled into a form of the shop: kept, because what was said to the shop may matter when it answers.

use crate::domain::claim::Claim;
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

use super::view::{FieldView, Status, View};
use super::vocabulary::Concept;

/// One filling: from the user's press to what the form held at last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filling {
    pub order: OrderId,
    /// The order's line, counted from 1.
    pub line: u8,
    /// The number by which the shop knows that line, where an address has named it.
    pub number: Option<u64>,
    /// When the user asked for it.
    pub at: Moment,
    /// The fields that held what they were given, and what that was, up to [`Filling::LONGEST`] characters. Empty for files, and where an
    /// earlier version did not keep it.
    pub fields: Vec<(Concept, String)>,
    /// The files among that, by the content that went into the form, with the names that it was given.
    pub files: Vec<(Sha256, String)>,
    /// What came of it, once a page of the shop has said so.
    pub dispute: Option<Dispute>,
}

/// A claim as it went into a form: what the form holds then is told of this one, whatever is chosen or written meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// With its files as they went.
    pub claim: Claim,
    /// The order's line that it is about, counted from 1.
    pub line: u8,
    /// When the user asked for it.
    pub at: Moment,
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
    /// More of a text is not kept: no form takes so much.
    pub const LONGEST: usize = 8_000;

    /// What the form holds of what went into it.
    #[must_use]
    pub fn of(view: &View, sent: &Sent) -> Self {
        let claim = &sent.claim;
        let is_filled = |field: &&FieldView| matches!(field.status, Status::Filled(_));
        let filled = View {
            fields: view.fields.iter().filter(is_filled).cloned().collect(),
            ..View::default()
        };
        let held = |field: &FieldView| match (&field.status, field.concept) {
            (_, Concept::Photos | Concept::Videos) => String::new(),
            (Status::Filled(text), _) => text.chars().take(Self::LONGEST).collect(),
            _ => String::new(),
        };
        let fields = filled.fields.iter();
        let files = filled.with_files(claim).into_iter();
        Self {
            order: claim.order.clone(),
            line: sent.line,
            number: view.line,
            at: sent.at,
            fields: fields.map(|field| (field.concept, held(field))).collect(),
            files: files.map(|file| (file.hash, file.name.clone())).collect(),
            dispute: None,
        }
    }

    /// What a field held, if it held what it was given.
    #[must_use]
    pub fn held(&self, concept: Concept) -> Option<&str> {
        let mut fields = self.fields.iter();
        let (_, held) = fields.find(|(known, _)| *known == concept)?;
        Some(held)
    }

    /// The dispute that pages of the shop have told of since it was filled in, and the number of its order line, 0 where the order has no other.
    /// `None` also where it may be another line's: of an order of several lines, only what names the line to which the form belonged is its own.
    #[must_use]
    pub fn told(&self, record: &Record) -> Option<(u64, Dispute)> {
        let stages = record.all(|fact| match fact.of_line() {
            (line, Fact::Stage(stage)) => Some((line, *stage)),
            _ => None,
        });
        // What was said before is of another dispute.
        let since = stages.filter(|(_, sighting)| sighting.first >= self.at);
        let mut since: Vec<_> = since.collect();
        let lines = record.lines.as_ref().map_or(0, |lines| lines.value.len());
        let is_only = lines < 2 && self.line == 1;
        match self.number {
            Some(number) => {
                since.retain(|((line, _), _)| *line == number || is_only && *line == 0);
            }
            None if is_only => {
                let mut named = since.iter().map(|((line, _), _)| *line);
                let first = named.find(|line| *line > 0);
                if named.any(|line| line > 0 && Some(line) != first) {
                    return None;
                }
            }
            None => return None,
        }
        let last = since.into_iter().max_by_key(|(_, sighting)| sighting.last);
        let ((line, stage), sighting) = last?;
        let dispute = Dispute {
            number: None,
            stage,
            seen: sighting.last,
        };
        Some((if is_only { 0 } else { line }, dispute))
    }

    /// Takes over what came of it. Whether that is news.
    pub fn follow(&mut self, dispute: Dispute) -> bool {
        let now = Some(dispute);
        let is_news = self.dispute != now;
        self.dispute = now;
        is_news
    }
}

/// `order 8212…`, `line 1`, `number 8214…`, `at 1761…`, `field amount 12.90`, `file <hash> cup.jpg`, `stage judged 1762…`, `dispute 1120…`. A field that only a newer version knows is left out.
impl Stored for Filling {
    fn to_text(&self) -> String {
        let mut text = String::new();
        let mut line = |name: &str, value: &str| text.push_str(&[name, " ", value, "\n"].concat());
        line("order", self.order.as_str());
        line("line", &number::text(self.line.into()));
        line("at", &number::text(self.at.0));
        if let Some(known) = self.number.and_then(|known| i64::try_from(known).ok()) {
            line("number", &number::text(known));
        }
        for (field, held) in &self.fields {
            let held = one_line(held);
            let parts = [field.name(), held.as_str()];
            let parts = parts.into_iter().filter(|part| !part.is_empty());
            line("field", &parts.collect::<Vec<_>>().join(" "));
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
        let (mut order, mut line, mut known, mut at) = (None, None, None, None);
        let (mut fields, mut files) = (Vec::new(), Vec::new());
        let (mut stage, mut dispute) = (None, None);
        for entry in text.lines() {
            match entry.split_once(' ')? {
                ("order", id) => order = OrderId::new(id),
                ("line", n) => line = u8::try_from(number::read(n, 10)?).ok(),
                ("number", n) => known = number::read(n, 10).and_then(|n| u64::try_from(n).ok()),
                ("at", moment) => at = number::read(moment, 10),
                ("field", field) => {
                    let (name, held) = field.split_once(' ').unwrap_or((field, ""));
                    let concept = Concept::named(name);
                    fields.extend(concept.map(|concept| (concept, several_lines(held))));
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
            number: known,
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
    use crate::domain::claim::{ClaimFile, FileKind, Happened, Solution};
    use crate::domain::ledger::Seen;
    use crate::domain::order::OrderLine;
    use crate::domain::sighting::{Page, Reading};
    use crate::form::plan::Left;
    use crate::form::view::State;
    use std::rc::Rc;

    fn claim() -> Claim {
        let file = |name: &str, kind| ClaimFile {
            hash: Sha256::of(name.as_bytes()),
            name: name.into(),
            kind,
            bytes: 1,
            copies: false,
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

    fn sent(claim: Claim, line: u8, at: i64) -> Sent {
        let at = Moment(at);
        Sent { claim, line, at }
    }

    #[test]
    fn a_dispute_that_a_page_tells_of_later_belongs_to_what_was_filled_in() {
        let mut filling = Filling {
            order: OrderId::new("8212313961591322").unwrap(),
            line: 1,
            number: None,
            at: Moment(1_000),
            fields: vec![(Concept::Reason, "Damaged".into())],
            files: Vec::new(),
            dispute: None,
        };
        let follow = |filling: &mut Filling, record: &Record, number: &str| {
            let told = filling.told(record);
            told.is_some_and(|(_, dispute)| {
                let number = Some(number.to_owned());
                filling.follow(Dispute { number, ..dispute })
            })
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
        assert!(!follow(&mut filling, &earlier, "1120001234567890"));
        assert!(follow(&mut filling, &opened, "1120001234567890"));
        let known = filling.dispute.clone().unwrap();
        assert_eq!(known.stage, DisputeStage::SellerToAnswer);
        assert_eq!(known.number.as_deref(), Some("1120001234567890"));
        assert_eq!(known.seen, Moment(1_100));
        assert!(!follow(&mut filling, &opened, "1120001234567890"));
        assert!(follow(&mut filling, &judged, "1120001234567890"));
        assert_eq!(
            Filling::from_text(&filling.to_text()),
            Some(filling.clone())
        );
        filling.dispute.as_mut().unwrap().number = None;
        assert_eq!(Filling::from_text(&filling.to_text()), Some(filling));
    }

    #[test]
    fn a_dispute_about_another_line_is_none_of_it() {
        let [one, two] = [8_214_969_923_776_196, 8_214_969_923_776_197_u64];
        let of = |number, line| Filling {
            order: OrderId::new("8212313961591322").unwrap(),
            line,
            number,
            at: Moment(1_000),
            fields: Vec::new(),
            files: Vec::new(),
            dispute: None,
        };
        let record = |lines: usize, told: &[u64]| {
            let mut record = Record::new(OrderId::new("8212313961591322").unwrap());
            let line = OrderLine {
                title: "Cup".into(),
                variant: String::new(),
                quantity: None,
            };
            record.lines = Some(Seen {
                at: Moment(1),
                page: Page::OrderDetail,
                value: vec![line; lines],
            });
            let mut reading = Reading::new(record.id.clone(), Page::Dispute, Moment(1_100));
            for line in told {
                let stage = Fact::Stage(DisputeStage::SellerToAnswer);
                let fact = match line {
                    0 => stage,
                    line => Fact::OfLine(*line, Rc::new(stage)),
                };
                reading.saw(fact, "");
            }
            record.absorb(&reading);
            record
        };
        let told = |filling: Filling, record: Record| filling.told(&record).map(|(line, _)| line);
        // Two lines: the form's address has named the first of them, or none.
        assert_eq!(told(of(Some(one), 1), record(2, &[two])), None);
        assert_eq!(told(of(Some(one), 1), record(2, &[one, two])), Some(one));
        assert_eq!(told(of(None, 1), record(2, &[one])), None);
        assert_eq!(told(of(None, 1), record(2, &[0])), None);
        assert_eq!(told(of(None, 2), record(1, &[0])), None);
        // One line: whatever is told is about it, unless that is two lines after all.
        assert_eq!(told(of(None, 1), record(1, &[0])), Some(0));
        assert_eq!(told(of(None, 1), record(1, &[one])), Some(0));
        assert_eq!(told(of(Some(one), 1), record(1, &[0])), Some(0));
        assert_eq!(told(of(None, 1), record(1, &[one, two])), None);
    }

    #[test]
    fn a_file_is_recorded_by_its_whole_name_and_an_older_record_is_read() {
        let photo = |name: &str| ClaimFile {
            hash: Sha256::of(name.as_bytes()),
            name: name.into(),
            kind: FileKind::Picture,
            bytes: 1,
            copies: false,
        };
        let claim = Claim {
            files: ["1.jpg", "11.jpg", "a, b.jpg", "11.jpg"]
                .map(photo)
                .to_vec(),
            ..claim()
        };
        let held = "11.jpg\na, b.jpg".to_owned();
        let view = View {
            state: State::Done,
            line: Some(7),
            fields: vec![
                FieldView {
                    concept: Concept::Photos,
                    status: Status::Filled(held),
                    limit: None,
                    taught: false,
                },
                FieldView {
                    concept: Concept::Description,
                    status: Status::Filled(["é".repeat(Filling::LONGEST), "x".into()].concat()),
                    limit: None,
                    taught: false,
                },
            ],
            ..View::default()
        };
        let filling = Filling::of(&view, &sent(claim, 1, 5));
        let names: Vec<&str> = filling
            .files
            .iter()
            .map(|(_, name)| name.as_str())
            .collect();
        assert_eq!(names, ["11.jpg", "a, b.jpg"]);
        let text = filling.held(Concept::Description).unwrap();
        assert_eq!(text, "é".repeat(Filling::LONGEST));
        assert_eq!(filling.number, Some(7));
        assert_eq!(Filling::from_text(&filling.to_text()), Some(filling));
        let older = "order 8212313961591322\nline 1\nat 5\nfield amount\nfield description\n";
        let older = Filling::from_text(older).unwrap();
        assert_eq!(older.held(Concept::Amount), Some(""));
        assert_eq!(older.fields.len(), 2);
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
        let filling = Filling::of(&view, &sent(claim(), 2, 1_761_000_000_000));
        assert_eq!((filling.line, filling.at), (2, Moment(1_761_000_000_000)));
        let held = [
            (Concept::Received, "Yes".to_owned()),
            (Concept::Photos, String::new()),
        ];
        assert_eq!(filling.fields, held);
        assert_eq!(filling.held(Concept::Received), Some("Yes"));
        assert_eq!(filling.held(Concept::Amount), None);
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
