//! Marks on the page's own timeline, for benchmarks. Nothing is written unless the address asks for it with the fragment
//! `#recourse-measure`.

use web_sys::Performance;

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

    pub fn mark(&self, name: &str) {
        if let Some(performance) = &self.performance {
            let _ = performance.mark(name);
        }
    }

    /// Runs the work; its length becomes a measure `recourse:task`.
    pub fn task<T>(&self, work: impl FnOnce() -> T) -> T {
        self.mark("recourse:task-start");
        let result = work();
        if let Some(performance) = &self.performance {
            let _ = performance.measure_with_start_mark("recourse:task", "recourse:task-start");
        }
        result
    }
}

impl Default for Measure {
    fn default() -> Self {
        Self::new()
    }
}

/// Milliseconds since the page began.
#[must_use]
pub fn time() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}
