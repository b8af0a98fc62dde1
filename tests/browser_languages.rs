//! The browser's own `Intl` writes every day of a year, in every language that is read, and the readers read it back. Runs
//! in a browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail")]

use js_sys::Array;
use recourse::browser::intl;
use recourse::domain::country::Country;
use recourse::domain::time::Day;
use recourse::reading::date;
use recourse::reading::money::read_money;
use recourse::site::ship_to::{self, CountryNames};
use recourse::site::{Lexicon, lexicon};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = "
    const styles = [
        ...['short', 'medium', 'long', 'full'].map((dateStyle) => ({ dateStyle })),
        { year: 'numeric', month: 'short', day: '2-digit' },
        { year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' },
        { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
        { year: 'numeric', month: '2-digit', day: '2-digit' },
    ];
    export function style_count() { return styles.length; }
    export function days_of(year, language, style) {
        const format = new Intl.DateTimeFormat(language, { ...styles[style], timeZone: 'UTC' });
        const days = [];
        for (let date = new Date(Date.UTC(year, 0, 1, 9, 41)); date.getUTCFullYear() === year; date = new Date(date.getTime() + 86400000)) {
            days.push(format.format(date));
        }
        return days;
    }
    export function amount(language, currency, value) {
        return new Intl.NumberFormat(language, { style: 'currency', currency }).format(value);
    }
    export function rounded(language, currency, value) {
        const format = new Intl.NumberFormat(language, { style: 'currency', currency });
        return Number(value.toFixed(format.resolvedOptions().maximumFractionDigits));
    }
")]
extern "C" {
    fn style_count() -> u32;
    fn days_of(year: i32, language: &str, style: u32) -> Array;
    fn amount(language: &str, currency: &str, value: f64) -> String;
    fn rounded(language: &str, currency: &str, value: f64) -> f64;
}

const YEAR: i32 = 2028;

#[wasm_bindgen_test]
fn every_day_of_a_year_is_read_back_or_refused() {
    let first = Day::new(YEAR, 1, 1).unwrap();
    let all = Lexicon::stored(None, true);
    let mut wrong = Vec::new();
    let mut refused = Vec::new();
    for (language, _) in lexicon::FILES {
        let own = Lexicon::stored(Some(language), false);
        for style in 0..style_count() {
            let texts = days_of(YEAR, language, style);
            assert_eq!(texts.length(), 366);
            let mut read_back = 0;
            for (number, text) in (first.number()..).zip(texts.iter()) {
                let text = text.as_string().unwrap();
                let day = Day::from_number(number).unwrap();
                let read = date::read_day(&text, &own.languages);
                read_back += i32::from(read == Ok(day));
                if read.is_ok_and(|read| read != day) {
                    wrong.push(format!("{language}: {text}: {read:?}"));
                }
                // Reading with all languages is slow, and says little that another day does not.
                if day.day() % 9 == 1 {
                    let read = date::read_day(&text, &all.languages);
                    if read.is_ok_and(|read| read != day) {
                        wrong.push(format!("all, {language}: {text}: {read:?}"));
                    }
                }
            }
            let text = texts.get(3).as_string().unwrap();
            // With a month in words, or with its characters, nothing may be refused.
            let is_long = style == 2 || style == 3;
            if is_long && read_back != 366 {
                refused.push(format!("{language}: {read_back} of 366, as {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(refused.is_empty(), "{refused:?}");
}

#[wasm_bindgen_test]
fn amounts_are_read_back_or_refused() {
    let currencies = [
        "USD", "BRL", "EUR", "GBP", "JPY", "KRW", "PLN", "UAH", "RUB", "CZK", "TRY", "SAR", "ILS",
        "THB", "VND", "IDR", "CNY", "KWD", "CHF", "CAD",
    ];
    let mut wrong = Vec::new();
    for (language, _) in lexicon::FILES {
        for currency in currencies {
            for value in [0.25, 5.0, 61.9, 132.74, 1192.72, 13941.0, 1234567.89] {
                let text = amount(language, currency, value);
                let Ok(money) = read_money(&text) else {
                    continue;
                };
                let read: f64 = money.decimal().parse().unwrap();
                if (read - rounded(language, currency, value)).abs() > 0.0001 {
                    wrong.push(format!("{language} {currency} {value}: {text}: {read}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[wasm_bindgen_test]
fn the_browser_names_every_country_in_every_language_and_each_is_known_by_its_names() {
    for (language, _) in lexicon::FILES {
        let named = || intl::country_names(language, ship_to::codes());
        let names = CountryNames::new(
            named()
                .into_iter()
                .chain(intl::country_names("en", ship_to::codes())),
        );
        let mut known: Vec<&str> = Vec::new();
        for (code, name) in named() {
            assert_eq!(
                names.country(&name),
                Country::new(code),
                "{language}: {name} of {code}"
            );
            known.push(code);
        }
        known.sort_unstable();
        known.dedup();
        assert_eq!(known.len(), ship_to::codes().count(), "{language}");
    }
    assert_eq!(intl::country_names("no language", ship_to::codes()), []);
}
