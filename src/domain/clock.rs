//! Clocks: the windows of one order, each with its end, how sure it is, and because of what.

use std::cmp::Reverse;

use super::country::Country;
use super::dispute::DisputeStep;
use super::ledger::Record;
use super::order::OrderState;
use super::problem::Field;
use super::rules::{
    Anchor, BADGE_RULES, BADGES_BY_DAY, Certainty, Choices, Days, LONGEST_WINDOW, PrintedDays,
    RULES, Rule, Shows, Unit, When, table_day,
};
use super::sighting::{Fact, Page, PartFact, Sighting};
use super::time::{Day, Moment, Span, Zones};

/// What a window allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockKind {
    /// A claim for a parcel that did not arrive becomes possible at its end.
    ClaimOpens,
    /// The money comes back if nothing was delivered before its end.
    DeliveryGuarantee,
    /// Return or refund for any reason, counted from the receipt.
    ClaimAfterReceipt,
    /// Dispute for a defective item or one not as described, counted from the order.
    DefectClaim,
    /// Sending it back at no cost.
    FreeReturn,
    /// A coupon for a late delivery can be claimed at its end.
    LateCoupon,
    /// The seller is to accept the cancelling of an order that was not sent.
    CancelBeforeShipping,
    /// The seller is to answer the dispute.
    SellerAnswer,
    /// The platform steps in.
    PlatformDecision,
    /// The buyer is to answer the seller's offer.
    BuyerAnswer,
    /// The buyer is to supply the evidence asked for.
    EvidenceDue,
    /// The buyer is to send the parcel back.
    ReturnDue,
    /// The buyer may appeal against the judgment.
    Appeal,
    /// The refund is to arrive.
    RefundExpected,
    /// Withdrawal from the purchase, by the law of the European Union.
    Withdrawal,
    /// Legal guarantee against defects, by the law of the European Union.
    LegalGuarantee,
    /// Dispute with the card's bank.
    CardDispute,
    /// Dispute with PayPal.
    PaypalDispute,
}

/// What the end of a window means to the buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The buyer loses something at its end if nothing is done: what a badge is for.
    Act,
    /// Somebody else is to do something by its end.
    Wait,
    /// Something becomes possible at its end.
    Opening,
    /// A way outside the shop: law, bank, PayPal.
    Outside,
}

impl ClockKind {
    pub const ALL: [Self; 18] = [
        Self::ClaimOpens,
        Self::DeliveryGuarantee,
        Self::ClaimAfterReceipt,
        Self::DefectClaim,
        Self::FreeReturn,
        Self::LateCoupon,
        Self::CancelBeforeShipping,
        Self::SellerAnswer,
        Self::PlatformDecision,
        Self::BuyerAnswer,
        Self::EvidenceDue,
        Self::ReturnDue,
        Self::Appeal,
        Self::RefundExpected,
        Self::Withdrawal,
        Self::LegalGuarantee,
        Self::CardDispute,
        Self::PaypalDispute,
    ];

    /// The name in `data-clock` and in message keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ClaimOpens => "claim-opens",
            Self::DeliveryGuarantee => "delivery-guarantee",
            Self::ClaimAfterReceipt => "claim-after-receipt",
            Self::DefectClaim => "defect-claim",
            Self::FreeReturn => "free-return",
            Self::LateCoupon => "late-coupon",
            Self::CancelBeforeShipping => "cancel-before-shipping",
            Self::SellerAnswer => "seller-answer",
            Self::PlatformDecision => "platform-decision",
            Self::BuyerAnswer => "buyer-answer",
            Self::EvidenceDue => "evidence-due",
            Self::ReturnDue => "return-due",
            Self::Appeal => "appeal",
            Self::RefundExpected => "refund-expected",
            Self::Withdrawal => "withdrawal",
            Self::LegalGuarantee => "legal-guarantee",
            Self::CardDispute => "card-dispute",
            Self::PaypalDispute => "paypal-dispute",
        }
    }

    #[must_use]
    pub const fn role(self) -> Role {
        match self {
            Self::ClaimOpens | Self::LateCoupon => Role::Opening,
            Self::DeliveryGuarantee
            | Self::ClaimAfterReceipt
            | Self::DefectClaim
            | Self::FreeReturn
            | Self::BuyerAnswer
            | Self::EvidenceDue
            | Self::ReturnDue
            | Self::Appeal => Role::Act,
            Self::CancelBeforeShipping
            | Self::SellerAnswer
            | Self::PlatformDecision
            | Self::RefundExpected => Role::Wait,
            Self::Withdrawal | Self::LegalGuarantee | Self::CardDispute | Self::PaypalDispute => {
                Role::Outside
            }
        }
    }
}

/// One way to a window's end: a rule, the day it counts from and the sightings that it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub rule: &'static Rule,
    /// The day that was read: the printed deadline, or the day that is counted from.
    pub anchor: Day,
    /// The days added to the anchor.
    pub days: u16,
    /// The window has ended when this day begins.
    pub end_day: Day,
    /// When the window opens, where it is not open from the anchor on.
    pub opens: Option<Moment>,
    pub closes: Moment,
    /// Whether the number of days is the user's own.
    pub changed: bool,
    /// What the anchor was read from.
    pub sighting: Sighting,
    /// What the number of days was read from, if a page printed it.
    pub days_sighting: Option<Sighting>,
}

/// Why a candidate does not decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rejection {
    /// A surer source gives another date.
    LessSure,
    /// A rule for this very country, service or course gives another date.
    LessSpecific,
    /// An equally sure source gives an earlier date.
    Later,
    /// The same page has since printed another date.
    Superseded,
    /// It would end before the order was placed.
    BeforeOrder,
    /// It is the date of another part of an order that was split.
    OtherPart,
    /// The tracking page has printed both, one after the other: of two packages, or a new date for the same.
    Unsettled,
}

impl Candidate {
    fn is_beside(&self, other: &Self) -> bool {
        are_beside(
            (&self.sighting, self.anchor),
            (&other.sighting, other.anchor),
        )
    }
}

/// Whether one look at one page gave both days for the same thing: dates of two parts of an order that was split, and not one
/// that was moved.
fn are_beside((one, day): (&Sighting, Day), (two, other): (&Sighting, Day)) -> bool {
    one.page == two.page
        && day != other
        && (one.first == two.first
            || one.last == two.last
            || one.first == two.last
            || one.last == two.first)
}

/// A [`Candidate`] that still stands on the record it is from.
#[derive(Clone, Copy)]
struct Way<'a> {
    rule: &'static Rule,
    anchor: Day,
    days: u16,
    end_day: Day,
    opens: Option<Moment>,
    closes: Moment,
    changed: bool,
    sighting: &'a Sighting,
    days_sighting: Option<&'a Sighting>,
    rejection: Option<Rejection>,
}

impl Way<'_> {
    /// What goes before what: the surer, of equals a number that a page printed, then a rule for the very case.
    fn rank(&self) -> (Certainty, u8) {
        let rank = match self.rule.days {
            Days::Printed(_) => 0,
            Days::Fixed(_) => 1 + u8::from(self.rule.when.is_general()),
        };
        (self.rule.certainty, rank)
    }

    fn is_beside(&self, other: &Self) -> bool {
        are_beside((self.sighting, self.anchor), (other.sighting, other.anchor))
    }

    /// Whether the tracking page has printed both at different times, and neither took the place of the other.
    fn is_unsettled_by(&self, other: &Self) -> bool {
        let place = |way: &Self| (way.sighting.page, way.sighting.fact.line());
        place(self) == place(other)
            && self.sighting.page == Page::Tracking
            && self.sighting.last != other.sighting.last
            && !self.is_beside(other)
    }

    fn candidate(&self) -> Candidate {
        Candidate {
            rule: self.rule,
            anchor: self.anchor,
            days: self.days,
            end_day: self.end_day,
            opens: self.opens,
            closes: self.closes,
            changed: self.changed,
            sighting: self.sighting.clone(),
            days_sighting: self.days_sighting.cloned(),
        }
    }
}

/// One window of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    pub kind: ClockKind,
    /// What decides.
    pub because: Candidate,
    /// The last whole day, in the buyer's calendar, on which one can act.
    pub last_day: Day,
    pub not_used: Vec<(Candidate, Rejection)>,
}

impl Clock {
    #[must_use]
    pub const fn closes(&self) -> Moment {
        self.because.closes
    }

    #[must_use]
    pub const fn certainty(&self) -> Certainty {
        self.because.rule.certainty
    }

    #[must_use]
    pub const fn summed(&self) -> Summed {
        Summed {
            kind: self.kind,
            certainty: self.certainty(),
            closes: self.closes(),
            last_day: self.last_day,
        }
    }
}

/// A deadline that a page has moved: the seller extended it, or the shop took time away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    pub from: Day,
    pub to: Day,
    /// When the page was last seen with the old day.
    pub until: Moment,
}

impl Clock {
    /// When the window opens, where it is not open from the day that it counts from.
    #[must_use]
    pub const fn opens(&self) -> Option<Moment> {
        self.because.opens
    }

    /// The latest moving of its deadline, if the page that decides has moved it. An estimate is none that could be.
    #[must_use]
    pub fn moved(&self) -> Option<Moved> {
        let used = &self.because.sighting;
        let are_printed = |other: &Candidate| {
            [&self.because, other]
                .iter()
                .all(|one| one.rule.certainty == Certainty::Printed)
        };
        let earlier = self.not_used.iter().filter(|(other, why)| {
            *why == Rejection::Superseded
                && are_printed(other)
                && other.sighting.page == used.page
                && other.sighting.fact.line() == used.fact.line()
                && other.anchor != self.because.anchor
                && !other.is_beside(&self.because)
        });
        let (other, _) = earlier.max_by_key(|(other, _)| other.sighting.last)?;
        Some(Moved {
            from: other.anchor,
            to: self.because.anchor,
            until: other.sighting.last,
        })
    }
}

/// All windows of the order that its record supports, open and over, by kind. Where an order was split, a kind has one for each
/// of the parts whose dates differ, the earliest first.
#[must_use]
pub fn clocks(record: &Record, now: Moment, zones: Zones<'_>, choices: &Choices) -> Vec<Clock> {
    clocks_by(RULES, record, now, zones, choices)
}

/// As [`clocks`], by other rules.
#[must_use]
pub fn clocks_by(
    rules: &'static [Rule],
    record: &Record,
    now: Moment,
    zones: Zones<'_>,
    choices: &Choices,
) -> Vec<Clock> {
    let ways = ways::<true>(rules, record, now, zones, choices);
    let mut clocks = Vec::new();
    for kind in ClockKind::ALL {
        let winners = winners(kind, &ways);
        for winner in &winners {
            clocks.extend(zones.last_whole_day(winner.closes).map(|last_day| Clock {
                kind,
                because: winner.candidate(),
                last_day,
                not_used: not_used(kind, &ways, winner, &winners),
            }));
        }
    }
    clocks
}

/// A clock as far as it takes to choose among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summed {
    pub kind: ClockKind,
    pub certainty: Certainty,
    pub closes: Moment,
    pub last_day: Day,
}

/// The one of an order's clocks that `choose` chooses, without what was not used for it and without the first day that a page told beside
/// the last, and what else it says. As with [`clocks`], but only of what a badge can show, and without anything of the others: this is
/// done for every card of a list.
#[must_use]
pub fn clock_for_badge<T>(
    record: &Record,
    now: Moment,
    zones: Zones<'_>,
    choices: &Choices,
    choose: impl FnOnce(&[Summed]) -> (Option<usize>, T),
) -> (Option<Clock>, T) {
    let ways = ways::<false>(&BADGE_RULES, record, now, zones, choices);
    let (mut all, mut because) = (Vec::new(), Vec::new());
    for kind in ClockKind::ALL {
        for winner in winners(kind, &ways) {
            if let Some(last_day) = zones.last_whole_day(winner.closes) {
                all.push(Summed {
                    kind,
                    certainty: winner.rule.certainty,
                    closes: winner.closes,
                    last_day,
                });
                because.push(winner);
            }
        }
    }
    let (chosen, said) = choose(&all);
    let clock = chosen.and_then(|place| {
        let (summed, way) = (all.get(place)?, because.get(place)?);
        Some(Clock {
            kind: summed.kind,
            because: way.candidate(),
            last_day: summed.last_day,
            not_used: Vec::new(),
        })
    });
    (clock, said)
}

/// Every way to the end of a window, with why it does not count, if it does not whatever the others are. Where not `ALL` rules can be
/// among them but those of badges, what only others ask for is left out: a list of orders need not carry it.
fn ways<'a, const ALL: bool>(
    rules: &'static [Rule],
    record: &'a Record,
    now: Moment,
    zones: Zones<'_>,
    choices: &Choices,
) -> Vec<Way<'a>> {
    let known = Known::of::<ALL>(record, choices);
    let mut all = Vec::new();
    for rule in rules {
        let change = choices.change(rule);
        if !known.fits::<ALL>(rule) || change.is_some_and(|change| change.days.is_none()) {
            continue;
        }
        for (days, days_sighting) in days_of(rule, record) {
            for sighting in &record.sightings {
                let Some(anchor) = anchor_day::<ALL>(rule, sighting.fact.of_line().1) else {
                    continue;
                };
                if is_too_late(known.placed, sighting, anchor) {
                    continue;
                }
                if let Fact::OfPart(_, of_part) = &sighting.fact
                    && record.tells(sighting.page, &of_part.of_whole())
                {
                    continue;
                }
                if !stands_at(rule, record, &sighting.fact) {
                    continue;
                }
                let days = change
                    .and_then(|change| change.days)
                    .filter(|_| matches!(rule.days, Days::Fixed(_)))
                    .unwrap_or_else(|| holiday::<ALL>(rule, anchor).unwrap_or(days));
                let Some((end_day, closes)) = end::<ALL>(rule, anchor, days, zones) else {
                    continue;
                };
                if rule.shows == Shows::WhenOver && closes > now {
                    continue;
                }
                // What is sent on the day of the order can be claimed for from that day on.
                let opening = ALL && rule.clock.role() == Role::Opening;
                let first = end_day.plus(opening.into());
                let rejection = known
                    .placed
                    .is_some_and(|placed| first <= Some(placed))
                    .then_some(Rejection::BeforeOrder);
                let from = if ALL {
                    refund_from(rule, record, sighting)
                } else {
                    None
                };
                let opens = match (rule.opens, from) {
                    (Some(opens), _) => end::<ALL>(rule, anchor, opens, zones),
                    (None, Some(day)) => end::<ALL>(rule, day, 0, zones),
                    (None, None) => None,
                };
                all.push(Way {
                    rule,
                    anchor,
                    days,
                    end_day,
                    opens: opens.map(|(_, opens)| opens),
                    closes,
                    changed: change.is_some(),
                    sighting,
                    days_sighting,
                    rejection,
                });
            }
        }
    }
    supersede(&mut all, record);
    all
}

/// Whether the day that was read lies further from the order, or from when it was read where the order's day is not known, than any
/// window is long. A reader refuses such a day; an older one may have kept it.
pub(super) fn is_too_late(placed: Option<Day>, said: &Sighting, day: Day) -> bool {
    let from = placed.map_or(said.last.0.div_euclid(Span::days(1).0), Day::number);
    day.number() - from > LONGEST_WINDOW.into()
}

/// The first day on which a refund is expected whose last one the sighting tells, if the same look at the page gave both, and still does.
fn refund_from(rule: &Rule, record: &Record, end: &Sighting) -> Option<Day> {
    let (line, Fact::Ends(ClockKind::RefundExpected, last)) = end.fact.of_line() else {
        return None;
    };
    let days = record.all(|fact| match fact.of_line() {
        (of, Fact::Step(DisputeStep::RefundFrom, day)) if of == line => Some(*day),
        _ => None,
    });
    let beside = days.filter(|(day, sighting)| {
        day <= last && sighting.page == end.page && sighting.last == end.last
    });
    let first = beside.map(|(day, _)| day).min();
    first.filter(|_| rule.anchor == Anchor::Ends)
}

/// What rules ask of an order.
struct Known {
    state: Option<OrderState>,
    placed: Option<Day>,
    country: Option<Country>,
    /// A bit for each of [`Service`].
    services: u8,
    received: bool,
    tracked: bool,
    /// The days from the earliest shipping to the latest promise.
    promised_within: Option<i64>,
}

impl Known {
    fn of<const ALL: bool>(record: &Record, choices: &Choices) -> Self {
        let state = record.state();
        let mut known = Self {
            state,
            placed: record.placed(),
            country: choices.country,
            services: 0,
            received: state == Some(OrderState::Completed),
            tracked: false,
            promised_within: None,
        };
        let mut country_at = None;
        let (mut shipped, mut promised) = (None, None);
        for sighting in &record.sightings {
            match sighting.fact {
                // As `Record::ship_to`, in the one walk that is made for every card.
                Fact::ShipTo(country) if country_at <= Some(sighting.last) => {
                    (known.country, country_at) = (Some(country), Some(sighting.last));
                }
                Fact::Service(service) => known.services |= 1 << service as u8,
                Fact::Delivered(_) if ALL => known.received = true,
                Fact::Tracked(_) if ALL => known.tracked = true,
                Fact::PromisedBy(day) if ALL => promised = promised.max(Some(day.number())),
                Fact::Shipped(day) if ALL => {
                    let day = day.number();
                    shipped = Some(shipped.map_or(day, |other: i64| other.min(day)));
                }
                _ => {}
            }
        }
        known.promised_within = promised.zip(shipped).map(|(last, first)| last - first);
        known
    }

    fn fits<const ALL: bool>(&self, rule: &Rule) -> bool {
        let when = &rule.when;
        // A printed date stands on its own where the state could not be read; a counted one does not.
        let state = self
            .state
            .map_or(rule.certainty == Certainty::Printed, |state| {
                rule.states.contains(&state)
            });
        let country = when.countries.is_empty()
            || self
                .country
                .is_some_and(|country| when.countries.contains(&country.code()));
        let days = !(ALL || BADGES_BY_DAY)
            || when.placed_from == 0 && when.placed_to == u32::MAX
            || self.placed.is_some_and(|placed| {
                (when.placed_from..=when.placed_to).contains(&table_day(placed))
            });
        state
            && country
            && days
            && when
                .service
                .is_none_or(|service| self.services & 1 << service as u8 != 0)
            && (!ALL || self.took_such_a_course(when))
    }
}

impl Known {
    fn took_such_a_course(&self, when: &When) -> bool {
        when.received
            .is_none_or(|received| received == self.received)
            && when.tracked.is_none_or(|tracked| tracked == self.tracked)
            && when.promised_within.is_none_or(|most| {
                self.promised_within
                    .is_some_and(|days| (0..=i64::from(most)).contains(&days))
            })
    }
}

/// Whether the dispute that the fact is about stands where the rule applies: as was read last of its line, or of the order where
/// no other line is known to have a dispute.
fn stands_at(rule: &Rule, record: &Record, fact: &Fact) -> bool {
    let line = fact.line();
    let (mut last, mut last_of_order, mut others) = (None, None, false);
    for sighting in &record.sightings {
        let (of, Fact::Stage(stage)) = sighting.fact.of_line() else {
            continue;
        };
        let place = if of == line || line == 0 {
            &mut last
        } else if of == 0 {
            &mut last_of_order
        } else {
            others = true;
            continue;
        };
        *place = (*place).max(Some((sighting.last, *stage)));
    }
    if !others {
        last = last.max(last_of_order);
    }
    rule.stages.is_empty() || last.is_some_and(|(_, stage)| rule.stages.contains(&stage))
}

/// The number that a rule has for what began on one of its holidays.
fn holiday<const ALL: bool>(rule: &Rule, anchor: Day) -> Option<u16> {
    if !(ALL || BADGES_BY_DAY) {
        return None;
    }
    let day = table_day(anchor);
    let found = rule
        .holidays
        .iter()
        .find(|holiday| (holiday.from..=holiday.to).contains(&day));
    found.map(|holiday| holiday.days)
}

/// The day with whose beginning the window has ended, and its first moment. Of what only opens, the last reading counts.
fn end<const ALL: bool>(
    rule: &Rule,
    anchor: Day,
    number: u16,
    zones: Zones<'_>,
) -> Option<(Day, Moment)> {
    let days = i64::from(number);
    let day = match rule.unit {
        Unit::Days => anchor.plus(days)?,
        Unit::Hours => anchor.plus(days / 24)?,
        Unit::Years if ALL => {
            let year = anchor.year().checked_add(i32::from(number))?;
            // Where there is no 29th of February, the 28th: never a later day.
            Day::new(year, anchor.month(), anchor.day())
                .or_else(|| Day::new(year, anchor.month(), anchor.day().checked_sub(1)?))?
        }
        Unit::Years | Unit::BusinessDays => {
            let (mut day, mut left) = (anchor, number);
            while left > 0 {
                day = day.plus(1)?;
                // 1970-01-01 was a Thursday: Monday is 0.
                if (day.number() + 3).rem_euclid(7) < 5 {
                    left -= 1;
                }
            }
            day
        }
    };
    let (buyer, site) = (|| zones.buyer.start_of(day), || zones.site.start_of(day));
    let start = if ALL && rule.buyers_zone {
        buyer()
    } else if ALL && rule.clock.role() == Role::Opening {
        buyer().max(site())
    } else {
        zones.earliest_start(day)
    };
    Some((day, start?))
}

fn anchor_day<const ALL: bool>(rule: &Rule, fact: &Fact) -> Option<Day> {
    match (rule.anchor, fact) {
        (Anchor::RefundIfNotDeliveredBefore, Fact::RefundIfNotDeliveredBefore(day))
        | (Anchor::RefundStep, Fact::RefundStep(day))
        | (Anchor::Placed, Fact::Placed(day))
        | (Anchor::Shipped, Fact::Shipped(day))
        | (Anchor::Delivered, Fact::Delivered(day))
        | (Anchor::Completed, Fact::Completed(day)) => Some(*day),
        (Anchor::Paid, Fact::Paid(day))
        | (Anchor::PromisedBy, Fact::PromisedBy(day))
        | (Anchor::CouponIfDelayedBy, Fact::CouponIfDelayedBy(day))
            if ALL =>
        {
            Some(*day)
        }
        // What came in a package of its own can be sent back from then on, whatever of the order is still under way.
        (Anchor::Delivered, Fact::OfPart(_, PartFact::Delivered(day)))
            if rule.clock.role() == Role::Act =>
        {
            Some(*day)
        }
        (Anchor::Ends, Fact::Ends(kind, day)) | (Anchor::TimeLeft, Fact::TimeLeft(kind, day))
            if *kind == rule.clock =>
        {
            Some(*day)
        }
        (Anchor::Step(asked), Fact::Step(step, day)) if asked == *step => Some(*day),
        _ => None,
    }
}

/// A page that has printed another date since does not stand by its old one: the seller may have extended. Dates that stood
/// beside each other are of different parts, and none takes the place of the other. So it is with the time that a page says is left;
/// and a rule that counts to a later day than that does not hold.
///
/// The tracking page shows one package at a time, and does not say which: its earlier day stands beside a later one that it has printed
/// since, unless the order's own page, which shows them all, was read after that day and no longer has it. Where a deadline on that page
/// could not be read, it may be that day.
fn supersede(all: &mut Vec<Way<'_>>, record: &Record) {
    let before = all.clone();
    let is_left = |way: &Way<'_>| way.rule.anchor == Anchor::TimeLeft;
    let stands = |way: &Way<'_>| {
        (way.rule.certainty == Certainty::Printed || is_left(way)) && way.rejection.is_none()
    };
    let problems = record.problems.get(&Page::OrderDetail);
    let has_unread = problems.is_some_and(|seen| {
        let mut fields = seen.value.iter().map(|problem| problem.field);
        fields.any(|field| field == Field::Deadline)
    });
    for way in all.iter_mut() {
        if !stands(way) {
            continue;
        }
        // The earliest of what the page has printed since, and of what the order's own page printed last.
        let (mut newer, mut own) = (None::<Moment>, None);
        for other in &before {
            let at = other.sighting;
            if !stands(other)
                || other.rule.clock != way.rule.clock
                || is_left(other) != is_left(way)
                || at.fact.line() != way.sighting.fact.line()
            {
                continue;
            }
            if at.page == Page::OrderDetail {
                own = own.max(Some((at.last, Reverse(other.end_day))));
            }
            if at.page == way.sighting.page && at.last > way.sighting.last && !other.is_beside(way)
            {
                newer = Some(newer.map_or(other.closes, |newer| newer.min(other.closes)));
            }
        }
        let is_gone = || {
            own.is_some_and(|(last, Reverse(day))| {
                last > way.sighting.last && Some(day) > way.end_day.plus(1)
            }) && !has_unread
        };
        let is_moved =
            |newer| newer <= way.closes || way.sighting.page != Page::Tracking || is_gone();
        if newer.is_some_and(is_moved) {
            way.rejection = Some(Rejection::Superseded);
        }
    }
    let before = all.clone();
    for way in all {
        let line = way.sighting.fact.line();
        let is_earlier = |left: &Way<'_>| {
            let of_line = left.sighting.fact.line();
            is_left(left)
                && stands(left)
                && left.rule.clock == way.rule.clock
                && (of_line == line || of_line == 0 || line == 0)
                && left.closes < way.closes
        };
        if way.rule.certainty == Certainty::Rule
            && way.rejection.is_none()
            && before.iter().any(is_earlier)
        {
            way.rejection = Some(Rejection::Later);
        }
    }
}

/// The ways that decide about the clocks of that kind.
fn winners<'a, 'w>(kind: ClockKind, all: &'w [Way<'a>]) -> Vec<&'w Way<'a>> {
    let believed = || {
        all.iter()
            .filter(move |way| way.rule.clock == kind && way.rejection.is_none())
    };
    let mut winners: Vec<&Way<'_>> = Vec::new();
    let Some(rank) = believed().map(Way::rank).min() else {
        return winners;
    };
    let best = || believed().filter(|way| way.rank() == rank);
    // As many parts as a page has shown beside each other. Only what the buyer can lose is counted for each of them, and only
    // from what is known of each: a guess stays one guess, unless it is about another line.
    let parts = best().map(|one| {
        let each = rank.0 == Certainty::Printed || one.rule.anchor == Anchor::Delivered;
        let line = one.sighting.fact.line();
        let counts = |other: &&Way<'_>| {
            let other_line = other.sighting.fact.line();
            let of_two_lines = line != 0 && other_line != 0 && line != other_line;
            // Of what one page has printed at different times, that is left which nothing has settled.
            let of_two_parts = one.is_beside(other)
                || rank.0 == Certainty::Printed
                    && line == other_line
                    && one.sighting.page == other.sighting.page
                    && one.anchor != other.anchor;
            kind.role() == Role::Act && (of_two_lines || each && of_two_parts)
        };
        1 + best().filter(counts).count()
    });
    let parts = parts.max().unwrap_or_default();
    while winners.len() < parts {
        // Pages differ by a day about the same part.
        let after = winners.last().and_then(|last| last.end_day.plus(1));
        let next = best()
            .filter(|way| Some(way.end_day) > after)
            .min_by_key(|way| (way.closes, way.sighting.page));
        let Some(next) = next else { break };
        winners.push(next);
    }
    winners
}

/// The other ways of that kind, each with why it does not decide as the winner does.
fn not_used(
    kind: ClockKind,
    all: &[Way<'_>],
    winner: &Way<'_>,
    winners: &[&Way<'_>],
) -> Vec<(Candidate, Rejection)> {
    let others = all
        .iter()
        .filter(|way| way.rule.clock == kind && !std::ptr::eq(*way, winner));
    others
        .map(|way| {
            let reason = way.rejection.unwrap_or_else(|| {
                let (rank, other) = (winner.rank(), way.rank());
                let is_part = || winners.iter().any(|part| std::ptr::eq(*part, way));
                if other.0 > rank.0 {
                    Rejection::LessSure
                } else if other > rank {
                    Rejection::LessSpecific
                } else if way.closes < winner.closes || is_part() {
                    if way.is_unsettled_by(winner) {
                        Rejection::Unsettled
                    } else {
                        Rejection::OtherPart
                    }
                } else {
                    Rejection::Later
                }
            });
            (way.candidate(), reason)
        })
        .collect()
}

/// The numbers of days that a rule may count, each with the sighting that printed it.
fn days_of<'a>(rule: &Rule, record: &'a Record) -> Vec<(u16, Option<&'a Sighting>)> {
    let mut numbers = Vec::new();
    let printed = match rule.days {
        Days::Fixed(days) => {
            numbers.push((days, None));
            return numbers;
        }
        Days::Printed(printed) => printed,
    };
    for sighting in &record.sightings {
        let ((PrintedDays::ReturnWithinDaysOfReceipt, Fact::ReturnWithinDaysOfReceipt(days))
        | (PrintedDays::DisputeWithinDaysOfOrder, Fact::DisputeWithinDaysOfOrder(days))
        | (
            PrintedDays::FreeReturnWithinDaysOfDelivery,
            Fact::FreeReturnWithinDaysOfDelivery(days),
        )) = (printed, &sighting.fact)
        else {
            continue;
        };
        if (1..=LONGEST_WINDOW).contains(days) {
            numbers.push((*days, Some(sighting)));
        }
    }
    numbers
}
