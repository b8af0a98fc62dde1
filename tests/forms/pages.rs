//! The makes of form: what each is filled with.

use recourse::domain::claim::Happened;
use recourse::form::plan::{Left, Value, plan};
use recourse::form::recognise::{Expected, recognise};
use recourse::form::survey::survey;
use recourse::form::vocabulary::Concept;
use recourse::site::PageNode as _;

use super::node::Parsed;
use super::page::{claim, filled, words};

#[track_caller]
fn check(html: &str, language: &str, happened: Happened, expected: &[&str]) {
    assert_eq!(filled(html, language, happened), expected);
}

#[test]
fn a_plain_form_with_labels() {
    let html = r#"<h1>Open a dispute</h1><form>
      <fieldset><legend>Have you received your package?</legend>
        <label><input type=radio name=rcv value=1> Yes</label><label><input type=radio name=rcv value=0> No</label></fieldset>
      <label for=sol>What would you like?</label>
      <select id=sol><option value="">Please select</option><option>Refund only</option><option>Return and refund</option></select>
      <label for=rsn>Reason</label>
      <select id=rsn><option value="">Please select</option><option>Item arrived damaged</option><option>Does not work</option>
        <option>Color not as described</option><option>Wrong item</option><option>Other</option></select>
      <label for=amt>Refund amount (max € 12.90)</label><input id=amt type=number step=0.01>
      <label for=dsc>Describe the problem</label><textarea id=dsc maxlength=500></textarea>
      <label for=pics>Photos</label><input id=pics type=file accept="image/*" multiple>
      <label for=vid>Video</label><input id=vid type=file accept="video/mp4">
      <button>Submit</button></form>"#;
    check(
        html,
        "en",
        Happened::Damaged,
        &[
            "received rcv: Yes",
            "solution sol: Refund only",
            "reason rsn: Item arrived damaged",
            "amount amt: 12.90",
            "description dsc: text",
            "photos pics: cup.jpg",
            "videos vid: opening.mp4",
        ],
    );
    check(
        html,
        "en",
        Happened::NeverCame,
        &[
            "received rcv: No",
            "solution sol: Refund only",
            "reason rsn: NoChoice",
            "amount amt: 12.90",
            "description dsc: text",
            "photos pics: cup.jpg",
            "videos vid: opening.mp4",
        ],
    );
}

#[test]
fn the_form_of_2019() {
    let html = r#"<div id=root><h2>Open Dispute</h2><div class="form-item"><span>Did you receive the goods?</span>
      <div id=is_received_c><input type=radio name=isReceived value=yes>Yes<input type=radio name=isReceived value=no>No</div></div>
      <div class="form-item"><span>Please tell us the reason</span><select id=problem_type1><option>Please select</option>
        <option>Product not as described</option><option>Quality problem</option><option>Quantity problem</option></select>
        <select id=problem_type2><option>Please select</option><option>Color not as described</option><option>Size not as described</option>
        <option>Style not as described</option><option>Material not as described</option></select></div>
      <div class="form-item"><span>Refund Amount US $</span><input id=refund-amount type=text placeholder="0.00"></div>
      <div class="form-item"><span>Please enter details of your request in English</span><textarea id=request-detail-txt></textarea><em>0/512</em></div>
      <div id=imageUploader><button>Upload images</button><input type=file style="display:none" accept=".jpg,.jpeg,.png" multiple data-test=images></div>
      <div id=videoUploader><button>Upload video</button><input type=file style="display:none" accept="video/*" data-test=video></div>
      <button id=submit>Submit</button></div>"#;
    check(
        html,
        "en",
        Happened::WrongColour,
        &[
            "received isReceived: Yes",
            "reason problem_type1: Product not as described",
            "sub-reason problem_type2: Color not as described",
            "amount refund-amount: 12.90",
            "description request-detail-txt: text",
            "photos images: cup.jpg",
            "videos video: opening.mp4",
        ],
    );
}

#[test]
fn radio_cards_and_a_list_elsewhere_in_the_page() {
    let html = r#"<header><form role=search><input placeholder="Search for reasons to buy"></form></header>
      <main><div role=dialog aria-label="Return or refund">
      <div role=radiogroup aria-labelledby=q1><p id=q1>Did you get your order?</p>
        <div role=radio aria-checked=false>I received it</div><div role=radio aria-checked=false>I have not received it</div></div>
      <div role=radiogroup aria-label="Solution"><div role=radio><b>Refund only</b> <i>Keep the goods</i></div><div role=radio><b>Return goods</b></div></div>
      <div class=row><span>Why?</span><div role=combobox id=why aria-controls=list7 tabindex=0>Choose a reason</div></div>
      <div class=row><span>Tell us more about it</span><div contenteditable=true id=more role=textbox></div><small>0/1000</small></div>
      <div class="upload-dropzone" id=drop>Drop photos here</div>
      </div></main>
      <aside><div class=chat-window><textarea placeholder="Type a message..."></textarea></div></aside>
      <ul role=listbox id=list7><li role=option>Package is empty</li><li role=option>Parts are missing</li><li role=option>Broken on arrival</li></ul>"#;
    check(
        html,
        "en",
        Happened::PartsMissing,
        &[
            "received : I received it",
            "solution : Refund only Keep the goods",
            "reason why: Parts are missing",
            "description more: text",
            "photos drop: cup.jpg",
        ],
    );
}

#[test]
fn buttons_that_stay_pressed_and_choices_without_a_group() {
    let html = r#"<h1>Return or refund</h1><div class=rq>
      <section><strong>Did you get your parcel?</strong><div><button type=button aria-pressed=false data-test=came>Yes, I received it</button>
        <button type=button aria-pressed=false>No, I have not received it</button></div></section>
      <section><div>Solution</div><div><label><span><input type=radio value=a></span><span>Refund only</span></label>
        <label><span><input type=radio value=b></span><span>Return and refund</span></label></div></section>
      <section><div>Reason</div><select id=rsn><option>Damaged</option><option>Fake</option><option>Empty parcel</option></select></section>
      <section><div>Description of the problem</div><textarea id=dsc></textarea></section>
      <button aria-pressed=false>Refund only what is damaged</button></div>"#;
    check(
        html,
        "en",
        Happened::Damaged,
        &[
            "received came: Yes, I received it",
            "solution : Refund only",
            "reason rsn: Damaged",
            "description dsc: text",
        ],
    );
}

#[test]
fn a_list_of_which_screen_readers_are_told_a_part() {
    let list = |told: &str| {
        format!(
            r#"<h1>Return or refund</h1><form><label for=reason>Reason</label>
            <div class=selector><span><input type=search role=combobox readonly style="opacity: 0" id=reason aria-controls=list></span><span>Choose</span></div>
            <label>Description of the problem<textarea id=dsc></textarea></label><button>Send the request</button></form>
            <div><div role=listbox id=list style="height: 0; width: 0"><div role=option aria-label="{told}">1</div></div>
              <div class=items><div aria-selected=false>Arrived broken</div><div aria-selected=false>Wrong size</div></div></div>"#
        )
    };
    check(
        &list("Arrived broken"),
        "en",
        Happened::WrongSize,
        &["reason reason: Wrong size", "description dsc: text"],
    );
    // What is drawn beside it is something else.
    check(
        &list("Order"),
        "en",
        Happened::WrongSize,
        &["reason reason: NoChoice", "description dsc: text"],
    );
}

#[test]
fn a_photo_that_is_too_large_is_planned_if_a_copy_can_be_made() {
    let page = Parsed::page(
        r#"<h1>Open a dispute</h1><form><label>Reason<select id=rsn><option>Damaged</option><option>Fake</option><option>Empty parcel</option></select></label>
        <label>Description of the problem<textarea id=dsc></textarea></label>
        <label>Photos, 1 MB each<input id=pics type=file accept="image/*" multiple></label></form>"#,
    );
    let survey = survey(&page);
    let words = words("en");
    let recognition = recognise(&survey, &words, Expected::Nothing, &[]).unwrap();
    let planned = |copies| {
        let mut claim = claim(Happened::Damaged);
        claim.files[0].copies = copies;
        let plan = plan(&survey, &recognition, &claim, &words);
        let step = plan
            .into_iter()
            .find(|step| step.concept == Concept::Photos);
        step.unwrap().value
    };
    assert_eq!(planned(true), Ok(Value::Files(vec![0])));
    assert_eq!(planned(false), Err(Left::NotTaken));
}

#[test]
fn files_that_a_form_does_not_take_are_not_given() {
    let form = |photos: &str| {
        format!(
            r#"<h1>Open a dispute</h1><form><label>Reason<select id=rsn><option>Damaged</option><option>Fake</option><option>Empty parcel</option></select></label>
            <label>Description of the problem<textarea id=dsc></textarea></label>{photos}</form>"#
        )
    };
    for (photos, came) in [
        (
            r#"<label>Photos, 5 MB each<input id=pics type=file accept=".jpg,.png" multiple></label>"#,
            "photos pics: cup.jpg",
        ),
        (
            r#"<label>Photos, 1 MB each<input id=pics type=file accept="image/*" multiple></label>"#,
            "photos pics: NotTaken",
        ),
        (
            r#"<label>Photos<input id=pics type=file accept="image/png" multiple></label>"#,
            "photos pics: NotTaken",
        ),
    ] {
        let expected = ["reason rsn: Damaged", "description dsc: text", came];
        check(&form(photos), "en", Happened::Damaged, &expected);
    }
}

#[test]
fn photos_and_videos_share_what_one_control_takes_at_most() {
    let form = |most: u8| {
        format!(
            r#"<h1>Open a dispute</h1><form><label>Reason<select id=rsn><option>Damaged</option><option>Fake</option><option>Empty parcel</option></select></label>
            <label>Description of the problem<textarea id=dsc></textarea></label>
            <label>Photos and videos 0/{most}<input id=files type=file accept="image/*,video/*" multiple></label></form>"#
        )
    };
    for (most, videos) in [
        (2, "videos files: opening.mp4"),
        (1, "videos files: NotTaken"),
    ] {
        let expected = [
            "reason rsn: Damaged",
            "description dsc: text",
            "photos files: cup.jpg",
            videos,
        ];
        check(&form(most), "en", Happened::Damaged, &expected);
    }
}

#[test]
fn what_is_no_dispute_form_is_left_alone() {
    for (what, html) in [
        (
            "a review",
            r#"<h1>Write a review</h1><form><label>Rating <select><option>5 stars</option><option>4 stars</option><option>Poor quality</option></select></label>
            <label>Describe your experience<textarea></textarea></label><label>Photos<input type=file accept="image/*"></label><button>Post review</button></form>"#,
        ),
        (
            "a chat",
            r#"<h2>Chat with the seller about your refund</h2><textarea placeholder="Type a message"></textarea><input type=file aria-label="Send a picture"><button>Send</button>"#,
        ),
        (
            "a search",
            r#"<form role=search><input name=SearchText placeholder="I'm shopping for..."><input type=file accept="image/*" aria-label="Search by image"></form><a>Returns &amp; refunds</a>"#,
        ),
        (
            "an address",
            r#"<h1>Address for your return</h1><form><label>Full name<input autocomplete=name></label><label>Street address<input></label>
            <label>Additional details<textarea></textarea></label><button>Save address</button></form>"#,
        ),
        (
            "a payment",
            r#"<h1>Pay now</h1><form><label>Amount<input type=number></label><label>Card number<input autocomplete=cc-number></label><button>Pay</button></form>"#,
        ),
        (
            "a question to the seller",
            r#"<h1>Ask the seller</h1><form><label>Topic<select><option>Size</option><option>Color</option><option>Material</option></select></label>
            <label>Your question<textarea></textarea></label><button>Send</button></form>"#,
        ),
    ] {
        // Not even at an address of the shop's dispute pages, or after a dispute form was filled.
        for expected in [Expected::Nothing, Expected::Address, Expected::NextStep] {
            let survey = survey(&Parsed::page(html));
            let known = recognise(&survey, &words("en"), expected, &[]);
            assert_eq!(known, None, "{what}");
        }
    }
}

#[test]
fn of_two_fields_that_are_about_as_likely_the_likelier_one_can_be_shown() {
    let html = format!(
        "<h1>Return or refund</h1><form>{REASON}<label>Description<textarea id=one></textarea></label>\
        <label>Description<textarea id=two placeholder='Describe the problem'></textarea></label></form>"
    );
    let survey = survey(&Parsed::page(&html));
    let known = recognise(&survey, &words("en"), Expected::Address, &[]).unwrap();
    assert_eq!(known.of(Concept::Description), None);
    let shown = known.unsure.iter().map(|field| {
        let id = survey.controls[field.control].node.attr("id");
        (field.concept, id.unwrap_or_default())
    });
    let shown: Vec<(Concept, String)> = shown.collect();
    assert_eq!(shown, [(Concept::Description, "two".to_owned())]);
}

/// Whether the next step of a form is recognised, and whether it is filled without being asked for.
fn next_step(html: &str) -> Option<bool> {
    let survey = survey(&Parsed::page(html));
    let known = recognise(&survey, &words("en"), Expected::NextStep, &[]);
    known.map(|known| known.unasked)
}

const AMOUNT: &str = "<label>Amount<input type=number></label>";
const DESCRIPTION: &str = "<label>Description<textarea></textarea></label>";
const PHOTOS: &str = "<label>Photos<input type=file accept='image/*'></label>";
const SOLUTION: &str = "<label>Solution<select><option>Refund only</option><option>Return and refund</option></select></label>";
const REASON: &str = "<label>Reason<select><option>Damaged</option><option>Fake</option><option>Empty parcel</option></select></label>";

#[test]
fn the_next_step_of_a_form_is_filled_unasked_where_enough_speaks_for_it() {
    for parts in [
        &[SOLUTION][..],
        &[REASON],
        &[SOLUTION, REASON],
        &[AMOUNT, DESCRIPTION],
        &[AMOUNT, PHOTOS],
        &[AMOUNT, DESCRIPTION, PHOTOS],
        &["<h1>Return or refund</h1>", DESCRIPTION, PHOTOS],
    ] {
        assert_eq!(next_step(&parts.concat()), Some(true), "{parts:?}");
    }
    // These are asked for everywhere.
    for parts in [&[AMOUNT][..], &[DESCRIPTION], &[DESCRIPTION, PHOTOS]] {
        assert_eq!(next_step(&parts.concat()), Some(false), "{parts:?}");
    }
    assert_eq!(next_step(PHOTOS), None);
}

#[test]
fn a_page_of_another_form_is_no_next_step() {
    const CARD: &str = "<label>No.<input autocomplete=cc-number></label>";
    for other in [
        "<h2>Write a review</h2>",
        "<h2>Ask the seller</h2>",
        "<h2>Your delivery address</h2>",
        "<h2>Checkout</h2>",
        "<button>Pay now</button>",
        "<label>Card number<input></label>",
        "<label>Password<input type=password></label>",
        CARD,
    ] {
        let html = format!("<form>{other}{AMOUNT}{DESCRIPTION}{PHOTOS}</form>");
        assert_eq!(next_step(&html), None, "{html}");
        // A first step may look so, and is filled when that is asked for.
        let html = format!("<form>{other}{REASON}{AMOUNT}</form>");
        assert_eq!(next_step(&html), Some(false), "{html}");
        // What only a dispute asks outweighs it.
        let html = format!("<form>{other}{SOLUTION}{AMOUNT}</form>");
        assert!(next_step(&html).is_some(), "{html}");
    }
    // Buttons for a chat or a search are everywhere, and the address is where a parcel is fetched.
    for beside in [
        "<button>Chat now</button>",
        "<button>Search</button>",
        "<label>Street<input></label>",
        "<aside><h2>Write a review</h2></aside>",
    ] {
        let html = format!("{beside}<form>{REASON}{AMOUNT}</form>");
        assert_eq!(next_step(&html), Some(true), "{html}");
    }
}

#[test]
fn a_first_step_is_still_known_once_it_is_filled() {
    let html = format!(
        "<h1>Return or refund</h1><form><h2>Questions? Chat with the seller</h2>{REASON}{DESCRIPTION}<button>Send</button></form>"
    );
    let survey = survey(&Parsed::page(&html));
    for expected in [Expected::Address, Expected::NextStep] {
        let known = recognise(&survey, &words("en"), expected, &[]);
        assert!(known.is_some(), "{expected:?}");
    }
}

#[test]
fn what_nobody_can_see_is_a_trap() {
    let html = r#"<h1>Request a refund</h1><form><div style="position:absolute;left:-9999px"><label>Reason description<textarea id=trap></textarea></label>
      <label>Refund amount<input id=trap2></label></div>
      <label>Reason<select id=rsn><option>Damaged</option><option>Fake</option><option>Empty parcel</option></select></label>
      <label>Description<textarea id=dsc></textarea></label>
      <label>Refund amount<input id=amt disabled></label></form>"#;
    check(
        html,
        "en",
        Happened::Counterfeit,
        &[
            "reason rsn: Fake",
            "amount amt: Disabled",
            "description dsc: text",
        ],
    );
}

#[test]
fn of_ten_thousand_controls_the_form_is_found_and_the_rest_is_said_to_be_unseen() {
    let form = r#"<h1>Open a dispute</h1><form><label>Reason<select id=rsn><option>Damaged</option><option>Fake</option><option>Empty parcel</option></select></label>
        <label>Description of the problem<textarea id=dsc></textarea></label></form>"#;
    let others = "<input name=x>".repeat(10_000);
    let html = format!("{form}<form>{others}</form>");
    let expected = ["reason rsn: Damaged", "description dsc: text"];
    check(&html, "en", Happened::Damaged, &expected);
    assert!(survey(&Parsed::page(&html)).cut);
    assert!(!survey(&Parsed::page(form)).cut);
}

#[test]
fn a_frame_that_cannot_be_looked_into_is_told_unless_it_stands_at_the_edge() {
    let closed = |html: &str| survey(&Parsed::page(html)).closed.len();
    let form =
        "<h1>Return or refund</h1><form><label>Description<textarea></textarea></label></form>";
    let frame = "<iframe src='https://elsewhere.invalid/'></iframe>";
    assert_eq!(closed(&format!("<main>{frame}</main>")), 1);
    assert_eq!(closed(&format!("{form}<div>{frame}</div>")), 1);
    for edge in ["header", "footer", "nav", "aside"] {
        assert_eq!(
            closed(&format!("{form}<{edge}>{frame}</{edge}>")),
            0,
            "{edge}"
        );
    }
}

#[test]
fn a_message_to_the_seller_in_a_form_of_its_own_keeps_its_heading_and_its_picture() {
    let html = r#"<h1>Return or refund</h1><form>
      <fieldset><legend>Have you received your package?</legend>
        <label><input type=radio name=rcv value=1> Yes</label><label><input type=radio name=rcv value=0> No</label></fieldset>
      <label for=amt>Refund amount</label><input id=amt type=number>
      <label for=dsc>Describe the problem</label><textarea id=dsc></textarea>
      <label for=first>1</label><input id=first type=file accept="image/*"></form>
      <div><h2>Chat with the store</h2><form><textarea aria-label="Your words"></textarea>
        <label for=pic>Attach a picture</label><input id=pic type=file accept="image/*"><button>Send</button></form></div>"#;
    check(
        html,
        "en",
        Happened::Damaged,
        &[
            "received rcv: Yes",
            "amount amt: 12.90",
            "description dsc: text",
            "photos first: cup.jpg",
        ],
    );
}

#[test]
fn another_problem_of_the_same_kind_is_none_of_the_claims() {
    let form = |reasons: &str| {
        format!(
            r#"<h1>Open a dispute</h1><form><label>Reason<select id=rsn><option>Please select</option>{reasons}</select></label>
            <label>Description of the problem<textarea id=dsc></textarea></label></form>"#
        )
    };
    let of_kinds = "<option>Product not as described</option><option>Quality problem</option><option>Quantity problem</option>";
    let of_one = "<option>Color not as described</option><option>Item arrived damaged</option><option>Wrong item</option><option>Other</option>";
    for (happened, in_kinds, in_one) in [
        (
            Happened::WrongColour,
            "Product not as described",
            "Color not as described",
        ),
        (Happened::WrongSize, "Product not as described", "NoChoice"),
        (Happened::Damaged, "Quality problem", "Item arrived damaged"),
        (Happened::NotWorking, "Quality problem", "NoChoice"),
        (Happened::PartsMissing, "Quantity problem", "NoChoice"),
        (Happened::WrongItem, "NoChoice", "Wrong item"),
    ] {
        for (reasons, expected) in [(of_kinds, in_kinds), (of_one, in_one)] {
            let reason = format!("reason rsn: {expected}");
            check(
                &form(reasons),
                "en",
                happened,
                &[&reason, "description dsc: text"],
            );
        }
    }
}
