//! Turns what the domain knows into sentences of the user's language.
//!
//! Every sentence is one message with its parts filled in; nothing is glued together that another language would order
//! differently. Both the badges on the shop's page and the extension's own pages take their words from here.

mod badge;
mod computer_clock;
mod order;
mod origin;
mod part;
mod reminders;
mod rules;
mod stage;
mod statement;
mod strip;

pub use badge::BadgeWords;
pub use order::shorten;
pub use origin::{Origin, Sign, Step};
pub use reminders::ReminderWords;
pub use stage::{StageWords, stage_key};
pub use strip::StripWords;

use crate::browser::clock::RememberedZone;
use crate::browser::intl::{DayStyle, Intl, ZoneOf};
use crate::browser::messages::{Messages, Texts};
use crate::domain::clock::ClockKind;
use crate::domain::computer_clock::Doubt;
use crate::domain::sighting::Page;
use crate::domain::time::{Day, Moment, Zone};
use crate::reading::language::base;

/// The texts and formatters of one language.
pub struct Wording {
    pub messages: Messages,
    pub intl: Intl,
    /// What tells that the computer's clock is wrong. While it holds, how much time is left is not said.
    pub doubt: Option<Doubt>,
    zone: RememberedZone,
}

impl Wording {
    /// `language` is a BCP 47 tag. Texts come from the best match, dates and numbers follow the tag's region.
    pub async fn load(texts: Texts, language: &str) -> Result<Self, String> {
        Ok(Self::new(Messages::load(texts, language).await?, language))
    }

    #[must_use]
    pub fn new(messages: Messages, language: &str) -> Self {
        let tag = match messages.language() {
            // As the shop writes: the calendar of some regions is another than its own, and the digits of dates would not be those of
            // counts.
            "ar" => "ar-u-ca-gregory-nu-latn",
            own if base(language).eq_ignore_ascii_case(own) => language,
            own => own,
        };
        let intl = Intl::new(tag);
        Self {
            messages,
            intl,
            doubt: None,
            zone: RememberedZone::default(),
        }
    }

    /// The name of what a clock's window protects.
    #[must_use]
    pub fn window(&self, kind: ClockKind) -> String {
        self.messages.text(match kind {
            ClockKind::ClaimOpens => "badge_window_claim_opens",
            ClockKind::DeliveryGuarantee => "badge_window_delivery_guarantee",
            ClockKind::ClaimAfterReceipt => "badge_window_claim_after_receipt",
            ClockKind::DefectClaim => "badge_window_defect_claim",
            ClockKind::FreeReturn => "badge_window_free_return",
            ClockKind::LateCoupon => "badge_window_late_coupon",
            ClockKind::CancelBeforeShipping => "badge_window_cancel_before_shipping",
            ClockKind::SellerAnswer => "badge_window_seller_answer",
            ClockKind::PlatformDecision => "badge_window_platform_decision",
            ClockKind::BuyerAnswer => "badge_window_buyer_answer",
            ClockKind::EvidenceDue => "badge_window_evidence_due",
            ClockKind::ReturnDue => "badge_window_return_due",
            ClockKind::Appeal => "badge_window_appeal",
            ClockKind::RefundExpected => "badge_window_refund_expected",
            ClockKind::Withdrawal => "badge_window_withdrawal",
            ClockKind::LegalGuarantee => "badge_window_legal_guarantee",
            ClockKind::CardDispute => "badge_window_card_dispute",
            ClockKind::PaypalDispute => "badge_window_paypal_dispute",
        })
    }

    /// A day, with its year if it is not the year of `now`.
    #[must_use]
    pub fn day(&self, day: Day, style: DayStyle, now: Moment) -> String {
        self.intl
            .day(day, style, self.buyer_day(now).map(Day::year))
    }

    /// When something was read: "today 09:14", or date and time.
    #[must_use]
    pub fn when(&self, moment: Moment, now: Moment) -> String {
        let same_day = self
            .buyer_day(moment)
            .is_some_and(|day| Some(day) == self.buyer_day(now));
        if same_day {
            self.messages
                .with("where_today", &[&self.intl.time(moment, ZoneOf::Buyer)])
        } else {
            self.on(moment)
        }
    }

    /// The same in full, for what is read on another day: date and time.
    #[must_use]
    pub fn on(&self, moment: Moment) -> String {
        self.messages
            .with("where_on", &[&self.intl.date_time(moment, ZoneOf::Buyer)])
    }

    /// The day in the buyer's calendar.
    pub fn buyer_day(&self, moment: Moment) -> Option<Day> {
        self.zone.day_at(moment)
    }

    fn number(&self, n: u32) -> String {
        self.intl.number(n)
    }

    /// "Store: LIMA Store", as the language writes what is said of something.
    #[must_use]
    pub fn said_of(&self, about: &str, said: &str) -> String {
        self.messages.with("said_of", &[about, said])
    }

    pub fn counted(&self, key: &str, n: u32) -> String {
        self.messages.plural(key, n, &[&self.number(n)])
    }
}

/// The end of a message key that names a page.
const fn page_key(page: Page) -> &'static str {
    match page {
        Page::OrderList | Page::OrderListRu => "order_list",
        Page::OrderDetail => "order_detail",
        Page::Tracking => "tracking",
        Page::ReturnsList => "returns_list",
        Page::Dispute => "dispute",
    }
}
