//! What the shop's dispute forms take as a photo. A form that says something else of itself is right.

use crate::domain::evidence::FileType;

/// Bytes of the largest photo. As the shop's help said of the older form; no newer number is known, and what is smaller does no harm.
pub const LARGEST_PHOTO: u64 = 2_000_000;

/// The endings of the photos that are taken, where a form names none.
pub const ENDINGS: [&str; 3] = ["jpg", "png", "gif"];

/// Whether a photo of this type and size can be sent as it is.
#[must_use]
pub const fn takes(kind: FileType, bytes: u64) -> bool {
    matches!(kind, FileType::Jpeg | FileType::Png | FileType::Gif) && bytes < LARGEST_PHOTO
}
