//! Work for when the page has nothing to do.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = requestIdleCallback)]
    fn request_idle_callback(callback: &JsValue);
}

/// Waits until the page is idle, which it may never be.
pub async fn moment() {
    let idle = js_sys::Promise::new(&mut |resolve, _| request_idle_callback(&resolve));
    let _ = wasm_bindgen_futures::JsFuture::from(idle).await;
}

/// Runs the work once the page is idle, which it may never be.
pub fn then(run: impl FnOnce() + 'static) {
    request_idle_callback(&Closure::once_into_js(run));
}
