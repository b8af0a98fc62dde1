//! Korean. Its months are numbers: a date is year, month and day, each with its word.

use crate::reading::language::Language;

pub const LANGUAGE: Language = Language {
    code: "ko",
    months: [
        "일월",
        "이월",
        "삼월",
        "사월",
        "오월",
        "유월",
        "칠월",
        "팔월",
        "구월",
        "시월",
        "십일월",
        "십이월",
    ],
    year_month_day: Some(["년", "월", "일"]),
    dots_are_day_first: false,
    days: "일",
};
