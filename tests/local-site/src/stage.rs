//! Where the one dispute under way stands, and what its page says then.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use crate::language::Words;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// The seller is to answer.
    #[default]
    Seller,
    /// The buyer is to answer the seller's offer.
    Buyer,
    /// The buyer is to supply evidence.
    Evidence,
    /// The buyer is to send the parcel back.
    Back,
    /// The platform has judged, and the buyer may appeal.
    Judged,
    /// A refund was decided and is to come.
    Refunded,
    /// The site says something that nobody has seen.
    Unknown,
}

/// A step of the dispute with its day, and by when somebody has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    pub opened: NaiveDate,
    pub step: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl Stage {
    pub const ALL: [Self; 7] = [
        Self::Seller,
        Self::Buyer,
        Self::Evidence,
        Self::Back,
        Self::Judged,
        Self::Refunded,
        Self::Unknown,
    ];

    /// As in `demo-dispute`, and in the words of a language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Seller => "seller",
            Self::Buyer => "buyer",
            Self::Evidence => "evidence",
            Self::Back => "back",
            Self::Judged => "judged",
            Self::Refunded => "refunded",
            Self::Unknown => "unknown",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }

    /// Its days, in a dispute of which the seller has to answer by that day.
    #[must_use]
    pub fn course(self, answer_until: NaiveDate) -> Course {
        let before = |days| Some(answer_until - Days::new(days));
        let after = |days| Some(answer_until + Days::new(days));
        let (step, until) = match self {
            Self::Seller => (None, Some(answer_until)),
            Self::Buyer => (before(6), after(1)),
            Self::Evidence => (before(5), before(2)),
            Self::Back => (before(7), after(4)),
            Self::Judged => (before(5), after(3)),
            Self::Refunded => (before(5), after(22)),
            Self::Unknown => (None, None),
        };
        Course {
            opened: answer_until - Days::new(8),
            step,
            until,
        }
    }

    /// What its page says is offered or given back, of what was paid.
    #[must_use]
    pub fn amount(self, paid: i64) -> Option<i64> {
        match self {
            Self::Buyer => Some(paid / 4),
            Self::Judged | Self::Refunded => Some(paid),
            _ => None,
        }
    }

    /// The buttons of its page, by the names that [`DisputeWords`](crate::language::DisputeWords) has for them.
    #[must_use]
    pub fn controls(self) -> &'static [&'static str] {
        match self {
            Self::Seller | Self::Evidence => &["change", "cancel"],
            Self::Buyer => &["accept", "change", "cancel"],
            Self::Back => &["cancel"],
            Self::Judged | Self::Refunded | Self::Unknown => &[],
        }
    }

    /// What the card, the list of returns and the page of the dispute say of where it stands.
    pub(crate) fn status(self, words: &Words) -> &str {
        match self {
            Self::Seller => &words.refund_waiting,
            other => &words.dispute.stage[other.name()],
        }
    }

    /// The rows and the sentences of the dispute's page.
    pub(crate) fn view(
        self,
        words: &Words,
        answer_until: NaiveDate,
        date: impl Fn(NaiveDate) -> String,
    ) -> Value {
        let course = self.course(answer_until);
        let said = &words.dispute;
        let row = |name: &str, day| json!({ "title": said.on[name], "text": date(day) });
        let (step, until) = match self {
            Self::Seller => (None, Some(&words.answer_until)),
            Self::Buyer => (Some("offered"), Some(&said.until["answer"])),
            Self::Evidence => (Some("asked"), Some(&said.until["show"])),
            Self::Back => (Some("agreed"), Some(&said.until["send"])),
            Self::Judged => (Some("decided"), Some(&said.until["appeal"])),
            Self::Refunded => (Some("refund_on"), Some(&said.until["due"])),
            Self::Unknown => (None, None),
        };
        let mut rows = vec![row("opened", course.opened)];
        rows.extend(step.zip(course.step).map(|(name, day)| row(name, day)));
        let until = until.zip(course.until).map(|(sentence, day)| {
            sentence
                .replace("{from}", &date(answer_until))
                .replace("{date}", &date(day))
        });
        let controls: Vec<&String> = self
            .controls()
            .iter()
            .map(|name| &said.control[*name])
            .collect();
        json!({ "status": self.status(words), "rows": rows, "until": until, "controls": controls })
    }
}
