//! The shop's own names for stages, its controls that cannot be taken back, and where something can be said about both.

use recourse::domain::dispute::DisputeStage;
use recourse::domain::order::OrderId;
use recourse::domain::problem::Trouble;
use recourse::domain::sighting::{Fact, Page};
use recourse::domain::warning::Control;
use recourse::site::strategy::Tally;
use recourse::site::{Lexicon, PageNode, dispute_control, dispute_page, lexicon};

use crate::fixture::context;
use crate::node::Parsed;

const ORDER: &str = "8212313961591322";

fn page(body: &str) -> String {
    format!(
        "<html><head><title>Dispute</title></head><body><div id=\"root\">{body}</div></body></html>"
    )
}

fn stage(status: &str) -> Result<DisputeStage, (Trouble, String)> {
    let html = page(&format!(
        "<div class=\"case\"><h1>{status}</h1><p>Tea cup</p></div>"
    ));
    let order = OrderId::new(ORDER).unwrap();
    let context = context(Page::Dispute, "en");
    let reading = dispute_page::read(
        &Parsed::page(&html),
        Some(&order),
        None,
        &context,
        &mut Tally::default(),
    )
    .unwrap();
    let stages = reading.facts.iter().find_map(|(fact, _)| match fact {
        Fact::Stage(stage) => Some(*stage),
        _ => None,
    });
    stages.ok_or_else(|| {
        let problem = &reading.problems[0];
        (problem.trouble, problem.text.clone())
    })
}

#[test]
fn every_code_of_the_shop_tells_its_stage_or_is_shown_as_it_is() {
    use DisputeStage as S;
    for (codes, is) in [
        (
            "WAIT_SELLER_CONFIRM_REFUND wait_seller_accept",
            Some(S::SellerToAnswer),
        ),
        (
            "SELLER_REFUSE_REFUND wait_buyer_accept seller_accept_and_buyer_refused",
            Some(S::BuyerToAnswer),
        ),
        (
            "ARBITRATING platform_give_solution 平台介入处理中",
            Some(S::PlatformReviewing),
        ),
        ("judgment_for_cc platform_arbitrate", Some(S::Judged)),
        (
            "WAIT_BUYER_SEND_GOODS wait_for_buyer_returnid 等待买家退货",
            Some(S::ReturnWanted),
        ),
        (
            "WAIT_SELLER_RECEIVE_GOODS wait_for_warehouse_quality_check",
            Some(S::ReturnChecked),
        ),
        ("refund_success", Some(S::Refunded)),
        ("refund_reject", Some(S::Refused)),
        ("canceled_issue", Some(S::Cancelled)),
        // Neither how it ended nor whose turn it is, nor anything that anybody has seen.
        (
            "processing finish seller_reponse_timeout wait_buyer_and_seller_accept reached buyer_refused perform \
             IN_ISSUE IN_FROZEN FUND_PROCESSING NEW_CODE_2027",
            None,
        ),
    ] {
        for code in codes.split_whitespace() {
            let unreadable = (Trouble::Unreadable, code.to_owned());
            assert_eq!(stage(code), is.ok_or(unreadable), "{code}");
        }
    }
    assert_eq!(stage("AliExpress' Judgment Details"), Ok(S::Judged));
}

fn controls(body: &str, language: &str) -> Vec<(Control, String)> {
    let html = page(body);
    let lexicon = Lexicon::stored(Some(language), false);
    let found = dispute_control::controls(&Parsed::page(&html), &lexicon);
    found
        .into_iter()
        .map(|(control, node)| (control, node.text()))
        .collect()
}

#[test]
fn a_control_is_known_by_its_whole_words() {
    let body = "<div><button><span>Accept the offer</span></button><button> Cancel request </button>\
                <a role=\"button\">Modify request</a><button>Confirm received</button></div>";
    let told: Vec<Control> = controls(body, "en")
        .into_iter()
        .map(|(control, _)| control)
        .collect();
    assert_eq!(
        told,
        [
            Control::Accept,
            Control::Cancel,
            Control::Change,
            Control::Confirm
        ]
    );
    for other in [
        "<button>Cancel</button>",
        "<button>Accept all cookies</button>",
        "<button>Do not cancel request</button>",
        "<p>Cancel request</p>",
        "<div class=\"banner\"><p>We use cookies.</p><div><button>Accept</button></div></div>",
    ] {
        assert_eq!(controls(other, "en"), [], "{other}");
    }
}

#[test]
fn a_link_around_a_button_is_one_control() {
    let body = "<a href=\"#\"><button>Cancel request</button></a>";
    assert_eq!(controls(body, "en").len(), 1);
}

#[test]
fn controls_are_known_in_every_language() {
    for (code, _) in lexicon::FILES {
        let lexicon = Lexicon::stored(Some(code), false);
        let words = match *code {
            "fr" => "Annuler la demande",
            "ru" => "Отменить запрос",
            "ko" => "요청 취소",
            "ar" => "إلغاء النزاع",
            "ja" => "申請をキャンセル",
            _ => continue,
        };
        let html = page(&format!("<button>{words}</button>"));
        let found = dispute_control::controls(&Parsed::page(&html), &lexicon);
        assert_eq!(found.len(), 1, "{code}");
        assert_eq!(found[0].0, Control::Cancel, "{code}");
    }
}

fn class(node: &Parsed) -> String {
    node.attr("class").unwrap_or_default()
}

#[test]
fn a_warning_stands_below_all_controls_of_its_group() {
    let html = page(
        "<div class=\"case\"><a href=\"#\">Back</a><p>Words</p><div class=\"flex row\"><button>Accept</button><button>Cancel request</button></div><p>More</p></div>",
    );
    let parsed = Parsed::page(&html);
    let lexicon = Lexicon::stored(Some("en"), false);
    let blocks = |node: &Parsed| !class(node).contains("flex") && !node.matches("button");
    for (_, control) in dispute_control::controls(&parsed, &lexicon) {
        let group = dispute_control::group(&control, &blocks).unwrap();
        assert_eq!(class(&group), "flex row");
    }
    // Buttons above each other: what followed the first would move the second.
    let html = page(
        "<div class=\"case\"><div class=\"stack\"><button>Cancel request</button><button>Track</button></div></div>",
    );
    let parsed = Parsed::page(&html);
    let (_, control) = dispute_control::controls(&parsed, &lexicon).remove(0);
    assert_eq!(
        class(&dispute_control::group(&control, &blocks).unwrap()),
        "stack"
    );
    // Nothing is put beside a button that stands in the page itself.
    let parsed =
        Parsed::page("<html><body><span><button>Cancel request</button></span></body></html>");
    let (_, control) = dispute_control::controls(&parsed, &lexicon).remove(0);
    assert!(dispute_control::group(&control, &|_: &Parsed| false).is_none());
}

#[test]
fn the_words_of_a_stage_are_found_where_they_stand() {
    let html = page(
        "<div class=\"case\"><div class=\"flex\"><h1>Waiting for evidence</h1><i>?</i></div><p>Waiting for evidence since today</p></div>",
    );
    let body = Parsed::page(&html).first("body").unwrap();
    let node = dispute_page::stage_node(&body, "Waiting for evidence").unwrap();
    assert_eq!(node.tag(), "h1");
    let blocks = |node: &Parsed| !class(node).contains("flex");
    assert_eq!(class(&dispute_page::row(&node, &blocks).unwrap()), "flex");
    assert!(dispute_page::stage_node(&body, "Refunded").is_none());
    let inside = dispute_page::stage_node(&body, "since today").unwrap();
    assert_eq!(inside.tag(), "p");
}
