//! What a page told, on its way to the background program, which keeps it.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::Array;

use crate::browser::measure::Measure;
use crate::browser::runtime;
use crate::browser::{idle, timer};
use crate::domain::sighting::Reading;
use crate::store::record::text_of_reading;

/// Collects readings and sends them a little later, in portions, so that drawing comes first.
#[derive(Clone)]
pub struct Outbox(Rc<Shared>);

struct Shared {
    measure: Measure,
    inner: RefCell<Inner>,
}

#[derive(Default)]
struct Inner {
    readings: Vec<Reading>,
    /// What is on its way and not yet known to be kept, as the texts of messages.
    sent: Array,
    /// How often it was begun to send: what was begun before the last time ends where it is.
    begun: u32,
    /// When it is sent next. While something is on its way: when it is sent again for want of an answer.
    timer: Option<Timeout>,
    /// How often in a row it could not be kept.
    failed: u32,
}

const DELAY_MS: u32 = 300;
const PORTION: u32 = 200;
/// How long an answer is waited for. A browser that stops the background program may leave a question without one.
const ANSWER_MS: u32 = 10_000;
/// Until what could not be kept is sent again: the first time, and doubled with each time up to the last.
const AGAIN_MS: u32 = 2_000;
const DOUBLED: u32 = 5;

impl Outbox {
    pub fn new(measure: Measure) -> Self {
        Self(Rc::new(Shared {
            measure,
            inner: RefCell::default(),
        }))
    }

    pub fn put(&self, reading: Reading) {
        let mut inner = self.0.inner.borrow_mut();
        inner.readings.push(reading);
        let (waits, begun) = (inner.timer.is_some(), inner.begun);
        // Nothing is held while the browser is called: a page that is being left may refuse.
        drop(inner);
        if !waits {
            self.send_after(DELAY_MS);
            // Many look at a page for a moment and leave, and what is sent while a page goes may not arrive (Firefox): what
            // is read first does not wait longer than it must.
            if begun == 0 {
                let outbox = self.clone();
                idle::then(move || outbox.send());
            }
        }
    }

    /// Sends what is there now, and what has no answer yet: later, or because the page is about to go.
    pub fn send(&self) {
        if let Some(begun) = self.0.measure.send(|| self.write()) {
            wasm_bindgen_futures::spawn_local(self.clone().send_all(begun));
        }
    }

    /// Writes down what is to be sent, and says which time that is; `None` where there is nothing.
    fn write(&self) -> Option<u32> {
        let mut inner = self.0.inner.borrow_mut();
        let readings = std::mem::take(&mut inner.readings);
        inner.timer = None;
        for reading in readings {
            inner.sent.push(&text_of_reading(&reading).into());
        }
        if inner.sent.length() == 0 {
            return None;
        }
        inner.begun += 1;
        Some(inner.begun)
    }

    /// A disk can be full for a moment, and a browser's storage that has failed may fail once more before it works: what was not kept is
    /// sent again as long as the page is there, after all the rest, and with the next visit after that.
    async fn send_all(self, begun: u32) {
        loop {
            let sent = self.0.inner.borrow().sent.clone();
            if sent.length() == 0 {
                // Something may have been put in meanwhile.
                return self.send_after(DELAY_MS);
            }
            self.send_after(ANSWER_MS);
            let portion = sent.slice(0, PORTION);
            let kept = runtime::absorb(&portion).await;
            let rest = sent.slice(PORTION, u32::MAX);
            let mut inner = self.0.inner.borrow_mut();
            if inner.begun != begun {
                return;
            }
            let Err(error) = kept else {
                inner.sent = rest;
                inner.failed = 0;
                continue;
            };
            inner.sent = rest.concat(&portion);
            let wait = AGAIN_MS << inner.failed.min(DOUBLED);
            inner.failed += 1;
            inner.timer = None;
            drop(inner);
            runtime::log("what this page told could not be kept", &error.into());
            if !runtime::is_orphaned() {
                self.send_after(wait);
            }
            return;
        }
    }

    fn send_after(&self, ms: u32) {
        let outbox = self.clone();
        let timer = timer::after(ms, move || outbox.send());
        self.0.inner.borrow_mut().timer = Some(timer);
    }
}
