//! The program of the page of evidence, which also stands as a drawer on the shop's pages.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    recourse::pages::run_evidence();
}

/// There are no pages outside a browser; this keeps `cargo build` of everything working.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
