//! A dispute form in a browser: surveyed, filled, read back and put back. Runs in a browser.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail"
)]

use recourse::browser::dom::DomNode;
use recourse::browser::form;
use recourse::domain::claim::{Claim, ClaimFile, FileKind, Happened, Solution};
use recourse::domain::money::{Currency, Money};
use recourse::domain::order::OrderId;
use recourse::domain::sha256::Sha256;
use recourse::form::fill::{Done, Going, Outcome};
use recourse::form::plan::{Left, Step, at_once, plan};
use recourse::form::recognise::{Expected, recognise};
use recourse::form::survey::{Survey, survey};
use recourse::form::vocabulary::{Concept, FILES, Vocabulary};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Element;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = "
    export function lay(html) {
        document.querySelector('#shop')?.remove();
        const page = new DOMParser().parseFromString(html, 'text/html');
        const shop = document.createElement('div');
        shop.id = 'shop';
        shop.append(...page.body.childNodes);
        document.body.append(shop);
        globalThis.told = [];
        for (const name of ['input', 'change', 'click', 'submit'])
            shop.addEventListener(name, (event) => {
                globalThis.told.push(name);
                if (name === 'submit') event.preventDefault();
            });
        return shop;
    }
    // What more than choosing a press would do is counted, and not done; what a page draws itself to choose from is chosen when pressed.
    export function count_consequences(shop) {
        // A form in a shadow root is sent unheard outside.
        const root = shop.firstElementChild?.shadowRoot;
        if (root) {
            root.addEventListener('submit', (event) => {
                globalThis.told.push('submit');
                event.preventDefault();
            });
            count_consequences(root);
        }
        shop.addEventListener('reset', (event) => {
            globalThis.told.push('reset');
            event.preventDefault();
        });
        shop.addEventListener('click', (event) => {
            const link = event.target.closest('a[href]');
            if (link) event.preventDefault();
            if (link && !link.getAttribute('href').startsWith('#')) globalThis.told.push('navigation');
        });
        for (const group of shop.querySelectorAll('[data-group]'))
            for (const one of group.querySelectorAll('[aria-checked], [aria-pressed], [aria-selected]'))
                one.addEventListener('click', () => {
                    const name = ['aria-checked', 'aria-pressed', 'aria-selected'].find((name) => one.hasAttribute(name));
                    for (const other of group.querySelectorAll(`[${name}]`)) other.setAttribute(name, other === one);
                });
    }
    export function told(name) { return globalThis.told.filter((one) => one === name).length; }
    // What a page shows and holds, so that before and after can be compared.
    export function state(shop) {
        const root = shop.firstElementChild?.shadowRoot;
        const parts = [shop.outerHTML ?? shop.innerHTML, root ? state(root) : ''];
        for (const one of shop.querySelectorAll('input, textarea, select'))
            parts.push(one.type === 'file' ? [...one.files].map((file) => file.name).join() : `${one.value}/${one.checked}/${one.selectedIndex}`);
        return parts.join('\\n');
    }
    export function file(name, type) { return new File(['x'], name, { type }); }
    // Radio buttons and a list as a page draws them itself, the list at the end of the document.
    export function draw_own(shop) {
        for (const group of shop.querySelectorAll('[role=radiogroup]'))
            group.addEventListener('click', (event) => {
                const radio = event.target.closest('[role=radio]');
                for (const one of group.querySelectorAll('[role=radio]')) one.setAttribute('aria-checked', one === radio);
            });
        const box = shop.querySelector('[role=combobox]');
        const list = shop.querySelector('[role=listbox]');
        box?.addEventListener('mousedown', () => { list.hidden = false; });
        list?.addEventListener('click', (event) => {
            const option = event.target.closest('[role=option]');
            for (const one of list.querySelectorAll('[role=option]')) one.setAttribute('aria-selected', one === option);
            box.textContent = option.textContent;
            list.hidden = true;
        });
    }
    export function put_in_shadow(shop) {
        const host = document.createElement('div');
        const root = host.attachShadow({ mode: 'open' });
        root.append(...shop.childNodes);
        shop.append(host);
    }
    export async function put_in_frame(shop) {
        const frame = document.createElement('iframe');
        frame.style.width = '600px';
        frame.style.height = '600px';
        const nodes = [...shop.childNodes];
        shop.append(frame);
        await new Promise((resolve) => setTimeout(resolve, 50));
        frame.contentDocument.body.append(...nodes.map((node) => frame.contentDocument.adoptNode(node)));
    }
    export function take_drops(shop, shows) {
        const zone = shop.querySelector('.upload-dropzone');
        zone.addEventListener('dragover', (event) => event.preventDefault());
        zone.addEventListener('drop', (event) => {
            event.preventDefault();
            if (!shows) return;
            const item = document.createElement('li');
            item.textContent = [...event.dataTransfer.files].map((file) => file.name).join();
            shop.querySelector('ul').append(item);
        });
    }
    // A page that takes files out of their input at once, which it empties or draws anew, and shows them or not.
    export function take_files(shop, draws_anew, shows) {
        const heard = (input) => input.addEventListener('change', () => {
            const files = [...input.files];
            globalThis.told.push(...files.map(() => 'taken'));
            const list = shop.querySelector('ul') ?? shop.querySelector('form').appendChild(document.createElement('ul'));
            if (shows) list.append(...files.map((file) => Object.assign(document.createElement('li'), { textContent: file.name })));
            if (draws_anew) {
                const other = input.cloneNode();
                heard(other);
                input.replaceWith(other);
            } else input.value = '';
        });
        heard(shop.querySelector('input[type=file]'));
    }
    // One that takes files out of their input and draws something, where they are asked for and elsewhere in the form.
    export function draw_when_given(shop, inside, outside) {
        const input = shop.querySelector('input[type=file]');
        const drawn = (markup) => [...new DOMParser().parseFromString(markup, 'text/html').body.childNodes];
        input.addEventListener('change', () => {
            input.value = '';
            shop.querySelector('#inside').append(...drawn(inside));
            shop.querySelector('form').append(...drawn(outside));
        });
    }
    export function clear(shop) { shop.querySelector('ul').replaceChildren(); }
    export function refuse(shop) {
        shop.querySelector('textarea').addEventListener('input', (event) => { event.target.value = ''; });
    }
")]
extern "C" {
    fn lay(html: &str) -> Element;
    fn count_consequences(shop: &Element);
    fn told(name: &str) -> u32;
    fn state(shop: &Element) -> String;
    fn file(name: &str, kind: &str) -> JsValue;
    fn draw_own(shop: &Element);
    fn put_in_shadow(shop: &Element);
    #[wasm_bindgen(catch)]
    async fn put_in_frame(shop: &Element) -> Result<(), JsValue>;
    fn take_drops(shop: &Element, shows: bool);
    fn take_files(shop: &Element, draws_anew: bool, shows: bool);
    fn draw_when_given(shop: &Element, inside: &str, outside: &str);
    fn clear(shop: &Element);
    fn refuse(shop: &Element);
}

const PLAIN: &str = r#"<h1>Open a dispute</h1><form id=form>
    <fieldset><legend>Have you received your package?</legend>
      <label><input type=radio name=rcv value=1> Yes</label><label><input type=radio name=rcv value=0> No</label></fieldset>
    <label>What would you like? <select name=attribute><option>Please select</option><option>Refund only</option><option>Return and refund</option></select></label>
    <label>Reason <select name=getAttribute><option>Please select</option><option>Damaged</option><option>Does not work</option><option>Wrong item</option></select></label>
    <label>Refund amount <input type=number step=0.01 name=parentNode value=3></label>
    <label>Description <textarea maxlength=500 name=querySelector>before</textarea></label>
    <label>Photos <input type=file accept="image/*" multiple></label>
    <button>Submit</button></form>"#;

const DRAWN: &str = r#"<h1>Refund request</h1>
    <div role=radiogroup aria-label="Did you receive the goods?"><div role=radio aria-checked=false>I received it</div><div role=radio aria-checked=false>Not received</div></div>
    <p>Reason</p><div role=combobox aria-controls=list tabindex=0>Choose</div>
    <p>Description</p><div contenteditable=true role=textbox style="min-height:40px"><p>a <b>b</b></p></div>
    <ul role=listbox id=list hidden><li role=option>Damaged</li><li role=option>Counterfeit</li><li role=option>Wrong item</li></ul>
    <button>Submit</button>"#;

fn words() -> Vocabulary {
    let english = FILES.iter().find(|(tag, _)| *tag == "en").unwrap();
    Vocabulary::new(vec![english.1])
}

fn claim() -> Claim {
    Claim {
        order: OrderId::new("8212313961591322").unwrap(),
        happened: Happened::Damaged,
        solution: Solution::RefundOnly,
        amount: Some(Money {
            mantissa: 1290,
            scale: 2,
            currency: Currency::Code("EUR".into()),
        }),
        description: "1. It came broken.\n2. <b>See</b> the photo.".into(),
        files: Vec::new(),
    }
}

/// With photos of those names, or videos, each of another content.
fn claim_with(names: &[&str]) -> Claim {
    let photo = |name: &&str| ClaimFile {
        hash: Sha256::of(name.as_bytes()),
        name: (*name).to_owned(),
        kind: if name.ends_with(".mp4") {
            FileKind::Video
        } else {
            FileKind::Picture
        },
        bytes: 1,
        copies: false,
    };
    Claim {
        files: names.iter().map(photo).collect(),
        ..claim()
    }
}

fn planned(shop: &Element, expected: Expected, files: &[&str]) -> (Survey<DomNode>, Vec<Step>) {
    let survey = survey(&DomNode(shop.clone()));
    let recognition = recognise(&survey, &words(), expected, &[]).expect("a dispute form");
    let plan = plan(&survey, &recognition, &claim_with(files), &words());
    (survey, plan)
}

fn filled(shop: &Element) -> Vec<Done> {
    filled_where(shop, Expected::Nothing)
}

fn filled_where(shop: &Element, expected: Expected) -> Vec<Done> {
    filled_with(shop, expected, &["cup.jpg"])
}

fn filled_with(shop: &Element, expected: Expected, files: &[&str]) -> Vec<Done> {
    let (survey, plan) = planned(shop, expected, files);
    let going = |of: ClaimFile| {
        let content = file(&of.name, "image/jpeg");
        Some(Going { file: of, content })
    };
    let files: Vec<Option<Going>> = claim_with(files).files.into_iter().map(going).collect();
    let put = |(at, step): (usize, &Step)| {
        let control = &survey.controls[step.control?];
        let (concepts, value) = at_once(&plan, at)?;
        Some(Done::put(concepts, control, &value, &files))
    };
    plan.iter().enumerate().filter_map(put).collect()
}

/// What became of the photos.
fn photos(shop: &Element, files: &[&str]) -> Done {
    let done = filled_with(shop, Expected::Nothing, files);
    done.into_iter().find(Done::is_of_files).unwrap()
}

fn outcomes(done: &[Done]) -> Vec<String> {
    let outcome = |done: &Done| {
        let names: Vec<&str> = done
            .concepts()
            .iter()
            .map(|concept| concept.name())
            .collect();
        let name = names.join(" and ");
        match done.outcome() {
            Outcome::Filled => format!("{name} filled"),
            Outcome::Differs(now) => format!("{name} differs: {now}"),
            Outcome::NeedsUser(_) => format!("{name} needs user"),
        }
    };
    done.iter().map(outcome).collect()
}

const ALL_OF_PLAIN: [&str; 6] = [
    "received filled",
    "solution filled",
    "reason filled",
    "amount filled",
    "description filled",
    "photos filled",
];

#[wasm_bindgen_test]
fn a_plain_form_is_filled_once_and_put_back_as_it_was() {
    let shop = lay(PLAIN);
    let before = state(&shop);
    let done = filled(&shop);
    assert_eq!(outcomes(&done), ALL_OF_PLAIN);
    assert_eq!(told("submit"), 0);
    let after = state(&shop);
    assert_ne!(after, before);
    let events = told("input");
    let again = filled(&shop);
    assert_eq!(outcomes(&again), ALL_OF_PLAIN);
    assert_eq!(state(&shop), after, "filling twice changes nothing");
    // The files are given anew: whether a page still has the ones before, it does not say.
    assert_eq!(told("input"), events + 1);
    assert!(done.iter().rev().all(Done::undo));
    assert_eq!(state(&shop), before);
    assert_eq!(told("submit"), 0);
}

#[wasm_bindgen_test]
fn what_a_page_draws_itself_is_filled_like_what_the_browser_draws() {
    let shop = lay(DRAWN);
    draw_own(&shop);
    let done = filled(&shop);
    assert_eq!(
        outcomes(&done),
        ["received filled", "reason filled", "description filled"]
    );
    assert_eq!(told("submit"), 0);
    let text = shop.query_selector("[contenteditable]").unwrap().unwrap();
    assert_eq!(
        text.inner_html(),
        "1. It came broken.\n2. &lt;b&gt;See&lt;/b&gt; the photo."
    );
    let undone: Vec<bool> = done.iter().map(Done::undo).collect();
    // Drawn choices can be exchanged, not taken back.
    assert_eq!(undone, [false, false, true]);
    assert_eq!(text.inner_html(), "<p>a <b>b</b></p>");
}

#[wasm_bindgen_test]
async fn forms_in_shadow_roots_and_frames_are_reached() {
    let shop = lay(PLAIN);
    put_in_shadow(&shop);
    assert_eq!(outcomes(&filled(&shop)), ALL_OF_PLAIN);
    let shop = lay(PLAIN);
    put_in_frame(&shop).await.unwrap();
    assert_eq!(outcomes(&filled(&shop)), ALL_OF_PLAIN);
    let shop = lay(r#"<iframe src="https://frame.invalid/"></iframe>"#);
    let survey = survey(&DomNode(shop));
    assert_eq!(survey.controls.len(), 0);
}

#[wasm_bindgen_test]
fn what_the_page_does_not_take_is_told() {
    let shop = lay(PLAIN);
    refuse(&shop);
    let done = filled(&shop);
    assert!(outcomes(&done).contains(&"description differs: ".to_owned()));
}

#[wasm_bindgen_test]
fn files_that_a_page_takes_out_of_their_input_are_told_by_what_it_shows_of_them() {
    for draws_anew in [false, true] {
        let shop = lay(PLAIN);
        take_files(&shop, draws_anew, true);
        let done = photos(&shop, &["cup.jpg"]);
        assert_eq!(told("taken"), 1);
        assert_eq!(done.outcome(), Outcome::Filled);
        assert!(done.is_kept());
        // The page throws it away: it may be given again.
        clear(&shop);
        assert_eq!(done.outcome(), Outcome::Differs(String::new()));
        assert!(!done.is_kept());
        let shop = lay(PLAIN);
        take_files(&shop, draws_anew, false);
        let done = photos(&shop, &["cup.jpg"]);
        assert_eq!(done.outcome(), Outcome::NeedsUser(Left::Unseen));
        assert!(done.is_kept(), "it may have it");
    }
    // One that leaves them where they are can give them back.
    let done = photos(&lay(PLAIN), &["cup.jpg"]);
    assert_eq!(done.outcome(), Outcome::Filled);
    assert!(!done.is_kept());
}

#[wasm_bindgen_test]
fn photos_and_videos_go_into_one_input_together() {
    let html = PLAIN.replace("accept=\"image/*\"", "accept=\"image/*,video/*\"");
    assert_ne!(html, PLAIN);
    let shop = lay(&html);
    let files = ["a.jpg", "opening.mp4", "b.jpg"];
    let done = filled_with(&shop, Expected::Nothing, &files);
    let done: Vec<Done> = done.into_iter().filter(Done::is_of_files).collect();
    assert_eq!(outcomes(&done), ["photos and videos filled"]);
    let done = &done[0];
    assert_eq!(done.words(Concept::Photos), "a.jpg\nb.jpg");
    assert_eq!(done.words(Concept::Videos), "opening.mp4");
    assert!(done.has_given(Concept::Photos) && done.has_given(Concept::Videos));
    assert!(!done.has_others(&claim_with(&files).files, &[1]));
    // A video that was added since is not among what the page has.
    let more = ["a.jpg", "opening.mp4", "b.jpg", "other.mp4"];
    assert!(!done.has_others(&claim_with(&more).files, &[0, 2]));
    assert!(done.has_others(&claim_with(&more).files, &[1, 3]));
    assert!(done.undo());
    let input = DomNode(shop.query_selector("input[type=file]").unwrap().unwrap());
    assert!(form::file_names(&input).is_empty());
    let done = photos(&shop, &["a.jpg"]);
    assert!(done.is_for(Concept::Videos) && !done.has_given(Concept::Videos));
}

#[wasm_bindgen_test]
fn files_of_one_claim_are_not_taken_for_those_of_another() {
    let shop = lay(PLAIN);
    take_files(&shop, false, true);
    let done = photos(&shop, &["a.jpg", "b.jpg"]);
    assert_eq!(done.words(Concept::Photos), "a.jpg\nb.jpg");
    assert!(done.is_kept());
    let others =
        |names: &[&str], wanted: &[usize]| done.has_others(&claim_with(names).files, wanted);
    assert!(!others(&["a.jpg", "b.jpg"], &[0, 1]));
    // One claim's files in another order are the same files, if the same go in.
    assert!(!others(&["b.jpg", "a.jpg"], &[0, 1]));
    assert!(!others(&["c.jpg", "b.jpg", "a.jpg"], &[1, 2]));
    assert!(others(&["c.jpg", "b.jpg", "a.jpg"], &[0, 1]));
    // Another claim's, or one of them taken out, or none left.
    assert!(others(&["c.jpg", "d.jpg"], &[0, 1]));
    assert!(others(&["a.jpg"], &[0]));
    assert!(others(&[], &[]));
    // Once the page has thrown them away, it has none.
    clear(&shop);
    assert!(!others(&["c.jpg", "d.jpg"], &[0, 1]));
    assert!(!done.is_kept());
}

#[wasm_bindgen_test]
fn files_are_shown_only_by_their_own_names_or_as_many_pictures() {
    const NAMES: [&str; 2] = ["1.jpg", "2.jpg"];
    for (inside, outside, outcome) in [
        ("<img><img>", "", Outcome::Filled),
        ("<b>1.jpg</b><b>2.jpg</b>", "", Outcome::Filled),
        ("", "<li>1.jpg</li><li>2.jpg</li>", Outcome::Filled),
        // One picture for two files, names of others, items and pictures of something else.
        ("<img>", "", Outcome::NeedsUser(Left::Unseen)),
        ("11.jpg, 2.jpg", "", Outcome::NeedsUser(Left::Unseen)),
        ("", "<li>a</li><li>b</li>", Outcome::NeedsUser(Left::Unseen)),
        ("", "<img><img>", Outcome::NeedsUser(Left::Unseen)),
    ] {
        let shop = lay(&PLAIN.replace(
            "<label>Photos <input type=file accept=\"image/*\" multiple></label>",
            "<div id=own><label>Photos <input type=file accept=\"image/*\" multiple></label><div id=inside></div></div>",
        ));
        draw_when_given(&shop, inside, outside);
        let done = photos(&shop, &NAMES);
        assert_eq!(done.outcome(), outcome, "{inside} {outside}");
        assert!(done.is_kept());
    }
}

#[wasm_bindgen_test]
fn what_nobody_can_see_is_not_filled() {
    let shop = lay(&PLAIN.replace(
        "<label>Description",
        r#"<div style="position:absolute;left:-5000px"><label>Description <textarea id=a></textarea></label></div>
        <div style="opacity:0"><label>Description <textarea id=b></textarea></label></div>
        <div style="height:0;overflow:hidden"><label>Description <textarea id=c style="height:0;border:0;padding:0"></textarea></label></div>
        <label>Description"#,
    ));
    assert_eq!(outcomes(&filled(&shop)), ALL_OF_PLAIN);
    for trap in ["#a", "#b", "#c"] {
        let trap = shop.query_selector(trap).unwrap().unwrap();
        assert_eq!(form::text_of(&DomNode(trap)), "");
    }
}

/// What such a form asks with.
const CONTROLS: [&str; 16] = [
    "<input>",
    "<input type=number value=3>",
    "<input type=text value='7,00' placeholder='0,00'>",
    "<textarea maxlength=500>before</textarea>",
    "<textarea></textarea>",
    "<select><option>Please select</option><option>Damaged</option><option>Wrong item</option><option selected>Does not work</option></select>",
    "<select><option>-</option><option>Refund only</option><option>Return and refund</option></select>",
    "<label><input type=radio name=r> Yes, I have received it</label><label><input type=radio name=r checked> No, not received</label>",
    "<label><input type=radio name=s> Yes</label><label><input type=radio name=s> No</label>",
    "<input type=file accept='image/*' multiple>",
    "<div contenteditable=true role=textbox style='min-height:40px'><p>a <b>b</b></p></div>",
    "<button>Submit</button>",
    "<div data-group role=radiogroup><div role=radio aria-checked=false>Yes, I have received it</div><div role=radio aria-checked=true>No, not received</div></div>",
    "<div data-group><button type=button aria-pressed=true>Wrong item</button><button type=button aria-pressed=false>Damaged</button></div>",
    "<div data-group><div role=combobox tabindex=0 aria-controls=list>Choose</div><div role=listbox id=list hidden><div role=option aria-selected=false>Damaged</div><div role=option aria-selected=true>Wrong item</div></div></div>",
    "<div><input type=file name='photo[1]' accept='image/*'><input type=file name='photo[2]' accept='image/*'></div>",
];

/// How deep a form may lie: a page of today, and one that means harm.
fn buried(html: &str, seed: u32) -> String {
    let depth = if seed.is_multiple_of(11) { 350 } else { 0 };
    [&"<div>".repeat(depth), html, &"</div>".repeat(depth)].concat()
}

/// Choices whose press would send or empty the form around them, or lead away, beside such as only choose.
const WITH_CONSEQUENCES: [&str; 10] = [
    "<div data-group><button aria-pressed=false>Yes, I have received it</button><button aria-pressed=false>No, not received</button></div>",
    "<div data-group><button type=button aria-pressed=false>Yes, I have received it</button><button aria-pressed=true>No, not received</button></div>",
    "<div data-group role=radiogroup><button role=radio aria-checked=false>Refund only</button><button role=radio aria-checked=true>Return and refund</button></div>",
    "<div data-group role=radiogroup><a href='/away' role=radio aria-checked=false>Damaged</a><a href='#' role=radio aria-checked=true>Wrong item</a><a role=radio aria-checked=false>Counterfeit</a></div>",
    "<div data-group role=radiogroup><a href='#' role=radio aria-checked=false>Damaged</a><a href='/away' role=radio aria-checked=true>Wrong item</a></div>",
    "<div data-group role=radiogroup><button><span role=radio aria-checked=false>Refund only</span></button><button type=reset><span role=radio aria-checked=true>Return and refund</span></button></div>",
    "<div data-group role=radiogroup><label><span role=radio aria-checked=false>Yes, I have received it</span><button>Go on</button></label><label><span role=radio aria-checked=true>No, not received</span></label></div>",
    "<button aria-haspopup=listbox>Choose</button>",
    "<button type=button aria-haspopup=listbox>Choose</button>",
    "<textarea></textarea>",
];

/// Forms that nobody made, drawn by number: every make of control with whatever is written beside it, in one another, empty or already filled in.
fn drawn(seed: u32, controls: &[&str]) -> String {
    const LABELS: [&str; 12] = [
        "Reason",
        "Refund amount EUR",
        "Description of the problem",
        "Have you received your package?",
        "What would you like?",
        "Upload photos",
        "Write a review",
        "Search",
        "",
        "Submit",
        "0/500",
        "Open a dispute",
    ];
    const AROUND: [(&str, &str); 6] = [
        ("<label>", "</label>"),
        ("<div>", "</div>"),
        ("<form><div>", "</div></form>"),
        ("<fieldset><legend>Reason</legend>", "</fieldset>"),
        ("<div style='display:none'>", "</div>"),
        ("<section><h2>Refund</h2>", "</section>"),
    ];
    let mut state = seed.wrapping_mul(2_654_435_769).wrapping_add(1);
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize % below
    };
    let mut html = "<h1>Open a dispute</h1>".to_owned();
    for _ in 0..3 + next(7) {
        let (before, after) = AROUND[next(AROUND.len())];
        let label = LABELS[next(LABELS.len())];
        let control = controls[next(controls.len())];
        html.push_str(&[before, "<span>", label, "</span>", control, after].concat());
    }
    html
}

#[wasm_bindgen_test]
fn whatever_is_filled_on_a_form_that_nobody_made_is_put_back_and_nothing_is_sent() {
    let mut filled_in = 0;
    for seed in 0..400 {
        let html = buried(&drawn(seed, &CONTROLS), seed);
        let shop = lay(&html);
        if seed % 3 == 0 {
            put_in_shadow(&shop);
        }
        count_consequences(&shop);
        let before = state(&shop);
        let survey = survey(&DomNode(shop.clone()));
        if recognise(&survey, &words(), Expected::Nothing, &[]).is_none() {
            assert_eq!(state(&shop), before, "touched: {html}");
            continue;
        }
        let done = filled(&shop);
        filled_in += done.len();
        let back = done.iter().rev().all(Done::undo);
        assert_eq!(told("submit"), 0, "sent: {html}");
        assert!(back, "not put back: {html}");
        assert_eq!(state(&shop), before, "not as it was: {html}");
    }
    assert!(filled_in > 200, "only {filled_in} fields were filled");
}

#[wasm_bindgen_test]
fn no_choice_is_pressed_that_sends_a_form_or_leads_away() {
    let mut pressed = 0;
    for seed in 0..800 {
        let html = buried(&drawn(seed, &WITH_CONSEQUENCES), seed);
        let shop = lay(&html);
        if seed % 3 == 0 {
            put_in_shadow(&shop);
        }
        count_consequences(&shop);
        let survey = survey(&DomNode(shop.clone()));
        if recognise(&survey, &words(), Expected::Address, &[]).is_none() {
            continue;
        }
        let done = filled_where(&shop, Expected::Address);
        pressed += told("click");
        for done in done.iter().rev() {
            done.undo();
        }
        for consequence in ["submit", "reset", "navigation"] {
            assert_eq!(told(consequence), 0, "{consequence}: {html}");
        }
    }
    assert!(pressed > 50, "only {pressed} choices were pressed");
}

#[wasm_bindgen_test]
async fn what_is_dropped_is_told_by_what_the_page_shows_of_it() {
    const ZONE: &str = r#"<h1>Open a dispute</h1><p>Reason</p><select><option>Please select</option><option>Damaged</option><option>Wrong item</option><option>Empty parcel</option></select>
        <label>Description of the problem<textarea></textarea></label><div><p>Photos</p><div><div class=upload-dropzone style="height:60px">Drop photos here</div></div><ul></ul></div>"#;
    let shop = lay(ZONE);
    assert!(outcomes(&filled(&shop)).contains(&"photos needs user".to_owned()));
    let shop = lay(ZONE);
    take_drops(&shop, true);
    let done = filled(&shop);
    assert!(outcomes(&done).contains(&"photos filled".to_owned()));
    // It cannot be taken back, and is not said to be.
    assert!(done.iter().any(|done| done.is_kept() && !done.undo()));
    let shop = lay(ZONE);
    take_drops(&shop, false);
    assert!(outcomes(&filled(&shop)).contains(&"photos needs user".to_owned()));
}
