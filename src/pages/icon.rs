//! The drawings of the extension's pages: a 16 px grid, 1.5 px round strokes, the colour of the text around them.

use super::dom::{El, svg};
use crate::domain::verdict::{Kind, Urgency};

/// A drawing: outlines to stroke and shapes to fill.
pub struct Icon {
    strokes: &'static [&'static str],
    fills: &'static [&'static str],
}

const fn strokes(strokes: &'static [&'static str]) -> Icon {
    Icon {
        strokes,
        fills: &[],
    }
}

pub const SEAL: Icon = Icon {
    strokes: &[],
    fills: &[
        "M8 1a7 7 0 1 0 6.72 5.04L9.1 11.67a1.3 1.3 0 0 1-1.84 0L4.5 8.9a1.05 1.05 0 0 1 1.48-1.48l2.2 2.2 5.4-5.78A7 7 0 0 0 8 1z",
    ],
};
/// § as a drawing, so that it looks the same in every font.
pub const SECTION: Icon = strokes(&[
    "M10.6 4.1C10.2 2.9 9.2 2.2 8 2.2c-1.5 0-2.6.9-2.6 2.1 0 2.5 5.4 2.6 5.4 5.3 0 1-.7 1.7-1.7 1.9",
    "M5.4 11.9c.4 1.2 1.4 1.9 2.6 1.9 1.5 0 2.6-.9 2.6-2.1 0-2.5-5.4-2.6-5.4-5.3 0-1 .7-1.7 1.7-1.9",
]);
pub const ABOUT: Icon = strokes(&[
    "M2.5 6.4c1.8-1.9 3.7-1.6 5.5-.5s3.7 1.4 5.5-.5",
    "M2.5 10.6c1.8-1.9 3.7-1.6 5.5-.5s3.7 1.4 5.5-.5",
]);
pub const BROKEN_RING: Icon = strokes(&[
    "M6.4 2.2a6 6 0 0 1 3.2 0M12.2 3.8a6 6 0 0 1 1.6 2.7M13.8 9.5a6 6 0 0 1-1.6 2.7M9.6 13.8a6 6 0 0 1-3.2 0M3.8 12.2a6 6 0 0 1-1.6-2.7M2.2 6.5a6 6 0 0 1 1.6-2.7",
]);
const RING: &str = "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2z";
const CLOCK_CALM: Icon = Icon {
    strokes: &[RING],
    fills: &["M8 8V4.5A3.5 3.5 0 1 1 4.5 8z"],
};
const CLOCK_SOON: Icon = Icon {
    strokes: &[RING],
    fills: &["M8 4.5a3.5 3.5 0 0 1 0 7z"],
};
const CLOCK_URGENT: Icon = Icon {
    strokes: &[RING],
    fills: &["M8 8V4a4 4 0 0 1 3.46 2z"],
};
const CLOCK_OVER: Icon = strokes(&[RING, "M5.5 8h5"]);

pub const LIST: Icon = strokes(&["M6 4h7.5M6 8h7.5M6 12h7.5M2.5 4h.01M2.5 8h.01M2.5 12h.01"]);
pub const GEAR: Icon = strokes(&[
    "M8 5.75a2.25 2.25 0 1 1 0 4.5 2.25 2.25 0 0 1 0-4.5z",
    "M8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M3.4 12.6l1.4-1.4M11.2 4.8l1.4-1.4",
]);
pub const SEARCH: Icon =
    strokes(&["M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.3 10.3 13.5 13.5"]);
pub const LOCK: Icon = strokes(&[
    "M4 7h8a.8.8 0 0 1 .8.8v4.9a.8.8 0 0 1-.8.8H4a.8.8 0 0 1-.8-.8V7.8A.8.8 0 0 1 4 7z",
    "M5.25 7V4.75a2.75 2.75 0 0 1 5.5 0V7",
]);
pub const CLOSE: Icon = strokes(&["M4 4l8 8M12 4l-8 8"]);
pub const CHEVRON: Icon = strokes(&["M4 6l4 4 4-4"]);
pub const BACK: Icon = strokes(&["M10 3.5 5.5 8l4.5 4.5"]);
pub const BANG: Icon = strokes(&[RING, "M8 5v3.5M8 11h.01"]);
pub const EYE: Icon = strokes(&[
    "M1.5 8s2.4-4.5 6.5-4.5S14.5 8 14.5 8 12.1 12.5 8 12.5 1.5 8 1.5 8z",
    "M8 6.25a1.75 1.75 0 1 1 0 3.5 1.75 1.75 0 0 1 0-3.5z",
]);
pub const BACK_TURNED: Icon = strokes(&["M6 3.5 2.5 7 6 10.5M2.5 7H10a3.5 3.5 0 0 1 0 7H8"]);
pub const PARCEL: Icon = strokes(&[
    "M8 1.75 13.5 4.75v6.5L8 14.25 2.5 11.25v-6.5z",
    "M2.5 4.75 8 7.75l5.5-3M8 7.75v6.5",
]);

impl Icon {
    /// The drawing, silent to screen readers: the words beside it say what it means.
    #[must_use]
    pub fn draw(&self) -> El {
        let stroke = |path: &&str| {
            svg("path")
                .attr("d", path)
                .attr("fill", "none")
                .attr("stroke", "currentColor")
                .attr("stroke-width", "1.5")
                .attr("stroke-linecap", "round")
                .attr("stroke-linejoin", "round")
        };
        let fill = |path: &&str| svg("path").attr("d", path).attr("fill", "currentColor");
        svg("svg")
            .class("icon")
            .attr("viewBox", "0 0 16 16")
            .attr("aria-hidden", "true")
            .children(self.strokes.iter().map(stroke))
            .children(self.fills.iter().map(fill))
    }
}

/// The clock face with what remains.
#[must_use]
pub const fn clock_face(urgency: Urgency) -> &'static Icon {
    match urgency {
        Urgency::Calm => &CLOCK_CALM,
        Urgency::Soon => &CLOCK_SOON,
        Urgency::Urgent => &CLOCK_URGENT,
        Urgency::Over => &CLOCK_OVER,
    }
}

/// The sign of how sure a date is.
#[must_use]
pub const fn sign(kind: Kind) -> &'static Icon {
    match kind {
        Kind::Printed => &SEAL,
        Kind::Rule => &SECTION,
        Kind::Estimate => &ABOUT,
        Kind::Unknown => &BROKEN_RING,
        Kind::Closed => &CLOCK_OVER,
    }
}
