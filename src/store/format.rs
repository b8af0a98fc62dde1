//! The form of the small things that are kept. Orders have one of their own: [`record`](super::record).
//!
//! Plain structures of texts and numbers stand between the domain's types and JSON: nothing gets in that the domain's own
//! constructors do not accept, and the domain does not change because a stored name does. They are written by miniserde,
//! which costs the content program a fifth of what serde would.

use miniserde::{Deserialize, Serialize, json};

use crate::domain::computer_clock::{Doubt, Sign};
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

#[derive(Serialize, Deserialize)]
struct SettingsForm {
    language: Option<String>,
    theme: Option<String>,
    strip: Option<bool>,
}

impl Stored for Settings {
    fn to_text(&self) -> String {
        let theme = Some(self.theme.name().to_owned());
        json::to_string(&SettingsForm {
            language: self.language.clone(),
            theme,
            strip: Some(self.strip),
        })
    }

    /// A setting that is not there, or not understood, has its default.
    fn from_text(text: &str) -> Option<Self> {
        let form: SettingsForm = json::from_str(text).ok()?;
        let default = Self::default();
        let theme = form
            .theme
            .and_then(|name| named(&Theme::ALL, Theme::name, &name));
        Some(Self {
            language: form.language,
            theme: theme.unwrap_or(default.theme),
            strip: form.strip.unwrap_or(default.strip),
        })
    }
}

/// `set-back 1795176000000 1793448000000 ` and the text as printed.
impl Stored for Doubt {
    fn to_text(&self) -> String {
        let (not_before, noticed) = (self.not_before.0, self.noticed.0);
        format!(
            "{} {not_before} {noticed} {}",
            self.sign.name(),
            self.evidence
        )
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut words = text.splitn(4, ' ');
        Some(Self {
            sign: named(&Sign::ALL, Sign::name, words.next()?)?,
            not_before: Moment(words.next()?.parse().ok()?),
            noticed: Moment(words.next()?.parse().ok()?),
            evidence: words.next()?.to_owned(),
        })
    }
}
