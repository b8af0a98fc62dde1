//! The orders: the truth that the pages print and that tests compare with.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::Language;
use crate::catalogue::{PRODUCTS, STORES};

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    ToPay,
    Processing,
    AwaitingDelivery,
    Completed,
    Cancelled,
}

/// The two windows that the detail page of a completed order prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// "within {} days of confirming receipt"
    pub confirm_days: u16,
    /// "within {} days after order was placed"
    pub placed_days: u16,
}

/// The strip under a card whose order has a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundBanner {
    Waiting,
    Done,
}

/// How a hostile order's card departs from the usual shape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quirk {
    #[default]
    None,
    /// Nothing on the card holds the order's id.
    NoId,
    /// The card has no status, store and total.
    MissingNodes,
    /// Two visible cards of the same order.
    ShownTwice,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    pub name: String,
    pub number: u64,
    /// Sold under the shop's own delivery promise.
    pub choice: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoLine {
    pub id: String,
    pub item: u64,
    pub title: String,
    pub sku: String,
    pub quantity: u32,
    /// In Brazilian centavos, for one piece; [`crate::Currency::from_centavos`] converts.
    pub unit_centavos: i64,
    pub drawing: &'static str,
}

/// One order as it truly is. Days are the days that the pages print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoOrder {
    /// Digits only: 16 of them, or 19.
    pub id: String,
    pub status: Status,
    pub placed: NaiveDate,
    pub paid: Option<NaiveDate>,
    pub shipped: Option<NaiveDate>,
    /// The estimated arrival, which is also the day after which the coupon is due.
    pub eta: Option<NaiveDate>,
    /// "Refund if no delivery before …" on the detail page; `None` where that page prints no such day.
    pub printed_on_detail: Option<NaiveDate>,
    /// The same on the tracking page: for some orders one day earlier.
    pub printed_on_tracking: Option<NaiveDate>,
    pub delivered: Option<NaiveDate>,
    pub completed: Option<NaiveDate>,
    pub reminder: Option<Reminder>,
    /// "Send it back within {} days after delivery".
    pub free_return_days: Option<u16>,
    pub coupon: bool,
    pub banner: Option<RefundBanner>,
    /// The day before which the seller has to answer the dispute.
    pub answer_until: Option<NaiveDate>,
    /// The day on which the first of its two packages came; the other one is still under way.
    pub first_package: Option<NaiveDate>,
    pub store: Store,
    pub lines: Vec<DemoLine>,
    /// Shipping and tax included, in Brazilian centavos.
    pub total_centavos: i64,
    /// Dates of this order are printed in the language's other way, where it has one.
    pub other_date_format: bool,
    /// The card has a link to the seller's messages before the one to the detail page.
    pub message_link: bool,
    /// A hidden copy of the card stands before the visible one.
    pub hidden_twin: bool,
    pub quirk: Quirk,
    /// What stands where the day of the order should, instead of `placed`.
    pub placed_text: Option<String>,
    /// What stands where the status should.
    pub status_text: Option<String>,
    /// What stands where a printed deadline should, instead of `printed_on_detail`.
    pub deadline_text: Option<String>,
}

impl DemoOrder {
    /// A day as this order's pages print it.
    #[must_use]
    pub fn date_text(&self, language: Language, day: NaiveDate) -> String {
        let other = self
            .other_date_format
            .then(|| language.other_date(day))
            .flatten();
        other.unwrap_or_else(|| language.date(day))
    }

    /// The earliest printed "refund if no delivery before", of both pages.
    #[must_use]
    pub fn earliest_printed(&self) -> Option<NaiveDate> {
        [self.printed_on_detail, self.printed_on_tracking]
            .into_iter()
            .flatten()
            .min()
    }

    pub(crate) fn goods_centavos(&self) -> i64 {
        self.lines
            .iter()
            .map(|line| line.unit_centavos * i64::from(line.quantity))
            .sum()
    }

    fn new(
        id: String,
        status: Status,
        placed: NaiveDate,
        store: usize,
        picks: &[(usize, u32)],
        extra_centavos: i64,
    ) -> Self {
        let (name, number, choice) = STORES[store];
        let lines: Vec<DemoLine> = picks
            .iter()
            .enumerate()
            .map(|(i, &(pick, quantity))| {
                let product = &PRODUCTS[pick];
                DemoLine {
                    id: line_id(&id, i),
                    item: 1_005_000_000_000_000 + 7_919_000_113 * (pick as u64 + 1),
                    title: product.title.to_owned(),
                    sku: product.sku.to_owned(),
                    quantity,
                    unit_centavos: product.price,
                    drawing: product.drawing,
                }
            })
            .collect();
        let paid = (status != Status::ToPay && status != Status::Cancelled).then_some(placed);
        let shipped = matches!(status, Status::AwaitingDelivery | Status::Completed)
            .then(|| placed + Days::new(1));
        let mut order = Self {
            id,
            status,
            placed,
            paid,
            shipped,
            eta: None,
            printed_on_detail: None,
            printed_on_tracking: None,
            delivered: None,
            completed: None,
            reminder: None,
            free_return_days: None,
            coupon: false,
            banner: None,
            answer_until: None,
            first_package: None,
            store: Store {
                name: name.to_owned(),
                number,
                choice,
            },
            lines,
            total_centavos: 0,
            other_date_format: false,
            message_link: false,
            hidden_twin: false,
            quirk: Quirk::None,
            placed_text: None,
            status_text: None,
            deadline_text: None,
        };
        order.total_centavos = order.goods_centavos() + extra_centavos;
        order
    }

    /// Both pages print `day`; the estimated arrival is a month before it, as in the one real order that is known.
    fn printed(mut self, day: NaiveDate) -> Self {
        self.printed_on_detail = Some(day);
        self.printed_on_tracking = Some(day);
        self.eta = Some((day - Days::new(32)).max(self.placed + Days::new(4)));
        self
    }

    fn completed_on(mut self, day: NaiveDate) -> Self {
        self.delivered = Some(day);
        self.completed = Some(day);
        self.reminder = Some(Reminder {
            confirm_days: 7,
            placed_days: 90,
        });
        self
    }

    fn free_returns(mut self) -> Self {
        self.free_return_days = Some(15);
        self
    }

    fn with_coupon(mut self) -> Self {
        self.coupon = true;
        self
    }

    pub(crate) fn plain(id: &str, today: NaiveDate) -> Self {
        Self::new(
            id.to_owned(),
            Status::AwaitingDelivery,
            today - Days::new(12),
            15,
            &[(9, 1)],
            0,
        )
        .printed(today + Days::new(39))
    }
}

/// A line's id differs from its order's in the low digits.
fn line_id(order: &str, index: usize) -> String {
    let number: u128 = order.parse().unwrap_or(0);
    (number + 20_000 * (index as u128 + 1)).to_string()
}

/// The shop's first `n` orders as they stand at `now`: newest first but for the hand-picked ones at the top. The same `now` gives the same
/// orders, and fewer orders are the beginning of more. Days are counted from the UTC day of `now`.
#[must_use]
pub fn shop(now: DateTime<Utc>, n: usize) -> Vec<DemoOrder> {
    let today = now.date_naive();
    let mut orders = first_screen(today);
    orders.truncate(n);
    for index in orders.len()..n {
        orders.push(ordinary(today, index));
    }
    orders
}

/// The orders that show the range of what a list can hold, before anyone scrolls.
fn first_screen(today: NaiveDate) -> Vec<DemoOrder> {
    use Status::{AwaitingDelivery, Cancelled, Completed, Processing, ToPay};
    let ago = |days| today - Days::new(days);
    let ahead = |days| today + Days::new(days);
    let order = |id: &str, status, placed, store, picks: &[(usize, u32)], extra| {
        DemoOrder::new(id.to_owned(), status, placed, store, picks, extra)
    };
    let mut first = vec![
        order(
            "8230417750264418",
            AwaitingDelivery,
            ago(40),
            0,
            &[(0, 1)],
            0,
        )
        .printed(ahead(3))
        .with_coupon(),
        order(
            "8231958260114418",
            AwaitingDelivery,
            ago(11),
            1,
            &[(1, 1)],
            950,
        )
        .printed(ahead(32))
        .free_returns(),
        order(
            "8232206114894418",
            AwaitingDelivery,
            ago(8),
            2,
            &[(2, 2)],
            0,
        )
        .printed(ahead(25)),
        order(
            "8232560093454418",
            AwaitingDelivery,
            ago(5),
            3,
            &[(3, 1), (4, 1), (5, 1)],
            0,
        )
        .printed(ahead(46)),
        order("8231042277934418", Completed, ago(22), 4, &[(6, 1)], 750)
            .printed(ahead(29))
            .completed_on(ago(2))
            .free_returns(),
        order(
            "8230733915204418",
            AwaitingDelivery,
            ago(34),
            8,
            &[(7, 1)],
            1890,
        )
        .printed(ahead(6)),
        order(
            "8230690421374418208",
            AwaitingDelivery,
            ago(36),
            10,
            &[(20, 1)],
            0,
        )
        .printed(ahead(7))
        .with_coupon()
        .free_returns(),
        order("8232871530664418", ToPay, ago(1), 6, &[(19, 3)], 690),
        order(
            "8229914407124418",
            AwaitingDelivery,
            ago(48),
            11,
            &[(14, 1)],
            0,
        )
        .printed(ahead(2)),
        order("8232790184024418", Processing, ago(2), 13, &[(15, 1)], 0),
        order(
            "8231377206554418",
            AwaitingDelivery,
            ago(17),
            12,
            &[(5, 2)],
            890,
        ),
        order(
            "8230105538914418",
            Completed,
            ago(44),
            16,
            &[(3, 2), (26, 1)],
            1290,
        )
        .printed(ahead(7))
        .completed_on(ago(16)),
        order("8232014476834418", Cancelled, ago(10), 22, &[(17, 1)], 0),
        order(
            "8229550816294418",
            AwaitingDelivery,
            ago(55),
            17,
            &[(24, 1)],
            0,
        )
        .printed(ago(4)),
    ];
    // The tracking page is a day ahead of the detail page for these.
    for index in [2, 5, 6] {
        let order = &mut first[index];
        order.printed_on_tracking = order.printed_on_detail.map(|day| day - Days::new(1));
    }
    first[11].banner = Some(RefundBanner::Waiting);
    first[11].answer_until = Some(ahead(4));
    first[3].first_package = Some(ago(1));
    first[10].hidden_twin = true;
    first[2].message_link = true;
    first[6].hidden_twin = true;
    first[3].other_date_format = true;
    first
}

/// One of the orders below the first screen.
fn ordinary(today: NaiveDate, index: usize) -> DemoOrder {
    let mut dice = Dice::new(index as u64);
    // Sixty orders go back three months; a longer list repeats those months, so that it never leaves the calendar.
    let age = if index < 70 {
        4 + (index as u64 - 14) * 3 / 2
    } else {
        4 + dice.up_to(88)
    };
    let placed = today - Days::new(age);
    let status = match dice.up_to(100) {
        0..=5 => Status::Cancelled,
        6..=8 if age < 9 => Status::Processing,
        roll if age > 52 || roll < 24 && age > 14 => Status::Completed,
        _ => Status::AwaitingDelivery,
    };
    let tail = 4418;
    let id = if index % 13 == 6 {
        format!(
            "82{:013}{tail}",
            1_000_000_000_000 + (index as u64 * 7_368_787 + dice.up_to(90_000)) % 8_000_000_000_000
        )
    } else {
        // Higher numbers are newer, as with the shop's own.
        format!(
            "82{:010}{tail}",
            2_700_000_000_u64 - age * 9_000_000 + index as u64 * 331 % 8_999_999
        )
    };
    let mut picks = vec![(dice.pick(PRODUCTS.len()), 1 + u32::from(dice.up_to(5) == 0))];
    if dice.up_to(5) == 0 {
        for _ in 0..=dice.up_to(3) {
            picks.push((dice.pick(PRODUCTS.len()), 1));
        }
    }
    let shipping = if dice.up_to(3) == 0 {
        490 + 100 * dice.up_to(15) as i64
    } else {
        0
    };
    let store = dice.pick(STORES.len());
    let mut order = DemoOrder::new(id, status, placed, store, &picks, shipping);
    if matches!(status, Status::AwaitingDelivery | Status::Completed) && dice.up_to(12) != 0 {
        order = order.printed(placed + Days::new(49 + dice.up_to(5)));
        if dice.up_to(3) == 0 {
            order.printed_on_tracking = order.printed_on_detail.map(|day| day - Days::new(1));
        }
    }
    if status == Status::Completed {
        order =
            order.completed_on(placed + Days::new(12 + dice.up_to(20).min(age.saturating_sub(12))));
        if dice.up_to(6) == 0 {
            order.banner = Some(RefundBanner::Done);
        }
    }
    if dice.up_to(3) == 0 {
        order = order.free_returns();
    }
    order.coupon = order.eta.is_some() && dice.up_to(3) == 0;
    order.message_link = index % 5 == 2;
    order.hidden_twin = index % 9 == 4;
    order.other_date_format = index % 4 == 3;
    order
}

/// Numbers that look random and are the same every time (splitmix64).
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0xD1B5_4A32_D192_ED03) ^ 0x5EED)
    }

    fn up_to(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % limit
    }

    fn pick(&mut self, len: usize) -> usize {
        self.up_to(len as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-20T17:20:00Z".parse().unwrap()
    }

    #[test]
    fn the_same_moment_gives_the_same_orders_and_fewer_are_the_beginning_of_more() {
        assert_eq!(shop(now(), 64), shop(now(), 64));
        assert_eq!(shop(now(), 64), shop(now(), 1000)[..64]);
        assert_eq!(shop(now(), 5), shop(now(), 64)[..5]);
    }

    #[test]
    fn ids_are_digits_and_belong_to_one_order_each() {
        let orders = shop(now(), 10_000);
        let ids: BTreeSet<_> = orders.iter().map(|order| order.id.as_str()).collect();
        assert_eq!(ids.len(), orders.len());
        assert!(ids.iter().all(|id| id.starts_with("82")
            && matches!(id.len(), 16 | 19)
            && id.bytes().all(|b| b.is_ascii_digit())));
        assert!(
            ids.iter().any(|id| id.len() == 19),
            "some are beyond what a JavaScript number holds"
        );
    }

    #[test]
    fn days_of_an_order_follow_one_another() {
        let today = now().date_naive();
        for order in shop(now(), 2_000) {
            let days = [
                Some(order.placed),
                order.paid,
                order.shipped,
                order.delivered,
                order.completed,
            ];
            assert!(days.iter().flatten().is_sorted(), "{order:?}");
            assert!(days.iter().flatten().all(|day| *day <= today), "{order:?}");
            assert_eq!(
                order.completed.is_some(),
                order.status == Status::Completed,
                "{order:?}"
            );
        }
    }

    #[test]
    fn the_first_screen_shows_the_range() {
        let first = shop(now(), 14);
        let today = now().date_naive();
        let left: Vec<_> = first
            .iter()
            .filter_map(|order| Some((order.printed_on_detail? - today).num_days() - 1))
            .collect();
        for days in [1, 2, 5, 6, 31] {
            assert!(left.contains(&days), "{days} whole days in {left:?}");
        }
        assert!(
            first
                .iter()
                .any(|order| order.status == Status::AwaitingDelivery
                    && order.printed_on_detail.is_none())
        );
        assert!(
            first
                .iter()
                .any(|order| order.printed_on_tracking < order.printed_on_detail)
        );
    }

    #[test]
    fn most_orders_wait_for_delivery_and_every_status_is_there() {
        let orders = shop(now(), 64);
        let waiting = orders
            .iter()
            .filter(|order| order.status == Status::AwaitingDelivery)
            .count();
        assert!((28..=48).contains(&waiting), "{waiting}");
        for status in [
            Status::ToPay,
            Status::Processing,
            Status::Completed,
            Status::Cancelled,
        ] {
            assert!(
                orders.iter().any(|order| order.status == status),
                "{status:?}"
            );
        }
    }
}
