//! Real browsers, the extension as it is shipped, and the local site under the shop's own host name.
//!
//! * [`Session`] is one browser with the extension in it, started through its WebDriver and gone when dropped.
//! * [`pages`] says what can be seen and done on each page: the shop's through the hosts' attributes only, because the shadow roots are
//!   closed; the extension's own through the document.
//! * [`keyboard`] goes into badges and menus as a user without a mouse does.
//! * [`expected`] works out what the extension should say from the truth of the local site.
//! * [`texts`] are those of the interface, from the extension's own files.
//! * [`halt`] stops the background program at a place of its own.
//! * [`Steps`] runs the steps of a test in one browser session, and keeps a picture of each that failed.
//! * [`demo`], [`bench`] (with [`bench_ledger`] and [`bench_evidence`]) and [`faults`] are the verbs of the program.

pub mod bench;
pub mod bench_evidence;
pub mod bench_form;
pub mod bench_ledger;
pub mod demo;
mod driver;
pub mod environment;
pub mod expected;
pub mod faults;
pub mod halt;
pub mod keyboard;
pub mod pages;
mod processes;
mod session;
mod steps;
pub mod texts;
mod wait;

pub use driver::{ADDON, Browser};
pub use environment::Environment;
pub use session::{Options, Session, Width};
pub use steps::Steps;
pub use wait::{LONG, until};
