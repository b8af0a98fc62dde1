//! What the client scripts draw from: the orders as text in the page's language, ready to print.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use serde_json::{Value, json};

use crate::language::Words;
use crate::orders::{DemoOrder, Quirk, RefundBanner, Status};
use crate::stage::Stage;
use crate::switches::{Deadline, Switches};

/// The buyer's name, telephone and address, where the country follows: on the detail page, the tracking page and the listing. Nothing may
/// ever keep them.
pub const BUYER: [&str; 3] = [
    "Ana Exemplo",
    "+55 11 90000 1234",
    "Rua das Acacias 987, Jardim Modelo, Sao Paulo, 01000-999",
];

/// What every page needs: the words, and the variant.
pub(crate) fn chrome(switches: &Switches) -> Value {
    let words = switches.language.words();
    let [name, telephone, address] = BUYER;
    let country = switches.language.country();
    json!({
        "words": words,
        "buyer": [name.to_owned(), telephone.to_owned(), format!("{address}, {country}")],
        "shipTo": put(&words.ship_to, "country", switches.language.country()),
        "language": switches.language.code().to_uppercase(),
        "currency": switches.currency().code(),
        "delay": switches.delay_ms,
        "all": switches.all,
        "virtualised": switches.virtualised,
        "noId": switches.no_id,
        "broken": switches.broken,
        "renamed": switches.renamed_classes || switches.broken,
    })
}

pub(crate) fn list(switches: &Switches, now: DateTime<Utc>) -> Value {
    let mut value = chrome(switches);
    value["orders"] = switches
        .orders_served(now)
        .iter()
        .map(|order| card(switches, order, switches.now.unwrap_or(now)))
        .collect();
    value
}

pub(crate) fn detail(switches: &Switches, now: DateTime<Utc>, id: &str) -> Option<Value> {
    let order = find(switches, now, id)?;
    let words = switches.language.words();
    let date = |day: NaiveDate| order.date_text(switches.language, day);
    let is_left = switches.deadline == Deadline::Left;
    let deadline = deadline_text(switches, &order, order.printed_on_detail).filter(|_| !is_left);
    let left = order.printed_on_detail.filter(|_| is_left).map(|day| {
        let days = (day - switches.now.unwrap_or(now).date_naive()).num_days();
        put(&words.time_left, "days", &days.to_string())
    });
    let coupon = coupon_text(switches);

    let mut nodes = Vec::new();
    if let Some(paid) = order.paid {
        nodes.push(json!({ "text": words.paid, "time": date(paid) }));
        if let (true, Some(eta)) = (order.coupon, order.eta) {
            nodes.push(json!({ "text": short_amount(&coupon), "time": date(eta + Days::new(2)) }));
        }
        if let Some(deadline) = &deadline {
            nodes.push(json!({ "text": words.refund, "time": deadline }));
        }
    }
    let progress_text = (order.coupon && deadline.is_some())
        .then_some(order.eta)
        .flatten();
    let progress_text = progress_text.map(|eta| {
        put(
            &put(&words.coupon_after, "date", &date(eta)),
            "amount",
            &short_amount(&coupon),
        )
    });

    let mut services = Vec::new();
    if order.paid.is_some() {
        let mut promises = promises(switches, &order, deadline.as_deref());
        promises.extend(left);
        services.push(json!({ "title": words.fast_delivery, "content": promises.join(" · ") }));
    }
    if let Some(days) = order.free_return_days {
        services.push(json!({ "title": words.free_returns, "content": put(&words.free_returns_text, "days", &days.to_string()) }));
    }

    let mut rows = vec![json!({ "title": words.placed_on, "text": placed_text(switches, &order) })];
    for (title, day) in [
        (&words.paid_on, order.paid),
        (&words.shipped_on, order.shipped),
        (&words.completed_on, order.completed),
    ] {
        if let Some(day) = day {
            rows.push(json!({ "title": title, "text": date(day) }));
        }
    }
    rows.push(json!({ "title": words.payment_method, "text": words.card }));

    let goods = order.goods_centavos();
    let amount = |centavos: i64| money(switches, centavos);
    let mut value = chrome(switches);
    value["order"] = card(switches, &order, switches.now.unwrap_or(now));
    value["reminder"] = match (order.status, order.reminder) {
        (Status::Completed, Some(reminder)) => {
            let text = put(
                &words.reminder,
                "confirm_days",
                &reminder.confirm_days.to_string(),
            );
            put(&text, "placed_days", &reminder.placed_days.to_string())
        }
        (Status::Completed, None) => String::new(),
        (Status::ToPay, _) => words.detail_reminder.to_pay.clone(),
        (Status::Processing, _) => words.detail_reminder.processing.clone(),
        (Status::AwaitingDelivery, _) => words.detail_reminder.awaiting.clone(),
        (Status::Cancelled, _) => words.detail_reminder.cancelled.clone(),
    }
    .into();
    value["progress"] = json!({ "nodes": nodes, "text": progress_text });
    value["estimated"] = order
        .eta
        .map(|eta| put(&words.estimated, "date", &date(eta)))
        .into();
    value["services"] = services.into();
    value["rows"] = rows.into();
    value["prices"] = json!([
        { "title": words.subtotal, "text": amount(goods) },
        { "title": words.shipping, "text": amount(order.total_centavos - goods) },
        { "title": words.total.trim_end_matches(':').trim_end(), "text": amount(order.total_centavos) },
    ]);
    value["dispute"] = order
        .answer_until
        .map(|day| {
            let mut view = switches.stage.view(words, day, date);
            if let Some(until) = switches.stage.course(day).until.filter(|_| is_left) {
                view["left"] = countdown(switches.now.unwrap_or(now), until).into();
                view["until"] = Value::Null;
            }
            view["amount"] = switches
                .stage
                .amount(order.total_centavos)
                .map(amount)
                .into();
            view
        })
        .into();
    let answer_until = switches.now.unwrap_or(now).date_naive() + Days::new(5);
    value["opened"] = Stage::Seller.view(words, answer_until, date);
    value["oldReminder"] = order
        .printed_on_detail
        .map(|day| {
            put(
                &words.old_reminder,
                "date",
                &day.format("%Y-%m-%d").to_string(),
            )
        })
        .into();
    Some(value)
}

pub(crate) fn tracking(switches: &Switches, now: DateTime<Utc>, id: &str) -> Option<Value> {
    let order = find(switches, now, id)?;
    let words = switches.language.words();
    let today = switches.now.unwrap_or(now).date_naive();
    let deadline = deadline_text(switches, &order, order.printed_on_tracking);
    let short = |day| switches.language.short_date(day);

    let shipped = order.shipped.unwrap_or(order.placed);
    let mut stages = vec![
        (&words.events.placed, Some(order.placed), "09:12"),
        (&words.events.paid, order.paid, "09:14"),
    ];
    if order.shipped.is_some() {
        let arrived = order.delivered.map_or(shipped + Days::new(9), |day| {
            (shipped + Days::new(9)).min(day)
        });
        stages.push((&words.events.picked, Some(shipped), "16:40"));
        stages.push((
            &words.events.departed,
            Some((shipped + Days::new(4)).min(arrived)),
            "22:05",
        ));
        stages.push((&words.events.arrived, Some(arrived), "05:31"));
    }
    if let Some(delivered) = order.delivered {
        stages.push((&words.events.delivering, Some(delivered), "08:20"));
        stages.push((&words.events.signed, Some(delivered), "18:39"));
    }
    let events: Vec<Value> = stages
        .into_iter()
        .rev()
        .filter_map(|(title, day, hour)| {
            let day = day.filter(|day| *day <= today)?;
            Some(json!({ "title": title, "time": format!("{} {hour}", short(day)) }))
        })
        .collect();

    let mut value = chrome(switches);
    value["order"] = card(switches, &order, switches.now.unwrap_or(now));
    value["arrival"] = match (order.delivered, order.eta) {
        (Some(day), _) => put(&words.delivered_on, "date", &short(day)),
        (None, Some(day)) => put(&words.arrives, "date", &short(day)),
        (None, None) => String::new(),
    }
    .into();
    value["firstPackage"] = order
        .first_package
        .map(|day| put(&words.delivered_on, "date", &short(day)))
        .into();
    value["promises"] = if order.paid.is_some() {
        promises(switches, &order, deadline.as_deref()).into()
    } else {
        Value::Null
    };
    value["events"] = events.into();
    value["mailNo"] = order
        .shipped
        .map(|_| format!("DM{}BR", &order.id[order.id.len() - 9..]))
        .into();
    Some(value)
}

/// One order as the list draws it.
fn card(switches: &Switches, order: &DemoOrder, now: DateTime<Utc>) -> Value {
    let words = switches.language.words();
    let lines: Vec<Value> = order
        .lines
        .iter()
        .map(|line| {
            let mut tags = Vec::new();
            if order.coupon {
                tags.push(put(
                    &words.coupon_if_delayed,
                    "amount",
                    &short_amount(&coupon_text(switches)),
                ));
            }
            if order.free_return_days.is_some() {
                tags.push(words.free_returns.clone());
            }
            json!({
                "title": line.title,
                "sku": line.sku,
                "price": money(switches, line.unit_centavos),
                "quantity": line.quantity,
                "image": format!("/assets/img/{}.svg", line.drawing),
                "href": format!("/item/{}.html", line.item),
                "tags": tags,
            })
        })
        .collect();
    let button = |kind: &str, text: &str, primary: bool| json!({ "type": kind, "text": text, "primary": primary });
    let (tab, buttons) = match order.status {
        Status::ToPay => (
            "unpaid",
            vec![
                button("PAY", &words.pay, true),
                button("CANCEL", &words.cancel, false),
            ],
        ),
        Status::Processing => (
            "processing",
            vec![button("REPURCHASE", &words.add_to_cart, false)],
        ),
        Status::AwaitingDelivery => (
            "shipped",
            vec![
                button("CONFIRM_GOODS", &words.confirm, true),
                button("TRACKING", &words.track, false),
            ],
        ),
        Status::Completed => (
            "completed",
            vec![
                button("REPURCHASE", &words.add_to_cart, false),
                button("DELETE", &words.remove, false),
            ],
        ),
        Status::Cancelled => (
            "closed",
            vec![
                button("REPURCHASE", &words.add_to_cart, false),
                button("DELETE", &words.remove, false),
            ],
        ),
    };
    let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
    json!({
        "id": order.id,
        "tab": tab,
        "status": status_text(words, order),
        "dateLabel": if switches.relabelled { &words.date_old } else { &words.date },
        "idLabel": if switches.relabelled { &words.id_old } else { &words.id },
        "date": placed_text(switches, order),
        "store": {
            "name": order.store.name,
            "href": format!("/store/{}", order.store.number),
            "icon": if order.store.choice { "/assets/img/promise.svg" } else { "/assets/img/store.svg" },
        },
        "lines": lines,
        "items": put(&words.items, "n", &order.lines.len().to_string()),
        "total": money(switches, order.total_centavos),
        "buttons": buttons,
        "banner": order.banner.map(|banner| match banner {
            RefundBanner::Waiting => switches.stage.status(words),
            RefundBanner::Done => &words.refund_done,
        }),
        "messageLink": order.message_link,
        "hiddenTwin": order.hidden_twin,
        "shownTwice": order.quirk == Quirk::ShownTwice,
        "noId": switches.no_id || order.quirk == Quirk::NoId,
        "missingNodes": order.quirk == Quirk::MissingNodes,
        "leftMs": (order.status == Status::AwaitingDelivery)
            .then_some(order.printed_on_detail)
            .flatten()
            .map(|day| (midnight(day) - now).num_milliseconds()),
    })
}

fn find(switches: &Switches, now: DateTime<Utc>, id: &str) -> Option<DemoOrder> {
    switches
        .orders_served(now)
        .into_iter()
        .find(|order| order.id == id)
}

/// What the shop promises about a delivery, one sentence each.
fn promises(switches: &Switches, order: &DemoOrder, deadline: Option<&str>) -> Vec<String> {
    let words = switches.language.words();
    let mut out = Vec::new();
    if let (true, Some(eta)) = (order.coupon, order.eta) {
        let date = order.date_text(switches.language, eta);
        out.push(put(
            &put(&words.coupon_if, "amount", &coupon_text(switches)),
            "date",
            &date,
        ));
    }
    if let Some(deadline) = deadline {
        out.push(put(&words.no_delivery, "date", deadline));
    }
    out.push(words.damaged.clone());
    out.push(words.lost.clone());
    out
}

/// How long it is until that day begins, as a clock that runs would show it.
fn countdown(now: DateTime<Utc>, until: NaiveDate) -> String {
    let left = until.and_time(NaiveTime::MIN).and_utc() - now;
    let (hours, minutes, seconds) = (left.num_hours(), left.num_minutes(), left.num_seconds());
    format!(
        "Time remaining {} days {:02}:{:02}:{:02}",
        left.num_days(),
        hours % 24,
        minutes % 60,
        seconds % 60
    )
}

fn deadline_text(switches: &Switches, order: &DemoOrder, day: Option<NaiveDate>) -> Option<String> {
    order
        .deadline_text
        .clone()
        .or_else(|| day.map(|day| order.date_text(switches.language, day)))
}

fn placed_text(switches: &Switches, order: &DemoOrder) -> String {
    order
        .placed_text
        .clone()
        .unwrap_or_else(|| order.date_text(switches.language, order.placed))
}

fn status_text(words: &Words, order: &DemoOrder) -> String {
    order.status_text.clone().unwrap_or_else(|| {
        match order.status {
            Status::ToPay => &words.status.to_pay,
            Status::Processing => &words.status.processing,
            Status::AwaitingDelivery => &words.status.awaiting,
            Status::Completed => &words.status.completed,
            Status::Cancelled => &words.status.cancelled,
        }
        .clone()
    })
}

fn money(switches: &Switches, centavos: i64) -> String {
    let currency = switches.currency();
    currency.format(currency.from_centavos(centavos), switches.language)
}

fn coupon_text(switches: &Switches) -> String {
    switches
        .currency()
        .format(switches.currency().coupon(), switches.language)
}

/// Without empty decimals: "R$5", as on tags.
fn short_amount(text: &str) -> String {
    text.replace(",00", "").replace(".00", "")
}

fn put(sentence: &str, name: &str, value: &str) -> String {
    sentence.replace(&format!("{{{name}}}"), value)
}

/// The style sheet with every class name hashed, as `hashed` in `shared.js` does for the elements.
pub(crate) fn renamed(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find('.') {
        let (before, after) = rest.split_at(at + 1);
        out.push_str(before);
        let end = after
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
            .unwrap_or(after.len());
        let (name, tail) = after.split_at(end);
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            out.push_str(&hashed(name));
        } else {
            out.push_str(name);
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// FNV-1a in base 36.
fn hashed(name: &str) -> String {
    let mut hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let mut digits = Vec::new();
    while hash > 0 {
        digits.push(char::from_digit(hash % 36, 36).expect("a digit below 36"));
        hash /= 36;
    }
    std::iter::once('c')
        .chain(digits.into_iter().rev())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use crate::orders::shop;

    fn now() -> DateTime<Utc> {
        "2026-11-20T17:20:00Z".parse().unwrap()
    }

    #[test]
    fn class_names_are_renamed_and_numbers_are_not() {
        assert_eq!(hashed("a"), "c1r9wi7g");
        let css = renamed(".order-item .order-item-btn{opacity:.5;margin:1.5px}");
        assert!(!css.contains("order-item"));
        assert!(css.contains("opacity:.5;margin:1.5px"));
    }

    #[test]
    fn the_detail_page_prints_the_day_of_the_truth_in_every_language() {
        for language in Language::ALL {
            let switches = Switches {
                language,
                ..Switches::default()
            };
            for order in shop(now(), 64) {
                let mut value = detail(&switches, now(), &order.id).unwrap();
                // The words themselves still have places in them.
                value["words"].take();
                let value = value.to_string();
                if let Some(day) = order.printed_on_detail {
                    let sentence = put(
                        &language.words().no_delivery,
                        "date",
                        &order.date_text(language, day),
                    );
                    assert!(
                        value.contains(&sentence),
                        "{language:?} {} {sentence}",
                        order.id
                    );
                }
                assert!(
                    !value.contains("{date}")
                        && !value.contains("{amount}")
                        && !value.contains("_days}"),
                    "{language:?}"
                );
            }
        }
    }

    #[test]
    fn the_delivery_sentence_is_the_one_that_was_seen() {
        let switches = Switches::default();
        let value = detail(&switches, now(), "8230417750264418").unwrap();
        assert_eq!(
            value["services"][0]["content"],
            "Apply for R$5,00 coupon code if delayed by Oct 22, 2026 · Refund if no delivery before Nov 23, 2026 · Refund if items damaged · \
             Refund if package lost"
        );
    }

    #[test]
    fn an_order_in_dispute_prints_whose_answer_is_due_and_a_split_one_prints_both_packages() {
        let orders = shop(now(), 64);
        let switches = Switches::default();
        let disputed = orders.iter().find(|order| order.answer_until.is_some());
        let value = detail(&switches, now(), &disputed.unwrap().id).unwrap();
        assert_eq!(
            value["dispute"]["until"],
            "The seller has to answer before Nov 24, 2026"
        );
        assert_eq!(value["order"]["banner"], "Waiting for the seller's answer");
        let split = orders.iter().find(|order| order.first_package.is_some());
        let value = tracking(&switches, now(), &split.unwrap().id).unwrap();
        assert_eq!(value["firstPackage"], "Delivered：Nov. 19");
        assert_ne!(value["arrival"], value["firstPackage"]);
    }

    #[test]
    fn an_order_that_is_not_the_buyers_has_no_page() {
        assert!(detail(&Switches::default(), now(), "1").is_none());
        assert!(tracking(&Switches::default(), now(), "").is_none());
    }
}
