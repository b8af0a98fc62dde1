//! The languages of the pages: their words (in `words/*.json`) and how they write a date.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    #[default]
    En,
    Fr,
    Ru,
    /// As written in Brazil.
    Pt,
    Es,
    De,
    Ko,
    Ar,
    It,
    Nl,
    Pl,
    Tr,
    He,
    Ja,
    Th,
    Vi,
    Id,
    Uk,
    Cs,
    Zh,
}

impl Language {
    pub const ALL: [Self; 20] = [
        Self::En,
        Self::Fr,
        Self::Ru,
        Self::Pt,
        Self::Es,
        Self::De,
        Self::Ko,
        Self::Ar,
        Self::It,
        Self::Nl,
        Self::Pl,
        Self::Tr,
        Self::He,
        Self::Ja,
        Self::Th,
        Self::Vi,
        Self::Id,
        Self::Uk,
        Self::Cs,
        Self::Zh,
    ];

    /// As in `demo-lang`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Ru => "ru",
            Self::Pt => "pt",
            Self::Es => "es",
            Self::De => "de",
            Self::Ko => "ko",
            Self::Ar => "ar",
            Self::It => "it",
            Self::Nl => "nl",
            Self::Pl => "pl",
            Self::Tr => "tr",
            Self::He => "he",
            Self::Ja => "ja",
            Self::Th => "th",
            Self::Vi => "vi",
            Self::Id => "id",
            Self::Uk => "uk",
            Self::Cs => "cs",
            Self::Zh => "zh",
        }
    }

    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// As in `<html lang>`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Pt => "pt-BR",
            other => other.code(),
        }
    }

    #[must_use]
    pub fn right_to_left(self) -> bool {
        matches!(self, Self::Ar | Self::He)
    }

    /// Where the demo's buyer lives, by language.
    #[must_use]
    pub(crate) fn country(self) -> &'static str {
        match self {
            Self::En => "Brazil",
            Self::Fr => "France",
            Self::Ru => "Россия",
            Self::Pt => "Brasil",
            Self::Es => "España",
            Self::De => "Deutschland",
            Self::Ko => "대한민국",
            Self::Ar => "السعودية",
            Self::It => "Italia",
            Self::Nl => "Nederland",
            Self::Pl => "Polska",
            Self::Tr => "Türkiye",
            Self::He => "ישראל",
            Self::Ja => "日本",
            Self::Th => "ไทย",
            Self::Vi => "Việt Nam",
            Self::Id => "Indonesia",
            Self::Uk => "Україна",
            Self::Cs => "Česko",
            Self::Zh => "中国",
        }
    }

    #[must_use]
    pub fn words(self) -> &'static Words {
        static ALL: OnceLock<BTreeMap<Language, Words>> = OnceLock::new();
        let all = ALL.get_or_init(|| {
            Self::ALL
                .into_iter()
                .map(|language| (language, language.read()))
                .collect()
        });
        &all[&self]
    }

    /// What the language does not say is said in English, as the shop itself does in the middle of any other.
    fn read(self) -> Words {
        let parse = |source| -> serde_json::Map<String, serde_json::Value> {
            serde_json::from_str(source).expect("words of a language")
        };
        let mut words = parse(Self::En.source());
        words.extend(parse(self.source()));
        serde_json::from_value(words.into()).expect("all words")
    }

    fn source(self) -> &'static str {
        match self {
            Self::En => include_str!("../words/en.json"),
            Self::Fr => include_str!("../words/fr.json"),
            Self::Ru => include_str!("../words/ru.json"),
            Self::Pt => include_str!("../words/pt.json"),
            Self::Es => include_str!("../words/es.json"),
            Self::De => include_str!("../words/de.json"),
            Self::Ko => include_str!("../words/ko.json"),
            Self::Ar => include_str!("../words/ar.json"),
            Self::It => include_str!("../words/it.json"),
            Self::Nl => include_str!("../words/nl.json"),
            Self::Pl => include_str!("../words/pl.json"),
            Self::Tr => include_str!("../words/tr.json"),
            Self::He => include_str!("../words/he.json"),
            Self::Ja => include_str!("../words/ja.json"),
            Self::Th => include_str!("../words/th.json"),
            Self::Vi => include_str!("../words/vi.json"),
            Self::Id => include_str!("../words/id.json"),
            Self::Uk => include_str!("../words/uk.json"),
            Self::Cs => include_str!("../words/cs.json"),
            Self::Zh => include_str!("../words/zh.json"),
        }
    }

    /// A day as the pages in this language print it: "Jul 15, 2026", "24 nov, 2023", "12 févr. 2024".
    #[must_use]
    pub fn date(self, day: NaiveDate) -> String {
        self.put(self.writing().1, day)
    }

    fn put(self, pattern: &str, day: NaiveDate) -> String {
        pattern
            .replace("{d}", &day.day().to_string())
            .replace("{m}", self.month(day))
            .replace("{n}", &day.month().to_string())
            .replace("{y}", &format!("{:04}", day.year()))
            .replace("{b}", &format!("{:04}", day.year() + 543))
    }

    /// The other way in which the site was seen to print a day in this language, if there is one: English months on the Russian
    /// pages, the month first on the German ones.
    #[must_use]
    pub fn other_date(self, day: NaiveDate) -> Option<String> {
        match self {
            Self::Ru => Some(Self::En.date(day)),
            Self::De => Some(format!(
                "{} {},{:04}",
                self.month(day),
                day.day(),
                day.year()
            )),
            _ => None,
        }
    }

    /// A day without its year, as the tracking page prints it: "Jul. 28".
    #[must_use]
    pub fn short_date(self, day: NaiveDate) -> String {
        self.put(self.writing().2, day)
    }

    /// The names of the months, where they are names; how a day is written, with its year (in Thailand the Buddhist one) and
    /// without.
    const fn writing(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::En => (
                "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
                "{m} {d}, {y}",
                "{m}. {d}",
            ),
            Self::Fr => (
                "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
                "{d} {m} {y}",
                "{d} {m}",
            ),
            Self::Ru => (
                "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
                "{d} {m} {y} г.",
                "{d} {m}",
            ),
            Self::Pt => (
                "jan fev mar abr mai jun jul ago set out nov dez",
                "{d} {m}, {y}",
                "{d} {m}",
            ),
            Self::Es => (
                "ene. feb. mar. abr. may. jun. jul. ago. sept. oct. nov. dic.",
                "{d} {m} {y}",
                "{d} {m}",
            ),
            Self::De => (
                "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
                "{d}. {m} {y}",
                "{d}. {m}",
            ),
            Self::Ko => ("", "{y}년 {n}월 {d}일", "{n}월 {d}일"),
            Self::Ar => (
                "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
                "{d} {m} {y}",
                "{d} {m}",
            ),
            Self::It => (
                "gen feb mar apr mag giu lug ago set ott nov dic",
                "{d} {m} {y}",
                "{d} {m}",
            ),
            Self::Nl => (
                "jan feb mrt apr mei jun jul aug sep okt nov dec",
                "{d} {m} {y}",
                "{d} {m}",
            ),
            Self::Pl => (
                "sty lut mar kwi maj cze lip sie wrz paź lis gru",
                "{d} {m} {y}",
                "{d} {m}",
            ),
            Self::Tr => (
                "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
                "{d} {m} {y}",
                "{d} {m}",
            ),
            Self::He => (
                "בינו׳ בפבר׳ במרץ באפר׳ במאי ביוני ביולי באוג׳ בספט׳ באוק׳ בנוב׳ בדצמ׳",
                "{d} {m} {y}",
                "{d} {m}",
            ),
            Self::Ja => ("", "{y}年{n}月{d}日", "{n}月{d}日"),
            Self::Th => (
                "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.",
                "{d} {m} {b}",
                "{d} {m}",
            ),
            Self::Vi => ("", "{d} thg {n}, {y}", "{d} thg {n}"),
            Self::Id => (
                "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des",
                "{d} {m} {y}",
                "{d} {m}",
            ),
            Self::Uk => (
                "січ. лют. бер. квіт. трав. черв. лип. серп. вер. жовт. лист. груд.",
                "{d} {m} {y} р.",
                "{d} {m}",
            ),
            Self::Cs => (
                "ledna února března dubna května června července srpna září října listopadu prosince",
                "{d}. {n}. {y}",
                "{d}. {m}",
            ),
            Self::Zh => ("", "{y}年{n}月{d}日", "{n}月{d}日"),
        }
    }

    fn month(self, day: NaiveDate) -> &'static str {
        let mut names = self.writing().0.split(' ');
        names.nth(day.month0() as usize).unwrap_or_default()
    }
}

/// Everything the pages say in one language. `{date}`, `{amount}`, `{days}` and the like stand for what is put in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub shop: String,
    pub search: String,
    pub account: String,
    pub cart: String,
    pub ship_to: String,
    pub demo: String,
    pub demo_note: String,
    pub nav: [String; 9],
    pub tabs: BTreeMap<String, String>,
    pub date: String,
    pub date_old: String,
    pub id: String,
    pub id_old: String,
    pub copy: String,
    pub details: String,
    pub total: String,
    pub more: String,
    pub items: String,
    pub contact: String,
    pub orders: String,
    pub empty: String,
    pub status: StatusWords,
    pub confirm: String,
    pub track: String,
    pub add_to_cart: String,
    pub remove: String,
    pub pay: String,
    pub returns: String,
    pub free_returns: String,
    pub coupon_if_delayed: String,
    pub refund_waiting: String,
    /// On the page of a dispute, with `{date}`.
    pub answer_until: String,
    pub refund_done: String,
    pub confirm_title: String,
    pub confirm_text: String,
    pub ok: String,
    pub cancel: String,
    pub received_question: String,
    pub yes: String,
    pub no: String,
    pub detail_reminder: DetailReminder,
    pub reminder: String,
    pub paid: String,
    pub refund: String,
    pub fast_delivery: String,
    pub fast_delivery_active: String,
    pub coupon_after: String,
    pub coupon_if: String,
    pub no_delivery: String,
    /// The same without a day: how many days are left.
    pub time_left: String,
    pub damaged: String,
    pub lost: String,
    pub free_returns_text: String,
    pub placed_on: String,
    pub paid_on: String,
    pub shipped_on: String,
    pub completed_on: String,
    pub payment_method: String,
    pub card: String,
    pub estimated: String,
    pub subtotal: String,
    pub shipping: String,
    pub address: String,
    pub order_details: String,
    pub tracking_title: String,
    pub delivered_on: String,
    pub arrives: String,
    pub tracking_number: String,
    pub carrier: String,
    pub protection: String,
    pub view_more: String,
    pub events: Events,
    pub dispute: DisputeWords,
    pub old_placed: String,
    pub old_reminder: String,
    pub old_remaining: String,
    pub elsewhere: String,
    pub elsewhere_note: String,
    pub back: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusWords {
    pub to_pay: String,
    pub processing: String,
    pub awaiting: String,
    pub completed: String,
    pub cancelled: String,
}

/// What the detail page says under the status of an order that is not completed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetailReminder {
    pub to_pay: String,
    pub processing: String,
    pub awaiting: String,
    pub cancelled: String,
}

/// What the page of a dispute says, by the names that [`Stage`](crate::Stage) has for it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisputeWords {
    /// The buttons: the offer is accepted, the request is cancelled or changed.
    pub control: BTreeMap<String, String>,
    /// Where it stands.
    pub stage: BTreeMap<String, String>,
    /// The labels of the days of its steps.
    pub on: BTreeMap<String, String>,
    /// By when somebody has to act, with `{date}`; the refund with `{from}` as well.
    pub until: BTreeMap<String, String>,
}

/// The stages of a parcel on the tracking page.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Events {
    pub placed: String,
    pub paid: String,
    pub picked: String,
    pub departed: String,
    pub arrived: String,
    pub delivering: String,
    pub signed: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn each_language_writes_a_day_as_its_pages_do() {
        let july = day(2026, 7, 15);
        assert_eq!(Language::En.date(july), "Jul 15, 2026");
        assert_eq!(Language::Pt.date(day(2023, 11, 24)), "24 nov, 2023");
        assert_eq!(Language::Fr.date(day(2024, 2, 12)), "12 févr. 2024");
        assert_eq!(Language::Ko.date(july), "2026년 7월 15일");
        assert_eq!(Language::De.date(day(2026, 3, 14)), "14. Mär 2026");
        assert_eq!(
            Language::De.other_date(day(2026, 3, 14)).unwrap(),
            "Mär 14,2026"
        );
        assert_eq!(Language::Es.date(july), "15 jul. 2026");
        assert_eq!(Language::Ru.date(july), "15 июля 2026 г.");
        assert_eq!(Language::Ru.other_date(july).unwrap(), "Jul 15, 2026");
        assert_eq!(Language::Ar.date(july), "15 يوليو 2026");
        assert_eq!(Language::En.short_date(day(2026, 7, 28)), "Jul. 28");
        assert_eq!(Language::Th.date(july), "15 ก.ค. 2569");
        assert_eq!(Language::Vi.date(july), "15 thg 7, 2026");
        assert_eq!(Language::Cs.date(july), "15. 7. 2026");
        assert_eq!(Language::Cs.short_date(july), "15. července");
        assert_eq!(Language::Zh.short_date(july), "7月15日");
    }

    #[test]
    fn years_keep_four_digits() {
        assert_eq!(Language::En.date(day(1, 1, 1)), "Jan 1, 0001");
        assert_eq!(Language::En.date(day(9999, 12, 31)), "Dec 31, 9999");
    }

    #[test]
    fn every_language_says_everything_and_keeps_the_places_for_what_is_put_in() {
        for language in Language::ALL {
            let words = language.words();
            assert!(words.no_delivery.contains("{date}"), "{language:?}");
            assert!(words.time_left.contains("{days}"), "{language:?}");
            assert!(
                words.coupon_if.contains("{date}") && words.coupon_if.contains("{amount}"),
                "{language:?}"
            );
            assert!(
                words.reminder.contains("{confirm_days}")
                    && words.reminder.contains("{placed_days}"),
                "{language:?}"
            );
            assert!(words.free_returns_text.contains("{days}"), "{language:?}");
            assert_eq!(words.tabs.len(), 5, "{language:?}");
            assert_eq!(Language::from_code(language.code()), Some(language));
        }
    }
}
