//! Text to dates, numbers of days and money. Knows languages, and nothing of any site.
//!
//! Every reader answers with a value or with what is wrong. None of them guesses: where two readings are possible, the
//! answer is [`Trouble::Ambiguous`](crate::domain::problem::Trouble).

pub mod alternative;
pub mod date;
pub mod day_count;
pub mod language;
pub mod money;
mod range;
pub mod relative;
pub mod text;
mod token;
