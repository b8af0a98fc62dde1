//! What Recourse knows and decides, with nothing of a browser in it.
//!
//! A reader's [`Reading`](sighting::Reading) is absorbed by an order's [`Record`](ledger::Record); the
//! [`clock`]s follow from the record by the [`rules`]; a [`verdict`] says which of them ends next and how sure it is.

pub mod aftermath;
pub mod balance;
pub mod by_order;
pub mod case;
pub mod choices;
pub mod claim;
pub mod claim_checks;
pub mod claim_stand;
pub mod clock;
pub mod clock_setting;
pub mod complaint;
pub mod computer_clock;
pub mod contradiction;
pub mod country;
pub mod date_check;
pub mod dispute;
pub mod evidence;
pub mod ledger;
pub mod money;
pub mod number;
pub mod order;
pub mod problem;
pub mod reminders;
pub mod routes;
pub mod rules;
#[cfg(test)]
mod samples;
pub mod settings;
pub mod sha256;
pub mod sighting;
pub mod stages;
pub mod statement;
pub mod summary;
pub mod time;
pub mod verdict;
pub mod warning;
pub mod written_language;
