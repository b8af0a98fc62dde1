//! Cards of the order list in the shape that ten independent scrapers and a saved page agree on (2022 to September 2026).

use recourse::domain::sighting::Page;
use recourse::domain::time::Moment;
use recourse::site::{Context, Lexicon};

/// What a card shows.
#[derive(Clone)]
pub struct CardText {
    pub id: String,
    pub linked_id: Option<String>,
    pub date: String,
    pub number: String,
    pub status: String,
    pub total: String,
    pub store: String,
    pub title: String,
}

impl Default for CardText {
    fn default() -> Self {
        let id = "8214398062177351".to_owned();
        Self {
            date: "Date: Sep 1, 2026".into(),
            number: format!("Ref. Number: {id}"),
            linked_id: Some(id.clone()),
            id,
            status: "Awaiting delivery".into(),
            total: "R$31,93".into(),
            store: "LIMA Store".into(),
            title: "2.4A USB to L cable".into(),
        }
    }
}

impl CardText {
    /// A wide card. Prices have one element for each character, as on the page.
    pub fn wide(&self) -> String {
        let price: String = self
            .total
            .chars()
            .map(|letter| format!("<span class=\"es--char--1Z3wUdt\">{letter}</span>"))
            .collect();
        let link = self.linked_id.as_ref().map_or_else(String::new, |id| {
            format!(
                "<a href=\"/p/message/index.html?fromCode=order&amp;orderId={id}\">Contact</a>\
                 <a data-pl=\"order_item_header_detail\" href=\"https://www.aliexpress.com/p/order/detail.html?orderId={id}\">Details</a>"
            )
        });
        format!(
            "<div class=\"order-item\">
               <div class=\"order-item-header\">
                 <div class=\"order-item-header-status\" data-pl=\"order_item_header_status\">
                   <span class=\"order-item-header-status-text\">{status} </span></div>
                 <div class=\"order-item-header-right\">
                   <div class=\"order-item-header-right-info\" data-pl=\"order_item_header_info\">
                     <div>{date}</div>
                     <div>{number} <span class=\"order-item-header-right-copy\">Copy</span></div></div>
                   <span class=\"order-item-header-line\"></span>{link}</div></div>
               <div class=\"order-item-store\">
                 <span class=\"order-item-store-name\" data-pl=\"order_item_store_name\"><a href=\"//www.aliexpress.com/store/1102357078\"><span>{store}</span></a></span></div>
               <div class=\"order-item-content\">
                 <div class=\"order-item-content-body\">
                   <div class=\"order-item-content-info\">
                     <div class=\"order-item-content-info-name\" data-pl=\"order_item_content_info_name\"><a href=\"/item/1005.html\"><span title=\"{title}\">{title}</span></a></div>
                     <div class=\"order-item-content-info-sku\" data-pl=\"order_item_content_info_sku\">White</div>
                     <div class=\"order-item-content-info-number\"><div class=\"es--wrap--1Hlfkoj notranslate\">R$13,90</div><span class=\"order-item-content-info-number-quantity\">x2</span></div></div></div>
                 <div class=\"order-item-content-opt\"><div class=\"order-item-content-opt-price\">
                   <span class=\"order-item-content-opt-price-total\" data-pl=\"order_item_content_price_total\">Total: <div class=\"es--wrap--1Hlfkoj notranslate\">{price}</div></span></div></div></div>
             </div>",
            status = self.status,
            date = self.date,
            number = self.number,
            store = self.store,
            title = self.title,
        )
    }

    /// A narrow card, which is itself the link.
    pub fn narrow(&self) -> String {
        format!(
            "<a class=\"order-item order-item-mobile\" href=\"/p/order/detail.html?orderId={id}\">
               <div class=\"order-item-header\"><span class=\"order-item-header-status-text\">{status}</span>
                 <span class=\"order-item-header-date\">{date}</span></div>
               <div class=\"order-item-content\"><span class=\"order-item-content-opt-price-total\">{total}</span></div></a>",
            id = self.id,
            status = self.status,
            date = self.date,
            total = self.total,
        )
    }
}

/// The cards in the page around them.
pub fn list(cards: &[String]) -> String {
    format!(
        "<html><body><div id=\"root\"><div><div class=\"order-main\" data-spm=\"order_list_main\">
           <div class=\"comet-tabs-nav\"><div class=\"comet-tabs-nav-item\">View all</div></div>
           <div class=\"comet-checkbox-group\">{}</div>
           <div class=\"order-more\" data-pl=\"order_more\"></div></div></div></div></body></html>",
        cards.concat()
    )
}

/// Reading on 2026-11-20 at noon UTC.
pub fn context(page: Page, language: &str) -> Context {
    Context {
        page,
        at: Moment(1_795_176_000_000),
        today: Some("2026-11-20".parse().unwrap()),
        made: Some(Moment(1_795_176_000_000)),
        placed: None,
        lexicon: Box::leak(Box::new(Lexicon::stored(Some(language), false))),
    }
}
