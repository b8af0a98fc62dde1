//! Portuguese, as written in Brazil.

use crate::reading::language::Language;

pub const LANGUAGE: Language = Language {
    code: "pt",
    months: [
        "janeiro|jan",
        "fevereiro|fev",
        "marco|mar",
        "abril|abr",
        "maio|mai",
        "junho|jun",
        "julho|jul",
        "agosto|ago",
        "setembro|set",
        "outubro|out",
        "novembro|nov",
        "dezembro|dez",
    ],
    year_month_day: None,
    dots_are_day_first: true,
    days: "dia|dias",
};
