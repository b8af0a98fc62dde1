//! The form of the small things that are kept. Orders have one of their own: [`record`](super::record).
//!
//! Each is a text of words and lines, which need no library to be read: nothing gets in that the domain's own constructors do
//! not accept, and the domain does not change because a stored name does.

use crate::domain::computer_clock::{Doubt, Sign};
use crate::domain::country::Country;
use crate::domain::number;
use crate::domain::rules::Change;
use crate::domain::settings::{Settings, Theme};
use crate::domain::time::Moment;

/// Something that is kept as a text.
pub trait Stored: Sized {
    fn to_text(&self) -> String;
    /// `None` for what is no such thing.
    fn from_text(text: &str) -> Option<Self>;
}

/// The value of a named kind.
pub(super) fn named<T: Copy>(all: &[T], name_of: fn(T) -> &'static str, name: &str) -> Option<T> {
    all.iter().copied().find(|value| name_of(*value) == name)
}

/// What a list of lines says. Each stands for itself: one that is damaged, and not taken in, costs no other.
pub(super) fn of_lines<T: Default>(text: &str, take_in: fn(&mut T, &str) -> Option<()>) -> T {
    let mut all = T::default();
    for line in text.lines() {
        let _ = take_in(&mut all, line);
    }
    all
}

/// One setting in each line: `theme dark`. A setting that is not there, or not understood, has its default.
impl Stored for Settings {
    fn to_text(&self) -> String {
        let mut text = String::new();
        let mut line = |name: &str, value: &str| {
            text.push_str(name);
            text.push(' ');
            text.push_str(value);
            text.push('\n');
        };
        if let Some(language) = &self.language {
            line("language", language);
        }
        line("theme", self.theme.name());
        line("strip", if self.strip { "yes" } else { "no" });
        if let Some(country) = &self.choices.country {
            line("country", country.code());
        }
        for change in &self.choices.changes {
            let days = change
                .days
                .map_or_else(|| "off".to_owned(), |days| number::text(days.into()));
            line("rule", &[change.rule.as_str(), &days].join(" "));
        }
        text
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut settings = Self::default();
        for line in text.lines() {
            match line.split_once(' ') {
                Some(("language", tag)) => settings.language = Some(tag.to_owned()),
                Some(("theme", name)) => {
                    settings.theme =
                        named(&Theme::ALL, Theme::name, name).unwrap_or(settings.theme);
                }
                Some(("strip", value)) => settings.strip = value != "no",
                Some(("country", code)) => settings.choices.country = Country::new(code),
                Some(("rule", change)) => settings.choices.changes.extend(rule_change(change)),
                _ => {}
            }
        }
        Some(settings)
    }
}

/// `estimate-from-order off`, `estimate-from-order 40`.
fn rule_change(text: &str) -> Option<Change> {
    let (rule, days) = text.split_once(' ')?;
    let days = match days {
        "off" => None,
        days => Some(u16::try_from(number::read(days, 10)?).ok()?),
    };
    let rule = rule.to_owned();
    Some(Change { rule, days })
}

/// `set-back 1795176000000 1793448000000 ` and the text as printed.
impl Stored for Doubt {
    fn to_text(&self) -> String {
        let (not_before, noticed) = (self.not_before.0, self.noticed.0);
        let times = [not_before, noticed].map(number::text);
        let [not_before, noticed] = times.each_ref().map(String::as_str);
        [self.sign.name(), not_before, noticed, &self.evidence].join(" ")
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut words = text.splitn(4, ' ');
        Some(Self {
            sign: named(&Sign::ALL, Sign::name, words.next()?)?,
            not_before: Moment(number::read(words.next()?, 10)?),
            noticed: Moment(number::read(words.next()?, 10)?),
            evidence: words.next()?.to_owned(),
        })
    }
}
