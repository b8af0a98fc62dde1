//! Work between the browser's layout and its paint.

use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    type ResizeObserver;
    #[wasm_bindgen(constructor)]
    fn new(callback: &JsValue) -> ResizeObserver;
    #[wasm_bindgen(method)]
    fn observe(this: &ResizeObserver, element: &Element);
    #[wasm_bindgen(method)]
    fn disconnect(this: &ResizeObserver);
}

/// Runs work in the present frame, once the page is laid out and before it is painted: there, asking for styles and places
/// costs nothing, where at any other time the answer makes the browser lay out the page for us.
///
/// A ResizeObserver reports an element that it was just given, whatever its size but none, and it reports exactly then.
/// Nothing runs while the page is hidden: nothing is painted either.
pub struct AfterLayout {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut(JsValue, ResizeObserver)>,
}

impl AfterLayout {
    pub fn new(mut run: impl FnMut() + 'static) -> Self {
        let callback = Closure::<dyn FnMut(JsValue, ResizeObserver)>::new(
            move |_: JsValue, observer: ResizeObserver| {
                observer.disconnect();
                run();
            },
        );
        Self {
            observer: ResizeObserver::new(callback.as_ref()),
            _callback: callback,
        }
    }

    /// Has the work run once. The element is one that is shown: one without a size is not reported.
    pub fn ask(&self, shown: &Element) {
        self.observer.observe(shown);
    }
}

impl Drop for AfterLayout {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
