//! What a page told, on its way to the background program, which keeps it.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;

use crate::browser::runtime::{self, Request};
use crate::browser::{idle, timer};
use crate::domain::sighting::Reading;

/// Collects readings and sends them a little later, in portions, so that drawing comes first.
#[derive(Clone, Default)]
pub struct Outbox {
    inner: Rc<RefCell<Inner>>,
}

#[derive(Default)]
struct Inner {
    readings: Vec<Reading>,
    timer: Option<Timeout>,
    /// Whether anything was ever put in.
    begun: bool,
}

const DELAY_MS: u32 = 300;
const PORTION: usize = 200;

impl Outbox {
    pub fn put(&self, reading: Reading) {
        let mut inner = self.inner.borrow_mut();
        inner.readings.push(reading);
        if inner.timer.is_none() {
            let outbox = self.clone();
            inner.timer = Some(timer::after(DELAY_MS, move || outbox.send()));
            // Many look at a page for a moment and leave, and what is sent while a page goes may not arrive (Firefox): what
            // is read first does not wait longer than it must.
            if !std::mem::replace(&mut inner.begun, true) {
                let outbox = self.clone();
                idle::then(move || outbox.send());
            }
        }
    }

    /// Sends what is there now, for a page that is about to go.
    pub fn send(&self) {
        let mut inner = self.inner.borrow_mut();
        inner.timer = None;
        let mut readings = std::mem::take(&mut inner.readings);
        drop(inner);
        wasm_bindgen_futures::spawn_local(async move {
            while !readings.is_empty() {
                let rest = readings.split_off(readings.len().min(PORTION));
                // The page still shows what it read; the next visit sends it again.
                if let Err(error) = runtime::send(&Request::Absorb(readings)).await {
                    runtime::log("what this page told could not be kept", &error.into());
                }
                readings = rest;
            }
        });
    }
}
