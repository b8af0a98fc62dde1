//! The text of a complaint to the site, in English: from what the shop has printed, from the claim that was prepared, and nothing else.

use super::case::Case;
use super::claim::Draft;
use super::dispute::{DisputeStage, DisputeStep};
use super::ledger::Record;
use super::routes::Category;
use super::statement::{self, English, in_english, written};

/// Whether a refund that was decided has not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refund {
    NotDecided,
    Missing,
}

/// The text, with a line for each thing that is known.
#[must_use]
pub fn complaint(
    record: &Record,
    case: Option<&Case<'_>>,
    draft: Option<&Draft>,
    category: &Category,
    refund: Refund,
) -> String {
    let mut lines = vec![["Complaint: ", category.label].concat(), order(record)];
    if let Some(store) = &record.store {
        lines.push(["Seller: ", store.value.trim()].concat());
    }
    lines.push(String::new());
    if let Some(draft) = draft.filter(|draft| draft.happened.is_some()) {
        lines.push(statement::description(record, draft, &English));
    }
    lines.extend(case.and_then(course));
    if refund == Refund::Missing {
        lines.push("The refund that was decided has not arrived.".to_owned());
    }
    lines.push(String::new());
    lines.push(match statement::asked(record, draft) {
        Some(asked) => [
            "Please examine this order and arrange the refund of ",
            &in_english(&asked),
            ". I can send my evidence.",
        ]
        .concat(),
        None => {
            "Please examine this order and arrange the refund. I can send my evidence.".to_owned()
        }
    });
    lines.join("\n")
}

fn order(record: &Record) -> String {
    let mut said = ["Order: ", record.id.as_str()].concat();
    if let Some(placed) = record.placed() {
        said.push_str(", placed on ");
        said.push_str(&written(placed));
    }
    if let Some(paid) = record.total() {
        said.push_str(", paid ");
        said.push_str(&in_english(paid));
    }
    said
}

/// What became of the dispute.
fn course(case: &Case<'_>) -> Option<String> {
    let opened = case.day_of(DisputeStep::Opened).map(written);
    let ended = case.stage.map(|(stage, _)| stage).and_then(|stage| {
        Some(match stage {
            DisputeStage::Refused => "was closed without a refund",
            DisputeStage::Cancelled => "was cancelled before my problem was solved",
            DisputeStage::Refunded => "was closed with a refund",
            DisputeStage::Judged => "was decided",
            _ => return None,
        })
    });
    Some(match (opened, ended) {
        (Some(opened), Some(ended)) => {
            ["I opened a dispute on ", &opened, "; it ", ended, "."].concat()
        }
        (Some(opened), None) => ["I opened a dispute on ", &opened, ". It is not solved."].concat(),
        (None, Some(ended)) => ["My dispute ", ended, "."].concat(),
        (None, None) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::cases;
    use crate::domain::claim::{Happened, Solution};
    use crate::domain::ledger::Seen;
    use crate::domain::money::{Currency, Money};
    use crate::domain::routes;
    use crate::domain::samples;
    use crate::domain::sighting::{Fact, Page};
    use crate::domain::time::{Day, Moment};

    fn record(facts: &[Fact]) -> Record {
        samples::record(Page::Dispute, facts)
    }

    #[test]
    fn it_says_what_is_known_and_what_is_asked_for() {
        let day = |day| Day::new(2026, 10, day).unwrap();
        let mut record = record(&[
            Fact::Placed(day(1)),
            Fact::Total(Money {
                mantissa: 1290,
                scale: 2,
                currency: Currency::Code("EUR".into()),
            }),
            Fact::Stage(DisputeStage::Refused),
            Fact::Step(DisputeStep::Opened, day(20)),
        ]);
        record.store = Some(Seen {
            at: Moment(1),
            page: Page::Dispute,
            value: "LIMA Store".into(),
        });
        let draft = Draft {
            happened: Some(Happened::Damaged),
            solution: Some(Solution::RefundOnly),
            ..Draft::new(record.id.clone(), 1, Moment(2))
        };
        let category = routes::category(draft.happened, false).unwrap();
        let cases = cases(&record);
        let text = complaint(
            &record,
            cases.first(),
            Some(&draft),
            category,
            Refund::NotDecided,
        );
        assert_eq!(
            text,
            "Complaint: Products not as described\nOrder: 8212313961591322, placed on 1 October 2026, paid 12.90 EUR\n\
             Seller: LIMA Store\n\n1. The item arrived damaged.\n2. I ask for a full refund of 12.90 EUR.\n\
             I opened a dispute on 20 October 2026; it was closed without a refund.\n\n\
             Please examine this order and arrange the refund of 12.90 EUR. I can send my evidence."
        );
    }

    #[test]
    fn what_became_of_the_dispute_is_said_as_far_as_it_is_known() {
        let opened = Fact::Step(DisputeStep::Opened, Day::new(2026, 10, 20).unwrap());
        let told = |facts: &[Fact]| course(&cases(&record(facts))[0]);
        for (stage, said) in [
            (DisputeStage::Refused, "was closed without a refund"),
            (
                DisputeStage::Cancelled,
                "was cancelled before my problem was solved",
            ),
            (DisputeStage::Refunded, "was closed with a refund"),
            (DisputeStage::Judged, "was decided"),
        ] {
            let stage = Fact::Stage(stage);
            assert_eq!(
                told(std::slice::from_ref(&stage)),
                Some(format!("My dispute {said}."))
            );
            let whole = format!("I opened a dispute on 20 October 2026; it {said}.");
            assert_eq!(told(&[stage, opened.clone()]), Some(whole));
        }
        let open = Fact::Stage(DisputeStage::SellerToAnswer);
        assert_eq!(told(std::slice::from_ref(&open)), None);
        assert_eq!(
            told(&[open, opened]).as_deref(),
            Some("I opened a dispute on 20 October 2026. It is not solved.")
        );
    }

    #[test]
    fn nothing_is_said_that_is_not_known() {
        let record = record(&[]);
        let category = routes::category(None, true).unwrap();
        assert_eq!(
            complaint(&record, None, None, category, Refund::Missing),
            "Complaint: Payment not received\nOrder: 8212313961591322\n\nThe refund that was decided has not arrived.\n\n\
             Please examine this order and arrange the refund. I can send my evidence."
        );
    }
}
