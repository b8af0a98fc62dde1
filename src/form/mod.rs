//! A dispute form: recognised by meaning, planned from a claim.
//!
//! ```text
//! page → survey (controls, and what is written around them) → recognition (which control asks for what)
//!        and what the user has pointed at (taught)
//!      → plan (what goes into each, from which part of the claim)
//!      → fill, read back, undo → filling (what the form held at last)
//! ```
//!
//! Nothing here is of one form: the one that the shop shows today is not publicly known, and it will change. All but
//! the filling is pure.

pub mod amount;
pub mod choose;
pub mod control;
#[cfg(target_arch = "wasm32")]
pub mod fill;
pub mod filling;
mod meanings;
pub mod node;
pub mod plan;
#[cfg(target_arch = "wasm32")]
pub mod point;
pub mod recognise;
pub mod recorded;
pub mod shown;
pub mod survey;
pub mod taught;
pub mod view;
pub mod vocabulary;
