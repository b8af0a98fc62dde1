//! The program of the page of evidence, which also stands as a drawer on the shop's pages.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(recourse::pages::start_evidence());
}

/// There are no pages outside a browser; this keeps `cargo build` of everything working.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
