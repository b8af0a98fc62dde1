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
    /// How often in a row it could not be kept.
    failed: u32,
}

const DELAY_MS: u32 = 300;
const PORTION: usize = 200;
/// Until what could not be kept is sent again: the first time, and doubled with each time up to the last.
const AGAIN_MS: u32 = 3_000;
const DOUBLED: u32 = 4;

impl Outbox {
    pub fn put(&self, reading: Reading) {
        let mut inner = self.inner.borrow_mut();
        inner.readings.push(reading);
        let (waits, begun) = (inner.timer.is_some(), inner.begun);
        inner.begun = true;
        // Nothing is held while the browser is called: a page that is being left may refuse.
        drop(inner);
        if !waits {
            self.send_after(DELAY_MS);
        }
        // Many look at a page for a moment and leave, and what is sent while a page goes may not arrive (Firefox): what
        // is read first does not wait longer than it must.
        if !begun {
            let outbox = self.clone();
            idle::then(move || outbox.send());
        }
    }

    /// Sends what is there now, for a page that is about to go.
    pub fn send(&self) {
        let mut inner = self.inner.borrow_mut();
        inner.timer = None;
        let mut readings = std::mem::take(&mut inner.readings);
        drop(inner);
        if readings.is_empty() {
            return;
        }
        let outbox = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let mut unkept = Vec::new();
            while !readings.is_empty() {
                let rest = readings.split_off(readings.len().min(PORTION));
                let request = Request::Absorb(readings);
                if let Err(error) = runtime::send(&request).await {
                    runtime::log("what this page told could not be kept", &error.into());
                    if let Request::Absorb(mut readings) = request {
                        unkept.append(&mut readings);
                    }
                }
                readings = rest;
            }
            outbox.sent(unkept);
        });
    }

    fn send_after(&self, ms: u32) {
        let outbox = self.clone();
        let timer = timer::after(ms, move || outbox.send());
        self.inner.borrow_mut().timer = Some(timer);
    }

    /// A disk can be full for a moment, and a browser's storage that has failed may fail once more before it works: what was not kept is
    /// sent again as long as the page is there, and with the next visit after that.
    fn sent(&self, mut unkept: Vec<Reading>) {
        let kept = unkept.is_empty();
        if !kept && runtime::is_orphaned() {
            return;
        }
        let mut inner = self.inner.borrow_mut();
        inner.failed = if kept { 0 } else { inner.failed + 1 };
        inner.readings.append(&mut unkept);
        let wait = AGAIN_MS << inner.failed.saturating_sub(1).min(DOUBLED);
        drop(inner);
        if !kept {
            self.send_after(wait);
        }
    }
}
