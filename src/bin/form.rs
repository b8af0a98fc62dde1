//! The program on the shop's dispute forms.

// Not the standard library's own start, which sets up an output that nobody reads.
#![cfg_attr(target_arch = "wasm32", no_main)]

/// Called by `loaders/form.js`.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn begin() {
    recourse::program::form::begin().await;
}

/// Called by `loaders/sign-in.js`.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn attend_sign_in() {
    recourse::program::form::attend_sign_in().await;
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
fn start() {
    // The packaged build ends a panic at once and has no texts of them.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
