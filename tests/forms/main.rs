//! Dispute forms of many makes, and pages that are none: what is recognised in them, and what would be filled.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it does not expect should stop right there"
)]

#[path = "../readers/node.rs"]
mod node;
mod page;
mod pages;
mod phrases;
mod presses;
mod taught;
mod trees;
mod unseen;
