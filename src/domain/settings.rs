//! What the user has chosen.

use serde::{Deserialize, Serialize};

/// The colours of the extension's own pages. On the shop's page they follow the card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// A language code of `_locales`; `None` follows the shop's page, then the browser.
    pub language: Option<String>,
    pub theme: Theme,
    /// Whether the strip above the list is shown.
    pub strip: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { language: None, theme: Theme::System, strip: true }
    }
}
