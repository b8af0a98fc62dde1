//! The rules: by window, each with its number, how sure it is and where it is from, and what the user has changed of it.

use std::rc::Rc;

use super::{Page, titled};
use crate::browser::clock;
use crate::domain::choices::Use;
use crate::domain::clock::{ClockKind, Role};
use crate::domain::rules::{Choices, Days, PROVENANCE, Provenance, RULES, Rule, Unit};
use crate::domain::verdict::Kind;
use crate::icons;
use crate::pages::dom::{self, El, el};

/// What of a rule changes with the user's choice. The controls stay the same elements, so that the focus stays in them.
pub struct View {
    rule: &'static Rule,
    item: El,
    value: El,
    uses: El,
    /// The field for the number, and what is said of a wrong one.
    number: Option<(El, El)>,
    back: El,
    /// What the change does: a sentence, and the orders.
    effect: (El, El),
    /// The mark of the window's heading.
    mark: El,
}

impl Page {
    pub(super) fn rules(self: &Rc<Self>) -> El {
        let groups = [
            (Role::Act, "rules_role_act"),
            (Role::Wait, "rules_role_wait"),
            (Role::Opening, "rules_role_opening"),
            (Role::Outside, "rules_role_outside"),
        ];
        let group = |(role, key): (Role, &str)| {
            let windows = ClockKind::ALL
                .iter()
                .filter(move |kind| kind.role() == role);
            el("div")
                .class("windows-of")
                .child(el("h3").text(&self.text(key)))
                .children(windows.map(|kind| self.window(*kind)))
        };
        let section = titled("rules-title", &self.text("rules_title"));
        if let Some(title) = section.find_all("h2").first() {
            // The focus comes here when the button that had it is gone.
            title.set("tabindex", Some("-1"));
        }
        section
            .child(el("p").class("helper").text(&self.text("rules_help")))
            .child(self.effects.clone())
            .children(groups.map(group))
    }

    /// One window, closed until asked for.
    fn window(self: &Rc<Self>, kind: ClockKind) -> El {
        let mark = el("span").class("mark");
        let of_window = |(rule, _): &(&'static Rule, &'static Provenance)| rule.clock == kind;
        let rules: Vec<El> = RULES
            .iter()
            .zip(PROVENANCE)
            .filter(of_window)
            .map(|(rule, provenance)| self.rule(rule, provenance, &mark))
            .collect();
        let count = self.context.counted("rules_count", rules.len(), &[]);
        let summary = el("summary")
            .child(dom::icon(icons::CHEVRON))
            .child(
                el("span")
                    .class("name")
                    .text(&self.context.wording.window(kind)),
            )
            .child(mark)
            .child(el("span").class("helper").text(&count));
        el("details")
            .class("window")
            .id(&format!("window-{}", kind.name()))
            .child(summary)
            .child(el("ul").class("rules").children(rules))
    }

    fn rule(
        self: &Rc<Self>,
        rule: &'static Rule,
        provenance: &'static Provenance,
        mark: &El,
    ) -> El {
        let wording = &self.context.wording;
        let name = id_of(rule, "name");
        let kind = Kind::from(rule.certainty);
        let certainty = self.text(&format!("badge_sure_{}", kind.name()));
        let value = el("p").class("value");
        let words = el("div")
            .class("words")
            .child(el("strong").id(&name).text(&wording.rule_name(rule)))
            .child(value.clone());
        let head = el("div")
            .class("rule-head")
            .attr("data-kind", kind.name())
            .child(dom::icon(icons::certainty(kind)))
            .child(words)
            .child(el("span").class("certainty").text(&certainty));
        let conditions = wording.rule_conditions(rule, clock::now());
        let conditions = conditions.iter().map(|sentence| el("p").text(sentence));
        let source = el("div")
            .class("source helper")
            .child(el("strong").text(&self.text("rules_source")))
            .child(
                el("p")
                    .attr("lang", "en")
                    .attr("dir", "ltr")
                    .text(provenance.source),
            )
            .child(el("p").text(&wording.rule_confidence(provenance, clock::now())));
        let item = el("div")
            .class("rule")
            .id(&id_of(rule, "rule"))
            .attr("role", "group")
            .attr("aria-labelledby", &name)
            .child(head)
            .children(conditions);
        if rule.is_optional() {
            self.controls(rule, &item, value, mark);
        } else {
            value.say(&self.text("rules_always"));
        }
        el("li").child(item.child(source))
    }

    /// What the user can change of the rule, and what that does.
    fn controls(self: &Rc<Self>, rule: &'static Rule, item: &El, value: El, mark: &El) {
        let uses = el("input").attr("type", "checkbox").id(&id_of(rule, "use"));
        let (page, this) = (Rc::clone(self), uses.clone());
        let uses = uses.on("change", move |_| {
            let how = if this.checked() {
                Use::Standard
            } else {
                Use::Off
            };
            page.choose(rule, how);
        });
        let label = el("label")
            .class("option")
            .child(uses.clone())
            .child(el("span").text(&self.text("rules_use")));
        let controls = el("div").class("controls").child(label);
        let number = self.number(rule);
        if let Some((label, _, problem)) = &number {
            controls.append(label);
            item.append(&controls);
            item.append(problem);
        } else {
            item.append(&controls);
        }
        let page = Rc::clone(self);
        let back = dom::button("plain", &self.text("rules_back"), move || {
            page.choose(rule, Use::Standard);
            // The button has done its work and is gone.
            if let Some(uses) = dom::by_id(&id_of(rule, "use")) {
                uses.focus();
            }
        })
        .id(&id_of(rule, "back"));
        controls.append(&back);
        let effect = (el("p").attr("role", "status"), el("div"));
        let effects = el("div").class("effects");
        item.append(&effects.child(effect.0.clone()).child(effect.1.clone()));
        self.rules.borrow_mut().push(View {
            rule,
            item: item.clone(),
            value,
            uses,
            number: number.map(|(_, field, problem)| (field, problem)),
            back,
            effect,
            mark: mark.clone(),
        });
    }

    /// The field for the user's own number with its label, the field itself, and what is said of a wrong number.
    fn number(self: &Rc<Self>, rule: &'static Rule) -> Option<(El, El, El)> {
        let range = rule.choosable()?;
        let (least, most) = (*range.start(), *range.end());
        let problem_id = id_of(rule, "problem");
        let problem = el("p")
            .class("wrong")
            .id(&problem_id)
            .attr("role", "alert")
            .attr("hidden", "");
        let field = el("input")
            .attr("type", "number")
            .attr("inputmode", "numeric")
            .id(&id_of(rule, "number"))
            .attr("min", &least.to_string())
            .attr("max", &most.to_string())
            .attr("step", &rule.step().to_string())
            .attr("aria-describedby", &problem_id);
        let (page, this, said) = (Rc::clone(self), field.clone(), problem.clone());
        let field = field.on("change", move |_| {
            let number = this.value().trim().parse().ok();
            if let Some(number) = number.filter(|number| rule.allows(*number)) {
                return page.choose(rule, Use::Own(number));
            }
            let key = match rule.unit {
                Unit::Hours => "rules_wrong_hours",
                Unit::Days | Unit::BusinessDays | Unit::Years => "rules_wrong",
            };
            let ends = [least, most].map(|number| page.context.number(usize::from(number)));
            said.say(&page.context.with(key, &[&ends[0], &ends[1]]));
            said.set("hidden", None);
            this.set("aria-invalid", Some("true"));
        });
        let key = match rule.unit {
            Unit::Days => "rules_number_days",
            Unit::BusinessDays => "rules_number_business_days",
            Unit::Hours => "rules_number_hours",
            Unit::Years => "rules_number_years",
        };
        let label = el("label")
            .class("field")
            .child(el("span").text(&self.text(key)))
            .child(field.clone());
        Some((label, field, problem))
    }

    fn choose(self: &Rc<Self>, rule: &Rule, how: Use) {
        self.change(false, |settings| settings.choices.choose(rule, how));
        self.show_choices();
    }
}

/// The id of a part of the rule on the page.
fn id_of(rule: &Rule, part: &str) -> String {
    format!("{part}-{}", rule.id)
}

impl View {
    /// Shows how the rule is used.
    pub fn show(&self, page: &Page, choices: &Choices) {
        let used = choices.used(self.rule);
        let wording = &page.context.wording;
        let standard = wording.rule_standard(self.rule).unwrap_or_default();
        let standard_words = || page.context.with("rules_standard", &[&standard]);
        let value = match used {
            Use::Standard => standard.clone(),
            Use::Own(number) => {
                let own = wording.rule_number(self.rule.unit, number);
                let own = page.context.with("rules_own", &[&own]);
                [own, standard_words()].join(" · ")
            }
            Use::Off => [page.text("rules_off"), standard_words()].join(" · "),
        };
        self.value.say(&value);
        let changed = used != Use::Standard;
        self.item.set("data-changed", changed.then_some(""));
        self.back.set("hidden", (!changed).then_some(""));
        self.uses.check(used != Use::Off);
        if let Some((field, problem)) = &self.number {
            let number = match (used, self.rule.days) {
                (Use::Own(number), _) | (_, Days::Fixed(number)) => number.to_string(),
                (_, Days::Printed(_)) => String::new(),
            };
            field.write(&number);
            field.set("disabled", (used == Use::Off).then_some(""));
            field.set("aria-invalid", None);
            problem.set("hidden", Some(""));
        }
        let window = choices.changes.iter().any(|change| {
            RULES
                .iter()
                .any(|rule| rule.id == change.rule && rule.clock == self.rule.clock)
        });
        let mark = if window {
            page.text("rules_changed")
        } else {
            String::new()
        };
        self.mark.say(&mark);
        self.show_effect(page, choices, changed);
    }

    /// What this change alone does, beside all others.
    fn show_effect(&self, page: &Page, choices: &Choices, changed: bool) {
        let (said, orders) = &self.effect;
        let now = clock::now();
        let found = if changed {
            let mut without = choices.clone();
            without.choose(self.rule, Use::Standard);
            page.moved(now, &without, choices)
        } else {
            Vec::new()
        };
        said.say(&match found.len() {
            0 if changed => page.text("rules_effect_none"),
            0 => String::new(),
            count => page.context.counted("rules_effect", count, &[]),
        });
        orders.replace_with(page.listed(&found, now));
    }
}
