//! Recourse tells a buyer on AliExpress until when each order is protected.
//!
//! The map, from what knows nothing of a browser down to what is nothing but browser:
//!
//! | folder | what it is for |
//! |---|---|
//! | [`domain`] | orders, days, clocks, rules, the ledger, verdicts. Pure: time and zones come in as arguments |
//! | [`reading`] | language, no site: text to dates, day counts, money |
//! | [`site`] | everything that is AliExpress: selectors, addresses, its words, the readers of its pages |
//! | [`archive`] | the backup: an archive that is written and read part by part, and what restoring changes. Pure |
//! | [`media`] | what a file is by its content, its size, where it was taken. Pure |
//! | [`export`] | files for the user to take along: calendar, table, JSON. Pure |
//! | [`form`] | a dispute form: recognised by meaning, planned from a claim, filled, read back, undone |
//! | `store` | what is kept, how it is named and migrated; the only code that reads or writes it |
//! | `browser` | thin bindings: storage, messages, tabs, `Intl`, the clock, the message files |
//! | `wording` | view models turned into sentences of the user's language |
//! | `icons` | the signs that overlay and pages draw, as shapes |
//! | `program` | what the programs do: reader, ledger and overlay brought together |
//! | `overlay` | draws badges, menus, strip and notice onto the shop's page |
//! | `pages` | the extension's own pages: popup, dashboard, settings, first run |
//!
//! `domain`, `reading`, `site`, `form`, `media`, `archive` and `export` compile natively and cannot see the browser's crates, which are
//! dependencies of the wasm32 target only. The six programs in `src/bin` are wiring.

pub mod archive;
pub mod domain;
pub mod export;
pub mod form;
pub mod media;
pub mod reading;
pub mod site;
pub mod store;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod icons;
#[cfg(target_arch = "wasm32")]
pub mod overlay;
#[cfg(target_arch = "wasm32")]
pub mod pages;
#[cfg(target_arch = "wasm32")]
pub mod program;
#[cfg(target_arch = "wasm32")]
pub mod wording;
