//! English.

use crate::reading::language::Language;

pub const LANGUAGE: Language = Language {
    code: "en",
    months: [
        "january|jan",
        "february|feb",
        "march|mar",
        "april|apr",
        "may",
        "june|jun",
        "july|jul",
        "august|aug",
        "september|sep|sept",
        "october|oct",
        "november|nov",
        "december|dec",
    ],
    year_month_day: None,
    dots_are_day_first: false,
    days: "day|days",
};
