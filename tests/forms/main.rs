//! Dispute forms of many makes, and pages that are none: what is recognised in them, and what would be filled.

#[path = "../readers/node.rs"]
mod node;
mod page;
mod pages;
mod phrases;
mod trees;
