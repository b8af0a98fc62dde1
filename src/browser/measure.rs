//! Marks on the page's own timeline, for benchmarks. Nothing is written unless the address asks for it with the fragment
//! `#recourse-measure`.

use wasm_bindgen::prelude::*;
use web_sys::Performance;

use crate::domain::number;

#[wasm_bindgen]
extern "C" {
    type Timeline;
    #[wasm_bindgen(method, js_name = mark)]
    fn mark_at(this: &Timeline, name: &str, options: &JsValue);
    // A worker has no window, and a page that is left none with a timeline.
    #[wasm_bindgen(js_namespace = performance, js_name = now, catch)]
    fn passed() -> Result<f64, JsValue>;
}

/// What `loaders/modules.js` noted.
fn began() -> Option<JsValue> {
    let began = js_sys::Reflect::get(&web_sys::window()?.into(), &"recourseStarted".into()).ok()?;
    began.as_f64().map(Into::into)
}

/// Writes marks and measures whose names begin with `recourse:`.
#[derive(Clone, Debug)]
pub struct Measure {
    performance: Option<Performance>,
}

impl Measure {
    #[must_use]
    pub fn new() -> Self {
        let window = web_sys::window();
        let asked = window
            .as_ref()
            .and_then(|window| window.location().hash().ok())
            .is_some_and(|hash| hash == "#recourse-measure");
        Self {
            performance: window
                .filter(|_| asked)
                .and_then(|window| window.performance()),
        }
    }

    /// Marks when the loader began, which is before there was any of this.
    pub fn mark_start(&self) {
        if let (Some(performance), Some(began)) = (&self.performance, began()) {
            let options = super::object(&[("startTime", began)]);
            performance
                .unchecked_ref::<Timeline>()
                .mark_at("recourse:start", &options);
        }
    }

    pub fn mark(&self, name: &str) {
        if let Some(performance) = &self.performance {
            let _ = performance.mark(name);
        }
    }

    /// Runs the work; its length becomes a measure `recourse:task`.
    pub fn task<T>(&self, work: impl FnOnce() -> T) -> T {
        self.length("recourse:task", work)
    }

    /// Runs work that is done ahead of any card; its length becomes a measure `recourse:ahead`.
    pub fn ahead(&self, work: impl FnOnce()) {
        self.length("recourse:ahead", work);
    }

    /// Runs the writing of what is told to the background program; its length becomes a measure `recourse:send`.
    pub fn send<T>(&self, work: impl FnOnce() -> T) -> T {
        self.length("recourse:send", work)
    }

    /// Marks, as `recourse:memory-` and a number, how many pages of 64 KiB the module's memory has, which a browser does not count
    /// among the objects of the page.
    pub fn mark_memory(&self) {
        if self.performance.is_some() {
            let pages = core::arch::wasm32::memory_size::<0>();
            self.mark(&["recourse:memory-", &number::text(pages as i64)].concat());
        }
    }

    /// Runs the filling of one field; its length becomes a measure `recourse:fill`.
    pub fn fill<T>(&self, work: impl FnOnce() -> T) -> T {
        self.length("recourse:fill", work)
    }

    fn length<T>(&self, name: &str, work: impl FnOnce() -> T) -> T {
        const START: &str = "recourse:task-start";
        self.mark(START);
        let result = work();
        if let Some(performance) = &self.performance {
            let _ = performance.measure_with_start_mark(name, START);
        }
        result
    }
}

impl Default for Measure {
    fn default() -> Self {
        Self::new()
    }
}

/// Marks one of the extension's own pages, which only we see.
pub fn mark_own(name: &str) {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        let _ = performance.mark(name);
    }
}

/// Milliseconds since the page or the worker began.
#[must_use]
pub fn time() -> f64 {
    passed().unwrap_or_default()
}
