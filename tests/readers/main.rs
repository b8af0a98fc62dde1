//! The readers of the shop's pages, on pages of the documented shape, outside a browser.

mod detail;
mod fixture;
mod list;
mod node;
mod tracking;
