//! What the programs do on the shop's pages and in the background: they bring reader, ledger and overlay together.

mod aside;
pub mod background;
mod both;
mod card_badges;
mod clock_watch;
pub mod content;
mod date_check;
pub mod form;
mod languages;
mod list;
mod list_warnings;
mod muted;
pub mod order;
mod order_module;
mod outbox;
mod own_badge;
mod page;
mod reminders;
pub mod ru_site;
mod single;
pub mod sync;
mod watch;
