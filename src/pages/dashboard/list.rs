//! The list of orders: sums, search and filters, and the rows in their groups.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::added::Added;
use super::{Dashboard, Data, exports};
use crate::domain::balance::Balance;
use crate::domain::case::cases;
use crate::domain::money::Money;
use crate::domain::order::{OrderId, OrderState};
use crate::domain::sighting::Page;
use crate::domain::statement;
use crate::domain::time::Moment;
use crate::domain::verdict::{Kind, Urgency};
use crate::icons;
use crate::pages::chip::{chip, last_day};
use crate::pages::dom::{self, El, el};
use crate::pages::orders::{Group, Order, Orders};
use crate::pages::timeline::{self, Axis};
use crate::pages::{Context, frame, problems};
use crate::site::address;

/// Rows of a group that are drawn at first, and with each "show more". Ten thousand rows would take seconds to draw, and
/// nobody reads them.
const FIRST: usize = 30;
const MORE: usize = 200;

/// As many as fit on a screen.
const SCREENFUL: usize = 16;

pub const ROW_LINK: &str = "open-";

pub fn row_link_id(id: &OrderId) -> String {
    format!("{ROW_LINK}{id}")
}

pub fn row_id(id: &OrderId) -> String {
    format!("row-{id}")
}

/// Which orders are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Filter {
    #[default]
    All,
    Week,
    Awaiting,
    /// A dispute about it is open.
    Disputed,
    NoDate,
}

impl Filter {
    const ALL: [Self; 5] = [
        Self::All,
        Self::Week,
        Self::Awaiting,
        Self::Disputed,
        Self::NoDate,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Week => "week",
            Self::Awaiting => "awaiting",
            Self::Disputed => "disputed",
            Self::NoDate => "no_date",
        }
    }

    fn takes(self, order: &Order, now: Moment) -> bool {
        let verdict = &order.verdict;
        match self {
            Self::All => true,
            Self::Week => {
                let urgency = verdict
                    .firm()
                    .map(|clock| Urgency::of(clock.closes().since(now)));
                matches!(urgency, Some(Urgency::Soon | Urgency::Urgent))
            }
            Self::Awaiting => matches!(
                verdict.state,
                Some(OrderState::Processing | OrderState::AwaitingDelivery)
            ),
            Self::Disputed => order.dispute().is_some(),
            Self::NoDate => matches!(verdict.kind, Kind::Estimate | Kind::Unknown),
        }
    }
}

/// What the user has chosen to see of the list.
#[derive(Default)]
pub struct Look {
    filter: Filter,
    search: String,
    /// Rows to draw of a group, where that is not [`FIRST`].
    rows: HashMap<Group, usize>,
    /// Groups that the user has opened or closed.
    turned: HashSet<Group>,
}

impl Look {
    fn rows(&self, group: Group) -> usize {
        self.rows.get(&group).copied().unwrap_or(FIRST)
    }

    /// What is over is closed until asked for, or until the search finds something in it.
    fn is_open(&self, group: Group) -> bool {
        let by_itself = group != Group::Nothing || !self.search.is_empty();
        by_itself != self.turned.contains(&group)
    }

    /// Sees to it that the order's row is drawn. Says whether anything changed.
    pub fn make_room_for(&mut self, id: &OrderId, orders: &Orders) -> bool {
        let Some(order) = orders.all.iter().find(|order| order.record.id == *id) else {
            return false;
        };
        let before = orders
            .all
            .iter()
            .filter(|other| other.group == order.group)
            .take_while(|other| other.record.id != *id);
        let needed = before.count() + 1;
        self.filter = Filter::All;
        self.search.clear();
        self.rows
            .insert(order.group, needed.max(self.rows(order.group)));
        if !self.is_open(order.group) && !self.turned.remove(&order.group) {
            self.turned.insert(order.group);
        }
        true
    }
}

/// Marks the row of the selected order, and no other.
pub fn mark_selected(main: &El, selected: Option<&OrderId>) {
    for link in main.find_all(".row .title a[aria-current]") {
        link.set("aria-current", None);
    }
    if let Some(link) = selected.and_then(|id| dom::by_id(&row_link_id(id))) {
        link.set("aria-current", Some("true"));
    }
}

/// Everything in the middle of the page.
pub fn list(page: &Rc<Dashboard>, data: &Data) -> Vec<El> {
    let context = &page.context;
    let mut parts = vec![head(page, !data.orders.all.is_empty())];
    if let Some(failed) = page.failed(data) {
        parts.push(failed);
    }
    parts.extend(problems::clock_doubt(context, data.now));
    if page.added.borrow().backup_due {
        parts.push(problems::backup_due(context, "evidence.html#save-backup"));
    }
    if let Some(misunderstood) = &data.amiss.misunderstood {
        parts.push(problems::misunderstood(
            context,
            misunderstood,
            data.now,
            false,
        ));
    }
    if data.orders.all.is_empty() {
        if data.failed.is_none() {
            parts.push(empty(context));
        }
        return parts;
    }
    parts.push(sums(context, &data.orders, &page.added.borrow(), data.now));
    if !data.complete {
        parts.push(
            el("p")
                .class("helper")
                .attr("role", "status")
                .text(&context.text("dashboard_reading_rest")),
        );
    }
    let body = el("div").id("list");
    body.replace_with(groups(page, data));
    parts.push(filters(page, data));
    parts.push(body);
    // Of orders that are still being read, a file would be silent, and so would a calendar of what it has to take back.
    if data.complete && page.given.now().is_some() {
        parts.push(exports::all(page));
    }
    parts
}

fn head(page: &Rc<Dashboard>, searchable: bool) -> El {
    let context = &page.context;
    let head = el("header")
        .class("head")
        .child(el("h1").text(&context.text("dashboard_orders")));
    if !searchable {
        return head;
    }
    let name = context.text("dashboard_search");
    let field = el("input")
        .id("search")
        .attr("type", "search")
        .attr("autocomplete", "off")
        .attr("placeholder", &name)
        .attr("aria-label", &name)
        .attr("value", &page.look.borrow().search);
    let typed = {
        let (page, field) = (Rc::clone(page), field.clone());
        move |_| {
            page.look.borrow_mut().search = field.value().trim().to_lowercase();
            draw_groups(&page);
        }
    };
    let field = field.on("input", typed);
    let search = el("div")
        .class("search")
        .child(dom::icon(icons::SEARCH))
        .child(field);
    head.child(search)
}

fn empty(context: &Context) -> El {
    el("div")
        .class("card empty")
        .child(el("h2").text(&context.text("popup_empty")))
        .child(el("p").text(&context.text("popup_empty_help")))
        .child(frame::shop_link(
            "button primary",
            address::ORDER_LIST,
            &context.text("popup_open_orders"),
        ))
}

/// What is at risk, protected, asked for, given back and paid. Amounts of several currencies stand beside each other, never added up.
fn sums(context: &Context, orders: &Orders, added: &Added, now: Moment) -> El {
    let mut balance = Balance::default();
    for order in &orders.all {
        let disputed = order.has_stage();
        let cases = if disputed {
            cases(&order.record)
        } else {
            Vec::new()
        };
        let draft = added.draft(&order.record).filter(|_| disputed);
        let asked = draft.and_then(|draft| statement::amount(&order.record, draft));
        balance.add(
            order.verdict.state,
            order.record.total(),
            &cases,
            asked.as_ref(),
        );
    }
    let sum = |key: &str, amounts: &[Money], count: usize| {
        let mut amounts = amounts
            .iter()
            .map(|money| context.wording.intl.money(money));
        let first = amounts.next().unwrap_or_else(|| "–".to_owned());
        let others: Vec<String> = amounts.collect();
        let mut amount = el("dd").class("amount").child(el("bdi").text(&first));
        if !others.is_empty() {
            let others = context.wording.intl.list(&others);
            amount = amount.child(
                el("span")
                    .class("others")
                    .text(&context.with("dashboard_and_amounts", &[&others])),
            );
        }
        let sum = el("div")
            .class("sum")
            .child(el("dt").text(&context.text(key)))
            .child(amount);
        sum.child(
            el("dd")
                .class("quiet")
                .text(&context.counted("dashboard_count", count, &[])),
        )
    };
    let mut sums = el("dl").class("sums card");
    if !context.wording.doubts(now) {
        sums = sums.child(sum(
            "dashboard_at_risk",
            &orders.summary.at_risk,
            orders.summary.ending.len(),
        ));
    }
    sums = sums.child(sum(
        "dashboard_protected",
        &orders.protected.0,
        orders.protected.1,
    ));
    // What nobody has is not named: most buyers have no dispute.
    for (key, of) in [
        ("dashboard_asked", &balance.asked),
        ("dashboard_refunded", &balance.refunded),
    ] {
        if of.count > 0 {
            sums = sums.child(sum(key, &of.amounts, of.count));
        }
    }
    sums.child(sum(
        "dashboard_paid",
        &balance.paid.amounts,
        balance.paid.count,
    ))
}

fn filters(page: &Rc<Dashboard>, data: &Data) -> El {
    let context = &page.context;
    let chosen = page.look.borrow().filter;
    let filter = |filter: Filter| {
        let count = data
            .orders
            .all
            .iter()
            .filter(|order| filter.takes(order, data.now))
            .count();
        let words = context.with(
            &format!("dashboard_filter_{}", filter.name()),
            &[&context.number(count)],
        );
        let pressed = {
            let page = Rc::clone(page);
            move || {
                page.look.borrow_mut().filter = filter;
                for button in page.main.find_all(".filters button") {
                    let own = button.attribute("id") == Some(filter_id(filter));
                    button.set("aria-pressed", Some(if own { "true" } else { "false" }));
                }
                draw_groups(&page);
            }
        };
        dom::button("filter", &words, pressed)
            .id(&filter_id(filter))
            .attr(
                "aria-pressed",
                if filter == chosen { "true" } else { "false" },
            )
    };
    el("div")
        .class("filters")
        .attr("role", "group")
        .attr("aria-label", &context.text("dashboard_filters"))
        .children(Filter::ALL.map(filter))
        .child(
            el("span")
                .id("found")
                .class("only-heard")
                .attr("role", "status"),
        )
}

fn filter_id(filter: Filter) -> String {
    format!("filter-{}", filter.name())
}

/// Draws the list anew, and nothing around it: the field that is being typed into stays.
fn draw_groups(page: &Rc<Dashboard>) {
    let Some(body) = dom::by_id("list") else {
        return;
    };
    let data = page.data.borrow();
    dom::keeping_focus(|| body.replace_with(groups(page, &data)));
    if let Some(found) = dom::by_id("found") {
        let look = page.look.borrow();
        found.say(&page.context.counted(
            "dashboard_count",
            listed(&data, &look, &page.added.borrow()).count(),
            &[],
        ));
    }
}

fn listed<'a>(data: &'a Data, look: &'a Look, added: &'a Added) -> impl Iterator<Item = &'a Order> {
    let search = look.search.as_str();
    data.orders.all.iter().filter(move |order| {
        look.filter.takes(order, data.now)
            && (search.is_empty()
                || order.contains(search)
                || added.contains(&order.record.id, search))
    })
}

fn groups(page: &Rc<Dashboard>, data: &Data) -> Vec<El> {
    let context = &page.context;
    let look = page.look.borrow();
    let added = page.added.borrow();
    let orders: Vec<&Order> = listed(data, &look, &added).collect();
    if orders.is_empty() {
        return vec![
            el("p")
                .class("card empty")
                .text(&context.text("dashboard_nothing_found")),
        ];
    }
    let right_to_left = dom::root().attribute("dir").as_deref() == Some("rtl");
    let Some(axis) = Axis::new(&data.orders.all, data.now, right_to_left) else {
        return Vec::new();
    };
    let selected = page.selected();
    let mut room = if page.brief.get() {
        SCREENFUL
    } else {
        usize::MAX
    };
    let mut card = el("div").class("card list").child(
        el("div")
            .class("row columns")
            .attr("aria-hidden", "true")
            .child(el("span").text(&context.text("dashboard_column_order")))
            .child(axis.head(&context.wording, data.now))
            .child(el("span").text(&context.text("dashboard_column_next"))),
    );
    for group in Group::ALL {
        let members: Vec<&Order> = orders
            .iter()
            .copied()
            .filter(|order| order.group == group)
            .collect();
        if members.is_empty() {
            continue;
        }
        let open = look.is_open(group);
        let mut section = el("section")
            .attr("aria-labelledby", &heading_id(group))
            .child(group_head(page, group, members.len(), open));
        if open {
            let limit = look.rows(group);
            let row = |order: &&Order| row(context, order, &axis, selected.as_ref(), data.now);
            let drawn = limit.min(members.len()).min(room);
            room -= drawn;
            section = section.child(el("ul").children(members.iter().take(drawn).map(row)));
            if members.len() > limit {
                section = section.child(more(page, group, members.len() - limit));
            }
        }
        card = card.child(section);
    }
    vec![card.child(timeline::legend(context))]
}

fn heading_id(group: Group) -> String {
    format!("group-{}", group.name())
}

fn group_head(page: &Rc<Dashboard>, group: Group, count: usize, open: bool) -> El {
    let context = &page.context;
    let name = context.text(&format!("dashboard_group_{}", group.name()));
    let head = el("h2").class("group").id(&heading_id(group));
    let number = el("span")
        .class("count")
        .text(&context.counted("dashboard_count", count, &[]));
    if group != Group::Nothing {
        return head.child(el("span").text(&name)).child(number);
    }
    let turn = {
        let page = Rc::clone(page);
        move |_| {
            let mut look = page.look.borrow_mut();
            if !look.turned.remove(&group) {
                look.turned.insert(group);
            }
            drop(look);
            draw_groups(&page);
        }
    };
    let button = el("button")
        .attr("type", "button")
        .id(&format!("turn-{}", group.name()))
        .attr("aria-expanded", if open { "true" } else { "false" })
        .child(el("span").text(&name))
        .child(number.child(dom::icon(icons::CHEVRON)))
        .on("click", turn);
    head.child(button)
}

fn more(page: &Rc<Dashboard>, group: Group, left: usize) -> El {
    let context = &page.context;
    let words = context.with(
        "dashboard_more",
        &[&context.number(left.min(MORE)), &context.number(left)],
    );
    let pressed = {
        let page = Rc::clone(page);
        move || {
            let mut look = page.look.borrow_mut();
            let rows = look.rows(group) + MORE;
            look.rows.insert(group, rows);
            drop(look);
            draw_groups(&page);
        }
    };
    el("div")
        .class("more")
        .child(dom::button("plain", &words, pressed).id(&format!("more-{}", group.name())))
}

fn row(
    context: &Context,
    order: &Order,
    axis: &Axis,
    selected: Option<&OrderId>,
    now: Moment,
) -> El {
    let id = &order.record.id;
    let link = el("a")
        .id(&row_link_id(id))
        .attr("href", &format!("#order={id}"))
        .child(el("bdi").attr("dir", "auto").text(&order.title(context)));
    if selected == Some(id) {
        link.set("aria-current", Some("true"));
    }
    let title = el("div")
        .class("title")
        .child(link)
        .child(el("span").class("helper").text(&order.meta(context)));
    let mut next = el("div")
        .class("next")
        .child(chip(order, &context.wording, now));
    if let Some((last, _)) = last_day(&order.verdict, &context.wording, now) {
        next = next.child(el("span").class("only-heard").text(&last));
    } else if order.verdict.kind == Kind::Unknown
        && !order.verdict.opened
        && !order.record.is_only_on(Page::OrderListRu)
    {
        next.replace_with([frame::shop_link(
            "",
            &address::detail(id),
            &context.text("badge_open_once"),
        )]);
    }
    el("li")
        .class("row")
        .id(&row_id(id))
        .child(title)
        .child(timeline::picture(order, axis, context, now))
        .child(next)
}
