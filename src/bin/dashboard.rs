//! The program of the extension's own pages.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    recourse::pages::run();
}

/// There are no pages outside a browser; this keeps `cargo build` of everything working.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
