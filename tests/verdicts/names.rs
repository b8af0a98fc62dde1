//! The names under which things are kept and told: what was written with one has to be found under it again.

use recourse::domain::case::Station;
use recourse::domain::computer_clock::Sign;
use recourse::domain::dispute::{DisputeStage, DisputeStep};
use recourse::domain::order::OrderState;
use recourse::domain::problem::{Field, Trouble};
use recourse::domain::rules::rule;
use recourse::domain::settings::Theme;
use recourse::domain::sighting::{Page, Service};
use recourse::domain::stages::Turn;
use recourse::domain::verdict::{Kind, Urgency};
use recourse::domain::warning::Control;

fn names<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> String {
    all.iter()
        .map(|one| name(*one))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn names_stay_what_they_are() {
    for (names, expected) in [
        (
            names(&Sign::ALL, Sign::name),
            "page-date document-date set-back",
        ),
        (names(&Theme::ALL, Theme::name), "system light dark"),
        (
            names(&Page::ALL, Page::name),
            "order-list order-detail tracking returns-list dispute order-list-ru",
        ),
        (
            names(&Service::ALL, Service::name),
            "free-return card paypal",
        ),
        (
            names(&OrderState::ALL, OrderState::name),
            "unpaid processing awaiting-delivery completed cancelled in-dispute refunded",
        ),
        (
            names(&Trouble::ALL, Trouble::name),
            "missing unreadable ambiguous impossible",
        ),
        (
            names(&Field::ALL, Field::name),
            "order-id placed shipped completed delivered state total store lines deadline window",
        ),
        (
            names(&DisputeStep::ALL, DisputeStep::name),
            "dispute-opened seller-offered evidence-asked return-agreed judged refund-decided refund-from cancel-asked",
        ),
        (
            names(&DisputeStage::ALL, DisputeStage::name),
            "seller-to-answer buyer-to-answer platform-reviewing evidence-wanted judged return-wanted return-checked \
             refunded refused cancelled",
        ),
        (
            names(&Station::ALL, Station::name),
            "submitted offer review decision return refund",
        ),
        (
            names(
                &[Turn::Buyer, Turn::Seller, Turn::Platform, Turn::Nobody],
                Turn::name,
            ),
            "buyer seller platform nobody",
        ),
        (
            names(&Control::ALL, Control::name),
            "accept cancel change confirm",
        ),
        (
            names(
                &[
                    Kind::Printed,
                    Kind::Rule,
                    Kind::Estimate,
                    Kind::Unknown,
                    Kind::Closed,
                ],
                Kind::name,
            ),
            "printed rule estimate unknown closed",
        ),
        (
            names(
                &[Urgency::Calm, Urgency::Soon, Urgency::Urgent, Urgency::Over],
                Urgency::name,
            ),
            "calm soon urgent over",
        ),
    ] {
        assert_eq!(names, expected);
    }
}

#[test]
fn a_rule_is_found_by_its_id_with_where_it_is_from() {
    let (found, from) = rule("paypal-days").unwrap();
    assert_eq!(found.id, "paypal-days");
    assert!(from.source.contains("paypal.com"), "{}", from.source);
    assert!(rule("paypal").is_none());
}
