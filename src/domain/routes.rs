//! What can be done where the shop has decided, or decides nothing: data, compiled in from `routes.toml`, which says what each key
//! means. None of it is a promise.

use super::case::Case;
use super::claim::Happened;
use super::clock::ClockKind;
use super::country::Country;
use super::ledger::Record;
use super::order::OrderState;
use super::rules::{Confidence, Provenance};
use super::sighting::{Fact, Service};
use super::verdict::{Closed, Verdict};

include!(concat!(env!("OUT_DIR"), "/routes.rs"));

/// A way outside the shop.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// The end of message keys, with hyphens.
    pub id: &'static str,
    /// The countries to which the order is sent; none is every country.
    pub countries: &'static [&'static str],
    /// What it was paid with.
    pub service: Option<Service>,
    /// The window of it.
    pub clock: Option<ClockKind>,
    /// Where to go.
    pub page: Option<&'static str>,
    /// Whether it is said when it is not the right way.
    pub limits: bool,
    pub from: Provenance,
}

/// A kind of complaint to the site.
#[derive(Clone, Copy, Debug)]
pub struct Category {
    pub id: &'static str,
    /// What the site calls it.
    pub label: &'static str,
    /// What it fits.
    pub happened: &'static [Happened],
    pub from: Provenance,
}

/// An address that a guide names.
#[derive(Clone, Copy, Debug)]
pub struct Contact {
    pub address: &'static str,
    pub from: Provenance,
}

/// The ways that an order sent there has, in their order; those of a country before those of every country. Of the ways to have paid,
/// the one that is known, else all of them.
#[must_use]
pub fn routes(record: &Record, country: Option<Country>) -> Vec<&'static Route> {
    let paid: Vec<Service> = record
        .all(|fact| match fact {
            Fact::Service(service @ (Service::Card | Service::Paypal)) => Some(*service),
            _ => None,
        })
        .map(|(service, _)| service)
        .collect();
    let here = |route: &&Route| {
        let country = route.countries.is_empty()
            || country.is_some_and(|country| route.countries.contains(&country.code()));
        let service = route
            .service
            .is_none_or(|service| paid.is_empty() || paid.contains(&service));
        country && service
    };
    ROUTES.iter().filter(here).collect()
}

/// The category that fits what happened; one about money where a refund was decided and has not come.
#[must_use]
pub fn category(happened: Option<Happened>, refund_missing: bool) -> Option<&'static Category> {
    if refund_missing {
        return CATEGORIES.iter().find(|category| category.id == "payment");
    }
    let happened = happened?;
    CATEGORIES
        .iter()
        .find(|category| category.happened.contains(&happened))
}

/// Whether there is anything to go on with: a dispute, an order whose known windows are over, or one whose receipt was confirmed, be it
/// by accident: the shop may take no dispute about it any more, whatever windows are known.
#[must_use]
pub fn may_go_on(cases: &[Case<'_>], verdict: &Verdict) -> bool {
    !cases.is_empty()
        || verdict.state == Some(OrderState::Completed)
        || matches!(verdict.closed, Some(Closed::Ended(_) | Closed::Refunded))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples;
    use crate::domain::sighting::Page;

    fn record(facts: &[Fact]) -> Record {
        samples::record(Page::OrderDetail, facts)
    }

    fn ids(record: &Record, country: &str) -> Vec<&'static str> {
        routes(record, Country::new(country))
            .iter()
            .map(|route| route.id)
            .collect()
    }

    #[test]
    fn each_country_has_its_own_ways() {
        let unpaid = record(&[]);
        assert_eq!(
            ids(&unpaid, "BE"),
            [
                "consumerconnect",
                "ecc-belgium",
                "withdrawal",
                "guarantee-belgium",
                "card",
                "paypal",
                "dsa"
            ]
        );
        assert_eq!(
            ids(&unpaid, "FR"),
            [
                "ecc-net",
                "withdrawal",
                "guarantee",
                "card",
                "paypal",
                "dsa"
            ]
        );
        assert_eq!(ids(&unpaid, "NO"), ["ecc-net", "card", "paypal"]);
        assert_eq!(ids(&unpaid, "BR"), ["card", "paypal"]);
        assert_eq!(ids(&unpaid, ""), ["card", "paypal"]);
    }

    #[test]
    fn of_the_ways_to_have_paid_the_known_one_is_shown() {
        assert_eq!(
            ids(&record(&[Fact::Service(Service::Paypal)]), "BR"),
            ["paypal"]
        );
        assert_eq!(
            ids(&record(&[Fact::Service(Service::FreeReturn)]), "BR"),
            ["card", "paypal"]
        );
    }

    #[test]
    fn every_kind_of_trouble_has_a_category() {
        for happened in Happened::ALL {
            assert!(
                category(Some(happened), false).is_some(),
                "{}",
                happened.name()
            );
        }
        assert_eq!(category(None, false).map(|category| category.id), None);
        assert_eq!(
            category(Some(Happened::Damaged), true).unwrap().id,
            "payment"
        );
        assert_eq!(CATEGORIES.len(), 6);
    }

    #[test]
    fn the_closed_platform_of_the_union_is_named_nowhere() {
        for route in ROUTES {
            assert!(
                !route.page.unwrap_or_default().contains("odr"),
                "{}",
                route.id
            );
        }
    }
}
