//! A shop that does not exist, in the shape of the real one.
//!
//! It serves the order list, the order detail and the tracking page over HTTPS, under whatever host name the browser was told to look for it,
//! with tags, class names and attributes as the real pages have them, drawn by a client script after a delay. People look at it in the
//! demo, end-to-end tests read it in two browsers, and measurements run on it.
//!
//! * [`Site`] is the running server.
//! * [`Switches`] say which variant of a page to serve: they are `demo-…` parameters of the address, and links carry them on.
//! * [`shop`] and [`Switches::orders_served`] are the truth that tests compare with what they see.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "it runs on a developer's machine only: a mistake in its own data should stop it at once"
)]

mod catalogue;
mod drawings;
mod hostile;
mod language;
mod money;
mod orders;
mod server;
mod stage;
mod switches;
mod tls;
mod views;

pub use language::{Language, Words};
pub use money::Currency;
pub use orders::{DemoLine, DemoOrder, Quirk, RefundBanner, Reminder, Status, Store, shop};
pub use server::Site;
pub use stage::{Course, Stage};
pub use switches::{
    Barrier, Csp, Deadline, FORMS, FRAMEWORK_FORMS, Layout, NO_FORMS, ODD_FORMS, Switches, Tab,
    Theme, UNSEEN_FORMS,
};
pub use views::BUYER;
