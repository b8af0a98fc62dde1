//! How reminders are kept: what was told, what the user wished for, and what the user has chosen.

use super::format::{Stored, named, of_lines};
use super::{Area, StorageError, Store};
use crate::domain::clock::ClockKind;
use crate::domain::order::OrderId;
use crate::domain::reminders::{Asked, Kept, QuietHours, Reminder, Reminding, Step, Subject, Told};
use crate::domain::time::Moment;

const REMINDERS: &str = "reminders";
const REMINDING: &str = "reminding";

pub(super) const KEYS: [&str; 1] = [REMINDERS];

/// Whether a change of that key changes which reminders there are to show.
#[must_use]
pub fn is_reminders_key(key: &str) -> bool {
    key == REMINDERS
}

/// Whether a change of that key changes what the user is reminded of, and when.
#[must_use]
pub fn is_reminding_key(key: &str) -> bool {
    key == REMINDING
}

impl<A: Area> Store<A> {
    /// What was told and wished for.
    pub async fn reminders(&self) -> Result<Kept, StorageError> {
        self.value(REMINDERS).await.map(Option::unwrap_or_default)
    }

    pub async fn save_reminders(&self, kept: &Kept) -> Result<(), StorageError> {
        self.keep(REMINDERS, kept).await
    }

    pub async fn reminding(&self) -> Result<Reminding, StorageError> {
        self.value(REMINDING).await.map(Option::unwrap_or_default)
    }

    pub async fn save_reminding(&self, reminding: &Reminding) -> Result<(), StorageError> {
        self.keep(REMINDING, reminding).await
    }
}

/// `delivery-guarantee 2026-11-23`, `wish 2026-11-20`, `refund 2026-12-18`.
impl Stored for Subject {
    fn to_text(&self) -> String {
        match self {
            Self::Clock(kind, day) => format!("{} {day}", kind.name()),
            Self::Wish(day) => format!("{WISH} {day}"),
            Self::Refund(day) => format!("{REFUND} {day}"),
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        let (name, day) = text.split_once(' ')?;
        let day = day.parse().ok()?;
        if name == WISH {
            return Some(Self::Wish(day));
        }
        if name == REFUND {
            return Some(Self::Refund(day));
        }
        let kind = named(&ClockKind::ALL, ClockKind::name, name)?;
        Some(Self::Clock(kind, day))
    }
}

const WISH: &str = "wish";
const REFUND: &str = "refund";
const REFUND_CAME: &str = "refund-came";

/// A line for each thing that was told: `told 8212313961591322 shown 1795176000000 days-3 delivery-guarantee 2026-11-23`; for each
/// wish: `wish 8212313961591322 2026-11-20`; for each order of which nothing is told: `mute 8212313961591322`; and for each whose
/// refund has come: `refund-came 8212313961591322`. A line that is not understood is left out.
impl Stored for Kept {
    fn to_text(&self) -> String {
        let mut text = String::new();
        let mut line = |words: &[&str]| {
            text.push_str(&words.join(" "));
            text.push('\n');
        };
        for told in self.told() {
            let reminder = &told.reminder;
            line(&[
                "told",
                reminder.order.as_str(),
                if told.dismissed { "dismissed" } else { "shown" },
                &told.at.0.to_string(),
                reminder.step.map_or("-", Step::name),
                &reminder.subject.to_text(),
            ]);
        }
        for (order, day) in self.wishes() {
            line(&[WISH, order.as_str(), &day.to_string()]);
        }
        for order in self.muted() {
            line(&["mute", order.as_str()]);
        }
        for order in self.refunded() {
            line(&[REFUND_CAME, order.as_str()]);
        }
        text
    }

    fn from_text(text: &str) -> Option<Self> {
        Some(of_lines(text, take_in))
    }
}

fn take_in(kept: &mut Kept, line: &str) -> Option<()> {
    let mut words = line.splitn(6, ' ');
    let (kind, order) = (words.next()?, OrderId::new(words.next()?)?);
    match kind {
        "told" => {
            let dismissed = words.next()? == "dismissed";
            let at = Moment(words.next()?.parse().ok()?);
            let step = named(&Step::ALL, Step::name, words.next()?);
            let subject = Subject::from_text(words.next()?)?;
            let reminder = Reminder {
                order,
                subject,
                step,
            };
            kept.note(Told {
                reminder,
                at,
                dismissed,
            });
        }
        WISH => kept.wish(&order, words.next()?.parse().ok()?),
        "mute" => kept.mute(&order, true),
        REFUND_CAME => kept.refund_came(&order, true),
        _ => {}
    }
    Some(())
}

/// As it is sent to the background program: `dismiss 8212313961591322 delivery-guarantee 2026-11-23`, `dismiss-all`, `mute …`,
/// `wish 8212313961591322 2026-11-20`.
impl Stored for Asked {
    fn to_text(&self) -> String {
        match self {
            Self::Dismiss(order, subject) => format!("dismiss {order} {}", subject.to_text()),
            Self::DismissAll => DISMISS_ALL.to_owned(),
            Self::Mute(order) => format!("mute {order}"),
            Self::Unmute(order) => format!("unmute {order}"),
            Self::Wish(order, day) => format!("{WISH} {order} {day}"),
            Self::Unwish(order, day) => format!("unwish {order} {day}"),
            Self::RefundCame(order) => format!("{REFUND_CAME} {order}"),
            Self::RefundOpen(order) => format!("refund-open {order}"),
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        if text == DISMISS_ALL {
            return Some(Self::DismissAll);
        }
        let mut words = text.splitn(3, ' ');
        let (kind, order) = (words.next()?, OrderId::new(words.next()?)?);
        Some(match (kind, words.next()) {
            ("dismiss", Some(subject)) => Self::Dismiss(order, Subject::from_text(subject)?),
            ("mute", None) => Self::Mute(order),
            ("unmute", None) => Self::Unmute(order),
            (REFUND_CAME, None) => Self::RefundCame(order),
            ("refund-open", None) => Self::RefundOpen(order),
            (WISH, Some(day)) => Self::Wish(order, day.parse().ok()?),
            ("unwish", Some(day)) => Self::Unwish(order, day.parse().ok()?),
            _ => return None,
        })
    }
}

const DISMISS_ALL: &str = "dismiss-all";

/// `on yes`, `steps days-7 days-3`, `quiet 22 8`; `quiet -` where no hour is quiet. What is not there has its default.
impl Stored for Reminding {
    fn to_text(&self) -> String {
        let steps: Vec<&str> = self.steps.iter().map(|step| step.name()).collect();
        let quiet = self.quiet.map_or_else(
            || "-".to_owned(),
            |quiet| format!("{} {}", quiet.from(), quiet.to()),
        );
        let on = if self.on { "yes" } else { "no" };
        format!("on {on}\nsteps {}\nquiet {quiet}\n", steps.join(" "))
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut reminding = Self::default();
        for line in text.lines() {
            match line.split_once(' ') {
                Some(("on", value)) => reminding.on = value != "no",
                Some(("steps", names)) => {
                    let chosen = |step: &Step| names.split(' ').any(|name| name == step.name());
                    reminding.steps = Step::ALL.into_iter().filter(chosen).collect();
                }
                Some(("quiet", "-")) => reminding.quiet = None,
                Some(("quiet", hours)) => {
                    let hours = hours.split_once(' ').and_then(|(from, to)| {
                        QuietHours::new(from.parse().ok()?, to.parse().ok()?)
                    });
                    reminding.quiet = hours.or(reminding.quiet);
                }
                _ => {}
            }
        }
        Some(reminding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Day;
    use proptest::prelude::*;

    fn order() -> impl Strategy<Value = OrderId> {
        "[1-9][0-9]{15}".prop_map(|id| OrderId::new(&id).unwrap())
    }

    fn day() -> impl Strategy<Value = Day> {
        (20_400_i64..20_900).prop_map(|number| Day::from_number(number).unwrap())
    }

    fn told() -> impl Strategy<Value = Told> {
        let clock = (
            proptest::sample::select(&ClockKind::ALL[..]),
            day(),
            proptest::sample::select(&Step::ALL[..]),
        );
        let about = prop_oneof![
            clock.prop_map(|(kind, day, step)| (Subject::Clock(kind, day), Some(step))),
            day().prop_map(|day| (Subject::Wish(day), None)),
            day().prop_map(|day| (Subject::Refund(day), None)),
        ];
        (order(), about, any::<u32>(), any::<bool>()).prop_map(
            |(order, (subject, step), at, dismissed)| Told {
                reminder: Reminder {
                    order,
                    subject,
                    step,
                },
                at: Moment(i64::from(at)),
                dismissed,
            },
        )
    }

    proptest! {
        #[test]
        fn what_was_told_and_wished_for_is_kept(
            all in proptest::collection::vec(told(), 0..20),
            wishes in proptest::collection::vec((order(), day()), 0..5),
            muted in proptest::collection::vec(order(), 0..5),
            refunded in proptest::collection::vec(order(), 0..5),
        ) {
            let mut kept = Kept::default();
            all.into_iter().for_each(|told| kept.note(told));
            wishes.iter().for_each(|(order, day)| kept.wish(order, *day));
            muted.iter().for_each(|order| kept.mute(order, true));
            refunded.iter().for_each(|order| kept.refund_came(order, true));
            prop_assert_eq!(Kept::from_text(&kept.to_text()), Some(kept));
        }

        #[test]
        fn a_damaged_line_costs_no_other(all in proptest::collection::vec(told(), 1..9), noise in "[a-z0-9 -]{0,40}") {
            let mut kept = Kept::default();
            all.into_iter().for_each(|told| kept.note(told));
            let text = format!("told {noise}\n{}", kept.to_text());
            prop_assert_eq!(Kept::from_text(&text), Some(kept));
        }

        #[test]
        fn what_is_asked_arrives_as_it_was_sent(told in told(), day in day()) {
            let Reminder { order, subject, .. } = told.reminder;
            let all = [
                Asked::Dismiss(order.clone(), subject),
                Asked::DismissAll,
                Asked::Mute(order.clone()),
                Asked::Unmute(order.clone()),
                Asked::Wish(order.clone(), day),
                Asked::Unwish(order.clone(), day),
                Asked::RefundCame(order.clone()),
                Asked::RefundOpen(order),
            ];
            for asked in all {
                prop_assert_eq!(Asked::from_text(&asked.to_text()), Some(asked));
            }
        }

        #[test]
        fn anything_else_is_not_asked(text in "[a-z0-9 -]{0,60}") {
            if let Some(asked) = Asked::from_text(&text) {
                prop_assert_eq!(asked.to_text(), text);
            }
        }

        #[test]
        fn choices_are_kept(on in any::<bool>(), chosen in 0_usize..32, from in 0_u8..24, to in 0_u8..24) {
            let steps = Step::ALL.iter().enumerate().filter(|(n, _)| chosen >> n & 1 == 1);
            let steps = steps.map(|(_, step)| *step).collect();
            let reminding = Reminding { on, steps, quiet: QuietHours::new(from, to) };
            prop_assert_eq!(Reminding::from_text(&reminding.to_text()), Some(reminding));
        }
    }
}
