//! What the shop's pages are called where evidence is shown.

use crate::domain::evidence::ShopPage;
use crate::domain::sighting::Page;

/// The key of the page's name.
pub const fn page_key(page: ShopPage) -> &'static str {
    match page {
        ShopPage::Of(Page::OrderList | Page::OrderListRu) => "evidence_page_order_list",
        ShopPage::Of(Page::OrderDetail) => "evidence_page_order_detail",
        ShopPage::Of(Page::Tracking) => "evidence_page_tracking",
        ShopPage::Of(Page::ReturnsList) => "evidence_page_returns_list",
        ShopPage::Of(Page::Dispute) => "evidence_page_dispute",
        ShopPage::Listing => "evidence_page_listing",
    }
}
