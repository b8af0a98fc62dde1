//! What is done later.

use gloo_timers::callback::Timeout;

/// Runs it after so many milliseconds, unless what it returns is dropped before.
pub fn after(milliseconds: u32, run: impl FnOnce() + 'static) -> Timeout {
    boxed(milliseconds, Box::new(run))
}

/// What hands a closure to the browser is compiled once for each kind of closure, and is larger than most of them: here they
/// are all of one kind.
fn boxed(milliseconds: u32, run: Box<dyn FnOnce()>) -> Timeout {
    Timeout::new(milliseconds, run)
}
