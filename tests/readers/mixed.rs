//! Pages in which languages meet: the shop leaves texts in English, translates others by machine, and declares a third.

use recourse::domain::order::{OrderId, OrderState};
use recourse::domain::problem::{Field, Trouble};
use recourse::domain::sighting::{Fact, Page, Reading};
use recourse::reading::date::{self, Value};
use recourse::reading::text::fold;
use recourse::site::strategy::Tally;
use recourse::site::{Context, Lexicon, detail_page};

use crate::corpus::lexicon_of;
use crate::fixture::context;
use crate::node::Parsed;
use crate::ship_to::countries;

fn read_with(lexicon: &'static Lexicon, status: &str, rows: &[&str], rest: &str) -> Reading {
    let rows: String = rows
        .iter()
        .map(|row| format!("<div class=\"info-row\">{row}</div>"))
        .collect();
    let html = format!(
        "<html><body><div class=\"order-status\"><div class=\"order-block-title\">{status}</div></div>
         <div class=\"order-detail-order-info\">{rows}</div>{rest}</body></html>"
    );
    let context = Context {
        lexicon,
        ..context(Page::OrderDetail, "en")
    };
    detail_page::read(
        &Parsed::page(&html),
        &OrderId::new("8212313961591322").unwrap(),
        &context,
        countries("en"),
        &mut Tally::default(),
    )
    .unwrap()
}

fn facts(reading: &Reading) -> Vec<Fact> {
    reading.facts.iter().map(|(fact, _)| fact.clone()).collect()
}

fn day(text: &str) -> recourse::domain::time::Day {
    text.parse().unwrap()
}

#[test]
fn a_russian_page_with_english_labels_and_a_machines_status_is_read_as_a_whole() {
    let rows = [
        "Order placed on: Jul 15, 2026",
        "Оплачено: 15 июля 2026 г.",
        "Отправка завершена: Jul 16, 2026",
        "Order completed on: 28 июля 2026 г.",
    ];
    let reminder = "<div class=\"order-status-content\">Заказ завершен. Вы можете запросить возврат в течение 7 дней после \
                    подтверждения получения. If the item you received is defective or not as described, you can open a dispute \
                    within 90 days after order was placed.</div>";
    let reading = read_with(lexicon_of(Some("ru")), "С отделкой", &rows, reminder);
    assert_eq!(
        facts(&reading),
        [
            Fact::State(OrderState::Completed),
            Fact::Placed(day("2026-07-15")),
            Fact::Paid(day("2026-07-15")),
            Fact::Shipped(day("2026-07-16")),
            Fact::Completed(day("2026-07-28")),
            Fact::ReturnWithinDaysOfReceipt(7),
            Fact::DisputeWithinDaysOfOrder(90),
        ]
    );
    assert_eq!(reading.problems, []);
}

#[test]
fn a_page_that_declares_another_language_than_it_speaks_is_read_with_all() {
    let rows = ["Заказ оформлен: 15 июля 2026 г."];
    let rest = "<p>Возврат средств, если заказ не доставлен до 4 сентября 2026 г.</p>";
    let as_declared = read_with(lexicon_of(Some("es")), "Ожидает доставки", &rows, rest);
    assert_eq!(facts(&as_declared), [] as [Fact; 0]);
    assert_eq!(as_declared.problems[0].text, "Ожидает доставки");
    let with_all = read_with(lexicon_of(None), "Ожидает доставки", &rows, rest);
    assert_eq!(
        facts(&with_all),
        [
            Fact::State(OrderState::AwaitingDelivery),
            Fact::Placed(day("2026-07-15")),
            Fact::RefundIfNotDeliveredBefore(day("2026-09-04")),
        ]
    );
}

#[test]
fn a_deadline_in_two_languages_that_differs_keeps_both_days() {
    let rest = "<p>Remboursement si non livré avant le 4 sept. 2026</p><p>Refund if no delivery before Sep 3, 2026</p>";
    let reading = read_with(lexicon_of(Some("fr")), "En attente de livraison", &[], rest);
    for on in ["2026-09-03", "2026-09-04"] {
        assert!(facts(&reading).contains(&Fact::RefundIfNotDeliveredBefore(day(on))));
    }
}

#[test]
fn a_sentence_half_in_one_language_and_half_in_another_is_shown_and_not_believed() {
    for sentence in [
        "Remboursement if no delivery before Sep 4, 2026",
        "Refund si non livré avant le 4 sept. 2026",
    ] {
        let rest = format!("<p>{sentence}</p>");
        let reading = read_with(lexicon_of(Some("fr")), "Expédié", &[], &rest);
        let deadline = reading
            .problems
            .iter()
            .find(|problem| problem.field == Field::Deadline);
        let deadline = deadline.unwrap_or_else(|| panic!("{sentence}: {:?}", reading.facts));
        assert_eq!(
            (deadline.trouble, deadline.text.as_str()),
            (Trouble::Unreadable, sentence)
        );
        let is_deadline = |fact: &Fact| {
            matches!(
                fact,
                Fact::RefundIfNotDeliveredBefore(_) | Fact::RefundStep(_)
            )
        };
        assert!(!facts(&reading).iter().any(is_deadline), "{sentence}");
    }
}

#[test]
fn in_a_language_that_nobody_knows_the_known_nodes_still_give_their_days() {
    let step = |name: &str, day: &str| {
        format!(
            "<div class=\"service-progress-node-info\"><span>{name}</span> <span>{day}</span></div>"
        )
    };
    let rest = [
        step("Imelipwa", "2026-07-15"),
        step("Urejesho", "2026-09-04"),
    ]
    .concat();
    let reading = read_with(
        lexicon_of(Some("en")),
        "Inasubiri",
        &["Tarehe ya agizo: 2026-07-15"],
        &rest,
    );
    assert_eq!(
        facts(&reading),
        [
            Fact::Placed(day("2026-07-15")),
            Fact::RefundStep(day("2026-09-04")),
        ],
        "the step's day with the certainty of an estimate"
    );
    assert_eq!(
        (reading.problems[0].field, reading.problems[0].text.as_str()),
        (Field::State, "Inasubiri")
    );
}

#[test]
fn a_window_half_in_one_language_and_half_in_another_is_shown_and_not_believed() {
    for sentence in [
        // The number of days is French, what it counts from is English; or the other way round.
        "Retour dans les 7 jours of confirming receipt",
        "Return within 7 jours of confirming receipt",
        "Renvoyez-le within 15 days après la livraison",
        "Ouvrez un litige dans les 90 jours after order was placed",
    ] {
        let rest = format!("<p>{sentence}</p>");
        let reading = read_with(lexicon_of(Some("fr")), "Terminé", &[], &rest);
        let windows: Vec<Fact> = facts(&reading)
            .into_iter()
            .filter(|fact| !matches!(fact, Fact::State(_)))
            .collect();
        assert_eq!(windows, [] as [Fact; 0], "{sentence}");
        let listed = |problem: &&recourse::domain::problem::Problem| problem.text == sentence;
        let listed = reading.problems.iter().find(listed);
        let listed = listed.unwrap_or_else(|| panic!("{sentence}: {:?}", reading.problems));
        assert_eq!(
            (listed.field, listed.trouble),
            (Field::Deadline, Trouble::Unreadable)
        );
    }
    // What no window of any language says is none in two of them either.
    for sentence in [
        "Livré within 7 days",
        "Refund si non livré within 60 days after order",
        "Commande expédiée within 7 days",
    ] {
        let rest = format!("<p>{sentence}</p>");
        let reading = read_with(lexicon_of(Some("fr")), "Terminé", &[], &rest);
        assert!(
            reading
                .problems
                .iter()
                .all(|problem| problem.text != sentence),
            "{sentence}"
        );
    }
}

#[test]
fn a_date_of_a_language_that_is_not_loaded_is_not_half_read() {
    let value = |text: &str, language: &str| {
        let found = date::find(&fold(text), &lexicon_of(Some(language)).languages);
        let [found] = found.as_slice() else {
            panic!("{text}: {found:?}")
        };
        found.value
    };
    let ambiguous = Value::Trouble(Trouble::Ambiguous);
    // Tuesday, October 13, in Spanish: to others the day of the week looks like a month.
    for text in [
        "mar, 13 de octubre de 2026",
        "2026 grudnia, 13 mar",
        "mar 13 - 14 de octubre de 2026",
    ] {
        assert_eq!(value(text, "id"), ambiguous, "{text}");
    }
    // A number that is no year, and a year that other things part from the day.
    let short = Value::WithoutYear { month: 3, day: 13 };
    for text in [
        "mar 13 (2026)",
        "mar 13 and all of those other many of 2026",
        "the 4711 parcels mar 13",
        "2026 and all of those other many: mar 13",
    ] {
        assert_eq!(value(text, "id"), short, "{text}");
    }
}
