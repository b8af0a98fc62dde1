//! Which variant of a page to serve. Every switch is a `demo-…` parameter of the address; the page's links carry them on.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, SecondsFormat, Utc};

use crate::orders::{DemoOrder, shop};
use crate::{Currency, Language, Stage, Status, hostile};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    #[default]
    Desktop,
    /// Each card is one link, as the site serves it to small screens.
    Narrow,
    /// The generation before March 2022: a table.
    Old,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Csp {
    #[default]
    None,
    /// `default-src 'self'`, without `wasm-unsafe-eval`.
    Strict,
    /// `require-trusted-types-for 'script'`, and no policy may be made.
    TrustedTypes,
}

/// What stands in the way of an order's own page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Barrier {
    #[default]
    None,
    /// The page sends the buyer to sign in.
    SignIn,
    /// The page shows the dialogue that asks for a person, and nothing else.
    Robots,
    /// The page stays empty.
    Blank,
}

impl Barrier {
    const NAMES: [(Self, &'static str); 4] = [
        (Self::None, "none"),
        (Self::SignIn, "sign_in"),
        (Self::Robots, "robots"),
        (Self::Blank, "blank"),
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(barrier, _)| *barrier == self)
            .map_or("none", |(_, name)| name)
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(barrier, _)| *barrier)
    }
}

/// How an order's own page tells until when the money comes back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deadline {
    /// By its day.
    #[default]
    Printed,
    /// By how many days are left, on the page of a dispute as a countdown.
    Left,
    /// By its day, ten days later than it was: the seller has extended it.
    Extended,
}

impl Deadline {
    const NAMES: [(Self, &'static str); 3] = [
        (Self::Printed, "printed"),
        (Self::Left, "left"),
        (Self::Extended, "extended"),
    ];

    fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(deadline, _)| *deadline == self)
            .map_or("printed", |(_, name)| name)
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(deadline, _)| *deadline)
    }
}

/// The tabs above the list, by the names that `demo.tab(…)` in the page takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    All,
    Unpaid,
    Processing,
    Shipped,
    Completed,
}

impl Tab {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Unpaid => "unpaid",
            Self::Processing => "processing",
            Self::Shipped => "shipped",
            Self::Completed => "completed",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switches {
    pub layout: Layout,
    pub language: Language,
    /// The language that the document declares; `None`: the one that it speaks.
    pub declared: Option<Language>,
    /// `None`: the one that is usual for the language.
    pub currency: Option<Currency>,
    pub theme: Theme,
    /// Only cards near the viewport are in the document.
    pub virtualised: bool,
    pub csp: Csp,
    /// "Order date:" and "Order ID:" instead of "Date:" and "Ref. Number:".
    pub relabelled: bool,
    /// No class name that anyone knows; `data-pl`, structure and links stay.
    pub renamed_classes: bool,
    /// Nothing that anyone knows: no class name, no `data-pl`, no link to an order.
    pub broken: bool,
    /// Cards without their order's id anywhere.
    pub no_id: bool,
    pub barrier: Barrier,
    pub deadline: Deadline,
    /// Where the dispute under way stands.
    pub stage: Stage,
    /// The orders of [`Switches::orders_served`] begin with hostile ones.
    pub hostile: bool,
    /// How many orders the buyer has, hostile ones not counted.
    pub orders: usize,
    /// All orders at once, instead of ten and "View orders".
    pub all: bool,
    /// How long the client script waits, once it has the data, before it draws.
    pub delay_ms: u32,
    /// The make of the dispute form, one of [`FORMS`], [`FRAMEWORK_FORMS`], [`UNSEEN_FORMS`], [`ODD_FORMS`] or [`NO_FORMS`]; `None`: the first.
    pub form: Option<&'static str>,
    /// The moment that the orders stand at; `None`: when the page is asked for. Whole seconds.
    pub now: Option<DateTime<Utc>>,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            layout: Layout::Desktop,
            language: Language::En,
            declared: None,
            currency: None,
            theme: Theme::Light,
            virtualised: false,
            csp: Csp::None,
            relabelled: false,
            renamed_classes: false,
            broken: false,
            no_id: false,
            barrier: Barrier::None,
            deadline: Deadline::Printed,
            stage: Stage::Seller,
            hostile: false,
            orders: 64,
            all: false,
            delay_ms: 300,
            form: None,
            now: None,
        }
    }
}

/// The makes of the dispute form, by the names that `assets/form.js` knows.
pub const FORMS: [&str; 15] = [
    "plain",
    "controlled",
    "custom",
    "cards",
    "two-levels",
    "wizard",
    "frame",
    "shadow",
    "hidden",
    "masked",
    "wiping",
    "legacy",
    "large",
    "react",
    "closed-shadow",
];

/// Forms that cannot be filled as a whole, or that mean no good.
pub const ODD_FORMS: [&str; 7] = [
    "distrustful",
    "wordless",
    "huge",
    "foreign",
    "twofold",
    "beside",
    "crowd",
];

/// The form as the widgets of other frameworks draw it, by the names that `assets/form-frameworks.js` knows, each in the language of the shop
/// that its words are from.
pub const FRAMEWORK_FORMS: [(&str, Language); 3] = [
    ("ant", Language::It),
    ("element", Language::Pl),
    ("tiles", Language::Ko),
];

/// The form as it was made by somebody who had not read what recognises it, each in its own `assets/form-….js` and in the language of the
/// shop that its words are from. They are not altered to suit the extension.
pub const UNSEEN_FORMS: [(&str, Language); 3] = [
    ("material", Language::Cs),
    ("components", Language::Tr),
    ("steps", Language::Ja),
];

/// What stands at a dispute form's address and is none.
pub const NO_FORMS: [&str; 5] = ["review", "chat", "search", "address", "payment"];

impl Switches {
    /// The address's query with these switches and no other parameter: `?demo-lang=fr&demo-csp=strict`, or nothing where all are at rest.
    #[must_use]
    pub fn query(&self) -> String {
        let pairs = self.pairs();
        if pairs.is_empty() {
            String::new()
        } else {
            format!("?{pairs}")
        }
    }

    /// The order list, from the root of the site.
    #[must_use]
    pub fn list_path(&self) -> String {
        match self.layout {
            Layout::Old => format!("/orderList.htm{}", self.query()),
            _ => format!("/p/order/index.html{}", self.query()),
        }
    }

    /// The order list of the Russian site.
    #[must_use]
    pub fn ru_list_path(&self) -> String {
        format!("/order-list{}", self.query())
    }

    #[must_use]
    pub fn detail_path(&self, order: &str) -> String {
        match self.layout {
            Layout::Old => self.with_order("/order_detail.htm?orderId=", order),
            _ => self.with_order("/p/order/detail.html?orderId=", order),
        }
    }

    #[must_use]
    pub fn tracking_path(&self, order: &str) -> String {
        self.with_order("/p/tracking/index.html?tradeOrderId=", order)
    }

    #[must_use]
    pub fn returns_path(&self) -> String {
        format!("/p/refund-dispute/list.html{}", self.query())
    }

    #[must_use]
    pub fn dispute_path(&self, order: &str) -> String {
        self.with_order("/p/refund-amount/detail.html?tradeOrderId=", order)
    }

    /// The page that asks whether the dispute is to be cancelled.
    #[must_use]
    pub fn cancel_path(&self, order: &str) -> String {
        self.with_order("/p/refund-cancel/index.html?tradeOrderId=", order)
    }

    /// The dispute form. Its address does not tell which order it is about: the way to it does.
    #[must_use]
    pub fn form_path(&self) -> String {
        let page = match self.form {
            Some("legacy") => "/issue/createIssueStep2.htm",
            _ => "/p/reverse-pages/start.html",
        };
        format!("{page}{}", self.query())
    }

    fn with_order(&self, path: &str, order: &str) -> String {
        let pairs = self.pairs();
        if pairs.is_empty() {
            format!("{path}{order}")
        } else {
            format!("{path}{order}&{pairs}")
        }
    }

    /// The orders that the pages show under these switches at `now`, in the order in which they show them.
    #[must_use]
    pub fn orders_served(&self, now: DateTime<Utc>) -> Vec<DemoOrder> {
        let now = self.now.unwrap_or(now);
        let mut orders = if self.hostile {
            hostile::orders(now.date_naive())
        } else {
            Vec::new()
        };
        orders.extend(shop(now, self.orders));
        if self.deadline == Deadline::Extended {
            for order in &mut orders {
                let printed = [&mut order.printed_on_detail, &mut order.printed_on_tracking];
                for day in printed.into_iter().flatten() {
                    *day = *day + Days::new(10);
                }
            }
        }
        orders
    }

    /// Those on their way whose own pages print a day to come.
    #[must_use]
    pub fn orders_with_a_date(&self, now: DateTime<Utc>) -> Vec<DemoOrder> {
        let mut orders = self.orders_served(now);
        orders.retain(|order| {
            order.status == Status::AwaitingDelivery
                && order.printed_on_detail > Some(now.date_naive())
        });
        orders
    }

    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
            .unwrap_or_else(|| Currency::usual_for(self.language))
    }

    fn pairs(&self) -> String {
        let rest = Self::default();
        let mut out = form_urlencoded::Serializer::new(String::new());
        let mut flag = |name: &str, on: bool, value: &str| {
            if on {
                out.append_pair(name, value);
            }
        };
        match self.layout {
            Layout::Desktop => {}
            Layout::Narrow => flag("demo-layout", true, "narrow"),
            Layout::Old => flag("demo-layout", true, "old"),
        }
        flag(
            "demo-lang",
            self.language != rest.language,
            self.language.code(),
        );
        if let Some(declared) = self.declared {
            flag("demo-declares", true, declared.code());
        }
        if let Some(currency) = self.currency {
            flag("demo-currency", true, currency.code());
        }
        flag("demo-theme", self.theme == Theme::Dark, "dark");
        flag("demo-list", self.virtualised, "virtualised");
        match self.csp {
            Csp::None => {}
            Csp::Strict => flag("demo-csp", true, "strict"),
            Csp::TrustedTypes => flag("demo-csp", true, "trusted_types"),
        }
        flag("demo-labels", self.relabelled, "old");
        flag("demo-classes", self.renamed_classes, "renamed");
        flag("demo-broken", self.broken, "1");
        flag("demo-noid", self.no_id, "1");
        flag(
            "demo-barrier",
            self.barrier != rest.barrier,
            self.barrier.name(),
        );
        flag(
            "demo-deadline",
            self.deadline != rest.deadline,
            self.deadline.name(),
        );
        flag("demo-dispute", self.stage != rest.stage, self.stage.name());
        flag("demo-hostile", self.hostile, "1");
        flag(
            "demo-orders",
            self.orders != rest.orders,
            &self.orders.to_string(),
        );
        flag("demo-all", self.all, "1");
        flag(
            "demo-delay",
            self.delay_ms != rest.delay_ms,
            &self.delay_ms.to_string(),
        );
        if let Some(form) = self.form {
            flag("demo-form", true, form);
        }
        if let Some(now) = self.now {
            flag(
                "demo-now",
                true,
                &now.to_rfc3339_opts(SecondsFormat::Secs, true),
            );
        }
        out.finish()
    }

    /// Reads the switches of an address. An unknown parameter is none of ours; an unknown value of one of ours is an error, so that a test
    /// with a misspelt switch does not pass by testing the plain page.
    pub(crate) fn from_parameters(parameters: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut switches = Self::default();
        for (name, value) in parameters {
            let value = value.as_str();
            let wrong = || format!("{name}={value} is not a switch of the demo");
            match name.as_str() {
                "demo-layout" => {
                    switches.layout = match value {
                        "desktop" => Layout::Desktop,
                        "narrow" => Layout::Narrow,
                        "old" => Layout::Old,
                        _ => return Err(wrong()),
                    }
                }
                "demo-lang" => switches.language = Language::from_code(value).ok_or_else(wrong)?,
                "demo-declares" => {
                    switches.declared = Some(Language::from_code(value).ok_or_else(wrong)?)
                }
                "demo-currency" => {
                    switches.currency = Some(Currency::from_code(value).ok_or_else(wrong)?)
                }
                "demo-theme" => {
                    switches.theme = match value {
                        "light" => Theme::Light,
                        "dark" => Theme::Dark,
                        _ => return Err(wrong()),
                    }
                }
                "demo-list" => {
                    switches.virtualised =
                        one_of(value, "plain", "virtualised").ok_or_else(wrong)?
                }
                "demo-csp" => {
                    switches.csp = match value {
                        "none" => Csp::None,
                        "strict" => Csp::Strict,
                        "trusted_types" => Csp::TrustedTypes,
                        _ => return Err(wrong()),
                    }
                }
                "demo-labels" => {
                    switches.relabelled = one_of(value, "new", "old").ok_or_else(wrong)?
                }
                "demo-classes" => {
                    switches.renamed_classes =
                        one_of(value, "known", "renamed").ok_or_else(wrong)?
                }
                "demo-broken" => switches.broken = one_of(value, "0", "1").ok_or_else(wrong)?,
                "demo-noid" => switches.no_id = one_of(value, "0", "1").ok_or_else(wrong)?,
                "demo-barrier" => switches.barrier = Barrier::from_name(value).ok_or_else(wrong)?,
                "demo-deadline" => {
                    switches.deadline = Deadline::from_name(value).ok_or_else(wrong)?;
                }
                "demo-dispute" => switches.stage = Stage::from_name(value).ok_or_else(wrong)?,
                "demo-hostile" => switches.hostile = one_of(value, "0", "1").ok_or_else(wrong)?,
                "demo-all" => switches.all = one_of(value, "0", "1").ok_or_else(wrong)?,
                "demo-orders" => switches.orders = value.parse().map_err(|_| wrong())?,
                "demo-delay" => switches.delay_ms = value.parse().map_err(|_| wrong())?,
                "demo-form" => {
                    let drawn = FRAMEWORK_FORMS.into_iter().chain(UNSEEN_FORMS);
                    let filled = FORMS.into_iter().chain(drawn.map(|(name, _)| name));
                    let mut known = filled.chain(ODD_FORMS).chain(NO_FORMS);
                    switches.form = Some(known.find(|name| *name == value).ok_or_else(wrong)?);
                }
                "demo-now" => switches.now = Some(value.parse().map_err(|_| wrong())?),
                other if other.starts_with("demo-") => return Err(wrong()),
                _ => {}
            }
        }
        Ok(switches)
    }
}

fn one_of(value: &str, off: &str, on: &str) -> Option<bool> {
    if value == on {
        Some(true)
    } else if value == off {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Switches, String> {
        let parameters = form_urlencoded::parse(query.trim_start_matches('?').as_bytes())
            .into_owned()
            .collect();
        Switches::from_parameters(&parameters)
    }

    #[test]
    fn switches_survive_the_address() {
        let all = Switches {
            layout: Layout::Narrow,
            language: Language::Fr,
            declared: Some(Language::De),
            currency: Some(Currency::Uah),
            theme: Theme::Dark,
            virtualised: true,
            csp: Csp::TrustedTypes,
            relabelled: true,
            renamed_classes: true,
            broken: true,
            no_id: true,
            barrier: Barrier::Robots,
            deadline: Deadline::Left,
            stage: Stage::Judged,
            hostile: true,
            orders: 1000,
            all: true,
            delay_ms: 0,
            form: Some("wizard"),
            now: Some("2026-11-20T17:20:00Z".parse().unwrap()),
        };
        assert_eq!(read(&all.query()), Ok(all));
        assert_eq!(read(""), Ok(Switches::default()));
        assert_eq!(Switches::default().query(), "");
    }

    #[test]
    fn the_orders_own_parameter_comes_first() {
        let switches = Switches {
            language: Language::Fr,
            csp: Csp::Strict,
            ..Switches::default()
        };
        assert_eq!(
            switches.detail_path("823"),
            "/p/order/detail.html?orderId=823&demo-lang=fr&demo-csp=strict"
        );
        assert_eq!(
            Switches::default().tracking_path("823"),
            "/p/tracking/index.html?tradeOrderId=823"
        );
        let old = Switches {
            layout: Layout::Old,
            ..Switches::default()
        };
        assert_eq!(old.list_path(), "/orderList.htm?demo-layout=old");
    }

    #[test]
    fn a_misspelt_switch_is_an_error() {
        assert!(read("demo-csp=stict").is_err());
        assert!(read("demo-thme=dark").is_err());
        assert!(read("demo-form=plane").is_err());
        assert!(read("orderId=1&other=2").is_ok());
    }
}
