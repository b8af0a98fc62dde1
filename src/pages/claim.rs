//! The page on which a claim is prepared: what happened, what is asked for, and what is to be said.

mod paper;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::claims::{self, Claims};
use super::dom::{self, El, el};
use super::orders::Order;
use super::problems::copy_row;
use super::settings::own_name;
use super::{Context, chip, frame, keeping};
use crate::browser::clock;
use crate::browser::intl::{DayStyle, ZoneOf};
use crate::browser::messages::choose;
use crate::domain::claim::{Draft, Happened, Sentence, Solution, Template};
use crate::domain::claim_stand::{Stand, When};
use crate::domain::evidence::{Item, Located, checklist};
use crate::domain::ledger::Record;
use crate::domain::money::Money;
use crate::domain::order::OrderId;
use crate::domain::settings::languages;
use crate::domain::statement::{self, Phrases};
use crate::domain::verdict::Urgency;
use crate::form::filling::{Dispute, Filling};
use crate::form::plan::length;
use crate::form::taught::Lesson;
use crate::icons;
use crate::site::address;
use crate::store::locker::{Kind, Trouble};
use crate::wording::shorten;

struct Page {
    context: Rc<Context>,
    claims: Claims,
    record: Record,
    evidence: Vec<Item>,
    fillings: Vec<Filling>,
    lessons: RefCell<Vec<Lesson>>,
    templates: RefCell<Vec<Template>>,
    draft: RefCell<Draft>,
    /// Of the language in which it is told.
    phrases: RefCell<Rc<dyn Phrases>>,
    /// Redrawn by what is chosen; fields that are typed into are not among them.
    what: El,
    ask: El,
    stand: El,
    told: El,
    kept: El,
    taught: El,
    said: El,
    /// Whether the draft is being kept, and whether it was changed since.
    saving: Cell<bool>,
    changed: Cell<bool>,
    /// Whether there is a record of it.
    recorded: Cell<bool>,
    /// What is printed, and the pictures for it.
    paper: El,
    pictures: RefCell<Vec<paper::Picture>>,
}

pub async fn show(context: Rc<Context>) {
    dom::set_title(&context.text("claim_title"));
    dom::on_window("hashchange", dom::reload);
    let (order, line) = place();
    let Some(order) = order else {
        return draw(&context, [el("p").text(&context.text("claim_no_order"))]);
    };
    let record = match context.store.record(&order).await {
        Ok(Some(record)) => record,
        Ok(None) => return draw(&context, unread(&context, &order)),
        Err(error) => {
            return draw(
                &context,
                [super::problems::storage(
                    &context,
                    &error,
                    super::problems::Doing::Reading,
                )],
            );
        }
    };
    let kept = async {
        let claims = Claims::open().await?;
        let drafts = claims.of_order(&order).await?;
        Ok((claims, drafts))
    };
    let (claims, drafts) = match kept.await {
        Ok(kept) => kept,
        Err(error) => return draw(&context, [failed(&context, "claim_not_read", error)]),
    };
    let draft = drafts.into_iter().find(|draft| draft.line == line);
    let recorded = draft.is_some();
    let draft = draft.unwrap_or_else(|| Draft::new(order, line, clock::now()));
    let phrases = match claims::phrases(&context, draft.language).await {
        Ok(phrases) => phrases,
        Err(error) => return draw(&context, [failed(&context, "claim_not_read", error)]),
    };
    let evidence = claims.evidence(&draft).await.unwrap_or_default();
    let fillings = claims.followed(&draft, &record, &context.store).await;
    let fillings = fillings.unwrap_or_default();
    let lessons = claims.lessons().await.unwrap_or_default();
    let templates = claims.templates().await.unwrap_or_default();
    let page = Rc::new(Page {
        what: el("div").class("questions"),
        ask: el("div").class("questions"),
        stand: el("div").class("questions"),
        told: el("div").class("told"),
        kept: el("div").class("templates"),
        taught: el("section").class("card question taught"),
        said: el("p").class("helper saved").attr("role", "status"),
        saving: Cell::new(false),
        changed: Cell::new(false),
        recorded: Cell::new(recorded),
        paper: el("article").class("paper"),
        pictures: RefCell::default(),
        draft: RefCell::new(draft),
        phrases: RefCell::new(phrases),
        evidence,
        fillings,
        lessons: RefCell::new(lessons),
        templates: RefCell::new(templates),
        claims,
        record,
        context,
    });
    page.begin();
    let printed = Rc::downgrade(&page);
    dom::on_window("beforeprint", move || {
        if let Some(page) = printed.upgrade() {
            page.draw_paper();
        }
    });
    page.read_pictures().await;
}

/// `#order=8212…&line=2`
fn place() -> (Option<OrderId>, u8) {
    let place = dom::place();
    let value = |name: &str| {
        let mut pairs = place.split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    };
    let line = value("line").and_then(|line| line.parse().ok());
    let line = line.filter(|line| *line > 0).unwrap_or(1);
    (value("order").and_then(OrderId::new), line)
}

fn draw(context: &Context, parts: impl IntoIterator<Item = El>) {
    let orders = el("a")
        .class("button plain")
        .attr("href", "dashboard.html")
        .child(dom::icon(icons::BACK))
        .child(el("span").text(&context.text("dashboard_orders")));
    let head = el("header")
        .class("top")
        .child(frame::brand())
        .child(orders);
    let title = el("h1").text(&context.text("claim_title"));
    dom::body().replace_with([el("main")
        .class("claim")
        .child(head)
        .child(title)
        .children(parts)]);
}

/// Nothing is known of the order yet.
fn unread(context: &Context, order: &OrderId) -> Vec<El> {
    let link = frame::shop_link(
        "button",
        &address::detail(order),
        &context.text("menu_open_page"),
    );
    vec![
        el("p").text(&context.with("dashboard_order", &[order.as_str()])),
        el("p").text(&context.text("dashboard_not_read")),
        el("div").class("buttons").child(link),
    ]
}

fn failed(context: &Context, key: &str, error: String) -> El {
    el("div")
        .class("notice failed")
        .attr("role", "alert")
        .child(dom::icon(icons::BANG))
        .child(
            el("div")
                .class("words")
                .child(el("strong").text(&context.text(key)))
                .child(el("p").class("helper").text(&error)),
        )
}

fn option(name: &str, value: &str, chosen: bool, words: &str, hint: Option<String>) -> El {
    let input = el("input")
        .attr("type", "radio")
        .attr("name", name)
        .attr("value", value)
        .id(&format!("{name}-{value}"));
    input.check(chosen);
    let mut label = el("span").child(el("span").text(words));
    if let Some(hint) = hint {
        label = label.child(el("span").class("helper").text(&hint));
    }
    el("label").class("option").child(input).child(label)
}

fn question(words: &str, options: impl IntoIterator<Item = El>) -> El {
    el("fieldset")
        .class("card question")
        .child(el("legend").text(words))
        .children(options)
}

impl Page {
    fn text(&self, key: &str) -> String {
        self.context.text(key)
    }

    fn begin(self: &Rc<Self>) {
        let own = el("textarea")
            .id("words")
            .attr("rows", "5")
            .attr("dir", "auto")
            .attr("maxlength", &Draft::WORDS.to_string())
            .attr("aria-describedby", "words-help");
        own.write(&self.draft.borrow().words);
        let page = Rc::clone(self);
        let field = own.clone();
        let own = own.on("input", move |_| {
            page.draft.borrow_mut().words = field.value();
            page.draw_stand();
            page.draw_told();
            page.save();
        });
        let text = el("section")
            .class("card question")
            .child(el("h2").text(&self.text("claim_text")))
            .child(el("p").class("helper").text(&self.text("claim_text_help")))
            .children(self.language())
            .child(self.told.clone())
            .child(
                el("label")
                    .attr("for", "words")
                    .text(&self.text("claim_words")),
            )
            .child(own.clone())
            .child(
                el("p")
                    .id("words-help")
                    .class("helper")
                    .text(&self.text("claim_words_help")),
            )
            .child(self.kept.clone())
            .children(self.notes());
        let parts = [
            self.head(),
            self.what.clone(),
            self.ask.clone(),
            self.stand.clone(),
            text,
            self.end(),
        ];
        let parts = parts.into_iter().chain(self.filled());
        let shown = !self.lessons.borrow().is_empty();
        let parts = parts.chain(shown.then(|| self.taught.clone()));
        let last = [self.said.clone(), self.paper.clone()];
        draw(&self.context, parts.chain(last));
        self.draw_what();
        self.draw_ask();
        self.draw_stand();
        self.draw_told();
        self.draw_templates();
        self.draw_taught();
    }

    /// The notes about this line, each to be taken into the text, and how many files go along.
    fn notes(self: &Rc<Self>) -> Vec<El> {
        let notes = self.evidence.iter().filter_map(Item::note);
        let notes = notes.filter(|note| !note.text.trim().is_empty());
        let items: Vec<El> = notes
            .map(|note| {
                let (page, text) = (Rc::clone(self), note.text.clone());
                let take = dom::button("", &self.text("claim_note_take"), move || page.take(&text));
                el("li")
                    .child(
                        el("span")
                            .class("note")
                            .attr("dir", "auto")
                            .text(&note.text),
                    )
                    .child(take)
            })
            .collect();
        let files = self.evidence.iter().filter(|item| item.file().is_some());
        let files = files.count();
        let mut parts = Vec::new();
        if !items.is_empty() {
            parts.push(el("h3").text(&self.text("claim_notes")));
            parts.push(el("ul").class("notes").children(items));
        }
        if files > 0 {
            parts.push(el("p").text(&self.context.counted("claim_files", files, &[])));
        }
        parts.extend(self.place_choice());
        parts
    }

    /// Whether photos and videos go to the shop with the place where they were taken, where any may say it.
    fn place_choice(self: &Rc<Self>) -> Option<El> {
        let files = self.evidence.iter().filter_map(Item::file);
        let mut taken = files.filter(|file| file.kind.is_picture() || file.kind.is_video());
        if !taken.any(|file| file.located != Located::No) {
            return None;
        }
        let input = el("input").attr("type", "checkbox").id("without-place");
        input.check(!self.draft.borrow().with_place);
        let (page, field) = (Rc::clone(self), input.clone());
        let input = input.on("change", move |_| {
            page.draft.borrow_mut().with_place = !field.checked();
            page.save();
        });
        let help = self.text("claim_without_place_help");
        let words = el("span")
            .child(el("span").text(&self.text("claim_without_place")))
            .child(el("span").class("helper").text(&help));
        Some(el("label").class("option").child(input).child(words))
    }

    /// Which order and line it is about, and whether it is time.
    fn head(self: &Rc<Self>) -> El {
        let now = clock::now();
        let order = Order::new(self.record.clone(), now, &self.context.settings.choices);
        let wording = &self.context.wording;
        let number = self
            .context
            .with("dashboard_order", &[self.record.id.as_str()]);
        let lines = self
            .record
            .lines
            .as_ref()
            .map_or(&[][..], |lines| &lines.value);
        let mut head = el("section").class("card about");
        if lines.len() > 1 {
            let select = el("select").id("line");
            for (at, line) in lines.iter().enumerate() {
                let title = shorten(&line.title);
                let title = if title.is_empty() {
                    self.text("dashboard_untitled")
                } else {
                    title
                };
                select.append(
                    &el("option")
                        .attr("value", &(at + 1).to_string())
                        .text(&title),
                );
            }
            select.write(&self.draft.borrow().line.to_string());
            let (page, field) = (Rc::clone(self), select.clone());
            let select = select.on("change", move |_| {
                page.save();
                let order = page.record.id.as_str();
                dom::go_to_place(&format!("order={order}&line={}", field.value()));
            });
            let label = el("label")
                .attr("for", "line")
                .text(&self.text("claim_line"));
            head = head.child(label).child(select);
        } else {
            let title = el("bdi")
                .attr("dir", "auto")
                .text(&order.title(&self.context));
            head = head.child(el("h2").child(title));
        }
        head = head
            .child(el("p").class("helper").text(&number))
            .child(chip::chip(&order, wording, now));
        if let Some(clock) = &order.verdict.clock {
            let until = wording.until(clock, DayStyle::Weekday, now);
            let window = wording.window(clock.kind);
            head = head.child(el("p").text(&format!("{window} · {until}")));
        }
        head
    }

    /// Draws the question of what happened, in two steps: whether it came, and what is wrong.
    fn draw_what(self: &Rc<Self>) {
        let happened = self.draft.borrow().happened;
        let came = happened.map(Happened::received);
        let first = [(false, "claim_came_no"), (true, "claim_came_yes")].map(|(value, key)| {
            let option = option(
                "came",
                if value { "yes" } else { "no" },
                came == Some(value),
                &self.text(key),
                None,
            );
            let page = Rc::clone(self);
            option.on("change", move |_| {
                let first = Happened::ALL
                    .into_iter()
                    .find(|one| one.received() == value);
                page.choose(first);
            })
        });
        let mut questions = vec![question(&self.text("claim_came"), first)];
        if let Some(came) = came {
            let kinds = Happened::ALL
                .into_iter()
                .filter(|one| one.received() == came);
            let options = kinds.map(|kind| {
                let key = format!("claim_{}", kind.name().replace('-', "_"));
                let option = option(
                    "happened",
                    kind.name(),
                    happened == Some(kind),
                    &self.text(&key),
                    None,
                );
                let page = Rc::clone(self);
                option.on("change", move |_| page.choose(Some(kind)))
            });
            let second = question(&self.text("claim_happened"), options);
            let proof = happened.map(|happened| {
                el("p")
                    .class("helper proof")
                    .child(dom::icon(icons::CLIP))
                    .child(el("span").text(&self.text(proof_key(happened))))
            });
            questions.push(second.children(proof));
        }
        dom::keeping_focus(|| self.what.replace_with(questions));
    }

    fn choose(self: &Rc<Self>, happened: Option<Happened>) {
        {
            let mut draft = self.draft.borrow_mut();
            draft.happened = happened;
            // What never came cannot be sent back.
            if happened.is_some_and(|happened| !happened.received()) {
                draft.solution = Some(Solution::RefundOnly);
            }
        }
        self.draw_what();
        self.draw_ask();
        self.draw_stand();
        self.draw_told();
        self.draw_templates();
        self.save();
    }

    /// Draws the question of what is asked for.
    fn draw_ask(self: &Rc<Self>) {
        let draft = self.draft.borrow().clone();
        let Some(happened) = draft.happened else {
            return self.ask.replace_with([]);
        };
        let solutions = Solution::ALL
            .into_iter()
            .filter(|solution| happened.received() || *solution == Solution::RefundOnly);
        let options: Vec<El> = solutions
            .map(|solution| {
                let key = solution_key(solution);
                let hint = [key, "_hint"].concat();
                let option = option(
                    "solution",
                    solution.name(),
                    draft.solution == Some(solution),
                    &self.text(key),
                    happened.received().then(|| self.text(&hint)),
                );
                let page = Rc::clone(self);
                option.on("change", move |_| {
                    page.draft.borrow_mut().solution = Some(solution);
                    page.draw_stand();
                    page.draw_told();
                    page.save();
                })
            })
            .collect();
        let mut fieldset = question(&self.text("claim_ask"), options);
        if let Some(paid) = self.record.total() {
            fieldset = fieldset.children(self.amount(paid));
        }
        dom::keeping_focus(|| self.ask.replace_with([fieldset]));
    }

    fn amount(self: &Rc<Self>, paid: &Money) -> [El; 3] {
        let field = el("input")
            .id("amount")
            .attr("type", "text")
            .attr("inputmode", "decimal")
            .attr("autocomplete", "off")
            .attr("aria-describedby", "amount-help");
        let now = self.draft.borrow().amount.clone();
        // What one of several lines has cost is not known: then the field is empty until a sum is named.
        let line = self.draft.borrow().line;
        let whole = statement::paid(&self.record, line).cloned();
        let now = now.or_else(|| whole.clone());
        field.write(&now.map(|now| now.decimal()).unwrap_or_default());
        let words = self.context.wording.intl.money(paid);
        let help = el("p")
            .id("amount-help")
            .class("helper")
            .text(&self.context.with("claim_amount_help", &[&words]));
        let (page, paid, input, said) =
            (Rc::clone(self), paid.clone(), field.clone(), help.clone());
        let field = field.on("input", move |_| {
            let typed = Money::typed(&input.value(), &paid);
            let is_none = whole.is_none() && input.value().trim().is_empty();
            let more = typed.as_ref().and_then(|typed| typed.is_more_than(&paid));
            let key = match (&typed, more) {
                (None, _) if is_none => "claim_amount_help",
                (None, _) => "claim_amount_wrong",
                (Some(_), Some(true)) => "claim_amount_more",
                _ => "claim_amount_help",
            };
            said.say(
                &page
                    .context
                    .with(key, &[&page.context.wording.intl.money(&paid)]),
            );
            input.set(
                "aria-invalid",
                (key != "claim_amount_help").then_some("true"),
            );
            if typed.is_some() || is_none {
                // All that was paid is asked for by not naming a sum, so that it stays all.
                page.draft.borrow_mut().amount =
                    typed.filter(|typed| whole.as_ref() != Some(typed));
                page.draw_told();
                page.save();
            }
        });
        let label = el("label")
            .attr("for", "amount")
            .text(&self.text("claim_amount"));
        [label, field, help]
    }

    /// Draws where the claim stands: whether a dispute can be opened, until when, what it may cost, up to which amount, what evidence is
    /// missing, and what should be known before sending.
    fn draw_stand(self: &Rc<Self>) {
        let draft = self.draft.borrow().clone();
        let Some(happened) = draft.happened else {
            return self.stand.replace_with([]);
        };
        let now = clock::now();
        let context = &self.context;
        let wording = &context.wording;
        let order = Order::new(self.record.clone(), now, &context.settings.choices);
        let stand = Stand::new(&order.verdict, happened, now);
        let mut facts: Vec<El> = Vec::new();
        let mut say = |icon, head: String, help: Option<String>| {
            let help = help.map(|help| el("p").class("helper").text(&help));
            let words = el("div").child(el("strong").text(&head)).children(help);
            facts.push(el("li").child(dom::icon(icon)).child(words));
        };
        let (head, help) = match stand.when {
            When::Now => (self.text("claim_now"), None),
            When::Opens(at) => {
                let day = wording.intl.date_time(at, ZoneOf::Buyer);
                (
                    context.with("claim_from_day", &[&day]),
                    Some("claim_from_day_help"),
                )
            }
            When::Ended(day) => {
                let day = wording.day(day, DayStyle::Weekday, now);
                (
                    context.with("claim_ended", &[&day]),
                    Some("claim_ended_help"),
                )
            }
            When::Unknown => (self.text("claim_unknown"), Some("claim_unknown_help")),
        };
        say(icons::FLAG, head, help.map(|key| self.text(key)));
        if let Some(until) = stand.until {
            let until_words = wording.until(until, DayStyle::Weekday, now);
            let head = format!("{} · {until_words}", wording.window(until.kind));
            let later = stand.later.map(|later| {
                let end = wording.until(later, DayStyle::Weekday, now);
                context.with("claim_later", &[&wording.window(later.kind), &end])
            });
            let face = icons::clock_face(Urgency::of(until.closes().since(now)));
            say(face, head, later);
        }
        if happened.received() {
            let cost = match stand.free_return {
                Some(free) => {
                    let end = wording.until(free, DayStyle::Weekday, now);
                    context.with("claim_return_free", &[&end])
                }
                None => self.text("claim_return_own"),
            };
            let advice = match draft.solution {
                Some(Solution::ReturnAndRefund) => "claim_advice_return",
                _ => "claim_advice_keep",
            };
            say(icons::TURNED, cost, Some(self.text(advice)));
        }
        if let Some(paid) = self.record.total() {
            let head = context.with("claim_up_to", &[&wording.intl.money(paid)]);
            let several = self
                .record
                .lines
                .as_ref()
                .is_some_and(|lines| lines.value.len() > 1);
            let key = if several {
                "claim_up_to_several"
            } else {
                "claim_up_to_help"
            };
            say(icons::COIN, head, Some(self.text(key)));
        }
        let mut section = el("section")
            .class("card question stand")
            .child(el("h2").text(&self.text("claim_stand")))
            .child(el("ul").class("facts").children(facts));
        section = section.children(self.missing(happened));
        let phrases = self.phrases.borrow();
        let claim = claims::claim(phrases.as_ref(), &self.record, &draft, &self.evidence);
        if let Some(claim) = claim {
            let told = claims::warnings(context, &self.record, &draft, &claim, true);
            if !told.is_empty() {
                let told = told.iter().map(|text| claims::warning(text));
                section = section.child(el("ul").class("checks").children(told));
            }
        }
        let decides = el("p").class("helper").text(&self.text("claim_decides"));
        dom::keeping_focus(|| self.stand.replace_with([section.child(decides)]));
    }

    /// What of the evidence for this is there, and what is missing.
    fn missing(&self, happened: Happened) -> Option<El> {
        let list = checklist::of(match happened {
            Happened::WrongColour | Happened::WrongMaterial | Happened::WrongFunction => {
                "not-as-described"
            }
            other => other.name(),
        })?;
        let items: Vec<&Item> = self.evidence.iter().collect();
        let covered = checklist::covered(list, &items);
        let points = list.points.iter().zip(covered);
        let must: Vec<(&checklist::Point, bool)> = points.filter(|(point, _)| point.must).collect();
        if must.is_empty() {
            return None;
        }
        let missing = must.iter().filter(|(_, covered)| !covered).count();
        let head = if missing == 0 {
            self.text("claim_nothing_missing")
        } else {
            self.context.counted("claim_missing", missing, &[])
        };
        let rows = must.iter().map(|(point, covered)| {
            let words = self.text(&["checklist_", point.id].concat());
            let (state, key) = if *covered {
                ("there", "evidence_checklist_there")
            } else {
                ("missing", "evidence_checklist_missing")
            };
            el("li")
                .attr("data-state", state)
                .child(el("span").class("sign").text(&self.text(key)))
                .child(el("span").text(&words))
        });
        let add = el("a")
            .class("button")
            .attr("href", &format!("evidence.html#order={}", self.record.id))
            .attr("target", "_blank")
            .text(&self.text("claim_add_evidence"));
        let part = el("div")
            .class("missing")
            .child(
                el("h3")
                    .child(dom::icon(icons::CLIP))
                    .child(el("span").text(&head)),
            )
            .child(el("ul").children(rows));
        Some(part.child(el("div").class("buttons").child(add)))
    }

    /// Draws the sentences, each with a box by which it is left out.
    fn draw_told(self: &Rc<Self>) {
        let draft = self.draft.borrow().clone();
        let phrases = self.phrases.borrow();
        let sentences = statement::sentences(&self.record, &draft, phrases.as_ref());
        if sentences.is_empty() {
            let first = el("p").class("quiet").text(&self.text("claim_text_first"));
            return self.told.replace_with([first]);
        }
        let language = self.context.wording.messages.language();
        let beside = statement::sentences(&self.record, &draft, &self.context.wording);
        let items = sentences
            .into_iter()
            .zip(beside)
            .map(|((sentence, text), (_, other))| {
                let input = el("input")
                    .attr("type", "checkbox")
                    .id(&format!("tell-{}", sentence.name()));
                input.check(!draft.without.contains(&sentence));
                let (page, field) = (Rc::clone(self), input.clone());
                let input = input.on("change", move |_| page.tell(sentence, field.checked()));
                let words = el("span")
                    .attr("lang", draft.language)
                    .attr("dir", "auto")
                    .text(&text);
                // What the user reads beside what is sent, where that is another language.
                let words = if other == text || language == draft.language {
                    words
                } else {
                    let other = el("span")
                        .class("helper")
                        .attr("lang", language)
                        .text(&other);
                    el("span").child(words).child(other)
                };
                el("li").child(el("label").class("option").child(input).child(words))
            });
        let text = statement::description(&self.record, &draft, phrases.as_ref());
        let letters = usize::try_from(length(&text)).unwrap_or(usize::MAX);
        let parts = [
            el("ol").class("sentences").children(items),
            el("p")
                .class("helper")
                .text(&self.context.counted("claim_letters", letters, &[])),
            copy_row(&self.context, "where_copy", text),
        ];
        dom::keeping_focus(|| self.told.replace_with(parts));
    }

    /// In which language it is told: English, in which disputes are decided, the user's own, or any other of the shop's.
    fn language(self: &Rc<Self>) -> [El; 3] {
        let own = choose(&[self.context.wording.messages.language()]);
        let first = [Draft::LANGUAGE, own];
        let others = languages().filter(|language| !first.contains(language));
        let first = first
            .into_iter()
            .take(if own == Draft::LANGUAGE { 1 } else { 2 });
        let field = el("select")
            .id("language")
            .attr("aria-describedby", "language-help");
        for language in first.chain(others) {
            let option = el("option")
                .attr("value", language)
                .attr("lang", language)
                .text(own_name(language));
            field.append(&option);
        }
        field.write(self.draft.borrow().language);
        let (page, chosen) = (Rc::clone(self), field.clone());
        let field = field.on("change", move |_| {
            let page = Rc::clone(&page);
            let chosen = chosen.value();
            let language = languages().find(|language| *language == chosen);
            if let Some(language) = language {
                spawn_local(async move { page.tell_in(language).await });
            }
        });
        let label = el("label")
            .attr("for", "language")
            .text(&self.text("claim_language"));
        let help = el("p")
            .id("language-help")
            .class("helper")
            .text(&self.text("claim_language_english_hint"));
        [label, field, help]
    }

    async fn tell_in(self: &Rc<Self>, language: &'static str) {
        match claims::phrases(&self.context, language).await {
            Ok(phrases) => {
                self.phrases.replace(phrases);
                self.draft.borrow_mut().language = language;
                self.draw_stand();
                self.draw_told();
                self.save();
            }
            Err(error) => self.not_saved(error),
        }
    }

    /// Draws the user's own templates for what happened, and the button that keeps the words as another.
    fn draw_templates(self: &Rc<Self>) {
        let Some(happened) = self.draft.borrow().happened else {
            return self.kept.replace_with([]);
        };
        let templates = self.templates.borrow();
        let of_it = templates.iter().filter(|one| one.happened == happened);
        let items: Vec<El> = of_it
            .map(|template| {
                let (page, words) = (Rc::clone(self), template.words.clone());
                let take =
                    dom::button("", &self.text("claim_note_take"), move || page.take(&words));
                let (page, template) = (Rc::clone(self), template.clone());
                let text = el("span")
                    .class("note")
                    .attr("dir", "auto")
                    .text(&template.words);
                let remove = dom::button("plain", &self.text("claim_template_remove"), move || {
                    let (page, template) = (Rc::clone(&page), template.clone());
                    spawn_local(async move { page.remove_template(&template).await });
                });
                el("li").child(text).child(take).child(remove)
            })
            .collect();
        let page = Rc::clone(self);
        let keep = dom::button("", &self.text("claim_template_keep"), move || {
            let page = Rc::clone(&page);
            spawn_local(async move { page.keep_template(happened).await });
        });
        let mut parts = vec![el("div").class("buttons").child(keep.id("keep-words"))];
        if !items.is_empty() {
            parts.push(el("h3").text(&self.text("claim_templates")));
            parts.push(el("ul").class("notes").children(items));
        }
        drop(templates);
        dom::keeping_focus(|| self.kept.replace_with(parts));
    }

    /// Takes a text into the words of the user's own.
    fn take(self: &Rc<Self>, text: &str) {
        let Some(own) = dom::by_id("words") else {
            return;
        };
        let before = own.value();
        let parts = [before.trim(), text.trim()];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        own.write(&parts.collect::<Vec<_>>().join("\n"));
        self.draft.borrow_mut().words = own.value();
        self.draw_stand();
        self.draw_told();
        self.save();
    }

    /// Waits for what the claims keep, and says soon if it does not come.
    async fn kept<T>(
        self: &Rc<Self>,
        keeping: impl Future<Output = Result<T, String>>,
    ) -> Result<T, String> {
        let page = Rc::downgrade(self);
        let late = move || {
            if let Some(page) = page.upgrade() {
                page.not_saved(Trouble::new(Kind::Hung, keeping::UNANSWERED).to_string());
            }
        };
        keeping::kept(keeping, late).await
    }

    async fn keep_template(self: &Rc<Self>, happened: Happened) {
        let words = self.draft.borrow().words.trim().to_owned();
        let is_known = |other: &Template| other.happened == happened && other.words == words;
        if words.is_empty() || self.templates.borrow().iter().any(is_known) {
            return;
        }
        let template = Template {
            happened,
            words,
            made: clock::now(),
        };
        match self.kept(self.claims.keep_template(&template)).await {
            Ok(()) => {
                self.templates.borrow_mut().insert(0, template);
                self.draw_templates();
                self.said.say(&self.text("claim_saved"));
            }
            Err(error) => self.not_saved(error),
        }
    }

    async fn remove_template(self: &Rc<Self>, template: &Template) {
        match self.kept(self.claims.remove_template(template)).await {
            Ok(()) => {
                self.said.say("");
                self.templates
                    .borrow_mut()
                    .retain(|other| other != template);
                self.draw_templates();
            }
            Err(error) => self.not_saved(error),
        }
    }

    fn not_saved(&self, error: String) {
        let notice = failed(&self.context, "claim_not_saved", error);
        self.said.replace_with([notice]);
    }

    fn tell(self: &Rc<Self>, sentence: Sentence, told: bool) {
        {
            let without = &mut self.draft.borrow_mut().without;
            without.retain(|one| *one != sentence);
            if !told {
                without.push(sentence);
            }
        }
        self.draw_told();
        self.save();
    }

    /// What was filled into the shop's form: when, what each field held at last, and which files, by their SHA-256.
    fn filled(&self) -> Option<El> {
        let intl = &self.context.wording.intl;
        let items = self.fillings.iter().map(|filling| {
            let fields = filling.fields.iter().map(|(concept, held)| {
                let name = self.text(&format!("fill_field_{}", concept.name().replace('-', "_")));
                // Files stand below; earlier versions kept no more than the name.
                if held.is_empty() {
                    return el("li").text(&name);
                }
                let held = el("p").class("whole").attr("dir", "auto").text(held);
                el("li").child(el("span").text(&name)).child(held)
            });
            let files = filling.files.iter().map(|(hash, name)| {
                el("li")
                    .child(el("bdi").attr("dir", "auto").text(name))
                    .child(
                        el("span")
                            .class("helper hash")
                            .text(&format!(" SHA-256 {hash}")),
                    )
            });
            el("li")
                .child(el("strong").text(&intl.date_time(filling.at, ZoneOf::Buyer)))
                .child(el("ul").class("held").children(fields))
                .child(el("ul").children(files))
                .children(
                    filling
                        .dispute
                        .as_ref()
                        .map(|dispute| self.dispute(dispute)),
                )
        });
        let items: Vec<El> = items.collect();
        (!items.is_empty()).then(|| {
            el("section")
                .class("card question fillings")
                .child(el("h2").text(&self.text("claim_filled")))
                .child(
                    el("p")
                        .class("helper")
                        .text(&self.text("claim_filled_help")),
                )
                .child(el("ul").children(items))
        })
    }

    /// The dispute that the shop has opened: its number, and where it stands.
    fn dispute(&self, dispute: &Dispute) -> El {
        let stage = format!("dispute_stage_{}", dispute.stage.name().replace('-', "_"));
        let stage = self.text(&stage);
        let at = self
            .context
            .wording
            .intl
            .date_time(dispute.seen, ZoneOf::Buyer);
        let words = match &dispute.number {
            Some(number) => self
                .context
                .with("claim_dispute_number", &[number, &stage, &at]),
            None => self.context.with("claim_dispute", &[&stage, &at]),
        };
        el("p")
            .child(dom::icon(icons::SEAL))
            .child(el("span").text(&words))
    }

    /// Draws the fields of the shop's forms that the user has pointed at, each with a button that forgets it.
    fn draw_taught(self: &Rc<Self>) {
        let intl = &self.context.wording.intl;
        let lessons = self.lessons.borrow();
        let items = lessons.iter().map(|lesson| {
            let name = lesson.concept.name().replace('-', "_");
            let field = self.text(&format!("fill_field_{name}"));
            let at = intl.date_time(lesson.at, ZoneOf::Buyer);
            let words = self.context.with("claim_taught_item", &[&field, &at]);
            let (page, lesson) = (Rc::clone(self), *lesson);
            let forget = dom::button("", &self.text("fill_forget"), move || {
                let page = Rc::clone(&page);
                spawn_local(async move { page.forget(lesson).await });
            });
            el("li").child(el("span").text(&words)).child(forget)
        });
        let list = if lessons.is_empty() {
            el("p").class("quiet").text(&self.text("claim_removed"))
        } else {
            el("ul").class("notes").children(items)
        };
        self.taught.replace_with([
            el("h2").text(&self.text("claim_taught")),
            el("p")
                .class("helper")
                .text(&self.text("claim_taught_help")),
            list,
        ]);
    }

    async fn forget(self: &Rc<Self>, lesson: Lesson) {
        match self.kept(self.claims.unlearn(&[lesson])).await {
            Ok(()) => {
                self.said.say("");
                self.lessons.borrow_mut().retain(|other| *other != lesson);
                self.draw_taught();
            }
            Err(error) => self.not_saved(error),
        }
    }

    /// The way to the shop's own control, and out of the claim.
    fn end(self: &Rc<Self>) -> El {
        let line = self.draft.borrow().line;
        let address = address::at_dispute(&address::own_page(&self.record), line);
        let go = frame::shop_link("button primary", &address, &self.text("claim_go"));
        let page = Rc::clone(self);
        let remove = dom::button("plain", &self.text("claim_remove"), move || {
            let page = Rc::clone(&page);
            spawn_local(async move {
                page.changed.set(false);
                page.recorded.set(false);
                let draft = page.draft.borrow().clone();
                match page.kept(page.claims.remove(&draft)).await {
                    Ok(()) => {
                        let language = draft.language;
                        page.draft.replace(Draft {
                            language,
                            ..Draft::new(draft.order, draft.line, clock::now())
                        });
                        page.begin();
                        page.said.say(&page.text("claim_removed"));
                    }
                    Err(error) => page.not_saved(error),
                }
            });
        });
        let page = Rc::clone(self);
        let print = dom::button("", &self.text("evidence_print"), move || {
            let page = Rc::clone(&page);
            spawn_local(async move {
                page.read_pictures().await;
                page.draw_paper();
                dom::print_window();
            });
        });
        let buttons = el("div")
            .class("buttons")
            .children([go, print.id("print-claim"), remove]);
        el("section")
            .class("end")
            .child(el("p").class("helper").text(&self.text("claim_go_help")))
            .child(buttons)
    }

    async fn read_pictures(&self) {
        paper::read_pictures(&self.claims, &self.evidence, &self.pictures).await;
    }

    /// Draws what is printed: the claim as it is now.
    fn draw_paper(&self) {
        let draft = self.draft.borrow();
        let phrases = self.phrases.borrow();
        let claim = claims::claim(phrases.as_ref(), &self.record, &draft, &self.evidence);
        let paper = paper::Paper {
            context: &self.context,
            record: &self.record,
            draft: &draft,
            claim: claim.as_ref(),
            evidence: &self.evidence,
            fillings: &self.fillings,
            filled: self.filled(),
            pictures: &self.pictures.borrow(),
        };
        self.paper.replace_with(paper.parts());
    }

    /// Keeps the draft: now, or as soon as what is being kept now is on the disk. Nothing waits for a pause in the typing,
    /// because the page may be left before it comes. A draft that is empty again is not kept, with whatever was in it before.
    fn save(self: &Rc<Self>) {
        if self.draft.borrow().is_empty() && !self.recorded.get() {
            return;
        }
        self.changed.set(true);
        // What was said of it so far still holds: it may hang.
        if self.saving.replace(true) {
            return;
        }
        self.said.say("");
        let page = Rc::clone(self);
        spawn_local(async move {
            let mut kept = Ok(());
            while page.changed.replace(false) {
                page.draft.borrow_mut().edited = clock::now();
                let draft = page.draft.borrow().clone();
                page.recorded.set(!draft.is_empty());
                kept = if draft.is_empty() {
                    page.kept(page.claims.remove(&draft)).await
                } else {
                    page.kept(page.claims.save(&draft)).await
                };
            }
            page.saving.set(false);
            match kept {
                Ok(()) if !page.recorded.get() => page.said.say(&page.text("claim_removed")),
                Ok(()) => page.said.say(&page.text("claim_saved")),
                Err(error) => page.not_saved(error),
            }
        });
    }
}

const fn solution_key(solution: Solution) -> &'static str {
    match solution {
        Solution::RefundOnly => "claim_refund_only",
        Solution::ReturnAndRefund => "claim_return",
    }
}

/// What helps to prove it.
const fn proof_key(happened: Happened) -> &'static str {
    match happened {
        Happened::NeverCame => "claim_proof_tracking",
        Happened::MarkedDelivered => "claim_proof_delivered",
        Happened::Damaged => "claim_proof_damaged",
        Happened::NotWorking | Happened::WrongFunction => "claim_proof_video",
        Happened::WrongSize => "claim_proof_size",
        Happened::PartsMissing | Happened::EmptyParcel => "claim_proof_parcel",
        Happened::Counterfeit => "claim_proof_brand",
        Happened::WrongColour
        | Happened::WrongMaterial
        | Happened::WrongItem
        | Happened::BadQuality
        | Happened::Other => "claim_proof_compare",
    }
}
