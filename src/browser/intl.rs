//! The browser's `Intl` formatters for one language, each made once.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::object;
use crate::domain::country::Country;
use crate::domain::money::{Currency, Money};
use crate::domain::number;
use crate::domain::time::{Day, Moment};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl, js_name = DateTimeFormat)]
    type DateTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "DateTimeFormat", catch)]
    fn new(language: &str, options: &JsValue) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method, catch, js_name = format)]
    fn format(this: &DateTimeFormat, time: f64) -> Result<String, JsValue>;
    #[wasm_bindgen(method, js_name = resolvedOptions)]
    fn resolved_options(this: &DateTimeFormat) -> JsValue;

    #[wasm_bindgen(js_namespace = Intl, js_name = NumberFormat)]
    type NumberFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "NumberFormat", catch)]
    fn new(language: &str, options: &JsValue) -> Result<NumberFormat, JsValue>;
    /// Given as text, a decimal number is formatted without a detour through a double.
    #[wasm_bindgen(method, js_name = format)]
    fn format(this: &NumberFormat, decimal: &str) -> String;

    #[wasm_bindgen(js_namespace = Intl, js_name = ListFormat)]
    type ListFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "ListFormat", catch)]
    fn new(language: &str, options: &JsValue) -> Result<ListFormat, JsValue>;
    #[wasm_bindgen(method, js_name = format)]
    fn format(this: &ListFormat, parts: &JsValue) -> String;

    #[wasm_bindgen(js_namespace = Intl, js_name = DisplayNames)]
    type DisplayNames;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "DisplayNames", catch)]
    fn new(language: &str, options: &JsValue) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;

    #[wasm_bindgen(js_namespace = Intl, js_name = Collator)]
    type Collator;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = "Collator", catch)]
    fn new(language: &str) -> Result<Collator, JsValue>;
    #[wasm_bindgen(method)]
    fn compare(this: &Collator, a: &str, b: &str) -> f64;
}

/// How a day is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayStyle {
    /// Sun, Nov 22
    Weekday,
    /// Nov 22
    Short,
    /// Sunday, November 22
    Spoken,
    /// Nov 22, 2026
    Year,
}

/// Whose clock a moment is read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ZoneOf {
    Buyer,
    /// `America/Los_Angeles`
    Site,
}

impl ZoneOf {
    const fn name(self) -> Option<&'static str> {
        match self {
            Self::Buyer => None,
            Self::Site => Some("America/Los_Angeles"),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Format {
    Day(DayStyle, bool),
    DateTime(ZoneOf),
    Time(ZoneOf),
    Offset(ZoneOf),
}

/// What a language calls these countries, in full and in short: two names of some. Nothing for a language that the browser does not
/// know.
pub fn country_names<'a>(
    language: &str,
    codes: impl Iterator<Item = &'a str> + Clone,
) -> Vec<(&'a str, String)> {
    let mut names = Vec::new();
    for style in ["long", "short"] {
        let options = [
            ("type", "region".into()),
            ("style", style.into()),
            ("fallback", "none".into()),
        ];
        let Ok(known) = DisplayNames::new(language, &object(&options)) else {
            continue;
        };
        for code in codes.clone() {
            if let Ok(Some(name)) = known.of(code) {
                names.push((code, name));
            }
        }
    }
    names
}

/// Formatters of one language.
pub struct Intl {
    language: String,
    dates: RefCell<Vec<(Format, Option<DateTimeFormat>)>>,
    /// What was written of moments, in their order: many orders end on the same days.
    moments: RefCell<Vec<(Moment, Format, String)>>,
}

impl Intl {
    /// `language` is a BCP 47 tag; of a tag with a region, the region's customs are followed.
    #[must_use]
    pub fn new(language: &str) -> Self {
        Self {
            language: language.to_owned(),
            dates: RefCell::default(),
            moments: RefCell::default(),
        }
    }

    /// The tag that it follows.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// A day, with its year if it is not in the year given.
    #[must_use]
    pub fn day(&self, day: Day, style: DayStyle, this_year: Option<i32>) -> String {
        let year = style == DayStyle::Year || this_year.is_some_and(|year| year != day.year());
        let noon = Moment(day.number() * 86_400_000 + 43_200_000);
        self.moment(Format::Day(style, year), noon)
    }

    /// Sun, Nov 22, 2026, 23:59. Always on a clock of 24 hours: where an end is meant, 12:00 must not be two things.
    #[must_use]
    pub fn date_time(&self, moment: Moment, zone: ZoneOf) -> String {
        self.moment(Format::DateTime(zone), moment)
    }

    /// 23:59
    #[must_use]
    pub fn time(&self, moment: Moment, zone: ZoneOf) -> String {
        self.moment(Format::Time(zone), moment)
    }

    /// How far the zone is from UTC at that moment: `UTC−3`.
    #[must_use]
    pub fn offset(&self, moment: Moment, zone: ZoneOf) -> String {
        // In English this part reads "GMT-3"; a signless "GMT" is UTC itself.
        let text = self.moment(Format::Offset(zone), moment);
        let offset = text
            .rsplit_once(' ')
            .map_or(text.as_str(), |(_, last)| last);
        let hours = offset.strip_prefix("GMT").unwrap_or(offset);
        match hours.strip_prefix('-') {
            Some(west) => ["UTC\u{2212}", west].concat(),
            None => ["UTC", hours].concat(),
        }
    }

    /// The zone's city, as the time zone database spells it: `Sao Paulo`. Empty for a zone without one.
    #[must_use]
    pub fn city(&self, zone: ZoneOf) -> String {
        let name = match zone.name() {
            Some(name) => name.to_owned(),
            None => self.buyer_zone().unwrap_or_default(),
        };
        let city = name
            .rsplit_once('/')
            .filter(|(area, _)| *area != "Etc")
            .map(|(_, city)| city);
        city.unwrap_or_default().replace('_', " ")
    }

    /// An amount in its own currency.
    #[must_use]
    pub fn money(&self, money: &Money) -> String {
        let decimal = money.decimal();
        let digits = f64::from(money.scale);
        let number = |currency: Option<&str>| {
            let mut entries = vec![
                ("minimumFractionDigits", digits.into()),
                ("maximumFractionDigits", digits.into()),
            ];
            if let Some(currency) = currency {
                entries.push(("style", "currency".into()));
                entries.push(("currency", currency.into()));
            }
            NumberFormat::new(&self.language, &object(&entries))
                .ok()
                .map(|format| format.format(&decimal))
        };
        match &money.currency {
            Currency::Code(code) => {
                number(Some(code)).unwrap_or_else(|| [code, " ", &decimal].concat())
            }
            Currency::Sign(sign) => {
                let number = number(None).unwrap_or_else(|| decimal.clone());
                [sign, "\u{a0}", &number].concat()
            }
        }
    }

    #[must_use]
    pub fn number(&self, n: u32) -> String {
        let digits = number::text(n.into());
        if n < 1000 {
            return digits;
        }
        let format = NumberFormat::new(&self.language, &JsValue::UNDEFINED);
        format.map_or(digits.clone(), |format| format.format(&digits))
    }

    /// A size in the unit that suits it: "2.1 MB".
    #[must_use]
    #[allow(
        clippy::cast_precision_loss,
        reason = "one digit after the point is shown"
    )]
    pub fn bytes(&self, bytes: u64) -> String {
        let units = ["byte", "kilobyte", "megabyte", "gigabyte"];
        let mut size = bytes as f64;
        let mut unit = units.iter();
        let mut name = unit.next().copied().unwrap_or_default();
        while size >= 1_000.0
            && let Some(next) = unit.next()
        {
            size /= 1_000.0;
            name = next;
        }
        // The short name of the smallest has no plural.
        let display = if name == "byte" { "long" } else { "short" };
        let options = object(&[
            ("style", "unit".into()),
            ("unit", name.into()),
            ("unitDisplay", display.into()),
            ("maximumFractionDigits", 1.into()),
        ]);
        let text = size.to_string();
        NumberFormat::new(&self.language, &options)
            .map_or_else(|_| text.clone(), |format| format.format(&text))
    }

    /// The parts as one enumeration: "a, b and c".
    #[must_use]
    pub fn list(&self, parts: &[String]) -> String {
        let array: js_sys::Array = parts.iter().map(|part| JsValue::from_str(part)).collect();
        let format = ListFormat::new(&self.language, &JsValue::UNDEFINED).ok();
        format.map_or_else(|| array.join(", ").into(), |format| format.format(&array))
    }

    /// The countries of these codes with their names, in the order of the names. One that the browser does not know is named by
    /// its code.
    #[must_use]
    pub fn countries<'a>(&self, codes: &[&'a str]) -> Vec<(&'a str, String)> {
        let names = self.regions();
        let name = |code: &str| names.as_ref()?.of(code).ok().flatten();
        let mut countries: Vec<(&str, String)> = codes
            .iter()
            .map(|code| (*code, name(code).unwrap_or_else(|| (*code).to_owned())))
            .collect();
        if let Ok(collator) = Collator::new(&self.language) {
            countries.sort_by(|(_, a), (_, b)| collator.compare(a, b).total_cmp(&0.0));
        }
        countries
    }

    fn regions(&self) -> Option<DisplayNames> {
        DisplayNames::new(&self.language, &object(&[("type", "region".into())])).ok()
    }

    /// What the country is called; its code where the browser has no name for it.
    #[must_use]
    pub fn country(&self, country: Country) -> String {
        let code = country.code();
        let name = self.regions().and_then(|names| names.of(code).ok()?);
        name.unwrap_or_else(|| code.to_owned())
    }

    fn buyer_zone(&self) -> Option<String> {
        let format = DateTimeFormat::new("en", &JsValue::UNDEFINED).ok()?;
        js_sys::Reflect::get(&format.resolved_options(), &"timeZone".into())
            .ok()?
            .as_string()
    }

    fn moment(&self, format: Format, moment: Moment) -> String {
        /// Moments pass; what was asked for is not asked for ever.
        const MANY: usize = 2_000;
        let mut moments = self.moments.borrow_mut();
        if moments.len() >= MANY {
            moments.clear();
        }
        let place = moments
            .binary_search_by(|(known, other, _)| (*known, *other).cmp(&(moment, format)))
            .unwrap_or_else(|place| {
                let text = self
                    .date(format, moment)
                    .unwrap_or_else(|| moment.rfc3339());
                moments.insert(place, (moment, format, text));
                place
            });
        moments
            .get(place)
            .map_or_else(String::new, |(_, _, text)| text.clone())
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "a moment near our time is exact in a double"
    )]
    fn date(&self, format: Format, moment: Moment) -> Option<String> {
        let mut dates = self.dates.borrow_mut();
        if !dates.iter().any(|(known, _)| *known == format) {
            dates.push((format, self.formatter(format)));
        }
        let (_, formatter) = dates.iter().find(|(known, _)| *known == format)?;
        // The browser refuses moments that no calendar holds.
        formatter.as_ref()?.format(moment.0 as f64).ok()
    }

    fn formatter(&self, format: Format) -> Option<DateTimeFormat> {
        let time = [
            ("hour", "2-digit"),
            ("minute", "2-digit"),
            ("hourCycle", "h23"),
        ];
        let (language, mut entries, zone): (&str, Vec<(&str, &str)>, Option<&str>) = match format {
            Format::Day(style, year) => {
                let mut entries = match style {
                    DayStyle::Weekday => vec![("weekday", "short"), ("month", "short")],
                    DayStyle::Short | DayStyle::Year => vec![("month", "short")],
                    DayStyle::Spoken => vec![("weekday", "long"), ("month", "long")],
                };
                entries.push(("day", "numeric"));
                if year {
                    entries.push(("year", "numeric"));
                }
                (&self.language, entries, Some("UTC"))
            }
            Format::DateTime(zone) => {
                let mut entries = vec![
                    ("weekday", "short"),
                    ("month", "short"),
                    ("day", "numeric"),
                    ("year", "numeric"),
                ];
                entries.extend(time);
                (&self.language, entries, zone.name())
            }
            Format::Time(zone) => (&self.language, time.to_vec(), zone.name()),
            Format::Offset(zone) => (
                "en",
                vec![("hour", "2-digit"), ("timeZoneName", "shortOffset")],
                zone.name(),
            ),
        };
        if let Some(zone) = zone {
            entries.push(("timeZone", zone));
        }
        let entries: Vec<(&str, JsValue)> = entries
            .into_iter()
            .map(|(name, value)| (name, value.into()))
            .collect();
        DateTimeFormat::new(language, &object(&entries)).ok()
    }
}
