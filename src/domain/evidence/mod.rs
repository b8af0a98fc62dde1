//! What the buyer keeps about an order to show later: notes, files, and what a page of the shop said.
//!
//! | module | subject |
//! |---|---|
//! | [`item`] | one piece of evidence, and what becomes of it: edited, put into the bin, taken back |
//! | [`note`] | a note with its earlier versions |
//! | [`file`] | a file as it came: its hash, its size, what it is by its content |
//! | [`excerpt`] | what a page of the shop said at a time |
//! | [`telephone`] | telephone numbers in what a page said, which are left out |
//! | [`checklist`] | what the evidence must and should show |
//! | [`merge`] | one piece known from two places |
//! | [`conflict`] | a note that was changed in two browsers at once |

pub mod checklist;
pub mod conflict;
pub mod excerpt;
pub mod file;
pub mod item;
pub mod merge;
pub mod note;
pub mod telephone;

pub use conflict::Conflict;
pub use excerpt::{Excerpt, ShopPage};
pub use file::{Attachment, FileType, Located, Pixels, Sha256, Source};
pub use item::{BIN_DAYS, Content, Item, ItemId, Place};
pub use note::{Note, Version};
