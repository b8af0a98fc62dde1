//! The background program: service worker in Chromium, event page in Firefox.

#[cfg(target_arch = "wasm32")]
mod events {
    use wasm_bindgen::prelude::*;

    /// One event of the browser's, as `loaders/background.js` hands it on.
    #[wasm_bindgen]
    pub async fn on_event(name: String, arguments: js_sys::Array, reply: js_sys::Function) {
        recourse::program::background::on_event(&name, arguments, reply).await;
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    // The packaged build ends a panic at once and has no texts of them.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
