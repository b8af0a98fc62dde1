//! The signs: time, certainty, and what can be done. On a 16 px grid, in the colour of the text around them.

use web_sys::{Document, Element};

use super::dom::svg;
use crate::domain::verdict::{Kind, Urgency};
use crate::wording::Sign;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A clock face with what remains.
    Clock(Urgency),
    Seal,
    Paragraph,
    Around,
    BrokenRing,
    ChevronDown,
    Arrow,
    Page,
    Flag,
    Clip,
    Question,
    Close,
    Copy,
    Turned,
}

impl Icon {
    pub const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Printed => Self::Seal,
            Kind::Rule => Self::Paragraph,
            Kind::Estimate => Self::Around,
            Kind::Unknown => Self::BrokenRing,
            Kind::Closed => Self::Clock(Urgency::Over),
        }
    }

    pub fn draw(self, document: &Document, class: &str) -> Element {
        const FACE: (&str, &[(&str, &str)]) = (
            "circle",
            &[
                ("cx", "8"),
                ("cy", "8"),
                ("r", "6.25"),
                ("stroke", "currentColor"),
                ("stroke-width", "1.5"),
            ],
        );
        let stroked = |d| -> Element {
            let line: &[(&str, &str)] = &[
                ("d", d),
                ("stroke", "currentColor"),
                ("stroke-width", "1.5"),
                ("stroke-linecap", "round"),
                ("stroke-linejoin", "round"),
            ];
            svg(document, class, &[("path", line)])
        };
        let face = |d| {
            svg(
                document,
                class,
                &[FACE, ("path", &[("d", d), ("fill", "currentColor")])],
            )
        };
        match self {
            Self::Clock(Urgency::Calm) => face("M8 8V3.75A4.25 4.25 0 1 1 3.75 8Z"),
            Self::Clock(Urgency::Soon) => face("M8 3.75a4.25 4.25 0 0 1 0 8.5Z"),
            Self::Clock(Urgency::Urgent) => face("M8 8V3.75A4.25 4.25 0 0 1 12.1 6.9Z"),
            Self::Clock(Urgency::Over) => face("M5 7.25h6v1.5H5Z"),
            Self::Seal => svg(
                document,
                class,
                &[("path", &[("d", SEAL), ("fill", "currentColor")])],
            ),
            Self::Paragraph => stroked(
                "M10.3 4.2C10 3.2 9.1 2.6 8 2.6c-1.3 0-2.3.7-2.3 1.8 0 2.3 4.9 2.1 4.9 4.5 0 1-.8 1.6-1.7 1.7M5.7 11.8c.3 1 1.2 1.6 2.3 1.6 1.3 0 2.3-.7 2.3-1.8 0-2.3-4.9-2.1-4.9-4.5 0-1 .8-1.6 1.7-1.7",
            ),
            Self::Around => stroked(
                "M2.5 6.4c1.8-2 3.6-2 5.5-.4s3.7 1.6 5.5-.4M2.5 10.9c1.8-2 3.6-2 5.5-.4s3.7 1.6 5.5-.4",
            ),
            Self::BrokenRing => {
                let ring: &[(&str, &str)] = &[
                    ("cx", "8"),
                    ("cy", "8"),
                    ("r", "6.25"),
                    ("stroke", "currentColor"),
                    ("stroke-width", "1.5"),
                    ("stroke-dasharray", "2.8 2.11"),
                ];
                let dot: &[(&str, &str)] = &[
                    ("cx", "8"),
                    ("cy", "8"),
                    ("r", "1.1"),
                    ("fill", "currentColor"),
                ];
                svg(document, class, &[("circle", ring), ("circle", dot)])
            }
            Self::ChevronDown => stroked("M4.25 6.25 8 10l3.75-3.75"),
            Self::Arrow => stroked("M6.25 4.25 10 8l-3.75 3.75"),
            Self::Page => stroked(
                "M9 2.5h4.5V7M13.25 2.75 7.5 8.5M6 3.5H3.5a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1V10",
            ),
            Self::Flag => stroked("M3.5 14V2.5M3.5 3h9l-2 3 2 3h-9"),
            Self::Clip => stroked(
                "m13.2 7.4-5.4 5.4a3.2 3.2 0 0 1-4.6-4.6l5.7-5.7a2.1 2.1 0 0 1 3 3L6.3 11.2a1.05 1.05 0 0 1-1.5-1.5l4.9-4.9",
            ),
            Self::Question => stroked(
                "M9.5 1.75h-5a1 1 0 0 0-1 1v10.5a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1v-8.5ZM6 6.5h2M6 9h4M6 11.5h4",
            ),
            Self::Close => stroked("m4 4 8 8M12 4l-8 8"),
            Self::Copy => stroked(
                "M6 5.5h6.5a1 1 0 0 1 1 1V13a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V6.5a1 1 0 0 1 1-1ZM5 10.5H3.5a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1H10a1 1 0 0 1 1 1v2.5",
            ),
            Self::Turned => stroked("M5.5 3.5 2.75 6.25 5.5 9M3 6.25h7a3.25 3.25 0 0 1 0 6.5H7"),
        }
    }
}

impl From<Sign> for Icon {
    fn from(sign: Sign) -> Self {
        match sign {
            Sign::Printed => Self::Seal,
            Sign::Rule => Self::Paragraph,
            Sign::Estimate => Self::Around,
            Sign::Moved => Self::Turned,
        }
    }
}

/// The seal opened by its check mark: the drawing of the extension's own icon.
const SEAL: &str = "M8 1a7 7 0 1 0 6.72 5.04L9.1 11.67a1.3 1.3 0 0 1-1.84 0L4.5 8.9a1.05 1.05 0 0 1 1.48-1.48l2.2 2.2 5.4-5.78A7 7 0 0 0 8 1z";
