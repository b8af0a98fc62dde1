//! What is to be looked at before a claim is sent: what contradicts itself, what is missing, and what is urgent.

use super::claim::{Claim, FileKind, Happened};
use super::clock::Clock;
use super::money::Money;
use super::time::{Moment, Span};

/// Something that the buyer should know before sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// The window in which the claim can be opened ends then, and that is soon.
    EndsSoon(Moment),
    /// More is asked than this, which was paid.
    MoreThanPaid(Money),
    /// It is said not to have come, and there are photos.
    PhotosOfWhatNeverCame,
    /// Whoever decides sees what the photos show.
    NoPhotos,
    /// A video shows what a photo does not.
    NoVideo,
}

/// A window that ends within this time is no time to gather more.
const SOON: Span = Span::hours(24);

/// What is to be said of the claim, the most pressing first. `paid` is what was paid, and `clock` the window that ends next.
#[must_use]
pub fn checks(
    claim: &Claim,
    paid: Option<&Money>,
    clock: Option<&Clock>,
    now: Moment,
) -> Vec<Check> {
    let mut out = Vec::new();
    if let Some(closes) = clock.map(Clock::closes)
        && closes > now
        && closes.since(now) <= SOON
    {
        out.push(Check::EndsSoon(closes));
    }
    if let (Some(asked), Some(paid)) = (&claim.amount, paid)
        && asked.is_more_than(paid) == Some(true)
    {
        out.push(Check::MoreThanPaid(paid.clone()));
    }
    let has = |kind| claim.files.iter().any(|file| file.kind == kind);
    if claim.happened.received() {
        if !has(FileKind::Picture) && !has(FileKind::Video) {
            out.push(Check::NoPhotos);
        } else if claim.happened == Happened::NotWorking && !has(FileKind::Video) {
            out.push(Check::NoVideo);
        }
    } else if claim.happened == Happened::NeverCame && has(FileKind::Picture) {
        out.push(Check::PhotosOfWhatNeverCame);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::claim::{ClaimFile, Solution};
    use crate::domain::money::Currency;
    use crate::domain::order::OrderId;
    use crate::domain::sha256::Sha256;

    fn claim(happened: Happened, kinds: &[FileKind]) -> Claim {
        Claim {
            order: OrderId::new("8212313961591322").unwrap(),
            happened,
            solution: Solution::RefundOnly,
            amount: Some(euro(1290)),
            description: String::new(),
            files: kinds
                .iter()
                .map(|kind| ClaimFile {
                    hash: Sha256::of(b""),
                    name: String::new(),
                    kind: *kind,
                    bytes: 1,
                    copies: false,
                })
                .collect(),
        }
    }

    fn euro(mantissa: i64) -> Money {
        Money {
            mantissa,
            scale: 2,
            currency: Currency::Code("EUR".into()),
        }
    }

    #[test]
    fn what_contradicts_itself_or_is_missing_is_told() {
        use FileKind::{Picture, Video};
        for (happened, kinds, expected) in [
            (Happened::NeverCame, &[][..], vec![]),
            (
                Happened::NeverCame,
                &[Picture],
                vec![Check::PhotosOfWhatNeverCame],
            ),
            // The photo may show the empty letter box.
            (Happened::MarkedDelivered, &[Picture], vec![]),
            (Happened::Damaged, &[], vec![Check::NoPhotos]),
            (Happened::Damaged, &[Picture], vec![]),
            (Happened::NotWorking, &[Picture], vec![Check::NoVideo]),
            (Happened::NotWorking, &[Video], vec![]),
        ] {
            let claim = claim(happened, kinds);
            assert_eq!(
                checks(&claim, None, None, Moment(0)),
                expected,
                "{happened:?}"
            );
        }
    }

    #[test]
    fn more_than_was_paid_is_told() {
        let claim = claim(Happened::NeverCame, &[]);
        let told = |paid: i64| checks(&claim, Some(&euro(paid)), None, Moment(0));
        assert_eq!(told(1290), []);
        assert_eq!(told(1289), [Check::MoreThanPaid(euro(1289))]);
    }
}
