//! Thin bindings to the browser. Only this folder names `chrome.*`.

pub mod clock;
pub mod dom;
pub mod intl;
pub mod measure;
pub mod messages;
pub mod runtime;
pub mod storage;
pub mod tabs;
