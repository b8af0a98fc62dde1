//! German.

use crate::reading::language::Language;

pub const LANGUAGE: Language = Language {
    code: "de",
    months: [
        "januar|janner|jan",
        "februar|feb",
        "marz|mar|mrz",
        "april|apr",
        "mai",
        "juni|jun",
        "juli|jul",
        "august|aug",
        "september|sept|sep",
        "oktober|okt",
        "november|nov",
        "dezember|dez",
    ],
    year_month_day: None,
    dots_are_day_first: true,
    days: "tag|tage|tagen",
};
