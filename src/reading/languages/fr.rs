//! French.

use crate::reading::language::Language;

pub const LANGUAGE: Language = Language {
    code: "fr",
    months: [
        "janvier|janv|jan",
        "fevrier|fevr|fev",
        "mars",
        "avril|avr",
        "mai",
        "juin",
        "juillet|juil",
        "aout",
        "septembre|sept|sep",
        "octobre|oct",
        "novembre|nov",
        "decembre|dec",
    ],
    year_month_day: None,
    dots_are_day_first: true,
    days: "jour|jours|j",
};
