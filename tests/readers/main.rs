//! The readers of the shop's pages, on pages of the documented shape, outside a browser.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it does not expect should stop right there"
)]

mod corpus;
mod detail;
mod dispute_controls;
mod fixture;
mod fuzz;
mod list;
mod listing;
mod mixed;
mod node;
mod old;
mod properties;
mod relative;
mod report;
mod returns;
mod ru_list;
mod ship_to;
mod shop;
mod tracking;
mod trees;
