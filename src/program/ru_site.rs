//! The Russian site, which is read only if the user wants it and the browser allows it. Both are one: what the browser allows is what the
//! user wants, so nothing else is kept, and what is taken back in the browser's own settings counts as well.

use crate::browser::permissions::{self, Question, Script};
use crate::site::address;

const SCRIPT: Script = Script {
    id: "aliexpress-ru",
    matches: address::RU_ORDERS,
    files: &["loaders/modules.js", "loaders/order.js"],
};

/// Has its pages read, or not, as the browser allows now.
pub async fn follow() {
    if permissions::given(address::RU_ORIGIN).await {
        SCRIPT.add().await;
    } else {
        SCRIPT.remove().await;
    }
}

/// Whether it is read.
pub async fn is_read() -> bool {
    permissions::given(address::RU_ORIGIN).await
}

/// Has the user asked. To be called from what the user pressed.
#[must_use]
pub fn begin_to_ask() -> Question {
    Question::put(address::RU_ORIGIN)
}

/// Reads it no more.
pub async fn leave() {
    SCRIPT.remove().await;
    permissions::give_back(address::RU_ORIGIN).await;
}
