//! What the user has chosen.

use super::rules::Choices;

/// The colours of the extension's own pages. On the shop's page they follow the card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The name under which it is kept and shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The languages of the interface, by the names of their folders in `_locales`.
pub fn languages() -> impl Iterator<Item = &'static str> {
    // One text is smaller than a list of them in the modules that are loaded on the shop's pages.
    "en ar cs de es fr he id it ja ko nl pl pt ru th tr uk vi zh".split(' ')
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// One of [`languages`]; `None` follows the shop's page, then the browser.
    pub language: Option<String>,
    pub theme: Theme,
    /// Whether the strip above the list is shown.
    pub strip: bool,
    /// The user's country, and the rules that the user has changed.
    pub choices: Choices,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            theme: Theme::System,
            strip: true,
            choices: Choices::default(),
        }
    }
}
