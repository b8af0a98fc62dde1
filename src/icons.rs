//! The signs of the overlay and of the extension's pages, as shapes on a 16 px grid, in the colour of the text around them.

use crate::domain::verdict::{Kind, Urgency};
use crate::wording::Sign;

/// A drawing. Each program holds only those that it names.
#[derive(Clone, Copy)]
pub struct Icon {
    /// Outlines, drawn with a round pen of 1.5 px.
    pub strokes: &'static [&'static str],
    /// Shapes to fill.
    pub fills: &'static [&'static str],
}

/// What an `<svg>` of any icon carries. No word for screen readers: every sign has one beside it.
pub const CANVAS: [(&str, &str); 7] = [
    ("viewBox", "0 0 16 16"),
    ("aria-hidden", "true"),
    ("fill", "none"),
    ("stroke", "currentColor"),
    ("stroke-width", "1.5"),
    ("stroke-linecap", "round"),
    ("stroke-linejoin", "round"),
];
/// What a `<path>` that is filled carries besides.
pub const FILLED: [(&str, &str); 2] = [("fill", "currentColor"), ("stroke", "none")];

const fn strokes(strokes: &'static [&'static str]) -> Icon {
    Icon {
        strokes,
        fills: &[],
    }
}

const fn face(fills: &'static [&'static str]) -> Icon {
    Icon {
        strokes: &[RING],
        fills,
    }
}

const RING: &str = "M8 1.75a6.25 6.25 0 1 1 0 12.5 6.25 6.25 0 0 1 0-12.5Z";

/// The seal opened by its check mark: the drawing of the extension's own icon.
pub const SEAL: Icon = Icon {
    strokes: &[],
    fills: &[
        "M8 1a7 7 0 1 0 6.72 5.04L9.1 11.67a1.3 1.3 0 0 1-1.84 0L4.5 8.9a1.05 1.05 0 0 1 1.48-1.48l2.2 2.2 5.4-5.78A7 7 0 0 0 8 1z",
    ],
};
/// § as a drawing, so that it looks the same in every font.
pub const SECTION: Icon = strokes(&[
    "M10.3 4.2C10 3.2 9.1 2.6 8 2.6c-1.3 0-2.3.7-2.3 1.8 0 2.3 4.9 2.1 4.9 4.5 0 1-.8 1.6-1.7 1.7M5.7 11.8c.3 1 1.2 1.6 2.3 1.6 1.3 0 2.3-.7 2.3-1.8 0-2.3-4.9-2.1-4.9-4.5 0-1 .8-1.6 1.7-1.7",
]);
/// ≈
pub const ABOUT: Icon = strokes(&[
    "M2.5 6.4c1.8-2 3.6-2 5.5-.4s3.7 1.6 5.5-.4M2.5 10.9c1.8-2 3.6-2 5.5-.4s3.7 1.6 5.5-.4",
]);
pub const BROKEN_RING: Icon = Icon {
    strokes: &[
        "M9.73 1.99a6.25 6.25 0 0 1 1.29 0.53M13.47 4.98a6.25 6.25 0 0 1 0.53 1.29M14.01 9.73a6.25 6.25 0 0 1-0.53 1.29M11.02 13.47a6.25 6.25 0 0 1-1.29 0.53M6.27 14.01a6.25 6.25 0 0 1-1.29-0.53M2.53 11.02a6.25 6.25 0 0 1-0.53-1.29M1.99 6.27a6.25 6.25 0 0 1 0.53-1.29M4.98 2.53a6.25 6.25 0 0 1 1.29-0.53",
    ],
    fills: &["M8 6.9a1.1 1.1 0 1 1 0 2.2 1.1 1.1 0 0 1 0-2.2Z"],
};
const CLOCK_CALM: Icon = face(&["M8 8V3.75A4.25 4.25 0 1 1 3.75 8Z"]);
const CLOCK_SOON: Icon = face(&["M8 3.75a4.25 4.25 0 0 1 0 8.5Z"]);
const CLOCK_URGENT: Icon = face(&["M8 8V3.75A4.25 4.25 0 0 1 12.1 6.9Z"]);
const CLOCK_OVER: Icon = face(&["M5 7.25h6v1.5H5Z"]);

pub const ARROW: Icon = strokes(&["M6.25 4.25 10 8l-3.75 3.75"]);
pub const BACK: Icon = strokes(&["M10 3.5 5.5 8l4.5 4.5"]);
pub const BANG: Icon = strokes(&[RING, "M8 5v3.5M8 11h.01"]);
pub const CHEVRON: Icon = strokes(&["M4.25 6.25 8 10l3.75-3.75"]);
pub const CLIP: Icon = strokes(&[
    "m13.2 7.4-5.4 5.4a3.2 3.2 0 0 1-4.6-4.6l5.7-5.7a2.1 2.1 0 0 1 3 3L6.3 11.2a1.05 1.05 0 0 1-1.5-1.5l4.9-4.9",
]);
pub const BELL: Icon = strokes(&[
    "M8 2a4 4 0 0 0-4 4v3.5L2.5 12h11L12 9.5V6a4 4 0 0 0-4-4z",
    "M6.5 14h3",
]);
pub const BELL_OFF: Icon = strokes(&[
    "M5 3.4A4 4 0 0 1 12 6v3.5l1.5 2.5M10.5 12h-8L4 9.5V6M6.5 14h3",
    "m2.5 2.5 11 11",
]);
pub const BIN: Icon =
    strokes(&["M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.5 8.5h6l.5-8.5M6.75 7v3.5M9.25 7v3.5"]);
pub const CLOSE: Icon = strokes(&["m4 4 8 8M12 4l-8 8"]);
pub const COIN: Icon = strokes(&[
    "M2 4.5h12v7H2z",
    "M8 6.25a1.75 1.75 0 1 0 0 3.5 1.75 1.75 0 0 0 0-3.5z",
]);
pub const COPY: Icon = strokes(&[
    "M6 5.5h6.5a1 1 0 0 1 1 1V13a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V6.5a1 1 0 0 1 1-1ZM5 10.5H3.5a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1H10a1 1 0 0 1 1 1v2.5",
]);
pub const EYE: Icon = strokes(&[
    "M1.5 8s2.4-4.5 6.5-4.5S14.5 8 14.5 8 12.1 12.5 8 12.5 1.5 8 1.5 8z",
    "M8 6.25a1.75 1.75 0 1 1 0 3.5 1.75 1.75 0 0 1 0-3.5z",
]);
pub const DOCUMENT: Icon = strokes(&["M4 2h5l3 3v9H4zM9 2v3h3M6 8h4M6 10.75h4"]);
pub const FILM: Icon = strokes(&["M2.5 4h11v8h-11zM6.75 6.25v3.5L9.75 8z"]);
pub const FLAG: Icon = strokes(&["M3.5 14V2.5M3.5 3h9l-2 3 2 3h-9"]);
pub const GEAR: Icon = strokes(&[
    "M8 5.75a2.25 2.25 0 1 1 0 4.5 2.25 2.25 0 0 1 0-4.5z",
    "M8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M3.4 12.6l1.4-1.4M11.2 4.8l1.4-1.4",
]);
pub const LIST: Icon = strokes(&["M6 4h7.5M6 8h7.5M6 12h7.5M2.5 4h.01M2.5 8h.01M2.5 12h.01"]);
pub const LOCK: Icon = strokes(&[
    "M4 7h8a.8.8 0 0 1 .8.8v4.9a.8.8 0 0 1-.8.8H4a.8.8 0 0 1-.8-.8V7.8A.8.8 0 0 1 4 7z",
    "M5.25 7V4.75a2.75 2.75 0 0 1 5.5 0V7",
]);
/// An arrow out of a page.
pub const PAGE: Icon = strokes(&[
    "M9 2.5h4.5V7M13.25 2.75 7.5 8.5M6 3.5H3.5a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1V10",
]);
pub const PARCEL: Icon = strokes(&[
    "M8 1.75 13.5 4.75v6.5L8 14.25 2.5 11.25v-6.5z",
    "M2.5 4.75 8 7.75l5.5-3M8 7.75v6.5",
]);
/// A sheet of answers.
pub const QUESTION: Icon = strokes(&[
    "M9.5 1.75h-5a1 1 0 0 0-1 1v10.5a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1v-8.5ZM6 6.5h2M6 9h4M6 11.5h4",
]);
pub const SEARCH: Icon =
    strokes(&["M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.3 10.3 13.5 13.5"]);
/// An arrow that turns back: a date that was moved.
pub const TURNED: Icon = strokes(&["M5.5 3.5 2.75 6.25 5.5 9M3 6.25h7a3.25 3.25 0 0 1 0 6.5H7"]);

/// The clock face with what remains.
#[must_use]
pub const fn clock_face(urgency: Urgency) -> Icon {
    match urgency {
        Urgency::Calm => CLOCK_CALM,
        Urgency::Soon => CLOCK_SOON,
        Urgency::Urgent => CLOCK_URGENT,
        Urgency::Over => CLOCK_OVER,
    }
}

/// The sign of how sure a date is.
#[must_use]
pub const fn certainty(kind: Kind) -> Icon {
    match kind {
        Kind::Printed => SEAL,
        Kind::Rule => SECTION,
        Kind::Estimate => ABOUT,
        Kind::Unknown => BROKEN_RING,
        Kind::Closed => CLOCK_OVER,
    }
}

impl From<Sign> for Icon {
    fn from(sign: Sign) -> Self {
        match sign {
            Sign::Printed => SEAL,
            Sign::Rule => SECTION,
            Sign::Estimate => ABOUT,
            Sign::Moved => TURNED,
        }
    }
}
