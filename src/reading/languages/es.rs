//! Spanish.

use crate::reading::language::Language;

pub const LANGUAGE: Language = Language {
    code: "es",
    months: [
        "enero|ene",
        "febrero|feb",
        "marzo|mar",
        "abril|abr",
        "mayo|may",
        "junio|jun",
        "julio|jul",
        "agosto|ago",
        "septiembre|setiembre|sept|sep",
        "octubre|oct",
        "noviembre|nov",
        "diciembre|dic",
    ],
    year_month_day: None,
    dots_are_day_first: true,
    days: "dia|dias",
};
